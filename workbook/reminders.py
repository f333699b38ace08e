"""Reminders: whom to chase for a month's return, for what, and in which words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbook.months import Month
from workbook.plan import NOBODY, Action, Person
from workbook.record import Issued

# What stands between the addresses in a person's e-mail field, or is no part of one.
_ADDRESS = re.compile(r"""[^\s,;:<>()\[\]"]+@[^\s,;:<>()\[\]"@]+""")
_MOST_REFS = 30
_LONGEST_REF = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One recipient to be chased: `issued` is the latest return for the month, `people` who is behind it.

    `asked` are its actions that a report is expected of, `missing` those of them that nobody has reported on. It is
    `outstanding` until a return has come back.
    """

    issued: Issued
    people: tuple[Person, ...]
    outstanding: bool
    asked: tuple[Action, ...]
    missing: tuple[Action, ...]

    @property
    def recipient(self) -> str:
        """To whom the return was issued: initials, a service, a priority."""
        return self.issued.recipient

    @property
    def month(self) -> Month:
        """The month that is asked about."""
        return self.issued.month

    @property
    def name(self) -> str:
        """The people's names, or else what the register calls the recipient."""
        names = ", ".join(person.name for person in self.people if person.name)
        return names or (self.issued.name if self.issued.name != self.recipient else "")

    @property
    def who(self) -> str:
        """Name and recipient: `Pat Sim (PS)`."""
        return f"{self.name} ({self.recipient})" if self.name and self.recipient not in self.name else self.recipient

    @property
    def services(self) -> str:
        """The people's services."""
        return ", ".join(dict.fromkeys(person.service for person in self.people if person.service))

    @property
    def addresses(self) -> tuple[str, ...]:
        """Their e-mail addresses."""
        return tuple(dict.fromkeys(found for person in self.people for found in _ADDRESS.findall(person.email)))

    @property
    def without_address(self) -> tuple[str, ...]:
        """Who of them has none, by name."""
        return tuple(each.name or each.initials for each in self.people if not _ADDRESS.search(each.email))

    @property
    def what_is_missing(self) -> str:
        """In words: `The whole return: 6 actions: 1.1.1, 1.1.2`, or `2 of 6 actions: 1.1.3, 1.2.1`."""
        if not self.asked:
            return f"The whole return: none of its actions needs a report for {self.month.name}"
        if not self.missing:
            return "The whole return: others have reported on its actions"
        is_part = not self.outstanding or len(self.missing) < len(self.asked)
        number = f"{len(self.missing)} of {_actions(self.asked)}" if is_part else _actions(self.asked)
        return f"{'The whole return: ' if self.outstanding else ''}{number}: {_refs(self.missing)}"

    @property
    def message(self) -> str:
        """A letter that can be sent as it stands; of actions that are asked of nobody, what to do about it."""
        if self.recipient in NOBODY:
            return "There is nobody to write to. Give these actions a lead in the master, and issue the month again."
        which = f"return for {self.month.name}" + (f" (due on {self.issued.due})" if self.issued.due else "")
        if self.outstanding:
            said = f"your {which} has not reached us yet. {self._asks()} Please fill in the file {self.issued.file}, "
            said += "which was sent to you, and send it back."
        else:
            said = f"thank you for your {which}. We do not know yet how {self._some()} ({_refs(self.missing)}). "
            said += f"Please open the file {self.issued.file} again, fill in what is missing, and send it back."
        return f"{self._greeting()}, {said} If you have done so already, thank you; please disregard this reminder."

    def _greeting(self) -> str:
        if len(self.people) == 1:
            return f"Dear {self.people[0].name or self.people[0].initials}"
        return "Dear colleagues" if self.people else "Dear colleague"

    def _asks(self) -> str:
        if not self.asked:
            return "None of its actions needs a report for the month, so it may come back with nothing filled in."
        if not self.missing:
            return "Others have reported on its actions already; please say where you see it differently."
        return f"It asks how {self._some()} ({_refs(self.missing)})."

    def _some(self) -> str:
        """`one action stands`, `6 actions stand`, `2 of its 6 actions stand`."""
        if len(self.missing) == len(self.asked):
            return "one action stands" if len(self.asked) == 1 else f"{_actions(self.asked)} stand"
        return f"{len(self.missing)} of its {_actions(self.asked)} {'stands' if len(self.missing) == 1 else 'stand'}"


def _actions(actions: Sequence[Action]) -> str:
    return f"{len(actions)} action{'' if len(actions) == 1 else 's'}"


def _refs(actions: Sequence[Action]) -> str:
    """The refs, as many as people read."""
    said = [action.ref[:_LONGEST_REF] or "one without a ref" for action in actions[:_MOST_REFS]]
    more = f" and {len(actions) - _MOST_REFS} more" if len(actions) > _MOST_REFS else ""
    return ", ".join(said) + more
