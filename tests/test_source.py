import csv
import io
import json
import random
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.office import small_plan
from tests.sheets import assert_same, grid
from tests.strategies import often, plans, seldom, texts
from workbook.errors import SourceError
from workbook.findings import Finding
from workbook.layout import default_layout
from workbook.months import Month, format_runs
from workbook.plan import Approval, Heading, Plan, plain_ref
from workbook.source import (
    Table,
    clean,
    new_row_id,
    plan_from_tables,
    plan_to_json,
    setting,
    table_from_cells,
    tables_from_json,
    tables_from_plan,
)

LAYOUT = default_layout()

SETTINGS = """
    key          | value
    title        | Improvement Plan 2009/10
    organisation | Thornmere District Council
    start        | 2009-07
    Sponsor      | Councillor Ellery-Wade
"""
PEOPLE = """
    initials | name            | service
    PS       | Priya Sandhu    | Planning
    JG       | Jo Grant        | Housing
"""
HEADINGS = """
    ref | level    | title                         | parent | required
    CP1 | priority | Market Town Renewal           |        |
    1.1 | measure  | A plan for the market quarter | CP1    | Evidence paper
    1.1 | measure  |                               |        | Layout reported
"""
ACTIONS = """
    ref   | heading | action             | lead  | programmed       | depends_on
    1.1.1 | 1.1     | Appoint a designer | PS    | Jul-Aug          |
    1.1.2 | 1.1     | Write the brief    | PS/JG | 2009-08, 2009-10 | 1.1.1
"""
DATED = """
    ref   | heading | action             | start    | finish   | programmed
    1.1.1 | 1.1     | Appoint a designer | 01/08/09 | 30/09/09 |
"""
WHOLE = {"settings": SETTINGS, "people": PEOPLE, "headings": HEADINGS, "actions": ACTIONS}


def source(**drawn: str) -> list[Table]:
    """The tables of a plan source, as they are drawn; an empty drawing leaves a table out."""
    return [table_from_cells(name, grid(text)) for name, text in (WHOLE | drawn).items() if text]


def read(**drawn: str) -> tuple[Plan, list[Finding]]:
    plan, findings = plan_from_tables(source(**drawn), LAYOUT)
    return plan, list(findings)


def round_trip(tables: list[Table]) -> Plan:
    return plan_from_tables(tables, LAYOUT)[0]


def test_a_plan_source_is_read_as_the_contract_says() -> None:
    plan, findings = read()
    assert findings == []
    assert (plan.title, plan.organisation, plan.start, plan.months) == (
        "Improvement Plan 2009/10",
        "Thornmere District Council",
        Month(2009, 7),
        12,
    )
    assert plan.settings == {"Sponsor": "Councillor Ellery-Wade"}
    assert [person.name for person in plan.people] == ["Priya Sandhu", "Jo Grant"]
    assert [(action.ref, action.lead, format_runs(action.programmed)) for action in plan.actions] == [
        ("1.1.1", ("PS",), "2009-07..2009-08"),
        ("1.1.2", ("PS", "JG"), "2009-08, 2009-10"),
    ]
    assert plan.actions[1].depends_on == ("1.1.1",)


def test_a_measure_that_goes_on_has_the_title_and_parent_of_its_first_row() -> None:
    plan, _ = read()
    assert plan.headings[1:] == tuple(
        Heading(ref="1.1", level="measure", title="A plan for the market quarter", parent="CP1", required=required)
        for required in ("Evidence paper", "Layout reported")
    )


def test_a_measure_that_names_no_parent_stands_under_the_priority_above_it() -> None:
    plan, _ = read(
        headings="""
            ref | level    | title
            CP1 | Priority | One
            1.1 | MEASURE  | First
            CP2 | priority | Two
            2.1 | measure  | Second
        """
    )
    assert [(heading.level, heading.parent) for heading in plan.headings] == [
        ("priority", None),
        ("measure", "CP1"),
        ("priority", None),
        ("measure", "CP2"),
    ]


def test_columns_come_in_any_order_case_and_spacing() -> None:
    plan, findings = read(
        actions="""
            Depends On | ACTION             | Ref   | Heading
            CP1        | Appoint a designer | 1.1.1 | 1.1
        """
    )
    assert [finding.code for finding in findings] == ["PROGRAMME_EMPTY"]
    assert (plan.actions[0].ref, plan.actions[0].depends_on) == ("1.1.1", ("CP1",))


def test_a_trailing_dot_or_case_does_not_tell_two_headings_apart() -> None:
    plan, findings = read(actions=ACTIONS.replace("| 1.1  ", "| 1.1. "))
    assert [action.heading for action in plan.actions] == ["1.1", "1.1"]
    assert findings == []


def test_unknown_columns_are_kept_under_the_name_they_have() -> None:
    plan, findings = read(
        actions="""
            ref   | heading | action | programmed | Risk (H/M/L) | progress | 2008
            1.1.1 | 1.1     | Do it  | Jul        | H            | half     | yes
            1.1.2 | 1.1     | Do it  | Jul        |              |          |
        """
    )
    assert [dict(action.extra) for action in plan.actions] == [
        {"Risk (H/M/L)": "H", "progress (column)": "half", "2008": "yes"},
        {},
    ]
    assert {finding.code for finding in findings} == {"COLUMN_KEPT"}
    assert "“Risk (H/M/L)”" in findings[0].message


def test_columns_without_a_name_or_with_one_twice_are_kept_apart() -> None:
    table = table_from_cells("actions", [["Ref", "", "note", "Note"], ["1", "x", "a", "b"]])
    assert table.columns == ("Ref", "Column B", "note", "Note (D)")
    assert next(table.records()).values == {"ref": "1", "column_b": "x", "note": "a", "note_(d)": "b"}


def test_rows_of_uneven_length_lose_nothing() -> None:
    table = table_from_cells("actions", [["ref"], ["1", "beside"], []])
    assert table.columns == ("ref", "Column B")
    assert [record.values for record in table.records()] == [{"ref": "1", "column_b": "beside"}]


def test_empty_columns_at_the_right_are_no_columns() -> None:
    assert table_from_cells("actions", [["ref", "action", "", ""], ["1", "x", "", ""]]).columns == ("ref", "action")


DOUBTS = [
    (
        {"actions": ACTIONS.replace("1.1.2 |", "1.1.1.|")},
        "REF_REPEATED",
        "actions!A3",
        "The ref 1.1.1. is used 2 times: rows 2, 3.",
    ),
    ({"actions": ACTIONS.replace("1.1.2 |", "      |")}, "REF_MISSING", "actions!A3", "“Write the brief” has no ref."),
    ({"actions": ACTIONS.replace("PS/JG", "PS/XX")}, "LEAD_UNKNOWN", "actions!D3", "“XX” is not in the people table."),
    ({"actions": ACTIONS.replace("| 1.1  ", "| 1.7  ")}, "HEADING_UNKNOWN", "actions!B2", "“1.7” is not a heading"),
    (
        {"actions": ACTIONS.replace("Jul-Aug          ", "Summer 2007")},
        "PROGRAMME_UNREAD",
        "actions!E2",
        "The programme “Summer 2007” was not understood: “Summer 2007” is not a month",
    ),
    ({"actions": ACTIONS.replace("Jul-Aug", "")}, "PROGRAMME_EMPTY", "actions!E2", "1.1.1 is programmed for no month."),
    (
        {"actions": ACTIONS.replace("Jul-Aug          ", "2010-06..2010-07")},
        "PROGRAMME_OUTSIDE_PLAN",
        "actions!E2",
        "1.1.1 is programmed for July 2010, outside the plan's months.",
    ),
    (
        {"actions": ACTIONS.replace("| 1.1.1\n", "| 1.1.2\n")},
        "DEPENDENCY_CIRCULAR",
        "actions!F3",
        "Actions wait for one another in a circle: 1.1.2 waits for 1.1.2.",
    ),
    (
        {"actions": ACTIONS.replace("Write the brief    |", "Write it (see Section 9.9) |")},
        "DEPENDENCY_UNKNOWN",
        "actions!C3",
        "1.1.2 names “9.9”, which is no ref of this plan.",
    ),
    (
        {"headings": HEADINGS.replace("A plan for the market quarter", "A plan (see Section 8.8)")},
        "DEPENDENCY_UNKNOWN",
        "headings!C3",
        "1.1 names “8.8”, which is no ref of this plan.",
    ),
    (
        {"actions": ACTIONS.replace("1.1.2 |", "1.1.2. |")},
        "REF_MALFORMED",
        "actions!A3",
        "The ref “1.1.2.” is not written as refs are: it ends in a dot.",
    ),
    (
        {"actions": ACTIONS + "    1.1.3 | 1.1 | Print it | PS | Sep |\n    1.15 | 1.1 | Send it | PS | Sep |\n"},
        "REF_MALFORMED",
        "actions!A5",
        "The ref “1.15” is not written as refs are: most of those beside it are written like 1.1.1.",
    ),
    (
        {"actions": DATED.replace("30/09/09", "31/11/09")},
        "DATE_IMPOSSIBLE",
        "actions!E2",
        "The finish of 1.1.1 cannot be: 31/11/09 does not exist: November 2009 has 30 days.",
    ),
    (
        {"actions": DATED.replace("30/09/09", "30/06/09")},
        "DATES_REVERSED",
        "actions!E2",
        "1.1.1 ends before it starts: start “01/08/09”, finish “30/06/09”.",
    ),
    (
        {"actions": DATED.replace("30/09/09", "when agreed")},
        "TIMESCALE_UNREAD",
        "actions!E2",
        "The finish of 1.1.1, “when agreed”, holds no date that could be read.",
    ),
    (
        {"actions": DATED},
        "PROGRAMME_DERIVED",
        "actions!F2",
        "The programme of 1.1.1 was worked out as August to September 2009 from start “01/08/09”, finish “30/09/09”.",
    ),
    (
        {"headings": HEADINGS.replace("required", "timescale").replace("Evidence paper", "As per forward plan")},
        "TIMESCALE_UNREAD",
        "headings!E3",
        "The timescale of 1.1, “As per forward plan”, holds no date that could be read.",
    ),
    (
        {"actions": ACTIONS.replace("| 1.1.1\n", "| 9.9\n")},
        "DEPENDENCY_UNKNOWN",
        "actions!F3",
        "1.1.2 names “9.9”, which is no ref of this plan.",
    ),
    (
        {"headings": HEADINGS.replace("1.1 | measure  | A", "1.1 | mesure   | A")},
        "HEADING_LEVEL_UNKNOWN",
        "headings!B3",
        "“mesure” is not a level of heading.",
    ),
    (
        {"settings": SETTINGS + "months | a year"},
        "SETTING_UNREAD",
        "settings!B6",
        "The setting months says “a year”, which was not understood.",
    ),
    ({"settings": SETTINGS + "months | 37"}, "SETTING_UNREAD", "settings!B6", "The setting months says “37”"),
    ({"settings": SETTINGS + "months | 0"}, "SETTING_UNREAD", "settings!B6", "The setting months says “0”"),
    ({"settings": SETTINGS + "edition | soon"}, "SETTING_UNREAD", "settings!B6", "The setting edition says “soon”"),
    (
        {"people": PEOPLE.replace("service", "team   ")},
        "COLUMN_KEPT",
        "people",
        "The column “team” is not one of ours.",
    ),
    ({"ideas": "ref | idea\n 1 | more"}, "TABLE_KEPT_OUT", "", "“ideas” is not a table of a plan source"),
    (
        {"progress": "row_id | month   | status\n rzzz   | 2009-07 | green"},
        "ROW_UNKNOWN",
        "progress!A2",
        "There is no action with the row id “rzzz”",
    ),
]


@pytest.mark.parametrize(
    ("drawn", "code", "place", "said"), DOUBTS, ids=[f"{code}-{place}" for _, code, place, _ in DOUBTS]
)
def test_what_is_doubtful_is_found_at_its_cell_with_a_remedy(
    drawn: dict[str, str], code: str, place: str, said: str
) -> None:
    _, findings = read(**drawn)
    found = next(finding for finding in findings if finding.code == code)
    assert found.place == place
    assert said in found.message
    assert found.remedy


@pytest.mark.parametrize(
    ("cells", "code", "place"),
    [
        ("Summer | green | ", "MONTH_UNREAD", "progress!B2"),
        ("2009-07 | greenish | ", "STATUS_UNREAD", "progress!C2"),
        ("2009-07 | revised | perhaps", "APPROVAL_UNREAD", "progress!D2"),
    ],
)
def test_what_was_reported_and_cannot_be_used_is_found_at_its_cell(cells: str, code: str, place: str) -> None:
    row_id = read()[0].actions[0].row_id
    plan, findings = read(progress=f"row_id | month | status | decision\n {row_id} | {cells}")
    assert [(finding.code, finding.place) for finding in findings] == [(code, place)]
    assert plan.actions[0].approval == {}


def test_a_finding_in_a_csv_file_names_the_file() -> None:
    tables = [replace(table, file=f"{table.name}.csv") for table in source(actions=ACTIONS.replace("PS/JG", "PS/XX"))]
    (found,) = plan_from_tables(tables, LAYOUT)[1]
    assert (found.file, found.place) == ("actions.csv", "actions!D3")


def test_a_row_id_that_is_used_twice_is_given_to_the_first() -> None:
    drawn = (
        ACTIONS.replace("| depends_on", "| row_id")
        .replace("10 | 1.1.1", "10 | same")
        .replace("Jul-Aug          |", "Jul-Aug | same")
    )
    plan, findings = read(actions=drawn)
    assert [finding.code for finding in findings] == ["ROW_ID_REPEATED"]
    assert plan.actions[0].row_id == "same"
    assert plan.actions[1].row_id in findings[0].message


def test_what_was_reported_and_approved_is_read() -> None:
    row_id = read()[0].actions[0].row_id
    plan, findings = read(
        progress=f"""
            row_id   | month   | status  | decision | by    | on         | minute
            {row_id} | 2009-08 | revised | approved | Board | 2009-09-14 | 12
            {row_id} | 2009-07 | green   |          |       |            |
        """
    )
    assert findings == []
    assert list(plan.actions[0].progress.items()) == [(Month(2009, 7), "green"), (Month(2009, 8), "revised")]
    assert plan.actions[0].approval == {
        Month(2009, 8): Approval(decision="approved", by="Board", on="2009-09-14", minute="12")
    }


NO_PLANS = [
    ({"settings": ""}, "There is no table “settings”. A plan source has: settings, people, headings, actions."),
    ({"actions": ""}, "There is no table “actions”. A plan source has: settings, people, headings, actions."),
    (
        {"actions": "ref | action\n 1 | Do it"},
        "The table “actions” has no column “heading”. Its first row names the columns.",
    ),
    (
        {"actions": "ref | heading | action"},
        "The table “actions” has no rows yet. Write each action in a row of its own below the header.",
    ),
    ({"people": "name\n Jo"}, "The table “people” has no column “initials”. Its first row names the columns."),
    (
        {"headings": "ref | title\n 1 | x"},
        "The table “headings” has no column “level”. Its first row names the columns.",
    ),
    (
        {"settings": "key | value\n start | 2009-07"},
        "The settings say no title. Write it in a row with key “title” (start is a month, as 2009-07).",
    ),
    (
        {"settings": "key | value\n title | Plan"},
        "The settings say no start. Write it in a row with key “start” (start is a month, as 2009-07).",
    ),
    (
        {"history": "edition | row_id | field\n soon | r1 | note"},
        "Row 2 of the table “history” has been altered and cannot be used (“soon” is not a month; write it as 2009-07 "
        "or July 2009). Use an earlier copy of the file.",
    ),
    (
        {"register": "issue_id | month | position\n i1 | 2009-07 | first"},
        "Row 2 of the table “register” has been altered and cannot be used (invalid literal for int() with base 10: "
        "'first'). Use an earlier copy of the file.",
    ),
    (
        {
            "register": "issue_id | month | position\n i1 | 2009-07 | 0",
            "returned": "issue_id | file | position\n i1 | PS.xlsx | last",
        },
        "Row 2 of the table “returned” has been altered and cannot be used (invalid literal for int() with base 10: "
        "'last'). Use an earlier copy of the file.",
    ),
]


@pytest.mark.parametrize(("drawn", "said"), NO_PLANS, ids=[said[:40] for _, said in NO_PLANS])
def test_where_there_is_no_plan_the_sentence_says_what_is_missing_and_what_to_do(
    drawn: dict[str, str], said: str
) -> None:
    with pytest.raises(SourceError) as error:
        read(**drawn)
    assert str(error.value) == said


def test_a_start_that_is_no_month_is_quoted_and_not_called_missing() -> None:
    with pytest.raises(SourceError, match="Summer 2009"):
        read(settings=SETTINGS.replace("2009-07", "Summer 2009"))


@given(plans())
@seldom
def test_a_plan_is_read_back_from_its_tables(plan: Plan) -> None:
    assert_same(round_trip(tables_from_plan(plan)), plan)


@given(plans())
@seldom
def test_a_plan_is_read_back_from_csv_files(plan: Plan) -> None:
    tables = []
    for table in tables_from_plan(plan):
        file = io.StringIO(newline="")
        csv.writer(file).writerows([table.columns, *(values for _, values in table.rows)])
        rows = list(csv.reader(io.StringIO(file.getvalue(), newline=""), strict=True))
        tables.append(table_from_cells(table.name, rows, f"{table.name}.csv"))
    assert_same(round_trip(tables), plan)


@given(plans())
@seldom
def test_a_plan_is_read_back_from_json(plan: Plan) -> None:
    text = json.dumps(plan_to_json(plan), ensure_ascii=False)
    assert_same(round_trip(tables_from_json(json.loads(text))), plan)


@given(plans())
@seldom
def test_what_a_plan_says_of_itself_is_found_no_fault_with_twice(plan: Plan) -> None:
    first = plan_from_tables(tables_from_plan(plan), LAYOUT)
    assert plan_from_tables(tables_from_plan(first[0]), LAYOUT) == first


rows = st.lists(st.tuples(*[st.sampled_from(["", "1.1", "1.1.", "1.10", "Do it"])] * 3), min_size=1, max_size=8)


@given(rows.filter(lambda them: all(map(any, them))), st.integers(0, 10**6))
@often
def test_row_ids_do_not_depend_on_the_order_of_the_rows(them: list[tuple[str, str, str]], seed: int) -> None:
    def ids(ordered: list[tuple[str, str, str]]) -> list[tuple[tuple[str, str, str], str]]:
        actions = table_from_cells("actions", [["ref", "heading", "action"], *map(list, ordered)])
        plan = plan_from_tables([*source(actions=""), actions], LAYOUT)[0]
        said = [(each, action.row_id) for each, action in zip(ordered, plan.actions, strict=True)]
        assert len({row_id for _, row_id in said}) == len(said)
        return sorted(said)

    shuffled = them[:]
    random.Random(seed).shuffle(shuffled)  # noqa: S311  # no secret
    assert ids(shuffled) == ids(them)


def test_a_row_keeps_its_id_when_rows_are_added_and_its_note_or_lead_is_changed() -> None:
    before = {action.ref: action.row_id for action in read()[0].actions}
    changed = ACTIONS.replace("PS/JG", "JG   ").replace("Jul-Aug", "Dec    ") + "0.1 | 1.1 | First of all | PS | Jul |"
    after = {action.ref: action.row_id for action in read(actions=changed)[0].actions}
    assert before.items() < after.items()


def test_a_row_id_is_nothing_that_a_spreadsheet_takes_for_a_number() -> None:
    ids = {new_row_id(str(number), ()) for number in range(300)}
    assert len(ids) == 300
    assert all(row_id.isalnum() and row_id[0] == "r" and row_id.islower() and len(row_id) == 11 for row_id in ids)


def test_json_is_written_as_the_contract_says() -> None:
    plan, _ = read(
        progress=f"row_id | month | status | decision\n {read()[0].actions[0].row_id} | 2009-07 | revised | approved"
    )
    said = plan_to_json(replace(plan, edition=Month(2009, 9)))
    assert list(said)[:6] == ["title", "organisation", "start", "months", "layout", "edition"]
    assert (said["start"], said["months"], said["edition"]) == ("2009-07", 12, "2009-09")
    assert said["headings"][0]["parent"] is None
    action = said["actions"][0]
    assert action["lead"] == ["PS"]
    assert action["programmed"] == ["2009-07", "2009-08"]
    assert action["progress"] == {"2009-07": "revised"}
    assert action["approval"] == {"2009-07": {"decision": "approved", "by": "", "on": "", "minute": ""}}
    assert action["marker"] is None
    assert "extra" not in action


def test_json_by_another_hand_needs_little_and_is_checked_like_any_source() -> None:
    data: dict[str, Any] = {
        "title": "Plan",
        "start": "2009-07",
        "headings": [{"ref": "CP1", "level": "priority", "title": "One"}],
        "actions": [
            {"ref": "1", "heading": "CP1", "action": "Do it", "lead": "PS", "programmed": "Jul", "risk": {"score": 9}},
            {"ref": "2", "heading": "CP9", "action": "Do it\r\n", "progress": {"2009-07": "greenish"}, "done": True},
        ],
    }
    plan, findings = plan_from_tables(tables_from_json(data), LAYOUT)
    assert [(action.lead, action.action) for action in plan.actions] == [(("PS",), "Do it"), ((), "Do it")]
    assert plan.actions[0].extra == {"risk": '{"score": 9}'}
    codes = {finding.code for finding in findings}
    assert codes == {"COLUMN_KEPT", "HEADING_UNKNOWN", "PROGRAMME_EMPTY", "STATUS_UNREAD"}
    assert {finding.place for finding in findings} <= {"actions", "headings", "progress"}


@pytest.mark.parametrize("data", [[], "plan", {}, {"actions": {}}, {"actions": [1]}, {"actions": [], "people": [1]}])
def test_json_that_is_no_plan_is_refused(data: object) -> None:
    with pytest.raises(SourceError, match="This JSON is no plan: "):
        tables_from_json(data)


STRANGE: list[dict[str, Any]] = [
    {"settings": ["sponsor"]},
    {"register": [{"issue_id": "i1"}]},
    {"register": [{"issue_id": "i1", "month": "2009-07", "position": 0, "returned": ["a.xlsx"]}]},
    {"register": [{"month": "2009-07", "position": 0, "returned": [{"file": "a.xlsx"}]}]},
    {"actions": [{"ref": "1", "heading": "", "action": "x", "progress": []}]},
    {"actions": [{"ref": "1", "heading": "", "action": "x", "approval": {"2009-07": "approved"}}]},
    {"actions": [{"ref": "1", "heading": "", "action": "x", "programmed": [2009, None]}]},
    {"actions": [{"ref": "1", "heading": "", "action": "x", "lead": [["PS"], None]}]},
    {"actions": [{"ref": "1", "heading": "", "action": "x", "row_id": 7}]},
    {"actions": [{"ref": 1.1, "heading": None, "action": "x", "note": ["a", "b"]}]},
    {"actions": [{"ref": "1", "heading": "", "action": "x", "depends_on": {"a": 1}}]},
    {"history": [{"edition": None}]},
    {"months": "twelve"},
    {"start": 2009},
]


@pytest.mark.parametrize("part", STRANGE, ids=json.dumps)
def test_strange_json_is_a_finding_or_a_sentence_and_never_another_error(part: dict[str, Any]) -> None:
    data = {"title": "Plan", "start": "2009-07", "actions": []} | part
    with suppress(SourceError):
        plan_from_tables(tables_from_json(data), LAYOUT)


def test_two_spellings_of_a_column_in_json_lose_nothing() -> None:
    actions = [
        {"ref": "1", "heading": "", "action": "x", "Risk": "high"},
        {"ref": "2", "heading": "", "action": "y", "risk": "low"},
    ]
    plan = round_trip(tables_from_json({"title": "Plan", "start": "2009-07", "actions": actions}))
    assert [list(action.extra.values()) for action in plan.actions] == [["high"], ["low"]]


def test_an_unknown_column_of_any_name_comes_back_from_json() -> None:
    plan, _ = read(actions="ref | heading | action | returned | extra | marker\n 1 | 1.1 | Do it | yes | more | x")
    assert_same(round_trip(tables_from_json(plan_to_json(plan))), plan)


@given(st.text(" \r\n\tab\xa0", max_size=20))
@often
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert "\r" not in clean(text)


@given(texts)
@often
def test_a_ref_with_a_dot_and_blanks_means_the_same(ref: str) -> None:
    assert plain_ref(f" {ref}. ") == plain_ref(plain_ref(ref)) == plain_ref(ref.upper().casefold())


def test_a_setting_is_found_before_the_plan_is_read() -> None:
    tables = source(settings=SETTINGS + "Layout | overlay")
    assert setting(tables, "layout") == "overlay"
    assert setting(tables, "owner") == setting([], "layout") == ""


def test_a_bar_in_a_ref_or_heading_does_not_make_two_rows_one() -> None:
    cells = [["1", "2|3", "Do it"], ["1|2", "3", "Do it"]]

    def ids(rows: list[list[str]]) -> dict[str, str]:
        table = table_from_cells("actions", [["ref", "heading", "action"], *rows])
        plan, _ = plan_from_tables([*source(actions=""), table], LAYOUT)
        return {action.ref: action.row_id for action in plan.actions}

    assert ids(cells) == ids(cells[::-1])


def test_an_action_has_the_same_row_id_from_json_as_from_a_table() -> None:
    actions = [{"ref": "1.1.1 ", "heading": "1.1", "action": " Appoint a designer\r\n"}]
    from_json = round_trip(tables_from_json({"title": "Plan", "start": "2009-07", "actions": actions}))
    assert from_json.actions[0].row_id == read()[0].actions[0].row_id


def test_headings_that_differ_by_their_dot_keep_their_own_actions() -> None:
    headings = "ref | level | title\n 1.1 | measure | One\n 1.1. | measure | Other"
    plan, _ = read(headings=headings, actions="ref | heading | action\n a | 1.1 | x\n b | 1.1. | y")
    assert [action.heading for action in plan.actions] == ["1.1", "1.1."]


@pytest.mark.parametrize(
    ("lead", "likely"),
    [
        ("P. Sim", "It may be Pat Sim (PS)."),
        ("P Sim", "It may be Pat Sim (PS)."),
        ("Q. Sim", ""),
        ("Sim", ""),
        ("Policy Officer", ""),
    ],
)
def test_a_lead_that_one_person_may_be_called_is_named(lead: str, likely: str) -> None:
    plan = replace(small_plan(), actions=(replace(small_plan().actions[0], lead=(lead,)),))
    _, findings = plan_from_tables(tables_from_plan(plan), default_layout())
    (unknown,) = [each for each in findings if each.code == "LEAD_UNKNOWN"]
    assert unknown.remedy.partition("correct the lead.")[2].strip() == likely
