"""Writing files whole or not at all: each is written beside its place under another name, then renamed."""

import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from workbook.errors import UsageError

Write = Callable[[Path], None]


def write_all(outputs: Mapping[Path, Write], *, force: bool = False, inputs: Iterable[Path] = ()) -> None:
    """Write every file, or none.

    UsageError, before anything is written, when a file exists and `force` is not given, when one of `inputs` would
    be overwritten (with `force` too), or when a folder cannot be written to.
    """
    _refuse(outputs, force=force, inputs=inputs)
    waiting: list[tuple[Path, Path]] = []
    path = Path()
    try:
        for path, write in outputs.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
            os.close(handle)
            waiting.append((Path(name), path))
            write(Path(name))
            _as_usual(Path(name))
        for temporary, path in waiting:
            temporary.replace(path)
    except OSError as error:
        why = error.strerror or error
        raise UsageError(
            f"{path} cannot be written ({why}). Close it if it is open, or choose another place."
        ) from error
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)


def relative_path(path: Path, home: Path) -> str:
    """A file's path as seen from a folder, with `/`; the whole path where both have nothing in common."""
    try:
        return Path(os.path.relpath(path, home)).as_posix()
    except ValueError:  # another drive of Windows
        return path.as_posix()


def _refuse(outputs: Iterable[Path], *, force: bool, inputs: Iterable[Path]) -> None:
    read = {path.resolve() for path in inputs}
    for path in outputs:
        if path.resolve() in read:
            raise UsageError(f"{path} is read by this command and is never overwritten. Choose another name or folder.")
        if path.is_dir():
            raise UsageError(f"{path} is a folder. Name the file to write.")
        if path.exists() and not force:
            raise UsageError(f"{path} exists already. Choose another name, or add --force to overwrite it.")


def _as_usual(path: Path) -> None:
    """The permissions that a file made in the ordinary way has; a temporary one is its owner's alone."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)
