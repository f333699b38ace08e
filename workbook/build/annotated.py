"""An officer's own return, built afresh with what they wrote, and with what was found in it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbook.build import styles
from workbook.build.book import Sheet
from workbook.build.masters import carried_tables, new_return, plan_for_return
from workbook.build.pages import Page
from workbook.build.sheets import At, Sheets
from workbook.build.textfit import MAX_ROW_HEIGHT, text_height
from workbook.errors import BuildError
from workbook.findings import SEVERITIES, Finding
from workbook.grid import Grid
from workbook.layout import Layout
from workbook.names import FINDINGS_TAB
from workbook.palette import FINDING_FILL, Fill
from workbook.plan import Action, Plan, with_value
from workbook.reading import NewRow, Reading
from workbook.refs import a1, place
from workbook.source import table

_COLUMNS = (("Where", 14.0), ("Ref", 9.0), ("What", 70.0), ("What to do", 60.0), ("Kind", 10.0), ("Code", 28.0))
_ADDED = "added"
_MOST_BESIDE = 2_000  # a tab of somebody's own may hold any number of cells
_KINDS = {"error": "To correct", "query": "A question", "note": "For information"}


def write_annotated(path: Path, reading: Reading, findings: Sequence[Finding]) -> None:
    """Write the return again, whole: what the officer wrote in it, a note at each finding, a *Findings* sheet in front.

    It carries the same issue as the return did, so that it can be filled in and sent back like any other.
    """
    if reading.baseline is None or reading.layout is None or reading.issued is None:
        raise BuildError(f"{reading.file} was not read, so there is nothing to annotate.")
    baseline = plan_for_return(reading.baseline, reading.issued)
    added = {f"{_ADDED} {number}": row for number, row in enumerate(reading.new_rows, 1)}
    returned = _with_added(_as_returned(baseline, reading), reading.layout, added)
    grid = Grid(reading.layout, returned, whole=False, month=reading.month, issued=baseline)
    places = _Places(grid=grid, added={(row.sheet, row.cell): row_id for row_id, row in added.items()})
    with new_return(path, baseline, reading.issued) as book:
        front = book.sheet(FINDINGS_TAB)
        sheets = Sheets(
            book=book,
            grid=grid,
            issued=reading.issued,
            marks=places.marks(findings),
            raw=_raw(grid, reading, added),
            without_id=frozenset(added),
        )
        _list(front, places, findings, reading)
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


def _with_added(plan: Plan, layout: Layout, added: Mapping[str, NewRow]) -> Plan:
    """The plan with the rows that were added to the return, each under its heading, or else at the end of its tab."""
    rows = []
    for row_id, row in added.items():
        heading = row.heading
        if all(each.ref != heading for each in plan.headings):
            tab = next((each for each in Grid(layout, plan, whole=False).tabs if each.name == row.sheet), None)
            heading = tab.actions[-1].heading if tab and tab.actions else ""
        progress = {month: said for month, said in row.progress.items() if said in layout.palette}
        rows.append(
            Action(
                row_id=row_id,
                ref=row.ref,
                heading=heading,
                action=row.action,
                lead=row.lead,
                progress=progress,
                note=row.note,
            )
        )
    return replace(plan, actions=(*plan.actions, *rows))


def _raw(grid: Grid, reading: Reading, added: Mapping[str, NewRow]) -> Mapping[At, tuple[str, Fill | None]]:
    """What was doubtful, at the months where it stands in the new copy, so that it is as doubtful there."""
    said = {
        (action.issued.row_id, month): (said.text, said.fill)
        for action in reading.actions
        for (name, month), said in action.said.items()
        if name == "progress" and month and (said.text or said.fill)
    }
    said |= {
        (row_id, month): (text, None)
        for row_id, row in added.items()
        for month, text in row.progress.items()
        if text not in grid.layout.palette
    }
    places = {key: grid.cell(key[0], "progress", key[1]) for key in said}
    return {(at[0].name, at[1], at[2]): said[key] for key, at in places.items() if at}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """Where things stand in the new copy: rows may have moved in the one that came back.

    `added` are the ids that rows which were added have here, by their place in the return.
    """

    grid: Grid
    added: Mapping[tuple[str, str], str]

    def of(self, found: Finding) -> At | None:
        """Where a finding's cell is."""
        where = found.where
        row_id = where.row_id or self.added.get((where.sheet or "", where.cell or ""))
        at = self.grid.cell(row_id, where.field or "action", where.month) if row_id else None
        return (at[0].name, at[1], at[2]) if at else None

    def marks(self, findings: Sequence[Finding]) -> Mapping[At, Sequence[Finding]]:
        """The findings by the cells that they are marked at."""
        marks: dict[At, list[Finding]] = defaultdict(list)
        for found in findings:
            if at := self.of(found):
                marks[at].append(found)
        return marks


def _list(sheet: Sheet, places: _Places, findings: Sequence[Finding], reading: Reading) -> None:
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
        at = places.of(found)
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
    last = (_beside(sheet, max(5, len(findings) + 4), reading), len(_COLUMNS))
    sheet.freeze(5, 1)
    sheet.print_setup(Page(paper="A3"), footer=styles.footer("Findings"), repeat=(4, 4), last=last)


def _beside(sheet: Sheet, row: int, reading: Reading) -> int:
    """Below the findings, what was written elsewhere than in the table, word for word; gives the last row.

    It is not noted as written by us, so that it is found again when the copy comes back.
    """
    if not reading.beside:
        return row
    row += 2
    sheet.text(row, 1, "Also in your file, and not in the table. Move what matters into a note.", styles.STRONG)
    for at, kept in enumerate(reading.beside[:_MOST_BESIDE], row + 1):
        sheet.text(at, 1, place(kept.sheet, kept.cell), styles.BOXED)
        sheet.merge((at, 2, at, len(_COLUMNS)), styles.BOXED)
        sheet.value(at, 2, kept.text, styles.BOXED)
        widths = [width for _, width in _COLUMNS[1:]]
        sheet.row(at, min(text_height(kept.text, widths, styles.SIZE), MAX_ROW_HEIGHT))
    last = row + min(len(reading.beside), _MOST_BESIDE)
    if len(reading.beside) > _MOST_BESIDE:
        more = len(reading.beside) - _MOST_BESIDE
        sheet.text(last + 1, 1, f"And {more:,} cells more, in the file that you sent.", styles.QUIET)
    return last + 1
