"""The periods of a table: what the headings over its bars say, as days, weeks, months or quarters."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from workbook.adopt.labels import (
    Kind,
    Label,
    in_a_row,
    initials,
    is_financial,
    is_weekday,
    kind_called,
    label_of,
    romans,
    year_in,
)
from workbook.adopt.words import column_meaning
from workbook.months import months_after
from workbook.refs import column_letter

Row = Mapping[int, Label]

_BARE = re.compile(r"(\d{1,4})(?: ?[-–] ?\d{1,2})?")
_FEWEST, _FEWEST_BARE = 3, 6  # periods in a row, from which it is a row of them; of bare numbers
_MONTHS, _WEEK = 12, 7
_OVER = ("month", "quarter")  # what bare numbers stand under
# What the columns are that one heading is merged over, with nothing under it, by how many they are.
_PARTS: dict[tuple[Kind, int], Kind] = {
    ("week", 5): "day",
    ("week", 7): "day",
    ("month", 4): "week",
    ("month", 5): "week",
    ("quarter", 3): "month",
    ("year", 4): "quarter",
    ("year", 12): "month",
}
_WEEKS_OF_A_MONTH, _DAYS_OF_A_MONTH = 6, 31
_LENGTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}  # months
_DAYS_OF_MONTHS = range(28, 32)
YEARS = range(1990, 2100)  # of plans: 9999 stands for a day that is not known
_APRIL = 4  # the month that a financial year begins in
_NO_DAYS = 5  # days between periods, from which they are no days
_APART: tuple[tuple[int, Kind], ...] = ((20, "week"), (35, "month"), (100, "quarter"))  # at most, in days
_NEAR = 40  # days that the week of a number is from the month that stands over it, at most
_MANY_WEEKS = 27  # from which weeks counted from 1 are those of a year


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One column of bars: what is written over it, and the day on which it starts; None where that cannot be told."""

    column: int
    label: str
    kind: Kind
    start: dt.date | None

    @property
    def months(self) -> int:
        """How many months it lasts: days, weeks, and what is of no length that is known, count as one."""
        return _LENGTHS.get(self.kind, 1)

    def to_json(self) -> dict[str, str | None]:
        """The period as the contract prints it."""
        start = self.start.isoformat() if self.start else None
        return {"column": column_letter(self.column), "label": self.label, "kind": self.kind, "start": start}


def periods_of(
    rows: Sequence[Mapping[int, str]],
    year: int | None,
    begins: dt.date | None = None,
    *,
    month: Label | None = None,
    financial: bool = False,
) -> tuple[Period, ...]:
    """The periods that rows of headings name, one over the other: months over weeks or days, the lowest counts.

    `rows` are the texts of the header's rows by column, from the top; what spans several columns stands in each of
    them. `year` is what the title says, for labels that say none, and `financial` whether it says it as 2024/25;
    `month` is that which it names, and `begins` the day that it names as the first, for those that are only counted, as
    `Week 1`.
    """
    said = [in_a_row(row, year) for row in rows]
    labels = [{column: label for column, text in row.items() if (label := label_of(text))} for row in said]
    labels = [_halves(row) or initials(texts) or romans(texts) for row, texts in zip(labels, rows, strict=True)]
    numbers = [{at: number for at, text in row.items() if (number := bare_number(text)) is not None} for row in rows]
    years = {column: number for row in numbers for column, number in row.items() if number in YEARS}
    of_april = {column: year_in([text]) for row in rows for column, text in row.items() if _is_financial_year(text)}
    years |= {column: year for column, year in of_april.items() if year}
    lowest = _lowest(labels, numbers)
    if lowest is None:
        lowest, bare = _bare(rows, years, month)
        labels[lowest] = dict(bare)
    if not labels[lowest] and not numbers[lowest]:
        return ()
    above = [{column: _in_year(label, years.get(column)) for column, label in row.items()} for row in labels[:lowest]]
    own = {column: _in_year(label, years.get(column)) for column, label in labels[lowest].items()}
    if begins:
        above = [{column: _begun(label, begins) for column, label in row.items()} for row in above]
        own = {column: _begun(label, begins, weeks=_are_counted(own)) for column, label in own.items()}
    own |= _numbered(numbers[lowest], own, above) | _weeks_of_months(own, above) | _months_counted(own, above)
    own |= _between(own, rows[lowest])
    if financial and not any(label.year for row in (own, *above) for label in row.values()):
        own = {at: replace(each, year=year) if each.kind == "quarter" else each for at, each in own.items()}
        of_april = dict.fromkeys(own, year)
    own = {column: _in_financial_year(label, column in of_april) for column, label in own.items()}
    found: list[Period] = []
    reached: dt.date | None = None
    counted = _are_counted(own)
    for column in sorted(own):
        over = [row[column] for row in above if column in row]
        unknown = own[column].month is None and (counted or any(map(_is_counted, (own[column], *over))))
        start = None if unknown else _start(own[column], over, year, reached)
        start = start if start and start.year in YEARS else None
        found.append(Period(column=column, label=rows[lowest][column], kind=own[column].kind, start=start))
        reached = start or reached
    under = {at: text for row in rows[lowest + 1 :] for at, text in row.items() if at in own and not is_weekday(text)}
    return _in_line(_parted(_of_lights(found, under), under))


def _of_lights(found: Sequence[Period], under: Mapping[int, str]) -> Sequence[Period]:
    """The periods, without what stands beside the status of each, as `Target` and `Actual` beside `RAG` do."""
    lights = {at for at, text in under.items() if (column_meaning(text) or ("",))[0] == "status"}
    alike = [{each.column for each in its} for _, its in groupby(found, key=lambda each: (each.label, each.start))]
    is_each = bool(lights) and all(len(its & lights) == 1 for its in alike if len(its) > 1)
    return [each for each in found if each.column in lights] if is_each and len(lights) > 1 else found


def _parted(found: Sequence[Period], under: Mapping[int, str]) -> Sequence[Period]:
    """The periods, the columns of a heading that is merged over several as its parts, such as the days of a week.

    Where something else is written `under` it, they are what that says.
    """
    parted: list[Period] = []
    for _, alike in groupby(found, key=lambda each: (each.label, each.kind, each.start)):
        its = list(alike)
        kind = _PARTS.get((its[0].kind, len(its)))
        if kind and not any(each.column in under for each in its) and its[-1].column - its[0].column == len(its) - 1:
            starts = [_later(its[0].start, kind, number) for number in range(len(its))]
            its = [replace(each, kind=kind, start=start) for each, start in zip(its, starts, strict=True)]
        parted += its
    return parted


def periods_from(labels: Mapping[int, str], kind: Kind, begins: dt.date) -> tuple[Period, ...]:
    """The periods that follow one another from a day on, as somebody says; `labels` are their headings by column."""
    return tuple(
        Period(column=column, label=label, kind=kind, start=_later(begins, kind, number))
        for number, (column, label) in enumerate(sorted(labels.items()))
    )


def _later(day: dt.date | None, kind: Kind, number: int) -> dt.date | None:
    """The day on which the period begins that comes so many after one that begins on a day."""
    if day is None or (kind == "period" and number):
        return None
    try:
        if kind in _LENGTHS:
            return months_after(day, number * _LENGTHS[kind])
        return day + dt.timedelta(days=number * (_WEEK if kind == "week" else 1))
    except (OverflowError, ValueError):  # after the year 9999
        return None


def _bare(rows: Sequence[Mapping[int, str]], years: Mapping[int, int], month: Label | None) -> tuple[int, Row]:
    """The lowest row of bare numbers that count on, or of years, and what they are."""
    for at in reversed(range(len(rows))):
        if run := numbers_in_a_run(rows[at]):
            said = [text for row in rows[:at] for column in run if (text := row.get(column))]
            left = [text for column, text in rows[at].items() if column < min(run) and not column_meaning(text)]
            kind = next((kind for text in (*said, *left[-1:]) if (kind := kind_called(text))), None)
            of_year = {column for column in run if column in years}
            if kind is None and len(run) == _MONTHS and of_year == set(run):
                return at, {column: Label(kind="month", month=number) for column, number in run.items()}
            if kind in (None, "week") and len(run) >= _MANY_WEEKS and of_year == set(run):
                return at, {column: Label(kind="week", number=number) for column, number in run.items()}
            if month and kind in (None, "day") and len(run) in _DAYS_OF_MONTHS:
                return at, {column: replace(month, kind="day", day=number) for column, number in run.items()}
            return at, {column: Label(kind=kind or "period", number=number) for column, number in run.items()}
    for at in reversed(range(len(rows))):
        own = {column: years[column] for column in rows[at] if column in years}
        if len(set(own.values())) >= _FEWEST and len(own) == len(set(own.values())):
            return at, {column: Label(kind="year", year=number, month=1) for column, number in own.items()}
    return 0, {}


def numbers_in_a_run(texts: Mapping[int, str]) -> Mapping[int, int]:
    """The bare numbers of a row that count on from 1 in neighbouring columns, if they are at least six."""
    run: dict[int, int] = {}
    for column, text in sorted(texts.items()):
        number = bare_number(text)
        if number is None:
            continue
        if number == len(run) + 1 and (not run or column - 1 in run):
            run[column] = number
        elif number == 1:
            run = {column: 1}
        elif len(run) >= _FEWEST_BARE:
            break
    return run if len(run) >= _FEWEST_BARE else {}


def _is_counted(label: Label) -> bool:
    """Whether a label only counts from the first of its kind, as `Month 3` does."""
    if label.kind == "period":
        return label.month is None
    is_counted = label.kind in ("month", "day", "year") and label.number is not None
    return is_counted and label.month is None and label.year is None


def _begun(label: Label, begins: dt.date, *, weeks: bool = False) -> Label:
    """What is only counted, from the day that is named as the first."""
    if not label.number or not (_is_counted(label) or (weeks and label.kind == "week")):
        return label
    first = begins.replace(day=1) if label.kind in _LENGTHS else begins
    day = _later(first, label.kind, label.number - 1)
    if day is None:
        return label
    return replace(label, year=day.year, month=day.month, day=None if label.kind in _LENGTHS else day.day, number=None)


def bare_number(text: str) -> int | None:
    """The number that a text is, or the first one of `16-31`; None for any other text."""
    match = _BARE.fullmatch(text.strip())
    return int(match[1]) if match else None


def _in_year(label: Label, year: int | None) -> Label:
    return replace(label, year=label.year or year)


def _is_financial_year(text: str) -> bool:
    return is_financial(text) and label_of(text) is None


def _in_financial_year(label: Label, financial: bool) -> Label:
    """A quarter of a year that begins in April where the heading over it, or its own, names such a year."""
    if not (financial or label.financial) or label.kind not in ("quarter", "month", "year") or label.year is None:
        return label
    if label.kind == "year":
        return replace(label, month=_APRIL)
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
        and not set(row.values()) & set(YEARS)
        and any(label.kind in _OVER for over in labels[:at] for column, label in over.items() if column in row)
    ]
    return max([*named, *below], default=None)


def _numbered(numbers: Mapping[int, int], own: Row, above: Sequence[Row]) -> dict[int, Label]:
    """The bare numbers of a row as days or weeks of the months above them."""
    over = {column: label for row in above for column, label in row.items() if label.kind in _OVER}
    under = {column: number for column, number in sorted(numbers.items()) if column in over and column not in own}
    if not under:
        return {}
    per_month: dict[Label, list[int]] = {}
    for column, number in under.items():
        per_month.setdefault(over[column], []).append(number)
    # Up to five or six in a month, counted from 1, are its weeks; otherwise they are days, or weeks that run on.
    few = all(its == [*range(1, len(its) + 1)] and len(its) <= _WEEKS_OF_A_MONTH for its in per_month.values())
    rising = [*under.values()]
    days = any(after < before for before, after in pairwise(rising)) and max(rising) <= _DAYS_OF_A_MONTH
    if any(label.kind == "quarter" for label in over.values()):
        if [*under.values()] == [*range(1, len(under) + 1)] and len(under) > _LENGTHS["quarter"]:
            return {column: Label(kind="month", number=number) for column, number in under.items()}
        three = all(sorted(its) == [1, 2, 3] for its in per_month.values())
        return _months_of_quarters(under, over) if three else {}
    made: dict[int, Label] = {}
    for column, number in under.items():
        month = over[column]
        if few or not days:
            place = per_month[month].index(number)
            calendar = None if few else number
            day = 1 + _WEEK * place
            made[column] = Label(kind="week", year=month.year, month=month.month, day=day, number=calendar)
        else:
            made[column] = Label(kind="day", year=month.year, month=month.month, day=number)
    return made


def _months_counted(own: Row, above: Sequence[Row]) -> dict[int, Label]:
    """Months that are called 1, 2 and 3 again under each quarter."""
    months = {at: each.number for at, each in own.items() if each.kind == "month" and each.number and not each.month}
    over = {at for row in above for at, label in row.items() if label.kind == "quarter" and at in months}
    if not months or over != set(months) or max(months.values(), default=0) > _LENGTHS["quarter"]:
        return {}
    return _numbered(months, {}, above)


def _months_of_quarters(numbers: Mapping[int, int], over: Row) -> dict[int, Label]:
    """The months 1, 2 and 3 of the quarters above them."""
    made = {}
    for column, number in numbers.items():
        first = over[column].month or 3 * (over[column].number or 1) - 2
        made[column] = Label(kind="month", year=over[column].year, month=(first + number - 2) % _MONTHS + 1)
    return made


def _weeks_of_months(own: Row, above: Sequence[Row]) -> dict[int, Label]:
    """Weeks that are called 1 to 4 or 5 again under each month, as its weeks, and not as those of a year."""
    weeks = {at: each.number for at, each in own.items() if each.kind == "week" and each.number and not each.month}
    over = {at: label for row in above for at, label in row.items() if label.kind == "month" and at in weeks}
    restarts = list(weeks.values()).count(1) > 1 or any(label.month not in (None, 1) for label in over.values())
    if len(over) < len(weeks) or not restarts or max(weeks.values(), default=0) > _WEEKS_OF_A_MONTH:
        return {}
    return _numbered(weeks, {}, above)


def _halves(row: Row) -> dict[int, Label]:
    """The labels of a row, `S1 2025` and `S2 2025` as the halves of years that they are where no week has another."""
    of_years = all(each.kind == "week" and each.year and each.number in (1, 2) for each in row.values())
    return {at: replace(each, kind="half") for at, each in row.items()} if of_years else dict(row)


def _between(own: Row, texts: Mapping[int, str]) -> dict[int, Label]:
    """The months whose names are not known, between others that leave just so many open."""
    months = sorted(at for at, label in own.items() if label.kind == "month" and label.month)
    made = {}
    for before, after in pairwise(months):
        apart = ((own[after].month or 0) - (own[before].month or 0)) % _MONTHS
        if apart == after - before > 1 and all(at in texts and at not in own for at in range(before + 1, after)):
            for step in range(1, apart):
                month = ((own[before].month or 0) + step - 1) % _MONTHS + 1
                made[before + step] = Label(kind="month", month=month)
    return made


def _are_counted(own: Row) -> bool:
    """Whether weeks are only counted, Week 1 being the first of the plan and not of a year."""
    numbers = [label.number for _, label in sorted(own.items()) if label.kind == "week" and label.in_full]
    return bool(numbers) and numbers[0] == 1 and len(set(numbers)) < _MANY_WEEKS and not any(own[c].month for c in own)


def _start(label: Label, above: Sequence[Label], year: int | None, after: dt.date | None) -> dt.date | None:
    """The first day of a period.

    What it does not say is taken from the headings above it, the title, and the period before.
    """
    over = next((each for each in reversed(above) if each.month), None)
    said = label.year or next((_year_under(each, label) for each in reversed(above) if each.year), None)
    base = said or (after.year if after else year)
    if base is None:
        return None
    for each in [base] if said else [base, base + 1]:
        start = _dated(label, over, each)
        if start and (after is None or start >= after or said):
            return start
    return _dated(label, over, base)


def _year_under(over: Label, label: Label) -> int | None:
    """The year of what stands under a heading with one: January of `Q4 2025/26` is in the later of its two."""
    later = over.financial and label.month is not None and label.month < _APRIL
    return over.year + later if over.year and over.month is None else over.year


def _dated(label: Label, over: Label | None, year: int) -> dt.date | None:
    month = label.month or (over.month if over else None)
    try:
        if label.kind == "quarter" and label.month:
            return dt.date(year, label.month, 1)
        if label.kind in ("quarter", "half") and label.number:
            return dt.date(year, _LENGTHS[label.kind] * (label.number - 1) + 1, 1)
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
        start = _nth(of_month, label.day or 1) if of_month else None
        return start - dt.timedelta(days=start.weekday()) if start and label.ends else start
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
    kind = next((kind for most, kind in _APART if median(steps) <= most), found[0].kind)
    return tuple(replace(each, kind=kind) for each in found)
