"""The order in which people look refs up."""

import re

from workbook.plan import Action

_NUMBER = re.compile(r"(\d+)")


def by_ref(action: Action) -> tuple[bool, list[tuple[bool, int, str]], str]:
    """A key to sort actions by their refs, numbers by their size: 1.2 before 1.10; those without one come last."""
    parts = _NUMBER.split(action.ref.casefold())
    key = [(False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts if part.strip(". ")]
    return not action.ref, key, action.row_id
