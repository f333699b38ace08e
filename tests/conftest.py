"""What tests share: the example plan, and LibreOffice where it is installed."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.office import BOTH_FORMS, Council
from workbook import cli, libreoffice, verbs
from workbook.layout import default_layout
from workbook.verbs import Loaded

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / default_layout().name


@pytest.fixture(scope="session")
def example() -> Loaded:
    """The example plan, read from its source."""
    return verbs.load(EXAMPLE)


@pytest.fixture(scope="session")
def office() -> None:
    """LibreOffice: a test that needs it is skipped where it is missing, but fails where CI should have it."""
    _needed(libreoffice.find(), "LibreOffice with python3-uno")


@pytest.fixture(scope="session")
def printer() -> None:
    """LibreOffice without a Python that talks to it, which prints."""
    _needed(libreoffice.program(), "LibreOffice")


def _needed(found: object, what: str) -> None:
    if not found:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{what} is missing; .ci/run installs it.")
        pytest.skip(f"{what} is not installed")


@pytest.fixture(scope="session")
def offices(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Council]:
    """The council that tests have copies of, by the form of its plan."""
    return {form.bands: Council.issuing(tmp_path_factory.mktemp(form.bands), form) for form in BOTH_FORMS}


@pytest.fixture(params=BOTH_FORMS, ids=lambda form: form.bands)
def council(request: pytest.FixtureRequest, tmp_path: Path, offices: dict[str, Council]) -> Council:
    """A council in each form, with nothing done to its returns yet."""
    return offices[request.param.bands].fresh(tmp_path)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command line in this process: (exit status, standard output, standard error)."""

    def command(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["workbook", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return int(ended.value.code or 0), out, err

    return command
