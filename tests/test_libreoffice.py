"""Officers with LibreOffice, as most of them have Excel: what it saves is read, in both forms."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.office import BOTH_FORMS, Council, Return, changes, codes, progress
from workbook import demo, libreoffice, verbs
from workbook.layout import Layout, load_layout
from workbook.printed import show_status

pytestmark = [pytest.mark.libreoffice, pytest.mark.usefixtures("office")]
forms = pytest.mark.parametrize("form", BOTH_FORMS, ids=lambda form: form.bands)


def sent(council: Council, *officers: Return) -> list[Path]:
    """Have LibreOffice carry out what these officers do."""
    jobs = [{"open": str(o.path), "save": f"returned/{o.path.name}", "steps": o.steps} for o in officers]
    steps = council.folder / "steps.json"
    steps.write_text(json.dumps({"files": jobs}), encoding="utf-8")
    assert libreoffice.fill_in(steps, lambda _: None) == "LibreOffice"
    return [council.folder / "returned" / officer.path.name for officer in officers]


@forms
def test_saving_again_changes_nothing(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    officer = council["PS"].type("1.1.2", "Sep", "H").type("1.1.1", "Sep", "B")
    (first,) = sent(council, officer)
    merged = council.merge(first)
    # The next month's returns hold a hatch and every fill; LibreOffice flattens the one and keeps the other.
    again = Council.issuing(tmp_path / "again", form, plan=merged.plan, month=council.plan.period[3])
    untouched = again.merge(*sent(again, again["PS"], again["HB"]))
    assert changes(untouched) == []
    assert {"COLOUR_UNSURE", "PROGRAMME_CHANGED", "EARLIER_MONTH_CHANGED"}.isdisjoint(codes(untouched))
    assert progress(untouched.plan, "1.1.2") == "Sep revised"


@forms
def test_letters_paint_words_and_notes_are_read(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    officer = council["PS"]
    officer.paint("1.1.1", "Sep", "00A933").type("1.1.2", "Sep", "a").type("1.1.3", "Sep", "red")
    officer.type("1.1.2", "note", "=Late\nwe meet on the 9th").paint("1.1.1", "Jul", "2A6099")
    merged = council.merge(*sent(council, officer))
    assert sorted(changes(merged)) == [
        "1.1.1 progress Jul: green -> suspended",
        "1.1.1 progress Sep: None -> green",
        "1.1.2 note: Two drawn so far. -> =Late\nwe meet on the 9th",
        "1.1.2 progress Sep: None -> amber",
        "1.1.3 progress Sep: None -> red",
    ]


@forms
def test_inserted_deleted_and_copied_rows_are_named_and_the_rest_is_read(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    officer = council["PS"].type("1.2.1", "Sep", "A").paint("1.1.1", "Sep", "FF0000")
    tab, first = officer.rows("1.1.1")
    officer.do("copy", tab, rows=first, before=first[-1] + 1)
    officer.do("insert", tab, row=first[-1] + 1, values={"D": "Tell the press"})
    _, gone = officer.rows("1.1.2")
    shift = len(first) + 1
    officer.do("delete", tab, rows=[row + shift for row in gone])
    merged = council.merge(*sent(council, officer))
    assert sorted(changes(merged)) == ["1.1.1 progress Sep: None -> red", "1.2.1 progress Sep: None -> amber"]
    assert {"ROW_NEW", "ROW_MISSING", "ROW_DUPLICATED"} <= set(codes(merged))


@forms
def test_a_master_saved_again_holds_the_same_plan(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form)
    officer = (
        council["PS"].type("1.1.2", "Sep", "H").type("1.1.1", "Sep", "B").type("1.1.2", "note", "EXTENDED.\nTwice")
    )
    merged = council.merge(*sent(council, officer))
    verbs.write_merged(merged, tmp_path / "new.xlsx", layout=form)
    steps = tmp_path / "master.json"
    steps.write_text(json.dumps({"files": [{"open": "new.xlsx", "save": "saved.xlsx", "steps": []}]}), encoding="utf-8")
    libreoffice.fill_in(steps, lambda _: None)
    before, after = verbs.load(tmp_path / "new.xlsx"), verbs.load(tmp_path / "saved.xlsx")
    assert after.plan == before.plan
    assert after.findings == before.findings == ()


def test_sorted_rows_are_still_their_actions(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path, BOTH_FORMS[1])
    officer = council["PS"].type("1.1.1", "Sep", "G").paint("1.1.2", "Sep", "FFBF00").type("1.1.3", "Sep", "R")
    tab, first = officer.rows("1.1.1")
    _, last = officer.rows("1.1.3")
    officer.do("sort", tab, range=f"A{first[0]}:R{last[0]}", by="D", descending=True)
    merged = council.merge(*sent(council, officer))
    assert sorted(changes(merged)) == [
        "1.1.1 progress Sep: None -> green",
        "1.1.2 progress Sep: None -> amber",
        "1.1.3 progress Sep: None -> red",
    ]
    assert "PROGRAMME_CHANGED" not in codes(merged)


def test_what_the_officer_needs_survives_saving(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path)
    (path,) = sent(council, council["PS"])
    sheet = load_workbook(path)["CP1"]
    assert sheet.protection.sheet
    assert sheet.column_dimensions["B"].hidden
    assert sheet.freeze_panes
    assert sheet.data_validations.dataValidation
    assert sheet.conditional_formatting


def test_the_text_of_every_action_is_on_the_printed_page(tmp_path: Path) -> None:
    council = Council.issuing(tmp_path)
    libreoffice.to_pdf(council["PS"].path, tmp_path / "printed.pdf")
    printed = subprocess.run(  # noqa: S603
        ["pdftotext", "-layout", str(tmp_path / "printed.pdf"), "-"],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    ).stdout
    words = " ".join(printed.split())
    for action in council["PS"].grid.plan.actions:
        assert action.action in words
        assert action.ref in words
    assert "A better town" in words
    assert "Pat Sim (PS)" in words


# The other forms are played without LibreOffice, as what it is needed for is no matter of the form.
@pytest.mark.parametrize("name", ["monthly-gantt", "monthly-gantt-overlay", "completion-tables", "workstreams"])
def test_the_demo_plays_the_whole_month(tmp_path: Path, name: str) -> None:
    said: list[str] = []
    assert demo.play(tmp_path / "demo", said.append, show_status, layout=name), "\n".join(said)
    assert any("filled in with LibreOffice" in line for line in said)
    assert said[-1].endswith("pack.pdf.")
    back = [path for path in (tmp_path / "demo" / "returned").iterdir() if path.suffix == ".xlsx"]
    assert len(back) >= 5
    settled = verbs.load(tmp_path / "demo" / "rolled-up-decided.xlsx")
    assert settled.layout == load_layout(name)
    assert verbs.status(settled.plan, layout=settled.layout).counts.sentence in said


def test_ci_has_libreoffice() -> None:
    assert libreoffice.find() is not None or os.environ.get("CI") != "true"
