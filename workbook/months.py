"""Calendar months, runs of months, and the names that people write for them."""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

# Not `calendar`'s, which are in the language that the machine is set to.
_NAMES = ("January February March April May June July August September October November December").split()
# With a day it is a date, as spreadsheet programs make of a month that is typed.
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(?:0[1-9]|[12]\d|3[01])(?:[ T][\d:.]*)?)?")
_NAMED = re.compile(r"([A-Za-z]{3,9})\.?(?:[\s'’-]*(\d{4}|\d{2}))?")
_NUMBERED = re.compile(r"(\d{1,2})/(\d{4})")
_DECEMBER = 12
_FIRST_YEAR, _LAST_YEAR = 1900, 2299  # of what people write as months; to count on from there is another matter
_LAST = 9999
_SHORTEST_NAME = 3
_CENTURY = 2000
_YEAR = 12


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, which prints as `YYYY-MM`."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= _DECEMBER and 1 <= self.year <= _LAST):
            raise ValueError(f"{self.year}-{self.number:02} is not a month")

    @classmethod
    @lru_cache(maxsize=4096)
    def parse(cls, text: str) -> Self:
        """Read `2009-07`, `July 2009`, `Sept. 09` or `7/2009`; ValueError says what was not understood."""
        text = text.strip()
        year = number = 0
        if match := _ISO.fullmatch(text):
            year, number = int(match[1]), int(match[2])
        elif match := _NUMBERED.fullmatch(text):
            year, number = int(match[2]), int(match[1])
        elif (match := _NAMED.fullmatch(text)) and match[2]:
            year, number = int(match[2]), month_number(match[1]) or 0
            year += _CENTURY if len(match[2]) == len("09") else 0
        if not (_FIRST_YEAR <= year <= _LAST_YEAR and number):
            raise ValueError(f"“{text}” is not a month; write it as 2009-07 or July 2009")
        return cls(year, number)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    def __add__(self, months: int) -> "Month":
        year, index = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, index + 1)

    def since(self, earlier: "Month") -> int:
        """How many months this one comes after `earlier` (negative when before it)."""
        return (self.year - earlier.year) * 12 + self.number - earlier.number

    @property
    def name(self) -> str:
        """As in a sentence: `July 2009`."""
        return f"{_NAMES[self.number - 1]} {self.year}"

    @property
    def end(self) -> dt.date:
        """Its last day."""
        return dt.date(self.year, self.number, monthrange(self.year, self.number)[1])

    @property
    def last_day(self) -> str:
        """The date of its last day: `31 July 2009`."""
        return f"{self.end.day} {self.name}"

    @property
    def short(self) -> str:
        """As in a narrow column: `Jul`."""
        return _NAMES[self.number - 1][:3]


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last day of a month that has no such."""
    month = Month(day.year, day.month) + months
    return dt.date(month.year, month.number, min(day.day, month.end.day))


def month_number(name: str) -> int | None:
    """The number of a month's name or any start of it from three letters (`Sept` is 9), or None."""
    name = name.strip().rstrip(".").lower()
    if len(name) < _SHORTEST_NAME:
        return None
    return next((number for number, full in enumerate(_NAMES, 1) if full.lower().startswith(name)), None)


def run(start: Month, months: int) -> tuple[Month, ...]:
    """The `months` months from `start` on."""
    return tuple(start + index for index in range(months))


def parse_runs(text: str, within: Sequence[Month]) -> tuple[Month, ...]:
    """Read `2009-07..2009-09, 2009-12` or `Jul-Sep, Dec` as months in order, each once.

    A name without a year is that month of `within`, the plan's months. ValueError says which part is not
    understood.
    """
    return _parsed_runs(text, tuple(within))


@lru_cache(maxsize=4096)
def _parsed_runs(text: str, within: tuple[Month, ...]) -> tuple[Month, ...]:
    months: set[Month] = set()
    for part in re.split(r"[,;\n]", text):
        if part := part.strip():
            first, last = _ends(part, within)
            if last < first:
                raise ValueError(f"“{part}” ends before it starts")
            months.update(run(first, last.since(first) + 1))
    return tuple(sorted(months))


def _ends(part: str, within: Sequence[Month]) -> tuple[Month, Month]:
    """The first and last month of one part, which may be a single month."""
    separators = [r"\.\.+", r"\s+to\s+", r"\s*[–—]\s*", r"\s+-\s+"]
    if not _ISO.fullmatch(part):
        separators.append(r"(?<=[A-Za-z.])\s*-\s*(?=[A-Za-z])|(?<=\d)-(?=[A-Za-z])")
    for separator in separators:
        ends = re.split(separator, part)
        if len(ends) == len(("first", "last")):
            return _one(ends[0], within), _one(ends[1], within)
    month = _one(part, within)
    return month, month


def _one(text: str, within: Sequence[Month]) -> Month:
    number = month_number(text) if text.strip().rstrip(".").isalpha() else None
    if number is None:
        return Month.parse(text)
    found = [month for month in within if month.number == number]
    if len(found) != 1:
        why = "is not a month of this plan" if not found else "comes more than once in this plan"
        raise ValueError(f"“{text.strip()}” {why}; write it with its year, as 2009-07")
    return found[0]


def by_runs(months: Iterable[Month]) -> list[list[Month]]:
    """The months in order, those that follow one another together."""
    runs: list[list[Month]] = []
    for month in sorted(set(months)):
        if runs and runs[-1][-1] + 1 == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return runs


def format_runs(months: Iterable[Month]) -> str:
    """Write months as `2009-07..2009-09, 2009-12`, which `parse_runs` reads."""
    runs = by_runs(months)
    return ", ".join(str(each[0]) if len(each) == 1 else f"{each[0]}..{each[-1]}" for each in runs)


def say_runs(months: Iterable[Month]) -> str:
    """Write months for a person: `July to September 2009, December 2009`; no months are `no month`."""
    said = []
    for each in by_runs(months):
        start, end = each[0], each[-1]
        if start == end:
            said.append(start.name)
        elif start.year == end.year:
            said.append(f"{_NAMES[start.number - 1]} to {end.name}")
        else:
            said.append(f"{start.name} to {end.name}")
    return ", ".join(said) or "no month"


def say_year(period: Sequence[Month]) -> str:
    """A plan's months as people call its year, `2009/10` or `2009`; where they are no year, as `say_runs` says them."""
    first, last = period[0], period[-1]
    if len(period) != _YEAR:
        return say_runs(period)
    return str(first.year) if first.year == last.year else f"{first.year}/{last.year % 100:02}"
