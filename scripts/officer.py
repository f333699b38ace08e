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

One JSON line is printed for each saved file. A failure is one sentence on standard error and exit status 2;
what was saved before stays. LibreOffice needs the Python that has `uno`: /usr/bin/python3 on Debian.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from copy import copy
from pathlib import Path
from typing import Any

START_SECONDS = 60.0  # for LibreOffice to answer for the first time
FILE_SECONDS = 120.0  # for one file: a program that hangs must not hang the tests
STOP_SECONDS = 15.0  # for LibreOffice to leave by itself
XLSX_FILTER = "Calc MS Excel 2007 XML"


class OfficerError(Exception):
    """Something the officer could not do, said in words that follow the file and the step."""


class _LibreOfficeBook:
    """A workbook that is open in LibreOffice."""

    def __init__(self, uno: Any, desktop: Any, group: int, folder: Path, path: Path) -> None:
        self.uno, self.folder = uno, folder
        self.sheets: dict[str, Any] = {}  # kept, because each object costs a dozen messages to and fro
        self.watchdog = threading.Timer(FILE_SECONDS, kill, [group])
        self.watchdog.daemon = True
        # A copy is opened, so that no lock file stands beside the issued one and other runs can open it too.
        copied = shutil.copyfile(path, folder / path.name)
        self.watchdog.start()
        settings = self.properties(FilterName=XLSX_FILTER)  # opened hidden it would lose its freeze panes
        self.document = desktop.loadComponentFromURL(copied.as_uri(), "_blank", 0, settings)
        if self.document is None:
            raise OfficerError("LibreOffice cannot open it as an Excel workbook")

    def properties(self, **settings: object) -> tuple[Any, ...]:
        """Wrap named settings in the structs that LibreOffice expects."""
        struct = "com.sun.star.beans.PropertyValue"
        return tuple(self.uno.createUnoStruct(struct, Name=name, Value=settings[name]) for name in settings)

    def sheet(self, tab: str) -> Any:
        """Find a tab, and unprotect it when it is first touched, as a person does whom it stops."""
        if tab not in self.sheets:
            if not self.document.Sheets.hasByName(tab):
                raise OfficerError(f"there is no tab {tab!r}")
            self.sheets[tab] = self.document.Sheets.getByName(tab)
            self.sheets[tab].unprotect("")
        return self.sheets[tab]

    def type_text(self, tab: str, cell: str, text: str) -> None:
        self.sheet(tab).getCellRangeByName(cell).setString(text)  # as text; "" empties, and the format stays

    def paint(self, tab: str, cell: str, colour: str | None) -> None:
        place = self.sheet(tab).getCellRangeByName(cell)
        if place.getIsMerged():
            place = self.widened(tab, cell)
        place.setPropertyValue("CellBackColor", -1 if colour is None else int(colour, 16))

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

    def sort(self, tab: str, area: str, by: str, descending: bool) -> None:
        cells = self.sheet(tab).getCellRangeByName(area)
        if cells.getIsMerged() or self.widened(tab, area).AbsoluteName != cells.AbsoluteName:
            # A person is shown a message here; through the API nothing would happen, silently.
            raise OfficerError(f"LibreOffice does not sort {area}, because there are merged cells in it")
        column = self.sheet(tab).getCellRangeByName(f"{by}1").CellAddress.Column
        number = column - cells.RangeAddress.StartColumn
        if not 0 <= number < cells.Columns.Count:
            raise OfficerError(f"column {by} is outside {area}")
        struct = "com.sun.star.table.TableSortField"
        field = self.uno.createUnoStruct(struct, Field=number, IsAscending=not descending)
        fields = self.uno.Any(f"[]{struct}", (field,))
        cells.sort(self.properties(SortFields=fields, ContainsHeader=False, BindFormatsToContent=True))

    def rename(self, tab: str, to: str) -> None:
        self.document.unprotect("")
        sheet = self.document.Sheets.getByName(tab)
        sheet.Name = to
        self.sheets.pop(tab, None)
        if sheet.Name != to:  # the tab just keeps its name
            raise OfficerError(f"LibreOffice does not take {to!r} as a name, or has such a tab")

    def save(self, path: Path) -> None:
        saved = self.folder / "saved.xlsx"
        self.document.storeToURL(saved.as_uri(), self.properties(FilterName=XLSX_FILTER, Overwrite=True))
        shutil.copyfile(saved, path)

    def close(self) -> None:
        self.watchdog.cancel()
        self.document.close(True)


@contextmanager
def libreoffice(soffice: str) -> Iterator[Callable[[Path], _LibreOfficeBook]]:
    """Start a LibreOffice with a profile of its own, and leave neither behind."""
    try:
        import uno  # type: ignore[import-not-found]  # noqa: PLC0415 - LibreOffice's own, without stubs
    except ImportError as error:
        raise OfficerError(f"{sys.executable} has no uno: on Debian /usr/bin/python3 may have it") from error
    with tempfile.TemporaryDirectory(prefix="officer-") as folder:
        pipe = Path(folder).name  # nobody else has it, whereas a free port can be taken meanwhile
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [soffice, profile, "--headless", "--norestore", "--nologo", "--nodefault"]
        command.append(f"--accept=pipe,name={pipe};urp;")
        desktop: Any = None
        env = os.environ | {"TMPDIR": folder}
        quiet = subprocess.DEVNULL
        # The caller chooses the program. In a session of its own it hears no Ctrl-C and is killed as a whole.
        process = subprocess.Popen(command, stdout=quiet, stderr=quiet, env=env, start_new_session=True)  # noqa: S603
        try:
            desktop = connect(uno, process, f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            yield lambda path: _LibreOfficeBook(uno, desktop, process.pid, Path(folder), path)
        finally:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave it running
            with suppress(Exception):  # it may be gone already, or go before it has answered
                desktop.terminate()
            try:
                process.wait(STOP_SECONDS if desktop else 0)
            except subprocess.TimeoutExpired:
                kill(process.pid)
                process.wait()


def kill(group: int) -> None:
    """Kill a program and all that it has started; Windows has no process groups to kill."""
    if hasattr(os, "killpg"):
        os.killpg(group, signal.SIGKILL)
    else:
        os.kill(group, signal.SIGTERM)


def connect(uno: Any, process: subprocess.Popen[bytes], address: str) -> Any:
    """Knock until LibreOffice answers, dies or has had its time; hand back its desktop."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            context = resolver.resolve(address)
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except uno.getClass("com.sun.star.uno.Exception"):
            time.sleep(0.1)
    raise OfficerError(f"LibreOffice ended at once or did not answer within {START_SECONDS:.0f} seconds")


class _OpenpyxlBook:
    """A workbook that openpyxl has loaded; cell formulas do not follow moved rows or a renamed tab."""

    def __init__(self, path: Path) -> None:
        from openpyxl import load_workbook, styles  # noqa: PLC0415 - LibreOffice does without it

        self.fill = styles.PatternFill
        self.book: Any = load_workbook(path, rich_text=True)

    def sheet(self, tab: str) -> Any:
        """Find a tab and unprotect it."""
        if tab not in self.book.sheetnames:
            raise OfficerError(f"there is no tab {tab!r}")
        self.book[tab].protection.disable()
        return self.book[tab]

    def type_text(self, tab: str, cell: str, text: str) -> None:
        place = self.sheet(tab)[cell]
        put(place, text or None, "s" if text else "n", place._style)

    def paint(self, tab: str, cell: str, colour: str | None) -> None:
        sheet = self.sheet(tab)
        area = next((area.coord for area in sheet.merged_cells.ranges if cell in area), f"{cell}:{cell}")
        for row in sheet[area]:
            for place in row:
                place.fill = self.fill("solid", fgColor=f"FF{colour}") if colour else self.fill()

    def insert_rows(self, tab: str, row: int, count: int) -> None:
        sheet = self.sheet(tab)
        with moved_rows(sheet, row, count):
            sheet.insert_rows(row, count)
            for new in range(row, row + count) if row > 1 else ():
                sheet.row_dimensions[new].height = sheet.row_dimensions[row - 1].height
                for column in range(1, sheet.max_column + 1):
                    sheet.cell(new, column)._style = copy(sheet.cell(row - 1, column)._style)

    def delete_rows(self, tab: str, row: int, count: int) -> None:
        with moved_rows(self.sheet(tab), row, -count):
            self.sheet(tab).delete_rows(row, count)

    def copy_rows(self, tab: str, source: int, target: int, count: int) -> None:
        sheet = self.sheet(tab)
        for row in range(source, source + count):
            new = row + target - source
            sheet.row_dimensions[new].height = sheet.row_dimensions[row].height
            for place in sheet[row]:
                put(sheet.cell(new, place.column), place.value, place.data_type, place._style)
        for area in list(sheet.merged_cells.ranges):
            if source <= area.min_row and area.max_row < source + count:
                copied = copy(area)
                copied.shift(row_shift=target - source)
                sheet.merge_cells(copied.coord)

    def sort(self, tab: str, area: str, by: str, descending: bool) -> None:
        cells = self.sheet(tab)[area]
        if any(place.coordinate in self.sheet(tab).merged_cells for row in cells for place in row):
            raise OfficerError(f"no spreadsheet program sorts {area}, because there are merged cells in it")
        number = [place.column_letter for place in cells[0]].index(by)
        rows = [[(place.value, place.data_type, place._style) for place in row] for row in cells]
        rows.sort(key=lambda row: sort_key(*row[number]), reverse=descending)
        rows.sort(key=lambda row: row[number][0] is None)  # at the end, whichever way is sorted
        for places, contents in zip(cells, rows, strict=True):
            for place, content in zip(places, contents, strict=True):
                put(place, *content)

    def rename(self, tab: str, to: str) -> None:
        sheet = self.book[tab]
        sheet.title = to
        if sheet.title != to:  # openpyxl numbers a name that is taken
            raise OfficerError(f"there is already a tab {to!r}")

    def save(self, path: Path) -> None:
        self.book.save(path)

    def close(self) -> None:
        self.book.close()


def put(place: Any, value: Any, data_type: str, style: Any) -> None:
    """Fill a cell, and say what the value is: openpyxl takes any text that opens with "=" as a formula."""
    place.value = value
    place.data_type, place._style = data_type, copy(style)


def sort_key(value: Any, data_type: str, _style: Any) -> tuple[bool, Any]:
    """Order numbers before words, and words without regard to capitals."""
    return (False, value or 0) if data_type == "n" else (True, str(value).casefold())


@contextmanager
def moved_rows(sheet: Any, first: int, count: int) -> Iterator[None]:
    """Let what openpyxl leaves behind follow the rows that come (or, negative, go) at a row."""
    from openpyxl.formula.translate import Translator  # noqa: PLC0415 - LibreOffice does without it

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
    formats = type(sheet.conditional_formatting)()
    for entry in sheet.conditional_formatting:
        was = entry.sqref.sorted()[0].min_row
        entry.sqref.ranges = moved(entry.sqref.sorted(), first, count)
        for rule in entry.rules if entry.sqref.ranges else ():
            way = entry.sqref.sorted()[0].min_row - was  # formulas count from the first row of the range
            formulas = (Translator(f"={formula}", f"A{was}") for formula in rule.formula)
            rule.formula = [formula.translate_formula(row_delta=way)[1:] for formula in formulas]
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


def carry_out(book: _LibreOfficeBook | _OpenpyxlBook, step: dict[str, Any]) -> None:
    """Do one step in an open workbook."""
    tab = step["sheet"]
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
            book.sort(tab, step["range"], step["by"], step.get("descending", False))
        case "copy":
            copy_rows(book, tab, set(step["rows"]), step["before"])
        case "rename":
            book.rename(tab, step["to"])
        case other:
            raise OfficerError(f"nobody knows how to {other}")


def copy_rows(book: _LibreOfficeBook | _OpenpyxlBook, tab: str, rows: set[int], before: int) -> None:
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
        first, count = found.pop() if found and row == sum(found[-1]) else (row, 0)
        found.append((first, count + 1))
    return found


def fill_in(open_book: Callable[[Path], Any], folder: Path, job: dict[str, Any]) -> None:
    """Open one workbook, do its steps and save it; every failure becomes one sentence that says where."""
    place = job["open"]
    try:
        with closing(open_book(folder / place)) as book:
            for number, step in enumerate(job["steps"], start=1):
                place = f"{job['open']}: step {number} ({json.dumps(step, ensure_ascii=False)[:200]})"
                carry_out(book, step)
            place = job["save"]
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            book.save(folder / place)
    except Exception as error:  # either program throws what it likes, and nobody wants its traceback
        reason = f"there is no {error}" if isinstance(error, KeyError) else " ".join(str(error).split())
        raise OfficerError(f"{place} failed: {reason or type(error).__name__}") from error


def main() -> None:
    """Read the command line, play the officers, and end with exit status 0 or 2."""
    parser = argparse.ArgumentParser(description="Play officers who fill in workbooks and save them.")
    parser.add_argument("steps", type=Path, metavar="STEPS.json")
    parser.add_argument("--with", dest="use", choices=("libreoffice", "openpyxl"), required=True)
    parser.add_argument("--soffice", default="soffice", metavar="PATH", help="where LibreOffice's soffice is")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # tidy up as after Ctrl-C
    try:
        jobs: list[dict[str, Any]] = json.loads(asked.steps.read_text(encoding="utf-8"))["files"]
        with nullcontext(_OpenpyxlBook) if asked.use == "openpyxl" else libreoffice(asked.soffice) as opens:
            for job in jobs:
                fill_in(opens, asked.steps.resolve().parent, job)
                print(json.dumps({"saved": job["save"], "steps": len(job["steps"])}), flush=True)
    except (OfficerError, OSError) as error:
        parser.exit(2, f"{error}.\n")
    except (KeyError, TypeError, ValueError) as error:
        parser.exit(2, f"{asked.steps} is not a list of files with steps: {error!r}.\n")
    except KeyboardInterrupt:
        parser.exit(2, "stopped before all files were saved.\n")


if __name__ == "__main__":
    main()
