"""What was written outside the tables: named where it stands, so that nothing is lost without a word."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from workbook.findings import Finding, Where, finding
from workbook.grid import Grid
from workbook.names import LISTS_SHEET, PLAN_SHEET, at_place
from workbook.read.cells import RawBook, RawSheet
from workbook.read.header import Header
from workbook.read.identity import Unit
from workbook.reading import Beside
from workbook.refs import a1

_LONGEST_QUOTE = 200


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of the plan on a sheet."""

    sheet: RawSheet
    header: Header
    units: Sequence[Unit]

    @cached_property
    def unit_rows(self) -> set[int]:
        """The rows that say something of an action."""
        return {row for unit in self.units for row in unit.rows.values()}

    def reads(self, row: int, column: int) -> bool:
        """Whether a cell is one of those that the table is read from."""
        return row in self.unit_rows and column in self.header.consumed


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What stands outside the tables, word for word, and what to say of it."""

    beside: tuple[Beside, ...]
    findings: tuple[Finding, ...]


def find_outside(book: RawBook, tables: Sequence[Table], grid: Grid, written: Set[tuple[str, str]]) -> Outside:
    """Look for text and comments where nothing is read; `written` are the (tab, text) pairs that were there before.

    A tab of the plan whose name was changed, or that was copied, may say what any of them did.
    """
    beside: list[Beside] = []
    findings: list[Finding] = []
    if not written:
        if book.saved_as != "csv":
            findings.append(finding("HIDDEN_SHEET_LOST"))
        return Outside(beside=(), findings=tuple(findings))
    tabs, texts = {tab for tab, _ in written}, {text for _, text in written}
    plan_tabs = {tab.name for tab in grid.tabs}
    of_any = {text for tab, text in written if tab in plan_tabs} | grid.heading_words

    def keep(sheet: RawSheet, row: int, column: int, text: str, code: str) -> None:
        beside.append(Beside(sheet=sheet.name, cell=a1(row, column), text=text))
        if code:
            findings.append(finding(code, Where(sheet=sheet.name, cell=a1(row, column)), text=quote(text)))

    for sheet in book.sheets:
        if sheet.name in (LISTS_SHEET, PLAN_SHEET):
            continue  # hidden when they were written, though some programs show them
        its_tables = [each for each in tables if each.sheet is sheet]
        ours = bool(its_tables) or sheet.name in tabs
        for row, column, cell in sheet:
            if cell.comment and cell.comment not in texts:
                keep(sheet, row, column, cell.comment, "COMMENT_FOUND")
            renamed = bool(its_tables) and (sheet.name not in tabs or len(its_tables) > 1)
            its_own = renamed and (cell.text in of_any or cell.text.partition("\n")[0] == grid.about)
            known = its_own or (sheet.name, cell.text) in written
            known = known or (sheet.name, at_place((row, column), cell.text)) in written
            if cell.text and not (ours and (known or any(each.reads(row, column) for each in its_tables))):
                keep(sheet, row, column, cell.text, "TEXT_OUTSIDE" if ours else "")
        if not ours and (first := next(sheet.texts(), None)):
            findings.append(finding("TAB_UNKNOWN", Where(sheet=sheet.name), text=quote(first[2].text)))
    return Outside(beside=tuple(beside), findings=tuple(findings))


def quote(text: str) -> str:
    """A text as a message quotes it: not all of a long one."""
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
