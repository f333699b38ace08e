"""A form for a plan that is kept in another one: it takes that one's levels, fields and statuses, and loses none."""

from collections.abc import Collection
from dataclasses import replace

from workbook.layout.form import DEFAULT_TABS, Layout
from workbook.layout.pieces import Block, OwnFields, TabSpec
from workbook.palette import Status, told_apart


def shown_in(layout: Layout, own: Layout, used: Collection[str]) -> Layout:
    """The form `layout` for a plan whose own is `own` and in which the statuses `used` have been reported.

    Headings keep the levels of the plan's own form, which take the place of this one's. What this form has no column
    for is on the tab Details, what it says of no heading stands above the tables as in the plan's own form.
    """
    fields = OwnFields(
        actions=_joined(own.fields.actions, layout.fields.actions),
        headings=_joined(own.fields.headings, layout.fields.headings),
    )
    blocks = tuple(block for each in layout.blocks if (block := _block(each, layout, own)))
    shown = {fact.field for fact in layout.facts} | {column.field for block in blocks for column in block.columns}
    tabs = tuple(spec for each in layout.tabs if (spec := _tab(each, own)))
    if not any(spec.shows == "actions" for spec in tabs):
        tabs = (*tabs, *DEFAULT_TABS)
    return replace(
        layout,
        levels=own.levels,
        tops=own.tops,
        lists=own.lists,
        fields=fields,
        facts=(*layout.facts, *(fact for fact in own.facts if fact.field not in shown)),
        blocks=blocks,
        tabs=tabs,
        statuses=_statuses(layout, own, used),
    )


def with_statuses(layout: Layout, own: Layout, used: Collection[str]) -> Layout:
    """The form with those statuses of another one that have been reported and that it lacks."""
    return replace(layout, statuses=_statuses(layout, own, used))


def _joined(names: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*names, *others)))


def _block(block: Block, layout: Layout, own: Layout) -> Block | None:
    """The block for the level of the plan that has the place of its own; None where sections have it, or nothing."""
    if block.level in (*own.levels, *own.lists):
        return block
    at = layout.levels.index(block.level) if block.level in layout.levels else len(own.levels)
    level = own.levels[at] if at < len(own.levels) else ""
    return replace(block, level=level) if level and level != own.section_level else None


def _tab(spec: TabSpec, own: Layout) -> TabSpec | None:
    """The tab without the parts that are about levels that the plan does not have; None if nothing is left of it."""
    if spec.level and spec.level not in own.tab_levels:
        return None
    every = (*own.levels, *own.lists, "")
    parts = tuple(part for part in spec.parts if part.level in every)
    return replace(spec, parts=parts) if parts or spec.shows != "report" else None


def _statuses(layout: Layout, own: Layout, used: Collection[str]) -> tuple[Status, ...]:
    """The form's statuses, then those of the plan's own form that have been reported and that it lacks.

    Where a letter is taken, such a status gets the first of its name that is not, or a number; and another fill where
    its own is.
    """
    statuses = list(layout.statuses)
    keys = {status.key for status in statuses}
    missing = [status for status in own.statuses if status.key in used and status.key not in keys]
    keys |= {status.key for status in missing}
    for status in missing:
        taken = {each.letter.casefold() for each in statuses}
        letters = [status.letter, *(letter for letter in status.label.upper() if letter.isalpha()), *"123456789"]
        letter = next(each for each in letters if each.casefold() not in taken)
        counts_as = status.counts_as if status.counts_as in keys else status.key
        statuses.append(told_apart(replace(status, letter=letter, counts_as=counts_as), statuses))
    return tuple(statuses)
