"""Tables whose rows are not simply one an action: pairs of rows, and merged rows."""

from dataclasses import replace
from pathlib import Path

from openpyxl.styles import Alignment

from tests.adopted.case import Case, Table
from tests.adopted.drawing import (
    TRAFFIC,
    TRAFFIC_MEANS,
    book,
    draw,
    header,
    legend,
    lines,
    months,
    put,
    save,
    title,
    truth,
)

HALF = "Jan Feb Mar Apr May Jun".split()

# -- planned over actual, two rows an action --------------------------------------------------------------------------

PLANNED = lines("""
5 | 1 | Move the archive | Sam Ibbot | PPP......
7 | 2 | Scan the deeds | Sam Ibbot | .PPPP....
9 | 3 | Refit the strongroom | Owen Lusk | ....PPP..
11 | 4 | Open the search room | Grace Thorne | .......PP
""")
ACTUAL = lines("""
6 | | | | DDDD.....
8 | | | | ..DD.....
10 | | | | .........
12 | | | | .........
""")
PAIRED_COLUMNS = {"ref": "A", "action": "B", "lead": "C"}
PAIRED_LEGEND = {"#9DC3E6": "Planned", "#548235": "Actual"}
PAIRED_COLOURS = dict(zip("PD", PAIRED_LEGEND, strict=True))


def _paired(path: Path) -> None:
    made, (sheet,) = book("Archive move")
    title(sheet, "A1", "County archive: planned and actual, 2025")
    legend(sheet, "F2", {"#9DC3E6": "Planned"})
    legend(sheet, "I2", {"#548235": "Actual"})
    header(sheet, 4, "A", ["No", "Action", "Lead", "", *HALF, "Jul", "Aug", "Sep"])
    draw(sheet, PLANNED, PAIRED_COLUMNS, "E", PAIRED_COLOURS)
    draw(sheet, ACTUAL, PAIRED_COLUMNS, "E", PAIRED_COLOURS)
    for line in PLANNED:
        put(sheet, {f"D{line.row}": "Plan", f"D{line.row + 1}": "Actual"})
        for letter in "ABC":
            sheet.merge_cells(f"{letter}{line.row}:{letter}{line.row + 1}")
    save(made, path)


# -- a priority merged down the side, refs and actions merged over two rows of notes ----------------------------------

MERGED = lines("""
4 | 1.1 | Early help offer in every family hub | Grace Thorne | GG....
6 | 1.2 | One front door for referrals | Nia Farrow | .AAA..
8 | 1.3 | Practice standards | Priya Dale | ..GGG.
10 | 2.1 | Recruit ten foster carers | Tom Ackerley | RRRRRR
12 | 2.2 | Care leavers' council tax exemption | Tom Ackerley | ....GG
""")
MERGED_PRIORITIES = {4: "Priority 1: Families get help early", 10: "Priority 2: Children in care thrive"}
# The column is called Priority, but what it says groups the rows as section rows do: it is their heading.
MERGED_COLUMNS = {"heading": "A", "ref": "B", "action": "C", "lead": "D", "note": "E"}


def _merged(path: Path) -> None:
    made, (sheet,) = book("Ofsted plan")
    title(sheet, "A1", "Improvement plan after the inspection", "A1:K1")
    header(sheet, 3, "A", ["Priority", "Ref", "Action", "Lead", "Evidence / update"])
    header(sheet, 3, "F", [f"{month} 2025" for month in HALF])
    draw(sheet, MERGED, MERGED_COLUMNS, "F")
    for row, words in MERGED_PRIORITIES.items():
        sheet[f"A{row}"].value = words
        sheet[f"A{row}"].alignment = Alignment(text_rotation=90, wrap_text=True)
    sheet.merge_cells("A4:A9")
    sheet.merge_cells("A10:A13")
    for line in MERGED:
        put(sheet, {f"E{line.row}": "Audit of ten files", f"E{line.row + 1}": "Report to the board"})
        for letter in "BCD":
            sheet.merge_cells(f"{letter}{line.row}:{letter}{line.row + 1}")
    save(made, path)


# Both lines of evidence are the action's: nothing that somebody wrote may be lost.
MERGED_TRUE = tuple(
    replace(row, heading=MERGED_PRIORITIES[4 if row.row < 10 else 10], note="Audit of ten files Report to the board")
    for row in truth(MERGED, "F", TRAFFIC, TRAFFIC_MEANS)
)


SHAPES = (
    Case(
        name="planned_and_actual",
        imitates="Two rows an action, planned over actual, with number, action and lead merged over both.",
        write=_paired,
        expected=(
            Table(
                sheet="Archive move",
                header_rows=(4,),
                columns=PAIRED_COLUMNS,
                periods=months("E", 2025, 1, 9),
                legend=PAIRED_LEGEND,
                # One action, not two; "Planned" and "Actual" are no statuses.
                # What was planned, in the row of the action; what was done is told beside it, as "actual".
                actions=truth(PLANNED, "E", PAIRED_COLOURS),
            ),
        ),
    ),
    Case(
        name="merged_down",
        imitates="An inspection's plan: priorities merged down the side, actions merged over two rows of evidence.",
        write=_merged,
        expected=(
            Table(
                sheet="Ofsted plan",
                header_rows=(3,),
                columns=MERGED_COLUMNS,
                periods=months("F", 2025, 1, 6),
                actions=MERGED_TRUE,
            ),
        ),
    ),
)
