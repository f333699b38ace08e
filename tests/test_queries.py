"""The queries workbook, as the coordinator opens it, and what comes back of it."""

import json
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.office import Council, progress
from workbook import verbs
from workbook.months import Month
from workbook.names import QUERIES_SHEET, QUERY_COLUMNS

AT = {name: number for number, name in enumerate(QUERY_COLUMNS, 1)}


def asking(council: Council) -> tuple[verbs.Loaded, Path]:
    """A month with a conflict, a slip of the pen, and two suspensions; the rolled-up copy, and its queries workbook."""
    council["PS"].type("1.1.3", "Sep", "G").type("1.1.2", "Sep", "Ambr").type("1.2.1", "Sep", "B")
    council["HB"].type("1.1.3", "Sep", "R").type("1.2.10", "Sep", "B")
    returns = [council[who].send() for who in ("PS", "HB")]
    merged = council.merge(*returns)
    home, queries = council.folder / "home" / "rolled-up.xlsx", council.folder / "home" / "queries.xlsx"
    verbs.write_merged(merged, home, layout=council.layout, queries=queries, returns=returns)
    return verbs.load(home), queries


def test_queries_stand_by_officer_with_links_into_the_returns(council: Council) -> None:
    _, queries = asking(council)
    sheet = load_workbook(queries)[QUERIES_SHEET]
    rows = [[sheet.cell(row, AT[name]).value for name in ("Lead", "Ref", "File")] for row in range(2, 6)]
    assert rows == [
        ["PS", "1.1.2", "PS-2009-09.xlsx"],
        ["PS / HB", "1.1.3", "HB-2009-09.xlsx, PS-2009-09.xlsx"],
        ["PS", "1.2.1", "PS-2009-09.xlsx"],
        ["HB", "1.2.10", "HB-2009-09.xlsx"],
    ]
    for row in range(2, 6):
        cell = sheet.cell(row, AT["Cell"])
        assert cell.hyperlink
        assert (queries.parent / (cell.hyperlink.target or "").replace("\\", "/")).exists()
        assert cell.hyperlink.location == str(cell.value).partition(", ")[0]


def test_a_plain_answer_is_filled_in_and_the_others_are_left_open(council: Council) -> None:
    _, queries = asking(council)
    sheet = load_workbook(queries)[QUERIES_SHEET]
    filled = {sheet.cell(row, AT["Ref"]).value: sheet.cell(row, AT["Decision"]).value for row in range(2, 6)}
    assert filled == {"1.1.2": "It means amber (one month behind)", "1.1.3": None, "1.2.1": None, "1.2.10": None}


def test_the_decisions_alone_are_enough(council: Council) -> None:
    loaded, queries = asking(council)
    book = load_workbook(queries)
    sheet = book[QUERIES_SHEET]
    sheet.cell(3, AT["Decision"]).value = "Take red (over one month behind) (HB)"
    book.save(queries)
    merged = verbs.merge(loaded.plan, [], layout=loaded.layout, decisions=queries)
    assert progress(merged.plan, "1.1.3") == "Sep red"
    assert progress(merged.plan, "1.1.2") == "Sep amber"
    assert [query.ref for query in merged.queries] == ["1.2.1", "1.2.10"]
    assert merged.plan.taken[0].cell == "Queries!J2"


def test_two_returns_of_one_name_get_no_link_rather_than_a_wrong_one(council: Council) -> None:
    one = council["PS"].type("1.1.1", "Sep", "soon").send()
    other = council.folder / "other" / one.name
    other.parent.mkdir()
    other.write_bytes(council["HB"].type("1.2.10", "Sep", "soon").send("x.xlsx").read_bytes())
    merged = council.merge(one, other)
    queries = council.folder / "queries.xlsx"
    verbs.write_merged(
        merged, council.folder / "home.xlsx", layout=council.layout, queries=queries, returns=[one, other]
    )
    assert [cell.hyperlink for cell in load_workbook(queries)[QUERIES_SHEET]["C"][1:]] == [None, None]


def test_what_is_open_is_told_by_status_written_down_without_returns_and_named_at_the_years_end(
    council: Council, run: Any, tmp_path: Path
) -> None:
    loaded, queries = asking(council)
    home = queries.with_name("rolled-up.xlsx")
    _, out, _ = run("status", home)
    assert "4 queries to decide, on 1.1.2, 1.1.3, 1.2.1, 1.2.10" in out
    assert json.loads(run("status", home, "--json")[1])["queries"] == 4
    told = json.loads(run("status", home, "--json")[1])["unanswered"]
    assert {each["ref"]: each["why"] for each in told if each["why"] != "not returned"} == {
        "1.1.1": "no status taken",
        "1.1.2": "to be decided",
        "1.1.3": "to be decided",
        "2.1.2": "issued to nobody",
    }
    status, out, _ = run("merge", home, "-o", tmp_path / "same.xlsx", "--queries", tmp_path / "open.xlsx")
    assert (status, "0 changes applied from 0 returns" in out) == (1, True)
    assert verbs.read(tmp_path / "same.xlsx") == loaded.plan
    cells = [[cell.value for cell in row] for row in load_workbook(tmp_path / "open.xlsx")[QUERIES_SHEET].iter_rows()]
    assert cells == [[cell.value for cell in row] for row in load_workbook(queries)[QUERIES_SHEET].iter_rows()]
    rolled = verbs.rollover(loaded.plan, Month(2010, 7), layout=loaded.layout)
    (said,) = [each for each in rolled.in_last if each.code == "QUERIES_OPEN"]
    assert said.message == "Of last year's plan, 2 queries are still to be decided: 1.1.2, 1.1.3."
