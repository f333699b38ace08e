"""The periods of a table: what the headings over its bars say, as days, weeks, months or quarters."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from workbook.adopt.labels import Kind, Label, initials, is_financial, label_of, month_first, turned, year_in
from workbook.refs import column_letter

Row = Mapping[int, Label]

_FEWEST = 3  # periods in a row, from which it is a row of them
_WEEKS_OF_A_MONTH, _DAYS_OF_A_MONTH = 6, 31
_YEARS = range(1990, 2100)
_APRIL = 4  # the month that a financial year begins in
_NO_DAYS = 5  # days between periods, from which they are no days
_APART: tuple[tuple[int, Kind], ...] = ((10, "week"), (35, "month"), (100, "quarter"))  # at most, in days
_NEAR = 40  # days that the week of a number is from the month that stands over it, at most
_MANY_WEEKS = 27  # from which weeks counted from 1 are those of a year


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


def periods_of(rows: Sequence[Mapping[int, str]], year: int | None) -> tuple[Period, ...]:
    """The periods that rows of headings name, one over the other: months over weeks or days, the lowest counts.

    `rows` are the texts of the header's rows by column, from the top; what spans several columns stands in each of
    them. `year` is what the title says, for labels that say none.
    """
    if any(month_first(row.values()) for row in rows):
        rows = [{column: turned(text) for column, text in row.items()} for row in rows]
    labels = [{column: label for column, text in row.items() if (label := label_of(text))} for row in rows]
    labels = [row or initials(texts) for row, texts in zip(labels, rows, strict=True)]
    numbers = [{column: int(text) for column, text in row.items() if _is_number(text)} for row in rows]
    years = {column: number for row in numbers for column, number in row.items() if number in _YEARS}
    financial = {column: year_in([text]) for row in rows for column, text in row.items() if _is_financial_year(text)}
    years |= {column: year for column, year in financial.items() if year}
    lowest = _lowest(labels, numbers)
    if lowest is None:
        return ()
    above = [{column: _in_year(label, years.get(column)) for column, label in row.items()} for row in labels[:lowest]]
    own = {column: _in_year(label, years.get(column)) for column, label in labels[lowest].items()}
    own |= _numbered(numbers[lowest], own, above)
    own = {column: _in_financial_year(label, column in financial) for column, label in own.items()}
    found: list[Period] = []
    reached: dt.date | None = None
    counted = _are_counted(own)
    for column in sorted(own):
        start = None if counted else _start(own[column], [row[column] for row in above if column in row], year, reached)
        found.append(Period(column=column, label=rows[lowest][column], kind=own[column].kind, start=start))
        reached = start or reached
    return _in_line(found)


def _is_number(text: str) -> bool:
    said = text.strip()
    return said.isascii() and said.isdecimal() and len(said) <= len("2009")


def _in_year(label: Label, year: int | None) -> Label:
    return replace(label, year=label.year or year)


def _is_financial_year(text: str) -> bool:
    return is_financial(text) and label_of(text) is None


def _in_financial_year(label: Label, financial: bool) -> Label:
    """A quarter of a year that begins in April where the heading over it, or its own, names such a year."""
    if not (financial or label.financial) or label.kind not in ("quarter", "month") or label.year is None:
        return label
    month = label.month or 3 * (label.number or 1) % 12 + 1
    later = month < _APRIL and not (label.kind == "month" and not financial)
    return replace(label, month=month, year=label.year + later)


def _lowest(labels: Sequence[Row], numbers: Sequence[Mapping[int, int]]) -> int | None:
    """The lowest row that names periods: by itself, or in bare numbers below one that does."""
    named = [at for at, row in enumerate(labels) if len(row) >= _FEWEST]
    below = [
        at
        for at, row in enumerate(numbers)
        if len(row) >= _FEWEST
        and not set(row.values()) & set(_YEARS)
        and any(set(row) & set(labels[over]) for over in range(at))
    ]
    return max([*named, *below], default=None)


def _numbered(numbers: Mapping[int, int], own: Row, above: Sequence[Row]) -> dict[int, Label]:
    """The bare numbers of a row as days or weeks of the months above them."""
    over = {column: label for row in above for column, label in row.items() if label.kind == "month"}
    under = {column: number for column, number in sorted(numbers.items()) if column in over and column not in own}
    if not under:
        return {}
    per_month: dict[tuple[int | None, int | None], list[int]] = {}
    for column, number in under.items():
        per_month.setdefault((over[column].year, over[column].month), []).append(number)
    # Up to five or six in a month, counted from 1, are its weeks; otherwise they are days, or weeks that run on.
    few = all(its == [*range(1, len(its) + 1)] and len(its) <= _WEEKS_OF_A_MONTH for its in per_month.values())
    rising = [*under.values()]
    days = any(after < before for before, after in pairwise(rising)) and max(rising) <= _DAYS_OF_A_MONTH
    made: dict[int, Label] = {}
    for column, number in under.items():
        month = over[column]
        if few or not days:
            place = per_month[month.year, month.month].index(number)
            calendar = None if few else number
            made[column] = Label(kind="week", year=month.year, month=month.month, day=1 + 7 * place, number=calendar)
        else:
            made[column] = Label(kind="day", year=month.year, month=month.month, day=number)
    return made


def _are_counted(own: Row) -> bool:
    """Whether weeks are only counted, Week 1 being the first of the plan and not of a year."""
    numbers = [label.number for _, label in sorted(own.items()) if label.kind == "week" and label.in_full]
    return bool(numbers) and numbers[0] == 1 and len(numbers) < _MANY_WEEKS and not any(own[c].month for c in own)


def _start(label: Label, above: Sequence[Label], year: int | None, after: dt.date | None) -> dt.date | None:
    """The first day of a period.

    What it does not say is taken from the headings above it, the title, and the period before.
    """
    over = next((each for each in reversed(above) if each.month), None)
    said = label.year or next((each.year for each in reversed(above) if each.year), None)
    base = said or (after.year if after else year)
    if base is None:
        return None
    for each in [base] if said else [base, base + 1]:
        start = _dated(label, over, each)
        if start and (after is None or start >= after or said):
            return start
    return _dated(label, over, base)


def _dated(label: Label, over: Label | None, year: int) -> dt.date | None:
    month = label.month or (over.month if over else None)
    try:
        if label.kind == "quarter" and label.month:
            return dt.date(year, label.month, 1)
        if label.kind == "quarter" and label.number:
            return dt.date(year, 3 * label.number - 2, 1)
        of_month = dt.date(year, month, 1) if month else None
        if label.kind == "week" and label.number:
            calendars = [_week(each, label.number) for each in ((year - 1, year, year + 1) if of_month else (year,))]
            known = [each for each in calendars if each]
            if not of_month:
                return known[0] if known else None
            # The first days of a year may be in a week of the one before, and the last in one of the next.
            nearest = min(known, key=lambda each: abs((each - of_month).days), default=None)
            near = nearest and abs((nearest - of_month).days) <= _NEAR
            return nearest if near or not label.day else _nth(of_month, label.day)
        return _nth(of_month, label.day or 1) if of_month else None
    except ValueError:
        return None


def _week(year: int, number: int) -> dt.date | None:
    """The Monday of a week by its number, if the year has so many."""
    try:
        return dt.date.fromisocalendar(year, number, 1)
    except ValueError:
        return None


def _nth(month: dt.date, day: int) -> dt.date | None:
    """A day of a month, if it has so many."""
    found = month + dt.timedelta(days=day - 1)
    return found if found.month == month.month else None


def _in_line(found: Sequence[Period]) -> tuple[Period, ...]:
    """The periods; days that are seven apart are weeks."""
    starts = [each.start for each in found if each.start]
    steps = [(after - before).days for before, after in pairwise(starts)]
    if not all(each.kind == "day" for each in found) or not steps or min(steps) < _NO_DAYS:
        return tuple(found)
    kind = next((kind for most, kind in _APART if max(steps) <= most), found[0].kind)
    return tuple(replace(each, kind=kind) for each in found)
