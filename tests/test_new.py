"""An empty plan source, in every form: what it holds, what its cells offer, and what comes of it when filled in."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

import workbook
from workbook import libreoffice, verbs
from workbook.layout import Layout, available, default_layout, load_layout
from workbook.months import Month, format_runs, parse_runs, run
from workbook.names import HELP_SHEET, LISTS_SHEET
from workbook.refs import column_letter
from workbook.source import BlankSource, blank_source
from workbook.source.explained import Sample, dates_explained
from workbook.source.tables import ACTION, HEADING, PERSON
from workbook.timescales import parse

START = Month(2026, 4)
FILLED_IN = ("people", "headings", "actions")

# A form of a council's own: two levels and a list, own columns, choices, a report, and no months.
OURS = """
name = "ours"
title = "Our own form"
description = "A form for tests."
statuses = ["green", "amber", "red"]
guidance = []
sentence = "{green}% of {highlighted} in {month}; {changed}%."
sentence_awaiting = "{awaiting_approval}%"
sentence_not_reported = "{not_reported}%"
levels = ["an “aim” of ours", "step"]
lists = ["promise"]
fields = { actions = ["risk", "ward", "unseen"], headings = ["ward_members"] }
facts = [{ field = "ward_members", label = "Ward members" }]

[[tabs]]

[[tabs]]
shows = "report"
title = "Report"
parts = [
    { shows = "text", setting = "foreword", title = "Foreword" },
    { shows = "text", setting = "owner", title = "Who owns it" },
    { shows = "recommendation", level = "promise" },
]

[[columns]]
field = "ref"

[[columns]]
field = "action"

[[columns]]
field = "lead"
drop_down = "people"

[[columns]]
field = "risk"
heading = "How great the risk is"
drop_down = ["Red, or worse", "Low"]

[[columns]]
field = "ward"
heading = "WORDS"
drop_down = "people"

[[columns]]
field = "status"
locked = false

[[columns]]
field = "note"
locked = false
""".replace("WORDS", "In which of our wards it is, and who of its members has been told " * 8)


@pytest.fixture(params=[*available(), "ours.toml"])
def form(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The form as it is named on the command line."""
    if request.param in available():
        return str(request.param)
    path = tmp_path / "forms" / request.param
    path.parent.mkdir()
    path.write_text(OURS, encoding="utf-8")
    return str(path)


@pytest.fixture
def source(run: Any, tmp_path: Path, form: str) -> Path:
    """An empty plan source in that form."""
    path = tmp_path / "source.xlsx"
    status, out, err = run("new", "-o", path, "--layout", form, "--start", "2026-04")
    assert (status, err) == (0, "")
    assert f"workbook build {path} -o master.xlsx" in out
    return path


def blank(form: str, **more: Any) -> BlankSource:
    return blank_source(load_layout(form), **{"start": START, **more})


def examples(form: str) -> Mapping[str, Mapping[str, str]]:
    """What the example lines of the help say, by sheet and cell."""
    empty = blank(form)
    settings = {f"B{row}": each.example for row, each in enumerate(empty.settings, 2) if each.example}
    tables = {
        table.name: {
            f"{column_letter(number)}{row}": text
            for number, column in enumerate(table.columns, 1)
            for row, text in enumerate(column.examples, 2)
            if text
        }
        for table in empty.tables
    }
    return {"settings": settings, **tables}


def filled(source: Path, form: str) -> Path:
    """The source with the example lines of its help typed in."""
    book = load_workbook(source)
    for sheet, cells in examples(form).items():
        for cell, text in cells.items():
            book[sheet][cell].value = text
    path = source.with_name("filled.xlsx")
    book.save(path)
    return path


def header(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for cell in sheet[1]]


def offered(sheet: Worksheet, column: str) -> DataValidation:
    """What the cells of a column offer and say."""
    letter = column_letter(header(sheet).index(column) + 1)
    validations: list[DataValidation] = sheet.data_validations.dataValidation
    (found,) = [each for each in validations if str(each.sqref).startswith(f"{letter}2:")]
    return found


def words(book: Workbook, validation: DataValidation) -> list[str]:
    """The words of a drop-down that has a list."""
    sheet, cells = str(validation.formula1).split("!")
    assert sheet == LISTS_SHEET
    return [str(cell.value) for line in book[sheet][cells.replace("$", "")] for cell in line]


# --- what it holds ----------------------------------------------------------------------------------------------


def test_it_has_the_sheets_of_a_plan_source_and_help_in_front(source: Path) -> None:
    book = load_workbook(source)
    assert book.sheetnames == [HELP_SHEET, "settings", *FILLED_IN, LISTS_SHEET]
    assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == [LISTS_SHEET]
    assert book.active is not None
    assert book.active.title == HELP_SHEET


def test_its_columns_are_those_of_a_plan_source_and_the_forms_own(source: Path, form: str) -> None:
    book, layout = load_workbook(source), load_layout(form)
    assert header(book["people"]) == list(PERSON)
    assert header(book["headings"])[:3] == ["ref", "level", "title"]
    assert header(book["actions"])[:4] == ["ref", "heading", "action", "lead"]
    assert set(header(book["headings"])) <= {*HEADING, *layout.fields.headings}
    assert set(header(book["actions"])) <= {*ACTION, *layout.fields.actions} - {"row_id"}
    shown = {*layout.words, *layout.fields.actions, "programmed", "importance"}
    assert shown <= set(header(book["actions"]))
    assert set(layout.fields.headings) <= set(header(book["headings"]))


def test_the_default_form_has_these_columns() -> None:
    tables = {
        table.name: " ".join(column.name for column in table.columns) for table in blank_source(default_layout()).tables
    }
    assert tables["headings"] == "ref level title parent outcome required timescale lead resources"
    assert tables["actions"] == "ref heading action lead programmed start finish importance depends_on note"


def test_settings_are_those_of_every_plan_and_of_the_forms_reports(source: Path, form: str) -> None:
    sheet = load_workbook(source)["settings"]
    said = {str(row[0].value): str(row[1].value or "") for row in sheet.iter_rows(min_row=2) if row[0].value}
    assert list(said)[:8] == "title organisation start months layout sponsor owner manager".split()
    assert (said["title"], said["start"], said["months"]) == ("Improvement Plan 2026/27", "2026-04", "12")
    assert said["layout"] == load_layout(form).name
    parts = [part.setting for spec in load_layout(form).tabs for part in spec.parts if part.setting]
    assert {*parts} <= said.keys()
    titles = {str(each.sqref): str(each.promptTitle) for each in sheet.data_validations.dataValidation if each.prompt}
    assert titles == {f"B{row}": key for row, key in enumerate(said, 2)}


def test_what_must_be_filled_in_looks_otherwise_and_says_so(source: Path) -> None:
    sheet = load_workbook(source)["headings"]
    fills = {cell.value: cell.fill.fgColor.rgb for cell in sheet[1]}
    assert fills["ref"] == fills["level"] == fills["title"]
    assert {fill for name, fill in fills.items() if name not in ("ref", "level", "title")}.isdisjoint({fills["ref"]})
    (message,) = [each.prompt for each in sheet.data_validations.dataValidation if str(each.sqref) == "A1"]
    assert str(message).startswith("Must be filled in.")


def test_every_cell_that_is_filled_in_is_text_so_that_a_ref_stays_as_it_is(source: Path) -> None:
    book = load_workbook(source)
    for name in FILLED_IN:
        cells = [cell for row in book[name].iter_rows(min_row=2) for cell in row]
        assert {cell.number_format for cell in cells} == {"@"}
        assert len(cells) >= 200 * len(header(book[name]))
        assert book[name].column_dimensions["A"].number_format == "@"  # of the rows below, too


def test_headers_stay_in_view_and_each_sheet_is_one_page_wide(source: Path) -> None:
    book = load_workbook(source)
    for sheet in book.worksheets[:-1]:
        page = sheet.page_setup
        assert (page.orientation, page.fitToWidth or 1, page.fitToHeight) == ("landscape", 1, 0)
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.title == HELP_SHEET or str(sheet.freeze_panes).endswith("2")
        assert sheet.title == HELP_SHEET or sheet.print_title_rows == "$1:$1"


def test_the_same_is_written_byte_for_byte_whatever_the_file_is_called(run: Any, tmp_path: Path, form: str) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        run("new", "-o", tmp_path / name, "--layout", form, "--start", "July 2026", "--months", "18")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


# --- what its cells offer ---------------------------------------------------------------------------------------


def test_levels_are_picked_from_the_forms(source: Path, form: str) -> None:
    book, layout = load_workbook(source), load_layout(form)
    level = offered(book["headings"], "level")
    assert words(book, level) == [*layout.levels, *layout.lists]
    assert (level.type, level.showErrorMessage, level.errorStyle) == ("list", True, None)  # it stops


def test_headings_and_leads_are_picked_from_what_has_been_typed(source: Path) -> None:
    actions = load_workbook(source)["actions"]
    heading, lead = offered(actions, "heading"), offered(actions, "lead")
    assert str(heading.formula1).startswith("OFFSET(headings!$A$1,1,0,")
    assert heading.errorStyle == "warning"
    assert str(lead.formula1).startswith("OFFSET(people!$A$1,1,0,")
    assert not lead.showErrorMessage  # several leads are on no list


def test_importance_is_picked_from_three_words(source: Path) -> None:
    book = load_workbook(source)
    assert words(book, offered(book["actions"], "importance")) == ["high", "medium", "low"]


def test_choices_are_the_columns_own(source: Path, form: str) -> None:
    book, layout = load_workbook(source), load_layout(form)
    for name, column in layout.all_columns.items():
        if column.choices:
            validation = offered(book["actions"], name)
            assert words(book, validation) == list(column.choices)
            assert not validation.showErrorMessage


def test_a_recommendation_is_picked_from_the_headings_of_its_level(source: Path, form: str) -> None:
    book, layout = load_workbook(source), load_layout(form)
    served = [part.level for spec in layout.tabs for part in spec.parts if part.shows == "recommendation"]
    if not served:
        assert "recommendation" not in header(book["actions"])
        return
    formula = str(offered(book["actions"], "recommendation").formula1)
    (row,) = re.findall(rf"MATCH\({LISTS_SHEET}!\$A\$(\d+),", formula)
    assert book[LISTS_SHEET][f"A{row}"].value == served[0]
    assert "headings!$B$1:$B$" in formula


def test_a_programme_is_typed_in_either_of_two_ways(source: Path) -> None:
    programmed = offered(load_workbook(source)["actions"], "programmed")
    assert programmed.type in (None, "none")
    assert "2026-04..2026-06, 2026-09 or as Apr-Jun, Sep." in str(programmed.prompt)


# --- what comes of it -------------------------------------------------------------------------------------------


def test_built_as_it_is_it_is_refused(run: Any, source: Path, form: str, tmp_path: Path) -> None:
    status, out, err = run("build", source, "-o", tmp_path / "master.xlsx", "--layout", form)
    assert (status, out) == (2, "")
    assert err == (
        f"{source}: The table “actions” has no rows yet. Write each action in a row of its own below the header.\n"
    )
    assert not (tmp_path / "master.xlsx").exists()


def test_without_a_start_it_says_what_is_missing(run: Any, tmp_path: Path) -> None:
    run("new", "-o", tmp_path / "plan.xlsx")
    status, _, err = run("build", tmp_path / "plan.xlsx", "-o", tmp_path / "master.xlsx")
    assert status == 2
    assert "The settings say no start. Write it in a row with key “start”" in err


def test_filled_in_as_its_help_says_it_builds(run: Any, source: Path, form: str, tmp_path: Path) -> None:
    path = filled(source, form)
    ours = ["--layout", form] if form.endswith(".toml") else []
    status, out, _ = run("build", path, "-o", tmp_path / "master.xlsx", *ours)
    assert status == 0
    assert "2 actions" in out
    loaded = verbs.load(path, *ours[1:])
    assert {found.code for found in loaded.findings} <= {"PROGRAMMES_DERIVED"}
    first, second = loaded.plan.actions
    assert (first.lead, second.lead, first.importance) == (("JG",), ("JG", "PS"), "high")
    assert second.depends_on == ((first.ref,) if "ref" in loaded.layout.words else ())
    assert first.programmed
    assert loaded.plan.settings["sponsor"] == "Councillor Ann Other, Leader of the Council"
    assert [heading.level in loaded.layout.lists for heading in loaded.plan.headings].count(True) <= 1
    assert first.heading in loaded.plan.headings_by_ref


def test_the_help_shows_these_lines_and_every_column(source: Path, form: str) -> None:
    said = {str(cell.value) for row in load_workbook(source)[HELP_SHEET].iter_rows() for cell in row if cell.value}
    assert {text for cells in examples(form).values() for text in cells.values()} <= said
    empty = blank(form)
    assert {column.name for table in empty.tables for column in table.columns} <= said
    assert {level for level, _ in empty.levels} <= said
    ours = " --layout ours.toml" if form.endswith(".toml") else ""
    assert f"workbook build plan.xlsx -o master.xlsx{ours}" in said


def test_a_sheet_of_another_name_is_named_as_before(source: Path, form: str) -> None:
    book = load_workbook(filled(source, form))
    book.create_sheet("Ideas")["A1"] = "More"
    book.save(source)
    (found,) = [each for each in verbs.load(source, form).findings if each.code == "TABLE_KEPT_OUT"]
    assert "“ideas”" in found.message


@pytest.mark.libreoffice
@pytest.mark.usefixtures("office")
def test_filled_in_with_libreoffice_it_builds_and_keeps_its_lists(tmp_path: Path) -> None:
    jobs = []
    for name in available():
        workbook.new(tmp_path / f"{name}.xlsx", name, start=START)
        steps = [
            {"do": "type", "sheet": sheet, "cell": cell, "text": text}
            for sheet, cells in examples(name).items()
            for cell, text in cells.items()
        ]
        steps += [{"do": "type", "sheet": "actions", "cell": "A3", "text": "1.10"}]
        jobs.append({"open": f"{name}.xlsx", "save": f"filled/{name}.xlsx", "steps": steps})
    script = tmp_path / "steps.json"
    script.write_text(json.dumps({"files": jobs}), encoding="utf-8")
    assert libreoffice.fill_in(script, lambda _: None) == "LibreOffice"
    for name in available():
        path = tmp_path / "filled" / f"{name}.xlsx"
        loaded = verbs.load(path)
        assert {found.code for found in loaded.findings} <= {"PROGRAMMES_DERIVED", "REF_MALFORMED"}
        assert [action.ref for action in loaded.plan.actions][1] == "1.10"
        actions = load_workbook(path)["actions"]
        assert "headings" in str(offered(actions, "heading").formula1)
        assert "people" in str(offered(actions, "lead").formula1)


# --- its words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("months", [1, 2, 4, 12, 18, 36])
def test_both_ways_of_writing_a_programme_say_the_same(months: int) -> None:
    sample = Sample.of(default_layout(), Month(2009, 11), months)
    period = run(Month(2009, 11), months)
    assert parse_runs(sample.programmed, period) == parse_runs(sample.named, period)
    assert format_runs(parse_runs(sample.programmed, period)) == sample.programmed
    assert {*parse_runs(sample.programmed, period)} <= {*period}


@pytest.mark.parametrize("start", [None, START, Month(1999, 12)])
def test_every_way_of_writing_a_date_that_the_help_shows_is_understood(start: Month | None) -> None:
    for written, _ in dates_explained(Sample.of(default_layout(), start, 12)):
        for text in written:
            said = parse(text)
            assert said.start or said.finish or said.every or said.open_ended, text
            assert not said.impossible


@pytest.mark.parametrize("months", [1, 3, 12, 36])
def test_the_example_lines_are_in_order_in_a_plan_of_any_length(tmp_path: Path, months: int) -> None:
    workbook.new(tmp_path / "plan.xlsx", start=START, months=months)
    book = load_workbook(tmp_path / "plan.xlsx")
    for table in blank_source(default_layout(), start=START, months=months).tables:
        for number, column in enumerate(table.columns, 1):
            for row, text in enumerate(column.examples, 2):
                book[table.name].cell(row, number).value = text or None
    book.save(tmp_path / "plan.xlsx")
    assert verbs.load(tmp_path / "plan.xlsx").findings == ()


def test_a_title_without_a_year_until_there_is_a_start() -> None:
    assert blank_source(default_layout()).title == "Improvement Plan"
    assert blank_source(default_layout(), start=Month(2026, 1)).title == "Improvement Plan 2026"
    assert blank_source(default_layout(), start=START).title == "Improvement Plan 2026/27"


def test_what_is_given_is_filled_in(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    given = ["--title", "Homes & Streets <1>", "--organisation", "Anyborough", "--start", "Sept 09", "--months", "24"]
    assert run("new", "-o", path, *given)[0] == 0
    sheet = load_workbook(path)["settings"]
    assert [sheet[f"B{row}"].value for row in range(2, 6)] == ["Homes & Streets <1>", "Anyborough", "2009-09", "24"]


def test_from_python_a_layout_may_be_an_object(tmp_path: Path) -> None:
    ours = tmp_path / "ours.toml"
    ours.write_text(OURS, encoding="utf-8")
    layout: Layout = workbook.load_layout(ours)
    workbook.new(tmp_path / "one.xlsx", layout, start=START)
    workbook.new(tmp_path / "two.xlsx", ours, start=START)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


# --- bad input --------------------------------------------------------------------------------------------------

NOT_DONE = [
    (["--layout", "monthly-gant"], "There is no layout “monthly-gant”. Did you mean “monthly-gantt”?"),
    (["--layout", "nowhere.toml"], "nowhere.toml: the file cannot be opened (No such file or directory)."),
    (["--months", "0"], "A plan has from 1 to 36 months, and not 0. Give another number of months."),
    (["--months", "37"], "A plan has from 1 to 36 months, and not 37. Give another number of months."),
    (["--start", "soon"], "“soon” is not a month; write it as 2009-07 or July 2009."),
    (["--start", "2009-13"], "2009-13 is not a month."),
    (["--start", ""], "“” is not a month; write it as 2009-07 or July 2009."),
    (["--title", " "], "The title is empty. Give the plan a title, or leave it out to have the usual one."),
]


@pytest.mark.parametrize(("words", "said"), NOT_DONE, ids=[" ".join(words) for words, _ in NOT_DONE])
def test_what_cannot_be_done_is_said_in_a_sentence(run: Any, tmp_path: Path, words: list[str], said: str) -> None:
    assert run("new", "-o", tmp_path / "plan.xlsx", *words) == (2, "", f"{said}\n")
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_kind_is_not_written(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    assert run("new", "-o", path) == (2, "", f"{path} does not end in .xlsx. Name the workbook plan.xlsx.\n")
    assert not path.exists()


def test_a_file_that_exists_is_written_only_when_forced(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_text("mine", encoding="utf-8")
    said = f"{path} exists already. Choose another name, or add --force to overwrite it.\n"
    assert run("new", "-o", path) == (2, "", said)
    assert path.read_text(encoding="utf-8") == "mine"
    assert run("new", "-o", path, "--force")[0] == 0
    assert load_workbook(path).sheetnames[0] == HELP_SHEET


def test_a_form_that_no_master_could_be_built_in_is_refused_before_anybody_fills_it_in(
    run: Any, tmp_path: Path
) -> None:
    ours = tmp_path / "ours.toml"
    ours.write_text(OURS.replace("guidance = []", 'guidance = ["colors"]'), encoding="utf-8")
    status, _, err = run("new", "-o", tmp_path / "plan.xlsx", "--layout", ours)
    assert (status, err) == (2, "ours: guidance[0]: there is no rule “colors”; the nearest is “colours”\n")
    assert not (tmp_path / "plan.xlsx").exists()
