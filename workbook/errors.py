"""Why something could not be done at all.

What is wrong in somebody's file is never an exception: it is a `Finding`. These are for when there is
nothing to go on with, and each message is a sentence that names the place and the remedy.
"""


class WorkbookError(Exception):
    """Something could not be done; `str()` of it is a sentence for the person who asked."""


class UsageError(WorkbookError):
    """What was asked for does not hold together, or an output stands in the way."""


class LayoutError(WorkbookError):
    """A layout file does not describe a form."""


class SourceError(WorkbookError):
    """A plan source holds no plan."""


class ReadError(WorkbookError):
    """A file cannot be read at all: why, the finding that says so for a return, and what to do."""

    def __init__(self, message: str, *, code: str = "FILE_UNREADABLE", remedy: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        unlocked = "Ask for a copy that is saved without a password."
        save_as = "Open it in the program it was made with, and save it as an Excel workbook (.xlsx)."
        self.remedy = remedy or (unlocked if code == "FILE_ENCRYPTED" else save_as)


class BuildError(WorkbookError):
    """A workbook cannot be written as it should be."""


class OfficeError(WorkbookError):
    """LibreOffice is missing, or did not do what it was asked to."""
