"""Workbooks of Excel before 2007: small ones written here record by record, and what LibreOffice makes of ours."""

import struct
from collections.abc import Mapping
from pathlib import Path

import pytest
import xlsxwriter

from tests.office import BOTH_FORMS
from tests.test_ods import compared, converted, filled_in
from workbook.errors import ReadError
from workbook.layout import Layout
from workbook.palette import Fill
from workbook.read import xls
from workbook.read.cells import NO_CELL, RawCell, RawSheet
from workbook.read.opening import open_book
from workbook.read.workbooks import read_return
from workbook.read.xls import read_xls

GREEN, AMBER = Fill(rgb="00B050"), Fill(rgb="FFC000")
GENERAL, DATE, TIME = 0, 14, 20  # number formats
SOLID = 1

# --- a workbook, record by record -------------------------------------------------------------------------------


def record(kind: int, layout: str = "", *values: object) -> bytes:
    inside = struct.pack(f"<{layout}", *values)
    return struct.pack("<HH", kind, len(inside)) + inside


def text_of(text: str, length: str) -> bytes:
    """A text with its length before it, in UTF-16."""
    return struct.pack(f"<{length}B", len(text), 1) + text.encode("utf-16-le")


def begin(kind: int) -> bytes:
    return record(0x809, "HHHHII", 0x600, kind, 0x0DBB, 1996, 0, 6)


END = record(0x0A)
WORKBOOK, SHEET = 0x0005, 0x0010


def style(pattern: int = 0, front: int = 64, back: int = 65, number_format: int = GENERAL) -> bytes:
    return record(0xE0, "HHHBBBBIIH", 0, number_format, 1, 0x20, 0, 0, 0, 0, pattern << 26, front | back << 7)


def number(row: int, column: int, value: float, look: int = 0) -> bytes:
    return record(0x203, "HHHd", row, column, look, value)


def label(row: int, column: int, text: str, look: int = 0) -> bytes:
    said = text_of(text, "H")
    return record(0x204, f"HHH{len(said)}s", row, column, look, said)


def blank(row: int, column: int, look: int) -> bytes:
    return record(0x201, "HHH", row, column, look)


def truth_or_error(row: int, column: int, value: int, *, error: bool = False) -> bytes:
    return record(0x205, "HHHBB", row, column, 0, value, error)


def whole_row(row: int, look: int) -> bytes:
    return record(0x208, "HHHHHHHH", row, 0, 256, 255, 0, 0, 0x80, look)


def whole_columns(first: int, last: int, look: int) -> bytes:
    return record(0x7D, "HHHHHH", first, last, 2048, look, 0, 0)


def biff(
    sheets: Mapping[str, bytes], *styles: bytes, more: bytes = b"", hidden: Mapping[str, int] | None = None
) -> bytes:
    """The stream of a workbook; the styles are numbered from 0."""
    named = [(name, text_of(name, "B")) for name in sheets]
    top = begin(WORKBOOK) + more + b"".join(styles or [style()])
    place = len(top) + sum(4 + 6 + len(said) for _, said in named) + len(END)
    for name, said in named:
        top += record(0x85, f"IBB{len(said)}s", place, (hidden or {}).get(name, 0), 0, said)
        place += len(begin(SHEET) + sheets[name] + END)
    return top + END + b"".join(begin(SHEET) + inside + END for inside in sheets.values())


def only(*records: bytes, styles: tuple[bytes, ...] = (), more: bytes = b"") -> RawSheet:
    (sheet,) = read_xls(biff({"CP1": b"".join(records)}, *styles, more=more))
    return sheet


def cells_of(sheet: RawSheet) -> dict[tuple[int, int], RawCell]:
    return {(row, column): cell for row, column, cell in sheet}


# --- values -----------------------------------------------------------------------------------------------------


def test_values_are_read_as_a_person_reads_them() -> None:
    styles = style(), style(number_format=DATE), style(number_format=TIME)
    sheet = only(
        label(0, 0, " Größe 日本\r\nzwei "),
        number(0, 1, 1.1),
        number(0, 2, 3),
        number(0, 3, 0.1 + 0.2),
        number(0, 4, 39995, look=1),
        number(0, 5, 39995.5, look=1),
        number(0, 6, 0.5, look=2),
        number(0, 7, 1e10, look=1),
        truth_or_error(0, 8, 1),
        truth_or_error(0, 9, 0),
        truth_or_error(0, 10, 0x17, error=True),
        truth_or_error(0, 11, 0x2A, error=True),
        truth_or_error(0, 12, 0x77, error=True),
        label(0, 13, ""),
        styles=styles,
    )
    texts = (
        "Größe 日本\nzwei|1.1|3|0.3|2009-07-01|2009-07-01 12:00:00|12:00:00|10000000000|TRUE|FALSE|#REF!|#N/A|#ERROR"
    )
    assert {at: cell.text for at, cell in cells_of(sheet).items()} == {
        (1, column): text for column, text in enumerate(texts.split("|"), 1)
    }
    assert [column for (_, column), cell in cells_of(sheet).items() if cell.failed] == [11, 12, 13]


def test_a_number_that_is_shown_otherwise_says_how() -> None:
    styles = style(), style(number_format=9), style(number_format=1)
    sheet = only(
        number(0, 0, 1), number(0, 1, 0.25, look=1), number(0, 2, 1, look=2), label(0, 3, "x", 1), styles=styles
    )
    assert [cell.number_format for cell in cells_of(sheet).values()] == ["", "0%", "", ""]


def test_dates_count_from_1904_where_the_file_says_so() -> None:
    styles = style(), style(number_format=DATE)
    assert only(number(0, 0, 38533, look=1), styles=styles, more=record(0x22, "H", 1))[1, 1].text == "2009-07-01"


def test_sheets_are_in_order_and_hidden_ones_are_known() -> None:
    sheets = read_xls(
        biff({"Housing & homes": label(4, 2, "x"), "Lists": b"", "_plan": b""}, hidden={"Lists": 1, "_plan": 2})
    )
    assert [(each.name, each.visible, each.has_validations) for each in sheets] == [
        ("Housing & homes", True, None),
        ("Lists", False, None),
        ("_plan", False, None),
    ]
    assert cells_of(sheets[0]) == {(5, 3): RawCell(text="x")}


# --- fills ------------------------------------------------------------------------------------------------------

NAMES = (
    "mediumGray darkGray lightGray darkHorizontal darkVertical darkDown darkUp darkGrid darkTrellis lightHorizontal "
    "lightVertical lightDown lightUp lightGrid lightTrellis gray125 gray0625"
).split()


@pytest.mark.parametrize(("pattern", "name"), list(enumerate(NAMES, 2)))
def test_a_pattern_has_its_name_and_both_its_colours(pattern: int, name: str) -> None:
    sheet = only(blank(0, 0, 1), styles=(style(), style(pattern, front=10, back=13)))
    assert sheet[1, 1].fill == Fill(rgb="FFFF00", pattern=name, foreground="FF0000")


def test_colours_are_the_files_own_and_the_windows_where_it_says_so() -> None:
    colours = [(0, 0, 0)] * 56
    colours[2], colours[3] = (0x00, 0xB0, 0x50), (0xFF, 0xC0, 0x00)
    own = record(0x92, f"H{4 * 56}B", 56, *(part for colour in colours for part in (*colour, 0)))
    looks = (
        style(),
        style(SOLID, 10, 60),
        style(SOLID, 11),
        style(14, 64, 65),
        style(SOLID, 65),
        style(19),
        style(SOLID, 99),
    )
    cells = [blank(0, column, column) for column in range(7)]
    assert [only(*cells, styles=looks, more=own)[1, column].fill for column in range(1, 8)] == [
        None,
        GREEN,
        AMBER,
        Fill(rgb="FFFFFF", pattern="lightUp", foreground="000000"),
        Fill(rgb="FFFFFF"),
        None,
        Fill(rgb="FFFFFF"),
    ]
    assert only(*cells, styles=looks)[1, 2].fill == Fill(rgb="FF0000")


def test_whole_rows_and_columns_that_are_painted_are_backgrounds_the_row_over_the_column() -> None:
    red, lime, yellow = Fill(rgb="FF0000"), Fill(rgb="00FF00"), Fill(rgb="FFFF00")
    sheet = only(
        whole_columns(1, 2, 1),
        whole_columns(3, 3, 1),
        whole_columns(4, 255, 3),
        whole_row(4, 2),
        whole_row(5, 2),
        whole_row(6, 4),
        whole_row(8, 3),
        label(0, 0, "x"),
        label(1, 1, "y", look=3),
        blank(2, 1, 0),
        blank(3, 1, 4),
        styles=(style(), style(SOLID, 10), style(SOLID, 11), style(), style(SOLID, 13)),
    )
    assert cells_of(sheet) == {
        (1, 1): RawCell(text="x"),
        (2, 2): RawCell(text="y"),
        (3, 2): NO_CELL,
        (4, 2): RawCell(fill=yellow),
    }
    assert sheet.backgrounds == (((5, 1, 6, 16_384), lime), ((7, 1, 7, 16_384), yellow), ((1, 2, 1_048_576, 4), red))
    assert [sheet[row, 2].fill for row in range(1, 9)] == [red, None, None, yellow, lime, lime, yellow, red]
    assert sheet[1, 5].fill is None


def test_merged_cells_that_span_columns_are_known() -> None:
    sheet = only(label(1, 2, "x"), record(0xE5, "H8H", 2, 1, 4, 2, 3, 7, 8, 0, 0))
    assert sheet.wide == ((2, 3, 5, 4),)
    assert sheet.seen(5, 4).text == "x"


def test_what_is_not_needed_may_go_on_in_the_next_record() -> None:
    formats, more = record(0x1B0, "6HHHHHH", *[1] * 6, 1_000, 1, 2, 3, 3), record(0x3C, "HHHH", 5, 6, 3, 3)
    sheet = only(formats, more, label(0, 0, "x"))
    assert cells_of(sheet) == {(1, 1): RawCell(text="x")}


def test_a_cell_that_says_nothing_is_not_kept() -> None:
    assert only(blank(0, 0, 0), label(0, 1, " ")).lines == {}


# --- what is refused --------------------------------------------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WHOLE = biff({"CP1": label(0, 0, "x")})


def test_a_password_is_asked_for() -> None:
    with pytest.raises(ReadError, match=r"^a password is needed to open it\.$") as error:
        read_xls(biff({"CP1": b""}, more=record(0x2F, "HHH", 0, 1, 2)))
    assert error.value.code == "FILE_ENCRYPTED"


@pytest.mark.parametrize("data", [b"Workbook", "Workbook".encode("utf-16-le") * 100, b"\xff" * 5_000])
def test_a_damaged_file_is_one_sentence(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "PS-2009-09.xls"
    path.write_bytes(OLE + "Workbook".encode("utf-16-le") + data)
    with pytest.raises(ReadError, match=r"^it is damaged, or was cut short on its way \(.+\)\.$") as error:
        open_book(path)
    assert error.value.code == "FILE_UNREADABLE"


@pytest.mark.parametrize("kept", [10, 30, 60, len(WHOLE) - 8])
def test_a_file_that_was_cut_off_is_not_read_in_part(kept: int) -> None:
    with pytest.raises(Exception, match=r".") as error:  # whatever is raised, opening says that the file is damaged
        read_xls(WHOLE[:kept])
    assert isinstance(error.value, Exception)


def test_a_file_far_beyond_any_plan_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xls, "MAX_CELLS", 1_000)
    monkeypatch.setattr(xls, "_MOST_PLACES", 5_000)

    def blanks(rows: int) -> bytes:
        """Runs of 256 blank cells, which take two bytes for each."""
        return b"".join(record(0xBE, "HH256HH", row, 0, *[1] * 256, 255) for row in range(rows))

    painted = style(), style(SOLID)
    assert len(read_xls(biff({"CP1": blanks(3)}, *painted))[0].lines) == 3
    for data in (
        biff({str(index): b"" for index in range(501)}),
        biff({"CP1": blanks(4)}, *painted),
        biff({"CP1": blanks(2), "CP2": blanks(2)}, *painted),
        biff({"CP1": b"".join(blank(row, 255, 0) for row in range(20))}, *painted),
    ):
        with pytest.raises(ReadError) as error:
            read_xls(data)
        assert error.value.code == "FILE_TOO_LARGE"


# --- what LibreOffice makes of ours -----------------------------------------------------------------------------


@pytest.mark.libreoffice
@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("form", BOTH_FORMS, ids=lambda form: form.bands)
def test_a_return_saved_as_xls_reads_as_when_saved_as_xlsx(tmp_path: Path, form: Layout) -> None:
    path = filled_in(tmp_path, form)
    xlsx, old = converted(path, "xlsx", tmp_path), converted(path, "xls", tmp_path)
    one, other = open_book(xlsx), open_book(old)
    assert compared(other, set()) == compared(one, set())
    assert other.sheets[1][13, 8].fill == Fill(rgb="B59CCC")
    assert [(each.name, each.visible) for each in other.sheets] == [(each.name, each.visible) for each in one.sheets]
    assert [sorted(each.wide) for each in other.sheets] == [sorted(each.wide) for each in one.sheets]
    assert read_return(old).actions == read_return(xlsx).actions != ()
    for kept in (0.2, 0.5, 0.9):
        cut = tmp_path / "cut.xls"
        cut.write_bytes(old.read_bytes()[: int(old.stat().st_size * kept)])
        with pytest.raises(ReadError):
            open_book(cut)


@pytest.mark.libreoffice
@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("others", [40, 80])
def test_colours_are_kept_while_the_palette_of_56_lasts_and_are_put_together_beyond(
    tmp_path: Path, others: int
) -> None:
    path = tmp_path / "colours.xlsx"
    shades = ["00B050", "FFC000", "FF0000", "0070C0", "D0D0D0"]
    shades += [f"{part * 3:02X}{255 - part * 3:02X}{part * 2:02X}" for part in range(others)]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, shade in enumerate(shades):
            sheet.write_blank(row, 0, None, book.add_format({"bg_color": f"#{shade}"}))
    (read,) = open_book(converted(path, "xls", tmp_path)).sheets
    fills = [read[row, 1].fill for row in range(1, len(shades) + 1)]
    found = [fill.rgb for fill in fills if fill]
    if others <= 56 - 5:
        assert found == shades
    else:
        assert len(found) == len(shades)
        assert len(set(found)) <= 56
