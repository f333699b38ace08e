"""One sheet of an Excel workbook, in a single pass over its XML; each style was worked out once, beforehand."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from workbook.palette import Fill
from workbook.read.cells import NO_CELL, RawCell
from workbook.read.conditional import Area, Areas, ColourRule, Test, corners, formula_test, text_test, value_test
from workbook.read.limits import MAX_CELLS, too_large
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
_DIGITS = "0123456789"
# These draw bars and icons, and leave the fill as it is.
_NO_PAINT = frozenset(("dataBar", "iconSet"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What a cell's style says that matters here."""

    fill: Fill | None = None
    is_date: bool = False
    number_format: str = ""


NO_STYLE = Style()


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


def read_sheet(
    pieces: Iterable[bytes], context: Context, comments: Mapping[tuple[int, int], str], taken: Callable[[int], None]
) -> SheetData:
    """Read one sheet; `taken` is told how many cells of it were kept.

    Only cells that say something are kept; those that are alike are one object.
    """
    sheet = _Sheet(context)
    stream(pieces, *_handlers(sheet))
    for (row, column), comment in comments.items():
        line = sheet.lines.setdefault(row, {})
        line[column] = replace(line.get(column, NO_CELL), comment=comment)
    taken(sum(map(len, sheet.lines.values())))
    return SheetData(
        lines={row: line for row, line in sheet.lines.items() if line},
        has_validations=sheet.has_validations,
        backgrounds=sheet.backgrounds,
        rules=tuple(sorted(sheet.rules, key=lambda rule: rule.priority)),
        wide=tuple(sheet.wide),
    )


def _handlers(sheet: "_Sheet") -> tuple[Start, End, list[str]]:
    """The handlers of the stream, and the list that its text goes into.

    Closures, since they are called for every tag, and nothing else is as quick; what makes up most of a sheet, the cell
    and its value, comes first. What is in the list when a cell ends is its value.
    """
    depth = 0
    said: Mapping[str, str] = {}
    known: dict[tuple[str, str | None, str | None], RawCell | None] = {}
    columns: dict[str, int] = {}
    texts = sheet.texts

    def start(name: str, told: dict[str, str]) -> None:
        nonlocal depth, said
        depth += 1
        if name == "c":
            place = told.get("r")
            if place is None:
                sheet.column += 1
            else:
                letters = place.rstrip(_DIGITS)
                try:
                    sheet.column = columns[letters]
                except KeyError:
                    sheet.column = columns[letters] = parse_a1(f"{letters}1")[1]
            said = told
            if texts:
                texts.clear()
        elif name != "v":
            check_depth(depth)
            if ":" in name:
                depth -= 1
                start(local(name), told)
            else:
                sheet.begin(name, told)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if name == "c":
            key = "".join(texts) if texts else "", said.get("t"), said.get("s")
            if sheet.formula:
                cell = sheet.cell(*key)
                sheet.formula = ""
            else:
                try:
                    cell = known[key]
                except KeyError:
                    cell = known[key] = sheet.cell(*key)
            if cell is not None:
                sheet.line[sheet.column] = cell
        elif name != "v":
            if ":" in name:
                depth += 1
                end(local(name))
            else:
                sheet.finish(name)

    return start, end, texts


class _Sheet:
    """What is made of a sheet's tags: rows and cells, the fills of whole rows and columns, conditional formats.

    `texts` is the text that has streamed by; it is emptied where a cell begins, and after what is no value.
    """

    def __init__(self, context: Context) -> None:
        self.lines: dict[int, dict[int, RawCell]] = {}
        self.rules: list[ColourRule] = []
        self.wide: list[Area] = []
        self.has_validations = False
        self.texts: list[str] = []
        self.line: dict[int, RawCell] = {}
        self.column = 0
        self.formula = ""
        self._context = context
        self._rows: list[tuple[Area, Fill]] = []
        self._columns: list[tuple[Area, Fill]] = []
        self._row = self._kept = 0
        self._runs: list[str] = []
        self._areas = Areas("")
        self._rule: Mapping[str, str] = {}
        self._operands: list[str] = []

    def begin(self, name: str, said: Mapping[str, str]) -> None:
        """A tag begins that is neither a cell nor its value."""
        if name == "row":
            self._row, self.column = int(said["r"]) if "r" in said else self._row + 1, 0
            self.line = self.lines.setdefault(self._row, {})
            if "s" in said:
                self._paint_row(said["s"])
        elif name in ("t", "f", "formula"):
            self.texts.clear()
        elif name == "mergeCell":
            one, _, other = said.get("ref", "").partition(":")
            if one.rstrip(_DIGITS) != other.rstrip(_DIGITS):
                self.wide.append(corners(f"{one}:{other}"))
        elif name == "is":
            self._runs.clear()
        elif name == "col":
            first, last = int(said.get("min", 1)), int(said.get("max", LAST_COLUMN))
            if fill := self._style(said.get("style")).fill:
                self._columns.append(((1, first, LAST_ROW, last), fill))
        elif name == "dataValidation":
            self.has_validations = True
        elif name == "conditionalFormatting":
            self._areas = Areas(said.get("sqref", ""))
        elif name == "cfRule":
            self._rule, self._operands = said, []

    def finish(self, name: str) -> None:
        """Such a tag ends."""
        if name == "t":
            self._runs.append("".join(self.texts))
        elif name == "rPh":  # how it is spoken is no part of the text
            del self._runs[-1:]
        elif name == "is":
            self.texts[:] = self._runs
        elif name == "f":
            self.formula = "=" + "".join(self.texts)
            self.texts.clear()
        elif name == "formula":
            self._operands.append("".join(self.texts))
        elif name == "cfRule":
            self._keep_rule()
        elif name == "row":
            self._kept += len(self.line)
            if self._kept > MAX_CELLS:
                raise too_large(f"a sheet of it holds more than {MAX_CELLS:,} cells.")

    def cell(self, raw: str, kind: str | None, style: str | None) -> RawCell | None:
        """The cell that has been read, or None if it says nothing."""
        look, formula = self._style(style), self.formula
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
        )

    def _keep_rule(self) -> None:
        kind, said = self._rule.get("type", ""), self._rule
        fills = self._context.shown
        at = int(said["dxfId"]) if said.get("dxfId", "").isdigit() else len(fills)
        fill = fills[at] if at < len(fills) else None
        stops = is_true(said.get("stopIfTrue", ""))
        if kind not in _NO_PAINT and (fill or stops or kind == "colorScale"):
            self.rules.append(
                ColourRule(
                    areas=self._areas,
                    formula=" ".join(self._operands) or said.get("text", "") or kind,
                    test=self._test(kind),
                    fill=fill,
                    priority=int(said.get("priority", 0)),
                    stops=stops,
                )
            )

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
            self._rows.append(((first, 1, self._row, LAST_COLUMN), fill))

    @property
    def backgrounds(self) -> tuple[tuple[Area, Fill], ...]:
        """The fills of whole rows, which lie over those of whole columns, and these."""
        return (*self._rows, *self._columns)

    def _style(self, number: str | None) -> Style:
        at = int(number) if number else 0
        return self._context.styles[at] if at < len(self._context.styles) else NO_STYLE

    def _shown(self, raw: str, kind: str | None, style: Style) -> str:
        """The value as a person reads it."""
        if kind == "s":
            return self._context.strings[int(raw)]
        if kind in ("str", "inlineStr"):
            return unescaped(raw)
        if kind == "b":
            return str(is_true(raw)).upper()
        if kind in ("e", "d"):
            return raw.removesuffix("T00:00:00")
        return date(raw, from_1904=self._context.from_1904) if style.is_date else number(raw)


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
    return clean(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text)


def is_true(text: str) -> bool:
    """Whether an attribute or cell says yes."""
    return text in ("1", "true")
