import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from workbook import files
from workbook.errors import UsageError
from workbook.files import Write, as_workbook, scratch, write_all, written


def text(said: str) -> Write:
    def write(path: Path) -> None:
        path.write_text(said, encoding="utf-8")

    return write


def failing(error: Exception) -> Write:
    def write(path: Path) -> None:
        path.write_text("half of it", encoding="utf-8")
        raise error

    return write


def everything_in(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()) if path.is_file()}


def test_every_file_is_written_and_its_folder_made(tmp_path: Path) -> None:
    write_all({tmp_path / "a.txt": text("a"), tmp_path / "new" / "deep" / "b.txt": text("b")})
    assert everything_in(tmp_path) == {"a.txt": "a"}
    assert everything_in(tmp_path / "new" / "deep") == {"b.txt": "b"}


@pytest.mark.parametrize("error", [ValueError("oh"), KeyboardInterrupt()], ids=["an error", "Ctrl-C"])
def test_when_one_cannot_be_written_none_is(tmp_path: Path, error: Exception) -> None:
    (tmp_path / "b.txt").write_text("as it was", encoding="utf-8")
    outputs = {tmp_path / "a.txt": text("a"), tmp_path / "b.txt": failing(error)}
    with pytest.raises(type(error)):
        write_all(outputs, force=True)
    assert everything_in(tmp_path) == {"b.txt": "as it was"}


def test_a_file_that_the_machine_refuses_is_named_with_why_and_what_to_do(tmp_path: Path) -> None:
    error = OSError(28, "No space left on device")
    with pytest.raises(UsageError) as refused:
        write_all({tmp_path / "a.txt": text("a"), tmp_path / "b.txt": failing(error)})
    assert str(refused.value) == (
        f"{tmp_path / 'b.txt'} cannot be written (No space left on device). Make room there, or choose another place."
    )
    assert everything_in(tmp_path) == {}


def test_a_folder_that_is_a_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match=r"file is a file, and not a folder to write into\. Name a folder\.$"):
        write_all({tmp_path / "file" / "new" / "a.txt": text("a")})


def test_a_file_that_exists_is_overwritten_only_by_force(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(
        UsageError, match=r"a\.txt exists already\. Choose another name, or add --force to overwrite it\.$"
    ):
        write_all({tmp_path / "b.txt": text("b"), path: text("new")})
    assert everything_in(tmp_path) == {"a.txt": "old"}
    write_all({path: text("new")}, force=True)
    assert everything_in(tmp_path) == {"a.txt": "new"}


def test_an_input_is_never_overwritten_by_whatever_name(tmp_path: Path) -> None:
    path = tmp_path / "in.txt"
    path.write_text("read", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(path)
    for name in (path, tmp_path / "x" / ".." / "in.txt", tmp_path / "link.txt"):
        with pytest.raises(UsageError, match=r"is read by this command and is never overwritten\. Choose another name"):
            write_all({name: text("new")}, force=True, inputs=[path])
    assert path.read_text(encoding="utf-8") == "read"


def test_a_folder_is_no_file_to_write(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"is a folder\. Name the file to write\.$"):
        write_all({tmp_path: text("a")}, force=True)


def test_a_file_is_written_under_its_own_ending_and_keeps_the_usual_permissions(tmp_path: Path) -> None:
    seen: list[Path] = []

    def write(path: Path) -> None:
        seen.append(path)
        path.write_text("a", encoding="utf-8")

    before = os.umask(0o027)
    try:
        write_all({tmp_path / "a.xlsx": write})
    finally:
        os.umask(before)
    assert seen[0].parent == tmp_path
    assert seen[0].suffix == ".xlsx"
    assert stat.S_IMODE((tmp_path / "a.xlsx").stat().st_mode) == 0o640


def test_two_files_of_one_name_are_refused_however_they_are_written(tmp_path: Path) -> None:
    for other in (tmp_path / "a.txt", tmp_path / "x" / ".." / "a.txt", tmp_path / "A.TXT"):
        with pytest.raises(
            UsageError, match=r"is named for two of the files to write\. Give each a name of its own\.$"
        ):
            write_all([(tmp_path / "a.txt", text("one")), (other, text("two"))], force=True)
    assert everything_in(tmp_path) == {}


def test_a_name_that_is_too_long_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot be written \(File name too long\)"):
        write_all({tmp_path / ("a" * 300 + ".txt"): text("a")})


def test_a_folder_that_was_made_for_a_file_that_could_not_be_written_goes_again(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        write_all({tmp_path / "new" / "deep" / "a.txt": failing(OSError(28, "No space left on device"))})
    assert list(tmp_path.iterdir()) == []


def refusing(name: str) -> Callable[[Path, Path], None]:
    """Renaming as Windows does it when a file of that name lies open in Excel."""
    rename = os.replace

    def replace(source: Path, target: Path) -> None:
        if Path(target).name == name:
            raise PermissionError(13, "Permission denied")
        rename(source, target)

    return replace


@pytest.mark.parametrize("is_open", ["a.txt", "b.txt", "c.txt"])
def test_when_one_lies_open_elsewhere_all_are_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_open: str
) -> None:
    before = {"a.txt": "old a", "c.txt": "old c"}
    for name, said in before.items():
        (tmp_path / name).write_text(said, encoding="utf-8")
    monkeypatch.setattr(os, "replace", refusing(is_open))
    known = written()
    with pytest.raises(UsageError) as refused:
        write_all({tmp_path / name: text("new") for name in ("a.txt", "b.txt", "c.txt")}, force=True)
    assert str(refused.value) == (
        f"{tmp_path / is_open} cannot be written (Permission denied). Close it if it is open, or choose another place."
    )
    assert everything_in(tmp_path) == before
    assert written() == known


def test_what_was_written_is_known_in_order(tmp_path: Path) -> None:
    write_all({tmp_path / "b.txt": text("b"), tmp_path / "a.txt": text("a")})
    assert written()[-2:] == (tmp_path / "b.txt", tmp_path / "a.txt")


def test_what_is_put_back_at_the_last_moment_counts_as_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(list[Path]):
        def extend(self, paths: Iterable[Path]) -> None:
            super().extend(paths)
            raise KeyboardInterrupt

    monkeypatch.setattr(files, "_written", Interrupted([Path("before")]))
    with pytest.raises(KeyboardInterrupt):
        write_all({tmp_path / "a.txt": text("a"), tmp_path / "b.txt": text("b")})
    assert written() == (Path("before"),)
    assert everything_in(tmp_path) == {}


def test_what_killed_runs_have_left_is_cleared_away_and_nothing_else(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    host = files._HOST
    leftover = tmp_path / f".workbook-{host}-{ended.pid}-0.xlsx"
    earlier_of_this_number = tmp_path / f".workbook-{host}-{os.getpid()}-0.xlsx"
    kept = [
        tmp_path / f".workbook-{host}-{os.getppid()}-0.xlsx",  # of a run that is still at work
        tmp_path / f".workbook-{host}elsewhere-{ended.pid}-0.xlsx",  # of another computer
        tmp_path / f".workbook-{host}-{ended.pid}.xlsx",
        tmp_path / ".workbook-settings",
        tmp_path / ".other",
        tmp_path / f"workbook-{host}-{ended.pid}-0.xlsx",
    ]
    for path in (leftover, earlier_of_this_number, *kept):
        path.write_text("half", encoding="utf-8")
    folder = tmp_path / f".workbook-{host}-{ended.pid}-1"
    folder.mkdir()
    (folder / "part").write_text("half", encoding="utf-8")
    write_all({tmp_path / "a.txt": text("a")})
    assert sorted(tmp_path.iterdir()) == sorted([*kept, tmp_path / "a.txt"])


def test_what_it_takes_to_make_a_file_lies_beside_it_and_is_cleared_away(tmp_path: Path) -> None:
    def write(path: Path) -> None:
        with scratch(path) as folder:
            (folder / "part").write_text("half", encoding="utf-8")
            write_all({tmp_path / "inner.txt": text("inner")})  # which takes it for no leftover
            assert folder.parent == tmp_path
            shutil.copy(folder / "part", path)
        assert not folder.exists()

    write_all({tmp_path / "outer.txt": write})
    assert everything_in(tmp_path) == {"inner.txt": "inner", "outer.txt": "half"}


def test_a_file_that_this_process_is_writing_is_no_leftover(tmp_path: Path) -> None:
    def write(path: Path) -> None:
        path.write_text("outer", encoding="utf-8")
        write_all({tmp_path / "inner.txt": text("inner")})

    write_all({tmp_path / "outer.txt": write})
    assert everything_in(tmp_path) == {"inner.txt": "inner", "outer.txt": "outer"}


def test_a_file_is_on_the_disk_before_it_is_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    rename, to_disk = os.replace, os.fsync

    def replace(source: Path, target: Path) -> None:
        done.append(Path(target).name)
        rename(source, target)

    def fsync(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        to_disk(handle)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(os, "fsync", fsync)
    write_all({tmp_path / "a.txt": text("a"), tmp_path / "b.txt": text("b")})
    assert done == ["file", "file", "a.txt", "folder", "b.txt", "folder"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("master", "master does not end in .xlsx. Name the workbook master.xlsx."),
        ("master.xls", "master.xls does not end in .xlsx. Name the workbook master.xlsx."),
        ("master.ods", "master.ods does not end in .xlsx. Name the workbook master.xlsx."),
        ("plan 2009.10", "plan 2009.10 does not end in .xlsx. Name the workbook plan 2009.10.xlsx."),
    ],
)
def test_a_workbook_is_named_as_one(name: str, says: str) -> None:
    with pytest.raises(UsageError) as refused:
        as_workbook(name)
    assert str(refused.value) == says


def test_a_workbooks_ending_may_be_in_capitals() -> None:
    assert as_workbook("MASTER.XLSX") == Path("MASTER.XLSX")
