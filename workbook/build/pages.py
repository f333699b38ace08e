"""Paper: how much fits on a page, and where one ends, so that what belongs together stays together.

Spreadsheet programs break pages where a page is full, between any two rows. Breaks of our own are set before that
happens, from the heights of the rows; the columns are fitted to the page by the program that prints.
"""

import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from workbook.build.textfit import column_pixels
from workbook.layout import Orientation, Paper

POINTS_PER_PIXEL = 0.75
_POINTS_PER_INCH = 72
_SIZES: Mapping[Paper, tuple[float, float]] = {"A3": (841.9, 1190.6), "A4": (595.3, 841.9)}  # points, upright
_NUMBERS: Mapping[Paper, int] = {"A3": 8, "A4": 9}  # Excel's
_SLACK = 0.97  # of a page is filled: programs round heights and widths each in their own way
_HIGHEST = 0.6  # of a page
_LEAST_SCALE = 0.55  # of what is printed on A4; wider sheets are printed on A3
_FULL = 0.985  # of the width is used by columns that are fitted to it

DEFAULT_ROW_HEIGHT = 15.0
DEFAULT_COLUMN_WIDTH = 8.43


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: its paper, and its margins in inches; header and footer stand in the margins."""

    paper: Paper
    orientation: Orientation = "landscape"
    side: float = 0.4
    top: float = 0.6
    bottom: float = 0.6

    @property
    def number(self) -> int:
        """What Excel calls the paper."""
        return _NUMBERS[self.paper]

    @property
    def width(self) -> float:
        """The points between the margins."""
        return self._size[0] - 2 * self.side * _POINTS_PER_INCH

    @property
    def height(self) -> float:
        """The points between the margins."""
        return self._size[1] - (self.top + self.bottom) * _POINTS_PER_INCH

    @property
    def _size(self) -> tuple[float, float]:
        width, height = _SIZES[self.paper]
        return (height, width) if self.orientation == "landscape" else (width, height)

    def scale(self, widths: Sequence[float]) -> float:
        """How much columns of these widths are shrunk to be one page wide, as whole percents; 1 where they are not."""
        return min(1.0, math.floor(100 * self.width / max(points(widths), 1)) / 100)

    def room(self, widths: Sequence[float]) -> float:
        """The height of rows that a page takes of a sheet with these columns."""
        return self.height / self.scale(widths) * _SLACK

    def highest(self, widths: Sequence[float]) -> float:
        """The height that what stands together takes at most; what is higher goes on in rows of its own."""
        return self.room(widths) * _HIGHEST

    def fitted(self, shares: Sequence[float]) -> list[float]:
        """The widths of columns that fill the page, in these shares, in Excel's characters."""
        unit = self.width * _FULL / sum(shares)
        return [math.floor((share * unit / POINTS_PER_PIXEL - 5) / 7 * 100) / 100 for share in shares]


def points(widths: Sequence[float]) -> float:
    """How wide columns are together."""
    return sum(map(column_pixels, widths)) * POINTS_PER_PIXEL


def fitting(widths: Sequence[float]) -> Page:
    """A page on which columns of these widths can be read: A4 where they fit, or else A3."""
    page = Page(paper="A4")
    return page if page.scale(widths) >= _LEAST_SCALE else Page(paper="A3")


def breaks(
    heights: Sequence[float], keep: AbstractSet[int], room: float, repeated: tuple[int, int] | None = None
) -> list[int]:
    """The rows, counted from 1, with which a new page begins.

    `heights` are the rows' in points; a row in `keep` stays on a page with the row below it. The rows `repeated`, from
    the first to the last, are printed on each page that does not have them. Rows that belong together and are higher
    than a page are broken between rows; nothing is done about a single row that is.
    """
    again = sum(heights[repeated[0] - 1 : repeated[1]]) if repeated else 0.0
    found: list[int] = []
    used = 0.0
    for first, last in _blocks(len(heights), keep):
        if used and used + sum(heights[first - 1 : last]) > room:
            found.append(first)
            used = again
        for row in range(first, last + 1):
            if row > first and used + heights[row - 1] > room:
                found.append(row)
                used = again
            used += heights[row - 1]
    return found


def _blocks(rows: int, keep: AbstractSet[int]) -> list[tuple[int, int]]:
    """The first and last row of each run of rows that stay together."""
    blocks, first = [], 1
    for row in range(1, rows + 1):
        if row not in keep or row == rows:
            blocks.append((first, row))
            first = row + 1
    return blocks
