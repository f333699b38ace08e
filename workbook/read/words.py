"""The status that a note tells: by the name of a colour at its end (`Completed. Green`), or by the fill of its cell."""

import re
from collections.abc import Sequence

from workbook.palette import Fill, Palette
from workbook.read.evidence import Judged

_LAST_WORD = re.compile(r"(?P<before>(?:.*[\s=–—:;,.(-])?)(?P<word>[^\W\d_]+)[\s.)!]*\Z", re.DOTALL)
_ENDS_A_SENTENCE = "=:.\n–—-("
Told = tuple[str, str]  # a status, and how it is told


def colour_word(note: str, palette: Palette) -> tuple[str, str] | None:
    """The status whose colour a note names at its end, and the word; None where it ends otherwise.

    The name stands alone, or begins with a capital: “painted the door green” names no status.
    """
    found = _LAST_WORD.fullmatch(note.strip())
    if found is None:
        return None
    word, before = found["word"], found["before"].rstrip()
    stands_alone = not before or before[-1] in _ENDS_A_SENTENCE
    named = next((each for each in palette.statuses if each.colour.casefold() == word.casefold()), None)
    return (named.key, word) if named and (word[:1].isupper() or stands_alone) else None


def told_by_note(note: str, fill: Fill | None, palette: Palette) -> list[Told]:
    """What a note that was written anew and the fill of its cell tell, each with how."""
    told = []
    if named := colour_word(note, palette):
        told.append((named[0], f"“{named[1]}” at its end"))
    meaning = palette.painted(fill).meaning if fill else None
    if meaning and meaning in palette:
        told.append((meaning, "the colour of its cell"))
    return told


def weighed(before: str | None, own: str | None, told: Sequence[Told], palette: Palette) -> Judged | None:
    """Weigh what a note tells against `own`, what its status was changed to; None where it adds nothing.

    `before` is the status that was issued. What contradicts is asked about, and nothing is taken.
    """
    every = [*([(own, "by its status")] if own else []), *((status, f"by its note, {how}") for status, how in told)]
    statuses = list(dict.fromkeys(status for status, _ in every))
    if not told or statuses in ([own], [before]):
        return None
    if len(statuses) == 1:
        how = " and ".join(how for _, how in told)
        words = {"status": palette.name(statuses[0]), "how": how}
        return Judged(value=statuses[0], code="STATUS_FROM_WORDS", words=words)
    (first, how), (second, how_other) = every[0], next(each for each in every if each[0] != every[0][0])
    one, other = (palette.name(status) for status in (first, second))
    return Judged(
        value=before,
        readable=False,
        code="COLOUR_CONTRADICTS_WORDS",
        words={"one": f"{one} {how}", "other": f"{other} {how_other}"},
        raw=f"{one} or {other}",
        candidates=tuple(statuses),
        text=palette[own].letter if own else "",
        fill=palette[second].fill,
    )
