"""Spreadsheets as people make them, written afresh, with what a sensible person reads in them."""

from tests.adopted.calendars import CALENDARS
from tests.adopted.case import Case, Row, Table
from tests.adopted.conditional import CONDITIONAL
from tests.adopted.languages import LANGUAGES
from tests.adopted.large import LARGE_CASES
from tests.adopted.plain import PLAIN
from tests.adopted.several import SEVERAL
from tests.adopted.shapes import SHAPES
from tests.adopted.statuses import STATUSES

CASES: tuple[Case, ...] = (*PLAIN, *CALENDARS, *LANGUAGES, *CONDITIONAL, *STATUSES, *SHAPES, *SEVERAL, *LARGE_CASES)

__all__ = ["CASES", "Case", "Row", "Table"]
