"""The board's figures for a month: how many actions are highlighted, and how each stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from workbook.layout import Layout
from workbook.months import Month
from workbook.plan import COMPLETE, Action, Plan
from workbook.rules.approval import is_proposed
from workbook.rules.progress import complete_since, needs_report

AWAITING, NOT_REPORTED = "awaiting_approval", "not_reported"


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
    keys = [status.key for status in layout.statuses if status.counts_as == status.key]
    counts = dict.fromkeys([*keys, AWAITING, NOT_REPORTED], 0)
    unreported, complete = [], []
    since = complete_since(plan)
    for action in plan.actions:
        if month in action.programmed or month in action.progress:
            standing = _standing(action, month, layout, is_asked=needs_report(action, month, since, layout))
            counts[standing] += 1
            if standing == NOT_REPORTED:
                unreported.append(action)
            elif month not in action.progress:
                complete.append(action)
    highlighted = sum(counts.values())
    percent = {key: percentage(number, highlighted) for key, number in counts.items()}
    return Counts(
        month=month,
        highlighted=highlighted,
        counts=counts,
        percent=percent,
        sentence=_sentence(month, counts, percent, highlighted, layout),
        unreported=tuple(unreported),
        complete=tuple(complete),
    )


def percentage(number: int, of: int) -> Decimal:
    """A percentage to one decimal place, half up; of nothing it is 0.0."""
    if not of:
        return Decimal("0.0")
    return (Decimal(100 * number) / Decimal(of)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _standing(action: Action, month: Month, layout: Layout, *, is_asked: bool) -> str:
    reported = action.progress.get(month)
    if reported is None:
        done = next((status for status in layout.statuses if COMPLETE in status.markers), None)
        return done.counts_as if done and not is_asked else NOT_REPORTED
    return AWAITING if is_proposed(action, month, layout) else layout.palette[reported].counts_as


def _sentence(
    month: Month, counts: Mapping[str, int], percent: Mapping[str, Decimal], highlighted: int, layout: Layout
) -> str:
    """The minute's sentence; what awaits approval or was not reported is added where there is any."""
    if not highlighted:
        return f"No action is highlighted for {month.name}."
    approved = sum(counts[status.key] for status in layout.statuses if status.needs_approval and status.key in counts)
    words = {
        **percent,
        "highlighted": highlighted,
        "month": month.name,
        "changed": percentage(approved, highlighted),
    }
    sentences = [layout.sentence]
    sentences += [layout.sentence_awaiting] if counts[AWAITING] else []
    sentences += [layout.sentence_not_reported] if counts[NOT_REPORTED] else []
    return " ".join(sentence.format(**words) for sentence in sentences)
