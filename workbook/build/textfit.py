"""How high a row must be for its text: no spreadsheet program fits merged cells by itself."""

import math
import re
import unicodedata
from collections.abc import Generator, Iterator, Sequence
from functools import lru_cache

from workbook.build import font_metrics

_BOLD, _REGULAR = (
    {chr(first + at): int(width) for first, widths in face for at, width in enumerate(widths.split())}
    for face in (font_metrics.BOLD, font_metrics.REGULAR)
)
# In ems, letters whose width is not known: most of Greek and Cyrillic are narrower, and most signs; East Asian letters;
# the pictures of telephones.
_OTHER, _WIDE, _PICTURE = 0.75, 1.0, 1.4
_WIDE_FROM, _PICTURE_FROM = "\u2e80", "\U0001f000"
_TAB = 36.0  # points from one tab stop to the next

_PIXELS_PER_POINT = 96 / 72
# A line's height, in sizes. LibreOffice takes 1.05 at size 7, 1.16 at 9 and something between at others, as it rounds
# to pixels; what is over is for Excel, which rounds up more.
_LINE = 1.28
_ABOVE = 3.0  # points that a cell keeps free above and below its lines
_CELL_PADDING = 6  # pixels that a cell keeps free at its sides: Excel 5, LibreOffice fewer

# Where a line may end: at spaces, which then take no room, and after a hyphen within a word.
_GAP = re.compile(r"[ \t]+|(?<=\w)-(?=[^\W\d_])")
_PART = re.compile(r"[^/]+/*|/+")
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
        if len(ends) <= most:
            return [*cut, text]
        at = _between_words(text, ends[most - 1])
        if piece := text[:at].rstrip(_SPACES):
            cut.append(piece)
        text = text[at:].lstrip(_SPACES)
    return cut or [""]


def _between_words(text: str, at: int) -> int:
    """The last place up to there at which no word is cut; there, if a word takes all of it."""
    if text[at - 1] in _SPACES or text[at] in _SPACES:
        return at
    head = text[:at].rstrip(_SPACES)
    before = max(0, *(head.rfind(space) for space in _SPACES))
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
        if used and used + wide > room:
            yield start
            used = 0.0
        if wide > room:
            used = yield from _within(paragraph, start, end, room, size, bold)
        else:
            used += wide
        if end < after:
            used = _after_spaces(used, paragraph[end:after], size, bold)


def _within(paragraph: str, start: int, end: int, room: float, size: float, bold: bool) -> Generator[int, None, float]:
    """Where lines end within a word that is too long for one: after a slash, or else where it is full.

    What the last line takes is given back.
    """
    used = 0.0
    for part in _PART.finditer(paragraph, start, end):
        wide = _pixels(part[0], size, bold)
        if used and used + wide > room:
            yield part.start()
            used = 0.0
        if wide <= room:
            used += wide
            continue
        for at in range(part.start(), part.end()):
            letter = _pixels(paragraph[at], size, bold)
            if used and used + letter > room:
                yield at
                used = 0.0
            used += letter
    return used


def _words(paragraph: str) -> Iterator[tuple[int, int, int]]:
    """Each word's start and end, and the end of the spaces after it."""
    start = 0
    for gap in _GAP.finditer(paragraph):
        end = gap.end() if gap[0] == "-" else gap.start()
        yield start, end, gap.end()
        start = gap.end()
    yield start, len(paragraph), len(paragraph)


def _after_spaces(used: float, spaces: str, size: float, bold: bool) -> float:
    first, *others = spaces.split("\t")
    used += _pixels(first, size, bold)
    for each in others:
        stop = _TAB * _PIXELS_PER_POINT
        used = (used // stop + 1) * stop + _pixels(each, size, bold)
    return used


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
