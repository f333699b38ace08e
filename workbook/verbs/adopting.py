"""A spreadsheet that this program did not make, read into a plan source."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from workbook.adopt import Adopted, Given, adopt_book, choices, given_by, source_of
from workbook.build.adopted import write_adopted
from workbook.errors import ReadError, UsageError
from workbook.files import as_workbook, write_all
from workbook.layout import Layout, default_layout, load_layout
from workbook.names import PLAN_SHEET
from workbook.read.cells import RawBook
from workbook.read.opening import open_book
from workbook.read.tables import sheet_tables
from workbook.read.word import open_word

_WORD = (".docx", ".docm")


def adopt(
    file: str | Path,
    output: str | Path | None = None,
    *,
    mapping: str | Path | None = None,
    layout: Layout | str | Path | None = None,
    force: bool = False,
    password: str | None = None,
) -> Adopted:
    """Find the plan in a spreadsheet of somebody's own, and write it as a plan source if an `output` is given.

    The spreadsheet may be a table in a Word document. `mapping` is a plan source that was written before, with its
    sheet “mapping” corrected. UsageError when a file cannot be read.
    """
    form = layout if isinstance(layout, Layout) else load_layout(layout) if layout else default_layout()
    given = _given(Path(mapping)) if mapping else None
    adopted = adopt_book(_opened(Path(file), password), given)
    source = source_of(adopted, form)
    adopted = replace(adopted, findings=source.findings)
    if output is not None:
        inputs: Iterable[Path] = [Path(file), *([Path(mapping)] if mapping else [])]
        title = adopted.title or Path(file).stem
        write_all(
            {as_workbook(output): lambda path: write_adopted(path, source.tables, choices(), title=title)},
            force=force,
            inputs=inputs,
        )
    return adopted


def _opened(path: Path, password: str | None = None) -> RawBook:
    try:
        book = open_word(path) if path.suffix.lower() in _WORD else open_book(path, password)
    except ReadError as error:
        raise UsageError(f"{path} cannot be read: {error} {error.remedy}") from error
    if book.sheet(PLAN_SHEET) is not None:
        raise UsageError(f"{path} was made by this program. Its plan is written as a source by:  workbook export")
    return book


def _given(path: Path) -> Given:
    table = next((each for each in sheet_tables(_opened(path)) if each.name == "mapping"), None)
    if table is None:
        raise UsageError(f"{path} has no sheet “mapping”. Give the plan source that adopt wrote, corrected.")
    try:
        return given_by(table)
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from error
