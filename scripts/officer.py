#!/usr/bin/env python3
"""Play the officers: open issued workbooks, do what officers do in a spreadsheet program, and save them.

    python3 officer.py STEPS.json --with libreoffice|openpyxl [--soffice PATH]

STEPS.json holds {"files": [{"open": ..., "save": ..., "steps": [...]}]}. Relative paths start from the folder
of STEPS.json. Rows are counted from 1, as on the screen; every step names its tab ("sheet") and one "do":

    type    cell, text                     text, never a number or a formula; "" is the Delete key
    paint   cell, colour                   solid fill RRGGBB, null is no fill; a merged cell is painted whole
    insert  row, values {column: text}     one new row above this one, formatted like the row above it
    delete  rows                           whole rows, numbered as before the step
    sort    range, by (column), descending no header in the range; formats go with their rows
    copy    rows, before                   copies of whole rows, inserted above another row
    rename  to                             a new name for the tab

One JSON line is printed for each saved file. A failure is one sentence on standard error and exit status 2; what
was saved before stays. LibreOffice needs the Python that has `uno`: on Debian /usr/bin/python3 with python3-uno.
"""

import argparse
import functools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from copy import copy
from pathlib import Path
from typing import Any, NoReturn

START_SECONDS = 60.0  # for LibreOffice to answer for the first time
FILE_SECONDS = 120.0  # for one file: a program that hangs must not hang the tests
STOP_SECONDS = 15.0  # for LibreOffice to leave by itself
XLSX_FILTER = "Calc MS Excel 2007 XML"

Step = dict[str, Any]


class OfficerError(Exception):
    """Something the officer could not do, said in words that follow the file and the step."""


class LibreOfficeBook:
    """A workbook that is open, hidden, in LibreOffice."""

    def __init__(self, uno: Any, process: subprocess.Popen[bytes], desktop: Any, folder: Path, path: Path) -> None:
        self.uno = uno
        self.watchdog = threading.Timer(FILE_SECONDS, os.killpg, [process.pid, signal.SIGKILL])
        self.watchdog.daemon = True
        # A copy is opened, so that no lock file stands beside the issued one and other runs can open it too.
        copied = shutil.copyfile(path, folder / path.name)
        self.watchdog.start()
        settings = self.properties(Hidden=True, FilterName=XLSX_FILTER)
        self.document = desktop.loadComponentFromURL(copied.as_uri(), "_blank", 0, settings)
        if self.document is None:
            self.watchdog.cancel()
            raise OfficerError("LibreOffice cannot open it as an Excel workbook")

    def properties(self, **settings: object) -> tuple[Any, ...]:
        """Wrap named settings in the structs that LibreOffice expects."""
        structs = tuple(self.uno.createUnoStruct("com.sun.star.beans.PropertyValue") for _ in settings)
        for struct, (name, value) in zip(structs, settings.items(), strict=True):
            struct.Name, struct.Value = name, value
        return structs

    def tabs(self) -> list[str]:
        return list(self.document.Sheets.ElementNames)

    def sheet(self, tab: str) -> Any:
        return self.document.Sheets.getByName(tab)

    def unprotect(self, tab: str) -> None:
        self.sheet(tab).unprotect("")

    def type_text(self, tab: str, cell: str, text: str) -> None:
        place = self.sheet(tab).getCellRangeByName(cell)
        if text:
            place.String = text
            return
        flags = ("VALUE", "DATETIME", "STRING", "FORMULA")  # the Delete key keeps comments and formats
        constants = (self.uno.getConstantByName(f"com.sun.star.sheet.CellFlags.{flag}") for flag in flags)
        place.clearContents(sum(constants))

    def paint(self, tab: str, cell: str, colour: str | None) -> None:
        self.widened(tab, cell).CellBackColor = -1 if colour is None else int(colour, 16)

    def widened(self, tab: str, area: str) -> Any:
        """Widen a range to the merged cells that it touches."""
        sheet = self.sheet(tab)
        cursor = sheet.createCursorByRange(sheet.getCellRangeByName(area))
        cursor.collapseToMergedArea()  # despite its name it grows
        return cursor

    def insert_rows(self, tab: str, row: int, count: int) -> None:
        self.sheet(tab).Rows.insertByIndex(row - 1, count)

    def delete_rows(self, tab: str, row: int, count: int) -> None:
        self.sheet(tab).Rows.removeByIndex(row - 1, count)

    def copy_rows(self, tab: str, source: int, target: int, count: int) -> None:
        sheet = self.sheet(tab)
        rows = sheet.createCursorByRange(sheet.getCellRangeByName(f"A{source}:A{source + count - 1}"))
        rows.expandToEntireRows()
        sheet.copyRange(sheet.getCellRangeByName(f"A{target}").CellAddress, rows.RangeAddress)

    def sort(self, tab: str, area: str, by: int, descending: bool) -> None:
        cells = self.sheet(tab).getCellRangeByName(area)
        if cells.getIsMerged() or self.widened(tab, area).AbsoluteName != cells.AbsoluteName:
            # A person is shown a message here; through the API nothing would happen, silently.
            raise OfficerError(f"LibreOffice does not sort {area}, because there are merged cells in it")
        field = self.uno.createUnoStruct("com.sun.star.table.TableSortField")
        field.Field, field.IsAscending = by, not descending
        fields = self.uno.Any("[]com.sun.star.table.TableSortField", (field,))
        how = {"SortFields": fields, "ContainsHeader": False, "IsSortColumns": False, "BindFormatsToContent": True}
        cells.sort(self.properties(**how))

    def rename(self, tab: str, to: str) -> None:
        self.document.unprotect("")
        sheet = self.sheet(tab)
        sheet.Name = to
        if sheet.Name != to:  # no exception: the tab just keeps its name
            raise OfficerError(f"LibreOffice does not take {to!r} as the name of a tab")

    def save(self, path: Path) -> None:
        self.document.storeToURL(path.as_uri(), self.properties(FilterName=XLSX_FILTER, Overwrite=True))

    def close(self) -> None:
        self.watchdog.cancel()
        self.document.close(True)


@contextmanager
def libreoffice(soffice: str) -> Iterator[Callable[[Path], LibreOfficeBook]]:
    """Start a LibreOffice with a profile of its own, and leave neither behind."""
    try:
        import uno  # type: ignore[import-not-found]  # comes with LibreOffice, without type stubs
    except ImportError as error:
        remedy = "on Debian install python3-uno and use /usr/bin/python3"
        raise OfficerError(f"this Python ({sys.executable}) has no uno: {remedy}") from error
    pipe = f"officer{uuid.uuid4().hex}"  # its name, unlike a free port, cannot be taken meanwhile
    with tempfile.TemporaryDirectory(prefix="officer-") as folder:
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [soffice, profile, "--headless", "--norestore", "--nologo", "--nodefault"]
        command.append(f"--accept=pipe,name={pipe};urp;")
        quiet = subprocess.DEVNULL
        # In a session of its own Ctrl-C does not reach it, and all its processes can be killed together.
        process = subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True)
        desktop = None
        try:
            desktop = connect(uno, process, f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            yield functools.partial(LibreOfficeBook, uno, process, desktop, Path(folder))
        finally:
            stop(process, desktop)


def connect(uno: Any, process: subprocess.Popen[bytes], address: str) -> Any:
    """Knock until LibreOffice answers, dies or has had its time; hand back its desktop."""
    local = uno.getComponentContext()
    service = "com.sun.star.bridge.UnoUrlResolver"
    resolver = local.ServiceManager.createInstanceWithContext(service, local)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            context = resolver.resolve(address)
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except uno.getClass("com.sun.star.uno.Exception"):
            time.sleep(0.1)
    raise OfficerError(f"LibreOffice ended at once or did not answer within {START_SECONDS:.0f} seconds")


def stop(process: subprocess.Popen[bytes], desktop: Any) -> None:
    """End LibreOffice, by force where it does not leave by itself."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave it running
    with suppress(Exception):  # it may be gone already, or go before it has answered
        desktop.terminate()
    try:
        process.wait(STOP_SECONDS if desktop else 0)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class OpenpyxlBook:
    """A workbook that openpyxl has loaded; cell formulas do not follow moved rows or a renamed tab."""

    def __init__(self, path: Path) -> None:
        import openpyxl

        self.book: Any = openpyxl.load_workbook(path, rich_text=True)

    def tabs(self) -> list[str]:
        return list(self.book.sheetnames)

    def unprotect(self, tab: str) -> None:
        self.book[tab].protection.disable()

    def type_text(self, tab: str, cell: str, text: str) -> None:
        place = self.book[tab][cell]
        put(place, text or None, "s" if text else "n", place._style)

    def paint(self, tab: str, cell: str, colour: str | None) -> None:
        from openpyxl.styles import PatternFill

        sheet = self.book[tab]
        area = next((area.coord for area in sheet.merged_cells.ranges if cell in area), f"{cell}:{cell}")
        for row in sheet[area]:
            for place in row:
                place.fill = PatternFill("solid", fgColor=colour) if colour else PatternFill()

    def insert_rows(self, tab: str, row: int, count: int) -> None:
        sheet = self.book[tab]
        with moved_rows(sheet, row, count):
            sheet.insert_rows(row, count)
            for new in range(row, row + count) if row > 1 else ():
                sheet.row_dimensions[new].height = sheet.row_dimensions[row - 1].height
                for column in range(1, sheet.max_column + 1):
                    sheet.cell(new, column)._style = copy(sheet.cell(row - 1, column)._style)

    def delete_rows(self, tab: str, row: int, count: int) -> None:
        with moved_rows(self.book[tab], row, -count):
            self.book[tab].delete_rows(row, count)

    def copy_rows(self, tab: str, source: int, target: int, count: int) -> None:
        sheet = self.book[tab]
        for row in range(source, source + count):
            new = row + target - source
            sheet.row_dimensions[new].height = sheet.row_dimensions[row].height
            for place in sheet[row]:
                put(sheet.cell(new, place.column), place.value, place.data_type, place._style)
        for area in list(sheet.merged_cells.ranges):
            if source <= area.min_row and area.max_row < source + count:
                area = copy(area)
                area.shift(row_shift=target - source)
                sheet.merge_cells(area.coord)

    def sort(self, tab: str, area: str, by: int, descending: bool) -> None:
        cells = self.book[tab][area]
        if any(place.coordinate in self.book[tab].merged_cells for row in cells for place in row):
            raise OfficerError(f"no spreadsheet program sorts {area}, because there are merged cells in it")
        rows = [[(place.value, place.data_type, place._style) for place in row] for row in cells]
        filled = [row for row in rows if row[by][0] is not None]
        empty = [row for row in rows if row[by][0] is None]  # at the end, whichever way is sorted
        filled.sort(key=lambda row: sort_key(*row[by]), reverse=descending)
        for places, contents in zip(cells, filled + empty, strict=True):
            for place, (value, data_type, style) in zip(places, contents, strict=True):
                put(place, value, data_type, style)

    def rename(self, tab: str, to: str) -> None:
        self.book[tab].title = to

    def save(self, path: Path) -> None:
        self.book.save(path)

    def close(self) -> None:
        self.book.close()


def put(place: Any, value: Any, data_type: str, style: Any) -> None:
    """Fill a cell, and say what the value is: openpyxl takes any text that opens with "=" as a formula."""
    place.value = value
    place.data_type = data_type
    place._style = copy(style)


def sort_key(value: Any, data_type: str, _style: Any) -> tuple[bool, Any]:
    """Order numbers before words, and words without regard to capitals."""
    return (False, value) if data_type == "n" else (True, str(value).casefold())


@contextmanager
def moved_rows(sheet: Any, first: int, count: int) -> Iterator[None]:
    """Let what openpyxl leaves behind follow the rows that come (or, negative, go) at a row."""
    from openpyxl.formatting.formatting import ConditionalFormattingList

    areas = list(sheet.merged_cells.ranges)
    for area in areas:
        sheet.unmerge_cells(area.coord)
        for row, column in area.cells:  # the new row inherits from one of these
            sheet.cell(row, column)._style = copy(area.start_cell._style)
    dimensions = dict(sheet.row_dimensions)
    sheet.row_dimensions.clear()
    for row, dimension in dimensions.items():
        if not first <= row < first - count:
            sheet.row_dimensions[row if row < first else row + count] = dimension
    yield
    for area in moved(areas, first, count):
        if area.size != {"rows": 1, "columns": 1}:
            sheet.merge_cells(area.coord)
    for validation in sheet.data_validations.dataValidation:
        validation.sqref.ranges = moved(validation.sqref.sorted(), first, count)
    formats = ConditionalFormattingList()
    for entry in sheet.conditional_formatting:
        entry.sqref.ranges = moved(entry.sqref.sorted(), first, count)
        for rule in entry.rules if entry.sqref.ranges else ():
            formats.add(str(entry.sqref), rule)
    sheet.conditional_formatting = formats


def moved(areas: list[Any], first: int, count: int) -> list[Any]:
    """Move areas as their rows move, and leave out those that have lost all their rows."""
    kept = []
    for area in areas:
        top = area.min_row if area.min_row < first else max(first, area.min_row + count)
        end = area.max_row if area.max_row < first else max(first - 1, area.max_row + count)
        if top <= end:
            area.min_row, area.max_row = top, end
            kept.append(area)
    return kept


def carry_out(book: LibreOfficeBook | OpenpyxlBook, step: Step) -> None:
    """Do one step in an open workbook."""
    tab, names = step["sheet"], book.tabs()
    if tab not in names:
        raise OfficerError(f"there is no such tab, only {', '.join(names)}")
    if step["do"] != "rename":
        book.unprotect(tab)
    match step["do"]:
        case "type":
            book.type_text(tab, step["cell"], step["text"])
        case "paint":
            book.paint(tab, step["cell"], step["colour"])
        case "insert":
            book.insert_rows(tab, step["row"], 1)
            for column, text in step.get("values", {}).items():
                book.type_text(tab, f"{column}{step['row']}", text)
        case "delete":
            for first, count in reversed(runs(step["rows"])):
                book.delete_rows(tab, first, count)
        case "sort":
            start, end = (column_number(corner) for corner in step["range"].split(":"))
            if not start <= column_number(step["by"]) <= end:
                raise OfficerError(f"column {step['by']} is outside {step['range']}")
            by = column_number(step["by"]) - start
            book.sort(tab, step["range"], by, step.get("descending", False))
        case "copy":
            copy_rows(book, tab, set(step["rows"]), step["before"])
        case "rename":
            if step["to"].casefold() in (name.casefold() for name in names if name != tab):
                raise OfficerError(f"there is already a tab {step['to']!r}")
            book.rename(tab, step["to"])
        case other:
            raise OfficerError(f"nobody knows how to {other}")


def copy_rows(book: LibreOfficeBook | OpenpyxlBook, tab: str, rows: set[int], before: int) -> None:
    """Insert copies of the rows above another row, which may push the rows themselves down."""
    book.insert_rows(tab, before, len(rows))
    target = before
    for source, count in runs([row + len(rows) if row >= before else row for row in rows]):
        book.copy_rows(tab, source, target, count)
        target += count


def runs(rows: list[int]) -> list[tuple[int, int]]:
    """Group rows into runs of neighbours, (first, count), since a person marks neighbours at once."""
    found: list[tuple[int, int]] = []
    for row in sorted(set(rows)):
        if found and row == sum(found[-1]):
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((row, 1))
    return found


def column_number(cell: str) -> int:
    """Count the column of a cell ("AB12"), or a column by itself ("AB"), from 1."""
    letters = cell.rstrip("0123456789").upper()
    return functools.reduce(lambda number, letter: number * 26 + ord(letter) - ord("A") + 1, letters, 0)


def fill_in(open_book: Callable[[Path], LibreOfficeBook | OpenpyxlBook], folder: Path, job: Step) -> None:
    """Open one workbook, do its steps and save it; every failure becomes one sentence that says where."""
    place = job["open"]
    try:
        book = open_book(folder / job["open"])
        try:
            for number, step in enumerate(job["steps"], start=1):
                place = f"{job['open']}: step {number} ({step['do']} on tab {step['sheet']})"
                carry_out(book, step)
            place = job["save"]
            (folder / job["save"]).parent.mkdir(parents=True, exist_ok=True)
            book.save(folder / job["save"])
        finally:
            book.close()
    except OfficerError as error:
        raise OfficerError(f"{place}: {error}") from error
    except KeyError as error:
        raise OfficerError(f"{place}: the step has no {error}") from error
    except Exception as error:  # either program throws whatever it likes, and here must be no traceback
        raise OfficerError(f"{place}: {' '.join(str(error).split()) or type(error).__name__}") from error


def main() -> None:
    """Read the command line, play the officers, and end with exit status 0 or 2."""
    parser = argparse.ArgumentParser(description="Play officers who fill in workbooks and save them.")
    parser.add_argument("steps", type=Path, metavar="STEPS.json")
    parser.add_argument("--with", dest="program", choices=("libreoffice", "openpyxl"), required=True)
    parser.add_argument("--soffice", default="soffice", metavar="PATH", help="where LibreOffice's soffice is")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # tidy up as after Ctrl-C
    try:
        jobs: list[Step] = json.loads(options.steps.read_text(encoding="utf-8"))["files"]
        starting = libreoffice(options.soffice) if options.program == "libreoffice" else nullcontext(OpenpyxlBook)
        with starting as open_book:
            for job in jobs:
                fill_in(open_book, options.steps.resolve().parent, job)
                print(json.dumps({"saved": job["save"], "steps": len(job["steps"])}), flush=True)
    except (OfficerError, OSError, ValueError, KeyError, TypeError) as error:
        sys.exit(failed(f"{options.steps}: {error!r}"))
    except KeyboardInterrupt:
        ...


if __name__ == "__main__":
    main()
