"""Tables -> the plan's record, which only the program writes: a row that it cannot have written stops the reading."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from workbook.archive import Archived, ArchivedYear
from workbook.errors import SourceError
from workbook.months import Month, parse_runs
from workbook.plan import Approval, row_from_text, split_names
from workbook.record import EDITION_KINDS, ROWS, Change, Edition, Held, Issued, Returned, Taken
from workbook.source.tables import TAKEN_DECISION, Record, Table

_T = TypeVar("_T")


def read_record(tables: Mapping[str, Table]) -> dict[str, Any]:
    """The parts of a plan's record by their names; SourceError if a table has been altered."""
    return {
        "history": _rows(tables.get("history"), _change),
        "held": _rows(tables.get("held"), _held),
        "taken": _rows(tables.get("taken"), lambda record: Taken(**record.only(TAKEN_DECISION))),
        "register": register_from_table(tables.get("register"), tables.get("returned")),
        "editions": _rows(tables.get("editions"), _edition),
        "archive": _archive(tables.get("archive"), tables.get("archived")),
    }


def register_from_table(register: Table | None, returned: Table | None = None) -> tuple[Issued, ...]:
    """What was issued; SourceError if the table has been altered."""
    came_back: dict[str, list[Returned]] = defaultdict(list)
    for issue_id, back in _rows(returned, _returned):
        came_back[issue_id].append(back)

    def issued(record: Record) -> Issued:
        return Issued(
            month=Month.parse(record["month"]),
            rows=tuple(record["rows"].split()),
            position=int(record["position"]),
            returned=tuple(came_back[record["issue_id"]]),
            **record.only(("issue_id", "recipient", "name", "due", "file")),
        )

    return _rows(register, issued)


def _returned(record: Record) -> tuple[str, Returned]:
    position, edition = (int(record[name] or 0) for name in ("position", "edition"))
    return record["issue_id"], Returned(position=position, edition=edition, **record.only(("file", "digest")))


def _change(record: Record) -> Change:
    _check_field(record)
    for text in filter(None, (record["old"], record["new"])):
        if record["field"] == "row":
            row_from_text(record["row_id"], text)
        elif record["field"] == "approval":
            Approval.from_text(text)
    return Change(
        edition=Month.parse(record["edition"]),
        month=_month(record, "month"),
        old=record["old"] or None,
        new=record["new"] or None,
        decision=record["decision"] or None,
        **record.only(("row_id", "ref", "field", "source", "cell")),
    )


def _held(record: Record) -> Held:
    _check_field(record)
    if record["field"] == "row":
        json.loads(record["value"])
    return Held(
        month=_month(record, "month"),
        reported=_month(record, "reported"),
        baseline=record["baseline"] or None,
        value=record["value"] or None,
        position=int(record["position"]),
        readable=bool(record["readable"]),
        row=_one_of(ROWS, record["row"]),
        candidates=tuple(filter(None, record["candidates"].split("\n"))),
        **record.only(("row_id", "field", "file", "digest", "cell", "recipient", "raw")),
    )


def _check_field(record: Record) -> None:
    """Refuse what is reported for a month and names none."""
    if record["field"] in ("progress", "approval") and not record["month"]:
        raise ValueError(f"{record['field']} without a month")


def _edition(record: Record) -> Edition:
    kind = _one_of(EDITION_KINDS, record["kind"])
    lengths = {name: int(record[name] or 0) for name in ("history", "held", "taken", "register")}
    return Edition(kind=kind, month=_month(record, "month"), **lengths)


def _archive(years: Table | None, actions: Table | None) -> tuple[ArchivedYear, ...]:
    completed: dict[str, list[Archived]] = defaultdict(list)
    for plan_id, archived in _rows(actions, _archived):
        completed[plan_id].append(archived)

    def year(record: Record) -> ArchivedYear:
        return ArchivedYear(
            start=Month.parse(record["start"]),
            months=int(record["months"]),
            of=int(record["of"]),
            actions=tuple(completed[record["plan_id"]]),
            **record.only(("plan_id", "title")),
        )

    return _rows(years, year)


def _archived(record: Record) -> tuple[str, Archived]:
    return record["plan_id"], Archived(
        lead=split_names(record["lead"]),
        programmed=parse_runs(record["programmed"], ()),
        status=record["status"] or None,
        month=_month(record, "month"),
        complete_since=_month(record, "complete_since"),
        **record.only(("row_id", "ref", "heading", "heading_title", "action", "note")),
    )


def _one_of(known: Sequence[_T], text: str) -> _T:
    """The one of the words that are known."""
    found = next((each for each in known if each == text), None)
    if found is None:
        raise ValueError(f"“{text}” is none of {', '.join(map(str, known))}")
    return found


def _month(record: Record, column: str) -> Month | None:
    return Month.parse(record[column]) if record[column] else None


def _rows(table: Table | None, read: Callable[[Record], _T]) -> tuple[_T, ...]:
    return tuple(_kept(read, record) for record in (table.records() if table else ()))


def _kept(read: Callable[[Record], _T], record: Record) -> _T:
    try:
        return read(record)
    except ValueError as error:
        raise SourceError(
            f"Row {record.row} of the table “{record.table.name}” has been altered and cannot be used ({error}). "
            "Use an earlier copy of the file."
        ) from error
