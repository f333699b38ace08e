"""The rows of a table: sections, actions, second rows of an action; up to its totals or its key."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbook.adopt.bars import Seen, bars
from workbook.adopt.columns import TIMES
from workbook.adopt.found import FoundAction, Header, shown
from workbook.adopt.view import View
from workbook.adopt.words import begins_with, is_mark, is_placeholder, says, titles_a_key
from workbook.read.conditional import Cell
from workbook.refs import column_letter

_NAMES = ("ref", "heading", "action")  # what a row may say that only names those below it
_ACROSS = 3  # columns that the title of a section is merged over
_PART = re.compile(r"[^\w]*\Z")


@dataclass(frozen=True, kw_only=True)
class ReadTable:
    """One table before its colours are understood: `rows` are those that it has taken.

    `seen` is what stands under its periods, by row; `aside` are rows that look like actions and were not taken for any.
    """

    view: View
    header: Header
    actions: Sequence[FoundAction] = ()
    seen: Mapping[int, Seen] = field(default_factory=dict)
    rows: frozenset[int] = frozenset()
    aside: tuple[int, ...] = ()
    last: int = 0

    def holds(self, row: int, column: int) -> bool:
        """Whether a place belongs to the table, its headings too."""
        header = self.header
        return header.left <= column <= header.right and header.rows[0] <= row <= max(self.last, header.rows[-1])

    def takes(self, row: int, column: int) -> bool:
        """Whether the table has taken what stands in a cell: as a heading, a field of an action, a section, a sign."""
        header = self.header
        if not header.left <= column <= header.right:
            return False
        return row in header.rows or (row in self.rows and column not in self.seen.get(row, _NOTHING).texts)


_NOTHING = Seen()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One row below the headings: what it says by meaning, or by heading in columns without one; what is seen in it."""

    number: int
    words: Mapping[str, str]
    more: Mapping[str, str]
    seen: Seen
    continues: bool  # its action is that of the row above, merged over both
    across: bool  # its words are merged over the columns
    whole: bool  # all of it is cells that are merged over several columns
    coloured: bool  # its words stand on a colour

    @property
    def says(self) -> set[str]:
        return {name for name, text in self.words.items() if text}

    @property
    def is_bare(self) -> bool:
        """Whether it says nothing but a name, and has no bars."""
        return self.says <= set(_NAMES) and not (self.more or self.seen.filled or self.seen.texts)


def read_table(view: View, header: Header) -> ReadTable:
    """Read the rows below a header."""
    at = {each.meaning: each.column for each in header.columns}
    if "action" not in at:
        return ReadTable(view=view, header=header)
    numbers = _until_key(view, header)
    seen = bars(view, header, numbers)
    rows = [_row(view, header, at, number, seen[number]) for number in numbers]
    return _Reader(view, header, rows).table(seen)


class _Reader:
    """Goes down the rows of a table."""

    def __init__(self, view: View, header: Header, rows: Sequence[_Row]) -> None:
        self.view, self.header, self.rows = view, header, rows
        full = [row for row in rows if not row.is_bare]
        named = [row for row in full if row.words["action"]]
        self.last_full = max((row.number for row in named), default=0)
        self.has_refs = 2 * sum(bool(row.words.get("ref")) for row in named) > len(named) > 0
        # Of what is no band across a row: the colours that bars of a few periods have.
        self.of_bars = {
            shown(fill)
            for row in rows
            if len(row.seen.filled) < len(header.periods)
            for fill in row.seen.filled.values()
        }
        self.most_are_full = 2 * len(full) > len(rows)
        self.most_are_coloured = 2 * sum(row.coloured for row in full) > len(full)

    def table(self, seen: Mapping[int, Seen]) -> ReadTable:
        """The table; a section is taken with the first action below it."""
        actions: list[FoundAction] = []
        used: set[int] = set()
        aside: list[int] = []
        sections: list[_Row] = []
        heading = self.header.titles[0] if self.header.titles else ""
        before, is_ended = 0, False
        for place, row in enumerate(self.rows):
            if not row.says and not row.seen.filled and not row.more:
                continue
            # What follows a row that stands below the table does so too.
            is_apart, before = is_ended or (bool(before) and row.number > before + 1), row.number
            is_ended = False
            if begins_with("example", row.words.get("ref", "")):
                aside.append(row.number)
            elif _is_total(row) or self._is_signature(row) or (is_apart and self._is_foot(row)):
                is_ended = is_apart
                aside += [row.number] if row.seen.filled or (row.words["action"] and row.words.get("lead")) else []
            elif self._is_second(row, actions, is_apart=is_apart):
                actions[-1] = _joined(actions[-1], row)
                used.add(row.number)
            elif self._is_section(bare := self._without_band(row), self.rows[place + 1 :]):
                sections.append(bare)
            elif row.words["action"]:
                # What a section says beside its name is kept with all of it.
                plain = [each.number for each in sections if not each.more and each.says <= set(_NAMES)]
                used |= {row.number, *plain}
                heading = " / ".join(map(_name, sections)) or heading
                sections = []
                said = {name: text for name, text in row.words.items() if text}
                own = " / ".join(filter(None, dict.fromkeys((heading, said.pop("heading", "")))))
                actions.append(_action(row, said, own))
            elif row.seen.filled or len(row.says) > 1:
                aside.append(row.number)
        return ReadTable(
            view=self.view,
            header=self.header,
            actions=tuple(actions),
            seen=seen,
            rows=frozenset(used),
            aside=tuple(aside),
            last=max(used, default=0),
        )

    def _without_band(self, row: _Row) -> _Row:
        """A row that only names something, without the band that lies across it in a colour of no bar."""
        colours = {shown(fill) for fill in row.seen.filled.values()}
        is_band = len(row.seen.filled) == len(self.header.periods) and len(colours) == 1
        if not is_band or not row.says <= set(_NAMES) or colours & self.of_bars:
            return row
        return replace(row, seen=Seen(), more={name: text for name, text in row.more.items() if text not in colours})

    def _is_foot(self, row: _Row) -> bool:
        """Whether a row after a blank one stands below the table: without a ref where actions have one, and no bars."""
        if row.words.get("ref") or row.seen.filled or self._names_actions(row):
            return False
        return self.has_refs or (row.says == {"action"} and not row.more and not self._has_below(row))

    def _has_below(self, row: _Row) -> bool:
        """Whether an action with more to say stands anywhere below a row."""
        return row.number < self.last_full

    def _is_signature(self, row: _Row) -> bool:
        """Whether a row stands below the table: `Prepared by: A. Jones`, `Insert new rows above this one`."""
        if row.seen.filled:
            return False
        ref = row.words.get("ref", "")
        first = ref or row.words["action"] or row.words.get("heading", "")
        is_last = not row.words.get("lead") and not self._has_below(row)
        return ref.endswith(":") or (is_last and (begins_with("foot", first) or first.endswith(":")))

    def _names_actions(self, row: _Row) -> bool:
        """Whether a bare row is followed by an action right away, as the title of a section is."""
        below = next((each for each in self.rows if each.number == row.number + 1), None)
        return row.is_bare and below is not None and bool(below.words.get("ref"))

    def _is_second(self, row: _Row, actions: Sequence[FoundAction], *, is_apart: bool) -> bool:
        """Whether a row goes on with the action above it."""
        if not actions:
            return False
        if row.continues:
            is_same = not row.words.get("ref") or row.words["ref"] == actions[-1].words.get("ref")
            return is_same and not _is_led_otherwise(row, actions[-1])
        if row.words["action"] or is_apart or self._is_own(row, actions[-1]):
            return False
        plain = not row.says <= {"ref", "heading"} or bool(row.more)
        return bool(row.seen.filled) or (plain and not row.across)

    @staticmethod
    def _is_own(row: _Row, action: FoundAction) -> bool:
        """Whether a row without an action has what only one of its own has: a ref, or a lead, a start and an end."""
        ref, times = row.words.get("ref", ""), [name for name in TIMES if row.words.get(name)]
        return (bool(ref) and ref != action.words.get("ref")) or (bool(row.words.get("lead")) and len(times) > 1)

    def _is_section(self, row: _Row, below: Sequence[_Row]) -> bool:
        """Whether a row only names those below it."""
        others = [text for name, text in row.words.items() if text and name not in _NAMES]
        if row.whole or (row.across and (not others or len({text for text in row.words.values() if text}) == 1)):
            return True
        if not row.is_bare:
            return False
        ref = row.words.get("ref", "")
        if not row.words["action"] or (row.coloured and not self.most_are_coloured):
            return True
        after = next((each for each in below if each.says), None)
        if ref and after and (deeper := after.words.get("ref", "")) != ref and deeper.startswith(ref):
            return bool(_PART.match(ref[-1:]) or not deeper[len(ref)].isalnum())
        if self.has_refs:
            return not ref
        return self.most_are_full and after is not None and not after.is_bare


def _row(view: View, header: Header, at: Mapping[str, int], number: int, seen: Seen) -> _Row:
    over = {column: view.sheet.over(number, column) for column in range(header.left, header.right + 1)}
    words = {name: _said(view, over[column]) for name, column in at.items()}
    colours = Counter(view.look(number, each.column).colour for each in header.columns)
    ground = colours.most_common(1)[0][0]
    more = {}
    taken = {over[column] for column in at.values()}
    for column, said in _others(header).items():
        if over[column] in taken:
            continue  # a cell that is merged over both
        taken.add(over[column])
        colour = view.look(number, column).colour
        text = _said(view, over[column])
        own = colour if colour != ground and (not text or is_mark(text)) else ""
        if text or own:
            more[said] = f"{text} {own}".strip()
    start = over[at["action"]]
    under = [column for column, place in over.items() if place == start]
    places: dict[Cell, set[Cell]] = {}
    for column, place in over.items():
        places.setdefault(place, set()).add(_head(view, header, column))
    heads = {_head(view, header, column) for column in under}
    across = len(under) >= min(_ACROSS, max(2, len(header.columns))) and len(heads) > 1 and start[0] == number
    if across:
        words = {name: text if over[at[name]] != start or name == "action" else "" for name, text in words.items()}
        more = {said: text for said, text in more.items() if text != words["action"]}
    return _Row(
        number=number,
        words=words,
        more=more,
        seen=Seen() if across and {each.column for each in header.periods} & set(under) else seen,
        continues=bool(words["action"]) and start[0] < number,
        across=across,
        whole=len(over) > len(places) * 2 - 1 > 0 and all(len(its) > 1 for its in places.values()),
        coloured=2 * colours[""] < colours.total(),
    )


def _head(view: View, header: Header, column: int) -> Cell:
    """The cell that heads a column: several may be under one that is merged over them."""
    return view.sheet.over(header.rows[-1], column)


def _others(header: Header) -> Mapping[int, str]:
    """The columns of a table that were taken for nothing, those without a heading too, each by a name of its own."""
    known = {each.column for each in header.columns} | {each.column for each in header.periods}
    named: dict[int, str] = {}
    for column in range(header.left, header.right + 1):
        if column not in known:
            said = header.unmapped.get(column) or f"Column {column_letter(column)}"
            named[column] = f"{said} ({column_letter(column)})" if said in named.values() else said
    return named


def _action(row: _Row, said: Mapping[str, str], heading: str) -> FoundAction:
    return FoundAction(
        row=row.number,
        words=said,
        heading=heading,
        filled=row.seen.filled,
        letters=row.seen.statuses,
        more=row.more,
    )


def _joined(action: FoundAction, row: _Row) -> FoundAction:
    """The action with what its second row says and shows: a row of what was done, or words that go on."""
    words = dict(action.words)
    for name, text in row.words.items():
        if text and text not in words.get(name, "").split("\n"):
            words[name] = f"{words[name]}\n{text}" if words.get(name) else text
    more = dict(action.more)
    for name, text in row.more.items():
        if text not in more.get(name, "").split("\n"):
            more[name] = f"{more[name]}\n{text}" if more.get(name) else text
    return replace(
        action,
        words=words,
        more=more,
        actual={**action.actual, **row.seen.filled},
        letters={**action.letters, **row.seen.statuses},
    )


def _is_led_otherwise(row: _Row, action: FoundAction) -> bool:
    """Whether a row under a merged action is somebody else's part of it, with a time of its own."""
    lead = row.words.get("lead", "")
    times = [name for name in TIMES if (said := row.words.get(name)) and said != action.words.get(name)]
    return bool(lead) and lead != action.words.get("lead") and bool(row.seen.filled or times)


def _name(row: _Row) -> str:
    return " ".join(text for name in _NAMES if (text := row.words.get(name, "")))


def _said(view: View, place: tuple[int, int]) -> str:
    """What a cell says; a placeholder says nothing."""
    text = view.text(*place)
    return "" if is_placeholder(text) else text


def _is_total(row: _Row) -> bool:
    """Whether a row sums up: a word for it alone, or one with more to say that has neither lead nor bars."""
    named = [row.words.get(name, "") for name in _NAMES]
    alone = any(says(kind, text) for kind in ("total", "average") for text in named)
    begins = any(begins_with("total", text) for text in named)
    return alone or (begins and not row.words.get("lead") and not row.seen.filled)


def _until_key(view: View, header: Header) -> list[int]:
    """The rows of a table: those with text or paint below its headings, up to its key."""
    numbers: list[int] = []
    for number in _rows(view, header):
        inside = [column for column in view.columns.get(number, ()) if header.left <= column <= header.right]
        said = [view.text(number, column) for column in inside]
        if (len(said) == 1 and titles_a_key(said[0])) or (said and says("legend", said[0])):
            break
        is_after_gap = bool(numbers) and number > numbers[-1] + 1
        if is_after_gap and _is_key(view, header, number, inside):
            break
        numbers.append(number)
    return numbers


def _is_key(view: View, header: Header, number: int, inside: Sequence[int]) -> bool:
    """Whether a row below a blank one is the first of a key without a title: one colour, and one word beside it."""
    painted = [column for column in range(header.left, header.right + 1) if view.look(number, column).colour]
    return 1 <= len(inside) <= 2 and len(painted) == 1 and abs(painted[0] - inside[0]) <= 1  # noqa: PLR2004


def _rows(view: View, header: Header) -> Iterator[int]:
    """The numbers of the rows with text or paint, from below the headings to the last one; headings left out."""
    for number in range(header.first, header.last + 1):
        if number in header.rows:
            continue
        line = view.sheet.lines.get(number, {})
        if any(header.left <= column <= header.right and (cell.text or cell.fill) for column, cell in line.items()):
            yield number
