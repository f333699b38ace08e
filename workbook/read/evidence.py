"""A month's status from its evidence: what was typed, what colour is seen, and what changed since issue.

*Whichever channel changed since issue wins; both changed and disagreeing is a query; a file without any fill has
letters only.* The colour seen is the one that a conditional format shows, or else the cell's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from workbook.palette import NO_FILL, PROGRAMMED, Fill, Palette
from workbook.read.cells import RawCell

_NO_LETTER = "?"  # stands in a copy where a letter was taken away, and something else says otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a month's cell was judged to say; `code` names why, where it is doubtful or not readable.

    `words` fill the finding's sentence; `raw` is what stands there that could not be read, a colour as `#00B050`;
    `candidates` are the statuses that it may mean; `text` and `fill` in one cell are as doubtful as what was judged.
    """

    value: str | None
    readable: bool = True
    code: str | None = None
    words: Mapping[str, str] | None = None
    raw: str = ""
    candidates: tuple[str, ...] = ()
    text: str = ""
    fill: Fill | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One way in which a cell tells a status: whether it was changed since issue, and to what.

    `status` is None for blank; `unclear` says what is there when it is no status, `candidates` what it may mean.
    """

    changed: bool
    status: str | None
    unclear: str = ""
    candidates: tuple[str, ...] = ()


def judge(
    issued: str | None,
    cell: RawCell,
    palette: Palette,
    *,
    fills: bool = True,
    by_rule: Fill | None = None,
    grey: bool | None = None,
) -> Judged:
    """Judge a cell in which progress is reported.

    `fills` is False when the file has lost its styles; `by_rule` is what a conditional format shows there. `grey` says
    whether the cell was issued grey, where programme and progress share one; None where grey means nothing.
    """
    typed = _typed(issued, cell.text, palette)
    painted = _painted(issued, cell.fill, palette) if fills else Channel(changed=False, status=issued)
    if fills and not cell.text and issued is None and grey is not False:
        painted = _odd_grey(cell.fill, palette, painted, grey=bool(grey))
    ruled = _ruled(issued, by_rule, typed, palette)
    if ruled and ruled.status and painted.changed and painted.status not in (None, ruled.status):
        return _contradicting(issued, (ruled, "by a rule"), (painted, "by its colour"), palette)
    return _weighed(issued, typed, ruled or painted, by_rule if ruled else cell.fill, palette)


def _weighed(issued: str | None, typed: Channel, painted: Channel, fill: Fill | None, palette: Palette) -> Judged:
    """Weigh what was typed against the colour that is seen."""
    if typed.unclear:
        letters = ", ".join(status.letter for status in palette.statuses)
        slip = palette.slip(typed.unclear) or ""
        candidates = _statuses((slip, painted.status or "", *painted.candidates), palette)
        words = {"text": typed.unclear, "letters": letters}
        judged = _unreadable(issued, "STATUS_UNKNOWN", candidates, words, raw=typed.unclear)
        return replace(judged, text=typed.unclear, fill=fill if painted.changed else None)
    agrees = typed.changed and typed.status in painted.candidates
    if not painted.changed or (painted.unclear and agrees):
        return Judged(value=typed.status)
    if painted.unclear:
        nearest = " or ".join(palette.name(each) for each in painted.candidates)
        words = {"colour": painted.unclear, "nearest": nearest}
        judged = _unreadable(
            issued, "COLOUR_UNSURE", _statuses(painted.candidates, palette), words, raw=painted.unclear
        )
        return replace(judged, text=_letter(typed.status, palette), fill=fill)
    if painted.status is None:
        # A fill that was cleared says nothing while a letter stands or was typed; with both gone, all is cleared.
        return Judged(value=typed.status)
    if not typed.changed or typed.status in (None, painted.status):
        return Judged(value=painted.status)
    return _contradicting(issued, (typed, "by its letter"), (painted, "by its colour"), palette)


def judge_bands(
    issued: str | None,
    programmed: bool,
    programme: RawCell,
    progress: RawCell,
    palette: Palette,
    *,
    fills: bool = True,
    by_rule: Fill | None = None,
) -> tuple[Judged, bool, bool]:
    """Judge a month that has a programme cell above its progress cell; `by_rule` is what is shown in the latter.

    Gives what is reported, whether the month is (still) grey, and whether progress was reported on the grey row.
    """
    below = judge(issued, progress, palette, fills=fills, by_rule=by_rule)
    seen = palette.painted(programme.fill) if fills else None
    if not programme.text and (seen is None or seen.meaning in (PROGRAMMED, NO_FILL)):
        return below, programmed if seen is None else seen.meaning == PROGRAMMED, False
    above = judge(None, programme, palette, fills=fills)
    if not below.readable or not above.readable:
        return (below if not below.readable else replace(above, value=issued)), programmed, True
    if below.value in (issued, above.value):
        return above, programmed, True
    one, other = (Channel(changed=True, status=judged.value) for judged in (below, above))
    contradicting = _contradicting(issued, (one, "below the grey row"), (other, "on it"), palette)
    return contradicting, programmed, True


def is_grey(cell: RawCell, palette: Palette) -> bool | None:
    """Whether a cell that shares programme and progress shows grey; None when a status covers it or it is unclear."""
    meaning = palette.painted(cell.fill).meaning
    return {PROGRAMMED: True, NO_FILL: False}.get(meaning or "")


def _typed(issued: str | None, text: str, palette: Palette) -> Channel:
    status = palette.typed(text) if text else None
    if text and status is None:
        return Channel(changed=True, status=None, unclear=text)
    key = status.key if status else None
    return Channel(changed=key != issued, status=key)


def _painted(issued: str | None, fill: Fill | None, palette: Palette) -> Channel:
    if issued and fill == palette[issued].fill:
        return Channel(changed=False, status=issued)
    verdict = palette.painted(fill)
    if verdict.meaning is None:
        unclear = f"#{fill.seen}" if fill else ""
        return Channel(changed=True, status=None, unclear=unclear, candidates=verdict.candidates)
    status = None if verdict.meaning in (NO_FILL, PROGRAMMED) else verdict.meaning
    return Channel(changed=status != issued, status=status)


def _ruled(issued: str | None, shown: Fill | None, typed: Channel, palette: Palette) -> Channel | None:
    """What a conditional format tells beside the letter: nothing where it only paints the letter that stands there."""
    if shown is None:
        return None
    ruled = _painted(issued, shown, palette)
    if ruled.unclear:
        return None if typed.status else ruled
    return None if ruled.status in (None, typed.status) else ruled


def _contradicting(
    issued: str | None, one: tuple[Channel, str], other: tuple[Channel, str], palette: Palette
) -> Judged:
    """Two channels that tell different statuses, each with how it tells it."""
    (first, how), (second, how_other) = one, other
    said, said_other = (palette.name(each.status) if each.status else "nothing" for each in (first, second))
    words = {"one": f"{said} {how}", "other": f"{said_other} {how_other}"}
    candidates = _statuses((first.status or "", second.status or "", *second.candidates), palette)
    letter = _letter(first.status, palette) or _NO_LETTER
    judged = _unreadable(issued, "COLOUR_CONTRADICTS_LETTER", candidates, words, raw=f"{said} or {said_other}")
    return replace(judged, text=letter, fill=palette[second.status].fill if second.status else None)


def _letter(status: str | None, palette: Palette) -> str:
    return palette[status].letter if status else ""


def _odd_grey(fill: Fill | None, palette: Palette, painted: Channel, *, grey: bool) -> Channel:
    """What a grey tells that is not the programme's: some programs make one of a hatch in black and white."""
    verdict = palette.painted(fill)
    if fill is None or verdict.meaning != PROGRAMMED or (grey and verdict.own):
        return painted
    hatched = (status.key for status in palette.statuses if status.fill.hatched)
    candidates = tuple(dict.fromkeys((*verdict.candidates, *hatched)))
    return Channel(changed=True, status=None, unclear=f"#{fill.seen}", candidates=candidates)


def _statuses(candidates: tuple[str, ...], palette: Palette) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in candidates if each in palette))


def _unreadable(
    issued: str | None, code: str, candidates: tuple[str, ...], words: Mapping[str, str], *, raw: str
) -> Judged:
    return Judged(value=issued, readable=False, code=code, words=words, raw=raw, candidates=candidates)
