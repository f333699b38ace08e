"""Next year's title: last year's, with its year moved on."""

import re

from workbook.months import Month, run, say_runs
from workbook.plan import Plan

_YEAR = r"(?:\d{4}|\d{2})"
_YEARS = re.compile(rf"(?<!\d)(?P<first>{_YEAR})(?:(?P<between>\s?(?:[/–—-]|to)\s?)(?P<last>{_YEAR}))?(?!\d)")
_IN_FULL = 4  # digits
_CENTURY = 100


def next_title(plan: Plan, start: Month, months: int) -> str:
    """The title with the plan's own years moved on (`2009/10`, `2009-2010`, `2009`); with the period put after it if
    it names none.
    """
    was, period = say_runs(plan.period), say_runs(run(start, months))
    if was in plan.title:
        return plan.title.replace(was, period)
    by = start.year - plan.start.year
    own = {plan.start.year, plan.period[-1].year}

    def moved(found: re.Match[str]) -> str:
        first, last = found["first"], found["last"]
        is_own = all(_is_year(text, own) for text in (first, last) if text)
        # Two figures alone may be anything.
        if not is_own or (last is None and len(first) < _IN_FULL) or first == last:
            return found[0]
        return _later(first, by) + (found["between"] + _later(last, by) if last else "")

    title = _YEARS.sub(moved, plan.title)
    return title if title != plan.title else f"{title}, {period}"


def _is_year(text: str, years: set[int]) -> bool:
    return any(int(text) == (year if len(text) == _IN_FULL else year % _CENTURY) for year in years)


def _later(year: str, by: int) -> str:
    later = int(year) + by
    return str(later) if len(year) == _IN_FULL else f"{later % _CENTURY:02}"
