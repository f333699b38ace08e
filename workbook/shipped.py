"""Where the layouts, the examples and the officer simulator are: in the wheel, or beside the package in a clone."""

from pathlib import Path

from workbook.errors import WorkbookError


def shipped(*parts: str) -> Path:
    """The path of something shipped with the program, such as `shipped("layouts")`."""
    package = Path(__file__).parent
    for root in (package / "shipped", package.parent):
        if (path := root.joinpath(*parts)).exists():
            return path
    raise WorkbookError(f"{'/'.join(parts)} is missing from this installation; install the program again.")
