"""Plans that tell the status in a column, in the row's colour, in numbers, or in colours that mean people."""

from datetime import datetime
from pathlib import Path

from openpyxl.worksheet.datavalidation import DataValidation

from tests.adopted.case import Case, Table
from tests.adopted.drawing import (
    AMBER,
    GREEN,
    RED,
    book,
    down,
    draw,
    header,
    legend,
    lines,
    months,
    paint,
    put,
    save,
    title,
    truth,
)

# -- the whole row in the colour of its status, the key over the table ------------------------------------------------

ROWED = lines("""
8 | 1 | Contact centre opening hours | Grace Thorne | | => green | Since 6 January.
9 | 2 | One telephone number | Grace Thorne | | => green
10 | 3 | Web forms in plain English | Sam Ibbot | | => amber
11 | 4 | Complaints answered in ten days | Priya Dale | | => red | 14 days on average
12 | 5 | Reception at Mill Lane | Owen Lusk | | => suspended | Paused until the lease is signed
13 | 6 | Mystery shopping | Nia Farrow | |
14 | 7 | Customer charter | Nia Farrow | | => green
15 | 8 | Translation service retendered | Priya Dale | | => amber
""")
ROWED_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "deadline": "D", "note": "E"}
ROWED_LEGEND = {"#C6E0B4": "Complete", "#FFE699": "At risk", "#F8CBAD": "Off track", "#D0CECE": "On hold"}
ROWED_NAMES = dict(zip(("green", "amber", "red", "suspended"), ROWED_LEGEND, strict=True))


def _rowed(path: Path) -> None:
    made, (sheet,) = book("Customer actions")
    title(sheet, "A1", "Customer services action plan")
    legend(sheet, "A2", ROWED_LEGEND)
    header(sheet, 7, "A", ["No.", "Action", "Lead", "Due", "Latest position"])
    for line in ROWED:
        if line.status:
            paint(sheet, [f"{letter}{line.row}" for letter in "ABCDE"], ROWED_NAMES[line.status])
    draw(sheet, ROWED, ROWED_COLUMNS)
    down(sheet, "D", range(8, 16), [datetime(2025, month, 15) for month in (1, 1, 3, 3, 4, 6, 2, 5)])
    save(made, path)


# -- status words from a list, placeholders where nobody chose ---------------------------------------------------------

CHOSEN = lines("""
6 | IP-01 | Leadership development for managers | Nia Farrow | BBBB.. | Complete => green
7 | IP-02 | Staff survey and its results | Nia Farrow | ..BB.. | On track => green
8 | IP-03 | Sickness absence below 8 days | Tom Ackerley | BBBBBB | At risk => amber | 9.1 days at the end of June
9 | IP-04 | Appraisals for all | Tom Ackerley | ...BBB | Off track => red
10 | IP-05 | Agile working policy | Priya Dale | ....BB | Not started
11 | IP-06 | New intranet | Sam Ibbot | .BBB.. | In progress
12 | IP-07 | Car park permits | < Select > | ...... | < Select >
13 | IP-08 | < Enter action > | < Select > | ...... | < Select >
14 | IP-09 | < Enter action > | < Select > | ...... | < Select >
""")
CHOSEN_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "priority": "D", "status": "E", "note": "L"}


def _chosen(path: Path) -> None:
    made, (sheet, lists) = book("Tracker", "Lists")
    title(sheet, "A1", "PEOPLE PLAN TRACKER", "A1:L1")
    sheet["A3"].value = "Financial year 2025/26"
    header(sheet, 5, "A", ["ID", "Action", "Lead", "Priority", "Status"])
    header(sheet, 5, "F", ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Update"])
    draw(sheet, CHOSEN, CHOSEN_COLUMNS, "F", {"B": "#BDD7EE"})
    down(sheet, "D", range(6, 15), ("High", "Medium", "High", "High", "Low", "Medium", *["< Select >"] * 3))
    words = ("< Select >", "Not started", "In progress", "On track", "At risk", "Off track", "Complete")
    down(lists, "A", range(1, 8), words)
    down(lists, "B", range(1, 5), ("< Select >", "High", "Medium", "Low"))
    lists.sheet_state = "hidden"
    choice = DataValidation(type="list", formula1="Lists!$A$1:$A$7")
    sheet.add_data_validation(choice)
    choice.add("E6:E14")
    save(made, path)


# What a person would carry over: placeholders are nothing, and rows without any action are none.
CHOSEN_TRUE = tuple(line for line in CHOSEN if line.row < 12) + lines("12 | IP-07 | Car park permits | | ......")

# -- a RAG column of colours without words, a column of numbers, hidden columns ---------------------------------------

WORDLESS = lines("""
3 | 1a | Food hygiene inspections brought up to date | Owen Lusk | | => green
4 | 1b | Private water supplies sampled | Owen Lusk | | => amber
5 | 1c | Noise complaints: first reply in three days | Sam Ibbot | | => green
6 | 2a | Licensing policy | Priya Dale | | => red | Committee deferred it twice
7 | 2b | Taxi testing contract | Priya Dale | | => amber
8 | 2c | Houses in multiple occupation: register online | Grace Thorne | | => green
9 | 3a | Air quality action plan | Sam Ibbot | |
""")
WORDLESS_COLUMNS = {"ref": "A", "action": "B", "lead": "E", "deadline": "F", "status": "G", "note": "H"}


def _wordless(path: Path) -> None:
    made, (sheet,) = book("Env Health")
    title(sheet, "A1", "Environmental health recovery plan")
    header(sheet, 2, "A", ["Ref", "Action required", "Cost code", "Old ref", "Owner", "Target date", "RAG", "Comments"])
    draw(sheet, WORDLESS, WORDLESS_COLUMNS)
    down(sheet, "C", range(3, 10), range(40210, 40217))
    down(sheet, "D", range(3, 10), [f"EH/{number}" for number in range(7)])
    sheet.column_dimensions["C"].hidden = sheet.column_dimensions["D"].hidden = True
    down(sheet, "F", range(3, 10), ("Mar 25", "Apr 25", "Ongoing", "31/05/25", "June", "30/06/25", "Q3"))
    for line in WORDLESS:
        if line.status:
            paint(sheet, f"G{line.row}", {"green": GREEN, "amber": AMBER, "red": RED}[line.status])
    save(made, path)


# -- RAG 1 to 5 --------------------------------------------------------------------------------------------------

NUMBERED = lines("""
4 | # Objective A: Safer streets
5 | A1 | Replace lanterns on the seafront | Owen Lusk | | 5
6 | A2 | CCTV in the bus station | Owen Lusk | | 3
7 | A3 | Taxi marshals on Fridays | Priya Dale | | 4
8 | # Objective B: Cleaner streets
9 | B1 | Barrow beats in the old town | Sam Ibbot | | 2
10 | B2 | Bins that compact | Sam Ibbot | | 1
11 | B3 | Fly-tipping cameras | Grace Thorne | | 3
12 | B4 | Graffiti removed in two days | Grace Thorne | | 4
""")
NUMBERED_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "deadline": "D", "status": "E", "percent": "F"}


def _numbered(path: Path) -> None:
    made, (sheet,) = book("Streets")
    title(sheet, "A1", "Streets improvement plan", "A1:F1")
    header(sheet, 3, "A", ["Ref", "Action", "Responsible", "Deadline", "RAG (1-5)", "% progress"])
    draw(sheet, NUMBERED, NUMBERED_COLUMNS, sections_to="F")
    rows = [line.row for line in NUMBERED if not line.section]
    down(sheet, "D", rows, [datetime(2025, month, 28) for month in range(3, 10)])
    down(sheet, "F", rows, (100, 60, 80, 20, 0, 50, 75))
    put(sheet, {"A13": "Average", "E13": "=AVERAGE(E5:E12)", "F13": "=AVERAGE(F5:F12)"})
    save(made, path)


# -- colours that mean people -------------------------------------------------------------------------------------

PEOPLED = lines("""
3 | | Prepare the polling station list | | NNN.........
4 | | Recruit presiding officers | | ..TTTT......
5 | | Train the count staff | | ......GG....
6 | | Postal vote packs to the printer | | ....NN......
7 | | Book the sports hall | | T...........
8 | | Accessible booths | | ...GGGG.....
9 | | Declaration and return of expenses | | .........NNN
""")
PEOPLED_COLUMNS = {"action": "A"}
PEOPLED_LEGEND = {"#00B050": "Nia", "#FFC000": "Tom", "#7030A0": "Grace"}
PEOPLED_COLOURS = dict(zip("NTG", PEOPLED_LEGEND, strict=True))


def _peopled(path: Path) -> None:
    made, (sheet,) = book("Elections")
    put(sheet, {"A1": "Elections 2025 – who does what"})
    header(sheet, 2, "A", ["Task", *"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()])
    draw(sheet, PEOPLED, PEOPLED_COLUMNS, "B", PEOPLED_COLOURS)
    legend(sheet, "P2", PEOPLED_LEGEND, "Who")
    save(made, path)


STATUSES = (
    Case(
        name="rows_in_colours",
        imitates="An action list whose rows are coloured from end to end, with the key over it and no status column.",
        write=_rowed,
        expected=(
            Table(
                sheet="Customer actions",
                header_rows=(7,),
                columns=ROWED_COLUMNS,
                legend=ROWED_LEGEND,
                # The row's colour says the status of the action as plainly as a word would.
                actions=truth(ROWED),
            ),
        ),
    ),
    Case(
        name="status_from_a_list",
        imitates="A tracker with drop-down lists, '< Select >' where nobody chose, and a hidden sheet of the lists.",
        write=_chosen,
        expected=(
            Table(
                sheet="Tracker",
                header_rows=(5,),
                columns=CHOSEN_COLUMNS,
                periods=months("F", 2025, 4, 6),
                actions=truth(CHOSEN_TRUE, "F", {"B": "#BDD7EE"}),
            ),
        ),
    ),
    Case(
        name="rag_without_words",
        imitates="A RAG column of colours only, without periods, with two hidden columns between action and owner.",
        write=_wordless,
        expected=(Table(sheet="Env Health", header_rows=(2,), columns=WORDLESS_COLUMNS, actions=truth(WORDLESS)),),
    ),
    Case(
        name="rag_in_numbers",
        imitates="A scorecard with RAG from 1 to 5 and nothing that says which end is good; averages below.",
        write=_numbered,
        expected=(Table(sheet="Streets", header_rows=(3,), columns=NUMBERED_COLUMNS, actions=truth(NUMBERED)),),
    ),
    Case(
        name="colours_are_people",
        imitates="A task list by months whose colours mean people, green and amber among them, the key at the side.",
        write=_peopled,
        expected=(
            Table(
                sheet="Elections",
                header_rows=(2,),
                columns=PEOPLED_COLUMNS,
                periods=months("B", 2025, 1, 12),
                legend=PEOPLED_LEGEND,
                # A person's colour is not the lead's cell; carrying it over to `lead` is left to the coordinator.
                actions=truth(PEOPLED, "B", PEOPLED_COLOURS),
            ),
        ),
    ),
)
