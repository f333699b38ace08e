"""Measuring the corpus: each kind of damage, in each form, through each program."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.damage.case import Case, make
from tests.damage.judgement import Outcome, judge_reading
from tests.damage.kinds import KINDS, Kind
from tests.damage.programs import OURS, Program, saved_again
from tests.office import Council

Damaged = tuple[Kind, str, Case]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What came of one kind in one form through one program; no outcome where the program did not save the file."""

    kind: Kind
    form: str
    program: Program
    outcome: Outcome | None


def goes_through(kind: Kind, program: Program) -> bool:
    """Whether a kind is tried with a program."""
    if program == OURS:
        return not kind.only
    return not kind.whole and kind.only in ("", program.tool) and program.tool not in kind.not_by


def damaged(councils: Mapping[str, Council], wanted: Sequence[tuple[Kind, str]], folder: Path) -> list[Damaged]:
    """The wanted kinds, each in its form, as files."""
    return [(kind, form, make(councils[form], [kind], folder)) for kind, form in wanted]


def measure(
    councils: Mapping[str, Council], corpus: Sequence[Damaged], program: Program, folder: Path
) -> Iterator[Measured]:
    """Try these cases with one program."""
    tried = [each for each in corpus if goes_through(each[0], program)]
    cases = [case for _, _, case in tried]
    files = {case.name: case.path for case in cases} if program == OURS else saved_again(cases, program, folder)
    for kind, form, case in tried:
        path = files.get(case.name)
        outcome = judge_reading(case, councils[form].read(path)) if path else None
        yield Measured(kind=kind, form=form, program=program, outcome=outcome)


def both_forms(councils: Mapping[str, Council]) -> list[tuple[Kind, str]]:
    """Every kind in each form that it can be done in."""
    return [(kind, form) for kind in KINDS.values() for form in councils if kind.fits(councils[form].layout)]


def one_form(councils: Mapping[str, Council]) -> list[tuple[Kind, str]]:
    """Every kind in one form, by turns: half the work."""
    forms = [[form for form in councils if kind.fits(councils[form].layout)] for kind in KINDS.values()]
    return [(kind, fit[at % len(fit)]) for at, (kind, fit) in enumerate(zip(KINDS.values(), forms, strict=True))]
