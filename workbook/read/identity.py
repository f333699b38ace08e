"""Which issued action each row of a returned sheet is: by its row id, else by its ref and wording, else by wording."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz, process

from workbook.grid import Grid
from workbook.names import BAND, ROW_ID
from workbook.plan import Action, plain_ref
from workbook.read.cells import RawSheet
from workbook.read.header import Header
from workbook.refs import LAST_ROW

ROW_ID_EVIDENCE, REF_AND_WORDING, COPY = "row id", "ref and wording", "copy"
REF_AND_SIMILAR, WORDING, SIMILAR = "ref and a similar wording", "wording", "a similar wording"
# The rest are weak, and asked about in these words; the better ones choose first.
WEAK = {
    REF_AND_SIMILAR: "its ref and a similar wording",
    WORDING: "its wording alone",
    SIMILAR: "a similar wording alone",
}
_EVIDENCE = (REF_AND_WORDING, REF_AND_SIMILAR, WORDING, SIMILAR)
# A copied row's text is this alike (of 100) to be a copy; below, it has been written over and is a new row.
_ALIKE = 80.0
# A row is an action by a similar wording alone if that is this alike, and the next action's clearly less.
_SIMILAR, _CLEARLY = 90.0, 5.0
_KINDS = ("programme", "progress", "action")
_OTHER = {"programme": "progress", "progress": "programme"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One action on a sheet: its one or two rows by kind (`programme`, `progress`, `action`), under a section."""

    sheet: RawSheet
    header: Header
    row_id: str
    rows: Mapping[str, int]
    heading: str

    @property
    def top(self) -> int | None:
        """The row with the words, None when only the progress row is left."""
        return self.rows.get("programme") or self.rows.get("action")

    @property
    def progress_row(self) -> int | None:
        """The row in which progress is reported."""
        return self.rows.get("progress") or self.rows.get("action")

    @property
    def first(self) -> int:
        """The uppermost row."""
        return min(self.rows.values())

    @property
    def shows_ref(self) -> bool:
        """Whether its table has a column for refs."""
        return "ref" in self.header.columns

    def text(self, key: str) -> str:
        """What the words' row says in a column."""
        column = self.header.columns.get(key)
        return self.sheet[self.top, column].text if self.top and column else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Each issued action's row and what it was matched by; copies of matched rows; rows that were not issued.

    `foreign` are those of these that have a row id of their own: another return's.
    """

    matched: Mapping[str, tuple[Unit, str]] = field(default_factory=dict)
    copies: Sequence[tuple[str, Unit]] = ()
    new: Sequence[Unit] = ()
    foreign: Sequence[Unit] = ()


def units_of(sheet: RawSheet, header: Header, grid: Grid, row_ids: Iterable[str]) -> list[Unit]:
    """The actions of a table in order, each with its rows."""
    known = set(row_ids)
    units: list[Unit] = []
    halves: dict[tuple[str, str], list[int]] = defaultdict(list)  # units with one row, by id and its kind
    heading = ""
    for row in _rows(sheet, header):
        row_id, band = (_text(sheet, header, row, key) for key in (ROW_ID, BAND))
        kind = band if band in _KINDS else _kind(sheet, header, row, grid)
        if band == "section":
            heading = row_id
        elif row_id and (row_id in known or band in _KINDS):
            others = halves[row_id, _OTHER.get(kind, "")]
            at = others.pop() if others else _orphan(units, kind, row, grid.plan.by_row_id.get(row_id))
            if at is None:
                halves[row_id, kind].append(len(units))
                units.append(Unit(sheet=sheet, header=header, row_id=row_id, rows={kind: row}, heading=heading))
            else:
                units[at] = replace(units[at], row_id=row_id, rows={**units[at].rows, kind: row})
        elif _says_anything(sheet, header, row):
            below = _text(sheet, header, row + 1, ROW_ID), _text(sheet, header, row + 1, BAND)
            if _lost_its_id(units, kind, row, below):
                units[-1] = replace(units[-1], rows={**units[-1].rows, kind: row})
            elif not _is_section(sheet, header, row, grid):
                units.append(Unit(sheet=sheet, header=header, row_id="", rows={kind: row}, heading=heading))
            else:
                heading = _text(sheet, header, row, "ref")
    return [_with_progress_row(unit, grid) for unit in units]


def _rows(sheet: RawSheet, header: Header) -> list[int]:
    """The rows of a table; what stands above the header of the next one belongs to neither."""
    rows = [row for row in sheet.rows if header.row < row <= header.last]
    if header.last == LAST_ROW:
        return rows
    last = max((row for row in rows if _text(sheet, header, row, BAND) in _KINDS), default=header.last)
    return [row for row in rows if row <= last]


def match(units: Sequence[Unit], issued: Mapping[str, Action], elsewhere: Container[str] | None = None) -> Matches:
    """Match rows to issued actions, each to one at most.

    `elsewhere` are the row ids of the plan's other actions; None when they are not known, and any other id is taken
    for one.
    """
    claims, rest = _claims(units, issued)
    matched: dict[str, tuple[Unit, str]] = {}
    copies: list[tuple[str, Unit]] = []
    new: list[Unit] = []
    for row_id, claimants in claims.items():
        # Of several that are equally good, the first: what is pasted comes after what was there.
        best = max(claimants, key=lambda unit: (_likeness(unit, issued[row_id]), len(unit.rows)))
        matched[row_id] = best, ROW_ID_EVIDENCE
        for unit in claimants:
            is_copy = not unit.top or _likeness(unit, issued[row_id]) >= _ALIKE
            if unit is not best and is_copy:
                copies.append((row_id, unit))
            elif unit is not best:
                new.append(unit)
    for unit, likely, evidence in sorted(rest, key=lambda each: _EVIDENCE.index(each[2])):
        if likely is None:
            new.append(unit)
        elif likely in matched:
            copies.append((likely, unit))
        else:
            matched[likely] = unit, evidence
    new, found = _similar(new, {row_id: action for row_id, action in issued.items() if row_id not in matched})
    return Matches(
        matched=matched | found,
        copies=copies,
        new=[unit for unit in new if not _is_foreign(unit, issued, elsewhere)],
        foreign=[unit for unit in new if _is_foreign(unit, issued, elsewhere)],
    )


def _is_foreign(unit: Unit, issued: Container[str], elsewhere: Container[str] | None) -> bool:
    """Whether a row has the id of an action that was issued to somebody else, as far as that is known."""
    own = not unit.row_id or unit.row_id in issued
    return not own and (elsewhere is None or unit.row_id in elsewhere)


def _similar(units: Sequence[Unit], left: Mapping[str, Action]) -> tuple[list[Unit], dict[str, tuple[Unit, str]]]:
    """The rows that are nobody's, but for those whose wording is like one action's that is left; and these."""
    found: dict[str, tuple[Unit, str]] = {}
    nobodys = []
    for unit in units:
        wordings = {row_id: _plain(action.action) for row_id, action in left.items() if row_id not in found}
        words = "" if unit.row_id else _plain(unit.text("action"))
        likely = process.extract(words, wordings, scorer=fuzz.ratio, score_cutoff=_SIMILAR - _CLEARLY, limit=2)
        alone = [row_id for _, score, row_id in likely if score >= likely[0][1] - _CLEARLY]
        if len(alone) == 1 and likely[0][1] >= _SIMILAR:
            found[alone[0]] = unit, SIMILAR
        else:
            nobodys.append(unit)
    return nobodys, found


def _claims(
    units: Sequence[Unit], issued: Mapping[str, Action]
) -> tuple[Mapping[str, list[Unit]], list[tuple[Unit, str | None, str]]]:
    """The rows that claim each row id, and the rest with the action that their words make likely."""
    by_words = _unique(issued.values(), lambda action: (plain_ref(action.ref), _plain(action.action)))
    by_wording = _unique(issued.values(), lambda action: (_plain(action.action),))
    by_ref = _unique(issued.values(), lambda action: (plain_ref(action.ref),))
    claims: dict[str, list[Unit]] = defaultdict(list)
    rest: list[tuple[Unit, str | None, str]] = []
    for unit in units:
        # A form that shows no refs says nothing of them: an action that has none is not meant.
        words = by_words.get((plain_ref(unit.text("ref")), _plain(unit.text("action")))) if unit.shows_ref else None
        likely = by_ref.get((plain_ref(unit.text("ref")),))
        own = _likeness(unit, issued[unit.row_id]) if unit.row_id in issued else 0.0
        wording = by_wording.get((_plain(unit.text("action")),))
        elsewhere = wording not in (None, unit.row_id) and own < _ALIKE
        similar = bool(likely) and _likeness(unit, issued[likely or ""]) >= _ALIKE > own
        # Where the words are another action's, the ids were left behind when the words were sorted.
        if unit.row_id in issued and words in (None, unit.row_id) and (words or not (similar or elsewhere)):
            claims[unit.row_id].append(unit)
        elif words:
            rest.append((unit, words, REF_AND_WORDING))
        elif likely and similar:
            rest.append((unit, likely, REF_AND_SIMILAR))
        else:
            rest.append((unit, wording, WORDING))
    return claims, rest


def _orphan(units: Sequence[Unit], kind: str, row: int, action: Action | None) -> int | None:
    """The unit that a row with an id belongs to, if it is the one right above, which lost its own but not its words."""
    orphan = bool(units) and not units[-1].row_id and units[-1].rows == {"programme": row - 1}
    known = orphan and kind == "progress" and (action is None or _likeness(units[-1], action) >= _ALIKE)
    return len(units) - 1 if known else None


def _lost_its_id(units: Sequence[Unit], kind: str, row: int, below: tuple[str, str]) -> bool:
    """Whether a row without an id is the progress row of the unit right above, and was not put between its two."""
    if kind != "progress" or not units or "progress" in units[-1].rows or units[-1].rows.get("programme") != row - 1:
        return False
    return not units[-1].row_id or below != (units[-1].row_id, "progress")


def _kind(sheet: RawSheet, header: Header, row: int, grid: Grid) -> str:
    """The kind of a row that does not say it: words stand in the upper of two bands."""
    if not grid.layout.has_two_bands:
        return "action"
    has_words = any(_text(sheet, header, row, key) for key in ("ref", "action"))
    return "programme" if has_words else "progress"


def _with_progress_row(unit: Unit, grid: Grid) -> Unit:
    """A unit of two bands whose lower row holds no text at all, and so was not met."""
    if unit.row_id or not grid.layout.has_two_bands or "progress" in unit.rows or not unit.top:
        return unit
    below = unit.top + 1
    columns = unit.header.consumed
    taken = any(unit.sheet[below, column].text for column in columns)
    return unit if taken else replace(unit, rows={**unit.rows, "progress": below})


def _is_section(sheet: RawSheet, header: Header, row: int, grid: Grid) -> bool:
    """Whether a row without an id is a section's: its ref is a heading's, and its title stands beside it."""
    ref, title = _text(sheet, header, row, "ref"), _text(sheet, header, row, "action")
    return any(heading.ref == ref and heading.title == title for heading in grid.plan.headings)


def _says_anything(sheet: RawSheet, header: Header, row: int) -> bool:
    return any(sheet[row, column].text for key, column in header.columns.items() if key not in (ROW_ID, BAND))


def _text(sheet: RawSheet, header: Header, row: int, key: str) -> str:
    column = header.columns.get(key)
    return sheet[row, column].text if column else ""


def _likeness(unit: Unit, action: Action) -> float:
    """How alike the row's words are to the action's, of 100."""
    if not unit.top:
        return 0.0
    ref = action.ref if unit.shows_ref else ""
    return fuzz.ratio(f"{unit.text('ref')} {unit.text('action')}", f"{ref} {action.action}")


def _unique(actions: Iterable[Action], key: Callable[[Action], tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """The row id of each action by what it says, where no other says the same."""
    by_key: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for action in actions:
        by_key[key(action)].append(action.row_id)
    return {said: ids[0] for said, ids in by_key.items() if len(ids) == 1 and said[-1]}


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
