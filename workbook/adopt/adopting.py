"""A workbook of somebody's own -> what was found in it: tables, actions, bars, key, and everything that was left."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from workbook.adopt.found import Adopted, Colour, FoundAction, FoundTable, Kept, shown, some_of
from workbook.adopt.given import Given
from workbook.adopt.headers import find_headers
from workbook.adopt.labels import is_about_the_file, year_in, year_of_titles
from workbook.adopt.legend import NO_STATUS, Legend, find_legend
from workbook.adopt.lights import LIGHTS, plain_status
from workbook.adopt.reading import ReadTable, read_table
from workbook.adopt.view import View
from workbook.adopt.words import begins_with, is_mark, says, status_word
from workbook.findings import Finding, Where, finding
from workbook.palette import Fill
from workbook.read.cells import RawBook
from workbook.read.conditional import Cell
from workbook.refs import a1, column_letter

_OF_A_PLAN = {"lead", "start", "finish", "deadline", "status", "percent", "note", "priority"}
_NO_KEY = "No key says what these colours mean."
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_COLOUR = re.compile(r"(?:\A|\s)#[0-9A-F]{6}\Z")
_LONGEST_CODE = 2  # letters of what stands for a status
_LONGEST_TITLE = 90  # letters


def adopt_book(book: RawBook, given: Given | None = None) -> Adopted:
    """Find everything in a workbook; what is doubtful, and what was taken for nothing, is said.

    What is `given` comes before anything that is found.
    """
    views: dict[str, View] = {}

    def elsewhere(sheet: str, cell: Cell) -> str:
        view = views.get(sheet.casefold())
        return view.value(cell) if view else ""

    views |= {sheet.name.casefold(): View(sheet, elsewhere) for sheet in book.sheets}
    visible = [view for view in views.values() if view.sheet.visible]
    texts = [cell.text for view in visible for _, _, cell in view.sheet.texts()]
    titled = year_of_titles([*(view.name for view in visible), Path(book.file).stem]) or year_of_titles(texts)
    # The dates that the rows have are better than none.
    year = titled[0] if titled else year_in(text for text in texts if _ISO.match(text))
    read = [read_table(view, header) for view in visible for header in find_headers(view, year, given)]
    every = read
    read = _plans([each for each in read if each.actions])
    used = _used(read)

    def is_table(view: View, row: int, column: int) -> bool:
        return any(each.view is view and each.holds(row, column) for each in read)

    found = find_legend(visible, is_table, used, _grounds(read))
    # Bars that carry words may be phases: then nothing is assumed of their colours, if they are not all three lights.
    are_phases = not found.words and not {*found.assumed.values()} >= LIGHTS and _carry_words(read)
    legend = _as_given(replace(found, assumed={}) if are_phases else found, given)
    tables = tuple(_understood(each, legend) for each in read)
    return Adopted(
        file=book.file,
        title=_title(read),
        tables=tables,
        colours=tuple(_colours(used, legend)),
        kept=tuple(_left_over(book, read, legend)),
        findings=(*_about(book, tables, legend, used), *_left_out(every, read), *_doubts(read, tables)),
    )


def _plans(read: Sequence[ReadTable]) -> list[ReadTable]:
    """The tables that are plans: a list of things, without times, people or statuses, is none beside one that is."""
    plans = [
        each
        for each in read
        if (each.header.periods or {one.meaning for one in each.header.columns} & _OF_A_PLAN)
        and not says("lists", each.view.name)
    ]
    return plans or list(read)


def _as_given(legend: Legend, given: Given | None) -> Legend:
    """The key with its colours as somebody says that they are meant."""
    if not given or not given.colours:
        return legend
    words = {colour: legend.words.get(colour, status) for colour, status in given.colours.items() if status}
    statuses = {**legend.statuses, **given.colours}
    return replace(legend, words={**words, **legend.words}, statuses=statuses, assumed={})


def _used(read: Sequence[ReadTable]) -> Mapping[str, Fill]:
    """The fills of all bars by the colour that is seen."""
    fills: dict[str, Fill] = {}
    for table in read:
        for action in table.actions:
            for fill in (*action.filled.values(), *action.actual.values()):
                if fill:
                    fills.setdefault(shown(fill), fill)
    return fills


def _carry_words(read: Sequence[ReadTable]) -> bool:
    """Whether most bars have words in them that are no statuses."""
    painted = worded = 0
    for table in read:
        for action in table.actions:
            texts = table.seen[action.row].texts if action.row in table.seen else {}
            painted += len(action.filled)
            words = {column: text for column, text in texts.items() if len(text) > _LONGEST_CODE}
            worded += sum(column in words and not status_word(words[column]) for column in action.filled)
    return worded * 2 > painted


def _grounds(read: Sequence[ReadTable]) -> set[str]:
    """The colours that words of actions stand on."""
    return {
        table.view.look(action.row, column.column).colour
        for table in read
        for action in table.actions
        for column in table.header.columns
    } - {""}


def _understood(read: ReadTable, legend: Legend) -> FoundTable:
    """The table with what its colours say, by the key or else by the palette."""
    header = read.header
    actions = tuple(_with_statuses(read, action, legend) for action in read.actions)
    return FoundTable(
        sheet=read.view.name,
        header_rows=header.rows,
        columns=header.columns,
        periods=header.periods,
        actions=actions,
        legend=legend.words,
        unmapped=header.unmapped,
        month_first=header.month_first,
        headings={
            a1(row, column): text
            for row in header.rows
            for column in range(header.left, header.right + 1)
            if (text := read.view.text(row, column))
        },
    )


def _with_statuses(read: ReadTable, action: FoundAction, legend: Legend) -> FoundAction:
    seen = {**action.filled, **action.actual}
    by_colour = {column: status for column, fill in seen.items() if (status := legend.status(shown(fill)))}
    said = action.words.get("status", "")
    # What the key says of a word comes first: blue may be what is complete.
    word = legend.letters.get(said.casefold()) or status_word(said) or ""
    means = word if word not in NO_STATUS else ""
    if not means and (not said or is_mark(said) or (not word and len(said) <= _LONGEST_CODE)):
        means = _painted(read, action.row, legend)
    texts = {each.column: read.view.look(action.row, each.column).text.casefold() for each in read.header.periods}
    codes = {column: legend.letters[text] for column, text in texts.items() if text in legend.letters}
    by_code = {column: status for column, status in codes.items() if status and status not in NO_STATUS}
    lettered = {column: status for column, status in action.letters.items() if column not in codes}
    return replace(action, statuses={**by_colour, **lettered, **by_code}, means=means)


def _painted(read: ReadTable, row: int, legend: Legend) -> str:
    """The status that the colour of the status cell says, or where there is none that of most of the row's words."""
    if at := read.header.column("status"):
        look = read.view.look(row, at)
        if look.colour in legend.words:
            return legend.status(look.colour)
        return plain_status(look.fill)
    colours = Counter(read.view.look(row, each.column).colour for each in read.header.columns)
    colour, count = colours.most_common(1)[0]
    return legend.status(colour) if colour in legend.words and count * 2 > len(read.header.columns) else ""


def _colours(used: Mapping[str, Fill], legend: Legend) -> Iterator[Colour]:
    """What each colour was taken for: those of the key, then those of the bars that no key explains."""
    for colour, words in legend.words.items():
        assumed = legend.assumed.get(colour, "")
        why = "assumed: the words of the key are not known, but the colour is" if assumed else "the key says so"
        yield Colour(colour=colour, words=words, status=legend.statuses.get(colour, assumed), why=why)
    for colour in used:
        if colour in legend.words:
            continue
        if colour in legend.assumed:
            why = "assumed: the sheet has no key, and this is how such a colour is usually meant"
            yield Colour(colour=colour, words="", status=legend.assumed[colour], why=why)
        else:
            yield Colour(colour=colour, words="", status="", why="a bar; nothing says what its colour means")


# --- what is said of it -----------------------------------------------------------------------------------------


def _title(read: Sequence[ReadTable]) -> str:
    """What stands above the first table: its longest line."""
    if not read:
        return ""
    first = read[0]
    above = [
        cell.text
        for row, _, cell in first.view.sheet.texts()
        if row < first.header.rows[0] and not (begins_with("legend", cell.text) or is_about_the_file(cell.text))
    ]
    likely = [text for text in above if len(text) <= _LONGEST_TITLE and "=" not in text and not text.endswith(".")]
    return " ".join(max(likely or above[:1], key=len).split()) if above else first.view.name


def _left_over(book: RawBook, read: Sequence[ReadTable], legend: Legend) -> Iterator[Kept]:
    """Every text that no table has taken, and every comment."""
    for sheet in book.sheets:
        tables = [each for each in read if each.view.sheet is sheet]
        for row, column, cell in sheet:
            place = a1(row, column)
            if cell.comment:
                yield Kept(sheet=sheet.name, cell=place, text=cell.comment)
            taken = any(each.takes(row, column) for each in tables) or (sheet.name, row, column) in legend.places
            if cell.text and not taken:
                yield Kept(sheet=sheet.name, cell=place, text=cell.text)


def _about(book: RawBook, tables: Sequence[FoundTable], legend: Legend, used: Mapping[str, Fill]) -> Iterator[Finding]:
    where = Where(file=book.file)
    if not tables:
        yield finding("NO_TABLE_FOUND", where)
    for sheet in book.sheets:
        if sheet.rows and not sheet.visible:
            yield finding("SHEET_HIDDEN", replace(where, sheet=sheet.name))
    if book.saved_as == "xls" and any(table.periods or table.column("status") for table in tables):
        yield finding("RULES_NOT_READ", where)
    if legend.words and not legend.statuses:
        yield finding("LEGEND_NOT_STATUS", where, said=_listed(legend.words))
    if legend.assumed:
        why = "The words of the key for these colours are not known." if legend.words else _NO_KEY
        yield finding("LEGEND_ASSUMED", where, why=why, said=_listed(legend.assumed))
    unknown = [colour for colour in used if colour not in legend.words and colour not in legend.assumed]
    if (legend.words or legend.assumed) and unknown:
        yield finding("COLOUR_MEANS_NOTHING", where, colours=some_of(unknown))


def _left_out(every: Sequence[ReadTable], read: Sequence[ReadTable]) -> Iterator[Finding]:
    """The headings that no table was read of, where there is one."""
    for each in every if read else ():
        if each not in read and not says("lists", each.view.name):
            yield finding("TABLE_LEFT_OUT", Where(sheet=each.view.name, cell=a1(each.header.rows[0], each.header.left)))


def _listed(said: Mapping[str, str]) -> str:
    return some_of((f"{colour} “{words}”" for colour, words in said.items()), "; ")


def _doubts(read: Sequence[ReadTable], tables: Sequence[FoundTable]) -> Iterator[Finding]:
    for each, table in zip(read, tables, strict=True):
        row = table.header_rows[-1]
        where = Where(sheet=table.sheet, cell=a1(row, each.header.left))
        for column in table.columns:
            if column.sure < 1:
                at = replace(where, cell=a1(row, column.column))
                heading = column.heading or f"Column {column_letter(column.column)}"
                yield finding("COLUMN_GUESSED", at, heading=heading, meaning=column.meaning, why=column.why)
        painted = {name for action in table.actions for name, text in action.more.items() if _COLOUR.search(text)}
        for number, heading in table.unmapped.items():
            code = "COLUMN_PAINTED" if heading in painted else "COLUMN_UNMAPPED"
            yield finding(code, replace(where, cell=a1(row, number)), heading=heading)
        for number in each.aside:
            yield finding("ROW_SET_ASIDE", replace(where, cell=a1(number, each.header.left)), row=number)
        if table.periods and not any(action.filled or action.actual for action in table.actions):
            yield finding("NO_BARS", where)
        if undated := [period.label for period in table.periods if period.start is None]:
            yield finding("PERIOD_UNDATED", where, labels=some_of(undated))
        if each.header.begins and (first := next((period for period in table.periods if period.start), None)):
            yield finding("PERIODS_COUNTED", where, label=first.label, day=each.header.begins.isoformat())
        for column in (column for column in table.columns if column.meaning in each.header.month_first):
            said = next((each.view.text(action.row, column.column) for action in table.actions), "")
            yield finding("DATES_MONTH_FIRST", replace(where, cell=a1(row, column.column)), said=said)
        unread = next(((row, seen.unread) for row, seen in each.seen.items() if seen.unread), None)
        if unread:
            yield finding("BARS_BY_FORMULA", replace(where, cell=a1(unread[0], each.header.left)), formula=unread[1])
        yield from _statuses_not_known(table, where)


def _statuses_not_known(table: FoundTable, where: Where) -> Iterator[Finding]:
    """Each word for a status that is none, with the actions that have it."""
    unknown: dict[str, list[FoundAction]] = {}
    for action in table.actions:
        said = action.words.get("status", "")
        if said and not (status_word(said) or action.means):
            unknown.setdefault(said, []).append(action)
    for said, actions in unknown.items():
        at = replace(where, cell=a1(actions[0].row, table.column("status") or 1))
        refs = some_of(action.words.get("ref") or f"row {action.row}" for action in actions)
        yield finding("STATUS_NOT_KNOWN", at, refs=refs, said=said)
