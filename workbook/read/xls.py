"""Workbooks of Excel before 2007 as raw cells; of formulas, drop-downs and conditional formats xlrd tells nothing."""

import os
import struct
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from workbook.errors import ReadError
from workbook.palette import Fill
from workbook.read.cells import NO_CELL, RawCell, RawSheet
from workbook.read.conditional import Area
from workbook.read.fills import BLACK, WHITE
from workbook.read.limits import MAX_CELLS, MAX_SHEETS, too_large
from workbook.read.xlsx_sheet import date, number
from workbook.refs import LAST_COLUMN, LAST_ROW
from workbook.source import clean

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.formatting import XFBackground
    from xlrd.sheet import Sheet

# The names that ECMA-376 18.18.55 gives the patterns, by their number in the older format; the first is no fill.
_PATTERNS = (
    "none solid mediumGray darkGray lightGray darkHorizontal darkVertical darkDown darkUp darkGrid darkTrellis "
    "lightHorizontal lightVertical lightDown lightUp lightGrid lightTrellis gray125 gray0625"
).split()
_SYSTEM = {64: BLACK, 65: WHITE}  # the colours of the window's text and of its ground
# The areas of conditional formats say nothing here, and are hidden from xlrd, which trips over those that go on in the
# next record, as LibreOffice writes them.
_HIDDEN = 0x01B0
_NO_RECORD = b"\xff\x0f"
_MOST_PLACES = 5 * MAX_CELLS  # with the empty ones between a row's cells, which are told one by one


def read_xls(data: bytes) -> tuple[RawSheet, ...]:
    """The sheets of an old Excel workbook; any exception means that it is damaged."""
    import xlrd  # noqa: PLC0415  # slow to import, and seldom needed
    from xlrd.biffh import XLRDError  # noqa: PLC0415

    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        try:
            book = xlrd.open_workbook(
                file_contents=_stream(data, nowhere),
                formatting_info=True,
                on_demand=True,
                ragged_rows=True,
                logfile=nowhere,
            )
            return _sheets(book)
        except XLRDError as error:
            if "encrypted" in str(error):
                raise ReadError("a password is needed to open it.", code="FILE_ENCRYPTED") from error
            raise


def _stream(data: bytes, nowhere: TextIO) -> bytes:
    """The records of the workbook."""
    from xlrd.compdoc import SIGNATURE, CompDoc  # noqa: PLC0415  # slow to import, and seldom needed

    if data.startswith(SIGNATURE):
        document = CompDoc(data, logfile=nowhere)
        for name in ("Workbook", "Book"):
            whole, start, length = document.locate_named_stream(name)
            if whole:
                data = whole[start : start + length]
                break
    records, at = bytearray(data), 0
    while at + 4 <= len(records):
        kind, length = struct.unpack_from("<HH", records, at)
        if kind == _HIDDEN:
            records[at : at + 2] = _NO_RECORD
        elif not kind:
            break  # what fills up the file
        at += 4 + length
    return bytes(records)


def _sheets(book: "Book") -> tuple[RawSheet, ...]:
    if book.nsheets > MAX_SHEETS:
        raise too_large(f"it has more than {MAX_SHEETS} sheets.")
    fills = _fills(book)
    cells, places = MAX_CELLS, _MOST_PLACES
    sheets = []
    for index in range(book.nsheets):
        sheet = book.sheet_by_index(index)
        places -= sum(map(sheet.row_len, range(sheet.nrows)))
        if places < 0:
            raise too_large(f"it holds more than {_MOST_PLACES:,} cells, most of them empty.")
        sheets.append(_sheet(sheet, fills))
        book.unload_sheet(index)
        cells -= sum(map(len, sheets[-1].lines.values()))
        if cells < 0:
            raise too_large(f"it holds more than {MAX_CELLS:,} cells.")
    return tuple(sheets)


def _sheet(sheet: "Sheet", fills: Mapping[int, Fill | None]) -> RawSheet:
    rows = [(row, fills.get(-1 if info.xf_index is None else info.xf_index)) for row, info in sheet.rowinfo_map.items()]
    columns = [(column, fills.get(info.xf_index)) for column, info in sheet.colinfo_map.items()]
    # A row's format comes before a column's.
    backgrounds: list[tuple[Area, Fill]] = [
        *(((first, 1, last, LAST_COLUMN), fill) for first, last, fill in _runs(rows)),
        *(((1, first, LAST_ROW, last), fill) for first, last, fill in _runs(columns)),
    ]
    lines: dict[int, dict[int, RawCell]] = {}
    for row in range(sheet.nrows):
        if line := _line(sheet, row, fills, painted=bool(backgrounds)):
            lines[row + 1] = line
    for (row, column), note in sheet.cell_note_map.items():
        if comment := clean(note.text):
            line = lines.setdefault(row + 1, {})
            line[column + 1] = replace(line.get(column + 1, NO_CELL), comment=comment)
    return RawSheet(
        name=sheet.name,
        visible=sheet.visibility == 0,
        lines=lines,
        has_validations=None,
        backgrounds=tuple(backgrounds),
        wide=tuple(area for area in _merged(sheet) if area[1] < area[3]),
        tall=tuple(area for area in _merged(sheet) if area[1] == area[3]),
    )


def _merged(sheet: "Sheet") -> list[Area]:
    """The merged cells, counted from 1."""
    return [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]


def _line(sheet: "Sheet", row: int, fills: Mapping[int, Fill | None], *, painted: bool) -> dict[int, RawCell]:
    """The cells of one row that say anything."""
    from xlrd import XL_CELL_EMPTY, XL_CELL_ERROR, XL_CELL_NUMBER  # noqa: PLC0415  # slow to import, and seldom needed

    line = {}
    values = sheet.row_values(row)
    for column, kind in enumerate(sheet.row_types(row)):
        if kind != XL_CELL_EMPTY:
            text = _shown(kind, values[column], sheet.book)
            style = sheet.cell_xf_index(row, column)
            fill = fills.get(style)
            if text or fill:
                line[column + 1] = RawCell(
                    text=text,
                    fill=fill,
                    failed=kind == XL_CELL_ERROR,
                    number_format=_number_format(sheet.book, style) if kind == XL_CELL_NUMBER else "",
                )
            elif painted:
                # Where a whole row or column is painted, a cell without a fill is one that was left out.
                line[column + 1] = NO_CELL
    return line


def _number_format(book: "Book | None", style: int) -> str:
    """The format that a number is shown in, where that is not the common one."""
    known = book.format_map.get(book.xf_list[style].format_key) if book else None
    return known.format_str if known and known.format_str not in ("General", "@", "0") else ""


def _shown(kind: int, value: str | float, book: "Book | None") -> str:
    """The value as a person reads it."""
    import xlrd  # noqa: PLC0415  # slow to import, and seldom needed

    if kind == xlrd.XL_CELL_NUMBER:
        return number(str(value))
    if kind == xlrd.XL_CELL_DATE:
        return date(str(value), from_1904=book is not None and book.datemode == 1)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return str(bool(value)).upper()
    if kind == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(int(value), "#ERROR")
    return clean(str(value))


def _fills(book: "Book") -> dict[int, Fill | None]:
    """The fill of each cell format by its number."""

    def colour(index: int, otherwise: str) -> str:
        rgb = book.colour_map.get(index)
        return "{:02X}{:02X}{:02X}".format(*rgb) if rgb else _SYSTEM.get(index, otherwise)

    def fill(background: "XFBackground | None") -> Fill | None:
        number = background.fill_pattern if background else 0
        if background is None or not 0 < number < len(_PATTERNS):
            return None
        pattern = _PATTERNS[number]
        if pattern == "solid":
            return Fill(rgb=colour(background.pattern_colour_index, WHITE))
        return Fill(
            rgb=colour(background.background_colour_index, WHITE),
            pattern=pattern,
            foreground=colour(background.pattern_colour_index, BLACK),
        )

    return {each.xf_index: fill(each.background) for each in book.xf_list}


def _runs(fills: Iterable[tuple[int, Fill | None]]) -> list[tuple[int, int, Fill]]:
    """Rows or columns that are painted: first, last, fill; neighbours that are alike are put together."""
    runs: list[tuple[int, int, Fill]] = []
    for index, fill in sorted(fills, key=lambda each: each[0]):
        if fill:
            first = index + 1
            if runs and runs[-1][1:] == (index, fill):
                first = runs.pop()[0]
            runs.append((first, index + 1, fill))
    return runs
