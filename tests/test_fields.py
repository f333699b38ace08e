"""Columns beyond the usual ones: officers fill in those that the layout leaves open, and no others."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.office import BOTH_FORMS, Council, changes, codes, found, small_plan
from workbook import verbs
from workbook.layout import Column, Layout
from workbook.merge import merge
from workbook.merge.queries import KEEP
from workbook.queries import Decision


def with_columns(form: Layout) -> Layout:
    """The form with two more columns before the note: partners are the officers' to fill in, targets are not."""
    *others, note = form.columns
    partners = Column(field="partners", heading="Partner organisations", width=20, locked=False)
    target = Column(field="target", heading="Target completion", width=14)
    return replace(form, columns=(*others, partners, target, note))


@pytest.fixture(params=BOTH_FORMS, ids=lambda form: form.bands)
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Council:
    plan = small_plan()
    told = replace(plan.actions[0], partners="Parish council", target="Sept 09")
    return Council.issuing(tmp_path, with_columns(request.param), replace(plan, actions=(told, *plan.actions[1:])))


def test_a_column_that_is_the_officers_is_taken(office: Council) -> None:
    office["PS"].type("1.1.1", "partners", "Parish council; county").type("1.1.2", "partners", "English Heritage")
    merged = office.merge(office["PS"].send())
    assert changes(merged) == [
        "1.1.1 partners: Parish council -> Parish council; county",
        "1.1.2 partners: None -> English Heritage",
    ]
    assert "FIELD_CHANGED" not in codes(merged)


def test_a_column_that_is_not_theirs_is_asked_about(office: Council) -> None:
    office["PS"].type("1.1.1", "target", "Dec 09")
    merged = office.merge(office["PS"].send())
    assert changes(merged) == []
    (said,) = found(merged, "FIELD_CHANGED")
    assert said.message == "The target of 1.1.1 was changed from “Sept 09” to “Dec 09”."
    (query,) = merged.queries
    assert query.question == "Officers may not change the target. Is the change to be made?"
    assert [answer.words for answer in query.answers] == [KEEP, "Take Dec 09 (PS)"]


def test_the_rolled_up_copy_says_what_was_filled_in(office: Council) -> None:
    office["PS"].type("1.1.2", "partners", "English Heritage")
    merged = office.merge(office["PS"].send())
    home = office.folder / "rolled-up.xlsx"
    verbs.write_merged(merged, home, layout=office.layout)
    assert verbs.read(home) == replace(merged.plan, layout=office.layout.name)


def test_a_new_row_keeps_its_other_columns(office: Council) -> None:
    officer = office["PS"]
    tab = officer.grid.tabs[0]
    row = tab.rows[-1].number + 1
    words = {"ref": "1.2.3", "action": "Sweep it", "partners": "Parish council"}
    letters = {name: officer.grid.column(name).number for name in words}
    values = {chr(ord("A") + letters[name] - 1): text for name, text in words.items()}
    sent = officer.do("insert", tab.name, row=row, values=values).send()
    asked = office.merge(sent)
    (query,) = [each for each in asked.queries if each.kind == "new row"]
    assert query.returned == "1.2.3, “Sweep it”, partners “Parish council”"
    decisions = {query.query_id: Decision(answer="Add it to the plan")}
    added = merge(asked.plan, [], office.layout, decisions).plan.actions[-1]
    assert (added.ref, added.partners) == ("1.2.3", "Parish council")
