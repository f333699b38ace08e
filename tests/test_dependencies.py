"""What waits for what, as depends_on, wordings and notes say it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from random import Random
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.office import action, small_plan
from tests.strategies import often
from workbook.dependencies import Links, Unknown, links
from workbook.months import Month
from workbook.plan import Action, Heading, Plan

HEADINGS = tuple(
    Heading(ref=ref, level="measure", title=title, parent=parent)
    for ref, title, parent in [
        ("CP1", "Market square", None),
        ("1.1", "Paving", "CP1"),
        ("1.2", "Lighting", "CP1"),
        ("4.3", "Litter", "CP4"),
        ("15.3", "Workforce", "HR&OD2"),
    ]
)
REFS = "1.1.1 1.1.2 1.1.3 1.1.4 1.2.1 1.2.10 4.3.1 4.3.2 5.2.10 13.4.4. 15.2.1 15.3.1 A.6 A.7 A.15 A22 D5 R2.7 3 7 12"


def a_plan(
    rows: Iterable[tuple[str, str]],
    headings: tuple[Heading, ...] = HEADINGS,
    depends_on: Mapping[str, tuple[str, ...]] | None = None,
) -> Plan:
    """Actions of these refs and notes, whose row ids are the refs."""
    waits_for = depends_on or {}
    actions = [
        replace(action(ref, "Do it", "", "", note=note), row_id=ref, depends_on=waits_for.get(ref, ()))
        for ref, note in rows
    ]
    return Plan(plan_id="p", title="Plan", start=Month(2009, 7), headings=headings, actions=tuple(actions))


def chain(**waits_for: str) -> Links:
    """The links of a plan that is drawn as `a="b c"`: a depends on b and c."""
    names = dict.fromkeys([*waits_for, *" ".join(waits_for.values()).split()])
    depends_on = {name: tuple(on.split()) for name, on in waits_for.items()}
    return links(a_plan([(name, "") for name in names], (), depends_on=depends_on))


def said(note: str, own: str = "1.1.4") -> set[str]:
    """What a note of the action 1.1.4 of a plan is understood to say."""
    found = links(a_plan([(ref, note if ref == own else "") for ref in REFS.split()]))
    waits = {f"waits {link.on}" if link.row_id == own else f"feeds {link.row_id}" for link in found.waits}
    sees = {f"sees {link.on}" for link in found.sees}
    assert {link.said_by for link in (*found.waits, *found.sees)} <= {own}
    return waits | sees | {f"unknown {each.ref}" for each in found.unknown}


# A phrase, what it says, of which refs.
PHRASES = """
    Depends on 1.1.2                                                    | waits   | 1.1.2
    Dependent upon what comes out of 1.1.2.                             | waits   | 1.1.2
    Dependencies: 1.1.1, 1.1.2                                          | waits   | 1.1.1 1.1.2
    Subject to 15.2.1 and to frost                                      | waits   | 15.2.1
    Following completion of 1.1.2 the kerbs are ordered                 | waits   | 1.1.2
    Slabs are laid after 1.1.2                                          | waits   | 1.1.2
    Follows on from 1.1.2                                               | waits   | 1.1.2
    Once 1.1.2 is signed the lamps go up                                | waits   | 1.1.2
    As soon as 1.1.2 reports                                            | waits   | 1.1.2
    Awaiting 1.1.2                                                      | waits   | 1.1.2
    Still waiting for the sample under 1.1.2                            | waits   | 1.1.2
    We wait on A22                                                      | waits   | A22
    Not started pending 1.1.2.                                          | waits   | 1.1.2
    On ice until 15.2.1 allows                                          | waits   | 15.2.1
    Nothing is bought until the traders have agreed to 1.2.1.           | waits   | 1.2.1
    Depends on the outcomes of A.6                                      | waits   | A.6
    Findings from A.6 shape the leaflet                                 | waits   | A.6
    Use the first results (A.6) to choose a slab                        | waits   | A.6
    Utilise early survey results (A.6) for the sketch                   | waits   | A.6
    Using A.6 findings, draw a sketch                                   | waits   | A.6
    Costs are based on 1.1.2                                            | waits   | 1.1.2
    Builds on the work in 1.1.2                                         | waits   | 1.1.2
    Requires 1.1.2 to be signed                                         | waits   | 1.1.2
    Needs the figures from 1.1.2                                        | waits   | 1.1.2
    Relies on A22                                                       | waits   | A22
    Linked to completion of 1.1.2                                       | waits   | 1.1.2
    The team is small and the priority will be to address 15.2.1        | waits   | 15.2.1
    We will address 15.2.1 first.                                       | waits   | 15.2.1
    Held up by 1.1.2                                                    | waits   | 1.1.2
    Delayed by the frost and by 1.1.2                                   | waits   | 1.1.2
    A month late because of the delay to 1.1.2                          | waits   | 1.1.2
    Put off because 1.1.2 has slipped                                   | waits   | 1.1.2
    Will follow 1.1.2                                                   | waits   | 1.1.2
    A.6 must be finished first                                          | waits   | A.6
    A.6 and A.7 have to be done before we start                         | waits   | A.6 A.7
    Little time; 15.2.1 comes first.                                    | waits   | 15.2.1
    15.2.1 takes priority                                               | waits   | 15.2.1
    A.6 results awaited                                                 | waits   | A.6
    The digging cannot start before 1.1.2 ends                          | waits   | 1.1.2
    When 1.1.2 is complete, order the slabs                             | waits   | 1.1.2
    Late as 1.1.2 was not finished                                      | waits   | 1.1.2
    Will start when 1.1.2 has been signed                               | waits   | 1.1.2
    Informed by A.6                                                     | waits   | A.6
    Feed all the answers into A.15                                      | feeds   | A.15
    Feeds A.15                                                          | feeds   | A.15
    An input to A.15                                                    | feeds   | A.15
    This informs 1.1.3                                                  | feeds   | 1.1.3
    Contributes to 1.1.3                                                | feeds   | 1.1.3
    Leads into 1.1.3                                                    | feeds   | 1.1.3
    Leading to 1.1.3 in spring                                          | feeds   | 1.1.3
    Will go into A.15                                                   | feeds   | A.15
    Needed for A.15                                                     | feeds   | A.15
    A prerequisite for 1.1.3                                            | feeds   | 1.1.3
    The engineers want it before 1.1.3 can start                        | feeds   | 1.1.3
    Traders must be told before 1.1.3                                   | feeds   | 1.1.3
    For inclusion in the final scheme for the square (A.15)             | feeds   | A.15
    This precedes 1.1.3                                                 | feeds   | 1.1.3
    1.1.3 depends on this                                               | feeds   | 1.1.3
    A.15 cannot start until this is done                                | feeds   | A.15
    This will hold up 1.1.3                                             | feeds   | 1.1.3
    See 1.1.2                                                           | sees    | 1.1.2
    Shared with the parish (see also Section 4.3)                       | sees    | 4.3.1 4.3.2
    Refer to 1.1.2                                                      | sees    | 1.1.2
    cf. A.15                                                            | sees    | A.15
    As in 1.1.2                                                         | sees    | 1.1.2
    Done well without 1.1.2                                             | sees    | 1.1.2
    As 1.1.2.                                                           | sees    | 1.1.2
    In step and in line with D5                                         | sees    | D5
    Paid for under 1.1.2                                                | sees    | 1.1.2
    As reported at 1.1.2                                                | sees    | 1.1.2
    Covered by 1.1.2                                                    | sees    | 1.1.2
    Links to 1.1.2                                                      | sees    | 1.1.2
    1.1.2 is on target                                                  | sees    | 1.1.2
    The following actions are shared: 1.1.2                             | sees    | 1.1.2
    After Easter we will report on 1.1.2                                | sees    | 1.1.2
    The needs survey (1.1.2)                                            | sees    | 1.1.2
    Delays in 1.1.2 were discussed                                      | sees    | 1.1.2
    When 1.1.2 was discussed nobody came                                | sees    | 1.1.2
    Does not depend on 1.1.2                                            | sees    | 1.1.2
    No longer depends on 1.1.2                                          | sees    | 1.1.2
    It isn't dependent on 1.1.2                                         | sees    | 1.1.2
    Independent of 1.1.2                                                | sees    | 1.1.2
    Goes ahead without waiting for 1.1.2                                | sees    | 1.1.2
    It does not feed into A.15                                          | sees    | A.15
    1.1.3 depends on 1.1.2                                              | sees    | 1.1.2 1.1.3
    We depend on the weather. 1.1.2 is on target                        | sees    | 1.1.2
    We depend on the weather, 1.1.2 is on target                        | sees    | 1.1.2
    See section 4.3 of this plan                                        | sees    | 4.3.1 4.3.2
    Priority 3                                                          | sees    | 3
    see 13.4.5                                                          | unknown | 13.4.5
    Section 4.9 has the rest                                            | unknown | 4.9
    Depends on 1.1.9                                                    | unknown | 1.1.9
    Awaiting A.16                                                       | unknown | A.16
    Feeds into A.99                                                     | unknown | A.99
    Action R2.70 is next                                                | unknown | R2.70
    13.4.5 is late                                                      | nothing |
    Depends on 1.1.4                                                    | nothing |
    £4.3m was spent                                                     | nothing |
    A budget of 1,004.3                                                 | nothing |
    Up by 4.3% on last year                                             | nothing |
    4.3 per cent of homes                                               | nothing |
    4.3 FTE                                                             | nothing |
    Needs 2.5 officers                                                  | nothing |
    After 30.6.09                                                       | nothing |
    Due by 1.4.07                                                       | nothing |
    After 10.30am                                                       | nothing |
    Version 4.3 of the form                                             | nothing |
    Ring 01632.960 004                                                  | nothing |
    See section 4.3 of the Constitution                                 | nothing |
    See section 9.9 of the Act                                          | nothing |
    See 4.3 of the Local Plan                                           | nothing |
    Depends on B9, a form of the County's                               | nothing |
    Depends on 30.6.09                                                  | nothing |
    See PPS3                                                            | nothing |
    Subject to PPS3                                                     | nothing |
    15 people, 3 of them new, on 7 July                                 | nothing |
    Waiting for 12 tenders                                              | nothing |
    A section 106 agreement                                             | nothing |
"""
SAID = [tuple(part.strip() for part in line.split("|")) for line in PHRASES.strip().splitlines()]


@pytest.mark.parametrize(("phrase", "says", "refs"), SAID, ids=[phrase for phrase, _, _ in SAID])
def test_a_phrase_says(phrase: str, says: str, refs: str) -> None:
    assert said(phrase) == {f"{says} {ref}" for ref in refs.split()}


@pytest.mark.parametrize(
    ("phrase", "says"),
    [
        ("Depends on 1.1.1, 1.1.2 and 1.2", "waits 1.1.1, waits 1.1.2, waits 1.2.1, waits 1.2.10"),
        ("Using the results of A.6/A.7", "waits A.6, waits A.7"),
        ("After 1.1.1 to 1.1.3", "waits 1.1.1, waits 1.1.3"),
        ("Awaiting 1.1.1,1.1.2", "waits 1.1.1, waits 1.1.2"),
        ("Depends on 1.1.1, 1.1.9 and 1.2.1", "waits 1.1.1, unknown 1.1.9, waits 1.2.1"),
        ("See action 3, 12 people came", "sees 3"),
        ("Depends on 1.1.1 for the plans in 1.1.2", "waits 1.1.1, sees 1.1.2"),
        ("Use the answers and results (A.6) for inclusion in the draft (A.7)", "waits A.6, feeds A.7"),
        ("Waits for A.6 and feeds into A.15", "waits A.6, feeds A.15"),
        ("Depends on 1.1.2. 1.1.2 is late.", "waits 1.1.2"),
        ("after 5.2.10 is done", "waits 5.2.10"),
        ("depends on 5.2.10", "waits 5.2.10"),
        ("1.1.2 and 1.1.4 wait for A.6", "waits A.6, sees 1.1.2"),
    ],
)
def test_several_refs_in_a_sentence(phrase: str, says: str) -> None:
    assert said(phrase) == set(says.split(", "))


@pytest.mark.parametrize(
    ("written", "ref"),
    [
        ("A22", "A22"),
        ("A.22", "A22"),
        ("a22", "A22"),
        ("R.2.7", "R2.7"),
        ("13.4.4", "13.4.4."),
        ("13.4.4.", "13.4.4."),
        (" 1.1.2 ", "1.1.2"),
    ],
)
def test_a_ref_is_written_in_several_ways(written: str, ref: str) -> None:
    found = links(a_plan([(each, "") for each in REFS.split()], depends_on={"1.1.4": (written,)}))
    assert [(link.row_id, link.on, link.ref, link.field) for link in found.waits] == [
        ("1.1.4", ref, written, "depends_on")
    ]
    assert said(f"It depends on {written}") == {f"waits {ref}"}


def test_a_longer_number_is_another_ref() -> None:
    assert said("Depends on 1.2.1") == {"waits 1.2.1"}
    assert said("Depends on 1.2.10") == {"waits 1.2.10"}
    assert said("1.2.100") == set()


def test_what_the_source_says_it_depends_on_waits() -> None:
    plan = small_plan()
    first, second, *others = plan.actions
    plan = replace(plan, actions=(first, replace(second, depends_on=("1.1.1", "2.1", "9.9", "1.1.1.")), *others))
    found = links(plan)
    assert [(link.row_id, link.on) for link in found.waits] == [("r112", "r111"), ("r112", "r211"), ("r112", "r212")]
    assert found.unknown == (Unknown(ref="9.9", field="depends_on", row_id="r112"),)
    assert found.before("r112") == ("r111", "r211", "r212")
    assert found.before("r111") == ()


def test_a_heading_means_all_actions_under_it_but_an_action_does_not_wait_for_its_own() -> None:
    assert said("After 1.1", own="4.3.1") == {"waits 1.1.1", "waits 1.1.2", "waits 1.1.3", "waits 1.1.4"}
    assert said("After 1.1") == set()
    assert said("Depends on CP1") == set()


def test_a_section_may_be_named_in_depends_on() -> None:
    plan = a_plan([("1.1.1", ""), ("4.3.1", ""), ("4.3.2", "")], depends_on={"1.1.1": ("Section 4.3", "action 4.3.1")})
    assert links(plan).before("1.1.1") == ("4.3.1", "4.3.2")


def test_an_action_comes_before_a_heading_of_the_same_ref() -> None:
    plan = a_plan([("1.1", ""), ("1.1.1", ""), ("2.1", "After 1.1")])
    assert [link.on for link in links(plan).waits] == ["1.1"]


def test_a_ref_that_two_actions_have_names_both() -> None:
    plan = a_plan([("1.1.1", ""), ("1.1.2", ""), ("1.1.3", "Waits for 1.1.2")])
    second = plan.actions[1]
    twice = replace(plan, actions=(*plan.actions, replace(second, row_id="again", ref="1.1.2.")))
    assert [link.on for link in links(twice).waits] == ["1.1.2", "again"]
    itself = replace(twice, actions=(*twice.actions[:-1], replace(second, row_id="again", depends_on=("1.1.2",))))
    assert links(itself).before("again") == ("1.1.2",)
    assert links(itself).circles == ()
    noted = replace(twice, actions=(*twice.actions[:-1], replace(second, row_id="again", note="After 1.1.2")))
    assert links(noted).before("again") == ()


def test_the_action_that_says_so_is_known() -> None:
    plan = a_plan([("1.1.1", "Feeds into 1.1.2."), ("1.1.2", "After 1.1.1."), ("1.1.3", "")])
    first, second = links(plan).waits
    assert (first.row_id, first.on, first.said_by) == ("1.1.2", "1.1.1", "1.1.1")
    assert (second.row_id, second.on, second.said_by) == ("1.1.2", "1.1.1", "1.1.2")
    assert links(plan).before("1.1.2") == ("1.1.1",)


def test_wordings_are_read_as_notes_are() -> None:
    plan = a_plan([("1.1.1", ""), ("1.1.2", "")])
    worded = replace(plan, actions=(plan.actions[0], replace(plan.actions[1], action="Print the results of 1.1.1")))
    assert [(link.row_id, link.on, link.field) for link in links(worded).waits] == [("1.1.2", "1.1.1", "action")]


def test_a_pointer_of_a_heading_to_nowhere_is_unknown() -> None:
    titles = ("Staff (see Section 15.3, Workforce)", "Waste (see Section 4.8)", "Roads (see Section 4.3)")
    more = tuple(Heading(ref=f"7.{n}", level="section", title=title) for n, title in enumerate(titles))
    found = links(a_plan([("4.3.1", "")], (*HEADINGS, *more)))
    assert found.unknown == (Unknown(ref="4.8", field="title", heading="7.1"),)
    assert (found.waits, found.sees) == ((), ())


@pytest.mark.parametrize(
    ("waits_for", "circles"),
    [
        ({"a1": "a1"}, [("a1",)]),
        ({"a1": "a2", "a2": "a1"}, [("a1", "a2")]),
        ({"a1": "a2", "a2": "a3", "a3": "a1"}, [("a1", "a2", "a3")]),
        ({"a1": "a3", "a3": "a2", "a2": "a1"}, [("a1", "a3", "a2")]),
        ({"a1": "a2", "a2": "a3"}, []),
        ({"a1": "b1", "b1": "b2", "b2": "b1", "c1": "c2", "c2": "c1 b1"}, [("b1", "b2"), ("c1", "c2")]),
        ({"a1": "a2 a3", "a2": "a4", "a3": "a1", "a4": "a1"}, [("a1", "a3")]),
        ({"a1": "a1 a2", "a2": "a1"}, [("a1",)]),
    ],
    ids=["one", "two", "three", "the other way round", "none", "two circles", "a knot with two ways", "one in two"],
)
def test_circles(waits_for: dict[str, str], circles: list[tuple[str, ...]]) -> None:
    assert list(chain(**waits_for).circles) == circles


def test_pointers_make_no_circle() -> None:
    assert links(a_plan([("1.1.1", "See 1.1.2"), ("1.1.2", "Depends on 1.1.1")])).circles == ()


def test_held_up_through_others() -> None:
    found = chain(a2="a1", a3="a2", a5="a3 a1", b1="b2")
    assert found.held_up("a1") == ("a2", "a3", "a5")
    assert found.held_up("a3") == ("a5",)
    assert found.held_up("b2") == ("b1",)
    assert found.held_up("a5") == found.held_up("nobody") == ()


def test_nothing_holds_itself_up() -> None:
    found = chain(a1="a2 a1", a2="a3", a3="a1")
    assert found.held_up("a1") == ("a2", "a3")
    assert found.before("a1") == ("a1", "a2")


def test_a_plan_without_refs_has_no_links() -> None:
    notes = ["Delayed until 3.4 million is found, see the minutes", "After Easter; first of 3", ""]
    plan = a_plan([("", note) for note in notes], ())
    assert links(plan) == Links()


_PIECES = [*REFS.split(), *"CP1 1.1 4.3 9.9 1.1.9 A.22 -3 /7".split()]
_PIECES += [
    "depends on",
    "feeds",
    "into",
    "see",
    "not",
    "first",
    "after",
    ", ",
    " and ",
    ". ",
    "\n",
    "(",
    ")",
    "£",
    "%",
    "section",
]
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_PIECES), max_size=12).map(" ".join))
notes = st.lists(texts, min_size=2, max_size=6)


def with_notes(said: list[str]) -> Plan:
    refs = REFS.split()
    return a_plan([(ref, said[number] if number < len(said) else "") for number, ref in enumerate(refs)])


@given(notes)
@often
def test_every_link_is_between_actions_of_the_plan(said: list[str]) -> None:
    plan = with_notes(said)
    found = links(plan)
    for link in (*found.waits, *found.sees):
        assert {link.row_id, link.on, link.said_by} <= set(plan.by_row_id)
        assert link.row_id != link.on
        assert link.ref in getattr(plan.by_row_id[link.said_by], link.field)
    for row_id in plan.by_row_id:
        assert row_id not in found.held_up(row_id)
        assert all(row_id in found.held_up(other) for other in found.before(row_id))
    assert {row_id for circle in found.circles for row_id in circle} <= {link.row_id for link in found.waits}


@given(notes, st.randoms(use_true_random=False))
@often
def test_the_order_of_the_actions_changes_nothing_but_the_order(said: list[str], random: Random) -> None:
    plan = with_notes(said)
    shuffled = list(plan.actions)
    random.shuffle(shuffled)
    one, other = links(plan), links(replace(plan, actions=tuple(shuffled)))
    assert set(one.waits) == set(other.waits)
    assert set(one.sees) == set(other.sees)
    assert set(one.unknown) == set(other.unknown)
    assert len(one.circles) == len(other.circles)
    assert all(set(one.held_up(row_id)) == set(other.held_up(row_id)) for row_id in plan.by_row_id)


@given(st.lists(texts, max_size=4).map(tuple))
@often
def test_anything_may_stand_in_depends_on(refs: tuple[str, ...]) -> None:
    found = links(a_plan([("1.1.1", ""), ("1.1.2", "")], depends_on={"1.1.1": refs}))
    assert {link.ref for link in found.waits} | {each.ref for each in found.unknown} <= set(refs)


@pytest.mark.parametrize(
    "words",
    [
        "depends on 1.1.2, ",
        "1.1.2 ",
        "feed ",
        "action 7, ",
        "action 7" + " 7" * 9_000,
        "a&",
        "\n",
        "1.1.",
        " has to ",
        "section  ",
        "1.1.1\n\n\n\n",
        "(",
        "9",
        "A",
    ],
)
def test_a_note_as_long_as_a_cell_holds_is_read_in_no_time(words: str) -> None:
    note = (words * (32_760 // len(words) + 1))[:32_760] + " 1.1.3"
    plan = a_plan([("1.1.1", note), ("1.1.2", ""), ("1.1.3", ""), ("7", "")])
    started = perf_counter()
    links(plan)
    assert perf_counter() - started < 3


def test_a_chain_of_thousands() -> None:
    actions = tuple(Action(row_id=f"r{n}", ref=f"C{n}", depends_on=(f"C{n + 1}",)) for n in range(4_999))
    plan = Plan(plan_id="p", title="", start=Month(2009, 7), actions=(*actions, Action(row_id="r4999", ref="C4999")))
    found = links(plan)
    assert found.circles == ()
    assert len(found.held_up("r4999")) == 4_999
    last = Action(row_id="r4999", ref="C4999", depends_on=("C0",))
    (circle,) = links(replace(plan, actions=(*actions, last))).circles
    assert circle == tuple(f"r{n}" for n in range(5_000))
