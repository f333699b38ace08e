"""What a rule is: its sentence, what it looks at, its check, and examples of what it finds and what not."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from workbook.dependencies import Links, links
from workbook.findings import Finding
from workbook.layout import Layout
from workbook.months import Month
from workbook.plan import Action, Plan
from workbook.reading import ReadAction, Reading


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The plan as it stands in a month with all that came back, and who waits for whom in it."""

    plan: Plan
    month: Month | None

    @cached_property
    def links(self) -> Links:
        """Which action waits for which."""
        return links(self.plan)


@dataclass(frozen=True, kw_only=True)
class Case:
    """What a rule judges: one return that was read, for a month, the form it was read in, and the plan as it stands."""

    reading: Reading
    month: Month
    layout: Layout
    standing: Standing

    @property
    def start(self) -> Month:
        """The first month of the plan."""
        return self.standing.plan.start

    @cached_property
    def actions(self) -> Sequence[tuple[ReadAction, Action]]:
        """What the return says of each action, and how that stands with what others of its month say of it besides."""
        others = self.standing.plan.by_row_id if self.month == self.standing.month else {}
        return [(read, read.onto(others.get(read.issued.row_id, read.issued))) for read in self.reading.actions]


Check = Callable[[Case], Iterator[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One action in a return for September 2009 of a plan that begins in July, and the codes that it must give.

    `programmed` is as in a plan source (`Jul-Sep`); `before` and `now` are what was issued and what came back, such as
    `Aug amber, Sep red`; `note` is what came back where `note_before` was issued, `new_date` the new date that came
    back. `revised` are new dates that have been approved, `grey` the programme that came back, `waits_for` what is
    reported of an action that this one depends on.
    """

    says: str
    programmed: str = "Jul-Sep"
    before: str = ""
    now: str = ""
    note_before: str = ""
    note: str = ""
    new_date: str = ""
    revised: str = ""
    grey: str = ""
    waits_for: str = ""
    finds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: layouts choose it by `name`.

    `looks_at` says in a sentence what it judges by, `needs` are the columns without which a form has no use for it.
    `codes` are the findings that say it is broken; `check` finds those that show only once the whole return is read
    (the others are found while its cells are read).
    """

    name: str
    sentence: str
    looks_at: str
    needs: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    check: Check | None = None
    examples: tuple[Example, ...] = ()
