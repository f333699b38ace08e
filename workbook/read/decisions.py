"""The decisions that were filled in in a queries workbook, as plain rows by query."""

from collections.abc import Mapping
from pathlib import Path

from workbook.errors import ReadError
from workbook.names import QUERIES_SHEET, QUERY_COLUMNS
from workbook.queries import Decision
from workbook.read.cells import RawSheet
from workbook.read.opening import open_book
from workbook.refs import a1


def read_decisions(path: Path, password: str | None = None) -> Mapping[str, Decision]:
    """Each query's decision by the query's id; when the file is no queries workbook."""
    book = open_book(path, password)
    sheet = book.sheet(QUERIES_SHEET)
    columns = _columns(sheet) if sheet else {}
    if sheet is None or "Query" not in columns or "Decision" not in columns:
        why = f"it has no sheet “{QUERIES_SHEET}” with the columns Query and Decision in its first row."
        raise ReadError(why, remedy="Give the queries workbook that `merge --queries` wrote.")
    decisions: dict[str, Decision] = {}
    for row in sheet.rows[1:]:
        said = {name: sheet[row, column].text for name, column in columns.items()}
        if said["Query"]:
            decisions[said["Query"]] = Decision(
                answer=said["Decision"],
                by=said.get("Decided by", ""),
                on=said.get("Date", ""),
                minute=said.get("Minute", ""),
                comment=said.get("Comment", ""),
                file=path.name,
                sheet=sheet.name,
                cell=a1(row, columns["Decision"]),
            )
    return decisions


def _columns(sheet: RawSheet) -> dict[str, int]:
    """The columns of the first row that are ours, by name."""
    first = sheet.rows[0] if sheet.rows else 1
    found = {sheet[first, column].text: column for column in sheet.columns.get(first, [])}
    return {name: found[name] for name in QUERY_COLUMNS if name in found}
