"""The fuzz target: returns that are damaged at random are read without a traceback, a hang, or a silent loss.

`python -m tests.fuzz --minutes 10` runs it for longer than the tests do, with other cases each time.
"""

import argparse
import io
import re
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.office import OVERLAY, TWO_BANDS, Council
from workbook.findings import CATALOGUE
from workbook.layout import Layout
from workbook.read.workbooks import read_return
from workbook.reading import Reading

SECONDS = 5.0  # for one file; a small return takes a hundredth of it
FILE_CODES = frozenset(code for code, entry in CATALOGUE.items() if entry.about == CATALOGUE["FILE_UNREADABLE"].about)
ODD = (
    *("", "0", "-1", "1", "2", "99", "1048577", "4294967296", "-99999999999999999999", "1e308", "-1e999", "NaN", "inf"),
    *("²", "٣", "１", "TRUE", "x", "A1", "$A$1", "XFD1048576", "A0", "ZZZ9", "A1:XFD1048576", "A1 B2:C3 #REF!", "B:A"),
    *("rId1", "rId99", "../../x", "/xl/workbook.xml", "visible", "veryHidden", "s", "str", "inlineStr", "e", "d", "b"),
    *(
        "_xD800_",
        "_x0000_",
        "\u202e",
        "😀",
        "Ｇ",
        "&lt;",
        "=1+1",
        "x" * 5_000,
        "9" * 5_000,
        "((((((((",
        '"',
        "[[[[",
        "%",
    ),
    *("2009-13", "9999-12", "0000-01", "2009-07..2009-01", "1.1.1", "r111", "section", "programme", "progress"),
)
_TAG = re.compile(r"<[^<>]+>")
_ATTRIBUTE = re.compile(r'(?<==")[^"<>]*(?=")')
_TEXT = re.compile(r"(?<=>)[^<>]+(?=<)")
_ELEMENT = re.compile(r"<(\w+)\b[^<>]*?(?:/>|>[^<>]*</\1>)")
_ROW = re.compile(r"<row\b.*?</row>", re.DOTALL)


class HangError(BaseException):
    """A file took far too long; no `except Exception` of the reader's swallows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A return that is damaged: its bytes, its ending, the desk that it is of."""

    data: bytes
    ending: str
    council: Council

    @property
    def rows(self) -> frozenset[str]:
        """The ids of the rows that were issued in it."""
        return frozenset(self.council["PS"].issued.rows)


def samples(folder: Path) -> list[Sample]:
    """Small returns in both forms, filled in; one as text."""
    return [each for layout in (TWO_BANDS, OVERLAY) for each in _of(layout, folder / layout.bands)]


def _of(layout: Layout, folder: Path) -> Iterator[Sample]:
    council = Council.issuing(folder, layout)
    blank = council["PS"].path.read_bytes()
    yield Sample(data=blank, ending=".xlsx", council=council)
    officer = (
        council["PS"].type("1.1.2", "Sep", "A").paint("1.1.1", "Sep", "00B050").type("1.1.3", "note", "Late. We ask.")
    )
    yield Sample(data=_without_clock(officer.send().read_bytes()), ending=".xlsx", council=council)
    yield Sample(data=_as_text(council), ending=".csv", council=council)


def _without_clock(data: bytes) -> bytes:
    """A workbook of openpyxl's without the time at which it was saved."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts["docProps/core.xml"] = re.sub(
        rb"20\d\d-\d\d-\d\dT[\d:]+Z", b"2009-09-01T00:00:00Z", parts["docProps/core.xml"]
    )
    return _packed(parts)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, part in parts.items():
            packed.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _as_text(council: Council) -> bytes:
    """The tab of a return as Excel saves it as CSV."""
    import csv  # noqa: PLC0415  # here alone

    from workbook.read.opening import open_book  # noqa: PLC0415  # here alone

    sheet = open_book(council["PS"].path).sheets[1]
    file = io.StringIO(newline="")
    width = max(columns[-1] for columns in sheet.columns.values())
    csv.writer(file).writerows(
        [sheet[row, column].text for column in range(1, width + 1)] for row in range(1, sheet.rows[-1] + 1)
    )
    return file.getvalue().encode("utf-8-sig")


# --- damage -----------------------------------------------------------------------------------------------------


class Damage:
    """Draws numbers, and damages bytes by them; the same numbers damage alike."""

    def __init__(self, below: Callable[[int], int]) -> None:
        self._below = below

    def pick(self, choices: Sequence[str]) -> str:
        """One of them."""
        return choices[self._below(len(choices))]

    def file(self, sample: Sample) -> bytes:
        """The sample with one or more things wrong."""
        data = sample.data
        is_zip = sample.ending == ".xlsx"
        if is_zip and self._below(5):
            data = self._package(data)
        if not is_zip or not self._below(3):
            for _ in range(1 + self._below(3)):
                data = self._bytes(data)
        return data

    def _bytes(self, data: bytes) -> bytes:
        if not data:
            return data
        at, length = self._below(len(data)), 1 + self._below(self.among((1, 8, 400)))
        changes: tuple[Callable[[], bytes], ...] = (
            lambda: data[:at] + bytes([data[at] ^ (1 << self._below(8))]) + data[at + 1 :],
            lambda: data[:at] + bytes(self._below(256) for _ in range(min(length, 20))) + data[at:],
            lambda: data[:at] + data[at + length :],
            lambda: data[:at],
            lambda: data[:at] + data[at : at + length] * 2 + data[at + length :],
            lambda: data[at:],
        )
        return changes[self._below(len(changes))]()

    def among(self, choices: Sequence[int]) -> int:
        """One of the numbers."""
        return choices[self._below(len(choices))]

    def _package(self, data: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = {name: packed.read(name) for name in packed.namelist()}
        for _ in range(1 + self._below(3)):
            name, other = self.pick(sorted(parts)), self.pick(sorted(parts))
            change = self._below(12)
            if change == 0:
                del parts[name]
                if not parts:
                    break
            elif change == 1:
                parts[name], parts[other] = parts[other], parts[name]
            elif change == 2:
                parts[name] = self._bytes(parts[name])
            else:
                parts[name] = self._xml(parts[name].decode("utf-8", "replace")).encode("utf-8", "replace")
        return _packed(parts)

    def _xml(self, text: str) -> str:
        pattern = (_ATTRIBUTE, _ATTRIBUTE, _TEXT, _TEXT, _ELEMENT, _ROW, _TAG)[self._below(7)]
        places = list(pattern.finditer(text))
        if not places:
            return text
        match = places[self._below(len(places))]
        start, end = match.span()
        if pattern in (_ATTRIBUTE, _TEXT):
            new = self._value(match[0], [each[0] for each in places])
            return text[:start] + new + text[end:]
        change = self._below(4)
        if change == 0:
            return text[:start] + text[end:]
        if change == 1:
            return text[:end] + match[0] * (1 + self._below(30)) + text[end:]
        other = places[self._below(len(places))]
        if change == 2:
            return text[:start] + other[0] + text[end:]
        return text[:start] + f"<x:{self.pick(('c', 'row', 'v', 'y'))}>{match[0]}" + text[end:]

    def _value(self, value: str, others: Sequence[str]) -> str:
        change = self._below(5)
        if change == 0:
            return self.pick(others)
        if change == 1:
            return value[: len(value) // 2]
        return self.pick(ODD).replace("<", "&lt;").replace('"', "&quot;").replace("%", "&#37;")


# --- the law ----------------------------------------------------------------------------------------------------


@contextmanager
def no_longer_than(seconds: float) -> Iterator[None]:
    """Break off what hangs, in whatever loop it is."""

    def late(*_: object) -> None:
        raise HangError(f"not done after {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def check(path: Path, sample: Sample, data: bytes) -> None:
    """Read the damaged file, with and without the master: AssertionError or HangError where the law is broken."""
    path = path / f"PS-2009-09{sample.ending}"
    path.write_bytes(data)
    council = sample.council
    for reading in (_read(path), _read(path, council)):
        assert isinstance(reading, Reading)
        codes = [each.code for each in reading.findings]
        if reading.read:
            assert not {"FILE_UNREADABLE", "FILE_ENCRYPTED", "FILE_TOO_LARGE"} & {*codes}, codes
            assert reading.issued
            assert_nothing_lost(reading, frozenset(reading.issued.rows) & sample.rows)
        else:
            assert len(codes) == 1, codes
            assert codes[0] in FILE_CODES, codes
            assert reading.findings[0].message
            assert not reading.actions


def _read(path: Path, council: Council | None = None) -> Reading:
    with no_longer_than(SECONDS):
        return read_return(path, council.plan, council.layout) if council else read_return(path)


def assert_nothing_lost(reading: Reading, rows: frozenset[str]) -> None:
    """Each issued row is read, or named by a finding: itself, or with its tab."""
    read = {action.issued.row_id for action in reading.actions}
    named = {each.where.row_id for each in reading.findings}
    tabs = " ".join(each.message for each in reading.findings if each.code == "TAB_MISSING")
    assert reading.baseline
    refs = {action.row_id: action.ref for action in reading.baseline.actions}
    lost = {row for row in rows - read - named if row in refs and (not refs[row] or refs[row] not in tabs)}
    assert not lost, f"{sorted(lost)} neither read nor named: {[each.code for each in reading.findings]}"


# --- by hand ----------------------------------------------------------------------------------------------------


def run(minutes: float, seed: int, keep: Path) -> int:
    """Damage and read for so long; what breaks the law is kept as a file, and told. The number of such cases."""
    end, tried, broken = time.monotonic() + 60 * minutes, 0, 0
    told: set[str] = set()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = samples(folder / "samples")
        while time.monotonic() < end:
            random = Random(seed + tried)  # noqa: S311  # the same number is the same case
            sample = made[random.randrange(len(made))]
            data = Damage(random.randrange).file(sample)
            tried += 1
            try:
                check(folder, sample, data)
            except (Exception, HangError) as error:  # noqa: BLE001  # whatever it is, it is told
                broken += 1
                where = traceback.extract_tb(error.__traceback__)[-1]
                kind = f"{type(error).__name__} in {where.name}: {str(error)[:200]}"
                if kind not in told:
                    told.add(kind)
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{seed + tried - 1}{sample.ending}").write_bytes(data)
                    _say(f"case {seed + tried - 1}: {kind}")
    _say(f"{tried} files, {broken} broke the law, in {len(told)} ways.")
    return broken


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    """Parse, run, exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=int(time.time()), help="the number of the first case")
    parser.add_argument("--keep", type=Path, default=Path("fuzz"), help="the folder for files that break the law")
    asked = parser.parse_args()
    return 1 if run(asked.minutes, asked.seed, asked.keep) else 0


if __name__ == "__main__":
    sys.exit(main())
