"""How each kind of cell looks, as XlsxWriter's format properties; the colours are the palette's."""

from collections.abc import Mapping
from typing import Any

from workbook import palette
from workbook.palette import Fill, Status

FONT = "Arial"
SIZE = 9.0
TITLE_SIZE = 15.0

# XlsxWriter's numbers for patterns and border lines.
_PATTERNS = {name: number for number, name in enumerate(palette.PATTERNS)}
_FOOTER_LEFT, _FOOTER_CENTRE = 100, 60  # letters, of the 255 that Excel takes in all
_THIN, _MEDIUM, _THICK, _HAIR, _MEDIUM_DASHED = 1, 2, 5, 7, 8
_UP_DIAGONAL = 1

Style = Mapping[str, Any]

BASE: Style = {"font_name": FONT, "font_scheme": "none", "font_size": SIZE, "valign": "top"}
TEXT: Style = {**BASE, "text_wrap": True, "num_format": "@"}
BOXED: Style = {**TEXT, "border": _THIN, "border_color": f"#{palette.LINE}"}
OPEN: Style = {**BOXED, "locked": False}
TO_FILL_IN: Style = {**OPEN, "pattern": _PATTERNS["solid"], "fg_color": f"#{palette.INPUT_FILL}"}
SUGGESTED: Style = {"italic": True}
GROUP_LINE: Style = {"top": _MEDIUM, "top_color": f"#{palette.OUTLINE}"}
REF: Style = {**BOXED, "bold": True}
TITLE: Style = {**BASE, "font_size": TITLE_SIZE, "bold": True, "font_color": f"#{palette.TITLE_INK}"}
QUIET: Style = {**BASE, "font_color": f"#{palette.QUIET_INK}"}
LINK: Style = {**BOXED, "underline": 1, "font_color": f"#{palette.LINK_INK}"}
ABOUT: Style = {**QUIET, "text_wrap": True, "align": "right"}
OUTCOME: Style = {**BASE, "italic": True, "font_color": f"#{palette.TITLE_INK}"}
KEY: Style = {**BOXED, "valign": "vcenter"}
KEY_LABEL: Style = {**KEY, "bold": True}
STRONG: Style = {**BASE, "bold": True}
COUNT: Style = {"num_format": "0", "align": "center"}
PERCENT: Style = {"num_format": "0.0", "align": "center"}
TOTAL: Style = {**KEY_LABEL, "top": _MEDIUM, "top_color": f"#{palette.OUTLINE}"}
PLAIN_TEXT: Style = {"num_format": "@"}
MARKED: Style = {"border": _THICK, "border_color": f"#{palette.FINDING_LINE}"}
HIDDEN: Style = {**BASE, "num_format": "@", "font_color": f"#{palette.QUIET_INK}"}
HEADER: Style = {
    **BOXED,
    "bold": True,
    "bg_color": f"#{palette.HEADER_FILL}",
    "font_color": f"#{palette.HEADER_INK}",
    "valign": "vcenter",
}
MONTH_HEADER: Style = {**HEADER, "align": "center"}
REPORTED_MONTH_HEADER: Style = {
    **MONTH_HEADER,
    "bg_color": f"#{palette.MONTH_FILL}",
    "font_color": f"#{palette.MONTH_INK}",
}
BLOCK_HEADER: Style = {
    **BOXED,
    "bold": True,
    "bg_color": f"#{palette.BLOCK_FILL}",
    "font_color": f"#{palette.BLOCK_INK}",
}
SECTION: Style = {
    **TEXT,
    "bold": True,
    "bg_color": f"#{palette.SECTION_FILL}",
    "font_color": f"#{palette.SECTION_INK}",
    "valign": "vcenter",
    "top": _THIN,
    "bottom": _THIN,
    "top_color": f"#{palette.LINE}",
    "bottom_color": f"#{palette.LINE}",
}
SECTION_MONTH: Style = {**SECTION, "bold": False, "font_size": 7, "align": "center", "text_wrap": False}
REFERENCE_SECTION: Style = {**SECTION, "italic": True, "bold": False}


def _edges(top: int, bottom: int, side: int, side_colour: str = palette.FAINT_LINE) -> Style:
    return {
        "top": top,
        "bottom": bottom,
        "left": side,
        "right": side,
        "top_color": f"#{palette.LINE if top == _THIN else palette.FAINT_LINE}",
        "bottom_color": f"#{palette.LINE if bottom == _THIN else palette.FAINT_LINE}",
        "left_color": f"#{side_colour}",
        "right_color": f"#{side_colour}",
    }


_MONTH: Style = {**BASE, "num_format": "@", "align": "center", "valign": "vcenter", "bold": True}
PROGRAMME_BAND: Style = {**_MONTH, **_edges(_THIN, _HAIR, _HAIR)}
PROGRAMMED: Style = {**PROGRAMME_BAND, "pattern": 1, "fg_color": f"#{palette.PROGRAMME_FILL.rgb}"}
PROGRESS_BAND: Style = {**_MONTH, **_edges(_HAIR, _THIN, _HAIR), "locked": False}
OVERLAY: Style = {**_MONTH, **_edges(_THIN, _THIN, _HAIR), "locked": False}


# What is proposed has a heavy dashed outline of its own, which a photocopy keeps.
PROPOSED: Style = {"border": _MEDIUM_DASHED, "border_color": f"#{palette.OUTLINE}"}


def outlined(*, first: bool, last: bool) -> Style:
    """The heavy outline round a run of programmed months, for its first, its last and the months between."""
    line = f"#{palette.OUTLINE}"
    style: dict[str, Any] = {"top": _MEDIUM, "bottom": _MEDIUM, "top_color": line, "bottom_color": line}
    if first:
        style |= {"left": _MEDIUM, "left_color": line}
    if last:
        style |= {"right": _MEDIUM, "right_color": line}
    return style


def filled(fill: Fill) -> Style:
    """A direct fill. A hatch also gets a diagonal line, which LibreOffice draws; it flattens the pattern."""
    if fill.pattern == "solid":
        return {"pattern": 1, "fg_color": f"#{fill.rgb}"}
    hatch = f"#{fill.foreground}"
    return {
        "pattern": _PATTERNS[fill.pattern],
        "fg_color": hatch,
        "bg_color": f"#{fill.rgb}",
        "diag_type": _UP_DIAGONAL,
        "diag_border": _THIN,
        "diag_color": hatch,
    }


def painted(status: Status) -> Style:
    """A cell in which that status is reported."""
    return {**filled(status.fill), "font_color": f"#{status.ink}"}


def conditional(status: Status) -> Style:
    """The conditional format of a status's letter. Its solid fill is a background colour, as Excel writes it."""
    fill = status.fill
    if fill.pattern == "solid":
        return {"bg_color": f"#{fill.rgb}", "font_color": f"#{status.ink}"}
    hatch = {"pattern": _PATTERNS[fill.pattern], "fg_color": f"#{fill.foreground}", "bg_color": f"#{fill.rgb}"}
    return {**hatch, "font_color": f"#{status.ink}"}


def charted(style: Style) -> Style:
    """The part of a chart that shows what a cell of that style does: its fill, or paper, in an outline like its own."""
    outline: dict[str, Any] = {"color": f"#{palette.OUTLINE}", "width": 0.75}
    if style.get("border") == _MEDIUM_DASHED:
        outline |= {"dash_type": "dash", "width": 1.5}
    fill = style.get("fg_color", f"#{palette.PAPER}")
    if style.get("pattern", _PATTERNS["solid"]) == _PATTERNS["solid"]:
        return {"fill": {"color": fill}, "border": outline}
    hatch = {"pattern": "wide_upward_diagonal", "fg_color": fill, "bg_color": style["bg_color"]}
    return {"pattern": hatch, "border": outline}


def ink(style: Style) -> str:
    """The colour of what is written in a cell of that style."""
    return str(style.get("font_color", f"#{palette.OUTLINE}"))


def small(text: str) -> str:
    """A text in small letters for a header or footer; one that begins with a digit is kept apart from the size."""
    said = text.replace("&", "&&")
    return f'&"{FONT},Regular"&8{" " if said[:1].isdecimal() else ""}{said}'


def footer(left: str, centre: str = "") -> str:
    """A footer: what is told on the left, what in the middle, and the page on the right."""
    told, name = fitting(left, _FOOTER_LEFT), fitting(centre, _FOOTER_CENTRE)
    return f"&L{small(told)}&C{small(name)}&R{small('Page ')}&P of &N"


def fitting(text: str, length: int) -> str:
    """As much of a text as there is room for in a header or footer, in which `&` is written twice."""
    while len(text.replace("&", "&&")) > length:
        text = f"{text.removesuffix('…')[:-1]}…"
    return text


def cut(text: str, length: int) -> str:
    """The text, or as much of it as there is room for, with a mark at its end."""
    return text if len(text) <= length else text[: length - 1] + "…"
