"""What is seen under each period of a row: painted cells, merged bars, signs, words, and what rules paint."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from workbook.adopt.found import Header
from workbook.adopt.lights import LIGHTS
from workbook.adopt.view import Look, View
from workbook.adopt.words import is_mark, status_word
from workbook.palette import Fill

_WHOLE, _MOST = 0.9, 0.5  # of a table's rows
_LONGEST_CODE = 3  # letters
_LIGHT = 0xD0  # red, green and blue at least, of the ground of a grid
_FRIDAY = 4  # the days after it are the weekend
_FEW = 3  # rows, below which no column of one colour is a weekend


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What stands under the periods of a row, by column: fills (None for a sign without one), statuses in letters.

    `texts` are words in bars that are no signs; `unread` is the formula of a rule that could not be worked out.
    """

    filled: Mapping[int, Fill | None] = field(default_factory=dict)
    statuses: Mapping[int, str] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)
    unread: str = ""


def bars(view: View, header: Header, rows: Sequence[int]) -> Mapping[int, Seen]:
    """What is seen in the rows of a table, by row; the grounds of whole rows and columns are no bars."""
    columns = [each.column for each in header.periods]
    looks = {row: {column: view.look(row, column) for column in columns} for row in rows}
    weekends = {
        each.column for each in header.periods if each.kind == "day" and each.start and each.start.weekday() > _FRIDAY
    }
    grounds = _grounds(looks, columns, weekends)
    letters = _letters(look.text for row in looks.values() for look in row.values())
    seen = {}
    for row in rows:
        own = {*grounds, *_stripe(view, header, row, looks[row])}
        seen[row] = _seen(looks[row], own, letters, _merged(view, row, columns))
    return seen if any(each.filled for each in seen.values()) else {row: _by_codes(each) for row, each in seen.items()}


def _by_codes(seen: Seen) -> Seen:
    """What is seen where nothing is painted in the whole table: a letter or a number draws a bar."""
    codes = [column for column, text in seen.texts.items() if len(text) <= _LONGEST_CODE and text.strip("0-–")]
    return replace(seen, filled=dict.fromkeys(codes))


def _merged(view: View, row: int, columns: Sequence[int]) -> Set[int]:
    """The periods that one merged cell with words in it lies over: it is a bar, painted or not."""
    places = {column: view.sheet.over(row, column) for column in columns}
    count = Counter(places.values())
    return {column for column, place in places.items() if count[place] > 1 and view.text(*place)}


def _seen(
    looks: Mapping[int, Look], grounds: set[tuple[int, str]], letters: Mapping[str, str], merged: Set[int]
) -> Seen:
    filled: dict[int, Fill | None] = {}
    statuses: dict[int, str] = {}
    texts: dict[int, str] = {}
    for column, look in looks.items():
        own = look.fill if (column, look.colour) not in grounds else None
        if look.text in letters:
            statuses[column] = letters[look.text]
        # A word says more than the status that it tells.
        if look.text and not is_mark(look.text) and (look.text not in letters or len(look.text) > 1):
            texts[column] = look.text
        if own or look.text in letters or is_mark(look.text) or column in merged:
            filled[column] = own
    unread = next((look.unread for look in looks.values() if look.unread), "")
    return Seen(filled=filled, statuses=statuses, texts=texts, unread=unread)


def _letters(texts: Iterable[str]) -> Mapping[str, str]:
    """The texts under periods that say statuses: only where they make a traffic light of at least two colours."""
    said = {text: status for text in texts if text and not is_mark(text) and (status := status_word(text))}
    return said if len(LIGHTS & set(said.values())) > 1 else {}


def _grounds(
    looks: Mapping[int, Mapping[int, Look]], columns: Sequence[int], weekends: Set[int]
) -> set[tuple[int, str]]:
    """The colours of whole columns, such as those of weekends: what is nowhere else a bar of a few periods.

    Bars may go over the ground of a weekend.
    """
    if len(looks) <= _FEW or len(columns) <= _FEW:
        return set()
    if ground := _grid(looks):
        return {(column, ground) for column in columns}
    by_column = {column: Counter(row[column].colour for row in looks.values()) for column in columns}
    whole = {
        (column, colour)
        for column, count in by_column.items()
        for colour, times in count.items()
        if colour and times >= (_MOST if column in weekends else _WHOLE) * len(looks)
    }
    elsewhere = {
        colour for column, count in by_column.items() for colour in count if colour and (column, colour) not in whole
    }
    return {(column, colour) for column, colour in whole if colour not in elsewhere}


def _grid(looks: Mapping[int, Mapping[int, Look]]) -> str:
    """The light colour of the cells that bars are painted over, where every cell is painted; nothing where not."""
    painted = sum(all(look.colour for look in row.values()) for row in looks.values())
    if painted < _WHOLE * len(looks):
        return ""
    rows = Counter(colour for row in looks.values() for colour in {look.colour for look in row.values()})
    light = [(times, colour) for colour, times in rows.items() if min(bytes.fromhex(colour[1:]), default=0) >= _LIGHT]
    return max(light, default=(0, ""))[1]


def _stripe(view: View, header: Header, row: int, looks: Mapping[int, Look]) -> set[tuple[int, str]]:
    """The colour of a whole row, as of every second one: under most of its words, and wherever there is no bar."""
    if not all(look.colour for look in looks.values()):
        return set()
    words = [view.look(row, each.column).colour for each in header.columns]
    colour, count = Counter(words).most_common(1)[0] if words else ("", 0)
    return {(column, colour) for column in looks} if colour and count * 2 > len(words) else set()
