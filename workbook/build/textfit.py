"""How high a row must be for its text: no spreadsheet program fits merged cells by itself."""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from workbook.build import font_metrics

_BOLD, _REGULAR = (
    {chr(first + at): int(width) for first, widths in face for at, width in enumerate(widths.split())}
    for face in (font_metrics.BOLD, font_metrics.REGULAR)
)
# Letters that Arial has no width for here, in ems: most of Greek and Cyrillic are narrower, and most signs; then East
# Asian letters; then the pictures of phones.
_OTHER, _WIDE, _PICTURE = 0.75, 1.0, 1.4
_WIDE_FROM, _PICTURE_FROM = "\u2e80", "\U0001f000"
_TAB = 36.0  # points between tab stops

_PIXELS_PER_POINT = 96 / 72
# A line's height, in sizes: LibreOffice needs 1.05 at size 7, 1.16 at 9, and less or as much at others, as it rounds
# to pixels; Excel rounds otherwise, and needs a little more at small sizes.
_LINE = 1.22
_ABOVE = 3.0  # points that a cell keeps free above and below its lines
_CELL_PADDING = 6  # pixels that a cell keeps free at its sides, and a little for how programs round

# Where a line may end: at spaces, which then take no room, and after a hyphen within a word.
_GAP = re.compile(r"[ \t]+|(?<=\w)-(?=[^\W\d_])")
_SPACES = " \t\n"

MAX_ROW_HEIGHT = 409.0


def column_pixels(width: float) -> int:
    """The pixels of a column whose width is given in Excel's characters (of Calibri 11, the normal style)."""
    return math.floor(width * 7 + 5)


def text_height(text: str, widths: Sequence[float], size: float, *, bold: bool = False) -> float:
    """The height in points that a wrapped text needs in a cell over columns of these widths, in characters."""
    return sum(1 for _ in _lines(text, _room(widths), size, bold)) * size * _LINE + _ABOVE


def text_points(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is on one line, in points."""
    return _pixels(text, size, bold) / _PIXELS_PER_POINT


def pieces(text: str, widths: Sequence[float], size: float, *, height: float, bold: bool = False) -> list[str]:
    """A text in pieces that each fit a cell of this height in points, for one that is too long for a row.

    They are cut between lines, and between words where a line ends within one, unless that word is higher than the
    cell. Put together again they are the text, but for spaces and line feeds at the cuts. Each has one line at least.
    """
    most = max(math.floor((height - _ABOVE) / (size * _LINE) + 1e-9), 1)
    cut: list[str] = []
    while text:
        ends = [end for _, end in zip(range(most + 1), _lines(text, _room(widths), size, bold), strict=False)]
        at = ends[-1] if len(ends) <= most else _between_words(text, ends[most - 1])
        cut.append(text[:at] if at == len(text) else text[:at].rstrip(_SPACES))
        text = text[at:].lstrip(_SPACES)
    return cut or [""]


def _between_words(text: str, at: int) -> int:
    """The last place up to there at which no word is cut; there, if a word takes all of it."""
    if text[at - 1] in _SPACES or text[at] in _SPACES:
        return at
    head = text[:at].rstrip(_SPACES)
    before = max(head.rfind(space) for space in _SPACES)
    return before if head[:before].strip(_SPACES) else at


def _room(widths: Sequence[float]) -> float:
    return max(sum(map(column_pixels, widths)) - _CELL_PADDING, 1)


def _lines(text: str, room: float, size: float, bold: bool) -> Iterator[int]:
    """Where each line ends, in characters from the start of the text."""
    start = 0
    for paragraph in text.split("\n"):
        for end in _broken(paragraph, room, size, bold):
            yield start + end
        start += len(paragraph) + 1
        yield min(start, len(text))


def _broken(paragraph: str, room: float, size: float, bold: bool) -> Iterator[int]:
    """Where the lines of a paragraph end, but for its last: between words, and within a word that is too long."""
    used = 0.0
    for start, end, after in _words(paragraph):
        wide = _pixels(paragraph[start:end], size, bold)
        if used and wide and used + wide > room:
            yield start
            used = 0.0
        if wide > room:
            for at in range(start, end):
                letter = _pixels(paragraph[at], size, bold)
                if used and used + letter > room:
                    yield at
                    used = 0.0
                used += letter
        else:
            used += wide
        for space in paragraph[end:after]:
            used = _tab_stop(used) if space == "\t" else used + _pixels(space, size, bold)


def _words(paragraph: str) -> Iterator[tuple[int, int, int]]:
    """Each word's start and end, and the end of the spaces after it."""
    start = 0
    for gap in _GAP.finditer(paragraph):
        end = gap.end() if gap[0] == "-" else gap.start()
        yield start, end, gap.end()
        start = gap.end()
    yield start, len(paragraph), len(paragraph)


def _tab_stop(used: float) -> float:
    stop = _TAB * _PIXELS_PER_POINT
    return (used // stop + 1) * stop


@lru_cache(maxsize=16384)
def _pixels(word: str, size: float, bold: bool) -> float:
    """The width of a word, on paper or on a screen, whichever is more: a screen's letters are whole pixels wide."""
    known = _BOLD if bold else _REGULAR
    ems = [known[char] / font_metrics.UNITS if char in known else _em(char) for char in word]
    pixels = size * _PIXELS_PER_POINT
    return max(sum(ems) * pixels, sum(math.floor(em * round(pixels) + 0.5) for em in ems))


def _em(char: str) -> float:
    """The width of a letter that Arial has none for, in ems."""
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0
    return _PICTURE if char >= _PICTURE_FROM else _WIDE if char >= _WIDE_FROM else _OTHER
