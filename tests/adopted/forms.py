"""Forms that others filled in: sheets around the plan, example rows, signatures, titles over each table."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from openpyxl.styles import Font

from tests.adopted.case import Case, Table
from tests.adopted.drawing import (
    AMBER,
    GREEN,
    RED,
    book,
    down,
    draw,
    header,
    lines,
    paint,
    put,
    save,
    shown,
    title,
    truth,
)

# -- a plan among a cover, guidance, lists and a budget ---------------------------------------------------------------

AMONG = lines("""
2 | 1 | Close the depot at Mill Lane | Owen Lusk | | On track => green
3 | 2 | Sell two vans | Tom Ackerley | | At risk => amber
4 | 3 | Move the drivers to Tarn Street | Grace Thorne | | Complete => green
""")
AMONG_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "deadline": "D", "status": "E"}
AMONG_GUIDANCE = (
    ("Column", "Description", "Example"),
    ("Action", "What will be done", "Train staff"),
    ("Owner", "Who is accountable", "Head of service"),
    ("Status", "How it is going", "On track"),
)
AMONG_LISTS = (
    ("Status", "Workstream", "Owner", "Priority"),
    ("On track", "Estates", "Owen Lusk", "High"),
    ("At risk", "Fleet", "Tom Ackerley", "Medium"),
    ("Complete", "People", "Grace Thorne", "Low"),
)
AMONG_BUDGET = (
    ("Item", "Description", "Qty", "Unit cost", "Total"),
    (1, "Laptops", 10, 500, 5000),
    (2, "Phones", 5, 100, 500),
)
AMONG_VERSIONS = (
    ("Version", "Date", "Author", "Description of change"),
    ("0.1", datetime(2025, 1, 6), "Grace Thorne", "First draft"),
    ("0.2", datetime(2025, 2, 3), "Grace Thorne", "Changed after the board"),
)


def _among(path: Path) -> None:
    made, (cover, guidance, sheet, lists, budget) = book("Cover", "Guidance", "Plan", "Lists", "Budget")
    title(cover, "A1", "Depots: transformation plan")
    cover.append([])
    for own, rows in (
        (cover, AMONG_VERSIONS),
        (guidance, AMONG_GUIDANCE),
        (lists, AMONG_LISTS),
        (budget, AMONG_BUDGET),
    ):
        for row in rows:
            own.append(row)
    header(sheet, 1, "A", ["Ref", "Action", "Owner", "Due date", "Status"])
    draw(sheet, AMONG, AMONG_COLUMNS)
    down(sheet, "D", range(2, 5), [datetime(2025, 5, day) for day in (1, 12, 30)])
    shown(sheet, [f"D{row}" for row in range(2, 5)], "dd/mm/yyyy")
    save(made, path)


# -- an update for each month, of which the last one counts -----------------------------------------------------------

UPDATED = lines("""
4 | 1 | Rewrite the lettings policy | Priya Dale | | Amber => amber | With the tenants' panel
5 | 2 | Inspect the play areas | Owen Lusk | | Green => green | All done
6 | 3 | Let the empty shops | Nia Farrow | | Red => red | Agent appointed, no offers yet
""")
UPDATED_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "deadline": "D", "status": "E", "note": "H"}


def _updated(path: Path) -> None:
    made, (sheet,) = book("Estate")
    title(sheet, "A1", "Estate improvement plan")
    names = ["Ref", "Action", "Owner", "Due", "RAG", "Update Dec 24", "Update Jan 25", "Update Feb 25"]
    header(sheet, 3, "A", names)
    draw(sheet, UPDATED, UPDATED_COLUMNS)
    down(sheet, "D", range(4, 7), ("Mar 25", "Apr 25", "June 25"))
    down(sheet, "F", range(4, 7), ("Started", "Two of nine", "No agent"))
    down(sheet, "G", range(4, 7), ("Draft written", "Six of nine", "Three agents asked"))
    save(made, path)


# -- objectives: a title and a measure over each table, the headings said again ---------------------------------------

HEARD = lines("""
6 | | Call back everybody who complains | Grace Thorne | | Amber => amber | Two officers since May
7 | | Tell tenants what was done | Sam Ibbot | | Green => green | First letter went out
8 | | Learn from upheld complaints | Priya Dale | | Red => red | Nobody has written them down
""")
SAFE = lines("""
13 | | Check every lift twice a year | Owen Lusk | | Green => green | Autumn round is booked
14 | | Replace the fire doors at Quay Court | Owen Lusk | | Amber => amber | Doors come in August
""")
OBJECTIVES = {4: ("Objective 1: Tenants are heard", HEARD), 11: ("Objective 2: Homes are safe", SAFE)}
OBJECTIVE_COLUMNS = {"action": "A", "lead": "B", "deadline": "C", "resources": "D", "note": "E", "status": "F"}


def _objectives(path: Path) -> None:
    made, (sheet,) = book("Action plan")
    title(sheet, "A1", "Tenant services: action plan 2025-26")
    for row, (objective, plan) in OBJECTIVES.items():
        put(sheet, {f"A{row - 1}": objective, f"A{row}": "Outcome measure: seven in ten are satisfied"})
        sheet[f"A{row - 1}"].font = Font(bold=True)
        header(sheet, row + 1, "A", ["Action", "Lead", "Timescale", "Resources", "Progress", "RAG"])
        draw(sheet, plan, OBJECTIVE_COLUMNS)
        for line in plan:
            put(sheet, {f"C{line.row}": "By end June 2025", f"D{line.row}": "Existing staff"})
            paint(sheet, f"F{line.row}", {"Green": GREEN, "Amber": AMBER, "Red": RED}[line.word])
    save(made, path)


# -- a form with a row that explains it above, and a total, a footnote and signatures below ---------------------------

FORM = lines("""
5 | 1 | Replace the boiler at Tarn Lane | Owen Lusk | | Green => green | Ordered
6 | 2 | Insulate the hall* | Sam Ibbot | | Amber => amber | Two quotes so far
7 | 3 | Fit meters in every block | Owen Lusk | | Green => green
""")
FORM_COLUMNS = {
    "ref": "A",
    "action": "B",
    "lead": "C",
    "deadline": "D",
    "resources": "E",
    "status": "F",
    "note": "G",
}
FORM_EXPLAINED = (
    "e.g. 1",
    "What are you going to do? Be specific",
    "Named person",
    "mm/yyyy",
    "In pounds",
    "Select from list",
    "Add the date and your initials",
)


def _form(path: Path) -> None:
    made, (sheet,) = book("Plan")
    title(sheet, "A1", "Energy saving plan 2025")
    header(sheet, 3, "A", ["No.", "Action", "Responsible", "Deadline", "Budget (£)", "RAG", "Update"])
    for letter, words in zip("ABCDEFG", FORM_EXPLAINED, strict=True):
        sheet[f"{letter}4"].value = words
        sheet[f"{letter}4"].font = Font(italic=True, color="FF7F7F7F")
    draw(sheet, FORM, FORM_COLUMNS)
    down(sheet, "D", range(5, 8), [datetime(2025, month, 1) for month in (6, 9, 11)])
    down(sheet, "E", range(5, 8), (9000, 14000, 2500))
    shown(sheet, [f"D{row}" for row in range(5, 8)], "mmm yyyy")
    put(sheet, {"B8": "Total budget required", "E8": 25500, "A9": "* Subject to the grant"})
    put(sheet, {"A10": "Prepared by:", "B10": "S. Ibbot", "C10": "Approved by:", "D10": "N. Farrow"})
    put(sheet, {"A11": "Date:", "B11": datetime(2025, 2, 3)})
    shown(sheet, ["B11"], "dd/mm/yyyy")
    save(made, path)


# -- what comes of each activity, in a column of its own --------------------------------------------------------------

YIELDED = lines("""
4 | A1 | Ask the riders | Grace Thorne
5 | A2 | Count the cars at the school gate | Sam Ibbot
6 | A3 | Draw the cycle network | Priya Dale
7 | A4 | Agree the fares with the operator | Nia Farrow
""")
YIELDED_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "deadline": "E"}


def _yielded(path: Path) -> None:
    made, (sheet,) = book("Transport")
    title(sheet, "A1", "Local transport plan 2025")
    header(sheet, 3, "A", ["Ref", "Activity", "Lead", "Deliverables", "Due date"])
    draw(sheet, YIELDED, YIELDED_COLUMNS)
    down(sheet, "D", range(4, 8), ("Report of the survey", "Table of counts", "Map", "Signed agreement"))
    down(sheet, "E", range(4, 8), [datetime(2025, month, 15) for month in (3, 4, 7, 9)])
    shown(sheet, [f"E{row}" for row in range(4, 8)], "dd/mm/yyyy")
    save(made, path)


FORMS = (
    Case(
        name="plan_among_other_sheets",
        imitates="A plan among sheets of versions, of guidance about columns, of lists to choose from, and a budget.",
        write=_among,
        # Versions, explanations, lists and laptops have headings like a plan's, and are none.
        expected=(Table(sheet="Plan", header_rows=(1,), columns=AMONG_COLUMNS, actions=truth(AMONG)),),
    ),
    Case(
        name="an_update_each_month",
        imitates="A tracker that gets a column each month: Update Dec 24, Update Jan 25, and the latest last.",
        write=_updated,
        expected=(Table(sheet="Estate", header_rows=(3,), columns=UPDATED_COLUMNS, actions=truth(UPDATED)),),
    ),
    Case(
        name="objectives_over_tables",
        imitates="A plan in blocks: an objective, its outcome measure, the headings again, and its actions.",
        write=_objectives,
        expected=tuple(
            Table(
                sheet="Action plan",
                header_rows=(row + 1,),
                columns=OBJECTIVE_COLUMNS,
                actions=tuple(replace(action, heading=objective) for action in truth(plan)),
            )
            for row, (objective, plan) in OBJECTIVES.items()
        ),
    ),
    Case(
        name="example_row_and_signatures",
        imitates="A form with a grey row that explains the columns, and below a total, a footnote and who signed.",
        write=_form,
        expected=(Table(sheet="Plan", header_rows=(3,), columns=FORM_COLUMNS, actions=truth(FORM)),),
    ),
    Case(
        name="deliverables_after_actions",
        imitates="A plan with what comes of each activity in a column after it, and no column for notes.",
        write=_yielded,
        # Deliverables are neither what is done nor notes about it.
        expected=(Table(sheet="Transport", header_rows=(3,), columns=YIELDED_COLUMNS, actions=truth(YIELDED)),),
    ),
)
