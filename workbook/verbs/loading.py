"""Reading plans: from masters, corporate copies, plan sources and JSON; and the form that each is in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbook.corporate import Corporate
from workbook.errors import ReadError, SourceError, UsageError
from workbook.findings import Finding, Where, finding
from workbook.history import editions
from workbook.layout import Layout, available, default_layout, load_layout, shown_in, with_statuses
from workbook.merge import hand_edits
from workbook.months import Month
from workbook.names import EXPORTED_SHEET, PLAN_SHEET
from workbook.plan import FIRST_LAYOUT, Plan
from workbook.read.cells import RawBook
from workbook.read.limits import MASTER_TIMES
from workbook.read.opening import open_book
from workbook.read.tables import folder_tables, hidden_tables, json_tables, sheet_tables
from workbook.read.workbooks import (
    ReadMaster,
    carried_by_master,
    is_corporate,
    is_pack,
    read_corporate,
    read_master,
)
from workbook.source import Table, carried_plan, plan_from_tables, setting, with_edits


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A plan and its form, and what is doubtful in the file that it was read from.

    `corporate` is the title of the corporate copy that it was read from, None if the file is of this plan alone.
    """

    plan: Plan
    layout: Layout
    findings: tuple[Finding, ...]
    file: str = ""
    corporate: str | None = None


def read(source: str | Path) -> Plan:
    """Read a plan from a master, a plan source (workbook or folder of CSV files) or its JSON."""
    return load(source).plan


def load(source: str | Path, layout: str | Path | None = None, *, password: str | None = None) -> Loaded:
    """Read a plan, its layout, and what is doubtful about them; WorkbookError when there is no plan to be had.

    `layout` is used in place of the one that the source names; `password` opens a workbook that is locked with it. What
    was edited by hand on a master's sheets is taken.
    """
    loaded, *others = load_all(source, layout, password=password)
    if loaded.corporate is not None:
        held = ", ".join(f"“{each.plan.title}”" for each in (loaded, *others))
        raise UsageError(
            f"{source} is a corporate copy, which is for reading. Give the master of one of its plans: {held}."
        )
    return loaded


def load_all(
    source: str | Path, layout: str | Path | None = None, *, password: str | None = None
) -> tuple[Loaded, ...]:
    """Read the plans in a corporate copy, or the one that anything else has, as `load` does.

    What was edited by hand in a corporate copy is named and not taken.
    """
    path = Path(source)
    if not path.exists():
        raise UsageError(f"There is no file or folder {path}. Check its name and place.")
    if path.is_dir():
        return (_from_tables(folder_tables(path), layout, path),)
    if path.suffix.lower() == ".json":
        title, plans = json_tables(path)
        return tuple(replace(_from_tables(tables, layout, path), corporate=title) for tables in plans)
    try:
        book = open_book(path, password, times=MASTER_TIMES)
        if is_corporate(book):
            corporate, masters = read_corporate(book)
            return tuple(_from_corporate(corporate, master, layout, path) for master in masters)
        if is_pack(book):
            raise UsageError(f"{path} is a board pack, which is for reading. Give the master that it was made from.")
        if book.sheet(PLAN_SHEET) is None:
            return (_from_source(book, layout, path),)
        inside = carried_by_master(book)
        book = book.without(PLAN_SHEET)  # of a large plan, it takes much memory
        return (_from_master(read_master(book, inside), layout, path),)
    except ReadError as error:
        raise UsageError(f"{path} cannot be read: {error} {error.remedy}") from error


def _from_tables(tables: Sequence[Table], layout: str | Path | None, path: Path) -> Loaded:
    form = _form(layout, tables, path if path.is_dir() else path.parent)
    try:
        plan, findings = plan_from_tables(tables, form)
    except SourceError as error:
        raise SourceError(f"{path}: {error}") from error
    own = setting(tables, FIRST_LAYOUT) or setting(tables, "layout")
    return Loaded(plan=_kept_in(plan, form, own), layout=form, findings=findings, file=str(path))


def _form(layout: str | Path | None, tables: Sequence[Table], folder: Path) -> Layout:
    """The form that is asked for, or that the source names; one that the plan is not kept in takes on what that has.

    A file that the source names lies in the source's `folder`.
    """
    said, first = setting(tables, "layout"), setting(tables, FIRST_LAYOUT)
    said = str(folder / said) if said.endswith(".toml") else said
    named, own = layout or said, first or said
    form = load_layout(named) if named else default_layout()
    if own in ("", form.name) or own not in available():
        return form  # what a form of somebody's own has is not known here
    used = {record["status"] for table in tables if table.name == "progress" for record in table.records()}
    return shown_in(form, load_layout(own), used)


def _kept_in(plan: Plan, form: Layout, own: str) -> Plan:
    """The plan with the name of the form that it is kept in, where another had to be made fit for it."""
    others = {key: value for key, value in plan.settings.items() if key != FIRST_LAYOUT}
    is_shown = own and own != form.name and (form.name not in available() or form != load_layout(form.name))
    return replace(plan, settings=others | ({FIRST_LAYOUT: own} if is_shown else {}))


def _from_source(book: RawBook, layout: str | Path | None, path: Path) -> Loaded:
    """A plan source that is a workbook; what was changed in one that was exported goes into the plan's history."""
    tables = sheet_tables(book)
    loaded = _from_tables(tables, layout, path)
    exported = hidden_tables(book, EXPORTED_SHEET)
    if not exported or not loaded.plan.editions:
        return loaded
    try:
        before, _ = carried_plan(list(exported.values()), loaded.layout)
        return replace(loaded, plan=with_edits(before, loaded.plan, tables, path.name))
    except SourceError as error:
        raise SourceError(f"{path}: {error}") from error


def _from_master(master: ReadMaster, layout: str | Path | None, path: Path) -> Loaded:
    plan, findings = hand_edits(master.plan, master.sheets, master.layout)
    form = _shown(layout, plan, master.layout)
    own = plan.settings.get(FIRST_LAYOUT, master.layout.name)
    plan = replace(_kept_in(plan, form, own), layout=form.name) if layout else plan
    return Loaded(plan=plan, layout=form, findings=findings, file=str(path))


def _shown(layout: str | Path | None, plan: Plan, own: Layout) -> Layout:
    """The form that a master is to be shown in: its own, or the one that is asked for, made fit for its plan."""
    if not layout:
        return own
    form, used = load_layout(layout), _reported(plan)
    is_home = form.name in (own.name, plan.settings.get(FIRST_LAYOUT))
    return with_statuses(form, own, used) if is_home else shown_in(form, own, used)


def _reported(plan: Plan) -> set[str]:
    """The statuses that have been reported."""
    return {status for action in plan.actions for status in action.progress.values()}


def _from_corporate(corporate: Corporate, master: ReadMaster, layout: str | Path | None, path: Path) -> Loaded:
    form = _shown(layout, master.plan, master.layout)
    edited, _ = hand_edits(master.plan, master.sheets, master.layout)
    edits = edited.history[len(master.plan.history) :]
    said = ", ".join(dict.fromkeys(f"{edit.ref or 'an action'} ({edit.cell})" for edit in edits))
    words = {"plan": master.plan.title, "changes": said}
    findings = (finding("CORPORATE_EDITED", Where(file=path.name), **words),) if edits else ()
    return Loaded(plan=master.plan, layout=form, findings=findings, file=str(path), corporate=corporate.title)


def earlier(plan: Plan, edition: str) -> Plan:
    """The plan as an earlier edition left it: the one of that number, or the last of that month.

    UsageError when there is none, with those that there are.
    """
    number = _edition_number(plan, edition)
    if number is None:
        listed = ", ".join(f"{each.number} ({each.month or 'as programmed'}, {each.kind})" for each in editions(plan))
        known = f"There are: {listed}." if listed else "Nothing has been issued or merged yet, so there are none."
        raise UsageError(f"There is no edition “{edition}” of this plan. {known}")
    return plan.at(number)


def _edition_number(plan: Plan, edition: str) -> int | None:
    known = editions(plan)
    if edition.strip().isdecimal():
        return next((each.number for each in known if each.number == int(edition)), None)
    try:
        month = Month.parse(edition)
    except ValueError:
        return None
    # What was issued for the next month belongs to that one.
    last = [each.number for each in known if each.month == month and each.kind != "issued"]
    return last[-1] if last else None


def layout_of(plan: Plan) -> Layout:
    """The form that a plan names, or the default one; fit for it, where it is kept in another."""
    form = load_layout(plan.layout) if plan.layout else default_layout()
    own = plan.settings.get(FIRST_LAYOUT)
    return shown_in(form, load_layout(own), _reported(plan)) if own else form
