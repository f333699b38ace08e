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
                where, name = action.where("progress", months[0]), layout.palette.name(status.key)
                yield finding("APPROVAL_NEEDED", where, months=say_runs(months), status=name)


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
