"""Masters and returns: the same workbook, of the whole plan or of what one recipient is asked about."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import chain
from pathlib import Path

from workbook.build.book import Book, new_book
from workbook.build.listings import archive, changes, details
from workbook.build.sheets import Sheets
from workbook.build.views import view
from workbook.grid import Grid
from workbook.layout import Layout
from workbook.names import ISSUE_PROPERTY, KIND_PROPERTY, PLAN_PROPERTY
from workbook.plan import Plan, language_of
from workbook.record import Issued
from workbook.source import Table, each_table, issue_table, table
from workbook.views import NO_REPORTS, Reports


def write_master(path: Path, plan: Plan, layout: Layout, reports: Reports = NO_REPORTS) -> None:
    """Write the master of a plan; `reports` is what its report tabs tell."""
    plan = replace(plan, layout=layout.name)
    with new_book(
        path,
        title=plan.title,
        organisation=plan.organisation,
        month=plan.edition or plan.start,
        properties={PLAN_PROPERTY: plan.plan_id, KIND_PROPERTY: "master"},
        language=language_of(plan),
    ) as book:
        sheets = Sheets(book=book, grid=Grid(layout, plan, whole=True))
        sheets.guidance()
        for spec in layout.tabs:
            for tab in sheets.grid.tabs:
                if tab.spec is spec:
                    sheets.tab(tab)
            for shown in sheets.grid.views:
                if shown.spec is spec:
                    view(sheets, shown, reports)
        details(sheets, each_table(plan))
        changes(sheets)
        archive(sheets)
        sheets.lists()
        sheets.plan(chain(carried_tables(plan, layout, None), [table("written", ("tab", "text"), book.written)]))


def write_return(path: Path, plan: Plan, layout: Layout, issued: Issued) -> None:
    """Write a return of the plan's actions that were issued, for one month, to one recipient."""
    plan = plan_for_return(plan, issued)
    with new_return(path, plan, issued) as book:
        sheets = Sheets(book=book, grid=Grid(layout, plan, whole=False, month=issued.month), issued=issued)
        sheets.guidance()
        for tab in sheets.grid.tabs:
            sheets.tab(tab)
        sheets.lists()
        sheets.plan([*carried_tables(plan, layout, issued), table("written", ("tab", "text"), book.written)])


def plan_for_return(plan: Plan, issued: Issued) -> Plan:
    """Just the issued rows; people's e-mail addresses stay in the master."""
    plan = plan.only(issued.rows)
    return replace(plan, people=tuple(replace(person, email="", extra={}) for person in plan.people))


def new_return(path: Path, plan: Plan, issued: Issued) -> AbstractContextManager[Book]:
    """A workbook that says of itself which return it is."""
    properties = {PLAN_PROPERTY: plan.plan_id, ISSUE_PROPERTY: issued.issue_id, KIND_PROPERTY: "return"}
    return new_book(
        path,
        title=plan.title,
        organisation=plan.organisation,
        month=issued.month,
        properties=properties,
        language=language_of(plan),
    )


def carried_tables(plan: Plan, layout: Layout, issued: Issued | None) -> Iterator[Table]:
    """What the hidden sheet carries: the plan, its form (so that it can be read without the layout file), its issue."""
    yield from each_table(plan)
    yield table("layout", ("layout",), [(layout.to_text(),)])
    yield issue_table(issued)
