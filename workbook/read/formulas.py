"""The formulas that people paint by: comparisons, sums and the plain functions, worked out from what cells say.

What depends on the day on which it is looked at (`TODAY()`) is not worked out.
"""

import ast
import datetime as dt
import math
import operator
import re
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from workbook.months import Month, months_after
from workbook.read.conditional import Cell, Look, moved
from workbook.refs import LAST_COLUMN, LAST_ROW

Value = float | str | bool | None  # None is a blank cell
Worth = Callable[[Cell, Look], Value]  # what a formula gives for a cell

_FIRST_DAY = dt.date(1899, 12, 30)  # which Excel counts from, after February 1900
_LONGEST = 500
_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<call>[A-Z][A-Z.]*)\("""
    r"""|(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<sheet>[^\W\d][\w.]*))!)?(?P<ref>\$?[A-Z]{1,3}\$?\d{1,7})(?![\w(!:.])"""
    r"""|(?P<number>\d+(?:\.\d+)?%?)|(?P<truth>TRUE|FALSE)(?![\w.])"""
    r"""|(?P<name>[^\W\d][\w.]*)(?![\w(!:.])|(?P<sign><>|<=|>=|[-+*/^(),;=<>]))""",
    re.IGNORECASE,
)
_SIGNS = {"=": "==", "<>": "!=", "^": "**", ";": ","}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_WEEK, _ISO_WEEKS = 7, 21  # days; the number by which Excel is asked for weeks as ISO 8601 counts them
_MOST_TERMS = 500  # of a formula with the names in it


class _UnknownError(Exception):
    """A formula, or a value in it, of a kind that is not worked out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the formulas of a sheet may speak of beside its cells: names, by small letters, and cells of other sheets.

    A name stands for a formula, with the cell that its relative references count from.
    """

    sheet: str = ""
    names: Mapping[str, tuple[str, Cell]] = field(default_factory=dict)
    elsewhere: Callable[[str, Cell], str] | None = None


_ALONE = Scope()


def worth(formula: str, origin: Cell, scope: Scope = _ALONE) -> Worth | None:
    """What a formula that is written for the cell `origin` gives for any cell; None where it cannot be worked out.

    Relative references move with the cell. What has an error, as a text in a sum, gives an empty text.
    """
    try:
        made = _Maker(scope).made(formula, origin)
    except (_UnknownError, SyntaxError, RecursionError, MemoryError):
        return None
    return _guarded(made)


def holds(formula: str, origin: Cell, scope: Scope = _ALONE) -> Callable[[Cell, Look], bool] | None:
    """Whether a formula holds for a cell, as a rule asks."""
    made = worth(formula, origin, scope)
    return made and (lambda cell, look: bool(_number(made(cell, look) or 0)))


def follows_rows(formula: str, origin: Cell, scope: Scope = _ALONE) -> bool:
    """Whether what a formula gives depends on the cells of the row that it is worked out for."""
    maker = _Maker(scope)
    try:
        maker.made(formula, origin)
    except (_UnknownError, SyntaxError, RecursionError, MemoryError):
        return True
    return maker.follows_rows


def _guarded(made: Worth) -> Worth:
    def guarded(cell: Cell, look: Look) -> Value:
        try:
            return made(cell, look)
        except (_UnknownError, ArithmeticError, ValueError):
            return ""

    return guarded


def _as_python(formula: str) -> str:
    """The formula in Python's signs, every reference and name a call."""
    said, at = [], 0
    while at < len(formula):
        match = _TOKEN.match(formula, at)
        if not match:
            raise _UnknownError
        at = match.end()
        if match["text"]:
            said.append(repr(match["text"][1:-1].replace('""', '"')))
        elif match["call"]:
            said.append(f"{match['call'].upper().replace('.', '_')}(")
        elif match["ref"]:
            sheet = (match["quoted"] or match["sheet"] or "").replace("''", "'")
            said.append(f"REF({sheet!r}, {match['ref'].upper()!r})")
        elif match["number"]:
            number = match["number"]
            said.append(f"{float(number.rstrip('%')) / (100 if number.endswith('%') else 1)!r}")
        elif match["truth"]:
            said.append(match["truth"].capitalize())
        elif match["name"]:
            said.append(f"NAMED({match['name'].casefold()!r})")
        else:
            said.append(_SIGNS.get(match["sign"], match["sign"]))
    return " ".join(said)


class _Maker:
    """Makes of a formula what works it out; names may be made of names, but of no more terms than any formula has."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.left = _MOST_TERMS
        self.follows_rows = False

    def made(self, formula: str, origin: Cell) -> Worth:
        """What works out a formula that is written for a cell."""
        formula = formula.strip().removeprefix("=").strip()
        if len(formula) > _LONGEST:
            raise _UnknownError
        return self._term(ast.parse(_as_python(formula), mode="eval").body, origin)

    def _term(self, tree: ast.expr, origin: Cell) -> Worth:  # noqa: PLR0911  # a case for each kind of term
        self.left -= 1
        if self.left < 0:
            raise _UnknownError
        match tree:
            case ast.Constant(value=float() | str() | bool() as value):
                return lambda _cell, _look: value
            case ast.Call(func=ast.Name(id="REF"), args=[ast.Constant(value=str(sheet)), ast.Constant(value=str(ref))]):
                return self._ref(sheet, ref, origin)
            case ast.Call(func=ast.Name(id="NAMED"), args=[ast.Constant(value=str(name))]):
                if name not in self.scope.names:
                    raise _UnknownError
                return self.made(*self.scope.names[name])
            case ast.Call(func=ast.Name(id=("ROW" | "COLUMN") as name), args=[]):
                return lambda cell, _look: float(cell[name == "COLUMN"])
            case ast.Call(
                func=ast.Name(id=("ROW" | "COLUMN") as name),
                args=[ast.Call(func=ast.Name(id="REF"), args=[_, ast.Constant(value=str(ref))])],
            ):
                place = _place(ref, origin)
                return lambda cell, _look: float(place(cell)[name == "COLUMN"])
            case ast.Call(func=ast.Name(id=name), args=args) if name in _FUNCTIONS:
                parts = [self._term(each, origin) for each in args]
                function = _FUNCTIONS[name]
                return lambda cell, look: function([part(cell, look) for part in parts])
            case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARISONS:
                one, other, compare = self._term(left, origin), self._term(right, origin), _COMPARISONS[type(op)]
                return lambda cell, look: _compared(compare, one(cell, look), other(cell, look))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _SUMS:
                one, other, work = self._term(left, origin), self._term(right, origin), _SUMS[type(op)]
                return lambda cell, look: work(_number(one(cell, look)), _number(other(cell, look)))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                one = self._term(operand, origin)
                return lambda cell, look: -_number(one(cell, look))
            case _:
                raise _UnknownError

    def _ref(self, sheet: str, ref: str, origin: Cell) -> Worth:
        place = _place(ref, origin)
        self.follows_rows |= "$" not in ref[1:]
        if not sheet or sheet.casefold() == self.scope.sheet.casefold():
            return lambda cell, look: _value(look(place(cell)))
        if (elsewhere := self.scope.elsewhere) is None:
            raise _UnknownError
        return lambda cell, _look: _value(elsewhere(sheet, place(cell)))


def _place(ref: str, origin: Cell) -> Callable[[Cell], Cell]:
    """Where a reference leads from a cell; over the edge of the sheet it comes in again at the other side."""
    place = moved(ref, origin)

    def inside(cell: Cell) -> Cell:
        row, column = place(cell)
        return (row - 1) % LAST_ROW + 1, (column - 1) % LAST_COLUMN + 1

    return inside


@lru_cache(maxsize=4096)
def _value(text: str) -> Value:
    """What a cell that shows a text holds: dates are days, as Excel counts them."""
    said = text.strip()
    if not said:
        return None
    if said.upper() in ("TRUE", "FALSE"):
        return said.upper() == "TRUE"
    if _ISO.match(said):
        try:
            return float((dt.date.fromisoformat(said[: len("2009-07-01")]) - _FIRST_DAY).days)
        except ValueError:
            return text
    try:
        number = float(said)
    except ValueError:
        return text
    return number if math.isfinite(number) else text


def _number(value: Value) -> float:
    if isinstance(value, str):
        raise _UnknownError
    return float(value or 0)


def _compared(compare: Callable[[object, object], bool], one: Value, other: Value) -> bool:
    """Compare as Excel does: text without case, a blank as nothing or as 0, a number before any text."""
    if isinstance(one, str) or isinstance(other, str):
        if isinstance(one, float | bool) or isinstance(other, float | bool):
            return compare(isinstance(one, str), isinstance(other, str))
        return compare(str(one or "").casefold(), str(other or "").casefold())
    return compare(_number(one), _number(other))


def _said(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)


def _if(parts: Sequence[Value]) -> Value:
    test, then, *others = parts
    return then if _number(test) else others[0] if others else False


def _months_on(parts: Sequence[Value]) -> Value:
    return float((months_after(_day(parts[0]), int(_number(parts[1]))) - _FIRST_DAY).days)


def _month_end(parts: Sequence[Value]) -> Value:
    day = months_after(_day(parts[0]), int(_number(parts[1])))
    return float((Month(day.year, day.month).end - _FIRST_DAY).days)


def _week_number(parts: Sequence[Value]) -> Value:
    if len(parts) > 1 and _number(parts[1]) != _ISO_WEEKS:
        raise _UnknownError
    return float(_day(parts[0]).isocalendar().week)


def _day(value: Value) -> dt.date:
    return _FIRST_DAY + dt.timedelta(days=int(_number(value)))


def _weekday(parts: Sequence[Value]) -> Value:
    monday_is_1 = len(parts) > 1 and _number(parts[1]) == 2  # noqa: PLR2004  # as Excel counts from Monday
    return float(_day(parts[0]).isoweekday() if monday_is_1 else _day(parts[0]).isoweekday() % _WEEK + 1)


_FUNCTIONS: Mapping[str, Callable[[Sequence[Value]], Value]] = {
    "AND": lambda parts: all(_number(each) for each in parts),
    "OR": lambda parts: any(_number(each) for each in parts),
    "TRUE": lambda parts: not parts,
    "FALSE": bool,
    "NOT": lambda parts: not _number(parts[0]),
    "IF": _if,
    "ISBLANK": lambda parts: parts[0] is None,
    "ISNUMBER": lambda parts: isinstance(parts[0], float),
    "ISTEXT": lambda parts: isinstance(parts[0], str),
    "LEN": lambda parts: float(len(_said(parts[0]))),
    "TRIM": lambda parts: " ".join(_said(parts[0]).split()),
    "UPPER": lambda parts: _said(parts[0]).upper(),
    "LOWER": lambda parts: _said(parts[0]).lower(),
    "LEFT": lambda parts: _said(parts[0])[: int(_number(parts[1])) if len(parts) > 1 else 1],
    "RIGHT": lambda parts: _said(parts[0])[-int(_number(parts[1])) if len(parts) > 1 else -1 :],
    "MOD": lambda parts: math.fmod(_number(parts[0]), _number(parts[1])) % abs(_number(parts[1])),
    "INT": lambda parts: float(math.floor(_number(parts[0]))),
    "ROUND": lambda parts: round(_number(parts[0]), int(_number(parts[1]))),
    "ROUNDDOWN": lambda parts: float(math.trunc(_number(parts[0]) * 10 ** _number(parts[1])) / 10 ** _number(parts[1])),
    "ABS": lambda parts: abs(_number(parts[0])),
    "MIN": lambda parts: min(_number(each) for each in parts if each is not None),
    "MAX": lambda parts: max(_number(each) for each in parts if each is not None),
    "MEDIAN": lambda parts: statistics.median(_number(each) for each in parts if each is not None),
    "DATE": lambda parts: float((dt.date(*(int(_number(each)) for each in parts)) - _FIRST_DAY).days),
    "YEAR": lambda parts: float(_day(parts[0]).year),
    "MONTH": lambda parts: float(_day(parts[0]).month),
    "DAY": lambda parts: float(_day(parts[0]).day),
    "WEEKDAY": _weekday,
    "EOMONTH": _month_end,
    "EDATE": _months_on,
    "ISOWEEKNUM": lambda parts: _week_number(parts[:1]),
    "WEEKNUM": lambda parts: _week_number([parts[0], parts[1] if len(parts) > 1 else 1.0]),
}
_COMPARISONS: Mapping[type, Callable[[object, object], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,  # type: ignore[dict-item]  # both are of one kind by then
    ast.LtE: operator.le,  # type: ignore[dict-item]
    ast.Gt: operator.gt,  # type: ignore[dict-item]
    ast.GtE: operator.ge,  # type: ignore[dict-item]
}
_SUMS: Mapping[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
