"""A workbook of somebody's own -> what was found in it: tables, actions, bars, legend, and everything that was left."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workbook.adopt.bars import Seen, bars
from workbook.adopt.found import Adopted, FoundAction, FoundTable, Kept
from workbook.adopt.headers import Header, find_headers
from workbook.adopt.legend import NO_STATUS, Legend, find_legend, hex_of, plain_status
from workbook.adopt.periods import year_in
from workbook.adopt.words import is_mark, is_placeholder, says, status_word
from workbook.findings import Finding, Where, finding
from workbook.read.cells import RawBook, RawSheet
from workbook.refs import a1, column_letter

_NOT_WORDS = ("days",)  # columns that say nothing of their own beside the dates
_MOST_QUOTED = 8


@dataclass(frozen=True, kw_only=True)
class _Read:
    """One table before its colours are understood."""

    sheet: RawSheet
    header: Header
    actions: Sequence[FoundAction]
    seen: Mapping[int, Seen]
    rows: frozenset[int]

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell belongs to the table, its headings too."""
        header = self.header
        inside = header.left <= column <= header.right
        return inside and (row in header.rows or header.rows[0] <= row <= header.rows[-1] or row in self.rows)


def adopt_book(book: RawBook) -> Adopted:
    """Find everything in a workbook; what is doubtful, and what was taken for nothing, is said."""
    hint = year_in([*(cell.text for sheet in book.sheets for _, _, cell in sheet.texts()), book.file][:4000])
    read: list[_Read] = []
    hidden = [sheet for sheet in book.sheets if not sheet.visible]
    shown = [sheet for sheet in book.sheets if sheet.visible]
    for sheet in shown:
        read += [_table(sheet, header) for header in find_headers(sheet, hint)]
    read = [each for each in read if each.actions]
    used = Counter(colour for each in read for seen in each.seen.values() for colour in seen.filled.values() if colour)

    def is_table(sheet: RawSheet, row: int, column: int) -> bool:
        return any(each.sheet is sheet and each.holds(row, column) for each in read)

    legend = find_legend(shown, is_table, used)
    tables = tuple(_understood(each, legend) for each in read)
    kept = tuple(_left_over(shown, read))
    findings = [*_about(book, tables, legend, hidden), *_doubts(read, tables, legend)]
    return Adopted(file=book.file, title=_title(shown, read), tables=tables, kept=kept, findings=tuple(findings))


def _table(sheet: RawSheet, header: Header) -> _Read:
    """Read the rows below a header: sections, actions, second rows of an action; up to a line of totals."""
    at = {each.meaning: each.column for each in header.columns}
    if "action" not in at:
        return _Read(sheet=sheet, header=header, actions=(), seen={}, rows=frozenset())
    rows = [row for row in _rows(sheet, header) if row not in header.rows]
    seen = bars(sheet, header, rows)
    actions: list[FoundAction] = []
    heading = ""
    used: set[int] = set()
    for row in rows:
        words = {name: _said(sheet, row, column) for name, column in at.items()}
        texts = [text for text in words.values() if text]
        if any(says("total", text) for text in texts) or any(says("legend", text) for text in texts):
            continue
        more = {said: text for column, said in header.unmapped.items() if (text := _said(sheet, row, column))}
        if not words["action"]:
            if actions and (seen[row].filled or _is_second(words, more)):
                used.add(row)
                actions[-1] = replace(actions[-1], actual={**actions[-1].actual, **seen[row].filled})
            elif texts and not seen[row].filled:
                heading, _ = texts[0], used.add(row)
            continue
        used.add(row)
        if _is_section(sheet, row, header, words, seen[row], more):
            heading = " ".join(texts)
            continue
        said = {name: text for name, text in words.items() if text and name not in _NOT_WORDS}
        own = said.pop("heading", "") or heading
        actions.append(FoundAction(row=row, words=said, heading=own, filled=seen[row].filled, more=more))
    return _Read(sheet=sheet, header=header, actions=tuple(actions), seen=seen, rows=frozenset(used))


def _rows(sheet: RawSheet, header: Header) -> list[int]:
    """The rows of a table: those with text or paint, from below its headings to its last."""
    rows = {row for row in sheet.rows if header.first <= row <= header.last}
    painted = {
        row
        for row, line in sheet.lines.items()
        if header.first <= row <= header.last and any(each.column in line and line[each.column].fill for each in header.periods)
    }
    return sorted(rows | painted)


def _said(sheet: RawSheet, row: int, column: int) -> str:
    """What a cell says; a placeholder says nothing."""
    text = sheet.seen(row, column).text.strip()
    return "" if is_placeholder(text) else text


def _is_second(words: Mapping[str, str], more: Mapping[str, str]) -> bool:
    return any(says("actual", text) for text in (*words.values(), *more.values()))


def _is_section(
    sheet: RawSheet, row: int, header: Header, words: Mapping[str, str], seen: Seen, more: Mapping[str, str]
) -> bool:
    """Whether a row only names what stands below it: nothing but its words, perhaps merged over the columns."""
    others = [text for name, text in words.items() if text and name not in ("action", "ref")]
    at = header.column("action") or 0
    across = any(top == row and left <= at <= right and right - left >= 2 for top, left, _, right in sheet.wide)  # noqa: PLR2004  # columns
    same = len({text for text in words.values() if text}) == 1 and sum(map(bool, words.values())) > 1
    has_others = any(each.meaning in ("lead", "start", "finish", "deadline", "status") for each in header.columns)
    if across and (same or not others):
        return True
    return not others and not seen.filled and not more and (has_others or bool(header.periods)) and not seen.texts


def _understood(read: _Read, legend: Legend) -> FoundTable:
    """The table with what its colours say, by the legend or else by the palette."""
    statuses = legend.statuses or legend.assumed
    header = read.header
    at = header.column("status")
    actions = []
    for action in read.actions:
        by_column = {
            column: statuses[colour]
            for column, colour in {**action.filled, **action.actual}.items()
            if statuses.get(colour) and statuses[colour] not in NO_STATUS
        }
        colour = hex_of(read.sheet.seen(action.row, at).fill) if at else _row_colour(read, action.row, statuses)
        word = status_word(action.words.get("status", ""))
        status = (word if word and word not in NO_STATUS else "") or _status_of(colour, statuses, bool(legend.words))
        actions.append(replace(action, statuses=by_column, status=status))
    used = {colour for action in actions for colour in (*action.filled.values(), *action.actual.values())}
    words = {colour: said for colour, said in legend.words.items()} or {
        colour: f"assumed: {status}" for colour, status in legend.assumed.items() if colour in used
    }
    return FoundTable(
        sheet=read.sheet.name,
        header_rows=header.rows,
        columns=header.columns,
        periods=header.periods,
        actions=tuple(actions),
        legend=words,
        unmapped=header.unmapped,
    )


def _status_of(colour: str, statuses: Mapping[str, str], has_legend: bool) -> str:
    """The status that a status cell's colour says: by the legend, or by the palette where there is none."""
    if not colour:
        return ""
    status = statuses.get(colour) or ("" if has_legend else plain_status(colour))
    return "" if status in NO_STATUS else status


def _row_colour(read: _Read, row: int, statuses: Mapping[str, str]) -> str:
    """The colour of a whole row, where the legend says what it means."""
    colours = Counter(hex_of(read.sheet.seen(row, each.column).fill) for each in read.header.columns)
    colour, count = colours.most_common(1)[0]
    return colour if colour in statuses and count * 2 > len(read.header.columns) else ""


# --- what is said of it -----------------------------------------------------------------------------------------


def _title(sheets: Sequence[RawSheet], read: Sequence[_Read]) -> str:
    """What stands above the first table: its longest line."""
    if not read:
        return ""
    first = read[0]
    above = [cell.text for row, _, cell in first.sheet.texts() if row < first.header.rows[0] and not says("legend", cell.text)]
    return " ".join(max(above, key=len).split()) if above else first.sheet.name


def _left_over(sheets: Sequence[RawSheet], read: Sequence[_Read]) -> Iterator[Kept]:
    """Every text and comment that stands in no table, or in a row of one that was taken for nothing."""
    by_sheet: dict[str, list[_Read]] = defaultdict(list)
    for each in read:
        by_sheet[each.sheet.name].append(each)
    for sheet in sheets:
        for row, column, cell in sheet:
            if cell.comment:
                yield Kept(sheet=sheet.name, cell=a1(row, column), text=cell.comment)
            if not cell.text or any(_takes(each, row, column) for each in by_sheet[sheet.name]):
                continue
            yield Kept(sheet=sheet.name, cell=a1(row, column), text=cell.text)


def _takes(read: _Read, row: int, column: int) -> bool:
    """Whether a table has taken the text of a cell: as a heading, as a field of an action, or as a bar."""
    header = read.header
    if row in header.rows and header.left <= column <= header.right:
        return True
    if row not in read.rows:
        return False
    periods = {each.column for each in header.periods}
    if column in periods:
        return is_mark(read.sheet[row, column].text)
    return column in {each.column for each in header.columns} or column in header.unmapped


def _about(
    book: RawBook, tables: Sequence[FoundTable], legend: Legend, hidden: Sequence[RawSheet]
) -> Iterator[Finding]:
    if not tables:
        yield finding("NO_TABLE_FOUND", Where(file=book.file))
    for sheet in hidden:
        if sheet.rows:
            yield finding("SHEET_HIDDEN", Where(file=book.file, sheet=sheet.name))
    if legend.words and not legend.statuses:
        said = "; ".join(f"{colour} {words}" for colour, words in [*legend.words.items()][:_MOST_QUOTED])
        yield finding("LEGEND_NOT_STATUS", Where(file=book.file), said=said)
    if legend.assumed:
        said = "; ".join(f"{colour} {status}" for colour, status in legend.assumed.items())
        yield finding("LEGEND_ASSUMED", Where(file=book.file), said=said)


def _doubts(read: Sequence[_Read], tables: Sequence[FoundTable], legend: Legend) -> Iterator[Finding]:
    for each, table in zip(read, tables, strict=True):
        where = Where(sheet=table.sheet, cell=a1(table.header_rows[-1], each.header.left))
        for column in table.columns:
            if column.sure < 1:
                at = replace(where, cell=a1(table.header_rows[-1], column.column))
                words = {"heading": column.heading or column_letter(column.column), "meaning": column.meaning}
                yield finding("COLUMN_GUESSED", at, **words, why=column.why)
        for column, heading in table.unmapped.items():
            at = replace(where, cell=a1(table.header_rows[-1], column))
            yield finding("COLUMN_UNMAPPED", at, column=heading)
        undated = [period.label for period in table.periods if period.start is None]
        if undated:
            yield finding("PERIOD_UNDATED", where, labels=", ".join(undated[:_MOST_QUOTED]))
        unread = next((seen.unread for seen in each.seen.values() if seen.unread), "")
        if unread:
            yield finding("BARS_BY_FORMULA", where, formula=unread)
        known = {*legend.words, *legend.assumed}
        colours = Counter(
            colour for action in table.actions for colour in action.filled.values() if colour and colour not in known
        )
        if len(colours) > 1 and (legend.words or legend.assumed):
            said = ", ".join(f"{colour} ({times})" for colour, times in colours.most_common(_MOST_QUOTED))
            yield finding("COLOUR_MEANS_NOTHING", where, colours=said)
