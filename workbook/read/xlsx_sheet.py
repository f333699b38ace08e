"""One sheet of an Excel workbook, in a single pass over its XML; each style was worked out once, beforehand."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from workbook.palette import Fill
from workbook.read.archive import Archive
from workbook.read.cells import NO_CELL, RawCell
from workbook.read.conditional import Area, Areas, ColourRule, Test, corners, formula_test, text_test, value_test
from workbook.read.limits import (
    MAX_CELLS,
    MAX_DEPTH,
    MAX_MERGED,
    MAX_PAINTED,
    MAX_RULE_AREAS,
    MAX_RULES,
    MAX_TEXTS,
    too_large,
)
from workbook.read.xlsx_rows import NotPlainError, column_of, cut_rows, read_rows
from workbook.read.xml import End, Start, check_depth, local, stream
from workbook.refs import LAST_COLUMN, LAST_ROW, parse_a1
from workbook.source import clean

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_COMPARISONS = {
    "equal": "=",
    "notEqual": "<>",
    "lessThan": "<",
    "lessThanOrEqual": "<=",
    "greaterThan": ">",
    "greaterThanOrEqual": ">=",
    "between": "between",
    "notBetween": "not between",
}
_TEXT_KINDS = {
    "containsText": "contains",
    "notContainsText": "not contains",
    "beginsWith": "begins",
    "endsWith": "ends",
    "containsBlanks": "blank",
    "notContainsBlanks": "not blank",
}
_HUMP = re.compile(r"(?<=[a-z])(?:[A-Z]|\d+)")
_FIRST_HALF, _LAST_HALF = 0xD800, 0xDFFF
_DIGITS = "0123456789"
_LONGEST_SIGN = 3  # characters
_LARGE = 8_000_000  # bytes; what has more is streamed, and never held at once
_MOST_KNOWN = 20_000  # cells that may be said again
# These draw bars and icons, and leave the fill as it is.
_NO_PAINT = frozenset(("dataBar", "iconSet"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What a cell's style says that matters here."""

    fill: Fill | None = None
    is_date: bool = False
    number_format: str = ""
    ink: str = ""


NO_STYLE = Style()
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the cells of a workbook refer to: texts, styles, the fills of conditional formats, the calendar."""

    strings: Sequence[str] = ()
    styles: Sequence[Style] = ()
    shown: Sequence[Fill | None] = ()
    from_1904: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetData:
    """What a sheet's XML holds."""

    lines: Mapping[int, Mapping[int, RawCell]]
    has_validations: bool
    backgrounds: tuple[tuple[Area, Fill], ...]
    rules: tuple[ColourRule, ...]
    wide: tuple[Area, ...]
    tall: tuple[Area, ...]


def read_sheet(
    archive: Archive,
    part: str,
    context: Context,
    comments: Mapping[tuple[int, int], str],
    taken: Callable[[int], None],
) -> SheetData:
    """Read one sheet; `taken` is told how many cells of it were kept.

    Only cells that say something are kept; those that are alike are one object.
    """
    pieces: Iterable[bytes] = archive.pieces(part)
    sheet = None
    if archive.size(part) <= _LARGE:
        pieces = [b"".join(pieces)]
        sheet = _plain(pieces[0], context)
    if sheet is None:
        sheet = _Sheet(context)
        stream(pieces, *_handlers(sheet))
    lines: dict[int, dict[int, RawCell]] = {row: line for row, line in sheet.lines.items() if line}
    sheet.forget()
    for (row, column), comment in comments.items():
        line = lines.setdefault(row, {})
        line[column] = replace(line.get(column, NO_CELL), comment=comment)
    taken(sum(map(len, lines.values())))
    return SheetData(
        lines=lines,
        has_validations=sheet.has_validations,
        backgrounds=sheet.backgrounds,
        rules=tuple(sorted(sheet.rules, key=lambda rule: rule.priority)),
        wide=tuple(sheet.wide),
        tall=tuple(sheet.tall),
    )


def _plain(xml: bytes, context: Context) -> "_Sheet | None":
    """The sheet, if its rows are written plainly."""
    cut = cut_rows(xml)
    if cut is None:
        return None
    around, rows = cut
    sheet = _Sheet(context)
    stream(around, *_handlers(sheet))
    try:
        sheet.lines.update(read_rows(rows, sheet.cell))
    except NotPlainError:
        return None
    return sheet


def _handlers(sheet: "_Sheet") -> tuple[Start, End, list[str]]:
    """The handlers of the stream, and the list that its text goes into.

    Closures, since they are called for every tag, and nothing else is as quick; what makes up most of a sheet, the cell
    and its value, comes first, and blank cells cost least. What is in the list when a cell ends is its value.
    """
    depth = 0
    said = before = _NOTHING
    texts, known, begin, finish = sheet.texts, sheet.known, sheet.begins, sheet.finishes

    def start(name: str, told: dict[str, str]) -> None:
        nonlocal depth, said
        if name == "c":
            if said is not _NOTHING:
                raise ValueError("a cell in a cell")
            said = told
            if "r" not in told:
                sheet.step(before)
            if texts:
                texts.clear()
            return
        depth += 1
        if name != "v":
            if name in begin:
                begin[name](told)
            elif ":" in name:
                depth -= 1
                start(local(name), told)
            if depth > MAX_DEPTH:
                check_depth(depth)

    def end(name: str) -> None:
        nonlocal depth, said, before
        if name == "c":
            key = "".join(texts) if texts else "", said.get("t"), said.get("s")
            if sheet.formula:
                cell = sheet.cell(*key)
                sheet.formula = ""
            else:
                try:
                    cell = known[key]
                except KeyError:
                    if len(known) > _MOST_KNOWN:
                        known.clear()
                    cell = known[key] = sheet.cell(*key)
            if cell is not None:
                sheet.keep(said.get("r"), cell)
            before, said = said, _NOTHING
            return
        depth -= 1
        if name != "v":
            if name in finish:
                finish[name]()
            elif ":" in name:
                depth += 1
                end(local(name))

    return start, end, texts


class _Sheet:
    """What is made of a sheet's tags: rows and cells, the fills of whole rows and columns, conditional formats.

    `texts` is the text that has streamed by; it is emptied where a cell begins, and after what is no value.
    """

    def __init__(self, context: Context) -> None:
        self.lines: dict[int, dict[int, RawCell]] = {}
        self.rules: list[ColourRule] = []
        self.wide: list[Area] = []
        self.tall: list[Area] = []
        self.has_validations = False
        self.texts: list[str] = []
        self.known: dict[tuple[str, str | None, str | None], RawCell | None] = {}
        self.formula = ""
        self._line: dict[int, RawCell] | None = None
        self._column = 0
        self._numbers: dict[str, int] = {}  # of columns, by letters
        self._context = context
        self._rows: list[tuple[Area, Fill]] = []
        self._columns: list[tuple[Area, Fill]] = []
        self._row = self._kept = self._merged = 0
        self._areas_left, self._characters_left = MAX_RULE_AREAS, MAX_TEXTS
        self._runs: list[str] = []
        self._areas = Areas("")
        self._rule: Mapping[str, str] = {}
        self._operands: list[str] = []

    @cached_property
    def begins(self) -> Mapping[str, Callable[[Mapping[str, str]], None]]:
        """What to do where a tag begins that is neither a cell nor its value."""
        return {
            "row": self._begin_row,
            "mergeCell": self._begin_merge,
            "is": lambda _: self._runs.clear(),
            "col": self._begin_column,
            "dataValidation": self._begin_validation,
            "conditionalFormatting": self._begin_rules,
            "cfRule": self._begin_rule,
            **dict.fromkeys(("t", "f", "formula"), lambda _: self.texts.clear()),
        }

    @cached_property
    def finishes(self) -> Mapping[str, Callable[[], None]]:
        """What to do where such a tag ends."""
        return {
            "t": lambda: self._runs.append("".join(self.texts)),
            "rPh": self._finish_phonetic,
            "is": self._finish_inline,
            "f": self._finish_formula,
            "formula": lambda: self._operands.append("".join(self.texts)),
            "cfRule": self._keep_rule,
        }

    def _begin_row(self, said: Mapping[str, str]) -> None:
        self.texts.clear()
        self._row, self._column = int(said["r"]) if "r" in said else self._row + 1, 0
        if not 0 < self._row <= LAST_ROW:
            raise too_large(f"a sheet of it has more than {LAST_ROW:,} rows.")
        self._line = self.lines.get(self._row)
        if "s" in said:
            self._paint_row(said["s"])

    def _begin_merge(self, said: Mapping[str, str]) -> None:
        self._merged += 1
        if self._merged > MAX_MERGED:
            raise too_large(f"a sheet of it has more than {MAX_MERGED:,} merged cells.")
        one, _, other = said.get("ref", "").partition(":")
        if one.rstrip(_DIGITS) != other.rstrip(_DIGITS):
            if len(self.wide) >= MAX_PAINTED:
                raise too_large(f"a sheet of it has more than {MAX_PAINTED:,} cells merged over several columns.")
            self.wide.append(corners(f"{one}:{other}"))
        elif other:
            self.tall.append(corners(f"{one}:{other}"))

    def _begin_column(self, said: Mapping[str, str]) -> None:
        first, last = int(said.get("min", 1)), int(said.get("max", LAST_COLUMN))
        if fill := self._style(said.get("style")).fill:
            self._columns.append(((1, first, LAST_ROW, last), fill))
            self._check_painted()

    def _begin_validation(self, _: Mapping[str, str]) -> None:
        self.has_validations = True

    def _begin_rules(self, said: Mapping[str, str]) -> None:
        text = said.get("sqref", "")
        self._areas, self._areas_left = Areas(text), self._areas_left - 1 - text.count(" ")
        if self._areas_left < 0:
            raise too_large(f"the conditional formats of a sheet have more than {MAX_RULE_AREAS:,} areas.")

    def _begin_rule(self, said: Mapping[str, str]) -> None:
        self._rule, self._operands = said, []

    def _finish_phonetic(self) -> None:
        del self._runs[-1:]  # how a word is spoken is no part of the text

    def _finish_inline(self) -> None:
        self.texts[:] = self._runs

    def _finish_formula(self) -> None:
        self.formula = "=" + "".join(self.texts)
        self._take(len(self.formula))
        self.texts.clear()

    def forget(self) -> None:
        """Hold no cells any longer: the handlers refer to themselves, and so this is not gone when it is done with."""
        self.lines.clear()
        self.known.clear()

    def step(self, before: Mapping[str, str]) -> None:
        """A cell begins that does not say where it is: it comes right after the one before it in its row."""
        row, column = parse_a1(before["r"]) if "r" in before else (self._row, self._column)
        self._column = (column if row == self._row else 0) + 1

    def keep(self, place: str | None, cell: RawCell) -> None:
        """A cell ends that says something."""
        if place is None:
            column = self._column
        else:
            letters = place.rstrip(_DIGITS)
            try:
                column = self._numbers[letters]
            except KeyError:
                column = self._numbers[letters] = column_of(letters)
        if self._line is None:
            self._line = self.lines[self._row] = {}
        self._line[column] = cell
        self._kept += 1
        if self._kept > MAX_CELLS:
            raise too_large(f"a sheet of it holds more than {MAX_CELLS:,} cells.")

    def cell(self, raw: str, kind: str | None, style: str | None) -> RawCell | None:
        """The cell that has been read, or None if it says nothing."""
        look, formula, raw = self._style(style), self.formula, raw.strip()  # XML may be laid out in lines
        if not raw and not formula and look.fill is None:
            # Where a whole row or column is painted, a cell without a fill is one that was left out.
            return NO_CELL if self._rows or self._columns else None
        failed = kind == "e" or (bool(formula) and not raw and kind != "str")
        text = self._shown(raw, kind, look) if raw else ""
        return RawCell(
            text=text or (formula if failed else ""),
            fill=look.fill,
            formula=formula,
            failed=failed,
            number_format=look.number_format if raw and kind in (None, "n") else "",
            ink=look.ink if look.ink and is_sign(text) else "",
        )

    def _keep_rule(self) -> None:
        kind, said = self._rule.get("type", ""), self._rule
        fills = self._context.shown
        at = int(said["dxfId"]) if said.get("dxfId", "").isdigit() else len(fills)
        fill = fills[at] if at < len(fills) else None
        stops = is_true(said.get("stopIfTrue", ""))
        if kind not in _NO_PAINT and (fill or stops or kind == "colorScale"):
            if len(self.rules) >= MAX_RULES:
                raise too_large(f"a sheet of it has more than {MAX_RULES:,} conditional formats.")
            self.rules.append(
                ColourRule(
                    areas=self._areas,
                    formula=self._condition(kind),
                    test=self._test(kind),
                    fill=fill,
                    priority=int(said.get("priority", 0)),
                    stops=stops,
                    origin=self._areas.first,
                )
            )

    def _condition(self, kind: str) -> str:
        """What a rule asks: its formula as it is written, or in words what it asks of the cell itself."""
        said = self._rule
        if kind == "expression" and self._operands:
            return self._operands[0]
        if kind == "cellIs":
            return " ".join(("this cell", _COMPARISONS.get(said.get("operator", ""), ""), *self._operands))
        if kind in _TEXT_KINDS:
            return f"this cell {_TEXT_KINDS[kind]} {said.get('text', '')}".rstrip()
        return _HUMP.sub(r" \g<0>", kind).lower()

    def _test(self, kind: str) -> Test | None:
        origin = self._areas.first
        if kind == "cellIs":
            return value_test(_COMPARISONS.get(self._rule.get("operator", ""), ""), self._operands, origin)
        if kind in _TEXT_KINDS and ("text" in self._rule or kind.endswith("Blanks")):
            return text_test(_TEXT_KINDS[kind], self._rule.get("text", ""))
        return formula_test(self._operands[0], origin) if kind == "expression" and self._operands else None

    def _paint_row(self, style: str) -> None:
        """A whole row is painted; neighbours that are alike are one area."""
        if fill := self._style(style).fill:
            first = self._row
            if self._rows and self._rows[-1][0][2] == self._row - 1 and self._rows[-1][1] == fill:
                first = self._rows.pop()[0][0]
            self.known.clear()  # a blank cell is not the same from here on
            self._check_painted()
            self._rows.append(((first, 1, self._row, LAST_COLUMN), fill))

    def _take(self, characters: int) -> None:
        self._characters_left -= characters
        if self._characters_left < 0:
            raise too_large(f"it holds more than {MAX_TEXTS:,} characters.")

    def _check_painted(self) -> None:
        if len(self._rows) + len(self._columns) > MAX_PAINTED:
            raise too_large(f"a sheet of it has more than {MAX_PAINTED:,} painted rows and columns.")

    @property
    def backgrounds(self) -> tuple[tuple[Area, Fill], ...]:
        """The fills of whole rows, which lie over those of whole columns, and these."""
        return (*self._rows, *self._columns)

    def _style(self, number: str | None) -> Style:
        at = _index(number) if number else 0
        return self._context.styles[at] if at < len(self._context.styles) else NO_STYLE

    def _shown(self, raw: str, kind: str | None, style: Style) -> str:
        """The value as a person reads it."""
        if kind == "s":
            return self._context.strings[_index(raw)]
        if kind in ("str", "inlineStr"):
            self._take(len(raw))
            return unescaped(raw)
        if kind == "b":
            return str(is_true(raw)).upper()
        if kind in ("e", "d"):
            return raw.removesuffix("T00:00:00")
        return date(raw, from_1904=self._context.from_1904) if style.is_date else number(raw)


def is_sign(text: str) -> bool:
    """Whether a text is only signs, whose colour may be all that they say."""
    return 0 < len(text) <= _LONGEST_SIGN and not any(char.isalnum() or char.isspace() for char in text)


def _index(raw: str) -> int:
    """A number that counts from 0, in digits and nothing else."""
    if not raw.strip().isdecimal():
        raise ValueError(f"“{raw}” is no number of an entry")
    return int(raw)


def number(raw: str) -> str:
    """A number as a person reads it: without the digits that binary fractions add."""
    value = float(raw)
    return str(int(value)) if value.is_integer() else f"{value:.15g}"


def date(raw: str, *, from_1904: bool) -> str:
    """A date, time or both, from the number that stands for it."""
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel  # noqa: PLC0415  # slow

    epoch = CALENDAR_MAC_1904 if from_1904 else CALENDAR_WINDOWS_1900
    try:
        value = from_excel(float(raw), epoch)
    except (OverflowError, ValueError):
        return number(raw)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat(sep=" ") if isinstance(value, dt.datetime) else str(value)


def unescaped(text: str) -> str:
    """Text without Excel's escapes of characters that XML does not allow, and with one kind of line break."""
    return clean(_ESCAPED.sub(_character, text) if "_x" in text else text)


def _character(match: re.Match[str]) -> str:
    """The character of an escape; half of one that needs two is left as it is written."""
    code = int(match[1], 16)
    return match[0] if _FIRST_HALF <= code <= _LAST_HALF else chr(code)


def is_true(text: str) -> bool:
    """Whether an attribute or cell says yes."""
    return text in ("1", "true")
