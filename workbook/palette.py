"""Status <-> fill, letter and words, both ways; and every other colour that a workbook is printed in.

What people paint is matched by how alike two colours look (CIEDE2000), to shades that spreadsheet programs
offer for each status. A colour is believed only when one status is near and the next one clearly further;
what is not clear is said to be unsure, with the candidates.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

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

# CIEDE2000: about 2 is just noticeable. Two programs' greens lie 10 to 15 apart, and amber from red over 25.
_CERTAIN = 4.0
_NEAR = 16.0
_MARGIN = 5.0
_LEAST_MARGIN = 1.0  # also where a shade is as good as the very one


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
    is counted under.
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

    @property
    def colour(self) -> str:
        """What its fill is called: `green`, `hatched`."""
        return self.words[0] if self.words else self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a fill was taken for: a status's key, PROGRAMMED, NO_FILL, or None when it is not clear.

    `candidates` are the nearest, best first, also when it is clear.
    """

    meaning: str | None
    candidates: tuple[str, ...]


STANDARD: Mapping[str, Status] = {
    status.key: status
    for status in (
        Status(
            key="green",
            label="On target",
            meaning="The action is on target.",
            letter="G",
            words=("green", "on target", "on track", "complete", "completed", "done"),
            fill=Fill(rgb="00B050"),
            ink="000000",
            counts_as="green",
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
        ),
        Status(
            key="red",
            label="Over one month behind",
            meaning="The action is more than one month behind its programme.",
            letter="R",
            words=("red", "over one month behind", "more than one month behind"),
            fill=Fill(rgb="FF0000"),
            ink="FFFFFF",
            counts_as="red",
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
        ),
    )
}

PROGRAMME_FILL = Fill(rgb="D0D0D0")
PROGRAMME_LABEL = "Programmed"

# The rest of the workbook: headers, sections, rules.
HEADER_FILL, HEADER_INK = "22384F", "FFFFFF"
BLOCK_FILL, BLOCK_INK = "D9E2EC", "22384F"
SECTION_FILL, SECTION_INK = "EDF2F7", "22384F"
MONTH_FILL, MONTH_INK = "FFE08A", "22384F"
INPUT_FILL = "FFFDF2"
LINE, FAINT_LINE, OUTLINE = "8A939C", "B5BCC3", "404040"
TITLE_INK, QUIET_INK = "22384F", "56616B"
FINDING_FILL, FINDING_LINE, LINK_INK = "FFF2CC", "C00000", "0563C1"

# Shades that Excel (standard, 2007, 2013 and 2023 themes and their tints), LibreOffice and Google Sheets offer
# and that a person calls by the status's colour.
_SHADES: Mapping[str, Sequence[str]] = {
    "green": (
        "00B050 92D050 00A933 00FF00 008000 70AD47 9BBB59 4EA72E A9D08E C6E0B4 E2EFDA 548235 375623 C6EFCE CCFFCC "
        "81D41A 77BC65 34A853 6AA84F 93C47D B6D7A8 D9EAD3 38761D 00CC00 3FAF46 127622 C4D79B D8E4BC 76933C"
    ).split(),
    "amber": "FFC000 FFBF00 FFA500 FF9900 FF8000 F79646 ED7D31 FBBC04 F1C232 E69138 F4B084 FFD966 FABF8F".split(),
    "red": "FF0000 C00000 EE0000 C9211E EA4335 CC0000 FF4000 FF3333 E06666 990000 F10D0C 800000 FF6D6D".split(),
    "suspended": (
        "0070C0 00B0F0 0000FF 4472C4 5B9BD5 2A6099 4F81BD 156082 0E2841 002060 1F497D 44546A 4285F4 4A86E8 3D85C6 "
        "6FA8DC 9FC5E8 9DC3E6 BDD7EE B4C7E7 8DB4E2 729FCF 5983B0 3465A4 355269 1F4E78 2F5597 000080 99CCFF"
    ).split(),
    "revised": ["B59CCC", "CCC0DA"],
    PROGRAMMED: "D0D0D0 D9D9D9 BFBFBF C0C0C0 A6A6A6 B2B2B2 CCCCCC 999999 808080 7F7F7F DDDDDD E7E6E6".split(),
    NO_FILL: ["FFFFFF"],
}
# Colours that are no status's: near one of these, nothing is believed.
_NOBODYS = (
    "000000 262626 404040 7030A0 800080 9900FF 674EA7 A02B93 8E7CC3 FF00FF FFFF00 FFFF99 FFEB9C 996633 7F6000 "
    "833C0B 00FFFF FFC7CE F4CCCC F8CBAD FCE4D6 EA9999 DDEBF7"
).split()


class Palette:
    """The statuses of one layout: looked up by key, by what was typed, and by how a cell is filled."""

    def __init__(self, statuses: Iterable[Status]) -> None:
        self.statuses: Sequence[Status] = tuple(statuses)
        self._by_key = {status.key: status for status in self.statuses}
        self._by_word: dict[str, Status] = {}
        for status in self.statuses:
            for word in (status.letter, status.key, status.label, *status.words):
                self._by_word.setdefault(_plain(word), status)
        self._classify = lru_cache(maxsize=4096)(self._classify_shade)

    def __getitem__(self, key: str) -> Status:
        return self._by_key[key]

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def typed(self, text: str) -> Status | None:
        """The status whose letter, name or word was typed, whatever its case; None if it is no status."""
        return self._by_word.get(_plain(text))

    def painted(self, fill: Fill | None) -> Verdict:
        """What a person means who fills a cell so."""
        if fill is None:
            return Verdict(meaning=NO_FILL, candidates=(NO_FILL,))
        if fill.hatched:
            hatched = [status.key for status in self.statuses if status.fill.hatched]
            return Verdict(meaning=hatched[0] if len(hatched) == 1 else None, candidates=tuple(hatched))
        return self._classify(fill.seen)

    def name(self, meaning: str) -> str:
        """The words for what a fill was taken for, for a message: `green (on target)`."""
        if meaning in self._by_key:
            status = self._by_key[meaning]
            return f"{status.colour} ({status.label.lower()})"
        return {PROGRAMMED: "grey (programme)", NO_FILL: "no colour"}[meaning]

    def _classify_shade(self, rgb: str) -> Verdict:
        nearest = sorted((min(_distance(rgb, shade) for shade in shades), key) for key, shades in self._anchors())
        (best, key), (next_best, _) = nearest[0], nearest[1]
        nobodys = min(_distance(rgb, shade) for shade in _NOBODYS)
        clear = best <= _NEAR and min(next_best, nobodys) - best >= _MARGIN
        certain = best <= _CERTAIN and min(next_best, nobodys) - best >= _LEAST_MARGIN
        close = tuple(key for distance, key in nearest if distance <= max(_NEAR, best))
        return Verdict(meaning=key if clear or certain else None, candidates=close[:3])

    def _anchors(self) -> Iterable[tuple[str, Sequence[str]]]:
        for status in self.statuses:
            standard = STANDARD.get(status.key)
            known = _SHADES.get(status.key, ()) if standard and standard.fill == status.fill else ()
            yield status.key, (status.fill.seen, *known)
        yield PROGRAMMED, (PROGRAMME_FILL.rgb, *_SHADES[PROGRAMMED])
        yield NO_FILL, _SHADES[NO_FILL]


def shades_of(status: str) -> Sequence[str]:
    """The shades that people pick for a standard status, the commonest first."""
    return _SHADES[status]


def _plain(text: str) -> str:
    """A typed word without case, outer punctuation and repeated spaces."""
    return " ".join(text.replace("_", " ").replace("-", " ").split()).strip(" .:;!?()[]'\"*").casefold()


def _channels(rgb: str) -> tuple[int, int, int]:
    return int(rgb[0:2], 16), int(rgb[2:4], 16), int(rgb[4:6], 16)


@lru_cache(maxsize=65536)
def _distance(one: str, other: str) -> float:
    """How different two colours look, by CIEDE2000."""
    return float(_colour(one).delta_e(_colour(other), method="2000"))


@lru_cache(maxsize=4096)
def _colour(rgb: str) -> "Color":
    from coloraide import Color  # noqa: PLC0415  # slow to import, and only needed when a fill was painted

    return Color("#" + rgb)
