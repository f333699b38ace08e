"""Pages: what belongs together stays together, and no page is fuller than it may be."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.office import BOTH_FORMS, small_plan
from tests.strategies import seldom
from workbook import verbs
from workbook.build import styles
from workbook.build.pack.grid import continued
from workbook.build.pages import Page, breaks, points
from workbook.grid import Grid
from workbook.layout import Layout
from workbook.plan import Person


def pages(
    heights: list[float], keep: set[int], room: float, repeated: tuple[int, int] | None = None
) -> list[list[int]]:
    """The rows of each page."""
    starts = [1, *breaks(heights, keep, room, repeated), len(heights) + 1]
    return [list(range(start, end)) for start, end in pairwise(starts)]


def test_a_page_ends_before_the_row_that_has_no_room() -> None:
    assert pages([10, 10, 10, 10, 10], set(), 30) == [[1, 2, 3], [4, 5]]


def test_rows_that_belong_together_go_on_the_next_page_together() -> None:
    assert pages([10, 10, 10, 10, 10], {3, 4}, 40) == [[1, 2], [3, 4, 5]]


def test_a_repeated_header_takes_room_on_every_page_but_its_own() -> None:
    assert pages([10, 10, 10, 10, 10], set(), 30, (1, 1)) == [[1, 2, 3], [4, 5]]
    assert pages([10, 10, 10, 10, 10, 10], set(), 30, (1, 1)) == [[1, 2, 3], [4, 5], [6]]


def test_what_is_higher_than_a_page_is_broken_between_its_rows() -> None:
    assert pages([10, 20, 20, 20, 10], {2, 3}, 45) == [[1], [2, 3], [4, 5]]
    assert pages([10, 100, 10], set(), 45) == [[1], [2], [3]]


@seldom
@given(
    heights=st.lists(st.integers(0, 40).map(float), min_size=1, max_size=40),
    keep=st.sets(st.integers(1, 40)),
    room=st.integers(40, 120),
)
def test_no_page_is_too_full_and_none_is_empty(heights: list[float], keep: set[int], room: int) -> None:
    found = pages(heights, keep, room)
    assert [row for page in found for row in page] == list(range(1, len(heights) + 1))
    assert all(sum(heights[row - 1] for row in page) <= room for page in found)
    assert all(found)
    for page, after in pairwise(found):
        # A page ends within what belongs together only where that has no room on one page.
        if page[-1] in keep:
            first = last = page[-1]
            while first - 1 in keep:
                first -= 1
            while last in keep and last < len(heights):
                last += 1
            assert sum(heights[first - 1 : last]) > room, (page, after)


@pytest.mark.parametrize("size", ["A3", "A4"])
def test_columns_are_fitted_to_the_page(size: str) -> None:
    page = Page(paper="A3" if size == "A3" else "A4")
    widths = page.fitted([5, 8, 34, 17, 46])
    assert 0.96 * page.width < points(widths) <= page.width
    assert page.scale(widths) == 1
    assert page.scale([3 * width for width in widths]) == pytest.approx(1 / 3, abs=0.01)


# --- in workbooks -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", BOTH_FORMS, ids=lambda form: form.bands)
def test_no_master_splits_an_action_between_pages(tmp_path: Path, form: Layout) -> None:
    plan = small_plan()
    many = [
        replace(plan.actions[0], row_id=f"r{n}", ref=f"1.1.{n}", note="A word or two. " * (n % 30)) for n in range(150)
    ]
    plan = replace(plan, actions=tuple(many))
    verbs.build(plan, tmp_path / "master.xlsx", form)
    sheet = load_workbook(tmp_path / "master.xlsx")["CP1"]
    ends = [each.id for each in sheet.row_breaks.brk]
    assert len(ends) > 2
    kinds = {row.number: row.kind for tab in Grid(form, plan, whole=True).tabs for row in tab.rows if tab.name == "CP1"}
    assert {kinds[end] for end in ends} <= {"progress", "action"}


@pytest.mark.parametrize("form", BOTH_FORMS, ids=lambda form: form.bands)
def test_a_text_that_is_higher_than_a_row_goes_on_in_the_next(form: Layout) -> None:
    plan = small_plan()
    note = " ".join(f"word{number}" for number in range(3000))
    plan = replace(plan, actions=(replace(plan.actions[0], note=note), *plan.actions[1:]))
    grid = Grid(form, plan, whole=True, printed=True)
    tab = continued(grid, grid.tabs[0], Page(paper="A4"))
    assert [row.number for row in tab.rows] == list(range(1, len(tab.rows) + 1))
    its = [row.action for row in tab.rows if row.action and row.kind in ("programme", "action", "more")]
    parts = [action.note for action in its if action.row_id == plan.actions[0].row_id]
    assert len(parts) > 3
    assert " ".join(parts).split() == note.split()
    others = [row for row in tab.rows if row.action and row.action.row_id != plan.actions[0].row_id]
    assert not any(row.kind == "more" for row in others)


def test_with_many_services_the_summary_goes_on_on_a_second_page(tmp_path: Path) -> None:
    plan = small_plan()
    people = tuple(Person(initials=f"P{number}", service=f"Service {number}") for number in range(90))
    many = [replace(plan.actions[0], row_id=f"r{n}", ref=f"1.1.{n}", lead=(f"P{n}",)) for n in range(90)]
    verbs.pack(replace(plan, people=people, actions=tuple(many)), tmp_path / "pack.xlsx")
    book = load_workbook(tmp_path / "pack.xlsx")
    summary, contents = book["Summary"], book["Contents"]
    assert summary.page_setup.fitToHeight == 0
    assert summary.row_breaks.brk
    starts = [int(str(row[0].value)) for row in contents.iter_rows() if str(row[0].value).isdecimal()]
    assert starts[1] - starts[0] == len(summary.row_breaks.brk) + 1


def test_a_footer_keeps_numbers_apart_from_its_letters_size_and_fits() -> None:
    footer = styles.footer("2009/10: Homes & streets", "1: Town")
    assert "&8 2009/10: Homes && streets&C" in footer
    assert "&8 1: Town&R" in footer
    assert len(styles.footer("&" * 300, "9" * 300)) <= 255
    assert styles.fitting("A plan", 6) == "A plan"
    assert styles.fitting("A plan", 5) == "A pl…"
    assert styles.fitting("A & B", 5) == "A &…"
