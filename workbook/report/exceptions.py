"""The actions that the board is told of one by one: late, awaiting approval, or not reported."""

from collections.abc import Iterator, Mapping, Sequence

from workbook.completion import is_complete
from workbook.layout import Layout
from workbook.months import Month
from workbook.pack import AWAITING, NOT_REPORTED, Exceptional, Why
from workbook.plan import Action, Plan
from workbook.report.order import by_ref
from workbook.report.schedule import new_dates
from workbook.rules.approval import is_proposed

Standings = Mapping[Month, Mapping[str, str]]


def exceptions(plan: Plan, month: Month, layout: Layout, found: Standings) -> tuple[Exceptional, ...]:
    """What stands badly in a month, the worst first, then by ref; then what is not counted in it and still open.

    `found` are the standings of each month so far.
    """
    rank = {key: place for place, key in enumerate(_worst_first(layout))}
    now = found[month]
    counted: list[Exceptional] = []
    others: list[Exceptional] = []
    for action in plan.actions:
        standing = now.get(action.row_id)
        if standing in rank:
            counted.append(_exceptional(action, standing, month, layout, found))
        else:
            others += _open(action, month, layout, found, is_highlighted=standing is not None)
    counted.sort(key=lambda each: (rank[each.standing], by_ref(each.action)))
    others.sort(key=lambda each: (each.why != "late before", rank[each.standing], by_ref(each.action)))
    return (*counted, *others)


def _worst_first(layout: Layout) -> Sequence[str]:
    late = sorted((status for status in layout.statuses if status.behind), key=lambda each: -(each.behind or 0))
    return [*dict.fromkeys(status.counts_as for status in late), NOT_REPORTED, AWAITING]


def _open(
    action: Action, month: Month, layout: Layout, found: Standings, *, is_highlighted: bool
) -> Iterator[Exceptional]:
    """An action that does not count as an exception, and that the board would lose sight of."""
    waiting = next((each for each in action.progress if is_proposed(action, each, layout)), None)
    if waiting:
        yield _exceptional(action, AWAITING, waiting, layout, found, "awaits approval")
    elif not is_highlighted and not is_complete(action, layout):
        before = [(each, found[each][action.row_id]) for each in found if each < month and action.row_id in found[each]]
        late = {status.counts_as for status in layout.statuses if status.behind}
        if before and before[-1][1] in late:
            yield _exceptional(action, before[-1][1], before[-1][0], layout, found, "late before")


def _exceptional(
    action: Action, standing: str, month: Month, layout: Layout, found: Standings, why: Why = "counted"
) -> Exceptional:
    new, proposed = _revised(action, layout)
    return Exceptional(
        action=action,
        standing=standing,
        month=month,
        months=_months(action, standing, month, found),
        original=action.programmed[-1] if action.programmed else None,
        revised=new,
        proposed=proposed,
        why=why,
    )


def _revised(action: Action, layout: Layout) -> tuple[tuple[Month, ...], bool]:
    """The new dates of an action, and whether they are only proposed; what is proposed last goes before what stands."""
    dates = [month for month, key in action.progress.items() if key in layout.palette and layout.palette[key].new_dates]
    if waiting := [month for month in dates if is_proposed(action, month, layout)]:
        return new_dates(action, waiting, layout), True
    return new_dates(action, (*action.revised, *dates), layout, approved=True), False


def _months(action: Action, standing: str, month: Month, found: Standings) -> int:
    """How many highlighted months in a row, up to this one, it has stood like that."""
    months = 0
    for each in sorted((each for each in found if each <= month), reverse=True):
        stood = found[each].get(action.row_id)
        if stood == standing:
            months += 1
        elif stood is not None:
            break
    return months
