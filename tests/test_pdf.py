"""Workbooks printed to PDF by LibreOffice, and what is said where that cannot be."""

import os
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import xlsxwriter

from workbook import libreoffice
from workbook.errors import OfficeError

scripts = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with two tabs to print and a hidden one."""
    path = tmp_path_factory.mktemp("small") / "- a plan & more.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": "The plan"})
        for name in ("First", "Second", "Behind"):
            book.add_worksheet(name).write("A1", f"{name} tab")
        book.get_worksheet_by_name("Behind").hide()
    return path


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in LibreOffice's place: write into it what it does."""
    path = tmp_path / "soffice"
    path.touch(mode=0o755)
    monkeypatch.setattr(libreoffice, "program", lambda: path)
    return path


def refused(workbook: Path, pdf: Path) -> str:
    """Why a workbook is not printed; whatever the reason, what was there before stays as it was."""
    pdf.write_text("before")
    with pytest.raises(OfficeError) as error:
        libreoffice.to_pdf(workbook, pdf)
    assert pdf.read_text() == "before"
    assert "in Excel, and choose File > Export (or Save As) > PDF" in str(error.value)
    return str(error.value)


@pytest.mark.libreoffice
@pytest.mark.usefixtures("printer")
def test_a_pdf_is_for_screen_readers_too_and_the_same_every_time(tmp_path: Path, small: Path) -> None:
    pdfs = [tmp_path / f"{number}.pdf" for number in range(3)]
    with ThreadPoolExecutor() as together:
        list(together.map(lambda pdf: libreoffice.to_pdf(small, pdf, language="cy-GB"), pdfs[:2]))
    libreoffice.to_pdf(small, pdfs[2], language="cy-GB")
    first, *others = [pdf.read_bytes() for pdf in pdfs]
    assert others == [first, first]
    for said in (b"/Lang(cy-GB)", b"/MarkInfo<</Marked true>>", b"/DisplayDocTitle true", b"/Title<FEFF"):
        assert said in first.replace(b"/Title(The plan)", b"/Title<FEFF")
    assert len(re.findall(rb"/Type/Page\b", first)) == 2
    assert len(re.findall(rb"/Dest\[", first)) == 2  # bookmarks
    assert re.search(rb"/ID \[ <([0-9A-F]{32})>\s<\1> \]", first)
    assert b"Date" not in first


@pytest.mark.libreoffice
@pytest.mark.usefixtures("printer")
def test_another_workbook_has_another_id(tmp_path: Path, small: Path) -> None:
    libreoffice.to_pdf(small, tmp_path / "one.pdf")
    libreoffice.to_pdf(small, tmp_path / "other.pdf", language="cy-GB")
    ids = {re.findall(rb"/ID \[ <(\w+)>", path.read_bytes())[0] for path in tmp_path.glob("*.pdf")}
    assert len(ids) == 2


@pytest.mark.libreoffice
@pytest.mark.usefixtures("printer")
def test_what_is_no_workbook_is_not_printed(tmp_path: Path, small: Path) -> None:
    damaged = tmp_path / "damaged.xlsx"
    damaged.write_bytes(small.read_bytes()[:1000])
    assert "has printed no PDF of damaged.xlsx: Error: source file could not be loaded." in refused(
        damaged, tmp_path / "it.pdf"
    )


def test_without_libreoffice_it_is_said_what_to_install(
    tmp_path: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    assert "is not installed. Install LibreOffice Calc (libreoffice.org;" in refused(small, tmp_path / "it.pdf")


@scripts
def test_a_program_that_fails_is_quoted(tmp_path: Path, small: Path, stand_in: Path) -> None:
    stand_in.write_text('#!/bin/sh\necho "first" >&2\necho "no room left." >&2\nexit 77\n')
    assert "(it ended with status 77): no room left. Or open" in refused(small, tmp_path / "it.pdf")


@scripts
@pytest.mark.parametrize("what", ["", "echo half > pdf/printed.pdf", "printf '%%PDF-1.6 half' > pdf/printed.pdf"])
def test_no_pdf_or_half_of_one_is_none(tmp_path: Path, small: Path, stand_in: Path, what: str) -> None:
    stand_in.write_text(f'#!/bin/sh\ncd "$TMPDIR"\nmkdir pdf\n{what}\n')
    assert "has printed no PDF of - a plan & more.xlsx. Or" in refused(small, tmp_path / "it.pdf")


@scripts
def test_a_program_that_hangs_is_ended_with_all_that_it_started(
    tmp_path: Path, small: Path, stand_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "_PRINTING", 1.0)
    stand_in.write_text(f'#!/bin/sh\nsleep 600 &\necho $! > "{tmp_path}/child"\nwait\n')
    assert "has not printed - a plan & more.xlsx within" in refused(small, tmp_path / "it.pdf")
    child = int((tmp_path / "child").read_text())
    assert is_gone(child)


@scripts
def test_an_interrupted_run_leaves_no_program_behind(
    tmp_path: Path, small: Path, stand_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        time.sleep(0.5)
        raise KeyboardInterrupt

    monkeypatch.setattr("subprocess.Popen.communicate", interrupted)
    stand_in.write_text(f'#!/bin/sh\necho $$ > "{tmp_path}/child"\nsleep 600\n')
    with pytest.raises(KeyboardInterrupt):
        libreoffice.to_pdf(small, tmp_path / "it.pdf")
    assert is_gone(int((tmp_path / "child").read_text()))


def is_gone(process: int) -> bool:
    """Whether a process ends within some seconds."""
    for _ in range(100):
        try:
            os.kill(process, 0)
            # Ended, and nobody has asked how yet.
            if Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    return False
