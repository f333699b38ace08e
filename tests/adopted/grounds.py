"""What is painted and is no bar, what is merged across, and what reads like headings and is none."""

from datetime import date, datetime, timedelta
from pathlib import Path

from openpyxl.comments import Comment
from openpyxl.styles import Alignment

from tests.adopted.case import Case, Table
from tests.adopted.drawing import (
    GREY,
    PALE,
    book,
    days,
    deep,
    down,
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
    shown,
    title,
    truth,
)

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

# -- bands over the sections, rows that are grouped away, a key at the right -------------------------------------------

BANDED = lines("""
5 | # 1 Governance
6 | 1.1 | Set up the board | Nia Farrow | CC........... | B => green
7 | 1.2 | Agree its terms of reference | Grace Thorne | .GGG......... | G => green
8 | # 2 Design
9 | 2.1 | Appoint the architect | Priya Dale | ..AAAAA...... | A => amber
10 | 2.2 | Ask the residents | Grace Thorne | ....RRRRR.... | R => red
11 | 2.3 | Apply for planning permission | Sam Ibbot | .........NNNN
""")
BANDED_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "status": "D"}
BANDED_LEGEND = {
    "#0070C0": "Complete",
    "#00B050": "On track",
    "#FFC000": "At risk",
    "#FF0000": "Delayed",
    "#A6A6A6": "Not started",
}
BANDED_COLOURS = dict(zip("CGARN", BANDED_LEGEND, strict=True))
BANDED_MEANS = dict(zip(BANDED_LEGEND, ("green", "green", "amber", "red"), strict=False))


def _banded(path: Path) -> None:
    made, (sheet,) = book("Programme")
    title(sheet, "A1", "Leisure centre: delivery programme", "A1:N1")
    sheet["A2"].value = "Version 0.4 – last updated 14/02/2025"
    over(sheet, 3, "E", [("Mar-25", 5), ("Apr-25", 4), ("May-25", 4)], GREY)
    weeks = [datetime(2025, 3, 3) + timedelta(days=7 * number) for number in range(13)]
    header(sheet, 4, "A", ["Ref", "Task", "Owner", "RAG", *weeks])
    shown(sheet, [f"{letter}4" for letter in letters("E", 13)], "d-mmm")
    draw(sheet, BANDED, BANDED_COLUMNS, "E", BANDED_COLOURS)
    for line in BANDED:
        if line.section:  # the number and the name stand in columns of their own
            number, _, name = line.section.partition(" ")
            put(sheet, {f"A{line.row}": number, f"B{line.row}": name})
            paint(sheet, [f"{letter}{line.row}" for letter in letters("A", 17)], PALE)
        else:
            paint(sheet, f"D{line.row}", BANDED_COLOURS[line.bars.strip(".")[0]])
    sheet.row_dimensions[11].hidden = True
    sheet.row_dimensions[11].outlineLevel = 1
    sheet["B9"].comment = Comment("Two bidders withdrew", "Priya Dale")
    legend(sheet, "S3", BANDED_LEGEND, "KEY")
    save(made, path)


# -- banners, and boxes beside the key that are painted too -----------------------------------------------------------

BANNERED = lines("""
6 | H1 | Build thirty homes at Mill Lane | Owen Lusk | CCC.........
7 | H2 | Buy back forty homes | Tom Ackerley | .GGGGG......
8 | H3 | Convert the old school | Owen Lusk | ....AAAAAAAA
""")
BANNERED_COLUMNS = {"ref": "A", "action": "B", "lead": "C"}
BANNERED_LEGEND = {"#00B0F0": "Complete", "#00B050": "On track", "#FFC000": "Slippage"}
BANNERED_COLOURS = dict(zip("CGA", BANNERED_LEGEND, strict=True))
BANNERED_MEANS = dict(zip(BANNERED_LEGEND, ("green", "green", "amber"), strict=True))


def _bannered(path: Path) -> None:
    made, (sheet,) = book("Plan")
    for cells, words, colour in (
        ("A1:O1", "COUNCIL ACTION PLAN 2025", "#8EA9DB"),
        ("A2:O2", "Priority: Housing", "#B4C6E7"),
        ("F3:I3", "Reporting officer: G. Thorne", "#FFF2CC"),
        ("J3:N3", "Period: Quarter 3", "#E2EFDA"),
    ):
        title(sheet, cells.partition(":")[0], words, cells)
        paint(sheet, cells.partition(":")[0], colour)
    sheet["A3"].value = "Key"
    for letter, (colour, words) in zip("BCD", BANNERED_LEGEND.items(), strict=True):
        paint(sheet, f"{letter}3", colour)
        sheet[f"{letter}3"].value = words
    header(sheet, 5, "A", ["Ref", "Action", "Lead", *MONTHS])
    draw(sheet, BANNERED, BANNERED_COLUMNS, "D", BANNERED_COLOURS)
    save(made, path)


# -- a grid painted grey before the bars were drawn on it, names of columns that nobody else uses ----------------------

GRIDDED = lines("""
5 | 1 | Repair the roof of the market hall | Works | BBB......... | | Scaffold is up
6 | 2 | Repaint the railings | Parks | .BBBBB......
7 | 3 | Relay the square | Works | ...BBBBBB...
8 | 4 | Renew the benches | Parks | .......BBBBB
9 | 5 | Keep the fountains running | Works | BBBBBBBBBBBB
""")
GRIDDED_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "note": "P"}


def _gridded(path: Path) -> None:
    made, (sheet,) = book("Works")
    title(sheet, "A1", "Old town: work plan")
    deep(sheet, range(3, 5), "A", ["Sl.", "Work to be carried out", "Unit in charge"])
    over(sheet, 3, "D", [("Timeline (2025)", 12)])
    header(sheet, 4, "D", MONTHS, GREY)
    deep(sheet, range(3, 5), "P", ["Remarks"])
    for row in range(5, 10):
        paint(sheet, [f"{letter}{row}" for letter in letters("D", 12)], PALE)
    draw(sheet, GRIDDED, GRIDDED_COLUMNS, "D", {"B": "#4472C4"})
    save(made, path)


# -- every action in a cell that is merged across four columns --------------------------------------------------------

ACROSS = lines("""
4 | # Preparation
5 | 1 | Book the harbour for the regatta | Nia Farrow | BB..........
6 | 2 | Ask the clubs for their dates | Sam Ibbot | .BBB........
7 | # Delivery
8 | 3 | Print the sailing instructions | Grace Thorne | ....BB......
9 | 4 | Put out the buoys | Owen Lusk | ......B.....
10 | 5 | Prizes and thanks | Nia Farrow | ......BB....
""")
ACROSS_COLUMNS = {"ref": "A", "action": "B", "lead": "F"}


def _across(path: Path) -> None:
    made, (sheet,) = book("Regatta")
    title(sheet, "A1", "Regatta: work plan 2025", "A1:R1")
    header(sheet, 3, "A", ["No", "Activity", None, None, None, "Lead", *MONTHS])
    sheet.merge_cells("B3:E3")
    draw(sheet, ACROSS, ACROSS_COLUMNS, "G", {"B": "#4472C4"}, sections_to="R")
    for line in ACROSS:
        if not line.section:
            sheet.merge_cells(f"B{line.row}:E{line.row}")
    save(made, path)


# -- actions that read like headings, over dates ----------------------------------------------------------------------

ALIKE = lines("""
4 | 1 | Start | Nia Farrow | | On track => green
5 | 1.1 | Project plan | Nia Farrow | | On track => green
6 | 1.2 | Action plan | Sam Ibbot | | On track => green
7 | 1.3 | Objectives | Project manager | | On track => green
8 | 2 | Delivery | Sam Ibbot | | Late => red
9 | 2.1 | Task group | Programme lead | | On track => green
10 | 2.2 | Milestones and owners | Owner of the site | | On track => green
11 | 2.3 | Train the staff | Grace Thorne | | On track => green
""")
ALIKE_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "start": "D", "finish": "E", "status": "F"}


def _alike(path: Path) -> None:
    made, (sheet,) = book("Plan")
    title(sheet, "A1", "Improvement plan 2025")
    header(sheet, 3, "A", ["WBS", "Task Name", "Owner", "Start", "Finish", "Status"])
    draw(sheet, ALIKE, ALIKE_COLUMNS)
    down(sheet, "D", range(4, 12), [datetime(2025, month, 6) for month in range(1, 9)])
    down(sheet, "E", range(4, 12), [datetime(2025, month, 6) for month in range(2, 10)])
    shown(sheet, [f"{letter}{row}" for letter in "DE" for row in range(4, 12)], "dd/mm/yyyy")
    save(made, path)


# -- a roadmap: what happens stands in the bars, and nothing is called an action --------------------------------------

ROADMAP = lines("""
5 | | Customer portal | | DDDBBBBBLLLL
6 | | Data platform | | .DDDDBBBBBBB
7 | | Network refresh | | DDBBBBBB....
""")
ROADMAP_COLUMNS = {"action": "A"}
ROADMAP_COLOURS = {"D": "#FFE699", "B": "#A9D08E", "L": "#9BC2E6"}
ROADMAP_WORDS = {
    "B5:D5": "Discovery",
    "E5:I5": "Build the first version",
    "J5:M5": "Roll out",
    "C6:F6": "Procure",
    "G6:M6": "Migrate",
    "B7:C7": "Survey",
    "D7:I7": "Install",
}


def _roadmap(path: Path) -> None:
    made, (sheet,) = book("Roadmap")
    title(sheet, "A1", "Digital roadmap FY25/26")
    deep(sheet, range(3, 5), "A", ["Workstream"])
    over(sheet, 3, "B", [(f"Q{number} FY25/26", 3) for number in (1, 2, 3, 4)])
    header(sheet, 4, "B", [*MONTHS[3:], *MONTHS[:3]], GREY)
    draw(sheet, ROADMAP, ROADMAP_COLUMNS, "B", ROADMAP_COLOURS)
    for cells, words in ROADMAP_WORDS.items():
        first = cells.partition(":")[0]
        sheet[first].value = words
        sheet[first].alignment = Alignment(horizontal="center")
        sheet.merge_cells(cells)
    save(made, path)


# -- letters under months that are no traffic light -------------------------------------------------------------------

CODED = lines("""
4 | A1 | Payroll | Tom Ackerley | P.F.C.......
5 | A2 | Contracts below the threshold | Priya Dale | .PFFC.......
6 | A3 | Passwords of those who left | Sam Ibbot | ....PFFC....
7 | A4 | Grants to clubs | Tom Ackerley | .......PFFFC
""")
CODED_COLUMNS = {"ref": "A", "action": "B", "lead": "C"}


def _coded(path: Path) -> None:
    made, (sheet,) = book("Audits")
    title(sheet, "A1", "Audit plan 2025")
    header(sheet, 3, "A", ["Ref", "Action", "Lead", *MONTHS])
    draw(sheet, CODED, CODED_COLUMNS, "D", {}, {letter: letter for letter in "PFC"})
    sheet["B9"].value = "P = Planning, F = Fieldwork, C = Closed"
    save(made, path)


GROUNDS = (
    Case(
        name="bands_over_sections",
        imitates="A programme with pale bands over the sections' rows and weeks, a row grouped away, a key at right.",
        write=_banded,
        expected=(
            Table(
                sheet="Programme",
                header_rows=(3, 4),
                columns=BANDED_COLUMNS,
                periods=days("E", date(2025, 3, 3), 13, 7),
                legend=BANDED_LEGEND,
                # A row that is grouped away is still one of the plan's; B stands on blue, which the key calls complete.
                actions=truth(BANDED, "E", BANDED_COLOURS, BANDED_MEANS),
            ),
        ),
    ),
    Case(
        name="banners_beside_the_key",
        imitates="A plan under painted banners, with a key in one row beside two more painted boxes of words.",
        write=_bannered,
        expected=(
            Table(
                sheet="Plan",
                header_rows=(5,),
                columns=BANNERED_COLUMNS,
                periods=months("D", 2025, 1, 12),
                legend=BANNERED_LEGEND,
                actions=truth(BANNERED, "D", BANNERED_COLOURS, BANNERED_MEANS),
            ),
        ),
    ),
    Case(
        name="grid_under_bars",
        imitates="A work plan whose grid was painted pale before the bars, with names merged down beside the months.",
        write=_gridded,
        expected=(
            Table(
                sheet="Works",
                header_rows=(3, 4),
                columns=GRIDDED_COLUMNS,
                periods=months("D", 2025, 1, 12),
                actions=truth(GRIDDED, "D", {"B": "#4472C4"}),
            ),
        ),
    ),
    Case(
        name="merged_across",
        imitates="A plan typed into a grid of small columns: every action is merged across four of them.",
        write=_across,
        expected=(
            Table(
                sheet="Regatta",
                header_rows=(3,),
                columns=ACROSS_COLUMNS,
                periods=months("G", 2025, 1, 12),
                actions=truth(ACROSS, "G", {"B": "#4472C4"}),
            ),
        ),
    ),
    Case(
        name="actions_like_headings",
        imitates="A task list of phases and papers: Project plan, Objectives, Task group, each with two dates.",
        write=_alike,
        expected=(Table(sheet="Plan", header_rows=(3,), columns=ALIKE_COLUMNS, actions=truth(ALIKE)),),
    ),
    Case(
        name="roadmap_of_words",
        imitates="A roadmap for slides: workstreams, merged bars with what happens in them, quarters of FY25/26.",
        write=_roadmap,
        expected=(
            Table(
                sheet="Roadmap",
                header_rows=(3, 4),
                columns=ROADMAP_COLUMNS,
                periods=months("B", 2025, 4, 12),
                actions=truth(ROADMAP, "B", ROADMAP_COLOURS),
            ),
        ),
    ),
    Case(
        name="letters_of_stages",
        imitates="An audit plan with P, F and C under the months, which a line below explains as stages.",
        write=_coded,
        expected=(
            Table(
                sheet="Audits",
                header_rows=(3,),
                columns=CODED_COLUMNS,
                periods=months("D", 2025, 1, 12),
                # Closed is a stage of an audit here, and no traffic light.
                actions=truth(CODED, "D", dict.fromkeys("PFC", "")),
            ),
        ),
    ),
)
