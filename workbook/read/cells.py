"""Raw cells: what a workbook's sheets hold, before anything is made of it."""

import datetime as dt
import hashlib
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from workbook.errors import ReadError
from workbook.palette import Fill
from workbook.read.fills import FillReader
from workbook.source import clean

# A return of 2,000 rows is 10 MB unpacked; this is far above any plan and far below what harms a machine.
MAX_UNPACKED_BYTES = 300_000_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_OLE, _PDF = b"\xd0\xcf\x11\xe0", b"%PDF"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCell:
    """One cell: the value shown, as text; its direct fill; its formula and comment, if any."""

    text: str = ""
    fill: Fill | None = None
    formula: str = ""
    comment: str = ""


NO_CELL = RawCell()


@dataclass(frozen=True, kw_only=True)
class RawSheet:
    """One sheet; `cells` holds those that are in the file, by (row, column) counted from 1."""

    name: str
    visible: bool
    cells: Mapping[tuple[int, int], RawCell]
    has_validations: bool = False

    def __getitem__(self, at: tuple[int, int]) -> RawCell:
        return self.cells.get(at, NO_CELL)

    @cached_property
    def rows(self) -> list[int]:
        """The numbers of the rows with text, from the top."""
        return sorted({row for (row, _), cell in self.cells.items() if cell.text})

    def texts(self) -> Iterator[tuple[int, int, RawCell]]:
        """The cells with text, from the top left."""
        return ((row, column, cell) for (row, column), cell in sorted(self.cells.items()) if cell.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawBook:
    """One workbook: its sheets in order, its custom properties, the digest of its bytes."""

    file: str
    digest: str
    sheets: tuple[RawSheet, ...]
    properties: Mapping[str, str]

    def sheet(self, name: str) -> RawSheet | None:
        """The sheet of that name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def digest_of(data: bytes) -> str:
    """What tells two files apart."""
    return hashlib.sha256(data).hexdigest()[:16]


def read_bytes(path: Path) -> bytes:
    """A file's bytes; ReadError if it cannot be opened."""
    if path.name.startswith("~$"):
        raise ReadError("it is the mark that Excel leaves beside a workbook while it is open, not the workbook.")
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReadError(f"it cannot be opened ({(error.strerror or str(error)).lower()}).") from error


def open_book(path: Path) -> RawBook:
    """Read a workbook's cells; ReadError says why it cannot be read, in words that finish “cannot be read: …”."""
    data = read_bytes(path)
    _refuse_what_is_no_workbook(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it does not keep; nothing is saved from here
            book = load_workbook(io.BytesIO(data))
            formulas = any(cell.data_type == "f" for sheet in book.worksheets for cell in _cells(sheet).values())
            shown = load_workbook(io.BytesIO(data), data_only=True) if formulas else book
            return _raw_book(path.name, data, book, shown)
    except Exception as error:  # a damaged file fails anywhere inside openpyxl, with any exception
        raise ReadError(f"it is damaged ({type(error).__name__}: {error}).") from error


def _refuse_what_is_no_workbook(data: bytes) -> None:
    if not data:
        raise ReadError("it is empty.")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise ReadError("it is locked with a password.", code="FILE_ENCRYPTED")
        raise ReadError("it is in the old Excel format (.xls).")
    if data.startswith(_PDF):
        raise ReadError("it is a PDF, not a workbook.")
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise ReadError("it is not an Excel workbook, or only part of one.")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        unpacked = sum(part.file_size for part in parts.infolist())
        names = parts.namelist()
    if unpacked > MAX_UNPACKED_BYTES:
        raise ReadError(f"{unpacked // 1_000_000:,} MB when unpacked.", code="FILE_TOO_LARGE")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise ReadError("it is another kind of document, not an Excel workbook (.xlsx).")


def _raw_book(file: str, data: bytes, book: Workbook, shown: Workbook) -> RawBook:
    fills = FillReader(book)
    known: Any = book  # the stubs do not know of custom properties
    properties = {prop.name: str(prop.value) for prop in known.custom_doc_props.props if prop.name}
    pairs = zip(book.worksheets, shown.worksheets, strict=True)
    sheets = tuple(_raw_sheet(sheet, _cells(same), fills) for sheet, same in pairs)
    return RawBook(file=file, digest=digest_of(data), sheets=sheets, properties=properties)


def _raw_sheet(sheet: Worksheet, shown: Mapping[tuple[int, int], Any], fills: FillReader) -> RawSheet:
    return RawSheet(
        name=sheet.title,
        visible=sheet.sheet_state == "visible",
        cells={at: _raw(cell, shown.get(at), fills) for at, cell in _cells(sheet).items()},
        has_validations=bool(sheet.data_validations and sheet.data_validations.dataValidation),
    )


def _cells(sheet: Worksheet) -> Mapping[tuple[int, int], Any]:
    """The cells that are in the file: iterating over the sheet would visit every cell of its extent."""
    cells: Mapping[tuple[int, int], Any] = sheet._cells
    return cells


def _raw(cell: Any, shown: Any, fills: FillReader) -> RawCell:
    formula = _text(cell.value) if cell.data_type == "f" else ""
    value = _text(shown.value) if shown is not None else ""
    comment = cell.comment.text if getattr(cell, "comment", None) else ""
    fill = fills[cell._style.fillId] if cell.has_style else None
    return RawCell(text=value or formula, fill=fill, formula=formula, comment=clean(comment))


def _text(value: object) -> str:
    """A cell's value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    text = getattr(value, "text", value)  # an array formula
    return clean(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), str(text)))
