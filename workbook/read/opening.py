"""Opening files: a workbook is read by what it is, whatever its name; what is none is named for what it is."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from workbook.errors import ReadError
from workbook.read.archive import Archive
from workbook.read.cells import Format, RawBook, RawSheet, digest_of
from workbook.read.delimited import read_delimited
from workbook.read.encrypted import decrypted, is_encrypted
from workbook.read.limits import check_size
from workbook.read.ods import read_ods
from workbook.read.xls import read_xls
from workbook.read.xlsx import read_xlsx

Sheets = tuple[RawSheet, ...]

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_HEAD = 4096
_ASK_FOR_IT = "Ask for the workbook that was issued, filled in and saved as an Excel workbook (.xlsx)."
_SAVE_AS = "Open it in the program it was made with, and save it as an Excel workbook (.xlsx)."
_IN_EXCEL = "Open it in Excel, and save it as an Excel workbook (.xlsx)."
_UNPACK = "Unpack it, and give the files in it."
_SEND_AGAIN = "Ask for it to be sent again."
# How a file begins that is no workbook: what to call it, and what to do.
_SIGNS: Mapping[bytes, tuple[str, str]] = {
    b"%PDF": ("a PDF, which is for reading only", _ASK_FOR_IT),
    b"\x89PNG": ("a picture", _ASK_FOR_IT),
    b"\xff\xd8\xff": ("a picture", _ASK_FOR_IT),
    b"GIF8": ("a picture", _ASK_FOR_IT),
    b"{\\rtf": ("a text document (.rtf)", _ASK_FOR_IT),
    b"Rar!": ("a packed folder (.rar)", _UNPACK),
    b"7z\xbc\xaf": ("a packed folder (.7z)", _UNPACK),
    b"\x1f\x8b": ("a packed file (.gz)", _UNPACK),
}
# The same by a part inside a zipped file.
_PARTS: Mapping[str, tuple[str, str]] = {
    "xl/workbook.bin": ("an Excel binary workbook (.xlsb)", _IN_EXCEL),
    "word/document.xml": ("a Word document", _ASK_FOR_IT),
    "ppt/presentation.xml": ("a PowerPoint presentation", _ASK_FOR_IT),
    "index/document.iwa": ("an Apple Numbers document", "Open it in Numbers, and export it as an Excel workbook."),
}
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
# The fewest separators in a line of a table; a letter has a comma too.
_FEWEST_SEPARATORS = 3
_MAIL = re.compile(rb"^(received|return-path|mime-version|message-id|delivered-to|from|date|subject|to): ", re.I | re.M)
_FEWEST_MAIL_HEADERS = 3
_TEXT_ENDINGS = (".csv", ".tsv")


def read_bytes(path: Path) -> bytes:
    """A file's bytes; ReadError if it cannot be opened or is far too large."""
    if path.name.startswith("~$"):
        raise ReadError(
            "it is the mark that Excel leaves beside a workbook while it is open, not the workbook.",
            remedy="Give the workbook itself.",
        )
    if path.is_dir():
        raise ReadError("it is a folder.", remedy="Give the files in it.")
    try:
        if path.exists() and not path.is_file():
            raise ReadError("it is no file.", remedy="Give the workbook that came back.")
        check_size(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise ReadError(f"it cannot be opened ({why}).", remedy="Check where it is, and who may read it.") from error


def open_book(path: Path, password: str | None = None, *, times: int = 1) -> RawBook:
    """Read a workbook's cells; ReadError says why it cannot be read, in words that finish “cannot be read: …”.

    An Excel workbook may hold `times` as much as a return.
    """
    data = read_bytes(path)
    try:
        opened = decrypted(data, password) if is_encrypted(data) else data
        saved_as = _format(opened, path, times)
        sheets, properties = _READERS[saved_as](opened, path.stem, times)
    except ReadError:
        raise
    except MemoryError as error:
        raise ReadError("there is not enough memory for it.", code="FILE_TOO_LARGE") from error
    except Exception as error:  # a damaged file fails anywhere in the zip or the XML, in any way
        why = f"it is damaged, or was cut short on its way ({type(error).__name__}: {error})."
        raise ReadError(why, remedy=_SEND_AGAIN) from error
    return RawBook(file=path.name, digest=digest_of(data), sheets=sheets, properties=properties, saved_as=saved_as)


_READERS: Mapping[Format, Callable[[bytes, str, int], tuple[Sheets, Mapping[str, str]]]] = {
    "xlsx": lambda data, _, times: read_xlsx(Archive(data, times)),
    "ods": lambda data, *_: read_ods(Archive(data)),
    "xls": lambda data, *_: (read_xls(data), {}),
    "csv": lambda data, name, _: ((read_delimited(data, name),), {}),
}


def _format(data: bytes, path: Path, times: int) -> Format:
    """The format of a workbook; ReadError names what is none."""
    if not data.strip(b"\x00\t\r\n "):
        raise ReadError("it is empty.", remedy=_SEND_AGAIN)
    for sign, (what, remedy) in _SIGNS.items():
        if data.startswith(sign):
            raise ReadError(f"it is {what}.", remedy=remedy)
    if data.startswith(_OLE):
        return _old_format(data)
    if data.startswith(_ZIP) or zipfile.is_zipfile(io.BytesIO(data)):
        return _zipped_format(Archive(data, times))
    return _text_format(data[:_HEAD], path)


def _old_format(data: bytes) -> Format:
    """The format of a file of the kind that Office wrote before 2007, by the names of its streams."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("__substg1.0_"):
        raise _mail()
    if holds("Workbook") or holds("Book"):
        return "xls"
    if holds("WordDocument"):
        raise ReadError("it is a Word document.", remedy=_ASK_FOR_IT)
    raise ReadError("it is another kind of document, not an Excel workbook.", remedy=_ASK_FOR_IT)


def _zipped_format(archive: Archive) -> Format:
    names = [name.casefold() for name in archive.names]
    kind = next(archive.pieces("mimetype"), b"").decode("ascii", "replace").strip()
    if kind.startswith(f"{_OPEN_DOCUMENT}spreadsheet"):
        return "ods"
    for part, (what, remedy) in _PARTS.items():
        if part in names:
            raise ReadError(f"it is {what}.", remedy=remedy)
    if "[content_types].xml" in names and any(name.startswith("xl/") for name in names):
        return "xlsx"
    inside = [name for name in archive.names if name.casefold().endswith((".xlsx", ".xlsm", ".xls", ".ods"))]
    if inside:
        raise ReadError(f"it is a packed folder (.zip) that holds {', '.join(inside[:3])}.", remedy=_UNPACK)
    raise ReadError("it is another kind of document, not an Excel workbook (.xlsx).", remedy=_ASK_FOR_IT)


def _text_format(head: bytes, path: Path) -> Format:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table")):
        raise ReadError("it is a web page.", remedy=_ASK_FOR_IT)
    if start.startswith(b"<"):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
            raise ReadError("it is an Excel workbook in the XML format of 2003.", remedy=_IN_EXCEL)
        raise ReadError("it is an XML file.", remedy=_ASK_FOR_IT)
    if len(_MAIL.findall(head)) >= _FEWEST_MAIL_HEADERS:
        raise _mail()
    lines = head.replace(b"\x00", b"").splitlines()
    is_table = any(line.count(each) >= _FEWEST_SEPARATORS for line in lines for each in (b",", b";", b"\t", b"|"))
    is_text = b"\x00" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if is_text and (is_table or path.suffix.lower() in _TEXT_ENDINGS):
        return "csv"
    raise ReadError("it is not an Excel workbook, or only part of one.", remedy=_ASK_FOR_IT)


def _mail() -> ReadError:
    return ReadError("it is an e-mail.", remedy="Save the workbook that is attached to it, and give that.")
