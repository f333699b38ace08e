"""The board pack: everything that the board is told of a month, for the whole plan and for single priorities."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from typing import Any

from workbook.layout import Layout
from workbook.months import Month, run
from workbook.pack import Breakdown, Pack, Section, Tally
from workbook.plan import Heading, Plan
from workbook.report.ahead import coming, completed
from workbook.report.breakdowns import breakdowns
from workbook.report.completion import completion
from workbook.report.counts import sentence, standings, tally
from workbook.report.exceptions import Standings, exceptions
from workbook.report.movement import Before, as_told, before, movement
from workbook.report.schedule import schedule
from workbook.report.summary import columns
from workbook.rules.progress import complete_since


def board_pack(
    plan: Plan,
    month: Month,
    layout: Layout,
    *,
    previous: tuple[Plan, Month] | None = None,
    highlights: Iterable[Heading] = (),
) -> Pack:
    """Find what the board is told of a month.

    `previous` is an earlier edition and the month that it tells of, in place of what the plan's own record has;
    `highlights` are the uppermost headings of which it is told apart.
    """
    found = _standings(plan, month, layout)
    earlier = as_told(*previous, layout, found) if previous else before(plan, month, layout, found)
    whole = Section(
        heading=None,
        month=month,
        exceptions=exceptions(plan, month, layout, found),
        schedule=schedule(plan, layout),
        completed=completed(plan, month, layout, complete_since(plan, layout), _edition(earlier, plan)),
        coming=coming(plan, month, layout),
        next_cycle=layout.cycle_after(month, plan.start),
        **_figures(plan, month, layout, found, earlier, plan.by_row_id.keys()),
    )
    return Pack(
        columns=columns([layout]),
        whole=whole,
        standings=found[month],
        breakdowns=breakdowns(plan, found[month], layout),
        highlights=tuple(_of_heading(whole, heading, plan, layout, found, earlier) for heading in highlights),
    )


def _edition(earlier: Before | None, plan: Plan) -> Plan | None:
    """The edition before, if there is one; a plan without a record tells of the month before itself."""
    return earlier.plan if earlier and earlier.plan is not plan else None


def figures(plan: Plan, month: Month, layout: Layout) -> tuple[tuple[Tally, ...], tuple[Breakdown, ...]]:
    """The figures of each month of the plan up to this one, and this one's by priority, service and importance."""
    found = _standings(plan, month, layout)
    now = found[month] if month in found else standings(plan, month, layout, complete_since(plan, layout))
    return _tallies(found, layout), breakdowns(plan, now, layout)


def _standings(plan: Plan, month: Month, layout: Layout) -> Standings:
    """How the actions stand in each month of the plan in which a cycle ends, up to this month, and in this one."""
    since = complete_since(plan, layout)
    months = run(plan.start, month.since(plan.start) + 1)
    told = [each for each in months if each == month or layout.ends_cycle(each, plan.start)]
    return {each: standings(plan, each, layout, since) for each in told}


def _tallies(found: Standings, layout: Layout) -> tuple[Tally, ...]:
    return tuple(tally(month.name, its.values(), layout) for month, its in found.items())


def _figures(
    plan: Plan, month: Month, layout: Layout, found: Standings, earlier: Before | None, rows: Set[str]
) -> dict[str, Any]:
    """The sentence, the months so far and the movement, of the actions in `rows`, whose standings are given."""
    tallies = _tallies(found, layout)
    actions = (action for action in plan.actions if action.row_id in rows)
    done = completion(actions, month, layout, complete_since(plan, layout))
    return {
        "sentence": sentence(tallies[-1], month, layout, done),
        "completion": done,
        "months": tallies,
        "movement": movement(plan, month, layout, found[month], earlier) if earlier else None,
    }


def _of_heading(
    whole: Section, heading: Heading, plan: Plan, layout: Layout, found: Standings, earlier: Before | None
) -> Section:
    """What the board is told of one priority: of the whole, what is about its actions."""
    rows = _under(plan, heading.ref)
    then = None
    if earlier:
        gone = _under(earlier.plan, heading.ref) - plan.by_row_id.keys()
        then = replace(earlier, found=_only(earlier.found, rows | gone), now=_only(earlier.now, rows))
    own = {each: _only(standing, rows) for each, standing in found.items()}
    return replace(
        whole,
        heading=heading,
        exceptions=tuple(each for each in whole.exceptions if each.action.row_id in rows),
        schedule=tuple(each for each in whole.schedule if each.action.row_id in rows),
        completed=tuple(each for each in whole.completed if each.action.row_id in rows),
        coming=None if whole.coming is None else tuple(e for e in whole.coming if e.action.row_id in rows),
        **_figures(plan, whole.month, layout, own, then, rows),
    )


def _under(plan: Plan, top: str) -> Set[str]:
    return {action.row_id for action in plan.actions if plan.tops[action.heading] == top}


def _only(found: Mapping[str, str], rows: Set[str]) -> Mapping[str, str]:
    return {row_id: standing for row_id, standing in found.items() if row_id in rows}
