"""The board pack as a workbook: what is on which sheet, what is not in it, and how it is asked for."""

import json
import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.office import BOTH_FORMS, SEPTEMBER, action, small_plan
from tests.strategies import plans, seldom
from tests.test_rollup import AT_RISK
from workbook import verbs
from workbook.errors import OfficeError, UsageError
from workbook.grid import Grid
from workbook.layout import Layout
from workbook.months import Month
from workbook.names import PACK_TABS
from workbook.plan import Approval, Plan
from workbook.record import Issued

JULY, AUGUST, OCTOBER = Month(2009, 7), Month(2009, 8), Month(2009, 10)
NOVEMBER = Month(2009, 11)


AGREED = Approval(decision="approved", by="Board")


def a_month() -> Plan:
    """The small plan as it stands in September, with one action of every kind."""
    plan = small_plan()
    said: dict[str, dict[str, Any]] = {
        "r111": {"progress": {JULY: "green", AUGUST: "green", SEPTEMBER: "green"}, "note": "COMPLETE. Appointed."},
        "r112": {
            "progress": {SEPTEMBER: "revised", NOVEMBER: "revised"},
            "note": "EXTENDED to November: a third option.",
        },
        "r113": {"progress": {SEPTEMBER: "amber"}, "note": "The hall was taken. We will meet on 12 October."},
        "r211": {
            "progress": {JULY: "amber", AUGUST: "red", SEPTEMBER: "red"},
            "note": "No data. It comes in October.",
            "importance": "high",
        },
        "r212": {
            "progress": {SEPTEMBER: "suspended"},
            "approval": {SEPTEMBER: Approval(decision="approved", by="Board")},
        },
    }
    actions = tuple(replace(each, **said.get(each.row_id, {})) for each in plan.actions)
    return replace(plan, edition=SEPTEMBER, actions=(*actions, action("2.1.3", "Say nothing", "JG", "Sep")))


def packed(folder: Path, plan: Plan | None = None, **more: Any) -> Any:
    verbs.pack(plan or a_month(), folder / "pack.xlsx", **more)
    return load_workbook(folder / "pack.xlsx")


def rows(sheet: Any) -> list[list[str]]:
    """The sheet's texts, row by row, without blanks."""
    found = ([str(cell.value) for cell in row if cell.value is not None] for row in sheet.iter_rows())
    return [row for row in found if row]


def listed(sheet: Any) -> list[list[str]]:
    """The rows of a list below its header."""
    found = rows(sheet)
    header = next(at for at, row in enumerate(found) if row[0] in ("Now", "Page"))
    return found[header + 1 :]


# --- what is in it ----------------------------------------------------------------------------------------------


def test_a_pack_has_its_sheets_in_order_and_then_the_grid(tmp_path: Path) -> None:
    assert packed(tmp_path).sheetnames == [*PACK_TABS, "Measures", "CP1", "CP2"]


def test_a_highlight_report_stands_behind_the_summary(tmp_path: Path) -> None:
    book = packed(tmp_path, highlight=["CP2", "CP1"])
    assert book.sheetnames[:4] == ["Contents", "Summary", "Highlight CP2", "Highlight CP1"]
    said = [" ".join(row) for row in rows(book["Highlight CP2"])]
    assert said[0] == "Highlight report for September 2009: CP2 Homes"
    assert said[1] == "Expected outcome: Homes for all"
    assert "July 2009: 1 highlighted: 1 one month behind (100.0%)" in said
    assert not any("1.1.3" in row for row in said)


def test_the_contents_page_leads_to_every_sheet(tmp_path: Path) -> None:
    book = packed(tmp_path)
    sheet = book["Contents"]
    links = {link.ref: link.location for row in sheet.iter_rows() for cell in row if (link := cell.hyperlink)}
    targets = [location.rpartition("!")[0].strip("'") for location in links.values()]
    assert targets == book.sheetnames[1:]
    assert all(location.rpartition("!")[0].strip("'") == sheet[ref].value for ref, location in links.items())
    pages = [int(row[0]) for row in listed(sheet)[: len(targets)]]
    assert pages == sorted(pages)
    assert pages[0] == 2


def test_the_summary_says_the_minutes_sentence_in_one_cell(tmp_path: Path) -> None:
    counts = verbs.status(a_month(), SEPTEMBER).counts
    sheet = packed(tmp_path)["Summary"]
    assert sheet["A4"].value == counts.sentence


def figures(sheet: Any, label: str, count: int) -> tuple[int, list[int], list[float]]:
    """A row of the summary: how many are highlighted, the numbers, the percentages."""
    row = next(row for row in sheet.iter_rows() if row[0].value == label)
    values = [cell.value for cell in row[1 : 2 + 2 * count]]
    return values[0], values[1::2], values[2::2]


def test_many_who_have_not_returned_are_counted_on_the_summary_and_named_among_the_exceptions(tmp_path: Path) -> None:
    names = [f"P{number}" for number in range(300)]
    register = (Issued(issue_id=f"i{n}", recipient=n, month=SEPTEMBER, file=f"{n}.xlsx", rows=("r111",)) for n in names)
    book = packed(tmp_path, replace(a_month(), register=tuple(register)))
    said = next(row[0] for row in rows(book["Summary"]) if "Still to come" in row[0])
    assert said.startswith("0 of 300 returns came back. Still to come: P0, P1, ")
    assert said.endswith("P19 and 280 more, who are named on the sheet Exceptions.")
    assert "P299" in " ".join(row[0] for row in rows(book["Exceptions"]))
    heights = [each.height for sheet in book.worksheets for each in sheet.row_dimensions.values() if each.height]
    assert max(heights) <= 409


def test_every_figure_of_the_summary_is_that_of_status_as_json(tmp_path: Path, run: Any) -> None:
    master = tmp_path / "master.xlsx"
    verbs.build(a_month(), master)
    status, out, _ = run("status", master, "--json")
    assert status == 0
    said = json.loads(out)
    sheet = packed(tmp_path)["Summary"]
    groups = [("month", said["months"]), *said["by"].items()]
    seen = 0
    for name, tallies in groups:
        for tally in tallies:
            expected = (tally["highlighted"], list(tally["counts"].values()), list(tally["percent"].values()))
            assert figures(sheet, tally[name], len(tally["counts"])) == expected, tally[name]
            seen += 1
    assert seen == 3 + 2 + 3 + 2
    assert said["months"][-1]["counts"] == said["counts"]


def test_the_summary_has_a_chart_of_the_months_and_one_of_the_movement(tmp_path: Path) -> None:
    packed(tmp_path)
    with ZipFile(tmp_path / "pack.xlsx") as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if "/charts/chart" in name]
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    months, movement = charts
    assert "month by month" in months
    assert "Where August 2009’s actions are now" in movement
    assert all('<c:grouping val="stacked"/>' in chart for chart in charts)
    # In black and white a part is told by its letter, or its outline or pattern.
    assert "<a:t>G 2</a:t>" in months or "G 1" in months
    assert '<a:prstDash val="dash"/>' in months  # what awaits approval
    described = re.findall(r'descr="([^"]+)"', drawing)
    assert len(described) == 2
    assert "August 2009: On target 1, Over one month behind 1." in described[0]


def test_the_exception_report_has_what_the_board_asks_for(tmp_path: Path) -> None:
    sheet = packed(tmp_path)["Exceptions"]
    assert listed(sheet) == [
        ["Over one month behind: 1 of 6"],
        [
            "R",
            "2.1.1",
            "List the sites",
            "Hal Bo (HB)\nJo Gray (JG)",
            "No data. It comes in October.",
            "October 2009",
            "2",
            "High",
        ],
        ["One month behind: 1 of 6"],
        [
            "A",
            "1.1.3",
            "Ask the residents",
            "Pat Sim (PS)\nHal Bo (HB)",
            "The hall was taken. We will meet on 12 October.",
            "September 2009",
            "1",
        ],
        ["Not reported: 1 of 6"],
        ["–", "2.1.3", "Say nothing", "Jo Gray (JG)", "No report for September 2009.", "September 2009", "1"],
        ["Awaiting approval: 1 of 6"],
        [
            "?",
            "1.1.2",
            "Draw the options",
            "Pat Sim (PS)",
            "EXTENDED to November: a third option.",
            "October 2009",
            "November 2009 (proposed)",
            "1",
        ],
    ]
    red = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "R")
    assert red.fill.start_color.rgb == "FFE60000"


def test_movement_is_listed_from_what_to_what(tmp_path: Path) -> None:
    sheet = packed(tmp_path)["Movement"]
    bands = [row[0] for row in listed(sheet) if len(row) == 1]
    assert bands == [
        "Not highlighted → One month behind: 1",
        "Not highlighted → Suspended: 1",
        "Not highlighted → Awaiting approval: 1",
        "Not highlighted → Not reported: 1",
    ]
    assert any(
        row[0].startswith("Green fell, from 50.0% (1 of 2) in August 2009 to 16.7% (1 of 6)") for row in rows(sheet)
    )


def test_the_schedule_has_both_dates_and_the_approval(tmp_path: Path) -> None:
    assert listed(packed(tmp_path)["Schedule of changes"]) == [
        ["Awaiting approval: 1"],
        [
            "H?",
            "1.1.2",
            "Draw the options",
            "Pat Sim (PS)",
            "Extended",
            "September to October 2009",
            "November 2009",
            "Awaiting approval",
            "EXTENDED to November: a third option.",
        ],
        ["Approved: 1"],
        ["B", "2.1.2", "Bid for a grant", "Suspended", "September 2009", "Board"],
    ]


def test_measures_are_listed_by_priority(tmp_path: Path) -> None:
    found = rows(packed(tmp_path)["Measures"])
    assert found[:6] == [
        ["Measures"],
        ["Ref", "Measure of success", "Actions required", "Timescale", "Lead", "Resources"],
        ["CP1 Town"],
        ["1.1", "A plan", "Write it", "Sept 09"],
        ["Agree it", "Dec 09"],
        ["1.2", "A street"],
    ]


def test_empty_lists_say_so(tmp_path: Path) -> None:
    plan = small_plan()
    book = packed(tmp_path, replace(plan, actions=plan.actions[3:4]), month=JULY)
    assert ["No action is late, unreported or awaiting approval."] in rows(book["Exceptions"])
    assert ["There is no month before July 2009 to compare with."] in rows(book["Movement"])
    assert ["No action has been reprogrammed, extended or suspended."] in rows(book["Schedule of changes"])
    assert ["No action has been completed."] in rows(book["Completed"])
    assert ["Nothing is planned for August 2009."] in rows(book["Coming up"])


@pytest.mark.parametrize("form", BOTH_FORMS, ids=lambda form: form.bands)
def test_the_grid_is_as_in_the_master_but_for_what_is_not_for_paper(tmp_path: Path, form: Layout) -> None:
    plan = a_month()
    verbs.build(plan, tmp_path / "master.xlsx", form)
    verbs.pack(plan, tmp_path / "pack.xlsx", layout=form)
    master, pack = (load_workbook(tmp_path / name) for name in ("master.xlsx", "pack.xlsx"))
    for tab in ("CP1", "CP2"):
        sheet = master[tab]
        columns = [column.number for column in Grid(form, plan, whole=True).visible]
        kinds = {
            row.number: row.kind for each in Grid(form, plan, whole=True).tabs for row in each.rows if each.name == tab
        }
        lines = [number for number, kind in kinds.items() if kind not in ("keys", "block_header", "block")]
        shown = [[value for n in columns if (value := sheet.cell(line, n).value)] for line in lines]
        printed = [[cell.value for cell in row if cell.value is not None] for row in pack[tab].iter_rows()]
        assert [row for row in printed if row] == [row for row in shown if row]


# --- what is not in it ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", BOTH_FORMS, ids=lambda form: form.bands)
def test_nothing_is_hidden_and_nothing_can_be_picked(tmp_path: Path, form: Layout) -> None:
    for sheet in packed(tmp_path, layout=form, highlight=["CP1"]).worksheets:
        assert sheet.sheet_state == "visible"
        assert not sheet.data_validations.dataValidation
        assert not sheet.conditional_formatting
        assert not sheet.protection.sheet
        assert not any(
            dimension.hidden for dimension in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values())
        )
        assert not any(cell.comment for row in sheet.iter_rows() for cell in row)
        assert sheet.freeze_panes


@pytest.mark.parametrize("form", BOTH_FORMS, ids=lambda form: form.bands)
def test_only_the_two_rows_of_an_action_are_merged(tmp_path: Path, form: Layout) -> None:
    long = "A title that is longer than its place " * 12
    plan = a_month()
    heads = (replace(plan.headings[0], title=long, outcome=long), replace(plan.headings[1], title=long))
    book = packed(tmp_path, replace(plan, headings=(*heads, *plan.headings[2:])), layout=form, highlight=["CP1"])
    merged = {
        (each.size["rows"], each.size["columns"]) for sheet in book.worksheets for each in sheet.merged_cells.ranges
    }
    assert merged == ({(2, 1)} if form.bands == "two" else set())


def test_title_and_language_are_set(tmp_path: Path) -> None:
    book = packed(tmp_path)
    assert book.properties.title == "Improvement Plan: board pack, September 2009"
    assert book.properties.language == "en-GB"
    plan = replace(a_month(), settings={"language": "cy"})
    assert packed(tmp_path, plan, force=True).properties.language == "cy"


def test_long_names_are_written_in_full_and_running_ones_within_what_excel_takes(tmp_path: Path) -> None:
    plan = a_month()
    long = " & ".join(["A very long name of an improvement plan"] * 6)
    heads = (replace(plan.headings[0], title=long, outcome=long), *plan.headings[1:])
    book = packed(tmp_path, replace(plan, title=long, organisation=long, headings=heads))
    assert long in book["Summary"]["A1"].value
    assert long in " ".join(row[0] for row in rows(book["Contents"])[:8])
    assert long in book["CP1"]["A1"].value
    outcome = " ".join(row[0] for row in rows(book["CP1"])[1:5])
    assert f"Expected outcome: {long}" in outcome
    for sheet in book.worksheets:
        for line in (sheet.oddHeader, sheet.oddFooter):
            assert sum(len(part.text or "") for part in (line.left, line.center, line.right)) < 255


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        verbs.pack(a_month(), tmp_path / f"{name}.xlsx", highlight=["CP1"])
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


@seldom
@given(plan=plans(), at=st.integers(0, 11), form=st.sampled_from(BOTH_FORMS), size=st.sampled_from(["A3", "A4"]))
def test_every_plan_has_a_pack(plan: Plan, at: int, form: Layout, size: Any) -> None:
    month = plan.start + at % plan.months
    highlight = [ref for ref in dict.fromkeys(plan.tops.values()) if ref in plan.headings_by_ref][:2]
    with tempfile.TemporaryDirectory() as folder:
        book = packed(Path(folder), plan, month=month, layout=form, paper=size, highlight=highlight)
    assert book.sheetnames[0] == "Contents"
    assert book["Summary"]["A4"].value == verbs.status(plan, month, layout=form).counts.sentence


def test_a_form_with_statuses_of_its_own_has_a_pack(tmp_path: Path) -> None:
    at_risk = replace(AT_RISK, label="At risk of slipping, as far as anybody can tell")
    form = replace(BOTH_FORMS[0], statuses=(*BOTH_FORMS[0].statuses, at_risk))
    plan = a_month()
    actions = (replace(plan.actions[0], progress={SEPTEMBER: "at_risk"}), *plan.actions[1:])
    book = packed(tmp_path, replace(plan, actions=actions), layout=form)
    header = next(row for row in book["Summary"].iter_rows() if row[1].value == "Highlighted")
    assert "?! Yellow" in [cell.value for cell in header]
    assert "?! Yellow" in book["CP1"].oddFooter.left.text


# --- how it is asked for ----------------------------------------------------------------------------------------


@pytest.fixture
def master(tmp_path: Path) -> Path:
    verbs.build(a_month(), tmp_path / "master.xlsx")
    return tmp_path / "master.xlsx"


def test_the_command_says_what_it_wrote_and_what_is_in_it(tmp_path: Path, master: Path, run: Any) -> None:
    status, out, err = run("pack", master, "-o", tmp_path / "pack.xlsx")
    assert (status, err) == (0, "")
    assert out.splitlines()[1:6] == [
        "  exceptions: 4",
        "  moved since August 2009: 4",
        "  reprogrammed, extended or suspended: 2",
        "  completed since the last edition: 0",
        "  coming up in October 2009: 2",
    ]
    assert out.startswith(f"Wrote {tmp_path / 'pack.xlsx'}: the board pack for September 2009.\n")


def test_as_json_it_says_what_status_says_and_more(tmp_path: Path, master: Path, run: Any) -> None:
    _, out, _ = run("pack", master, "-o", tmp_path / "pack.xlsx", "--json")
    _, status, _ = run("status", master, "--json")
    said = json.loads(out)
    assert {key: said[key] for key in json.loads(status)} == json.loads(status)
    assert said["exceptions"][0] == {
        "row_id": "r211",
        "ref": "2.1.1",
        "standing": "red",
        "month": "2009-09",
        "months": 2,
        "original": "2009-10",
        "revised": [],
        "proposed": False,
        "why": "counted",
    }
    assert said["movement"]["before"] == "2009-08"
    assert said["schedule"][0]["approval"] is None
    assert (said["pack"], said["pdf"]) == (str(tmp_path / "pack.xlsx"), None)


def test_paper_may_be_written_small(tmp_path: Path, master: Path, run: Any) -> None:
    assert run("pack", master, "-o", tmp_path / "pack.xlsx", "--paper", "a4")[0] == 0
    book = load_workbook(tmp_path / "pack.xlsx")
    assert {sheet.page_setup.paperSize for sheet in book.worksheets} == {9}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "pack.pdf"], "pack.pdf does not end in .xlsx. Name the workbook pack.xlsx."),
        (["-o", "p.xlsx", "--pdf", "pack.xlsx"], "pack.xlsx does not end in .pdf. Name the PDF pack.pdf."),
        (["-o", "p.xlsx", "--month", "2012-01"], "2012-01 is not a month of this plan"),
        (
            ["-o", "p.xlsx", "--highlight", "XX"],
            "There is no priority “XX” in this plan to highlight. There are: CP1, CP2.",
        ),
        (["-o", "p.xlsx", "--previous", "none.xlsx"], "There is no file or folder none.xlsx."),
        (["-o", "p.xlsx", "--paper", "A5"], "A5"),
        (["-o", "master.xlsx", "--force"], "master.xlsx is read by this command and is never overwritten."),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_nothing_is_written(
    master: Path, run: Any, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.chdir(master.parent)
    before = sorted(master.parent.iterdir())
    status, out, err = run("pack", "master.xlsx", *words)
    assert (status, out) == (2, "")
    assert said in err
    assert sorted(master.parent.iterdir()) == before


def test_without_libreoffice_the_workbook_is_written_and_it_is_said_what_to_do(
    tmp_path: Path, master: Path, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbook.libreoffice.program", lambda: None)
    status, out, err = run("pack", master, "-o", tmp_path / "pack.xlsx", "--pdf", tmp_path / "pack.pdf")
    assert status == 1
    assert "Install LibreOffice" in err
    assert "Excel" in err
    assert (tmp_path / "pack.xlsx").exists()
    assert not (tmp_path / "pack.pdf").exists()
    assert "pack.pdf" not in out
    with pytest.raises(OfficeError):
        verbs.pack(a_month(), tmp_path / "again.xlsx", pdf=tmp_path / "again.pdf")
    assert (tmp_path / "again.xlsx").exists()


def test_a_pack_is_no_master_and_no_return(tmp_path: Path, run: Any) -> None:
    packed(tmp_path)
    for command in ("status", "history"):
        status, _, err = run(command, tmp_path / "pack.xlsx")
        assert (status, "is a board pack, which is for reading. Give the master that it was made from." in err) == (
            2,
            True,
        )
    _, _, err = run("check", tmp_path / "pack.xlsx")
    assert "it is a board pack, which is for reading." in err


def test_a_pack_that_lies_among_the_returns_is_not_taken_for_one(tmp_path: Path, run: Any) -> None:
    issued = verbs.issue(a_month(), tmp_path / "issued", SEPTEMBER)
    verbs.pack(issued.plan, tmp_path / "issued" / "pack.xlsx")
    reading = verbs.check([tmp_path / "issued" / "pack.xlsx"])[0].reading
    merged = verbs.merge(issued.plan, [tmp_path / "issued"], leave=[issued.master])
    assert (reading.read, merged.unread, merged.queries) == (False, ("pack.xlsx",), verbs.status(issued.plan).queries)
    status, _, err = run("merge", issued.master, tmp_path / "issued" / "pack.xlsx", "-o", tmp_path / "new.xlsx")
    assert status == 2
    assert "None of the returns could be read" in err
    assert not (tmp_path / "new.xlsx").exists()


def test_a_corporate_copy_has_no_pack(tmp_path: Path) -> None:
    corporate = verbs.rollup([(a_month(), BOTH_FORMS[0])])
    verbs.write_corporate(corporate, tmp_path / "corporate.xlsx")
    with pytest.raises(UsageError, match="is a corporate copy"):
        verbs.load(tmp_path / "corporate.xlsx")
