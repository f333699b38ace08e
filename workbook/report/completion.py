"""How many actions of how many are complete, as at the end of a month."""

from collections.abc import Iterable, Mapping

from workbook.completion import complete_by
from workbook.layout import Layout
from workbook.months import Month
from workbook.pack import Completion, percentage
from workbook.plan import Action


def completion(actions: Iterable[Action], month: Month, layout: Layout, since: Mapping[str, Month]) -> Completion:
    """Count what is complete by the end of a month; `since` is what `complete_since` gives."""
    actions = list(actions)
    done = sum(complete_by(action, month, since, layout) for action in actions)
    share = percentage(done, len(actions))
    words = {"actions": len(actions), "completed": share, "completed_count": done, "as_at": month.last_day}
    said = layout.sentence_completed.format(**words) if layout.sentence_completed and actions else ""
    return Completion(of=len(actions), complete=done, percent=share, sentence=said)
