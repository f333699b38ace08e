"""The annotated copy of a return: whole, marked, and read like any other when it comes back."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from tests import test_ods as ods
from tests.office import OFFICER, TWO_BANDS, Council, changes, codes, found, progress, sent
from workbook import verbs
from workbook.names import FINDINGS_TAB
from workbook.read.opening import open_book
from workbook.refs import parse_a1

LONG = "Twenty characters.. " * 1500


def annotated(path: Path, folder: str = "annotated") -> Path:
    """The annotated copy of a file."""
    target = path.parent.parent / folder
    verbs.check([path], annotate=target)
    return target / f"{path.stem}.xlsx"


def texts(path: Path, tab: str | None = None) -> list[str]:
    """Every text that a file's sheets (or one) hold, comments too."""
    sheets = [sheet for sheet in open_book(path).sheets if tab in (None, sheet.name)]
    return [each for sheet in sheets for _, _, cell in sheet for each in (cell.text, cell.comment) if each]


def values(path: Path) -> list[tuple[str, str, str | None, bool]]:
    """What a file says of each issued action."""
    (checked,) = verbs.check([path])
    return sorted(
        (action.issued.ref, f"{field} {month or ''}", said.value, said.readable)
        for action in checked.reading.actions
        for (field, month), said in action.said.items()
        if field not in ("programmed", "ref", "action", "lead")
    )


def inserted(council: Council, after: str, **words: str) -> None:
    """Insert a row below an action."""
    tab, rows = council["PS"].rows(after)
    council["PS"].do("insert", tab, row=rows[-1] + 1, values=words)


# --- what is kept ----------------------------------------------------------------------------------------------


def test_an_added_row_stands_under_its_heading_and_is_new_again(council: Council) -> None:
    inserted(council, "1.1.1", A="1.1.9", D="Tell the press", E="PS", H="A", R="Nobody has asked.")
    path = sent(council)
    copy = annotated(path)
    before, again = (verbs.check([each])[0] for each in (path, copy))
    for checked in (before, again):
        (row,) = checked.reading.new_rows
        assert (row.ref, row.action, row.lead, row.note, row.heading) == (
            "1.1.9",
            "Tell the press",
            ("PS",),
            "Nobody has asked.",
            "1.1",
        )
        assert {month.short: said for month, said in row.progress.items()} == {"Sep": "amber"}
    (said,) = found(again, "ROW_NEW")
    sheet = load_workbook(copy)["CP1"]
    where = {str(row[0].value): row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value}
    assert where["1.1.3"] < where["1.1.9"] < max(row[0].row for row in sheet.iter_rows() if row[0].value == "1.2")
    assert said.where.cell
    assert parse_a1(said.where.cell)[0] == where["1.1.9"]


def test_an_added_row_at_the_end_is_kept_too(council: Council) -> None:
    last = council["PS"].grid.tabs[0].rows[-1].number
    council["PS"].do("type", "CP1", cell=f"D{last + 3}", text="One more thing")
    copy = annotated(sent(council))
    assert [row.action for row in verbs.check([copy])[0].reading.new_rows] == ["One more thing"]


def test_months_that_were_no_status_are_kept_as_they_were(council: Council) -> None:
    council["PS"].type("1.1.1", "Sep", "perhaps").paint("1.1.2", "Sep", "7030A0").type("1.1.3", "Sep", "G/A")
    path = sent(council)
    copy = annotated(path)
    assert values(copy) == values(path)
    (again,) = verbs.check([copy])
    assert sorted(each.code for each in again.findings) == ["COLOUR_UNSURE", "STATUS_UNKNOWN", "STATUS_UNKNOWN"]


def test_what_stands_beside_the_table_is_in_the_list_in_full(council: Council) -> None:
    beside = "On leave until the 14th. " * 40
    tab, note = council["PS"].place("1.1.1", "note")

    def more(book: Any) -> None:
        book["CP1"]["T3"].value = beside
        book[tab][note].comment = Comment("See my e-mail of the 3rd", "PS")
        book.create_sheet("My notes")["B2"] = "Paving: ask Hal"

    council["PS"].type("1.1.2", "action", "Draw three options").type("1.2.1", "ref", "1.2.1a")
    path = sent(council, more)
    copy = annotated(path)
    listed = texts(copy, FINDINGS_TAB)
    for each in (beside.strip(), "See my e-mail of the 3rd", "Paving: ask Hal", "Draw three options", "1.2.1a"):
        assert each in listed


def test_a_copied_row_and_its_words_are_in_the_list(council: Council) -> None:
    tab, rows = council["PS"].type("1.1.1", "note", "Copied along.").rows("1.1.1")
    council["PS"].do("copy", tab, rows=rows, before=rows[-1] + 1)
    copy = annotated(sent(council))
    assert any("Copied along." in each for each in texts(copy, FINDINGS_TAB))


def test_a_note_that_could_not_be_read_is_in_the_list(council: Council) -> None:
    tab, note = council["PS"].place("1.1.2", "note")

    def broken(book: Any) -> None:
        book[tab][note].value = "#REF!"
        book[tab][note].data_type = "e"

    copy = annotated(sent(council, broken))
    assert "#REF!" in texts(copy, FINDINGS_TAB)


def test_a_note_that_moved_is_in_the_list_in_full(council: Council) -> None:
    council["PS"].type("1.1.1", "note", "Two drawn so far.").type("1.1.2", "note", "Three drawn.")
    assert "Two drawn so far." in texts(annotated(sent(council)), FINDINGS_TAB)


def test_very_long_texts_are_kept(council: Council) -> None:
    council["PS"].type("1.1.1", "note", LONG).do("type", "CP1", cell="T3", text=LONG[::-1])
    path = sent(council)
    copy = annotated(path)
    assert values(copy) == values(path)
    assert LONG[::-1].strip() in texts(copy, FINDINGS_TAB)


def test_a_thousand_cells_of_a_tab_of_their_own_are_kept(tmp_path: Path, offices: dict[str, Council]) -> None:
    council = offices[TWO_BANDS.bands].fresh(tmp_path)

    def own(book: Any) -> None:
        sheet = book.create_sheet("Stalls")
        for row in range(1, 101):
            sheet.append([f"stall {row}-{column}" for column in range(1, 11)])

    copy = annotated(sent(council, own))
    listed = set(texts(copy, FINDINGS_TAB))
    assert {f"stall {row}-{column}" for row in range(1, 101) for column in range(1, 11)} <= listed


def test_each_finding_is_marked_once_where_it_is(council: Council) -> None:
    council["PS"].type("1.1.2", "Sep", "perhaps")
    path = sent(council)
    copy = annotated(path)
    book = load_workbook(copy)
    tab, cell = council["PS"].place("1.1.2", "progress", "Sep")
    assert book[tab][cell].value == "perhaps"
    assert book[tab][cell].comment.text.count("“perhaps” was typed") == 1
    assert book.sheetnames[0] == FINDINGS_TAB
    (checked,) = verbs.check([path])
    assert book[FINDINGS_TAB]["A2"].value.startswith(f"{len(checked.findings)} findings.")
    assert [row[5].value for row in book[FINDINGS_TAB].iter_rows(min_row=5) if row[5].value] == [
        each.code for each in sorted(checked.findings, key=lambda each: ("error", "query", "note").index(each.severity))
    ]


# --- sent back -------------------------------------------------------------------------------------------------


def test_an_annotated_copy_that_was_filled_in_reads_like_any_return(council: Council) -> None:
    council["PS"].type("1.1.1", "Sep", "perhaps").type("1.1.2", "Sep", "A")
    copy = annotated(sent(council))
    desk = OFFICER._OpenpyxlBook(copy)
    tab, cell = council["PS"].place("1.1.1", "progress", "Sep")
    desk.type_text(tab, cell, "G")
    desk.type_text(*council["PS"].place("1.1.3", "progress", "Sep"), "R")
    desk.book.save(copy)
    merged = council.merge(copy)
    assert changes(merged) == [
        f"{ref} progress Sep: None -> {said}"
        for ref, said in (("1.1.1", "green"), ("1.1.2", "amber"), ("1.1.3", "red"))
    ]
    assert codes(merged) == ["LATENESS_OVERSTATED", "NOTE_UNCHANGED", "NOTE_MISSING"]


def everything(council: Council) -> Path:
    """A return with something of every kind."""
    officer = council["PS"].type("1.1.1", "Sep", "A").type("1.1.2", "Sep", "perhaps").type("1.1.3", "note", "Ill.")
    officer.paint("1.2.1", "Nov", "00B050").do("type", "CP1", cell="T3", text="On leave").type("1.1.3", "lead", "HB")
    inserted(council, "1.1.1", A="1.1.9", D="Tell the press", E="PS")
    return sent(council)


def test_the_original_and_its_copy_together_say_what_one_of_them_says(council: Council) -> None:
    path = everything(council)
    copy = annotated(path)
    copy = copy.rename(copy.with_name("copy.xlsx"))
    one, two, both = (council.merge(*each) for each in ([path], [copy], [path, copy]))
    assert changes(one) == changes(two) == changes(both)
    assert both.plan.actions == one.plan.actions
    assert both.conflicts == ()
    assert [each.query_id for each in both.queries] == [each.query_id for each in one.queries]
    assert "RETURNED_TWICE" in codes(both)


def test_a_copy_after_its_original_changes_nothing_more(council: Council) -> None:
    path = everything(council)
    first = council.merge(path)
    again = verbs.merge(first.plan, [annotated(path)], layout=council.layout)
    assert again.applied == ()
    assert again.plan.actions == first.plan.actions


def test_a_copy_of_a_copy_is_the_same_copy(council: Council) -> None:
    path = everything(council)
    once = annotated(path)
    twice = annotated(once, "again")
    assert values(twice) == values(once) == values(path)
    news = [[row.words for row in verbs.check([each])[0].reading.new_rows] for each in (path, once, twice)]
    assert news[0] == news[1] == news[2] == ["1.1.9, “Tell the press”, PS"]
    assert texts(twice, FINDINGS_TAB).count("On leave") == 1


def test_what_stood_outside_the_table_is_not_reported_afresh_as_somebodys_text(council: Council) -> None:
    council["PS"].do("type", "CP1", cell="T3", text="On leave")
    (again,) = verbs.check([annotated(sent(council))])
    assert [each.message for each in found(again, "TEXT_OUTSIDE")] == [
        "Something was written where nothing is read: “On leave”."
    ]


def test_the_same_return_gives_the_same_copy_byte_for_byte(tmp_path: Path) -> None:
    path = everything(Council.issuing(tmp_path))
    assert annotated(path).read_bytes() == annotated(path, "again").read_bytes()


def test_a_file_that_was_not_read_has_no_copy(tmp_path: Path, offices: dict[str, Council]) -> None:
    council = offices[TWO_BANDS.bands].fresh(tmp_path)
    path = sent(council)
    rows = [[cell.value or "" for cell in row] for row in load_workbook(path)["CP1"].iter_rows()]
    with path.with_suffix(".csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    verbs.check([path.with_suffix(".csv")], annotate=tmp_path / "annotated")
    assert not (tmp_path / "annotated" / "PS-2009-09.xlsx").exists()


def test_a_return_without_its_colours_is_annotated_whole(council: Council) -> None:
    def bare(book: Any) -> None:
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    cell.fill = PatternFill()

    council["PS"].type("1.1.1", "Sep", "A")
    copy = annotated(sent(council, bare))
    assert progress(council.merge(copy).plan, "1.1.1") == "Jul green, Sep amber"


# --- the copy, sent back as it is: nothing that was doubtful is now believed ---------------------------------------


def all_amber(book: Any) -> None:
    """Give every month of the rows below the grey ones, as a program may, one colour."""
    for row in book["CP1"].iter_rows(min_row=12, min_col=3, max_col=17):
        for cell in row[3:]:
            if row[0].value == "progress" and cell.value is None:
                cell.fill = PatternFill("solid", fgColor="FFFFC000")


def test_paint_that_was_not_believed_is_not_believed_in_the_copy(tmp_path: Path, offices: dict[str, Council]) -> None:
    council = offices[TWO_BANDS.bands].fresh(tmp_path)
    path = sent(council, all_amber)
    assert changes(council.merge(path)) == []
    assert changes(council.merge(annotated(path))) == []


def test_a_letter_and_a_colour_that_differ_still_differ_in_the_copy(council: Council) -> None:
    council["PS"].type("1.1.1", "Sep", "G").paint("1.1.1", "Sep", "FF0000")
    path = sent(council)
    assert changes(council.merge(path)) == []
    copied = council.merge(annotated(path))
    assert changes(copied) == []
    assert "COLOUR_CONTRADICTS_LETTER" in codes(copied)


def test_what_the_grey_row_contradicts_is_still_asked_about_in_the_copy(
    tmp_path: Path, offices: dict[str, Council]
) -> None:
    council = offices[TWO_BANDS.bands].fresh(tmp_path)
    council["PS"].paint("1.1.2", "Sep", "00B050", "programmed").paint("1.1.2", "Sep", "FF0000")
    path = sent(council)
    assert "COLOUR_CONTRADICTS_LETTER" in codes(council.merge(path))
    copied = council.merge(annotated(path))
    assert changes(copied) == []
    assert "COLOUR_CONTRADICTS_LETTER" in codes(copied)


def test_a_note_that_was_held_is_the_issued_one_in_the_copy(council: Council) -> None:
    council["PS"].type("1.1.1", "note", "Two drawn so far.").type("1.1.2", "note", "Three drawn.")
    path = sent(council)
    copied = council.merge(annotated(path))
    assert changes(copied) == changes(council.merge(path))
    assert [each for each in found(copied, "TEXT_OUTSIDE") if "Two drawn so far." in each.message]


def test_an_odd_colour_over_a_letter_is_still_odd_in_the_copy(council: Council) -> None:
    council["PS"].paint("1.1.1", "Jul", "7030A0")
    copied = council.merge(annotated(sent(council)))
    assert changes(copied) == []
    assert "COLOUR_UNSURE" in codes(copied)


def test_a_return_in_another_format_is_annotated_as_a_workbook(council: Council) -> None:
    council["PS"].type("1.1.1", "Sep", "A").type("1.1.2", "note", "Three drawn.").type("1.1.3", "Sep", "perhaps")
    book = load_workbook(sent(council))
    tables = [
        ods.table(
            *(
                ods.row(*(ods.cell(str(each.value)) if each.value else ods.cell() for each in row))
                for row in sheet.iter_rows()
            ),
            name=sheet.title,
        )
        for sheet in book.worksheets
    ]
    path = council.folder / "returned" / "PS-2009-09.ods"
    path.write_bytes(ods.spreadsheet(*tables))
    assert "STYLES_LOST" in codes(council.merge(path))
    copy = annotated(path)
    assert copy.suffix == ".xlsx"
    assert (
        changes(council.merge(copy))
        == changes(council.merge(path))
        == [
            "1.1.1 progress Sep: None -> amber",
            "1.1.2 note: Two drawn so far. -> Three drawn.",
        ]
    )
    assert "“perhaps” was typed" in found(council.merge(copy), "STATUS_UNKNOWN")[0].message


# --- locked returns --------------------------------------------------------------------------------------------


def locked(path: Path, password: str) -> Path:
    """The file, locked with a password as Excel does it."""
    out = io.BytesIO()
    with path.open("rb") as file:
        OOXMLFile(file).encrypt(password, out)
    saved = path.with_name(f"locked-{path.name}")
    saved.write_bytes(out.getvalue())
    return saved


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Council, Path]:
    """A council, and Pat's return locked with the word “stalls”."""
    council = Council.issuing(tmp_path_factory.mktemp("locked"), TWO_BANDS)
    council["PS"].type("1.1.2", "Sep", "A")
    return council, locked(sent(council), "stalls")


def test_a_locked_return_is_checked_with_its_password(run: Any, desk: tuple[Council, Path]) -> None:
    council, path = desk
    folder = council.folder / "opened"
    status, out, err = run("check", path, "--password", "stalls", "--annotate", folder)
    assert status == 1
    assert "4 actions read" in out
    assert "stalls" not in out + err
    copy = folder / path.name
    assert copy.read_bytes().startswith(b"PK")  # what comes out is not locked
    assert changes(council.merge(copy)) == ["1.1.2 progress Sep: None -> amber"]


def test_a_locked_return_is_merged_with_its_password(run: Any, desk: tuple[Council, Path]) -> None:
    council, path = desk
    master, new = council.folder / "issued" / "master.xlsx", council.folder / "new.xlsx"
    status, out, _ = run("merge", master, path, "-o", new, "--password", "stalls")
    assert status == 1
    assert "1 change applied from 1 return" in out
    assert progress(verbs.read(new), "1.1.2") == "Sep amber"


@pytest.mark.parametrize("words", [(), ("--password", "wrong"), ("--password", "")], ids=["none", "wrong", "empty"])
def test_a_locked_return_without_its_password_is_named(
    run: Any, desk: tuple[Council, Path], words: tuple[str, ...]
) -> None:
    council, path = desk
    status, _, err = run("check", path, *words)
    assert status == 2
    assert "The file is locked" in err
    new = council.folder / "none.xlsx"
    status, _, err = run("merge", council.folder / "issued" / "master.xlsx", path, "-o", new, *words)
    assert status == 2
    assert "nothing was written" in err
    assert not new.exists()


def test_a_password_does_no_harm_to_returns_that_are_open(run: Any, desk: tuple[Council, Path]) -> None:
    council, path = desk
    status, out, _ = run("check", path, council["HB"].path, "--password", "stalls")
    assert status == 1
    assert out.count("actions read") == 2
