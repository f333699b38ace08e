"""JSON <-> Plan: JSON is read as tables, so that it is checked as every other source is."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import Any

from workbook.errors import SourceError
from workbook.months import Month
from workbook.plan import Approval, Plan
from workbook.source.from_plan import cell_text
from workbook.source.ids import IDENTITY, identity, new_row_id
from workbook.source.tables import PLAN_SETTINGS, TAKEN, Table, clean, table

_RECORD = ("history", "held", "taken", "register", "editions")
_NESTED = {"register": ("returned",), "archive": ("actions",)}  # tables of their own


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
        **{name: [_plain(each) for each in getattr(plan, name)] for name in _RECORD},
        "archive": [_plain(year) for year in plan.archive],
    }


def _plain(item: Any) -> Any:
    """A dataclass, month, mapping or sequence as JSON holds it; unknown columns stand beside the known."""
    if isinstance(item, Month):
        return str(item)
    if isinstance(item, Mapping):
        return {str(key): _plain(value) for key, value in item.items()}
    if isinstance(item, list | tuple):
        return [_plain(each) for each in item]
    if isinstance(item, Approval):
        said = asdict(item)
        return said if item.comment else {name: said[name] for name in ("decision", "by", "on", "minute")}
    if hasattr(item, "__dataclass_fields__"):
        plain = {each.name: _plain(getattr(item, each.name)) for each in fields(item)}
        return plain | plain.pop("extra", {})
    return item


def tables_from_json(data: object) -> list[Table]:
    """The tables of a plan's JSON, so that JSON is checked as every other source is; SourceError if it is no plan."""
    if not isinstance(data, Mapping) or not isinstance(data.get("actions"), list):
        raise SourceError("This JSON is no plan: it has no list of “actions”.")
    own = _object(data.get("settings"), "settings")
    settings = {key: data.get(key) for key in PLAN_SETTINGS} | dict(own)
    rows = [(key, clean(cell_text(value, key))) for key, value in settings.items() if value not in (None, "")]
    items = {name: _objects(data.get(name), name) for name in ("people", "headings", *_RECORD, "archive")}
    actions = _with_row_ids(_objects(data["actions"], "actions"))
    returned = [
        {"issue_id": issued.get("issue_id"), **each}
        for issued in items["register"]
        for each in _objects(issued.get("returned"), "register: returned")
    ]
    archived = [
        {"plan_id": year.get("plan_id"), **each}
        for year in items["archive"]
        for each in _objects(year.get("actions"), "archive: actions")
    ]
    tables = [
        replace(table("settings", ("key", "value"), rows), located=False),
        _table("actions", actions, first=IDENTITY, leave=TAKEN),
        *(_table(name, of_it, leave=_NESTED.get(name, ())) for name, of_it in items.items()),
        _table("progress", _progress(actions)),
        _table("returned", returned),
        _table("archived", archived),
    ]
    return [each for each in tables if each.columns]


def _object(value: object, name: str) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise SourceError(f"This JSON is no plan: “{name}” is not an object.")
    return value


def _objects(value: object, name: str) -> list[Mapping[str, Any]]:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        raise SourceError(f"This JSON is no plan: “{name}” is not a list of objects.")
    return value


def _with_row_ids(actions: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The actions with an identity each, which what is reported on them is held by."""
    taken = {str(action["row_id"]) for action in actions if action.get("row_id")}
    filled: list[Mapping[str, Any]] = []
    for action in actions:
        row_id = action.get("row_id") or new_row_id(
            identity(*(clean(cell_text(action.get(k), k)) for k in IDENTITY)), taken
        )
        taken.add(str(row_id))
        filled.append({**action, "row_id": row_id})
    return filled


def _table(
    name: str, items: Sequence[Mapping[str, Any]], first: Sequence[str] = (), leave: Sequence[str] = ()
) -> Table:
    columns = [each for each in dict.fromkeys([*first, *(key for item in items for key in item)]) if each not in leave]
    rows = [[clean(cell_text(item.get(column), column)) for column in columns] for item in items]
    return replace(table(name, columns, rows), located=False)


def _progress(actions: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = []
    for action in actions:
        progress = _object(action.get("progress"), "actions: progress")
        approval = _object(action.get("approval"), "actions: approval")
        rows += [
            {
                "row_id": action["row_id"],
                "month": month,
                "status": progress.get(month),
                **_object(approval.get(month), "actions: approval"),
            }
            for month in sorted({*progress, *approval})
        ]
    return rows
