import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import often
from workbook.build.textfit import column_pixels, text_height

SIZE = 9.0
WORDS = "Bring together the retail study, the traffic counts and last year's replies from residents"
ONE_LINE = text_height("x", [10], SIZE)
A_LINE = text_height("x\nx", [10], SIZE) - ONE_LINE


def lines(text: str, *widths: float, bold: bool = False) -> int:
    return round((text_height(text, widths, SIZE, bold=bold) - ONE_LINE) / A_LINE) + 1


@pytest.mark.parametrize(("width", "pixels"), [(8.43, 64), (10, 75), (44, 313), (255, 1790)])
def test_a_column_is_as_wide_as_excel_draws_it(width: float, pixels: int) -> None:
    assert column_pixels(width) == pixels


def test_a_line_is_higher_than_its_letters() -> None:
    assert SIZE < A_LINE < 1.5 * SIZE
    assert ONE_LINE > A_LINE


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, 1),
        ("Appoint a designer", 44, 1),
        ("One\nTwo\n\nFour", 44, 4),
        (WORDS, 120, 1),
        (WORDS, 44, 2),
        (WORDS, 22, 4),
        ("i" * 60, 44, 1),
        ("W" * 60, 44, 3),
        ("日本" * 15, 44, 2),
    ],
)
def test_a_text_takes_as_many_lines_as_it_is_seen_to_take(text: str, width: float, expected: int) -> None:
    assert lines(text, width) == expected


def test_bold_letters_take_more_room() -> None:
    width = next(width for width in range(20, 200) if lines(WORDS, width) == 1)
    assert lines(WORDS, width, bold=True) == 2


def test_a_merged_cell_has_the_room_of_all_its_columns() -> None:
    assert lines(WORDS, 22, 22, 22, 22) < lines(WORDS, 22)


def test_a_word_that_is_too_long_is_broken() -> None:
    assert lines("Donaudampfschifffahrtsgesellschaft", 5) > 4
    assert lines("a Donaudampfschifffahrtsgesellschaft b", 5) > lines("Donaudampfschifffahrtsgesellschaft", 5)


def test_a_column_without_room_still_has_a_height() -> None:
    assert text_height("ab", [0], SIZE) > ONE_LINE


texts = st.text("aW mi.\n", max_size=60)


@given(texts, texts, st.floats(1, 60))
@often
def test_more_text_is_never_lower(text: str, more: str, width: float) -> None:
    assert text_height(text + "\n" + more, [width], SIZE) > text_height(text, [width], SIZE)


@given(st.lists(st.text("aWmi", min_size=1, max_size=5), max_size=20), st.floats(10, 60), st.floats(0, 60))
@often
def test_more_room_is_never_higher(words: list[str], width: float, more: float) -> None:
    text = " ".join(words)
    assert text_height(text, [width + more], SIZE) <= text_height(text, [width], SIZE)
