"""Every form that is shipped, on its own example plan: built, issued, filled in, merged, packed, rolled over."""

import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from tests.conftest import ROOT
from workbook import verbs
from workbook.grid import Grid
from workbook.layout import Layout, available
from workbook.layout.schema import schema
from workbook.plan import FIRST_LAYOUT, Plan
from workbook.record import Issued
from workbook.refs import a1
from workbook.verbs import Loaded

EXAMPLES = ROOT / "examples"
FORMS = [name for name in available() if (EXAMPLES / name).is_dir()]
SIZES = {
    "completion-tables": 41,
    "monthly-gantt": 230,
    "monthly-gantt-overlay": 28,
    "progress-report": 73,
    "recommendations": 90,
    "workstreams": 88,
}
forms = pytest.mark.parametrize("name", FORMS)


@pytest.fixture(scope="module")
def sources() -> dict[str, Loaded]:
    return {name: verbs.load(EXAMPLES / name) for name in FORMS}


def fill_in(issued: Issued, plan: Plan, layout: Layout, folder: Path) -> tuple[Path, dict[str, str]]:
    """Every action of a return is reported, by letter and by paint in turn; gives the file, and statuses by row id."""
    grid = Grid(layout, plan.only(issued.rows), whole=False, month=issued.month)
    book = openpyxl.load_workbook(folder / issued.file)
    said = {}
    statuses = [status for status in layout.statuses if not status.needs_approval]
    for number, row_id in enumerate(issued.rows):
        status = statuses[number % len(statuses)]
        place = grid.cell(row_id, "progress", issued.month)
        assert place, f"{row_id} has no cell to report in"
        cell = book[place[0].name][a1(place[1], place[2])]
        if number % 2:
            cell.value = status.letter
        else:
            cell.fill = PatternFill("solid", fgColor=f"FF{status.fill.rgb}")
        said[row_id] = status.key
    path = folder / f"back-{issued.file}"
    book.save(path)
    return path, said


def test_every_form_has_an_example_plan_of_its_own() -> None:
    assert sorted(SIZES) == FORMS == available()


@forms
def test_an_example_is_read_back_from_its_master_and_its_exports(
    name: str, sources: dict[str, Loaded], tmp_path: Path
) -> None:
    plan, form = sources[name].plan, sources[name].layout
    assert (plan.layout, len(plan.actions)) == (name, SIZES[name])
    verbs.build(plan, tmp_path / "master.xlsx", form)
    loaded = verbs.load(tmp_path / "master.xlsx")
    assert loaded.plan == plan
    assert loaded.layout == form
    assert [each.message for each in loaded.findings] == []
    for ending in ("json", "xlsx"):
        verbs.export(plan, tmp_path / f"plan.{ending}")
        assert verbs.load(tmp_path / f"plan.{ending}").plan == plan


# The largest plan is played as a whole by the demonstration.
@pytest.mark.parametrize("name", [name for name in FORMS if SIZES[name] < max(SIZES.values())])
def test_what_officers_report_is_in_the_rolled_up_copy_and_nothing_else(
    name: str, sources: dict[str, Loaded], tmp_path: Path
) -> None:
    plan, form = sources[name].plan, sources[name].layout
    month = form.cycle_after(plan.edition, plan.start)[-1] if plan.edition else plan.period[2]
    issued = verbs.issue(plan, tmp_path, month, layout=form, by="service")
    back: list[Path] = []
    said: dict[str, str] = {}
    for entry in issued.plan.register:
        path, its = fill_in(entry, issued.plan, form, tmp_path)
        back.append(path)
        # What two services say differently waits for a decision.
        said |= {row: status for row, status in its.items() if said.get(row, status) == status}
        said = {row: status for row, status in said.items() if its.get(row, status) == status}
    merged = verbs.merge(issued.plan, back, layout=form)
    changed = {each.row_id: each.new for each in merged.applied if each.field == "progress"}
    assert {row: status for row, status in said.items() if row in changed} == changed
    assert {each.field for each in merged.applied} <= {"progress"}
    assert merged.plan.edition == month
    again = verbs.merge(merged.plan, back, layout=form)
    assert again.plan == merged.plan
    verbs.write_merged(merged, tmp_path / "rolled-up.xlsx", layout=form)
    assert verbs.load(tmp_path / "rolled-up.xlsx").plan == merged.plan


@forms
def test_an_example_has_a_pack_and_a_next_year(name: str, sources: dict[str, Loaded], tmp_path: Path) -> None:
    plan, form = sources[name].plan, sources[name].layout
    told = verbs.pack(plan, tmp_path / "pack.xlsx", layout=form)
    tabs = openpyxl.load_workbook(tmp_path / "pack.xlsx").sheetnames
    assert {spec.title for spec in form.tabs if spec.shows != "actions"} <= set(tabs)
    assert told.pack.whole.sentence
    rolled = verbs.rollover(plan, plan.start + plan.months, layout=form)
    assert len(rolled.carried) + len(rolled.completed) == len(plan.actions)
    verbs.build(rolled.plan, tmp_path / "next.xlsx", form)
    assert verbs.load(tmp_path / "next.xlsx").plan == rolled.plan


# --- a plan in another form -------------------------------------------------------------------------------------


@forms
@pytest.mark.parametrize("other", FORMS)
def test_a_plan_is_shown_in_any_other_form_and_loses_nothing(name: str, other: str, tmp_path: Path) -> None:
    own = verbs.load(EXAMPLES / name)
    shown = verbs.load(EXAMPLES / name, other)
    assert shown.layout.name == other
    verbs.build(shown.plan, tmp_path / "shown.xlsx", shown.layout)
    master = verbs.load(tmp_path / "shown.xlsx")
    assert [each.message for each in master.findings] == []
    assert master.plan == shown.plan
    actions = {row for tab in Grid(master.layout, master.plan, whole=True).tabs for row in map(id, tab.actions)}
    assert len(actions) == len(own.plan.actions)
    if other not in ("monthly-gantt", "monthly-gantt-overlay") or name not in (
        "monthly-gantt",
        "monthly-gantt-overlay",
    ):
        assert not any(tab.name == "Other" for tab in Grid(master.layout, master.plan, whole=True).tabs)
    for file in ("shown.xlsx", "shown.json"):
        verbs.export(master.plan, tmp_path / "shown.json", force=True)
        home = verbs.load(tmp_path / file, name)
        settings = {key: said for key, said in home.plan.settings.items() if key != FIRST_LAYOUT}
        assert replace(home.plan, layout=name, settings=settings) == own.plan


def test_a_gantt_of_dates_shows_the_months_from_start_to_finish(tmp_path: Path) -> None:
    shown = verbs.load(EXAMPLES / "workstreams", "monthly-gantt")
    verbs.build(shown.plan, tmp_path / "gantt.xlsx", shown.layout)
    grid = Grid(shown.layout, shown.plan, whole=True)
    action = next(each for each in shown.plan.actions if each.ref == "A.3")
    assert (action.start, action.finish) == ("20/08/09", "17/09/09")
    tab, row, _ = grid.cell(action.row_id, "ref") or pytest.fail("A.3 is not shown")
    sheet = openpyxl.load_workbook(tmp_path / "gantt.xlsx")[tab.name]
    grey = [column.heading for column in tab.months if sheet.cell(row, column.number).fill.fgColor.rgb == "FFD0D0D0"]
    assert grey == ["Aug", "Sep"]


def test_completion_tables_of_a_plan_with_colours_go_by_what_is_complete() -> None:
    shown = verbs.load(EXAMPLES / "recommendations", "completion-tables")
    tabs = {tab.name: tab.actions for tab in Grid(shown.layout, shown.plan, whole=True).tabs}
    assert list(tabs) == ["Fully completed", "Partially completed", "Not completed"]
    assert {action.marker for action in tabs["Fully completed"]} == {"COMPLETE"}
    assert all(action.progress for action in tabs["Partially completed"])
    assert not any(action.progress or action.marker for action in tabs["Not completed"])


# --- layout files -----------------------------------------------------------------------------------------------


def test_the_schema_for_editors_is_that_of_the_program() -> None:
    written = json.loads((ROOT / "layouts" / "layout.schema.json").read_text(encoding="utf-8"))
    assert written == schema()


@pytest.mark.parametrize("name", available())
def test_the_schema_takes_the_layouts_that_are_shipped(name: str) -> None:
    import tomllib  # noqa: PLC0415  # here alone

    import jsonschema  # type: ignore[import-untyped]  # noqa: PLC0415  # here alone

    data = tomllib.loads((ROOT / "layouts" / f"{name}.toml").read_text(encoding="utf-8"))
    jsonschema.validate(data, schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**data, "colums": []}, schema())
