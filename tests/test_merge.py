"""Merging three ways, as data: what was issued, what the master says, what came back."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.office import JULY, SEPTEMBER, TWO_BANDS, changes, codes, progress, small_plan
from workbook.issuing import issue_plan
from workbook.merge import Merged, merge, outstanding
from workbook.merge.combine import changes_of
from workbook.merge.queries import ADD, APPROVE, BOTH, KEEP, LEAVE_OUT, REFUSE, awaiting
from workbook.months import Month
from workbook.plan import Plan, value_of
from workbook.queries import Decision, Query
from workbook.reading import FieldKey, NewRow, ReadAction, Reading, Said
from workbook.rules.progress import complete_since

OCTOBER = Month(2009, 10)
Edits = Mapping[tuple[str, str, Month | None], str | None]
SEP: Month | None = SEPTEMBER


def issued_plan(by: str = "lead") -> Plan:
    """The small council's plan with September issued."""
    plan, _ = issue_plan(small_plan(), TWO_BANDS, SEPTEMBER, by, None)  # type: ignore[arg-type]
    return plan


PLAN = issued_plan()


def came_back(
    recipient: str, edits: Edits, *, plan: Plan = PLAN, file: str = "", new_rows: tuple[NewRow, ...] = ()
) -> Reading:
    """What a recipient's return says when these values were changed in it and nothing else was."""
    issued = [each for each in plan.register if each.recipient == recipient][-1]
    baseline = plan.as_of(issued.position).only(issued.rows)
    file = file or issued.file

    def read(row_id: str) -> ReadAction:
        action = baseline.by_row_id[row_id]
        keys: list[FieldKey] = [("note", None), ("action", None), *(("progress", month) for month in plan.period)]
        said = {
            key: Said(value=edits.get((row_id, *key), value_of(action, *key)), sheet="CP1", cell=f"A{number}")
            for number, key in enumerate(keys, 1)
        }
        return ReadAction(issued=action, matched_by="row id", sheet="CP1", row=1, said=said)

    return Reading(
        file=file,
        digest=f"{file} {sorted(edits.items(), key=str)}",
        read=True,
        baseline=baseline,
        layout=TWO_BANDS,
        issued=issued,
        actions=tuple(map(read, issued.rows)),
        new_rows=new_rows,
    )


def merged(*readings: Reading, plan: Plan = PLAN, decisions: Mapping[str, Decision] | None = None) -> Merged:
    return merge(plan, readings, TWO_BANDS, decisions)


def decide(queries: tuple[Query, ...], answer: str, **more: str) -> dict[str, Decision]:
    return {query.query_id: Decision(answer=answer, file="queries.xlsx", cell="J2", **more) for query in queries}


# --- one value --------------------------------------------------------------------------------------------------


def test_an_edit_is_applied_and_kept_in_the_history() -> None:
    after = merged(came_back("PS", {("r112", "progress", SEP): "amber"}))
    assert changes(after) == ["1.1.2 progress Sep: None -> amber"]
    assert progress(after.plan, "1.1.2") == "Sep amber"
    assert after.plan.history == after.applied
    assert after.plan.edition == SEPTEMBER


def test_a_note_that_was_cleared_is_an_edit() -> None:
    after = merged(came_back("PS", {("r112", "note", None): None}))
    assert changes(after) == ["1.1.2 note: Two drawn so far. -> None"]


def test_two_officers_who_say_the_same_are_one_edit() -> None:
    said = {("r113", "progress", SEP): "green"}
    after = merged(came_back("PS", said), came_back("HB", said))
    assert changes(after) == ["1.1.3 progress Sep: None -> green"]
    assert after.conflicts == ()


def test_two_officers_who_differ_leave_the_master_alone_and_are_reported() -> None:
    after = merged(
        came_back("PS", {("r113", "progress", SEP): "green"}), came_back("HB", {("r113", "progress", SEP): "red"})
    )
    assert changes(after) == []
    assert [(each.ref, each.baseline, [v[0] for v in each.values]) for each in after.conflicts] == [
        ("1.1.3", None, ["green", "red"])
    ]
    answers = [answer.words for answer in after.queries[0].answers]
    assert answers == [KEEP, "Take green (on target) (PS)", "Take red (over one month behind) (HB)"]


def test_one_officers_silence_does_not_undo_the_others_edit() -> None:
    after = merged(came_back("PS", {}), came_back("HB", {("r113", "progress", SEP): "red"}))
    assert changes(after) == ["1.1.3 progress Sep: None -> red"]


def test_a_return_that_differs_from_what_was_merged_since_is_a_conflict() -> None:
    first = merged(came_back("PS", {("r113", "progress", SEP): "green"}))
    second = merged(came_back("HB", {("r113", "progress", SEP): "red"}), plan=first.plan)
    assert changes(second) == []
    assert progress(second.plan, "1.1.3") == "Sep green"
    assert len(second.conflicts) == 1


def test_a_field_that_is_not_the_officers_is_a_query() -> None:
    after = merged(came_back("PS", {("r112", "action", None): "Draw nothing"}))
    assert changes(after) == []
    assert after.queries[0].kind == "not theirs"
    taken = merged(
        came_back("PS", {("r112", "action", None): "Draw nothing"}),
        decisions=decide(after.queries, "Take Draw nothing (PS)"),
    )
    assert taken.plan.by_row_id["r112"].action == "Draw nothing"


def test_a_corrected_status_loses_the_approval_of_what_stood_there() -> None:
    proposed = merged(came_back("PS", {("r112", "progress", SEP): "revised"}))
    approved = merged(plan=proposed.plan, decisions=decide(proposed.queries, APPROVE, by="Board", minute="7"))
    plan, _ = issue_plan(approved.plan, TWO_BANDS, OCTOBER, "lead", None)
    after = merged(came_back("PS", {("r112", "progress", SEP): "green"}, plan=plan), plan=plan)
    assert after.plan.by_row_id["r112"].approval == {}
    assert [change.field for change in after.applied] == ["progress", "approval"]


# --- several files ----------------------------------------------------------------------------------------------


def test_the_same_file_given_twice_is_read_once() -> None:
    reading = came_back("PS", {("r112", "progress", SEP): "amber"})
    assert merged(reading, reading) == merged(reading)


def test_two_different_files_for_one_issue_are_named_and_only_their_differences_asked_about() -> None:
    first = came_back("PS", {("r112", "progress", SEP): "amber", ("r111", "progress", SEP): "green"})
    final = came_back("PS", {("r112", "progress", SEP): "red", ("r111", "progress", SEP): "green"}, file="final.xlsx")
    after = merged(first, final)
    assert "RETURNED_TWICE" in codes(after)
    assert changes(after) == ["1.1.1 progress Sep: None -> green"]
    assert [each.ref for each in after.conflicts] == ["1.1.2"]


def test_another_file_for_an_issue_that_came_back_in_an_earlier_run_is_named_too() -> None:
    first = merged(came_back("PS", {("r112", "progress", SEP): "amber"}))
    final = came_back("PS", {("r112", "progress", SEP): "red"}, file="final.xlsx")
    after = merged(final, plan=first.plan)
    said = next(each.message for each in after.findings if each.code == "RETURNED_TWICE")
    assert said.endswith("PS-2009-09.xlsx, final.xlsx.")
    assert [each.ref for each in after.conflicts] == ["1.1.2"]


def test_a_late_return_of_an_earlier_month_is_compared_with_what_was_issued_then() -> None:
    later, _ = issue_plan(merged(came_back("HB", {})).plan, TWO_BANDS, OCTOBER, "lead", None)
    late = came_back("PS", {("r112", "progress", SEP): "amber"}, plan=PLAN)
    after = merged(late, plan=later)
    assert changes(after) == ["1.1.2 progress Sep: None -> amber"]
    assert "STALE_ISSUE" in codes(after)


def test_an_action_that_a_late_return_says_is_complete_has_been_so_since_its_month() -> None:
    october, _ = issue_plan(PLAN, TWO_BANDS, OCTOBER, "lead", None)
    first = merged(came_back("HB", {}, plan=october), plan=october)
    late = came_back("PS", {("r112", "note", None): "COMPLETE. Signed in September."}, plan=PLAN)
    after = merged(late, plan=first.plan)
    assert after.applied[0].edition == OCTOBER
    assert complete_since(after.plan, TWO_BANDS) == {"r112": SEPTEMBER}


def test_who_is_outstanding_is_told_from_the_register() -> None:
    after = merged(came_back("PS", {}), came_back("HB", {}))
    assert after.outstanding == ("JG", "NO-LEAD")


_VALUES = st.sampled_from([None, "green", "amber", "red", "revised"])
_EDITS = st.dictionaries(
    st.tuples(
        st.sampled_from(["r111", "r112", "r113", "r211", "r1210"]), st.just("progress"), st.sampled_from([JULY, SEP])
    ),
    _VALUES,
    max_size=6,
)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(_EDITS, _EDITS, _EDITS)
def test_the_order_of_the_files_makes_no_difference(one: Edits, two: Edits, three: Edits) -> None:
    readings = [came_back("PS", one), came_back("HB", two), came_back("JG", three)]
    results = [merged(*each) for each in permutations(readings)]
    assert all(result == results[0] for result in results)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(_EDITS, _EDITS)
def test_merging_twice_is_merging_once(one: Edits, two: Edits) -> None:
    readings = [came_back("PS", one), came_back("HB", two)]
    once = merged(*readings)
    twice = merged(*readings, plan=once.plan)
    assert twice.plan == once.plan
    assert twice.applied == ()
    assert {query.query_id for query in twice.queries} == {query.query_id for query in once.queries}


@settings(max_examples=40, deadline=None, derandomize=True)
@given(_EDITS, _EDITS)
def test_every_edit_is_applied_or_asked_about_and_nothing_else_changes(one: Edits, two: Edits) -> None:
    after = merged(came_back("PS", one), came_back("HB", two))
    asked = {(query.row_id, query.field, query.month) for query in after.queries}
    for recipient, edits in (("PS", one), ("HB", two)):
        rows = next(each for each in PLAN.register if each.recipient == recipient).rows
        for (row_id, field, month), value in edits.items():
            if row_id in rows and value != value_of(PLAN.by_row_id[row_id], field, month):
                now = value_of(after.plan.by_row_id[row_id], field, month)
                assert now == value or (row_id, field, month) in asked
    said = {**one, **two}
    for action in after.plan.actions:
        before = PLAN.by_row_id[action.row_id]
        changed = {month for month in PLAN.period if action.progress.get(month) != before.progress.get(month)}
        assert all((action.row_id, "progress", month) in said for month in changed)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(_EDITS, _EDITS, _EDITS, st.lists(st.sampled_from([None, 0, 1, 2]), min_size=8, max_size=8))
def test_decisions_settle_what_they_are_taken_on_and_no_more(
    one: Edits, two: Edits, second: Edits, picks: list[int | None]
) -> None:
    readings = [came_back("PS", one), came_back("HB", two)]
    asked = merged(*readings)
    picked = zip(asked.queries, picks, strict=False)
    decisions = {
        query.query_id: Decision(answer=query.answers[pick % len(query.answers)].words, file="queries.xlsx")
        for query, pick in picked
        if pick is not None
    }
    readings.append(came_back("PS", second, file="PS v2.xlsx"))
    decided = merged(*readings, plan=asked.plan, decisions=decisions)
    again = merged(*readings, plan=decided.plan, decisions=decisions)
    assert again.plan == decided.plan
    assert {query.query_id for query in again.queries} == {query.query_id for query in decided.queries}
    assert decided.plan.as_of(0).actions == PLAN.actions
    # What nobody has decided on is asked of every action that waits.
    waiting = {action.row_id for action in decided.plan.actions if awaiting(action, TWO_BANDS)}
    assert waiting == {query.row_id for query in decided.queries if query.kind == "approval"}


# --- decisions --------------------------------------------------------------------------------------------------

_CONFLICT = (
    came_back("PS", {("r113", "progress", SEP): "green"}),
    came_back("HB", {("r113", "progress", SEP): "red"}),
)


def test_a_decision_on_a_conflict_is_applied_and_is_history_like_any_other_change() -> None:
    asked = merged(*_CONFLICT)
    decided = merged(*_CONFLICT, decisions=decide(asked.queries, "Take red (over one month behind) (HB)"))
    assert progress(decided.plan, "1.1.3") == "Sep red"
    assert decided.queries == ()
    assert decided.plan.history[-1].decision == asked.queries[0].query_id
    assert decided.plan.history[-1].source == "queries.xlsx"


def test_keeping_what_the_master_has_closes_the_query_for_good() -> None:
    decided = merged(*_CONFLICT, decisions=decide(merged(*_CONFLICT).queries, KEEP))
    assert progress(decided.plan, "1.1.3") == ""
    again = merged(*_CONFLICT, plan=decided.plan)
    assert again.queries == ()
    assert again.conflicts == ()


def test_the_same_files_and_decisions_again_change_nothing() -> None:
    decisions = decide(merged(*_CONFLICT).queries, "Take green (on target) (PS)")
    once = merged(*_CONFLICT, decisions=decisions)
    again = merged(*_CONFLICT, plan=once.plan, decisions=decisions)
    assert again.plan == once.plan
    assert again.queries == ()


def test_a_half_filled_queries_workbook_applies_half() -> None:
    readings = (*_CONFLICT, came_back("JG", {("r211", "progress", SEP): "suspended"}))
    asked = merged(*readings)
    half = decide(asked.queries[:1], KEEP) | decide(asked.queries[1:], "")
    decided = merged(*readings, decisions=half)
    assert [query.query_id for query in decided.queries] == [query.query_id for query in asked.queries[1:]]


def test_an_answer_that_is_none_of_its_answers_stays_open_and_is_named() -> None:
    decided = merged(*_CONFLICT, decisions=decide(merged(*_CONFLICT).queries, "Whatever Pat says"))
    assert len(decided.queries) == 1
    assert "DECISION_UNREAD" in codes(decided)


def test_an_approval_keeps_who_when_and_where_it_is_minuted() -> None:
    proposed = merged(came_back("PS", {("r112", "progress", SEP): "revised", ("r112", "progress", OCTOBER): "revised"}))
    assert [query.kind for query in proposed.queries] == ["approval"]
    decisions = decide(proposed.queries, APPROVE, by="Improvement Board", on="2009-10-14", minute="41/09")
    approved = merged(plan=proposed.plan, decisions=decisions)
    approval = approved.plan.by_row_id["r112"].approval
    assert list(approval) == [SEPTEMBER, OCTOBER]
    assert (approval[SEPTEMBER].by, approval[SEPTEMBER].minute) == ("Improvement Board", "41/09")
    assert approved.queries == ()


def test_a_refused_proposal_puts_the_old_status_back_and_stays_refused() -> None:
    reading = came_back("PS", {("r111", "progress", JULY): "revised"})
    proposed = merged(reading)
    refused = merged(reading, plan=proposed.plan, decisions=decide(proposed.queries, REFUSE))
    assert progress(refused.plan, "1.1.1") == "Jul green"
    assert merged(reading, plan=refused.plan).plan == refused.plan


def test_a_new_row_is_added_when_that_is_decided() -> None:
    words = {"heading": "1.2", "ref": "1.2.3", "action": "Sweep it", "lead": ("HB",), "note": "Weekly."}
    row = NewRow(sheet="CP1", cell="D30", progress={SEPTEMBER: "green", OCTOBER: "soon"}, **words)  # type: ignore[arg-type]
    reading = came_back("PS", {}, new_rows=(row,))
    asked = merged(reading)
    assert [answer.words for answer in asked.queries[0].answers] == [LEAVE_OUT, ADD]
    added = merged(reading, decisions=decide(asked.queries, ADD))
    new = added.plan.actions[-1]
    assert (new.ref, new.heading, new.action, new.lead, new.note) == ("1.2.3", "1.2", "Sweep it", ("HB",), "Weekly.")
    assert progress(added.plan, "1.2.3") == "Sep green"
    assert merged(reading, plan=added.plan).plan == added.plan
    assert added.plan.as_of(len(PLAN.history)).actions == PLAN.actions


def test_two_new_rows_that_differ_by_their_months_alone_are_both_asked_about() -> None:
    words = {"sheet": "CP1", "cell": "D30", "heading": "1.2", "ref": "", "action": "", "lead": (), "note": ""}
    one = NewRow(**words, progress={SEPTEMBER: "green"})  # type: ignore[arg-type]
    two = NewRow(**words, progress={OCTOBER: "red"})  # type: ignore[arg-type]
    after = merged(came_back("PS", {}, new_rows=(one, two)))
    assert [query.returned for query in after.queries] == ["Sep green", "Oct red"]


def test_a_row_left_out_is_not_asked_about_again() -> None:
    row = NewRow(sheet="CP1", cell="D30", heading="1.2", ref="", action="Sweep it", lead=(), note="")
    reading = came_back("PS", {}, new_rows=(row,))
    left_out = merged(reading, decisions=decide(merged(reading).queries, LEAVE_OUT))
    assert left_out.plan.actions == PLAN.actions
    assert merged(reading, plan=left_out.plan).queries == ()


# --- unreadable -------------------------------------------------------------------------------------------------


def test_a_cell_that_cannot_be_read_asks_with_the_likeliest_first() -> None:
    reading = came_back("PS", {})
    odd = Said(value=None, sheet="CP1", cell="H9", readable=False, raw="#E97132", candidates=("amber", "red"))
    rows = [
        replace(row, said={**row.said, ("progress", SEPTEMBER): odd}) if row.issued.row_id == "r112" else row
        for row in reading.actions
    ]
    after = merged(replace(reading, actions=tuple(rows)))
    assert changes(after) == []
    words = [answer.words for answer in after.queries[0].answers]
    assert words[:3] == [KEEP, "It means amber (one month behind)", "It means red (over one month behind)"]
    assert words[-1] == "It means nothing is reported"


# --- approvals and what they leave ------------------------------------------------------------------------------

HATCHED = came_back(
    "PS",
    {
        ("r111", "progress", OCTOBER): "revised",
        ("r111", "progress", OCTOBER + 1): "revised",
        ("r111", "note", None): "REPROGRAMMED to November.",
    },
)
SIGNED = {"by": "Improvement Board", "on": "14 October 2009", "minute": "41/09"}


def decided_on(answer: str, **more: str) -> Merged:
    """What comes of new dates that are proposed, and then decided on."""
    proposed = merged(HATCHED)
    return merged(HATCHED, plan=proposed.plan, decisions=decide(proposed.queries, answer, **more))


def test_approved_new_dates_are_kept_beside_the_programme_which_stays_in_view() -> None:
    action = decided_on(APPROVE, **SIGNED).plan.by_row_id["r111"]
    assert [month.short for month in action.revised] == ["Oct", "Nov"]
    assert [month.short for month in action.programmed] == ["Jul", "Aug", "Sep"]


def test_new_dates_that_are_only_proposed_count_for_nothing() -> None:
    assert merged(HATCHED).plan.by_row_id["r111"].revised == ()


def test_what_is_reported_over_new_dates_leaves_them_new_dates() -> None:
    approved = decided_on(APPROVE, **SIGNED).plan
    reported = changes_of(approved, ("r111", "progress", OCTOBER), "green", OCTOBER, source="PS.xlsx", cell="CP1!I14")
    assert [month.short for month in approved.apply(reported).by_row_id["r111"].revised] == ["Oct", "Nov"]


def test_new_dates_that_are_cleared_are_none_any_more() -> None:
    approved = decided_on(APPROVE, **SIGNED).plan
    cleared = changes_of(approved, ("r111", "progress", OCTOBER), None, OCTOBER, source="master.xlsx", cell="CP1!I14")
    assert [month.short for month in approved.apply(cleared).by_row_id["r111"].revised] == ["Nov"]


def test_a_refusal_says_in_the_note_who_refused_it_and_why() -> None:
    refused = decided_on(REFUSE, comment="The grant ends in October.", **SIGNED)
    action = refused.plan.by_row_id["r111"]
    assert action.note == (
        "Not approved (Improvement Board, 14 October 2009, minute 41/09): The grant ends in October.\n"
        "REPROGRAMMED to November."
    )
    assert action.marker is None
    assert progress(refused.plan, "1.1.1") == "Jul green"
    (said,) = [each for each in refused.plan.history if each.field == "note" and each.decision]
    assert (said.old, said.new) == ("REPROGRAMMED to November.", action.note)


def test_a_refusal_without_a_reason_says_so_much() -> None:
    assert decided_on(REFUSE).plan.by_row_id["r111"].note == "Not approved.\nREPROGRAMMED to November."


@pytest.mark.parametrize("answer", [APPROVE, REFUSE])
def test_what_was_decided_is_taken_once(answer: str) -> None:
    decided = decided_on(answer, **SIGNED)
    again = merged(HATCHED, plan=decided.plan, decisions=decide(merged(HATCHED).queries, answer, **SIGNED))
    assert (again.plan, again.queries) == (decided.plan, ())
    assert decided.plan.as_of(0).actions == PLAN.actions


@pytest.mark.parametrize(
    ("signed", "missing"),
    [
        ({}, ["who took it or when or in which minute"]),
        ({"by": "Board", "on": "2009-10-14"}, ["in which minute"]),
        (SIGNED, []),
    ],
)
def test_a_decision_that_does_not_say_who_and_when_is_named(signed: dict[str, str], missing: list[str]) -> None:
    found = [each.message for each in decided_on(APPROVE, **signed).findings if each.code == "APPROVAL_UNSIGNED"]
    assert found == [f"The decision on 1.1.1 does not say {each}." for each in missing]


def test_what_is_proposed_again_after_a_refusal_is_asked_again() -> None:
    refused = decided_on(REFUSE, **SIGNED).plan
    issued, _ = issue_plan(refused, TWO_BANDS, OCTOBER, "lead", None)
    again = came_back("PS", {("r111", "progress", OCTOBER): "revised"}, plan=issued)
    proposed = merged(again, plan=issued)
    assert [(query.kind, query.month) for query in proposed.queries] == [("approval", OCTOBER)]
    approved = merged(again, plan=proposed.plan, decisions=decide(proposed.queries, APPROVE, **SIGNED))
    assert approved.plan.by_row_id["r111"].approval[OCTOBER].approved
    assert approved.queries == ()


def test_another_version_of_a_return_does_not_propose_again_what_was_refused() -> None:
    refused = decided_on(REFUSE, **SIGNED).plan
    edits: Edits = {
        ("r111", "progress", OCTOBER): "revised",
        ("r111", "progress", OCTOBER + 1): "revised",
        ("r112", "note", None): "Two more.",
    }
    after = merged(came_back("PS", edits, file="PS v2.xlsx"), plan=refused)
    assert changes(after) == ["1.1.2 note: Two drawn so far. -> Two more."]
    assert after.queries == ()


def test_a_refusal_gives_back_the_approval_of_what_stood_there_before() -> None:
    approved = decided_on(APPROVE, **SIGNED).plan
    issued, _ = issue_plan(approved, TWO_BANDS, OCTOBER, "lead", None)
    blue = came_back("PS", {("r111", "progress", OCTOBER): "suspended"}, plan=issued)
    proposed = merged(blue, plan=issued)
    assert OCTOBER not in proposed.plan.by_row_id["r111"].approval
    refused = merged(blue, plan=proposed.plan, decisions=decide(proposed.queries, REFUSE, by="Cabinet"))
    action = refused.plan.by_row_id["r111"]
    assert action.progress == approved.by_row_id["r111"].progress
    assert action.approval == approved.by_row_id["r111"].approval
    assert refused.queries == ()
    again = merged(blue, plan=refused.plan, decisions=decide(proposed.queries, REFUSE, by="Cabinet"))
    assert (again.plan, "DECISION_CHANGED" in codes(again)) == (refused.plan, False)


def test_who_and_when_may_be_filled_in_later() -> None:
    unsigned = decided_on(APPROVE).plan
    query_id = next(change.decision for change in unsigned.history if change.decision)
    signed = {query_id or "": Decision(answer=APPROVE, file="queries.xlsx", comment="For once.", **SIGNED)}
    after = merged(HATCHED, plan=unsigned, decisions=signed)
    approval = after.plan.by_row_id["r111"].approval[OCTOBER]
    assert (approval.by, approval.on, approval.minute, approval.comment) == (*SIGNED.values(), "For once.")
    assert merged(HATCHED, plan=after.plan, decisions=signed).plan == after.plan


def test_the_reason_of_a_refusal_may_be_filled_in_later() -> None:
    bare = decided_on(REFUSE).plan
    query_id = next(change.decision for change in bare.history if change.decision)
    reasoned = {query_id or "": Decision(answer=REFUSE, file="queries.xlsx", comment="No money.", **SIGNED)}
    after = merged(HATCHED, plan=bare, decisions=reasoned)
    said = "Not approved (Improvement Board, 14 October 2009, minute 41/09): No money."
    assert after.plan.by_row_id["r111"].note == f"{said}\nREPROGRAMMED to November."
    assert merged(HATCHED, plan=after.plan, decisions=reasoned).plan == after.plan
    assert merged(HATCHED, plan=after.plan, decisions={query_id or "": Decision(answer=REFUSE)}).plan == after.plan


def test_a_note_that_meets_a_refusal_in_one_run_is_asked_about_until_it_is_decided() -> None:
    proposed = merged(HATCHED)
    theirs = came_back("PS", {("r111", "note", None): "Nothing to do with us."}, file="PS v2.xlsx")
    once = merged(theirs, plan=proposed.plan, decisions=decide(proposed.queries, REFUSE, **SIGNED))
    assert [query.kind for query in once.queries] == ["conflict"]
    assert merged(theirs, plan=once.plan).queries != ()


def test_a_return_is_not_judged_by_what_a_later_month_says() -> None:
    late = merged(came_back("PS", {**LATE, ("r113", "note", None): "Ill. Will be done in October."}))
    issued, _ = issue_plan(late.plan, TWO_BANDS, OCTOBER, "lead", None)
    done = came_back("PS", {("r113", "progress", OCTOBER): "green", ("r113", "note", None): "COMPLETE."}, plan=issued)
    after = merged(done, plan=issued)
    again = merged(
        came_back("PS", {**LATE, ("r113", "note", None): "Ill. Will be done in October."}), done, plan=after.plan
    )
    assert "MARKER_CONTRADICTS_COLOUR" not in codes(again)


@pytest.mark.parametrize(("was", "now"), [(APPROVE, REFUSE), (REFUSE, APPROVE)])
def test_a_decision_that_is_another_one_later_is_named_and_undoes_nothing(was: str, now: str) -> None:
    taken = decided_on(was, **SIGNED).plan
    query_id = next(change.decision for change in taken.history if change.decision)
    after = merged(HATCHED, plan=taken, decisions={query_id or "": Decision(answer=now, file="queries.xlsx", **SIGNED)})
    assert after.plan == taken
    (found,) = [each for each in after.findings if each.code == "DECISION_CHANGED"]
    assert found.message == f"The decision on 1.1.1 says “{now}” now, but “{was}” was taken before."


def test_what_has_been_decided_is_not_said_to_need_approval_any_more() -> None:
    assert "APPROVAL_NEEDED" in codes(merged(HATCHED))
    assert "APPROVAL_NEEDED" not in codes(decided_on(APPROVE, **SIGNED))
    assert "APPROVAL_NEEDED" not in codes(decided_on(REFUSE, **SIGNED))


def test_an_officer_cannot_take_an_approved_date_away() -> None:
    approved = decided_on(APPROVE, **SIGNED).plan
    issued, _ = issue_plan(approved, TWO_BANDS, OCTOBER, "lead", None)
    cleared = merged(came_back("PS", {("r111", "progress", OCTOBER + 1): None}, plan=issued), plan=issued)
    assert cleared.plan.by_row_id["r111"] == approved.by_row_id["r111"]
    assert [query.kind for query in cleared.queries] == ["not theirs"]


def test_what_lost_a_conflict_is_not_taken_when_its_file_comes_again() -> None:
    ours, theirs = (came_back(who, {("r113", "progress", SEP): said}) for who, said in (("PS", "green"), ("HB", "red")))
    asked = merged(ours, theirs)
    kept = merged(ours, theirs, plan=asked.plan, decisions=decide(asked.queries, KEEP))
    assert merged(theirs, plan=kept.plan).plan == kept.plan
    assert merged(theirs, plan=kept.plan).queries == ()


def test_a_file_that_was_in_conflict_does_not_win_by_coming_again_alone() -> None:
    ours, theirs = (came_back(who, {("r113", "progress", SEP): said}) for who, said in (("PS", "green"), ("HB", "red")))
    asked = merged(ours, theirs)
    again = merged(theirs, plan=asked.plan)
    assert again.applied == ()
    assert [query.kind for query in again.queries] == ["conflict"]


def test_another_version_that_differs_from_what_was_decided_is_asked_about() -> None:
    ours, theirs = (came_back(who, {("r113", "progress", SEP): said}) for who, said in (("PS", "green"), ("HB", "red")))
    asked = merged(ours, theirs)
    kept = merged(ours, theirs, plan=asked.plan, decisions=decide(asked.queries, KEEP))
    later = merged(came_back("PS", {("r113", "progress", SEP): "amber"}, file="PS v2.xlsx"), plan=kept.plan)
    assert later.applied == ()
    assert [query.kind for query in later.queries] == ["conflict"]


def test_a_programme_that_is_changed_is_not_worked_out_any_more() -> None:
    derived = replace(PLAN.by_row_id["r111"], programme_from="finish “Sept 09”")
    plan = replace(PLAN, actions=(derived, *PLAN.actions[1:]))
    edits = changes_of(plan, ("r111", "programmed", None), "2009-12", SEPTEMBER, source="master.xlsx", cell="CP1!G9")
    assert plan.apply(edits).by_row_id["r111"].programme_from == ""
    assert plan.apply(edits).as_of(0).by_row_id["r111"].programme_from == "finish “Sept 09”"


def test_a_version_that_came_after_a_decision_is_decided_on_by_itself() -> None:
    ours, theirs = (came_back(who, {("r113", "progress", SEP): said}) for who, said in (("PS", "green"), ("HB", "red")))
    asked = merged(ours, theirs)
    kept = merged(ours, theirs, plan=asked.plan, decisions=decide(asked.queries, KEEP))
    second = came_back("PS", {("r113", "progress", SEP): "amber"}, file="PS v2.xlsx")
    again = merged(second, plan=kept.plan)
    assert merged(second, plan=again.plan).queries == again.queries != ()
    taken = merged(second, plan=again.plan, decisions=decide(again.queries, "Take amber (one month behind) (PS)"))
    assert progress(taken.plan, "1.1.3") == "Sep amber"


@pytest.mark.parametrize(("answer", "left"), [(APPROVE, "Jul green, Oct revised, Nov revised"), (REFUSE, "Jul green")])
def test_a_conflict_on_what_is_proposed_and_its_approval_are_decided_together(answer: str, left: str) -> None:
    proposed = merged(HATCHED)
    second = came_back("PS", {("r111", "progress", OCTOBER): "amber"}, file="PS v2.xlsx")
    asked = merged(second, plan=proposed.plan)
    assert {query.kind for query in asked.queries} == {"conflict", "approval"}
    by_kind = {"conflict": KEEP, "approval": answer}
    decisions = {
        query.query_id: Decision(answer=by_kind[query.kind], file="queries.xlsx", **SIGNED) for query in asked.queries
    }
    decided = merged(second, plan=asked.plan, decisions=decisions)
    assert progress(decided.plan, "1.1.1") == left
    assert decided.queries == ()
    assert merged(second, plan=decided.plan, decisions=decisions).plan == decided.plan


def test_two_proposals_one_upon_the_other_are_refused_one_after_the_other() -> None:
    hatched = merged(HATCHED).plan
    issued, _ = issue_plan(hatched, TWO_BANDS, OCTOBER, "lead", None)
    blue = merged(came_back("PS", {("r111", "progress", OCTOBER): "suspended"}, plan=issued), plan=issued)
    first = [query for query in blue.queries if "blue" in query.question]
    one = merged(plan=blue.plan, decisions=decide(tuple(first), REFUSE, **SIGNED))
    assert progress(one.plan, "1.1.1") == "Jul green, Oct revised, Nov revised"
    assert [query.kind for query in one.queries] == ["approval"]
    both = merged(plan=one.plan, decisions=decide(one.queries, REFUSE, **SIGNED))
    assert progress(both.plan, "1.1.1") == "Jul green"
    assert both.queries == ()


def test_what_was_decided_in_one_month_may_be_said_again_in_the_next() -> None:
    ours, theirs = (came_back(who, {("r113", "progress", SEP): said}) for who, said in (("PS", "green"), ("HB", "red")))
    kept = merged(ours, theirs, decisions=decide(merged(ours, theirs).queries, KEEP))
    issued, _ = issue_plan(kept.plan, TWO_BANDS, OCTOBER, "lead", None)
    again = [
        came_back(who, {("r113", "progress", SEP): said}, plan=issued) for who, said in (("PS", "green"), ("HB", "red"))
    ]
    assert [query.kind for query in merged(*again, plan=issued).queries] == ["conflict"]
    alone = merged(again[0], plan=issued)
    assert progress(alone.plan, "1.1.3") == "Sep green"


def test_a_value_that_was_refused_in_an_earlier_month_may_be_proposed_in_a_second_version() -> None:
    issued, _ = issue_plan(decided_on(REFUSE, **SIGNED).plan, TWO_BANDS, OCTOBER, "lead", None)
    first = merged(came_back("PS", {("r112", "note", None): "Three."}, plan=issued), plan=issued)
    edits: Edits = {("r112", "note", None): "Three.", ("r111", "progress", OCTOBER): "revised"}
    second = merged(came_back("PS", edits, plan=issued, file="PS v2.xlsx"), plan=first.plan)
    assert [query.kind for query in second.queries] == ["approval"]


# --- markers, and what several leads say ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ("Completed - signed on 1 September", "COMPLETE - signed on 1 September"),
        ("reprogrammed to Oct", "REPROGRAMMED to Oct"),
        ("COMPLETED. Signed.", "COMPLETED. Signed."),
        ("Completed the first draft", "Completed the first draft"),
    ],
)
def test_a_marker_is_put_in_order_and_merging_again_changes_nothing(note: str, kept: str) -> None:
    reading = came_back("PS", {("r111", "note", None): note})
    after = merged(reading)
    assert after.plan.by_row_id["r111"].note == kept
    assert merged(reading, plan=after.plan).plan == after.plan


def test_two_leads_who_write_a_marker_in_two_ways_say_the_same() -> None:
    one = came_back("PS", {("r113", "note", None): "Completed - signed"})
    other = came_back("HB", {("r113", "note", None): "COMPLETE - signed"})
    assert merged(one, other).conflicts == ()


LATE: Edits = {("r113", "progress", SEP): "red"}


def test_a_marker_that_is_missing_from_one_return_may_stand_in_anothers() -> None:
    hatched = came_back("HB", {("r113", "progress", OCTOBER): "revised"})
    noted = came_back("PS", {("r113", "note", None): "REPROGRAMMED to October."})
    assert "MARKER_MISSING" in codes(merged(hatched))
    assert "MARKER_MISSING" not in codes(merged(hatched, noted))


def test_what_one_lead_reports_is_judged_in_that_return_alone() -> None:
    silent = came_back("HB", {})
    found = merged(came_back("PS", LATE), silent).findings
    assert [each.file for each in found if each.code == "NOTE_MISSING"] == ["PS-2009-09.xlsx"]
    assert [each.file for each in found if each.code == "LATENESS_OVERSTATED"] == ["PS-2009-09.xlsx"]


def test_one_lead_says_complete_and_the_other_red() -> None:
    done = came_back("HB", {("r113", "note", None): "COMPLETE. Signed."})
    assert "MARKER_CONTRADICTS_COLOUR" in codes(merged(came_back("PS", LATE), done))


def test_a_note_that_is_missing_from_one_return_may_stand_in_anothers() -> None:
    noted = came_back("HB", {("r113", "note", None): "The hall was shut. A new date is booked for 3 October."})
    assert "NOTE_MISSING" in codes(merged(came_back("PS", LATE)))
    assert "NOTE_MISSING" not in codes(merged(came_back("PS", LATE), noted))


def test_a_recipient_whose_actions_are_all_complete_is_not_chased() -> None:
    done = replace(PLAN, actions=tuple(replace(each, note="COMPLETE.") for each in PLAN.actions))
    assert outstanding(PLAN, SEPTEMBER, TWO_BANDS) == ("PS", "HB", "JG", "NO-LEAD")
    assert outstanding(done, SEPTEMBER, TWO_BANDS) == ()


# --- what is held back is remembered ----------------------------------------------------------------------------

OURS, THEIRS = _CONFLICT
SECOND = came_back("PS", {("r113", "progress", SEP): "amber"}, file="PS v2.xlsx")


def answers(after: Merged) -> list[str]:
    return [answer.words for query in after.queries for answer in query.answers]


def test_an_open_conflict_is_asked_again_without_its_returns() -> None:
    asked = merged(*_CONFLICT)
    again = merged(plan=asked.plan)
    assert again.queries == asked.queries
    assert again.conflicts == asked.conflicts
    assert again.plan == asked.plan


def test_a_decision_on_what_is_open_needs_no_returns() -> None:
    asked = merged(*_CONFLICT)
    red = decide(asked.queries, "Take red (over one month behind) (HB)")
    alone, with_returns = merged(plan=asked.plan, decisions=red), merged(*_CONFLICT, plan=asked.plan, decisions=red)
    assert progress(alone.plan, "1.1.3") == "Sep red"
    assert alone.plan == with_returns.plan


def test_another_version_does_not_win_over_a_conflict_that_is_open() -> None:
    asked = merged(*_CONFLICT)
    again = merged(SECOND, plan=asked.plan)
    assert again.applied == ()
    assert answers(again) == [
        KEEP,
        "Take amber (one month behind) (PS, PS v2.xlsx)",
        "Take green (on target) (PS, PS-2009-09.xlsx)",
        "Take red (over one month behind) (HB)",
    ]


def test_a_version_that_agrees_with_the_other_lead_does_not_settle_what_the_first_said() -> None:
    asked = merged(*_CONFLICT)
    agreed = merged(came_back("PS", {("r113", "progress", SEP): "red"}, file="PS v2.xlsx"), plan=asked.plan)
    assert agreed.applied == ()
    assert [query.kind for query in agreed.queries] == ["conflict"]


def test_a_decision_on_what_is_asked_otherwise_now_is_named_and_not_taken() -> None:
    asked = merged(*_CONFLICT)
    later = merged(SECOND, plan=asked.plan, decisions=decide(asked.queries, "Take green (on target) (PS)"))
    assert progress(later.plan, "1.1.3") == ""
    assert [query.kind for query in later.queries] == ["conflict"]
    (found,) = [each for each in later.findings if each.code == "DECISION_UNUSED"]
    assert "the decision “Take green (on target) (PS)” on it was not taken" in found.message


def test_whatever_was_held_back_is_kept_after_it_is_decided() -> None:
    asked = merged(*_CONFLICT)
    kept = merged(plan=asked.plan, decisions=decide(asked.queries, KEEP, by="Board", comment="As reported."))
    assert {(held.value, held.file, held.recipient) for held in kept.plan.held} == {
        ("green", "PS-2009-09.xlsx", "PS"),
        ("red", "HB-2009-09.xlsx", "HB"),
    }
    (taken,) = kept.plan.taken
    assert (taken.answer, taken.by, taken.comment) == (KEEP, "Board", "As reported.")
    assert merged(plan=kept.plan).queries == ()


def test_a_decision_that_is_turned_round_is_named_on_a_conflict_too() -> None:
    asked = merged(*_CONFLICT)
    kept = merged(plan=asked.plan, decisions=decide(asked.queries, KEEP))
    turned = merged(plan=kept.plan, decisions=decide(asked.queries, "Take green (on target) (PS)"))
    assert turned.plan == kept.plan
    assert "DECISION_CHANGED" in codes(turned)


def test_who_decided_on_a_conflict_may_be_filled_in_later() -> None:
    asked = merged(*_CONFLICT)
    kept = merged(plan=asked.plan, decisions=decide(asked.queries, KEEP))
    signed = merged(plan=kept.plan, decisions=decide(asked.queries, KEEP, by="Board"))
    assert [taken.by for taken in signed.plan.taken] == ["", "Board"]
    assert merged(plan=signed.plan, decisions=decide(asked.queries, KEEP, by="Board")).plan == signed.plan


def test_an_open_new_row_is_asked_again_and_added_without_its_return() -> None:
    words = {"heading": "1.2", "ref": "1.2.3", "action": "Sweep it", "lead": ("HB",), "note": "Weekly."}
    row = NewRow(sheet="CP1", cell="D30", progress={SEPTEMBER: "green"}, more={"partners": "Parish"}, **words)  # type: ignore[arg-type]
    asked = merged(came_back("PS", {}, new_rows=(row,)))
    again = merged(plan=asked.plan)
    assert again.queries == asked.queries
    added = merged(plan=asked.plan, decisions=decide(asked.queries, ADD)).plan.actions[-1]
    assert (added.ref, added.note, added.partners, added.progress) == (
        "1.2.3",
        "Weekly.",
        "Parish",
        {SEPTEMBER: "green"},
    )


def test_a_row_that_two_returns_add_is_asked_about_once() -> None:
    row = NewRow(sheet="CP1", cell="D30", heading="1.2", ref="", action="Sweep it", lead=(), note="")
    after = merged(came_back("PS", {}, new_rows=(row,)), came_back("HB", {}, new_rows=(row,)))
    assert [query.file for query in after.queries] == ["HB-2009-09.xlsx, PS-2009-09.xlsx"]


def test_what_the_owner_writes_on_the_master_settles_what_was_open() -> None:
    asked = merged(*_CONFLICT)
    edit = changes_of(asked.plan, ("r113", "progress", SEP), "amber", SEPTEMBER, source="master.xlsx", cell="CP1!H14")
    by_hand = asked.plan.apply(edit).recorded("edited", asked.plan)
    assert merged(plan=by_hand).queries == ()
    assert merged(*_CONFLICT, plan=by_hand).plan == by_hand


def test_a_cell_that_could_not_be_read_is_asked_about_until_somebody_decides() -> None:
    asked = merged(unreadable("PS", "#E97132", ("amber", "red")))
    again = merged(plan=asked.plan)
    assert again.queries == asked.queries != ()
    taken = merged(plan=asked.plan, decisions=decide(asked.queries, "It means red (over one month behind)"))
    assert progress(taken.plan, "1.1.2") == "Sep red"
    assert merged(unreadable("PS", "#E97132", ("amber", "red")), plan=taken.plan).plan == taken.plan


def unreadable(recipient: str, raw: str, candidates: tuple[str, ...], row_id: str = "r112") -> Reading:
    """A return in which September of an action could not be read."""
    reading = came_back(recipient, {})
    odd = Said(value=None, sheet="CP1", cell="H9", readable=False, raw=raw, candidates=candidates)
    rows = [
        replace(row, said={**row.said, ("progress", SEPTEMBER): odd}) if row.issued.row_id == row_id else row
        for row in reading.actions
    ]
    return replace(reading, actions=tuple(rows))


def test_one_cell_is_one_question_even_if_one_lead_cannot_be_read_and_the_other_differs_from_the_master() -> None:
    first = merged(came_back("HB", {("r113", "progress", SEP): "green"}))
    second = came_back("HB", {("r113", "progress", SEP): "red"}, file="HB v2.xlsx")
    after = merged(second, unreadable("PS", "soon", ("amber",), "r113"), plan=first.plan)
    assert [query.kind for query in after.queries] == ["conflict"]
    assert answers(after)[:3] == [
        KEEP,
        "Take red (over one month behind) (HB)",
        "It means amber (one month behind)",
    ]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(_EDITS, _EDITS, _EDITS, st.lists(st.sampled_from([None, 0, 1, 2]), min_size=8, max_size=8))
def test_nothing_that_was_ever_reported_disappears(
    one: Edits, two: Edits, second: Edits, picks: list[int | None]
) -> None:
    asked = merged(came_back("PS", one), came_back("HB", two))
    decisions: dict[str, Decision] = {}
    for query, pick in zip(asked.queries, picks, strict=False):
        if pick is not None:
            decisions |= decide((query,), query.answers[pick % len(query.answers)].words)
    after = merged(came_back("PS", second, file="PS v2.xlsx"), plan=asked.plan, decisions=decisions).plan
    for recipient, edits in (("PS", one), ("HB", two), ("PS", second)):
        rows = next(each for each in PLAN.register if each.recipient == recipient).rows
        for (row_id, field, month), value in edits.items():
            key = (row_id, field, month)
            applied = {change.new for change in after.history if (change.row_id, change.field, change.month) == key}
            held = {each.value for each in after.held if (each.row_id, each.field, each.month) == key}
            before = value_of(PLAN.by_row_id[row_id], field, month)
            assert row_id not in rows or value in applied | held | {before}


# --- rows and fields that are not theirs ------------------------------------------------------------------------


def answering_for_hal(edits: Edits, file: str = "PS and HB.xlsx") -> Reading:
    """Pat's return with Hal's rows pasted in, which were issued to Hal."""
    own, other = came_back("PS", {}), came_back("HB", edits)
    rows = {action.issued.row_id: action for action in (*other.actions, *own.actions)}
    return replace(own, file=file, digest=f"{file} {edits}", actions=tuple(rows.values()))


HALS: Edits = {("r1210", "progress", SEP): "amber"}


def test_an_officer_who_answers_for_a_colleague_is_asked_about_and_never_taken() -> None:
    after = merged(answering_for_hal(HALS))
    assert after.applied == ()
    (query,) = after.queries
    assert (query.kind, query.ref, query.officer) == ("not theirs", "1.2.10", "HB")
    said = "PS was not asked about this action, and says something about September 2009. Is it to be taken?"
    assert query.question == said
    taken = merged(plan=after.plan, decisions=decide(after.queries, "Take amber (one month behind) (PS)"))
    assert progress(taken.plan, "1.2.10") == "Sep amber"


def test_what_the_colleague_says_too_is_taken_from_the_colleague() -> None:
    after = merged(answering_for_hal(HALS), came_back("HB", HALS))
    assert changes(after) == ["1.2.10 progress Sep: None -> amber"]
    assert after.applied[0].source == "HB-2009-09.xlsx"
    assert after.queries == ()


def test_what_the_colleague_says_otherwise_is_taken_and_the_other_asked_about() -> None:
    red: Edits = {("r1210", "progress", SEP): "red"}
    after = merged(answering_for_hal(HALS), came_back("HB", red))
    assert changes(after) == ["1.2.10 progress Sep: None -> red"]
    assert [query.kind for query in after.queries] == ["not theirs"]


def test_what_is_said_of_an_action_that_was_dropped_since_is_named() -> None:
    without = replace(PLAN, actions=tuple(each for each in PLAN.actions if each.row_id != "r113"))
    after = merged(came_back("PS", {("r113", "progress", SEP): "red"}), plan=without)
    (found,) = [each for each in after.findings if each.code == "ROW_DROPPED"]
    assert found.message.endswith("The return says of it: September 2009 red (over one month behind).")
    assert "ROW_DROPPED" not in codes(merged(came_back("PS", {}), plan=without))


# --- queries: their order, and what is plain ---------------------------------------------------------------------


def test_queries_stand_by_officer_then_by_importance() -> None:
    high = {"r112": "high", "r1210": "low", "r211": "high"}
    plan = replace(PLAN, actions=tuple(replace(each, importance=high.get(each.row_id, "")) for each in PLAN.actions))
    edits: Edits = {(row, "progress", SEP): "suspended" for row in ("r111", "r112", "r1210", "r211", "r212")}
    readings = [came_back(each.recipient, edits, plan=plan) for each in plan.register]
    after = merged(*readings, plan=plan)
    assert [(query.officer, query.ref) for query in after.queries] == [
        ("PS", "1.1.2"),
        ("PS", "1.1.1"),
        ("HB", "2.1.1"),
        ("HB", "1.2.10"),
        ("", "2.1.2"),
    ]


@pytest.mark.parametrize(
    ("one", "other", "plain"),
    [
        ("Signed on 3 October.", "signed on 3  October", "Take Signed on 3 October. (PS)"),
        ("Late.", "Late. Will be done in May.", "Take Late. Will be done in May. (HB)"),
        ("Late.", "On time.", ""),
        ("Late.", None, ""),
    ],
)
def test_an_answer_is_filled_in_only_where_it_is_plain(one: str, other: str | None, plain: str) -> None:
    key = ("r113", "note", None)
    plan = PLAN
    if other is None:  # a note that one of them clears must be there
        plan = PLAN.apply(changes_of(PLAN, key, "Late", SEPTEMBER, source="master.xlsx", cell="CP1!R9"))
    issued = issue_plan(plan, TWO_BANDS, SEPTEMBER, "lead", None)[0]
    after = merged(came_back("PS", {key: one}, plan=issued), came_back("HB", {key: other}, plan=issued), plan=issued)
    assert [query.suggested for query in after.queries] == [plain]


@pytest.mark.parametrize(
    ("raw", "candidates", "plain"),
    [
        ("Ambr", ("amber",), "It means amber (one month behind)"),
        ("Ambr", ("amber", "green"), ""),
        ("#E97132", ("amber",), ""),
        ("see note", ("green",), ""),
    ],
)
def test_a_slip_of_one_status_is_filled_in(raw: str, candidates: tuple[str, ...], plain: str) -> None:
    assert [query.suggested for query in merged(unreadable("PS", raw, candidates)).queries] == [plain]


def test_two_notes_may_be_taken_both() -> None:
    key = ("r113", "note", None)
    both = came_back("PS", {key: "The hall was shut."}), came_back("HB", {key: "COMPLETE. Signed."})
    asked = merged(*both)
    taken = merged(plan=asked.plan, decisions=decide(asked.queries, BOTH))
    action = taken.plan.by_row_id["r113"]
    assert action.note == "COMPLETE. Signed. (HB)\nThe hall was shut. (PS)"
    assert action.marker == "COMPLETE"


def test_long_texts_are_cut_in_the_answers_and_stay_apart() -> None:
    key, long = ("r113", "note", None), "The contractor has gone into administration and " * 3
    asked = merged(came_back("PS", {key: long + "one"}), came_back("HB", {key: long + "two"}))
    words = [answer for answer in answers(asked) if answer.startswith("Take The")]
    assert len(set(words)) == 2
    assert all(len(each) < 120 for each in words)
    taken = merged(plan=asked.plan, decisions=decide(asked.queries, words[0]))
    assert taken.plan.by_row_id["r113"].note.endswith(("one", "two"))
