"""Cells that a program painted all at once: it changed a style that they share, and no person did.

Some programs give every cell of one look a new fill when one of them is painted. What was issued alike, in several
actions and in months that nobody was asked about, and came back in one other colour, was not painted by hand.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workbook.findings import Finding, finding
from workbook.months import Month
from workbook.palette import NO_FILL, PROGRAMME_FILL, PROGRAMMED, Fill, Palette
from workbook.plan import Action
from workbook.read.cells import RawCell
from workbook.read.identity import Unit

# Nearly all cells that were issued alike; or all, and then fewer are enough.
_MOST, _FEWEST_CELLS, _FEWEST_ACTIONS = 0.8, 6, 3
_FEW_CELLS, _FEW_ACTIONS = 3, 2
Place = tuple[str, int, int]  # sheet, row, column
# How cells looked when they were issued: which row, what was in it, whether first and last in a run of grey.
Look = tuple[str, str, bool, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    place: Place
    row_id: str
    month: Month
    fill: Fill | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recoloured:
    """The cells that were painted all at once: the fill each was issued with, the one it has, what to say of it."""

    cells: Mapping[Place, tuple[Fill | None, Fill, Finding]]

    def as_issued(self, sheet: str, row: int, column: int, cell: RawCell) -> RawCell:
        """The cell, with the fill that it was issued with if its own is not to be believed."""
        found = self.cells.get((sheet, row, column))
        return replace(cell, fill=found[0]) if found else cell

    def doubt(self, sheet: str, row: int, column: int) -> tuple[Fill, Finding] | None:
        """The fill of a cell that is not to be believed, and what to say of it."""
        found = self.cells.get((sheet, row, column))
        return found[1:] if found else None

    def told_nowhere(self, told: Iterable[Finding]) -> list[Finding]:
        """What is to be said of the whole file, because it was told at no cell."""
        messages = {each.message for each in told}
        said = {finding.message: finding for _, _, finding in self.cells.values()}
        return [finding for message, finding in said.items() if message not in messages]


def find_recoloured(
    units: Iterable[tuple[Action, Unit]], months: Sequence[Month], asked: Month | None, palette: Palette
) -> Recoloured:
    """Look for paint that no person put there; `asked` is the month that is reported."""
    units = list(units)
    fills: dict[Look, Counter[Fill | None]] = defaultdict(Counter)
    for look, fill, *_ in _looks(units, months):
        fills[look][fill] += 1
    doubtful = {look for look, count in fills.items() if not _is_usual(look, count, palette)}
    looks: dict[Look, list[_Cell]] = defaultdict(list)
    for look, fill, place, action, month in _looks(units, months) if doubtful else ():
        if look in doubtful:
            looks[look].append(_Cell(place=place, row_id=action.row_id, month=month, fill=fill))
    groups: dict[tuple[str, Fill], dict[Place, _Cell]] = defaultdict(dict)
    for (_, meaning, _, _), alike in looks.items():
        if fill := _at_once(alike, meaning, asked, palette):
            groups[meaning, fill] |= {each.place: each for each in alike if each.fill == fill}
    cells = {}
    for (meaning, fill), places in groups.items():
        told = finding("RECOLOURED", count=len(places), what=_what(meaning, palette), colour=_colour(fill, palette))
        cells.update(dict.fromkeys(places, (_issued_fill(meaning, palette), fill, told)))
    return Recoloured(cells=cells)


def _looks(
    units: Iterable[tuple[Action, Unit]], months: Sequence[Month]
) -> Iterator[tuple[Look, Fill | None, Place, Action, Month]]:
    """Every month's cells with how they looked when they were issued, and the fill that they have."""
    keys = [(month, str(month)) for month in months]
    for action, unit in units:
        columns = unit.header.columns
        for kind, row in unit.rows.items():
            for month, key in keys:
                if column := columns.get(key):
                    fill, place = unit.sheet[row, column].fill, (unit.sheet.name, row, column)
                    look = _look(kind, action, month)
                    yield look, fill, place, action, month
                    if look[2] or look[3]:
                        # A run of grey has ends that look otherwise than its middle: each alone, and all together.
                        yield (*look[:2], False, False), fill, place, action, month


def _is_usual(look: Look, fills: Counter[Fill | None], palette: Palette) -> bool:
    """Whether most cells of a look have no fill, or still that which they were issued with."""
    (fill, _), *_ = fills.most_common(1)
    return fill is None or palette.painted(fill).meaning in (look[1], NO_FILL)


def _what(meaning: str, palette: Palette) -> str:
    said = {NO_FILL: "that were blank", PROGRAMMED: "of the grey programme"}
    return said.get(meaning) or f"reported {palette.name(meaning)}"


def _colour(fill: Fill, palette: Palette) -> str:
    meaning = palette.painted(fill).meaning
    return palette.name(meaning) if meaning else f"#{fill.seen}"


def _look(kind: str, action: Action, month: Month) -> Look:
    programmed = month in action.programmed
    if kind == "programme":
        return kind, PROGRAMMED if programmed else NO_FILL, False, False
    if month in action.progress:
        return kind, action.progress[month], False, False
    if kind == "progress" or not programmed:
        return kind, NO_FILL, False, False
    return kind, PROGRAMMED, month + -1 not in action.programmed, month + 1 not in action.programmed


def _at_once(alike: Sequence[_Cell], meaning: str, asked: Month | None, palette: Palette) -> Fill | None:
    """The fill that nearly all of these cells have come to have, if no person would have painted them so."""
    (fill, count), *_ = Counter(each.fill for each in alike).most_common(1)
    painted = [each for each in alike if each.fill == fill]
    seen = palette.painted(fill).meaning
    if fill is None or seen in (meaning, NO_FILL) or all(each.month == asked for each in painted):
        return None
    # What nobody had reported may be caught up with by hand; but not in months to come.
    to_come = asked is None or any(each.month > asked for each in painted)
    if meaning in (NO_FILL, PROGRAMMED) and not to_come:
        return None
    # To hatch or suspend every month of a few actions is a thing that people do.
    is_usual = seen in palette and palette[seen or ""].needs_approval
    is_plain = to_come and not is_usual and count == len(alike)
    cells, actions = (_FEW_CELLS, _FEW_ACTIONS) if is_plain else (_FEWEST_CELLS, _FEWEST_ACTIONS)
    enough = count >= cells and len({each.row_id for each in painted}) >= actions and count >= _MOST * len(alike)
    return fill if enough else None


def _issued_fill(meaning: str, palette: Palette) -> Fill | None:
    if meaning == NO_FILL:
        return None
    return PROGRAMME_FILL if meaning == PROGRAMMED else palette[meaning].fill
