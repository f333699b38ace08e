"""Several plans in one corporate copy: side by side, in their own forms, summed up, and read back as they were."""

import json
import re
import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.conftest import ROOT
from tests.office import OVERLAY, SEPTEMBER, TWO_BANDS, Council, action, small_plan
from tests.sheets import assert_same, drawn
from tests.strategies import plans, seldom
from workbook import verbs
from workbook.corporate import Corporate, Part, Summary, side_by_side
from workbook.errors import UsageError
from workbook.grid import Grid, corporate_grids
from workbook.layout import Layout
from workbook.months import Month
from workbook.names import PLAN_SHEET, SUMMARY_TAB
from workbook.palette import STANDARD, Fill, Status
from workbook.plan import Heading, Plan
from workbook.refs import MAX_TAB_NAME

JULY = Month(2009, 7)
HOUSING = ROOT / "examples" / "monthly-gantt-overlay"

# A form with other letters, and a status between green and amber.
AT_RISK = Status(
    key="at_risk",
    label="At risk",
    meaning="It may slip.",
    letter="?!",
    words=("yellow",),
    fill=Fill(rgb="FFF000"),
    ink="000000",
    counts_as="at_risk",
)
TICKS = replace(
    OVERLAY,
    name="ticks",
    statuses=(replace(STANDARD["green"], letter="T", label="On track"), AT_RISK, *list(STANDARD.values())[1:4]),
)


def drawn_plan(plan_id: str, title: str, text: str, **more: Any) -> Plan:
    return drawn(text, plan_id=plan_id, title=title, **more)


IMPROVEMENT = drawn_plan(
    "pone",
    "Improvement Plan 2009/10",
    """
    heading | ref   | action             | lead | Jul Aug Sep Oct | note
    1.1     | 1.1.1 | Appoint a designer | PS   | #G  #A  .   .   | Late by a week.
    1.1     | 1.1.2 | Write the brief    | JG   | #G  #   #   .   |
    1.1     | 1.1.3 | Choose a builder   | JG   | #   .   #   .   |
    """,
    organisation="Thornmere",
)
HOUSES = drawn_plan(
    "ptwo",
    "Housing Plan 2009/10",
    """
    heading | ref   | action             | lead | Jul Aug Sep Oct | note
    1.1     | 1.1.1 | Find six sites     | GW   | #H  .   .   .   | REPROGRAMMED
    1.1     | 1.1.2 | Write the brief    | GW   | #G  .   .   .   |
    1.1     | 1.1.3 | Ask the tenants    | GW   | #R  .   .   .   |
    """,
    organisation="Thornmere",
)
LATER = drawn_plan(
    "pthree",
    "Leisure",
    "heading | ref | action | lead | Sep Oct Nov\n1.1 | 1.1.1 | Open the pool | LM | #G #G # ",
    start=SEPTEMBER,
    edition=SEPTEMBER + 1,
    organisation="Saltingham",
)


def together(*parts: tuple[Plan, Layout]) -> Corporate:
    return verbs.rollup(parts)


def written(corporate: Corporate, folder: Path, month: Month | None = None) -> Path:
    verbs.write_corporate(corporate, folder / "corporate.xlsx", month, force=True)
    return folder / "corporate.xlsx"


def tabs(corporate: Corporate) -> list[list[str]]:
    return [[tab.name for tab in grid.tabs] for grid in corporate_grids(corporate)]


def shown(path: Path, sheet: str) -> list[list[Any]]:
    """The texts and numbers of a sheet, row by row, without what is empty."""
    rows = load_workbook(path)[sheet].iter_rows(values_only=True)
    return [row for each in rows if (row := [value for value in each if value is not None])]


def row_of(path: Path, plan: str) -> list[Any]:
    """A plan's row in the summary."""
    return next(row for row in shown(path, SUMMARY_TAB) if plan in row)


# --- side by side -----------------------------------------------------------------------------------------------


def test_what_two_plans_call_alike_stays_apart(tmp_path: Path) -> None:
    corporate = together((IMPROVEMENT, TWO_BANDS), (HOUSES, OVERLAY))
    assert tabs(corporate) == [["Improvement CP1"], ["Housing CP1"]]
    one, two = (part.plan for part in corporate.parts)
    assert set(one.by_row_id) == set(two.by_row_id)  # the very same row ids, refs and headings
    path = written(corporate, tmp_path)
    assert load_workbook(path).sheetnames == [SUMMARY_TAB, "Improvement CP1", "Housing CP1", PLAN_SHEET]
    (improvement, houses) = ({text for row in shown(path, tab) for text in row} for (tab,) in tabs(corporate))
    assert {"1.1.1", "Appoint a designer"} <= improvement
    assert {"1.1.1", "Find six sites"} <= houses
    assert "Find six sites" not in improvement
    loaded = verbs.load_all(path)
    for part, each in zip(corporate.parts, loaded, strict=True):
        assert_same(each.plan, part.plan)


def test_each_plan_keeps_its_own_form(tmp_path: Path) -> None:
    corporate = together((IMPROVEMENT, TWO_BANDS), (replace(HOUSES, headings=()), TICKS))
    assert [grid.layout.bands for grid in corporate_grids(corporate)] == ["two", "overlay"]
    path = written(corporate, tmp_path)
    improvement, houses = (shown(path, names[0]) for names in tabs(corporate))
    assert ["G", "A"] in [[text for text in row if text in ("G", "A")] for row in improvement]
    assert ["T"] in [[text for text in row if text in ("T", "G")] for row in houses]  # its own letter for green
    assert [each.layout for each in verbs.load_all(path)] == [TWO_BANDS, TICKS]


def test_the_order_of_the_masters_is_the_order_of_the_tabs(tmp_path: Path) -> None:
    parts = ((LATER, OVERLAY), (IMPROVEMENT, TWO_BANDS), (HOUSES, TICKS))
    for given_ in (parts, parts[::-1]):
        path = written(together(*given_), tmp_path)
        numbered = {row[1]: row[0] for row in shown(path, SUMMARY_TAB) if len(row) > 10}
        assert [numbered[plan.title] for plan, _ in given_] == ["1", "2", "3"]
        fronts = [name for name in load_workbook(path).sheetnames if name.endswith("CP1")]
        assert fronts == [name for names in tabs(together(*given_)) for name in names]


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["Improvement Plan 2009/10", "Housing Services Plan 2009/10"], ["Improvement", "Housing Services"]),
        (["Plan 2009/10"], ["Plan 2009/10"]),
        (["Plan", "Plan"], ["Plan 1", "Plan 2"]),
        (["Plan", "Plan for Leisure"], ["Plan 1", "for Leisure"]),
        (["Leisure Services North", "Leisure Services South", "Waste"], ["Leisure Services", "Plan 2", "Waste"]),
        (["Leisure and Cultural Services", "Waste"], ["Leisure", "Waste"]),
        (["Antidisestablishmentarianism", "Waste"], ["Antidisestablis" + "h", "Waste"]),
    ],
)
def test_a_plan_is_called_on_its_tabs_by_what_its_title_alone_says(titles: list[str], names: list[str]) -> None:
    titled = [replace(IMPROVEMENT, plan_id=f"p{number}", title=title) for number, title in enumerate(titles)]
    assert list(together(*((plan, TWO_BANDS) for plan in titled)).short_names) == names


def test_tab_names_collide_with_nothing() -> None:
    heads = tuple(Heading(ref=ref, level="priority") for ref in ("Other", "B Other", "b cp1", "x" * 40))
    stray = action("9.9.9", "A stray", "PS", "Jul")
    one = replace(IMPROVEMENT, title="A", headings=(*IMPROVEMENT.headings, *heads), actions=(stray,))
    others = [replace(one, plan_id=f"p{title}", title=title) for title in ("A B", "Z")]
    corporate = together((one, TWO_BANDS), *((plan, TWO_BANDS) for plan in others))
    names = [SUMMARY_TAB, *(name for grid in corporate_grids(corporate) for name in grid.names)]
    assert {"A B Other", "A B Other 2", "A b cp1", "A B CP1 2", "A Other", "A Other 2", "Z CP1"} <= set(names)
    assert len({name.casefold() for name in names}) == len(names)
    assert max(map(len, names)) <= MAX_TAB_NAME


def test_a_grid_of_a_plan_alone_has_no_prefix() -> None:
    grid = Grid(TWO_BANDS, IMPROVEMENT, whole=True)
    assert grid.names == ["CP1", "Other", "Details"]


def test_every_tab_says_whose_plan_it_is(tmp_path: Path) -> None:
    plan = replace(HOUSES, actions=tuple(replace(each, target="Six") for each in HOUSES.actions))
    book = load_workbook(written(together((IMPROVEMENT, TWO_BANDS), (plan, OVERLAY)), tmp_path))
    for name in ("Housing CP1", "Housing Details"):
        footer = book[name].oddFooter
        assert footer
        assert footer.left
        assert str(footer.left.text).endswith("Housing Plan 2009/10, as programmed")
    said = {cell.value for row in book["Housing CP1"] for cell in row}
    assert "Thornmere, Housing Plan 2009/10\nAs programmed" in said
    assert "Improvement Details" not in book.sheetnames  # its source says nothing beyond the grid


def test_it_is_for_reading(tmp_path: Path) -> None:
    path = written(together((IMPROVEMENT, TWO_BANDS), (HOUSES, OVERLAY)), tmp_path)
    book = load_workbook(path)
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            assert sheet.protection.sheet, sheet.title
            assert all(cell.protection.locked for row in sheet.iter_rows() for cell in row), sheet.title
            assert sheet.data_validations.dataValidation == []
    assert any("Changes belong in the plans' own masters" in row[0] for row in shown(path, SUMMARY_TAB))
    assert book[PLAN_SHEET].sheet_state == "veryHidden"
    assert book.active is book[SUMMARY_TAB]


def test_the_same_plans_give_the_same_bytes(tmp_path: Path) -> None:
    corporate = together((IMPROVEMENT, TWO_BANDS), (HOUSES, OVERLAY))
    assert written(corporate, tmp_path / "one").read_bytes() == written(corporate, tmp_path / "two").read_bytes()


# --- the summary ------------------------------------------------------------------------------------------------


def summed(*parts: tuple[Plan, Layout], month: Month | None = None) -> Summary:
    return verbs.summary(together(*parts), month)


def test_the_counts_of_all_plans_add_up_and_percentages_are_of_all_their_highlighted_actions() -> None:
    summary = summed((IMPROVEMENT, TWO_BANDS), (HOUSES, OVERLAY), month=JULY)
    one, two = summary.lines
    assert (one.highlighted, two.highlighted, summary.total.highlighted) == (3, 3, 6)
    assert (summary.total.actions, summary.total.month) == (6, JULY)
    for key, number in summary.total.counts.items():
        assert number == one.counts[key] + two.counts[key], key
    assert sum(summary.total.counts.values()) == 6
    assert summary.total.counts["green"] == 3
    assert summary.total.percent["green"] == Decimal("50.0")
    assert summary.total.percent["red"] == Decimal("16.7")  # one of six, half up
    assert summary.total.counts["awaiting_approval"] == summary.total.counts["not_reported"] == 1


def test_a_status_that_one_form_adds_has_a_column_after_those_before_it_and_no_number_elsewhere(tmp_path: Path) -> None:
    parts = ((IMPROVEMENT, TWO_BANDS), (HOUSES, TICKS))
    summary = summed(*parts, month=JULY)
    keys = [column.key for column in summary.columns]
    expected = ["green", "at_risk", "amber", "red", "revised", "suspended", "awaiting_approval", "not_reported"]
    assert keys == expected
    assert summary.columns[0].label == "On target / On track"
    assert "at_risk" not in summary.lines[0].counts
    assert summary.total.counts["at_risk"] == 0
    path = written(together(*parts), tmp_path, JULY)
    assert row_of(path, HOUSES.title)[:5] == ["2", HOUSES.title, "Housing", "Thornmere", "As programmed"]
    # Actions and highlighted, then number and percentage: green, at risk, amber.
    assert row_of(path, HOUSES.title)[5:13] == [3, 3, 1, 33.3, 0, 0, 0, 0]
    assert row_of(path, IMPROVEMENT.title)[7:13] == [2, 66.7, "–", "–", 0, 0]
    heads = next(row for row in shown(path, SUMMARY_TAB) if "%" in row)
    assert heads[:4] == ["G / T", "%", "?!", "%"]
    said = [row[0] for row in shown(path, SUMMARY_TAB)]
    assert [label for label in said if label.startswith("Key")] == ["Key of plan 1", "Key of plan 2"]


def test_it_says_the_month_of_each_plan_where_they_differ(tmp_path: Path) -> None:
    parts = ((IMPROVEMENT, TWO_BANDS), (LATER, OVERLAY))
    summary = summed(*parts)
    assert [line.month for line in summary.lines] == [JULY, SEPTEMBER + 1]
    assert summary.total.month is None
    path = written(together(*parts), tmp_path)
    assert row_of(path, "Saltingham")[1:7] == ["Leisure", "Leisure", "Saltingham", "October 2009", "October 2009", 1]
    assert ["Figures for the last month of each plan"] in shown(path, SUMMARY_TAB)


def test_it_says_one_month_once(tmp_path: Path) -> None:
    path = written(together((IMPROVEMENT, TWO_BANDS), (LATER, OVERLAY)), tmp_path, SEPTEMBER)
    assert row_of(path, "Saltingham")[1:6] == ["Leisure", "Leisure", "Saltingham", "October 2009", 1]
    assert ["Figures for September 2009"] in shown(path, SUMMARY_TAB)
    header = load_workbook(path)["Leisure CP1"]
    fills = {cell.value: cell.fill.fgColor.rgb for row in header.iter_rows() for cell in row if cell.font.bold}
    assert fills["Sep"] != fills["Oct"]  # the month of the figures is marked


def test_a_month_of_one_plan_alone_is_taken_and_one_of_none_refused(tmp_path: Path) -> None:
    corporate = together((IMPROVEMENT, TWO_BANDS), (LATER, OVERLAY))
    assert [line.highlighted for line in verbs.summary(corporate, SEPTEMBER + 2).lines] == [0, 1]
    with pytest.raises(UsageError, match="2011-01 is a month of none of these plans"):
        written(corporate, tmp_path, Month(2011, 1))
    assert list(tmp_path.iterdir()) == []


def test_it_says_who_is_outstanding_and_what_the_board_is_told(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path)
    merged = council.merge(council["PS"].type("1.1.1", "Sep", "G").send())
    path = written(together((merged.plan, TWO_BANDS), (HOUSES, OVERLAY)), tmp_path)
    assert row_of(path, "Improvement Plan")[-1] == "3 of 4: HB, JG, NO-LEAD"
    assert row_of(path, HOUSES.title)[-1] == "No return was issued for July 2009"
    total = next(row for row in shown(path, SUMMARY_TAB) if row[0] == "All 2 plans")
    assert total[-1] == "3 of 4"
    sentence = verbs.status(merged.plan, layout=TWO_BANDS).counts.sentence
    assert ["1", "Improvement Plan", sentence] in shown(path, SUMMARY_TAB)


def test_a_plans_row_leads_to_its_first_tab(tmp_path: Path) -> None:
    book = load_workbook(written(together((IMPROVEMENT, TWO_BANDS), (HOUSES, OVERLAY)), tmp_path))
    links = {cell.value: cell.hyperlink.location for row in book[SUMMARY_TAB] for cell in row if cell.hyperlink}
    assert links == {"Improvement": "'Improvement CP1'!A1", "Housing": "'Housing CP1'!A1"}


def test_it_prints_on_one_page_wide_with_its_header_on_every_page(tmp_path: Path) -> None:
    sheet = load_workbook(written(together((IMPROVEMENT, TWO_BANDS), (HOUSES, OVERLAY)), tmp_path))[SUMMARY_TAB]
    assert sheet.sheet_properties.pageSetUpPr
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$5:$6")


# --- the same plan twice ----------------------------------------------------------------------------------------


def test_the_same_plan_twice_counts_once() -> None:
    corporate = together((IMPROVEMENT, TWO_BANDS), (HOUSES, OVERLAY), (IMPROVEMENT, TWO_BANDS))
    assert [part.plan.title for part in corporate.parts] == [IMPROVEMENT.title, HOUSES.title]


def test_two_states_of_one_plan_are_refused_by_their_files() -> None:
    later = replace(IMPROVEMENT, edition=SEPTEMBER)
    one = Part(plan=IMPROVEMENT, layout=TWO_BANDS, file="a/master.xlsx")
    two = Part(plan=later, layout=TWO_BANDS, file="b/master.xlsx")
    with pytest.raises(UsageError) as refused:
        side_by_side([one, two])
    assert str(refused.value) == (
        "a/master.xlsx (as programmed) and b/master.xlsx (September 2009 edition) are two different states of one "
        "plan, “Improvement Plan 2009/10”. Give the one that counts."
    )


def test_a_plan_in_two_forms_is_refused_too() -> None:
    with pytest.raises(UsageError, match="two different states of one plan"):
        together((IMPROVEMENT, TWO_BANDS), (IMPROVEMENT, OVERLAY))


def test_without_a_plan_there_is_nothing_to_roll_up() -> None:
    with pytest.raises(UsageError, match="There is no plan to roll up"):
        verbs.rollup([])


# --- read back --------------------------------------------------------------------------------------------------

forms = st.sampled_from([TWO_BANDS, OVERLAY])


@seldom
@given(several=st.lists(st.tuples(plans(), forms), min_size=1, max_size=2), title=st.sampled_from(["", "All", "=1+1"]))
def test_a_corporate_copy_is_read_back_as_the_plans_it_was_made_of(
    several: list[tuple[Plan, Layout]], title: str
) -> None:
    parts = [(replace(plan, plan_id=f"p{number}"), form) for number, (plan, form) in enumerate(several)]
    corporate = verbs.rollup(parts, title)
    with tempfile.TemporaryDirectory() as folder:
        path = written(corporate, Path(folder))
        loaded = verbs.load_all(path)
        again = verbs.rollup(loaded, loaded[0].corporate or "")
    assert [each.plan for each in loaded] == [replace(plan, layout=form.name) for plan, form in parts]
    assert [each.layout for each in loaded] == [form for _, form in parts]
    assert [found.message for each in loaded for found in each.findings] == []
    assert again == corporate


def test_history_and_register_come_along(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path)
    merged = council.merge(council["PS"].type("1.1.1", "Sep", "G").send())
    assert merged.plan.history
    (loaded, _) = verbs.load_all(written(together((merged.plan, TWO_BANDS), (HOUSES, OVERLAY)), tmp_path))
    assert loaded.plan == replace(merged.plan, layout=TWO_BANDS.name)


def test_a_roll_up_of_roll_ups_has_each_plan_once(tmp_path: Path) -> None:
    one = written(together((IMPROVEMENT, TWO_BANDS), (HOUSES, OVERLAY)), tmp_path / "one")
    two = written(together((HOUSES, OVERLAY), (LATER, OVERLAY)), tmp_path / "two")
    both = verbs.rollup([*verbs.load_all(one), *verbs.load_all(two)])
    assert [part.plan.title for part in both.parts] == [IMPROVEMENT.title, HOUSES.title, LATER.title]
    again = written(both, tmp_path)
    flat = together((IMPROVEMENT, TWO_BANDS), (HOUSES, OVERLAY), (LATER, OVERLAY))
    assert again.read_bytes() == written(flat, tmp_path / "flat").read_bytes()


def test_anything_else_is_read_as_the_one_plan_that_it_is(tmp_path: Path) -> None:
    verbs.build(IMPROVEMENT, tmp_path / "master.xlsx", TWO_BANDS)
    (loaded,) = verbs.load_all(tmp_path / "master.xlsx")
    assert loaded == verbs.load(tmp_path / "master.xlsx")
    assert loaded.corporate is None
    with pytest.raises(UsageError, match="There is no file or folder"):
        verbs.load_all(tmp_path / "nowhere.xlsx")


def test_what_was_edited_by_hand_in_a_corporate_copy_is_named_and_not_taken(tmp_path: Path) -> None:
    corporate = together((IMPROVEMENT, TWO_BANDS), (HOUSES, OVERLAY))
    path = written(corporate, tmp_path)
    book = load_workbook(path)
    cell = next(cell for row in book["Housing CP1"] for cell in row if cell.value == "Ask the tenants")
    cell.value = "Ask nobody"
    book.save(path)
    one, two = verbs.load_all(path)
    assert one.findings == ()
    assert two.plan.actions[2].action == "Ask the tenants"
    assert [(each.code, each.severity) for each in two.findings] == [("CORPORATE_EDITED", "query")]
    assert "“Housing Plan 2009/10” was edited by hand in this corporate copy: 1.1.3 ('Housing CP1'!" in (
        two.findings[0].message
    )


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("1 layout", "The form of plan 1 is gone"),
        ("1 settings", "There is no table “settings”"),
        ("corporate", "The plans that it held are gone"),
    ],
)
def test_a_corporate_copy_that_is_damaged_says_so(tmp_path: Path, table: str, says: str) -> None:
    path = written(together((IMPROVEMENT, TWO_BANDS), (HOUSES, OVERLAY)), tmp_path)
    book = load_workbook(path)
    for row in book[PLAN_SHEET].iter_rows(max_col=2):
        # Of the front table, what follows the header; of any other, all of it.
        if row[0].value == table and not (table == "corporate" and row[1].value == "title"):
            row[0].value = None
    book.save(path)
    with pytest.raises(UsageError, match=rf"damaged: {says}.*Roll the masters up again"):
        verbs.load_all(path)


def test_a_corporate_copy_without_its_hidden_sheet_says_so(tmp_path: Path) -> None:
    path = written(together((IMPROVEMENT, TWO_BANDS), (HOUSES, OVERLAY)), tmp_path)
    book = load_workbook(path)
    del book[PLAN_SHEET]
    book.save(path)
    with pytest.raises(UsageError, match="a corporate copy that has lost its plans"):
        verbs.load_all(path)


# --- as a command -----------------------------------------------------------------------------------------------


@pytest.fixture
def masters(tmp_path: Path) -> list[Path]:
    """Two masters, of plans in different forms."""
    paths = [tmp_path / "improvement.xlsx", tmp_path / "housing.xlsx"]
    verbs.build(IMPROVEMENT, paths[0], TWO_BANDS)
    verbs.build(HOUSES, paths[1], OVERLAY)
    return paths


def test_the_command_says_what_it_wrote_and_a_line_for_each_plan(run: Any, tmp_path: Path, masters: list[Path]) -> None:
    status, out, err = run("rollup", *masters, "-o", tmp_path / "c.xlsx", "--title", "For the  board")
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        f"Wrote {tmp_path / 'c.xlsx'}: 2 plans, 6 actions.",
        "  Improvement Plan 2009/10: 3 actions, 3 highlighted for July 2009; no return issued.",
        "  Housing Plan 2009/10: 3 actions, 3 highlighted for July 2009; no return issued.",
    ]
    assert verbs.load_all(tmp_path / "c.xlsx")[0].corporate == "For the board"


def test_the_command_prints_json(run: Any, tmp_path: Path, masters: list[Path]) -> None:
    status, out, _ = run("rollup", *masters, "-o", tmp_path / "c.xlsx", "--month", "2009-09", "--json")
    said = json.loads(out)
    assert status == 0
    assert said["title"] == "Improvement plans of Thornmere"
    assert [(plan["title"], plan["layout"], plan["month"], plan["file"]) for plan in said["plans"]] == [
        ("Improvement Plan 2009/10", "monthly-gantt", "2009-09", str(masters[0])),
        ("Housing Plan 2009/10", "one-row", "2009-09", str(masters[1])),
    ]
    assert said["total"]["highlighted"] == 2
    assert said["total"]["counts"]["not_reported"] == 2
    assert said["total"]["percent"]["not_reported"] == 100.0
    assert said["findings"] == []


def test_status_of_a_corporate_copy_tells_each_plans_in_turn(run: Any, tmp_path: Path, masters: list[Path]) -> None:
    run("rollup", *masters, "-o", tmp_path / "c.xlsx")
    status, out, _ = run("status", tmp_path / "c.xlsx")
    assert status == 0
    assert re.findall(r"^\S.*(?:Plan 2009/10|highlighted$)", out, re.MULTILINE) == [
        "Improvement Plan 2009/10",
        "July 2009: 3 actions highlighted",
        "Housing Plan 2009/10",
        "July 2009: 3 actions highlighted",
    ]
    for master, plan in zip(masters, json.loads(run("status", tmp_path / "c.xlsx", "--json")[1])["plans"], strict=True):
        alone = json.loads(run("status", master, "--json")[1])
        assert {key: plan[key] for key in alone} == alone


def test_export_of_a_corporate_copy_has_all_plans(run: Any, tmp_path: Path, masters: list[Path]) -> None:
    corporate = tmp_path / "c.xlsx"
    run("rollup", *masters, "-o", corporate)
    for ending in ("json", "csv", "parquet"):
        assert run("export", corporate, "-o", tmp_path / f"x.{ending}")[0] == 0
    data = json.loads((tmp_path / "x.json").read_text("utf-8"))
    assert list(data) == ["title", "plans"]
    for master, plan in zip(masters, data["plans"], strict=True):
        run("export", master, "-o", tmp_path / "one.json", "--force")
        assert plan == json.loads((tmp_path / "one.json").read_text("utf-8"))
    lines = (tmp_path / "x.csv").read_text("utf-8").splitlines()
    assert lines[0].startswith("plan_id,plan,row_id,ref,")
    assert [line.split(",")[:2] for line in lines[1::4]] == [
        *[["pone", "Improvement Plan 2009/10"]] * 3,
        *[["ptwo", "Housing Plan 2009/10"]] * 3,
    ]
    status, _, err = run("export", corporate, "-o", tmp_path / "x.xlsx")
    assert (status, "a plan source holds one plan" in err) == (2, True)
    run("export", masters[0], "-o", tmp_path / "alone.csv")
    assert (tmp_path / "alone.csv").read_text("utf-8").startswith("row_id,ref,")


def test_a_corporate_copys_json_is_read_as_its_plans(run: Any, tmp_path: Path, masters: list[Path]) -> None:
    improvement = verbs.load(masters[0])
    other = replace(improvement, plan=replace(improvement.plan, plan_id="ptwo", title="Another Plan"))
    verbs.export(verbs.rollup([improvement, other], "Both"), tmp_path / "x.json")
    loaded = verbs.load_all(tmp_path / "x.json")
    assert [each.plan for each in loaded] == [improvement.plan, other.plan]
    assert {each.corporate for each in loaded} == {"Both"}
    assert "is a corporate copy" in run("build", tmp_path / "x.json", "-o", tmp_path / "m.xlsx")[2]


def test_findings_name_the_file_with_its_folder(run: Any, tmp_path: Path) -> None:
    example = ROOT / "examples" / "monthly-gantt"
    status, out, _ = run("rollup", example, HOUSING, example, "-o", tmp_path / "c.xlsx", "--json")
    assert status == 1
    found = [each for each in json.loads(out)["findings"] if each["code"] == "REF_MISSING"]
    assert [each["file"] for each in found] == [str(example / "actions.csv")]  # once, though it was given twice


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        (["RETURN"], "PS-2009-09.xlsx cannot be read: it is a return, not a master."),
        (["QUERIES"], "queries.xlsx: There is no table “settings”."),
        (["MASTER", "nowhere.xlsx"], "There is no file or folder nowhere.xlsx."),
        (["MASTER", "EMPTY"], "empty.xlsx cannot be read: "),
        (["MASTER", "ISSUED"], "are two different states of one plan, “Improvement Plan”."),
        (["MASTER", "--month", "1999-01"], "1999-01 is a month of none of these plans."),
        ([], "MASTER"),
    ],
)
def test_what_cannot_be_rolled_up_is_one_sentence_and_status_2(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given_: list[str], says: str
) -> None:
    council = Council.issuing(tmp_path)
    queries, master, empty = (tmp_path / name for name in ("queries.xlsx", "first.xlsx", "empty.xlsx"))
    merged = council.merge(council["PS"].type("1.1.1", "Sep", "purple").send())
    verbs.write_merged(merged, tmp_path / "new.xlsx", layout=TWO_BANDS, queries=queries)
    verbs.build(small_plan(), master, TWO_BANDS)
    empty.touch()
    issued = tmp_path / "issued" / "master.xlsx"
    stands_for = {"RETURN": council["PS"].path, "QUERIES": queries, "MASTER": master, "EMPTY": empty, "ISSUED": issued}
    monkeypatch.chdir(tmp_path)
    status, out, err = run("rollup", *(stands_for.get(word, word) for word in given_), "-o", "c.xlsx")
    assert (status, out) == (2, "")
    assert says in err
    assert not (tmp_path / "c.xlsx").exists()


def test_an_output_is_not_overwritten_and_an_input_never(run: Any, tmp_path: Path, masters: list[Path]) -> None:
    before = masters[0].read_bytes()
    assert "is read by this command" in run("rollup", *masters, "-o", masters[0], "--force")[2]
    assert masters[0].read_bytes() == before
    output = tmp_path / "c.xlsx"
    output.write_text("mine")
    assert "exists already" in run("rollup", *masters, "-o", output)[2]
    assert run("rollup", *masters, "-o", output, "--force")[0] == 0


@pytest.mark.parametrize("words", [("build",), ("issue", "--month", "2009-09"), ("merge", "FILE")])
def test_other_commands_ask_for_a_master(run: Any, tmp_path: Path, masters: list[Path], words: tuple[str, ...]) -> None:
    corporate = tmp_path / "c.xlsx"
    run("rollup", *masters, "-o", corporate)
    command, *rest = (masters[0] if word == "FILE" else word for word in words)
    status, _, err = run(command, corporate, *rest, "-o", tmp_path / "out")
    assert status == 2
    assert err == (
        f"{corporate} is a corporate copy, which is for reading. Give the master of one of its plans: "
        "“Improvement Plan 2009/10”, “Housing Plan 2009/10”.\n"
    )


def test_a_corporate_copy_that_came_back_is_no_return(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path)
    path = written(together((council.plan, TWO_BANDS), (HOUSES, OVERLAY)), tmp_path)
    for reading in (council.read(path), verbs.check([path])[0].reading):
        assert [each.code for each in reading.findings] == ["FILE_NOT_A_RETURN"]
        assert "it is a corporate copy of several plans" in reading.findings[0].message


# --- the examples -----------------------------------------------------------------------------------------------


def test_the_two_examples_share_refs_a_priority_and_a_row_id_and_stay_apart(tmp_path: Path) -> None:
    improvement, housing = verbs.load(ROOT / "examples" / "monthly-gantt"), verbs.load(HOUSING)
    assert housing.findings == ()
    assert (len(housing.plan.actions), housing.layout.bands) == (28, "overlay")
    refs, heads = ({each.ref for each in loaded.plan.actions} for loaded in (improvement, housing))
    assert {"1.1.1", "2.2.1", "3.1.2"} <= refs & heads
    assert set(improvement.plan.by_row_id) & set(housing.plan.by_row_id)
    people = {person.initials: person for person in improvement.plan.people}
    assert [one for one in housing.plan.people if one != people.get(one.initials, one)] == []
    corporate = verbs.rollup([improvement, housing])
    assert len(tabs(corporate)[0]) == 16
    assert tabs(corporate)[1] == [f"Housing Services {ref}" for ref in ("CP1", "CP2", "HS3", "HS4")]
    loaded = verbs.load_all(written(corporate, tmp_path, SEPTEMBER))
    assert [each.plan for each in loaded] == [improvement.plan, housing.plan]
