"""TOML -> Layout, checked: errors name the file and the path in it.

`our-form.toml: columns[2].width: expected a number`.
"""

import difflib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from workbook.errors import LayoutError
from workbook.layout.form import Layout
from workbook.palette import STANDARD
from workbook.shipped import shipped

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError

# What a value should be, in the words of somebody who writes a layout, by the checker's name for the mistake.
_EXPECTED = {
    "bool_parsing": "expected true or false",
    "bool_type": "expected true or false",
    "dataclass_type": "expected a table, in braces",
    "string_type": "expected text in quotation marks",
    "tuple_type": "expected a list, in square brackets",
}


@lru_cache(maxsize=16)
def layout_from_text(text: str) -> Layout:
    """Read what `Layout.to_text` wrote."""
    return _check(json.loads(text), "the layout in this workbook")


def available() -> list[str]:
    """The names of the layouts that are shipped with the program."""
    return sorted(path.stem for path in shipped("layouts").glob("*.toml"))


def default_layout() -> Layout:
    """The layout that is used where none is named: the one whose file says `default = true`."""
    found = [layout for name in available() if (layout := load_layout(name)).default]
    if len(found) != 1:
        raise LayoutError(f"layouts: expected one layout with default = true, found {len(found)}")
    return found[0]


def load_layout(name: str | Path) -> Layout:
    """Read a layout by its name, or from a `.toml` file; LayoutError says what is wrong, all of it."""
    path = layout_file(name)
    return _check(_data(path), path.name)


def layout_file(name: str | Path) -> Path:
    """The file of a layout that is given by its name, or as that file itself; LayoutError when there is none."""
    path = Path(name)
    if path.suffix != ".toml":
        if str(name) not in available():
            near = difflib.get_close_matches(str(name), available(), n=1)
            own = f"One of your own is given by its file: {name}.toml."
            hint = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(available())}. {own}"
            raise LayoutError(f"There is no layout “{name}”. {hint}")
        path = shipped("layouts") / f"{name}.toml"
    return path


def _data(path: Path, below: tuple[Path, ...] = ()) -> dict[str, Any]:
    """The file's keys, over those of the layout that it extends; `below` are the files that extend this one."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise LayoutError(f"{path}: the file cannot be opened ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LayoutError(f"{path.name}: this is not TOML: {error}") from error
    if "extends" not in data:
        return data
    base = data.pop("extends")
    beside = path.parent / f"{base}.toml"
    base_path = beside if beside.exists() else shipped("layouts") / f"{base}.toml"
    if base_path.resolve() in (path.resolve(), *below) or not base_path.exists():
        raise LayoutError(f"{path.name}: extends: there is no other layout “{base}”")
    if "name" not in data:
        raise LayoutError(f"{path.name}: name: this key is missing")
    return {**_data(base_path, (*below, path.resolve())), "default": False, **data}


def _check(data: dict[str, Any], where: str) -> Layout:
    from pydantic import ValidationError  # noqa: PLC0415  # slow to import; `--help` must not wait for it

    statuses = data.get("statuses")
    unknown = [
        f"{where}: statuses[{index}]: “{entry}” is not a standard status ({', '.join(STANDARD)}); "
        "describe a new one in a table of its own"
        for index, entry in enumerate(statuses if isinstance(statuses, list) else ())
        if isinstance(entry, str) and entry not in STANDARD
    ]
    if unknown:
        raise LayoutError("\n".join(unknown))
    try:
        # As JSON, so that nothing is taken for what it is not: "45" is no number, and "yes" is not true.
        text = json.dumps({**data, "statuses": _with_standard(statuses)}, default=str)
        return adapter().validate_json(text, strict=True)
    except ValidationError as error:
        lines = [f"{where}: {line}" for line in _explain(error)]
        raise LayoutError("\n".join(lines)) from error


@lru_cache(maxsize=1)
def adapter() -> "TypeAdapter[Layout]":
    """What checks a layout's keys."""
    from pydantic import TypeAdapter  # noqa: PLC0415  # as above

    return TypeAdapter(Layout)


def _with_standard(statuses: object) -> object:
    """Each status named by its key, or a table with what differs, filled up from the standard statuses."""
    if not isinstance(statuses, list | tuple):
        return statuses
    filled: list[object] = []
    for entry in statuses:
        given: Mapping[str, object] = {"key": entry} if isinstance(entry, str) else entry
        standard = STANDARD.get(str(given.get("key"))) if isinstance(given, Mapping) else None
        filled.append({**asdict(standard), **given} if standard else given)
    return filled


def _explain(error: "ValidationError") -> list[str]:
    """One line a mistake: its path, and what was expected."""
    lines = []
    for mistake in error.errors():
        loc = tuple(part for part in mistake["loc"] if not str(part).startswith("literal["))
        if "tuple[str, ...]" in loc:
            continue  # one of two things that could stand there; the other says what is expected
        path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")
        message = _EXPECTED.get(mistake["type"], str(mistake["msg"]))
        if mistake["type"] == "unexpected_keyword_argument":
            known = _known_keys(loc[:-1])
            near = difflib.get_close_matches(str(loc[-1]), known, n=1, cutoff=0)
            message = f"this key is not known; the nearest is “{near[0]}”" if near else "this key is not known"
        elif mistake["type"] in ("missing", "missing_argument"):
            message = "this key is missing"
        elif mistake["type"] == "value_error":
            path, message = _at(path, message.removeprefix("Value error, "))
        elif mistake["type"] == "literal_error":
            message = f"expected {mistake['ctx']['expected']}"
            message += ", or a list of words" if loc != mistake["loc"] else ""
        elif mistake["type"].startswith(("float", "int")):
            message = "expected a number"
        lines.append(f"{path}: {message}" if path else message)
    return lines


def _at(path: str, message: str) -> tuple[str, str]:
    """The path down to the key that a message begins with, if it names one, and the rest of it."""
    key, colon, rest = message.partition(": ")
    return (f"{path}.{key}", rest) if path and colon and key.isidentifier() else (path, message)


def _known_keys(path: tuple[int | str, ...]) -> list[str]:
    """The keys that the table at that path may have."""
    kind: Any = Layout
    for part in path:
        if isinstance(part, int):
            kind = get_args(kind)[0]
        elif is_dataclass(kind):
            kind = {each.name: each.type for each in fields(kind)}.get(part)
            kind = next((each for each in get_args(kind) if is_dataclass(each)), kind) if part == "print" else kind
    return [each.name for each in fields(kind)] if is_dataclass(kind) else []
