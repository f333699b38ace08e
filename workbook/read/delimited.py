"""Text files of values (CSV, or with tabs or semicolons) as raw cells: no colours, no other tabs."""

import csv
import io

from workbook.errors import ReadError
from workbook.read.cells import RawCell, RawSheet
from workbook.read.limits import MAX_CELLS, MAX_TEXT, MAX_TEXT_FILE_BYTES, check_size, too_large
from workbook.source import clean

_SEPARATORS = ",;\t|"


def read_delimited(data: bytes, name: str) -> RawSheet:
    """The one sheet of a text file, named as given; ReadError when it is no table."""
    check_size(len(data), MAX_TEXT_FILE_BYTES)
    text = _text(data)
    separator = max(_SEPARATORS, key=text.count)
    if text.count(separator) + text.count("\n") > MAX_CELLS:
        raise too_large(f"it holds more than {MAX_CELLS:,} cells.")
    csv.field_size_limit(MAX_TEXT)
    lines: dict[int, dict[int, RawCell]] = {}
    try:
        for row, values in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1):
            said = {column: RawCell(text=clean(value)) for column, value in enumerate(values, 1) if value.strip()}
            if said:
                lines[row] = said
    except csv.Error as error:
        raise ReadError(f"it is no table of values that can be read ({error}).") from error
    return RawSheet(name=name, visible=True, lines=lines, has_validations=None)


def _text(data: bytes) -> str:
    """The text, in the encodings that spreadsheet programs save: UTF-8, UTF-16 with a mark, Windows Western."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
