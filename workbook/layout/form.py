"""A layout: the form of a plan's workbook. Every key that a layout file may have is a field of one of these classes."""

import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property, lru_cache
from string import Formatter
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from workbook.layout.pieces import (
    COLUMN_FIELDS,
    MAX_LETTERS,
    MONTHS,
    SHOWN,
    STATUS,
    Block,
    Column,
    Fact,
    OwnFields,
    Print,
    TabSpec,
    check_columns,
    check_known,
    twice,
)
from workbook.markers import MARKERS
from workbook.months import Month, run
from workbook.palette import PROPOSED_MARK, Palette, Status, look_problem
from workbook.plan import HEADING_FIELDS

if TYPE_CHECKING:
    from pydantic import ConfigDict

Cycle = Literal["fortnight", "month", "quarter", "half-year", "year"]
CYCLE_MONTHS: Mapping[str, int] = {"fortnight": 1, "month": 1, "quarter": 3, "half-year": 6, "year": 12}
CYCLE_DAYS: Mapping[str, int] = {"fortnight": 14, "month": 31, "quarter": 92, "half-year": 183, "year": 366}
SENTENCE_WORDS = ("highlighted", "month", "changed", "awaiting_approval", "not_reported")
COMPLETED_WORDS = ("actions", "completed", "completed_count", "as_at")
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
        check_columns(self.columns)
        self._check_fields()
        self._check_levels()
        self._check_statuses()
        if len({self._has_months(spec) for spec in self.action_tabs}) != 1:
            problem = "expected tabs of actions, all with the column “months”, or all with “status”"
            raise ValueError(f"tabs: {problem}")
        if double := twice(spec.title for spec in self.tabs if spec.title):
            raise ValueError(f"tabs: two of them have the title “{double}”")
        keys = {status.key for status in self.statuses if status.counts_as == status.key}
        for key in ("sentence", "sentence_awaiting", "sentence_not_reported"):
            _check_sentence(key, getattr(self, key), {*SENTENCE_WORDS, *keys})
        _check_sentence("sentence_completed", self.sentence_completed, {*COMPLETED_WORDS})

    def _check_fields(self) -> None:
        for at, columns in self._column_sets():
            for number, column in enumerate(columns):
                known = (MONTHS, STATUS, *SHOWN, *COLUMN_FIELDS, *self.fields.actions)
                check_known(f"{at}[{number}].field", column.field, known)
        for at, field_name in self._heading_fields():
            check_known(at, field_name, (*HEADING_FIELDS, *self.fields.headings))

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
        if double := twice((*self.levels, *self.lists)):
            raise ValueError(f"levels: “{double}” is named twice, here or in lists")
        named = [(f"tops[{number}]", top, self.levels) for number, top in enumerate(self.tops)]
        every = (*self.levels, *self.lists)
        named += [(f"blocks[{number}].level", block.level, every) for number, block in enumerate(self.blocks)]
        for number, spec in enumerate(self.tabs):
            named += [(f"tabs[{number}].level", spec.level, self.tab_levels)] if spec.level else []
            for place, part in enumerate(spec.parts):
                named += [(f"tabs[{number}].parts[{place}].level", part.level, every)] if part.level else []
        for at, level, known in named:
            check_known(at, level, known)
        for number, block in enumerate(self.blocks):
            if block.level in self.tab_levels:
                raise ValueError(f"blocks[{number}].level: each {block.level} has a tab, so it is not listed on one")
        states = {spec.state for spec in self.action_tabs} - {None}
        if states and states != {"open", "begun", "complete"} and all(spec.state for spec in self.action_tabs):
            raise ValueError("tabs: an action is open, begun or complete; expected a tab for each state")

    def _check_statuses(self) -> None:
        keys = {status.key for status in self.statuses}
        if double := twice(status.key for status in self.statuses):
            raise ValueError(f"statuses: two of them have the key “{double}”")
        for status in self.statuses:
            if not status.letter.strip():
                raise ValueError(f"statuses: {status.key} has no letter")
            if status.letter != status.letter.strip() or len(status.letter) > MAX_LETTERS or '"' in status.letter:
                raise ValueError(f'statuses: {status.key}: a letter has one to {MAX_LETTERS} signs, none of them "')
            if status.letter.endswith(PROPOSED_MARK):
                raise ValueError(f"statuses: {status.key}: {PROPOSED_MARK} stands after a letter that awaits approval")
            if (status.behind or 0) < 0:
                raise ValueError(f"statuses: {status.key}: behind is a number of months from 0 on")
            if problem := look_problem(status):
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


@lru_cache(maxsize=64)
def _palette(statuses: tuple[Status, ...]) -> Palette:
    return Palette(statuses)
