"""Whatever the program writes it reads back: build -> read gives the same plan, in every form."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from tests.office import ALL_FORMS, SEPTEMBER
from tests.strategies import plans, seldom
from workbook import verbs
from workbook.build.masters import write_master, write_return
from workbook.issuing import issue_plan
from workbook.layout import Layout
from workbook.plan import Action, Plan, value_of
from workbook.read.workbooks import read_return
from workbook.report.parts import reports
from workbook.verbs import Loaded

forms = pytest.mark.parametrize("form", ALL_FORMS, ids=lambda form: form.name)


@forms
@seldom
@given(plan=plans())
def test_a_master_is_read_back_as_the_plan_it_was_built_from(form: Layout, plan: Plan) -> None:
    plan = replace(plan, layout=form.name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "master.xlsx"
        write_master(path, plan, form, reports(plan, form))
        loaded = verbs.load(path)
    assert loaded.plan == plan
    assert loaded.layout == form
    assert [each.message for each in loaded.findings] == []


@forms
@seldom
@given(plan=plans())
def test_a_return_is_read_back_as_what_was_issued(form: Layout, plan: Plan) -> None:
    issued, entries = issue_plan(plan, form, plan.period[0], "all", None)
    for entry in entries:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / entry.file
            write_return(path, issued, form, entry)
            reading = read_return(path)
        assert [each.message for each in reading.findings] == []
        assert (reading.issue_id, reading.recipient, reading.month) == (entry.issue_id, "ALL", entry.month)
        assert sorted(each.issued.row_id for each in reading.actions) == sorted(plan.by_row_id)
        for action in reading.actions:
            original = plan.by_row_id[action.issued.row_id]
            for (field, month), said in action.said.items():
                assert said.value == value_of(original, field, month), (field, month)


@forms
def test_the_example_is_read_back(example: Loaded, tmp_path: Path, form: Layout) -> None:
    verbs.build(example.plan, tmp_path / "master.xlsx", form)
    loaded = verbs.load(tmp_path / "master.xlsx")
    assert loaded.plan == replace(example.plan, layout=form.name)
    assert loaded.findings == ()


def test_the_examples_flat_export_is_a_source_of_the_same_plan(example: Loaded, tmp_path: Path) -> None:
    issued, _ = issue_plan(example.plan, example.layout, SEPTEMBER, "lead", None)
    for ending in ("xlsx", "json"):
        verbs.export(issued, tmp_path / f"plan.{ending}")
        assert verbs.load(tmp_path / f"plan.{ending}").plan == issued


def test_actions_alike_but_for_refs_that_the_form_does_not_show_are_told_apart_by_their_ids(tmp_path: Path) -> None:
    form = next(form for form in ALL_FORMS if form.name == "in-tables")
    alike = tuple(
        Action(row_id=row_id, ref=ref, heading="1", action="Report to the board")
        for row_id, ref in (("a", ""), ("b", "1.1"))
    )
    plan = Plan(plan_id="p", title="Plan", start=SEPTEMBER, months=1, layout=form.name, actions=alike)
    write_master(tmp_path / "master.xlsx", plan, form, reports(plan, form))
    loaded = verbs.load(tmp_path / "master.xlsx")
    assert loaded.plan == plan
    assert [each.message for each in loaded.findings] == []
