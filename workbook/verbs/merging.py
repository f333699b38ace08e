"""Checking returns, and merging them into a master."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook.build.annotated import write_annotated
from workbook.build.masters import write_master
from workbook.build.queries import write_queries
from workbook.errors import ReadError, UsageError
from workbook.files import Write, as_workbook, relative_path, write_all
from workbook.findings import Finding
from workbook.layout import Layout
from workbook.merge import Merged, reported_in, standing, together, without_answered
from workbook.merge import merge as merge_readings
from workbook.plan import Plan
from workbook.read.decisions import read_decisions
from workbook.reading import Reading
from workbook.report.parts import reports
from workbook.rules import Standing, judge
from workbook.verbs.inputs import Step, returns_in, unwatched
from workbook.verbs.loading import layout_of
from workbook.workers import read_returns


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One file that was checked, and everything found in it."""

    reading: Reading
    findings: tuple[Finding, ...]


def check(
    files: Iterable[str | Path],
    *,
    annotate: str | Path | None = None,
    password: str | None = None,
    force: bool = False,
    step: Step = unwatched,
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
    step: Step = unwatched,
    workers: int = 1,
) -> Merged:
    """Merge returns, and decisions on queries, into a plan; nothing is written.

    A folder stands for the files in it, but for those in `leave` (the master may lie beside its returns). `password`
    opens the returns and the queries workbook, where they are locked with it; with several `workers`, many returns are
    read side by side.
    """
    form = layout or layout_of(plan)
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
    outputs.append((as_workbook(output), lambda path: write_master(path, plan, layout, reports(plan, layout))))
    write_all(outputs, force=force, inputs=inputs)


def _links(files: Iterable[Path], home: Path) -> Mapping[str, str]:
    """Where each file lies as seen from a folder, by its name; not those that share a name with another."""
    by_name: dict[str, list[Path]] = {}
    for path in files:
        by_name.setdefault(path.name, []).append(path.resolve())
    return {name: relative_path(paths[0], home.resolve()) for name, paths in by_name.items() if len(set(paths)) == 1}
