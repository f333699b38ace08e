"""Excel workbooks as raw cells: their parts, what these refer to, and styles resolved to what a person sees."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from xml.etree.ElementTree import Element

from workbook.errors import ReadError
from workbook.read.archive import Archive
from workbook.read.cells import Named, RawSheet
from workbook.read.fills import read_fills, read_inks, read_shown_fills
from workbook.read.limits import MAX_CELLS, MAX_SHEETS, MAX_STRINGS, MAX_TEXT, MAX_TEXTS, too_large
from workbook.read.relations import Relations, of_kind, relations_of, rels_of
from workbook.read.xlsx_sheet import Context, Style, is_true, read_sheet, unescaped
from workbook.read.xml import attribute, check_depth, child, children, local, stream, tree
from workbook.refs import parse_a1
from workbook.source import clean

_GENERAL = 0
_LONGEST_CODE = 255  # as Excel has it
# Formats that have a number and no code, ECMA-376 18.8.30: of dates and times, and of numbers shown otherwise.
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_NUMBER_FORMATS = {2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00"}


def read_xlsx(archive: Archive) -> tuple[tuple[RawSheet, ...], Mapping[str, str]]:
    """The sheets and custom properties of an Excel workbook; any exception means that it is damaged."""
    top = relations_of(archive, "_rels/.rels", "")
    home = of_kind(top, "officeDocument") or "xl/workbook.xml"
    book = tree(archive, home)
    if book is None:
        raise ReadError("it has no workbook part; it is another kind of document.")
    relations = relations_of(archive, rels_of(home), home)
    context = _context(archive, book, relations)
    entries = children(child(book, "sheets"), "sheet")
    if len(entries) > MAX_SHEETS:
        raise too_large(f"it has more than {MAX_SHEETS} sheets.")
    left = most = archive.times * MAX_CELLS

    def taken(cells: int) -> None:
        nonlocal left
        left -= cells
        if left < 0:
            raise too_large(f"it holds more than {most:,} cells.")

    names = _names(book)
    sheets = []
    seen: set[str] = set()
    for number, entry in enumerate(entries):
        kind, name = relations.get(attribute(entry, "id"), ("", ""))
        if kind == "worksheet" and name in archive:
            about = relations_of(archive, rels_of(name), name)
            if name in seen:
                raise ReadError("two of its sheets are the same part.")
            seen.add(name)
            data = read_sheet(archive, name, context, _comments(archive, about), taken)
            visible = attribute(entry, "state") in ("", "visible")
            sheets.append(
                RawSheet(
                    name=attribute(entry, "name"),
                    visible=visible,
                    lines=data.lines,
                    has_validations=data.has_validations,
                    backgrounds=data.backgrounds,
                    rules=data.rules,
                    wide=data.wide,
                    tall=data.tall,
                    names={**names.get("", {}), **names.get(str(number), {})},
                )
            )
    return tuple(sheets), _properties(archive, top)


def _context(archive: Archive, book: Element, relations: Relations) -> Context:
    styles = tree(archive, of_kind(relations, "styles"))
    theme = tree(archive, of_kind(relations, "theme"))
    return Context(
        strings=_shared_strings(archive.pieces(of_kind(relations, "sharedStrings")), archive.times),
        styles=_styles(styles, theme),
        shown=read_shown_fills(styles, theme),
        from_1904=is_true(attribute(child(book, "workbookPr"), "date1904")),
    )


def _names(book: Element) -> dict[str, dict[str, Named]]:
    """The names of the workbook by the number of the sheet that they are for, or by none."""
    names: dict[str, dict[str, Named]] = {}
    for each in children(child(book, "definedNames"), "definedName"):
        of_sheet = names.setdefault(attribute(each, "localSheetId"), {})
        of_sheet[attribute(each, "name").casefold()] = Named(each.text or "")
    return names


def _styles(styles: Element | None, theme: Element | None) -> list[Style]:
    """The cell styles by number."""
    fills, inks = read_fills(styles, theme), read_inks(styles, theme)
    codes = {
        int(attribute(each, "numFmtId")): attribute(each, "formatCode")
        for each in children(child(styles, "numFmts"), "numFmt")
    }

    def style(entry: Element) -> Style:
        fill, number = int(attribute(entry, "fillId") or 0), int(attribute(entry, "numFmtId") or _GENERAL)
        font = int(attribute(entry, "fontId") or 0)
        is_date = _is_date_code(codes[number]) if number in codes else number in _DATE_FORMATS
        code = codes.get(number, _NUMBER_FORMATS.get(number, ""))
        return Style(
            fill=fills[fill] if fill < len(fills) else None,
            is_date=is_date,
            number_format="" if is_date or code in ("General", "@", "0") else code,
            ink=inks[font] if font < len(inks) else "",
        )

    return [style(entry) for entry in children(child(styles, "cellXfs"), "xf")]


@lru_cache(maxsize=1024)
def _is_date_code(code: str) -> bool:
    """Whether a number format shows a date or time: outside quotes, escapes and brackets it has d, m, y, h or s."""
    if len(code) > _LONGEST_CODE:
        return False
    plain = re.sub(r'"[^"]*"|\\.|_.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', "", code, flags=re.IGNORECASE)
    return bool(re.search(r"[dmyhs]", plain.partition(";")[0], flags=re.IGNORECASE)) and "General" not in plain


def _shared_strings(pieces: Iterable[bytes], times: int) -> list[str]:
    strings: list[str] = []
    runs: list[str] = []
    texts: list[str] = []
    depth = length = 0

    def start(name: str, _: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        check_depth(depth)
        name = local(name)
        if name == "si":
            runs.clear()
        elif name == "t":
            texts.clear()

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        name = local(name)
        if name == "si":
            keep("".join(runs))
        elif name == "t":
            runs.append("".join(texts))
            count(len(runs[-1]))
        elif name == "rPh":  # how it is spoken is no part of the text
            del runs[-1:]

    def keep(text: str) -> None:
        strings.append(unescaped(text))
        if len(strings) > times * MAX_STRINGS or len(text) > MAX_TEXT:
            raise too_large(
                f"it holds more than {times * MAX_STRINGS:,} texts, or one of more than {MAX_TEXT:,} characters."
            )

    def count(characters: int) -> None:
        nonlocal length
        length += characters
        if length > times * MAX_TEXTS:
            raise too_large(f"it holds more than {times * MAX_TEXTS:,} characters.")

    stream(pieces, start, end, texts)
    return strings


def _comments(archive: Archive, relations: Relations) -> dict[tuple[int, int], str]:
    """The comments of a sheet by cell."""
    root = tree(archive, of_kind(relations, "comments"))
    found = {}
    for comment in children(child(root, "commentList"), "comment"):
        text = "".join(each.text or "" for each in comment.iter("t"))
        found[parse_a1(attribute(comment, "ref"))] = clean(text)
    return found


def _properties(archive: Archive, top: Relations) -> dict[str, str]:
    root = tree(archive, of_kind(top, "custom-properties"))
    return {attribute(each, "name"): "".join(value.text or "" for value in each) for each in children(root, "property")}
