"""The grid of a board pack: texts that are higher than a row, or a page, go on in rows of their own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from workbook.build import styles
from workbook.build.pages import Page
from workbook.build.textfit import MAX_ROW_HEIGHT, pieces, text_height
from workbook.grid import Grid, GridRow, Tab
from workbook.plan import Action


def continued(grid: Grid, tab: Tab, page: Page) -> Tab:
    """The tab with as many rows for an action, and for the outcome, as their texts need."""
    widths = [column.spec.width for column in grid.columns if column.spec]
    highest = page.highest(widths)
    rows = (each for row in tab.rows for each in _continued(grid, row, highest))
    return replace(tab, rows=tuple(replace(row, number=number) for number, row in enumerate(rows, 1)))


def _continued(grid: Grid, row: GridRow, highest: float) -> Iterator[GridRow]:
    if row.action and row.kind in ("programme", "progress", "action"):
        most = MAX_ROW_HEIGHT * (2 if grid.layout.bands == "two" else 1)
        first, *others = _actions(grid, row.action, min(highest, most))
        yield replace(row, action=first)
        if row.kind != "programme":
            yield from (replace(row, kind="more", action=each) for each in others)
    elif row.heading and row.kind == "outcome" and row.heading.outcome:
        label, *_ = grid.outcome(row.heading).partition(row.heading.outcome)
        widths = [column.spec.width for column in grid.columns if column.spec]
        text = grid.outcome(row.heading)
        line, *lines = pieces(text, widths, styles.SIZE, height=text_height("X", widths, styles.SIZE))
        yield replace(row, heading=replace(row.heading, outcome=line.removeprefix(label)))
        yield from (replace(row, kind="more", heading=replace(row.heading, outcome=each)) for each in lines)
    else:
        yield row


def _actions(grid: Grid, action: Action, highest: float) -> Sequence[Action]:
    """The action with the first pieces of its texts, then with the next ones."""
    parts: dict[str, list[str]] = {}
    for column in grid.visible:
        text = getattr(action, column.key, None) if column.spec and not column.month else None
        if column.spec and isinstance(text, str):
            bold = column.key == "ref"
            parts[column.key] = pieces(text, [column.spec.width], styles.SIZE, height=highest, bold=bold)
    first, *others = _rows(parts)
    blank = Action(row_id=action.row_id)
    return [replace(action, **first), *(replace(blank, **each) for each in others)]


def _rows(parts: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """The first pieces of all texts, the second, and so on."""
    most = max((len(its) for its in parts.values()), default=1)
    return [{name: its[at] if at < len(its) else "" for name, its in parts.items()} for at in range(most)]
