"""What waits for a person: a question, the answers there are to it, and the decision that was taken."""

from dataclasses import dataclass

from workbook.months import Month

NOT_APPROVED = "Not approved"  # what a note opens with after a refusal
Edit = tuple[str, str, Month | None, str | None]  # row id, field, month, new value


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer in words, and what it changes; `decides` is `approved` or `refused` for an approval."""

    words: str
    edits: tuple[Edit, ...] = ()
    decides: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One question: about which value, where it was returned, what the master has, and the answers.

    `query_id` is made of what is asked, so that the same files ask the same queries again. `places` are the file and
    cell of each value that came back; `officer` is who is to be asked, `importance` the action's. `suggested` is the
    answer in words where it is plain, and otherwise empty.
    """

    query_id: str
    kind: str
    question: str
    places: tuple[tuple[str, str], ...]
    row_id: str
    field: str
    month: Month | None
    ref: str
    action: str
    lead: str
    in_master: str
    returned: str
    answers: tuple[Answer, ...]
    officer: str = ""
    importance: str = ""
    suggested: str = ""

    @property
    def file(self) -> str:
        """The files that it is about."""
        return ", ".join(file for file, _ in self.places)

    @property
    def cell(self) -> str:
        """Their cells, in the same order."""
        return ", ".join(cell for _, cell in self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One row of a queries workbook that was filled in; an empty `answer` is still open."""

    answer: str
    by: str = ""
    on: str = ""
    minute: str = ""
    comment: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""
