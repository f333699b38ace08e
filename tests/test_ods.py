"""OpenDocument spreadsheets: each thing that they can say, in a few lines; and what LibreOffice makes of ours."""

import io
import subprocess
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from tests.office import BOTH_FORMS, Council
from workbook import libreoffice
from workbook.errors import ReadError
from workbook.layout import Layout
from workbook.palette import Fill
from workbook.read import ods
from workbook.read.archive import Archive
from workbook.read.cells import NO_CELL, RawBook, RawCell, RawSheet
from workbook.read.conditional import shown
from workbook.read.ods import read_ods
from workbook.read.opening import open_book
from workbook.read.workbooks import read_return

GREEN, AMBER, RED = Fill(rgb="00B050"), Fill(rgb="FFC000"), Fill(rgb="FF0000")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

# --- a spreadsheet, as it is written ----------------------------------------------------------------------------

_PREFIXES = "office text table style fo calcext draw dc meta number manifest xlink".split()
NAMESPACES = " ".join(f'xmlns:{prefix}="urn:x:{prefix}"' for prefix in _PREFIXES)


def cell(text: str | None = None, style: str = "", times: int = 1, inside: str = "", **more: Any) -> str:
    """A cell with a text of one paragraph; `more` are attributes, `office__value="1"` for `office:value`."""
    said = {name.replace("__", ":").replace("_", "-"): value for name, value in more.items()}
    said |= {"table:style-name": style} if style else {}
    said |= {"table:number-columns-repeated": str(times)} if times > 1 else {}
    paragraph = f"<text:p>{escape(text)}</text:p>" if text is not None else ""
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in said.items())
    return f"<table:table-cell{attributes}>{inside}{paragraph}</table:table-cell>"


def value(kind: str, shown_as: str = "", **more: Any) -> str:
    """A cell with a value of that kind."""
    return cell(shown_as, office__value_type=kind, **more)


def row(*cells: str, times: int = 1, style: str = "") -> str:
    repeated = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    default = f' table:default-cell-style-name="{style}"' if style else ""
    return f"<table:table-row{repeated}{default}>{''.join(cells)}</table:table-row>"


def column(style: str = "Default", times: int = 1) -> str:
    return f'<table:table-column table:number-columns-repeated="{times}" table:default-cell-style-name="{style}"/>'


def table(*parts: str, name: str = "CP1", style: str = "ta1") -> str:
    return f'<table:table table:name={quoteattr(name)} table:style-name="{style}">{"".join(parts)}</table:table>'


def cell_style(name: str, background: str = "", parent: str = "Default", inside: str = "") -> str:
    colour = f'<style:table-cell-properties fo:background-color="{background}"/>' if background else ""
    return (
        f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="{parent}">'
        f"{colour}{inside}</style:style>"
    )


AUTOMATIC = (
    '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>'
    '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    + cell_style("green", "#00b050")
    + cell_style("amber", "#FFC000")
    + cell_style("plain")
)


def spreadsheet(*tables: str, automatic: str = "", common: str = "", **parts: str) -> bytes:
    """The file; `parts` are further parts, `meta="…"` for meta.xml."""
    content = (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>{AUTOMATIC}{automatic}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{''.join(tables)}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    styles = (
        f"<office:document-styles {NAMESPACES}><office:styles>"
        '<style:style style:name="Default" style:family="table-cell"/>'
        f"{common}</office:styles></office:document-styles>"
    )
    return zipped({"content.xml": content, "styles.xml": styles} | {f"{name}.xml": parts[name] for name in parts})


def zipped(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def sheets_of(data: bytes) -> tuple[RawSheet, ...]:
    return read_ods(Archive(data))[0]


def only(*parts: str, automatic: str = "", common: str = "") -> RawSheet:
    (sheet,) = sheets_of(spreadsheet(table(*parts), automatic=automatic, common=common))
    return sheet


def cells_of(sheet: RawSheet) -> dict[tuple[int, int], RawCell]:
    return {(line, at): each for line, at, each in sheet}


def texts_of(sheet: RawSheet) -> dict[tuple[int, int], str]:
    return {at: each.text for at, each in cells_of(sheet).items() if each.text}


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "PS-2009-09.ods"
    path.write_bytes(data)
    return path


# --- values -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (value("string", "1.10"), "1.10"),
        (value("string", "Ref 1", office__string_value="1"), "1"),
        (value("string", office__string_value="a  b"), "a  b"),
        (value("float", "1.10", office__value="1.1"), "1.1"),
        (value("float", "3", office__value="3.0"), "3"),
        (value("float", "1E+020", office__value="1E+020"), "100000000000000000000"),
        (value("float", "0.3", office__value="0.30000000000000004"), "0.3"),
        (value("percentage", "25%", office__value="0.25"), "0.25"),
        (value("currency", "£9.50", office__value="9.5", office__currency="GBP"), "9.5"),
        (value("date", "01/07/09", office__date_value="2009-07-01"), "2009-07-01"),
        (value("date", "Jul 09", office__date_value="2009-07-01T00:00:00"), "2009-07-01"),
        (value("date", "01/07/09 12:30", office__date_value="2009-07-01T12:30:00"), "2009-07-01 12:30:00"),
        (value("date", "x", office__date_value="12009-07-01"), "12009-07-01"),
        (value("time", "12:30", office__time_value="PT12H30M00S"), "12:30:00"),
        (value("time", "0:30", office__time_value="PT30M"), "00:30:00"),
        (value("time", "36:00", office__time_value="PT36H00M01.500S"), "36:00:01.5"),
        (value("time", "noon", office__time_value="noon"), "noon"),
        (value("boolean", "WAHR", office__boolean_value="true"), "TRUE"),
        (value("boolean", "FALSE", office__boolean_value="false"), "FALSE"),
        (value("float", "no value"), "no value"),
        (value("a kind of tomorrow", "text"), "text"),
        (cell("text without a kind"), "text without a kind"),
    ],
)
def test_a_value_is_read_as_a_person_reads_it(written: str, text: str) -> None:
    (read,) = cells_of(only(row(written))).values()
    assert replace(read, number_format="") == RawCell(text=text)


def test_a_number_that_is_shown_with_a_sign_or_word_says_so() -> None:
    cells = [
        value("percentage", "25%", office__value="0.25"),
        value("currency", "£9.50", office__value="9.5"),
        value("float", "3 days", office__value="3"),
        value("float", "0.333", office__value="0.333333333"),
        value("float", "1E+020", office__value="1E+020"),
        value("string", "3 days"),
    ]
    assert [each.number_format for each in cells_of(only(row(*cells))).values()] == [
        "0%",
        "£9.50",
        "3 days",
        "",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("<text:p>one</text:p><text:p>two</text:p><text:p/><text:p>four</text:p>", "one\ntwo\n\nfour"),
        ("<text:p>G <text:s/>on<text:s text:c='3'/>target</text:p>", "G  on   target"),
        ("<text:p>a<text:tab/>b<text:line-break/>c</text:p>", "a\tb\nc"),
        ("<text:p>a <text:span>bold <text:span>more</text:span></text:span> plain</text:p>", "a bold more plain"),
        ("<text:p>see <text:a xlink:href='https://example.org'>this</text:a></text:p>", "see this"),
        ("<text:p>\n  laid out\n  by a program\n</text:p>", "laid out by a program"),
        ("<text:p>one</text:p><text:p> two  three</text:p>", "one\n two  three"),
        ("<text:p><text:s text:c='2'/>padded<text:s/></text:p>", "padded"),
        ("<text:p>a &amp; &lt;b&gt; “c” 日本語 😀</text:p>", "a & <b> “c” 日本語 😀"),
        ("<text:p>no\u00a0break</text:p>", "no\u00a0break"),
        ("<text:p>東<text:ruby-text>トウ</text:ruby-text>京</text:p>", "東京"),
        ("<draw:frame><draw:text-box><text:p>drawn</text:p></draw:text-box></draw:frame><text:p>here</text:p>", "here"),
        ("<text:p>a<draw:frame><text:p>drawn</text:p></draw:frame>b</text:p>", "ab"),
        ("<text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>", "one"),
        ("<table:table><table:table-row><table:table-cell><text:p>inner</text:p></table:table-cell></table:table-row>"
         "</table:table><text:p>outer</text:p>", "outer"),
    ],
)  # fmt: skip
def test_paragraphs_and_what_is_in_them_are_text(written: str, text: str) -> None:
    assert texts_of(only(row(cell(inside=written)))) == {(1, 1): text}


def test_line_breaks_are_kept_where_the_value_has_lost_them() -> None:
    paragraphs = "<text:p>one  x</text:p><text:p>two</text:p>"
    lost = cell(inside=paragraphs, office__value_type="string", office__string_value="one  x two")
    kept = cell(inside=paragraphs, office__value_type="string", office__string_value="one  x\ntwo").replace(
        "\n", "&#10;"
    )
    assert texts_of(only(row(lost, kept))) == {(1, 1): "one  x\ntwo", (1, 2): "one  x\ntwo"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (
            value("float", "5", table__formula="of:=SUM([.A1:.B2])+[$Lists.A1]", office__value="5"),
            RawCell(text="5", formula="=SUM(A1:B2)+Lists!A1"),
        ),
        (
            value("float", "TRUE", table__formula="of:=TRUE()", office__value="1"),
            RawCell(text="TRUE", formula="=TRUE()"),
        ),
        (
            value("string", "#DIV/0!", table__formula="of:=1/0", office__string_value="", calcext__value_type="error"),
            RawCell(text="#DIV/0!", formula="=1/0", failed=True),
        ),
        (
            value("float", "Err:502", table__formula="of:=SQRT(-1)", office__value="0"),
            RawCell(text="Err:502", formula="=SQRT(-1)", failed=True),
        ),
        (value("float", "#N/A", office__value="0"), RawCell(text="#N/A", failed=True)),
        (value("string", "#N/A"), RawCell(text="#N/A")),
        (cell(table__formula="of:=A1"), RawCell(text="=A1", formula="=A1", failed=True)),
        (cell("", table__formula='of:=""'), RawCell(formula='=""')),
        (value("string", "ab", table__formula="msoxl:=A1"), RawCell(text="ab", formula="=A1")),
    ],
)  # fmt: skip
def test_formulas_are_kept_and_errors_are_known(written: str, read: RawCell) -> None:
    assert cells_of(only(row(written))) == {(1, 1): read}


def test_comments_are_read_without_who_wrote_them_and_when() -> None:
    note = (
        "<office:annotation><dc:creator>PS</dc:creator><dc:date>2009-09-01T00:00:00</dc:date>"
        "<text:p>First line</text:p><text:p>second</text:p></office:annotation>"
    )
    assert cells_of(only(row(cell("x", inside=note), cell(inside=note, style="green")))) == {
        (1, 1): RawCell(text="x", comment="First line\nsecond"),
        (1, 2): RawCell(comment="First line\nsecond", fill=GREEN),
    }


# --- fills ------------------------------------------------------------------------------------------------------


def test_a_fill_is_the_styles_own_or_its_parents() -> None:
    common = cell_style("Good", "#ccffcc") + cell_style("Better", parent="Good") + cell_style("ring", parent="ring")
    automatic = (
        cell_style("ce1", parent="Better")
        + cell_style("ce2", "transparent", parent="Good")
        + cell_style("ce3", "#ff0000", parent="Good")
        + cell_style("ce4", parent="ring")
        + cell_style("ce5", parent="nobody")
    )
    cells = [cell(style=name) for name in ("ce1", "ce2", "ce3", "ce4", "ce5", "Good", "nobody")]
    sheet = only(row(*cells), automatic=automatic, common=common)
    pale = Fill(rgb="CCFFCC")
    assert {at: each.fill for at, each in cells_of(sheet).items()} == {(1, 1): pale, (1, 3): RED, (1, 6): pale}


def test_a_style_of_the_sheet_comes_before_a_common_one_of_that_name() -> None:
    sheet = only(row(cell(style="ce1")), common=cell_style("ce1", "#ff0000"), automatic=cell_style("ce1", "#00b050"))
    assert sheet[1, 1].fill == GREEN


def test_the_style_that_all_others_stand_on_may_be_painted() -> None:
    common = (
        '<style:default-style style:family="table-cell">'
        '<style:table-cell-properties fo:background-color="#ff0000"/></style:default-style>'
    )
    assert only(row(cell("x", style="plain")), common=common)[1, 1].fill == RED


def test_a_cell_without_a_style_takes_its_rows_or_else_its_columns() -> None:
    sheet = only(
        column(times=2),
        column("green", 2),
        column(),
        row(*map(cell, "abcde")),
        row(*map(cell, "abcde"), style="amber"),
        row(cell("a"), cell("b"), cell("c", "plain"), cell("d", "amber"), cell("e")),
        row(*map(cell, "abcde"), style="plain"),
        row(cell("a"), style="plain"),
        row(cell("a"), style="amber"),
        row(cell("a")),
    )
    names = {GREEN: "green", AMBER: "amber", None: "-"}
    assert [" ".join(names[sheet[line, at].fill] for at in range(1, 6)) for line in range(1, 9)] == [
        "- - green green -",
        "amber amber amber amber amber",
        "- - - amber -",
        "- - - - -",
        "- - - - -",
        "amber amber amber amber amber",
        "- - green green -",
        "- - green green -",
    ]


# --- repetition -------------------------------------------------------------------------------------------------


def test_repeated_cells_and_rows_with_text_or_fill_are_every_one_of_them() -> None:
    sheet = only(
        row(cell(times=2), cell("x", times=2), cell(style="green", times=3), cell(times=16_377)),
        row(cell(times=16_384), times=3),
        row(cell("y"), cell(style="amber"), times=2),
        row(cell(times=16_384), times=1_048_570),
    )
    assert cells_of(sheet) == {
        **{(1, at): RawCell(text="x") for at in (3, 4)},
        **{(1, at): RawCell(fill=GREEN) for at in (5, 6, 7)},
        **{(line, 1): RawCell(text="y") for line in (5, 6)},
        **{(line, 2): RawCell(fill=AMBER) for line in (5, 6)},
    }
    assert sheet.backgrounds == ()


def test_whole_columns_rows_and_blocks_that_are_painted_are_backgrounds_and_cost_nothing() -> None:
    sheet = only(
        column(),
        column("green", 2),
        column(times=16_381),
        row(cell("x"), cell(times=16_383)),
        row(cell(style="amber", times=16_384)),
        row(cell("y"), cell(style="plain"), cell(times=16_382)),
        row(cell(times=2), cell(style="amber", times=3), cell(times=16_379), times=500_000),
        row(cell(style="plain", times=16_384), times=400_000),
    )
    assert cells_of(sheet) == {(1, 1): RawCell(text="x"), (3, 1): RawCell(text="y"), (3, 2): NO_CELL}
    names = {GREEN: "green", AMBER: "amber", None: "-"}
    assert [" ".join(names[sheet[line, at].fill] for at in range(1, 7)) for line in (1, 2, 3, 4, 500_003, 500_004)] == [
        "- green green - - -",
        "amber amber amber amber amber amber",
        "- - green - - -",
        "- green amber amber amber -",
        "- green amber amber amber -",
        "- - - - - -",
    ]
    assert sheet[900_003, 2].fill is None
    assert sheet[900_004, 2].fill == sheet[LAST_ROW, 3].fill == GREEN
    assert len(sheet.backgrounds) < 10


def test_a_long_run_in_the_midst_of_painted_columns_lies_over_them() -> None:
    painted = row(cell("x"), cell(times=3), cell(style="amber"), cell(times=4), times=2_000)
    sheet = only(column("green", 9), painted, row(cell(times=9)))
    assert [sheet[2000, at].fill for at in (2, 4, 6, 9, 10)] == [GREEN, GREEN, GREEN, GREEN, None]
    assert [sheet[line, 5].fill for line in (1, 2000, 2001)] == [AMBER, AMBER, GREEN]


def test_columns_under_rows_to_the_end_of_the_sheet_show_nowhere() -> None:
    assert only(column("green", 9), row(cell(style="plain", times=9), times=LAST_ROW)).backgrounds == ()


def test_cells_that_follow_a_long_run_are_where_they_are() -> None:
    sheet = only(row(cell(style="green", times=5_000), cell("far"), cell(style="amber", times=5_000), cell("end")))
    assert texts_of(sheet) == {(1, 5_001): "far", (1, 10_002): "end"}
    assert sheet.backgrounds == (((1, 1, 1, 5_000), GREEN), ((1, 5_002, 1, 10_001), AMBER))


def test_a_million_rows_are_read_in_no_time() -> None:
    before = time.perf_counter()
    for line in (row(cell(times=16_384), times=LAST_ROW), row(cell(style="green", times=16_384), times=LAST_ROW)):
        assert only(line).lines == {}
    with pytest.raises(ReadError, match=r"more than 1,000,000 cells\.") as error:
        only(row(cell("x"), times=LAST_ROW))
    assert error.value.code == "FILE_TOO_LARGE"
    assert time.perf_counter() - before < 1


def test_merged_cells_that_span_columns_are_known() -> None:
    wide = cell("x", table__number_columns_spanned="3", table__number_rows_spanned="2")
    sheet = only(
        row(cell("a"), wide, cell(times=2)),
        row(cell(times=4)),
        row(wide, cell("b", table__number_columns_spanned="1", table__number_rows_spanned="2"), times=2),
    )
    assert sheet.wide == ((1, 2, 2, 4), (3, 1, 4, 3), (4, 1, 5, 3))
    assert (sheet.seen(2, 4).text, sheet.seen(2, 1).text) == ("x", "")


def test_merged_and_grouped_cells_are_all_read() -> None:
    covered = cell("under it").replace("table:table-cell", "table:covered-table-cell")
    sheet = only(
        f"<table:table-column-group><table:table-header-columns>{column('green')}</table:table-header-columns>"
        f"</table:table-column-group>{column()}",
        f"<table:table-header-rows>{row(cell('head'))}</table:table-header-rows>",
        "<table:table-row-group><table:table-row-group>",
        row(cell("a"), covered),
        "</table:table-row-group></table:table-row-group>",
        row(cell("b")),
    )
    assert texts_of(sheet) == {(1, 1): "head", (2, 1): "a", (2, 2): "under it", (3, 1): "b"}
    assert [sheet[line, 1].fill for line in (1, 2, 3, 9)] == [GREEN] * 4


# --- sheets -----------------------------------------------------------------------------------------------------


def test_sheets_are_in_order_and_hidden_ones_are_known() -> None:
    validated = cell(times=3, table__content_validation_name="val1")
    data = spreadsheet(
        table(row(cell("x"), validated), name="Housing & homes"),
        table(name="Empty"),
        table(row(cell("y")), name="_plan", style="ta2"),
        meta=f"<office:document-meta {NAMESPACES}><office:meta><meta:user-defined meta:name='workbook.plan'>pabc"
        "</meta:user-defined><meta:user-defined meta:name='n' meta:value-type='float'>3.1</meta:user-defined>"
        "</office:meta></office:document-meta>",
    )
    sheets, properties = read_ods(Archive(data))
    assert [(each.name, each.visible, each.has_validations, texts_of(each)) for each in sheets] == [
        ("Housing & homes", True, True, {(1, 1): "x"}),
        ("Empty", True, False, {}),
        ("_plan", False, False, {(1, 1): "y"}),
    ]
    assert properties == {"workbook.plan": "pabc", "n": "3.1"}


def test_what_is_no_sheet_of_the_file_is_left_out() -> None:
    elsewhere = table(row(cell("far")), name="'file:///c:/other.ods'#$Sheet1")
    was = f"<table:cell-content-change>{cell('was')}</table:cell-content-change>"
    changes = f"<table:tracked-changes>{was}</table:tracked-changes>"
    links = f"<table:dde-links><table:dde-link>{table(row(cell('linked')))}</table:dde-link></table:dde-links>"
    shapes = (
        "<table:shapes><draw:frame><draw:text-box><text:p>drawn</text:p></draw:text-box></draw:frame></table:shapes>"
    )
    sheets = sheets_of(spreadsheet(table(shapes, row(cell("here"))), changes, elsewhere, links))
    assert [(each.name, texts_of(each)) for each in sheets] == [("CP1", {(1, 1): "here"})]


# --- conditional formats ----------------------------------------------------------------------------------------

PAINTS = cell_style("Its_5f_red", "#ff0000").replace(
    'style:name="Its_5f_red"', 'style:name="Its_5f_red" style:display-name="Its_red"'
) + cell_style("Bold")


def conditions(*written: str, at: str = "CP1.B2:CP1.C9", base: str = "CP1.B2", style: str = "Its_red") -> str:
    inside = "".join(
        each if each.startswith("<calcext") else f"<calcext:condition calcext:apply-style-name={quoteattr(style)} "
        f"calcext:value={quoteattr(each)} calcext:base-cell-address={quoteattr(base)}/>"
        for each in written
    )  # fmt: skip
    kind = "calcext:conditional-format"
    return f"<{kind} calcext:target-range-address={quoteattr(at)}>{inside}</{kind}>"


def ruled(*formats: str, name: str = "CP1") -> RawSheet:
    rules = f"<calcext:conditional-formats>{''.join(formats)}</calcext:conditional-formats>"
    (sheet,) = sheets_of(spreadsheet(table(row(cell("x")), rules, name=name), common=PAINTS))
    return sheet


def seen(sheet: RawSheet, at: tuple[int, int], text: str) -> Fill | str | None:
    """The fill that rules show in a cell with that text, or the formula of one that is not understood."""
    found = shown(sheet.rules, at, lambda where: text if where == at else sheet[where].text)
    return found.unread or found.fill


@pytest.mark.parametrize(
    ("written", "holds", "holds_not"),
    [
        ('="G"', "g", "H"),
        ('!="G"', "H", "G"),
        ("<3", "2.5", "3"),
        ("<=3", "3", "4"),
        (">3", "4", "3"),
        (">=3", "3", "2"),
        ("between(1,5)", "3", "6"),
        ("not-between(1,5)", "6", "3"),
        ('contains-text("ab"c")', 'zab"Cz', "abc"),
        ('not-contains-text("ab,c")', "abc", "-ab,c"),
        ('begins-with("ab")', "abc", "cab"),
        ('ends-with("ab")', "cab", "abc"),
        ('formula-is([.B2]="G")', "G", "H"),
        ('formula-is([.$A$1]="x")', "whatever", None),
        ("formula-is(LEN(TRIM([.B2]))=0)", " ", "x"),
        ('formula-is(AND([.$A$1]="x";OR([.B2]="G";[.B2]>3)))', "5", "2"),
        ("=[.$A$1]", "x", "y"),
    ],
)
def test_the_common_conditions_are_worked_out(written: str, holds: str, holds_not: str | None) -> None:
    sheet = ruled(conditions(written))
    assert seen(sheet, (2, 2), holds) == RED
    assert seen(sheet, (9, 3), holds) in (RED, None)
    assert seen(sheet, (1, 1), holds) is None
    if holds_not is not None:
        assert seen(sheet, (2, 2), holds_not) is None


@pytest.mark.parametrize(
    "written",
    ["duplicate", "is-error", "top-elements(3)", "contains-text([.A1])", "=[$Lists.A1]", '="' + "x" * 600 + '"'],
)
def test_a_condition_of_another_kind_is_known_not_to_be_understood(written: str) -> None:
    assert isinstance(seen(ruled(conditions(written)), (2, 2), "x"), str)


def test_colour_scales_and_dates_are_not_understood_and_bars_and_icons_paint_nothing() -> None:
    scale = conditions("<calcext:color-scale><calcext:color-scale-entry/></calcext:color-scale>")
    date = conditions('<calcext:date-is calcext:style="Its_red" calcext:date="today"/>')
    assert seen(ruled(scale), (2, 2), "x") == "color scale"
    assert seen(ruled(date), (2, 2), "x") == "today"
    assert ruled(conditions("<calcext:data-bar/>", "<calcext:icon-set/>")).rules == ()


def test_references_count_from_the_base_and_areas_may_be_many_on_a_sheet_of_any_name() -> None:
    at = "'It''s a.sheet'.B2:'It''s a.sheet'.B3 'It''s a.sheet'.D5 'It''s a.sheet'.#REF!"
    sheet = ruled(conditions('formula-is([.A1]="x")', at=at, base="'It''s a.sheet'.B1"), name="It's a.sheet")
    at_all = [(2, 2), (3, 2), (5, 4), (5, 5), (4, 2)]
    found = {where: shown(sheet.rules, where, lambda at: "x" if at == (2, 1) else "").fill for where in at_all}
    assert found == {(2, 2): RED, (3, 2): None, (5, 4): None, (5, 5): None, (4, 2): None}
    unsaid = ruled(conditions('formula-is([.B2]="G")', base=""))
    assert [seen(unsaid, where, "G") for where in ((2, 2), (9, 3))] == [RED, RED]
    every = {where: shown(sheet.rules, where, lambda _: "x").fill for where in at_all}
    assert every == {(2, 2): RED, (3, 2): RED, (5, 4): RED, (5, 5): None, (4, 2): None}


def test_of_the_conditions_for_an_area_the_first_that_holds_is_the_only_one() -> None:
    bold = '<calcext:condition calcext:apply-style-name="Bold" calcext:value="=&quot;G&quot;"/>'
    sheet = ruled(conditions(bold, 'begins-with("G")'))
    assert (seen(sheet, (2, 2), "G"), seen(sheet, (2, 2), "GG")) == (None, RED)
    other_area = ruled(conditions(bold), conditions('begins-with("G")'))
    assert seen(other_area, (2, 2), "G") == RED
    unclear = ruled(conditions(bold.replace("=&quot;G&quot;", "duplicate"), 'begins-with("G")'))
    assert isinstance(seen(unclear, (2, 2), "GG"), str)


@pytest.mark.parametrize(
    ("written", "holds", "holds_not"),
    [
        ('cell-content()="G"', "g", "H"),
        ("cell-content-is-between(1,5)", "3", "6"),
        ("cell-content-is-not-between(1,5)", "6", "3"),
        ('of:is-true-formula([.B1]="G")', "G", "H"),
    ],
)
def test_conditions_of_styles_are_read_where_there_are_no_others(written: str, holds: str, holds_not: str) -> None:
    applied = 'style:apply-style-name="Its_5f_red" style:base-cell-address="CP1.B1"'
    mapped = f"<style:map style:condition={quoteattr(written)} {applied}/>"
    lines = row(cell("x"), cell(style="ce1"), cell("y", style="ce1")), row(cell(), cell(style="ce1", times=2), times=20)
    sheet = only(*lines, automatic=cell_style("ce1", inside=mapped), common=PAINTS)
    assert [seen(sheet, at, holds) for at in ((1, 2), (21, 3), (1, 1), (22, 2))] == [RED, RED, None, None]
    assert seen(sheet, (21, 3), holds_not) is None
    newer = f"<calcext:conditional-formats>{conditions('=1', at='CP1.F1', base='CP1.F1')}</calcext:conditional-formats>"
    sheet = only(*lines, newer, automatic=cell_style("ce1", inside=mapped), common=PAINTS)
    assert seen(sheet, (1, 2), holds) is None


# --- what is refused --------------------------------------------------------------------------------------------


def refused(data: bytes, folder: Path) -> tuple[str, str]:
    with pytest.raises(ReadError) as error:
        open_book(saved(folder, data))
    return error.value.code, str(error.value)


def test_a_password_is_asked_for(tmp_path: Path) -> None:
    manifest = (
        f"<manifest:manifest {NAMESPACES}><manifest:file-entry manifest:full-path='content.xml'>"
        "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    )
    data = zipped({"META-INF/manifest.xml": manifest, "content.xml": "scrambled"})
    assert refused(data, tmp_path) == ("FILE_ENCRYPTED", "a password is needed to open it; save it without one.")


def test_a_file_without_a_sheet_says_so(tmp_path: Path) -> None:
    code, why = refused(spreadsheet(), tmp_path)
    assert (code, why) == ("FILE_UNREADABLE", "it holds no sheet; it is another kind of document.")
    assert refused(zipped({"meta.xml": "<x/>"}), tmp_path)[0] == "FILE_UNREADABLE"


WHOLE = spreadsheet(table(row(cell("x"))))
DAMAGED = {
    "cut off": WHOLE[:-30],
    "half of it": WHOLE[: len(WHOLE) // 2],
    "XML cut off": zipped({"content.xml": f"<office:document-content {NAMESPACES}>{table(row(cell('x')))}"}),
    "a count that is none": spreadsheet(table(row(cell("x", table__number_columns_repeated="many")))),
    "a number that is none": spreadsheet(table(row(value("float", office__value="seven")))),
    "a colour that is none": spreadsheet(table(row(cell(style="odd"))), automatic=cell_style("odd", "#12345")),
    "an entity": zipped({"content.xml": '<!DOCTYPE x [<!ENTITY e "y">]><x>&e;</x>'}),
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_one_sentence(data: bytes, tmp_path: Path) -> None:
    code, why = refused(data, tmp_path)
    assert code == "FILE_UNREADABLE"
    assert why.endswith(".")


def bombs() -> Iterator[tuple[str, bytes]]:
    yield "deep", spreadsheet(table(row(cell(inside="<text:span>" * 200 + "</text:span>" * 200))))
    yield "deep cells", spreadsheet("<table:table-cell>" * 200 + "</table:table-cell>" * 200)
    yield "deep aside", spreadsheet(table("<draw:g>" * 200 + "</draw:g>" * 200))
    yield "cells", spreadsheet(table(row(cell("x", times=1_000), times=1_001)))
    yield "cells far away", spreadsheet(table(row(cell("x", times=10**12))))
    yield "cells of two sheets", spreadsheet(*[table(row(cell("x"), times=600_000)) for _ in range(2)])
    yield "blanks", spreadsheet(table(row(cell(inside="<text:p><text:s text:c='999999999999'/></text:p>"))))
    wide = cell(inside="<text:p><text:s text:c='900000'/></text:p>")
    yield "blanks in many cells", spreadsheet(table(row(wide * 50)))
    yield "a long text", spreadsheet(table(row(cell("x" * 1_000_001))))
    yield "a long text of many paragraphs", spreadsheet(table(row(cell(inside="<text:p>xxxxxxxxx</text:p>" * 100_001))))
    yield "sheets", spreadsheet(*[table(name=str(number)) for number in range(501)])
    merged = cell(style="green", table__number_columns_spanned="2")
    yield "merged cells", spreadsheet(table(row(merged * 2_000, times=1_000)))
    stripes = row(cell(style="green", times=2_000)) + row(cell(style="amber", times=2_000))
    yield "stripes", spreadsheet(table(stripes * 6_000))


@pytest.mark.parametrize("data", [data for _, data in bombs()], ids=[name for name, _ in bombs()])
def test_a_file_far_beyond_any_plan_is_refused_at_once(data: bytes, tmp_path: Path) -> None:
    before = time.perf_counter()
    assert refused(data, tmp_path)[0] == "FILE_TOO_LARGE"
    assert time.perf_counter() - before < 2


def test_a_file_of_much_white_space_and_little_else_is_read() -> None:
    blank = " " * 200 + "\n"
    lines = (row(cell(), blank, cell(times=5), blank) + blank) * 5_000
    styles = (cell_style("ce1", "#ff0000") + blank) * 10_000
    sheet = only(lines, row(cell("x", style="ce1")), automatic=styles)
    assert cells_of(sheet) == {(5_001, 1): RawCell(text="x", fill=RED)}


def test_alike_cells_are_one_object() -> None:
    sheet = only(*[row(cell("G", style="green"))] * 3)
    assert sheet[1, 1] is sheet[3, 1]


def test_the_cap_on_painted_areas_is_far_above_any_plan() -> None:
    assert ods._MOST_AREAS >= 5 * 2_000


# --- what LibreOffice makes of ours -----------------------------------------------------------------------------


def converted(path: Path, kind: str, folder: Path) -> Path:
    """A file as LibreOffice saves it in another format."""
    return all_converted([path], kind, folder)[0]


def all_converted(paths: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """Files as LibreOffice saves them in another format."""
    found = libreoffice.find()
    assert found
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(found[0]), profile, "--headless", "--convert-to", kind, "--outdir", str(folder / kind)]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=120)  # noqa: S603
    return [folder / kind / f"{path.stem}.{kind}" for path in paths]


def filled_in(folder: Path, form: Layout) -> Path:
    """A return on which somebody has worked: letters, words, paint, a hatch, a note, a comment."""
    council = Council.issuing(folder, form)
    officer = council["PS"].type("1.1.2", "Sep", "H").type("1.1.1", "Sep", "B").paint("1.1.3", "Sep", "00A933")
    path = officer.type("1.1.2", "note", "EXTENDED.\nTwo  lines").send()
    book = openpyxl.load_workbook(path)
    book["CP1"]["D1"].comment = Comment("Please call.\nPS", "PS")
    book["CP1"]["H13"].fill = PatternFill("lightUp", fgColor="FF7030A0", bgColor="FFCCC0DA")
    book.save(path)
    return path


def covered(path: Path) -> set[tuple[str, int, int]]:
    """The cells that lie under merged ones, whose fill nobody sees."""
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, line, at)
        for sheet in book.worksheets
        for each in sheet.merged_cells.ranges
        for line, at in each.cells
        if (line, at) != (each.min_row, each.min_col)
    }


def compared(
    book: RawBook, under: set[tuple[str, int, int]]
) -> dict[tuple[str, int, int], tuple[str, Fill | None, str]]:
    """Every text, fill and comment by cell."""
    return {
        (sheet.name, line, at): (each.text, None if (sheet.name, line, at) in under else each.fill, each.comment)
        for sheet in book.sheets
        for line, at, each in sheet
        if each.text or each.comment or (sheet.name, line, at) not in under
    }


@pytest.mark.libreoffice
@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("form", BOTH_FORMS, ids=lambda form: form.bands)
def test_a_return_saved_as_ods_reads_as_when_saved_as_xlsx(tmp_path: Path, form: Layout) -> None:
    path = filled_in(tmp_path, form)
    xlsx, saved_ods = converted(path, "xlsx", tmp_path), converted(path, "ods", tmp_path)
    one, other = open_book(xlsx), open_book(saved_ods)
    under = covered(xlsx)
    assert compared(other, under) == compared(one, under)
    assert other.sheets[1][13, 8].fill == Fill(rgb="B59CCC")
    assert [(each.name, each.visible, each.has_validations) for each in other.sheets] == [
        (each.name, each.visible, each.has_validations) for each in one.sheets
    ]
    assert [sorted(each.wide) for each in other.sheets] == [sorted(each.wide) for each in one.sheets]
    assert other.properties.items() >= {key: one.properties[key] for key in one.properties if "." in key}.items()
    for at in [(line, column) for line in range(12, 22) for column in range(6, 18)]:
        for letter in ["", *"GARHBX"]:
            assert seen(other.sheets[1], at, letter) == seen(one.sheets[1], at, letter), (at, letter)
    assert read_return(saved_ods).actions == read_return(xlsx).actions != ()
