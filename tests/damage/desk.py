"""An officer's desk: a return that is filled in and then damaged, and what the officer means all the while.

Rows and columns are followed through whatever is done to them, so that one kind of damage can come after another.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from copy import copy, deepcopy
from pathlib import Path
from typing import Any

from openpyxl.styles import PatternFill
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.dimensions import DimensionHolder

from tests.damage.package import Package
from tests.damage.truth import OFFICER, UNCLEAR, Key, baseline_of, tabs_of, truth_of
from tests.office import OFFICER as PROGRAM
from tests.office import Council, Return, months
from workbook.grid import Grid
from workbook.layout import Layout
from workbook.months import Month
from workbook.plan import Action
from workbook.refs import a1, column_letter


class NotHereError(Exception):
    """What a kind of damage is about is not in this return (any more), so that it does not apply."""


def solid(colour: str) -> PatternFill:
    """A solid fill in RRGGBB."""
    return PatternFill("solid", fgColor=f"FF{colour}")


class Desk:
    """One return in openpyxl, its truth, and what is still to be done to the saved bytes."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.layout: Layout = council.layout
        self.two_bands = council.layout.bands == "two"
        self.sent: Return = council[OFFICER]
        self.baseline = baseline_of(council, OFFICER)
        self.actions: Mapping[str, Action] = self.baseline.by_row_id
        self.tabs = tabs_of(self.layout, self.baseline)
        self.officer = PROGRAM._OpenpyxlBook(self.sent.path)
        self.book: Any = self.officer.book
        self.truth: dict[Key, str | None] = truth_of(self.actions, self.baseline.period)
        self.painted: set[Key] = set()
        self.touched: set[Key] = set()
        self.extra: list[str] = []
        self.closing: list[Callable[[], None]] = []
        self.later: list[Callable[[Package], None]] = []
        self.last: list[Callable[[Package], None]] = []  # what leaves the parts in another dialect, or fewer of them
        self.recolour: Mapping[str, str] | None = None
        self.finish: Callable[[bytes], bytes] | None = None
        self.name = self.sent.path.name
        grid = Grid(self.layout, self.baseline, whole=False)
        self.rows: dict[str, dict[str, tuple[str, int]]] = {
            row_id: {kind: (tab.name, row.number) for kind, row in rows.items()}
            for row_id, (tab, rows) in grid.rows_of.items()
        }
        self.columns = {tab.name: {each.key: each.number for each in grid.columns} for tab in grid.tabs}
        self.headers = {tab.name: tab.header.number for tab in grid.tabs}

    def another(self) -> "Desk":
        """A desk with the same return on it, as far as it has been filled in: quicker than opening the file again."""
        made = copy(self)
        made.officer = copy(self.officer)
        made.officer.book = made.book = _copied(self.book)
        made.truth, made.painted, made.touched = dict(self.truth), set(self.painted), set(self.touched)
        made.closing = list(self.closing)
        made.extra, made.later, made.last = list(self.extra), list(self.later), list(self.last)
        made.rows = {row_id: dict(kinds) for row_id, kinds in self.rows.items()}
        made.columns = {tab: dict(columns) for tab, columns in self.columns.items()}
        made.headers = dict(self.headers)
        return made

    # --- where things are ---------------------------------------------------------------------------------------

    def row_id(self, ref: str) -> str:
        """The row id of an action."""
        return next(row_id for row_id, each in self.actions.items() if each.ref == ref)

    def at(self, row_id: str, field: str, month: Month | None = None) -> tuple[str, int, int]:
        """The tab, row and column where a value stands now; `programmed` is the grey row's."""
        key = str(month) if month else field
        kinds = self.rows.get(row_id, {})
        lower = field == "progress" and self.two_bands
        place = kinds.get("action") or kinds.get("progress" if lower else "programme")
        if place is None or key not in self.columns.get(place[0], {}):
            raise NotHereError
        return (*place, self.columns[place[0]][key])

    def place(self, row_id: str, field: str, month: Month | None = None) -> tuple[str, str]:
        """The same as tab and cell name."""
        tab, row, column = self.at(row_id, field, month)
        return tab, a1(row, column)

    def cell(self, row_id: str, field: str, month: Month | None = None) -> Any:
        """The openpyxl cell of a value."""
        tab, row, column = self.at(row_id, field, month)
        return self.sheet(tab).cell(row, column)

    def sheet(self, tab: str) -> Any:
        """An unprotected sheet."""
        return self.officer.sheet(tab)

    def rows_of(self, row_id: str) -> tuple[str, list[int]]:
        """The tab of an action, and its rows."""
        places = sorted(self.rows.get(row_id, {}).values())
        if not places:
            raise NotHereError
        return places[0][0], [row for _, row in places]

    @property
    def tab_names(self) -> list[str]:
        """The tabs with tables that are still there."""
        return [name for name in self.columns if name in self.book.sheetnames]

    def free(self) -> tuple[str, Month]:
        """An action and a month of which nothing has been said so far."""
        for month in months("Sep", "Oct", "Nov", "Dec", "Jan"):
            for row_id in self.actions:
                key = (row_id, "progress", month)
                if self.truth[key] is None and key not in self.touched and self.rows.get(row_id):
                    return row_id, month
        raise NotHereError

    def reported(self, *statuses: str) -> tuple[str, Month]:
        """A month that was issued with one of these statuses (or any) and was left alone so far."""
        for row_id, action in self.actions.items():
            for month, status in action.progress.items():
                untouched = (row_id, "progress", month) not in self.touched and self.rows.get(row_id)
                if untouched and (not statuses or status in statuses):
                    return row_id, month
        raise NotHereError

    def bottom(self, tab: str) -> int:
        """The last row with something written in it."""
        written: list[int] = [cell.row for cell in self.sheet(tab)._cells.values() if cell.value is not None]
        return max(written)

    def stands(self, text: str) -> bool:
        """Whether words are still somewhere in the workbook, in a cell or a comment."""
        cells = [cell for sheet in self.book.worksheets for cell in sheet._cells.values()]
        comments = [cell.comment.text for cell in cells if cell.comment]
        return any(text in said for said in [*comments, *(str(cell.value) for cell in cells)])

    # --- what the officer does, and means by it -----------------------------------------------------------------

    def means(self, row_id: str, field: str, month: Month | None, truth: str | None, *, painted: bool = False) -> None:
        """Note what the officer means with a value; `painted` where only a colour says so."""
        key = (row_id, field, month)
        self.truth[key] = truth
        self.touched.add(key)
        (self.painted.add if painted else self.painted.discard)(key)

    def type(self, row_id: str, month: Month, text: str, truth: str | None) -> None:
        """Type into a month."""
        self.officer.type_text(*self.place(row_id, "progress", month), text)
        self.means(row_id, "progress", month, truth)

    def paint(self, row_id: str, month: Month, fill: Any, truth: str | None) -> None:
        """Paint a month; the colour alone says it."""
        self.cell(row_id, "progress", month).fill = solid(fill) if isinstance(fill, str) else fill
        self.means(row_id, "progress", month, truth, painted=truth is not None)

    def write(self, row_id: str, field: str, text: str, truth: str | None = None) -> None:
        """Write a note, a wording, a ref or a lead."""
        self.officer.type_text(*self.place(row_id, field), text)
        self.means(row_id, field, None, truth or text)

    def unclear(self, row_id: str, field: str, month: Month | None = None) -> None:
        """Note that nobody can tell what is meant."""
        self.means(row_id, field, month, UNCLEAR)

    # --- rows and columns ---------------------------------------------------------------------------------------

    def insert_rows(self, tab: str, row: int, count: int = 1) -> None:
        """Insert rows above one, which look like the row above."""
        self.sheet(tab)
        self.officer.insert_rows(tab, row, count)
        self._shift(tab, row, count)

    def delete_rows(self, tab: str, numbers: Sequence[int]) -> None:
        """Delete whole rows."""
        for row in sorted(numbers, reverse=True):
            self.officer.delete_rows(tab, row, 1)
            for kinds in self.rows.values():
                for kind in [kind for kind, place in kinds.items() if place == (tab, row)]:
                    del kinds[kind]
            self._shift(tab, row + 1, -1)

    def copy_rows(self, row_id: str, before: int) -> list[int]:
        """Insert copies of an action's rows above another row of its tab, and give their numbers."""
        tab, numbers = self.rows_of(row_id)
        PROGRAM.copy_rows(self.officer, tab, set(numbers), before)
        self._shift(tab, before, len(numbers))
        return list(range(before, before + len(numbers)))

    def move_rows(self, row_id: str, before: int) -> None:
        """Cut an action's rows out and insert them above another row of its tab."""
        copied = self.copy_rows(row_id, before)
        kinds = sorted(self.rows[row_id], key=lambda kind: self.rows[row_id][kind])
        tab, numbers = self.rows_of(row_id)
        self.rows[row_id] = {kind: (tab, row) for kind, row in zip(kinds, copied, strict=True)}
        self.delete_rows(tab, numbers)

    def permute(self, tab: str, row_ids: Sequence[str], order: Sequence[str], keys: Sequence[str]) -> None:
        """Put each action's cells in these columns where another one's were: an overlay's rows, sorted."""
        if self.two_bands:
            raise NotHereError
        sheet, numbers = self.sheet(tab), [self.rows_of(row_id)[1][0] for row_id in row_ids]
        columns = [self.columns[tab][key] for key in keys if key in self.columns[tab]]
        kept = {
            row_id: [(cell.value, cell.data_type, copy(cell._style)) for cell in self._cells(tab, row_id, columns)]
            for row_id in row_ids
        }
        for number, row_id in zip(numbers, order, strict=True):
            for column, content in zip(columns, kept[row_id], strict=True):
                PROGRAM.put(sheet.cell(number, column), *content)
            self.rows[row_id] = {"action": (tab, number)}

    def _cells(self, tab: str, row_id: str, columns: Sequence[int]) -> list[Any]:
        return [self.sheet(tab).cell(self.rows_of(row_id)[1][0], column) for column in columns]

    def _shift(self, tab: str, first: int, count: int) -> None:
        for kinds in self.rows.values():
            for kind, (its_tab, row) in kinds.items():
                if its_tab == tab and row >= first:
                    kinds[kind] = (tab, row + count)
        if self.headers[tab] >= first:
            self.headers[tab] += count

    def arrange_columns(self, tab: str, order: Sequence[str]) -> None:
        """Put the columns of a tab in another order, by their keys; one that is not named is deleted, `+` is new."""
        sheet, was = self.sheet(tab), self.columns[tab]
        cells = {
            (row, column): sheet.cell(row, column) for row in range(1, self.bottom(tab) + 1) for column in was.values()
        }
        kept = {at: (cell.value, cell.data_type, copy(cell._style)) for at, cell in cells.items()}
        widths = {key: copy(sheet.column_dimensions[column_letter(column)]) for key, column in was.items()}
        hidden = {key: key in ("row_id", "band") for key in was}
        moved = {was[key]: new for new, key in enumerate(order, 1) if key != "+"}
        areas = [(area.min_row, area.max_row, area.min_col, area.max_col) for area in sheet.merged_cells.ranges]
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(area.coord)
        sheet.delete_cols(1, len(was) + 1)
        sheet.column_dimensions.clear()
        for (row, column), content in kept.items():
            if column in moved:
                PROGRAM.put(sheet.cell(row, moved[column]), *content)
        for new, key in enumerate(order, 1):
            if key != "+":
                dimension = sheet.column_dimensions[column_letter(new)]
                dimension.width, dimension.hidden = widths[key].width, hidden[key]
        for top, bottom, left, right in areas:
            columns = sorted(moved[column] for column in range(left, right + 1) if column in moved)
            together = columns and columns == list(range(columns[0], columns[-1] + 1))
            if together and (top, columns[0]) != (bottom, columns[-1]):
                spans = {"start_row": top, "end_row": bottom, "start_column": columns[0], "end_column": columns[-1]}
                sheet.merge_cells(**spans)
        self._move_ranges(sheet, moved)
        self.columns[tab] = {key: new for new, key in enumerate(order, 1) if key != "+"}

    def _move_ranges(self, sheet: Any, moved: Mapping[int, int]) -> None:
        """Let drop-downs and conditional formats follow their columns."""
        kept = []
        for validation in sheet.data_validations.dataValidation:
            if ranges := _moved(validation.sqref, moved):
                validation.sqref = type(validation.sqref)(ranges)
                kept.append(validation)
        sheet.data_validations.dataValidation = kept
        formats = type(sheet.conditional_formatting)()
        for entry in sheet.conditional_formatting:
            if ranges := _moved(entry.sqref, moved):
                for rule in entry.rules:
                    formats.add(ranges, rule)
        sheet.conditional_formatting = formats

    def rename(self, tab: str, to: str) -> None:
        """Rename a tab."""
        self.officer.rename(tab, to)
        self.columns = {to if name == tab else name: columns for name, columns in self.columns.items()}
        self.headers[to] = self.headers.pop(tab)
        for kinds in self.rows.values():
            for kind, (its_tab, row) in kinds.items():
                if its_tab == tab:
                    kinds[kind] = (to, row)

    def lose_tab(self, tab: str) -> None:
        """Note that a tab has been deleted."""
        del self.columns[tab]
        for row_id, kinds in self.rows.items():
            if any(its_tab == tab for its_tab, _ in kinds.values()):
                self.rows[row_id] = {}

    # --- saving -------------------------------------------------------------------------------------------------

    def send(self, path: Path) -> None:
        """Save the workbook, and do to its bytes what is still to be done."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.to_bytes())

    def to_bytes(self) -> bytes:
        """The saved and damaged file."""
        for step in self.closing:
            step()
        if not any(sheet.sheet_state == "visible" for sheet in self.book.worksheets):
            raise NotHereError
        saved = io.BytesIO()
        self.book.save(saved)
        package = Package(saved.getvalue())
        package.without_clock()
        package.share_strings()
        for change in (*self.later, *self.last):
            change(package)
        data = package.to_bytes()
        return self.finish(data) if self.finish else data


def _moved(ranges: Any, moved: Mapping[int, int]) -> str:
    """Ranges column by column, where their columns have gone."""
    return " ".join(
        f"{a1(area.min_row, moved[column])}:{a1(area.max_row, moved[column])}"
        for area in ranges.ranges
        for column in range(area.min_col, area.max_col + 1)
        if column in moved
    )


def _copied(book: Any) -> Any:
    """A deep copy of a workbook. What openpyxl keeps in lists and dictionaries of its own would come out empty."""
    styles: dict[int, Any] = {
        id(each): IndexedList(each) for each in vars(book).values() if isinstance(each, IndexedList)
    }
    made = deepcopy(book, styles)
    for sheet in made.worksheets:
        for name, make in (("row_dimensions", sheet._add_row), ("column_dimensions", sheet._add_column)):
            holder: Any = DimensionHolder(worksheet=sheet, default_factory=make)
            holder.update(getattr(sheet, name))
            setattr(sheet, name, holder)
    return made
