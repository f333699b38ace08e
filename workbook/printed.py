"""What commands print for people: figures, findings, editions, an action's life."""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook.adopt import Adopted
    from workbook.corporate import Figures
    from workbook.findings import Finding
    from workbook.history import EditionSummary, Event
    from workbook.layout import Layout
    from workbook.pack import Pack
    from workbook.plan import Action, Plan
    from workbook.verbs import Status

# What is slow to import is imported where it is used, so that `--help` is instant.
# ruff: noqa: PLC0415

Say = Callable[[str], object]


def show_status(standing: "Status", say: Say) -> None:
    """Print a month's figures and the board's sentence."""
    from workbook.months import say_runs

    counts = standing.counts
    say(f"{counts.month.name}: {counted(counts.highlighted, 'action')} highlighted")
    for key, number in counts.counts.items():
        say(f"  {key.replace('_', ' '):<18} {number:>5}  {counts.percent[key]:>5} %")
    if standing.returned or standing.outstanding:
        say(f"Returned: {len(standing.returned)} of {len(standing.returned) + len(standing.outstanding)}")
    _show_chasing(standing, say)
    if standing.awaiting:
        waiting = (f"{_refs([action])} ({say_runs(months)})" for action, months in standing.awaiting)
        say(f"Awaiting approval, in any month: {', '.join(waiting)}")
    if standing.queries:
        open_on = dict.fromkeys(query.ref or "one without a ref" for query in standing.queries)
        say(f"{counted(len(standing.queries), 'query', 'queries')} to decide, on {', '.join(open_on)}")
    if counts.complete:
        say(f"Complete before, and so counted without a report: {_refs(counts.complete)}")
    for delay in standing.delays:
        say(f"{_refs([delay.action])} is {delay.status} and holds up {_refs(delay.holds_up)}")
    say(counts.sentence)


def show_pack(pack: "Pack", say: Say) -> None:
    """Print what a board pack tells, in numbers, and the board's sentence."""
    whole = pack.whole
    open_still = sum(each.why != "counted" for each in whole.exceptions)
    say(f"  exceptions: {len(whole.exceptions) - open_still}{f', and {open_still} still open' if open_still else ''}")
    if whole.movement:
        say(f"  moved since {whole.movement.before.name}: {len(whole.movement.moves)}")
    say(f"  reprogrammed, extended or suspended: {len(whole.schedule)}")
    say(f"  completed since the last edition: {len(whole.completed)}")
    if whole.coming is not None:
        say(f"  coming up in {whole.next_name}: {len(whole.coming)}")
    say(whole.sentence)


def _show_chasing(standing: "Status", say: Say) -> None:
    """Print who is outstanding and what nobody answered for, by recipient."""
    outstanding = [each for each in standing.reminders if each.outstanding]
    silent = [each for each in standing.reminders if not each.outstanding]
    nobody = [each.action for each in standing.unanswered if each.why == "issued to nobody"]
    for words, reminders in (("Outstanding", outstanding), ("Returned, and no status yet", silent)):
        if reminders:
            say(f"{words}:")
        for each in reminders:
            due = f", due {each.issued.due}" if each.issued.due and each.outstanding else ""
            say(f"  {each.who}{due}: {each.what_is_missing}")
    if nobody:
        say(f"Issued to nobody, and not reported: {_refs(nobody)}")


def _refs(actions: Iterable["Action"]) -> str:
    return ", ".join(action.ref or "one without a ref" for action in actions)


def highlighted(line: "Figures") -> str:
    """How many actions a plan has, and how many of them are highlighted."""
    actions = counted(line.actions, "action")
    return f"{actions}, {line.highlighted} highlighted for {line.month.name}" if line.month else actions


def show_editions(editions: "Sequence[EditionSummary]", master: Path, say: Say) -> None:
    """Print what each edition was."""
    if not editions:
        say("Nothing has been issued or merged yet.")
        return
    rows = [(str(each.number), each.month.name if each.month else "as programmed", _told(each)) for each in editions]
    _columns(("No.", "Edition", "What happened"), rows)
    say(f"One action's life:      workbook history {master} REF")
    say(f"An earlier edition:     workbook build {master} --edition NO -o EARLIER.xlsx")


def _told(edition: "EditionSummary") -> str:
    if edition.kind == "built":
        return "built from the plan source"
    if edition.kind == "issued":
        return f"{counted(len(edition.issued), 'return')} issued"
    changes = counted(edition.changes, "change")
    if edition.kind == "edited":
        return f"edited by hand: {changes}"
    if edition.kind == "rebuilt":
        return f"built again from its source: {changes}"
    back = f"{counted(len(edition.returned), 'return')} merged" if edition.returned else ""
    held = f"{counted(edition.held, 'value')} held back" if edition.held else ""
    decided = f"{counted(edition.decisions, 'decision')} taken" if edition.decisions else ""
    return ", ".join(part for part in (back, decided, changes, held) if part)


def show_life(plan: "Plan", row_id: str, events: "Iterable[Event]", layout: "Layout", say: Say) -> None:
    """Print what happened to one action."""

    action = plan.by_row_id.get(row_id)
    name = (
        f"{action.ref or 'One without a ref'}  {action.action}" if action else "An action that is no more in the plan"
    )
    say(f"{name}  (row id {row_id})")
    rows = []
    for event in events:
        what, old, new, who = event.in_words(layout)
        where = " ".join(part for part in (event.source, event.cell) if part)
        rows.append((str(event.edition or ""), what, old, new, who, where))
    _columns(("No.", "What", "Was", "Now", "Who", "Where"), rows)
    say("")


def _columns(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows below their titles, each cell folded in its column."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in titles:
        table.add_column(title, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    Console(highlight=False, width=None if sys.stdout.isatty() else 140).print(table)


def show_layouts(layouts: "Iterable[Layout]", say: Say) -> None:
    """Print the layouts there are."""
    rows = [
        (layout.name + (" (used if none is named)" if layout.default else ""), layout.title, layout.description)
        for layout in layouts
    ]
    _columns(("Layout", "Title", "What it has"), rows)
    say("One as its file has it:   workbook layouts NAME")
    say("One of your own:          workbook layouts --check FILE.toml (see docs/layouts.md)")


def show_findings(findings: Sequence["Finding"], *, to_stderr: bool = False) -> None:
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
        what = first.message
        # A sentence that does not say of which actions is followed by their refs.
        refs = [each.ref for each in kind if each.ref]
        if refs and all(each.where.cell for each in kind) and not any(ref in what for ref in refs):
            what = f"{what.rstrip('.')}: {', '.join(each.ref or 'one without a ref' for each in kind)}"
        mark = {"error": "✗", "query": "?", "note": "·"}[first.severity]
        table.add_row(first.file or "", ", ".join(places[:3]) + more, f"{mark} {what}", first.remedy)
    console.print(table)
    errors, queries, notes = (count(findings, severity) for severity in ("error", "query", "note"))
    said = f"{counted(errors, 'error')} (✗), {counted(queries, 'query', 'queries')} (?), {counted(notes, 'note')} (·)."
    console.print(said)


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number of things: `1 return`, `2 returns`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def adopted_sentence(adopted: "Adopted") -> str:
    """How much was found in a spreadsheet of somebody's own."""
    actions = [action for table in adopted.tables for action in table.actions]
    bars = sum(len(action.filled) for action in actions)
    statuses = sum(len(action.statuses) + bool(action.means) for action in actions)
    said = f"{counted(len(actions), 'action')} in {counted(len(adopted.tables), 'table')}"
    seen = f"bars over {counted(bars, 'period')}, {counted(statuses, 'status', 'statuses')}"
    return f"{said}, {seen}; {counted(len(adopted.kept), 'text')} beside them kept."
