"""Where an action is moved to: the months that are hatched, or the new date that is written beside its status."""

from workbook.layout import Layout
from workbook.months import Month
from workbook.plan import Action
from workbook.timescales import parse


def moved_to(action: Action, layout: Layout) -> tuple[Month, ...]:
    """The month of the new date that an officer wrote, in a form that has no months to hatch; none where it is no date.

    A month without a year is the first of its name after the last one that is programmed.
    """
    if layout.has_months or not action.new_date:
        return ()
    said = parse(action.new_date, action.programmed[-1] if action.programmed else None)
    last = said.revised or said.finish or said.start
    return (Month(last.year, last.month),) if last else ()
