"""Merges returns into a plan, three ways: what was issued, what the master says now, what came back.

`align` finds which values correspond, `combine` decides what is applied, `queries` what waits for a person. Data in,
data out: no file is opened or written here.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbook.findings import Finding, Where, finding
from workbook.layout import Layout
from workbook.merge.align import align, once_each, reported_in, standing, together, untouched, without_answered
from workbook.merge.combine import Conflict, combine
from workbook.merge.decide import Decided, amend, decide
from workbook.merge.queries import approval_queries, new_row_queries
from workbook.months import Month
from workbook.plan import Plan
from workbook.queries import Decision, Query
from workbook.reading import Reading
from workbook.record import Change, Issued, Returned
from workbook.rules import Standing, judge
from workbook.rules.progress import complete_since, needs_report

__all__ = ["Merged", "hand_edits", "merge", "outstanding", "reported_in", "standing", "together", "without_answered"]

# What is found when an officer changes it, and is the plan owner's to change.
_OWNERS_RIGHT = ("REF_CHANGED", "ACTION_CHANGED", "LEAD_CHANGED", "PROGRAMME_CHANGED")


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The result of a merge: the plan after it, and all that there is to say about it.

    `applied` are this run's changes; `unchanged` counts the values that came back as the master has them.
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


def merge(
    plan: Plan,
    readings: Sequence[Reading],
    layout: Layout,
    decisions: Mapping[str, Decision] | None = None,
) -> Merged:
    """Merge what was read into the plan. The order of the readings makes no difference, nor does doing it twice."""
    readings = once_each(readings)
    usable = [reading for reading in readings if reading.read]
    months = [reading.month for reading in usable if reading.month] + ([plan.edition] if plan.edition else [])
    edition = max(months, default=plan.start)
    values = align(plan, usable)
    combined = combine(plan, values, layout, edition)
    merged = replace(plan, edition=edition if usable or decisions else plan.edition).apply(combined.changes)
    asked = [*combined.queries, *new_row_queries(merged, usable, layout)]
    amended = amend(merged, decisions or {}, edition)
    decided = decide(amended.plan, asked, decisions or {}, edition)
    approved, approvals = _approved(decided.plan, decisions or {}, edition, layout)
    after = _with_returned(approved.plan, usable)
    standing_now = Standing(plan=after, month=edition)
    findings = [found for reading in readings for found in (*reading.findings, *judge(reading, layout, standing_now))]
    findings = without_answered(findings, reported_in(usable) | _reported(after))
    findings += [found for _, found in together(readings, plan.register)]
    findings += _unused(decisions or {}, [*asked, *approvals], plan)
    return Merged(
        plan=after,
        applied=after.history[len(plan.history) :],
        unchanged=combined.unchanged + untouched(plan, usable, values, layout),
        conflicts=combined.conflicts,
        queries=(*decided.open, *approved.open),
        findings=(*findings, *amended.findings, *decided.findings, *approved.findings),
        merged=tuple(reading.file for reading in usable),
        unread=tuple(reading.file for reading in readings if not reading.read),
        outstanding=outstanding(after, edition, layout),
    )


def _approved(
    plan: Plan, decisions: Mapping[str, Decision], edition: Month, layout: Layout
) -> tuple[Decided, list[Query]]:
    """The plan with what is decided on approvals, and all that was asked: a refusal may bring back another proposal."""
    asked: dict[str, Query] = {}
    findings: list[Finding] = []
    while True:
        queries = approval_queries(plan, layout)
        asked |= {query.query_id: query for query in queries}
        decided = decide(plan, queries, decisions, edition)
        findings += decided.findings
        if decided.plan == plan:
            return replace(decided, findings=tuple(dict.fromkeys(findings))), list(asked.values())
        plan = decided.plan


def hand_edits(plan: Plan, sheets: Reading, layout: Layout) -> tuple[Plan, tuple[Finding, ...]]:
    """The plan with what its owner edited by hand on the sheets of its own master, and what could not be taken."""
    combined = combine(plan, align(plan, [sheets]), layout, plan.edition or plan.start, owner=True)
    edits = combined.changes
    left = tuple(each for each in sheets.findings if each.code not in _OWNERS_RIGHT)
    said = ", ".join(dict.fromkeys(f"{edit.ref or 'an action'} ({edit.cell})" for edit in edits))
    taken = (finding("MASTER_EDITED", Where(file=sheets.file), changes=said),) if edits else ()
    return plan.apply(edits), (*left, *taken)


def outstanding(plan: Plan, month: Month, layout: Layout) -> tuple[str, ...]:
    """The recipients of that month's returns from whom none has come back, but for those whose actions are complete."""
    since = complete_since(plan)
    asked = {action.row_id for action in plan.actions if needs_report(action, month, since, layout)}
    issued = [each for each in plan.register if each.month == month and asked.intersection(each.rows)]
    back = {each.recipient for each in issued if each.returned}
    return tuple(dict.fromkeys(each.recipient for each in issued if each.recipient not in back))


def _reported(plan: Plan) -> set[tuple[str, Month]]:
    return {(action.row_id, month) for action in plan.actions for month in action.progress}


def _with_returned(plan: Plan, readings: Sequence[Reading]) -> Plan:
    """The plan with these files in its register."""
    register = []
    answers: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        answers[reading.issue_id].append(reading)
    for issued in plan.register:
        known = {each.digest for each in issued.returned}
        files = [reading for reading in answers.get(issued.issue_id, ()) if reading.digest not in known]
        at = len(plan.history)
        back = tuple(Returned(file=reading.file, digest=reading.digest, position=at) for reading in files)
        register.append(_returned(issued, back))
    return replace(plan, register=tuple(register))


def _returned(issued: Issued, back: tuple[Returned, ...]) -> Issued:
    return replace(issued, returned=(*issued.returned, *back)) if back else issued


def _unused(decisions: Mapping[str, Decision], asked: Sequence[Query], plan: Plan) -> list[Finding]:
    """Decisions on queries that nobody asks (any more), and that were not taken before."""
    known = {query.query_id for query in asked} | {change.decision for change in plan.history}
    return [
        finding("DECISION_UNUSED", Where(file=each.file, sheet=each.sheet, cell=each.cell), query=query_id)
        for query_id, each in decisions.items()
        if query_id not in known and each.answer
    ]
