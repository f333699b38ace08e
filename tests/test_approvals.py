"""How what is proposed and what is approved are printed, read back, and judged afterwards."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.office import BOTH_FORMS, SEPTEMBER, Council, action, found, months, progress, small_plan
from workbook import verbs
from workbook.grid import Grid
from workbook.layout import Layout
from workbook.merge import hand_edits
from workbook.plan import Approval, Plan
from workbook.read.opening import open_book
from workbook.read.workbooks import carried_by_master, read_master
from workbook.refs import a1

(OCT,) = months("Oct")
APPROVED = Approval(decision="approved", by="Board", on="2009-09-14", minute="7")


def plan_with(approval: Approval | None) -> Plan:
    """An action that is hatched for October, with that decision on it."""
    decided = {OCT: approval} if approval else {}
    revised = (OCT,) if approval and approval.approved else ()
    hatched = action(
        "1.1.1", "Appoint a designer", "PS", "Jul Aug", progress={OCT: "revised"}, approval=decided, revised=revised
    )
    return replace(small_plan(), actions=(hatched, *small_plan().actions[1:]))


def printed(plan: Plan, layout: Layout, folder: Path) -> tuple[str, str]:
    """The letter and the outline of October in the master."""
    path = folder / "master.xlsx"
    verbs.build(plan, path, layout, force=True)
    place = Grid(layout, plan, whole=True).cell("r111", "progress", OCT)
    assert place
    cell = openpyxl.load_workbook(path)[place[0].name][a1(place[1], place[2])]
    assert len({cell.border.left.style, cell.border.right.style}) == 1
    return cell.value, cell.border.left.style


@pytest.mark.parametrize("layout", BOTH_FORMS, ids=lambda layout: layout.bands)
def test_what_is_proposed_has_a_question_mark_and_a_dashed_outline_until_it_is_approved(
    layout: Layout, tmp_path: Path
) -> None:
    assert printed(plan_with(None), layout, tmp_path) == ("H?", "mediumDashed")
    assert printed(plan_with(replace(APPROVED, decision="refused")), layout, tmp_path) == ("H?", "mediumDashed")
    assert printed(plan_with(APPROVED), layout, tmp_path) == ("H", "hair")


@pytest.mark.parametrize("layout", BOTH_FORMS, ids=lambda layout: layout.bands)
@pytest.mark.parametrize("approval", [None, APPROVED], ids=["proposed", "approved"])
def test_both_are_read_back_as_they_were(approval: Approval | None, layout: Layout, tmp_path: Path) -> None:
    plan = plan_with(approval)
    verbs.build(plan, tmp_path / "master.xlsx", layout)
    book = open_book(tmp_path / "master.xlsx")
    master = read_master(book, carried_by_master(book))
    assert master.plan.actions == plan.actions
    assert hand_edits(master.plan, master.sheets, layout) == (master.plan, ())


@pytest.mark.parametrize("typed", ["H", "h?", "H ?", "hatched"])
def test_an_officer_who_types_it_again_changes_nothing(typed: str, tmp_path: Path) -> None:
    council = Council.issuing(tmp_path, plan=plan_with(None))
    sent = council["PS"].type("1.1.1", "Oct", typed).send()
    assert progress(council.merge(sent).plan, "1.1.1") == "Oct revised"
    assert council.merge(sent).applied == ()


def test_the_grey_stays_where_new_dates_are_approved(tmp_path: Path) -> None:
    layout = BOTH_FORMS[0]
    plan = plan_with(APPROVED)
    verbs.build(plan, tmp_path / "master.xlsx", layout)
    sheet = openpyxl.load_workbook(tmp_path / "master.xlsx")["CP1"]
    grid = Grid(layout, plan, whole=True)
    for month in months("Jul", "Aug"):
        place = grid.cell("r111", "programmed", month)
        assert place
        assert sheet[a1(place[1], place[2])].fill.fgColor.rgb == "FFD0D0D0"


def test_in_the_months_after_an_approval_lateness_is_reckoned_from_the_new_dates(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path / "approved", plan=plan_with(APPROVED), month=SEPTEMBER + 2)
    before = Council.issuing(tmp_path / "proposed", plan=plan_with(None), month=SEPTEMBER + 2)
    for each, expected in ((council, "October 2009, 1 month before"), (before, "August 2009, 3 months before")):
        each["PS"].type("1.1.1", "Nov", "G").type("1.1.1", "note", "Going well.")
        (said,) = found(each.merge(each["PS"].send()), "LATENESS_UNDERSTATED")
        assert expected in said.message


def test_new_dates_that_were_reported_over_still_count_in_the_next_return(tmp_path: Path) -> None:
    plan = plan_with(APPROVED)
    reported = replace(plan.actions[0], progress={OCT: "amber"}, approval={})
    council = Council.issuing(tmp_path, plan=replace(plan, actions=(reported, *plan.actions[1:])), month=SEPTEMBER + 2)
    council["PS"].type("1.1.1", "Nov", "A").type("1.1.1", "note", "Ill. Will be done by 4 December.")
    assert not [each for each in council.merge(council["PS"].send()).findings if each.code.startswith("LATENESS")]


def test_the_key_says_what_the_question_mark_means(tmp_path: Path) -> None:
    verbs.build(small_plan(), tmp_path / "master.xlsx", BOTH_FORMS[0])
    guidance = openpyxl.load_workbook(tmp_path / "master.xlsx")["Guidance"]
    said = " ".join(str(cell.value) for row in guidance.iter_rows() for cell in row if cell.value)
    assert "until then it is H?, in a dashed outline" in said


@pytest.mark.parametrize(("approval", "asked"), [(APPROVED, False), (None, True)], ids=["approved", "proposed"])
def test_a_suspension_lasts_for_the_plans_whole_period_once_it_is_approved(
    approval: Approval | None, asked: bool, tmp_path: Path
) -> None:
    (aug,) = months("Aug")
    decided = {aug: approval} if approval else {}
    blue = action("1.1.1", "Appoint it", "PS", "Jul Aug Sep", progress={aug: "suspended"}, approval=decided)
    council = Council.issuing(tmp_path, plan=replace(small_plan(), actions=(blue, *small_plan().actions[1:])))
    merged = council.merge(council["PS"].send())
    assert ("1.1.1" in {each.ref for each in found(merged, "NOT_REPORTED")}) == asked
