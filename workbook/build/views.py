"""The tabs of a master that are for reading: a Gantt of the whole plan, and reports. Nothing is read back from them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from workbook.build import styles
from workbook.build.book import Sheet
from workbook.build.pages import Page
from workbook.build.sheets import Sheets
from workbook.build.textfit import MAX_ROW_HEIGHT, pieces, text_height
from workbook.grid import Grid
from workbook.layout import MONTHS, Column, TabSpec
from workbook.tabs import View
from workbook.views import Group, Reports, Told, ViewCell, ViewColumn

_GANTT_SHARES = {"ref": 8.0, "action": 64.0, "lead": 18.0, MONTHS: 4.6}
_UNITS = 48  # columns that a report's tables share, so that each can have widths of its own
_SIZES = {"A3": 11.0, "A4": 9.5}
_INDENT = 1


def view(sheets: Sheets, shown: View, reports: Reports) -> Sheet:
    """Write one tab that is for reading."""
    if shown.spec.shows == "gantt":
        written = gantt(sheets, shown)
    else:
        written = Report(sheets=sheets, shown=shown).write(reports.get(shown.spec.title, ()))
    if not sheets.grid.printed:
        written.protect()
    return written


def gantt(sheets: Sheets, shown: View) -> Sheet:
    """Write every action in one row, with all months: the programme in grey, what was reported in its colour."""
    layout, plan = sheets.grid.layout, sheets.grid.plan
    said = shown.spec.print or layout.print
    page = Page(paper=said.paper, orientation=said.orientation)
    said_of = [name for name in _GANTT_SHARES if name in layout.words]
    shares = [_GANTT_SHARES[name] for name in said_of] + [_GANTT_SHARES[MONTHS]] * plan.months
    widths = dict(zip([*said_of, MONTHS], page.fitted(shares), strict=False))
    columns = [
        replace(
            layout.all_columns.get(name, Column(field=name, locked=name != MONTHS)), width=width, wrap=True, earlier=0
        )
        for name, width in widths.items()
    ]
    note = Column(field="note", heading=layout.all_columns["note"].heading, width=30)
    spec = TabSpec(each="plan", title=shown.spec.title, columns=(*columns, note))
    form = replace(layout, columns=spec.columns, tabs=(spec,), bands="overlay", protect=False, filter=False)
    grid = Grid(form, plan, whole=True, printed=True)
    tab = grid.tabs[0]
    # The note, which every form has a column for, has no room beside the months.
    shown_tab = replace(tab, name=shown.name, columns=tab.columns[:-1])
    return replace(sheets, grid=grid, figures=sheets.month or plan.start, page=page, for_reading=True).tab(shown_tab)


@dataclass(kw_only=True)
class Report:
    """A tab that is filled from the top with titles, paragraphs, bullets and tables, and prints as a report."""

    sheets: Sheets
    shown: View
    row: int = 0
    keep: set[int] = field(default_factory=set)
    headers: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        spec = self.shown.spec.print or self.sheets.grid.layout.print
        self.page = Page(paper=spec.paper, orientation=spec.orientation)
        self.size = _SIZES[spec.paper]
        self.widths = self.page.fitted([1.0] * _UNITS)
        self.sheet: Sheet = self.sheets.book.sheet(self.shown.name, for_reading=True)
        self.sheet.hide_gridlines()
        for number, width in enumerate(self.widths, 1):
            self.sheet.column(number, width)

    def write(self, parts: Sequence[Told]) -> Sheet:
        """Write the parts, one below the other."""
        plan = self.sheets.grid.plan
        self._text(self.shown.spec.title, {**styles.TITLE, "font_size": self.size + 6}, stays=True)
        edition = self.sheets.edition[:1].upper() + self.sheets.edition[1:]
        about = ", ".join(part for part in (plan.organisation, plan.title) if part)
        self._text(f"{about}. {edition}.", styles.QUIET, stays=True)
        for part in parts:
            self._part(part)
        # The header of the only table stands on every page.
        repeat = (self.headers[0], self.headers[0]) if len(self.headers) == 1 else None
        sheets = replace(self.sheets, page=self.page)
        sheets.finish(self.sheet, self.shown.spec.title, repeat=repeat, last=(self.row, _UNITS), keep=self.keep)
        return self.sheet

    def _part(self, part: Told) -> None:
        self._blank()
        if part.title:
            self._text(part.title, {**styles.STRONG, "font_size": self.size + 2}, stays=True)
        for paragraph in part.paragraphs:
            self._text(paragraph, styles.TEXT)
            self._blank(4)
        for bullet in part.bullets:
            self._text(bullet, styles.TEXT, mark="•")
        if part.columns and any(group.rows or group.lines for group in part.groups):
            self._table(part.columns, part.groups)

    def _table(self, columns: Sequence[ViewColumn], groups: Sequence[Group]) -> None:
        spans = _spans([column.share for column in columns])
        self._cells(spans, [ViewCell(text=column.heading) for column in columns], styles.HEADER)
        self.keep.add(self.row)
        self.headers.append(self.row)
        for group in groups:
            if group.band:
                self._text(group.band, styles.BLOCK_HEADER, stays=True)
            for line in group.lines:
                self._text(line, styles.TEXT)
            for cells in group.rows:
                self._cells(spans, cells, styles.BOXED)

    def _text(self, text: str, style: styles.Style, *, mark: str = "", stays: bool = False) -> None:
        """Write a text over the whole width; what is too high for a row goes on in the next one."""
        first = 1 + (2 * _INDENT if mark else 0)
        size = float(style["font_size"]) if style["font_size"] != styles.SIZE else self.size
        style = {**style, "font_size": size, "text_wrap": True}
        widths, bold = self.widths[first - 1 :], bool(style.get("bold"))
        for piece in pieces(text, widths, size, height=min(MAX_ROW_HEIGHT, self._highest), bold=bold):
            self._next(text_height(piece, widths, size, bold=bold), stays=stays)
            if mark:
                self.sheet.text(self.row, 2, mark, {**style, "text_wrap": False})
            self.sheet.merged((self.row, first, self.row, _UNITS), piece, style)
            mark = ""

    def _cells(self, spans: Sequence[tuple[int, int]], cells: Sequence[ViewCell], style: styles.Style) -> None:
        """Write one row of a table, or several where a text is too high for one."""
        bold = bool(style.get("bold"))
        widths = [self.widths[first - 1 : last] for first, last in spans]
        parts = [
            pieces(cell.text, its, self.size, height=min(MAX_ROW_HEIGHT, self._highest), bold=bold)
            for cell, its in zip(cells, widths, strict=True)
        ]
        for at in range(max(map(len, parts))):
            texts = [part[at] if at < len(part) else "" for part in parts]
            heights = [text_height(text, its, self.size, bold=bold) for text, its in zip(texts, widths, strict=True)]
            self._next(max(heights))
            for (first, last), text, cell in zip(spans, texts, cells, strict=True):
                look = {**style, **_look(cell), "font_size": self.size}
                self.sheet.merged((self.row, first, self.row, last), text, look)

    @property
    def _highest(self) -> float:
        return self.page.highest(self.widths)

    def _blank(self, height: float = 9.0) -> None:
        self._next(height)

    def _next(self, height: float, *, stays: bool = False) -> None:
        self.row += 1
        self.sheet.row(self.row, height)
        if stays:
            self.keep.add(self.row)


def _look(cell: ViewCell) -> styles.Style:
    if cell.status is None:
        return {}
    return {**styles.painted(cell.status), "bold": True, "align": "center"}


def _spans(shares: Sequence[float]) -> list[tuple[int, int]]:
    """The first and last of the shared columns that each column of a table covers, by its share."""
    spans: list[tuple[int, int]] = []
    first, used, whole = 1, 0.0, sum(shares)
    for number, share in enumerate(shares, 1):
        used += share
        left = len(shares) - number
        last = min(max(round(used / whole * _UNITS), first), _UNITS - left)
        spans.append((first, last))
        first = last + 1
    return spans
