"""The sheets of a master and a return: guidance, one tab a top heading, details, and those that people do not see."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import groupby

from workbook import palette
from workbook.build import styles
from workbook.build.book import Area, Book, Sheet
from workbook.build.pages import Page, points
from workbook.build.textfit import MAX_ROW_HEIGHT, text_height, text_points
from workbook.findings import Finding
from workbook.grid import Grid
from workbook.layout import Layout
from workbook.months import Month
from workbook.names import (
    BAND,
    CHOICES_COLUMN,
    GREY_KEY_LABEL,
    GUIDANCE_TAB,
    LETTERS_COLUMN,
    LISTS_SHEET,
    PEOPLE_COLUMN,
    PLAN_SHEET,
    ROW_ID,
    key_label,
    reference,
)
from workbook.palette import Fill, Status
from workbook.plan import FIRST_LAYOUT, Action
from workbook.record import Issued
from workbook.refs import column_letter
from workbook.rules import rules_of
from workbook.rules.approval import is_proposed
from workbook.source import Table
from workbook.tabs import GridColumn, GridRow, Tab

_TITLE_HEIGHT, _LINE_HEIGHT, _OUTCOME_HEIGHT, _HEADER_HEIGHT, _BAND_HEIGHT = 28.0, 14.0, 17.0, 22.0, 13.0
_MOST_FROZEN = 170.0  # points: a third of a laptop's screen; more would leave too little to scroll in
_LEAST_HEIGHT = 17.0  # of an action in one row
_LEAST_ABOUT = 24.0  # characters
At = tuple[str, int, int]  # tab, row, column
_GUIDANCE_WIDTHS = (11.0, 38.0, 92.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """Writes the sheets of one workbook; `issued` is None for a master.

    `marks` are findings to show at their cells, and `raw` text and fill that are no status, or not clearly one, by tab,
    row and column; `without_id` are actions that were not issued, and so get no row id. `figures` is the month of a
    corporate copy's or a board pack's figures: these have no drop-downs. A tab `for_reading` is not read back. `page`
    is what is printed on, where it is not as the layout says, and `header` and `footer` what stands at the top and the
    bottom of each page, where it is not the title.
    """

    book: Book
    grid: Grid
    issued: Issued | None = None
    marks: Mapping[At, Sequence[Finding]] = field(default_factory=dict)
    raw: Mapping[At, tuple[str, Fill | None]] = field(default_factory=dict)
    without_id: Set[str] = frozenset()
    figures: Month | None = None
    page: Page | None = None
    for_reading: bool = False
    header: str = ""
    footer: str = ""

    @property
    def month(self) -> Month | None:
        """The month that the headers mark: the one that is asked about, or of the figures, or a master's edition."""
        return self.issued.month if self.issued else self.figures or self.grid.plan.edition

    # --- a tab ------------------------------------------------------------------------------------------------

    def tab(self, tab: Tab) -> Sheet:
        """Write one tab: title, outcome, measures, grid."""
        sheet = self.book.sheet(tab.name, for_reading=self.for_reading)
        sheet.hide_gridlines()
        for column in tab.columns:
            sheet.column(column.number, column.spec.width if column.spec else 4, hidden=column.hidden)
        heights = [self._row(sheet, tab, row) for row in tab.rows]
        if self.figures is None:
            self._conditional_formats(sheet, tab)
            self._drop_downs(sheet, tab)
        header = tab.header.number
        last = tab.rows[-1].number
        frozen = header + 1 if sum(heights[:header]) <= _MOST_FROZEN else 1
        sheet.freeze(frozen, tab.column("action").number + 1)
        self._put_cursor(sheet, tab)
        if self.grid.layout.filter and not self.grid.printed:
            sheet.filter((header, 1, last, tab.columns[-1].number))
        corner = (last, tab.columns[-1].number)
        own = tab.spec.print
        said = replace(self, page=Page(paper=own.paper, orientation=own.orientation)) if own and not self.page else self
        sheet.allow_numbers_as_text((1, 1, *corner))
        said.finish(sheet, self.grid.title(tab.heading), repeat=(header, header), last=corner, keep=_together(tab))
        return sheet

    def _put_cursor(self, sheet: Sheet, tab: Tab) -> None:
        """In a return, where the first status is to be picked."""
        rows = self._progress_rows(tab)
        if self.issued and rows and tab.has(str(self.month)):
            sheet.select(rows[0].number, tab.column(str(self.month)).number)

    def _row(self, sheet: Sheet, tab: Tab, row: GridRow) -> float:
        """Write one row and give its height in points."""
        write = getattr(self, f"_{row.kind}")
        height: float = write(sheet, tab, row)
        sheet.row(row.number, height, hidden=row.kind == "keys")
        sheet.let_go(row.number)
        return 0.0 if row.kind == "keys" else height

    def _title(self, sheet: Sheet, tab: Tab, row: GridRow) -> float:
        title, end = self.grid.title(tab.heading), tab.columns[-1].number
        about, widths = f"{self.grid.about}\n{_capital(self.edition)}", tab.widths(end, end)
        if sum(widths) < _LEAST_ABOUT:
            # In a narrow column it runs over those left of it, on one line.
            about = about.replace("\n", ". ")
            sheet.text(row.number, end, about, {**styles.ABOUT, "text_wrap": False})
            return self._line(sheet, tab, row, end - 1, title, styles.TITLE, _TITLE_HEIGHT)
        sheet.text(row.number, end, about, styles.ABOUT)
        high = max(_TITLE_HEIGHT, text_height(about, widths, styles.SIZE))
        return self._line(sheet, tab, row, end - 1, title, styles.TITLE, high)

    def _fact(self, sheet: Sheet, tab: Tab, row: GridRow) -> float:
        text = self.grid.told(row.fact, tab.heading) if row.fact else ""
        return self._line(sheet, tab, row, tab.columns[-1].number, text, styles.OUTCOME, _OUTCOME_HEIGHT)

    def _line(
        self, sheet: Sheet, tab: Tab, row: GridRow, last: int, text: str, style: styles.Style, height: float
    ) -> float:
        """Write a text that runs over the cells up to a column.

        What is too long for that is folded in merged ones, or written smaller on paper, where no cells are merged.
        """
        widths, size, bold = tab.widths(1, last), style["font_size"], bool(style.get("bold"))
        long = text_points(text, size, bold=bold) / points(widths)
        if (long <= 1 and "\n" not in text) or self.grid.printed:
            sheet.text(row.number, 1, text, {**style, "font_size": size / max(long, 1)})
            return height
        sheet.merged((row.number, 1, row.number, last), text, {**style, "text_wrap": True})
        return min(max(height, text_height(text, widths, size, bold=bold)), MAX_ROW_HEIGHT)

    def _blank(self, *_: object) -> float:
        return 9.0

    def _block_header(self, sheet: Sheet, tab: Tab, row: GridRow) -> float:
        if row.block:
            for column, first, last in self.grid.spans(row.block, tab):
                sheet.merged((row.number, first, row.number, last), column.heading, styles.BLOCK_HEADER)
        return _LINE_HEIGHT + 2

    def _block(self, sheet: Sheet, tab: Tab, row: GridRow) -> float:
        height = _LINE_HEIGHT
        if row.block and row.heading:
            for column, first, last in self.grid.spans(row.block, tab):
                text = row.heading.said(column.field)
                if not row.first and column.field in ("ref", "title"):
                    text = ""
                style = styles.REF if column.field == "ref" else styles.BOXED
                sheet.merged((row.number, first, row.number, last), text, style)
                height = max(height, text_height(text, tab.widths(first, last), styles.SIZE))
        return min(height, MAX_ROW_HEIGHT)

    def _keys(self, sheet: Sheet, tab: Tab, row: GridRow) -> float:
        for column in tab.columns:
            sheet.text(row.number, column.number, column.key, styles.HIDDEN)
        return _LINE_HEIGHT

    def _header(self, sheet: Sheet, tab: Tab, row: GridRow) -> float:
        for column in tab.columns:
            style = styles.MONTH_HEADER if column.month else styles.HEADER
            if column.month and column.month == self.month:
                style = styles.REPORTED_MONTH_HEADER
            sheet.text(row.number, column.number, column.heading, style)
        named = [(each.heading, each.spec.width) for each in tab.visible if each.spec]
        return max(_HEADER_HEIGHT, *(text_height(text, [width], styles.SIZE, bold=True) for text, width in named))

    def _section(self, sheet: Sheet, tab: Tab, row: GridRow) -> float:
        heading = row.heading
        if heading is None:
            return _LINE_HEIGHT
        has_actions = any(action.heading == heading.ref for action in tab.actions)
        style = styles.SECTION if has_actions else styles.REFERENCE_SECTION
        for column in tab.columns:
            if column.shows_programme and has_actions:
                sheet.text(row.number, column.number, column.heading, styles.SECTION_MONTH)
            else:
                sheet.text(row.number, column.number, "", style)
        if tab.has("ref"):
            sheet.text(row.number, tab.column("ref").number, heading.ref, style)
        if not self.grid.printed:
            sheet.text(row.number, tab.column(ROW_ID).number, heading.ref, style)
            sheet.text(row.number, tab.column(BAND).number, "section", style)
        first, last = self._title_cells(tab, has_actions=has_actions)
        widths = tab.widths(first, last)
        if self.grid.printed:
            # It runs over the cells beside it, or is folded in its own.
            fits = text_points(heading.title, styles.SIZE, bold=True) <= points(widths)
            widths = widths if fits else widths[:1]
            sheet.text(row.number, first, heading.title, {**style, "text_wrap": not fits})
        else:
            sheet.merged((row.number, first, row.number, last), heading.title, style)
        return max(_LINE_HEIGHT + 2, text_height(heading.title, widths, styles.SIZE, bold=True))

    @staticmethod
    def _title_cells(tab: Tab, *, has_actions: bool) -> tuple[int, int]:
        """The columns over which a section's title runs: up to the months, or to the end where there are none."""
        first, last = tab.column("action").number, tab.columns[-1].number
        months = {column.number for column in tab.columns if column.shows_programme}
        if has_actions and months:
            last = next((number for number in range(first, last + 1) if number + 1 in months), first)
        return first, last

    def _programme(self, sheet: Sheet, tab: Tab, row: GridRow) -> float:
        action = _of(row)
        self._identity(sheet, tab, row, action)
        for column in tab.columns:
            if column.month:
                style = styles.PROGRAMMED if column.month in action.programmed else styles.PROGRAMME_BAND
                sheet.text(row.number, column.number, "", self._marked(tab, row, column, style))
            elif column.spec:
                cells = (row.number, column.number, row.number + 1, column.number)
                style = self._marked(tab, row, column, _words_style(column))
                sheet.merge(cells, style)
                sheet.value(row.number, column.number, self.grid.words(column, row), style)
            self._comment(sheet, tab, row, column)
        return self._band_heights(tab, row)[0]

    def _progress(self, sheet: Sheet, tab: Tab, row: GridRow) -> float:
        self._identity(sheet, tab, row, _of(row))
        for column in tab.months:
            self._month(sheet, tab, row, column, styles.PROGRESS_BAND)
        return self._band_heights(tab, row)[1]

    def _action(self, sheet: Sheet, tab: Tab, row: GridRow) -> float:
        action = _of(row)
        self._identity(sheet, tab, row, action)
        for column in tab.visible:
            if column.month:
                style = self._overlay(action, column.month) if column.shows_programme else styles.OVERLAY
                self._month(sheet, tab, row, column, style)
            else:
                style = self._marked(tab, row, column, _words_style(column))
                sheet.value(row.number, column.number, self.grid.words(column, row), style)
                self._comment(sheet, tab, row, column)
        return min(sum(self._band_heights(tab, row)), MAX_ROW_HEIGHT)

    def _more(self, sheet: Sheet, tab: Tab, row: GridRow) -> float:
        """What of a fact, or of an action's texts, had no room in the row above."""
        if row.fact:
            sheet.text(row.number, 1, row.text, styles.OUTCOME)
            return _OUTCOME_HEIGHT
        for column in tab.visible:
            text = "" if column.month or column.worked_out else self.grid.words(column, row)
            sheet.value(row.number, column.number, text, styles.PROGRESS_BAND if column.month else _words_style(column))
        return min(sum(self._band_heights(tab, row)), MAX_ROW_HEIGHT)

    def _month(self, sheet: Sheet, tab: Tab, row: GridRow, column: GridColumn, style: styles.Style) -> None:
        """Write one month's progress: letter and direct fill where it is reported."""
        reported = _of(row).progress.get(column.month) if column.month else None
        status = self.grid.layout.palette[reported] if reported else None
        style = {**style, **styles.painted(status)} if status else style
        letter = status.letter if status else ""
        if column.month and is_proposed(_of(row), column.month, self.grid.layout):
            letter, style = letter + palette.PROPOSED_MARK, {**style, **styles.PROPOSED}
        if raw := self.raw.get((tab.name, row.number, column.number)):
            letter, fill = raw
            style = {**style, **styles.filled(fill)} if fill else style
        sheet.value(row.number, column.number, letter, self._marked(tab, row, column, style))
        self._comment(sheet, tab, row, column)

    def _overlay(self, action: Action, month: Month) -> styles.Style:
        """The look of a month in which nothing is reported yet, where programme and progress share a row."""
        if month not in action.programmed:
            return styles.OVERLAY
        ends = {"first": month + -1 not in action.programmed, "last": month + 1 not in action.programmed}
        return {**styles.OVERLAY, **styles.filled(palette.PROGRAMME_FILL), **styles.outlined(**ends)}

    def _identity(self, sheet: Sheet, tab: Tab, row: GridRow, action: Action) -> None:
        if self.grid.printed:
            return
        row_id = "" if action.row_id in self.without_id else action.row_id
        sheet.value(row.number, tab.column(ROW_ID).number, row_id, styles.HIDDEN)
        sheet.value(row.number, tab.column(BAND).number, row.kind, styles.HIDDEN)

    def _band_heights(self, tab: Tab, row: GridRow) -> tuple[float, float]:
        """The heights of an action's two rows, which together hold its longest text."""
        needed = max(
            text_height(self.grid.words(column, row), [column.spec.width], styles.SIZE, bold=column.key == "ref")
            for column in tab.visible
            if column.spec and column.spec.wrap and not column.month
        )
        least = _LEAST_HEIGHT if self.for_reading or not self.grid.layout.has_months else 2 * _BAND_HEIGHT
        needed = min(max(needed, least), 2 * MAX_ROW_HEIGHT)
        top = max(min(max(_BAND_HEIGHT, needed - MAX_ROW_HEIGHT), needed - _BAND_HEIGHT), 0)
        # The bands share what is over, so that a long note does not stretch one month's cell alone.
        top = max(top, needed * 0.45)
        return top, needed - top

    # --- letters ----------------------------------------------------------------------------------------------

    def _progress_rows(self, tab: Tab) -> list[GridRow]:
        return list(tab.of_kind("progress", "action"))

    def _conditional_formats(self, sheet: Sheet, tab: Tab) -> None:
        """Paint each letter by rule, but for the cells that were issued with it and are painted directly.

        A rule hides a fill painted over it, so that somebody who paints over a reported month would see nothing.
        """
        for status in self.grid.layout.statuses:
            cells: list[Area] = []
            for row in self._progress_rows(tab):
                own = [c.number for c in tab.months if not (c.month and _of(row).progress.get(c.month) == status.key)]
                cells += [(row.number, first, row.number, last) for first, last in _runs(own)]
            options = {"type": "cell", "criteria": "==", "value": f'"{status.letter}"'}
            sheet.conditional(cells, options, styles.conditional(status))

    def _drop_downs(self, sheet: Sheet, tab: Tab) -> None:
        """Letters in the months, people in the leads, and a message at each cell that says what to do."""
        rows = [row.number for row in self._progress_rows(tab)]
        asked = [column.number for column in tab.months if column.month == self.month]
        others = [column.number for column in tab.months if column.month != self.month]
        if all(column.spec and column.spec.drop_down for column in tab.months):
            self._letters(sheet, rows, asked, self.month.name if self.month else "Progress", "Pick a letter:")
            leave = "Leave empty, but for new dates or" if self.grid.layout.has_months else "Leave as it is, but for"
            what = f"{leave} a correction:" if self.issued else "Pick a letter:"
            self._letters(sheet, rows, others, "Progress", what)
        tops = [row.number for row in tab.of_kind("programme", "action")]
        note = tab.column("note")
        late = _late(self.grid.layout)
        asks = f"For {late}: why it has slipped, and what will be done.\nOtherwise whatever" if late else "Whatever"
        message = f"{asks} helps the reader."
        sheet.validate(
            [(row, note.number, row, note.number) for row in tops],
            {"validate": "any", "input_title": styles.cut(note.heading, 32), "input_message": message},
        )
        for column in tab.visible:
            offered = self._offered(column)
            if offered:
                # Several leads in one cell are on no list, so a list offers and does not insist.
                cells = [(row, column.number, row, column.number) for row in tops]
                sheet.validate(cells, {"validate": "list", "source": offered, "show_error": False})

    def _offered(self, column: GridColumn) -> str:
        """Where the words stand that a column's drop-down offers, statuses apart; nowhere, if there are none."""
        if column.spec and column.spec.drop_down == "people" and self.grid.plan.people:
            return _list(PEOPLE_COLUMN, len(self.grid.plan.people))
        at = {choices: number for number, choices in enumerate(self._choices, CHOICES_COLUMN)}
        choices = column.spec.choices if column.spec else ()
        return _list(at[choices], len(choices)) if choices else ""

    @property
    def _choices(self) -> list[tuple[str, ...]]:
        """The lists of words that columns offer, each once."""
        specs = (column.spec for column in self.grid.known_columns if column.spec)
        return list(dict.fromkeys(spec.choices for spec in specs if spec.choices))

    def _letters(self, sheet: Sheet, rows: Sequence[int], months: Sequence[int], title: str, what: str) -> None:
        """A drop-down of letters in these rows and months."""
        statuses = self.grid.layout.statuses
        key = "\n".join(f"{status.letter}  {status.label.lower()}" for status in statuses)
        cells = [(row, first, row, last) for row in rows for first, last in _runs(months)]
        options = {
            "validate": "list",
            "source": _list(LETTERS_COLUMN, len(statuses)),
            "input_title": title,
            "input_message": styles.cut(f"{what}\n{key}", 255),
            "error_title": "Pick a letter",
            "error_message": styles.cut(f"Only these letters are understood:\n{key}", 255),
        }
        sheet.validate(cells, options)

    # --- marks ------------------------------------------------------------------------------------------------

    def _marked(self, tab: Tab, row: GridRow, column: GridColumn, style: styles.Style) -> styles.Style:
        return {**style, **styles.MARKED} if (tab.name, row.number, column.number) in self.marks else style

    def _comment(self, sheet: Sheet, tab: Tab, row: GridRow, column: GridColumn) -> None:
        found = self.marks.get((tab.name, row.number, column.number), ())
        if found:
            text = "\n\n".join(f"{each.message}\n{each.remedy}" for each in found)
            sheet.comment(row.number, column.number, text, height=40 + 70 * len(found))

    # --- the other sheets -------------------------------------------------------------------------------------

    def guidance(self) -> None:
        """Write the first tab: what this workbook is, what to do, the key, the rules."""
        sheet = self.book.sheet(GUIDANCE_TAB)
        sheet.hide_gridlines()
        for column, width in enumerate(_GUIDANCE_WIDTHS, 1):
            sheet.column(column, width)
        plan = self.grid.plan
        sheet.text(1, 1, plan.title, styles.TITLE)
        sheet.row(1, 26)
        sheet.text(2, 1, " · ".join(part for part in (plan.organisation, self.edition) if part), styles.QUIET)
        row = 4
        for line in self._what_to_do():
            sheet.merged((row, 1, row, 3), line, styles.TEXT)
            sheet.row(row, text_height(line, _GUIDANCE_WIDTHS, styles.SIZE))
            row += 1
        row = self._key(sheet, row + 1)
        row = self._rules(sheet, row + 1)
        row = self._about(sheet, row + 1)
        ids = reference(plan.plan_id, self.issued.issue_id if self.issued else "")
        sheet.text(row, 1, f"Please leave this line as it is: {ids}", styles.QUIET)
        self.finish(sheet, GUIDANCE_TAB, repeat=None, last=(row, 3))
        sheet.activate()

    def _what_to_do(self) -> list[str]:
        month = self.month
        if self.issued is None or month is None:
            planned = "its programme in grey" if self.grid.layout.has_months else "its dates"
            return [
                "This is the master copy of the plan: returns are issued from it, and merged into it.",
                f"Each action has {planned}; what has been reported is in letters and colours.",
            ]
        due = f" Please send it back by {self.issued.due}." if self.issued.due else ""
        late = _late(self.grid.layout)
        return [
            f"This is the return of {self.issued.name} for {month.name}.{due}",
            f"1.  Go through the tabs. For each action, click on {self._where_to_report(month)}, and pick a letter. "
            "You may paint the cell in its colour instead: both are read.",
            f"2.  Write in the column “{self.grid.layout.all_columns['note'].heading or 'Note'}”, where there is "
            f"something to say.{f' What is {late} needs a reason and a plan.' if late else ''}",
            "3.  Save the workbook as it is, as an Excel file, and send it back. Nothing needs to be installed.",
        ]

    def _where_to_report(self, month: Month) -> str:
        if not self.grid.layout.has_months:
            return f"its cell in the column “{self.grid.months[-1].heading}” (its header is yellow)"
        below = "below the grey ones" if self.grid.layout.has_two_bands else "of the action, over the grey if any"
        return f"the cell of {month.name} (its header is yellow) in the row {below}"

    def _key(self, sheet: Sheet, row: int) -> int:
        for column, text in enumerate(("Key", "Status", "Meaning"), 1):
            sheet.text(row, column, text, styles.BLOCK_HEADER)
        sheet.row(row, 18)
        if self.grid.layout.has_months:
            row += 1
            sheet.text(row, 1, "", {**styles.BOXED, **styles.filled(palette.PROGRAMME_FILL)})
            sheet.text(row, 2, GREY_KEY_LABEL, styles.KEY_LABEL)
            sheet.text(row, 3, "The months for which the action is planned. Fixed.", styles.KEY)
            sheet.row(row, 18)
        for at, status in enumerate(self.grid.layout.statuses, row + 1):
            style = {**styles.KEY_LABEL, "align": "center", **styles.painted(status)}
            sheet.text(at, 1, status.letter, style)
            sheet.text(at, 2, key_label(status), styles.KEY_LABEL)
            meaning = status.meaning + (_needs(status) if status.needs_approval else "")
            sheet.text(at, 3, meaning, styles.KEY)
            sheet.row(at, max(18.0, text_height(meaning, _GUIDANCE_WIDTHS[2:], styles.SIZE)))
        return row + 1 + len(self.grid.layout.statuses)

    def _rules(self, sheet: Sheet, row: int) -> int:
        sheet.merged((row, 1, row, 3), "Guidance", styles.BLOCK_HEADER)
        sheet.row(row, 18)
        for number, rule in enumerate(rules_of(self.grid.layout), 1):
            sheet.text(row + number, 1, f"{number}.", {**styles.KEY, "align": "center"})
            sheet.merged((row + number, 2, row + number, 3), rule.sentence, styles.KEY)
            sheet.row(row + number, max(18.0, text_height(rule.sentence, _GUIDANCE_WIDTHS[1:], styles.SIZE)))
        return row + len(rules_of(self.grid.layout)) + 1

    def _about(self, sheet: Sheet, row: int) -> int:
        said = {
            key: value
            for key, value in self.grid.plan.settings.items()
            if not (key.endswith("_label") or key == FIRST_LAYOUT or key in self._reported_settings)
        }
        for at, (key, value) in enumerate(said.items(), row):
            sheet.text(at, 1, key.replace("_", " ").capitalize(), styles.STRONG)
            sheet.text(at, 2, value, styles.BASE)
        return row + len(said) + 1

    @property
    def _reported_settings(self) -> Set[str]:
        """The settings that are paragraphs of a report."""
        return {part.setting for spec in self.grid.layout.tabs for part in spec.parts if part.setting}

    def lists(self) -> None:
        """Write the hidden sheet behind the drop-downs."""
        sheet = self.book.sheet(LISTS_SHEET, "hidden")
        sheet.text(1, LETTERS_COLUMN, "Letter")
        sheet.text(1, LETTERS_COLUMN + 1, "Status")
        for row, status in enumerate(self.grid.layout.statuses, 2):
            sheet.text(row, LETTERS_COLUMN, status.letter)
            sheet.text(row, LETTERS_COLUMN + 1, status.label)
        sheet.text(1, PEOPLE_COLUMN, "Initials")
        sheet.text(1, PEOPLE_COLUMN + 1, "Name")
        for row, person in enumerate(self.grid.plan.people, 2):
            sheet.text(row, PEOPLE_COLUMN, person.initials)
            sheet.text(row, PEOPLE_COLUMN + 1, person.name)
        for column, choices in enumerate(self._choices, CHOICES_COLUMN):
            sheet.text(1, column, "Choices")
            for row, choice in enumerate(choices, 2):
                sheet.text(row, column, choice)

    def plan(self, tables: Iterable[Table]) -> None:
        """Write the very hidden sheet that carries the plan: its tables one below the other, named in column A."""
        write_tables(self.book, PLAN_SHEET, tables)

    def finish(
        self,
        sheet: Sheet,
        name: str,
        *,
        repeat: tuple[int, int] | None,
        last: tuple[int, int],
        keep: Set[int] = frozenset(),
    ) -> None:
        """Lock what is locked, and say how the sheet is printed.

        `last` is its last row and column; rows in `keep` stay on a page with the row below them.
        """
        layout = self.grid.layout
        if (layout.protect or self.figures) and not self.grid.printed:
            sheet.protect()
        footer = styles.footer(f"{self.grid.plan.title}, {self.edition}", name)
        sheet.print_setup(
            self.paper, header=self.header, footer=self.footer or footer, repeat=repeat, last=last, keep=keep
        )

    @property
    def paper(self) -> Page:
        """What is printed on."""
        said = self.grid.layout.print
        return self.page or Page(paper=said.paper, orientation=said.orientation)

    @property
    def edition(self) -> str:
        """The words for which edition, or whose return, this is."""
        if self.issued:
            return f"return for {self.issued.month.name}: {self.issued.name}"
        edition = self.grid.plan.edition
        return f"{edition.name} edition" if edition else "as programmed"


def write_tables(book: Book, name: str, tables: Iterable[Table]) -> None:
    """Write a very hidden sheet with these tables, each row beginning with its table's name."""
    sheet = book.sheet(name, "very hidden")
    row = 1
    for each in tables:
        for values in (each.columns, *(values for _, values in each.rows)):
            for column, value in enumerate((each.name, *values), 1):
                if value:
                    sheet.value(row, column, value, styles.PLAIN_TEXT)
            sheet.let_go(row)
            row += 1


def _together(tab: Tab) -> Set[int]:
    """The rows that stay on a page with the row below: the two of an action, and what stands over others."""
    over = {"title", "outcome", "blank", "block_header", "keys", "header", "section", "programme"}
    heads = {"programme", "action"}
    pairs = zip(tab.rows, tab.rows[1:], strict=False)
    return {row.number for row, below in pairs if row.kind in over and (row.kind != "section" or below.kind in heads)}


def _late(layout: Layout) -> str:
    """The colours of which the guidance wants a reason and a plan: `amber or red`; none in a form without such."""
    if "reason_and_plan" not in layout.guidance:
        return ""
    return " or ".join(status.colour for status in layout.statuses if status.behind)


def _needs(status: Status) -> str:
    return f" This needs approval: until then it is {status.letter}{palette.PROPOSED_MARK}, in a dashed outline."


def _of(row: GridRow) -> Action:
    if row.action is None:
        raise TypeError(f"row {row.number} shows no action")
    return row.action


def _words_style(column: GridColumn) -> styles.Style:
    if column.key == "ref":
        return styles.REF
    style = styles.BOXED if column.spec is None or column.spec.locked else styles.OPEN
    return style if column.spec is None or column.spec.wrap else {**style, "text_wrap": False}


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """The first and last of each run of numbers that follow one another."""
    groups = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    runs = [[number for _, number in group] for _, group in groups]
    return [(run[0], run[-1]) for run in runs]


def _list(column: int, length: int) -> str:
    letter = column_letter(column)
    return f"={LISTS_SHEET}!${letter}$2:${letter}${length + 1}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
