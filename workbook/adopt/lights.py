"""What plain colours say by themselves: the statuses of the standard palette, and lights that are pale or pure."""

from colorsys import rgb_to_hsv

from workbook.palette import STANDARD, Fill, Palette

LIGHTS = {"green", "amber", "red"}

_PLAIN = Palette(STANDARD.values())
# Degrees of the colours of a traffic light, and how far from grey they are at least.
_HUES = {"green": ((80, 160),), "amber": ((30, 65),), "red": ((0, 15), (345, 360))}
_LEAST_SATURATION = 0.15


def surely(fill: Fill) -> str:
    """What the palette takes a fill for; nothing where it would ask."""
    return _PLAIN.painted(fill).meaning or ""


def looks_like(fill: Fill) -> str:
    """What a fill says by itself: of one that is between two lights, as pure yellow and pale red, by its hue."""
    if meaning := surely(fill):
        return meaning
    red, green, blue = (value / 255 for value in bytes.fromhex(fill.seen))
    hue, saturation, _ = rgb_to_hsv(red, green, blue)
    near = (light for light, hues in _HUES.items() if any(first <= hue * 360 <= last for first, last in hues))
    return next(near, "") if saturation >= _LEAST_SATURATION and not fill.hatched else ""


def plain_status(fill: Fill | None) -> str:
    """The status that a plain colour says in a cell that is for statuses; nothing for any other."""
    meaning = looks_like(fill) if fill else ""
    return meaning if meaning in STANDARD else ""
