"""How much of what is true of a spreadsheet was found in it, and how much was found that is not there."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from tests.adopted.case import Case, Row, Table

NEAR = 4  # of 255: a tint worked out in another way is the same colour to the eye
WORDS = ("ref", "lead", "status", "note", "heading")
Document = Mapping[str, Any]  # parsed JSON


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """So many right out of so many, and so many found that should not be."""

    right: int = 0
    of: int = 0
    wrong: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(right=self.right + other.right, of=self.of + other.of, wrong=self.wrong + other.wrong)

    def __str__(self) -> str:
        return f"{self.right}/{self.of}" + (f" +{self.wrong}" if self.wrong else "")


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """What of a case was found; `rows` are by row number, `texts` are their words (the action's among them)."""

    tables: Tally = field(default=Tally())
    headers: Tally = field(default=Tally())
    columns: Tally = field(default=Tally())
    periods: Tally = field(default=Tally())
    legend: Tally = field(default=Tally())
    rows: Tally = field(default=Tally())
    texts: Tally = field(default=Tally())
    fills: Tally = field(default=Tally())
    statuses: Tally = field(default=Tally())
    missed: tuple[str, ...] = ()

    def __add__(self, other: "Score") -> "Score":
        sums = {name: getattr(self, name) + getattr(other, name) for name in TALLIES}
        return Score(**sums, missed=self.missed + other.missed)


TALLIES = tuple(each.name for each in fields(Score) if each.name != "missed")


def score(case: Case, found: Document) -> Score:
    """Judge what `workbook adopt --json` says of the case's file."""
    left = list(found["sheets"])
    total, spare = Score(), []
    for table in case.expected:
        best = max(left, key=lambda candidate: _likeness(table, candidate), default=None)
        if best is not None and _likeness(table, best) > (0, 0):
            left.remove(best)
        else:
            best = None
        total += _table(table, best or {})
        spare += [(table.sheet, action) for action in _extra(table, best or {})]
    spare += [(sheet["sheet"], action) for sheet in left for action in sheet["actions"]]
    wrong = Score(
        tables=Tally(wrong=len(left)),
        rows=Tally(wrong=len(spare)),
        missed=tuple(f"wrong row: {sheet} {action['row']}: {_text(action.get('action'))!r}" for sheet, action in spare),
    )
    return total + wrong


def _likeness(table: Table, found: Document) -> tuple[int, int]:
    """By how many of its actions, then by how many of its columns, something found is this table."""
    if found["sheet"] != table.sheet:
        return 0, 0
    actions = {(row.row, _text(row.action)) for row in table.actions}
    shared = actions & {(action["row"], _text(action.get("action"))) for action in found["actions"]}
    return len(shared), len(set(table.columns.items()) & set(found["columns"].items()))


def _table(table: Table, found: Document) -> Score:
    periods = {period["column"]: period["start"] or "" for period in found.get("periods", ())}
    rows = [row for row in found.get("header_rows", ()) if row not in table.repeated]
    header = Tally(right=int(tuple(rows) == table.header_rows), of=1)
    legend = {colour.upper(): words for colour, words in table.legend.items()}
    told = {_nearest(colour, legend): words for colour, words in found.get("legend", {}).items()}
    result = Score(
        tables=Tally(right=int(bool(found)), of=1),
        headers=header,
        columns=_shared(table.columns, found.get("columns", {})),
        periods=_shared(table.periods, periods),
        legend=_shared(_folded(legend), _folded(told)),
        missed=() if header.right else (f"header rows: {rows} instead of {list(table.header_rows)}",),
    )
    result += Score(missed=_differences("column", table.columns, found.get("columns", {})))
    result += Score(missed=_differences("period", table.periods, periods))
    result += Score(missed=_differences("legend", _folded(legend), _folded(told)))
    by_row = {action["row"]: action for action in found.get("actions", ())}
    for row in table.actions:
        result += _row(row, by_row.get(row.row), noted="note" in table.columns)
    return result


def _row(row: Row, found: Document | None, *, noted: bool) -> Score:
    """Where no column is for notes, any may hold what comments and bars say."""
    if found is None:
        return Score(
            rows=Tally(of=1),
            texts=Tally(of=1 + sum(bool(getattr(row, word)) for word in WORDS)),
            fills=Tally(of=len(row.filled)),
            statuses=Tally(of=len(row.statuses)),
            missed=(f"row {row.row} is not found",),
        )
    wanted = {word: _text(getattr(row, word)) for word in ("action", *WORDS) if getattr(row, word)}
    # A status is told in the sheet's own words, and beside them as what they mean.
    found = {**found, "status": found.get("means") or found.get("status")}
    told = {
        word: _text(found.get(word)) for word in ("action", *WORDS) if found.get(word) and (noted or word != "note")
    }
    filled = {column: _nearest(colour, [row.filled.get(column, "")]) for column, colour in found["filled"].items()}
    missed = [_differences("", wanted, told), _differences("fill", row.filled, filled)]
    missed.append(_differences("status", row.statuses, found["statuses"]))
    return Score(
        rows=Tally(right=1, of=1),
        texts=_shared(wanted, told),
        fills=_shared(row.filled, filled),
        statuses=_shared(row.statuses, found["statuses"]),
        missed=tuple(f"row {row.row}: {each}" for group in missed for each in group),
    )


def _extra(table: Table, found: Document) -> list[Document]:
    known = {row.row for row in table.actions}
    return [action for action in found.get("actions", ()) if action["row"] not in known]


def _shared(wanted: Mapping[str, str], found: Mapping[str, str]) -> Tally:
    """Right is what is the same; wrong is what is said where nothing, or something else, is true."""
    right = sum(found.get(key) == value for key, value in wanted.items())
    return Tally(right=right, of=len(wanted), wrong=sum(wanted.get(key) != value for key, value in found.items()))


def _differences(what: str, wanted: Mapping[str, str], found: Mapping[str, str]) -> tuple[str, ...]:
    keys = sorted({*wanted, *found})
    return tuple(
        f"{what} {key}: {found.get(key)!r} instead of {wanted.get(key)!r}".strip()
        for key in keys
        if wanted.get(key) != found.get(key)
    )


def _nearest(colour: str, wanted: Iterable[str]) -> str:
    """The wanted colour that this one cannot be told from, or else itself."""
    for each in wanted:
        if each and colour and all(abs(a - b) <= NEAR for a, b in zip(_parts(each), _parts(colour), strict=True)):
            return each
    return colour.upper()


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.lstrip("#")))


def _folded(words: Mapping[str, str]) -> dict[str, str]:
    return {colour: _text(said).casefold() for colour, said in words.items()}


def _text(value: object) -> str:
    return re.sub(r"\s+", " ", "" if value is None else str(value)).strip()
