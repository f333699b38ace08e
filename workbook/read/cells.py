"""Raw cells: what a workbook's sheets hold, before anything is made of it."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from workbook.palette import Fill
from workbook.read.conditional import Area, ColourRule

Format = Literal["xlsx", "xls", "ods", "csv"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCell:
    """One cell: the value shown, as text; its direct fill; its formula and comment, if any.

    `failed` is True when the value is an error, such as `#REF!`, or a formula that was saved without its value.
    """

    text: str = ""
    fill: Fill | None = None
    formula: str = ""
    comment: str = ""
    failed: bool = False


NO_CELL = RawCell()


@dataclass(frozen=True, kw_only=True)
class RawSheet:
    """One sheet: `lines` are its cells by row and column, counted from 1, as far as they say anything.

    `backgrounds` are fills of whole rows and columns, for cells that are not there; `rules` its conditional formats;
    `has_validations` is None where the file's format does not tell.
    """

    name: str
    visible: bool
    lines: Mapping[int, Mapping[int, RawCell]]
    has_validations: bool | None = False
    backgrounds: tuple[tuple[Area, Fill], ...] = ()
    rules: tuple[ColourRule, ...] = ()

    def __getitem__(self, at: tuple[int, int]) -> RawCell:
        row, column = at
        cell = self.lines.get(row, _NO_LINE).get(column)
        return cell or self._background(row, column)

    def __iter__(self) -> Iterator[tuple[int, int, RawCell]]:
        """Every cell that says anything with its row and column, from the top left."""
        for row in sorted(self.lines):
            line = self.lines[row]
            for column in sorted(line):
                yield row, column, line[column]

    @cached_property
    def columns(self) -> Mapping[int, list[int]]:
        """The columns with text in each row that has any, from the left; the rows from the top."""
        columns: dict[int, list[int]] = {}
        for row, column, cell in self:
            if cell.text:
                columns.setdefault(row, []).append(column)
        return columns

    @cached_property
    def rows(self) -> list[int]:
        """The numbers of the rows with text, from the top."""
        return list(self.columns)

    def texts(self) -> Iterator[tuple[int, int, RawCell]]:
        """The cells with text, from the top left."""
        return ((row, column, cell) for row, column, cell in self if cell.text)

    def _background(self, row: int, column: int) -> RawCell:
        for (top, left, bottom, right), fill in self.backgrounds:
            if top <= row <= bottom and left <= column <= right:
                return RawCell(fill=fill)
        return NO_CELL


_NO_LINE: Mapping[int, RawCell] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class RawBook:
    """One workbook: its sheets in order, its custom properties, the digest of its bytes, the format it is saved in."""

    file: str
    digest: str
    sheets: tuple[RawSheet, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    saved_as: Format = "xlsx"

    def sheet(self, name: str) -> RawSheet | None:
        """The sheet of that name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def digest_of(data: bytes) -> str:
    """What tells two files apart."""
    return hashlib.sha256(data).hexdigest()[:16]
