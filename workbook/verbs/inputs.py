"""Which files are meant, and who is told as they are done."""

from collections.abc import Callable, Iterable
from pathlib import Path

from workbook.errors import UsageError

Step = Callable[[str, int], None]  # told the name of each file as it is done, and how many there are


def unwatched(_: str, __: int) -> None:
    """A step that nobody watches."""


def returns_in(files: Iterable[str | Path], leave: Iterable[Path] = ()) -> list[Path]:
    """The files given, and those in the folders given, but for `leave` and for what programs hide there."""
    left_out = {path.resolve() for path in leave}
    found: list[Path] = []
    for each in map(Path, files):
        if not each.exists():
            raise UsageError(f"There is no file or folder {each}. Check its name and place.")
        if each.is_dir():
            inside = sorted(path for path in each.iterdir() if path.is_file() and not path.name.startswith((".", "~$")))
            found += [path for path in inside if path.resolve() not in left_out]
        else:
            found.append(each)
    if not found:
        raise UsageError("There is no return to read. Name the files that came back, or the folder they are in.")
    return list(dict.fromkeys(found))
