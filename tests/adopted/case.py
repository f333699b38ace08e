"""What a spreadsheet of the corpus is, and what a person reads in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One action; `filled` and `statuses` are by the letter of the period's column, and a sign without colour is ""."""

    row: int
    ref: str = ""
    action: str = ""
    lead: str = ""
    status: str = ""
    note: str = ""
    filled: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    heading: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """One table; `periods` are the first day of each by its column, "" where the sheet does not say when it is.

    `repeated` are rows that say the header again: they may be told as header rows, and are no actions.
    """

    sheet: str
    header_rows: tuple[int, ...]
    columns: Mapping[str, str]
    actions: tuple[Row, ...]
    periods: Mapping[str, str] = field(default_factory=dict)
    legend: Mapping[str, str] = field(default_factory=dict)
    repeated: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One workbook: what it imitates, how it is written, and what is true of it."""

    name: str
    imitates: str
    write: Callable[[Path], None]
    expected: tuple[Table, ...]
