"""A tab of actions as it stands on the sheet: its rows and columns, counted from 1; and a tab that is for reading."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from workbook.layout import MONTHS, SHOWN, Block, Column, Fact, TabSpec
from workbook.months import Month
from workbook.plan import Action, Heading

RowKind = Literal[
    "title",
    "fact",
    "blank",
    "block_header",
    "block",
    "keys",
    "header",
    "section",
    "programme",
    "progress",
    "action",
    "more",  # of an action's texts, on paper
]


@dataclass(frozen=True, slots=True, kw_only=True)
class GridColumn:
    """One column on the sheet: its key, and what the layout says of it (nothing of the hidden two)."""

    number: int
    key: str
    heading: str = ""
    month: Month | None = None
    spec: Column | None = None

    @property
    def hidden(self) -> bool:
        """Whether it holds identity, not words."""
        return self.spec is None

    @property
    def worked_out(self) -> bool:
        """Whether it shows where an action stands, and no field of it."""
        return self.key in SHOWN

    @property
    def shows_programme(self) -> bool:
        """Whether the programme is to be seen in it, as grey."""
        return self.spec is not None and self.spec.field == MONTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """One row on a tab; `heading` or `action` is what it shows.

    `first` is False where a measure goes on, or where an action stands under the heading of the one above it. `line` is
    the number of an action in its table, `fact` what is told of the tab's heading, `text` one line of that on paper.
    """

    number: int
    kind: RowKind
    heading: Heading | None = None
    action: Action | None = None
    block: Block | None = None
    fact: Fact | None = None
    first: bool = True
    line: int = 0
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One tab of actions: the rows of one top heading, or of the whole plan; and its columns."""

    name: str
    heading: Heading
    rows: tuple[GridRow, ...]
    columns: tuple[GridColumn, ...]
    spec: TabSpec

    def of_kind(self, *kinds: RowKind) -> Iterator[GridRow]:
        """The rows of these kinds, from the top."""
        return (row for row in self.rows if row.kind in kinds)

    @property
    def header(self) -> GridRow:
        """The grid's header row."""
        return next(self.of_kind("header"))

    @property
    def actions(self) -> list[Action]:
        """The actions on the tab, in order."""
        return [row.action for row in self.of_kind("programme", "action") if row.action]

    def column(self, key: str) -> GridColumn:
        """The column of that key."""
        return self._by_key[key]

    def has(self, key: str) -> bool:
        """Whether a column of that key is on the tab (a month outside the plan is not)."""
        return key in self._by_key

    @cached_property
    def _by_key(self) -> Mapping[str, GridColumn]:
        return {column.key: column for column in self.columns}

    @property
    def months(self) -> list[GridColumn]:
        """The columns of the months, in order."""
        return [column for column in self.columns if column.month]

    @property
    def visible(self) -> list[GridColumn]:
        """The columns that people see, in order."""
        return [column for column in self.columns if not column.hidden]

    def widths(self, first: int = 1, last: int | None = None) -> list[float]:
        """The widths of the columns that people see, of those from one to another."""
        last = last or len(self.columns)
        return [column.spec.width for column in self.columns if column.spec and first <= column.number <= last]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One tab that is for reading only: a Gantt of the whole plan, or a report."""

    name: str
    spec: TabSpec
