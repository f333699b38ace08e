"""Which rows of a sheet are headings: names of columns, with periods beside, above and below them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from workbook.adopt.labels import initials, label_of, romans
from workbook.adopt.periods import bare_number, numbers_in_a_run
from workbook.adopt.view import View
from workbook.adopt.words import column_meaning, is_placeholder, titles_a_key

Texts = Mapping[int, str]  # of a row, by column

_DEEPEST = 3  # rows of headings above or below the one with most names
_FEWEST_NAMES, _FEWEST_PERIODS, _SURE, _LIKELY = 2, 3, 1.0, 0.8
_ONLY_PERIODS = 6  # in a row, from which it is a header without any name
_FEWEST_LETTERS = 5  # of weekdays, in a row of them
_LONGEST = 45  # letters of a heading
_WIDEST = 400  # columns that a merged heading is looked at in
_YEAR = re.compile(r"(?:fy ?)?(19|20)\d\d(?: ?[/–-] ?(?:20)?\d\d)?\Z", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}\Z")
_COUNT = re.compile(r"\(?\d{1,2}\)?\Z")
_ACTIONS = {"action", "heading", "milestone"}


def texts_of(view: View, row: int) -> Texts:
    """The texts of a row by column; what is merged over several columns stands in each of them."""
    texts = {column: view.text(row, column) for column in view.columns.get(row, ())}
    for _, left, _, right in view.wide.get(row, ()):
        if text := texts.get(left):
            texts |= dict.fromkeys(range(left, min(right, left + _WIDEST) + 1), text)
    return texts


def heading_rows(view: View, rows: Mapping[int, Texts]) -> Iterator[tuple[int, ...]]:
    """The rows of each header of a sheet, from the top; `rows` are the texts of all its rows."""
    taken = 0
    over: Texts = {}
    for row in rows:
        if row > taken and _is_core(rows[row], over):
            group = _group(view, row, rows, taken)
            taken = group[-1]
            over = _over(group, rows)
            yield group


def is_time(text: str) -> bool:
    """Whether a text names a period or a year."""
    return label_of(text) is not None or bool(_YEAR.match(text.strip()))


def labels_in(texts: Texts) -> set[int]:
    """The columns that a row names periods in."""
    return {column for column, text in texts.items() if label_of(text)} | set(initials(texts)) | set(romans(texts))


def _over(group: Sequence[int], rows: Mapping[int, Texts]) -> Texts:
    """What stands over each column, the lowest of it."""
    return {column: text for row in group for column, text in rows[row].items()}


def _named(texts: Texts) -> set[int]:
    """The columns that have a heading of their own which is no period: what is merged over several groups them."""
    said = {column: text for column, text in texts.items() if not is_time(text)}
    return {
        column
        for column, text in said.items()
        if column_meaning(text) or text not in (said.get(column - 1), said.get(column + 1))
    }


def _is_core(texts: Texts, over: Texts) -> bool:  # noqa: PLR0911  # a reason each
    """Whether a row is one of headings: it names columns, or columns and periods.

    `over` are the headings of the table that it would otherwise be a row of: what stands in its columns are values,
    and dates among them no periods.
    """
    if sum(len(text) <= _LONGEST for text in texts.values()) < _LIKELY * len(texts):
        return False
    about = sum(text.rstrip().endswith(":") and not titles_a_key(text) for text in texts.values())
    if 0 < about * 2 < len(texts):
        return False  # it names what stands beside: “Project start:”
    if over and sum(over.get(column) == text for column, text in texts.items()) * 2 > len(texts) > 1:
        return True
    times = {column for column, text in texts.items() if is_time(text)} | labels_in(texts)
    times |= set(numbers_in_a_run(texts))
    others = {column: text for column, text in texts.items() if column not in times}
    found = {
        column: each
        for column, text in others.items()
        if not is_placeholder(text) and (each := column_meaning(text)) is not None
    }
    sure = {column for column, (_, how) in found.items() if how >= _SURE}
    meanings = {meaning for meaning, how in found.values() if how >= _LIKELY}
    labels = labels_in(texts)
    # Under headings, dates are periods only beside nothing but names of columns.
    if over and not (sure and sure == set(others)):
        if times & _named(over):
            return False
        labels -= _named(over)
        moved = {at for at in sure if (column_meaning(over.get(at, "")) or ("",))[0] != found[at][0]}
        if len(moved) < _FEWEST_NAMES and sum(how >= _LIKELY for _, how in found.values()) * 2 <= len(others):
            return len(labels) >= _ONLY_PERIODS and not others
    has_action = bool(meanings & _ACTIONS)
    # A row of values may have some dates in it.
    is_named = has_action or len(meanings) >= _FEWEST_NAMES
    if len(labels) >= _ONLY_PERIODS or (len(labels) >= _FEWEST_PERIODS and is_named):
        return True
    if has_action and len(meanings) > _FEWEST_NAMES:
        return True
    if len(labels) >= _FEWEST_PERIODS and sure and not any(_NUMBER.match(text) for text in others.values()):
        return True
    # A row of values may have words in it that are also headings: a row of headings has few others.
    if len(found) * 2 < len(others):
        return False
    return (len(meanings) >= _FEWEST_NAMES and has_action) or len(meanings) > _FEWEST_NAMES


def _group(view: View, row: int, rows: Mapping[int, Texts], taken: int) -> tuple[int, ...]:
    """The rows of one header around a row: periods above and below it, and names right above and below.

    What is merged down into a row of headings, or over the rows below it, belongs to them.
    """
    group = [row]
    above = [at for at in range(row - 1, max(taken, row - 1 - _DEEPEST), -1) if at in rows]
    while above and above[0] == group[0] - 1:
        at = above.pop(0)
        is_merged = _merged_to(view, at) >= group[0]
        if not (is_merged or _stands_over(rows[at], _over(group, rows), [rows[each] for each in above])):
            break
        group.insert(0, at)
    merged_to = _merged_to(view, row)
    for below in range(row + 1, row + 1 + _DEEPEST):
        if below not in rows:
            break
        over = _over(group, rows)
        more = _goes_on(rows[below], over) or _names_more(rows[below], rows[row], over) or _counts(rows[below], over)
        if not (below <= merged_to or more):
            break
        group.append(below)
    return tuple(group)


def _merged_to(view: View, row: int) -> int:
    """The row down to which headings of a row are merged."""
    merged = (*view.tall.get(row, ()), *view.wide.get(row, ()))
    down = [bottom for _, left, bottom, _ in merged if view.text(row, left)]
    return max((bottom for bottom in down if bottom < row + _DEEPEST), default=row)


def _stands_over(texts: Texts, below: Texts, above: Sequence[Texts]) -> bool:
    """Whether a row above says only something of the periods below it, or names columns that have no name there."""
    periods = labels_in(below) | {column for column, text in below.items() if _NUMBER.match(text.strip())}
    times = {column for column, text in texts.items() if is_time(text)}
    if periods and set(texts) <= periods | times:
        return bool(times) or len(set(texts.values())) == 1
    if len(periods) >= _ONLY_PERIODS:
        apart = {column: text for column, text in texts.items() if column not in periods | times}
        names = sum(column_meaning(text) is not None for text in apart.values())
        # What names the cell beside it, or has a date there, is about the whole sheet.
        is_about = bool(times - periods) or any(text.rstrip().endswith(":") for text in apart.values())
        return len(apart) > 1 and names > 0 and not is_about and not set(apart) & set(below)
    # Dates over the columns that names stand beside; between them may be the letters of their weekdays.
    if periods or set(texts) & set(below):
        return False
    letters = len(texts) >= _ONLY_PERIODS and all(len(text) <= 2 for text in texts.values())  # noqa: PLR2004
    return len(labels_in(texts)) >= _ONLY_PERIODS or (letters and bool(above) and labels_in(above[0]) >= set(texts))


def _goes_on(texts: Texts, over: Texts) -> bool:
    """Whether a row below goes on with the periods: weeks or days under months, or their numbers."""
    named = _named(over)
    if any(over.get(column) != text for column, text in texts.items() if column in named or column not in over):
        return False
    run = set(numbers_in_a_run(texts))
    if run and len({over.get(column) for column in run}) == 1:
        return True
    numbers = {column: number for column, text in texts.items() if (number := bare_number(text)) is not None}
    if len(texts) >= _FEWEST_LETTERS and all(len(text) <= 2 for text in texts.values()) and not numbers:  # noqa: PLR2004
        return set(texts) <= labels_in(over)
    labels, periods = labels_in(texts) - named, labels_in(over)
    own = labels | (set(numbers) - named)
    if len(own) < _FEWEST_PERIODS or len(own & periods) * 2 < len(own):
        return len(labels) >= _FEWEST_PERIODS and not periods
    return len(labels) >= _FEWEST_PERIODS or _count_on([numbers[column] for column in sorted(set(numbers) - named)])


def _count_on(numbers: Sequence[int]) -> bool:
    """Whether numbers are those of days or weeks: they rise, and may begin again under each month."""
    steps = [after - before for before, after in pairwise(numbers)]
    falls = sum(step < 0 for step in steps)
    return bool(steps) and 0 not in (*steps, *numbers) and falls * 2 < len(steps)


def _names_more(texts: Texts, first: Texts, over: Texts) -> bool:
    """Whether a row below is one of headings too, which names columns that the one above only groups."""
    values = {column for column, text in texts.items() if column in _named(over) and is_time(text)}
    if values or not _is_core(texts, {}):
        return False
    same = sum(first.get(column) == text for column, text in texts.items())
    return same * 2 < len(texts)


def _counts(texts: Texts, over: Texts) -> bool:
    """Whether a row below only numbers the columns: `(1) (2) (3)`."""
    numbers = [text.strip("()") for _, text in sorted(texts.items()) if _COUNT.match(text)]
    in_line = [str(at) for at in range(1, len(numbers) + 1)]
    return len(numbers) == len(texts) > _FEWEST_PERIODS and numbers == in_line and bool(_named(over) & set(texts))
