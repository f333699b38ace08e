"""Who is asked about what: the returns of one month, as entries of the register."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from workbook.findings import Finding, Where, finding
from workbook.layout import Layout
from workbook.months import Month
from workbook.plan import NO_LEAD, NO_PRIORITY, NO_SERVICE, NOBODY, Action, Plan
from workbook.record import Issued
from workbook.source import digest_id

By = Literal["lead", "service", "priority", "all"]
EVERYTHING = "ALL"
_NAMES = {
    NO_LEAD: "actions without a lead",
    NO_SERVICE: "actions of no service",
    NO_PRIORITY: "actions under no heading",
    EVERYTHING: "all actions",
}


def issue_plan(plan: Plan, layout: Layout, month: Month, by: By, due: dt.date | None) -> tuple[Plan, list[Issued]]:
    """The plan with the month's returns in its register, and those returns.

    Issuing again what was issued and has not changed since keeps its entry, with what came back for it.
    """
    entries = _entries(plan, layout, month, by, f"{due.day} {Month(due.year, due.month).name}" if due else "")
    before = {each.issue_id: each for each in plan.register}
    added = [each for each in entries if each.issue_id not in before]
    issued = replace(plan, register=(*plan.register, *added)).recorded("issued", plan)
    return issued, [before.get(each.issue_id, each) for each in entries]


def nobody_asked(plan: Plan, entries: Sequence[Issued]) -> Iterator[Finding]:
    """The actions that are asked of nobody in particular."""
    for entry in entries:
        if entry.recipient in NOBODY:
            refs = ", ".join(plan.by_row_id[row].ref or "one without a ref" for row in entry.rows)
            yield finding("NOBODY_ASKED", Where(file=entry.file), file=entry.file, refs=refs)


def off_cycle(plan: Plan, layout: Layout, month: Month) -> Iterator[Finding]:
    """Say so when a month is asked about that is not the last of its quarter, or of whatever the form reports by."""
    if not layout.ends_cycle(month, plan.start):
        last = layout.cycle_after(month, plan.start)[0] + -1
        yield finding("OFF_CYCLE", cycle=layout.cycle, month=month.name, last=last.name)


def _entries(plan: Plan, layout: Layout, month: Month, by: By, due: str) -> list[Issued]:
    files: set[str] = set()
    position = len(plan.history)
    entries = []
    for recipient, rows in _recipients(plan, layout, by).items():
        name = _name(plan, recipient)
        entry = Issued(
            issue_id=digest_id("i", plan.plan_id, month, by, recipient, position, name, due, *rows),
            recipient=recipient,
            name=name,
            month=month,
            due=due,
            file=_file_name(recipient, month, files),
            rows=tuple(rows),
            position=position,
        )
        entries.append(entry)
    return entries


def _name(plan: Plan, recipient: str) -> str:
    person = plan.people_by_initials.get(recipient)
    return f"{person.name} ({recipient})" if person and person.name else _NAMES.get(recipient, recipient)


def _recipients(plan: Plan, layout: Layout, by: By) -> Mapping[str, list[str]]:
    """The row ids that each recipient is asked about; every action is asked of somebody."""
    rows: dict[str, list[str]] = {}
    for action in plan.actions:
        for recipient in dict.fromkeys(_asked(plan, layout, action, by)):
            rows.setdefault(recipient, []).append(action.row_id)
    if by != "lead":
        return rows
    known = [person.initials for person in plan.people if person.initials in rows]
    return {recipient: rows[recipient] for recipient in dict.fromkeys([*known, *sorted(rows)])}


def _asked(plan: Plan, layout: Layout, action: Action, by: By) -> list[str]:
    if by == "all":
        return [EVERYTHING]
    if by == "priority":
        top = plan.ancestor(action.heading, *layout.tab_levels)
        return [top.ref if top else NO_PRIORITY]
    if by == "lead":
        return [recipient_of(plan, lead) for lead in action.lead] or [NO_LEAD]
    people = [plan.called(lead) for lead in action.lead]
    return [person.service for person in people if person and person.service] or [NO_SERVICE]


def recipient_of(plan: Plan, lead: str) -> str:
    """Who gets the return of a lead: one person, whether actions call them by their initials or by their name."""
    person = plan.called(lead)
    return (person.initials if person else "") or lead


def _file_name(recipient: str, month: Month, taken: set[str]) -> str:
    """A name that every system allows, like no other in any case; `taken` holds those given so far."""
    base = re.sub(r"[^\w&+]+", "-", recipient).strip("-") or "return"
    name, copy = base, 1
    while name.casefold() in taken:
        copy += 1
        name = f"{base}-{copy}"
    taken.add(name.casefold())
    return f"{name}-{month}.xlsx"
