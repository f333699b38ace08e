"""Where tables begin: rows of headings, one to four deep, several below or beside one another."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from workbook.adopt.columns import by_content, mapped
from workbook.adopt.found import Header, Mapped
from workbook.adopt.given import Area, Given, GivenPeriods
from workbook.adopt.heading_rows import Texts, heading_rows, labels_in, texts_of
from workbook.adopt.labels import label_of, month_in, year_of_titles
from workbook.adopt.periods import periods_from, periods_of
from workbook.adopt.view import View
from workbook.adopt.words import begins_with, column_meaning, says
from workbook.refs import LAST_ROW, a1

_KEY, _LONGEST_KEY = 3, 12  # columns of a key beside a table; rows of it
_FIRST = {"ref", "action"}  # what the first column of a table is
_TITLES = 3  # rows right above a table that may be its title
_WORDS_OF_A_DATE = 4  # “Monday 3 March 2025”
_BESIDE = 3  # columns, within which a date stands that is named to the left of it


def find_headers(view: View, hint: int | None = None, given: Given | None = None) -> list[Header]:
    """The tables of a sheet, from the top; `hint` is the year that the file names elsewhere.

    What is `given` of its headings and columns comes before anything that is found.
    """
    rows = {row: texts_of(view, row) for row in view.rows}
    told = given.headings.get(view.name) if given else None
    areas = told or [area for group in heading_rows(view, rows) for area in _beside(view, group, rows)]
    headers = [_header(tuple(range(area[0], area[2] + 1)), rows, hint, area) for area in areas]
    found = _until_next(_titled(_with_axes(_joined(headers))), view)
    found = [by_content(header, view) for header in found]
    return [_as_given(header, view, given) for header in found] if given else found


def _header(group: tuple[int, ...], rows: Mapping[int, Texts], hint: int | None, area: Area) -> Header:
    """The header in some rows, between two columns."""
    _, left, _, right = area
    texts = [{at: text for at, text in rows.get(row, {}).items() if left <= at <= right} for row in group]
    above = [text for at in sorted(rows, reverse=True) if at < group[0] for text in rows[at].values()]
    year, is_financial = year_of_titles(above) or (hint, False)
    begins = None
    periods = periods_of(texts, year, month=month_in(above), financial=is_financial)
    if any(each.start is None for each in periods) and (begins := _begins(rows, group[0])):
        periods = periods_of(texts, year, begins)
    columns, unmapped = mapped(texts, {each.column for each in periods})
    return Header(
        rows=group,
        columns=columns,
        periods=periods,
        unmapped=unmapped,
        first=group[-1] + 1,
        last=LAST_ROW,
        left=left,
        right=right,
        begins=begins,
        titles=_titles(rows, group[0], left, right),
    )


def _begins(rows: Mapping[int, Texts], before: int) -> dt.date | None:
    """The day that a sheet names above a table as the first: `Project start: 3 March 2025`, in one cell or in two."""
    for row in (row for row in rows if row < before):
        for column, text in rows[row].items():
            name, _, said = text.partition(":")
            if not says("start", name):
                continue
            beside = [rows[row].get(column + step, "") for step in range(1, _BESIDE + 1)]
            for each in (said, *beside, rows.get(row + 1, {}).get(column, "")):
                words = each.split()
                # The date may be followed by more: “01/09/2024 – duration 24 months”.
                for label in (label_of(" ".join(words[:many])) for many in range(_WORDS_OF_A_DATE, 0, -1)):
                    if label and label.kind == "day" and label.date:
                        return label.date
    return None


def _titles(rows: Mapping[int, Texts], before: int, left: int, right: int) -> tuple[str, ...]:
    """The texts that stand alone in the rows right above a table, from the top."""
    titles: list[str] = []
    for row in range(before - 1, before - 1 - _TITLES, -1):
        said = {text for column, text in rows.get(row, {}).items() if left <= column <= right}
        if len(said) != 1 or any(begins_with("legend", text) for text in said):
            break
        titles.insert(0, said.pop())
    return tuple(titles)


def _beside(view: View, group: tuple[int, ...], rows: Mapping[int, Texts]) -> Iterator[Area]:
    """The areas of the tables that stand beside one another under the same rows of headings."""
    columns = sorted({column for row in group for column in rows[row]})
    said = {at: tuple(text for row in group if (text := rows[row].get(at))) for at in columns}
    parts: list[list[int]] = [[]]
    for at, column in enumerate(columns):
        if parts[-1] and _begins_again(columns[at:], parts[-1], said):
            parts.append([])
        parts[-1].append(column)
    for part in parts:
        yield group[0], part[0], group[-1], _end(view, part, group, rows)


def _begins_again(columns: Sequence[int], before: Sequence[int], said: Mapping[int, tuple[str, ...]]) -> bool:
    """Whether the headings begin again in the first of these columns: the same two as before, or the like apart."""
    if said[columns[0]] == said.get(columns[0] - 1):
        return False
    first = before[0], next((each for each in before if said[each] != said[before[0]]), before[0])
    second = next((each for each in columns if said[each] != said[columns[0]]), columns[0])
    if first[0] != first[1] and (said[columns[0]], said[second]) == (said[first[0]], said[first[1]]):
        return True
    is_apart = columns[0] > before[-1] + 1
    own, seen = (_meanings(its, said) for its in (columns, before))
    return is_apart and "action" in own and len(own & seen) > 1 and bool(_meanings(columns[:1], said) & _FIRST)


def _meanings(columns: Iterable[int], said: Mapping[int, tuple[str, ...]]) -> set[str]:
    """What the headings of some columns surely mean."""
    found = (column_meaning(text) for column in columns for text in said[column])
    return {each[0] for each in found if each and each[1] >= 1}


def _end(view: View, columns: Sequence[int], group: Sequence[int], rows: Mapping[int, Texts]) -> int:
    """The last column of a table: what stands to the right of its periods after a gap may be a key beside it."""
    periods = {column for row in group for column in labels_in(rows[row])}
    for before, after in pairwise(columns):
        if not periods or before < max(periods):
            continue
        beside = [column for column in columns if column >= after]
        is_named = any(says("legend", rows[row].get(after, "")) for row in group)
        if is_named or (after > before + 1 and len(beside) <= _KEY and _is_key(view, beside, group)):
            return before
    return columns[-1]


def _is_key(view: View, columns: Sequence[int], group: Sequence[int]) -> bool:
    """Whether columns beside a table are a key: colours, each with a word in its cell or beside it."""
    rows = range(group[0] - 1, group[-1] + _LONGEST_KEY)
    places = [(row, column) for row in rows if row for column in range(columns[0] - 1, columns[-1] + 1)]
    keyed = {
        colour
        for row, column in places
        if (colour := view.look(row, column).colour) and (view.text(row, column) or view.text(row, column + 1))
    }
    return len(keyed) > 1


def _joined(headers: Sequence[Header]) -> list[Header]:
    """The headers; those that only repeat the one before, as on every page, as rows of that one.

    With a title of its own above it, the same headings begin another table.
    """
    joined: list[Header] = []
    for header in headers:
        at = next((n for n, one in enumerate(joined) if _is_repeated(one, header)), None)
        if at is None:
            joined.append(header)
        else:
            joined[at] = replace(joined[at], rows=(*joined[at].rows, *header.rows))
    return joined


def _is_repeated(one: Header, other: Header) -> bool:
    def said(header: Header) -> object:
        return [(each.column, each.heading) for each in header.columns], [each.label for each in header.periods]

    return said(one) == said(other) and not other.titles


def _with_axes(headers: Sequence[Header]) -> list[Header]:
    """The headers, a row of periods alone that stands below a table without any as part of that one's."""
    found: list[Header] = []
    for header in headers:
        before = found[-1] if found else None
        alone = header.periods and not header.columns
        if before and alone and not before.periods and before.right < min(each.column for each in header.periods):
            rows = (*before.rows, *header.rows)
            found[-1] = replace(before, rows=rows, periods=header.periods, right=header.right, last=header.rows[0] - 1)
        else:
            found.append(header)
    return found


def _titled(headers: Sequence[Header]) -> list[Header]:
    """The headers, each with as many titles as the later ones: what else stands above the first is the sheet's."""
    most = max((len(header.titles) for header in headers[1:]), default=0)
    return [replace(header, titles=header.titles[-most:] if most else ()) for header in headers]


def _until_next(headers: Iterable[Header], view: View) -> list[Header]:
    """Each header with the last row of its table: that before the next table that stands below it."""
    headers = list(headers)
    ended = []
    for header in headers:
        below = [
            other.rows[0] - len(other.titles) - 1
            for other in headers
            if other.rows[0] > header.rows[0] and other.left <= header.right and header.left <= other.right
        ]
        last = min([header.last, *below, max(view.sheet.lines, default=0)])
        ended.append(replace(header, last=last))
    return sorted(ended, key=lambda header: (header.rows[0], header.left))


def _as_given(header: Header, view: View, given: Given) -> Header:
    """The header with its columns as somebody says that they are to be taken."""
    columns = {each.column: each for each in header.columns}
    unmapped = dict(header.unmapped)
    for column in range(header.left, header.right + 1):
        meaning = given.columns.get((view.name, a1(header.rows[-1], column)))
        if meaning is None:
            continue
        before = columns.pop(column, None)
        heading = before.heading if before else unmapped.pop(column, "")
        if not meaning:
            unmapped[column] = heading
            continue
        for other in [at for at, each in columns.items() if each.meaning == meaning]:
            unmapped[other] = columns.pop(other).heading
        columns[column] = Mapped(column=column, meaning=meaning, heading=heading, sure=1, why="the mapping says so")
    in_line = tuple(columns[column] for column in sorted(columns))
    told = replace(header, columns=in_line, unmapped=unmapped)
    for each in given.periods.get(view.name, ()):
        told = _with_periods(told, each, view)
    return replace(told, periods=tuple(each for each in told.periods if each.column not in columns))


def _with_periods(header: Header, given: GivenPeriods, view: View) -> Header:
    """The header with bars in other columns, or from another day, than were found; where all is the same, as it is."""
    inside = [at for at in range(given.first, given.last + 1) if header.left <= at <= header.right]
    found = [each for each in header.periods if each.column in inside]
    if not inside or (found and given.kind == found[0].kind and given.start in (None, found[0].start)):
        return header
    others = [each for each in header.periods if each.column not in inside]
    labels = {at: header.unmapped.get(at) or view.text(header.rows[-1], at) for at in inside}
    labels |= {each.column: each.label for each in found}
    if given.kind and not given.start:
        kind = given.kind
        periods = (replace(each, kind=kind) if each in found else each for each in header.periods)
        return replace(header, periods=tuple(periods))
    if given.kind is None or given.start is None:
        unmapped = {**header.unmapped, **{at: label for at, label in labels.items() if label}}
        return replace(header, periods=tuple(others), unmapped=unmapped)
    made = periods_from(labels, given.kind, given.start)
    unmapped = {at: heading for at, heading in header.unmapped.items() if at not in inside}
    return replace(header, periods=tuple(sorted((*others, *made), key=lambda each: each.column)), unmapped=unmapped)
