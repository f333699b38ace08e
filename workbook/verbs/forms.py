"""The forms there are, and whether a form is whole."""

from pathlib import Path

from workbook.errors import LayoutError
from workbook.grid import Grid
from workbook.layout import Layout, available, layout_file, load_layout
from workbook.months import Month
from workbook.plan import Heading, Plan
from workbook.rules import rules_of

_SOME_START = Month(2009, 4)


def layouts() -> tuple[Layout, ...]:
    """The layouts that are shipped with the program, by their names."""
    return tuple(load_layout(name) for name in available())


def layout_text(name: str) -> str:
    """The file of a layout as it is written; LayoutError when there is none of that name."""
    try:
        return layout_file(name).read_text(encoding="utf-8")
    except OSError as error:
        raise LayoutError(f"{name}: the file cannot be opened ({error.strerror}).") from error


def checked_layout(file: str | Path) -> Layout:
    """Read a layout and judge all of it, also what shows only in a workbook; LayoutError says what is wrong."""
    layout = load_layout(file)
    problems = []
    for judge in (_has_rules, _fits):
        try:
            judge(layout)
        except LayoutError as error:
            problems.append(str(error))
    if problems:
        raise LayoutError("\n".join(problems))
    return layout


def _has_rules(layout: Layout) -> None:
    """Refuse guidance that there is not."""
    rules_of(layout)


def _fits(layout: Layout) -> None:
    """Refuse blocks that have no room above the columns of a tab."""
    tops = tuple(Heading(ref=f"{number}", level=level) for number, level in enumerate(layout.tab_levels))
    grid = Grid(layout, Plan(plan_id="", title="Plan", start=_SOME_START, headings=tops), whole=True)
    for tab in grid.tabs:
        for block in layout.blocks:
            grid.spans(block, tab)
