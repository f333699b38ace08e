"""The tabs of a master that list what the grid does not show: details of the source, what has changed, the archive."""

from collections.abc import Iterable, Sequence

from workbook.archive import Archived, ArchivedYear
from workbook.build import styles
from workbook.build.book import Sheet
from workbook.build.sheets import Sheets
from workbook.build.textfit import MAX_ROW_HEIGHT, text_height
from workbook.history import in_words, this_edition, what
from workbook.layout import Layout
from workbook.months import say_runs
from workbook.names import ARCHIVE_TAB, CHANGES_COLUMNS, CHANGES_TAB
from workbook.record import Change
from workbook.source import Table

_DETAIL_WIDTHS = {"action": 60.0, "ref": 9.0, "heading": 9.0, "lead": 12.0}
MOST_CHANGES = 5_000  # more than anybody reads
_CHANGE_WIDTHS = (9.0, 44.0, 12.0, 18.0, 36.0, 44.0, 24.0, 12.0)
_ARCHIVE_WIDTHS = {
    "Year": 9.0,
    "Ref": 9.0,
    "Under": 30.0,
    "Action": 56.0,
    "Lead": 11.0,
    "Programme": 22.0,
    "Last reported": 17.0,
    "Complete since": 17.0,
    "Status / Corrective Action": 52.0,
}


def details(sheets: Sheets, tables: Iterable[Table]) -> None:
    """Write a tab with what the source says of actions beyond the grid, where it says anything."""
    layout = sheets.grid.layout
    shown, always = {"heading", *layout.words}, {"ref", "heading", "action", "lead"}
    left_out = {"programmed", "note", "row_id", *(() if layout.has_months else ("programme_from",))}
    actions = next((each for each in tables if each.name == "actions"), None)
    if actions is None:
        return
    left_out |= shown - always
    used = [i for i, name in enumerate(actions.columns) if name not in left_out and any(v[i] for _, v in actions.rows)]
    if {actions.columns[i] for i in used} <= always:
        return
    titles = [actions.columns[index].replace("_", " ").capitalize() for index in used]
    widths = [_DETAIL_WIDTHS.get(actions.columns[index], 16.0) for index in used]
    _listing(
        sheets,
        sheets.grid.details_tab,
        titles,
        widths,
        [[values[index] for index in used] for _, values in actions.rows],
    )


def changes(sheets: Sheets) -> None:
    """Write a tab with what has changed in the month as at which the plan stands, where anything has."""
    changed = this_edition(sheets.grid.plan)
    rows = [_change(sheets, *each) for each in changed[:MOST_CHANGES]]
    if more := len(changed) - len(rows):
        told = f"{more:,} more {'is' if more == 1 else 'are'} not listed. `workbook history` tells them by action."
        rows.append(("", told, *[""] * (len(CHANGES_COLUMNS) - 2)))
    if rows:
        _listing(sheets, CHANGES_TAB, CHANGES_COLUMNS, _CHANGE_WIDTHS, rows)


def _change(sheets: Sheets, change: Change, who: str) -> Sequence[str]:
    plan, layout = sheets.grid.plan, sheets.grid.layout
    action = plan.by_row_id.get(change.row_id)
    return (
        action.ref if action else change.ref,
        action.action if action else "",
        " / ".join(action.lead) if action else "",
        what(change.field, change.month),
        in_words(change.old, change.field, layout),
        in_words(change.new, change.field, layout),
        "\n".join(part for part in (who, change.source) if part),
        change.cell,
    )


def archive(sheets: Sheets) -> None:
    """Write a tab with what was completed in earlier years, how many of how many in front, where there are any."""
    years = sheets.grid.plan.archive[::-1]
    if years:
        said = [f"{year.sentence} ({year.title})." for year in years]
        rows = [_archived(year, each, sheets.grid.layout) for year in years for each in year.actions]
        _listing(sheets, ARCHIVE_TAB, [*_ARCHIVE_WIDTHS], [*_ARCHIVE_WIDTHS.values()], rows, above=said)


def _archived(year: ArchivedYear, archived: Archived, layout: Layout) -> Sequence[str]:
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


def _listing(
    sheets: Sheets,
    name: str,
    titles: Sequence[str],
    widths: Sequence[float],
    rows: Sequence[Sequence[str]],
    above: Sequence[str] = (),
) -> Sheet:
    """Write a tab with one table: a header that stays in view and is printed on every page, and filter buttons.

    The lines `above` stand over it.
    """
    sheet = sheets.book.sheet(name)
    for row, line in enumerate(above, 1):
        sheet.text(row, 1, line, styles.STRONG)
    header = len(above) + 2 if above else 1
    for at, (title, width) in enumerate(zip(titles, widths, strict=True), 1):
        sheet.column(at, width)
        sheet.text(header, at, title, styles.HEADER)
    for row, values in enumerate(rows, header + 1):
        for at, value in enumerate(values, 1):
            sheet.text(row, at, value, styles.BOXED)
        needed = (text_height(value, [width], styles.SIZE) for value, width in zip(values, widths, strict=True))
        sheet.row(row, min(max(needed), MAX_ROW_HEIGHT))
        sheet.let_go(row)
    last = (len(rows) + header, len(titles))
    sheet.freeze(header + 1, 1)
    sheet.filter((header, 1, *last))
    sheet.allow_numbers_as_text((1, 1, *last))
    sheets.finish(sheet, name, repeat=(header, header), last=last)
    return sheet
