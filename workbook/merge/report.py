"""What came of a merge: all that there is to say about it."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from workbook.findings import Finding, Where, finding
from workbook.history import in_words, what
from workbook.layout import Layout
from workbook.merge.align import reported_in, together, without_answered
from workbook.merge.combine import Combined, Conflict
from workbook.merge.queries import in_order
from workbook.months import Month
from workbook.plan import Plan
from workbook.queries import Decision, Query
from workbook.reading import Reading
from workbook.record import Change
from workbook.rules import Standing, judge
from workbook.rules.progress import complete_since, needs_report


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The result of a merge: the plan after it, and all that there is to say about it.

    `applied` are this run's changes; `unchanged` counts the values that came back as the master has them. `conflicts`
    and `queries` are those that are open, from earlier merges too.
    """

    plan: Plan
    applied: tuple[Change, ...]
    unchanged: int
    conflicts: tuple[Conflict, ...]
    queries: tuple[Query, ...]
    findings: tuple[Finding, ...]
    merged: tuple[str, ...]
    unread: tuple[str, ...]
    outstanding: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Where values and decisions have led: the plan, every query that was asked, and those that are open."""

    combined: Combined
    plan: Plan
    asked: Set[str]
    open: tuple[Query, ...]
    findings: tuple[Finding, ...]


def report(
    before: Plan, readings: Sequence[Reading], outcome: Outcome, decisions: Mapping[str, Decision], layout: Layout
) -> Merged:
    """Say what came of a merge: the guidance's findings, those across returns, queries in order, who is outstanding."""
    after, combined = outcome.plan, outcome.combined
    usable = [reading for reading in readings if reading.read]
    month = after.edition or after.start
    standing = Standing(plan=after, month=month)
    judged = [found for reading in readings for found in (*reading.findings, *judge(reading, layout, standing))]
    findings = without_answered(judged, reported_in(usable) | _reported(after))
    findings += [found for _, found in together(readings, before.register)]
    findings += _dropped(usable, after, layout)
    findings += _unused(decisions, outcome.asked, before)
    still_asked = {(query.row_id, query.field, query.month) for query in outcome.open if query.kind == "conflict"}
    return Merged(
        plan=after,
        applied=after.history[len(before.history) :],
        unchanged=combined.unchanged,
        conflicts=tuple(each for each in combined.conflicts if (each.row_id, each.field, each.month) in still_asked),
        queries=in_order(after, outcome.open),
        findings=(*findings, *outcome.findings),
        merged=tuple(reading.file for reading in usable),
        unread=tuple(reading.file for reading in readings if not reading.read),
        outstanding=outstanding(after, month, layout),
    )


def outstanding(plan: Plan, month: Month, layout: Layout) -> tuple[str, ...]:
    """The recipients of that month's returns from whom none has come back, but for those whose actions are complete."""
    since = complete_since(plan, layout)
    asked = {action.row_id for action in plan.actions if needs_report(action, month, since, layout)}
    issued = [each for each in plan.register if each.month == month and asked.intersection(each.rows)]
    back = {each.recipient for each in issued if each.returned}
    return tuple(dict.fromkeys(each.recipient for each in issued if each.recipient not in back))


def _dropped(readings: Sequence[Reading], plan: Plan, layout: Layout) -> Iterator[Finding]:
    """What is said of actions that are in the plan no more."""
    for reading in readings:
        for action in reading.actions:
            if action.issued.row_id not in plan.by_row_id:
                edits = {key: said.value for key, said in action.others.items() if said.readable}
                words = "; ".join(f"{what(*key)} {in_words(value, key[0], layout)}" for key, value in edits.items())
                if words:
                    where = replace(action.where(*next(iter(edits))), file=reading.file)
                    yield finding("ROW_DROPPED", where, said=words)


def _reported(plan: Plan) -> set[tuple[str, Month]]:
    return {(action.row_id, month) for action in plan.actions for month in action.progress}


def _unused(decisions: Mapping[str, Decision], asked: Set[str], before: Plan) -> Iterator[Finding]:
    """Decisions on queries that nobody asks (any more), and that were not taken before."""
    known = asked | {each.query_id for each in before.taken}
    for query_id, each in decisions.items():
        if query_id not in known and each.answer:
            where = Where(file=each.file, sheet=each.sheet, cell=each.cell)
            yield finding("DECISION_UNUSED", where, query=query_id, text=each.answer)
