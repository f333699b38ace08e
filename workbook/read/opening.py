"""Opening files: what is a workbook is read, what is not is named for what it is."""

import io
import zipfile
from pathlib import Path

from workbook.errors import ReadError
from workbook.read.cells import RawBook, digest_of
from workbook.read.xlsx import read_xlsx

# A return of 2,000 rows is 10 MB unpacked; this is far above any plan and far below what harms a machine.
MAX_UNPACKED_BYTES = 300_000_000
_OLE, _PDF = b"\xd0\xcf\x11\xe0", b"%PDF"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


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
        sheets, properties = read_xlsx(data)
    except ReadError:
        raise
    except Exception as error:  # a damaged file fails anywhere in the zip or the XML, in any way
        raise ReadError(f"it is damaged, or was cut short on its way ({type(error).__name__}: {error}).") from error
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
