"""Returns and masters: which plan and issue a workbook is of, and what it says."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from workbook.corporate import CORPORATE_TABLE, Corporate, corporate_from_tables
from workbook.errors import ReadError, WorkbookError
from workbook.findings import NOWHERE, Finding, finding, in_file
from workbook.grid import corporate_grids
from workbook.layout import Layout, layout_from_text
from workbook.names import (
    CORPORATE_KIND,
    GUIDANCE_TAB,
    ISSUE_PROPERTY,
    KIND_PROPERTY,
    OUR_SHEETS,
    PACK_KIND,
    PLAN_PROPERTY,
    PLAN_SHEET,
    parse_reference,
)
from workbook.plan import Plan
from workbook.read.assemble import assemble
from workbook.read.cells import RawBook, digest_of
from workbook.read.opening import open_book, read_bytes
from workbook.read.tables import hidden_tables
from workbook.reading import Reading
from workbook.record import Issued
from workbook.source import Table, carried_plan, register_from_table, setting

_BESIDE = ("layout", "issue", "written")  # in the hidden sheet beside the plan
_MASTER = "Give the master: the workbook that was built, or that `issue` or `merge` wrote."


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a workbook of ours carries in its hidden sheet: the plan as it was written, its form, its issue."""

    plan: Plan
    layout: Layout
    issued: Issued | None
    written: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMaster:
    """A master: the plan it carries, and what its sheets say of it, which may have been edited by hand."""

    plan: Plan
    layout: Layout
    sheets: Reading


def carried(tables: Mapping[str, Table]) -> Carried | None:
    """What the tables of a hidden sheet carry, or None when it is not there or not whole."""
    form, issue, written = (tables.get(name) for name in _BESIDE)
    said = next(form.records(), None) if form else None
    if said is None or issue is None:
        return None
    layout = layout_from_text(said["layout"])
    plan, _ = carried_plan([each for name, each in tables.items() if name not in _BESIDE], layout)
    return Carried(
        plan=plan,
        layout=layout,
        issued=next(iter(register_from_table(issue)), None),
        written=_written(written),
    )


def carried_by_master(book: RawBook) -> Carried:
    """What a master carries; ReadError if the workbook is none."""
    try:
        inside = carried(hidden_tables(book))
    except (WorkbookError, ValueError) as error:
        why = f"what it carries about the plan is damaged: {error}"
        raise ReadError(why, remedy="Use an earlier copy of it.") from error
    if inside is None:
        raise ReadError("it is not a master made by this program (its hidden sheet is missing).", remedy=_MASTER)
    if inside.issued:
        raise ReadError("it is a return, not a master.", remedy=_MASTER)
    return inside


def read_master(book: RawBook, inside: Carried) -> ReadMaster:
    """Read a master's sheets beside what it carries; the sheet that carries it is not looked at again."""
    return _beside_sheets(book, inside.plan, inside.layout, inside.written)


def _beside_sheets(book: RawBook, plan: Plan, layout: Layout, written: frozenset[tuple[str, str]]) -> ReadMaster:
    """A plan that a workbook carries, and what the workbook's sheets say of it."""
    said = assemble(book, plan, layout, written)
    sheets = Reading(
        file=book.file,
        digest=book.digest,
        read=True,
        findings=in_file(book.file, said.findings),
        baseline=plan,
        layout=layout,
        actions=said.actions,
        copies=said.copies,
        new_rows=said.new_rows,
        beside=said.beside,
    )
    return ReadMaster(plan=plan, layout=layout, sheets=sheets)


def is_corporate(book: RawBook) -> bool:
    """Whether the workbook says that it is a corporate copy."""
    sheet = book.sheet(PLAN_SHEET)
    return book.properties.get(KIND_PROPERTY) == CORPORATE_KIND or (
        sheet is not None and sheet[1, 1].text == CORPORATE_TABLE
    )


def is_pack(book: RawBook) -> bool:
    """Whether the workbook says that it is a board pack."""
    return book.properties.get(KIND_PROPERTY) == PACK_KIND


def read_corporate(book: RawBook) -> tuple[Corporate, tuple[ReadMaster, ...]]:
    """Read a corporate copy: what it carries, and what its sheets say of each plan; ReadError if it is not whole."""
    try:
        inside = corporate_from_tables(hidden_tables(book))
    except (WorkbookError, ValueError) as error:
        why = f"what it carries about the plans is damaged: {error}"
        raise ReadError(why, remedy="Roll the masters up again.") from error
    if inside is None:
        why = "it is a corporate copy that has lost its plans (its hidden sheet is missing)."
        raise ReadError(why, remedy="Roll the masters up again.")
    read = []
    for part, grid in zip(inside.parts, corporate_grids(inside), strict=True):
        # Two plans may have rows of one id, so each is looked for on its own tabs.
        own = tuple(sheet for sheet in book.sheets if sheet.name in grid.names)
        read.append(_beside_sheets(replace(book, sheets=own), part.plan, part.layout, frozenset()))
    return inside, tuple(read)


def read_return(
    path: Path, master: Plan | None = None, layout: Layout | None = None, password: str | None = None
) -> Reading:
    """Read a returned workbook, whatever it is; what is wrong with it is a finding.

    With a master, its register says what was issued; without, the copy in the file itself does.
    """
    try:
        book = open_book(path, password)
    except ReadError as error:
        return unread(path, error.code, why=str(error), remedy=error.remedy)
    try:
        tables = hidden_tables(book)
    except ReadError:
        tables = {}
    if master and layout and (issued := _known(tables, master)):
        # The register has it: what else the workbook carries of the plan need not be read.
        return _against(path, book, master, layout, issued, _written(tables["written"]), guessed=False)
    try:
        inside = carried(tables)
    except (WorkbookError, ValueError):
        inside = None
    return _by_itself(path, book, inside, master, layout)


def _by_itself(
    path: Path, book: RawBook, inside: Carried | None, master: Plan | None, layout: Layout | None
) -> Reading:
    """Read a workbook by all that it says of what it is."""
    plan_id, issue_id = _ids(book, inside)
    if master and plan_id and plan_id != master.plan_id:
        title = inside.plan.title if inside else plan_id
        return unread(path, "WRONG_PLAN", plan=title, master=master.title)
    if master and layout and not (is_corporate(book) or is_pack(book)):
        issued = master.issues.get(issue_id)
        if issued or (issued := None if inside or issue_id else _by_rows(book, master)):
            written = inside.written if inside else frozenset[tuple[str, str]]()
            return _against(path, book, master, layout, issued, written, guessed=not issue_id)
    if inside is None:
        return unread(path, "FILE_NOT_A_RETURN", why=_why_not(book, issue_id))
    if not inside.issued:
        return unread(path, "FILE_NOT_A_RETURN", why="it is a master.")
    unknown = (finding("ISSUE_UNKNOWN"),) if master else ()
    elsewhere = master.by_row_id if master else None
    return _reading(path, book, inside.plan, inside.layout, inside.issued, inside.written, unknown, elsewhere)


def _known(tables: Mapping[str, Table], master: Plan) -> Issued | None:
    """The entry of the master's register that a whole hidden sheet names."""
    if not {"settings", "actions", "layout", "issue", "written"} <= tables.keys():
        return None
    named = [record["issue_id"] for record in tables["issue"].records()]
    ours = setting(tables.values(), "plan_id") == master.plan_id
    return master.issues.get(named[0]) if named and ours else None


def _why_not(book: RawBook, issue_id: str) -> str:
    if is_corporate(book):
        return "it is a corporate copy of several plans."
    if is_pack(book):
        return "it is a board pack, which is for reading."
    if book.saved_as == "csv":
        return "it is plain text (CSV), which does not say what was issued; only a merge with the master can read it."
    return f"{'what was issued is not recorded in it' if issue_id else 'nothing in it says which plan it is of'}."


def _against(
    path: Path,
    book: RawBook,
    master: Plan,
    layout: Layout,
    issued: Issued,
    written: frozenset[tuple[str, str]],
    *,
    guessed: bool,
) -> Reading:
    """Read against what the master's register says was issued; rows of others that were pasted in are read as well."""
    findings = []
    if guessed:
        findings.append(finding("ISSUE_GUESSED", recipient=issued.recipient, month=issued.month.name))
    others = _pasted(book, master, issued)
    if others:
        rows = {row_id for other in others for row_id in others[other]}
        refs = ", ".join(action.ref or row_id for row_id, action in master.by_row_id.items() if row_id in rows)
        findings.append(finding("ROWS_OF_ANOTHER_RETURN", recipients=", ".join(others), refs=refs))
    rows = {*issued.rows, *(row_id for ids in others.values() for row_id in ids)}
    baseline = master.as_of(issued.position).only(rows)
    return _reading(path, book, baseline, layout, issued, written, tuple(findings), master.by_row_id)


def _pasted(book: RawBook, master: Plan, issued: Issued) -> Mapping[str, list[str]]:
    """The plan's rows in the file that were not issued in it, by whom they were issued to for that month."""
    found: dict[str, list[str]] = {}
    strays = (_texts(book) & master.by_row_id.keys()).difference(issued.rows)
    others = [other for other in master.register if other.month == issued.month] if strays else []
    for row_id in (action.row_id for action in master.actions if action.row_id in strays):
        owners = dict.fromkeys(other.recipient for other in others if row_id in other.rows)
        found.setdefault(" and ".join(owners) or "nobody", []).append(row_id)
    return found


def _by_rows(book: RawBook, master: Plan) -> Issued | None:
    """The return that a file without any mark is of: the latest of those that most of its rows were issued in."""
    texts = _texts(book)
    here = {
        row_id
        for row_id, action in master.by_row_id.items()
        if row_id in texts or (action.action and action.action in texts)
    }
    found = [(len(here.intersection(each.rows)), each.month, -len(each.rows), each) for each in master.register]
    best = max(found, key=lambda each: each[:3], default=None)
    return best[3] if best and best[0] else None


def _texts(book: RawBook) -> frozenset[str]:
    """All that the sheets say which are not ours alone."""
    sheets = [sheet for sheet in book.sheets if sheet.name not in OUR_SHEETS]
    return frozenset(cell.text for sheet in sheets for _, _, cell in sheet.texts())


def _reading(
    path: Path,
    book: RawBook,
    baseline: Plan,
    layout: Layout,
    issued: Issued,
    written: frozenset[tuple[str, str]],
    findings: tuple[Finding, ...],
    elsewhere: Container[str] | None,
) -> Reading:
    said = assemble(book, baseline, layout, written, asked=issued.month, elsewhere=elsewhere)
    guessed = any(each.code == "ISSUE_GUESSED" for each in findings)
    # What was guessed has lost what tells it, and says so once.
    told = [each for each in said.findings if not (guessed and each.code in ("HIDDEN_SHEET_LOST", "DROPDOWNS_LOST"))]
    return Reading(
        file=path.name,
        digest=book.digest,
        read=True,
        findings=in_file(path.name, (*findings, *told)),
        baseline=baseline,
        layout=layout,
        issued=issued,
        actions=said.actions,
        copies=said.copies,
        new_rows=said.new_rows,
        beside=said.beside,
    )


def _ids(book: RawBook, inside: Carried | None) -> tuple[str, str]:
    """The plan and issue that the workbook says it is of: by its hidden sheet, its properties, or its guidance."""
    if inside:
        return inside.plan.plan_id, inside.issued.issue_id if inside.issued else ""
    if book.properties.get(PLAN_PROPERTY):
        return book.properties[PLAN_PROPERTY], book.properties.get(ISSUE_PROPERTY, "")
    guidance = book.sheet(GUIDANCE_TAB)
    texts = (cell.text for _, _, cell in guidance.texts()) if guidance else ()
    return next((found for text in texts if (found := parse_reference(text))), ("", ""))


def unread(path: Path, code: str, **words: object) -> Reading:
    """The reading of a file that could not be read, with what is to be said of it."""
    try:
        digest = digest_of(read_bytes(path))
    except ReadError:
        digest = ""
    said = in_file(path.name, [finding(code, NOWHERE, **words)])
    return Reading(file=path.name, digest=digest, read=False, findings=said)


def _written(written: Table | None) -> frozenset[tuple[str, str]]:
    return frozenset((record["tab"], record["text"]) for record in (written.records() if written else ()))
