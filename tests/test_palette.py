import colorsys
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.palettes import PALETTES
from tests.sheets import grid
from workbook.layout import available, load_layout
from workbook.palette import (
    NO_FILL,
    PROGRAMMED,
    SPARE,
    STANDARD,
    Fill,
    Palette,
    Status,
    look_problem,
    shades_of,
    told_apart,
)

STATUSES = Palette(STANDARD.values())
MEANT = {"green": "green", "amber": "amber", "red": "red", "blue": "suspended", "lilac": "revised"} | {
    "grey": PROGRAMMED,
    "white": NO_FILL,
    "unclear": None,
}
RECOGNISED = sorted({shade for shades in PALETTES.values() for shade in shades if MEANT[shades[shade]]})


def meaning(rgb: str, palette: Palette = STATUSES) -> str | None:
    return palette.painted(Fill(rgb=rgb)).meaning


def shifted(rgb: str, by: tuple[int, ...]) -> str:
    channels = (int(rgb[at : at + 2], 16) for at in (0, 2, 4))
    return "".join(f"{min(max(channel + step, 0), 255):02X}" for channel, step in zip(channels, by, strict=True))


@pytest.mark.parametrize("palette", PALETTES)
def test_every_shade_of_a_program_is_read_as_what_a_person_calls_it(palette: str) -> None:
    read = {shade: meaning(shade) for shade in PALETTES[palette]}
    assert {shade: read[shade] for shade, name in PALETTES[palette].items() if read[shade] != MEANT[name]} == {}


@pytest.mark.parametrize("palette", PALETTES)
def test_whatever_a_shade_is_taken_for_its_nearest_statuses_are_named(palette: str) -> None:
    for shade in PALETTES[palette]:
        verdict = STATUSES.painted(Fill(rgb=shade))
        assert 1 <= len(verdict.candidates) <= 3
        assert verdict.meaning in (None, verdict.candidates[0]), shade


def test_what_rounding_changes_in_a_shade_does_not_change_what_it_is() -> None:
    rounded = {(shade, by): shifted(shade, by) for shade in RECOGNISED for by in product((-1, 1), repeat=3)}
    assert [shade for (shade, _), near in rounded.items() if meaning(near) != meaning(shade)] == []


def test_a_shade_a_little_lighter_or_darker_is_the_same() -> None:
    changed = {(shade, by): shifted(shade, (by, by, by)) for shade in RECOGNISED for by in (-3, 3)}
    assert [shade for (shade, _), near in changed.items() if meaning(near) != meaning(shade)] == []


@given(st.sampled_from(RECOGNISED), st.tuples(*[st.integers(-3, 3)] * 3))
def test_a_shade_that_is_a_little_off_is_never_another_status(shade: str, by: tuple[int, ...]) -> None:
    assert meaning(shifted(shade, by)) in (meaning(shade), None)


# Hues as a colour wheel has them, in degrees, generously: outside of these nobody uses the word.
WHEEL = {"red": (-20, 25), "amber": (10, 56), "green": (62, 172), "suspended": (180, 262)}


def anywhere() -> Iterator[str]:
    drawn = random.Random(1)  # noqa: S311  # the same colours in every run
    return (f"{drawn.randrange(1 << 24):06X}" for _ in range(2000))


def test_no_colour_whatever_is_taken_for_one_of_another_hue() -> None:
    wrong = []
    for rgb in anywhere():
        read = meaning(rgb)
        hue, light, saturation = colorsys.rgb_to_hls(*(int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4)))
        if read in WHEEL:
            low, high = WHEEL[read]
            fits = low <= (hue * 360 + 30) % 360 - 30 <= high and 0.05 < light < 0.97 and saturation > 0.12
        else:
            fits = read in (None, "revised") or saturation < 0.15
        if not fits:
            wrong.append((rgb, read))
    assert wrong == []


def test_most_plain_colours_are_recognised() -> None:
    # Full colours in the middle of their name: a classifier that is never wrong because it is never sure is no use.
    wheel = {"red": (0,), "amber": (28, 34, 40), "green": (90, 110, 130, 145), "suspended": (205, 215, 225)}
    for status, hues in wheel.items():
        for hue, light in product(hues, (0.45, 0.5, 0.55)):
            channels = colorsys.hls_to_rgb(hue / 360, light, 0.95)
            rgb = "".join(f"{round(255 * channel):02X}" for channel in channels)
            assert meaning(rgb) == status, (rgb, hue, light)


@pytest.mark.parametrize("status", ["green", "amber", "red", "suspended"])
def test_the_shades_that_people_pick_are_read_as_that_status(status: str) -> None:
    assert {meaning(shade) for shade in shades_of(status)} == {status}


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
    E2EFDA | green      | the palest green of a theme, as Excel rounds it
    FCE4D6 | amber      | the palest orange
    DDEBF7 | suspended  | the palest blue
    375623 | green      | the darkest green
    C65911 | amber      | orange, darker 25%
    FFFFFF | none       | painted white
""")


@pytest.mark.parametrize(("shade", "meaning"), [line[:2] for line in NEIGHBOURS], ids=[line[2] for line in NEIGHBOURS])
def test_a_shade_that_a_person_picks_is_read_as_they_mean_it(shade: str, meaning: str) -> None:
    assert STATUSES.painted(Fill(rgb=shade)).meaning == meaning


@pytest.mark.parametrize("shade", ["FFFF00", "7030A0", "FF00FF", "00FFFF", "000000", "8B4513", "FFC0CB", "B1A0C7"])
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


@pytest.mark.parametrize(
    ("shade", "nearest"),
    [
        ("FFFF00", {"amber", "green"}),
        ("FFC7CE", {"red"}),
        ("F4CCCC", {"red"}),
        ("FFEB9C", {"amber"}),
        ("833C0B", {"amber", "red"}),
        ("44546A", {"suspended"}),
        ("B1A0C7", {"revised"}),
    ],
)
def test_an_unsure_colour_names_the_nearest_first(shade: str, nearest: set[str]) -> None:
    verdict = STATUSES.painted(Fill(rgb=shade))
    assert verdict.meaning is None
    assert verdict.candidates[0] in nearest


@pytest.mark.parametrize(
    ("shade", "between"),
    [("FF5000", {"amber", "red"}), ("FF4000", {"amber", "red"}), ("BFBF00", {"amber", "green"})],
)
def test_a_shade_between_two_statuses_is_unsure_and_names_both(shade: str, between: set[str]) -> None:
    verdict = STATUSES.painted(Fill(rgb=shade))
    assert verdict.meaning is None
    assert set(verdict.candidates[:2]) == between


def test_a_shade_between_grey_and_white_is_not_guessed() -> None:
    assert STATUSES.painted(Fill(rgb="F2F2F2")).meaning is None


def status(key: str, rgb: str) -> Status:
    return Status(
        key=key, label=key, meaning=key, letter=key[:2], words=(), fill=Fill(rgb=rgb), ink="000000", counts_as=key
    )


def test_a_layouts_own_purple_is_read_and_what_looks_nearly_like_it() -> None:
    own = Palette([*STANDARD.values(), status("waiting", "7030A0")])
    assert [meaning(rgb, own) for rgb in ("7030A0", "7230A0", "7A3AA8")] == ["waiting"] * 3
    assert [meaning(rgb, own) for rgb in ("0070C0", "0000FF", "00B050")] == ["suspended", "suspended", "green"]
    assert [meaning(rgb, own) for rgb in ("CCC0F0", "400060", "FF00FF")] == [None] * 3


def test_two_statuses_of_one_colour_share_its_shades_by_which_is_clearly_nearer() -> None:
    own = Palette([*STANDARD.values(), status("nearly", "92D050")])
    assert [meaning(rgb, own) for rgb in ("92D050", "00B050", "00A933")] == ["nearly", "green", "green"]
    assert meaning("8ED050", own) == "nearly"
    between = own.painted(Fill(rgb="53BE50"))
    assert between.meaning in (None, "green", "nearly")
    assert set(between.candidates[:2]) == {"green", "nearly"}


def test_a_layouts_pale_status_is_not_mistaken_for_white() -> None:
    own = Palette([*STANDARD.values(), status("open", "F4F4F4")])
    assert meaning("F4F4F4", own) == "open"
    assert meaning("FFFFFF", own) != "open"


OWN_KEY = {key: each.fill for key, each in STANDARD.items()}


def test_the_key_that_was_issued_changes_nothing() -> None:
    assert STATUSES.with_key(OWN_KEY) is STATUSES
    assert STATUSES.with_key({**OWN_KEY, "revised": Fill(rgb="B59CCC")}) is STATUSES
    assert STATUSES.with_key({}) is STATUSES
    assert STATUSES.with_key({"another": Fill(rgb="FFFF00")}) is STATUSES


KEYS = grid("""
    the key shows         | painted | is read as
    amber FFFF00          | FFFF00  | amber
    amber FFFF00          | FFFE02  | amber
    amber FFFF00          | FFC000  | amber
    amber FFFF00          | E0E000  | -
    suspended 92D050      | 92D050  | suspended
    suspended 92D050      | 00B050  | green
    programmed DDD9C3     | DDD9C3  | programmed
    revised 8064A2        | 8064A2  | revised
    green 7030A0          | 7030A0  | green
    amber E60000          | E60000  | red
    amber 800080 red 860586 | 800080 | -
    red FFFFFF            | FFFFFF  | none
    red FFF8F0            | FFFFFF  | none
""")[1:]


@pytest.mark.parametrize(("shown", "painted", "expected"), KEYS, ids=[" ".join(line[:2]) for line in KEYS])
def test_what_the_files_own_key_shows_comes_before_what_a_colour_is_called(
    shown: str, painted: str, expected: str
) -> None:
    words = shown.split()
    key = {**OWN_KEY, **{key: Fill(rgb=rgb) for key, rgb in zip(words[::2], words[1::2], strict=True)}}
    assert meaning(painted, STATUSES.with_key(key)) == (None if expected == "-" else expected)


def test_a_hatch_in_the_key_is_known_by_its_lines_and_by_its_blend() -> None:
    hatch = Fill(rgb="FFFFFF", pattern="darkUp", foreground="FF66CC")
    keyed = STATUSES.with_key({**OWN_KEY, "revised": hatch})
    assert keyed.painted(hatch).meaning == "revised"
    assert meaning(hatch.seen, keyed) == "revised"
    assert keyed is STATUSES.with_key({**OWN_KEY, "revised": hatch})


EVERY_STATUS = {status: None for name in available() for status in load_layout(name).statuses}


def test_a_status_of_another_form_is_told_apart_from_those_beside_it() -> None:
    shown = list(STANDARD.values())
    for number in range(len(SPARE)):
        look = told_apart(replace(STANDARD["green"], key=f"more {number}", letter=str(number)), shown)
        assert not look_problem(look)
        assert Palette([*shown, look]).painted(look.fill).meaning == look.key
        assert contrast(look.fill.rgb, look.ink) >= 4.5
        assert contrast(copied(look.fill.rgb), copied(look.ink)) >= 4.5
        shown.append(look)
    free = replace(STANDARD["green"], fill=Fill(rgb="7030A0"), ink="FFFFFF")
    assert told_apart(free, STANDARD.values()) == free


@pytest.mark.parametrize("status", EVERY_STATUS, ids=lambda status: status.label)
def test_a_letter_is_read_on_its_fill_in_colour_and_as_a_photocopier_sees_it(status: Status) -> None:
    # WCAG 2.2, 1.4.3; a copier blends the channels as ITU-R BT.601 does.
    fills = [status.fill.seen, status.fill.rgb]
    for fill in fills:
        assert contrast(fill, status.ink) >= 4.5
        assert contrast(copied(fill), copied(status.ink)) >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, as WCAG 2.2 defines it."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(rgb: str) -> float:
    channels = (int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def copied(rgb: str) -> str:
    red, green, blue = (int(rgb[at : at + 2], 16) for at in (0, 2, 4))
    return f"{round(0.299 * red + 0.587 * green + 0.114 * blue):02X}" * 3
