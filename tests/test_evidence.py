from dataclasses import replace

import pytest

from tests.sheets import grid
from workbook.layout import default_layout
from workbook.palette import STANDARD, Fill, Palette
from workbook.read.cells import RawCell
from workbook.read.evidence import Judged, is_grey, judge, judge_bands

PALETTE = default_layout().palette

PAINTS = {
    "-": None,
    **{key: status.fill for key, status in STANDARD.items()},
    "grey": Fill(rgb="D0D0D0"),
    "white": Fill(rgb="FFFFFF"),
    "LibreOffice's green": Fill(rgb="00A933"),
    "theme green": Fill(rgb="70AD47"),
    "hatch": Fill(rgb="CCC0DA", pattern="lightUp", foreground="7030A0"),
    "black hatch": Fill(rgb="FFFFFF", pattern="darkDown", foreground="000000"),
    "flattened hatch": Fill(rgb="B59CCC"),
    "yellow": Fill(rgb="FFFF00"),
    "purple": Fill(rgb="7030A0"),
    "dots": Fill(rgb="FFFFFF", pattern="gray125", foreground="000000"),
}


def key(said: str) -> str | None:
    return None if said in ("-", "nothing") else said


def cell(typed: str, painted: str) -> RawCell:
    return RawCell(text="" if typed == "-" else typed, fill=PAINTS[painted])


def told(judged: Judged) -> str:
    return judged.code or judged.value or "nothing"


# A month's cell, as issued (lettered and filled alike) and as it came back.
RULES = grid("""
    as it came back                       | issued  | typed    | painted             | is read as

    untouched, with nothing in it         | -       | -        | -                   | nothing
    untouched                             | green   | G        | green               | green
    a letter only                         | -       | G        | -                   | green
    paint only                            | -       | -        | green               | green
    both agree                            | -       | A        | amber               | amber
    both differ                           | -       | G        | red                 | COLOUR_CONTRADICTS_LETTER
    a letter over an old fill             | green   | A        | green               | amber
    painted over an old letter            | green   | G        | amber               | amber
    changed both, and they agree          | green   | R        | red                 | red
    changed both, and they differ         | green   | A        | red                 | COLOUR_CONTRADICTS_LETTER
    the letter was cleared                | green   | -        | green               | nothing
    the fill was cleared                  | green   | G        | -                   | green
    the fill was painted white            | green   | G        | white               | green
    both were cleared                     | green   | -        | -                   | nothing
    cleared, and another letter typed     | green   | R        | -                   | red
    cleared, and another colour painted   | green   | -        | amber               | amber
    a letter in small print               | -       | g        | -                   | green
    a small letter over an old fill       | amber   | r        | amber               | red
    the same letter, small                | green   | g        | green               | green
    a word                                | -       | amber    | -                   | amber
    a word in capitals with a full stop   | -       | AMBER.   | -                   | amber
    a word's meaning                      | -       | On Target | -                  | green
    a label                               | -       | Suspended | -                  | suspended
    completed is on target                | -       | Complete | -                   | green
    a word over an old fill               | red     | green    | red                 | green
    a word that agrees with its colour    | -       | red      | red                 | red
    an unknown word                       | -       | maybe    | -                   | STATUS_UNKNOWN
    an unknown word on a colour           | -       | maybe    | green               | STATUS_UNKNOWN
    an unknown word over a status         | green   | see note | green               | STATUS_UNKNOWN
    two letters                           | -       | G/A      | -                   | STATUS_UNKNOWN
    another program's green               | -       | -        | LibreOffice's green | green
    another green over an old amber       | amber   | A        | theme green         | green
    the same in another program's green   | green   | G        | LibreOffice's green | green
    a hatch                               | -       | -        | hatch               | revised
    a hatch in black                      | -       | -        | black hatch         | revised
    a hatch that LibreOffice flattened    | -       | -        | flattened hatch     | revised
    flattened without anybody's doing     | revised | H        | flattened hatch     | revised
    a letter over a flattened hatch       | revised | G        | flattened hatch     | green
    an odd colour                         | -       | -        | yellow              | COLOUR_UNSURE
    an odd colour over a status           | green   | G        | purple              | COLOUR_UNSURE
    an odd colour near the new letter     | -       | A        | yellow              | amber
    an odd colour far from the new letter | -       | B        | yellow              | COLOUR_UNSURE
    an odd colour near an old letter      | amber   | A        | yellow              | COLOUR_UNSURE
    painted grey                          | -       | -        | grey                | COLOUR_UNSURE
    a letter on grey                      | -       | G        | grey                | green
    painted grey over a status            | green   | G        | grey                | green
    dots, as a table's style leaves them  | -       | G        | dots                | green
""")[1:]


@pytest.mark.parametrize(
    ("issued", "typed", "painted", "expected"), [line[1:] for line in RULES], ids=[line[0] for line in RULES]
)
def test_a_month_is_read_by_what_was_changed(issued: str, typed: str, painted: str, expected: str) -> None:
    judged = judge(key(issued), cell(typed, painted), PALETTE, fills=True)
    assert told(judged) == expected
    assert judged.readable == (judged.code is None)


@pytest.mark.parametrize(
    ("issued", "typed", "painted", "expected"),
    grid("""
        -     | G     | - | green
        -     | -     | - | nothing
        green | G     | - | green
        green | A     | - | amber
        green | -     | - | nothing
        green | maybe | - | STATUS_UNKNOWN
        -     | G     | red | green
    """),
)
def test_a_file_that_lost_its_fills_has_letters_only(issued: str, typed: str, painted: str, expected: str) -> None:
    assert told(judge(key(issued), cell(typed, painted), PALETTE, fills=False)) == expected


@pytest.mark.parametrize("issued", [None, *STANDARD])
@pytest.mark.parametrize("typed", [None, *STANDARD])
@pytest.mark.parametrize("painted", [None, *STANDARD])
def test_whichever_channel_changed_wins_and_two_that_differ_are_asked_about(
    issued: str | None, typed: str | None, painted: str | None
) -> None:
    text = STANDARD[typed].letter if typed else ""
    judged = judge(issued, RawCell(text=text, fill=STANDARD[painted].fill if painted else None), PALETTE, fills=True)
    if painted in (typed, issued):
        assert judged == Judged(value=typed)
    elif typed == issued and painted:
        assert judged == Judged(value=painted)
    elif typed and painted:
        assert (judged.code, judged.value, judged.candidates) == ("COLOUR_CONTRADICTS_LETTER", issued, (typed, painted))
    else:
        # One of them was cleared, and what is left was changed or still stands.
        assert judged == Judged(value=typed or painted)


def test_what_is_not_readable_leaves_what_was_issued_and_names_what_it_may_mean() -> None:
    judged = judge("green", cell("maybe", "amber"), PALETTE, fills=True)
    assert (judged.value, judged.candidates) == ("green", ("amber",))
    assert judged.words == {"text": "maybe", "letters": "G, A, R, H, B"}
    unsure = judge("green", cell("-", "yellow"), PALETTE, fills=True)
    assert unsure.value == "green"
    assert unsure.words is not None
    assert unsure.words["colour"] == "#FFFF00"
    assert set(unsure.candidates) <= set(STANDARD)


def test_a_contradiction_names_both_by_colour_and_meaning() -> None:
    judged = judge(None, cell("G", "red"), PALETTE, fills=True)
    assert judged.words == {
        "one": "green (on target) by its letter",
        "other": "red (over one month behind) by its colour",
    }


# A month that was programmed (due) or was not, with the grey row above and the progress row below: typed, painted.
CODES = {
    "contradicts": "COLOUR_CONTRADICTS_LETTER",
    "unsure": "COLOUR_UNSURE",
    "unknown": "STATUS_UNKNOWN",
}
BANDS = grid("""
    as it came back                      | issued | due | above: |        | below: |        | is read as  | grey | above

    untouched                            | -      | yes | -      | grey   | -      | -      | nothing     | yes  | no
    reported below                       | -      | yes | -      | grey   | G      | green  | green       | yes  | no
    reported where nothing was planned   | -      | no  | -      | -      | R      | red    | red         | no   | no
    the grey was erased                  | -      | yes | -      | -      | -      | -      | nothing     | no   | no
    the grey was painted white           | -      | yes | -      | white  | G      | -      | green       | no   | no
    grey was added                       | -      | no  | -      | grey   | -      | -      | nothing     | yes  | no
    painted on the grey row              | -      | yes | -      | green  | -      | -      | green       | yes  | yes
    typed on the grey row                | -      | yes | G      | grey   | -      | -      | green       | yes  | yes
    painted on the grey row, not planned | -      | no  | -      | amber  | -      | -      | amber       | no   | yes
    the same on both rows                | -      | yes | -      | red    | R      | -      | red         | yes  | yes
    painted above, untouched below       | green  | yes | -      | amber  | G      | green  | amber       | yes  | yes
    one thing above, another below       | -      | yes | -      | green  | R      | red    | contradicts | yes  | yes
    painted above, cleared below         | green  | yes | -      | amber  | -      | -      | contradicts | yes  | yes
    an odd colour on the grey row        | -      | yes | -      | yellow | -      | -      | unsure      | yes  | yes
    an unknown word on the grey row      | -      | yes | later  | grey   | -      | -      | unknown     | yes  | yes
    an odd colour below                  | -      | yes | -      | grey   | -      | yellow | unsure      | yes  | no
""")[1:]


@pytest.mark.parametrize("line", [line[1:] for line in BANDS], ids=[line[0] for line in BANDS])
def test_the_grey_row_is_fixed_and_what_is_reported_on_it_counts(line: list[str]) -> None:
    issued, planned, above, above_paint, below, below_paint, expected, grey, on_grey = line
    judged, is_programmed, painted_over = judge_bands(
        key(issued), planned == "yes", cell(above, above_paint), cell(below, below_paint), PALETTE, fills=True
    )
    assert told(judged) == CODES.get(expected, expected)
    assert (is_programmed, painted_over) == (grey == "yes", on_grey == "yes")


@pytest.mark.parametrize("planned", [True, False])
def test_without_fills_the_programme_is_as_it_was_issued(planned: bool) -> None:
    judged, is_programmed, painted_over = judge_bands(None, planned, RawCell(), cell("G", "-"), PALETTE, fills=False)
    assert (judged.value, is_programmed, painted_over) == ("green", planned, False)


def test_without_fills_a_letter_on_the_grey_row_still_counts() -> None:
    judged, is_programmed, painted_over = judge_bands(None, True, cell("A", "-"), RawCell(), PALETTE, fills=False)
    assert (judged.value, is_programmed, painted_over) == ("amber", True, True)


@pytest.mark.parametrize(
    ("painted", "grey"),
    [("grey", True), ("-", False), ("white", False), ("green", None), ("hatch", None), ("yellow", None)],
)
def test_a_status_on_a_cell_that_shares_both_hides_the_grey(painted: str, grey: bool | None) -> None:
    assert is_grey(cell("-", painted), PALETTE) is grey


def test_a_layouts_own_letters_are_the_ones_that_count() -> None:
    own = Palette([replace(each, letter=each.letter * 2) for each in PALETTE.statuses])
    assert told(judge(None, cell("GG", "-"), own, fills=True)) == "green"
    assert told(judge(None, cell("G", "-"), own, fills=True)) == "STATUS_UNKNOWN"


# --- what a rule shows, and grey that progress shares ------------------------------------------------------------

# A month as issued, what was typed and painted in it, what a conditional format shows there.
SHOWN = grid("""
    as it came back                             | issued  | typed | painted | by a rule | is read as

    no rule                                     | -       | -     | green   | -         | green
    a rule paints a blank month                 | -       | -     | -       | amber     | amber
    a rule paints what is painted too           | -       | -     | amber   | amber     | amber
    a rule hides paint of another colour        | -       | -     | green   | red       | COLOUR_CONTRADICTS_LETTER
    a rule paints its letter                    | -       | G     | -       | green     | green
    a rule paints its letter over another fill  | green   | A     | green   | amber     | amber
    a rule paints a letter otherwise            | -       | G     | -       | red       | COLOUR_CONTRADICTS_LETTER
    a rule paints an unknown word               | -       | maybe | -       | green     | STATUS_UNKNOWN
    a rule paints a month as it was issued      | green   | G     | green   | green     | green
    a rule paints over an issued letter         | green   | G     | green   | red       | red
    a rule that paints white tells nothing      | -       | -     | green   | white     | green
    a rule that paints grey tells nothing       | -       | -     | -       | grey      | nothing
    a rule that paints a letter oddly           | -       | G     | -       | purple    | green
    a rule hatches a blank month                | -       | -     | -       | hatch     | revised
""")[1:]


@pytest.mark.parametrize("line", [line[1:] for line in SHOWN], ids=[line[0] for line in SHOWN])
def test_what_a_rule_shows_is_what_is_seen(line: list[str]) -> None:
    issued, typed, painted, by_rule, expected = line
    judged = judge(key(issued), cell(typed, painted), PALETTE, by_rule=PAINTS[by_rule])
    assert told(judged) == expected
    below, _, _ = judge_bands(
        key(issued), True, cell("-", "grey"), cell(typed, painted), PALETTE, by_rule=PAINTS[by_rule]
    )
    assert told(below) == expected


@pytest.mark.parametrize("painted", ["purple", "yellow"])
def test_an_odd_colour_by_a_rule_is_asked_about(painted: str) -> None:
    assert told(judge(None, RawCell(), PALETTE, by_rule=PAINTS[painted])) == "COLOUR_UNSURE"


def test_a_rule_that_differs_from_the_paint_says_so_in_words() -> None:
    judged = judge(None, cell("-", "green"), PALETTE, by_rule=PAINTS["red"])
    assert judged.words == {
        "one": "red (over one month behind) by a rule",
        "other": "green (on target) by its colour",
    }
    assert judged.candidates[:2] == ("red", "green")


def test_a_rule_is_seen_where_the_file_has_no_fill_left() -> None:
    assert told(judge(None, RawCell(), PALETTE, fills=False, by_rule=PAINTS["amber"])) == "amber"


# A month without a letter that shares its cell with the programme: issued grey or not, painted in a grey.
GREYS = grid("""
    as it came back                         | was grey | painted | is read as
    the programme's own grey                | yes      | D0D0D0  | nothing
    another grey over the programme's       | yes      | 969696  | COLOUR_UNSURE
    a grey where there was none             | no       | D0D0D0  | nothing
    a darker grey where there was none      | no       | A6A6A6  | nothing
    the grey of a row below the grey one    | -        | D0D0D0  | COLOUR_UNSURE
""")[1:]


@pytest.mark.parametrize("line", [line[1:] for line in GREYS], ids=[line[0] for line in GREYS])
def test_a_grey_is_the_programme_or_is_asked_about(line: list[str]) -> None:
    was_grey, painted, expected = line
    judged = judge(None, RawCell(fill=Fill(rgb=painted)), PALETTE, grey={"yes": True, "no": False}.get(was_grey))
    assert told(judged) == expected


@pytest.mark.parametrize("grey", [True, False, None])
def test_a_letter_on_any_grey_is_the_letter(grey: bool | None) -> None:
    for shade in ("D0D0D0", "A6A6A6", "969696"):
        assert told(judge(None, RawCell(text="A", fill=Fill(rgb=shade)), PALETTE, grey=grey)) == "amber"


def test_a_grey_that_is_not_the_programmes_may_be_a_hatch() -> None:
    judged = judge(None, RawCell(fill=Fill(rgb="969696")), PALETTE, grey=True)
    assert "revised" in judged.candidates
    assert judged.raw == "#969696"
