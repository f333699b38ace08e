"""The status that a note tells by the name of a colour at its end: `Completed. Green`."""

import re

from workbook.palette import Palette

_LAST_WORD = re.compile(r"(?P<before>(?:.*[\s=–—:;,.(-])?)(?P<word>[^\W\d_]+)[\s.)!]*\Z", re.DOTALL)


def colour_word(note: str, palette: Palette) -> tuple[str, str] | None:
    """The status whose colour a note names at its end, and the word; None where it ends otherwise.

    The name stands alone, or begins with a capital: “painted the door green” names no status.
    """
    found = _LAST_WORD.fullmatch(note.strip())
    if found is None:
        return None
    word = found["word"]
    stands_alone = not found["before"].strip() or found["before"].rstrip()[-1:] in "=:.\n–—-("
    named = next((each for each in palette.statuses if each.colour.casefold() == word.casefold()), None)
    return (named.key, word) if named and (word[:1].isupper() or stands_alone) else None
