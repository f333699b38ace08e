"""LibreOffice, where it is installed: the only place where another program is started."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from workbook.errors import OfficeError
from workbook.shipped import shipped

_USUAL_PLACES = (
    "/usr/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
# The Python that can talk to it is the system's on Debian, and its own elsewhere.
_BESIDE = ("python", "python.exe", "../Resources/python")
_PATIENCE = 20.0  # seconds for a Python to say whether it has UNO


@lru_cache(maxsize=1)
def find() -> tuple[Path, Path] | None:
    """The office program, and a Python that can talk to it; None where either is missing."""
    on_path = shutil.which("soffice") or shutil.which("libreoffice")
    places = [Path(place) for place in (on_path, *_USUAL_PLACES) if place and Path(place).exists()]
    for office in places:
        beside = [office.resolve().parent / name for name in _BESIDE]
        for python in (*beside, Path("/usr/bin/python3"), Path(sys.executable)):
            if python.exists() and _has_uno(python):
                return office, python
    return None


def fill_in(steps: Path, saved: Callable[[str], None]) -> str:
    """Have officers' steps carried out on workbooks, as `scripts/officer.py` describes them.

    `saved` is called with the name of each file that is done. Gives the name of the program that was used:
    LibreOffice where there is one, openpyxl otherwise. OfficeError says what went wrong.
    """
    found = find()
    script = str(shipped("scripts", "officer.py"))
    if found:
        office, python = found
        command = [str(python), script, str(steps), "--with", "libreoffice", "--soffice", str(office)]
    else:
        command = [sys.executable, script, str(steps), "--with", "openpyxl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:  # noqa: S603  # our own script
        for line in running.stdout or ():
            saved(Path(json.loads(line)["saved"]).name)
        said = (running.stderr.read() if running.stderr else "").strip().rstrip(".")
        if running.wait() != 0:
            raise OfficeError(f"The simulated officers could not finish: {said or 'the program stopped'}.")
    return "LibreOffice" if found else "openpyxl"


def _has_uno(python: Path) -> bool:
    try:
        asked = subprocess.run([str(python), "-c", "import uno"], capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603  # as above
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0
