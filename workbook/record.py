"""The record: everything that was ever issued, came back, was changed, held back and decided, edition by edition.

Each part of it only grows. An `Edition` says how far each reached when a master was written, so that any earlier one
can be had back (`Plan.at`).
"""

from dataclasses import dataclass
from typing import Literal

from workbook.months import Month

EditionKind = Literal["built", "edited", "issued", "merged", "rebuilt"]
Row = Literal["own", "another's", "copy"]
ROWS: tuple[Row, ...] = ("own", "another's", "copy")
EDITION_KINDS: tuple[EditionKind, ...] = ("built", "edited", "issued", "merged", "rebuilt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One value that was changed: where it was said (`source`, `cell`) and, if a person decided it, in which query."""

    edition: Month
    row_id: str
    ref: str
    field: str
    month: Month | None
    old: str | None
    new: str | None
    source: str
    cell: str
    decision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One value that a return said and that was not taken: somebody is asked, and it is kept whatever they decide.

    `baseline` is what was issued, `value` what came back; where `readable` is False `value` is the baseline, `raw` what
    stands there in words and `candidates` what it may mean. In the field `row` the value is a row that was added.
    `row` says whether the row was issued in that return, or is a copy of one. `reported` is the month that the return
    was issued for, `position` the length of the plan's history when the value was held back.
    """

    row_id: str
    field: str
    month: Month | None
    baseline: str | None
    value: str | None
    file: str
    digest: str
    cell: str
    recipient: str
    reported: Month | None
    position: int
    readable: bool = True
    raw: str = ""
    candidates: tuple[str, ...] = ()
    row: Row = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One decision that was taken on a query: what was asked and answered, by whom, when, in which minute, and why.

    What is filled in later about the same decision is kept as another one of the same query.
    """

    query_id: str
    row_id: str
    question: str
    answer: str
    by: str = ""
    on: str = ""
    minute: str = ""
    comment: str = ""
    file: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A file that came back for an issue, told from others by the digest of its bytes.

    `position` is the length of the plan's history when it had first been merged, `edition` the number of the edition
    that it was merged into.
    """

    file: str
    digest: str
    position: int = 0
    edition: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """One return in the register: to whom, for which month, which rows.

    `name` is how the recipient is addressed, `due` a date as it is printed. `position` is the length of the plan's
    history when it was issued, so that `Plan.as_of(position)` is its baseline.
    """

    issue_id: str
    recipient: str
    month: Month
    file: str
    rows: tuple[str, ...]
    name: str = ""
    due: str = ""
    position: int = 0
    returned: tuple[Returned, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One master that was written: how it came about, and how long each part of the record was then.

    `month` is the one as at which the plan stood, None as long as nothing had been merged.
    """

    kind: EditionKind
    month: Month | None
    history: int = 0
    held: int = 0
    taken: int = 0
    register: int = 0


def signature(by: str, on: str, minute: str) -> str:
    """By whom, when and in which minute something was decided, in words, as far as that is said."""
    return ", ".join(part for part in (by, on, f"minute {minute}" if minute else "") if part)
