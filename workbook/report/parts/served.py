"""Which actions serve each recommendation, its deadline, and whether it will be met."""

import re
from collections.abc import Iterator, Mapping, Sequence

from workbook.completion import is_complete, last_status
from workbook.dependencies import ref_key
from workbook.layout import Layout, Part
from workbook.months import Month
from workbook.plan import Action, Heading, Plan
from workbook.rules.lateness import programme_of
from workbook.timescales import parse
from workbook.views import Group, Told, ViewCell, ViewColumn

_COLUMNS = (
    ViewColumn(heading="Ref", share=7),
    ViewColumn(heading="What is to be met", share=44),
    ViewColumn(heading="Deadline", share=15),
    ViewColumn(heading="Served by", share=34),
    ViewColumn(heading="Complete", share=9),
    ViewColumn(heading="Will it be met?", share=44),
)
_WORD = re.compile(r"[^\W_]+(?:\.\d+)*")
MET, NOTHING = "Met: all that serves it is complete.", "No action serves it."


def served(part: Part, plan: Plan, layout: Layout) -> Told:
    """A row for each heading of the level, in the plan's order, those of one group below another."""
    serving = _serving(plan, part.level)
    rows = [
        _row(heading, serving.get(heading.ref, ()), plan, layout)
        for heading in plan.headings
        if heading.level == part.level
    ]
    unserved = sum(row[-1].text == NOTHING for row in rows)
    met = sum(row[-1].text == MET for row in rows)
    said = (f"{met} of {len(rows)} are met." + (f" {unserved} are served by no action." if unserved else ""),)
    return Told(title=part.title, paragraphs=said if rows else (), columns=_COLUMNS, groups=(Group(rows=tuple(rows)),))


def _serving(plan: Plan, level: str) -> Mapping[str, Sequence[Action]]:
    """The actions that name each heading of the level, by its ref."""
    refs = {ref_key(heading.ref): heading.ref for heading in plan.headings if heading.level == level}
    found: dict[str, list[Action]] = {}
    for action in plan.actions:
        named = (refs.get(ref_key(word)) for word in _WORD.findall(action.recommendation))
        for ref in dict.fromkeys(filter(None, named)):
            found.setdefault(ref, []).append(action)
    return found


def _row(heading: Heading, actions: Sequence[Action], plan: Plan, layout: Layout) -> tuple[ViewCell, ...]:
    done = [action for action in actions if is_complete(action, layout)]
    texts = (
        heading.ref,
        heading.title,
        heading.deadline,
        "\n".join(_said(action, layout) for action in actions),
        f"{len(done)} of {len(actions)}" if actions else "",
        _verdict(heading, actions, plan, layout),
    )
    return tuple(ViewCell(text=text) for text in texts)


def _said(action: Action, layout: Layout) -> str:
    last = last_status(action, layout)
    state = "complete" if is_complete(action, layout) else last[1].colour if last else "not reported"
    return f"{action.ref or action.action} ({', '.join((*action.lead, state))})"


def _verdict(heading: Heading, actions: Sequence[Action], plan: Plan, layout: Layout) -> str:
    """Whether it will be met, and which action says so."""
    left = [action for action in actions if not is_complete(action, layout)]
    if not left:
        return MET if actions else NOTHING
    said = parse(heading.deadline)
    last = said.revised or said.finish or said.must_by
    if last is None:
        return "Cannot be told: it has no deadline that is a date."
    return _foretold(left, Month(last.year, last.month), plan.edition or plan.start, layout)


def _foretold(left: Sequence[Action], deadline: Month, now: Month, layout: Layout) -> str:
    """Whether what is left will be done by the deadline."""
    late = [action for action in left if (due := _due(action, layout)) and due > deadline]
    doubtful = [f"{_name(action)} {why}" for action, why in _doubtful(left, now, layout)]
    if now > deadline:
        return f"Missed: {_refs(left)} {_be(left)} not complete."
    if late:
        return f"Will be missed: {_refs(late)} {_be(late)} planned to end after it."
    return f"In doubt: {', '.join(doubtful)}." if doubtful else "Will be met, if all goes to plan."


def _doubtful(actions: Sequence[Action], now: Month, layout: Layout) -> Iterator[tuple[Action, str]]:
    for action in actions:
        last, due = last_status(action, layout), _due(action, layout)
        if last and (last[1].behind or last[1].needs_approval):
            yield action, f"is {last[1].colour}"
        elif due is None:
            yield action, "has no date"
        elif due < now:
            yield action, f"was due in {due.name}"


def _due(action: Action, layout: Layout) -> Month | None:
    return max(programme_of(action, layout), default=None)


def _name(action: Action) -> str:
    return action.ref or f"“{action.action}”"


def _refs(actions: Sequence[Action]) -> str:
    return ", ".join(map(_name, actions))


def _be(actions: Sequence[Action]) -> str:
    return "is" if len(actions) == 1 else "are"
