"""The board's figures for a month: how many actions are highlighted, and how each stands."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from workbook.layout import Layout
from workbook.months import Month
from workbook.pack import AWAITING, NOT_REPORTED, Tally
from workbook.plan import COMPLETE, Action, Plan
from workbook.rules.approval import is_proposed
from workbook.rules.progress import complete_since, needs_report


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How the highlighted actions of a month stand; an action counts once.

    `counts` has a number for each status that others count under, then those awaiting approval and not reported:
    together they are `highlighted`. `percent` are of the highlighted, to one place, each rounded half up on its own.
    `sentence` is what the board minutes. `unreported` are the actions that are programmed and not reported; `complete`
    those that were reported complete before, need no report, and count as what complete actions count as.
    """

    month: Month
    highlighted: int
    counts: Mapping[str, int]
    percent: Mapping[str, Decimal]
    sentence: str
    unreported: tuple[Action, ...]
    complete: tuple[Action, ...]


def count(plan: Plan, month: Month, layout: Layout) -> Counts:
    """Count a month: an action is highlighted when it is programmed for it or has progress reported in it."""
    found = standings(plan, month, layout, complete_since(plan))
    unreported = [action for action in plan.actions if found.get(action.row_id) == NOT_REPORTED]
    complete = [
        action
        for action in plan.actions
        if month not in action.progress and found.get(action.row_id, NOT_REPORTED) != NOT_REPORTED
    ]
    counted = tally(month.name, found.values(), layout)
    return Counts(
        month=month,
        highlighted=counted.highlighted,
        counts=counted.counts,
        percent=counted.percent,
        sentence=sentence(counted, month, layout),
        unreported=tuple(unreported),
        complete=tuple(complete),
    )


def standings(plan: Plan, month: Month, layout: Layout, since: Mapping[str, Month]) -> Mapping[str, str]:
    """How each highlighted action of a month stands, by row id, in the plan's order.

    `since` is what `complete_since` gives.
    """
    return {
        action.row_id: _standing(action, month, layout, is_asked=needs_report(action, month, since, layout))
        for action in plan.actions
        if month in action.programmed or month in action.progress
    }


def tally(label: str, found: Iterable[str], layout: Layout) -> Tally:
    """Count standings."""
    number = Counter(found)
    keys = [status.key for status in layout.statuses if status.counts_as == status.key]
    counts = {key: number[key] for key in (*keys, AWAITING, NOT_REPORTED)}
    highlighted = sum(counts.values())
    percent = {key: percentage(counted, highlighted) for key, counted in counts.items()}
    return Tally(label=label, highlighted=highlighted, counts=counts, percent=percent)


def percentage(number: int, of: int) -> Decimal:
    """A percentage to one decimal place, half up; of nothing it is 0.0."""
    if not of:
        return Decimal("0.0")
    return (Decimal(100 * number) / Decimal(of)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def sentence(counted: Tally, month: Month, layout: Layout) -> str:
    """The minute's sentence; what awaits approval or was not reported is added where there is any."""
    if not counted.highlighted:
        return f"No action is highlighted for {month.name}."
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
    return " ".join(each.format(**words) for each in sentences)


def _standing(action: Action, month: Month, layout: Layout, *, is_asked: bool) -> str:
    reported = action.progress.get(month)
    if reported is None:
        done = next((status for status in layout.statuses if COMPLETE in status.markers), None)
        return done.counts_as if done and not is_asked else NOT_REPORTED
    return AWAITING if is_proposed(action, month, layout) else layout.palette[reported].counts_as
