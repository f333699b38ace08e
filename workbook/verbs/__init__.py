"""The verbs: each reads its input, has the work done, and writes its output whole or not at all."""

from workbook.verbs.adopting import adopt
from workbook.verbs.building import IssueResult, build, export, issue, new
from workbook.verbs.forms import checked_layout, layout_text, layouts
from workbook.verbs.inputs import Step, returns_in
from workbook.verbs.loading import Loaded, earlier, load, load_all, read
from workbook.verbs.merging import Checked, check, merge, write_merged
from workbook.verbs.packing import Board, board, pack, write_board
from workbook.verbs.several import rollover, rollup, summary, write_corporate
from workbook.verbs.telling import History, Status, history, reminders, status

__all__ = [
    "Board",
    "Checked",
    "History",
    "IssueResult",
    "Loaded",
    "Status",
    "Step",
    "adopt",
    "board",
    "build",
    "check",
    "checked_layout",
    "earlier",
    "export",
    "history",
    "issue",
    "layout_text",
    "layouts",
    "load",
    "load_all",
    "merge",
    "new",
    "pack",
    "read",
    "reminders",
    "returns_in",
    "rollover",
    "rollup",
    "status",
    "summary",
    "write_board",
    "write_corporate",
    "write_merged",
]
