"""Where the tables are on a sheet: by the hidden rows of column keys, or by their headings when those are gone."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from workbook.grid import Grid
from workbook.names import BAND, ROW_ID
from workbook.read.cells import RawSheet
from workbook.refs import LAST_ROW
from workbook.tabs import GridColumn

_FEWEST_KEYS = 3
_FEWEST_HEADINGS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The header row of a table, the column of each key that the sheet still has, and the last row of the table.

    A sheet has more than one table when another return was pasted into it; `first` is the row in which one begins.
    `lost` is True when there is no header any more, and its columns are taken to stand as they were issued.
    """

    first: int
    row: int
    columns: Mapping[str, int]
    last: int = LAST_ROW
    lost: bool = False

    @property
    def consumed(self) -> set[int]:
        """The columns that are read."""
        return set(self.columns.values())


def find_headers(sheet: RawSheet, grid: Grid, row_ids: Iterable[str]) -> list[Header]:
    """The headers of the sheet's tables from the top; none when it has no table of the plan."""
    wanted = {name: column.key for column in grid.known_columns if not column.hidden for name in _names(column)}
    keyed = [_with_headings(sheet, header, wanted) for header in _by_keys(sheet, grid, wanted)]
    known = {row for header in keyed for row in (header.first, header.row)}
    others = [header for header in _by_headings(sheet, grid, wanted) if header.row not in known]
    if not keyed and not others:
        return _by_ids(sheet, grid)
    found = sorted([*keyed, *(_with_row_ids(sheet, each, row_ids) for each in others)], key=lambda each: each.row)
    ends = [header.first - 1 for header in found[1:]]
    return [replace(header, last=last) for header, last in zip(found, [*ends, LAST_ROW], strict=False)]


def _with_headings(sheet: RawSheet, header: Header, wanted: Mapping[str, str]) -> Header:
    """The header with the keys that were overwritten, which are found again by the headings below them."""
    headings = _headings_in(sheet, header.row, wanted)
    missing = {key: column for key, column in headings.items() if key not in header.columns}
    free = {key: column for key, column in missing.items() if column not in header.consumed}
    return replace(header, columns={**header.columns, **free})


def _by_keys(sheet: RawSheet, grid: Grid, wanted: Mapping[str, str]) -> Iterator[Header]:
    keys = {column.key for column in grid.known_columns}
    for row in sheet.rows:
        found: dict[str, int] = {}
        for column in sheet.columns.get(row, []):
            key = sheet[row, column].text
            if key in keys and key not in found:
                found[key] = column
        if len(found) >= _FEWEST_KEYS and (ROW_ID in found or BAND in found):
            below = next((later for later in sheet.rows if later > row), row)
            is_header = _headings_in(sheet, below, wanted)
            yield Header(first=row, row=below if is_header else row, columns=found)


def _by_headings(sheet: RawSheet, grid: Grid, wanted: Mapping[str, str]) -> Iterator[Header]:
    for row in sheet.rows:
        found = _headings_in(sheet, row, wanted)
        months = any(column.key in found for column in grid.known_columns if column.month)
        whole = len(found) >= _FEWEST_HEADINGS and months and "action" in found
        if whole:
            yield Header(first=row, row=row, columns=found)


def _by_ids(sheet: RawSheet, grid: Grid) -> list[Header]:
    """The header of a table that has lost it: its columns stand as they were issued, beside the row ids.

    That is believed only if the words of most rows do.
    """
    actions = grid.plan.by_row_id
    rows = _rows_of_ids(sheet, actions)
    if not rows:
        return []
    at, ids = _fullest(rows)
    around = {column.key: column.number for column in grid.columns_around(sheet[row, at].text for row in ids)}
    shift = at - around[ROW_ID]
    words = around["action"] + shift
    tops = [row for row in ids if sheet[row, words].text]
    right = [row for row in tops if sheet[row, words].text == actions[sheet[row, at].text].action]
    if 2 * len(right) <= len(tops):
        return []
    first = min(map(min, rows.values()))
    columns = {key: number + shift for key, number in around.items() if number + shift > 0}
    return [Header(first=first, row=first - 1, columns=columns, lost=True)]


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
    rows = _rows_of_ids(sheet, set(row_ids), below=header.row)
    return replace(header, columns={**header.columns, ROW_ID: _fullest(rows)[0]}) if rows else header


def _rows_of_ids(sheet: RawSheet, row_ids: Container[str], below: int = 0) -> Mapping[int, list[int]]:
    """The rows in which row ids stand, by column."""
    rows: dict[int, list[int]] = defaultdict(list)
    for row, column, cell in sheet.texts():
        if row > below and cell.text in row_ids:
            rows[column].append(row)
    return rows


def _fullest(rows: Mapping[int, list[int]]) -> tuple[int, list[int]]:
    """The column in which most stand, and its rows."""
    return max(rows.items(), key=lambda each: len(each[1]))


def _names(column: GridColumn) -> list[str]:
    names = [column.heading, *(column.spec.aliases if column.spec else ())]
    if column.month:
        month, year = column.month, column.month.name.split()[1]
        names += [month.name, month.short, month.name.split()[0], f"{month.short} {year[2:]}", f"{month.short} {year}"]
        names += [str(month), f"{month}-01"]  # as a date
    return [_plain(name) for name in names]


def _plain(text: str) -> str:
    return " ".join(text.replace("-", " ").split()).strip(" .:").casefold()
