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
            new = beyond(action, waiting) if status.new_dates else ()
            yield _rescheduled(plan, action, status, waiting, new)
        if approved:
            new = beyond(action, (*action.revised, *approved)) if status.new_dates else ()
            yield _rescheduled(plan, action, status, approved, new, action.approval[approved[-1]])
        elif status.new_dates and action.revised:
            # All of its new dates have been reported over since. They were approved all the same.
            last = approvals.get(action.row_id)
            said = Approval.from_text(last.new) if last and last.new else Approval(decision="approved")
            yield _rescheduled(plan, action, status, (), beyond(action, action.revised), said)


def beyond(action: Action, months: Iterable[Month]) -> tuple[Month, ...]:
    """Of the months that are said to be new dates those that are not programmed in any case, or all if all are."""
    said = sorted(set(months))
    return tuple(month for month in said if month not in action.programmed) or tuple(said)


def _rescheduled(
    plan: Plan,
    action: Action,
    status: Status,
    months: tuple[Month, ...],
    new: tuple[Month, ...],
    approval: Approval | None = None,
) -> Rescheduled:
    marked = read_marker(action.own_note)
    marker = marked.marker if marked and marked.marker in status.markers else next(iter(status.markers), status.label)
    said = (plan.last_changes.get((action.row_id, "progress", month)) for month in months)
    return Rescheduled(
        action=action,
        status=status.key,
        what=marker.capitalize(),
        months=months,
        old=action.programmed,
        new=new,
        approval=approval,
        since=min((change.edition for change in said if change), default=None),
    )
