"""What somebody must look at: in last year's plan before it is rolled over for good, and in next year's."""

from collections.abc import Iterator, Mapping

from workbook.completion import is_complete
from workbook.findings import Finding, Where, finding
from workbook.grid import Grid
from workbook.layout import Layout
from workbook.months import Month, say_runs
from workbook.plan import Action, Plan, field_name
from workbook.refs import a1
from workbook.rollover.mentions import Stale, Waits, stale_mentions
from workbook.rollover.standing import colour, in_gap, last_report, last_status, looks_done
from workbook.rules.approval import is_proposed
from workbook.source import goes_on

_MOST_NAMED = 12  # refs in one sentence
_LONGEST_WORDS = 60


def about_last_year(plan: Plan, following: Plan, layout: Layout) -> Iterator[Finding]:
    """Find what should be settled in last year's plan: it looks done, it waits for approval, it is done and recurs."""
    grid = Grid(layout, plan, whole=True)
    if plan.edition is None or plan.edition < plan.period[-1]:
        stands = f"was last merged for {plan.edition.name}" if plan.edition else "nothing has been merged into it"
        yield finding("YEAR_NOT_OVER", last=plan.period[-1].name, stands=stands)
    for action in plan.actions:
        if is_complete(action, layout):
            months, source = goes_on(action, plan, following.period)
            if months:
                where = _at(grid, action, "note")
                yield finding("COMPLETE_GOES_ON", where, source=source, months=say_runs(months))
            continue
        last = last_report(action, following.start)
        if last and not following.by_row_id[action.row_id].programmed and looks_done(action, following.start, layout):
            where, status = _at(grid, action, "progress", last[0]), colour(last[1], layout)
            yield finding("LOOKS_DONE", where, status=status)
        yield from _proposals(action, following, grid)


def _proposals(action: Action, following: Plan, grid: Grid) -> Iterator[Finding]:
    proposed = [month for month in action.progress if is_proposed(action, month, grid.layout)]
    for key in dict.fromkeys(action.progress[month] for month in proposed):
        months = [month for month in proposed if action.progress[month] == key]
        left = [month for month in months if month < following.start]
        words = {"status": colour(key, grid.layout), "months": say_runs(months)}
        becomes = f"the status of {say_runs(left)} is not carried" if left else "it is carried as proposed"
        yield finding("PROPOSAL_OPEN", _at(grid, action, "progress", months[0]), **words, becomes=becomes)


def about_next_year(plan: Plan, following: Plan, waits: Mapping[str, Waits], layout: Layout) -> Iterator[Finding]:
    """Find what was worked out or proposed in next year's plan, and what it lacks."""
    grid = Grid(layout, following, whole=True)
    for action in following.actions:
        was = plan.by_row_id[action.row_id]
        yield from _programme(was, action, plan, grid)
        if fulfilled := waits[action.row_id].fulfilled:
            refs = ", ".join(each.ref or f"“{_short(each.action)}”" for each in fulfilled)
            yield finding("DEPENDENCY_FULFILLED", _at(grid, action, "ref"), others=refs)
    yield from _refs(plan, following)
    for stale in stale_mentions(plan, following):
        action = following.by_row_id[stale.row_id]
        words = {"field": field_name(stale.field), "other": stale.ref, "said": _meant(stale, following)}
        yield finding("REF_MEANS_ANOTHER", _at(grid, action, stale.field), **words)


def _programme(was: Action, action: Action, plan: Plan, grid: Grid) -> Iterator[Finding]:
    months, source = goes_on(was, plan, grid.plan.period)
    where = _at(grid, action, "programmed", action.programmed[0] if action.programmed else None)
    if months:
        yield finding("PROGRAMME_DERIVED", where, months=say_runs(months), source=source)
    gap = in_gap(was, plan, grid.plan, grid.layout)
    if gap:
        yield finding("PROGRAMME_IN_GAP", where, months=say_runs(gap))
    # What looks done is named in last year's plan.
    if not action.programmed and not gap and not looks_done(was, grid.plan.start, grid.layout):
        said = last_status(was, grid.plan.start, grid.layout)
        is_reported = last_report(was, grid.plan.start) is not None
        yield finding("PROGRAMME_RUN_OUT", where, status=f"last reported {said}" if is_reported else said)


def _refs(plan: Plan, following: Plan) -> Iterator[Finding]:
    """All refs that are proposed, in one finding."""
    changed = [action for action in following.actions if action.ref != plan.by_row_id[action.row_id].ref]
    if changed:
        said = [f"{plan.by_row_id[each.row_id].ref or 'no ref'} → {each.ref}" for each in changed[:_MOST_NAMED]]
        said += [f"and {len(changed) - _MOST_NAMED} more"] if len(changed) > _MOST_NAMED else []
        yield finding("REFS_PROPOSED", count=len(changed), refs=", ".join(said))


def _meant(stale: Stale, following: Plan) -> str:
    """What has become of the actions that a ref meant, and which it means now."""
    new = [following.by_row_id[each.row_id].ref for each in stale.was if each.row_id in following.by_row_id]
    become = f"which is {' and '.join(dict.fromkeys(new))} now" if any(new) else "which is complete and archived"
    means = f"; {stale.ref} is “{_short(stale.now[0].action)}” now" if stale.now else ""
    return become + means


def _at(grid: Grid, action: Action, field: str, month: Month | None = None) -> Where:
    """The action's cell for that field, or else that of its ref."""
    found = grid.cell(action.row_id, field, month) or grid.cell(action.row_id, "ref")
    sheet, cell = (found[0].name, a1(*found[1:])) if found else (None, None)
    return Where(sheet=sheet, cell=cell, ref=action.ref, row_id=action.row_id, field=field, month=month)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_WORDS else text[: _LONGEST_WORDS - 1].rstrip() + "…"
