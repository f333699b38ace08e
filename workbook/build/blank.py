"""The empty plan source: sheets with drop-downs and input messages, for people to fill in."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook.build import styles
from workbook.build.book import Book, Sheet, new_book
from workbook.build.help import write_help
from workbook.build.pages import fitting
from workbook.build.textfit import text_points
from workbook.months import Month
from workbook.names import LISTS_SHEET
from workbook.palette import FINDING_FILL
from workbook.refs import column_letter
from workbook.source import BlankColumn, BlankSource, BlankTable, Offer

_NO_MONTH = Month(2000, 1)  # of which the file is, where the plan's first month is still to be filled in
_ROOM = {"people": 200, "headings": 300, "actions": 500}  # rows that are ready to be filled in
_LAST = 2000  # the last row with drop-downs: those below the ready ones have them too
_MORE_SETTINGS = 20
_SETTINGS_HEADER = ("key", "value", "what to write")
_SETTINGS_WIDTHS = (17.0, 56.0, 88.0)
_HEADER_HEIGHT = 24.0
_FROZEN = {"people": "initials", "headings": "title", "actions": "action"}  # the column up to which a table stays
_WIDTHS = {
    "initials": 10.0,
    "name": 26.0,
    "role": 34.0,
    "service": 30.0,
    "email": 38.0,
    "ref": 9.0,
    "heading": 10.0,
    "level": 16.0,
    "parent": 10.0,
    "title": 44.0,
    "action": 50.0,
    "lead": 14.0,
    "outcome": 34.0,
    "required": 34.0,
    "programmed": 28.0,
    "start": 16.0,
    "finish": 16.0,
    "timescale": 24.0,
    "deadline": 20.0,
    "target": 20.0,
    "new_date": 16.0,
    "milestone": 28.0,
    "partners": 22.0,
    "resources": 24.0,
    "note": 40.0,
}
_WIDTH, _LATER_WIDTH = 18.0, 14.0  # of any other, and of what is mostly left to the officers
_MAX_MESSAGE, _MAX_TITLE = 255, 32
_TO_FILL_IN: styles.Style = {**styles.TEXT, "locked": False}
_REQUIRED: styles.Style = styles.HEADER
_OPTIONAL: styles.Style = {**styles.BLOCK_HEADER, "valign": "vcenter"}
_MISSING: styles.Style = {"bg_color": f"#{FINDING_FILL}"}


def write_blank(path: Path, source: BlankSource, command: str) -> None:
    """Write an empty plan source; `command` is the line by which a master is built from it."""
    with new_book(
        path,
        title=source.title,
        organisation=source.organisation,
        month=source.start or _NO_MONTH,
        properties={},
    ) as book:
        write_help(book, source, command)
        writer = _Writer(book=book, source=source)
        writer.settings()
        for table in source.tables:
            writer.table(table)
        writer.lists()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    """Writes the sheets that are to be filled in, and the one behind their drop-downs."""

    book: Book
    source: BlankSource

    def settings(self) -> None:
        sheet = self.book.sheet("settings")
        sheet.column(1, _SETTINGS_WIDTHS[0], style=_TO_FILL_IN)
        sheet.column(2, _SETTINGS_WIDTHS[1], style=_TO_FILL_IN)
        sheet.column(3, _SETTINGS_WIDTHS[2])
        for column, name in enumerate(_SETTINGS_HEADER, 1):
            sheet.text(1, column, name, _REQUIRED if name in ("key", "value") else _OPTIONAL)
        sheet.row(1, _HEADER_HEIGHT)
        for row, each in enumerate(self.source.settings, 2):
            # No row has a height, so that it grows with what is written in it; and so its help is on one line.
            sheet.text(row, 1, each.key, {**(_REQUIRED if each.required else _OPTIONAL), "valign": "top"})
            sheet.text(row, 2, each.value, styles.TO_FILL_IN)
            said = _told(each.help, required=each.required)
            sheet.text(row, 3, said, {**styles.BOXED, "text_wrap": False})
            _message(sheet, (row, 2, row, 2), each.key, f"{said} {each.more}".strip())
            if each.required:
                options = {"type": "formula", "criteria": f"=LEN(TRIM($B${row}))=0"}
                sheet.conditional([(row, 2, row, 2)], options, _MISSING)
        last = len(self.source.settings) + 1
        for row in range(last + 1, last + _MORE_SETTINGS + 1):
            for column in (1, 2):
                sheet.text(row, column, "", _TO_FILL_IN)
        sheet.select(next((row for row, each in enumerate(self.source.settings, 2) if not each.value), 2), 2)
        self._finish(sheet, 2, _SETTINGS_WIDTHS)

    def table(self, table: BlankTable) -> None:
        sheet = self.book.sheet(table.name)
        names = [column.name for column in table.columns]
        widths = [_width(column) for column in table.columns]
        for number, column in enumerate(table.columns, 1):
            sheet.column(number, widths[number - 1], style=_TO_FILL_IN)
            sheet.text(1, number, column.name, _REQUIRED if column.required else _OPTIONAL)
            self._guide(sheet, number, column)
            if column.required:
                options = {"type": "formula", "criteria": _missing(number, names, column)}
                sheet.conditional([(2, number, _LAST, number)], options, _MISSING)
        sheet.row(1, _HEADER_HEIGHT)
        for row in range(2, _ROOM[table.name] + 2):
            for number in range(1, len(names) + 1):
                sheet.text(row, number, "", _TO_FILL_IN)
            sheet.let_go(row)
        sheet.select(2, 1)
        sheet.print_gridlines()
        self._finish(sheet, names.index(_FROZEN[table.name]) + 2, widths)

    def _guide(self, sheet: Sheet, number: int, column: BlankColumn) -> None:
        """What to write: at the header, and at every cell that is written in a certain way."""
        _message(sheet, (1, number, 1, number), column.name, _told(column.help, required=column.required))
        cells = (2, number, _LAST, number)
        if column.offer:
            _message(sheet, cells, column.name, column.help, **self._offered(column.offer))
        elif column.form:
            _message(sheet, cells, column.name, column.help)

    def _offered(self, offer: Offer) -> dict[str, Any]:
        """The drop-down, and what is said of anything else, where it does not let that pass."""
        if offer.words:
            wrong = f"Only these are understood: {', '.join(offer.words)}."
            source = self._list(offer.words)
        else:
            wrong = f"This does not stand on the sheet {offer.table}. Write it there too."
            source = self._typed(offer)
        how = {"validate": "list", "source": source, "show_error": offer.insists != "no"}
        if offer.insists == "no":
            return how
        return {
            **how,
            "error_type": offer.insists,
            "error_title": "Not in the list",
            "error_message": styles.cut(wrong, _MAX_MESSAGE),
        }

    def _typed(self, offer: Offer) -> str:
        """A formula for what stands in a column of a table by now, down to the last row that says anything.

        It begins at the header, which stays where it is when rows are inserted, deleted or sorted.
        """
        table = next(each for each in self.source.tables if each.name == offer.table)
        names = [column.name for column in table.columns]
        first, whole = self._column(table, names.index(offer.column) + 1)
        if not offer.level:
            rows = f'MAX(1,SUMPRODUCT(MAX(({whole}<>"")*ROW({whole})))-1)'
            return f"=OFFSET({first},1,0,{rows},1)"
        _, levels = self._column(table, names.index("level") + 1)
        level = self._level(offer.level)
        # Where there is none yet, an empty cell is offered.
        return f"=OFFSET({first},IFERROR(MATCH({level},{levels},0),{_LAST})-1,0,MAX(1,COUNTIF({levels},{level})),1)"

    @staticmethod
    def _column(table: BlankTable, number: int) -> tuple[str, str]:
        letter = column_letter(number)
        return f"{table.name}!${letter}$1", f"{table.name}!${letter}$1:${letter}${_LAST}"

    # --- the sheet behind the drop-downs ----------------------------------------------------------------------

    @property
    def _lists(self) -> Sequence[tuple[str, ...]]:
        """The words of each list, once."""
        offers = (column.offer for table in self.source.tables for column in table.columns if column.offer)
        return list(dict.fromkeys(offer.words for offer in offers if offer.words))

    def _list(self, words: tuple[str, ...]) -> str:
        letter = column_letter(self._lists.index(words) + 1)
        return f"={LISTS_SHEET}!${letter}$1:${letter}${len(words)}"

    def _level(self, level: str) -> str:
        """The cell with the name of a level."""
        number, words = next((at, words) for at, words in enumerate(self._lists, 1) if level in words)
        return f"{LISTS_SHEET}!${column_letter(number)}${words.index(level) + 1}"

    def lists(self) -> None:
        sheet = self.book.sheet(LISTS_SHEET, "hidden")
        for column, words in enumerate(self._lists, 1):
            for row, word in enumerate(words, 1):
                sheet.text(row, column, word, styles.PLAIN_TEXT)

    def _finish(self, sheet: Sheet, column: int, widths: Sequence[float]) -> None:
        """Keep the header and the first columns in view, and say how the sheet is printed."""
        sheet.freeze(2, column)
        sheet.allow_numbers_as_text((1, 1, _LAST, len(widths)))
        sheet.print_setup(
            fitting(widths), footer=styles.footer(self.source.title, sheet.name), repeat=(1, 1), last=None
        )


def _width(column: BlankColumn) -> float:
    """As wide as what is written there, and at least as its name."""
    named = text_points(column.name, styles.SIZE, bold=True) / 5 + 2
    return max(_LATER_WIDTH if column.later else _WIDTHS.get(column.name, _WIDTH), round(named, 1))


def _missing(number: int, names: Sequence[str], column: BlankColumn) -> str:
    """The formula by which a cell is marked that is empty in a row that says anything."""
    letter, last = column_letter(number), column_letter(len(names))
    conditions = [f"COUNTA($A2:${last}2)>0", f"LEN(TRIM({letter}2))=0"]
    if column.first_of:
        first = column_letter(names.index(column.first_of) + 1)
        # Not COUNTIF, for which the refs 1.1 and 1.10 are one number.
        conditions.append(f"SUMPRODUCT(--(${first}$1:${first}1=${first}2))=0")
    return f"=AND({','.join(conditions)})"


def _message(sheet: Sheet, cells: tuple[int, int, int, int], title: str, text: str, **how: object) -> None:
    """Say something at cells that are clicked on."""
    said = {"input_title": styles.cut(title, _MAX_TITLE), "input_message": styles.cut(text, _MAX_MESSAGE)}
    sheet.validate([cells], {"validate": "any", **how, **said})


def _told(text: str, *, required: bool) -> str:
    return f"Must be filled in. {text}" if required else text
