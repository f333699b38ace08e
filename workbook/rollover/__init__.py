"""Next year's plan from what is unfinished: who is carried, with what programme, ref and note; the rest is archived.

Data in, data out: no file is opened or written here. What cannot be told is left out and named, for somebody to decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from workbook.archive import ArchivedYear
from workbook.completion import is_complete
from workbook.errors import UsageError
from workbook.findings import Finding
from workbook.layout import Layout
from workbook.months import Month, say_year
from workbook.plan import LAST_REF, LAST_STATUS, LAST_YEAR, Action, Plan
from workbook.rollover.doubts import about_last_year, about_next_year
from workbook.rollover.mentions import Waits, next_waits
from workbook.rollover.refs import proposed_refs
from workbook.rollover.standing import archived, last_said, next_programme
from workbook.rollover.title import next_title
from workbook.source import LONGEST_PLAN, digest_id

__all__ = ["RolledOver", "roll_over"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RolledOver:
    """Next year's plan, and what became of last year's actions; both parts of these are as last year's plan has them.

    `in_last` are findings in last year's plan, to be settled there before it is rolled over once more, `in_next` those
    in next year's. Their cells are those of a master of that plan.
    """

    plan: Plan
    carried: tuple[Action, ...]
    completed: tuple[Action, ...]
    in_last: tuple[Finding, ...]
    in_next: tuple[Finding, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, those in last year's plan first."""
        return (*self.in_last, *self.in_next)

    @property
    def sentence(self) -> str:
        """How many of how many were completed, and how many are carried."""
        carried = len(self.carried)
        goes_on = f"{carried} {'is' if carried == 1 else 'are'} carried into {say_year(self.plan.period)}"
        return f"{self.plan.archive[-1].sentence}; {goes_on}."


def roll_over(plan: Plan, start: Month, layout: Layout, *, months: int = 12, title: str = "") -> RolledOver:
    """Roll a plan over into the one that begins in `start`; UsageError where there is none to be had.

    The title is last year's with its year moved on, if none is given.
    """
    _refuse(plan, start, months)
    completed = tuple(action for action in plan.actions if is_complete(action, layout))
    carried = tuple(action for action in plan.actions if not is_complete(action, layout))
    new_title = title or next_title(plan, start, months)
    shell = replace(
        plan.without_record(),
        plan_id=digest_id("p", plan.organisation, new_title, start),
        title=new_title,
        start=start,
        months=months,
        edition=None,
        actions=(),
        archive=(*plan.archive, _year(plan, start, completed, layout)),
    )
    refs = proposed_refs(plan, {action.row_id for action in carried})
    waits = next_waits(plan, refs)
    actions = tuple(_carried(action, plan, shell, refs[action.row_id], waits, layout) for action in carried)
    following = replace(shell, actions=actions)
    return RolledOver(
        plan=following,
        carried=carried,
        completed=completed,
        in_last=tuple(about_last_year(plan, following, layout)),
        in_next=tuple(about_next_year(plan, following, waits, layout)),
    )


def _refuse(plan: Plan, start: Month, months: int) -> None:
    if not plan.actions:
        raise UsageError(f"“{plan.title}” has no actions, so there is nothing to roll over.")
    if start <= plan.start:
        raise UsageError(
            f"{start} is not after {plan.start}, in which “{plan.title}” begins. "
            f"Give the first month of next year's plan, as --start {plan.start + plan.months}."
        )
    if not 1 <= months <= LONGEST_PLAN:
        raise UsageError(
            f"A plan has from 1 to {LONGEST_PLAN} months, and not {months}. Give another number of months."
        )


def _year(plan: Plan, start: Month, completed: tuple[Action, ...], layout: Layout) -> ArchivedYear:
    return ArchivedYear(
        plan_id=plan.plan_id,
        title=plan.title,
        start=plan.start,
        months=plan.months,
        of=len(plan.actions),
        actions=archived(plan, completed, start, layout),
    )


def _carried(
    action: Action, plan: Plan, following: Plan, ref: str, waits: Mapping[str, Waits], layout: Layout
) -> Action:
    """The action as it stands in next year's plan.

    What is reported, approved or put off for its months, or later ones, is carried as it is; so is all that the source
    says of it.
    """
    start = following.start
    programmed, programme_from = next_programme(action, plan, following, layout)
    said = {LAST_YEAR: say_year(plan.period), LAST_REF: action.ref, LAST_STATUS: last_said(action, start, layout)}
    carried = replace(
        action,
        ref=ref,
        programmed=programmed,
        programme_from=programme_from,
        revised=tuple(month for month in action.revised if month >= start),
        progress={month: status for month, status in action.progress.items() if month >= start},
        approval={month: decision for month, decision in action.approval.items() if month >= start},
        depends_on=waits[action.row_id].depends_on,
        extra={name: text for name, text in {**action.extra, **said}.items() if text},
    )
    return replace(carried, note=f"{carried.came_from}\n{action.own_note}".strip())
