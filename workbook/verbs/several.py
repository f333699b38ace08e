"""Several plans side by side, and one year after another."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from workbook.build.corporate import write_corporate as write_corporate_copy
from workbook.corporate import Corporate, Figures, Part, Summary, side_by_side
from workbook.errors import UsageError
from workbook.files import as_workbook, write_all
from workbook.findings import finding
from workbook.layout import Layout
from workbook.months import Month
from workbook.plan import Plan
from workbook.report.summary import summary as sum_up
from workbook.rollover import RolledOver, roll_over
from workbook.verbs.loading import Loaded, layout_of
from workbook.verbs.telling import open_queries, status


def rollup(plans: Iterable[Loaded | tuple[Plan, Layout]], title: str = "") -> Corporate:
    """Put several plans side by side, each with its own form; nothing is written.

    The same plan given twice counts once; UsageError when two are different states of one plan.
    """
    parts = (
        Part(plan=each.plan, layout=each.layout, file=each.file)
        if isinstance(each, Loaded)
        else Part(plan=each[0], layout=each[1])
        for each in plans
    )
    return side_by_side(parts, title)


def summary(corporate: Corporate, month: Month | None = None) -> Summary:
    """The figures of plans side by side, for a month, or for the month of each that `status` would choose."""
    if month and all(month not in part.plan.period for part in corporate.parts):
        spans = ", ".join(f"{part.plan.period[0]} to {part.plan.period[-1]}" for part in corporate.parts)
        raise UsageError(f"{month} is a month of none of these plans. They run from {spans}.")
    return sum_up(corporate, [_figures(part, month) for part in corporate.parts])


def _figures(part: Part, month: Month | None) -> Figures:
    standing = status(part.plan, month, layout=part.layout)
    counts = standing.counts
    return Figures(
        month=counts.month,
        actions=len(part.plan.actions),
        highlighted=counts.highlighted,
        counts=counts.counts,
        percent=counts.percent,
        sentence=counts.sentence,
        returned=standing.returned,
        outstanding=standing.outstanding,
    )


def write_corporate(
    corporate: Corporate,
    output: str | Path,
    month: Month | None = None,
    *,
    force: bool = False,
    inputs: Iterable[Path] = (),
) -> None:
    """Write the corporate copy: a summary for a month, or each plan's own, and every plan's tabs in its own form."""
    figures = summary(corporate, month)
    write_all(
        {as_workbook(output): lambda path: write_corporate_copy(path, corporate, figures)}, force=force, inputs=inputs
    )


def rollover(
    plan: Plan, start: Month, *, months: int = 12, title: str = "", layout: Layout | None = None
) -> RolledOver:
    """Make the plan that begins in `start` from what this one leaves unfinished; nothing is written.

    Without a title it gets this plan's, with the year moved on.
    """
    form = layout or layout_of(plan)
    rolled = roll_over(plan, start, form, months=months, title=title)
    # What waits for approval is named by its action.
    if queries := [query for query in open_queries(plan, form) if query.kind != "approval"]:
        count = f"{len(queries)} {'query is' if len(queries) == 1 else 'queries are'}"
        refs = ", ".join(dict.fromkeys(query.ref or "one without a ref" for query in queries))
        rolled = replace(rolled, in_last=(*rolled.in_last, finding("QUERIES_OPEN", count=count, refs=refs)))
    return rolled
