"""OpenDocument spreadsheets as raw cells, in a single pass over their content.

Programs write a sheet to its last row and column, with a count of how often a row or cell is repeated. A long run of
blank cells becomes a background, or nothing; it is never written out.
"""

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from workbook.errors import ReadError
from workbook.palette import Fill
from workbook.read.archive import Archive
from workbook.read.cells import Named, RawCell, RawSheet
from workbook.read.conditional import Area
from workbook.read.limits import MAX_CELLS, MAX_DEPTH, MAX_SHEETS, MAX_TEXT, MAX_TEXTS, too_large
from workbook.read.ods_rules import Rules, plain_formula
from workbook.read.ods_styles import Said, Styles
from workbook.read.xlsx_sheet import number
from workbook.read.xml import End, Start, attribute, check_depth, stream, tree
from workbook.refs import LAST_COLUMN, LAST_ROW, area, parse_a1
from workbook.source import clean

_CELLS = frozenset(("table:table-cell", "table:covered-table-cell"))
_PLAIN = re.compile(r"[-+]?[\d.,]+(?:E[-+]?\d+)?|TRUE|FALSE|", re.IGNORECASE)
_PARAGRAPHS = frozenset(("text:p", "text:h"))
# What a paragraph says by tags; the signs stand for them until its own line breaks are known from the XML's.
_SIGNS = {"text:s": "\0", "text:tab": "\1", "text:line-break": "\2"}
_SIGNED = str.maketrans("\0\1\2", " \t\n")
# These hold cells and texts that are none of the sheet's.
_ASIDE = frozenset(("table:tracked-changes", "table:dde-links", "text:ruby-text", "office:master-styles"))
_NAMES = frozenset(("table:named-range", "table:named-expression"))
_CELL = re.compile(r"[A-Z]{1,3}\d{1,7}")
_DEFAULT = "Default"  # the style of what has none
_MANY = 1000  # blank cells in a run: no more are written out
_MOST_AREAS = 10_000
_ERROR = re.compile(r"Err:\d+|#(?:REF!|N/A|DIV/0!|NAME\?|VALUE!|NUM!|NULL!)")
_DURATION = re.compile(r"(-?)PT(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,](\d+))?S)?")
_NAMESPACE = re.compile(r"^\w+:(?==)")

Span = tuple[int, int, Fill]  # first column, last column


def read_ods(archive: Archive) -> tuple[tuple[RawSheet, ...], Mapping[str, str]]:
    """The sheets and custom properties of an OpenDocument spreadsheet; any exception means that it is damaged."""
    manifest = tree(archive, "META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter("encryption-data"), None) is not None:
        raise ReadError("a password is needed to open it; save it without one.", code="FILE_ENCRYPTED")
    book = _Book()
    for part in ("styles.xml", "content.xml"):
        stream(archive.pieces(part), *_handlers(book))
    if not book.sheets:
        raise ReadError("it holds no sheet; it is another kind of document.")
    meta = tree(archive, "meta.xml")
    properties = (
        {} if meta is None else {attribute(each, "name"): each.text or "" for each in meta.iter("user-defined")}
    )
    return tuple(replace(sheet, names=book.names) for sheet in book.sheets), properties


def _handlers(book: "_Book") -> tuple[Start, End, list[str]]:
    """The handlers of the stream, and the list that its text goes into.

    Closures, since they are called for every tag, and nothing else is as quick. The list is emptied where a paragraph
    begins, so that what is in it when one ends is the paragraph's, and wherever else blanks may pile up in it.
    """
    depth = aside = before = 0
    inside = False
    told: Said = {}
    texts: list[str] = []
    paragraphs: list[str] = []
    remarks: list[str] = []
    into = paragraphs

    def start(name: str, said: dict[str, str]) -> None:
        nonlocal depth, told, inside, into
        depth += 1
        if depth > MAX_DEPTH:
            check_depth(depth)
        if aside:
            return
        if name in _CELLS:
            told, inside, into = said, True, paragraphs
            del paragraphs[:], remarks[:], texts[:]
        elif name in _PARAGRAPHS:
            texts.clear()
        else:
            begin(name, said)

    def begin(name: str, said: dict[str, str]) -> None:
        nonlocal aside, before, into
        if name in _SIGNS:
            texts.append(_SIGNS[name] * book.blanks(_count(said, "text:c")))
        elif name == "office:annotation":
            into = remarks
        elif name in _ASIDE or name.startswith("draw:") or (name == "table:table" and (inside or _is_elsewhere(said))):
            aside, before = depth, len(texts)
        elif not inside:
            texts.clear()
            book.begin(name, said)

    def end(name: str) -> None:
        nonlocal depth, aside, inside, into
        depth -= 1
        if aside:
            del texts[before:]
            aside = aside if depth >= aside else 0
        elif name in _CELLS:
            book.sheet.put(told, paragraphs, remarks)
            inside = False
        elif name in _PARAGRAPHS:
            into.append(_paragraph("".join(texts)))
        elif name == "office:annotation":
            into = paragraphs
        elif not inside:
            book.end(name)

    return start, end, texts


class _Book:
    """What is made of a workbook's tags."""

    def __init__(self) -> None:
        self.sheets: list[RawSheet] = []
        self.names: dict[str, Named] = {}
        self.styles = Styles()
        self.sheet = _Sheet("", True, self)
        self.cells: dict[tuple[str, Fill | None], RawCell] = {}
        self._left = MAX_CELLS
        self._text_left = MAX_TEXTS
        self._blanks_left = MAX_TEXTS

    def begin(self, name: str, said: Said) -> None:
        """A tag begins that stands in no cell."""
        if name == "table:table-row":
            self.sheet.begin_row(said)
        elif name == "table:table-column":
            self.sheet.add_column(said)
        elif name == "table:table":
            if len(self.sheets) >= MAX_SHEETS:
                raise too_large(f"it has more than {MAX_SHEETS} sheets.")
            visible = said.get("table:style-name") not in self.styles.hidden
            self.sheet = _Sheet(said.get("table:name", ""), visible, self)
        elif name.startswith("calcext:"):
            self.sheet.begin_rule(name, said)
        elif name in _NAMES:
            self._name(said)
        else:
            self.styles.begin(name, said)

    def _name(self, said: Said) -> None:
        """A name, which is for all sheets: those that are only for one are taken for all as well."""
        base = said.get("table:base-cell-address", "").replace("$", "").rpartition(".")[2]
        stands_for = said.get("table:expression") or f"[{said.get('table:cell-range-address', '')}]"
        origin = parse_a1(base) if _CELL.fullmatch(base) else (1, 1)
        formula = plain_formula(_NAMESPACE.sub("", stands_for))
        self.names.setdefault(said.get("table:name", "").casefold(), Named(formula, origin))

    def end(self, name: str) -> None:
        """A tag ends that stands in no cell."""
        if name == "table:table-row":
            self.sheet.end_row()
        elif name == "table:table":
            self.sheets.append(self.sheet.done())

    def blanks(self, count: int) -> int:
        """So many blanks are told by a tag of a few characters."""
        self._blanks_left -= count
        if self._blanks_left < 0:
            raise too_large(f"it holds more than {MAX_TEXTS:,} characters.")
        return count

    def taken(self, cells: int, characters: int) -> None:
        """So many more cells and characters are kept."""
        self._left -= cells
        self._text_left -= characters
        if self._left < 0:
            raise too_large(f"it holds more than {MAX_CELLS:,} cells.")
        if self._text_left < 0:
            raise too_large(f"it holds more than {MAX_TEXTS:,} characters.")


class _Sheet:
    """What is made of one sheet's tags: cells, the fills of blank ones in long runs, conditional formats."""

    def __init__(self, name: str, visible: bool, book: _Book) -> None:
        self._name, self._visible, self._book = name, visible, book
        self._lines: dict[int, dict[int, RawCell]] = {}
        self._has_validations = False
        self._backgrounds = _Backgrounds()
        self._rules = Rules(name, book.styles)
        self._mapped: dict[str, list[str]] = {}  # the areas of styles that have conditions
        self._wide: list[Area] = []  # merged cells
        self._tall: list[Area] = []
        self._columns: list[Span] = []  # those that are painted
        self._next_column = 1
        self._row, self._rows, self._column = 0, 1, 1
        self._row_style: str | None = None
        self._below: Sequence[Span] = ()  # what is seen in this row where cells have no style
        self._runs: list[tuple[int, int, Fill | None]] = []
        self._line: dict[int, RawCell] = {}

    def add_column(self, said: Said) -> None:
        """One column, or several that are alike."""
        first = self._next_column
        self._next_column += _count(said, "table:number-columns-repeated")
        last = min(self._next_column - 1, LAST_COLUMN)
        fill = self._book.styles.fill(said.get("table:default-cell-style-name", _DEFAULT))
        if fill and first <= last:
            if self._columns and self._columns[-1][1:] == (first - 1, fill):
                first = self._columns.pop()[0]
            self._columns.append((first, last, fill))

    def begin_row(self, said: Said) -> None:
        """A row begins, or several that are alike."""
        self._row += self._rows
        self._rows, self._column = _count(said, "table:number-rows-repeated"), 1
        self._line, self._runs = {}, []
        self._row_style = said.get("table:default-cell-style-name")
        self._below = self._columns
        if self._row_style is not None:
            fill = self._book.styles.fill(self._row_style)
            self._below = [(1, LAST_COLUMN, fill)] if fill else ()

    def put(self, said: Said, paragraphs: list[str], remarks: list[str]) -> None:
        """A cell ends, or a run of cells that are alike."""
        first, count = self._column, _count(said, "table:number-columns-repeated")
        self._column += count
        style = said.get("table:style-name")
        if "table:content-validation-name" in said:
            self._has_validations = True
        if style in self._book.styles.conditions:
            last = min(self._row + self._rows - 1, LAST_ROW), min(first + count - 1, LAST_COLUMN)
            self._mapped.setdefault(style or "", []).append(area((self._row, first), last))
        if "table:number-columns-spanned" in said:
            self._merge(said, first, count)
        own = style or self._row_style
        fill = self._book.styles.fill(own) if own else None
        if paragraphs or remarks or said.get("office:value-type") or "table:formula" in said:
            cell = self._cell(said, paragraphs, remarks, fill)
            if cell.text or cell.comment or cell.formula:
                self._keep(first, count, cell, painted=own is not None)
                return
        if style is None:
            return  # nothing but what is below it
        if count * self._rows > _MANY:
            self._runs.append((first, min(first + count - 1, LAST_COLUMN), fill))
        elif fill or any(_at(self._below, column) for column in range(first, first + count)):
            # Where a whole row or column is painted, a cell without a fill is one that was left out.
            self._keep(first, count, self._plain("", fill))

    def end_row(self) -> None:
        """A row ends, or several that are alike."""
        self._backgrounds.add(self._row, self._below, self._runs)
        if self._line:
            for row in range(self._row, self._row + self._rows):
                self._lines[row] = self._line

    def begin_rule(self, name: str, said: Said) -> None:
        """A tag of conditional formats begins."""
        self._rules.begin(name, said)

    def done(self) -> RawSheet:
        """The sheet, when it has been read."""
        self._backgrounds.add(self._row + self._rows, self._columns, [])
        return RawSheet(
            name=self._name,
            visible=self._visible,
            lines=self._lines,
            has_validations=self._has_validations,
            backgrounds=self._backgrounds.done(),
            rules=self._rules.done(self._mapped),
            wide=tuple(self._wide),
            tall=tuple(self._tall),
        )

    def _merge(self, said: Said, first: int, count: int) -> None:
        """A cell lies over others: of its row, or only over those below it."""
        columns = _count(said, "table:number-columns-spanned")
        rows = _count(said, "table:number-rows-spanned")
        if columns > 1 and count * self._rows <= _MANY:
            self._book.taken(self._rows, 0)
            for row in range(self._row, self._row + self._rows):
                self._wide.append((row, first, row + rows - 1, first + columns - 1))
        elif rows > 1 and count == self._rows == 1:
            self._tall.append((self._row, first, self._row + rows - 1, first))

    def _cell(self, said: Said, paragraphs: list[str], remarks: list[str], fill: Fill | None) -> RawCell:
        words = "\n".join(paragraphs)
        if len(words) > MAX_TEXT:
            raise too_large(f"a text of it has more than {MAX_TEXT:,} characters.")
        formula = plain_formula(_NAMESPACE.sub("", said["table:formula"])) if "table:formula" in said else ""
        # A program that has not worked a formula out yet writes neither value nor text.
        unknown = bool(formula) and not paragraphs and "office:value-type" not in said
        failed = unknown or _is_error(said, words)
        text = clean(words if failed else _shown(said, words)) or (formula if failed else "")
        number_format = "" if failed else _number_format(said.get("office:value-type"), words)
        if not (formula or remarks or failed or number_format):
            return self._plain(text, fill)
        comment = clean("\n".join(remarks))
        return RawCell(
            text=text, fill=fill, formula=formula, comment=comment, failed=failed, number_format=number_format
        )

    def _plain(self, text: str, fill: Fill | None) -> RawCell:
        """A cell with a text and fill alone; those that are alike are one object."""
        cells, key = self._book.cells, (text, fill)
        try:
            return cells[key]
        except KeyError:
            return cells.setdefault(key, RawCell(text=text, fill=fill))

    def _keep(self, first: int, count: int, cell: RawCell, *, painted: bool = True) -> None:
        self._book.taken(count * self._rows, len(cell.text) + len(cell.comment) + len(cell.formula))
        if not painted and self._below:
            for column in range(first, first + count):
                self._line[column] = replace(cell, fill=_at(self._below, column))
        else:
            self._line.update(dict.fromkeys(range(first, first + count), cell))


class _Backgrounds:
    """The fills of long runs of blank cells, put together over the rows in which they are the same."""

    def __init__(self) -> None:
        self._areas: list[tuple[Area, Fill]] = []
        self._open: dict[Span, int] = {}  # the row in which each begins
        self._last: tuple[Sequence[Span], Sequence[tuple[int, int, Fill | None]]] = ((), ())

    def add(self, row: int, below: Sequence[Span], runs: Sequence[tuple[int, int, Fill | None]]) -> None:
        """From this row on, these fills of columns are seen, but where the runs lie over them."""
        was_below, was_runs = self._last
        if below is not was_below or runs != was_runs:
            self._last = below, runs
            spans = _overlaid(below, runs) if runs else below
            fresh = {span: self._open.pop(span, row) for span in spans}
            self._close(row - 1)
            self._open = fresh

    def done(self) -> tuple[tuple[Area, Fill], ...]:
        """All areas, when the last row has been added."""
        self._close(LAST_ROW)
        return tuple(self._areas)

    def _close(self, last_row: int) -> None:
        for (first, last, fill), row in self._open.items():
            if row <= last_row:
                self._areas.append(((row, first, last_row, last), fill))
        if len(self._areas) > _MOST_AREAS:
            raise too_large(f"a sheet of it has more than {_MOST_AREAS:,} painted areas.")


def _overlaid(below: Sequence[Span], runs: Sequence[tuple[int, int, Fill | None]]) -> list[Span]:
    """What is seen of the spans below, and of the runs over them; both go from the left."""
    seen: list[Span] = []
    under = iter([*below, None])
    span = next(under)
    for first, last, fill in runs:
        while span and span[0] <= last:
            left, right, colour = span
            if left < first:
                seen.append((left, min(right, first - 1), colour))
            if right > last:
                span = last + 1, right, colour
                break
            span = next(under)
        if fill and first <= last:
            seen.append((first, last, fill))
    rest = [span, *under] if span else []
    return [*seen, *(each for each in rest if each)]


def _at(spans: Sequence[Span], column: int) -> Fill | None:
    """The fill of a column."""
    index = bisect_right(spans, column, key=lambda span: span[0]) - 1
    return spans[index][2] if index >= 0 and column <= spans[index][1] else None


def _count(said: Said, name: str) -> int:
    return max(int(said[name]), 1) if name in said else 1


def _is_elsewhere(said: Said) -> bool:
    """Whether a table is what LibreOffice remembers of a sheet in another file, whose address is its name."""
    name = said.get("table:name", "")
    return name.startswith("'") and "'#$" in name


def _paragraph(text: str) -> str:
    """A paragraph's text; where a program has laid out the XML in lines, these are put together.

    Other blanks are kept: by the standard, several are one unless a tag says them, but LibreOffice writes and reads
    them as they are in a cell of several paragraphs.
    """
    if "\n" in text:
        text = " ".join(filter(None, (line.strip(" \t\r") for line in text.split("\n"))))
    return text.translate(_SIGNED)


def _is_error(said: Said, words: str) -> bool:
    if said.get("calcext:value-type") == "error":
        return True
    computed = "table:formula" in said or said.get("office:value-type", "string") != "string"
    return computed and bool(_ERROR.fullmatch(words))


def _number_format(kind: str | None, words: str) -> str:
    """How a number is shown, where it is with a sign or word; mere rounding is not told from the common format."""
    if kind == "percentage":
        return "0%"
    return words if kind in ("float", "currency") and not _PLAIN.fullmatch(words) else ""


def _shown(said: Said, words: str) -> str:
    """The value as a person reads it."""
    kind = said.get("office:value-type", "string")
    if kind == "string":
        # A format may show something else than the value; the attribute may have lost its line breaks.
        value = said.get("office:string-value", "")
        return words if "\n" in words and "\n" not in value else value or words
    name, show = _VALUES.get(kind, ("", str))
    return show(said[name]) if name in said and words not in ("TRUE", "FALSE") else words


def _boolean(said: str) -> str:
    return said.upper()


def _date(said: str) -> str:
    """A date, or date and time, in the form that numbers are shown in where they stand for one."""
    try:
        value = dt.datetime.fromisoformat(said).replace(tzinfo=None)
    except ValueError:
        return said
    return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")


def _time(said: str) -> str:
    """A time of day, or a longer one: `PT36H00M00S` is `36:00:00`."""
    match = _DURATION.fullmatch(said)
    if not match:
        return said
    sign, *parts, fraction = match.groups()
    hours, minutes, seconds = (int(part or 0) for part in parts)
    rest = (fraction or "").rstrip("0")
    return f"{sign}{hours:02}:{minutes:02}:{seconds:02}{'.' if rest else ''}{rest}"


_VALUES: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "float": ("office:value", number),
    "percentage": ("office:value", number),
    "currency": ("office:value", number),
    "date": ("office:date-value", _date),
    "time": ("office:time-value", _time),
    "boolean": ("office:boolean-value", _boolean),
}
