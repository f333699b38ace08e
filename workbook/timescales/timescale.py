"""A timescale, and how one is made of what a text says."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbook.months import Month
from workbook.timescales.recurrence import is_open_ended, recurrence
from workbook.timescales.statements import Statement, find_statements
from workbook.timescales.words import PLAIN, pattern
from workbook.timescales.written import DAY, LOOKS_WRITTEN, why_not


@dataclass(frozen=True, slots=True, kw_only=True)
class Timescale:
    """What a timescale says; `text` is what was written.

    `must_by` is the date by which it “must be fully implemented”, `impossible` holds the dates as written that do
    not exist, and `parts` what “a) … b) …” or several separate dates say, each on its own.
    """

    start: dt.date | None = None
    finish: dt.date | None = None
    every: str | None = None
    revised: dt.date | None = None
    open_ended: bool = False
    text: str = ""
    must_by: dt.date | None = None
    impossible: tuple[str, ...] = ()
    parts: tuple["Timescale", ...] = ()

    @property
    def problem(self) -> str:
        """Why there is no date, in a sentence, or nothing."""
        if self.impossible:
            return "; ".join(f"{written} does not exist: {why_not(written)}" for written in self.impossible) + "."
        said = self.start or self.finish or self.revised or self.every or self.open_ended
        return "It holds no date." if self.text.strip() and not said else ""


def parse(text: str, near: dt.date | Month | None = None, *, starts: bool = False) -> Timescale:
    """Read a timescale; a name without a year is the one nearest to `near`, and no date without it.

    With `starts` the text stands in a column of starts: a date in it is one, and a month is its first day.
    """
    plain = text.translate(PLAIN)
    if bounds := _labelled(plain):
        slices = [text[at:end].strip() for at, end in zip(bounds, [*bounds[1:], len(text)], strict=True)]
        return _all_labelled(text, plain, tuple(parse(each, near, starts=starts) for each in slices))
    statements = find_statements(plain, _day_of(near))
    own = [each for each in statements if each.role not in {"revised", "must"}]
    parts = tuple(_alone(each, text, starts=starts) for each in own)
    pair = _pair(own, parts)
    whole = pair or _together(parts, [each.says_start for each in own])
    revised = [each.finish for each in statements if each.role == "revised"]
    must_by = next((each.finish for each in statements if each.role == "must"), None)
    impossible = tuple(text[piece.at : piece.end] for each in statements for piece in each.pieces if not piece.exists)
    return replace(
        whole,
        finish=whole.finish or (None if impossible or starts else must_by),
        every=recurrence(plain),
        revised=revised[-1] if revised else None,
        open_ended=is_open_ended(plain),
        text=text,
        must_by=must_by,
        impossible=impossible,
        parts=parts if len(parts) > 1 and not pair else (),
    )


def _day_of(near: dt.date | Month | None) -> dt.date | None:
    if near is None:
        return None
    if isinstance(near, Month):
        return dt.date(near.year, near.number, 15)
    return dt.date(near.year, near.month, near.day)  # and no time, if it had one


def _alone(each: Statement, text: str, *, starts: bool) -> Timescale:
    """One statement as a timescale of its own."""
    start, finish = each.start, each.finish
    written = text[each.at : each.end].strip(" \t\r\n,;:(-–—")
    if each.role == "after":
        start, finish = finish + DAY if finish else None, None
    elif each.onwards or (each.role == "start" and not each.ranges):
        finish = None
    elif each.role == "before":
        start, finish = None, start - DAY if start else None
    elif not each.ranges and (each.pieces[0].months == 1 or each.parts[0] or each.role in {"by", "was"}):
        start, finish = (start, None) if starts and each.role != "by" else (None, finish)
    elif each.role == "by":
        start = None
    elif starts and not each.ranges:
        finish = None
    if starts and not start and not each.ranges:
        start, finish = finish, None
    return Timescale(
        start=start,
        finish=finish,
        open_ended=is_open_ended(written.translate(PLAIN)),
        text=written,
        impossible=tuple(text[piece.at : piece.end] for piece in each.pieces if not piece.exists),
    )


def _pair(own: Sequence[Statement], parts: Sequence[Timescale]) -> Timescale | None:
    """“Starts in June 2009, complete by March 2010” as the one range that it is."""
    opening = [part.start for part, each in zip(parts, own, strict=True) if each.says_start and not part.finish]
    closing = [part.finish for part, each in zip(parts, own, strict=True) if each.role in {"by", "before"}]
    if (len(opening), len(closing)) != (1, 1) or len(own) > len(opening + closing):
        return None
    start, finish = opening[0], closing[0]
    backwards = start is not None and finish is not None and start > finish
    return None if backwards and own[1].says_start else Timescale(start=start, finish=finish)


def _together(parts: Sequence[Timescale], says_start: Sequence[bool]) -> Timescale:
    """Several timescales as one: it is done when the last of them is, and starts when it says so."""
    if len(parts) == 1:
        return Timescale(start=parts[0].start, finish=parts[0].finish)
    starts = [part.start for part, says in zip(parts, says_start, strict=True) if says and part.start]
    opening = [part.start for part in parts if part.start and not part.finish]
    finishes = [part.finish for part in parts if part.finish]
    if any(part.impossible and not part.finish for part in parts):
        finishes.clear()
    last = max(opening, default=None)
    if last and finishes and last > max(finishes):
        return Timescale(start=last)
    return Timescale(start=min([*starts, *opening], default=None), finish=max(finishes, default=None))


def _all_labelled(text: str, plain: str, parts: tuple[Timescale, ...]) -> Timescale:
    """“a) Oct 06 b) Dec 06” as a whole."""
    whole = _together(parts, [True] * len(parts))
    lasts = [part.revised or part.finish for part in parts]
    revised = max((date for date in lasts if date), default=None)
    return replace(
        whole,
        every=recurrence(plain),
        revised=revised if any(part.revised for part in parts) and revised != whole.finish else None,
        open_ended=any(part.open_ended for part in parts) or is_open_ended(plain),
        text=text,
        must_by=max((part.must_by for part in parts if part.must_by), default=None),
        impossible=tuple(written for part in parts for written in part.impossible),
        parts=parts,
    )


_LABEL = pattern(r"(?<![\w)])\(?(?P<label>[a-h]|[ivx]{1,4}|\d)\)")
_LABELS = ("abcdefgh", ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii"), "123456789")


def _labelled(plain: str) -> list[int]:
    """Where each of “a) … b) …” begins; nothing where there is no such list, as in “actions a) and b)”."""
    found = list(_LABEL.finditer(plain))
    for labels in _LABELS if len(found) > 1 else ():
        places: list[re.Match[str]] = []
        for match in found:
            if len(places) < len(labels) and match["label"].lower() == labels[len(places)]:
                places.append(match)
        ends = [match.start() for match in places[1:]] + [len(plain)]
        said = (
            [plain[match.end() : end].strip(" ,;&") for match, end in zip(places, ends, strict=True)] if places else []
        )
        if len(places) > 1 and not {"", "and", "or", "to"} & set(said):
            bounds = [match.start() for match in places]
            if not pattern(LOOKS_WRITTEN).search(plain, bounds[0]):
                return []
            return [0, *bounds] if pattern(LOOKS_WRITTEN).search(plain, 0, bounds[0]) else bounds
    return []
