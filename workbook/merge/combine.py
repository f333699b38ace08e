"""Three-way: what was issued, what the master says now, what came back."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from workbook.layout import Layout
from workbook.merge.align import Key, Vote
from workbook.merge.queries import Kind, new_row_query, value_query
from workbook.months import Month, format_runs
from workbook.plan import Plan, value_of
from workbook.queries import Query
from workbook.record import Change, Held


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
    """What a merge changes, and what it holds back for a person to decide: a query, and every value it is about.

    `unchanged` counts the values that came back as the master has them.
    """

    changes: tuple[Change, ...]
    unchanged: int
    conflicts: tuple[Conflict, ...]
    queries: tuple[Query, ...]
    held: tuple[Held, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weighed:
    """What comes of the votes on one value: those that are taken, those that are asked about, and how."""

    taken: Sequence[Vote] = ()
    asked: Sequence[Vote] = ()
    kind: Kind | None = None


@dataclass(slots=True, kw_only=True)
class _Gathered:
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    queries: list[Query] = field(default_factory=list)
    asked: list[tuple[Key, Vote]] = field(default_factory=list)
    unchanged: int = 0


def combine(
    plan: Plan, values: Mapping[Key, Sequence[Vote]], layout: Layout, edition: Month, *, owner: bool = False
) -> Combined:
    """Decide each value on its own: an edit is applied if it is the only one and the master still has the baseline.

    With `owner` the values are the plan's owner's, who may change every field, and adds no rows in the grid.
    """
    found = _Gathered()
    decided = {taken.query_id for taken in plan.taken}
    for key, votes in values.items():
        if key[1] == "row" and owner:
            continue
        weighed = _weigh(plan, key, votes, layout, owner=owner)
        if weighed.taken:
            found.changes += _changes(plan, key, weighed.taken, edition)
        elif not weighed.asked:
            found.unchanged += layout.officers_may_change(key[1]) and not all(vote.waits for vote in votes)
        if weighed.kind:
            query = _query(weighed.kind, plan, key, weighed.asked, layout)
            found.asked += [(key, vote) for vote in weighed.asked if not vote.waits]
            if query.query_id not in decided:
                found.queries.append(query)
                found.conflicts += [_conflict(plan, key, weighed.asked)] if weighed.kind == "conflict" else []
    known = {(held.digest, held.row_id, held.field, held.month) for held in plan.held}
    position = len(plan.history) + len(found.changes)
    return Combined(
        changes=tuple(found.changes),
        unchanged=found.unchanged,
        conflicts=tuple(found.conflicts),
        queries=tuple(found.queries),
        held=tuple(vote.held(key, position) for key, vote in found.asked if (vote.digest, *key) not in known),
    )


def _weigh(plan: Plan, key: Key, votes: Sequence[Vote], layout: Layout, *, owner: bool) -> _Weighed:
    """Weigh the votes on one value.

    Theirs alone are taken: not those on a field or a row that is not the officer's, which are asked about.
    """
    row_id, field, month = key
    edits = [vote for vote in votes if vote.is_edit]
    if field == "row":
        return _Weighed(asked=edits, kind="new row" if edits else None)
    current = value_of(plan.by_row_id[row_id], field, month)
    may_change = layout.officers_may_change(field) and not _is_the_boards(plan, key, {vote.value for vote in edits})
    theirs = [vote for vote in edits if vote.row == "own" and (owner or may_change)]
    said = {vote.value for vote in theirs}
    new = [vote for vote in theirs if vote.value != current]
    # Whoever says something else than the master was issued with is heard; what was weighed before is asked about.
    is_taken = len(said) == 1 and any(vote.baseline == current and not vote.weighed for vote in new)
    stands = new[0].value if is_taken else current
    asked = [vote for vote in votes if vote.is_unread or (vote.is_edit and vote.value != stands)]
    kind: Kind | None = "conflict" if any(vote in theirs for vote in asked) else None
    kind = kind or ("unread" if any(vote.is_unread for vote in asked) else "not theirs" if asked else None)
    return _Weighed(taken=new if is_taken else (), asked=asked, kind=kind)


def _is_the_boards(plan: Plan, key: Key, said: Set[str | None]) -> bool:
    """Whether an approved status would be taken away, with nothing reported in its place."""
    row_id, field, month = key
    approval = plan.by_row_id[row_id].approval.get(month) if field == "progress" and month else None
    return bool(approval and approval.approved and said == {None})


def _changes(plan: Plan, key: Key, edits: Sequence[Vote], edition: Month) -> list[Change]:
    """The change, told by the first file that says it; an approval of what stood there before goes with it."""
    first = min(edits, key=lambda vote: (vote.file, vote.cell))
    return changes_of(plan, key, first.value, edition, source=first.file, cell=first.cell)


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


def _query(kind: Kind, plan: Plan, key: Key, votes: Sequence[Vote], layout: Layout) -> Query:
    if kind == "new row":
        return new_row_query(key[0], votes, layout)
    return value_query(kind, plan, key, votes, layout)


def _conflict(plan: Plan, key: Key, votes: Sequence[Vote]) -> Conflict:
    row_id, field, month = key
    told = [vote for vote in votes if vote.is_edit]
    values = sorted({(vote.value, vote.file, vote.cell) for vote in told}, key=str)
    baseline = min(told, key=lambda vote: vote.file).baseline
    ref = plan.by_row_id[row_id].ref
    return Conflict(row_id=row_id, ref=ref, field=field, month=month, baseline=baseline, values=tuple(values))
