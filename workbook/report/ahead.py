"""What has been completed since the last edition, and what is planned for next month."""

from collections.abc import Mapping

from workbook.completion import is_complete
from workbook.layout import Layout
from workbook.months import Month
from workbook.pack import Coming, Completed
from workbook.plan import Action, Plan
from workbook.report.delays import delays
from workbook.report.order import by_ref
from workbook.rules.progress import is_suspended


def completed(
    plan: Plan, month: Month, layout: Layout, since: Mapping[str, Month], before: Plan | None
) -> tuple[Completed, ...]:
    """The actions that are complete and were not in the edition before, by ref.

    Without one: those that were said to be complete for this month.
    """
    found = []
    for action in plan.actions:
        if is_complete(action, layout):
            was = before.by_row_id.get(action.row_id) if before else None
            is_new = (was is None or not is_complete(was, layout)) if before else since.get(action.row_id) == month
            if is_new:
                found.append(Completed(action=action, since=since.get(action.row_id)))
    return tuple(sorted(found, key=lambda each: by_ref(each.action)))


def coming(plan: Plan, month: Month, layout: Layout) -> tuple[Coming, ...] | None:
    """The actions that are planned for the cycle after, by ref, also by new dates; None where the plan has ended.

    Not those that are complete, or suspended with approval.
    """
    after = layout.cycle_after(month, plan.start)
    if after[0] not in plan.period:
        return None
    held_up: dict[str, list[Action]] = {}
    for delay in delays(plan, month, layout):
        for waiting in delay.holds_up:
            held_up.setdefault(waiting.row_id, []).append(delay.action)
    found = [
        Coming(
            action=action,
            begins=any(month in after for month in action.programmed[:1]),
            ends=any(month in after for month in (action.revised or action.programmed)[-1:]),
            new_date=any(month in action.revised for month in after),
            waits_for=tuple(held_up.get(action.row_id, ())),
        )
        for action in plan.actions
        if any(month in action.programmed or month in action.revised for month in after)
        and not is_complete(action, layout)
        and not is_suspended(action, after[0], layout)
    ]
    return tuple(sorted(found, key=lambda each: by_ref(each.action)))
