"""What conditional formats show: the common kinds of rules are worked out, the others are known not to be.

A rule is kept if it may paint, or hides those after it. Its formula's relative references count from the first cell
that it is for, as in Excel and LibreOffice.
"""

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from workbook.palette import Fill
from workbook.refs import LAST_COLUMN, LAST_ROW, column_number, parse_a1

Area = tuple[int, int, int, int]  # first row, first column, last row, last column, counted from 1
Cell = tuple[int, int]
Look = Callable[[Cell], str]  # the text in a cell
Test = Callable[[Cell, Look], bool]  # whether a rule holds for a cell

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_TALL, _MOST_TALL = 4, 500  # rows; areas
_LONGEST = 500  # no rule of a common kind is longer
_REF = r"\$?[A-Z]{1,3}\$?\d+"
_AREA = re.compile(rf"{_REF}(?::{_REF})?|\$?[A-Z]{{1,3}}:\$?[A-Z]{{1,3}}|\$?\d+:\$?\d+", re.IGNORECASE)
_LITERAL = r'(?:"(?:[^"]|"")*"|-?\d+(?:\.\d+)?|TRUE|FALSE)'
_COMPARISON = re.compile(rf"({_REF}|{_LITERAL})\s*(=|<>|<=|>=|<|>)\s*({_REF}|{_LITERAL})", re.IGNORECASE)
_SEARCH = re.compile(rf"(?:SEARCH|FIND)\(({_LITERAL}),\s*({_REF})\)", re.IGNORECASE)
_END = re.compile(rf"(LEFT|RIGHT)\(({_REF}),\s*(?:\d+|LEN\({_LITERAL}\))\)\s*=\s*({_LITERAL})", re.IGNORECASE)
_LENGTH = re.compile(rf"LEN\(TRIM\(({_REF})\)\)\s*(=|>)\s*0", re.IGNORECASE)
_CALL = re.compile(r"(AND|OR|NOT|ISBLANK|ISERROR|ISNUMBER)\((.*)\)", re.IGNORECASE | re.DOTALL)


class Areas:
    """The cells of a list such as `B2:C9 F4`, which is read when it is first asked about a cell."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def first(self) -> Cell:
        """The cell that formulas count from."""
        first = next((each for each in self._text.split() if _AREA.fullmatch(each)), "A1")
        return corners(first)[:2]

    def __contains__(self, cell: Cell) -> bool:
        row, column = cell
        for left, right in self._by_row.get(row, ()):
            if left <= column <= right:
                return True
        return any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in self._tall)

    @cached_property
    def too_many(self) -> bool:
        """Whether there are more areas of many rows than can be looked through for each cell."""
        return len(self._tall) > _MOST_TALL

    def _all(self) -> Iterator[Area]:
        # What is no area any more, because its cells were deleted, is left out.
        return (corners(each) for each in dict.fromkeys(self._text.split()) if _AREA.fullmatch(each))

    @cached_property
    def _by_row(self) -> Mapping[int, tuple[tuple[int, int], ...]]:
        """The columns, from and to, in each row of the areas that are not tall: a list may have thousands of these."""
        by_row: dict[int, list[tuple[int, int]]] = {}
        for top, left, bottom, right in self._all():
            if bottom - top < _TALL:
                for row in range(top, bottom + 1):
                    by_row.setdefault(row, []).append((left, right))
        alike: dict[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]] = {}  # most rows have the same
        return {row: alike.setdefault(tuple(columns), tuple(columns)) for row, columns in by_row.items()}

    @cached_property
    def _tall(self) -> list[Area]:
        return [area for area in self._all() if area[2] - area[0] >= _TALL]


def corners(text: str) -> Area:
    """The corners of `B2:C9`, `$B$2` or `B:C`."""
    first, _, last = text.replace("$", "").partition(":")
    if first.isalpha():
        return 1, column_number(first), LAST_ROW, column_number(last or first)
    if first.isdigit():
        return int(first), 1, int(last or first), LAST_COLUMN
    return *parse_a1(first), *parse_a1(last or first)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourRule:
    """One rule: where it is for, whether it holds there, the fill that it shows.

    `test` is None when it cannot be worked out, and `fill` when it shows none or one that depends on the values;
    `formula` is its condition as it is written for the cell `origin`. The first rule by `priority` that holds and
    paints is what is seen; one that `stops` hides all after it.
    """

    areas: Areas
    formula: str
    test: Test | None
    fill: Fill | None
    priority: int = 0
    stops: bool = False
    origin: Cell = (1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the rules show in a cell; `unread` is the formula of a rule that could not be worked out."""

    fill: Fill | None = None
    unread: str = ""


_NOTHING = Shown()


def shown(rules: Iterable[ColourRule], cell: Cell, look: Look) -> Shown:
    """What the rules, which are given by priority, show in a cell."""
    for rule in rules:
        if cell in rule.areas or rule.areas.too_many:
            if rule.test is None or rule.areas.too_many:
                return Shown(unread=rule.formula)
            if rule.test(cell, look):
                if rule.fill:
                    return Shown(fill=rule.fill)
                if rule.stops:
                    break
    return _NOTHING


def value_test(comparison: str, operands: Iterable[str], origin: Cell) -> Test | None:
    """The test of the cell's own value: `=`, `<` ..., `between` or `not between`, with operands as formulas."""
    values = [_operand(text, origin) for text in operands]
    known = [value for value in values if value is not None]
    if len(known) != len(values):
        return None
    if comparison in _COMPARE and len(known) == 1:
        compare, other = _COMPARE[comparison], known[0]
        return lambda cell, look: _compare(compare, look(cell), other(cell, look))
    if comparison in ("between", "not between") and len(known) == 2:  # noqa: PLR2004  # from, to
        low, high = known
        inside = comparison == "between"
        return lambda cell, look: (
            inside
            == (
                _compare(operator.ge, look(cell), low(cell, look))
                and _compare(operator.le, look(cell), high(cell, look))
            )
        )
    return None


def text_test(kind: str, text: str) -> Test | None:
    """The test of the cell's own text: `contains`, `begins`, `ends`, `blank`, and the same with `not `."""
    wanted = text.casefold()
    tests: dict[str, Callable[[str], bool]] = {
        "contains": lambda said: wanted in said,
        "begins": lambda said: said.startswith(wanted),
        "ends": lambda said: said.endswith(wanted),
        "blank": lambda said: not said.strip(),
    }
    test = tests.get(kind.removeprefix("not "))
    negated = kind.startswith("not ")
    return (lambda cell, look: test(look(cell).casefold()) != negated) if test else None


def formula_test(formula: str, origin: Cell) -> Test | None:
    """The test of a formula, if it is of a common kind."""
    formula = formula.strip().removeprefix("=").strip()
    if formula.upper() in ("TRUE", "TRUE()", "1"):
        return lambda cell, look: True  # noqa: ARG005  # it holds whatever the cell says
    for kind, make in _KINDS:
        if len(formula) <= _LONGEST and (match := kind.fullmatch(formula)):
            return make(match, origin)
    return None


def _comparison(match: re.Match[str], origin: Cell) -> Test | None:
    one, other = _operand(match[1], origin), _operand(match[3], origin)
    if one is None or other is None:
        return None
    return lambda cell, look: _compare(_COMPARE[match[2]], one(cell, look), other(cell, look))


def _search(match: re.Match[str], origin: Cell) -> Test | None:
    return _text_of(match[2], origin, text_test("contains", _literal(match[1])))


def _end(match: re.Match[str], origin: Cell) -> Test | None:
    kind = "begins" if match[1].upper() == "LEFT" else "ends"
    return _text_of(match[2], origin, text_test(kind, _literal(match[3])))


def _length(match: re.Match[str], origin: Cell) -> Test | None:
    return _text_of(match[1], origin, text_test("blank" if match[2] == "=" else "not blank", ""))


def _call(match: re.Match[str], origin: Cell) -> Test | None:
    name, arguments = match[1].upper(), _arguments(match[2])
    if name == "ISBLANK" and re.fullmatch(_REF, match[2], re.IGNORECASE):
        return _text_of(match[2], origin, text_test("blank", ""))
    if name in ("ISERROR", "ISNUMBER") and not _SEARCH.fullmatch(match[2]):
        return None
    tests = [formula_test(argument, origin) for argument in arguments]
    known = [test for test in tests if test is not None]
    if len(known) != len(tests):
        return None
    if name in ("NOT", "ISERROR"):  # a search that finds nothing is an error
        return lambda cell, look: not known[0](cell, look)
    every = all if name == "AND" else any
    return lambda cell, look: every(test(cell, look) for test in known)


_KINDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Cell], Test | None]], ...] = (
    (_COMPARISON, _comparison),
    (_SEARCH, _search),
    (_END, _end),
    (_LENGTH, _length),
    (_CALL, _call),
)


def _operand(text: str, origin: Cell) -> Callable[[Cell, Look], str] | None:
    """What a literal or a reference gives for a cell; None for anything else."""
    text = text.strip().removeprefix("=").strip()
    if re.fullmatch(_LITERAL, text, re.IGNORECASE):
        literal = _literal(text)
        return lambda cell, look: literal  # noqa: ARG005  # the same for every cell
    if re.fullmatch(_REF, text, re.IGNORECASE):
        place = moved(text, origin)
        return lambda cell, look: look(place(cell))
    return None


def _text_of(ref: str, origin: Cell, test: Test | None) -> Test | None:
    """A test of another cell's text."""
    place = moved(ref, origin)
    return (lambda cell, look: test(place(cell), look)) if test else None


def moved(ref: str, origin: Cell) -> Callable[[Cell], Cell]:
    """The cell that a reference, written for `origin`, means for another cell."""
    row, column = parse_a1(ref)
    row_fixed, column_fixed = "$" in ref[1:], ref.startswith("$")
    return lambda cell: (
        row if row_fixed else row + cell[0] - origin[0],
        column if column_fixed else column + cell[1] - origin[1],
    )


def _literal(text: str) -> str:
    return text[1:-1].replace('""', '"') if text.startswith('"') else text


def _arguments(text: str) -> list[str]:
    """The arguments of a call: split at the commas that stand in no brackets and no quotes."""
    arguments, depth, quoted, start = [], 0, False, 0
    for at, char in enumerate(text):
        if char == '"':
            quoted = not quoted
        elif not quoted and char in "()":
            depth += 1 if char == "(" else -1
        elif not quoted and not depth and char in ",;":
            arguments.append(text[start:at])
            start = at + 1
    return [argument.strip() for argument in (*arguments, text[start:])]


def _compare(compare: Callable[[Any, Any], bool], one: str, other: str) -> bool:
    """Compare as Excel does: numbers as numbers, text without case, a blank as nothing, a number before any text."""
    numbers = _number(one), _number(other)
    if None not in numbers:
        return compare(*numbers)
    if numbers == (None, None) or not one or not other:
        return compare(one.casefold(), other.casefold())
    return compare(numbers[0] is None, numbers[1] is None)


@lru_cache(maxsize=1024)
def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
