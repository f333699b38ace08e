"""Trackers of inspections, audits and boards: keys of their own, ratings by term, dates that were put off."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from tests.adopted.case import Case, Table
from tests.adopted.drawing import (
    AMBER,
    GREEN,
    RED,
    TRAFFIC,
    TRAFFIC_MEANS,
    barred,
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
    rule,
    save,
    shown,
    title,
    truth,
    undated,
)

# -- blue is complete, the letter beside the colour, the regulation merged down ------------------------------

INSPECTED = lines("""
5 | MD1a | Bring in the safety checklist | Nia Farrow | | B => green | 12/02/25: live on both wards
6 | MD1b | Audit it every week | Nia Farrow | | G => green | 12/02/25: nine of ten complete
7 | MD1c | Report the audits to the board | Grace Thorne | | A => amber | First report put off to April
8 | MD2a | Recruit fourteen nurses | Tom Ackerley | | R => red | Five started; advert is out again
9 | MD2b | Publish rotas six weeks ahead | Tom Ackerley | | G => green
""")
INSPECTED_COLUMNS = {
    "ref": "A",
    "heading": "B",
    "action": "D",
    "lead": "E",
    "deadline": "G",
    "status": "H",
    "note": "I",
}
INSPECTED_LEGEND = {
    "#0070C0": "Blue - complete and embedded",
    "#FF0000": "Red - overdue / not on track",
    "#FFC000": "Amber - some risk to delivery",
    "#00B050": "Green - on track",
}
INSPECTED_COLOURS = dict(zip("BRAG", INSPECTED_LEGEND, strict=True))
INSPECTED_RULES = {
    5: "Regulation 12: risks to patients must be assessed and written down.",
    8: "Regulation 18: there must be enough staff at all times.",
}


def _inspected(path: Path) -> None:
    made, (sheet, lists) = book("Must do", "Lists")
    title(sheet, "A1", "Community hospital: action plan after the inspection", "A1:K1")
    sheet["A2"].value = "BRAG key:"
    for letter, (colour, words) in zip("BCDE", INSPECTED_LEGEND.items(), strict=True):
        paint(sheet, f"{letter}2", colour)
        sheet[f"{letter}2"].value = words
    names = ["Ref", "'Must do' / regulation", "Core service", "Action required", "Executive lead", "Operational lead"]
    header(sheet, 4, "A", [*names, "Target date for completion", "BRAG", "Progress update"])
    header(sheet, 4, "J", ["Evidence of assurance", "Oversight committee"])
    draw(sheet, INSPECTED, INSPECTED_COLUMNS)
    for line in INSPECTED:
        paint(sheet, f"H{line.row}", INSPECTED_COLOURS[line.word])
        put(sheet, {f"F{line.row}": "Sam Ibbot", f"G{line.row}": datetime(2025, line.row - 2, 28)})
        put(sheet, {f"J{line.row}": "Audit report"})
        shown(sheet, [f"G{line.row}"], "mmm-yy")
    for rows, (row, words) in zip(("5:7", "8:9"), INSPECTED_RULES.items(), strict=True):
        put(sheet, {f"B{row}": words, f"C{row}": "Medicine"})
        first, last = rows.split(":")
        for letter in "BC":
            sheet.merge_cells(f"{letter}{first}:{letter}{last}")
    down(lists, "A", range(1, 6), ("BRAG", *"BRAG"))
    lists.sheet_state = "hidden"
    save(made, path)


# -- a rating for each term, by colours without words -----------------------------------------------------------------

TERMS = lines("""
5 | 1 | Map what is taught in history and geography | Priya Dale | GG. | | See the monitoring file
6 | 2 | Coach the subject leaders | Tom Ackerley | AG. | | Two of six so far
7 | 3 | Governors' monitoring visits | Nia Farrow | RA.
8 | 4 | Phonics in small groups | Grace Thorne | .G.
""")
TERMS_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "deadline": "D", "resources": "E", "note": "J"}


def _terms(path: Path) -> None:
    made, (sheet,) = book("Priority 1")
    title(sheet, "A1", "Tarn Lane Primary School: action plan", "A1:J1")
    sheet["A2"].value = "Area for improvement 1: what is taught, and in which order"
    sheet.merge_cells("A2:J2")
    names = ["No.", "What we will do (actions)", "Who", "By when", "Resources / cost", "Success criteria"]
    header(sheet, 4, "A", [*names, "RAG Autumn", "RAG Spring", "RAG Summer", "Evaluation / impact"])
    draw(sheet, TERMS, TERMS_COLUMNS, "G")
    down(sheet, "D", range(5, 9), ("Oct 24", "Spring term", "Half-termly", "Easter"))
    down(sheet, "E", range(5, 9), ("£500", "Two days' cover", None, "£1,200"))
    down(sheet, "F", range(5, 9), ["Nine in ten lessons are good"] * 4)
    save(made, path)


# -- what auditors recommended: two dates, of which the later one counts, and statuses of their own --------------------

AUDITED = lines("""
4 | 1.1 | Weekly report of leavers to payroll | Tom Ackerley | | Partially implemented | Supplier asked for a price
5 | 1.2 | New form for overtime | Tom Ackerley | | Implemented => green | Third version is in use
6 | 2.1 | Report waivers every quarter | Priya Dale | | Not implemented | Post is vacant
7 | 2.2 | Reconcile the register to the ledger | Priya Dale | | Not yet due
8 | 3.1 | Test the recovery plan | Sam Ibbot | | Superseded | Replaced by this year's audit
""")
AUDITED_COLUMNS = {
    "ref": "A",
    "priority": "C",
    "action": "D",
    "lead": "E",
    "deadline": "G",
    "status": "H",
    "note": "I",
}
AUDITED_NAMES = (
    "Rec. No.|Finding|Priority|Agreed management action|Responsible officer|Original target date|Revised target date"
    "|Status|Latest management update|Internal audit verification"
).split("|")


def _audited(path: Path) -> None:
    made, (sheet,) = book("Tracker")
    title(sheet, "A1", "Audit recommendations: tracker for the committee of March 2025")
    header(sheet, 3, "A", AUDITED_NAMES)
    draw(sheet, AUDITED, AUDITED_COLUMNS)
    rows = range(4, 9)
    findings = ("Leavers are not removed", "Claims lack approval", "Waivers are not reported", "Register has gaps")
    down(sheet, "B", rows, (*findings, "No tested plan"))
    down(sheet, "C", rows, ("High", "Medium", "High", "Low", "High"))
    down(sheet, "F", rows, [datetime(2024, month, 28) for month in (4, 3, 12, 9, 2)])
    down(sheet, "G", rows, [datetime(2025, month, 30) for month in (6, 7, 3, 9, 4)])
    down(sheet, "J", rows, ("", "Seen", "", "", ""))
    shown(sheet, [f"{letter}{row}" for letter in "FG" for row in rows], "dd/mm/yyyy")
    sheet.auto_filter.ref = "A3:J8"
    save(made, path)


# -- German: a traffic light beside the status ------------------------------------------------------------------------

LIGHTS = lines("""
4 | 1 | Lieferanten bewerten | Frau Kröger | | erledigt => green | wirksam
5 | 2 | Kalibrierplan erstellen | Herr Nolte | | in Bearbeitung | Anbieter angefragt
6 | 3 | Frist im System hinterlegen | Herr Wiebe | | offen
""")
LIGHTS_COLUMNS = {"ref": "A", "heading": "B", "action": "D", "lead": "E", "deadline": "F", "status": "H", "note": "J"}
LIGHTS_AREAS = ("Einkauf", "Fertigung", "Vertrieb")


def _lights(path: Path) -> None:
    made, (sheet,) = book("Maßnahmenplan")
    title(sheet, "A1", "Maßnahmenplan zum Audit", "A1:J1")
    names = ["lfd. Nr.", "Bereich", "Feststellung", "Maßnahme", "Verantwortlich", "Termin", "Ampel", "Status"]
    header(sheet, 3, "A", [*names, "erledigt am", "Wirksamkeitsprüfung / Bemerkung"])
    draw(sheet, LIGHTS, LIGHTS_COLUMNS)
    rows = range(4, 7)
    down(sheet, "B", rows, LIGHTS_AREAS)
    down(sheet, "C", rows, ("Bewertung fehlt", "Prüfmittel nicht kalibriert", "Reklamationen ohne Frist"))
    down(sheet, "F", rows, (datetime(2025, 3, 31), datetime(2025, 4, 30), "KW 20"))
    sheet["I4"].value = datetime(2025, 3, 12)
    shown(sheet, ["F4", "F5", "I4"], "dd.mm.yyyy")
    for row, colour in zip(rows, (GREEN, AMBER, RED), strict=True):
        paint(sheet, f"G{row}", colour)
    save(made, path)


# -- how sure the board is, 1 to 5 under each month, coloured by rules -------------------------------------------------

SURE = lines("""
5 | M1 | Business case approved | Nia Farrow | 335555 | | Signed in May
6 | M2 | Contract let | Priya Dale | 331113 | | One bidder withdrew
7 | M3 | Go live | Nia Farrow | 553335
""")
SURE_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "note": "J"}
SURE_RULES = {"1": "#FF0000", "2": "#FF9900", "3": "#FFFF00", "4": "#92D050", "5": "#00B050"}
SURE_MEANS = {"#FF0000": "red", "#FFFF00": "amber", "#00B050": "green"}


def _sure(path: Path) -> None:
    made, (sheet,) = book("Confidence")
    title(sheet, "A1", "Improvement board: how sure we are, month by month")
    sheet["A2"].value = "1 = red, 3 = amber, 5 = green; 2 and 4 lie between"
    starts = [datetime(2025, month, 1) for month in range(1, 7)]
    header(sheet, 4, "A", ["ID", "Milestone", "SRO", *starts, "Commentary"])
    shown(sheet, [f"{letter}4" for letter in letters("D", 6)], "mmm-yy")
    draw(sheet, SURE, SURE_COLUMNS, "D", {})
    put(sheet, {f"{letter}{line.row}": int(bar) for line in SURE for letter, bar in barred(line, "D")})
    for number, colour in SURE_RULES.items():
        sheet.conditional_formatting.add("D5:I30", rule(number, colour, "cellIs", "equal"))
    save(made, path)


# -- a key of whole sentences -----------------------------------------------------------------------------------------

DEFINED = lines("""
4 | R1 | Cut the waiting list for adaptations | Owen Lusk | | => red
5 | R2 | One assessment for all equipment | Grace Thorne | | => amber
6 | R3 | Publish how long people wait | Sam Ibbot | | => green
7 | R4 | Appoint a second therapist | Grace Thorne | | => green
""")
DEFINED_COLUMNS = {"ref": "A", "action": "B", "lead": "C", "deadline": "D", "status": "E"}
DEFINED_LEGEND = {
    "#FF0000": "Action is significantly behind schedule and is unlikely to be delivered without intervention",
    "#FFC000": "Action is slightly behind schedule but is expected to be recovered by the next review",
    "#00B050": "Action is on schedule to be delivered by the target date",
    "#0070C0": "Action has been completed and the evidence has been signed off by the lead",
}


def _defined(path: Path) -> None:
    made, (sheet,) = book("Adaptations")
    title(sheet, "A1", "Adaptations: improvement plan 2025")
    header(sheet, 3, "A", ["Ref", "Action", "Lead", "Target", "RAG"])
    draw(sheet, DEFINED, DEFINED_COLUMNS)
    down(sheet, "D", range(4, 8), ["Mar 2025"] * 4)
    for line, colour in zip(DEFINED, DEFINED_LEGEND, strict=True):
        paint(sheet, f"E{line.row}", colour)
    sheet["B10"].value = "RAG status key"
    legend(sheet, "A11", DEFINED_LEGEND)
    save(made, path)


TRACKERS = (
    Case(
        name="blue_is_complete",
        imitates="A plan after an inspection: BRAG in letters and colours, blue is complete, rules merged down.",
        write=_inspected,
        expected=(
            Table(
                sheet="Must do",
                header_rows=(4,),
                columns=INSPECTED_COLUMNS,
                legend=INSPECTED_LEGEND,
                actions=tuple(
                    replace(row, heading=INSPECTED_RULES[5 if row.row < 8 else 8]) for row in truth(INSPECTED)
                ),
            ),
        ),
    ),
    Case(
        name="rag_by_term",
        imitates="A school's plan with a column of colours for each term, RAG Autumn to RAG Summer, without words.",
        write=_terms,
        expected=(
            Table(
                sheet="Priority 1",
                header_rows=(4,),
                columns=TERMS_COLUMNS,
                # A term has no day on which it begins that the sheet would say.
                periods=undated("G", 3),
                actions=truth(TERMS, "G", TRAFFIC, TRAFFIC_MEANS),
            ),
        ),
    ),
    Case(
        name="original_and_revised",
        imitates="An auditors' tracker with original and revised target dates, and statuses that are no traffic light.",
        write=_audited,
        expected=(Table(sheet="Tracker", header_rows=(3,), columns=AUDITED_COLUMNS, actions=truth(AUDITED)),),
    ),
    Case(
        name="light_beside_status",
        imitates="A German list of measures with a painted traffic light (Ampel) beside the status in words.",
        write=_lights,
        expected=(
            Table(
                sheet="Maßnahmenplan",
                header_rows=(3,),
                columns=LIGHTS_COLUMNS,
                # The column that is called Status is the status; the light says the same once more.
                actions=tuple(
                    replace(row, heading=area) for row, area in zip(truth(LIGHTS), LIGHTS_AREAS, strict=True)
                ),
            ),
        ),
    ),
    Case(
        name="one_to_five_by_month",
        imitates="A board's confidence from 1 to 5 under each month, coloured by rules, explained in a line above.",
        write=_sure,
        expected=(
            Table(
                sheet="Confidence",
                header_rows=(4,),
                columns=SURE_COLUMNS,
                periods=months("D", 2025, 1, 6),
                actions=truth(SURE, "D", SURE_RULES, SURE_MEANS),
            ),
        ),
    ),
    Case(
        name="key_of_sentences",
        imitates="A RAG column of colours only, whose key below the table says in whole sentences what each means.",
        write=_defined,
        expected=(
            Table(
                sheet="Adaptations",
                header_rows=(3,),
                columns=DEFINED_COLUMNS,
                legend=DEFINED_LEGEND,
                actions=truth(DEFINED),
            ),
        ),
    ),
)
