"""How long `workbook --help` takes, beside importing openpyxl alone: the medians of runs that take turns."""

import importlib.util
import statistics
import subprocess
import sys
import time

RUNS = 15
HELP = (sys.executable, "-m", "workbook", "--help")
IMPORT = (sys.executable, "-c", "import openpyxl")


def seconds(command: tuple[str, ...]) -> float:
    """The time that a command takes from start to end."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)  # noqa: S603  # one of the two above
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    if not all(importlib.util.find_spec(name) for name in ("workbook", "openpyxl")):
        sys.exit("Run this with the project's own Python: .venv/bin/python (on Windows .venv\\Scripts\\python).")
    for command in (HELP, IMPORT):
        seconds(command)  # the first run of each reads from the disk
    pairs = [(seconds(HELP), seconds(IMPORT)) for _ in range(RUNS)]
    helped, imported = (statistics.median(times) for times in zip(*pairs, strict=True))
    sys.stdout.write(f"workbook --help   {1000 * helped:6.0f} ms  (median of {RUNS})\n")
    sys.stdout.write(f"import openpyxl   {1000 * imported:6.0f} ms  (median of {RUNS})\n")
    sys.stdout.write(f"ratio             {helped / imported:6.2f}\n")


if __name__ == "__main__":
    main()
