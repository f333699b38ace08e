"""What a case is about: the plan behind it, the officer's visit, and what the officer means with each value."""

from collections.abc import Mapping
from dataclasses import replace

from tests.office import JULY, Council, action, small_plan
from workbook.grid import Grid
from workbook.layout import Layout
from workbook.months import Month
from workbook.plan import Action, Plan, value_of

Key = tuple[str, str, Month | None]  # row id, field, month
OFFICER, COLLEAGUE = "PS", "HB"
FIELDS = ("ref", "action", "lead", "note", "programmed")

# What nobody can tell, an officer's "see note" or a letter against its colour: it can be named, never read right.
UNCLEAR = "(nobody can tell)"

AUGUST = JULY + 1


def corpus_plan() -> Plan:
    """The small council's plan with more of what goes wrong: wordings alike, 2.1 beside 2.10, two months reported."""
    board = {"words": "Report to the board", "lead": "PS"}
    actions: tuple[Action, ...] = (
        action("1.1.1", "Appoint a designer", "PS", "Jul Aug Sep", progress={JULY: "green", AUGUST: "amber"}),
        action("1.1.2", "Draw the options", "PS", "Sep Oct", note="Two drawn so far."),
        action("1.1.3", "Ask the residents", "PS/HB", "Sep"),
        action("1.2.1", "Choose the paving", "PS", "Jul Aug Nov", progress={JULY: "revised", AUGUST: "green"}),
        action("1.2.2", programmed="Sep", **board),
        action("1.2.10", "Lay the paving", "HB", "Aug Sep", progress={AUGUST: "red"}),
        action("2.1.1", "List the sites", "PS/JG", "Jul Aug Sep Oct", progress={JULY: "amber", AUGUST: "suspended"}),
        action("2.1.2", "Bid for a grant", "PS", "Sep", note="The bid is with the region."),
        action("2.1.3", programmed="Sep Dec", **board),
        action("2.1.4", "Tell the tenants", "HB", "Sep"),
        replace(action("2.1", "Find the empty homes", "PS", "Aug Sep", progress={AUGUST: "red"}), heading="2.2"),
        replace(action("2.10", "Bring the homes back", "PS", "Sep Oct", note="Ten at a time."), heading="2.2"),
    )
    return replace(small_plan(), actions=actions)


def truth_of(actions: Mapping[str, Action], months: tuple[Month, ...]) -> dict[Key, str | None]:
    """What was issued: every value of these actions."""
    issued: dict[Key, str | None] = {}
    for row_id, each in actions.items():
        issued |= {(row_id, name, None): value_of(each, name) for name in FIELDS}
        issued |= {(row_id, "progress", month): value_of(each, "progress", month) for month in months}
    return issued


def tabs_of(layout: Layout, baseline: Plan) -> dict[str, str]:
    """The tab on which each action was issued."""
    return {row_id: tab.name for row_id, (tab, _) in Grid(layout, baseline, whole=False).rows_of.items()}


def baseline_of(council: Council, recipient: str) -> Plan:
    """The plan as it was issued to somebody."""
    return council.plan.only(council[recipient].issued.rows)
