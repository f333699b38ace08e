"""What stands over bars: initials, halves of months, weeks within months, numbers, days whose month is in the title."""

from datetime import date, timedelta
from pathlib import Path

from tests.adopted.case import Case, Table
from tests.adopted.drawing import (
    GREY,
    book,
    days,
    deep,
    draw,
    header,
    legend,
    letters,
    lines,
    months,
    over,
    paint,
    put,
    save,
    title,
    truth,
    undated,
)

# -- work packages and tasks, counted months under counted years, when the project starts in a line above -------------

PACKAGES = lines("""
6 | WP1 | Management | Nia Farrow | PPPPPPPPPPPPPPPPPPPPPPPP
7 | T1.1 | Steering group | Nia Farrow | TTTTTTTTTTTTTTTTTTTTTTTT
8 | T1.2 | Data management plan | Tom Ackerley | TTTTTT..................
9 | WP2 | Needs of the users | Grace Thorne | PPPPPPPPPPPP............
10 | T2.1 | Map who is concerned | Grace Thorne | TTTT....................
11 | T2.2 | Write down the cases | Sam Ibbot | ..TTTTTTT...............
12 | WP3 | Pilots | Owen Lusk | .........PPPPPPPPPPPPPPP
13 | T3.1 | Pilot in the harbour | Owen Lusk | .........TTTTTTTTTT.....
14 | T3.2 | Pilot in the old town | Priya Dale | ...........TTTTTTTTTTTTT
""")
PACKAGES_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "start": "D", "finish": "E"}
PACKAGES_LEGEND = {"#8064A2": "Work package", "#4F81BD": "Task"}
PACKAGES_COLOURS = dict(zip("PT", PACKAGES_LEGEND, strict=True))
PACKAGES_YIELD = {"AC7": "D1.1", "K8": "D1.2", "I10": "D2.1", "N11": "D2.2", "X13": "D3.1", "AC14": "D3.2"}


def _packages(path: Path) -> None:
    made, (sheet,) = book("GANTT")
    title(sheet, "A1", "Green harbours – Gantt chart", "A1:AC1")
    sheet["A2"].value = "Project start: 01/09/2024 – duration 24 months"
    deep(sheet, range(4, 6), "A", ["WP / Task", "Title", "Lead partner", "Start", "End"])
    over(sheet, 4, "F", [("Year 1", 12), ("Year 2", 12)], "#8EA9DB")
    header(sheet, 5, "F", [f"M{number}" for number in range(1, 25)], "#D9E1F2")
    draw(sheet, PACKAGES, PACKAGES_COLUMNS, "F", PACKAGES_COLOURS)
    for line in PACKAGES:
        begin = line.bars.index(line.bars.strip("."))
        put(sheet, {f"D{line.row}": f"M{begin + 1}", f"E{line.row}": f"M{begin + len(line.bars.strip('.'))}"})
    put(sheet, PACKAGES_YIELD)
    legend(sheet, "A16", PACKAGES_LEGEND)
    put(sheet, {"A18": "Dx.y", "B18": "Deliverable due"})
    save(made, path)


# -- the initials of months under merged years, crosses ---------------------------------------------------------------

INITIALS = lines("""
5 | | First meeting of the partners | Nia Farrow | x.......................
6 | | What schools need | Grace Thorne | xxxxxx..................
7 | | Write the toolkit | Priya Dale | ....xxxxxxxxxxxx........
8 | | Try it in two towns | Sam Ibbot | .............xxxxxx.....
9 | | Closing events | Nia Farrow | .....................xxx
""")
INITIALS_COLUMNS = {"action": "A", "lead": "B"}


def _initials(path: Path) -> None:
    made, (sheet,) = book("Work plan")
    title(sheet, "A1", "Schools in twin towns: timetable")
    deep(sheet, range(3, 5), "A", ["Activity", "Responsible partner"])
    over(sheet, 3, "C", [(2024, 3), (2025, 12), (2026, 9)])
    header(sheet, 4, "C", "ONDJFMAMJJASONDJFMAMJJAS")
    draw(sheet, INITIALS, INITIALS_COLUMNS, "C", {}, {"x": "X"})
    save(made, path)


# -- weeks as "Mar 3" on one sheet, and as "3-7 Mar" on the other -----------------------------------------------------

SPRING = lines("""
4 | 1 | Ask for quotes | Priya Dale | BBB.......
5 | 2 | Choose the printer | Priya Dale | ...BB.....
6 | 3 | Proofs | Sam Ibbot | ....BBBB..
7 | 4 | Send it to every home | Grace Thorne | ........BB
""")
SPRING_COLUMNS = {"ref": "A", "action": "B", "lead": "C"}
SPRING_MONDAYS = [date(2025, 3, 3) + timedelta(days=7 * number) for number in range(10)]
SPRING_SHEETS = {
    "Magazine": [f"{monday:%b} {monday.day}" for monday in SPRING_MONDAYS],
    "Leaflet": [f"{monday.day}-{(monday + timedelta(days=4)).day} {monday:%b}" for monday in SPRING_MONDAYS],
}


def _spring(path: Path) -> None:
    made, sheets = book(*SPRING_SHEETS)
    for sheet, (name, weeks) in zip(sheets, SPRING_SHEETS.items(), strict=True):
        title(sheet, "A1", f"{name}, spring 2025")
        header(sheet, 3, "A", ["Ref", "Action", "Lead", *weeks])
        draw(sheet, SPRING, SPRING_COLUMNS, "D", {"B": "#4472C4"})
    save(made, path)


# -- halves of months -------------------------------------------------------------------------------------------------

HALVES = lines("""
5 | | Tender for the kiosks | Priya Dale | BBB.........
6 | | Build the terrace | Owen Lusk | ...BBBB.....
7 | | Open for the summer | Nia Farrow | ........BBBB
""")
HALVES_COLUMNS = {"action": "A", "lead": "B"}
HALVES_MONTHS = {"Jan": 31, "Feb": 28, "Mar": 31, "Apr": 30, "May": 31, "Jun": 30}


def _halves(path: Path) -> None:
    made, (sheet,) = book("Promenade")
    title(sheet, "A1", "Promenade plan 2025")
    deep(sheet, range(3, 5), "A", ["Activity", "Lead"])
    over(sheet, 3, "C", [(name, 2) for name in HALVES_MONTHS])
    header(sheet, 4, "C", [half for last in HALVES_MONTHS.values() for half in ("1-15", f"16-{last}")], GREY)
    draw(sheet, HALVES, HALVES_COLUMNS, "C", {"B": "#4472C4"})
    save(made, path)


# -- German: days 1 to 31 over the letters of their days, the month only in the title ---------------------------------

JANUARY = lines("""
5 | | Wände streichen | Herr Nolte | .BBBBB.........................
6 | | Boden verlegen | Herr Wiebe | .......BBBBBBBBB...............
7 | | Reinigung | Frau Kröger | ................B..............
8 | | Übergabe | Frau Kröger | ...................B...........
""")
JANUARY_COLUMNS = {"action": "A", "lead": "B"}


def _january(path: Path) -> None:
    made, (sheet,) = book("Januar")
    title(sheet, "A1", "Einsatzplan Januar 2025")
    deep(sheet, range(3, 5), "A", ["Aufgabe", "Wer"])
    header(sheet, 3, "C", range(1, 32))
    header(sheet, 4, "C", ["Mo Di Mi Do Fr Sa So".split()[date(2025, 1, day).weekday()] for day in range(1, 32)])
    for day, letter in enumerate(letters("C", 31), 1):
        if date(2025, 1, day).weekday() >= 5:
            paint(sheet, [f"{letter}{row}" for row in range(4, 9)], GREY)
    draw(sheet, JANUARY, JANUARY_COLUMNS, "C", {"B": "#5B9BD5"})
    save(made, path)


# -- weeks that are called W1 to W4 again under each month ------------------------------------------------------------

AGAIN = lines("""
5 | | Move the counters | Owen Lusk | BBBB................
6 | | Train on the new tills | Grace Thorne | ...BBBBB............
7 | | Run both side by side | Sam Ibbot | ........BBBB........
8 | | Switch the old ones off | Sam Ibbot | ............BBBBBBBB
""")
AGAIN_COLUMNS = {"action": "A", "lead": "B"}
# The weeks of a month begin on its 1st, 8th, 15th and 22nd: nothing says that they would be those of the calendar.
AGAIN_WEEKS = {
    letter: date(2025, 1 + number // 4, 1 + 7 * (number % 4)).isoformat()
    for number, letter in enumerate(letters("C", 20))
}


def _again(path: Path) -> None:
    made, (sheet,) = book("Tills")
    title(sheet, "A1", "New tills: project plan 2025")
    deep(sheet, range(3, 5), "A", ["Task", "Owner"])
    over(sheet, 3, "C", [(name, 4) for name in ("Jan", "Feb", "Mar", "Apr", "May")])
    header(sheet, 4, "C", ["W1", "W2", "W3", "W4"] * 5, GREY)
    draw(sheet, AGAIN, AGAIN_COLUMNS, "C", {"B": "#5B9BD5"})
    save(made, path)


# -- numbers under quarters under counted years, refs within what is done ---------------------------------------------

YEARS = lines("""
6 | # WP1 Running the project
7 | | T1.1 Accounts and reports | | BBBBBBBBBBBBBBBBBBBBBBBB
8 | | T1.2 Quality of the data | | ..BBBBBBBBBBBBBBBBBBBBBB
9 | # WP2 Field work
10 | | T2.1 What is known | | BBBBBB..................
11 | | T2.2 Interviews | | .....BBBBBBBBBBB........
""")
YEARS_COLUMNS = {"action": "A"}
YEARS_BAND = "#BDD7EE"


def _years(path: Path) -> None:
    made, (sheet,) = book("Gantt")
    title(sheet, "A1", "Tidal flats – Gantt chart")
    deep(sheet, range(3, 6), "A", ["Work packages and tasks"])
    over(sheet, 3, "B", [("Year 1", 12), ("Year 2", 12)])
    over(sheet, 4, "B", [(f"Q{number}", 3) for number in (1, 2, 3, 4)] * 2)
    header(sheet, 5, "B", range(1, 25), GREY)
    draw(sheet, YEARS, YEARS_COLUMNS, "B", {"B": "#2E75B6"})
    for line in YEARS:
        if line.section:  # the band of the work package goes on under the months
            paint(sheet, [f"{letter}{line.row}" for letter in letters("A", 25)], YEARS_BAND)
    save(made, path)


HEADINGS = (
    Case(
        name="work_packages",
        imitates="A research project's chart: WP and T refs, M1 to M24 under counted years, their start in a line.",
        write=_packages,
        expected=(
            Table(
                sheet="GANTT",
                header_rows=(4, 5),
                columns=PACKAGES_COLUMNS,
                periods=months("F", 2024, 9, 24),
                legend=PACKAGES_LEGEND,
                # A work package has a lead, months and a bar of its own: it is a row of the plan.
                actions=truth(PACKAGES, "F", PACKAGES_COLOURS),
            ),
        ),
    ),
    Case(
        name="initials_of_months",
        imitates="A timetable of partners with O N D J F M under merged years of unequal length, and crosses.",
        write=_initials,
        expected=(
            Table(
                sheet="Work plan",
                header_rows=(3, 4),
                columns=INITIALS_COLUMNS,
                periods=months("C", 2024, 10, 24),
                actions=truth(INITIALS, "C", {"x": ""}),
            ),
        ),
    ),
    Case(
        name="weeks_in_words",
        imitates="Weeks as people type them: Mar 3, Mar 10 on one sheet, 3-7 Mar, 10-14 Mar on the other.",
        write=_spring,
        expected=tuple(
            Table(
                sheet=name,
                header_rows=(3,),
                columns=SPRING_COLUMNS,
                periods=days("D", date(2025, 3, 3), 10, 7),
                actions=truth(SPRING, "D", {"B": "#4472C4"}),
            )
            for name in SPRING_SHEETS
        ),
    ),
    Case(
        name="halves_of_months",
        imitates="A plan by half months, 1-15 and 16-31 under each month, the year in the title.",
        write=_halves,
        expected=(
            Table(
                sheet="Promenade",
                header_rows=(3, 4),
                columns=HALVES_COLUMNS,
                periods={
                    letter: date(2025, 1 + number // 2, 1 + 15 * (number % 2)).isoformat()
                    for number, letter in enumerate(letters("C", 12))
                },
                actions=truth(HALVES, "C", {"B": "#4472C4"}),
            ),
        ),
    ),
    Case(
        name="month_in_the_title",
        imitates="A German rota of one month: 1 to 31 over Mo Di Mi, grey weekends, the month only in the title.",
        write=_january,
        expected=(
            Table(
                sheet="Januar",
                header_rows=(3, 4),
                columns=JANUARY_COLUMNS,
                periods=days("C", date(2025, 1, 1), 31),
                actions=truth(JANUARY, "C", {"B": "#5B9BD5"}),
            ),
        ),
    ),
    Case(
        name="weeks_within_months",
        imitates="A project plan with W1 to W4 again under each merged month, the year in the title.",
        write=_again,
        expected=(
            Table(
                sheet="Tills",
                header_rows=(3, 4),
                columns=AGAIN_COLUMNS,
                periods=AGAIN_WEEKS,
                actions=truth(AGAIN, "C", {"B": "#5B9BD5"}),
            ),
        ),
    ),
    Case(
        name="numbers_under_quarters",
        imitates="A chart of one column of names: months 1 to 24 under quarters under Year 1 and 2, bands between.",
        write=_years,
        expected=(
            Table(
                sheet="Gantt",
                header_rows=(3, 4, 5),
                columns=YEARS_COLUMNS,
                periods=undated("B", 24),
                actions=truth(YEARS, "B", {"B": "#2E75B6"}),
            ),
        ),
    ),
)
