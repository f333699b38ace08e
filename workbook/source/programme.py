"""The programme of an action whose source gives none, worked out from its start, finish, timescale and recurrence.

What was worked out is kept with what it was worked out from, and shown as such. Nothing is worked out from today's
date, nor for a row of a plan that was built before: there an empty programme is meant.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from workbook.months import Month, run
from workbook.plan import Action, Plan
from workbook.timescales import Timescale, occurrences, parse

# Where an action's dates stand: the first two together, each of the others only where those before it say nothing.
DATES = ("start", "finish", "timescale", "target")
HEADING_DATES = ("timescale", "deadline")
_SHORT = ("day", "week", "2 weeks", "3 weeks", "4 weeks", "month")  # from which every month has one


def dates_of(said: Mapping[str, str], columns: Iterable[str], plan: Plan) -> dict[str, Timescale]:
    """What those columns of a row say, where they say anything; a month without a year is the plan's."""
    middle = plan.period[len(plan.period) // 2]
    return {column: parse(said[column], middle, starts=column == "start") for column in columns if said.get(column, "")}


def worked_out(action: Action, plan: Plan) -> Action:
    """The action with a programme and what that was worked out from, or as it is where nothing tells it."""
    for from_what, dates in _sources(action, plan):
        if months := _months(dates, plan.period):
            said = ", ".join(f"{name} “{each.text}”" for name, each in dates.items())
            return replace(action, programmed=months, programme_from=f"{from_what}{said}")
    return action


def _sources(action: Action, plan: Plan) -> Iterable[tuple[str, dict[str, Timescale]]]:
    """What may tell an action's programme, the surest first: its own dates, its target, its measure's timescale."""
    own = dates_of({name: getattr(action, name) for name in DATES}, DATES, plan)
    target = own.pop("target", None)
    yield "", own
    if target:
        yield "", {"target": target}
    measures = [heading for heading in plan.headings if heading.ref == action.heading]
    for column in HEADING_DATES:
        # Of a measure with several actions required, each with a date of its own, which is meant is not known.
        texts = {getattr(heading, column) for heading in measures} - {""}
        if len(texts) == 1:
            yield "its measure's ", dates_of({column: texts.pop()}, (column,), plan)


def reversed_dates(dates: Mapping[str, Timescale]) -> bool:
    """Whether a row's dates end before they start."""
    first, last = _first(dates.values()), _last(dates.values())
    return bool(first and last and last < first)


def _first(dates: Iterable[Timescale]) -> dt.date | None:
    return next((each.start for each in dates if each.start), None)


def _last(dates: Iterable[Timescale]) -> dt.date | None:
    return next((last for each in dates if (last := each.revised or each.finish)), None)


def _months(dates: Mapping[str, Timescale], period: Sequence[Month]) -> tuple[Month, ...]:
    """The months that these dates come to; none where they hold no date, or end before they start."""
    said = list(dates.values())
    first, last = _first(said), _last(said)
    every = next((each.every for each in said if each.every), None)
    if reversed_dates(dates):
        return ()
    if every:
        return _recurring(every, first, last, period)
    if not first and (deadlines := _deadlines(said)):
        return deadlines
    if first and not last:
        return tuple(month for month in period if month >= _month(first)) or (_month(first),)
    if last:
        begins = _month(first or last)
        return run(begins, _month(last).since(begins) + 1)
    return tuple(period) if any(each.open_ended for each in said) else ()


def _deadlines(said: Iterable[Timescale]) -> tuple[Month, ...]:
    """The months of several deadlines in one text: `a) Oct 06 b) Dec 06`."""
    ends = (part.revised or part.finish for each in said if not each.revised for part in each.parts)
    return tuple(sorted({_month(end) for end in ends if end}))


def _recurring(every: str, first: dt.date | None, last: dt.date | None, period: Sequence[Month]) -> tuple[Month, ...]:
    """The months of the plan in which it is due: from the first date on, or from the only one."""
    if every in _SHORT:
        begins = _month(first) if first else period[0]
        ends = _month(last) if first and last else period[-1]
        return tuple(month for month in period if begins <= month <= ends)
    anchor = first or last
    if anchor is None:
        return ()
    after = period[-1] + 1
    end = last if first and last else dt.date(after.year, after.number, 1) - dt.timedelta(days=1)
    due = {_month(date) for date in occurrences(every, anchor, max(end, anchor))}
    return tuple(month for month in period if month in due) or (_month(anchor),)


def _month(date: dt.date) -> Month:
    return Month(date.year, date.month)
