"""Plan sources as plain tables: a folder of CSV files, a workbook's sheets, JSON, or the hidden sheet of ours."""

import csv
import io
import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from workbook.errors import ReadError, SourceError
from workbook.names import FLAT_SHEETS, NO_TABLES, PLAN_SHEET
from workbook.read.cells import RawBook, RawSheet
from workbook.read.limits import MAX_CELLS, too_large
from workbook.read.opening import read_bytes
from workbook.source import SOURCE_TABLES, Table, table, table_from_cells, tables_from_json

_MAX_CELL = 1_000_000
_SPARSE = 4  # times as many cells as say something may be in a table, however many these are


def folder_tables(folder: Path) -> list[Table]:
    """The tables in a folder, one a CSV file; SourceError if there is none or one cannot be read."""
    # What programs hide there begins with a dot.
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv" and not path.name.startswith("."))
    if not paths:
        expected = ", ".join(f"{name}.csv" for name in SOURCE_TABLES)
        raise SourceError(f"There is no .csv file in {folder}. A plan source has: {expected}.")
    csv.field_size_limit(_MAX_CELL)
    tables = []
    for path in paths:
        try:
            text = read_bytes(path).decode("utf-8-sig")
            rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        except UnicodeDecodeError as error:
            raise SourceError(
                f"{path} is not in UTF-8. Save it from Excel as “CSV UTF-8 (comma delimited)”."
            ) from error
        except csv.Error as error:
            raise SourceError(f"{path} is not a CSV file that can be read: {error}.") from error
        except ReadError as error:
            raise SourceError(f"{path}: {error}") from error
        tables.append(table_from_cells(path.stem.lower(), rows, path.name))
    return tables


def json_tables(path: Path) -> tuple[str | None, list[list[Table]]]:
    """The tables of a plan's JSON, or of all plans in a corporate copy's and its title; SourceError if neither."""
    try:
        data = json.loads(read_bytes(path).decode("utf-8-sig"))
        if isinstance(data, dict) and isinstance(data.get("plans"), list) and data["plans"]:
            return str(data.get("title") or ""), [tables_from_json(each) for each in data["plans"]]
        return None, [tables_from_json(data)]
    except (ValueError, ReadError) as error:
        raise SourceError(f"{path} cannot be read as JSON: {error}") from error
    except SourceError as error:
        raise SourceError(f"{path}: {error}") from error


def sheet_tables(book: RawBook) -> list[Table]:
    """The tables of a plan source workbook, one a sheet, named in lower case."""
    tables = {sheet: table for table, sheet in FLAT_SHEETS.items()}
    names = {sheet.name: sheet.name.strip().lower() for sheet in book.sheets}
    return [
        table_from_cells(tables.get(names[sheet.name], names[sheet.name]), _rows(sheet))
        for sheet in book.sheets
        if sheet.lines and sheet.name not in NO_TABLES
    ]


def hidden_tables(book: RawBook, name: str = PLAN_SHEET) -> dict[str, Table]:
    """The tables in the hidden sheet that carries a workbook's plan, by name; empty if it is not there."""
    sheet = book.sheet(name)
    if sheet is None:
        return {}
    found, cells, most = {}, 0, _most_places(sheet)
    for named, its_rows in groupby((row for _, row in _said(sheet)), key=lambda row: row[0]):
        header, *body = [row[1:] for row in its_rows]
        width = max((index + 1 for index, text in enumerate(header) if text), default=0)
        cells += width * (len(body) + 1)
        _check_size(sheet, cells, most)
        found[named] = table(named, header[:width], ((*row[:width], *[""] * (width - len(row))) for row in body))
    return found


def _rows(sheet: RawSheet) -> list[list[str]]:
    """The sheet's rows from the first, each up to its last text, with the blank ones between."""
    rows: list[list[str]] = [[]] * max(sheet.lines, default=0)
    for row, texts in _said(sheet):
        rows[row - 1] = texts
    return rows


def _said(sheet: RawSheet) -> Iterator[tuple[int, list[str]]]:
    """The sheet's rows that have any text, each up to its last, with their numbers."""
    places, most = 0, _most_places(sheet)
    for row in sorted(sheet.lines):
        texts = {column: cell.text for column, cell in sheet.lines[row].items() if cell.text}
        if texts:
            last = max(texts)
            places += last
            _check_size(sheet, places, most)
            yield row, [texts.get(column, "") for column in range(1, last + 1)]


def _most_places(sheet: RawSheet) -> int:
    """How many places the sheet's tables may have, so that they take little more memory than the text in them."""
    return max(MAX_CELLS, _SPARSE * sum(1 for line in sheet.lines.values() for cell in line.values() if cell.text))


def _check_size(sheet: RawSheet, places: int, most: int) -> None:
    """Refuse tables that have more places than that."""
    if places > most:
        raise too_large(f"a table of it has {len(sheet.lines):,} rows of {places:,} cells, most of them empty.")
