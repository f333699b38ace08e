"""What was found -> the tables of a plan source, with the mapping in front and everything that was kept behind."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from workbook.adopt.found import Adopted, FoundAction, FoundTable, some_of
from workbook.adopt.given import COLOUR, COLUMN, HEADINGS, MAPPING, NO_DAY, PERIODS
from workbook.adopt.labels import label_of, turned
from workbook.adopt.periods import YEARS, Period
from workbook.findings import Finding, Where, finding
from workbook.layout import Layout
from workbook.months import Month, format_runs, run
from workbook.plan import IMPORTANCE, plain_ref, split_names
from workbook.refs import a1, area, column_letter, parse_a1
from workbook.source import LONGEST_PLAN, Table, identity, new_row_id, table
from workbook.timescales import parse

_FINDING = ("severity", "code", "place", "what is said", "what to do")
_KEPT = ("sheet", "cell", "text")
_YEAR = 12  # months
_SAME = ("start", "finish", "milestone", "partners", "resources", "depends_on", "note")
_OWN = ("ref", "action", "lead", "programmed", "row_id", "timescale", "importance", "heading", *_SAME)
_REF = re.compile(r"([A-Z]{0,4}\d[\w.]*|[A-Z])[\s.:)–-]+(?=\S)")
_HALF_A_WEEK = dt.timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The tables to write, and what is to be said of them beside what was found."""

    tables: tuple[Table, ...]
    findings: tuple[Finding, ...]


def source_of(adopted: Adopted, layout: Layout) -> Source:
    """The plan source of what was found, to be looked over; its statuses are those of the layout."""
    writer = _Writer(adopted, layout)
    tables = [writer.settings(), writer.people(), writer.headings(), writer.actions(), writer.progress()]
    findings = (*adopted.findings, *writer.findings)
    return Source(
        tables=(
            table("mapping", MAPPING, _mapping(adopted)),
            *(each for each in tables if each.rows),
            table("findings", _FINDING, ((f.severity, f.code, f.place, f.message, f.remedy) for f in findings)),
            table("kept", _KEPT, ((each.sheet, each.cell, each.text) for each in adopted.kept)),
        ),
        findings=findings,
    )


def _mapping(adopted: Adopted) -> Iterator[tuple[str, ...]]:
    """What each table, column and colour was taken for."""
    for found in adopted.tables:
        told = f"{len(found.actions)} actions"
        yield (found.sheet, HEADINGS, _headings(found), told, HEADINGS, "", "its rows name columns")
        said = {each.column: (each.heading, each.meaning, f"{each.sure:.0%}", each.why) for each in found.columns}
        said |= {column: (text, "", "", "no usual name") for column, text in found.unmapped.items()}
        for column in sorted(said):
            yield (found.sheet, COLUMN, a1(found.header_rows[-1], column), *said[column])
        if found.periods:
            first, last = found.periods[0], found.periods[-1]
            where = f"{column_letter(first.column)}:{column_letter(last.column)}"
            dates = f"{first.kind}s from {first.start or NO_DAY}"
            yield (found.sheet, PERIODS, where, f"{first.label} … {last.label}", dates, "", "its headings are dates")
    for colour in adopted.colours:
        yield ("", COLOUR, colour.colour, colour.words, colour.status, "", colour.why)


def _headings(found: FoundTable) -> str:
    """The cells of a table's headings: of those that are repeated on every page, and those below it, too."""
    places = [parse_a1(cell) for cell in found.headings]
    runs: list[list[int]] = []
    for row in found.header_rows:
        if not runs or row != runs[-1][-1] + 1:
            runs.append([])
        runs[-1].append(row)
    columns = [[column for row, column in places if row in run] for run in runs]
    return " ".join(area((run[0], min(at)), (run[-1], max(at))) for run, at in zip(runs, columns, strict=True) if at)


@dataclass(slots=True)
class _Row:
    """One action with where it will stand in the source."""

    found: FoundAction
    table: FoundTable
    heading: str
    ref: str
    row_id: str = ""
    months: tuple[Month, ...] = ()
    statuses: Mapping[Month, str] = field(default_factory=dict)


class _Writer:
    """Gathers the tables of one source."""

    def __init__(self, adopted: Adopted, layout: Layout) -> None:
        self.adopted = adopted
        self.layout = layout
        self.findings: list[Finding] = []
        self.titles: dict[str, str] = {}  # of the headings, by ref
        self.rows = self._placed()
        self._date()

    # --- refs and headings ----------------------------------------------------------------------------------

    def _placed(self) -> list[_Row]:
        rows: list[_Row] = []
        refs: dict[tuple[str, str], str] = {}
        several = len({each.sheet for each in self.adopted.tables}) > 1
        for found in self.adopted.tables:
            for action in found.actions:
                said = action.heading or (found.sheet if several else "")
                key = (found.sheet if several else "", said)
                if key not in refs:
                    refs[key] = self._heading_ref(said or self.adopted.title)
                rows.append(_Row(action, found, refs[key], action.words.get("ref", "")))
        self._number(rows)
        taken: set[str] = set()
        for row in rows:
            row.row_id = new_row_id(identity(row.ref, row.heading, row.found.words["action"]), taken)
            taken.add(row.row_id)
        return rows

    def _heading_ref(self, title: str) -> str:
        title = " ".join(title.split())
        match = _REF.match(title)
        own = match[1].rstrip(".") if match else ""
        number = len(self.titles) + 1
        ref = own if own and own not in self.titles else str(number)
        while ref in self.titles:
            number += 1
            ref = str(number)
        self.titles[ref] = title[match.end() :] if match and ref == own else title
        return ref

    def _number(self, rows: Sequence[_Row]) -> None:
        """Give each action without a ref one of its own, and say so."""
        taken = {plain_ref(row.ref) for row in rows if row.ref}
        without = [row for row in rows if not row.ref]
        for row in without:
            number = 1
            while plain_ref(f"{row.heading}.{number}") in taken:
                number += 1
            row.ref = f"{row.heading}.{number}"
            taken.add(plain_ref(row.ref))
        if without:
            first, last = without[0].ref, without[-1].ref
            words = {"count": len(without), "first": first, "last": last}
            self.findings.append(finding("REF_MADE", Where(file=self.adopted.file), **words))

    # --- months ---------------------------------------------------------------------------------------------

    def _date(self) -> None:
        """Read the bars as months; what lies outside the longest plan is said."""
        told: dict[str, tuple[dict[Month, str], set[Month]]] = {}
        several: list[tuple[_Row, list[Month]]] = []
        for row in self.rows:
            periods = {each.column: each for each in row.table.periods if each.start}
            months = {month for column in row.found.filled if column in periods for month in _months(periods[column])}
            statuses: dict[Month, str] = {}
            differ: set[Month] = set()
            for column in sorted(set(row.found.statuses) & set(periods)):
                month, status = _months(periods[column])[-1], row.found.statuses[column]
                differ |= {month} if statuses.get(month, status) != status else set()
                statuses[month] = status
            told[row.row_id] = statuses, months
            several += [(row, sorted(differ))] if differ else []
        if several:
            row, differing = several[0]
            at = Where(sheet=row.table.sheet, cell=a1(row.found.row, row.table.periods[0].column), ref=row.ref)
            refs = some_of(each.ref for each, _ in several)
            self.findings.append(finding("MONTH_HAS_SEVERAL", at, refs=refs, months=format_runs(differing)))
        everything = {month for statuses, months in told.values() for month in (*statuses, *months)}
        dated = [each for found in self.adopted.tables for each in found.periods if each.start]
        everything |= {month for each in dated for month in _months(each)}
        dates = [date for row in self.rows for date in _dates(row)]
        everything |= set() if everything else {Month(date.year, date.month) for date in dates}
        self.start = min(everything, default=None)
        last = max(everything, default=None)
        self.months = min(max(last.since(self.start) + 1, _YEAR), LONGEST_PLAN) if self.start and last else _YEAR
        end = self.start + self.months if self.start else None
        outside: set[Month] = set()
        for row in self.rows:
            statuses, months = told[row.row_id]
            outside |= {month for month in (*statuses, *months) if end and month >= end}
            row.months = tuple(month for month in sorted(months) if end and month < end)
            row.statuses = {month: status for month, status in statuses.items() if end and month < end}
        if outside:
            where = Where(file=self.adopted.file)
            words = {"most": LONGEST_PLAN, "first": min(outside).name, "last": max(outside).name}
            self.findings.append(finding("PLAN_TOO_LONG", where, **words))
        if self.rows and not self.start:
            self.findings.append(finding("START_NOT_FOUND", Where(file=self.adopted.file)))

    # --- the tables -----------------------------------------------------------------------------------------

    def settings(self) -> Table:
        """Title, first month and length; the first month is left to be filled in where no date was found."""
        said = {
            "title": self.adopted.title or self.adopted.file,
            "start": str(self.start or ""),
            "months": str(self.months),
            "layout": self.layout.name,
        }
        return table("settings", ("key", "value"), said.items())

    def people(self) -> Table:
        """Everybody who leads something, as they are called in the file."""
        names = dict.fromkeys(name for row in self.rows for name in split_names(row.found.words.get("lead", "")))
        return table("people", ("initials", "name"), ((name, "") for name in names))

    def headings(self) -> Table:
        """The sections of the tables, or their sheets."""
        level = self.layout.levels[0]
        return table("headings", ("ref", "level", "title"), ((ref, level, title) for ref, title in self.titles.items()))

    def actions(self) -> Table:
        """The actions, the columns that no plan has after the usual ones."""
        rows = [self._action(row) for row in self.rows]
        used = {name for row in rows for name in row}
        columns = [
            name for name in ("ref", "heading", "action", "lead", "programmed") if name in used or name != "lead"
        ]
        columns += [name for name in _OWN if name in used and name not in columns]
        columns += sorted(used - set(columns), key=[*dict.fromkeys(n for row in rows for n in row)].index)
        return table("actions", columns, ([row.get(name, "") for name in columns] for row in rows))

    def _action(self, row: _Row) -> dict[str, str]:
        words = {**row.found.words}
        words |= {name: _as_date(words[name]) for name in row.table.month_first if name in words}
        said = {name: words[name] for name in ("action", "lead", *_SAME) if name in words}
        said |= {"ref": row.ref, "heading": row.heading, "row_id": row.row_id}
        said["programmed"] = format_runs(row.months) if row.months else ""
        if "deadline" in words:
            said["finish" if "finish" not in words and "start" in words else "timescale"] = words["deadline"]
        importance = words.get("priority", "")
        if importance.casefold() in IMPORTANCE:
            said["importance"] = importance.casefold()
        elif importance:
            said["priority"] = importance
        counted = [name for name in ("start", "finish") if name in said and _is_counted(said[name])]
        said |= {f"{name} found": said.pop(name) for name in counted}
        for name in ("status", "percent", "days"):
            if name in words:
                said[f"{name} found"] = words[name]
        if row.found.means and row.found.means != words.get("status", "").casefold():
            said["status means" if "status" in words else "status found"] = row.found.means
        for name, text in row.found.more.items():
            said[name if name not in said and name.casefold() not in _OWN else f"{name} (column)"] = text
        return said

    def progress(self) -> Table:
        """What the colours say of each month, in the statuses of the layout."""
        known = {status.key for status in self.layout.statuses}
        rows = [
            (row.row_id, str(month), status)
            for row in self.rows
            for month, status in sorted(row.statuses.items())
            if status in known
        ]
        return table("progress", ("row_id", "month", "status"), rows)


@lru_cache(maxsize=1024)
def _months(period: Period) -> tuple[Month, ...]:
    """The months of a period that has a start; of a week the one that most of it lies in."""
    day = period.start or dt.date.min
    day += _HALF_A_WEEK if period.kind == "week" else dt.timedelta()
    return run(Month(day.year, day.month), period.months)


def _dates(row: _Row) -> Iterator[dt.date]:
    for name in ("start", "finish", "deadline"):
        said = row.found.words.get(name, "")
        found = parse(_as_date(said) if name in row.table.month_first else said)
        yield from (date for date in (found.start, found.finish) if date and date.year in YEARS)


def _is_counted(text: str) -> bool:
    """Whether a text is the number of a period, as 3 or M3, and no date."""
    label = label_of(text)
    return text.isdecimal() or (label is not None and label.month is None)


def _as_date(text: str) -> str:
    """A date in numbers with its month first, as every program reads it; any other text as it is."""
    label = label_of(turned(text)) if text else None
    return f"{label.year}-{label.month:02d}-{label.day:02d}" if label and label.day and label.year else text
