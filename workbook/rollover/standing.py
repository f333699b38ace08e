"""How an action stood at the year's end: its last status, whether it looks done, what of its programme is left."""

from collections.abc import Sequence
from dataclasses import replace

from workbook.archive import Archived
from workbook.layout import Layout
from workbook.months import Month
from workbook.plan import Action, Plan
from workbook.rules.approval import is_proposed
from workbook.rules.lateness import new_dates, programme_of
from workbook.rules.progress import complete_since
from workbook.source import goes_on, worked_out


def last_report(action: Action, start: Month) -> tuple[Month, str] | None:
    """The last month before `start` that is reported, and its status."""
    reported = [(month, status) for month, status in action.progress.items() if month < start]
    return max(reported, default=None)


def last_said(action: Action, start: Month, layout: Layout) -> str:
    """The last status before `start` in words: `amber in June 2010`."""
    last = last_report(action, start)
    said = last_status(action, start, layout)
    return f"{said} in {last[0].name}" if last else said


def last_status(action: Action, start: Month, layout: Layout) -> str:
    """The last status before `start`, without its month."""
    last = last_report(action, start)
    if last is None:
        return "nothing reported"
    return colour(last[1], layout) + (" without approval" if is_proposed(action, last[0], layout) else "")


def colour(key: str, layout: Layout) -> str:
    """What people call a status; its key, where the form has no such status."""
    status = layout.palette.get(key)
    return status.colour if status else key


def looks_done(action: Action, start: Month, layout: Layout) -> bool:
    """Whether it was last reported on target, in the last month of its programme (or of its new dates) or later."""
    due = [month for month in programme_of(action, layout) if month < start]
    last = last_report(action, start)
    status = layout.palette.get(last[1]) if last else None
    return bool(due and last and last[0] >= due[-1] and status and status.behind == 0)


def next_programme(action: Action, plan: Plan, following: Plan, layout: Layout) -> tuple[tuple[Month, ...], str]:
    """The months of an action's programme in the following plan, or after it; and what they were worked out from.

    These are the months ahead in its programme and in its approved new dates, and those in which it recurs or goes on.
    """
    ahead = {month for month in (*action.programmed, *new_dates(action, layout)) if month >= following.start}
    recurring, source = goes_on(action, plan, following.period)
    months = tuple(sorted({*ahead, *recurring}))
    if not source and not action.programme_from:
        return months, ""
    # It is kept as what a source of the following plan would say, too: see `source/to_plan`.
    again = worked_out(replace(action, programmed=(), programme_from=""), following)
    return months, again.programme_from if again.programmed == months else ""


def in_gap(action: Action, plan: Plan, following: Plan, layout: Layout) -> list[Month]:
    """The months of its programme that lie after the plan and before the following one."""
    months = {*action.programmed, *new_dates(action, layout)}
    return sorted(month for month in months if plan.period[-1] < month < following.start)


def archived(plan: Plan, completed: Sequence[Action], start: Month, layout: Layout) -> tuple[Archived, ...]:
    """The completed actions as the archive keeps them."""
    since = complete_since(plan, layout)
    titles = {heading.ref: heading.title for heading in reversed(plan.headings) if heading.title}
    kept = []
    for action in completed:
        last = last_report(action, start)
        kept.append(
            Archived(
                row_id=action.row_id,
                ref=action.ref,
                heading=action.heading,
                heading_title=titles.get(action.heading, ""),
                action=action.action,
                lead=action.lead,
                programmed=action.programmed,
                status=last[1] if last else None,
                month=last[0] if last else None,
                complete_since=since.get(action.row_id),
                note=action.note,
            )
        )
    return tuple(kept)
