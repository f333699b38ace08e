"""Where tables begin: rows of headings, one to four deep, several below or beside one another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workbook.adopt.found import Mapped
from workbook.adopt.given import Given
from workbook.adopt.labels import label_of, year_in
from workbook.adopt.periods import Period, periods_of
from workbook.adopt.words import column_meaning
from workbook.read.cells import RawSheet
from workbook.refs import LAST_ROW, a1

_DEEPEST = 3  # rows of headings above or below the one with most names
_FEWEST_NAMES, _FEWEST_PERIODS = 2, 3
_ONLY_PERIODS = 6  # in a row, from which it is a header without any name
_FEWEST_WORDS = 4.0  # letters that what is done has in the middle, where no column says that it is it
_MANY_LABELS = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The headings of one table: their rows, the columns that were named, its periods, and where it stands."""

    rows: tuple[int, ...]
    columns: tuple[Mapped, ...]
    periods: tuple[Period, ...]
    unmapped: Mapping[int, str]
    first: int
    last: int
    left: int
    right: int

    def column(self, meaning: str) -> int | None:
        """The column of that meaning, if there is one."""
        return next((each.column for each in self.columns if each.meaning == meaning), None)


def find_headers(sheet: RawSheet, hint: int | None = None, given: Given | None = None) -> list[Header]:
    """The tables of a sheet, from the top; `hint` is the year that the file names elsewhere.

    What is `given` of its headings and columns comes before anything that is found.
    """
    rows = {row: _texts(sheet, row) for row in sheet.rows}
    if given and sheet.name in given.headings:
        headers = [_told(area, rows, year_in(_above(rows, area[0])) or hint) for area in given.headings[sheet.name]]
        return _until_next([_as_given(header, sheet, given) for header in headers], sheet)
    cores = [row for row in rows if _is_core(rows[row])]
    headers: list[Header] = []
    taken = 0
    for row in cores:
        if row <= taken:
            continue
        group = _group(row, rows, cores)
        taken = group[-1]
        year = year_in(_above(rows, group[0])) or hint
        headers += _beside(group, rows, year)
    return _until_next([*_joined(headers)], sheet)


def _above(rows: Mapping[int, Mapping[int, str]], row: int) -> list[str]:
    return [text for at in sorted(rows) if at < row for text in rows[at].values()]


def _told(area: tuple[int, int, int, int], rows: Mapping[int, Mapping[int, str]], year: int | None) -> Header:
    """The header that somebody says is in these cells."""
    top, left, bottom, right = area
    group = range(top, bottom + 1)
    texts = [{at: text for at, text in rows.get(row, {}).items() if left <= at <= right} for row in group]
    periods = periods_of(texts, year)
    mapped, unmapped = _mapped(texts, {each.column for each in periods})
    return Header(
        rows=tuple(group),
        columns=mapped,
        periods=periods,
        unmapped=unmapped,
        first=bottom + 1,
        last=LAST_ROW,
        left=left,
        right=right,
    )


def _as_given(header: Header, sheet: RawSheet, given: Given) -> Header:
    """The header with its columns as somebody says that they are to be taken."""
    columns = {each.column: each for each in header.columns}
    unmapped = dict(header.unmapped)
    for column in range(header.left, header.right + 1):
        meaning = given.columns.get((sheet.name, a1(header.rows[-1], column)))
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
    mapped = tuple(columns[column] for column in sorted(columns))
    periods = tuple(each for each in header.periods if each.column not in columns)
    return replace(header, columns=mapped, unmapped=unmapped, periods=periods)


def _texts(sheet: RawSheet, row: int) -> dict[int, str]:
    """The texts of a row by column; what is merged over several columns stands in each of them."""
    texts = {column: sheet[row, column].text for column in sheet.columns.get(row, ())}
    for top, left, _, right in sheet.wide:
        if top == row and (text := sheet[top, left].text):
            texts |= dict.fromkeys(range(left, min(right, left + 400) + 1), text)
    return texts


def _names(texts: Mapping[int, str]) -> dict[int, tuple[str, float]]:
    """The columns that a row names, each name once beside itself."""
    return {column: found for column, text in texts.items() if (found := column_meaning(text)) and not label_of(text)}


def _labels(texts: Mapping[int, str]) -> int:
    return sum(label_of(text) is not None for text in texts.values())


def _is_core(texts: Mapping[int, str]) -> bool:
    """Whether a row is one of headings: it names columns, or columns and periods."""
    names = [found for found in _names(texts).values() if found[1] >= 0.8]  # noqa: PLR2004  # likely
    meanings = {meaning for meaning, _ in names}
    labels = _labels(texts)
    has_action = bool(meanings & {"action", "heading", "milestone"})
    short = sum(len(text) <= 40 for text in texts.values()) >= 0.8 * len(texts)  # noqa: PLR2004  # headings are
    if not short:
        return False
    if len(meanings) >= _FEWEST_NAMES and (has_action or len(meanings) > _FEWEST_NAMES or labels >= _FEWEST_PERIODS):
        return True
    return (bool(meanings) and labels >= _FEWEST_PERIODS) or labels >= _ONLY_PERIODS


def _group(row: int, rows: Mapping[int, Mapping[int, str]], cores: Sequence[int]) -> tuple[int, ...]:
    """The rows of one header around a row: periods above and below it, and names right above and below."""
    group = [row]
    for above in range(row - 1, row - 1 - _DEEPEST, -1):
        if above in rows and _over(rows[above]):
            group.insert(0, above)
        else:
            break
    for below in range(row + 1, row + 1 + _DEEPEST):
        if below in rows and (
            _under(rows[below], rows[row]) or (below in cores and _names_more(rows[below], rows[row]))
        ):
            group.append(below)
        else:
            break
    return tuple(group)


def _over(texts: Mapping[int, str]) -> bool:
    """Whether a row above names periods: months or years over what is below them."""
    return _labels(texts) >= min(2, len(set(texts.values()))) and _labels(texts) >= _MANY_LABELS * len(texts)


def _under(texts: Mapping[int, str], over: Mapping[int, str]) -> bool:
    """Whether a row below goes on with the periods: weeks or days under months, or numbers."""
    periods = {column: text for column, text in texts.items() if label_of(text) or text.strip().isdecimal()}
    apart = [column for column in texts if column not in periods and column not in over]
    return len(periods) >= _FEWEST_PERIODS and len(periods) >= _MANY_LABELS * len(texts) and len(apart) <= 1


def _names_more(texts: Mapping[int, str], over: Mapping[int, str]) -> bool:
    """Whether a row below names columns that the one above has left blank, or only grouped."""
    mine, theirs = _names(texts), _names(over)
    return bool(mine) and all(column not in theirs or theirs[column] != mine[column] for column in mine)


def _beside(group: tuple[int, ...], rows: Mapping[int, Mapping[int, str]], year: int | None) -> Iterator[Header]:
    """The header, cut where a second table stands beside the first."""
    columns = sorted({column for row in group for column in rows[row]})
    for part in _parts(columns, [rows[row] for row in group]):
        texts = [{column: text for column, text in rows[row].items() if column in part} for row in group]
        periods = periods_of(texts, year)
        mapped, unmapped = _mapped(texts, {each.column for each in periods})
        yield Header(
            rows=group,
            columns=mapped,
            periods=periods,
            unmapped=unmapped,
            first=group[-1] + 1,
            last=LAST_ROW,
            left=part[0],
            right=part[-1],
        )


def _parts(columns: Sequence[int], texts: Sequence[Mapping[int, str]]) -> list[list[int]]:
    """The columns of each table: a second action or ref after other columns begins another one."""
    parts: list[list[int]] = [[]]
    seen: set[str] = set()
    for column in columns:
        said = [text for row in texts if (text := row.get(column))]
        meaning = next((found[0] for text in reversed(said) if (found := column_meaning(text)) and found[1] >= 1), "")
        is_blank_between = bool(parts[-1]) and column - parts[-1][-1] > 1
        begins = meaning in ("ref", "action") and meaning in seen and (is_blank_between or "ref" in seen)
        if begins and "action" in seen:
            parts.append([])
            seen = set()
        parts[-1].append(column)
        seen |= {meaning} - {""}
    return parts


def _mapped(texts: Sequence[Mapping[int, str]], periods: set[int]) -> tuple[tuple[Mapped, ...], Mapping[int, str]]:
    """What each column means by its heading; of several that mean one thing the surest, then the first."""
    claims: list[tuple[float, int, str, str]] = []
    headings: dict[int, str] = {}
    for column in sorted({column for row in texts for column in row} - periods):
        said = list(dict.fromkeys(text for row in texts if (text := row.get(column))))
        headings[column] = " / ".join(" ".join(text.split()) for text in said)
        found = [each for text in (*reversed(said), headings[column]) if (each := column_meaning(text))]
        if found:
            meaning, sure = max(found, key=lambda each: each[1])
            claims.append((sure, column, meaning, headings[column]))
    taken: dict[str, Mapped] = {}
    for sure, column, meaning, heading in sorted(claims, key=lambda claim: (-claim[0], claim[1])):
        if meaning not in taken:
            why = (
                "its heading is one of the usual names" if sure >= 1 else "its heading has one of the usual names in it"
            )
            taken[meaning] = Mapped(column=column, meaning=meaning, heading=heading, sure=sure, why=why)
    used = {each.column for each in taken.values()}
    mapped = tuple(sorted(taken.values(), key=lambda each: each.column))
    return mapped, {column: heading for column, heading in headings.items() if column not in used}


def _joined(headers: Sequence[Header]) -> Iterator[Header]:
    """The headers, those that only repeat the one before (on every page) as rows of that one."""
    before: dict[tuple[int, int], Header] = {}
    for header in headers:
        key = (header.left, header.right)
        one = before.get(key)
        same = one and [(e.meaning, e.column, e.heading) for e in one.columns] == [
            (e.meaning, e.column, e.heading) for e in header.columns
        ]
        if one and same and [e.label for e in one.periods] == [e.label for e in header.periods]:
            before[key] = replace(one, rows=(*one.rows, *header.rows))
        else:
            if one:
                yield replace(one, last=header.rows[0] - 1)
            before[key] = header
    yield from before.values()


def _until_next(headers: Sequence[Header], sheet: RawSheet) -> list[Header]:
    """Each header with the last row of its table: that before the next table that stands below it."""
    ended = []
    for header in headers:
        below = [
            other.rows[0] - 1
            for other in headers
            if other.rows[0] > header.rows[-1] and other.left <= header.right and header.left <= other.right
        ]
        last = min([header.last, *below, sheet.rows[-1] if sheet.rows else 0])
        ended.append(_with_action(replace(header, last=last), sheet))
    return sorted(ended, key=lambda header: (header.rows[0], header.left))


def _with_action(header: Header, sheet: RawSheet) -> Header:
    """The header with the column of what is done, where none is called so: that with the longest words."""
    if header.column("action") is not None:
        return header
    periods = {each.column for each in header.periods}
    taken = {each.column for each in header.columns if each.sure >= 1}
    lengths: dict[int, list[int]] = {}
    for row in sheet.rows:
        if header.first <= row <= header.last:
            for column in sheet.columns[row]:
                if header.left - 1 <= column <= header.right and column not in periods and column not in taken:
                    lengths.setdefault(column, []).append(len(sheet[row, column].text))
    likely = [(sum(its) / len(its), column) for column, its in lengths.items() if len(its) > 1]
    if not likely or max(likely)[0] < _FEWEST_WORDS:
        return header
    column = max(likely)[1]
    heading = header.unmapped.get(column, "")
    mapped = Mapped(column=column, meaning="action", heading=heading, sure=0.5, why="it has the longest words")
    return replace(
        header,
        columns=tuple(
            sorted([*(e for e in header.columns if e.column != column), mapped], key=lambda each: each.column)
        ),
        unmapped={at: said for at, said in header.unmapped.items() if at != column},
        left=min(header.left, column),
    )
