"""What one heading says of a period: `2025-03-17`, `17.03`, `Mar 25`, `KW 12`, `Q1 2024`, `Month 3`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from workbook.adopt.words import month_names, period_words, plain

Kind = Literal["day", "week", "month", "quarter", "year", "period"]  # the last is of a length that is not known
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T].*)?\Z")
_DAY_MONTH = re.compile(r"(\d{1,2})[./](\d{1,2})\.?(?:[./ ]?(\d{4}|\d{2}))?\Z")
_NUMBERED = re.compile(r"(\d{1,2})[/.-](\d{4})\Z|(\d{4})[/.-](\d{1,2})\Z")
_DAY_NAMED = re.compile(r"(?:[^\W\d_]+ )?(\d{1,2})(?:st|nd|rd|th)? ?([^\W\d_]{3,})(?: ?(\d{4}|\d{2}))?\Z")
_NAMED = re.compile(r"([^\W\d_]{3,}) ?(\d{4}|\d{2})?\Z")
_YEAR_FIRST = re.compile(r"(\d{4}) ([^\W\d_]{3,})\Z")
_WORD_NUMBER = re.compile(r"([^\W\d_]+(?: term)?) ?(\d{1,2})(?: (?:fy ?)?(\d{4}|\d{2}))?\Z")
_NUMBER_WORD = re.compile(r"(\d)(?:st|nd|rd|th|er|e|o)? ([^\W\d_]+)(?: (\d{4}|\d{2}))?\Z")
_YEAR_QUARTER = re.compile(r"(\d{4}) ?([^\W\d_]+) ?(\d{1,2})\Z")
_YEAR = re.compile(r"(?<![\d.])(19[89]\d|20\d\d)(?!\d)")
_COMMENCING = re.compile(
    r"(?:w ?/ ?[cb]|wc|wb|(?:week|wk) (?:commencing|beginning|starting)|begin)[.:]? (?=\d)", re.IGNORECASE
)
_FINANCIAL = re.compile(r"(?<!\d)(?:(20\d\d) ?[/–-] ?(?:20)?(\d\d)|(\d\d)/(\d\d))(?![/\d])")
_QUARTER = re.compile(r"\b(?:Q|Qtr\.? ?|Quarter )([1-4])\b", re.IGNORECASE)
_MONTH_TO_MONTH = re.compile(r"\b([^\W\d_]{3,}) (?:to )?[^\W\d_]{3,}\Z")
_OF_A_YEAR: tuple[tuple[Kind, int], ...] = (("week", 53), ("quarter", 4))  # those that are numbered within a year
_COUNTED: tuple[Kind, ...] = ("week", "month", "day", "year", "period")  # those that may be counted from the first
_MONTHS, _DAYS = 12, 31
_SEASON = re.compile(r"([^\W\d_]+(?: term)?) ?(\d)? ?(\d{4}|\d{2})?(?: \d{2,4})?\Z")
_CENTURY = 2000
_INITIALS, _FEWEST_INITIALS = "JFMAMJJASOND", 6
_IN_FULL = 3  # letters, above which a week is written out


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a heading says of a period: its kind, and as much of its date as it says.

    `number` is that of a week or a quarter in its year, or of anything that is counted from the first; `in_full` is
    True where weeks are called Week and not W, and `financial` where the year begins in April.
    """

    kind: Kind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    number: int | None = None
    in_full: bool = False
    financial: bool = False


@lru_cache(maxsize=4096)
def label_of(text: str) -> Label | None:
    """What a heading says of a period; None where it says none. A bare number says none by itself."""
    said = _COMMENCING.sub("", " ".join(text.split()))
    return _in_numbers(said) or _in_words(plain(said)) or _of_quarter(said)


def kind_called(text: str) -> Kind | None:
    """What a heading over bare numbers says that they count: `Weeks`, `Project month`."""
    words = plain(text).split()
    long = [word for word in words if len(word) > 1]
    return next((kind for word in long for kind in _COUNTED if word in period_words(kind)), None)


def initials(texts: Mapping[int, str]) -> dict[int, Label]:
    """The months of a row of their first letters, `A M J J A S`, where these can be only one run of months."""
    letters = {column: text.strip().upper() for column, text in sorted(texts.items()) if len(text.strip()) == 1}
    said = "".join(letters.values())
    runs = [at for at in range(_MONTHS) if (_INITIALS * 4)[at : at + len(said)] == said]
    if len(letters) < _FEWEST_INITIALS or len(runs) != 1:
        return {}
    months = ((runs[0] + at) % _MONTHS + 1 for at in range(len(said)))
    return {column: Label(kind="month", month=month) for column, month in zip(letters, months, strict=True)}


def is_financial(text: str) -> bool:
    """Whether a text names a year that begins in the middle of one: `2024/25`."""
    return bool(_FINANCIAL.search(text))


def month_first(texts: Iterable[str]) -> bool:
    """Whether dates in numbers have the month before the day: one can be nothing else, and none the other way."""
    numbers = [match for text in texts if (match := _DAY_MONTH.fullmatch(text.strip()))]
    return any(int(each[2]) > _MONTHS for each in numbers) and all(int(each[1]) <= _MONTHS for each in numbers)


def turned(text: str) -> str:
    """A date in numbers with its day before its month; any other text as it is."""
    match = _DAY_MONTH.fullmatch(text.strip())
    return f"{match[2]}/{match[1]}" + (f"/{match[3]}" if match[3] else "") if match else text


def year_in(texts: Iterable[str]) -> int | None:
    """The first year that is named in a title: of `2009/10` it is 2009."""
    return next((int(match[1]) for text in texts if (match := _YEAR.search(text))), None)


def _in_numbers(said: str) -> Label | None:
    """`2025-03-17`, `17.03.2025`, `17/03`, `03/2025`."""
    if match := _ISO.fullmatch(said):
        return _day(match[1], match[2], match[3])
    if match := _NUMBERED.fullmatch(said):
        month, year = (match[1], match[2]) if match[1] else (match[4], match[3])
        return Label(kind="month", year=int(year), month=int(month)) if 1 <= int(month) <= _MONTHS else None
    match = _DAY_MONTH.fullmatch(said)
    return _day(match[3], match[2], match[1]) if match else None


def _in_words(bare: str) -> Label | None:
    """`17 march`, `mar 25`, `kw 12`, `q1 2024`, `2024 q1`, `1st quarter`."""
    names = month_names()
    if (match := _DAY_NAMED.fullmatch(bare)) and match[2] in names:
        return _day(match[3], str(names[match[2]]), match[1])
    if (match := _NAMED.fullmatch(bare)) and match[1] in names:
        return Label(kind="month", year=_year(match[2]), month=names[match[1]])
    if (match := _YEAR_FIRST.fullmatch(bare)) and match[2] in names:
        return Label(kind="month", year=int(match[1]), month=names[match[2]])
    for pattern, order in ((_WORD_NUMBER, (1, 2, 3)), (_NUMBER_WORD, (2, 1, 3)), (_YEAR_QUARTER, (2, 3, 1))):
        if (match := pattern.fullmatch(bare)) and (found := _numbered(*(match[at] for at in order))):
            return found
    if (match := _SEASON.fullmatch(bare)) and match[1] in period_words("season"):
        return Label(kind="period")
    return None


def _numbered(word: str, number: str, year: str | None) -> Label | None:
    """A period by its number: a week or a quarter of a year, or `Month 3` of a plan."""
    for kind, most in _OF_A_YEAR:
        if word in period_words(kind) and 1 <= int(number) <= most:
            in_full = kind == "week" and len(word) > _IN_FULL and word != "kalenderwoche"
            return Label(kind=kind, number=int(number), year=_year(year), in_full=in_full)
    if year:
        return None
    return next((Label(kind=kind, number=int(number)) for kind in _COUNTED if word in period_words(kind)), None)


def _of_quarter(said: str) -> Label | None:
    """`Q1 24/25`, `2024/25 Q1`, `Q1 (Apr-Jun)`: quarters of a financial year, and those that say their months."""
    quarter, months, year = _QUARTER.search(said), _MONTH_TO_MONTH.search(plain(said)), _FINANCIAL.search(said)
    if not quarter:
        return None
    first = month_names().get(months[1]) if months else None
    begins = (int(year[1] or year[3]) % 100 + _CENTURY) if year else None
    if first:
        return Label(kind="quarter", number=int(quarter[1]), month=first, year=begins, financial=bool(year))
    rest = _FINANCIAL.sub("", said.replace(quarter[0], "")).strip(" -–,()FYfy")
    if not year or rest:
        return None
    return Label(kind="quarter", number=int(quarter[1]), year=begins, financial=True)


def _day(year: str | None, month: str, day: str) -> Label | None:
    """A day, if there is one such in some year."""
    if not (1 <= int(month) <= _MONTHS and 1 <= int(day) <= _DAYS):
        return None
    return Label(kind="day", year=_year(year), month=int(month), day=int(day))


def _year(text: str | None) -> int | None:
    return None if text is None else int(text) + (_CENTURY if len(text) == len("09") else 0)
