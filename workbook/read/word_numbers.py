"""The numbers that Word gives to paragraphs by itself, written into them as text: ECMA-376 17.9.

A list counts in the order of the document, every level on its own, and a deeper one begins again after one above it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{MAIN}}}"  # the prefix of the names in Word's parts

_LEVELS = 9
_NO_LIST = "0"
_MOST_STYLES = 20  # that are based on one another
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_UNITS = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_ALPHABET = 26
_MOST = 780  # that letters count to in Word; what is higher is shown in digits


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """One level of a list: where it begins, how its numbers look, and what stands around them, as `%1.%2`."""

    start: int
    look: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """One list: those of one `group` count on from one another."""

    group: str
    levels: Mapping[int, _Level]


def write_numbers(
    document: "BaseOxmlElement", numbering: "BaseOxmlElement | None", styles: "BaseOxmlElement | None"
) -> None:
    """Write the numbers of a document's lists into their paragraphs."""
    if numbering is None:
        return
    lists = _lists(numbering)
    by_style = _of_styles(styles) if styles is not None else {}
    counts: dict[str, dict[int, int]] = {}
    for paragraph in document.iter(f"{W}p"):
        own = _asked(paragraph) or by_style.get(_style(paragraph), ("", 0))
        known = lists.get(own[0])
        if known is None or _is_covered(paragraph):
            continue
        if said := _number(known, own[1], counts.setdefault(known.group, {})):
            _write(paragraph, said)


def _lists(numbering: "BaseOxmlElement") -> dict[str, _List]:
    kinds = {each.get(f"{W}abstractNumId", ""): each for each in numbering.iter(f"{W}abstractNum")}
    lists = {}
    for each in numbering.findall(f"{W}num"):
        number, group = each.get(f"{W}numId", ""), _value(each, "abstractNumId")
        kind = kinds.get(group)
        if kind is None or number == _NO_LIST:
            continue
        levels = dict(_levels(kind))
        for change in each.findall(f"{W}lvlOverride"):
            at = _whole(change.get(f"{W}ilvl"))
            levels |= dict(_levels(change))
            start = _value(change, "startOverride")
            if start and at in levels:
                # A list that begins anew counts for itself.
                group = f"{group}/{number}"
                levels[at] = _Level(start=_whole(start), look=levels[at].look, text=levels[at].text)
        lists[number] = _List(group=group, levels=levels)
    return lists


def _levels(parent: "BaseOxmlElement") -> Iterator[tuple[int, _Level]]:
    for each in parent.findall(f"{W}lvl"):
        look, text = _value(each, "numFmt"), _value(each, "lvlText")
        start = _whole(_value(each, "start"), 1)
        yield _whole(each.get(f"{W}ilvl")), _Level(start=start, look=look, text=text)


def _of_styles(styles: "BaseOxmlElement") -> dict[str, tuple[str, int]]:
    """The list and the level that each style of paragraphs asks for, itself or by the one that it is based on."""
    known = {each.get(f"{W}styleId", ""): each for each in styles.findall(f"{W}style")}
    found = {}
    for name in known:
        at = name
        for _ in range(_MOST_STYLES):
            if at not in known:
                break
            if own := _asked(known[at]):
                found[name] = own
                break
            at = _value(known[at], "basedOn")
    return found


def _asked(element: "BaseOxmlElement") -> tuple[str, int] | None:
    """The list and the level that a paragraph or a style asks for."""
    properties = element.find(f"{W}pPr/{W}numPr")
    if properties is None:
        return None
    return _value(properties, "numId"), _whole(_value(properties, "ilvl"))


def _style(paragraph: "BaseOxmlElement") -> str:
    properties = paragraph.find(f"{W}pPr")
    return "" if properties is None else _value(properties, "pStyle")


def _is_covered(paragraph: "BaseOxmlElement") -> bool:
    """Whether a paragraph stands in a cell that the one above is merged over."""
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    merged = None if cell is None else cell.find(f"{W}tcPr/{W}vMerge")
    return merged is not None and merged.get(f"{W}val", "continue") == "continue"


def _number(known: _List, level: int, counts: dict[int, int]) -> str:
    """The next number of a list on a level, as it is shown; nothing for a bullet."""
    own = known.levels.get(level)
    if own is None:
        return ""
    counts[level] = counts.get(level, own.start - 1) + 1
    for deeper in [each for each in counts if each > level]:
        del counts[deeper]
    if own.look in ("bullet", "none"):
        return ""
    text = own.text
    for at in range(_LEVELS):
        upper = known.levels.get(at)
        if upper is not None and f"%{at + 1}" in text:
            text = text.replace(f"%{at + 1}", _shown(counts.get(at, upper.start), upper.look))
    return text.strip()


def _shown(number: int, look: str) -> str:
    if not 0 < number <= _MOST:
        return str(number)
    if look in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (number - 1) % _ALPHABET) * ((number - 1) // _ALPHABET + 1)
        return letters.upper() if look == "upperLetter" else letters
    if look in ("lowerRoman", "upperRoman"):
        roman, left = "", number
        for value, sign in (*_ROMAN, *_ROMAN_UNITS):
            roman += sign * (left // value)
            left %= value
        return roman.upper() if look == "upperRoman" else roman
    return f"{number:02d}" if look == "decimalZero" else str(number)


def _write(paragraph: "BaseOxmlElement", said: str) -> None:
    """Put a text before all others of a paragraph."""
    run = paragraph.makeelement(f"{W}r", {})
    text = paragraph.makeelement(f"{W}t", {})
    text.text = f"{said} "
    run.append(text)
    first = 1 if paragraph.find(f"{W}pPr") is not None else 0
    paragraph.insert(first, run)


def _value(element: "BaseOxmlElement", name: str) -> str:
    found = element.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")


def _whole(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isdecimal() else otherwise
