"""Where commands write: a name or place that will not do is said in a sentence, and nothing is changed."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import EXAMPLE
from tests.office import Council
from workbook import verbs
from workbook.read.tables import folder_tables


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A master and a return that came back, a plan source, a folder, a file, and a text of somebody's own."""
    council = Council.issuing(tmp_path_factory.mktemp("council"))
    folder = tmp_path_factory.mktemp("made")
    shutil.copy(council.folder / "issued" / "master.xlsx", folder)
    shutil.copy(council["PS"].type("1.1.1", "Sep", "G").send(), folder / "back.xlsx")
    shutil.copytree(EXAMPLE, folder / "source")
    (folder / "folder").mkdir()
    (folder / "file").write_text("mine", encoding="utf-8")
    (folder / "old.xlsx").write_text("mine", encoding="utf-8")
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = shutil.copytree(made, tmp_path / "desk")
    monkeypatch.chdir(folder)
    return folder


def tree(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() if path.is_file() else b"" for path in sorted(folder.rglob("*"))}


BUILD = "build source -o OUT"
MERGE = "merge master.xlsx back.xlsx -o OUT"
QUERIES = "merge master.xlsx back.xlsx -o new.xlsx --queries OUT"
REMINDERS = "status master.xlsx --reminders OUT"
EXPORT = "export master.xlsx -o OUT"
ISSUE = "issue master.xlsx --month 2009-10 -o OUT"
CHECK = "check back.xlsx --annotate OUT"
FILES = {"build": BUILD, "merge": MERGE, "queries": QUERIES, "reminders": REMINDERS, "export": EXPORT}
FOLDERS = {"issue": ISSUE, "check": CHECK}


def words(command: str, out: str) -> list[str]:
    return [out if word == "OUT" else word for word in command.split()]


def refused(run: Any, desk: Path, *line: str) -> str:
    """What a command says that changes nothing, in one line on standard error."""
    before = tree(desk)
    status, out, err = run(*line)
    assert (status, out) == (2, ""), out
    assert tree(desk) == before
    assert err.count("\n") == 1
    return str(err).strip()


@pytest.mark.parametrize("command", FILES.values(), ids=FILES)
def test_a_folder_is_no_file(run: Any, desk: Path, command: str) -> None:
    Path("folder.xlsx").mkdir()
    assert refused(run, desk, *words(command, "folder.xlsx"), "--force") == (
        "folder.xlsx is a folder. Name the file to write."
    )


@pytest.mark.parametrize("command", [each for each in FILES.values() if each != EXPORT])
def test_a_folder_without_an_ending_is_no_file_either(run: Any, desk: Path, command: str) -> None:
    assert refused(run, desk, *words(command, "folder")) == "folder is a folder. Name the file to write."


@pytest.mark.parametrize("command", [each for each in FILES.values() if each != EXPORT])
@pytest.mark.parametrize(("name", "better"), [("plan", "plan.xlsx"), ("plan.xls", "plan.xlsx"), ("a.b/c", "c.xlsx")])
def test_a_workbook_is_named_xlsx(run: Any, desk: Path, command: str, name: str, better: str) -> None:
    assert refused(run, desk, *words(command, name)) == f"{name} does not end in .xlsx. Name the workbook {better}."


@pytest.mark.parametrize("name", ["plan", "plan.xls"])
def test_an_export_is_named_for_what_it_holds(run: Any, desk: Path, name: str) -> None:
    assert refused(run, desk, *words(EXPORT, name)) == (
        f"{name} ends in none of .json, .csv, .parquet, .xlsx. The ending says what to write."
    )


@pytest.mark.parametrize("command", [*FILES.values(), *FOLDERS.values()], ids=[*FILES, *FOLDERS])
def test_a_folder_that_is_not_there_is_made(run: Any, desk: Path, command: str) -> None:
    out = "new/deep" if command in FOLDERS.values() else "new/deep/plan.xlsx"
    status, _, err = run(*words(command, out))
    assert status in (0, 1), err
    assert list((desk / "new" / "deep").glob("*.xlsx"))
    assert not list(desk.rglob(".*"))


@pytest.mark.parametrize("command", [*FILES.values(), *FOLDERS.values()], ids=[*FILES, *FOLDERS])
def test_a_file_is_no_folder(run: Any, desk: Path, command: str) -> None:
    out = "file" if command in FOLDERS.values() else "file/plan.xlsx"
    assert refused(run, desk, *words(command, out), "--force") == (
        "file is a file, and not a folder to write into. Name a folder."
    )


@pytest.mark.parametrize("command", FILES.values(), ids=FILES)
def test_what_is_there_stays_without_force(run: Any, desk: Path, command: str) -> None:
    assert refused(run, desk, *words(command, "old.xlsx")) == (
        "old.xlsx exists already. Choose another name, or add --force to overwrite it."
    )
    status, _, err = run(*words(command, "old.xlsx"), "--force")
    assert status in (0, 1), err
    assert (desk / "old.xlsx").read_bytes() != b"mine"


@pytest.mark.parametrize("command", [MERGE, QUERIES, REMINDERS, EXPORT])
def test_what_is_read_is_never_written(run: Any, desk: Path, command: str) -> None:
    assert "master.xlsx is read by this command and is never overwritten." in refused(
        run, desk, *words(command, "master.xlsx"), "--force"
    )


@pytest.mark.parametrize("queries", ["new.xlsx", "./new.xlsx", "folder/../new.xlsx", "NEW.xlsx"])
def test_the_rolled_up_copy_and_the_queries_are_two_files(run: Any, desk: Path, queries: str) -> None:
    line = ("merge", "master.xlsx", "back.xlsx", "-o", "new.xlsx", "--queries", queries, "--force")
    assert refused(run, desk, *line).endswith("is named for two of the files to write. Give each a name of its own.")


def test_a_master_that_is_named_like_a_return_is_not_written_over_it(run: Any, desk: Path) -> None:
    shutil.copy("master.xlsx", "PS-2009-10.xlsx")
    said = refused(run, desk, "issue", "PS-2009-10.xlsx", "-o", "issued", "--month", "2009-10")
    assert said == (
        f"{Path('issued/PS-2009-10.xlsx')} is named for two of the files to write. Give each a name of its own."
    )


def test_what_is_issued_from_a_plan_that_is_no_workbook_is_a_workbook(run: Any, desk: Path) -> None:
    run("export", "master.xlsx", "-o", "plan.json")
    assert run("issue", "plan.json", "-o", "issued", "--month", "2009-10")[0] == 0
    assert (desk / "issued" / "plan.xlsx").exists()
    assert run("issue", "source", "-o", "more", "--month", "2009-10")[0] == 1
    assert verbs.read(desk / "more" / "source.xlsx").register


def test_the_tables_of_a_source_are_not_written_over(run: Any, desk: Path) -> None:
    said = refused(run, desk, "export", "source", "-o", "source/actions.csv", "--force")
    assert said.startswith(f"{Path('source/actions.csv')} is read by this command and is never overwritten.")


def test_what_a_killed_run_has_left_is_neither_a_return_nor_a_table_of_a_source(desk: Path) -> None:
    for folder, name in (("folder", ".workbook-desk-1-0.xlsx"), ("source", ".workbook-desk-1-0.csv")):
        (desk / folder / name).write_text("half", encoding="utf-8")
    shutil.copy("back.xlsx", "folder")
    assert verbs.returns_in(["folder"]) == [Path("folder/back.xlsx")]
    assert {table.name for table in folder_tables(Path("source"))} == {"settings", "people", "headings", "actions"}
