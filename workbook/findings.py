"""The catalogue of what can be wrong or doubtful: a code, a severity, what to say and what to do.

The wording of each code lives here once. `{...}` in a message or remedy is filled in by whoever finds it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Literal

from workbook.months import Month
from workbook.refs import place

Severity = Literal["error", "query", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "query", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One kind of finding: its severity, its sentence, and what to do about it."""

    about: str
    severity: Severity
    message: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The place of a finding, as far as it is known; `cell` is in A1 notation, `sheet` the tab's name."""

    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    ref: str | None = None
    row_id: str | None = None
    field: str | None = None
    month: Month | None = None


NOWHERE = Where()
_NO_REF = "an action without a ref"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong or doubtful, at a place in a file."""

    code: str
    severity: Severity
    message: str
    remedy: str
    where: Where

    @property
    def file(self) -> str | None:
        """The name of the file that it is about."""
        return self.where.file

    @property
    def ref(self) -> str | None:
        """The ref of the action that it is about."""
        return self.where.ref or None

    @property
    def place(self) -> str:
        """Where, as people point at it: `CP1!I14`."""
        return place(self.where.sheet, self.where.cell)

    def to_json(self) -> dict[str, str | None]:
        """The finding as the contract prints it."""
        said = {"code": self.code, "severity": self.severity, "message": self.message, "remedy": self.remedy}
        return {
            **said,
            **asdict(self.where),
            "ref": self.ref,
            "month": str(self.where.month) if self.where.month else None,
        }


def finding(code: str, where: Where = NOWHERE, **words: object) -> Finding:
    """A finding of that code at a place, its sentence and remedy filled in with `words`."""
    entry = CATALOGUE[code]
    about = {"ref": where.ref or _NO_REF, "month": where.month and where.month.name}
    said = {**about, "row_id": where.row_id, **words}
    message = entry.message.format(**said)
    return Finding(
        code=code,
        severity=entry.severity,
        message=message.replace(_NO_REF, _NO_REF.capitalize(), 1) if message.startswith(_NO_REF) else message,
        remedy=entry.remedy.format(**said),
        where=where,
    )


def in_file(file: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with the file they were found in."""
    return tuple(replace(each, where=replace(each.where, file=file)) for each in findings)


def count(findings: Iterable[Finding], severity: Severity) -> int:
    """How many findings have that severity."""
    return sum(each.severity == severity for each in findings)


def grouped(findings: Iterable[Finding]) -> list[tuple[Finding, list[Finding]]]:
    """Findings that say the same of several places, together: the first of each kind and all of it.

    Two are of a kind when code, file and sentence are the same; the worst come first, then in the order found.
    """
    groups: dict[tuple[str, str | None, str], list[Finding]] = {}
    for each in findings:
        groups.setdefault((each.code, each.file, each.message), []).append(each)
    kinds = sorted(groups.values(), key=lambda kind: SEVERITIES.index(kind[0].severity))
    return [(kind[0], kind) for kind in kinds]


_YEARS_END = "the year's end"
_FILE, _TABLE, _CELLS, _GUIDANCE, _DECISIONS, _SOURCE, _ADOPTED = (
    "the file",
    "the table",
    "the month's cells",
    "the guidance",
    "decisions",
    "the plan source",
    "a spreadsheet that is adopted",
)

CATALOGUE: Mapping[str, Code] = {
    # The file
    "FILE_UNREADABLE": Code(
        about=_FILE,
        severity="error",
        message="The file cannot be read: {why}",
        remedy="{remedy}",
    ),
    "FILE_ENCRYPTED": Code(
        about=_FILE,
        severity="error",
        message="The file is locked: {why}",
        remedy="{remedy}",
    ),
    "FILE_TOO_LARGE": Code(
        about=_FILE,
        severity="error",
        message="The file holds far more than any return: {why}",
        remedy="Ask for the return to be filled in afresh in the workbook that was issued.",
    ),
    "FILE_NOT_A_RETURN": Code(
        about=_FILE,
        severity="error",
        message="This is not a return that was issued: {why}",
        remedy="Send back the workbook that was issued, filled in.",
    ),
    "WRONG_PLAN": Code(
        about=_FILE,
        severity="error",
        message="This return belongs to another plan, “{plan}”, not to “{master}”.",
        remedy="Merge it with the master that it was issued from; nothing is taken from it here.",
    ),
    "STALE_ISSUE": Code(
        about=_FILE,
        severity="query",
        message="This return was issued for {month}; {latest} has been issued since.",
        remedy="What it reports was compared with what was issued then. Ask whether a later return is coming.",
    ),
    "ISSUE_UNKNOWN": Code(
        about=_FILE,
        severity="query",
        message="The master has no record of this issue, so it was compared with what the file itself says was issued.",
        remedy="Merge with the master that `issue` wrote next to the returns; check what was changed.",
    ),
    "RETURNED_TWICE": Code(
        about=_FILE,
        severity="query",
        message="Two different files came back for the same issue: {files}.",
        remedy="Where they say the same, that was taken. Decide on each cell where they differ.",
    ),
    "STYLES_LOST": Code(
        about=_FILE,
        severity="query",
        message="The file has lost all its colours, so only letters and words were read.",
        remedy="If any month was painted instead of lettered, ask for the letters.",
    ),
    "RECOLOURED": Code(
        about=_FILE,
        severity="query",
        message="All {count} months {what} came back {colour}, those that nobody was asked about too.",
        remedy="A program did that, not a person, so the paint was not read. Pick letters.",
    ),
    "OLD_FORMAT": Code(
        about=_FILE,
        severity="note",
        message="The file is in the old Excel format (.xls), which tells neither formulas nor rules of colour.",
        remedy="Nothing to do, if neither was used. Otherwise ask for an Excel workbook (.xlsx).",
    ),
    "VALUES_ONLY": Code(
        about=_FILE,
        severity="query",
        message="The file is plain text (CSV), which holds one tab, and no colours.",
        remedy="Only letters and words were read. Ask for the workbook, if anything was painted or on another tab.",
    ),
    "ISSUE_GUESSED": Code(
        about=_FILE,
        severity="query",
        message="Nothing in the file says which return it is; by its rows it is that of {recipient} for {month}.",
        remedy="Check that it is. It was compared with what was issued then.",
    ),
    "ROWS_OF_ANOTHER_RETURN": Code(
        about=_FILE,
        severity="query",
        message="The file also holds rows that were issued to {recipients}: {refs}.",
        remedy="What they report is asked about in the queries workbook. Nothing was taken from them yet.",
    ),
    "HIDDEN_SHEET_LOST": Code(
        about=_FILE,
        severity="query",
        message="The hidden sheet that came with the return is gone, so it was compared with the master's own record.",
        remedy="What was written outside the table cannot be told from what was there. Look through the file.",
    ),
    "DROPDOWNS_LOST": Code(
        about=_FILE,
        severity="note",
        message="The drop-downs are gone from this file.",
        remedy="Nothing to do: what was typed has been checked against the letters all the same.",
    ),
    "MASTER_EDITED": Code(
        about=_FILE,
        severity="note",
        message="The master was edited by hand: {changes}.",
        remedy="The edits were taken, and are in the history as the master's own.",
    ),
    "CORPORATE_EDITED": Code(
        about=_FILE,
        severity="query",
        message="“{plan}” was edited by hand in this corporate copy: {changes}.",
        remedy="It was not taken. Change the plan's own master, and roll the masters up again.",
    ),
    "OFF_CYCLE": Code(
        about=_FILE,
        severity="note",
        message="This plan is reported once a {cycle}, and {month} is not the last month of one: that is {last}.",
        remedy="Nothing to do, if the report is wanted early: it counts until {last} is reported.",
    ),
    "NOBODY_ASKED": Code(
        about=_FILE,
        severity="note",
        message="Nobody leads these actions, so they went into a return of their own, {file}: {refs}.",
        remedy="Fill that return in, or give the actions a lead.",
    ),
    # The table
    "TAB_MISSING": Code(
        about=_TABLE,
        severity="error",
        message="The tab {tab} was issued and is not in the file; it held {rows}.",
        remedy="Ask for the missing tab. What the master says about its actions stands.",
    ),
    "TAB_UNKNOWN": Code(
        about=_TABLE,
        severity="query",
        message="The tab was not issued and was not read. It begins: “{text}”.",
        remedy="See whether anything on it belongs in the plan.",
    ),
    "COLUMN_MISSING": Code(
        about=_TABLE,
        severity="error",
        message="The column “{column}” is not on this tab.",
        remedy="What the master says in that column stands. Ask for what should have been reported there.",
    ),
    "HEADER_LOST": Code(
        about=_TABLE,
        severity="query",
        message="The tab has lost the header of its table, so its columns were taken to stand as they were issued.",
        remedy="Check that what was read stands in the right months.",
    ),
    "ROW_MISSING": Code(
        about=_TABLE,
        severity="error",
        message="{ref} “{action}” was issued and is not in the file{part}.",
        remedy="What was known of it stands. If it was deleted by mistake, it is to be reported once more.",
    ),
    "ROW_NEW": Code(
        about=_TABLE,
        severity="query",
        message="A row was added: {said}.",
        remedy="It is a proposal: decide whether to add it to the plan. Nothing was taken from it yet.",
    ),
    "ROW_OF_ANOTHER_RETURN": Code(
        about=_TABLE,
        severity="query",
        message="The row was not issued in this return, but seems to be another return's: {said}.",
        remedy="Nothing was taken from it. If it is of another return, ask for that one as well.",
    ),
    "ROW_DUPLICATED": Code(
        about=_TABLE,
        severity="query",
        message="{ref} is in the file twice. The row that was read is {kept}; this one says {said}.",
        remedy="What the copy says otherwise is asked about, and not taken. Delete the row that is wrong.",
    ),
    "ROW_DROPPED": Code(
        about=_TABLE,
        severity="query",
        message="{ref} was issued, and has been dropped from the plan since. The return says of it: {said}.",
        remedy="Nothing was taken from it. If the action is to go on, put it back into the plan source.",
    ),
    "ROW_MATCHED_WEAKLY": Code(
        about=_TABLE,
        severity="query",
        message="The row was taken for {ref} “{action}” by {evidence}.",
        remedy="Check that it is that action.",
    ),
    "PROGRAMME_CHANGED": Code(
        about=_TABLE,
        severity="query",
        message="The grey of {ref} was changed: issued as {issued}, returned as {returned}.",
        remedy="The programme is fixed and was put back. To change it, report the new dates hatched.",
    ),
    "PROGRAMME_PAINTED_OVER": Code(
        about=_TABLE,
        severity="note",
        message="{month} of {ref} was painted {status} on the grey row, and was read as its progress.",
        remedy="The grey is put back. Report in the row below the grey one.",
    ),
    "REF_CHANGED": Code(
        about=_TABLE,
        severity="query",
        message="The ref {issued} was changed to “{returned}”.",
        remedy="Refs are the coordinator's to change: decide whether to take it.",
    ),
    "ACTION_CHANGED": Code(
        about=_TABLE,
        severity="query",
        message="The wording of {ref} was changed from “{issued}” to “{returned}”.",
        remedy="The wording is the coordinator's to change: decide whether to take it.",
    ),
    "LEAD_CHANGED": Code(
        about=_TABLE,
        severity="query",
        message="The lead of {ref} was changed from “{issued}” to “{returned}”.",
        remedy="Leads are the coordinator's to change: decide whether to take it.",
    ),
    "FIELD_CHANGED": Code(
        about=_TABLE,
        severity="query",
        message="The {field} of {ref} was changed from “{issued}” to “{returned}”.",
        remedy="That column is the coordinator's to change: decide whether to take it.",
    ),
    "NOTE_MOVED": Code(
        about=_TABLE,
        severity="query",
        message="A note has moved: {said}.",
        remedy="Rows may have been sorted without their notes. Nothing was taken from it: see what was meant.",
    ),
    "TEXT_OUTSIDE": Code(
        about=_TABLE,
        severity="query",
        message="Something was written where nothing is read: “{text}”.",
        remedy="Move it into the note of the action that it is about.",
    ),
    "COMMENT_FOUND": Code(
        about=_TABLE,
        severity="query",
        message="The cell has a comment: “{text}”.",
        remedy="Comments are not taken into the plan. Put what matters into the action's note.",
    ),
    # The month's cells
    "STATUS_UNKNOWN": Code(
        about=_CELLS,
        severity="error",
        message="“{text}” was typed for {month} of {ref}, and is no status.",
        remedy="Use one of the letters {letters}.",
    ),
    "COLOUR_UNSURE": Code(
        about=_CELLS,
        severity="query",
        message="{month} of {ref} is painted {colour}, which is no status's colour; it is nearest to {nearest}.",
        remedy="Pick the letter instead of a colour.",
    ),
    "COLOUR_CONTRADICTS_LETTER": Code(
        about=_CELLS,
        severity="query",
        message="{month} of {ref} says {one} and {other}.",
        remedy="Make letter and colour say the same. Until then neither is taken.",
    ),
    "COLOUR_CONTRADICTS_WORDS": Code(
        about=_CELLS,
        severity="query",
        message="{month} of {ref} says {one} and {other}.",
        remedy="Make the status and the note say the same. Until then neither is taken.",
    ),
    "STATUS_FROM_WORDS": Code(
        about=_CELLS,
        severity="note",
        message="{month} of {ref} was read as {status}, as its note says ({how}).",
        remedy="Nothing, if that is what was meant. Picking a letter is surer.",
    ),
    "COLOUR_RULE_UNREAD": Code(
        about=_CELLS,
        severity="query",
        message="A rule (conditional format) colours months by {formula}, which could not be worked out.",
        remedy="What it alone colours was read as blank. Ask for letters.",
    ),
    "VALUE_UNREAD": Code(
        about=_CELLS,
        severity="error",
        message="The {field} of {ref} holds “{text}”, which has no value.",
        remedy="Write the words themselves. Until then what was there before stands.",
    ),
    "FORMULA_FOUND": Code(
        about=_CELLS,
        severity="note",
        message="The cell holds the formula {formula}. Its value was read: “{value}”.",
        remedy="Nothing to do, if the value is right.",
    ),
    "NUMBER_FORMATTED": Code(
        about=_CELLS,
        severity="note",
        message="The cell holds the number {value}, which is shown {shown}. The number was read.",
        remedy="Write it as words, if its look matters.",
    ),
    "EARLIER_MONTH_CHANGED": Code(
        about=_CELLS,
        severity="query",
        message="{month} of {ref}, an earlier month, was changed from {issued} to {returned}.",
        remedy="It has been taken as a correction. Ask, if the board has already been told otherwise.",
    ),
    "LATER_MONTH_REPORTED": Code(
        about=_CELLS,
        severity="query",
        message="{month} of {ref} is reported {status}, but it is still to come.",
        remedy="Only new dates (hatched) or a suspension can be shown in months to come. Check the month.",
    ),
    "NOT_REPORTED": Code(
        about=_CELLS,
        severity="error",
        message="{ref} is programmed for {month} and nothing is reported.",
        remedy="Pick a letter for {month}.",
    ),
    # The guidance
    "APPROVAL_NEEDED": Code(
        about=_GUIDANCE,
        severity="query",
        message="{ref} is reported {status} for {months}, which needs approval.",
        remedy="{guidance} The coordinator sees to it in the queries workbook.",
    ),
    "LATENESS_UNDERSTATED": Code(
        about=_GUIDANCE,
        severity="query",
        message="{ref} is reported {status} for {month}, but {sum}: that is {expected}.",
        remedy="{guidance} If it is done, open its note with COMPLETE.",
    ),
    "LATENESS_OVERSTATED": Code(
        about=_GUIDANCE,
        severity="note",
        message="{ref} is reported {status} for {month}, but {sum}: that is {expected}.",
        remedy="{guidance} If it will be late, its note may say so already.",
    ),
    "NOTE_MISSING": Code(
        about=_GUIDANCE,
        severity="error",
        message="{ref} is {status} for {reported}, and has no note.",
        remedy="{guidance}",
    ),
    "NOTE_UNCHANGED": Code(
        about=_GUIDANCE,
        severity="query",
        message="{ref} is {status} for {reported}, and its note is still the one that was issued.",
        remedy="{guidance}",
    ),
    "PLAN_NOT_SEEN": Code(
        about=_GUIDANCE,
        severity="query",
        message="{ref} is {status} for {reported}, and its note does not seem to say what will be done.",
        remedy="{guidance}",
    ),
    "NEW_DATE_MISSING": Code(
        about=_GUIDANCE,
        severity="error",
        message="{ref} is reported {status}, and no new date is given.",
        remedy="{guidance}",
    ),
    "NEW_DATE_UNREAD": Code(
        about=_GUIDANCE,
        severity="query",
        message="The new date of {ref}, “{text}”, could not be read: {why}.",
        remedy="{guidance} Write it as 31 March 2010, or March 2010.",
    ),
    "NEW_DATE_UNEXPLAINED": Code(
        about=_GUIDANCE,
        severity="query",
        message="{ref} has a new date, “{text}”, and is reported {status}.",
        remedy="{guidance} If it is moved, report it so.",
    ),
    "MARKER_MISSING": Code(
        about=_GUIDANCE,
        severity="error",
        message="{ref} is reported {status} for {months}, and its note does not open with {markers}.",
        remedy="{guidance}",
    ),
    "MARKER_CONTRADICTS_COLOUR": Code(
        about=_GUIDANCE,
        severity="query",
        message="The note of {ref} opens with {marker}, but {months} is reported {status}.",
        remedy="{guidance} Make the two say the same.",
    ),
    "MARKER_PUT_IN_ORDER": Code(
        about=_GUIDANCE,
        severity="note",
        message="The note of {ref} opens with “{words}”, which was taken for {marker} and is written so in the master.",
        remedy="{guidance}",
    ),
    "DEPENDENCY_DELAYED": Code(
        about=_GUIDANCE,
        severity="query",
        message="{ref} waits for {other}, which is {status}, and its note does not say so.",
        remedy="{guidance}",
    ),
    # Decisions
    "DECISION_UNREAD": Code(
        about=_DECISIONS,
        severity="error",
        message="The decision “{text}” on {ref} is not one of its answers.",
        remedy="Pick one of: {answers}. Until then it stays open.",
    ),
    "APPROVAL_UNSIGNED": Code(
        about=_DECISIONS,
        severity="note",
        message="The decision on {ref} does not say {missing}.",
        remedy="It was taken all the same. To have it on record, fill it in and merge the decisions once more.",
    ),
    "DECISION_CHANGED": Code(
        about=_DECISIONS,
        severity="query",
        message="The decision on {ref} says “{text}” now, but “{taken}” was taken before.",
        remedy="What was taken stands. To undo it, change the month on the master's own tab.",
    ),
    "DECISION_UNUSED": Code(
        about=_DECISIONS,
        severity="query",
        message="The query {query} is not asked any more, so the decision “{text}” on it was not taken.",
        remedy="Something else has come in since, or the master was edited. Decide on what is asked now, if anything.",
    ),
    # The plan source
    "REF_REPEATED": Code(
        about=_SOURCE,
        severity="query",
        message="The ref {ref} is used {times} times: {rows}.",
        remedy="The actions are kept apart all the same. Give each its own ref.",
    ),
    "REF_MISSING": Code(
        about=_SOURCE,
        severity="query",
        message="The action “{action}” has no ref.",
        remedy="Give it a ref, so that people can speak of it.",
    ),
    "REF_MALFORMED": Code(
        about=_SOURCE,
        severity="query",
        message="The ref “{ref}” is not written as refs are: {why}.",
        remedy="It is kept as it is. Correct it, so that people find the action by it.",
    ),
    "ROW_ID_REPEATED": Code(
        about=_SOURCE,
        severity="error",
        message="The row id {row_id} is used more than once; this row was given a new one, {new}.",
        remedy="Leave row ids as they were written, and empty for a new action.",
    ),
    "LEAD_UNKNOWN": Code(
        about=_SOURCE,
        severity="query",
        message="The lead “{lead}” is not in the people table.",
        remedy="Add the person or team to the people table, or correct the lead.{likely}",
    ),
    "HEADING_UNKNOWN": Code(
        about=_SOURCE,
        severity="error",
        message="“{heading}” is not a heading of this plan.",
        remedy="Correct it, or add it to the headings table. Until then it stands on a tab of its own.",
    ),
    "HEADING_LEVEL_UNKNOWN": Code(
        about=_SOURCE,
        severity="error",
        message="“{level}” is not a level of heading.",
        remedy="Use one of: {levels}. The row is kept, but is shown nowhere.",
    ),
    "PROGRAMME_UNREAD": Code(
        about=_SOURCE,
        severity="error",
        message="The programme “{text}” was not understood: {why}.",
        remedy="Write months as 2009-07..2009-09, 2009-12, or Jul-Sep, Dec.",
    ),
    "PROGRAMME_EMPTY": Code(
        about=_SOURCE,
        severity="note",
        message="{ref} is programmed for no month.",
        remedy="It will be asked about in no month. Give it a programme when it is known.",
    ),
    "PROGRAMMES_DERIVED": Code(
        about=_SOURCE,
        severity="note",
        message="The programmes of {count} actions were worked out from their dates.",
        remedy="Export the plan to see which months they come to. To change one, write the months into the column "
        "programmed.",
    ),
    "PROGRAMME_DERIVED": Code(
        about=_SOURCE,
        severity="note",
        message="The programme of {ref} was worked out as {months} from {source}.",
        remedy="Check that it is meant so. Otherwise write the months into the column programmed.",
    ),
    "PROGRAMME_OUTSIDE_PLAN": Code(
        about=_SOURCE,
        severity="note",
        message="{ref} is programmed for {months}, outside the plan's months.",
        remedy="Nothing to do: those months are kept, and are not shown in the grid.",
    ),
    "DATE_IMPOSSIBLE": Code(
        about=_SOURCE,
        severity="error",
        message="The {name} of {ref} cannot be: {why}",
        remedy="Correct it. Until then it is shown as it is written, and nothing is worked out from it.",
    ),
    "DATES_REVERSED": Code(
        about=_SOURCE,
        severity="error",
        message="{ref} ends before it starts: {dates}.",
        remedy="Correct the one that is wrong. Until then no programme is worked out from them.",
    ),
    "TIMESCALE_UNREAD": Code(
        about=_SOURCE,
        severity="note",
        message="The {name} of {ref}, “{text}”, holds no date that could be read.",
        remedy="Nothing to do, if none is known. It is shown as it is written.",
    ),
    "STATUS_UNREAD": Code(
        about=_SOURCE,
        severity="error",
        message="“{text}” is not a status.",
        remedy="Use one of: {statuses}.",
    ),
    "APPROVAL_UNREAD": Code(
        about=_SOURCE,
        severity="error",
        message="“{text}” is not a decision.",
        remedy="Use “approved” or “refused”.",
    ),
    "MONTH_UNREAD": Code(
        about=_SOURCE,
        severity="error",
        message="“{text}” is not a month.",
        remedy="Write it as 2009-07.",
    ),
    "ROW_UNKNOWN": Code(
        about=_SOURCE,
        severity="error",
        message="There is no action with the row id “{row_id}”, so this row could not be used.",
        remedy="Correct the row id, or delete the row.",
    ),
    "SETTING_UNREAD": Code(
        about=_SOURCE,
        severity="error",
        message="The setting {key} says “{text}”, which was not understood.",
        remedy="{expected}",
    ),
    "COLUMN_KEPT": Code(
        about=_SOURCE,
        severity="note",
        message="The column “{column}” is not one of ours.",
        remedy="Nothing to do: it is kept, and shown on the Details tab.",
    ),
    "TABLE_KEPT_OUT": Code(
        about=_SOURCE,
        severity="note",
        message="“{table}” is not a table of a plan source and was not read.",
        remedy="Tables are: {tables}.",
    ),
    "DEPENDENCY_UNKNOWN": Code(
        about=_SOURCE,
        severity="query",
        message="{ref} names “{other}”, which is no ref of this plan.",
        remedy="Correct the ref.",
    ),
    "DEPENDENCY_CIRCULAR": Code(
        about=_SOURCE,
        severity="query",
        message="Actions wait for one another in a circle: {circle}.",
        remedy="Take out the dependency that is not meant.",
    ),
    # The year's end
    "YEAR_NOT_OVER": Code(
        about=_YEARS_END,
        severity="query",
        message="Last year's plan runs to {last}, and {stands}.",
        remedy="What is to come until then is carried as unfinished. Roll over again when the last month is merged.",
    ),
    "QUERIES_OPEN": Code(
        about=_YEARS_END,
        severity="query",
        message="Of last year's plan, {count} still to be decided: {refs}.",
        remedy="What was held back is not carried. Write it down with `merge --queries`, decide, and roll over again.",
    ),
    "LOOKS_DONE": Code(
        about=_YEARS_END,
        severity="query",
        message="It was last {status}, its programme is over, and its note does not open with COMPLETE.",
        remedy="It is carried. If it is done, open its note with COMPLETE in this master and roll over again. If not, "
        "paint its months grey in next year's.",
    ),
    "PROPOSAL_OPEN": Code(
        about=_YEARS_END,
        severity="query",
        message="{ref} is {status} for {months}, and nobody has approved or refused that: {becomes}.",
        remedy="Decide on it in the queries workbook, merge the decision, and roll over again.",
    ),
    "COMPLETE_GOES_ON": Code(
        about=_YEARS_END,
        severity="query",
        message="{ref} is complete and archived, but by its {source} it is due again: {months}.",
        remedy="If it is, take COMPLETE from its note in this master and roll over again.",
    ),
    "PROGRAMME_RUN_OUT": Code(
        about=_YEARS_END,
        severity="query",
        message="No month of its programme is left ({status}).",
        remedy="It is asked about in no month until its months are painted grey on its tab.",
    ),
    "PROGRAMME_IN_GAP": Code(
        about=_YEARS_END,
        severity="query",
        message="It was programmed for {months}, between the end of last year's plan and the start of next year's.",
        remedy="These months are left out. Paint others grey on its tab, if it is still to be done.",
    ),
    "REFS_PROPOSED": Code(
        about=_YEARS_END,
        severity="note",
        message="New refs are proposed for {count} of the actions: {refs}.",
        remedy="Change them on the tabs, where others are wanted. The Details tab has last year's.",
    ),
    "REF_MEANS_ANOTHER": Code(
        about=_YEARS_END,
        severity="query",
        message="The {field} of {ref} names last year's {other}, {said}.",
        remedy="The words are as they were. Put the right ref into them on this tab.",
    ),
    "DEPENDENCY_FULFILLED": Code(
        about=_YEARS_END,
        severity="note",
        message="{ref} waited for last year's {others}, now complete.",
        remedy="Nothing to do: that is taken out of what it depends on.",
    ),
    # A spreadsheet that is adopted
    "NO_TABLE_FOUND": Code(
        about=_ADOPTED,
        severity="error",
        message="No table of actions was found: no row names columns such as Action, Lead, Start or months.",
        remedy="Give the table a row of headings, or say in the sheet “mapping” where they are, and adopt it again.",
    ),
    "TABLE_LEFT_OUT": Code(
        about=_ADOPTED,
        severity="query",
        message="There are headings here, and what stands below them was not taken for a plan. Its texts are kept.",
        remedy="If it is part of the plan, say in the sheet “mapping” what its columns are, and adopt it again.",
    ),
    "SHEET_HIDDEN": Code(
        about=_ADOPTED,
        severity="query",
        message="This sheet is hidden; its tables were not read, and its texts were kept as they are.",
        remedy="If the plan has actions in it, unhide it and adopt the file again.",
    ),
    "LEGEND_NOT_STATUS": Code(
        about=_ADOPTED,
        severity="query",
        message="The key says of its colours {said}: nothing of how actions stand. No status was read from them.",
        remedy="If some of them do, write it beside the colour in the sheet “mapping”, and adopt it again with that.",
    ),
    "LEGEND_ASSUMED": Code(
        about=_ADOPTED,
        severity="query",
        message="{why} They were taken as they are usually meant: {said}.",
        remedy="If they mean something else, correct it in the sheet “mapping”, and adopt it again with that.",
    ),
    "COLOUR_MEANS_NOTHING": Code(
        about=_ADOPTED,
        severity="query",
        message="Bars have colours that the key does not explain: {colours}. They were read without a status.",
        remedy="If they say how actions stand, write it in the sheet “mapping”, and adopt it again with that.",
    ),
    "COLUMN_GUESSED": Code(
        about=_ADOPTED,
        severity="query",
        message="“{heading}” was taken for the column {meaning}: {why}.",
        remedy="If it is something else, correct it in the sheet “mapping”, and adopt it again with that.",
    ),
    "COLUMN_UNMAPPED": Code(
        about=_ADOPTED,
        severity="note",
        message="“{heading}” was taken for no column of a plan. What it says is kept under its own name.",
        remedy="If it is one, say which in the sheet “mapping”, and adopt it again with that.",
    ),
    "COLUMN_PAINTED": Code(
        about=_ADOPTED,
        severity="query",
        message="“{heading}” was taken for no column of a plan, and its cells are painted. Their colours are kept.",
        remedy="If it is a period or a status, say so in the sheet “mapping”, and adopt it again with that.",
    ),
    "PERIOD_UNDATED": Code(
        about=_ADOPTED,
        severity="query",
        message="Nothing says on which day these columns of bars start: {labels}.",
        remedy="Write in the sheet “mapping” from which day they are, as weeks from 2025-03-17, and adopt it again.",
    ),
    "PERIODS_COUNTED": Code(
        about=_ADOPTED,
        severity="query",
        message="“{label}” was taken to begin on {day}, which is named above the table as the start.",
        remedy="If it begins on another day, write that in the sheet “mapping”, and adopt it again.",
    ),
    "DATES_MONTH_FIRST": Code(
        about=_ADOPTED,
        severity="note",
        message="The dates here were read with the month first, since some can be nothing else: “{said}”.",
        remedy="Look over the dates in the sheet “actions”.",
    ),
    "BARS_BY_FORMULA": Code(
        about=_ADOPTED,
        severity="query",
        message="Bars are drawn here by a rule that could not be worked out: {formula}.",
        remedy="Compare the bars with what was read; where dates of start and finish were read, they say the same.",
    ),
    "RULES_NOT_READ": Code(
        about=_ADOPTED,
        severity="query",
        message="Conditional formats are not read in an .xls file: what they paint here is missing.",
        remedy="Open it and save it as .xlsx, and adopt that.",
    ),
    "STATUS_NOT_KNOWN": Code(
        about=_ADOPTED,
        severity="query",
        message="The status of {refs} is “{said}”, which is none that is known. It is kept as it is written.",
        remedy="Say it in the key of the file, as {said} = green, and adopt that; or report it in the first month.",
    ),
    "ROW_SET_ASIDE": Code(
        about=_ADOPTED,
        severity="query",
        message="Row {row} was not taken for an action: it sums up, or stands below the table. Its texts are kept.",
        remedy="If it is an action, give it a ref or another wording in the file, and adopt it again.",
    ),
    "NO_BARS": Code(
        about=_ADOPTED,
        severity="query",
        message="There are headings of periods, and nothing is seen under any of them.",
        remedy="Bars that are drawn as borders or shapes are not seen. Write the programme in the sheet “actions”.",
    ),
    "REF_MADE": Code(
        about=_ADOPTED,
        severity="note",
        message="{count} actions have no ref in the file. They were numbered, from {first} to {last}.",
        remedy="Change the numbers in the sheet “actions” if you have others; nothing depends on them yet.",
    ),
    "MONTH_HAS_SEVERAL": Code(
        about=_ADOPTED,
        severity="query",
        message="{refs} have several statuses in one month, as {ref} in {months}. The last of each month was taken.",
        remedy="If another is meant, correct it in the sheet “progress”.",
    ),
    "PLAN_TOO_LONG": Code(
        about=_ADOPTED,
        severity="query",
        message="A plan has {most} months at most. The bars from {first} to {last} were left out.",
        remedy="Put them into a plan of their own, or change the start in the sheet “settings”.",
    ),
    "START_NOT_FOUND": Code(
        about=_ADOPTED,
        severity="error",
        message="The file has no dates, so the first month of the plan is not known.",
        remedy="Write it in the sheet “settings”, beside start, as 2009-07.",
    ),
}
