"""Plans over real dates, quarters, days and weeks; bars as gradients, signs, letters and merged cells."""

from datetime import date, datetime
from pathlib import Path

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, GradientFill

from tests.adopted.case import Case, Table
from tests.adopted.drawing import (
    GREY,
    TRAFFIC,
    TRAFFIC_MEANS,
    barred,
    book,
    days,
    down,
    draw,
    header,
    letters,
    lines,
    months,
    paint,
    put,
    save,
    title,
    truth,
)

# -- real dates shown as mmm-yy, gradients, section rows, percent, comments --------------------------------------------

DATED = lines("""
5 | # Waste and recycling
6 | W1 | Redesign the collection rounds | Sam Ibbot | GGG......
7 | W2 | Replace the in-cab devices | Owen Lusk | ..AAA....
8 | W3 | Missed-bin reports online | Grace Thorne | .GGGG....
9 | # Planning
10 | P1 | Clear applications older than 26 weeks | Priya Dale | RRRRR....
11 | P2 | Validation checklist | Priya Dale | ....GG...
12 | P3 | Pre-application charges reviewed by Cabinet | Tom Ackerley | ......AA.
13 | # Benefits
14 | B1 | New claims within 20 days | Nia Farrow | GGGGGGGGG
""")
DATED_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "percent": "D"}
# Half-way from white.
GRADIENTS = {"G": "#80D8A8", "A": "#FFE080", "R": "#FF8080"}
GRADIENTS_MEAN = {"#80D8A8": "green", "#FFE080": "amber", "#FF8080": "red"}  # as anybody sees, though nothing says so


def _dated(path: Path) -> None:
    made, (sheet,) = book("Service plan")
    title(sheet, "B1", "Service improvement plan")
    sheet["B2"].value = "Version 7 DRAFT"
    starts = [datetime(2024 + (9 + step) // 12, (9 + step) % 12 + 1, 1) for step in range(9)]
    header(sheet, 4, "A", ["ID", "Task", "Task owner", "% complete", *starts])
    for letter in letters("E", 9):
        sheet[f"{letter}4"].number_format = "mmm-yy"
    draw(sheet, DATED, DATED_COLUMNS, "E", {}, sections_to="M")
    for line in DATED:
        for letter, bar in barred(line, "E"):
            colour = "FF" + TRAFFIC[bar][1:]
            sheet[f"{letter}{line.row}"].fill = GradientFill(degree=90, stop=("FFFFFFFF", colour))
    down(sheet, "D", (6, 7, 8, 10, 11, 12, 14), (1, 0.4, 0.75, 0.1, 0, 0, 0.33))
    for row in range(6, 15):
        sheet[f"D{row}"].number_format = "0%"
    sheet["I10"].comment = Comment("Two officers left in January. PD", "Priya Dale")
    sheet["D7"].comment = Comment("Supplier says March", "Owen Lusk")
    save(made, path)


# -- quarters, and colours that are phases ----------------------------------------------------------------------------

PHASED = lines("""
4 | 1 | Customer portal | Grace Thorne | DDBBTL..
5 | 2 | Housing system | Owen Lusk | .DDBBBTL | | Depends on the contract.
6 | 3 | Data warehouse | Sam Ibbot | DBBTLLLL
7 | 4 | Payroll | Tom Ackerley | ..DBTL..
8 | 5 | Mobile working for inspectors | Owen Lusk | ...DBBTL
9 | 6 | Retire the mainframe | Sam Ibbot | ......BL | | Q4 at the earliest
10 | 7 | Digital skills for all staff | Nia Farrow | LLLLLLLL
""")
PHASED_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "note": "L"}
PHASED_LEGEND = {"#92D050": "Design", "#FFFF00": "Build", "#FF0000": "Test", "#00B0F0": "Live"}
PHASED_COLOURS = dict(zip("DBTL", PHASED_LEGEND, strict=True))


def _phased(path: Path) -> None:
    made, (sheet,) = book("Roadmap")
    title(sheet, "A1", "Digital roadmap", "A1:C1")
    for letter, words, bar in zip("DFHJ", PHASED_LEGEND.values(), "DBTL", strict=True):  # the key stands in one row
        paint(sheet, f"{letter}1", PHASED_COLOURS[bar])
        sheet[f"{letters(letter, 2)[1]}1"].value = words
    quarters = [f"Q{number} {year}" for year in (2024, 2025) for number in (1, 2, 3, 4)]
    header(sheet, 3, "A", ["#", "Project", "Project manager", *quarters, "Comments"])
    draw(sheet, PHASED, PHASED_COLUMNS, "D", PHASED_COLOURS)
    save(made, path)


# -- days under merged months, weekends shaded ------------------------------------------------------------------------

DAILY = lines("""
5 | 1 | Collect returns from services | All heads of service | BBBBB
6 | 2 | Chase what is missing | Grace Thorne | ....BBBB
7 | 3 | Draft the report | Sam Ibbot | .......BBB.......B
8 | 4 | Directors comment | Directors | ..............BBB
9 | 5 | Finance check | Tom Ackerley | ...............BBB
10 | 6 | Improvement board | Nia Farrow | .....................x
11 | 7 | Publish | Grace Thorne | ......................BB
12 | 8 | Lessons learned | Nia Farrow | ............................BBBB
""")
DAILY_COLUMNS = {"ref": "A", "action": "B", "lead": "C"}
DAILY_COLOURS = {"B": "#4472C4", "x": ""}


def _daily(path: Path) -> None:
    made, (sheet,) = book("Timetable")
    title(sheet, "A1", "Timetable for the quarterly report")
    days_of = [*range(20, 32), *range(1, 21)]  # 20 January to 20 February 2025
    header(sheet, 3, "D", ["January 2025", *[None] * 11, "February 2025", *[None] * 19])
    sheet.merge_cells("D3:O3")
    sheet.merge_cells("P3:AI3")
    header(sheet, 4, "A", ["No", "Step", "By whom", *days_of])
    for number, letter in enumerate(letters("D", 32)):
        if number % 7 >= 5:  # Saturdays and Sundays, from the header down to below the table
            paint(sheet, [f"{letter}{row}" for row in range(4, 14)], GREY)
    draw(sheet, DAILY, DAILY_COLUMNS, "D", DAILY_COLOURS, {"x": "X"})
    for letter in letters("D", 32):
        sheet.column_dimensions[letter].width = 3
    save(made, path)


# -- weeks named 17.03, bars as merged cells with words in them -------------------------------------------------------

WEEKLY = lines("""
5 | 1 | Site visits | Owen Lusk | GGG.......
6 | 2 | Write up the findings | Sam Ibbot | ..GGG.....
7 | 3 | Options to members | Nia Farrow | ....AAA...
8 | 4 | Public consultation | Grace Thorne | .....RRRR.
9 | 5 | Equality impact assessment | Priya Dale | ...GG.....
10 | 6 | Decision by Cabinet | Nia Farrow | .........A
""")
WEEKLY_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "start": "D", "deadline": "E"}
WEEKLY_WORDS = {"F5": "three sites", "H6": "draft 1", "J7": "workshop", "K8": "6 weeks needed!", "I9": "EIA"}


def _weekly(path: Path) -> None:
    made, (sheet,) = book("Depot review")
    title(sheet, "A1", "Review of the depots, spring 2025")
    sheet["F3"].value = "Week commencing"
    sheet.merge_cells("F3:O3")
    weeks = ["17.03", "24.03", "31.03", "07.04", "14.04", "21.04", "28.04", "05.05", "12.05", "19.05"]
    header(sheet, 4, "A", ["Nr", "Activity", "Lead", "Start", "Due date", *weeks])
    draw(sheet, WEEKLY, WEEKLY_COLUMNS, "F", {})
    for line in WEEKLY:
        bar = [letter for letter, _ in barred(line, "F")]
        paint(sheet, f"{bar[0]}{line.row}", TRAFFIC[line.bars.strip(".")[0]])
        if len(bar) > 1:
            sheet.merge_cells(f"{bar[0]}{line.row}:{bar[-1]}{line.row}")
        sheet[f"{bar[0]}{line.row}"].value = WEEKLY_WORDS.get(f"{bar[0]}{line.row}")
        sheet[f"{bar[0]}{line.row}"].alignment = Alignment(horizontal="center")
        begin, end = (days("F", date(2025, 3, 17), 10, 7)[letter] for letter in (bar[0], bar[-1]))
        put(sheet, {f"D{line.row}": datetime.fromisoformat(begin), f"E{line.row}": datetime.fromisoformat(end)})
        for letter in "DE":
            sheet[f"{letter}{line.row}"].number_format = "dd/mm/yy"
    save(made, path)


# -- W12 under a merged year, signs instead of colours ----------------------------------------------------------------

SIGNED = lines("""
6 | 1.1 | Invite tenders | O. Lusk | bbb.....
7 | 1.2 | Evaluate | O. Lusk / P. Dale | ...bb...
8 | 1.3 | Award | Cabinet | .....d..
9 | 2.1 | Tell the staff | N. Farrow | x.x.x.x.
10 | 2.2 | Transfer of staff | HR | ....bbbd
11 | 2.3 | Open the new depot | O. Lusk | .......d
""")
SIGNED_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "milestone": "D"}
SIGNS = {"b": "████", "d": "◆", "x": "x"}


def _signed(path: Path) -> None:
    made, (sheet,) = book("Gantt")
    title(sheet, "A1", "GROUNDS MAINTENANCE – BACK IN HOUSE")
    put(sheet, {"A2": "◆ = milestone    x = staff briefing", "E4": "2025"})
    sheet.merge_cells("E4:L4")
    header(sheet, 5, "A", ["Ref.", "Activity", "Who", "Milestone", *[f"W{number}" for number in range(12, 20)]])
    draw(sheet, SIGNED, SIGNED_COLUMNS, "E", {}, SIGNS)
    for row in range(6, 12):
        for letter in letters("E", 8):
            sheet[f"{letter}{row}"].font = Font(color="FF2F5597")
    down(sheet, "D", (8, 11), ("Contract signed", "Depot open"))
    save(made, path)


CALENDARS = (
    Case(
        name="dates_and_gradients",
        imitates="A service plan with true dates shown as mmm-yy, sections in merged rows, bars filled with gradients.",
        write=_dated,
        expected=(
            Table(
                sheet="Service plan",
                header_rows=(4,),
                columns=DATED_COLUMNS,
                periods=months("E", 2024, 10, 9),
                # A gradient from white to a colour is seen as what the eye blends it to: no traffic light.
                actions=truth(DATED, "E", GRADIENTS, GRADIENTS_MEAN),
            ),
        ),
    ),
    Case(
        name="quarters_of_phases",
        imitates="A roadmap by quarters whose key, in one row over it, says phases: red is Test, and nobody is late.",
        write=_phased,
        expected=(
            Table(
                sheet="Roadmap",
                header_rows=(3,),
                columns=PHASED_COLUMNS,
                periods=months("D", 2024, 1, 8, 3),
                legend=PHASED_LEGEND,
                actions=truth(PHASED, "D", PHASED_COLOURS),
            ),
        ),
    ),
    Case(
        name="days_and_weekends",
        imitates="A timetable by days under two merged months, its weekends shaded from top to bottom.",
        write=_daily,
        expected=(
            Table(
                sheet="Timetable",
                header_rows=(3, 4),
                columns=DAILY_COLUMNS,
                periods=days("D", date(2025, 1, 20), 32),
                actions=truth(DAILY, "D", DAILY_COLOURS),
            ),
        ),
    ),
    Case(
        name="weeks_with_merged_bars",
        imitates="A review by weeks (17.03, the year in the title) whose bars are merged cells with words in them.",
        write=_weekly,
        expected=(
            Table(
                sheet="Depot review",
                header_rows=(3, 4),
                columns=WEEKLY_COLUMNS,
                periods=days("F", date(2025, 3, 17), 10, 7),
                actions=truth(WEEKLY, "F", TRAFFIC, TRAFFIC_MEANS),
            ),
        ),
    ),
    Case(
        name="signs_in_weeks",
        imitates="A plan typed without any colour: blocks, diamonds and crosses in weeks W12 to W19 of a merged year.",
        write=_signed,
        expected=(
            Table(
                sheet="Gantt",
                header_rows=(4, 5),
                columns=SIGNED_COLUMNS,
                periods=days("E", date(2025, 3, 17), 8, 7),
                actions=truth(SIGNED, "E", dict.fromkeys("bdx", "")),
            ),
        ),
    ),
)
