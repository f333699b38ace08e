"""What was completed in earlier years: kept in every master and export, shown on a tab, and in no return."""

import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given

from tests.office import BOTH_FORMS, Council, small_plan
from tests.strategies import ARCHIVE, archives, seldom
from workbook import verbs
from workbook.archive import Archived, ArchivedYear
from workbook.errors import SourceError
from workbook.layout import Layout, default_layout
from workbook.months import Month, parse_runs
from workbook.names import ARCHIVE_TAB
from workbook.source import carried_plan, plan_from_tables, plan_to_json, table, tables_from_json, tables_from_plan

PAVED = Archived(
    row_id="rpaved",
    ref="1.2.1",
    heading="1.2",
    heading_title="A street",
    action="Pave it",
    lead=("PS", "HB"),
    programmed=parse_runs("2008-07..2008-09, 2009-01", ()),
    status="green",
    month=Month(2009, 2),
    complete_since=Month(2009, 3),
    note="COMPLETE. Opened by the Mayor.",
)
EARLIER = ArchivedYear(plan_id="pearlier", title="Plan 2007/08", start=Month(2007, 7), months=12, of=3)
LAST = ArchivedYear(plan_id="plast", title="Plan 2008/09", start=Month(2008, 7), months=12, of=30, actions=(PAVED,))
PLAN = replace(small_plan(), layout=default_layout().name, archive=(EARLIER, LAST))


@given(archives)
@seldom
def test_it_stands_in_tables_and_in_json_and_is_read_from_both(archive: tuple[ArchivedYear, ...]) -> None:
    plan = replace(PLAN, archive=archive)
    assert carried_plan(tables_from_plan(plan), default_layout())[0].archive == archive
    data = json.loads(json.dumps(plan_to_json(plan)))
    assert plan_from_tables(tables_from_json(data), default_layout())[0].archive == archive


def test_its_json_has_the_actions_of_each_year() -> None:
    earlier, last = plan_to_json(PLAN)["archive"]
    assert (earlier["of"], earlier["actions"]) == (3, [])
    assert (last["title"], last["start"], last["months"], last["of"]) == ("Plan 2008/09", "2008-07", 12, 30)
    (paved,) = last["actions"]
    assert (paved["row_id"], paved["ref"], paved["lead"]) == ("rpaved", "1.2.1", ["PS", "HB"])
    assert (paved["status"], paved["month"], paved["complete_since"]) == ("green", "2009-02", "2009-03")
    assert paved["programmed"] == ["2008-07", "2008-08", "2008-09", "2009-01"]


def test_a_table_of_it_that_was_altered_stops_the_reading() -> None:
    tables = [each for each in tables_from_plan(PLAN) if each.name != "archive"]
    altered = table("archive", ("plan_id", "title", "start", "months", "of"), [("p", "Plan", "2008-07", "12", "many")])
    with pytest.raises(SourceError, match="Row 2 of the table “archive” has been altered"):
        carried_plan([*tables, altered], default_layout())


@pytest.mark.parametrize(
    ("year", "sentence"),
    [
        (LAST, "1 of 30 actions was completed in 2008/09"),
        (EARLIER, "0 of 3 actions were completed in 2007/08"),
        (replace(LAST, of=1), "1 of 1 action was completed in 2008/09"),
        (replace(LAST, start=Month(2008, 1), actions=(PAVED, PAVED)), "2 of 30 actions were completed in 2008"),
        (replace(EARLIER, months=6), "0 of 3 actions were completed in July to December 2007"),
    ],
)
def test_a_year_says_how_many_of_how_many_were_completed(year: ArchivedYear, sentence: str) -> None:
    assert year.sentence == sentence


def test_the_tab_has_each_years_sentence_the_last_first_and_a_row_for_each_action(tmp_path: Path) -> None:
    verbs.build(PLAN, tmp_path / "master.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "master.xlsx")[ARCHIVE_TAB]
    shown = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in shown[:3]] == [
        "1 of 30 actions was completed in 2008/09 (Plan 2008/09).",
        "0 of 3 actions were completed in 2007/08 (Plan 2007/08).",
        "",
    ]
    header, row = shown[3:]
    assert dict(zip(header, row, strict=True)) == {
        "Year": "2008/09",
        "Ref": "1.2.1",
        "Under": "1.2 A street",
        "Action": "Pave it",
        "Lead": "PS / HB",
        "Programme": "July to September 2008, January 2009",
        "Last reported": "green, February 2009",
        "Complete since": "March 2009",
        "Status / Corrective Action": "COMPLETE. Opened by the Mayor.",
    }
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.auto_filter.ref == "A4:I5"


def test_there_is_no_tab_where_nothing_is_archived(tmp_path: Path) -> None:
    verbs.build(small_plan(), tmp_path / "master.xlsx")
    assert ARCHIVE_TAB not in openpyxl.load_workbook(tmp_path / "master.xlsx").sheetnames


@pytest.mark.parametrize("form", BOTH_FORMS, ids=lambda form: form.bands)
def test_it_survives_a_month_and_is_in_no_return(tmp_path: Path, form: Layout) -> None:
    council = Council.issuing(tmp_path, form, PLAN)
    back = council["PS"].type("1.1.2", "Sep", "G").send()
    assert verbs.load(tmp_path / "issued" / "master.xlsx").plan.archive == PLAN.archive
    assert ARCHIVE_TAB not in openpyxl.load_workbook(back).sheetnames
    reading = council.read(back)
    assert reading.baseline
    assert reading.baseline.archive == ()
    merged = council.merge(back)
    verbs.build(merged.plan, tmp_path / "new.xlsx", form)
    for ending in ("json", "xlsx"):
        verbs.export(verbs.read(tmp_path / "new.xlsx"), tmp_path / f"plan.{ending}")
        assert verbs.load(tmp_path / f"plan.{ending}", default_layout().name).plan.archive == PLAN.archive


def test_a_heading_of_that_name_gets_a_tab_of_another(tmp_path: Path) -> None:
    renamed = {"CP1": "Archive"}
    headings = (
        replace(each, ref=renamed.get(each.ref, each.ref), parent=renamed.get(each.parent or "", each.parent))
        for each in PLAN.headings
    )
    plan = replace(PLAN, headings=tuple(headings), archive=ARCHIVE)
    verbs.build(plan, tmp_path / "master.xlsx")
    assert openpyxl.load_workbook(tmp_path / "master.xlsx").sheetnames[:3] == ["Guidance", "Archive 2", "CP2"]
    loaded = verbs.load(tmp_path / "master.xlsx")
    assert (loaded.plan, loaded.findings) == (plan, ())
