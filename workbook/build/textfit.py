"""How high a row must be for its text: no spreadsheet program fits merged cells by itself."""

import math
from collections.abc import Sequence
from functools import lru_cache

# Widths of Arial (and Helvetica, Liberation Sans) for the printable ASCII characters, in thousandths of the size.
_ASCII = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 "
    "584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 "
    "278 556 500 722 500 500 500 334 260 334 584"
)
_WIDTHS = {chr(32 + index): int(width) for index, width in enumerate(_ASCII.split())}
_OTHER = 600  # most letters with accents are narrower, dashes and capitals wider
_WIDE = 1000  # East Asian
_WIDE_FROM = 0x2E80
_BOLD = 1.07
_PIXELS_PER_POINT = 96 / 72
_LINE = 1.22  # a line's height, in sizes
_CELL_PADDING = 9  # pixels that a cell keeps free at its sides, and a little for how programs round

MAX_ROW_HEIGHT = 409.0


def column_pixels(width: float) -> int:
    """The pixels of a column whose width is given in Excel's characters (of Calibri 11, the normal style)."""
    return math.floor(width * 7 + 5)


def text_height(text: str, widths: Sequence[float], size: float, *, bold: bool = False) -> float:
    """The height in points that a wrapped text needs in a cell over columns of these widths, in characters."""
    room = max(sum(map(column_pixels, widths)) - _CELL_PADDING, 1)
    lines = sum(_lines(paragraph, room, size, bold) for paragraph in text.split("\n"))
    return lines * size * _LINE + 3


def _lines(paragraph: str, room: float, size: float, bold: bool) -> int:
    """How many lines a paragraph takes when it is broken between words, and within a word that is too long."""
    lines, used = 1, 0.0
    space = _pixels(" ", size, bold)
    for word in paragraph.split(" "):
        wide = _pixels(word, size, bold)
        if used and used + space + wide > room:
            lines, used = lines + 1, 0.0
        if wide > room:
            more = math.ceil(wide / room) - 1
            lines, used = lines + more, wide - more * room
        else:
            used += (space if used else 0) + wide
    return lines


@lru_cache(maxsize=16384)
def _pixels(word: str, size: float, bold: bool) -> float:
    units = sum(_WIDTHS.get(char, _WIDE if ord(char) >= _WIDE_FROM else _OTHER) for char in word)
    return units / 1000 * size * _PIXELS_PER_POINT * (_BOLD if bold else 1)
