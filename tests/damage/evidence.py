"""Damage to what a month says: letters, words, colours of every make, and the two against each other."""

import re
from typing import Any

from openpyxl.formatting.rule import Rule
from openpyxl.styles import GradientFill, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.styles.differential import DifferentialStyle

from tests.damage.desk import Desk, NotHereError, solid
from tests.damage.kinds import kind
from tests.damage.package import Package
from tests.damage.truth import UNCLEAR
from workbook.months import Month

LETTERED, PAINTED, AGAINST = "Letters and words", "Colours", "Letter against colour, and the grey"


def types(desk: Desk, said: dict[str, str]) -> None:
    """Type each text into a month of its own."""
    for text, truth in said.items():
        desk.type(*desk.free(), text, truth)


def paints(desk: Desk, said: list[tuple[Any, str]]) -> None:
    """Paint each fill into a month of its own."""
    for fill, truth in said:
        desk.paint(*desk.free(), fill, truth)


@kind(LETTERED, "Nothing goes wrong: letters, words, colours and notes as the guidance asks for them.")
def nothing(desk: Desk) -> None:
    types(desk, {"G": "green", "A": "amber", "R": "red", "H": "revised", "B": "suspended"})


@kind(LETTERED, "Letters are typed in lower case, or with stops and brackets.")
def letters_in_lower_case(desk: Desk) -> None:
    types(desk, {"g": "green", "a.": "amber", "(r)": "red", " h ": "revised", "b": "suspended"})


@kind(LETTERED, "The word is typed instead of the letter.")
def words(desk: Desk) -> None:
    types(desk, {"amber": "amber", "On target": "green", "complete": "green", "Suspended": "suspended", "RED": "red"})


@kind(LETTERED, "Something is typed that is no letter and no word of a status.")
def words_of_nobody(desk: Desk) -> None:
    types(desk, dict.fromkeys(["see note", "?", "n/a", "50%", "G/A", "not started", "x", "G?A"], UNCLEAR))


@kind(LETTERED, "Letters of another alphabet that look the same, and blanks that do not show.")
def letters_that_look_alike(desk: Desk) -> None:
    types(desk, {"А": "amber", "В": "suspended", "G\u00a0": "green", "\u200bR": "red", "Ａ": "amber"})


@kind(LETTERED, "A reported month is emptied, letter and colour.")
def month_emptied(desk: Desk) -> None:
    row_id, month = desk.reported()
    desk.cell(row_id, "progress", month).fill = PatternFill()
    desk.type(row_id, month, "", None)


@kind(LETTERED, "A reported month's letter is deleted, and its colour stays.")
def letter_deleted(desk: Desk) -> None:
    # Whether that withdraws the report or leaves the colour to say it, nobody can tell; the rule says: withdrawn.
    row_id, month = desk.reported()
    desk.type(row_id, month, "", None)


@kind(LETTERED, "Months are merged into one cell, and one letter is typed for all of them.")
def months_merged(desk: Desk) -> None:
    tab, row, column = desk.at(row_id := desk.row_id("1.1.2"), "progress", first := desk.baseline.period[6])
    desk.type(row_id, first, "A", "amber")
    last = column
    for month in desk.baseline.period[7:9]:
        last = desk.at(row_id, "progress", month)[2]
        desk.means(row_id, "progress", month, "amber")
    if last != column + 2:
        raise NotHereError
    desk.sheet(tab).merge_cells(start_row=row, end_row=row, start_column=column, end_column=last)


@kind(PAINTED, "Months are painted in the standard colours of several programs.")
def solid_fills(desk: Desk) -> None:
    shades = {"00A933": "green", "FFBF00": "amber", "C9211E": "red", "2A6099": "suspended", "CCFFCC": "green"}
    more = {"70AD47": "green", "ED7D31": "amber", "C00000": "red", "00B0F0": "suspended", "4EA72E": "green"}
    paints(desk, [*shades.items(), *more.items()])


@kind(PAINTED, "Months are painted in colours of the theme, lighter and darker.")
def theme_fills(desk: Desk) -> None:
    def themed(number: int, tint: float) -> PatternFill:
        return PatternFill("solid", fgColor=Color(theme=number, tint=tint))

    # The workbook's theme is Office's of 2007: accent 3 is green, 6 orange, 1 blue.
    said = [(6, 0.0, "green"), (6, 0.4, "green"), (9, 0.0, "amber"), (4, 0.0, "suspended"), (4, -0.25, "suspended")]
    paints(desk, [(themed(number, tint), truth) for number, tint, truth in said])


@kind(PAINTED, "Months are painted in colours by number, as old programs do.")
def indexed_fills(desk: Desk) -> None:
    said = {17: "green", 10: "red", 52: "amber", 12: "suspended", 11: "green"}
    paints(desk, [(PatternFill("solid", fgColor=Color(indexed=number)), truth) for number, truth in said.items()])


@kind(
    PAINTED,
    "Months are painted in colours by number, and the file brings a palette of its own.",
    not_by=("gnumeric", "exceljs"),
)
def own_palette(desk: Desk) -> None:
    paints(
        desk,
        [
            (PatternFill("solid", fgColor=Color(indexed=number)), truth)
            for number, truth in ((17, "red"), (10, "green"))
        ],
    )

    def bring(package: Package) -> None:
        colours = ["000000", "FFFFFF", *["C0C0C0"] * 62]
        colours[17], colours[10] = "FF0000", "00B050"
        listed = "".join(f'<rgbColor rgb="00{colour}"/>' for colour in colours)
        own = f"<colors><indexedColors>{listed}</indexedColors></colors></styleSheet>"
        without = re.sub(r"<colors>.*?</colors>|<colors ?/>", "", package["xl/styles.xml"], flags=re.DOTALL)
        package["xl/styles.xml"] = without.replace("</styleSheet>", own)

    desk.later.append(bring)


@kind(PAINTED, "Months are hatched or dotted in patterns other than ours.")
def pattern_fills(desk: Desk) -> None:
    def pattern(name: Any, front: str, back: str) -> PatternFill:
        return PatternFill(name, fgColor=f"FF{front}", bgColor=f"FF{back}")

    hatches = ("lightUp", "darkUp", "lightTrellis", "darkGrid")
    paints(desk, [(pattern(each, "000000", "FFFFFF"), "revised") for each in hatches])
    paints(
        desk, [(pattern("mediumGray", "00B050", "FFFFFF"), "green"), (pattern("gray125", "000000", "FF0000"), "red")]
    )


@kind(PAINTED, "Months are hatched as another program flattens our hatch.")
def flattened_hatch(desk: Desk) -> None:
    paints(desk, [("B59CCC", "revised"), ("B59CCC", "revised")])


@kind(PAINTED, "Months are painted from one colour into another.", not_by=("gnumeric",))
def gradients(desk: Desk) -> None:
    paints(
        desk,
        [
            (GradientFill(stop=("FF00B050", "FF92D050")), "green"),
            (GradientFill(stop=("FF00B050", "FFFF0000")), UNCLEAR),
        ],
    )


@kind(PAINTED, "Months are painted in colours that are nearly a status's, or nobody's.")
def near_misses(desk: Desk) -> None:
    shades = ["FFFF00", "7030A0", "FFD966", "996633", "BFBF00", "00FFFF", "FF99CC", "A9D18E", "E6B800", "808000"]
    meant = [UNCLEAR, UNCLEAR, "amber", UNCLEAR, UNCLEAR, UNCLEAR, UNCLEAR, "green", "amber", UNCLEAR]
    paints(desk, list(zip(shades, meant, strict=True)))


def _rule(formula: str, fill: PatternFill) -> Rule:
    """A conditional format by formula."""
    return Rule(type="expression", formula=[formula], dxf=DifferentialStyle(fill=fill))


@kind(PAINTED, "A rule of the officer's own paints months, without letter or fill.")
def conditional_paint(desk: Desk) -> None:
    for colour, truth in (("00B050", "green"), ("FF0000", "red")):
        row_id, month = desk.free()
        tab, cell = desk.place(row_id, "progress", month)
        fill = PatternFill(bgColor=f"FF{colour}")
        desk.sheet(tab).conditional_formatting.add(f"{cell}:{cell}", _rule("TRUE", fill))
        desk.means(row_id, "progress", month, truth, painted=True)


@kind(PAINTED, "A rule of the officer's own paints months by a word that is typed there.")
def conditional_paint_by_word(desk: Desk) -> None:
    row_id, month = desk.free()
    tab, cell = desk.place(row_id, "progress", month)
    rule = _rule(f'{cell}="ok"', PatternFill(bgColor="FF00B050"))
    desk.sheet(tab).conditional_formatting.add(f"{cell}:{cell}", rule)
    desk.type(row_id, month, "ok", "green")


def styled(package: Package, colour: str) -> int:
    """Add a solid fill and a style that has it; the style's number."""
    styles = package["xl/styles.xml"]
    listed = re.search(r"<fills.*?</fills>", styles, re.DOTALL)
    assert listed
    fills = len(re.findall(r"<fill[ />]", listed[0]))
    styles = re.sub(
        r"</fills>",
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/></patternFill></fill></fills>',
        styles,
    )
    before, cells, after = re.split(r"(<cellXfs.*?</cellXfs>)", styles, flags=re.DOTALL)
    number = len(re.findall(r"<xf ", cells))
    cells = cells.replace(
        "</cellXfs>", f'<xf numFmtId="0" fontId="0" fillId="{fills}" borderId="0" xfId="0" applyFill="1"/></cellXfs>'
    )
    package["xl/styles.xml"] = re.sub(r'(<(?:fills|cellXfs)) count="\d+"', r"\1", before + cells + after)
    return number


def _without_cell(text: str, cell: str) -> str:
    return re.sub(rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)', "", text, count=1, flags=re.DOTALL)


@kind(PAINTED, "A whole column is painted, and the file says so of the column, not of its cells.")
def column_painted(desk: Desk) -> None:
    month = desk.baseline.period[8]
    rows = [row_id for row_id in desk.actions if desk.rows[row_id] and desk.truth[row_id, "progress", month] is None]
    rows = [row_id for row_id in rows if str(month) in desk.columns[desk.at(row_id, "ref")[0]]]
    if not rows:
        raise NotHereError
    for row_id in rows:
        desk.means(row_id, "progress", month, "suspended", painted=True)

    def paint(package: Package) -> None:
        number = styled(package, "0070C0")
        for tab in desk.tab_names:
            if str(month) not in desk.columns[tab]:
                raise NotHereError
            text = package[part := package.sheet_part(tab)]
            for row_id in rows:
                for name in ("progress", "programmed"):
                    its_tab, cell = desk.place(row_id, name, month)
                    text = _without_cell(text, cell) if its_tab == tab else text
            columns = _columns_with_style(text, desk.columns[tab][str(month)], number)
            package[part] = re.sub(r"<cols>.*?</cols>", columns, text, flags=re.DOTALL)

    desk.later.append(paint)


def _columns_with_style(text: str, wanted: int, number: int) -> str:
    """The sheet's column elements, one a column, with a style for one of them."""
    listed = []
    for entry in re.findall(r"<col [^>]*?/>", text):
        first, last = (int(re.search(rf'{name}="(\d+)"', entry)[1]) for name in ("min", "max"))  # type: ignore[index]  # both are always said
        rest = re.sub(r'(?:min|max)="\d+"|<col|/>', "", entry).strip()
        for column in range(first, last + 1):
            style = f' style="{number}"' if column == wanted else ""
            own = re.sub(r'style="\d+"', "", rest) if style else rest
            listed.append(f'<col min="{column}" max="{column}" {own}{style}/>')
    return f"<cols>{''.join(listed)}</cols>"


@kind(PAINTED, "One cell is painted, and in the file every cell that shares its style.")
def style_recoloured(desk: Desk) -> None:
    month = desk.baseline.period[5]
    row_id = desk.row_id("1.2.2")
    if desk.cell(row_id, "progress", month).fill.patternType or desk.truth[row_id, "progress", month]:
        raise NotHereError
    desk.means(row_id, "progress", month, "green", painted=True)

    def recolour(package: Package) -> None:
        tab, cell = desk.place(row_id, "progress", month)
        found = re.search(rf'<c r="{cell}"[^>]*? s="(\d+)"', package[package.sheet_part(tab)])
        assert found
        fill = int(re.search(r'fillId="(\d+)"', _xf(package, styled(package, "00B050")))[1])  # type: ignore[index]  # just written
        own = _xf(package, int(found[1]))
        painted = re.sub(r'fillId="\d+"', f'fillId="{fill}" applyFill="1"', re.sub(r' applyFill="\d"', "", own))
        package.change("xl/styles.xml", lambda text: _with_xf(text, int(found[1]), painted))

    desk.later.append(recolour)


def _xf(package: Package, number: int) -> str:
    cells = re.search(r"<cellXfs.*?</cellXfs>", package["xl/styles.xml"], flags=re.DOTALL)
    assert cells
    styles: list[str] = re.findall(r"<xf [^>]*?/>|<xf .*?</xf>", cells[0], flags=re.DOTALL)
    return styles[number]


def _with_xf(text: str, number: int, new: str) -> str:
    before, cells, after = re.split(r"(<cellXfs.*?</cellXfs>)", text, flags=re.DOTALL)
    styles = re.findall(r"<xf [^>]*?/>|<xf .*?</xf>", cells, flags=re.DOTALL)
    styles[number] = new
    return f"{before}<cellXfs>{''.join(styles)}</cellXfs>{after}"


@kind(PAINTED, "One cell is painted with ExcelJS, which recolours every cell that shares its style.", only="exceljs")
def recoloured_by_a_script(desk: Desk) -> None:
    row_id, month = desk.row_id("1.2.2"), desk.baseline.period[5]
    tab, cell = desk.place(row_id, "progress", month)
    desk.recolour = {"sheet": tab, "cell": cell, "colour": "00B050"}
    desk.means(row_id, "progress", month, "green", painted=True)


@kind(PAINTED, "Every style of the file is gone, as one script library leaves it.")
def all_styles_stripped(desk: Desk) -> None:
    def strip() -> None:
        for sheet in desk.book.worksheets:
            for cell in sheet._cells.values():
                cell._style = type(cell._style)()
            sheet.conditional_formatting = type(sheet.conditional_formatting)()
            sheet.data_validations.dataValidation = []

    desk.closing.append(strip)


@kind(PAINTED, "The colours of the months are gone, and other colours are left.")
def month_colours_gone(desk: Desk) -> None:
    for row_id in desk.actions:
        for month in desk.baseline.period:
            for name in ("progress", "programmed"):
                desk.cell(row_id, name, month).fill = PatternFill()
    for key in [key for key in desk.painted if key[1] == "progress"]:
        # Painted and then cleared: what was painted is gone from the file, and so from what can be read of it.
        issued = desk.actions[key[0]].progress.get(_month(key[2]))
        desk.means(*key, issued)
    for row_id in desk.actions:
        desk.means(row_id, "programmed", None, desk.truth[row_id, "programmed", None])


def _month(month: Month | None) -> Month:
    assert month
    return month


@kind(AGAINST, "A letter is typed over a month that was issued in another colour, which stays.")
def letter_over_old_fill(desk: Desk) -> None:
    for letter, truth in (("R", "red"), ("B", "suspended")):
        row_id, month = desk.reported("amber", "green", "revised")
        desk.type(row_id, month, letter, truth)


@kind(AGAINST, "A month is painted over its letter.")
def paint_over_letter(desk: Desk) -> None:
    for colour, truth in (("FF0000", "red"), ("0070C0", "suspended")):
        desk.paint(*desk.reported("amber", "green", "revised"), colour, truth)


@kind(AGAINST, "Letter and colour say different things.")
def letter_against_colour(desk: Desk) -> None:
    for letter, colour in (("G", "FF0000"), ("R", "00B050"), ("A", "0070C0")):
        row_id, month = desk.free()
        desk.officer.type_text(*desk.place(row_id, "progress", month), letter)
        desk.paint(row_id, month, colour, UNCLEAR)  # a file that has lost its colours has lost what contradicts


def _grey(desk: Desk, row_id: str, month: Month) -> Any:
    """The cell that is grey; in one row an action, only where nothing is reported."""
    if not desk.two_bands and desk.truth[row_id, "progress", month]:
        raise NotHereError
    return desk.cell(row_id, "programmed", month)


@kind(AGAINST, "Grey is deleted.")
def grey_deleted(desk: Desk) -> None:
    row_id = desk.row_id("2.1.1")
    _grey(desk, row_id, desk.baseline.period[3]).fill = PatternFill()
    desk.means(row_id, "programmed", None, "2009-07..2009-09", painted=True)


@kind(AGAINST, "Grey is added.")
def grey_added(desk: Desk) -> None:
    row_id = desk.row_id("2.1.2")
    _grey(desk, row_id, desk.baseline.period[9]).fill = solid("D0D0D0")
    desk.means(row_id, "programmed", None, "2009-09, 2010-04", painted=True)


@kind(AGAINST, "Progress is painted over the grey, not below it.", form="two")
def grey_painted_over(desk: Desk) -> None:
    for ref, number, colour, truth in (("1.2.2", 2, "00B050", "green"), ("2.1.3", 5, "FFC000", "amber")):
        month, row_id = desk.baseline.period[number], desk.row_id(ref)
        desk.cell(row_id, "programmed", month).fill = solid(colour)
        desk.means(row_id, "progress", month, truth, painted=True)


@kind(AGAINST, "Progress is typed on the grey row.", form="two")
def grey_typed_over(desk: Desk) -> None:
    month, row_id = desk.baseline.period[2], desk.row_id("1.2.2")
    desk.officer.type_text(*desk.place(row_id, "programmed", month), "R")
    desk.means(row_id, "progress", month, "red")


@kind(AGAINST, "The grey row says one thing and the row below it another.", form="two")
def grey_against_progress(desk: Desk) -> None:
    month, row_id = desk.baseline.period[2], desk.row_id("1.2.2")
    desk.cell(row_id, "programmed", month).fill = solid("00B050")
    desk.type(row_id, month, "R", UNCLEAR)
    desk.painted.add((row_id, "progress", month))  # the grey row's colour is all that contradicts
