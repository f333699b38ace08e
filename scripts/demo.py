"""Play the whole month on the example plan; whatever the program needs is installed first, in `.venv`."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  # the sentence is for those who have an older one
    sys.exit("This needs Python 3.11 or later, and this is Python " + sys.version.split()[0] + ": see python.org.")

from pathlib import Path

from environment import ROOT, run

if __name__ == "__main__":
    output = "demo" if Path.cwd() == ROOT else str(ROOT / "demo")
    sys.exit(run(["-m", "workbook", "demo", "-o", output, "--force"], sys.argv[1:]))
