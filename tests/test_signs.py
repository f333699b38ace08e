"""Whether a note shows what will be done: the tricky cases, and how often it is right on labelled notes.

`data/notes.csv` holds notes in the voices of many officers, made up for this, each with what a person says of it:
does it say what will be done (`plan`), and why it is late (`reason`). The patterns were fitted on the half called
`fit`; of the half called `held` only the figures were looked at. Neighbours that give the same reason, with and
without a plan, are in one half; otherwise the halves were drawn at random.
"""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.labelled import labelled, measure
from tests.strategies import often
from workbook.rules.signs import SIGNS, Sign, signs_of_plan

A_FULL_CELL = 32_767


@pytest.mark.parametrize(("split", "floor"), [("fit", 0.97), ("held", 0.93)])
def test_notes_are_judged_as_people_judge_them(split: str, floor: float) -> None:
    figures = measure(labelled(split))
    print(split, {name: round(figure, 3) for name, figure in figures.items()})  # noqa: T201  # shown by pytest -s
    assert {name: figure for name, figure in figures.items() if figure < floor} == {}


def test_the_labelled_notes_are_many_and_of_both_kinds() -> None:
    for split in ("fit", "held"):
        rows = labelled(split)
        plans = [row["plan"] for row in rows]
        assert len(rows) >= 80
        assert len({row["note"] for row in rows}) == len(rows)
        assert {"yes", "no"} == {*plans} == {row["reason"] for row in rows}
        assert 0.4 < plans.count("yes") / len(rows) < 0.6


@pytest.mark.parametrize(
    ("sign", "example"),
    [(sign, example) for sign in SIGNS for example in sign.examples],
    ids=lambda part: part.name if isinstance(part, Sign) else part,
)
def test_examples_have_the_sign_that_they_stand_for(sign: Sign, example: str) -> None:
    assert sign in signs_of_plan(example)


def test_each_kind_of_sign_is_told_in_a_sentence_of_its_own() -> None:
    assert len({sign.name for sign in SIGNS}) == len(SIGNS) == len({sign.says for sign in SIGNS})
    assert all(sign.says.endswith(".") and sign.examples for sign in SIGNS)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "late",
        "Delayed because the consultant was ill",
        "The supplier will not deliver",
        "The supplier won’t deliver",
        "Was to be done in August but staff left",
        "No decision will be made",
        "It would have been ready",
        "Should have been done by July",
        "Was due by 30 June",
        "Due in June, not received",
        "Waiting for the county",
        "due to",
        "due to staff leave",
        "due to the building being closed",
        "Failed to appoint",
        "We were going to ask the county",
        "We planned to do it in May but had no staff",
        "We will not be able to finish",
        "The vacancy will delay this further",
        "There is no political will",
        "Unclear whether members will agree",
        "Training planned for May was cancelled",
        "Booked for 4 July, cancelled by the trainer",
        "Two staff off sick in June and July",
        "Lead officer on leave until 12 May",
        "Not enough staff to do the survey",
        "Unable to recruit to the post",
        "Yet to be agreed",
        "Still waiting for the plan to be adopted by the county",
        "Members asked for more information at the May meeting",
        "The county have asked us to wait",
        "The Local Plan is late",
        "Postponed from May",
        "Deadline of 30 June not met",
        "Work is being held up by the lease",
        "Recruitment is frozen until April",
        "Action: none",
        "Plan: tbc",
        "Next steps: not yet agreed",
    ],
)
def test_a_reason_alone_is_no_plan(note: str) -> None:
    assert [sign.name for sign in signs_of_plan(note)] == []


@pytest.mark.parametrize(
    "note",
    [
        "The consultant was ill, her colleague will finish it",
        "No money this year, so we will ask the county",
        "Supplier will not deliver. New one found, order placed",
        "was due by 30 June, now 31 July",
        "Should be done by Friday",
        "to go to July Cabinet",
        "Cabinet 7 July",
        "DUE TO STAFF LEAVE. WILL CATCH UP IN AUGUST",
        "mtg w/c 12th",
        "ps to chase",
        "Reason: vacancy\nAction: agency",
        "- vacancy\r\n- interviews 7 July",
        "Vacancy – interviews on Monday",
        "vacancy (interviews next week)",
        "Interviewing next week",
        "Report being written",
        "Slipped to September",
        "Have asked HR to speed up",
        "We’ll finish it",
        "back on track by Sept",
    ],
)
def test_what_will_be_done_is_seen_beside_the_reason(note: str) -> None:
    assert signs_of_plan(note)


@given(st.text())
@often
def test_any_text_may_be_asked(note: str) -> None:
    assert {*signs_of_plan(note)} <= {*SIGNS}


@given(st.sampled_from([row["note"] for row in labelled("fit")]))
@often
def test_capitals_and_blanks_make_no_difference(note: str) -> None:
    signs = signs_of_plan(note)
    assert signs_of_plan(note.upper()) == signs
    assert signs_of_plan("\n  " + note.replace(" ", "  ").replace("\n", "\r\n") + " ") == signs


PIECES = (
    " |\n|a|no |not, |ed |aaaaed |will |will not |no one will |to be |x to |being |1 |30/|may |in june |once |is now "
    "|asked x |plan |plan: |- |–|(|. |but |but\n|report to |moved to |extra x |talks |new |due to be |’|\u00a0|é"
).split("|")


@pytest.mark.parametrize("piece", PIECES)
def test_a_full_cell_is_read_in_little_time(piece: str) -> None:
    note = (piece * A_FULL_CELL)[:A_FULL_CELL]
    began = time.perf_counter()
    signs_of_plan(note)
    assert time.perf_counter() - began < 3
