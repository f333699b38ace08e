"""The commands, as a coordinator types them: results, exit statuses, JSON, and what bad input gets."""

import csv
import io
import json
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.styles import PatternFill

from tests.conftest import EXAMPLE
from tests.office import SEPTEMBER, Council
from workbook import cli, verbs
from workbook.grid import Grid
from workbook.layout import default_layout
from workbook.months import Month
from workbook.names import QUERIES_SHEET, QUERY_COLUMNS
from workbook.refs import a1

OCTOBER = SEPTEMBER + 1


@pytest.fixture
def council(tmp_path: Path) -> Council:
    return Council.issuing(tmp_path)


def master(council: Council) -> Path:
    return council.folder / "issued" / "master.xlsx"


# --- the month --------------------------------------------------------------------------------------------------


def test_the_month_from_source_to_status(run: Any, tmp_path: Path) -> None:
    status, out, _ = run("build", EXAMPLE, "-o", tmp_path / "master.xlsx")
    assert status == 1  # the example has leads that nobody knows, and says so
    assert "230 actions" in out
    assert "The lead “CS S” is not in the people table" in " ".join(out.split())
    issued = tmp_path / "issued"
    status, out, _ = run("issue", tmp_path / "master.xlsx", "-o", issued, "--month", "2009-09", "--due", "2009-10-05")
    assert status == 0
    assert len(list(issued.glob("*-2009-09.xlsx"))) == 31
    status, out, _ = run("check", issued / "NT-2009-09.xlsx")
    assert status == 1
    assert "1.1.2 is programmed for September 2009" in " ".join(out.split())
    new = tmp_path / "new.xlsx"
    status, out, _ = run("merge", issued / "master.xlsx", issued / "NT-2009-09.xlsx", "-o", new)
    assert status == 1
    assert "0 changes applied from 1 return" in out
    status, out, _ = run("status", new)
    assert status == 0
    assert "September 2009: 97 actions highlighted" in out
    assert "Returned: 1 of 31" in out


@pytest.mark.parametrize(("by", "files"), [("service", 13), ("priority", 16), ("all", 1)])
def test_returns_are_issued_by_service_priority_or_all(run: Any, tmp_path: Path, by: str, files: int) -> None:
    verbs.build(verbs.read(EXAMPLE), tmp_path / "master.xlsx")
    run("issue", tmp_path / "master.xlsx", "-o", tmp_path / by, "--month", "Sep 2009", "--by", by)
    returns = [path for path in (tmp_path / by).iterdir() if path.name != "master.xlsx"]
    assert len(returns) == files
    asked = {row for path in returns for row in _row_ids(path)}
    assert asked == set(verbs.read(tmp_path / "master.xlsx").by_row_id)


def _row_ids(path: Path) -> list[str]:
    (checked,) = verbs.check([path])
    return [action.issued.row_id for action in checked.reading.actions]


# --- JSON -------------------------------------------------------------------------------------------------------


def test_check_prints_the_contracts_json(run: Any, council: Council) -> None:
    path = council["PS"].type("1.1.2", "Sep", "A").send()
    status, out, _ = run("check", path, "--json")
    said = json.loads(out)
    assert status == 1
    assert set(said) == {"files", "errors", "queries"}
    (file,) = said["files"]
    assert (file["file"], file["read"], file["month"], file["recipient"]) == (path.name, True, "2009-09", "PS")
    assert (file["plan"], file["rows"]) == ("Improvement Plan", 4)
    action = next(each for each in file["actions"] if each["ref"] == "1.1.2")
    assert action["row_id"] == "r112"
    assert action["matched_by"] == "row id"
    assert action["progress"] == {"2009-09": "amber"}
    assert action["note"] == "Two drawn so far."
    found = file["findings"][0]
    assert found["code"] == "NOT_REPORTED"
    assert found["severity"] == "error"
    assert (found["sheet"], found["ref"], found["field"], found["month"]) == ("CP1", "1.1.1", "progress", "2009-09")


def test_merge_prints_the_contracts_json(run: Any, council: Council) -> None:
    one = council["PS"].type("1.1.3", "Sep", "G").type("1.1.2", "Sep", "A").send()
    two = council["HB"].type("1.1.3", "Sep", "R").send()
    bad = council.folder / "bad.xlsx"
    bad.write_bytes(b"no")
    status, out, _ = run("merge", master(council), one, two, bad, "-o", council.folder / "new.xlsx", "--json")
    said = json.loads(out)
    assert status == 1
    assert said["merged"] == ["HB-2009-09.xlsx", "PS-2009-09.xlsx"]
    assert said["unread"] == ["bad.xlsx"]
    assert said["applied"] == 1
    assert said["queries"] == 1
    assert said["outstanding"] == ["JG", "NO-LEAD"]
    (conflict,) = said["conflicts"]
    assert (conflict["ref"], conflict["field"], conflict["month"], conflict["baseline"]) == (
        "1.1.3",
        "progress",
        "2009-09",
        None,
    )
    assert [(each["value"], each["file"]) for each in conflict["values"]] == [
        ("green", "PS-2009-09.xlsx"),
        ("red", "HB-2009-09.xlsx"),
    ]


def test_status_prints_the_contracts_json(run: Any, council: Council) -> None:
    status, out, _ = run("status", master(council), "--json", "--month", "2009-07")
    said = json.loads(out)
    assert status == 0
    assert said["month"] == "2009-07"
    assert said["highlighted"] == 2
    assert said["counts"] == {
        "green": 1,
        "amber": 1,
        "red": 0,
        "revised": 0,
        "suspended": 0,
        "awaiting_approval": 0,
        "not_reported": 0,
    }
    assert said["percent"]["green"] == 50.0
    assert said["sentence"].startswith("For the 2 actions highlighted for July 2009, 50.0% was on target (green)")


def test_export_writes_each_kind_by_its_ending(run: Any, council: Council) -> None:
    for ending in ("json", "csv", "parquet", "xlsx"):
        status, _, _ = run("export", master(council), "-o", council.folder / f"plan.{ending}")
        assert status == 0
    plan = json.loads((council.folder / "plan.json").read_text(encoding="utf-8"))
    assert plan["edition"] is None
    assert plan["actions"][0]["progress"] == {"2009-07": "green"}
    assert plan["actions"][2]["lead"] == ["PS", "HB"]
    with (council.folder / "plan.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 7 * 12
    assert rows[0]["status"] == "green"
    assert verbs.read(council.folder / "plan.xlsx").actions == council.plan.actions
    assert verbs.read(council.folder / "plan.json") == replace(council.plan, layout=council.layout.name)
    assert council.plan.to_frame().shape == (84, 12)


# --- queries and decisions --------------------------------------------------------------------------------------


def test_queries_are_filled_in_and_fed_back(run: Any, council: Council) -> None:
    folder = council.folder
    back = council["PS"].type("1.1.2", "Sep", "H").send()
    run("merge", master(council), back, "-o", folder / "new.xlsx", "--queries", folder / "q.xlsx")
    book = load_workbook(folder / "q.xlsx")
    sheet = book[QUERIES_SHEET]
    assert [cell.value for cell in sheet[1]] == list(QUERY_COLUMNS)
    (validation,) = sheet.data_validations.dataValidation
    assert validation.sqref == "J2" or str(validation.sqref) == "J2"
    sheet["J2"], sheet["K2"], sheet["M2"] = "Approve", "Improvement Board", "41/09"
    book.save(folder / "decided.xlsx")
    status, out, _ = run(
        "merge", folder / "new.xlsx", "--decisions", folder / "decided.xlsx", "-o", folder / "final.xlsx"
    )
    assert status == 0, out
    approval = verbs.read(folder / "final.xlsx").by_row_id["r112"].approval[SEPTEMBER]
    assert (approval.decision, approval.by, approval.minute) == ("approved", "Improvement Board", "41/09")


# --- annotated copies -------------------------------------------------------------------------------------------


def test_an_annotated_copy_marks_each_finding_and_reads_like_the_return(run: Any, council: Council) -> None:
    officer = council["PS"].type("1.1.1", "Sep", "A").type("1.1.2", "Sep", "perhaps").type("1.1.3", "note", "Ill.")
    officer.type("1.2.1", "Sep", "#1").paint("1.1.3", "Sep", "7030A0")
    path = officer.send()
    run("check", path, "--annotate", council.folder / "annotated")
    copy = council.folder / "annotated" / path.name
    book = load_workbook(copy)
    assert book.sheetnames[0] == "Findings"
    tab, cell = officer.place("1.1.2", "progress", "Sep")
    assert book[tab][cell].value == "perhaps"
    assert "“perhaps” was typed" in book[tab][cell].comment.text
    assert book[tab][officer.place("1.1.3", "progress", "Sep")[1]].fill.fgColor.rgb[-6:] == "7030A0"
    assert f"'{tab}'!{cell}" in [row[0].hyperlink.location for row in book["Findings"]["A5:A8"] if row[0].hyperlink]
    before, again = verbs.check([path])[0], verbs.check([copy])[0]
    said = [[(a.issued.row_id, dict(a.said)) for a in each.reading.actions] for each in (before, again)]
    values = [[(row, key, s.value, s.readable) for row, all_ in side for key, s in all_.items()] for side in said]
    assert values[0] == values[1]
    assert [each.code for each in again.findings] == [each.code for each in before.findings]


def test_two_returns_of_one_name_do_not_become_one_annotated_copy(run: Any, tmp_path: Path) -> None:
    one, two = (Council.issuing(tmp_path / name)["PS"].path for name in ("one", "two"))
    status, _, err = run("check", one, two, "--annotate", tmp_path / "annotated")
    assert status == 2
    assert "Two of these returns would be written to" in err
    assert not (tmp_path / "annotated").exists()


# --- what goes wrong --------------------------------------------------------------------------------------------


def test_an_existing_file_is_not_overwritten_without_force(run: Any, council: Council) -> None:
    target = council.folder / "plan.json"
    target.write_text("mine")
    status, _, err = run("export", master(council), "-o", target)
    assert status == 2
    assert "exists already" in err
    assert target.read_text() == "mine"
    assert run("export", master(council), "-o", target, "--force")[0] == 0


def test_an_input_is_never_overwritten_even_with_force(run: Any, council: Council) -> None:
    path = master(council)
    before = path.read_bytes()
    status, _, err = run("merge", path, council["PS"].path, "-o", path, "--force")
    assert status == 2
    assert "never overwritten" in err
    status, _, err = run("issue", path, "-o", path.parent, "--month", "2009-10", "--force")
    assert status == 2
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("build", "nowhere", "-o", "x.xlsx"), "There is no file or folder nowhere"),
        (("build", ".", "-o", "x.xlsx"), "There is no .csv file"),
        (("issue", "MASTER", "-o", "x", "--month", "Smarch"), "“Smarch” is not a month"),
        (("issue", "MASTER", "-o", "x", "--month", "2012-01"), "is not a month of this plan"),
        (("issue", "MASTER", "-o", "x", "--month", "2009-10", "--due", "soon"), "“soon” is not a date"),
        (("check", "nowhere.xlsx"), "There is no file or folder nowhere.xlsx"),
        (("merge", "MASTER", "-o", "x.xlsx"), "There is nothing to merge"),
        (("merge", "RETURN", "RETURN", "-o", "x.xlsx"), "it is a return, not a master"),
        (("merge", "MASTER", "--decisions", "MASTER", "-o", "x.xlsx"), "no sheet “Queries”"),
        (("export", "MASTER", "-o", "x.docx"), "ends in none of"),
        (("build", "MASTER", "-o", "x.xlsx", "--layout", "gantt"), "There is no layout “gantt”"),
        (("build", "MASTER"), "-o"),
        (("fly",), "fly"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_status_2(
    run: Any, council: Council, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], says: str
) -> None:
    empty = council.folder / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    stands_for = {"MASTER": master(council), "RETURN": council["PS"].path}
    status, out, err = run(*(stands_for.get(word, word) for word in words))
    assert status == 2
    assert says in err
    assert out == ""
    assert list(empty.iterdir()) == []


def test_a_return_that_cannot_be_read_alone_writes_nothing(run: Any, council: Council) -> None:
    bad = council.folder / "bad.xlsx"
    bad.write_bytes(b"no")
    status, _, err = run("merge", master(council), bad, "-o", council.folder / "new.xlsx")
    assert status == 2
    assert "nothing was written" in err
    assert not (council.folder / "new.xlsx").exists()
    status, out, err = run("check", bad, "--json")
    assert status == 2
    assert json.loads(out)["files"][0]["read"] is False


def test_a_folder_stands_for_the_returns_in_it_and_leaves_out_the_master(run: Any, council: Council) -> None:
    status, out, _ = run("merge", master(council), master(council).parent, "-o", council.folder / "new.xlsx", "--json")
    assert status == 1
    assert json.loads(out)["merged"] == [
        "HB-2009-09.xlsx",
        "JG-2009-09.xlsx",
        "NO-LEAD-2009-09.xlsx",
        "PS-2009-09.xlsx",
    ]


def test_the_same_input_gives_the_same_bytes(run: Any, tmp_path: Path) -> None:
    for name in ("one", "two"):
        run("build", EXAMPLE, "-o", tmp_path / name / "master.xlsx")
        run("issue", tmp_path / name / "master.xlsx", "-o", tmp_path / name / "issued", "--month", "2009-09")
    for path in (tmp_path / "one").rglob("*.xlsx"):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes(), path


def test_the_version_is_told(run: Any) -> None:
    assert run("--version") == (0, f"workbook {version('improvement-workbook')}\n", "")


def test_help_answers_without_loading_what_opens_spreadsheets() -> None:
    code = (
        "import sys\nsys.argv = ['workbook', '--help']\nimport workbook.cli\n"
        "try:\n    workbook.cli.main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'openpyxl', 'xlsxwriter', 'pandas', 'pyarrow', 'pydantic', 'coloraide', 'rich'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603
    assert asked.returncode == 0, asked.stderr
    assert "merge" in asked.stdout


# --- a master edited by hand ------------------------------------------------------------------------------------


def test_what_the_coordinator_edits_in_the_master_is_taken_and_kept_as_the_masters_own(council: Council) -> None:
    book = load_workbook(master(council))
    loaded = verbs.load(master(council))
    grid_cell = _cell(loaded, "r112")
    book["CP1"][grid_cell].value = "G"
    book["CP1"][_cell(loaded, "r112", "action")].value = "Draw three options"
    book["CP1"][_cell(loaded, "r112", "programmed", OCTOBER)].fill = PatternFill()
    book.save(council.folder / "edited.xlsx")
    again = verbs.load(council.folder / "edited.xlsx")
    action = again.plan.by_row_id["r112"]
    assert action.progress == {SEPTEMBER: "green"}
    assert (action.action, action.programmed) == ("Draw three options", (SEPTEMBER,))
    assert again.plan.history[-1].source == "edited.xlsx"
    assert [each.code for each in again.findings] == ["MASTER_EDITED"]


def _cell(loaded: verbs.Loaded, row_id: str, field: str = "progress", month: Month = SEPTEMBER) -> str:
    found = Grid(default_layout(), loaded.plan, whole=True).cell(row_id, field, month)
    assert found
    return a1(found[1], found[2])


class Terminal(io.StringIO):
    """What a terminal would show."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("stream", [io.StringIO, Terminal])
def test_progress_is_shown_on_a_terminal_only(stream: type[io.StringIO], monkeypatch: pytest.MonkeyPatch) -> None:
    shown = stream()
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with cli._progress("Reading returns") as step:
        for file in ("AB-2009-09.xlsx", "HB-2009-09.xlsx"):
            step(file, 2)
    said = shown.getvalue()
    if stream is Terminal:
        assert "Reading returns" in said
        assert "2/2" in said
        assert "HB-2009-09.xlsx" in said
    else:
        assert said == ""
