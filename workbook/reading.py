"""What a returned workbook says, once it has been read: plain data between reading, judging and merging."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from workbook.findings import Finding, Where
from workbook.layout import Layout
from workbook.months import Month
from workbook.palette import Fill
from workbook.plan import Action, Plan, field_name, value_of, with_value
from workbook.record import Issued
from workbook.refs import a1

FieldKey = tuple[str, Month | None]  # ("progress", July 2009) or ("note", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one cell says for a field: `value` as `plan.value_of` gives it, and where it stands.

    `readable` is False when it was not understood: then `value` is what was issued, `raw` what is there in words,
    `candidates` are the values that it may mean, and `text` and `fill` show the doubt again in a copy.
    """

    value: str | None
    sheet: str
    cell: str
    readable: bool = True
    raw: str = ""
    candidates: tuple[str, ...] = ()
    text: str = ""
    fill: Fill | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cells(Mapping[FieldKey, Said]):
    """What each cell of an action's rows says: most of them what was issued, and of these only the places are kept.

    `columns` are where the fields stand, alike for all rows of a table, and the two rows those in which words and
    progress stand; `others` is what the cells say that do not plainly say what was issued.
    """

    issued: Action
    sheet: str
    words_row: int
    progress_row: int
    columns: Mapping[FieldKey, int]
    others: Mapping[FieldKey, Said]

    def __getitem__(self, key: FieldKey) -> Said:
        if key in self.others:
            return self.others[key]
        cell = a1(self.progress_row if key[1] else self.words_row, self.columns[key])
        return Said(value=value_of(self.issued, *key), sheet=self.sheet, cell=cell)

    def __contains__(self, key: object) -> bool:
        return key in self.columns or key in self.others

    def __iter__(self) -> Iterator[FieldKey]:
        yield from self.columns
        yield from (key for key in self.others if key not in self.columns)

    def __len__(self) -> int:
        return len({*self.columns, *self.others})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAction:
    """One issued action as it came back; `said` holds only fields that the file has a cell for."""

    issued: Action
    matched_by: str
    sheet: str
    row: int
    said: Mapping[FieldKey, Said]

    @property
    def others(self) -> Mapping[FieldKey, Said]:
        """What is said that is not, or not plainly, what was issued; in the order of `said`."""
        if isinstance(self.said, Cells):
            return self.said.others
        return {
            key: said
            for key, said in self.said.items()
            if said != Said(value=value_of(self.issued, *key), sheet=said.sheet, cell=said.cell)
        }

    def value(self, name: str, month: Month | None = None) -> str | None:
        """What is said for a field, or what was issued where the file has no cell for it."""
        said = self.others.get((name, month))
        return said.value if said else value_of(self.issued, name, month)

    def onto(self, action: Action) -> Action:
        """An action with what this row changes of its progress and its note, as far as that can be read."""
        for (name, month), said in self.others.items():
            if name in ("progress", "note") and said.readable and said.value != value_of(self.issued, name, month):
                action = with_value(action, name, month, said.value)
                if month in action.approval:
                    action = with_value(action, "approval", month, None)
        return action

    def where(self, name: str, month: Month | None = None) -> Where:
        """The place of a field, for a finding about it."""
        said = self.said.get((name, month))
        sheet, cell = (said.sheet, said.cell) if said else (self.sheet, None)
        return Where(sheet=sheet, cell=cell, ref=self.issued.ref, row_id=self.issued.row_id, field=name, month=month)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRow:
    """A row that was not issued: a proposal, standing under `heading`; `more` are its other fields by name."""

    sheet: str
    cell: str
    heading: str
    ref: str
    action: str
    lead: tuple[str, ...]
    note: str
    progress: Mapping[Month, str] = field(default_factory=dict)
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """What it says, in one line."""
        parts = [self.ref, f"“{self.action}”" if self.action else "", " / ".join(self.lead)]
        parts += [f"{month.short} {status}" for month, status in self.progress.items()]
        parts += [f"{field_name(name)} “{text}”" for name, text in {**self.more, "note": self.note}.items() if text]
        return ", ".join(part for part in parts if part)


def new_row_to_text(row: NewRow) -> str:
    """What a row that was added says of an action, in one text that the plan's record can keep."""
    said: dict[str, object] = {
        "heading": row.heading,
        "ref": row.ref,
        "action": row.action,
        "lead": list(row.lead),
        "note": row.note,
    }
    said["more"] = dict(row.more)
    said["progress"] = {str(month): status for month, status in row.progress.items()}
    return json.dumps(said, ensure_ascii=False)


def new_row_from_text(text: str, cell: str = "") -> NewRow:
    """Read what `new_row_to_text` wrote."""
    said = json.loads(text)
    said |= {"lead": tuple(said["lead"]), "progress": {Month.parse(m): each for m, each in said["progress"].items()}}
    return NewRow(sheet="", cell=cell, **said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Something that was written where it is no field's value, or could not be one: kept word for word."""

    sheet: str
    cell: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One returned file. When `read` is False only `file`, `digest` and `findings` mean anything.

    `baseline` is the plan with the issued rows as they were issued, `layout` the form that it was read in, `issued`
    which return it is (None for the sheets of a master), `copies` the rows that are copies of those in `actions`, and
    `beside` what was written and is in none of these.
    """

    file: str
    digest: str
    read: bool
    findings: tuple[Finding, ...] = ()
    baseline: Plan | None = None
    layout: Layout | None = None
    issued: Issued | None = None
    actions: tuple[ReadAction, ...] = ()
    copies: tuple[ReadAction, ...] = ()
    new_rows: tuple[NewRow, ...] = ()
    beside: tuple[Beside, ...] = ()

    @property
    def issue_id(self) -> str:
        """Which issue it answers, or an empty text."""
        return self.issued.issue_id if self.issued else ""

    @property
    def month(self) -> Month | None:
        """The month that is reported."""
        return self.issued.month if self.issued else None

    @property
    def recipient(self) -> str:
        """Whom it was issued to."""
        return self.issued.recipient if self.issued else ""
