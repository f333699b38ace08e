"""What a note says: anything that helps; of what is late, the reason and a plan."""

from collections.abc import Iterator

from workbook.completion import is_complete
from workbook.findings import Finding, finding
from workbook.palette import Status
from workbook.plan import Action
from workbook.reading import ReadAction
from workbook.rules.rule import Case, Example, Rule
from workbook.rules.signs import signs_of_plan

HELPS = "Use the note for anything that will help the reader."
REASON_AND_PLAN = (
    "An action that is amber or red needs both in its note, written afresh each month: the reason why it has slipped, "
    "and a brief plan of what will be done about it."
)


def check(case: Case) -> Iterator[Finding]:
    """Find late actions whose note is missing, is last month's, or shows no sign of a plan."""
    month = case.month
    for read, action in case.actions:
        note = read.said.get(("note", None))
        status = case.layout.palette.get(read.value("progress", month))
        if status and status.behind and not is_complete(action, case.layout) and not (note and not note.readable):
            is_new = status.key != read.issued.progress.get(month)
            if code := _wrong(read, action, is_new=is_new):
                yield _found(code, read, status, case)


def _wrong(read: ReadAction, action: Action, *, is_new: bool) -> str | None:
    """What is wrong with the note of a late action; one that was issued late already may keep its note."""
    if not any(char.isalnum() for char in action.own_note):
        return "NOTE_MISSING"
    if is_new and action.own_note == read.issued.own_note:
        return "NOTE_UNCHANGED"
    return None if signs_of_plan(action.own_note) else "PLAN_NOT_SEEN"


def _found(code: str, read: ReadAction, status: Status, case: Case) -> Finding:
    words = {"status": case.layout.palette.name(status.key), "reported": case.month.name}
    return finding(code, read.where("note"), **words, guidance=REASON_AND_PLAN)


HELP_RULE = Rule(name="note", sentence=HELPS, looks_at="Nothing: what helps the reader is for the officer to say.")

A_PLAN = "The surveyor was ill. The report will go to members on 14 October."

RULE = Rule(
    name="reason_and_plan",
    sentence=REASON_AND_PLAN,
    looks_at=(
        "The note of every action that is amber or red in the month that is asked about: whether there is one, whether "
        "it is another than the one that was issued, and whether it shows a sign of a plan (below). Whether it gives a "
        "reason is for a person to judge."
    ),
    codes=("NOTE_MISSING", "NOTE_UNCHANGED", "PLAN_NOT_SEEN"),
    check=check,
    examples=(
        Example(says="amber, with reason and plan", now="Sep amber", note=A_PLAN),
        Example(says="amber, and no note", now="Sep amber", finds=("NOTE_MISSING",)),
        Example(says="red, and a dash for a note", now="Sep red", note="-", finds=("NOTE_MISSING",)),
        Example(
            says="red, and last month's words",
            before="Aug amber",
            note_before=A_PLAN,
            note=A_PLAN,
            now="Sep red",
            finds=("NOTE_UNCHANGED",),
        ),
        Example(
            says="amber, and a reason alone",
            now="Sep amber",
            note="The surveyor was ill.",
            finds=("PLAN_NOT_SEEN",),
        ),
        Example(says="red before it was issued, and the words left", before="Sep red", note_before=A_PLAN),
        Example(says="red, and complete all the same", now="Sep red", note="COMPLETE."),
        Example(says="green, and no note", now="Sep green"),
        Example(says="not reported, and no note", now=""),
    ),
)
