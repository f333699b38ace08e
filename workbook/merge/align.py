"""Which values correspond: everything that the returns say for one field of one action in one month, together."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain

from workbook.findings import Finding, Where, finding
from workbook.layout import Layout
from workbook.markers import in_order
from workbook.months import Month
from workbook.plan import Action, Heading, Plan, value_of
from workbook.queries import NOT_APPROVED
from workbook.reading import FieldKey, ReadAction, Reading, Said
from workbook.record import Issued
from workbook.refs import place
from workbook.rules import Standing

Key = tuple[str, str, Month | None]  # row id, field, month


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """What one return says for a field, beside what was issued to it.

    `month` is the one that the return was issued for. `taken` is True when a return of the same issue has been merged
    before and the value was taken then, or somebody has decided on it since this file was merged: whatever happened to
    it (a refusal, a correction) stands. `weighed` is True when this file was merged before and its value was not taken,
    or when somebody has decided on the value since it was issued: then it is asked about.
    """

    baseline: str | None
    said: Said
    file: str
    recipient: str
    month: str = ""
    taken: bool = False
    weighed: bool = False

    @property
    def differs(self) -> bool:
        """Whether it is not what was issued."""
        return self.said.readable and self.said.value != self.baseline

    @property
    def is_edit(self) -> bool:
        """Whether somebody changed it, and that has not been taken yet."""
        return self.differs and not self.taken

    @property
    def cell(self) -> str:
        """Where it stands: `CP1!I14`."""
        return place(self.said.sheet, self.said.cell)


def once_each(readings: Sequence[Reading]) -> list[Reading]:
    """The readings in an order of their own, the same file given twice only once."""
    by_digest = {(reading.digest, reading.issue_id): reading for reading in sorted(readings, key=_order, reverse=True)}
    return sorted(by_digest.values(), key=_order)


def align(plan: Plan, readings: Sequence[Reading]) -> Mapping[Key, Sequence[Vote]]:
    """The votes on each value of the plan for which something else came back than was issued, in the plan's order."""
    votes: dict[Key, list[Vote]] = defaultdict(list)
    issues = {issued.issue_id for issued in plan.register if issued.returned}
    files = {back.digest: back.position for issued in plan.register for back in issued.returned}
    taken = {(c.row_id, c.field, c.month, c.new): number for number, c in enumerate(plan.history)}
    decided = {(c.row_id, c.field, c.month): number for number, c in enumerate(plan.history) if c.decision}
    # A refusal says nothing of what else was reported for the month.
    refusals = {c.decision for c in plan.history if c.field == "note" and (c.new or "").startswith(NOT_APPROVED)}
    chosen = {key: number for key, number in decided.items() if plan.history[number].decision not in refusals}
    for reading in readings:
        merged_at, issued_at = (
            files.get(reading.digest),
            reading.issued.position if reading.issued else len(plan.history),
        )
        for action in reading.actions:
            for (field, month), said in action.others.items():
                key, baseline = (action.issued.row_id, field, month), value_of(action.issued, field, month)
                if field == "note" and said.value and said.value != baseline:
                    said = replace(said, value=in_order(said.value))  # noqa: PLW2901  # this is what it says
                decided_at = decided.get(key, -1)
                was_taken = reading.issue_id in issues and taken.get((*key, said.value), -1) >= issued_at
                was_decided = merged_at is not None and chosen.get(key, -1) >= merged_at
                votes[key].append(
                    Vote(
                        baseline=baseline,
                        said=said,
                        file=reading.file,
                        recipient=reading.recipient,
                        month=str(reading.month or ""),
                        taken=was_taken or was_decided,
                        weighed=merged_at is not None or decided_at >= issued_at,
                    )
                )
    order = {action.row_id: index for index, action in enumerate(plan.actions)}
    known = (key for key in votes if key[0] in order)
    return {key: votes[key] for key in sorted(known, key=lambda key: (order[key[0]], key[1], str(key[2] or "")))}


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
