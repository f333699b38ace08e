"""Whom to chase for a month, and for what: `status`, and its workbook of reminders."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests.office import JULY, SEPTEMBER, Council, action, small_plan
from workbook import verbs
from workbook.issuing import By
from workbook.months import Month
from workbook.names import REMINDER_COLUMNS, REMINDERS_SHEET
from workbook.plan import Approval, Heading, Person, Plan
from workbook.reminders import Reminder

DUE = dt.date(2009, 10, 5)
AUGUST = Month(2009, 8)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Council:
    """September, issued; PS has answered for one of three actions, HB and JG have sent nothing yet."""
    council = Council.issuing(tmp_path_factory.mktemp("desk"), due=DUE)
    merged = council.merge(council["PS"].type("1.1.1", "Sep", "G").send())
    return replace(council, plan=merged.plan)


@pytest.fixture
def master(desk: Council, tmp_path: Path) -> Path:
    verbs.build(desk.plan, tmp_path / "master.xlsx")
    return tmp_path / "master.xlsx"


def issued(plan: Plan, folder: Path, by: By = "lead", month: Month = SEPTEMBER) -> Plan:
    return verbs.issue(plan, folder, month, by=by, due=DUE, force=True).plan


def chased(plan: Plan, month: Month = SEPTEMBER) -> dict[str, str]:
    """Each recipient to be chased, in order, and what is missing."""
    return {each.recipient: each.what_is_missing for each in verbs.status(plan, month).reminders}


def reminder_of(plan: Plan, recipient: str) -> Reminder:
    return next(each for each in verbs.status(plan, SEPTEMBER).reminders if each.recipient == recipient)


def unanswered(plan: Plan, month: Month = SEPTEMBER) -> dict[str, tuple[str, ...]]:
    return {each.action.ref: (*each.recipients, each.why) for each in verbs.status(plan, month).unanswered}


def rows(path: Path) -> list[tuple[Any, ...]]:
    return list(load_workbook(path)[REMINDERS_SHEET].iter_rows(values_only=True))


# --- what nobody answered for -----------------------------------------------------------------------------------


def test_what_nobody_answered_for_is_told_by_why(desk: Council) -> None:
    assert unanswered(desk.plan) == {
        "1.1.2": ("PS", "no status taken"),
        "1.1.3": ("PS", "HB", "not returned"),
        "2.1.1": ("HB", "JG", "not returned"),
        "2.1.2": ("NO-LEAD", "issued to nobody"),
    }


def test_an_action_that_came_after_the_issue_was_issued_to_nobody(desk: Council) -> None:
    late = action("2.1.3", "Ask the bank", "JG", "Sep")
    plan = replace(desk.plan, actions=(*desk.plan.actions, late))
    assert unanswered(plan)["2.1.3"] == ("issued to nobody",)


@pytest.mark.parametrize("note", ["COMPLETE. Signed.", "Completed"])
def test_a_complete_action_is_not_waited_for(desk: Council, note: str) -> None:
    done = tuple(replace(each, note=note) if each.ref == "1.1.2" else each for each in desk.plan.actions)
    assert "1.1.2" not in unanswered(replace(desk.plan, actions=done))


def test_an_action_that_is_suspended_with_approval_is_not_waited_for(desk: Council) -> None:
    def suspended(decision: str) -> Plan:
        approval = {AUGUST: Approval(decision=decision)}
        return replace(
            desk.plan,
            actions=tuple(
                replace(each, progress={AUGUST: "suspended"}, approval=approval) if each.ref == "1.1.2" else each
                for each in desk.plan.actions
            ),
        )

    assert "1.1.2" not in unanswered(suspended("approved"))
    assert "1.1.2" in unanswered(suspended("refused"))


def test_a_month_that_was_never_issued_is_nobodys_and_nobody_is_chased(desk: Council) -> None:
    assert unanswered(desk.plan, AUGUST) == {"1.1.1": ("issued to nobody",), "2.1.1": ("issued to nobody",)}
    assert chased(desk.plan, AUGUST) == {}


# --- who is chased ----------------------------------------------------------------------------------------------


def test_who_is_outstanding_comes_first_and_in_each_who_owes_most(desk: Council) -> None:
    assert list(chased(desk.plan).items()) == [
        ("HB", "The whole return: 2 actions: 1.1.3, 2.1.1"),
        ("JG", "The whole return: 1 action: 2.1.1"),
        ("NO-LEAD", "The whole return: 1 action: 2.1.2"),
        ("PS", "2 of 3 actions: 1.1.2, 1.1.3"),
    ]
    assert tuple(verbs.status(desk.plan).outstanding) == ("HB", "JG", "NO-LEAD")


def test_what_another_lead_has_reported_is_not_asked_again(desk: Council, tmp_path: Path) -> None:
    other = desk.fresh(tmp_path)
    jg = other["JG"].type("2.1.1", "Sep", "A").type("2.1.1", "note", "Late. We will finish on 3 October.").send()
    after = other.merge(jg).plan
    assert chased(after)["HB"] == "The whole return: 1 of 2 actions: 1.1.3"
    assert "JG" not in chased(after)


def test_a_return_with_nothing_programmed_is_still_outstanding(tmp_path: Path) -> None:
    plan = issued(small_plan(), tmp_path, month=JULY)
    assert chased(plan, JULY)["NO-LEAD"] == "The whole return: none of its actions needs a report for July 2009"
    assert chased(plan, JULY)["PS"] == "The whole return: others have reported on its actions"


def test_of_two_issues_to_one_recipient_the_latest_counts(desk: Council, tmp_path: Path) -> None:
    later = dt.date(2009, 10, 12)
    moved = replace(
        desk.plan,
        actions=tuple(replace(each, lead=("HB",)) if each.ref == "1.1.2" else each for each in desk.plan.actions),
    )
    again = verbs.issue(moved, tmp_path, SEPTEMBER, due=later).plan
    assert len([each for each in again.register if each.recipient == "HB"]) == 2
    assert chased(again)["HB"] == "The whole return: 3 actions: 1.1.2, 1.1.3, 2.1.1"
    assert reminder_of(again, "HB").issued.due == "12 October 2009"
    # PS has answered to the first, and is asked only for what is left.
    assert chased(again)["PS"] == "1 of 2 actions: 1.1.3"


# --- who is behind a recipient ----------------------------------------------------------------------------------


def people(plan: Plan, recipient: str) -> list[str]:
    return [person.initials for person in reminder_of(plan, recipient).people]


def test_a_service_is_its_people_who_lead_the_actions(tmp_path: Path) -> None:
    more = (*small_plan().people, Person(initials="ZZ", name="Zoe", service="Housing", email="zoe@council.example"))
    plan = issued(replace(small_plan(), people=more), tmp_path, "service")
    assert people(plan, "Housing") == ["HB", "JG"]
    assert people(plan, "NO-SERVICE") == []
    led_by_others = replace(plan, actions=tuple(replace(each, lead=("PS",)) for each in plan.actions))
    assert people(led_by_others, "Housing") == ["HB", "JG", "ZZ"]
    assert reminder_of(plan, "Housing").message.startswith("Dear colleagues, your return")


def test_a_priority_is_whoever_leads_it_or_nobody(tmp_path: Path) -> None:
    first, *others = small_plan().headings
    led = replace(small_plan(), headings=(replace(first, lead="JG / the Mayor"), *others))
    plan = issued(led, tmp_path, "priority")
    assert people(plan, "CP1") == ["JG"]
    assert people(plan, "CP2") == []
    assert people(issued(small_plan(), tmp_path, "all"), "ALL") == []


# --- the letter -------------------------------------------------------------------------------------------------


def test_a_letter_names_month_due_date_what_is_missing_and_which_file(desk: Council) -> None:
    assert reminder_of(desk.plan, "HB").message == (
        "Dear Hal Bo, your return for September 2009 (due on 5 October 2009) has not reached us yet. It asks how 2 "
        "actions stand (1.1.3, 2.1.1). Please fill in the file HB-2009-09.xlsx, which was sent to you, and send it "
        "back. If you have done so already, thank you; please disregard this reminder."
    )
    assert reminder_of(desk.plan, "PS").message == (
        "Dear Pat Sim, thank you for your return for September 2009 (due on 5 October 2009). We do not know yet how "
        "2 of its 3 actions stand (1.1.2, 1.1.3). Please open the file PS-2009-09.xlsx again, fill in what is missing, "
        "and send it back. If you have done so already, thank you; please disregard this reminder."
    )
    assert "It asks how one action stands (2.1.1)." in reminder_of(desk.plan, "JG").message


def test_where_nobody_leads_the_coordinator_is_told_what_to_do(desk: Council) -> None:
    assert reminder_of(desk.plan, "NO-LEAD").message == (
        "There is nobody to write to. Give these actions a lead in the master, and issue the month again."
    )


def test_a_letter_is_no_longer_than_people_read(tmp_path: Path) -> None:
    many = tuple(action(f"1.1.{number}", "Do it", "PS", "Sep") for number in range(100, 600))
    said = reminder_of(issued(replace(small_plan(), actions=many), tmp_path), "PS").message
    assert "It asks how 500 actions stand (1.1.100, " in said
    assert "1.1.129 and 470 more)." in said


# --- the workbook -----------------------------------------------------------------------------------------------


def test_the_reminders_are_one_row_a_recipient(run: Any, master: Path, tmp_path: Path) -> None:
    status, out, _ = run("status", master, "--reminders", tmp_path / "chase.xlsx")
    assert status == 0
    assert "chase.xlsx: 4 recipients to be chased for September 2009." in out
    header, *body = rows(tmp_path / "chase.xlsx")
    assert header == REMINDER_COLUMNS
    assert [row[0] for row in body] == ["HB", "JG", "NO-LEAD", "PS"]
    assert body[-1][:9] == (
        "PS",
        "Pat Sim",
        "pat@council.example",
        "Planning",
        "September 2009",
        "5 October 2009",
        "PS-2009-09.xlsx",
        "2 of 3 actions: 1.1.2, 1.1.3",
        "2",
    )
    sheet = load_workbook(tmp_path / "chase.xlsx")[REMINDERS_SHEET]
    assert sheet["C5"].hyperlink.target == (
        "mailto:pat@council.example?subject=Return%20for%20September%202009%3A%20Improvement%20Plan"
    )
    assert (sheet["C2"].value, sheet["C2"].font.bold, sheet["C2"].hyperlink) == ("No e-mail", True, None)
    assert sheet["C2"].fill.fgColor.rgb != sheet["D2"].fill.fgColor.rgb
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)  # one page wide


def test_status_says_who_is_outstanding_by_name_and_what_was_not_answered(run: Any, master: Path) -> None:
    _, out, _ = run("status", master)
    lines = out.splitlines()
    start = lines.index("Outstanding:")
    assert lines[start - 1 : start + 7] == [
        "Returned: 1 of 4",
        "Outstanding:",
        "  Hal Bo (HB), due 5 October 2009: The whole return: 2 actions: 1.1.3, 2.1.1",
        "  Jo Gray (JG), due 5 October 2009: The whole return: 1 action: 2.1.1",
        "  actions without a lead (NO-LEAD), due 5 October 2009: The whole return: 1 action: 2.1.2",
        "Returned, and no status yet:",
        "  Pat Sim (PS): 2 of 3 actions: 1.1.2, 1.1.3",
        "Issued to nobody, and not reported: 2.1.2",
    ]


def test_json_has_what_was_not_answered_beside_what_the_contract_fixes(run: Any, master: Path, tmp_path: Path) -> None:
    status, out, err = run("status", master, "--json", "--reminders", tmp_path / "chase.xlsx")
    said = json.loads(out)
    assert status == 0
    assert "4 recipients to be chased" in err
    assert (said["returned"], said["outstanding"]) == (["PS"], ["HB", "JG", "NO-LEAD"])
    assert said["unanswered"][1] == {
        "row_id": "r113",
        "ref": "1.1.3",
        "recipients": ["PS", "HB"],
        "why": "not returned",
    }


def test_when_nobody_is_to_be_chased_the_workbook_says_so(run: Any, master: Path, tmp_path: Path) -> None:
    _, out, _ = run("status", master, "--month", "2009-08", "--reminders", tmp_path / "chase.xlsx")
    assert "nobody is to be chased for August 2009." in out
    header, said = rows(tmp_path / "chase.xlsx")
    assert header == REMINDER_COLUMNS
    assert said[0] == "Nobody is to be chased for August 2009."


def test_the_same_reminders_have_the_same_bytes(desk: Council, tmp_path: Path) -> None:
    written = [verbs.reminders(desk.plan, tmp_path / name) for name in ("one.xlsx", "two.xlsx")]
    assert written[0] == written[1]
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def with_emails(desk: Council, *emails: str) -> Plan:
    """The council, with these for HB and so on; all work in one service."""
    leads = [person for person in desk.plan.people if person.initials != "PS"]
    others = [replace(each, service="", email="") for each in desk.plan.people if each.initials == "PS"]
    named = [replace(person, email=email) for person, email in zip(leads, emails, strict=True)]
    return replace(desk.plan, people=(*others, *named))


@pytest.mark.parametrize(
    ("email", "shown", "to"),
    [
        (" hal@council.example ", "hal@council.example", "hal@council.example"),
        ("Hal Bo <hal@council.example>", "hal@council.example", "hal@council.example"),
        ("hal@a.example; bo@b.example", "hal@a.example; bo@b.example", "hal@a.example,bo@b.example"),
        ("o'neill+plan&co@council.example", "o'neill+plan&co@council.example", "o%27neill%2Bplan%26co@council.example"),
        ("ask Jo", "No e-mail", None),
        ("x" * 3000 + "@council.example", "x" * 3000 + "@council.example", None),
    ],
)
def test_an_address_is_taken_as_people_write_it(
    desk: Council, tmp_path: Path, email: str, shown: str, to: str | None
) -> None:
    verbs.reminders(with_emails(desk, email, ""), tmp_path / "chase.xlsx")
    cell = load_workbook(tmp_path / "chase.xlsx")[REMINDERS_SHEET]["C2"]
    assert cell.value == shown
    assert (cell.hyperlink.target.split("?")[0] if cell.hyperlink else None) == (f"mailto:{to}" if to else None)


def test_who_of_a_service_has_no_address_is_seen(desk: Council, tmp_path: Path) -> None:
    plan = issued(with_emails(desk, "hal@council.example", ""), tmp_path / "housing", "service")
    verbs.reminders(plan, tmp_path / "chase.xlsx")
    assert "hal@council.example; No e-mail: Jo Gray" in [row[2] for row in rows(tmp_path / "chase.xlsx")]


def test_titles_of_any_kind_go_into_the_subject(desk: Council, tmp_path: Path) -> None:
    plan = replace(desk.plan, title="Plän & Co #1? " + "ü" * 300)
    verbs.reminders(plan, tmp_path / "chase.xlsx")
    target = load_workbook(tmp_path / "chase.xlsx")[REMINDERS_SHEET]["C5"].hyperlink.target
    assert "%20Pl%C3%A4n%20%26%20Co%20%231%3F%20" in target
    assert len(target) < 2079


# --- addresses stay with the coordinator ------------------------------------------------------------------------


def _parts(path: Path) -> Sequence[str]:
    with ZipFile(path) as packed:
        return [packed.read(name).decode("utf-8", errors="replace") for name in packed.namelist()]


@pytest.mark.parametrize("by", ["lead", "service", "priority", "all"])
def test_no_return_holds_anybodys_address(tmp_path: Path, by: By) -> None:
    heading = Heading(ref="CP1", level="priority", title="Town", lead="PS")
    plan = replace(small_plan(), headings=(heading, *small_plan().headings[1:]))
    result = verbs.issue(plan, tmp_path / "issued", SEPTEMBER, by=by)
    verbs.check(result.returns, annotate=tmp_path / "annotated")
    sent = [*result.returns, *(tmp_path / "annotated").iterdir()]
    assert len(sent) > 1
    assert [path.name for path in sent if any("@council" in part for part in _parts(path))] == []
    assert any("pat@council.example" in part for part in _parts(result.master))
