"""What refs in `depends_on` and in prose mean once actions have new ones."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbook.dependencies import bare_ref, links, ref_key, waited_for
from workbook.plan import Action, Plan

_PROSE = ("action", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """What an action waits for in next year's plan, and the completed actions that it no longer waits for."""

    depends_on: tuple[str, ...]
    fulfilled: tuple[Action, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """A ref in an action's wording or note that meant actions which have another one now, or are complete.

    `was` are these, as last year's plan has them, `now` those that have the ref in next year's.
    """

    row_id: str
    field: str
    ref: str
    was: tuple[Action, ...]
    now: tuple[Action, ...]


def next_waits(plan: Plan, refs: Mapping[str, str]) -> Mapping[str, Waits]:
    """What each carried action waits for with the new `refs`, by row id.

    Refs of what is complete go; those of headings stay as long as anything under them is carried, and unknown ones too.
    """
    named = waited_for(plan)
    found = {}
    for row_id in refs:
        waits: dict[str, None] = {}
        fulfilled: dict[str, Action] = {}
        for written in plan.by_row_id[row_id].depends_on:
            rows = named[row_id, written]
            kept = [row for row in rows if row in refs]
            by_ref = [row for row in kept if ref_key(plan.by_row_id[row].ref) == ref_key(bare_ref(written))]
            is_same = all(ref_key(refs[row]) == ref_key(bare_ref(written)) for row in by_ref)
            if kept or not rows:
                waits |= dict.fromkeys([written] if is_same else [refs[row] for row in by_ref])
            else:
                fulfilled |= {row: plan.by_row_id[row] for row in rows}
        found[row_id] = Waits(depends_on=tuple(waits), fulfilled=tuple(fulfilled.values()))
    return found


def stale_mentions(before: Plan, after: Plan) -> Iterator[Stale]:
    """Refs in the words of carried actions that mean another action now, or whose action has another ref."""
    was, now = _by_key(before), _by_key(after)
    mentions = {
        (link.said_by, link.field, link.ref): None
        for plan in (before, after)
        for link in (*links(plan).waits, *links(plan).sees)
        if link.field in _PROSE and link.said_by in after.by_row_id
    }
    place = {action.row_id: number for number, action in enumerate(after.actions)}
    for row_id, field, ref in sorted(mentions, key=lambda mention: (place[mention[0]], *mention[1:])):
        meant, means = was[ref_key(ref)], now[ref_key(ref)]
        meant_ids = {action.row_id for action in meant}
        has_another = not means and any(row in after.by_row_id for row in meant_ids)
        if meant and (has_another or any(action.row_id not in meant_ids for action in means)):
            yield Stale(row_id=row_id, field=field, ref=ref, was=tuple(meant), now=tuple(means))


def _by_key(plan: Plan) -> Mapping[str, Sequence[Action]]:
    found: dict[str, list[Action]] = defaultdict(list)
    for action in plan.actions:
        if action.ref:
            found[ref_key(action.ref)].append(action)
    return found
