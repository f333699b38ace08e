"""The corporate copy: a summary in front, then every plan's tabs in its own form. It is for reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook import palette
from workbook.build import styles
from workbook.build.book import Book, Sheet, new_book
from workbook.build.listings import details
from workbook.build.pages import Page
from workbook.build.sheets import Sheets
from workbook.build.textfit import MAX_ROW_HEIGHT, text_height
from workbook.corporate import Corporate, Figures, Summary, corporate_tables
from workbook.grid import Grid, corporate_grids
from workbook.names import CORPORATE_KIND, GREY_KEY_LABEL, KIND_PROPERTY, SUMMARY_TAB, key_label
from workbook.palette import Status
from workbook.refs import a1
from workbook.source import tables_from_plan

_HEADER_ROWS = (5, 6)
_BEFORE, _MONTH, _AFTER = (
    (("No.", 5.0), ("Plan", 32.0), ("Its tabs", 17.0), ("Organisation", 25.0), ("Edition", 15.0)),
    ("Figures for", 15.0),
    (("Actions", 9.0), ("Highlighted", 11.0)),
)
_NUMBER_WIDTH = 6.0
_TABS = 3  # the column of the link
_OUTSTANDING = ("Returns outstanding", 30.0)
_LINE_HEIGHT = 20.0
_GREY = styles.filled(palette.PROGRAMME_FILL)
_LETTER = {**styles.KEY_LABEL, "align": "center"}
_NONE = "–"  # a status that the plan's form does not have


def write_corporate(path: Path, corporate: Corporate, summary: Summary) -> None:
    """Write a corporate copy: the summary, each plan's tabs and details, and the plans themselves, out of sight."""
    grids = corporate_grids(corporate)
    month = max(line.month for line in summary.lines if line.month)
    with new_book(
        path,
        title=corporate.title,
        organisation=corporate.organisation,
        month=month,
        properties={KIND_PROPERTY: CORPORATE_KIND},
        is_locked=True,
    ) as book:
        front = book.sheet(SUMMARY_TAB)
        _Front(sheet=front, corporate=corporate, summary=summary, grids=grids).write()
        for grid, line in zip(grids, summary.lines, strict=True):
            _tabs(book, grid, line)
        Sheets(book=book, grid=grids[0]).plan(corporate_tables(corporate))
        front.activate()


def _tabs(book: Book, grid: Grid, line: Figures) -> None:
    sheets = Sheets(book=book, grid=grid, figures=line.month)
    for tab in grid.tabs:
        sheets.tab(tab)
    details(sheets, tables_from_plan(grid.plan))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Front:
    """Writes the summary."""

    sheet: Sheet
    corporate: Corporate
    summary: Summary
    grids: Sequence[Grid]

    def write(self) -> None:
        self.sheet.hide_gridlines()
        for column, (_, width) in enumerate(self._columns, 1):
            self.sheet.column(column, width)
        self._title()
        self._header()
        first = _HEADER_ROWS[-1] + 1
        for number in range(1, len(self.grids) + 1):
            self._line(first + number - 1, number)
        total = first + len(self.grids)
        label = f"All {len(self.grids)} plans" if len(self.grids) > 1 else "In all"
        self._figures(total, self.summary.total, styles.TOTAL, label)
        how = "Percentages are of the highlighted actions, each rounded on its own."
        self.sheet.text(total + 1, 1, how, styles.QUIET)
        last = self._key(self._sentences(total + 3) + 1)
        self.sheet.freeze(first, 3)
        self._finish(last)

    # --- its columns ------------------------------------------------------------------------------------------

    @property
    def _columns(self) -> list[tuple[str, float]]:
        numbers = [(column.label, _NUMBER_WIDTH) for column in self.summary.columns for _ in range(2)]
        return [*self._before, *_AFTER, *numbers, _OUTSTANDING]

    @property
    def _before(self) -> list[tuple[str, float]]:
        """The columns that say which plan it is; its month, too, if that differs."""
        return [*_BEFORE, _MONTH] if self.summary.total.month is None else [*_BEFORE]

    @property
    def _first_number(self) -> int:
        return len(self._before) + len(_AFTER) + 1

    @property
    def _last(self) -> int:
        return len(self._columns)

    def _widths(self, first: int, last: int) -> list[float]:
        return [width for _, width in self._columns[first - 1 : last]]

    # --- its parts --------------------------------------------------------------------------------------------

    def _title(self) -> None:
        month = self.summary.total.month
        figures = f"Figures for {month.name}" if month else "Figures for the last month of each plan"
        about = " · ".join(part for part in (self.corporate.organisation, figures) if part)
        number = len(self.grids)
        plans = f"{number} plans side by side, each in its own form" if number > 1 else "one plan, in its own form"
        for row, text, style in (
            (1, self.corporate.title, styles.TITLE),
            (2, about, styles.QUIET),
            (
                3,
                f"This copy is for reading: {plans}. Changes belong in the plans' own masters; what is written here "
                "is not taken.",
                styles.STRONG,
            ),
        ):
            self.sheet.text(row, 1, text, style)
        self.sheet.row(1, 26)

    def _header(self) -> None:
        top, below = _HEADER_ROWS
        spans = [(column, column) for column in range(1, self._first_number)]
        spans += [(at, at + 1) for at in range(self._first_number, self._last, 2)]
        spans += [(self._last, self._last)]
        height = 0.0
        for first, last in spans:
            label = self._columns[first - 1][0]
            is_counted = first != last
            cells = (top, first, top if is_counted else below, last)
            self.sheet.merged(cells, label, styles.MONTH_HEADER if is_counted else styles.HEADER)
            if is_counted:
                height = max(height, text_height(label, self._widths(first, last), styles.SIZE, bold=True))
        for at, column in zip(range(self._first_number, self._last, 2), self.summary.columns, strict=True):
            letters = " / ".join(dict.fromkeys(status.letter for status in column.statuses)) or "No."
            # A letter is what a photocopy keeps of its colour.
            painted = {**_LETTER, **styles.painted(column.statuses[0])} if column.statuses else styles.MONTH_HEADER
            self.sheet.text(below, at, letters, painted)
            self.sheet.text(below, at + 1, "%", styles.MONTH_HEADER)
        self.sheet.row(top, height)
        self.sheet.row(below, 18)

    def _line(self, row: int, number: int) -> None:
        """A plan's row, with a link to its first tab."""
        grid, line = self.grids[number - 1], self.summary.lines[number - 1]
        plan = grid.plan
        edition = plan.edition.name if plan.edition else "As programmed"
        tabs = self.corporate.short_names[number - 1]
        said = [str(number), plan.title, tabs, plan.organisation, edition]
        said += [line.month.name] if line.month and self.summary.total.month is None else []
        for column, text in enumerate(said, 1):
            self.sheet.text(row, column, text, styles.KEY)
        if grid.tabs:
            link = {**styles.LINK, "valign": "vcenter"}
            self.sheet.link(row, _TABS, f"{_quoted(grid.tabs[0].name)}!{a1(1, 1)}", tabs, link)
        self._figures(row, line, styles.KEY)
        returns = _returns(line)
        self.sheet.text(row, self._last, returns, styles.KEY)
        heights = [text_height(text, [width], styles.SIZE) for text, (_, width) in zip(said, self._before, strict=True)]
        heights.append(text_height(returns, self._widths(self._last, self._last), styles.SIZE))
        self.sheet.row(row, min(max(_LINE_HEIGHT, *heights), MAX_ROW_HEIGHT))

    def _figures(self, row: int, line: Figures, style: styles.Style, label: str = "") -> None:
        """The numbers of a row; `label` is what the row of all plans is called."""
        number, percent = {**style, **styles.COUNT}, {**style, **styles.PERCENT}
        if label:
            self.sheet.merged((row, 1, row, len(self._before)), label, style)
            self.sheet.text(row, self._last, _returns(line, named=False), style)
            self.sheet.row(row, _LINE_HEIGHT)
        for at, count in enumerate((line.actions, line.highlighted), len(self._before) + 1):
            self.sheet.number(row, at, count, number)
        for at, column in zip(range(self._first_number, self._last, 2), self.summary.columns, strict=True):
            if column.key in line.counts:
                self.sheet.number(row, at, line.counts[column.key], number)
                self.sheet.number(row, at + 1, float(line.percent[column.key]), percent)
            else:
                for blank in (at, at + 1):
                    self.sheet.text(row, blank, _NONE, number)

    def _sentences(self, row: int) -> int:
        """What the board is told of each plan; gives the row after it."""
        self.sheet.merged((row, 1, row, self._last), "What the board is told", styles.BLOCK_HEADER)
        lines = zip(self.corporate.parts, self.summary.lines, strict=True)
        for at, (part, line) in enumerate(lines, row + 1):
            self.sheet.text(at, 1, str(at - row), styles.KEY)
            self.sheet.text(at, 2, part.plan.title, styles.KEY_LABEL)
            self.sheet.merged((at, 3, at, self._last), line.sentence, styles.KEY)
            height = text_height(line.sentence, self._widths(3, self._last), styles.SIZE)
            name = text_height(part.plan.title, self._widths(2, 2), styles.SIZE, bold=True)
            self.sheet.row(at, max(_LINE_HEIGHT, height, name))
        return row + len(self.summary.lines) + 1

    def _key(self, row: int) -> int:
        """What letters and colours mean; where forms differ, in which plans. Gives its last row."""
        forms: dict[tuple[Status, ...], list[int]] = {}
        for number, part in enumerate(self.corporate.parts, 1):
            forms.setdefault(part.layout.statuses, []).append(number)
        for statuses, numbers in forms.items():
            named = f"plan {numbers[0]}" if len(numbers) == 1 else f"plans {', '.join(map(str, numbers))}"
            label = "Key" if len(forms) == 1 else f"Key of {named}"
            self.sheet.merged((row, 1, row, self._last), label, styles.BLOCK_HEADER)
            if any(self.corporate.parts[number - 1].layout.has_months for number in numbers):
                row += 1
                self._key_row(row, "", GREY_KEY_LABEL, "The months for which an action is planned.", _GREY)
            for at, status in enumerate(statuses, row + 1):
                awaits = f" Until it is approved it is {status.letter}{palette.PROPOSED_MARK}, in a dashed outline."
                meaning = status.meaning + (awaits if status.needs_approval else "")
                self._key_row(at, status.letter, key_label(status), meaning, styles.painted(status))
            row += len(statuses) + 2
        return row - 2

    def _key_row(self, row: int, letter: str, label: str, meaning: str, look: styles.Style) -> None:
        self.sheet.text(row, 1, letter, {**_LETTER, **look})
        self.sheet.text(row, 2, label, styles.KEY_LABEL)
        self.sheet.merged((row, 3, row, self._last), meaning, styles.KEY)
        height = text_height(label, self._widths(2, 2), styles.SIZE, bold=True)
        self.sheet.row(row, max(_LINE_HEIGHT, height))

    def _finish(self, last: int) -> None:
        self.sheet.protect()
        is_wide = any(part.layout.print.paper == "A3" for part in self.corporate.parts)
        self.sheet.print_setup(
            Page(paper="A3" if is_wide else "A4"),
            footer=styles.footer(self.corporate.title, SUMMARY_TAB),
            repeat=_HEADER_ROWS,
            last=(last, self._last),
        )


def _returns(line: Figures, *, named: bool = True) -> str:
    """Who has not returned, of how many that were asked."""
    asked = len(line.returned) + len(line.outstanding)
    if not asked:
        return f"No return was issued for {line.month.name}" if line.month else ""
    if not line.outstanding:
        return f"None of {asked}"
    who = f": {', '.join(line.outstanding)}" if named else ""
    return f"{len(line.outstanding)} of {asked}{who}"


def _quoted(tab: str) -> str:
    return "'" + tab.replace("'", "''") + "'"
