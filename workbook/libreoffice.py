"""LibreOffice, where it is installed: the only place where another program is started."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

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
_PRINTING = 300.0  # seconds for a workbook to be printed: hundreds of pages take one

# How a PDF is written: for a screen reader, with the tabs as bookmarks, and the plan's title in the window.
_PDF_OPTIONS = (
    "UseTaggedPDF",
    "PDFUACompliance",
    "ExportBookmarks",
    "DisplayPDFDocumentTitle",
    "UseLosslessCompression",
)
# A profile's settings: the language of a document that names none. The PDF says it, and it is how numbers look.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Linguistic/General"><prop oor:name="DefaultLocale" oor:op="fuse">
<value>{language}</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>{language}</value></prop></item>
</oor:items>
"""
# What LibreOffice writes into a PDF by the clock; nothing else differs from one time to the next.
_BY_THE_CLOCK = re.compile(
    rb"/CreationDate\(D:[^)]*\)|<xmp:CreateDate>[^<]*</xmp:CreateDate>|/DocChecksum /[0-9A-F]{32}"
)
_PDF_ID = re.compile(rb"(?<=/ID \[ <)[0-9A-F]{32}(>\s*<)[0-9A-F]{32}(?=> \])")

_IN_EXCEL = (
    "Or open the workbook in Excel, and choose File > Export (or Save As) > PDF, and Entire workbook among the options."
)


@lru_cache(maxsize=1)
def program() -> Path | None:
    """The office program, which is all that printing needs; None where it is not installed."""
    return next(iter(_programs()), None)


@lru_cache(maxsize=1)
def find() -> tuple[Path, Path] | None:
    """The office program, and a Python that can talk to it; None where either is missing."""
    for office in _programs():
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


def to_pdf(workbook: Path, pdf: Path, *, language: str = "en-GB", called: str = "") -> None:
    """Print every visible sheet of a workbook to a PDF, as its page setup says, by LibreOffice 7.4 or later.

    The PDF is tagged, in that language, and has the workbook's own title and a bookmark for every tab. The same
    workbook printed by the same LibreOffice with the same fonts gives the same bytes. OfficeError says why there is no
    PDF, of the workbook as it is `called`, and nothing is written then. An office that the user has open, or that
    prints meanwhile, is not disturbed.
    """
    called = called or workbook.name
    office = program()
    if office is None:
        raise OfficeError(
            "LibreOffice, which prints the PDF, is not installed. Install LibreOffice Calc (libreoffice.org; on Debian "
            f"and Ubuntu the package libreoffice-calc). {_IN_EXCEL}"
        )
    with TemporaryDirectory(prefix="workbook-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        # A copy is opened: no lock file stands beside the workbook, and its name does not matter.
        copy = Path(shutil.copyfile(workbook, folder / f"printed{workbook.suffix}"))
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS.format(language=escape(language)), encoding="utf-8")
        options = json.dumps({name: {"type": "boolean", "value": "true"} for name in _PDF_OPTIONS})
        command = [str(office), f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        command += ["--headless", "--norestore", "--nologo", "--nodefault", "--convert-to"]
        # Version 7.4 may crash when it saves into the folder of the file that it has opened.
        command += [f"pdf:calc_pdf_Export:{options}", "--outdir", str(folder / "pdf"), str(copy)]
        said = _print(command, folder, called)
        printed = folder / "pdf" / "printed.pdf"
        content = printed.read_bytes() if printed.exists() else b""
    if not (content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")):
        raise OfficeError(f"LibreOffice has printed no PDF of {called}{said}. {_IN_EXCEL}")
    pdf.write_bytes(_without_clock(content))


def _print(command: Sequence[str], folder: Path, name: str) -> str:
    """Run LibreOffice until it has printed, or its time is over; its last words, for a sentence that needs them."""
    # The length of a date depends on the time zone.
    env = os.environ | {"TMPDIR": str(folder), "TZ": "UTC"}
    quiet, pipe = subprocess.DEVNULL, subprocess.PIPE
    with subprocess.Popen(  # noqa: S603  # the program that was found
        command, stdin=quiet, stdout=quiet, stderr=pipe, env=env, start_new_session=True
    ) as running:
        try:
            _, words = running.communicate(timeout=_PRINTING)
        except BaseException as error:  # in a session of its own it hears no Ctrl-C
            _end(running)
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
            raise OfficeError(
                f"LibreOffice has not printed {name} within {_PRINTING / 60:.0f} minutes, and was ended. "
                f"Try again when the computer has less to do. {_IN_EXCEL}"
            ) from error
    lines = [line for line in words.decode(errors="replace").splitlines() if line.strip() and "javaldx" not in line]
    said = f": {lines[-1].strip().rstrip('.')}" if lines else ""
    if running.returncode != 0:
        raise OfficeError(
            f"LibreOffice could not print {name} (it ended with status {running.returncode}){said}. {_IN_EXCEL}"
        )
    return said


def _end(running: subprocess.Popen[bytes]) -> None:
    """End a program and all that it has started: what is started first is not what does the work."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(running.pid)], capture_output=True, check=False)  # noqa: S603, S607
    else:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)


def _without_clock(pdf: bytes) -> bytes:
    """A PDF without its dates, which need not be there, and with an id that follows from what is in it.

    Nothing changes its place, so that the table of where everything is stays right.
    """
    dateless = _BY_THE_CLOCK.sub(lambda found: b" " * len(found[0]), pdf)
    anonymous = _PDF_ID.sub(lambda found: b"0" * 32 + found[1] + b"0" * 32, dateless)
    own = hashlib.sha256(anonymous).hexdigest()[:32].upper().encode()
    return _PDF_ID.sub(lambda found: own + found[1] + own, anonymous)


def _programs() -> list[Path]:
    """Every office program that is found, the one on the path first."""
    on_path = shutil.which("soffice") or shutil.which("libreoffice")
    return [Path(place) for place in (on_path, *_USUAL_PLACES) if place and Path(place).exists()]


def _has_uno(python: Path) -> bool:
    try:
        asked = subprocess.run([str(python), "-c", "import uno"], capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603  # as above
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0
