"""Two returns in one file, tabs and tables that were copied elsewhere, and files that no longer say what they are."""

import csv
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill

from tests.office import OVERLAY, TWO_BANDS, Council, Edit, changes, codes, found, progress, sent
from workbook import verbs
from workbook.merge import Merged
from workbook.palette import shades_of

AMBER, RED = shades_of("amber")[0], shades_of("red")[0]


def put(sheet: Any, cells: Sequence[Sequence[Any]], row: int, columns: Mapping[int, int] | None = None) -> None:
    """Paste cells with their fills; `columns` says where each column goes, if not to the same."""
    for down, line in enumerate(cells):
        for source in line:
            at = columns.get(source.column, 0) if columns else source.column
            if at:
                sheet.cell(row + down, at).value = source.value
                sheet.cell(row + down, at).fill = copy(source.fill)


def whole_tab(path: Path, tab: str, name: str = "") -> Edit:
    """An edit that adds a copy of another file's tab."""

    def edit(book: Any) -> None:
        put(book.create_sheet(name or tab), list(load_workbook(path)[tab].iter_rows()), 1)

    return edit


def rows_below(path: Path, tab: str, into: str, *, keys: bool = True, columns: Mapping[int, int] | None = None) -> Edit:
    """An edit that pastes another file's table below a tab's own: with key and header rows, or the actions alone."""

    def edit(book: Any) -> None:
        rows = list(load_workbook(path)[tab].iter_rows())
        first = next(index for index, row in enumerate(rows) if row[1].value == "row_id")
        put(book[into], rows[first if keys else first + 3 :], book[into].max_row + 3, columns)

    return edit


def filled_in(council: Council) -> Path:
    """Hal's return: 1.2.10 amber with a note, 2.1.1 red by paint; 1.1.3, which Pat leads too, left as it is."""
    council["HB"].type("1.2.10", "Sep", "A").type("1.2.10", "note", "The stone is late.").paint("2.1.1", "Sep", RED)
    return sent(council, recipient="HB", name="theirs.xlsx")


# What is asked about it, when it comes in Pat's return: the rows were issued to Hal.
THEIRS = [
    "1.2.10 note: The stone is late. (PS)",
    "1.2.10 progress Sep: amber (one month behind) (PS)",
    "2.1.1 progress Sep: red (over one month behind) (PS)",
]
OWN = ["1.1.1 progress Sep: None -> green"]


def asked(merged: Merged) -> list[str]:
    """What is asked about rows that were not issued to whoever sent them."""
    return sorted(
        f"{each.ref} {each.field}{' ' + each.month.short if each.month else ''}: {each.returned}"
        for each in merged.queries
        if each.kind == "not theirs"
    )


# --- another return's tabs and rows, with the master -------------------------------------------------------------


def test_another_returns_tabs_that_were_copied_in_are_read_with_the_master(council: Council) -> None:
    theirs = filled_in(council)
    council["PS"].type("1.1.1", "Sep", "G")
    merged = council.merge(sent(council, whole_tab(theirs, "CP1", "CP1 (2)"), whole_tab(theirs, "CP2")))
    assert (changes(merged), asked(merged)) == (OWN, THEIRS)
    (said,) = found(merged, "ROWS_OF_ANOTHER_RETURN")
    assert "1.2.10, 2.1.1" in said.message
    assert "HB" in said.message
    assert not {"ROW_NEW", "ROW_OF_ANOTHER_RETURN", "TAB_UNKNOWN"} & set(codes(merged))


def test_a_table_that_was_pasted_below_is_read_by_its_own_keys_and_headings(council: Council) -> None:
    theirs = filled_in(council)
    council["PS"].type("1.1.1", "Sep", "G")
    merged = council.merge(sent(council, rows_below(theirs, "CP1", "CP1"), rows_below(theirs, "CP2", "CP1")))
    assert (changes(merged), asked(merged)) == (OWN, THEIRS)
    assert not {"ROW_NEW", "ROW_OF_ANOTHER_RETURN"} & set(codes(merged))


def test_a_table_that_was_pasted_below_in_another_order_of_columns_is_read(council: Council) -> None:
    theirs = filled_in(council)
    council["PS"].type("1.1.1", "Sep", "G").type("1.1.2", "note", "Three drawn.")
    # Their note stands left of the months, which move one to the right.
    turned = {**{column: column for column in range(1, 6)}, **{month: month + 1 for month in range(6, 18)}, 18: 6}
    merged = council.merge(sent(council, rows_below(theirs, "CP1", "CP1", columns=turned)))
    assert sorted(changes(merged)) == [*OWN, "1.1.2 note: Two drawn so far. -> Three drawn."]
    assert asked(merged) == THEIRS[:2]


def test_rows_alone_that_were_pasted_below_are_read_by_their_ids(council: Council) -> None:
    theirs = filled_in(council)
    council["PS"].type("1.1.1", "Sep", "G")
    merged = council.merge(sent(council, rows_below(theirs, "CP2", "CP1", keys=False)))
    assert (changes(merged), asked(merged)) == (OWN, THEIRS[-1:])
    assert "2.1.1" in found(merged, "ROWS_OF_ANOTHER_RETURN")[0].message


def test_what_both_files_say_is_taken_once(council: Council) -> None:
    theirs = filled_in(council)
    council["PS"].type("1.1.1", "Sep", "G")
    both = sent(council, whole_tab(theirs, "CP1", "CP1 (2)"), whole_tab(theirs, "CP2"))
    merged = council.merge(both, theirs)
    assert sorted(changes(merged)) == [
        *OWN,
        "1.2.10 note: None -> The stone is late.",
        "1.2.10 progress Sep: None -> amber",
        "2.1.1 progress Sep: None -> red",
    ]
    assert (merged.conflicts, asked(merged)) == ((), [])
    assert set(merged.outstanding) == {"JG", "NO-LEAD"}


def test_an_action_in_both_tabs_is_never_lost(council: Council) -> None:
    theirs = filled_in(council)
    council["PS"].type("1.1.3", "Sep", "R")
    merged = council.merge(sent(council, whole_tab(theirs, "CP1", "CP1 (2)")))
    kept = progress(merged.plan, "1.1.3") == "Sep red"
    assert kept or "Sep red" in found(merged, "ROW_DUPLICATED")[0].message


def test_the_returns_own_row_is_kept_before_one_that_was_pasted_in(council: Council) -> None:
    theirs = filled_in(council)
    council["PS"].type("1.1.3", "Sep", "R")
    merged = council.merge(sent(council, whole_tab(theirs, "CP1", "CP1 (2)")))
    assert progress(merged.plan, "1.1.3") == "Sep red"


def test_the_headings_of_another_returns_tab_are_no_text_of_the_officers(council: Council) -> None:
    theirs = filled_in(council)
    merged = council.merge(sent(council, whole_tab(theirs, "CP2")))
    assert found(merged, "TEXT_OUTSIDE") == []


# --- without the master -------------------------------------------------------------------------------------------


def test_another_returns_rows_are_named_and_not_taken_without_the_master(council: Council) -> None:
    theirs = filled_in(council)
    council["PS"].type("1.1.1", "Sep", "G")
    (checked,) = verbs.check([sent(council, whole_tab(theirs, "CP1", "CP1 (2)"), whole_tab(theirs, "CP2"))])
    said = [each.message for each in found(checked, "ROW_OF_ANOTHER_RETURN")]
    assert len(said) == 2
    assert any("1.2.10, “Lay the paving”, HB, Sep amber, note “The stone is late.”" in each for each in said)
    assert any("2.1.1, “List the sites”" in each for each in said)
    assert {action.issued.ref for action in checked.reading.actions} == {"1.1.1", "1.1.2", "1.1.3", "1.2.1"}
    assert checked.reading.new_rows == ()


@pytest.mark.parametrize("keys", [True, False], ids=["with headings", "rows alone"])
def test_rows_below_of_another_return_are_named_without_the_master(council: Council, keys: bool) -> None:
    theirs = filled_in(council)
    (checked,) = verbs.check([sent(council, rows_below(theirs, "CP2", "CP1", keys=keys))])
    assert ["2.1.1" in each.message for each in found(checked, "ROW_OF_ANOTHER_RETURN")] == [True]
    assert "ROW_NEW" not in codes(checked)


def test_rows_of_another_plan_are_proposals(council: Council) -> None:
    def another(book: Any) -> None:
        sheet = book["CP1"]
        row = sheet.max_row + 1
        said = {1: "9.1", 2: "rabcdefg234", 3: "action" if council.layout.bands == "overlay" else "programme"}
        for column, text in {**said, 4: "Open a museum", 5: "PS", 8: "G"}.items():
            sheet.cell(row, column).value = text

    merged = council.merge(sent(council, another))
    assert "9.1, “Open a museum”, PS, Sep green" in found(merged, "ROW_NEW")[0].message


# --- files that no longer say what they are ----------------------------------------------------------------------


def as_csv(path: Path, tab: str, name: str, **how: Any) -> Path:
    """One tab of a file, saved as CSV."""
    saved = path.with_name(name)
    rows = [[cell.value or "" for cell in row] for row in load_workbook(path)[tab].iter_rows()]
    with saved.open("w", newline="", encoding=how.pop("encoding", "utf-8")) as file:
        csv.writer(file, **how).writerows(rows)
    return saved


def test_one_tab_as_csv_is_guessed_and_the_others_are_missing(council: Council) -> None:
    council["HB"].type("1.2.10", "Sep", "A").type("1.2.10", "note", "Stone, “late”;\nsee Jo").type("2.1.1", "Sep", "R")
    merged = council.merge(as_csv(sent(council, recipient="HB"), "CP1", "Book1.csv"))
    assert changes(merged) == [
        "1.2.10 note: None -> Stone, “late”;\nsee Jo",
        "1.2.10 progress Sep: None -> amber",
    ]
    about_the_file = {"ISSUE_GUESSED", "VALUES_ONLY", "TAB_MISSING", "NOT_REPORTED"}
    assert set(codes(merged)) == about_the_file | {"LATENESS_OVERSTATED", "PLAN_NOT_SEEN"}
    assert "that of HB for September 2009" in found(merged, "ISSUE_GUESSED")[0].message
    assert found(merged, "TAB_MISSING")[0].message == (
        "The tab CP2 was issued and is not in the file; it held 1 action: 2.1.1."
    )


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_is_read_however_it_was_saved(
    tmp_path: Path, offices: dict[str, Council], separator: str, encoding: str
) -> None:
    council = offices[OVERLAY.bands].fresh(tmp_path)
    council["PS"].type("1.1.2", "note", "£5; café – done, “so”").type("1.1.2", "Sep", "A")
    merged = council.merge(as_csv(sent(council), "CP1", "a.csv", delimiter=separator, encoding=encoding))
    assert changes(merged) == [
        "1.1.2 note: Two drawn so far. -> £5; café – done, “so”",
        "1.1.2 progress Sep: None -> amber",
    ]


def test_a_csv_alone_is_no_return(council: Council) -> None:
    (checked,) = verbs.check([as_csv(sent(council), "CP1", "CP1.csv")])
    assert codes(checked) == ["FILE_NOT_A_RETURN"]
    assert "plain text (CSV)" in checked.findings[0].message
    assert not checked.reading.read


def test_a_tab_that_was_copied_into_a_new_workbook_is_guessed(council: Council) -> None:
    council["PS"].type("1.1.1", "Sep", "G").paint("1.1.2", "Sep", AMBER).type("1.2.1", "note", "Ordered.")
    path = sent(council)
    book = Workbook()
    book.remove(book["Sheet"])
    whole_tab(path, "CP1", "Sheet1")(book)
    new = path.with_name("Book1.xlsx")
    book.save(new)
    merged = council.merge(new)
    assert changes(merged) == [
        "1.1.1 progress Sep: None -> green",
        "1.1.2 progress Sep: None -> amber",
        "1.2.1 note: None -> Ordered.",
    ]
    assert "ISSUE_GUESSED" in codes(merged)
    assert "HIDDEN_SHEET_LOST" not in codes(merged)  # one cause is said once
    assert not {"TAB_MISSING", "ROW_MISSING", "ROW_NEW"} & set(codes(merged))
    assert codes(verbs.check([new])[0]) == ["FILE_NOT_A_RETURN"]


def test_a_guessed_return_counts_as_returned(council: Council) -> None:
    merged = council.merge(as_csv(sent(council), "CP1", "CP1.csv"))
    assert set(merged.outstanding) == {"HB", "JG", "NO-LEAD"}


@pytest.mark.parametrize(
    "rows",
    [
        ["Shopping", "Bread"],
        ["Ref,Action,Lead,Jul,Aug,Sep,Note", "1,Buy bread,PS,G,G,A,soon", "2,Buy milk,PS,,,,"],
        ["1.1.1,,,,,,", "G,A,R,H,B,,"],
    ],
    ids=["a list", "somebody's own plan", "refs and letters alone"],
)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_of_no_return_at_all_is_none_with_the_master_either(
    tmp_path: Path, offices: dict[str, Council], rows: list[str], kind: str
) -> None:
    council = offices[TWO_BANDS.bands].fresh(tmp_path)
    path = tmp_path / f"list.{kind}"
    if kind == "csv":
        path.write_text("\n".join(rows), encoding="utf-8")
    else:
        book = Workbook()
        for row in rows:
            book["Sheet"].append(row.split(","))
        book.save(path)
    merged = council.merge(path)
    assert codes(merged) == ["FILE_NOT_A_RETURN"]
    assert merged.unread == (path.name,)
    assert merged.plan.actions == council.plan.actions


# --- cells that are one for several ------------------------------------------------------------------------------


def merge_months(council: Council, ref: str, first: str, last: str) -> Edit:
    """An edit that makes one cell of several months."""

    def edit(book: Any) -> None:
        tab, start = council["PS"].place(ref, "progress", first)
        book[tab].merge_cells(f"{start}:{council['PS'].place(ref, 'progress', last)[1]}")

    return edit


@pytest.mark.parametrize("how", ["typed", "painted"])
def test_months_that_were_merged_all_say_what_the_cell_says(council: Council, how: str) -> None:
    council["PS"].type("1.1.2", "Sep", "A") if how == "typed" else council["PS"].paint("1.1.2", "Sep", AMBER)
    merged = council.merge(sent(council, merge_months(council, "1.1.2", "Sep", "Nov")))
    assert progress(merged.plan, "1.1.2") == "Sep amber, Oct amber, Nov amber"
    assert "PROGRAMME_CHANGED" not in codes(merged)


def test_months_that_were_merged_empty_say_nothing(tmp_path: Path, offices: dict[str, Council]) -> None:
    council = offices[TWO_BANDS.bands].fresh(tmp_path)
    merged = council.merge(sent(council, merge_months(council, "1.1.2", "Sep", "Nov")))
    assert changes(merged) == []


def test_a_reported_month_that_was_swallowed_by_a_merge_is_not_lost_silently(council: Council) -> None:
    """Merging keeps the first cell alone: July's G now stands for August and September too."""
    merged = council.merge(sent(council, merge_months(council, "1.1.1", "Jul", "Sep")))
    assert progress(merged.plan, "1.1.1") == "Jul green, Aug green, Sep green"


# --- whole rows and columns --------------------------------------------------------------------------------------


def without_cells(path: Path, tab: str, where: Callable[[Any], bool], edit: Edit) -> None:
    """Take cells away and give a whole row or column a look, as programs do to keep a file small."""
    book = load_workbook(path)
    sheet = book[tab]
    for key in [key for key, cell in sheet._cells.items() if where(cell)]:
        del sheet._cells[key]
    edit(sheet)
    book.save(path)


def test_a_column_that_is_painted_as_a_whole_is_seen_in_each_of_its_cells(council: Council) -> None:
    council["PS"].type("1.1.3", "note", "On time.")
    path = sent(council)

    rows = {council["PS"].rows(ref)[1][-1] for ref in ("1.1.1", "1.1.2", "1.1.3", "1.2.1")}

    def is_september(cell: Any) -> bool:
        return (cell.row, cell.column) in {(row, 8) for row in rows}

    def whole_column(sheet: Any) -> None:
        sheet.column_dimensions["H"].fill = PatternFill("solid", fgColor=f"FF{AMBER}")

    without_cells(path, "CP1", is_september, whole_column)
    merged = council.merge(path)
    assert [progress(merged.plan, ref) for ref in ("1.1.1", "1.1.2", "1.1.3", "1.2.1")] == [
        "Jul green, Sep amber",
        *["Sep amber"] * 3,
    ]
    assert merged.plan.by_row_id["r113"].note == "On time."


def test_a_row_that_is_painted_as_a_whole_is_seen_in_each_of_its_months(council: Council) -> None:
    path = sent(council)
    _, rows = council["PS"].rows("1.2.1")

    def is_month(cell: Any) -> bool:
        return (cell.row, cell.column) in {(rows[-1], column) for column in range(6, 18)}

    def whole_row(sheet: Any) -> None:
        sheet.row_dimensions[rows[-1]].fill = PatternFill("solid", fgColor=f"FF{shades_of('suspended')[0]}")

    without_cells(path, "CP1", is_month, whole_row)
    merged = council.merge(path)
    assert len(changes(merged)) == 12
    assert {change.partition("-> ")[2] for change in changes(merged)} == {"suspended"}
    assert changes(merged)[0].startswith("1.2.1 progress")


def test_a_cell_without_a_fill_in_a_painted_column_is_one_that_was_left_out(council: Council) -> None:
    council["PS"].paint("1.1.2", "Sep", None)
    path = sent(council)
    rows = {council["PS"].rows(ref)[1][-1] for ref in ("1.1.1", "1.1.3", "1.2.1")}

    def is_september(cell: Any) -> bool:
        return (cell.row, cell.column) in {(row, 8) for row in rows}

    def whole_column(sheet: Any) -> None:
        sheet.column_dimensions["H"].fill = PatternFill("solid", fgColor=f"FF{AMBER}")

    without_cells(path, "CP1", is_september, whole_column)
    merged = council.merge(path)
    assert progress(merged.plan, "1.1.2") == ""
    assert progress(merged.plan, "1.1.3") == "Sep amber"
