"""The grid of a board pack: texts that are higher than a row, or a page, go on in rows of their own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from workbook.build import styles
from workbook.build.pages import Page
from workbook.build.textfit import MAX_ROW_HEIGHT, pieces, text_height
from workbook.grid import Grid
from workbook.plan import LISTS, Action, value_of, with_value
from workbook.tabs import GridRow, Tab


def continued(grid: Grid, tab: Tab, page: Page) -> Tab:
    """The tab with as many rows for an action, and for the outcome, as their texts need."""
    highest = page.highest(tab.widths())
    rows = (each for row in tab.rows for each in _continued(grid, tab, row, highest))
    return replace(tab, rows=tuple(replace(row, number=number) for number, row in enumerate(rows, 1)))


def _continued(grid: Grid, tab: Tab, row: GridRow, highest: float) -> Iterator[GridRow]:
    if row.action and row.kind in ("programme", "progress", "action"):
        most = MAX_ROW_HEIGHT * (2 if grid.layout.has_two_bands else 1)
        first, *others = _actions(tab, row.action, min(highest, most))
        yield replace(row, action=first)
        if row.kind != "programme":
            yield from (replace(row, kind="more", action=each) for each in others)
    elif row.heading and row.fact:
        widths = tab.widths()
        height = text_height("X", widths, styles.SIZE)
        text = grid.told(row.fact, row.heading)
        # A line a row, the label with the first of them.
        lines = [each for line in text.split("\n") for each in pieces(line, widths, styles.SIZE, height=height)]
        yield from (replace(row, kind="more", heading=row.heading, text=line) for line in lines)
    else:
        yield row


def _actions(tab: Tab, action: Action, highest: float) -> Sequence[Action]:
    """The action with the first pieces of its texts, then with the next ones."""
    parts: dict[str, list[str]] = {}
    for column in tab.visible:
        if column.spec and not column.month and not column.worked_out and column.key not in LISTS:
            text = value_of(action, column.key) or ""
            bold = column.key == "ref"
            parts[column.key] = pieces(text, [column.spec.width], styles.SIZE, height=highest, bold=bold)
    first, *others = _rows(parts)
    blank = Action(row_id=action.row_id, heading=action.heading)
    return [_with(action, first), *(_with(blank, each) for each in others)]


def _with(action: Action, texts: Mapping[str, str]) -> Action:
    for name, text in texts.items():
        action = with_value(action, name, None, text or None)
    return action


def _rows(parts: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """The first pieces of all texts, the second, and so on."""
    most = max((len(its) for its in parts.values()), default=1)
    return [{name: its[at] if at < len(its) else "" for name, its in parts.items()} for at in range(most)]
