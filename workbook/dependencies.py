"""Which action waits for which: from what its source says that it depends on, and from refs in its wording and note.

A ref in prose is judged by the words before it in its sentence, or after it: what is not plainly waiting is a pointer.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from typing import Literal

from workbook.plan import Action, Plan, plain_ref

Kind = Literal["waits", "feeds", "sees", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One action that waits for another, or points to it.

    `ref` is what is written, in the field `field` of the action `said_by`: that is the one that waits, or, where it
    says that it feeds into another, the one that is waited for.
    """

    row_id: str
    on: str
    ref: str
    field: str
    said_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A ref that is named in an action, or in the title of a heading, and is none of the plan's."""

    ref: str
    field: str
    row_id: str | None = None
    heading: str | None = None


@dataclass(frozen=True, kw_only=True)
class Links:
    """All that a plan says about what waits for what, in the plan's order.

    Each of `circles` goes from its first action in the plan back to it, every action waiting for the next.
    """

    waits: tuple[Link, ...] = ()
    sees: tuple[Link, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    circles: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def noted(self) -> frozenset[tuple[str, str]]:
        """The row ids of each action and of those that it waits for and its note names, in whatever sense."""
        waits = frozenset((link.row_id, link.on) for link in self.waits)
        links = (link for link in chain(self.waits, self.sees) if link.field == "note")
        return waits.intersection((link.said_by, other) for link in links for other in (link.row_id, link.on))

    @cached_property
    def _before(self) -> Mapping[str, Sequence[str]]:
        return _neighbours((link.row_id, link.on) for link in self.waits)

    @cached_property
    def _after(self) -> Mapping[str, Sequence[str]]:
        return _neighbours((link.on, link.row_id) for link in self.waits)

    def before(self, row_id: str) -> tuple[str, ...]:
        """The actions that it waits for directly, once each."""
        return tuple(self._before.get(row_id, ()))

    def held_up(self, row_id: str) -> tuple[str, ...]:
        """All actions that wait for it, directly or through others, once each."""
        found = {row_id}
        waiting = deque(found)
        while waiting:
            others = [other for other in self._after.get(waiting.popleft(), ()) if other not in found]
            found.update(others)
            waiting.extend(others)
        return tuple(other for other in self._before if other in found and other != row_id)


def links(plan: Plan) -> Links:
    """What the plan's actions wait for and point to."""
    refs = _Refs(plan)
    titles = {heading.ref: heading.title for heading in plan.headings}
    unknown = [
        Unknown(ref=ref, field="title", heading=heading)
        for heading, title in titles.items()
        for kind, ref in _said(title, refs, heading)
        if kind == "unknown"
    ]
    waits: list[Link] = []
    sees: list[Link] = []
    for action in plan.actions:
        # What is waited for is not pointed to as well, where it is named twice.
        found: dict[tuple[str, str, str], tuple[Kind, Link]] = {}
        for field, kind, ref in _all_said(action, refs):
            if kind == "unknown":
                unknown.append(Unknown(ref=ref, field=field, row_id=action.row_id))
            named = refs.named(ref, action)
            for other in named:
                # An action that depends on itself is a circle, unless it shares its ref with the one that is meant.
                if other != action.row_id or len(named) == 1:
                    ends = (other, action.row_id) if kind == "feeds" else (action.row_id, other)
                    link = Link(row_id=ends[0], on=ends[1], ref=ref, field=field, said_by=action.row_id)
                    key = (min(ends), max(ends), field)
                    if key not in found or (kind != "sees" and found[key][0] == "sees"):
                        found[key] = (kind, link)
        for kind, link in found.values():
            (sees if kind == "sees" else waits).append(link)
    place = {action.row_id: number for number, action in enumerate(plan.actions)}
    for each in (waits, sees):
        each.sort(key=lambda link: place[link.row_id] * len(place) + place[link.on])
    return Links(
        waits=tuple(waits),
        sees=tuple(sees),
        unknown=tuple(dict.fromkeys(unknown)),
        circles=tuple(sorted(_circles(waits, place), key=lambda circle: [place[row_id] for row_id in circle])),
    )


def _all_said(action: Action, refs: "_Refs") -> Iterator[tuple[str, Kind, str]]:
    """What is said in each field of an action."""
    for written in action.depends_on:
        ref = bare_ref(written)
        yield "depends_on", "waits" if ref_key(ref) in refs else "unknown", ref
    for field, text in (("action", action.action), ("note", action.own_note)):
        for kind, ref in _said(text, refs, action.ref):
            yield field, kind, ref


def bare_ref(written: str) -> str:
    """The ref in what is written in `depends_on`: `Section 4.3` is 4.3."""
    found = _LOOKS_LIKE_REF.fullmatch(written)
    return found["ref"] if found else written


def waited_for(plan: Plan) -> Mapping[tuple[str, str], Sequence[str]]:
    """The rows that each ref in `depends_on` names, by the row that it is written in and as it is written there."""
    refs = _Refs(plan)
    return {
        (action.row_id, written): tuple(refs.named(bare_ref(written), action))
        for action in plan.actions
        for written in action.depends_on
    }


def _neighbours(ways: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for one, other in ways:
        found[one][other] = None
    return {one: tuple(others) for one, others in found.items()}


def _circles(waits: Sequence[Link], place: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
    """The circles, one at a time, until what is left without their actions has none."""
    ways = dict(_neighbours((link.row_id, link.on) for link in waits))
    while True:
        try:
            TopologicalSorter(ways).prepare()
        except CycleError as error:
            *circle, _ = reversed(error.args[1])
            first = circle.index(min(circle, key=place.__getitem__))
            circle = circle[first:] + circle[:first]
            for one in circle:
                ways.pop(one)
            yield tuple(circle)
        else:
            return


# --- refs -------------------------------------------------------------------------------------------------------


class _Refs:
    """The plan's refs, and the rows that each names: an action's own, or those under a heading."""

    def __init__(self, plan: Plan) -> None:
        self._actions: dict[str, list[str]] = defaultdict(list)
        self._under: dict[str, list[str]] = {ref_key(heading.ref): [] for heading in plan.headings if heading.ref}
        parents = {ref_key(heading.ref): ref_key(heading.parent) for heading in plan.headings if heading.parent}
        for action in plan.actions:
            if action.ref:
                self._actions[ref_key(action.ref)].append(action.row_id)
            above, ref = set[str](), ref_key(action.heading)
            while ref and ref not in above:
                above.add(ref)
                self._under.setdefault(ref, []).append(action.row_id)
                ref = parents.get(ref, "")
        self._shapes = {_shape(key) for key in (*self._actions, *self._under)}

    def __contains__(self, key: str) -> bool:
        return key in self._actions or key in self._under

    def could_be(self, ref: str) -> bool:
        """Whether it is written as the plan's refs are, and is no date."""
        return not ref.isdigit() and _shape(ref_key(ref)) in self._shapes and not _DATE.fullmatch(ref)

    def named(self, ref: str, by: Action) -> Sequence[str]:
        """The rows that a ref names: actions that have it, or else those under a heading that has it.

        What an action itself stands under is nothing that it could wait for.
        """
        under = self._under.get(ref_key(ref)) or ()
        return self._actions.get(ref_key(ref)) or (() if by.row_id in under else under)


def ref_key(ref: str) -> str:
    """A ref as it is compared: `A.22` is `A22`."""
    return re.sub(r"(?<=[^\W\d_])\.(?=\d)", "", plain_ref(ref))


def _shape(key: str) -> str:
    """How a ref is written: `R2.15` is `r9.9`."""
    return re.sub(r"\d+", "9", key)


# --- prose ------------------------------------------------------------------------------------------------------

_NOUN = r"(?:actions?|sections?|refs?|items?|measures?|priorit(?:y|ies)|tasks?|lines?)\.?"
# A number with dots or letters, or any after a word like “action”; no amount, no percentage.
_LOOKS_LIKE_REF = re.compile(
    rf"(?<![\w.£$€])(?P<noun>\b{_NOUN}\s+)?(?P<ref>(?:[^\W\d_]{{1,3}}\.?)?\d{{1,3}}(?:\.\d{{1,3}})*)"
    r"(?![\w%]|\.\d|\s?(?:%|per cent|million|m\b|k\b|fte|hours?\b|days?\b|weeks?\b|am\b|pm\b))",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.\d\d")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_REF, _OWN = "\0", "this"  # stand in a sentence for a ref, and for the ref of the action whose words they are
_LIST = re.compile(rf"{_REF}(?:(?:\s*(?:[,/&]|\b(?:and|or|to)\b|[-–])\s*)+(?:{_NOUN}\s+)?{_REF})*", re.IGNORECASE)
_FAR = 200  # characters on each side of a ref in which words are looked for
_NEAR = 70  # between a word and the ref that it leads to

# What leads to a ref, and what it says of it.
_LEADS: Mapping[Kind, str] = {
    "waits": (
        r"(?:depend\w*|contingent|conditional|rel(?:y|ies|iant|ying))\s+(?:up)?on|depend\w*\s*:|subject\s+to"
        r"|wait\w*\s+(?:for|on)|await\w*|pending|until|till|once|as\s+soon\s+as|after|(?:to|will|must)\s+follow"
        r"|follows(?:\s+on\s+from)?|(?<!the )following"
        r"|(?:results?|outcomes?|findings|completion|approval)\s+(?:of|from)"
        r"|(?:results?|outcomes?|findings)\s*\(|bas(?:ed|es)\s+(?:up)?on|buil(?:ds?|t)\s+(?:up)?on|(?:informed|fed)\s+by"
        r"|using|utilis\w+|requires?|(?<!the )needs?|because(?:\s+of)?"
        r"|(?:held\s+up|held\s+back|delayed|blocked|preceded)\s+by|priority\s.*\baddress|(?:cannot|can't|not)\s.*\bbefore"
    ),
    "feeds": (
        r"(?:feed(?:s|ing)?|fed)\b.*?\b(?:in)?to|feeds|inputs?\s+(?:in)?to|informs?|informing|contribut\w+\s+(?:in)?to"
        r"|lead(?:s|ing)?\s+(?:in)?to|go(?:es)?\s+into|inclusion\s+in|(?:needed|required|ready)\s+(?:for|by)"
        r"|pre-?requisite\s+(?:for|of|to)|precedes?|before|prior\s+to|ahead\s+of|holds?\s+up"
    ),
    "sees": (
        r"see(?:\s+also)?|refer\s+to|cf\.?|as\s+(?:in|per)|in\s+line\s+with|(?:covered|reported)\s+(?:at|by|in|under)"
    ),
}
_LEAD = re.compile("|".join(rf"\b(?P<{kind}>{words})(?=\W|$)" for kind, words in _LEADS.items()), re.IGNORECASE)
_DENIED = re.compile(
    r"(?:\b(?:not|no\s+longer|never|without|independent(?:ly)?)|n't)\s+(?:(?:yet|be|been|being|directly)\s+)*$",
    re.IGNORECASE,
)
_OTHER_CLAUSE = re.compile(r"\b(?:will|shall|we|they|but|while|although)\b", re.IGNORECASE)
# “1.1.3 depends on 1.1.2”: another action waits than the one whose note says so.
_OF_ANOTHER = re.compile(rf"{_REF}\s+(?:(?:is|are|was|also|now|still|has|have|been|will|must)\s+)*$", re.IGNORECASE)
# “When 1.1.2 is finished”, “as 1.1.2 is late”.
_WHEN = re.compile(r"\b(?:when|as|if)\s+$", re.IGNORECASE)
_ENDS = re.compile(
    r"\s+(?:is|are|was|were|has|have)\s(?:[\w-]+\s){0,3}?(?:late|slip\w*|delay\w*|complete\w*|finished|done|ready|signed"
    r"|agreed|approved)\b",
    re.IGNORECASE,
)
_FOLLOWS: Mapping[Kind, re.Pattern[str]] = {
    "waits": re.compile(
        r"\s*(?:results?\s+)?(?:(?:must|should|will|has|have|needs?|comes?|to|be|is|are|done|finished|completed?|agreed"
        r"|addressed)\s+)*(?:first|beforehand|awaited|before\s+(?:this|it|we)|takes?\s+priority)\b",
        re.IGNORECASE,
    ),
    "feeds": re.compile(
        r"\s*(?:\w+\s+){0,3}?(?:(?:depends?|relies|rely|waits?)\s+(?:up)?(?:on|for)|(?:cannot|can't|will\s+not)\s.*"
        r"\b(?:until|before|without))\s+(?:this|it)\b",
        re.IGNORECASE,
    ),
}
# “Section 4.3 of the Act” is no ref of the plan's.
_OF_A_DOCUMENT = re.compile(r"\s+of\s+(?:the|our|their|its)\s+(?!plan\b|improvement\s+plan\b)", re.IGNORECASE)
_PLAINLY = re.compile(
    rf"\b(?:see(?:\s+also)?|{_NOUN}|depend\w*\s+(?:up)?on|await\w*|wait\w*\s+(?:for|on)|subject\s+to|into)\s*$",
    re.IGNORECASE,
)


def _said(text: str, refs: _Refs, own: str) -> Iterator[tuple[Kind, str]]:
    """The refs that a text names beside its own, each with what it says of it."""
    for sentence in _SENTENCE.split(text.replace(_REF, "")):
        named: list[str] = []

        def masked(found: re.Match[str], named: list[str] = named) -> str:
            ref, noun = found["ref"], found["noun"] or ""
            if ref_key(ref) == ref_key(own):
                return noun + _OWN
            if (ref.isdigit() and not noun) or (ref_key(ref) not in refs and not refs.could_be(ref)):
                return found[0]
            named.append(ref)
            return noun + _REF

        words = _LOOKS_LIKE_REF.sub(masked, sentence)
        left = iter(named)
        for group in _LIST.finditer(words):
            its = [next(left) for _ in range(group[0].count(_REF))]
            before = words[max(0, group.start() - _FAR) : group.start()]
            if kind := _kind(before, words[group.end() : group.end() + _FAR]):
                plainly = _PLAINLY.search(before)
                for ref in its:
                    if ref_key(ref) in refs:
                        yield kind, ref
                    elif plainly:
                        yield "unknown", ref


def _kind(before: str, after: str) -> Kind | None:
    """What is said of refs between these words; None if they are no refs of the plan's."""
    if _OF_A_DOCUMENT.match(after):
        return None
    clause = re.split(rf"{_REF}|,\s", before)[-1]
    *_, lead = [None, *_LEAD.finditer(clause)]
    if _WHEN.search(before) and _ENDS.match(after):
        return "waits"
    if lead is None or len(clause) - lead.end() > _NEAR or _OTHER_CLAUSE.search(clause, lead.end()):
        return next((kind for kind, words in _FOLLOWS.items() if words.match(after)), "sees")
    until_lead = before[: len(before) - len(clause) + lead.start()]
    if _DENIED.search(until_lead) or _OF_ANOTHER.search(until_lead):
        return "sees"
    return next(kind for kind in _LEADS if lead[kind])
