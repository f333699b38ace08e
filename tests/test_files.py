import os
import stat
from pathlib import Path

import pytest

from workbook.errors import UsageError
from workbook.files import Write, write_all


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
        f"{tmp_path / 'b.txt'} cannot be written (No space left on device). "
        "Make room there, or choose another place."
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
