"""What delayed actions hold up."""

from dataclasses import dataclass

from workbook.completion import is_complete
from workbook.dependencies import links
from workbook.layout import Layout
from workbook.months import Month
from workbook.plan import Action, Plan
from workbook.rules.dependency import delayed


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """A delayed action, the status by which it is, and the unfinished actions that wait for it, also through others."""

    action: Action
    status: str
    holds_up: tuple[Action, ...]


def delays(plan: Plan, month: Month, layout: Layout) -> tuple[Delay, ...]:
    """The delayed actions of a month that others wait for, in the plan's order."""
    known = links(plan)
    found = []
    for action in plan.actions:
        if status := delayed(action, month, layout):
            waiting = (plan.by_row_id[row_id] for row_id in known.held_up(action.row_id))
            unfinished = tuple(each for each in waiting if not is_complete(each, layout))
            if unfinished:
                found.append(Delay(action=action, status=status.key, holds_up=unfinished))
    return tuple(found)
