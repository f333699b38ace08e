"""The lists of a board pack: exceptions, movement, schedule of changes, completed, coming up, one priority."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TypeVar

from workbook.build import styles
from workbook.build.book import Sheet
from workbook.build.pack.papers import Cell, List, ListColumn, Papers, joined
from workbook.grid import Grid
from workbook.layout import Block
from workbook.months import say_runs
from workbook.names import COMING_TAB, COMPLETED_TAB, EXCEPTIONS_TAB, MOVEMENT_TAB, SCHEDULE_TAB
from workbook.pack import Coming, Completed, Exceptional, Move, Rescheduled, Section, Tally, Why
from workbook.palette import PROPOSED_MARK
from workbook.plan import Action, Heading, Plan

_T = TypeVar("_T")
_K = TypeVar("_K")
_Cells = Sequence[Cell | str]

_NONE_COMPLETED = "No action has been completed."
_NONE_CHANGED = "No action has been reprogrammed, extended or suspended."
_CENTRED: styles.Style = {"align": "center"}
_BOLD: styles.Style = {"bold": True}

# Every list has the letter, the ref, the action and its lead in front, and its own columns after them.
_FRONT = (
    ListColumn(title="Now", share=5, style={"align": "center", "bold": True}),
    ListColumn(title="Ref", share=8, style=_BOLD),
    ListColumn(title="Action", share=34),
    ListColumn(title="Lead", share=17),
)
_EXCEPTIONS = (
    *_FRONT,
    ListColumn(title="Reason and corrective action", share=46),
    ListColumn(title="Original date", share=12),
    ListColumn(title="Revised date", share=13),
    ListColumn(title="Months like this", share=9, style=_CENTRED),
    ListColumn(title="Importance", share=11),
)
_MOVES = (
    *_FRONT[:1],
    ListColumn(title="Was", share=5, style={"align": "center", "bold": True}),
    *_FRONT[1:],
    ListColumn(title="Status / corrective action", share=46),
)
_SCHEDULE = (
    *_FRONT,
    ListColumn(title="What", share=16, style=_BOLD),
    ListColumn(title="Old dates", share=15),
    ListColumn(title="New dates", share=15),
    ListColumn(title="Approved by, on, minute", share=20),
    ListColumn(title="Reason", share=32),
)
_COMPLETED = (
    *_FRONT,
    ListColumn(title="Programme", share=18),
    ListColumn(title="Complete since", share=13),
    ListColumn(title="Status / corrective action", share=44),
)
_COMING = (
    *_FRONT,
    ListColumn(title="Next month it", share=16),
    ListColumn(title="Programme", share=18),
    ListColumn(title="Waits for", share=34),
)


def exceptions(papers: Papers) -> Sheet:
    """Write the exception report."""
    listed = List(papers=papers, name=EXCEPTIONS_TAB, columns=_EXCEPTIONS)
    listed.title(f"Exception report for {papers.pack.month.name}")
    listed.line("Late, not reported or awaiting approval; the worst first, then by ref.", styles.QUIET)
    if papers.pack.outstanding:
        listed.line(f"Returns still to come: {', '.join(papers.pack.outstanding)}.")
    listed.header(frozen=True)
    _exceptions(listed, papers.pack.whole)
    return listed.finish()


def _exceptions(listed: List, section: Section) -> None:
    """The exceptions by standing; then what is not counted for the month."""

    def band(kind: tuple[Why, str], number: int) -> str:
        why, words = kind[0], listed.papers.looks[kind[1]].words
        return {
            "counted": f"{words}: {number} of {section.now.highlighted}",
            "late before": f"{words} when last reported, and not highlighted for {section.month.name}: {number}",
            "awaits approval": f"Awaiting approval in other months: {number}",
        }[why]

    nothing = "No action is late, unreported or awaiting approval."
    _groups(listed, section.exceptions, lambda each: (each.why, each.standing), band, _exception, nothing)


def _exception(papers: Papers, each: Exceptional) -> _Cells:
    silent = f"No report for {each.month.name}." if each.standing not in papers.layout.palette else ""
    reason = each.action.own_note or silent
    if each.why != "counted":
        reason = joined((f"{papers.looks[each.standing].words} for {each.month.name}.", each.action.own_note))
    return (
        _letter(papers, each.standing),
        *_front(papers, each.action),
        reason,
        each.original.name if each.original else "None",
        _revised(each),
        Cell(text=str(each.months) if each.months else "", style=_CENTRED),
        each.action.importance.capitalize(),
    )


def _revised(each: Exceptional) -> str:
    if not each.revised:
        return ""
    return f"{each.revised[-1].name} (proposed)" if each.proposed else each.revised[-1].name


def movement(papers: Papers) -> Sheet:
    """Write what has moved since the month before."""
    listed = List(papers=papers, name=MOVEMENT_TAB, columns=_MOVES)
    moved = papers.pack.whole.movement
    if moved is None:
        listed.title("Movement")
        listed.nothing(f"There is no month before {papers.pack.month.name} to compare with.")
        return listed.finish()
    listed.title(f"Movement from {moved.before.name} to {papers.pack.month.name}")
    listed.line(moved.sentence)
    if moved.corrected:
        listed.line(moved.corrected, styles.QUIET)
    listed.line(f"{_actions(len(moved.moves))} moved, {moved.same} stand as they did.", styles.QUIET)
    listed.header(frozen=True)
    looks = papers.looks

    def band(kind: tuple[str | None, str | None], number: int) -> str:
        return f"{looks[kind[0]].words} → {looks[kind[1]].words}: {number}"

    _groups(listed, moved.moves, lambda each: (each.was, each.now), band, _move, "No action has moved.")
    return listed.finish()


def _move(papers: Papers, each: Move) -> _Cells:
    note = "Not in the plan any more." if each.dropped else each.action.own_note
    return (
        _letter(papers, each.now),
        _letter(papers, each.was),
        *_front(papers, each.action),
        note,
    )


def schedule(papers: Papers) -> Sheet:
    """Write the schedule of changes."""
    listed = List(papers=papers, name=SCHEDULE_TAB, columns=_SCHEDULE)
    listed.title(f"Schedule of changes, up to {papers.pack.month.name}")
    listed.line("Actions that were reprogrammed, extended or suspended this year; those that await approval first.")
    listed.header(frozen=True)

    def band(is_approved: bool, number: int) -> str:
        return f"{'Approved' if is_approved else 'Awaiting approval'}: {number}"

    changes = papers.pack.whole.schedule
    _groups(listed, changes, lambda each: each.approval is not None, band, _rescheduled, _NONE_CHANGED)
    return listed.finish()


def _rescheduled(papers: Papers, each: Rescheduled) -> _Cells:
    status = papers.layout.palette[each.status]
    mark, proposed = ("", {}) if each.approval else (PROPOSED_MARK, styles.PROPOSED)
    said = each.approval
    approved = joined((said.by, said.on, f"minute {said.minute}" if said.minute else "")) if said else ""
    return (
        Cell(text=status.letter + mark, style={**styles.painted(status), **proposed}),
        *_front(papers, each.action),
        each.what,
        say_runs(each.old) if each.old else "None",
        say_runs(each.new) if each.new else "",
        (approved or "Approved") if said else "Awaiting approval",
        each.action.own_note,
    )


def completed(papers: Papers) -> Sheet:
    """Write what has been completed since the last edition."""
    moved = papers.pack.whole.movement
    since = f"since the edition of {moved.before.name}" if moved else f"for {papers.pack.month.name}"
    listed = List(papers=papers, name=COMPLETED_TAB, columns=_COMPLETED)
    listed.title(f"Completed {since}")
    listed.line(f"{_actions(len(papers.pack.whole.completed))} completed.", styles.QUIET)
    listed.header(frozen=True)
    _rows(listed, [_done(papers, each) for each in papers.pack.whole.completed], _NONE_COMPLETED)
    return listed.finish()


def _done(papers: Papers, each: Completed) -> _Cells:
    action = each.action
    return (
        _now(papers, action),
        *_front(papers, action),
        say_runs(action.programmed) if action.programmed else "None",
        each.since.name if each.since else "",
        action.own_note,
    )


def coming(papers: Papers) -> Sheet:
    """Write what is planned for next month."""
    ahead, month, after = papers.pack.whole.coming, papers.pack.month, papers.pack.whole.next_name
    listed = List(papers=papers, name=COMING_TAB, columns=_COMING)
    if ahead is None:
        listed.title("Coming up")
        listed.nothing(f"The plan ends with {month.name}.")
        return listed.finish()
    listed.title(f"Coming up in {after}")
    listed.line(f"{_actions(len(ahead))} planned, but for those that are complete or suspended.", styles.QUIET)
    listed.header(frozen=True)
    _rows(listed, [_ahead(papers, each) for each in ahead], f"Nothing is planned for {after}.")
    return listed.finish()


def _ahead(papers: Papers, each: Coming) -> _Cells:
    what = "begins and ends" if each.begins and each.ends else "begins" if each.begins else "ends" if each.ends else ""
    what = what or "goes on"
    return (
        _now(papers, each.action),
        *_front(papers, each.action),
        f"{what} (new date)" if each.new_date else what,
        say_runs(each.action.programmed) if each.action.programmed else "None",
        "\n".join(f"{_name(other)}, which is delayed" for other in each.waits_for),
    )


def block(papers: Papers, name: str, block: Block) -> Sheet:
    """Write what a block of the master lists above its grids, of every priority."""
    columns = [ListColumn(title=column.heading, share=column.width) for column in block.columns]
    listed = List(papers=papers, name=name, columns=columns)
    listed.title(name)
    listed.header(frozen=True)
    plan = papers.plan
    its = [heading for heading in plan.headings if heading.level == block.level]
    for top, group in groupby(sorted(its, key=_in_order(plan)), key=lambda heading: plan.tops[heading.ref]):
        title = next((each.title for each in plan.headings_by_ref.get(top, ()) if each.title), "")
        listed.band(" ".join(part for part in (top, title) if part))
        before = ""
        for heading in group:
            said = [heading.said(column.field) for column in block.columns]
            if heading.ref and heading.ref == before:  # another action required of the same measure
                said = ["" if c.field in ("ref", "title") else t for c, t in zip(block.columns, said, strict=True)]
                listed.keep.add(listed.row)
            listed.cells(said)
            before = heading.ref
    return listed.finish()


def _in_order(plan: Plan) -> Callable[[Heading], int]:
    """The order of the uppermost headings; below one, headings stay in their order."""
    places = {ref: place for place, ref in enumerate(dict.fromkeys(plan.tops[each.ref] for each in plan.headings))}
    return lambda heading: places[plan.tops[heading.ref]]


# --- one priority -----------------------------------------------------------------------------------------------

# Its lists share the columns of one sheet: what each says beyond the front ones is put in order for them.
_HIGHLIGHT = (
    *_FRONT,
    ListColumn(title="", share=46),
    ListColumn(title="", share=15),
    ListColumn(title="", share=15),
    ListColumn(title="", share=13),
    ListColumn(title="", share=11),
)
_FRONT_TITLES = [column.title for column in _FRONT]
_SAID = "Status / corrective action"


def highlight(papers: Papers, name: str, section: Section) -> Sheet:
    """Write the highlight report on one priority: its figures in words, then each list, of its actions alone."""
    heading = section.heading
    listed = List(papers=papers, name=name, columns=_HIGHLIGHT)
    title = " ".join(part for part in (heading.ref, heading.title) if part) if heading else name
    listed.title(f"Highlight report for {section.month.name}: {title}")
    for fact in papers.layout.facts if heading else ():
        if heading and (said := Grid.told(fact, heading)):
            listed.line(said, styles.OUTCOME)
    listed.line(section.sentence)
    if section.movement:
        listed.line(section.movement.sentence)
    listed.blank()
    listed.line("Months so far", styles.STRONG)
    for each in section.months:
        listed.line(f"{each.label}: {_in_words(papers, each)}")
    _part(listed, "Completed since the last edition", (_SAID, "Programme", "Complete since"))
    _rows(listed, [_done(papers, each) for each in section.completed], _NONE_COMPLETED, (6, 4, 5))
    _part(listed, "Exceptions", [column.title for column in _EXCEPTIONS[len(_FRONT) :]])
    _exceptions(listed, section)
    _part(listed, "Schedule of changes", ("What, and why", "Old dates", "New dates", "Approved by"))
    changes = [_in_short(_rescheduled(papers, each)) for each in section.schedule]
    _rows(listed, changes, _NONE_CHANGED, (4, 5, 6, 7))
    _part(listed, f"Coming up in {section.next_name}", ("Waits for", "Programme", "Next month it"))
    _rows(listed, [_ahead(papers, each) for each in section.coming or ()], "Nothing is planned.", (6, 5, 4))
    return listed.finish()


def _part(listed: List, words: str, titles: Sequence[str]) -> None:
    listed.blank()
    listed.line(words, styles.STRONG)
    said = [*_FRONT_TITLES, *titles]
    listed.header([*said, *[""] * (len(listed.columns) - len(said))])


def _rows(listed: List, rows: Sequence[_Cells], nothing: str, order: Sequence[int] = ()) -> None:
    """Write rows; with an `order`, the front, then the cells in this order, then blanks up to the last column."""
    if not rows:
        listed.nothing(nothing)
    for row in rows:
        said = [*row[: len(_FRONT)], *(row[at] for at in order)] if order else [*row]
        listed.cells([*said, *[""] * (len(listed.columns) - len(said))])


def _groups(
    listed: List,
    items: Sequence[_T],
    kind: Callable[[_T], _K],
    band: Callable[[_K, int], str],
    cells: Callable[[Papers, _T], _Cells],
    nothing: str,
) -> None:
    """Write items that are of one kind below a band, which says how many there are."""
    if not items:
        listed.nothing(nothing)
    for each, group in groupby(items, key=kind):
        its = list(group)
        listed.band(band(each, len(its)))
        for item in its:
            listed.cells(cells(listed.papers, item))


def _in_short(row: _Cells) -> _Cells:
    *front, what, old, new, approved, reason = row
    return (*front, joined((f"{what}.", str(reason))), old, new, approved)


def _in_words(papers: Papers, each: Tally) -> str:
    """`10 highlighted: 7 on target (70.0%), 2 one month behind (20.0%)`."""
    counted = [(papers.looks[key].words, number, each.percent[key]) for key, number in each.counts.items() if number]
    said = [f"{number} {_uncapital(words)} ({percent}%)" for words, number, percent in counted]
    return f"{each.highlighted} highlighted{': ' if said else ''}{', '.join(said)}"


# --- cells ------------------------------------------------------------------------------------------------------


def _letter(papers: Papers, standing: str | None) -> Cell:
    look = papers.looks[standing]
    return Cell(text=look.letter, style=look.style)


def _now(papers: Papers, action: Action) -> Cell:
    return _letter(papers, papers.pack.standings.get(action.row_id))


def _front(papers: Papers, action: Action) -> tuple[str, str, str]:
    return action.ref, action.action, papers.lead(action)


def _name(action: Action) -> str:
    return action.ref or action.action


def _actions(number: int) -> str:
    return f"{number} action{'' if number == 1 else 's'}"


def _uncapital(text: str) -> str:
    return text[:1].lower() + text[1:]
