"""What the columns of a table are: by their headings first, and by what stands in them where these leave it open."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from workbook.adopt.found import Header, Mapped
from workbook.adopt.labels import label_of, month_first
from workbook.adopt.lights import LIGHTS, plain_status
from workbook.adopt.view import View
from workbook.adopt.words import column_meaning, is_mark, is_placeholder, is_rank, says, status_word
from workbook.timescales import parse

_EARLIER = re.compile(r"\b(?:previous|last|baseline|original|prior)\b", re.IGNORECASE)  # not how it stands now
TIMES = ("start", "finish", "deadline")
_NO_STATUS = re.compile(r"\b(?:risk|impact|likelihood|score|trend|priority|direction)\b", re.IGNORECASE)
_WORTH_A_GUESS = ("action", "lead", "note", "status", "percent", *TIMES)
_LIKE_A_REF = re.compile(r"[A-Z]{0,4}[-. ]?\d{1,3}(?:[.-]\d{1,3})*[.)]?(?: ?[a-z])?[.)]?\Z")
_SURE, _LIKELY, _GUESS, _MOST, _SOME = 1.0, 0.8, 0.5, 0.6, 0.3
_WORDS = 12.0  # letters, from which texts are sentences and no marks
_LONGEST_SIGN = 3  # letters
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
        if meaning == "status" and sure < _SURE and _NO_STATUS.search(headings[column]):
            continue
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
    for with_more in (
        _without_years,
        _fuller,
        _as_they_hold,
        _with_named_action,
        _with_note,
        _with_steps,
        _with_action,
        _with_heading,
        _with_ref,
        _with_status,
        _with_month_first,
    ):
        header = with_more(header, view)
    return header


def _as_they_hold(header: Header, view: View) -> Header:
    """The header, each column taken for what it holds where that is not what it is called."""
    is_counted = any(each.start is None for each in header.periods)  # from 1, as starts may be then
    for each in header.columns:
        texts = _texts(view, header, each.column)
        meaning = _by_content(each, texts, is_counted=is_counted)
        may_be_status = meaning == "heading" or (meaning == "note" and each.sure < _SURE)
        if may_be_status and header.column("status") is None and _are_statuses(texts):
            meaning = "status"
        if meaning == "heading" and header.column("ref") is None and _are_refs(texts, _MOST):
            meaning = "ref"
        if meaning != each.meaning:
            header = header.leaving(each)
            if meaning and header.column(meaning) is None:
                why = f"its heading is one of the usual names for {each.meaning}, and not what stands in it"
                header = header.taking(replace(each, meaning=meaning, sure=min(each.sure, _LIKELY), why=why))
    return header


def _with_named_action(header: Header, view: View) -> Header:
    """The header, where no column is called what is done, with a milestone or a name as that."""
    if header.column("action"):
        return header
    if milestone := next((each for each in header.columns if each.meaning == "milestone"), None):
        return header.taking(replace(milestone, meaning="action"))
    named = next((at for at, heading in header.unmapped.items() if says("action", heading)), None)
    if named is not None:
        return _taken(header, named, "action", _LIKELY, "what is done often stands under it")
    others = {each.meaning: each for each in header.columns}
    if (head := others.get("heading")) and says("action", head.heading):
        return header.taking(replace(head, meaning="action", sure=_LIKELY, why="it says what is to be done"))
    item = others.get("ref")
    if item and "heading" not in others and _may_be_actions(_texts(view, header, item.column)):
        return header.taking(replace(item, meaning="action", sure=_GUESS, why="it holds sentences, and no numbers"))
    return header


def _with_note(header: Header, _: View) -> Header:
    """The header, where it has no notes, with a description after the action as these."""
    action = header.column("action")
    more = next((at for at, heading in sorted(header.unmapped.items()) if says("more", heading)), None)
    if header.column("note") or action is None or more is None or more < action:
        return header
    return _taken(header, more, "note", _GUESS, "it says more of what is done")


def _taken(header: Header, column: int, meaning: str, sure: float, why: str) -> Header:
    """The header with a column that was taken for nothing taken for something."""
    heading = header.unmapped.get(column, "")
    return header.taking(Mapped(column=column, meaning=meaning, heading=heading, sure=sure, why=why))


def _with_status(header: Header, view: View) -> Header:
    """The header, where no column is called a status, with a column of lights: painted cells, or coloured signs."""
    action = header.column("action")
    if action is None or header.column("status"):
        return header
    rows = [row for row in view.rows if header.first <= row <= header.last and view.text(row, action)]
    for column, heading in sorted(header.unmapped.items()):
        if _NO_STATUS.search(heading) or (column_meaning(heading) or ("",))[0] == "priority":
            continue
        looks = [look for row in rows if (look := view.look(row, column)).colour or look.text]
        lights = [look for look in looks if plain_status(look.fill) in LIGHTS and len(look.text) <= _LONGEST_SIGN]
        several = len({look.colour for look in lights}) > 1
        if several and len(lights) >= _LIKELY * len(looks) and len(lights) * 2 > len(rows):
            return _taken(header, column, "status", _GUESS, "its cells have the colours of a traffic light")
    return header


def _with_month_first(header: Header, view: View) -> Header:
    """The header with the columns of dates that have the month first: all of them, where one of them shows it."""
    dates = {each.meaning: each.column for each in header.columns if each.meaning in TIMES}
    is_shown = any(month_first(_texts(view, header, column)) for column in dates.values())
    return replace(header, month_first=frozenset(dates) if is_shown else frozenset())


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
    action = next((each for each in header.columns if each.meaning == "action"), None)
    if action and (name := _fuller_name(header, view, action)) is not None:
        header = _taken(header.leaving(action), name, "action", _LIKELY, f"“{action.heading}” is empty in most rows")
    for each in header.columns:
        alike = {at: found for at, said in header.unmapped.items() if (found := column_meaning(said))}
        full = [at for at, (meaning, _) in alike.items() if meaning == each.meaning and _texts(view, header, at)]
        dated = [at for at in full if at > each.column and _is_dated(header.unmapped[at])]
        if not full or (_texts(view, header, each.column) and not (dated and _is_dated(each.heading))):
            continue
        last = max(dated or full)
        why = "it is the last of several that are called alike" if dated else "the other one that is called so is empty"
        header = _taken(header.leaving(each), last, each.meaning, min(_LIKELY, alike[last][1]), why)
    return header


def _fuller_name(header: Header, view: View, action: Mapped) -> int | None:
    """The column of names that has a text in each row, where that of actions has none in most."""
    for column, heading in header.unmapped.items():
        full = len(_texts(view, header, column))
        least = full if says("more", action.heading) or action.sure < _SURE else full // 2
        if says("action", heading) and len(_texts(view, header, action.column)) < least:
            return column
    return None


def _is_dated(heading: str) -> bool:
    """Whether a heading ends in a date: `Update Dec 24`."""
    words = heading.split()
    return any(label_of(" ".join(words[at:])) for at in range(1, len(words)))


def _texts(view: View, header: Header, column: int) -> list[str]:
    """What stands in a column of a table, placeholders left out."""
    rows = (row for row in view.rows if header.first <= row <= header.last and row not in header.rows)
    return [text for row in rows if (text := view.text(row, column)) and not is_placeholder(text)]


def _by_content(column: Mapped, texts: Sequence[str], *, is_counted: bool) -> str:
    """What a column is that is called so, and holds these texts; nothing where it is none that is known."""

    def most(holds: Callable[[str], bool], part: float = _MOST) -> bool:
        return not texts or sum(map(holds, texts)) >= part * len(texts)

    match column.meaning:
        case "action":
            return _of_actions(column, texts)
        case "start" | "finish" | "deadline":
            is_time = most(_is_date, _SOME) or month_first(texts) or (is_counted and most(_is_number, _SURE))
            is_note = column.sure < _SURE and most(lambda text: len(text) > _WORDS)
            return column.meaning if is_time else "note" if is_note else ""
        case "percent" if not most(_is_number):
            is_note = most(lambda text: len(text) > _WORDS, _SOME)
            return "note" if is_note else "status" if most(_is_status, _SOME) else ""
        case "priority" if not most(is_rank):
            return "heading"
        case "status" if most(lambda text: len(text) > 3 * _WORDS) and not most(_is_status, _SOME):
            return "note"
    return column.meaning


def _of_actions(column: Mapped, texts: Sequence[str]) -> str:
    """What a column is that is called what is done: its refs where it holds numbers, or nothing that is known."""
    if column.sure < _SURE and len(texts) > 1 and not _may_be_actions(texts):
        return ""
    return "ref" if _are_refs(texts) else "action"


def _are_refs(texts: Sequence[str], part: float = _LIKELY) -> bool:
    refs = [text for text in texts if _LIKE_A_REF.match(text)]
    return len(set(refs)) == len(refs) > 1 and len(refs) >= part * len(texts)


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
    action = next((each for each in header.columns if each.meaning == "action"), None)
    if action is None or header.column("heading"):
        return header
    milestone = next((each for each in header.columns if each.meaning == "milestone"), None)
    if milestone and _repeats(_texts(view, header, action.column), _texts(view, header, milestone.column)):
        head = replace(action, meaning="heading", sure=_LIKELY, why=f"it is the same for several “{milestone.heading}”")
        return header.taking(head, replace(milestone, meaning="action", sure=_LIKELY, why="it is what is done"))
    rows = [row for row in view.rows if header.first <= row <= header.last]
    under = [row for row in rows if view.sheet.over(row, action.column) != (row, action.column)]
    for column, heading in sorted(header.unmapped.items()) if len(under) * 4 >= len(rows) > 0 else ():
        said = [view.text(row, column) for row in under]
        meaning, _ = column_meaning(heading) or ("", 0)
        if meaning in ("action", "milestone") and sum(map(bool, said)) >= _LIKELY * len(said) > 0:
            why = f"each “{action.heading}” is merged over several of these"
            head = replace(action, meaning="heading", sure=_LIKELY, why=f"it is merged over several “{heading}”")
            return _taken(header.taking(head), column, "action", _LIKELY, why)
    return header


def _repeats(texts: Sequence[str], others: Sequence[str]) -> bool:
    """Whether texts are said again and again beside others that are not."""
    return len(texts) > 1 and len(set(texts)) * 2 <= len(texts) and len(set(others)) == len(others) >= len(texts)


def _with_heading(header: Header, view: View) -> Header:
    """The header with a column before the actions that is merged over several of them as what heads them."""
    action = header.column("action")
    if action is None or header.column("heading"):
        return header
    rows = [row for row in view.rows if header.first <= row <= header.last and view.text(row, action)]
    for column in sorted(at for at in header.unmapped if at < action):
        under = [row for row in rows if view.sheet.over(row, column) != (row, column)]
        if len(under) * 4 >= len(rows) > 1:
            return _taken(header, column, "heading", _LIKELY, "its cells are merged over several actions")
    return header


def _with_ref(header: Header, view: View) -> Header:
    """The header with a column of numbers before the actions as that of their refs."""
    action, known = header.column("action"), {each.column for each in header.columns}
    if action is None or header.column("ref"):
        return header
    for column in (*sorted(at for at in header.unmapped if at < action), action - 1):
        texts = _texts(view, header, column) if column and column not in known else []
        refs = {text for text in texts if _LIKE_A_REF.match(text)}
        if len(refs) >= max(2, min(_LIKELY * len(texts), len(texts) - 1)):  # a total may be below
            return _taken(header, column, "ref", _LIKELY, "its numbers stand before the actions")
    return header


def _with_action(header: Header, view: View) -> Header:
    """The header with the column of what is done, where none is called so: that with the longest words.

    Where nothing else has words, what was taken for a heading is what is done.
    """
    if header.column("action"):
        return header
    taken = {each.column for each in header.periods} | {each.column for each in header.columns if each.sure >= _SURE}
    end = min((each.column for each in header.periods), default=header.right + 1)
    free = [column for column in range(1, max(end, header.left)) if column not in taken]
    texts = {column: _texts(view, header, column) for column in free}
    likely = [(sum(map(len, its)) / len(its), column) for column, its in texts.items() if _may_be_actions(its)]
    lone = next((each for each in header.columns if each.meaning == "heading"), None)
    if likely and max(likely)[0] >= _FEWEST_LETTERS:
        column = max(likely)[1]
        was = next((each for each in header.columns if each.column == column), None)
        return _taken(header.leaving(was) if was else header, column, "action", _GUESS, "it has the longest words")
    if lone and _texts(view, header, lone.column):
        return header.taking(replace(lone, meaning="action", sure=_GUESS, why="nothing else says what is done"))
    return header


def _may_be_actions(texts: Sequence[str]) -> bool:
    """Whether texts may say what is done: several, and neither dates nor numbers nor a few words again and again."""
    values = sum(bool(_is_date(text) or _is_number(text) or _LIKE_A_REF.match(text)) for text in texts)
    return len(texts) > 1 and values * 2 < len(texts) and len(set(texts)) * 2 > len(texts)
