"""The board's figures for a month: how many actions are highlighted, and how each stands."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from workbook.completion import completed_status
from workbook.layout import Layout
from workbook.months import Month
from workbook.pack import AWAITING, NOT_REPORTED, Completion, Tally, percentage
from workbook.plan import Action, Plan
from workbook.report.completion import completion
from workbook.rules.approval import is_proposed
from workbook.rules.progress import complete_since, is_counted, needs_report, report_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How the highlighted actions of a month stand; an action counts once.

    `counts` has a number for each status that others count under, then those awaiting approval and not reported:
    together they are `highlighted`. `percent` are of the highlighted, to one place, each rounded half up on its own.
    `sentence` is what the board minutes, `completion` how many of all actions are complete. `unreported` are the
    actions that are programmed and not reported; `complete` those that were reported complete before, need no report,
    and count as what complete actions count as.
    """

    month: Month
    highlighted: int
    counts: Mapping[str, int]
    percent: Mapping[str, Decimal]
    sentence: str
    completion: Completion
    unreported: tuple[Action, ...]
    complete: tuple[Action, ...]


def count(plan: Plan, month: Month, layout: Layout) -> Counts:
    """Count a month: see `rules.progress.is_counted` for which actions are highlighted."""
    since = complete_since(plan, layout)
    found = standings(plan, month, layout, since)
    unreported = [action for action in plan.actions if found.get(action.row_id) == NOT_REPORTED]
    complete = [
        action
        for action in plan.actions
        if found.get(action.row_id, NOT_REPORTED) != NOT_REPORTED
        and report_for(action, month, layout, plan.start) is None
    ]
    counted = tally(month.name, found.values(), layout)
    done = completion(plan.actions, month, layout, since)
    return Counts(
        month=month,
        highlighted=counted.highlighted,
        counts=counted.counts,
        percent=counted.percent,
        sentence=sentence(counted, month, layout, done),
        completion=done,
        unreported=tuple(unreported),
        complete=tuple(complete),
    )


def standings(plan: Plan, month: Month, layout: Layout, since: Mapping[str, Month]) -> Mapping[str, str]:
    """How each highlighted action of a month stands, by row id, in the plan's order.

    `since` is what `complete_since` gives.
    """
    return {
        action.row_id: _standing(
            action,
            report_for(action, month, layout, plan.start),
            layout,
            is_asked=needs_report(action, month, since, layout),
        )
        for action in plan.actions
        if is_counted(action, month, layout, plan.start)
    }


def tally(label: str, found: Iterable[str], layout: Layout) -> Tally:
    """Count standings."""
    number = Counter(found)
    keys = [status.key for status in layout.statuses if status.counts_as == status.key]
    counts = {key: number[key] for key in (*keys, AWAITING, NOT_REPORTED)}
    highlighted = sum(counts.values())
    percent = {key: percentage(counted, highlighted) for key, counted in counts.items()}
    return Tally(label=label, highlighted=highlighted, counts=counts, percent=percent)


def sentence(counted: Tally, month: Month, layout: Layout, done: Completion) -> str:
    """The minute's sentence; what awaits approval or was not reported is added where there is any.

    So is how many actions are complete, in a form that has words for that.
    """
    if not counted.highlighted:
        return " ".join(part for part in (f"No action is highlighted for {month.name}.", done.sentence) if part)
    counts = counted.counts
    approved = sum(counts[status.key] for status in layout.statuses if status.needs_approval and status.key in counts)
    words = {
        **counted.percent,
        "highlighted": counted.highlighted,
        "month": month.name,
        "changed": percentage(approved, counted.highlighted),
    }
    sentences = [layout.sentence]
    sentences += [layout.sentence_awaiting] if counts[AWAITING] else []
    sentences += [layout.sentence_not_reported] if counts[NOT_REPORTED] else []
    said = [each.format(**words) for each in sentences]
    return " ".join([*said, *([done.sentence] if done.sentence else [])])


def _standing(action: Action, month: Month | None, layout: Layout, *, is_asked: bool) -> str:
    if month is None:
        done = completed_status(layout)
        return done.counts_as if done and not is_asked else NOT_REPORTED
    status = layout.palette[action.progress[month]]
    return AWAITING if is_proposed(action, month, layout) else status.counts_as
