"""How long all rules of the guidance together take on a month of 230 actions, beside reading its returns.

The example's returns are filled in as officers do, then read and judged in turns; the medians are given.
"""

import importlib.util
import statistics
import sys
import tempfile
import time
from pathlib import Path

RUNS = 7
EXAMPLE = Path(__file__).parent.parent / "examples" / "monthly-gantt"
NOTES = (
    "The surveyor was ill in August. The report will go to members on 14 October.",
    "Waiting for the county's figures, which feed into 5.2.1 (see Section 4.3).",
    "REPROGRAMMED to November, because it depends on 1.1.2.",
    "Completed - adopted by Cabinet on 9 September.",
)


def returns(folder: Path) -> tuple[Path, ...]:
    """The returns of the third month; each action has a status for it, and most have a note."""
    import openpyxl  # noqa: PLC0415  # it may not be installed: see main

    import workbook  # noqa: PLC0415  # as above

    plan = workbook.read(EXAMPLE)
    month = plan.period[2]
    issued = workbook.issue(plan, folder, month).returns
    for path in issued:
        book = openpyxl.load_workbook(path)
        for sheet in book.worksheets:
            keys = {
                cell.value: cell.column
                for row in sheet.iter_rows()
                for cell in row
                if cell.value in (str(month), "note")
            }
            rows = [cell.row for row in sheet.iter_rows() for cell in row if cell.value == "progress"]
            for number, row in enumerate(rows if len(keys) > 1 else ()):
                sheet.cell(row, keys[str(month)], "GARG"[number % 4])
                sheet.cell(row - 1, keys["note"], NOTES[number % len(NOTES)])
        book.save(path)
    return issued


def main() -> None:
    """Measure and print."""
    if not all(importlib.util.find_spec(name) for name in ("workbook", "openpyxl")):
        sys.exit("Run this with the project's own Python, as the tests install it: .venv/bin/python.")
    from workbook.merge import standing  # noqa: PLC0415  # as above
    from workbook.read.workbooks import read_return  # noqa: PLC0415  # as above
    from workbook.rules import judge  # noqa: PLC0415  # as above

    with tempfile.TemporaryDirectory() as folder:
        paths = returns(Path(folder))
        reading_times, judging_times = [], []
        for _ in range(RUNS):
            start = time.perf_counter()
            readings = [read_return(path) for path in paths]
            middle = time.perf_counter()
            plans = standing(readings)
            found = [
                each
                for reading in readings
                if reading.layout and reading.baseline
                for each in judge(reading, reading.layout, plans[reading.baseline.plan_id])
            ]
            reading_times.append(middle - start)
            judging_times.append(time.perf_counter() - middle)
    reading, judging = statistics.median(reading_times), statistics.median(judging_times)
    actions = sum(len(each.actions) for each in readings)
    sys.stdout.write(f"{len(paths)} returns, {actions} actions, {len(found)} findings, medians of {RUNS}\n")
    sys.stdout.write(f"  reading them    {1000 * reading:6.0f} ms\n")
    sys.stdout.write(f"  all rules       {1000 * judging:6.0f} ms\n")
    sys.stdout.write(f"  the rules take {judging / reading:.3f} of the time that reading takes\n")


if __name__ == "__main__":
    main()
