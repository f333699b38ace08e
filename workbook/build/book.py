"""A strict writer over XlsxWriter: cells counted from 1, text always text, and whatever it refuses is an error."""

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import xlsxwriter
from xlsxwriter.chart import Chart
from xlsxwriter.exceptions import FileCreateError, XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from workbook.build.packing import pack
from workbook.build.pages import DEFAULT_COLUMN_WIDTH, DEFAULT_ROW_HEIGHT, POINTS_PER_PIXEL, Page, breaks
from workbook.build.styles import FONT
from workbook.build.textfit import MAX_ROW_HEIGHT
from workbook.errors import BuildError
from workbook.files import scratch
from workbook.layout import MAX_LETTERS
from workbook.months import Month
from workbook.names import at_place
from workbook.refs import area, column_zero_based, place, zero_based

Style = Mapping[str, Any]
# The font by which programs measure columns: one that each of them has, or has the like of. In Excel its digits are
# as wide as those of Calibri 11; where that is missing, columns would be a seventh wider than they are meant to be.
_NORMAL: Style = {"font_name": FONT, "font_size": 10}
Area = tuple[int, int, int, int]  # first row, first column, last row, last column, counted from 1
Visibility = Literal["visible", "hidden", "very hidden"]
MAX_TEXT = 32767
MAX_LINK = 2079
_RAW = ("<r>", "</r>")
MAX_BREAKS = 1023


@contextmanager
def new_book(
    path: Path,
    *,
    title: str,
    organisation: str,
    month: Month,
    properties: Mapping[str, str],
    is_locked: bool = False,
    language: str = "",
) -> Iterator["Book"]:
    """A workbook that is written when the block ends; BuildError for whatever could not be written as asked.

    The file's date is the first day of `month`, so that the same input gives the same bytes. What is done with is not
    kept in memory but in a hidden folder beside the file: a run that is killed leaves nothing in the system's temporary
    folder. With `is_locked`, a sheet that is protected has no cell that can be filled in. `language` is
    what the workbook says that it is written in.
    """
    with scratch(path) as folder, warnings.catch_warnings():
        warnings.simplefilter("error")
        streamed = folder / "streamed.xlsx"
        options = {"constant_memory": True, "tmpdir": str(folder), "default_format_properties": dict(_NORMAL)}
        with _refusals():
            written = xlsxwriter.Workbook(str(streamed), options)
            created = datetime(month.year, month.number, 1, tzinfo=UTC).replace(tzinfo=None)
            about = {"title": title, "company": organisation, "created": created, "comments": "Improvement plan"}
            written.set_properties(about)
            for name, value in properties.items():
                if value:
                    written.set_custom_property(name, value, "text")
            with closing(Book(written, is_locked=is_locked)) as book:
                yield book
                book.finish()
                written.close()
        pack(streamed, path, language)


@contextmanager
def _refusals() -> Iterator[None]:
    """What XlsxWriter refuses is a BuildError; what the machine refuses is said as it is."""
    try:
        yield
    except FileCreateError as error:
        raise (error.__context__ if isinstance(error.__context__, OSError) else error) from None
    except (XlsxWriterException, UserWarning) as error:
        raise BuildError(f"The workbook could not be written: {error}") from error


class Book:
    """The workbook being written; `written` are the (tab, text) pairs that people can see in it, in order."""

    def __init__(self, written: xlsxwriter.Workbook, *, is_locked: bool = False) -> None:
        self._written = written
        self._is_locked = is_locked
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._styled: tuple[Style | None, Format | None] = (None, None)
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._last: Sheet | None = None
        self._open: list[Sheet] = []
        self.written: dict[tuple[str, str], None] = {}

    def sheet(
        self, name: str, visibility: Visibility = "visible", *, written_last: bool = False, for_reading: bool = False
    ) -> "Sheet":
        """Add a sheet; nothing more is written to the cells of the one before it, unless that is `written_last`.

        What the plan says on one that is `for_reading` is not read back from there, and is noted as written.
        """
        self._finish(self._last)
        sheet = self._written.add_worksheet(name)
        if visibility == "hidden":
            sheet.hide()
        elif visibility == "very hidden":
            sheet.very_hidden()
        made = Sheet(self, sheet, name, for_reading=for_reading)
        if written_last:
            self._open.append(made)
        self._last = None if written_last else made
        return made

    def finish(self) -> None:
        """Write what is still held."""
        for sheet in (self._last, *self._open):
            self._finish(sheet)

    def _finish(self, sheet: "Sheet | None") -> None:
        if sheet:
            sheet.let_go()
            sheet.close()

    def close(self) -> None:
        """Let go of the files of a workbook that is finished, or was given up."""
        for sheet in (self._last, *self._open):
            if sheet:
                with suppress(OSError):
                    sheet.close()

    def chart(self) -> Chart:
        """A chart of stacked columns, to be put on a sheet."""
        return self._written.add_chart({"type": "column", "subtype": "stacked"})

    def format(self, style: Style) -> Format:
        """The format of a style, made once."""
        if style is not self._styled[0]:  # most cells look as the one before them does
            given = tuple(style.items())
            if given not in self._formats:
                self._formats[given] = self._new_format(style)
            self._styled = (style, self._formats[given])
        return self._styled[1]

    def _new_format(self, style: Style) -> Format:
        """The format of a style that was not given in this order before."""
        if self._is_locked:
            style = {**style, "locked": True}
        key = tuple(sorted(style.items()))
        if key not in self._made:
            self._made[key] = self._written.add_format(dict(style))
        return self._made[key]


class Sheet:
    """A sheet being written; rows and columns are counted from 1. `pages` is how many it has on paper.

    XlsxWriter streams it, and takes its rows from the top only. So they are held here until they are let go, at the
    latest when the next sheet is begun; up to then they may be written in any order.
    """

    def __init__(self, book: Book, written: Worksheet, name: str, *, for_reading: bool = False) -> None:
        self._book = book
        self._written = written
        self._cells: dict[int, dict[int, tuple[Callable[..., object], tuple[object, ...]]]] = {}
        self._rows: dict[int, tuple[float | None, bool]] = {}
        self._merged: dict[int, list[Area]] = {}
        self._gone = 0  # the last row that has been let go
        self.name = name
        self._for_reading = for_reading
        self._widths: dict[int, float] = {}
        self._heights: dict[int, float] = {}
        self.pages = 1

    def let_go(self, last: int | None = None) -> None:
        """Hold the rows up to this one, or all, no longer: nothing more is written in them."""
        held = {*self._cells, *self._rows}
        for row in sorted(held if last is None else (each for each in held if each <= last)):
            self._stream(row)

    def _stream(self, row: int) -> None:
        """Hand a row to XlsxWriter."""
        at = zero_based(row, 1)[0]
        if row in self._rows:
            height, hidden = self._rows.pop(row)
            self._done(self._written.set_row(at, height, None, {"hidden": hidden}))
        for each in self._merged.pop(row, ()):
            # Without a format, so that it writes no cells, some of which would be below this row: they are held here.
            self._done(self._written.merge_range(*_zero_area(each), "", None))
        cells = self._cells.pop(row, None)
        if cells is None:
            # A row without any cell would be left out, and its height with it.
            cells = {1: (self._written.write_blank, (None, self._book.format({})))}
        for column, (write, said) in cells.items():
            if refused := write(at, column_zero_based(column), *said):
                self._done(refused)
        self._gone = row

    def close(self) -> None:
        """Let go of what takes room until the workbook is put together: no more cells are written or merged.

        XlsxWriter itself does it at the end only. An open file for each sheet is more than some systems allow; and of
        merged cells, it remembers each, to tell those that overlap.
        """
        self._written._opt_close()
        self._written.merged_cells.clear()

    def _put(self, row: int, column: int, write: Callable[..., object], *said: object) -> None:
        """Hold a cell, in the place of what was written there before."""
        if row <= self._gone:
            raise self._too_late(row)
        self._cells.setdefault(row, {})[column] = (write, said)

    def text(self, row: int, column: int, text: str, style: Style | None = None) -> None:
        """Write text, as text whatever it looks like; an empty text leaves a formatted blank."""
        if text:
            self._book.written[self.name, text] = None
        self.value(row, column, text, style)

    def value(self, row: int, column: int, text: str, style: Style | None = None) -> None:
        """Write what the plan says, as text: the reader knows it from the plan, and it is not noted as written."""
        if text and self._for_reading:
            # A letter is known by its place: it may stand in many, and be typed in another.
            said = text if len(text) > MAX_LETTERS else at_place((row, column), text)
            self._book.written[self.name, said] = None
        if len(text) > MAX_TEXT:
            where = place(self.name, area((row, column), (row, column)))
            raise BuildError(
                f"{where}: a cell holds {MAX_TEXT:,} characters, and this text has {len(text):,}. Shorten it."
            )
        shape = self._book.format(style) if style else None
        if text.startswith(_RAW[0]) and text.endswith(_RAW[1]):
            # XlsxWriter takes that for markup of its own; in two parts of one look it is text again.
            parts = (text[0], self._book.format(style or {}), text[1:])
            self._put(row, column, self._written.write_rich_string, *parts, *([shape] if shape else []))
        elif text:
            self._put(row, column, self._written.write_string, text, shape)
        elif shape:
            self._put(row, column, self._written.write_blank, None, shape)

    def number(self, row: int, column: int, number: float, style: Style) -> None:
        """Write a number that the program has counted."""
        self._put(row, column, self._written.write_number, number, self._book.format(style))

    def merge(self, cells: Area, style: Style) -> None:
        """Merge cells that have one look; what they say is written to the first. A single cell stays as it is."""
        if cells[:2] != cells[2:]:
            top, left, bottom, right = cells
            shape = self._book.format(style)
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    self._put(row, column, self._written.write_blank, None, shape)
            self._merged.setdefault(top, []).append(cells)

    def merged(self, cells: Area, text: str, style: Style) -> None:
        """Write text over several cells."""
        self.merge(cells, style)
        self.text(*cells[:2], text, style)

    def link(self, row: int, column: int, target: str, text: str, style: Style) -> None:
        """Write a link to a cell of this workbook, given as `Tab!B7`."""
        self._book.written[self.name, text] = None
        self._put(row, column, self._written.write_url, f"internal:{target}", self._book.format(style), text)

    def link_outside(self, row: int, column: int, target: str, text: str, style: Style) -> None:
        """Write a link to a cell of another workbook, given as `folder/file.xlsx#Tab!B7`."""
        self._link(row, column, f"external:{target}", text, style)

    def letter(self, row: int, column: int, target: str, text: str, style: Style) -> None:
        """Write a link that opens a letter."""
        self._link(row, column, target, text, style)

    def _link(self, row: int, column: int, target: str, text: str, style: Style) -> None:
        """Write a link to somewhere else; where it is longer than Excel takes, the text alone."""
        if len(target) > MAX_LINK:
            self.text(row, column, text, style)
            return
        self._book.written[self.name, text] = None
        self._put(row, column, self._written.write_url, target, self._book.format(style), text)

    def row(self, row: int, height: float | None = None, *, hidden: bool = False) -> None:
        """Set a row's height in points, which is no more than Excel takes."""
        height = None if height is None else min(height, MAX_ROW_HEIGHT)
        if row <= self._gone:
            raise self._too_late(row)
        self._rows[row] = (height, hidden)
        self._heights[row] = 0.0 if hidden else DEFAULT_ROW_HEIGHT if height is None else height

    def column(self, column: int, width: float, *, hidden: bool = False, style: Style | None = None) -> None:
        """Set a column's width in Excel's characters, and how those of its cells look that nothing is written to."""
        self._widths[column] = 0.0 if hidden else width
        at, shape = column_zero_based(column), self._book.format(style) if style else None
        self._done(self._written.set_column(at, at, width, shape, {"hidden": hidden}))

    def validate(self, cells: Sequence[Area], options: Mapping[str, Any]) -> None:
        """Give cells a drop-down or an input message."""
        if cells:
            options = {**options, "multi_range": _areas(cells)}
            self._done(self._written.data_validation(*_zero_area(cells[0]), options))

    def conditional(self, cells: Sequence[Area], options: Mapping[str, Any], style: Style) -> None:
        """Give cells a conditional format."""
        if not cells:
            return
        options = {**options, "format": self._book.format(style), "multi_range": _areas(cells)}
        self._done(self._written.conditional_format(*_zero_area(cells[0]), options))

    def comment(self, row: int, column: int, text: str, *, height: int) -> None:
        """Put a comment at a cell."""
        self._book.written[self.name, text] = None
        options = {"author": "Findings", "x_scale": 2, "height": height, "font_size": 9}
        self._done(self._written.write_comment(*zero_based(row, column), text, options))

    def freeze(self, row: int, column: int) -> None:
        """Keep the rows above and the columns left of a cell in view."""
        self._written.freeze_panes(*zero_based(row, column))

    def protect(self) -> None:
        """Lock what is locked, without a password; widths, sorting and filtering stay allowed.

        So does formatting, unless the sheet is for reading: paint would say nothing there.
        """
        allowed = ["format_columns", "format_rows", "sort", "autofilter"]
        allowed += [] if self._for_reading else ["format_cells"]
        self._written.protect("", dict.fromkeys(allowed, True))

    def filter(self, cells: Area) -> None:
        """Put filter buttons on a header row."""
        self._done(self._written.autofilter(*_zero_area(cells)))

    def allow_numbers_as_text(self, cells: Area) -> None:
        """Spare people the green corners with which Excel marks refs such as 1.10, which are text on purpose."""
        self._done(self._written.ignore_errors({"number_stored_as_text": area(cells[:2], cells[2:])}))

    def activate(self) -> None:
        """Show this sheet first when the workbook is opened."""
        self._written.activate()

    def select(self, row: int, column: int) -> None:
        """Put the cursor on a cell."""
        self._written.set_selection(*zero_based(row, column), *zero_based(row, column))

    def hide_gridlines(self) -> None:
        """Show and print no grid lines but those that are drawn."""
        self._written.hide_gridlines(2)

    def print_gridlines(self) -> None:
        """Print the grid lines of the cells that are used."""
        self._written.hide_gridlines(0)

    def print_setup(
        self,
        page: Page,
        *,
        footer: str,
        repeat: tuple[int, int] | None,
        last: tuple[int, int] | None,
        header: str = "",
        keep: AbstractSet[int] = frozenset(),
        one_page: float = 0.0,
    ) -> None:
        """One page wide, with rows `repeat` at the top of every page; `pages` is then how many there are.

        `last` are the last row and column that are printed, None where that is what somebody has filled in by then: the
        program that prints then finds its pages. A row in `keep` stays on a page with the row below it, by
        the heights and widths that have been set. It is all on one page where `one_page` is given and that shrinks it
        to no less than that.
        """
        sheet = self._written
        sheet.set_paper(page.number)
        if page.orientation == "landscape":
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=page.side, right=page.side, top=page.top, bottom=page.bottom)
        self._done(sheet.set_header(header) if header else 0)
        self._done(sheet.set_footer(footer))
        if repeat:
            sheet.repeat_rows(*(zero_based(row, 1)[0] for row in repeat))
        if last is None:
            return
        self._done(sheet.print_area(0, 0, *zero_based(*last)))
        heights = [self._heights.get(row, DEFAULT_ROW_HEIGHT) for row in range(1, last[0] + 1)]
        widths = [self._widths.get(column, DEFAULT_COLUMN_WIDTH) for column in range(1, last[1] + 1)]
        shown = [width for width in widths if width]
        if one_page and page.room(shown) >= one_page * sum(heights):
            sheet.fit_to_pages(1, 1)
            sheet.center_horizontally()
            return
        found = breaks(heights, keep, page.room(shown), repeat)
        # Excel takes no more breaks of a person's own; a sheet of so many pages is not read on paper.
        sheet.set_h_pagebreaks([row - 1 for row in found[:MAX_BREAKS]])
        self.pages = len(found) + 1

    def chart(
        self, row: int, column: int, chart: Chart, *, down: float, width: float, height: float, words: str
    ) -> None:
        """Put a chart with its upper left corner in a cell, so many points `down` from its top.

        Width and height are in points; `words` are for those who cannot see it.
        """
        chart.set_size({"width": round(width / POINTS_PER_PIXEL), "height": round(height / POINTS_PER_PIXEL)})
        how = {"object_position": 2, "y_offset": round(down / POINTS_PER_PIXEL), "description": words}
        self._done(self._written.insert_chart(*zero_based(row, column), chart, how))

    def _too_late(self, row: int) -> BuildError:
        return BuildError(f"{self.name}: row {row} was written to after it had been let go.")

    def _done(self, result: object) -> None:
        """XlsxWriter answers 0 or None when it has done what it was asked to."""
        if isinstance(result, int) and result != 0:
            raise BuildError(
                f"{self.name}: the workbook could not be written as it should be (XlsxWriter answered {result})."
            )


def _areas(cells: Sequence[Area]) -> str:
    return " ".join(area(each[:2], each[2:]) for each in cells)


def _zero_area(cells: Area) -> tuple[int, int, int, int]:
    top, left, bottom, right = cells
    return (*zero_based(top, left), *zero_based(bottom, right))
