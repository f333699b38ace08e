"""The grid of a board pack: texts that are higher than a row, or a page, go on in rows of their own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from workbook.build import styles
from workbook.build.pages import Page
from workbook.build.textfit import MAX_ROW_HEIGHT, pieces
from workbook.grid import Grid, GridRow, Tab
from workbook.plan import Action, Heading

_HIGHEST = 0.6  # of a page that an action takes at most before it goes on in another row


def continued(grid: Grid, tab: Tab, page: Page) -> Tab:
    """The tab with as many rows for an action, or for a row of a block, as its longest text needs."""
    widths = [column.spec.width for column in grid.columns if column.spec]
    room = page.room(widths) * _HIGHEST
    rows = (each for row in tab.rows for each in _continued(grid, row, room))
    return replace(tab, rows=tuple(replace(row, number=number) for number, row in enumerate(rows, 1)))


def _continued(grid: Grid, row: GridRow, room: float) -> Iterator[GridRow]:
    if row.action and row.kind in ("programme", "progress", "action"):
        highest = min(room, MAX_ROW_HEIGHT * (2 if grid.layout.bands == "two" else 1))
        first, *others = _actions(grid, row.action, highest)
        yield replace(row, action=first)
        if row.kind != "programme":
            yield from (replace(row, kind="more", action=each) for each in others)
    elif row.heading and row.block and row.kind == "block":
        first_heading, *other_headings = _headings(grid, row, min(room, MAX_ROW_HEIGHT))
        yield replace(row, heading=first_heading)
        yield from (replace(row, heading=each, first=True) for each in other_headings)
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


def _headings(grid: Grid, row: GridRow, highest: float) -> Sequence[Heading]:
    """The heading with the first pieces of its texts, then with the next ones."""
    if not row.heading or not row.block:
        raise TypeError(f"row {row.number} shows no heading")
    parts: dict[str, list[str]] = {}
    for column, start, end in grid.spans(row.block):
        widths = [each.spec.width for each in grid.columns if each.spec and start <= each.number <= end]
        text = getattr(row.heading, column.field)
        parts[column.field] = pieces(text, widths, styles.SIZE, height=highest, bold=column.field == "ref")
    first, *others = _rows(parts)
    blank = Heading(ref="", level=row.heading.level)
    return [replace(row.heading, **first), *(replace(blank, **each) for each in others)]


def _rows(parts: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """The first pieces of all texts, the second, and so on."""
    most = max((len(its) for its in parts.values()), default=1)
    return [{name: its[at] if at < len(its) else "" for name, its in parts.items()} for at in range(most)]
