"""Plans of realistic shape, made at random: what every round trip must carry without loss."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from workbook.archive import Archived, ArchivedYear
from workbook.months import Month
from workbook.palette import STANDARD
from workbook.plan import Action, Approval, Heading, Person, Plan
from workbook.record import EDITION_KINDS, ROWS, Change, Edition, Held, Issued, Returned, Taken
from workbook.source import clean

_T = TypeVar("_T")

# How often a law is tried: the same cases on every run, and no clock. Whole plans take long to make up.
often = settings(max_examples=60, deadline=None, derandomize=True, database=None)
seldom = settings(
    often,
    max_examples=25,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)

# What real plans contain, and what spreadsheets and parsers stumble over.
_REFS = "1.1.1|1.1.1.|1.10|1.1|13.4.4.|A22|A.22|B.|R.2.7|R2.15|007|1e5|=1+1|-3|TRUE|12/5|Nr. 4b".split("|")
_WORDS = [
    "Appoint a designer",
    "=SUM(A1:A9)",
    "+44 20 7946 0000",
    "-5 degrees or less",
    "@home scheme",
    '“Corn Hall” – a "new" use for it\'s rooms',
    "a, b; c / d | e \\ f",
    "Größe, café, Łódź, naïve, Ω, 日本語, 😀",
    "First line\nsecond line\n\nfourth line",
    "COMPLETE. Signed off 1.10.",
    "{curly} %s %d {0} <b>&amp;</b>",
    "_x000D_",
    "null",
    "0012",
    "A long sentence. " * 40,
]
_NAMES = [*"PS JG CS HB KD AC".split(), "Policy Officer", "P. O'Neill", "Łukasz Żak", "1.5", "=PS"]
_COLUMNS = [
    "risk_ref",
    "Risk (H/M/L)",
    "Größe",
    "Überprüft am",
    "Last year's ref",
    "2008",
    "=x",
    "progress (column)",
    "Returned",
]
LEVELS = ("priority", "measure", "section")

_letters = st.characters(exclude_categories=("Cc", "Cs"))
texts = st.one_of(st.just(""), st.sampled_from(_WORDS), st.text(_letters, max_size=12)).map(clean)
some_texts = texts.filter(bool)
single_lines = texts.map(lambda text: " ".join(text.split()))
months = st.builds(Month, st.integers(2006, 2012), st.integers(1, 12))
names = st.one_of(
    st.sampled_from(_NAMES),
    st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="/,;"), max_size=8),
).map(lambda name: " ".join(name.split()))
some_names = st.lists(names.filter(bool), max_size=3).map(tuple)
refs = st.one_of(st.just(""), st.sampled_from(_REFS), single_lines)
ids = st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=4, max_size=6)
statuses = st.sampled_from(sorted(STANDARD))
approvals = st.builds(
    Approval,
    decision=st.sampled_from(["approved", "refused"]),
    by=texts,
    on=single_lines,
    minute=single_lines,
    comment=texts,
)


def _few(
    each: st.SearchStrategy[_T], most: int, key: Callable[[_T], object] | None = None
) -> st.SearchStrategy[tuple[_T, ...]]:
    return st.lists(each, max_size=most, unique_by=key).map(tuple)


def _by_month(each: st.SearchStrategy[_T]) -> st.SearchStrategy[dict[Month, _T]]:
    return st.dictionaries(months, each, max_size=4).map(lambda items: dict(sorted(items.items())))


extras = st.dictionaries(st.sampled_from(_COLUMNS), some_texts, max_size=2)
people = st.builds(
    Person, initials=names.filter(bool), name=texts, role=texts, service=texts, email=single_lines, extra=extras
)
returned = st.builds(Returned, file=some_texts, digest=ids, position=st.integers(0, 99), edition=st.integers(0, 9))


@st.composite
def headings(draw: st.DrawFn) -> tuple[Heading, ...]:
    """Headings as a plan holds them: below the first level each has a parent, and a measure's other rows its title."""
    made: list[Heading] = []
    for _ in range(draw(st.integers(0, 4))):
        level = draw(st.sampled_from(LEVELS))
        # A ref with a trailing dot means the same heading as one without.
        ref = draw(refs.map(lambda text: text.rstrip(". ")))
        before = next((each for each in made if (each.ref, each.level) == (ref, level)), None)
        title = draw(texts) or (before.title if before else "")
        parent = None if level == LEVELS[0] else draw(st.sampled_from(["CP1", "1.1", "Nr. 4"]))
        more = {name: draw(texts) for name in ("outcome", "required", "timescale", "lead", "resources", "deadline")}
        made.append(
            Heading(
                ref=ref, level=level, title=title, parent=parent, extra=draw(extras), recommendation=draw(texts), **more
            )
        )
    return tuple(made)


@st.composite
def actions(draw: st.DrawFn, row_id: str, under: Sequence[str]) -> Action:
    """One action, under one of these headings or one that the plan does not have."""
    names = ("start", "finish", "timescale", "milestone", "partners", "resources", "target")
    more: Mapping[str, Any] = {name: draw(texts) for name in names}
    return Action(
        row_id=row_id,
        ref=draw(refs),
        heading=draw(st.sampled_from([*under, "no such heading"])),
        action=draw(texts),
        lead=draw(some_names),
        programmed=tuple(sorted(draw(st.sets(months, max_size=5)))),
        revised=tuple(sorted(draw(st.sets(months, max_size=2)))),
        progress=draw(_by_month(statuses)),
        approval=draw(_by_month(approvals)),
        note=draw(texts),
        importance=draw(st.sampled_from(["", "high", "medium", "low", "urgent"])),
        depends_on=draw(some_names),
        recommendation=draw(texts),
        extra=draw(extras),
        **more,
    )


_rows = st.builds(lambda ref, words: json.dumps({"ref": ref, "action": words}, ensure_ascii=False), refs, some_texts)
_new_rows = st.builds(
    lambda ref, words: json.dumps(
        {"heading": "1.1", "ref": ref, "action": words, "lead": ["PS"], "note": "", "more": {}, "progress": {}},
        ensure_ascii=False,
    ),
    refs,
    some_texts,
)
# What a change may hold, by its field; what is reported is so for a month.
_VALUES: dict[str, st.SearchStrategy[str]] = {
    "progress": statuses,
    "note": some_texts,
    "ref": some_texts,
    "approval": approvals.map(Approval.to_text),
    "row": _rows,
}


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """One change of any field, or a decision that changed nothing."""
    field = draw(st.sampled_from(sorted(_VALUES)))
    values = st.none() | _VALUES[field]
    return Change(
        edition=draw(months),
        row_id=draw(ids),
        ref=draw(refs),
        field=field,
        month=draw(months) if field in ("progress", "approval") else None,
        old=draw(values),
        new=draw(values),
        source=draw(single_lines),
        cell=draw(st.sampled_from(["CP1!I14", "'HR&OD1'!B7", ""])),
        decision=draw(st.none() | ids),
    )


@st.composite
def held(draw: st.DrawFn) -> Held:
    """One value that was held back: readable or not, or a row that was added."""
    field = draw(st.sampled_from(["progress", "note", "row"]))
    values = _new_rows if field == "row" else st.none() | _VALUES[field]
    return Held(
        row_id=draw(ids),
        field=field,
        month=draw(months) if field == "progress" else None,
        baseline=None if field == "row" else draw(st.none() | _VALUES[field]),
        value=draw(values),
        file=draw(some_texts),
        digest=draw(ids),
        cell=draw(st.sampled_from(["CP1!I14", ""])),
        recipient=draw(single_lines),
        reported=draw(st.none() | months),
        position=draw(st.integers(0, 99)),
        readable=field == "row" or draw(st.booleans()),
        raw=draw(texts),
        candidates=draw(_few(single_lines.filter(bool), 2)),
        row=draw(st.sampled_from(ROWS)),
    )


taken = st.builds(
    Taken, query_id=ids, row_id=ids, question=some_texts, answer=texts, by=texts, on=texts, minute=texts, comment=texts
)
editions = st.builds(
    Edition,
    kind=st.sampled_from(EDITION_KINDS),
    month=st.none() | months,
    history=st.integers(0, 9),
    held=st.integers(0, 9),
    taken=st.integers(0, 9),
    register=st.integers(0, 9),
)
archived = st.builds(
    Archived,
    row_id=ids,
    ref=refs,
    heading=single_lines,
    heading_title=texts,
    action=texts,
    lead=some_names,
    programmed=st.sets(months, max_size=4).map(lambda found: tuple(sorted(found))),
    status=st.none() | statuses,
    month=st.none() | months,
    complete_since=st.none() | months,
    note=texts,
)
archived_years = st.builds(
    ArchivedYear,
    plan_id=ids,
    title=some_texts,
    start=months,
    months=st.integers(1, 24),
    of=st.integers(0, 99),
    actions=_few(archived, 2),
)
archives = _few(archived_years, 2, lambda year: year.plan_id)
# Every second plan has this one; to make one up for each takes more draws than a whole plan is allowed.
ARCHIVE = (
    ArchivedYear(plan_id="pold", title="=Plan", start=Month(2008, 7), months=12, of=1),
    ArchivedYear(
        plan_id="pnew",
        title="Größe",
        start=Month(2009, 7),
        months=12,
        of=3,
        actions=(
            Archived(row_id="rone", ref="1.10", action=_WORDS[7], lead=("PS", "CS SS"), programmed=(Month(2009, 9),)),
            Archived(row_id="rtwo", heading="1.1", status="green", month=Month(2010, 6), note=_WORDS[9]),
        ),
    ),
)
issues = st.builds(
    Issued,
    issue_id=ids,
    recipient=single_lines,
    month=months,
    file=single_lines,
    rows=_few(ids, 3),
    name=single_lines,
    due=single_lines,
    position=st.integers(0, 99),
    returned=_few(returned, 2),
)


def _first_refs(of: Sequence[Heading]) -> list[str]:
    """The heading refs that an action may name: of two that differ by their case alone, the first."""
    return list({heading.ref.casefold(): heading.ref for heading in reversed(of)}.values())


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan as reading a source, merging and issuing leave it."""
    its_headings = draw(headings())
    row_ids = draw(st.lists(ids, max_size=4, unique=True))
    settings = st.dictionaries(
        st.sampled_from(["sponsor", "owner", "Priority label", "=key", "Größe"]), some_texts, max_size=2
    )
    return Plan(
        plan_id="p" + draw(ids),
        title=draw(some_texts),
        organisation=draw(texts),
        start=draw(months),
        months=draw(st.integers(1, 24)),
        layout="monthly-gantt",
        edition=draw(st.none() | months),
        settings=draw(settings),
        people=draw(_few(people, 2)),
        headings=its_headings,
        actions=tuple(draw(actions(row_id, _first_refs(its_headings))) for row_id in row_ids),
        history=draw(_few(changes(), 2)),
        held=draw(_few(held(), 1)),
        taken=draw(_few(taken, 1)),
        editions=draw(_few(editions, 2)),
        archive=ARCHIVE if len(row_ids) % 2 else (),
        register=draw(_few(issues, 2, lambda issued: issued.issue_id)),
    )
