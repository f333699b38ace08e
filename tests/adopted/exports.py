"""What programs write out, and what formulas come to: exports of task lists, bars of ones and noughts."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import xlsxwriter
from openpyxl.styles import Font

from tests.adopted.case import Case, Table
from tests.adopted.drawing import (
    GREY,
    MOMENT,
    book,
    days,
    down,
    draw,
    header,
    letters,
    lines,
    put,
    save,
    truth,
)

# -- the export of a task board: what the plan is called in front, then a column for everything -----------------------

BOARD = lines("""
6 | kD3xABs0aWQ | Order the shelving | Priya Dale | | Completed => green | Three quotes needed
7 | kD3xBCs1bWQ | Appoint the contractor | Owen Lusk;Priya Dale | | In progress
8 | kD3xCDs2cWQ | Strip out | | | Not started | Asbestos survey first
9 | kD3xDEs3dWQ | Rewire | Owen Lusk | | Not started
""")
BOARD_COLUMNS = {
    "ref": "A",
    "action": "B",
    "heading": "C",
    "status": "D",
    "priority": "E",
    "lead": "F",
    "start": "I",
    "deadline": "J",
    "note": "O",
}
BOARD_NAMES = (
    "Task ID|Task Name|Bucket Name|Progress|Priority|Assigned To|Created By|Created Date|Start date|Due date|Late"
    "|Completed Date|Completed Checklist Items|Labels|Description"
).split("|")
BOARD_BUCKETS = ("Procurement", "Procurement", "Works", "Works")


def _board(path: Path) -> None:
    made, (sheet,) = book("Tasks")
    put(sheet, {"A1": "Plan name", "B1": "Library refurbishment", "A2": "Plan ID", "B2": "pQ7-vZk"})
    put(sheet, {"A3": "Date of export", "B3": "03/11/2025"})
    for letter, name in zip(letters("A", len(BOARD_NAMES)), BOARD_NAMES, strict=True):
        sheet[f"{letter}5"].value = name
    draw(sheet, BOARD, BOARD_COLUMNS)
    rows = range(6, 10)
    down(sheet, "C", rows, BOARD_BUCKETS)
    down(sheet, "E", rows, ("Medium", "Important", "Medium", "Urgent"))
    for letter, same in (("G", "Grace Thorne"), ("H", "01/02/2025"), ("K", "false"), ("M", "0/2")):
        down(sheet, letter, rows, [same] * 4)
    down(sheet, "I", rows, ("01/13/2025", None, None, "03/03/2025"))
    down(sheet, "J", rows, ("01/31/2025", "02/28/2025", None, "04/11/2025"))
    save(made, path)


# -- the export of a planning program: the mode stands before the name, dates with their day and hour ------------------

PROGRAM = lines("""
2 | 1 | Write the project brief | Nia Farrow | | | Board of 28 March
3 | 2 | Brief approved | Board[50%]
4 | 3 | Fit out the ground floor | Owen Lusk;Sam Ibbot
5 | 4 | Move the teams in | Grace Thorne | | | Over a weekend
""")
PROGRAM_COLUMNS = {
    "ref": "A",
    "action": "D",
    "days": "E",
    "start": "F",
    "finish": "G",
    "depends_on": "H",
    "percent": "J",
    "lead": "K",
    "note": "L",
}
PROGRAM_NAMES = (
    "ID|Active|Task_Mode|Name|Duration|Start|Finish|Predecessors|Outline_Level|Percent_Complete|Resource_Names|Notes"
).split("|")
PROGRAM_REST = (
    ("10 days", "Mon 03/03/25 08:00", "Fri 14/03/25 17:00", None, 1),
    ("0 days", "Fri 28/03/25 17:00", "Fri 28/03/25 17:00", "1", 0),
    ("40 days", "Mon 31/03/25 08:00", "Fri 23/05/25 17:00", "2FS+2 days", 0),
    ("2 days", "Sat 24/05/25 08:00", "Sun 25/05/25 17:00", "3", 0),
)


def _program(path: Path) -> None:
    made, (sheet,) = book("Task_Table1")
    header(sheet, 1, "A", PROGRAM_NAMES, GREY)
    draw(sheet, PROGRAM, PROGRAM_COLUMNS)
    for row, rest in zip(range(2, 6), PROGRAM_REST, strict=True):
        put(sheet, {f"B{row}": "Yes", f"C{row}": "Auto Scheduled", f"I{row}": 1})
        put(sheet, {f"{letter}{row}": value for letter, value in zip("EFGHJ", rest, strict=True)})
        sheet[f"K{row}"].font = Font(name="Segoe UI", size=9)
    save(made, path)


# -- one and nought by a formula in every cell, their digits hidden, the ones painted by a rule ------------------------

ONES = lines("""
4 | 1 | Agree the scope | Nia Farrow | 111....... | Done => green
5 | 2 | Draw the plans | Sam Ibbot | ...1111... | WIP
6 | 3 | Build the ramp | Owen Lusk | ......1111 | To do
""")
ONES_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "start": "D", "finish": "E", "status": "F"}
ONES_COLOUR = "#4472C4"


def _ones(path: Path) -> None:
    # Written by the library that writes what the formulas come to, as Excel does.
    made = xlsxwriter.Workbook(str(path))
    made.set_properties({"created": MOMENT})
    sheet = made.add_worksheet("Gantt")
    dated, week = made.add_format({"num_format": "dd-mmm-yy"}), made.add_format({"num_format": "dd-mmm"})
    hidden = made.add_format({"num_format": ";;;"})
    bar = made.add_format({"bg_color": ONES_COLOUR, "font_color": ONES_COLOUR})
    sheet.write("A1", "Ramp at the library")
    sheet.write_row("A3", ["#", "Task", "Owner", "Start", "End", "Status"])
    weeks = [datetime(2025, 3, 3) + timedelta(days=7 * number) for number in range(10)]
    for letter, monday in zip(letters("G", 10), weeks, strict=True):
        sheet.write_datetime(f"{letter}3", monday, week)
    for line in ONES:
        row, ones = line.row, [at for at, bit in enumerate(line.bars) if bit == "1"]
        sheet.write_row(f"A{row}", [int(line.ref), line.action, line.lead])
        sheet.write_datetime(f"D{row}", weeks[ones[0]], dated)
        sheet.write_datetime(f"E{row}", weeks[ones[-1]] + timedelta(days=4), dated)
        sheet.write(f"F{row}", line.word)
        for letter, bit in zip(letters("G", 10), line.bars, strict=True):
            formula = f"=IF(AND({letter}$3>=$D{row},{letter}$3<=$E{row}),1,0)"
            sheet.write_formula(f"{letter}{row}", formula, hidden, int(bit == "1"))
    sheet.conditional_format("G4:P6", {"type": "cell", "criteria": "==", "value": 1, "format": bar})
    made.close()


EXPORTS = (
    Case(
        name="task_board_export",
        imitates="The export of a task board: three lines about the plan, buckets, ids of letters, dates month first.",
        write=_board,
        expected=(
            Table(
                sheet="Tasks",
                header_rows=(5,),
                columns=BOARD_COLUMNS,
                actions=tuple(
                    replace(row, heading=bucket) for row, bucket in zip(truth(BOARD), BOARD_BUCKETS, strict=True)
                ),
            ),
        ),
    ),
    Case(
        name="planning_program_export",
        imitates="The export of a planning program: Task_Mode before Name, durations in words, dates with their hours.",
        write=_program,
        expected=(Table(sheet="Task_Table1", header_rows=(1,), columns=PROGRAM_COLUMNS, actions=truth(PROGRAM)),),
    ),
    Case(
        name="ones_by_formula",
        imitates="A Gantt of a tutorial: one or nought by a formula in every cell, hidden, the ones painted by a rule.",
        write=_ones,
        expected=(
            Table(
                sheet="Gantt",
                header_rows=(3,),
                columns=ONES_COLUMNS,
                periods=days("G", date(2025, 3, 3), 10, 7),
                actions=truth(ONES, "G", {"1": ONES_COLOUR}),
            ),
        ),
    ),
)
