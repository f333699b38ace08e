"""One case: a return that was filled in and damaged, saved, with what its officer means."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.damage.desk import Desk
from tests.damage.kinds import Kind, visit
from tests.damage.truth import COLLEAGUE, OFFICER, Key, corpus_plan
from tests.office import BOTH_FORMS, Council


@dataclass(frozen=True, kw_only=True)
class Case:
    """A damaged file and the truth about it.

    `painted` are the values that only a colour says, `touched` those that somebody said or damaged, `extra` words that
    belong to no issued value and must be passed on, `tabs` on which tab each action was issued, and
    `standing` the tab's name now.
    """

    name: str
    kind: str
    form: str
    path: Path
    truth: Mapping[Key, str | None]
    painted: Collection[Key]
    touched: Collection[Key]
    extra: Sequence[str]
    tabs: Mapping[str, str]
    standing: Mapping[str, str]
    recolour: Mapping[str, str] | None = None


def councils(folder: Path) -> dict[str, Council]:
    """The council that all cases come from, by the form of its plan."""
    plan = corpus_plan()
    made: dict[str, Council] = {
        form.bands: Council.issuing(folder / form.bands, form, plan=plan) for form in BOTH_FORMS
    }
    assert all(OFFICER in each.returns and COLLEAGUE in each.returns for each in made.values())
    return made


_VISITED: dict[Path, Desk] = {}


def visited(council: Council) -> Desk:
    """The desk of a council's officer after the visit, made once."""
    if council.folder not in _VISITED:
        desk = _VISITED[council.folder] = Desk(council)
        visit(desk)
    return _VISITED[council.folder]


def make(council: Council, kinds: Sequence[Kind], folder: Path) -> Case:
    """Fill a return in, damage it, and save it; NotHereError if these kinds of damage cannot follow one another."""
    desk = visited(council).another()
    for each in kinds:
        each.damage(desk)
    form = council.layout.bands
    name = "+".join(each.name for each in kinds)
    path = folder / f"{name}-{form}" / desk.name
    desk.send(path)
    return Case(
        name=f"{name} ({form})",
        kind=name,
        form=form,
        path=path,
        truth=desk.truth,
        painted=desk.painted,
        touched=desk.touched,
        extra=tuple(text for text in desk.extra if desk.stands(text)),
        tabs=desk.tabs,
        standing={row_id: next(iter(kinds.values()))[0] for row_id, kinds in desk.rows.items() if kinds},
        recolour=desk.recolour,
    )
