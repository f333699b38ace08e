"""What the board is told of a month: figures, exceptions, movement, the schedule of changes, what is done and ahead."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets import drawn
from tests.strategies import plans, seldom
from workbook import verbs
from workbook.errors import UsageError
from workbook.layout import default_layout
from workbook.months import Month
from workbook.pack import NOT_REPORTED, Pack
from workbook.plan import Approval, Heading, Person, Plan
from workbook.record import Change, Edition
from workbook.report.counts import count
from workbook.report.order import by_ref
from workbook.report.pack import board_pack

LAYOUT = default_layout()
JUL, AUG, SEP, OCT, NOV = (Month(2009, number) for number in range(7, 12))
PEOPLE = (
    Person(initials="PS", name="Pat Sim", service="Planning"),
    Person(initials="HB", name="Hal Bow", service="Housing"),
    Person(initials="NS", name="No Service"),
)


def told(plan: Plan, month: Month = SEP, **more: Any) -> Pack:
    return board_pack(plan, month, LAYOUT, **more)


def exceptional(plan: Plan, month: Month = SEP) -> list[tuple[str, str, int, str]]:
    found = told(plan, month).whole.exceptions
    return [(each.action.ref, each.standing, each.months, each.why) for each in found]


# --- figures ----------------------------------------------------------------------------------------------------

FIGURES = drawn(
    """
    heading | ref   | action | lead  | importance | Jul Aug Sep Oct | note
    1.1     | 1.1.1 | One    | PS    | high       | #G  #G  #G  .   |
    1.1     | 1.1.2 | Two    | HB/PS | High       | #   #A  #R  .   | Late. We will catch up in October.
    1.1     | 1.1.3 | Three  | NS    | low        | .   .   #   #   |
    2.1     | 2.1.1 | Four   |       |            | .   .   #B+ .   | SUSPENDED.
    2.1     | 2.1.2 | Five   | XY    | vital      | .   .   .   #   |
    """,
    people=PEOPLE,
    headings=(
        Heading(ref="CP1", level="priority", title="Town"),
        Heading(ref="1.1", level="measure", title="Plan", parent="CP1"),
        Heading(ref="CP2", level="priority", title="Homes"),
        Heading(ref="2.1", level="measure", title="Build", parent="CP2"),
    ),
)


def test_each_month_so_far_is_counted() -> None:
    months = told(FIGURES).whole.months
    assert [(each.label, each.highlighted) for each in months] == [
        ("July 2009", 2),
        ("August 2009", 2),
        ("September 2009", 4),
    ]
    assert [each.counts["green"] for each in months] == [1, 1, 1]
    assert told(FIGURES).whole.now == months[-1]


def test_a_month_is_broken_down_by_priority_service_and_importance() -> None:
    found = {each.name: {one.label: one.highlighted for one in each.tallies} for each in told(FIGURES).breakdowns}
    assert found == {
        "priority": {"CP1 Town": 3, "CP2 Homes": 1},
        # Two is led by HB first; nobody is named for Four; Five is not highlighted, and XY is nobody's initials.
        "service": {"Housing": 1, "Planning": 1, "No service given": 1, "No lead": 1},
        "importance": {"High": 2, "Low": 1, "Vital": 0, "No importance given": 1},
    }


@seldom
@given(plan=plans(), at=st.integers(0, 11))
def test_every_breakdown_adds_up_to_the_month(plan: Plan, at: int) -> None:
    month = plan.start + at % plan.months
    pack, counts = told(plan, month), count(plan, month, LAYOUT)
    assert pack.whole.now.counts == counts.counts
    assert pack.whole.sentence == counts.sentence
    for each in pack.breakdowns:
        added: Counter[str] = Counter()
        for tally in each.tallies:
            added.update(tally.counts)
        assert {key: added[key] for key in counts.counts} == counts.counts, each.name


@seldom
@given(plan=plans(), at=st.integers(0, 11))
def test_a_plan_of_one_priority_is_highlighted_as_a_whole(plan: Plan, at: int) -> None:
    month = plan.start + at % plan.months
    top = Heading(ref="TOP", level="priority")
    heads = tuple(replace(each, parent=each.parent or "TOP") for each in plan.headings if each.ref != "TOP")
    known = {each.ref for each in heads}
    actions = tuple(replace(a, heading=a.heading if a.heading in known else "TOP") for a in plan.actions)
    plan = replace(plan, headings=(top, *heads), actions=actions)
    if {plan.tops[action.heading] for action in plan.actions} != {"TOP"}:
        return
    pack = told(plan, month, highlights=[top])
    assert replace(pack.highlights[0], heading=None) == pack.whole


# --- exceptions -------------------------------------------------------------------------------------------------


def test_exceptions_come_worst_first_then_by_ref() -> None:
    plan = drawn(
        """
        ref    | action | lead | Jul Aug Sep | note
        1.10.1 | A      | PS   | .   .   #A  | Late. We will go on in October.
        1.2.1  | B      | PS   | .   .   #A  | Late. We will go on in October.
        1.3.1  | C      | PS   | .   .   #   |
        1.4.1  | D      | PS   | #R  #R  #R  | Late. We will go on in October.
        1.5.1  | E      | PS   | .   .   #H  | REPROGRAMMED to October.
        1.6.1  | F      | PS   | .   .   #H+ | REPROGRAMMED to October.
        1.7.1  | G      | PS   | .   .   #G  |
        """
    )
    assert exceptional(plan) == [
        ("1.4.1", "red", 3, "counted"),
        ("1.2.1", "amber", 1, "counted"),
        ("1.10.1", "amber", 1, "counted"),
        ("1.3.1", NOT_REPORTED, 1, "counted"),
        ("1.5.1", "awaiting_approval", 1, "counted"),
    ]


def test_months_like_this_are_counted_over_months_that_are_not_highlighted() -> None:
    plan = drawn(
        """
        ref   | action | lead | Jul Aug Sep Oct | note
        1.1.1 | A      | PS   | #A  .   #A  .   | Late. We will go on in October.
        1.1.2 | B      | PS   | #A  #G  #A  .   | Late. We will go on in October.
        1.1.3 | C      | PS   | #   #   #   .   |
        """
    )
    assert [(ref, months) for ref, _, months, _ in exceptional(plan)] == [("1.1.1", 2), ("1.1.2", 1), ("1.1.3", 3)]


def test_what_was_late_and_is_not_highlighted_any_more_stays_in_sight() -> None:
    plan = drawn(
        """
        ref   | action | lead | Jul Aug Sep Oct | note
        1.1.1 | Late   | PS   | #G  #R  .   .   | Late. We will go on in October.
        1.1.2 | Done   | PS   | #G  #R  .   .   | COMPLETE. Late, but done.
        1.1.3 | Fine   | PS   | #G  #G  .   .   |
        1.1.4 | Waits  | PS   | .   .   #G  H   | REPROGRAMMED to October.
        """
    )
    assert exceptional(plan) == [
        ("1.1.1", "red", 1, "late before"),
        ("1.1.4", "awaiting_approval", 0, "awaits approval"),
    ]
    late = told(plan).whole.exceptions[0]
    assert (late.month, late.original, late.revised) == (AUG, AUG, ())


def test_the_original_and_the_revised_date_are_told() -> None:
    plan = drawn(
        """
        ref   | action | lead | Jul Aug Sep Oct Nov | note
        1.1.1 | A      | PS   | #A  #A  #A  .   H   | Late. We ask for November.
        1.1.2 | B      | PS   | #A  #A  #A  .   H+  | Late. November it is.
        """
    )
    asked, given_ = told(plan).whole.exceptions
    assert (asked.original, asked.revised, asked.proposed) == (SEP, (NOV,), True)
    assert (given_.original, given_.revised, given_.proposed) == (SEP, (NOV,), False)


def test_an_action_without_any_trouble_is_no_exception() -> None:
    plan = drawn("ref | action | lead | Jul Aug Sep | note\n1.1.1 | A | PS | #G #G #G |")
    assert exceptional(plan) == []


# --- movement ---------------------------------------------------------------------------------------------------

MOVED = drawn(
    """
    ref   | action | lead | Jul Aug Sep | note
    1.1.1 | A      | PS   | .   #G  #G  |
    1.1.2 | B      | PS   | .   #A  #G  |
    1.1.3 | C      | PS   | .   #G  #A  | Late. We will go on in October.
    1.1.4 | D      | PS   | .   #G  .   |
    1.1.5 | E      | PS   | .   .   #G  |
    1.1.6 | F      | PS   | .   .   .   |
    """
)


def moves(pack: Pack) -> list[tuple[str, str | None, str | None]]:
    assert pack.whole.movement
    return [(each.action.ref, each.was, each.now) for each in pack.whole.movement.moves]


def test_what_has_moved_is_told_from_what_to_what() -> None:
    pack = told(MOVED)
    assert sorted(moves(pack)) == [
        ("1.1.2", "amber", "green"),
        ("1.1.3", "green", "amber"),
        ("1.1.4", "green", None),
        ("1.1.5", None, "green"),
    ]
    moved = pack.whole.movement
    assert moved
    assert (moved.before, moved.same) == (AUG, 1)
    assert moved.sentence == (
        "Green stayed the same, from 75.0% (3 of 4) in August 2009 to 75.0% (3 of 4) in September 2009. "
        "2 actions became green: 1 was amber, 1 was not highlighted. "
        "2 actions are green no more: 1 is amber now, 1 is not highlighted now."
    )
    assert [(each.label, each.counts["green"], each.counts["amber"]) for each in moved.tallies] == [
        ("Green (1 of 3 not highlighted now)", 1, 1),
        ("Amber", 1, 0),
        ("Not highlighted", 1, 0),
    ]


def test_in_the_first_month_nothing_has_moved() -> None:
    assert told(MOVED, JUL).whole.movement is None


def test_the_month_before_is_as_the_board_was_told_then() -> None:
    # In August 1.1.2 was not reported; it was reported late, in September.
    change: dict[str, Any] = {
        "row_id": "r2",
        "ref": "1.1.2",
        "field": "progress",
        "month": AUG,
        "source": "PS.xlsx",
        "cell": "CP1!I9",
    }
    late = Change(edition=SEP, old=None, new="amber", **change)
    built, august, september = (
        Edition(kind="built", month=None),
        Edition(kind="merged", month=AUG),
        Edition(kind="merged", month=SEP, history=1),
    )
    plan = replace(MOVED, edition=SEP, history=(late,), editions=(built, august, september))
    moved = told(plan).whole.movement
    assert moved
    assert ("1.1.2", NOT_REPORTED, "green") in moves(told(plan))
    assert moved.was.counts[NOT_REPORTED] == 1
    assert moved.corrected.startswith("August 2009 was told as 3 green, 1 not reported, of 4 highlighted.")
    # The months so far are as they are known now.
    assert told(plan).whole.months[1].counts["amber"] == 1


def test_an_earlier_master_tells_of_the_month_before_in_place_of_the_history() -> None:
    actions = tuple(
        replace(action, progress={month: key for month, key in action.progress.items() if month < SEP})
        for action in MOVED.actions[:-1]
    )
    gone = replace(actions[0], row_id="r9", ref="1.1.9")
    previous = replace(MOVED, edition=AUG, actions=(*actions, gone))
    moved = verbs.board(MOVED, SEP, previous=previous).pack.whole.movement
    assert moved
    dropped = [each for each in moved.moves if each.dropped]
    assert [(each.action.ref, each.was, each.now) for each in dropped] == [("1.1.9", "green", None)]
    assert "1 is not in the plan any more" in moved.sentence


def test_an_earlier_master_in_another_form_is_refused() -> None:
    previous = replace(MOVED, edition=AUG, actions=(replace(MOVED.actions[0], progress={AUG: "purple"}),))
    with pytest.raises(UsageError, match="has the status “purple”, which this plan's form does not have"):
        verbs.board(MOVED, SEP, previous=previous)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"plan_id": "pother", "edition": AUG}, "is of another plan"),
        ({"edition": SEP}, "is of September 2009, which is not before September 2009"),
        ({"edition": None, "actions": ()}, "Nothing has been reported in the previous master"),
    ],
)
def test_an_earlier_master_must_be_of_this_plan_and_of_an_earlier_month(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        verbs.board(MOVED, SEP, previous=replace(MOVED, **changed))


@seldom
@given(plan=plans(), at=st.integers(1, 11))
def test_moves_take_one_month_to_the_next(plan: Plan, at: int) -> None:
    month = plan.start + max(at % plan.months, 1)
    if month not in plan.period or not (moved := told(plan, month).whole.movement):
        return
    was, now = Counter(moved.was.counts), Counter(moved.now.counts)
    for each in moved.moves:
        was[each.was or ""] -= 1
        was[each.now or ""] += 1
    assert {key: was[key] for key in now} == dict(now)
    assert sum(each.highlighted for each in moved.tallies) == moved.now.highlighted


# --- schedule, completed, coming up -----------------------------------------------------------------------------


def test_the_schedule_has_old_and_new_dates_and_who_approved_them() -> None:
    plan = drawn(
        """
        ref   | action | lead | Jul Aug Sep Oct Nov Dec | note
        1.1.2 | A      | PS   | .   #A  #H  .   H   H   | EXTENDED to December: the tender failed.
        1.1.1 | B      | PS   | .   .   #B  #   .   .   | Waiting for the county.
        1.1.3 | C      | PS   | .   #G  #G  .   .   .   |
        """
    )
    agreed = Approval(decision="approved", by="Board", on="2009-10-14", minute="41/09")
    first = plan.actions[0]
    approved = replace(first, revised=(SEP, NOV, Month(2009, 12)), approval=dict.fromkeys(first.progress, agreed))
    plan = replace(plan, actions=(approved, *plan.actions[1:]))
    suspended, extended = told(plan).whole.schedule
    assert (suspended.action.ref, suspended.what, suspended.approval, suspended.new) == ("1.1.1", "Suspended", None, ())
    assert (extended.action.ref, extended.what, extended.approval) == ("1.1.2", "Extended", agreed)
    assert (extended.old, extended.new) == ((AUG, SEP), (NOV, Month(2009, 12)))


def test_new_dates_that_were_reported_over_stay_in_the_schedule() -> None:
    plan = drawn("ref | action | lead | Jul Aug Sep Oct | note\n1.1.1 | A | PS | #A #G G . | EXTENDED, and on its way.")
    agreed = Approval(decision="approved", by="Board")
    change: dict[str, Any] = {"row_id": "r1", "ref": "1.1.1", "month": SEP, "source": "q.xlsx", "cell": "Queries!J2"}
    given_ = Change(edition=AUG, field="approval", old=None, new=agreed.to_text(), **change)
    plan = replace(plan, actions=(replace(plan.actions[0], revised=(SEP,)),), history=(given_,))
    (found,) = told(plan).whole.schedule
    assert (found.new, found.approval) == ((SEP,), agreed)


def test_what_was_completed_since_the_last_edition_is_told() -> None:
    plan = drawn(
        """
        ref   | action | lead | Jul Aug Sep | note
        1.1.1 | Before | PS   | #G  .   .   | COMPLETE. Signed in July.
        1.1.2 | Now    | PS   | .   .   #G  | COMPLETE. Signed in September.
        1.1.3 | Not    | PS   | .   .   #G  | Nearly complete.
        """
    )
    previous = replace(plan, edition=AUG, actions=(plan.actions[0], replace(plan.actions[1], note="Begun.")))
    found = verbs.board(plan, SEP, previous=previous).pack.whole.completed
    assert [each.action.ref for each in found] == ["1.1.2"]


def test_what_comes_next_month_is_told_with_what_it_waits_for() -> None:
    plan = drawn(
        """
        ref   | action  | lead | depends_on | Jul Aug Sep Oct Nov | note
        1.1.1 | Goes on | PS   |            | .   .   #G  #   #   |
        1.1.2 | Begins  | PS   | 1.1.6      | .   .   .   #   #   |
        1.1.3 | Ends    | PS   |            | .   .   #G  #   .   |
        1.1.4 | Done    | PS   |            | .   .   #G  #   .   | COMPLETE. Signed.
        1.1.5 | Stopped | PS   |            | .   .   #B+ #   .   | SUSPENDED.
        1.1.6 | Late    | PS   |            | .   #A  #R  .   .   | Late. We will go on in October.
        """
    )
    found = told(plan).whole.coming
    assert found is not None
    assert [(each.action.ref, each.begins, each.ends) for each in found] == [
        ("1.1.1", False, False),
        ("1.1.2", True, False),
        ("1.1.3", False, True),
    ]
    assert [each.ref for each in found[1].waits_for] == ["1.1.6"]


def test_new_dates_are_coming_up_too_and_the_last_month_has_none() -> None:
    plan = drawn("ref | action | lead | Jul Aug Sep | note\n1.1.1 | A | PS | #A H+ . | EXTENDED.")
    plan = replace(plan, actions=(replace(plan.actions[0], revised=(AUG,)),))
    found = told(plan, JUL).whole.coming
    assert found
    assert (found[0].new_date, found[0].begins, found[0].ends) == (True, False, True)
    assert told(plan, SEP).whole.coming is None


# --- one priority -----------------------------------------------------------------------------------------------


def test_a_priority_is_told_of_apart_from_the_others() -> None:
    found = verbs.board(FIGURES, SEP, highlight=["cp2."]).pack.highlights
    (section,) = found
    assert section.heading
    assert (section.heading.ref, section.now.highlighted) == ("CP2", 1)
    assert section.sentence.startswith("For the 1 actions highlighted for September 2009, 0.0% was on target")
    assert [each.action.ref for each in section.schedule] == ["2.1.1"]
    assert section.exceptions == ()
    assert [each.action.ref for each in section.coming or ()] == ["2.1.2"]


def test_a_priority_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UsageError, match=r"no priority “CP9” in this plan to highlight\. There are: CP1, CP2\."):
        verbs.board(FIGURES, SEP, highlight=["CP9"])


def test_a_month_outside_the_plan_is_refused() -> None:
    with pytest.raises(UsageError, match="2012-01 is not a month of this plan, which runs from 2009-07 to 2009-10"):
        verbs.board(FIGURES, Month(2012, 1))


def test_refs_are_put_in_order_by_their_numbers() -> None:
    plan = drawn(
        "\n".join(
            [
                "ref | action | lead | Jul | note",
                *(f"{ref} | A | PS | # |" for ref in ("A.10", "1.10", "", "1.2", "A.9")),
            ]
        )
    )
    assert [action.ref for action in sorted(plan.actions, key=by_ref)] == ["1.2", "1.10", "A.9", "A.10", ""]
