"""The plan source of a spreadsheet that was adopted: how it was read in front, to be looked over and corrected."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from workbook.build import styles
from workbook.build.book import Sheet, new_book
from workbook.build.flat import DEFAULT_WIDTH, Look, write_table
from workbook.build.pages import fitting
from workbook.months import Month
from workbook.palette import Fill
from workbook.source import Table

_NO_MONTH = Month(2000, 1)  # of which the file is, where the plan's first month is not known
_WIDTHS = {
    "action": 60.0,
    "note": 50.0,
    "title": 44.0,
    "value": 60.0,
    "it says": 34.0,
    "taken for": 24.0,
    "how sure": 10.0,
    "why": 50.0,
    "sheet": 20.0,
    "what": 11.0,
    "where": 12.0,
    "severity": 9.0,
    "code": 24.0,
    "place": 20.0,
    "what is said": 70.0,
    "what to do": 60.0,
    "text": 80.0,
    "ref": 9.0,
    "heading": 9.0,
    "programmed": 30.0,
}


def write_adopted(path: Path, tables: Sequence[Table], offers: Mapping[str, Sequence[str]], *, title: str) -> None:
    """Write the tables, a sheet each; `offers` are the words for what a row of the mapping may be taken for."""
    with new_book(path, title=title, organisation="", month=_NO_MONTH, properties={}) as book:
        for table in tables:
            is_mapping = table.name == "mapping"
            sheet = write_table(book, table, _WIDTHS, _of_mapping(table) if is_mapping else _boxed)
            if is_mapping:
                _offer(sheet, table, offers)
            widths = [_WIDTHS.get(name, DEFAULT_WIDTH) for name in table.columns]
            footer = styles.footer(title, sheet.name)
            if table.rows and table.name != "settings":
                sheet.filter((1, 1, len(table.rows) + 1, len(table.columns)))
            sheet.print_setup(fitting(widths), footer=footer, repeat=(1, 1), last=None)


def _boxed(_name: str, _row: Sequence[str]) -> styles.Style:
    return styles.BOXED


def _of_mapping(table: Table) -> Look:
    """The mapping's look: what may be corrected is to be filled in, and a colour is seen beside its number."""
    what, where = table.columns.index("what"), table.columns.index("where")

    def look(name: str, row: Sequence[str]) -> styles.Style:
        if name == "sheet" and row[what] == "colour":
            return {**styles.BOXED, **styles.filled(Fill(rgb=row[where].lstrip("#")))}
        return styles.TO_FILL_IN if name == "taken for" else styles.BOXED

    return look


def _offer(sheet: Sheet, table: Table, offers: Mapping[str, Sequence[str]]) -> None:
    """Give each row of the mapping the drop-down of what it can be taken for."""
    what, taken_for = table.columns.index("what"), table.columns.index("taken for") + 1
    for kind, words in offers.items():
        cells = [(row, taken_for, row, taken_for) for row, values in table.rows if values[what] == kind]
        sheet.validate(
            cells,
            {
                "validate": "list",
                "source": list(words),
                "ignore_blank": True,
                "input_title": "Taken for",
                "input_message": "Choose what this is; empty means nothing. Then adopt the file again with this.",
                "error_type": "stop",
                "error_title": "Not in the list",
                "error_message": "Only what the list offers is understood.",
            },
        )
