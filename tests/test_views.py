"""The tabs for reading: what serves a recommendation, and whether it will be met; checkpoints; the year as told."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.office import JULY, ONE_STATUS, SEPTEMBER, found, small_plan
from workbook import verbs
from workbook.layout import Layout, Part, TabSpec
from workbook.months import Month
from workbook.plan import Action, Heading, Plan
from workbook.record import Issued
from workbook.report.parts import reports
from workbook.views import Told

SERVED = Part(shows="recommendation", level="finding")
CHECKPOINT = Part(shows="checkpoints", refs="CP-*")


def form(*parts: Part) -> Layout:
    spec = TabSpec(shows="report", title="Told", parts=parts)
    return replace(ONE_STATUS, name="told", lists=("finding", "body"), cycle="fortnight", tabs=(TabSpec(), spec))


def told(plan: Plan, part: Part) -> Told:
    (only,) = reports(plan, form(part))["Told"] or (Told(title=""),)
    return only


def rows(plan: Plan, part: Part) -> list[list[str]]:
    return [[cell.text for cell in row] for group in told(plan, part).groups for row in group.rows]


def plan_of(
    *actions: Action, edition: Month | None = SEPTEMBER, headings: tuple[Heading, ...] = (), **more: Any
) -> Plan:
    small = small_plan()
    return replace(small, actions=actions, edition=edition, headings=(*small.headings, *headings), **more)


def action(ref: str, **more: Any) -> Action:
    return Action(row_id=f"r{ref}", ref=ref, heading="1.1", action=f"Do {ref}", lead=("PS",), **more)


# --- by recommendation ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deadline", "actions", "verdict"),
    [
        ("November 2009", [], "No action serves it."),
        ("November 2009", [action("1", note="COMPLETE. Done.")], "Met: all that serves it is complete."),
        ("", [action("1")], "Cannot be told: it has no deadline that is a date."),
        ("when the inspectors return", [action("1")], "Cannot be told: it has no deadline that is a date."),
        ("July 2009", [action("1", programmed=(JULY,))], "Missed: 1 is not complete."),
        (
            "November 2009",
            [action("1", programmed=(SEPTEMBER + 4,)), action("2", programmed=(SEPTEMBER,))],
            "Will be missed: 1 is planned to end after it.",
        ),
        (
            "November 2009",
            [action("1", programmed=(SEPTEMBER,), revised=(SEPTEMBER + 4,))],
            "Will be missed: 1 is planned to end after it.",
        ),
        (
            "November 2009",
            [
                action("1", programmed=(SEPTEMBER,), progress={SEPTEMBER: "amber"}),
                action("2"),
                action("3", programmed=(JULY,)),
                action("4", programmed=(SEPTEMBER,), progress={SEPTEMBER: "green"}),
            ],
            "In doubt: 1 is amber, 2 has no date, 3 was due in July 2009.",
        ),
        (
            "Nov 09",
            [action("1", programmed=(SEPTEMBER + 1,)), action("2", note="COMPLETE. Done.")],
            "Will be met, if all goes to plan.",
        ),
    ],
)
def test_whether_a_recommendation_will_be_met(deadline: str, actions: list[Action], verdict: str) -> None:
    heading = Heading(ref="R1.1", level="finding", title="Ask tenants", deadline=deadline)
    serving = [replace(each, recommendation="Inspection R1.1, R6.2 & R7") for each in actions]
    ((ref, title, said, by, _, will),) = rows(plan_of(*serving, headings=(heading,)), SERVED)
    assert (ref, title, said, will) == ("R1.1", "Ask tenants", deadline, verdict)
    assert by.count("\n") + 1 == max(len(actions), 1)


def test_a_ref_that_is_the_beginning_of_another_is_not_served_by_it() -> None:
    headings = (Heading(ref="R1.1", level="finding", title="One"), Heading(ref="R1.10", level="finding", title="Ten"))
    served = rows(plan_of(action("1", recommendation="HQ plan, R1.10"), headings=headings), SERVED)
    assert [(each[0], each[3]) for each in served] == [("R1.1", ""), ("R1.10", "1 (PS, not reported)")]


# --- checkpoints ------------------------------------------------------------------------------------------------


def test_a_checkpoint_tells_what_is_overdue_and_what_comes_by_the_next() -> None:
    issued = Issued(issue_id="i1", recipient="PS", month=SEPTEMBER, file="a", rows=(), due="11 September 2009")
    plan = plan_of(
        action("CP-1", note="A good fortnight."),
        action("1", start="1/7/09", finish="4/9/09", progress={SEPTEMBER: "red"}),
        action("2", finish="18 Sept 09"),
        action("3", start="21/09/09", finish="30/11/09"),
        action("4", start="28/09/09", finish="30/11/09"),
        action("5", finish="31/8/09", note="COMPLETE. Done."),
        action("6", finish="31/8/09", revised=(SEPTEMBER + 3,)),
        register=(issued,),
    )
    part = told(plan, CHECKPOINT)
    assert part.paragraphs == ("As at 11 September 2009; next is what comes by 25 September 2009.",)
    (group,) = part.groups
    assert group.band == "CP1 Town"
    assert group.lines == ("1 of 6 actions complete.", "A good fortnight.")
    assert [(row[0].text, row[1].text, row[4].text) for row in group.rows] == [
        ("Overdue", "1", "4 September 2009"),
        ("Due next", "2", "18 September 2009"),
        ("Begins next", "3", "21 September 2009"),
    ]
    assert group.rows[0][5].text == "R"


# --- the year ---------------------------------------------------------------------------------------------------


def test_the_year_so_far_is_told_from_the_plan_itself() -> None:
    plan = plan_of(action("1", note="COMPLETE. Nine homes let."), action("2", progress={SEPTEMBER: "amber"}))
    assert told(plan, Part(shows="achievements")).bullets == ("Nine homes let. (1)",)
    assert told(plan, Part(shows="completion")).paragraphs == ("1 of 2 actions is complete as at 30 September 2009.",)
    assert rows(plan, Part(shows="completion")) == [["Town", "2", "1", "50.0"], ["All", "2", "1", "50.0"]]
    assert rows(plan, Part(shows="carried")) == [["2", "Do 2", "PS", "amber in September 2009", ""]]
    assert [each[0] for each in rows(plan, Part(shows="ahead"))] == ["2"]


def test_a_plan_that_was_rolled_over_tells_of_the_year_before() -> None:
    last = plan_of(
        action("1", note="COMPLETE. Nine homes let."),
        action("2", note="Completed - all trained"),
        action("3", progress={Month(2010, 6): "red"}),
        edition=Month(2010, 6),
    )
    plan = replace(verbs.rollover(last, Month(2010, 7), layout=ONE_STATUS).plan, settings={"chosen": "2"})
    assert told(plan, Part(shows="achievements")).bullets == ("Nine homes let. (1)", "All trained. (2)")
    assert told(plan, Part(shows="achievements", setting="chosen")).bullets == ("All trained. (2)",)
    assert told(plan, Part(shows="completion")).paragraphs == (
        "2 of 3 actions were completed in 2009/10. 1 action is carried into 2010/11.",
    )
    assert [each[3] for each in rows(plan, Part(shows="carried"))] == ["3: red in June 2010"]


def test_paragraphs_and_headings_are_those_of_the_plan() -> None:
    headings = (Heading(ref="", level="body", title="Scrutiny", timescale="Quarterly"),)
    plan = plan_of(headings=headings, settings={"summary": "One.\n\nTwo,\nstill two.\n"})
    assert told(plan, Part(shows="text", setting="summary")).paragraphs == ("One.", "Two,\nstill two.")
    columns = form(Part(shows="text", setting="x")).blocks[0].columns[1:2]
    shown = Part(shows="headings", level="body", columns=columns)
    assert rows(plan, shown) == [["Scrutiny"]]
    assert reports(plan, form(Part(shows="text", setting="nothing"))) == {"Told": ()}


# --- on the sheet -----------------------------------------------------------------------------------------------


def test_what_is_written_on_a_tab_for_reading_is_named(tmp_path: Path) -> None:
    shape = form(SERVED, Part(shows="completion"))
    shape = replace(shape, tabs=(*shape.tabs, TabSpec(shows="gantt", title="Gantt")))
    verbs.build(small_plan(), tmp_path / "master.xlsx", shape)
    book = openpyxl.load_workbook(tmp_path / "master.xlsx")
    assert {"Told", "Gantt"} <= set(book.sheetnames)
    assert book["Told"].protection.sheet
    assert book["Gantt"].protection.sheet
    book["Gantt"]["D7"] = "G"
    book["Told"]["A20"] = "Ask the board"
    book.save(tmp_path / "edited.xlsx")
    loaded = verbs.load(tmp_path / "edited.xlsx")
    assert loaded.plan == replace(small_plan(), layout="told")
    assert sorted(each.place for each in found(loaded, "TEXT_OUTSIDE")) == ["Gantt!D7", "Told!A20"]


def test_a_return_has_none_of_them(tmp_path: Path) -> None:
    issued = verbs.issue(small_plan(), tmp_path, SEPTEMBER, layout=form(SERVED))
    assert "Told" not in openpyxl.load_workbook(issued.returns[0]).sheetnames
