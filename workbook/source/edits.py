"""What was changed in a plan source that was exported from a master: changes for the plan's history.

Rows that were added and dropped, fields that were rewritten, and the plan's own parts (headings, people, settings) are
all there, so that every earlier edition can still be had back.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from workbook.errors import SourceError
from workbook.months import Month
from workbook.plan import ACTION_FIELDS, OF_PLAN, PLAN_PARTS, Action, Plan, part_of, row_to_text, value_of
from workbook.record import Change
from workbook.refs import a1, place
from workbook.source.tables import Table

Place = Callable[[str, str], str]  # the cell of a row id's field
_PIECE = 10  # items a change
_MOST = 32_000  # characters: what a cell holds


def with_edits(before: Plan, after: Plan, tables: Iterable[Table], file: str) -> Plan:
    """The plan that was exported, with what its source says otherwise now, as an edition of its own.

    `tables` are the source's, which tell the cells. The record is that of the plan that was exported: it is not for
    anybody to change.
    """
    changes = list(_changes(before, after, file, _places(after, tables)))
    return before.apply(changes).recorded("rebuilt", before)


def _places(plan: Plan, tables: Iterable[Table]) -> Place:
    """Where the source says a field of an action: its cell, or the sheet at least."""
    actions = next(table for table in tables if table.name == "actions")
    rows = {action.row_id: record.row for action, record in zip(plan.actions, actions.records(), strict=True)}
    columns = {key: number for number, key in enumerate(actions.keys, 1)}

    def at(row_id: str, field: str) -> str:
        if field in ("progress", "approval"):
            return "progress"
        return place("actions", a1(rows[row_id], columns[field]) if field in columns and row_id in rows else None)

    return at


def _changes(before: Plan, after: Plan, file: str, at: Place) -> Iterator[Change]:
    about: dict[str, Any] = {"edition": before.edition or before.start, "source": file}
    kept = [action.row_id for action in before.actions if action.row_id in after.by_row_id]
    dropped = [action for action in before.actions if action.row_id not in after.by_row_id]
    added = [action for action in after.actions if action.row_id not in before.by_row_id]
    # Undone, what was dropped comes back at the end: so it goes there before it is dropped.
    last = [*kept, *(action.row_id for action in dropped)]
    yield from _splices("order", [action.row_id for action in before.actions], last, about)
    for action in reversed(dropped):
        yield Change(**about, **_of(action, "row", None), old=row_to_text(action), new=None, cell="actions")
    for row_id in kept:
        yield from _of_action(before.by_row_id[row_id], after.by_row_id[row_id], about, at)
    for action in added:
        where = at(action.row_id, "action")
        yield Change(**about, **_of(action, "row", None), old=None, new=row_to_text(action), cell=where)
    order = [*kept, *(action.row_id for action in added)]
    yield from _splices("order", order, [action.row_id for action in after.actions], about)
    for part in PLAN_PARTS:
        yield from _splices(OF_PLAN + part, part_of(before, part), part_of(after, part), about)


def _of_action(was: Action, now: Action, about: Mapping[str, Any], at: Place) -> Iterator[Change]:
    keys: list[tuple[str, Month | None]] = [(name, None) for name in ACTION_FIELDS]
    for name, said in (("progress", was.progress), ("progress", now.progress), ("approval", was.approval)):
        keys += [(name, month) for month in said]
    keys += [("approval", month) for month in now.approval]
    for name, month in dict.fromkeys(keys):
        old, new = value_of(was, name, month), value_of(now, name, month)
        if old != new:
            yield Change(**about, **_of(was, name, month), old=old, new=new, cell=at(was.row_id, name))


def _of(action: Action, field: str, month: Month | None) -> dict[str, Any]:
    return {"row_id": action.row_id, "ref": action.ref, "field": field, "month": month}


def _splices(field: str, was: Sequence[Any], now: Sequence[Any], about: Mapping[str, Any]) -> Iterator[Change]:
    """The changes that make one list of the other: what differs between their common beginning and end, in pieces."""
    first = next((at for at, (one, other) in enumerate(zip(was, now, strict=False)) if one != other), None)
    first = min(len(was), len(now)) if first is None else first
    if first == len(was) == len(now):
        return
    end = 0
    while end < min(len(was), len(now)) - first and was[-1 - end] == now[-1 - end]:
        end += 1
    old, new = was[first : len(was) - end], now[first : len(now) - end]
    part = field.removeprefix(OF_PLAN)
    sheet = part if part in ("people", "headings") else "actions" if part == "order" else "settings"
    # Rows change places all at once, or some would be there twice in between.
    size = max(len(old), len(new)) if field == "order" else _PIECE
    for at in range(0, max(len(old), len(new)), size):
        pieces = [list(each[at : at + size]) for each in (old, new)]
        start = first + min(at, len(new))
        out, put = (json.dumps({"at": start, "items": each}, ensure_ascii=False) if each else None for each in pieces)
        if max(len(out or ""), len(put or "")) > _MOST:
            raise SourceError(f"Too much has been changed at once in {sheet}: make the change in two or more steps.")
        yield Change(**about, row_id="", ref="", field=field, month=None, old=out, new=put, cell=sheet)
