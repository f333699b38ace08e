"""The queries workbook: one row a question, with a drop-down of that question's own answers."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from workbook.build import styles
from workbook.build.book import Book, Sheet, new_book
from workbook.build.pages import Page
from workbook.build.textfit import text_height
from workbook.months import Month
from workbook.names import ANSWERS_SHEET, QUERIES_SHEET, QUERY_COLUMNS
from workbook.plan import Plan
from workbook.queries import Query
from workbook.refs import column_letter

_WIDTHS = (13.0, 20.0, 12.0, 8.0, 36.0, 9.0, 32.0, 22.0, 32.0, 28.0, 15.0, 11.0, 10.0, 24.0)
_AIR = 4.0  # points: a heavy line takes some of the first line of text
_PICK = "Pick an answer. Leave it empty to decide later."
_SUGGESTED = "This answer seems plain and is filled in for you. Pick another, or empty the cell to decide later."
_OPEN = ("Decision", "Decided by", "Date", "Minute", "Comment")


def write_queries(
    path: Path, plan: Plan, queries: Sequence[Query], month: Month, links: Mapping[str, str] | None = None
) -> None:
    """Write the queries that are open, those of each officer together.

    `links` are where the returns lie, by their names, as this workbook's folder sees them; the cell that a query is
    about is a link where that is known.
    """
    with new_book(
        path, title=f"Queries on {plan.title}", organisation=plan.organisation, month=month, properties={}
    ) as book:
        sheet = book.sheet(QUERIES_SHEET)
        _header(sheet)
        officer = None
        for row, query in enumerate(queries, 2):
            _row(sheet, row, query, links or {}, first=query.officer != officer)
            officer = query.officer
        _answers(book, sheet, queries)
        sheet.freeze(2, 2)
        sheet.filter((1, 1, max(2, len(queries) + 1), len(QUERY_COLUMNS)))
        sheet.allow_numbers_as_text((1, 1, len(queries) + 1, len(QUERY_COLUMNS)))
        footer = styles.footer(plan.title, f"Queries, {month.name}")
        last = (max(2, len(queries) + 1), len(QUERY_COLUMNS))
        sheet.print_setup(Page(paper="A3"), footer=footer, repeat=(1, 1), last=last)


def _header(sheet: Sheet) -> None:
    for column, (name, width) in enumerate(zip(QUERY_COLUMNS, _WIDTHS, strict=True), 1):
        sheet.column(column, width)
        sheet.text(1, column, name, styles.REPORTED_MONTH_HEADER if name in _OPEN else styles.HEADER)
    sheet.row(1, 22)


def _row(sheet: Sheet, row: int, query: Query, links: Mapping[str, str], *, first: bool) -> None:
    """Write one query; a heavy line stands above the first of an officer."""
    said = (
        query.query_id,
        query.file,
        query.cell,
        query.ref,
        query.action,
        query.lead,
        query.question,
        query.in_master,
        query.returned,
    )
    line = styles.GROUP_LINE if first else {}
    for column, text in enumerate(said, 1):
        sheet.text(row, column, text, {**styles.BOXED, **line})
    for column, name in enumerate(QUERY_COLUMNS[len(said) :], len(said) + 1):
        suggested = query.suggested if name == "Decision" else ""
        sheet.text(row, column, suggested, {**styles.TO_FILL_IN, **line, **(styles.SUGGESTED if suggested else {})})
    _link(sheet, row, query, links, {**styles.LINK, **line})
    heights = [text_height(text, [width], styles.SIZE) for text, width in zip(said, _WIDTHS, strict=False)]
    sheet.row(row, min(max(heights) + _AIR, 240.0))
    sheet.let_go(row)


def _link(sheet: Sheet, row: int, query: Query, links: Mapping[str, str], style: styles.Style) -> None:
    """Make the cell a link to the first file whose place is known."""
    at = QUERY_COLUMNS.index("Cell") + 1
    for file, cell in query.places:
        if file in links and cell:
            sheet.link_outside(row, at, f"{links[file]}#{cell}", query.cell, style)
            return


def _answers(book: Book, sheet: Sheet, queries: Sequence[Query]) -> None:
    """Each query's answers in a row of a hidden sheet, and a drop-down of them: a list in a cell is cut at 255."""
    answers = book.sheet(ANSWERS_SHEET, "hidden")
    decision = QUERY_COLUMNS.index("Decision") + 1
    for row, query in enumerate(queries, 2):
        answers.text(row, 1, query.query_id)
        for column, answer in enumerate(query.answers, 2):
            answers.text(row, column, answer.words)
        answers.let_go(row)
        last = column_letter(len(query.answers) + 1)
        sheet.validate(
            [(row, decision, row, decision)],
            {
                "validate": "list",
                "source": f"={ANSWERS_SHEET}!$B${row}:${last}${row}",
                "input_title": "Decision",
                "input_message": _SUGGESTED if query.suggested else _PICK,
                "error_title": "Pick an answer",
                "error_message": "Only the answers in the list are understood.",
            },
        )
