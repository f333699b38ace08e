"""The checkpoint of each uppermost heading: what its lead says, what is overdue, what is due and begins next."""

import datetime as dt
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from workbook.completion import is_complete, last_status
from workbook.layout import CYCLE_DAYS, Layout, Part
from workbook.months import Month
from workbook.plan import Action, Heading, Plan
from workbook.source import DATES, dates_of
from workbook.timescales import parse
from workbook.views import Group, Told, ViewCell, ViewColumn

_COLUMNS = (
    ViewColumn(heading="", share=14),
    ViewColumn(heading="Ref", share=7),
    ViewColumn(heading="Action", share=56),
    ViewColumn(heading="Lead", share=18),
    ViewColumn(heading="When", share=18),
    ViewColumn(heading="Status", share=8),
    ViewColumn(heading="Progress", share=50),
)


def checkpoints(part: Part, plan: Plan, layout: Layout) -> Told:
    """A group for each uppermost heading; actions whose ref is like the part's `refs` are its lead's own words."""
    today = as_at(plan)
    until = today + dt.timedelta(days=CYCLE_DAYS[layout.cycle])
    groups = []
    for top in plan.headings:
        if top.level in layout.tab_levels:
            own = [action for action in plan.actions if plan.tops[action.heading] == top.ref]
            groups += [_group(top, own, part, plan, layout, today, until)] if own else []
    said = f"As at {_date(today)}; next is what comes by {_date(until)}."
    return Told(title=part.title, paragraphs=(said,), columns=_COLUMNS, groups=tuple(groups))


def as_at(plan: Plan) -> dt.date:
    """The day as at which a plan stands: that by which its last returns were due, or the last day of its month."""
    month = plan.edition or plan.start
    due = [parse(issued.due).finish for issued in plan.register if issued.month == month and issued.due]
    return max((each for each in due if each), default=month.end)


def _group(
    top: Heading, actions: Sequence[Action], part: Part, plan: Plan, layout: Layout, today: dt.date, until: dt.date
) -> Group:
    words = [action for action in actions if part.refs and fnmatchcase(action.ref, part.refs)]
    rest = [action for action in actions if action not in words and not is_complete(action, layout)]
    done = sum(is_complete(action, layout) for action in actions)
    band = " ".join(each for each in (top.ref, top.title) if each) + (f" ({top.lead})" if top.lead else "")
    lines = [f"{done} of {len(actions) - len(words)} actions complete."]
    lines += [action.note for action in words if action.note]
    rows = [row for action in rest for row in _rows(action, plan, layout, today, until)]
    order = {"Overdue": 0, "Due next": 1, "Begins next": 2}
    rows.sort(key=lambda row: order[row[0].text])
    return Group(band=band, lines=tuple(lines), rows=tuple(rows))


def _rows(action: Action, plan: Plan, layout: Layout, today: dt.date, until: dt.date) -> Iterator[tuple[ViewCell, ...]]:
    dates = dates_of({name: getattr(action, name) for name in DATES}, DATES, plan).values()
    start = next((each.start for each in dates if each.start), None)
    last = next((end for each in dates if (end := each.revised or each.finish or each.must_by)), None)
    if action.revised:
        last = action.revised[-1].end
    if last and last < today:
        yield _row("Overdue", action, _date(last), layout)
    elif last and last <= until:
        yield _row("Due next", action, _date(last), layout)
    elif start and today < start <= until:
        yield _row("Begins next", action, _date(start), layout)


def _row(what: str, action: Action, when: str, layout: Layout) -> tuple[ViewCell, ...]:
    last = last_status(action, layout)
    status = last[1] if last else None
    texts = (what, action.ref, action.action, " / ".join(action.lead), when)
    letter = ViewCell(text=status.letter if status else "", status=status)
    return (*(ViewCell(text=text) for text in texts), letter, ViewCell(text=action.own_note))


def _date(date: dt.date) -> str:
    return f"{date.day} {Month(date.year, date.month).name}"
