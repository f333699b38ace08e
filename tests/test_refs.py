import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import often
from workbook.refs import a1, area, column_letter, column_number, parse_a1, place, zero_based

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


@pytest.mark.parametrize(
    ("row", "column", "cell"),
    [(1, 1, "A1"), (7, 2, "B7"), (7, 26, "Z7"), (7, 27, "AA7"), (3, 28, "AB3"), (LAST_ROW, LAST_COLUMN, "XFD1048576")],
)
def test_cells_are_named_as_excel_names_them(row: int, column: int, cell: str) -> None:
    assert a1(row, column) == cell
    assert parse_a1(cell) == (row, column)


@pytest.mark.parametrize("cell", ["$B$7", "B$7", "$B7", "b7"])
def test_a_cell_is_read_with_dollars_and_in_small_letters(cell: str) -> None:
    assert parse_a1(cell) == (7, 2)


@pytest.mark.parametrize("cell", ["", "B", "7", "7B", "B7:C9", "CP1!B7", "B-7", "ABCD7", "B7 "])
def test_what_is_no_cell_is_refused_and_quoted(cell: str) -> None:
    with pytest.raises(ValueError, match="is not a cell") as refused:
        parse_a1(cell)
    assert f"“{cell}”" in str(refused.value)


@given(st.integers(1, LAST_ROW), st.integers(1, LAST_COLUMN))
@often
def test_every_cell_is_read_back_from_its_name(row: int, column: int) -> None:
    assert parse_a1(a1(row, column)) == (row, column)
    assert column_number(column_letter(column)) == column


def test_a_range_is_its_corners_or_its_one_cell() -> None:
    assert area((7, 2), (9, 3)) == "B7:C9"
    assert area((7, 2), (7, 2)) == "B7"


@pytest.mark.parametrize(
    ("tab", "cell", "said"),
    [
        ("CP1", "I14", "CP1!I14"),
        ("HR&OD1", "B7", "'HR&OD1'!B7"),
        ("People's plan", "B7", "'People''s plan'!B7"),
        ("1", "B7", "'1'!B7"),
        ("CP1", None, "CP1"),
        ("HR&OD1", None, "HR&OD1"),
        (None, "B7", "B7"),
        (None, None, ""),
    ],
)
def test_a_place_is_said_as_people_point_at_it(tab: str | None, cell: str | None, said: str) -> None:
    assert place(tab, cell) == said


def test_the_first_cell_is_zero_zero_for_xlsxwriter_alone() -> None:
    assert zero_based(1, 1) == (0, 0)
    assert zero_based(7, 2) == (6, 1)
