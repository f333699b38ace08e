"""Damage to the file as a whole: its dialect, its parts, its ending, its size, and files that are something else."""

import base64
import csv
import io
import re
import zipfile
from importlib.util import find_spec

from tests.damage.desk import Desk, NotHereError, solid
from tests.damage.evidence import styled
from tests.damage.kinds import Damage, kind
from tests.damage.package import MAIN, RELATIONS, STRINGS, Package
from workbook.names import GUIDANCE_TAB, PLAN_SHEET

DIALECTS, PARTS, SIZES, OTHERS = (
    "Dialects of the format",
    "Parts that are gone",
    "Sizes",
    "Files that are something else",
)
_TAG = re.compile(r"<(/?)([A-Za-z][\w.]*)(?=[\s/>])")
_STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    f"{RELATIONS}/custom-properties": "http://purl.oclc.org/ooxml/officeDocument/relationships/customProperties",
    f"{RELATIONS}/extended-properties": "http://purl.oclc.org/ooxml/officeDocument/relationships/extendedProperties",
    RELATIONS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": (
        "http://purl.oclc.org/ooxml/officeDocument/customProperties"
    ),
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": (
        "http://purl.oclc.org/ooxml/officeDocument/extendedProperties"
    ),
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes": (
        "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes"
    ),
}
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@kind(DIALECTS, "The file is saved as Strict Open XML.")
def strict(desk: Desk) -> None:
    def translate(package: Package) -> None:
        for name in package.parts:
            if name.endswith((".xml", ".rels")):
                text = package[name]
                for old, new in _STRICT.items():
                    text = text.replace(f'"{old}"', f'"{new}"').replace(f'"{old}/', f'"{new}/')
                package[name] = text
        package.change("xl/workbook.xml", lambda text: text.replace("<workbook ", '<workbook conformance="strict" ', 1))

    desk.last.append(translate)


@kind(DIALECTS, "Every element is written with a prefix.")
def prefixed(desk: Desk) -> None:
    def prefix(package: Package) -> None:
        for name in [*package.sheet_parts, "xl/workbook.xml", "xl/styles.xml", STRINGS]:
            if name in package.parts:
                package.change(
                    name, lambda text: _TAG.sub(r"<\1x:\2", text).replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
                )

    desk.last.append(prefix)


@kind(DIALECTS, "Texts stand in the cells, not in a table of their own.")
def inline_strings(desk: Desk) -> None:
    def inline(package: Package) -> None:
        items = re.findall(r"<si>(.*?)</si>", package[STRINGS], re.DOTALL)
        for part in package.sheet_parts:
            package[part] = re.sub(
                r'(<c [^>]*?)t="s"([^>]*)><v>(\d+)</v></c>',
                lambda found: f'{found[1]}t="inlineStr"{found[2]}><is>{items[int(found[3])]}</is></c>',
                package[part],
            )
        package.remove_part(STRINGS)

    desk.last.append(inline)


@kind(DIALECTS, "Cells and rows do not say where they are.")
def cells_without_places(desk: Desk) -> None:
    def forget(package: Package) -> None:
        for tab in desk.tab_names:
            package.change(package.sheet_part(tab), _placeless)

    desk.last.append(forget)


def _placeless(text: str) -> str:
    """The sheet with an empty cell wherever one was left out, and no cell that says its place."""

    def row(found: re.Match[str]) -> str:
        cells, at = [], 0
        for cell in re.findall(r"<c [^>]*?/>|<c .*?</c>", found[2], re.DOTALL):
            place = re.search(r' r="([A-Z]+)\d+"', cell)
            assert place
            number = 0
            for letter in place[1]:
                number = number * 26 + ord(letter) - ord("A") + 1
            cells += ["<c/>"] * (number - at - 1) + [cell.replace(place[0], "", 1)]
            at = number
        return f"<row{re.sub(r' (?:r|spans)=.[^ ]*.(?= |$)', '', found[1])}>{''.join(cells)}</row>"

    rows = [int(number) for number in re.findall(r'<row r="(\d+)"', text)]
    if rows != list(range(1, len(rows) + 1)):
        raise NotHereError
    return re.sub(r"<row( [^>]*?)>(.*?)</row>", row, text, flags=re.DOTALL)


@kind(DIALECTS, "The file is a workbook with macros, named .xlsm.")
def macros(desk: Desk) -> None:
    def add(package: Package) -> None:
        package.parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0" + b"macros" * 100
        package.replace(
            "[Content_Types].xml",
            "</Types>",
            '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
        )
        package.replace(
            "[Content_Types].xml",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        )
        kind_of = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
        relation = f'<Relationship Id="rIdVba" Type="{kind_of}" Target="vbaProject.bin"/></Relationships>'
        package.replace("xl/_rels/workbook.xml.rels", "</Relationships>", relation)

    desk.last.append(add)
    desk.name = desk.name.replace(".xlsx", ".xlsm")


@kind(DIALECTS, "The file's name ends in .xls, and it is an .xlsx inside.")
def wrong_ending(desk: Desk) -> None:
    desk.name = desk.name.replace(".xlsx", ".xls")


def _without(name: str) -> Damage:
    def damage(desk: Desk) -> None:
        desk.last.append(lambda package: package.remove_part(name))

    return damage


@kind(PARTS, "The file has no styles.")
def no_styles(desk: Desk) -> None:
    _without("xl/styles.xml")(desk)


@kind(PARTS, "The file has no theme.")
def no_theme(desk: Desk) -> None:
    _without("xl/theme/theme1.xml")(desk)


@kind(PARTS, "The file has no document properties.")
def no_properties(desk: Desk) -> None:
    for name in ("docProps/app.xml", "docProps/core.xml", "docProps/custom.xml"):
        _without(name)(desk)


@kind(PARTS, "The table of texts is lost, and cells refer to it.", whole=True)
def no_strings(desk: Desk) -> None:
    _without(STRINGS)(desk)


@kind(PARTS, "A tab's part is lost from the file.", whole=True)
def no_sheet(desk: Desk) -> None:
    def lose(package: Package) -> None:
        del package.parts[package.sheet_part(desk.tab_names[0])]

    desk.last.append(lose)


@kind(PARTS, "Only the part that says what the file is made of is lost.", whole=True)
def no_content_types(desk: Desk) -> None:
    def lose(package: Package) -> None:
        del package.parts["[Content_Types].xml"]

    desk.last.append(lose)


@kind(PARTS, "The hidden sheet is removed.")
def hidden_sheet_removed(desk: Desk) -> None:
    desk.book.remove(desk.book[PLAN_SHEET])


@kind(PARTS, "The custom properties are removed.")
def custom_properties_removed(desk: Desk) -> None:
    _without("docProps/custom.xml")(desk)


@kind(PARTS, "The hidden sheet and the custom properties are removed.")
def hidden_parts_removed(desk: Desk) -> None:
    hidden_sheet_removed(desk)
    custom_properties_removed(desk)


@kind(PARTS, "The hidden sheet, the custom properties and the guidance are removed.")
def all_that_says_which_return(desk: Desk) -> None:
    hidden_parts_removed(desk)
    desk.book.remove(desk.book[GUIDANCE_TAB])


@kind(PARTS, "The hidden sheet is cut off in the middle.")
def hidden_sheet_cut(desk: Desk) -> None:
    sheet = desk.book[PLAN_SHEET]
    sheet.delete_rows(sheet.max_row // 2, sheet.max_row)


@kind(
    SIZES,
    "A cell in the last row and column is coloured, so that the sheet is as large as can be.",
    not_by=("sheetjs",),
)
def last_cell_coloured(desk: Desk) -> None:
    for tab in desk.tab_names:
        desk.sheet(tab)["XFD1048576"].fill = solid("FFFDF2")


@kind(SIZES, "The sheet says that it is as large as can be.", not_by=("sheetjs",))
def largest_dimension(desk: Desk) -> None:
    def claim(package: Package) -> None:
        for tab in desk.tab_names:
            package.change(
                package.sheet_part(tab),
                lambda text: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', text),
            )

    desk.later.append(claim)


@kind(SIZES, "Thousands of empty rows have a style.", not_by=("gnumeric",))
def styled_rows(desk: Desk) -> None:
    def style(package: Package) -> None:
        number = styled(package, "FFFDF2")
        for tab in desk.tab_names:
            first = desk.bottom(tab) + 100
            if desk.sheet(tab).max_row >= first:
                raise NotHereError
            rows = "".join(
                f'<row r="{row}" s="{number}" customFormat="1"/>' for row in (*range(first, first + 5000), 1048576)
            )
            package.replace(package.sheet_part(tab), "</sheetData>", f"{rows}</sheetData>")

    desk.later.append(style)


@kind(SIZES, "Every column has a fill, to the right end of the sheet.")
def filled_page(desk: Desk) -> None:
    def fill(package: Package) -> None:
        number = styled(package, "FFFFFF")
        for tab in desk.tab_names:
            last = max(desk.columns[tab].values())
            columns = f'<col min="{last + 5}" max="16384" width="9" style="{number}"/></cols>'
            package.replace(package.sheet_part(tab), "</cols>", columns)

    desk.later.append(fill)


def _is_now(desk: Desk, data: bytes, name: str = "") -> None:
    """Let the file be something else."""
    desk.finish = lambda _: data
    desk.name = name or desk.name


@kind(OTHERS, "The file is empty.", whole=True)
def empty_file(desk: Desk) -> None:
    _is_now(desk, b"")


@kind(OTHERS, "The file was cut short on its way.", whole=True)
def truncated(desk: Desk) -> None:
    desk.finish = lambda data: data[: len(data) * 2 // 3]


@kind(OTHERS, "Some of the file's bytes were lost on their way.", whole=True)
def bytes_lost(desk: Desk) -> None:
    def lose(data: bytes) -> bytes:
        return data[: len(data) // 3] + bytes(500) + data[len(data) // 3 + 500 :]

    desk.finish = lose


@kind(OTHERS, "The file is text.", whole=True)
def not_a_zip(desk: Desk) -> None:
    _is_now(desk, b"Dear Pat,\nplease find attached nothing at all.\n")


@kind(OTHERS, "The file is the mark that Excel leaves beside an open workbook.", whole=True)
def lock_file(desk: Desk) -> None:
    _is_now(desk, b"\x07Pat Sim" + b" " * 157, f"~${desk.name}")


@kind(OTHERS, "The file is a PDF.", whole=True)
def pdf(desk: Desk) -> None:
    _is_now(desk, b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n")


@kind(OTHERS, "The file is a picture.", whole=True)
def picture(desk: Desk) -> None:
    _is_now(desk, PIXEL)


@kind(OTHERS, "The file is a web page.", whole=True)
def html(desk: Desk) -> None:
    page = (
        "<html><body><table><tr><td>Ref</td><td>Action</td></tr><tr><td>1.1.1</td><td>G</td></tr></table></body></html>"
    )
    _is_now(desk, page.encode(), desk.name.replace(".xlsx", ".xls"))


@kind(OTHERS, "The file is the e-mail that the return was attached to.", whole=True)
def email(desk: Desk) -> None:
    def send(data: bytes) -> bytes:
        head = 'From: pat@council.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n'
        body = base64.encodebytes(data).decode()
        return f"{head}\n--x\nContent-Transfer-Encoding: base64\n\n{body}\n--x--\n".encode()

    desk.finish = send
    desk.name = desk.name.replace(".xlsx", ".eml")


def _zipped(**parts: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as stored:
        for name, text in parts.items():
            stored.writestr(zipfile.ZipInfo(name.replace("__", "/").replace("_dot_", ".")), text)
    return packed.getvalue()


@kind(OTHERS, "The file is a Word document.", whole=True)
def word_document(desk: Desk) -> None:
    _is_now(desk, _zipped(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"}))


@kind(OTHERS, "The file is a binary workbook (.xlsb).", whole=True)
def binary_workbook(desk: Desk) -> None:
    main = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    home, types = "xl/workbook.bin", "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{types}/content-types"><Override PartName="/{home}" ContentType="{main}"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{types}/relationships"><Relationship Id="rId1" '
            f'Type="{RELATIONS}/officeDocument" Target="{home}"/></Relationships>'
        ),
        home: "\x83\x01",
        "xl/worksheets/sheet1.bin": "\x81\x01",
    }
    _is_now(desk, _zipped(**parts), desk.name.replace(".xlsx", ".xlsb"))


@kind(OTHERS, "The file is a zip with the return in it.", whole=True)
def zipped(desk: Desk) -> None:
    def pack(data: bytes) -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as stored:
            stored.writestr(zipfile.ZipInfo("PS-2009-09.xlsx"), data)
        return packed.getvalue()

    desk.finish = pack
    desk.name = desk.name.replace(".xlsx", ".zip")


def _as_csv(desk: Desk, separator: str, encoding: str) -> None:
    """Let the file be one of its tabs, as a program saves it with separators; what was painted is not in it."""
    tab = desk.tab_names[0]
    written = io.StringIO(newline="")
    rows = csv.writer(written, delimiter=separator)
    for row in desk.sheet(tab).iter_rows(values_only=True):
        rows.writerow(["" if value is None else str(value) for value in row])
    _is_now(desk, written.getvalue().encode(encoding), desk.name.replace(".xlsx", ".csv"))


@kind(OTHERS, "The file is one of its tabs, saved as .csv.", whole=True)
def csv_file(desk: Desk) -> None:
    _as_csv(desk, ",", "utf-8-sig")


@kind(OTHERS, "The file is one of its tabs, saved as .csv with semicolons.", whole=True)
def csv_with_semicolons(desk: Desk) -> None:
    _as_csv(desk, ";", "cp1252")


@kind(OTHERS, "The file is a workbook that was never a return.", whole=True)
def another_workbook(desk: Desk) -> None:
    for name in desk.book.sheetnames[1:]:
        del desk.book[name]
    sheet = desk.book.worksheets[0]
    sheet.delete_rows(1, sheet.max_row)
    sheet["A1"].value = "Holidays"
    _without("docProps/custom.xml")(desk)


if find_spec("msoffcrypto"):

    @kind(OTHERS, "The file is locked with a password.", whole=True)
    def encrypted(desk: Desk) -> None:
        from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415  # not everywhere

        def lock(data: bytes) -> bytes:
            locked = io.BytesIO()
            OOXMLFile(io.BytesIO(data)).encrypt("secret", locked)
            return locked.getvalue()

        desk.finish = lock
