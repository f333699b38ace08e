"""The schedule of changes: what is reprogrammed, extended or suspended, its old and new dates, and who approved it."""

from collections.abc import Iterable, Iterator, Mapping

from workbook.layout import Layout
from workbook.markers import read_marker
from workbook.months import Month
from workbook.pack import Rescheduled
from workbook.palette import Status
from workbook.plan import Action, Approval, Plan
from workbook.record import Change
from workbook.report.order import by_ref
from workbook.reprogrammed import moved_to
from workbook.rules.approval import is_proposed


def schedule(plan: Plan, layout: Layout) -> tuple[Rescheduled, ...]:
    """All changes of the year so far: those that await approval first, then by ref."""
    approvals = {change.row_id: change for change in plan.history if change.field == "approval" and change.new}
    found = [each for action in plan.actions for each in _of(plan, action, layout, approvals)]
    return tuple(sorted(found, key=lambda each: (each.approval is not None, by_ref(each.action))))


def _of(plan: Plan, action: Action, layout: Layout, approvals: Mapping[str, Change]) -> Iterator[Rescheduled]:
    for status in layout.statuses:
        if not status.needs_approval:
            continue
        months = sorted(month for month, key in action.progress.items() if key == status.key)
        waiting = tuple(month for month in months if is_proposed(action, month, layout))
        approved = tuple(month for month in months if month not in waiting)
        if waiting:
            yield _rescheduled(plan, action, status, layout, waiting)
        if approved:
            yield _rescheduled(plan, action, status, layout, approved, action.approval[approved[-1]], action.revised)
        elif status.new_dates and action.revised:
            # All of its new dates have been reported over since. They were approved all the same.
            last = approvals.get(action.row_id)
            said = Approval.from_text(last.new) if last and last.new else Approval(decision="approved")
            yield _rescheduled(plan, action, status, layout, (), said, action.revised)


def _rescheduled(
    plan: Plan,
    action: Action,
    status: Status,
    layout: Layout,
    months: tuple[Month, ...],
    approval: Approval | None = None,
    revised: tuple[Month, ...] = (),
) -> Rescheduled:
    marked = read_marker(action.own_note)
    marker = marked.marker if marked and marked.marker in status.markers else next(iter(status.markers), status.label)
    said = (plan.last_changes.get((action.row_id, "progress", month)) for month in months)
    since = min((change.edition for change in said if change), default=None)
    dates = (*months, *revised)
    new = new_dates(action, dates, layout, since, approved=approval is not None) if status.new_dates else ()
    return Rescheduled(
        action=action,
        status=status.key,
        what=marker.capitalize(),
        months=months,
        old=action.programmed,
        new=new,
        approval=approval,
        since=since,
    )


def new_dates(
    action: Action, months: Iterable[Month], layout: Layout, since: Month | None = None, *, approved: bool = False
) -> tuple[Month, ...]:
    """Of the months that are shown as new dates those to which an action is moved.

    That is those after the month in which it was said, and that were not programmed in any case, if there are such: in
    the month itself, and in what was programmed, the same colour says only that the action is reprogrammed. In a form
    without months it is the date that is written beside the status, or what was `approved` of such.
    """
    if not layout.has_months:
        return (action.revised if approved else ()) or moved_to(action, layout)
    shown = sorted(set(months))
    later = [month for month in shown if since is None or month > since] or shown
    return tuple(month for month in later if month not in action.programmed) or tuple(later)
