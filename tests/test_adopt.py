"""Spreadsheets that people made by themselves: what is found in them, what is written of it, how it is corrected."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from typer.testing import CliRunner

from tests.adopted import CASES, Case
from tests.adopted.score import TALLIES, Score, score
from tests.conftest import ROOT
from tests.test_ods import all_converted
from workbook import verbs
from workbook.adopt import Adopted
from workbook.adopt.periods import periods_of
from workbook.adopt.words import is_mark, is_placeholder
from workbook.cli import app
from workbook.errors import SourceError, UsageError
from workbook.months import Month

Cells = Mapping[str, str | int | None]
GREEN, AMBER, RED, GREY = "70AD47", "FFC000", "FF0000", "BFBFBF"


def sheet(path: Path, cells: Cells, painted: Mapping[str, str] | None = None, name: str = "Plan") -> Path:
    """A workbook of one sheet with these texts and solid fills."""
    book = openpyxl.Workbook()
    own = book.worksheets[0]
    own.title = name
    for cell, value in cells.items():
        own[cell] = value
    for cell, colour in (painted or {}).items():
        own[cell].fill = PatternFill("solid", fgColor=f"FF{colour}")
    book.save(path)
    return path


def row(first: str, *values: str | None) -> dict[str, str]:
    """Values beside one another, from a cell on."""
    column, number = ord(first[0]), first[1:]
    return {f"{chr(column + at)}{number}": value for at, value in enumerate(values) if value is not None}


PLAN = {
    "A1": "Improvement plan 2024",
    **row("A3", "Ref", "Action", "Lead", "Jan", "Feb", "Mar", "Comments"),
    **row("A4", "1", "Leadership"),
    **row("A5", "1.1", "Appoint a chair", "PS", None, None, None, "In post"),
    **row("A6", "1.2", "Write the terms of reference", "HB"),
    **row("A8", "Total", "2 actions"),
}
PAINTED = {"D5": GREY, "E5": GREY, "E6": GREY, "F6": GREY}


def codes(adopted: Adopted) -> set[str]:
    return {each.code for each in adopted.findings}


def texts_of(path: Path) -> list[str]:
    """Every text of a workbook, of all sheets, comments too."""
    book = openpyxl.load_workbook(path)
    said = []
    for each in book.worksheets:
        for line in each.iter_rows():
            for cell in line:
                if isinstance(cell.value, str) and not cell.value.startswith("="):
                    said.append(" ".join(cell.value.split()))
                if cell.comment:
                    said.append(" ".join(cell.comment.text.split()))
    return [each for each in said if each]


# --- the corpus -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_spreadsheet_of_the_corpus_is_read_as_a_person_reads_it(case: Case, tmp_path: Path) -> None:
    path = tmp_path / f"{case.name}.xlsx"
    case.write(path)
    document = verbs.adopt(path).to_json()
    assert score(case, document).missed == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_text_is_lost_and_a_master_is_built_of_what_was_found(case: Case, tmp_path: Path) -> None:
    path = tmp_path / f"{case.name}.xlsx"
    case.write(path)
    adopted = verbs.adopt(path, tmp_path / "source.xlsx")
    told = " ".join(json.dumps(adopted.to_json(), ensure_ascii=False).replace("\\n", " ").replace('\\"', '"').split())
    # What nobody has filled in yet says nothing, and a sign is told as a bar.
    words = [text for text in texts_of(path) if not is_placeholder(text) and not is_mark(text)]
    assert [text for text in words if text not in told] == []
    if "START_NOT_FOUND" in codes(adopted):
        with pytest.raises(SourceError, match="start"):
            verbs.load(tmp_path / "source.xlsx")
        return
    loaded = verbs.load(tmp_path / "source.xlsx")
    found = [action for table in adopted.tables for action in table.actions]
    assert len(loaded.plan.actions) == len(found)
    assert [each.action for each in loaded.plan.actions] == [action.words["action"] for action in found]
    verbs.build(loaded.plan, tmp_path / "master.xlsx", loaded.layout)
    assert verbs.load(tmp_path / "master.xlsx").plan == loaded.plan


def test_the_document_has_the_figures_of_the_corpus(tmp_path: Path) -> None:
    total = Score()
    for case in CASES:
        case.write(tmp_path / "case.xlsx")
        total += score(case, verbs.adopt(tmp_path / "case.xlsx").to_json())
    figures = " | ".join(str(getattr(total, name)).replace("/", " of ") for name in TALLIES)
    assert f"| {len(CASES)} | {figures} |" in (ROOT / "docs" / "adopting.md").read_text(encoding="utf-8")


# --- what people do ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "Not complete",
        "Not on track",
        "Will not be achieved",
        "Unlikely to be delivered",
        "Partially complete",
        "Complete but late",
        "Amber/Green",
        "To be completed by June",
        "Will be delivered in Q3",
        "Ready to be implemented",
        "Complete by June 2025",
        "Complete?",
        "Red to Amber",
        "nicht erledigt",
        "non terminé",
        "no completado",
    ],
)
def test_words_that_turn_a_status_round_are_none(said: str, tmp_path: Path) -> None:
    cells = {**row("A1", "Ref", "Action", "Lead", "Status"), **row("A2", "1", "Paint", "AB", said)}
    adopted = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells))
    (action,) = adopted.tables[0].actions
    assert (action.words["status"], action.means) == (said, "")
    assert "STATUS_NOT_KNOWN" in codes(adopted)


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("RED (was green)", "red"),
        ("Red – training delivered, posts unfilled", "red"),
        ("Green: plan approved", "green"),
        ("On schedule to be delivered in May", "green"),
        ("🟡", "amber"),
    ],
)
def test_the_name_of_a_colour_in_front_says_the_status(said: str, means: str, tmp_path: Path) -> None:
    cells = {**row("A1", "Ref", "Action", "Lead", "Status"), **row("A2", "1", "Paint", "AB", said)}
    (action,) = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells)).tables[0].actions
    assert action.means == means


@pytest.mark.parametrize(
    ("titles", "start"),
    [
        (("Service plan 2024/25", "Last updated: 3 January 2025"), "2024-04-01"),
        (("Service plan 2024/25 – draft", "2025-01-03"), "2024-04-01"),
        (("Plan 2025-26", "Approved by Cabinet on 12 December 2024"), "2025-04-01"),
        (("Corporate Strategy 2023–2027", "Year 3 delivery plan 2025/26"), "2025-04-01"),
        (("Improvement plan 2025", "Version 3, February 2024"), "2025-04-01"),
        (("Council Plan 2024-2028",), None),
    ],
)
def test_the_year_is_that_of_the_title(titles: tuple[str, ...], start: str | None, tmp_path: Path) -> None:
    cells = {f"A{number}": title for number, title in enumerate(titles, 1)}
    cells |= {**row("A4", "Ref", "Action", "Lead", "Apr", "May", "Jun"), **row("A5", "1", "Paint", "AB")}
    assert starts_of(sheet(tmp_path / "plan.xlsx", cells, {"D5": GREY}))[0] == start


@pytest.mark.parametrize(
    ("headings", "starts"),
    [
        (("Q1 24/25", "Q2 24/25", "Q4 24/25"), ("2024-04-01", "2024-07-01", "2025-01-01")),
        (("Q1 2024", "Q2 2024", "Q3 2024"), ("2024-01-01", "2024-04-01", "2024-07-01")),
        (("w/c 01/04/24", "w/c 08/04/24", "w/c 15/04/24"), ("2024-04-01", "2024-04-08", "2024-04-15")),
        (("01/01/2024", "02/15/2024", "03/01/2024"), ("2024-01-01", "2024-02-15", "2024-03-01")),
        (("APR\n2024", "MAY\n2024", "Sept. 24"), ("2024-04-01", "2024-05-01", "2024-09-01")),
        (("Week 1", "Week 2", "Week 3"), (None, None, None)),
        (("Month 1", "Month 2", "Month 3"), (None, None, None)),
        (("Autumn 1", "Autumn 2", "Spring 1"), (None, None, None)),
        (("2024", "2025", "2026"), ("2024-01-01", "2025-01-01", "2026-01-01")),
        (("T-4", "T-3", "T+1"), (None, None, None)),
        (("Sem 1", "Sem 2", "Sem 3"), (None, None, None)),
        (("I/2025", "II/2025", "III/2025"), ("2025-01-01", "2025-04-01", "2025-07-01")),
    ],
)
def test_headings_of_periods_are_dated(
    headings: tuple[str, ...], starts: tuple[str | None, ...], tmp_path: Path
) -> None:
    cells = {**row("A1", "Ref", "Action", "Lead", *headings), **row("A2", "1", "Paint", "AB")}
    (table,) = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells, {"D2": GREY})).tables
    assert tuple(each.to_json()["start"] for each in table.periods) == starts


@pytest.mark.parametrize(
    ("said", "kind", "starts"),
    [
        ("Jan'25 Feb'25 Mar'25", "month", "2025-01-01 2025-02-01"),
        ("25-Jan 25-Feb 25-Mar", "month", "2025-01-01 2025-02-01"),
        ("11/24 12/24 01/25", "month", "2024-11-01 2024-12-01 2025-01-01"),
        ("2025M01 2025M02 2025M03", "month", "2025-01-01 2025-02-01"),
        ("Month_1_(Apr) Month_2_(May) Month_3_(Jun)", "month", "2025-04-01 2025-05-01"),
        ("M1_Apr_24 M2_May_24 M3_Jun_24", "month", "2024-04-01 2024-05-01"),
        ("gen feb mar apr mag giu lug ago set ott nov dic", "month", "2025-01-01 2025-02-01"),
        ("I II III IV V VI VII VIII", "month", "2025-01-01 2025-02-01"),
        ("Jan ??? Mar Apr", "month", "2025-01-01 2025-02-01 2025-03-01"),
        ("17.03 24.03 31.03 7.04", "week", "2025-03-17 2025-03-24 2025-03-31 2025-04-07"),
        ("Mar_17 Mar_24 Mar_31 Apr_7", "week", "2025-03-17 2025-03-24 2025-03-31 2025-04-07"),
        ("March_3rd March_10th March_17th", "week", "2025-03-03 2025-03-10"),
        ("17/03-21/03 24/03-28/03 31/03-04/04", "week", "2025-03-17 2025-03-24"),
        ("17–21_Mar 24–28_Mar 31_Mar–4_Apr", "week", "2025-03-17 2025-03-24 2025-03-31"),
        ("w/e_21_Mar w/e_28_Mar w/e_4_Apr", "week", "2025-03-17 2025-03-24 2025-03-31"),
        ("Week_12_(17/03) Week_13_(24/03) Week_14_(31/03)", "week", "2025-03-17 2025-03-24"),
        ("12._KW 13._KW 14._KW", "week", "2025-03-17 2025-03-24"),
        ("1Q25 2Q25 3Q25", "quarter", "2025-01-01 2025-04-01"),
        ("Q1_RAG Q2_RAG Q3_RAG", "quarter", "2025-01-01 2025-04-01"),
        ("Apr-Jun Jul-Sep Oct-Dec", "quarter", "2025-04-01 2025-07-01"),
        ("Q1_FY26 Q2_FY26 Q3_FY26", "period", "- -"),
        ("H1_2025 H2_2025 H1_2026", "half", "2025-01-01 2025-07-01"),
        ("S1_2025 S2_2025 S1_2026", "half", "2025-01-01 2025-07-01 2026-01-01"),
        ("2024/25 2025/26 2026/27", "year", "2024-04-01 2025-04-01 2026-04-01"),
        ("Y1Q1 Y1Q2 Y1Q3", "period", "- - -"),
        ("Mon_17_Mar Tue_18_Mar Wed_19_Mar", "day", "2025-03-17 2025-03-18"),
    ],
)
def test_periods_are_written_in_many_ways(said: str, kind: str, starts: str) -> None:
    found = periods_of([{at: text.replace("_", " ") for at, text in enumerate(said.split())}], 2025)
    assert {each.kind for each in found} == {kind}
    assert len(found) == len(said.split())
    wanted = starts.split()
    assert [str(each.start or "-") for each in found][: len(wanted)] == wanted


@pytest.mark.parametrize(
    ("above", "below", "kind", "starts"),
    [
        (
            "Jan*.... Feb*....",
            "W1 W2 W3 W4 W1 W2 W3 W4",
            "week",
            "2025-01-01 2025-01-08 2025-01-15 2025-01-22 2025-02-01",
        ),
        ("Jan*..... Feb*....", "W1 W2 W3 W4 W5 W6 W7 W8 W9", "week", "2024-12-30 2025-01-06"),
        ("Mes_1*.... Mes_2*....", "1 2 3 4 1 2 3 4", "week", "- - - -"),
        ("KW_10*..... KW_11*.....", "Mo Di Mi Do Fr Mo Di Mi Do Fr", "day", "2025-03-03 2025-03-04"),
        ("Q1*... Q2*...", "1 2 3 1 2 3", "month", "2025-01-01 2025-02-01 2025-03-01 2025-04-01"),
        ("Q1*... Q2*...", "1 2 3 4 5 6", "month", "- - -"),
        (
            "2024/25*.... 2025/26*....",
            "Q1 Q2 Q3 Q4 Q1 Q2 Q3 Q4",
            "quarter",
            "2024-04-01 2024-07-01 2024-10-01 2025-01-01",
        ),
        (
            "2024*... 2025*............",
            "O N D J F M A M J J A S O N D",
            "month",
            "2024-10-01 2024-11-01 2024-12-01 2025-01-01",
        ),
        ("Sprint_1*. Sprint_2*. Sprint_3*.", "2025-03-03 2025-03-17 2025-03-31", "week", "2025-03-03 2025-03-17"),
    ],
)
def test_what_stands_over_periods_says_what_they_are_of(above: str, below: str, kind: str, starts: str) -> None:
    over = [name.replace("_", " ") for each in above.split() for name, _, times in [each.partition("*")] for _ in times]
    found = periods_of([dict(enumerate(over)), dict(enumerate(below.split()))], 2025)
    assert {each.kind for each in found} == {kind}
    wanted = starts.split()
    assert [str(each.start or "-") for each in found][: len(wanted)] == wanted


@pytest.mark.parametrize(
    "headings",
    [
        ("9999-12-17", "9999-12-24", "9999-12-31"),
        ("Oct 9999", "Nov 9999", "Dec 9999"),
        ("Q2 9999", "Q3 9999", "Q4 9999"),
    ],
)
def test_a_date_that_no_plan_has_is_asked_about(headings: tuple[str, ...], tmp_path: Path) -> None:
    cells = {
        **row("A1", "Ref", "Action", "Lead", *headings, "Due date"),
        **row("A2", "1", "Paint", "AB", "x", None, None, "9999-12-31"),
    }
    adopted = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells), tmp_path / "source.xlsx")
    assert {"PERIOD_UNDATED", "START_NOT_FOUND"} <= codes(adopted)


def starts_of(path: Path) -> list[str | None]:
    (table,) = verbs.adopt(path).tables
    return [each.to_json()["start"] for each in table.periods]


@pytest.mark.parametrize(
    ("first", "starts"),
    [
        ("Week", ["2025-03-03", "2025-03-10"]),
        ("M", ["2025-03-01", "2025-04-01"]),
        ("Day", ["2025-03-03", "2025-03-04"]),
    ],
)
def test_periods_that_are_only_counted_begin_where_the_sheet_says(
    first: str, starts: list[str], tmp_path: Path
) -> None:
    counted = [f"{first} {number}" for number in range(1, 9)]
    cells = {**row("A1", "Project start:", "2025-03-03"), **row("A3", "Ref", "Action", "Lead", *counted)}
    path = sheet(tmp_path / "plan.xlsx", {**cells, **row("A4", "1", "Paint", "AB")}, {"D4": GREY})
    assert starts_of(path)[:2] == starts
    (said,) = [each for each in verbs.adopt(path).findings if each.code == "PERIODS_COUNTED"]
    assert "2025-03-03" in said.message


def test_bare_numbers_are_what_the_heading_over_them_says(tmp_path: Path) -> None:
    cells = {
        **row("A1", "Ref", "Action", "Lead", "2024"),
        **row("D2", *(str(number) for number in range(1, 13))),
        **row("A3", "1", "Paint", "AB"),
    }
    path = sheet(tmp_path / "plan.xlsx", cells, {"D3": GREY})
    book = openpyxl.load_workbook(path)
    book.worksheets[0].merge_cells("D1:O1")
    book.save(path)
    assert starts_of(path) == [f"2024-{month:02d}-01" for month in range(1, 13)]
    book.worksheets[0]["D1"] = "Project week"
    book.save(path)
    (table,) = verbs.adopt(path).tables
    assert {(each.kind, each.start) for each in table.periods} == {("week", None)}


def test_years_that_head_no_bars_are_columns_like_others(tmp_path: Path) -> None:
    cells = {
        **row("A1", "Ref", "Action", "Lead", "2024", "2025", "2026"),
        **row("A2", "1", "Paint", "AB", "£1", "£2", "£3"),
    }
    (action,) = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells)).tables[0].actions
    assert dict(action.more) == {"2024": "£1", "2025": "£2", "2026": "£3"}


def test_dates_with_the_month_first_are_read_so_where_they_can_be_nothing_else(tmp_path: Path) -> None:
    cells = {
        **row("A1", "Ref", "Action", "Start", "Finish"),
        **row("A2", "1", "Paint", "1/14/2024", "3/4/2024"),
        **row("A3", "2", "Mend", "2/3/2024", "TBC"),
    }
    adopted = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells), tmp_path / "source.xlsx")
    assert [(each.start, each.finish) for each in verbs.load(tmp_path / "source.xlsx").plan.actions] == [
        ("2024-01-14", "2024-03-04"),
        ("2024-02-03", "TBC"),
    ]
    assert "DATES_MONTH_FIRST" in codes(adopted)


def test_headings_may_be_questions(tmp_path: Path) -> None:
    cells = {
        **row(
            "A1", "No.", "What are we going to do?", "Who will do it?", "By when will it be done?", "How is it going?"
        ),
        **row("A2", "1", "Paint", "AB", "March 2025", "Green"),
    }
    (action,) = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells)).tables[0].actions
    assert dict(action.words) == {
        "ref": "1",
        "action": "Paint",
        "lead": "AB",
        "deadline": "March 2025",
        "status": "Green",
    }


def test_numbers_before_the_actions_are_their_refs(tmp_path: Path) -> None:
    cells = {**PLAN, "A3": None}
    adopted = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells, PAINTED))
    assert [each.words["ref"] for each in adopted.tables[0].actions] == ["1.1", "1.2"]
    assert "COLUMN_GUESSED" in codes(adopted)


def test_actions_that_are_only_numbered_are_no_refs(tmp_path: Path) -> None:
    cells = {
        **row("A1", "Task", "Owner", "Start", "End"),
        **row("A2", "Task 1", "AB", "2025-02-03", "2025-02-06"),
        **row("A3", "Task 2", "AB", "2025-02-07", "2025-02-10"),
    }
    (table,) = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells)).tables
    assert [each.words["action"] for each in table.actions] == ["Task 1", "Task 2"]


def test_a_number_is_read_as_it_is_shown(tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "plan.xlsx", {**row("A1", "Ref", "Action", "Lead", "% complete"), **row("A2", None, "Paint")}
    )
    book = openpyxl.load_workbook(path)
    for cell, value, shown in (("A2", 1.1, "0.00"), ("D2", 0.5, "0%")):
        book.worksheets[0][cell] = value
        book.worksheets[0][cell].number_format = shown
    book.save(path)
    (action,) = verbs.adopt(path).tables[0].actions
    assert (action.words["ref"], action.words["percent"]) == ("1.10", "50%")


def merged(path: Path, *areas: str) -> Path:
    book = openpyxl.load_workbook(path)
    for each in areas:
        book.worksheets[0].merge_cells(each)
    book.save(path)
    return path


def test_steps_under_a_merged_action_are_the_actions_and_it_heads_them(tmp_path: Path) -> None:
    cells = {
        **row("A1", "Ref", "Action", "Sub-action", "Lead", "Jan", "Feb", "Mar"),
        **row("A2", "1", "Paint the hall", "a) Choose", "AB"),
        **row("A3", None, None, "b) Paint", "CD"),
    }
    path = merged(sheet(tmp_path / "plan.xlsx", cells, {"E2": GREY, "F3": GREY}), "A2:A3", "B2:B3")
    actions = verbs.adopt(path).tables[0].actions
    assert [(each.heading, each.words["action"], each.words["lead"], [*each.filled]) for each in actions] == [
        ("Paint the hall", "a) Choose", "AB", [5]),
        ("Paint the hall", "b) Paint", "CD", [6]),
    ]


def test_parts_of_a_merged_action_that_others_lead_are_actions_of_their_own(tmp_path: Path) -> None:
    cells = {
        **row("A1", "Ref", "Action", "Lead", "Jan", "Feb", "Mar"),
        **row("A2", "1", "Paint the hall", "AB"),
        **row("A3", None, None, "CD"),
        **row("A4", None, None, "EF"),
    }
    path = merged(sheet(tmp_path / "plan.xlsx", cells, {"D2": GREY, "E3": GREY}), "A2:A4", "B2:B4")
    actions = verbs.adopt(path).tables[0].actions
    assert [(each.words["lead"], [*each.filled]) for each in actions] == [("AB", [4]), ("CD\nEF", [5])]


def test_under_a_quarter_only_its_status_is_a_period(tmp_path: Path) -> None:
    cells: dict[str, str | int | None] = {
        **row("A1", "Ref", "Action", "Lead", "Q1 2025", None, None, "Q2 2025"),
        **row("A2", None, None, None, "Target", "Actual", "RAG", "Target", "Actual", "RAG"),
        **row("A3", "1", "Paint", "AB", "4", "3", "A", "5", "5", "G"),
        **row("A4", "2", "Mend", "AB", "1", "1", "G", "2", "0", "R"),
    }
    path = merged(sheet(tmp_path / "plan.xlsx", cells), "A1:A2", "B1:B2", "C1:C2", "D1:F1", "G1:I1")
    (table,) = verbs.adopt(path).tables
    assert [(each.column, str(each.start)) for each in table.periods] == [(6, "2025-01-01"), (9, "2025-04-01")]
    assert [dict(each.statuses) for each in table.actions] == [{6: "amber", 9: "green"}, {6: "green", 9: "red"}]


def test_words_merged_over_periods_are_a_bar(tmp_path: Path) -> None:
    path = merged(sheet(tmp_path / "plan.xlsx", {**PLAN, "E5": "Design"}, {}), "E5:F5")
    adopted = verbs.adopt(path)
    assert [[*each.filled] for each in adopted.tables[0].actions] == [[5, 6], []]
    assert "Design" in {each.text for each in adopted.kept}


def test_a_row_with_a_ref_of_its_own_is_no_part_of_the_action_above(tmp_path: Path) -> None:
    cells = {**PLAN, "A7": "1.3", "B7": None, "C7": "CD", "A8": None, "B8": None}
    adopted = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells, PAINTED))
    assert [each.words["ref"] for each in adopted.tables[0].actions] == ["1.1", "1.2"]
    assert [each.where.cell for each in adopted.findings if each.code == "ROW_SET_ASIDE"] == ["A7"]


def test_what_is_in_brackets_is_a_text_like_any_other(tmp_path: Path) -> None:
    cells = {
        **row("A1", "Ref", "Action", "Lead", "Status"),
        **row("A2", "1", "[Redacted]", "[Vacant]", "[Select]"),
        **row("A3", "2", "Paint", "AB", "On track"),
    }
    actions = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells)).tables[0].actions
    assert [(each.words["action"], each.words["lead"], each.words.get("status")) for each in actions] == [
        ("[Redacted]", "[Vacant]", None),
        ("Paint", "AB", "On track"),
    ]


def test_notes_below_a_table_without_refs_are_no_actions(tmp_path: Path) -> None:
    cells = {
        **row("A1", "Action", "Lead", "Due date"),
        **row("A2", "Paint", "AB", "March 2025"),
        **row("A3", "Mend", "CD", "April 2025"),
        "A5": "Subject to funding being agreed",
        "A6": "To be looked at again in the autumn",
    }
    adopted = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells))
    assert [each.words["action"] for each in adopted.tables[0].actions] == ["Paint", "Mend"]
    assert {cells["A5"], cells["A6"]} <= {each.text for each in adopted.kept}


def test_what_ends_in_a_colon_heads_what_is_below_it_or_is_signed(tmp_path: Path) -> None:
    cells = {
        **row("A1", "Action", "Lead", "Due date"),
        "A2": "Housing:",
        **row("A3", "Carry out these:", "AB", "March 2025"),
        **row("A4", "Mend", "CD", "April 2025"),
        **row("A5", "Sell", "CD", "May 2025"),
        "A6": "Prepared by:",
    }
    adopted = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells))
    assert [(each.words["action"], each.heading) for each in adopted.tables[0].actions] == [
        ("Carry out these:", "Housing:"),
        ("Mend", "Housing:"),
        ("Sell", "Housing:"),
    ]


def test_another_table_below_begins_with_its_own_headings(tmp_path: Path) -> None:
    cells = {
        **row("A1", "Ref", "Action", "Lead", "Due date", "Status"),
        **row("A2", "1", "Paint", "AB", "March 2025", "On track"),
        **row("A4", "ID", "Risk", "Score", "Mitigation", "Owner"),
        **row("A5", "R1", "Nobody comes", "12", "Advertise", "CD"),
    }
    adopted = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells))
    assert [[each.row for each in table.actions] for table in adopted.tables] == [[2], [5]]


@pytest.mark.parametrize(
    "heading",
    [
        "Cam gweithredu / Action",
        "Actions to deliver",
        "Action needed",
        "What\n/ Was",
        "Action description (please be brief)",
    ],
)
def test_a_heading_may_say_it_in_many_words(heading: str, tmp_path: Path) -> None:
    cells = {**row("A1", "Ref", heading, "Lead"), **row("A2", "1", "Paint", "AB"), **row("A3", "2", "Mend", "AB")}
    (table,) = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells)).tables
    assert [each.words["action"] for each in table.actions] == ["Paint", "Mend"]


def test_columns_called_alike_and_those_without_a_name_are_kept(tmp_path: Path) -> None:
    cells = {
        **row("A1", "Ref", "Action", None, "Evidence", "Lead", "Evidence"),
        **row("A2", "1", "Paint", "in the hall", "photo", "AB", "bill"),
    }
    (action,) = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells)).tables[0].actions
    assert dict(action.more) == {"Column C": "in the hall", "Evidence": "photo", "Evidence (F)": "bill"}


def test_what_a_section_says_beside_its_name_is_kept(tmp_path: Path) -> None:
    cells = {**PLAN, "A4": "Leadership", "B4": None, "H3": "Sponsor", "H4": "The leader"}
    path = sheet(tmp_path / "plan.xlsx", cells, PAINTED)
    book = openpyxl.load_workbook(path)
    book.worksheets[0].merge_cells("A4:G4")
    book.save(path)
    adopted = verbs.adopt(path)
    assert [each.heading for each in adopted.tables[0].actions] == ["Leadership", "Leadership"]
    assert "The leader" in {each.text for each in adopted.kept}


def test_bars_that_belong_to_no_action_are_asked_about(tmp_path: Path) -> None:
    adopted = verbs.adopt(
        sheet(tmp_path / "plan.xlsx", {**PLAN, "A8": None, "B8": None, "A9": "7"}, {"E9": GREY, **PAINTED})
    )
    assert [each.where.cell for each in adopted.findings if each.code == "ROW_SET_ASIDE"] == ["A9"]
    assert "7" in {each.text for each in adopted.kept}


def test_what_stands_below_the_table_is_no_action(tmp_path: Path) -> None:
    foot = {"A9": None, "B10": "Signed off by the director", "B11": "Page 1 of 2"}
    adopted = verbs.adopt(sheet(tmp_path / "plan.xlsx", {**PLAN, **foot}, PAINTED))
    assert [each.words["ref"] for each in adopted.tables[0].actions] == ["1.1", "1.2"]
    assert {"Signed off by the director", "Page 1 of 2"} <= {each.text for each in adopted.kept}


def test_an_action_that_begins_like_a_total_or_a_key_is_an_action(tmp_path: Path) -> None:
    cells = {**PLAN, "B5": "Count the empty homes", "B6": "Key worker housing: agree the policy"}
    adopted = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells, PAINTED))
    assert [each.words["action"] for each in adopted.tables[0].actions] == [cells["B5"], cells["B6"]]


def test_headings_merged_over_two_rows_are_one_header(tmp_path: Path) -> None:
    cells = {
        **row("A1", "Ref", "Action", "Lead", "Target", None, "Actual"),
        **row("D2", "Start", "End", "Start"),
        **row("A3", "1", "Paint", "AB", "2024-05-01", "2024-06-30", "2024-05-02"),
        **row("A4", "2", "Mend", "In progress", "2024-07-01", "2024-08-31", "2024-07-02"),
    }
    path = sheet(tmp_path / "plan.xlsx", cells)
    book = openpyxl.load_workbook(path)
    for merged in ("A1:A2", "B1:B2", "C1:C2", "D1:E1"):
        book.worksheets[0].merge_cells(merged)
    book.save(path)
    (table,) = verbs.adopt(path).tables
    assert table.header_rows == (1, 2)
    assert [(each.words["ref"], each.words["start"], each.words["finish"]) for each in table.actions] == [
        ("1", "2024-05-01", "2024-06-30"),
        ("2", "2024-07-01", "2024-08-31"),
    ]


def test_a_workbook_of_this_program_is_not_adopted(tmp_path: Path) -> None:
    loaded = verbs.load(ROOT / "examples" / "completion-tables")
    verbs.build(loaded.plan, tmp_path / "master.xlsx", loaded.layout)
    with pytest.raises(UsageError, match="made by this program"):
        verbs.adopt(tmp_path / "master.xlsx")


# --- the plan source --------------------------------------------------------------------------------------------


def test_bars_become_the_programme_and_what_is_found_beside_them_is_kept(tmp_path: Path) -> None:
    path = sheet(tmp_path / "plan.xlsx", {**PLAN, "H3": "Budget", "H5": "£400"}, PAINTED)
    adopted = verbs.adopt(path, tmp_path / "source.xlsx")
    plan = verbs.load(tmp_path / "source.xlsx").plan
    assert (plan.title, plan.start, plan.months) == ("Improvement plan 2024", Month(2024, 1), 12)
    one, other = plan.actions
    assert (one.ref, one.action, one.lead, one.note) == ("1.1", "Appoint a chair", ("PS",), "In post")
    assert one.programmed == (Month(2024, 1), Month(2024, 2))
    assert other.programmed == (Month(2024, 2), Month(2024, 3))
    assert [heading.title for heading in plan.headings] == ["Leadership"]
    assert one.resources == "£400"
    assert ("A8", "Total") in {(each.cell, each.text) for each in adopted.kept}


def test_colours_of_a_key_become_what_was_reported(tmp_path: Path) -> None:
    key = {"B10": "Key", "B11": "on track", "B12": "slipping", "B13": "planned"}
    colours = {"A11": GREEN, "A12": AMBER, "A13": GREY}
    path = sheet(tmp_path / "plan.xlsx", {**PLAN, **key}, {"D5": GREEN, "E5": AMBER, "F5": GREY, "E6": GREY, **colours})
    verbs.adopt(path, tmp_path / "source.xlsx")
    one, other = verbs.load(tmp_path / "source.xlsx").plan.actions
    assert one.programmed == (Month(2024, 1), Month(2024, 2), Month(2024, 3))
    assert dict(one.progress) == {Month(2024, 1): "green", Month(2024, 2): "amber"}
    assert not other.progress


def test_the_same_actions_are_adopted_as_the_same_rows(tmp_path: Path) -> None:
    path = sheet(tmp_path / "plan.xlsx", PLAN, PAINTED)
    for name in ("one.xlsx", "other.xlsx"):
        verbs.adopt(path, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "other.xlsx").read_bytes()


def test_actions_without_a_ref_are_numbered_and_that_is_said(tmp_path: Path) -> None:
    cells = {**row("A1", "Action", "Lead", "Due date"), **row("A2", "Paint", "AB", "March 2025")}
    adopted = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells), tmp_path / "source.xlsx")
    assert "REF_MADE" in codes(adopted)
    (action,) = verbs.load(tmp_path / "source.xlsx").plan.actions
    assert (action.ref, action.timescale) == ("1.1", "March 2025")


def test_a_plan_of_no_dates_says_that_its_start_is_to_be_filled_in(tmp_path: Path) -> None:
    cells = {**row("A1", "Ref", "Action", "Lead"), **row("A2", "1", "Paint", "AB")}
    adopted = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells), tmp_path / "source.xlsx")
    assert "START_NOT_FOUND" in codes(adopted)


# --- what is asked ----------------------------------------------------------------------------------------------


def test_lights_without_a_key_are_taken_as_usual_and_that_is_asked(tmp_path: Path) -> None:
    path = sheet(tmp_path / "plan.xlsx", PLAN, {"D5": GREEN, "E5": AMBER, "E6": RED})
    adopted = verbs.adopt(path)
    assert [dict(each.statuses) for each in adopted.tables[0].actions] == [{4: "green", 5: "amber"}, {5: "red"}]
    assert "LEGEND_ASSUMED" in codes(adopted)


@pytest.mark.parametrize(
    "said",
    [
        "Key: Green = done, Amber = a bit late, Red = late",
        "RAG key - Green = done / Amber = a bit late / Red = late",
        "Green – done. Amber – a bit late. Red – late.",
        "Green (done), Amber (a bit late), Red (late)",
        "RAG: green done amber a bit late red late",
    ],
)
def test_a_key_in_a_sentence_is_read_however_it_is_written(said: str, tmp_path: Path) -> None:
    cells = {**PLAN, "A2": said}
    adopted = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells, {"D5": GREEN, "E5": AMBER, "E6": RED}))
    assert [*adopted.tables[0].legend.values()] == ["done", "a bit late", "late"]


def test_colours_in_a_sentence_about_something_else_are_no_key(tmp_path: Path) -> None:
    cells = {**PLAN, "A2": "Paint the green door and the red gate of the hall"}
    adopted = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells, {"D5": GREEN, "E5": AMBER, "E6": RED}))
    assert not adopted.tables[0].legend
    assert "LEGEND_ASSUMED" in codes(adopted)


def test_letters_of_another_key_are_no_lights(tmp_path: Path) -> None:
    cells = {
        "A1": "A = assurance report; R = review and approve; G = general update",
        **row("A3", "Ref", "Action", "Lead", "Jan", "Feb", "Mar"),
        **row("A4", "1", "Paint", "AB", "A", "R", "G"),
    }
    (action,) = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells)).tables[0].actions
    assert (dict(action.statuses), [*action.filled]) == ({}, [4, 5, 6])


def test_a_key_in_words_says_what_its_colours_mean(tmp_path: Path) -> None:
    cells = {**PLAN, "A2": "Green = delivered, Amber = some delay; Red – significant slippage"}
    adopted = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells, {"D5": GREEN, "E5": AMBER, "E6": RED}))
    assert dict(adopted.tables[0].legend) == {
        f"#{GREEN}": "delivered",
        f"#{AMBER}": "some delay",
        f"#{RED}": "significant slippage",
    }
    assert "LEGEND_ASSUMED" not in codes(adopted)


def test_painted_notes_are_no_key_and_are_kept(tmp_path: Path) -> None:
    notes = {"B10": "Awaiting the auditor", "B11": "Moved to next year", "B12": "Funding agreed"}
    paint = {"D5": GREEN, "E5": AMBER, "E6": RED, "B10": AMBER, "B11": AMBER, "B12": AMBER}
    adopted = verbs.adopt(sheet(tmp_path / "plan.xlsx", {**PLAN, **notes}, paint))
    assert dict(adopted.tables[0].legend) == {}
    assert [dict(each.statuses) for each in adopted.tables[0].actions] == [{4: "green", 5: "amber"}, {5: "red"}]
    assert set(notes.values()) <= {each.text for each in adopted.kept}


def test_a_key_says_what_its_words_say_after_the_name_of_the_colour(tmp_path: Path) -> None:
    cells = {
        **row("A1", "RAG status key"),
        **row("B2", "Blue - complete and embedded", "Red - overdue / not on track"),
        **row("A4", "Ref", "Action", "Lead", "BRAG"),
        **row("A5", "1", "Paint", "AB", "B"),
        **row("A6", "2", "Mend", "AB", "R"),
    }
    paint = {"B2": "0070C0", "C2": RED, "D5": "0070C0"}
    adopted = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells, paint))
    assert [each.means for each in adopted.tables[0].actions] == ["green", "red"]


def test_paint_in_a_column_that_is_not_understood_is_asked_about_and_kept(tmp_path: Path) -> None:
    cells = {**PLAN, "H3": "Wibble"}
    adopted = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells, {**PAINTED, "H5": GREEN}))
    assert "COLUMN_PAINTED" in codes(adopted)
    assert dict(adopted.tables[0].actions[0].more) == {"Wibble": f"#{GREEN}"}


@pytest.mark.parametrize(
    ("colours", "statuses"),
    [
        ((GREEN, "FFFF00", RED), ["green", "amber", "red"]),
        (("C6EFCE", "FFEB9C", "FFC7CE"), ["green", "amber", "red"]),
        ((GREEN, "5B9BD5", "9DC3E6"), []),
    ],
)
def test_lights_may_be_pale_or_yellow(colours: tuple[str, str, str], statuses: list[str], tmp_path: Path) -> None:
    path = sheet(tmp_path / "plan.xlsx", PLAN, dict(zip(("D5", "E5", "F5"), colours, strict=True)))
    assert [*verbs.adopt(path).tables[0].actions[0].statuses.values()] == statuses


def test_numbers_and_letters_mean_what_a_key_says_of_them(tmp_path: Path) -> None:
    cells = {
        "A1": "1 = red, 2 = amber, 3 = green",
        **row("A3", "Ref", "Action", "Lead", "Jan", "Feb", "Mar", "RAG"),
        **row("A4", "1", "Paint", "AB", "3", "2", None, "1"),
    }
    (action,) = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells)).tables[0].actions
    assert (dict(action.statuses), action.means) == ({4: "green", 5: "amber"}, "red")


def test_a_sign_in_the_colour_of_a_light_has_that_colour(tmp_path: Path) -> None:
    cells = {
        **row("A1", "Ref", "Action", "Lead", "Jan", "Feb", "Mar", "Overall"),
        **row("A2", "1", "Paint", "AB", "◆", "●", None, "●"),
        **row("A3", "2", "Mend", "AB", None, None, "x", "●"),
    }
    path = sheet(tmp_path / "plan.xlsx", cells)
    book = openpyxl.load_workbook(path)
    for cell, colour in {"D2": "1F3864", "E2": RED, "G2": GREEN, "G3": RED}.items():
        book.worksheets[0][cell].font = Font(color=f"FF{colour}")
    book.save(path)
    adopted = verbs.adopt(path)
    one, other = adopted.tables[0].to_json()["actions"]
    assert (one["filled"], other["filled"]) == ({"D": "", "E": f"#{RED}"}, {"F": ""})
    assert (one["means"], other["means"]) == ("green", "red")
    assert adopted.tables[0].column("status") == 7


def test_one_word_for_a_status_is_asked_about_once(tmp_path: Path) -> None:
    cells = row("A1", "Ref", "Action", "Lead", "Status")
    for number in range(2, 13):
        cells |= row(f"A{number}", str(number), f"Paint {number}", "AB", "Wibble")
    adopted = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells))
    (said,) = [each.message for each in adopted.findings if each.code == "STATUS_NOT_KNOWN"]
    assert "2, 3, 4, 5, 6, 7, 8, 9 and 3 more" in said


def test_a_light_grid_under_the_bars_is_none_even_if_a_cell_of_it_is_left_out(tmp_path: Path) -> None:
    cells: dict[str, str | int | None] = {**row("A1", "Ref", "Action", "Lead", "Jan", "Feb", "Mar", "Apr")}
    painted: dict[str, str] = {}
    for number in range(2, 14):
        cells |= row(f"A{number}", str(number), f"Paint {number}", "AB")
        painted |= dict.fromkeys((f"{letter}{number}" for letter in "DEFG"), "F2F2F2")
        painted[f"{'DEFG'[number % 4]}{number}"] = "4472C4"
    del painted["D3"]
    adopted = verbs.adopt(sheet(tmp_path / "plan.xlsx", cells, painted))
    assert [[*each.filled] for each in adopted.tables[0].actions] == [[4 + number % 4] for number in range(2, 14)]


def test_lights_among_as_many_other_colours_are_none(tmp_path: Path) -> None:
    colours = {"D5": "C3D69B", "E5": "FAC090", "F5": "B3A2C7", "D6": "D99694", "E6": "93CDDD"}
    adopted = verbs.adopt(sheet(tmp_path / "plan.xlsx", PLAN, colours))
    assert not any(each.statuses for each in adopted.tables[0].actions)


def test_one_colour_alone_is_a_bar_and_no_status(tmp_path: Path) -> None:
    path = sheet(tmp_path / "plan.xlsx", PLAN, dict.fromkeys(PAINTED, GREEN))
    adopted = verbs.adopt(path)
    assert [dict(each.statuses) for each in adopted.tables[0].actions] == [{}, {}]
    assert [len(each.filled) for each in adopted.tables[0].actions] == [2, 2]


def test_a_key_may_begin_beside_the_headings(tmp_path: Path) -> None:
    beside = {"I3": "Key:", "I4": "on track", "I5": "late"}
    path = sheet(tmp_path / "plan.xlsx", {**PLAN, **beside}, {"D5": GREEN, "E6": RED, "I4": GREEN, "I5": RED})
    (table,) = verbs.adopt(path).tables
    assert dict(table.legend) == {f"#{GREEN}": "on track", f"#{RED}": "late"}


def test_colours_that_are_people_are_no_statuses(tmp_path: Path) -> None:
    key = {"B10": "Key", "B11": "Nia", "B12": "Tom"}
    path = sheet(tmp_path / "plan.xlsx", {**PLAN, **key}, {"D5": GREEN, "E6": RED, "A11": GREEN, "A12": RED})
    adopted = verbs.adopt(path)
    assert "LEGEND_NOT_STATUS" in codes(adopted)
    assert not any(each.statuses for each in adopted.tables[0].actions)


def with_rule(path: Path, formula: str) -> Path:
    book = openpyxl.load_workbook(path)
    fill = PatternFill("solid", bgColor=f"FF{GREEN}")
    rule = FormulaRule(formula=[formula], fill=fill)  # type: ignore[no-untyped-call]
    book.worksheets[0].conditional_formatting.add("D5:F6", rule)
    other = book.create_sheet("Dates")
    other["B2"], other["B3"] = 1, 2
    book.defined_names["first"] = DefinedName("first", attr_text="Dates!$B$2")
    # From A1, as Excel counts: of column D it is column B of that row of the other sheet.
    book.defined_names["last"] = DefinedName("last", attr_text="Dates!$B1048574")
    book.defined_names["is_bar"] = DefinedName("is_bar", attr_text="AND(COLUMN()-3>=first,COLUMN()-3<=last)")
    book.defined_names["round"] = DefinedName("round", attr_text="round+1")
    book.save(path)
    return path


@pytest.mark.parametrize("formula", ["is_bar", "AND(COLUMN()-3>='Dates'!$B$2,COLUMN()-3<=Dates!$B2)"])
def test_rules_may_use_names_and_other_sheets(formula: str, tmp_path: Path) -> None:
    path = with_rule(sheet(tmp_path / "plan.xlsx", {**PLAN, "A4": None, "B4": None}), formula)
    assert [[*each.filled] for each in verbs.adopt(path).tables[0].actions] == [[4], [4, 5]]


@pytest.mark.parametrize("formula", ["round>1", "unknown>1", "TODAY()>1"])
def test_a_rule_that_leads_nowhere_is_named(formula: str, tmp_path: Path) -> None:
    adopted = verbs.adopt(with_rule(sheet(tmp_path / "plan.xlsx", PLAN), formula))
    assert "BARS_BY_FORMULA" in codes(adopted)


def test_bars_of_a_rule_that_cannot_be_worked_out_are_named(tmp_path: Path) -> None:
    path = with_rule(sheet(tmp_path / "plan.xlsx", PLAN), "VLOOKUP($A5,Dates,2,0)>=D$3")
    (said,) = [each for each in verbs.adopt(path).findings if each.code == "BARS_BY_FORMULA"]
    assert "VLOOKUP" in said.message


def test_a_list_of_other_things_beside_a_plan_is_named_and_kept(tmp_path: Path) -> None:
    path = sheet(tmp_path / "plan.xlsx", PLAN, PAINTED)
    book = openpyxl.load_workbook(path)
    other = book.create_sheet("Budget")
    for line in (("Item", "Description", "Qty"), ("1", "Laptops", "3"), ("2", "Phones", "4")):
        other.append(line)
    book.save(path)
    adopted = verbs.adopt(path)
    assert [table.sheet for table in adopted.tables] == ["Plan"]
    assert [each.place for each in adopted.findings if each.code == "TABLE_LEFT_OUT"] == ["Budget!A1"]
    assert "Laptops" in {each.text for each in adopted.kept}


def test_a_hidden_sheet_is_named_and_its_texts_are_kept(tmp_path: Path) -> None:
    path = sheet(tmp_path / "plan.xlsx", PLAN, PAINTED)
    book = openpyxl.load_workbook(path)
    book.create_sheet("Lists")["A1"] = "High"
    book["Lists"].sheet_state = "hidden"
    book.save(path)
    adopted = verbs.adopt(path)
    assert "SHEET_HIDDEN" in codes(adopted)
    assert ("Lists", "High") in {(each.sheet, each.text) for each in adopted.kept}


def test_a_file_without_a_table_says_so(tmp_path: Path) -> None:
    path = sheet(tmp_path / "plan.xlsx", {"A1": "Notes of the meeting", "A2": "We met."})
    adopted = verbs.adopt(path, tmp_path / "source.xlsx")
    assert codes(adopted) == {"NO_TABLE_FOUND"}
    assert [each.text for each in adopted.kept] == ["Notes of the meeting", "We met."]


# --- the mapping ------------------------------------------------------------------------------------------------


def corrected(path: Path, taken_for: Mapping[str, str]) -> Path:
    """The source with other words in its sheet “mapping”, by what stands in its column “where”."""
    book = openpyxl.load_workbook(path)
    mapping = book["mapping"]
    assert book.sheetnames[0] == "mapping"
    for line in mapping.iter_rows(min_row=2):
        if (where := str(line[2].value)) in taken_for:
            line[4].value = taken_for[where]
    book.save(path)
    return path


def test_what_is_corrected_in_the_mapping_is_read_so(tmp_path: Path) -> None:
    cells = {**PLAN, "C3": "Sponsor", "H3": "Person in charge", "C5": "The board", "H5": "PS"}
    path = sheet(tmp_path / "plan.xlsx", cells, {"D5": GREEN, "E6": "7030A0"})
    verbs.adopt(path, tmp_path / "source.xlsx")
    given = corrected(tmp_path / "source.xlsx", {"C3": "", "H3": "lead", "#7030A0": "suspended", "#70AD47": "green"})
    adopted = verbs.adopt(path, tmp_path / "again.xlsx", mapping=given)
    one, other = adopted.tables[0].actions
    assert one.words["lead"] == "PS"
    assert one.more["Sponsor"] == "The board"
    assert [dict(each.statuses) for each in (one, other)] == [{4: "green"}, {5: "suspended"}]
    assert "COLUMN_GUESSED" not in codes(adopted)


def test_headings_are_where_the_mapping_says(tmp_path: Path) -> None:
    cells = {
        **row("A2", "X", "Y", "Z"),
        **row("A3", "1", "Paint the hall", "AB"),
        **row("A4", "2", "Mend the roof", "CD"),
    }
    path = sheet(tmp_path / "plan.xlsx", cells)
    verbs.adopt(path, tmp_path / "source.xlsx")
    book = openpyxl.load_workbook(tmp_path / "source.xlsx")
    for line in (
        ("Plan", "headings", "A2:C2", "", "headings"),
        ("Plan", "column", "A2", "", "ref"),
        ("Plan", "column", "B2", "", "action"),
        ("Plan", "column", "C2", "", "lead"),
    ):
        book["mapping"].append(line)
    book.save(tmp_path / "source.xlsx")
    adopted = verbs.adopt(path, mapping=tmp_path / "source.xlsx")
    assert [dict(each.words) for each in adopted.tables[0].actions] == [
        {"ref": "1", "action": "Paint the hall", "lead": "AB"},
        {"ref": "2", "action": "Mend the roof", "lead": "CD"},
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mapping_that_is_not_corrected_changes_nothing(case: Case, tmp_path: Path) -> None:
    path = tmp_path / f"{case.name}.xlsx"
    case.write(path)
    first = verbs.adopt(path, tmp_path / "source.xlsx")
    again = verbs.adopt(path, mapping=tmp_path / "source.xlsx")
    assert [each.actions for each in again.tables] == [each.actions for each in first.tables]
    assert [each.periods for each in again.tables] == [each.periods for each in first.tables]


def test_the_day_that_the_mapping_says_is_that_of_the_first_bar(tmp_path: Path) -> None:
    counted = [f"Week {number}" for number in range(1, 7)]
    cells = {**row("A1", "Ref", "Action", "Lead", *counted), **row("A2", "1", "Paint", "AB")}
    path = sheet(tmp_path / "plan.xlsx", cells, {"D2": GREY})
    adopted = verbs.adopt(path, tmp_path / "source.xlsx")
    assert "PERIOD_UNDATED" in codes(adopted)
    given = corrected(tmp_path / "source.xlsx", {"D:I": "months from 1 March 2025"})
    (table,) = verbs.adopt(path, mapping=given).tables
    assert [each.to_json()["start"] for each in table.periods][::5] == ["2025-03-01", "2025-08-01"]
    given = corrected(tmp_path / "source.xlsx", {"D:I": ""})
    assert verbs.adopt(path, mapping=given).tables[0].periods == ()


@pytest.mark.parametrize(
    ("where", "said", "why"),
    [
        ("C3", "boss", "“boss” is none of ref, action"),
        ("#70AD47", "fine", "“fine” is none of green"),
        ("D:F", "weeks from the spring", "write it as: weeks from 2025-03-17"),
        ("D:F", "weeks from 31/02/2025", "write it as: weeks from 2025-03-17"),
        ("D:F", "months from 9999-01-01", "write it as: weeks from 2025-03-17"),
    ],
)
def test_what_the_mapping_cannot_mean_is_refused_with_its_row(tmp_path: Path, where: str, said: str, why: str) -> None:
    path = sheet(tmp_path / "plan.xlsx", PLAN, {"D5": GREEN})
    verbs.adopt(path, tmp_path / "source.xlsx")
    given = corrected(tmp_path / "source.xlsx", {where: said})
    with pytest.raises(UsageError, match=why):
        verbs.adopt(path, mapping=given)


def test_a_file_without_a_mapping_is_refused(tmp_path: Path) -> None:
    path = sheet(tmp_path / "plan.xlsx", PLAN)
    with pytest.raises(UsageError, match="no sheet “mapping”"):
        verbs.adopt(path, mapping=path)


# --- Word -------------------------------------------------------------------------------------------------------


def test_a_table_of_a_word_document_is_adopted(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Recovery plan 2025")
    grid = document.add_table(rows=3, cols=5)
    lines = [
        ("Ref", "Action", "Lead", "By when", "RAG"),
        ("1", "Open the hall", "PS", "May 2025", ""),
        ("2", "Sell it", "HB", "Ongoing", ""),
    ]
    for line, cells in zip(lines, grid.rows, strict=True):
        for text, cell in zip(line, cells.cells, strict=True):
            cell.text = text
    shading = (
        f'<w:shd xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:val="clear" w:fill="{RED}"/>'
    )
    grid.cell(1, 4)._tc.get_or_add_tcPr().append(parse_xml(shading))  # python-docx has no shading
    document.save(str(tmp_path / "plan.docx"))
    adopted = verbs.adopt(tmp_path / "plan.docx", tmp_path / "source.xlsx")
    one, other = adopted.tables[0].actions
    assert (dict(one.words), one.means) == (
        {"ref": "1", "action": "Open the hall", "lead": "PS", "deadline": "May 2025"},
        "red",
    )
    assert other.means == ""
    assert verbs.load(tmp_path / "source.xlsx").plan.title == "Recovery plan 2025"


# --- other programs ---------------------------------------------------------------------------------------------


def without_colours(document: dict[str, Any]) -> list[Any]:
    """What was found, the fills as whether there are any: programs round the colours of hatching and gradients."""
    said = []
    for table in document["sheets"]:
        actions = [{**each, "filled": [*each["filled"]], "actual": [*each["actual"]]} for each in table["actions"]]
        said.append({**table, "actions": actions, "legend": [*table["legend"].values()]})
    return said


@pytest.mark.libreoffice
@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_the_corpus_is_read_alike_when_it_is_saved_in_another_format(kind: str, tmp_path: Path) -> None:
    paths = [tmp_path / f"{case.name}.xlsx" for case in CASES]
    for case, path in zip(CASES, paths, strict=True):
        case.write(path)
    for path, saved in zip(paths, all_converted(paths, kind, tmp_path), strict=True):
        one, other = verbs.adopt(path), verbs.adopt(saved)
        if kind == "xls" and openpyxl.load_workbook(path).worksheets[0].conditional_formatting:
            assert "RULES_NOT_READ" in codes(other)
        else:
            assert without_colours(other.to_json()) == without_colours(one.to_json()), path.name


# --- the command ------------------------------------------------------------------------------------------------


def run(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(word) for word in words], standalone_mode=False)
    if result.exception:
        raise result.exception
    return int(result.return_value or 0), result.output


def test_the_command_says_what_was_found_and_what_to_do_next(tmp_path: Path) -> None:
    path = sheet(tmp_path / "plan.xlsx", PLAN, PAINTED)
    status, said = run("adopt", path, "-o", tmp_path / "source.xlsx")
    assert status == 0
    assert "2 actions in 1 table" in said
    assert "workbook build" in said


def test_the_command_prints_json_and_ends_with_1_where_something_is_asked(tmp_path: Path) -> None:
    path = sheet(tmp_path / "plan.xlsx", PLAN, {"D5": GREEN, "E5": AMBER, "E6": RED})
    status, said = run("adopt", path, "-o", tmp_path / "source.xlsx", "--json")
    document: dict[str, Any] = json.loads(said)
    assert status == 1
    assert document["file"] == "plan.xlsx"
    assert document["sheets"][0]["columns"] == {"ref": "A", "action": "B", "lead": "C", "note": "G"}
    assert document["sheets"][0]["actions"][0]["filled"] == {"D": "#70AD47", "E": "#FFC000"}


def test_what_cannot_be_opened_and_what_exists_is_refused(tmp_path: Path) -> None:
    (tmp_path / "damaged.docx").write_bytes(b"PK\x03\x04")
    for file in ("none.xlsx", "damaged.docx"):
        with pytest.raises(UsageError, match=f"{file} cannot be read: "):
            run("adopt", tmp_path / file, "-o", tmp_path / "source.xlsx")
    path = sheet(tmp_path / "plan.xlsx", PLAN)
    (tmp_path / "source.xlsx").write_text("mine")
    with pytest.raises(UsageError, match=r"source\.xlsx"):
        run("adopt", path, "-o", tmp_path / "source.xlsx")
    assert (tmp_path / "source.xlsx").read_text() == "mine"
