"""What nobody has answered for a month, and who is to be chased for it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from workbook.layout import Layout
from workbook.months import Month
from workbook.plan import NOBODY, Action, Person, Plan, split_names
from workbook.record import Issued
from workbook.reminders import Reminder
from workbook.rules.progress import complete_since, is_programmed, is_suspended, needs_report

Why = Literal["not returned", "no status taken", "to be decided", "issued to nobody"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """An action that a report is expected of and nobody has reported on, to whom it was issued, and why.

    *Not returned*: a return that it is in has not come back. *No status taken*: all have, and say nothing of it.
    *To be decided*: something was said of it that waits for a decision. *Issued to nobody*: it is in no return of the
    month, or in one that is nobody's.
    """

    action: Action
    recipients: tuple[str, ...]
    why: Why


def unanswered(
    plan: Plan, month: Month, layout: Layout, outstanding: Collection[str], undecided: Collection[str]
) -> tuple[Unanswered, ...]:
    """The unanswered actions of a month, in the plan's order.

    `outstanding` are the recipients yet to return, `undecided` the row ids of which something waits for a decision.
    """
    returns = _latest(plan, month).values()
    found = []
    for action in asked(plan, month, layout):
        if not _is_reported(action, month, layout, plan):
            recipients = tuple(each.recipient for each in returns if action.row_id in each.rows)
            why = "to be decided" if action.row_id in undecided else _why(recipients, outstanding)
            found.append(Unanswered(action=action, recipients=recipients, why=why))
    return tuple(found)


def reminders(
    plan: Plan, month: Month, layout: Layout, outstanding: Collection[str], undecided: Collection[str]
) -> tuple[Reminder, ...]:
    """Who is to be chased: those outstanding first, then who left actions unanswered; in each, most missing first.

    Nobody is chased for what waits for a decision, unless their return has not come back.
    Of several issues to one recipient the latest says what is asked, by when and in which file. A recipient who has
    sent any of them back is not outstanding, as what they said is in the plan.
    """
    expected = {action.row_id: action for action in asked(plan, month, layout)}
    found = []
    for issued in _latest(plan, month).values():
        of_it = tuple(expected[row_id] for row_id in issued.rows if row_id in expected)
        is_back = issued.recipient not in outstanding
        missing = [
            each
            for each in of_it
            if not _is_reported(each, month, layout, plan) and not (is_back and each.row_id in undecided)
        ]
        reminder = Reminder(
            issued=issued, people=_people(plan, issued), outstanding=not is_back, asked=of_it, missing=tuple(missing)
        )
        if reminder.outstanding or reminder.missing:
            found.append(reminder)
    return tuple(sorted(found, key=lambda each: (not each.outstanding, -len(each.missing))))


def asked(plan: Plan, month: Month, layout: Layout) -> tuple[Action, ...]:
    """The actions that a report is expected of: programmed for the month, neither complete by then nor suspended."""
    since = complete_since(plan, layout)
    return tuple(
        action
        for action in plan.actions
        if is_programmed(action, month, layout, plan.start)
        and needs_report(action, month, since, layout)
        and not is_suspended(action, month, layout)
    )


def _is_reported(action: Action, month: Month, layout: Layout, plan: Plan) -> bool:
    return any(each in action.progress for each in layout.cycle_to(month, plan.start))


def _latest(plan: Plan, month: Month) -> Mapping[str, Issued]:
    """The return of a month that was last issued to each recipient, in the order of the register."""
    return {issued.recipient: issued for issued in plan.register if issued.month == month}


def _why(recipients: Collection[str], outstanding: Collection[str]) -> Why:
    if all(each in NOBODY for each in recipients):
        return "issued to nobody"
    return "not returned" if any(each in outstanding for each in recipients) else "no status taken"


def _people(plan: Plan, issued: Issued) -> tuple[Person, ...]:
    """Who is behind a recipient: a person; a service's leads of these actions; who leads a priority; or nobody."""
    known = plan.people_by_initials
    if issued.recipient in known:
        return (known[issued.recipient],)
    if service := [person for person in plan.people if person.service == issued.recipient]:
        rows = (plan.by_row_id[row_id] for row_id in issued.rows if row_id in plan.by_row_id)
        leading = [plan.called(lead) for action in rows for lead in action.lead]
        return tuple([person for person in service if person in leading] or service)
    named = (split_names(heading.lead) for heading in plan.headings if heading.ref == issued.recipient)
    called = [plan.called(lead) for leads in named for lead in leads]
    return tuple(person for at, person in enumerate(called) if person and person not in called[:at])
