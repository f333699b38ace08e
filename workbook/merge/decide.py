"""Decisions that a person took on queries, applied to the plan."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from workbook.findings import Finding, Where, finding
from workbook.merge.align import Key
from workbook.merge.combine import changes_of
from workbook.months import Month
from workbook.plan import Approval, Plan, value_of
from workbook.queries import NOT_APPROVED, Answer, Decision, Query
from workbook.record import Change, Taken, signature
from workbook.refs import place


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The plan after the decisions, the queries that are still open, and decisions that were not understood."""

    plan: Plan
    open: tuple[Query, ...]
    findings: tuple[Finding, ...]


def decide(plan: Plan, queries: Sequence[Query], decisions: Mapping[str, Decision], edition: Month) -> Decided:
    """Apply what is decided; what is not stays open. Every decision is kept in the record, also to change nothing."""
    taken = {each.query_id for each in plan.taken}
    still_open: list[Query] = []
    findings: list[Finding] = []
    for query in queries:
        if query.query_id in taken:
            continue
        decision = decisions.get(query.query_id)
        if decision is None or not decision.answer:
            still_open.append(query)
            continue
        answer = next((each for each in query.answers if _plain(each.words) == _plain(decision.answer)), None)
        if answer is None:
            still_open.append(query)
            words = "; ".join(each.words for each in query.answers)
            findings.append(
                finding("DECISION_UNREAD", _where(decision, query.ref), text=decision.answer, answers=words)
            )
            continue
        plan = _apply(plan, query, answer, decision, edition)
        if answer.decides and (missing := _unsigned(decision)):
            findings.append(finding("APPROVAL_UNSIGNED", _where(decision, query.ref), missing=missing))
    return Decided(plan=plan, open=tuple(still_open), findings=tuple(findings))


def amend(plan: Plan, decisions: Mapping[str, Decision], edition: Month) -> Decided:
    """Put right what was written about decisions that have been taken: who, when, minute and comment, filled in later.

    A decision that is another one now than the one that was taken is named: what is taken is not undone by it.
    """
    findings: list[Finding] = []
    taken = {each.query_id: each for each in plan.taken}
    changes: dict[str, list[Change]] = defaultdict(list)
    for change in plan.history:
        changes[change.decision or ""].append(change)
    for query_id, decision in decisions.items():
        was = taken.get(query_id)
        if was is None or not decision.answer:
            continue
        if _plain(decision.answer) != _plain(was.answer):
            where = _where(decision, next((each.ref for each in changes[query_id]), ""))
            findings.append(finding("DECISION_CHANGED", where, text=decision.answer, taken=was.answer))
            continue
        now = _taken(was, decision)
        if now == was:
            continue
        plan = replace(plan, taken=(*plan.taken, now))
        about = [c for c in changes[query_id] if c.row_id in plan.by_row_id]
        if _is_refusal(about):
            plan = _reasoned(plan, about, query_id, decision, edition)
        else:
            approved = [(c.row_id, c.month) for c in about if c.field == "approval" and c.new]
            for row_id, month in dict.fromkeys(approved):
                plan = _signed(plan, (row_id, "approval", month), query_id, decision, edition)
    return Decided(plan=plan, open=(), findings=tuple(findings))


def _taken(was: Taken, decision: Decision) -> Taken:
    """The decision as it is recorded, with what has been filled in since."""
    filled = {name: words for name, words in _signed_by(decision).items() if words and words != getattr(was, name)}
    return replace(was, **filled, **_at(decision)) if filled else was


def _signed_by(decision: Decision) -> dict[str, str]:
    """By whom, when, in which minute and why: what is kept of a decision wherever it is kept."""
    return {"by": decision.by, "on": decision.on, "minute": decision.minute, "comment": decision.comment}


def _at(decision: Decision) -> dict[str, str]:
    return {"file": decision.file, "cell": place(decision.sheet, decision.cell)}


def _signed(plan: Plan, key: Key, query_id: str, decision: Decision, edition: Month) -> Plan:
    """The plan with what the decision says beyond an approval that still stands as it was given."""
    now = value_of(plan.by_row_id[key[0]], "approval", key[2])
    given = [c for c in plan.history if (c.row_id, c.field, c.month) == key][-1]
    if now is None or given.decision != query_id:
        return plan
    said = {name: words for name, words in asdict(_approval(decision, "")).items() if words}
    signed = replace(Approval.from_text(now), **said).to_text()
    about = _about(decision, query_id)
    return plan if signed == now else plan.apply(changes_of(plan, key, signed, edition, **about))


def _reasoned(plan: Plan, changes: Sequence[Change], query_id: str, decision: Decision, edition: Month) -> Plan:
    """The plan with what the decision says beyond a refusal that still opens the note."""
    given = [change for change in changes if change.field == "note" and change.new][-1]
    line, said = (given.new or "").partition("\n")[0], _refusal(decision)
    note = plan.by_row_id[given.row_id].note if given.row_id in plan.by_row_id else ""
    if not note.startswith(line) or said in (line, f"{NOT_APPROVED}."):
        return plan
    about = _about(decision, query_id)
    return plan.apply(changes_of(plan, (given.row_id, "note", None), said + note[len(line) :], edition, **about))


def _is_refusal(taken: Sequence[Change]) -> bool:
    """Whether these changes of one decision refuse an approval: the status goes back, and the note says so."""
    said = any(change.field == "note" and (change.new or "").startswith(NOT_APPROVED) for change in taken)
    return said and any(change.field == "progress" for change in taken)


def _apply(plan: Plan, query: Query, answer: Answer, decision: Decision, edition: Month) -> Plan:
    """The plan with one decision taken."""
    about = _about(decision, query.query_id)
    asked = {"query_id": query.query_id, "row_id": query.row_id, "question": query.question, "answer": answer.words}
    plan = replace(plan, taken=(*plan.taken, Taken(**asked, **_signed_by(decision), **_at(decision))))
    for row_id, field, month, value in answer.edits:
        is_approved = field == "approval" and value is None
        new = _approval(decision, answer.decides or "").to_text() if is_approved else value
        if field == "row":
            change = Change(
                edition=edition, row_id=row_id, ref=query.ref, field=field, month=None, old=None, new=value, **about
            )
            plan = plan.apply([change])
        else:
            plan = plan.apply(changes_of(plan, (row_id, field, month), new, edition, **about))
    if answer.decides == "refused" and query.row_id in plan.by_row_id:
        note = f"{_refusal(decision)}\n{plan.by_row_id[query.row_id].note}".strip()
        plan = plan.apply(changes_of(plan, (query.row_id, "note", None), note, edition, **about))
    if not answer.edits:
        kept = plan.by_row_id.get(query.row_id)
        value = value_of(kept, query.field, query.month) if kept and query.field != "row" else None
        change = Change(
            edition=edition,
            row_id=query.row_id,
            ref=query.ref,
            field=query.field,
            month=query.month,
            old=value,
            new=value,
            **about,
        )
        plan = plan.apply([change])
    return plan


def _where(decision: Decision, ref: str) -> Where:
    return Where(file=decision.file, sheet=decision.sheet, cell=decision.cell, ref=ref)


def _about(decision: Decision, query_id: str) -> dict[str, str]:
    """What a change that a decision makes says of where it comes from."""
    return {"source": decision.file, "cell": place(decision.sheet, decision.cell), "decision": query_id}


def _approval(decision: Decision, decides: str) -> Approval:
    return Approval(decision=decides, **_signed_by(decision))


def _refusal(decision: Decision) -> str:
    """What the note says of a refusal: by whom, when, in which minute, and why.

    It stands in front, so that the note no longer opens with the marker of what was refused.
    """
    said = signature(decision.by, decision.on, decision.minute)
    reason = " ".join(decision.comment.split())
    return f"{NOT_APPROVED}{f' ({said})' if said else ''}{f': {reason}' if reason else '.'}"


def _unsigned(decision: Decision) -> str:
    """What a decision on an approval leaves out, in words."""
    parts = {"who took it": decision.by, "when": decision.on, "in which minute": decision.minute}
    return " or ".join(words for words, said in parts.items() if not said)


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" .").casefold()
