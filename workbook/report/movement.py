"""What has moved since the month before, and why the share on target rose or fell."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbook.layout import Layout
from workbook.months import Month
from workbook.pack import Move, Movement, Tally
from workbook.plan import Action, Plan
from workbook.report.counts import standings, tally
from workbook.report.order import by_ref
from workbook.report.summary import LABELS
from workbook.rules.progress import complete_since

NOT_HIGHLIGHTED = "not highlighted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The month before, as it was told: the plan then, how its actions stood, and how they stood by what is known now.

    `now` is empty where the plan of now has nothing of that month to compare with.
    """

    month: Month
    plan: Plan
    found: Mapping[str, str]
    now: Mapping[str, str]


def before(plan: Plan, month: Month, layout: Layout, now: Mapping[Month, Mapping[str, str]]) -> Before | None:
    """The month before that the plan's own record tells of: its last edition of an earlier month.

    A plan without such a record tells what it says itself of the month before. None in its first month.
    """
    known = [
        (edition.month, number)
        for number, edition in enumerate(plan.editions, 1)
        if edition.month is not None and edition.month < month and edition.kind != "issued"
    ]
    if known:
        last, number = max(known)
        return as_told(plan.at(number), last, layout, now)
    earlier = max((each for each in now if each < month), default=None)
    if earlier is None or not now[earlier]:
        return None
    return Before(month=earlier, plan=plan, found=now[earlier], now=now[earlier])


def as_told(plan: Plan, month: Month, layout: Layout, now: Mapping[Month, Mapping[str, str]]) -> Before:
    """A month as an earlier edition tells it."""
    found = standings(plan, month, layout, complete_since(plan, layout))
    return Before(month=month, plan=plan, found=found, now=now.get(month, {}))


def movement(plan: Plan, month: Month, layout: Layout, found: Mapping[str, str], since: Before) -> Movement:
    """What has moved between the month before and this one, action by action, in the order of how they stand now."""
    earlier = since.plan.by_row_id
    actions = {**earlier, **plan.by_row_id}
    both = [(actions[row_id], since.found.get(row_id), found.get(row_id)) for row_id in actions]
    moved = [(action, was, now) for action, was, now in both if was != now]
    moves = [Move(action=a, was=was, now=now, dropped=a.row_id not in plan.by_row_id) for a, was, now in moved]
    order = {key: place for place, key in enumerate((*tally("", (), layout).counts, None))}
    moves.sort(key=lambda move: (order[move.now], order[move.was], by_ref(move.action)))
    was, now = tally(since.month.name, since.found.values(), layout), tally(month.name, found.values(), layout)
    return Movement(
        before=since.month,
        was=was,
        now=now,
        tallies=_whereabouts(both, layout),
        moves=tuple(moves),
        same=sum(was == now is not None for _, was, now in both),
        sentence=_sentence(was, now, moves, layout),
        corrected=_corrected(was, since, layout),
    )


def words(standing: str | None, layout: Layout) -> str:
    """What a standing is called in a sentence: `green`, `awaiting approval`, `not highlighted`."""
    if standing is None:
        return NOT_HIGHLIGHTED
    return LABELS[standing].lower() if standing in LABELS else layout.palette[standing].colour


def _whereabouts(both: Sequence[tuple[Action, str | None, str | None]], layout: Layout) -> tuple[Tally, ...]:
    """How the actions of each standing of the month before stand now; those of none at the end."""
    rows = []
    for standing in (*tally("", (), layout).counts, None):
        its = [now for _, was, now in both if was == standing and (was or now)]
        if its:
            gone = its.count(None)
            label = _capital(words(standing, layout))
            label += f" ({gone} of {len(its)} not highlighted now)" if gone else ""
            rows.append(tally(label, [now for now in its if now], layout))
    return tuple(rows)


def _sentence(was: Tally, now: Tally, moves: Sequence[Move], layout: Layout) -> str:
    """Why the share of what is on target rose or fell."""
    status = next((each for each in layout.statuses if each.behind == 0), layout.statuses[0])
    key = status.counts_as
    rose = now.percent[key] - was.percent[key]
    verb = "rose" if rose > 0 else "fell" if rose < 0 else "stayed the same"
    share = f"{was.percent[key]}% ({was.counts[key]} of {was.highlighted}) in {was.label}"
    share += f" to {now.percent[key]}% ({now.counts[key]} of {now.highlighted}) in {now.label}"
    came = Counter(words(move.was, layout) for move in moves if move.now == key)
    went = Counter(_now(move, layout) for move in moves if move.was == key)
    colour = _capital(status.colour)
    said = [f"{colour} {verb}, from {share}."]
    if came:
        said.append(f"{_count(came)} became {status.colour}: {_listed(came, 'was', 'were')}.")
    if went:
        said.append(f"{_count(went)} {_be(went)} {status.colour} no more: {_listed(went, 'is', 'are')}.")
    if not came and not went:
        said.append(f"No action became {status.colour} or ceased to be.")
    return " ".join(said)


def _now(move: Move, layout: Layout) -> str:
    return "not in the plan any more" if move.dropped else f"{words(move.now, layout)} now"


def _count(found: Counter[str]) -> str:
    number = found.total()
    return f"{number} action{'' if number == 1 else 's'}"


def _be(found: Counter[str]) -> str:
    return "is" if found.total() == 1 else "are"


def _listed(found: Counter[str], one: str, many: str) -> str:
    """`3 were amber, 1 was red`."""
    return ", ".join(f"{number} {one if number == 1 else many} {what}" for what, number in found.most_common())


def _corrected(was: Tally, since: Before, layout: Layout) -> str:
    """What the month before was told as, where it is another one by what is known now."""
    if not since.now or tally("", since.now.values(), layout).counts == was.counts:
        return ""
    said = ", ".join(f"{number} {words(key, layout)}" for key, number in was.counts.items() if number)
    return (
        f"{was.label} was told as {said}, of {was.highlighted} highlighted. "
        "What came in late, was approved or was put right since then is in its row above."
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
