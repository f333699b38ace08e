"""How long it takes to merge 100, 300 and 1,000 returns of 30 actions, and how much memory: beside openpyxl.

openpyxl loads the same returns on one core, and does nothing else with them. The plan grows with the returns; each has
been filled in and saved by openpyxl, as officers do it: letters, paint, notes. Merging is done as `workbook merge` does
it, by a process of its own with a worker on each core. Memory is the most that this process and its workers have held
together (a page that several share counts once), looked at every 50 ms; Linux alone tells it. “At work” is the time of
the processors, however many, which other programs that run at the same time change least.
"""

import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# The program and openpyxl are imported where they are used: see main.
# ruff: noqa: PLC0415

TURNS = {100: 3, 300: 3, 1_000: 1}
EACH, TOGETHER = 30, 10  # actions in a return; people in a service, who share a priority
MONTH = "2009-09"
BEFORE = ("green", "amber", "red", "green")
LETTERS = "GARGGH"
GREEN = "FF00B050"
NOTES = (
    "The surveyor was ill in August. The report will go to members on 14 October.",
    "On target: the tender was let on 3 September, and work begins in October.",
    "Waiting for the county's figures, which feed into 1.1.1 (see Section 1.3).",
    "Completed - adopted by Cabinet on 9 September.",
    "",
)
STEPS = ("loading the master", "reading", "merging", "writing the rolled-up copy")


# --- the plan and its returns -----------------------------------------------------------------------------------


def a_plan(people: int) -> Any:
    """A plan in which everybody leads 29 actions, the first of them with the next person: 30 in each return."""
    from workbook.months import Month
    from workbook.plan import Action, Heading, Person, Plan

    start = Month(2009, 7)
    headings: list[Heading] = []
    actions: list[Action] = []
    for priority in range(1, (people + TOGETHER - 1) // TOGETHER + 1):
        headings.append(Heading(ref=f"CP{priority}", level="priority", title=f"Priority {priority} of the county"))
        for number in range(1, 6):
            ref = f"{priority}.{number}"
            headings.append(Heading(ref=ref, level="measure", title=f"Measure {ref}", parent=f"CP{priority}"))
        for number in range((EACH - 1) * TOGETHER):
            person, own = (priority - 1) * TOGETHER + number // (EACH - 1), number % (EACH - 1)
            if person >= people:
                break
            leads = (f"P{person}", f"P{(person + 1) % people}") if own == 0 else (f"P{person}",)
            programmed = tuple(start + (own % 6 + month) for month in range(3))
            progress = {month: BEFORE[own % len(BEFORE)] for month in programmed if str(month) < MONTH}
            actions.append(
                Action(
                    row_id=f"r{person:05}x{own:02}",
                    ref=f"{priority}.{own % 5 + 1}.{number + 1}",
                    heading=f"{priority}.{own % 5 + 1}",
                    action=f"Carry out step {own + 1} of the work in area {person}, and report on it to members",
                    lead=leads,
                    programmed=programmed,
                    progress=progress,
                    note="Begun in July." if progress else "",
                )
            )
    return Plan(
        plan_id="pbenchmark",
        title="Improvement Plan",
        organisation="A county",
        start=start,
        people=tuple(
            Person(initials=f"P{number}", name=f"Person {number}", service=f"Service {number // TOGETHER}")
            for number in range(people)
        ),
        headings=tuple(headings),
        actions=tuple(actions),
    )


def fill_in(issued: Path) -> None:
    """What an officer does: most actions get a letter or paint, and a note."""
    import openpyxl
    from openpyxl.styles import PatternFill

    book = openpyxl.load_workbook(issued)
    for sheet in book.worksheets:
        cells = [cell for row in sheet.iter_rows() for cell in row]
        columns = {cell.value: cell.column for cell in reversed(cells) if cell.value in (MONTH, "note", "band")}
        rows = [cell.row for cell in cells if cell.value == "progress"] if len(columns) > len(("month", "note")) else []
        for number, row in enumerate(rows if sheet.sheet_state == "visible" else ()):
            if number % 5 == 0:
                sheet.cell(row, columns[MONTH]).fill = PatternFill("solid", fgColor=GREEN)
            elif number % 7:
                sheet.cell(row, columns[MONTH], LETTERS[number % len(LETTERS)])
            if note := NOTES[number % len(NOTES)]:
                sheet.cell(row - 1, columns["note"], note)
    book.save(issued.parent.parent / "returned" / issued.name)


def prepare(folder: Path, people: int) -> Any:
    """Issue a plan into a folder, and have its returns filled in; gives the plan."""
    import workbook
    from workbook.workers import cores

    issued = workbook.issue(a_plan(people), folder / "issued", workbook.Month.parse(MONTH))
    (folder / "returned").mkdir()
    with ProcessPoolExecutor(cores()) as officers:
        list(officers.map(fill_in, issued.returns, chunksize=5))
    return issued.plan


# --- what is measured -------------------------------------------------------------------------------------------


def by_openpyxl(folder: Path) -> None:
    """Load every return, and do nothing else."""
    import openpyxl

    with timed("openpyxl"):
        for path in sorted((folder / "returned").iterdir()):
            openpyxl.load_workbook(path)


def by_workbook(folder: Path) -> None:
    """Merge every return, as `workbook merge` does."""
    from workbook import verbs
    from workbook.merge import merge
    from workbook.workers import cores, read_returns

    with timed(STEPS[0]):
        loaded = verbs.load(folder / "issued" / "master.xlsx")
    paths = verbs.returns_in([folder / "returned"])
    with timed(STEPS[1]):
        readings = read_returns(paths, loaded.plan, loaded.layout, workers=cores())
    with timed(STEPS[2]):
        merged = merge(loaded.plan, readings, loaded.layout)
    del readings
    with timed(STEPS[3]):
        output, queries = folder / "rolled-up.xlsx", folder / "queries.xlsx"
        verbs.write_merged(merged, output, layout=loaded.layout, queries=queries, force=True)
    say("changes", len(merged.applied))
    say("queries", len(merged.queries))


MEASURED: dict[str, Callable[[Path], None]] = {"openpyxl": by_openpyxl, "workbook": by_workbook}


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Say how many seconds the block takes, and how many of the processors', its workers' too."""
    start, before = time.perf_counter(), sum(os.times()[:4])
    yield
    say(f"{what}, processors", sum(os.times()[:4]) - before)
    say(what, time.perf_counter() - start)


def say(what: str, number: float) -> None:
    """Tell the process that measures."""
    sys.stdout.write(json.dumps([what, number]) + "\n")
    sys.stdout.flush()


def measured(name: str, folder: Path) -> tuple[dict[str, float], dict[str, float]]:
    """What a process of its own says, and the most memory in MB that it and its workers held until it said so."""
    command = [sys.executable, __file__, name, str(folder)]
    said: dict[str, float] = {}
    most: dict[str, float] = {}
    held = [0.0]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # this file
        watcher = threading.Thread(target=watch, args=(process, held), daemon=True)
        watcher.start()
        for line in process.stdout or ():
            what, number = json.loads(line)
            said[what], most[what] = number, held[0]
            held[0] = held[0] if what.endswith("processors") else 0.0
    watcher.join()
    if process.returncode:
        sys.exit(process.returncode)
    return said, most


def watch(process: "subprocess.Popen[str]", held: list[float]) -> None:
    """Keep the most memory that a process and its workers hold."""
    while process.poll() is None:
        held[0] = max(held[0], sum(map(megabytes, family(process.pid))))
        time.sleep(0.05)


def family(pid: int) -> Iterator[int]:
    """A process, its children, and theirs."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in children:
            yield from family(int(child))


def megabytes(pid: int) -> float:
    """The memory of a process, its share of what it shares; 0 when it is gone."""
    try:
        said = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(said.partition("\nPss:")[2].split()[0]) / 1000


# --- what is said -----------------------------------------------------------------------------------------------


def report(people: int, folder: Path) -> float:
    """Measure and print one size; gives the processors' time that a return takes to read and merge."""
    plan = prepare(folder, people)
    turns = [{name: measured(name, folder) for name in MEASURED} for _ in range(TURNS.get(people, 1))]

    def median(name: str, what: str) -> float:
        return statistics.median(turn[name][0][what] for turn in turns)

    sys.stdout.write(
        f"{people:,} returns of {EACH} actions, of a plan of {len(plan.actions):,} actions, {len(plan.headings):,} "
        f"headings, {len(plan.people):,} people: {median('workbook', 'changes'):,.0f} changes, "
        f"{median('workbook', 'queries'):,.0f} queries; medians of {len(turns)}\n"
        f"  {'':<28} {'s':>7} {'ms a return':>12} {'of them at work':>16} {'MB':>6}\n"
    )
    for name, step in (("openpyxl", "openpyxl"), *(("workbook", step) for step in STEPS)):
        seconds, work = median(name, step), median(name, f"{step}, processors")
        most = max(turn[name][1][step] for turn in turns)
        sys.stdout.write(f"  {step:<28} {seconds:7.1f} {1000 * seconds / people:12.1f}")
        sys.stdout.write(f" {1000 * work / people:16.1f} {most:6.0f}\n")
    peer, times = median("openpyxl", "openpyxl"), [median("workbook", step) for step in STEPS]
    ours = times[1] + times[2]
    sys.stdout.write(f"  reading and merging take {ours / peer:.2f} of the time that openpyxl takes,\n")
    sys.stdout.write(f"  with the master loaded and the rolled-up copy written {sum(times) / peer:.2f}\n")
    return sum(median("workbook", f"{step}, processors") for step in STEPS[1:3]) / people


def main() -> None:
    """Measure and print."""
    if not all(importlib.util.find_spec(name) for name in ("workbook", "openpyxl")):
        sys.exit("Run this with the project's own Python, as the tests install it: .venv/bin/python.")
    if sys.argv[1:2] and sys.argv[1] in MEASURED:
        MEASURED[sys.argv[1]](Path(sys.argv[2]))
        return
    from workbook.workers import cores

    sizes = [int(each) for each in sys.argv[1:]] or list(TURNS)
    sys.stdout.write(f"{cores()} of {os.cpu_count()} cores used; openpyxl uses one\n")
    costs = {}
    for people in sizes:
        with tempfile.TemporaryDirectory() as folder:
            costs[people] = report(people, Path(folder))
    first, *others = costs
    for people in others:
        ratio = costs[people] / costs[first]
        sys.stdout.write(
            f"to read and merge a return is {ratio:.2f} times as much work among {people:,} as among {first:,}\n"
        )


if __name__ == "__main__":
    main()
