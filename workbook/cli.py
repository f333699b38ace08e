"""The command line: one verb a command. Each parses, calls, prints, and gives an exit status."""

import datetime as dt
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from workbook.documents import (
    checked_json,
    history_json,
    layout_json,
    merged_json,
    pack_json,
    plan_json,
    rolled_json,
    rollup_json,
    status_json,
)
from workbook.errors import OfficeError, UsageError, WorkbookError
from workbook.printed import (
    adopted_sentence,
    counted,
    highlighted,
    show_editions,
    show_findings,
    show_layouts,
    show_life,
    show_pack,
    show_status,
)

if TYPE_CHECKING:
    from workbook.findings import Finding
    from workbook.months import Month
    from workbook.verbs import Loaded

# The verbs, and the libraries behind them, are imported where they are used, so that `--help` is instant.
# ruff: noqa: PLC0415

DONE, TO_LOOK_AT, NOT_DONE = 0, 1, 2
_INTERRUPTED = 130  # what Typer gives for Ctrl-C

app = typer.Typer(
    name="workbook",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class PaperChoice(StrEnum):
    """What is printed on."""

    A3 = "A3"
    A4 = "A4"


class ByChoice(StrEnum):
    """Whom returns are issued to."""

    LEAD = "lead"
    SERVICE = "service"
    PRIORITY = "priority"
    ALL = "all"


Json = Annotated[bool, typer.Option("--json", help="Print the result as one JSON document.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite files that exist.")]
MasterFile = Annotated[Path, typer.Argument(metavar="MASTER", help="The master workbook.")]
Password = Annotated[
    str | None, typer.Option("--password", metavar="WORD", help="Opens the workbooks that are locked with it.")
]
Edition = Annotated[
    str | None,
    typer.Option("--edition", metavar="E", help="As an earlier edition left it: a month, or a number of `history`."),
]
Layout = Annotated[str | None, typer.Option("--layout", metavar="L", help="A layout's name, or a .toml file.")]


def main() -> None:
    """Run the program; whatever goes wrong ends in a sentence and an exit status, never a traceback."""
    _speak_utf8()
    try:
        with _stoppable():
            status = app(standalone_mode=False)
        if status == _INTERRUPTED:
            _stopped()
        sys.exit(status if isinstance(status, int) else DONE)
    except KeyboardInterrupt:
        _stopped()
    except typer.TyperException as error:
        _fail(error.format_message())
    except WorkbookError as error:
        _fail(str(error))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(DONE)
    except MemoryError:
        _fail("There is not enough memory for this file.")


@contextmanager
def _stoppable() -> Iterator[None]:
    """Ctrl-C and SIGTERM stop the program once; what then clears up after itself is not disturbed."""
    home = os.getpid()
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    heard = [each for each, handler in before.items() if handler not in (signal.SIG_IGN, None)]

    def stop(_number: int, _frame: object) -> None:
        if os.getpid() != home:  # a process that this one has started
            os._exit(NOT_DONE)
        for each in heard:
            signal.signal(each, signal.SIG_IGN)
        sys.unraisablehook = lambda _: None  # files that are let go half-written have nothing to say to a user
        raise KeyboardInterrupt

    for each in heard:
        signal.signal(each, stop)
    try:
        yield
    finally:
        for each in heard:
            signal.signal(each, before[each])


def _stopped() -> NoReturn:
    from workbook.files import written

    done = written()
    if not done:
        _fail("Stopped before anything was written.")
    others = f" and {counted(len(done) - 1, 'other file')}" if len(done) > 1 else ""
    _say(f"Stopped, after {done[-1]}{others} had been written.")
    sys.exit(_INTERRUPTED)


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"workbook {version('improvement-workbook')}")
        raise typer.Exit


@app.callback()
def program(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version.")
    ] = False,
) -> None:
    """The monthly improvement-plan workbook: build it, issue it, read what comes back, merge it."""
    del version


@app.command()
def demo(
    output: Annotated[Path, typer.Option("-o", metavar="DIR", help="The folder to write into.")] = Path("demo"),
    layout: Layout = None,
    force: Force = False,
) -> int:
    """Play the whole month on the example plan.

    Simulated officers fill in the returns: in LibreOffice where it is installed, with openpyxl otherwise.
    """
    from workbook.demo import play

    return DONE if play(output, typer.echo, show_status, layout=layout, force=force) else TO_LOOK_AT


@app.command()
def new(
    output: Annotated[Path, typer.Option("-o", metavar="SOURCE.xlsx", help="The plan source to write.")],
    layout: Layout = None,
    title: Annotated[
        str | None,
        typer.Option(
            "--title", metavar="T", help="What the plan is called; “Improvement Plan” and its year if not given."
        ),
    ] = None,
    start: Annotated[
        str | None, typer.Option("--start", metavar="2009-07", help="Its first month; to be filled in if not given.")
    ] = None,
    months: Annotated[int, typer.Option("--months", metavar="N", help="How many months it has.")] = 12,
    organisation: Annotated[str, typer.Option("--organisation", metavar="O", help="Whose plan it is.")] = "",
    force: Force = False,
) -> int:
    """Write an empty plan source, to be filled in in Excel.

    It has the sheets and columns that the layout uses, with drop-downs, and help on a sheet in front.
    """
    from workbook import verbs

    begins = _month(start) if start is not None else None
    verbs.new(output, layout, title=title, start=begins, months=months, organisation=organisation, force=force)
    typer.echo(f"Wrote {output}, which is to be filled in: its sheet Help says how. Then build the master of it:")
    form = f" --layout {_quoted(layout)}" if layout and layout.endswith(".toml") else ""
    typer.echo(f"  workbook build {_quoted(output)} -o master.xlsx{form}")
    return DONE


@app.command()
def build(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="A plan source: workbook, folder of CSV, or .json.")],
    output: Annotated[Path, typer.Option("-o", metavar="MASTER.xlsx", help="The master to write.")],
    layout: Layout = None,
    edition: Edition = None,
    force: Force = False,
) -> int:
    """Build the master workbook of a plan, or build an earlier edition of it again from a later master."""
    from workbook import verbs

    loaded = verbs.load(source, layout)
    plan = verbs.earlier(loaded.plan, edition) if edition else loaded.plan
    verbs.build(plan, output, loaded.layout, force=force, inputs=[source])
    typer.echo(f"Wrote {output}: {counted(len(plan.actions), 'action')}.")
    return _report(loaded.findings)


@app.command()
def issue(
    master: MasterFile,
    output: Annotated[Path, typer.Option("-o", metavar="DIR", help="The folder to write the returns into.")],
    month: Annotated[str, typer.Option("--month", metavar="2009-09", help="The month to be reported.")],
    by: Annotated[ByChoice, typer.Option("--by", help="One return for each of these.")] = ByChoice.LEAD,
    due: Annotated[str | None, typer.Option("--due", metavar="DATE", help="When they are due, as 2009-10-05.")] = None,
    force: Force = False,
) -> int:
    """Issue a return to each recipient for a month.

    The master is written beside the returns, with the register of what was issued: merge into that one.
    """
    from workbook import verbs

    asked, date = _month(month), _date(due) if due else None
    loaded = verbs.load(master)
    with _progress("Writing returns") as step:
        issued = verbs.issue(
            loaded.plan,
            output,
            asked,
            layout=loaded.layout,
            by=by.value,
            due=date,
            master=master.name,
            force=force,
            inputs=[master],
            step=step,
        )
    typer.echo(f"Wrote {counted(len(issued.returns), 'return')} for {asked.name} into {output}, and {issued.master}.")
    typer.echo(f"Merge what comes back into {issued.master}: it knows what was issued.")
    return _report([*loaded.findings, *issued.findings])


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Returns, or folders of them.")],
    annotate: Annotated[
        Path | None, typer.Option("--annotate", metavar="DIR", help="Write a copy of each with its findings here.")
    ] = None,
    password: Password = None,
    as_json: Json = False,
    force: Force = False,
) -> int:
    """Read returns and say what is wrong with them.

    Nothing is changed; with --annotate, a copy of each return is written with a note at every finding.
    """
    from workbook import verbs
    from workbook.workers import cores

    with _progress("Reading returns") as step:
        checked = verbs.check(files, annotate=annotate, password=password, force=force, step=step, workers=cores())
    found = [each for one in checked for each in one.findings]
    is_any_read = any(one.reading.read for one in checked)
    if as_json:
        _print_json(checked_json(checked))
    else:
        for one in checked:
            if one.reading.read and one.reading.month:
                asked = f"{one.reading.recipient}, {one.reading.month.name}"
                typer.echo(f"{one.reading.file}: {asked}: {counted(len(one.reading.actions), 'action')} read.")
        if is_any_read or len(checked) > 1:
            show_findings(found)
        if annotate and is_any_read:
            typer.echo(f"Wrote annotated copies into {annotate}.")
    if not is_any_read:
        first = f"{found[0].file}: {found[0].message} {found[0].remedy}"
        _say(f"None of these files could be read. {first}" if len(checked) > 1 else first)
        return NOT_DONE
    return _status(found)


@app.command()
def merge(
    master: MasterFile,
    output: Annotated[Path, typer.Option("-o", metavar="NEWMASTER.xlsx", help="The rolled-up copy to write.")],
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE", help="Returns, or folders of them.")] = None,
    queries: Annotated[
        Path | None, typer.Option("--queries", metavar="Q.xlsx", help="Write the open queries here.")
    ] = None,
    decisions: Annotated[
        Path | None, typer.Option("--decisions", metavar="Q.xlsx", help="Apply the decisions filled in here.")
    ] = None,
    password: Password = None,
    as_json: Json = False,
    force: Force = False,
) -> int:
    """Merge returns into a rolled-up copy of the master."""
    from workbook import verbs
    from workbook.workers import cores

    if not files and decisions is None and queries is None:
        raise UsageError(
            "There is nothing to merge. Name the returns or the folder they are in, or --decisions; "
            "or --queries, to write down what is open."
        )
    loaded = verbs.load(master, password=password)
    with _progress("Reading returns") as step:
        merged = verbs.merge(
            loaded.plan,
            files or [],
            layout=loaded.layout,
            decisions=decisions,
            password=password,
            leave=[master],
            step=step,
            workers=cores(),
        )
    found = [*loaded.findings, *merged.findings]
    if files and not merged.merged:
        if as_json:
            _print_json(merged_json(merged, found))
        show_findings(found, to_stderr=as_json)
        _say("None of the returns could be read, so nothing was merged and nothing was written.")
        return NOT_DONE
    returns = verbs.returns_in(files, leave=[master]) if files else []
    inputs = [master, *returns, *([decisions] if decisions else [])]
    verbs.write_merged(
        merged, output, layout=loaded.layout, queries=queries, returns=returns, force=force, inputs=inputs
    )
    if as_json:
        _print_json(merged_json(merged, found))
    else:
        show_findings(found)
        applied, read = counted(len(merged.applied), "change"), counted(len(merged.merged), "return")
        typer.echo(f"Wrote {output}: {applied} applied from {read}.")
        if merged.queries:
            where = f"see {queries}" if queries else "write them down with --queries"
            typer.echo(f"{counted(len(merged.queries), 'query', 'queries')} to decide: {where}.")
        if merged.outstanding:
            typer.echo(f"Still to come: {', '.join(merged.outstanding)}.")
    return TO_LOOK_AT if merged.queries else _status(found)


@app.command()
def status(
    master: MasterFile,
    month: Annotated[
        str | None, typer.Option("--month", metavar="M", help="The month; the one last issued if not given.")
    ] = None,
    reminders: Annotated[
        Path | None,
        typer.Option("--reminders", metavar="FILE.xlsx", help="Write whom to chase for what, with letters."),
    ] = None,
    as_json: Json = False,
    force: Force = False,
) -> int:
    """Say where a month stands.

    Who has returned and who has not, what nobody answered for, the counts, what waits for approval, what delayed
    actions hold up, and the board's sentence; of a corporate copy, each plan's in turn.
    """
    from workbook import verbs

    asked = _month(month) if month else None
    loaded, *others = verbs.load_all(master)
    if loaded.corporate is not None:
        if reminders:
            raise UsageError(f"{master} is a corporate copy. Give one plan's master to write reminders.")
        return _corporate_status([loaded, *others], asked, as_json=as_json)
    standing = verbs.status(loaded.plan, asked, layout=loaded.layout)
    if reminders:
        verbs.reminders(loaded.plan, reminders, asked, layout=loaded.layout, force=force, inputs=[master])
    if as_json:
        _print_json(status_json(standing))
    else:
        show_status(standing, typer.echo)
    if reminders:
        number = len(standing.reminders)
        chased = counted(number, "recipient") + " to be chased" if number else "nobody is to be chased"
        typer.echo(f"Wrote {reminders}: {chased} for {standing.counts.month.name}.", err=as_json)
    _say_doubts(loaded.findings)
    return _status(loaded.findings)


@app.command()
def pack(
    master: MasterFile,
    output: Annotated[Path, typer.Option("-o", metavar="PACK.xlsx", help="The board pack to write.")],
    month: Annotated[
        str | None, typer.Option("--month", metavar="M", help="The month; the one last issued if not given.")
    ] = None,
    previous: Annotated[
        Path | None,
        typer.Option("--previous", metavar="MASTER", help="An earlier master, in place of the plan's own history."),
    ] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", metavar="PACK.pdf", help="Print it, by LibreOffice.")] = None,
    paper: Annotated[
        PaperChoice | None, typer.Option("--paper", help="The paper; the layout's if not given.", case_sensitive=False)
    ] = None,
    highlight: Annotated[
        list[str] | None,
        typer.Option("--highlight", metavar="REF", help="A report of its own on this priority; as often as you like."),
    ] = None,
    as_json: Json = False,
    force: Force = False,
) -> int:
    """Write the board pack of a month, for paper.

    A summary on one page, exceptions, what has moved since the month before, the schedule of changes, what is completed
    and what is coming up, and the grid. What stood in the month before is taken from the plan's history.
    """
    from workbook import verbs

    asked = _month(month) if month else None
    loaded = verbs.load(master)
    before = verbs.load(previous).plan if previous else None
    found = verbs.board(loaded.plan, asked, layout=loaded.layout, previous=before, highlight=highlight or ())
    inputs = [master, *([previous] if previous else [])]
    unprinted = ""
    try:
        verbs.write_board(found, output, pdf=pdf, paper=paper.value if paper else None, force=force, inputs=inputs)
    except OfficeError as error:
        unprinted = f"{output} has been written, and no PDF. {error}"
    if as_json:
        _print_json(pack_json(found.pack, found.status, str(output), str(pdf) if pdf and not unprinted else None))
    else:
        typer.echo(f"Wrote {output}: the board pack for {found.pack.month.name}.")
        show_pack(found.pack, typer.echo)
        if pdf and not unprinted:
            typer.echo(f"Wrote {pdf}.")
    if unprinted:
        _say(unprinted)
    _say_doubts(loaded.findings)
    return TO_LOOK_AT if unprinted else _status(loaded.findings)


@app.command()
def export(
    master: Annotated[Path, typer.Argument(metavar="MASTER", help="The master workbook, or a plan source.")],
    output: Annotated[Path, typer.Option("-o", metavar="FILE", help="Ends in .json, .csv, .parquet or .xlsx.")],
    edition: Edition = None,
    force: Force = False,
) -> int:
    """Export the plan as data, by the ending of the file.

    .json is all of it, .csv and .parquet have one row per action and month, .xlsx is flat tables. Of a corporate copy,
    all plans are exported; it has no flat tables.
    """
    from workbook import verbs

    loaded, *others = verbs.load_all(master)
    corporate = loaded.corporate
    if corporate is not None:
        if edition:
            raise UsageError(f"{master} is a corporate copy. Give one plan's master to have an earlier edition of it.")
        verbs.export(verbs.rollup([loaded, *others], corporate), output, force=force, inputs=[master])
    else:
        plan = verbs.earlier(loaded.plan, edition) if edition else loaded.plan
        inputs = [path for path in master.iterdir() if path.suffix.lower() == ".csv"] if master.is_dir() else [master]
        verbs.export(plan, output, force=force, inputs=inputs)
    typer.echo(f"Wrote {output}.")
    return DONE


@app.command()
def history(
    master: MasterFile,
    ref: Annotated[str | None, typer.Argument(metavar="[REF]", help="An action's ref, or its row id.")] = None,
    as_json: Json = False,
) -> int:
    """Show an action's life: what was issued, reported, held back, decided and changed, by whom and where.

    Without REF, the editions that there are: what was issued, merged, edited and decided in each.
    """
    from workbook import verbs

    loaded = verbs.load(master)
    told = verbs.history(loaded.plan, ref)
    if as_json:
        _print_json(history_json(told, loaded.plan))
    elif ref:
        for row_id, events in told.lives.items():
            show_life(loaded.plan, row_id, events, loaded.layout, typer.echo)
    else:
        show_editions(told.editions, master, typer.echo)
    return DONE


@app.command()
def rollup(
    masters: Annotated[list[Path], typer.Argument(metavar="MASTER", help="Masters, or corporate copies of them.")],
    output: Annotated[Path, typer.Option("-o", metavar="CORPORATE.xlsx", help="The corporate copy to write.")],
    title: Annotated[str, typer.Option("--title", metavar="T", help="What the corporate copy is called.")] = "",
    month: Annotated[
        str | None,
        typer.Option("--month", metavar="M", help="The month of the figures; by default each plan's last."),
    ] = None,
    as_json: Json = False,
    force: Force = False,
) -> int:
    """Put several plans side by side in one corporate copy.

    A summary stands in front. Plans are not blended: each keeps its own form, and what two of them call alike stays
    apart. The copy is for reading; changes belong in the masters.
    """
    from workbook import verbs

    asked = _month(month) if month else None
    loaded = [each for master in masters for each in verbs.load_all(master)]
    corporate = verbs.rollup(loaded, title)
    verbs.write_corporate(corporate, output, asked, force=force, inputs=masters)
    summary = verbs.summary(corporate, asked)
    found = list(dict.fromkeys(found for each in loaded for found in _with_path(each)))
    if as_json:
        _print_json(rollup_json(corporate, summary, found))
        return _status(found)
    plans, actions = counted(len(corporate.parts), "plan"), counted(corporate.actions, "action")
    typer.echo(f"Wrote {output}: {plans}, {actions}.")
    for part, line in zip(corporate.parts, summary.lines, strict=True):
        issued, to_come = len(line.returned) + len(line.outstanding), len(line.outstanding)
        returns = f"{to_come} of {counted(issued, 'return')} outstanding" if issued else "no return issued"
        typer.echo(f"  {part.plan.title}: {highlighted(line)}; {returns}.")
    return _report(found)


@app.command()
def rollover(
    master: MasterFile,
    output: Annotated[Path, typer.Option("-o", metavar="NEXT.xlsx", help="The master of next year's plan to write.")],
    start: Annotated[str, typer.Option("--start", metavar="2010-07", help="The first month of next year's plan.")],
    months: Annotated[int, typer.Option("--months", metavar="N", help="How many months it has.")] = 12,
    title: Annotated[
        str | None, typer.Option("--title", metavar="T", help="Its title; last year's, a year on, if not given.")
    ] = None,
    as_json: Json = False,
    force: Force = False,
) -> int:
    """Make next year's plan from what is unfinished.

    Completed actions are archived; the others are carried with their row ids, what is left of their programme, and new
    refs as a proposal.
    """
    from workbook import verbs
    from workbook.findings import in_file

    begins = _month(start)
    loaded = verbs.load(master)
    rolled = verbs.rollover(loaded.plan, begins, months=months, title=title or "", layout=loaded.layout)
    verbs.build(rolled.plan, output, loaded.layout, force=force, inputs=[master])
    found = [*loaded.findings, *in_file(master.name, rolled.in_last), *in_file(output.name, rolled.in_next)]
    if as_json:
        _print_json(rolled_json(rolled, found))
        return _status(found)
    typer.echo(f"Wrote {output}: {rolled.plan.title}, {counted(len(rolled.carried), 'action')}.")
    typer.echo(rolled.sentence)
    return _report(found)


@app.command()
def adopt(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The spreadsheet that the plan is in.")],
    output: Annotated[Path, typer.Option("-o", metavar="SOURCE.xlsx", help="The plan source to write.")],
    mapping: Annotated[
        Path | None,
        typer.Option("--mapping", metavar="EARLIER.xlsx", help="An earlier source, its sheet “mapping” corrected."),
    ] = None,
    layout: Layout = None,
    password: Password = None,
    as_json: Json = False,
    force: Force = False,
) -> int:
    """Read a spreadsheet that this program did not make into a plan source.

    Its sheet “mapping” says what each column and colour was taken for; correct it, and adopt the file again with it.
    """
    from workbook import verbs

    adopted = verbs.adopt(file, output, mapping=mapping, layout=layout, force=force, password=password)
    if as_json:
        _print_json(adopted.to_json())
        return _status(adopted.findings)
    typer.echo(f"Wrote {output}: {adopted_sentence(adopted)}")
    status = _report(adopted.findings)
    if adopted.tables:
        typer.echo(
            f"Look over its sheet “mapping”, then build the master:  workbook build {_quoted(output)} -o master.xlsx"
        )
    return status


# --- what is printed --------------------------------------------------------------------------------------------


@app.command()
def layouts(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="The layout to show, as its file has it.")] = None,
    check: Annotated[
        Path | None, typer.Option("--check", metavar="FILE.toml", help="Judge a layout of your own.")
    ] = None,
    as_json: Json = False,
) -> int:
    """List the layouts (the forms that a plan's workbook can have), show one, or check a file."""
    from workbook import verbs

    if name and check:
        raise UsageError("Give a layout's name to show it, or --check with a file to judge it, not both.")
    if check:
        form = verbs.checked_layout(check)
        said = f"{check} is whole: “{form.title}”. Build with it: workbook build SOURCE -o MASTER.xlsx --layout {check}"
        _print_json({"file": str(check), **layout_json(form)}) if as_json else typer.echo(said)
        return DONE
    if name:
        text = verbs.layout_text(name)
        _print_json(layout_json(verbs.checked_layout(name))) if as_json else typer.echo(text.rstrip("\n"))
        return DONE
    found = verbs.layouts()
    if as_json:
        _print_json([layout_json(form) for form in found])
    else:
        show_layouts(found, typer.echo)
    return DONE


def _corporate_status(loaded: "Sequence[Loaded]", month: "Month | None", *, as_json: bool) -> int:
    """Say where a month stands in each plan of a corporate copy, one after the other."""
    from workbook import verbs

    standings = [verbs.status(each.plan, month, layout=each.layout) for each in loaded]
    if as_json:
        plans = [
            {**plan_json(each.plan), **status_json(standing)} for each, standing in zip(loaded, standings, strict=True)
        ]
        _print_json({"title": loaded[0].corporate, "plans": plans})
    else:
        for number, (each, standing) in enumerate(zip(loaded, standings, strict=True)):
            about = ", ".join(part for part in (each.plan.title, each.plan.organisation) if part)
            typer.echo(f"\n{about}" if number else about)
            show_status(standing, typer.echo)
    found = [found for each in loaded for found in each.findings]
    _say_doubts(found)
    return _status(found)


def _with_path(loaded: "Loaded") -> "Iterator[Finding]":
    """What was found in one of several files, with its path: their names may be alike."""
    from dataclasses import replace

    path = Path(loaded.file)
    for found in loaded.findings:
        file = path / (found.file or "") if path.is_dir() else path
        yield replace(found, where=replace(found.where, file=str(file)))


def _report(findings: Sequence["Finding"]) -> int:
    show_findings(findings)
    return _status(findings)


def _status(findings: Iterable["Finding"]) -> int:
    return TO_LOOK_AT if any(each.severity in ("error", "query") for each in findings) else DONE


def _print_json(data: object) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def _say_doubts(findings: Iterable["Finding"]) -> None:
    """Say what is doubtful in a master, beside what was asked."""
    for each in findings:
        _say(f"{each.file or each.place}: {each.message} {each.remedy}")


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


def _fail(sentence: str) -> NoReturn:
    _say(sentence)
    sys.exit(NOT_DONE)


@contextmanager
def _progress(what: str) -> Iterator[Callable[[str, int], None]]:
    """A progress bar on a terminal, nothing when piped: to be told of each file, and of how many."""
    if not sys.stderr.isatty():
        yield lambda _, __: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda name, files: progress.update(task, advance=1, total=files, description=name)


def _quoted(path: Path | str) -> str:
    """A path as it is typed, on every system."""
    return f'"{path}"' if " " in str(path) else str(path)


def _month(text: str) -> "Month":
    from workbook.months import Month

    try:
        return Month.parse(text)
    except ValueError as error:
        raise UsageError(f"{error}.") from error


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"“{text}” is not a date; write it as 2009-10-05.") from error


def _speak_utf8() -> None:
    """Windows' consoles do not speak UTF-8 unless told to, and would stop at the first dash."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
