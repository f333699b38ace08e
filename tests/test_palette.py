import pytest

from tests.sheets import grid
from workbook import palette
from workbook.palette import NO_FILL, PROGRAMMED, STANDARD, Fill, Palette, Status

STATUSES = Palette(STANDARD.values())
# A test of this table is what keeps a new shade from drowning an old one.
SHADES = [(shade, meaning) for meaning, shades in palette._SHADES.items() for shade in shades]


@pytest.mark.parametrize(("shade", "meaning"), SHADES, ids=[f"{meaning}-{shade}" for shade, meaning in SHADES])
def test_each_known_shade_is_read_as_what_a_person_calls_it(shade: str, meaning: str) -> None:
    verdict = STATUSES.painted(Fill(rgb=shade))
    assert verdict.meaning == meaning
    assert verdict.candidates[0] == meaning


@pytest.mark.parametrize("shade", palette._NOBODYS)
def test_a_shade_that_is_no_status_is_unsure_and_says_what_it_is_nearest_to(shade: str) -> None:
    verdict = STATUSES.painted(Fill(rgb=shade))
    assert verdict.meaning is None
    assert verdict.candidates


NEIGHBOURS = grid("""
    00AE4E | green      | Excel's green, a little off
    00A933 | green      | LibreOffice's green
    4EA72E | green      | the 2023 theme's green
    CCFFCC | green      | the style Good of LibreOffice
    C6EFCE | green      | the style Good of Excel
    FFBF00 | amber      | LibreOffice's gold
    FFC107 | amber      | a web page's amber
    FE0000 | red        | nearly pure red
    C9211E | red        | LibreOffice's red
    2A6099 | suspended  | LibreOffice's blue
    0563C1 | suspended  | the colour of links
    B59CCC | revised    | the hatch as LibreOffice flattens it
    C0C0C0 | programmed | the old grey
    D9D9D9 | programmed | white, background 1, darker 15%
    FFFFFF | none       | painted white
""")


@pytest.mark.parametrize(("shade", "meaning"), [line[:2] for line in NEIGHBOURS], ids=[line[2] for line in NEIGHBOURS])
def test_a_shade_that_a_person_picks_is_read_as_they_mean_it(shade: str, meaning: str) -> None:
    assert STATUSES.painted(Fill(rgb=shade)).meaning == meaning


@pytest.mark.parametrize("shade", ["FFFF00", "7030A0", "FF00FF", "00FFFF", "000000", "8B4513", "FFC0CB"])
def test_yellow_purple_pink_turquoise_black_and_brown_are_nobodys(shade: str) -> None:
    assert STATUSES.painted(Fill(rgb=shade)).meaning is None


@pytest.mark.parametrize("status", STANDARD.values(), ids=STANDARD)
def test_each_status_is_read_back_from_its_own_fill_letter_label_and_words(status: Status) -> None:
    assert STATUSES.painted(status.fill).meaning == status.key
    for said in (status.letter, status.key, status.label, *status.words):
        for typed in (said, said.upper(), said.lower(), f" {said}. ", f"({said})"):
            assert STATUSES.typed(typed) == status, typed


@pytest.mark.parametrize("text", ["X", "", "?", "ambre", "G/A", "1", "see note", "green amber", "not on target"])
def test_a_word_that_is_no_status_is_none(text: str) -> None:
    assert STATUSES.typed(text) is None


@pytest.mark.parametrize(
    ("text", "key"), [("one-month behind", "amber"), ("ON_TARGET", "green"), ("on  target", "green")]
)
def test_hyphens_underscores_and_spaces_do_not_matter(text: str, key: str) -> None:
    status = STATUSES.typed(text)
    assert status is not None
    assert status.key == key


@pytest.mark.parametrize("pattern", ["lightUp", "darkUp", "lightDown", "darkTrellis", "lightHorizontal", "lightGrid"])
def test_a_hatch_of_any_colour_is_hatched(pattern: str) -> None:
    assert STATUSES.painted(Fill(rgb="FFFFFF", pattern=pattern, foreground="000000")).meaning == "revised"


@pytest.mark.parametrize(
    ("fill", "seen"),
    [
        (Fill(rgb="00B050"), "00B050"),
        (Fill(rgb="FFFFFF", pattern="mediumGray", foreground="000000"), "808080"),
        (Fill(rgb="FFFFFF", pattern="gray125", foreground="000000"), "DFDFDF"),
        (Fill(rgb="CCC0DA", pattern="lightUp", foreground="7030A0"), "B59CCC"),
    ],
)
def test_a_pattern_is_seen_as_its_blend(fill: Fill, seen: str) -> None:
    assert fill.seen == seen


def test_dots_are_seen_as_a_shade_and_are_no_hatch() -> None:
    dotted = Fill(rgb="FFFFFF", pattern="lightGray", foreground="808080")
    assert not dotted.hatched
    assert STATUSES.painted(dotted).meaning == PROGRAMMED


def test_no_fill_is_no_colour_and_certain() -> None:
    assert STATUSES.painted(None).meaning == NO_FILL


@pytest.mark.parametrize("rgb", ["", "00B05", "#00B050", "green", "FF00B050"])
def test_what_is_no_colour_is_refused_with_how_to_write_one(rgb: str) -> None:
    with pytest.raises(ValueError, match="is no colour; write six hex digits, as 00B050"):
        Fill(rgb=rgb)
    with pytest.raises(ValueError, match="is no colour"):
        Fill(rgb="FFFFFF", pattern="lightUp", foreground=rgb or "-")


@pytest.mark.parametrize(
    ("meaning", "said"),
    [
        ("green", "green (on target)"),
        ("revised", "hatched (reprogrammed, extended or revised)"),
        ("suspended", "blue (suspended)"),
        (PROGRAMMED, "grey (programme)"),
        (NO_FILL, "no colour"),
    ],
)
def test_a_meaning_is_named_by_its_colour_and_what_it_stands_for(meaning: str, said: str) -> None:
    assert STATUSES.name(meaning) == said


def test_a_layouts_own_green_replaces_the_standard_shades() -> None:
    lilac = Status(
        key="green",
        label="Fine",
        meaning="All is well.",
        letter="F",
        words=("lilac",),
        fill=Fill(rgb="CC99FF"),
        ink="000000",
        counts_as="green",
    )
    own = Palette([lilac])
    assert own.painted(Fill(rgb="CC99FF")).meaning == "green"
    assert own.painted(Fill(rgb="00B050")).meaning is None
    assert own.typed("F") == lilac
    assert own.typed("G") is None


def test_an_unsure_colour_names_the_nearest_first() -> None:
    verdict = STATUSES.painted(Fill(rgb="FFFF00"))
    assert verdict.meaning is None
    assert verdict.candidates[0] in ("amber", "green")


@pytest.mark.parametrize(
    ("shade", "between"),
    [("FF6000", {"amber", "red"}), ("E65C00", {"amber", "red"}), ("BFBF00", {"amber", "green"})],
)
def test_a_shade_between_two_statuses_is_unsure_and_names_both(shade: str, between: set[str]) -> None:
    verdict = STATUSES.painted(Fill(rgb=shade))
    assert verdict.meaning is None
    assert set(verdict.candidates[:2]) == between


def test_a_shade_between_grey_and_white_is_not_guessed() -> None:
    assert STATUSES.painted(Fill(rgb="F2F2F2")).meaning is None
