"""How far an action is: open, begun or complete, as it was last reported or as its note says."""

from collections.abc import Mapping

from workbook.layout import Layout, State
from workbook.months import Month
from workbook.palette import Status
from workbook.plan import COMPLETE, Action


def last_status(action: Action, layout: Layout, month: Month | None = None) -> tuple[Month, Status] | None:
    """What was last reported of an action, up to a month if one is given; new dates are no report."""
    for reported in sorted(action.progress, reverse=True):
        status = layout.palette.get(action.progress[reported])
        if status and not status.new_dates and (month is None or reported <= month):
            return reported, status
    return None


def is_complete(action: Action, layout: Layout) -> bool:
    """Whether an action is complete.

    A form with a status for that goes by the status last reported; in others, and where nothing is reported, the note
    says so with its marker.
    """
    last = last_status(action, layout) if _has_status(layout) else None
    return last[1].state == "complete" if last else action.marker == COMPLETE


def state_of(action: Action, layout: Layout) -> State:
    """How far an action is; one of which nothing was reported is open."""
    if is_complete(action, layout):
        return "complete"
    last = last_status(action, layout)
    if last and last[1].state != "complete":
        return last[1].state
    return "begun" if last or action.progress else "open"


def completed_status(layout: Layout) -> Status | None:
    """The status that complete actions are counted under; None in a form that has none."""
    own = (status for status in layout.statuses if status.state == "complete")
    return next(own, None) or next((status for status in layout.statuses if COMPLETE in status.markers), None)


def reported_complete(action: Action, layout: Layout) -> Month | None:
    """The first month from which on every report says that an action is complete, if the form has a status for it."""
    first = None
    for month in sorted(action.progress, reverse=True):
        status = layout.palette.get(action.progress[month])
        if status and not status.new_dates:
            if status.state != "complete":
                break
            first = month
    return first


def complete_by(action: Action, month: Month, since: Mapping[str, Month], layout: Layout) -> bool:
    """Whether an action was complete by the end of a month; `since` says when those became so of which that is known.

    What the source says is complete was so all along, or after its last report.
    """
    if not is_complete(action, layout):
        return False
    if action.row_id in since:
        return since[action.row_id] <= month
    last = last_status(action, layout)
    return last is None or last[0] <= month


def _has_status(layout: Layout) -> bool:
    return any(status.state == "complete" for status in layout.statuses)
