"""What is doubtful in a plan source once all of it is known: refs, leads, dates, programmes, dependencies."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from workbook.dependencies import links
from workbook.findings import Finding, Where, finding
from workbook.layout import Layout
from workbook.months import say_runs
from workbook.plan import Action, Heading, Person, Plan, plain_ref, split_names
from workbook.source.programme import DATES, HEADING_DATES, dates_of, reversed_dates
from workbook.source.tables import Record, Table
from workbook.timescales import Timescale

_REF = re.compile(r"[^\W_]+(?:(?:[./&-] ?| )[^\W_]+)*")
_MOST_NAMED = 6  # actions of a circle
_FEW, _SEVERAL = 3, 6  # refs from which a way of writing them can be told, of one heading and of the whole plan


def judged(plan: Plan, tables: Mapping[str, Table], layout: Layout) -> Iterator[Finding]:
    """Find what is doubtful, row by row."""
    actions = list(zip(tables["actions"].records(), plan.actions, strict=True))
    table = tables.get("headings")
    headings = list(zip(table.records() if table else (), plan.headings, strict=True))
    yield from _refs(actions, headings, plan, layout)
    for record, action in actions:
        yield from _leads(record, action.lead, plan)
        yield from _dates(record, dates_of(record.values, DATES, plan))
        yield from _programme(record, action, plan, layout)
    yield from _derived(actions, layout)
    refs = {heading.ref for _, heading in headings}
    for record, heading in headings:
        if heading.parent and heading.parent not in refs:
            yield record.find("HEADING_UNKNOWN", "parent", heading=heading.parent)
        yield from _leads(record, split_names(heading.lead), plan)
        yield from _dates(record, dates_of(record.values, HEADING_DATES, plan))
    yield from _dependencies(actions, headings, plan)


def _leads(record: Record, leads: Sequence[str], plan: Plan) -> Iterator[Finding]:
    """Leads that are neither the initials nor the name of anybody."""
    known = {name.casefold() for person in plan.people for name in (person.initials, person.name)}
    for lead in leads if known else ():
        if lead.casefold() not in known:
            likely = _likely(lead, plan)
            meant = f" It may be {likely.name} ({likely.initials})." if likely else ""
            yield record.find("LEAD_UNKNOWN", "lead", lead=lead, likely=meant)


def _likely(lead: str, plan: Plan) -> Person | None:
    """The only person who may be called so by an initial and a surname: `S. Iddon`."""
    *first, surname = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", lead.casefold()) or [""]
    if len(first) != 1 or len(first[0]) != 1:
        return None
    names = [(person, person.name.casefold().split()) for person in plan.people if person.name]
    found = [person for person, name in names if name[-1] == surname and name[0].startswith(first[0])]
    return found[0] if len(found) == 1 else None


def _refs(
    actions: Sequence[tuple[Record, Action]],
    headings: Sequence[tuple[Record, Heading]],
    plan: Plan,
    layout: Layout,
) -> Iterator[Finding]:
    """Refs that are missing, used more than once, or written otherwise than those beside them."""
    rows: dict[str, list[Record]] = defaultdict(list)
    beside: dict[str, list[str]] = defaultdict(list)
    for record, action in actions:
        rows[plain_ref(action.ref)].append(record)
        beside[plan.tops[action.heading]].append(action.ref)
        if not action.ref and "ref" in layout.words:
            yield record.find("REF_MISSING", "ref", action=_short(action.action))
    for ref, records in rows.items():
        if ref and len(records) > 1:
            said = "rows " + ", ".join(str(record.row) for record in records)
            yield records[1].find("REF_REPEATED", "ref", times=len(records), rows=said)
    usual = {top: _usual(refs) for top, refs in beside.items()}
    shapes = Counter(_shape(action.ref) for _, action in actions)
    for record, action in actions:
        if shapes[_shape(action.ref)] >= _SEVERAL:
            continue  # a way of writing them that is used all over the plan, for actions of one kind
        if why := _malformed(action.ref, usual[plan.tops[action.heading]]):
            yield record.find("REF_MALFORMED", "ref", why=why)
    seen: set[str] = set()
    usual_heading = _usual(list(dict.fromkeys(heading.ref for _, heading in headings)))
    for record, heading in headings:
        is_usual = _shape(heading.ref) == _shape(usual_heading)
        if heading.ref not in seen and not is_usual and (why := _malformed(heading.ref, "")):
            yield record.find("REF_MALFORMED", "ref", why=why)
        seen.add(heading.ref)


def _usual(refs: Sequence[str]) -> str:
    """A ref that is written as most of these are, or an empty text where they are written in several ways."""
    shapes = Counter(_shape(ref) for ref in refs if ref)
    shape, times = shapes.most_common(1)[0] if shapes else ("", 0)
    return (
        next(ref for ref in refs if _shape(ref) == shape) if times >= _FEW and times > sum(shapes.values()) / 2 else ""
    )


def _shape(ref: str) -> str:
    """How a ref is written: `R2.15b` is `A9.9`, for a letter after the last number only tells two rows apart."""
    return re.sub(r"[^\W\d_]+", "A", re.sub(r"\d+", "9", re.sub(r"(?<=\d)[a-z]$", "", ref)))


def _malformed(ref: str, usual: str) -> str:
    """Why a ref is not written as it should be, or an empty text."""
    if not ref or _shape(ref) == _shape(usual):
        return ""
    if ref.endswith("."):
        return "it ends in a dot"
    if not _REF.fullmatch(ref):
        return "it is not made of letters and numbers with dots between them"
    if usual:
        return f"most of those beside it are written like {usual}"
    return ""


def _dates(record: Record, dates: Mapping[str, Timescale]) -> Iterator[Finding]:
    for column, said in dates.items():
        if said.impossible:
            yield record.find("DATE_IMPOSSIBLE", column, name=column, why=said.problem)
        # A target may as well be a number to reach.
        elif said.problem and column != "target":
            yield record.find("TIMESCALE_UNREAD", column, name=column, text=said.text)
    if reversed_dates(dates):
        at = [column for column, said in dates.items() if said.finish or said.revised][-1]
        said_of = ", ".join(f"{column} “{said.text}”" for column, said in dates.items())
        yield record.find("DATES_REVERSED", at, dates=said_of)


def _programme(record: Record, action: Action, plan: Plan, layout: Layout) -> Iterator[Finding]:
    if not action.programmed:
        # What is written there and not understood is said already.
        if not record["programmed"]:
            yield record.find("PROGRAMME_EMPTY", "programmed")
        return
    if layout.has_months and action.programme_from and not record["programmed"]:
        said = {"months": say_runs(action.programmed), "source": action.programme_from}
        yield record.find("PROGRAMME_DERIVED", "programmed", **said)
    outside = [month for month in action.programmed if month not in plan.period]
    if layout.has_months and outside:
        yield record.find("PROGRAMME_OUTSIDE_PLAN", "programmed", months=say_runs(outside))


def _derived(actions: Sequence[tuple[Record, Action]], layout: Layout) -> Iterator[Finding]:
    """Where the form has no months, dates are what an action is planned by: all that they come to, in one finding."""
    derived = [record for record, action in actions if action.programme_from and not record["programmed"]]
    if derived and not layout.has_months:
        table = derived[0].table
        yield finding("PROGRAMMES_DERIVED", Where(file=table.file, sheet=table.name), count=len(derived))


def _dependencies(
    actions: Sequence[tuple[Record, Action]], headings: Sequence[tuple[Record, Heading]], plan: Plan
) -> Iterator[Finding]:
    """Refs that are waited for and are none, and actions that wait for one another."""
    by_row = {action.row_id: record for record, action in actions}
    by_heading = {heading.ref: record for record, heading in reversed(headings)}
    found = links(plan)
    for each in found.unknown:
        record = by_row[each.row_id] if each.row_id else by_heading[each.heading or ""]
        yield record.find("DEPENDENCY_UNKNOWN", each.field, other=each.ref)
    for circle in found.circles:
        refs = [plan.by_row_id[row_id].ref or "an action without a ref" for row_id in (*circle, circle[0])]
        if len(refs) > _MOST_NAMED:
            refs = [
                *refs[: _MOST_NAMED - 1],
                f"{len(refs) - _MOST_NAMED} others, the last of which waits for {refs[0]}",
            ]
        said = f"{refs[0]} waits for " + ", which waits for ".join(refs[1:])
        record = by_row[circle[0]]
        yield record.find("DEPENDENCY_CIRCULAR", "depends_on" if record["depends_on"] else "ref", circle=said)


def _short(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
