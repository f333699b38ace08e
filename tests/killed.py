"""Runs a command of the program, and what it writes again and again, disturbed at one moment after the other.

It is run as a process of its own by `tests/test_killed.py`.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import rich.console
import rich.table  # noqa: F401  # once, and not in every fork

from workbook import cli, files
from workbook.verbs import building, merging

MOST = 200  # moments; a run has far fewer


def moments(disturb: Callable[[], None], at: int) -> None:
    """Disturb this process at the moment of that number, and whenever there is another after it.

    A moment is before and after a file is made, copied, renamed or deleted, or when half of it is written.
    """
    passed = 0

    def moment() -> None:
        nonlocal passed
        passed += 1
        if 0 < at <= passed:
            disturb()

    def around(owner: Any, name: str) -> None:
        real = getattr(owner, name)

        def call(*args: Any, **named: Any) -> Any:
            moment()
            done = real(*args, **named)
            moment()
            return done

        setattr(owner, name, call)

    def half(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[: len(data) // 2])
            file.flush()
            moment()
            return file.write(data[len(data) // 2 :])

    for owner, name in ((os, "replace"), (os, "fsync"), (os, "unlink"), (shutil, "copy2"), (Path, "touch")):
        around(owner, name)
    Path.write_bytes = half  # type: ignore[method-assign,assignment]  # as it is called


def forked(
    run: Callable[[], object], folder: Path, disturb: Callable[[], None] = lambda: None, at: int = 0
) -> int | None:
    """Go on in a folder, in a fork, with what is said going to `said` beside it; None in the fork itself.

    Gives its exit status, or less than nothing if a signal ended it.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    said = os.open(folder.with_suffix(".said"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(said, 1)
    os.dup2(said, 2)
    os.chdir(folder)
    moments(disturb, at)
    with cli._stoppable():  # the fork is another process than the one that listens for signals
        run()
    return None


def _made(write: files.Write, path: Path) -> files.Write:
    """What it writes is worked out once, and not in every fork."""
    write(path)
    data = path.read_bytes()

    def again(other: Path) -> None:
        other.write_bytes(data)

    return again


def main(job: Mapping[str, Any]) -> None:
    """Run a command up to where it writes, and from there in forks, each disturbed at another moment.

    The last is disturbed no more. After each, it is written again undisturbed into a copy of what was left. The exit
    statuses go to `statuses`.
    """
    start, into = Path(job["start"]), Path(job["into"])
    happened = into / "happened"

    def disturb() -> None:
        happened.write_text("", encoding="utf-8")
        os.kill(os.getpid(), signal.Signals[job["signal"]])

    def write_all(outputs: Iterable[tuple[Path, files.Write]], **named: Any) -> None:
        made = [(path, _made(write, into / "made")) for path, write in outputs]

        def write() -> None:
            files.write_all(made, **named)

        statuses = []
        for at in range(1, MOST):
            folder = shutil.copytree(start, into / f"{at}")
            if (status := forked(write, folder, disturb, at)) is None:
                return
            again = shutil.copytree(folder, into / f"{at}-again")
            if (after := forked(write, again)) is None:
                return
            statuses.append((status, after))
            if not happened.exists():
                break
            happened.unlink()
        (into / "statuses").write_text(json.dumps(statuses), encoding="utf-8")
        os._exit(0)

    for room in (building, merging):
        vars(room)["write_all"] = write_all
    os.chdir(start)
    sys.argv = ["workbook", *job["words"]]
    try:
        cli.main()
    except SystemExit as ended:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(int(ended.code or 0))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
