"""What each setting, column and level of a plan source is for, in the words of whoever fills one in.

What a form shows a field as is said in that form's own words.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbook.layout import HEADING, Column, Layout, Part, TabSpec
from workbook.months import Month, format_runs, run
from workbook.source.programme import DATES
from workbook.source.to_plan import LONGEST_PLAN
from workbook.source.used import action_columns, has_further_rows, headings_shown, served_level, shows_refs

_FIRST = Month(2009, 7)  # for examples, where the plan's own first month is not known yet

_SETTINGS: Mapping[str, str] = {
    "title": "What the plan is called, with its year. It stands at the top of every sheet.",
    "organisation": "Whose plan it is: the name of the council or the service.",
    "start": "The plan's first month, written as 2009-07 or July 2009.",
    "months": f"How many months the plan has: a number from 1 to {LONGEST_PLAN}. If this is empty, it has 12.",
    "layout": "The form of the workbook. Leave this as it is: the sheets here have the columns of that form.",
    "sponsor": "Who answers for the plan, such as a councillor or the chief executive: name and post.",
    "owner": "Who sees that the plan is carried out: name and post.",
    "manager": "Who keeps the plan from month to month and can be asked about it: name and post.",
}
_PEOPLE: Mapping[str, str] = {
    "initials": "The short name by which actions call this person, such as JG. No two people may have the same.",
    "name": "The person's name in full.",
    "role": "The person's post.",
    "service": "The service in which the person works. Workbooks can be sent out by service.",
    "email": "Where to write to when something is late.",
}
_HEADINGS: Mapping[str, str] = {
    "ref": "Its number or letters, such as {top}. Actions, and rows below it, name it by these.",
    "level": "What kind of heading it is: {levels}. Pick it from the list. The sheet Help says what each is.",
    "title": "What it is called.{further}",
    "parent": "The ref of the heading that it stands under. If this is empty, that is the last {tops} above it.",
    "outcome": "What will be better, and for whom.",
    "timescale": "When, or how often: {end}",
    "lead": "Who leads it: {people}",
    "resources": "What it takes: money, people, time.",
    "deadline": "By when it is to be met: {end}",
}
_ACTIONS: Mapping[str, str] = {
    "ref": "The action's own number, such as {ref}. No two actions may have the same.",
    "heading": "The ref of the heading that it stands under. Pick it from the list of those on the sheet headings.",
    "action": "What is to be done, in a sentence.",
    "lead": "Who leads it: {people}",
    "programmed": "{derived} as {programmed} or as {named}.",
    "start": "When work on it begins: {begin}",
    "finish": "When it is to be done: {end}",
    "timescale": "When, or how often: {end}",
    "target": "What is to be reached, or by when: {end}",
    "new_date": "The date that takes the place of the old one: {end}",
    "importance": "How important it is: high, medium or low.",
    "depends_on": "The refs of the actions that must be done first, such as {refs}.",
    "milestone": "What will show that it is on its way.",
    "partners": "Who else takes part.",
    "resources": "What it takes: money, people, time.",
    "recommendation": "What it serves: {served}",
    "note": "How it stands.",
}
_DATE = "a date such as {}, {:02}/{:02}/{:02} or {}. The sheet Help has more ways."
_PEOPLE_LISTED = "the initials on the sheet people. Pick them from the list, or type several with / between: JG / PS."


_OWN = "A column of this form's own."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The months and refs that examples are made of; the months are the plan's own, where they are known."""

    layout: Layout
    period: Sequence[Month]

    @classmethod
    def of(cls, layout: Layout, start: Month | None, months: int) -> "Sample":
        """The sample for a plan of so many months."""
        return cls(layout=layout, period=run(start or _FIRST, months))

    def month(self, number: int) -> Month:
        """A month of the plan, counted from 0; its last one where it has no more."""
        return self.period[min(number, len(self.period) - 1)]

    def day(self, number: int) -> str:
        """The first day of a month of the plan."""
        return f"1 {self.month(number).name}"

    @property
    def top(self) -> str:
        """The ref of an uppermost heading."""
        return "1"

    @property
    def under(self) -> str:
        """The ref of a heading that actions stand under."""
        return f"{self.top}.1" if self.layout.section_level else self.top

    def ref(self, number: int) -> str:
        """The ref of an action; nothing, where the form shows none."""
        return f"{self.under}.{number}" if shows_refs(self.layout) else ""

    @property
    def programmed(self) -> str:
        """Months of a programme, as the program writes them."""
        return format_runs((*run(self.month(0), self._first), self.month(5)))

    @property
    def named(self) -> str:
        """The same by their names, with years where a name comes more than once in the plan."""
        by_name = len(self.period) <= len({month.number for month in self.period})
        first, last, later = (
            month.short if by_name else f"{month.short} {month.year}"
            for month in (self.month(0), self.month(self._first - 1), self.month(5))
        )
        joined = f"{first}-{last}" if by_name else f"{first} to {last}"
        return ", ".join(dict.fromkeys((joined if first != last else first, later)))

    @property
    def _first(self) -> int:
        """How many months its first run has."""
        return self.month(2).since(self.month(0)) + 1

    def filled(self, text: str) -> str:
        """A text with these examples in it."""
        words = {
            "top": self.top,
            "ref": self.ref(1),
            "refs": f"{self.ref(1)} / {self.ref(2)}",
            "programmed": self.programmed,
            "named": self.named,
            "derived": self._derived,
            "begin": _a_date(self.month(0), 1),
            "end": _a_date(self.month(2), self.month(2).end.day),
            "further": self._further,
            "levels": either((*self.layout.levels, *self.layout.lists)),
            "tops": either(self.layout.tab_levels),
            "served": self._served,
            "people": _PEOPLE_LISTED,
        }
        return text.format(**words)

    @property
    def _further(self) -> str:
        """What is said of further rows of one heading, where the form has such."""
        return " Further rows with the same ref may leave this empty." if has_further_rows(self.layout) else ""

    @property
    def _served(self) -> str:
        """Where the refs of what actions serve are found."""
        level = served_level(self.layout)
        if not level:
            return "a recommendation, by its number or its name."
        return f"the ref of {article(level)}. Pick it from the list, or type several with commas between them."

    @property
    def _derived(self) -> str:
        """What a programme is, and what it is worked out from where it is left empty."""
        dates = listed(name for name in action_columns(self.layout) if name in DATES)
        if self.layout.has_months:
            return f"The months of the work; if this is empty, they are worked out from {dates}. Written"
        return f"May stay empty: the months of the work are worked out from {dates}. Otherwise these months,"


def settings_explained(layout: Layout) -> dict[str, tuple[str, str]]:
    """What each setting of a form is for, on one line, and what else there is to say of it; in order."""
    said = {key: (text, "") for key, text in _SETTINGS.items()}
    if any(spec.each == "heading" for spec in layout.action_tabs):
        label = layout.tab_level.capitalize()
        text = (
            f"A word for the top of each {layout.tab_level}'s tab: “{label}” makes it “{label} 1: …”. May stay empty."
        )
        said["priority_label"] = (text, "")
    for spec in layout.tabs:
        for part in spec.parts:
            if part.setting:
                said.setdefault(part.setting, _part_explained(part, spec.title))
    return said


def _part_explained(part: Part, tab: str) -> tuple[str, str]:
    where = f"“{part.title}” on the tab “{tab}”" if part.title else f"the tab “{tab}”"
    if part.shows == "achievements":
        return (
            f"The refs of the actions that {where} tells of.",
            "Write commas between them. If this is empty, it tells of all.",
        )
    return f"What {where} says. May stay empty.", "Alt+Enter begins a new line; leave an empty one between paragraphs."


def person_explained(name: str) -> str:
    """What a column of people is for."""
    return _PEOPLE[name]


def heading_explained(name: str, sample: Sample) -> str:
    """What a column of headings is for."""
    layout = sample.layout
    said = [sample.filled(_HEADINGS[name])] if name in _HEADINGS else []
    if name not in ("ref", "level", "title", "parent"):
        said += _shown_as(name, layout)
    if name == "required" and has_further_rows(layout):
        said.append("Several of them stand in rows of their own with the same ref.")
    return " ".join(said) or _OWN


def _shown_as(name: str, layout: Layout) -> Iterator[str]:
    """At which levels a field of headings is of use, and what it is shown as there."""
    labels: dict[str, str] = {}
    for field, level, label in headings_shown(layout):
        if field == name:
            labels[level] = labels.get(level) or label
    for label in dict.fromkeys(labels.values()):
        levels = [level for level, its in labels.items() if its == label]
        where = f"For {'levels' if len(levels) > 1 else 'level'} {listed(levels)}"
        yield f"{where}, shown as “{label}”." if label else f"{where}."


def action_explained(name: str, sample: Sample) -> str:
    """What a column of actions is for."""
    layout = sample.layout
    if name == "ref" and not shows_refs(layout):
        return "Leave this empty: the form shows no refs of actions."
    said = [sample.filled(_ACTIONS[name])] if name in _ACTIONS else []
    tabs = {spec: columns[name] for spec in layout.action_tabs if name in (columns := _columns(layout, spec))}
    shown = list(dict.fromkeys(column.heading for column in tabs.values() if column.heading))
    if name not in ("ref", "lead") and [each.casefold() for each in shown] not in ([], [name]):
        where = "" if len(tabs) == len(layout.action_tabs) else _of_levels(layout, tabs)
        said.append(f"Shown as {either(f'“{each}”' for each in shown)}{where}.")
    choices = next((column.choices for column in tabs.values() if column.choices), ())
    if choices:
        said.append(f"Pick {either(choices)}.")
    if layout.officers_may_change(name):
        said.append("Officers fill it in later: leave it empty, or write what is known by now.")
    return " ".join(said) or _OWN


def _columns(layout: Layout, spec: TabSpec) -> Mapping[str, Column]:
    return {column.field: column for column in layout.columns_of(spec)}


def _of_levels(layout: Layout, tabs: Iterable[TabSpec]) -> str:
    """Under which headings alone an action has a column, where not all of them have tabs of that kind."""
    levels = [level for spec in tabs if spec.each == "heading" for level in layout.levels_of(spec)]
    return f", under {either(levels)} only" if levels else ""


def level_explained(level: str, layout: Layout) -> str:
    """What a heading of a level is in the workbook."""
    if level in layout.lists:
        tabs = dict.fromkeys(spec.title for spec in layout.tabs for part in spec.parts if part.level == level)
        where = f" It is shown on the tab {either(f'“{tab}”' for tab in tabs)}." if tabs else ""
        return f"A list of its own: no actions stand under it. Keep its rows together.{where}"
    if any(spec.each == "heading" and level in layout.levels_of(spec) for spec in layout.action_tabs):
        return "It has a tab of its own, with all actions that stand under it and what is below it."
    if level in layout.tab_levels:
        beside = layout.all_columns.get(HEADING)
        where = f", in the column “{beside.heading}”" if beside and beside.heading else ""
        return f"Its actions stand together, and it is shown beside them{where}."
    above = f"It stands under {article(layout.levels[max(layout.levels.index(level) - 1, 0)])}"
    if any(block.level == level for block in layout.blocks):
        return f"{above}, is listed in a table at the top of its tab, and again as a line over its own actions."
    return f"{above}, and is a line over its own actions."


def dates_explained(sample: Sample) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The ways of writing dates that are understood, each with what it means."""
    first, last, year = sample.month(0), sample.month(2), sample.month(0).year
    number, short, next_year = first.number, year % 100, f"{(year + 1) % 100:02}"
    return (
        (
            (f"1 {first.name}", f"1 {first.short} {short:02}", f"01/{number:02}/{year}", f"1.{number}.{short:02}"),
            "A day. The day comes before the month.",
        ),
        (
            (first.name, f"{first.short} {short:02}", f"{number:02}/{year}", str(first)),
            "A month: its first day where work begins, otherwise its last day.",
        ),
        (
            (f"end of {first.name}", f"mid-{first.name}", f"by end {first.short} {short:02}"),
            "A day in that month: its last, or its 15th.",
        ),
        (
            (f"summer {year}", f"Q2 {year}/{next_year}", f"2nd quarter of {year}"),
            f"From its first day to its last. Q2 of {year}/{next_year} is July to September {year}.",
        ),
        ((f"{first.name} to {last.name}", f"1 {first.name} - {last.last_day}"), "From the one to the other."),
        ((f"from 1 {first.name}", f"{first.name} onwards", "ongoing"), "From then on. Ongoing is all the time."),
        (
            ("monthly", f"quarterly from 1 {first.name}", f"{last.last_day} and annually thereafter"),
            "Again and again.",
        ),
        ((f"{first.name} revised to {last.name}",), "The later date is the one that counts."),
    )


def _a_date(month: Month, day: int) -> str:
    """A date written in three ways, and where there are more."""
    return _DATE.format(f"{day} {month.name}", day, month.number, month.year % 100, month.name)


def listed(words: Iterable[str], between: str = "and") -> str:
    """Words in a sentence: `start, finish and target`."""
    *others, last = [*words] or [""]
    return f"{', '.join(others)} {between} {last}" if others else last


def either(words: Iterable[str]) -> str:
    """Words to choose from in a sentence: `high, medium or low`."""
    return listed(words, "or")


def article(word: str) -> str:
    """A word with its article: `a measure`, `an area`."""
    return f"{'an' if word[:1].lower() in 'aeiou' else 'a'} {word}"
