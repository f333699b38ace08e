"""What the tabs for reading tell: plain data between `report/`, which finds it, and `build/`, which writes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workbook.palette import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewCell:
    """A cell of a table: its text, and the status in whose look it is shown."""

    text: str
    status: Status | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewColumn:
    """A column of a table; `share` is what it has of the page's width."""

    heading: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows of a table below a band; `lines` stand between the band and the rows."""

    band: str = ""
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[ViewCell, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One part of a report: its title, paragraphs (those in `bullets` as a list), and a table in groups."""

    title: str
    paragraphs: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    columns: tuple[ViewColumn, ...] = ()
    groups: tuple[Group, ...] = ()


Reports = Mapping[str, tuple[Told, ...]]  # by the title of the tab
NO_REPORTS: Reports = MappingProxyType({})
