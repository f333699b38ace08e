"""The names of sheets, columns and properties in the workbooks that the program writes and reads."""

import re
from collections.abc import Iterable

from workbook.layout import Block
from workbook.palette import PROGRAMME_LABEL, Status
from workbook.plan import Heading
from workbook.refs import MAX_TAB_NAME, a1

GUIDANCE_TAB = "Guidance"
DETAILS_TAB = "Details"
CHANGES_TAB = "Changes"
CHANGES_COLUMNS = ("Ref", "Action", "Lead", "What", "Was", "Now", "Said by", "Cell")
ARCHIVE_TAB = "Archive"
LISTS_SHEET = "Lists"
PLAN_SHEET = "_plan"
EXPORTED_SHEET = "_exported"  # in a plan source: the plan as it was exported
HELP_SHEET = "Help"  # in an empty plan source: how it is filled in
NO_TABLES = (EXPORTED_SHEET, HELP_SHEET, LISTS_SHEET)  # sheets of a plan source that hold none of its tables
FINDINGS_TAB = "Findings"

# "History" is a name that Excel does not allow.
OUR_SHEETS = (FINDINGS_TAB, GUIDANCE_TAB, DETAILS_TAB, CHANGES_TAB, ARCHIVE_TAB, LISTS_SHEET, PLAN_SHEET, "History")
FLAT_SHEETS = {"history": "changes"}
OTHER_TAB = "Other"
SUMMARY_TAB = "Summary"  # of a corporate copy, and of a board pack

# The board pack.
CONTENTS_TAB, EXCEPTIONS_TAB, MOVEMENT_TAB = "Contents", "Exceptions", "Movement"
SCHEDULE_TAB, COMPLETED_TAB, COMING_TAB = "Schedule of changes", "Completed", "Coming up"
PACK_TABS = (CONTENTS_TAB, SUMMARY_TAB, EXCEPTIONS_TAB, MOVEMENT_TAB, SCHEDULE_TAB, COMPLETED_TAB, COMING_TAB)

# Keys of the two hidden columns; the others' are field names and months.
ROW_ID, BAND = "row_id", "band"
LETTERS_COLUMN, PEOPLE_COLUMN, CHOICES_COLUMN = 1, 4, 7  # CHOICES_COLUMN is the first of as many as there are lists
GREY_KEY_LABEL = f"Grey: {PROGRAMME_LABEL.lower()}"

# Custom document properties that say what a workbook is.
PLAN_PROPERTY, ISSUE_PROPERTY, KIND_PROPERTY = "workbook.plan", "workbook.issue", "workbook.kind"
CORPORATE_KIND, PACK_KIND = "corporate", "pack"

# The queries workbook.
QUERIES_SHEET, ANSWERS_SHEET = "Queries", "Answers"
QUERY_COLUMNS = (
    "Query",
    "File",
    "Cell",
    "Ref",
    "Action",
    "Lead",
    "Question",
    "In the master",
    "Returned",
    "Decision",
    "Decided by",
    "Date",
    "Minute",
    "Comment",
)

# The reminders workbook.
REMINDERS_SHEET = "Reminders"
REMINDER_COLUMNS = (
    "Recipient",
    "Name",
    "E-mail",
    "Service",
    "Month",
    "Due",
    "Return",
    "What is missing",
    "How many",
    "Message",
)
_REFERENCE = re.compile(r"\bplan (p[a-z2-7]+)(?: · return (i[a-z2-7]+))?")


def pack_tabs(highlights: Iterable[Heading], blocks: Iterable[Block]) -> tuple[list[str], list[str]]:
    """The names of a board pack's tabs about single priorities, and of those that list a level of headings."""
    taken = {name.casefold() for name in PACK_TABS}
    names = [tab_name(f"Highlight {heading.ref}", taken) for heading in highlights]
    return names, [tab_name(f"{block.level.capitalize()}s", taken) for block in blocks]


def tab_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel allows, like no other; `taken` holds those given so far, in lower case."""
    plain = re.sub(r"[\[\]:*?/\\]", "-", " ".join(wanted.split()))
    base = _cut(plain.strip("' "), MAX_TAB_NAME).strip("' ") or "Tab"
    name, copy = base, 1
    while name.casefold() in taken:
        copy += 1
        name = f"{_cut(base, MAX_TAB_NAME - len(str(copy)) - 1)} {copy}"
    taken.add(name.casefold())
    return name


def _cut(text: str, length: int) -> str:
    """The beginning of a text that Excel counts as so long: a letter beyond the first 65,536 counts twice."""
    return text.encode("utf-16-le")[: 2 * length].decode("utf-16-le", errors="ignore")


def key_label(status: Status) -> str:
    """The words for a status in the key on the Guidance tab; its letter, in its fill, stands left of them."""
    return f"{status.colour[:1].upper()}{status.colour[1:]}: {status.label.lower()}"


def at_place(at: tuple[int, int], text: str) -> str:
    """How a text that is known by its place is noted among those that a workbook was written with."""
    return f"{a1(*at)}: {text}"


def reference(plan_id: str, issue_id: str) -> str:
    """The words in a cell that say which plan and issue a workbook is of."""
    return f"plan {plan_id}" + (f" · return {issue_id}" if issue_id else "")


def parse_reference(text: str) -> tuple[str, str] | None:
    """The plan and issue of a cell with `reference`'s words, or None."""
    match = _REFERENCE.search(text)
    return (match[1], match[2] or "") if match else None
