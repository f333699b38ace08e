"""What officers do to a return, and what is read of it: each in both forms, filled in with openpyxl."""

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from tests.office import BOTH_FORMS, OVERLAY, SEPTEMBER, TWO_BANDS, Council, changes, codes, progress, small_plan
from workbook import verbs
from workbook.layout import Layout
from workbook.merge import Merged
from workbook.palette import shades_of

forms = pytest.mark.parametrize("form", BOTH_FORMS, ids=lambda form: form.bands)


@forms
def test_an_untouched_return_changes_nothing(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    merged = council.merge(*(each.send() for each in council.returns.values()))
    assert changes(merged) == []
    assert merged.plan.actions == council.plan.actions
    assert codes(merged) == ["NOT_REPORTED"]


@forms
def test_a_return_that_was_not_even_opened_reads_as_it_was_issued(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    reading = council.read(council["PS"].path)
    assert codes(reading) == []
    assert [each.matched_by for each in reading.actions] == ["row id"] * 4


@forms
@pytest.mark.parametrize(("typed", "status"), [("G", "green"), ("a", "amber"), ("Red", "red"), ("on target", "green")])
def test_a_letter_or_word_is_read(tmp_path: Path, form: Layout, typed: str, status: str) -> None:
    council = Council.issuing(tmp_path, form)
    merged = council.merge(council["PS"].type("1.1.2", "Sep", typed).send())
    assert changes(merged) == [f"1.1.2 progress Sep: None -> {status}"]


@forms
@pytest.mark.parametrize("status", ["green", "amber", "red", "suspended"])
def test_a_painted_cell_is_read(tmp_path: Path, form: Layout, status: str) -> None:
    council = Council.issuing(tmp_path, form)
    merged = council.merge(council["PS"].paint("1.1.2", "Sep", shades_of(status)[1]).send())
    assert changes(merged) == [f"1.1.2 progress Sep: None -> {status}"]
    assert "PROGRAMME_CHANGED" not in codes(merged)


@forms
def test_every_change_says_its_file_and_cell(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    officer = council["PS"].type("1.1.2", "Sep", "A").type("1.1.2", "note", "Late by a week.")
    tab, cell = officer.place("1.1.2", "progress", "Sep")
    note, report = sorted(council.merge(officer.send()).applied, key=lambda change: change.field)
    assert (report.source, report.cell) == ("PS-2009-09.xlsx", f"{tab}!{cell}")
    assert (note.old, note.new) == ("Two drawn so far.", "Late by a week.")


@forms
def test_an_unknown_word_is_named_and_held_back(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    merged = council.merge(council["PS"].type("1.1.2", "Sep", "nearly").send())
    assert changes(merged) == []
    found = next(each for each in merged.findings if each.code == "STATUS_UNKNOWN")
    assert "“nearly” was typed for September 2009 of 1.1.2" in found.message
    assert found.place == "!".join(council["PS"].place("1.1.2", "progress", "Sep"))
    assert [(query.kind, query.returned) for query in merged.queries] == [("unread", "nearly (PS)")]


@forms
def test_a_colour_against_its_letter_is_a_query(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    merged = council.merge(council["PS"].type("1.1.2", "Sep", "G").paint("1.1.2", "Sep", "FF0000").send())
    assert changes(merged) == []
    assert "COLOUR_CONTRADICTS_LETTER" in codes(merged)
    assert len(merged.queries) == 1


@forms
def test_an_odd_colour_is_not_guessed(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    merged = council.merge(council["PS"].paint("1.1.2", "Sep", "7030A0").send())
    assert changes(merged) == []
    assert "COLOUR_UNSURE" in codes(merged)


@forms
def test_an_odd_colour_over_a_letter_is_asked_about_by_its_colour(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    merged = council.merge(council["PS"].paint("1.1.1", "Jul", "7030A0").send())
    assert [query.returned for query in merged.queries] == ["#7030A0 (PS)"]


@forms
def test_a_letter_typed_over_a_reported_month_wins_over_the_old_fill(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    merged = council.merge(council["PS"].type("1.1.1", "Jul", "R").send())
    assert changes(merged) == ["1.1.1 progress Jul: green -> red"]
    assert "EARLIER_MONTH_CHANGED" in codes(merged)


@forms
def test_paint_over_a_reported_month_wins_over_the_old_letter(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    merged = council.merge(council["PS"].paint("1.1.1", "Jul", "FFC000").send())
    assert changes(merged) == ["1.1.1 progress Jul: green -> amber"]


@forms
def test_a_month_to_come_is_asked_about_unless_it_shows_new_dates(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    officer = council["PS"].type("1.2.1", "Nov", "G").type("1.1.2", "Sep", "H").type("1.1.2", "Dec", "H")
    merged = council.merge(officer.send())
    later = [each for each in merged.findings if each.code == "LATER_MONTH_REPORTED"]
    assert [each.ref for each in later] == ["1.2.1"]
    assert progress(merged.plan, "1.1.2") == "Sep revised, Dec revised"
    assert progress(merged.plan, "1.2.1") == "Nov green"


@forms
def test_hatched_and_blue_are_proposed_and_wait_for_approval(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    merged = council.merge(council["PS"].type("1.1.2", "Sep", "H").type("1.1.1", "Sep", "B").send())
    assert [query.kind for query in merged.queries] == ["approval", "approval"]
    standing = counts(merged, form)
    assert standing["awaiting_approval"] == 2
    assert standing["revised"] == standing["suspended"] == 0


def counts(merged: Merged, form: Layout) -> dict[str, int]:
    return dict(verbs.status(merged.plan, SEPTEMBER, layout=form).counts.counts)


@forms
def test_a_deleted_action_is_named_and_the_master_stands(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    merged = council.merge(council["PS"].delete("1.1.2").send())
    assert changes(merged) == []
    missing = next(each for each in merged.findings if each.code == "ROW_MISSING")
    assert missing.ref == "1.1.2"


def test_deleting_the_grey_row_alone_does_not_read_as_clearing_the_note(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path, TWO_BANDS)
    tab, rows = council["PS"].rows("1.1.2")
    merged = council.merge(council["PS"].type("1.1.2", "Sep", "A").do("delete", tab, rows=rows[:1]).send())
    assert changes(merged) == ["1.1.2 progress Sep: None -> amber"]
    assert "one of its two rows was deleted" in next(e.message for e in merged.findings if e.code == "ROW_MISSING")


@forms
def test_an_inserted_row_is_a_proposal_and_its_inherited_fill_is_not_believed(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    officer = council["PS"].paint("1.1.1", "Sep", "FF0000")
    tab, rows = officer.rows("1.1.1")
    officer.do("insert", tab, row=rows[-1] + 1, values={"A": "1.1.9", "D": "Tell the press", "E": "PS"})
    merged = council.merge(officer.send())
    assert changes(merged) == ["1.1.1 progress Sep: None -> red"]
    new = next(query for query in merged.queries if query.kind == "new row")
    assert new.returned == "1.1.9, “Tell the press”, PS"


@forms
def test_a_copied_row_does_not_speak_for_the_action_it_was_copied_from(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    officer = council["PS"]
    tab, rows = officer.rows("1.1.1")
    end = officer.grid.tabs[0].rows[-1].number + 1
    officer.do("copy", tab, rows=rows, before=end)
    officer.do("type", tab, cell=f"D{end}", text="Appoint the contractor for the whole of the works")
    merged = council.merge(officer.type("1.1.1", "Sep", "G").send())
    assert changes(merged) == ["1.1.1 progress Sep: None -> green"]
    assert "ROW_NEW" in codes(merged)
    assert "ACTION_CHANGED" not in codes(merged)


@forms
def test_a_row_copied_as_it_is_is_a_duplicate(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    tab, rows = council["PS"].rows("1.1.1")
    merged = council.merge(council["PS"].do("copy", tab, rows=rows, before=rows[-1] + 1).send())
    assert changes(merged) == []
    assert "ROW_DUPLICATED" in codes(merged)


@forms
def test_what_a_copied_row_says_otherwise_is_asked_about_and_not_taken(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    officer = council["PS"]
    tab, rows = officer.rows("1.1.1")
    copied = rows[-1] + 1
    officer.do("copy", tab, rows=rows, before=copied).type("1.1.1", "Sep", "G")
    column = officer.place("1.1.1", "progress", "Sep")[1][0]
    officer.do("type", tab, cell=f"{column}{copied + len(rows) - 1}", text="R")
    merged = council.merge(officer.send())
    assert changes(merged) == ["1.1.1 progress Sep: None -> green"]
    (query,) = merged.queries
    assert (
        query.question
        == "PS copied this row, and the copy says something else about September 2009. Is that to be taken?"
    )
    assert query.returned == "red (over one month behind) (PS)"
    assert council.merge(officer.send()).queries == merged.queries


def test_sorted_rows_are_still_their_actions(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path, OVERLAY)
    officer = council["PS"].type("1.1.1", "Sep", "G").type("1.1.2", "Sep", "A").type("1.1.3", "Sep", "R")
    tab, first = officer.rows("1.1.1")
    _, last = officer.rows("1.1.3")
    officer.do("sort", tab, range=f"A{first[0]}:R{last[0]}", by="D", descending=True)
    merged = council.merge(officer.send())
    assert sorted(changes(merged)) == [
        "1.1.1 progress Sep: None -> green",
        "1.1.2 progress Sep: None -> amber",
        "1.1.3 progress Sep: None -> red",
    ]


def test_words_sorted_without_their_row_ids_are_known_by_their_words(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path, OVERLAY)
    officer = council["PS"].type("1.1.1", "Sep", "G").type("1.1.2", "Sep", "A")
    tab, first = officer.rows("1.1.1")
    _, last = officer.rows("1.1.3")
    officer.do("sort", tab, range=f"D{first[0]}:R{last[0]}", by="D", descending=True)
    # The refs are put in order with the words, as somebody does who sees that they are wrong.
    for row, ref in zip(range(first[0], last[0] + 1), ("1.1.2", "1.1.3", "1.1.1"), strict=True):
        officer.do("type", tab, cell=f"A{row}", text=ref)
    merged = council.merge(officer.send())
    assert sorted(changes(merged)) == ["1.1.1 progress Sep: None -> green", "1.1.2 progress Sep: None -> amber"]
    reading = council.read(tmp_path / "returned" / "PS-2009-09.xlsx")
    assert {each.matched_by for each in reading.actions} == {"row id", "ref and wording"}


@forms
def test_a_renamed_tab_is_read_all_the_same(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    merged = council.merge(council["PS"].type("1.1.2", "Sep", "G").do("rename", "CP1", to="Copy of CP1").send())
    assert changes(merged) == ["1.1.2 progress Sep: None -> green"]
    assert codes(merged) == ["NOT_REPORTED"]


def test_grey_that_was_changed_is_put_back_and_named(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path, TWO_BANDS)
    officer = council["PS"].paint("1.1.2", "Oct", None, "programmed").paint("1.1.2", "Dec", "D9D9D9", "programmed")
    merged = council.merge(officer.send())
    assert merged.plan.by_row_id["r112"].programmed == council.plan.by_row_id["r112"].programmed
    found = next(each for each in merged.findings if each.code == "PROGRAMME_CHANGED")
    assert "issued as September to October 2009, returned as September 2009, December 2009" in found.message


def test_grey_that_was_erased_in_one_row_is_put_back_too(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path, OVERLAY)
    merged = council.merge(council["PS"].paint("1.1.2", "Oct", None).send())
    assert merged.plan.by_row_id["r112"].programmed == council.plan.by_row_id["r112"].programmed
    assert "PROGRAMME_CHANGED" in codes(merged)


def test_clearing_the_colour_of_a_reported_month_does_not_read_as_erasing_its_grey(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path, OVERLAY)
    merged = council.merge(council["PS"].paint("1.1.1", "Jul", None).send())
    assert changes(merged) == []
    assert "PROGRAMME_CHANGED" not in codes(merged)


def test_a_status_painted_on_the_grey_row_is_read_as_progress(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path, TWO_BANDS)
    merged = council.merge(council["PS"].paint("1.1.2", "Sep", "00B050", "programmed").send())
    assert changes(merged) == ["1.1.2 progress Sep: None -> green"]
    assert "PROGRAMME_PAINTED_OVER" in codes(merged)
    assert "PROGRAMME_CHANGED" not in codes(merged)


@forms
def test_an_edit_of_what_is_not_the_officers_is_a_query(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    officer = council["PS"].type("1.1.2", "action", "Draw three options").type("1.2.1", "lead", "HB")
    merged = council.merge(officer.type("1.1.1", "ref", "1.1.1a").send())
    assert changes(merged) == []
    assert set(codes(merged)) >= {"ACTION_CHANGED", "LEAD_CHANGED", "REF_CHANGED"}
    assert [query.kind for query in merged.queries] == ["not theirs"] * 3


@forms
def test_text_outside_the_table_and_comments_are_named(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    officer = council["PS"].do("type", "CP1", cell="T3", text="On leave until the 14th")
    path = officer.do("type", "Guidance", cell="B40", text="Who do I ring?").send()
    book = load_workbook(path)
    book["CP1"][officer.place("1.1.1", "note")[1]].comment = Comment("See my e-mail", "PS")
    book.create_sheet("My notes")["A1"] = "Paving: ask Hal"
    book.save(path)
    said = [each.message for each in council.read(path).findings]
    assert [message for message in said if "On leave until the 14th" in message]
    assert [message for message in said if "Who do I ring?" in message]
    assert [message for message in said if "See my e-mail" in message]
    assert [message for message in said if "Paving: ask Hal" in message]


@forms
def test_a_return_without_its_hidden_sheet_is_read_against_the_register(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    path = council["PS"].type("1.1.2", "Sep", "A").send()
    book = load_workbook(path)
    del book["_plan"]
    book.save(path)
    merged = council.merge(path)
    assert changes(merged) == ["1.1.2 progress Sep: None -> amber"]
    assert "HIDDEN_SHEET_LOST" in codes(merged)


@forms
def test_a_return_without_row_ids_is_read_by_its_refs_and_words(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    path = council["PS"].type("1.1.2", "Sep", "A").paint("1.1.1", "Sep", "00B050").send()
    book = load_workbook(path)
    for row in book["CP1"].iter_rows(min_col=2, max_col=3):
        for cell in row:
            if not isinstance(cell, type(None)) and cell.value:
                cell.value = None
    book.save(path)
    merged = council.merge(path)
    assert sorted(changes(merged)) == ["1.1.1 progress Sep: None -> green", "1.1.2 progress Sep: None -> amber"]


@forms
def test_a_file_without_any_fill_is_read_by_its_letters(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    path = council["PS"].type("1.1.2", "Sep", "A").send()
    book = load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                cell.fill = PatternFill()
    book.save(path)
    merged = council.merge(path)
    assert changes(merged) == ["1.1.2 progress Sep: None -> amber"]
    assert "STYLES_LOST" in codes(merged)
    assert "PROGRAMME_CHANGED" not in codes(merged)


def test_a_moved_and_a_deleted_column(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path, OVERLAY)
    path = council["PS"].type("1.1.2", "Sep", "A").type("1.1.2", "note", "Late.").send()
    book = load_workbook(path)
    sheet = book["CP1"]
    sheet.move_range("R1:R60", cols=3)  # the note
    sheet.delete_cols(17)  # June
    book.save(path)
    merged = council.merge(path)
    assert sorted(changes(merged)) == ["1.1.2 note: Two drawn so far. -> Late.", "1.1.2 progress Sep: None -> amber"]
    missing = next(each for each in merged.findings if each.code == "COLUMN_MISSING")
    assert "June 2010" in missing.message


def test_another_plans_return_is_refused_whole(tmp_path: Path) -> None:
    ours = Council.issuing(tmp_path / "ours")
    theirs = Council.issuing(tmp_path / "theirs", plan=replace(small_plan(), plan_id="pother", title="Another plan"))
    merged = ours.merge(theirs["PS"].type("1.1.2", "Sep", "A").send())
    assert codes(merged) == ["WRONG_PLAN"]
    assert merged.unread == ("PS-2009-09.xlsx",)
    assert merged.plan.actions == ours.plan.actions
    checked = verbs.check([ours["PS"].path, theirs["PS"].path, ours["HB"].path])
    assert [codes(each.findings)[:1] for each in checked] == [["NOT_REPORTED"], ["WRONG_PLAN"], ["NOT_REPORTED"]]


@pytest.mark.parametrize(
    ("name", "data", "code", "says"),
    [
        ("a.xlsx", b"", "FILE_UNREADABLE", "it is empty"),
        ("a.xlsx", b"%PDF-1.4", "FILE_UNREADABLE", "PDF"),
        ("a.xlsx", b"PK\x03\x04 not really", "FILE_UNREADABLE", "only part of a workbook"),
        ("a.txt", b"Dear Imran, all fine here.", "FILE_UNREADABLE", "not an Excel workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "FILE_UNREADABLE", "another kind of document"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "FILE_ENCRYPTED", "password"),
        ("~$PS.xlsx", b"x" * 165, "FILE_UNREADABLE", "while it is open"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_stops_no_other(
    tmp_path: Path, name: str, data: bytes, code: str, says: str
) -> None:
    council = Council.issuing(tmp_path)
    bad = tmp_path / name
    bad.write_bytes(data)
    merged = council.merge(bad, council["PS"].type("1.1.2", "Sep", "G").send())
    found = next(each for each in merged.findings if each.file == name)
    assert found.code == code
    assert says in found.message
    assert changes(merged) == ["1.1.2 progress Sep: None -> green"]


def test_a_truncated_return_is_named(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path)
    path = council["PS"].send()
    path.write_bytes(path.read_bytes()[:-2000])
    assert codes(council.read(path)) == ["FILE_UNREADABLE"]


@pytest.mark.parametrize("damage", ["layout", "issue", "settings"])
def test_a_return_whose_hidden_sheet_was_altered_is_read_against_the_register(tmp_path: Path, damage: str) -> None:
    council = Council.issuing(tmp_path)
    path = council["PS"].type("1.1.2", "Sep", "A").send()
    book = load_workbook(path)
    for row in book["_plan"].iter_rows():
        if row[0].value == damage:
            for cell in row[1:]:
                cell.value = '{"name": 1}' if cell.value else None
    book.save(path)
    assert changes(council.merge(path)) == ["1.1.2 progress Sep: None -> amber"]
    assert codes(verbs.check([path])[0].findings) == ["FILE_NOT_A_RETURN"]


def test_a_workbook_of_somebody_elses_is_no_return(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path)
    book = Workbook()
    book["Sheet"]["A1"] = "Shopping"
    book.save(tmp_path / "list.xlsx")
    assert codes(council.read(tmp_path / "list.xlsx")) == ["FILE_NOT_A_RETURN"]
    assert codes(council.read(tmp_path / "issued" / "master.xlsx")) == ["FILE_NOT_A_RETURN"]


def test_a_lead_gets_one_return_whether_called_by_initials_or_by_name(tmp_path: Path) -> None:
    plan = small_plan()
    plan = replace(plan, actions=tuple(replace(each, lead=_by_name(each.lead)) for each in plan.actions))
    council = Council.issuing(tmp_path, plan=plan)
    assert sorted(council.returns) == ["HB", "JG", "NO-LEAD", "PS"]
    assert council["PS"].issued.name == "Pat Sim (PS)"
    assert [len(council[name].issued.rows) for name in ("PS", "HB")] == [4, 3]
    by_service = Council.issuing(tmp_path / "service", plan=plan, by="service")
    assert sorted(by_service.returns) == ["Housing", "NO-SERVICE", "Planning"]


def _by_name(leads: tuple[str, ...]) -> tuple[str, ...]:
    """Some actions call Pat and Hal by their names."""
    return tuple({"PS": "Pat Sim", "HB": "Hal  Bo"}.get(lead, lead) if len(leads) == 1 else lead for lead in leads)
