"""Which columns of a plan source a form uses: what must be there, and what it shows or goes by."""

from collections.abc import Iterator

from workbook.layout import Layout, Part
from workbook.source.programme import DATES


def shows_refs(layout: Layout) -> bool:
    """Whether actions have refs that people see."""
    return "ref" in layout.words


def served_level(layout: Layout) -> str:
    """The level of the headings whose refs actions name as what they serve, or nothing."""
    return next((part.level for part in _parts(layout) if part.shows == "recommendation"), "")


def has_further_rows(layout: Layout) -> bool:
    """Whether a heading may have several rows, each with one of the things that are required for it."""
    return any(column.field == "required" for block in layout.blocks for column in block.columns)


def action_columns(layout: Layout) -> tuple[str, ...]:
    """The columns of actions: what must be there, who, when, what else the form shows, what officers fill in."""
    words = [name for name in layout.words if name != "note"]
    dated = [name for name in words if name in DATES]
    # Actions are planned by months, or by the dates that the form shows, or else by a start and a finish.
    dates = ["start", "finish", *dated] if layout.has_months or not dated else dated
    when = ["programmed", *dates] if layout.has_months else [*dates, "programmed"]
    serves = ["recommendation"] if any(part.shows == "recommendation" for part in _parts(layout)) else []
    own = [name for name in layout.fields.actions if name not in words]
    filled_in = [name for name in words if layout.officers_may_change(name)]
    first = ["ref", "heading", "action", "lead", *when, "importance"]
    first += ["depends_on"] if shows_refs(layout) else []
    named = [name for name in (*first, *words, *serves, *own) if name not in filled_in or name in first]
    return tuple(dict.fromkeys((*named, *filled_in, "note")))


def heading_columns(layout: Layout) -> tuple[str, ...]:
    """The columns of headings: what must be there, and what the form shows of any."""
    parent = ["parent"] if layout.section_level else []
    shown = [name for name, _, _ in headings_shown(layout)]
    return tuple(dict.fromkeys(("ref", "level", "title", *parent, *shown, *layout.fields.headings)))


def heading_levels(layout: Layout, name: str) -> tuple[str, ...]:
    """The levels of the headings of which a field is shown; all, if it is one that every heading has."""
    if name == "parent":
        return tuple(level for level in layout.levels if level not in layout.tab_levels)
    levels = tuple(dict.fromkeys(level for shown, level, _ in headings_shown(layout) if shown == name))
    return (*layout.levels, *layout.lists) if name in ("ref", "level", "title") else levels


def headings_shown(layout: Layout) -> Iterator[tuple[str, str, str]]:
    """The fields of headings that the form shows: of which level, and what as."""
    for fact in layout.facts:
        for level in layout.tab_levels:
            yield fact.field, level, fact.label
    blocks = [(block.level, block.columns) for block in layout.blocks]
    for level, its in (*blocks, *((part.level, part.columns) for part in _parts(layout))):
        for column in its:
            yield column.field, level, column.heading
    for part in _parts(layout):
        if part.shows == "recommendation":
            yield "deadline", part.level, ""
        if part.shows == "checkpoints":
            yield from (("lead", level, "") for level in layout.tab_levels)


def _parts(layout: Layout) -> Iterator[Part]:
    return (part for spec in layout.tabs for part in spec.parts)
