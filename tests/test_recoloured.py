"""Colours that nobody painted by hand: what rules show, a key that was redrawn, paint put there all at once."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.formatting import rule as rules
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle

from tests.office import (
    BOTH_FORMS,
    OVERLAY,
    SEPTEMBER,
    TWO_BANDS,
    Council,
    changes,
    codes,
    found,
    months,
    progress,
    sent,
    small_plan,
)
from workbook import verbs
from workbook.layout import Layout
from workbook.merge import Merged
from workbook.palette import PROGRAMMED, shades_of
from workbook.plan import Plan

GREEN, AMBER, RED, BLUE = (shades_of(status)[0] for status in ("green", "amber", "red", "suspended"))
# No status's; the last two are what somebody might choose who does not see green and amber apart.
PURPLE, TEAL, LILAC = "7030A0", "1F9E89", "CC79A7"
MONTHS = tuple("Jul Aug Sep Oct Nov Dec Jan Feb Mar Apr May Jun".split())
REFS = ("1.1.1", "1.1.2", "1.1.3", "1.2.1")
ASKED = ("1.1.1", "1.1.2", "1.1.3")


def solid(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=f"FF{colour}")


def cell(council: Council, ref: str, month: str, band: str = "progress") -> str:
    return council["PS"].place(ref, band, month)[1]


def painted(
    council: Council, colour: str, *refs: str, by: tuple[str, ...] = MONTHS, band: str = "progress"
) -> Callable[[Any], None]:
    """An edit that gives months of these actions a solid fill."""

    def edit(book: Any) -> None:
        for ref in refs:
            for month in by:
                book["CP1"][cell(council, ref, month, band)].fill = solid(colour)

    return edit


def looking(council: Council, colour: str, look: str) -> Callable[[Any], None]:
    """An edit that a program makes when it changes what cells share: all blank, programmed or green months at once."""

    def edit(book: Any) -> None:
        for action in council["PS"].grid.plan.actions:
            for month in council.plan.period:
                programme = PROGRAMMED if month in action.programmed else "blank"
                looks = {"progress": action.progress.get(month) or "blank", "programmed": programme}
                if council.layout.bands == "overlay":
                    looks = {"progress": action.progress.get(month) or programme}
                for band, issued in looks.items():
                    if issued == look:
                        book["CP1"][cell(council, action.ref, month.short, band)].fill = solid(colour)

    return edit


def unread(merged: Merged) -> list[str]:
    return sorted(
        f"{each.ref} {each.month.short if each.month else ''}" for each in merged.queries if each.kind == "unread"
    )


# --- conditional formats of the officer's own ------------------------------------------------------------------


def rule(council: Council, made: Any, *cells: tuple[str, str]) -> Callable[[Any], None]:
    """An edit that puts a conditional format on months, before those of the workbook."""
    ranges = " ".join(cell(council, ref, month) for ref, month in cells)

    def edit(book: Any) -> None:
        for each in book["CP1"].conditional_formatting:
            for other in each.rules:
                other.priority += 1
        made.priority = 1
        book["CP1"].conditional_formatting.add(ranges, made)

    return edit


def shows(formula: str, colour: str) -> Any:
    made: Any = rules
    return made.FormulaRule(formula=[formula], fill=PatternFill(bgColor=f"FF{colour}"))


def test_a_month_that_a_rule_paints_is_read_as_what_is_seen(council: Council) -> None:
    place = cell(council, "1.1.2", "Sep")
    merged = council.merge(sent(council, rule(council, shows(f'{place}=""', AMBER), ("1.1.2", "Sep"))))
    assert changes(merged) == ["1.1.2 progress Sep: None -> amber"]
    assert not {"PROGRAMME_CHANGED", "COLOUR_RULE_UNREAD"} & set(codes(merged))


def test_a_rule_that_paints_by_another_cell_is_read_where_it_holds(council: Council) -> None:
    note = council["PS"].place("1.1.2", "note")[1]
    by_note = shows(f'ISNUMBER(SEARCH("drawn",${note}))', GREEN)
    merged = council.merge(sent(council, rule(council, by_note, ("1.1.2", "Sep"))))
    assert changes(merged) == ["1.1.2 progress Sep: None -> green"]
    other = council.merge(sent(council, rule(council, shows(f'${note}="late"', RED), ("1.1.2", "Sep"))))
    assert changes(other) == []
    assert "COLOUR_RULE_UNREAD" not in codes(other)


def test_a_rule_that_paints_a_letter_in_another_colour_is_asked_about(council: Council) -> None:
    place = cell(council, "1.1.2", "Sep")
    council["PS"].type("1.1.2", "Sep", "G")
    merged = council.merge(sent(council, rule(council, shows(f'{place}="G"', RED), ("1.1.2", "Sep"))))
    assert changes(merged) == []
    assert "green (on target) by its letter" in found(merged, "COLOUR_CONTRADICTS_LETTER")[0].message
    assert unread(merged) == ["1.1.2 Sep"]


def test_a_rule_that_hides_paint_of_another_colour_is_asked_about(council: Council) -> None:
    place = cell(council, "1.1.2", "Sep")
    council["PS"].paint("1.1.2", "Sep", GREEN)
    merged = council.merge(sent(council, rule(council, shows(f'{place}=""', RED), ("1.1.2", "Sep"))))
    assert changes(merged) == []
    said = found(merged, "COLOUR_CONTRADICTS_LETTER")[0].message
    assert "red (over one month behind) by a rule and green (on target) by its colour" in said


def test_a_rule_that_paints_the_letter_its_own_colour_tells_nothing_new(council: Council) -> None:
    council["PS"].type("1.1.2", "Sep", "R")
    made: Any = rules
    same = made.CellIsRule(operator="equal", formula=['"R"'], fill=PatternFill(bgColor="FFC00000"))
    merged = council.merge(sent(council, rule(council, same, ("1.1.2", "Sep"))))
    assert changes(merged) == ["1.1.2 progress Sep: None -> red"]


def test_an_odd_colour_by_a_rule_is_not_guessed(council: Council) -> None:
    place = cell(council, "1.1.2", "Sep")
    merged = council.merge(sent(council, rule(council, shows(f'{place}=""', PURPLE), ("1.1.2", "Sep"))))
    assert changes(merged) == []
    assert unread(merged) == ["1.1.2 Sep"]


@pytest.mark.parametrize("kind", ["formula", "scale"])
def test_a_rule_that_cannot_be_worked_out_is_named_once(council: Council, kind: str) -> None:
    made: Any = rules
    odd = (
        shows("MOD(ROW(),2)=0", AMBER)
        if kind == "formula"
        else made.ColorScaleRule(start_type="min", start_color=f"FF{RED}", end_type="max", end_color=f"FF{GREEN}")
    )
    cells = [(ref, month) for ref in ASKED for month in ("Sep", "Oct")]
    council["PS"].type("1.1.1", "Sep", "G")
    merged = council.merge(sent(council, rule(council, odd, *cells)))
    assert changes(merged) == ["1.1.1 progress Sep: None -> green"]
    (said,) = found(merged, "COLOUR_RULE_UNREAD")
    assert said.severity == "query"
    assert said.where.sheet == "CP1"
    if kind == "formula":
        assert "MOD(ROW(),2)=0" in said.message


def test_two_rules_that_cannot_be_worked_out_are_both_named(council: Council) -> None:
    first = rule(council, shows("MOD(ROW(),2)=0", AMBER), ("1.1.2", "Sep"))
    second = rule(council, shows("WEEKDAY(TODAY())>2", RED), ("1.1.3", "Sep"))
    merged = council.merge(sent(council, first, second))
    assert len(found(merged, "COLOUR_RULE_UNREAD")) == 2


def test_a_rule_without_a_fill_tells_nothing(council: Council) -> None:
    bold = rules.Rule(type="expression", formula=["MOD(ROW(),2)=0"], dxf=DifferentialStyle(font=Font(bold=True)))
    merged = council.merge(sent(council, rule(council, bold, ("1.1.2", "Sep"))))
    assert changes(merged) == []
    assert codes(merged) == ["NOT_REPORTED"]


# --- the file's own key ----------------------------------------------------------------------------------------


def key_row(book: Any, label: str) -> Any:
    guidance = book["Guidance"]
    (place,) = [row[1] for row in guidance.iter_rows() if str(row[1].value or "").startswith(label)]
    return guidance.cell(place.row, 1)


def redrawn(label: str, colour: str) -> Callable[[Any], None]:
    """An edit that gives a status another colour in the key."""

    def edit(book: Any) -> None:
        key_row(book, label).fill = solid(colour)

    return edit


def test_months_in_the_colour_of_a_key_that_was_redrawn_are_that_status(council: Council) -> None:
    council["PS"].paint("1.1.1", "Sep", TEAL).paint("1.1.2", "Sep", LILAC)
    plain = council.merge(sent(council))
    assert changes(plain) == []
    merged = council.merge(sent(council, redrawn("Green:", TEAL), redrawn("Amber:", LILAC)))
    assert changes(merged) == ["1.1.1 progress Sep: None -> green", "1.1.2 progress Sep: None -> amber"]
    assert not {"COLOUR_UNSURE", "TEXT_OUTSIDE"} & set(codes(merged))


def test_a_key_that_was_redrawn_leaves_the_issued_colours_what_they_are(council: Council) -> None:
    council["PS"].paint("1.1.1", "Sep", GREEN).paint("1.1.2", "Sep", AMBER)
    merged = council.merge(sent(council, redrawn("Green:", TEAL), redrawn("Amber:", LILAC)))
    assert changes(merged) == ["1.1.1 progress Sep: None -> green", "1.1.2 progress Sep: None -> amber"]


def test_a_key_with_two_statuses_in_one_colour_decides_nothing(council: Council) -> None:
    council["PS"].paint("1.1.1", "Sep", TEAL)
    merged = council.merge(sent(council, redrawn("Green:", TEAL), redrawn("Red:", TEAL)))
    assert changes(merged) == []
    assert unread(merged) == ["1.1.1 Sep"]


def test_a_key_that_was_swapped_changes_no_month_that_is_as_it_was_issued(council: Council) -> None:
    merged = council.merge(sent(council, redrawn("Green:", RED), redrawn("Red:", GREEN)))
    assert changes(merged) == []


@pytest.mark.parametrize("blend", ["B59CCC", "B59CCD"])
def test_a_hatch_that_the_program_flattened_is_revised_in_key_and_months(council: Council, blend: str) -> None:
    council["PS"].paint("1.1.2", "Sep", blend)
    merged = council.merge(sent(council, redrawn("Hatched:", blend)))
    assert changes(merged) == ["1.1.2 progress Sep: None -> revised"]


def test_a_key_without_colours_is_no_key(council: Council) -> None:
    def bare(book: Any) -> None:
        for label in ("Grey:", "Green:", "Amber:", "Red:", "Hatched:", "Blue:"):
            key_row(book, label).fill = PatternFill()

    council["PS"].paint("1.1.1", "Sep", GREEN)
    merged = council.merge(sent(council, bare))
    assert changes(merged) == ["1.1.1 progress Sep: None -> green"]


def test_a_guidance_tab_that_was_deleted_is_no_key_either(council: Council) -> None:
    council["PS"].paint("1.1.1", "Sep", GREEN)
    merged = council.merge(sent(council, lambda book: book.remove(book["Guidance"])))
    assert changes(merged) == ["1.1.1 progress Sep: None -> green"]


# --- paint put there all at once -------------------------------------------------------------------------------


def test_blank_months_that_are_all_one_colour_were_painted_by_a_program(council: Council) -> None:
    council["PS"].type("1.1.2", "Sep", "A")
    merged = council.merge(sent(council, looking(council, GREEN, "blank")))
    assert changes(merged) == ["1.1.2 progress Sep: None -> amber"]
    assert {each.message.partition(" months ")[2] for each in found(merged, "RECOLOURED")} == {
        "that were blank came back green (on target), those that nobody was asked about too."
    }
    assert "LATER_MONTH_REPORTED" not in codes(merged)


def test_paint_of_one_cause_is_one_sentence_at_each_month_that_is_left_open(council: Council) -> None:
    merged = council.merge(sent(council, looking(council, GREEN, "blank")))
    said = found(merged, "RECOLOURED")
    assert len({each.message for each in said}) == 1
    if council.layout.bands == "two":
        assert [each.place for each in said] == [f"CP1!{cell(council, ref, 'Sep')}" for ref in ASKED]


def test_all_grey_in_another_colour_was_painted_by_a_program(tmp_path: Path, offices: dict[str, Council]) -> None:
    council = offices[TWO_BANDS.bands].fresh(tmp_path)
    council["PS"].type("1.1.2", "Sep", "A")
    merged = council.merge(sent(council, looking(council, BLUE, PROGRAMMED)))
    assert changes(merged) == ["1.1.2 progress Sep: None -> amber"]
    (said,) = found(merged, "RECOLOURED")
    assert said.message.startswith("All 8 months of the grey programme came back blue (suspended)")
    assert not {"PROGRAMME_CHANGED", "PROGRAMME_PAINTED_OVER"} & set(codes(merged))


def test_all_grey_in_white_is_no_reason_to_ask_for_letters(tmp_path: Path, offices: dict[str, Council]) -> None:
    council = offices[TWO_BANDS.bands].fresh(tmp_path)
    council["PS"].type("1.1.2", "Sep", "A")
    merged = council.merge(sent(council, looking(council, "FFFFFF", PROGRAMMED)))
    assert changes(merged) == ["1.1.2 progress Sep: None -> amber"]
    assert "PROGRAMME_CHANGED" in codes(merged)


def test_all_grey_of_an_overlay_in_another_colour_is_not_read(tmp_path: Path, offices: dict[str, Council]) -> None:
    council = offices[OVERLAY.bands].fresh(tmp_path)
    merged = council.merge(sent(council, looking(council, BLUE, PROGRAMMED)))
    assert changes(merged) == []


def test_one_month_that_was_painted_by_hand_does_not_vouch_for_all_the_others(
    tmp_path: Path, offices: dict[str, Council]
) -> None:
    council = offices[TWO_BANDS.bands].fresh(tmp_path)
    by_hand = painted(council, RED, "1.1.2", by=("Sep",))
    merged = council.merge(sent(council, looking(council, AMBER, "blank"), by_hand))
    assert changes(merged) == ["1.1.2 progress Sep: None -> red"]


def reported_plan() -> Plan:
    """The small council's, with July and August reported green."""
    plan = small_plan()
    reported = dict.fromkeys(months("Jul", "Aug"), "green")
    return replace(plan, actions=tuple(replace(each, progress=reported) for each in plan.actions))


@pytest.mark.parametrize("form", BOTH_FORMS, ids=lambda form: form.bands)
def test_months_reported_green_that_all_turned_red_stay_green(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form, plan=reported_plan())

    council["PS"].type("1.1.2", "Sep", "A")
    merged = council.merge(sent(council, looking(council, RED, "green")))
    assert changes(merged) == ["1.1.2 progress Sep: None -> amber"]
    (said,) = found(merged, "RECOLOURED")
    assert "8 months reported green (on target) came back red (over one month behind)" in said.message
    assert "EARLIER_MONTH_CHANGED" not in codes(merged)


@pytest.mark.parametrize("colour", [GREEN, AMBER])
def test_an_officer_who_paints_every_month_that_was_asked_about_is_believed(council: Council, colour: str) -> None:
    merged = council.merge(sent(council, painted(council, colour, *REFS, by=("Sep",))))
    status = "green" if colour == GREEN else "amber"
    assert sorted(changes(merged)) == [f"{ref} progress Sep: None -> {status}" for ref in REFS]
    assert "RECOLOURED" not in codes(merged)


def test_a_whole_action_that_is_painted_blue_is_suspended(council: Council) -> None:
    merged = council.merge(sent(council, painted(council, BLUE, "1.1.2")))
    assert changes(merged) == [f"1.1.2 progress {month}: None -> suspended" for month in MONTHS]
    assert "RECOLOURED" not in codes(merged)


def test_a_few_months_to_come_painted_by_hand_are_believed(council: Council) -> None:
    merged = council.merge(sent(council, painted(council, AMBER, "1.1.2", "1.1.3", by=("Sep", "Oct"))))
    assert progress(merged.plan, "1.1.3") == "Sep amber, Oct amber"
    assert "RECOLOURED" not in codes(merged)


def test_months_asked_about_whose_paint_is_not_believed_are_open_with_a_query(
    tmp_path: Path, offices: dict[str, Council]
) -> None:
    council = offices[TWO_BANDS.bands].fresh(tmp_path)
    council["PS"].type("1.1.2", "note", "Three drawn.").type("1.1.3", "Sep", "R")
    path = sent(council, looking(council, AMBER, "blank"))
    merged = council.merge(path)
    assert sorted(changes(merged)) == [
        "1.1.2 note: Two drawn so far. -> Three drawn.",
        "1.1.3 progress Sep: None -> red",
    ]
    assert unread(merged) == ["1.1.1 Sep", "1.1.2 Sep"]
    for query in merged.queries:
        assert query.returned == "#FFC000 (PS)"
        assert query.answers[1].words == "It means amber (one month behind)"
    assert not [each for each in found(merged, "NOT_REPORTED") if each.ref in ("1.1.1", "1.1.2")]
    reading = council.read(path)
    open_cells = {
        (action.issued.ref, month)
        for action in reading.actions
        for (_, month), said in action.said.items()
        if not said.readable
    }
    assert open_cells == {("1.1.1", SEPTEMBER), ("1.1.2", SEPTEMBER)}


@pytest.mark.parametrize("look", ["blank", PROGRAMMED])
def test_paint_put_there_all_at_once_changes_nothing_else(
    tmp_path: Path, offices: dict[str, Council], look: str
) -> None:
    council = offices[TWO_BANDS.bands].fresh(tmp_path)
    merged = council.merge(sent(council, looking(council, AMBER, look)))
    assert merged.plan.actions == council.plan.actions
    assert set(codes(merged)) <= {"RECOLOURED", "NOT_REPORTED"}


def test_cells_of_the_master_that_turned_at_once_are_not_taken_for_edits(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path, TWO_BANDS, plan=reported_plan())
    book = load_workbook(tmp_path / "issued" / "master.xlsx")
    for place in (place for tab in ("CP1", "CP2") for row in book[tab].iter_rows() for place in row):
        if place.value == "G":
            place.fill = solid(RED)
    book.save(tmp_path / "turned.xlsx")
    loaded = verbs.load(tmp_path / "turned.xlsx")
    assert loaded.plan.actions == council.plan.actions
    assert "RECOLOURED" in codes(loaded)


@pytest.mark.parametrize("form", [TWO_BANDS, OVERLAY], ids=lambda form: form.bands)
def test_an_officer_who_catches_up_with_earlier_months_is_believed(
    tmp_path: Path, offices: dict[str, Council], form: Layout
) -> None:
    council = offices[form.bands].fresh(tmp_path)
    council["HB"].paint("1.1.3", "Sep", "00B050")
    for month in ("Aug", "Sep"):
        council["HB"].paint("2.1.1", month, "00B050")
    merged = council.merge(council["HB"].send())
    assert "RECOLOURED" not in codes(merged)
    assert progress(merged.plan, "2.1.1") == "Jul amber, Aug green, Sep green"
