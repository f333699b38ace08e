"""Bombs: small files that stand for far more than any return are refused early, and what only looks large is read.

Each is read in a process of its own, so that the time and memory that it takes are its alone.
"""

import json
import socket
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.office import Council, action, small_plan
from tests.test_xlsx import BOOK, MAIN, OFFICE, PARTS, relations
from workbook import verbs
from workbook.errors import ReadError
from workbook.names import PLAN_SHEET
from workbook.read import limits, tables, xlsx
from workbook.read.cells import RawBook, RawCell, RawSheet
from workbook.read.opening import open_book
from workbook.read.workbooks import read_return

MOST_SECONDS = 10.0  # of the processor, far above what is measured, for slow machines
MOST_MEGABYTES = 300
_HANGS = 15  # seconds of the processor, after which the system ends it
_ADDRESSES = 3_000_000_000  # bytes; a reader that goes beyond fails by itself, and does no harm

needs_proc = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by Linux alone")

# The peak is the kernel's, of this process alone: `ru_maxrss` would count the process that it was started from.
_MEASURE = f"""
import json, resource, sys, time
from pathlib import Path
import workbook.cli
from workbook.read.workbooks import read_return
resource.setrlimit(resource.RLIMIT_AS, ({_ADDRESSES}, {_ADDRESSES}))
resource.setrlimit(resource.RLIMIT_CPU, ({_HANGS}, {_HANGS}))
before = time.process_time()
reading = read_return(Path(sys.argv[1]))
seconds = time.process_time() - before
status = Path("/proc/self/status").read_text(encoding="ascii")
peak = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
print(json.dumps(dict(
    read=reading.read, codes=[each.code for each in reading.findings],
    said=[each.message for each in reading.findings][:3], actions=len(reading.actions),
    seconds=seconds, megabytes=int(peak.split()[1]) // 1000,
)))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was said of a file, and what it took to say it."""

    read: bool
    codes: list[str]
    said: list[str]
    actions: int
    seconds: float
    megabytes: int


def measured(path: Path) -> Measured:
    """Read a file in a process of its own."""
    command = [sys.executable, "-W", "error", "-c", _MEASURE, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, f"it ended with {done.returncode}: {done.stderr[-2_000:]}"
    found = Measured(**json.loads(done.stdout))
    print(f"{found.seconds:.2f} s, {found.megabytes} MB: {found.codes[:3]} {found.said[:1]}")  # noqa: T201  # with -s
    return found


def assert_cheap(found: Measured) -> None:
    assert found.megabytes < MOST_MEGABYTES, found
    assert found.seconds < MOST_SECONDS, found


# --- packing ----------------------------------------------------------------------------------------------------


_CHECKED = 500_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Much:
    """A part that says one thing very often, which takes no longer to pack than to say once."""

    before: str = ""
    each: str
    times: int
    after: str = ""

    def packed(self) -> tuple[bytes, int, int]:
        """The part deflated, its size, its check sum, but for one that is too large to be read to its end."""
        often = max(1, min(self.times, 1_000_000 // len(self.each)))
        chunk, rest = self.each.encode() * often, self.each.encode() * (self.times % often)
        pieces = [(self.before.encode(), 1), (chunk, self.times // often), (rest + self.after.encode(), 1)]
        out, size, check = b"", 0, 0
        for piece, times in pieces:
            size += len(piece) * times
            for _ in range(times if len(piece) * times < _CHECKED else 0):
                check = zlib.crc32(piece, check)
            out += _deflated(piece) * times
        return out + zlib.compressobj(wbits=-15).flush(), size, check


def _deflated(piece: bytes) -> bytes:
    """A piece of a deflated stream, which stands on nothing before it."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)


Part = str | bytes | Much


def zipped(parts: Mapping[str, Part], *, says: int | None = None) -> bytes:
    """A zip file; `says` is the size that its headers give for every part, whatever is true."""
    local, central, count = b"", b"", 0
    for name, part in parts.items():
        if isinstance(part, Much):
            packed, size, check = part.packed()
        else:
            plain = part.encode() if isinstance(part, str) else part
            packed, size, check = _deflated(plain) + b"\x03\x00", len(plain), zlib.crc32(plain)
        size = size if says is None else says
        about = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, check, len(packed), size, len(name), 0)
        central += b"PK\x01\x02" + struct.pack("<H", 20) + about + struct.pack("<HHHII", 0, 0, 0, 0, len(local))
        central += name.encode()
        local += b"PK\x03\x04" + about + name.encode() + packed
        count += 1
    end = struct.pack("<HHHHIIH", 0, 0, min(count, 0xFFFF), min(count, 0xFFFF), len(central), len(local), 0)
    return local + central + b"PK\x05\x06" + end


def sheet_of(inside: Part, before: str = "<sheetData>", after: str = "</sheetData>") -> Part:
    start, end = f'<worksheet xmlns="{MAIN}">{before}', f"{after}</worksheet>"
    if isinstance(inside, Much):
        return Much(before=start + inside.before, each=inside.each, times=inside.times, after=inside.after + end)
    assert isinstance(inside, str)
    return f"{start}{inside}{end}"


def workbook(inside: Part, **parts: Part) -> bytes:
    """A workbook with one sheet; `parts` are further ones of that kind, such as `styles`."""
    kinds = relations(worksheet="worksheets/sheet1.xml", **{kind: f"{kind}.xml" for kind in parts})
    more = {f"xl/{kind}.xml": part for kind, part in parts.items()}
    return zipped({**PARTS, "xl/worksheets/sheet1.xml": sheet_of(inside), "xl/_rels/workbook.xml.rels": kinds, **more})


PARTS_OF_ONE_SHEET = {name: part for name, part in PARTS.items() if name != "xl/worksheets/sheet1.xml"}
PAINTED = '<c s="1"/>'
GREEN_STYLES = (
    "<styleSheet><fills><fill/><fill/><fill><patternFill patternType='solid'><fgColor rgb='FF00B050'/></patternFill>"
    "</fill></fills><cellXfs><xf fillId='0'/><xf fillId='2'/></cellXfs>"
    "<dxfs><dxf><fill><patternFill><bgColor rgb='FF00B050'/></patternFill></fill></dxf></dxfs></styleSheet>"
)


def beside_the_cells(inside: Part, before: str, after: str) -> bytes:
    """A workbook whose sheet holds something else than cells."""
    kinds = relations(worksheet="worksheets/sheet1.xml", styles="styles.xml")
    return zipped(
        PARTS
        | {"xl/worksheets/sheet1.xml": sheet_of(inside, before, after)}
        | {"xl/_rels/workbook.xml.rels": kinds, "xl/styles.xml": GREEN_STYLES}
    )


def sheets(count: int, inside: Part, *, same: bool = False) -> bytes:
    """A workbook of many sheets that say the same; all of them one part, if `same`."""
    entries = "".join(f'<sheet name="S{at}" r:id="rId{1 if same else at}"/>' for at in range(1, count + 1))
    targets = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, count + 1)
    )
    parts = range(1, 2 if same else count + 1)
    return zipped(
        PARTS
        | {"xl/workbook.xml": f'<workbook xmlns:r="{OFFICE}"><sheets>{entries}</sheets></workbook>'}
        | {"xl/_rels/workbook.xml.rels": f"<Relationships>{targets}</Relationships>"}
        | {f"xl/worksheets/sheet{at}.xml": sheet_of(inside) for at in parts}
    )


def row_of(each: str, times: int) -> Much:
    return Much(before="<row>", each=each, times=times, after="</row>")


def nested(name: str, depth: int) -> str:
    return f"<{name}>" * depth + f"</{name}>" * depth


def styles_of(each: str, times: int) -> Much:
    return Much(before="<styleSheet>", each=each, times=times, after="</styleSheet>")


def strings_of(each: str, times: int, before: str = "<sst>", after: str = "</sst>") -> Much:
    return Much(before=before, each=each, times=times, after=after)


def three_large_trees() -> bytes:
    kinds = relations(worksheet="worksheets/sheet1.xml", styles="styles.xml", theme="theme.xml")
    book = Much(before=BOOK.removesuffix("</workbook>"), each='<a b="c"/>', times=490_000, after="</workbook>")
    tags = styles_of('<a b="c"/>', 490_000)
    trees: Mapping[str, Part] = {"xl/workbook.xml": book, "xl/styles.xml": tags, "xl/theme.xml": tags}
    return zipped({**PARTS, "xl/_rels/workbook.xml.rels": kinds, **trees})


def all_at_one_place(count: int, size: int) -> bytes:
    """A directory of so many parts that are all the same bytes of the file."""
    data = zipped({"xl/xxxxx": "x" * size})
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry = data[start : end - 5]
    central = b"".join(entry + f"{at:05}".encode() for at in range(count))
    most = min(count, 0xFFFF)
    return data[:start] + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, most, most, len(central), start, 0)


def many_texts(tag: str) -> str:
    pad = "x" * 150
    line = "".join(f"<c t='str'><{tag}>{{0}}-{at}{pad}</{tag}></c>" for at in range(100))
    return "".join(f"<row>{line.format(at)}</row>" for at in range(4_000))


def ods(each: str, times: int) -> bytes:
    """An OpenDocument spreadsheet whose sheet says one thing very often."""
    names = 'xmlns:office="o" xmlns:table="t" xmlns:text="x"'
    before = f"<office:document-content {names}><office:body><office:spreadsheet><table:table>"
    after = "</table:table></office:spreadsheet></office:body></office:document-content>"
    content = Much(before=before, each=each, times=times, after=after)
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


DOCUMENT_TYPE = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "' + f"&{a};" * 10 + '">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bomb:
    make: Callable[[], bytes]
    ending: str
    code: str


def bomb(make: Callable[[], bytes], *, ending: str = ".xlsx", code: str = "FILE_TOO_LARGE") -> Bomb:
    return Bomb(make=make, ending=ending, code=code)


# What a file can say that takes long to read or much to hold, and how it ends.
BOMBS: Mapping[str, Bomb] = {
    # the zip
    "4 GB of zeros": bomb(lambda: zipped(PARTS | {"xl/x": Much(each="\0" * 1_000, times=4_000_000)})),
    "a huge size declared": bomb(lambda: zipped(PARTS, says=0xFFFF_FFF0)),
    "1 GB that says it has 500 bytes": bomb(
        lambda: zipped({**PARTS_OF_ONE_SHEET, "xl/workbook.xml": Much(each="<x/>" * 250, times=1_000_000)}, says=500),
        code="FILE_UNREADABLE",
    ),
    "100,000 parts": bomb(lambda: all_at_one_place(100_000, 0)),
    "parts that lie over one another": bomb(lambda: all_at_one_place(4_999, 200_000)),
    "a workbook in a zip in a zip": bomb(
        lambda: zipped({"a.zip": zipped({"PS.xlsx": zipped(PARTS)})}), code="FILE_UNREADABLE"
    ),
    "a kind of 190 MB": bomb(
        lambda: zipped({"mimetype": Much(each="\0" * 1_000, times=190_000)}), code="FILE_UNREADABLE"
    ),
    "60 MB of junk": bomb(lambda: b"\x8b\x1f" * 30_000_000),
    # cells
    "cells with values": bomb(lambda: workbook(row_of("<c><v>1</v></c>", 1_240_000))),
    "cells with values, above the tags": bomb(lambda: workbook(row_of("<c><v>1</v></c>", 6_000_000))),
    "blank cells, above the tags": bomb(lambda: workbook(row_of("<c/>", 6_000_000))),
    "painted cells in one row": bomb(lambda: workbook(row_of(PAINTED, 4_900_000), styles=GREEN_STYLES)),
    "painted cells in 600 rows": bomb(
        lambda: workbook(Much(each="<row>" + PAINTED * 8_000 + "</row>", times=600), styles=GREEN_STYLES)
    ),
    "rows, above the tags": bomb(lambda: workbook(Much(each="<row/>", times=6_000_000))),
    "sheets below the cap for one": bomb(lambda: sheets(24, Much(each="<row/>", times=1_300_000))),
    "a sheet told 500 times": bomb(
        lambda: sheets(500, Much(each="<row/>", times=1_000_000), same=True), code="FILE_UNREADABLE"
    ),
    "5,000 sheets": bomb(lambda: sheets(5_000, "", same=True)),
    # texts
    "shared strings": bomb(lambda: workbook("", sharedStrings=strings_of("<si><t>x</t></si>", 1_200_000))),
    "long shared strings": bomb(
        lambda: workbook("", sharedStrings=strings_of(f"<si><t>{'x' * 9_000}</t></si>", 9_000))
    ),
    "one huge shared string": bomb(
        lambda: workbook("", sharedStrings=strings_of("x" * 1_000, 150_000, "<sst><si><t>", "</t></si></sst>"))
    ),
    "one huge shared string of many runs": bomb(
        lambda: workbook(
            "", sharedStrings=strings_of(f"<r><t>{'x' * 999_000}</t></r>", 190, "<sst><si>", "</si></sst>")
        )
    ),
    "one tag of 100 MB": bomb(lambda: workbook(Much(before='<row a="', each="x" * 1_000, times=100_000, after='"/>'))),
    "one comment of 100 MB": bomb(lambda: workbook(Much(before="<!--", each="x" * 1_000, times=100_000, after="-->"))),
    "one value of 100 MB": bomb(
        lambda: workbook(Much(before="<row><c><v>", each="x" * 1_000, times=100_000, after="</v></c></row>"))
    ),
    "texts in the cells": bomb(lambda: workbook(many_texts("v"))),
    "formulas in the cells": bomb(lambda: workbook(many_texts("f"))),
    # other parts
    "styles": bomb(lambda: workbook("", styles=styles_of("<a/>", 3_000_000))),
    "styles with attributes": bomb(
        lambda: workbook("", styles=styles_of("<a " + " ".join(f"a{at}='b'" for at in range(40)) + "/>", 400_000))
    ),
    "styles with texts": bomb(lambda: workbook("", styles=styles_of(f"<a>😀{'x' * 980_000}</a>", 190))),
    "three large trees": bomb(three_large_trees),
    "merged cells": bomb(
        lambda: beside_the_cells(
            Much(each='<mergeCell ref="A1:B100"/>', times=4_900_000), "<mergeCells>", "</mergeCells>"
        )
    ),
    "painted columns": bomb(
        lambda: beside_the_cells(Much(each='<col style="1"/>', times=4_900_000), "<cols>", "</cols>")
    ),
    "rules": bomb(
        lambda: beside_the_cells(
            Much(
                each='<cfRule type="cellIs" operator="equal" dxfId="0"><formula>1</formula></cfRule>', times=1_240_000
            ),
            '<conditionalFormatting sqref="A1">',
            "</conditionalFormatting>",
        )
    ),
    # nesting
    "deep in a sheet": bomb(lambda: workbook(nested("row", 200))),
    "cells in cells": bomb(lambda: workbook(f"<row>{'<c>' * 1_600_000}"), code="FILE_UNREADABLE"),
    "deep in shared strings": bomb(lambda: workbook("", sharedStrings=f"<sst>{nested('r', 200)}</sst>")),
    "deep in styles": bomb(lambda: workbook("", styles=nested("a", 200))),
    "deep in the workbook": bomb(lambda: zipped(PARTS | {"xl/workbook.xml": nested("a", 200)})),
    "deep in the relations": bomb(lambda: zipped(PARTS | {"_rels/.rels": nested("a", 200)})),
    # entities
    "a billion laughs": bomb(
        lambda: zipped(PARTS | {"xl/workbook.xml": f"{DOCUMENT_TYPE}<workbook>&j;</workbook>"}), code="FILE_UNREADABLE"
    ),
    "a billion laughs in a sheet": bomb(
        lambda: zipped(PARTS | {"xl/worksheets/sheet1.xml": f"{DOCUMENT_TYPE}<worksheet>&j;</worksheet>"}),
        code="FILE_UNREADABLE",
    ),
    # formats of numbers
    "a format of a million brackets": bomb(
        lambda: workbook(
            "<row><c><v>1</v></c></row>",
            styles=f"<styleSheet><numFmts><numFmt numFmtId='200' formatCode='{'[' * 900_000}'/></numFmts>"
            "<cellXfs><xf numFmtId='200'/></cellXfs></styleSheet>",
        ),
        code="",
    ),
    # other files
    "CSV of 60 MB": bomb(lambda: b"a,b,c,d\n" * 7_500_000, ending=".csv"),
    "CSV of blank lines": bomb(lambda: b"a,b,c,d\n" + b"\n" * 49_000_000, ending=".csv", code=""),
    "CSV of commas": bomb(lambda: b"a,b,c,d\n" + b"," * 49_000_000, ending=".csv", code=""),
    "CSV of cells": bomb(lambda: b"a,b,c,d\n" + b"x," * 24_000_000, ending=".csv"),
    "CSV of long texts": bomb(lambda: "😀,b,c,d\n".encode() + (b"x" * 999_000 + b"\n") * 49, ending=".csv", code=""),
    "xls of 60 MB": bomb(lambda: b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le") * 4_000_000, ending=".xls"),
    "xls of nothing but records": bomb(
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + b"\x3c\0\0\0" * 10_000_000,
        ending=".xls",
        code="FILE_UNREADABLE",
    ),
    "ods of cells": bomb(
        lambda: ods("<table:table-row>" + "<table:table-cell/>" * 10 + "</table:table-row>", 700_000), ending=".ods"
    ),
}


@needs_proc
@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_bomb_ends_at_once(tmp_path: Path, bomb: Bomb) -> None:
    path = tmp_path / f"PS-2009-09{bomb.ending}"
    path.write_bytes(bomb.make())
    found = measured(path)
    assert_cheap(found)
    assert not found.read
    assert len(found.codes) == 1
    if bomb.code:
        assert found.codes == [bomb.code], found


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA], ids=["bzip2", "lzma"])
def test_a_method_of_packing_that_cannot_be_unpacked_piece_by_piece_is_refused(tmp_path: Path, method: int) -> None:
    """A gigabyte of zeros is a few hundred bytes in it, and is unpacked whole whatever the file says of its size."""
    path = tmp_path / "PS-2009-09.xlsx"
    with zipfile.ZipFile(path, "w", method) as packed:
        for name, text in PARTS.items():
            packed.writestr(name, text)
    assert [each.code for each in read_return(path).findings] == ["FILE_UNREADABLE"]


# --- what only looks large --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Council:
    return Council.issuing(tmp_path_factory.mktemp("council"))


CP1, PLAN = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet4.xml"


def altered(council: Council, *changes: tuple[str, str, str]) -> bytes:
    """The return of PS, with (part, text, other text) changed."""
    with zipfile.ZipFile(council["PS"].path) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    for name, old, new in changes:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new)
    return zipped(parts)


def painted_style(council: Council) -> int:
    """The number of a style of the return that has a fill."""
    fills = open_book(council["PS"].path).sheets[1]
    assert any(cell.fill for _, _, cell in fills)
    with zipfile.ZipFile(council["PS"].path) as packed:
        styles = packed.read("xl/styles.xml").decode().partition("<cellXfs")[2]
    numbers = [int(each.partition('"')[0]) for each in styles.partition("</cellXfs>")[0].split('fillId="')[1:]]
    return next(at for at, number in enumerate(numbers) if number > 1)


def rules_over(areas: str, count: int = 1, kind: str = 'type="cellIs" operator="equal"') -> str:
    rule = f'<cfRule {kind} dxfId="0" priority="99"><formula>"none says so"</formula></cfRule>'
    return f'<conditionalFormatting sqref="{areas}">{rule * count}</conditionalFormatting>'


END = "</worksheet>"
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
VALIDATION = '<dataValidations><dataValidation type="list" sqref="A1:XFD1048576"/></dataValidations>'

# What is put into a return that changes nothing in it that is read.
LARGE_LOOKING: Mapping[str, Callable[[str], tuple[str, str, str]]] = {
    "the extent is the whole sheet": lambda _: (CP1, '<dimension ref="A1:R20"/>', '<dimension ref="A1:XFD1048576"/>'),
    "all columns are styled": lambda s: (CP1, "<cols>", f'<cols><col min="20" max="16384" style="{s}"/>'),
    "a million rows": lambda _: (CP1, "</sheetData>", "<row/>" * 1_000_000 + "</sheetData>"),
    "a million rows on lines of their own": lambda _: (CP1, "</sheetData>", "<row/>\n" * 1_000_000 + "</sheetData>"),
    "a million painted rows": lambda s: (
        CP1,
        "</sheetData>",
        "".join(f'<row r="{at}" s="{s}"/>' for at in range(21, 1_000_001)) + "</sheetData>",
    ),
    "500,000 blank cells": lambda _: (CP1, "</sheetData>", f"<row>{'<c/>' * 10_000}</row>" * 50 + "</sheetData>"),
    "a rule over the page": lambda _: (CP1, END, rules_over("A1:XFD1048576") + END),
    "a rule over whole columns": lambda _: (CP1, END, rules_over("A:XFD") + END),
    "a rule over thousands of areas": lambda _: (
        CP1,
        END,
        rules_over(" ".join(f"A{at}:Z{at}" for at in range(1, 5_000))) + END,
    ),
    "a list over the page": lambda _: (CP1, END, VALIDATION + END),
}


@needs_proc
@pytest.mark.parametrize("name", LARGE_LOOKING)
def test_what_only_looks_large_is_read(tmp_path: Path, issued: Council, name: str) -> None:
    path = tmp_path / "PS-2009-09.xlsx"
    path.write_bytes(altered(issued, LARGE_LOOKING[name](str(painted_style(issued)))))
    found = measured(path)
    assert_cheap(found)
    assert (found.read, found.actions, found.codes) == (True, 4, [])


@needs_proc
def test_a_cell_in_the_last_corner_is_read_and_named(tmp_path: Path, issued: Council) -> None:
    path = tmp_path / "PS-2009-09.xlsx"
    path.write_bytes(altered(issued, (CP1, "</sheetData>", FAR)))
    found = measured(path)
    assert_cheap(found)
    assert (found.read, found.actions, found.codes) == (True, 4, ["TEXT_OUTSIDE"])


@needs_proc
def test_a_cell_in_the_last_corner_of_the_hidden_sheet_costs_nothing(tmp_path: Path, issued: Council) -> None:
    path = tmp_path / "PS-2009-09.xlsx"
    path.write_bytes(altered(issued, (PLAN, "</sheetData>", FAR)))
    assert_cheap(measured(path))


HEAVY: Mapping[str, tuple[str, str, str]] = {
    "100,000 rules": (CP1, END, rules_over("A1:Z99", 100_000) + END),
    "120,000 areas": (CP1, END, rules_over(" ".join(["A1:A100"] * 120_000)) + END),
    "500,000 merged cells": (
        CP1,
        "</sheetData>",
        "</sheetData><mergeCells>" + '<mergeCell ref="A1:R100"/>' * 500_000 + "</mergeCells>",
    ),
    "20,000 rows with one id": (
        CP1,
        "</sheetData>",
        "".join(
            f'<row r="{at}"><c r="A{at}" t="str"><v>1.1.1</v></c><c r="B{at}" t="str"><v>r111</v></c></row>'
            for at in range(21, 20_021)
        )
        + "</sheetData>",
    ),
}


@needs_proc
@pytest.mark.parametrize("change", HEAVY.values(), ids=HEAVY)
def test_a_real_return_with_far_too_much_in_it_does_not_hang(
    tmp_path: Path, issued: Council, change: tuple[str, str, str]
) -> None:
    path = tmp_path / "PS-2009-09.xlsx"
    path.write_bytes(altered(issued, change))
    found = measured(path)
    assert_cheap(found)
    assert found.seconds < MOST_SECONDS / 3, found


@needs_proc
def test_a_return_of_2_000_rows_is_read(tmp_path: Path) -> None:
    rows = tuple(
        action(f"1.{1 + at // 1_000}.{at % 1_000 + 1}", f"Carry out step {at} of the work", "PS", "Sep Oct")
        for at in range(2_000)
    )
    council = Council.issuing(tmp_path, plan=replace(small_plan(), actions=rows))
    found = measured(council["PS"].path)
    assert_cheap(found)
    assert (found.read, found.actions, found.codes) == (True, 2_000, [])


# --- nothing is fetched -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "_rels/.rels"])
@pytest.mark.parametrize("where", ["http://example.org/x.dtd", "file:///etc/hostname", "ftp://example.org/x"])
def test_an_entity_from_elsewhere_is_refused_and_never_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, where: str
) -> None:
    def opened(*_: object, **__: object) -> None:
        raise AssertionError("something was fetched")

    outside = f'<!DOCTYPE x SYSTEM "{where}" [<!ENTITY e SYSTEM "{where}"><!ENTITY % p SYSTEM "{where}">%p;]>'
    path = tmp_path / "PS-2009-09.xlsx"
    path.write_bytes(zipped(PARTS | {name: outside + PARTS[name].replace("here", "&e;")}))
    for kind in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, kind, opened)
    reading = read_return(path)
    assert [each.code for each in reading.findings] == ["FILE_UNREADABLE"]
    assert "document type declaration" in reading.findings[0].message


def test_all_limits_are_in_one_place_and_documented() -> None:
    said = (limits.__doc__ or "").split("\n\n")[0]
    assert "absolute caps" in said
    caps = {name: value for name, value in vars(limits).items() if name.startswith("MAX_")}
    assert len(caps) >= 10
    assert all(isinstance(value, int) and value > 0 for value in caps.values())
    # A return of 2,000 rows has 10 MB unpacked and 50,000 cells: all are far above it.
    assert caps["MAX_UNPACKED_BYTES"] >= 10 * 10_000_000
    assert caps["MAX_CELLS"] >= 10 * 50_000


def test_a_master_may_hold_more_than_a_return(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    council = Council.issuing(tmp_path)
    monkeypatch.setattr(xlsx, "MAX_CELLS", 300)
    monkeypatch.setattr(tables, "MAX_CELLS", 300)
    assert [each.code for each in read_return(council["PS"].path).findings] == ["FILE_TOO_LARGE"]
    loaded = verbs.load(council.folder / "issued" / "master.xlsx")
    assert loaded.plan.actions == council.plan.actions


def test_a_table_of_the_hidden_sheet_may_be_sparse_but_not_endless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_CELLS", 100)

    def sheet(column: int) -> RawSheet:
        line = {1: RawCell(text="settings"), column: RawCell(text="x")}
        return RawSheet(name=PLAN_SHEET, visible=False, lines=dict.fromkeys(range(1, 31), line))

    def read(of: RawSheet) -> int:
        return len(tables.hidden_tables(RawBook(file="", digest="", sheets=(of,)))["settings"].rows)

    assert read(sheet(8)) == 29
    with pytest.raises(ReadError, match="most of them empty"):
        read(sheet(9))
