"""Plans that Excel colours by itself: conditional formats, which are nowhere in the cells."""

from datetime import date, datetime
from pathlib import Path

from tests.adopted.case import Case, Table
from tests.adopted.drawing import (
    AMBER,
    GREEN,
    RED,
    TRAFFIC,
    TRAFFIC_MEANS,
    book,
    days,
    draw,
    header,
    letters,
    lines,
    months,
    put,
    rule,
    save,
    title,
    truth,
)

# -- letters in the cells, coloured by "equal to" and "contains" -------------------------------------------------------

LETTERED = lines("""
6 | 1 | Replace the lifts at Quay Court | Owen Lusk | GGGAAR |
7 | 2 | Gas checks up to date | Owen Lusk | AAGGGG |
8 | 3 | Void homes let within 28 days | Sam Ibbot | RRRRAA |
9 | 4 | Rent arrears below 3% | Sam Ibbot | GGGG.. |
10 | 5 | Tenant satisfaction survey | Grace Thorne | ....GG |
11 | 6 | Rewrite the tenancy agreement | Priya Dale | .AAGGG |
12 | 7 | Leaseholder charges explained | Priya Dale | ...... |
""")
LETTERED_COLUMNS = {"ref": "B", "action": "C", "lead": "D"}
LETTERED_PERIODS = months("E", 2025, 4, 6)


def _lettered(path: Path) -> None:
    made, (sheet,) = book("RAG by month")
    title(sheet, "B2", "Housing improvement: monthly RAG 2025/26", "B2:J2")
    sheet["B3"].value = "Enter G, A or R; the colour comes by itself."
    header(sheet, 5, "B", ["Ref", "Measure / action", "Lead", "Apr", "May", "Jun", "Jul", "Aug", "Sep"])
    draw(sheet, LETTERED, LETTERED_COLUMNS, "E", {}, {letter: letter for letter in "GAR"})
    area = "E6:J12"
    sheet.conditional_formatting.add(area, rule('"G"', GREEN, "cellIs", "equal"))
    sheet.conditional_formatting.add(area, rule('"A"', AMBER, "cellIs", "equal"))
    contains = rule('NOT(ISERROR(SEARCH("R",E6)))', RED, "containsText", "containsText")
    contains.text = "R"
    sheet.conditional_formatting.add(area, contains)
    save(made, path)


# -- bars where a cell has an x, in the colour that the status column says --------------------------------------------

WORDED = lines("""
4 | C1 | Risk register for every directorate | Tom Ackerley | GGG..... | Green => green
5 | C2 | Internal audit recommendations closed | Tom Ackerley | .RRRRR.. | Red => red
6 | C3 | Business continuity plans tested | Nia Farrow | ..AAA... | Amber => amber
7 | C4 | Whistleblowing policy republished | Priya Dale | ....GG.. | Green => green
8 | C5 | Contract register online | Sam Ibbot | .....NNN | Not started
9 | C6 | Gifts and hospitality returns | Priya Dale | ......AA | Amber => amber
""")
WORDED_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "status": "D"}
# The x of C5 stays without a colour: none of the rules is true of "Not started".
WORDED_COLOURS = {**TRAFFIC, "N": ""}


def _worded(path: Path) -> None:
    made, (sheet,) = book("Governance")
    title(sheet, "A1", "Governance action plan, 2025")
    header(sheet, 3, "A", ["Ref", "Action", "Accountable", "RAG", *"Jan Feb Mar Apr May Jun Jul Aug".split()])
    draw(sheet, WORDED, WORDED_COLUMNS, "E", {}, dict.fromkeys("GARN", "x"))
    for word, colour in (("Red", RED), ("Amber", AMBER), ("Green", GREEN)):
        sheet.conditional_formatting.add("E4:L9", rule(f'AND(E4<>"",$D4="{word}")', colour))
        sheet.conditional_formatting.add("D4:D9", rule(f'$D4="{word}"', colour))
    save(made, path)


# -- bars from start and finish, and a rule that nobody can work out without Excel ------------------------------------

DRAWN = lines("""
6 | 1 | Kick-off with partners | Nia Farrow | B........ |
7 | 2 | Needs assessment | Sam Ibbot | .BBB..... |
8 | 3 | Service specification | Priya Dale | ...BB.... |
9 | 4 | Market engagement | Priya Dale | ..BBBB... |
10 | 5 | Draft commissioning plan | Sam Ibbot | .....BBB. |
11 | 6 | Sign-off | Nia Farrow | ........B |
12 | 7 | To be agreed | | ......... |
""")
DRAWN_COLUMNS = {"ref": "A", "action": "B", "start": "C", "finish": "D", "days": "E", "lead": "F"}
DRAWN_DATES = (
    (date(2025, 9, 1), date(2025, 9, 5)),
    (date(2025, 9, 8), date(2025, 9, 26)),
    (date(2025, 9, 22), date(2025, 10, 3)),
    (date(2025, 9, 15), date(2025, 10, 10)),
    (date(2025, 10, 6), date(2025, 10, 24)),
    (date(2025, 10, 27), date(2025, 10, 31)),
)
DRAWN_COLOUR = "#8EA9DB"


def _drawn(path: Path) -> None:
    made, (sheet,) = book("Gantt chart")
    title(sheet, "A1", "Commissioning timetable")
    put(sheet, {"A3": "Project start:", "C3": datetime(2025, 9, 1)})
    weeks = [datetime(2025, 9, 1), *[f"={letter}5+7" for letter in letters("G", 8)]]
    header(sheet, 5, "A", ["WBS", "Task name", "Start", "End", "Duration (days)", "Assigned to", *weeks])
    for letter in letters("G", 9):
        sheet[f"{letter}5"].number_format = "d mmm"
    draw(sheet, DRAWN, DRAWN_COLUMNS, "G", {})
    for row, (begin, end) in zip(range(6, 12), DRAWN_DATES, strict=True):
        put(sheet, {f"C{row}": datetime.combine(begin, datetime.min.time())})
        put(sheet, {f"D{row}": datetime.combine(end, datetime.min.time()), f"E{row}": (end - begin).days + 1})
        sheet[f"C{row}"].number_format = sheet[f"D{row}"].number_format = "dd/mm/yyyy"
    area = "G6:O12"
    sheet.conditional_formatting.add(area, rule('AND($C6<>"",G$5<=$D6,G$5+6>=$C6)', DRAWN_COLOUR))
    # "Today", and a name that is not there: neither can be known from the file, and neither is a bar.
    sheet.conditional_formatting.add("G5:O5", rule("AND(G$5<=TODAY(),G$5+6>=TODAY())", RED))
    sheet.conditional_formatting.add("B6:B12", rule("VLOOKUP($A6,Critical_path,2,0)=1", AMBER))
    save(made, path)


# -- =AND(F$4>=$C6,F$4<=$D6) over months, planned, and done drawn over it ---------------------------------------------

TEMPLATE = lines("""
6 | 1 | Board papers to a standard form | Grace Thorne | DDDD........ |
7 | 2 | Action log kept for each board | Grace Thorne | ..DDPP...... |
8 | 3 | Induction for new board members | Nia Farrow | ....DPPP.... |
9 | 4 | Review the boards' terms | Priya Dale | ......PPPP.. |
10 | 5 | Annual self-assessment | Nia Farrow | ..........PP |
11 | 6 | Publish minutes within ten days | Grace Thorne | PPPPPPPPPPPP |
""")
TEMPLATE_COLUMNS = {"ref": "A", "action": "B", "start": "C", "finish": "D", "lead": "E", "percent": "F"}
TEMPLATE_COLOURS = {"D": "#375623", "P": "#A9D08E"}
TEMPLATE_SPANS = ((1, 4, 1.0), (3, 6, 0.5), (5, 8, 0.25), (7, 10, 0.0), (11, 12, 0.0), (1, 12, 0.0))


def _template(path: Path) -> None:
    made, (sheet,) = book("Gantt")
    title(sheet, "A1", "Boards and committees")
    starts = [datetime(2025, month, 1) for month in range(1, 13)]
    header(sheet, 4, "A", ["No", "Action", "Start date", "End date", "Lead", "% done", *starts])
    for letter in letters("G", 12):
        sheet[f"{letter}4"].number_format = "mmm yy"
    draw(sheet, TEMPLATE, TEMPLATE_COLUMNS, "G", {})
    for row, (begin, end, part) in zip(range(6, 12), TEMPLATE_SPANS, strict=True):
        put(sheet, {f"C{row}": datetime(2025, begin, 1), f"D{row}": datetime(2025, end, 28), f"F{row}": part})
        sheet[f"F{row}"].number_format = "0%"
    done = "AND(G$4>=$C6,G$4<=$D6,(G$4-$C6)<($D6-$C6)*$F6)"
    area = "G6:R11"
    first = rule(done, TEMPLATE_COLOURS["D"], stop=True)
    sheet.conditional_formatting.add(area, first)
    planned = rule("AND(G$4>=$C6,G$4<=$D6)", TEMPLATE_COLOURS["P"])
    sheet.conditional_formatting.add(area, planned)
    save(made, path)


CONDITIONAL = (
    Case(
        name="letters_coloured_by_rules",
        imitates="A monthly RAG sheet: people type G, A or R and the cell's conditional format colours it.",
        write=_lettered,
        expected=(
            Table(
                sheet="RAG by month",
                header_rows=(5,),
                columns=LETTERED_COLUMNS,
                periods=LETTERED_PERIODS,
                actions=truth(LETTERED, "E", TRAFFIC, TRAFFIC_MEANS),
            ),
        ),
    ),
    Case(
        name="bars_coloured_by_the_status",
        imitates="Bars typed as x, coloured by a rule on the word in the RAG column of the row.",
        write=_worded,
        expected=(
            Table(
                sheet="Governance",
                header_rows=(3,),
                columns=WORDED_COLUMNS,
                periods=months("E", 2025, 1, 8),
                actions=truth(WORDED, "E", WORDED_COLOURS, TRAFFIC_MEANS),
            ),
        ),
    ),
    Case(
        name="bars_from_dates_by_weeks",
        imitates="The Gantt template of a web site: bars by a rule on start and end, weeks as formulas without values.",
        write=_drawn,
        expected=(
            Table(
                sheet="Gantt chart",
                header_rows=(5,),
                columns=DRAWN_COLUMNS,
                periods=days("G", date(2025, 9, 1), 9, 7),
                actions=truth(DRAWN, "G", {"B": DRAWN_COLOUR}),
            ),
        ),
    ),
    Case(
        name="bars_from_dates_by_months",
        imitates="Bars by =AND(G$4>=$C6,G$4<=$D6), what is done in a darker green by a rule that stops the next one.",
        write=_template,
        expected=(
            Table(
                sheet="Gantt",
                header_rows=(4,),
                columns=TEMPLATE_COLUMNS,
                periods=months("G", 2025, 1, 12),
                # Dark and light green are done and planned here, but no key says so; neither is the traffic light's.
                actions=truth(TEMPLATE, "G", TEMPLATE_COLOURS),
            ),
        ),
    ),
)
