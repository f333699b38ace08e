"""Paper, as whoever reads a print sees it: what stands on the pages of a PDF, and what is wrong with it.

Every check gives the sentences of what is wrong; there are none where all is right. Lengths are points, from the
upper left corner of the page.
"""

import ctypes
import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

Picture = NDArray[np.uint8]

_PAPER = 250  # a grey that is lighter counts as bare paper
_HAIR = 3.0  # a path that is thinner is a line
_NEAR = 0.5  # what a letter may reach beyond its place: outlines are rounded
_HYPHENS = {0x02, 0xAD, 0xFFFE}  # at a line's end; the first and the last are PDFium's own
_FEWEST = 4  # words of a text that must stand together
_TO_GREY = np.array([0.299, 0.587, 0.114])  # ITU-R BT.601, as photocopiers and laser printers do
_LEAST_CHANGE = 4.0  # of grey from dot to dot, squared: what changes less looks like a flat fill
_MOST_SLANTED = np.radians((10, 80))  # of the lines that count as diagonal


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on a page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def within(self, other: "Box") -> "Box":
        """What both have in common; its width or height is 0 where that is nothing."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = max(left, min(self.right, other.right)), max(top, min(self.bottom, other.bottom))
        return Box(left=left, top=top, right=right, bottom=bottom)

    def wider(self, by: float) -> "Box":
        """The same with so much more on every side; less, if it is negative."""
        return Box(left=self.left - by, top=self.top - by, right=self.right + by, bottom=self.bottom + by)

    def __or__(self, other: "Box") -> "Box":
        left, top = min(self.left, other.left), min(self.top, other.top)
        return Box(left=left, top=top, right=max(self.right, other.right), bottom=max(self.bottom, other.bottom))


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word, the box of its ink, and what of that is shown: a cell that is too small cuts off the rest."""

    text: str
    box: Box
    shown: Box

    @property
    def is_seen(self) -> bool:
        """Whether most of it is on the paper."""
        return self.shown.width * self.shown.height >= 0.5 * self.box.width * self.box.height


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: its words in the order in which they were written, a cell's one after another, and its upright lines."""

    path: Path
    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    uprights: tuple[Box, ...]

    @property
    def text(self) -> str:
        """The words that are seen."""
        return " ".join(word.text for word in _seen(self))

    def body(self, margins: Box) -> tuple[Word, ...]:
        """The words that are seen between the margins: the others are of header and footer."""
        low = self.height - margins.bottom
        return tuple(w for w in _seen(self) if w.box.bottom > margins.top and w.box.top < low)

    def find(self, *words: str) -> Box:
        """The box round the first place where these words follow one another."""
        texts = [word.text for word in self.words]
        for at in range(len(texts)):
            if texts[at : at + len(words)] == list(words):
                first, *others = [word.box for word in self.words[at : at + len(words)]]
                for other in others:
                    first |= other
                return first
        raise LookupError(f"{' '.join(words)!r} is not on page {self.number}")

    def picture(self, dpi: int = 100, box: Box | None = None) -> Picture:
        """The page, or a part of it, in colour: rows, columns, and red, green and blue."""
        return _picture(self.path, self.number, dpi, box)

    def grey(self, dpi: int = 100, box: Box | None = None) -> Picture:
        """The same as a photocopy has it: rows and columns, 0 is black and 255 is white."""
        grey: Picture = np.rint(self.picture(dpi, box) @ _TO_GREY).astype(np.uint8)
        return grey


def read(pdf: Path) -> list[Page]:
    """The pages of a PDF."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_page(pdf, number, page) for number, page in enumerate(document, 1)]


# --- what is wrong ------------------------------------------------------------------------------------------------


def outside_margins(pages: Iterable[Page], margins: Box, dpi: int = 100) -> list[str]:
    """Ink that is nearer to an edge of the paper than the margins, whose four numbers are distances from the edges."""
    wrong = []
    for page in pages:
        ink = page.grey(dpi) < _PAPER
        edges = {"left": ink.T, "top": ink, "right": ink.T[::-1], "bottom": ink[::-1]}
        for edge, lines in edges.items():
            inked = np.flatnonzero(lines.any(axis=1))
            free = inked[0] * 72 / dpi if len(inked) else np.inf
            if free < getattr(margins, edge) - 72 / dpi:
                wrong.append(f"Page {page.number}: there is ink {free:.0f} points from the {edge} edge.")
    return wrong


def empty(pages: Iterable[Page], margins: Box) -> list[str]:
    """Pages without a word but those of header and footer."""
    return [f"Page {page.number} is empty." for page in pages if not page.body(margins)]


def only_headings(pages: Iterable[Page], headings: Iterable[str], margins: Box) -> list[str]:
    """Pages that hold no other words than those of headings, which are given."""
    known = {word for heading in headings for word in heading.split()}
    return [
        f"Page {page.number} has nothing but headings: {page.text}"
        for page in pages
        if (body := page.body(margins)) and {word.text for word in body} <= known
    ]


def missing(texts: Iterable[str], pages: Iterable[Page]) -> list[str]:
    """Texts of which something cannot be read on the paper.

    A text may go on in another cell or on another page, but at least four words of it stand together.
    """
    written = letters("".join(word.text for page in pages for word in _seen(page)))
    wrong = []
    for text in texts:
        words = text.split()
        while words:
            most = _together(words, written)
            if most < min(_FEWEST, len(words)):
                wrong.append(f"Not on the paper: {' '.join(words[most:])!r}, of {text!r}")
                break
            words = words[most:]
    return wrong


def cut_off(pages: Sequence[Page]) -> list[str]:
    """Words that are cut off by the edge of their cell or of the page, or hidden behind it.

    Where a page ends within a merged cell, its text is on both pages, and hidden on either is what the other shows.
    """
    wrong = []
    for at, page in enumerate(pages):
        beside = {
            word.text for other in (*pages[max(at - 1, 0) : at], *pages[at + 1 : at + 2]) for word in _seen(other)
        }
        for word in page.words:
            if word.box.within(word.shown.wider(_NEAR)) == word.box:
                continue
            if word.is_seen or word.text not in beside:
                wrong.append(f"Page {page.number}: {word.text!r} is {'cut off' if word.is_seen else 'hidden'}.")
    return wrong


def overprinted(pages: Iterable[Page]) -> list[str]:
    """Words that stand over one another."""
    wrong = []
    for page in pages:
        words = sorted(_seen(page), key=lambda word: word.shown.top)
        for at, one in enumerate(words, 1):
            for other in words[at:]:
                if other.shown.top >= one.shown.bottom:
                    break
                both = one.shown.within(other.shown)
                if both.width > _NEAR and both.height > _NEAR:
                    wrong.append(f"Page {page.number}: {one.text!r} and {other.text!r} stand over one another.")
    return wrong


def over_lines(pages: Iterable[Page]) -> list[str]:
    """Words that run out of their cell, over the line between it and the next one."""
    return [
        f"Page {page.number}: {word.text!r} runs over a line."
        for page in pages
        for word in _seen(page)
        for line in page.uprights
        if word.shown.left + _NEAR < (line.left + line.right) / 2 < word.shown.right - _NEAR
        if word.shown.within(line).height > 0.5 * word.shown.height
    ]


def faint(page: Page, boxes: Iterable[Box], least: float = 4.5) -> list[str]:
    """Places where letters do not stand out from their fill on a photocopy, as WCAG reckons it."""
    ratios = [(box, contrast(page, box)) for box in boxes]
    return [
        f"Page {page.number}: the contrast at {box.left:.0f}, {box.top:.0f} is {ratio:.1f}, which is less than {least}."
        for box, ratio in ratios
        if ratio < least
    ]


def not_hatched(page: Page, boxes: Iterable[Box]) -> list[str]:
    """Places in which no hatching is seen."""
    return [
        f"Page {page.number}: there is no hatching at {box.left:.0f}, {box.top:.0f}."
        for box in boxes
        if hatching(page, box) == 0
    ]


# --- what is measured ---------------------------------------------------------------------------------------------


def contrast(page: Page, box: Box, dpi: int = 300) -> float:
    """The contrast of letters and their fill in grey, from 1 to 21; the box holds letters and fill, and no border."""
    grey = page.grey(dpi, box)
    fill = int(np.bincount(grey.ravel(), minlength=256).argmax())
    # The letters' own grey, not that of their blurred edges, is what is furthest from the fill.
    dark, light = (int(each) for each in np.percentile(grey, (0.5, 99.5)))
    letters = dark if fill - dark > light - fill else light
    brighter, darker = sorted(map(_luminance, (fill, letters)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def hatching(page: Page, box: Box, dpi: int = 200) -> float:
    """How clearly diagonal lines are seen in a box that holds no border and no letter: 0 is not, 1 is nothing else."""
    return slanted(page.grey(dpi, box))


def slanted(grey: Picture) -> float:
    """How much of what is in a picture are diagonal lines, from 0 to 1.

    Grey changes across a line and not along it: in which direction it changes most, and how much more than in the
    other, is read from the structure tensor. Upright and level lines count for nothing, nor does what is hardly seen.
    """
    down, across = np.gradient(grey.astype(float))
    xx, yy, xy = (across * across).mean(), (down * down).mean(), (across * down).mean()
    if xx + yy < _LEAST_CHANGE:
        return 0.0
    slant = abs(0.5 * np.arctan2(2 * xy, xx - yy))
    clear = float(np.hypot(xx - yy, 2 * xy) / (xx + yy))
    return clear if _MOST_SLANTED[0] < slant < _MOST_SLANTED[1] and clear > 0.3 else 0.0


def _seen(page: Page) -> list[Word]:
    return [word for word in page.words if word.is_seen]


def _luminance(grey: int) -> float:
    """Relative luminance, as WCAG 2 defines it for sRGB."""
    value = grey / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _together(words: Sequence[str], written: str) -> int:
    """How many of the first words stand together somewhere."""
    if letters("".join(words)) in written:
        return len(words)
    # As many as stand together, fewer do too.
    return bisect(range(1, len(words)), 0, key=lambda count: letters("".join(words[:count])) not in written)


def letters(text: str) -> str:
    """A text without what line breaks change: spaces and hyphens."""
    return re.sub(r"[\s\u00ad\u2010\u2011-]+", "", text)


# --- how a PDF is read --------------------------------------------------------------------------------------------


@lru_cache(maxsize=32)
def _picture(path: Path, number: int, dpi: int, box: Box | None) -> Picture:
    with pypdfium2.PdfDocument(path) as document:
        page = document[number - 1]
        width, height = page.get_size()
        crop = (box.left, height - box.bottom, width - box.right, box.top) if box else (0, 0, 0, 0)
        drawn = page.render(scale=dpi / 72, crop=crop, rev_byteorder=True)
        picture: Picture = drawn.to_numpy()[:, :, :3].copy()
    return picture


def _page(path: Path, number: int, page: Any) -> Page:
    width, height = page.get_size()
    paper = Box(left=0, top=0, right=width, bottom=height)
    uprights = []
    for each in page.get_objects([raw.FPDF_PAGEOBJ_PATH]):
        box = _flipped(each.get_bounds(), height)
        if box.width < _HAIR < box.height:
            uprights.append(box)
    words = tuple(_words(page.get_textpage(), paper))
    return Page(path=path, number=number, width=width, height=height, words=words, uprights=tuple(uprights))


def _words(text: Any, paper: Box) -> Iterator[Word]:
    """Words of letters that follow one another on a line, and are cut off alike."""
    letters: list[tuple[str, Box, Box]] = []
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, at)
        letter = "-" if code in _HYPHENS else chr(code)
        box = _flipped(text.get_charbox(at), paper.bottom)
        clip = _clip(raw.FPDFText_GetTextObject(text, at), paper)
        if letters and (letter.isspace() or _is_apart(letters[-1], box, clip)):
            yield from _word(letters)
            letters = []
        if not letter.isspace():
            letters.append((letter, box, clip))
    yield from _word(letters)


def _is_apart(last: tuple[str, Box, Box], box: Box, clip: Box) -> bool:
    """Whether a letter begins another word: on another line, or cut off elsewhere."""
    _, before, clipped = last
    return clip != clipped or box.right < before.left


def _word(letters: Sequence[tuple[str, Box, Box]]) -> Iterator[Word]:
    if letters:
        box = letters[0][1]
        for _, other, _ in letters[1:]:
            box |= other
        yield Word(text="".join(each for each, _, _ in letters), box=box, shown=box.within(letters[0][2]))


def _clip(text_object: Any, paper: Box) -> Box:
    """What of the page a text may be drawn on: its clipping paths are cells."""
    path = raw.FPDFPageObj_GetClipPath(text_object) if text_object else None
    box = paper
    for each in range(max(raw.FPDFClipPath_CountPaths(path), 0) if path else 0):
        points = []
        for at in range(raw.FPDFClipPath_CountPathSegments(path, each)):
            x, y = ctypes.c_float(), ctypes.c_float()
            raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(path, each, at), x, y)
            points.append((x.value, y.value))
        if points:
            across, up = zip(*points, strict=True)
            box = box.within(_flipped((min(across), min(up), max(across), max(up)), paper.bottom))
    return box


def _flipped(bounds: Sequence[float], height: float) -> Box:
    """A PDF's rectangle, which is counted from below."""
    left, low, right, high = bounds
    return Box(left=left, top=height - high, right=right, bottom=height - low)
