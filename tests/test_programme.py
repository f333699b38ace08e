"""The programme of an action whose source gives none: from its start, finish, timescale and recurrence."""

from dataclasses import replace

import pytest

from tests.office import action, small_plan
from tests.sheets import grid
from workbook.layout import default_layout
from workbook.months import format_runs, parse_runs
from workbook.plan import Heading, Plan
from workbook.source import plan_from_tables, table, table_from_cells, tables_from_plan
from workbook.source.programme import worked_out

LAYOUT = default_layout()

# The plan runs from July 2009 to June 2010.
DERIVED = grid("""
    01/08/09   | 30/09/09          | -                                         | 2009-08..2009-09
    01/05/09   | 31/07/09          | -                                         | 2009-05..2009-07
    July 2009  | Sept 09           | -                                         | 2009-07..2009-09
    -          | 30 September 2009 | -                                         | 2009-09
    -          | -                 | by end August 2009                        | 2009-08
    -          | -                 | 1 April 2009 onwards                      | 2009-07..2010-06
    -          | -                 | from March 2010                           | 2010-03..2010-06
    March 2010 | -                 | -                                         | 2010-03..2010-06
    -          | -                 | Ongoing                                   | 2009-07..2010-06
    -          | -                 | Monthly                                   | 2009-07..2010-06
    -          | -                 | Quarterly                                 | -
    -          | -                 | Quarterly from 1st April 2009 onwards     | 2009-07, 2009-10, 2010-01, 2010-04
    01/09/09   | 31/03/10          | Quarterly                                 | 2009-09, 2009-12, 2010-03
    -          | -                 | 6 weekly from 1 August 2009               | Aug-Oct, Dec-Feb, Apr-May
    -          | -                 | 31 January 2010 and annually thereafter   | 2010-01
    -          | -                 | 31 July 2009 and annually thereafter      | 2009-07
    -          | -                 | Every four months from July 2009          | 2009-07, 2009-11, 2010-03
    -          | -                 | Autumn 2009                               | 2009-09..2009-11
    -          | -                 | a) Oct 09 b) Dec 09                       | 2009-10, 2009-12
    -          | -                 | Oct 09 Revised to Jan 2010                | 2010-01
    -          | -                 | October                                   | 2009-10
    -          | -                 | As per forward plan                       | -
    01/09/09   | 31/07/09          | -                                         | -
    -          | 31/11/09          | -                                         | -
    01/09/09   | 31/11/09          | -                                         | -
    -          | 31 March 2012     | -                                         | 2012-03
    -          | -                 | July                                      | 2009-07
    -          | -                 | by June                                   | 2010-06
    -          | -                 | 1 July                                    | 2009-07
    -          | -                 | Jul-Sep                                   | 2009-07..2009-09
    -          | -                 | from July                                 | 2009-07..2010-06
    July       | Sept              | -                                         | 2009-07..2009-09
    July       | June              | -                                         | 2009-07..2010-06
    Oct        | March             | -                                         | 2009-10..2010-03
    1 July     | 30 Sept           | -                                         | 2009-07..2009-09
    July       | 30/9/09           | -                                         | 2009-07..2009-09
    17/10/09   | 31/11/09          | -                                         | -
    31/11/09   | 15/12/09          | -                                         | -
    -          | -                 | Monthly until December 2009               | 2009-07..2009-12
    -          | 31/12/09          | Monthly                                   | 2009-07..2009-12
    -          | -                 | 31 January 2010 and monthly thereafter    | 2010-01..2010-06
    -          | -                 | Quarterly until March 2010                | 2010-03
    -          | 31/12/09          | 6 weekly                                  | 2009-12
    1/9/09     | -                 | 31 March 2010 and annually thereafter     | 2010-03
    -          | -                 | Ongoing until Dec 2009                    | 2009-07..2009-12
    -          | -                 | December 2009 and ongoing                 | 2009-12..2010-06
    1/9/09     | -                 | 1 Dec 09 to 1 Nov 09                      | -
    -          | -                 | Must be fully implemented by October 2009 | 2009-10
""")


@pytest.mark.parametrize(("start", "finish", "timescale", "months"), DERIVED)
def test_a_programme_is_worked_out_from_an_actions_own_dates(
    start: str, finish: str, timescale: str, months: str
) -> None:
    said = {"start": start, "finish": finish, "timescale": timescale}
    dated = {name: "" if text == "-" else text for name, text in said.items()}
    made = worked_out(action("1.1.1", "Pave it", "PS", "", **dated), small_plan())
    assert made.programmed == parse_runs("" if months == "-" else months, small_plan().period)
    assert bool(made.programme_from) == bool(made.programmed)


def measures(*timescales: str) -> Plan:
    headings = (Heading(ref="1.1", level="measure", timescale=text) for text in timescales)
    return replace(small_plan(), headings=tuple(headings))


def test_a_target_counts_where_an_action_has_no_dates_of_its_own() -> None:
    bare = action("1.1.1", "Pave it", "PS", "")
    made = worked_out(replace(bare, target="31 October 2009"), small_plan())
    assert (format_runs(made.programmed), made.programme_from) == ("2009-10", "target “31 October 2009”")
    assert (
        format_runs(worked_out(replace(made, programmed=(), start="May 2010"), small_plan()).programmed)
        == "2010-05..2010-06"
    )
    assert worked_out(replace(bare, target="95%"), measures()).programmed == ()


def test_the_measures_timescale_counts_where_an_action_has_none_and_only_where_it_is_plain() -> None:
    bare = action("1.1.1", "Pave it", "PS", "")
    made = worked_out(bare, measures("30 September 2009", "", "30 September 2009"))
    assert (format_runs(made.programmed), made.programme_from) == (
        "2009-09",
        "its measure's timescale “30 September 2009”",
    )
    assert worked_out(bare, measures("30 September 2009", "31 December 2009")).programmed == ()


SOURCE = [
    ["ref", "heading", "action", "start", "finish", "programmed", "row_id"],
    ["1.1.1", "1.1", "Pave it", "01/08/09", "30/09/09", "", "rone"],
    ["1.1.2", "1.1", "Light it", "01/08/09", "30/09/09", "", ""],
    ["1.1.3", "1.1", "Sign it", "01/08/09", "30/09/09", "Dec", ""],
]


def programmes(*settings: tuple[str, str]) -> list[str]:
    tables = [
        table("settings", ("key", "value"), [("title", "Plan"), ("start", "2009-07"), *settings]),
        table("headings", ("ref", "level", "title"), [("1.1", "measure", "Streets")]),
        table_from_cells("actions", SOURCE),
    ]
    return [format_runs(each.programmed) for each in plan_from_tables(tables, LAYOUT)[0].actions]


def test_a_programme_that_is_given_stands_whatever_the_dates_say() -> None:
    assert programmes() == ["2009-08..2009-09", "2009-08..2009-09", "2009-12"]


def test_in_a_plan_that_was_built_before_only_new_rows_get_a_programme() -> None:
    assert programmes(("plan_id", "pabc")) == ["", "2009-08..2009-09", "2009-12"]


def test_what_was_worked_out_says_so_after_it_has_been_written_and_read() -> None:
    plan = replace(
        small_plan(),
        actions=(worked_out(replace(small_plan().actions[0], programmed=(), finish="Sept 09"), small_plan()),),
    )
    again, _ = plan_from_tables(tables_from_plan(plan), LAYOUT)
    assert again.actions == plan.actions
    assert again.actions[0].programme_from == "finish “Sept 09”"


def test_a_plan_of_two_years_reads_a_finish_after_its_start() -> None:
    plan = replace(small_plan(), months=24)
    for start, finish, months in (("Oct", "March", "2010-10..2011-03"), ("July", "June", "2010-07..2011-06")):
        made = worked_out(action("1.1.1", "Pave it", "PS", "", start=start, finish=finish), plan)
        assert format_runs(made.programmed) == months


def test_a_target_that_is_no_date_is_not_found_to_be_before_the_start() -> None:
    rows = [
        ["ref", "heading", "action", "start", "target"],
        ["1.1.1", "1.1", "Pave it", "1/9/09", "from 60% in 2008/09"],
    ]
    tables = [
        table("settings", ("key", "value"), [("title", "Plan"), ("start", "2009-07")]),
        table("headings", ("ref", "level", "title"), [("1.1", "measure", "Streets")]),
        table_from_cells("actions", rows),
    ]
    assert "DATES_REVERSED" not in {each.code for each in plan_from_tables(tables, LAYOUT)[1]}


def test_what_a_programme_was_worked_out_from_goes_when_another_is_written() -> None:
    made = worked_out(action("1.1.1", "Pave it", "PS", "", finish="Sept 09"), small_plan())
    for programmed, kept in ((made.programmed, "finish “Sept 09”"), (small_plan().period[3:4], "")):
        plan = replace(small_plan(), actions=(replace(made, programmed=programmed),))
        assert plan_from_tables(tables_from_plan(plan), LAYOUT)[0].actions[0].programme_from == kept
