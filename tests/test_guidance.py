"""Every rule's own examples, played through: a return is issued, filled in, sent back and checked."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.office import BOTH_FORMS, JULY, ONE_STATUS, Council, Return, small_plan
from workbook import verbs
from workbook.findings import CATALOGUE
from workbook.layout import Layout
from workbook.months import Month, parse_runs, run
from workbook.palette import PROGRAMME_FILL
from workbook.plan import Action, Approval, Heading, Plan
from workbook.rules import RULES, Rule
from workbook.rules.rule import Example

PERIOD = run(JULY, 12)
SUBJECT, OTHER = "1.1.1", "1.1.0"
EXAMPLES = [
    pytest.param(form, rule, example, id=f"{form.name}-{rule.name}: {example.says}")
    for rule in RULES
    for form in (BOTH_FORMS if rule.name in BOTH_FORMS[0].guidance else (ONE_STATUS,))
    for example in rule.examples
]


def told(words: str) -> dict[Month, str]:
    """`Aug amber, Sep red` by month."""
    pairs = (part.split(maxsplit=1) for part in words.split(", ") if part)
    return {parse_runs(month, PERIOD)[0]: status for month, status in pairs}


def plan_of(example: Example, layout: Layout) -> Plan:
    """A plan with the action that the example is about, and the one that it waits for."""
    before = {
        month: status.key for month, word in told(example.before).items() if (status := layout.palette.typed(word))
    }
    revised = parse_runs(example.revised, PERIOD)
    action = Action(
        row_id="rsubject",
        ref=SUBJECT,
        heading="1.1",
        action="Lay the paving",
        lead=("PS",),
        programmed=parse_runs(example.programmed, PERIOD),
        progress=dict(sorted({**dict.fromkeys(revised, "revised"), **before}.items())),
        approval={month: Approval(decision="approved", by="Board", on="2009-08-12", minute="7") for month in revised},
        revised=revised,
        note=example.note_before,
        depends_on=(OTHER,) if example.waits_for else (),
    )
    other = replace(action, row_id="rother", ref=OTHER, action="Draw the paving", depends_on=(), note="", revised=())
    headings = (Heading(ref="CP1", level="priority"), Heading(ref="1.1", level="measure", parent="CP1"))
    return replace(small_plan(), headings=headings, actions=(other, action))


def fill_in(desk: Return, example: Example) -> None:
    """What the officer does."""
    for ref, words in ((SUBJECT, example.now), (OTHER, example.waits_for)):
        for month, word in told(words).items():
            desk.type(ref, month.short, word)
    if example.note and example.note != example.note_before:
        desk.type(SUBJECT, "note", example.note)
    if example.new_date:
        desk.type(SUBJECT, "new_date", example.new_date)
    if example.grey:
        grey, was = parse_runs(example.grey, PERIOD), parse_runs(example.programmed, PERIOD)
        for month in sorted(set(grey) ^ set(was)):
            desk.paint(SUBJECT, month.short, PROGRAMME_FILL.rgb if month in grey else None, band="programmed")


@pytest.mark.parametrize(("layout", "rule", "example"), EXAMPLES)
def test_an_example_finds_what_it_says(layout: Layout, rule: Rule, example: Example, tmp_path: Path) -> None:
    council = Council.issuing(tmp_path, layout, plan_of(example, layout))
    desk = council["PS"]
    fill_in(desk, example)
    (checked,) = verbs.check([desk.send()])
    about = [each.code for each in checked.findings if each.where.row_id == "rsubject" and each.code in rule.codes]
    assert tuple(about) == example.finds


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.codes], ids=lambda rule: rule.name)
def test_a_rule_has_examples_that_it_finds_and_that_it_does_not(rule: Rule) -> None:
    assert {bool(example.finds) for example in rule.examples} == {True, False}


def test_a_layout_is_judged_by_the_rules_that_it_names_and_no_others(tmp_path: Path) -> None:
    late = Example(says="late, and no note", programmed="Jul", now="Sep amber")
    two_bands = BOTH_FORMS[0]
    found = {}
    for names in (two_bands.guidance, ("note", "lateness"), ("note",)):
        layout = replace(two_bands, guidance=names)
        council = Council.issuing(tmp_path / "-".join(names), layout, plan_of(late, layout))
        fill_in(council["PS"], late)
        (checked,) = verbs.check([council["PS"].send()])
        found[names] = {each.code for each in checked.findings}
    assert {"NOTE_MISSING", "LATENESS_UNDERSTATED"} <= found[two_bands.guidance]
    assert found[("note", "lateness")] == {"LATENESS_UNDERSTATED"}
    assert found[("note",)] == set()


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.check], ids=lambda rule: rule.name)
def test_what_a_finding_of_the_guidance_says_to_do_is_the_sentence_on_the_sheet(rule: Rule) -> None:
    about_guidance = [code for code in rule.codes if CATALOGUE[code].about == "the guidance"]
    assert all("{guidance}" in CATALOGUE[code].remedy for code in about_guidance)
