"""In a form without months, an action that is reprogrammed says its new date beside its status."""

from collections.abc import Iterator

from workbook.findings import Finding, finding
from workbook.reading import ReadAction
from workbook.rules.rule import Case, Example, Rule
from workbook.timescales import parse

SENTENCE = (
    "An action that is reprogrammed or extended has its new date in the column for that, and says so by its status; "
    "the date that was planned first stays beside it."
)
_FIELD = "new_date"


def check(case: Case) -> Iterator[Finding]:
    """Find new dates that are missing, that are no dates, and that the status does not go with."""
    for read in case.reading.actions:
        yield from _judge(case, read)


def _judge(case: Case, read: ReadAction) -> Iterator[Finding]:
    text, was = read.value(_FIELD) or "", read.issued.new_date
    said = case.layout.palette.get(read.value("progress", case.month))
    is_new = read.value("progress", case.month) != read.issued.progress.get(case.month)
    if said and said.new_dates and is_new and not text:
        status = case.layout.palette.name(said.key)
        yield finding("NEW_DATE_MISSING", read.where(_FIELD), status=status, guidance=SENTENCE)
    if not text or text == was:
        return
    if problem := parse(text).problem:
        yield finding("NEW_DATE_UNREAD", read.where(_FIELD), text=text, why=problem, guidance=SENTENCE)
    if said is None or not said.new_dates:
        status = case.layout.palette.name(said.key) if said else "nothing"
        yield finding("NEW_DATE_UNEXPLAINED", read.where(_FIELD), text=text, status=status, guidance=SENTENCE)


RULE = Rule(
    name="new_date",
    sentence=SENTENCE,
    looks_at=(
        "The new date of every action, against its status. One that was issued with the action, and has not been "
        "changed, is not asked about again."
    ),
    needs=(_FIELD,),
    codes=("NEW_DATE_MISSING", "NEW_DATE_UNREAD", "NEW_DATE_UNEXPLAINED"),
    check=check,
    examples=(
        Example(says="revised, with a new date", now="Sep hatched", new_date="March 2010"),
        Example(says="revised, and no new date", now="Sep hatched", finds=("NEW_DATE_MISSING",)),
        Example(
            says="revised, to a date that is none",
            now="Sep hatched",
            new_date="31/11/09",
            finds=("NEW_DATE_UNREAD",),
        ),
        Example(
            says="a new date, and on target",
            now="Sep green",
            new_date="March 2010",
            finds=("NEW_DATE_UNEXPLAINED",),
        ),
        Example(says="on target, and no new date", now="Sep green"),
    ),
)
