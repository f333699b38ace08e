"""Tables -> Plan: whatever cannot be used is a finding with its cell."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from workbook.errors import SourceError
from workbook.findings import Finding, Where, finding
from workbook.layout import Layout
from workbook.months import Month, parse_runs
from workbook.plan import NOTHING, Action, Approval, Heading, Person, Plan, plain_ref, split_names
from workbook.source.doubts import judged
from workbook.source.ids import IDENTITY, digest_id, identity, new_row_id
from workbook.source.programme import worked_out
from workbook.source.record import read_record
from workbook.source.tables import (
    ACTION,
    ADOPTED_TABLES,
    HEADING,
    PERSON,
    PLAN_SETTINGS,
    SOURCE_TABLES,
    TABLES,
    TAKEN,
    Record,
    Table,
    column_key,
    setting,
)

_REQUIRED = {
    "settings": ("key", "value"),
    "people": ("initials",),
    "headings": ("ref", "level", "title"),
    "actions": ("ref", "heading", "action"),
}
_PLAIN_ACTION = (
    "programme_from start finish timescale importance milestone partners resources recommendation target new_date"
).split()
LONGEST_PLAN = 36  # months
_NO_ACTION = ("n/a", "na", "none", "nil", "-", "–", "tbc")  # as people write that something depends on nothing


def plan_from_tables(tables: Sequence[Table], layout: Layout) -> tuple[Plan, tuple[Finding, ...]]:
    """Read a plan from its source, with the programmes that the source leaves out, and everything that is doubtful.

    SourceError when there is no plan in the tables: no settings, no actions, no title, no first month.
    """
    plan, findings = carried_plan(tables, layout)
    by_name = {each.name: each for each in tables}
    built_before = bool(setting(tables, "plan_id"))
    if not plan.actions and not built_before:
        raise SourceError(
            "The table “actions” has no rows yet. Write each action in a row of its own below the header."
        )
    # In a plan that was built before, a row that has an id stands as it was left.
    actions = (
        _as_given(action, plan)
        if record["programmed"] or (built_before and record["row_id"])
        else worked_out(replace(action, programme_from=""), plan)
        for action, record in zip(plan.actions, by_name["actions"].records(), strict=True)
    )
    plan = replace(plan, actions=tuple(actions))
    return plan, (*findings, *judged(plan, by_name, layout))


def _as_given(action: Action, plan: Plan) -> Action:
    """The action without what its programme was worked out from, if that has been written over since."""
    if not action.programme_from:
        return action
    again = worked_out(replace(action, programmed=(), programme_from=""), plan)
    return action if again.programmed == action.programmed else replace(action, programme_from="")


def carried_plan(tables: Sequence[Table], layout: Layout) -> tuple[Plan, tuple[Finding, ...]]:
    """Read a plan as it stands in its tables, and what in them cannot be used; SourceError as above."""
    by_name = _named(tables)
    findings: list[Finding] = [
        finding("TABLE_KEPT_OUT", Where(file=each.file), table=each.name, tables=", ".join(SOURCE_TABLES))
        for each in tables
        if each.name not in (*TABLES, *ADOPTED_TABLES)
    ]
    settings, plan, found = _plan_settings(by_name["settings"], layout)
    findings += found
    people, found = _people(by_name.get("people"))
    findings += found
    headings, found = _headings(by_name.get("headings"), layout)
    findings += found
    actions, found = _actions(by_name["actions"], plan, headings, layout)
    findings += found
    actions, found = _reported(by_name.get("progress"), actions, layout)
    findings += found
    plan = replace(
        plan,
        settings=settings,
        people=people,
        headings=headings,
        actions=actions,
        **read_record(by_name),
    )
    return plan, tuple(findings)


def _named(tables: Sequence[Table]) -> dict[str, Table]:
    by_name = {each.name: each for each in tables}
    for name in ("settings", "actions"):
        if name not in by_name:
            if set(by_name) & set(ADOPTED_TABLES):
                raise SourceError(
                    "It holds no action, since none was found in the file that was adopted. Say in its sheet “mapping” "
                    "where the headings of the table stand, and adopt the file again with that."
                )
            raise SourceError(f"There is no table “{name}”. A plan source has: {', '.join(SOURCE_TABLES)}.")
    for name, required in _REQUIRED.items():
        if name in by_name:
            missing = [each for each in required if each not in by_name[name].keys]
            if missing:
                raise SourceError(f"The table “{name}” has no column “{missing[0]}”. Its first row names the columns.")
    return by_name


def _plan_settings(settings: Table, layout: Layout) -> tuple[dict[str, str], Plan, list[Finding]]:
    findings: list[Finding] = []
    records = {column_key(record["key"]): record for record in settings.records()}

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
    if findings:
        raise SourceError(f"{findings[0].message} {findings[0].remedy}")
    if not title or start is None:
        missing = "title" if not title else "start"
        raise SourceError(
            f"The settings say no {missing}. Write it in a row with key “{missing}” (start is a month, as 2009-07)."
        )
    months = read("months", _plan_length, 12, f"Write how many months the plan has, from 1 to {LONGEST_PLAN}.")
    organisation = records["organisation"]["value"] if "organisation" in records else ""
    said_id = records["plan_id"]["value"] if "plan_id" in records else ""
    plan = Plan(
        plan_id=said_id or digest_id("p", organisation, title, start),
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
        if key not in PLAN_SETTINGS and record["value"]
    }
    return rest, plan, findings


def _plan_length(text: str) -> int:
    months = int(float(text))
    if not 1 <= months <= LONGEST_PLAN:
        raise ValueError("out of range")
    return months


def _people(people: Table | None) -> tuple[tuple[Person, ...], list[Finding]]:
    if people is None:
        return (), []
    read = tuple(Person(**record.only(PERSON), extra=_extra(record, PERSON)) for record in people.records())
    return read, _kept_columns(people, PERSON)


def _headings(headings: Table | None, layout: Layout) -> tuple[tuple[Heading, ...], list[Finding]]:
    if headings is None:
        return (), []
    findings = _kept_columns(headings, (*HEADING, *layout.fields.headings))
    read: list[Heading] = []
    first: dict[tuple[str, str], Heading] = {}
    top: str | None = None
    for record in headings.records():
        values = record.only(HEADING)
        level = values["level"].casefold()
        if level not in (*layout.levels, *layout.lists):
            levels = ", ".join((*layout.levels, *layout.lists))
            findings.append(record.find("HEADING_LEVEL_UNKNOWN", "level", level=values["level"], levels=levels))
        before = first.get((values["ref"], level))
        stands_alone = level in (*layout.tab_levels, *layout.lists)
        if level in layout.tab_levels:
            top = values["ref"]
        inherited = before.parent if before else None if stands_alone else top
        heading = replace(
            Heading(**values, extra=_extra(record, HEADING, layout.fields.headings)),
            level=level,
            parent=values["parent"] or inherited,
            title=values["title"] or (before.title if before else ""),
        )
        first.setdefault((heading.ref, level), heading)
        read.append(heading)
    return tuple(read), findings


def _actions(
    actions: Table, plan: Plan, headings: Sequence[Heading], layout: Layout
) -> tuple[tuple[Action, ...], list[Finding]]:
    findings = _kept_columns(actions, (*ACTION, *layout.fields.actions))
    refs = {heading.ref for heading in headings}
    by_plain_ref = {plain_ref(heading.ref): heading.ref for heading in reversed(headings)}
    read: list[Action] = []
    taken = {record["row_id"] for record in actions.records() if record["row_id"]}
    seen: set[str] = set()
    for record in actions.records():
        said = record["heading"]
        heading = said if said in refs else by_plain_ref.get(plain_ref(said), said)
        if heading not in refs:
            findings.append(record.find("HEADING_UNKNOWN", "heading", heading=heading))
        programmed, found = _runs(record, "programmed", plan)
        revised, found_too = _runs(record, "revised", plan)
        findings += [*found, *found_too]
        row_id = record["row_id"]
        if not row_id or row_id in seen:
            new = new_row_id(identity(*(record[name] for name in IDENTITY)), taken)
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
                revised=revised,
                depends_on=() if record["depends_on"].casefold() in _NO_ACTION else split_names(record["depends_on"]),
                note=record["note"],
                extra=_extra(record, ACTION, layout.fields.actions),
                **record.only(_PLAIN_ACTION),  # type: ignore[arg-type]  # these fields are text
            )
        )
    return tuple(read), findings


def _runs(record: Record, column: str, plan: Plan) -> tuple[tuple[Month, ...], list[Finding]]:
    text = record[column]
    try:
        return parse_runs(text, plan.period), []
    except ValueError as error:
        return (), [record.find("PROGRAMME_UNREAD", column, text=text, why=error)]


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
            said = record.only(("by", "on", "minute", "comment"))
            approved[row_id][month] = Approval(decision=record["decision"], **said)
        elif record["decision"]:
            findings.append(record.find("APPROVAL_UNREAD", "decision", text=record["decision"]))
    # What is reported alike of many actions is kept once.
    shared: dict[object, Mapping[Month, Any]] = {}

    def kept(said: Mapping[Month, Any] | None) -> Mapping[Month, Any]:
        items = sorted((said or {}).items(), key=itemgetter(0))
        return shared.setdefault(tuple(items), dict(items))

    filled = (
        replace(action, progress=kept(reported.get(action.row_id)), approval=kept(approved.get(action.row_id)))
        for action in actions
    )
    return tuple(filled), findings


def _extra(record: Record, known: Sequence[str], own: Sequence[str] = ()) -> Mapping[str, str]:
    """The row's values in columns that are not ours, under the header as it was written, or the form's `own` name."""
    others = {key: value for key, value in record.values.items() if key and value and key not in known}
    if not others:
        return NOTHING
    headers = dict(zip(record.table.keys, (column.strip() for column in record.table.columns), strict=True))
    named = {key: key for key in own} | {key: f"{headers.get(key)} (column)" for key in TAKEN}
    return {named.get(key, headers[key]): value for key, value in others.items()}


def _kept_columns(source: Table, known: Sequence[str]) -> list[Finding]:
    unknown = [
        column for key, column in zip(source.keys, source.columns, strict=True) if column.strip() and key not in known
    ]
    where = Where(file=source.file, sheet=source.name)
    return [finding("COLUMN_KEPT", where, column=column) for column in unknown]
