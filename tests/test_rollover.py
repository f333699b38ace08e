"""Next year's plan from what last year's leaves: what is carried, how, and what is said about it."""

import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from openpyxl.styles import PatternFill

from tests.office import BOTH_FORMS, Council, found
from tests.sheets import draw, drawn, grid
from tests.strategies import seldom
from workbook import verbs
from workbook.dependencies import links, ref_key, waited_for
from workbook.errors import UsageError
from workbook.grid import Grid
from workbook.layout import Layout, default_layout
from workbook.months import Month, format_runs, parse_runs
from workbook.palette import PROGRAMME_FILL
from workbook.plan import COMPLETE, Action, Approval, Heading, Plan, plain_ref
from workbook.record import Change
from workbook.refs import a1
from workbook.rollover import RolledOver
from workbook.rollover.title import next_title
from workbook.rules.lateness import programme_of
from workbook.source import worked_out

LAYOUT = default_layout()
JULY, JUNE = Month(2009, 7), Month(2010, 6)
NEXT = Month(2010, 7)
APPROVED = Approval(decision="approved", by="Board", on="2010-05-10", minute="7")


def year(text: str, **more: Any) -> Plan:
    """The plan from July 2009 to June 2010 whose last months a table shows; its last month has been merged."""
    return replace(drawn(text, start=Month(2010, 4), **more), start=JULY, months=12, edition=JUNE)


def rolled(plan: Plan, start: Month = NEXT, **how: Any) -> RolledOver:
    return verbs.rollover(plan, start, layout=LAYOUT, **how)


def shown(plan: Plan) -> list[list[str]]:
    """The first months of a plan as they are drawn."""
    return grid(draw(replace(plan, months=4)))


def said(result: RolledOver, code: str) -> list[str]:
    return [f"{each.ref}: {each.message}" for each in found(result, code)]


def programmes(plan: Plan) -> dict[str, str]:
    return {action.ref: format_runs(action.programmed) for action in plan.actions}


LAST_YEAR = year("""
    ref   | action             | lead  | Apr May Jun Jul Aug | note
    1.1.1 | Appoint a designer | PS    | #G  .   .   .   .   | COMPLETE. Signed.
    1.1.2 | Write the brief    | PS/JG | #A  R   R   .   .   | Late. The draft goes to the Board in August.
    1.1.3 | Print it           | HB    | .   .   #G  #   #   |
    1.1.4 | Put it up          |       | .   #   .   .   .   |
""")


def test_what_is_unfinished_is_carried_with_what_is_left_of_its_programme_and_the_rest_is_archived() -> None:
    result = rolled(LAST_YEAR)
    assert shown(result.plan) == grid("""
        ref   | action          | lead  | Jul Aug Sep Oct | note
        1.1.1 | Write the brief | PS/JG | .   .   .   .   | From 2009/10: 1.1.2, red in June 2010.⏎Late. The draft goes to the Board in August.
        1.1.2 | Print it        | HB    | #   #   .   .   | From 2009/10: 1.1.3, green in June 2010.
        1.1.3 | Put it up       |       | .   .   .   .   | From 2009/10: 1.1.4, nothing reported.
    """)  # noqa: E501  # a row as it stands
    assert [action.row_id for action in result.plan.actions] == ["r2", "r3", "r4"]
    assert [action.row_id for action in result.carried] == ["r2", "r3", "r4"]
    assert [action.ref for action in result.completed] == ["1.1.1"]
    (archived,) = result.plan.archive[-1].actions
    assert (archived.row_id, archived.ref, archived.heading_title) == ("r1", "1.1.1", "A plan for the market quarter")
    assert (archived.status, archived.month, archived.note) == ("green", Month(2010, 4), "COMPLETE. Signed.")
    assert result.sentence == "1 of 4 actions was completed in 2009/10; 3 are carried into 2010/11."


def test_the_plan_is_a_new_one_with_the_headings_people_and_settings_of_last_years() -> None:
    unused = Heading(ref="1.2", level="measure", title="Streets", parent="CP1", timescale="31 March 2010")
    told = replace(LAST_YEAR, headings=(*LAST_YEAR.headings, unused), settings={"sponsor": "Leader"})
    before = told.apply(
        [
            Change(
                edition=JUNE,
                row_id="r2",
                ref="1.1.2",
                field="note",
                month=None,
                old=None,
                new=told.actions[1].note,
                source="a.xlsx",
                cell="CP1!I1",
            )
        ]
    )
    plan = rolled(before).plan
    assert (plan.title, plan.start, plan.months, plan.edition) == ("Improvement Plan 2010/11", NEXT, 12, None)
    assert plan.plan_id != before.plan_id
    assert (plan.headings, plan.people, plan.settings) == (before.headings, before.people, before.settings)
    assert (plan.history, plan.held, plan.taken, plan.register, plan.editions) == ((), (), (), (), ())
    assert rolled(before).plan == plan
    assert rolled(before, months=9).plan.months == 9
    assert rolled(before, title="A plan of our own").plan.title == "A plan of our own"


def test_last_years_ref_and_status_stand_in_columns_of_their_own() -> None:
    brief = rolled(LAST_YEAR).plan.by_row_id["r2"]
    assert dict(brief.extra) == {"last_year": "2009/10", "last_ref": "1.1.2", "last_status": "red in June 2010"}


def test_the_archive_says_since_when_it_is_complete_where_the_history_tells() -> None:
    complete = Change(
        edition=Month(2010, 5),
        row_id="r4",
        ref="1.1.4",
        field="note",
        month=None,
        old=None,
        new="COMPLETE. Up.",
        source="a.xlsx",
        cell="CP1!I1",
    )
    archived = rolled(LAST_YEAR.apply([complete])).plan.archive[-1].actions
    assert [(each.ref, each.complete_since) for each in archived] == [("1.1.1", None), ("1.1.4", Month(2010, 5))]


# --- refs -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("refs", "complete", "proposed"),
    [
        ("1.1.1 1.1.2 1.1.3 1.1.4", "1.1.2", "1.1.1 1.1.2 1.1.3"),
        ("1.1.1 1.1.2 1.1.3", "", "1.1.1 1.1.2 1.1.3"),
        ("1.1.1 1.1.2 1.1.4", "", "1.1.1 1.1.2 1.1.4"),  # a gap that nobody left this year
        ("1.1.1 1.1.2 1.1.4 1.1.5", "1.1.1", "1.1.1 1.1.2 1.1.4"),
        ("1.1.9 1.1.10 1.1.11", "1.1.9", "1.1.9 1.1.10"),
        ("A.20 A.21 A.22", "A.20 A.21", "A.20"),
        ("A.21 A22 A.23", "A.21", "A21 A.22"),
        ("R2.14 R2.15", "R2.14", "R2.14"),
        ("R2.14 R2.15a R2.15b", "R2.14", "R2.14a R2.14b"),
        ("13.4.1 13.4.4. 13.4.5", "13.4.1", "13.4.1. 13.4.4"),
        ("1. 2. 3.", "2.", "1. 2."),
        ("007 008 010", "007", "007 008"),
        ("16.1.1 16.1. 16.1.3", "16.1.1", "16.1. 16.1.1"),
        ("1.1.1 R.2.7 1.1.3", "1.1.1", "R.2.7 1.1.1"),
        ("1.1.1 1.1.2 1.1.2 1.1.3", "1.1.1", "1.1.1 1.1.1 1.1.2"),  # one ref for two actions, as before
        ("B. new 1.1.2", "", "B. new 1.1.2"),
        ("1.1.3 1.1.2 1.1.1", "1.1.2", "1.1.2 1.1.1"),
        ("1.1.1 1.1.2 - -", "1.1.1", "1.1.1 1.1.2 1.1.3"),
        ("A.1 A.2 -", "", "A.1 A.2 A.3"),
        ("1. 2. -", "", "1. 2. 3."),
        ("07 08 -", "", "07 08 09"),
        ("1.1.1 -", "1.1.1", "1.1.1"),
        ("A.1 1.1.2 -", "", "A.1 1.1.2 -"),
        ("- -", "", "- -"),
    ],
)
def test_refs_run_on_without_the_gaps_that_completed_actions_left(refs: str, complete: str, proposed: str) -> None:
    actions = [
        Action(
            row_id=f"r{number}",
            ref=ref.strip("-"),
            heading="1.1",
            note=COMPLETE if ref in complete.split() else "",
        )
        for number, ref in enumerate(refs.split())
    ]
    plan = replace(LAST_YEAR, actions=tuple(actions))
    assert " ".join(action.ref or "-" for action in rolled(plan).plan.actions) == proposed


def test_each_heading_has_its_own_numbers_and_a_new_ref_is_nobody_elses() -> None:
    plan = year("""
        ref | heading | action | Apr | note
        A.1 | A-i     | One    | .   | COMPLETE
        A.2 | A-i     | Two    | .   |
            | A-i     | New    | .   |
        A.3 | A-ii    | Three  | .   |
        A.4 | A-ii    | Four   | .   |
    """)
    assert [action.ref for action in rolled(plan).plan.actions] == ["A.1", "A.2", "A.3", "A.4"]
    kept = replace(plan, actions=tuple(replace(each, note="") for each in plan.actions))
    assert [action.ref for action in rolled(kept).plan.actions] == ["A.1", "A.2", "A.5", "A.3", "A.4"]


def test_new_refs_are_told_in_one_finding() -> None:
    (one,) = found(rolled(LAST_YEAR), "REFS_PROPOSED")
    assert one.severity == "note"
    assert "3 of the actions: 1.1.2 → 1.1.1, 1.1.3 → 1.1.2, 1.1.4 → 1.1.3." in one.message
    many = replace(
        LAST_YEAR,
        actions=tuple(replace(LAST_YEAR.actions[1], row_id=f"r{n}", ref=f"1.1.{n}") for n in range(2, 22))
        + LAST_YEAR.actions[:1],
    )
    (one,) = found(rolled(many), "REFS_PROPOSED")
    assert one.message.endswith("1.1.13 → 1.1.12, and 8 more.")


# --- the programme ----------------------------------------------------------------------------------------------

# What an action says of its dates, its programme last year, and what it has next year.
PROGRAMMES = grid("""
    -                                       | 2009-07..2009-09            | -
    -                                       | 2010-05..2010-08            | 2010-07..2010-08
    -                                       | 2010-07, 2011-03, 2011-08   | 2010-07, 2011-03, 2011-08
    On-going                                | 2009-07..2010-06            | 2010-07..2011-06
    1 April 2009 onwards                    | 2009-07..2010-06            | 2010-07..2011-06
    Monthly                                 | 2009-07..2010-06            | 2010-07..2011-06
    Monthly until December 2009             | 2009-07..2009-12            | -
    Monthly until September 2010            | 2009-07..2010-06            | 2010-07..2010-09
    Quarterly from 1st April 2009 onwards   | 2009-07, 2009-10, 2010-01   | 2010-07, 2010-10, 2011-01, 2011-04
    Quarterly from July                     | 2009-07, 2009-10, 2010-01   | 2010-07, 2010-10, 2011-01, 2011-04
    Quarterly until March 2010              | 2010-03                     | -
    Quarterly                               | 2009-07, 2009-10            | -
    31 March 2010 and annually thereafter   | 2010-03                     | 2011-03
    Every four months from July 2009        | -                           | 2010-07, 2010-11, 2011-03
    End of each quarter                     | 2009-09, 2009-12            | -
    Ongoing until Dec 2009                  | 2009-07..2009-12            | -
    Ongoing until December                  | 2009-07..2009-12            | -
    July                                    | 2009-07                     | -
    30 September 2010                       | 2009-07                     | -
    31/11/09 and annually thereafter        | 2009-11                     | -
    As per forward plan                     | 2009-11                     | -
    Quarterly from 1 April 2010             | 2010-04, 2010-08            | 2010-07..2010-08, 2010-10, 2011-01, 2011-04
""")


@pytest.mark.parametrize(("timescale", "programmed", "following"), PROGRAMMES)
def test_a_programme_goes_on_where_it_says_so_and_nothing_is_guessed(
    timescale: str, programmed: str, following: str
) -> None:
    action = Action(
        row_id="r1",
        ref="1.1.1",
        heading="1.1",
        timescale=timescale.strip("-"),
        programmed=parse_runs(programmed.removeprefix("-"), ()),
    )
    (carried,) = rolled(replace(LAST_YEAR, actions=(action,))).plan.actions
    assert format_runs(carried.programmed) == following.removeprefix("-")


def test_what_was_worked_out_from_a_start_or_a_measure_is_worked_out_again_and_what_was_given_is_not() -> None:
    measure = replace(LAST_YEAR.headings[1], timescale="1 July 2009 onwards")
    actions = (
        Action(row_id="r1", ref="1.1.1", heading="1.1"),
        Action(row_id="r2", ref="1.1.2", heading="1.1", programmed=(JULY,)),
        Action(row_id="r3", ref="1.1.3", heading="1.1", start="1 May 2010"),
        Action(row_id="r4", ref="1.1.4", heading="1.1", start="1 May 2010", programmed=(JUNE,)),
    )
    plan = replace(LAST_YEAR, headings=(LAST_YEAR.headings[0], measure), actions=actions)
    built = replace(
        plan,
        actions=tuple(action if action.programmed else worked_out(action, plan) for action in plan.actions),
    )
    result = rolled(built)
    assert programmes(result.plan) == {
        "1.1.1": "2010-07..2011-06",
        "1.1.2": "",
        "1.1.3": "2010-07..2011-06",
        "1.1.4": "",
    }
    assert [action.programme_from for action in result.plan.actions] == [
        "its measure's timescale “1 July 2009 onwards”",
        "",
        "start “1 May 2010”",
        "",
    ]
    assert said(result, "PROGRAMME_DERIVED") == [
        "1.1.1: The programme of 1.1.1 was worked out as July 2010 to June 2011 from its measure's timescale "
        "“1 July 2009 onwards”.",
        "1.1.3: The programme of 1.1.3 was worked out as July 2010 to June 2011 from start “1 May 2010”.",
    ]


def test_what_is_left_of_what_was_worked_out_is_no_more_what_the_dates_say() -> None:
    action = worked_out(Action(row_id="r1", start="1 May 2010", finish="31 August 2010"), LAST_YEAR)
    (carried,) = rolled(replace(LAST_YEAR, actions=(action,))).plan.actions
    assert (format_runs(carried.programmed), carried.programme_from) == ("2010-07..2010-08", "")


def test_what_is_said_of_months_ahead_is_carried_and_approved_new_dates_are_programmed() -> None:
    plan = year("""
        ref   | action  | Apr May Jun Jul Aug Sep | note
        1.1.1 | Pave it | #   R   R   .   H+  H+  | REPROGRAMMED to September.
        1.1.2 | Plan it | .   .   #   #   H   .   | REPROGRAMMED, if agreed.
        1.1.3 | Sell it | #B+ .   .   B+  .   .   | SUSPENDED for lack of money.
    """)
    result = rolled(plan)
    assert shown(result.plan) == grid("""
        ref   | action  | lead | Jul Aug Sep Oct | note
        1.1.1 | Pave it |      | .   #H+ #H+ .   | From 2009/10: 1.1.1, red in June 2010.⏎REPROGRAMMED to September.
        1.1.2 | Plan it |      | #   H   .   .   | From 2009/10: 1.1.2, nothing reported.⏎REPROGRAMMED, if agreed.
        1.1.3 | Sell it |      | B+  .   .   .   | From 2009/10: 1.1.3, blue in April 2010.⏎SUSPENDED for lack of money.
    """)
    assert [action.marker for action in result.plan.actions] == [None, None, None]
    paved = result.plan.actions[0]
    assert programme_of(paved, LAYOUT) == parse_runs("2010-08..2010-09", ())


def test_new_dates_that_were_kept_as_such_stay_so() -> None:
    paved = replace(LAST_YEAR.actions[1], revised=parse_runs("2010-05, 2010-08", ()))
    (carried,) = rolled(replace(LAST_YEAR, actions=(paved,))).plan.actions
    assert (format_runs(carried.programmed), format_runs(carried.revised)) == ("2010-08", "2010-08")


def test_a_plan_may_begin_before_the_last_one_ends() -> None:
    result = rolled(LAST_YEAR, Month(2010, 6))
    assert programmes(result.plan) == {"1.1.1": "", "1.1.2": "2010-06..2010-08", "1.1.3": ""}
    assert result.plan.by_row_id["r3"].progress == {JUNE: "green"}
    assert result.plan.by_row_id["r2"].extra["last_status"] == "red in May 2010"


# --- what is to be looked at ------------------------------------------------------------------------------------

DOUBTFUL = year("""
    ref   | action  | timescale                             | Apr May Jun Jul Aug | note
    1.1.1 | Pave it |                                       | #G  .   .   .   .   |
    1.1.2 | Plan it |                                       | #R  R   G   .   .   |
    1.1.3 | Plant   |                                       | #G  A   .   .   .   |
    1.1.4 | Name it |                                       | #G  .   .   #   .   |
    1.1.5 | Sell it |                                       | .   #   H   H   .   | REPROGRAMMED to July.
    1.1.6 | Ask     |                                       | .   .   #B  .   .   | SUSPENDED.
    1.1.7 | Tell    | 31 March 2010 and annually thereafter | G   .   .   .   .   | COMPLETE. Told.
    1.1.8 | Draw it |                                       | .   .   H+  .   .   | REPROGRAMMED to June.
    1.1.9 | Light   |                                       | #   G   .   .   .   |
""")


def test_what_looks_done_is_carried_and_named_in_last_years_plan() -> None:
    result = rolled(DOUBTFUL)
    assert [each.ref for each in found(result, "LOOKS_DONE")] == ["1.1.1", "1.1.2", "1.1.9"]
    assert {each.where.row_id for each in found(result, "LOOKS_DONE")} < result.plan.by_row_id.keys()
    assert all(each in result.in_last for each in found(result, "LOOKS_DONE"))
    first = found(result, "LOOKS_DONE")[0]
    assert (first.severity, first.place, first.where.month) == ("query", "CP1!O10", Month(2010, 4))
    assert "open its note with COMPLETE" in first.remedy


def test_what_was_on_target_before_its_last_month_does_not_look_done() -> None:
    plan = year("""
        ref   | action  | Apr May Jun | note
        1.1.1 | Pave it | #G  #   .   |
        1.1.2 | Plan it | #G  #   H+  |
        1.1.3 | Sell it | .   G   .   |
    """)
    assert found(rolled(plan), "LOOKS_DONE") == []


def test_what_has_no_month_left_is_named_with_its_last_status() -> None:
    result = rolled(DOUBTFUL)
    assert [(each.ref, each.message.partition("(")[2]) for each in found(result, "PROGRAMME_RUN_OUT")] == [
        ("1.1.3", "last reported amber)."),
        ("1.1.5", "last reported hatched without approval)."),
        ("1.1.6", "last reported blue without approval)."),
        ("1.1.7", "last reported hatched)."),
    ]
    assert {each.severity for each in found(result, "PROGRAMME_RUN_OUT")} == {"query"}
    assert all(each in result.in_next for each in found(result, "PROGRAMME_RUN_OUT"))


def test_what_nobody_has_decided_on_is_named() -> None:
    assert said(rolled(DOUBTFUL), "PROPOSAL_OPEN") == [
        "1.1.5: 1.1.5 is hatched for June to July 2010, and nobody has approved or refused that: the status of June "
        "2010 is not carried.",
        "1.1.6: 1.1.6 is blue for June 2010, and nobody has approved or refused that: the status of June 2010 is not "
        "carried.",
    ]
    ahead = replace(DOUBTFUL.actions[4], progress={NEXT: "revised"})
    (one,) = said(rolled(replace(DOUBTFUL, actions=(ahead,))), "PROPOSAL_OPEN")
    assert one.endswith("it is carried as proposed.")


def test_what_is_complete_and_due_again_is_archived_and_named() -> None:
    result = rolled(DOUBTFUL)
    assert [each.ref for each in result.completed] == ["1.1.7"]
    assert said(result, "COMPLETE_GOES_ON") == [
        "1.1.7: 1.1.7 is complete and archived, but by its timescale “31 March 2010 and annually thereafter” it is due "
        "again: March 2011."
    ]


def test_months_between_the_two_plans_are_left_out_and_named() -> None:
    plan = year(
        """
        ref   | action  | Jun Jul Aug Sep | note
        1.1.1 | Pave it | #   #   #   .   |
        1.1.2 | Plan it | .   #   .   #   |
        1.1.3 | Sell it | #   .   H+  .   |
    """.replace("Jun Jul Aug Sep", "Apr May Jun Jul")
    )
    moved = tuple(
        replace(
            action,
            programmed=tuple(month + 2 for month in action.programmed),
            progress={month + 2: status for month, status in action.progress.items()},
            approval={month + 2: decision for month, decision in action.approval.items()},
        )
        for action in plan.actions
    )
    result = rolled(replace(plan, actions=moved), Month(2010, 9))
    assert programmes(result.plan) == {"1.1.1": "", "1.1.2": "2010-09", "1.1.3": ""}
    assert [(each.ref, each.message) for each in found(result, "PROGRAMME_IN_GAP")] == [
        (ref, f"It was programmed for {months}, between the end of last year's plan and the start of next year's.")
        for ref, months in (("1.1.1", "July to August 2010"), ("1.1.2", "July 2010"), ("1.1.3", "August 2010"))
    ]
    assert found(result, "PROGRAMME_RUN_OUT") == []


@pytest.mark.parametrize(
    ("edition", "message"),
    [
        (JUNE, None),
        (Month(2010, 4), "Last year's plan runs to June 2010, and was last merged for April 2010."),
        (None, "Last year's plan runs to June 2010, and nothing has been merged into it."),
    ],
)
def test_a_year_that_is_not_over_is_said(edition: Month | None, message: str | None) -> None:
    result = rolled(replace(LAST_YEAR, edition=edition))
    assert [each.message for each in found(result, "YEAR_NOT_OVER")] == ([message] if message else [])


@pytest.mark.parametrize(
    ("plan", "start", "how", "sentence"),
    [
        (LAST_YEAR, JULY, {}, "2009-07 is not after 2009-07, in which “Improvement Plan 2009/10” begins. "),
        (LAST_YEAR, Month(2008, 7), {}, "Give the first month of next year's plan, as --start 2010-07."),
        (replace(LAST_YEAR, actions=()), NEXT, {}, "has no actions, so there is nothing to roll over."),
        (LAST_YEAR, NEXT, {"months": 0}, "A plan has from 1 to 36 months, and not 0."),
        (LAST_YEAR, NEXT, {"months": 37}, "A plan has from 1 to 36 months, and not 37."),
    ],
)
def test_what_cannot_be_rolled_over_is_refused(plan: Plan, start: Month, how: Any, sentence: str) -> None:
    with pytest.raises(UsageError) as refused:
        rolled(plan, start, **how)
    assert sentence in str(refused.value)


def test_where_all_is_complete_the_headings_are_left() -> None:
    plan = replace(LAST_YEAR, actions=LAST_YEAR.actions[:1])
    result = rolled(plan)
    assert (result.plan.actions, result.plan.headings) == ((), plan.headings)
    assert result.sentence == "1 of 1 action was completed in 2009/10; 0 are carried into 2010/11."


# --- refs that are mentioned ------------------------------------------------------------------------------------

MENTIONING = year("""
    ref   | action                | depends_on          | Apr | note
    1.1.1 | Survey it             |                     | #   | COMPLETE. Done.
    1.1.2 | Draw it               | 1.1.1               | #   |
    1.1.3 | Build it (see 1.1.2)  | 1.1.1 / Action 1.1.2 | #   | 1.1.3 is late. Awaiting 1.1.1.
    1.1.4 | Open it               | 1.1.3. / 9.9.9 / 1.1 | #  | Depends on 1.1.3. See 1.1, 1.1.4 and 1.1.5.
    1.1.5 | Close it              | CP2                 | #   | After 1.1.5 and 4.4.4.
    2.1.1 | Name it               |                     | #   | COMPLETE.
""").apply([])
MENTIONING = replace(
    MENTIONING,
    headings=(
        *MENTIONING.headings,
        Heading(ref="CP2", level="priority", title="Names"),
        Heading(ref="2.1", level="measure", parent="CP2"),
    ),
    actions=tuple(replace(action, heading="2.1") if action.ref == "2.1.1" else action for action in MENTIONING.actions),
)


def test_what_actions_wait_for_is_rewritten_and_what_is_complete_is_waited_for_no_more() -> None:
    result = rolled(MENTIONING)
    assert {action.ref: action.depends_on for action in result.plan.actions} == {
        "1.1.1": (),
        "1.1.2": ("1.1.1",),
        "1.1.3": ("1.1.2", "9.9.9", "1.1"),
        "1.1.4": (),
    }
    assert said(result, "DEPENDENCY_FULFILLED") == [
        "1.1.1: 1.1.1 waited for last year's 1.1.1, now complete.",
        "1.1.2: 1.1.2 waited for last year's 1.1.1, now complete.",
        "1.1.4: 1.1.4 waited for last year's 2.1.1, now complete.",
    ]


def test_refs_in_prose_that_mean_another_action_now_are_named_and_not_rewritten() -> None:
    result = rolled(MENTIONING)
    assert [(each.ref, each.message.partition(" names ")[2]) for each in found(result, "REF_MEANS_ANOTHER")] == [
        ("1.1.2", "last year's 1.1.2, which is 1.1.1 now; 1.1.2 is “Build it (see 1.1.2)” now."),
        ("1.1.2", "last year's 1.1.1, which is complete and archived; 1.1.1 is “Draw it” now."),
        ("1.1.2", "last year's 1.1.3, which is 1.1.2 now; 1.1.3 is “Open it” now."),
        ("1.1.3", "last year's 1.1.3, which is 1.1.2 now; 1.1.3 is “Open it” now."),
        ("1.1.3", "last year's 1.1.4, which is 1.1.3 now; 1.1.4 is “Close it” now."),
        ("1.1.3", "last year's 1.1.5, which is 1.1.4 now."),
    ]
    assert [action.action for action in result.plan.actions] == [
        "Draw it",
        "Build it (see 1.1.2)",
        "Open it",
        "Close it",
    ]


def test_the_line_in_front_of_a_note_is_no_mention() -> None:
    plan = rolled(LAST_YEAR).plan
    assert (links(plan).waits, links(plan).sees) == ((), ())
    assert rolled(replace(plan, edition=JUNE + 12), NEXT + 12).findings
    assert found(rolled(replace(plan, edition=JUNE + 12), NEXT + 12), "REF_MEANS_ANOTHER") == []


# --- the years after --------------------------------------------------------------------------------------------


def test_the_year_after_the_line_is_replaced_and_the_archive_goes_on() -> None:
    first = rolled(LAST_YEAR).plan
    brief, printed, up = first.actions
    told = replace(
        first,
        actions=(
            replace(brief, progress={Month(2011, 6): "amber"}, note=f"Still late.\n{brief.note}"),
            replace(printed, note=f"COMPLETE. Out.\n{printed.note}"),
            replace(up, ref="", note="New words."),
        ),
    )
    second = rolled(told, Month(2011, 7))
    assert second.plan.title == "Improvement Plan 2011/12"
    assert [action.note for action in second.plan.actions] == [
        "From 2010/11: 1.1.1, amber in June 2011.\nStill late.\nLate. The draft goes to the Board in August.",
        "From 2010/11: no ref, nothing reported.\nNew words.",
    ]
    assert dict(second.plan.actions[1].extra) == {"last_year": "2010/11", "last_status": "nothing reported"}
    assert [year.sentence for year in second.plan.archive] == [
        "1 of 4 actions was completed in 2009/10",
        "1 of 3 actions was completed in 2010/11",
    ]
    assert second.sentence == "1 of 3 actions was completed in 2010/11; 2 are carried into 2011/12."


@pytest.mark.parametrize(
    ("title", "start", "following"),
    [
        ("Improvement Plan 2009/10", NEXT, "Improvement Plan 2010/11"),
        ("Improvement Plan 2009/10", Month(2011, 7), "Improvement Plan 2011/12"),
        ("Plan 2009-2010", NEXT, "Plan 2010-2011"),
        ("Plan 2009–10 of the Council", NEXT, "Plan 2010–11 of the Council"),
        ("Plan 2009 to 2010", NEXT, "Plan 2010 to 2011"),
        ("09/10 Plan", NEXT, "10/11 Plan"),
        ("Plan 2009", NEXT, "Plan 2010"),
        ("Plan to March 2010", NEXT, "Plan to March 2011"),
        ("Vision 2020: plan 2009/10", NEXT, "Vision 2020: plan 2010/11"),
        ("Towards 2007-2012: plan 2009/10", NEXT, "Towards 2007-2012: plan 2010/11"),
        ("The 10 priorities", NEXT, "The 10 priorities, July 2010 to June 2011"),
        ("Improvement Plan", NEXT, "Improvement Plan, July 2010 to June 2011"),
        ("Plan, July 2009 to June 2010", Month(2010, 4), "Plan, April 2010 to March 2011"),
        ("Plan 2009", Month(2009, 10), "Plan 2009, October 2009 to September 2010"),
    ],
)
def test_the_title_is_last_years_with_its_year_moved_on(title: str, start: Month, following: str) -> None:
    assert next_title(replace(LAST_YEAR, title=title), start, 12) == following


# --- laws -------------------------------------------------------------------------------------------------------

_MONTHS = st.builds(lambda index: JULY + index, st.integers(0, 20))
_SOME_MONTHS = st.sets(_MONTHS, max_size=4)
_NOTES = ("", "COMPLETE. Signed.", "Completed in May.", "Late. See 1.1.2 and 1.2.1.", "REPROGRAMMED to May.")
_TIMES = ("", "", "On-going", "Quarterly from 1st April 2009 onwards", "July", "31 March 2010 and annually thereafter")


@st.composite
def last_years(draw_from: st.DrawFn) -> Plan:
    """A year's plan under two measures, with the refs, notes and timescales that a rollover looks at."""
    refs = st.one_of(
        st.builds(lambda number: f"1.1.{number}", st.integers(1, 12)),
        st.builds(lambda number: f"A.{number}", st.integers(1, 6)),
        st.sampled_from(["", "", "1.1.3.", "A2", "a.2", "1.2.1", "R.2.7", "1.1", "B.", "=1+1", "007", "1.1.2b"]),
    )
    actions = []
    for number in range(draw_from(st.integers(1, 7))):
        progress = draw_from(st.dictionaries(_MONTHS, st.sampled_from(["green", "red", "revised"]), max_size=2))
        actions.append(
            Action(
                row_id=f"row{number}",
                ref=draw_from(refs),
                heading=draw_from(st.sampled_from(["1.1", "1.2", "nowhere"])),
                action=draw_from(st.sampled_from(["Do it", "Do it after 1.1.2", "Feed it into A.2"])),
                programmed=tuple(sorted(draw_from(_SOME_MONTHS))),
                revised=tuple(sorted(draw_from(_SOME_MONTHS))),
                progress=dict(sorted(progress.items())),
                approval={month: APPROVED for month in sorted(progress) if draw_from(st.booleans())},
                note=draw_from(st.sampled_from(_NOTES)),
                timescale=draw_from(st.sampled_from(_TIMES)),
                depends_on=tuple(draw_from(st.lists(refs.filter(bool), max_size=2, unique=True))),
            )
        )
    headings = (*LAST_YEAR.headings, Heading(ref="1.2", level="measure", title="Streets", parent="CP1"))
    return replace(LAST_YEAR, headings=headings, actions=tuple(actions))


starts = st.builds(lambda index: JULY + index, st.integers(1, 16))


@given(last_years(), starts)
@seldom
def test_every_action_is_carried_or_archived_once(plan: Plan, start: Month) -> None:
    result = rolled(plan, start)
    carried = [action.row_id for action in result.plan.actions]
    archived = [each.row_id for each in result.plan.archive[-1].actions]
    assert sorted([*carried, *archived]) == sorted(plan.by_row_id)
    assert all(plan.by_row_id[row_id].marker == COMPLETE for row_id in archived)
    assert all(action.marker is None for action in result.plan.actions)
    assert all(month >= start for action in result.plan.actions for month in action.programmed)


@given(last_years(), starts)
@seldom
def test_no_two_actions_under_a_heading_get_one_ref_that_had_two(plan: Plan, start: Month) -> None:
    result = rolled(plan, start)
    before, after = _shared(plan.actions), _shared(result.plan.actions)
    for action in result.plan.actions:
        was = plan.by_row_id[action.row_id]
        if action.ref and before[was.heading, plain_ref(was.ref)] == 1:
            assert after[action.heading, plain_ref(action.ref)] == 1


def _shared(actions: Sequence[Action]) -> Counter[tuple[str, str]]:
    """How many have a ref under a heading; one that has none shares it with nobody."""
    return Counter((action.heading, plain_ref(action.ref) or action.row_id) for action in actions)


@given(last_years())
@seldom
def test_actions_wait_for_the_same_as_before_but_for_what_is_complete(plan: Plan) -> None:
    refs = Counter(ref_key(action.ref) for action in plan.actions if action.ref)
    assume(max(refs.values(), default=0) < 2)  # which of two is meant is not known
    following = rolled(plan).plan
    before, after = waited_for(plan), waited_for(following)
    for action in following.actions:
        was = {row for (by, _), rows in before.items() if by == action.row_id for row in rows}
        now = {row for (by, _), rows in after.items() if by == action.row_id for row in rows}
        assert now == was & following.by_row_id.keys()


@pytest.mark.parametrize("form", BOTH_FORMS, ids=lambda form: form.bands)
@given(plan=last_years(), start=starts)
@seldom
def test_next_years_plan_is_built_and_read_back_as_it_is(form: Layout, plan: Plan, start: Month) -> None:
    following = replace(verbs.rollover(plan, start, layout=form).plan, layout=form.name)
    with tempfile.TemporaryDirectory() as folder:
        verbs.build(following, Path(folder) / "next.xlsx", form)
        loaded = verbs.load(Path(folder) / "next.xlsx")
        verbs.export(loaded.plan, Path(folder) / "flat.xlsx")
        again = verbs.load(Path(folder) / "flat.xlsx", LAYOUT.name).plan
    assert (loaded.plan, loaded.findings) == (following, ())
    assert replace(again, layout=form.name) == following


# --- the command ------------------------------------------------------------------------------------------------


@pytest.fixture
def master(tmp_path: Path) -> Path:
    verbs.build(DOUBTFUL, tmp_path / "master.xlsx")
    return tmp_path / "master.xlsx"


def test_the_command_writes_a_master_and_says_how_many_of_how_many(run: Any, master: Path) -> None:
    output = master.parent / "next.xlsx"
    status, out, err = run("rollover", master, "-o", output, "--start", "2010-07")
    assert (status, err) == (1, "")
    told = " ".join(out.split())
    assert f"Wrote {output}: Improvement Plan 2010/11, 8 actions." in " ".join(out.split())
    assert "1 of 9 actions was completed in 2009/10; 8 are carried into 2010/11." in out
    assert "master.xlsx CP1!O10, CP1!Q12, CP1!P26 ? It was last green, its programme is over" in told
    assert "amber): 1.1.3 " in told
    assert verbs.read(output) == rolled(DOUBTFUL).plan
    status, _, _ = run("issue", output, "-o", master.parent / "issued", "--month", "2010-07")
    assert status == 0
    status, out, _ = run("status", master.parent / "issued" / "next.xlsx")
    assert "July 2010: 2 actions highlighted" in out


def test_the_command_prints_json(run: Any, master: Path) -> None:
    status, out, _ = run("rollover", master, "-o", master.parent / "next.xlsx", "--start", "July 2010", "--json")
    told = json.loads(out)
    assert status == 1
    assert list(told) == ["completed", "of", "carried", "archived", "refs", "findings"]
    assert (told["completed"], told["of"], told["carried"], told["archived"]) == (1, 9, 8, ["1.1.7"])
    assert told["refs"][-1] == {"row_id": "r9", "last_ref": "1.1.9", "ref": "1.1.8"}
    by_file = {each["file"]: each["code"] for each in told["findings"]}
    assert set(by_file) == {"master.xlsx", "next.xlsx"}
    assert {"severity", "ref", "row_id", "cell", "sheet", "remedy"} < set(told["findings"][0])


def test_its_exit_status_is_0_where_nothing_is_to_be_looked_at(run: Any, tmp_path: Path) -> None:
    plan = replace(LAST_YEAR, actions=LAST_YEAR.actions[2:3])
    verbs.build(plan, tmp_path / "master.xlsx")
    words = ("rollover", tmp_path / "master.xlsx", "-o", tmp_path / "next.xlsx", "--start", "2010-07")
    status, _, _ = run(*words, "--months", 24, "--title", "Two years")
    following = verbs.read(tmp_path / "next.xlsx")
    assert (status, following.months, following.title) == (0, 24, "Two years")
    status, _, err = run(*words)
    assert (status, "exists already" in err) == (2, True)
    assert run(*words, "--force")[0] == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--start", "2009-07"), "2009-07 is not after 2009-07"),
        (("--start", "soon"), "“soon” is not a month"),
        (("--start", "2010-07", "--months", "60"), "A plan has from 1 to 36 months"),
        ((), "Missing option '--start'"),
    ],
)
def test_wrong_usage_gets_a_sentence_and_nothing_is_written(
    run: Any, master: Path, words: tuple[str, ...], sentence: str
) -> None:
    status, _, err = run("rollover", master, "-o", master.parent / "next.xlsx", *words)
    assert (status, sentence in err) == (2, True)
    assert not (master.parent / "next.xlsx").exists()
    assert run("rollover", master, "-o", master, "--start", "2010-07", "--force")[0] == 2


def test_the_same_master_gives_the_same_bytes(run: Any, master: Path) -> None:
    for name in ("one", "two"):
        run("rollover", master, "-o", master.parent / name / "next.xlsx", "--start", "2010-07")
    one, two = ((master.parent / name / "next.xlsx").read_bytes() for name in ("one", "two"))
    assert one == two


def test_a_programme_that_is_painted_on_its_tab_is_taken(run: Any, master: Path) -> None:
    output = master.parent / "next.xlsx"
    run("rollover", master, "-o", output, "--start", "2010-07")
    book = openpyxl.load_workbook(output)
    following = verbs.read(output)
    tab, cell = place_of(Grid(LAYOUT, following, whole=True), "r3", "programmed", NEXT)
    book[tab][cell].fill = PatternFill("solid", PROGRAMME_FILL.rgb)
    book.save(output)
    loaded = verbs.load(output)
    assert [each.code for each in loaded.findings] == ["MASTER_EDITED"]
    assert programmes(loaded.plan)["1.1.3"] == "2010-07"


@pytest.mark.parametrize(
    ("ref", "typed", "note", "wrong"),
    [
        ("1.1.2", "G", None, []),
        ("1.1.2", "A", None, ["NOTE_MISSING"]),
        ("1.1.2", "A", "From 2009/10: 1.1.3, green in June 2010.\nThe printer is ill.", ["PLAN_NOT_SEEN"]),
        ("1.1.2", "A", "The printer is ill.", ["PLAN_NOT_SEEN"]),
        ("1.1.2", "A", "From 2009/10: 1.1.3, green in June 2010.\nThe printer is ill. We will ask another one.", []),
        ("1.1.1", "A", None, ["NOTE_UNCHANGED"]),
        ("1.1.1", "A", "Late. The draft goes to the Board in August.", ["NOTE_UNCHANGED"]),
    ],
)
def test_the_line_in_front_of_a_note_is_none_of_an_officers_words(
    tmp_path: Path, ref: str, typed: str, note: str | None, wrong: list[str]
) -> None:
    september = Month(2010, 9)
    council = Council.issuing(tmp_path, plan=rolled(LAST_YEAR).plan, month=september, by="all")
    desk = council["ALL"]
    row_id = next(action.row_id for action in council.plan.actions if action.ref == ref)
    tab, cell = place_of(desk.grid, row_id, "progress", september)
    desk.do("type", tab, cell=cell, text=typed)
    if note is not None:
        tab, cell = place_of(desk.grid, row_id, "note")
        desk.do("type", tab, cell=cell, text=note)
    (checked,) = verbs.check([desk.send()])
    about_notes = [each.code for each in checked.findings if each.where.field == "note"]
    assert about_notes == wrong


def place_of(grid: Grid, row_id: str, field: str, month: Month | None = None) -> tuple[str, str]:
    found = grid.cell(row_id, field, month)
    assert found
    return found[0].name, a1(*found[1:])


def test_the_month_of_next_year_is_issued_reported_and_merged(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path, plan=rolled(LAST_YEAR).plan, month=NEXT)
    desk = council["HB"]
    tab, cell = place_of(desk.grid, "r3", "progress", NEXT)
    merged = council.merge(desk.do("type", tab, cell=cell, text="G").send())
    assert merged.plan.by_row_id["r3"].progress == {NEXT: "green"}
    assert merged.plan.archive == council.plan.archive
