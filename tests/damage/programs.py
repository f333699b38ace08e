"""Other programs: each opens damaged returns and saves them again, all of them in as few starts as can be."""

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.damage.case import Case
from workbook import libreoffice

JAVASCRIPT = Path(__file__).parent.parent / "javascript"
_MINUTES = 300.0  # seconds for one start: a program that hangs must not hang the tests
_AT_ONCE = 2
_MOST_FILES = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program with the format that it saves in: its `name` in the table, `tool` and `way` to start it."""

    name: str
    tool: str
    ending: str
    way: str = ""

    @property
    def folder(self) -> str:
        """A name for its files' folder."""
        return f"{self.tool}-{self.ending}"


OURS = Program(name="Our own writer", tool="openpyxl", ending="xlsx")
PROGRAMS = (
    Program(name="LibreOffice, .xlsx", tool="libreoffice", ending="xlsx", way="xlsx:Calc MS Excel 2007 XML"),
    Program(name="LibreOffice, .ods", tool="libreoffice", ending="ods", way="ods:calc8"),
    Program(name="LibreOffice, .xls", tool="libreoffice", ending="xls", way="xls:MS Excel 97"),
    Program(name="Gnumeric, .xlsx", tool="gnumeric", ending="xlsx", way="Gnumeric_Excel:xlsx2"),
    Program(name="ExcelJS, .xlsx", tool="exceljs", ending="xlsx"),
    Program(name="SheetJS, .xlsx", tool="sheetjs", ending="xlsx"),
)


def missing() -> list[str]:
    """What is not installed of all that the programs need."""
    wanted = {
        "LibreOffice": libreoffice.find() is not None,
        "Gnumeric": shutil.which("ssconvert") is not None,
        "Node": shutil.which("node") is not None,
        "the packages in tests/javascript (npm ci)": (JAVASCRIPT / "node_modules" / "exceljs").is_dir(),
    }
    return [name for name, there in wanted.items() if not there]


def saved_again(cases: Sequence[Case], program: Program, folder: Path) -> Mapping[str, Path]:
    """The cases' files as a program saves them, by the case's name; those that it could not open are left out."""
    opened, saved = folder / "opened", folder / program.folder
    for each in (opened, saved):
        each.mkdir(parents=True, exist_ok=True)
    # The programs tell a file's format by what is in it; a name for each lets one folder hold them all.
    files = {case.name: opened / f"{case.kind}-{case.form}.xlsx" for case in cases}
    for case in cases:
        shutil.copyfile(case.path, files[case.name])
    if program.tool == "libreoffice":
        _libreoffice(program, list(files.values()), saved)
    elif program.tool == "gnumeric":
        _gnumeric(program, list(files.values()), saved)
    else:
        paths = {
            case.name: {"open": str(files[case.name]), "save": str(saved / files[case.name].name)} for case in cases
        }
        _javascript([{"with": program.tool, **paths[case.name], "recolour": case.recolour} for case in cases])
    made = {name: saved / f"{path.stem}.{program.ending}" for name, path in files.items()}
    return {name: path for name, path in made.items() if path.exists() and path.stat().st_size}


def _libreoffice(program: Program, files: Sequence[Path], saved: Path) -> None:
    found = libreoffice.find()
    assert found
    office = str(found[0])

    def convert(some: Sequence[Path]) -> None:
        profile = f"-env:UserInstallation={(saved / f'profile-{some[0].stem}').absolute().as_uri()}"
        how = [profile, "--headless", "--norestore", "--convert-to", program.way, "--outdir", str(saved)]
        _run([office, *how, *map(str, some)])

    # Of some hundred files at once it leaves the last ones out without a word.
    starts = max(_AT_ONCE, -(-len(files) // _MOST_FILES))
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        list(threads.map(convert, [files[at::starts] for at in range(min(starts, len(files)))]))


def _gnumeric(program: Program, files: Sequence[Path], saved: Path) -> None:
    def convert(path: Path) -> None:
        command = ["ssconvert", f"--export-type={program.way}", str(path), str(saved / path.name)]
        subprocess.run(command, capture_output=True, timeout=_MINUTES, check=False)  # noqa: S603  # our own files

    with ThreadPoolExecutor(_AT_ONCE) as threads:
        list(threads.map(convert, files))


def _javascript(jobs: Sequence[Mapping[str, object]]) -> None:
    """Carry out jobs as `tests/javascript/officer.cjs` describes them."""
    _run(["node", str(JAVASCRIPT / "officer.cjs")], json.dumps(jobs))


def _run(command: Sequence[str], given: str = "") -> str:
    done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=_MINUTES, check=False)  # noqa: S603  # our own files
    assert done.returncode == 0, done.stderr
    return done.stdout
