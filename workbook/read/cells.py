"""Raw cells: what a workbook's sheets hold, before anything is made of it."""

import hashlib
from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, NamedTuple

from workbook.palette import Fill
from workbook.read.conditional import Area, Cell, ColourRule
from workbook.refs import LAST_ROW

Format = Literal["xlsx", "xls", "ods", "csv", "docx"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCell:
    """One cell: the value shown, as text; its direct fill; its formula and comment, if any.

    `failed` is True when the value is an error, such as `#REF!`, or a formula that was saved without its value;
    `number_format` is how a number is shown, where that is otherwise than it is written here, as `0%`; `ink` is the
    colour of a sign such as ●, if it has one.
    """

    text: str = ""
    fill: Fill | None = None
    formula: str = ""
    comment: str = ""
    failed: bool = False
    number_format: str = ""
    ink: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to say of how its text came to be."""
        return not (self.formula or self.failed or self.number_format)


NO_CELL = RawCell()


class Named(NamedTuple):
    """What a name stands for: a formula, and the cell that its relative references count from."""

    formula: str
    origin: Cell = (1, 1)


_TALLEST = 10  # rows; what is merged over more is no cell of a table


@dataclass(frozen=True, kw_only=True)
class RawSheet:
    """One sheet: `lines` are its cells by row and column, counted from 1, as far as they say anything.

    `backgrounds` are fills of whole rows and columns, for cells that are not there; `rules` its conditional formats;
    `wide` are the merged cells that span several columns, `tall` those that span several rows of one column;
    `names` are those that its formulas may use, in small letters; `has_validations` is None where the format does not
    tell.
    """

    name: str
    visible: bool
    lines: Mapping[int, Mapping[int, RawCell]]
    has_validations: bool | None = False
    backgrounds: tuple[tuple[Area, Fill], ...] = ()
    rules: tuple[ColourRule, ...] = ()
    wide: tuple[Area, ...] = ()
    tall: tuple[Area, ...] = ()
    names: Mapping[str, Named] = field(default_factory=dict)

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

    def seen(self, row: int, column: int) -> RawCell:
        """What a person sees at a place: in merged cells that span columns, the first of them."""
        for top, left, bottom, right in self._wide_by_row.get(row, ()):
            if left <= column <= right and top <= row <= bottom:
                return self[top, left]
        return self[row, column]

    def over(self, row: int, column: int) -> Cell:
        """The place of the first of the merged cells that a cell is one of; of any other its own place."""
        for top, left, bottom, right in self._wide_by_row.get(row, ()):
            if left <= column <= right and top <= row <= bottom:
                return top, left
        tall = self._tall_by_column.get(column, ())
        at = bisect(tall, (row, LAST_ROW)) - 1
        return (tall[at][0], column) if at >= 0 and row <= tall[at][1] else (row, column)

    @cached_property
    def _tall_by_column(self) -> Mapping[int, list[Cell]]:
        """The first and the last rows of what is merged over rows of each column, from the top."""
        by_column: dict[int, list[Cell]] = {}
        for top, left, bottom, _ in sorted(self.tall):
            by_column.setdefault(left, []).append((top, bottom))
        return by_column

    @cached_property
    def _wide_by_row(self) -> Mapping[int, list[Area]]:
        by_row: dict[int, list[Area]] = {}
        for area in self.wide:
            if area[2] - area[0] < _TALLEST:
                for row in range(area[0], area[2] + 1):
                    by_row.setdefault(row, []).append(area)
        return by_row

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

    def without(self, name: str) -> "RawBook":
        """The book as if nothing stood in the sheet of that name."""
        sheets = (replace(sheet, lines={}) if sheet.name == name else sheet for sheet in self.sheets)
        return replace(self, sheets=tuple(sheets))


def digest_of(data: bytes) -> str:
    """What tells two files apart."""
    return hashlib.sha256(data).hexdigest()[:16]
