"""A sheet as a person sees it: formulas that were saved without a value worked out, colours of rules painted."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from workbook.adopt.lights import LIGHTS, plain_status
from workbook.palette import Fill
from workbook.read.cells import RawSheet
from workbook.read.conditional import Area, Cell, ColourRule, Test, shown
from workbook.read.formulas import Scope, follows_rows, holds, worth

_ORIGIN = dt.date(1899, 12, 30)
_DATES = range(25_000, 80_000)  # days, from 1968 to 2119
_DECIMALS, _PERCENT = re.compile(r"0(?:\.(0+))?(%?)"), 100
_MIDNIGHT = " 00:00:00"  # of a date, in text files that programs write
_DEEPEST = 300  # formulas that are made of one another, as a row of weeks is
_BY_ROW = re.compile(r"MOD\(\s*(ROW|COLUMN|SUBTOTAL)\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a cell looks: its fill unless that is white, its text, and the rule that could not be worked out for it.

    A sign on a white ground that is written in a colour of a traffic light has that colour.
    """

    fill: Fill | None = None
    text: str = ""
    unread: str = ""

    @property
    def colour(self) -> str:
        """The colour that a person sees, as `#70AD47`; nothing for none, and for white."""
        return f"#{self.fill.seen.upper()}" if self.fill else ""


def _by_top(areas: Iterable[Area]) -> dict[int, list[Area]]:
    found: dict[int, list[Area]] = {}
    for each in areas:
        found.setdefault(each[0], []).append(each)
    return found


class View:
    """One sheet, asked about cell by cell."""

    def __init__(self, sheet: RawSheet, elsewhere: Callable[[str, Cell], str] | None = None) -> None:
        self.sheet = sheet
        self.name = sheet.name
        self._scope = Scope(sheet=sheet.name, names=sheet.names, elsewhere=elsewhere)
        self._texts: dict[Cell, str] = {}
        self._values: dict[Cell, str] = {}
        self._looks: dict[Cell, Look] = {}

    @cached_property
    def _tests(self) -> dict[ColourRule, Test | None]:
        """The test of each rule, of those too that a reader of returns would rather ask about."""
        return {rule: rule.test or holds(rule.formula, rule.origin, self._scope) for rule in self.sheet.rules}

    @cached_property
    def _readable(self) -> tuple[ColourRule, ...]:
        """The rules that can be worked out.

        What does not depend on the row is no bar of it: stripes, weekends, the line of today.
        """
        return tuple(
            replace(rule, test=test)
            for rule, test in self._tests.items()
            if test and follows_rows(rule.formula, rule.origin, self._scope)
        )

    @cached_property
    def _unread(self) -> tuple[ColourRule, ...]:
        """The rules that cannot."""
        return tuple(rule for rule, test in self._tests.items() if not test)

    @cached_property
    def columns(self) -> dict[int, list[int]]:
        """The columns with text in each row that has any, from the left; the rows from the top."""
        return {row: [*columns] for row, columns in self.sheet.columns.items()}

    @cached_property
    def wide(self) -> dict[int, list[Area]]:
        """The merged cells that span several columns, by their first row."""
        return _by_top(self.sheet.wide)

    @cached_property
    def tall(self) -> dict[int, list[Area]]:
        """The merged cells that span several rows of one column, by their first row."""
        return _by_top(self.sheet.tall)

    @property
    def rows(self) -> list[int]:
        """The numbers of the rows with text, from the top."""
        return self.sheet.rows

    def text(self, row: int, column: int) -> str:
        """What a cell says, as it is shown: `1.10` and `50%` as such."""
        cell = self.sheet[row, column]
        said = self.value((row, column))
        match = _DECIMALS.fullmatch(cell.number_format) if cell.number_format else None
        if not match:
            return said
        try:
            number = float(said) * (_PERCENT if match[2] else 1)
        except ValueError:
            return said
        return f"{number:.{len(match[1] or '')}f}{match[2]}"

    def value(self, at: Cell) -> str:
        """What a cell holds, as text; of a formula that was saved without its value, what that is worked out to be."""
        known = self._values.get(at)
        if known is None:
            cell = self.sheet[at]
            said = self._worked_out(at, 0) if cell.failed and cell.formula else cell.text.strip()
            known = self._values[at] = said.removesuffix(_MIDNIGHT)
        return known

    def _worked_out(self, at: Cell, depth: int) -> str:
        """The text of a formula without a value; as it is written where it cannot be worked out."""
        if at in self._texts:
            return self._texts[at]
        cell = self.sheet[at]
        made = worth(cell.formula, at, self._scope) if cell.formula and cell.failed and depth < _DEEPEST else None
        if not made:
            return cell.text.strip()
        value = made(at, lambda other: self._worked_out(other, depth + 1))
        said = cell.text.strip()
        if isinstance(value, float):
            number = int(value)
            is_date = number == value and number in _DATES
            said = (_ORIGIN + dt.timedelta(days=number)).isoformat() if is_date else f"{value:g}"
        elif isinstance(value, str) and value:
            said = value
        self._texts[at] = said
        return said

    def look(self, row: int, column: int) -> Look:
        """How a cell looks, or the merged one that covers it: rules paint over what is painted by hand."""
        at = self.sheet.over(row, column)
        if at not in self._looks:
            self._looks[at] = self._look(at)
        return self._looks[at]

    def _look(self, at: Cell) -> Look:
        unread = shown(self._unread, at, self.value).unread
        cell = self.sheet[at]
        fill = shown(self._readable, at, self.value).fill or cell.fill
        if (not fill or fill.is_paper) and cell.ink and plain_status(Fill(rgb=cell.ink)) in LIGHTS:
            fill = Fill(rgb=cell.ink)
        return Look(
            fill=None if fill and fill.is_paper else fill,
            text=self.text(*at),
            unread="" if _BY_ROW.search(unread) else unread,
        )
