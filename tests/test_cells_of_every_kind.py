"""Whatever kind of value an officer leaves in a cell: read as it is seen, or held and named; text stays text."""

import csv
import datetime as dt
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.office import OVERLAY, TWO_BANDS, Council, Edit, changes, codes, found, progress, sent
from workbook import verbs
from workbook.read.cells import RawBook
from workbook.read.opening import open_book

SEP, NOTE = "Sep", "note"
WAS = "1.1.2 note: Two drawn so far. -> "


@pytest.fixture
def two(tmp_path: Path, offices: dict[str, Council]) -> Council:
    return offices[TWO_BANDS.bands].fresh(tmp_path)


def place(council: Council, where: str, ref: str = "1.1.2") -> tuple[str, str]:
    return council["PS"].place(ref, *(("progress", where) if where == SEP else (where, None)))


def holds(council: Council, where: str, value: object, *, kind: str = "", shown: str = "", ref: str = "1.1.2") -> Edit:
    """An edit that leaves a value in 1.1.2's September or note: of that kind, shown in that number format."""

    def edit(book: Any) -> None:
        tab, cell = place(council, where, ref)
        book[tab][cell].value = value
        if shown:
            book[tab][cell].number_format = shown
        if kind:
            book[tab][cell].data_type = kind

    return edit


def with_value(path: Path, cell: str, value: str) -> Path:
    """Give a formula on CP1 the value that a program would have worked out for it."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    (name,) = [name for name, data in parts.items() if name.startswith("xl/worksheets/") and b"<f>" in data]
    text = parts[name].decode()
    said = rf'<c r="{cell}"([^>]*?)><f>(.*?)</f><v ?/?>(</v>)?</c>'
    text, count = re.subn(said, rf'<c r="{cell}"\1 t="str"><f>\2</f><v>{value}</v></c>', text)
    assert count == 1
    with zipfile.ZipFile(path, "w") as new:
        for each, data in (parts | {name: text.encode()}).items():
            new.writestr(each, data)
    return path


# --- formulas ---------------------------------------------------------------------------------------------------


def test_a_formula_in_a_month_is_read_by_its_value_and_named(council: Council) -> None:
    path = with_value(sent(council, holds(council, SEP, '=UPPER("a")')), place(council, SEP)[1], "A")
    merged = council.merge(path)
    assert changes(merged) == ["1.1.2 progress Sep: None -> amber"]
    (said,) = found(merged, "FORMULA_FOUND")
    assert (said.severity, said.place) == ("note", "!".join(place(council, SEP)))
    assert '=UPPER("a")' in said.message
    assert "“A”" in said.message


def test_a_formula_in_a_note_is_read_by_its_value_and_named(council: Council) -> None:
    path = with_value(sent(council, holds(council, NOTE, '="Late"&amp;"."')), place(council, NOTE)[1], "Late.")
    merged = council.merge(path)
    assert changes(merged) == [f"{WAS}Late."]
    assert len(found(merged, "FORMULA_FOUND")) == 1


@pytest.mark.parametrize(
    ("value", "kind"),
    [('=UPPER("a")', ""), ("#REF!", "e"), ("#N/A", "e"), ("#NAME?", "e")],
    ids=["a formula without its value", "a lost reference", "not available", "a name"],
)
def test_what_has_no_value_is_held_and_named(council: Council, value: str, kind: str) -> None:
    path = sent(council, holds(council, SEP, value, kind=kind), holds(council, NOTE, value, kind=kind))
    merged = council.merge(path)
    assert changes(merged) == []
    assert value in found(merged, "STATUS_UNKNOWN")[0].message
    (said,) = found(merged, "VALUE_UNREAD")
    assert value in said.message
    assert said.place == "!".join(place(council, NOTE))
    assert {(each.kind, each.field, each.returned) for each in merged.queries} == {
        ("unread", "progress", f"{value} (PS)"),
        ("unread", "note", f"{value} (PS)"),
    }
    assert merged.plan.by_row_id["r112"].note == "Two drawn so far."


@pytest.mark.parametrize("name", ["ref", "action", "lead"])
def test_an_error_in_a_word_that_is_not_theirs_changes_nothing(council: Council, name: str) -> None:
    council["PS"].type("1.1.2", SEP, "A")
    merged = council.merge(sent(council, holds(council, name, "#REF!", kind="e")))
    assert changes(merged) == ["1.1.2 progress Sep: None -> amber"]
    assert "#REF!" in found(merged, "VALUE_UNREAD")[0].message
    assert not {"REF_CHANGED", "ACTION_CHANGED", "LEAD_CHANGED", "ROW_MISSING"} & set(codes(merged))


# --- numbers, dates, yes and no -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "shown", "read"),
    [
        (0.5, "0%", "0.5"),
        (1200, '"£"#,##0', "1200"),
        (1.1, "0.00", "1.1"),
        (1200, "#,##0", "1200"),
        (0.1 + 0.2, "0.00", "0.3"),
    ],
)
def test_a_number_that_is_shown_otherwise_is_read_and_named(two: Council, value: float, shown: str, read: str) -> None:
    merged = two.merge(sent(two, holds(two, NOTE, value, shown=shown)))
    assert changes(merged) == [f"{WAS}{read}"]
    (said,) = found(merged, "NUMBER_FORMATTED")
    assert shown in said.message
    assert read in said.message


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (7, "7"),
        (0.1 + 0.2, "0.3"),
        (dt.date(2009, 9, 1), "2009-09-01"),
        (dt.datetime(2009, 9, 1, 14, 30), "2009-09-01 14:30:00"),
        (dt.time(14, 30), "14:30:00"),
        (True, "TRUE"),
        (CellRichText("Late, but ", TextBlock(InlineFont(b=True), "not"), " by much"), "Late, but not by much"),
        ("One\nTwo\r\nThree", "One\nTwo\nThree"),
        ("'quoted'", "'quoted'"),
        ("  spaces  ", "spaces"),
        ("a\tb", "a\tb"),
        ("_x0041_", "A"),
        ("zero\u200bwidth", "zero\u200bwidth"),
        ("emoji 🙂 and “quotes” & <tags>", "emoji 🙂 and “quotes” & <tags>"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_note_of_any_kind_is_read_as_it_is_seen(two: Council, value: object, read: str) -> None:
    merged = two.merge(sent(two, holds(two, NOTE, value)))
    assert changes(merged) == [f"{WAS}{read}"]
    assert set(codes(merged)) <= {"NOT_REPORTED", "NUMBER_FORMATTED"}


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (CellRichText("A", TextBlock(InlineFont(b=True), "mb"), "er"), "amber"),
        ("'G", "green"),
        ("\u00a0g\u00a0", "green"),
        ("A\n", "amber"),
    ],
    ids=["rich text", "an apostrophe", "spaces that do not break", "a line break"],
)
def test_a_letter_in_any_dress_is_that_letter(council: Council, value: object, status: str) -> None:
    merged = council.merge(sent(council, holds(council, SEP, value)))
    assert changes(merged) == [f"1.1.2 progress Sep: None -> {status}"]


@pytest.mark.parametrize(
    ("value", "shown", "read"),
    [
        (7, "", "7"),
        (0.5, "0%", "0.5"),
        (True, "", "TRUE"),
        (dt.date(2009, 9, 1), "", "2009-09-01"),
        ("one\ntwo", "", "one\ntwo"),
        ("=G", "s", "=G"),
    ],
    ids=["a number", "a share", "yes", "a date", "two lines", "a formula as text"],
)
def test_a_value_that_is_no_status_is_held_and_named(council: Council, value: object, shown: str, read: str) -> None:
    edit = holds(council, SEP, value, kind="s") if shown == "s" else holds(council, SEP, value, shown=shown)
    merged = council.merge(sent(council, edit))
    assert changes(merged) == []
    assert f"“{read}” was typed" in found(merged, "STATUS_UNKNOWN")[0].message
    assert [(each.field, each.returned) for each in merged.queries] == [("progress", f"{read} (PS)")]


def test_spaces_alone_are_nothing(council: Council) -> None:
    merged = council.merge(sent(council, holds(council, SEP, "   ")))
    assert changes(merged) == []
    assert codes(merged) == ["NOT_REPORTED"]


# --- long texts and signs -----------------------------------------------------------------------------------------

LONGEST = "Twenty characters.. " * 1638 + "seven.."


def carried_through(council: Council, text: str) -> dict[str, str]:
    """A note through everything that it goes through: the note of 1.1.2 as each file has it."""
    council["PS"].type("1.1.2", NOTE, text)
    path, folder = sent(council), council.folder
    merged = council.merge(path)
    verbs.write_merged(merged, folder / "new.xlsx", layout=council.layout, queries=folder / "queries.xlsx")
    verbs.check([path], annotate=folder / "annotated")
    plan = verbs.read(folder / "new.xlsx")
    for ending in ("xlsx", "json", "csv"):
        verbs.export(plan, folder / f"plan.{ending}")
    with (folder / "plan.csv").open(encoding="utf-8", newline="") as file:
        csv_note = next(row["note"] for row in csv.DictReader(file) if row["ref"] == "1.1.2")
    (copy,) = [
        each
        for each in verbs.check([folder / "annotated" / path.name])[0].reading.actions
        if each.issued.ref == "1.1.2"
    ]
    for name in ("new.xlsx", f"annotated/{path.name}", "plan.xlsx"):
        assert formulas(open_book(folder / name)) == []
    return {
        "master": plan.by_row_id["r112"].note,
        "annotated": copy.value("note") or "",
        "xlsx": verbs.read(folder / "plan.xlsx").by_row_id["r112"].note,
        "json": verbs.read(folder / "plan.json").by_row_id["r112"].note,
        "csv": csv_note,
    }


def formulas(book: RawBook) -> list[str]:
    return [cell.formula for sheet in book.sheets for _, _, cell in sheet if cell.formula]


@pytest.fixture(autouse=True, scope="module")
def _long_csv_fields() -> None:
    csv.field_size_limit(1_000_000)


def test_the_longest_text_that_a_cell_holds_goes_through_whole(two: Council) -> None:
    assert len(LONGEST) == 32_767
    assert set(carried_through(two, LONGEST).values()) == {LONGEST}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_text_that_begins_like_a_formula_stays_text(two: Council, sign: str) -> None:
    text = f"{sign}1+1 and so on"
    said = carried_through(two, text)
    assert said.pop("csv") == f"'{text}"
    assert set(said.values()) == {text}


@pytest.mark.parametrize("text", ["{=1+1}", "https://council.example/x", "1.10", "007", "01/09/2009", "TRUE"])
def test_text_that_looks_like_something_else_stays_text(two: Council, text: str) -> None:
    assert set(carried_through(two, text).values()) == {text}


def test_formulas_beside_the_table_are_named_and_are_no_formulas_in_the_copy(two: Council) -> None:
    path = sent(two, lambda book: book["CP1"].cell(3, 20, "=1+1"))
    verbs.check([path], annotate=two.folder / "annotated")
    assert formulas(open_book(two.folder / "annotated" / path.name)) == []
    assert "=1+1" in found(two.read(path), "TEXT_OUTSIDE")[0].message


# --- headings -----------------------------------------------------------------------------------------------------


def renamed(names: Callable[[int, int], object], *, keys: bool) -> Edit:
    """An edit that renames the months' headings, and clears the hidden row of keys above them if told to."""

    def edit(book: Any) -> None:
        for row in book["CP1"].iter_rows(min_row=9, max_row=10, min_col=1, max_col=18):
            for cell in row:
                if cell.row == 9 and not keys:
                    cell.value = None
                elif cell.row == 10 and cell.column in range(6, 18):
                    number = (cell.column - 6 + 6) % 12 + 1
                    cell.value = names(2009 if number > 6 else 2010, number)

    return edit


NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
HEADINGS: dict[str, Callable[[int, int], object]] = {
    "a date": lambda year, month: dt.date(year, month, 1),
    "as a date is written": lambda year, month: f"{year}-{month:02}-01",
    "2009-09": lambda year, month: f"{year}-{month:02}",
    "Sep-09": lambda year, month: f"{NAMES[month - 1]}-{year % 100:02}",
    "Sep 2009": lambda year, month: f"{NAMES[month - 1]} {year}",
    "SEP.": lambda year, month: f"{NAMES[month - 1].upper()}.",  # noqa: ARG005  # one call for all
}


@pytest.mark.parametrize("keys", [True, False], ids=["with the key row", "without"])
@pytest.mark.parametrize("name", HEADINGS)
def test_months_are_found_whatever_their_headings_became(
    tmp_path: Path, offices: dict[str, Council], name: str, keys: bool
) -> None:
    council = offices[OVERLAY.bands].fresh(tmp_path)
    council["PS"].type("1.1.2", SEP, "A").type("1.1.2", "Oct", "H")
    merged = council.merge(sent(council, renamed(HEADINGS[name], keys=keys)))
    assert progress(merged.plan, "1.1.2") == "Sep amber, Oct revised"
    assert "COLUMN_MISSING" not in codes(merged)


@pytest.mark.parametrize("keys", [True, False], ids=["with the key row", "without"])
def test_a_month_whose_heading_means_no_month_is_read_by_its_key_or_named(council: Council, keys: bool) -> None:
    council["PS"].type("1.1.2", SEP, "A")
    path = sent(council, renamed(lambda _, month: NAMES[month - 1] if month != 9 else "now", keys=keys))
    merged = council.merge(path)
    if keys:
        assert changes(merged) == ["1.1.2 progress Sep: None -> amber"]
    else:
        assert changes(merged) == []
        assert "September 2009" in found(merged, "COLUMN_MISSING")[0].message


# --- in the wrong place -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["A", "On target", "PS"])
@pytest.mark.parametrize("cell", ["S14", "H11"], ids=["beside the row", "in the section's row"])
def test_a_letter_in_the_wrong_place_is_named(council: Council, cell: str, text: str) -> None:
    council["PS"].do("type", "CP1", cell=cell, text=text)
    said = found(council.read(sent(council)), "TEXT_OUTSIDE")
    assert [each.place for each in said] == [f"CP1!{cell}"]


def test_a_word_in_the_wrong_place_is_named(council: Council) -> None:
    council["PS"].do("type", "CP1", cell="S14", text="amber").do("type", "CP1", cell="H11", text="late")
    said = found(council.read(sent(council)), "TEXT_OUTSIDE")
    assert [each.place for each in said] == ["CP1!H11", "CP1!S14"]


def test_the_cells_as_a_person_sees_them_are_what_the_file_holds(two: Council) -> None:
    """What the tests above leave in a file is what they say it is: no date or formula became text on its way."""
    path = sent(two, holds(two, NOTE, dt.date(2009, 9, 1)), holds(two, SEP, "#REF!", kind="e"))
    book = load_workbook(path)
    tab, note = place(two, NOTE)
    assert book[tab][note].is_date
    assert book[tab][place(two, SEP)[1]].data_type == "e"
