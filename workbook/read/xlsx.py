"""Excel workbooks as raw cells: a streaming pass over each sheet's XML, styles resolved once for each style."""

import datetime as dt
import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element
from xml.parsers import expat

from defusedxml import ElementTree

from workbook.errors import ReadError
from workbook.palette import Fill
from workbook.read.cells import RawCell, RawSheet
from workbook.read.fills import child, children, local, read_fills
from workbook.refs import parse_a1
from workbook.source import clean

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_GENERAL = 0
# Formats of dates and times that have a number and no code: ECMA-376 18.8.30.
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])

Relations = Mapping[str, tuple[str, str]]  # id -> (kind, part)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """What a cell's style says that matters here."""

    fill: Fill | None = None
    is_date: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """What cells refer to."""

    strings: Sequence[str]
    styles: Sequence[_Style]
    from_1904: bool


def read_xlsx(data: bytes) -> tuple[tuple[RawSheet, ...], Mapping[str, str]]:
    """The sheets and custom properties of an Excel workbook; any exception means that it is damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        names = {name.casefold(): name for name in parts.namelist()}

        def part(name: str | None) -> bytes | None:
            stored = names.get(name.casefold()) if name else None
            return parts.read(stored) if stored else None

        top = _relations(part("_rels/.rels"), "")
        home = _of_kind(top, "officeDocument") or "xl/workbook.xml"
        book = _tree(part(home))
        if book is None:
            raise ReadError("it has no workbook part; it is another kind of document.")
        relations = _relations(part(_rels_of(home)), home)
        theme = _tree(part(_of_kind(relations, "theme")))
        context = _Context(
            strings=_shared_strings(part(_of_kind(relations, "sharedStrings"))),
            styles=_styles(_tree(part(_of_kind(relations, "styles"))), theme),
            from_1904=_is_true(_attribute(child(book, "workbookPr"), "date1904")),
        )
        sheets = []
        for entry in children(child(book, "sheets"), "sheet"):
            kind, name = relations.get(_attribute(entry, "id"), ("", ""))
            if kind == "worksheet" and (xml := part(name)):
                comments = _comments(part(_of_kind(_relations(part(_rels_of(name)), name), "comments")))
                sheets.append(_sheet(entry, xml, comments, context))
        return tuple(sheets), _properties(_tree(part(_of_kind(top, "custom-properties"))))


def _sheet(entry: Element, xml: bytes, comments: Mapping[tuple[int, int], str], context: _Context) -> RawSheet:
    reader = _SheetReader(context, comments)
    _parse(xml, reader.start, reader.end, reader.characters)
    for at, comment in comments.items():
        reader.cells.setdefault(at, RawCell(comment=comment))
    return RawSheet(
        name=_attribute(entry, "name"),
        visible=_attribute(entry, "state") in ("", "visible"),
        cells=reader.cells,
        has_validations=reader.has_validations,
    )


class _SheetReader:
    """Takes a sheet's XML as it streams by, and keeps the cells that say anything."""

    def __init__(self, context: _Context, comments: Mapping[tuple[int, int], str]) -> None:
        self.cells: dict[tuple[int, int], RawCell] = {}
        self.has_validations = False
        self._context = context
        self._comments = comments
        self._at = (0, 0)
        self._style = _Style()
        self._kind = ""
        self._text: dict[str, list[str]] = {}
        self._target: list[str] | None = None
        self._phonetic = False

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "c":
            self._cell(said)
        elif name in ("v", "f", "t"):
            self._target = None if self._phonetic else self._text.setdefault("v" if name == "t" else name, [])
        elif name == "row":
            self._at = (int(said["r"]) if "r" in said else self._at[0] + 1, 0)
        elif name == "rPh":
            self._phonetic = True
        elif name == "dataValidation":
            self.has_validations = True

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "c":
            self._keep()
        elif name in ("v", "f", "t"):
            self._target = None
        elif name == "rPh":
            self._phonetic = False

    def characters(self, text: str) -> None:
        """Text, in as many pieces as the parser likes."""
        if self._target is not None:
            self._target.append(text)

    def _cell(self, said: Mapping[str, str]) -> None:
        self._at = parse_a1(said["r"]) if "r" in said else (self._at[0], self._at[1] + 1)
        number = int(said.get("s", 0))
        self._style = self._context.styles[number] if number < len(self._context.styles) else _Style()
        self._kind = said.get("t", "n")
        self._text = {}

    def _keep(self) -> None:
        raw = "".join(self._text.get("v", ()))
        formula = "".join(self._text.get("f", ()))
        comment = self._comments.get(self._at, "")
        if raw or "f" in self._text or self._style.fill or comment:
            formula = f"={formula}" if "f" in self._text else ""
            text = self._shown(raw) if raw else ""
            self.cells[self._at] = RawCell(
                text=text or formula, fill=self._style.fill, formula=formula, comment=comment
            )

    def _shown(self, raw: str) -> str:
        """The value as a person reads it."""
        if self._kind == "s":
            return self._context.strings[int(raw)]
        if self._kind in ("str", "inlineStr"):
            return _unescaped(raw)
        if self._kind == "b":
            return str(_is_true(raw)).upper()
        if self._kind in ("e", "d"):
            return raw.removesuffix("T00:00:00")
        return _date(raw, from_1904=self._context.from_1904) if self._style.is_date else _number(raw)


def _number(raw: str) -> str:
    """A number as a person reads it: without the digits that binary fractions add."""
    number = float(raw)
    return str(int(number)) if number.is_integer() else f"{number:.15g}"


def _date(raw: str, *, from_1904: bool) -> str:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel  # noqa: PLC0415  # slow

    epoch = CALENDAR_MAC_1904 if from_1904 else CALENDAR_WINDOWS_1900
    try:
        value = from_excel(float(raw), epoch)
    except (OverflowError, ValueError):
        return _number(raw)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat(sep=" ") if isinstance(value, dt.datetime) else str(value)


def _styles(styles: Element | None, theme: Element | None) -> list[_Style]:
    """The cell styles by number."""
    fills = read_fills(styles, theme)
    codes = {
        int(_attribute(each, "numFmtId")): _attribute(each, "formatCode")
        for each in children(child(styles, "numFmts"), "numFmt")
    }

    def style(entry: Element) -> _Style:
        fill, number = int(_attribute(entry, "fillId") or 0), int(_attribute(entry, "numFmtId") or _GENERAL)
        is_date = _is_date_code(codes[number]) if number in codes else number in _DATE_FORMATS
        return _Style(fill=fills[fill] if fill < len(fills) else None, is_date=is_date)

    return [style(entry) for entry in children(child(styles, "cellXfs"), "xf")]


@lru_cache(maxsize=1024)
def _is_date_code(code: str) -> bool:
    """Whether a number format shows a date or time: outside quotes, escapes and brackets it has d, m, y, h or s."""
    plain = re.sub(r'"[^"]*"|\\.|_.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', "", code, flags=re.IGNORECASE)
    return bool(re.search(r"[dmyhs]", plain.partition(";")[0], flags=re.IGNORECASE)) and "General" not in plain


def _shared_strings(xml: bytes | None) -> list[str]:
    strings: list[str] = []
    pieces: list[str] = []
    state = {"text": False, "phonetic": False}

    def start(name: str, _: Mapping[str, str]) -> None:
        if name == "si":
            pieces.clear()
        elif name in ("t", "rPh"):
            state["text" if name == "t" else "phonetic"] = True

    def end(name: str) -> None:
        if name == "si":
            strings.append(_unescaped("".join(pieces)))
        elif name in ("t", "rPh"):
            state["text" if name == "t" else "phonetic"] = False

    def characters(text: str) -> None:
        if state["text"] and not state["phonetic"]:
            pieces.append(text)

    if xml:
        _parse(xml, start, end, characters)
    return strings


def _comments(xml: bytes | None) -> dict[tuple[int, int], str]:
    """The comments of a sheet by cell."""
    tree = _tree(xml)
    found = {}
    for comment in children(child(tree, "commentList"), "comment"):
        text = "".join(each.text or "" for each in comment.iter() if local(each.tag) == "t")
        found[parse_a1(_attribute(comment, "ref"))] = clean(text)
    return found


def _properties(tree: Element | None) -> dict[str, str]:
    return {
        _attribute(each, "name"): "".join(value.text or "" for value in each) for each in children(tree, "property")
    }


def _relations(xml: bytes | None, home: str) -> Relations:
    """What a part refers to by id; the kind is the last word of the relation's type, alike in both dialects."""
    found = {}
    for each in children(_tree(xml), "Relationship"):
        if _attribute(each, "TargetMode") != "External":
            target = _attribute(each, "Target")
            part = target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(home), target)
            found[_attribute(each, "Id")] = (_attribute(each, "Type").rpartition("/")[2], posixpath.normpath(part))
    return found


def _of_kind(relations: Relations, kind: str) -> str | None:
    return next((part for its_kind, part in relations.values() if its_kind == kind), None)


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _attribute(element: Element | None, name: str) -> str:
    """An attribute by its local name, or an empty text."""
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def _tree(xml: bytes | None) -> Element | None:
    return ElementTree.fromstring(xml, forbid_dtd=True) if xml else None


def _parse(
    xml: bytes,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None],
    characters: Callable[[str], None],
) -> None:
    """Stream XML through handlers that see names without prefixes; a document type declaration is refused."""

    def refuse(*_: object) -> None:
        raise ReadError("it holds a document type declaration, which no spreadsheet program writes.")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, said: start(name.rpartition(":")[2], said)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = characters
    parser.buffer_text = True
    parser.Parse(xml, True)


def _unescaped(text: str) -> str:
    """Text without Excel's escapes of characters that XML does not allow, and with one kind of line break."""
    return clean(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text)


def _is_true(text: str) -> bool:
    return text in ("1", "true")
