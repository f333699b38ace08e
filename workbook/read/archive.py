"""The parts of a zipped workbook, unpacked piece by piece and never past the caps."""

import io
import zipfile
from collections.abc import Iterator

from workbook.errors import ReadError
from workbook.read.limits import MAX_PARTS, MAX_TAGS, MAX_UNPACKED_BYTES, too_large

_PIECE = 1 << 16
# Below this a part holds too few tags to be worth counting before it is read.
_WORTH_COUNTING = 8_000_000
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1


class Archive:
    """A zip file's parts by name, whatever its case; ReadError when it is none, or a bomb."""

    def __init__(self, data: bytes) -> None:
        if data.count(_ENTRY) > MAX_PARTS:
            raise too_large(f"it is packed from more than {MAX_PARTS:,} parts.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except zipfile.BadZipFile as error:
            again = "Ask for it to be sent again."
            raise ReadError("it is only part of a workbook, cut short on its way.", remedy=again) from error
        entries = self._zip.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > MAX_UNPACKED_BYTES:
            raise too_large(f"it is {unpacked // 1_000_000:,} MB when unpacked.")
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise ReadError("a password is needed to open it.", code="FILE_ENCRYPTED")
        self._names = {entry.filename.casefold(): entry.filename for entry in entries}
        self._refuse_endless_tags([entry.filename for entry in entries if entry.file_size > _WORTH_COUNTING])

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._names

    @property
    def names(self) -> list[str]:
        """The names of the parts."""
        return list(self._names.values())

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part's bytes, piece by piece; none when there is no such part."""
        stored = self._names.get(name.casefold())
        if stored is not None:
            with self._zip.open(stored) as part:
                while piece := part.read(_PIECE):
                    yield piece

    def _refuse_endless_tags(self, names: list[str]) -> None:
        """A few bytes of a packed file can stand for millions of cells; to count them is quicker than to read them."""
        tags = 0
        for name in names:
            for piece in self.pieces(name):
                tags += piece.count(b"<")
                if tags > MAX_TAGS:
                    raise too_large(f"it holds more than {MAX_TAGS:,} tags.")
