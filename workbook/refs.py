"""Cell references in Excel's A1 notation.

Rows and columns are counted from 1, as the sheet shows them, everywhere in this package; `zero_based` is
the only conversion to what XlsxWriter counts with.
"""

import re

MAX_TAB_NAME = 31
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d+)")
_PLAIN_TAB = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_LETTERS = 26


def column_letter(column: int) -> str:
    """The letter of a column: 1 is `A`, 28 is `AB`."""
    letters = ""
    while column > 0:
        column, index = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + index) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column: `A` is 1, `AB` is 28."""
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number


def a1(row: int, column: int) -> str:
    """The cell's name: (7, 2) is `B7`."""
    return f"{column_letter(column)}{row}"


def parse_a1(cell: str) -> tuple[int, int]:
    """The row and column of `B7` or `$B$7`; ValueError if it is no cell."""
    match = _CELL.fullmatch(cell)
    if not match:
        raise ValueError(f"“{cell}” is not a cell")
    return int(match[2]), column_number(match[1])


def area(first: tuple[int, int], last: tuple[int, int]) -> str:
    """The range between two (row, column) corners: `B7:C9`, or `B7` when they are one."""
    return a1(*first) if first == last else f"{a1(*first)}:{a1(*last)}"


def place(tab: str | None, cell: str | None) -> str:
    """Where something is, as people point at it: `CP1!I14`, `'HR&OD1'!B7`, or what is known of it."""
    if not tab:
        return cell or ""
    quoted = tab if _PLAIN_TAB.fullmatch(tab) else "'" + tab.replace("'", "''") + "'"
    return f"{quoted}!{cell}" if cell else tab


def zero_based(row: int, column: int) -> tuple[int, int]:
    """The same cell as XlsxWriter counts it."""
    return row - 1, column - 1


def column_zero_based(column: int) -> int:
    """The same column as XlsxWriter counts it."""
    return column - 1
