"""The year as it is told to councillors: what was achieved, how many of how many are done, what is carried.

A plan that has just been made from last year's tells of that year, from its archive. Any other tells of its own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workbook.completion import is_complete, last_status
from workbook.layout import Layout, Part
from workbook.markers import read_marker
from workbook.months import say_runs, say_year
from workbook.pack import percentage
from workbook.plan import LAST_REF, LAST_STATUS, LAST_YEAR, Action, Plan, plain_ref
from workbook.views import Group, Told, ViewCell, ViewColumn

_BETWEEN_REFS = re.compile(r"[,;\n]")
_CARRIED = (
    ViewColumn(heading="Ref", share=8),
    ViewColumn(heading="Action", share=50),
    ViewColumn(heading="Lead", share=20),
    ViewColumn(heading="Was", share=20),
    ViewColumn(heading="Planned for", share=24),
)
_AHEAD = (
    ViewColumn(heading="Ref", share=8),
    ViewColumn(heading="Action", share=66),
    ViewColumn(heading="Lead", share=22),
    ViewColumn(heading="Planned for", share=26),
)
_COMPLETION = (
    ViewColumn(heading="", share=70),
    ViewColumn(heading="Actions", share=14),
    ViewColumn(heading="Complete", share=14),
    ViewColumn(heading="%", share=10),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """A completed action, of this year or of the last one."""

    ref: str
    action: str
    note: str
    under: str


def _looks_back(plan: Plan) -> bool:
    """Whether nothing of this year has been merged, and there was a year before it."""
    return plan.edition is None and bool(plan.archive)


def _done(plan: Plan, layout: Layout) -> list[_Done]:
    if _looks_back(plan):
        of_year = plan.archive[-1].actions
        return [
            _Done(ref=each.ref, action=each.action, note=each.note, under=each.heading_title or each.heading)
            for each in of_year
        ]
    return [
        _Done(ref=each.ref, action=each.action, note=each.own_note, under=_under(plan, each))
        for each in plan.actions
        if is_complete(each, layout)
    ]


def _under(plan: Plan, action: Action) -> str:
    top = plan.tops[action.heading]
    title = next((heading.title for heading in plan.headings_by_ref.get(top, ()) if heading.title), "")
    return title or top


def achievements(part: Part, plan: Plan, layout: Layout) -> Told:
    """What was said of the completed actions: those that a setting names by their refs, or all of them."""
    done = _done(plan, layout)
    chosen = [plain_ref(ref) for ref in _BETWEEN_REFS.split(plan.settings.get(part.setting, "")) if ref.strip()]
    if chosen:
        by_ref = {plain_ref(each.ref): each for each in reversed(done)}
        done = [by_ref[ref] for ref in chosen if ref in by_ref]
    said = tuple(_said(each) for each in done)
    return Told(title=part.title, bullets=said)


def _said(done: _Done) -> str:
    """The note without its marker, or the action where it says no more."""
    marked = read_marker(done.note)
    note = (
        done.note[len(marked.words) :].lstrip(" .:–-\n") if marked and done.note.startswith(marked.words) else done.note
    )
    said = note[:1].upper() + note[1:] or done.action
    return f"{said}{'' if said.endswith(('.', '!', '?')) else '.'}{f' ({done.ref})' if done.ref else ''}"


def completion(part: Part, plan: Plan, layout: Layout) -> Told:
    """How many of how many actions are complete, by uppermost heading where that is known; and the years before."""
    if _looks_back(plan):
        said = [f"{year.sentence}." for year in reversed(plan.archive)]
        left = sum(1 for action in plan.actions if action.extra.get(LAST_YEAR) == plan.archive[-1].name)
        said[0] += (
            f" {_actions(left)} {'is' if left == 1 else 'are'} carried into {say_year(plan.period)}." if left else ""
        )
        return Told(title=part.title, paragraphs=tuple(said))
    done = sum(is_complete(action, layout) for action in plan.actions)
    last = plan.edition or plan.start
    sentence = f"{done} of {_actions(len(plan.actions))} {_be(done)} complete as at {last.last_day}."
    rows = [_completion(name, its, layout) for name, its in _by_top(plan, plan.actions)]
    rows.append(_completion("All", plan.actions, layout))
    return Told(title=part.title, paragraphs=(sentence,), columns=_COMPLETION, groups=(Group(rows=tuple(rows)),))


def _completion(name: str, actions: Sequence[Action], layout: Layout) -> tuple[ViewCell, ...]:
    done = sum(is_complete(action, layout) for action in actions)
    texts = (name, str(len(actions)), str(done), str(percentage(done, len(actions))))
    return tuple(ViewCell(text=text) for text in texts)


def carried(part: Part, plan: Plan, layout: Layout) -> Told:
    """The actions that came from last year, or that this year leaves unfinished, by uppermost heading."""
    if _looks_back(plan):
        actions = [action for action in plan.actions if action.extra.get(LAST_YEAR)]
    else:
        actions = [action for action in plan.actions if not is_complete(action, layout)]
    groups = tuple(
        Group(band=name, rows=tuple(_carried(each, plan, layout) for each in its))
        for name, its in _by_top(plan, actions)
    )
    said = f"{_actions(len(actions))} {'is' if len(actions) == 1 else 'are'} carried forward."
    return Told(title=part.title, paragraphs=(said,), columns=_CARRIED, groups=groups)


def _carried(action: Action, plan: Plan, layout: Layout) -> tuple[ViewCell, ...]:
    if _looks_back(plan):
        was = ": ".join(part for part in (action.extra.get(LAST_REF, ""), action.extra.get(LAST_STATUS, "")) if part)
    else:
        last = last_status(action, layout)
        was = f"{last[1].colour} in {last[0].name}" if last else "not reported"
    texts = (action.ref, action.action, " / ".join(action.lead), was, _when(action))
    return tuple(ViewCell(text=text) for text in texts)


def ahead(part: Part, plan: Plan, layout: Layout) -> Told:
    """The actions of the year to come by uppermost heading: all that are not complete."""
    actions = [action for action in plan.actions if not is_complete(action, layout)]
    groups = tuple(
        Group(band=f"{name} ({_actions(len(its))})", rows=tuple(_ahead(each) for each in its))
        for name, its in _by_top(plan, actions)
    )
    return Told(title=part.title, columns=_AHEAD, groups=groups)


def _ahead(action: Action) -> tuple[ViewCell, ...]:
    texts = (action.ref, action.action, " / ".join(action.lead), _when(action))
    return tuple(ViewCell(text=text) for text in texts)


def _when(action: Action) -> str:
    """When an action is planned for: its dates as they are written, or its months."""
    dates = " to ".join(part for part in (action.start, action.finish) if part)
    return action.new_date or dates or action.target or (say_runs(action.programmed) if action.programmed else "")


def _by_top(plan: Plan, actions: Iterable[Action]) -> Iterator[tuple[str, list[Action]]]:
    """The actions by the uppermost heading that they stand under, in the plan's order."""
    found: dict[str, list[Action]] = {}
    for action in actions:
        found.setdefault(plan.tops[action.heading], []).append(action)
    order = dict.fromkeys(plan.tops[heading.ref] for heading in plan.headings)
    for top in dict.fromkeys((*(ref for ref in order if ref in found), *found)):
        yield _under(plan, found[top][0]), found[top]


def _actions(number: int) -> str:
    return f"{number} action{'' if number == 1 else 's'}"


def _be(number: int) -> str:
    return "is" if number == 1 else "are"
