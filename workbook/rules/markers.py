"""A note opens with a marker in capitals, and the marker and the colour say the same."""

from collections.abc import Iterator

from workbook.findings import Finding, finding
from workbook.layout import Layout
from workbook.markers import read_marker
from workbook.months import Month, say_runs
from workbook.plan import Action, value_of
from workbook.reading import ReadAction
from workbook.rules.approval import newly_said
from workbook.rules.rule import Case, Example, Rule

SENTENCE = (
    "An action that is suspended, reprogrammed, extended or complete says so in capitals at the start of its note: "
    "SUSPENDED, REPROGRAMMED, EXTENDED or COMPLETE."
)


def check(case: Case) -> Iterator[Finding]:
    """Find markers that are missing, that are written otherwise, and that contradict the colour."""
    for read, action in case.actions:
        marked, own_note = read_marker(action.note), read.value("note") or ""
        if marked and not marked.in_order and own_note == action.note != read.issued.note:
            words = {"words": marked.words, "marker": marked.marker, "guidance": SENTENCE}
            yield finding("MARKER_PUT_IN_ORDER", read.where("note"), **words)
        yield from _missing(read, marked.marker if marked else None, case.layout)
        if marked:
            yield from _contradiction(read, action, marked.marker, case.month, case.layout)


def _missing(read: ReadAction, marker: str | None, layout: Layout) -> Iterator[Finding]:
    """Statuses that this return brings and whose marker the note lacks; one of another status contradicts them."""
    for status in layout.statuses:
        # What is on target may be complete, or not.
        months = newly_said(read, status.key) if status.markers and status.behind is None else []
        if not months or marker in status.markers:
            continue
        words = {"status": layout.palette.name(status.key), "months": say_runs(months), "guidance": SENTENCE}
        if marker is None:
            yield finding("MARKER_MISSING", read.where("note"), **words, markers=" or ".join(status.markers))
        else:
            yield finding("MARKER_CONTRADICTS_COLOUR", read.where("note"), **words, marker=marker)


def _contradiction(read: ReadAction, action: Action, marker: str, month: Month, layout: Layout) -> Iterator[Finding]:
    """A marker whose status is reported in no month, beside one that is reported for the month that is asked about."""
    own = [status for status in layout.statuses if marker in status.markers]
    said = layout.palette.get(action.progress.get(month))
    is_changed = any(read.value(*key) != value_of(read.issued, *key) for key in (("note",), ("progress", month)))
    if not own or not is_changed or said is None or said in own:
        return
    keys = {status.key for status in own}
    # New dates stand in other months, or have been reported over since; a suspension lasts.
    told = {*action.progress.values(), *read.issued.progress.values()} if own[0].new_dates else set()
    told |= {key for each, key in action.progress.items() if each > month}
    if own[0].behind is None and (told & keys or (own[0].new_dates and action.revised)):
        return
    if said.behind is None and newly_said(read, said.key):
        return  # said already, of all its months
    words = {"status": layout.palette.name(said.key), "months": month.name, "marker": marker, "guidance": SENTENCE}
    yield finding("MARKER_CONTRADICTS_COLOUR", read.where("note"), **words)


RULE = Rule(
    name="marker",
    sentence=SENTENCE,
    looks_at=(
        "How the note begins, against the months that are hatched or blue, and the month that is asked about. A marker "
        "in small letters, such as “Completed -” or “reprogrammed to Oct”, is understood and put in order."
    ),
    codes=("MARKER_MISSING", "MARKER_CONTRADICTS_COLOUR", "MARKER_PUT_IN_ORDER"),
    check=check,
    examples=(
        Example(says="new dates, and the marker", now="Sep amber, Oct hatched", note="REPROGRAMMED to October."),
        Example(says="new dates, and no marker", now="Oct hatched", note="In October.", finds=("MARKER_MISSING",)),
        Example(says="suspended, and no note", now="Sep blue", finds=("MARKER_MISSING",)),
        Example(
            says="in small letters",
            now="Sep blue",
            note="Suspended pending the review.",
            finds=("MARKER_PUT_IN_ORDER",),
        ),
        Example(says="complete and green", now="Sep green", note="COMPLETE. Signed."),
        Example(says="complete and red", now="Sep red", note="COMPLETE.", finds=("MARKER_CONTRADICTS_COLOUR",)),
        Example(
            says="suspended in words, green in colour",
            now="Sep green",
            note="SUSPENDED for the year.",
            finds=("MARKER_CONTRADICTS_COLOUR",),
        ),
        Example(
            says="blue in colour, extended in words",
            now="Sep blue",
            note="EXTENDED to October.",
            finds=("MARKER_CONTRADICTS_COLOUR",),
        ),
        Example(
            says="suspended in August, and green since",
            before="Aug blue",
            note_before="SUSPENDED.",
            now="Sep green",
            finds=("MARKER_CONTRADICTS_COLOUR",),
        ),
        Example(
            says="put off before, and on target since",
            before="Oct hatched",
            note_before="REPROGRAMMED.",
            now="Sep green",
        ),
        Example(says="not complete", now="Sep green", note="Completed the first draft."),
    ),
)
