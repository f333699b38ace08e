"""The colour says how far an action is behind its programme: what it should be, and whether it is that."""

from collections.abc import Iterator, Sequence

from workbook.completion import is_complete
from workbook.findings import Finding, finding
from workbook.layout import Layout
from workbook.months import Month, by_runs
from workbook.palette import Status
from workbook.plan import Action
from workbook.reading import ReadAction
from workbook.rules.rule import Case, Example, Rule

SENTENCE = (
    "Green is on target: what is due is done, or nothing is due yet. Amber is one month behind the programme, red is "
    "more. New dates count once they are approved."
)


def programme_of(action: Action, layout: Layout) -> tuple[Month, ...]:
    """The months that count as an action's programme: approved new dates take the place of what they put off.

    Each run of new dates replaces the last run that begins no later than it does.
    """
    runs = by_runs(action.programmed)
    for new in by_runs(new_dates(action, layout)):
        before = [run for run in runs if run[0] <= new[0]]
        runs = [run for run in runs if not before or run != before[-1]]
        runs = sorted([*runs, new])
    return tuple(month for run in runs for month in run)


def new_dates(action: Action, layout: Layout) -> set[Month]:
    """The new dates of an action that are approved."""
    if not layout.has_months:
        return {*action.revised}
    status_of = layout.palette
    approved = {
        month
        for month, status in action.progress.items()
        if status in status_of and status_of[status].new_dates and month in action.approval
        if action.approval[month].approved
    }
    return {*action.revised, *approved}


def months_behind(programme: Sequence[Month], month: Month) -> int:
    """How many months have passed since the last month that was due: 0 where none is due yet."""
    due = _last_due(programme, month)
    return month.since(due) if due else 0


def _last_due(programme: Sequence[Month], month: Month) -> Month | None:
    return max((each for each in programme if each <= month), default=None)


def expected(behind: int, layout: Layout) -> Status | None:
    """The status that says so many months behind; None in a form whose statuses say nothing of that."""
    telling = [status for status in layout.statuses if status.behind is not None and status.behind <= behind]
    return max(telling, key=lambda status: status.behind or 0, default=None)


def check(case: Case) -> Iterator[Finding]:
    """Find colours that say less, or more, than the programme and the months do."""
    for read, action in case.actions:
        said = case.layout.palette.get(read.value("progress", case.month))
        if said and not is_complete(action, case.layout):
            yield from _judge(read, action, case.month, said, case.layout)


def _judge(read: ReadAction, action: Action, month: Month, said: Status, layout: Layout) -> Iterator[Finding]:
    programme = programme_of(action, layout)
    behind = months_behind(programme, month)
    right = expected(behind, layout)
    if said.behind is None or right is None or right.behind is None or not programme:
        return
    words = {
        "status": layout.palette.name(said.key),
        "expected": layout.palette.name(right.key),
        "sum": _sum(programme, month)
        + (" (reckoned from approved new dates)" if programme != action.programmed else ""),
        "guidance": SENTENCE,
    }
    if said.behind < right.behind and not _was_done(action, month + -behind, layout):
        yield finding("LATENESS_UNDERSTATED", read.where("progress", month), **words)
    elif said.behind > right.behind:
        yield finding("LATENESS_OVERSTATED", read.where("progress", month), **words)


def _was_done(action: Action, due: Month, layout: Layout) -> bool:
    """Whether the month that was due last was reported on target."""
    said = layout.palette.get(action.progress.get(due))
    return said is not None and said.behind == 0


def _sum(programme: Sequence[Month], month: Month) -> str:
    """The two months, and what lies between them."""
    due = _last_due(programme, month)
    if due is None:
        return f"it is first due in {programme[0].name}, {_count(programme[0].since(month))} after {month.name}"
    if due < month:
        return f"it was due in {due.name}, {_count(month.since(due))} before {month.name}"
    ends = next(run[-1] for run in by_runs(programme) if month in run)
    if ends == month:
        return f"it is due by the end of {month.name}, and so 0 months behind"
    return f"it is programmed until {ends.name}, {_count(ends.since(month))} after {month.name}"


def _count(months: int) -> str:
    return f"{months} month" if months == 1 else f"{months} months"


RULE = Rule(
    name="lateness",
    sentence=SENTENCE,
    looks_at=(
        "The month that is asked about, against the last programmed month up to it. Approved new dates replace what "
        "they put off. Where that month was itself reported on target, green is believed. An action whose note opens "
        "with COMPLETE, or that is revised or suspended, is not judged."
    ),
    codes=("LATENESS_UNDERSTATED", "LATENESS_OVERSTATED"),
    check=check,
    examples=(
        Example(says="on target in its last month", now="Sep green"),
        Example(says="one month behind", programmed="Jul-Aug", before="Jul green", now="Sep amber"),
        Example(says="two months behind", programmed="Jul", now="Sep red"),
        Example(
            says="one month behind, and green",
            programmed="Jul-Aug",
            before="Aug amber",
            now="Sep green",
            finds=("LATENESS_UNDERSTATED",),
        ),
        Example(
            says="two months behind, and amber",
            programmed="Jul",
            before="Jul amber",
            now="Sep amber",
            finds=("LATENESS_UNDERSTATED",),
        ),
        Example(
            says="one month behind, and red",
            programmed="Jul-Aug",
            now="Sep red",
            finds=("LATENESS_OVERSTATED",),
        ),
        Example(
            says="amber, and not due before October",
            programmed="Jul-Oct",
            now="Sep amber",
            finds=("LATENESS_OVERSTATED",),
        ),
        Example(
            says="red, and not yet begun",
            programmed="Nov-Dec",
            now="Sep red",
            finds=("LATENESS_OVERSTATED",),
        ),
        Example(says="done late", programmed="Jul", before="Jul red", now="Sep green", note="COMPLETE. Signed."),
        Example(says="on target when it was due", programmed="Jul", before="Jul green", now="Sep green"),
        Example(says="every second month, and on target for the last", programmed="Jul, Sep", now="Sep green"),
        Example(
            says="every second month, judged by the last",
            programmed="Jul, Sep",
            now="Sep red",
            finds=("LATENESS_OVERSTATED",),
        ),
        Example(says="put off to October, with approval", programmed="Jul", revised="Oct", now="Sep green"),
        Example(
            says="put off to August, with approval, and green",
            programmed="Jul",
            revised="Aug",
            now="Sep green",
            finds=("LATENESS_UNDERSTATED",),
        ),
    ),
)
