"""Plans as lines of text, what is true of them, and how they are drawn with openpyxl.

A line is `row | ref | action | lead | bars | word => status | note`, or `row | # section`. The bars are a letter a
period, `.` where there is none; the word is what the status column says, and the status what it means, if not itself.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from tests.adopted.case import Row

Kind = Literal["expression", "cellIs", "containsText"]
Operator = Literal["equal", "containsText"]
GREEN, AMBER, RED = "#00B050", "#FFC000", "#FF0000"
TRAFFIC = {"G": GREEN, "A": AMBER, "R": RED}
TRAFFIC_MEANS = {GREEN: "green", AMBER: "amber", RED: "red"}
NAVY, GREY, PALE = "#1F3864", "#D9D9D9", "#F2F2F2"
DARK = 3 * 128  # red, green and blue together, below which a colour is dark
SIDE = Side(style="thin", color="FFBFBFBF")
EDGE = Border(left=SIDE, right=SIDE, top=SIDE, bottom=SIDE)
WIDTHS = {"ref": 7, "action": 45, "lead": 20, "note": 40, "heading": 12}
MOMENT = datetime(2025, 1, 6, 9, 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of a plan as it stands on the sheet."""

    row: int
    section: str = ""
    ref: str = ""
    action: str = ""
    lead: str = ""
    bars: str = ""
    word: str = ""
    status: str = ""
    note: str = ""


def lines(text: str) -> tuple[Line, ...]:
    return tuple(_line([part.strip() for part in line.split("|")]) for line in text.strip().splitlines())


def _line(parts: list[str]) -> Line:
    if parts[1].startswith("#"):
        return Line(row=int(parts[0]), section=parts[1][1:].strip())
    row, ref, action, lead, bars, said, note, *_ = [*parts, "", "", "", "", ""]
    word, _, status = (part.strip() for part in said.partition("=>"))
    action = action.replace("\\n", "\n")
    return Line(row=int(row), ref=ref, action=action, lead=lead, bars=bars, word=word, status=status or word, note=note)


def truth(
    plan: Iterable[Line], first: str = "A", colours: Mapping[str, str] = TRAFFIC, means: Mapping[str, str] | None = None
) -> tuple[Row, ...]:
    """What is true of the lines, the bars beginning in the column `first`; `means` is colour to status."""
    found, section = [], ""
    for line in plan:
        section = line.section or section
        if line.section:
            continue
        filled = {letter: colours[bar] for letter, bar in barred(line, first)}
        statuses = {letter: (means or {})[colour] for letter, colour in filled.items() if colour in (means or {})}
        words = {"ref": line.ref, "action": line.action, "lead": line.lead, "status": line.status, "note": line.note}
        found.append(Row(row=line.row, filled=filled, statuses=statuses, heading=section, **words))
    return tuple(found)


def barred(line: Line, first: str) -> list[tuple[str, str]]:
    """The letters of the columns where the line has something, and what."""
    pairs = zip(letters(first, len(line.bars)), line.bars, strict=True)
    return [(letter, bar) for letter, bar in pairs if bar != "."]


def letters(first: str, count: int) -> list[str]:
    at = column_index_from_string(first)
    return [get_column_letter(at + step) for step in range(count)]


def months(first: str, year: int, month: int, count: int, step: int = 1) -> dict[str, str]:
    starts = [divmod(year * 12 + month - 1 + step * number, 12) for number in range(count)]
    return {
        letter: date(of, zero + 1, 1).isoformat()
        for letter, (of, zero) in zip(letters(first, count), starts, strict=True)
    }


def days(first: str, begin: date, count: int, step: int = 1) -> dict[str, str]:
    starts = [(begin + timedelta(days=step * number)).isoformat() for number in range(count)]
    return dict(zip(letters(first, count), starts, strict=True))


def undated(first: str, count: int) -> dict[str, str]:
    """Periods of which the sheet does not say when they are."""
    return dict.fromkeys(letters(first, count), "")


def paint(sheet: Worksheet, cells: str | Iterable[str], colour: str) -> None:
    for cell in [cells] if isinstance(cells, str) else cells:
        sheet[cell].fill = solid(colour)


def solid(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor="FF" + colour[1:])


def put(sheet: Worksheet, values: Mapping[str, object]) -> None:
    for cell, value in values.items():
        sheet[cell].value = value


def down(sheet: Worksheet, column: str, rows: Iterable[int], values: Iterable[object]) -> None:
    for row, value in zip(rows, values, strict=True):
        sheet[f"{column}{row}"].value = value


def header(sheet: Worksheet, row: int, first: str, names: Iterable[object], colour: str = NAVY) -> None:
    """Column names as people format them: bold, and white where the ground is dark."""
    names = list(names)
    ink = "FFFFFFFF" if sum(bytes.fromhex(colour[1:])) < DARK else "FF000000"
    for letter, name in zip(letters(first, len(names)), names, strict=True):
        cell = sheet[f"{letter}{row}"]
        if name is not None:
            cell.value = name
        cell.font = Font(bold=True, color=ink)
        cell.fill = solid(colour)
        cell.border = EDGE
        cell.alignment = Alignment(horizontal="center", wrap_text=True)


def over(sheet: Worksheet, row: int, first: str, names: Iterable[tuple[object, int]], colour: str = NAVY) -> None:
    """Headings of which each is merged over so many columns."""
    at = column_index_from_string(first)
    for name, count in names:
        header(sheet, row, get_column_letter(at), [name, *[None] * (count - 1)], colour)
        if count > 1:
            sheet.merge_cells(start_row=row, end_row=row, start_column=at, end_column=at + count - 1)
        at += count


def deep(sheet: Worksheet, rows: range, first: str, names: Iterable[object], colour: str = NAVY) -> None:
    """Headings that are merged down over all rows of the header."""
    names = list(names)
    header(sheet, rows[0], first, names, colour)
    for letter in letters(first, len(names)):
        sheet.merge_cells(f"{letter}{rows[0]}:{letter}{rows[-1]}")


def title(sheet: Worksheet, cell: str, text: str, merge: str = "") -> None:
    sheet[cell].value = text
    sheet[cell].font = Font(bold=True, size=16)
    if merge:
        sheet.merge_cells(merge)


def draw(
    sheet: Worksheet,
    plan: Iterable[Line],
    columns: Mapping[str, str],
    first: str = "A",
    colours: Mapping[str, str] = TRAFFIC,
    signs: Mapping[str, str] | None = None,
    sections_to: str = "",
) -> None:
    """Write the lines, and paint their bars; a section's row is merged from the first column to `sections_to`."""
    plan = tuple(plan)
    for letter in letters(first, max(len(line.bars) for line in plan)):
        sheet.column_dimensions[letter].width = 8
    for meaning, letter in columns.items():
        sheet.column_dimensions[letter].width = WIDTHS.get(meaning, 14)
    left = get_column_letter(min(column_index_from_string(letter) for letter in columns.values()))
    for line in plan:
        if line.section:
            sheet[f"{left}{line.row}"].value = line.section
            sheet[f"{left}{line.row}"].font = Font(bold=True)
            sheet[f"{left}{line.row}"].fill = solid(GREY)
            if sections_to:
                sheet.merge_cells(f"{left}{line.row}:{sections_to}{line.row}")
            continue
        said = {"ref": line.ref, "action": line.action, "lead": line.lead, "status": line.word, "note": line.note}
        for meaning, text in said.items():
            if meaning in columns and text:
                cell = sheet[f"{columns[meaning]}{line.row}"]
                cell.value = int(text) if text.isdigit() else text
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.border = EDGE
        for letter, bar in barred(line, first):
            if colours.get(bar):
                paint(sheet, f"{letter}{line.row}", colours[bar])
            if bar in (signs or {}):
                sheet[f"{letter}{line.row}"].value = (signs or {})[bar]


def legend(sheet: Worksheet, cell: str, entries: Mapping[str, str], heading: str = "") -> None:
    """A swatch and its words beside it, one under the other from `cell` on; the heading over them."""
    letter, row = cell.rstrip("0123456789"), int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    if heading:
        sheet[cell].value = heading
        row += 1
    for number, (colour, words) in enumerate(entries.items()):
        paint(sheet, f"{letter}{row + number}", colour)
        sheet[f"{letters(letter, 2)[1]}{row + number}"].value = words


def rule(
    formula: str, colour: str, kind: Kind = "expression", operator: Operator | None = None, stop: bool = False
) -> Rule:
    """A conditional format; of its solid fill Excel shows the background colour."""
    made = Rule(type=kind, operator=operator, formula=[formula], stopIfTrue=stop)
    made.dxf = DifferentialStyle(fill=PatternFill("solid", bgColor="FF" + colour[1:]))
    return made


def named(made: Workbook, formulas: Mapping[str, str]) -> None:
    """Names for formulas, whose cells without `$` are those that A1 sees."""
    for name, formula in formulas.items():
        made.defined_names[name] = DefinedName(name, attr_text=formula)


def shown(sheet: Worksheet, cells: Iterable[str], number_format: str) -> None:
    for cell in cells:
        sheet[cell].number_format = number_format


def book(*names: str) -> tuple[Workbook, list[Worksheet]]:
    made = Workbook()
    made.remove(made.worksheets[0])
    return made, [made.create_sheet(name) for name in names]


def save(made: Workbook, path: Path) -> None:
    """Write the workbook the same byte for byte every time: openpyxl would write the time of day."""
    made.properties.created = made.properties.modified = MOMENT
    raw = io.BytesIO()
    made.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                modified = f"{made.properties.modified:%Y-%m-%dT%H:%M:%SZ}".encode()
                data = data.replace(modified, f"{MOMENT:%Y-%m-%dT%H:%M:%SZ}".encode())
            new.writestr(zipfile.ZipInfo(name, (2025, 1, 6, 9, 0, 0)), data, zipfile.ZIP_DEFLATED)
