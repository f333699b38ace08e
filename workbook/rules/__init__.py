"""The guidance: each rule is a sentence for the sheet, the codes of what breaks it, its check, and examples."""

import difflib
from collections.abc import Sequence

from workbook.errors import LayoutError
from workbook.findings import Finding, in_file
from workbook.layout import Layout
from workbook.reading import Reading
from workbook.rules import approval, dates, dependency, lateness, markers, new_date, notes, programme, progress
from workbook.rules.rule import Case, Rule, Standing

__all__ = ["RULES", "Rule", "Standing", "judge", "rules_of"]

RULES: tuple[Rule, ...] = (
    programme.RULE,
    dates.RULE,
    progress.RULE,
    progress.STATUS_RULE,
    lateness.RULE,
    notes.HELP_RULE,
    notes.RULE,
    markers.RULE,
    new_date.RULE,
    approval.RULE,
    dependency.RULE,
    dates.MOVES,
)


def rules_of(layout: Layout) -> Sequence[Rule]:
    """The rules that a layout names and has the columns for, in its order; LayoutError when there is none of a name."""
    by_name = {rule.name: rule for rule in RULES}
    for index, name in enumerate(layout.guidance):
        if name not in by_name:
            near = difflib.get_close_matches(name, by_name, n=1, cutoff=0)[0]
            raise LayoutError(f"{layout.name}: guidance[{index}]: there is no rule “{name}”; the nearest is “{near}”")
    # One that is about a column that the form does not have would be a sentence about nothing.
    return [rule for rule in map(by_name.__getitem__, layout.guidance) if {*rule.needs} <= {*layout.words}]


def judge(reading: Reading, layout: Layout, standing: Standing) -> tuple[Finding, ...]:
    """What the layout's rules find in a return that was read, of a plan as it stands with all returns."""
    if not reading.read or reading.month is None:
        return ()
    case = Case(reading=reading, month=reading.month, layout=layout, standing=standing)
    checks = [rule.check for rule in rules_of(layout) if rule.check]
    return in_file(reading.file, (found for check in checks for found in check(case)))
