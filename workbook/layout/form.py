"""A layout: the form of a plan's workbook. Every key that a layout file may have is a field of one of these classes."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property, lru_cache
from string import Formatter
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from workbook.markers import MARKERS
from workbook.months import Month, run
from workbook.palette import PROPOSED_MARK, Palette, Status, look_problem
from workbook.plan import HEADING_FIELDS, Action, Heading

if TYPE_CHECKING:
    from pydantic import ConfigDict

Paper = Literal["A3", "A4"]
Orientation = Literal["landscape", "portrait"]
DropDown = Literal["people", "statuses"]
Cycle = Literal["fortnight", "month", "quarter", "half-year", "year"]
CYCLE_MONTHS: Mapping[str, int] = {"fortnight": 1, "month": 1, "quarter": 3, "half-year": 6, "year": 12}
CYCLE_DAYS: Mapping[str, int] = {"fortnight": 14, "month": 31, "quarter": 92, "half-year": 183, "year": 366}

COLUMN_FIELDS = (
    "ref action lead note start finish timescale importance depends_on milestone partners resources recommendation "
    "target new_date"
).split()
# Columns that show no field of an action: all months, the month that is reported, the line's number, the heading.
MONTHS, STATUS, LINE, HEADING = "months", "status", "line", "heading"
REPORTED = (MONTHS, STATUS)  # where officers report
SHOWN = (LINE, HEADING)  # worked out from where an action stands, and so nobody's to fill in
SENTENCE_WORDS = ("highlighted", "month", "changed", "awaiting_approval", "not_reported")
COMPLETED_WORDS = ("actions", "completed", "completed_count", "as_at")
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
            if twice := _twice(names):
                raise ValueError(f"“{twice}” is named twice")
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
            _check_columns(self.columns)


DEFAULT_TABS = (TabSpec(),)


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The form of a plan's workbook.

    `levels` are the heading levels from the top; `tops` those that have a tab for each of their headings (the first,
    where none are named); `lists` are levels of headings that no actions stand under. `fields` are the plan's own
    columns. `facts` stand above the tables of a tab, `blocks` below them, `tabs` are all tabs in order.

    `bands`: `two` gives each action a programme row and a progress row below, `overlay` one row with the programme
    outlined; both matter only where there are months. `cycle` is how often is reported. `counts`: the board's figures
    are of the actions `highlighted` for the month, or of `all` that have been due or reported by then, each as it was
    last reported. `guidance` names the rules that the plan is judged by.
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
    sentence_completed: str = ""
    default: bool = False
    levels: tuple[str, ...] = ("priority", "measure", "section")
    tops: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    fields: OwnFields = field(default_factory=OwnFields)
    facts: tuple[Fact, ...] = (Fact(field="outcome", label="Expected outcome"),)
    bands: Literal["two", "overlay"] = "two"
    cycle: Cycle = "month"
    counts: Literal["highlighted", "all"] = "highlighted"
    protect: bool = True
    filter: bool = False
    blocks: tuple[Block, ...] = ()
    tabs: tuple[TabSpec, ...] = DEFAULT_TABS
    print: Print = field(default_factory=Print)

    def __post_init__(self) -> None:
        """Refuse what no workbook can be made of; ValueError says which key and why."""
        _check_columns(self.columns)
        self._check_fields()
        self._check_levels()
        self._check_statuses()
        if len({self._has_months(spec) for spec in self.action_tabs}) != 1:
            problem = "expected tabs of actions, all with the column “months”, or all with “status”"
            raise ValueError(f"tabs: {problem}")
        if twice := _twice(spec.title for spec in self.tabs if spec.title):
            raise ValueError(f"tabs: two of them have the title “{twice}”")
        keys = {status.key for status in self.statuses if status.counts_as == status.key}
        for key in ("sentence", "sentence_awaiting", "sentence_not_reported"):
            _check_sentence(key, getattr(self, key), {*SENTENCE_WORDS, *keys})
        _check_sentence("sentence_completed", self.sentence_completed, {*COMPLETED_WORDS})

    def _check_fields(self) -> None:
        for at, columns in self._column_sets():
            for number, column in enumerate(columns):
                known = (MONTHS, STATUS, *SHOWN, *COLUMN_FIELDS, *self.fields.actions)
                _check_known(f"{at}[{number}].field", column.field, known)
        for at, field_name in self._heading_fields():
            _check_known(at, field_name, (*HEADING_FIELDS, *self.fields.headings))

    def _column_sets(self) -> Iterable[tuple[str, tuple[Column, ...]]]:
        yield "columns", self.columns
        for number, spec in enumerate(self.tabs):
            yield f"tabs[{number}].columns", spec.columns

    def _heading_fields(self) -> Iterable[tuple[str, str]]:
        for number, fact in enumerate(self.facts):
            yield f"facts[{number}].field", fact.field
        for number, block in enumerate(self.blocks):
            for place, column in enumerate(block.columns):
                yield f"blocks[{number}].columns[{place}].field", column.field
        for number, spec in enumerate(self.tabs):
            for place, part in enumerate(spec.parts):
                for at, shown in enumerate(part.columns):
                    yield f"tabs[{number}].parts[{place}].columns[{at}].field", shown.field

    def _check_levels(self) -> None:
        if not self.levels:
            raise ValueError("levels: expected at least one level of heading")
        for key in ("levels", "lists"):
            for level in getattr(self, key):
                if level != level.casefold().strip() or not level:
                    raise ValueError(f"{key}: “{level}”: write it in small letters")
        if twice := _twice((*self.levels, *self.lists)):
            raise ValueError(f"levels: “{twice}” is named twice, here or in lists")
        named = [(f"tops[{number}]", top, self.levels) for number, top in enumerate(self.tops)]
        every = (*self.levels, *self.lists)
        named += [(f"blocks[{number}].level", block.level, every) for number, block in enumerate(self.blocks)]
        for number, spec in enumerate(self.tabs):
            named += [(f"tabs[{number}].level", spec.level, self.tab_levels)] if spec.level else []
            for place, part in enumerate(spec.parts):
                named += [(f"tabs[{number}].parts[{place}].level", part.level, every)] if part.level else []
        for at, level, known in named:
            _check_known(at, level, known)
        for number, block in enumerate(self.blocks):
            if block.level in self.tab_levels:
                raise ValueError(f"blocks[{number}].level: each {block.level} has a tab, so it is not listed on one")
        states = {spec.state for spec in self.action_tabs} - {None}
        if states and states != {"open", "begun", "complete"} and all(spec.state for spec in self.action_tabs):
            raise ValueError("tabs: an action is open, begun or complete; expected a tab for each state")

    def _check_statuses(self) -> None:
        keys = {status.key for status in self.statuses}
        if twice := _twice(status.key for status in self.statuses):
            raise ValueError(f"statuses: two of them have the key “{twice}”")
        for number, status in enumerate(self.statuses):
            if not status.letter.strip():
                raise ValueError(f"statuses: {status.key} has no letter")
            if status.letter != status.letter.strip() or len(status.letter) > MAX_LETTERS or '"' in status.letter:
                raise ValueError(f'statuses: {status.key}: a letter has one to {MAX_LETTERS} signs, none of them "')
            if status.letter.endswith(PROPOSED_MARK):
                raise ValueError(f"statuses: {status.key}: {PROPOSED_MARK} stands after a letter that awaits approval")
            if (status.behind or 0) < 0:
                raise ValueError(f"statuses: {status.key}: behind is a number of months from 0 on")
            if problem := look_problem(status, self.statuses[:number]):
                raise ValueError(f"statuses: {status.key}: {problem}")
            others = [each for each in self.statuses if each.key != status.key]
            said = {word.casefold() for each in others for word in (each.key, each.label, *each.words)}
            if status.letter.casefold() in said:
                raise ValueError(f"statuses: {status.key} has a letter that is a word of another")
            if unknown := set(status.markers).difference(MARKERS):
                raise ValueError(
                    f"statuses: {status.key} has the marker “{unknown.pop()}”; there are {', '.join(MARKERS)}"
                )
            if status.counts_as not in keys:
                raise ValueError(f"statuses: {status.key} counts as “{status.counts_as}”, which is no status here")
        letters = [status.letter.casefold() for status in self.statuses]
        if not letters:
            raise ValueError("statuses: expected at least one")
        if len(set(letters)) < len(letters):
            raise ValueError("statuses: two of them have the same letter")

    @cached_property
    def palette(self) -> Palette:
        """The layout's statuses, to be looked up by letter, word and fill."""
        return _palette(self.statuses)

    @property
    def tab_levels(self) -> tuple[str, ...]:
        """The levels of heading that have a tab for each."""
        return self.tops or self.levels[:1]

    @property
    def tab_level(self) -> str:
        """The first of them: what a plan's uppermost headings are called."""
        return self.tab_levels[0]

    @property
    def section_level(self) -> str:
        """The level of the headings that are section rows even where no action stands under them."""
        return next((level for level in reversed(self.levels) if level not in self.tab_levels), "")

    @cached_property
    def action_tabs(self) -> tuple[TabSpec, ...]:
        """The tabs on which actions are reported on."""
        return tuple(spec for spec in self.tabs if spec.shows == "actions")

    def columns_of(self, spec: TabSpec) -> tuple[Column, ...]:
        """The columns of such a tab."""
        return spec.columns or self.columns

    def levels_of(self, spec: TabSpec) -> tuple[str, ...]:
        """The levels whose headings have a tab each of that kind: the one it names, or all that no other names."""
        others = {each.level for each in self.action_tabs if each.level}
        return (spec.level,) if spec.level else tuple(level for level in self.tab_levels if level not in others)

    def _has_months(self, spec: TabSpec) -> bool:
        return any(column.field == MONTHS for column in self.columns_of(spec))

    @cached_property
    def has_months(self) -> bool:
        """Whether every month has a column; if not, only the one that is reported has."""
        return self._has_months(self.action_tabs[0])

    @property
    def has_two_bands(self) -> bool:
        """Whether an action has a programme row, and a progress row below it."""
        return self.has_months and self.bands == "two"

    @cached_property
    def all_columns(self) -> Mapping[str, Column]:
        """Every column of any tab of actions by its field, the first of each."""
        found: dict[str, Column] = {}
        for spec in self.action_tabs:
            for column in self.columns_of(spec):
                found.setdefault(column.field, column)
        return found

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The fields of an action that stand in columns of their own, in order."""
        return tuple(name for name in self.all_columns if name not in (MONTHS, STATUS, *SHOWN))

    def officers_may_change(self, name: str) -> bool:
        """Whether officers fill in that field of an action."""
        wanted = (MONTHS, STATUS) if name == "progress" else (name,)
        columns = (column for spec in self.action_tabs for column in self.columns_of(spec))
        return any(each.field in wanted and not each.locked for each in columns)

    def cycle_to(self, month: Month, start: Month) -> tuple[Month, ...]:
        """The months that a report for a month is about: of its cycle, counted from the plan's start, up to it."""
        months = CYCLE_MONTHS[self.cycle]
        return run(month + -(month.since(start) % months), month.since(start) % months + 1)

    def cycle_after(self, month: Month, start: Month) -> tuple[Month, ...]:
        """The months of the cycle after that of a month."""
        first = self.cycle_to(month, start)[0] + CYCLE_MONTHS[self.cycle]
        return run(first, CYCLE_MONTHS[self.cycle])

    def ends_cycle(self, month: Month, start: Month) -> bool:
        """Whether a month is the last of its cycle."""
        return len(self.cycle_to(month, start)) == CYCLE_MONTHS[self.cycle]

    def __getstate__(self) -> dict[str, Any]:
        """What is sent to another process: the form itself, and nothing that is worked out from it."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def to_text(self) -> str:
        """One text that `layout_from_text` reads, so that a workbook carries its own form."""
        return json.dumps(asdict(self), ensure_ascii=False)


def _check_columns(columns: tuple[Column, ...]) -> None:
    """Refuse columns in which nothing could be reported, or of which two are the same."""
    names = [column.field for column in columns]
    for name in ("action", "note", *dict.fromkeys(names)):
        if names.count(name) != 1:
            raise ValueError(f"columns: expected one column with field = “{name}”, found {names.count(name)}")
    if twice := _twice(column.heading.casefold() for column in columns if column.heading):
        raise ValueError(f"columns: two of them have the heading “{twice}”")
    if (MONTHS in names) == (STATUS in names):
        raise ValueError(f"columns: expected one with field = “{MONTHS}”, or one with field = “{STATUS}”, not both")


def _check_known(at: str, name: str, known: Iterable[str]) -> None:
    """Refuse what is none of the names that are known there, and say which is nearest."""
    import difflib  # noqa: PLC0415  # only for what is wrong

    known = list(dict.fromkeys(known))
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1, cutoff=0)[0]
        raise ValueError(f"{at}: “{name}” is not known here; the nearest is “{near}”")


def _check_width(width: float) -> None:
    if not 0 < width <= _WIDEST:
        raise ValueError(f"width: expected a number above 0 and up to {_WIDEST}")


def _check_sentence(key: str, sentence: str, known: Set[str]) -> None:
    """Refuse a sentence that could not be filled in."""
    try:
        for _, word, _, _ in Formatter().parse(sentence):
            if word is not None and word not in known:
                raise ValueError(f"“{{{word}}}” is none of {', '.join(sorted(known))}")
        sentence.format(**dict.fromkeys(known, "1.0"))
    except (ValueError, LookupError) as error:
        why = str(error) if isinstance(error, ValueError) else "a word stands in braces within braces"
        raise ValueError(f"{key}: {why}") from error


def _twice(names: Iterable[str]) -> str:
    """The first name that is there twice, or an empty text."""
    return next((name for name, times in Counter(names).items() if times > 1), "")


@lru_cache(maxsize=64)
def _palette(statuses: tuple[Status, ...]) -> Palette:
    return Palette(statuses)
