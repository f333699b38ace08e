"""An officer's own return, built afresh with what they wrote, and with what was found in it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from workbook.build import styles
from workbook.build.book import Sheet
from workbook.build.masters import carried_tables, new_return, plan_for_return
from workbook.build.sheets import At, Sheets
from workbook.build.textfit import text_height
from workbook.errors import BuildError
from workbook.findings import SEVERITIES, Finding
from workbook.grid import FINDINGS_TAB, Grid
from workbook.palette import FINDING_FILL
from workbook.plan import Action, Plan, with_value
from workbook.reading import Reading
from workbook.refs import a1
from workbook.source import table

_COLUMNS = (("Where", 14.0), ("Ref", 9.0), ("What", 70.0), ("What to do", 60.0), ("Kind", 10.0), ("Code", 28.0))
_KINDS = {"error": "To correct", "query": "A question", "note": "For information"}


def write_annotated(path: Path, reading: Reading, findings: Sequence[Finding]) -> None:
    """Write the return again, whole: what the officer wrote in it, a note at each finding, a *Findings* sheet in front.

    It carries the same issue as the return did, so that it can be filled in and sent back like any other.
    """
    if reading.baseline is None or reading.layout is None or reading.issued is None:
        raise BuildError(f"{reading.file} was not read, so there is nothing to annotate.")
    baseline = plan_for_return(reading.baseline, reading.issued)
    grid = Grid(reading.layout, _as_returned(baseline, reading), whole=False)
    with new_return(path, baseline, reading.issued) as book:
        front = book.sheet(FINDINGS_TAB)
        marks = _marks(grid, findings)
        sheets = Sheets(book=book, grid=grid, issued=reading.issued, marks=marks, raw=_raw(grid, reading))
        _list(front, grid, findings, reading)
        sheets.guidance()
        for tab in grid.tabs:
            sheets.tab(tab)
        sheets.lists()
        written = table("written", ("tab", "text"), book.written)
        sheets.plan([*carried_tables(baseline, reading.layout, reading.issued), written])
        front.activate()


def _as_returned(baseline: Plan, reading: Reading) -> Plan:
    """The plan as the officer sent it back, in the fields that are theirs."""
    said = {action.issued.row_id: action for action in reading.actions}

    def returned(action: Action) -> Action:
        if action.row_id in said and reading.layout:
            for (name, month), value in said[action.row_id].said.items():
                if value.readable and reading.layout.officers_may_change(name):
                    action = with_value(action, name, month, value.value)
        return action

    return replace(baseline, actions=tuple(map(returned, baseline.actions)))


def _raw(grid: Grid, reading: Reading) -> Mapping[At, str]:
    """What could not be read, at the cells where it stands in the new copy."""
    raw: dict[At, str] = {}
    for action in reading.actions:
        for (name, month), said in action.said.items():
            at = grid.cell(action.issued.row_id, name, month)
            if not said.readable and said.raw and at:
                raw[at[0].name, at[1], at[2]] = said.raw
    return raw


def _place(grid: Grid, found: Finding) -> At | None:
    """Where a finding's cell is in the new copy: rows may have moved in the one that came back."""
    where = found.where
    at = grid.cell(where.row_id, where.field or "action", where.month) if where.row_id else None
    return (at[0].name, at[1], at[2]) if at else None


def _marks(grid: Grid, findings: Sequence[Finding]) -> Mapping[At, Sequence[Finding]]:
    marks: dict[At, list[Finding]] = defaultdict(list)
    for found in findings:
        if at := _place(grid, found):
            marks[at].append(found)
    return marks


def _list(sheet: Sheet, grid: Grid, findings: Sequence[Finding], reading: Reading) -> None:
    sheet.hide_gridlines()
    for column, (_, width) in enumerate(_COLUMNS, 1):
        sheet.column(column, width)
    sheet.text(1, 1, f"What was found in {reading.file}", styles.TITLE)
    sheet.row(1, 26)
    number = f"{len(findings)} finding{'s' if len(findings) != 1 else ''}"
    marked = "What has a cell is marked there, with a note and a red outline; click on it to go there."
    said = f"{number}. {marked}" if findings else "Nothing: thank you."
    sheet.text(2, 1, said, styles.QUIET)
    for column, (name, _) in enumerate(_COLUMNS, 1):
        sheet.text(4, column, name, styles.HEADER)
    ordered = sorted(findings, key=lambda each: SEVERITIES.index(each.severity))
    for row, found in enumerate(ordered, 5):
        at = _place(grid, found)
        if at:
            cell = a1(at[1], at[2])
            sheet.link(row, 1, f"'{at[0].replace(chr(39), chr(39) * 2)}'!{cell}", f"{at[0]}!{cell}", styles.LINK)
        else:
            sheet.text(row, 1, found.place, styles.BOXED)
        style = {**styles.BOXED, **({"bg_color": f"#{FINDING_FILL}"} if found.severity == "error" else {})}
        told = (found.ref or "", found.message, found.remedy, _KINDS[found.severity], found.code)
        for column, text in enumerate(told, 2):
            sheet.text(row, column, text, style if column == 3 else styles.BOXED)  # noqa: PLR2004  # the message
        sheet.row(row, max(text_height(text, [_COLUMNS[c][1]], styles.SIZE) for c, text in enumerate(told, 1)))
    last = (max(5, len(findings) + 4), len(_COLUMNS))
    sheet.freeze(5, 1)
    sheet.print_setup(
        paper="A3", orientation="landscape", footer="&L&8Findings&R&8Page &P of &N", repeat=(4, 4), last=last
    )
