"""The streaming reader, against openpyxl as reference, over workbooks that XlsxWriter, openpyxl and others write."""

import builtins
import datetime as dt
import io
import math
import socket
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import GradientFill, PatternFill
from openpyxl.styles.colors import COLOR_INDEX, Color
from openpyxl.worksheet.datavalidation import DataValidation

from tests.strategies import often, texts
from workbook.errors import ReadError
from workbook.palette import Fill
from workbook.read import archive
from workbook.read.archive import Archive
from workbook.read.cells import RawCell, RawSheet
from workbook.read.opening import open_book
from workbook.read.xlsx import read_xlsx
from workbook.source import clean

Cells = dict[tuple[int, int], tuple[str, Fill | None]]


def by_xlsxwriter(fill_in: Callable[[Any], None], **options: Any) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **options}) as book:
        fill_in(book)
    return file.getvalue()


def by_openpyxl(fill_in: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    fill_in(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def only_sheet(data: bytes) -> RawSheet:
    (sheet,) = read_xlsx(Archive(data))[0]
    return sheet


# --- the reference ----------------------------------------------------------------------------------------------


def shown(value: object) -> str:
    """A value of openpyxl's as a person reads it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.15g}"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    return clean(str(value)) if value is not None else ""


def filled(cell: Any) -> Fill | None:
    """A fill of openpyxl's whose colours are RGB or indexed."""
    if cell.fill.fill_type in (None, "none"):
        return None
    if cell.fill.fill_type == "solid":
        return Fill(rgb=rgb(cell.fill.fgColor))
    return Fill(rgb=rgb(cell.fill.bgColor), pattern=cell.fill.fill_type, foreground=rgb(cell.fill.fgColor))


def rgb(colour: Color) -> str:
    code = COLOR_INDEX[colour.indexed] if colour.type == "indexed" and colour.indexed < 64 else colour.rgb
    return str(code)[-6:] if colour.type in ("indexed", "rgb") else "??????"


def reference(data: bytes) -> dict[str, Cells]:
    book: Any = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    sheets = {}
    for sheet in book.worksheets:
        # Not by `iter_rows`, which would make up every cell before the last one.
        said = {at: (shown(cell.value), filled(cell)) for at, cell in sheet._cells.items()}
        sheets[sheet.title] = {at: told for at, told in said.items() if told != ("", None)}
    return sheets


def read(data: bytes) -> dict[str, Cells]:
    sheets, _ = read_xlsx(Archive(data))
    return {sheet.name: {(row, column): (cell.text, cell.fill) for row, column, cell in sheet} for sheet in sheets}


# --- cell by cell -----------------------------------------------------------------------------------------------


def every_kind(book: Any) -> None:
    sheet = book.add_worksheet("All & sundry")
    hatch = book.add_format({"pattern": 14, "fg_color": "#7030A0", "bg_color": "#CCC0DA"})
    green, date = book.add_format({"bg_color": "#00B050"}), book.add_format({"num_format": "dd/mm/yyyy"})
    time = book.add_format({"num_format": "dd mmm yy hh:mm", "bg_color": "#FFC000"})
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, ["Größe", "1.10", " padded ", "two\nlines", "a & <b> \"c\" 'd'", "日本語 😀"])
    sheet.write_row(1, 0, [1, 1.5, 0.1 + 0.2, 1e20, -3, 1e-7, 123456789012345])
    sheet.write_row(2, 0, [True, False])
    sheet.write_string(3, 0, "_x000D_ is no line break")
    sheet.write_string(3, 1, "=1+1")
    sheet.write_datetime(4, 0, dt.datetime(2009, 7, 1), date)
    sheet.write_datetime(4, 1, dt.datetime(2009, 7, 1, 12, 30), time)
    sheet.write_number(4, 2, 39995, book.add_format({"num_format": '0 "days"'}))
    sheet.write_number(4, 3, 39995, book.add_format({"num_format": "[Red]0.00;[Blue]-0.00"}))
    sheet.write_number(4, 4, 39995, book.add_format({"num_format": "yyyy-mm"}))
    sheet.write_number(4, 5, 0.5, book.add_format({"num_format": "0%"}))
    sheet.write_formula(5, 0, "=1+1", None, 2)
    sheet.write_formula(5, 1, '="a"&"b"', green, "ab")
    sheet.write_formula(5, 2, "=1=1", None, True)
    sheet.write_formula(5, 3, "=1/0", None, "#DIV/0!")
    sheet.write_rich_string(6, 0, "plain ", bold, "bold", " plain")
    sheet.write_blank(7, 0, None, green)
    sheet.write_blank(7, 1, None, hatch)
    sheet.write_blank(7, 2, None, book.add_format({"pattern": 17}))
    sheet.write_url(8, 0, "https://example.org/a?b=c&d", string="A link")
    sheet.merge_range(9, 0, 9, 3, "merged", green)
    sheet.write(1_048_575, 16_383, "the last cell", hatch)
    book.add_worksheet("Empty")
    book.add_worksheet("Hidden").hide()


@pytest.mark.parametrize(
    "options", [{}, {"constant_memory": True}, {"in_memory": True}], ids=["shared", "inline", "memory"]
)
def test_a_workbook_of_xlsxwriter_is_read_as_openpyxl_reads_it(options: dict[str, bool]) -> None:
    data = by_xlsxwriter(every_kind, **options)
    found, expected = read(data), reference(data)
    # What openpyxl does not say: the escape, a pattern's automatic colours, the fill of a merged cell's other cells.
    unsaid: dict[tuple[int, int], tuple[str, Fill | None]] = {
        (4, 1): ("_x000D_ is no line break", None),
        (8, 3): ("", Fill(rgb="FFFFFF", pattern="gray125", foreground="000000")),
        **{(10, column): ("", Fill(rgb="00B050")) for column in (2, 3, 4)},
    }
    expected["All & sundry"] |= unsaid
    assert found == expected
    assert len(found["All & sundry"]) > 35


def openpyxls_own(book: Any) -> None:
    sheet = book.worksheets[0]
    sheet["A1"], sheet["A2"], sheet["A3"] = "text", "two\nlines", 1.25
    sheet["B1"], sheet["B2"], sheet["B3"] = True, "#N/A", dt.datetime(2010, 3, 31)
    sheet["C1"], sheet["C2"] = dt.datetime(2010, 3, 31, 9, 15), dt.time(9, 30)
    sheet["D1"] = CellRichText("plain ", TextBlock(InlineFont(b=True), "bold"), " plain")
    patterns: list[Any] = ["solid", "lightUp", "darkDown", "gray125", "darkTrellis", "none"]
    for row, pattern in enumerate(patterns, 1):
        sheet.cell(row, 6).fill = PatternFill(pattern, fgColor="FF7030A0", bgColor="FFCCC0DA")
    for index in range(64):
        sheet.cell(10, index + 1).fill = PatternFill("solid", fgColor=Color(indexed=index))
    sheet["G1"].fill = PatternFill("solid", fgColor="00FFC000")
    book.create_sheet("Second").cell(5, 5, "alone")


def test_a_workbook_of_openpyxl_is_read_as_openpyxl_reads_it() -> None:
    data = by_openpyxl(openpyxls_own)
    assert read(data) == reference(data)
    assert len(read(data)["Sheet"]) > 75


@given(st.lists(st.one_of(texts, st.floats(allow_nan=False, allow_infinity=False), st.booleans()), max_size=12))
@often
def test_whatever_is_written_is_read(values: list[str | float | bool]) -> None:
    def fill_in(book: Any) -> None:
        sheet = book.add_worksheet()
        for row, value in enumerate(values):
            write = {str: sheet.write_string, bool: sheet.write_boolean, float: sheet.write_number}[type(value)]
            write(row, 0, value)

    sheet = only_sheet(by_xlsxwriter(fill_in))
    for row, value in enumerate(values, 1):
        text = sheet[row, 1].text
        if isinstance(value, float):
            assert math.isclose(float(text), value, rel_tol=1e-14, abs_tol=1e-300)
        else:
            assert text == (str(value).upper() if isinstance(value, bool) else value)


# The shades that Excel 2013 and later offers for its theme's colours, as it shows them.
TINTS = {
    (4, 0.0): "4472C4",
    (4, 0.7999): "D9E1F2",
    (4, 0.5999): "B4C6E7",
    (4, 0.3999): "8EA9DB",
    (4, -0.2499): "305496",
    (4, -0.4999): "203764",
    (5, 0.3999): "F4B084",
    (5, -0.2499): "C65911",
    (7, 0.5999): "FFE699",
    (7, -0.4999): "806000",
    (9, 0.0): "70AD47",
    (9, 0.7999): "E2EFDA",
    (9, 0.5999): "C6E0B4",
    (9, 0.3999): "A9D08E",
    (9, -0.2499): "548235",
    (9, -0.4999): "375623",
    (0, 0.0): "FFFFFF",
    (0, -0.1499): "D9D9D9",
    (0, -0.2499): "BFBFBF",
    (1, 0.0): "000000",
    (1, 0.4999): "808080",
    (2, 0.0): "E7E6E6",
    (3, 0.0): "44546A",
}
THEME_2013 = {
    "dk2": "44546A",
    "lt2": "E7E6E6",
    "accent1": "4472C4",
    "accent2": "ED7D31",
    "accent3": "A5A5A5",
    "accent4": "FFC000",
    "accent5": "5B9BD5",
    "accent6": "70AD47",
}


def theme_of(colours: Mapping[str, str]) -> str:
    own = "".join(f'<a:{name}><a:srgbClr val="{colours[name]}"/></a:{name}>' for name in colours)
    system = (
        '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
        '<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>'
    )
    namespace = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    return f"<a:theme {namespace}><a:themeElements><a:clrScheme>{system}{own}</a:clrScheme></a:themeElements></a:theme>"


@pytest.mark.parametrize("with_theme", [True, False], ids=["the file's theme", "no theme in the file"])
def test_theme_colours_and_their_tints_are_seen_as_excel_shows_them(with_theme: bool) -> None:
    def fill_in(book: openpyxl.Workbook) -> None:
        book.loaded_theme = theme_of(THEME_2013) if with_theme else None
        for row, (theme, tint) in enumerate(TINTS, 1):
            colour = Color(theme=theme, tint=tint)
            book.worksheets[0].cell(row, 1).fill = PatternFill("solid", fgColor=colour)

    data = by_openpyxl(fill_in)
    if not with_theme:
        data = with_parts(data, {"xl/theme/theme1.xml": None})
    sheet = only_sheet(data)
    for row, (at, expected) in enumerate(TINTS.items(), 1):
        fill = sheet[row, 1].fill
        assert fill is not None
        apart = [abs(int(fill.rgb[i : i + 2], 16) - int(expected[i : i + 2], 16)) for i in (0, 2, 4)]
        # Excel counts hue and lightness in coarser steps.
        assert max(apart) <= 3, (at, fill.rgb, expected)


def test_a_gradient_is_seen_as_the_mean_of_its_colours() -> None:
    def fill_in(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["A1"].fill = GradientFill(stop=("FF0000", "FF8000"))

    assert only_sheet(by_openpyxl(fill_in))[1, 1].fill == Fill(rgb="FF4000")


def test_indexed_colours_are_the_files_own_where_it_has_some() -> None:
    def fill_in(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["A1"].fill = PatternFill("solid", fgColor=Color(indexed=2))
        book.worksheets[0]["A2"].fill = PatternFill("solid", fgColor=Color(indexed=40))

    own = '<rgbColor rgb="00111111"/><rgbColor rgb="00222222"/><rgbColor rgb="00ABCDEF"/></indexedColors>'
    data = by_openpyxl(fill_in)
    before, _, after = part_of(data, "xl/styles.xml").partition("<indexedColors>")
    styles = f"{before}<indexedColors>{own}{after.partition('</indexedColors>')[2]}"
    sheet = only_sheet(with_parts(data, {"xl/styles.xml": styles}))
    assert sheet[1, 1].fill == Fill(rgb="ABCDEF")
    assert sheet[2, 1].fill == Fill(rgb=COLOR_INDEX[40][-6:])


def test_the_background_of_a_solid_fill_is_junk() -> None:
    def fill_in(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["A1"].fill = PatternFill("solid", fgColor="FF00B050", bgColor="FFFF0000")

    assert only_sheet(by_openpyxl(fill_in))[1, 1].fill == Fill(rgb="00B050")


# --- what cells say beside their value --------------------------------------------------------------------------


def test_a_formula_is_kept_and_shown_where_it_has_no_value_yet() -> None:
    def fill_in(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["A1"] = "=SUM(B1:B9)"

    assert only_sheet(by_openpyxl(fill_in))[1, 1] == RawCell(text="=SUM(B1:B9)", formula="=SUM(B1:B9)", failed=True)
    data = by_xlsxwriter(lambda book: book.add_worksheet().write_formula(0, 0, "=1+1", None, 2))
    assert only_sheet(data)[1, 1] == RawCell(text="2", formula="=1+1")


def test_comments_hidden_sheets_drop_downs_and_properties_are_read() -> None:
    def fill_in(book: Any) -> None:
        sheet = book.worksheets[0]
        sheet["A1"] = "x"
        sheet["A1"].comment = Comment("First line\nsecond", "PS")
        sheet["C9"].comment = Comment("Beside the table", "PS")
        sheet.add_data_validation(DataValidation(type="list", formula1='"G,A"', sqref="A1"))
        hidden = book.create_sheet("_plan")
        hidden["A1"], hidden.sheet_state = "x", "veryHidden"
        book.custom_doc_props.append(StringProperty(name="workbook.plan", value="pabc"))

    sheets, properties = read_xlsx(Archive(by_openpyxl(fill_in)))
    assert sheets[0][1, 1] == RawCell(text="x", comment="First line\nsecond")
    assert sheets[0][9, 3] == RawCell(comment="Beside the table")
    assert [(sheet.name, sheet.visible, sheet.has_validations) for sheet in sheets] == [
        ("Sheet", True, True),
        ("_plan", False, False),
    ]
    assert properties == {"workbook.plan": "pabc"}


def test_dates_count_from_1904_where_the_file_says_so() -> None:
    def fill_in(book: Any) -> None:
        book.add_worksheet().write_datetime(0, 0, dt.datetime(2009, 7, 1), book.add_format({"num_format": "d mmm"}))

    assert only_sheet(by_xlsxwriter(fill_in))[1, 1].text == "2009-07-01"
    assert only_sheet(by_xlsxwriter(fill_in, date_1904=True))[1, 1].text == "2009-07-01"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("d mmm yyyy", "2009-07-01"),
        ("[$-809]dddd d mmmm", "2009-07-01"),
        ("yyyy\\-mm", "2009-07-01"),
        ("mmm yy;@", "2009-07-01"),
        ("General", "39995"),
        ("0.00", "39995"),
        ('0" days"', "39995"),
        ("0\\d", "39995"),
        ("[Red]0", "39995"),
        ("[Magenta]0", "39995"),
        ("#,##0;[Red]-#,##0", "39995"),
        ('"£"#,##0', "39995"),
        ("@", "39995"),
    ],
)
def test_a_number_is_a_date_only_where_its_format_shows_one(code: str, text: str) -> None:
    def fill_in(book: Any) -> None:
        book.add_worksheet().write_number(0, 0, 39995, book.add_format({"num_format": code}))

    assert only_sheet(by_xlsxwriter(fill_in))[1, 1].text == text


@pytest.mark.parametrize("number", [1e10, 3e6])
def test_a_number_too_large_for_a_date_is_shown_as_a_number(number: float) -> None:
    def fill_in(book: Any) -> None:
        book.add_worksheet().write_number(0, 0, number, book.add_format({"num_format": "d mmm"}))

    assert only_sheet(by_xlsxwriter(fill_in))[1, 1].text == str(int(number))


# --- what other programs write ----------------------------------------------------------------------------------

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(**targets: str) -> str:
    """A relations part: kind="target", or kind="External target"."""
    found = ""
    for number, (kind, target) in enumerate(targets.items(), 1):
        mode, _, place = target.rpartition(" ")
        found += f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{place}"'
        found += f' TargetMode="{mode}"/>' if mode else "/>"
    return f'<Relationships xmlns="{PACKAGE}">{found}</Relationships>'


SHEET = (
    f'<worksheet xmlns="{MAIN}"><sheetData><row><c t="inlineStr"><is><t>here</t></is></c></row></sheetData></worksheet>'
)
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="CP1" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
PARTS = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
    "xl/workbook.xml": BOOK,
    "xl/_rels/workbook.xml.rels": relations(worksheet="worksheets/sheet1.xml"),
    "xl/worksheets/sheet1.xml": SHEET,
}


def package(parts: Mapping[str, str | None]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, text in parts.items():
            if text is not None:
                packed.writestr(name, text)
    return file.getvalue()


def part_of(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return packed.read(name).decode()


def with_parts(data: bytes, changed: Mapping[str, str | None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = packed.namelist()
    return package({name: part_of(data, name) for name in names} | dict(changed))


def one_sheet(xml: str, **more: str) -> RawSheet:
    return only_sheet(package(PARTS | {"xl/worksheets/sheet1.xml": xml} | more))


def test_the_smallest_workbook_is_read() -> None:
    assert only_sheet(package(PARTS)).lines == {1: {1: RawCell(text="here")}}


def test_cells_and_rows_without_their_place_follow_the_one_before() -> None:
    sheet = one_sheet(
        f'<worksheet xmlns="{MAIN}"><sheetData><row><c><v>1</v></c><c/><c><v>3</v></c></row>'
        '<row r="5"><c r="C5"><v>4</v></c><c><v>5</v></c></row><row><c><v>6</v></c></row></sheetData></worksheet>'
    )
    assert {(row, column): cell.text for row, column, cell in sheet} == {
        (1, 1): "1",
        (1, 3): "3",
        (5, 3): "4",
        (5, 4): "5",
        (6, 1): "6",
    }


def test_names_may_have_any_prefix_or_none() -> None:
    prefixed = SHEET.replace("xmlns=", "xmlns:x=")
    for name in ("worksheet", "sheetData", "row", "c ", "is", "t>"):
        prefixed = prefixed.replace(f"<{name}", f"<x:{name}").replace(f"</{name.strip()}", f"</x:{name.strip()}")
    prefixed = prefixed.replace("</x:x:", "</x:").replace("</c>", "</x:c>")
    book = BOOK.replace("xmlns=", "xmlns:m=").replace("xmlns:r=", "xmlns:rel=").replace("r:id", "rel:id")
    for name in ("workbook", "sheets", "sheet "):
        book = book.replace(f"<{name}", f"<m:{name}").replace(f"</{name.strip()}>", f"</m:{name.strip()}>")
    sheet = one_sheet(prefixed, **{"xl/workbook.xml": book})
    assert (sheet.name, sheet.lines) == ("CP1", {1: {1: RawCell(text="here")}})


def test_targets_from_the_root_and_parts_named_in_another_case_are_found() -> None:
    parts = PARTS | {"xl/_rels/workbook.xml.rels": relations(worksheet="/xl/Worksheets/Sheet1.xml")}
    assert only_sheet(package(parts)).lines == {1: {1: RawCell(text="here")}}


def test_the_reading_of_a_word_is_no_part_of_it() -> None:
    sheet = one_sheet(
        f'<worksheet xmlns="{MAIN}"><sheetData><row><c t="inlineStr"><is><r><t>東</t></r><r><t>京</t></r>'
        "<rPh sb='0' eb='2'><t>トウキョウ</t></rPh></is></c></row></sheetData></worksheet>"
    )
    assert sheet[1, 1].text == "東京"


def test_kinds_of_values_that_other_programs_write_are_read() -> None:
    sheet = one_sheet(
        f'<worksheet xmlns="{MAIN}"><sheetData><row><c t="d"><v>2009-07-01T00:00:00</v></c>'
        '<c t="d"><v>2009-07-01T09:30:00</v></c><c t="str"><f>A1</f><v>a_x000D_\nb</v></c>'
        '<c t="e"><v>#REF!</v></c><c t="n"><v>1.0</v></c><c t="b"><v>0</v></c>'
        '<c s="99"><v>2</v></c></row></sheetData></worksheet>'
    )
    assert [sheet[1, column].text for column in range(1, 8)] == [
        "2009-07-01",
        "2009-07-01T09:30:00",
        "a\nb",
        "#REF!",
        "1",
        "FALSE",
        "2",
    ]


def test_a_sheet_with_no_cells_and_a_chart_among_the_sheets_are_no_harm() -> None:
    book = BOOK.replace("</sheets>", '<sheet name="Chart" sheetId="2" r:id="rId2"/></sheets>')
    parts = PARTS | {
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": relations(worksheet="worksheets/sheet1.xml", chartsheet="chartsheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"/>',
        "xl/chartsheets/sheet1.xml": "<chartsheet/>",
    }
    assert [(sheet.name, sheet.lines) for sheet in read_xlsx(Archive(package(parts)))[0]] == [("CP1", {})]


# --- what is refused --------------------------------------------------------------------------------------------


def written(folder: Path, data: bytes, name: str = "PS-2009-09.xlsx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


DOCTYPE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "name", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"]
)
def test_a_document_type_declaration_is_refused_in_every_part(tmp_path: Path, name: str) -> None:
    text = PARTS[name]
    parts = PARTS | {name: DOCTYPE + text.replace("here", "&e;")}
    with pytest.raises(ReadError):
        open_book(written(tmp_path, package(parts)))


@pytest.mark.parametrize("kind", ["sharedStrings", "styles", "theme"])
def test_a_document_type_declaration_is_refused_in_what_sheets_refer_to(tmp_path: Path, kind: str) -> None:
    more = {
        "xl/_rels/workbook.xml.rels": relations(**{"worksheet": "worksheets/sheet1.xml", kind: "it.xml"}),
        "xl/it.xml": DOCTYPE + "<sst/>",
    }
    with pytest.raises(ReadError):
        open_book(written(tmp_path, package(PARTS | more)))


@pytest.mark.parametrize(
    "target",
    [
        "External file:///etc/passwd",
        "External http://example.org/sheet.xml",
        "External worksheets/sheet1.xml",
        "file:///etc/passwd",
        "http://example.org/sheet.xml",
        "../../../../etc/passwd",
        "/etc/passwd",
    ],
)
@pytest.mark.parametrize("kind", ["worksheet", "sharedStrings", "styles", "theme"])
def test_what_a_file_refers_to_outside_itself_is_never_opened(
    monkeypatch: pytest.MonkeyPatch, kind: str, target: str
) -> None:
    def opened(*args: object, **_: object) -> None:
        raise AssertionError(f"{args} was opened")

    rels = {"worksheet": "worksheets/sheet1.xml"} | {kind: target}
    data = package(PARTS | {"xl/_rels/workbook.xml.rels": relations(**rels)})
    read_xlsx(Archive(package(PARTS)))
    monkeypatch.setattr(builtins, "open", opened)
    monkeypatch.setattr(io, "open", opened)
    monkeypatch.setattr(socket, "socket", opened)
    sheets, _ = read_xlsx(Archive(data))
    assert [sheet.name for sheet in sheets] == ([] if kind == "worksheet" else ["CP1"])


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WHOLE = package(PARTS)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is empty."),
        (OLE + b"no streams", "it is another kind of document, not an Excel workbook."),
        (b"%PDF-1.7", "it is a PDF, which is for reading only."),
        (b"Dear all,\nnothing to say", "it is not an Excel workbook, or only part of one."),
        (WHOLE[:-30], "it is only part of a workbook, cut short on its way."),
        (package({"word/document.xml": "<x/>"}), "it is a Word document."),
        (package({"xl/x": "", "[Content_Types].xml": ""}), "it has no workbook part; it is another kind of document."),
    ],
    ids=["empty", "ole", "pdf", "letter", "cut off", "docx", "no workbook part"],
)
def test_a_file_that_is_no_workbook_says_what_it_is(tmp_path: Path, data: bytes, why: str) -> None:
    with pytest.raises(ReadError) as error:
        open_book(written(tmp_path, data))
    assert (str(error.value), error.value.code) == (why, "FILE_UNREADABLE")


def test_a_password_is_told_apart_from_an_old_format(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="a password is needed") as error:
        open_book(written(tmp_path, OLE + "EncryptedPackage".encode("utf-16-le")))
    assert error.value.code == "FILE_ENCRYPTED"


def test_a_file_that_unpacks_to_far_more_than_any_plan_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED_BYTES", 1000)
    with pytest.raises(ReadError, match="MB when unpacked") as error:
        open_book(written(tmp_path, package(PARTS | {"xl/media/x": "0" * 1000})))
    assert error.value.code == "FILE_TOO_LARGE"


BROKEN = {
    "xml": SHEET[:-5],
    "a shared string there is not": SHEET.replace('t="inlineStr"', 't="s"').replace("<is><t>here</t></is>", "<v>7</v>"),
    "a cell that is none": SHEET.replace("<c ", '<c r="here" '),
    "a number that is none": SHEET.replace('t="inlineStr"', "").replace("<is><t>here</t></is>", "<v>seven</v>"),
}


@pytest.mark.parametrize("xml", BROKEN.values(), ids=BROKEN)
def test_a_damaged_sheet_is_one_sentence(tmp_path: Path, xml: str) -> None:
    with pytest.raises(ReadError, match=r"^it is damaged, or was cut short on its way \(.+\)\.$"):
        open_book(written(tmp_path, package(PARTS | {"xl/worksheets/sheet1.xml": xml})))


def test_a_part_that_was_altered_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="damaged"):
        open_book(written(tmp_path, WHOLE.replace(b"here", b"gone")))


def test_the_mark_that_excel_leaves_beside_an_open_workbook_is_no_return(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="the mark that Excel leaves"):
        open_book(written(tmp_path, WHOLE, "~$PS-2009-09.xlsx"))


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"^it cannot be opened \(no such file or directory\)\.$"):
        open_book(tmp_path / "gone.xlsx")


def test_two_files_are_told_apart_by_their_bytes(tmp_path: Path) -> None:
    one = open_book(written(tmp_path, WHOLE))
    assert one == open_book(written(tmp_path, WHOLE))
    assert one.digest != open_book(written(tmp_path, package(PARTS | {"xl/x": ""}))).digest
    assert (one.file, [sheet.name for sheet in one.sheets]) == ("PS-2009-09.xlsx", ["CP1"])
    assert one.sheet("CP1") is one.sheets[0]
    assert one.sheet("CP9") is None
