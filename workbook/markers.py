"""The marker that a note opens with: in capitals, or as people write it otherwise."""

import re
from dataclasses import dataclass
from functools import lru_cache

MARKERS = ("COMPLETE", "EXTENDED", "REPROGRAMMED", "SUSPENDED")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A note that opens with a marker, and the same note put in order.

    `words` are those at the start that were taken for the marker, as written; `in_order` is whether the note opens
    with it in capitals as it stands; `text` has the marker in capitals in place of `words`, all else word for word.
    """

    marker: str
    words: str
    in_order: bool
    text: str


@lru_cache(maxsize=256)  # several rules ask for each note's
def read_marker(note: str) -> Marked | None:
    """The marker that a note opens with, or None: a word that only looks like one is left alone."""
    before = _BEFORE.match(note)
    start = before.end() if before else 0
    if found := _IN_ORDER.match(note, start):
        marker = "COMPLETE" if found[0] == "COMPLETED" else found[0]
        return Marked(marker=marker, words=found[0], in_order=True, text=note)
    for marker, pattern in _OTHERWISE:
        if found := pattern.match(note, start):
            text = note[:start] + marker + note[found.end() :]
            return Marked(marker=marker, words=found[0], in_order=False, text=text)
    return None


def in_order(note: str) -> str:
    """The note with its marker in capitals, if it opens with one."""
    marked = read_marker(note)
    return marked.text if marked else note


def _compiled(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """A pattern in which a blank stands for up to three of any kind.

    What repeats without a bound is possessive (`*+`), so that a long run of blanks is gone through only once.
    """
    return re.compile(pattern.replace(" ", r"\s{1,3}"), flags)


_LINE_ENDS = r"\r\n\v\f\x85\u2028\u2029"
_BLANKS = rf"[^\S{_LINE_ENDS}]*+"
_WORD_ENDS = r"(?![^\W_])"

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
# “30/6”, “30th June”, “June 09” but not “June surveys”
_DAY = rf"(?:\d{{1,2}}[./-]\d{{1,2}}\b|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}|{_MONTH}(?! [a-z]))"
# “the end of March”, “a further three months”, “30/9”, “Q3”, “Christmas”
_TIME = (
    r"(?:(?:the|a|an|any|further|another|additional|extra|new|one|two|three|four|five|six|nine|twelve|of|around|about"
    r"|at least|\d{1,2}(?:st|nd|rd|th)?) ){0,5}+"
    rf"(?:{_MONTH}|\d{{1,2}}[./-]\d|\d{{4}}\b|\d{{1,2}}(?:st|nd|rd|th)\b|q[1-4]\b|quarter|mid\b|end\b|early\b|late\b"
    r"|start\b|beginning|next\b|spring|summer|autumn|winter|christmas|xmas|easter|days?\b|weeks?\b|months?\b|years?\b"
    r"|period|dates?\b|deadline|target|timescale|tb[ac]\b|allow\b|enable\b|give\b)"
)

# What the marker is said of. It goes when the note is put in order.
_SAID_OF = (
    r"(?:(?:status|update|progress|position|action)\s{0,3}[:=–—-]\s{0,3}"
    r"|(?:(?:this|the|all) )?(?:actions?|works?|tasks?|project|item|deadline|timescale|target date) "
    r"|(?:all|this|status) )?+"
    r"(?:(?:is|are|has been|have been) )?+(?:(?:now|fully|already|100\s?%) ){0,2}+"
)
_STOP = rf"{_BLANKS}(?:$|[{_LINE_ENDS}.,:;!/(–—✓✔☑]|[)\]}}>\"'“”’»`*_](?!\w)|(?<=\s)-|-(?!\w))"
# “Completed subject to sign-off”, “Complete – except for signs”, “Complete (75%)”
_NOT_QUITE = (
    rf"(?!{_BLANKS}[\s.,:;(/–—-]?[\s(–—-]*+"
    r"(?:subject to|apart from|aside from|except|excluding|other than|save for|bar |but\b|pending"
    r"|awaiting|once\b|when\b|if\b|unless|not\b|nearly|almost|part(?:ly|ially)\b|on-?going|\d{1,2}\s?%|\?"
    r"|(?:for )?(?:phase|stage|part) \w"
    r"|(?:in|on|at) (?:part|parts|places|draft|principle|paper|outline|most|some|all but|one of)\b))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """How people write a marker otherwise: the word, and how it may go on without a stop."""

    marker: str
    word: str
    goes_on: str


_WAYS = (
    # “Completed by March” is a report, “Complete by March” a plan.
    _Way(
        marker="COMPLETE",
        word=r"(?:(?:was|were) )?+completed",
        goes_on=rf"(?:in|on|at|during|by|as (?:at|of|per|planned|agreed)|and|see|ahead of|last|{_DAY})",
    ),
    # “Complete and submit” is an order.
    _Way(
        marker="COMPLETE",
        word="complete",
        goes_on=r"(?:in|on|at|during|as (?:at|of|per|planned|agreed)|see"
        r"|and (?:\w{1,30}ed|sent|live|open|in|now|ready|working|running))",
    ),
    _Way(
        marker="SUSPENDED",
        word="suspended",
        goes_on=r"(?:pending|until|till?|for|due|owing|while|whilst|as|because|by|following|after|from|since|at|in|and"
        r"|awaiting|indefinitely)",
    ),
    _Way(
        marker="REPROGRAMMED",
        word=r"re(?:[-–—]| )?programm?ed",
        goes_on=r"(?:to|until|till?|for|from|by|into|in|with|and|due|owing|because|as|following|after|again)",
    ),
    # Schemes and hours are extended, too: “Extended to cover all wards”.
    _Way(
        marker="EXTENDED",
        word="extended",
        goes_on=r"(?:until|till?|due|owing|because|as|following|after|again|by (?:agreement|the board|cabinet|members)"
        rf"|(?:to|for|from|by|into) {_TIME}\w*)",
    ),
)

_BEFORE = re.compile(r"[\s\u200b\ufeff(\[{<\"'“”‘’„«`*_•·‣▪▫●○■□◦✓✔☑>#~–—-]*+")
_IN_ORDER = _compiled(rf"(?:COMPLETED?{_WORD_ENDS}(?i:{_NOT_QUITE})|(?:{'|'.join(MARKERS[1:])}){_WORD_ENDS})")
_OTHERWISE = (
    ("REPROGRAMMED", _compiled(rf"RE(?:[-–—]| )PROGRAMMED{_WORD_ENDS}")),
    *(
        (
            way.marker,
            _compiled(
                rf"{_SAID_OF}{way.word}{_WORD_ENDS}{_NOT_QUITE if way.marker == 'COMPLETE' else ''}"
                rf"(?={_STOP}| {way.goes_on}(?![\w-]))",
                re.IGNORECASE,
            ),
        )
        for way in _WAYS
    ),
)
