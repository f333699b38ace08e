"""What is seen under each period of a row: painted cells, merged bars, signs, and what rules paint."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbook.adopt.headers import Header
from workbook.adopt.legend import hex_of
from workbook.adopt.words import is_mark
from workbook.read.cells import RawSheet
from workbook.read.conditional import shown

_WHOLE = 0.9  # of a table's rows: a column of one colour is a weekend, and a row of one is a stripe
_FEW_ROWS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What stands under the periods of a row, by column: colours (nothing for a sign without one), texts beside bars.

    `unread` is the formula of a rule that could not be worked out.
    """

    filled: Mapping[int, str]
    texts: Mapping[int, str]
    unread: str = ""


def bars(sheet: RawSheet, header: Header, rows: Sequence[int]) -> Mapping[int, Seen]:
    """What is seen in the rows of a table, by row; the grounds of whole rows and columns are no bars."""
    columns = [each.column for each in header.periods]
    looks = {row: {column: _look(sheet, row, column) for column in columns} for row in rows}
    grounds = _grounds(looks, columns)
    found: dict[int, Seen] = {}
    for row in rows:
        ground = _row_ground(sheet, header, row, [looks[row][column][0] for column in columns])
        filled: dict[int, str] = {}
        texts: dict[int, str] = {}
        unread = ""
        for column in columns:
            colour, text, formula = looks[row][column]
            unread = unread or formula
            own = colour if colour not in (ground, grounds.get(column, "")) else ""
            if own or is_mark(text):
                filled[column] = own
            if text and not is_mark(text):
                texts[column] = text
        found[row] = Seen(filled=filled, texts=texts, unread=unread)
    return found


def _look(sheet: RawSheet, row: int, column: int) -> tuple[str, str, str]:
    """The colour, the text and the unread rule of a cell, or of the merged one that covers it."""
    cell = sheet.seen(row, column)
    rules = shown(sheet.rules, (row, column), lambda at: sheet[at].text)
    return hex_of(rules.fill) or hex_of(cell.fill), cell.text, "" if hex_of(cell.fill) else rules.unread


def _grounds(looks: Mapping[int, Mapping[int, tuple[str, str, str]]], columns: Sequence[int]) -> Mapping[int, str]:
    """The colour that nearly all rows have in a column, such as that of a weekend."""
    grounds: dict[int, str] = {}
    for column in columns if len(looks) > _FEW_ROWS else ():
        (colour, count), *_ = Counter(row[column][0] for row in looks.values()).most_common(1)
        if colour and count >= _WHOLE * len(looks):
            grounds[column] = colour
    return grounds


def _row_ground(sheet: RawSheet, header: Header, row: int, colours: Sequence[str]) -> str:
    """The colour of a whole row, such as of every second one: under its words and under most of its periods."""
    words = [hex_of(sheet.seen(row, each.column).fill) for each in header.columns]
    if not words or not colours:
        return ""
    (colour, count), *_ = Counter(words).most_common(1)
    most = Counter(colours).most_common(1)[0]
    return colour if colour and count * 2 > len(words) and most[0] == colour and most[1] * 2 > len(colours) else ""
