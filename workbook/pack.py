"""The board pack: what the board is told of a month. `report/` finds it, `build/` writes it.

An action's *standing* in a month is the status that it counts under, or that it awaits approval, or was not reported;
None where it is not highlighted for the month.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from workbook.corporate import SummaryColumn
from workbook.months import Month, say_runs
from workbook.plan import Action, Approval, Heading
from workbook.views import NO_REPORTS, Reports

# The standings that are no status.
AWAITING, NOT_REPORTED = "awaiting_approval", "not_reported"

Why = Literal["counted", "late before", "awaits approval"]


def percentage(number: int, of: int) -> Decimal:
    """A percentage to one decimal place, half up; of nothing it is 0.0."""
    if not of:
        return Decimal("0.0")
    return (Decimal(100 * number) / Decimal(of)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """How many of how many actions are complete, and what share that is; `sentence` says so, where the form does."""

    of: int
    complete: int
    percent: Decimal
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many actions of one kind are highlighted, and how they stand: a row of the summary.

    `percent` are of the highlighted, to one place, each rounded half up on its own.
    """

    label: str
    highlighted: int
    counts: Mapping[str, int]
    percent: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """The highlighted actions of a month by one thing; `name` is which: `priority`, `service`, `importance`."""

    name: str
    title: str
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exceptional:
    """An action that the board is told of: late, awaiting approval, or not reported.

    `months` is how many highlighted months in a row, up to `month`, it has stood like that. `original` is the last
    month of its programme, `revised` its new dates, which are only `proposed` until they are approved. `why` it is
    here: it is *counted* so for the month; or it was *late before*, when it was last reported, and is not highlighted
    now; or it counts as something else, and *awaits approval* for other months.
    """

    action: Action
    standing: str
    month: Month
    months: int
    original: Month | None
    revised: tuple[Month, ...]
    proposed: bool
    why: Why = "counted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An action whose standing is not what it was."""

    action: Action
    was: str | None
    now: str | None
    dropped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What has moved since the month before, as that was told then.

    `tallies` say for each standing of that month how its actions stand now, and how many are not highlighted any more.
    `same` is how many stand as they did. `sentence` says why the share on target rose or fell; `corrected` what the
    month before was told as, where it has been corrected since.
    """

    before: Month
    was: Tally
    now: Tally
    tallies: tuple[Tally, ...]
    moves: tuple[Move, ...]
    same: int
    sentence: str
    corrected: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescheduled:
    """An action that is reprogrammed, extended or suspended, in `months`; `new` are its new dates, if it has any.

    `approval` is None while it is proposed. `since` is the edition in which it was first said, None where the plan's
    source says it.
    """

    action: Action
    status: str
    what: str
    months: tuple[Month, ...]
    old: tuple[Month, ...]
    new: tuple[Month, ...]
    approval: Approval | None
    since: Month | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed:
    """An action that has been completed since the last edition; `since` is the month for which that was said."""

    action: Action
    since: Month | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """An action that is planned for next month: whether it begins or ends then, and which delayed ones it waits for."""

    action: Action
    begins: bool
    ends: bool
    new_date: bool
    waits_for: tuple[Action, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What the board is told of a whole plan, or of one priority; `heading` is None for the plan.

    `months` are the tallies of each month so far, the last of them this one's. `movement` is None where there is no
    month before, `coming` where there is none after, in `next_cycle`. `completion` is how many actions are complete.
    """

    heading: Heading | None
    month: Month
    sentence: str
    months: tuple[Tally, ...]
    exceptions: tuple[Exceptional, ...]
    movement: Movement | None
    schedule: tuple[Rescheduled, ...]
    completed: tuple[Completed, ...]
    coming: tuple[Coming, ...] | None
    next_cycle: tuple[Month, ...]
    completion: Completion

    @property
    def next_name(self) -> str:
        """What comes after is called: the month, or the months of the next cycle."""
        return say_runs(self.next_cycle)

    @property
    def now(self) -> Tally:
        """The tally of this month."""
        return self.months[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The board pack of a month: the whole plan, its breakdowns, and a highlight report on each priority asked for.

    `columns` are what actions count under, in order; `standings` how each action stands, by row id;
    `returned` and `outstanding` are recipients of the month's returns, `reports` what the form's report tabs tell.
    """

    columns: tuple[SummaryColumn, ...]
    whole: Section
    standings: Mapping[str, str]
    breakdowns: tuple[Breakdown, ...]
    highlights: tuple[Section, ...] = ()
    returned: tuple[str, ...] = ()
    outstanding: tuple[str, ...] = ()
    reports: Reports = field(default_factory=lambda: NO_REPORTS)

    @property
    def month(self) -> Month:
        """The month that it is about."""
        return self.whole.month

    @property
    def labels(self) -> Mapping[str, str]:
        """What each standing is called."""
        return {column.key: column.label for column in self.columns}
