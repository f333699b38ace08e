"""The conditional formats of an OpenDocument spreadsheet's sheet, of the newer kind and the older."""

import re
from collections.abc import Mapping

from workbook.palette import Fill
from workbook.read.conditional import Areas, Cell, ColourRule, Test, formula_test, text_test, value_test
from workbook.read.ods_styles import Condition, Said, Styles
from workbook.refs import parse_a1

_BRACKETED = re.compile(r"\[([^\[\]]*)\]")
_AREA = re.compile(r"[A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?")
_OPERAND = re.compile(r'(?:"(?:[^"]|"")*"|[^",;])+')
_LONGEST = 500  # no condition of a common kind is longer
_COMPARISONS = {"<=": "<=", ">=": ">=", "!=": "<>", "<>": "<>", "=": "=", "<": "<", ">": ">"}
_TEXT_KINDS = {
    "contains-text": "contains",
    "not-contains-text": "not contains",
    "begins-with": "begins",
    "ends-with": "ends",
}
# The older way of saying conditions, in words of the newer one.
_OLDER = {
    "cell-content()": "",
    "cell-content-is-between": "between",
    "cell-content-is-not-between": "not-between",
    "is-true-formula": "formula-is",
}


class Rules:
    """The conditional formats of one sheet."""

    def __init__(self, sheet: str, styles: Styles) -> None:
        quoted = sheet.replace("'", "''")
        self._names = (f"'{quoted}'.", f"{sheet}.")
        self._styles = styles
        self._rules: list[ColourRule] = []
        self._areas = Areas("")
        self._unpainted: list[Test | None] = []

    def begin(self, name: str, said: Said) -> None:
        """A tag begins."""
        if name == "calcext:conditional-format":
            self._over(self._own(said.get("calcext:target-range-address", "")))
        elif name == "calcext:condition":
            style, base = said.get("calcext:apply-style-name", ""), said.get("calcext:base-cell-address", "")
            self._add(Condition(written=said.get("calcext:value", ""), style=style, base=base))
        elif name == "calcext:date-is":
            self._keep(said.get("calcext:date", ""), None, self._styles.shown(said.get("calcext:style", "")))
        elif name == "calcext:color-scale":
            self._keep("color scale", None, None, unknown=True)

    def done(self, mapped: Mapping[str, list[str]]) -> tuple[ColourRule, ...]:
        """All rules; those of the older kind, which styles have, only where there are none of the newer."""
        if not self._rules:
            for style, areas in mapped.items():
                self._over(" ".join(areas))
                for condition in self._styles.conditions[style]:
                    self._add(condition)
        return tuple(self._rules)

    def _over(self, areas: str) -> None:
        self._areas, self._unpainted = Areas(areas), []

    def _add(self, condition: Condition) -> None:
        base = self._own(condition.base)
        origin = parse_a1(base) if base and ":" not in base else self._areas.first
        written = condition.written
        if "cell-content" in written or "is-true-formula" in written:
            written = written.removeprefix("of:")
            older = next((each for each in sorted(_OLDER, key=len, reverse=True) if written.startswith(each)), "")
            written = _OLDER.get(older, "") + written.removeprefix(older)
        kind, _, inside = written.strip().partition("(")
        said = inside.removesuffix(")") if kind == "formula-is" else f"this cell {written}"
        self._keep(said, _test(written, origin), self._styles.shown(condition.style), origin)

    def _keep(
        self, written: str, test: Test | None, fill: Fill | None, origin: Cell = (1, 1), *, unknown: bool = False
    ) -> None:
        """Of the conditions for one area the first that holds is the only one, also if its style has no fill."""
        if fill or unknown:
            before = tuple(self._unpainted)
            self._rules.append(
                ColourRule(
                    areas=self._areas,
                    formula=plain_formula(written),
                    test=_unless(before, test) if before else test,
                    fill=fill,
                    priority=len(self._rules),
                    origin=origin,
                )
            )
        else:
            self._unpainted.append(test)

    def _own(self, text: str) -> str:
        """A list of areas of this sheet without its name; an area that is none any more is left out."""
        for name in self._names:
            text = text.replace(name, "")
        areas = text.replace("$", "").replace(".", "").split()
        return " ".join(each for each in areas if _AREA.fullmatch(each))


def _test(written: str, origin: tuple[int, int]) -> Test | None:
    """The test of a condition such as `="G"`, `between(1,5)`, `begins-with("x")` or `formula-is([.A1]=1)`."""
    written = written.strip()
    if len(written) > _LONGEST:
        return None
    for sign, comparison in _COMPARISONS.items():
        if written.startswith(sign):
            return value_test(comparison, [plain_formula(written.removeprefix(sign))], origin)
    kind, _, rest = written.partition("(")
    inside = rest.removesuffix(")")
    if kind == "formula-is":
        return formula_test(plain_formula(inside), origin)
    if kind in ("between", "not-between"):
        return value_test(kind.replace("-", " "), _OPERAND.findall(plain_formula(inside)), origin)
    if kind in _TEXT_KINDS and len(inside) > 1 and inside.startswith('"') and inside.endswith('"'):
        return text_test(_TEXT_KINDS[kind], inside[1:-1])  # quotes in it are not doubled
    return None


def _unless(before: tuple[Test | None, ...], test: Test | None) -> Test | None:
    """The test, but it does not hold where one of those before it does."""
    known = [each for each in before if each is not None]
    if test is None or len(known) != len(before):
        return None
    return lambda cell, look: test(cell, look) and not any(each(cell, look) for each in known)


def plain_formula(written: str) -> str:
    """A formula with references as Excel writes them: `[.A1:.B2]` is `A1:B2`, and `[$Plan.A1]` is `Plan!A1`."""

    def plain(match: re.Match[str]) -> str:
        said = match[1].replace(":.", ":").removeprefix(".")
        sheet, dot, cell = said.rpartition(".")
        return f"{sheet.removeprefix('$')}!{cell}" if dot and ":" not in cell else said

    return _BRACKETED.sub(plain, written)
