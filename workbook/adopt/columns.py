"""What the columns of a table are: by their headings first, and by what stands in them where these leave it open."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from workbook.adopt.found import Header, Mapped
from workbook.adopt.labels import label_of, month_first
from workbook.adopt.view import View
from workbook.adopt.words import column_meaning, is_mark, is_placeholder, is_rank, says, status_word
from workbook.timescales import parse

_EARLIER = re.compile(r"\b(?:previous|last|baseline|original|prior)\b", re.IGNORECASE)  # not how it stands now
TIMES = ("start", "finish", "deadline")
_WORTH_A_GUESS = ("action", "lead", "note", "status", "percent", *TIMES)
_LIKE_A_REF = re.compile(r"[A-Za-z]{0,4}[-. ]?\d{1,3}(?:[.-]\d{1,3})*[.)]?(?: ?[a-z])?[.)]?\Z")
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
        if headings[column] == headings.get(column - 1):
            continue  # one heading is merged over both
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
    header = _fuller(_without_years(header, view), view)
    columns = {each.column: each for each in header.columns}
    unmapped = dict(header.unmapped)
    is_counted = any(each.start is None for each in header.periods)  # from 1, as starts may be then
    for column, each in list(columns.items()):
        texts = _texts(view, header, column)
        if each.meaning == "action":
            meaning = _of_actions(each, texts)
        elif is_counted and each.meaning in TIMES and texts and all(map(_is_number, texts)):
            meaning = each.meaning
        else:
            meaning = _by_content(each, texts)
        if meaning == "note" and each.sure < _SURE and header.column("status") is None and _are_statuses(texts):
            meaning = "status"
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
    elif "action" not in means and (named := next((at for at, each in unmapped.items() if says("action", each)), None)):
        why = "what is done often stands under such a heading"
        columns[named] = Mapped(column=named, meaning="action", heading=unmapped.pop(named), sure=_LIKELY, why=why)
    if "note" not in {each.meaning for each in columns.values()}:
        said = next((at for at, each in sorted(unmapped.items()) if says("more", each)), None)
        if said is not None and any(each.meaning == "action" and each.column < said for each in columns.values()):
            why = "it says more of what is done"
            columns[said] = Mapped(column=said, meaning="note", heading=unmapped.pop(said), sure=_GUESS, why=why)
    dates = {each.meaning: column for column, each in columns.items() if each.meaning in TIMES}
    american = {meaning for meaning, column in dates.items() if month_first(_texts(view, header, column))}
    found = replace(
        header,
        columns=tuple(columns[at] for at in sorted(columns)),
        unmapped=unmapped,
        month_first=frozenset(dates) if american else frozenset(),
    )
    found = _with_steps(found, view) if found.column("action") else _with_action(found, view)
    found = _with_heading(found, view)
    return found if found.column("ref") else _with_ref(found, view)


def _without_years(header: Header, view: View) -> Header:
    """The header, years as columns like any other where nothing under them looks like a bar: they may head budgets."""
    years = {each.column: each.label for each in header.periods if each.kind == "year"}
    last = min(header.last, max(view.sheet.lines, default=0))
    looks = (view.look(row, column) for row in range(header.first, last + 1) for column in years)
    if not years or any(look.fill or is_mark(look.text) for look in looks):
        return header
    return replace(header, periods=(), unmapped={**header.unmapped, **years})


def _fuller(header: Header, view: View) -> Header:
    """The header, a column that others share their meaning with given to the last of them that holds anything.

    That is where their headings have dates, as updates of several months have, or where the first one holds nothing.
    """
    columns = list(header.columns)
    unmapped = dict(header.unmapped)
    for at, each in enumerate(columns):
        others = [
            column for column, heading in unmapped.items() if (column_meaning(heading) or ("",))[0] == each.meaning
        ]
        full = [column for column in others if _texts(view, header, column)]
        dated = [column for column in full if column > each.column and _is_dated(unmapped[column])]
        if not full or (_texts(view, header, each.column) and not (dated and _is_dated(each.heading))):
            continue
        last = max(dated or full)
        meaning = column_meaning(unmapped[last]) or ("", _GUESS)
        why = "it is the last of several that are called alike" if dated else "the other one that is called so is empty"
        columns[at] = replace(each, column=last, heading=unmapped.pop(last), sure=min(_LIKELY, meaning[1]), why=why)
        unmapped[each.column] = each.heading
    return replace(header, columns=tuple(sorted(columns, key=lambda each: each.column)), unmapped=unmapped)


def _is_dated(heading: str) -> bool:
    """Whether a heading ends in a date: `Update Dec 24`."""
    words = heading.split()
    return any(label_of(" ".join(words[at:])) for at in range(1, len(words)))


def _texts(view: View, header: Header, column: int) -> list[str]:
    """What stands in a column of a table, placeholders left out."""
    rows = (row for row in view.rows if header.first <= row <= header.last and row not in header.rows)
    return [text for row in rows if (text := view.text(row, column)) and not is_placeholder(text)]


def _by_content(column: Mapped, texts: Sequence[str]) -> str:
    """What a column is that is called so, and holds these texts; nothing where it is none that is known."""

    def most(holds: Callable[[str], bool], part: float = _MOST) -> bool:
        return not texts or sum(map(holds, texts)) >= part * len(texts)

    if column.meaning in TIMES and not most(_is_date, _SOME) and not month_first(texts):
        return "note" if column.sure < _SURE and most(lambda text: len(text) > _WORDS) else ""
    if column.meaning == "percent" and not most(_is_number):
        return "note" if most(lambda text: len(text) > _WORDS, _SOME) else "status" if most(_is_status, _SOME) else ""
    if column.meaning == "priority" and not most(is_rank):
        return "heading"
    if column.meaning == "status" and most(lambda text: len(text) > 3 * _WORDS) and not most(_is_status, _SOME):
        return "note"
    return column.meaning


def _of_actions(column: Mapped, texts: Sequence[str]) -> str:
    """What a column is that is called what is done: its refs where it holds numbers, or nothing that is known."""
    if column.sure < _LIKELY and not _may_be_actions(texts):
        return ""
    refs = sum(bool(_LIKE_A_REF.match(text)) for text in texts)
    return "ref" if len(texts) > 1 and refs >= _LIKELY * len(texts) else "action"


def _is_date(text: str) -> bool:
    found = parse(text)
    return bool(found.start or found.finish or found.open_ended or label_of(text))


def _is_number(text: str) -> bool:
    said = text.strip().rstrip("%").strip().replace(",", ".")
    return said.replace(".", "", 1).isdecimal()


def _is_status(text: str) -> bool:
    return status_word(text) is not None


def _are_statuses(texts: Sequence[str]) -> bool:
    return bool(texts) and sum(map(_is_status, texts)) >= _LIKELY * len(texts)


def _with_steps(header: Header, view: View) -> Header:
    """The header with the steps as what is done, where each action is merged over several of them: it heads them."""
    action = next(each for each in header.columns if each.meaning == "action")
    rows = [row for row in view.rows if header.first <= row <= header.last]
    under = [row for row in rows if view.sheet.over(row, action.column) != (row, action.column)]
    if len(under) * 4 < len(rows) or header.column("heading"):
        return header
    for column, heading in sorted(header.unmapped.items()):
        said = [view.text(row, column) for row in under]
        meaning, _ = column_meaning(heading) or ("", 0)
        if meaning in ("action", "milestone") and said and sum(map(bool, said)) >= _LIKELY * len(said):
            step = Mapped(
                column=column,
                meaning="action",
                heading=heading,
                sure=_LIKELY,
                why=f"each “{action.heading}” is merged over several of these",
            )
            others = [each for each in header.columns if each is not action]
            head = replace(action, meaning="heading", sure=_LIKELY, why=f"it is merged over several “{heading}”")
            columns = (*others, step, head)
            return replace(
                header,
                columns=tuple(sorted(columns, key=lambda each: each.column)),
                unmapped={at: said for at, said in header.unmapped.items() if at != column},
            )
    return header


def _with_heading(header: Header, view: View) -> Header:
    """The header with a column before the actions that is merged over several of them as what heads them."""
    action = header.column("action") or 0
    rows = [row for row in view.rows if header.first <= row <= header.last and view.text(row, action)]
    if header.column("heading"):
        return header
    for column, heading in sorted(header.unmapped.items()):
        under = [row for row in rows if view.sheet.over(row, column) != (row, column)]
        if column < action and len(under) * 4 >= len(rows) > 1:
            why = "its cells are merged over several actions"
            head = Mapped(column=column, meaning="heading", heading=heading, sure=_LIKELY, why=why)
            columns = tuple(sorted((head, *header.columns), key=lambda each: each.column))
            return replace(
                header, columns=columns, unmapped={at: said for at, said in header.unmapped.items() if at != column}
            )
    return header


def _with_ref(header: Header, view: View) -> Header:
    """The header with the column of numbers right before the actions as that of their refs, where it has no heading."""
    action, known = header.column("action") or 0, {each.column for each in header.columns}
    for before in (*sorted(at for at in header.unmapped if at < action), action - 1):
        if before < 1 or before in known:
            continue
        texts = _texts(view, header, before)
        refs = {text for text in texts if _LIKE_A_REF.match(text)}
        if len(refs) < 2 or len(refs) < min(_LIKELY * len(texts), len(texts) - 1):  # noqa: PLR2004  # a total may be below
            continue
        heading = header.unmapped.get(before, "")
        why = "its numbers stand before the actions"
        ref = Mapped(column=before, meaning="ref", heading=heading, sure=_LIKELY, why=why)
        unmapped = {at: said for at, said in header.unmapped.items() if at != before}
        columns = tuple(sorted((ref, *header.columns), key=lambda each: each.column))
        return replace(header, columns=columns, unmapped=unmapped, left=min(header.left, before))
    return header


def _with_action(header: Header, view: View) -> Header:
    """The header with the column of what is done, where none is called so: that with the longest words.

    Where nothing else has words, what was taken for a heading is what is done.
    """
    taken = {each.column for each in header.periods} | {each.column for each in header.columns if each.sure >= _SURE}
    end = min((each.column for each in header.periods), default=header.right + 1)
    free = [column for column in range(1, max(end, header.left)) if column not in taken]
    texts = {column: _texts(view, header, column) for column in free}
    likely = [(sum(map(len, its)) / len(its), column) for column, its in texts.items() if _may_be_actions(its)]
    lone = next((each for each in header.columns if each.meaning == "heading"), None)
    if likely and max(likely)[0] >= _FEWEST_LETTERS:
        column, why = max(likely)[1], "it has the longest words"
    elif lone and _texts(view, header, lone.column):
        column, why = lone.column, "nothing else says what is done"
    else:
        return header
    heading = lone.heading if lone and lone.column == column else header.unmapped.get(column, "")
    action = Mapped(column=column, meaning="action", heading=heading, sure=_GUESS, why=why)
    columns = [*(each for each in header.columns if each.column != column), action]
    return replace(
        header,
        columns=tuple(sorted(columns, key=lambda each: each.column)),
        unmapped={at: said for at, said in header.unmapped.items() if at != column},
        left=min(header.left, column),
    )


def _may_be_actions(texts: Sequence[str]) -> bool:
    """Whether texts may say what is done: several, and neither dates nor numbers nor a few words again and again."""
    values = sum(bool(_is_date(text) or _is_number(text) or _LIKE_A_REF.match(text)) for text in texts)
    return len(texts) > 1 and values * 2 < len(texts) and len(set(texts)) * 2 > len(texts)
