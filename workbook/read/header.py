"""Where the table is on a sheet: by the hidden row of column keys, or by its headings when that is gone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workbook.grid import BAND, ROW_ID, Grid, GridColumn
from workbook.read.cells import RawSheet

_FEWEST_KEYS = 3
_FEWEST_HEADINGS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The header row of a table, and the column of each key that the sheet still has."""

    row: int
    columns: Mapping[str, int]

    @property
    def consumed(self) -> set[int]:
        """The columns that are read."""
        return set(self.columns.values())


def find_header(sheet: RawSheet, grid: Grid, row_ids: Iterable[str]) -> Header | None:
    """The table's header, or None when this sheet has no table of the plan."""
    wanted = {name: column.key for column in grid.visible for name in _names(column)}
    header = _by_keys(sheet, grid, wanted)
    if header is None:
        by_headings = _by_headings(sheet, grid, wanted)
        return _with_row_ids(sheet, by_headings, row_ids) if by_headings else None
    # A key that was overwritten is found again by the heading below it.
    headings = _headings_in(sheet, header.row, wanted)
    missing = {key: column for key, column in headings.items() if key not in header.columns}
    free = {key: column for key, column in missing.items() if column not in header.consumed}
    return Header(row=header.row, columns={**header.columns, **free})


def _by_keys(sheet: RawSheet, grid: Grid, wanted: Mapping[str, str]) -> Header | None:
    keys = {column.key for column in grid.columns}
    for row in sheet.rows:
        found: dict[str, int] = {}
        for column in sheet.columns.get(row, []):
            key = sheet[row, column].text
            if key in keys and key not in found:
                found[key] = column
        if len(found) >= _FEWEST_KEYS and (ROW_ID in found or BAND in found):
            below = next((later for later in sheet.rows if later > row), row)
            is_header = _headings_in(sheet, below, wanted)
            return Header(row=below if is_header else row, columns=found)
    return None


def _by_headings(sheet: RawSheet, grid: Grid, wanted: Mapping[str, str]) -> Header | None:
    best: Header | None = None
    for row in sheet.rows:
        found = _headings_in(sheet, row, wanted)
        months = any(column.key in found for column in grid.months)
        whole = len(found) >= _FEWEST_HEADINGS and months and "action" in found
        if whole and (best is None or len(found) > len(best.columns)):
            best = Header(row=row, columns=found)
    return best


def _headings_in(sheet: RawSheet, row: int, wanted: Mapping[str, str]) -> dict[str, int]:
    """The columns whose heading stands in that row; `wanted` are the keys by heading."""
    found: dict[str, int] = {}
    for column in sheet.columns.get(row, []):
        key = wanted.get(_plain(sheet[row, column].text))
        if key and key not in found:
            found[key] = column
    return found


def _with_row_ids(sheet: RawSheet, header: Header, row_ids: Iterable[str]) -> Header:
    """The header with the column in which row ids stand, if there is one."""
    known = set(row_ids)
    counts: dict[int, int] = {}
    for row, column, cell in sheet.texts():
        if row > header.row and cell.text in known:
            counts[column] = counts.get(column, 0) + 1
    if not counts:
        return header
    column = max(counts, key=lambda each: counts[each])
    return Header(row=header.row, columns={**header.columns, ROW_ID: column})


def _names(column: GridColumn) -> list[str]:
    names = [column.heading, *(column.spec.aliases if column.spec else ())]
    if column.month:
        names += [column.month.name, column.month.short, column.month.name.split()[0]]
    return [_plain(name) for name in names]


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" .:").casefold()
