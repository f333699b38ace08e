"""Progress is reported for the month, with one of the statuses in the key."""

from collections.abc import Iterator

from workbook.findings import Finding, finding
from workbook.layout import Layout
from workbook.months import Month
from workbook.plan import value_of
from workbook.reading import ReadAction, Reading, Said

SENTENCE = (
    "For every action that is programmed for the month, show how it stands: pick a letter from the key below, "
    "or paint the month in its colour. Months to come stay empty, but for new dates or a suspension."
)


def check(reading: Reading, layout: Layout) -> Iterator[Finding]:
    """Find what was not reported, and what was reported for other months than the one that was asked about."""
    for action in reading.actions:
        for (field, month), said in action.said.items():
            if field == "progress" and month is not None and said.readable and reading.month is not None:
                yield from _month(action, month, said, reading.month, layout)


def _month(action: ReadAction, month: Month, said: Said, asked: Month, layout: Layout) -> Iterator[Finding]:
    issued = value_of(action.issued, "progress", month)
    where = action.where("progress", month)
    note = action.value("note") or ""
    if month == asked and said.value is None and month in action.issued.programmed:
        if not note.upper().startswith("COMPLETE"):
            yield finding("NOT_REPORTED", where)
    elif month < asked and said.value != issued and issued is not None:
        before, now = _name(issued, layout), _name(said.value, layout)
        yield finding("EARLIER_MONTH_CHANGED", where, issued=before, returned=now)
    elif month > asked and said.value not in (None, issued) and not layout.palette[said.value].needs_approval:
        yield finding("LATER_MONTH_REPORTED", where, status=_name(said.value, layout))


def _name(status: str | None, layout: Layout) -> str:
    return layout.palette.name(status) if status else "nothing reported"
