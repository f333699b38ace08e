"""The judge: whether each value that was issued is read right, named in a finding, or silently wrong.

A finding about another cell does not count, and one about the whole file only for what it explains.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from tests.damage.case import Case
from tests.damage.truth import Key
from workbook.findings import Finding
from workbook.merge import Merged
from workbook.plan import value_of
from workbook.reading import Reading

RIGHT, NAMED, WRONG = "read right", "named", "silently wrong"
# Findings that say of a file that nothing was read of it.
OF_A_FILE = ("FILE_UNREADABLE", "FILE_ENCRYPTED", "FILE_TOO_LARGE", "FILE_NOT_A_RETURN", "WRONG_PLAN")
# Findings that say of a file that what is only painted was not read.
OF_COLOURS = ("STYLES_LOST", "VALUES_ONLY", "RECOLOURED")
# Kinds whose evidence the old Excel format does not tell, as a finding says of the file.
UNTOLD_BY_XLS = ("formula", "conditional")
# Findings that name every value of the row that they are about.
OF_A_ROW = ("ROW_MISSING", "ROW_DUPLICATED", "ROW_MATCHED_WEAKLY")
_LONG_ENOUGH = 6  # shorter texts stand in a sentence by chance
_QUOTED = 150  # findings cut what they quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A value that came to be something else without a word; without a key, words that were passed over."""

    case: str
    key: Key | None
    read: str | None
    true: str | None

    def __str__(self) -> str:
        about = f"{self.key[0]} {self.key[1]} {self.key[2] or ''}".strip() if self.key else "what was written"
        return f"{self.case}: {about}: read {self.read!r}, true {self.true!r}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How many values came out how; `asked` are those that were right and untouched, and asked about all the same."""

    counts: Counter[str]
    wrong: tuple[Wrong, ...]
    asked: tuple[tuple[Key, str], ...] = ()


def judge_reading(case: Case, reading: Reading) -> Outcome:
    """Judge what was read of a case."""
    read = {action.issued.row_id: action for action in reading.actions} if reading.read else {}

    def said(key: Key) -> tuple[bool, str | None]:
        """Whether the file says something for a value, and what; the grey is kept only where it was changed."""
        row_id, name, month = key
        if row_id not in read:
            return False, None
        cell = read[row_id].said.get((name, month))
        return (cell.readable, cell.value) if cell else (name == "programmed", read[row_id].value(name, month))

    def names(found: Finding, key: Key) -> bool:
        row_id, name, month = key
        action = read.get(row_id)
        cell = action.said.get((name, month)) if action else None
        at_its_cell = cell is not None and (found.where.sheet, found.where.cell) == (cell.sheet, cell.cell)
        return at_its_cell or explains(found, case, key, tab=action.sheet if action else case.tabs[row_id])

    counts, wrong = _judge(case, said, lambda key: any(names(found, key) for found in reading.findings))
    heard, passed_over = _heard(case, reading)
    asked = tuple(
        (key, found.code)
        for found in reading.findings
        if found.severity != "note" and (key := _about(found)) in case.truth and key not in case.touched
        if said(key) == (True, case.truth[key])
    )
    return Outcome(counts=counts + heard, wrong=(*wrong, *passed_over), asked=asked)


def judge_merged(case: Case, merged: Merged) -> Outcome:
    """Judge what a case has become in the merged plan, where a query names a value as well as a finding does."""
    asked = {(query.row_id, query.field, query.month) for query in merged.queries}

    def said(key: Key) -> tuple[bool, str | None]:
        row_id, name, month = key
        return True, value_of(merged.plan.by_row_id[row_id], name, month)

    def is_named(key: Key) -> bool:
        tab = case.standing.get(key[0], case.tabs[key[0]])
        return key in asked or any(explains(found, case, key, tab=tab) for found in merged.findings)

    counts, wrong = _judge(case, said, is_named)
    return Outcome(counts=counts, wrong=tuple(wrong))


def explains(found: Finding, case: Case, key: Key, *, tab: str) -> bool:
    """Whether whoever reads a finding is led to a value by it; `tab` is where the value stands."""
    (row_id, name, month), where = key, found.where
    of_file = _of_file(found, case, key)
    if of_file is not None:
        return of_file
    if found.code == "TAB_MISSING":
        return where.sheet == case.tabs[row_id]
    same_field = where.field == name and (name != "progress" or where.month == month)
    if found.code == "COLUMN_MISSING":
        return same_field and where.sheet in (tab, case.tabs[row_id])
    if where.row_id == row_id:
        return same_field or found.code in OF_A_ROW
    true = case.truth[key] or ""
    return name == "note" and len(true) >= _LONG_ENOUGH and true[:_QUOTED] in found.message


def _of_file(found: Finding, case: Case, key: Key) -> bool | None:
    """Whether a finding about the whole file explains a value; None when it is not about the file."""
    if found.code in OF_COLOURS:
        return key in case.painted
    if found.code == "OLD_FORMAT":
        return any(each in case.kind for each in UNTOLD_BY_XLS)
    return True if found.code in OF_A_FILE else None


def _judge(
    case: Case, said: Callable[[Key], tuple[bool, str | None]], is_named: Callable[[Key], bool]
) -> tuple[Counter[str], list[Wrong]]:
    counts: Counter[str] = Counter()
    wrong = []
    for key, true in case.truth.items():
        is_read, value = said(key)
        verdict = RIGHT if is_read and value == true else NAMED if is_named(key) else WRONG
        counts[verdict] += 1
        if verdict == WRONG:
            wrong.append(Wrong(case=case.name, key=key, read=value, true=true))
    return counts, wrong


def _heard(case: Case, reading: Reading) -> tuple[Counter[str], list[Wrong]]:
    """Whether words that belong to no issued value are quoted somewhere, or read with an action of another return."""
    others = [action for action in reading.actions if action.issued.row_id not in case.tabs]
    said = [cell.value or "" for action in others for cell in action.said.values()]
    said += [found.message for found in reading.findings]
    # Without the hidden sheet, what is outside the table cannot be told from what was there, and a finding says so.
    asked = not reading.read or any(found.code == "HIDDEN_SHEET_LOST" for found in reading.findings)
    lost = [text for text in case.extra if not asked and not any(text in each for each in said)]
    counts = Counter({NAMED: len(case.extra) - len(lost), WRONG: len(lost)})
    return +counts, [Wrong(case=case.name, key=None, read=None, true=text) for text in lost]


def _about(found: Finding) -> Key:
    month = found.where.month if found.where.field == "progress" else None
    return (found.where.row_id or "", found.where.field or "", month)
