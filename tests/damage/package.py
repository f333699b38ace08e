"""A workbook as the parts of its zip, for damage that no spreadsheet library does."""

import io
import re
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRINGS = "xl/sharedStrings.xml"
_NEVER = (1980, 1, 31, 0, 0, 0)
_NUMBERED = re.compile(r"&#(\d{3,});")
_INLINE = re.compile(r'(<c [^>]*?)t="inlineStr"([^>]*)><is>(.*?)</is></c>', re.DOTALL)


class Package:
    """The parts of one workbook by name; text parts are read and written as text."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as stored:
            self.parts = {name: stored.read(name) for name in stored.namelist()}

    def to_bytes(self) -> bytes:
        """The workbook, the same bytes for the same parts."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as stored:
            for name in sorted(self.parts, key=lambda each: (each != "[Content_Types].xml", each)):
                stored.writestr(zipfile.ZipInfo(name, _NEVER), self.parts[name], zipfile.ZIP_DEFLATED)
        return packed.getvalue()

    def __getitem__(self, name: str) -> str:
        return self.parts[name].decode("utf-8")

    def __setitem__(self, name: str, text: str) -> None:
        self.parts[name] = text.encode("utf-8")

    def change(self, name: str, how: Callable[[str], str]) -> None:
        """Change a part's text; a change that does nothing is a mistake of the test."""
        changed = how(self[name])
        assert changed != self[name], f"nothing was changed in {name}"
        self[name] = changed

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace the first place of a text in a part."""
        self.change(name, lambda text: text.replace(old, new, 1))

    def sheet_part(self, sheet: str) -> str:
        """The part of the sheet of that name: openpyxl numbers them in their order."""
        names = re.findall(r"<sheet [^>]*?name=(\"[^\"]*\")", self["xl/workbook.xml"])
        return f"xl/worksheets/sheet{names.index(quoteattr(sheet)) + 1}.xml"

    @property
    def sheet_parts(self) -> list[str]:
        """The parts of all sheets."""
        return [name for name in self.parts if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]

    def write_cell(self, sheet: str, cell: str, kind: str, inside: str) -> None:
        """Give a cell another type and content, as XML; its style stays."""

        def written(found: re.Match[str]) -> str:
            attributes = re.sub(r'\s+t="\w+"', "", found[1])
            return f'<c r="{cell}"{attributes} t="{kind}">{inside}</c>'

        pattern = re.compile(rf'<c r="{cell}"([^>]*?)\s*(?:/>|>.*?</c>)', re.DOTALL)
        self.change(self.sheet_part(sheet), lambda text: pattern.sub(written, text, count=1))

    def remove_part(self, name: str) -> None:
        """Remove a part with its relation and its content type, as if it had never been there."""
        del self.parts[name]
        last = re.escape(name.rpartition("/")[2])
        for part in [each for each in self.parts if each.endswith(".rels")]:
            self[part] = re.sub(rf'<Relationship [^>]*?Target="[^"]*{last}"[^>]*?/>', "", self[part])
        self["[Content_Types].xml"] = re.sub(
            rf'<Override [^>]*?PartName="/{re.escape(name)}"[^>]*?/>', "", self["[Content_Types].xml"]
        )

    def add_part(self, name: str, text: str, kind: str, content_type: str) -> None:
        """Add a part that the workbook refers to."""
        self[name] = text
        override = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
        self.replace("[Content_Types].xml", "</Types>", override)
        target = name.removeprefix("xl/")
        relation = f'<Relationship Id="rIdNew" Type="{RELATIONS}/{kind}" Target="{target}"/></Relationships>'
        self.replace("xl/_rels/workbook.xml.rels", "</Relationships>", relation)

    def share_strings(self) -> None:
        """Put the texts into a part of their own, and their signs as they are, as Excel does and openpyxl does not."""
        numbers: dict[str, int] = {}

        def shared(found: re.Match[str]) -> str:
            number = numbers.setdefault(found[3], len(numbers))
            return f'{found[1]}t="s"{found[2]}><v>{number}</v></c>'

        for part in self.sheet_parts:
            plain = _NUMBERED.sub(lambda found: chr(int(found[1])), self[part])
            self[part] = _INLINE.sub(shared, plain)
        items = "".join(f"<si>{item}</si>" for item in numbers)
        count = f'count="{len(numbers)}" uniqueCount="{len(numbers)}"'
        text = f'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="{MAIN}" {count}>{items}</sst>'
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        self.add_part(STRINGS, text, "sharedStrings", content_type)

    def without_clock(self) -> None:
        """Put a fixed date where openpyxl wrote the time of saving."""
        self["docProps/core.xml"] = re.sub(
            r"\d{4}-\d\d-\d\dT[\d:]+Z", "2009-09-30T12:00:00Z", self["docProps/core.xml"]
        )


def text_xml(text: str) -> str:
    """Text in an element that keeps its blanks."""
    return f'<t xml:space="preserve">{escape(text)}</t>'
