"""What one heading says of a period: `2025-03-17`, `17.03`, `Mar 25`, `KW 12`, `Q1 2024`, `Month 3`."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from workbook.adopt.words import month_names, period_words, plain

Kind = Literal["day", "week", "month", "quarter", "half", "year", "period"]  # the last is of an unknown length
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T].*)?\Z")
_DAY_MONTH = re.compile(r"(\d{1,2})[./](\d{1,2})\.?(?:[./ ]?(\d{4}|\d{2}))?\Z")
_NUMBERED = re.compile(r"(\d{1,2})[/.-](\d{4})\Z|(\d{4})[/.-](\d{1,2})\Z|(\d{4}) ?[Mm](\d{2})\Z")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.-](\d{2})\Z")
_DAY_NAMED = re.compile(r"(?:([^\W\d_]+) )?(\d{1,2})(?:st|nd|rd|th)? ?([^\W\d_]{3,})(?: ?(\d{4}|\d{2}))?\Z")
_DAY_AFTER = re.compile(r"([^\W\d_]{3,}) (\d|\d{1,2}(?:st|nd|rd|th))(?: (\d{4}))?\Z")
_WEEKDAY = re.compile(r"([^\W\d_]{2,}) (\d{1,2})\Z")
_NAMED = re.compile(r"([^\W\d_]{3,}) ?(\d{4}|\d{2})?\Z")
_YEAR_FIRST = re.compile(r"(\d{4}) ([^\W\d_]{3,})\Z")
_WORD_NUMBER = re.compile(r"([^\W\d_]+(?: term)?) ?(\d{1,2})(?: (\d{4}|\d{2}))?\Z")
_NUMBER_WORD = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|e|o)? ?([^\W\d_]+) ?(\d{4}|\d{2})?\Z")
_YEAR_QUARTER = re.compile(r"(\d{4}) ?([^\W\d_]+) ?(\d{1,2})\Z")
_YEAR = re.compile(r"(?<![\d.])(19[89]\d|20\d\d)(?!\d)")
_SEASON = re.compile(r"([^\W\d_]+(?: term)?) ?(\d)? ?(\d{4}|\d{2})?(?: \d{2,4})?\Z")
_COUNTED_YEAR = re.compile(r"y(?:ear|r)? ?\d ?[qm] ?\d{1,2}\Z")
_COMMENCING = re.compile(
    r"(?:w ?/ ?[cb]|wc|wb|(?:week|wk) (?:commencing|beginning|starting)|begin)[.:]? (?=\d)", re.IGNORECASE
)
_ENDING = re.compile(r"(?:w ?/ ?e|we|(?:week|wk) ending)[.:]? (?=\d)", re.IGNORECASE)
_FINANCIAL = re.compile(r"(?<!\d)(?:(20\d\d) ?[/–-] ?(?:20)?(\d\d)|(\d\d)/(\d\d))(?![/\d])")
_FY = re.compile(r"\bFY ?(?:20)?\d\d\b", re.IGNORECASE)
_QUARTER = re.compile(r"\b(?:Q|Qtr\.? ?|Quarter )([1-4])\b", re.IGNORECASE)
_MONTH_TO_MONTH = re.compile(r"\b([^\W\d_]{3,}) (?:to )?[^\W\d_]{3,}\Z")
_IN_BRACKETS = re.compile(r"(.+?) ?\((.+)\)\Z")
_AFTER_A_NUMBER = re.compile(r"[^\W\d_]{1,6}\.? ?\d{1,2}[\s:–-]+(?=\S{3})")
_FROM_TO = re.compile(r"(\S.*?) ?(?:[–—-]|to) ?(\S.*)\Z")
_YEARS = re.compile(r"(?<!\d)((?:20)?\d\d) ?[/–-] ?((?:20)?\d\d)(?!\d)")
_FULL_DATE = re.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{1,2}(?:st|nd|rd|th)? [^\W\d_]{3,} \d{4}", re.IGNORECASE
)
_ABOUT_THE_FILE = re.compile(
    r"\b(?:updated|approved|agreed|reviewed|review|version|draft|v\d|as at|printed|published|created|dated)\b",
    re.IGNORECASE,
)
_SEM = re.compile(r"sem (\d{1,2})")
_FROM_ZERO = re.compile(r"[TDJ] ?[-+–] ?\d{1,3}\Z")  # days or weeks before and after an event
_ROMAN_QUARTER = re.compile(r"(I|II|III|IV) ?[/-] ?(\d{4})\Z")
_HALF_YEARS = 4  # semesters at most, where weeks may be meant
_STATUS = re.compile(r"\b(?:rag|brag|status|rating)\b", re.IGNORECASE)
_MONTHS, _DAYS = 12, 31
_OF_A_YEAR: tuple[tuple[Kind, int], ...] = (("week", 53), ("quarter", 4), ("half", 2))  # numbered within a year
_COUNTED: tuple[Kind, ...] = ("week", "month", "day", "year", "period")  # those that may be counted from the first
_SPANS: dict[int, Kind] = {1: "month", 3: "quarter", 6: "half", 12: "year"}
_CENTURY, _LATE = 2000, 15  # 24-25 may be years, and 11/12 is a day
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_INITIALS, _FEWEST_INITIALS = "JFMAMJJASOND", 6
_LONGEST, _LONGEST_TITLE = 40, 300  # letters of what names a period, and of a title
_IN_FULL = 3  # letters, above which a week is written out


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a heading says of a period: its kind, and as much of its date as it says.

    `number` is that of a week or a quarter in its year, or of anything that is counted from the first; `in_full` is
    True where weeks are called Week and not W, `financial` where the year begins in April, and `ends` where the day is
    the last one of its week.
    """

    kind: Kind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    number: int | None = None
    in_full: bool = False
    financial: bool = False
    ends: bool = False

    @property
    def date(self) -> dt.date | None:
        """The day, where all of it is said and there is one such."""
        try:
            return dt.date(self.year or 0, self.month or 0, self.day or 0)
        except ValueError:
            return None


@lru_cache(maxsize=4096)
def label_of(text: str) -> Label | None:
    """What a heading says of a period; None where it says none. A bare number says none by itself."""
    said = " ".join(text.split())
    if not said or len(said) > _LONGEST:
        return None
    if _ENDING.match(said):
        label = _alone(_ENDING.sub("", said))
        return replace(label, kind="week", ends=True) if label and label.kind == "day" else None
    return _alone(_COMMENCING.sub("", said)) or _among_others(said) or _from_to(said)


def _alone(said: str) -> Label | None:
    if _FROM_ZERO.fullmatch(said):
        return Label(kind="period")
    if match := _ROMAN_QUARTER.fullmatch(said):
        return Label(kind="quarter", number=_ROMANS.index(match[1]) + 1, year=int(match[2]))
    return _in_numbers(said) or _in_words(plain(said)) or _of_quarter(said)


def _among_others(said: str) -> Label | None:
    """A date with more about it: `Week 12 (17/03)`, `M1 Apr 24`, `Q1 RAG`."""
    bare = " ".join(_STATUS.sub(" ", said).split())
    if bare and bare != said:
        return _alone(bare)
    if match := _IN_BRACKETS.fullmatch(said):
        outer, inner = label_of(match[1]), label_of(match[2])
        return inner if outer and inner and inner.month else outer
    match = _AFTER_A_NUMBER.match(said)
    label = label_of(said[match.end() :]) if match and label_of(match[0].rstrip(" :–-")) else None
    return label if label and label.month else None


def _from_to(said: str) -> Label | None:
    """`17/03-21/03`, `17–21 Mar`, `Apr-Jun`: the first of it."""
    match = _FROM_TO.fullmatch(said)
    last = _alone(match[2]) if match else None
    if not match or not last or not last.month:
        return None
    if match[1].isdecimal() and last.kind == "day":
        return replace(last, kind="week", day=int(match[1])) if 1 <= int(match[1]) <= _DAYS else None
    first = _alone(match[1])
    if not first or first.kind != last.kind or not first.month:
        return None
    if first.kind == "day":
        return replace(first, kind="week", year=first.year or last.year)
    months = (last.month - first.month) % _MONTHS + 1
    year = first.year or (last.year and last.year - (last.month < first.month))
    return Label(kind=_SPANS.get(months, "period"), year=year, month=first.month)


def in_a_row(texts: Mapping[int, str], year: int | None) -> Mapping[int, str]:
    """The headings of a row, those that are only clear beside one another written plainly.

    `03/17 03/24` has the month first; `Mar 10 Mar 17` are days, and `25-Jan 25-Feb` and `01/25 02/25` months of 2025.
    """
    if month_first(texts.values()):
        return _as_months_of_years(texts) or {column: turned(text) for column, text in texts.items()}
    bare = {column: plain(text) for column, text in texts.items()}
    weeks = {at: match for at, said in bare.items() if (match := _SEM.fullmatch(said))}
    if any(int(match[1]) > _HALF_YEARS for match in weeks.values()):
        return {**texts, **{at: f"semaine {match[1]}" for at, match in weeks.items()}}
    named = {at: match for at, said in bare.items() if (match := _NAMED.fullmatch(said)) and match[1] in month_names()}
    by_month: dict[str, set[str]] = {}
    for match in named.values():
        by_month.setdefault(match[1], set()).add(match[2] or "")
    has_days = any((match := _DAY_AFTER.fullmatch(said)) and match[1] in month_names() for said in bare.values())
    if (has_days and named) or any(len(numbers) > 1 for numbers in by_month.values()):
        days = {at: f"{match[2]} {match[1]}" for at, match in named.items() if match[2] and len(match[2]) <= 2}  # noqa: PLR2004
        return {**texts, **days}
    days_named = {at: match for at, said in bare.items() if (match := _day_named(said)) and not match[4]}
    numbers = {match[2] for match in days_named.values()}
    months = [month_names().get(match[3]) for _, match in sorted(days_named.items())]
    if len(numbers) == 1 and len(months) > 1 and None not in months and len(set(months)) == len(months):
        (number,) = numbers
        if len(number) == 2 and int(number) == (year or _CENTURY + int(number)) % 100:  # noqa: PLR2004
            return {**texts, **{at: f"{match[3]} {_CENTURY + int(number)}" for at, match in days_named.items()}}
    return texts


def _day_named(bare: str) -> re.Match[str] | None:
    """A day with the name of its month, and maybe of its weekday before it."""
    match = _DAY_NAMED.fullmatch(bare)
    return match if match and (not match[1] or match[1] in period_words("weekday")) else None


def _as_months_of_years(texts: Mapping[int, str]) -> Mapping[int, str] | None:
    """`11/24 12/24 01/25`: months that follow one another, with their years."""
    dates = {at: match for at, text in sorted(texts.items()) if (match := _MONTH_YEAR.fullmatch(text.strip()))}
    counted = [int(match[2]) * _MONTHS + int(match[1]) for match in dates.values()]
    follow = len(counted) > 1 and all(after == before + 1 for before, after in pairwise(counted))
    return {**texts, **{at: f"{match[1]}/20{match[2]}" for at, match in dates.items()}} if follow else None


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


def romans(texts: Mapping[int, str]) -> dict[int, Label]:
    """The months of a row of Roman numbers that follow one another, `I II III IV V VI`."""
    months = {at: _ROMANS.index(text.strip()) + 1 for at, text in sorted(texts.items()) if text.strip() in _ROMANS}
    follow = all((after - before) % _MONTHS == 1 for before, after in pairwise(months.values()))
    if len(months) < _FEWEST_INITIALS or not follow:
        return {}
    return {at: Label(kind="month", month=month) for at, month in months.items()}


def is_weekday(text: str) -> bool:
    """Whether a text is the name or the letter of a weekday."""
    return len(text.strip()) == 1 or plain(text) in period_words("weekday")


def month_in(texts: Iterable[str]) -> Label | None:
    """The month of a year that a title names: `Plan for January 2025`."""
    for text in texts:
        words = plain(text).split()
        for one, other in pairwise(words):
            if one in month_names() and _YEAR.fullmatch(other):
                return Label(kind="month", year=int(other), month=month_names()[one])
    return None


def is_financial(text: str) -> bool:
    """Whether a text names a year that begins in the middle of one: `2024/25`."""
    match = _FINANCIAL.search(text)
    return match is not None and (int(match[2] or match[4]) - int(match[1] or match[3])) % 100 == 1


def month_first(texts: Iterable[str]) -> bool:
    """Whether dates in numbers have the month before the day: one can be nothing else, and none the other way."""
    numbers = [match for text in texts if (match := _DAY_MONTH.fullmatch(text.strip()))]
    return any(int(each[2]) > _MONTHS for each in numbers) and all(int(each[1]) <= _MONTHS for each in numbers)


def turned(text: str) -> str:
    """A date in numbers with its day before its month; any other text as it is."""
    match = _DAY_MONTH.fullmatch(text.strip())
    return f"{match[2]}/{match[1]}" + (f"/{match[3]}" if match[3] else "") if match else text


def year_in(texts: Iterable[str]) -> int | None:
    """The first year that is named in some texts: of `2009/10` it is 2009."""
    return next((int(match[1]) for text in texts if (match := _YEAR.search(text))), None)


def is_about_the_file(text: str) -> bool:
    """Whether a text says when something was written or approved: `Last updated: 3 January 2025`."""
    return bool(_ABOUT_THE_FILE.search(text))


def year_of_titles(texts: Iterable[str]) -> tuple[int, bool] | None:
    """The year that titles are about, and whether it is one of two as 2024/25, which comes before a year alone.

    The day of a draft or an approval is none of it, nor are the first and the last of many years.
    """
    single = None
    for text in texts:
        if len(text) > _LONGEST_TITLE:
            continue
        rest = _FULL_DATE.sub(" ", text)
        for match in _YEARS.finditer(rest):
            first, last = int(match[1]) % 100, int(match[2]) % 100
            after = plain(rest[match.end() :]).partition(" ")[0]
            is_year = max(len(match[1]), len(match[2])) > len("24") or (first >= _LATE and after not in month_names())
            if (last - first) % 100 == 1 and is_year:
                return _CENTURY + first, True
        if single is None and not is_about_the_file(text):
            single = year_in([_YEARS.sub(" ", rest)])
    return (single, False) if single else None


def _in_numbers(said: str) -> Label | None:
    """`2025-03-17`, `17.03.2025`, `17/03`, `03/2025`, `2025M03`."""
    if match := _ISO.fullmatch(said):
        return _day(match[1], match[2], match[3])
    if match := _NUMBERED.fullmatch(said):
        month, year = int(match[1] or match[4] or match[6]), int(match[2] or match[3] or match[5])
        return Label(kind="month", year=year, month=month) if 1 <= month <= _MONTHS else None
    match = _DAY_MONTH.fullmatch(said)
    if match and (day := _day(match[3], match[2], match[1])):
        return day
    match = _MONTH_YEAR.fullmatch(said) if "-" not in said else None
    is_month = match and 1 <= int(match[1]) <= _MONTHS < int(match[2])
    return Label(kind="month", year=_year(match[2]), month=int(match[1])) if match and is_month else None


def _in_words(bare: str) -> Label | None:  # noqa: PLR0911  # a way of writing each
    """`17 march`, `march 3rd`, `mar 25`, `kw 12`, `q1 2024`, `2024 q1`, `1st quarter`, `mon 17`."""
    names = month_names()
    if (match := _day_named(bare)) and match[3] in names:
        return _day(match[4], str(names[match[3]]), match[2])
    if (match := _DAY_AFTER.fullmatch(bare)) and match[1] in names:
        return _day(match[3], str(names[match[1]]), match[2].rstrip("stndrh"))
    if (match := _NAMED.fullmatch(bare)) and match[1] in names:
        return Label(kind="month", year=_year(match[2]), month=names[match[1]])
    if (match := _YEAR_FIRST.fullmatch(bare)) and match[2] in names:
        return Label(kind="month", year=int(match[1]), month=names[match[2]])
    if (match := _WORD_NUMBER.fullmatch(bare)) and (found := _numbered(match[1], match[2], match[3])):
        return found
    if (match := _NUMBER_WORD.fullmatch(bare)) and not match[2].endswith(("s", "n")):
        return _of_year(match[2], match[1], match[3])
    if (match := _YEAR_QUARTER.fullmatch(bare)) and (found := _of_year(match[2], match[3], match[1])):
        return found
    if (match := _WEEKDAY.fullmatch(bare)) and match[1] in period_words("weekday"):
        return Label(kind="day", day=int(match[2])) if 1 <= int(match[2]) <= _DAYS else None
    is_season = (match := _SEASON.fullmatch(bare)) and match[1] in period_words("season")
    return Label(kind="period") if is_season or _COUNTED_YEAR.fullmatch(bare) else None


def _of_year(word: str, number: str, year: str | None) -> Label | None:
    """A week, a quarter or a half of a year by its number."""
    if word == "sem" and not year and int(number) <= _HALF_YEARS:
        return Label(kind="period")  # a semester, or a week
    for kind, most in _OF_A_YEAR:
        if word in period_words(kind) and 1 <= int(number) <= most:
            in_full = kind == "week" and len(word) > _IN_FULL and word != "kalenderwoche"
            return Label(kind=kind, number=int(number), year=_year(year), in_full=in_full)
    return None


def _numbered(word: str, number: str, year: str | None) -> Label | None:
    """A period by its number: of a year, or as `Month 3` of a plan."""
    if (found := _of_year(word, number, year)) or year:
        return found
    return next((Label(kind=kind, number=int(number)) for kind in _COUNTED if word in period_words(kind)), None)


def _of_quarter(said: str) -> Label | None:
    """`Q1 24/25`, `2024/25 Q1`, `Q1 (Apr-Jun)`: quarters of a financial year, and those that say their months."""
    if _FY.search(said) and not is_financial(said):
        # When a financial year begins, and which of its two years it is called by, differs.
        return Label(kind="period") if re.search(r"\b(?:Q[1-4]|H[12])\b", said, re.IGNORECASE) else None
    quarter, months = _QUARTER.search(said), _MONTH_TO_MONTH.search(plain(said))
    year = _FINANCIAL.search(said) if is_financial(said) else None
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
