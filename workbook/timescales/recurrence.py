"""How often something comes, and whether it goes on."""

import datetime as dt
import re

from workbook.timescales.words import MONTHS, NUMBERS, pattern
from workbook.timescales.written import NAME

_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(NUMBERS)})"
_UNIT = r"(?P<unit>day|week|fortnight|month|quarter|year)"
_EVERY = rf"""(?<![\w-])(?<!\d\.)(?:
    (?:every|each|once\s+(?:a|an|per|every|in\s+every)|per)\s+
      (?:(?:{_COUNT}|(?P<nth>other|alternate|second|third|fourth|fifth|sixth|2nd|3rd|4th|5th|6th))[\s-]+)?{_UNIT}s?\b
    |{_COUNT.replace("count", "ly")}[\s-]*(?P<unit_ly>week|month|year)ly\b
    |(?:(?P<twice>once|twice|thrice)|{_COUNT.replace("count", "times")}\s*(?:times|x))
      (?:[\s-]+(?:a|per|each|every|in\s+a))?[\s-]+
      (?:year|yearly|annually|annum)\b
    |(?P<weekly>every\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day)
    |(?P<annual>(?:every|each)\s+{NAME})
    |(?P<word>half[\s-]*yearly|half[\s-]+annual(?:ly)?|semi[\s-]*annual(?:ly)?|bi[\s-]*annual(?:ly)?|biennial(?:ly)?
      |triennial(?:ly)?|bi[\s-]*monthly|bi[\s-]*weekly|bi[\s-]*yearly|fortnightly|daily|weekly|monthly|quarterly|qtrly
      |yearly|annual(?:ly)?|per\s+annum|p\.a\.)(?![\w])
    )"""
_WORDS = {
    **dict.fromkeys(("half", "semi", "biannual"), "6 months"),
    **dict.fromkeys(("biennial", "biyearly"), "2 years"),
    **dict.fromkeys(("fortnightly", "biweekly"), "2 weeks"),
    **{"triennial": "3 years", "bimonthly": "2 months"},
    **{"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "qtrly": "quarter"},
}
_COUNTS = {
    **{name: number for number, name in enumerate(NUMBERS, 1)},
    **{"once": 1, "twice": 2, "other": 2, "alternate": 2, "thrice": 3},
    **{name: number for number, name in enumerate(("second", "third", "fourth", "fifth", "sixth"), 2)},
}
_STEP = re.compile(r"(?:([1-9]\d*) )?(day|week|month|quarter|year)s?")
_LENGTHS = {"day": (1, 0), "week": (7, 0), "month": (0, 1), "quarter": (0, 3), "year": (0, 12)}
_ONGOING = r"\b(?:on[\s-]*going|continuous(?!\s+(?:service\s+)?improvement)(?:ly)?|continuing|continual(?:ly)?)\b"
# As a word of its own, or at the start of a sentence; not in “as part of ongoing work”.
_OPEN_ENDED = rf"""\b(?:not|no\s+longer)\s+{_ONGOING}
    |(?P<open>\bon-?wards?\b|{_ONGOING}(?=\s*$|\s*[^\w\s]|\s+\d|\s+(?-i:[A-Z])
    |\s+(?:and|to|until|till|from|with|but|as|since|through|throughout|by|thereafter|subject|for|at|in|after|following)\b)
    |(?:^|[.;:(-]|\b(?:is|are|be|and|then|now|remains?)\s)\s*{_ONGOING})"""


def is_open_ended(plain: str) -> bool:
    """Whether it says that it goes on: onwards, ongoing."""
    return any(match["open"] for match in pattern(_OPEN_ENDED).finditer(plain))


def recurrence(plain: str) -> str | None:
    """How often it comes, if it says so."""
    match = pattern(_EVERY).search(plain)
    if not match:
        return None
    if match["unit"]:
        return _step(_count(match["count"] or match["nth"]), match["unit"].lower())
    if match["ly"]:
        return _step(_count(match["ly"]), match["unit_ly"].lower())
    if match["twice"] or match["times"]:
        times = _count(match["twice"] or match["times"])
        return _step(MONTHS // times, "month") if times and MONTHS % times == 0 else None
    if match["weekly"]:
        return "week"
    word = re.sub(r"[\s-]", "", match["word"] or "").lower()
    return next((every for start, every in _WORDS.items() if word.startswith(start)), "year")


def _count(written: str | None) -> int:
    written = (written or "one").lower()
    if written[0].isdigit():
        return int(written.rstrip("stndrh"))
    return _COUNTS[written]


def _step(count: int, unit: str) -> str | None:
    if unit == "fortnight":
        count, unit = 2 * count, "week"
    if not count:
        return None
    return unit if count == 1 else f"{count} {unit}s"


def occurrences(every: str, first: dt.date, last: dt.date) -> list[dt.date]:
    """The dates of a recurrence, as a timescale's `every`, from `first` to `last`; ValueError if it is none."""
    from dateutil.relativedelta import relativedelta  # noqa: PLC0415  # slow to import

    match = _STEP.fullmatch(every)
    count = int(match[1] or 1) if match else 0
    if not match or not count:
        raise ValueError(f"“{every}” is no recurrence; write it as month, quarter or 2 weeks")
    days, months = _LENGTHS[match[2]]
    dates: list[dt.date] = []
    date = first
    while date <= last:
        dates.append(date)
        far = count * len(dates)
        try:
            # From `first` each time, so that a month's end stays one: 31 January, 28 February, 31 March.
            date = first + relativedelta(days=days * far, months=months * far)
        except (OverflowError, ValueError):  # beyond the last year that there is
            break
    return dates
