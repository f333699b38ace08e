#!/usr/bin/env python3
"""Write the widths of Arial's letters into workbook/build/font_metrics.py, as Liberation Sans has them.

    .venv/bin/python scripts/font_metrics.py [--check] [FOLDER]

FOLDER holds LiberationSans-Regular.ttf and -Bold.ttf; without it the usual places are searched. Liberation Sans, from
version 2 on, has Arial's widths. --check compares and writes nothing.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from fontTools.ttLib import TTFont

from workbook.build import font_metrics

TARGET = Path(__file__).parent.parent / "workbook" / "build" / "font_metrics.py"
PLACES = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/opt/libreoffice*/share/fonts",
    "/Applications/LibreOffice.app/Contents/Resources/fonts",
    "C:/Program Files/LibreOffice/share/fonts",
)
# Latin letters and what stands between them, as far as the font has it.
WANTED = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x218, 0x21C),  # Romanian
    *range(0x1E80, 0x1E86),  # Welsh
    *range(0x2010, 0x2045),  # dashes, quotation marks, bullets
    *map(ord, "€№™←↑→↓↔−≈≠≤≥■□▪●○"),
)
WIDTH = 100
FROM_VERSION = 2

HEAD = '''"""Widths of Arial's letters, as Liberation Sans has them. By scripts/font_metrics.py; do not edit it."""

UNITS = {units}  # an em: a letter's width is so many of these, times the size

# The first character of a run, then the widths of those that follow one another.
REGULAR = (
{regular})
BOLD = (
{bold})
'''


def main() -> int:
    """Write or compare; the exit status is 1 where they differ, and 2 where there is no such font."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("folder", nargs="?", type=Path)
    asked.add_argument("--check", action="store_true")
    options = asked.parse_args()
    folder = options.folder or find()
    if folder is None:
        print("Liberation Sans is not installed; on Debian it is in the package fonts-liberation.", file=sys.stderr)
        return 2
    if not options.check:
        TARGET.write_text(source(folder), encoding="utf-8")
    elif wrong := sorted(differing(folder)):
        print(f"{TARGET.name} is not what Liberation Sans in {folder} says of {' '.join(wrong)}", file=sys.stderr)
        return 1
    return 0


def find() -> Path | None:
    """The first folder that holds Liberation Sans."""
    for place in map(Path, PLACES):
        for path in sorted(place.parent.glob(f"{place.name}/**/LiberationSans-Regular.ttf")):
            if (path.parent / "LiberationSans-Bold.ttf").exists():
                return path.parent
    return None


def widths(font: Path) -> dict[int, int]:
    """How wide each wanted character is that the font has, in its units."""
    with TTFont(font) as opened:
        names, metrics = opened.getBestCmap(), opened["hmtx"]
        names.setdefault(0x2011, names[0x2010])  # where it is missing, the other hyphen stands in for it
        return {char: metrics[names[char]][0] for char in WANTED if char in names}


def differing(folder: Path) -> set[str]:
    """The characters that the font has with another width; those that it has not are no difference."""
    found = set()
    for face, ours in (("Regular", font_metrics.REGULAR), ("Bold", font_metrics.BOLD)):
        known = {first + at: int(each) for first, numbers in ours for at, each in enumerate(numbers.split())}
        font = folder / f"LiberationSans-{face}.ttf"
        found |= {chr(char) for char, width in widths(font).items() if known.get(char) != width}
        with TTFont(font) as opened:
            if opened["head"].fontRevision < FROM_VERSION:
                found -= {"·"}  # which is narrower there than in Arial
    return found


def source(folder: Path) -> str:
    """The module's text."""
    faces = {face: widths(folder / f"LiberationSans-{face}.ttf") for face in ("Regular", "Bold")}
    with TTFont(folder / "LiberationSans-Regular.ttf") as opened:
        units = opened["head"].unitsPerEm
    regular, bold = ("".join(map(entry, runs(faces[face]))) for face in ("Regular", "Bold"))
    return HEAD.format(units=units, regular=regular, bold=bold)


def runs(face: Mapping[int, int]) -> Iterator[tuple[int, list[int]]]:
    """Characters that follow one another: the first, and the widths of all."""
    for _, run in groupby(enumerate(sorted(face)), key=lambda pair: pair[1] - pair[0]):
        chars = [char for _, char in run]
        yield chars[0], [face[char] for char in chars]


def entry(run: tuple[int, list[int]]) -> str:
    """A run as Python, in lines that are not too long."""
    first, numbers = run
    lines = [""]
    for word in map(str, numbers):
        if len(lines[-1]) + len(word) > WIDTH:
            lines.append("")
        lines[-1] += f"{word} "
    lines[-1] = lines[-1].rstrip()
    if len(lines) == 1:
        return f'    (0x{first:04X}, "{lines[0]}"),\n'
    return f"    (\n        0x{first:04X},\n" + "".join(f'        "{line}"\n' for line in lines) + "    ),\n"


if __name__ == "__main__":
    sys.exit(main())
