"""The command line: one verb a command. Each parses, calls, prints, and gives an exit status."""

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from workbook.errors import UsageError, WorkbookError

if TYPE_CHECKING:
    from workbook.findings import Finding
    from workbook.merge import Merged
    from workbook.months import Month
    from workbook.plan import Action
    from workbook.reading import Reading
    from workbook.verbs import Checked, Status

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
Layout = Annotated[str | None, typer.Option("--layout", metavar="L", help="A layout's name, or a .toml file.")]


def main() -> None:
    """Run the program; whatever goes wrong ends in a sentence and an exit status, never a traceback."""
    _speak_utf8()
    try:
        status = app(standalone_mode=False)
        if status == _INTERRUPTED:
            _fail("Stopped before anything was written.")
        sys.exit(status if isinstance(status, int) else DONE)
    except typer.TyperException as error:
        _fail(error.format_message())
    except WorkbookError as error:
        _fail(str(error))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(DONE)
    except MemoryError:
        _fail("There is not enough memory for this file.")


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
def build(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="A plan source: workbook, folder of CSV, or .json.")],
    output: Annotated[Path, typer.Option("-o", metavar="MASTER.xlsx", help="The master to write.")],
    layout: Layout = None,
    force: Force = False,
) -> int:
    """Build the master workbook of a plan."""
    from workbook import verbs

    loaded = verbs.load(source, layout)
    verbs.build(loaded.plan, output, loaded.layout, force=force, inputs=[source])
    typer.echo(f"Wrote {output}: {_count(len(loaded.plan.actions), 'action')}.")
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
    typer.echo(f"Wrote {_count(len(issued.returns), 'return')} for {asked.name} into {output}, and {issued.master}.")
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
        _print_json(_checked_json(checked))
    else:
        for one in checked:
            if one.reading.read and one.reading.month:
                asked = f"{one.reading.recipient}, {one.reading.month.name}"
                typer.echo(f"{one.reading.file}: {asked}: {_count(len(one.reading.actions), 'action')} read.")
        if is_any_read or len(checked) > 1:
            _table(found)
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

    if not files and decisions is None:
        raise UsageError("There is nothing to merge. Name the returns, the folder they are in, or --decisions.")
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
            _print_json(_merged_json(merged, found))
        _table(found, to_stderr=as_json)
        _say("None of the returns could be read, so nothing was merged and nothing was written.")
        return NOT_DONE
    inputs = [master, *(verbs.returns_in(files, leave=[master]) if files else []), *([decisions] if decisions else [])]
    verbs.write_merged(merged, output, layout=loaded.layout, queries=queries, force=force, inputs=inputs)
    if as_json:
        _print_json(_merged_json(merged, found))
    else:
        _table(found)
        applied, read = _count(len(merged.applied), "change"), _count(len(merged.merged), "return")
        typer.echo(f"Wrote {output}: {applied} applied from {read}.")
        if merged.queries:
            where = f"see {queries}" if queries else "write them down with --queries"
            typer.echo(f"{_count(len(merged.queries), 'query', 'queries')} to decide: {where}.")
        if merged.outstanding:
            typer.echo(f"Still to come: {', '.join(merged.outstanding)}.")
    return TO_LOOK_AT if merged.queries else _status(found)


@app.command()
def status(
    master: MasterFile,
    month: Annotated[
        str | None, typer.Option("--month", metavar="M", help="The month; the one last issued if not given.")
    ] = None,
    as_json: Json = False,
) -> int:
    """Say where a month stands.

    Who has returned and who has not, the counts, what waits for approval, what delayed actions hold up, and the board's
    sentence.
    """
    from workbook import verbs

    asked = _month(month) if month else None
    loaded = verbs.load(master)
    standing = verbs.status(loaded.plan, asked, layout=loaded.layout)
    if as_json:
        _print_json(status_json(standing))
    else:
        show_status(standing, typer.echo)
    for each in loaded.findings:
        _say(f"{each.file or each.place}: {each.message} {each.remedy}")
    return _status(loaded.findings)


@app.command()
def export(
    master: Annotated[Path, typer.Argument(metavar="MASTER", help="The master workbook, or a plan source.")],
    output: Annotated[Path, typer.Option("-o", metavar="FILE", help="Ends in .json, .csv, .parquet or .xlsx.")],
    force: Force = False,
) -> int:
    """Export the plan as data, by the ending of the file.

    .json is all of it, .csv and .parquet have one row per action and month, .xlsx is flat tables.
    """
    from workbook import verbs

    loaded = verbs.load(master)
    verbs.export(loaded.plan, output, force=force, inputs=[master])
    typer.echo(f"Wrote {output}.")
    return DONE


# --- what is printed --------------------------------------------------------------------------------------------


def show_status(standing: "Status", say: Callable[[str], object]) -> None:
    """Print a month's figures and the board's sentence."""
    from workbook.months import say_runs

    counts = standing.counts
    say(f"{counts.month.name}: {_count(counts.highlighted, 'action')} highlighted")
    for key, number in counts.counts.items():
        say(f"  {key.replace('_', ' '):<18} {number:>5}  {counts.percent[key]:>5} %")
    if standing.returned or standing.outstanding:
        say(f"Returned: {len(standing.returned)} of {len(standing.returned) + len(standing.outstanding)}")
    if standing.outstanding:
        say(f"Outstanding: {', '.join(standing.outstanding)}")
    if standing.awaiting:
        waiting = (f"{_refs([action])} ({say_runs(months)})" for action, months in standing.awaiting)
        say(f"Awaiting approval, in any month: {', '.join(waiting)}")
    if counts.complete:
        say(f"Complete before, and so counted without a report: {_refs(counts.complete)}")
    for delay in standing.delays:
        say(f"{_refs([delay.action])} is {delay.status} and holds up {_refs(delay.holds_up)}")
    say(counts.sentence)


def status_json(standing: "Status") -> dict[str, Any]:
    """The status as the contract prints it."""
    counts = standing.counts
    return {
        "month": str(counts.month),
        "highlighted": counts.highlighted,
        "counts": dict(counts.counts),
        "percent": {key: float(value) for key, value in counts.percent.items()},
        "sentence": counts.sentence,
        "returned": list(standing.returned),
        "outstanding": list(standing.outstanding),
        "not_reported": _rows(counts.unreported),
        "complete": _rows(counts.complete),
        "awaiting_approval": _rows(action for action, _ in standing.awaiting),
        "delayed": [
            {**_row(delay.action), "status": delay.status, "holds_up": _rows(delay.holds_up)}
            for delay in standing.delays
        ],
    }


def _rows(actions: Iterable["Action"]) -> list[dict[str, str]]:
    return [_row(action) for action in actions]


def _row(action: "Action") -> dict[str, str]:
    return {"row_id": action.row_id, "ref": action.ref}


def _refs(actions: Iterable["Action"]) -> str:
    return ", ".join(action.ref or "one without a ref" for action in actions)


def _checked_json(checked: Sequence["Checked"]) -> dict[str, Any]:
    from workbook.findings import count

    found = [each for one in checked for each in one.findings]
    return {
        "files": [_reading_json(one.reading, one.findings) for one in checked],
        "errors": count(found, "error"),
        "queries": count(found, "query"),
    }


def _reading_json(reading: "Reading", findings: Iterable["Finding"]) -> dict[str, Any]:
    return {
        "file": reading.file,
        "read": reading.read,
        "plan": reading.baseline.title if reading.baseline else None,
        "month": str(reading.month) if reading.month else None,
        "recipient": reading.recipient or None,
        "rows": len(reading.actions),
        "actions": [
            {
                "row_id": action.issued.row_id,
                "ref": action.issued.ref,
                "matched_by": action.matched_by,
                "progress": {
                    str(month): said.value
                    for (name, month), said in action.said.items()
                    if name == "progress" and said.value is not None
                },
                "note": action.value("note") or "",
            }
            for action in reading.actions
        ],
        "findings": [each.to_json() for each in findings],
    }


def _merged_json(merged: "Merged", findings: Iterable["Finding"]) -> dict[str, Any]:
    return {
        "merged": list(merged.merged),
        "unread": list(merged.unread),
        "applied": len(merged.applied),
        "unchanged": merged.unchanged,
        "conflicts": [
            {
                "row_id": each.row_id,
                "ref": each.ref,
                "field": each.field,
                "month": str(each.month) if each.month else None,
                "baseline": each.baseline,
                "values": [{"value": value, "file": file, "cell": cell} for value, file, cell in each.values],
            }
            for each in merged.conflicts
        ],
        "queries": len(merged.queries),
        "findings": [each.to_json() for each in findings],
        "outstanding": list(merged.outstanding),
    }


def _report(findings: Sequence["Finding"]) -> int:
    _table(findings)
    return _status(findings)


def _status(findings: Iterable["Finding"]) -> int:
    return TO_LOOK_AT if any(each.severity in ("error", "query") for each in findings) else DONE


def _table(findings: Sequence["Finding"], *, to_stderr: bool = False) -> None:
    """Print findings, the worst first; what is said of several places is said once."""
    from rich.console import Console
    from rich.table import Table

    from workbook.findings import count, grouped

    if not findings:
        return
    console = Console(stderr=to_stderr, highlight=False, width=None if sys.stdout.isatty() else 140)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("File", "Where", "What", "What to do"):
        table.add_column(name, overflow="fold")
    for first, kind in grouped(findings):
        # What is in no cell (JSON) is told by its ref.
        places = [
            each.place if each.where.cell or not each.ref else f"{each.place} {each.ref}" for each in kind if each.place
        ]
        more = f" and {len(places) - 3} more" if len(places) > 3 else ""  # noqa: PLR2004  # enough to find them
        mark = {"error": "✗", "query": "?", "note": "·"}[first.severity]
        table.add_row(first.file or "", ", ".join(places[:3]) + more, f"{mark} {first.message}", first.remedy)
    console.print(table)
    errors, queries, notes = (count(findings, severity) for severity in ("error", "query", "note"))
    said = f"{_count(errors, 'error')} (✗), {_count(queries, 'query', 'queries')} (?), {_count(notes, 'note')} (·)."
    console.print(said)


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _print_json(data: object) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


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
