"""The shades that spreadsheet programs offer in their colour pickers, and what a person calls each.

Amber is orange, gold and what lies between them. `unclear` is every colour that stands for no status (yellow, brown,
pink, purple, turquoise, black) and what a person would hesitate about: a shade between two names, or all but white.
`lilac` is the purple of Office 2007 that the standard hatch stands on.
"""

from collections.abc import Mapping

from workbook.read.fills import tinted

# What a person calls it -> the shades.
_PICKERS: Mapping[str, Mapping[str, str]] = {
    "Excel's standard colours": {
        "green": "92D050 00B050",
        "amber": "FFC000",
        "red": "C00000 FF0000",
        "blue": "00B0F0 0070C0 002060",
        "unclear": "FFFF00 7030A0",
    },
    "Excel's cell styles": {
        "green": "C6EFCE",
        "amber": "FFCC99",
        "grey": "A5A5A5",
        "unclear": "FFC7CE FFEB9C F2F2F2 FFFFCC",
    },
    "Excel's indexed colours": {
        "green": "00FF00 008000 CCFFCC 99CC00 339966 003300",
        "amber": "FFCC99 FFCC00 FF9900 FF6600",
        "red": "FF0000 800000",
        "blue": "0000FF 000080 0066CC 00CCFF 99CCFF 3366FF 003366",
        "grey": "C0C0C0 808080 969696",
        "white": "FFFFFF",
        "unclear": (
            "000000 FFFF00 FF00FF 00FFFF 808000 800080 008080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 CCCCFF "
            "FFFF99 FF99CC CC99FF 33CCCC 666699 333300 993300 333399 333333"
        ),
    },
    "LibreOffice's standard palette": {
        "green": (
            "00A933 81D41A DDE8CB AFD095 77BC65 3FAF46 168253 069A2E 5EB91E 1E6A39 127622 468A1A 28471F 224B12 395511"
        ),
        "amber": "FFBF00 FF8000 FFDBB6 FFB66C FF972F FFD428 FF860D E8A202 EA7500",
        "red": "FF0000 FF6D6D FF3838 F10D0C C9211E 8D281E",
        "blue": "2A6099 B4C7DC 729FCF 5983B0 3465A4",
        "grey": "666666 808080 999999 B2B2B2 CCCCCC DDDDDD DEE7E5",
        "white": "FFFFFF",
        "unclear": (
            "000000 111111 1C1C1C 333333 EEEEEE FFFF00 FF4000 BF0041 800080 55308D 158466 FFFFD7 FFF5CE FFD8CE "
            "FFD7D7 F7D1D5 E0C2CD DEDCE6 DEE6EF F6F9D4 FFFFA6 FFE994 FFAA95 FFA6A6 EC9BA4 BF819E B7B3CA B3CAC7 "
            "E8F2A1 FFFF6D FFDE59 FF7B59 E16173 A1467E 8E86AE 81ACA6 D4EA6B FFFF38 FF5429 D62E4E 8D1D75 6B5E9B "
            "50938A BBE33D E6E905 ED4C05 A7074B 780373 5B277D ACB20C B47804 B85C00 BE480A 861141 650953 55215B "
            "355269 706E0C 784B04 7B3D00 813709 611729 4E102D 481D32 383D3C 443205 472702 492300 4B2204 50200C "
            "41190D 3B160E 3A1A0F 362413 302709 2E2706 342A06"
        ),
    },
    "LibreOffice's tonal palette": {
        "green": (
            "00FE7F 7FFE00 00E472 00FF00 72E400 00C462 00DC00 62C400 009E4F 00B000 4F9E00 00763B 008400 3B7600 "
            "004E27 005800 274E00"
        ),
        "amber": "FE7F00 E47200 C46200",
        "red": "FF0000 DC0000 B00000 840000",
        "blue": "007FFE 0000FF 0072E4 0000DC 0062C4 0000B0 004F9E 000084 003B76 000058 00274E",
        "grey": "666666 7F7F7F 939393 A5A5A5 BABABA D0D0D0 E8E8E8",
        "white": "FFFFFF FFFFFE",
        "unclear": (
            "000000 191919 333333 4C4C4C FF00FF 00FFFF FFFF00 E300E3 00E3E3 E3E300 CA00CA 7F00FE 00CACA CACA00 "
            "FE007F B400B4 7200E4 00B4B4 B4B400 E40072 9C009C 6200C4 009C9C 9C9C00 C40062 7C007C 4F009E 007C7C "
            "7C7C00 9E4F00 9E004F 5D005D 3B0076 005D5D 5D5D00 763B00 76003B 3E003E 27004E 003E3E 3E3E00 4E2700 "
            "580000 4E0027 1F001F 130026 00002C 001326 001F1F 002613 002C00 132600 1F1F00 261300 2C0000 260013"
        ),
    },
    "LibreOffice's own colours": {
        "green": "106802 18A303 43C330 92E285 CCF4C6 2CEE0E",
        "amber": "D36118 F09E6F F9CFB5 E9B913 F5CD53 FFD74C",
        "blue": "023F62 0369A3 1C99E0 63BBEE AADCF7 00A0FC",
        "white": "FFFFFF",
        "unclear": "622502 A33E03 FC5C00 530260 8E03A3 C254D2 DC85E9 F2CBF8 E327FF 876900 C99C00 FDE9A9 000000",
    },
    "LibreOffice's cell styles": {
        "green": "CCFFCC",
        "red": "CC0000",
        "grey": "DDDDDD",
        "unclear": "FFCCCC FFFFCC",
    },
    "Google Sheets' colours": {
        "green": "00FF00 D9EAD3 B6D7A8 93C47D 6AA84F 38761D 274E13",
        "amber": "FF9900 FCE5CD F9CB9C F6B26B FFD966 E69138 F1C232",
        "red": "980000 FF0000 CC4125 E06666 A61C00 CC0000 990000 660000",
        "blue": ("4A86E8 0000FF C9DAF8 CFE2F3 A4C2F4 9FC5E8 6D9EEB 6FA8DC 3C78D8 3D85C6 1155CC 0B5394 1C4587 073763"),
        "grey": "666666 999999 B7B7B7 CCCCCC D9D9D9",
        "white": "FFFFFF",
        "unclear": (
            "000000 434343 EFEFEF F3F3F3 FFFF00 00FFFF 9900FF FF00FF E6B8AF F4CCCC FFF2CC D0E0E3 D9D2E9 EAD1DC "
            "DD7E6B EA9999 FFE599 A2C4C9 B4A7D6 D5A6BD 76A5AF 8E7CC3 C27BA0 45818E 674EA7 A64D79 85200C B45F06 "
            "BF9000 134F5C 351C75 741B47 5B0F00 783F04 7F6000 0C343D 20124D 4C1130"
        ),
    },
    "Google Sheets' theme": {
        "green": "34A853",
        "amber": "FBBC04 FF6D01",
        "red": "EA4335",
        "blue": "4285F4",
        "unclear": "46BDC6",
    },
}

# The themes of Office: each colour and what its column of the picker is called, the colour itself first.
_THEMES: Mapping[str, Mapping[str, str]] = {
    "Office 2007": {
        "FFFFFF": "white unclear grey grey grey grey",
        "000000": "unclear grey unclear unclear unclear unclear",
        "EEECE1": "unclear unclear unclear unclear unclear unclear",
        "1F497D": "blue blue blue blue blue blue",
        "4F81BD": "blue blue blue blue blue blue",
        "C0504D": "red unclear unclear unclear red unclear",
        "9BBB59": "green unclear green green green green",
        "8064A2": "unclear unclear lilac unclear unclear unclear",
        "4BACC6": "unclear unclear unclear unclear unclear unclear",
        "F79646": "amber amber amber amber amber unclear",
    },
    "Office 2013": {
        "FFFFFF": "white unclear grey grey grey grey",
        "000000": "unclear grey unclear unclear unclear unclear",
        "E7E6E6": "grey grey grey grey unclear unclear",
        "44546A": "unclear unclear unclear unclear unclear unclear",
        "4472C4": "blue blue blue blue blue blue",
        "ED7D31": "amber amber amber amber amber unclear",
        "A5A5A5": "grey unclear grey grey grey unclear",
        "FFC000": "amber unclear unclear amber unclear unclear",
        "5B9BD5": "blue blue blue blue blue blue",
        "70AD47": "green green green green green green",
    },
    "Office 2023": {
        "FFFFFF": "white unclear grey grey grey grey",
        "000000": "unclear grey unclear unclear unclear unclear",
        "E8E8E8": "grey grey grey grey unclear unclear",
        "0E2841": "blue blue blue blue blue blue",
        "156082": "blue blue blue blue blue unclear",
        "E97132": "amber amber amber amber unclear unclear",
        "196B24": "green green green green green green",
        "0F9ED5": "blue blue blue blue blue blue",
        "A02B93": "unclear unclear unclear unclear unclear unclear",
        "4EA72E": "green green green green green green",
    },
}

_LIGHTEST, _DARKEST = 0.8, 0.2


def _picker(base: str) -> list[str]:
    """A theme's colour and the five shades below it in the picker."""
    if base == "FFFFFF":
        tints = [-0.05, -0.15, -0.25, -0.35, -0.5]
    elif base == "000000":
        tints = [0.5, 0.35, 0.25, 0.15, 0.05]
    else:
        channels = [int(base[at : at + 2], 16) for at in (0, 2, 4)]
        light = (max(channels) + min(channels)) / (2 * 255)
        if light > _LIGHTEST:
            tints = [-0.1, -0.25, -0.5, -0.75, -0.9]
        elif light < _DARKEST:
            tints = [0.9, 0.75, 0.5, 0.25, 0.1]
        else:
            tints = [0.8, 0.6, 0.4, -0.25, -0.5]
    return [base, *(tinted(base, tint) for tint in tints)]


def _theme(columns: Mapping[str, str]) -> dict[str, str]:
    """The shades of a theme's grid -> what each is called."""
    return {
        shade: name for base, names in columns.items() for shade, name in zip(_picker(base), names.split(), strict=True)
    }


def _listed(names: Mapping[str, str]) -> dict[str, str]:
    return {shade: name for name, shades in names.items() for shade in shades.split()}


# Palette -> shade -> what a person calls it.
PALETTES: Mapping[str, Mapping[str, str]] = {
    **{name: _listed(shades) for name, shades in _PICKERS.items()},
    **{name: _theme(columns) for name, columns in _THEMES.items()},
}
