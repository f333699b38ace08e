"""What all sheets of a board pack share: the paper, how standings look, and lists that merge no cells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from workbook import palette
from workbook.build import styles
from workbook.build.book import Book, Sheet
from workbook.build.pages import Page
from workbook.build.textfit import MAX_ROW_HEIGHT, pieces, text_height
from workbook.corporate import SummaryColumn
from workbook.layout import Layout
from workbook.pack import AWAITING, NOT_REPORTED, Pack
from workbook.plan import Action, Plan

FONT_SIZES = {"A3": 11.0, "A4": 9.0}
_MAX_FOOTER = 255
_SHORT = 24  # letters
_MAX_HEADER = 90  # letters, so that both sides have room


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a standing is shown: its letter, what it is called, and its cell."""

    letter: str
    words: str
    style: styles.Style
    colour: str = ""

    @property
    def short(self) -> str:
        """Its letter and what it is called, or its colour where that is long: `A One month behind`, `H Hatched`."""
        return f"{self.letter} {self.words if len(self.words) <= _SHORT else self.colour}"


NOT_HIGHLIGHTED = Look(letter="", words="Not highlighted", style={})


@dataclass(frozen=True, kw_only=True)
class Papers:
    """The pack being written."""

    book: Book
    plan: Plan
    layout: Layout
    pack: Pack
    page: Page

    @property
    def size(self) -> float:
        """The size of the lists' font, in points."""
        return FONT_SIZES[self.page.paper]

    @cached_property
    def looks(self) -> Mapping[str | None, Look]:
        """How each standing is shown; None is what is not highlighted."""
        return {None: NOT_HIGHLIGHTED, **{column.key: _look(column) for column in self.pack.columns}}

    @property
    def header(self) -> str:
        """The running header: whose plan it is, and what of."""
        whose = styles.fitting(
            ", ".join(part for part in (self.plan.organisation, self.plan.title) if part), _MAX_HEADER
        )
        return f"&L{styles.small(whose)}&R{styles.small(f'Board pack, {self.pack.month.name}')}"

    def footer(self, name: str, *, key: bool = False) -> str:
        """The running footer: the sheet's name, or the key to the letters, and the page."""
        right = f"&R{styles.small('Page ')}&P of &N"
        words = name
        if key:
            # In the grid nothing is written where nothing was reported.
            looks = (look for key, look in self.looks.items() if look.letter and key != NOT_REPORTED)
            words = " · ".join(look.short for look in looks)
        return f"&L{styles.small(styles.fitting(words, _MAX_FOOTER - len(right) - len(styles.small('')) - 3))}{right}"

    def lead(self, action: Action) -> str:
        """Who leads an action: `Noel Tarrington (NT)`."""
        known = self.plan.people_by_initials
        named = [known[lead].name if lead in known else "" for lead in action.lead]
        pairs = zip(named, action.lead, strict=True)
        return "\n".join(f"{name} ({lead})" if name and name != lead else lead for name, lead in pairs)


def _look(column: SummaryColumn) -> Look:
    if column.statuses:
        status = column.statuses[0]
        colour = status.colour[:1].upper() + status.colour[1:]
        return Look(letter=status.letter, words=column.label, style=styles.painted(status), colour=colour)
    if column.key == AWAITING:
        return Look(letter=palette.PROPOSED_MARK, words=column.label, style=styles.PROPOSED, colour=column.label)
    return Look(letter="–", words=column.label, style={}, colour=column.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What stands in a cell of a list; `link` is a cell of the pack that it leads to."""

    text: str = ""
    style: styles.Style = field(default_factory=dict)
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumn:
    """A column of a list; `share` is what it has of the page's width."""

    title: str
    share: float
    style: styles.Style = field(default_factory=dict)


@dataclass(kw_only=True)
class List:
    """A sheet that is filled from the top: lines of text, bands, and rows of cells in the same columns."""

    papers: Papers
    name: str
    columns: Sequence[ListColumn]
    row: int = 0
    keep: set[int] = field(default_factory=set)
    frozen: int = 0
    written_last: bool = False

    def __post_init__(self) -> None:
        self.sheet: Sheet = self.papers.book.sheet(self.name, written_last=self.written_last)
        self.sheet.hide_gridlines()
        self.widths = self.papers.page.fitted([column.share for column in self.columns])
        for number, width in enumerate(self.widths, 1):
            self.sheet.column(number, width)

    def title(self, text: str) -> None:
        """Write the sheet's title."""
        self._line(text, {**styles.TITLE, "font_size": self.papers.size + 6})

    def line(self, text: str, style: styles.Style = styles.BASE) -> None:
        """Write a text over as many rows as it needs, each as wide as the page."""
        self._line(text, {**style, "font_size": self.papers.size})

    def _line(self, text: str, style: styles.Style) -> None:
        size, bold = style["font_size"], bool(style.get("bold"))
        height = text_height("X", self.widths, size, bold=bold)
        for piece in pieces(text, self.widths, size, height=height, bold=bold):
            self._next(height, stays=True)
            self.sheet.text(self.row, 1, piece, {**style, "text_wrap": False})

    def blank(self) -> None:
        """Leave some room."""
        self._next(self.papers.size, stays=True)

    def header(self, titles: Sequence[str] = (), *, frozen: bool = False) -> None:
        """Write the columns' titles, or those given; where `frozen`, they stay in view and are on every page."""
        said = titles or [column.title for column in self.columns]
        pairs = zip(said, self.columns, strict=True)
        self._row([Cell(text=text, style={**styles.HEADER, **_aligned(column)}) for text, column in pairs])
        self.keep.add(self.row)
        self.frozen = self.row if frozen else self.frozen

    def band(self, text: str) -> None:
        """Write a heading over the rows that follow; it is wider than its cell, and stands in the first one."""
        size = self.papers.size
        self._next(text_height("X", self.widths, size, bold=True) + 3, stays=True)
        band(self.sheet, self.row, len(self.columns), text, size)

    def cells(self, cells: Sequence[Cell | str]) -> None:
        """Write a row; what is too high for one goes on in the row below."""
        made = [each if isinstance(each, Cell) else Cell(text=each) for each in cells]
        styled = [
            Cell(text=each.text, style={**styles.BOXED, **column.style, **each.style}, link=each.link)
            for each, column in zip(made, self.columns, strict=True)
        ]
        self._row(styled)

    def put(self, row: int, column: int, text: str) -> None:
        """Fill in a cell of a row that was left empty there."""
        style = {**styles.BOXED, **self.columns[column - 1].style, "font_size": self.papers.size}
        self.sheet.text(row, column, text, style)

    def nothing(self, text: str) -> None:
        """Say that there is nothing to list."""
        self.line(text, {**styles.BASE, "italic": True})
        self.keep.discard(self.row)

    def _row(self, cells: Sequence[Cell]) -> None:
        size = self.papers.size
        highest = min(MAX_ROW_HEIGHT, self.papers.page.highest(self.widths))
        parts = [
            pieces(cell.text, [width], size, height=highest, bold=bool(cell.style.get("bold")))
            for cell, width in zip(cells, self.widths, strict=True)
        ]
        for at in range(max(1, *map(len, parts))):
            texts = [part[at] if at < len(part) else "" for part in parts]
            triples = zip(texts, cells, self.widths, strict=True)
            needed = [text_height(text, [w], size, bold=bool(cell.style.get("bold"))) for text, cell, w in triples]
            self._next(max(needed))
            for column, (text, cell) in enumerate(zip(texts, cells, strict=True), 1):
                style = {**cell.style, "font_size": size}
                if cell.link and text:
                    self.sheet.link(self.row, column, cell.link, text, style)
                else:
                    self.sheet.text(self.row, column, text, style)

    def _next(self, height: float, *, stays: bool = False) -> None:
        self.row += 1
        self.sheet.row(self.row, height)
        if stays:
            self.keep.add(self.row)

    def finish(self) -> Sheet:
        """Say how the sheet is printed, and what stays in view."""
        self.keep.discard(self.row)
        frozen = self.frozen
        self.sheet.freeze(frozen + 1 if frozen else 2, 1)
        last = (max(self.row, 1), len(self.columns))
        self.sheet.allow_numbers_as_text((1, 1, *last))
        self.sheet.print_setup(
            self.papers.page,
            header=self.papers.header,
            footer=self.papers.footer(self.name),
            repeat=(frozen, frozen) if frozen else None,
            last=last,
            keep=self.keep,
        )
        return self.sheet


def band(sheet: Sheet, row: int, columns: int, text: str, size: float) -> None:
    """Write a heading over rows, which stands in the first column and runs over the others."""
    style = {**styles.SECTION, "font_size": size, "text_wrap": False}
    for column in range(1, columns + 1):
        sheet.text(row, column, text if column == 1 else "", style)


def _aligned(column: ListColumn) -> styles.Style:
    return {"align": column.style["align"]} if "align" in column.style else {}


def joined(parts: Iterable[str]) -> str:
    """The parts that say something, line by line."""
    return "\n".join(part for part in parts if part)
