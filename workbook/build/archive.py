"""The Archive tab: what was completed in earlier years, as it stood at the end of each."""

from collections.abc import Sequence

from workbook.archive import Archived, ArchivedYear
from workbook.build import styles
from workbook.build.book import Sheet
from workbook.build.textfit import MAX_ROW_HEIGHT, text_height
from workbook.layout import Layout
from workbook.months import say_runs

_COLUMNS = (
    ("Year", 9.0),
    ("Ref", 9.0),
    ("Under", 30.0),
    ("Action", 56.0),
    ("Lead", 11.0),
    ("Programme", 22.0),
    ("Last reported", 17.0),
    ("Complete since", 17.0),
    ("Status / Corrective Action", 52.0),
)
_WIDTHS = [width for _, width in _COLUMNS]
_REF = 2


def write_archive(sheet: Sheet, years: Sequence[ArchivedYear], layout: Layout) -> tuple[int, tuple[int, int]]:
    """Write the sentence of each year, the last one first, and below a table of all; its header row and last cell."""
    sheet.hide_gridlines()
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column(column, width)
    sheet.text(1, 1, "Archive: completed in earlier years", styles.TITLE)
    sheet.row(1, 26)
    years = years[::-1]
    for row, year in enumerate(years, 2):
        sheet.text(row, 1, f"{year.sentence} ({year.title}).", styles.STRONG)
    header = len(years) + 3
    for column, (name, _) in enumerate(_COLUMNS, 1):
        sheet.text(header, column, name, styles.HEADER)
    sheet.row(header, 18)
    rows = [(year, archived) for year in years for archived in year.actions]
    for row, (year, archived) in enumerate(rows, header + 1):
        texts = _texts(year, archived, layout)
        for column, text in enumerate(texts, 1):
            sheet.text(row, column, text, styles.REF if column == _REF else styles.BOXED)
        needed = max(text_height(text, [width], styles.SIZE) for text, width in zip(texts, _WIDTHS, strict=True))
        sheet.row(row, min(needed, MAX_ROW_HEIGHT))
    last = (header + len(rows), len(_COLUMNS))
    sheet.freeze(header + 1, 1)
    sheet.filter((header, 1, *last))
    sheet.allow_numbers_as_text((1, 1, *last))
    return header, last


def _texts(year: ArchivedYear, archived: Archived, layout: Layout) -> tuple[str, ...]:
    status = layout.palette.get(archived.status)
    said = status.colour if status else archived.status or ""
    return (
        year.name,
        archived.ref,
        " ".join(part for part in (archived.heading, archived.heading_title) if part),
        archived.action,
        " / ".join(archived.lead),
        say_runs(archived.programmed) if archived.programmed else "",
        f"{said}, {archived.month.name}" if archived.month else said,
        archived.complete_since.name if archived.complete_since else "",
        archived.note,
    )
