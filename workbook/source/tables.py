"""Plain tables of text: what a plan source, the hidden sheet of a workbook and the flat export have in common."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from workbook.archive import Archived, ArchivedYear
from workbook.findings import Finding, Where, finding
from workbook.plan import Heading
from workbook.record import Change, Edition, Held, Issued, Taken
from workbook.refs import a1, column_letter

# What a workbook's XML cannot hold.
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
SOURCE_TABLES = ("settings", "people", "headings", "actions")
KEPT_TABLES = ("progress", "history", "held", "taken", "register", "returned", "editions", "archive", "archived")
# How a spreadsheet of somebody's own was read, beside the plan that was found in it: no part of the plan.
ADOPTED_TABLES = ("mapping", "findings", "kept")
TABLES = SOURCE_TABLES + KEPT_TABLES

# The columns of each table.
PERSON = ("initials", "name", "role", "service", "email")
HEADING = tuple(each.name for each in fields(Heading) if each.name != "extra")
ACTION = (
    "ref heading action lead programmed programme_from revised start finish timescale importance depends_on milestone "
    "partners resources recommendation target new_date note row_id"
).split()
PROGRESS = ("row_id", "month", "status", "decision", "by", "on", "minute", "comment")
CHANGE = tuple(each.name for each in fields(Change))
HELD = tuple(each.name for each in fields(Held))
FLAGS = ("readable",)
TAKEN_DECISION = tuple(each.name for each in fields(Taken))
EDITION = tuple(each.name for each in fields(Edition))
ISSUED = tuple(each.name for each in fields(Issued) if each.name != "returned")
ARCHIVE = tuple(each.name for each in fields(ArchivedYear) if each.name != "actions")
ARCHIVED = ("plan_id", *(each.name for each in fields(Archived)))
RETURNED = ("issue_id", "file", "digest", "position", "edition")
PLAN_SETTINGS = ("title", "organisation", "start", "months", "layout", "edition", "plan_id")
# What JSON says of an action beside its columns: an unknown column of that name is kept under another.
TAKEN = ("progress", "approval", "marker", "extra")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of text; `rows` are (row number on its sheet, one value for each column).

    `file` is the name of the CSV file it is from, None for a sheet of a workbook.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    file: str | None = None
    located: bool = True

    @property
    def keys(self) -> list[str]:
        """What each column is asked for by; a name that another column has already is told apart by its number."""
        keys: list[str] = []
        for number, column in enumerate(self.columns):
            key = column_key(column)
            keys.append(f"{key} #{number}" if key in keys else key)
        return keys

    def records(self) -> Iterator["Record"]:
        """The rows that hold anything, one after the other: all at once, those of a large plan take much memory."""
        keys = self.keys
        for number, values in self.rows:
            if any(values):
                yield Record(table=self, row=number, values=dict(zip(keys, values, strict=False)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row of a table by column name, and where it stands."""

    table: Table
    row: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")

    def only(self, columns: Iterable[str]) -> dict[str, str]:
        """What the row says in these columns."""
        return {column: self[column] for column in columns}

    def find(self, code: str, column: str | None = None, **words: Any) -> Finding:
        """A finding at this row, or at its cell in that column."""
        names = self.table.keys
        cell = a1(self.row, names.index(column) + 1 if column in names else 1) if self.table.located else None
        where = Where(file=self.table.file, sheet=self.table.name, cell=cell, ref=self["ref"] or None, field=column)
        return finding(code, where, **words)


def table(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table made by the program itself, its rows numbered as they will stand below the header."""
    return Table(name=name, columns=tuple(columns), rows=tuple((i, tuple(row)) for i, row in enumerate(rows, 2)))


def table_from_cells(name: str, rows: Sequence[Sequence[str]], file: str | None = None) -> Table:
    """A table whose first row names the columns; a column with no name, or a name used before, gets one of its own."""
    width = max((len(row) for row in rows), default=0)
    columns: list[str] = []
    for index in range(width):
        named = rows[0][index].strip() if index < len(rows[0]) else ""
        named = named or f"Column {column_letter(index + 1)}"
        copies = [column_key(column) for column in columns].count(column_key(named))
        columns.append(f"{named} ({column_letter(index + 1)})" if copies else named)
    body = tuple(
        (number, (*map(clean, row), *[""] * (width - len(row)))) for number, row in enumerate(rows[1:], 2) if any(row)
    )
    used = [i for i in range(width) if not columns[i].startswith("Column ") or any(row[i] for _, row in body)]
    if len(used) < width and used == list(range(len(used))):
        columns, body = columns[: len(used)], tuple((number, row[: len(used)]) for number, row in body)
    return Table(name=name, columns=tuple(columns), rows=body, file=file)


def setting(tables: Iterable[Table], key: str) -> str:
    """A setting's value before the plan is read, or an empty text."""
    found = [r["value"] for t in tables if t.name == "settings" for r in t.records() if column_key(r["key"]) == key]
    return found[0] if found else ""


def clean(text: str) -> str:
    """Text as a plan holds it: one kind of line break, no blanks at its ends, and a mark for what is no character."""
    return _NO_CHARACTER.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def column_key(column: str) -> str:
    """A column's name as it is compared: `Depends on` is `depends_on`."""
    return "_".join(column.casefold().split())
