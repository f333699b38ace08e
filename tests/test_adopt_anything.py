"""Whatever stands in a sheet: adopting it ends in no error, and no text of it is lost."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.adopt import Adopted, Given, adopt_book, source_of
from workbook.adopt.words import is_mark, is_placeholder
from workbook.errors import WorkbookError
from workbook.layout import default_layout
from workbook.palette import Fill
from workbook.read.cells import RawBook, RawCell, RawSheet
from workbook.read.conditional import Area, Cell

HEADINGS = "Ref|Action|Task|Lead|Start|Due date|Status|RAG|% complete|Comments|Objective|Priority".split("|")
PERIODS = "Jan|Feb|Mar 24|Mar 3|KW 12|Week 1|M2|Q1 24/25|2024|2024-03-04|17.03|III|J".split("|")
VALUES = "1|1.1|12|0|On track|late|x|◆|30/06/2024|1/14/2024|50%".split("|")
OTHERS = "Key|Total|Green = on track, Red = late|Project start: 3 March 2025|Prepared by:|< Select >|1 = red".split("|")
OWN = "Paint hall "  # with its cell, so that it is missed where it is lost
COLOURS = ["00B050", "FFC000", "FF0000", "BFBFBF", "FFFFFF", "5B9BD5", "FFFF00"]
ROWS, COLUMNS = 12, 9

cells = st.dictionaries(
    st.tuples(st.integers(1, ROWS), st.integers(1, COLUMNS)),
    st.builds(
        RawCell,
        text=st.sampled_from(["", *HEADINGS, *PERIODS, *VALUES, *OTHERS, *[OWN] * 15]),
        fill=st.sampled_from([None, *(Fill(rgb=colour) for colour in COLOURS)]),
    ),
    max_size=70,
)
merges = st.lists(
    st.tuples(st.integers(1, ROWS), st.integers(1, COLUMNS), st.integers(0, 2), st.integers(0, 4)), max_size=5
)


def sheet(placed: Mapping[Cell, RawCell], merged: list[tuple[int, int, int, int]], name: str = "Plan") -> RawSheet:
    """A sheet of these cells; what is under a merged one is blank, as in files."""
    areas: list[Area] = []
    covered: set[Cell] = set()
    for top, left, down, across in merged:
        under = {(row, column) for row in range(top, top + down + 1) for column in range(left, left + across + 1)}
        if len(under) > 1 and not under & covered:
            areas.append((top, left, top + down, left + across))
            covered |= under
    first = {area[:2] for area in areas}
    lines: dict[int, dict[int, RawCell]] = {}
    for (row, column), cell in sorted(placed.items()):
        if (row, column) not in covered - first:
            own = replace(cell, text=f"{OWN}{row}-{column}.") if cell.text == OWN else cell
            lines.setdefault(row, {})[column] = own
    wide = tuple(area for area in areas if area[1] < area[3])
    tall = tuple(area for area in areas if area[1] == area[3])
    return RawSheet(name=name, visible=True, lines=lines, wide=wide, tall=tall)


def adopted(*sheets: RawSheet, given_: Given | None = None) -> Adopted:
    return adopt_book(RawBook(file="plan.xlsx", digest="", sheets=sheets), given_)


@settings(max_examples=250, deadline=None)
@given(placed=cells, merged=merges)
def test_no_text_is_lost_and_the_source_is_made(
    placed: Mapping[Cell, RawCell], merged: list[tuple[int, int, int, int]]
) -> None:
    raw = sheet(placed, merged)
    found = adopted(raw)
    told = json.dumps(found.to_json(), ensure_ascii=False)
    words = [cell.text for _, _, cell in raw.texts() if not is_placeholder(cell.text) and not is_mark(cell.text)]
    assert [text for text in words if text not in told] == []
    source_of(found, default_layout())
    rows = [(table.sheet, action.row) for table in found.tables for action in table.actions]
    assert len(rows) == len(set(rows)) or len(found.tables) > 1


@settings(max_examples=120, deadline=None)
@given(
    periods=st.sampled_from(
        [["Jan", "Feb", "Mar", "Apr"], ["KW 1", "KW 2", "KW 3"], ["1", "2", "3", "4", "5", "6"], []]
    ),
    rows=st.lists(
        st.tuples(
            st.sampled_from(["", "1", "1.1", "2"]),
            st.sampled_from(["", OWN, "Objective 1", "Total"]),
            st.sampled_from(["", "AB", "CD"]),
            st.lists(st.sampled_from(["", *COLOURS]), min_size=6, max_size=6),
            st.sampled_from(["", *COLOURS]),
        ),
        max_size=14,
    ),
)
def test_a_table_in_any_paint_is_read_and_no_action_of_it_is_lost(
    periods: list[str], rows: list[tuple[str, str, str, list[str], str]]
) -> None:
    placed = {(1, at): RawCell(text=text) for at, text in enumerate(["Ref", "Action", "Lead", *periods], 1)}
    for row, (ref, action, lead, bars, ground) in enumerate(rows, 2):
        for at, text in enumerate((ref, action, lead), 1):
            placed[row, at] = RawCell(text=text, fill=Fill(rgb=ground) if ground else None)
        for at, colour in enumerate(bars[: len(periods)], 4):
            placed[row, at] = RawCell(fill=Fill(rgb=colour) if colour else None)
    found = adopted(sheet(placed, []))
    source_of(found, default_layout())
    read = {action.row for table in found.tables for action in table.actions}
    whole = {row for row, (ref, action, lead, *_) in enumerate(rows, 2) if ref and action == OWN and lead}
    assert whole <= read


@settings(max_examples=60, deadline=None)
@given(headings=st.lists(st.sampled_from([*HEADINGS, *PERIODS]), min_size=3, max_size=COLUMNS), placed=cells)
def test_what_stands_below_headings_is_read_the_same_wherever_the_table_stands(
    headings: list[str], placed: Mapping[Cell, RawCell]
) -> None:
    """Three rows lower on the sheet, with nothing above, the same is found three rows lower."""
    top = {(1, column): RawCell(text=text) for column, text in enumerate(headings, 1)}
    below = {(row + 1, column): cell for (row, column), cell in placed.items()}
    lower = {(row + 3, column): cell for (row, column), cell in {**below, **top}.items()}
    one, other = adopted(sheet({**below, **top}, [])), adopted(sheet(lower, []))
    assert [[action.row + 3 for action in table.actions] for table in one.tables] == [
        [action.row for action in table.actions] for table in other.tables
    ]
    assert [table.columns for table in one.tables] == [table.columns for table in other.tables]


@pytest.mark.parametrize("name", ["A\nB", "x" * 40, "Key", "🙂", "א", "=1", "'"])
def test_a_sheet_may_have_any_name_and_heading(name: str) -> None:
    placed = {(1, 1): RawCell(text="Action"), (1, 2): RawCell(text="Lead"), (1, 3): RawCell(text=name)}
    placed |= {(2, 1): RawCell(text="Paint"), (2, 2): RawCell(text="AB"), (2, 3): RawCell(text=name)}
    try:
        source_of(adopted(sheet(placed, [], name)), default_layout())
    except WorkbookError as error:
        pytest.fail(str(error))
