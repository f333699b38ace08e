"""The programme of an action whose source gives none, worked out from its start, finish, timescale and recurrence.

What was worked out is kept with what it was worked out from, and shown as such. Nothing is worked out from today's
date, nor for a row of a plan that was built before: there an empty programme is meant.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from workbook.months import Month, run
from workbook.plan import Action, Plan
from workbook.timescales import Timescale, occurrences, parse

# Where an action's dates stand: the first two together, each of the others only where those before it say nothing.
DATES = ("start", "finish", "timescale", "target")
HEADING_DATES = ("timescale", "deadline")
_UNTIL = re.compile(r"\b(?:until|till|to|by)\b", re.IGNORECASE)
_THEREAFTER = re.compile(r"\bthereafter\b", re.IGNORECASE)
_SHORT = ("day", "week", "2 weeks", "3 weeks", "4 weeks", "month")  # from which every month has one


def dates_of(said: Mapping[str, str], columns: Iterable[str], plan: Plan) -> dict[str, Timescale]:
    """What those columns of a row say, where they say anything.

    A name without a year is the plan's own, and in a finish the first after the start.
    """
    dates: dict[str, Timescale] = {}
    for column in columns:
        if text := said.get(column, ""):
            after = dates["start"].start if column == "finish" and "start" in dates else None
            dates[column] = _read(text, plan.period, starts=column == "start", after=after)
    return dates


def _read(text: str, period: Sequence[Month], *, starts: bool, after: dt.date | None) -> Timescale:
    """A text as it is read near the middle of the plan; or near its ends, if what it says lies within it only then."""
    tries: list[tuple[bool, int, Timescale]] = []
    for near in (period[(len(period) - 1) // 2], period[0], period[-1]):
        read = parse(text, near, starts=starts)
        dates = [date for date in (read.start, read.finish, read.revised) if date]
        is_in_order = after is None or all(date >= after for date in dates)
        if is_in_order and all(period[0] <= _month(date) <= period[-1] for date in dates):
            return read
        tries.append((not is_in_order, len(tries), read))
    return min(tries, key=lambda each: each[:2])[2]


def worked_out(action: Action, plan: Plan) -> Action:
    """The action with a programme and what that was worked out from, or as it is where nothing tells it."""
    if told := _told(action, plan):
        return replace(action, programmed=_months(told[1], plan.period), programme_from=_in_words(*told))
    return action


def goes_on(action: Action, plan: Plan, period: Sequence[Month]) -> tuple[tuple[Month, ...], str]:
    """The months from a later period on in which a plan's action recurs or goes on, and what says so.

    Only dates that recur or are open-ended say so: its own, or its measure's if its programme was worked out from
    those; a start without a finish only if it was worked out from that. They are read as the plan itself reads them.
    """
    told = _told(action, plan)
    if told is None or (told[0] and not action.programme_from.startswith(told[0])):
        return (), ""
    said = list(told[1].values())
    is_open = bool(action.programme_from and _first(said) and not _last(said))
    if not is_open and not any(each.every or each.open_ended for each in said):
        return (), ""
    return tuple(month for month in _months(told[1], period) if month >= period[0]), _in_words(*told)


def _told(action: Action, plan: Plan) -> tuple[str, dict[str, Timescale]] | None:
    """The first of an action's sources that comes to any months, unless one before it holds a date that cannot be."""
    for from_what, dates in _sources(action, plan):
        if any(each.impossible for each in dates.values()):
            break
        if _months(dates, plan.period):
            return from_what, dates
    return None


def _in_words(from_what: str, dates: Mapping[str, Timescale]) -> str:
    return from_what + ", ".join(f"{name} “{each.text}”" for name, each in dates.items())


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
    """Whether a row's dates end before they start, one of them or together. A target may be a number to reach."""
    said = [each for column, each in dates.items() if column != "target" or len(dates) == 1]
    ends = [(_first([each]), _last([each])) for each in said] + [(_first(said), _last(said))]
    return any(first and last and last < first for first, last in ends)


def _first(dates: Iterable[Timescale]) -> dt.date | None:
    return next((each.start for each in dates if each.start), None)


def _last(dates: Iterable[Timescale]) -> dt.date | None:
    return next((last for each in dates if (last := each.revised or each.finish or each.must_by)), None)


def _months(dates: Mapping[str, Timescale], period: Sequence[Month]) -> tuple[Month, ...]:
    """The months that these dates come to; none where they hold no date, or end before they start."""
    said = list(dates.values())
    first, last = _first(said), _last(said)
    if reversed_dates(dates):
        return ()
    if recurring := next((each for each in said if each.every), None):
        return _recurring(recurring, first, last, period)
    if not first and (deadlines := _deadlines(said)):
        return deadlines
    if any(each.open_ended for each in said) and not (first and last):
        # “Ongoing until December” goes on up to it, “June 2009 and ongoing” from it on.
        is_end = any(_UNTIL.search(each.text) for each in said)
        first, last = (None, last) if is_end else (first or last, None)
        return _between(first, last, period)
    if first and not last:
        return _between(first, None, period)
    begins = first or last
    return run(_month(begins), _month(last).since(_month(begins)) + 1) if begins and last else ()


def _between(first: dt.date | None, last: dt.date | None, period: Sequence[Month]) -> tuple[Month, ...]:
    """The plan's months between two dates, either of which may be missing; the first one's where they are none."""
    begins, ends = _month(first) if first else period[0], _month(last) if last else period[-1]
    return tuple(month for month in period if begins <= month <= ends) or ((begins,) if first else ())


def _deadlines(said: Iterable[Timescale]) -> tuple[Month, ...]:
    """The months of several deadlines in one text: `a) Oct 06 b) Dec 06`."""
    ends = (part.revised or part.finish for each in said if not each.revised for part in each.parts)
    return tuple(sorted({_month(end) for end in ends if end}))


def _recurring(
    said: Timescale, first: dt.date | None, last: dt.date | None, period: Sequence[Month]
) -> tuple[Month, ...]:
    """The months of the plan in which it is due: from its first date on, up to its last; “thereafter” from that one."""
    if _THEREAFTER.search(said.text) and (begins := said.start or said.finish):
        first, last = begins, None
    if said.every in _SHORT:
        return _between(first, last, period)
    if first is None:
        return (_month(last),) if last else ()
    end = last or period[-1].end
    due = {_month(date) for date in occurrences(said.every or "", first, max(end, first))}
    return tuple(month for month in period if month in due) or (_month(first),)


def _month(date: dt.date) -> Month:
    return Month(date.year, date.month)
