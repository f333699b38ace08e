"""The domain: a plan, its people, headings and actions, what was reported, approved and changed.

Everything is immutable; a plan is changed by applying `Change`s, each of which is kept in its history, so that
any earlier state can be had back by undoing the later ones (`Plan.as_of`).
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, field, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from workbook.archive import ArchivedYear
from workbook.markers import read_marker
from workbook.months import Month, format_runs, parse_runs, run
from workbook.record import Change, Edition, EditionKind, Held, Issued, Taken

if TYPE_CHECKING:
    from workbook.frames import DataFrame

_K = TypeVar("_K")
_V = TypeVar("_V")

NOTHING: Mapping[Any, Any] = {}  # one for all actions: most have little beside their words
COMPLETE = "COMPLETE"
IMPORTANCE = ("high", "medium", "low")
# The setting with the form that a plan is kept in, where it is shown in another one.
FIRST_LAYOUT = "first_layout"
# Columns of an action that was carried over from last year's plan.
LAST_YEAR, LAST_REF, LAST_STATUS = "last_year", "last_ref", "last_status"

# The recipients of returns that are asked of nobody in particular.
NO_LEAD, NO_SERVICE, NO_PRIORITY = NOBODY = ("NO-LEAD", "NO-SERVICE", "NO-PRIORITY")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who leads actions; `initials` is what actions call them."""

    initials: str
    name: str = ""
    role: str = ""
    service: str = ""
    email: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What actions stand under, or one *action required* of a measure.

    Several headings with one ref and level are one measure with several actions required, in order.
    """

    ref: str
    level: str
    title: str = ""
    parent: str | None = None
    outcome: str = ""
    required: str = ""
    timescale: str = ""
    lead: str = ""
    resources: str = ""
    deadline: str = ""
    recommendation: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    def said(self, name: str) -> str:
        """What it says in a field, or in a column of the source that is no field of every heading."""
        return str(getattr(self, name)) if name in HEADING_FIELDS else self.extra.get(name, "")


HEADING_FIELDS = tuple(each.name for each in fields(Heading) if each.name not in ("level", "parent", "extra"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A decision on a revised or suspended status; `decision` is `approved` or `refused`."""

    decision: str
    by: str = ""
    on: str = ""
    minute: str = ""
    comment: str = ""

    @property
    def approved(self) -> bool:
        """Whether the status stands."""
        return self.decision == "approved"

    def to_text(self) -> str:
        """One line that `from_text` reads, for a cell or a change."""
        return json.dumps({name: said for name, said in asdict(self).items() if said}, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "Approval":
        """Read what `to_text` wrote; ValueError if it is something else."""
        said = json.loads(text)
        if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
            raise ValueError("this is no approval")
        try:
            return cls(**said)
        except TypeError as error:
            raise ValueError("this is no approval") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One row of the plan, known for good by its `row_id`.

    `start`, `finish`, `timescale` and `target` are as written in the source, `new_date` as the officer wrote it.
    `programmed` is in order, each month once; `programme_from` says what it was worked out from, where the source has
    none. `revised` are the new dates that have been approved.
    """

    row_id: str
    ref: str = ""
    heading: str = ""
    action: str = ""
    lead: tuple[str, ...] = ()
    programmed: tuple[Month, ...] = ()
    programme_from: str = ""
    revised: tuple[Month, ...] = ()
    progress: Mapping[Month, str] = field(default_factory=lambda: NOTHING)
    approval: Mapping[Month, Approval] = field(default_factory=lambda: NOTHING)
    note: str = ""
    start: str = ""
    finish: str = ""
    timescale: str = ""
    importance: str = ""
    depends_on: tuple[str, ...] = ()
    milestone: str = ""
    partners: str = ""
    resources: str = ""
    recommendation: str = ""
    target: str = ""
    new_date: str = ""
    extra: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    @property
    def marker(self) -> str | None:
        """The marker that the note opens with, also where it is not written in capitals."""
        marked = read_marker(self.note)
        return marked.marker if marked else None

    @property
    def came_from(self) -> str:
        """The line that opens the note of an action from last year's plan: its ref and status there; or nothing."""
        year, status = (self.extra.get(name) for name in (LAST_YEAR, LAST_STATUS))
        return f"From {year}: {self.extra.get(LAST_REF) or 'no ref'}, {status}." if year and status else ""

    @property
    def own_note(self) -> str:
        """The note without the line that says where the action came from."""
        line, lines = self.came_from, self.note.split("\n")
        if line in lines and line:
            lines.remove(line)
        return "\n".join(lines)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One organisation's improvement plan for `months` months from `start`.

    `settings` are the source's keys that have no field of their own (sponsor, owner, ...); `edition` is the
    month as at which the plan stands, None before anything was merged. `history`, `held`, `taken`, `register` and
    `editions` are its record. `archive` is what was completed in earlier years, the first of them first.
    """

    plan_id: str
    title: str
    start: Month
    months: int = 12
    organisation: str = ""
    layout: str = ""
    edition: Month | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    headings: tuple[Heading, ...] = ()
    actions: tuple[Action, ...] = ()
    history: tuple[Change, ...] = ()
    held: tuple[Held, ...] = ()
    taken: tuple[Taken, ...] = ()
    register: tuple[Issued, ...] = ()
    editions: tuple[Edition, ...] = ()
    archive: tuple[ArchivedYear, ...] = ()

    @property
    def period(self) -> tuple[Month, ...]:
        """The plan's months, in order."""
        return run(self.start, self.months)

    @cached_property
    def by_row_id(self) -> Mapping[str, Action]:
        """The actions by their identity."""
        return {action.row_id: action for action in self.actions}

    @cached_property
    def issues(self) -> Mapping[str, Issued]:
        """The register's entries by their identity."""
        return {issued.issue_id: issued for issued in self.register}

    @cached_property
    def people_by_initials(self) -> Mapping[str, Person]:
        """The people by what actions call them."""
        return {person.initials: person for person in self.people}

    @cached_property
    def people_by_name(self) -> Mapping[str, Person]:
        """The people by their initials and by their full names, in small letters; initials go before a name."""
        names = {person.name.casefold(): person for person in reversed(self.people) if person.name}
        return names | {person.initials.casefold(): person for person in reversed(self.people) if person.initials}

    def called(self, lead: str) -> Person | None:
        """Who is meant by a lead, if it is somebody's initials or full name."""
        return self.people_by_name.get(" ".join(lead.split()).casefold())

    @cached_property
    def last_changes(self) -> Mapping[tuple[str, str, Month | None], Change]:
        """The last change of each value, by row id, field and month."""
        return {(change.row_id, change.field, change.month): change for change in self.history}

    @cached_property
    def headings_by_ref(self) -> Mapping[str, Sequence[Heading]]:
        """The headings by their refs, those with one ref in order."""
        found: dict[str, list[Heading]] = defaultdict(list)
        for heading in self.headings:
            found[heading.ref].append(heading)
        return dict(found)

    def ancestor(self, heading_ref: str, *levels: str) -> Heading | None:
        """The heading of one of these levels that `heading_ref` is or stands under, or None."""
        seen: set[str] = set()
        ref: str | None = heading_ref
        while ref and ref not in seen:
            seen.add(ref)
            found = self.headings_by_ref.get(ref, ())
            for heading in found:
                if heading.level in levels:
                    return heading
            ref = next((heading.parent for heading in found if heading.parent), None)
        return None

    def top(self, heading_ref: str) -> str:
        """The ref of the uppermost heading that a heading stands under; itself if it stands under none."""
        ref, seen = heading_ref, {heading_ref}
        while parent := next((h.parent for h in self.headings_by_ref.get(ref, ()) if h.parent), None):
            if parent in seen:
                break
            seen.add(parent)
            ref = parent
        return ref

    @cached_property
    def tops(self) -> Mapping[str, str]:
        """The uppermost heading's ref of each heading, and of what actions name as one."""
        return {ref: self.top(ref) for ref in {*self.headings_by_ref, *(action.heading for action in self.actions)}}

    @cached_property
    def _heading_places(self) -> Mapping[str, Sequence[int]]:
        """Where the headings stand that have one uppermost heading, by its ref."""
        return _places_by((self.tops[heading.ref], place) for place, heading in enumerate(self.headings))

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """Where each action stands in the plan."""
        return {action.row_id: place for place, action in enumerate(self.actions)}

    def apply(self, changes: Iterable[Change]) -> "Plan":
        """The plan after these changes, which are added to its history in the order given."""
        changes = tuple(changes)
        return replace(_changed(self, changes, forward=True), history=self.history + changes)

    def as_of(self, position: int) -> "Plan":
        """The plan as it stood when its history had `position` changes; worked out once for each."""
        if position >= len(self.history):
            return self
        if position not in self._earlier:
            undone = self.history[position:][::-1]
            before = _changed(self, undone, forward=False)
            self._earlier[position] = replace(before, history=self.history[:position])
        return self._earlier[position]

    @cached_property
    def _earlier(self) -> dict[int, "Plan"]:
        return {}

    def at(self, number: int) -> "Plan":
        """The plan as its edition of that number left it, counted from 1, with the record as long as it was then."""
        edition = self.editions[number - 1]
        register = (
            replace(issued, returned=tuple(back for back in issued.returned if back.edition <= number))
            for issued in self.register[: edition.register]
        )
        return replace(
            self.as_of(edition.history),
            edition=edition.month,
            held=self.held[: edition.held],
            taken=self.taken[: edition.taken],
            register=tuple(register),
            editions=self.editions[:number],
        )

    @property
    def next_edition(self) -> int:
        """The number of the edition that the next run makes; the first is what was built."""
        return max(len(self.editions), 1) + 1

    def recorded(self, kind: EditionKind, before: "Plan") -> "Plan":
        """This plan as an edition of its own, if it is another than the one `before` it."""
        if self == before:
            return self
        editions = before.editions or (before._reached("built"),)
        return replace(self, editions=(*editions, self._reached(kind)))

    def _reached(self, kind: EditionKind) -> Edition:
        return Edition(
            kind=kind,
            month=self.edition,
            history=len(self.history),
            held=len(self.held),
            taken=len(self.taken),
            register=len(self.register),
        )

    def without_record(self) -> "Plan":
        """The plan as it stands, as if nothing had ever happened to it."""
        return replace(self, history=(), held=(), taken=(), register=(), editions=())

    def only(self, rows: Iterable[str]) -> "Plan":
        """The plan with just these rows, and all that stands under their uppermost headings: what a return holds.

        It has neither record nor archive; its people are those who lead these actions, and those of their services.
        """
        places = sorted(self._places[row_id] for row_id in {*rows} if row_id in self._places)
        actions = tuple(self.actions[place] for place in places)
        tops = {self.tops[action.heading] for action in actions}
        headings = sorted(place for top in tops for place in self._heading_places.get(top, ()))
        return replace(
            self.without_record(),
            actions=actions,
            headings=tuple(self.headings[place] for place in headings),
            people=self._around({lead for action in actions for lead in action.lead}),
            archive=(),
        )

    def _around(self, leads: Set[str]) -> tuple[Person, ...]:
        """The people who are called so, and those of their services."""
        called = {place for lead in leads for place in self._people_places.get(lead, ())}
        services = {self.people[place].service for place in called} - {""}
        places = {*called, *(place for service in services for place in self._service_places[service])}
        return tuple(self.people[place] for place in sorted(places))

    @cached_property
    def _people_places(self) -> Mapping[str, Sequence[int]]:
        """Where the people stand whom actions call so, by their initials or by their name."""
        return _places_by(
            (name, place) for place, each in enumerate(self.people) for name in {each.initials, each.name}
        )

    @cached_property
    def _service_places(self) -> Mapping[str, Sequence[int]]:
        """Where the people of each service stand."""
        return _places_by((each.service, place) for place, each in enumerate(self.people))

    def tidy(self) -> list[dict[str, object]]:
        """One record per action and month of the plan, for a table.

        Keys: row_id, ref, priority (the uppermost heading's ref), heading, action, lead, importance, month,
        programmed (bool), status (str or None), approval (str or None), note.
        """
        return [
            {
                "row_id": action.row_id,
                "ref": action.ref,
                "priority": self.tops[action.heading],
                "heading": action.heading,
                "action": action.action,
                "lead": "/".join(action.lead),
                "importance": action.importance,
                "month": str(month),
                "programmed": month in action.programmed,
                "status": action.progress.get(month),
                "approval": action.approval[month].decision if month in action.approval else None,
                "note": action.note,
            }
            for action in self.actions
            for month in sorted({*self.period, *action.programmed, *action.progress})
        ]

    def to_frame(self) -> "DataFrame":
        """The tidy table as a pandas DataFrame: see `tidy` for its columns."""
        from workbook.frames import frame  # noqa: PLC0415  # pandas is slow to import

        return frame(self.tidy())


def field_name(name: str) -> str:
    """What people call a field that they see."""
    names = {"action": "wording", "programmed": "programme", "revised": "new dates", "extra": "other columns"}
    if name.startswith(OF_PLAN):
        return f"the plan's {name.removeprefix(OF_PLAN)}"
    return names.get(name, name.replace("_", " "))


RUNS = ("programmed", "revised")  # the fields that hold months
LISTS = ("lead", "depends_on")  # the fields that hold several names
# The fields of an action that do not stand for a month.
ACTION_FIELDS = tuple(each.name for each in fields(Action) if each.name not in ("row_id", "progress", "approval"))
_OF_ACTION = {each.name for each in fields(Action)}


def value_of(action: Action, name: str, month: Month | None = None) -> str | None:
    """A field's value as changes hold it: text, or None for nothing there.

    What is no field of every action is one of the source's own columns.
    """
    if name == "progress":
        return action.progress.get(_month(month))
    if name == "approval":
        approval = action.approval.get(_month(month))
        return approval.to_text() if approval else None
    if name in RUNS:
        return format_runs(getattr(action, name)) or None
    if name in LISTS:
        return " / ".join(getattr(action, name)) or None
    if name == "extra":
        return json.dumps(action.extra, ensure_ascii=False) if action.extra else None
    return (str(getattr(action, name)) if name in _OF_ACTION else action.extra.get(name)) or None


def with_value(action: Action, name: str, month: Month | None, value: str | None) -> Action:
    """The action with one field changed to a value as `value_of` gives it."""
    if name == "progress":
        return replace(action, progress=_with_item(action.progress, _month(month), value))
    if name == "approval":
        approval = Approval.from_text(value) if value else None
        return replace(action, approval=_with_item(action.approval, _month(month), approval))
    new: Any = value or ""
    if name in RUNS:
        new = parse_runs(new, ())
    elif name in LISTS:
        new = split_names(new)
    elif name == "extra":
        new = json.loads(new or "{}")
    elif name not in _OF_ACTION:
        name, new = "extra", _with_item(action.extra, name, value)
    return replace(action, **{name: new})


def language_of(plan: Plan) -> str:
    """The language that a plan is written in, as its settings say: `en-GB`, `cy`."""
    return plan.settings.get("language", "").strip() or "en-GB"


def plain_ref(ref: str) -> str:
    """A ref as people mean it: without outer spaces and the trailing dot."""
    return ref.strip().rstrip(".").casefold()


def split_names(text: str) -> tuple[str, ...]:
    """Several leads or refs in one cell: `JG/CS SS` is JG and CS SS."""
    return tuple(name for part in re.split(r"[/,;\n]", text) if (name := " ".join(part.split())))


def _places_by(named: Iterable[tuple[str, int]]) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for name, place in named:
        found[name].append(place)
    return dict(found)


def _month(month: Month | None) -> Month:
    if month is None:
        raise ValueError("this field is reported for a month")
    return month


def _with_item(items: Mapping[_K, _V], key: _K, value: _V | None) -> Mapping[_K, _V]:
    changed = {**items}
    changed.pop(key, None)
    if value is not None:
        changed[key] = value
    return dict(sorted(changed.items()))


def row_to_text(action: Action) -> str:
    """All that an action says, in one text: what a change of `row` holds of an action that is added or dropped."""
    said = {name: value_of(action, name) for name in ACTION_FIELDS}
    for name in ("progress", "approval"):
        said[name] = json.dumps({str(month): value_of(action, name, month) for month in getattr(action, name)})
    return json.dumps({name: value for name, value in said.items() if value and value != "{}"}, ensure_ascii=False)


def row_from_text(row_id: str, text: str) -> Action:
    """Read what `row_to_text` wrote."""
    action = Action(row_id=row_id)
    for name, value in json.loads(text).items():
        if name in ("progress", "approval"):
            for month, said in json.loads(value).items():
                action = with_value(action, name, Month.parse(month), said)
        else:
            action = with_value(action, name, None, value)
    return action


def _changed(plan: Plan, changes: Iterable[Change], *, forward: bool) -> Plan:
    """The plan with these changes made, or undone; a change of `row` adds or removes an action.

    A change without a row id is one of the order of the actions, or of a part of the plan itself.
    """
    by_id = dict(plan.by_row_id)
    for change in changes:
        before, value = (change.old, change.new) if forward else (change.new, change.old)
        if change.field == "order":
            order = spliced(list(by_id), before, value)
            by_id = {row_id: by_id[row_id] for row_id in order}
        elif not change.row_id:
            plan = _with_part(plan, change.field.removeprefix(OF_PLAN), before, value)
        elif change.field == "row":
            by_id.pop(change.row_id, None)
            if value is not None:
                by_id[change.row_id] = row_from_text(change.row_id, value)
        elif change.row_id in by_id:
            by_id[change.row_id] = with_value(by_id[change.row_id], change.field, change.month, value)
    return replace(plan, actions=tuple(by_id.values()))


OF_PLAN = "plan."  # what the fields of changes of the plan itself begin with
PLAN_PARTS = ("title", "organisation", "start", "months", "layout", "settings", "people", "headings")


def part_of(plan: Plan, name: str) -> list[Any]:
    """A part of the plan itself as a list of plain items: `people`, `headings`, `settings`, or a field as one item."""
    if name in ("people", "headings"):
        return [asdict(each) for each in getattr(plan, name)]
    return [[key, said] for key, said in plan.settings.items()] if name == "settings" else [str(getattr(plan, name))]


def _with_part(plan: Plan, name: str, before: str | None, value: str | None) -> Plan:
    items = spliced(part_of(plan, name), before, value)
    made: Any = items[0] if items else ""
    if name in ("people", "headings"):
        kind: type[Person] | type[Heading] = Person if name == "people" else Heading
        made = tuple(kind(**each) for each in items)
    elif name == "settings":
        made = dict(items)
    elif name in ("start", "months"):
        made = Month.parse(made) if name == "start" else int(made)
    return replace(plan, **{name: made})


def spliced(items: Sequence[Any], before: str | None, value: str | None) -> list[Any]:
    """The items with a run of them replaced by another; each is written as JSON: `{"at": 3, "items": [...]}`."""
    out: dict[str, Any] = json.loads(before) if before else {"at": 0, "items": []}
    put: dict[str, Any] = json.loads(value) if value else {"at": 0, "items": []}
    at = (out if before else put)["at"]
    return [*items[:at], *put["items"], *items[at + len(out["items"]) :]]
