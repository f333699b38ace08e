"""What tests share: the example plan, and LibreOffice where it is installed."""

import os
from pathlib import Path

import pytest

from workbook import libreoffice, verbs
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
    if libreoffice.find() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice with python3-uno is missing; .ci/run installs it.")
        pytest.skip("LibreOffice with its Python is not installed")
