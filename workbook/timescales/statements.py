"""What is said of each date in a text by the words around it: a range, a deadline, a start, a revision."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbook.months import Month
from workbook.timescales.words import MONTHS, NUMBERS, OF_THE, ORDINALS, PART, TAIL, joins, pattern
from workbook.timescales.written import (
    DAY,
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST,
    QUARTER,
    Piece,
    find_pieces,
)

_SHORTEST = 28

_ROLES = ("must", "revised", "between", "start", "after", "before", "by")

_MUST = r"\s*".join("mustbefullyimplementedby")
_TARGET = r"(?:completion|target|date|deadline|timescale|finish|due|end)s?"
_BEFORE = rf"""(?<![a-z])(?:(?:
    (?P<must>{_MUST}|must\s+be\s+(?:fully\s+)?(?:implemented|completed|delivered|achieved|in\s+place)\s+by)
    |(?P<revised>
      (?:re-?\s?vised|rev\b\.?|revision|now(?:\s+(?:by|expected|planned)\b)?|new(?=\s+{_TARGET})|[-=]>|→)(?!\s*(?:in|on|at|by)\b)
      (?:(?:\s+{_TARGET})+(?:\s+by\b)?)?(?:\s+(?:to|be|of|for|from|is|until|till|as)\b)*(?:\s*[:=(-]\s*(?:by\s+)?)?
      |(?:further\s+|been\s+|be\s+|to\s+)*(?:extended|extension|re-?\s?programmed|re-?\s?scheduled|re-?\s?phased
      |re-?\s?profiled|slip(?:ped|s|ping|page)|moved|(?:put|pushed|moved)\s+(?:back|on)|deferred|postponed|delayed|changed
      |amended|(?:brought|rolled|carried)\s+(?:forward|over)|re-?\s?planned|re-?\s?set)
      \s+(?:(?:back|out|on|forward)\s+)?(?:to|until|till|for|from)\b)
    |(?P<between>between)
    |(?P<start>(?:to\s+start|not\s+before|not\s+until|not?\s+(?:earlier|sooner)\s+than|from|since|commenc(?:es|ed|ing|ement|e)
      |start(?:s|ed|ing|(?=[\s-]*(?:date\b|[:=(]|on\b|in\b)))|begin(?:s|ning(?=\s+(?:on|in|from)\b))?|began|effective
      |wef|w\.e\.f\.?|w/e/f\.?|w/?[bc])(?:\s+(?:date|from|on|in|with|at)\b)*)
    |(?P<after>(?:after|following|beyond|later\s+than|post))
    |(?P<before>(?:before|prior\s+to|ahead\s+of|in\s+advance\s+of))
    |(?P<by>(?:by|until|till|'?til|up\s+to|to|not?\s+later\s+than|on\s+or\s+before|due|end(?:s|ing|(?=\s+date\b))
      |w/e|finish(?:ed|es|ing)?|complet(?:ed?|es|ion)|deadline|target|latest)
      (?:\s+(?:{_TARGET}|for|by|in|on|at|is)\b)*)
    )[\s:=(,-]*)?(?:(?:on|in|at|around|about|approx\.?|circa|the)\s+)*{PART}?{OF_THE}$"""
_ONWARDS = pattern(
    r"[\s,(-]*(?:(?:and\s+)?(?:then\s+)?on-?wards?\b|and\s+(?:beyond|after)\b|starts?(?=\s*(?:$|[,;.)]))"
    r"|until\s+further\s+notice)|\s*(?:-|to)\s*(?:on[\s-]*going|present)\b|\s*to\s+date\b"
)
# “Within six weeks of …” is no date, but so long from one.
_COUNTED_FROM = pattern(
    rf"\b(?:\d+|an?|{'|'.join(NUMBERS)})\s+(?:working\s+)?(?:day|week|month|year)s?\s+"
    r"(?:of|after|before|following|prior\s+to)\s+(?:the\s+)?(?:end\s+of\s+)?$"
)
_BULLET = re.compile(r"(?:^|\n)\s*-\s*$")
_MUST_BE, _TRUNCATED = pattern(_MUST), pattern(r"must\s+be\s+fu")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One date or range with what is said of it: its role, and which part of a month or year is meant."""

    at: int
    end: int
    role: str
    pieces: tuple[Piece, ...]
    parts: tuple[str, ...]
    onwards: bool = False

    @property
    def ranges(self) -> bool:
        """Whether it goes from one date to another."""
        return len(self.pieces) > 1

    @property
    def says_start(self) -> bool:
        """Whether it says when something starts, as a season alone does not."""
        return self.onwards or self.role in {"start", "after"} or (self.ranges and self.role != "by")

    @property
    def start(self) -> dt.date | None:
        """When it starts."""
        return _within(self.pieces[0], self.parts[0])[0] if self.pieces[0].exists else None

    @property
    def finish(self) -> dt.date | None:
        """By when it is finished."""
        return _within(self.pieces[-1], self.parts[-1])[1] if self.pieces[-1].exists else None


def _within(piece: Piece, part: str) -> tuple[dt.date, dt.date]:
    """The day that is meant by the middle of a month, by the end of a year …: as a start, and as a finish."""
    first, last = piece.first, piece.last
    if piece.day is not None or not part:
        return first, last
    if " " in part:
        return _numbered_within(piece, *part.split())
    month, third = piece.months == 1, piece.start_of(piece.months // 3)
    middle = piece.start_of(piece.months // 2)
    if part in {"mid", "middle"}:
        # The middle of an odd number of months is in a month, and of an even one between two.
        return (middle.replace(day=15), middle.replace(day=15)) if piece.months % 2 else (middle, middle - DAY)
    if part == "early":
        return first, first.replace(day=10) if month else third - DAY
    if part == "late":
        return first.replace(day=21) if month else piece.start_of(piece.months - piece.months // 3), last
    return (last, last) if part in {"end", "close"} else (first, first)


def _numbered_within(piece: Piece, number: str, name: str) -> tuple[dt.date, dt.date]:
    """The second week of a month, or its last Friday."""
    from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta  # noqa: PLC0415  # slow to import

    from_the_end = number in {"last", "final"}
    count = ORDINALS[number]
    if name == "week":
        start = piece.last - 6 * DAY if from_the_end else piece.first + 7 * (count - 1) * DAY
        return start, start + 6 * DAY
    weekday = dict(zip(("mo", "tu", "we", "th", "fr", "sa", "su"), (MO, TU, WE, TH, FR, SA, SU), strict=True))[name[:2]]
    if from_the_end:
        day = piece.last + relativedelta(weekday=weekday(-1))
    else:
        day = piece.first + relativedelta(weekday=weekday(count))
    return day, day


def find_statements(plain: str, near: dt.date | None) -> list[Statement]:
    """What is said, in order, of every date whose year is known."""
    pieces = _dated(plain, find_pieces(plain), near)
    cut = next(
        (match.start() for match in _TRUNCATED.finditer(plain) if not _MUST_BE.match(plain, match.start())), None
    )
    statements: list[Statement] = []
    for piece in pieces:
        if cut is not None and piece.at > cut:  # “Must be fu implement November”: the half of it is missing
            break
        if _COUNTED_FROM.search(plain, max(0, piece.at - TAIL), piece.at):
            continue
        before = statements[-1] if statements else None
        said = pattern(_BEFORE).search(plain, max(before.end if before else 0, piece.at - TAIL), piece.at)
        part = _part(said)
        if before and _is_range(plain, before, piece):
            said = joins(plain, before.end, piece.at)
            statements[-1] = replace(
                before,
                end=piece.end,
                role="" if before.role in {"between", "start"} else before.role,
                pieces=(*before.pieces, piece),
                parts=(*before.parts, _part(said)),
            )
        else:
            statements.append(_statement(plain, piece, before, said, part))
        if onwards := _ONWARDS.match(plain, piece.end):
            statements[-1] = replace(statements[-1], end=onwards.end(), onwards=True)
    return statements


def _statement(plain: str, piece: Piece, before: Statement | None, said: re.Match[str] | None, part: str) -> Statement:
    """What is said of one date by the words in front of it."""
    role = next((role for role in _ROLES if said and said[role]), "")
    words = said[0].lower().split() if said else []
    if role == "revised" and words[-1] == "from":
        role = "was"
    elif not role and words and words[-1] in {"start", "beginning"}:  # and not “start of”
        role, part = "start", ""
    elif role == "before" and part:
        role = "by"
    elif before and (before.role, role) in {("was", "by"), ("revised", "")}:
        # “revised from May to June”, “revised to May and June”
        role = "revised" if joins(plain, before.end, piece.at) else role
    return Statement(
        at=said.start() if said and (role or part) else piece.at,
        end=piece.end,
        role=role,
        pieces=(piece,),
        parts=(part,),
    )


def _is_range(plain: str, before: Statement, piece: Piece) -> bool:
    if before.ranges or before.onwards or before.role == "was":
        return False
    if piece.joined:
        return piece.joined == "to" or before.role == "between"
    join = joins(plain, before.end, piece.at)
    bullets = join and "\n" in join[0] and _BULLET.search(plain, max(0, before.at - TAIL), before.at)
    if not join or not join["to"] or bullets:
        return bool(join and join["and"] and before.role == "between")
    return join["to"] != "/" or (piece.day is None and before.pieces[0].day is None)


def _part(said: re.Match[str] | None) -> str:
    if not said:
        return ""
    return f"{said['nth']} {said['of']}".lower() if said["nth"] else (said["part"] or "").lower()


def _dated(plain: str, pieces: Sequence[Piece], near: dt.date | None) -> list[Piece]:
    """The pieces, each with a year: its own, that of the one beside it, or the nearest one to `near`."""
    dated = list(pieces)
    for index in range(len(dated) - 2, -1, -1):
        piece, after = dated[index], dated[index + 1]
        if piece.year is None and after.year is not None and _hang_together(plain, piece, after):
            dated[index] = _earlier(piece, after, after.year)
    for index, piece in enumerate(dated):
        if piece.year is not None or piece.quarter:
            continue
        before = dated[index - 1] if index else None
        if before and before.year is not None and _hang_together(plain, before, piece):
            dated[index] = _later(piece, before, before.year)
        elif near:
            dated[index] = replace(piece, year=_nearest(piece, near))
    known = [piece for piece in dated if piece.year is None or FIRST_YEAR <= piece.year <= LAST_YEAR]
    return [piece for piece in known if piece.year is not None or not piece.exists]


def _hang_together(plain: str, before: Piece, after: Piece) -> bool:
    """Whether the year of one goes for the other."""
    if joins(plain, before.end, after.at):
        return True
    said = pattern(_BEFORE).search(plain, max(before.end, after.at - TAIL), after.at)
    return bool(said and said["revised"])


def _earlier(piece: Piece, after: Piece, year: int) -> Piece:
    """The piece in the last year in which it is not after the one behind it."""
    if piece.quarter:
        if not after.quarter:
            return piece
        shift = after.month - (QUARTER * (after.quarter - 1) + 1)  # of financial years
        return replace(piece, month=piece.month + shift, year=year - (piece.quarter > after.quarter))
    return replace(piece, year=year - ((piece.month, piece.day or 1) > (after.month, after.day or LONGEST)))


def _later(piece: Piece, before: Piece, year: int) -> Piece:
    """The piece in the first year in which it is not before the one in front of it."""
    while (piece.month + MONTHS, piece.day or LONGEST) < (before.month + MONTHS, before.day or 1):
        before, year = replace(before, month=before.month - MONTHS), year + 1
    return replace(piece, year=year)


def _nearest(piece: Piece, near: dt.date) -> int | None:
    """The year in which it is nearest; the later of two that are as near."""
    years = [year for year in range(near.year + 1, near.year - 2, -1) if FIRST_YEAR <= year <= LAST_YEAR]

    def distance(year: int) -> int:
        if piece.day is None:
            return abs(Month(year, 1).since(Month(near.year, near.month)) + piece.month - 1 + piece.months // 2)
        return abs((dt.date(year, piece.month, min(piece.day or 1, _SHORTEST)) - near).days)

    return min(years, key=distance, default=None) if piece.exists else None
