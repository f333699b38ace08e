"""What people send instead of the workbook: each kind of file is named for what it is, with what to do about it."""

import gzip
import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.office import Council
from tests.test_xlsx import BOOK, PARTS, package, with_parts
from workbook.errors import ReadError
from workbook.read.opening import open_book
from workbook.read.workbooks import read_return
from workbook.reading import Reading

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOK = package(PARTS)
NAME = "PS-2009-09.xlsx"
HERE = {"CP1": {(1, 1): "here"}}


def stream(name: str) -> bytes:
    """The name of a stream, as it stands in the directory of an older Office file."""
    return name.encode("utf-16-le").ljust(64, b"\0")


def old(*names: str) -> bytes:
    return OLE + bytes(504) + b"".join(map(stream, ("Root Entry", *names)))


def kind(name: str, content: str = "<x/>") -> bytes:
    return package({"mimetype": f"application/vnd.oasis.opendocument.{name}", "content.xml": content})


def saved(folder: Path, data: bytes, name: str = NAME) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def told(reading: Reading) -> tuple[str, str]:
    """The code of the one finding, and what a person reads: what is wrong, what to do."""
    (finding,) = reading.findings
    assert not reading.read
    return finding.code, f"{finding.message} {finding.remedy}"


def texts(path: Path, password: str | None = None) -> dict[str, dict[tuple[int, int], str]]:
    book = open_book(path, password)
    return {sheet.name: {(row, column): cell.text for row, column, cell in sheet.texts()} for sheet in book.sheets}


# --- what is no workbook ----------------------------------------------------------------------------------------

ASK_FOR_IT = "Ask for the workbook that was issued, filled in and saved as an Excel workbook (.xlsx)."
IN_EXCEL = "Open it in Excel, and save it as an Excel workbook (.xlsx)."
SAVE_AS = "Open it in the program it was made with, and save it as an Excel workbook (.xlsx)."
UNPACK = "Unpack it, and give the files in it."
AGAIN = "Ask for it to be sent again."
ATTACHED = "Save the workbook that is attached to it, and give that."

EML = b"""Return-Path: <pat@council.example>\r\nReceived: from mail\r\nFrom: Pat Sim <pat@council.example>
To: Jo Gray <jo@council.example>\r\nSubject: Our return\r\nDate: Tue, 1 Sep 2009 09:00:00 +0100\r\nMIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nHere it is, a, b, c, d\r\n"""
HTML = (
    b'<html xmlns:x="urn:schemas-microsoft-com:office:excel">\r\n<head><meta http-equiv=Content-Type></head>\r\n'
    b"<body><table><tr><td>1.1.1</td></tr></table></body></html>"
)
XML_2003 = (
    b'<?xml version="1.0"?>\r\n<?mso-application progid="Excel.Sheet"?>\r\n'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="CP1"/></Workbook>'
)

# What is sent | its bytes | what is said of it | what to do.
KINDS: Mapping[str, tuple[bytes, str, str]] = {
    "pdf": (b"%PDF-1.7\n1 0 obj", "it is a PDF, which is for reading only.", ASK_FOR_IT),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(20), "it is a picture.", ASK_FOR_IT),
    "photo": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "it is a picture.", ASK_FOR_IT),
    "gif": (b"GIF89a" + bytes(20), "it is a picture.", ASK_FOR_IT),
    "rtf": (b"{\\rtf1\\ansi Dear all}", "it is a text document (.rtf).", ASK_FOR_IT),
    "docx": (package({"[Content_Types].xml": "", "word/document.xml": ""}), "it is a Word document.", ASK_FOR_IT),
    "doc": (old("WordDocument", "1Table"), "it is a Word document.", ASK_FOR_IT),
    "pptx": (package({"ppt/presentation.xml": ""}), "it is a PowerPoint presentation.", ASK_FOR_IT),
    "xlsb": (
        package({"[Content_Types].xml": "", "xl/workbook.bin": "", "xl/styles.bin": ""}),
        "it is an Excel binary workbook (.xlsb).",
        IN_EXCEL,
    ),
    "numbers": (
        package({"Index/Document.iwa": "", "preview.jpg": ""}),
        "it is an Apple Numbers document.",
        "Open it in Numbers, and export it as an Excel workbook.",
    ),
    "another old document": (
        old("PowerPoint Document"),
        "it is another kind of document, not an Excel workbook.",
        ASK_FOR_IT,
    ),
    "eml": (EML, "it is an e-mail.", ATTACHED),
    "msg": (old("__substg1.0_0037001F", "__properties_version1.0"), "it is an e-mail.", ATTACHED),
    "msg with a workbook in it": (old("__substg1.0_3701000D", "Workbook"), "it is an e-mail.", ATTACHED),
    "a zip of workbooks": (
        package({"PS-2009-09.xlsx": "x", "HB-2009-09.xlsx": "x", "read me.txt": ""}),
        "it is a packed folder (.zip) that holds PS-2009-09.xlsx, HB-2009-09.xlsx.",
        UNPACK,
    ),
    "a zip of other things": (
        package({"a.txt": "x"}),
        "it is another kind of document, not an Excel workbook (.xlsx).",
        ASK_FOR_IT,
    ),
    "an empty zip": (package({}), "it is another kind of document, not an Excel workbook (.xlsx).", ASK_FOR_IT),
    "gz": (gzip.compress(WORKBOOK, mtime=0), "it is a packed file (.gz).", UNPACK),
    "rar": (b"Rar!\x1a\x07\x01\x00" + bytes(20), "it is a packed folder (.rar).", UNPACK),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(20), "it is a packed folder (.7z).", UNPACK),
    "a web page": (HTML, "it is a web page.", ASK_FOR_IT),
    "a web page of five": (b"\r\n<!DOCTYPE html>\n<title>Sign in</title>", "it is a web page.", ASK_FOR_IT),
    "XML of 2003": (XML_2003, "it is an Excel workbook in the XML format of 2003.", IN_EXCEL),
    "odt": (kind("text"), "it is another kind of document, not an Excel workbook (.xlsx).", ASK_FOR_IT),
    "nothing": (b"", "it is empty.", AGAIN),
    "blanks": (b"\r\n   \t\n", "it is empty.", AGAIN),
    "zeros": (bytes(5_000), "it is empty.", AGAIN),
    "a letter": (
        b"Dear all,\nnothing to say, sorry, Pat\n",
        "it is not an Excel workbook, or only part of one.",
        ASK_FOR_IT,
    ),
    "junk": (bytes(range(256)) * 9, "it is not an Excel workbook, or only part of one.", ASK_FOR_IT),
    "a cut-off workbook": (WORKBOOK[:-60], "it is only part of a workbook, cut short on its way.", AGAIN),
    "the start of a workbook": (WORKBOOK[:100], "it is only part of a workbook, cut short on its way.", AGAIN),
    "the end of a workbook": (WORKBOOK[-300:], "it is only part of a workbook, cut short on its way.", AGAIN),
}
# What an ending says is not believed.
ENDINGS = (".xlsx", ".xls", ".ods", ".xlsm", "")


@pytest.mark.parametrize(("data", "why", "remedy"), KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("ending", ENDINGS, ids=lambda ending: ending or "no ending")
def test_what_is_no_workbook_is_named_for_what_it_is(
    tmp_path: Path, data: bytes, why: str, remedy: str, ending: str
) -> None:
    reading = read_return(saved(tmp_path, data, f"PS-2009-09{ending}"))
    assert told(reading) == ("FILE_UNREADABLE", f"The file cannot be read: {why} {remedy}")
    assert reading.file == f"PS-2009-09{ending}"


@pytest.mark.parametrize("data", [data for data, *_ in KINDS.values()], ids=KINDS)
def test_what_is_said_is_a_sentence_without_the_words_of_programmers(tmp_path: Path, data: bytes) -> None:
    _, said = told(read_return(saved(tmp_path, data)))
    assert re.fullmatch(r"The file cannot be read: it is [^:]+\. [A-Z][^:]+\.", said)
    assert not re.search(r"Error|Exception|None|\bbyte|offset|magic|\bline \d|0x|\\x", said)


# --- a workbook by another name ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ending", [".xlsx", ".xlsm", ".XLSX", ".xls", ".csv", ".ods", ".xltx", ".txt", ".pdf", ".zip", ""]
)
def test_a_workbook_is_read_by_what_it_is(tmp_path: Path, ending: str) -> None:
    path = saved(tmp_path, WORKBOOK, f"PS-2009-09{ending}")
    assert texts(path) == HERE
    assert open_book(path).saved_as == "xlsx"


def test_macros_are_left_alone(tmp_path: Path) -> None:
    types = '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    data = package(PARTS | {"[Content_Types].xml": types, "xl/vbaProject.bin": "Attribute VB_Name = 'ThisWorkbook'"})
    assert texts(saved(tmp_path, data, "PS-2009-09.xlsm")) == HERE


def test_something_before_the_workbook_is_passed_over(tmp_path: Path) -> None:
    assert texts(saved(tmp_path, b"\r\n\r\n" + WORKBOOK)) == HERE


def test_parts_that_are_not_needed_may_be_missing(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path)
    whole = council.read(council["PS"].path)
    without = ["docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "xl/theme/theme1.xml"]
    data = with_parts(council["PS"].path.read_bytes(), dict.fromkeys(without))
    reading = council.read(saved(tmp_path, data))
    assert reading.read
    assert reading.actions == whole.actions


def test_a_sheet_that_is_not_there_does_not_hide_the_others(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path)
    data = with_parts(council["PS"].path.read_bytes(), {"xl/worksheets/sheet2.xml": None})
    reading = council.read(saved(tmp_path, data))
    assert [each.code for each in reading.findings if each.severity == "error"] == ["TAB_MISSING"]


# --- locked -----------------------------------------------------------------------------------------------------

GIVE_IT = "Give the password with --password, or ask for a copy that is saved without one."


def locked(data: bytes, password: str) -> bytes:
    file = io.BytesIO()
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    # What is shorter than a sector of the file, msoffcrypto does not lock as Excel does.
    large_enough = {"[Content_Types].xml": types, "docProps/x.xml": "x" * 8_000}
    OOXMLFile(io.BytesIO(with_parts(data, large_enough))).encrypt(password, file)
    return file.getvalue()


@pytest.fixture(scope="module")
def book() -> bytes:
    return locked(WORKBOOK, "Größe 1")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        (None, "a password is needed to open it."),
        ("grosse 1", "the password that was given does not open it."),
        ("", "the password that was given does not open it."),
    ],
)
@pytest.mark.parametrize("name", [NAME, "PS-2009-09.xls"])
def test_a_locked_workbook_asks_for_its_password(
    tmp_path: Path, book: bytes, password: str | None, why: str, name: str
) -> None:
    reading = read_return(saved(tmp_path, book, name), password=password)
    assert told(reading) == ("FILE_ENCRYPTED", f"The file is locked: {why} {GIVE_IT}")


def test_the_password_opens_it(tmp_path: Path, book: bytes) -> None:
    assert texts(saved(tmp_path, book), "Größe 1") == HERE


def test_a_password_that_is_not_needed_is_no_harm(tmp_path: Path) -> None:
    assert texts(saved(tmp_path, WORKBOOK), "Größe 1") == HERE


def test_what_was_locked_may_be_something_else(tmp_path: Path) -> None:
    data = locked(package({"[Content_Types].xml": "<Types/>", "word/document.xml": "<x/>"}), "x")
    code, said = told(read_return(saved(tmp_path, data), password="x"))  # noqa: S106  # a test's
    assert (code, said) == ("FILE_UNREADABLE", f"The file cannot be read: it is a Word document. {ASK_FOR_IT}")


@pytest.mark.parametrize("cut", [600, 3_000, -2_000])
def test_a_locked_workbook_that_was_cut_off_is_no_traceback(tmp_path: Path, book: bytes, cut: int) -> None:
    code, _ = told(read_return(saved(tmp_path, book[:cut]), password="Größe 1"))  # noqa: S106  # a test's
    assert code in ("FILE_UNREADABLE", "FILE_ENCRYPTED")


@pytest.mark.parametrize("name", ["DRMEncryptedTransform", "DRMEncryptedDataSpace", "DRMContent"])
@pytest.mark.parametrize("password", [None, "x"])
def test_a_label_of_rights_is_no_password(tmp_path: Path, name: str, password: str | None) -> None:
    code, said = told(read_return(saved(tmp_path, old("EncryptedPackage", name)), password=password))
    assert code == "FILE_ENCRYPTED"
    assert said.startswith("The file is locked: a sensitivity label or rights management locks it to certain people. ")


def test_a_zip_with_a_password_is_locked(tmp_path: Path) -> None:
    data = bytearray(WORKBOOK)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for match in re.finditer(re.escape(sign), WORKBOOK):
            struct.pack_into("<H", data, match.start() + at, 1)
    assert told(read_return(saved(tmp_path, bytes(data))))[0] == "FILE_ENCRYPTED"


def test_an_opendocument_spreadsheet_that_is_locked(tmp_path: Path) -> None:
    manifest = (
        '<manifest:manifest xmlns:manifest="m"><manifest:file-entry manifest:full-path="content.xml">'
        "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    )
    spreadsheet = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "\x01\x02"}
    data = package(spreadsheet | {"META-INF/manifest.xml": manifest})
    assert told(read_return(saved(tmp_path, data, "PS-2009-09.ods")))[0] == "FILE_ENCRYPTED"


# --- text -------------------------------------------------------------------------------------------------------

TABLE = "Ref,Action,Lead,Note\n1.1.1,Café,PS,“said”\n"
CELLS = {
    (1, 1): "Ref",
    (1, 2): "Action",
    (1, 3): "Lead",
    (1, 4): "Note",
    (2, 1): "1.1.1",
    (2, 2): "Café",
    (2, 3): "PS",
    (2, 4): "“said”",
}
WRITTEN: Mapping[str, Callable[[str], bytes]] = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16, little end first": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "UTF-16, big end first": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "Windows Western": lambda text: text.encode("cp1252"),
    "lines of Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "lines of an old Mac": lambda text: text.replace("\n", "\r").encode(),
    "without the last line's end": lambda text: text.rstrip().encode(),
}


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
@pytest.mark.parametrize("encode", WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("name", ["CP1.csv", "CP1.xlsx", "CP1.txt"])
def test_a_table_of_text_is_read(tmp_path: Path, separator: str, encode: Callable[[str], bytes], name: str) -> None:
    path = saved(tmp_path, encode(TABLE.replace(",", separator)), name)
    assert texts(path) == {"CP1": CELLS}
    assert open_book(path).saved_as == "csv"


def test_quotes_hold_separators_and_lines(tmp_path: Path) -> None:
    path = saved(tmp_path, b'a,b,c,d\r\n"one, two","line\r\nline","say ""x""",\r\n\r\nlast,,,\r\n', "CP1.csv")
    assert {at: text for at, text in texts(path)["CP1"].items() if at[0] > 1} == {
        (2, 1): "one, two",
        (2, 2): "line\nline",
        (2, 3): 'say "x"',
        (4, 1): "last",
    }


def test_a_text_with_one_column_is_a_table_only_where_the_ending_says_so(tmp_path: Path) -> None:
    assert texts(saved(tmp_path, b"one\ntwo\n", "CP1.csv")) == {"CP1": {(1, 1): "one", (2, 1): "two"}}
    assert told(read_return(saved(tmp_path, b"one\ntwo\n", "CP1.txt")))[0] == "FILE_UNREADABLE"


def test_a_table_of_text_is_no_return_by_itself_and_says_so(tmp_path: Path) -> None:
    code, said = told(read_return(saved(tmp_path, TABLE.encode(), "CP1.csv")))
    assert code == "FILE_NOT_A_RETURN"
    assert "plain text (CSV)" in said


# --- what is no file --------------------------------------------------------------------------------------------


def test_the_mark_beside_an_open_workbook(tmp_path: Path) -> None:
    path = saved(tmp_path, b"\x07Pat Sim".ljust(165, b" "), f"~${NAME}")
    assert told(read_return(path)) == (
        "FILE_UNREADABLE",
        "The file cannot be read: it is the mark that Excel leaves beside a workbook while it is open, not the "
        "workbook. Give the workbook itself.",
    )


def test_a_folder(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    code, said = told(read_return(tmp_path / NAME))
    assert code == "FILE_UNREADABLE"
    assert "it is a folder" in said


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    code, said = told(read_return(tmp_path / NAME))
    assert (code, "no such file" in said) == ("FILE_UNREADABLE", True)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refused)
    code, said = told(read_return(saved(tmp_path, WORKBOOK)))
    assert code == "FILE_UNREADABLE"
    assert said == (
        "The file cannot be read: it cannot be opened (permission denied). Check where it is, and who may read it."
    )


def test_a_file_that_goes_while_it_is_read_is_no_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", gone)
    with pytest.raises(ReadError, match="input/output error"):
        open_book(saved(tmp_path, WORKBOOK))


def test_an_odd_name_is_no_harm(tmp_path: Path) -> None:
    for name in ("Größe & Co “1”.xlsx", "two\nlines.xlsx", "%s {x}.xlsx", ".xlsx", "x" * 200 + ".xlsx"):
        assert texts(saved(tmp_path, WORKBOOK, name)) == HERE
        assert read_return(tmp_path / name).findings[0].file == name


# --- the least that a workbook is -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in PARTS if name != "xl/worksheets/sheet1.xml"])
@pytest.mark.parametrize("text", [None, "", "<x/>", "no XML"], ids=["missing", "empty", "another", "no XML"])
def test_an_odd_part_is_no_traceback(tmp_path: Path, name: str, text: str | None) -> None:
    reading = read_return(saved(tmp_path, package(PARTS | {name: text})))
    (finding,) = reading.findings
    assert finding.code in ("FILE_UNREADABLE", "FILE_NOT_A_RETURN")


def test_strict_workbooks_are_read(tmp_path: Path) -> None:
    def strict(text: str) -> str:
        return re.sub(r"http://schemas.openxmlformats.org/(\w+)/2006", r"http://purl.oclc.org/ooxml/\1", text)

    data = package({name: strict(text) if name.startswith("xl/") else text for name, text in PARTS.items()})
    assert texts(saved(tmp_path, data)) == HERE
    assert "purl.oclc.org" in strict(BOOK)


def test_a_workbook_is_read_whole_from_any_order_of_its_parts(tmp_path: Path) -> None:
    assert texts(saved(tmp_path, package(dict(reversed(PARTS.items()))))) == HERE


def test_a_part_that_is_there_twice_is_the_last_one(tmp_path: Path) -> None:
    file = io.BytesIO(WORKBOOK)
    with zipfile.ZipFile(file, "a") as packed, pytest.warns(UserWarning, match="Duplicate name"):
        packed.writestr("xl/worksheets/sheet1.xml", PARTS["xl/worksheets/sheet1.xml"].replace("here", "there"))
    assert texts(saved(tmp_path, file.getvalue())) == {"CP1": {(1, 1): "there"}}


# A sheet CP1 that says “here” in A1, locked with “secret” as LibreOffice locks a workbook of before 2007.
OLD_AND_LOCKED = (Path(__file__).parent / "data" / "locked.xls").read_bytes()


def test_an_old_workbook_is_opened_by_its_password(tmp_path: Path) -> None:
    path = saved(tmp_path, OLD_AND_LOCKED, "PS-2009-09.xls")
    assert texts(path, "secret") == HERE
    for wrong in (None, "Secret"):
        assert told(read_return(path, password=wrong))[0] == "FILE_ENCRYPTED"
