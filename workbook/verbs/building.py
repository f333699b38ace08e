"""Beginning a plan source, building masters, issuing returns, exporting plans."""

import datetime as dt
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from workbook.build.blank import write_blank
from workbook.build.flat import write_flat
from workbook.build.masters import write_master, write_return
from workbook.corporate import Corporate
from workbook.errors import UsageError
from workbook.files import WORKBOOK_ENDING, Write, as_workbook, write_all
from workbook.findings import Finding
from workbook.issuing import By, issue_plan, nobody_asked, off_cycle
from workbook.layout import Layout, available, default_layout, load_layout
from workbook.months import Month
from workbook.plan import Plan
from workbook.record import Issued
from workbook.report.parts import reports
from workbook.rules import rules_of
from workbook.source import LONGEST_PLAN, blank_source, clean, plan_to_json
from workbook.verbs.inputs import Step, unwatched
from workbook.verbs.loading import layout_of


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueResult:
    """What was issued: the plan with its register, the files, and what the coordinator should know."""

    plan: Plan
    returns: tuple[Path, ...]
    master: Path
    findings: tuple[Finding, ...]


def new(
    output: str | Path,
    layout: Layout | str | Path | None = None,
    *,
    title: str | None = None,
    start: Month | None = None,
    months: int = 12,
    organisation: str = "",
    force: bool = False,
) -> None:
    """Write an empty plan source in a form, to be filled in: its sheets and columns, with drop-downs and help.

    Without a `title` it is called an improvement plan, with the year if there is a `start`. What is not given is left
    to be filled in.
    """
    form = layout if isinstance(layout, Layout) else load_layout(layout) if layout else default_layout()
    rules_of(form)  # a form that no master can be built in is refused before anybody has filled anything in
    if title is not None and not clean(title):
        raise UsageError("The title is empty. Give the plan a title, or leave it out to have the usual one.")
    if not 1 <= months <= LONGEST_PLAN:
        raise UsageError(
            f"A plan has from 1 to {LONGEST_PLAN} months, and not {months}. Give another number of months."
        )
    source = blank_source(
        form, title=clean(title) if title else None, organisation=clean(organisation), start=start, months=months
    )
    file = _file_of(form, layout)
    command = f"workbook build plan.xlsx -o master.xlsx{f' --layout {file}' if file else ''}"
    write_all({as_workbook(output): lambda path: write_blank(path, source, command)}, force=force)


def _file_of(form: Layout, said: Layout | str | Path | None) -> str:
    """The name of the file that a form is in, or nothing where it is one of the program's own."""
    if isinstance(said, str | Path):
        return Path(said).name if Path(said).suffix == ".toml" else ""
    return "" if form.name in available() and form == load_layout(form.name) else f"{form.name}.toml"


def build(
    plan: Plan, output: str | Path, layout: Layout | None = None, *, force: bool = False, inputs: Iterable[Path] = ()
) -> None:
    """Write the master of a plan."""
    form = layout or layout_of(plan)
    write_all({as_workbook(output): _master_writer(plan, form)}, force=force, inputs=inputs)


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
    step: Step = unwatched,
) -> IssueResult:
    """Write one return per recipient for a month, and at last the master with what was issued in its register.

    `master` is the name of its file, which gets the ending of a workbook if it has another.
    """
    if month not in plan.period:
        raise UsageError(f"{month} is not a month of this plan, which runs from {plan.period[0]} to {plan.period[-1]}.")
    form = layout or layout_of(plan)
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
    write_all([*outputs, (home, _master_writer(issued, form))], force=force, inputs=inputs)
    returns = tuple(folder / entry.file for entry in entries)
    return IssueResult(
        plan=issued,
        returns=returns,
        master=home,
        findings=(*off_cycle(plan, form, month), *nobody_asked(plan, entries)),
    )


def _master_writer(plan: Plan, layout: Layout) -> Write:
    return lambda path: write_master(path, plan, layout, reports(plan, layout))


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
