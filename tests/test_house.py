"""The house: which room may ask which, and what may be said in it."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import workbook
from workbook.layout import available, load_layout

PACKAGE = Path(workbook.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

# From the ground up: a room may import from the floors below its own.
FLOORS: list[set[str]] = [
    {"errors", "frames"},
    {"shipped", "months", "refs", "files", "markers"},
    {"archive", "palette", "record", "timescales"},
    {"findings", "plan", "queries"},
    {"layout"},
    {"completion", "dependencies", "history", "reminders", "reprogrammed"},
    {"reading", "source"},
    {"corporate", "views"},
    {"pack"},
    {"names"},
    {"tabs", "rules"},
    {"grid"},
    {"issuing", "rollover", "build", "read", "merge", "report", "libreoffice"},
    {"adopt"},
    {"workers"},
    {"verbs"},
    {"demo"},
    {"documents", "printed"},
    {"cli"},
    {"__init__", "__main__"},
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}

# Libraries that only one room opens.
ONLY_IN = {
    "xlsxwriter": {"build"},
    "openpyxl": {"read"},
    "xlrd": {"read"},
    "msoffcrypto": {"read"},
    "docx": {"read"},
    "zipfile": {"build", "read"},
    "rapidfuzz": {"read"},
    "dateutil": {"timescales"},
    "pandas": {"frames"},
    "pyarrow": {"frames"},
    "subprocess": {"libreoffice"},
    "multiprocessing": {"workers"},
    "concurrent": {"workers"},
    "typer": {"cli"},
    "rich": {"cli", "printed"},
}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it and for whatever reason."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "workbook":
                yield from (f"workbook.{alias.name}" for alias in node.names)
            else:
                yield node.module


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down_only(path: Path) -> None:
    own = room(path)
    asked = {name.split(".")[1] for name in imports(path) if name.startswith("workbook.")} - {own}
    assert sorted(other for other in asked if FLOOR[other] >= FLOOR[own]) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_library_is_opened_in_its_own_room_only(path: Path) -> None:
    used = {name.split(".")[0] for name in imports(path)}
    assert {library for library in used if room(path) not in ONLY_IN.get(library, {room(path)})} == set()


def test_every_module_has_a_floor() -> None:
    assert {room(path) for path in MODULES} == set(FLOOR)


def test_no_python_names_a_layout_or_an_organisation() -> None:
    names = {*available(), *(load_layout(name).title for name in available())}
    source = {path: path.read_text(encoding="utf-8").casefold() for path in MODULES}
    for settings in (PACKAGE.parent / "examples").glob("*/settings.csv"):
        organisation = re.search(r"^organisation,(.*)$", settings.read_text(encoding="utf-8"), re.MULTILINE)
        assert organisation
        names |= {organisation[1].strip('"'), organisation[1].split()[0]}
    assert {(name, path.name) for name in names for path in source if name.casefold() in source[path]} == set()


def test_no_colour_stands_outside_the_palette() -> None:
    # The file's own indexed and theme colours are facts of the file format.
    allowed = {PACKAGE / "palette.py", PACKAGE / "read" / "fills.py"}
    literal = re.compile(r'"#?[0-9A-F]{6}"')
    assert [path.name for path in MODULES if path not in allowed and literal.search(path.read_text("utf-8"))] == []


def test_the_verbs_keep_their_names_when_the_subpackages_are_imported() -> None:
    for subpackage in ("build", "read", "merge", "rollover", "history", "reminders"):
        import_module(f"workbook.{subpackage}")
    verbs = (workbook.read, workbook.build, workbook.merge, workbook.rollover, workbook.history, workbook.reminders)
    assert all(callable(verb) for verb in verbs)
