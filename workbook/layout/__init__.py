"""A layout: the form of a plan's workbook, read from a TOML file and checked."""

from workbook.layout.form import CYCLE_DAYS, Layout
from workbook.layout.loading import available, default_layout, layout_file, layout_from_text, load_layout
from workbook.layout.pieces import (
    HEADING,
    LINE,
    MAX_LETTERS,
    MONTHS,
    SHOWN,
    STATUS,
    Block,
    BlockColumn,
    Column,
    Fact,
    Orientation,
    Paper,
    Part,
    Print,
    State,
    TabSpec,
)
from workbook.layout.shown import shown_in, with_statuses

__all__ = [
    "CYCLE_DAYS",
    "HEADING",
    "LINE",
    "MAX_LETTERS",
    "MONTHS",
    "SHOWN",
    "STATUS",
    "Block",
    "BlockColumn",
    "Column",
    "Fact",
    "Layout",
    "Orientation",
    "Paper",
    "Part",
    "Print",
    "State",
    "TabSpec",
    "available",
    "default_layout",
    "layout_file",
    "layout_from_text",
    "load_layout",
    "shown_in",
    "with_statuses",
]
