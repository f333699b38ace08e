from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given

from tests.sheets import HEADINGS, START, drawn, lined
from tests.strategies import plans, seldom
from workbook.errors import LayoutError
from workbook.grid import Grid
from workbook.layout import Layout, default_layout, load_layout
from workbook.names import BAND, OTHER_TAB, OUR_SHEETS, ROW_ID, parse_reference, reference
from workbook.plan import Action, Heading, Plan
from workbook.refs import MAX_TAB_NAME
from workbook.tabs import Tab

LAYOUT = default_layout()
OVERLAY = load_layout("monthly-gantt-overlay")
PLAN = drawn("""
    heading | ref   | action             | lead  | Jul Aug Sep Oct | note
    1.1     | 1.1.1 | Appoint a designer | PS    | #G  #A  .   .   | Late by a week.
    1.1     | 1.1.2 | Write the brief    | PS/JG | .   #   #   .   |
""")


def drawing(tab: Tab) -> str:
    """A tab's rows: number, kind and what each shows."""
    rows = []
    for row in tab.rows:
        shown = row.heading.ref if row.heading else row.action.ref if row.action else ""
        rows.append([str(row.number), row.kind, shown, "" if row.first else "goes on"])
    return lined(rows)


def expected(text: str) -> str:
    return lined([[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()])


def test_a_tab_has_the_measures_above_the_grid_and_two_bands_an_action() -> None:
    more = replace(HEADINGS[1], title="", required="Layout reported")
    (tab,) = Grid(LAYOUT, replace(PLAN, headings=(*HEADINGS, more)), whole=True).tabs
    assert tab.name == "CP1"
    assert drawing(tab) == expected("""
        1  | title        | CP1   |
        2  | blank        |       |
        3  | block_header |       |
        4  | block        | 1.1   |
        5  | block        | 1.1   | goes on
        6  | blank        |       |
        7  | keys         |       |
        8  | header       |       |
        9  | section      | 1.1   |
        10 | programme    | 1.1.1 |
        11 | progress     | 1.1.1 |
        12 | programme    | 1.1.2 | goes on
        13 | progress     | 1.1.2 | goes on
    """)
    assert tab.header.number == 8
    assert [action.ref for action in tab.actions] == ["1.1.1", "1.1.2"]


def test_an_overlay_has_one_row_an_action() -> None:
    (tab,) = Grid(OVERLAY, PLAN, whole=True).tabs
    assert [row.kind for row in tab.rows][-2:] == ["action", "action"]
    assert [action.ref for action in tab.actions] == ["1.1.1", "1.1.2"]


def test_the_hidden_columns_stand_inside_the_table_after_the_first() -> None:
    grid = Grid(LAYOUT, PLAN, whole=True)
    assert [column.key for column in grid.columns] == [
        *("ref", ROW_ID, BAND, "action", "lead", "2009-07", "2009-08", "2009-09", "2009-10", "note"),
    ]
    assert [column.key for column in grid.columns if column.hidden] == [ROW_ID, BAND]
    assert [column.heading for column in grid.months] == ["Jul", "Aug", "Sep", "Oct"]
    assert [column.number for column in grid.columns] == list(range(1, 11))


def test_the_months_of_a_longer_plan_carry_their_year() -> None:
    headings = [column.heading for column in Grid(LAYOUT, replace(PLAN, months=13), whole=True).months]
    assert headings[0] == "Jul 09"
    assert headings[-1] == "Jul 10"
    assert len(set(headings)) == 13


@pytest.mark.parametrize(
    ("field", "month", "place"),
    [
        ("ref", None, ("CP1", 9, 1)),
        ("lead", None, ("CP1", 9, 5)),
        ("note", None, ("CP1", 9, 10)),
        ("programmed", START, ("CP1", 9, 6)),
        ("progress", START, ("CP1", 10, 6)),
        ("approval", START + 3, ("CP1", 10, 9)),
        ("progress", START + 4, None),
        ("importance", None, None),
    ],
)
def test_a_field_stands_in_one_cell(field: str, month: None, place: tuple[str, int, int] | None) -> None:
    found = Grid(LAYOUT, PLAN, whole=True).cell("r1", field, month)
    assert (found and (found[0].name, *found[1:])) == place


def test_a_row_that_is_not_in_the_plan_has_no_cell() -> None:
    assert Grid(LAYOUT, PLAN, whole=True).cell("r9", "note") is None


HEADINGS_OF_TWO = (
    *HEADINGS,
    Heading(ref="1.2", level="measure", title="Empty", parent="CP1"),
    Heading(ref="CP2", level="priority", title="Homes"),
    Heading(ref="CP2", level="priority", title="Homes again"),
    Heading(ref="2.1", level="section", title="Section", parent="CP2"),
)


def test_a_master_shows_every_heading_and_a_return_those_with_its_actions() -> None:
    plan = replace(PLAN, headings=HEADINGS_OF_TWO)
    assert [tab.name for tab in Grid(LAYOUT, plan, whole=True).tabs] == ["CP1", "CP2"]
    assert [tab.name for tab in Grid(LAYOUT, plan, whole=False).tabs] == ["CP1"]
    sections = [row.heading.ref for row in Grid(LAYOUT, plan, whole=True).tabs[1].of_kind("section") if row.heading]
    assert sections == ["2.1"]


def test_actions_under_no_heading_stand_on_a_tab_of_their_own() -> None:
    stray = Action(row_id="r9", ref="9", heading="7.7")
    tabs = Grid(LAYOUT, replace(PLAN, actions=(*PLAN.actions, stray)), whole=False).tabs
    assert [tab.name for tab in tabs] == ["CP1", OTHER_TAB]
    assert tabs[1].actions == [stray]


def test_actions_right_under_the_priority_come_before_its_sections() -> None:
    own = Action(row_id="r9", ref="0", heading="CP1")
    (tab,) = Grid(LAYOUT, replace(PLAN, actions=(*PLAN.actions, own)), whole=True).tabs
    assert [action.ref for action in tab.actions] == ["0", "1.1.1", "1.1.2"]
    assert [row.kind for row in tab.rows][tab.header.number] == "programme"


@pytest.mark.parametrize(
    ("refs", "names"),
    [
        (["HR&OD1", "hr&od1"], ["HR&OD1", "hr&od1 2"]),
        (["A/B", "A-B", "[A:B]"], ["A-B", "A-B 2", "-A-B-"]),
        (["x" * 40, "x" * 41], ["x" * 31, "x" * 29 + " 2"]),
        (["History", "guidance", "Other"], ["History 2", "guidance 2", "Other 2"]),
        (["'quoted'", "''"], ["quoted", "Tab"]),
        (["in\ntwo  lines"], ["in two lines"]),
    ],
)
def test_tabs_have_names_that_excel_allows_and_no_two_the_same(refs: list[str], names: list[str]) -> None:
    headings = tuple(Heading(ref=ref, level="priority", title="T") for ref in refs)
    tabs = Grid(LAYOUT, replace(PLAN, headings=headings, actions=()), whole=True).tabs
    assert [tab.name for tab in tabs] == names


@given(plans())
@seldom
def test_every_action_stands_on_one_tab_in_its_own_rows_whatever_the_plan(plan: Plan) -> None:
    for layout in (LAYOUT, OVERLAY):
        for whole in (True, False):
            check(layout, plan, whole=whole)


def check(layout: Layout, plan: Plan, *, whole: bool) -> None:
    grid = Grid(layout, plan, whole=whole)
    names = [tab.name.casefold() for tab in grid.tabs]
    assert len(set(names)) == len(names)
    assert not {name.casefold() for name in OUR_SHEETS} & set(names)
    assert all(0 < len(tab.name) <= MAX_TAB_NAME and not set(tab.name) & set("[]:*?/\\") for tab in grid.tabs)
    assert sorted(action.row_id for tab in grid.tabs for action in tab.actions) == sorted(plan.by_row_id)
    for tab in grid.tabs:
        assert [row.number for row in tab.rows] == list(range(1, len(tab.rows) + 1))
    cells = [
        (found[0].name, *found[1:])
        for action in plan.actions
        for field, months in (("ref", [None]), ("note", [None]), ("programmed", plan.period), ("progress", plan.period))
        for month in months
        if (found := grid.cell(action.row_id, field, month))
    ]
    apart = 2 if layout.bands == "two" else 1
    assert len(set(cells)) == len(plan.actions) * (2 + apart * plan.months)


def test_a_block_covers_the_grid_from_edge_to_edge_in_its_own_widths() -> None:
    grid = Grid(LAYOUT, replace(PLAN, months=12), whole=True)
    (block,) = LAYOUT.blocks
    spans = grid.spans(block, grid.tabs[0])
    visible = [column.number for column in grid.visible]
    assert [column.field for column, _, _ in spans] == ["ref", "title", "required", "timescale", "lead", "resources"]
    assert (spans[0][1], spans[-1][2]) == (visible[0], visible[-1])
    for (_, first, last), (_, after, _) in pairwise(spans):
        assert first <= last
        assert visible.index(after) == visible.index(last) + 1


def test_a_block_with_more_columns_than_the_grid_is_refused() -> None:
    (block,) = LAYOUT.blocks
    grid = Grid(LAYOUT, replace(PLAN, months=1), whole=True)
    with pytest.raises(LayoutError, match="monthly-gantt: a block has more columns than the grid"):
        grid.spans(replace(block, columns=block.columns * 2), grid.tabs[0])


def test_the_reference_in_a_cell_is_read_back() -> None:
    assert parse_reference(reference("pabc234567", "ixyz")) == ("pabc234567", "ixyz")
    assert parse_reference("Reference: " + reference("pabc234567", "")) == ("pabc234567", "")
    assert parse_reference("the plan for July") is None


@pytest.mark.parametrize("ref", ["𐀀" * 20, "R" + "𐀀" * 20, "'" * 40 + "x", "a" * 30 + "' tail"])
def test_a_tabs_name_is_as_long_as_excel_counts_it(ref: str) -> None:
    headings = [Heading(ref=ref + str(number), level="priority") for number in range(3)]
    plan = Plan(plan_id="p", title="T", start=START, headings=tuple(headings))
    names = [tab.name for tab in Grid(default_layout(), plan, whole=True).tabs]
    assert all(0 < len(name.encode("utf-16-le")) // 2 <= 31 and name.strip("' ") == name for name in names)
    assert len({name.casefold() for name in names}) == 3
