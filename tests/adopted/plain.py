"""Plans as most people make them: a title, a row of names, months, and colours."""

from datetime import datetime
from pathlib import Path

from openpyxl.styles import Color, Font, PatternFill

from tests.adopted.case import Case, Table
from tests.adopted.drawing import (
    PALE,
    book,
    down,
    draw,
    header,
    legend,
    letters,
    lines,
    months,
    paint,
    put,
    save,
    title,
    truth,
)

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

# -- What / Who / By when / RAG ---------------------------------------------------------------------------------------

WORD = lines("""
3 |  | Write to every tenant about the new repairs line | Nia Farrow |  | G => green
4 |  | Agree the training programme with the unions | Tom Ackerley |  | A => amber
5 |  | Publish the complaints policy\\nand put a copy in each library | Priya Dale |  | G => green
6 |  | Recruit two damp and mould surveyors | Owen Lusk |  | R => red
7 |  | Report to Cabinet on the backlog | Nia Farrow / Tom Ackerley |  | A => amber
8 |  | Close the old call log | Grace Thorne |  | G => green
9 |  | Review the fire doors at Tarn House | Owen Lusk |  |
""")
WORD_COLUMNS = {"action": "A", "lead": "B", "deadline": "C", "status": "D"}


def _word(path: Path) -> None:
    made, (sheet,) = book("Sheet1")
    title(sheet, "A1", "Actions from the improvement board", "A1:D1")
    put(sheet, {"A2": "What", "B2": "Who", "C2": "By when", "D2": "RAG"})
    for letter in "ABCD":
        sheet[f"{letter}2"].font = Font(bold=True)
    draw(sheet, WORD, WORD_COLUMNS)
    whens = ["End of March", datetime(2025, 4, 30), "asap", "Sept 25", "Next meeting", "31/3/25", "TBC"]
    down(sheet, "C", range(3, 10), whens)
    sheet["C4"].number_format = "dd/mm/yyyy"
    save(made, path)


# -- months with the year in the title, zebra stripes, totals and a legend below ---------------------------------------

TITLED = lines("""
4 | 1 | Set up the programme office | Nia Farrow | GGG.........
5 | 2 | Map every service against the inspection findings | Tom Ackerley | .GGG........
6 | 3 | Consult residents on the new contact centre | Priya Dale | ...AA.......
7 | 4 | Let the contract for the housing system | Owen Lusk | ..GGRR......
8 | 5 | Train front-line staff | Grace Thorne | .....PPP....
9 | 6 | Move records to the new system | Owen Lusk | .......PPP..
10 | 7 | Test the system with ten tenants | Sam Ibbot | ........PP..
11 | 8 | Go live | Owen Lusk | ..........PP
""")
TITLED_COLUMNS = {"ref": "A", "action": "B", "lead": "C"}
TITLED_LEGEND = {"#70AD47": "On track", "#FFC000": "Delayed", "#C00000": "Overdue", "#5B9BD5": "Planned"}
TITLED_COLOURS = dict(zip("GARP", TITLED_LEGEND, strict=True))
TITLED_MEANS = {"#70AD47": "green", "#FFC000": "amber", "#C00000": "red"}


def _titled(path: Path) -> None:
    made, (sheet,) = book("Plan")
    title(sheet, "A1", "Wexcombe Borough Council – Improvement Plan 2024", "A1:O1")
    header(sheet, 3, "A", ["No.", "Action", "Owner", *MONTHS])
    for row in (5, 7, 9, 11):  # zebra stripes are no bars
        paint(sheet, [f"{letter}{row}" for letter in letters("A", 15)], PALE)
    draw(sheet, TITLED, TITLED_COLUMNS, "D", TITLED_COLOURS)
    put(sheet, {"A12": "Total", "B12": "8 actions", "D12": 1, "E12": 2, "F12": 3, "G12": 3, "H12": 2})
    legend(sheet, "B14", TITLED_LEGEND, "Key")
    save(made, path)


# -- a financial year over two header rows, theme colours with tint, a logo's rows and an empty first sheet -----------

YEARLY = lines("""
8 | # Theme 1: Finance and governance
9 | 1.1 | Close the accounts on time | Tom Ackerley | GGG.........
10 | 1.2 | Adopt the new scheme of delegation | Priya Dale | ..LLL.......
11 | 1.3 | Induct new members of the audit committee | Priya Dale | ....DD......
12 | 1.4 | Savings tracker reported each month | Nia Farrow | GGGGGGGGGGGG
13 | # Theme 2: Homes
14 | 2.1 | Survey the stock | Owen Lusk | .GGGGG......
15 | 2.2 | Fit alarms in every flat | Owen Lusk | ......LLLLLL
16 | 2.3 | Rewrite the allocations policy | Sam Ibbot | .......DDD..
17 | 2.4 | Tenants' scrutiny panel meets | Grace Thorne | ..G..L..L..L
""")
YEARLY_COLUMNS = {"ref": "B", "action": "C", "lead": "D", "resources": "E"}
# What Excel shows: accent 3, accent 1 lighter 40%, accent 6 darker 25%, in the theme "Office" of 2007 to 2010.
YEARLY_COLOURS = {"G": "#9BBB59", "L": "#95B3D7", "D": "#E26B0A"}
YEARLY_THEME = {"G": Color(theme=6), "L": Color(theme=4, tint=0.3999), "D": Color(theme=9, tint=-0.2499)}
YEARLY_LEGEND = {"#9BBB59": "Completed / on target", "#95B3D7": "Not yet due", "#E26B0A": "Off target"}


def _yearly(path: Path) -> None:
    made, (_, sheet) = book("Sheet1", "Action plan")
    title(sheet, "E2", "WEXCOMBE", "E2:H3")
    sheet["B4"].value = "Corporate Improvement Plan 2024/25"
    sheet["B4"].font = Font(bold=True, size=14)
    header(sheet, 6, "B", [None, None, None, None, 2024, *[None] * 8, 2025, None, None])
    sheet.merge_cells("F6:N6")
    sheet.merge_cells("O6:Q6")
    header(sheet, 7, "B", ["Ref", "Action", "Lead officer", "Resources", *MONTHS[3:], *MONTHS[:3]])
    draw(sheet, YEARLY, YEARLY_COLUMNS, sections_to="Q", first="F", colours={})
    for line in YEARLY:
        for letter, bar in zip(letters("F", 12), line.bars or "." * 12, strict=True):
            if bar != ".":
                sheet[f"{letter}{line.row}"].fill = PatternFill("solid", fgColor=YEARLY_THEME[bar])
    down(sheet, "E", (9, 14, 15), ("2 FTE", "£40k", "HRA capital"))
    for number, bar in enumerate("GLD"):
        sheet[f"B{19 + number}"].fill = PatternFill("solid", fgColor=YEARLY_THEME[bar])
        sheet[f"C{19 + number}"].value = YEARLY_LEGEND[YEARLY_COLOURS[bar]]
    save(made, path)


# -- "Apr-24" as text, the old indexed colours, no legend --------------------------------------------------------------

INDEXED = lines("""
5 | A1 | Appoint an independent chair | N Farrow | GG.... | | Chair started 2 April.
6 | A2 | Terms of reference for the board | N Farrow | .GG...
7 | A3 | Peer review\\n- invite\\n- host\\n- publish | T Ackerley | ..AAA.
8 | B1 | Fill the vacant social work posts | P Dale | GAARRR | | Agency cover in place; third advert is out.
9 | B2 | Audit of 40 case files | S Ibbot | ....GG
10 | B3 | Supervision policy | S Ibbot | ..GGG.
""")
INDEXED_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "partners": "D", "note": "K"}
INDEXED_COLOURS = {"G": "#008000", "A": "#FF9900", "R": "#FF0000"}
INDEXED_NUMBERS = {"G": 17, "A": 52, "R": 10}


def _indexed(path: Path) -> None:
    made, (sheet,) = book("Improvement Plan (2)")
    title(sheet, "A1", "Children's services improvement plan")
    sheet["A2"].value = "Last updated: 3 June by Grace T"
    names = ["Ref", "Improvement action", "Responsible officer", "Partners"]
    header(sheet, 4, "A", [*names, "Apr-24", "May-24", "Jun-24", "Jul-24", "Aug-24", "Sep-24", "Progress update"])
    draw(sheet, INDEXED, INDEXED_COLUMNS, "E", {})
    for line in INDEXED:
        for letter, bar in zip(letters("E", 6), line.bars, strict=True):
            if bar != ".":
                sheet[f"{letter}{line.row}"].fill = PatternFill("solid", fgColor=Color(indexed=INDEXED_NUMBERS[bar]))
    down(sheet, "D", (7, 9), ("County council", "Health trust, police"))
    save(made, path)


PLAIN = (
    Case(
        name="word_table",
        imitates="A table pasted from the minutes in Word: What, Who, By when and RAG, and dates in any words.",
        write=_word,
        expected=(Table(sheet="Sheet1", header_rows=(2,), columns=WORD_COLUMNS, actions=truth(WORD)),),
    ),
    Case(
        name="year_in_the_title",
        imitates="A yearly plan, January to December, with the year in its title, zebra stripes, totals and key below.",
        write=_titled,
        expected=(
            Table(
                sheet="Plan",
                header_rows=(3,),
                columns=TITLED_COLUMNS,
                periods=months("D", 2024, 1, 12),
                legend=TITLED_LEGEND,
                actions=truth(TITLED, "D", TITLED_COLOURS, TITLED_MEANS),
            ),
        ),
    ),
    Case(
        name="financial_year",
        imitates="A corporate plan from April to March under merged years, in theme colours, after an empty sheet.",
        write=_yearly,
        expected=(
            Table(
                sheet="Action plan",
                header_rows=(6, 7),
                columns=YEARLY_COLUMNS,
                periods=months("F", 2024, 4, 12),
                legend=YEARLY_LEGEND,
                # "Off target" is drawn in orange; what the key says goes before what the colour looks like.
                actions=truth(YEARLY, "F", YEARLY_COLOURS, {"#9BBB59": "green", "#E26B0A": "red"}),
            ),
        ),
    ),
    Case(
        name="old_colours",
        imitates="A plan saved since the days of .xls: indexed colours, months as text (Apr-24), no key.",
        write=_indexed,
        expected=(
            Table(
                sheet="Improvement Plan (2)",
                header_rows=(4,),
                columns=INDEXED_COLUMNS,
                periods=months("E", 2024, 4, 6),
                actions=truth(
                    INDEXED, "E", INDEXED_COLOURS, {"#008000": "green", "#FF9900": "amber", "#FF0000": "red"}
                ),
            ),
        ),
    ),
)
