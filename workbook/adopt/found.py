"""What was found in a spreadsheet that this program did not make: plain data, with where each of it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbook.adopt.periods import Period
from workbook.findings import Finding
from workbook.refs import column_letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """What a column was taken for: its heading, how sure that is from 0 to 1, and why."""

    column: int
    meaning: str
    heading: str
    sure: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAction:
    """One action: what its row says in each mapped column, and what is seen under each period, by column.

    `filled` are colours as `#70AD47`, or nothing where a mark without one draws the bar; `actual` is the same of a
    second row. `statuses` hold only what the legend or the palette really says.
    """

    row: int
    words: Mapping[str, str]
    heading: str = ""
    filled: Mapping[int, str] = field(default_factory=dict)
    actual: Mapping[int, str] = field(default_factory=dict)
    statuses: Mapping[int, str] = field(default_factory=dict)
    status: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTable:
    """One table of a sheet; `unmapped` are its columns that were taken for nothing, by their headings."""

    sheet: str
    header_rows: tuple[int, ...]
    columns: tuple[Mapped, ...]
    periods: tuple[Period, ...]
    actions: tuple[FoundAction, ...]
    legend: Mapping[str, str] = field(default_factory=dict)
    unmapped: Mapping[int, str] = field(default_factory=dict)

    def column(self, meaning: str) -> int | None:
        """The column of that meaning, if there is one."""
        return next((each.column for each in self.columns if each.meaning == meaning), None)

    def to_json(self) -> dict[str, Any]:
        """The table as the contract prints it."""
        return {
            "sheet": self.sheet,
            "header_rows": list(self.header_rows),
            "columns": {each.meaning: column_letter(each.column) for each in self.columns},
            "sure": {each.meaning: each.sure for each in self.columns},
            "unmapped": {column_letter(column): heading for column, heading in self.unmapped.items()},
            "periods": [
                {
                    "column": column_letter(each.column),
                    "label": each.label,
                    "kind": each.kind,
                    "start": each.start.isoformat() if each.start else None,
                }
                for each in self.periods
            ],
            "legend": dict(self.legend),
            "actions": [_action(each) for each in self.actions],
        }


def _action(action: FoundAction) -> dict[str, Any]:
    said = {name: action.words.get(name, "") for name in ("ref", "action", "lead", "note")}
    others = {name: text for name, text in action.words.items() if name not in (*said, "status")}
    return {
        "row": action.row,
        **said,
        "status": action.status or action.words.get("status", ""),
        "heading": action.heading,
        **others,
        "filled": {column_letter(column): colour for column, colour in action.filled.items()},
        "actual": {column_letter(column): colour for column, colour in action.actual.items()},
        "statuses": {column_letter(column): status for column, status in action.statuses.items()},
        "more": dict(action.more),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Something that stands outside the tables, or in no column of theirs: kept word for word."""

    sheet: str
    cell: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """Everything that was found in one file; `title` is what stands above its first table."""

    file: str
    title: str
    tables: tuple[FoundTable, ...]
    kept: tuple[Kept, ...]
    findings: tuple[Finding, ...]

    def to_json(self) -> dict[str, Any]:
        """All of it as the contract prints it."""
        return {
            "file": self.file,
            "title": self.title,
            "sheets": [each.to_json() for each in self.tables],
            "kept": [{"sheet": each.sheet, "cell": each.cell, "text": each.text} for each in self.kept],
            "findings": [each.to_json() for each in self.findings],
        }
