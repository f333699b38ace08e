import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets import HEADINGS, drawn, lined, raw_sheet
from tests.strategies import often
from workbook.grid import Grid
from workbook.layout import default_layout, load_layout
from workbook.plan import Heading
from workbook.read.header import Header, find_headers
from workbook.read.identity import Matches, Unit, match, units_of

PLAN = drawn(
    """
    heading | ref   | action             | lead | Jul Aug | note
    1.1     | 1.1.1 | Appoint a designer | PS   | #   #   |
    1.1     | 1.1.2 | Write the brief    | JG   | .   #   |
    1.2     | 1.2.1 | Print the leaflet  | PS   | #   .   |
    """,
    headings=(*HEADINGS, Heading(ref="1.2", level="measure", title="People know", parent="CP1")),
)
GRID = Grid(default_layout(), PLAN, whole=False)
OVERLAY = Grid(load_layout("monthly-gantt-overlay"), PLAN, whole=False)

SHEET = """
    Market Town Renewal
    ~
    ref   | row_id | band      | action                        | lead | 2009-07 | 2009-08 | note
    Ref   |        |           | Action                        | Lead | Jul     | Aug     | Status / corrective action
    1.1   | 1.1    | section   | A plan for the market quarter |      |         |         |
    1.1.1 | r1     | programme | Appoint a designer            | PS   |         |         | Late
          | r1     | progress  |                               |      | G       | A       |
    1.1.2 | r2     | programme | Write the brief               | JG   |         |         |
          | r2     | progress  |                               |      |         | R       |
    1.2   | 1.2    | section   | People know                   |      |         |         |
    1.2.1 | r3     | programme | Print the leaflet             | PS   |         |         |
          | r3     | progress  |                               |      | G       |         |
"""
COLUMNS = {"ref": 1, "row_id": 2, "band": 3, "action": 4, "lead": 5, "2009-07": 6, "2009-08": 7, "note": 8}


def header_of(text: str, grid: Grid = GRID) -> Header | None:
    return next(iter(find_headers(raw_sheet(text), grid, PLAN.by_row_id)), None)


def read(text: str, grid: Grid = GRID) -> tuple[list[Unit], Matches]:
    sheet = raw_sheet(text)
    header = next(iter(find_headers(sheet, grid, grid.plan.by_row_id)), None)
    assert header is not None
    units = units_of(sheet, header, grid, grid.plan.by_row_id)
    return units, match(units, grid.plan.by_row_id)


def rows_of(unit: Unit) -> str:
    return " ".join(f"{kind} {row}" for kind, row in sorted(unit.rows.items(), key=lambda item: item[1]))


def told(text: str, grid: Grid = GRID) -> str:
    """What each issued action was matched to, and what is left over."""
    _, matches = read(text, grid)
    lines = [[row_id, rows_of(unit), by, unit.heading] for row_id, (unit, by) in sorted(matches.matched.items())]
    lines += [[f"copy of {row_id}", rows_of(unit), "", unit.heading] for row_id, unit in matches.copies]
    lines += [["new", rows_of(unit), "", unit.heading] for unit in matches.new]
    return lined(lines)


def expected(text: str) -> str:
    return lined([[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()])


AS_ISSUED = expected("""
    r1 | programme 6 progress 7   | row id | 1.1
    r2 | programme 8 progress 9   | row id | 1.1
    r3 | programme 11 progress 12 | row id | 1.2
""")


def without(text: str, *wanted: str) -> str:
    """The sheet without the lines that begin so."""
    lines = [line for line in text.strip().splitlines() if not line.strip().startswith(wanted)]
    return "\n".join(lines)


def edited(*pairs: tuple[str, str]) -> str:
    text = SHEET
    for before, after in pairs:
        assert before in text, before
        text = text.replace(before, after)
    return text


NO_KEYS = without(SHEET, "ref ")
NO_IDS = (
    SHEET.replace("| r1     |", "|        |").replace("| r2     |", "|        |").replace("| r3     |", "|        |")
)


# --- the header -------------------------------------------------------------------------------------------------


def test_the_header_is_the_row_below_the_hidden_keys() -> None:
    assert header_of(SHEET) == Header(first=3, row=4, columns=COLUMNS)


def test_without_the_keys_the_headings_are_found_and_the_ids_by_what_they_are() -> None:
    assert header_of(NO_KEYS) == Header(
        first=3, row=3, columns={key: at for key, at in COLUMNS.items() if key != "band"}
    )


def test_without_keys_and_ids_the_headings_still_are() -> None:
    found = header_of(without(NO_IDS, "ref "))
    assert found is not None
    assert found.columns == {key: at for key, at in COLUMNS.items() if key not in ("band", "row_id")}


def test_a_key_that_was_overwritten_is_found_again_by_its_heading() -> None:
    assert header_of(edited(("| note", "| my own notes"))) == Header(first=3, row=4, columns=COLUMNS)


def test_without_the_header_row_the_keys_are_enough() -> None:
    assert header_of(without(SHEET, "Ref ")) == Header(first=3, row=3, columns=COLUMNS)


def test_without_any_header_the_columns_stand_as_they_were_issued_beside_the_ids() -> None:
    lost = without(SHEET, "ref ", "Ref ")
    assert header_of(lost) == Header(first=4, row=3, columns=COLUMNS, lost=True)
    moved = "\n".join("x | " + line for line in lost.strip().splitlines())
    assert header_of(moved) == Header(first=4, row=3, columns={key: at + 1 for key, at in COLUMNS.items()}, lost=True)


def test_without_any_header_a_column_that_was_cut_off_is_not_there() -> None:
    lost = without(SHEET, "ref ", "Ref ")
    cut = "\n".join(line.partition("|")[2] or "~" for line in lost.strip().splitlines())
    columns = {key: at - 1 for key, at in COLUMNS.items() if key != "ref"}
    assert header_of(cut) == Header(first=4, row=3, columns=columns, lost=True)


def test_without_any_header_ids_beside_other_words_are_no_table() -> None:
    lost = without(SHEET, "ref ", "Ref ")
    for words in ("Appoint a designer", "Write the brief", "Print the leaflet"):
        lost = lost.replace(words, "Something else")
    assert header_of(lost) is None


def test_columns_are_found_where_they_have_been_moved_to() -> None:
    moved = "\n".join("x | " + line for line in SHEET.strip().splitlines())
    assert header_of(moved) == Header(first=3, row=4, columns={key: at + 1 for key, at in COLUMNS.items()})


@pytest.mark.parametrize("words", ["Comments", "STATUS", " Corrective  action ", "note.", "Status/Corrective Action"])
def test_a_heading_is_known_by_the_other_names_that_people_give_it(words: str) -> None:
    found = header_of(NO_KEYS.replace("Status / corrective action", words))
    assert found is not None
    assert found.columns["note"] == 8


@pytest.mark.parametrize("words", ["July", "JUL.", "July 2009", "jul"])
def test_a_month_is_known_by_each_of_its_names(words: str) -> None:
    found = header_of(NO_KEYS.replace("| Jul ", f"| {words} "))
    assert found is not None
    assert found.columns["2009-07"] == 6


def test_a_column_that_is_gone_is_not_in_the_header() -> None:
    found = header_of(edited(("| 2009-07 ", "|"), ("| Jul  ", "|")))
    assert found is not None
    assert found.columns == {key: at for key, at in COLUMNS.items() if key != "2009-07"}
    assert found.consumed == {1, 2, 3, 4, 5, 7, 8}


def test_a_column_that_was_copied_is_read_where_it_stands_first() -> None:
    found = header_of(edited(("2009-08 | note", "2009-08 | note | note")))
    assert found is not None
    assert found.columns["note"] == 8


@pytest.mark.parametrize(
    "text",
    [
        "~",
        "Guidance\nGrey months are the programme.",
        "ref | action | note\n1 | Do it | yes",
        "Ref | Action | Lead | Comments\n1.1.1 | Appoint a designer | PS | x",
        "Ref | Jul | Aug | Lead | Note\n1 | G | A | PS | x",
        "row_id | ref\nr1 | 1.1.1",
    ],
    ids=["empty", "guidance", "three headings", "no month", "no action", "two keys"],
)
def test_a_sheet_without_the_table_has_no_header(text: str) -> None:
    assert header_of(text) is None


# --- the rows ---------------------------------------------------------------------------------------------------


def test_rows_are_known_by_their_id() -> None:
    assert told(SHEET) == AS_ISSUED


def test_ref_wording_and_lead_may_change_without_losing_the_row() -> None:
    assert told(edited(("1.1.2 ", "9.9.9 "), ("Write the brief", "Commission it  "), ("| JG ", "| XX "))) == AS_ISSUED


def test_rows_that_were_sorted_are_still_known() -> None:
    lines = SHEET.strip().splitlines()
    assert told("\n".join([*lines[:5], *lines[10:], *lines[7:9], *lines[5:7], lines[9]])) == expected("""
        r1 | programme 10 progress 11 | row id | 1.1
        r2 | programme 8 progress 9   | row id | 1.1
        r3 | programme 6 progress 7   | row id | 1.1
    """)


def test_without_ids_and_bands_rows_are_known_by_ref_and_wording() -> None:
    bare = without(NO_IDS, "ref ").replace("| programme ", "|").replace("| progress ", "|").replace("| section ", "|")
    assert told(bare) == expected("""
        r1 | programme 5 progress 6   | ref and wording | 1.1
        r2 | programme 7 progress 8   | ref and wording | 1.1
        r3 | programme 10 progress 11 | ref and wording | 1.2
    """)


def test_a_row_without_its_id_whose_ref_was_changed_is_known_by_its_wording_alone() -> None:
    text = NO_IDS.replace("1.1.2", "7.7.7")
    assert told(text).splitlines()[1] == "r2 | programme 8 progress 9   | wording         | 1.1"


def test_a_row_without_its_id_whose_words_were_changed_is_new() -> None:
    text = NO_IDS.replace("1.1.2", "7.7.7").replace("Write the brief", "Commission it")
    assert told(text) == expected("""
        r1  | programme 6 progress 7   | ref and wording | 1.1
        r3  | programme 11 progress 12 | ref and wording | 1.2
        new | programme 8 progress 9   |                 | 1.1
    """)


def test_a_ref_with_a_trailing_dot_and_wording_in_other_case_are_the_same() -> None:
    text = NO_IDS.replace("1.1.2 ", "1.1.2.").replace("Write the brief", "WRITE the Brief")
    assert "r2 | programme 8 progress 9   | ref and wording" in told(text)


def test_words_that_were_sorted_without_their_ids_are_followed() -> None:
    text = edited(
        ("1.1.1", "?"), ("Appoint a designer", "??"), ("1.1.2", "1.1.1"), ("Write the brief", "Appoint a designer")
    )
    text = text.replace("??", "Write the brief").replace("?", "1.1.2")
    assert told(text) == expected("""
        r1 | programme 8 progress 9   | ref and wording | 1.1
        r2 | programme 6 progress 7   | ref and wording | 1.1
        r3 | programme 11 progress 12 | row id          | 1.2
    """)


def test_a_copied_row_is_a_copy_and_the_original_keeps_the_id() -> None:
    copy = SHEET.rstrip() + "\n1.1.1 | r1 | programme | Appoint a designer | PS | | |\n | r1 | progress | | | R | |\n"
    assert told(copy) == expected("""
        r1         | programme 6 progress 7   | row id | 1.1
        r2         | programme 8 progress 9   | row id | 1.1
        r3         | programme 11 progress 12 | row id | 1.2
        copy of r1 | programme 13 progress 14 |        | 1.2
    """)


def test_a_copied_row_that_was_written_over_is_new() -> None:
    text = SHEET.rstrip() + "\n9 | r1 | programme | Something quite different | JG | | |\n | r1 | progress | | | | |\n"
    assert told(text) == expected("""
        r1  | programme 6 progress 7   | row id | 1.1
        r2  | programme 8 progress 9   | row id | 1.1
        r3  | programme 11 progress 12 | row id | 1.2
        new | programme 13 progress 14 |        | 1.2
    """)


def test_the_better_match_keeps_the_id_wherever_it_stands() -> None:
    text = edited(("Appoint a designer", "Something quite different"), ("1.1.1", "9    ")).rstrip()
    text += "\n1.1.1 | r1 | programme | Appoint a designer | PS | | |\n | r1 | progress | | | G | |\n"
    assert told(text) == expected("""
        r1  | programme 13 progress 14 | row id | 1.2
        r2  | programme 8 progress 9   | row id | 1.1
        r3  | programme 11 progress 12 | row id | 1.2
        new | programme 6 progress 7   |        | 1.1
    """)


@pytest.mark.parametrize("lower", ["", "\n | | | | | G | |"], ids=["one row", "two rows"])
def test_a_row_that_was_inserted_is_new_and_stands_under_its_section(lower: str) -> None:
    lines = SHEET.rstrip().splitlines()
    lines.insert(10, "1.1.3 | | | Count the stalls | PS | | |" + lower)
    units, matches = read("\n".join(lines))
    (new,) = matches.new
    assert (new.text("ref"), new.text("action"), new.heading) == ("1.1.3", "Count the stalls", "1.1")
    assert new.rows["programme"] == 10
    assert new.progress_row == (11 if lower else None)
    assert len(units) == 4


def test_a_new_row_at_the_end_has_the_empty_row_below_it_for_its_progress() -> None:
    _, matches = read(SHEET.rstrip() + "\n1.2.2 | | | Post the leaflet | PS | | |")
    assert rows_of(matches.new[0]) == "programme 13 progress 14"


def test_a_half_of_an_action_is_still_the_action() -> None:
    lines = SHEET.strip().splitlines()
    assert told("\n".join([*lines[:6], *lines[8:]])) == expected("""
        r1 | programme 6             | row id | 1.1
        r2 | progress 7              | row id | 1.1
        r3 | programme 9 progress 10 | row id | 1.2
    """)


@pytest.mark.parametrize("band", ["programme", "progress "])
def test_a_row_whose_id_was_cleared_still_goes_with_its_other_half(band: str) -> None:
    assert told(edited((f"| r1     | {band}", f"|        | {band}"))) == AS_ISSUED


def test_the_two_rows_of_an_action_need_not_be_neighbours() -> None:
    lines = SHEET.strip().splitlines()
    upper, lower = [lines[5], lines[7], lines[10]], [lines[6], lines[8], lines[11]]
    assert told("\n".join([*lines[:5], *upper, *lower])) == expected("""
        r1 | programme 6 progress 9  | row id | 1.1
        r2 | programme 7 progress 10 | row id | 1.1
        r3 | programme 8 progress 11 | row id | 1.1
    """)


def test_an_action_that_was_deleted_is_matched_by_nothing() -> None:
    lines = SHEET.strip().splitlines()
    assert sorted(read("\n".join([*lines[:5], *lines[7:]]))[1].matched) == ["r2", "r3"]


def test_two_actions_with_the_same_words_are_told_apart_by_their_ids_alone() -> None:
    twins = replace(PLAN, actions=(PLAN.actions[0], replace(PLAN.actions[0], row_id="r2"), PLAN.actions[2]))
    grid = Grid(default_layout(), twins, whole=False)
    text = edited(("1.1.2", "1.1.1"), ("Write the brief   ", "Appoint a designer"))
    assert told(text, grid) == AS_ISSUED
    _, matches = read(text.replace("| r1     |", "|        |").replace("| r2     |", "|        |"), grid)
    assert sorted(matches.matched) == ["r3"]
    assert len(matches.new) == 2


def test_in_an_overlay_each_row_is_an_action() -> None:
    text = """
        ref   | row_id | band   | action             | lead | 2009-07 | 2009-08 | note
        Ref   |        |        | Action             | Lead | Jul     | Aug     | Note
        1.1.2 | r2     | action | Write the brief    | JG   |         | R       |
        1.1.1 |        |        | Appoint a designer | PS   | G       | A       | Late
        1.1.3 |        |        | Count the stalls   | PS   |         |         |
    """
    assert told(text, OVERLAY) == expected("""
        r1  | action 4 | ref and wording |
        r2  | action 3 | row id          |
        new | action 5 |                 |
    """)


def sheet_of(order: list[int]) -> str:
    """The sheet with its actions' blocks in another order."""
    lines = SHEET.strip().splitlines()
    blocks = [lines[5:7], lines[7:9], lines[10:12]]
    return "\n".join([*lines[:5], *(line for index in order for line in blocks[index])])


@given(st.permutations([0, 1, 2]), st.integers(0, 99), st.booleans())
@often
def test_every_action_is_found_in_any_order_with_rows_and_columns_put_in(
    order: list[int], seed: int, with_ids: bool
) -> None:
    chance = random.Random(seed)  # noqa: S311  # no secret
    lines = sheet_of(order).splitlines()
    if with_ids:
        for _ in range(chance.randint(0, 3)):
            lines.insert(chance.randint(4, len(lines)), "~")
    else:
        lines = [line.replace("| r", "|  ") for line in lines]
    at = chance.randint(0, 8)
    cells = [line.split("|") for line in lines]
    text = "\n".join("|".join([*row[:at], "", *row[at:]] if len(row) > at else row) for row in cells)
    _, matches = read(text.replace("|  ow_id", "| row_id"))
    assert sorted(matches.matched) == ["r1", "r2", "r3"]
    for row_id, (unit, by) in matches.matched.items():
        assert by == ("row id" if with_ids else "ref and wording")
        assert unit.text("action") == PLAN.by_row_id[row_id].action
        progress = SHEET.splitlines()[{"r1": 7, "r2": 9, "r3": 12}[row_id]].split("|")[5].strip()
        assert unit.progress_row is not None
        assert unit.sheet[unit.progress_row, unit.header.columns["2009-07"]].text == progress
    assert (list(matches.copies), list(matches.new)) == ([], [])
