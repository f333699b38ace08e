"""Raw cells: what a workbook's sheets hold, before anything is made of it."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from workbook.palette import Fill


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCell:
    """One cell: the value shown, as text; its direct fill; its formula and comment, if any."""

    text: str = ""
    fill: Fill | None = None
    formula: str = ""
    comment: str = ""


NO_CELL = RawCell()


@dataclass(frozen=True, kw_only=True)
class RawSheet:
    """One sheet; `cells` holds those that say anything, by (row, column) counted from 1."""

    name: str
    visible: bool
    cells: Mapping[tuple[int, int], RawCell]
    has_validations: bool = False

    def __getitem__(self, at: tuple[int, int]) -> RawCell:
        return self.cells.get(at, NO_CELL)

    @cached_property
    def columns(self) -> Mapping[int, list[int]]:
        """The columns with text in each row that has any, from the left; the rows from the top."""
        columns: dict[int, list[int]] = defaultdict(list)
        for (row, column), cell in sorted(self.cells.items()):
            if cell.text:
                columns[row].append(column)
        return columns

    @cached_property
    def rows(self) -> list[int]:
        """The numbers of the rows with text, from the top."""
        return list(self.columns)

    def texts(self) -> Iterator[tuple[int, int, RawCell]]:
        """The cells with text, from the top left."""
        return ((row, column, self.cells[row, column]) for row, columns in self.columns.items() for column in columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawBook:
    """One workbook: its sheets in order, its custom properties, the digest of its bytes."""

    file: str
    digest: str
    sheets: tuple[RawSheet, ...]
    properties: Mapping[str, str]

    def sheet(self, name: str) -> RawSheet | None:
        """The sheet of that name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def digest_of(data: bytes) -> str:
    """What tells two files apart."""
    return hashlib.sha256(data).hexdigest()[:16]
