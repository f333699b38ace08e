from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets import START, assert_same, draw, drawn
from tests.strategies import approvals, months, plans, seldom, some_names, some_texts, statuses, texts
from workbook.months import Month, format_runs
from workbook.plan import (
    Action,
    Approval,
    Heading,
    Person,
    Plan,
    row_from_text,
    row_to_text,
    split_names,
    value_of,
    with_value,
)
from workbook.record import Change

PLAN = drawn("""
    ref   | action             | lead  | Jul Aug Sep Oct | note
    1.1.1 | Appoint a designer | PS    | #G  #A  .   .   | Late by a week.
    1.1.2 | Write the brief    | PS/JG | .   #   #H+ H   |
    1.1.3 | Print it           |       | .   .   #B- .   | SUSPENDED. No money.
""")
JULY, AUGUST, SEPTEMBER = START, START + 1, START + 2


def test_a_plan_is_drawn_as_it_was_written() -> None:
    first, second, third = PLAN.actions
    assert (first.programmed, first.progress) == ((JULY, AUGUST), {JULY: "green", AUGUST: "amber"})
    assert (second.lead, second.approval) == (("PS", "JG"), {SEPTEMBER: Approval(decision="approved")})
    assert third.approval[SEPTEMBER].approved is False
    assert_same(drawn(draw(PLAN)), PLAN)


def change(row_id: str, field: str, month: Month | None, old: str | None, new: str | None) -> Change:
    return Change(
        edition=AUGUST,
        row_id=row_id,
        ref="",
        field=field,
        month=month,
        old=old,
        new=new,
        source="a.xlsx",
        cell="CP1!I14",
    )


def test_a_change_is_put_into_the_grid_and_kept_in_the_history() -> None:
    late = change("r1", "progress", AUGUST, "amber", "red")
    why = change("r1", "note", None, "Late by a week.", None)
    changed = PLAN.apply([late, why])
    assert draw(changed) == draw(
        drawn("""
            ref   | action             | lead  | Jul Aug Sep Oct | note
            1.1.1 | Appoint a designer | PS    | #G  #R  .   .   |
            1.1.2 | Write the brief    | PS/JG | .   #   #H+ H   |
            1.1.3 | Print it           |       | .   .   #B- .   | SUSPENDED. No money.
        """)
    )
    assert changed.history == (late, why)
    assert PLAN.history == ()


def test_a_plan_is_had_back_as_it_stood_between_two_changes() -> None:
    changes = [change("r1", "progress", AUGUST, "amber", None), change("r1", "progress", AUGUST, None, "red")]
    changed = PLAN.apply(changes)
    assert changed.as_of(1).by_row_id["r1"].progress == {JULY: "green"}
    assert changed.as_of(1).history == (changes[0],)
    assert_same(changed.as_of(0), PLAN)
    assert_same(changed.as_of(2), changed)


def test_an_action_that_was_added_is_taken_away_again() -> None:
    text = row_to_text(Action(row_id="r9", ref="1.1.9", heading="1.1", action="New", lead=("PS", "JG"), note="Kept"))
    changed = PLAN.apply([change("r9", "row", None, None, text)])
    assert changed.actions[-1] == row_from_text("r9", text)
    assert changed.actions[-1].note == "Kept"
    assert_same(changed.as_of(0), PLAN)


def test_a_change_of_a_row_that_is_not_there_changes_no_action() -> None:
    changed = PLAN.apply([change("gone", "note", None, None, "Hello")])
    assert changed.actions == PLAN.actions
    assert len(changed.history) == 1


@st.composite
def edited(draw_from: st.DrawFn) -> tuple[Plan, Plan]:
    """A plan, and the same after some edits as a merge makes them."""
    before = draw_from(plans())
    after = before
    for number in range(draw_from(st.integers(1, 6))):
        if not after.actions or draw_from(st.integers(0, 5)) == 0:
            new = Action(
                row_id=f"new{number}", ref=draw_from(texts), action=draw_from(texts), lead=draw_from(some_names)
            )
            after = after.apply([change(new.row_id, "row", None, None, row_to_text(new))])
            continue
        action = draw_from(st.sampled_from(after.actions))
        field = draw_from(
            st.sampled_from("progress approval note ref action lead depends_on programmed target".split())
        )
        month = draw_from(months) if field in ("progress", "approval") else None
        told = {
            "progress": statuses,
            "approval": approvals.map(Approval.to_text),
            "lead": some_names.filter(bool).map(" / ".join),
            "depends_on": some_names.filter(bool).map(" / ".join),
            "programmed": st.sets(months, min_size=1).map(format_runs),
        }
        new_value = draw_from(st.none() | told.get(field, some_texts))
        after = after.apply([change(action.row_id, field, month, value_of(action, field, month), new_value)])
    return before, after


@given(edited(), st.data())
@seldom
def test_undoing_changes_gives_every_earlier_plan_back(both: tuple[Plan, Plan], data: st.DataObject) -> None:
    before, after = both
    assert_same(after.as_of(len(before.history)), before)
    between = data.draw(st.integers(len(before.history), len(after.history)))
    assert_same(after.as_of(between).apply(after.history[between:]), after)


@given(plans(), st.sampled_from(["progress", "approval", "programmed", "lead", "depends_on", "note", "ref", "start"]))
@seldom
def test_a_value_put_back_as_it_was_read_changes_nothing(plan: Plan, field: str) -> None:
    for action in plan.actions:
        for month in {*action.progress, *action.approval} if field in ("progress", "approval") else {None}:
            assert with_value(action, field, month, value_of(action, field, month)) == action


@pytest.mark.parametrize(
    ("note", "marker"),
    [
        ("COMPLETE. Signed off in May.", "COMPLETE"),
        ("COMPLETED in May", "COMPLETE"),
        ("  EXTENDED to June", "EXTENDED"),
        ("REPROGRAMMED: see minute 12", "REPROGRAMMED"),
        ("SUSPENDED", "SUSPENDED"),
        ("Complete. Signed off.", "COMPLETE"),
        ("COMPLETELY rewritten", None),
        ("The work was EXTENDED", None),
        ("", None),
    ],
)
def test_a_marker_opens_the_note(note: str, marker: str | None) -> None:
    assert Action(row_id="r", note=note).marker == marker


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("JG/CS SS", ("JG", "CS SS")),
        ("AC, PS", ("AC", "PS")),
        ("KD / JP;\nHB", ("KD", "JP", "HB")),
        ("Policy   Officer", ("Policy Officer",)),
        (" , / ", ()),
        ("", ()),
    ],
)
def test_several_leads_in_one_cell_are_told_apart(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names


def test_a_heading_is_found_above_another_and_a_ring_of_parents_ends() -> None:
    ring = (Heading(ref="A", level="measure", parent="B"), Heading(ref="B", level="measure", parent="A"))
    plan = replace(PLAN, headings=(*PLAN.headings, Heading(ref="1.1.a", level="section", parent="1.1"), *ring))
    found = plan.ancestor("1.1.a", "priority")
    assert found is not None
    assert found.ref == "CP1"
    assert plan.ancestor("CP1", "priority") == found
    assert plan.ancestor("A", "priority") is None
    assert plan.ancestor("nowhere", "priority") is None


def test_a_return_holds_just_its_rows_in_the_plans_order() -> None:
    issued = PLAN.apply([change("r1", "note", None, "Late by a week.", "x")]).only(["r3", "r1"])
    assert [action.row_id for action in issued.actions] == ["r1", "r3"]
    assert (issued.history, issued.register) == ((), ())


def test_a_return_holds_the_headings_of_its_tabs_and_the_people_around_its_leads() -> None:
    headings = (
        Heading(ref="CP1", level="priority"),
        Heading(ref="CP2", level="priority"),
        Heading(ref="1.1", level="measure", parent="CP1"),
        Heading(ref="2.1", level="measure", parent="CP2"),
        Heading(ref="1.2", level="measure", parent="CP1"),
    )
    services = {"AB": "Homes", "CD": "Streets", "EF": "Homes", "GH": "", "IJ": ""}
    people = tuple(Person(initials=initials, service=service) for initials, service in services.items())
    actions = (
        Action(row_id="r1", heading="1.1", lead=("EF", "IJ")),
        Action(row_id="r2", heading="2.1", lead=("CD",)),
        Action(row_id="r3", heading="of no tab", lead=("nobody",)),
    )
    plan = replace(PLAN, headings=headings, people=people, actions=actions)

    def held(*rows: str) -> tuple[str, str]:
        part = plan.only(rows)
        return " ".join(each.ref for each in part.headings), " ".join(each.initials for each in part.people)

    assert held("r1") == ("CP1 1.1 1.2", "AB EF IJ")
    assert held("r2") == ("CP2 2.1", "CD")
    assert held("r3") == ("", "")
    assert held("r1", "r2") == ("CP1 CP2 1.1 2.1 1.2", "AB CD EF IJ")


def test_an_earlier_state_is_worked_out_once() -> None:
    plan = PLAN.apply([change("r1", "note", None, "Late by a week.", "x")])
    assert plan.as_of(0) is plan.as_of(0)
    assert plan.as_of(0).actions == PLAN.actions
    assert plan.as_of(1) == plan


def test_the_tidy_table_has_a_row_for_each_action_and_month() -> None:
    outside = with_value(PLAN.actions[0], "progress", Month(2009, 1), "red")
    rows = replace(PLAN, actions=(outside, *PLAN.actions[1:])).tidy()
    assert len(rows) == 3 * 4 + 1
    assert rows[0]["month"] == "2009-01"
    said = {key: rows[7][key] for key in ("row_id", "lead", "month", "programmed", "status", "approval")}
    assert said == {
        "row_id": "r2",
        "lead": "PS/JG",
        "month": "2009-09",
        "programmed": True,
        "status": "revised",
        "approval": "approved",
    }


def test_the_tidy_table_is_a_data_frame_with_dates() -> None:
    frame = PLAN.to_frame()
    assert list(frame["ref"]) == [row["ref"] for row in PLAN.tidy()]
    assert list(frame.columns) == list(PLAN.tidy()[0])


@pytest.mark.parametrize("text", ["[]", "{}", '{"decision": 1}', '{"decision": "approved", "who": "x"}', "yes"])
def test_a_text_that_is_no_approval_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Approval.from_text(text)


def test_a_field_that_is_reported_for_a_month_needs_one() -> None:
    with pytest.raises(ValueError, match="for a month"):
        value_of(PLAN.actions[0], "progress")


@pytest.mark.parametrize("number", range(3))
def test_a_row_keeps_all_that_it_says(number: int) -> None:
    assert row_from_text("r9", row_to_text(PLAN.actions[number])) == replace(PLAN.actions[number], row_id="r9")
