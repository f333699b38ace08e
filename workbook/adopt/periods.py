"""The periods of a table: what the headings over its bars say, as days, weeks, months or quarters."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from workbook.adopt.words import month_names, period_words, plain
from workbook.refs import column_letter

Kind = Literal["day", "week", "month", "quarter"]
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T].*)?\Z")
_DAY_MONTH = re.compile(r"(\d{1,2})[./](\d{1,2})\.?(?:[./ ]?(\d{4}|\d{2}))?\Z")
_DAY_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+([^\W\d_]{3,})\.?[\s-]*'?(\d{4}|\d{2})?\Z")
_NAMED = re.compile(r"([^\W\d_]{3,})\.?[\s\-/]*'?(\d{4}|\d{2})?\Z")
_NUMBERED = re.compile(r"(\d{1,2})[/.-](\d{4})\Z|(\d{4})[/.-](\d{1,2})\Z")
_WORD_NUMBER = re.compile(r"([^\W\d_]+)\.?\s*(\d{1,2})(?:\D+(\d{4}|\d{2}))?\Z")
_YEAR = re.compile(r"(?<!\d)(19\d\d|20\d\d)(?!\d)")
_WEEKS, _QUARTERS = 53, 4
_CENTURY = 2000
_FEWEST = 3  # periods in a row, from which it is a row of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a heading says of a period: its kind, and as much of its date as it says. `number` is a week's or quarter's."""

    kind: Kind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One column of bars: what is written over it, and the day on which it starts; None where that cannot be told."""

    column: int
    label: str
    kind: Kind
    start: dt.date | None

    def to_json(self) -> dict[str, str | None]:
        """The period as the contract prints it."""
        start = self.start.isoformat() if self.start else None
        return {"column": column_letter(self.column), "label": self.label, "kind": self.kind, "start": start}


def label_of(text: str) -> Label | None:
    """What a heading says of a period; None where it says none. A bare number says none by itself."""
    said = text.strip()
    if match := _ISO.fullmatch(said):
        return Label(kind="day", year=int(match[1]), month=int(match[2]), day=int(match[3]))
    if (match := _NUMBERED.fullmatch(said)) and (found := _numbered(match)):
        return found
    if (match := _DAY_MONTH.fullmatch(said)) and 1 <= int(match[2]) <= 12 and 1 <= int(match[1]) <= 31:
        return Label(kind="day", year=_year(match[3]), month=int(match[2]), day=int(match[1]))
    bare = plain(said)
    if (match := _DAY_NAMED.fullmatch(bare)) and match[2] in month_names():
        return Label(kind="day", year=_year(match[3]), month=month_names()[match[2]], day=int(match[1]))
    if (match := _NAMED.fullmatch(bare)) and match[1] in month_names():
        return Label(kind="month", year=_year(match[2]), month=month_names()[match[1]])
    if match := _WORD_NUMBER.fullmatch(bare):
        word, number, year = match[1], int(match[2]), _year(match[3])
        if word in period_words("quarter") and 1 <= number <= _QUARTERS:
            return Label(kind="quarter", number=number, year=year)
        if word in period_words("week") and 1 <= number <= _WEEKS:
            return Label(kind="week", number=number, year=year)
    return None


def _numbered(match: re.Match[str]) -> Label | None:
    month, year = (match[1], match[2]) if match[1] else (match[4], match[3])
    return Label(kind="month", year=int(year), month=int(month)) if 1 <= int(month) <= 12 else None


def _year(text: str | None) -> int | None:
    return None if text is None else int(text) + (_CENTURY if len(text) == 2 else 0)


def year_in(texts: Iterable[str]) -> int | None:
    """The first year that is named in a title: of `2009/10` it is 2009."""
    return next((int(match[1]) for text in texts if (match := _YEAR.search(text))), None)


def periods_of(rows: Sequence[Mapping[int, str]], year: int | None) -> tuple[Period, ...]:
    """The periods that rows of headings name, one over the other: months over weeks or days, the lowest counts.

    `rows` are the texts of the header's rows by column, from the top; what spans several columns stands in each of
    them. `year` is what the title says, for labels that say none.
    """
    labels = [{column: label for column, text in row.items() if (label := label_of(text))} for row in rows]
    numbers = [{column: int(text) for column, text in row.items() if text.strip().isdecimal()} for row in rows]
    lowest = _lowest(labels, numbers)
    if lowest is None:
        return ()
    above = [row for at, row in enumerate(labels) if at < lowest]
    own = _with_numbers(labels[lowest], numbers[lowest], above)
    if len(own) < 2 and not any(own):
        return ()
    texts = rows[lowest]
    found: list[Period] = []
    reached: dt.date | None = None
    for column in sorted(own):
        start = _start(own[column], [row[column] for row in above if column in row], year, reached)
        found.append(Period(column=column, label=texts[column], kind=own[column].kind, start=start))
        reached = start or reached
    return _in_line(found)


def _lowest(labels: Sequence[Mapping[int, Label]], numbers: Sequence[Mapping[int, int]]) -> int | None:
    """The lowest row that names periods: by itself, or in bare numbers below one that does."""
    named = [at for at, row in enumerate(labels) if len(row) >= _FEWEST]
    below = [
        at
        for at, row in enumerate(numbers)
        if len(row) >= _FEWEST and any(set(row) & set(labels[over]) for over in range(at))
    ]
    return max([*named, *below], default=None)


def _with_numbers(own: Mapping[int, Label], numbers: Mapping[int, int], above: Sequence[Mapping[int, Label]]) -> dict[int, Label]:
    """The labels of a row, its bare numbers as days or weeks of the months above them."""
    made = dict(own)
    over: dict[int, Label] = {}
    for row in above:
        over.update({column: label for column, label in row.items() if label.kind in ("month", "quarter")})
    under = {column: number for column, number in numbers.items() if column in over and column not in made}
    if not under:
        return made
    per_month: dict[tuple[int | None, int | None], list[int]] = {}
    for column, number in under.items():
        per_month.setdefault((over[column].year, over[column].month), []).append(number)
    # Up to five in a month, counted from 1, are its weeks; otherwise numbers are days, or weeks of the year.
    few = all(len(its) <= 6 and max(its) <= 6 for its in per_month.values())
    rising = [number for _, number in sorted(under.items())]
    of_year = not few and any(number > 31 for number in rising)
    days = not few and not of_year and any(b < a for a, b in pairwise(rising))
    for column, number in under.items():
        label = over[column]
        if few and label.month:
            day = min(1 + 7 * (number - 1), 28)
            made[column] = Label(kind="week", year=label.year, month=label.month, day=day)
        elif days and label.month:
            made[column] = Label(kind="day", year=label.year, month=label.month, day=number)
        else:
            made[column] = Label(kind="week", number=number, year=label.year)
    return made


def _start(label: Label, above: Sequence[Label], year: int | None, after: dt.date | None) -> dt.date | None:
    """The first day of a period; what it does not say is taken from the headings above it, the title, and those before."""
    over = next((each for each in reversed(above) if each.month), None)
    said_year = label.year or next((each.year for each in reversed(above) if each.year), None)
    base = said_year or (after.year if after else year)
    if base is None:
        return None
    candidates = [base] if said_year else [base, base + 1]
    for each in candidates:
        start = _dated(label, over, each)
        if start and (after is None or start >= after or said_year):
            return start
    return _dated(label, over, base)


def _dated(label: Label, over: Label | None, year: int) -> dt.date | None:
    try:
        if label.kind == "quarter" and label.number:
            return dt.date(year, 3 * label.number - 2, 1)
        if label.kind == "week" and label.number:
            return dt.date.fromisocalendar(year, label.number, 1)
        month = label.month or (over.month if over else None)
        return dt.date(year, month, label.day or 1) if month else None
    except ValueError:
        return None


def _in_line(found: Sequence[Period]) -> tuple[Period, ...]:
    """The periods, a week for each day where days are seven apart."""
    starts = [each.start for each in found if each.start]
    steps = {(b - a).days for a, b in pairwise(starts)}
    if found and all(each.kind == "day" for each in found) and steps and min(steps) >= 5:
        kind: Kind = "week" if max(steps) <= 10 else "month" if max(steps) <= 35 else "quarter"
        return tuple(Period(column=each.column, label=each.label, kind=kind, start=each.start) for each in found)
    return tuple(found)
