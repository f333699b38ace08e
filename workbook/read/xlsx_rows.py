"""The rows of an Excel sheet that are written as plainly as most programs write them, without parsing them as XML.

Nearly all of a sheet is cells such as `<c r="B7" s="3" t="s"><v>12</v></c>`, most of them alike but for their place.
Cut at their tags, they are looked up by the rest of their text, and each rest is read once. A sheet in which anything
is written in another way (formulas, inline texts, prefixes, comments, line breaks) is left to the XML parser.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from workbook.read.cells import RawCell
from workbook.refs import LAST_COLUMN, LAST_ROW, parse_a1

Make = Callable[[str, str | None, str | None], RawCell | None]  # value, kind and style of a cell -> the cell

_BEGIN, _END = b"<sheetData>", b"</sheetData>"
# Without a declaration, or with one that says so, it is in UTF-8.
_UTF_8 = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml version="1.0"(?: encoding="utf-8")?(?: standalone="\w+")?\s*\?>)?\s*<worksheet\b""",
    re.IGNORECASE,
)
_TAG = rb"""<row((?: [\w:]+="[^"<>&]*")*)"""
_EMPTY_ROWS = re.compile(rb"(?:%b/>)*" % _TAG)
_ROW = re.compile(rb"(?:%b/>)*%b>" % (_TAG, _TAG))
_NUMBER = re.compile(rb' r="(\d{1,7})"')
_STYLED = b' s="'
_CELL = re.compile(rb'(?: s="(\d{1,6})")?(?: t="(\w+)")?(?:/>|>(?:<v>([^<>&\r]*)</v>)?</c>)')
_DIGITS = b"0123456789"


class NotPlainError(Exception):
    """The rows are written in another way."""


def cut_rows(xml: bytes) -> tuple[Sequence[bytes], bytes] | None:
    """A sheet's XML around its rows, and the rows; None when it is not written plainly enough to be sure."""
    begin, end = xml.find(_BEGIN) + len(_BEGIN), xml.rfind(_END)
    is_plain = _UTF_8.match(xml) and b"<!" not in xml and xml.count(_BEGIN) == 1 and xml.count(b"<?") <= 1
    return ([xml[:begin], xml[end:]], xml[begin:end]) if is_plain and len(_BEGIN) <= begin <= end else None


def read_rows(rows: bytes, make: Make) -> Mapping[int, dict[int, RawCell]]:
    """The cells by row and column that `make` keeps; NotPlainError when any is written in another way."""
    lines: dict[int, dict[int, RawCell]] = {}
    known: dict[bytes, RawCell | None] = {}
    columns: dict[bytes, int] = {}
    *whole, after = rows.split(b"</row>")
    if not _EMPTY_ROWS.fullmatch(after) or _STYLED in after:
        raise NotPlainError
    for each in whole:
        head, *cells = each.split(b'<c r="')
        line: dict[int, RawCell] = {}
        for said in cells:
            place, _, rest = said.partition(b'"')
            try:
                cell = known[rest]
            except KeyError:
                cell = known[rest] = _cell(rest, make)
            if cell is not None:
                letters = place.rstrip(_DIGITS)
                try:
                    column = columns[letters]
                except KeyError:
                    column = columns[letters] = column_of(letters.decode())
                line[column] = cell
        row = _row(head)
        if line:
            lines.setdefault(row, {}).update(line)
    return lines


def column_of(letters: str) -> int:
    """The number of a column that a sheet can have; ValueError for any other."""
    _, column = parse_a1(f"{letters}1")
    if column > LAST_COLUMN:
        raise ValueError(f"there is no column {letters}")
    return column


def _row(head: bytes) -> int:
    """The number of a row, by what stands before its first cell."""
    match = _ROW.fullmatch(head)
    number = _NUMBER.search(match[2]) if match else None
    if number is None or _STYLED in head or not 0 < int(number[1]) <= LAST_ROW:
        raise NotPlainError
    return int(number[1])


def _cell(rest: bytes, make: Make) -> RawCell | None:
    match = _CELL.fullmatch(rest)
    if match is None:
        raise NotPlainError
    style, kind, value = (each.decode() if each is not None else None for each in match.groups())
    return make(value or "", kind, style)
