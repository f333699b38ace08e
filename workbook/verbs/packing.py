"""What the board is told of a month, and its papers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from workbook.build.pack import write_pack
from workbook.errors import OfficeError, UsageError
from workbook.files import Write, as_pdf, as_workbook, write_all
from workbook.layout import Layout, Paper
from workbook.libreoffice import to_pdf
from workbook.months import Month
from workbook.pack import Pack
from workbook.plan import Heading, Plan, language_of, plain_ref
from workbook.report.pack import board_pack
from workbook.report.parts import reports
from workbook.verbs.loading import layout_of
from workbook.verbs.telling import Status, status


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What the board is told of a month: the pack's data, and where the month stands, of a plan in its form."""

    plan: Plan
    layout: Layout
    status: Status
    pack: Pack


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
    form = layout or layout_of(plan)
    standing = status(plan, month, layout=form)
    asked = standing.counts.month
    if asked not in plan.period:
        raise UsageError(f"{asked} is not a month of this plan, which runs from {plan.period[0]} to {plan.period[-1]}.")
    headings = [_priority(plan, form, ref) for ref in dict.fromkeys(highlight)]
    before = (previous, _told_of(previous, plan, asked, form)) if previous else None
    told = board_pack(plan, asked, form, previous=before, highlights=headings)
    back, missing = standing.returned, standing.outstanding
    told = replace(told, returned=back, outstanding=missing, reports=reports(plan, form))
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


def _priority(plan: Plan, layout: Layout, ref: str) -> Heading:
    """The uppermost heading of that ref; UsageError with those that there are."""
    uppermost = (heading for heading in reversed(plan.headings) if plan.tops[heading.ref] == heading.ref)
    tops = {heading.ref: heading for heading in uppermost if heading.level not in layout.lists}
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
