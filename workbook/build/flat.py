"""The flat export: a plan's tables as sheets, which is also a plan source that can be built from again."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from workbook.build import styles
from workbook.build.book import Book, Sheet, new_book
from workbook.build.pages import DEFAULT_ROW_HEIGHT
from workbook.build.sheets import write_tables
from workbook.build.textfit import text_height
from workbook.names import EXPORTED_SHEET, FLAT_SHEETS
from workbook.plan import Plan
from workbook.source import Table, tables_from_plan

DEFAULT_WIDTH = 16.0
_NARROW = 0.8  # of the width of a column, which a letter takes at least on the whole
_HIGHEST = 400.0  # points; Excel has 409
_WIDTHS = {"action": 60.0, "note": 50.0, "title": 40.0, "required": 40.0, "outcome": 40.0, "value": 60.0}

Look = Callable[[str, Sequence[str]], styles.Style]


def _plain(_name: str, _row: Sequence[str]) -> styles.Style:
    return styles.TEXT


def write_flat(path: Path, plan: Plan) -> None:
    """Write the plan's tables, one a sheet, and once more in a hidden one, by which it is told what has been edited."""
    with new_book(
        path,
        title=plan.title,
        organisation=plan.organisation,
        month=plan.edition or plan.start,
        properties={},
    ) as book:
        tables = tables_from_plan(plan)
        for table in tables:
            write_table(book, table)
        write_tables(book, EXPORTED_SHEET, tables)


def write_table(book: Book, table: Table, widths: Mapping[str, float] = _WIDTHS, look: Look = _plain) -> Sheet:
    """Write a table as a sheet of its own; `widths` are those of columns by their names.

    `look` gives the style of a cell by its column's name and its row.
    """
    sheet = book.sheet(FLAT_SHEETS.get(table.name, table.name))
    for column, name in enumerate(table.columns, 1):
        sheet.column(column, widths.get(name, DEFAULT_WIDTH))
    for row, values in _rows(table):
        for column, value in enumerate(values, 1):
            style = styles.HEADER if row == 1 else look(table.columns[column - 1], values)
            sheet.text(row, column, value, style)
        if high := [
            text_height(value, [widths.get(name, DEFAULT_WIDTH)], styles.SIZE)
            for name, value in zip(table.columns, values, strict=False)
            if "\n" in value or len(value) * _NARROW > widths.get(name, DEFAULT_WIDTH)
        ]:
            sheet.row(row, min(max(DEFAULT_ROW_HEIGHT, *high), _HIGHEST))
        sheet.let_go(row)
    sheet.freeze(2, 1)
    sheet.allow_numbers_as_text((1, 1, len(table.rows) + 1, len(table.columns)))
    return sheet


def _rows(table: Table) -> Sequence[tuple[int, Sequence[str]]]:
    return [(1, table.columns), *table.rows]
