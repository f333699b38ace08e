"""Which action a row is when its id is gone or was left behind, and whose the note beside it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.office import OVERLAY, TWO_BANDS, Council, changes, codes, found, progress, sent
from tests.sheets import drawn, lined, raw_sheet
from workbook.grid import Grid
from workbook.merge import merge
from workbook.plan import Plan
from workbook.queries import Decision
from workbook.read.header import find_headers
from workbook.read.identity import match, units_of

PLAN = drawn(
    """
    heading | ref   | action                                       | lead | Jul Aug | note
    1.1     | 1.1.1 | Appoint a designer for the market place      | PS   | #   #   |
    1.1     | 1.1.2 | Write the brief for the first ten stalls     | JG   | .   #   |
    1.2     | 1.2.1 | Print the leaflet and post it to every house | PS   | #   .   |
    """
)
HEADER = """
    ref   | row_id | band   | action | lead | 2009-07 | 2009-08 | note
    Ref   |        |        | Action | Lead | Jul     | Aug     | Note
"""


def told(rows: str, plan: Plan = PLAN) -> str:
    """What each row is taken for, by what."""
    grid = Grid(OVERLAY, plan, whole=False)
    sheet = raw_sheet(HEADER.rstrip() + rows)
    (header,) = find_headers(sheet, grid, plan.by_row_id)
    matches = match(units_of(sheet, header, grid, plan.by_row_id), plan.by_row_id, frozenset())
    lines = [[str(unit.first), row_id, by] for row_id, (unit, by) in matches.matched.items()]
    lines += [[str(unit.first), f"copy of {row_id}", ""] for row_id, unit in matches.copies]
    lines += [[str(unit.first), "new", ""] for unit in matches.new]
    return lined(sorted(lines))


def expected(text: str) -> str:
    return lined([[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()])


# --- the rows as drawn ------------------------------------------------------------------------------------------


def test_ref_and_wording_are_certain() -> None:
    assert told("""
    1.1.2 | | action | Write the brief for the first ten stalls | JG | | |
    """) == expected("3 | r2 | ref and wording")


def test_a_ref_with_a_similar_wording_is_weak() -> None:
    assert told("""
    1.1.2 | | action | Write the brief for the first twelve stalls | JG | | |
    """) == expected("3 | r2 | ref and a similar wording")


def test_a_wording_alone_is_weak() -> None:
    assert told("""
    9.9   | | action | Write the brief for the first ten stalls | JG | | |
    """) == expected("3 | r2 | wording")


def test_a_similar_wording_alone_is_weak() -> None:
    assert told("""
    9.9   | | action | Write the brief for the first 10 stalls | JG | | |
    """) == expected("3 | r2 | a similar wording")


def test_a_ref_alone_is_no_evidence() -> None:
    assert told("""
    1.1.2 | | action | Paint the railings | JG | | |
    """) == expected("3 | new | ")


def test_a_wording_that_is_hardly_similar_is_new() -> None:
    assert told("""
    9.9   | | action | Write the brief for the last hundred shops | JG | | |
    """) == expected("3 | new | ")


def test_the_better_evidence_chooses_first() -> None:
    assert told("""
    9.9   | | action | Write the brief for the first 10 stalls  | JG | | |
    8.8   | | action | Write the brief for the first ten stalls | JG | | |
    1.1.2 | | action | Write the brief for the first ten stalls | JG | | |
    """) == expected("""
        3 | new        |
        4 | copy of r2 |
        5 | r2         | ref and wording
    """)


TWINS = drawn(
    """
    heading | ref   | action                                        | lead | Jul Aug | note
    1.1     | 1.1.1 | Write the brief for the first ten stalls, one | PS   | #   #   |
    1.1     | 1.1.2 | Write the brief for the first ten stalls, two | JG   | .   #   |
    """
)


def test_a_wording_that_is_like_two_actions_alike_is_new() -> None:
    assert told("\n    9.9 | | action | Write the brief for the first ten stalls, ten | JG | | |", TWINS) == expected(
        "3 | new | "
    )


def test_two_rows_that_are_like_one_action_are_not_both_that_action() -> None:
    rows = told("""
    9.9   | | action | Write the brief for the first 10 stalls   | JG | | |
    8.8   | | action | Write the brief for the first ten stalls. | JG | | |
    """)
    assert rows.count("r2") == 1


def test_ids_that_a_sort_left_behind_are_not_believed_though_a_wording_was_edited() -> None:
    assert told("""
    1.2.1 | r1 | action | Print the leaflet and post it to every house | PS | | |
    1.1.1 | r2 | action | Appoint a designer for the market square     | PS | | |
    1.1.2 | r3 | action | Write the brief for the first ten stalls     | JG | | |
    """) == expected("""
        3 | r3 | ref and wording
        4 | r1 | ref and a similar wording
        5 | r2 | ref and wording
    """)


def test_an_id_with_words_that_are_nobody_elses_is_believed_whatever_they_say() -> None:
    assert told("""
    7.7   | r2 | action | Commission it | JG | | |
    """) == expected("3 | r2 | row id")


def test_an_empty_row_with_an_id_is_the_action() -> None:
    assert told("""
          | r2 | action | | | | |
    """) == expected("3 | r2 | row id")


def test_every_row_that_says_something_is_taken_for_something() -> None:
    rows = """
    1.1.1 |    | action | Appoint a designer for the market place      | PS | | |
    1.1.1 |    | action | Appoint a designer for the market place      | PS | | |
          |    | action |                                              |    | | | a note
          |    | action |                                              |    | G | |
    1.1.2 | r2 | action | Write the brief for the first ten stalls     | JG | | |
    1.1.2 | zz | action | Write the brief for the first ten stalls     | JG | | |
    """
    assert [line.split()[0] for line in told(rows).splitlines()] == ["3", "4", "5", "6", "7", "8"]


# --- weak matches, through the file -----------------------------------------------------------------------------

# What is done to the ref and wording of an action without its id, and what it is then known by.
WEAK = {
    "ref and a similar wording": ("1.1.1", "Appoint the designer"),
    "wording": ("7.7", "Appoint a designer"),
    "a similar wording": ("7.7", "Appoint a designers"),
}


def without_id(council: Council, ref: str) -> Callable[[Any], None]:
    """An edit that empties the hidden cells of an action's rows."""

    def edit(book: Any) -> None:
        tab, rows = council["PS"].rows(ref)
        for row in rows:
            book[tab].cell(row, 2).value = book[tab].cell(row, 3).value = None

    return edit


@pytest.mark.parametrize("evidence", WEAK)
def test_a_weak_match_is_read_and_asked_about(council: Council, evidence: str) -> None:
    ref, words = WEAK[evidence]
    officer = council["PS"].type("1.1.1", "ref", ref).type("1.1.1", "action", words).type("1.1.1", "Sep", "A")
    path = sent(council, without_id(council, "1.1.1"))
    reading = council.read(path)
    assert {each.issued.ref: each.matched_by for each in reading.actions}["1.1.1"] == evidence
    (said,) = found(reading, "ROW_MATCHED_WEAKLY")
    assert "1.1.1 “Appoint a designer”" in said.message
    assert evidence in said.message
    assert said.place == "!".join(officer.place("1.1.1", "action"))
    merged = council.merge(path)
    assert progress(merged.plan, "1.1.1") == "Jul green, Sep amber"
    assert {each.field for each in merged.queries} == {
        *(["ref"] if ref != "1.1.1" else []),
        *(["action"] if words != "Appoint a designer" else []),
    }
    assert "ROW_MISSING" not in codes(merged)


def test_a_row_that_is_known_for_certain_is_not_asked_about(council: Council) -> None:
    reading = council.read(sent(council, without_id(council, "1.1.1")))
    assert {each.issued.ref: each.matched_by for each in reading.actions}["1.1.1"] == "ref and wording"
    assert codes(reading) == []


def test_a_row_that_is_nobodys_is_a_proposal_and_the_action_is_missing(council: Council) -> None:
    council["PS"].type("1.1.1", "ref", "7.7").type("1.1.1", "action", "Hire two painters").type("1.1.1", "Sep", "A")
    merged = council.merge(sent(council, without_id(council, "1.1.1")))
    assert changes(merged) == []
    assert found(merged, "ROW_MISSING")[0].ref == "1.1.1"
    assert "7.7, “Hire two painters”" in found(merged, "ROW_NEW")[0].message


# --- sorts that leave something behind ---------------------------------------------------------------------------


@pytest.fixture
def one_row(tmp_path: Path, offices: dict[str, Council]) -> Council:
    return offices[OVERLAY.bands].fresh(tmp_path)


def test_ids_left_behind_by_a_sort_are_followed_though_a_wording_was_edited(one_row: Council) -> None:
    officer = one_row["PS"].type("1.1.1", "Sep", "G").type("1.1.2", "Sep", "A").type("1.1.3", "Sep", "R")
    tab, (first,) = officer.rows("1.1.1")
    _, (last,) = officer.rows("1.1.3")
    officer.type("1.1.2", "action", "Draw the options.")

    def all_but_the_hidden_columns(book: Any) -> None:
        sheet = book[tab]
        columns = [1, *range(4, 19)]
        cells = {row: [(sheet.cell(row, c).value, sheet.cell(row, c)._style) for c in columns] for row in (12, 13, 14)}
        for row, source in zip(range(first, last + 1), (13, 14, 12), strict=True):
            for column, (value, style) in zip(columns, cells[source], strict=True):
                sheet.cell(row, column).value = value
                sheet.cell(row, column)._style = style

    path = sent(one_row, all_but_the_hidden_columns)
    merged = one_row.merge(path)
    assert sorted(changes(merged)) == [
        "1.1.1 progress Sep: None -> green",
        "1.1.2 progress Sep: None -> amber",
        "1.1.3 progress Sep: None -> red",
    ]
    evidence = {each.issued.ref: each.matched_by for each in one_row.read(path).actions}
    assert evidence["1.1.2"] == "ref and a similar wording"
    assert [each.ref for each in found(merged, "ACTION_CHANGED")] == ["1.1.2"]


def sorted_without_notes(council: Council) -> Path:
    """The first three actions sorted by their wording downwards, their notes left where they were."""
    officer = council["PS"]
    tab, (first,) = officer.rows("1.1.1")
    _, (last,) = officer.rows("1.1.3")
    officer.do("sort", tab, range=f"A{first}:Q{last}", by="D", descending=True)
    return sent(council)


def test_a_note_that_a_sort_left_beside_another_action_is_held_and_offered(one_row: Council) -> None:
    one_row["PS"].type("1.1.1", "Sep", "G")
    # Draw the options (with the note), Ask the residents, Appoint a designer: the note stays in the middle.
    path = sorted_without_notes(one_row)
    merged = one_row.merge(path)
    assert sorted(each.ref or "" for each in found(merged, "NOTE_MOVED")) == ["1.1.2", "1.1.3"]
    said = next(each for each in found(merged, "NOTE_MOVED") if each.ref == "1.1.3")
    assert "word for word" in said.message
    assert "1.1.2" in said.message
    notes = {each.ref: each.note for each in merged.plan.actions}
    assert notes["1.1.3"] == ""
    (query,) = [each for each in merged.queries if each.ref == "1.1.3"]
    assert [answer.words for answer in query.answers] == [
        "Keep what the master has",
        "Take “Two drawn so far.”",
        "Leave it empty",
    ]
    assert query.returned == "Two drawn so far. (PS)"


def test_the_action_that_lost_its_note_to_a_sort_keeps_it(one_row: Council) -> None:
    merged = one_row.merge(sorted_without_notes(one_row))
    assert {each.ref: each.note for each in merged.plan.actions}["1.1.2"] == "Two drawn so far."


def test_a_note_that_was_copied_to_another_action_and_kept_is_a_note(council: Council) -> None:
    council["PS"].type("1.1.1", "note", "Two drawn so far.")
    merged = council.merge(sent(council))
    assert changes(merged) == ["1.1.1 note:  -> Two drawn so far."] or changes(merged) == [
        "1.1.1 note: None -> Two drawn so far."
    ]
    assert "NOTE_MOVED" not in codes(merged)


def test_a_note_that_was_moved_by_hand_is_asked_about_too(council: Council) -> None:
    council["PS"].type("1.1.1", "note", "Two drawn so far.").type("1.1.2", "note", "Three drawn.")
    merged = council.merge(sent(council))
    assert changes(merged) == []
    assert [each.ref for each in found(merged, "NOTE_MOVED")] == ["1.1.1", "1.1.2"]
    assert {each.ref: each.answers[1].words for each in merged.queries} == {
        "1.1.1": "Take “Two drawn so far.”",
        "1.1.2": "Take “Three drawn.”",
    }


def test_the_answer_to_a_moved_note_takes_it(tmp_path: Path, offices: dict[str, Council]) -> None:
    council = offices[TWO_BANDS.bands].fresh(tmp_path)
    council["PS"].type("1.1.1", "note", "Two drawn so far.").type("1.1.2", "note", "Three drawn.")
    path = sent(council)
    asked = [each for each in council.merge(path).queries if each.ref == "1.1.1"]
    reading = council.read(path)
    decided = {each.query_id: Decision(answer="Take “Two drawn so far.”") for each in asked}
    taken = merge(council.plan, [reading], council.layout, decided)
    assert taken.plan.by_row_id["r111"].note == "Two drawn so far."
