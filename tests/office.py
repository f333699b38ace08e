"""A small council for tests: its plan, its returns, and officers who fill them in with openpyxl."""

import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from workbook import verbs
from workbook.findings import Finding
from workbook.grid import Grid
from workbook.layout import Column, Layout, Part, TabSpec, default_layout
from workbook.merge import Merged
from workbook.months import Month
from workbook.plan import Action, Heading, Person, Plan
from workbook.read.workbooks import read_return
from workbook.reading import Reading
from workbook.record import Issued
from workbook.refs import a1

JULY = Month(2009, 7)
SEPTEMBER = Month(2009, 9)
TWO_BANDS = default_layout()
OVERLAY = replace(TWO_BANDS, name="one-row", bands="overlay", protect=False, filter=True)
BOTH_FORMS = (TWO_BANDS, OVERLAY)
# A form without months: the status of the month that is reported, after those of two months before it.
ONE_STATUS = replace(
    TWO_BANDS,
    name="one-status",
    columns=(
        *(column for column in TWO_BANDS.columns if column.field in ("ref", "action", "lead")),
        Column(field="target", heading="Target"),
        Column(field="new_date", heading="New date", locked=False),
        Column(field="status", heading="Status", locked=False, drop_down="statuses", earlier=2),
        Column(field="note", heading="Comments", width=40, locked=False, tells_status=True),
    ),
    guidance=("dates", "status", "note", "reason_and_plan", "marker", "new_date", "approval"),
)
# One with a table for each state of completion, numbered afresh, without refs.
IN_TABLES = replace(
    ONE_STATUS,
    name="in-tables",
    columns=(
        Column(field="line", heading="Line", width=5),
        Column(field="heading", heading="Under", width=30),
        *(column for column in ONE_STATUS.columns if column.field in ("action", "lead", "status", "note")),
    ),
    tabs=(
        TabSpec(each="plan", state="complete", title="Done", sections=False),
        TabSpec(each="plan", state="begun", title="Begun", sections=False),
        TabSpec(each="plan", state="open", title="To do", sections=False),
        TabSpec(shows="gantt", title="Gantt"),
        TabSpec(shows="report", title="Report", parts=(Part(shows="completion"), Part(shows="carried"))),
    ),
)
ALL_FORMS = (*BOTH_FORMS, ONE_STATUS, IN_TABLES)
Edit = Callable[[Any], object]  # of a workbook of openpyxl's


def _officer() -> ModuleType:
    """`scripts/officer.py`, which is no package's."""
    path = Path(__file__).parent.parent / "scripts" / "officer.py"
    spec = importlib.util.spec_from_file_location("officer", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["officer"] = module
    spec.loader.exec_module(module)
    return module


OFFICER = _officer()


def months(*names: str) -> tuple[Month, ...]:
    """`Jul`, `Sep` ... of the small council's year."""
    return tuple(month for name in names for month in small_plan_months() if month.short == name)


def small_plan_months() -> list[Month]:
    return [JULY + index for index in range(12)]


def action(ref: str, words: str, lead: str, programmed: str, **more: Any) -> Action:
    """One action; its row id is made of its ref."""
    row_id = "r" + "".join(char for char in ref if char.isalnum())
    leads = tuple(lead.split("/")) if lead else ()
    heading = ".".join(ref.split(".")[:2])
    programme = months(*programmed.split())
    return Action(row_id=row_id, ref=ref, heading=heading, action=words, lead=leads, programmed=programme, **more)


def small_plan() -> Plan:
    """Two priorities, three measures, seven actions, four leads; July has been reported."""
    return Plan(
        plan_id="psmall",
        title="Improvement Plan",
        organisation="A council",
        start=JULY,
        people=(
            Person(initials="PS", name="Pat Sim", service="Planning", email="pat@council.example"),
            Person(initials="HB", name="Hal Bo", service="Housing"),
            Person(initials="JG", name="Jo Gray", service="Housing"),
        ),
        headings=(
            Heading(ref="CP1", level="priority", title="Town", outcome="A better town"),
            Heading(ref="1.1", level="measure", title="A plan", parent="CP1", required="Write it", timescale="Sept 09"),
            Heading(ref="1.1", level="measure", title="A plan", parent="CP1", required="Agree it", timescale="Dec 09"),
            Heading(ref="1.2", level="measure", title="A street", parent="CP1"),
            Heading(ref="CP2", level="priority", title="Homes", outcome="Homes for all"),
            Heading(ref="2.1", level="measure", title="Affordable homes", parent="CP2"),
            Heading(ref="2.2", level="section", title="Empty homes (see Section 1.2)", parent="CP2"),
        ),
        actions=(
            action("1.1.1", "Appoint a designer", "PS", "Jul Aug Sep", progress={JULY: "green"}),
            action("1.1.2", "Draw the options", "PS", "Sep Oct", note="Two drawn so far."),
            action("1.1.3", "Ask the residents", "PS/HB", "Sep"),
            action("1.2.1", "Choose the paving", "PS", "Nov Dec"),
            action("1.2.10", "Lay the paving", "HB", "Mar Apr"),
            action("2.1.1", "List the sites", "HB/JG", "Jul Aug Sep Oct", progress={JULY: "amber"}),
            action("2.1.2", "Bid for a grant", "", "Sep"),
        ),
    )


@dataclass
class Return:
    """One return on an officer's desk: what is done to it is carried out when it is sent."""

    path: Path
    issued: Issued
    grid: Grid
    folder: Path
    steps: list[dict[str, Any]] = field(default_factory=list)

    def place(self, ref: str, name: str, month: str | None = None) -> tuple[str, str]:
        """The tab and cell of an action's field; `programmed` is the grey row's."""
        row_id = next(each.row_id for each in self.grid.plan.actions if each.ref == ref)
        found = self.grid.cell(row_id, name, months(month)[0] if month else None)
        assert found
        return found[0].name, a1(found[1], found[2])

    def rows(self, ref: str) -> tuple[str, list[int]]:
        """The tab and rows of an action."""
        row_id = next(each.row_id for each in self.grid.plan.actions if each.ref == ref)
        tab, rows = self.grid.rows_of[row_id]
        return tab.name, sorted(row.number for row in rows.values())

    def type(self, ref: str, where: str, text: str) -> "Return":
        """Type into a month (`Sep`) or a field (`note`)."""
        tab, cell = self.place(ref, *(("progress", where) if months(where) else (where, None)))
        return self.do("type", tab, cell=cell, text=text)

    def paint(self, ref: str, month: str, colour: str | None, band: str = "progress") -> "Return":
        """Paint a month, in the grey row with `band="programmed"`."""
        tab, cell = self.place(ref, band, month)
        return self.do("paint", tab, cell=cell, colour=colour)

    def delete(self, ref: str) -> "Return":
        """Delete an action's rows."""
        tab, rows = self.rows(ref)
        return self.do("delete", tab, rows=rows)

    def do(self, what: str, tab: str, **how: Any) -> "Return":
        """Any other step of `scripts/officer.py`."""
        self.steps.append({"do": what, "sheet": tab, **how})
        return self

    def send(self, name: str | None = None, *edits: Edit) -> Path:
        """Carry out the steps, then edits in openpyxl; save under that name in `returned/`, and give the file."""
        saved = self.folder / "returned" / (name or self.path.name)
        saved.parent.mkdir(parents=True, exist_ok=True)
        desk = OFFICER._OpenpyxlBook(self.path)
        for step in self.steps:
            OFFICER.carry_out(desk, step)
        for edit in edits:
            edit(desk.book)
        desk.save(saved)
        return saved


@dataclass
class Council:
    """A coordinator's desk in one folder: a plan, its master, the returns of September."""

    folder: Path
    plan: Plan
    layout: Layout
    returns: dict[str, Return]

    @classmethod
    def issuing(cls, folder: Path, layout: Layout = TWO_BANDS, plan: Plan | None = None, **how: Any) -> "Council":
        """Issue a plan's returns for September (or another month) into a folder."""
        result = verbs.issue(
            plan or small_plan(), folder / "issued", how.pop("month", SEPTEMBER), layout=layout, force=True, **how
        )
        month = max(each.month for each in result.plan.register)
        returns = {
            issued.recipient: Return(
                path=folder / "issued" / issued.file,
                issued=issued,
                grid=Grid(layout, result.plan.only(issued.rows), whole=False, month=issued.month),
                folder=folder,
            )
            for issued in result.plan.register
            if issued.month == month
        }
        return cls(folder=folder, plan=result.plan, layout=layout, returns=returns)

    def fresh(self, folder: Path) -> "Council":
        """The same council at a desk of its own, with nothing done to its returns yet."""
        returns = {name: replace(each, folder=folder, steps=[]) for name, each in self.returns.items()}
        return replace(self, folder=folder, returns=returns)

    def __getitem__(self, recipient: str) -> Return:
        return self.returns[recipient]

    def read(self, path: Path) -> Reading:
        """Read one returned file against the register."""
        return read_return(path, self.plan, self.layout)

    def merge(self, *paths: Path, decisions: Path | None = None) -> Merged:
        """Merge returned files into the plan."""
        return verbs.merge(self.plan, paths, layout=self.layout, decisions=decisions)


def sent(council: Council, *edits: Edit, recipient: str = "PS", name: str | None = None) -> Path:
    """A recipient's return with what was typed and painted, and then with edits in openpyxl, saved."""
    return council[recipient].send(name, *edits)


def found(result: Any, code: str) -> list[Finding]:
    """The findings of that code."""
    return [each for each in result.findings if each.code == code]


def codes(found: Any) -> list[str]:
    """The codes of findings, in order, each once."""
    findings = getattr(found, "findings", found)
    return list(dict.fromkeys(each.code for each in findings))


def progress(plan: Plan, ref: str) -> str:
    """What is reported on an action: `Jul green, Sep amber`."""
    found = next(each for each in plan.actions if each.ref == ref)
    return ", ".join(f"{month.short} {status}" for month, status in found.progress.items())


def changes(merged: Merged) -> list[str]:
    """What a merge applied, in words: `1.1.1 progress Sep: None -> green`."""
    return [
        f"{each.ref} {each.field}{' ' + each.month.short if each.month else ''}: {each.old} -> {each.new}"
        for each in merged.applied
    ]
