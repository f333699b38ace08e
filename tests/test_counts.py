from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from tests.sheets import START, drawn, grid
from tests.strategies import plans, seldom
from workbook.layout import default_layout
from workbook.months import Month
from workbook.pack import AWAITING, NOT_REPORTED, percentage
from workbook.palette import STANDARD
from workbook.plan import Action, Approval, Plan
from workbook.record import Change
from workbook.report.counts import count

LAYOUT = default_layout()
NOTHING = {"green": 0, "amber": 0, "red": 0, "revised": 0, "suspended": 0, AWAITING: 0, NOT_REPORTED: 0}


def plan_of(month: Month, **numbers: int) -> Plan:
    """A plan with so many actions of each status in a month, approved where that is needed."""
    actions = [
        Action(
            row_id=f"{status}{index}",
            programmed=(month,),
            progress={month: status},
            approval={month: Approval(decision="approved")} if STANDARD[status].needs_approval else {},
        )
        for status, number in numbers.items()
        for index in range(number)
    ]
    return Plan(plan_id="p", title="Plan", start=month, actions=tuple(actions))


def test_november_2008_is_counted_as_the_board_minuted_it() -> None:
    month = Month(2008, 11)
    counts = count(plan_of(month, green=108, amber=5, red=13, revised=12), month, LAYOUT)
    assert counts.highlighted == 138
    assert counts.counts == NOTHING | {"green": 108, "amber": 5, "red": 13, "revised": 12}
    assert [str(counts.percent[key]) for key in ("green", "amber", "red", "revised")] == ["78.3", "3.6", "9.4", "8.7"]
    assert counts.sentence == (
        "For the 138 actions highlighted for November 2008, 78.3% was on target (green), 3.6% one month behind "
        "(amber), 9.4% over one month behind (red); 8.7% had been reprogrammed or suspended with approval."
    )


def test_march_2010_is_counted_as_the_board_minuted_it() -> None:
    month = Month(2010, 3)
    counts = count(plan_of(month, green=57, amber=4, red=3, revised=15, suspended=6), month, LAYOUT)
    assert counts.highlighted == 85
    assert counts.counts == NOTHING | {"green": 57, "amber": 4, "red": 3, "revised": 15, "suspended": 6}
    assert counts.sentence == (
        "For the 85 actions highlighted for March 2010, 67.1% was on target (green), 4.7% one month behind (amber), "
        "3.5% over one month behind (red); 24.7% had been reprogrammed or suspended with approval."
    )


def test_reprogrammed_and_suspended_are_added_before_they_are_rounded() -> None:
    month = Month(2010, 3)
    counts = count(plan_of(month, green=62, revised=3, suspended=2), month, LAYOUT)
    # 4.48 and 2.99 of a hundred: 4.5 and 3.0 apart, 7.46 together.
    assert (str(counts.percent["revised"]), str(counts.percent["suspended"])) == ("4.5", "3.0")
    assert "7.5% had been reprogrammed" in counts.sentence


MONTHS = drawn("""
    ref | action          | lead | Jul Aug Sep Oct | note
    1   | On target       | PS   | #G  #A  #R  .   |
    2   | Not told yet    | PS   | #   #   .   .   |
    3   | Not programmed  | PS   | .   G   .   .   |
    4   | New dates       | PS   | #   H+  H   H-  |
    5   | Put off         | PS   | B   #B+ .   .   |
""")


@pytest.mark.parametrize(
    ("month", "highlighted", "counted"),
    [
        (0, 4, {"green": 1, NOT_REPORTED: 2, AWAITING: 1}),
        (1, 5, {"green": 1, "amber": 1, "revised": 1, "suspended": 1, NOT_REPORTED: 1}),
        (2, 2, {"red": 1, AWAITING: 1}),
        (3, 1, {AWAITING: 1}),
        (4, 0, {}),
    ],
    ids=["July", "August", "September", "a refused change", "a month outside the plan"],
)
def test_an_action_is_counted_once_by_how_it_stands_in_the_month(
    month: int, highlighted: int, counted: dict[str, int]
) -> None:
    counts = count(MONTHS, START + month, LAYOUT)
    assert counts.highlighted == highlighted
    assert counts.counts == NOTHING | counted


def test_what_was_not_reported_is_named_in_the_plans_order() -> None:
    assert [action.ref for action in count(MONTHS, START, LAYOUT).unreported] == ["2", "4"]


def test_what_awaits_approval_or_was_not_reported_is_added_to_the_sentence() -> None:
    sentence = count(MONTHS, START, LAYOUT).sentence
    assert sentence.endswith("25.0% awaits approval for being reprogrammed or suspended. 50.0% was not reported.")
    assert "awaits" not in count(MONTHS, START + 1, LAYOUT).sentence
    assert "not reported" not in count(MONTHS, START + 2, LAYOUT).sentence


def test_a_month_with_nothing_highlighted_says_so_and_divides_by_nothing() -> None:
    counts = count(MONTHS, START + 9, LAYOUT)
    assert counts.sentence == "No action is highlighted for April 2010."
    assert set(counts.percent.values()) == {Decimal("0.0")}


def test_a_status_of_the_layouts_own_counts_under_another() -> None:
    complete = replace(STANDARD["green"], key="complete", letter="C", words=("finished",), counts_as="green")
    layout = replace(LAYOUT, statuses=(*LAYOUT.statuses, complete))
    plan = replace(MONTHS, actions=(replace(MONTHS.actions[0], progress={START: "complete"}),))
    assert count(plan, START, layout).counts == NOTHING | {"green": 1}


HALF_UP = grid("""
    1   | 8    | 12.5
    1   | 16   | 6.3
    1   | 80   | 1.3
    3   | 80   | 3.8
    1   | 2000 | 0.1
    1   | 2001 | 0.0
    5   | 138  | 3.6
    21  | 85   | 24.7
    1   | 3    | 33.3
    2   | 3    | 66.7
    0   | 7    | 0.0
    7   | 7    | 100.0
    0   | 0    | 0.0
""")


@pytest.mark.parametrize(("number", "of", "percent"), HALF_UP)
def test_percentages_have_one_decimal_and_are_rounded_half_up(number: str, of: str, percent: str) -> None:
    assert str(percentage(int(number), int(of))) == percent


@given(plans())
@seldom
def test_the_counts_add_up_to_the_highlighted_actions_in_every_month(plan: Plan) -> None:
    for month in plan.period:
        counts = count(plan, month, LAYOUT)
        assert sum(counts.counts.values()) == counts.highlighted <= len(plan.actions)
        assert len(counts.unreported) == counts.counts[NOT_REPORTED]


COMPLETED = drawn("""
    ref | Jul Aug Sep Oct | note
    1   | #G  #G  #   #   | COMPLETE. Signed in August.
    2   | #G  #   #G  #   | Completed - signed
    3   | #   #   .   .   | COMPLETE
    4   | #G  #   #   #   | Completed the first half
""")


@pytest.mark.parametrize(
    ("month", "complete", "unreported"),
    [(0, ["3"], []), (1, ["3"], ["2", "4"]), (2, ["1"], ["4"]), (3, ["1", "2"], ["4"])],
    ids=["July", "August", "September", "October"],
)
def test_a_complete_action_needs_no_report_after_its_last_and_counts_as_green(
    month: int, complete: list[str], unreported: list[str]
) -> None:
    counts = count(COMPLETED, START + month, LAYOUT)
    assert [action.ref for action in counts.complete] == complete
    assert [action.ref for action in counts.unreported] == unreported
    assert counts.counts["green"] == counts.highlighted - len(unreported)


def test_months_before_it_was_said_are_told_as_they_were() -> None:
    plan = drawn("""
        ref | Jul Aug Sep Oct | note
        1   | #   #   #   #   |
    """)
    said = Change(
        edition=START + 2, row_id="r1", ref="1", field="note", month=None, old=None, new="COMPLETE.", source="", cell=""
    )
    complete = plan.apply([said])
    reported = replace(complete, actions=(replace(complete.actions[0], progress={START + 3: "green"}),))
    for each in (complete, reported):
        assert [bool(count(each, START + month, LAYOUT).complete) for month in range(3)] == [False, False, True]


def test_new_dates_in_months_to_come_are_no_report_of_a_complete_action() -> None:
    plan = drawn("""
        ref | Jul Aug Sep Oct | note
        1   | #G  #   .   H   | COMPLETE. Signed in July.
    """)
    assert [action.ref for action in count(plan, START + 1, LAYOUT).complete] == ["1"]


def test_without_a_status_that_is_marked_complete_such_an_action_is_not_reported() -> None:
    unmarked = replace(LAYOUT, statuses=tuple(replace(status, markers=()) for status in LAYOUT.statuses))
    assert [action.ref for action in count(COMPLETED, START + 2, unmarked).unreported] == ["1", "4"]
