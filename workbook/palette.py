"""Status <-> fill, letter and words, both ways; and every other colour that a workbook is printed in.

What people paint is matched by how alike two colours look (CIEDE2000), in two steps:

1. A fill that looks the very same as a status's own fill, or as what the file's own key shows for it, is that status.
2. Every other is named as a person would. A colour's name (green, amber, ...) is what lies in certain ranges of
   lightness, chroma and hue (OKLCh), and how far a shade is from a name is its distance to the nearest colour in them.
   A name is believed only if the shade has it, or all but, and every other name and own fill is clearly further.

Whatever has no name here (yellow, brown, pink, purple, turquoise, black) is unsure, with the nearest statuses as the
candidates. A status has the shades of a name if its own fill has that name. One whose fill has none, a purple, has
those that look nearly like it.
"""

import difflib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    from coloraide import Color
    from pydantic import ConfigDict

PROGRAMMED = "programmed"
NO_FILL = "none"

# Pattern fills that a person calls hatched. The rest (gray125, gray0625, ...) are dots, seen as a shade.
_HATCHES = frozenset(
    f"{weight}{kind}"
    for weight in ("light", "dark")
    for kind in ("Up", "Down", "Grid", "Trellis", "Horizontal", "Vertical")
)
# How much of the foreground a person sees in a dotted or hatched fill, as ECMA-376 18.18.55 draws them.
_COVER = {"gray0625": 0.0625, "gray125": 0.125, "lightGray": 0.25, "mediumGray": 0.5, "darkGray": 0.75}
_LIGHT_COVER, _DARK_COVER = 0.25, 0.5

# CIEDE2000: about 2 is just noticeable. What a program changes in a colour is less than that, a purple of Excel's is
# 2.9 from what the hatch is blended to, and a pale blue hardly more than _MARGIN from a grey.
_CERTAIN = 2.5
_NAMED = 2.0
_NEAR = 10.0  # how far the shades go of a fill that has no name
_MARGIN = 2.5
_LEAST_MARGIN = 1.0  # where a shade looks the very same
_CANDIDATES, _CANDIDATES_WITHIN = 3, 16.0
# A word of that many letters that is this like another (of 1) was meant to be it; shorter ones are too easily alike.
_LONG_WORD, _SLIP = 4, 0.8


_PAPER = ("FFFFFF", "FEFEFE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """How a cell is filled: RGB in six hex digits; a pattern other than solid is drawn in `foreground`."""

    __pydantic_config__: ClassVar["ConfigDict"] = {"extra": "forbid"}

    rgb: str
    pattern: str = "solid"
    foreground: str | None = None

    def __post_init__(self) -> None:
        for colour in (self.rgb, self.foreground or self.rgb):
            if not re.fullmatch(r"[0-9A-Fa-f]{6}", colour):
                raise ValueError(f"“{colour}” is no colour; write six hex digits, as 00B050")

    @property
    def hatched(self) -> bool:
        """Whether a person would call it hatched."""
        return self.pattern in _HATCHES

    @property
    def is_paper(self) -> bool:
        """Whether it looks like no fill at all."""
        return not self.hatched and self.seen.upper() in _PAPER

    @property
    def seen(self) -> str:
        """The one colour that the eye (and LibreOffice) blends it to."""
        if self.pattern == "solid" or self.foreground is None:
            return self.rgb
        cover = _COVER.get(self.pattern, _DARK_COVER if self.pattern.startswith("dark") else _LIGHT_COVER)
        pairs = zip(_channels(self.foreground), _channels(self.rgb), strict=True)
        return "".join(f"{round(front * cover + back * (1 - cover)):02X}" for front, back in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What can be reported for a month, and how it is told: letter, words, fill.

    `words` are what people type for it, in lower case, the name of its colour first; `counts_as` is the status it
    is counted under. `behind` is how many months behind the programme it says that an action is, at least; None where
    it says nothing of that. `markers` are those that a note about it opens with; `new_dates` is True where the months
    that have it are an action's new dates. `state` is how far it says that an action is done.
    """

    __pydantic_config__: ClassVar["ConfigDict"] = {"extra": "forbid"}

    key: str
    label: str
    meaning: str
    letter: str
    words: tuple[str, ...]
    fill: Fill
    ink: str
    counts_as: str
    needs_approval: bool = False
    behind: int | None = None
    markers: tuple[str, ...] = ()
    new_dates: bool = False
    state: Literal["open", "begun", "complete"] = "begun"

    @property
    def colour(self) -> str:
        """What its fill is called: `green`, `hatched`."""
        return self.words[0] if self.words else self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a fill was taken for: a status's key, PROGRAMMED, NO_FILL, or None when it is not clear.

    `candidates` are the nearest, best first, also when it is clear; `own` is True for the very fill that the key shows.
    """

    meaning: str | None
    candidates: tuple[str, ...]
    own: bool = False


STANDARD: Mapping[str, Status] = {
    status.key: status
    for status in (
        Status(
            key="green",
            label="On target",
            meaning="The action is on target.",
            letter="G",
            words=("green", "on target", "on track", "complete", "completed", "done"),
            fill=Fill(rgb="00BA55"),
            ink="000000",
            counts_as="green",
            behind=0,
            markers=("COMPLETE",),
        ),
        Status(
            key="amber",
            label="One month behind",
            meaning="The action is one month behind its programme.",
            letter="A",
            words=("amber", "one month behind", "1 month behind"),
            fill=Fill(rgb="FFC000"),
            ink="000000",
            counts_as="amber",
            behind=1,
        ),
        Status(
            key="red",
            label="Over one month behind",
            meaning="The action is more than one month behind its programme.",
            letter="R",
            words=("red", "over one month behind", "more than one month behind"),
            fill=Fill(rgb="E60000"),
            ink="FFFFFF",
            counts_as="red",
            behind=2,
        ),
        Status(
            key="revised",
            label="Reprogrammed, extended or revised",
            meaning="The months are the new dates of an action that has been reprogrammed or extended.",
            letter="H",
            words=("hatched", "hashed", "revised", "reprogrammed", "extended"),
            fill=Fill(rgb="CCC0DA", pattern="lightUp", foreground="7030A0"),
            ink="000000",
            counts_as="revised",
            needs_approval=True,
            markers=("REPROGRAMMED", "EXTENDED"),
            new_dates=True,
        ),
        Status(
            key="suspended",
            label="Suspended",
            meaning="The action is suspended for the whole period of the plan.",
            letter="B",
            words=("blue", "suspended"),
            fill=Fill(rgb="0070C0"),
            ink="FFFFFF",
            counts_as="suspended",
            needs_approval=True,
            markers=("SUSPENDED",),
        ),
    )
}

# The patterns that a cell may be filled with, as ECMA-376 18.18.55 names them, in the order of Excel's numbers.
PATTERNS = (
    "none solid mediumGray darkGray lightGray darkHorizontal darkVertical darkDown darkUp darkGrid darkTrellis "
    "lightHorizontal lightVertical lightDown lightUp lightGrid lightTrellis gray125 gray0625"
).split()

# Follows the letter of a status that waits for approval; read, it is the same letter.
PROPOSED_MARK = "?"

PROGRAMME_FILL = Fill(rgb="D0D0D0")
PROGRAMME_LABEL = "Programmed"

# The rest of the workbook: headers, sections, rules.
HEADER_FILL, HEADER_INK = "22384F", "FFFFFF"
BLOCK_FILL, BLOCK_INK = "D9E2EC", "22384F"
SECTION_FILL, SECTION_INK = "EDF2F7", "22384F"
MONTH_FILL, MONTH_INK = "FFE08A", "22384F"
INPUT_FILL = "FFFDF2"
PAPER = "FFFFFF"
LINE, FAINT_LINE, OUTLINE = "8A939C", "B5BCC3", "404040"
TITLE_INK, QUIET_INK = "22384F", "56616B"
FINDING_FILL, FINDING_LINE, LINK_INK = "FFF2CC", "C00000", "0563C1"

# What people paint most, the commonest first.
_COMMON: Mapping[str, Sequence[str]] = {
    "green": ["00B050", "92D050", "00A933", "00FF00"],
    "amber": ["FFC000", "FFBF00", "FFA500", "FF9900"],
    "red": ["FF0000", "C00000", "EE0000", "C9211E"],
    "suspended": ["0070C0", "00B0F0", "0000FF", "4472C4"],
}

_Range = tuple[float, float]
_ANY_HUE: _Range = (0, 360)
_COLOURED = 0.03  # the chroma from which a hue is plain to see
# What a person calls by a colour's name: the ranges of lightness, chroma and hue (OKLCh, the hue in degrees), fitted to
# the palettes of Excel, LibreOffice and Google Sheets. A tint needs less chroma to be seen as coloured than a full
# colour does, and hues end elsewhere: a light gold looks yellow, a dark orange brown, a light red pink.
_NAMES: Mapping[str, Sequence[tuple[_Range, _Range, _Range]]] = {
    "green": [
        ((0.84, 0.92), (0.036, 0.12), (121, 158)),
        ((0.90, 0.97), (0.031, 0.12), (129.5, 158)),
        ((0.28, 0.80), (0.070, 0.30), (124, 158)),
        ((0.80, 0.90), (0.080, 0.30), (130, 158)),
    ],
    "amber": [
        ((0.84, 0.945), (0.024, 0.10), (46, 65)),
        ((0.84, 0.935), (0.036, 0.10), (46, 70)),
        ((0.595, 0.80), (0.15, 0.21), (44, 57)),
        ((0.68, 0.86), (0.15, 0.20), (47, 78)),
        ((0.74, 0.86), (0.095, 0.20), (47, 72)),
        ((0.76, 0.893), (0.140, 0.18), (72, 92)),
    ],
    "red": [
        ((0.60, 0.70), (0.145, 0.27), (20, 29.5)),
        ((0.44, 0.60), (0.125, 0.27), (20, 33)),
        ((0.33, 0.44), (0.120, 0.27), (20, 29.8)),
    ],
    "blue": [
        ((0.83, 0.95), (0.017, 0.08), (240, 268)),
        ((0.83, 0.95), (0.038, 0.08), (225, 266)),
        ((0.91, 0.95), (0.037, 0.08), (219, 266)),
        ((0.62, 0.87), (0.060, 0.20), (223.5, 266)),
        ((0.35, 0.64), (0.065, 0.31), (228, 269)),
        ((0.22, 0.40), (0.052, 0.31), (245, 269)),
    ],
    "grey": [((0.495, 0.935), (0, 0.0085), _ANY_HUE)],
    "white": [((0.99, 1), (0, 0.005), _ANY_HUE)],
}
_WHITE = "FFFFFF"


class Palette:
    """The statuses of one layout: looked up by key, by what was typed, and by how a cell is filled.

    `shown` is the fill that the file's own key shows for a status, where it is another than the status's own.
    """

    def __init__(self, statuses: Iterable[Status], shown: Mapping[str, Fill] | None = None) -> None:
        self.statuses: Sequence[Status] = tuple(statuses)
        self._by_key = {status.key: status for status in self.statuses}
        self._by_word: dict[str, Status] = {}
        for status in self.statuses:
            for word in (status.letter, status.key, status.label, *status.words):
                self._by_word.setdefault(_plain(word), status)
        self._own = {status.key: status.fill for status in self.statuses} | {PROGRAMMED: PROGRAMME_FILL}
        self._key = self._own | dict(shown or {})
        self._classify = lru_cache(maxsize=4096)(self._classify_shade)
        self._keyed = lru_cache(maxsize=64)(self._showing)

    def __getitem__(self, key: str) -> Status:
        return self._by_key[key]

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def get(self, key: str | None) -> Status | None:
        """The status of that key; None where nothing is reported, or what is no status here."""
        return self._by_key.get(key) if key else None

    def typed(self, text: str) -> Status | None:
        """The status whose letter, name or word was typed, whatever its case; None if it is no status."""
        return self._by_word.get(_plain(text))

    def slip(self, text: str) -> str | None:
        """The status whose name or word was mistyped: `Ambr`; None where that is not clear, as of any short word."""
        words = [word for word in self._by_word if len(word) >= _LONG_WORD]
        near = difflib.get_close_matches(_plain(text), words, n=len(words), cutoff=_SLIP)
        keys = {self._by_word[word].key for word in near}
        return keys.pop() if len(keys) == 1 else None

    def painted(self, fill: Fill | None) -> Verdict:
        """What a person means who fills a cell so."""
        if fill is None:
            return Verdict(meaning=NO_FILL, candidates=(NO_FILL,))
        if fill.hatched:
            known = (*self._own.items(), *self._key.items())
            hatched = tuple(dict.fromkeys(key for key, each in known if each.hatched))
            return Verdict(meaning=hatched[0] if len(hatched) == 1 else None, candidates=hatched)
        return self._classify(fill.seen.upper())

    def with_key(self, key: Mapping[str, Fill]) -> "Palette":
        """The palette for a file whose own key shows these fills, by status or PROGRAMMED: they come before our own.

        What the key shows as white, or alike for two of them, is not used.
        """
        shown = {name: key.get(name, own) for name, own in self._own.items()}
        changed = [name for name, own in self._own.items() if _redrawn(own, shown[name])]
        usable = [
            name
            for name in changed
            if _distance(shown[name].seen, _WHITE) > _CERTAIN
            and all(_distance(shown[name].seen, shown[other].seen) > _CERTAIN for other in shown if other != name)
        ]
        return self._keyed(tuple((name, shown[name]) for name in usable)) if usable else self

    def name(self, meaning: str) -> str:
        """The words for what a fill was taken for, for a message: `green (on target)`."""
        if meaning in self._by_key:
            status = self._by_key[meaning]
            return f"{status.colour} ({status.label.lower()})"
        return {PROGRAMMED: "grey (programme)", NO_FILL: "no colour"}[meaning]

    def _showing(self, shown: tuple[tuple[str, Fill], ...]) -> "Palette":
        return Palette(self.statuses, dict(shown))

    def _classify_shade(self, rgb: str) -> Verdict:
        own = self._very_same(rgb, self._key)
        meaning = own or self._very_same(rgb, self._own) or self._named(rgb)
        nearest: dict[str, float] = {} if meaning is None else {meaning: 0}
        claimed = [(distance, key) for distance, key, _ in self._claims(rgb) if key is not None]
        if meaning is None:
            claimed += [(_to_hue(rgb, name), key) for name in _NAMES if (key := self._holder(rgb, name))]
        for distance, key in sorted([*claimed, *_looks(rgb, self._key), *_looks(rgb, self._own)]):
            nearest.setdefault(key, distance)
        within = max(_CANDIDATES_WITHIN, min(nearest.values()))
        close = [key for key, distance in nearest.items() if distance <= within]
        return Verdict(meaning=meaning, candidates=tuple(close[:_CANDIDATES]), own=own is not None)

    def _very_same(self, rgb: str, fills: Mapping[str, Fill]) -> str | None:
        """The status whose fill the shade is, give or take what programs change in a colour."""
        (best, key), *others = sorted(_looks(rgb, fills))
        rival = min(distance for distance, other in others if other != key)
        # What looks like white is named, so that a pale status is not mistaken for it.
        return key if best <= _CERTAIN and rival - best >= _LEAST_MARGIN and key != NO_FILL else None

    def _named(self, rgb: str) -> str | None:
        """The status whose shade it is, if no other comes near."""
        (best, key, reach), *others = sorted(self._claims(rgb), key=lambda claim: claim[0])
        clear = all(distance - best >= _MARGIN for distance, other, _ in others if other != key)
        return key if best <= reach and clear else None

    def _claims(self, rgb: str) -> list[tuple[float, str | None, float]]:
        """How far the shade is from each name and from each fill without one; whose that is; how far that goes."""
        names = [(_to_name(rgb, name), self._holder(rgb, name), _NAMED) for name in _NAMES]
        # Nobody paints what a hatch is blended to: only the very same is taken for it.
        fills = [
            (_distance(rgb, fill.seen), key, 0 if fill.hatched else _NEAR)
            for key, fill in self._own.items()
            if _name_of(fill.seen) is None
        ]
        return [*names, *fills]

    def _holder(self, rgb: str, name: str) -> str | None:
        """The status whose fill has that name; of several, the one to which the shade is clearly nearest."""
        if name == _name_of(_WHITE):
            return NO_FILL
        known = [*self._own.items(), *self._key.items()]
        solid = [(key, fill.seen) for key, fill in known if not fill.hatched and _name_of(fill.seen) == name]
        near = sorted((_distance(rgb, seen), key) for key, seen in solid)
        clear = all(distance - near[0][0] >= _MARGIN for distance, key in near if key != near[0][1])
        return near[0][1] if near and clear else None


# Fills, each with its ink, for statuses of one form that are shown beside those of another and would look like them.
SPARE = (("9ADBD0", "000000"), ("F4B6C2", "000000"), ("6B4E2E", "FFFFFF"), ("2F5D6B", "FFFFFF"), ("D9D36B", "000000"))
_APART = 8.0


def look_problem(status: Status) -> str:
    """Why a status could not be told by its fill or its ink, or an empty text; letters tell two that look alike."""
    fill = status.fill
    if fill.pattern not in PATTERNS[1:]:
        near = difflib.get_close_matches(fill.pattern, PATTERNS[1:], n=1, cutoff=0)[0]
        return f"fill: there is no pattern “{fill.pattern}”; the nearest is “{near}”"
    if fill.pattern != "solid" and not fill.foreground:
        return f"fill: the pattern {fill.pattern} is drawn in a foreground; say which"
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", status.ink):
        return f"ink: “{status.ink}” is no colour; write six hex digits, as 000000"
    known = [("white", _WHITE), ("the programme’s grey", PROGRAMME_FILL.seen)]
    alike = next((name for name, seen in known if _distance(fill.seen, seen) <= _CERTAIN), "")
    return f"fill: #{fill.seen} looks like {alike}; choose another" if alike else ""


def told_apart(status: Status, others: Iterable[Status]) -> Status:
    """The status with a fill that does not look like that of any other, if its own does."""
    taken = [each.fill.seen for each in others]
    fills = [(status.fill, status.ink), *((Fill(rgb=rgb), ink) for rgb, ink in SPARE)]
    for fill, ink in fills:
        if all(_distance(fill.seen, each) > _APART for each in taken):
            return replace(status, fill=fill, ink=ink)
    return status


def shades_of(status: str) -> Sequence[str]:
    """Shades that people pick for a standard status, the commonest first."""
    return _COMMON[status]


def _plain(text: str) -> str:
    """A typed word without case, outer punctuation and repeated spaces."""
    return " ".join(text.replace("_", " ").replace("-", " ").split()).strip(" .:;!?()[]'\"*").casefold()


def _channels(rgb: str) -> tuple[int, int, int]:
    return int(rgb[0:2], 16), int(rgb[2:4], 16), int(rgb[4:6], 16)


def _redrawn(own: Fill, shown: Fill) -> bool:
    """Whether a fill is shown otherwise than it was written; a hatch that was only flattened is not."""
    return shown.seen.upper() != own.seen.upper() or (shown.hatched and not own.hatched)


def _looks(rgb: str, fills: Mapping[str, Fill]) -> list[tuple[float, str]]:
    """How far a shade is from what can be seen of each fill, and from white."""
    looks = [(_distance(rgb, fill.seen), key) for key, fill in fills.items()]
    # A program that cannot draw a hatch may leave the ground of it.
    grounds = [(key, fill.rgb) for key, fill in fills.items() if fill.hatched and _name_of(fill.rgb) is None]
    return [*looks, *((_distance(rgb, ground), key) for key, ground in grounds), (_distance(rgb, _WHITE), NO_FILL)]


@lru_cache(maxsize=4096)
def _name_of(rgb: str) -> str | None:
    """What a person calls the colour; None if that is none of the names."""
    return next((name for name in _NAMES if _to_name(rgb, name) <= _NAMED), None)


@lru_cache(maxsize=65536)
def _to_name(rgb: str, name: str) -> float:
    """How different a colour looks from the nearest one of that name, by CIEDE2000; 0 if it has the name."""
    seen = _oklch(rgb)
    nearest = {tuple(map(_within, seen, ranges)) for ranges in _NAMES[name]}
    return 0.0 if seen in nearest else min(_distance(rgb, each) for each in nearest)


@lru_cache(maxsize=65536)
def _to_hue(rgb: str, name: str) -> float:
    """How different a colour looks from one as light and strong in a hue of that name; so is pink nearest to red."""
    light, chroma, hue = _oklch(rgb)
    hues = [each for _, _, each in _NAMES[name] if each != _ANY_HUE]
    if chroma < _COLOURED or not hues:
        return math.inf
    return min(_distance(rgb, (light, chroma, end)) for end in {_within(hue, each) for each in hues})


def _within(value: float, ends: _Range) -> float:
    """The nearest value within a range; hues, the only values above 1, go round."""
    low, high = ends
    if low <= value <= high:
        return value
    return min(ends, key=lambda end: abs((value - end + 180) % 360 - 180))


@lru_cache(maxsize=65536)
def _distance(one: str, other: "str | tuple[float, ...]") -> float:
    """How different two colours look, by CIEDE2000."""
    return float(_lab(one).delta_e(_lab(other), method="2000"))


@lru_cache(maxsize=4096)
def _oklch(rgb: str) -> tuple[float, ...]:
    """A colour's lightness (0 to 1), chroma (0 to about 0.3) and hue (degrees)."""
    return tuple(_lab(rgb).convert("oklch").coords(nans=False))


@lru_cache(maxsize=4096)
def _lab(colour: "str | tuple[float, ...]") -> "Color":
    """A colour of six hex digits, or of lightness, chroma and hue, as it is compared."""
    from coloraide import Color  # noqa: PLC0415  # slow to import, and only needed when a fill was painted

    made = Color("#" + colour) if isinstance(colour, str) else Color("oklch", colour)
    return made.convert("lab-d65")
