"""The fill that a person sees in a cell: theme colours, tints, indexed colours and patterns resolved to RGB."""

import colorsys
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from workbook.palette import Fill
from workbook.read.xml import child, children

# A theme colour's number counts light and dark in the other order than the theme part lists them.
_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
_OFFICE_THEME = "FFFFFF 000000 E7E6E6 44546A 4472C4 ED7D31 A5A5A5 FFC000 5B9BD5 70AD47".split()
# ECMA-376 18.8.27: the first eight are said twice.
_BASIC = "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF".split()
_INDEXED = (
    *_BASIC,
    *_BASIC,
    *(
        "800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC "
        "CCCCFF 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC "
        "CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 "
        "993366 333399 333333"
    ).split(),
    "000000",  # 64, the system's foreground
    "FFFFFF",  # 65, the system's background
)
WHITE, BLACK = "FFFFFF", "000000"
# The colours that Word highlights texts in, ECMA-376 17.18.40.
HIGHLIGHTS = dict(
    zip(
        "black white red green blue yellow magenta cyan".split()
        + "darkRed darkGreen darkBlue darkYellow darkMagenta darkCyan lightGray darkGray".split(),
        (*_BASIC, *_INDEXED[16:24]),
        strict=True,
    )
)


def read_fills(styles: Element | None, theme: Element | None) -> list[Fill | None]:
    """The fills of a styles part, by number; None is no fill."""
    colours = _colours(styles, theme)
    return [_fill(each, colours) for each in children(child(styles, "fills"), "fill")]


def read_shown_fills(styles: Element | None, theme: Element | None) -> list[Fill | None]:
    """The fills that conditional formats show, by number; a solid one is given by its background colour."""
    colours = _colours(styles, theme)
    entries = (child(each, "fill") for each in children(child(styles, "dxfs"), "dxf"))
    return [_shown_fill(each, colours) if each is not None else None for each in entries]


def read_inks(styles: Element | None, theme: Element | None) -> list[str]:
    """The colours of the fonts of a styles part, by number; nothing for black, white and the automatic one."""
    colours = _colours(styles, theme)
    inks = (colours.rgb(child(font, "color")) for font in children(child(styles, "fonts"), "font"))
    return [ink if ink and ink not in (BLACK, WHITE) else "" for ink in inks]


def _colours(styles: Element | None, theme: Element | None) -> "_Colours":
    palette = child(child(styles, "colors"), "indexedColors")
    own = [each.get("rgb", "")[-6:].upper() for each in children(palette, "rgbColor")]
    return _Colours(theme=_theme(theme), indexed=own or _INDEXED)


class _Colours:
    """Resolves the colours of one workbook."""

    def __init__(self, *, theme: Sequence[str], indexed: Sequence[str]) -> None:
        self._theme = theme
        self._indexed = [*indexed, *_INDEXED[len(indexed) :]]

    def rgb(self, colour: Element | None) -> str | None:
        """A colour as six hex digits; None when it is not said or automatic."""
        if colour is None:
            return None
        said: Mapping[str, str] = colour.attrib
        if "rgb" in said:
            base: str | None = said["rgb"][-6:].upper()
        elif "theme" in said:
            base = _at(self._theme, said["theme"])
        else:
            base = _at(self._indexed, said["indexed"]) if "indexed" in said else None
        return tinted(base, float(said.get("tint", 0))) if base and len(base) == len(WHITE) else None


def _fill(fill: Element, colours: _Colours) -> Fill | None:
    if (gradient := child(fill, "gradientFill")) is not None:
        stops = [rgb for stop in children(gradient, "stop") if (rgb := colours.rgb(child(stop, "color")))]
        return Fill(rgb=_average(stops)) if stops else None
    pattern_fill = child(fill, "patternFill")
    pattern = pattern_fill.get("patternType", "none") if pattern_fill is not None else "none"
    if pattern == "none":
        return None
    front = colours.rgb(child(pattern_fill, "fgColor"))
    if pattern == "solid":
        # The background colour of a solid fill is junk that programs leave behind.
        return Fill(rgb=front or WHITE)
    back = colours.rgb(child(pattern_fill, "bgColor"))
    return Fill(rgb=back or WHITE, pattern=pattern, foreground=front or BLACK)


def _shown_fill(fill: Element, colours: _Colours) -> Fill | None:
    """A conditional format's fill: no pattern said means solid, and then the background is what is seen."""
    pattern_fill = child(fill, "patternFill")
    pattern = pattern_fill.get("patternType", "solid") if pattern_fill is not None else "solid"
    if pattern != "solid":
        return _fill(fill, colours)
    back = colours.rgb(child(pattern_fill, "bgColor")) or colours.rgb(child(pattern_fill, "fgColor"))
    return Fill(rgb=back) if back else None


def read_theme(theme: Element | None) -> Mapping[str, str]:
    """The theme's ten colours by the names that its part gives them."""
    return dict(zip(_THEME_ORDER, _theme(theme), strict=True))


def _theme(theme: Element | None) -> Sequence[str]:
    """The theme's ten colours in the order that cells number them; Office's own where the file has none."""
    scheme = child(child(theme, "themeElements"), "clrScheme")
    if scheme is None:
        return _OFFICE_THEME
    colours = []
    for name, fallback in zip(_THEME_ORDER, _OFFICE_THEME, strict=True):
        entry = child(scheme, name)
        said = entry[0].attrib if entry is not None and len(entry) else {}
        colours.append((said.get("lastClr") or said.get("val") or fallback).upper())
    return colours


def _at(colours: Sequence[str], number: str) -> str | None:
    return colours[int(number)] if number.isdigit() and int(number) < len(colours) else None


def tinted(rgb: str, tint: float) -> str:
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
