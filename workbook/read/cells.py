"""Raw cells: what a workbook's sheets hold, before anything is made of it."""

import hashlib
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from workbook.errors import ReadError
from workbook.palette import Fill

# A return of 2,000 rows is 10 MB unpacked; this is far above any plan and far below what harms a machine.
MAX_UNPACKED_BYTES = 300_000_000
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
    """One sheet; `cells` holds those that say anything, by (row, column) counted from 1."""

    name: str
    visible: bool
    cells: Mapping[tuple[int, int], RawCell]
    has_validations: bool = False

    def __getitem__(self, at: tuple[int, int]) -> RawCell:
        return self.cells.get(at, NO_CELL)

    @cached_property
    def columns(self) -> Mapping[int, list[int]]:
        """The columns with text in each row that has any, from the left; the rows from the top."""
        columns: dict[int, list[int]] = defaultdict(list)
        for (row, column), cell in sorted(self.cells.items()):
            if cell.text:
                columns[row].append(column)
        return columns

    @cached_property
    def rows(self) -> list[int]:
        """The numbers of the rows with text, from the top."""
        return list(self.columns)

    def texts(self) -> Iterator[tuple[int, int, RawCell]]:
        """The cells with text, from the top left."""
        return ((row, column, self.cells[row, column]) for row, columns in self.columns.items() for column in columns)


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
    from workbook.read.xlsx import read_xlsx  # noqa: PLC0415  # it makes the cells that are defined here

    data = read_bytes(path)
    _refuse_what_is_no_workbook(data)
    try:
        sheets, properties = read_xlsx(data)
    except ReadError:
        raise
    except Exception as error:  # a damaged file fails anywhere in the zip or the XML, in any way
        raise ReadError(f"it is damaged ({type(error).__name__}: {error}).") from error
    return RawBook(file=path.name, digest=digest_of(data), sheets=sheets, properties=properties)


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
        raise ReadError(f"it is {unpacked // 1_000_000:,} MB when unpacked.", code="FILE_TOO_LARGE")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise ReadError("it is another kind of document, not an Excel workbook (.xlsx).")
