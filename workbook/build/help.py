"""The sheet that says how an empty plan source is filled in: in which order, what each column is for, an example."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbook.build import styles
from workbook.build.book import Book, Sheet
from workbook.build.pages import Page
from workbook.build.textfit import MAX_ROW_HEIGHT, text_height
from workbook.names import DETAILS_TAB, GUIDANCE_TAB, HELP_SHEET
from workbook.source import BlankSource, BlankTable

_WIDTHS = (18.0, 76.0, 26.0, 26.0, 26.0)
_LAST = len(_WIDTHS)
_Cell = tuple[int, int, str]  # the first and last column of a text, and the text
_COMMAND: styles.Style = {**styles.KEY, "font_name": "Courier New", "bold": True}
_SECTION_HEIGHT, _LINE_HEIGHT = 20.0, 14.0


def write_help(book: Book, source: BlankSource, command: str) -> None:
    """Write the help in front of an empty plan source; `command` builds a master of it."""
    sheet = book.sheet(HELP_SHEET)
    sheet.hide_gridlines()
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column(column, width)
    page = _Page(sheet=sheet, keep=set())
    row = page.title(f"How to fill in: {source.title}", f"{source.layout.title}. {source.layout.description}")
    row = page.steps(row, source, command)
    row = page.levels(row, source)
    row = page.settings(row, source)
    for table in source.tables:
        row = page.table(row, table)
    row = page.dates(row, source)
    sheet.print_setup(
        Page(paper="A4"),
        footer=styles.footer(source.title, HELP_SHEET),
        repeat=None,
        last=(row - 2, _LAST),
        keep=page.keep,
    )
    sheet.activate()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """Writes the sheet from the top; each part begins in a given row, and gives the row for the next."""

    sheet: Sheet
    keep: set[int]  # rows that stay on a page with the row below: those of one part

    def title(self, title: str, about: str) -> int:
        return self._end(self._over(self._over(1, 1, title, styles.TITLE), 1, about, styles.QUIET))

    def steps(self, row: int, source: BlankSource, command: str) -> int:
        row = self._section(row, "In this order")
        about = {table.name: table.about for table in source.tables}
        steps = [
            "1.  The sheet settings: what the plan is called, when it begins, who answers for it.",
            f"2.  The sheet people. {about['people']}",
            f"3.  The sheet headings. {about['headings']} The levels are explained below.",
            f"4.  The sheet actions. {about['actions']}",
            "5.  Save the file, and give it to whoever coordinates the plan, who has the program. To build: open "
            "a terminal in the folder of this file, and type this line, with this file's name in place of plan.xlsx.",
        ]
        for step in steps:
            row = self._over(row, 1, step, styles.TEXT)
        row = self._over(row, 2, command, _COMMAND)
        row = self._over(
            row,
            1,
            "      The line says what is doubtful, by sheet and cell. Put it right here, save, and type the line again "
            "with  --force  after it. It changes nothing in this file.",
            styles.TEXT,
        )
        row = self._section(self._end(row), "Good to know")
        for line in _GOOD_TO_KNOW:
            row = self._over(row, 1, f"•  {line}", styles.TEXT)
        return self._end(row)

    def levels(self, row: int, source: BlankSource) -> int:
        row = self._section(row, "The levels of headings")
        row = self._header(row, ("level", "what it is in the workbook"))
        for level, text in source.levels:
            row = self._entry(row, level, text, ())
        return self._end(row)

    def settings(self, row: int, source: BlankSource) -> int:
        row = self._section(row, "The sheet settings")
        row = self._header(row, ("key", "what to write", "for example"))
        for each in source.settings:
            said = f"{each.help} {each.more}".strip()
            row = self._entry(row, each.key, said, (each.example,), required=each.required)
        return self._end(row)

    def table(self, row: int, table: BlankTable) -> int:
        row = self._section(row, f"The sheet {table.name}. {table.about}")
        examples = len(table.columns[0].examples)
        lines = [f"example line {number}" if examples > 1 else "example line" for number in range(1, examples + 1)]
        row = self._header(row, ("column", "what to write", *lines))
        for column in table.columns:
            row = self._entry(row, column.name, column.help, column.examples, required=column.required)
        return self._end(row)

    def dates(self, row: int, source: BlankSource) -> int:
        row = self._section(row, "Dates that are understood")
        row = self._cells(row, ((1, 2, "written as"), (3, _LAST, "what it means")), styles.BLOCK_HEADER)
        for written, meaning in source.dates:
            row = self._cells(row, ((1, 2, "   ·   ".join(written)), (3, _LAST, meaning)), styles.BOXED)
        text = (
            "A day that does not exist (31/11), and words that hold no date (“when funds allow”), are kept as they are "
            "written and named when the master is built. Nothing is worked out from the day on which that is done."
        )
        return self._end(self._over(row, 1, text, styles.TEXT))

    # --- one row ----------------------------------------------------------------------------------------------

    def _section(self, row: int, text: str) -> int:
        self.sheet.merged((row, 1, row, _LAST), text, {**styles.HEADER, "text_wrap": False})
        self.sheet.row(row, _SECTION_HEIGHT)
        self.keep.add(row)
        return row + 1

    def _header(self, row: int, names: Sequence[str]) -> int:
        return self._cells(row, _beside(names), styles.BLOCK_HEADER)

    def _entry(self, row: int, name: str, text: str, examples: Sequence[str], *, required: bool = False) -> int:
        said = f"Must be filled in. {text}" if required else text
        return self._cells(row, _beside((name, said, *examples)), styles.BOXED, styles.REF)

    def _cells(self, row: int, cells: Iterable[_Cell], style: styles.Style, first: styles.Style | None = None) -> int:
        """One row of a table."""
        height = _LINE_HEIGHT
        for column, last, text in cells:
            its = first if first and column == 1 else style
            self.sheet.merged((row, column, row, last), text, its)
            bold = bool(its.get("bold"))
            height = max(height, text_height(text, _WIDTHS[column - 1 : last], styles.SIZE, bold=bold))
        self.sheet.row(row, min(height, MAX_ROW_HEIGHT))
        self.keep.add(row)
        return row + 1

    def _over(self, row: int, first: int, text: str, style: styles.Style) -> int:
        """A text over all columns from one on."""
        self.sheet.merged((row, first, row, _LAST), text, {**style, "text_wrap": True})
        bold = bool(style.get("bold"))
        height = text_height(text, _WIDTHS[first - 1 :], style["font_size"], bold=bold)
        self.sheet.row(row, min(max(height, _LINE_HEIGHT), MAX_ROW_HEIGHT))
        self.keep.add(row)
        return row + 1

    def _end(self, row: int) -> int:
        """The end of a part, after which there is a blank row."""
        self.keep.discard(row - 1)
        return row + 1


def _beside(texts: Sequence[str]) -> Iterable[_Cell]:
    """Texts in a column each, the last of which runs on to the right end."""
    for column, text in enumerate(texts, 1):
        yield column, _LAST if column == len(texts) else column, text


_GOOD_TO_KNOW = (
    "What has a dark header must be filled in, and is yellow as long as it is missing. All else may stay empty.",
    "Click on a header or a cell: a note says what to write. Where an arrow appears, pick from the list.",
    "Leave the names of the sheets and the first row of each as they are. Rows may be inserted and deleted.",
    "All cells are text, so that the ref 1.10 stays 1.10. Paste from elsewhere with Paste Special, Values: otherwise "
    "lists and notes are lost.",
    f"A column of your own may be added at the right: it is shown on the tab {DETAILS_TAB} of the master. A setting of "
    f"your own may be added below the others: it is shown on the tab {GUIDANCE_TAB}.",
    "Every action gets a row id when the master is built, by which it is known from then on. There is no column for it "
    "here. In a file that was exported later there is one, row_id: leave that as it is.",
    "Once workbooks have been sent out to officers, change the plan in the master, and no longer here.",
)
