"""The parts that XlsxWriter has streamed, packed again, with every text in the workbook's table of texts.

XlsxWriter streams a sheet with each text inline, in its cell. Excel reads that, and so does most else, but Apple's
programs show such cells blank, in Numbers and where a file that came by mail is looked at; and a text that is said in
many cells is there many times. So the texts are moved to where XlsxWriter puts them when it holds all cells in memory.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_SHEET = "xl/worksheets/sheet"
_TEXTS, _PROPERTIES = "xl/sharedStrings.xml", "docProps/core.xml"
# Text in XML has no `<`, so this is nothing but a cell. What has several looks within a cell stays where it is.
_INLINE = re.compile(rb' t="inlineStr"><is>(<t(?: xml:space="preserve")?>[^<]*</t>)</is></c>')
_END_OF_ROW = b"</row>"
_PIECE = 1 << 20
_KIND = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
# Where the table is announced: the part, its last tag, and what is put in front of that.
_ANNOUNCED = {
    "[Content_Types].xml": (b"</Types>", b'<Override PartName="/%b" ContentType="%b"/>' % (_TEXTS.encode(), _TYPE)),
    "xl/_rels/workbook.xml.rels": (
        b"</Relationships>",
        b'<Relationship Id="rIdTexts" Type="%b" Target="sharedStrings.xml"/>' % _KIND,
    ),
}


def pack(streamed: Path, path: Path, language: str = "") -> None:
    """Write the workbook at `path` from the one that was streamed, with the language that it is written in."""
    texts = _Texts()
    announced = {**_ANNOUNCED, _PROPERTIES: (b"</cp:coreProperties>", _language(language))}
    with ZipFile(streamed) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            with source.open(name) as part, target.open(_entry(name), "w") as packed:
                if name.startswith(_SHEET):
                    texts.move(part, packed)
                else:
                    last, announcement = announced.get(name, (b"", b""))
                    packed.write(part.read().replace(last, announcement + last) if last else part.read())
        with target.open(_entry(_TEXTS), "w") as packed:
            texts.write(packed)


def _language(language: str) -> bytes:
    """The property that XlsxWriter has none for."""
    return f"<dc:language>{escape(language)}</dc:language>".encode() if language else b""


def _entry(name: str) -> ZipInfo:
    """A part whose date is the earliest there is: the same input gives the same bytes."""
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    return entry


class _Texts:
    """The table of texts, each once, as they come."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._cells = 0

    def move(self, part: IO[bytes], packed: IO[bytes]) -> None:
        """Copy a sheet, with a number in place of each text."""
        for rows in _rows(part):
            packed.write(_INLINE.sub(self._numbered, rows))

    def _numbered(self, cell: re.Match[bytes]) -> bytes:
        self._cells += 1
        return b' t="s"><v>%d</v></c>' % self._numbers.setdefault(cell[1], len(self._numbers))

    def write(self, packed: IO[bytes]) -> None:
        """Write the table itself."""
        packed.write(
            b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="%d" uniqueCount="%d">'
            % (self._cells, len(self._numbers))
        )
        for text in self._numbers:
            packed.write(b"<si>%b</si>" % text)
        packed.write(b"</sst>")


def _rows(part: IO[bytes]) -> Iterator[bytes]:
    """A sheet's XML in pieces that end where a row does."""
    rest = b""
    while piece := part.read(_PIECE):
        rows, end, rest = (rest + piece).rpartition(_END_OF_ROW)
        yield rows + end
    yield rest
