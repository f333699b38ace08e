"""Returns read side by side, each worker a process of its own: one that dies takes no other down with it.

A worker is given the master once, and only as much of it as reading takes. It gives back what a file says without what
was issued, which is known here: a name stands for each action, and for the plan that it is of.
"""

import io
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import active_children, get_context, parent_process
from pathlib import Path
from typing import Any

from workbook.layout import Layout, layout_from_text
from workbook.plan import Action, Plan
from workbook.read.workbooks import read_return, unread
from workbook.reading import Reading

Done = Callable[[Reading], None]
# With fewer files, reading them takes less time than it takes for workers to start.
WORTH_IT = 40
_AT_ONCE = 8  # files that a worker is given at a time
_AHEAD = 2  # times as many as there are workers are given out
# What an action is read against; the rest of it is not sent.
_READ = ("row_id", "ref", "heading", "action", "lead", "programmed", "progress", "note")
_DIED = "reading it took more memory than there is, or ended the process that read it."
_SMALLER = "Ask for the return to be filled in afresh in the workbook that was issued."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What is the same for all files: the master and its form, if there is one, and the password."""

    master: Plan | None
    layout: Layout | None
    password: str | None

    def read(self, path: Path) -> Reading:
        """Read a file in this process."""
        return read_return(path, self.master, self.layout, self.password)


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def read_returns(
    paths: Sequence[Path],
    master: Plan | None = None,
    layout: Layout | None = None,
    password: str | None = None,
    *,
    workers: int = 1,
    done: Done = lambda _: None,
) -> list[Reading]:
    """What each file says, in the order given, as `read_return` reads it; `done` is called with each as it is read.

    With several workers and enough files to be worth it, they are read side by side. A file on which a worker dies
    is unreadable, and the others are read all the same.
    """
    given = _Given(master=master, layout=layout, password=password)
    if workers <= 1 or len(paths) < WORTH_IT:
        return [_told(given.read(path), done) for path in paths]
    found: dict[Path, Reading] = {}
    for path, said in _side_by_side(paths, given, workers):
        # What the workers were not given enough to judge is read here.
        reading = said if isinstance(said, Reading) else _opened(said, given) if said else given.read(path)
        found[path] = _told(reading, done)
    return [found[path] for path in paths]


def _told(reading: Reading, done: Done) -> Reading:
    done(reading)
    return reading


# --- here -------------------------------------------------------------------------------------------------------


def _side_by_side(paths: Sequence[Path], given: _Given, workers: int) -> Iterator[tuple[Path, bytes | Reading | None]]:
    """What comes back of each file, as it comes; those that were out when a worker died are tried again one by one."""
    left = deque(paths[at : at + _AT_ONCE] for at in range(0, len(paths), _AT_ONCE))
    suspects: list[Path] = []
    while left:
        out: dict[Future[list[bytes | None]], Sequence[Path]] = {}
        with _pool(given, workers) as pool:
            try:
                while left or out:
                    while left and len(out) < _AHEAD * workers:
                        its = left[0]
                        out[_given_out(pool, its)] = its
                        left.popleft()
                    for each in wait(out, return_when=FIRST_COMPLETED).done:
                        said = each.result()
                        yield from zip(out.pop(each), said, strict=True)
            except BrokenProcessPool:
                suspects += [path for its in out.values() for path in its]
    for path in suspects:
        yield path, _alone(path, given)


def _alone(path: Path, given: _Given) -> bytes | Reading | None:
    """What comes back of one file that a worker has all for itself; None where workers cannot even begin."""
    begun = False
    with _pool(given, 1) as pool:
        try:
            begun = _given_out(pool, []).result() == []
            return _given_out(pool, [path]).result()[0]
        except BrokenProcessPool:
            return unread(path, "FILE_UNREADABLE", why=_DIED, remedy=_SMALLER) if begun else None


@contextmanager
def _pool(given: _Given, workers: int) -> Iterator[ProcessPoolExecutor]:
    """Workers, who are gone at the end; whatever stops the run stops them at once."""
    before = active_children()
    # Started afresh, not copied: alike on every system, and safe beside the thread that draws the progress bar.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (_slim(given),))
    try:
        yield pool
    except BaseException:
        for each in active_children():
            if each not in before:
                each.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _given_out(pool: ProcessPoolExecutor, paths: Sequence[Path]) -> "Future[list[bytes | None]]":
    """Give files to a worker, who starts with this and does not hear Ctrl-C: that is for the run to answer."""
    if threading.current_thread() is not threading.main_thread():
        return pool.submit(_work, paths)
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return pool.submit(_work, paths)
    finally:
        signal.signal(signal.SIGINT, heard)


def _slim(given: _Given) -> bytes:
    """What reading the returns of the last run takes; those of earlier ones are read here."""
    master = given.master
    if master is not None:
        last = max((each.position for each in master.register), default=0)
        register = tuple(replace(each, position=0, returned=()) for each in master.register if each.position == last)
        history = master.history[last:]
        actions = tuple(Action(**{name: getattr(each, name) for name in _READ}) for each in master.actions)
        record = replace(master, history=history, held=(), taken=(), register=register, editions=())
        master = replace(record, people=(), actions=actions)
    return pickle.dumps(replace(given, master=master))


class _Opener(pickle.Unpickler):
    """Opens what a worker gave back: puts what is known here in the place of its name."""

    def __init__(self, said: bytes, given: _Given) -> None:
        super().__init__(io.BytesIO(said))
        self._given = given

    def persistent_load(self, name: tuple[str, str, Any]) -> object:
        """What a name stands for."""
        kind, issue_id, known = name
        if kind == "layout":
            return self._given.layout or layout_from_text(known)
        if self._given.master is None:
            raise pickle.UnpicklingError("there is no master that this could be of")
        issued = self._given.master.issues[issue_id]
        if kind == "issued":
            return issued
        plan = self._given.master.as_of(issued.position)
        return plan.by_row_id[known] if kind == "action" else plan.only(known)


def _opened(said: bytes, given: _Given) -> Reading:
    reading: Reading = _Opener(said, given).load()
    return reading


# --- in a worker ------------------------------------------------------------------------------------------------

_HERE: list[_Given] = []


def _begin(given: bytes) -> None:
    """What a worker does first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_run, daemon=True).start()
    _HERE[:] = [pickle.loads(given)]  # noqa: S301  # made by this module


def _end_with_the_run() -> None:
    """No worker is left behind by a run that was killed."""
    if run := parent_process():
        run.join()
        os._exit(1)


def _work(paths: Sequence[Path]) -> list[bytes | None]:
    return [_packed(path, _HERE[0]) for path in paths]


def _packed(path: Path, given: _Given) -> bytes | None:
    """What a file says, as it is given back; None where the whole master is needed to tell."""
    try:
        reading = given.read(path)
    except MemoryError:
        reading = unread(path, "FILE_UNREADABLE", why=_DIED, remedy=_SMALLER)
    else:
        is_known = given.master is None or given.master.issues.get(reading.issue_id) is reading.issued is not None
        if not is_known or any(each.code == "ISSUE_GUESSED" for each in reading.findings):
            return None
    packed = io.BytesIO()
    _Packer(packed, reading, given).dump(reading)
    return packed.getvalue()


class _Packer(pickle.Pickler):
    """Packs what a file says: names what is known to the run."""

    def __init__(self, packed: io.BytesIO, reading: Reading, given: _Given) -> None:
        super().__init__(packed, protocol=pickle.HIGHEST_PROTOCOL)
        self._given = given
        self._reading = reading
        self._issued = reading.baseline.by_row_id if given.master and reading.baseline else {}

    def persistent_id(self, each: object) -> tuple[str, str, Any] | None:
        """The name of what is known, None for anything else."""
        if isinstance(each, Layout):
            return "layout", "", "" if self._given.layout else each.to_text()
        if not self._issued:
            return None
        if each is self._reading.baseline:
            return "plan", self._reading.issue_id, tuple(self._issued)
        if each is self._reading.issued:
            return "issued", self._reading.issue_id, ""
        if isinstance(each, Action) and self._issued.get(each.row_id) is each:
            return "action", self._reading.issue_id, each.row_id
        return None
