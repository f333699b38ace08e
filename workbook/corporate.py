"""Several plans side by side in one corporate copy, and the figures of its summary. Plans are never blended.

Each plan keeps its own form, so that refs, row ids and headings of different plans have nothing to do with each other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from workbook.errors import SourceError, UsageError
from workbook.layout import Layout, layout_from_text
from workbook.months import Month
from workbook.palette import Status
from workbook.plan import Plan
from workbook.source import Table, carried_plan, plan_to_json, table, tables_from_plan

CORPORATE_TABLE = "corporate"
_NO_LAST_WORDS = ("&", "and", "for", "in", "of", "the", "to", "with")
_MAX_SHORT_NAME = 16  # of the 31 characters of a tab's name: the rest is the heading's ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One plan of a corporate copy and its form; `file` is what it was read from, and makes no difference to it."""

    plan: Plan
    layout: Layout
    file: str = field(default="", compare=False)


@dataclass(frozen=True, kw_only=True)
class Corporate:
    """Plans side by side, in the order in which they were given; at least one, and no plan twice."""

    title: str
    parts: tuple[Part, ...]

    @property
    def organisation(self) -> str:
        """The organisation that all plans are of, or an empty text."""
        names = {part.plan.organisation for part in self.parts}
        return names.pop() if len(names) == 1 else ""

    @property
    def actions(self) -> int:
        """How many actions the plans have together."""
        return sum(len(part.plan.actions) for part in self.parts)

    @cached_property
    def short_names(self) -> tuple[str, ...]:
        """What tells each plan from the others on a tab: the words that its title alone has, or else its number."""
        titles = [part.plan.title.split() for part in self.parts]
        words = [{word.casefold() for word in title} for title in titles]
        shared = set.intersection(*words) if len(words) > 1 else set()
        names: list[str] = []
        for number, title in enumerate(titles, 1):
            own = _cut([word for word in title if word.casefold() not in shared])
            taken = {name.casefold() for name in names}
            names.append(own if own and own.casefold() not in taken else f"Plan {number}")
        return tuple(names)

    def tidy(self) -> list[dict[str, object]]:
        """One record per plan, action and month: `Plan.tidy` with plan_id and plan (its title) in front."""
        return [
            {"plan_id": part.plan.plan_id, "plan": part.plan.title, **record}
            for part in self.parts
            for record in part.plan.tidy()
        ]

    def to_json(self) -> dict[str, Any]:
        """All plans, each as the contract's JSON has it."""
        return {"title": self.title, "plans": [plan_to_json(part.plan) for part in self.parts]}


def side_by_side(parts: Iterable[Part], title: str = "") -> Corporate:
    """Put plans side by side; the same plan given twice counts once.

    UsageError when there is none, or when two of them are different states of one plan.
    """
    kept: dict[str, Part] = {}
    for each in parts:
        part = replace(each, plan=replace(each.plan, layout=each.layout.name))
        before = kept.setdefault(part.plan.plan_id, part)
        if before != part:
            raise UsageError(
                f"{_called(before)} and {_called(part)} are two different states of one plan, "
                f"“{part.plan.title}”. Give the one that counts."
            )
    if not kept:
        raise UsageError("There is no plan to roll up. Name at least one master.")
    corporate = Corporate(title=title, parts=tuple(kept.values()))
    of = f" of {corporate.organisation}" if corporate.organisation else ""
    words = title.split() or f"Improvement plans{of}".split()
    return replace(corporate, title=" ".join(words))


def _called(part: Part) -> str:
    edition = f"{part.plan.edition.name} edition" if part.plan.edition else "as programmed"
    return f"{part.file} ({edition})" if part.file else f"the {edition}" if part.plan.edition else "the one programmed"


def _cut(words: list[str]) -> str:
    """As many of the words as there is room for; of a first one that is too long, its beginning."""
    while len(words) > 1 and (len(" ".join(words)) > _MAX_SHORT_NAME or words[-1].casefold() in _NO_LAST_WORDS):
        words = words[:-1]
    return " ".join(words)[:_MAX_SHORT_NAME].strip()


# --- as tables --------------------------------------------------------------------------------------------------


def corporate_tables(corporate: Corporate) -> list[Table]:
    """What the hidden sheet of a corporate copy carries: the tables of each plan and its form, named by its number."""
    tables = [table(CORPORATE_TABLE, ("title",), [(corporate.title,)])]
    for number, part in enumerate(corporate.parts, 1):
        form = table("layout", ("layout",), [(part.layout.to_text(),)])
        tables += [replace(each, name=f"{number} {each.name}") for each in (*tables_from_plan(part.plan), form)]
    return tables


def corporate_from_tables(tables: Mapping[str, Table]) -> Corporate | None:
    """Read what `corporate_tables` made; None if it is something else, SourceError if it has been damaged."""
    if CORPORATE_TABLE not in tables:
        return None
    numbered: dict[int, dict[str, Table]] = {}
    for name, each in tables.items():
        number, _, own = name.partition(" ")
        if number.isdecimal():
            numbered.setdefault(int(number), {})[own] = replace(each, name=own)
    titles = [record["title"] for record in tables[CORPORATE_TABLE].records()]
    parts = tuple(_part(number, numbered[number]) for number in sorted(numbered))
    if not titles or not parts:
        raise SourceError("The plans that it held are gone.")
    return Corporate(title=titles[0], parts=parts)


def _part(number: int, tables: dict[str, Table]) -> Part:
    form = tables.pop("layout", None)
    said = next(form.records(), None) if form else None
    if said is None:
        raise SourceError(f"The form of plan {number} is gone.")
    layout = layout_from_text(said["layout"])
    plan, _ = carried_plan(list(tables.values()), layout)
    return Part(plan=plan, layout=layout)


# --- the summary ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryColumn:
    """What actions of some plan count under; `statuses` are what the plans' forms have for it, if it is a status."""

    key: str
    label: str
    statuses: tuple[Status, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A plan's month in numbers; `month` is None for all plans together, if they are of different months.

    `counts` and `percent` have no entry for a status that the plan's form does not have. `returned` and `outstanding`
    are recipients of returns for that month.
    """

    month: Month | None
    actions: int
    highlighted: int
    counts: Mapping[str, int]
    percent: Mapping[str, Decimal]
    sentence: str = ""
    returned: tuple[str, ...] = ()
    outstanding: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The figures of a corporate copy: a line for each of its parts, and all together."""

    columns: tuple[SummaryColumn, ...]
    lines: tuple[Figures, ...]
    total: Figures
