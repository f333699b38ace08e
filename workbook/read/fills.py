"""The fill that a person sees in a cell: theme colours, tints, indexed colours and patterns resolved to RGB."""

import colorsys
from collections.abc import Sequence

from defusedxml import ElementTree
from openpyxl import Workbook
from openpyxl.styles import GradientFill, PatternFill
from openpyxl.styles.colors import COLOR_INDEX, Color

from workbook.palette import Fill

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# A theme colour's number counts light and dark in the other order than the theme part lists them.
_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
_OFFICE_THEME = ["FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47"]
_SYSTEM_FOREGROUND, _SYSTEM_BACKGROUND = 64, 65
_WHITE, _BLACK = "FFFFFF", "000000"
_UNSET = "00000000"


class FillReader:
    """Resolves the fills of one workbook, each once."""

    def __init__(self, book: Workbook) -> None:
        self._theme = _theme(book.loaded_theme)
        self._indexed: Sequence[str] = [str(colour)[-6:] for colour in getattr(book, "_colors", COLOR_INDEX)]
        self._fills = [self._resolve(fill) for fill in getattr(book, "_fills", ())]

    def __getitem__(self, fill_id: int) -> Fill | None:
        """The fill of that number in the workbook's styles; None is no fill."""
        return self._fills[fill_id] if fill_id < len(self._fills) else None

    def _resolve(self, fill: PatternFill | GradientFill) -> Fill | None:
        if isinstance(fill, GradientFill):
            stops = [rgb for stop in fill.stop if (rgb := self._rgb(stop.color))]
            return Fill(rgb=_average(stops)) if stops else None
        pattern = fill.fill_type
        if pattern in (None, "none"):
            return None
        front = self._rgb(fill.fgColor)
        if pattern == "solid":
            # The background colour of a solid fill is junk that programs leave behind.
            return Fill(rgb=front or _WHITE)
        back = None if _is_unset(fill.bgColor) else self._rgb(fill.bgColor)
        return Fill(rgb=back or _WHITE, pattern=pattern, foreground=front or _BLACK)

    def _rgb(self, colour: Color | None) -> str | None:
        """A colour as six hex digits; None when it is not said or automatic."""
        if colour is None:
            return None
        if colour.type == "rgb" and isinstance(colour.rgb, str):
            base: str | None = colour.rgb[-6:].upper()
        elif colour.type == "theme" and isinstance(colour.theme, int):
            base = self._theme[colour.theme] if colour.theme < len(self._theme) else None
        elif colour.type == "indexed" and isinstance(colour.indexed, int):
            system = {_SYSTEM_FOREGROUND: _BLACK, _SYSTEM_BACKGROUND: _WHITE}
            known = self._indexed[colour.indexed] if colour.indexed < len(self._indexed) else None
            base = system.get(colour.indexed, known)
        else:
            base = None
        return _tinted(base, float(colour.tint or 0)) if base else None


def _is_unset(colour: Color | None) -> bool:
    return colour is None or (colour.type == "rgb" and colour.rgb == _UNSET)


def _theme(xml: bytes | None) -> list[str]:
    """The theme's ten colours in the order that cells number them; Office's own where the file has none."""
    if not xml:
        return _OFFICE_THEME
    try:
        scheme = ElementTree.fromstring(xml).find(f".//{_DRAWING}clrScheme")
    except ElementTree.ParseError:
        return _OFFICE_THEME
    if scheme is None:
        return _OFFICE_THEME
    colours = []
    for name, fallback in zip(_THEME_ORDER, _OFFICE_THEME, strict=True):
        entry = scheme.find(f"{_DRAWING}{name}")
        said = entry[0] if entry is not None and len(entry) else None
        colours.append((said.get("lastClr") or said.get("val") or fallback) if said is not None else fallback)
    return [colour.upper() if len(colour) == len(_WHITE) else _BLACK for colour in colours]


def _tinted(rgb: str, tint: float) -> str:
    """A colour made lighter (tint above 0) or darker, as ECMA-376 18.8.19 says: by its lightness."""
    if not tint:
        return rgb
    red, green, blue = (int(rgb[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(255 * min(max(part, 0), 1)):02X}" for part in colorsys.hls_to_rgb(hue, light, saturation))


def _average(colours: Sequence[str]) -> str:
    channels = [[int(colour[i : i + 2], 16) for colour in colours] for i in (0, 2, 4)]
    return "".join(f"{round(sum(channel) / len(channel)):02X}" for channel in channels)
