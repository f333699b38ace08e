"""The refs that are proposed for next year: numbers run on without the gaps that completed actions left."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from workbook.dependencies import bare_ref, ref_key
from workbook.plan import Plan

# What stands before the last number, the number, a letter that only tells two rows apart, a trailing dot.
_NUMBERED = re.compile(r"(?P<before>.*?)(?P<number>[0-9]{1,9})(?P<after>[a-z]?\.?)", re.DOTALL)
Group = tuple[str, str]  # a heading, and what its refs have before the last number


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ref:
    """A ref taken apart at its last number."""

    before: str
    number: int
    width: int
    after: str

    @property
    def style(self) -> str:
        """What refs that are counted together have in common: `A.22` and `A22` are."""
        return self.before.strip().rstrip(".").casefold()

    def with_number(self, number: int) -> str:
        """The ref with another number; noughts in front of it stay."""
        return f"{self.before}{number:0{self.width}}{self.after}"


def proposed_refs(plan: Plan, carried: Collection[str]) -> Mapping[str, str]:
    """The ref for next year of each action that is carried, by row id.

    Under a heading, the n-th number that is left becomes the n-th that there was, and nothing else in a ref changes; so
    refs that were different stay different, and gaps that were there before stay. An action without a ref gets the next
    one, if most refs under its heading are written in one way.
    """
    read = {action.row_id: found for action in plan.actions if (found := _read(action.ref))}
    there: dict[Group, set[int]] = defaultdict(set)
    left: dict[Group, set[int]] = defaultdict(set)
    for action in plan.actions:
        if found := read.get(action.row_id):
            there[action.heading, found.style].add(found.number)
            if action.row_id in carried:
                left[action.heading, found.style].add(found.number)
    becomes = {group: dict(zip(sorted(left[group]), sorted(there[group]), strict=False)) for group in left}
    refs: dict[str, str] = {}
    for action in plan.actions:
        if action.row_id in carried:
            found = read.get(action.row_id)
            number = becomes[action.heading, found.style][found.number] if found else 0
            is_kept = found is None or number == found.number
            refs[action.row_id] = action.ref if is_kept or found is None else found.with_number(number)
    return refs | _missing(plan, refs)


def _read(ref: str) -> _Ref | None:
    found = _NUMBERED.fullmatch(ref)
    if found is None:
        return None
    digits = found["number"]
    width = len(digits) if digits.startswith("0") else 0
    return _Ref(before=found["before"], number=int(digits), width=width, after=found["after"])


def _missing(plan: Plan, refs: Mapping[str, str]) -> dict[str, str]:
    """The next refs under their headings for actions that have none."""
    headings = (heading.ref for heading in plan.headings)
    # What an action waits for and nobody has is not given to somebody by chance.
    unknown = (bare_ref(ref) for action in plan.actions for ref in action.depends_on)
    taken = {ref_key(ref) for ref in (*refs.values(), *headings, *unknown)}
    given: dict[str, str] = {}
    for action in plan.actions:
        if action.row_id in refs and not action.ref:
            beside = [other for other in plan.actions if other.heading == action.heading and other.ref]
            style = _usual([other.ref for other in beside])
            if style is None:
                continue
            now = [refs[other.row_id] for other in beside if other.row_id in refs]
            numbers = [found.number for ref in now if (found := _read(ref)) and found.style == style.style]
            number = max(numbers, default=0) + 1
            while ref_key(ref := style.with_number(number)) in taken:
                number += 1
            taken.add(ref_key(ref))
            given[action.row_id] = ref
    return given


def _usual(refs: Sequence[str]) -> _Ref | None:
    """How most of these refs are written, or None where they are written in several ways."""
    read = [found for ref in refs if (found := _read(ref))]
    style, times = next(iter(Counter(found.style for found in read).most_common(1)), ("", 0))
    if times <= len(refs) / 2:
        return None
    of_it = [found for found in read if found.style == style]
    before = Counter(found.before for found in of_it).most_common(1)[0][0]
    dot = Counter(found.after.endswith(".") for found in of_it).most_common(1)[0][0]
    width = Counter(found.width for found in of_it).most_common(1)[0][0]
    return _Ref(before=before, number=0, width=width, after="." if dot else "")
