"""Plan -> tables that read to the same plan."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from workbook.months import Month, format_runs
from workbook.plan import Approval, Plan
from workbook.record import Issued
from workbook.source.tables import (
    ACTION,
    ARCHIVE,
    ARCHIVED,
    CHANGE,
    EDITION,
    FLAGS,
    HEADING,
    HELD,
    ISSUED,
    PERSON,
    PROGRESS,
    RETURNED,
    TAKEN_DECISION,
    Table,
    table,
)

_BETWEEN = {"lead": " / ", "depends_on": " / ", "rows": " ", "candidates": "\n"}
_MONTHS = ("programmed", "revised")
_LISTS = (*_BETWEEN, *_MONTHS)


def tables_from_plan(plan: Plan) -> list[Table]:
    """The plan as tables that `plan_from_tables` reads to the same plan; tables with no rows are left out."""
    return list(each_table(plan))


def each_table(plan: Plan) -> Iterator[Table]:
    """The same tables one after the other: all at once, those of a large plan take much memory."""
    return (each for each in _tables(plan) if each.rows or each.name in ("settings", "actions"))


def _tables(plan: Plan) -> Iterator[Table]:
    settings = {
        "title": plan.title,
        "organisation": plan.organisation,
        "start": str(plan.start),
        "months": str(plan.months),
        "layout": plan.layout,
        "edition": str(plan.edition or ""),
        "plan_id": plan.plan_id,
        **plan.settings,
    }
    yield table("settings", ("key", "value"), ((key, value) for key, value in settings.items() if value))
    yield _flat("people", PERSON, plan.people)
    yield _flat("headings", HEADING, plan.headings)
    yield _flat("actions", ACTION, plan.actions)
    yield table("progress", PROGRESS, _progress_rows(plan))
    yield _flat("history", CHANGE, plan.history)
    yield _flat("held", HELD, plan.held)
    yield _flat("taken", TAKEN_DECISION, plan.taken)
    yield _flat("register", ISSUED, plan.register)
    yield table("returned", RETURNED, _returned_rows(plan))
    yield _flat("editions", EDITION, plan.editions)
    yield _flat("archive", ARCHIVE, plan.archive)
    yield table("archived", ARCHIVED, _archived_rows(plan))


def _returned_rows(plan: Plan) -> Iterator[tuple[str, ...]]:
    for issued in plan.register:
        for back in issued.returned:
            yield (issued.issue_id, back.file, back.digest, str(back.position), str(back.edition))


def issue_table(issued: Issued | None) -> Table:
    """What a return carries of its own issue, as the register has it; a master carries none."""
    return _flat("issue", ISSUED, [issued] if issued else [])


def _flat(name: str, columns: Sequence[str], items: Iterable[Any]) -> Table:
    """A table with a row for each item, its unknown columns after the known ones."""
    items = list(items)
    extra = list(dict.fromkeys(key for item in items for key in getattr(item, "extra", {})))
    rows = (
        [*(cell_text(getattr(item, column), column) for column in columns), *(item.extra.get(key, "") for key in extra)]
        for item in items
    )
    return table(name, (*columns, *extra), rows)


def _progress_rows(plan: Plan) -> Iterable[tuple[str, ...]]:
    for action in plan.actions:
        for month in sorted({*action.progress, *action.approval}):
            decided = action.approval.get(month, Approval(decision=""))
            said = (decided.decision, decided.by, decided.on, decided.minute, decided.comment)
            yield (action.row_id, str(month), action.progress.get(month, ""), *said)


def _archived_rows(plan: Plan) -> Iterable[list[str]]:
    for year in plan.archive:
        for each in year.actions:
            yield [year.plan_id, *(cell_text(getattr(each, column), column) for column in ARCHIVED[1:])]


def cell_text(value: object, column: str) -> str:
    """A value as a cell of that column holds it."""
    if value is None:
        return ""
    if isinstance(value, bool) and column in FLAGS:
        return "yes" if value else ""
    if isinstance(value, list | tuple) and column in _LISTS:
        if column in _MONTHS:
            return format_runs(value) if value and isinstance(value[0], Month) else ", ".join(map(str, value))
        return _BETWEEN[column].join(map(str, value))
    if isinstance(value, str | int | Month):
        return str(value)
    return json.dumps(value, ensure_ascii=False)
