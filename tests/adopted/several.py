"""Several tables in a workbook or on a sheet, and headers that are said again or stand below."""

from dataclasses import replace
from datetime import date
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
    legend,
    lines,
    months,
    put,
    save,
    title,
    truth,
)

HALF = "Jan Feb Mar Apr May Jun".split()

# -- a sheet for each team --------------------------------------------------------------------------------------------

TEAMS = {
    "Housing": lines("""
3 | H1 | Emergency repairs in 24 hours | Owen Lusk | GGAA..
4 | H2 | Rent statements online | Sam Ibbot | ..GG..
5 | H3 | Estate walkabouts | Grace Thorne | G.G.G.
6 | H4 | Garages let | Owen Lusk | ....RR
"""),
    "Finance": lines("""
3 | F1 | Pay suppliers in 30 days | Tom Ackerley | GGGGGG
4 | F2 | Close the purchase card gap | Priya Dale | .AA...
5 | F3 | Budget training for managers | Tom Ackerley | ...GG.
"""),
    "Legal ": lines("""
3 | L1 | Time recording | Priya Dale | RR....
4 | L2 | Lease reviews cleared | Nia Farrow | .GGGG.
5 | L3 | Template contracts | Priya Dale | ....AA
"""),
}
TEAM_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "note": "J"}


def _teams(path: Path) -> None:
    made, (cover, *sheets) = book("Contents", *TEAMS)
    put(cover, {"B2": "Service plans 2025", "B4": "Tab", "C4": "Head of service", "B5": "Housing", "C5": "O. Lusk"})
    put(cover, {"B6": "Finance", "C6": "T. Ackerley", "B7": "Legal", "C7": "N. Farrow"})
    for sheet, (team, plan) in zip(sheets, TEAMS.items(), strict=True):
        title(sheet, "A1", f"{team.strip()} service plan 2025", "A1:J1")
        header(sheet, 2, "A", ["Ref", "Action", "Officer", *HALF, "Notes"])
        draw(sheet, plan, TEAM_COLUMNS, "D")
    save(made, path)


# -- tables one under the other, each with its own title and header ---------------------------------------------------

UPPER = lines("""
4 | 1 | Play areas inspected | Sam Ibbot | GGGGGG
5 | 2 | Splash park reopened | Owen Lusk | ..AARR
6 | 3 | Friends groups supported | Grace Thorne | .G.G.G
7 | 4 | Tree survey | Sam Ibbot | ..GG..
""")
LOWER = lines("""
12 | 1 | Pool plant replaced | Owen Lusk | AAAA..
13 | 2 | Free swims for under-eights | Nia Farrow | ....GG
14 | 3 | Operator's contract reviewed | Priya Dale | ..RRR.
""")
STACKED_COLUMNS = {"ref": "A", "action": "B", "lead": "C"}


def _stacked(path: Path) -> None:
    made, (sheet,) = book("Leisure")
    title(sheet, "A1", "Parks and leisure 2025")
    for row, team, plan in ((2, "Parks team", UPPER), (10, "Leisure centres team", LOWER)):
        title(sheet, f"A{row}", team, f"A{row}:I{row}")
        header(sheet, row + 1, "A", ["No", "Action", "Lead", *HALF])
        draw(sheet, plan, STACKED_COLUMNS, "D")
    put(sheet, {"A8": "Total: 4 actions", "A15": "Total: 3 actions"})
    save(made, path)


# -- the header again on every page -----------------------------------------------------------------------------------

PAGED = lines("""
4 | 1 | Ward budgets published | Nia Farrow | GG....
5 | 2 | Petitions online | Sam Ibbot | .GG...
6 | 3 | Webcast of every committee | Sam Ibbot | ..AA.. | | Camera on order
7 | 4 | Parish charter | Grace Thorne | ...GG.
10 | 5 | Community grants: one form | Grace Thorne | GGG...
11 | 6 | Asset transfers policy | Priya Dale | ..RRR.
12 | 7 | Youth council | Nia Farrow | ....GG
13 | 8 | Volunteers' handbook | Tom Ackerley | .AA...
16 | 9 | Annual meeting | Nia Farrow | .....G | | Annual meeting is on 26 June
17 | 10 | Annual report | Tom Ackerley | ....AA
""")
PAGED_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "note": "J"}


def _paged(path: Path) -> None:
    made, (sheet,) = book("Communities")
    title(sheet, "A1", "Communities action plan 2025")
    for row in (2, 8, 14):
        header(sheet, row, "D", ["2025", *[None] * 5])
        sheet.merge_cells(f"D{row}:I{row}")
        header(sheet, row + 1, "A", ["No", "Action", "Lead", *HALF, "Remarks"])
    draw(sheet, PAGED, PAGED_COLUMNS, "D")
    save(made, path)


# -- two plans side by side -------------------------------------------------------------------------------------------

LEFT = lines("""
4 | N1 | Resurface North Road | Owen Lusk | GG.
5 | N2 | Bus shelters | Sam Ibbot | .AA
6 | N3 | Flood wardens | Grace Thorne | GGG
7 | N4 | Market stalls | Priya Dale | ..R
""")
RIGHT = lines("""
4 | S1 | Harbour steps | Tom Ackerley | RR.
5 | S2 | Beach huts ballot | Nia Farrow | .G.
6 | S3 | Promenade lights | Tom Ackerley | ..A
""")
LEFT_COLUMNS = {"ref": "A", "action": "B", "lead": "C"}
RIGHT_COLUMNS = {"ref": "H", "action": "I", "lead": "J"}


def _beside(path: Path) -> None:
    made, (sheet,) = book("Areas")
    title(sheet, "A1", "Area plans 2025")
    for first, bars, name, plan, columns in (
        ("A", "D", "North area", LEFT, LEFT_COLUMNS),
        ("H", "K", "South area", RIGHT, RIGHT_COLUMNS),
    ):
        title(sheet, f"{first}2", name)
        header(sheet, 3, first, ["Ref", "Action", "Lead", "Apr", "May", "Jun"])
        draw(sheet, plan, columns, bars)
    save(made, path)


# -- the weeks under the bars, as the axis of a chart -----------------------------------------------------------------

AXIS = lines("""
3 | 1 | Order the stands | Sam Ibbot | GG......
4 | 2 | Invite the speakers | Nia Farrow | GGG.....
5 | 3 | Print the programme | Grace Thorne | ...AA...
6 | 4 | Rehearsal | All | ......G.
7 | 5 | Staff conference | All | .......R
8 | 6 | Thank-you letters | Grace Thorne | .......G
""")
AXIS_COLUMNS = {"ref": "A", "action": "B", "lead": "C"}
AXIS_LEGEND = {GREEN: "On track", AMBER: "Needs attention", RED: "Date in doubt"}


def _axis(path: Path) -> None:
    made, (sheet,) = book("Conference")
    title(sheet, "A1", "Staff conference 2025")
    header(sheet, 2, "A", ["No", "What", "Who"])
    draw(sheet, AXIS, AXIS_COLUMNS, "D")
    header(sheet, 9, "D", [f"Wk {number}" for number in range(36, 44)])
    legend(sheet, "B11", AXIS_LEGEND)
    save(made, path)


SEVERAL = (
    Case(
        name="a_sheet_for_each_team",
        imitates="Three teams' plans on three sheets after a sheet of contents that looks a little like a table.",
        write=_teams,
        expected=tuple(
            Table(
                sheet=team,
                header_rows=(2,),
                columns=TEAM_COLUMNS,
                periods=months("D", 2025, 1, 6),
                actions=truth(plan, "D", TRAFFIC, TRAFFIC_MEANS),
            )
            for team, plan in TEAMS.items()
        ),
    ),
    Case(
        name="stacked",
        imitates="Two teams one under the other on a sheet, each with its name, the header again, and a total.",
        write=_stacked,
        expected=tuple(
            Table(
                sheet="Leisure",
                header_rows=(row,),
                columns=STACKED_COLUMNS,
                periods=months("D", 2025, 1, 6),
                # The team's name stands over its table as a section's does, and is what tells the two no. 1 apart.
                actions=tuple(replace(action, heading=team) for action in truth(plan, "D", TRAFFIC, TRAFFIC_MEANS)),
            )
            for row, team, plan in ((3, "Parks team", UPPER), (11, "Leisure centres team", LOWER))
        ),
    ),
    Case(
        name="header_on_every_page",
        imitates="One plan whose header of two rows is typed again where each printed page begins; the numbers go on.",
        write=_paged,
        expected=(
            Table(
                sheet="Communities",
                header_rows=(2, 3),
                repeated=(8, 9, 14, 15),
                columns=PAGED_COLUMNS,
                periods=months("D", 2025, 1, 6),
                actions=truth(PAGED, "D", TRAFFIC, TRAFFIC_MEANS),
            ),
        ),
    ),
    Case(
        name="side_by_side",
        imitates="Two areas' plans side by side on one sheet, an empty column between them.",
        write=_beside,
        expected=tuple(
            Table(
                sheet="Areas",
                header_rows=(3,),
                columns=columns,
                periods=months(first, 2025, 4, 3),
                actions=tuple(replace(action, heading=name) for action in truth(plan, first, TRAFFIC, TRAFFIC_MEANS)),
            )
            for columns, first, name, plan in (
                (LEFT_COLUMNS, "D", "North area", LEFT),
                (RIGHT_COLUMNS, "K", "South area", RIGHT),
            )
        ),
    ),
    Case(
        name="weeks_below",
        imitates="A small chart: column names above, and the weeks under the last bar, as the axis of a diagram.",
        write=_axis,
        expected=(
            Table(
                sheet="Conference",
                header_rows=(2, 9),
                columns=AXIS_COLUMNS,
                periods=days("D", date(2025, 9, 1), 8, 7),
                legend=AXIS_LEGEND,
                # "Needs attention" and "Date in doubt" are said with amber and red: word and colour agree enough.
                actions=truth(AXIS, "D", TRAFFIC, TRAFFIC_MEANS),
            ),
        ),
    ),
)
