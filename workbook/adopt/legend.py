"""What colours mean: from the sheet's own key, or else what plain colours plainly say."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from workbook.adopt.words import says, status_word
from workbook.palette import PROGRAMMED, STANDARD, Fill, Palette
from workbook.read.cells import RawSheet

_LONGEST = 60  # letters of what a key says of a colour
_WHITE = {"FFFFFF", "FEFEFE"}
_PLAIN = Palette(STANDARD.values())
PLANNED, BEGUN = "planned", "begun"
NO_STATUS = (PLANNED, BEGUN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """What each colour (`#70AD47`) is said to mean, in the sheet's words, and which status that is.

    `assumed` are the colours whose status is the palette's, as the sheet has no key of its own.
    """

    words: Mapping[str, str]
    statuses: Mapping[str, str]
    assumed: Mapping[str, str]


def hex_of(fill: Fill | None) -> str:
    """A fill as the colour that a person sees; nothing for none, and for white."""
    return f"#{fill.seen.upper()}" if fill and fill.seen.upper() not in _WHITE else ""


def find_legend(sheets: Iterable[RawSheet], is_table: Callable[[RawSheet, int, int], bool], used: Counter[str]) -> Legend:
    """The legend of a workbook: colours beside words outside its tables; `used` are those of the bars, by how often."""
    words: dict[str, str] = {}
    for sheet in sheets:
        for colour, said in _keyed(sheet, is_table, used):
            words.setdefault(colour, said)
    statuses = {colour: status for colour, said in words.items() if (status := status_word(said))}
    if words:
        # A key whose words are people or phases tells no status of any colour.
        return Legend(words=words, statuses=statuses if len(statuses) * 2 >= len(words) else {}, assumed={})
    return Legend(words={}, statuses={}, assumed=_assumed(used))


def _keyed(
    sheet: RawSheet, is_table: Callable[[RawSheet, int, int], bool], used: Counter[str]
) -> Iterator[tuple[str, str]]:
    """Colours with what stands in their cell, or beside it, outside the tables."""
    labelled = [(row, column) for row, column, cell in sheet.texts() if says("legend", cell.text)]
    for row, column, cell in sheet:
        colour = hex_of(cell.fill)
        if not colour or is_table(sheet, row, column):
            continue
        near = any(abs(row - at[0]) <= 12 and abs(column - at[1]) <= 12 for at in labelled)  # noqa: PLR2004  # cells
        beside = (cell.text, sheet[row, column + 1].text, sheet[row, column - 1].text if column > 1 else "")
        said = next((text for text in beside if text and len(text) <= _LONGEST), "")
        if said and (near or colour in used) and not says("legend", said):
            yield colour, " ".join(said.split())


def _assumed(used: Counter[str]) -> Mapping[str, str]:
    """What plain colours say by themselves, if they look like the colours of statuses at all.

    One colour alone draws bars. Green, amber and red say how it stands only where two of them are in use.
    """
    meanings = {colour: meaning for colour in used if (meaning := _PLAIN.painted(Fill(rgb=colour[1:])).meaning)}
    lights = {meaning for meaning in meanings.values() if meaning in ("green", "amber", "red")}
    if len(lights) < 2:  # noqa: PLR2004  # a traffic light has more than one
        return {}
    known = {colour: meaning for colour, meaning in meanings.items() if meaning in STANDARD or meaning == PROGRAMMED}
    return {colour: PLANNED if meaning == PROGRAMMED else meaning for colour, meaning in known.items()}


def plain_status(colour: str) -> str:
    """The status that a plain colour says in a cell for it; nothing for any other."""
    meaning = _PLAIN.painted(Fill(rgb=colour[1:])).meaning
    return meaning if meaning in STANDARD else ""
