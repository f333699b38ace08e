"""Damage to what kind of thing a cell holds: dates, numbers, formulas, errors, rich text, odd text."""

import datetime as dt
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles.colors import Color

from tests.damage.desk import Desk
from tests.damage.kinds import kind
from tests.damage.package import Package, text_xml
from tests.damage.truth import UNCLEAR
from workbook.months import Month

NOTES, MONTHS = "Notes", "What a month's cell holds"
BOLD_RED = InlineFont(b=True, color=Color("FFFF0000"))
# Notes that the visit leaves alone.
EMPTY_NOTES = ("1.1.1", "1.1.3", "1.2.1", "1.2.2", "2.1.1", "2.1.3")


def note(desk: Desk, ref: str, value: Any, truth: str, number_format: str = "General") -> None:
    """Put a value that is not text into a note."""
    cell = desk.cell(row_id := desk.row_id(ref), "note")
    cell.value, cell.number_format = value, number_format
    desk.means(row_id, "note", None, truth)


def month(desk: Desk, value: Any, truth: str, number_format: str = "General") -> tuple[str, Month]:
    """Put a value that is not text into a month that nothing has been said of."""
    row_id, its_month = desk.free()
    cell = desk.cell(row_id, "progress", its_month)
    cell.value, cell.number_format = value, number_format
    desk.means(row_id, "progress", its_month, truth)
    return row_id, its_month


def notes(desk: Desk, *texts: str) -> None:
    """Write texts into notes."""
    for ref, text in zip(EMPTY_NOTES, texts, strict=False):
        desk.write(desk.row_id(ref), "note", text)


def in_xml(desk: Desk, row_id: str, field: str, its_month: Month | None, kind_of: str, inside: str) -> None:
    """Write a cell's XML once the workbook has been saved."""

    key = (row_id, field, its_month)
    meant = desk.truth[key]

    def write(package: Package) -> None:
        if desk.truth[key] == meant:  # nobody has written over it since
            package.write_cell(*desk.place(*key), kind_of, inside)

    desk.place(row_id, field, its_month)
    desk.later.append(write)


@kind(NOTES, "A note is a date.")
def date_in_note(desk: Desk) -> None:
    note(desk, "1.1.1", dt.date(2009, 9, 14), "2009-09-14", "dd/mm/yyyy")
    note(desk, "2.1.3", dt.date(2009, 12, 1), "2009-12-01", "d mmmm yyyy")


@kind(NOTES, "A note is a number.")
def number_in_note(desk: Desk) -> None:
    note(desk, "1.1.1", 12.5, "12.5")
    note(desk, "1.1.3", 4000, "4000")
    note(desk, "2.1.3", 0.1 + 0.2, "0.3")


@kind(NOTES, "A note is a percentage or an amount of money.")
def formatted_number_in_note(desk: Desk) -> None:
    note(desk, "1.1.1", 0.5, "50%", "0%")
    note(desk, "1.1.3", 1200, "£1,200", '"£"#,##0')


@kind(NOTES, "A note is an error value.")
def error_in_note(desk: Desk) -> None:
    note(desk, "1.1.1", "#REF!", "#REF!")


@kind(NOTES, "A note is TRUE or FALSE.")
def boolean_in_note(desk: Desk) -> None:
    note(desk, "1.1.1", True, "TRUE")
    note(desk, "1.1.3", False, "FALSE")


@kind(NOTES, "A note has bold and coloured words.")
def rich_text_note(desk: Desk) -> None:
    said = CellRichText("Late: ", TextBlock(BOLD_RED, "two weeks"), ", at most.")
    note(desk, "1.1.1", said, "Late: two weeks, at most.")


@kind(NOTES, "A note begins with an apostrophe that is not shown.")
def apostrophe_note(desk: Desk) -> None:
    note(desk, "1.1.1", "12 of 14", "12 of 14")
    desk.cell(desk.row_id("1.1.1"), "note").quotePrefix = True
    note(desk, "1.1.3", "'twas done", "'twas done")


@kind(NOTES, "A note has line breaks, of every make.")
def line_breaks_in_note(desk: Desk) -> None:
    notes(desk, "One\ntwo\n\nfour")
    for ref, breaks in (("1.1.3", "&#13;&#10;"), ("2.1.3", "_x000D_\n")):
        row_id = desk.row_id(ref)
        desk.means(row_id, "note", None, "One\ntwo")
        in_xml(desk, row_id, "note", None, "inlineStr", f"<is>{text_xml('One|two').replace('|', breaks)}</is>")


@kind(NOTES, "A note is as long as a cell can hold.")
def longest_note(desk: Desk) -> None:
    notes(desk, ("The contractor writes every day. " * 1000)[:32766] + ".")


@kind(NOTES, "A note begins with a sign that opens a formula.")
def signs_in_notes(desk: Desk) -> None:
    notes(desk, "= as before", "+ two sites", "- none", "@Jo: please look", "=1+1", "=")


@kind(NOTES, "A note has signs that XML treats in its own way.")
def odd_signs_in_notes(desk: Desk) -> None:
    notes(desk, "R&D <see> \"this\" & 'that'", "Café – 20 °C, ≥ 3 m², 😀", "Tab\there", "a  b   c")


@kind(NOTES, "A note has a text in it that looks like an escape.", not_by=("sheetjs",))
def escape_in_note(desk: Desk) -> None:
    row_id = desk.row_id("1.1.1")
    desk.means(row_id, "note", None, "Form _x0041_ is in.")
    in_xml(desk, row_id, "note", None, "inlineStr", f"<is>{text_xml('Form _x005F_x0041_ is in.')}</is>")


@kind(NOTES, "A note is a formula with its result.")
def formula_in_note(desk: Desk) -> None:
    row_id = desk.row_id("1.1.1")
    desk.means(row_id, "note", None, "Late again")
    in_xml(desk, row_id, "note", None, "str", '<f>"Late"&amp;" again"</f><v>Late again</v>')


@kind(NOTES, "A note is a formula that was never worked out.", not_by=("sheetjs",))
def formula_in_note_without_result(desk: Desk) -> None:
    note(desk, "1.1.1", '="Late"&" again"', "Late again")


@kind(NOTES, "A note is emptied.")
def note_emptied(desk: Desk) -> None:
    desk.officer.type_text(*desk.place(row_id := desk.row_id("2.1.2"), "note"), "")
    desk.means(row_id, "note", None, None)


@kind(NOTES, "Comments are added to cells.")
def comments(desk: Desk) -> None:
    desk.cell(desk.row_id("1.1.1"), "progress", desk.baseline.period[2]).comment = Comment(
        "Is this the right month?", "PS"
    )
    desk.cell(desk.row_id("2.1.1"), "note").comment = Comment("Ask the region about it.", "PS")
    desk.extra += ["Is this the right month?", "Ask the region about it."]


@kind(MONTHS, "A month holds a number or a date.")
def number_in_month(desk: Desk) -> None:
    month(desk, 1, UNCLEAR)
    month(desk, 0.5, UNCLEAR, "0%")
    month(desk, dt.date(2009, 9, 14), UNCLEAR, "dd/mm/yyyy")


@kind(MONTHS, "A month holds an error value.")
def error_in_month(desk: Desk) -> None:
    month(desk, "#N/A", UNCLEAR)
    month(desk, "#REF!", UNCLEAR)


@kind(MONTHS, "A month holds TRUE or FALSE.")
def boolean_in_month(desk: Desk) -> None:
    month(desk, True, UNCLEAR)
    month(desk, False, UNCLEAR)


@kind(MONTHS, "A month holds a formula with its result.")
def formula_in_month(desk: Desk) -> None:
    for letter, truth in (("G", "green"), ("A", "amber")):
        row_id, its_month = desk.free()
        desk.means(row_id, "progress", its_month, truth)
        in_xml(desk, row_id, "progress", its_month, "str", f'<f>"{letter}"</f><v>{letter}</v>')


@kind(MONTHS, "A month holds a formula whose result is empty.")
def formula_in_month_that_is_empty(desk: Desk) -> None:
    row_id, its_month = desk.free()
    desk.means(row_id, "progress", its_month, None)
    in_xml(desk, row_id, "progress", its_month, "str", '<f>""</f><v></v>')


@kind(MONTHS, "A month holds a formula that was never worked out.", not_by=("sheetjs",))
def formula_in_month_without_result(desk: Desk) -> None:
    month(desk, '=IF(TRUE,"G","A")', "green")


@kind(MONTHS, "A month holds a letter in bold and colour.")
def rich_text_month(desk: Desk) -> None:
    month(desk, CellRichText(TextBlock(BOLD_RED, "A")), "amber")


@kind(MONTHS, "A month holds a letter with an apostrophe or a line break.")
def apostrophe_in_month(desk: Desk) -> None:
    row_id, its_month = month(desk, "G", "green")
    desk.cell(row_id, "progress", its_month).quotePrefix = True
    month(desk, "A\n", "amber", "@")


@kind(MONTHS, "A month holds a sentence that belongs into the note.")
def sentence_in_month(desk: Desk) -> None:
    row_id, its_month = desk.free()
    desk.type(row_id, its_month, "Waiting for the region, then we go on.", UNCLEAR)
    desk.extra.append("Waiting for the region, then we go on.")
