"""Progress is reported for the month, with one of the statuses in the key."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from workbook.completion import is_complete, reported_complete
from workbook.findings import Finding, finding
from workbook.layout import Layout
from workbook.markers import read_marker
from workbook.months import Month
from workbook.plan import COMPLETE, Action, Plan, value_of
from workbook.reading import ReadAction, Said
from workbook.rules.rule import Case, Example, Rule

SENTENCE = (
    "For every action that is programmed for the month, show how it stands: pick a letter from the key, "
    "or paint the month in its colour. Months to come stay empty, but for new dates or a suspension."
)


def check(case: Case) -> Iterator[Finding]:
    """Find what was not reported, and what was reported for other months than the one that was asked about."""
    asked = case.month
    for read, action in case.actions:
        for field, month in read.said:
            # What was issued for other months tells nothing.
            if field != "progress" or month is None or not (month == asked or (field, month) in read.others):
                continue
            said = read.said[field, month]
            if not said.readable:
                continue
            if month == asked and said.value is None and is_programmed(read.issued, asked, case.layout, case.start):
                told = report_for(action, asked, case.layout, case.start)
                done = is_complete(action, case.layout) or is_suspended(action, month, case.layout)
                if not done and (told is None or case.layout.counts == "all"):
                    yield finding("NOT_REPORTED", read.where("progress", month))
            else:
                yield from _other_month(read, month, said, asked, case.layout)


def is_programmed(action: Action, month: Month, layout: Layout, start: Month) -> bool:
    """Whether an action is programmed for a month, or for one before it in the same cycle."""
    return any(each in action.programmed for each in layout.cycle_to(month, start))


def report_for(action: Action, month: Month, layout: Layout, start: Month) -> Month | None:
    """The month whose report tells how an action stands in a month; None where none does.

    That is the last of its cycle; in a form that counts all actions, the last there is.
    """
    told = layout.cycle_to(month, start) if layout.counts == "highlighted" else None
    reported = (each for each in action.progress if each <= month and (told is None or each in told))
    return max(reported, default=None)


def is_counted(action: Action, month: Month, layout: Layout, start: Month) -> bool:
    """Whether an action is highlighted for a month: it is programmed for it, or has progress reported in it.

    In a form that counts all actions: it has been programmed or reported by then.
    """
    due = layout.counts == "all" and any(each <= month for each in action.programmed)
    return due or is_programmed(action, month, layout, start) or bool(report_for(action, month, layout, start))


def is_suspended(action: Action, month: Month, layout: Layout) -> bool:
    """Whether it was last reported suspended, and that was approved: it is so for the whole period of the plan."""
    before = [each for each in action.progress if each < month]
    status = layout.palette.get(action.progress[before[-1]]) if before else None
    if status is None or not status.needs_approval or status.new_dates:
        return False
    return before[-1] in action.approval and action.approval[before[-1]].approved


def complete_since(plan: Plan, layout: Layout) -> Mapping[str, Month]:
    """The month for which each complete action was said to be so, by row id; not those that the source says it of.

    That is the month of the return that said it, which may have come late, or else the edition; or the first month that
    is reported with a status that says so.
    """
    since = {each.row_id: month for each in plan.actions if (month := reported_complete(each, layout))}
    by_status = {*since}
    reported = _reported_for(plan)
    for change in plan.history:
        if change.field == "note" and change.row_id not in by_status:
            if _says_complete(change.new) and not _says_complete(change.old):
                since[change.row_id] = reported.get(change.source, change.edition)
            elif not _says_complete(change.new):
                since.pop(change.row_id, None)
    return since


def _reported_for(plan: Plan) -> Mapping[str, Month]:
    """The month that each file reported for, by its name; not those that share a name with another month's."""
    months: dict[str, set[Month]] = defaultdict(set)
    for issued in plan.register:
        for back in issued.returned:
            months[back.file].add(issued.month)
    return {file: next(iter(found)) for file, found in months.items() if len(found) == 1}


def needs_report(action: Action, month: Month, since: Mapping[str, Month], layout: Layout) -> bool:
    """Whether a report is still needed for a month: an action that is complete by then needs none.

    One that the source says is complete is so after its last report. New dates and suspensions are no reports.
    """
    if not is_complete(action, layout):
        return True
    if action.row_id in since:
        return month < since[action.row_id]
    said = ((each, layout.palette.get(key)) for each, key in action.progress.items())
    return any(each >= month for each, status in said if status and status.behind is not None)


def _says_complete(note: str | None) -> bool:
    marked = read_marker(note or "")
    return marked is not None and marked.marker == COMPLETE


def _other_month(action: ReadAction, month: Month, said: Said, asked: Month, layout: Layout) -> Iterator[Finding]:
    issued = value_of(action.issued, "progress", month)
    where = action.where("progress", month)
    if month < asked and said.value != issued and issued is not None:
        before, now = _name(issued, layout), _name(said.value, layout)
        yield finding("EARLIER_MONTH_CHANGED", where, issued=before, returned=now)
    elif month > asked and said.value not in (None, issued) and not layout.palette[said.value].needs_approval:
        yield finding("LATER_MONTH_REPORTED", where, status=_name(said.value, layout))


def _name(status: str | None, layout: Layout) -> str:
    return layout.palette.name(status) if status else "nothing reported"


RULE = Rule(
    name="colours",
    sentence=SENTENCE,
    looks_at=(
        "Letter and colour of each month, against what was issued. An action that is programmed for the month is asked "
        "about; one that was reported complete, or is suspended with approval, needs no further report."
    ),
    codes=(
        "NOT_REPORTED",
        "EARLIER_MONTH_CHANGED",
        "LATER_MONTH_REPORTED",
        "STATUS_UNKNOWN",
        "COLOUR_UNSURE",
        "COLOUR_CONTRADICTS_LETTER",
    ),
    check=check,
    examples=(
        Example(says="reported", now="Sep green"),
        Example(says="programmed, and nothing said", finds=("NOT_REPORTED",)),
        Example(says="not programmed, and nothing said", programmed="Nov"),
        Example(says="complete in August, and nothing said since", before="Aug green", note_before="COMPLETE. Signed."),
        Example(says="complete now, and the month left empty", before="Aug green", note="COMPLETE. Signed."),
        Example(
            says="an earlier month corrected",
            before="Aug green",
            now="Aug amber, Sep amber",
            finds=("EARLIER_MONTH_CHANGED",),
        ),
        Example(says="an earlier month filled in", now="Aug green, Sep green"),
        Example(says="a month to come reported", now="Sep green, Oct green", finds=("LATER_MONTH_REPORTED",)),
        Example(says="new dates in months to come", now="Sep amber, Oct hatched", note="REPROGRAMMED to October."),
        Example(says="a word that is no status", now="Sep tbc", finds=("STATUS_UNKNOWN",)),
    ),
)

STATUS_RULE = Rule(
    name="status",
    sentence=(
        "For every action that is due, show how it stands: pick a letter from the key, or paint the cell of its status "
        "in the colour. A cell that is left empty says that there is nothing to report."
    ),
    looks_at=(
        "Letter and colour of the status, against what was issued. An action that is planned for the month, or for "
        "another one of its cycle, is asked about; one that is complete, or suspended with approval, needs no report."
    ),
    codes=(
        "NOT_REPORTED",
        "EARLIER_MONTH_CHANGED",
        "STATUS_UNKNOWN",
        "COLOUR_UNSURE",
        "COLOUR_CONTRADICTS_LETTER",
        "COLOUR_CONTRADICTS_WORDS",
    ),
    check=check,
    examples=(
        Example(says="reported", now="Sep green"),
        Example(says="planned, and nothing said", finds=("NOT_REPORTED",)),
        Example(says="not planned, and nothing said", programmed="Nov"),
        Example(says="a word that is no status", now="Sep tbc", finds=("STATUS_UNKNOWN",)),
    ),
)
