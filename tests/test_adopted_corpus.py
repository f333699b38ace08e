"""The corpus of spreadsheets to adopt: what it says is true stands in the files, and the score is just."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.adopted import CASES, Case, Table
from tests.adopted.score import TALLIES, Score, Tally, score

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def document(case: Case) -> Any:
    """What a perfect reader says."""
    return {"sheets": [_sheet(table) for table in case.expected]}


def _sheet(table: Table) -> Any:
    periods = [{"column": column, "label": "", "start": start} for column, start in table.periods.items()]
    return asdict(table) | {"periods": periods, "actions": [asdict(row) for row in table.actions]}


def tallies(judged: Score) -> Iterator[Tally]:
    return (getattr(judged, name) for name in TALLIES)


def test_names_are_unique() -> None:
    assert len({case.name for case in CASES}) == len(CASES)


@each_case
def test_what_is_true_stands_in_the_cells(case: Case, tmp_path: Path) -> None:
    case.write(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    for table in case.expected:
        sheet = book[table.sheet]
        for row in table.actions:
            for meaning in ("ref", "action", "lead"):
                said = sheet[f"{table.columns[meaning]}{row.row}"].value if meaning in table.columns else None
                assert str(said or "") == getattr(row, meaning) or said == "< Select >"


@each_case
def test_the_same_twice(case: Case, tmp_path: Path) -> None:
    case.write(tmp_path / "a.xlsx")
    case.write(tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@each_case
def test_a_perfect_reader_has_full_marks(case: Case) -> None:
    judged = score(case, document(case))
    assert judged.missed == ()
    assert all(tally.right == tally.of and not tally.wrong for tally in tallies(judged))


@each_case
def test_who_finds_nothing_has_none(case: Case) -> None:
    judged = score(case, {"sheets": []})
    assert not any(tally.right or tally.wrong for tally in tallies(judged))
    assert judged.rows.of == sum(len(table.actions) for table in case.expected)


def test_what_is_wrong_is_counted() -> None:
    case = next(case for case in CASES if case.name == "year_in_the_title")
    found = document(case)
    sheet = found["sheets"][0]
    total = sheet["actions"][0] | {"row": 12, "action": "8 actions", "ref": "Total", "filled": {}, "statuses": {}}
    sheet["actions"].append(total)
    sheet["actions"][0]["filled"] = {"D": "#71AE48", "E": "#FFC000", "O": "#F2F2F2"}
    sheet["actions"][3]["statuses"]["F"] = "red"
    judged = score(case, found)
    assert judged.rows == Tally(right=8, of=8, wrong=1)
    assert (judged.fills.of - judged.fills.right, judged.fills.wrong) == (2, 2)  # E and F are missing; E and O wrong
    assert (judged.statuses.of - judged.statuses.right, judged.statuses.wrong) == (1, 1)
