"""Run the tests, on all processors; whatever they need is installed first, in `.venv`."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  # the sentence is for those who have an older one
    sys.exit("This needs Python 3.11 or later, and this is Python " + sys.version.split()[0] + ": see python.org.")

from environment import ROOT, run

if __name__ == "__main__":
    sys.exit(run(["-m", "pytest", "-n", "auto"], sys.argv[1:], extras=["dev"], folder=ROOT))
