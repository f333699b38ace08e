"""Builds the monthly improvement-plan workbook, and reads back what officers return.

The verbs of the command line as functions on plain objects: `new`, `read`, `load`, `load_all`, `load_layout`, `build`,
`issue`, `check`, `merge`, `write_merged`, `status`, `pack`, `reminders`, `history`, `earlier`, `rollup`,
`write_corporate`, `rollover`, `export`, `adopt`.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook.errors import WorkbookError
    from workbook.layout import load_layout
    from workbook.months import Month
    from workbook.plan import Plan
    from workbook.verbs import (
        adopt,
        build,
        check,
        export,
        issue,
        load,
        load_all,
        merge,
        new,
        pack,
        read,
        reminders,
        rollover,
        rollup,
        status,
        write_corporate,
        write_merged,
    )

__all__ = [
    "Month",
    "Plan",
    "WorkbookError",
    "adopt",
    "build",
    "check",
    "earlier",
    "export",
    "history",
    "issue",
    "load",
    "load_all",
    "load_layout",
    "merge",
    "new",
    "pack",
    "read",
    "reminders",
    "rollover",
    "rollup",
    "status",
    "write_corporate",
    "write_merged",
]

_HOMES = {
    "Month": "months",
    "Plan": "plan",
    "WorkbookError": "errors",
    "load_layout": "layout",
}


class _Package(ModuleType):
    """This package: `read`, `build` and `merge` are verbs here, though there are subpackages of these names."""

    def __setattr__(self, name: str, value: object) -> None:
        """Keep the verb when a subpackage of its name is imported; the subpackage stays importable by its path."""
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> object:
    """Import what is asked for when it is first asked for: the libraries behind the verbs are slow to load."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'verbs')}"), name)
