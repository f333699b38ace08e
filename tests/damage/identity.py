"""Damage to which row is which action: rows, columns, tabs and the hidden parts that hold them together."""

from copy import copy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.damage.desk import Desk, NotHereError
from tests.damage.kinds import kind
from tests.damage.truth import COLLEAGUE
from tests.office import OFFICER as PROGRAM
from tests.office import Council

ROWS, COLUMNS, TABS = "Rows", "Columns", "Tabs"
WORDS = ("ref", "action", "lead", "note")


def section(desk: Desk, *refs: str) -> tuple[str, list[str]]:
    """A tab and the actions of one section on it, which must be there one below the other."""
    row_ids = [desk.row_id(ref) for ref in refs]
    tab, numbers = "", []
    for row_id in row_ids:
        tab, rows = desk.rows_of(row_id)
        numbers += rows
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        raise NotHereError
    return tab, row_ids


def put(desk: Desk, tab: str, row: int, words: dict[str, str]) -> None:
    """Write texts into a row by column key, or by month."""
    for key, text in words.items():
        if key in desk.columns[tab]:
            desk.officer.type_text(tab, desk.sheet(tab).cell(row, desk.columns[tab][key]).coordinate, text)


@kind(ROWS, "Rows are sorted, their hidden ids with them.", form="overlay")
def rows_sorted(desk: Desk) -> None:
    tab, row_ids = section(desk, "2.1.1", "2.1.2", "2.1.3")
    desk.permute(tab, row_ids, [row_ids[2], row_ids[0], row_ids[1]], list(desk.columns[tab]))


@kind(ROWS, "Rows are sorted, and the hidden ids stay behind.", form="overlay")
def rows_sorted_without_ids(desk: Desk) -> None:
    tab, row_ids = section(desk, "2.1.1", "2.1.2", "2.1.3")
    visible = [key for key in desk.columns[tab] if key not in ("row_id", "band")]
    desk.permute(tab, row_ids, [row_ids[2], row_ids[0], row_ids[1]], visible)


@kind(ROWS, "Rows are sorted from the wording on; refs and hidden ids stay behind.", form="overlay")
def rows_sorted_without_refs(desk: Desk) -> None:
    tab, row_ids = section(desk, "2.1.1", "2.1.2", "2.1.3")
    kept = [key for key in desk.columns[tab] if key not in ("row_id", "band", "ref")]
    desk.permute(tab, row_ids, [row_ids[2], row_ids[0], row_ids[1]], kept)


@kind(ROWS, "Rows are sorted up to the months; the notes stay behind.", form="overlay")
def rows_sorted_without_notes(desk: Desk) -> None:
    tab, row_ids = section(desk, "2.1.1", "2.1.2", "2.1.3")
    order = [row_ids[2], row_ids[0], row_ids[1]]
    desk.permute(tab, row_ids, order, [key for key in desk.columns[tab] if key != "note"])


@kind(ROWS, "An action's rows are cut and inserted elsewhere.")
def rows_moved(desk: Desk) -> None:
    tab, (first, _, last) = section(desk, "2.1.1", "2.1.2", "2.1.3")
    if desk.rows_of(last)[0] != tab:
        raise NotHereError
    desk.move_rows(last, before=desk.rows_of(first)[1][0])


@kind(ROWS, "A row is inserted, and a new action written in it; it looks like the painted row above.")
def row_inserted(desk: Desk) -> None:
    tab, rows = desk.rows_of(desk.row_id("1.1.1"))
    below = rows[-1] + 1
    desk.insert_rows(tab, below)
    put(desk, tab, below, {"action": "Tell the press", "lead": "PS", str(desk.baseline.period[4]): "A"})
    desk.extra.append("Tell the press")


@kind(ROWS, "A row is inserted between the two rows of an action, and written in.", form="two")
def row_inserted_between(desk: Desk) -> None:
    tab, rows = desk.rows_of(desk.row_id("2.1.2"))
    if len(rows) != len(("programme", "progress")):
        raise NotHereError
    # The merged words grow over the new row, so that only its months can be written in.
    desk.insert_rows(tab, rows[1])
    put(desk, tab, rows[1], {str(desk.baseline.period[8]): "slipping"})
    desk.extra.append("slipping")


@kind(ROWS, "Empty rows are inserted.")
def rows_inserted_empty(desk: Desk) -> None:
    tab, rows = desk.rows_of(desk.row_id("1.1.2"))
    desk.insert_rows(tab, rows[0])
    desk.insert_rows(tab, rows[-1] + 2)


@kind(ROWS, "An action's rows are deleted.")
def rows_deleted(desk: Desk) -> None:
    for ref in ("1.1.2", "2.1.2"):
        desk.delete_rows(*desk.rows_of(desk.row_id(ref)))


@kind(ROWS, "Only the lower of an action's two rows is deleted.", form="two")
def lower_row_deleted(desk: Desk) -> None:
    tab, rows = desk.rows_of(desk.row_id("1.1.1"))
    desk.delete_rows(tab, rows[1:])


@kind(ROWS, "Only the upper of an action's two rows is deleted.", form="two")
def upper_row_deleted(desk: Desk) -> None:
    tab, rows = desk.rows_of(desk.row_id("1.1.2"))
    desk.delete_rows(tab, rows[:1])


@kind(ROWS, "Two neighbouring rows are deleted that are halves of two actions.", form="two")
def halves_of_two_deleted(desk: Desk) -> None:
    tab, rows = desk.rows_of(desk.row_id("1.1.1"))
    _, below = desk.rows_of(desk.row_id("1.1.2"))
    if below[0] != rows[-1] + 1:
        raise NotHereError
    desk.delete_rows(tab, [rows[-1], below[0]])


@kind(ROWS, "An action's rows are copied and pasted below, as they are.")
def rows_copied(desk: Desk) -> None:
    _, rows = desk.rows_of(row_id := desk.row_id("1.1.1"))
    desk.copy_rows(row_id, before=rows[-1] + 1)


@kind(ROWS, "An action's rows are copied, and the copy reports something else.")
def rows_copied_and_filled_in(desk: Desk) -> None:
    tab, rows = desk.rows_of(row_id := desk.row_id("1.1.1"))
    copied = desk.copy_rows(row_id, before=rows[-1] + 1)
    month = str(desk.baseline.period[2])
    put(desk, tab, copied[-1], {month: "R"})
    # Two rows say different things of one action: nobody can tell which is meant.
    desk.unclear(row_id, "progress", desk.baseline.period[2])


@kind(ROWS, "An action's rows are copied, and the copy is written over with a new action.")
def rows_copied_and_overwritten(desk: Desk) -> None:
    tab, rows = desk.rows_of(row_id := desk.row_id("1.1.1"))
    copied = desk.copy_rows(row_id, before=rows[-1] + 1)
    put(desk, tab, copied[0], {"ref": "1.1.9", "action": "Hold an exhibition in the square"})
    desk.extra.append("Hold an exhibition in the square")


@kind(ROWS, "An action's rows are pasted over another's, hidden ids and all.")
def rows_pasted_over(desk: Desk) -> None:
    tab, rows = desk.rows_of(desk.row_id("1.1.2"))
    _, over = desk.rows_of(row_id := desk.row_id("1.1.3"))
    if len(rows) != len(over) or desk.rows_of(row_id)[0] != tab:
        raise NotHereError
    _paste(desk.sheet(tab), dict(zip(rows, over, strict=True)))
    desk.rows[row_id] = {}


@kind(ROWS, "The visible part of an action's rows is pasted over another's; the hidden ids stay.")
def words_pasted_over(desk: Desk) -> None:
    tab, rows = desk.rows_of(desk.row_id("1.1.2"))
    _, over = desk.rows_of(row_id := desk.row_id("1.1.3"))
    if len(rows) != len(over) or desk.rows_of(row_id)[0] != tab:
        raise NotHereError
    hidden = {desk.columns[tab].get("row_id", 0), desk.columns[tab].get("band", 0)}
    _paste(desk.sheet(tab), dict(zip(rows, over, strict=True)), hidden)
    desk.rows[row_id] = {}


def _paste(sheet: Any, rows: dict[int, int], left: set[int] = frozenset()) -> None:  # type: ignore[assignment]  # never changed
    for source, target in rows.items():
        for cell in list(sheet[source]):
            if cell.column not in left and type(cell).__name__ == "Cell":
                PROGRAM.put(sheet.cell(target, cell.column), cell.value, cell.data_type, cell._style)


@kind(ROWS, "The words and months of two actions change places; the hidden ids stay.", form="overlay")
def rows_swapped(desk: Desk) -> None:
    tab, row_ids = section(desk, "1.1.2", "1.1.3")
    visible = [key for key in desk.columns[tab] if key not in ("row_id", "band")]
    desk.permute(tab, row_ids, row_ids[::-1], visible)


@kind(ROWS, "Rows are hidden by a filter.")
def rows_hidden(desk: Desk) -> None:
    for ref in ("1.1.1", "2.1.1"):
        tab, rows = desk.rows_of(desk.row_id(ref))
        for row in rows:
            desk.sheet(tab).row_dimensions[row].hidden = True


@kind(ROWS, "The hidden ids are cleared.")
def ids_cleared(desk: Desk) -> None:
    for tab in desk.tab_names:
        _clear(desk, tab, "row_id")


@kind(ROWS, "The hidden ids and the kinds of the rows are cleared.")
def ids_and_bands_cleared(desk: Desk) -> None:
    for tab in desk.tab_names:
        _clear(desk, tab, "row_id")
        _clear(desk, tab, "band")


@kind(ROWS, "The hidden ids of some rows are cleared.")
def some_ids_cleared(desk: Desk) -> None:
    for ref in ("1.1.2", "2.1.3"):
        tab, rows = desk.rows_of(desk.row_id(ref))
        for row in rows:
            _cell(desk, tab, row, "row_id").value = None


@kind(ROWS, "A hidden id is typed over with something else.")
def id_overwritten(desk: Desk) -> None:
    tab, rows = desk.rows_of(desk.row_id("1.1.2"))
    _cell(desk, tab, rows[0], "row_id").value = "x"


def _cell(desk: Desk, tab: str, row: int, key: str) -> Any:
    if key not in desk.columns[tab]:
        raise NotHereError
    return desk.sheet(tab).cell(row, desk.columns[tab][key])


def _clear(desk: Desk, tab: str, key: str) -> None:
    for row in range(desk.headers[tab] + 1, desk.bottom(tab) + 1):
        _cell(desk, tab, row, key).value = None


@kind(ROWS, "An action's wording is edited.")
def wording_edited(desk: Desk) -> None:
    desk.write(desk.row_id("1.1.2"), "action", "Draw the options for the square")
    desk.write(desk.row_id("2.1.1"), "action", "List all sites")


@kind(ROWS, "An action's wording is replaced by another one.")
def wording_replaced(desk: Desk) -> None:
    desk.write(desk.row_id("2.1.2"), "action", "Find a partner who pays for the roof")


@kind(ROWS, "Refs are edited.")
def refs_edited(desk: Desk) -> None:
    desk.write(desk.row_id("1.1.3"), "ref", "1.1.30")
    desk.write(desk.row_id("2.1.2"), "ref", "2.1.3")  # another action's


@kind(ROWS, "The lead is edited.")
def lead_edited(desk: Desk) -> None:
    desk.write(desk.row_id("1.1.2"), "lead", "HB")
    desk.write(desk.row_id("1.1.3"), "lead", "HB, JG", "HB / JG")


@kind(ROWS, "2.10 becomes the number 2.1, which is another action's ref.")
def ref_as_number(desk: Desk) -> None:
    cell = desk.cell(row_id := desk.row_id("2.10"), "ref")
    cell.value, cell.number_format = 2.1, "General"
    desk.means(row_id, "ref", None, "2.10")


@kind(ROWS, "2.10 becomes the number 2.1, and the hidden ids are gone.")
def ref_as_number_without_ids(desk: Desk) -> None:
    ref_as_number(desk)
    ids_cleared(desk)


@kind(ROWS, "Merged cells are unmerged, and the note goes on in the lower row.", form="two")
def cells_unmerged(desk: Desk) -> None:
    row_id = desk.row_id("2.10")
    for tab in desk.tab_names:
        sheet = desk.sheet(tab)
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(area.coord)
    tab, rows = desk.rows_of(row_id)
    put(desk, tab, rows[-1], {"note": "Two more in May."})
    desk.means(row_id, "note", None, f"{desk.truth[row_id, 'note', None]}\nTwo more in May.")


@kind(ROWS, "Everything is pasted as values: no drop-downs, no rules, no merged cells.")
def pasted_as_values(desk: Desk) -> None:
    for tab in desk.tab_names:
        sheet = desk.sheet(tab)
        sheet.conditional_formatting = type(sheet.conditional_formatting)()
        sheet.data_validations.dataValidation = []
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(area.coord)


@kind(COLUMNS, "The note is moved in front of the months.")
def column_moved(desk: Desk) -> None:
    for tab in desk.tab_names:
        keys = _keys(desk, tab, "note")
        at = keys.index("lead") + 1 if "lead" in keys else 1
        desk.arrange_columns(tab, [*keys[:at], "note", *keys[at:-1]] if keys[-1] == "note" else keys)


def _keys(desk: Desk, tab: str, *wanted: str) -> list[str]:
    """The columns of a tab from the left, which must have these."""
    keys = sorted(desk.columns[tab], key=lambda key: desk.columns[tab][key])
    if not set(wanted) <= set(keys):
        raise NotHereError
    return keys


@kind(COLUMNS, "Two months change places.")
def months_swapped(desk: Desk) -> None:
    one, other = (str(desk.baseline.period[number]) for number in (2, 3))
    for tab in desk.tab_names:
        places = {one: other, other: one}
        desk.arrange_columns(tab, [places.get(key, key) for key in _keys(desk, tab, one, other)])


def _is_on(desk: Desk, row_id: str, tab: str) -> bool:
    return any(its_tab == tab for its_tab, _ in desk.rows[row_id].values())


@kind(COLUMNS, "A column is inserted, and written in.")
def column_inserted(desk: Desk) -> None:
    for tab in desk.tab_names:
        keys = _keys(desk, tab, "lead")
        at = keys.index("lead")
        desk.arrange_columns(tab, [*keys[:at], "+", *keys[at:]])
        row = desk.rows_of(next(row_id for row_id in desk.actions if _is_on(desk, row_id, tab)))[1][0]
        desk.sheet(tab).cell(desk.headers[tab], at + 1).value = "Contractor"
        desk.sheet(tab).cell(row, at + 1).value = f"Mason and Sons, {tab}"
        desk.extra.append(f"Mason and Sons, {tab}")


@kind(COLUMNS, "Columns are hidden.")
def columns_hidden(desk: Desk) -> None:
    for tab in desk.tab_names:
        for key in ("lead", str(desk.baseline.period[2])):
            if key in desk.columns[tab]:
                letter = desk.sheet(tab).cell(1, desk.columns[tab][key]).column_letter
                desk.sheet(tab).column_dimensions[letter].hidden = True


@kind(COLUMNS, "The headings are reworded.")
def columns_renamed(desk: Desk) -> None:
    for tab in desk.tab_names:
        put(
            desk,
            tab,
            desk.headers[tab],
            {"note": "Where we are", "action": "What", str(desk.baseline.period[2]): "this month"},
        )


@kind(COLUMNS, "A month's column is deleted.")
def month_deleted(desk: Desk) -> None:
    _delete_column(desk, str(desk.baseline.period[2]))


@kind(COLUMNS, "The notes' column is deleted.")
def notes_deleted(desk: Desk) -> None:
    _delete_column(desk, "note")


@kind(COLUMNS, "The leads' column is deleted.")
def leads_deleted(desk: Desk) -> None:
    _delete_column(desk, "lead")


@kind(COLUMNS, "The refs' column is deleted.")
def refs_deleted(desk: Desk) -> None:
    _delete_column(desk, "ref")


@kind(COLUMNS, "The hidden columns are deleted.")
def hidden_columns_deleted(desk: Desk) -> None:
    _delete_column(desk, "row_id", "band")


def _delete_column(desk: Desk, *gone: str) -> None:
    for tab in desk.tab_names:
        desk.arrange_columns(tab, [key for key in _keys(desk, tab, *gone) if key not in gone])


def _key_row(desk: Desk, tab: str) -> int:
    """The hidden row of keys, right above the header."""
    row = desk.headers[tab] - 1
    if "action" not in [cell.value for cell in desk.sheet(tab)[row]]:
        raise NotHereError
    return row


@kind(COLUMNS, "The hidden row of keys is deleted.")
def key_row_deleted(desk: Desk) -> None:
    for tab in desk.tab_names:
        desk.delete_rows(tab, [_key_row(desk, tab)])


@kind(COLUMNS, "The hidden row of keys is deleted, and the headings are reworded.")
def key_row_deleted_and_columns_renamed(desk: Desk) -> None:
    key_row_deleted(desk)
    columns_renamed(desk)


@kind(COLUMNS, "The hidden row of keys and the hidden columns are deleted.")
def nothing_hidden_left(desk: Desk) -> None:
    key_row_deleted(desk)
    hidden_columns_deleted(desk)


@kind(COLUMNS, "The header row is deleted, and the hidden row of keys with it.")
def header_deleted(desk: Desk) -> None:
    for tab in desk.tab_names:
        desk.delete_rows(tab, [desk.headers[tab], _key_row(desk, tab)])
        desk.rows |= {row_id: {} for row_id, kinds in desk.rows.items() if any(at == tab for at, _ in kinds.values())}


@kind(COLUMNS, "Rows are inserted at the top, and written in.")
def header_pushed_down(desk: Desk) -> None:
    for tab in desk.tab_names:
        desk.insert_rows(tab, 1, 20)
        desk.sheet(tab)["D3"].value = f"Notes of our team meeting on {tab}"
        desk.extra.append(f"Notes of our team meeting on {tab}")


@kind(COLUMNS, "Something is written below the table and beside it.")
def written_outside(desk: Desk) -> None:
    tab = desk.tab_names[0]
    sheet = desk.sheet(tab)
    sheet.cell(desk.bottom(tab) + 5, 4).value = "We could not do more in the holidays."
    sheet.cell(desk.headers[tab] + 3, max(desk.columns[tab].values()) + 3).value = "Ask Jo about this one."
    desk.extra += ["We could not do more in the holidays.", "Ask Jo about this one."]


@kind(TABS, "A tab is renamed.")
def tab_renamed(desk: Desk) -> None:
    desk.rename(desk.tab_names[0], "Town centre 2009")


@kind(TABS, "Tabs are put in another order.")
def tabs_reordered(desk: Desk) -> None:
    desk.book._sheets.reverse()
    desk.book.active = 0


@kind(TABS, "Two tabs change their names.")
def tabs_swapped(desk: Desk) -> None:
    one, other = desk.tab_names
    desk.rename(one, "aside")
    desk.rename(other, one)
    desk.rename("aside", other)


@kind(TABS, "A tab is copied.")
def tab_copied(desk: Desk) -> None:
    desk.book.copy_worksheet(desk.sheet(desk.tab_names[0])).title = "Copy for me"


@kind(TABS, "A tab is copied, and the copy is filled in as well.")
def tab_copied_and_filled_in(desk: Desk) -> None:
    tab, row, column = desk.at(row_id := desk.row_id("1.1.1"), "progress", month := desk.baseline.period[2])
    copied = desk.book.copy_worksheet(desk.sheet(tab))
    copied.title = "Copy for me"
    copied.cell(row, column).value = "R"
    desk.unclear(row_id, "progress", month)


@kind(TABS, "A tab is deleted.")
def tab_deleted(desk: Desk) -> None:
    tab = desk.tab_names[-1]
    desk.book.remove(desk.sheet(tab))
    desk.lose_tab(tab)


@kind(TABS, "All tabs are deleted but the guidance.")
def all_tabs_deleted(desk: Desk) -> None:
    for tab in desk.tab_names:
        desk.book.remove(desk.sheet(tab))
        desk.lose_tab(tab)


@kind(TABS, "A tab is hidden.")
def tab_hidden(desk: Desk) -> None:
    desk.sheet(desk.tab_names[-1]).sheet_state = "hidden"


@kind(TABS, "A tab of the officer's own is added.")
def tab_added(desk: Desk) -> None:
    desk.book.create_sheet("Workings")["B2"].value = "What the paving costs"
    desk.extra.append("What the paving costs")


def _colleagues(desk: Desk) -> Any:
    """A colleague's return, filled in, as an openpyxl workbook."""
    with TemporaryDirectory() as folder:
        council = Council.issuing(Path(folder), desk.layout, plan=desk.council.plan.as_of(0))
        theirs = council[COLLEAGUE].type("1.2.10", "Sep", "R").type("1.2.10", "note", "The stone is late.")
        return PROGRAM._OpenpyxlBook(theirs.type("2.1.4", "Sep", "G").send()).book


def _copy_cells(source: Any, target: Any, first: int, down: int) -> None:
    """Copy a sheet's rows from one on into another workbook's sheet, texts and fills."""
    for row in source.iter_rows(min_row=first):
        for cell in row:
            if type(cell).__name__ == "Cell":
                copied = target.cell(cell.row + down, cell.column, cell.value)
                copied.fill, copied.number_format = copy(cell.fill), cell.number_format


@kind(TABS, "A colleague's return is pasted into the same file, as another tab.")
def returns_in_one_file(desk: Desk) -> None:
    for sheet in _colleagues(desk).worksheets:
        if sheet.title.startswith("CP"):
            _copy_cells(sheet, desk.book.create_sheet(f"{sheet.title} Hal"), 1, 0)
    desk.unclear(desk.row_id("1.1.3"), "progress", desk.baseline.period[2])
    desk.extra += ["Lay the paving", "The stone is late.", "Tell the tenants"]


@kind(TABS, "A colleague's return is pasted below the table of the same tab.")
def returns_in_one_tab(desk: Desk) -> None:
    tab = desk.tab_names[-1]
    sheet, theirs = desk.sheet(tab), _colleagues(desk)["CP1"]
    first = next(
        row
        for row in range(1, theirs.max_row)
        if theirs.cell(row, 1).value == "Ref" and theirs.cell(row, 4).value == "Action"
    )
    _copy_cells(theirs, sheet, first, desk.bottom(tab) + 2 - first)
    desk.extra += ["Lay the paving", "The stone is late."]
