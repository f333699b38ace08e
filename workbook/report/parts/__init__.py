"""The parts of a report tab: each is found from the plan's own data, as at its edition."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from workbook.layout import Layout, Part
from workbook.plan import Plan
from workbook.report.parts import checkpoints, headings, served, year
from workbook.views import Reports, Told

_Finder = Callable[[Part, Plan, Layout], Told]
_FINDERS: Mapping[str, _Finder] = {
    "text": headings.text,
    "headings": headings.listed,
    "recommendation": served.served,
    "checkpoints": checkpoints.checkpoints,
    "achievements": year.achievements,
    "completion": year.completion,
    "carried": year.carried,
    "ahead": year.ahead,
}


def reports(plan: Plan, layout: Layout) -> Reports:
    """What every report tab of a form tells; a part that has nothing to tell is left out."""
    found = {}
    for spec in layout.tabs:
        if spec.shows == "report":
            parts = (replace(_FINDERS[part.shows](part, plan, layout), title=part.title) for part in spec.parts)
            found[spec.title] = tuple(each for each in parts if each.paragraphs or each.bullets or each.groups)
    return found
