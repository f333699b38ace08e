"""The fuzz target, bounded: hundreds of damaged returns, the same on every run."""

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests import fuzz
from tests.fuzz import Damage, HangError, Sample, check, no_longer_than, samples
from workbook.errors import WorkbookError
from workbook.read import workbooks

pytestmark = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs Linux's clocks and limits")

CASES = 300
_MORE = 1_000_000_000  # bytes that reading may take beyond what is there; reached, it is an error and no harm


@contextmanager
def at_most(more: int) -> Iterator[None]:
    """Let this process take only so much more memory than it has."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + more, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Sample]:
    return samples(tmp_path_factory.mktemp("samples"))


def test_a_damaged_return_is_read_or_refused_and_loses_nothing(tmp_path: Path, made: list[Sample]) -> None:
    @settings(
        derandomize=True,
        database=None,
        max_examples=CASES,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def law(data: st.DataObject) -> None:
        sample = made[data.draw(st.integers(0, len(made) - 1))]
        damaged = Damage(lambda below: data.draw(st.integers(0, below - 1))).file(sample)
        check(tmp_path, sample, damaged)

    with at_most(_MORE):
        law()


# --- the target itself ------------------------------------------------------------------------------------------


def test_the_samples_are_read_as_they_are(tmp_path: Path, made: list[Sample]) -> None:
    assert {sample.ending for sample in made} == {".xlsx", ".csv"}
    for sample in made:
        assert len(sample.rows) == 4
        check(tmp_path, sample, sample.data)


def test_the_same_numbers_damage_alike(made: list[Sample]) -> None:
    assert len({Damage(Random(number).randrange).file(made[1]) for number in range(100)}) > 75  # noqa: S311
    for number in range(20):
        one, other = (Damage(Random(number).randrange).file(made[1]) for _ in range(2))  # noqa: S311
        assert one == other


def test_the_samples_are_the_same_on_every_run(tmp_path: Path, made: list[Sample]) -> None:
    assert [sample.data for sample in samples(tmp_path)] == [sample.data for sample in made]


def test_a_traceback_is_seen(tmp_path: Path, made: list[Sample], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("row")

    monkeypatch.setattr(workbooks, "assemble", broken)
    with pytest.raises(KeyError):
        check(tmp_path, made[0], made[0].data)


def test_a_lost_row_is_seen(tmp_path: Path, made: list[Sample], monkeypatch: pytest.MonkeyPatch) -> None:
    whole = vars(workbooks)["assemble"]

    def forgetful(*args: object, **how: object) -> object:
        said = whole(*args, **how)
        return replace(said, actions=said.actions[1:])

    monkeypatch.setattr(workbooks, "assemble", forgetful)
    with pytest.raises(AssertionError, match="neither read nor named"):
        check(tmp_path, made[0], made[0].data)


def test_two_findings_on_a_file_that_was_not_read_are_seen(
    tmp_path: Path, made: list[Sample], monkeypatch: pytest.MonkeyPatch
) -> None:
    unread = workbooks.unread

    def twice(path: Path, code: str, **words: object) -> object:
        said = unread(path, code, **words)
        return replace(said, findings=said.findings * 2)

    monkeypatch.setattr(workbooks, "unread", twice)
    with pytest.raises(AssertionError):
        check(tmp_path, made[0], b"%PDF")


def test_a_hang_is_broken_off_even_where_all_errors_are_swallowed() -> None:
    def endless() -> None:
        while True:
            try:
                time.sleep(1)
            except Exception as error:  # as the reader does
                raise WorkbookError from error

    before = time.perf_counter()
    with pytest.raises(HangError), no_longer_than(0.1):
        endless()
    assert time.perf_counter() - before < 5


def test_it_runs_by_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("row")

    monkeypatch.setattr(fuzz, "check", broken)
    assert fuzz.run(0.05, 1, tmp_path / "kept") > 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("case 1: KeyError in broken")
    assert said[-1].endswith("in 1 ways.")
    assert [path.stem for path in (tmp_path / "kept").iterdir()] == ["1"]
