"""Plans that are tables in Word: documents made here with python-docx, and what is read of their tables."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table, _Cell

from workbook.errors import ReadError
from workbook.palette import Fill
from workbook.read import word
from workbook.read.cells import RawBook, RawCell, RawSheet
from workbook.read.opening import open_book
from workbook.read.word import open_word

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SEND_AGAIN = "Ask for it to be sent again."
SAVE_AS = "Open it in the program it was made with, and save it as a Word document (.docx)."

# --- a document -------------------------------------------------------------------------------------------------


def table(document: WordDocument, *rows: Sequence[str]) -> Table:
    made: Table = document.add_table(len(rows), len(rows[0]))
    for line, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(line.cells, texts, strict=True):
            cell.text = text
    return made


def shaded(cell: _Cell, **said: str) -> None:
    attributes = " ".join(f'w:{name}="{value}"' for name, value in said.items())
    cell._tc.get_or_add_tcPr().append(parse_xml(f"<w:shd {nsdecls('w')} {attributes}/>"))


def holding(cell: _Cell, *paragraphs: str) -> None:
    """Put paragraphs of plain XML into a cell."""
    for each in cell.paragraphs:
        each._p.getparent().remove(each._p)
    for each in paragraphs:
        cell._tc.append(parse_xml(f"<w:p {nsdecls('w')}>{each}</w:p>"))


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def saved(folder: Path, document: WordDocument) -> Path:
    path = folder / "plan.docx"
    document.save(str(path))
    return path


def read(folder: Path, document: WordDocument) -> RawBook:
    return open_word(saved(folder, document))


def only(folder: Path, document: WordDocument) -> RawSheet:
    (sheet,) = read(folder, document).sheets
    return sheet


def texts(sheet: RawSheet) -> dict[tuple[int, int], str]:
    return {(row, column): cell.text for row, column, cell in sheet.texts()}


def repacked(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The document with its parts changed one by one; None leaves a part out."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in parts.namelist():
            if (data := change(name, parts.read(name))) is not None:
                packed.writestr(name, data)
    path.write_bytes(made.getvalue())
    return path


def plain(folder: Path) -> Path:
    document = Document()
    table(document, ["Ref", "Action"], ["1", "Mend the roof"])
    return saved(folder, document)


# --- tables -----------------------------------------------------------------------------------------------------


def test_a_table_is_a_sheet_with_what_stands_above_and_below_it(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Improvement plan 2009/10", 0)
    document.add_paragraph("")
    document.add_paragraph("Owner:\tHousing")
    table(document, ["Ref", "Action"], ["1", "Mend the roof"])
    document.add_paragraph("Green is on target.")
    book = read(tmp_path, document)
    assert (book.file, book.saved_as, len(book.digest)) == ("plan.docx", "docx", 16)
    (sheet,) = book.sheets
    assert (sheet.name, sheet.visible, sheet.has_validations, sheet.wide) == ("Owner: Housing", True, None, ())
    assert texts(sheet) == {
        (1, 1): "Improvement plan 2009/10",
        (2, 1): "Owner: Housing",
        (3, 1): "Ref",
        (3, 2): "Action",
        (4, 1): "1",
        (4, 2): "Mend the roof",
        (5, 1): "Green is on target.",
    }


def test_two_tables_are_two_sheets_each_with_its_own_title(tmp_path: Path) -> None:
    document = Document()
    for title in (
        "Housing",
        "Housing",
        "So long a paragraph that it cannot be the name of the table that comes after it",
        "",
    ):
        document.add_paragraph(title)
        table(document, ["Ref"])
    sheets = read(tmp_path, document).sheets
    assert [sheet.name for sheet in sheets] == ["Housing", "Housing (2)", "Table 3", "Table 4"]
    assert [len(texts(sheet)) for sheet in sheets] == [2, 2, 2, 1]


def test_a_cell_has_its_paragraphs_line_by_line(tmp_path: Path) -> None:
    document = Document()
    cell = table(document, [" one\ttwo "]).cell(0, 0)
    cell.add_paragraph("three\nfour")
    assert only(tmp_path, document)[1, 1].text == "one two \nthree\nfour"


LISTS = """
<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
  <w:abstractNum w:abstractNumId="7">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
    <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>
    <w:lvl w:ilvl="3"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%4"/></w:lvl>
  </w:abstractNum>
  <w:abstractNum w:abstractNumId="8">
    <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
  </w:abstractNum>
  <w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num>
  <w:num w:numId="8"><w:abstractNumId w:val="8"/></w:num>
  <w:num w:numId="9"><w:abstractNumId w:val="7"/>
    <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""


def numbered(text: str, number: int, level: int = 0) -> str:
    return f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>{run(text)}'


def with_lists(path: Path) -> RawSheet:
    repacked(path, lambda name, data: LISTS.encode() if name == "word/numbering.xml" else data)
    (sheet,) = open_word(path).sheets
    return sheet


def test_the_numbers_that_word_gives_by_itself_are_text(tmp_path: Path) -> None:
    document = Document()
    made = table(document, ["Ref", "Action"], *[["", f"Act {at}"] for at in range(1, 7)])
    levels = [(7, 0), (7, 1), (7, 1), (7, 0), (7, 1), (9, 0)]
    for (number, level), line in zip(levels, made.rows[1:], strict=True):
        holding(line.cells[0], numbered("", number, level))
    holding(made.rows[2].cells[1], numbered("First", 7, 2), numbered("Second", 7, 2), numbered("Last", 7, 3))
    holding(made.rows[3].cells[1], numbered("Any", 8), numbered("Other", 8))
    sheet = with_lists(saved(tmp_path, document))
    assert [sheet[row, 1].text for row in range(2, 8)] == ["1.", "1.1", "1.2", "2.", "2.1", "5."]
    assert sheet[3, 2].text == "(a) First\n(b) Second\nIV Last"
    assert sheet[4, 2].text == "Any\nOther"


def test_a_style_gives_numbers_and_a_covered_cell_has_none(tmp_path: Path) -> None:
    document = Document()
    made = table(document, ["Ref", "Action"], *[["", f"Act {at}"] for at in range(1, 4)])
    made.cell(1, 0).merge(made.cell(2, 0))
    for line in made.rows[1:]:
        line._tr.tc_lst[0].p_lst[0].style = "ListNumber"
    sheet = only(tmp_path, document)
    assert [sheet[row, 1].text for row in range(2, 5)] == ["1.", "", "2."]


def test_the_ground_of_a_cell_may_be_that_of_its_paragraph_or_of_all_of_its_words(tmp_path: Path) -> None:
    document = Document()
    made = table(document, *[["", "x"] for _ in range(5)])
    red = '<w:rPr><w:highlight w:val="red"/></w:rPr><w:t>Late</w:t>'
    holding(made.cell(0, 0), f'<w:pPr><w:shd w:val="clear" w:fill="00B050"/></w:pPr>{run("Done")}')
    holding(made.cell(1, 0), f"<w:r>{red}</w:r>")
    holding(made.cell(2, 0), f"<w:r>{red}</w:r>{run(' or not')}")
    holding(made.cell(3, 0), '<w:r><w:rPr><w:color w:val="FFC000"/></w:rPr><w:t>●</w:t></w:r>')
    holding(made.cell(4, 0), '<w:r><w:rPr><w:color w:val="FFC000"/></w:rPr><w:t>Amber</w:t></w:r>')
    sheet = only(tmp_path, document)
    fills = [sheet[row, 1].fill for row in range(1, 6)]
    assert fills == [Fill(rgb="00B050"), Fill(rgb="FF0000"), None, None, None]
    assert [sheet[row, 1].ink for row in range(1, 6)] == ["", "", "", "FFC000", ""]


def test_cells_merged_over_columns_are_wide(tmp_path: Path) -> None:
    document = Document()
    made = table(document, ["Ref", "2009", ""], ["1", "Jan", "Feb"])
    made.cell(0, 1).merge(made.cell(0, 2))
    sheet = only(tmp_path, document)
    assert sheet.wide == ((1, 2, 1, 3),)
    assert texts(sheet) == {(1, 1): "Ref", (1, 2): "2009", (2, 1): "1", (2, 2): "Jan", (2, 3): "Feb"}
    assert sheet.seen(1, 3).text == "2009"


def test_cells_merged_over_rows_have_their_text_in_the_first_and_their_colour_in_all(tmp_path: Path) -> None:
    document = Document()
    made = table(document, ["Roof", "1"], ["", "2"], ["Door", "3"])
    shaded(made.cell(0, 0), val="clear", fill="00B050")
    made.cell(0, 0).merge(made.cell(1, 0))
    sheet = only(tmp_path, document)
    green = Fill(rgb="00B050")
    assert [sheet[row, 1] for row in (1, 2, 3)] == [
        RawCell(text="Roof", fill=green),
        RawCell(fill=green),
        RawCell(text="Door"),
    ]
    assert (sheet.wide, sheet.tall) == ((), ((1, 1, 2, 1),))


def test_cells_merged_both_ways_are_one_area(tmp_path: Path) -> None:
    document = Document()
    made = table(document, ["Roof", "", "1"], ["", "", "2"], ["a", "b", "3"])
    made.cell(0, 0).merge(made.cell(1, 1))
    sheet = only(tmp_path, document)
    assert sheet.wide == ((1, 1, 2, 2),)
    assert sheet.seen(2, 2).text == "Roof"
    assert (sheet[2, 3].text, sheet[3, 2].text) == ("2", "b")


def test_a_merged_cell_without_a_beginning_is_a_cell(tmp_path: Path) -> None:
    document = Document()
    table(document, ["Roof"])._tbl.tr_lst[0].tc_lst[0].vMerge = "continue"
    assert texts(only(tmp_path, document)) == {(1, 1): "Roof"}


def test_a_row_that_begins_further_right_does_so(tmp_path: Path) -> None:
    document = Document()
    made = table(document, ["a", "b", "c"], ["d", "e", "f"])
    row = made._tbl.tr_lst[1]
    row.remove(row.tc_lst[0])
    row.insert(0, parse_xml(f'<w:trPr {nsdecls("w")}><w:gridBefore w:val="1"/></w:trPr>'))
    assert texts(only(tmp_path, document)) == {(1, 1): "a", (1, 2): "b", (1, 3): "c", (2, 2): "e", (2, 3): "f"}


def test_a_table_in_a_cell_is_part_of_its_text(tmp_path: Path) -> None:
    document = Document()
    cell = table(document, ["Steps", "x"]).cell(0, 0)
    inner = cell.add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "survey", "tender"
    assert texts(only(tmp_path, document)) == {(1, 1): "Steps\nsurvey\ntender", (1, 2): "x"}


def test_what_is_framed_by_a_content_control_is_read(tmp_path: Path) -> None:
    document = Document()
    made = table(document, ["a", "b"], ["c", "d"])._tbl
    row, cell = made.tr_lst[1], made.tr_lst[0].tc_lst[1]
    for framed in (cell, row, made):
        frame = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent/></w:sdt>")
        framed.getparent().replace(framed, frame)
        frame[1].append(framed)
    assert texts(only(tmp_path, document)) == {(1, 1): "a", (1, 2): "b", (2, 1): "c", (2, 2): "d"}


# --- shading ----------------------------------------------------------------------------------------------------

SHADES = {
    "plain": ({"val": "clear", "color": "auto", "fill": "ffc000"}, Fill(rgb="FFC000")),
    "automatic": ({"val": "clear", "color": "auto", "fill": "auto"}, None),
    "none": ({"val": "nil", "fill": "FFC000"}, None),
    "solid": ({"val": "solid", "color": "7030A0", "fill": "FFC000"}, Fill(rgb="7030A0")),
    "solid, automatic": ({"val": "solid", "color": "auto", "fill": "FFC000"}, Fill(rgb="000000")),
    "hatched": (
        {"val": "diagStripe", "color": "7030A0", "fill": "CCC0DA"},
        Fill(rgb="CCC0DA", pattern="darkUp", foreground="7030A0"),
    ),
    "hatched thinly": (
        {"val": "thinReverseDiagStripe", "color": "auto", "fill": "auto"},
        Fill(rgb="FFFFFF", pattern="lightDown", foreground="000000"),
    ),
    "dotted": ({"val": "pct25", "fill": "FFFFFF"}, Fill(rgb="FFFFFF", pattern="lightGray", foreground="000000")),
    "dotted otherwise": (
        {"val": "pct20", "color": "FF0000", "fill": "FFFFFF"},
        Fill(rgb="FFCCCC"),
    ),
    "dotted by halves": ({"val": "pct62", "color": "000000", "fill": "FFFFFF"}, Fill(rgb="606060")),
    "theme": ({"val": "clear", "fill": "123456", "themeFill": "accent2"}, Fill(rgb="C0504D")),
    "theme, lighter": (
        {"val": "clear", "fill": "123456", "themeFill": "accent1", "themeFillTint": "33"},
        Fill(rgb="DCE6F2"),
    ),
    "theme, darker": (
        {"val": "clear", "fill": "123456", "themeFill": "background1", "themeFillShade": "BF"},
        Fill(rgb="BFBFBF"),
    ),
    "theme, unknown": ({"val": "clear", "fill": "123456", "themeFill": "hyperlink"}, Fill(rgb="123456")),
}


@pytest.mark.parametrize(("said", "fill"), SHADES.values(), ids=SHADES)
def test_a_cell_is_filled_as_its_shading_says(tmp_path: Path, said: dict[str, str], fill: Fill | None) -> None:
    document = Document()
    shaded(table(document, ["", "x"]).cell(0, 0), **said)
    assert only(tmp_path, document)[1, 1].fill == fill


def test_every_pattern_is_one_of_the_palette() -> None:
    fills = [Fill(rgb="FFFFFF", pattern=pattern, foreground="000000") for pattern in word._PATTERNS.values()]
    assert sum(fill.hatched for fill in fills) == 12
    assert len(set(fills)) == len(fills) == 16


# --- words ------------------------------------------------------------------------------------------------------


def test_what_was_deleted_is_not_read_and_what_was_inserted_is(tmp_path: Path) -> None:
    document = Document()
    made = table(document, ["a", "b"], ["gone", "gone"], ["moved", "d"])
    holding(
        made.cell(0, 0),
        run("Mend ")
        + '<w:del w:id="1" w:author="x"><w:r><w:tab/><w:delText>the door</w:delText><w:br/></w:r></w:del>'
        + f'<w:ins w:id="2" w:author="x">{run("the roof")}</w:ins>',
    )
    made._tbl.tr_lst[1].get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="3" w:author="x"/>'))
    holding(
        made.cell(2, 0),
        f'<w:moveFrom w:id="4" w:author="x">{run("was here")}</w:moveFrom>'
        f'<w:moveTo w:id="5" w:author="x">{run("is here")}</w:moveTo>',
    )
    holding(made.cell(2, 1), f'<w:pPr><w:rPr><w:del w:id="6" w:author="x"/></w:rPr></w:pPr>{run("one ")}', run("line"))
    assert texts(only(tmp_path, document)) == {
        (1, 1): "Mend the roof",
        (1, 2): "b",
        (2, 1): "is here",
        (2, 2): "one line",
    }


def test_links_signs_and_fields_are_read_as_they_look(tmp_path: Path) -> None:
    document = Document()
    made = table(document, ["", "", "", "x"])
    holding(made.cell(0, 0), f"<w:hyperlink>{run('Annex')}</w:hyperlink><w:r><w:noBreakHyphen/></w:r>{run('A')}")
    holding(
        made.cell(0, 1),
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Symbol" w:char="2022"/></w:r><!-- a remark -->',
    )
    asking = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}</w:sdtContent></w:sdt>"
    holding(made.cell(0, 2), '<w:pPr><w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs></w:pPr>' + asking)
    assert texts(only(tmp_path, document)) == {(1, 1): "Annex-A", (1, 2): "✓•", (1, 4): "x"}


def test_a_comment_belongs_to_the_cell_that_it_is_about(tmp_path: Path) -> None:
    document = Document()
    title = document.add_paragraph("Plan")
    made = table(document, ["a", "b"])
    about = made.cell(0, 1).paragraphs[0].runs
    document.add_comment(about, "Is that so?", author="Jo")
    document.add_comment(about, "It is.\nQuite.", author="Al")
    document.add_comment(title.runs, "Of which year?", author="Jo")
    document.part._comments_part.comments.add_comment("About a footnote.")
    sheet = only(tmp_path, document)
    assert sheet[1, 1] == RawCell(text="Plan", comment="Of which year?")
    assert sheet[2, 2] == RawCell(text="b", comment="Is that so?\nIt is.\nQuite.")
    assert sheet[3, 1] == RawCell(text="About a footnote.")


# --- documents of other programs --------------------------------------------------------------------------------


def test_a_document_with_macros_or_in_the_strict_dialect_is_read(tmp_path: Path) -> None:
    def changed(name: str, data: bytes) -> bytes:
        if name == "[Content_Types].xml":
            kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
            return data.replace(kind, b"application/vnd.ms-word.document.macroEnabled.main+xml")
        strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
        return data.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", strict)

    (sheet,) = open_word(repacked(plain(tmp_path), changed)).sheets
    assert sheet[2, 2].text == "Mend the roof"


def test_a_missing_picture_is_no_reason_to_refuse_a_document(tmp_path: Path) -> None:
    def changed(name: str, data: bytes) -> bytes | None:
        if name == "word/_rels/document.xml.rels":
            missing = b'<Relationship Id="r99" Type="http://x/image" Target="NULL"/></Relationships>'
            return data.replace(b"</Relationships>", missing)
        return None if name.startswith(("word/styles", "docProps")) else data

    assert open_word(repacked(plain(tmp_path), changed)).sheets[0][2, 2].text == "Mend the roof"


# --- what cannot be read ----------------------------------------------------------------------------------------


def refused(path: Path) -> tuple[str, str, str]:
    with pytest.raises(ReadError) as caught:
        open_word(path)
    return str(caught.value), caught.value.remedy, caught.value.code


def zipped(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return made.getvalue()


def directory(*names: str) -> bytes:
    """The beginning of an older Office file, and the names of its streams."""
    return OLE + bytes(504) + b"".join(name.encode("utf-16-le").ljust(64, b"\0") for name in ("Root Entry", *names))


ANOTHER = ("it is another kind of document, not a Word document (.docx).", SAVE_AS, "FILE_UNREADABLE")
LOCKED = (
    "it is locked, with a password or a sensitivity label.",
    "Ask for a copy that is saved without it.",
    "FILE_ENCRYPTED",
)
REFUSED = {
    "empty": (b"", ("it is empty.", SEND_AGAIN, "FILE_UNREADABLE")),
    "text": (b"Ref,Action\n1,Mend the roof\n", ANOTHER),
    "PDF": (b"%PDF-1.7\n", ANOTHER),
    "no document inside": (zipped(**{"notes.txt": "x"}), ANOTHER),
    "a workbook": (zipped(**{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}), ANOTHER),
    "a part of another kind": (zipped(**{"word/document.xml": "<workbook/>"}), ANOTHER),
    "locked": (directory("EncryptionInfo", "EncryptedPackage"), LOCKED),
    "a label": (directory("DRMEncryptedTransform"), LOCKED),
    "old": (directory("WordDocument"), ("it is a Word document of before 2007 (.doc).", SAVE_AS, "FILE_UNREADABLE")),
    "old, another": (directory("PowerPoint Document"), ANOTHER),
}


@pytest.mark.parametrize(("data", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_word_document_is_named(tmp_path: Path, data: bytes, why: tuple[str, str, str]) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(data)
    assert refused(path) == why


def test_a_document_without_tables_is_refused(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Nothing to report.")
    why, remedy, _ = refused(saved(tmp_path, document))
    assert (why, remedy) == ("it holds no table.", "Give the document whose plan is a table, or put it into one.")


def test_the_mark_beside_an_open_document_a_folder_and_no_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "~$plan.docx"
    path.write_bytes(b"x")
    assert refused(path)[0] == "it is the mark that Word leaves beside a document while it is open, not the document."
    assert refused(tmp_path)[0] == "it is a folder."
    assert refused(tmp_path / "none.docx")[0].startswith("it cannot be opened (")


def test_a_document_that_was_cut_short_is_to_be_sent_again(tmp_path: Path) -> None:
    path = plain(tmp_path)
    whole = path.read_bytes()
    for length in range(100, len(whole), len(whole) // 20):
        path.write_bytes(whole[:length])
        assert refused(path)[:2] == ("it is only part of a document, cut short on its way.", SEND_AGAIN)


def test_a_document_with_changed_bytes_is_read_or_refused_in_words(tmp_path: Path) -> None:
    path = plain(tmp_path)
    whole = path.read_bytes()
    told, why = set(), set()
    for at in range(0, len(whole), len(whole) // 150):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        try:
            told.add(open_word(path).sheets[0][2, 2].text)
        except ReadError as error:
            why.add(str(error))
    assert told == {"Mend the roof"}
    assert why
    assert [each for each in why if not re.match(r"it .+\.\Z", each, re.DOTALL)] == []


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ("<w:tbl><w:tr>", "it is damaged, or was cut short on its way (ExpatError: "),
        ('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="x"/></w:tcPr></w:tc></w:tr></w:tbl>', "it is damaged, "),
        (
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr></w:tc></w:tr></w:tbl>',
            "a table of it has m",
        ),
        ("<w:r>" * 200 + "</w:r>" * 200, "it is nested more than 100 deep."),
    ],
    ids=["no end", "no number", "too wide", "too deep"],
)
def test_a_damaged_or_endless_document_is_refused(tmp_path: Path, inside: str, why: str) -> None:
    def changed(_: str, data: bytes) -> bytes:
        return re.sub(b"<w:body>.*</w:body>", f"<w:body>{inside}</w:body>".encode(), data, flags=re.DOTALL)

    assert refused(repacked(plain(tmp_path), changed))[0].startswith(why)


@pytest.mark.parametrize(
    ("limit", "why"),
    [
        ("_MOST_TAGS", "it holds more than 9 tags and attributes."),
        ("MAX_TEXTS", "it holds more than 9 characters."),
        ("MAX_TEXT", "a text of it has more than 9 characters."),
    ],
)
def test_a_document_beyond_a_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, why: str
) -> None:
    path = plain(tmp_path)
    monkeypatch.setattr(word, limit, 9)
    assert refused(path)[::2] == (why, "FILE_TOO_LARGE")


def test_a_document_that_declares_entities_is_refused(tmp_path: Path) -> None:
    def changed(_: str, data: bytes) -> bytes:
        return data.replace(b"<w:document", b'<!DOCTYPE x [<!ENTITY a "b">]><w:document')

    assert "document type declaration" in refused(repacked(plain(tmp_path), changed))[0]


def test_as_a_return_it_is_refused_as_before(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"it is a Word document\."):
        open_book(plain(tmp_path))
