"""Plan source <-> Plan: the plan as plain tables of text, or as JSON.

The same tables are the plan source that a coordinator writes, the hidden sheet in which every workbook carries
its plan, and the flat export. Whatever cannot be used is a finding with its cell; nothing is dropped.
"""

import base64
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from workbook.errors import SourceError
from workbook.findings import Finding, Where, finding
from workbook.layout import Layout
from workbook.months import Month, format_runs, parse_runs, say_runs
from workbook.plan import (
    Action,
    Approval,
    Change,
    Heading,
    Issued,
    Person,
    Plan,
    Returned,
    split_names,
)
from workbook.refs import a1, column_letter

_T = TypeVar("_T")

SOURCE_TABLES = ("settings", "people", "headings", "actions")
KEPT_TABLES = ("progress", "history", "register", "returned")
TABLES = SOURCE_TABLES + KEPT_TABLES

_PERSON = ("initials", "name", "role", "service", "email")
_HEADING = tuple(each.name for each in fields(Heading) if each.name != "extra")
_ACTION = (
    "ref heading action lead programmed start finish importance depends_on milestone partners resources "
    "recommendation target note row_id"
).split()
_PROGRESS = ("row_id", "month", "status", "decision", "by", "on", "minute")
_CHANGE = tuple(each.name for each in fields(Change))
_ISSUED = tuple(each.name for each in fields(Issued) if each.name != "returned")
_PLAN_SETTINGS = ("title", "organisation", "start", "months", "layout", "edition", "plan_id")
_REQUIRED = {
    "settings": ("key", "value"),
    "people": ("initials",),
    "headings": ("ref", "level", "title"),
    "actions": ("ref", "heading", "action"),
}
_PLAIN_ACTION = ("start", "finish", "importance", "milestone", "partners", "resources", "recommendation", "target")
# What JSON says of an action beside its columns: an unknown column of that name is kept under another.
_TAKEN = ("progress", "approval", "marker", "extra")
_LONGEST_PLAN = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of text; `rows` are (row number on its sheet, one value for each column).

    `file` is the name of the CSV file it is from, None for a sheet of a workbook.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    file: str | None = None
    located: bool = True

    def records(self) -> list["Record"]:
        """The rows that hold anything."""
        return [
            Record(table=self, row=number, values=dict(zip(map(_key, self.columns), values, strict=False)))
            for number, values in self.rows
            if any(values)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row of a table by column name, and where it stands."""

    table: Table
    row: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")

    def find(self, code: str, column: str | None = None, **words: Any) -> Finding:
        """A finding at this row, or at its cell in that column."""
        names = [_key(name) for name in self.table.columns]
        cell = a1(self.row, names.index(column) + 1 if column in names else 1) if self.table.located else None
        where = Where(file=self.table.file, sheet=self.table.name, cell=cell, ref=self["ref"] or None, field=column)
        return finding(code, where, **words)


def table(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table made by the program itself, its rows numbered as they will stand below the header."""
    return Table(name=name, columns=tuple(columns), rows=tuple((i, tuple(row)) for i, row in enumerate(rows, 2)))


def table_from_cells(name: str, rows: Sequence[Sequence[str]], file: str | None = None) -> Table:
    """A table whose first row names the columns; a column with no name, or a name used before, gets one of its own."""
    width = max((len(row) for row in rows), default=0)
    columns: list[str] = []
    for index in range(width):
        named = rows[0][index].strip() if index < len(rows[0]) else ""
        named = named or f"Column {column_letter(index + 1)}"
        copies = [_key(column) for column in columns].count(_key(named))
        columns.append(f"{named} ({column_letter(index + 1)})" if copies else named)
    body = tuple((number, (*map(clean, row), *[""] * (width - len(row)))) for number, row in enumerate(rows[1:], 2))
    used = [i for i in range(width) if not columns[i].startswith("Column ") or any(row[i] for _, row in body)]
    if len(used) < width and used == list(range(len(used))):
        columns, body = columns[: len(used)], tuple((number, row[: len(used)]) for number, row in body)
    return Table(name=name, columns=tuple(columns), rows=body, file=file)


def setting(tables: Iterable[Table], key: str) -> str:
    """A setting's value before the plan is read, or an empty text."""
    found = [r["value"] for t in tables if t.name == "settings" for r in t.records() if _key(r["key"]) == key]
    return found[0] if found else ""


# --- tables -> Plan ---------------------------------------------------------------------------------------------


def plan_from_tables(tables: Sequence[Table], layout: Layout) -> tuple[Plan, tuple[Finding, ...]]:
    """Read a plan from its tables, and everything that is doubtful about it.

    SourceError when there is no plan in them: no settings, no actions, no title, no first month.
    """
    by_name = _named(tables)
    findings: list[Finding] = [
        finding("TABLE_KEPT_OUT", Where(file=each.file), table=each.name, tables=", ".join(SOURCE_TABLES))
        for each in tables
        if each.name not in TABLES
    ]
    settings, plan, found = _plan_settings(by_name["settings"], layout)
    findings += found
    people, found = _people(by_name.get("people"))
    findings += found
    headings, found = _headings(by_name.get("headings"), layout)
    findings += found
    actions, found = _actions(by_name["actions"], plan, headings)
    findings += found
    actions, found = _reported(by_name.get("progress"), actions, layout)
    findings += found
    plan = replace(
        plan,
        settings=settings,
        people=people,
        headings=headings,
        actions=actions,
        history=_history(by_name.get("history")),
        register=register_from_table(by_name.get("register"), by_name.get("returned")),
    )
    return plan, (*findings, *_judged(plan, by_name))


def _named(tables: Sequence[Table]) -> dict[str, Table]:
    by_name = {each.name: each for each in tables}
    for name in ("settings", "actions"):
        if name not in by_name:
            raise SourceError(f"There is no table “{name}”. A plan source has: {', '.join(SOURCE_TABLES)}.")
    for name, required in _REQUIRED.items():
        if name in by_name:
            missing = [each for each in required if each not in map(_key, by_name[name].columns)]
            if missing:
                raise SourceError(f"The table “{name}” has no column “{missing[0]}”. Its first row names the columns.")
    return by_name


def _plan_settings(settings: Table, layout: Layout) -> tuple[dict[str, str], Plan, list[Finding]]:
    findings: list[Finding] = []
    records = {_key(record["key"]): record for record in settings.records()}

    def read(key: str, parse: Callable[[str], Any], fallback: Any, expected: str) -> Any:
        record = records.get(key)
        if record is None or not record["value"]:
            return fallback
        try:
            return parse(record["value"])
        except ValueError:
            said = record["value"]
            findings.append(record.find("SETTING_UNREAD", "value", key=key, text=said, expected=expected))
            return fallback

    title = records["title"]["value"] if "title" in records else ""
    start = read("start", Month.parse, None, "Write the plan's first month as 2009-07.")
    if not title or start is None:
        missing = "title" if not title else "start"
        raise SourceError(
            f"The settings say no {missing}. Add a row with key “{missing}” (start is a month, as 2009-07)."
        )
    months = read("months", _plan_length, 12, f"Write how many months the plan has, from 1 to {_LONGEST_PLAN}.")
    organisation = records["organisation"]["value"] if "organisation" in records else ""
    said_id = records["plan_id"]["value"] if "plan_id" in records else ""
    plan = Plan(
        plan_id=said_id or f"p{_digest(f'{organisation}|{title}|{start}')}",
        title=title,
        organisation=organisation,
        start=start,
        months=months,
        layout=layout.name,
        edition=read("edition", Month.parse, None, "Write the month as 2009-07."),
    )
    rest = {
        record["key"].strip(): record["value"]
        for key, record in records.items()
        if key not in _PLAN_SETTINGS and record["value"]
    }
    return rest, plan, findings


def _plan_length(text: str) -> int:
    months = int(float(text))
    if not 1 <= months <= _LONGEST_PLAN:
        raise ValueError("out of range")
    return months


def _people(people: Table | None) -> tuple[tuple[Person, ...], list[Finding]]:
    if people is None:
        return (), []
    records = people.records()
    read = tuple(Person(**_known(record, _PERSON), extra=_extra(record, _PERSON)) for record in records)
    return read, _kept_columns(people, _PERSON)


def _headings(headings: Table | None, layout: Layout) -> tuple[tuple[Heading, ...], list[Finding]]:
    if headings is None:
        return (), []
    findings = _kept_columns(headings, _HEADING)
    read: list[Heading] = []
    first: dict[tuple[str, str], Heading] = {}
    top: str | None = None
    for record in headings.records():
        values = _known(record, _HEADING)
        level = values["level"].casefold()
        if level not in layout.levels:
            levels = ", ".join(layout.levels)
            findings.append(record.find("HEADING_LEVEL_UNKNOWN", "level", level=values["level"], levels=levels))
        before = first.get((values["ref"], level))
        if level == layout.tab_level:
            top = values["ref"]
        inherited = before.parent if before else None if level == layout.tab_level else top
        heading = replace(
            Heading(**values, extra=_extra(record, _HEADING)),
            level=level,
            parent=values["parent"] or inherited,
            title=values["title"] or (before.title if before else ""),
        )
        first.setdefault((heading.ref, level), heading)
        read.append(heading)
    return tuple(read), findings


def _actions(actions: Table, plan: Plan, headings: Sequence[Heading]) -> tuple[tuple[Action, ...], list[Finding]]:
    findings = _kept_columns(actions, _ACTION)
    by_plain_ref = {plain_ref(heading.ref): heading.ref for heading in reversed(headings)}
    read: list[Action] = []
    taken = {record["row_id"] for record in actions.records() if record["row_id"]}
    seen: set[str] = set()
    for record in actions.records():
        heading = by_plain_ref.get(plain_ref(record["heading"]), record["heading"])
        if heading not in by_plain_ref.values():
            findings.append(record.find("HEADING_UNKNOWN", "heading", heading=heading))
        programmed, found = _programmed(record, plan)
        findings += found
        row_id = record["row_id"]
        if not row_id or row_id in seen:
            new = new_row_id(_identity(*(record[name] for name in _IDENTITY)), taken)
            if row_id:
                findings.append(record.find("ROW_ID_REPEATED", "row_id", row_id=row_id, new=new))
            row_id = new
        seen.add(row_id)
        taken.add(row_id)
        read.append(
            Action(
                row_id=row_id,
                ref=record["ref"],
                heading=heading,
                action=record["action"],
                lead=split_names(record["lead"]),
                programmed=programmed,
                depends_on=split_names(record["depends_on"]),
                note=record["note"],
                extra=_extra(record, _ACTION),
                **_known(record, _PLAIN_ACTION),  # type: ignore[arg-type]  # these fields are text
            )
        )
    return tuple(read), findings


def _programmed(record: Record, plan: Plan) -> tuple[tuple[Month, ...], list[Finding]]:
    text = record["programmed"]
    try:
        months = parse_runs(text, plan.period)
    except ValueError as error:
        return (), [record.find("PROGRAMME_UNREAD", "programmed", text=text, why=error)]
    if not months:
        return (), [record.find("PROGRAMME_EMPTY", "programmed")]
    if outside := [month for month in months if month not in plan.period]:
        return months, [record.find("PROGRAMME_OUTSIDE_PLAN", "programmed", months=say_runs(outside))]
    return months, []


def _reported(
    progress: Table | None, actions: Sequence[Action], layout: Layout
) -> tuple[tuple[Action, ...], list[Finding]]:
    """The actions with what the progress table says was reported and approved."""
    if progress is None:
        return tuple(actions), []
    findings: list[Finding] = []
    reported: dict[str, dict[Month, str]] = defaultdict(dict)
    approved: dict[str, dict[Month, Approval]] = defaultdict(dict)
    known = {action.row_id for action in actions}
    for record in progress.records():
        row_id, status = record["row_id"], record["status"]
        if row_id not in known:
            findings.append(record.find("ROW_UNKNOWN", "row_id", row_id=row_id))
            continue
        try:
            month = Month.parse(record["month"])
        except ValueError:
            findings.append(record.find("MONTH_UNREAD", "month", text=record["month"]))
            continue
        if status and status not in layout.palette:
            keys = ", ".join(each.key for each in layout.statuses)
            findings.append(record.find("STATUS_UNREAD", "status", text=status, statuses=keys))
        elif status:
            reported[row_id][month] = status
        if record["decision"] in ("approved", "refused"):
            said = {"by": record["by"], "on": record["on"], "minute": record["minute"]}
            approved[row_id][month] = Approval(decision=record["decision"], **said)
        elif record["decision"]:
            findings.append(record.find("APPROVAL_UNREAD", "decision", text=record["decision"]))
    filled = (
        replace(
            action,
            progress=dict(sorted(reported[action.row_id].items())),
            approval=dict(sorted(approved[action.row_id].items())),
        )
        for action in actions
    )
    return tuple(filled), findings


def _history(history: Table | None) -> tuple[Change, ...]:
    def change(record: Record) -> Change:
        return Change(
            edition=Month.parse(record["edition"]),
            month=Month.parse(record["month"]) if record["month"] else None,
            old=record["old"] or None,
            new=record["new"] or None,
            decision=record["decision"] or None,
            **_known(record, ("row_id", "ref", "field", "source", "cell")),
        )

    return tuple(_kept(change, record) for record in (history.records() if history else ()))


def register_from_table(register: Table | None, returned: Table | None = None) -> tuple[Issued, ...]:
    """What was issued; SourceError if the table has been altered."""
    came_back: dict[str, list[Returned]] = defaultdict(list)
    for record in returned.records() if returned else ():
        came_back[record["issue_id"]].append(Returned(file=record["file"], digest=record["digest"]))

    def issued(record: Record) -> Issued:
        return Issued(
            month=Month.parse(record["month"]),
            rows=tuple(record["rows"].split()),
            position=int(record["position"]),
            returned=tuple(came_back[record["issue_id"]]),
            **_known(record, ("issue_id", "recipient", "name", "due", "file")),
        )

    return tuple(_kept(issued, record) for record in (register.records() if register else ()))


def _kept(read: Callable[[Record], _T], record: Record) -> _T:
    """A row of a table that only the program writes; one that it cannot have written stops the reading."""
    try:
        return read(record)
    except ValueError as error:
        raise SourceError(
            f"Row {record.row} of the table “{record.table.name}” has been altered and cannot be used ({error}). "
            "Use an earlier copy of the file."
        ) from error


def _judged(plan: Plan, tables: Mapping[str, Table]) -> list[Finding]:
    """What is doubtful once all of the plan is known: refs, leads, dependencies."""
    findings: list[Finding] = []
    rows: dict[str, list[Record]] = defaultdict(list)
    refs = {plain_ref(ref) for ref in (*(h.ref for h in plan.headings), *(a.ref for a in plan.actions)) if ref}
    for record, action in zip(tables["actions"].records(), plan.actions, strict=True):
        if not action.ref:
            findings.append(record.find("REF_MISSING", "ref", action=_short(action.action)))
        rows[plain_ref(action.ref)].append(record)
        for lead in action.lead:
            if plan.people and lead not in plan.people_by_initials:
                findings.append(record.find("LEAD_UNKNOWN", "lead", lead=lead))
        for other in action.depends_on:
            if plain_ref(other) not in refs:
                findings.append(record.find("DEPENDENCY_UNKNOWN", "depends_on", other=other))
    for ref, records in rows.items():
        if ref and len(records) > 1:
            said = "rows " + ", ".join(str(record.row) for record in records)
            findings.append(records[1].find("REF_REPEATED", "ref", times=len(records), rows=said))
    return findings


# --- Plan -> tables ---------------------------------------------------------------------------------------------


def tables_from_plan(plan: Plan) -> list[Table]:
    """The plan as tables that `plan_from_tables` reads to the same plan; tables with no rows are left out."""
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
    tables = [
        table("settings", ("key", "value"), ((key, value) for key, value in settings.items() if value)),
        _flat("people", _PERSON, plan.people),
        _flat("headings", _HEADING, plan.headings),
        _flat("actions", _ACTION, plan.actions),
        table("progress", _PROGRESS, _progress_rows(plan)),
        _flat("history", _CHANGE, plan.history),
        _flat("register", _ISSUED, plan.register),
        table(
            "returned",
            ("issue_id", "file", "digest"),
            ((issued.issue_id, back.file, back.digest) for issued in plan.register for back in issued.returned),
        ),
    ]
    return [each for each in tables if each.rows or each.name in ("settings", "actions")]


def issue_table(issued: Issued | None) -> Table:
    """What a return carries of its own issue, as the register has it; a master carries none."""
    return _flat("issue", _ISSUED, [issued] if issued else [])


def _flat(name: str, columns: Sequence[str], items: Iterable[Any]) -> Table:
    """A table with a row for each item, its unknown columns after the known ones."""
    items = list(items)
    extra = list(dict.fromkeys(key for item in items for key in getattr(item, "extra", {})))
    rows = (
        [*(_text(getattr(item, column), column) for column in columns), *(item.extra.get(key, "") for key in extra)]
        for item in items
    )
    return table(name, (*columns, *extra), rows)


def _progress_rows(plan: Plan) -> Iterable[tuple[str, ...]]:
    for action in plan.actions:
        for month in sorted({*action.progress, *action.approval}):
            decided = action.approval.get(month, Approval(decision=""))
            said = (decided.decision, decided.by, decided.on, decided.minute)
            yield (action.row_id, str(month), action.progress.get(month, ""), *said)


def _text(value: object, column: str) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        if column == "programmed":
            return format_runs(value) if value and isinstance(value[0], Month) else ", ".join(map(str, value))
        return _BETWEEN[column].join(map(str, value))
    if isinstance(value, str | int | Month):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


# --- JSON -------------------------------------------------------------------------------------------------------


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """The whole plan as the contract's JSON."""
    return {
        "title": plan.title,
        "organisation": plan.organisation,
        "start": str(plan.start),
        "months": plan.months,
        "layout": plan.layout,
        "edition": str(plan.edition) if plan.edition else None,
        "plan_id": plan.plan_id,
        "settings": dict(plan.settings),
        "people": [_plain(person) for person in plan.people],
        "headings": [_plain(heading) for heading in plan.headings],
        "actions": [_plain(action) | {"marker": action.marker} for action in plan.actions],
        "history": [_plain(change) for change in plan.history],
        "register": [_plain(issued) for issued in plan.register],
    }


def _plain(item: Any) -> Any:
    """A dataclass, month, mapping or sequence as JSON holds it; unknown columns stand beside the known."""
    if isinstance(item, Month):
        return str(item)
    if isinstance(item, Mapping):
        return {str(key): _plain(value) for key, value in item.items()}
    if isinstance(item, list | tuple):
        return [_plain(each) for each in item]
    if hasattr(item, "__dataclass_fields__"):
        plain = {each.name: _plain(getattr(item, each.name)) for each in fields(item)}
        return plain | plain.pop("extra", {})
    return item


def tables_from_json(data: object) -> list[Table]:
    """The tables of a plan's JSON, so that JSON is checked as every other source is; SourceError if it is no plan."""
    if not isinstance(data, Mapping) or not isinstance(data.get("actions"), list):
        raise SourceError("This JSON is no plan: it has no list of “actions”.")
    settings = {key: data.get(key) for key in _PLAN_SETTINGS} | dict(data.get("settings") or {})
    rows = [(key, clean(_text(value, key))) for key, value in settings.items() if value not in (None, "")]
    tables = [replace(table("settings", ("key", "value"), rows), located=False)]
    items = {name: _json_objects(data, name) for name in ("people", "headings", "actions", "history", "register")}
    items["actions"] = _with_row_ids(items["actions"])
    tables += [_json_table(name, of_it, leave=(*_TAKEN, "returned")) for name, of_it in items.items()]
    tables.append(_json_table("progress", _json_progress(items["actions"])))
    back = [{"issue_id": issued["issue_id"], **each} for issued in items["register"] for each in issued["returned"]]
    return [*tables, _json_table("returned", back)]


def _json_objects(data: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    items = data.get(name) or []
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        raise SourceError(f"This JSON is no plan: “{name}” is not a list of objects.")
    return items


def _with_row_ids(actions: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The actions with an identity each, which what is reported on them is held by."""
    taken = {str(action["row_id"]) for action in actions if action.get("row_id")}
    filled: list[Mapping[str, Any]] = []
    for action in actions:
        row_id = action.get("row_id") or new_row_id(_identity(*(action.get(k) for k in _IDENTITY)), taken)
        taken.add(str(row_id))
        filled.append({**action, "row_id": row_id})
    return filled


def _json_table(name: str, items: Sequence[Mapping[str, Any]], leave: Sequence[str] = ()) -> Table:
    columns = list(dict.fromkeys(key for item in items for key in item if key not in leave))
    rows = [[clean(_text(item.get(column), column)) for column in columns] for item in items]
    return replace(table(name, columns, rows), located=False)


def _json_progress(actions: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = []
    for action in actions:
        progress, approval = action.get("progress") or {}, action.get("approval") or {}
        if not isinstance(progress, Mapping) or not isinstance(approval, Mapping):
            raise SourceError(f"This JSON is no plan: progress and approval of {action.get('ref')} are not objects.")
        rows += [
            {"row_id": action["row_id"], "month": month, "status": progress.get(month), **(approval.get(month) or {})}
            for month in sorted({*progress, *approval})
        ]
    return rows


# --- small things -----------------------------------------------------------------------------------------------

_IDENTITY = ("ref", "heading", "action")
_BETWEEN = {"lead": " / ", "depends_on": " / ", "rows": " "}


def new_row_id(said: str, taken: Iterable[str]) -> str:
    """An identity made of what a row says, so that the same source gives the same ids in any order of rows."""
    taken = set(taken)
    copy = 0
    while (row_id := "r" + _digest(f"{said}|{copy}" if copy else said)) in taken:
        copy += 1
    return row_id


def _identity(*said: object) -> str:
    return "|".join(str(each or "") for each in said)


def digest_id(mark: str, *parts: object) -> str:
    """A short id made of what it stands for."""
    return mark + _digest("|".join(map(str, parts)))


def plain_ref(ref: str) -> str:
    """A ref as people mean it: without outer spaces and the trailing dot."""
    return ref.strip().rstrip(".").casefold()


def clean(text: str) -> str:
    """Text as a plan holds it: one kind of line break, no blanks at its ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _digest(text: str) -> str:
    # Letters and the digits 2-7: nothing that a spreadsheet takes for a number or a date.
    return base64.b32encode(hashlib.sha256(text.encode()).digest())[:10].decode().lower()


def _key(column: str) -> str:
    return "_".join(column.casefold().split())


def _known(record: Record, names: Iterable[str]) -> dict[str, str]:
    return {name: record[name] for name in names}


def _extra(record: Record, known: Sequence[str]) -> dict[str, str]:
    """The row's values in columns that are not ours, under the header as it was written."""
    headers = {_key(column): column.strip() for column in record.table.columns}
    return {
        f"{headers[key]} (column)" if key in _TAKEN else headers[key]: value
        for key, value in record.values.items()
        if key and key not in known and value
    }


def _kept_columns(source: Table, known: Sequence[str]) -> list[Finding]:
    unknown = [column for column in source.columns if column.strip() and _key(column) not in known]
    where = Where(file=source.file, sheet=source.name)
    return [finding("COLUMN_KEPT", where, column=column) for column in unknown]


def _short(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
