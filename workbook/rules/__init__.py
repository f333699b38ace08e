"""The guidance: each rule is a sentence for the sheet, the codes of what breaks it, and its check."""

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from workbook.errors import LayoutError
from workbook.findings import Finding, in_file
from workbook.layout import Layout
from workbook.reading import Reading
from workbook.rules import approval, notes, programme, progress

Check = Callable[[Reading, Layout], Iterator[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: layouts choose it by `name`.

    `codes` are the findings that say it is broken; `check` finds those that show only once the whole return is
    read (the others are found while its cells are read).
    """

    name: str
    sentence: str
    codes: tuple[str, ...] = ()
    check: Check | None = None


RULES: tuple[Rule, ...] = (
    Rule(
        name="programme",
        sentence=programme.SENTENCE,
        codes=("PROGRAMME_CHANGED", "PROGRAMME_PAINTED_OVER"),
    ),
    Rule(
        name="colours",
        sentence=progress.SENTENCE,
        codes=(
            "NOT_REPORTED",
            "EARLIER_MONTH_CHANGED",
            "LATER_MONTH_REPORTED",
            "STATUS_UNKNOWN",
            "COLOUR_UNSURE",
            "COLOUR_CONTRADICTS_LETTER",
        ),
        check=progress.check,
    ),
    Rule(name="note", sentence=notes.HELPS),
    Rule(name="reason_and_plan", sentence=notes.REASON_AND_PLAN),
    Rule(name="marker", sentence=notes.MARKER),
    Rule(name="approval", sentence=approval.SENTENCE, codes=("APPROVAL_NEEDED",), check=approval.check),
    Rule(name="dependency", sentence=notes.DEPENDENCY),
)


def rules_of(layout: Layout) -> Sequence[Rule]:
    """The rules that a layout names, in its order; LayoutError when it names one that there is not."""
    by_name = {rule.name: rule for rule in RULES}
    for index, name in enumerate(layout.guidance):
        if name not in by_name:
            near = difflib.get_close_matches(name, by_name, n=1, cutoff=0)[0]
            raise LayoutError(f"{layout.name}: guidance[{index}]: there is no rule “{name}”; the nearest is “{near}”")
    return [by_name[name] for name in layout.guidance]


def judge(reading: Reading, layout: Layout) -> tuple[Finding, ...]:
    """What the layout's rules find in a return that was read."""
    if not reading.read:
        return ()
    checks = [rule.check for rule in rules_of(layout) if rule.check]
    return in_file(reading.file, (found for check in checks for found in check(reading, layout)))
