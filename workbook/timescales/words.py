"""What the words of timescales have in common: how they are laid out and matched, numbers, and what joins dates."""

import re
from functools import cache

MONTHS = 12
TAIL = 100  # how far back the words before a date are looked at

# One kind of blank, dash, apostrophe and slash; each character stays in its place.
PLAIN = str.maketrans(
    {
        **dict.fromkeys((chr(code) for code in range(0x3001) if chr(code).isspace()), " "),
        **dict.fromkeys("\n\v\f\x85\u2028\u2029", "\n"),
        **dict.fromkeys("\u200b\u2060\ufeff", " "),
        **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
        **dict.fromkeys("‘’‛′`´", "'"),
        **dict.fromkeys("⁄∕", "/"),
    }
)


@cache  # the long ones when they are first used, for the sake of those who read no timescale
def pattern(text: str) -> re.Pattern[str]:
    """The pattern, in which blanks mean nothing and case makes no difference."""
    return re.compile(text, re.IGNORECASE | re.ASCII | re.VERBOSE)


NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
FIRST_TO_LAST = "first|second|third|fourth|last|final|1st|2nd|3rd|4th"
ORDINALS = dict(zip(FIRST_TO_LAST.split("|"), (1, 2, 3, 4, 4, 4, 1, 2, 3, 4), strict=True))

PART = rf"""(?:(?P<part>end|close|beginning|start|mid|middle|early|late)(?:[\s-]+(?:of|in|to))?
    |(?P<nth>{FIRST_TO_LAST})\s+(?P<of>week|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\s+(?:of|in))"""
OF_THE = r"[\s-]*(?:the\s+)?(?:(?:calendar|financial|fiscal)\s+)?(?:month\s+of\s+|years?\s+(?:of\s+)?|fy\s*)?"
JOIN = rf"""\)?\s*(?:(?P<to>-+|to|until|till|'?til|through(?:\s+to)?|thru|up\s+to|\.{{2,}}|/)
    |(?P<and>,?\s*(?:and|or|&|\+|;|)|and/or))(?:\s+the)?(?:\s*{PART})?{OF_THE}"""


def joins(plain: str, end: int, at: int) -> re.Match[str] | None:
    """What joins two dates, if nothing else stands between them."""
    return pattern(JOIN).fullmatch(plain, end, at) if at - end <= TAIL else None
