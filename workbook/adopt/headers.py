"""Where tables begin: rows of headings, one to four deep, several below or beside one another."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from workbook.adopt.columns import by_content, mapped
from workbook.adopt.found import Header, Mapped
from workbook.adopt.given import Area, Given, GivenPeriods
from workbook.adopt.heading_rows import Texts, heading_rows, labels_in, texts_of
from workbook.adopt.labels import Label, label_of, year_in
from workbook.adopt.periods import periods_from, periods_of
from workbook.adopt.view import View
from workbook.adopt.words import begins_with, column_meaning, says
from workbook.refs import LAST_ROW, a1

_GAP, _KEY = 2, 2  # columns between a table and the key beside it; columns of such a key
_BESIDE = 3  # columns, within which a date stands that is named to the left of it


def find_headers(view: View, hint: int | None = None, given: Given | None = None) -> list[Header]:
    """The tables of a sheet, from the top; `hint` is the year that the file names elsewhere.

    What is `given` of its headings and columns comes before anything that is found.
    """
    rows = {row: texts_of(view, row) for row in view.rows}
    told = given.headings.get(view.name) if given else None
    areas = told or [area for group in heading_rows(view, rows) for area in _beside(group, rows)]
    headers = [_header(tuple(range(area[0], area[2] + 1)), rows, hint, area) for area in areas]
    found = _until_next(_with_axes(_joined(headers)), view)
    # What stands above the only table is the title of the sheet.
    found = [by_content(header if len(found) > 1 else replace(header, title=""), view) for header in found]
    return [_as_given(header, view, given) for header in found] if given else found


def _header(group: tuple[int, ...], rows: Mapping[int, Texts], hint: int | None, area: Area) -> Header:
    """The header in some rows, between two columns."""
    _, left, _, right = area
    texts = [{at: text for at, text in rows.get(row, {}).items() if left <= at <= right} for row in group]
    above = [text for at in sorted(rows, reverse=True) if at < group[0] for text in rows[at].values()]
    year, begins = year_in(above) or hint, None
    periods = periods_of(texts, year)
    if any(each.start is None for each in periods):
        begins = _begins(rows, group[0])
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
        title=_title(rows.get(group[0] - 1, {}), left, right),
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
                label = label_of(each) if each.strip() else None
                if label and label.kind == "day" and label.year and label.month:
                    return _date(label)
    return None


def _date(label: Label) -> dt.date | None:
    try:
        return dt.date(label.year or 0, label.month or 0, label.day or 0)
    except ValueError:
        return None


def _title(above: Texts, left: int, right: int) -> str:
    """What stands in the row above a table, if that is one text."""
    said = {text for column, text in above.items() if left <= column <= right}
    return said.pop() if len(said) == 1 and not any(begins_with("legend", text) for text in said) else ""


def _beside(group: tuple[int, ...], rows: Mapping[int, Texts]) -> Iterator[Area]:
    """The areas of the tables that stand beside one another under the same rows of headings."""
    columns = sorted({column for row in group for column in rows[row]})
    parts: list[list[int]] = [[]]
    seen: set[str] = set()
    for column in columns:
        said = [text for row in group if (text := rows[row].get(column))]
        found = next((each for text in reversed(said) if (each := column_meaning(text)) and each[1] >= 1), None)
        meaning = found[0] if found else ""
        gap = column - parts[-1][-1] - 1 if parts[-1] else 0
        is_apart = gap > 0
        begins = meaning in ("ref", "action") and meaning in seen and (is_apart or "ref" in seen)
        if begins and "action" in seen:
            parts.append([])
            seen = set()
        parts[-1].append(column)
        seen |= {meaning} - {""}
    for part in parts:
        yield group[0], part[0], group[-1], _end(part, [rows[row] for row in group])


def _end(columns: Sequence[int], rows: Sequence[Texts]) -> int:
    """The last column of a table: what stands far to the right of its periods is beside it, such as a key."""
    periods = {column for texts in rows for column in labels_in(texts)}
    for before, after in pairwise(columns):
        is_key = any(says("legend", texts.get(after, "")) for texts in rows)
        if is_key and periods and before >= max(periods):
            return before
        if (
            after - before > _GAP
            and periods
            and before >= max(periods)
            and len(columns[columns.index(after) :]) <= _KEY
        ):
            return before
    return columns[-1]


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

    return said(one) == said(other) and not other.title


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


def _until_next(headers: Iterable[Header], view: View) -> list[Header]:
    """Each header with the last row of its table: that before the next table that stands below it."""
    headers = list(headers)
    ended = []
    for header in headers:
        below = [
            other.rows[0] - (2 if other.title else 1)
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
