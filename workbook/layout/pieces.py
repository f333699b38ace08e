"""The pieces of a layout: columns, tables of headings, facts, tabs, parts of a report. Each refuses what cannot be."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, ClassVar, Literal

from workbook.plan import Action, Heading

if TYPE_CHECKING:
    from pydantic import ConfigDict

Paper = Literal["A3", "A4"]
Orientation = Literal["landscape", "portrait"]
DropDown = Literal["people", "statuses"]
COLUMN_FIELDS = (
    "ref action lead note start finish timescale importance depends_on milestone partners resources recommendation "
    "target new_date"
).split()
# Columns that show no field of an action: all months, the month that is reported, the line's number, the heading.
MONTHS, STATUS, LINE, HEADING = "months", "status", "line", "heading"
REPORTED = (MONTHS, STATUS)  # where officers report
SHOWN = (LINE, HEADING)  # worked out from where an action stands, and so nobody's to fill in
_WIDEST = 255  # characters: what Excel allows
_MOST_EARLIER = 12
_MOST_CHOICES = 50
MAX_LETTERS = 3
_PROGRAM_FIELDS = {each.name for kind in (Action, Heading) for each in fields(kind)} | {
    MONTHS,
    STATUS,
    LINE,
    "band",  # the program's own column beside row_id
    "marker",  # beside the fields, in JSON
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the grid.

    `field` is a field of an action, one of the layout's own `fields`, or one of these: `months` stands for as many
    columns as the plan has months, `status` for the month that is reported (and as many reported before it as
    `earlier` says), `line` for the number of the row in its table, `heading` for the title of what the action stands
    under. `width` is in Excel's characters; a text that does not `wrap` is shown as far as there is room. What is not
    `locked` is the officers' to fill in. `drop_down` offers the people of the plan, the statuses, or the words listed.
    A note that `tells_status` is searched for the name of a colour at its end, and its cell for a status's fill.
    """

    __pydantic_config__: ClassVar["ConfigDict"] = {"extra": "forbid"}

    field: str
    heading: str = ""
    aliases: tuple[str, ...] = ()
    width: float = 10
    wrap: bool = True
    locked: bool = True
    drop_down: DropDown | tuple[str, ...] | None = None
    earlier: int = 0
    tells_status: bool = False

    def __post_init__(self) -> None:
        """Refuse what no column can have."""
        _check_width(self.width)
        if self.earlier and self.field != STATUS:
            raise ValueError(f"earlier: only the column “{STATUS}” has months before it")
        if not 0 <= self.earlier <= _MOST_EARLIER:
            raise ValueError(f"earlier: expected a number from 0 to {_MOST_EARLIER}")
        if self.tells_status and self.field != "note":
            raise ValueError("tells_status: only the column “note” may tell a status")
        if not self.locked and self.field in SHOWN:
            raise ValueError(f"locked: the column “{self.field}” is worked out, and nobody can fill it in")
        if self.locked and self.field in REPORTED:
            raise ValueError(f"locked: “{self.field}” is where officers report; write locked = false")
        if (self.drop_down == "statuses") != (self.field in REPORTED) and self.drop_down != "people":
            self._check_drop_down()
        if self.drop_down == "people" and self.field in REPORTED:
            raise ValueError(f"drop_down: “{self.field}” offers “statuses”, or nothing")
        if self.heading and self.field == MONTHS:
            raise ValueError("heading: the months are called by their names")
        if isinstance(self.drop_down, tuple) and not 0 < len(self.drop_down) <= _MOST_CHOICES:
            raise ValueError(f"drop_down: expected from 1 to {_MOST_CHOICES} words")

    def _check_drop_down(self) -> None:
        """Refuse statuses in a column in which none are read, and other words where they are."""
        if self.drop_down == "statuses":
            raise ValueError(f"drop_down: only “{MONTHS}” and “{STATUS}” offer statuses")
        if self.choices:
            raise ValueError(f"drop_down: “{self.field}” offers “statuses”, or nothing")

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that its drop-down lists, none where it offers people or statuses."""
        return self.drop_down if isinstance(self.drop_down, tuple) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockColumn:
    """A column of a table of headings; `field` is one of theirs, `width` its share of the table's width."""

    __pydantic_config__: ClassVar["ConfigDict"] = {"extra": "forbid"}

    field: str
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

    def __post_init__(self) -> None:
        """Refuse a table without columns."""
        if not self.columns:
            raise ValueError("columns: expected at least one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A line above the tables of a tab: what its heading says in one field, after a label."""

    __pydantic_config__: ClassVar["ConfigDict"] = {"extra": "forbid"}

    field: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFields:
    """Columns of the plan source that this form has beside the usual ones: of actions, and of headings."""

    __pydantic_config__: ClassVar["ConfigDict"] = {"extra": "forbid"}

    actions: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse names that are the program's, or could not be those of a column."""
        for names in (self.actions, self.headings):
            if double := twice(names):
                raise ValueError(f"“{double}” is named twice")
        for name in (*self.actions, *self.headings):
            if name in _PROGRAM_FIELDS:
                raise ValueError(f"“{name}” is a name that the program uses itself; choose another")
            if not name.isidentifier() or name != name.casefold():
                raise ValueError(f"“{name}” is no name for a field; write small letters, digits and _, as must_by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """How the tabs are printed: always one page wide, with the header rows on every page."""

    __pydantic_config__: ClassVar["ConfigDict"] = {"extra": "forbid"}

    paper: Paper = "A3"
    orientation: Orientation = "landscape"


State = Literal["open", "begun", "complete"]
PartKind = Literal[
    "text", "achievements", "completion", "carried", "ahead", "headings", "recommendation", "checkpoints"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a report tab, under its `title`.

    `text`: the paragraphs of one of the plan's settings. `achievements`: what was said of what has been completed, of
    the actions that a `setting` names by their refs or of all. `completion`: how many actions of how many are complete.
    `carried`: those that are not, or that came from last year. `ahead`: the actions of the year to come, by heading.
    `headings`: the headings of a `level` in `columns`. `recommendation`: what each heading of a `level` is served by,
    its deadline, and whether it will be met. `checkpoints`: for each tab's heading how it stands, what its lead says
    (in the note of the action whose ref is like `refs`, as `CP-*`), what is overdue and what comes next.
    """

    __pydantic_config__: ClassVar["ConfigDict"] = {"extra": "forbid"}

    shows: PartKind
    title: str = ""
    setting: str = ""
    level: str = ""
    refs: str = ""
    columns: tuple[BlockColumn, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a part that says too little of what it shows."""
        if self.shows == "text" and not self.setting:
            raise ValueError("setting: a text is one of the plan's settings; say which")
        if self.shows in ("headings", "recommendation") and not self.level:
            raise ValueError("level: say of which level the headings are")
        if self.shows == "headings" and not self.columns:
            raise ValueError("columns: say which fields of the headings are shown")


@dataclass(frozen=True, slots=True, kw_only=True)
class TabSpec:
    """Tabs of one kind: `actions` to be reported on, a `gantt` of all months, or a `report` of `parts`.

    Tabs of actions: one for `each` heading of `level` (the layout's first, where none is named), or one for the whole
    plan, with section rows where `sections`; with `state` only the actions that are so. Their `columns` are the
    layout's where there are none here. The others are for reading, and are in masters only.
    """

    __pydantic_config__: ClassVar["ConfigDict"] = {"extra": "forbid"}

    shows: Literal["actions", "gantt", "report"] = "actions"
    title: str = ""
    each: Literal["heading", "plan"] = "heading"
    level: str = ""
    state: State | None = None
    sections: bool = True
    columns: tuple[Column, ...] = ()
    parts: tuple[Part, ...] = ()
    print: Print | None = None

    def __post_init__(self) -> None:
        """Refuse a tab that nothing could be written on."""
        if not self.title and (self.shows != "actions" or self.each == "plan"):
            raise ValueError("title: say what the tab is called")
        if (self.shows == "report") != bool(self.parts):
            raise ValueError("parts: a report has at least one, and nothing else has any")
        if self.level and self.each == "plan":
            raise ValueError("level: a tab for the whole plan has none")
        if self.shows != "actions" and any((self.level, self.state, self.columns, self.each == "plan")):
            raise ValueError(f"shows: a {self.shows} has no each, level, state or columns of its own")
        if self.columns:
            check_columns(self.columns)


def check_columns(columns: tuple[Column, ...]) -> None:
    """Refuse columns in which nothing could be reported, or of which two are the same."""
    names = [column.field for column in columns]
    for name in ("action", "note", *dict.fromkeys(names)):
        if names.count(name) != 1:
            raise ValueError(f"columns: expected one column with field = “{name}”, found {names.count(name)}")
    if double := twice(column.heading.casefold() for column in columns if column.heading):
        raise ValueError(f"columns: two of them have the heading “{double}”")
    if (MONTHS in names) == (STATUS in names):
        raise ValueError(f"columns: expected one with field = “{MONTHS}”, or one with field = “{STATUS}”, not both")


def check_known(at: str, name: str, known: Iterable[str]) -> None:
    """Refuse what is none of the names that are known there, and say which is nearest."""
    import difflib  # noqa: PLC0415  # only for what is wrong

    known = list(dict.fromkeys(known))
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1, cutoff=0)[0]
        raise ValueError(f"{at}: “{name}” is not known here; the nearest is “{near}”")


def _check_width(width: float) -> None:
    if not 0 < width <= _WIDEST:
        raise ValueError(f"width: expected a number above 0 and up to {_WIDEST}")


def twice(names: Iterable[str]) -> str:
    """The first name that is there twice, or an empty text."""
    return next((name for name, times in Counter(names).items() if times > 1), "")
