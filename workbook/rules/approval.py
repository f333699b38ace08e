"""A revised or suspended action is proposed until somebody approves it."""

from collections.abc import Iterator

from workbook.findings import Finding, finding
from workbook.layout import Layout
from workbook.months import Month, say_runs
from workbook.plan import Action, value_of
from workbook.reading import ReadAction
from workbook.rules.rule import Case, Example, Rule

SENTENCE = (
    "Hatched and blue need approval. Until it is given they stand as proposed, with a question mark in a dashed "
    "outline, and are counted apart."
)


def is_proposed(action: Action, month: Month, layout: Layout) -> bool:
    """Whether what is reported for that month needs approval and has none."""
    status = layout.palette.get(action.progress.get(month))
    if status is None or not status.needs_approval:
        return False
    return not (month in action.approval and action.approval[month].approved)


def check(case: Case) -> Iterator[Finding]:
    """Find the actions that this return proposes to revise or suspend."""
    standing = case.standing.plan.by_row_id
    for read in case.reading.actions:
        stands = standing.get(read.issued.row_id, read.issued)
        for status in case.layout.statuses:
            # What has been decided since, or is held back for another reason, waits for no approval.
            months = [month for month in newly_said(read, status.key) if stands.progress.get(month) == status.key]
            waiting = [month for month in months if month not in stands.approval]
            if status.needs_approval and waiting:
                where, name = read.where("progress", waiting[0]), case.layout.palette.name(status.key)
                yield finding("APPROVAL_NEEDED", where, months=say_runs(waiting), status=name, guidance=SENTENCE)


def newly_said(action: ReadAction, status: str) -> list[Month]:
    """The months for which the return says that status and the issue did not."""
    return [
        month
        for (field, month), said in action.others.items()
        if field == "progress"
        and month is not None
        and said.value == status
        and said.readable
        and value_of(action.issued, "progress", month) != status
    ]


RULE = Rule(
    name="approval",
    sentence=SENTENCE,
    looks_at="Every month that is hatched or blue and was not issued so.",
    codes=("APPROVAL_NEEDED",),
    check=check,
    examples=(
        Example(
            says="new dates are proposed",
            now="Sep amber, Oct hatched",
            note="REPROGRAMMED to October.",
            finds=("APPROVAL_NEEDED",),
        ),
        Example(says="a suspension is proposed", now="Sep blue", note="SUSPENDED.", finds=("APPROVAL_NEEDED",)),
        Example(
            says="they were proposed before", before="Oct hatched", now="Sep green", note="REPROGRAMMED to October."
        ),
        Example(says="on target", now="Sep green"),
    ),
)
