"""An action that waits for a delayed one says so in its note."""

import re
from collections.abc import Iterator

from workbook.completion import is_complete
from workbook.findings import Finding, finding
from workbook.layout import Layout
from workbook.months import Month
from workbook.palette import Status
from workbook.plan import Action
from workbook.rules.rule import Case, Example, Rule

SENTENCE = "Where an action depends on another one that is delayed, its note says so."

# Words by which a note says that its action waits, whatever it waits for.
_WAITS = re.compile(
    r"\b(?:depend\w*|await\w*|wait\w*|pending|subject to|held up|hold(?:ing)? up|delay\w*|until|knock[- ]on|slip\w*)\b",
    re.IGNORECASE,
)


def check(case: Case) -> Iterator[Finding]:
    """Find actions whose predecessor is delayed and whose note is silent on it."""
    month, plan = case.month, case.standing.plan
    for read, action in case.actions:
        if is_complete(action, case.layout) or _stands_still(action, month, case.layout):
            continue
        for row_id in case.standing.links.before(action.row_id):
            other = plan.by_row_id[row_id]
            status = delayed(other, month, case.layout)
            is_named = (action.row_id, row_id) in case.standing.links.noted
            if status and not is_named and not (action.note != read.issued.note and _WAITS.search(action.note)):
                words = {"other": other.ref or other.action, "status": case.layout.palette.name(status.key)}
                yield finding("DEPENDENCY_DELAYED", read.where("note"), **words, guidance=SENTENCE)


def delayed(action: Action, month: Month, layout: Layout) -> Status | None:
    """The status by which an action stands as delayed in a month, unless it is complete.

    It is the one last reported up to that month, or that of new dates in the months to come.
    """
    if is_complete(action, layout):
        return None
    reported = [(each, status) for each, key in action.progress.items() if (status := layout.palette.get(key))]
    last = [status for each, status in reported if each <= month][-1:]
    ahead = [status for each, status in reported if each > month and status.new_dates]
    return next((status for status in (*last, *ahead) if status.behind or status.needs_approval), None)


def _stands_still(action: Action, month: Month, layout: Layout) -> bool:
    """Whether it is itself suspended, so that it waits for nothing."""
    said = layout.palette.get(action.progress.get(month))
    return said is not None and said.behind is None


RULE = Rule(
    name="dependency",
    sentence=SENTENCE,
    looks_at=(
        "The actions that it waits for: those in the column depends_on, and refs in its wording or its note, or in "
        "theirs (“feeds into A.15”). One is delayed if it was last reported anything but on target, or has new dates "
        "in months to come. A note says so if it names the ref, or if it is new and says that the action waits."
    ),
    codes=("DEPENDENCY_DELAYED",),
    check=check,
    examples=(
        Example(
            says="what it waits for is red, and the note is silent",
            programmed="Sep-Oct",
            now="Sep green",
            waits_for="Sep red",
            finds=("DEPENDENCY_DELAYED",),
        ),
        Example(
            says="what it waits for is amber, and the note speaks of something else",
            programmed="Nov",
            note="Funding agreed.",
            waits_for="Sep amber",
            finds=("DEPENDENCY_DELAYED",),
        ),
        Example(says="what it waits for is on target", programmed="Sep-Oct", now="Sep green", waits_for="Sep green"),
        Example(
            says="the note names it", programmed="Sep-Oct", now="Sep green", note="Held by 1.1.0.", waits_for="Sep red"
        ),
        Example(
            says="the note says that it waits",
            programmed="Sep-Oct",
            now="Sep green",
            note="Waiting for the survey.",
            waits_for="Sep red",
        ),
        Example(says="it is complete all the same", now="Sep green", note="COMPLETE.", waits_for="Sep red"),
    ),
)
