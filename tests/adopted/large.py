"""Plans of the size that councils have, and one that Excel itself made a table."""

from datetime import date, datetime, timedelta
from pathlib import Path

import xlsxwriter
from openpyxl.styles import Color, Font, PatternFill

from tests.adopted.case import Case, Table
from tests.adopted.drawing import (
    MOMENT,
    PALE,
    barred,
    book,
    days,
    down,
    draw,
    header,
    legend,
    letters,
    lines,
    paint,
    put,
    save,
    title,
    truth,
)

# -- weeks over New Year, sections with empty rows and subtotals between them -----------------------------------------

LARGE = lines("""
8 | # 1. LEADERSHIP AND GOVERNANCE
9 | 1.1 | Appoint the improvement director | Nia Farrow | GGG......... | | Started 4 November.
10 | 1.2 | Monthly improvement board with an independent chair | Nia Farrow | G...G...G...
11 | 1.3 | Scrutiny work programme agreed\\n(after the training in 1.4) | Priya Dale | ..AAAA......
12 | 1.4 | Scrutiny training | Priya Dale | .GG.........
13 | 1.5 | Constitution: officer delegations rewritten | Priya Dale | ....GGHHH...
14 | 1.6 | Member–officer protocol | Tom Ackerley | ......PPPP..
15 | 1.7 | Annual governance statement | Tom Ackerley | .........PPP
18 | # 2. FINANCE
19 | 2.1 | Balance the medium-term plan | Tom Ackerley | AAAARRRR....
20 | 2.2 | Spending control panel | Tom Ackerley | GGGGGGGGGGGG
21 | 2.3 | Sell the Tarn Street depot | Owen Lusk | ..SSSSSSSS.. | | Buyer withdrew; paused.
22 | 2.4 | Reserves policy | Tom Ackerley | .GGG........
23 | 2.5 | Fees and charges | Tom Ackerley | .....PPP....
24 | 2.6 | Debt recovery: one team | Sam Ibbot | .AAAA.......
27 | # 3. SERVICES
28 | 3.1 | Adult social care waiting list below 100 | Grace Thorne | RRRRRRRR.... | | 140 at the end of the month
29 | 3.2 | Reviews of high-cost placements | Grace Thorne | GGGGGG......
30 | 3.3 | Planning performance out of special measures | Sam Ibbot | ..GGGGAA....
31 | 3.4 | Missed bins below 60 in 100,000 | Sam Ibbot | GGG.........
32 | 3.5 | Temporary accommodation: no families in hotels | Owen Lusk | AAAAAAHHHH..
33 | 3.6 | Housing regulator's notice lifted | Owen Lusk | .......PPPPP
34 | 3.7 | Leisure contract extended | Nia Farrow | .....SSS....
35 | 3.8 | Library consultation | Nia Farrow | ........PPPP
""")
LARGE_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "depends_on": "D", "note": "Q"}
LARGE_LEGEND = {
    "#92D050": "Complete or on track",
    "#FFC000": "At risk",
    "#FF0000": "Off track",
    "#B898D0": "Date revised",
    "#7F7F7F": "Suspended",
    "#BDD7EE": "Planned",
}
LARGE_COLOURS = dict(zip("GARHSP", LARGE_LEGEND, strict=True))
LARGE_MEANS = dict(zip(LARGE_LEGEND, ("green", "amber", "red", "revised", "suspended"), strict=False))
# Purple lines on the paper, which the eye blends.
LARGE_HATCH = PatternFill("darkDown", fgColor="FF7030A0", bgColor=Color(indexed=65))


def _large(path: Path) -> None:
    made, (front, sheet) = book("Read me", "Improvement Plan")
    put(
        front, {"A1": "How to use this workbook", "A3": "1. Update your rows.", "A4": "2. Send it to Grace by the 5th."}
    )
    title(sheet, "A2", "WEXCOMBE BOROUGH COUNCIL", "A2:Q2")
    title(sheet, "A3", "Improvement Plan – winter 2024/25", "A3:Q3")
    put(sheet, {"A4": "Owner: Grace Thorne", "D4": "Version 3.2"})
    header(sheet, 6, "E", ["Nov 2024", None, None, "Dec 2024", *[None] * 4, "Jan 2025", None, None, None])
    for merged in ("E6:G6", "H6:L6", "M6:P6"):
        sheet.merge_cells(merged)
    weeks = [date(2024, 11, 11) + timedelta(days=7 * number) for number in range(12)]
    numbers = [f"W{week.isocalendar().week}" for week in weeks]  # W46 to W52, then W1 to W5
    header(sheet, 7, "A", ["Ref", "Action", "Lead Officer", "Depends on", *numbers, "Progress this month"])
    draw(sheet, LARGE, LARGE_COLUMNS, "E", {**LARGE_COLOURS, "H": ""}, sections_to="Q")
    for line in LARGE:
        for letter, bar in barred(line, "E"):
            if bar == "H":
                sheet[f"{letter}{line.row}"].fill = LARGE_HATCH
    for row, words in ((16, "Subtotal: 7 actions"), (25, "Subtotal: 6 actions"), (36, "Subtotal: 8 actions")):
        put(sheet, {f"B{row}": words, f"E{row}": 3, f"F{row}": 4})
        sheet[f"B{row}"].font = Font(italic=True)
        paint(sheet, [f"{letter}{row}" for letter in letters("A", 17)], PALE)
    put(sheet, {"A38": "TOTAL", "B38": "21 actions"})
    down(sheet, "D", (11, 20, 33), ("1.4", "2.1", "3.5, 3.2"))
    legend(sheet, "B40", LARGE_LEGEND, "KEY TO COLOURS")
    sheet["B44"].fill = LARGE_HATCH
    sheet.freeze_panes = "E8"
    save(made, path)


# -- "Format as Table" ------------------------------------------------------------------------------------------------

LISTED = lines("""
3 | R-01 | Move telephony to the cloud | Sam Ibbot | | Complete => green
4 | R-02 | Replace the firewall | Sam Ibbot | | In progress
5 | R-03 | Retire the old payroll | Tom Ackerley | | Off track => red
6 | R-04 | Cyber exercise with the county | Sam Ibbot | | Not started
7 | R-05 | Laptops for members | Priya Dale | | On track => green
8 | R-06 | Back-ups tested every quarter | Sam Ibbot | | At risk => amber
9 | R-07 | Records retention schedule | Grace Thorne | | On hold => suspended
10 | R-08 | Single sign-on | Sam Ibbot | | Not started
""")
LISTED_COLUMNS = {
    "ref": "B",
    "action": "C",
    "priority": "D",
    "lead": "E",
    "start": "F",
    "finish": "G",
    "days": "H",
    "depends_on": "I",
    "status": "J",
    "percent": "K",
}
LISTED_NAMES = "ID|Task|Priority|Assigned to|Start|Finish|Days|Predecessors|Status|% complete".split("|")


def _listed(path: Path) -> None:
    made = xlsxwriter.Workbook(str(path))
    made.set_properties({"created": MOMENT})
    sheet = made.add_worksheet("ICT tasks")
    dated = made.add_format({"num_format": "dd/mm/yyyy"})
    share = made.add_format({"num_format": "0%"})
    sheet.add_table("B2:K10", {"name": "Tasks", "columns": [{"header": name} for name in LISTED_NAMES]})
    sheet.set_column("B:K", 12)
    sheet.set_column("C:C", 40)
    for number, line in enumerate(LISTED):
        start = datetime(2025, 1, 6) + timedelta(days=14 * number)
        row = line.row - 1
        sheet.write_row(row, 1, (line.ref, line.action, ("High", "Medium", "Low")[number % 3], line.lead))
        sheet.write_datetime(row, 5, start, dated)
        sheet.write_datetime(row, 6, start + timedelta(days=20), dated)
        sheet.write_formula(row, 7, f"=G{line.row}-F{line.row}+1", None, 21)
        sheet.write(row, 8, "R-02" if line.ref == "R-08" else "")
        sheet.write(row, 9, line.word)
        sheet.write(row, 10, (1, 0.5, 0.3, 0, 0.6, 0.2, 0.1, 0)[number], share)
    made.close()


LARGE_CASES = (
    Case(
        name="large_plan",
        imitates="A whole council's plan: weeks over New Year, sections with subtotals and gaps between, a key of six.",
        write=_large,
        expected=(
            Table(
                sheet="Improvement Plan",
                header_rows=(6, 7),
                columns=LARGE_COLUMNS,
                periods=days("E", date(2024, 11, 11), 12, 7),
                legend=LARGE_LEGEND,
                # The key says suspended of a grey: here grey is a status, because the sheet says so.
                actions=truth(LARGE, "E", LARGE_COLOURS, LARGE_MEANS),
            ),
        ),
    ),
    Case(
        name="excel_table",
        imitates="A task list made with Format as Table, filter buttons and banding, no title, days as a formula.",
        write=_listed,
        expected=(Table(sheet="ICT tasks", header_rows=(2,), columns=LISTED_COLUMNS, actions=truth(LISTED)),),
    ),
)
