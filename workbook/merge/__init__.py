"""Merges returns into a plan, three ways: what was issued, what the master says now, what came back.

`align` finds which values correspond, `combine` decides what is applied and what waits for a person, `decide` applies
what a person decided, `report` says what came of it. Data in, data out: no file is opened or written here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workbook.findings import Finding, Where, finding
from workbook.layout import Layout
from workbook.merge.align import align, once_each, reported_in, standing, together, untouched, without_answered
from workbook.merge.combine import Combined, combine
from workbook.merge.decide import amend, decide
from workbook.merge.queries import approval_queries
from workbook.merge.report import Merged, Outcome, outstanding, report
from workbook.months import Month
from workbook.plan import Plan
from workbook.queries import Decision
from workbook.reading import Reading
from workbook.record import Returned

__all__ = ["Merged", "hand_edits", "merge", "outstanding", "reported_in", "standing", "together", "without_answered"]

# What is found when an officer changes it, and is the plan owner's to change.
_OWNERS_RIGHT = ("REF_CHANGED", "ACTION_CHANGED", "LEAD_CHANGED", "FIELD_CHANGED", "PROGRAMME_CHANGED")


def merge(
    plan: Plan,
    readings: Sequence[Reading],
    layout: Layout,
    decisions: Mapping[str, Decision] | None = None,
) -> Merged:
    """Merge what was read into the plan. The order of the readings makes no difference, nor does doing it twice."""
    readings, decisions = once_each(readings), decisions or {}
    usable = [reading for reading in readings if reading.read]
    months = [reading.month for reading in usable if reading.month] + ([plan.edition] if plan.edition else [])
    edition = max(months, default=plan.start)
    combined = _combined(plan, usable, layout, edition)
    merged = replace(
        plan, edition=edition if usable or decisions else plan.edition, held=(*plan.held, *combined.held)
    ).apply(combined.changes)
    merged = _with_returned(merged, usable, plan.next_edition)
    outcome = _decided(merged, combined, decisions, edition, layout)
    return report(plan, readings, replace(outcome, plan=outcome.plan.recorded("merged", plan)), decisions, layout)


def _combined(plan: Plan, readings: Sequence[Reading], layout: Layout, edition: Month) -> Combined:
    """What the readings say against one another and the plan."""
    values = align(plan, readings)
    combined = combine(plan, values, layout, edition)
    return replace(combined, unchanged=combined.unchanged + untouched(plan, readings, values, layout))


def _decided(
    plan: Plan, combined: Combined, decisions: Mapping[str, Decision], edition: Month, layout: Layout
) -> Outcome:
    """What comes of the decisions: first on what came back, then on what is proposed."""
    amended = amend(plan, decisions, edition)
    decided = decide(amended.plan, combined.queries, decisions, edition)
    findings = [*amended.findings, *decided.findings]
    asked = {query.query_id for query in combined.queries}
    plan = decided.plan
    while True:
        # A refusal may bring back another proposal.
        queries = approval_queries(plan, layout)
        asked |= {query.query_id for query in queries}
        approved = decide(plan, queries, decisions, edition)
        findings += approved.findings
        if approved.plan == plan:
            return Outcome(
                combined=combined,
                plan=plan,
                asked=frozenset(asked),
                open=(*decided.open, *approved.open),
                findings=tuple(dict.fromkeys(findings)),
            )
        plan = approved.plan


def hand_edits(plan: Plan, sheets: Reading, layout: Layout) -> tuple[Plan, tuple[Finding, ...]]:
    """The plan with what its owner edited by hand on the sheets of its own master, and what could not be taken."""
    values = align(replace(plan, held=()), [sheets])
    edits = combine(plan, values, layout, plan.edition or plan.start, owner=True).changes
    left = tuple(each for each in sheets.findings if each.code not in _OWNERS_RIGHT)
    said = ", ".join(dict.fromkeys(f"{edit.ref or 'an action'} ({edit.cell})" for edit in edits))
    taken = (finding("MASTER_EDITED", Where(file=sheets.file), changes=said),) if edits else ()
    return plan.apply(edits).recorded("edited", plan), (*left, *taken)


def _with_returned(plan: Plan, readings: Sequence[Reading], edition: int) -> Plan:
    """The plan with these files in its register, as of the edition of that number."""
    by_issue: dict[str, list[Reading]] = {}
    for reading in readings:
        by_issue.setdefault(reading.issue_id, []).append(reading)
    register = []
    for issued in plan.register:
        known = {each.digest for each in issued.returned}
        back = tuple(
            Returned(file=reading.file, digest=reading.digest, position=len(plan.history), edition=edition)
            for reading in by_issue.get(issued.issue_id, ())
            if reading.digest not in known
        )
        register.append(replace(issued, returned=(*issued.returned, *back)) if back else issued)
    return replace(plan, register=tuple(register))
