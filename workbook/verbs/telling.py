"""Telling where a month stands, what happened to an action, and whom to chase."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbook.build.reminders import write_reminders
from workbook.errors import UsageError
from workbook.files import as_workbook, write_all
from workbook.history import EditionSummary, Event, editions, lives
from workbook.layout import Layout
from workbook.merge import merge as merge_readings
from workbook.merge import outstanding
from workbook.merge.queries import awaiting
from workbook.months import Month
from workbook.pack import Breakdown, Tally
from workbook.plan import Action, Plan, plain_ref
from workbook.queries import Query
from workbook.reminders import Reminder
from workbook.report.chasing import Unanswered, unanswered
from workbook.report.chasing import reminders as who_to_chase
from workbook.report.counts import Counts, count
from workbook.report.delays import Delay, delays
from workbook.report.pack import figures
from workbook.verbs.loading import layout_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Where a month stands: the counts, who has returned and who not, what waits for approval or for what is late.

    `awaiting` are actions with the months, whichever they are, that wait for approval. `unanswered` are the actions
    that nobody answered for, `reminders` whom to chase for what, `queries` all that are open. `months` are the figures
    of each month so far, `breakdowns` those of this one by priority, service and importance.
    """

    counts: Counts
    months: tuple[Tally, ...]
    breakdowns: tuple[Breakdown, ...]
    returned: tuple[str, ...]
    outstanding: tuple[str, ...]
    awaiting: tuple[tuple[Action, tuple[Month, ...]], ...]
    delays: tuple[Delay, ...]
    unanswered: tuple[Unanswered, ...]
    reminders: tuple[Reminder, ...]
    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The editions of a plan, and what happened to each action that was asked about, by row id."""

    editions: tuple[EditionSummary, ...]
    lives: Mapping[str, tuple[Event, ...]]


def history(plan: Plan, ref: str | None = None) -> History:
    """What happened to the actions of that ref (or row id), or to every action, and the editions there are.

    UsageError when no action, now or earlier, has that ref.
    """
    wanted = _of_ref(plan, ref) if ref else [action.row_id for action in plan.actions]
    if ref and not wanted:
        refs = [action.ref for action in plan.actions if action.ref]
        near = difflib.get_close_matches(ref, refs, n=1)
        hint = f" Did you mean {near[0]}?" if near else " Its actions stand on the master's tabs, each with its ref."
        raise UsageError(f"There is no action {ref} in this plan.{hint}")
    return History(editions=editions(plan), lives=lives(plan, wanted))


def _of_ref(plan: Plan, ref: str) -> list[str]:
    """The row ids of the actions that have that ref or row id, or had the ref once."""
    now = [action.row_id for action in plan.actions if ref == action.row_id or plain_ref(action.ref) == plain_ref(ref)]
    known = (
        change.row_id for change in plan.history if plain_ref(change.ref) == plain_ref(ref) or change.row_id == ref
    )
    return now or list(dict.fromkeys(known))


def status(plan: Plan, month: Month | None = None, *, layout: Layout | None = None) -> Status:
    """Where a month stands: the month given, or the last issued, or the plan's edition, or its first."""
    form = layout or layout_of(plan)
    last = max((issued.month for issued in plan.register), default=plan.edition or plan.start)
    month = month or last
    back = dict.fromkeys(each.recipient for each in plan.register if each.month == month and each.returned)
    missing = outstanding(plan, month, form)
    queries = open_queries(plan, form)
    undecided = {query.row_id for query in queries if query.field == "progress" and query.month == month}
    months, breakdowns = figures(plan, month, form)
    return Status(
        counts=count(plan, month, form),
        months=months,
        breakdowns=breakdowns,
        returned=tuple(back),
        outstanding=missing,
        awaiting=tuple((action, tuple(waiting)) for action in plan.actions if (waiting := awaiting(action, form))),
        delays=delays(plan, month, form),
        unanswered=unanswered(plan, month, form, missing, undecided),
        reminders=who_to_chase(plan, month, form, missing, undecided),
        queries=queries,
    )


def open_queries(plan: Plan, layout: Layout) -> tuple[Query, ...]:
    """What waits for a person's decision, from all merges so far."""
    return merge_readings(plan, [], layout).queries


def reminders(
    plan: Plan,
    output: str | Path,
    month: Month | None = None,
    *,
    layout: Layout | None = None,
    force: bool = False,
    inputs: Iterable[Path] = (),
) -> tuple[Reminder, ...]:
    """Write whom to chase for a month (as in `status`) and for what, one row a recipient; gives the same as data."""
    standing = status(plan, month, layout=layout)
    path, asked = as_workbook(output), standing.counts.month
    write_all({path: lambda to: write_reminders(to, plan, standing.reminders, asked)}, force=force, inputs=inputs)
    return standing.reminders
