"""An empty plan source in a form: its settings and columns, what each is for, and what its cells offer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from workbook.layout import Column, Layout
from workbook.months import Month, say_year
from workbook.plan import IMPORTANCE
from workbook.source.explained import (
    Sample,
    action_explained,
    dates_explained,
    heading_explained,
    level_explained,
    person_explained,
    settings_explained,
)
from workbook.source.programme import DATES
from workbook.source.tables import PERSON
from workbook.source.used import (
    action_columns,
    has_further_rows,
    heading_columns,
    heading_levels,
    served_level,
    shows_refs,
)

TITLE = "Improvement Plan"
Insists = Literal["stop", "warning", "no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the drop-down of a column offers: `words`, or what stands in a `column` of a `table` of this source.

    With `level`, only what stands in rows of that level. It takes nothing else, asks, or lets anything pass.
    """

    words: tuple[str, ...] = ()
    table: str = ""
    column: str = ""
    level: str = ""
    insists: Insists = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankColumn:
    """A column of an empty table: what it is for, and what each of the table's example lines says in it.

    `required` is what every row must say; with `first_of`, only the first of those that say the same in that column.
    What comes `later` is the officers' to fill in. What has a `form` is written in one of certain ways, and each of its
    cells says so; of free text only the header does.
    """

    name: str
    help: str
    required: bool = False
    first_of: str = ""
    later: bool = False
    form: bool = False
    offer: Offer | None = None
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankTable:
    """An empty table of a plan source."""

    name: str
    about: str
    columns: tuple[BlankColumn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankSetting:
    """A setting, with the value that it has already; `more` is what there is to say of it beside one line of help."""

    key: str
    value: str
    help: str
    more: str = ""
    example: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankSource:
    """All that an empty plan source has; `start` is None where that is still to be filled in."""

    title: str
    organisation: str
    start: Month | None
    layout: Layout
    settings: tuple[BlankSetting, ...]
    tables: tuple[BlankTable, ...]
    levels: tuple[tuple[str, str], ...]
    dates: tuple[tuple[tuple[str, ...], str], ...]


def blank_source(
    layout: Layout, *, title: str | None = None, organisation: str = "", start: Month | None = None, months: int = 12
) -> BlankSource:
    """The empty source of a plan in a form; without a title it is called an improvement plan, and its year."""
    sample = Sample.of(layout, start, months)
    if title is None:
        title = f"{TITLE} {say_year(sample.period)}" if start else TITLE
    given = {
        "title": title,
        "organisation": organisation,
        "start": str(start or ""),
        "months": str(months),
        "layout": layout.name,
    }
    headings = _headings(sample)
    kinds = ", ".join((*layout.levels, *layout.lists))
    named = f"One row for each heading ({kinds}), in the order in which they are to be shown."
    return BlankSource(
        title=title,
        organisation=organisation,
        start=start,
        layout=layout,
        settings=tuple(_settings(sample, given)),
        tables=(
            BlankTable(name="people", about="One row for each person who leads anything.", columns=_people()),
            BlankTable(name="headings", about=named, columns=headings),
            BlankTable(
                name="actions",
                about="One row for each action, in the order in which they are to be shown.",
                columns=tuple(_action_column(name, sample) for name in action_columns(layout)),
            ),
        ),
        levels=tuple((level, level_explained(level, layout)) for level in (*layout.levels, *layout.lists)),
        dates=dates_explained(sample),
    )


def _settings(sample: Sample, given: Mapping[str, str]) -> Iterator[BlankSetting]:
    examples = {
        **given,
        "title": f"{TITLE} {say_year(sample.period)}",
        "organisation": "Anyborough Council",
        "start": str(sample.month(0)),
        "sponsor": "Councillor Ann Other, Leader of the Council",
        "owner": "Pat Singh, Assistant Chief Executive",
        "manager": "Jo Grant, Performance Officer",
        "priority_label": sample.layout.tab_level.capitalize(),
    }
    for key, (said, more) in settings_explained(sample.layout).items():
        yield BlankSetting(
            key=key,
            value=given.get(key, ""),
            help=said,
            more=more,
            example=examples.get(key, ""),
            required=key in ("title", "start"),
        )


# --- people -----------------------------------------------------------------------------------------------------

_PEOPLE: Mapping[str, tuple[str, str]] = {
    "initials": ("JG", "PS"),
    "name": ("Jo Grant", "Pat Singh"),
    "role": ("Street Services Manager", "Assistant Chief Executive"),
    "service": ("Street Services", "Chief Executive's Office"),
    "email": ("jo.grant@anyborough.example", "pat.singh@anyborough.example"),
}


def _people() -> tuple[BlankColumn, ...]:
    return tuple(
        BlankColumn(
            name=name,
            help=person_explained(name),
            required=name == "initials",
            form=name == "initials",
            examples=_PEOPLE[name],
        )
        for name in PERSON
    )


_LEADS = Offer(table="people", column="initials")


# --- headings ---------------------------------------------------------------------------------------------------


def _headings(sample: Sample) -> tuple[BlankColumn, ...]:
    layout = sample.layout
    offers = {
        "level": Offer(words=(*layout.levels, *layout.lists), insists="stop"),
        "parent": Offer(table="headings", column="ref", insists="warning"),
        "lead": _LEADS,
    }
    return tuple(
        BlankColumn(
            name=name,
            help=heading_explained(name, sample),
            required=name in ("ref", "level", "title"),
            first_of="ref" if name == "title" and has_further_rows(layout) else "",
            form=name in ("ref", *offers, "timescale", "deadline"),
            offer=offers.get(name),
            examples=tuple(_heading_example(name, level, ref, sample) for level, ref in _example_headings(sample)),
        )
        for name in heading_columns(layout)
    )


def _example_headings(sample: Sample) -> Sequence[tuple[str, str]]:
    """The level and ref of the headings that examples are of: an uppermost one, one under it, one of a list."""
    layout = sample.layout
    under = [level for level in layout.levels if level not in layout.tab_levels][:1]
    lists = [served_level(layout) or layout.lists[0]] if layout.lists else []
    return (
        (layout.tab_level, sample.top),
        *((level, sample.under) for level in under),
        *((level, _LISTED) for level in lists),
    )


_LISTED = "R1"
_TITLES = ("Cleaner streets", "Litter gone within a day", "Show residents what has changed")


def _heading_example(name: str, level: str, ref: str, sample: Sample) -> str:
    if level not in heading_levels(sample.layout, name):
        return ""
    is_top, is_listed = level in sample.layout.tab_levels, ref == _LISTED
    examples = {
        "ref": ref,
        "level": level,
        "title": _TITLES[0 if is_top else 2 if is_listed else 1],
        "parent": sample.top,
        "outcome": "Streets that people are proud of",
        "required": "Sweeping rounds that follow need",
        "timescale": f"by {sample.month(2).last_day}",
        "lead": "JG",
        "resources": "Street Services",
        "deadline": sample.month(5).last_day,
    }
    return examples.get(name, "")


# --- actions ----------------------------------------------------------------------------------------------------


def _action_column(name: str, sample: Sample) -> BlankColumn:
    layout = sample.layout
    column = layout.all_columns.get(name)
    is_required = name in ("heading", "action") or (name == "ref" and shows_refs(layout))
    offer = _action_offer(name, column, layout)
    dated = (*DATES, "new_date", "programmed", "depends_on")
    return BlankColumn(
        name=name,
        help=action_explained(name, sample),
        required=is_required,
        later=layout.officers_may_change(name) and name != "note",
        form=name in ("ref", *dated) or offer is not None,
        offer=offer,
        examples=_action_examples(name, sample, column),
    )


def _action_offer(name: str, column: Column | None, layout: Layout) -> Offer | None:
    if name == "heading":
        return Offer(table="headings", column="ref", insists="warning")
    if name == "lead" or (column and column.drop_down == "people"):
        return _LEADS
    if name == "importance":
        return Offer(words=IMPORTANCE, insists="warning")
    if name == "recommendation" and served_level(layout):
        return Offer(table="headings", column="ref", level=served_level(layout))
    return Offer(words=column.choices) if column and column.choices else None


def _action_examples(name: str, sample: Sample, column: Column | None) -> tuple[str, str]:
    """Two actions, of which the second waits for the first."""
    examples = {
        "ref": (sample.ref(1), sample.ref(2)),
        "heading": (sample.under, sample.under),
        "action": ("Draw up sweeping rounds that follow need", "Bring the new rounds into use"),
        "lead": ("JG", "JG / PS"),
        "programmed": (sample.programmed, str(sample.month(5))) if sample.layout.has_months else ("", ""),
        "start": (sample.day(0), sample.day(3)),
        "finish": (sample.month(2).last_day, sample.month(5).last_day),
        "timescale": (f"by end of {sample.month(2).name}", f"from {sample.month(3).name} onwards"),
        "target": (sample.month(2).name, sample.month(5).name),
        "importance": IMPORTANCE[:2],
        "depends_on": ("", sample.ref(1)),
        "milestone": ("Draft rounds seen by crews", ""),
        "partners": ("Parish councils", ""),
        "resources": ("Street Services", ""),
        "recommendation": (_LISTED, "") if served_level(sample.layout) else ("", ""),
    }
    chosen = column.choices[0] if column and column.choices and column.locked else ""
    return examples.get(name, (chosen, ""))
