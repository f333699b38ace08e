"""Returns read side by side: the same as one after another, whatever becomes of a worker."""

import os
import signal
from collections.abc import Sequence
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.office import SEPTEMBER, TWO_BANDS, Council, codes, small_plan
from workbook import verbs, workers
from workbook.months import Month
from workbook.names import PLAN_SHEET
from workbook.plan import Plan
from workbook.reading import Reading
from workbook.workers import cores, read_returns


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are worth it for any number of files."""
    monkeypatch.setattr(workers, "WORTH_IT", 1)
    monkeypatch.setattr(workers, "_AT_ONCE", 2)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, list[Path]]:
    """A plan issued in August and in September, and all that came back, in an order of its own."""
    august = Council.issuing(tmp_path_factory.mktemp("august"), month=Month(2009, 8))
    late = august["PS"].type("1.1.1", "Aug", "A").send("late.xlsx")
    council = Council.issuing(tmp_path_factory.mktemp("september"), plan=august.plan)
    other = Council.issuing(tmp_path_factory.mktemp("other"), plan=replace(small_plan(), plan_id="pother"))

    def without_marks(book: object) -> None:
        del book[PLAN_SHEET]  # type: ignore[attr-defined]  # a workbook of openpyxl's
        book["Guidance"].delete_rows(1, 60)  # type: ignore[index]  # as above

    files = [
        council["PS"].type("1.1.2", "Sep", "G").paint("1.1.3", "Sep", "FFC000").type("1.1.2", "note", "Drawn.").send(),
        council["HB"].type("1.1.3", "Sep", "R").type("1.2.10", "action", "Lay it").send(),
        council["JG"].type("2.1.1", "Sep", "perhaps").delete("2.1.1").send(),
        council["NO-LEAD"].send(),
        council["PS"].send("unmarked.xlsx", without_marks),
        other["HB"].send("another.xlsx"),
        late,
    ]
    junk = council.folder / "returned" / "scan.pdf"
    junk.write_bytes(b"%PDF-1.4")
    return council.plan, [*files, junk]


@pytest.mark.usefixtures("always")
def test_a_merge_reads_the_same_side_by_side_in_the_order_given(sent: tuple[Plan, list[Path]]) -> None:
    plan, files = sent
    for order in (files, files[::-1]):
        alone = read_returns(order, plan, TWO_BANDS)
        assert read_returns(order, plan, TWO_BANDS, workers=2) == alone
        assert [each.file for each in alone] == [path.name for path in order]


@pytest.mark.usefixtures("always")
def test_a_check_reads_the_same_side_by_side(sent: tuple[Plan, list[Path]]) -> None:
    _, files = sent
    assert read_returns(files, workers=2) == read_returns(files)


@pytest.mark.usefixtures("always")
def test_the_verbs_give_the_same_with_any_number_of_workers(sent: tuple[Plan, list[Path]]) -> None:
    plan, files = sent
    told: list[tuple[str, int]] = []

    def step(file: str, of: int) -> None:
        told.append((file, of))

    assert verbs.merge(plan, files, layout=TWO_BANDS, workers=2, step=step) == verbs.merge(
        plan, files, layout=TWO_BANDS
    )
    assert sorted(told) == sorted((path.name, len(files)) for path in files)
    assert verbs.check(files, workers=2) == verbs.check(files)


@pytest.mark.usefixtures("always")
def test_what_was_issued_is_not_sent_back(sent: tuple[Plan, list[Path]]) -> None:
    plan, files = sent
    (reading,) = read_returns(files[:1], plan, TWO_BANDS, workers=2)
    assert reading.issued is plan.issues[reading.issue_id]
    assert all(read.issued is plan.by_row_id[read.issued.row_id] for read in reading.actions)


@pytest.mark.usefixtures("always")
def test_when_a_worker_is_killed_every_file_is_read_all_the_same(sent: tuple[Plan, list[Path]]) -> None:
    plan, files = sent
    killed: list[int] = []

    def done(_: Reading) -> None:
        if not killed:
            killed.extend(each.pid or 0 for each in active_children())
            os.kill(killed[0], signal.SIGTERM)

    assert read_returns(files, plan, TWO_BANDS, workers=2, done=done) == read_returns(files, plan, TWO_BANDS)
    assert killed
    assert active_children() == []


def deadly(paths: Sequence[Path]) -> object:
    """The work of a worker whom one file costs its life."""
    if any(path.name.startswith("HB") for path in paths):
        os._exit(9)
    return workers._work(paths)


@pytest.mark.usefixtures("always")
def test_a_file_on_which_workers_die_is_unreadable_and_the_others_are_read(
    sent: tuple[Plan, list[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, files = sent
    alone = read_returns(files, plan, TWO_BANDS)
    monkeypatch.setattr(workers, "_work", deadly)
    found = read_returns(files, plan, TWO_BANDS, workers=2)
    assert [each for each in found if not each.file.startswith("HB")] == [
        each for each in alone if not each.file.startswith("HB")
    ]
    (lost,) = [each for each in found if each.file.startswith("HB")]
    assert (lost.read, codes(lost)) == (False, ["FILE_UNREADABLE"])
    assert "more memory than there is" in lost.findings[0].message


def never(_: Sequence[Path]) -> object:
    """The work of a worker who cannot even begin."""
    os._exit(9)


@pytest.mark.usefixtures("always")
def test_where_no_worker_can_begin_the_files_are_read_without(
    sent: tuple[Plan, list[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, files = sent
    monkeypatch.setattr(workers, "_work", never)
    assert read_returns(files[:3], plan, TWO_BANDS, workers=2) == read_returns(files[:3], plan, TWO_BANDS)


@pytest.mark.usefixtures("always")
def test_whatever_stops_the_run_leaves_no_worker_behind(sent: tuple[Plan, list[Path]]) -> None:
    plan, files = sent

    def done(_: Reading) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_returns(files, plan, TWO_BANDS, workers=2, done=done)
    assert active_children() == []


def test_a_few_files_are_read_without_workers(sent: tuple[Plan, list[Path]], monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("a worker was started")

    monkeypatch.setattr(workers, "_pool", refused)
    plan, files = sent
    assert len(read_returns(files, plan, TWO_BANDS, workers=2)) == len(files)


def test_there_is_a_core_to_work_on() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)


def test_only_what_was_changed_is_kept_and_all_is_said(sent: tuple[Plan, list[Path]]) -> None:
    plan, files = sent
    (reading,) = read_returns(files[:1], plan, TWO_BANDS)
    read = next(each for each in reading.actions if each.issued.ref == "1.1.2")
    assert {key: said.value for key, said in read.others.items()} == {
        ("progress", SEPTEMBER): "green",
        ("note", None): "Drawn.",
    }
    assert list(read.said) == [
        *((key, None) for key in ("ref", "action", "lead", "note")),
        *(("progress", m) for m in plan.period),
    ]
    sheet = load_workbook(files[0])[read.sheet]
    for (name, month), said in read.said.items():
        if (name, month) != ("progress", SEPTEMBER):
            assert (said.value, said.readable) == (sheet[said.cell].value, True)
    assert len(read.said) == len(dict(read.said))
    assert ("programmed", None) not in read.said
