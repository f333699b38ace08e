"""A form without months: a status for the month that is reported, its note as a second channel, tables by state."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell import MergedCell
from openpyxl.styles import PatternFill

from tests.office import IN_TABLES, JULY, ONE_STATUS, SEPTEMBER, Council, Edit, changes, codes, found, small_plan
from workbook import verbs
from workbook.grid import Grid
from workbook.layout import Column, Layout, TabSpec
from workbook.layout.pieces import OwnFields
from workbook.merge import merge
from workbook.months import Month
from workbook.plan import Approval, Plan
from workbook.queries import Decision
from workbook.read.words import colour_word
from workbook.report.counts import count
from workbook.report.parts.checkpoints import as_at
from workbook.rules.progress import complete_since

AUGUST = Month(2009, 8)
GREEN, AMBER, GREY = "FF00B050", "FFFFC000", "FFD0D0D0"


def plan() -> Plan:
    """The small plan, of which August is reported too, with words."""
    actions = {
        "1.1.1": {"progress": {JULY: "green", AUGUST: "green"}, "note": "On its way. Green"},
        "1.1.2": {"progress": {AUGUST: "amber"}, "note": "Late. Amber"},
        "1.2.1": {"progress": {JULY: "green"}, "note": "COMPLETE. Chosen."},
    }
    small = small_plan()
    return replace(
        small,
        edition=AUGUST,
        actions=tuple(replace(each, **actions.get(each.ref, {})) for each in small.actions),  # type: ignore[arg-type]
    )


@pytest.fixture
def council(tmp_path: Path) -> Council:
    return Council.issuing(tmp_path, ONE_STATUS, plan())


def paint_note(desk: Council, ref: str, colour: str) -> Path:
    tab, cell = desk["PS"].place(ref, "note")
    return desk["PS"].send(None, lambda book: setattr(book[tab][cell], "fill", PatternFill("solid", fgColor=colour)))


# --- where it stands --------------------------------------------------------------------------------------------


def test_the_month_that_is_reported_stands_after_those_reported_before() -> None:
    grid = Grid(ONE_STATUS, plan(), whole=False, month=SEPTEMBER)
    assert [column.heading for column in grid.months] == ["Status Jul 09", "Status Aug 09", "Status Sep 09"]
    assert [column.key for column in grid.columns if column.hidden] == ["row_id", "band"]
    assert {row.kind for row in grid.tabs[0].rows} >= {"header", "section", "action"}
    assert Grid(ONE_STATUS, plan(), whole=True).month == AUGUST
    assert Grid(ONE_STATUS, small_plan(), whole=True).month == JULY


def test_actions_stand_in_the_table_of_their_state_numbered_afresh() -> None:
    grid = Grid(IN_TABLES, plan(), whole=True)
    tables = {
        tab.name: [(grid.words(tab.column("line"), row), row.action.ref) for row in tab.of_kind("action") if row.action]
        for tab in grid.tabs
    }
    assert tables == {
        "Done": [("1", "1.2.1")],
        "Begun": [("1", "1.1.1"), ("2", "1.1.2"), ("3", "2.1.1")],
        "To do": [("1", "1.1.3"), ("2", "1.2.10"), ("3", "2.1.2")],
    }
    begun = grid.tabs[1]
    titles = [grid.words(begun.column("heading"), row) for row in begun.of_kind("action")]
    assert titles == ["A plan", "", "Affordable homes"]


def test_an_action_that_is_reported_complete_moves_with_what_was_said(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path, IN_TABLES, plan())
    desk = council["PS"].type("1.1.1", "Sep", "G").type("1.1.1", "note", "COMPLETE. Signed on the 3rd.")
    merged = council.merge(desk.send())
    verbs.write_merged(merged, tmp_path / "rolled-up.xlsx", layout=IN_TABLES)
    book = openpyxl.load_workbook(tmp_path / "rolled-up.xlsx")
    words = [cell.value for row in book["Done"].iter_rows() for cell in row]
    assert "Appoint a designer" in words
    assert "COMPLETE. Signed on the 3rd." in words
    assert "Appoint a designer" not in [cell.value for row in book["Begun"].iter_rows() for cell in row]
    assert verbs.load(tmp_path / "rolled-up.xlsx").plan == replace(merged.plan, layout=IN_TABLES.name)


def test_what_is_written_over_a_number_or_a_title_is_named_and_kept(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path, IN_TABLES, plan())
    tab, rows = council["PS"].rows("1.1.2")
    reading = council.read(council["PS"].do("type", tab, cell=f"A{rows[0]}", text="7 (was 2)").send())
    assert [(each.where.cell, "7 (was 2)" in each.message) for each in found(reading, "TEXT_OUTSIDE")] == [
        (f"A{rows[0]}", True)
    ]
    assert [each.text for each in reading.beside] == ["7 (was 2)"]


def test_the_annotated_copy_leaves_actions_where_the_officer_has_them(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path, IN_TABLES, plan())
    back = council["PS"].type("1.1.1", "Sep", "G").type("1.1.1", "note", "Completed - signed").send()
    verbs.check([back], annotate=tmp_path / "annotated")
    book = openpyxl.load_workbook(tmp_path / "annotated" / back.name)
    assert "Done" not in book.sheetnames or "Appoint a designer" not in [
        cell.value for row in book["Done"].iter_rows() for cell in row
    ]
    assert "Appoint a designer" in [cell.value for row in book["Begun"].iter_rows() for cell in row]


# --- the status and the words -----------------------------------------------------------------------------------


def test_letters_words_and_paint_are_read(council: Council) -> None:
    desk = council["PS"].type("1.1.1", "Sep", "G").type("1.1.2", "Sep", "red").paint("1.1.3", "Sep", "FFC000")
    assert changes(council.merge(desk.send())) == [
        "1.1.1 progress Sep: None -> green",
        "1.1.2 progress Sep: None -> red",
        "1.1.3 progress Sep: None -> amber",
    ]


def test_grey_in_a_status_is_asked_about(council: Council) -> None:
    reading = council.read(council["PS"].paint("1.1.1", "Sep", GREY[2:]).send())
    assert "COLOUR_UNSURE" in codes(reading)


def test_a_colour_at_the_end_of_a_new_note_is_a_status(council: Council) -> None:
    back = (
        council["PS"]
        .type("1.1.1", "note", "All signed. Green")
        .type("1.1.2", "note", "No news of the amber door")
        .send()
    )
    merged = council.merge(back)
    assert "1.1.1 progress Sep: None -> green" in changes(merged)
    assert not any("1.1.2 progress" in each for each in changes(merged))
    assert [each.where.ref for each in found(council.read(back), "STATUS_FROM_WORDS")] == ["1.1.1"]


def test_last_months_colour_in_a_note_that_was_left_says_nothing(council: Council) -> None:
    merged = council.merge(council["PS"].type("1.1.2", "Sep", "G").send())
    assert changes(merged) == ["1.1.2 progress Sep: None -> green"]


def test_a_note_painted_in_a_status_is_that_status(council: Council) -> None:
    merged = council.merge(paint_note(council, "1.1.1", AMBER))
    assert changes(merged) == ["1.1.1 progress Sep: None -> amber"]


def test_a_status_and_a_note_that_differ_are_a_query_and_neither_is_taken(council: Council) -> None:
    desk = council["PS"].paint("1.1.1", "Sep", "FFC000").type("1.1.1", "note", "Completed. Green")
    merged = council.merge(desk.send())
    assert not any("progress" in each for each in changes(merged))
    query = next(each for each in merged.queries if each.kind == "unread")
    assert {"amber", "green"} <= {word for answer in query.answers for word in answer.words.split()}
    assert "COLOUR_CONTRADICTS_WORDS" in codes(council.read(desk.send()))


def test_a_status_and_a_note_that_agree_need_no_word(council: Council) -> None:
    reading = council.read(council["PS"].type("1.1.1", "Sep", "G").type("1.1.1", "note", "Signed = Green.").send())
    assert {"STATUS_FROM_WORDS", "COLOUR_CONTRADICTS_WORDS"}.isdisjoint(codes(reading))


@pytest.mark.parametrize(
    ("note", "status"),
    [
        ("Completed. Green", "green"),
        ("Completed Green.", "green"),
        ("86% as at 15.06.07 = Green", "green"),
        ("Panel not suitable.\n\nAmber", "amber"),
        ("green", "green"),
        ("On hold - Blue", "suspended"),
        ("RED", "red"),
        ("We painted the door green", None),
        ("Green Lane has been closed", None),
        ("", None),
        ("Evergreen", None),
    ],
)
def test_a_colour_is_a_word_of_its_own_at_the_end(note: str, status: str | None) -> None:
    named = colour_word(note, ONE_STATUS.palette)
    assert (named[0] if named else None) == status


# --- new dates --------------------------------------------------------------------------------------------------


def test_a_new_date_becomes_the_new_programme_when_it_is_approved(council: Council) -> None:
    desk = council["PS"].type("1.1.2", "Sep", "H").type("1.1.2", "new_date", "end March 2010")
    merged = council.merge(desk.type("1.1.2", "note", "REPROGRAMMED to March.").send())
    (query,) = [each for each in merged.queries if each.kind == "approval"]
    approve = next(answer for answer in query.answers if answer.decides == "approved")
    assert ("r112", "revised", None, "2010-03") in approve.edits
    action = merged.plan.by_row_id["r112"]
    assert (action.new_date, action.revised) == ("end March 2010", ())
    approved = replace(
        merged.plan,
        actions=tuple(
            replace(each, approval={SEPTEMBER: Approval(decision="approved")}, revised=(Month(2010, 3),))
            if each.row_id == "r112"
            else each
            for each in merged.plan.actions
        ),
    )
    told = verbs.board(approved, SEPTEMBER, layout=ONE_STATUS).pack.whole.schedule
    assert [(each.action.ref, each.old[-1], each.new) for each in told] == [
        ("1.1.2", Month(2009, 10), (Month(2010, 3),))
    ]


def test_a_new_date_that_is_refused_goes_with_its_status(council: Council) -> None:
    desk = council["PS"].type("1.1.2", "Sep", "H").type("1.1.2", "new_date", "end March 2010")
    merged = council.merge(desk.type("1.1.2", "note", "REPROGRAMMED to March.").send())
    (query,) = [each for each in merged.queries if each.kind == "approval"]
    assert query.question.endswith("approved for September 2009, with the new date “end March 2010”?")
    refuse = next(answer for answer in query.answers if answer.decides == "refused")
    assert ("r112", "new_date", None, None) in refuse.edits
    decision = Decision(answer=refuse.words, by="Board", file="q.xlsx", sheet="Queries", cell="J2")
    refused = merge(merged.plan, [], ONE_STATUS, {query.query_id: decision}).plan.by_row_id["r112"]
    assert (refused.new_date, refused.progress.get(SEPTEMBER)) == ("", None)


def test_a_new_date_that_is_changed_again_needs_its_status_again(council: Council) -> None:
    moved = {"progress": {JULY: "revised"}, "new_date": "May 2010", "note": "REPROGRAMMED."}
    plan_now = replace(
        council.plan,
        actions=tuple(replace(e, **moved) if e.row_id == "r112" else e for e in council.plan.actions),  # type: ignore[arg-type]
    )
    again = Council.issuing(council.folder / "again", ONE_STATUS, plan_now)
    quiet = again["PS"].type("1.1.2", "Sep", "G")
    (checked,) = verbs.check([quiet.send("quiet.xlsx")])
    assert "NEW_DATE_UNEXPLAINED" not in codes(checked)
    (checked,) = verbs.check([quiet.type("1.1.2", "new_date", "June 2010").send("loud.xlsx")])
    assert "NEW_DATE_UNEXPLAINED" in codes(checked)


# --- what is counted --------------------------------------------------------------------------------------------


def all_counted(**more: object) -> Layout:
    said = "{completed}% of {actions} actions completed as at {as_at}."
    return replace(ONE_STATUS, counts="all", sentence_completed=said, **more)  # type: ignore[arg-type]


def test_each_action_counts_as_it_was_last_reported() -> None:
    counts = count(plan(), AUGUST, all_counted()).counts
    # Paving and sites were reported in July, one of them complete; nothing else was due before September.
    assert (counts["green"], counts["amber"], counts["not_reported"]) == (2, 2, 0)
    assert count(plan(), SEPTEMBER, all_counted()).counts["not_reported"] == 2


def test_how_much_is_complete_is_of_all_actions() -> None:
    told = count(plan(), AUGUST, all_counted())
    assert (told.completion.complete, told.completion.of) == (1, 7)
    assert told.sentence.endswith("14.3% of 7 actions completed as at 31 August 2009.")


def test_a_quarter_is_told_by_its_last_report() -> None:
    quarterly = replace(ONE_STATUS, cycle="quarter")
    counts = count(plan(), SEPTEMBER, quarterly)
    assert counts.counts["green"] == 2  # one in July alone, and one in August
    assert counts.counts["amber"] == 2
    assert [each.ref for each in counts.unreported] == ["1.1.3", "2.1.2"]
    assert [str(each) for each in quarterly.cycle_after(SEPTEMBER, JULY)] == ["2009-10", "2009-11", "2009-12"]
    told = verbs.board(plan(), SEPTEMBER, layout=quarterly).pack.whole
    assert [each.label for each in told.months] == ["September 2009"]
    assert told.next_name == "October to December 2009"


def test_a_status_may_say_that_an_action_is_complete() -> None:
    done = replace(ONE_STATUS.statuses[0], state="complete")
    form = replace(ONE_STATUS, statuses=(done, *ONE_STATUS.statuses[1:]))
    assert complete_since(plan(), form) == {"r111": JULY, "r121": JULY}


# --- how often --------------------------------------------------------------------------------------------------


def test_a_month_within_a_quarter_may_be_asked_about_and_that_is_said(tmp_path: Path) -> None:
    quarterly = replace(ONE_STATUS, cycle="quarter")
    early = verbs.issue(plan(), tmp_path / "early", AUGUST, layout=quarterly)
    assert [each.message for each in early.findings if each.code == "OFF_CYCLE"] == [
        "This plan is reported once a quarter, and August 2009 is not the last month of one: that is September 2009."
    ]
    assert codes(verbs.issue(plan(), tmp_path / "due", SEPTEMBER, layout=quarterly)) == ["NOBODY_ASKED"]


def test_the_second_checkpoint_of_a_month_goes_on_from_the_first(tmp_path: Path) -> None:
    form = replace(ONE_STATUS, cycle="fortnight")
    first = Council.issuing(tmp_path / "first", form, plan(), due=dt.date(2009, 9, 11))
    merged = first.merge(first["PS"].type("1.1.1", "Sep", "G").type("1.1.3", "Sep", "A").send())
    second = Council.issuing(tmp_path / "second", form, merged.plan, due=dt.date(2009, 9, 25))
    assert as_at(second.plan) == dt.date(2009, 9, 25)
    again = second.merge(second["PS"].type("1.1.3", "Sep", "R").type("1.1.3", "note", "The hall is shut.").send())
    assert changes(again) == [
        "1.1.3 note: None -> The hall is shut.",
        "1.1.3 progress Sep: amber -> red",
    ]
    assert [(each.edition, each.old, each.new) for each in again.plan.history if each.field == "progress"] == [
        (SEPTEMBER, None, "green"),
        (SEPTEMBER, None, "amber"),
        (SEPTEMBER, "amber", "red"),
    ]


# --- tabs with columns of their own -----------------------------------------------------------------------------

ENQUIRIES = (
    *(column for column in ONE_STATUS.columns if column.field in ("ref", "action", "lead")),
    Column(field="score", heading="Score", locked=False, drop_down=("Poor", "Fair", "Good")),
    Column(field="gap", heading="Gap", locked=False),
    Column(field="status", heading="Status", locked=False, drop_down="statuses"),
    Column(field="note", heading="Comments", width=40, locked=False),
)
TWO_TABLES = replace(
    ONE_STATUS,
    name="two-tables",
    levels=("priority", "measure", "enquiries"),
    tops=("priority", "enquiries"),
    fields=OwnFields(actions=("score", "gap")),
    tabs=(TabSpec(), TabSpec(level="enquiries", columns=ENQUIRIES)),
)


def two_tables() -> Plan:
    small = plan()
    headings = tuple(replace(each, level="enquiries") if each.ref == "CP2" else each for each in small.headings)
    actions = tuple(
        replace(each, lead=("PS",), extra={"gap": "No plan"} if each.ref == "2.1.1" else {}) for each in small.actions
    )
    return replace(small, headings=headings, actions=actions)


def wipe(tab: str, rows: int) -> Edit:
    """Empty the first rows of a tab."""

    def edit(book: Any) -> None:
        for row in book[tab].iter_rows(max_row=rows):
            for cell in row:
                if not isinstance(cell, MergedCell):
                    cell.value = None

    return edit


def test_each_tab_has_its_own_columns_and_all_are_read(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path, TWO_TABLES, two_tables())
    grid = council["PS"].grid
    assert [column.heading for column in grid.tabs[1].visible] == [
        *("Ref", "Action", "Lead", "Score", "Gap", "Status Sep 09", "Comments"),
    ]
    desk = council["PS"].type("2.1.1", "score", "Fair").type("2.1.1", "gap", "No list").type("2.1.2", "Sep", "A")
    merged = council.merge(desk.type("1.1.3", "new_date", "May 2010").send())
    assert changes(merged) == [
        "1.1.3 new_date: None -> May 2010",
        "2.1.1 gap: No plan -> No list",
        "2.1.1 score: None -> Fair",
        "2.1.2 progress Sep: None -> amber",
    ]
    verbs.write_merged(merged, tmp_path / "rolled-up.xlsx", layout=TWO_TABLES)
    assert verbs.load(tmp_path / "rolled-up.xlsx").plan == replace(merged.plan, layout="two-tables")


@pytest.mark.parametrize("lost", ["keys", "header and keys"])
def test_columns_are_found_where_the_keys_are_lost(tmp_path: Path, lost: str) -> None:
    council = Council.issuing(tmp_path, TWO_TABLES, two_tables())
    desk = council["PS"].type("2.1.1", "Sep", "G").type("2.1.1", "score", "Good").type("1.1.1", "Sep", "R")
    edits = []
    for tab in desk.grid.tabs:
        header = tab.header.number
        edits.append(wipe(tab.name, header - 1 if lost == "keys" else header))
    merged = council.merge(desk.send(None, *edits))
    assert changes(merged) == [
        "1.1.1 progress Sep: None -> red",
        "2.1.1 progress Sep: None -> green",
        "2.1.1 score: None -> Good",
    ]


def test_a_column_is_missed_on_its_own_tab_only(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path, TWO_TABLES, two_tables())
    desk = council["PS"]
    assert "COLUMN_MISSING" not in codes(council.read(desk.send()))
    at = desk.grid.tabs[1].column("gap").number
    back = desk.send("short.xlsx", lambda book: book[desk.grid.tabs[1].name].delete_cols(at))
    missing = found(council.read(back), "COLUMN_MISSING")
    assert [(each.where.sheet, each.where.field) for each in missing] == [(desk.grid.tabs[1].name, "gap")]


def test_a_return_without_any_fill_has_its_letters_read(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path, ONE_STATUS, plan())
    desk = council["PS"].type("1.1.1", "Sep", "A").type("1.1.2", "note", "Signed. Green")

    def plain(book: Any) -> None:
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    cell.fill = PatternFill()

    back = desk.send(None, plain)
    assert "STYLES_LOST" in codes(council.read(back))
    assert [each for each in changes(council.merge(back)) if "progress" in each] == [
        "1.1.1 progress Sep: None -> amber",
        "1.1.2 progress Sep: None -> green",
    ]
