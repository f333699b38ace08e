"""The workbook as it is written: what people see in it, what they cannot see, and what they cannot do by accident."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.office import OVERLAY, SEPTEMBER, Council, action, small_plan
from workbook import demo, libreoffice, verbs
from workbook.build.book import Sheet, new_book
from workbook.errors import BuildError
from workbook.findings import CATALOGUE
from workbook.grid import Grid
from workbook.layout import default_layout
from workbook.palette import STANDARD
from workbook.plan import Heading, Person, Plan
from workbook.printed import show_status
from workbook.read.opening import open_book
from workbook.rules import RULES, rules_of
from workbook.source import clean
from workbook.verbs import Loaded


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Council:
    return Council.issuing(tmp_path_factory.mktemp("council"))


@pytest.fixture(scope="module")
def book(issued: Council) -> Any:
    return load_workbook(issued["PS"].path)


def texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_a_return_has_its_tabs_and_hides_the_rest(book: Any) -> None:
    states = {sheet.title: sheet.sheet_state for sheet in book.worksheets}
    assert states == {"Guidance": "visible", "CP1": "visible", "Lists": "hidden", "_plan": "veryHidden"}


def test_the_guidance_shows_the_key_with_every_fill_and_letter_and_all_the_rules(book: Any) -> None:
    sheet = book["Guidance"]
    fills = {cell.value: cell.fill for (cell,) in sheet["A1:A30"]}
    for status in STANDARD.values():
        fill = fills[status.letter]
        assert fill.fill_type == status.fill.pattern
        assert fill.fgColor.rgb[-6:] == (status.fill.foreground or status.fill.rgb)
    assert fills["H"].bgColor.rgb[-6:] == "CCC0DA"
    assert {rule.sentence for rule in rules_of(default_layout())} <= set(texts(sheet))


def test_the_plan_and_issue_are_told_in_a_cell_and_in_properties(issued: Council, book: Any) -> None:
    issue_id = issued["PS"].issued.issue_id
    assert any(f"plan psmall · return {issue_id}" in text for text in texts(book["Guidance"]))
    properties = {prop.name: prop.value for prop in book.custom_doc_props.props}
    assert properties == {"workbook.plan": "psmall", "workbook.issue": issue_id, "workbook.kind": "return"}


def test_nobodys_e_mail_address_is_sent_round(issued: Council) -> None:
    assert "pat@council.example" not in texts(load_workbook(issued["PS"].path)["_plan"])
    assert "pat@council.example" in texts(load_workbook(issued.folder / "issued" / "master.xlsx")["_plan"])


def test_the_outcome_and_the_measures_stand_above_the_grid(book: Any) -> None:
    said = texts(book["CP1"])
    assert said.index("Expected outcome: A better town") < said.index("Measure of success") < said.index("Action")
    assert said.count("A plan") == 2  # once as a measure with two actions required, once as a section
    assert {"Write it", "Agree it", "Sept 09", "Dec 09"} <= set(said)


def test_a_master_shows_sections_that_only_point_elsewhere(issued: Council) -> None:
    master = load_workbook(issued.folder / "issued" / "master.xlsx")
    assert "Empty homes (see Section 1.2)" in texts(master["CP2"])


def test_only_the_progress_and_the_note_are_open(issued: Council, book: Any) -> None:
    sheet = book["CP1"]
    officer = issued["PS"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not sheet.protection.formatCells
    assert not sheet.protection.formatColumns
    assert not sheet.protection.autoFilter
    locked = {
        name: sheet[officer.place("1.1.2", *where)[1]].protection.locked
        for name, where in {
            "ref": ("ref",),
            "action": ("action",),
            "lead": ("lead",),
            "grey": ("programmed", "Sep"),
            "progress": ("progress", "Sep"),
            "note": ("note",),
        }.items()
    }
    assert locked == {"ref": True, "action": True, "lead": True, "grey": True, "progress": False, "note": False}


def test_a_form_that_is_sorted_locks_nothing_and_has_filter_buttons(tmp_path: Path) -> None:
    sheet = load_workbook(Council.issuing(tmp_path, OVERLAY)["PS"].path)["CP1"]
    assert not sheet.protection.sheet
    assert sheet.auto_filter.ref
    heavy = sheet[Council.issuing(tmp_path, OVERLAY)["PS"].place("1.1.2", "progress", "Sep")[1]].border
    assert (heavy.left.style, heavy.top.style, heavy.bottom.style) == ("medium", "medium", "medium")


def test_a_month_offers_the_letters_and_says_what_to_do(issued: Council, book: Any) -> None:
    cell = issued["PS"].place("1.1.2", "progress", "Sep")[1]
    validations = [each for each in book["CP1"].data_validations.dataValidation if cell in each.sqref]
    assert [(each.type, each.formula1) for each in validations] == [("list", "Lists!$A$2:$A$6")]
    assert validations[0].promptTitle == "September 2009"
    assert "G  on target" in validations[0].prompt
    assert [book["Lists"][f"A{row}"].value for row in range(2, 7)] == ["G", "A", "R", "H", "B"]


def test_a_lead_is_offered_from_the_people_table(issued: Council, book: Any) -> None:
    cell = issued["PS"].place("1.1.2", "lead")[1]
    (validation,) = [each for each in book["CP1"].data_validations.dataValidation if cell in each.sqref]
    assert validation.formula1 == "Lists!$D$2:$D$4"
    assert [book["Lists"][f"D{row}"].value for row in range(2, 5)] == ["PS", "HB", "JG"]


def test_a_return_holds_no_more_of_a_larger_plan(tmp_path: Path) -> None:
    plan = small_plan()
    strangers = tuple(Person(initials=f"X{number}", service="Elsewhere") for number in range(50))
    headings = tuple(Heading(ref=f"CP{number}", level="priority", title="Elsewhere") for number in range(3, 50))
    larger = replace(plan, people=(*plan.people, *strangers), headings=(*plan.headings, *headings))
    small, large = (
        Council.issuing(tmp_path / name, plan=each)["PS"].path for name, each in (("small", plan), ("large", larger))
    )
    assert small.read_bytes() == large.read_bytes()


def test_a_cell_issued_with_a_letter_is_left_out_of_that_letters_rule_alone(issued: Council, book: Any) -> None:
    cell = issued["PS"].place("1.1.1", "progress", "Jul")[1]
    rules = {
        rule.formula[0].strip('"')
        for each in book["CP1"].conditional_formatting
        for rule in each.rules
        if cell in each.sqref
    }
    assert rules == {"A", "R", "H", "B"}
    assert book["CP1"][cell].value == "G"
    assert book["CP1"][cell].fill.fgColor.rgb[-6:] == "00BA55"


def test_the_month_being_reported_is_marked_in_the_header(issued: Council, book: Any) -> None:
    grid = issued["PS"].grid
    header = grid.tabs[0].header.number
    fills = {column.heading: book["CP1"].cell(header, column.number).fill.fgColor.rgb[-6:] for column in grid.months}
    assert [month for month, fill in fills.items() if fill != fills["Jul"]] == ["Sep"]


def test_it_prints_on_a3_one_page_wide_with_the_header_on_every_page(issued: Council, book: Any) -> None:
    sheet = book["CP1"]
    header = issued["PS"].grid.tabs[0].header.number
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)  # 1 is what is meant unsaid
    assert sheet.print_title_rows == f"${header}:${header}"
    footer = sheet.oddFooter
    assert footer.left.text.endswith("Improvement Plan, return for September 2009: Pat Sim (PS)")
    assert footer.right.text.endswith("Page &P of &N") or footer.right.text.endswith("Page &[Page] of &N")


def test_the_header_is_frozen_where_there_is_room_below_it_and_the_action_always(
    example: Loaded, tmp_path: Path
) -> None:
    verbs.build(example.plan, tmp_path / "master.xlsx")
    master = load_workbook(tmp_path / "master.xlsx")
    grid = Grid(example.layout, example.plan, whole=True)
    allowed = {tab.name: {"E1", f"E{tab.header.number + 1}"} for tab in grid.tabs}
    frozen = {tab.name: str(master[tab.name].freeze_panes) for tab in grid.tabs}
    assert [name for name in frozen if frozen[name] not in allowed[name]] == []
    assert len({cell == "E1" for cell in frozen.values()}) == 2  # there are tabs of both kinds


def test_text_is_text_whatever_it_looks_like(tmp_path: Path) -> None:
    odd = replace(small_plan(), actions=(action("1.1.10", "=1+1", "PS", "Sep", note="-5 @ http://x.example"),))
    book = load_workbook(Council.issuing(tmp_path, plan=odd)["PS"].path)
    cells = {cell.value: cell.data_type for row in book["CP1"].iter_rows() for cell in row if cell.value}
    assert cells["=1+1"] == cells["-5 @ http://x.example"] == cells["1.1.10"] == "s"
    assert not book["CP1"]._hyperlinks  # type: ignore[attr-defined]


def test_what_excel_would_refuse_is_an_error_that_says_where(tmp_path: Path) -> None:
    plan = replace(small_plan(), actions=(action("1.1.1", "x", "PS", "Sep", note="long " * 7000),))
    with pytest.raises(BuildError, match=r"CP1!R\d+: a cell holds 32,767 characters, and this text has 35,000"):
        verbs.build(plan, tmp_path / "m.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_warning_of_the_writers_is_an_error(tmp_path: Path) -> None:
    def write() -> None:
        with new_book(tmp_path / "x.xlsx", title="", organisation="", month=SEPTEMBER, properties={}) as book:
            book.sheet("A").validate([(1, 1, 1, 1)], {"validate": "any", "input_message": "x" * 256})

    with pytest.raises(BuildError, match="could not be written"):
        write()


def test_rows_may_be_written_in_any_order_until_they_are_let_go(tmp_path: Path) -> None:
    bold = {"bold": True, "border": 1}
    with new_book(tmp_path / "x.xlsx", title="", organisation="", month=SEPTEMBER, properties={}) as book:
        sheet = book.sheet("A")
        sheet.text(3, 2, "below", bold)
        sheet.text(1, 1, "first")
        sheet.text(1, 1, "again")
        sheet.merged((1, 2, 2, 3), "over two rows", bold)
        sheet.row(1, 40)
        sheet.let_go(1)
        sheet.text(2, 1, "second")
        sheet.row(4, 50)  # nothing stands in it
        sheet.row(2, 30, hidden=True)
        book.sheet("B").text(1, 1, "other")
    found = load_workbook(tmp_path / "x.xlsx")["A"]
    assert [[cell.value for cell in row] for row in found["A1:C3"]] == [
        ["again", "over two rows", None],
        ["second", None, None],
        [None, "below", None],
    ]
    assert [str(area) for area in found.merged_cells.ranges] == ["B1:C2"]
    assert all(found[cell].font.bold and found[cell].border.left.style for cell in ("B1", "B3"))
    assert [found.row_dimensions[row].height for row in (1, 2, 4)] == [39.75, 30, 50.25]  # in whole pixels
    assert [found.row_dimensions[row].hidden for row in (1, 2)] == [False, True]


@pytest.mark.parametrize("late", [lambda sheet: sheet.text(1, 1, "x"), lambda sheet: sheet.row(1, 20)])
def test_a_row_that_was_let_go_is_not_written_to_again(tmp_path: Path, late: Callable[[Sheet], None]) -> None:
    def write() -> None:
        with new_book(tmp_path / "x.xlsx", title="", organisation="", month=SEPTEMBER, properties={}) as book:
            sheet = book.sheet("A")
            sheet.text(2, 1, "x")
            sheet.let_go(2)
            late(sheet)

    with pytest.raises(BuildError, match="A: row 1 was written to after it had been let go"):
        write()
    assert list(tmp_path.iterdir()) == []


def test_every_text_stands_once_in_the_table_of_texts_as_apples_programs_need_it(issued: Council) -> None:
    with ZipFile(issued.folder / "issued" / "master.xlsx") as parts:
        sheets = {name: parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")}
        texts = parts.read("xl/sharedStrings.xml")
    assert len(sheets) > 4
    assert not any(b"inlineStr" in sheet for sheet in sheets.values())
    items = re.findall(rb"<si>.*?</si>", texts, re.DOTALL)
    used = [int(number) for sheet in sheets.values() for number in re.findall(rb' t="s"><v>(\d+)</v>', sheet)]
    assert sorted(set(used)) == list(range(len(items)))
    assert len(set(items)) == len(items)
    assert f'count="{len(used)}" uniqueCount="{len(items)}"'.encode() in texts


def test_a_text_of_any_characters_is_had_back(tmp_path: Path) -> None:
    said = [
        "  both ends ",
        "<t>&amp;</t>",
        "a\nb\tc",
        "_x0041_",
        "\x07bell",
        "“ü€😀”",
        ' t="inlineStr"><is><t>',
        "<r>a & b</r>",
        "<r></r>",
        "0" * 32_767,
    ]
    with new_book(tmp_path / "x.xlsx", title="", organisation="", month=SEPTEMBER, properties={}) as book:
        sheet = book.sheet("A")
        for row, text in enumerate(said * 50, 1):
            sheet.value(row, 1, text)
            sheet.let_go(row)
    lines = open_book(tmp_path / "x.xlsx").sheets[0].lines
    assert [lines[row][1].text for row in lines] == [clean(text) for text in said] * 50


@pytest.mark.parametrize(
    ("refs", "tabs"),
    [
        (("CP/1", "CP:1"), ["CP-1", "CP-1 2"]),
        (("History", "Guidance"), ["History 2", "Guidance 2"]),
        (("x" * 40, "X" * 40), ["x" * 31, "X" * 29 + " 2"]),
    ],
)
def test_a_tab_has_a_name_that_excel_allows(tmp_path: Path, refs: tuple[str, str], tabs: list[str]) -> None:
    plan = small_plan()
    named = dict(zip(("CP1", "CP2"), refs, strict=True))
    headings = tuple(
        replace(each, ref=named.get(each.ref, each.ref), parent=named.get(each.parent or "", each.parent))
        for each in plan.headings
    )
    renamed: Plan = replace(plan, headings=headings)
    verbs.build(renamed, tmp_path / "m.xlsx")
    assert [name for name in load_workbook(tmp_path / "m.xlsx").sheetnames if name in tabs] == tabs
    assert verbs.read(tmp_path / "m.xlsx").headings == headings


def test_actions_under_no_known_heading_have_a_tab_of_their_own(tmp_path: Path) -> None:
    plan = replace(small_plan(), actions=(*small_plan().actions, action("9.9.9", "Somewhere", "PS", "Sep")))
    verbs.build(plan, tmp_path / "m.xlsx")
    assert "Somewhere" in texts(load_workbook(tmp_path / "m.xlsx")["Other"])


def test_every_code_of_a_rule_is_in_the_catalogue() -> None:
    assert {code for rule in RULES for code in rule.codes} <= set(CATALOGUE)


@pytest.mark.parametrize("name", ["recommendations"])
def test_the_demo_plays_without_libreoffice_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(libreoffice, "find", lambda: None)
    said: list[str] = []
    assert demo.play(tmp_path / "demo", said.append, show_status, layout=name), "\n".join(said)
    assert any("filled in with openpyxl" in line for line in said)
