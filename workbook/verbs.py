"""The verbs: each reads its input, has the work done, and writes its output whole or not at all."""

import datetime as dt
import difflib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbook.build.annotated import write_annotated
from workbook.build.corporate import write_corporate as write_corporate_copy
from workbook.build.flat import write_flat
from workbook.build.masters import write_master, write_return
from workbook.build.pack import write_pack
from workbook.build.queries import write_queries
from workbook.build.reminders import write_reminders
from workbook.corporate import Corporate, Figures, Part, Summary, side_by_side
from workbook.errors import OfficeError, ReadError, SourceError, UsageError
from workbook.files import WORKBOOK_ENDING, Write, as_pdf, as_workbook, relative_path, write_all
from workbook.findings import Finding, Where, finding
from workbook.grid import EXPORTED_SHEET, PLAN_SHEET
from workbook.history import EditionSummary, Event, editions, lives
from workbook.issuing import By, issue_plan, nobody_asked
from workbook.layout import Layout, Paper, default_layout, load_layout
from workbook.libreoffice import to_pdf
from workbook.merge import Merged, hand_edits, outstanding, reported_in, standing, together, without_answered
from workbook.merge import merge as merge_readings
from workbook.merge.queries import awaiting
from workbook.months import Month
from workbook.pack import Breakdown, Pack, Tally
from workbook.plan import Action, Heading, Plan, language_of, plain_ref
from workbook.queries import Query
from workbook.read.cells import RawBook
from workbook.read.decisions import read_decisions
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
from workbook.reading import Reading
from workbook.record import Issued
from workbook.reminders import Reminder
from workbook.report.chasing import Unanswered, unanswered
from workbook.report.chasing import reminders as who_to_chase
from workbook.report.counts import Counts, count
from workbook.report.delays import Delay, delays
from workbook.report.pack import board_pack, breakdowns_of, months_so_far
from workbook.report.summary import summary as sum_up
from workbook.rollover import RolledOver, roll_over
from workbook.rules import Standing, judge
from workbook.source import Table, carried_plan, plan_from_tables, plan_to_json, setting, with_edits
from workbook.workers import read_returns

Step = Callable[[str, int], None]  # told the name of each file as it is done, and how many there are


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


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueResult:
    """What was issued: the plan with its register, the files, and what the coordinator should know."""

    plan: Plan
    returns: tuple[Path, ...]
    master: Path
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One file that was checked, and everything found in it."""

    reading: Reading
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Where a month stands: the counts, who has returned and who not, what waits for approval or for what is late.

    `awaiting` are actions with the months, whichever they are, that wait for approval. `unanswered` are the actions
    that nobody answered for, `reminders` whom to chase for what, `queries` all that are open. `months` are the figures
    of each month so far, `breakdowns` those of this one by priority, service and importance.
    """

    counts: Counts
    months: tuple[Tally, ...]
    breakdowns: tuple[Breakdown, ...]
    returned: tuple[str, ...]
    outstanding: tuple[str, ...]
    awaiting: tuple[tuple[Action, tuple[Month, ...]], ...]
    delays: tuple[Delay, ...]
    unanswered: tuple[Unanswered, ...]
    reminders: tuple[Reminder, ...]
    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What the board is told of a month: the pack's data, and where the month stands, of a plan in its form."""

    plan: Plan
    layout: Layout
    status: Status
    pack: Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The editions of a plan, and what happened to each action that was asked about, by row id."""

    editions: tuple[EditionSummary, ...]
    lives: Mapping[str, tuple[Event, ...]]


def _unwatched(_: str, __: int) -> None:
    """A step that nobody watches."""


# --- reading ----------------------------------------------------------------------------------------------------


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
    named = layout or setting(tables, "layout")
    form = load_layout(named) if named else default_layout()
    try:
        plan, findings = plan_from_tables(tables, form)
    except SourceError as error:
        raise SourceError(f"{path}: {error}") from error
    return Loaded(plan=plan, layout=form, findings=findings, file=str(path))


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
    form = load_layout(layout) if layout else master.layout
    plan, findings = hand_edits(master.plan, master.sheets, master.layout)
    return Loaded(plan=plan, layout=form, findings=findings, file=str(path))


def _from_corporate(corporate: Corporate, master: ReadMaster, layout: str | Path | None, path: Path) -> Loaded:
    form = load_layout(layout) if layout else master.layout
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


def history(plan: Plan, ref: str | None = None) -> History:
    """What happened to the actions of that ref (or row id), or to every action, and the editions there are.

    UsageError when no action, now or earlier, has that ref.
    """
    wanted = _of_ref(plan, ref) if ref else [action.row_id for action in plan.actions]
    if ref and not wanted:
        refs = [action.ref for action in plan.actions if action.ref]
        near = difflib.get_close_matches(ref, refs, n=1)
        hint = f" Did you mean {near[0]}?" if near else " Its actions stand on the master's tabs, each with its ref."
        raise UsageError(f"There is no action {ref} in this plan.{hint}")
    return History(editions=editions(plan), lives=lives(plan, wanted))


def _of_ref(plan: Plan, ref: str) -> list[str]:
    """The row ids of the actions that have that ref or row id, or had the ref once."""
    now = [action.row_id for action in plan.actions if ref == action.row_id or plain_ref(action.ref) == plain_ref(ref)]
    known = (
        change.row_id for change in plan.history if plain_ref(change.ref) == plain_ref(ref) or change.row_id == ref
    )
    return now or list(dict.fromkeys(known))


# --- build, issue, export ---------------------------------------------------------------------------------------


def build(
    plan: Plan, output: str | Path, layout: Layout | None = None, *, force: bool = False, inputs: Iterable[Path] = ()
) -> None:
    """Write the master of a plan."""
    form = layout or _layout_of(plan)
    write_all({as_workbook(output): lambda path: write_master(path, plan, form)}, force=force, inputs=inputs)


def issue(
    plan: Plan,
    folder: str | Path,
    month: Month,
    *,
    layout: Layout | None = None,
    by: By = "lead",
    due: dt.date | None = None,
    master: str = "master.xlsx",
    force: bool = False,
    inputs: Iterable[Path] = (),
    step: Step = _unwatched,
) -> IssueResult:
    """Write one return per recipient for a month, and at last the master with what was issued in its register.

    `master` is the name of its file, which gets the ending of a workbook if it has another.
    """
    if month not in plan.period:
        raise UsageError(f"{month} is not a month of this plan, which runs from {plan.period[0]} to {plan.period[-1]}.")
    form = layout or _layout_of(plan)
    issued, entries = issue_plan(plan, form, month, by, due)
    if not entries:
        raise UsageError("The plan has no actions, so there is nothing to issue.")
    folder = Path(folder)

    def done(file: str) -> None:
        step(file, len(entries))

    outputs = [(folder / entry.file, _return_writer(plan, form, entry, done)) for entry in entries]
    home = folder / (
        master if master.lower().endswith(WORKBOOK_ENDING) else f"{Path(master).stem or 'master'}{WORKBOOK_ENDING}"
    )
    write_all([*outputs, (home, lambda path: write_master(path, issued, form))], force=force, inputs=inputs)
    returns = tuple(folder / entry.file for entry in entries)
    return IssueResult(plan=issued, returns=returns, master=home, findings=tuple(nobody_asked(plan, entries)))


def _return_writer(plan: Plan, layout: Layout, entry: Issued, done: Callable[[str], None]) -> Write:
    def write(path: Path) -> None:
        write_return(path, plan, layout, entry)
        done(entry.file)

    return write


def export(plan: Plan | Corporate, output: str | Path, *, force: bool = False, inputs: Iterable[Path] = ()) -> None:
    """Write the plan as `.json` (all of it), `.csv` or `.parquet` (tidy) or `.xlsx` (flat tables), by the ending.

    Several plans side by side are written as any of these but flat tables.
    """
    output = Path(output)
    writers: dict[str, Write] = {
        ".json": lambda path: _write_json(path, plan),
        ".csv": lambda path: _write_frame(path, plan),
        ".parquet": lambda path: _write_frame(path, plan),
    }
    if isinstance(plan, Plan):
        writers[".xlsx"] = lambda path: write_flat(path, plan)
    elif output.suffix.lower() == ".xlsx":
        raise UsageError(f"{output}: a plan source holds one plan. Export each plan's master, or all as .json or .csv.")
    if output.suffix.lower() not in writers:
        raise UsageError(f"{output} ends in none of {', '.join(writers)}. The ending says what to write.")
    write_all({output: writers[output.suffix.lower()]}, force=force, inputs=inputs)


def _write_json(path: Path, plan: Plan | Corporate) -> None:
    data = plan_to_json(plan) if isinstance(plan, Plan) else plan.to_json()
    text = json.dumps(data, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _write_frame(path: Path, plan: Plan | Corporate) -> None:
    from workbook.frames import write_csv, write_parquet  # noqa: PLC0415  # pandas is slow to import

    (write_parquet if path.suffix.lower() == ".parquet" else write_csv)(plan.tidy(), path)


# --- check, merge, status ---------------------------------------------------------------------------------------


def check(
    files: Iterable[str | Path],
    *,
    annotate: str | Path | None = None,
    password: str | None = None,
    force: bool = False,
    step: Step = _unwatched,
    workers: int = 1,
) -> list[Checked]:
    """Read and judge returns; with `annotate`, write a copy of each with its findings into that folder.

    `password` opens those that are locked with it; with several `workers`, many returns are read side by side.
    """
    paths = returns_in(files)
    readings = _read(paths, step, password=password, workers=workers)
    across = together(readings)
    plans, reported = standing(readings), reported_in(readings)
    checked = [
        Checked(
            reading=reading,
            findings=(
                *(found for about, found in across if about is reading),
                *reading.findings,
                *without_answered(_judged(reading, plans), reported),
            ),
        )
        for reading in readings
    ]
    if annotate is not None:
        folder = Path(annotate)
        outputs: dict[Path, Write] = {}
        for path, each in zip(paths, checked, strict=True):
            copy = folder / f"{path.stem}.xlsx"
            if copy in outputs:
                raise UsageError(f"Two of these returns would be written to {copy}. Check them into separate folders.")
            if each.reading.read:
                outputs[copy] = _annotated_writer(each)
        write_all(outputs, force=force, inputs=paths)
    return checked


def _judged(reading: Reading, plans: Mapping[str, Standing]) -> tuple[Finding, ...]:
    """What the guidance finds in a return, beside the others."""
    if reading.layout is None or reading.baseline is None:
        return ()
    return judge(reading, reading.layout, plans[reading.baseline.plan_id])


def _annotated_writer(checked: Checked) -> Write:
    return lambda path: write_annotated(path, checked.reading, checked.findings)


def _read(
    paths: Sequence[Path],
    step: Step,
    plan: Plan | None = None,
    layout: Layout | None = None,
    *,
    password: str | None,
    workers: int,
) -> list[Reading]:
    def done(reading: Reading) -> None:
        step(reading.file, len(paths))

    return read_returns(paths, plan, layout, password, workers=workers, done=done)


def merge(
    plan: Plan,
    files: Iterable[str | Path],
    *,
    layout: Layout | None = None,
    decisions: str | Path | None = None,
    password: str | None = None,
    leave: Iterable[Path] = (),
    step: Step = _unwatched,
    workers: int = 1,
) -> Merged:
    """Merge returns, and decisions on queries, into a plan; nothing is written.

    A folder stands for the files in it, but for those in `leave` (the master may lie beside its returns). `password`
    opens the returns and the queries workbook, where they are locked with it; with several `workers`, many returns are
    read side by side.
    """
    form = layout or _layout_of(plan)
    files = list(files)
    paths = returns_in(files, leave=leave) if files else []
    readings = _read(paths, step, plan, form, password=password, workers=workers)
    decided = None
    if decisions is not None:
        try:
            decided = read_decisions(Path(decisions), password)
        except ReadError as error:
            raise UsageError(f"{decisions} cannot be read: {error} {error.remedy}") from error
    return merge_readings(plan, readings, form, decided)


def write_merged(
    merged: Merged,
    output: str | Path,
    *,
    layout: Layout,
    queries: str | Path | None = None,
    returns: Iterable[Path] = (),
    force: bool = False,
    inputs: Iterable[Path] = (),
) -> None:
    """Write the queries that are open, with links into the returns where they lie, and at last the rolled-up copy.

    When that is there, all is.
    """
    plan = merged.plan
    outputs: list[tuple[Path, Write]] = []
    if queries is not None:
        month = plan.edition or plan.start
        links = _links(returns, Path(queries).parent)
        outputs.append((as_workbook(queries), lambda path: write_queries(path, plan, merged.queries, month, links)))
    outputs.append((as_workbook(output), lambda path: write_master(path, plan, layout)))
    write_all(outputs, force=force, inputs=inputs)


def _links(files: Iterable[Path], home: Path) -> Mapping[str, str]:
    """Where each file lies as seen from a folder, by its name; not those that share a name with another."""
    by_name: dict[str, list[Path]] = {}
    for path in files:
        by_name.setdefault(path.name, []).append(path.resolve())
    return {name: relative_path(paths[0], home.resolve()) for name, paths in by_name.items() if len(set(paths)) == 1}


def status(plan: Plan, month: Month | None = None, *, layout: Layout | None = None) -> Status:
    """Where a month stands: the month given, or the last issued, or the plan's edition, or its first."""
    form = layout or _layout_of(plan)
    last = max((issued.month for issued in plan.register), default=plan.edition or plan.start)
    month = month or last
    back = dict.fromkeys(each.recipient for each in plan.register if each.month == month and each.returned)
    missing = outstanding(plan, month, form)
    queries = _open_queries(plan, form)
    undecided = {query.row_id for query in queries if query.field == "progress" and query.month == month}
    return Status(
        counts=count(plan, month, form),
        months=months_so_far(plan, month, form),
        breakdowns=breakdowns_of(plan, month, form),
        returned=tuple(back),
        outstanding=missing,
        awaiting=tuple((action, tuple(months)) for action in plan.actions if (months := awaiting(action, form))),
        delays=delays(plan, month, form),
        unanswered=unanswered(plan, month, form, missing, undecided),
        reminders=who_to_chase(plan, month, form, missing, undecided),
        queries=queries,
    )


def _open_queries(plan: Plan, layout: Layout) -> tuple[Query, ...]:
    """What waits for a person's decision, from all merges so far."""
    return merge_readings(plan, [], layout).queries


def reminders(
    plan: Plan,
    output: str | Path,
    month: Month | None = None,
    *,
    layout: Layout | None = None,
    force: bool = False,
    inputs: Iterable[Path] = (),
) -> tuple[Reminder, ...]:
    """Write whom to chase for a month (as in `status`) and for what, one row a recipient; gives the same as data."""
    standing = status(plan, month, layout=layout)
    path, asked = as_workbook(output), standing.counts.month
    write_all({path: lambda to: write_reminders(to, plan, standing.reminders, asked)}, force=force, inputs=inputs)
    return standing.reminders


# --- the board pack ---------------------------------------------------------------------------------------------


def pack(
    plan: Plan,
    output: str | Path,
    month: Month | None = None,
    *,
    layout: Layout | None = None,
    previous: Plan | None = None,
    pdf: str | Path | None = None,
    paper: Paper | None = None,
    highlight: Iterable[str] = (),
    force: bool = False,
    inputs: Iterable[Path] = (),
) -> Board:
    """Write the board pack of a month, as `board` finds it and `write_board` writes it; gives the same as data."""
    found = board(plan, month, layout=layout, previous=previous, highlight=highlight)
    write_board(found, output, pdf=pdf, paper=paper, force=force, inputs=inputs)
    return found


def board(
    plan: Plan,
    month: Month | None = None,
    *,
    layout: Layout | None = None,
    previous: Plan | None = None,
    highlight: Iterable[str] = (),
) -> Board:
    """What the board is told of a month (chosen as in `status`); nothing is written.

    What has moved is told against `previous`, an earlier edition, or else against what the plan's own history has. Each
    priority of which `highlight` has the ref is told of apart.
    """
    form = layout or _layout_of(plan)
    standing = status(plan, month, layout=form)
    asked = standing.counts.month
    if asked not in plan.period:
        raise UsageError(f"{asked} is not a month of this plan, which runs from {plan.period[0]} to {plan.period[-1]}.")
    headings = [_priority(plan, ref) for ref in dict.fromkeys(highlight)]
    before = (previous, _told_of(previous, plan, asked, form)) if previous else None
    told = board_pack(plan, asked, form, previous=before, highlights=headings)
    told = replace(told, returned=standing.returned, outstanding=standing.outstanding)
    return Board(plan=plan, layout=form, status=standing, pack=told)


def write_board(
    found: Board,
    output: str | Path,
    *,
    pdf: str | Path | None = None,
    paper: Paper | None = None,
    force: bool = False,
    inputs: Iterable[Path] = (),
) -> None:
    """Write a board pack on that paper, or on the layout's; with `pdf`, print it to that file by LibreOffice.

    OfficeError says why there is no PDF; the workbook has been written then.
    """
    written: list[Path] = []

    def write(path: Path) -> None:
        write_pack(path, found.plan, found.layout, found.pack, paper)
        written.append(path)

    def print_it(path: Path) -> None:
        to_pdf(written[-1], path, language=language_of(found.plan), called=Path(output).name)

    outputs: list[tuple[Path, Write]] = [(as_workbook(output), write)]
    printed = [] if pdf is None else [(as_pdf(pdf), print_it)]
    try:
        write_all([*outputs, *printed], force=force, inputs=inputs)
    except OfficeError:
        write_all(outputs, force=force, inputs=inputs)
        raise


def _priority(plan: Plan, ref: str) -> Heading:
    """The uppermost heading of that ref; UsageError with those that there are."""
    tops = {heading.ref: heading for heading in reversed(plan.headings) if plan.tops[heading.ref] == heading.ref}
    found = next((heading for name, heading in tops.items() if plain_ref(name) == plain_ref(ref)), None)
    if found is None:
        known = ", ".join(reversed(tops))
        hint = f"There are: {known}." if known else "The plan has none."
        raise UsageError(f"There is no priority “{ref}” in this plan to highlight. {hint}")
    return found


def _told_of(previous: Plan, plan: Plan, month: Month, layout: Layout) -> Month:
    """The month that an earlier edition tells of; UsageError if it is none of this plan in its form, or not earlier."""
    if previous.plan_id != plan.plan_id:
        raise UsageError(
            f"The previous master is of another plan, “{previous.title}”. Give an earlier master of “{plan.title}”."
        )
    used = {status for action in previous.actions for status in action.progress.values()}
    if unknown := sorted(status for status in used if status not in layout.palette):
        raise UsageError(f"The previous master has the status “{unknown[0]}”, which this plan's form does not have.")
    told = previous.edition or max((each for action in previous.actions for each in action.progress), default=None)
    if told is None:
        raise UsageError("Nothing has been reported in the previous master. Give one into which returns were merged.")
    if told >= month:
        raise UsageError(
            f"The previous master is of {told.name}, which is not before {month.name}. Give an earlier one."
        )
    return told


# --- rollup -----------------------------------------------------------------------------------------------------


def rollup(plans: Iterable[Loaded | tuple[Plan, Layout]], title: str = "") -> Corporate:
    """Put several plans side by side, each with its own form; nothing is written.

    The same plan given twice counts once; UsageError when two are different states of one plan.
    """
    parts = (
        Part(plan=each.plan, layout=each.layout, file=each.file)
        if isinstance(each, Loaded)
        else Part(plan=each[0], layout=each[1])
        for each in plans
    )
    return side_by_side(parts, title)


def summary(corporate: Corporate, month: Month | None = None) -> Summary:
    """The figures of plans side by side, for a month, or for the month of each that `status` would choose."""
    if month and all(month not in part.plan.period for part in corporate.parts):
        spans = ", ".join(f"{part.plan.period[0]} to {part.plan.period[-1]}" for part in corporate.parts)
        raise UsageError(f"{month} is a month of none of these plans. They run from {spans}.")
    return sum_up(corporate, [_figures(part, month) for part in corporate.parts])


def _figures(part: Part, month: Month | None) -> Figures:
    standing = status(part.plan, month, layout=part.layout)
    counts = standing.counts
    return Figures(
        month=counts.month,
        actions=len(part.plan.actions),
        highlighted=counts.highlighted,
        counts=counts.counts,
        percent=counts.percent,
        sentence=counts.sentence,
        returned=standing.returned,
        outstanding=standing.outstanding,
    )


def write_corporate(
    corporate: Corporate,
    output: str | Path,
    month: Month | None = None,
    *,
    force: bool = False,
    inputs: Iterable[Path] = (),
) -> None:
    """Write the corporate copy: a summary for a month, or each plan's own, and every plan's tabs in its own form."""
    figures = summary(corporate, month)
    write_all(
        {as_workbook(output): lambda path: write_corporate_copy(path, corporate, figures)}, force=force, inputs=inputs
    )


def rollover(
    plan: Plan, start: Month, *, months: int = 12, title: str = "", layout: Layout | None = None
) -> RolledOver:
    """Make the plan that begins in `start` from what this one leaves unfinished; nothing is written.

    Without a title it gets this plan's, with the year moved on.
    """
    form = layout or _layout_of(plan)
    rolled = roll_over(plan, start, form, months=months, title=title)
    # What waits for approval is named by its action.
    if queries := [query for query in _open_queries(plan, form) if query.kind != "approval"]:
        count = f"{len(queries)} {'query is' if len(queries) == 1 else 'queries are'}"
        refs = ", ".join(dict.fromkeys(query.ref or "one without a ref" for query in queries))
        rolled = replace(rolled, in_last=(*rolled.in_last, finding("QUERIES_OPEN", count=count, refs=refs)))
    return rolled


# --- what files are meant ---------------------------------------------------------------------------------------


def returns_in(files: Iterable[str | Path], leave: Iterable[Path] = ()) -> list[Path]:
    """The files given, and those in the folders given, but for `leave` and for what programs hide there."""
    left_out = {path.resolve() for path in leave}
    found: list[Path] = []
    for each in map(Path, files):
        if not each.exists():
            raise UsageError(f"There is no file or folder {each}. Check its name and place.")
        if each.is_dir():
            inside = sorted(path for path in each.iterdir() if path.is_file() and not path.name.startswith((".", "~$")))
            found += [path for path in inside if path.resolve() not in left_out]
        else:
            found.append(each)
    if not found:
        raise UsageError("There is no return to read. Name the files that came back, or the folder they are in.")
    return list(dict.fromkeys(found))


def _layout_of(plan: Plan) -> Layout:
    return load_layout(plan.layout) if plan.layout else default_layout()
