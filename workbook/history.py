"""What happened to an action, and what each edition was: the plan's record, told in order and in words."""

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from workbook.layout import Layout
from workbook.months import Month, parse_runs, say_runs
from workbook.plan import OF_PLAN, PLAN_PARTS, RUNS, Approval, Plan, field_name, row_from_text
from workbook.record import Change, Edition, EditionKind, signature

COORDINATOR = "the coordinator"
EventKind = Literal["issued", "returned", "changed", "edited", "held back", "decided"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened to an action, in the edition of that number (0 for what no edition tells).

    `old` and `new` are values as changes hold them; of a value that was held back `new` is what came back, or what
    stands there where it could not be read. `who` is whom it was issued to, who said it or who decided it; `words` is
    what a decision or a register entry says. `source` and `cell` are where.
    """

    kind: EventKind
    edition: int
    month: Month | None = None
    field: str = ""
    old: str | None = None
    new: str | None = None
    who: str = ""
    words: str = ""
    source: str = ""
    cell: str = ""

    def in_words(self, layout: Layout) -> tuple[str, str, str, str]:
        """What happened, what was there before, what is there since (or what was said), and who said it."""
        if self.kind == "issued":
            month = self.month.name if self.month else ""
            return f"issued for {month}", "", self.words, self.who
        if self.kind == "returned":
            return "came back", "", "", self.who
        if self.kind == "decided":
            return "decided", "", self.words, self.who
        who = COORDINATOR if self.kind == "edited" else self.who
        happened = f"{self.kind}: {what(self.field, self.month)}"
        if self.kind == "held back" and self.field == "row":
            return happened, "", self.new or "", who
        return happened, in_words(self.old, self.field, layout), in_words(self.new, self.field, layout), who


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionSummary:
    """One edition: its number, how it came about, the month as at which it stands, and what it added to the record."""

    number: int
    kind: EditionKind
    month: Month | None
    changes: int = 0
    held: int = 0
    decisions: int = 0
    issued: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()


def editions(plan: Plan) -> tuple[EditionSummary, ...]:
    """The editions of a plan, from what was built on."""
    summaries = []
    before = Edition(kind="built", month=None)
    for number, now in enumerate(plan.editions, 1):
        summaries.append(
            EditionSummary(
                number=number,
                kind=now.kind,
                month=now.month,
                changes=now.history - before.history,
                held=now.held - before.held,
                decisions=now.taken - before.taken,
                issued=tuple(each.file for each in plan.register[before.register : now.register]),
                returned=tuple(back.file for each in plan.register for back in each.returned if back.edition == number),
            )
        )
        before = now
    return tuple(summaries)


def life(plan: Plan, row_id: str) -> tuple[Event, ...]:
    """Everything that the record tells of one action, in order."""
    return lives(plan, [row_id])[row_id]


def lives(plan: Plan, row_ids: Iterable[str]) -> Mapping[str, tuple[Event, ...]]:
    """Everything that the record tells of each of these actions, in order; the record is gone through once."""
    events: dict[str, list[tuple[int, Event]]] = {row_id: [] for row_id in row_ids}
    for row_id, step, event in (*_issued(plan, events), *_changed(plan), *_held(plan), *_decided(plan)):
        if row_id in events:
            events[row_id].append((step, event))
    # What an edition tells of one thing stays in its order: issued, said, held back, decided, changed by that.
    ordered = {row_id: sorted(its, key=lambda each: (each[1].edition, each[0])) for row_id, its in events.items()}
    return {row_id: tuple(event for _, event in its) for row_id, its in ordered.items()}


_ISSUED, _SAID, _HELD, _DECIDED, _BY_DECISION = range(5)
_Told = Iterator[tuple[str, int, Event]]  # row id, where it stands in its edition, what happened


def _issued(plan: Plan, wanted: Container[str]) -> _Told:
    for number, entry in enumerate(plan.register):
        due = f"due {entry.due}" if entry.due else ""
        at = _edition_of(plan, "register", number)
        about: dict[str, Any] = {"who": entry.recipient, "month": entry.month}
        events = [Event(kind="issued", edition=at, words=due, source=entry.file, **about)]
        events += [Event(kind="returned", edition=back.edition, source=back.file, **about) for back in entry.returned]
        for row_id in entry.rows:
            if row_id in wanted:
                yield from ((row_id, _ISSUED, event) for event in events)


def _changed(plan: Plan) -> _Told:
    decisions = {(each.query_id, each.row_id) for each in plan.taken}
    for number, change in enumerate(plan.history):
        if change.old == change.new:
            continue
        at = _edition_of(plan, "history", number)
        event = Event(
            kind="edited" if _is_edit(plan, at) else "changed",
            edition=at,
            field=change.field,
            month=change.month,
            old=change.old,
            new=change.new,
            source=change.source,
            cell=change.cell,
        )
        yield change.row_id, _BY_DECISION if (change.decision, change.row_id) in decisions else _SAID, event


def _held(plan: Plan) -> _Told:
    for number, held in enumerate(plan.held):
        event = Event(
            kind="held back",
            edition=_edition_of(plan, "held", number),
            field=held.field,
            month=held.month,
            old=held.baseline,
            new=held.value if held.readable and held.field != "row" else held.raw,
            who=held.recipient,
            source=held.file,
            cell=held.cell,
        )
        yield held.row_id, _HELD, event


def _decided(plan: Plan) -> _Told:
    for number, taken in enumerate(plan.taken):
        who = signature(taken.by, taken.on, taken.minute)
        said = "\n".join(part for part in (taken.question, taken.answer, taken.comment) if part)
        at = _edition_of(plan, "taken", number)
        event = Event(kind="decided", edition=at, who=who, words=said, source=taken.file, cell=taken.cell)
        yield taken.row_id, _DECIDED, event


def _is_edit(plan: Plan, edition: int) -> bool:
    """Whether the plan's owner made that edition by hand."""
    return edition > 0 and plan.editions[edition - 1].kind in ("edited", "rebuilt")


def _edition_of(plan: Plan, part: str, number: int) -> int:
    """The number of the edition that added an entry of the record; 0 where none tells."""
    return next((at for at, edition in enumerate(plan.editions, 1) if getattr(edition, part) > number), 0)


def this_edition(plan: Plan) -> Sequence[tuple[Change, str]]:
    """The changes of the month as at which the plan stands, and who made each where that is not told by its file.

    Not those that changed nothing, nor the order of the actions.
    """
    taken = {each.query_id: each for each in plan.taken}
    found = []
    for number, change in enumerate(plan.history):
        if change.edition == plan.edition and change.old != change.new and change.field != "order":
            decided = taken.get(change.decision or "")
            who = COORDINATOR if _is_edit(plan, _edition_of(plan, "history", number)) else ""
            found.append((change, f"decided by {decided.by}" if decided and decided.by else who))
    return found


def what(field: str, month: Month | None) -> str:
    """What a change is about, in words: `September 2009`, `note`, `approval of September 2009`."""
    if field == "row":
        return "the row"
    if month is None:
        return field_name(field)
    return month.name if field == "progress" else f"{field_name(field)} of {month.name}"


def in_words(value: str | None, field: str, layout: Layout) -> str:
    """A value of a field, or a piece of a part of the plan itself, as a person says it."""
    if value is None:
        return "nothing"
    if field == "progress":
        return layout.palette.name(value) if value in layout.palette else value
    return _IN_WORDS[field](value) if field in _IN_WORDS else value


def _items(value: str) -> str:
    return "\n".join(_item(each) for each in json.loads(value)["items"])


def _item(item: Any) -> str:
    """One person, heading or setting, or one field of the plan."""
    if isinstance(item, str):
        return item
    said = list(item.values()) if isinstance(item, dict) else item
    return ", ".join(str(each) for each in said if each and isinstance(each, str))


def _approval(value: str) -> str:
    said = Approval.from_text(value)
    parts = [part for part in (signature(said.by, said.on, said.minute), said.comment) if part]
    return said.decision + (f" ({', '.join(parts)})" if parts else "")


def _row(value: str) -> str:
    row = row_from_text("", value)
    return ", ".join(part for part in (row.ref, row.action, " / ".join(row.lead)) if part)


_IN_WORDS: Mapping[str, Callable[[str], str]] = {
    **dict.fromkeys((OF_PLAN + part for part in PLAN_PARTS), _items),
    **dict.fromkeys(RUNS, lambda value: say_runs(parse_runs(value, ()))),
    "extra": lambda value: ", ".join(f"{name}: {said}" for name, said in json.loads(value).items()),
    "approval": _approval,
    "row": _row,
}
