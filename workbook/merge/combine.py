"""Three-way: what was issued, what the master says now, what came back."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from workbook.layout import Layout
from workbook.merge.align import Key, Vote
from workbook.merge.queries import in_words, value_query
from workbook.months import Month, format_runs
from workbook.plan import Plan, value_of
from workbook.queries import Query
from workbook.record import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A value on which the returns, or a return and the master, differ: the master's stands."""

    row_id: str
    ref: str
    field: str
    month: Month | None
    baseline: str | None
    values: tuple[tuple[str | None, str, str], ...]  # value, file, cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Combined:
    """What a merge changes, and what it leaves for a person to decide."""

    changes: tuple[Change, ...]
    unchanged: int
    conflicts: tuple[Conflict, ...]
    queries: tuple[Query, ...]


def combine(
    plan: Plan, values: Mapping[Key, Sequence[Vote]], layout: Layout, edition: Month, *, owner: bool = False
) -> Combined:
    """Decide each value on its own: an edit is applied if it is the only one and the master still has the baseline.

    With `owner` the values are the plan's owner's, who may change every field.
    """
    changes: list[Change] = []
    conflicts: list[Conflict] = []
    queries: list[Query] = []
    unchanged = 0
    for key, votes in values.items():
        row_id, field, month = key
        current = value_of(plan.by_row_id[row_id], field, month)
        if unread := [vote for vote in votes if not vote.said.readable]:
            queries.append(_unread_query(plan, key, unread, layout))
        edits = [vote for vote in votes if vote.is_edit and vote.said.value != current]
        said = {vote.said.value for vote in votes if vote.is_edit}
        if not edits:
            unchanged += not unread and layout.officers_may_change(field)
        elif not owner and (not layout.officers_may_change(field) or _is_the_boards(plan, key, said)):
            queries.append(_which_query("not theirs", plan, key, votes, layout))
        elif len(said) == 1 and any(vote.baseline == current and not vote.weighed for vote in edits):
            changes += _changes(plan, key, edits, edition)
        else:
            conflicts.append(_conflict(plan, key, votes))
            queries.append(_which_query("conflict", plan, key, votes, layout))
    taken = {change.decision for change in plan.history if change.decision}
    open_queries = tuple(query for query in queries if query.query_id not in taken)
    asked = {(query.row_id, query.field, query.month) for query in open_queries if query.kind == "conflict"}
    return Combined(
        changes=tuple(changes),
        unchanged=unchanged,
        conflicts=tuple(each for each in conflicts if (each.row_id, each.field, each.month) in asked),
        queries=open_queries,
    )


def _is_the_boards(plan: Plan, key: Key, said: Set[str | None]) -> bool:
    """Whether an approved status would be taken away, with nothing reported in its place."""
    row_id, field, month = key
    approval = plan.by_row_id[row_id].approval.get(month) if field == "progress" and month else None
    return bool(approval and approval.approved and said == {None})


def _changes(plan: Plan, key: Key, edits: Sequence[Vote], edition: Month) -> list[Change]:
    """The change, told by the first file that says it; an approval of what stood there before goes with it."""
    first = min(edits, key=lambda vote: (vote.file, vote.cell))
    return changes_of(plan, key, first.said.value, edition, source=first.file, cell=first.cell)


def changes_of(
    plan: Plan, key: Key, value: str | None, edition: Month, *, source: str, cell: str, decision: str | None = None
) -> list[Change]:
    """The changes that give a field a value, and those that follow from it."""
    row_id, field, month = key
    action = plan.by_row_id[row_id]

    def change(name: str, new: str | None, at: Month | None = month) -> Change:
        old = value_of(action, name, at)
        about = {"row_id": row_id, "ref": action.ref, "source": source, "cell": cell}
        return Change(edition=edition, field=name, month=at, old=old, new=new, decision=decision, **about)

    changes = [change(field, value)]
    if field == "progress" and month in action.approval:
        changes.append(change("approval", None))
    if field == "progress" and value is None and month in action.revised:
        # Reported over, a new date stays one; taken away, it is none any more.
        left = format_runs(each for each in action.revised if each != month)
        changes.append(change("revised", left or None, None))
    if field == "programmed" and action.programme_from:
        changes.append(change("programme_from", None))
    return changes


def _conflict(plan: Plan, key: Key, votes: Sequence[Vote]) -> Conflict:
    row_id, field, month = key
    told = sorted({(vote.said.value, vote.file, vote.cell) for vote in votes if vote.is_edit}, key=str)
    baseline = min((vote for vote in votes if vote.is_edit), key=lambda vote: vote.file).baseline
    ref = plan.by_row_id[row_id].ref
    return Conflict(row_id=row_id, ref=ref, field=field, month=month, baseline=baseline, values=tuple(told))


def _which_query(kind: str, plan: Plan, key: Key, votes: Sequence[Vote], layout: Layout) -> Query:
    """Ask which value is right, with all that differs from what was issued: the same files ask the same again."""
    told = [vote for vote in votes if vote.differs]
    answers = [(_use(vote, key[1], layout), vote.said.value) for vote in _distinct(told)]
    return value_query(kind, plan, key, told, answers, layout)


def _unread_query(plan: Plan, key: Key, votes: Sequence[Vote], layout: Layout) -> Query:
    """Ask what a cell means: its likeliest statuses first, then the others, then nothing; or which text to take."""
    likely = [candidate for vote in votes for candidate in vote.said.candidates]
    answers: list[tuple[str, str | None]]
    if key[1] == "progress":
        keys = dict.fromkeys([*likely, *(status.key for status in layout.statuses)])
        answers = [(f"It means {in_words(each, key[1], layout)}", each) for each in keys]
        answers.append(("It means nothing is reported", None))
    else:
        answers = [(f"Take “{text}”", text) for text in dict.fromkeys(likely)]
        answers.append(("Leave it empty", None))
    return value_query("unread", plan, key, votes, answers, layout)


def _distinct(votes: Sequence[Vote]) -> list[Vote]:
    """One vote for each value, in an order of its own."""
    ordered = sorted(votes, key=lambda vote: (str(vote.said.value or ""), vote.file), reverse=True)
    return list({vote.said.value: vote for vote in ordered}.values())[::-1]


def _use(vote: Vote, field: str, layout: Layout) -> str:
    said = in_words(vote.said.value, field, layout)
    return f"Take {said} ({vote.recipient or vote.file})"
