"""Makes the queries: what a merge cannot decide, and what needs approval."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Literal

from workbook.history import in_words
from workbook.layout import Layout
from workbook.markers import read_marker
from workbook.merge.align import Key, Vote
from workbook.months import Month, format_runs, say_runs
from workbook.plan import IMPORTANCE, Action, Plan, field_name, row_to_text, value_of
from workbook.queries import Answer, Edit, Query
from workbook.reading import new_row_from_text
from workbook.record import Change
from workbook.reprogrammed import moved_to
from workbook.source import digest_id

Kind = Literal["conflict", "unread", "not theirs", "new row"]
KEEP = "Keep what the master has"
BOTH = "Take both, one below the other"
APPROVE, REFUSE = "Approve", "Refuse"
ADD, LEAVE_OUT = "Add it to the plan", "Leave it out"
_QUESTIONS: Mapping[Kind, str] = {
    "conflict": "The returns and the master differ on {what}. Which is right?",
    "unread": "What is meant for {what}?",
    "not theirs": "Officers may not change {what}. Is the change to be made?",
}
_NOT_ASKED = "{who} was not asked about this action, and says something about {what}. Is it to be taken?"
_COPIED = "{who} copied this row, and the copy says something else about {what}. Is that to be taken?"
_LONGEST_ANSWER = 60  # of a text in an answer: the whole of it stands in the column Returned


def value_query(kind: Kind, plan: Plan, key: Key, votes: Sequence[Vote], layout: Layout) -> Query:
    """A query about one value: a conflict, a cell that cannot be read, or something that is not the officer's."""
    row_id, field, month = key
    action = plan.by_row_id[row_id]
    said = sorted({_said(vote, field, layout) for vote in votes})
    about = sorted({str(vote.reported or "") for vote in votes})
    answers = (Answer(words=KEEP), *_answers(key, votes, layout))
    return Query(
        query_id=digest_id("q", kind, row_id, field, month or "", *about, *said),
        kind=kind,
        question=_question(kind, key, votes),
        places=tuple(sorted({(vote.file, vote.cell) for vote in votes})),
        row_id=row_id,
        field=field,
        month=month,
        ref=action.ref,
        action=action.action,
        lead=" / ".join(action.lead),
        in_master=_in_master(plan, key, layout),
        returned="\n".join(sorted({f"{_said(vote, field, layout)} ({_who(vote, votes)})" for vote in votes})),
        answers=answers,
        officer=_officer(action, votes),
        importance=action.importance,
        suggested=_plain_answer(kind, key, value_of(action, field, month), votes, answers, layout),
    )


def _question(kind: Kind, key: Key, votes: Sequence[Vote]) -> str:
    _, field, month = key
    what = month.name if month else f"the {field_name(field)}"
    if kind == "not theirs" and not any(vote.row == "own" for vote in votes):
        who = " and ".join(sorted({vote.recipient for vote in votes}))
        is_copied = all(vote.row == "copy" for vote in votes)
        return (_COPIED if is_copied else _NOT_ASKED).format(who=who, what=what)
    return _QUESTIONS[kind].format(what=what)


def _in_master(plan: Plan, key: Key, layout: Layout) -> str:
    """What the master has, and who said it, where the record tells."""
    row_id, field, month = key
    words = in_words(value_of(plan.by_row_id[row_id], field, month), field, layout)
    change = plan.last_changes.get(key)
    return f"{words}\n(from {change.source})" if change and change.source else words


def _answers(key: Key, votes: Sequence[Vote], layout: Layout) -> Iterator[Answer]:
    """The answers beside keeping what the master has: each value that came back, then what a cell may mean."""
    row_id, field, month = key

    def answer(words: str, value: str | None) -> Answer:
        return Answer(words=words, edits=((row_id, field, month, value),))

    told = _distinct([vote for vote in votes if vote.readable])
    short = Counter(_short(vote, field, layout) for vote in told)
    for vote in told:
        who = ", ".join(
            dict.fromkeys(_who(each, votes) for each in votes if each.value == vote.value and each.readable)
        )
        words = _short(vote, field, layout)
        yield answer(f"Take {words} ({who}{f', {vote.file}' if short[words] > 1 else ''})", vote.value)
    if field == "note" and len(notes := [vote for vote in told if vote.value]) > 1:
        yield answer(BOTH, _both(notes, votes))
    unread = [vote for vote in votes if not vote.readable]
    likely = dict.fromkeys(candidate for vote in unread for candidate in vote.candidates)
    if unread and field == "progress":
        keys = dict.fromkeys([*likely, *(status.key for status in layout.statuses)])
        yield from (answer(f"It means {in_words(each, field, layout)}", each) for each in keys)
        yield answer("It means nothing is reported", None)
    elif unread:
        yield from (answer(f"Take “{_cut(text)}”", text) for text in likely)
        yield answer("Leave it empty", None)


def _distinct(votes: Sequence[Vote]) -> list[Vote]:
    """One vote for each value, in an order of its own."""
    ordered = sorted(votes, key=lambda vote: (str(vote.value or ""), vote.file), reverse=True)
    return list({vote.value: vote for vote in ordered}.values())[::-1]


def _who(vote: Vote, votes: Sequence[Vote]) -> str:
    """Whose value it is; with the file, where several of theirs differ."""
    files = {each.file for each in votes if each.recipient == vote.recipient}
    return ", ".join(
        part for part in (vote.recipient, vote.file if len(files) > 1 or not vote.recipient else "") if part
    )


def _both(notes: Sequence[Vote], votes: Sequence[Vote]) -> str:
    """Several notes as one, each with whose it is; one that opens with a marker goes first, so that it still does."""
    ordered = sorted(notes, key=lambda vote: read_marker(vote.value or "") is None)
    return "\n".join(f"{vote.value} ({_who(vote, votes)})" for vote in ordered)


def _plain_answer(
    kind: Kind, key: Key, current: str | None, votes: Sequence[Vote], answers: Sequence[Answer], layout: Layout
) -> str:
    """The answer that nobody would doubt, in words; an empty text where somebody could mean something else.

    A word that is a slip of one status means that status, if nothing else speaks in the cell. Texts that differ by
    their spaces, case or full stops are the same, and one that holds all the others says what they say.
    """
    if kind == "unread":
        slips = {layout.palette.slip(vote.raw) if key[1] == "progress" else None for vote in votes}
        is_plain = all(vote.candidates == (slip,) for vote in votes for slip in slips)
        return next(each.words for each in answers if each.edits and each.edits[0][3] in slips) if is_plain else ""
    values = {vote.value for vote in votes if vote.readable}
    if key[1] == "progress" or None in values or any(not vote.readable for vote in votes):
        return ""
    plain = {_plain(value or "") for value in values}
    if plain == {_plain(current or "")}:
        return KEEP
    longest = max(values, key=lambda value: (len(" ".join((value or "").split())), value or ""))
    if kind == "conflict" and all(each in _plain(longest or "") for each in (*plain, _plain(current or ""))):
        return next(answer.words for answer in answers if answer.edits and answer.edits[0][3] == longest)
    return ""


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" .").casefold()


def _officer(action: Action, votes: Sequence[Vote]) -> str:
    """Who is to be asked: the action's first lead, or else who sent it."""
    return action.lead[0] if action.lead else min((vote.recipient for vote in votes), default="")


def _said(vote: Vote, field: str, layout: Layout) -> str:
    """What a return says, in words; what could not be read as it stands there, or else what it may mean."""
    if vote.readable:
        return in_words(vote.value, field, layout)
    return vote.raw or " or ".join(in_words(each, field, layout) for each in vote.candidates) or "nothing"


def _short(vote: Vote, field: str, layout: Layout) -> str:
    return _cut(_said(vote, field, layout))


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_ANSWER else f"{text[: _LONGEST_ANSWER - 1].rstrip()}…"


def new_row_query(row_id: str, votes: Sequence[Vote], layout: Layout) -> Query:
    """A query about a row that was added to a return."""
    vote = min(votes, key=lambda each: (each.file, each.cell))
    row = new_row_from_text(vote.value or "", vote.cell)
    added = Action(row_id=row_id, ref=row.ref, heading=row.heading, action=row.action, lead=row.lead)
    edits: list[Edit] = [(row_id, "row", None, row_to_text(added))]
    edits += [(row_id, name, None, text) for name, text in {"note": row.note, **row.more}.items() if text]
    # What was typed there and is no status is told in the question, and not taken.
    edits += [(row_id, "progress", month, said) for month, said in row.progress.items() if said in layout.palette]
    return Query(
        query_id=digest_id("q", "new row", row.heading, row.words),
        kind="new row",
        question="Is this row to be added to the plan?",
        places=tuple(sorted({(each.file, each.cell) for each in votes})),
        row_id=row_id,
        field="row",
        month=None,
        ref=row.ref,
        action=row.action,
        lead=" / ".join(row.lead),
        in_master="",
        returned=row.words,
        answers=(Answer(words=LEAVE_OUT), Answer(words=ADD, edits=tuple(edits))),
        officer=_officer(added, votes),
    )


def in_order(plan: Plan, queries: Iterable[Query]) -> tuple[Query, ...]:
    """The queries by the officer who is to be asked, in the order of the people, then the most important first."""
    people = {person.initials: number for number, person in enumerate(plan.people)}
    rows = {action.row_id: number for number, action in enumerate(plan.actions)}

    def order(query: Query) -> tuple[object, ...]:
        importance = query.importance.casefold()
        return (
            people.get(query.officer, len(people)),
            query.officer == "",
            query.officer,
            # What does not say is in the middle.
            IMPORTANCE.index(importance if importance in IMPORTANCE else "medium"),
            rows.get(query.row_id, len(rows)),
            _KINDS.index(query.kind),
            str(query.month or ""),
        )

    return tuple(sorted(queries, key=order))


_KINDS = ("conflict", "unread", "not theirs", "approval", "new row")


def approval_queries(plan: Plan, layout: Layout) -> list[Query]:
    """A query for each action that is proposed to be revised or suspended, all its months together."""
    queries = []
    proposed, decided = _proposals(plan)
    for action in plan.actions:
        waiting = awaiting(action, layout)
        for status in layout.statuses:
            if months := [month for month in waiting if action.progress[month] == status.key]:
                changes = {month: proposed.get((action.row_id, month), (None, None)) for month in months}
                times = sum(decided[action.row_id, month, status.key] for month in months)
                dated = plan.last_changes.get((action.row_id, "new_date", None))
                queries.append(_approval_query(action, status.key, changes, times, layout, dated))
    return queries


def _proposals(
    plan: Plan,
) -> tuple[Mapping[tuple[str, Month | None], tuple[Change, Change | None]], Counter[tuple[str, Month | None, str]]]:
    """The change that brought each month's status, with the one that took an approval away with it.

    Also how often each status of a month was decided on. A decision that puts back what stood before undoes the change
    that it goes back on; one that keeps what is there changes nothing.
    """
    stood: dict[tuple[str, Month | None], list[tuple[Change, Change | None]]] = defaultdict(list)
    decided: Counter[tuple[str, Month | None, str]] = Counter()
    for change, after in zip_longest(plan.history, plan.history[1:]):
        key = (change.row_id, change.month)
        if change.field == "approval" and change.decision and change.new:
            decided[(*key, (stood[key][-1][0].new if stood[key] else None) or "")] += 1
        if change.field != "progress" or change.old == change.new:
            continue
        if change.decision and stood[key] and stood[key][-1][0].old == change.new:
            stood[key].pop()
            decided[(*key, change.old or "")] += 1
        else:
            # An approval of what stood there before has gone with it.
            gone = after and (after.field, after.row_id, after.month, after.new) == ("approval", *key, None)
            stood[key].append((change, after if gone else None))
    return {key: changes[-1] for key, changes in stood.items() if changes}, decided


def awaiting(action: Action, layout: Layout) -> list[Month]:
    """The months in which a status waits for approval."""
    return [
        month
        for month, status in action.progress.items()
        if status in layout.palette and layout.palette[status].needs_approval and month not in action.approval
    ]


def _approval_query(
    action: Action,
    status: str,
    changes: Mapping[Month, tuple[Change | None, Change | None]],
    times: int,
    layout: Layout,
    dated: Change | None,
) -> Query:
    """Ask about the months of one status.

    `changes` are those that proposed it, and that took away an approval with it; None where the source proposed it.
    `times` is how often these months have been decided on before: what is proposed again is asked again. `dated` is the
    last change of the action's new date.
    """
    months = list(changes)
    # Refused, a month goes back to what stood there before it was proposed.
    back: list[Edit] = []
    for month, (said, gone) in changes.items():
        back.append((action.row_id, "progress", month, said.old if said else None))
        back += [(action.row_id, "approval", month, gone.old)] if gone else []
    approve: list[Edit] = [(action.row_id, "approval", month, None) for month in months]
    if layout.palette[status].new_dates:
        revised = {*action.revised, *months} if layout.has_months else {*(moved_to(action, layout) or action.revised)}
        approve += [(action.row_id, "revised", None, format_runs(revised))] if revised else []
    first = next((said for said, _ in changes.values() if said), None)
    is_dated = layout.palette[status].new_dates and not layout.has_months and action.new_date
    new_date = f", with the new date “{action.new_date}”" if is_dated else ""
    if is_dated and dated and first and dated.source == first.source:
        back.append((action.row_id, "new_date", None, dated.old))  # it came with what is refused
    return Query(
        query_id=digest_id("q", "approval", action.row_id, status, *months, *([times] if times else [])),
        kind="approval",
        question=f"Is {layout.palette.name(status)} approved for {say_runs(months)}{new_date}?",
        places=((first.source, first.cell),) if first else (),
        row_id=action.row_id,
        field="approval",
        month=months[0],
        ref=action.ref,
        action=action.action,
        lead=" / ".join(action.lead),
        in_master=f"{layout.palette.name(status)}, proposed",
        returned=action.note,
        answers=(
            Answer(words=APPROVE, edits=tuple(approve), decides="approved"),
            Answer(words=REFUSE, edits=tuple(back), decides="refused"),
        ),
        officer=_officer(action, ()),
        importance=action.importance,
    )
