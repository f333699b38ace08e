"""The parts of a zipped workbook, unpacked piece by piece and never past the caps."""

import io
import zipfile
from collections.abc import Iterator

from workbook.errors import ReadError
from workbook.read.limits import MAX_ATTRIBUTES, MAX_PARTS, MAX_TAGS, MAX_TREE, MAX_UNPACKED_BYTES, too_large

_PIECE = 1 << 16
# A file of less has too few tags to be worth counting before it is read.
_WORTH_COUNTING = 8_000_000
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1


class Archive:
    """A zip file's parts by name, whatever its case; ReadError when it is none, or a bomb.

    It may hold `times` as much as a return.
    """

    def __init__(self, data: bytes, times: int = 1) -> None:
        self.times = times
        if data.count(_ENTRY) > MAX_PARTS:
            raise too_large(f"it is packed from more than {MAX_PARTS:,} parts.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except zipfile.BadZipFile as error:
            again = "Ask for it to be sent again."
            raise ReadError("it is only part of a workbook, cut short on its way.", remedy=again) from error
        entries = self._zip.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > times * MAX_UNPACKED_BYTES:
            raise too_large(f"it is {unpacked // 1_000_000:,} MB when unpacked.")
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise ReadError("a password is needed to open it.", code="FILE_ENCRYPTED")
        if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
            raise ReadError("it is packed in a way that no spreadsheet program uses.")
        self._entries = {entry.filename.casefold(): entry for entry in entries}
        self._read = 0
        self._tree_left = MAX_TREE
        if unpacked > _WORTH_COUNTING:
            self._refuse_endless_tags()

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._entries

    @property
    def names(self) -> list[str]:
        """The names of the parts."""
        return [entry.filename for entry in self._entries.values()]

    def size(self, name: str) -> int:
        """A part's size in bytes; 0 when there is no such part."""
        entry = self._entries.get(name.casefold())
        return entry.file_size if entry else 0

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part's bytes, piece by piece; none when there is no such part. No more is read than there is in all."""
        for piece in self._pieces(name):
            self._read += len(piece)
            if self._read > self.times * MAX_UNPACKED_BYTES:
                raise too_large("its sheets are parts that are read again and again.")
            yield piece

    def grown(self, tags: int) -> None:
        """So many more tags and attributes are kept of parts that are kept whole."""
        self._tree_left -= tags
        if self._tree_left < 0:
            raise too_large(f"it holds more than {MAX_TREE:,} tags and attributes beside its cells.")

    def _pieces(self, name: str) -> Iterator[bytes]:
        entry = self._entries.get(name.casefold())
        if entry is not None:
            with self._zip.open(entry) as part:
                while piece := part.read(_PIECE):
                    yield piece

    def _refuse_endless_tags(self) -> None:
        """A few bytes of a packed file can stand for millions of cells; to count them is quicker than to read them."""
        tags = attributes = 0
        for name in self._entries:
            for piece in self._pieces(name):
                tags += piece.count(b"<")
                attributes += piece.count(b'="') + piece.count(b"='")
                most_tags, most_attributes = self.times * MAX_TAGS, self.times * MAX_ATTRIBUTES
                if tags > most_tags or attributes > most_attributes:
                    raise too_large(f"it holds more than {most_tags:,} tags, or {most_attributes:,} attributes.")
