"""Plans and sheets drawn as text, so that a test reads like the sheet it is about, and a failure too."""

import re
from collections.abc import Sequence
from typing import Any

from workbook.months import Month, month_number, run
from workbook.palette import STANDARD, Fill
from workbook.plan import Action, Approval, Heading, Plan, split_names
from workbook.read.cells import RawCell, RawSheet

START = Month(2009, 7)
HEADINGS = (
    Heading(ref="CP1", level="priority", title="Market Town Renewal"),
    Heading(ref="1.1", level="measure", title="A plan for the market quarter", parent="CP1"),
)
_LETTERS = {status.letter: status.key for status in STANDARD.values()}
_DECISIONS = {"+": "approved", "-": "refused"}
_FILL = re.compile(r"\[([0-9A-F]{6})(?: (\w+) ([0-9A-F]{6}))?\]$")


def grid(text: str) -> list[list[str]]:
    """The cells of a drawn table, line by line."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines() if line.strip()]


def drawn(text: str, start: Month = START, **more: Any) -> Plan:
    """The plan that a table shows; its first line names the columns, one of which is the months.

    `#` is programmed, a letter is what is reported, `+` or `-` after it approved or refused, `.` nothing: `#H+`.
    Any field of an action may be a column. Row ids are r1, r2, ... where there is no such column.
    """
    header, *lines = grid(text)
    at = next(index for index, name in enumerate(header) if month_number(name.split()[0]))
    months = run(start, len(header[at].split()))
    assert [month.short for month in months] == header[at].split(), "the months are not drawn in their order"
    actions = []
    for number, cells in enumerate(lines, 1):
        said: dict[str, Any] = {"row_id": f"r{number}", "heading": "1.1", **dict(zip(header, cells, strict=True))}
        marks = dict(zip(months, said.pop(header[at]).split(), strict=True))
        said |= {name: split_names(said[name]) for name in ("lead", "depends_on") if name in said}
        actions.append(Action(**said, **_reported(marks)))
    said = {"plan_id": "pabc", "title": "Improvement Plan 2009/10", "layout": "monthly-gantt", "headings": HEADINGS}
    return Plan(start=start, months=len(months), actions=tuple(actions), **said | more)


def _reported(marks: dict[Month, str]) -> dict[str, Any]:
    programmed, progress, approval = [], {}, {}
    for month, mark in marks.items():
        if mark.startswith("#"):
            programmed.append(month)
        if letter := mark.strip("#.+-"):
            progress[month] = _LETTERS[letter]
        if decision := _DECISIONS.get(mark[-1]):
            approval[month] = Approval(decision=decision)
    return {"programmed": tuple(programmed), "progress": progress, "approval": approval}


def draw(plan: Plan) -> str:
    """The plan as a table that `drawn` reads."""
    header = ["ref", "action", "lead", " ".join(month.short for month in plan.period), "note"]
    rows = [
        [
            a.ref,
            a.action,
            "/".join(a.lead),
            " ".join(_mark(a, month) for month in plan.period),
            a.note.replace("\n", "⏎"),
        ]
        for a in plan.actions
    ]
    return lined([header, *rows])


def _mark(action: Action, month: Month) -> str:
    said = "#" if month in action.programmed else ""
    if month in action.progress:
        said += next((letter for letter, key in _LETTERS.items() if key == action.progress[month]), "?")
    if month in action.approval:
        said += "+" if action.approval[month].approved else "-"
    return (said or ".").ljust(3)


def lined(rows: Sequence[Sequence[str]]) -> str:
    """Rows of text with their columns one below the other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def assert_same(plan: Plan, expected: Plan) -> None:
    """Two plans are the same; where they are not, the grids show it before everything else does."""
    assert draw(plan) == draw(expected)
    for action, other in zip(plan.actions, expected.actions, strict=True):
        assert action == other
    assert plan == expected


def raw_sheet(text: str, name: str = "CP1", *, has_validations: bool = True) -> RawSheet:
    """The raw cells of a drawn sheet, from row 1.

    `G [00B050]` is lettered and filled, `[CCC0DA lightUp 7030A0]` hatched; blanks, `.` and `~` are empty.
    """
    lines: dict[int, dict[int, RawCell]] = {}
    for row, line in enumerate(grid(text), 1):
        for column, said in enumerate(line, 1):
            if (cell := raw_cell(said)) != RawCell():
                lines.setdefault(row, {})[column] = cell
    return RawSheet(name=name, visible=True, lines=lines, has_validations=has_validations)


def raw_cell(said: str) -> RawCell:
    """One drawn cell: its text, and its fill in brackets."""
    match = _FILL.search(said)
    text = said[: match.start()].strip() if match else said
    fill = Fill(rgb=match[1], pattern=match[2] or "solid", foreground=match[3]) if match else None
    return RawCell(text="" if text in (".", "~") else text, fill=fill)
