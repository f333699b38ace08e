"""A layout: the form of a plan's workbook, read from a TOML file and checked.

Errors name the file and the path within it: `our-form.toml: columns[2].width: expected a number`.
"""

import difflib
import json
import tomllib
from collections.abc import Mapping, Set
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args

from workbook.errors import LayoutError
from workbook.markers import MARKERS
from workbook.palette import STANDARD, Palette, Status
from workbook.shipped import shipped

if TYPE_CHECKING:
    from pydantic import ConfigDict, TypeAdapter, ValidationError

ColumnField = Literal[
    "ref",
    "action",
    "lead",
    "months",
    "note",
    "start",
    "finish",
    "timescale",
    "importance",
    "depends_on",
    "milestone",
    "partners",
    "resources",
    "recommendation",
    "target",
]
_ALWAYS = ("ref", "action", "lead", "months", "note")  # the columns that every grid has
Paper = Literal["A3", "A4"]
Orientation = Literal["landscape", "portrait"]
BlockField = Literal["ref", "title", "required", "timescale", "lead", "resources", "deadline", "recommendation"]
_WIDEST = 255  # characters: what Excel allows
SENTENCE_WORDS = ("highlighted", "month", "changed", "awaiting_approval", "not_reported")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the grid: a field of an action; `months` stands for as many columns as the plan has months.

    `width` is in Excel's characters. What is not `locked` is the officers' to fill in.
    """

    __pydantic_config__: ClassVar["ConfigDict"] = {"extra": "forbid"}

    field: ColumnField
    heading: str = ""
    aliases: tuple[str, ...] = ()
    width: float = 10
    locked: bool = True
    drop_down: Literal["people", "statuses"] | None = None

    def __post_init__(self) -> None:
        """Refuse a width that no column can have."""
        _check_width(self.width)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockColumn:
    """A column of a block above the grid; `width` is its share of the grid's width."""

    __pydantic_config__: ClassVar["ConfigDict"] = {"extra": "forbid"}

    field: BlockField
    heading: str
    width: float

    def __post_init__(self) -> None:
        """Refuse a share that no column can have."""
        _check_width(self.width)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A table above the grid that lists the tab's headings of one level."""

    __pydantic_config__: ClassVar["ConfigDict"] = {"extra": "forbid"}

    level: str
    columns: tuple[BlockColumn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """How the tabs are printed: always one page wide, with the header rows on every page."""

    __pydantic_config__: ClassVar["ConfigDict"] = {"extra": "forbid"}

    paper: Paper = "A3"
    orientation: Orientation = "landscape"


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The form of a plan's workbook.

    `levels` are the heading levels from the top; there is one tab for each heading of the first, and the rest
    are section rows in its grid. `bands`: `two` gives each action a programme row and a progress row below,
    `overlay` one row with the programme outlined. `guidance` names the rules that the plan is judged by.
    """

    __pydantic_config__: ClassVar["ConfigDict"] = {"extra": "forbid"}

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    statuses: tuple[Status, ...]
    guidance: tuple[str, ...]
    sentence: str
    sentence_awaiting: str
    sentence_not_reported: str
    default: bool = False
    levels: tuple[str, ...] = ("priority", "measure", "section")
    outcome_label: str = "Expected outcome"
    bands: Literal["two", "overlay"] = "two"
    protect: bool = True
    filter: bool = False
    blocks: tuple[Block, ...] = ()
    print: Print = field(default_factory=Print)

    def __post_init__(self) -> None:
        """Refuse what no workbook can be made of; ValueError says which key and why."""
        names: list[str] = [column.field for column in self.columns]
        for name in (*_ALWAYS, *(each for each in dict.fromkeys(names) if each not in _ALWAYS)):
            if names.count(name) != 1:
                raise ValueError(f"columns: expected one column with field = “{name}”, found {names.count(name)}")
        keys = {status.key for status in self.statuses}
        for status in self.statuses:
            if not status.letter.strip():
                raise ValueError(f"statuses: {status.key} has no letter")
            if unknown := set(status.markers).difference(MARKERS):
                raise ValueError(
                    f"statuses: {status.key} has the marker “{unknown.pop()}”; there are {', '.join(MARKERS)}"
                )
            if status.counts_as not in keys:
                raise ValueError(f"statuses: {status.key} counts as “{status.counts_as}”, which is no status here")
        letters = [status.letter.casefold() for status in self.statuses]
        if len(set(letters)) < len(letters):
            raise ValueError("statuses: two of them have the same letter")
        if not self.levels:
            raise ValueError("levels: expected at least one level of heading")
        for key in ("sentence", "sentence_awaiting", "sentence_not_reported"):
            _check_sentence(key, getattr(self, key), {*SENTENCE_WORDS, *keys})

    @cached_property
    def palette(self) -> Palette:
        """The layout's statuses, to be looked up by letter, word and fill."""
        return _palette(self.statuses)

    @property
    def tab_level(self) -> str:
        """The level of heading that has a tab of its own."""
        return self.levels[0]

    def column(self, name: str) -> Column:
        """The column of that field, which the layout has."""
        return next(column for column in self.columns if column.field == name)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The fields of an action that stand in columns of their own, in order."""
        return tuple(column.field for column in self.columns if column.field != "months")

    def officers_may_change(self, name: str) -> bool:
        """Whether officers fill in that field of an action."""
        column = "months" if name == "progress" else name
        return any(each.field == column and not each.locked for each in self.columns)

    def __getstate__(self) -> dict[str, Any]:
        """What is sent to another process: the form itself, and nothing that is worked out from it."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def to_text(self) -> str:
        """One text that `layout_from_text` reads, so that a workbook carries its own form."""
        return json.dumps(asdict(self), ensure_ascii=False)


def _check_width(width: float) -> None:
    if not 0 < width <= _WIDEST:
        raise ValueError(f"expected a width above 0 and up to {_WIDEST}")


def _check_sentence(key: str, sentence: str, known: Set[str]) -> None:
    """Refuse a sentence that could not be filled in."""
    try:
        for _, word, _, _ in Formatter().parse(sentence):
            if word is not None and word not in known:
                raise ValueError(f"“{{{word}}}” is none of {', '.join(sorted(known))}")
        sentence.format(**dict.fromkeys(known, "1.0"))
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from error


@lru_cache(maxsize=64)
def _palette(statuses: tuple[Status, ...]) -> Palette:
    return Palette(statuses)


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
    path = Path(name)
    if path.suffix != ".toml":
        if str(name) not in available():
            near = difflib.get_close_matches(str(name), available(), n=1)
            hint = f" Did you mean “{near[0]}”?" if near else f" There are: {', '.join(available())}."
            raise LayoutError(f"There is no layout “{name}”.{hint}")
        path = shipped("layouts") / f"{name}.toml"
    return _check(_data(path), path.name)


def _data(path: Path, below: tuple[Path, ...] = ()) -> dict[str, Any]:
    """The file's keys, over those of the layout that it extends; `below` are the files that extend this one."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
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
        return _adapter().validate_python({**data, "statuses": _with_standard(statuses)})
    except ValidationError as error:
        lines = [f"{where}: {line}" for line in _explain(error)]
        raise LayoutError("\n".join(lines)) from error


@lru_cache(maxsize=1)
def _adapter() -> "TypeAdapter[Layout]":
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
        path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in mistake["loc"]).lstrip(".")
        message = str(mistake["msg"])
        if mistake["type"] == "unexpected_keyword_argument":
            known = _known_keys(mistake["loc"][:-1])
            near = difflib.get_close_matches(str(mistake["loc"][-1]), known, n=1, cutoff=0)
            message = f"this key is not known; the nearest is “{near[0]}”" if near else "this key is not known"
        elif mistake["type"] in ("missing", "missing_argument"):
            message = "this key is missing"
        elif mistake["type"] == "value_error":
            message = message.removeprefix("Value error, ")
        elif mistake["type"].startswith(("float", "int")):
            message = "expected a number"
        lines.append(f"{path}: {message}" if path else message)
    return lines


def _known_keys(path: tuple[int | str, ...]) -> list[str]:
    """The keys that the table at that path may have."""
    kind: Any = Layout
    for part in path:
        if isinstance(part, int):
            kind = get_args(kind)[0]
        elif is_dataclass(kind):
            kind = {each.name: each.type for each in fields(kind)}.get(part)
    return [each.name for each in fields(kind)] if is_dataclass(kind) else []
