"""A run that is killed, interrupted, or has no room leaves every file as it was or as it was to be."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.office import Council
from workbook import verbs
from workbook.build.packing import pack

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")

Tree = Mapping[str, bytes]
OLD = b"what was there before"


@dataclass(frozen=True, kw_only=True, eq=False)
class Desk:
    """A folder as it is before a command, and after it; the files that it writes, in order."""

    folder: Path
    words: tuple[str, ...]
    outputs: tuple[str, ...]
    after: Tree
    takes: float  # seconds


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def start(folder: Path, *words: str, temporary: Path | None = None) -> subprocess.Popen[bytes]:
    temporaries = {"TMPDIR": str(temporary)} if temporary else {}
    return subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, "-m", "workbook", *words],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), **temporaries},
    )


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Desk]:
    """A merge over a rolled-up copy and queries that are there already, and an issue over returns of which some are."""
    council = Council.issuing(tmp_path_factory.mktemp("council"))
    council["PS"].type("1.1.1", "Sep", "G").type("1.1.3", "Sep", "A").send()
    council["HB"].type("1.1.3", "Sep", "R").send()
    merging, issuing = tmp_path_factory.mktemp("merging"), tmp_path_factory.mktemp("issuing")
    for folder in (merging, issuing):
        shutil.copy(council.folder / "issued" / "master.xlsx", folder)
        (folder / "out").mkdir()
    shutil.copytree(council.folder / "returned", merging / "returned")
    merge = ("merge", "master.xlsx", "returned", "-o", "out/new.xlsx", "--queries", "out/queries.xlsx", "--force")
    issue = ("issue", "master.xlsx", "-o", "out", "--month", "2009-10", "--by", "priority", "--force")
    return {
        "merge": _desk(merging, merge, ("out/queries.xlsx", "out/new.xlsx"), old=("out/queries.xlsx", "out/new.xlsx")),
        "issue": _desk(
            issuing,
            issue,
            ("out/CP1-2009-10.xlsx", "out/CP2-2009-10.xlsx", "out/master.xlsx"),
            old=("out/CP1-2009-10.xlsx", "out/master.xlsx"),
        ),
    }


def _desk(folder: Path, words: tuple[str, ...], outputs: tuple[str, ...], old: tuple[str, ...]) -> Desk:
    for name in old:
        (folder / name).write_bytes(OLD)
    copy = folder.with_name(f"{folder.name}-after")
    shutil.copytree(folder, copy)
    began = time.monotonic()
    with start(copy, *words) as run:
        assert run.wait() in (0, 1)
    return Desk(folder=folder, words=words, outputs=outputs, after=tree(copy), takes=time.monotonic() - began)


@pytest.fixture(params=["merge", "issue"])
def desk(request: pytest.FixtureRequest, desks: dict[str, Desk]) -> Desk:
    return desks[request.param]


def assert_whole(folder: Path, desk: Desk) -> None:
    """Inputs as they were; outputs old or new, the last one new only when all are; else hidden files at most."""
    before, now = tree(desk.folder), tree(folder)
    inputs = set(before) - set(desk.outputs)
    assert {name: now.get(name) for name in inputs} == {name: before[name] for name in inputs}
    is_new = [now.get(name) == desk.after[name] for name in desk.outputs]
    assert [now.get(name) for name, new in zip(desk.outputs, is_new, strict=True) if not new] == [
        before.get(name) for name, new in zip(desk.outputs, is_new, strict=True) if not new
    ]
    assert all(is_new) or not is_new[-1]
    others = [folder / name for name in set(now) - inputs - set(desk.outputs)]
    assert all(any(part.startswith(".workbook-") for part in path.relative_to(folder).parts) for path in others)
    assert not {*verbs.returns_in([folder / "out", folder / "master.xlsx"])}.intersection(others)


def disturbed(desk: Desk, into: Path, by: str) -> list[int]:
    """The exit statuses of the runs that were disturbed at one moment after the other; all end well when run again."""
    job = {"start": str(desk.folder), "into": str(into), "words": desk.words, "signal": by}
    driver = [sys.executable, "-m", "tests.killed", json.dumps(job)]
    subprocess.run(driver, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # our own program
    *statuses, (last, _) = json.loads((into / "statuses").read_text(encoding="utf-8"))
    assert {again for _, again in statuses} == {last}
    assert len(statuses) > 20  # moments
    return [status for status, _ in statuses]


def test_a_run_that_is_killed_at_any_moment_leaves_each_file_old_or_new(desk: Desk, tmp_path: Path) -> None:
    left = 0
    for at, status in enumerate(disturbed(desk, tmp_path, "SIGKILL"), 1):
        assert status == -signal.SIGKILL
        assert_whole(tmp_path / str(at), desk)
        left += len(set(tree(tmp_path / str(at))) - set(desk.after)) > 0
        assert tree(tmp_path / f"{at}-again") == desk.after
    assert left > 20  # it was in the midst of it


@pytest.mark.parametrize("by", ["SIGINT", "SIGTERM"])
def test_a_run_that_is_stopped_clears_up_and_says_what_is_true(desks: dict[str, Desk], tmp_path: Path, by: str) -> None:
    desk = desks["merge"]
    says = {
        2: "Stopped before anything was written.\n",
        130: "Stopped, after out/new.xlsx and 1 other file had been written.\n",
    }
    before = tree(desk.folder)
    statuses = disturbed(desk, tmp_path, by)
    assert set(statuses) == set(says)
    for at, status in enumerate(statuses, 1):
        assert tree(tmp_path / str(at)) == (before if status == 2 else desk.after), at
        assert (tmp_path / f"{at}.said").read_text(encoding="utf-8") == says[status]


def test_a_process_that_is_told_to_stop_while_it_writes_does(desks: dict[str, Desk], tmp_path: Path) -> None:
    desk = desks["issue"]
    folder = shutil.copytree(desk.folder, tmp_path / "desk")
    with start(folder, *desk.words) as run:
        while run.poll() is None and not any((folder / "out").glob(".workbook-*")):
            time.sleep(0.001)
        run.send_signal(signal.SIGTERM)
        _, said = run.communicate()
    stopped = {
        2: b"Stopped before anything was written.\n",
        130: b"Stopped, after out/master.xlsx and 2 other files had",
    }
    # It may have got to its end before it was told.
    assert run.returncode == 0 or said.startswith(stopped[run.returncode])
    assert tree(folder) == (tree(desk.folder) if run.returncode == 2 else desk.after)


def test_a_process_that_is_killed_at_some_time_leaves_each_file_old_or_new(
    desks: dict[str, Desk], tmp_path: Path
) -> None:
    each = {desk: shutil.copytree(desk.folder, tmp_path / name) for name, desk in desks.items()}
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    ends = []
    for tenths in (2, 4, 6, 7, 8, 9):
        runs = [start(folder, *desk.words, temporary=temporary) for desk, folder in each.items()]
        time.sleep(min(desk.takes for desk in each) * tenths / 10)
        for run in runs:
            run.kill()
            run.communicate()
            ends.append(run.returncode)
        for desk, folder in each.items():
            assert_whole(folder, desk)
            for name in desk.outputs:  # what the killed run has left beside them stays
                (folder / name).unlink(missing_ok=True)
                if (desk.folder / name).exists():
                    shutil.copy(desk.folder / name, folder / name)
    assert -signal.SIGKILL in ends
    assert list(temporary.iterdir()) == []
    for desk, folder in each.items():
        with start(folder, *desk.words) as run:
            run.communicate()
        assert tree(folder) == desk.after
        assert list(folder.rglob(".workbook-*")) == []


# --- no room, and no way in -------------------------------------------------------------------------------------


def here(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(desk.folder, folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("at", [0, 1])
def test_when_the_disk_is_full_one_sentence_is_said_and_nothing_changed(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Any, at: int
) -> None:
    folder = here(desk, tmp_path / "desk", monkeypatch)
    written = []

    def full(streamed: Path, path: Path, language: str) -> None:
        written.append(path)
        pack(streamed, path, language)
        if len(written) > at:
            os.truncate(path, path.stat().st_size // 2)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(import_module("workbook.build.book"), "pack", full)
    status, out, err = run(*desk.words)
    assert (status, out) == (2, "")
    assert err == (
        f"{desk.outputs[at]} cannot be written (No space left on device). Make room there, or choose another place.\n"
    )
    assert tree(folder) == tree(desk.folder)


def test_when_the_machine_itself_refuses_to_write_on_it_is_the_same(desks: dict[str, Desk], tmp_path: Path) -> None:
    desk = desks["merge"]
    folder = tmp_path / "desk"
    shutil.copytree(desk.folder, folder)
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000)); "
        "from workbook.cli import main; sys.argv[0] = 'workbook'; main()"
    )
    run = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-c", limited, *desk.words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == (
        f"{desk.outputs[0]} cannot be written (File too large). Make room there, or choose another place.\n"
    )
    assert tree(folder) == tree(desk.folder)


def test_a_folder_that_cannot_be_written_to_is_said_in_one_sentence(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Any
) -> None:
    folder = here(desk, tmp_path / "desk", monkeypatch)

    def refuse(path: Path, **_: Any) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "touch", refuse)  # root may write anywhere, so that no folder will do
    status, out, err = run(*desk.words)
    assert (status, out) == (2, "")
    assert err == (
        f"{desk.outputs[0]} cannot be written (Permission denied). Close it if it is open, or choose another place.\n"
    )
    assert tree(folder) == tree(desk.folder)


def test_a_master_that_lies_open_in_excel_on_windows_stays_and_so_does_everything_else(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Any
) -> None:
    folder = here(desk, tmp_path / "desk", monkeypatch)
    rename = os.replace

    def replace(source: Path, target: Path) -> None:
        if Path(target) == Path(desk.outputs[-1]):
            raise PermissionError(errno.EACCES, "Access is denied")
        rename(source, target)

    monkeypatch.setattr(os, "replace", replace)
    status, out, err = run(*desk.words)
    assert (status, out) == (2, "")
    assert err == (
        f"{desk.outputs[-1]} cannot be written (Access is denied). Close it if it is open, or choose another place.\n"
    )
    assert tree(folder) == tree(desk.folder)
