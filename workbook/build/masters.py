"""Masters and returns: the same workbook, of the whole plan or of what one recipient is asked about."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from workbook.build.book import new_book
from workbook.build.sheets import Issue, Sheets
from workbook.findings import Finding
from workbook.grid import ISSUE_PROPERTY, KIND_PROPERTY, PLAN_PROPERTY, Grid
from workbook.layout import Layout
from workbook.plan import Plan
from workbook.source import Table, table, tables_from_plan


def write_master(path: Path, plan: Plan, layout: Layout) -> None:
    """Write the master of a plan."""
    plan = replace(plan, layout=layout.name)
    _write(path, Grid(layout, plan, whole=True), Issue(month=plan.edition), "master")


def write_return(
    path: Path,
    plan: Plan,
    layout: Layout,
    issue: Issue,
    marks: Mapping[tuple[str, int, int], Sequence[Finding]] | None = None,
) -> None:
    """Write a return: a plan of just the issued rows, for one month, to one recipient.

    People's e-mail addresses stay in the master.
    """
    people = tuple(replace(person, email="", extra={}) for person in plan.people)
    plan = replace(plan, people=people, layout=layout.name, history=(), register=())
    _write(path, Grid(layout, plan, whole=False), issue, "return", marks)


def _write(
    path: Path,
    grid: Grid,
    issue: Issue,
    kind: str,
    marks: Mapping[tuple[str, int, int], Sequence[Finding]] | None = None,
) -> None:
    plan = grid.plan
    tables = [*tables_from_plan(plan), _form(grid.layout), _issue(issue)]
    with new_book(
        path,
        title=plan.title,
        organisation=plan.organisation,
        month=issue.month or plan.start,
        properties={PLAN_PROPERTY: plan.plan_id, ISSUE_PROPERTY: issue.issue_id, KIND_PROPERTY: kind},
    ) as book:
        sheets = Sheets(book=book, grid=grid, issue=issue, marks=marks or {})
        sheets.guidance()
        for tab in grid.tabs:
            sheets.tab(tab)
        if kind == "master":
            sheets.details(tables)
        sheets.lists()
        sheets.plan([*tables, table("written", ("tab", "text"), book.written)])


def _form(layout: Layout) -> Table:
    """The layout, so that a workbook can be read where its layout file is not at hand."""
    return table("layout", ("layout",), [(layout.to_text(),)])


def _issue(issue: Issue) -> Table:
    said = {key: str(value or "") for key, value in asdict(replace(issue, month=None)).items()}
    said["month"] = str(issue.month or "")
    return table("issue", tuple(said), [tuple(said.values())] if issue.issue_id else [])
