"""Word documents as raw cells: each table as a sheet, with the paragraphs above it in the rows above.

The parts are checked here before python-docx makes elements of them, and no other part is opened: a picture that is
missing, or a relation that leads nowhere, is no reason to refuse a document that Word opens.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.errors import ReadError
from workbook.palette import Fill
from workbook.read.archive import Archive
from workbook.read.cells import NO_CELL, RawBook, RawCell, RawSheet, digest_of
from workbook.read.encrypted import is_encrypted
from workbook.read.fills import BLACK, HIGHLIGHTS, WHITE, read_theme, tinted
from workbook.read.limits import MAX_SHEETS, MAX_TEXT, MAX_TEXTS, too_large
from workbook.read.opening import read_bytes
from workbook.read.relations import of_kind, relations_of, rels_of
from workbook.read.word_numbers import MAIN, W, write_numbers
from workbook.read.xlsx_sheet import is_sign
from workbook.read.xml import check_depth, stream, tree
from workbook.refs import LAST_COLUMN
from workbook.source import clean

if TYPE_CHECKING:
    from docx.oxml.table import CT_Row, CT_Tc
    from docx.oxml.xmlchemy import BaseOxmlElement

_OLE = b"\xd0\xcf\x11\xe0"
_SAVE_AS = "Open it in the program it was made with, and save it as a Word document (.docx)."
_SEND_AGAIN = "Ask for it to be sent again."
_STRICT_MAIN = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MOST_TAGS = 2_000_000  # with attributes; the elements of a document are all held at once
_LONGEST_NAME = 60  # characters of a paragraph that names a table

# What a person does not see: what was deleted or moved away, the older twin of a drawing, how a word is spoken; and
# properties, in which tabs are places and no characters.
_ASIDE = frozenset("del moveFrom Fallback rt pPr rPr tblPr trPr tcPr sectPr sdtPr".split())
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# The signs of Wingdings that people put in cells, by their numbers; other fonts of signs tell nothing of theirs.
_WINGDINGS = {0x6C: "●", 0x6E: "■", 0x6F: "□", 0xA8: "◻", 0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"}

# The patterns of a cell by the names that ECMA-376 18.18.55 gives the same in a spreadsheet; the dots are those that
# are as dense there, any other is given by the shade that is seen.
_PATTERNS = {
    "horzStripe": "darkHorizontal",
    "vertStripe": "darkVertical",
    "diagStripe": "darkUp",
    "reverseDiagStripe": "darkDown",
    "horzCross": "darkGrid",
    "diagCross": "darkTrellis",
    "thinHorzStripe": "lightHorizontal",
    "thinVertStripe": "lightVertical",
    "thinDiagStripe": "lightUp",
    "thinReverseDiagStripe": "lightDown",
    "thinHorzCross": "lightGrid",
    "thinDiagCross": "lightTrellis",
    "pct12": "gray125",
    "pct25": "lightGray",
    "pct50": "mediumGray",
    "pct75": "darkGray",
}
_DOTS = re.compile(r"pct(\d\d?)")
_HALVES = (37, 62, 87)  # 37.5, and so on
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_THEME_NAMES = {
    "dark1": "dk1",
    "text1": "dk1",
    "light1": "lt1",
    "background1": "lt1",
    "dark2": "dk2",
    "text2": "dk2",
    "light2": "lt2",
    "background2": "lt2",
}
# The attributes of a colour: its six digits, the theme's colour, and how much lighter or darker than that it is.
_BACK = ("fill", "themeFill", "themeFillTint", "themeFillShade")
_FRONT = ("color", "themeColor", "themeTint", "themeShade")

Comments = dict[str, str]
Theme = Mapping[str, str]


def open_word(path: Path) -> RawBook:
    """Read a Word document's tables; ReadError says why it cannot be read, in words that finish “cannot be read: …”."""
    if path.name.startswith("~$"):
        raise ReadError(
            "it is the mark that Word leaves beside a document while it is open, not the document.",
            remedy="Give the document itself.",
        )
    data = read_bytes(path)
    try:
        sheets = _read(_archive(data))
    except ReadError:
        raise
    except MemoryError as error:
        raise ReadError("there is not enough memory for it.", code="FILE_TOO_LARGE") from error
    except Exception as error:  # a damaged file fails anywhere in the zip or the XML, in any way
        why = f"it is damaged, or was cut short on its way ({type(error).__name__}: {error})."
        raise ReadError(why, remedy=_SEND_AGAIN) from error
    return RawBook(file=path.name, digest=digest_of(data), sheets=sheets, saved_as="docx")


def _archive(data: bytes) -> Archive:
    """The parts of a document; ReadError names what is none."""
    if not data.strip(b"\x00\t\r\n "):
        raise ReadError("it is empty.", remedy=_SEND_AGAIN)
    if is_encrypted(data):
        raise ReadError(
            "it is locked, with a password or a sensitivity label.",
            code="FILE_ENCRYPTED",
            remedy="Ask for a copy that is saved without it.",
        )
    if data.startswith(_OLE) and "WordDocument".encode("utf-16-le") in data:
        raise ReadError("it is a Word document of before 2007 (.doc).", remedy=_SAVE_AS)
    if zipfile.is_zipfile(io.BytesIO(data)):
        return Archive(data)
    if data.startswith(b"PK"):
        raise ReadError("it is only part of a document, cut short on its way.", remedy=_SEND_AGAIN)
    raise _another()


def _another() -> ReadError:
    return ReadError("it is another kind of document, not a Word document (.docx).", remedy=_SAVE_AS)


def _read(archive: Archive) -> tuple[RawSheet, ...]:
    home = of_kind(relations_of(archive, "_rels/.rels", ""), "officeDocument") or "word/document.xml"
    if home not in archive:
        raise _another()
    document = _parsed(archive, home)
    if _name(document) != "document":
        raise _another()
    relations = relations_of(archive, rels_of(home), home)
    theme = tree(archive, of_kind(relations, "theme"))
    comments: Comments = {}
    if (part := _part(archive, of_kind(relations, "comments"))) is not None:
        comments = {each.get(f"{W}id", ""): _said(each) for each in _within(part, "comment")}
    numbering, styles = (_part(archive, of_kind(relations, kind)) for kind in ("numbering", "styles"))
    write_numbers(document, numbering, styles)
    sheets = _sheets(document, comments, read_theme(theme) if theme is not None else {})
    if not sheets:
        raise ReadError("it holds no table.", remedy="Give the document whose plan is a table, or put it into one.")
    return sheets


def _part(archive: Archive, part: str) -> "BaseOxmlElement | None":
    """The root of a part that a document need not have."""
    return _parsed(archive, part) if part and archive.size(part) else None


def _parsed(archive: Archive, part: str) -> "BaseOxmlElement":
    """The root of a part, once it is known not to be too much."""
    from docx.oxml.parser import parse_xml  # noqa: PLC0415  # slow to import, and seldom needed

    depth = tags = length = 0
    texts: list[str] = []

    def start(_: str, said: Mapping[str, str]) -> None:
        nonlocal depth, tags
        depth += 1
        check_depth(depth)
        tags += 1 + len(said)
        if tags > _MOST_TAGS:
            raise too_large(f"it holds more than {_MOST_TAGS:,} tags and attributes.")
        flush()

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1
        flush()

    def flush() -> None:
        nonlocal length
        length += sum(map(len, texts))
        texts.clear()
        if length > MAX_TEXTS:
            raise too_large(f"it holds more than {MAX_TEXTS:,} characters.")

    pieces = list(archive.pieces(part))
    stream(pieces, start, end, texts)
    # The newer dialect says the same by other names, of which only this one matters here.
    return parse_xml(b"".join(pieces).replace(_STRICT_MAIN.encode(), MAIN.encode()))


def _sheets(document: "BaseOxmlElement", comments: Comments, theme: Theme) -> tuple[RawSheet, ...]:
    sheets: list[RawSheet] = []
    names: set[str] = set()
    above: list[RawCell] = []
    for block in _within(document, "p", "tbl"):
        if _name(block) == "tbl":
            if len(sheets) >= MAX_SHEETS:
                raise too_large(f"it has more than {MAX_SHEETS} tables.")
            sheets.append(_table(block, _sheet_name(above, len(sheets) + 1, names), above, comments, theme))
            above = []
        elif (cell := _cell(block, comments)) != NO_CELL:
            above.append(cell)
    # A comment on what is not read here, such as a footnote, stands below everything.
    below = [*above, *(RawCell(text=text) for text in comments.values() if text)]
    if sheets and below:
        lines = sheets[-1].lines
        last = max(lines, default=0)
        sheets[-1] = replace(sheets[-1], lines={**lines, **{last + at: {1: cell} for at, cell in enumerate(below, 1)}})
    return tuple(sheets)


def _sheet_name(above: Sequence[RawCell], number: int, taken: set[str]) -> str:
    """The paragraph right above a table if it is short, or the table's number; no two are alike."""
    said = next((" ".join(cell.text.split()) for cell in reversed(above) if cell.text), "")
    base = name = said if 0 < len(said) <= _LONGEST_NAME else f"Table {number}"
    again = 1
    while name.casefold() in taken:
        again += 1
        name = f"{base} ({again})"
    taken.add(name.casefold())
    return name


def _table(table: "BaseOxmlElement", name: str, above: Sequence[RawCell], comments: Comments, theme: Theme) -> RawSheet:
    lines = {row: {1: cell} for row, cell in enumerate(above, 1)}
    merged: list[list[int]] = []
    row, before = len(above), dict[int, list[int]]()
    rows: Iterator[CT_Row] = _within(table, "tr")
    for each in rows:
        if each.trPr is not None and each.trPr.find(f"{W}del") is not None:
            continue
        row += 1
        column, areas, line = 1 + max(each.grid_before, 0), dict[int, list[int]](), dict[int, RawCell]()
        cells: Iterator[CT_Tc] = _within(each, "tc")
        for place in cells:
            left, column = column, column + max(place.grid_span, 1)
            if column > LAST_COLUMN:
                raise too_large(f"a table of it has more than {LAST_COLUMN:,} columns.")
            cell = replace(_cell(place, comments), fill=_fill(place, theme))
            cell = replace(cell, ink=_ink(place, theme) if is_sign(cell.text) else "")
            area = before.get(left)
            if place.vMerge == "continue" and area and area[3] == column - 1:
                area[2] = row
                # What is written in a cell that another one covers is not seen, nor is its colour.
                cell = replace(cell, text="", fill=lines.get(area[0], {}).get(left, NO_CELL).fill)
            else:
                area = [row, left, row, column - 1]
                merged.append(area)
            areas[left] = area
            if cell != NO_CELL:
                line[left] = cell
        before = areas
        if line:
            lines[row] = line
    wide = tuple((top, left, bottom, right) for top, left, bottom, right in merged if left < right)
    tall = tuple((top, left, bottom, right) for top, left, bottom, right in merged if left == right and top < bottom)
    return RawSheet(name=name, visible=True, lines=lines, has_validations=None, wide=wide, tall=tall)


def _cell(element: "BaseOxmlElement", comments: Comments) -> RawCell:
    """The text of a cell or paragraph, and the comments on it, which no other has then."""
    about = {each.get(f"{W}id", "") for each in element.iter(f"{W}commentReference")}
    found = [comments.pop(each) for each in list(comments) if each in about] if about else []
    cell = RawCell(text=_said(element), comment="\n".join(filter(None, found)))
    if len(cell.text) > MAX_TEXT:
        raise too_large(f"a text of it has more than {MAX_TEXT:,} characters.")
    return cell


def _said(element: "BaseOxmlElement") -> str:
    return clean("".join(_pieces(element)))


def _pieces(element: "BaseOxmlElement") -> Iterator[str]:
    """The text of an element bit by bit, with that of tables and boxes in it."""
    for each in element:
        name = _name(each)
        if name == "t":
            yield (each.text or "").replace("\t", " ")
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "sym":
            yield _sign(each)
        elif name not in _ASIDE and not _asks(each):
            yield from _pieces(each)
            if name == "p" and not _runs_on(each):
                yield "\n"


def _sign(sign: "BaseOxmlElement") -> str:
    # The numbers of a font's own signs begin at F000, or at 0.
    number = int(sign.get(f"{W}char") or "20", 16)
    known = _WINGDINGS if sign.get(f"{W}font") == "Wingdings" else {}
    return known.get(number & 0xFF) or chr(number)


def _asks(element: "BaseOxmlElement") -> bool:
    """Whether it is a field that nobody has filled in: what is in it says only to do so."""
    return _name(element) == "sdt" and element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _runs_on(paragraph: "BaseOxmlElement") -> bool:
    """Whether the paragraph's end was deleted, so that the next goes on with it."""
    marks = (paragraph.find(f"{W}pPr/{W}rPr/{W}{name}") for name in ("del", "moveFrom"))
    return any(mark is not None for mark in marks)


def _within(element: "BaseOxmlElement", *names: str) -> Iterator[Any]:
    """The elements of these names that are not inside one another, whatever frame is around them."""
    for each in element:
        name = _name(each)
        if name in names:
            yield each
        elif name not in _ASIDE:
            yield from _within(each, *names)


def _name(element: "BaseOxmlElement") -> str:
    """The name without its prefix; none for a remark in the XML."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _fill(cell: "CT_Tc", theme: Theme) -> Fill | None:
    """The ground that is seen: the cell's own shading, or else that of its paragraphs or of all of its words."""
    if (shading := cell.find(f"{W}tcPr/{W}shd")) is not None and (own := _shading(shading, theme)):
        return own
    under = [_shading(each, theme) for each in cell.iterfind(f"{W}p/{W}pPr/{W}shd")]
    if any(under):
        return next(filter(None, under))
    grounds = {_behind(run, theme) for run in cell.iter(f"{W}r") if "".join(_pieces(run)).strip()}
    return grounds.pop() if len(grounds) == 1 else None


def _behind(run: "BaseOxmlElement", theme: Theme) -> Fill | None:
    """What a run of letters is highlighted or shaded with."""
    marked, shading = run.find(f"{W}rPr/{W}highlight"), run.find(f"{W}rPr/{W}shd")
    rgb = HIGHLIGHTS.get(marked.get(f"{W}val", "")) if marked is not None else None
    return Fill(rgb=rgb) if rgb else _shading(shading, theme) if shading is not None else None


def _ink(cell: "CT_Tc", theme: Theme) -> str:
    """The one colour that the letters of a cell are written in; nothing for black, white and the automatic one."""
    colours = set()
    for run in cell.iter(f"{W}r"):
        if "".join(_pieces(run)).strip():
            colour = run.find(f"{W}rPr/{W}color")
            colours.add((colour is not None and _colour(_attributes(colour), theme, "val", *_FRONT[1:])) or "")
    ink = colours.pop() if len(colours) == 1 else ""
    return "" if ink in (BLACK, WHITE) else ink


def _shading(shading: "BaseOxmlElement", theme: Theme) -> Fill | None:
    said = _attributes(shading)
    kind, back, front = said.get("val", "clear"), _colour(said, theme, *_BACK), _colour(said, theme, *_FRONT)
    if kind == "solid":
        return Fill(rgb=front or BLACK)
    if kind in _PATTERNS:
        return Fill(rgb=back or WHITE, pattern=_PATTERNS[kind], foreground=front or BLACK)
    if match := _DOTS.fullmatch(kind):
        percent = int(match[1])
        return Fill(rgb=_mixed(front or BLACK, back or WHITE, (percent + (percent in _HALVES) / 2) / 100))
    return Fill(rgb=back) if back and kind != "nil" else None


def _attributes(element: "BaseOxmlElement") -> dict[str, str]:
    """The attributes by their names without a prefix."""
    return {key.rpartition("}")[2]: value for key, value in element.attrib.items()}


def _colour(said: Mapping[str, str], theme: Theme, plain: str, name: str, tint: str, shade: str) -> str | None:
    """A colour as six hex digits, the theme's before what was written beside it; None where it is automatic."""
    themed = theme.get(_THEME_NAMES.get(said.get(name, ""), said.get(name, "")), "")
    if _HEX.fullmatch(themed):
        lighter = tinted(themed, 1 - int(said.get(tint, "FF"), 16) / 255)
        return tinted(lighter, int(said.get(shade, "FF"), 16) / 255 - 1)
    return said[plain].upper() if _HEX.fullmatch(said.get(plain, "")) else None


def _mixed(front: str, back: str, cover: float) -> str:
    pairs = ((int(front[at : at + 2], 16), int(back[at : at + 2], 16)) for at in (0, 2, 4))
    return "".join(f"{round(one * cover + other * (1 - cover)):02X}" for one, other in pairs)
