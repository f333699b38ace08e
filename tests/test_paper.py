"""What is printed is seen as on paper; and whoever looks sees what is wrong with it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import xlsxwriter
from numpy.typing import NDArray

from tests import paper
from tests.office import BOTH_FORMS
from tests.paper import Box, Page
from workbook import libreoffice, verbs
from workbook.build.textfit import pieces, text_height
from workbook.layout import Layout
from workbook.verbs import Loaded

pytestmark = pytest.mark.libreoffice

# What the builder asks for, in points; header and footer stand 0.3 inches from the edge, and a border's half outside.
MARGINS = Box(left=28.8, top=36, right=28.8, bottom=43.2)
EDGES = Box(left=28, top=35, right=28, bottom=21)
LONG = (
    "Alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi "
    "psi omega"
)
PRINTED = "This is printed and is all right."
IN_PIECES = "\n\n".join(f"{number}. {LONG}: Łódź’s well-being, £{number},000" for number in range(1, 8))
WRAPPED = {"text_wrap": True, "valign": "top", "border": 1}


@pytest.fixture(scope="module", params=BOTH_FORMS, ids=lambda form: form.bands)
def master(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    example: Loaded,
    printer: None,  # noqa: ARG001  # it skips
) -> tuple[Layout, list[Page]]:
    """A master of the example plan on paper, in each form."""
    folder = tmp_path_factory.mktemp("printed")
    verbs.build(example.plan, folder / "master.xlsx", layout=request.param)
    libreoffice.to_pdf(folder / "master.xlsx", folder / "master.pdf")
    return request.param, paper.read(folder / "master.pdf")


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory, printer: None) -> list[Page]:  # noqa: ARG001  # it skips
    """A workbook with something wrong on each of its sheets but the last."""
    path = tmp_path_factory.mktemp("bad") / "bad.xlsx"
    # The normal style's font says how wide columns are: LibreOffice has none that is like Calibri everywhere.
    with xlsxwriter.Workbook(path, {"default_format_properties": {"font_name": "Arial", "font_size": 10}}) as book:

        def style(**more: Any) -> Any:
            return book.add_format({"font_name": "Arial", "font_size": 9, **more})

        for draw in SHEETS:
            sheet = book.add_worksheet()
            sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
            sheet.set_footer("&LThe footer")
            sheet.set_column(0, 5, 20)
            draw(sheet, style)
    libreoffice.to_pdf(path, path.with_suffix(".pdf"))
    return paper.read(path.with_suffix(".pdf"))


def _too_low(sheet: Any, style: Callable[..., Any]) -> None:
    sheet.set_row(0, 36)
    sheet.write(0, 0, LONG, style(**WRAPPED))
    sheet.write(1, 0, PRINTED, style())
    sheet.set_row(2, 7)
    sheet.write(2, 0, "Half", style(valign="top"))


def _over_the_next_cell(sheet: Any, style: Callable[..., Any]) -> None:
    sheet.write(0, 0, "This is written over the filled next cell, as it were", style())
    sheet.write(0, 1, "Another", style(rotation=30))
    sheet.insert_textbox(0, 0, "This too is written", {"font": {"name": "Arial", "size": 9}, "fill": {"none": True}})


def _out_of_its_cell(sheet: Any, style: Callable[..., Any]) -> None:
    sheet.write(0, 0, "It/is/one/word/that/is/much/wider/than/its/cell", style(border=1))


def _headings(sheet: Any, style: Callable[..., Any]) -> None:
    sheet.write(0, 0, "Homes for all", style(bold=True))
    sheet.write(1, 0, "Ref", style())
    sheet.write(1, 1, "Action", style())


def _nothing(sheet: Any, style: Callable[..., Any]) -> None:
    sheet.write(0, 0, " ", style(border=1))


def _off_the_page(sheet: Any, style: Callable[..., Any]) -> None:
    sheet.print_area(0, 0, 0, 0)
    sheet.set_margins(left=0.1, right=0.4, top=0.5, bottom=0.6)
    sheet.write(0, 0, "Printed", style(border=1))
    sheet.write(0, 1, "In a column that is not printed", style(border=1))


def _colours(sheet: Any, style: Callable[..., Any]) -> None:
    colours = [("Faint", "#888888", "#A0A0A0"), ("Plain", "#FFFFFF", "#000000"), ("Green", "#00B050", "#FFFFFF")]
    for row, (word, fill, ink) in enumerate(colours):
        sheet.write(row, 0, word, style(bg_color=fill, font_color=ink, bold=True, align="center"))


def _in_pieces(sheet: Any, style: Callable[..., Any]) -> None:
    for row, piece in enumerate(pieces(IN_PIECES, [20], 9, height=60)):
        height = text_height(piece, [20], 9)
        assert height <= 60
        sheet.set_row(2 * row, height)
        sheet.write(2 * row, row % 2, piece, style(**WRAPPED))
        sheet.write(2 * row + 1, 0, "Something between", style())


SHEETS = (
    _too_low,
    _over_the_next_cell,
    _out_of_its_cell,
    _headings,
    _nothing,
    _off_the_page,
    _colours,
    _in_pieces,
)


# --- a master -----------------------------------------------------------------------------------------------------


def test_a_master_is_whole_on_paper(master: tuple[Layout, list[Page]], example: Loaded) -> None:
    form, pages = master
    texts = [text for each in example.plan.actions for text in (each.ref, each.action, each.note) if text]
    texts += [text for each in example.plan.headings for text in (each.title, each.outcome, each.required) if text]
    assert paper.missing(texts, pages) == []
    assert paper.empty(pages, MARGINS) == []
    assert paper.overprinted(pages) == []
    assert paper.over_lines(pages) == []
    assert {(round(page.width), round(page.height)) for page in pages} == {(1191, 842)}  # A3, landscape
    if form.bands == "overlay":  # in the other form a page may end between the two rows of an action's merged cells
        assert paper.cut_off(pages) == []


def test_a_master_keeps_its_margins(master: tuple[Layout, list[Page]]) -> None:
    _, pages = master
    assert paper.outside_margins(pages, EDGES) == []
    # The same check finds a frame that begins at the margin.
    assert paper.outside_margins(pages, Box(left=40, top=36, right=28.8, bottom=21.6)) != []


def test_the_key_is_told_apart_on_a_photocopy(master: tuple[Layout, list[Page]]) -> None:
    form, (guidance, *_) = master
    letters, fills = {}, {}
    for status in form.statuses:
        at = guidance.find(status.letter, f"{status.words[0].capitalize()}:")
        letters[status.letter] = Box(left=at.left - 9, top=at.top - 1, right=at.left + 12, bottom=at.bottom + 1)
        fills[status.letter] = Box(left=MARGINS.left + 3, top=at.top - 4, right=at.left - 3, bottom=at.bottom + 3)
    # Black on the standard green, which is 7.3 in colour, is 4.2 in grey.
    assert paper.faint(guidance, letters.values(), least=4.2) == []
    hatched = {status.letter for status in form.statuses if status.fill.pattern != "solid"}
    assert {letter for letter, box in fills.items() if not paper.not_hatched(guidance, [box])} == hatched == {"H"}


# --- what is wrong ------------------------------------------------------------------------------------------------


def test_a_row_that_is_too_low_cuts_its_text_off(bad: list[Page]) -> None:
    wrong = paper.cut_off(bad)
    assert "Page 1: 'Half' is cut off." in wrong
    assert "Page 2: 'other' is hidden." in wrong
    assert not any("Alpha" in line or "all" in line for line in wrong)
    assert {line[:7] for line in wrong} == {"Page 1:", "Page 2:"}


def test_a_text_is_on_the_paper_only_if_it_is_seen(bad: list[Page]) -> None:
    unprinted = "In a column that is not printed"
    texts = [LONG, PRINTED, unprinted, "Printed", "footer right all is this"]
    first, *others = paper.missing(texts, bad[:7])
    assert first.endswith(f"upsilon phi chi psi omega', of {LONG!r}")
    assert "beta" not in first.removesuffix(f"{LONG!r}")
    assert others == [
        f"Not on the paper: {unprinted!r}, of {unprinted!r}",
        "Not on the paper: 'right all is this', of 'footer right all is this'",
    ]


def test_a_text_may_go_on_in_other_cells(bad: list[Page]) -> None:
    page = bad[7:]
    assert paper.missing([IN_PIECES], page) == []
    assert paper.missing([IN_PIECES.replace("5. Alpha", "5. Omega")], page) != []
    assert paper.cut_off(page) == paper.over_lines(page) == []


def test_words_over_one_another_are_seen(bad: list[Page]) -> None:
    wrong = paper.overprinted(bad)
    assert "Page 2: 'written' and 'over' stand over one another." in wrong
    assert {line[:7] for line in wrong} == {"Page 2:"}


def test_a_word_that_runs_out_of_its_cell_is_seen(bad: list[Page]) -> None:
    assert paper.over_lines(bad) == ["Page 3: 'It/is/one/word/that/is/much/wider/than/its/cell' runs over a line."]


def test_pages_without_a_text_of_their_own_are_seen(bad: list[Page]) -> None:
    assert paper.only_headings(bad, ["Homes for all", "Ref", "Action"], MARGINS) == [
        "Page 4 has nothing but headings: The footer Homes for all Ref Action"
    ]
    assert paper.only_headings(bad, ["Homes for all", "Ref"], MARGINS) == []
    assert paper.empty(bad, MARGINS) == ["Page 5 is empty."]


def test_ink_in_the_margin_is_seen(bad: list[Page]) -> None:
    assert paper.outside_margins(bad, EDGES) == ["Page 6: there is ink 6 points from the left edge."]


def test_letters_that_a_photocopy_swallows_are_seen(bad: list[Page]) -> None:
    page = bad[6]
    faint, plain, green = (page.find(word).wider(1) for word in ("Faint", "Plain", "Green"))
    assert paper.contrast(page, plain) == pytest.approx(21, abs=0.1)
    assert paper.contrast(page, green) == pytest.approx(4.95, abs=0.1)  # 5.4 by luminance, but for the grey of BT.601
    assert paper.faint(page, [faint, plain, green]) == [
        f"Page 7: the contrast at {faint.left:.0f}, {faint.top:.0f} is 1.4, which is less than 4.5."
    ]


def test_what_is_not_on_a_page_is_not_found_there(bad: list[Page]) -> None:
    with pytest.raises(LookupError, match="'Faint Plain green' is not on page 7"):
        bad[6].find("Faint", "Plain", "green")


DOWN, ACROSS = np.mgrid[0:60, 0:90]


@pytest.mark.parametrize(
    ("picture", "is_hatched"),
    [
        ((ACROSS + DOWN) % 8 < 2, True),
        ((ACROSS - DOWN) % 8 < 2, True),
        (abs(ACROSS - DOWN * 1.5) < 2, True),
        (ACROSS < 0, False),
        (ACROSS % 8 < 2, False),
        (DOWN % 8 < 2, False),
        ((ACROSS % 8 < 2) | (DOWN % 8 < 2), False),
        ((ACROSS * 7 + DOWN * DOWN * 31 + ACROSS * DOWN) % 11 < 4, False),
    ],
    ids=["up", "down", "one line", "flat", "upright", "level", "crossed", "speckled"],
)
def test_hatching_is_diagonal(picture: NDArray[np.bool_], is_hatched: bool) -> None:
    assert (paper.slanted(np.where(picture, 80, 200).astype(np.uint8)) > 0) is is_hatched


def test_a_hatching_that_is_hardly_darker_is_not_seen() -> None:
    assert paper.slanted(np.where((ACROSS + DOWN) % 8 < 2, 198, 200).astype(np.uint8)) == 0
