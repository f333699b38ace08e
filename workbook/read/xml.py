"""XML as a stream or as a tree, by names without prefixes; declarations, entities and endless nesting are refused."""

from collections.abc import Callable, Iterable, Mapping
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from workbook.errors import ReadError
from workbook.read.archive import Archive
from workbook.read.limits import MAX_DEPTH, MAX_TEXT, too_large

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
_MANY = 50  # pieces of text, which the parser makes up to 8 KB long


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def stream(pieces: Iterable[bytes], start: Start, end: End, texts: list[str]) -> None:
    """Stream XML through handlers, which are given names as they are written and keep count of depth themselves.

    Text goes into the list `texts`, in as many pieces as the parser likes; the handlers empty it.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_declaration
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = texts.append
    parser.buffer_text = True
    fed = 0
    for piece in pieces:
        parser.Parse(piece, False)
        fed += len(piece)
        if fed - parser.CurrentByteIndex > MAX_TEXT + len(piece):
            raise too_large(f"it holds a tag of more than {MAX_TEXT:,} characters.")
        if len(texts) > _MANY and sum(map(len, texts)) > MAX_TEXT:
            raise too_large(f"a text of it has more than {MAX_TEXT:,} characters.")
    if fed:  # a part that is not there, or is empty, holds nothing
        parser.Parse(b"", True)


def tree(archive: Archive, part: str) -> Element | None:
    """The root of a part that is small by nature, its names without prefixes; None when there is no part."""
    builder = TreeBuilder()
    texts: list[str] = []
    depth = length = 0

    def start(name: str, said: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        check_depth(depth)
        archive.grown(1 + len(said))
        flush()
        builder.start(local(name), {local(key): said[key] for key in said if not key.startswith("xmlns")})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        flush()
        builder.end(local(name))

    def flush() -> None:
        nonlocal length
        if texts:
            text = "".join(texts)
            length += len(text)
            if length > MAX_TEXT:
                raise too_large(f"a part of it that is small by nature holds more than {MAX_TEXT:,} characters.")
            builder.data(text)
            texts.clear()

    if not archive.size(part):
        return None
    stream(archive.pieces(part), start, end, texts)
    return builder.close()


def check_depth(depth: int) -> None:
    """Refuse what is nested deeper than any spreadsheet."""
    if depth > MAX_DEPTH:
        raise too_large(f"it is nested more than {MAX_DEPTH} deep.")


def children(element: Element | None, name: str) -> list[Element]:
    """The children of that name."""
    return [child for child in element if child.tag == name] if element is not None else []


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that name, or None."""
    return next(iter(children(element, name)), None)


def attribute(element: Element | None, name: str) -> str:
    """An attribute, or an empty text."""
    return element.get(name, "") if element is not None else ""


def _refuse_declaration(*_: object) -> None:
    raise ReadError("it holds a document type declaration, which no spreadsheet program writes.")
