"""What conditional formats show: each kind of rule, drawn as tables, and as openpyxl and XlsxWriter write them."""

import time
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest
from openpyxl.formatting import rule as openpyxl_rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle

from tests.sheets import grid
from tests.test_xlsx import by_openpyxl, by_xlsxwriter, only_sheet
from workbook.palette import Fill
from workbook.read.cells import RawSheet
from workbook.read.conditional import (
    Areas,
    ColourRule,
    Look,
    Shown,
    Test,
    corners,
    formula_test,
    shown,
    text_test,
    value_test,
)
from workbook.refs import parse_a1

RULES: Any = openpyxl_rule  # its functions have no types
GREEN, AMBER, RED = Fill(rgb="00B050"), Fill(rgb="FFC000"), Fill(rgb="FF0000")
NOT_WORKED_OUT = "not worked out"


def looking(said: str) -> Look:
    """What `B2: G, C2: 5` shows; `~` is nothing."""
    cells = {}
    for each in filter(None, said.split(", ")):
        name, _, text = each.partition(":")
        cells[parse_a1(name)] = "" if text.strip() == "~" else text.strip()
    return lambda at: cells.get(at, "")


def verdict(test: Test | None, cell: str, said: str) -> str:
    if test is None:
        return NOT_WORKED_OUT
    return "holds" if test(parse_a1(cell), looking(said)) else "does not"


def rows(text: str) -> list[Any]:
    lines = grid(text)
    return [pytest.param(*cells, id=" ".join(cells)) for cells in lines]


# --- formulas ---------------------------------------------------------------------------------------------------

# formula, as written for B2 | the cell | what the cells say | it ...
FORMULAS = '''
    TRUE                            | B2 |                  | holds
    =TRUE()                         | B2 |                  | holds
    1                               | B2 |                  | holds
    B2="G"                          | B2 | B2: G            | holds
    B2="G"                          | B2 | B2: g            | holds
    B2="G"                          | B2 | B2: A            | does not
    B2="G"                          | B2 |                  | does not
    =B2 = "G"                       | B2 | B2: G            | holds
    "G"=B2                          | B2 | B2: G            | holds
    B2="say ""G"""                  | B2 | B2: say "G"      | holds
    B2<>"G"                         | B2 | B2: A            | holds
    B2<>"G"                         | B2 | B2: G            | does not
    B2=""                           | B2 |                  | holds
    B2=""                           | B2 | B2: x            | does not
    B2<>""                          | B2 | B2: x            | holds
    B2>5                            | B2 | B2: 6            | holds
    B2>5                            | B2 | B2: 10           | holds
    B2>5                            | B2 | B2: 5            | does not
    B2>=5                           | B2 | B2: 5            | holds
    B2<5                            | B2 | B2: -4.5         | holds
    B2<=5                           | B2 | B2: 5.0          | holds
    B2=1.50                         | B2 | B2: 1.5          | holds
    B2>5                            | B2 | B2: a word       | holds
    B2<5                            | B2 | B2: a word       | does not
    B2=TRUE                         | B2 | B2: TRUE         | holds
    B2=C2                           | B2 | B2: x, C2: X     | holds
    ISBLANK(B2)                     | B2 |                  | holds
    ISBLANK(B2)                     | B2 | B2: x            | does not
    LEN(TRIM(B2))=0                 | B2 |                  | holds
    LEN(TRIM(B2))=0                 | B2 | B2: x            | does not
    LEN(TRIM(B2))>0                 | B2 | B2: x            | holds
    NOT(ISERROR(SEARCH("late",B2))) | B2 | B2: Much LATER   | holds
    NOT(ISERROR(SEARCH("late",B2))) | B2 | B2: on time      | does not
    ISERROR(SEARCH("late",B2))      | B2 | B2: on time      | holds
    ISNUMBER(SEARCH("late",B2))     | B2 | B2: late         | holds
    LEFT(B2,1)="G"                  | B2 | B2: Green        | holds
    LEFT(B2,1)="G"                  | B2 | B2: A            | does not
    RIGHT(B2,3)="een"               | B2 | B2: Green        | holds
    RIGHT(B2,3)="een"               | B2 | B2: Gree         | does not
    AND(B2="G",C2="x")              | B2 | B2: G, C2: x     | holds
    AND(B2="G",C2="x")              | B2 | B2: G            | does not
    OR(B2="G",B2="A")               | B2 | B2: A            | holds
    OR(B2="G",B2="A")               | B2 | B2: R            | does not
    NOT(B2="G")                     | B2 | B2: A            | holds
    AND(B2<>"",NOT(OR(B2="G,",B2="A)"))) | B2 | B2: G     | holds
    AND(B2<>"",NOT(OR(B2="G,",B2="A)"))) | B2 | B2: A)    | does not
    SUM(B2:C2)>3                    | B2 | B2: 9            | not worked out
    VLOOKUP(B2,A1:C9,2)="x"         | B2 | B2: 9            | not worked out
    B2=Other!A1                     | B2 | B2: 9            | not worked out
    AND(B2="G",TODAY()>1)           | B2 | B2: G            | not worked out
    ISNUMBER(B2)                    | B2 | B2: 1            | not worked out
    B2                              | B2 | B2: 1            | not worked out
'''


@pytest.mark.parametrize(("formula", "cell", "said", "expected"), rows(FORMULAS))
def test_a_formula(formula: str, cell: str, said: str, expected: str) -> None:
    assert verdict(formula_test(formula, parse_a1("B2")), cell, said) == expected


def test_the_first_letters_may_be_counted_by_the_text_itself() -> None:
    for formula in ('LEFT(B2,LEN("Gre"))="Gre"', 'RIGHT(B2,LEN("een"))="een"'):
        assert verdict(formula_test(formula, parse_a1("B2")), "B2", "B2: Green") == "holds"
        assert verdict(formula_test(formula, parse_a1("B2")), "B2", "B2: Amber") == "does not"


# formula, as written for B2 | the cell that is asked about | the one that says G | it ...
REFERENCES = """
    B2="G"    | B2 | B2 | holds
    B2="G"    | D7 | D7 | holds
    B2="G"    | D7 | B2 | does not
    $B2="G"   | D7 | B7 | holds
    $B2="G"   | D7 | D7 | does not
    B$2="G"   | D7 | D2 | holds
    $B$2="G"  | D7 | B2 | holds
    A1="G"    | D7 | C6 | holds
    C4="G"    | D7 | E9 | holds
    A1="G"    | A1 | A1 | does not
    $A2="G"   | AB9 | A9 | holds
    ISBLANK($B2) | D7 | D7 | holds
    ISBLANK($B2) | D7 | B7 | does not
    LEFT($B2,1)="G" | D7 | B7 | holds
    ISNUMBER(SEARCH("g",$B2)) | D7 | B7 | holds
"""


@pytest.mark.parametrize(("formula", "cell", "where", "expected"), rows(REFERENCES))
def test_references_move_with_the_cell_unless_they_are_fixed(
    formula: str, cell: str, where: str, expected: str
) -> None:
    assert verdict(formula_test(formula, parse_a1("B2")), cell, f"{where}: G") == expected


def test_a_formula_is_read_in_no_time_however_it_is_nested() -> None:
    before = time.perf_counter()
    assert formula_test("AND(" * 100_000, (1, 1)) is None
    assert formula_test("(" * 499, (1, 1)) is None
    assert formula_test('AND("' + '""' * 240, (1, 1)) is None
    assert formula_test("NOT(" * 80 + "B2=1" + ")" * 80, (2, 2)) is not None
    assert time.perf_counter() - before < 2


# --- the cell's own value ---------------------------------------------------------------------------------------

# comparison | operands | the value | it ...
VALUES = """
    =           | "G"     | G    | holds
    =           | "G"     | g    | holds
    =           | "G"     | A    | does not
    =           | 5       | 5.0  | holds
    <>          | "G"     | A    | holds
    <           | 5       | 4    | holds
    <           | 10      | 9    | holds
    >           | 5       | 5    | does not
    >=          | 5       | 5    | holds
    <=          | 5       | 6    | does not
    =           | $A$1    | x    | holds
    =           | A1      | x    | does not
    between     | 1; 10   | 9    | holds
    between     | 1; 10   | 1    | holds
    between     | 1; 10   | 10   | holds
    between     | 1; 10   | 11   | does not
    not between | 1; 10   | 11   | holds
    not between | 1; 10   | 5    | does not
    between     | 1       | 5    | not worked out
    =           | 1; 10   | 5    | not worked out
    =           | TODAY() | 5    | not worked out
    between     | 1; MAX(A1:A9) | 5 | not worked out
    like        | "G"     | G    | not worked out
"""


@pytest.mark.parametrize(("comparison", "operands", "value", "expected"), rows(VALUES))
def test_the_cells_own_value(comparison: str, operands: str, value: str, expected: str) -> None:
    test = value_test(comparison, operands.split(";"), parse_a1("B2"))
    assert verdict(test, "C3", f"C3: {value}, A1: x, B2: y") == expected


# kind | text | the value | it ...
TEXTS = """
    contains     | late | Much Later | holds
    contains     | late | on time    | does not
    not contains | late | on time    | holds
    not contains | late | late       | does not
    begins       | Gr   | green      | holds
    begins       | een  | green      | does not
    not begins   | een  | green      | holds
    ends         | EEN  | green      | holds
    ends         | gr   | green      | does not
    blank        |      | ~          | holds
    blank        |      | x          | does not
    not blank    |      | x          | holds
    rhymes       | een  | green      | not worked out
"""


@pytest.mark.parametrize(("kind", "text", "value", "expected"), rows(TEXTS))
def test_the_cells_own_text(kind: str, text: str, value: str, expected: str) -> None:
    assert verdict(text_test(kind, text), "B2", f"B2: {value}") == expected


# --- which rule is seen -----------------------------------------------------------------------------------------


def rule(formula: str, fill: Fill | None, areas: str = "B2:D9", *, stops: bool = False) -> ColourRule:
    return ColourRule(
        areas=Areas(areas), formula=formula, test=formula_test(formula, parse_a1("B2")), fill=fill, stops=stops
    )


def seen(rules: Sequence[ColourRule], said: str, cell: str = "B2") -> Shown:
    return shown(rules, parse_a1(cell), looking(said))


def test_the_first_rule_that_holds_and_paints_is_seen() -> None:
    rules = [rule('B2="R"', RED), rule('B2<>""', GREEN), rule("TRUE", AMBER)]
    assert seen(rules, "B2: R") == Shown(fill=RED)
    assert seen(rules, "B2: x") == Shown(fill=GREEN)
    assert seen(rules, "") == Shown(fill=AMBER)
    assert seen(rules, "", "A1") == Shown()
    assert seen([rule("TRUE", None), *rules], "B2: R") == Shown(fill=RED)


def test_a_rule_that_stops_hides_all_after_it_where_it_holds() -> None:
    rules = [rule('B2="R"', None, stops=True), rule("TRUE", GREEN)]
    assert seen(rules, "B2: R") == Shown()
    assert seen(rules, "B2: x") == Shown(fill=GREEN)


def test_a_rule_that_is_not_worked_out_is_named_unless_one_before_it_is_seen() -> None:
    rules = [rule('B2="R"', RED), rule("SUM(B2:B9)>3", GREEN)]
    assert seen(rules, "B2: R") == Shown(fill=RED)
    assert seen(rules, "") == Shown(unread="SUM(B2:B9)>3")
    assert seen(rules, "", "A1") == Shown()
    assert seen(rules[::-1], "B2: R") == Shown(unread="SUM(B2:B9)>3")


# --- areas ------------------------------------------------------------------------------------------------------

# list | cell | it ...
AREAS = """
    B2         | B2         | holds
    B2         | B3         | does not
    B2:C9      | C9         | holds
    B2:C9      | D9         | does not
    B2:C9      | C10        | does not
    $B$2:$C$9  | B5         | holds
    B2:C9 F4   | F4         | holds
    B2:C9 F4   | F5         | does not
    B:C        | C1048576   | holds
    B:C        | D1         | does not
    $B:$B      | B7         | holds
    3:5        | XFD4       | holds
    3:5        | A6         | does not
    A1:XFD1048576 | XFD1048576 | holds
    A1:A200 C1 | A150       | holds
    A1:A200 C1 | C1         | holds
    A1:A200 C1 | B150       | does not
               | A1         | does not
"""


@pytest.mark.parametrize(("areas", "cell", "expected"), rows(AREAS))
def test_the_cells_of_a_list(areas: str, cell: str, expected: str) -> None:
    assert (parse_a1(cell) in Areas(areas)) == (expected == "holds")


@pytest.mark.parametrize(
    ("areas", "first"), [("B2:C9 A1", (2, 2)), ("$D$4", (4, 4)), ("C:D", (1, 3)), ("7:9", (7, 1)), ("", (1, 1))]
)
def test_formulas_count_from_the_first_cell_of_the_first_area(areas: str, first: tuple[int, int]) -> None:
    assert Areas(areas).first == first


def test_corners() -> None:
    assert corners("B2:C9") == (2, 2, 9, 3)
    assert corners("$B$2") == (2, 2, 2, 2)
    assert corners("B:C") == (1, 2, 1_048_576, 3)
    assert corners("2:3") == (2, 1, 3, 16_384)


def test_thousands_of_areas_and_of_cells_take_no_time() -> None:
    areas = Areas(" ".join(f"B{row}:Q{row + 1} S{row}" for row in range(1, 10_000, 3)))
    before = time.perf_counter()
    found = sum((row, column) in areas for row in range(1, 5_000) for column in range(1, 21))
    assert time.perf_counter() - before < 3
    assert found == sum(16 if row % 3 == 2 else 17 if row % 3 == 1 else 0 for row in range(1, 5_000))


# --- as programs write them -------------------------------------------------------------------------------------


def shown_in(sheet: RawSheet, cell: str) -> Shown:
    return shown(sheet.rules, parse_a1(cell), lambda at: sheet[at].text)


CELLS: dict[str, str | int] = {"B2": "G", "B3": "a grey note", "B4": "", "B5": 7, "B6": 12, "C2": "x"}

# What is written in XlsxWriter, and the cells of B2:B6 that are green.
BY_XLSXWRITER: dict[str, tuple[dict[str, Any], str]] = {
    "equal": ({"type": "cell", "criteria": "==", "value": '"G"'}, "B2"),
    "not equal": ({"type": "cell", "criteria": "!=", "value": '"G"'}, "B3 B4 B5 B6"),
    "above": ({"type": "cell", "criteria": ">", "value": 9}, "B2 B3 B6"),
    "between": ({"type": "cell", "criteria": "between", "minimum": 5, "maximum": 9}, "B5"),
    "not between": ({"type": "cell", "criteria": "not between", "minimum": 5, "maximum": 9}, "B2 B3 B4 B6"),
    "contains": ({"type": "text", "criteria": "containing", "value": "grey"}, "B3"),
    "does not contain": ({"type": "text", "criteria": "not containing", "value": "grey"}, "B2 B4 B5 B6"),
    "begins with": ({"type": "text", "criteria": "begins with", "value": "a"}, "B3"),
    "ends with": ({"type": "text", "criteria": "ends with", "value": "NOTE"}, "B3"),
    "blanks": ({"type": "blanks"}, "B4"),
    "no blanks": ({"type": "no_blanks"}, "B2 B3 B5 B6"),
    "formula": ({"type": "formula", "criteria": '=$C2="x"'}, "B2"),
}


@pytest.mark.parametrize(("how", "green"), BY_XLSXWRITER.values(), ids=BY_XLSXWRITER)
def test_a_rule_that_xlsxwriter_writes(how: dict[str, Any], green: str) -> None:
    def fill_in(book: Any) -> None:
        sheet = book.add_worksheet()
        for cell, value in CELLS.items():
            sheet.write(cell, value)
        sheet.conditional_format("B2:B6", how | {"format": book.add_format({"bg_color": "#00B050"})})

    sheet = only_sheet(by_xlsxwriter(fill_in))
    assert [f"B{row}" for row in range(2, 7) if shown_in(sheet, f"B{row}") == Shown(fill=GREEN)] == green.split()
    assert [f"B{row}" for row in range(2, 7) if shown_in(sheet, f"B{row}").unread] == []


def solid(rgb: str) -> PatternFill:
    return PatternFill(bgColor=rgb)


def contains(kind: str, operator: str, text: str, formula: str) -> Any:
    return RULES.Rule(
        type=kind, operator=operator, text=text, formula=[formula], dxf=DifferentialStyle(fill=solid("FF00B050"))
    )


BY_OPENPYXL: dict[str, tuple[Any, str]] = {
    "equal": (RULES.CellIsRule(operator="equal", formula=['"G"'], fill=solid("FF00B050")), "B2"),
    "between": (RULES.CellIsRule(operator="between", formula=["5", "9"], fill=solid("FF00B050")), "B5"),
    "another cell": (RULES.CellIsRule(operator="equal", formula=["$B$5"], fill=solid("FF00B050")), "B5"),
    "formula": (RULES.FormulaRule(formula=['$C2="x"'], fill=solid("FF00B050")), "B2"),
    "contains": (contains("containsText", "containsText", "grey", 'NOT(ISERROR(SEARCH("grey",B2)))'), "B3"),
    "begins": (contains("beginsWith", "beginsWith", "a", 'LEFT(B2,1)="a"'), "B3"),
}


def openpyxls(*rules: Any, areas: str = "B2:B6") -> RawSheet:
    def fill_in(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        for cell, value in CELLS.items():
            sheet[cell] = value or None
        for each in rules:
            sheet.conditional_formatting.add(areas, each)

    return only_sheet(by_openpyxl(fill_in))


@pytest.mark.parametrize(("written", "green"), BY_OPENPYXL.values(), ids=BY_OPENPYXL)
def test_a_rule_that_openpyxl_writes(written: Any, green: str) -> None:
    sheet = openpyxls(written)
    assert [f"B{row}" for row in range(2, 7) if shown_in(sheet, f"B{row}") == Shown(fill=GREEN)] == green.split()


def test_rules_are_seen_by_priority_whatever_order_they_are_written_in() -> None:
    later = RULES.CellIsRule(operator="equal", formula=['"G"'], fill=solid("FFFF0000"))
    sooner = RULES.FormulaRule(formula=["TRUE"], fill=solid("FF00B050"))
    later.priority, sooner.priority = 2, 1
    sheet = openpyxls(later, sooner)
    assert [each.priority for each in sheet.rules] == [1, 2]
    assert shown_in(sheet, "B2") == Shown(fill=GREEN)


def test_a_rule_without_a_fill_that_stops_hides_the_ones_after_it() -> None:
    stops = RULES.CellIsRule(operator="equal", formula=['"G"'], stopIfTrue=True)
    sheet = openpyxls(stops, RULES.FormulaRule(formula=["TRUE"], fill=solid("FFFF0000")))
    assert shown_in(sheet, "B2") == Shown()
    assert shown_in(sheet, "B3") == Shown(fill=RED)


def test_a_colour_scale_is_named_as_not_worked_out() -> None:
    scale = RULES.ColorScaleRule(start_type="min", start_color="FFFFFFFF", end_type="max", end_color="FFFF0000")
    sheet = openpyxls(scale)
    assert shown_in(sheet, "B5").unread == "color scale"
    assert shown_in(sheet, "A1") == Shown()


def test_bars_and_icons_leave_the_fill_as_it_is() -> None:
    bars = RULES.DataBarRule(start_type="min", end_type="max", color="FF638EC6")
    sheet = openpyxls(bars, RULES.CellIsRule(operator="equal", formula=["7"], fill=solid("FF00B050")))
    assert shown_in(sheet, "B5") == Shown(fill=GREEN)
    assert shown_in(sheet, "B6") == Shown()
    icons = by_xlsxwriter(
        lambda book: book.add_worksheet().conditional_format(
            "B2:B6", {"type": "icon_set", "icon_style": "3_traffic_lights"}
        )
    )
    assert only_sheet(icons).rules == ()


def test_what_is_not_worked_out_is_quoted() -> None:
    duplicates = by_xlsxwriter(
        lambda book: book.add_worksheet().conditional_format(
            "B2:B6", {"type": "duplicate", "format": book.add_format({"bg_color": "#FF0000"})}
        )
    )
    assert shown_in(only_sheet(duplicates), "B2") == Shown(unread="duplicate values")
    sheet = openpyxls(RULES.FormulaRule(formula=["SUM(B2:B6)>3"], fill=solid("FFFF0000")))
    assert shown_in(sheet, "B2") == Shown(unread="SUM(B2:B6)>3")


def test_a_rule_that_changes_only_the_letters_is_no_colour() -> None:
    bold = by_xlsxwriter(
        lambda book: book.add_worksheet().conditional_format(
            "B2:B6", {"type": "no_errors", "format": book.add_format({"bold": True})}
        )
    )
    assert only_sheet(bold).rules == ()
