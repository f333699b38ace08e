"""The verbs: each reads its input, has the work done, and writes its output whole or not at all."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook.build.annotated import write_annotated
from workbook.build.flat import write_flat
from workbook.build.masters import write_master, write_return
from workbook.build.queries import write_queries
from workbook.errors import ReadError, SourceError, UsageError
from workbook.files import Write, write_all
from workbook.findings import Finding
from workbook.grid import PLAN_SHEET
from workbook.issuing import By, issue_plan, nobody_asked
from workbook.layout import Layout, default_layout, load_layout
from workbook.merge import Merged, hand_edits, outstanding, reported_in, standing, together, without_answered
from workbook.merge import merge as merge_readings
from workbook.merge.queries import awaiting
from workbook.months import Month
from workbook.plan import Action, Plan
from workbook.read.cells import RawBook
from workbook.read.decisions import read_decisions
from workbook.read.limits import MASTER_TIMES
from workbook.read.opening import open_book
from workbook.read.tables import folder_tables, json_tables, sheet_tables
from workbook.read.workbooks import read_master
from workbook.reading import Reading
from workbook.record import Issued
from workbook.report.counts import Counts, count
from workbook.report.delays import Delay, delays
from workbook.rules import Standing, judge
from workbook.source import Table, plan_from_tables, plan_to_json, setting
from workbook.workers import read_returns

Step = Callable[[str, int], None]  # told the name of each file as it is done, and how many there are


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A plan and its form, and what is doubtful in the file that it was read from."""

    plan: Plan
    layout: Layout
    findings: tuple[Finding, ...]


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

    `awaiting` are actions with the months, whichever they are, that wait for approval.
    """

    counts: Counts
    returned: tuple[str, ...]
    outstanding: tuple[str, ...]
    awaiting: tuple[tuple[Action, tuple[Month, ...]], ...]
    delays: tuple[Delay, ...]


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
    path = Path(source)
    if not path.exists():
        raise UsageError(f"There is no file or folder {path}. Check its name and place.")
    if path.is_dir():
        return _from_tables(folder_tables(path), layout, path)
    if path.suffix.lower() == ".json":
        return _from_tables(json_tables(path), layout, path)
    try:
        book = open_book(path, password, times=MASTER_TIMES)
        if book.sheet(PLAN_SHEET) is None:
            return _from_tables(sheet_tables(book), layout, path)
        return _from_master(book, layout)
    except ReadError as error:
        raise UsageError(f"{path} cannot be read: {error} {error.remedy}") from error


def _from_tables(tables: Sequence[Table], layout: str | Path | None, path: Path) -> Loaded:
    named = layout or setting(tables, "layout")
    form = load_layout(named) if named else default_layout()
    try:
        plan, findings = plan_from_tables(tables, form)
    except SourceError as error:
        raise SourceError(f"{path}: {error}") from error
    return Loaded(plan=plan, layout=form, findings=findings)


def _from_master(book: RawBook, layout: str | Path | None) -> Loaded:
    master = read_master(book)
    form = load_layout(layout) if layout else master.layout
    plan, findings = hand_edits(master.plan, master.sheets, master.layout)
    return Loaded(plan=plan, layout=form, findings=findings)


# --- build, issue, export ---------------------------------------------------------------------------------------


def build(
    plan: Plan, output: str | Path, layout: Layout | None = None, *, force: bool = False, inputs: Iterable[Path] = ()
) -> None:
    """Write the master of a plan."""
    form = layout or _layout_of(plan)
    write_all({Path(output): lambda path: write_master(path, plan, form)}, force=force, inputs=inputs)


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
    """Write one return per recipient for a month, and the master with what was issued in its register."""
    if month not in plan.period:
        raise UsageError(f"{month} is not a month of this plan, which runs from {plan.period[0]} to {plan.period[-1]}.")
    form = layout or _layout_of(plan)
    issued, entries = issue_plan(plan, form, month, by, due)
    if not entries:
        raise UsageError("The plan has no actions, so there is nothing to issue.")
    folder = Path(folder)

    def done(file: str) -> None:
        step(file, len(entries))

    outputs = {folder / entry.file: _return_writer(plan, form, entry, done) for entry in entries}
    home = folder / master
    outputs[home] = lambda path: write_master(path, issued, form)
    write_all(outputs, force=force, inputs=inputs)
    returns = tuple(folder / entry.file for entry in entries)
    return IssueResult(plan=issued, returns=returns, master=home, findings=tuple(nobody_asked(plan, entries)))


def _return_writer(plan: Plan, layout: Layout, entry: Issued, done: Callable[[str], None]) -> Write:
    def write(path: Path) -> None:
        write_return(path, plan, layout, entry)
        done(entry.file)

    return write


def export(plan: Plan, output: str | Path, *, force: bool = False, inputs: Iterable[Path] = ()) -> None:
    """Write the plan as `.json` (all of it), `.csv` or `.parquet` (tidy) or `.xlsx` (flat tables), by the ending."""
    output = Path(output)
    writers: Mapping[str, Write] = {
        ".json": lambda path: _write_json(path, plan),
        ".csv": lambda path: _write_frame(path, plan),
        ".parquet": lambda path: _write_frame(path, plan),
        ".xlsx": lambda path: write_flat(path, plan),
    }
    if output.suffix.lower() not in writers:
        raise UsageError(f"{output} ends in none of {', '.join(writers)}. The ending says what to write.")
    write_all({output: writers[output.suffix.lower()]}, force=force, inputs=inputs)


def _write_json(path: Path, plan: Plan) -> None:
    text = json.dumps(plan_to_json(plan), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _write_frame(path: Path, plan: Plan) -> None:
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
    force: bool = False,
    inputs: Iterable[Path] = (),
) -> None:
    """Write the rolled-up copy, and the queries that are open."""
    plan = merged.plan
    outputs: dict[Path, Write] = {Path(output): lambda path: write_master(path, plan, layout)}
    if queries is not None:
        month = plan.edition or plan.start
        outputs[Path(queries)] = lambda path: write_queries(path, plan, merged.queries, month)
    write_all(outputs, force=force, inputs=inputs)


def status(plan: Plan, month: Month | None = None, *, layout: Layout | None = None) -> Status:
    """Where a month stands: the month given, or the last issued, or the plan's edition, or its first."""
    form = layout or _layout_of(plan)
    last = max((issued.month for issued in plan.register), default=plan.edition or plan.start)
    month = month or last
    back = dict.fromkeys(each.recipient for each in plan.register if each.month == month and each.returned)
    return Status(
        counts=count(plan, month, form),
        returned=tuple(back),
        outstanding=outstanding(plan, month, form),
        awaiting=tuple((action, tuple(months)) for action in plan.actions if (months := awaiting(action, form))),
        delays=delays(plan, month, form),
    )


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
