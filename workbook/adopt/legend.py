"""What colours mean: from the sheet's own key, or else what plain colours plainly say."""

import re
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field

from workbook.adopt.lights import LIGHTS, looks_like, plain_status, surely
from workbook.adopt.view import View
from workbook.adopt.words import (
    begins_with,
    colour_names,
    is_qualified,
    may_be_amber,
    plain,
    says,
    status_word,
    titles_a_key,
)
from workbook.palette import PROGRAMMED, STANDARD, Fill
from workbook.read.conditional import Cell

_LONGEST, _LONGEST_NEAR = 60, 200  # letters of what a key says of a colour; where the word “Key” stands near it
_WIDEST = 4  # columns, over which what is merged is a title and no entry of a key
_APART = (3, 8)  # rows and columns between the entries of a key
_CODED = re.compile(r"\b([A-Za-z]|\d)\s*[=:–—-]\s*([^,;|=\n]+)")
_LONGEST_CODE = 2  # letters
_NAME_FIRST = re.compile(r"([^\W\d_]+)\s*[=:–—-]\s*(\S.*)")
_PARTS = re.compile(r"[/;,]| but | and | – | - ")
_SENTENCE = 25  # letters, from which what a key says is no name
_A_NAME = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,12})(?:\s*[=:–—(-]\s*|\s+(?=[a-z]))")
_LIGHTS_CALLED = ("rag", "brag")
_AROUND = " \t\n,;/|.()=:–—-"  # what stands between the parts of a key
_LONGEST_KEY = 500  # letters of a key in one text
_NEAR = 12  # rows and columns from the word “Key”
_LATE = ("amber", "red")
PLANNED, BEGUN = "planned", "begun"
NO_STATUS = (PLANNED, BEGUN)

IsTable = Callable[[View, int, int], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """What each colour (`#70AD47`) is said to mean, in the sheet's words, and which status that is.

    `assumed` are the colours whose status is the palette's, as the sheet has no key of its own, or one whose words for
    them are none that are known; `letters` are letters and names of colours with the status that the key says they
    stand for, nothing where it is none; `places` are where the key stands, sheet by sheet.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    assumed: Mapping[str, str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    places: frozenset[tuple[str, int, int]] = frozenset()

    def status(self, colour: str) -> str:
        """The status that a colour says; nothing where it says none."""
        status = self.statuses.get(colour) or self.assumed.get(colour, "")
        return "" if status in NO_STATUS else status


def find_legend(
    views: Iterable[View], is_table: IsTable, used: Mapping[str, Fill], others: Set[str] = frozenset()
) -> Legend:
    """The legend of a workbook: colours beside words outside its tables.

    `used` are the fills of its bars, `others` the colours that words of its actions stand on.
    """
    words: dict[str, str] = {}
    places: set[tuple[str, int, int]] = set()
    views = list(views)
    for view in views:
        for colour, (said, place) in _keyed(view, is_table, {*used, *others}).items():
            if words.setdefault(colour, said) == said:
                places.add((view.name, *place))
    named = _in_words(views, is_table)
    by_meaning = {colour_names()[name]: said for name, said in named.items()}
    looks = {colour: looks_like(fill) for colour, fill in used.items()} if not words else {}
    words = words or {colour: by_meaning[meaning] for colour, meaning in looks.items() if meaning in by_meaning}
    codes = _codes(views, is_table)
    for name, said in named.items():
        own = colour_names()[name]
        status = own if own in _LATE and _meant("", said) in ("", *_LATE) else _meant("", said)
        codes = {name[0]: status, name: status, **codes} if status else codes
    if not words:
        return Legend(assumed=_assumed(used), letters=codes)
    statuses = {colour: status for colour, said in words.items() if (status := _meant(colour, said))}
    # A key whose words are people or phases tells no status of any colour.
    bars = [colour for colour in words if colour in used] or [*words]
    are_names = sum(map(len, words.values())) < _SENTENCE * len(words)
    if are_names and sum(colour in statuses for colour in bars) * 2 < len(bars):
        return Legend(words=words, letters=codes, places=frozenset(places))
    others_say = {colour: plain_status(Fill(rgb=colour[1:])) for colour in words if colour not in statuses}
    has_lights = bool(LIGHTS & {*statuses.values()}) or not are_names
    assumed = {colour: status for colour, status in others_say.items() if has_lights and status in LIGHTS}
    letters = dict(codes)
    for colour, said in words.items():
        if (name := _after_name(said)[0]) and colour in statuses:
            letters = {name[0]: statuses[colour], name: statuses[colour], **letters}
    return Legend(words=words, statuses=statuses, assumed=assumed, letters=letters, places=frozenset(places))


def _keyed(view: View, is_table: IsTable, used: Set[str]) -> Mapping[str, tuple[str, Cell]]:
    """Colours with what stands in their cell, or beside it, outside the tables: a key, and no painted titles or notes.

    Its entries stand near the word “Key”, or near one another.
    """
    labels = [(row, column) for row, column, cell in view.sheet.texts() if titles_a_key(cell.text)]
    wide = {(top, left) for top, left, _, right in view.sheet.wide if right - left >= _WIDEST}
    found: dict[str, dict[str, tuple[Cell, bool]]] = {}
    for row, column, _ in view.sheet:
        colour = view.look(row, column).colour
        if not colour or is_table(view, row, column) or (row, column) in wide:
            continue
        near = any(abs(row - at[0]) <= _NEAR and abs(column - at[1]) <= _NEAR for at in labels)
        if not (near or colour in used):
            continue
        for place in ((row, column), (row, column + 1), (row, column - 1)):
            said = " ".join(view.text(*place).split()) if place[1] else ""
            longest = _LONGEST_NEAR if near else _LONGEST
            if said and len(said) <= longest and not _is_no_word(said) and not is_table(view, *place):
                found.setdefault(colour, {}).setdefault(said, (place, near))
                break
    # What has several words, and is not near the word “Key”, is paint on texts.
    one = {
        colour: next((said, *its) for said, its in words.items())
        for colour, words in found.items()
        if len(words) == 1 or any(near for _, near in words.values())
    }
    kept = {
        colour: (said, place)
        for colour, (said, place, near) in one.items()
        if near or any(other != colour and _are_near(place, its[1]) for other, its in one.items())
    }
    # What is no colour of the tables stands in line with what is, where there is a key of those.
    in_use = [place for colour, (_, place) in kept.items() if colour in used]
    if len(in_use) > 1:
        kept = {
            colour: (said, place)
            for colour, (said, place) in kept.items()
            if colour in used
            or (_meant(colour, said) and any(place[0] == row or place[1] == column for row, column in in_use))
        }
    return kept


def _are_near(one: Cell, other: Cell) -> bool:
    return abs(one[0] - other[0]) <= _APART[0] and abs(one[1] - other[1]) <= _APART[1]


def _in_words(views: Iterable[View], is_table: IsTable) -> dict[str, str]:
    """A key without colours, `Green = on track, Red = late`: what it says of each colour, by its name."""
    said: dict[str, str] = {}
    for view in views:
        for row, column, cell in view.sheet.texts():
            if len(cell.text) <= _LONGEST_KEY and not is_table(view, row, column):
                named = _named_in(cell.text)
                said |= named if len(named) > 1 else {}
    return said


def _named_in(text: str) -> dict[str, str]:
    """What a sentence says after each name of a colour, up to the next."""
    names = [match for match in _A_NAME.finditer(text) if plain(match[1]) in colour_names()]
    before = text[: names[0].start()].strip(_AROUND) if names else ""
    if before and not titles_a_key(before) and plain(before) not in _LIGHTS_CALLED:
        # In a sentence about something else, a colour is explained only by a sign after it.
        names = [match for match in names if match[0].strip() != match[1]]
    ends = [*(match.start() for match in names[1:]), len(text)] if names else []
    parts = {plain(match[1]): text[match.end() : end].strip(_AROUND) for match, end in zip(names, ends, strict=True)}
    return {name: words for name, words in parts.items() if 0 < len(words) <= _LONGEST_NEAR}


def _codes(views: Iterable[View], is_table: IsTable) -> dict[str, str]:
    """What letters and numbers mean by a key of them, `1 = red, 2 = amber` or in cells beside one another."""
    codes: dict[str, str] = {}
    for view in views:
        cells = [(row, column) for row, column, _ in view.sheet.texts() if not is_table(view, row, column)]
        for row, column in cells:
            text = view.text(row, column)
            pairs = _CODED.findall(text) if len(text) <= _LONGEST_KEY else []
            if len(pairs) > 1:
                said = {name.casefold(): _meant("", words) for name, words in pairs}
                # Of stages, one may be called complete.
                are_statuses = sum(map(bool, said.values())) * 2 > len(said)
                codes |= said if are_statuses else dict.fromkeys(said, "")
        short = [(text, at) for at in cells if len(text := view.text(*at)) <= _LONGEST_CODE]
        beside = {text.casefold(): _meant("", view.text(row, column + 1)) for text, (row, column) in short}
        codes |= {name: said for name, said in beside.items() if said} if len(LIGHTS & set(beside.values())) > 1 else {}
    return codes


def _is_no_word(said: str) -> bool:
    """Whether a text beside a colour cannot be what that means: the title of the key, a total, a number."""
    return says("legend", said) or begins_with("total", said) or not any(letter.isalpha() for letter in said)


def _meant(colour: str, said: str) -> str:
    """The status that a key's words say; of words that may be amber or red, that which the colour is."""
    _, said = _after_name(said)
    by_colour = plain_status(Fill(rgb=colour[1:])) if colour else ""
    if may_be_amber(said) and by_colour in _LATE:
        return by_colour
    parts = {status_word(part) or "" for part in (said, *_PARTS.split(said))} - {""}
    real = parts - set(NO_STATUS) or parts
    status = real.pop() if len(real) == 1 else ""
    # “Off track but recoverable” is as late as its colour.
    return by_colour if status in _LATE and by_colour in _LATE and is_qualified(said) else status


def _after_name(said: str) -> tuple[str, str]:
    """What a key says after the name of the colour, and that: `Blue - complete`."""
    match = _NAME_FIRST.fullmatch(said)
    return (plain(match[1]), match[2]) if match and plain(match[1]) in colour_names() else ("", said)


def _assumed(used: Mapping[str, Fill]) -> Mapping[str, str]:
    """What plain colours say by themselves, if they look like the colours of statuses at all.

    One colour alone draws bars. Green, amber and red say how it stands only where two of them are in use.
    """
    meanings = {colour: looks_like(fill) for colour, fill in used.items()}
    sure = [meaning for fill in used.values() if (meaning := surely(fill)) in LIGHTS]
    others = [colour for colour, meaning in meanings.items() if not meaning]
    # As many other colours as lights are no traffic light, but phases or people; nor are pale ones, if not all three.
    is_light = len(set(sure)) > 1 or set(meanings.values()) >= LIGHTS
    if not is_light or len(others) >= max(len(sure), 1):
        return {}
    return {
        colour: PLANNED if meaning == PROGRAMMED else meaning
        for colour, meaning in meanings.items()
        if meaning in STANDARD or meaning == PROGRAMMED
    }
