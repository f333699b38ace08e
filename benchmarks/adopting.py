"""How long a spreadsheet of somebody's own takes to adopt, beside loading it with openpyxl, cell by cell with its fill.

Plans of 230 actions over twelve months and of 3,000 over 60 weeks are written, with bars in four colours and every
tenth action a section; the two take turns, and the medians are given. Memory is the most that a process has held.
"""

import importlib.util
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

# Each reader is imported where it is used, so that the memory of one process is that of one reader.
# ruff: noqa: PLC0415

RUNS = 5
SIZES = ((230, 12), (3_000, 60))
COLOURS = ("#BFBFBF", "#00B050", "#FFC000", "#FF0000")


def by_openpyxl(path: Path) -> None:
    """The value and the fill of every cell."""
    import openpyxl

    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                _ = cell.value, cell.fill.fgColor.rgb


def by_workbook(path: Path) -> None:
    """The plan: tables, columns, periods, actions, bars, and what their colours mean."""
    import workbook

    workbook.adopt(path)


READERS: dict[str, Callable[[Path], None]] = {"openpyxl": by_openpyxl, "workbook": by_workbook}


def a_plan(path: Path, actions: int, weeks: int) -> Path:
    """A plan as people paint it: a title, headings, sections, bars of two to five weeks, a comment in every row."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Plan")
        fills = [book.add_format({"bg_color": colour}) for colour in COLOURS]
        sheet.write(0, 0, "Improvement plan 2025")
        headings = ["Ref", "Action", "Lead", "Start", "Finish", "Comments"]
        sheet.write_row(2, 0, [*headings, *(f"KW {week % 52 + 1}" for week in range(weeks))])
        for number in range(actions):
            row, section = number + 3, number // 10 + 1
            if number % 10 == 0:
                sheet.write(row, 1, f"Objective {section}")
                continue
            said = [
                f"{section}.{number % 10}",
                f"Do what is number {number}",
                "PS",
                "2025-01-06",
                "2025-06-30",
                "In hand",
            ]
            sheet.write_row(row, 0, said)
            for week in range(weeks):
                if (number + week) % 7 < 2 + number % 4:
                    sheet.write_blank(row, len(headings) + week, None, fills[(number + week // 7) % len(fills)])
    return path


def seconds(read: Callable[[Path], None], path: Path) -> float:
    """The time that one reading takes."""
    start = time.perf_counter()
    read(path)
    return time.perf_counter() - start


def megabytes(name: str, path: Path) -> float:
    """The most memory that a process holds which reads the file and does nothing else."""
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); import adopting, reading; "
        "adopting.READERS[sys.argv[2]](Path(sys.argv[3])); print(reading.most_held())"
    )
    command = [sys.executable, "-c", code, str(Path(__file__).parent), name, str(path)]
    return float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)  # noqa: S603


def main() -> None:
    """Measure and print."""
    if not all(importlib.util.find_spec(name) for name in ("workbook", "openpyxl", "xlsxwriter")):
        sys.exit("Run this with the project's own Python, as the tests install it: .venv/bin/python.")
    with tempfile.TemporaryDirectory() as folder:
        for actions, weeks in SIZES:
            path = a_plan(Path(folder) / f"{actions}.xlsx", actions, weeks)
            by_workbook(path)  # so that what is imported and learnt once is no part of it
            turns = [{name: seconds(read, path) for name, read in READERS.items()} for _ in range(RUNS)]
            medians = {name: statistics.median(turn[name] for turn in turns) for name in READERS}
            sys.stdout.write(f"{actions:,} rows over {weeks} weeks, medians of {RUNS}\n")
            for name, median in medians.items():
                sys.stdout.write(f"  {name:<10} {1000 * median:7.0f} ms {megabytes(name, path):7.0f} MB\n")
            ratio = medians["workbook"] / medians["openpyxl"]
            sys.stdout.write(f"  adopting takes {ratio:.2f} times as long as openpyxl takes to look at every cell\n")


if __name__ == "__main__":
    main()
