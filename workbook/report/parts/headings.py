"""Paragraphs of the plan's settings, and tables of its headings."""

import re

from workbook.layout import Layout, Part
from workbook.plan import Plan
from workbook.views import Group, Told, ViewCell, ViewColumn

_BETWEEN_PARAGRAPHS = re.compile(r"\n\s*\n")


def text(part: Part, plan: Plan, _: Layout) -> Told:
    """The paragraphs of one setting."""
    said = plan.settings.get(part.setting, "")
    return Told(title=part.title, paragraphs=tuple(each.strip() for each in _BETWEEN_PARAGRAPHS.split(said) if each))


def listed(part: Part, plan: Plan, _: Layout) -> Told:
    """The headings of one level, one row each."""
    rows = tuple(
        tuple(ViewCell(text=heading.said(column.field)) for column in part.columns)
        for heading in plan.headings
        if heading.level == part.level
    )
    columns = tuple(ViewColumn(heading=column.heading, share=column.width) for column in part.columns)
    return Told(title=part.title, columns=columns, groups=(Group(rows=rows),) if rows else ())
