"""Writing files whole or not at all: each is written beside its place under a hidden name, then renamed.

A run that is killed leaves each file as it was or as it was to be, and at most hidden files of its own. Their names say
which computer and process they are of: the next run that writes there clears away what nobody works on any more.
"""

import errno
import itertools
import os
import platform
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from workbook.errors import UsageError

Write = Callable[[Path], None]
Outputs = Mapping[Path, Write] | Iterable[tuple[Path, Write]]

WORKBOOK_ENDING = ".xlsx"
_HOST = re.sub(r"[^A-Za-z0-9]", "", platform.node())[:32]
_OURS = re.compile(rf"\.workbook-{_HOST}-(\d{{1,10}})-\d+(\..*)?")
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

_numbers = itertools.count()
_in_use: set[Path] = set()
_written: list[Path] = []


def write_all(outputs: Outputs, *, force: bool = False, inputs: Iterable[Path] = ()) -> None:
    """Write every file, or none; they are put in their places in the order given, so name the most important last.

    UsageError, before anything is written, when a file exists and `force` is not given, when one of `inputs` would
    be overwritten (with `force` too), or when two of them are the same; and, with everything as it was before, when one
    cannot be written.
    """
    pairs = tuple(outputs.items() if isinstance(outputs, Mapping) else outputs)
    _refuse([path for path, _ in pairs], force=force, inputs=tuple(inputs))
    with ExitStack() as clearing:
        staged: list[tuple[Path, Path]] = []
        for path, write in pairs:
            with _named(path):
                _make_folder(path.parent, clearing)
                _clear_leftovers(path.parent)
                temporary = _beside(path, clearing)
                write(temporary)
                _to_disk(temporary)
                staged.append((temporary, path))
        if staged:
            _put_in_place(staged, clearing)


def written() -> tuple[Path, ...]:
    """Every file that this process has written, in order."""
    return tuple(_written)


def as_workbook(path: str | Path) -> Path:
    """Where a workbook is to be written; UsageError if the name does not say that it is one."""
    return _ending_in(WORKBOOK_ENDING, Path(path), "workbook")


def as_pdf(path: str | Path) -> Path:
    """Where a PDF is to be written; UsageError if the name does not say that it is one."""
    return _ending_in(".pdf", Path(path), "PDF")


def _ending_in(ending: str, path: Path, what: str) -> Path:
    if path.suffix.lower() != ending and not path.is_dir():
        name = path.stem if path.suffix[1:].isalpha() else path.name
        raise UsageError(f"{path} does not end in {ending}. Name the {what} {name}{ending}.")
    return path


def _refuse(paths: Sequence[Path], *, force: bool, inputs: Sequence[Path]) -> None:
    seen: set[str] = set()
    for path in paths:
        with _named(path):
            real = path.resolve()
            blocking = next((each for each in path.parents if each.exists() and not each.is_dir()), None)
            if real.exists() and any(each.exists() and real.samefile(each) for each in inputs):
                raise UsageError(
                    f"{path} is read by this command and is never overwritten. Choose another name or folder."
                )
            # Some systems take names that differ in case for one.
            if str(real).casefold() in seen:
                raise UsageError(f"{path} is named for two of the files to write. Give each a name of its own.")
            if blocking:
                raise UsageError(f"{blocking} is a file, and not a folder to write into. Name a folder.")
            if real.is_dir():
                raise UsageError(f"{path} is a folder. Name the file to write.")
            if real.exists() and not force:
                raise UsageError(f"{path} exists already. Choose another name, or add --force to overwrite it.")
            seen.add(str(real).casefold())


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """What the machine refuses is said of this file."""
    try:
        yield
    except OSError as error:
        why = error.strerror or error
        remedy = "Make room there" if error.errno in _NO_ROOM else "Close it if it is open"
        raise UsageError(f"{path} cannot be written ({why}). {remedy}, or choose another place.") from error


def relative_path(path: Path, home: Path) -> str:
    """A file's path as seen from a folder, with `/`; the whole path where both have nothing in common."""
    try:
        return Path(os.path.relpath(path, home)).as_posix()
    except ValueError:  # another drive of Windows
        return path.as_posix()


def _make_folder(folder: Path, clearing: ExitStack) -> None:
    """Make a folder and those that it is in; what is empty at the end goes again."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        clearing.callback(_remove_if_empty, each)
        each.mkdir(exist_ok=True)


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


@contextmanager
def scratch(path: Path) -> Iterator[Path]:
    """A hidden folder beside a file that is being made, for what that takes; it is cleared away at the end."""
    with ExitStack() as clearing:
        yield _hidden(path.parent, "", lambda folder: folder.mkdir(), clearing)


def _beside(path: Path, clearing: ExitStack) -> Path:
    """A new hidden file beside that one, with the permissions that files have here; it is cleared away at the end."""
    return _hidden(path.parent, path.suffix, lambda file: file.touch(exist_ok=False), clearing)


def _hidden(folder: Path, ending: str, make: Callable[[Path], None], clearing: ExitStack) -> Path:
    while True:
        hidden = folder / f".workbook-{_HOST}-{os.getpid()}-{next(_numbers)}{ending}"
        _in_use.add(hidden)
        for _ in range(2):  # the first time may be interrupted
            clearing.callback(_clear, hidden)
        with suppress(FileExistsError):
            make(hidden)
            return hidden


def _clear(hidden: Path) -> None:
    _delete(hidden)
    _in_use.discard(hidden)


def _delete(hidden: Path) -> None:
    """Delete a file or folder, as far as that can be done."""
    if hidden.is_dir():
        shutil.rmtree(hidden, ignore_errors=True)
    else:
        with suppress(OSError):
            hidden.unlink(missing_ok=True)


def _clear_leftovers(folder: Path) -> None:
    """Delete what runs on this computer that were killed have left here."""
    for path in folder.glob(".workbook-*"):
        ours = _OURS.fullmatch(path.name)
        if ours and path not in _in_use and (int(ours[1]) == os.getpid() or not _is_running(int(ours[1]))):
            _delete(path)


def _is_running(process: int) -> bool:
    """Whether there is a process of that number on this computer."""
    if sys.platform == "win32":  # os.kill would end it there
        import ctypes  # noqa: PLC0415  # it is not needed elsewhere

        still_waiting, may_be_waited_for, no_such_process = 0x102, 0x100000, 87
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = ctypes.c_void_p(kernel.OpenProcess(may_be_waited_for, False, process))
        if not handle:
            return ctypes.get_last_error() != no_such_process
        is_running: bool = kernel.WaitForSingleObject(handle, 0) == still_waiting
        kernel.CloseHandle(handle)
        return is_running
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # it is somebody else's
        return True
    return True


def _to_disk(path: Path) -> None:
    """See that a file is on the disk, and not only on its way there."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _folders_to_disk(paths: Iterable[Path]) -> None:
    """See that these files' names are on the disk too, where the system can; Windows cannot."""
    for folder in dict.fromkeys(path.parent for path in paths):
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _put_in_place(staged: Sequence[tuple[Path, Path]], clearing: ExitStack) -> None:
    """Rename all of them, the last when the others are there; or, if one is refused, put back what was there before."""
    paths = [path for _, path in staged]
    before = {path: _copy(path, clearing) for path in paths if path.exists()}
    known = len(_written)
    try:
        for temporary, path in staged:
            if path == paths[-1]:
                _folders_to_disk(paths)
            with _named(path):
                temporary.replace(path)
        _folders_to_disk(paths[-1:])
        _written.extend(paths)
    except BaseException:
        del _written[known:]
        for temporary, path in staged:
            if not temporary.exists():
                _put_back(path, before.get(path))
        raise


def _copy(path: Path, clearing: ExitStack) -> Path:
    with _named(path):
        copy = _beside(path, clearing)
        shutil.copy2(path, copy)
    return copy


def _put_back(path: Path, copy: Path | None) -> None:
    with _named(path):
        if copy:
            copy.replace(path)
        else:
            path.unlink(missing_ok=True)
