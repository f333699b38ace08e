"""Damaged returns: whatever happens to a file, each value that was issued is read right, or named in a finding."""

import os
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.damage import (
    KINDS,
    Case,
    Kind,
    NotHereError,
    councils,
    damaged,
    judge_merged,
    judge_reading,
    make,
    measure,
)
from tests.damage.measure import Damaged, goes_through, one_form
from tests.damage.programs import OURS, PROGRAMS, Program, missing
from tests.office import BOTH_FORMS, Council
from tests.test_xlsx import Cells, read, reference
from workbook.layout import Layout

_OURS = [kind for kind in KINDS.values() if goes_through(kind, OURS)]
_ALONE = [(kind, form) for kind in _OURS for form in BOTH_FORMS if kind.fits(form)]
# Of the kinds that leave the file in another dialect, or without some part, one at a time.
_ONE_OF = ("Dialects of the format", "Parts that are gone")
_TOGETHER = [kind.name for kind in _OURS if not kind.whole]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Council]:
    """The council that every case comes from, by the form of its plan."""
    return councils(tmp_path_factory.mktemp("councils"))


@pytest.fixture(scope="session")
def corpus(made: Mapping[str, Council], tmp_path_factory: pytest.TempPathFactory) -> list[Damaged]:
    """Every kind in one form, as files."""
    return damaged(made, one_form(made), tmp_path_factory.mktemp("damaged"))


@pytest.fixture(scope="session")
def programs() -> None:
    """LibreOffice, Gnumeric and Node: skipped where one is missing, but fails where CI should have it."""
    if lacking := missing():
        said = f"not installed: {', '.join(lacking)}"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{said}; .ci/run installs it.")
        pytest.skip(said)


def silently_wrong(case: Case, council: Council) -> list[str]:
    """What is read of a case, or merged, that is neither true nor named."""
    read = judge_reading(case, council.read(case.path)).wrong
    merged = judge_merged(case, council.merge(case.path)).wrong
    return [f"read: {each}" for each in read] + [f"merged: {each}" for each in merged]


@pytest.mark.parametrize(("kind", "form"), _ALONE, ids=[f"{kind.name}-{form.bands}" for kind, form in _ALONE])
def test_nothing_is_silently_wrong(tmp_path: Path, made: Mapping[str, Council], kind: Kind, form: Layout) -> None:
    council = made[form.bands]
    assert silently_wrong(make(council, [kind], tmp_path), council) == []


def test_nothing_is_silently_wrong_when_damage_comes_together(tmp_path: Path, made: Mapping[str, Council]) -> None:
    @settings(derandomize=True, max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(
        names=st.lists(st.sampled_from(_TOGETHER), min_size=2, max_size=3, unique=True),
        form=st.sampled_from(sorted(made)),
    )
    def check(names: Sequence[str], form: str) -> None:
        kinds = [KINDS[name] for name in names]
        assume(all(kind.fits(made[form].layout) for kind in kinds))
        assume(sum(kind.topic in _ONE_OF for kind in kinds) <= 1)
        try:
            case = make(made[form], kinds, tmp_path)
        except NotHereError:
            assume(False)
        assert silently_wrong(case, made[form]) == []

    check()


@pytest.mark.programs
@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.folder)
def test_nothing_is_silently_wrong_in_what_a_program_saves(
    tmp_path: Path, made: Mapping[str, Council], corpus: Sequence[Damaged], program: Program
) -> None:
    # A program that saves in several formats gets each file once; scripts/reliability.py has them all in all formats.
    beside = [each for each in PROGRAMS if each.folder.partition("-")[0] == program.folder.partition("-")[0]]
    found = list(measure(made, corpus[beside.index(program) :: len(beside)], program, tmp_path))
    saved = [each.outcome for each in found if each.outcome]
    assert len(saved) >= len(found) * 0.9
    assert [str(wrong) for outcome in saved for wrong in outcome.wrong] == []


def test_the_corpus_is_large_enough() -> None:
    assert len(KINDS) >= 100
    assert len({kind.sentence for kind in KINDS.values()}) == len(KINDS)


def test_the_same_case_is_the_same_file(tmp_path: Path, made: Mapping[str, Council]) -> None:
    kinds = [KINDS["words"], KINDS["row_inserted"], KINDS["strict"]]
    one, other = (make(made["two"], kinds, tmp_path / name) for name in ("one", "other"))
    assert one.path.read_bytes() == other.path.read_bytes()
    assert one.truth == other.truth


# What openpyxl reads in another way, and why.
_OTHERWISE_BY_OPENPYXL = {
    "line_breaks_in_note": "it leaves Excel's escapes of line breaks as they are written",
    "escape_in_note": "and other escapes",
    "formula_in_note_without_result": "it gives a formula without its value as nothing",
    "formula_in_month_without_result": "the same",
    "own_palette": "it gives colours by number from the standard palette, not the file's own",
}


def test_every_cell_is_as_openpyxl_reads_it(corpus: Sequence[Damaged]) -> None:
    compared, otherwise = 0, set()
    for kind, _, case in corpus:
        data = case.path.read_bytes()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # openpyxl's, of what it cannot keep
                expected = reference(data)
            found = read(data)
        except Exception:  # noqa: BLE001, S112  # what one of them cannot open cannot be compared
            continue
        compared += 1
        if any(said(found.get(name, {})) != said(cells) for name, cells in expected.items()):
            otherwise.add(kind.name)
    assert compared > 0.8 * len(corpus)
    assert otherwise == set(_OTHERWISE_BY_OPENPYXL)


def said(cells: Cells) -> Cells:
    """The cells that have a text or a fill."""
    return {at: cell for at, cell in cells.items() if cell != ("", None)}
