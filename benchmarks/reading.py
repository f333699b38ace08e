"""How long a return of 2,000 rows takes to read, and how much memory: beside openpyxl and python-calamine.

openpyxl reads values and fills, python-calamine values alone. The three take turns, each file is read in each turn, and
the medians are given; memory is the most that a process of its own has held.
"""

import importlib.util
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

# Each reader is imported where it is used, so that the memory of one process is that of one reader.
# ruff: noqa: PLC0415

RUNS, ROWS = 11, 2_000
EXAMPLE = Path(__file__).parent.parent / "examples" / "monthly-gantt"
FORMS = {"two rows an action": "monthly-gantt", "one row an action": "monthly-gantt-overlay"}


def by_openpyxl(path: Path) -> None:
    """Every sheet with values and styles."""
    import openpyxl

    openpyxl.load_workbook(path)


def by_calamine(path: Path) -> None:
    """Every sheet, values alone."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def by_workbook(path: Path) -> None:
    """Every sheet with values, fills, rules and comments."""
    from workbook.read.opening import open_book

    open_book(path)


READERS: dict[str, Callable[[Path], None]] = {
    "openpyxl": by_openpyxl,
    "python-calamine": by_calamine,
    "workbook": by_workbook,
}


def a_return(folder: Path, layout: str) -> Path:
    """A return of the example's actions, repeated until they fill 2,000 rows, with five months reported."""
    import workbook

    plan = workbook.read(EXAMPLE)
    form = workbook.load_layout(layout)
    months, statuses = plan.period[:5], [status.key for status in form.statuses]
    wanted = ROWS // (2 if form.bands == "two" else 1)
    actions = []
    for number in range(wanted):
        action = plan.actions[number % len(plan.actions)]
        progress = {month: statuses[(number + at) % len(statuses)] for at, month in enumerate(months)}
        note = action.note or f"Reported as number {number}."
        actions.append(replace(action, row_id=f"r{number:06}", progress=progress, note=note))
    big = replace(plan, actions=tuple(actions))
    return workbook.issue(big, folder / layout, plan.period[5], layout=form, by="all").returns[0]


def extended(path: Path) -> Path:
    """The same return with one cell more, in the last row and column that a sheet can have."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    book.worksheets[1]["XFD1048576"] = "x"
    wide = path.with_name(f"extended-{path.name}")
    book.save(wide)
    return wide


def seconds(read: Callable[[Path], None], path: Path) -> float:
    """The time that one reading takes."""
    start = time.perf_counter()
    read(path)
    return time.perf_counter() - start


def most_held() -> float:
    """The most memory that this process has held, in MB; Linux alone tells it without what its parent held."""
    said = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(said.partition("VmHWM:")[2].split()[0]) / 1000


def megabytes(name: str, path: Path) -> float:
    """The most memory that a process holds which reads the file and does nothing else."""
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); import reading; "
        "reading.READERS[sys.argv[2]](Path(sys.argv[3])); print(reading.most_held())"
    )
    command = [sys.executable, "-c", code, str(Path(__file__).parent), name, str(path)]
    return float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)  # noqa: S603  # as above


def main() -> None:
    """Measure and print."""
    if not all(importlib.util.find_spec(name) for name in ("workbook", "openpyxl", "python_calamine")):
        sys.exit("Run this with the project's own Python, as the tests install it: .venv/bin/python.")
    with tempfile.TemporaryDirectory() as folder:
        for form, layout in FORMS.items():
            path = a_return(Path(folder), layout)
            turns = [{name: seconds(read, path) for name, read in READERS.items()} for _ in range(RUNS)]
            medians = {name: statistics.median(turn[name] for turn in turns) for name in READERS}
            sys.stdout.write(f"{ROWS:,} rows, {form}: {path.stat().st_size / 1000:,.0f} KB, medians of {RUNS}\n")
            for name, median in medians.items():
                sys.stdout.write(f"  {name:<16} {1000 * median:7.0f} ms {megabytes(name, path):7.0f} MB\n")
            ours = medians["workbook"]
            sys.stdout.write(f"  openpyxl takes {medians['openpyxl'] / ours:.1f} times as long as workbook,\n")
            sys.stdout.write(f"  workbook {ours / medians['python-calamine']:.1f} times as long as python-calamine\n")
            wide = megabytes("workbook", extended(path))
            sys.stdout.write(f"  with a cell in XFD1048576, workbook holds {wide:.0f} MB\n")


if __name__ == "__main__":
    main()
