"""What happened, edition by edition: an action's life, and any earlier edition as it was."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.office import SEPTEMBER, TWO_BANDS, Council, small_plan
from tests.strategies import plans, seldom, texts
from tests.test_merge import SEP, came_back, decide, merged
from workbook import verbs
from workbook.build import listings
from workbook.build.masters import write_master
from workbook.errors import UsageError
from workbook.history import editions, life
from workbook.issuing import issue_plan
from workbook.merge import Merged
from workbook.merge.combine import changes_of
from workbook.merge.queries import KEEP
from workbook.months import Month
from workbook.names import CHANGES_COLUMNS, CHANGES_TAB
from workbook.plan import Action, Plan
from workbook.read.opening import open_book
from workbook.source import plan_to_json, tables_from_plan, with_edits

OCTOBER = Month(2009, 10)


def issued(plan: Plan, month: Month = SEPTEMBER) -> Plan:
    return issue_plan(plan, TWO_BANDS, month, "lead", None)[0]


def as_json(plan: Plan) -> str:
    return json.dumps(plan_to_json(plan), ensure_ascii=False)


def a_year() -> list[Plan]:
    """Every edition of a plan that was issued, merged, decided, edited by hand, and issued again."""
    plans = [small_plan()]
    plans.append(issued(plans[-1]))
    ours = came_back("PS", {("r113", "progress", SEP): "green", ("r112", "note", None): "Three."}, plan=plans[-1])
    theirs = came_back("HB", {("r113", "progress", SEP): "red"}, plan=plans[-1])
    first = merged(ours, theirs, plan=plans[-1])
    plans.append(first.plan)
    plans.append(merged(plan=plans[-1], decisions=decide(first.queries, KEEP, by="Board", on="14 October")).plan)
    edit = changes_of(plans[-1], ("r111", "lead", None), "HB", SEPTEMBER, source="master.xlsx", cell="CP1!F9")
    plans.append(plans[-1].apply(edit).recorded("edited", plans[-1]))
    plans.append(issued(plans[-1], OCTOBER))
    silent = came_back("JG", {}, plan=plans[1])  # September's, late, and with nothing in it
    plans.append(merged(silent, plan=plans[-1]).plan)
    plans.append(merged(came_back("PS", {("r112", "progress", OCTOBER): "amber"}, plan=plans[5]), plan=plans[-1]).plan)
    return plans


YEAR = a_year()


def test_each_run_is_an_edition() -> None:
    told = [(each.number, each.kind, str(each.month or ""), each.changes, each.held) for each in editions(YEAR[-1])]
    assert told == [
        (1, "built", "", 0, 0),
        (2, "issued", "", 0, 0),
        (3, "merged", "2009-09", 1, 2),
        (4, "merged", "2009-09", 1, 0),
        (5, "edited", "2009-09", 1, 0),
        (6, "issued", "2009-09", 0, 0),
        (7, "merged", "2009-09", 0, 0),
        (8, "merged", "2009-10", 1, 0),
    ]


@pytest.mark.parametrize("number", range(1, len(YEAR) + 1))
def test_every_earlier_edition_is_rebuilt_from_the_last_one_byte_for_byte(number: int) -> None:
    rebuilt, was = YEAR[-1].at(number), YEAR[number - 1]
    if number > 1:  # what was built has no record of itself until something is done with it
        assert as_json(rebuilt) == as_json(was)
    assert rebuilt.actions == was.actions
    assert (rebuilt.edition, rebuilt.register) == (was.edition, was.register)


def test_an_earlier_edition_makes_the_same_workbook(tmp_path: Path) -> None:
    then, again = tmp_path / "then.xlsx", tmp_path / "again.xlsx"
    write_master(then, YEAR[3], TWO_BANDS)
    write_master(again, verbs.earlier(YEAR[-1], "4"), TWO_BANDS)
    assert then.read_bytes() == again.read_bytes()


_EDITS = st.dictionaries(
    st.tuples(
        st.sampled_from(["r111", "r112", "r113", "r211", "r1210"]), st.just("progress"), st.sampled_from([SEP, OCTOBER])
    ),
    st.sampled_from([None, "green", "amber", "revised", "suspended"]),
    max_size=4,
)
_RUNS = st.lists(st.tuples(st.sampled_from(["PS", "HB", "issue", "decide", "edit"]), _EDITS), max_size=6)


@seldom
@given(_RUNS)
def test_whatever_was_done_every_edition_can_be_had_back(runs: Sequence[tuple[str, Any]]) -> None:
    plans = [issued(small_plan())]
    last: Merged | None = None
    for number, (what, edits) in enumerate(runs):
        plan = plans[-1]
        if what == "issue":
            plan = issued(plan, OCTOBER)
        elif what == "decide":
            picks = {
                query: query.answers[number % len(query.answers)].words for query in (last.queries if last else ())
            }
            decisions = {query.query_id: decide((query,), words)[query.query_id] for query, words in picks.items()}
            last = merged(plan=plan, decisions=decisions)
            plan = last.plan
        elif what == "edit":
            for (row_id, field, month), value in edits.items():
                edit = changes_of(plan, (row_id, field, month), value, SEPTEMBER, source="master.xlsx", cell="CP1!H9")
                plan = plan.apply(edit)
            plan = plan.recorded("edited", plans[-1])
        else:
            last = merged(came_back(what, edits, plan=plan, file=f"{what} {number}.xlsx"), plan=plan)
            plan = last.plan
        if plan != plans[-1]:
            plans.append(plan)
    for earlier in plans:
        assert as_json(plans[-1].at(len(earlier.editions))) == as_json(earlier)


@pytest.mark.parametrize(("asked", "edition"), [("2009-09", 7), ("2009-10", 8), ("3", 3), ("September 2009", 7)])
def test_an_edition_is_asked_for_by_its_month_or_its_number(asked: str, edition: int) -> None:
    assert verbs.earlier(YEAR[-1], asked) == YEAR[edition - 1]


@pytest.mark.parametrize("asked", ["2009-12", "9", "0", "last", "", "-1"])
def test_an_edition_that_there_is_not_is_named_with_those_that_there_are(asked: str) -> None:
    with pytest.raises(UsageError, match=r"There are: 1 \(as programmed, built\), 2 .*, 8 \(2009-10, merged\)\."):
        verbs.earlier(YEAR[-1], asked)


def test_an_actions_life_is_told_in_order_with_what_was_held_back() -> None:
    told = [(event.edition, *event.in_words(TWO_BANDS), event.source) for event in life(YEAR[-1], "r113")]
    assert told[:8] == [
        (2, "issued for September 2009", "", "", "PS", "PS-2009-09.xlsx"),
        (2, "issued for September 2009", "", "", "HB", "HB-2009-09.xlsx"),
        (3, "came back", "", "", "PS", "PS-2009-09.xlsx"),
        (3, "came back", "", "", "HB", "HB-2009-09.xlsx"),
        (3, "held back: September 2009", "nothing", "red (over one month behind)", "HB", "HB-2009-09.xlsx"),
        (3, "held back: September 2009", "nothing", "green (on target)", "PS", "PS-2009-09.xlsx"),
        (
            4,
            "decided",
            "",
            f"The returns and the master differ on September 2009. Which is right?\n{KEEP}",
            "Board, 14 October",
            "queries.xlsx",
        ),
        (6, "issued for October 2009", "", "", "PS", "PS-2009-10.xlsx"),
    ]


def test_an_edit_on_the_master_is_the_coordinators() -> None:
    (event,) = [each for each in life(YEAR[-1], "r111") if each.field == "lead"]
    assert event.in_words(TWO_BANDS) == ("edited: lead", "PS", "HB", "the coordinator")


# --- the tab and the command -------------------------------------------------------------------------------------


def test_the_changes_tab_has_this_editions_changes(tmp_path: Path) -> None:
    write_master(tmp_path / "master.xlsx", YEAR[2], TWO_BANDS)
    sheet = open_book(tmp_path / "master.xlsx").sheet(CHANGES_TAB)
    assert sheet
    assert [[sheet[row, column].text for column in range(1, len(CHANGES_COLUMNS) + 1)] for row in sheet.rows] == [
        list(CHANGES_COLUMNS),
        ["1.1.2", "Draw the options", "PS", "note", "Two drawn so far.", "Three.", "PS-2009-09.xlsx", "CP1!A1"],
    ]


def test_the_changes_tab_says_what_the_coordinator_edited_and_what_was_decided(tmp_path: Path) -> None:
    by_hand = {event.field for event in life(YEAR[4], "r111") if event.kind == "edited"}
    assert by_hand == {"lead"}
    asked = merged(came_back("PS", {("r112", "progress", SEP): "revised"}, plan=YEAR[1]), plan=YEAR[4])
    approved = merged(plan=asked.plan, decisions=decide(asked.queries[-1:], "Approve", by="Board"))
    write_master(tmp_path / "master.xlsx", approved.plan, TWO_BANDS)
    sheet = open_book(tmp_path / "master.xlsx").sheet(CHANGES_TAB)
    assert sheet
    at = {name: number for number, name in enumerate(CHANGES_COLUMNS, 1)}
    told = [[sheet[row, at[name]].text for name in ("Ref", "What", "Said by")] for row in sheet.rows[1:]]
    assert ["1.1.1", "lead", "the coordinator\nmaster.xlsx"] in told
    assert ["1.1.2", "September 2009", "PS-2009-09.xlsx"] in told
    assert ["1.1.2", "approval of September 2009", "decided by Board\nqueries.xlsx"] in told


def test_more_changes_than_anybody_reads_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "MOST_CHANGES", 1)
    plan = merged(came_back("HB", {("r1210", "progress", SEP): "red"}, plan=YEAR[1]), plan=YEAR[2]).plan
    write_master(tmp_path / "master.xlsx", plan, TWO_BANDS)
    sheet = open_book(tmp_path / "master.xlsx").sheet(CHANGES_TAB)
    assert sheet
    told = [sheet[row, 2].text for row in sheet.rows]
    assert told == ["Action", "Draw the options", "1 more is not listed. `workbook history` tells them by action."]


def test_a_plan_in_which_nothing_has_changed_has_no_such_tab(tmp_path: Path) -> None:
    write_master(tmp_path / "master.xlsx", YEAR[1], TWO_BANDS)
    assert open_book(tmp_path / "master.xlsx").sheet(CHANGES_TAB) is None


def masters(folder: Path) -> Path:
    write_master(folder / "master.xlsx", YEAR[-1], TWO_BANDS)
    return folder / "master.xlsx"


def test_the_command_lists_the_editions(run: Any, tmp_path: Path) -> None:
    status, out, _ = run("history", masters(tmp_path))
    assert status == 0
    assert "3    September 2009  2 returns merged, 1 change, 2 values held back" in out
    assert "4    September 2009  1 decision taken, 1 change" in out
    assert "5    September 2009  edited by hand: 1 change" in out


@pytest.mark.parametrize("ref", ["1.1.3", "1.1.3.", "r113"])
def test_the_command_shows_an_actions_life_by_its_ref_or_row_id(run: Any, tmp_path: Path, ref: str) -> None:
    status, out, _ = run("history", masters(tmp_path), ref)
    assert status == 0
    assert "1.1.3  Ask the residents  (row id r113)" in out
    assert "held back: September 2009" in out


def test_the_command_as_json(run: Any, tmp_path: Path) -> None:
    _, out, _ = run("history", masters(tmp_path), "1.1.1", "--json")
    told = json.loads(out)
    assert [each["kind"] for each in told["editions"]][:3] == ["built", "issued", "merged"]
    assert [each["row_id"] for each in told["actions"]] == ["r111"]
    assert told["actions"][0]["events"][-1]["kind"] in ("issued", "returned")


def test_a_ref_that_there_is_not_is_a_sentence(run: Any, tmp_path: Path) -> None:
    status, _, err = run("history", masters(tmp_path), "1.1.33")
    assert (status, err) == (2, "There is no action 1.1.33 in this plan. Did you mean 1.1.3?\n")


def test_an_earlier_edition_is_built_and_exported_by_the_commands(run: Any, tmp_path: Path) -> None:
    master = masters(tmp_path)
    assert run("build", master, "--edition", "2009-09", "-o", tmp_path / "then.xlsx")[0] == 0
    assert verbs.read(tmp_path / "then.xlsx") == replace(YEAR[6], layout=TWO_BANDS.name)
    assert run("export", master, "--edition", "3", "-o", tmp_path / "then.json")[0] == 0
    assert json.loads((tmp_path / "then.json").read_text("utf-8")) == plan_to_json(verbs.read(master).at(3))
    status, _, err = run("build", master, "--edition", "2011-01", "-o", tmp_path / "never.xlsx")
    assert (status, "There is no edition “2011-01”" in err) == (2, True)


def test_a_master_that_was_edited_by_hand_says_so_in_its_history(council: Council) -> None:
    home = council.folder / "home"
    home.mkdir()
    write_master(home / "master.xlsx", council.plan, council.layout)
    book = load_workbook(home / "master.xlsx")
    grid = council["PS"].grid
    sheet = book["CP1"]
    row = next(cell.row for cell in sheet["D"] if cell.value == "Appoint a designer")
    sheet.cell(row, grid.column("action").number).value = "Appoint two designers"
    book.save(home / "master.xlsx")
    plan = verbs.load(home / "master.xlsx").plan
    assert [each.kind for each in editions(plan)] == ["built", "issued", "edited"]
    (event,) = [each for each in life(plan, "r111") if each.field == "action"]
    assert event.in_words(council.layout)[1:] == ("Appoint a designer", "Appoint two designers", "the coordinator")
    assert plan.at(2).actions == council.plan.actions


def test_a_row_that_the_coordinator_copied_on_the_master_changes_nothing(council: Council) -> None:
    home = council.folder / "home" / "master.xlsx"
    verbs.build(council.plan, home, council.layout)
    book = load_workbook(home)
    sheet = book["CP1"]
    at = {name: council["PS"].grid.column(name).number for name in ("row_id", "band", "action")}
    end = sheet.max_row + 1
    for down, kind in enumerate(["action"] if council.layout.bands == "overlay" else ["programme", "progress"]):
        for name, text in {"row_id": "r111", "band": kind, "action": "Appoint a designers" if not down else ""}.items():
            sheet.cell(end + down, at[name]).value = text or None
    book.save(home)
    loaded = verbs.load(home)
    assert "ROW_DUPLICATED" in [each.code for each in loaded.findings]
    assert loaded.plan.by_row_id["r111"] == council.plan.by_row_id["r111"]


# --- a source that was exported, edited and built from again ------------------------------------------------------


@seldom
@given(plans(), st.permutations(range(6)), st.sets(st.integers(0, 3)), texts)
def test_whatever_is_edited_in_the_source_the_plan_before_it_can_be_had_back(
    before: Plan, order: Sequence[int], dropped: set[int], words: str
) -> None:
    nothing: dict[str, Any] = dict.fromkeys(("history", "held", "taken", "register", "editions"), ())
    before = replace(before, **nothing)
    added = [Action(row_id=f"new{number}", ref="9", action=words, extra={"Risk": words}) for number in range(2)]
    others = [each for number, each in enumerate(before.actions) if number not in dropped]
    actions = [*(replace(each, note=words, progress={}, lead=("PS",)) for each in others[:1]), *others[1:], *added]
    after = replace(
        before,
        actions=tuple(actions[at] for at in order if at < len(actions)),
        headings=before.headings[1:],
        people=before.people[::-1],
        settings={**before.settings, "sponsor": "The leader"},
        title=f"{before.title}, revised",
        months=before.months + 1,
    )
    edited = with_edits(before, after, tables_from_plan(after), "plan.xlsx")
    assert as_json(replace(edited, **nothing)) == as_json(after)
    assert replace(edited.at(1), editions=()) == before
    assert [each.kind for each in edited.editions] == ["built", "rebuilt"]


def edited_source(folder: Path, *edits: Any) -> verbs.Loaded:
    """The year's plan, exported, edited with openpyxl, and read again."""
    path = folder / "plan.xlsx"
    verbs.export(replace(YEAR[-1], layout=TWO_BANDS.name), path)
    book = load_workbook(path)
    for edit in edits:
        edit(book)
    book.save(path)
    return verbs.load(path)


def test_a_source_that_was_not_edited_is_the_plan(tmp_path: Path) -> None:
    assert edited_source(tmp_path).plan == replace(YEAR[-1], layout=TWO_BANDS.name)


def test_an_action_that_is_dropped_and_one_that_is_added_are_in_the_history(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["actions"]
        names = [cell.value for cell in sheet[1]]
        sheet.delete_rows(next(cell.row for cell in sheet["A"] if cell.value == "1.1.3"))
        new = {"ref": "1.2.2", "heading": "1.2", "action": "Light the street", "lead": "HB", "programmed": "2009-11"}
        sheet.append([new.get(name) for name in names])
        sheet.cell(2, names.index("action") + 1).value = "Appoint two designers"

    plan = edited_source(tmp_path, edit).plan
    assert [each.ref for each in plan.actions] == ["1.1.1", "1.1.2", "1.2.1", "1.2.10", "2.1.1", "2.1.2", "1.2.2"]
    last = [(each.field, each.ref, each.cell) for each in plan.history[len(YEAR[-1].history) :]]
    assert last == [
        ("order", "", "actions"),
        ("row", "1.1.3", "actions"),
        ("action", "1.1.1", "actions!C2"),
        ("row", "1.2.2", "actions!C8"),
    ]
    assert plan.at(len(YEAR)).actions == YEAR[-1].actions
    dropped = [event.in_words(TWO_BANDS) for event in life(plan, "r113")][-1]
    assert dropped == ("edited: the row", "1.1.3, Ask the residents, PS / HB", "nothing", "the coordinator")


def test_what_was_issued_before_is_read_as_it_was_issued(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["actions"]
        names = [cell.value for cell in sheet[1]]
        sheet.cell(2, names.index("programmed") + 1).value = "2010-01"

    plan = edited_source(tmp_path, edit).plan
    september = next(each for each in plan.register if each.recipient == "PS")
    assert plan.as_of(september.position).by_row_id["r111"].programmed == small_plan().actions[0].programmed
    assert [str(month) for month in plan.by_row_id["r111"].programmed] == ["2010-01"]


def test_headings_people_and_settings_are_kept_as_they_were(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book["headings"]["C2"].value = "The town"
        book["people"].append(["KD", "Kay Dee"])
        book["settings"]["B2"].value = "Improvement Plan, revised"

    loaded = edited_source(tmp_path, edit)
    assert (loaded.plan.title, loaded.plan.headings[0].title) == ("Improvement Plan, revised", "The town")
    assert loaded.plan.people[-1].name == "Kay Dee"
    then = loaded.plan.at(len(YEAR))
    assert as_json(then) == as_json(replace(YEAR[-1], layout=TWO_BANDS.name))
    write_master(tmp_path / "again.xlsx", loaded.plan, loaded.layout)
    assert verbs.read(tmp_path / "again.xlsx") == loaded.plan
