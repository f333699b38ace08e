"""Makes the queries: what a merge cannot decide, and what needs approval."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from workbook.layout import Layout
from workbook.merge.align import Key, Vote
from workbook.months import Month, format_runs, say_runs
from workbook.plan import FIELD_NAMES, Action, Plan, row_to_text, value_of
from workbook.queries import Answer, Edit, Query
from workbook.reading import NewRow, Reading
from workbook.record import Change
from workbook.refs import place
from workbook.source import digest_id

KEEP = "Keep what the master has"
APPROVE, REFUSE = "Approve", "Refuse"
ADD, LEAVE_OUT = "Add it to the plan", "Leave it out"


def value_query(
    kind: str, plan: Plan, key: Key, votes: Sequence[Vote], answers: Iterable[tuple[str, str | None]], layout: Layout
) -> Query:
    """A query about one value: a conflict, a cell that cannot be read, or a field that is not the officer's."""
    row_id, field, month = key
    action = plan.by_row_id[row_id]
    what = f"{month.name}" if month else f"the {FIELD_NAMES.get(field, field)}"
    questions = {
        "conflict": f"The returns and the master differ on {what}. Which is right?",
        "unread": f"What is meant for {what}?",
        "not theirs": f"Officers may not change {what}. Is the change to be made?",
    }
    said = sorted({_said(vote, field, layout) for vote in votes})
    who = sorted({f"{_said(vote, field, layout)} ({vote.recipient or vote.file})" for vote in votes})
    first = min(votes, key=lambda vote: (vote.file, vote.cell))
    return Query(
        query_id=digest_id("q", kind, row_id, field, month or "", *sorted({vote.month for vote in votes}), *said),
        kind=kind,
        question=questions[kind],
        file=", ".join(sorted({vote.file for vote in votes})),
        cell=first.cell,
        row_id=row_id,
        field=field,
        month=month,
        ref=action.ref,
        action=action.action,
        lead=" / ".join(action.lead),
        in_master=in_words(value_of(action, field, month), field, layout),
        returned="\n".join(who),
        answers=(
            Answer(words=KEEP),
            *(Answer(words=words, edits=((row_id, field, month, value),)) for words, value in answers),
        ),
    )


def _said(vote: Vote, field: str, layout: Layout) -> str:
    """What a return says, in words; what could not be read as it stands there, or else what it may mean."""
    if vote.said.readable:
        return in_words(vote.said.value, field, layout)
    return vote.said.raw or " or ".join(in_words(each, field, layout) for each in vote.said.candidates) or "nothing"


def in_words(value: str | None, field: str, layout: Layout) -> str:
    """A value as a person says it."""
    if value is None:
        return "nothing"
    return layout.palette.name(value) if field == "progress" and value in layout.palette else value


def new_row_queries(plan: Plan, readings: Sequence[Reading], layout: Layout) -> list[Query]:
    """A query for each row that was added to a return, but for those that have been added to the plan."""
    queries: dict[str, Query] = {}
    for reading in readings:
        for row in reading.new_rows:
            query = _new_row_query(plan, row, reading, layout)
            if query.row_id not in plan.by_row_id:
                queries.setdefault(query.query_id, query)
    return list(queries.values())


def _new_row_query(plan: Plan, row: NewRow, reading: Reading, layout: Layout) -> Query:
    said = (row.heading, row.words)
    row_id = digest_id("r", plan.plan_id, *said)
    added = Action(row_id=row_id, ref=row.ref, heading=row.heading, action=row.action, lead=row.lead)
    edits: list[Edit] = [(row_id, "row", None, row_to_text(added))]
    edits += [(row_id, "note", None, row.note)] if row.note else []
    # What was typed there and is no status is told in the question, and not taken.
    edits += [(row_id, "progress", month, said) for month, said in row.progress.items() if said in layout.palette]
    return Query(
        query_id=digest_id("q", "new row", *said),
        kind="new row",
        question="Is this row to be added to the plan?",
        file=reading.file,
        cell=place(row.sheet, row.cell),
        row_id=row_id,
        field="row",
        month=None,
        ref=row.ref,
        action=row.action,
        lead=" / ".join(row.lead),
        in_master="",
        returned=row.words,
        answers=(Answer(words=LEAVE_OUT), Answer(words=ADD, edits=tuple(edits))),
    )


def approval_queries(plan: Plan, layout: Layout) -> list[Query]:
    """A query for each action that is proposed to be revised or suspended, all its months together."""
    queries = []
    proposed, decided = _proposals(plan)
    for action in plan.actions:
        waiting = awaiting(action, layout)
        for status in layout.statuses:
            if months := [month for month in waiting if action.progress[month] == status.key]:
                changes = {month: proposed.get((action.row_id, month), (None, None)) for month in months}
                times = sum(decided[action.row_id, month, status.key] for month in months)
                queries.append(_approval_query(action, status.key, changes, times, layout))
    return queries


def _proposals(
    plan: Plan,
) -> tuple[Mapping[tuple[str, Month | None], tuple[Change, Change | None]], Counter[tuple[str, Month | None, str]]]:
    """The change that brought each month's status, with the one that took an approval away with it.

    Also how often each status of a month was decided on. A decision that puts back what stood before undoes the change
    that it goes back on; one that keeps what is there changes nothing.
    """
    stood: dict[tuple[str, Month | None], list[tuple[Change, Change | None]]] = defaultdict(list)
    decided: Counter[tuple[str, Month | None, str]] = Counter()
    for change, after in zip_longest(plan.history, plan.history[1:]):
        key = (change.row_id, change.month)
        if change.field == "approval" and change.decision and change.new:
            decided[(*key, (stood[key][-1][0].new if stood[key] else None) or "")] += 1
        if change.field != "progress" or change.old == change.new:
            continue
        if change.decision and stood[key] and stood[key][-1][0].old == change.new:
            stood[key].pop()
            decided[(*key, change.old or "")] += 1
        else:
            # An approval of what stood there before has gone with it.
            gone = after and (after.field, after.row_id, after.month, after.new) == ("approval", *key, None)
            stood[key].append((change, after if gone else None))
    return {key: changes[-1] for key, changes in stood.items() if changes}, decided


def awaiting(action: Action, layout: Layout) -> list[Month]:
    """The months in which a status waits for approval."""
    return [
        month
        for month, status in action.progress.items()
        if status in layout.palette and layout.palette[status].needs_approval and month not in action.approval
    ]


def _approval_query(
    action: Action,
    status: str,
    changes: Mapping[Month, tuple[Change | None, Change | None]],
    times: int,
    layout: Layout,
) -> Query:
    """Ask about the months of one status.

    `changes` are those that proposed it, and that took away an approval with it; None where the source proposed it.
    `times` is how often these months have been decided on before: what is proposed again is asked again.
    """
    months = list(changes)
    # Refused, a month goes back to what stood there before it was proposed.
    back: list[Edit] = []
    for month, (said, gone) in changes.items():
        back.append((action.row_id, "progress", month, said.old if said else None))
        back += [(action.row_id, "approval", month, gone.old)] if gone else []
    approve: list[Edit] = [(action.row_id, "approval", month, None) for month in months]
    if layout.palette[status].new_dates:
        approve.append((action.row_id, "revised", None, format_runs({*action.revised, *months})))
    first = next((said for said, _ in changes.values() if said), None)
    file, cell = (first.source, first.cell) if first else ("", "")
    return Query(
        query_id=digest_id("q", "approval", action.row_id, status, *months, *([times] if times else [])),
        kind="approval",
        question=f"Is {layout.palette.name(status)} approved for {say_runs(months)}?",
        file=file,
        cell=cell,
        row_id=action.row_id,
        field="approval",
        month=months[0],
        ref=action.ref,
        action=action.action,
        lead=" / ".join(action.lead),
        in_master=f"{layout.palette.name(status)}, proposed",
        returned=action.note,
        answers=(
            Answer(words=APPROVE, edits=tuple(approve), decides="approved"),
            Answer(words=REFUSE, edits=tuple(back), decides="refused"),
        ),
    )
