"""A revised or suspended action is proposed until somebody approves it."""

from collections.abc import Iterator

from workbook.findings import Finding, finding
from workbook.layout import Layout
from workbook.months import Month, say_runs
from workbook.plan import value_of
from workbook.reading import ReadAction, Reading

SENTENCE = "Hatched and blue need approval. Until it is given they stand as proposed, and are counted apart."


def check(reading: Reading, layout: Layout) -> Iterator[Finding]:
    """Find the actions that this return proposes to revise or suspend."""
    for action in reading.actions:
        for status in layout.statuses:
            if status.needs_approval and (months := _proposed(action, status.key)):
                said = action.said["progress", months[0]]
                yield finding(
                    "APPROVAL_NEEDED",
                    sheet=said.sheet,
                    cell=said.cell,
                    ref=action.issued.ref,
                    row_id=action.issued.row_id,
                    field="progress",
                    month=months[0],
                    months=say_runs(months),
                    status=layout.palette.name(status.key),
                )


def _proposed(action: ReadAction, status: str) -> list[Month]:
    """The months for which the return says that status and the issue did not."""
    return [
        month
        for (field, month), said in action.said.items()
        if field == "progress"
        and month is not None
        and said.value == status
        and said.readable
        and value_of(action.issued, "progress", month) != status
    ]
