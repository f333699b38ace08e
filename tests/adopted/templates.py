"""Templates of web sites: bars by rules with names, counted periods, dates over the letters of days."""

from datetime import date, datetime, timedelta
from pathlib import Path

from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle

from tests.adopted.case import Case, Table
from tests.adopted.drawing import (
    GREY,
    PALE,
    book,
    days,
    deep,
    draw,
    header,
    letters,
    lines,
    named,
    over,
    paint,
    put,
    rule,
    save,
    shown,
    title,
    truth,
    undated,
)

# -- bars by rules that are written in names, over days under their weeks ---------------------------------------------

NAMED = lines("""
8 | # Ground works
9 | | Clear the site | Owen Lusk | DDPP........................
10 | | Dig the foundations | Owen Lusk | ....DDPP....................
11 | | Lay the drains | Sam Ibbot | ........PPPPP...............
12 | # Building
13 | | Put up the frame | Owen Lusk | .............DPPPPPP........
14 | | Roof and gutters | Sam Ibbot | ....................PPPP....
15 | | Hand over the keys | Nia Farrow | ........................PPP.
""")
NAMED_COLUMNS = {"action": "B", "lead": "C", "percent": "D", "start": "E", "finish": "F", "days": "H"}
NAMED_COLOURS = {"D": "#2F5597", "P": "#9DC3E6"}
NAMED_SHARES = {9: 0.5, 10: 0.6, 11: 0, 13: 0.25, 14: 0, 15: 0}
NAMED_MONDAY = datetime(2025, 3, 3)
NAMED_LENGTH = '=IF(OR(ISBLANK(task_start),ISBLANK(task_end)),"",task_end-task_start+1)'


def _named(path: Path) -> None:
    made, (sheet,) = book("Schedule")
    named(made, {"task_start": "Schedule!$E1", "task_end": "Schedule!$F1", "task_progress": "Schedule!$D1"})
    title(sheet, "B1", "New pavilion")
    put(sheet, {"A1": "Enter the title of the project in B1.", "B3": "Project lead", "C3": "Nia Farrow"})
    put(sheet, {"D3": "Project start:", "E3": NAMED_MONDAY})
    put(sheet, {"A7": "This row is hidden to preserve a formula", "H7": NAMED_LENGTH})
    sheet.row_dimensions[7].hidden = True
    over(sheet, 4, "I", [(NAMED_MONDAY + timedelta(days=7 * week), 7) for week in range(4)], GREY)
    header(sheet, 5, "I", ["=E3", *[f"={letter}5+1" for letter in letters("I", 27)]], GREY)
    header(sheet, 6, "B", ["TASK", "ASSIGNED\nTO", "PROGRESS", "START", "END", None, "DAYS", *"MTWTFSS" * 4])
    shown(sheet, [f"{letter}4" for letter in ("I", "P", "W", "AD")], "mmm d, yyyy")
    shown(sheet, [f"{letter}5" for letter in letters("I", 28)], "d")
    draw(sheet, NAMED, NAMED_COLUMNS, "I", {})
    for row in (8, 12):
        paint(sheet, [f"{letter}{row}" for letter in "BCDEFGH"], "#DCE6F1")
    for line in NAMED:
        if not line.section:
            sheet[f"H{line.row}"].value = len(line.bars.strip("."))
            begin = NAMED_MONDAY + timedelta(days=line.bars.index(line.bars.strip(".")))
            end = begin + timedelta(days=len(line.bars.strip(".")) - 1)
            put(sheet, {f"D{line.row}": NAMED_SHARES[line.row], f"E{line.row}": begin, f"F{line.row}": end})
            shown(sheet, [f"E{line.row}", f"F{line.row}"], "d/m/yy")
            shown(sheet, [f"D{line.row}"], "0%")
    sheet["B16"].value = "Insert new rows ABOVE this one"
    done = "AND(task_start<=I$5,ROUNDDOWN((task_end-task_start+1)*task_progress,0)+task_start-1>=I$5)"
    sheet.conditional_formatting.add("I7:AJ16", rule(done, NAMED_COLOURS["D"]))
    sheet.conditional_formatting.add(
        "I7:AJ16", rule("AND(task_end>=I$5,task_start<J$5)", NAMED_COLOURS["P"], stop=True)
    )
    save(made, path)


# -- a planner of counted periods: five kinds of bars by names, a highlighted period, stripes by rules ----------------

COUNTED = lines("""
5 | | Book the hall | | CAAAP...................
6 | | Write the brochure | | CCCCCC..................
7 | | Sell the stands | | .CAAAB..................
8 | | Plan the workshops | | ...CAAAAAPP.............
9 | | Find sponsors | | ...CCEEEEBB.............
10 | | Brief the volunteers | | .....PPPPP..............
""")
COUNTED_COLUMNS = {"action": "B", "start": "C", "days": "D", "percent": "G"}
COUNTED_LEGEND = {
    "#DCD5DC": "Plan duration",  # hatched: lines of #735773 on white, which the eye blends
    "#CDB8CD": "Actual start",
    "#735773": "% complete",
    "#F9DDBA": "Actual (beyond plan)",
    "#E79E3B": "% complete (beyond plan)",
}
COUNTED_COLOURS = dict(zip("PACBE", COUNTED_LEGEND, strict=True))
COUNTED_NUMBERS = {
    5: (1, 5, 1, 4, 0.25),
    6: (1, 6, 1, 6, 1),
    7: (2, 4, 2, 5, 0.35),
    8: (4, 8, 4, 6, 0.1),
    9: (4, 2, 4, 8, 0.85),
    10: (6, 5, None, None, 0),
}
COUNTED_NAMES = {
    "InPlan": "Planner!A$4=MEDIAN(Planner!A$4,Planner!$C1,Planner!$C1+Planner!$D1-1)",
    "InActual": "Planner!A$4=MEDIAN(Planner!A$4,Planner!$E1,Planner!$E1+Planner!$F1-1)",
    "Plan": "InPlan*(Planner!$C1>0)",
    "Actual": "(InActual*(Planner!$E1>0))*InPlan",
    "ActualBeyond": "InActual*(Planner!$E1>0)",
    "CompleteBeyond": "InActual*(Planner!$E1>0)*((Planner!A$4<INT(Planner!$E1+Planner!$F1*Planner!$G1))"
    "+(Planner!A$4=Planner!$E1))*(Planner!$G1>0)",
    "Complete": "CompleteBeyond*InPlan",
    "chosen": "Planner!$H$2",
}
COUNTED_HATCH = PatternFill("lightUp", fgColor="FF735773", bgColor="FFFFFFFF")


def _counted(path: Path) -> None:
    made, (sheet,) = book("Planner")
    named(made, COUNTED_NAMES)
    title(sheet, "B1", "Jobs fair planner")
    put(sheet, {"B2": "Choose a period to highlight at right.", "G2": "Period to highlight:", "H2": 3})
    for letter, (colour, words) in zip(("J", "O", "T", "Y", "AD"), COUNTED_LEGEND.items(), strict=True):
        paint(sheet, f"{letter}2", colour)
        sheet[f"{letters(letter, 2)[1]}2"].value = words
    sheet["J2"].fill = COUNTED_HATCH
    names = ["ACTIVITY", "PLAN START", "PLAN DURATION", "ACTUAL START", "ACTUAL DURATION", "PERCENT COMPLETE"]
    deep(sheet, range(3, 5), "B", names)
    sheet["H3"].value = "PERIODS"
    header(sheet, 4, "H", range(1, 25))
    draw(sheet, COUNTED, {"action": "B"}, "H", {})
    for row, numbers in COUNTED_NUMBERS.items():
        put(sheet, {f"{letter}{row}": number for letter, number in zip("CDEFG", numbers, strict=True)})
        shown(sheet, [f"G{row}"], "0%")
    plan = Rule(type="expression", formula=["Plan"])
    plan.dxf = DifferentialStyle(fill=COUNTED_HATCH)
    for each in (
        rule("Complete", COUNTED_COLOURS["C"]),
        rule("CompleteBeyond", COUNTED_COLOURS["E"]),
        rule("Actual", COUNTED_COLOURS["A"]),
        rule("ActualBeyond", COUNTED_COLOURS["B"]),
        plan,
        rule("H$4=chosen", "#F7C98B"),
        rule("MOD(COLUMN(),2)=0", PALE),
    ):
        sheet.conditional_formatting.add("H5:AE20", each)
    save(made, path)


# -- months over dates over the letters of the days, bars by what the row is called -----------------------------------

LETTERS = lines("""
9 | # Product development
10 | | Interview ten families | Grace Thorne | LLLLLLLLLL.........................
11 | | Compare what others offer | Sam Ibbot | ...NNNNNNNNNN......................
12 | | Draw the first screens | Priya Dale | ............MMMMMMMMMMMM...........
13 | | Data protection assessment | Tom Ackerley | ..................HHHHHHHHHHHHHH...
14 | | Choose a name | | .........................UUUUU.....
""")
LETTERS_COLUMNS = {"action": "B", "lead": "D", "percent": "E", "start": "F", "days": "G"}
LETTERS_LEGEND = {
    "#00B0F0": "No risk",
    "#92D050": "Low risk",
    "#FFC000": "Medium risk",
    "#C00000": "High risk",
    "#7F7F7F": "Not assessed",
}
LETTERS_COLOURS = dict(zip("NLMHU", LETTERS_LEGEND, strict=True))


def _letters(path: Path) -> None:
    made, (sheet,) = book("Gantt")
    title(sheet, "B1", "Family information service")
    put(sheet, {"D2": "Legend:", "B3": "Project start date:", "C3": datetime(2025, 6, 16)})
    for letter, (colour, words) in zip(("F", "I", "O", "U", "AA"), LETTERS_LEGEND.items(), strict=True):
        at = letters(letter, 4 if letter != "F" else 2)
        paint(sheet, [f"{each}2" for each in at], colour)
        sheet[f"{letter}2"].value = words
        sheet.merge_cells(f"{letter}2:{at[-1]}2")
    put(sheet, {"B5": "Scrolling increment:", "C5": 0, "I5": "June", "X5": "July"})
    put(sheet, {"I6": "=$C$3+$C$5", **{f"{letters(at, 2)[1]}6": f"={at}6+1" for at in letters("I", 34)}})
    shown(sheet, [f"{letter}6" for letter in letters("I", 35)], "d")
    header(sheet, 7, "I", "MTWTFSS" * 5, GREY)
    header(sheet, 8, "B", ["Milestone description", "Risk", "Assigned to", "Progress", "Start", "Days"])
    draw(sheet, LETTERS, LETTERS_COLUMNS, "I", {})
    for line in LETTERS[1:]:
        begin = datetime(2025, 6, 16) + timedelta(days=line.bars.index(line.bars.strip(".")))
        put(sheet, {f"E{line.row}": 0.1, f"F{line.row}": begin, f"G{line.row}": len(line.bars.strip("."))})
        shown(sheet, [f"E{line.row}"], "0%")
        shown(sheet, [f"F{line.row}"], "dd/mm/yyyy")
        risk = LETTERS_LEGEND[LETTERS_COLOURS[line.bars.strip(".")[0]]]
        sheet[f"C{line.row}"].value = None if risk == "Not assessed" else risk
    for colour, words in LETTERS_LEGEND.items():
        is_it = "LEN($C9)=0" if words == "Not assessed" else f'$C9="{words}"'
        sheet.conditional_formatting.add("I9:AQ14", rule(f"AND({is_it},I$6>=$F9,I$6<=$F9+$G9-1)", colour))
    save(made, path)


# -- phases over weeks of five days that no date is given for ---------------------------------------------------------

PHASES = lines("""
9 | # Trees
10 | 1.1 | Survey the trees | Sam Ibbot | AAAAA.........................
11 | 1.1.1 | Mark those to fell | Sam Ibbot | ...AAA........................
12 | 1.2 | Order saplings | Priya Dale | ......AAAAAAA.................
13 | # Paths
14 | 2.1 | Agree the routes | Nia Farrow | ...............BBBBB..........
15 | 2.2 | Lay the gravel | Owen Lusk | ....................BBBBBBBBB.
""")
PHASES_COLUMNS = {"ref": "B", "action": "C", "lead": "D", "days": "E", "percent": "F"}
PHASES_COLOURS = {"A": "#6FA8DC", "B": "#93C47D"}


def _phases(path: Path) -> None:
    made, (sheet,) = book("Gantt Chart")
    title(sheet, "B1", "GANTT CHART", "B1:F1")
    put(sheet, {"B3": "PROJECT TITLE", "C3": "City parks renewal", "B4": "PROJECT MANAGER", "C4": "Nia Farrow"})
    deep(sheet, range(6, 9), "B", ["WBS NUMBER", "TASK TITLE", "TASK OWNER", "DURATION", "PCT OF TASK COMPLETE"])
    over(sheet, 6, "G", [("PHASE ONE", 15)], "#0B5394")
    over(sheet, 6, "V", [("PHASE TWO", 15)], "#38761D")
    over(sheet, 7, "G", [(f"WEEK {number}", 5) for number in range(1, 4)], PHASES_COLOURS["A"])
    over(sheet, 7, "V", [(f"WEEK {number}", 5) for number in range(4, 7)], PHASES_COLOURS["B"])
    header(sheet, 8, "G", "MTWRF" * 6, PALE)
    draw(sheet, PHASES, PHASES_COLUMNS, "G", PHASES_COLOURS, sections_to="F")
    for line in PHASES:
        if not line.section:
            put(sheet, {f"E{line.row}": len(line.bars.strip(".")), f"F{line.row}": 0.8})
            shown(sheet, [f"F{line.row}"], "0%")
    save(made, path)


TEMPLATES = (
    Case(
        name="rules_with_names",
        imitates="A free Gantt template whose bars are rules with named cells, over days under merged weeks.",
        write=_named,
        expected=(
            Table(
                sheet="Schedule",
                header_rows=(4, 5, 6),
                columns=NAMED_COLUMNS,
                periods=days("I", date(2025, 3, 3), 28),
                actions=truth(NAMED, "I", NAMED_COLOURS),
            ),
        ),
    ),
    Case(
        name="counted_periods",
        imitates="A planner of counted periods: bars by named formulas, one period lit up, columns in stripes.",
        write=_counted,
        expected=(
            Table(
                sheet="Planner",
                header_rows=(3, 4),
                columns=COUNTED_COLUMNS,
                periods=undated("H", 24),
                legend=COUNTED_LEGEND,
                # The highlighted period and the stripes are grounds of whole columns, and no bars.
                actions=truth(COUNTED, "H", COUNTED_COLOURS),
            ),
        ),
    ),
    Case(
        name="letters_of_days",
        imitates="A Gantt template with months over dates over letters of days, coloured by how risky a row is.",
        write=_letters,
        expected=(
            Table(
                sheet="Gantt",
                # Row 5 has the months, and also what is about the whole sheet.
                header_rows=(6, 7, 8),
                columns=LETTERS_COLUMNS,
                periods=days("I", date(2025, 6, 16), 35),
                legend=LETTERS_LEGEND,
                # How risky something is says nothing of how it is going.
                actions=truth(LETTERS, "I", LETTERS_COLOURS),
            ),
        ),
    ),
    Case(
        name="weeks_of_five_days",
        imitates="A sheet to fill in with phases over weeks over M T W R F, of which none has a date.",
        write=_phases,
        expected=(
            Table(
                sheet="Gantt Chart",
                header_rows=(6, 7, 8),
                columns=PHASES_COLUMNS,
                periods=undated("G", 30),
                actions=truth(PHASES, "G", PHASES_COLOURS),
            ),
        ),
    ),
)
