"""Which values correspond: everything that the returns say for one field of one action in one month, together."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, fields, replace
from itertools import chain
from typing import Any

from workbook.findings import Finding, Where, finding
from workbook.layout import Layout
from workbook.markers import in_order
from workbook.months import Month
from workbook.plan import Action, Heading, Plan, value_of
from workbook.queries import NOT_APPROVED
from workbook.reading import FieldKey, ReadAction, Reading, new_row_to_text
from workbook.record import Held, Issued, Row
from workbook.refs import place
from workbook.rules import Standing
from workbook.source import digest_id

Key = tuple[str, str, Month | None]  # row id, field, month


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """What one return says for a field, beside what was issued to it.

    `reported` is the month that the return was issued for; `row` says whether the row was issued in it, or is a copy.
    `taken` is True when a return of the same issue has been merged before and the value was taken then, or somebody has
    decided on it since this file was merged: whatever happened to it (a refusal, a correction) stands. `weighed` is
    True when this file was merged before and its value was not taken, or when somebody has decided on the value since
    it was issued: then it is asked about. `waits` is True of a value that an earlier merge held back.
    """

    baseline: str | None
    value: str | None
    file: str
    digest: str
    recipient: str
    cell: str
    reported: Month | None
    readable: bool = True
    raw: str = ""
    candidates: tuple[str, ...] = ()
    row: Row = "own"
    taken: bool = False
    weighed: bool = False
    waits: bool = False

    @property
    def is_edit(self) -> bool:
        """Whether somebody changed it, and that has not been taken yet."""
        return self.readable and self.value != self.baseline and not self.taken

    @property
    def is_unread(self) -> bool:
        """Whether something stands there that was not understood, and that nobody has decided on yet."""
        return not self.readable and not self.taken

    def held(self, key: Key, position: int) -> Held:
        """The vote as the record keeps it where it is not taken."""
        row_id, field, month = key
        said = {name: getattr(self, name) for name in _SAID}
        return Held(row_id=row_id, field=field, month=month, position=position, **said)


def once_each(readings: Sequence[Reading]) -> list[Reading]:
    """The readings in an order of their own, the same file given twice only once."""
    by_digest = {(reading.digest, reading.issue_id): reading for reading in sorted(readings, key=_order, reverse=True)}
    return sorted(by_digest.values(), key=_order)


def align(plan: Plan, readings: Sequence[Reading]) -> Mapping[Key, Sequence[Vote]]:
    """The votes on each value for which something else came back than was issued, in the plan's order.

    They are those of the returns, and those that wait from earlier merges. Rows that were added stand last, each as one
    value of the field `row`.
    """
    past = _Past.of(plan)
    votes: dict[Key, list[Vote]] = defaultdict(list)
    for reading in readings:
        for key, vote in (*_said(reading, past), *_added(reading, plan, past)):
            votes[key].append(vote)
    given = {(key, vote.digest) for key, its_votes in votes.items() for vote in its_votes}
    for held in plan.held:
        key = (held.row_id, held.field, held.month)
        if (key, held.digest) not in given and not past.settles(key, held.position):
            said = {name: getattr(held, name) for name in _SAID}
            votes[key].append(Vote(**said, weighed=True, waits=True))
    order = {action.row_id: index for index, action in enumerate(plan.actions)}
    own = sorted((key for key in votes if key[0] in order), key=lambda key: (order[key[0]], key[1], str(key[2] or "")))
    return {key: votes[key] for key in (*own, *(key for key in votes if key[1] == "row"))}


# What a vote and the record of it have in common.
_SAID = tuple(each.name for each in fields(Vote) if each.name in {kept.name for kept in fields(Held)})


@dataclass(frozen=True, kw_only=True)
class _Past:
    """What the plan's record says of what comes back: what was merged, taken and decided, and when.

    Numbers are lengths of the history. `files` are those at which each file was merged, `taken` the last at which a
    value was given to a field, `decided` and `chosen` the last at which somebody decided on it, the latter but for
    refusals of approvals.
    """

    length: int
    issues: Set[str]
    files: Mapping[str, int]
    taken: Mapping[tuple[str, str, Month | None, str | None], int]
    decided: Mapping[Key, int]
    chosen: Mapping[Key, int]

    @classmethod
    def of(cls, plan: Plan) -> "_Past":
        history = plan.history
        # A refusal says nothing of what else was reported for the month.
        refusals = {c.decision for c in history if c.field == "note" and (c.new or "").startswith(NOT_APPROVED)}
        own = {number for first, last in _edited(plan) for number in range(first, last)}
        decided = {(c.row_id, c.field, c.month): n for n, c in enumerate(history) if c.decision or n in own}
        return cls(
            length=len(history),
            issues={issued.issue_id for issued in plan.register if issued.returned},
            files={back.digest: back.position for issued in plan.register for back in issued.returned},
            taken={(c.row_id, c.field, c.month, c.new): number for number, c in enumerate(history)},
            decided=decided,
            chosen={key: n for key, n in decided.items() if n in own or history[n].decision not in refusals},
        )

    def settles(self, key: Key, position: int) -> bool:
        """Whether somebody has decided on a value since the history had that length."""
        return self.chosen.get(key, -1) >= position

    def vote(self, reading: Reading, key: Key, **said: Any) -> Vote:
        """A vote, with what has become of it."""
        merged_at, issued_at = self.files.get(reading.digest), _issued_at(reading, self.length)
        was_taken = reading.issue_id in self.issues and self.taken.get((*key, said["value"]), -1) >= issued_at
        return Vote(
            file=reading.file,
            digest=reading.digest,
            recipient=reading.recipient,
            reported=reading.month,
            taken=(was_taken and said.get("readable", True))
            or (merged_at is not None and self.settles(key, merged_at)),
            weighed=merged_at is not None or self.decided.get(key, -1) >= issued_at,
            **said,
        )


def _edited(plan: Plan) -> Iterator[tuple[int, int]]:
    """The parts of the history that the plan's owner edited by hand: a decision like any other."""
    before = 0
    for edition in plan.editions:
        if edition.kind == "edited":
            yield before, edition.history
        before = edition.history


def _issued_at(reading: Reading, length: int) -> int:
    return reading.issued.position if reading.issued else length


def _said(reading: Reading, past: _Past) -> Iterator[tuple[Key, Vote]]:
    """What a return says of each field of its rows."""
    own = {*reading.issued.rows} if reading.issued else None
    kept = {action.issued.row_id: action for action in reading.actions}
    for action in (*reading.actions, *reading.copies):
        row_id = action.issued.row_id
        is_copy = action is not kept.get(row_id)
        row: Row = "copy" if is_copy else "own" if own is None or row_id in own else "another's"
        for (field, month), said in action.others.items():
            key, value, baseline = (row_id, field, month), said.value, value_of(action.issued, field, month)
            if is_copy and (value == baseline or not said.readable):
                continue  # what a copy took along says nothing
            if field == "note" and value and value != baseline:
                value = in_order(value)
            yield (
                key,
                past.vote(
                    reading,
                    key,
                    baseline=baseline,
                    value=value,
                    cell=place(said.sheet, said.cell),
                    readable=said.readable,
                    raw=said.raw,
                    candidates=said.candidates,
                    row=row,
                ),
            )


def _added(reading: Reading, plan: Plan, past: _Past) -> Iterator[tuple[Key, Vote]]:
    """The rows that were added to a return, each as one value; not those that have been added to the plan."""
    for row in reading.new_rows:
        key = (digest_id("r", plan.plan_id, row.heading, row.words), "row", None)
        if key[0] not in plan.by_row_id:
            value = new_row_to_text(row)
            yield (
                key,
                past.vote(reading, key, baseline=None, value=value, cell=place(row.sheet, row.cell), raw=row.words),
            )


def untouched(plan: Plan, readings: Sequence[Reading], votes: Container[Key], layout: Layout) -> int:
    """How many of the officers' values came back as they were issued, and nobody says otherwise."""
    shown: dict[str, Set[FieldKey]] = {}
    for reading in readings:
        for action in reading.actions:
            row_id, fields = action.issued.row_id, action.said.keys()
            shown[row_id] = shown[row_id] | fields if row_id in shown else fields
    theirs = {field for fields in shown.values() for field, _ in fields}
    theirs = {field for field in theirs if layout.officers_may_change(field)}
    return sum(
        field in theirs and (row_id, field, month) not in votes
        for row_id, fields in shown.items()
        if row_id in plan.by_row_id
        for field, month in fields
    )


def together(readings: Sequence[Reading], register: Sequence[Issued] = ()) -> list[tuple[Reading, Finding]]:
    """What shows only when several returns are seen together, those that came back before (in the register) too.

    Each finding comes with the return that it is about: two may have one name.
    """
    found = []
    months = [*(reading.month for reading in readings if reading.month), *(issued.month for issued in register)]
    by_issue: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.issue_id:
            by_issue[reading.issue_id].append(reading)
        if reading.month and reading.month < max(months):
            where = Where(file=reading.file, month=reading.month)
            found.append((reading, finding("STALE_ISSUE", where, latest=max(months).name)))
    before = {issued.issue_id: issued.returned for issued in register}
    for issue_id, same in by_issue.items():
        files = {reading.digest: reading.file for reading in same}
        files |= {back.digest: back.file for back in before.get(issue_id, ())}
        if len(files) > 1:
            names = ", ".join(sorted(files.values()))
            found.append((same[-1], finding("RETURNED_TWICE", Where(file=same[-1].file), files=names)))
    return [*found, *_of_other_plans(readings)]


def _of_other_plans(readings: Sequence[Reading]) -> Iterator[tuple[Reading, Finding]]:
    """The returns that are not of the plan that most of them are of."""
    plans = [reading.baseline for reading in readings if reading.baseline]
    counts = Counter(plan.plan_id for plan in plans)
    most = max(plans, key=lambda plan: counts[plan.plan_id], default=None)
    for reading in readings:
        if most and reading.baseline and reading.baseline.plan_id != most.plan_id:
            words = {"plan": reading.baseline.title, "master": most.title}
            yield reading, finding("WRONG_PLAN", Where(file=reading.file), **words)


def standing(readings: Iterable[Reading]) -> Mapping[str, Standing]:
    """By plan's id, what was issued of it in these returns, with all that they say."""
    plans: dict[str, Plan] = {}
    headings: dict[str, dict[str, Sequence[Heading]]] = defaultdict(dict)
    months: dict[str, set[Month]] = defaultdict(set)
    actions: dict[str, dict[str, Action]] = defaultdict(dict)
    for reading in readings:
        if reading.baseline:
            plan_id = reading.baseline.plan_id
            plans.setdefault(plan_id, reading.baseline)
            # Each return has the headings of its own tabs.
            known = headings[plan_id].keys()
            headings[plan_id] |= {ref: its for ref, its in reading.baseline.headings_by_ref.items() if ref not in known}
            months[plan_id] |= {reading.month} if reading.month else set()
            for read in reading.actions:
                row_id = read.issued.row_id
                actions[plan_id][row_id] = read.onto(actions[plan_id].get(row_id, read.issued))
    return {
        plan_id: Standing(
            plan=replace(
                plan,
                actions=tuple(actions[plan_id].values()),
                headings=tuple(chain.from_iterable(headings[plan_id].values())),
            ),
            month=max(months[plan_id], default=None),
        )
        for plan_id, plan in plans.items()
    }


def without_answered(findings: Iterable[Finding], reported: Set[tuple[str, Month]]) -> list[Finding]:
    """The findings but for “not reported” on what is reported all the same: several people may lead an action."""
    return [
        each
        for each in findings
        if not (each.code == "NOT_REPORTED" and (each.where.row_id, each.where.month) in reported)
    ]


def reported_in(readings: Iterable[Reading]) -> set[tuple[str, Month]]:
    """The actions and months for which any of these returns reports progress."""
    return {
        (action.issued.row_id, month)
        for reading in readings
        for action in reading.actions
        for field, month in action.said
        if field == "progress" and month and _reports(action, month)
    }


def _reports(action: ReadAction, month: Month) -> bool:
    said = action.others.get(("progress", month))
    return bool(said.value or not said.readable if said else action.issued.progress.get(month))


def _order(reading: Reading) -> tuple[str, str]:
    return (reading.file, reading.digest)
