"""What the columns of a table are: by their headings first, and by what stands in them where these leave it open."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from workbook.adopt.found import Header, Mapped
from workbook.adopt.labels import label_of
from workbook.adopt.view import View
from workbook.adopt.words import column_meaning, is_placeholder, is_rank, status_word
from workbook.timescales import parse

_EARLIER = re.compile(r"\b(?:previous|last|baseline|original|prior)\b", re.IGNORECASE)  # not how it stands now
_DATES = ("start", "finish", "deadline")
_WORTH_A_GUESS = ("action", "lead", "note", "status", "percent", *_DATES)
_SURE, _LIKELY, _GUESS, _MOST, _SOME = 1.0, 0.8, 0.5, 0.6, 0.3
_WORDS = 12.0  # letters, from which texts are sentences and no marks
_FEWEST_LETTERS = 4.0  # that what is done has in the middle, where no column says that it is it


def mapped(texts: Sequence[Mapping[int, str]], periods: set[int]) -> tuple[tuple[Mapped, ...], Mapping[int, str]]:
    """What each column means by its heading; of several that mean one thing the surest, then the first."""
    claims: list[tuple[float, int, str, str]] = []
    headings: dict[int, str] = {}
    for column in sorted({column for row in texts for column in row} - periods):
        said = list(dict.fromkeys(text for row in texts if (text := row.get(column))))
        headings[column] = " / ".join(" ".join(text.split()) for text in said)
        found = [each for text in (*reversed(said), headings[column]) if (each := column_meaning(text))]
        meaning, sure = max(found, key=lambda each: each[1], default=("", 0.0))
        if sure >= _LIKELY or meaning in _WORTH_A_GUESS:
            claims.append((sure, column, meaning, headings[column]))
    taken: dict[str, Mapped] = {}
    claims.sort(key=lambda claim: (-claim[0], bool(_EARLIER.search(claim[3])), claim[1]))
    for sure, column, meaning, heading in claims:
        if meaning not in taken:
            why = f"its heading {'is one of the usual names' if sure >= _SURE else 'has one of the usual names in it'}"
            taken[meaning] = Mapped(column=column, meaning=meaning, heading=heading, sure=sure, why=why)
    used = {each.column for each in taken.values()}
    in_line = tuple(sorted(taken.values(), key=lambda each: each.column))
    return in_line, {column: heading for column, heading in headings.items() if column not in used}


def by_content(header: Header, view: View) -> Header:
    """The header with what its columns hold taken into account: words where numbers are meant are something else."""
    columns = {each.column: each for each in header.columns}
    unmapped = dict(header.unmapped)
    for column, each in list(columns.items()):
        texts = _texts(view, header, column)
        meaning = _by_content(each, texts)
        if meaning == each.meaning:
            continue
        del columns[column]
        if meaning and meaning not in {other.meaning for other in columns.values()}:
            why = f"its heading is one of the usual names for {each.meaning}, and not what stands in it"
            columns[column] = replace(each, meaning=meaning, sure=min(each.sure, _LIKELY), why=why)
        else:
            unmapped[column] = each.heading
    means = {each.meaning: column for column, each in columns.items()}
    if "action" not in means and "milestone" in means:
        columns[means["milestone"]] = replace(columns[means["milestone"]], meaning="action")
    found = replace(header, columns=tuple(columns[at] for at in sorted(columns)), unmapped=unmapped)
    return found if found.column("action") else _with_action(found, view)


def _texts(view: View, header: Header, column: int) -> list[str]:
    """What stands in a column of a table, placeholders left out."""
    rows = (row for row in view.rows if header.first <= row <= header.last and row not in header.rows)
    return [text for row in rows if (text := view.text(row, column)) and not is_placeholder(text)]


def _by_content(column: Mapped, texts: Sequence[str]) -> str:
    """What a column is that is called so, and holds these texts; nothing where it is none that is known."""

    def most(holds: Callable[[str], bool], part: float = _MOST) -> bool:
        return not texts or sum(map(holds, texts)) >= part * len(texts)

    if column.meaning in _DATES and not most(_is_date, _SOME):
        return "note" if column.sure < _SURE and most(lambda text: len(text) > _WORDS) else ""
    if column.meaning == "percent" and not most(_is_number):
        return "note" if most(lambda text: len(text) > _WORDS, _SOME) else "status" if most(_is_status, _SOME) else ""
    if column.meaning == "priority" and not most(is_rank):
        return "heading"
    if column.meaning == "status" and most(lambda text: len(text) > 3 * _WORDS) and not most(_is_status, _SOME):
        return "note"
    return column.meaning


def _is_date(text: str) -> bool:
    found = parse(text)
    return bool(found.start or found.finish or found.open_ended or label_of(text))


def _is_number(text: str) -> bool:
    said = text.strip().rstrip("%").strip().replace(",", ".")
    return said.replace(".", "", 1).isdecimal()


def _is_status(text: str) -> bool:
    return status_word(text) is not None


def _with_action(header: Header, view: View) -> Header:
    """The header with the column of what is done, where none is called so: that with the longest words."""
    taken = {each.column for each in header.periods} | {each.column for each in header.columns if each.sure >= _SURE}
    free = [column for column in range(max(1, header.left - 1), header.right + 1) if column not in taken]
    lengths = {column: [len(text) for text in _texts(view, header, column)] for column in free}
    likely = [(sum(its) / len(its), column) for column, its in lengths.items() if len(its) > 1]
    if not likely or max(likely)[0] < _FEWEST_LETTERS:
        return header
    column = max(likely)[1]
    heading = header.unmapped.get(column, "")
    action = Mapped(column=column, meaning="action", heading=heading, sure=_GUESS, why="it has the longest words")
    columns = [*(each for each in header.columns if each.column != column), action]
    return replace(
        header,
        columns=tuple(sorted(columns, key=lambda each: each.column)),
        unmapped={at: said for at, said in header.unmapped.items() if at != column},
        left=min(header.left, column),
    )
