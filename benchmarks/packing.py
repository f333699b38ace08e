"""How long the board pack of a plan of 230 actions takes, beside loading it with openpyxl.

The example plan is reported for every month of half a year, most of it with notes. What the board is told is found and
written, without a PDF, and what was written is loaded, in turns; the medians are given.
"""

import importlib.util
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

RUNS = 5
MONTHS = 6
EXAMPLE = Path(__file__).parent.parent / "examples" / "monthly-gantt"
STATUSES = ("green", "green", "amber", "green", "red", "revised", "green", "suspended")
NOTES = (
    "On target: the tender was let on 3 September, and work begins in October.",
    "The surveyor was ill in August. The report will go to members on 14 October.",
    "REPROGRAMMED to November, because it depends on the review.",
    "",
)


def half_a_year() -> Any:
    """The example plan, reported for its first months."""
    import workbook  # noqa: PLC0415  # it may not be installed: see main

    plan = workbook.read(EXAMPLE)
    months = plan.period[:MONTHS]
    actions = tuple(
        replace(
            action,
            progress={
                month: STATUSES[(number + at) % len(STATUSES)]
                for at, month in enumerate(months)
                if month in action.programmed or not (number + at) % 5
            },
            note=NOTES[number % len(NOTES)],
        )
        for number, action in enumerate(plan.actions)
    )
    return replace(plan, actions=actions, edition=months[-1])


def main() -> None:
    """Measure and print."""
    if not all(importlib.util.find_spec(name) for name in ("workbook", "openpyxl")):
        sys.exit("Run this with the project's own Python, as the tests install it: .venv/bin/python.")
    import openpyxl  # noqa: PLC0415  # as above

    import workbook  # noqa: PLC0415  # as above

    plan = half_a_year()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pack.xlsx"
        packing, loading = [], []
        for _ in range(RUNS):
            start = time.perf_counter()
            workbook.pack(plan, path, plan.edition, highlight=["CP1"], force=True)
            middle = time.perf_counter()
            sheets = openpyxl.load_workbook(path).sheetnames
            packing.append(middle - start)
            loading.append(time.perf_counter() - middle)
    ours, peer = statistics.median(packing), statistics.median(loading)
    sys.stdout.write(f"{len(plan.actions)} actions, {len(sheets)} sheets, medians of {RUNS}\n")
    sys.stdout.write(f"  the board pack         {ours:6.2f} s\n")
    sys.stdout.write(f"  openpyxl, loading it   {peer:6.2f} s\n")
    sys.stdout.write(f"  the pack takes {ours / peer:.2f} of the time that openpyxl takes to load it\n")


if __name__ == "__main__":
    main()
