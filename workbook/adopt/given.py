"""What a coordinator has corrected in the sheet “mapping” of an earlier reading."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

from workbook.adopt.labels import Kind, label_of
from workbook.adopt.periods import YEARS
from workbook.adopt.words import meanings
from workbook.errors import UsageError
from workbook.palette import STANDARD
from workbook.refs import a1, column_number, parse_a1
from workbook.source import Record, Table

# The columns of the sheet, and what its rows are about.
MAPPING = ("sheet", "what", "where", "it says", "taken for", "how sure", "why")
HEADINGS, COLUMN, PERIODS, COLOUR = "headings", "column", "periods", "colour"
PLANNED = "planned"
COLOURS = (*STANDARD, PLANNED)  # what a colour may be taken for
NO_DAY = "a day that is not said"
KINDS: tuple[Kind, ...] = get_args(Kind)
_FROM = re.compile(rf"((?:{'|'.join(KINDS)})s?) from (.+)")
_DIGITS = "0123456789"

Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenPeriods:
    """Columns of bars, the first and the last, and what they are: nothing where `kind` is None."""

    first: int
    last: int
    kind: Kind | None
    start: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Where tables have their headings, by sheet; what columns are, by their sheet and heading; what colours mean.

    `periods` are the columns of bars, the first and the last, with their kind and the day on which the first starts,
    None where that is left open. What stands with nothing beside it is to be taken for nothing.
    """

    headings: Mapping[str, tuple[Area, ...]] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], str] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)
    periods: Mapping[str, tuple[GivenPeriods, ...]] = field(default_factory=dict)


def given_by(mapping: Table) -> Given:
    """Read the sheet; UsageError names the first row that cannot be understood."""
    headings: dict[str, tuple[Area, ...]] = {}
    columns: dict[tuple[str, str], str] = {}
    colours: dict[str, str] = {}
    periods: dict[str, tuple[GivenPeriods, ...]] = {}
    for record in mapping.records():
        what, where, said = record["what"].casefold(), record["where"].replace("$", ""), record["taken_for"].casefold()
        if what == HEADINGS:
            areas = [_area(record, each) for each in where.replace(",", " ").split()]
            headings[record["sheet"]] = (*headings.get(record["sheet"], ()), *areas)
        elif what == COLUMN:
            row, column, *_ = _area(record, where)
            columns[record["sheet"], a1(row, column)] = _one_of(record, said, meanings())
        elif what == COLOUR:
            colours[where.upper()] = _one_of(record, said, COLOURS)
        elif what == PERIODS:
            periods[record["sheet"]] = (*periods.get(record["sheet"], ()), _periods(record, where, said))
        else:
            raise _wrong(record, f"there is no “{record['what']}”; write {HEADINGS}, {COLUMN}, {PERIODS} or {COLOUR}")
    return Given(headings=headings, columns=columns, colours=colours, periods=periods)


def _periods(record: Record, where: str, said: str) -> GivenPeriods:
    first, _, last = where.partition(":")
    try:
        columns = sorted((column_number(first.rstrip(_DIGITS)), column_number((last or first).rstrip(_DIGITS))))
    except ValueError as error:
        raise _wrong(record, f"{error}; write the columns of the bars as K:T") from error
    if not said:
        return GivenPeriods(first=columns[0], last=columns[1], kind=None, start=None)
    match = _FROM.fullmatch(said)
    label = label_of(match[2]) if match else None
    day = label.date if label and label.kind == "day" else None
    if not match or not (match[2] == NO_DAY or (day and day.year in YEARS)):
        raise _wrong(record, f"“{record['taken_for']}” is not understood; write it as: weeks from 2025-03-17")
    kind = next((kind for kind in KINDS if match[1].startswith(kind)), None)
    return GivenPeriods(first=columns[0], last=columns[1], kind=kind, start=day)


def _area(record: Record, where: str) -> Area:
    first, _, last = where.partition(":")
    try:
        (top, left), (bottom, right) = parse_a1(first), parse_a1(last or first)
    except ValueError as error:
        raise _wrong(record, f"{error}; write the cells of the headings as A3:T4") from error
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def _one_of(record: Record, said: str, known: tuple[str, ...]) -> str:
    if said and said not in known:
        raise _wrong(record, f"“{record['taken_for']}” is none of {', '.join(known)}")
    return said


def _wrong(record: Record, why: str) -> UsageError:
    return UsageError(f"Sheet “mapping”, row {record.row}: {why}.")


def choices() -> dict[str, tuple[str, ...]]:
    """What the rows of the sheet can be taken for, by what they are about."""
    return {HEADINGS: (HEADINGS,), COLUMN: meanings(), COLOUR: COLOURS}
