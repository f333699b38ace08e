import os
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import often
from workbook import libreoffice
from workbook.build.textfit import MAX_ROW_HEIGHT, column_pixels, pieces, text_height
from workbook.verbs import Loaded

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
        ("é" * 60, 52, 2),
        ("…" * 30, 52, 1),
        ("e\u0301" * 50, 52, 1),
        ("👍" * 25, 44, 2),
        ("well-being " * 3, 14, 2),
        ("well-being-and-safety", 14, 2),
        ("2009-10-11-12-13-14", 14, 2),
        ("12\u00a0500 pounds", 10, 2),
        ("one two     ", 8.43, 2),
        ("a\tb\tc\td", 20, 2),
        ("https://www.example.org/reports/2010", 22, 2),
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


# --- pieces -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "height", "expected"),
    [
        ("", 100, [""]),
        (" as it is  ", 100, [" as it is  "]),
        ("One\n\nThree\nFour", A_LINE * 2 + 3, ["One", "Three\nFour"]),
        ("One two three fourteen", A_LINE + 3, ["One two", "three", "fourteen"]),
        ("One two well-beings", A_LINE + 3, ["One two", "well-", "beings"]),
        ("One two\nsix well-beings", A_LINE * 2 + 3, ["One two\nsix", "well-beings"]),
        ("Donaudampfschiff", 1, ["Donauda", "mpfschiff"]),
        ("\n\n\nOne", 1, ["One"]),
    ],
)
def test_a_text_that_is_too_high_is_cut_between_words(text: str, height: float, expected: list[str]) -> None:
    assert pieces(text, [8.43], SIZE, height=height) == expected


def test_a_text_of_any_length_fits_rows() -> None:
    text = "\n".join([WORDS * 10] * 20)
    cut = pieces(text, [44], SIZE, height=MAX_ROW_HEIGHT)
    assert " ".join(cut).split() == text.split()
    assert all(MAX_ROW_HEIGHT - A_LINE < text_height(each, [44], SIZE) <= MAX_ROW_HEIGHT for each in cut[:-1])


long_texts = st.text("aW mi.-é/\n\t", max_size=300)


@given(long_texts, st.floats(1, 30), st.floats(10, 60), st.booleans())
@often
def test_every_piece_fits_and_nothing_is_lost(text: str, width: float, height: float, bold: bool) -> None:
    cut = pieces(text, [width], SIZE, height=height, bold=bold)
    assert "".join("".join(cut).split()) == "".join(text.split())
    assert all(text_height(each, [width], SIZE, bold=bold) <= max(height, ONE_LINE) for each in cut)
    if all(text_height(word, [width], SIZE, bold=bold) == ONE_LINE for word in text.split()):
        assert " ".join(cut).split() == text.split()


# --- the font -----------------------------------------------------------------------------------------------------


def test_the_widths_are_those_of_the_font() -> None:
    script = Path(__file__).parent.parent / "scripts" / "font_metrics.py"
    compared = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)  # noqa: S603
    if "is not installed" in compared.stderr and os.environ.get("CI") != "true":
        pytest.skip("Liberation Sans is not installed")
    assert (compared.returncode, compared.stderr) == (0, "")


# --- what LibreOffice makes of it ---------------------------------------------------------------------------------

_ODF = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "style", "text", "table")} | {
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
}
_LIBREOFFICES_DIGIT = 7.411  # pixels: it does not round the width of a column's characters to 7, as Excel does
_EMPTY_ROW = 12.9  # points: no row is lower, unless it is told to be
_CELL = tuple[str, float, float, bool]
_ODDITIES = (
    "café Łódź naïve—and “quoted” 2009-10 well-being 24-question £12,500 ½ N/A and/or (see below) — – … 10×4 €5m -5 "
    "WWW x_y_z https://www.example.org/reports/2009-10/improvement-plan_final.pdf e-mail@council.example "
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch"
).split()


def some_texts(words: Sequence[str], number: int) -> list[_CELL]:
    """Texts in cells: several paragraphs, odd words, spaces at either end; sizes, and widths in characters."""
    chance = random.Random(7)  # noqa: S311  # the same every time
    cells: list[_CELL] = []
    for _ in range(number):
        paragraphs = []
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            some = [chance.choice(_ODDITIES if chance.random() < 0.15 else words) for _ in range(chance.randint(1, 40))]
            paragraphs.append(chance.choice(("", "", "", "  ")) + " ".join(some) + chance.choice(("", "", "", "     ")))
        width, size = chance.choice((10, 14, 20, 30, 44, 52, 80)), chance.choice((7, 8, 9, 10, 11, 12, 15))
        cells.append((chance.choice(("\n", "\n\n")).join(paragraphs), width, size, chance.random() < 0.3))
    return cells


def flat_sheet(cells: Sequence[_CELL]) -> str:
    """A sheet in LibreOffice's own format with a text in each row, whose height is left to LibreOffice."""
    widths = sorted({width for _, width, _, _ in cells})
    styles, columns, rows = [], [], []
    for at, width in enumerate(widths):
        points = column_pixels(width) * 0.75 * _LIBREOFFICES_DIGIT / 7
        column = f'<style:table-column-properties style:column-width="{points:.2f}pt"/>'
        styles.append(f'<style:style style:name="w{at}" style:family="table-column">{column}</style:style>')
        columns.append(f'<table:table-column table:style-name="w{at}"/>')
    for at, (text, width, size, bold) in enumerate(cells):
        letters = f'fo:font-family="Arial" fo:font-size="{size}pt" fo:font-weight="{"bold" if bold else "normal"}"'
        wrapped = '<style:table-cell-properties fo:wrap-option="wrap"/>'
        cell = f"{wrapped}<style:text-properties {letters}/>"
        styles.append(f'<style:style style:name="c{at}" style:family="table-cell">{cell}</style:style>')
        lines = re.sub("^ | (?= )", "<text:s/>", escape(text), flags=re.MULTILINE).split("\n")
        rows.append(
            f'<table:table-row table:style-name="r">{"<table:table-cell/>" * widths.index(width)}'
            f'<table:table-cell office:value-type="string" table:style-name="c{at}">'
            f"{''.join(f'<text:p>{line}</text:p>' for line in lines)}</table:table-cell></table:table-row>"
        )
    row = '<style:table-row-properties style:use-optimal-row-height="true"/>'
    styles.append(f'<style:style style:name="r" style:family="table-row">{row}</style:style>')
    namespaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in _ODF.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {namespaces} office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        f"<office:automatic-styles>{''.join(styles)}</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="S">{"".join(columns)}{"".join(rows)}</table:table>'
        "</office:spreadsheet></office:body></office:document>"
    )


def libreoffices_heights(cells: Sequence[_CELL], folder: Path) -> list[float]:
    """How high LibreOffice makes the rows of these texts, in points."""
    (folder / "texts.fods").write_text(flat_sheet(cells), encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        str(libreoffice.program()),
        profile,
        "--headless",
        "--convert-to",
        "ods",
        "--outdir",
        str(folder / "saved"),
    ]
    subprocess.run([*command, str(folder / "texts.fods")], check=True, capture_output=True, timeout=120)  # noqa: S603
    with zipfile.ZipFile(folder / "saved" / "texts.ods") as saved:
        content = ET.fromstring(saved.read("content.xml"))  # noqa: S314  # LibreOffice wrote it
    heights = {
        style.get(f"{{{_ODF['style']}}}name"): float(row.get(f"{{{_ODF['style']}}}row-height", "0in")[:-2]) * 72
        for style in content.iter(f"{{{_ODF['style']}}}style")
        for row in style.iter(f"{{{_ODF['style']}}}table-row-properties")
    }
    table, style = _ODF["table"], f"{{{_ODF['table']}}}style-name"
    return [
        heights[row.get(style)]
        for row in content.iter(f"{{{table}}}table-row")
        for _ in range(int(row.get(f"{{{table}}}number-rows-repeated", "1")))
    ][: len(cells)]


@pytest.mark.libreoffice
@pytest.mark.usefixtures("printer")
def test_libreoffice_needs_no_higher_rows_and_seldom_much_lower_ones(tmp_path: Path, example: Loaded) -> None:
    actions = [action.action for action in example.plan.actions]
    texts = some_texts(" ".join(actions).split(), 300)
    texts += [(action, width, SIZE, False) for action in actions[:60] for width in (20, 44)]
    known = [("\n".join("x" * count), 80.0, size, False) for size in (7, 8, 9, 10, 11, 12, 15) for count in (2, 22)]
    all_heights = libreoffices_heights([*known, *texts], tmp_path)
    assert len(all_heights) == len(known) + len(texts)
    more = []
    for (text, width, size, bold), height in zip(texts, all_heights[len(known) :], strict=True):
        two, many = (each for each, cell in zip(all_heights, known, strict=False) if cell[2] == size)
        line = (many - two) / 20
        ours = text_height(text, [width], size, bold=bold)
        assert ours >= height or height < _EMPTY_ROW, (text, width, size, bold)
        more.append(round((ours - 3) / (size * A_LINE / SIZE)) - round((height - two) / line + 2))
    wide = [over for over, (_, width, _, _) in zip(more, texts, strict=True) if width >= 20]
    assert sum(over <= 1 for over in wide) > 0.9 * len(wide)
    assert sum(over <= 0 for over in wide) > 0.6 * len(wide)
    assert max(more[-120:]) <= 1
