"""Spreadsheets as people make them, written afresh, with what a sensible person reads in them."""

from tests.adopted.calendars import CALENDARS
from tests.adopted.case import Case, Row, Table
from tests.adopted.conditional import CONDITIONAL
from tests.adopted.exports import EXPORTS
from tests.adopted.forms import FORMS
from tests.adopted.grounds import GROUNDS
from tests.adopted.headings import HEADINGS
from tests.adopted.languages import LANGUAGES
from tests.adopted.large import LARGE_CASES
from tests.adopted.plain import PLAIN
from tests.adopted.several import SEVERAL
from tests.adopted.shapes import SHAPES
from tests.adopted.statuses import STATUSES
from tests.adopted.templates import TEMPLATES
from tests.adopted.trackers import TRACKERS

CASES: tuple[Case, ...] = (
    *PLAIN,
    *CALENDARS,
    *LANGUAGES,
    *CONDITIONAL,
    *STATUSES,
    *SHAPES,
    *SEVERAL,
    *LARGE_CASES,
    *TEMPLATES,
    *EXPORTS,
    *TRACKERS,
    *FORMS,
    *HEADINGS,
    *GROUNDS,
)

__all__ = ["CASES", "Case", "Row", "Table"]
