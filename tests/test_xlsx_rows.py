"""Rows that are written plainly are read without parsing them as XML: the same must come of it."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.office import BOTH_FORMS, Council
from tests.strategies import often
from tests.test_xlsx import PARTS, by_xlsxwriter, every_kind, package
from workbook.layout import Layout
from workbook.read import xlsx_sheet
from workbook.read.archive import Archive
from workbook.read.cells import RawCell, RawSheet
from workbook.read.xlsx import read_xlsx
from workbook.read.xlsx_rows import NotPlainError, cut_rows, read_rows

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet><sheetData>'


def by_parser(data: bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[RawSheet, ...]:
    """The sheets as the XML parser gives them."""
    with monkeypatch.context() as patched:
        patched.setattr(xlsx_sheet, "_LARGE", -1)
        return read_xlsx(Archive(data))[0]


def told(sheets: tuple[RawSheet, ...]) -> list[object]:
    return [(sheet.name, sheet.lines, sheet.backgrounds, sheet.wide, sheet.has_validations) for sheet in sheets]


@pytest.mark.parametrize("form", BOTH_FORMS, ids=lambda form: form.bands)
def test_a_workbook_of_ours_is_plain_and_is_read_as_the_parser_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Layout
) -> None:
    council = Council.issuing(tmp_path, form)
    for path in (council["PS"].path, tmp_path / "issued" / "master.xlsx"):
        data = path.read_bytes()
        archive = Archive(data)
        sheets = [name for name in archive.names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
        cut = [cut_rows(b"".join(archive.pieces(name))) for name in sheets]
        assert all(cut)
        assert all(read_rows(each[1], lambda *_: RawCell(text="x")) for each in cut if each)
        assert told(read_xlsx(Archive(data))[0]) == told(by_parser(data, monkeypatch))


def test_cells_of_every_kind_come_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    data = by_xlsxwriter(every_kind)
    assert told(read_xlsx(Archive(data))[0]) == told(by_parser(data, monkeypatch))


ROWS = st.sampled_from(
    (
        '<row r="2"><c r="A2"><v>1</v></c></row>',
        '<row r="3" spans="1:2" ht="15"><c r="B3" s="0" t="str"><v>Größe</v></c><c r="C3" s="0"/></row>',
        '<row r="4"/>',
        '<row r="5"></row>',
        '<row r="6"><c r="AA6" t="b"><v>1</v></c><c r="A6" t="e"><v>#REF!</v></c></row>',
        '<row r="2"><c r="A2"/><c r="B2"><v>7.5</v></c></row>',
        "<row><c><v>1</v></c></row>",
        '<row r="7"><c r="A7" t="inlineStr"><is><t>a</t></is></c></row>',
        '<row r="8"><c r="A8" t="str"><v>a &amp; b</v></c></row>',
        '<row r="9"><c r="A9"><f>1+1</f><v>2</v></c></row>',
        '<row r="10">\n<c r="A10"><v>1</v></c>\n</row>',
        "<row r='11'><c r='A11'><v>1</v></c></row>",
        '<row r="12"><c t="str" r="A12"><v>x</v></c></row>',
        '<!-- <row r="13"><c r="A13"><v>1</v></c></row> -->',
    )
)


@often
@given(st.lists(ROWS, max_size=6))
def test_rows_come_to_the_same_however_they_are_written(rows: list[str]) -> None:
    data = package(PARTS | {"xl/worksheets/sheet1.xml": f"{HEAD}{''.join(rows)}</sheetData></worksheet>"})
    with pytest.MonkeyPatch.context() as patched:
        assert told(read_xlsx(Archive(data))[0]) == told(by_parser(data, patched))


@pytest.mark.parametrize(
    "row",
    [
        '<row r="1"><c r="A1"><v>1</v></c>x</row>',
        '<row r="1" s="3"><c r="A1"><v>1</v></c></row>',
        '<row r="0"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><f/><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row>x',
        '<c r="A1"><v>1</v></c></row>',
    ],
)
def test_what_is_written_in_any_other_way_is_left_to_the_parser(row: str) -> None:
    with pytest.raises(NotPlainError):
        read_rows(row.encode(), lambda *_: None)


@pytest.mark.parametrize(
    "xml",
    [
        HEAD.replace("UTF-8", "UTF-16") + "</sheetData></worksheet>",
        HEAD.replace("<?xml", "<!-- <sheetData> --><?xml") + "</sheetData></worksheet>",
        HEAD + "<![CDATA[</sheetData>]]></sheetData></worksheet>",
        HEAD.replace("<sheetData>", '<sheetData x="1">') + "</sheetData></worksheet>",
        HEAD + "<?xml x?></sheetData></worksheet>",
        HEAD,
    ],
)
def test_a_sheet_of_which_that_is_not_sure_is_left_to_the_parser(xml: str) -> None:
    assert cut_rows(xml.encode()) is None


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ('<c r="A1" s="0">\n  </c>', None),
        ('<c r="A1" t="b">\n  <v>\n1\n</v>\n</c>', RawCell(text="TRUE")),
        ('<c r="A1">\n  <v>\n7\n</v>\n</c>', RawCell(text="7")),
        ('<c r="A1">\n  <f>1+1</f>\n</c>', RawCell(text="=1+1", formula="=1+1", failed=True)),
        ('<c r="A1" t="inlineStr">\n<is>\n<t>one</t>\n<t> two</t>\n</is>\n</c>', RawCell(text="one two")),
    ],
)
def test_xml_that_is_laid_out_in_lines_says_the_same(cell: str, told: RawCell | None) -> None:
    data = package(
        PARTS | {"xl/worksheets/sheet1.xml": f'{HEAD}\n<row r="1">\n{cell}\n</row>\n</sheetData></worksheet>'}
    )
    (sheet,) = read_xlsx(Archive(data))[0]
    assert sheet.lines.get(1, {}).get(1) == told
