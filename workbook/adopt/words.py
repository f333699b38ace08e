"""What people call columns, periods and statuses: the words of `words.toml`, compared without case and accents."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache
from pathlib import Path
from typing import Any

from workbook.adopt.lights import LIGHTS

_SURE, _LIKELY, _GUESS = 1.0, 0.8, 0.6
_TO_FILL_IN = re.compile(r"(?:<([^<>]*)>|\[([^\[\]]*)\])\Z")
_ASKS = re.compile(r"\b(?:select|choose|insert|enter|type|add|pick|click|your|wahlen|choisir|seleccionar|selecionar)\b")
_RANK = re.compile(r"(?:p|prio|priority)? ?\d\Z|[a-d]\Z")
# Words that turn a status into another one, or into none.
_QUALIFIED = re.compile(
    r"\b(?:not|no|never|without|unlikely|un|nearly|almost|partially|partly|part|mostly|but|except|will|due|ready|was|were"
    r"|previously|awaiting|should|expected|by (?=\d|end|q\d|mid|early|late|next|[a-z]{3,} \d)|nicht|kein|keine"
    r"|teilweise|non|pas|partiellement|nao|sin|parcialmente|sem)\b"
)
_NAME_FIRST = re.compile(r"([^\W\d_]{3,12})\s*([:–—(/-]|\bto\b|\Z)\s*(.*)", re.DOTALL)
_EITHER = re.compile(r"\s*[/\n]\s*")
_TO_BE = re.compile(r"\b(?:to|will) be\b")
_MEASURE = re.compile(r"(?<!100)(?<!100 )%|\b(?:percent|pct|prozent|beyond)\b")  # how much of it, and not how it stands
_BESIDE = re.compile(r":\s*\S*[^\W\d_]|:\s*\Z")  # what names the cell beside it, as “Project lead:” does
_NOT_A_WORD = re.compile(r"[^\w%#°]+")
_LONGEST_HEADING = 60  # letters; what is longer is a sentence
_LONGEST_TITLE = 30  # letters of the title of a key
_SHORTEST_INSIDE = 3  # letters of a name that may stand among other words


@lru_cache(maxsize=1)
def _exactly() -> Mapping[str, str]:
    return {plain(name): meaning for meaning, names in _words()["exactly"].items() for name in names}


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A text as it is compared: small letters without accents, its words with one space between them."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    bare = "".join(char for char in letters if not unicodedata.combining(char))
    return " ".join(_NOT_A_WORD.sub(" ", bare.replace("_", " ")).split())


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def meanings() -> tuple[str, ...]:
    """What a column can be taken for."""
    return tuple(_words()["columns"])


@lru_cache(maxsize=1)
def _columns() -> Mapping[str, str]:
    """What each name of a column means; a name of two is the first one's."""
    found: dict[str, str] = {}
    for meaning, names in _words()["columns"].items():
        for name in names:
            found.setdefault(plain(name) or name, meaning)
    return found


def _index(names: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Names by their first words, so that only a few are looked for in a text."""
    index: dict[str, list[str]] = {}
    for name in names:
        if len(name) >= _SHORTEST_INSIDE:
            index.setdefault(name.partition(" ")[0], []).append(name)
    return index


@lru_cache(maxsize=1)
def _column_index() -> Mapping[str, Sequence[str]]:
    return _index(_columns())


@lru_cache(maxsize=1)
def _status_index() -> Mapping[str, Sequence[str]]:
    return _index(_statuses())


def _inside(said: str, index: Mapping[str, Sequence[str]]) -> list[str]:
    """The names that a plain text has in it, of whole words."""
    words = dict.fromkeys(said.split())
    return [name for word in words for name in index.get(word, ()) if f" {name} " in f" {said} "]


@lru_cache(maxsize=4096)
def column_meaning(heading: str) -> tuple[str, float] | None:
    """What a heading means, and how sure that is, from 0 to 1; None where it means nothing that is known."""
    if len(plain(heading)) > _LONGEST_HEADING:
        heading = heading.partition("(")[0].partition("\n")[0]  # what explains it comes after it
    said = plain(heading) or heading.strip()
    if not said or len(said) > _LONGEST_HEADING or _BESIDE.search(heading):
        return None
    if exact := _columns().get(said) or _exactly().get(said):
        return exact, _SURE
    inside = [(len(name), name) for name in _inside(said, _column_index())]
    if not inside:
        return None
    if parts := [found for part in _EITHER.split(heading) if (found := _columns().get(plain(part)))]:
        return parts[0], _LIKELY  # “Cam gweithredu / Action”
    if action := next((name for _, name in inside if _columns()[name] == "action" and said.startswith(f"{name} ")), ""):
        return _columns()[action], _LIKELY  # “Actions to deliver”
    # “Timeline start” and “Target end date” are what they end in.
    last = [each for each in inside if said.endswith(each[1]) and _columns()[each[1]] in ("start", "finish")]
    length, name = max(last or inside)
    return _columns()[name], _LIKELY if length * 2 >= len(said) or last else _GUESS


@lru_cache(maxsize=1)
def month_names() -> Mapping[str, int]:
    """The number of the month by each of its names."""
    return {plain(name): number for number, names in enumerate(_words()["periods"]["months"], 1) for name in names}


@lru_cache(maxsize=32)
def period_words(kind: str) -> Set[str]:
    """What weeks, or quarters, are called."""
    return frozenset(map(plain, _words()["periods"][kind]))


@lru_cache(maxsize=1)
def _statuses() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for status, names in _words()["statuses"].items():
        for name in names:
            found.setdefault(plain(name), status)
    return found


@lru_cache(maxsize=1)
def _lights() -> Mapping[str, str]:
    return {sign: status for status, signs in _words()["lights"].items() for sign in signs}


@lru_cache(maxsize=4096)
def status_word(text: str) -> str | None:
    """The standard status, `planned` or `begun` that a word says; None where it says none, or more than one of them."""
    said, sign = plain(text), text.strip()
    if "?" in text:
        return None
    if known := _statuses().get(said) or _lights().get(sign):
        return known
    match = _NAME_FIRST.match(sign)
    if match and (name := colour_names().get(plain(match[1]))) in LIGHTS:
        # “Red – plan approved” and “Red (was green)”, but not “Red to Amber”.
        others = {word for word in plain(match[3]).split()[:2] if word in colour_names()}
        return None if others and match[2] != "(" else name
    # What is to be is not, but what comes before it may be: “on schedule to be delivered in May”.
    return _among_words(_TO_BE.split(said)[0].strip())


def _among_words(said: str) -> str | None:
    """The status that one of the words of a plain text says, if nothing takes it back."""
    if len(said) > _LONGEST_HEADING or _QUALIFIED.search(said) or _MEASURE.search(said):
        return None
    found = [name for name in _inside(said, _status_index()) if len(name) > _SHORTEST_INSIDE]
    meant = {_statuses()[name] for name in found if not any(name != other and name in other for other in found)}
    real = meant - {"planned", "begun"} or meant
    return real.pop() if len(real) == 1 else None


@lru_cache(maxsize=1)
def colour_names() -> Mapping[str, str]:
    """What the colour of each name is in the palette: the key of a status, or `programmed`."""
    return {plain(name): key for key, names in _words()["colours"].items() for name in names}


def is_qualified(text: str) -> bool:
    """Whether a text has a word in it that takes something back: `Off track but recoverable`."""
    return bool(_QUALIFIED.search(plain(text)))


def may_be_amber(text: str) -> bool:
    """Whether a word for what is late is used for a little as for much: `Delayed`."""
    return plain(text) in _called("late")


@lru_cache(maxsize=8)
def _marks(kind: str) -> Set[str]:
    return frozenset(mark.casefold() for mark in _words()["marks"][kind])


def is_mark(text: str) -> bool:
    """Whether a text in a period's cell is a sign that draws a bar: `x`, `◆`, `███`."""
    said = text.strip().casefold()
    return bool(said) and (said in _marks("bars") or set(said) <= _marks("bars"))


def is_placeholder(text: str) -> bool:
    """Whether a text stands where nothing has been said yet: `< Select >`."""
    said = " ".join(text.split()).casefold()
    match = _TO_FILL_IN.match(said)
    inside = plain(match[1] or match[2] or "") if match else None
    return said in _marks("placeholders") or (
        inside is not None and (not inside or inside in _called("blank") or bool(_ASKS.search(inside)))
    )


def is_rank(text: str) -> bool:
    """Whether a text says how urgent or important something is: `High`, `P1`, `2`."""
    said = plain(text)
    return bool(_RANK.match(said)) or said in _marks("ranks")


@lru_cache(maxsize=32)
def _called(kind: str) -> Set[str]:
    return frozenset(map(plain, _words()["words"][kind]))


def titles_a_key(text: str) -> bool:
    """Whether a text is the title of a key of colours: `Key`, `Key to colours`, `RAG status key`."""
    said = plain(text)
    is_last = len(said) <= _LONGEST_TITLE and any(said.endswith(f" {name}") for name in _called("legend"))
    return begins_with("legend", text) or is_last


def says(kind: str, text: str) -> bool:
    """Whether a text is one of the words of that kind: `legend`, `total`, `start` and others."""
    return plain(text) in _called(kind)


def begins_with(kind: str, text: str) -> bool:
    """Whether a text begins with one of these words, as `Total: 4 actions` does."""
    said = plain(text)
    return said in _called(kind) or any(said.startswith(f"{name} ") for name in _called(kind))
