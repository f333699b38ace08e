"""The dates, months, seasons, quarters and years that are written in a text, each with its place."""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from workbook.months import Month, month_number
from workbook.timescales.words import FIRST_TO_LAST, MONTHS, ORDINALS, PLAIN, TAIL, joins, pattern

FIRST_YEAR, LAST_YEAR = 1900, 2299
LONGEST = 31
QUARTER = 3
DAY = dt.timedelta(days=1)
_CENTURY = 2000
_HALF = 6
_APRIL = 4
_LEAP_YEAR, _LEAP_DAY = 2000, (2, 29)


def _beginnings(name: str) -> str:
    """A pattern for a month's name and its beginnings from three letters on."""
    rest = ""
    for letter in reversed(name[3:]):
        rest = f"(?:{letter}{rest})?"
    return name[:3] + rest


_NAMES = [Month(FIRST_YEAR, number).name.split()[0] for number in range(1, MONTHS + 1)]
NAME = rf"(?:{'|'.join(map(_beginnings, _NAMES))})(?![a-z])"
_TH = r"\s*(?:st|nd|rd|th)"
_FOUR = r"(?:19|2[0-2])\d\d(?!\d)"
# Two digits that are a year, and no time of day, amount or day.
_TWO = r"\d\d(?!\d|[.:]\d|,\d|\s*[ap]\.?m\b|\s*%|st\b|nd\b|rd\b|th\b)"
_NO_YEAR = r"(?![\s.,'/-]*\d{3})"
_BEFORE_NAME = rf"(?:{_TH})?\s*(?:of\s+(?:the\s+)?)?{NAME}"
_ON = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]*\s*(?:the\s+)?)?"
_TIME = r"(?:(?:T|,?\s+(?:at\s+)?)\d{1,2}[:.]\d\d(?::\d\d(?:\.\d+)?)?(?:\s*[ap]\.?m\b)?Z?(?![.\d/]))?"
_ALONE = r"(?<!\w)(?<!\d[./:])"


def _year(form: str, not_before: str = "") -> str:
    """The year behind a name; its groups bear the name of the form."""
    four, two = rf"[\s.,'/-]*(?P<{form}_year>{_FOUR})", rf"(?:[\s.']*|[/-]'?)(?P<{form}_short>{_TWO})"
    return f"(?:{four}|{two}{not_before})"


def _second(form: str) -> str:
    """The “/10” of 2009/10."""
    return rf"(?:\s*[/-]\s*(?P<{form}_second>\d{{4}}|\d\d)(?![\d/])(?!{_BEFORE_NAME}))?"


def _of_year(form: str) -> str:
    words = r"[\s,(-]*(?:(?:of|in|for)\s+)?(?:the\s+)?(?:financial\s+)?(?:year\s+|fy\s*)?'?"
    return rf"(?:{words}(?:(?P<{form}_year>{_FOUR})|(?P<{form}_short>{_TWO})){_second(form)})?"


_FORMS = {
    "iso": rf"(?<!\w)(?<!\w\.)(?P<iso_year>{_FOUR})(?P<iso_by>[-/.])(?P<iso_month>\d{{1,2}})(?P=iso_by)"
    rf"(?P<iso_day>\d{{1,2}})(?!\d){_TIME}",
    "figures": rf"(?<!\w){_ON}(?<![\w,/])(?<!\w\.)(?P<figures_day>\d{{1,2}})"
    rf"(?:\s*/\s*(?P<figures_month>\d{{1,2}})\s*/\s*|(?P<figures_by>[.-])(?P<figures_middle>\d{{1,2}})(?P=figures_by))"
    rf"'?(?P<figures_year>\d{{4}}|\d\d)(?!\d|/\d|\.\d|%){_TIME}",
    "days": rf"{_ALONE}(?P<days_day>\d{{1,2}})(?:{_TH})?(?P<days_join>\s*[-/&]\s*|\s+(?:to|until|till|and)\s+)"
    rf"(?:the\s+)?(?P<days_last>\d{{1,2}})(?:{_TH})?\s*(?:of\s+)?(?P<days_name>{NAME})(?:{_year('days')}|{_NO_YEAR})",
    "date": rf"(?<!\w){_ON}{_ALONE}(?P<date_day>\d{{1,2}})(?:{_TH}\.?)?(?:\s*(?:,\s*)?(?:of\s+(?:the\s+)?)?|[./-])"
    rf"(?P<date_name>{NAME})(?:{_year('date', f'(?!{_BEFORE_NAME})')}|{_NO_YEAR}){_TIME}",
    "american": rf"(?<![a-z])(?P<american_name>{NAME})\.?\s+(?:the\s+)?(?P<american_day>\d{{1,2}})"
    rf"(?:{_TH}(?:,?\s*(?P<american_year>{_FOUR})|(?!,?\s*\d\d))|,?\s+(?P<american_other>{_FOUR}))",
    "month": rf"(?<![a-z])(?P<month_name>{NAME})(?:{_year('month')}{_second('month')}|{_NO_YEAR})",
    "quarter": rf"(?<!\w)(?:Q(?:uarter|tr)?\.?\s*(?P<quarter_number>[1-4])(?!\d)"
    rf"|(?P<quarter_word>{FIRST_TO_LAST})\s+(?:quarter|qtr)){_of_year('quarter')}",
    "half": rf"(?<!\w)(?:H(?P<half_number>[12])(?!\d)|(?P<half_word>first|second|1st|2nd)\s+half){_of_year('half')}",
    "season": rf"(?<![a-z])(?P<season_name>spring|summer|autumn|winter)\b"
    rf"(?:(?:\s+of)?{_year('season')}{_second('season')}|{_NO_YEAR})",
    "numbered": rf"(?<![\w/])(?<!\w\.)(?P<numbered_month>\d{{1,2}})\s*[/-]\s*(?P<numbered_year>{_FOUR})(?![\d/]|-\d)",
    "turned": rf"(?<![\w/,£$€-])(?P<turned_year>{_FOUR})(?:[\s,]+|-)(?P<turned_name>{NAME})"
    rf"(?!{_year('turned_other')})",
    "years": rf"(?<![\w/,£$€])(?<!\w\.)(?P<years_year>{_FOUR}|\d\d(?=/))"
    rf"(?:(?P<years_by>\s*[/-]\s*)(?P<years_second>\d{{4}}|\d{{1,2}})(?!{_BEFORE_NAME}))?"
    rf"(?![\w/%]|\s*%|[.,:]\d)(?:[\s,-]*Q(?:uarter|tr)?\.?\s*(?P<years_quarter>[1-4])(?!\d))?",
}
LOOKS_WRITTEN = "|".join(f"(?P<{form}>{pattern})" for form, pattern in _FORMS.items())

_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}

# A number behind one of these is no day: “Phase 2 May 2009”.
_COUNTED = pattern(
    r"\b(?:phase|stage|step|part|wave|tranche|year|line|item|table|section|action|milestone|level|lot|group|priority"
    r"|tier|option|task|no|number|ref|recommendation|week|paragraph|para|minute|case|measure|appendix)\.?\s*$"
)
# What a year alone, which might be any number, stands behind and before.
_LEADS = pattern(
    r"(?:^|[(:;=]|(?<![\d\s])\s+-|\b(?:by|in|on|at|of|to|the|for|from|until|till|til|since|before|after|during|throughout"
    r"|between|and|end|mid|middle|early|late|beginning|start|starting|commencing|year|fy|calendar|financial|complete"
    r"|completed|completion|target|date|due|deadline|finish|now|revised|this|around|about|than|through))[\s-]*$"
)
_FOLLOWS = pattern(
    r"\s*(?:$|[^\w\s]|(?:and|to|or|until|till|onwards?|for|with|but|when|then|as|at|on|we|the|is|will|was|in|from"
    r"|now|revised|if|subject|through|extended|slipped|moved|put|ongoing|thereafter)\b|(?-i:[A-Z]))"
)
_MODAL = pattern(r"\s+(?:be|have|has|need|not|also|well|require|include|change|slip|take|start|want|wish|only)\b")
_RELATIVE = pattern(r"\b(?:last|next|previous|every|each)\s+$")
# Years that begin in no month that is the same everywhere, or in none that the calendar knows.
_OTHER_YEARS = pattern(r"\b(?:academic|school|municipal)\s+years?\s*$")
# The year in “Aug end 2009” is August's, and not one that ends in December.
_MONTH_END = pattern(rf"{NAME}\s+end\s*$")
_ALSO_WORDS = {"may", "march", "mar", "august"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A day, or a span of months, and where it is written; `joined` says how it hangs on the piece before.

    `month` is counted from January of `year`, and may lie in the year after it.
    """

    at: int
    end: int
    month: int
    months: int = 1
    day: int | None = None
    year: int | None = None
    quarter: int = 0
    joined: str = ""

    @property
    def exists(self) -> bool:
        """Whether the calendar has it."""
        if self.day is None:
            return True
        return 1 <= self.month <= MONTHS and 1 <= self.day <= monthrange(self.year or _LEAP_YEAR, self.month)[1]

    @property
    def first(self) -> dt.date:
        """Its first day."""
        return self.start_of(0) if self.day is None else dt.date(self.year or _LEAP_YEAR, self.month, self.day)

    @property
    def last(self) -> dt.date:
        """Its last day."""
        return self.start_of(self.months) - DAY if self.day is None else self.first

    def start_of(self, months: int) -> dt.date:
        """The first day of the month that is so many after its first one."""
        month = Month(self.year or _LEAP_YEAR, 1) + (self.month - 1 + months)
        return dt.date(month.year, month.number, 1)


def _named_year(match: re.Match[str], form: str) -> str:
    return str(match[f"{form}_year"] or match[f"{form}_short"] or "")


def _full(year: str | None) -> int | None:
    if not year:
        return None
    return int(year) + (_CENTURY if len(year) == len("09") else 0)


def _follows(year: str, second: str) -> bool:
    """Whether 2009/10 is a financial year, and not 2009/11."""
    digits = 10 ** len(second)
    return len(second) > 1 and int(second) == (int(year) + 1) % digits


def find_pieces(plain: str) -> list[Piece]:
    """Every date that is written, in order, whether the calendar has it or not."""
    pieces: list[Piece] = []
    at = 0
    while match := pattern(LOOKS_WRITTEN).search(plain, at):
        form = match.lastgroup or ""
        found = _READERS[form](match, plain, pieces)
        pieces += found
        at = found[-1].end if found else match.start() + 1
    return pieces


def _counted(plain: str, at: int) -> bool:
    return bool(_COUNTED.search(plain, max(0, at - TAIL), at))


def _relative(plain: str, at: int) -> bool:
    """Whether it is the last or the next one, and nobody can tell of when."""
    return bool(_RELATIVE.search(plain, max(0, at - TAIL), at))


def _leads(plain: str, pieces: Sequence[Piece], at: int) -> bool:
    if _LEADS.search(plain, max(0, at - TAIL), at):
        return True
    return bool(pieces and joins(plain, pieces[-1].end, at))


def _iso(match: re.Match[str], _plain: str, _pieces: Sequence[Piece]) -> list[Piece]:
    day, month = int(match["iso_day"]), int(match["iso_month"])
    return [Piece(at=match.start(), end=match.end(), day=day, month=month, year=int(match["iso_year"]))]


def _figures(match: re.Match[str], plain: str, _pieces: Sequence[Piece]) -> list[Piece]:
    day, month = int(match["figures_day"]), int(match["figures_month"] or match["figures_middle"])
    year = _full(match["figures_year"]) or 0
    # With points it may be a ref: 13.44.12.
    ref = match["figures_by"] == "." and (month > MONTHS or day > LONGEST or _counted(plain, match.start()))
    if ref or not FIRST_YEAR <= year <= LAST_YEAR:
        return []
    return [Piece(at=match.start(), end=match.end(), day=day, month=month, year=year)]


def _days(match: re.Match[str], plain: str, pieces: Sequence[Piece]) -> list[Piece]:
    # In “Phase 1 - 30 June 2009” only the second number is a day.
    if not _leads(plain, pieces, match.start()):
        return []
    month, year = month_number(match["days_name"]) or 0, _full(_named_year(match, "days"))
    first, last = int(match["days_day"]), int(match["days_last"])
    joined = "and" if match["days_join"].strip().lower() in {"and", "&"} else "to"
    middle = match.end("days_join")
    return [
        Piece(at=match.start(), end=match.start("days_join"), day=first, month=month, year=year),
        Piece(at=middle, end=match.end(), day=last, month=month, year=year, joined=joined),
    ]


def _date(match: re.Match[str], plain: str, _pieces: Sequence[Piece]) -> list[Piece]:
    month, year = month_number(match["date_name"]) or 0, _full(_named_year(match, "date"))
    counted = _counted(plain, match.start("date_day"))
    day = None if counted else int(match["date_day"])
    at = match.start("date_name") if counted else match.start()
    return [Piece(at=at, end=match.end(), day=day, month=month, year=year)]


def _american(match: re.Match[str], _plain: str, _pieces: Sequence[Piece]) -> list[Piece]:
    month, year = month_number(match["american_name"]) or 0, _full(match["american_year"] or match["american_other"])
    return [Piece(at=match.start(), end=match.end(), day=int(match["american_day"]), month=month, year=year)]


def _month(match: re.Match[str], plain: str, pieces: Sequence[Piece]) -> list[Piece]:
    month, year, second = month_number(match["month_name"]) or 0, _named_year(match, "month"), match["month_second"]
    if not _is_name(match, plain, pieces) or (year and second and not _follows(year, second)):
        return []
    later = MONTHS if second and month < _APRIL else 0  # January 2009/10 is in 2010
    return [Piece(at=match.start(), end=match.end(), month=month + later, year=_full(year))]


def _is_name(match: re.Match[str], plain: str, pieces: Sequence[Piece]) -> bool:
    """Whether it is a month, and not a verb or the like: “staff may 20 times …”, “May be moved”."""
    name, at = match["month_name"], match.start()
    if match["month_year"]:
        return True
    if _relative(plain, at):
        return False
    if name.lower() not in _ALSO_WORDS:
        return True
    follows = _FOLLOWS.match(plain, match.end())
    if name.islower() or (plain.isupper() and name.strip() != plain.strip()):
        return bool(follows) and (bool(match["month_short"]) or _leads(plain, pieces, at))
    return bool(match["month_short"]) or not _MODAL.match(plain, match.end())


def _span(match: re.Match[str], form: str, month: int, months: int, *, quarter: int = 0) -> list[Piece]:
    """So many months from one of the year behind it, which is a financial year if it is written as 2009/10."""
    year, second = _named_year(match, form), match[f"{form}_second"]
    if (year and second and not _follows(year, second)) or not (year or quarter):
        return []
    month += QUARTER if second else 0
    piece = Piece(at=match.start(), end=match.end(), month=month, months=months, year=_full(year), quarter=quarter)
    return [piece]


def _quarter(match: re.Match[str], _plain: str, _pieces: Sequence[Piece]) -> list[Piece]:
    number = int(match["quarter_number"] or 0) or ORDINALS[match["quarter_word"].lower()]
    return _span(match, "quarter", QUARTER * (number - 1) + 1, QUARTER, quarter=number)


def _half(match: re.Match[str], _plain: str, _pieces: Sequence[Piece]) -> list[Piece]:
    number = int(match["half_number"] or 0) or ORDINALS[match["half_word"].lower()]
    return _span(match, "half", _HALF * (number - 1) + 1, _HALF)


def _season(match: re.Match[str], plain: str, pieces: Sequence[Piece]) -> list[Piece]:
    month, at, end = _SEASONS[match["season_name"].lower()], match.start(), match.end()
    year, second = _named_year(match, "season"), match["season_second"]
    if not year and not (_leads(plain, pieces, at) and _FOLLOWS.match(plain, end) and not _relative(plain, at)):
        return []
    if year and second and not _follows(year, second):
        return []
    later = MONTHS if second and month < _APRIL else 0  # spring 2009/10 is in 2010
    return [Piece(at=at, end=end, month=month + later, months=QUARTER, year=_full(year))]


def _numbered(match: re.Match[str], plain: str, _pieces: Sequence[Piece]) -> list[Piece]:
    month = int(match["numbered_month"])
    if not 1 <= month <= MONTHS or _counted(plain, match.start()):
        return []
    return [Piece(at=match.start(), end=match.end(), month=month, year=int(match["numbered_year"]))]


def _turned(match: re.Match[str], _plain: str, _pieces: Sequence[Piece]) -> list[Piece]:
    month = month_number(match["turned_name"]) or 0
    return [Piece(at=match.start(), end=match.end(), month=month, year=int(match["turned_year"]))]


def _years(match: re.Match[str], plain: str, pieces: Sequence[Piece]) -> list[Piece]:
    """A year, a financial year, a quarter of one, years from one to another, or the month 2009-07."""
    year, second, at, end = match["years_year"], match["years_second"], match.start(), match.end()
    quarter = int(match["years_quarter"] or 0)
    behind = second or quarter or _FOLLOWS.match(plain, end)
    another = any(words.search(plain, max(0, at - TAIL), at) for words in (_OTHER_YEARS, _MONTH_END))
    if not behind or another or not _leads(plain, pieces, at):
        return []
    month, months = (QUARTER * (quarter - 1) + 1, QUARTER) if quarter else (1, MONTHS)
    piece = Piece(at=at, end=end, month=month, months=months, year=_full(year), quarter=quarter)
    if not second:
        return [piece]
    hyphen = "-" in match["years_by"] and len(year) > len("09") and not quarter
    if hyphen and match["years_by"] == "-" and len(second) <= len("07") and 1 <= int(second) <= MONTHS:
        return [replace(piece, month=int(second), months=1)]
    if _follows(year, second):
        return [replace(piece, month=month + QUARTER)]
    if hyphen and FIRST_YEAR <= int(second) <= LAST_YEAR:
        first = replace(piece, end=match.start("years_by"))
        return [first, replace(piece, at=match.start("years_second"), year=int(second), joined="to")]
    return []


_READERS: dict[str, Callable[[re.Match[str], str, Sequence[Piece]], list[Piece]]] = {
    "iso": _iso,
    "figures": _figures,
    "days": _days,
    "date": _date,
    "american": _american,
    "month": _month,
    "quarter": _quarter,
    "half": _half,
    "season": _season,
    "numbered": _numbered,
    "turned": _turned,
    "years": _years,
}


def why_not(written: str) -> str:
    """Why a date does not exist."""
    piece = next(iter(find_pieces(written.translate(PLAIN))), None)
    if piece is None or piece.day == 0:
        return "there is no day 0"
    if not 1 <= piece.month <= MONTHS:
        return f"there is no month {piece.month}"
    if not piece.year and (piece.month, piece.day) == _LEAP_DAY:
        return "February has 29 days in a leap year only"
    if not piece.year:
        return f"{_NAMES[piece.month - 1]} never has more than {monthrange(_LEAP_YEAR, piece.month)[1]} days"
    return f"{Month(piece.year, piece.month).name} has {monthrange(piece.year, piece.month)[1]} days"
