"""The summary of a corporate copy: each plan's figures, and all of them together."""

from collections.abc import Iterable, Sequence

from workbook.corporate import Corporate, Figures, Summary, SummaryColumn
from workbook.layout import Layout
from workbook.pack import AWAITING, NOT_REPORTED, percentage

LABELS = {AWAITING: "Awaiting approval", NOT_REPORTED: "Not reported"}


def summary(corporate: Corporate, lines: Sequence[Figures]) -> Summary:
    """Sum up the figures of a corporate copy's plans, one line for each, in their order.

    Percentages of the total are of all highlighted actions, not of the plans' percentages.
    """
    found = columns([part.layout for part in corporate.parts])
    highlighted = sum(line.highlighted for line in lines)
    counts = {column.key: sum(line.counts.get(column.key, 0) for line in lines) for column in found}
    months = {line.month for line in lines}
    total = Figures(
        month=months.pop() if len(months) == 1 else None,
        actions=corporate.actions,
        highlighted=highlighted,
        counts=counts,
        percent={key: percentage(number, highlighted) for key, number in counts.items()},
        returned=tuple(each for line in lines for each in line.returned),
        outstanding=tuple(each for line in lines for each in line.outstanding),
    )
    return Summary(columns=found, lines=tuple(lines), total=total)


def columns(layouts: Sequence[Layout]) -> tuple[SummaryColumn, ...]:
    """What actions of these forms count under: their statuses, then what is no status.

    A status that one form adds stands after those before it there.
    """
    found: list[str] = []
    for layout in layouts:
        at = 0
        for status in layout.statuses:
            if status.counts_as == status.key:
                if status.key not in found:
                    found.insert(at, status.key)
                at = found.index(status.key) + 1
    statuses = [_column(key, layouts) for key in found]
    return (*statuses, *(SummaryColumn(key=key, label=label) for key, label in LABELS.items()))


def _column(key: str, layouts: Iterable[Layout]) -> SummaryColumn:
    """A status as the forms call it, each of its names once."""
    statuses = [status for layout in layouts for status in layout.statuses if status.key == status.counts_as == key]
    labels = dict.fromkeys(status.label for status in statuses)
    return SummaryColumn(key=key, label=" / ".join(labels), statuses=tuple(dict.fromkeys(statuses)))
