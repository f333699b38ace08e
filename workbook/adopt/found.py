"""What was found in a spreadsheet that this program did not make: plain data, with where each of it stands."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from workbook.adopt.periods import Period
from workbook.findings import Finding
from workbook.palette import Fill
from workbook.refs import column_letter

_MOST_QUOTED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """What a column was taken for: its heading, how sure that is from 0 to 1, and why."""

    column: int
    meaning: str
    heading: str
    sure: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The headings of one table: their rows, the columns that were named, its periods, and where it stands.

    `titles` are what stands right above it, over its own columns, from the top; `begins` is the day that its periods
    are counted from, if they are; `month_first` are the columns, by what they mean, whose dates in numbers have the
    month before the day.
    """

    rows: tuple[int, ...]
    columns: tuple[Mapped, ...]
    periods: tuple[Period, ...]
    unmapped: Mapping[int, str]
    first: int
    last: int
    left: int
    right: int
    titles: tuple[str, ...] = ()
    begins: dt.date | None = None
    month_first: frozenset[str] = frozenset()

    def column(self, meaning: str) -> int | None:
        """The column of that meaning, if there is one."""
        return next((each.column for each in self.columns if each.meaning == meaning), None)

    def taking(self, *columns: Mapped) -> "Header":
        """The header with some of its columns taken so, whatever they were taken for before."""
        at = {each.column for each in columns}
        others = (each for each in self.columns if each.column not in at)
        return replace(
            self,
            columns=tuple(sorted((*others, *columns), key=lambda each: each.column)),
            unmapped={column: heading for column, heading in self.unmapped.items() if column not in at},
            left=min(self.left, *at),
        )

    def leaving(self, column: Mapped) -> "Header":
        """The header with a column taken for nothing."""
        return replace(
            self,
            columns=tuple(each for each in self.columns if each is not column),
            unmapped={**self.unmapped, column.column: column.heading},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAction:
    """One action: what its row says in each mapped column, and what is seen under each period, by column.

    `filled` are the fills of its bars, None where a sign without a colour draws one; `actual` is the same of a second
    row. `letters` are statuses that are written under periods; `statuses` all that the key, the palette or letters
    really say of a period; `means` is what the status column, or the colour of the row, says. `more` are the columns
    that were taken for nothing, by their headings.
    """

    row: int
    words: Mapping[str, str]
    heading: str = ""
    filled: Mapping[int, Fill | None] = field(default_factory=dict)
    actual: Mapping[int, Fill | None] = field(default_factory=dict)
    letters: Mapping[int, str] = field(default_factory=dict)
    statuses: Mapping[int, str] = field(default_factory=dict)
    means: str = ""
    more: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The action as the contract prints it."""
        said = {name: self.words.get(name, "") for name in ("ref", "action", "lead", "note")}
        others = {name: text for name, text in self.words.items() if name not in (*said, "status")}
        return {
            "row": self.row,
            **said,
            "status": self.words.get("status", "") or self.means,
            "means": self.means or None,
            "heading": self.heading,
            **others,
            "filled": {column_letter(column): shown(fill) for column, fill in self.filled.items()},
            "actual": {column_letter(column): shown(fill) for column, fill in self.actual.items()},
            "statuses": {column_letter(column): status for column, status in self.statuses.items()},
            "more": dict(self.more),
        }


def shown(fill: Fill | None) -> str:
    """The colour that a person sees, as `#70AD47`; nothing for none."""
    return f"#{fill.seen.upper()}" if fill else ""


def some_of(words: Iterable[str], between: str = ", ") -> str:
    """The first few of some words, and how many there are more of them."""
    said = [*words]
    more = f" and {len(said) - _MOST_QUOTED} more" if len(said) > _MOST_QUOTED else ""
    return between.join(said[:_MOST_QUOTED]) + more


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTable:
    """One table of a sheet: `headings` are the texts of its rows of headings by their cells.

    `unmapped` are its columns that were taken for nothing, by their headings; `month_first` those, by what they mean,
    whose dates in numbers have the month before the day.
    """

    sheet: str
    header_rows: tuple[int, ...]
    columns: tuple[Mapped, ...]
    periods: tuple[Period, ...]
    actions: tuple[FoundAction, ...]
    legend: Mapping[str, str] = field(default_factory=dict)
    unmapped: Mapping[int, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    month_first: frozenset[str] = frozenset()

    def column(self, meaning: str) -> int | None:
        """The column of that meaning, if there is one."""
        return next((each.column for each in self.columns if each.meaning == meaning), None)

    def to_json(self) -> dict[str, Any]:
        """The table as the contract prints it."""
        return {
            "sheet": self.sheet,
            "header_rows": list(self.header_rows),
            "columns": {each.meaning: column_letter(each.column) for each in self.columns},
            "headings": dict(self.headings),
            "sure": {each.meaning: each.sure for each in self.columns},
            "unmapped": {column_letter(column): heading for column, heading in self.unmapped.items()},
            "periods": [each.to_json() for each in self.periods],
            "legend": dict(self.legend),
            "actions": [each.to_json() for each in self.actions],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Something that stands outside the tables, or in no column of theirs: kept word for word."""

    sheet: str
    cell: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour:
    """What a colour of the bars was taken for: the words of the sheet's key, the status that they say, and why."""

    colour: str
    words: str
    status: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """Everything that was found in one file; `title` is what stands above its first table."""

    file: str
    title: str
    tables: tuple[FoundTable, ...]
    colours: tuple[Colour, ...]
    kept: tuple[Kept, ...]
    findings: tuple[Finding, ...]

    def to_json(self) -> dict[str, Any]:
        """All of it as the contract prints it."""
        return {
            "file": self.file,
            "title": self.title,
            "sheets": [each.to_json() for each in self.tables],
            "colours": [asdict(each) for each in self.colours],
            "kept": [{"sheet": each.sheet, "cell": each.cell, "text": each.text} for each in self.kept],
            "findings": [each.to_json() for each in self.findings],
        }
