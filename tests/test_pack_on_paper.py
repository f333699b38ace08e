"""The board pack on paper, as the board holds it: all of it is there, and a photocopy keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests import paper
from tests.office import BOTH_FORMS
from tests.paper import Box, Page
from tests.test_pack import figures
from workbook import verbs
from workbook.documents import status_json
from workbook.layout import Layout, Paper
from workbook.palette import PROPOSED_MARK
from workbook.plan import Action, Approval, Plan
from workbook.verbs import Board, Loaded

pytestmark = pytest.mark.libreoffice

MARGINS = Box(left=28.8, top=43.2, right=28.8, bottom=43.2)
EDGES = Box(left=28, top=20, right=28, bottom=20)  # header and footer stand in the margins; half of a border too
MONTHS = 4
STATUSES = ("green", "green", "amber", "revised", "green", "red", "suspended", "revised", "green", None)
NOTES = {
    "amber": "The surveyor was ill. The report will go to members on 14 October.",
    "red": "The funding bid was refused in July, and the second one was late. " * 3 + "A decision is due in December.",
    "revised": "EXTENDED to the spring: the consultation was widened to the parishes.",
    "suspended": "SUSPENDED until the new strategy is adopted.",
}
LONG = " ".join(f"Paragraph {number} of a note that nobody has cut, with its own words." for number in range(120))
AGREED = Approval(decision="approved", by="Improvement Board", on="2009-10-14", minute="41/09")


def reported(plan: Plan) -> Plan:
    """The example plan after four months, with every status, approved and proposed, and one very long note."""
    months = plan.period[:MONTHS]
    actions = [_reported(plan, action, number) for number, action in enumerate(plan.actions)]
    actions[3] = replace(actions[3], note=LONG)
    return replace(plan, actions=tuple(actions), edition=months[-1])


def _reported(plan: Plan, action: Action, number: int) -> Action:
    months = [month for month in plan.period[:MONTHS] if month in action.programmed]
    said = {month: STATUSES[(number + at) % len(STATUSES)] for at, month in enumerate(months)}
    progress = {month: status for month, status in said.items() if status}
    last = next(reversed(progress.values()), "")
    agreed = {month: AGREED for month, status in progress.items() if status in ("revised", "suspended") and number % 3}
    return replace(action, progress=progress, approval=agreed, note=NOTES.get(last, action.note))


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A pack: what it tells, the workbook, and its pages."""

    board: Board
    path: Path
    pages: list[Page]
    paper: Paper

    @cached_property
    def book(self) -> Any:
        """The workbook."""
        return load_workbook(self.path)

    @cached_property
    def starts(self) -> Mapping[str, int]:
        """The page on which each sheet begins, as the contents page says."""
        rows = [(row[0].value, row[1].value) for row in self.book["Contents"].iter_rows()]
        return {str(name): int(str(page)) for page, name in rows if str(page).isdecimal()}

    def of(self, sheet: str) -> list[Page]:
        """The pages of a sheet."""
        starts = [*self.starts.items(), ("", len(self.pages) + 1)]
        at = next(at for at, (name, _) in enumerate(starts) if name == sheet)
        return self.pages[starts[at][1] - 1 : starts[at + 1][1] - 1]

    @cached_property
    def grid(self) -> list[Page]:
        """The pages of the grid."""
        tabs = {heading.ref for heading in self.board.plan.headings if heading.level == self.board.layout.tab_level}
        return [page for name in self.starts if name in tabs for page in self.of(name)]


KINDS: list[tuple[Layout, Paper]] = [(BOTH_FORMS[0], "A4"), (BOTH_FORMS[0], "A3"), (BOTH_FORMS[1], "A4")]


@pytest.fixture(scope="module", params=KINDS, ids=lambda kind: f"{kind[0].bands} {kind[1]}")
def printed(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    example: Loaded,
    printer: None,  # noqa: ARG001  # it skips
) -> Printed:
    form, size = request.param
    folder = tmp_path_factory.mktemp("pack")
    board = verbs.pack(
        reported(example.plan),
        folder / "pack.xlsx",
        layout=form,
        pdf=folder / "pack.pdf",
        paper=size,
        highlight=["CP1"],
    )
    return Printed(board=board, path=folder / "pack.xlsx", pages=paper.read(folder / "pack.pdf"), paper=size)


# --- all of it is there -----------------------------------------------------------------------------------------


def test_every_text_of_every_action_is_in_the_grid(printed: Printed) -> None:
    plan = printed.board.plan
    texts = [text for a in plan.actions for text in (a.ref, a.action, " / ".join(a.lead), a.note) if text]
    texts += [text for each in plan.headings if not each.parent for text in (each.title, each.outcome) if text]
    assert paper.missing(texts, printed.grid) == []


def test_every_text_of_every_list_is_on_its_pages(printed: Printed) -> None:
    for sheet in printed.book.worksheets:
        if sheet.title in printed.starts and sheet.title != "Summary":
            texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
            assert paper.missing(texts, printed.of(sheet.title)) == [], sheet.title


def test_nothing_is_cut_off_or_overprinted_or_in_the_margins(printed: Printed) -> None:
    assert paper.cut_off(printed.pages) == []
    assert paper.overprinted(printed.pages) == []
    assert paper.over_lines(printed.pages) == []
    assert paper.outside_margins(printed.pages, EDGES) == []


def test_no_page_is_empty_or_has_nothing_but_headings(printed: Printed) -> None:
    assert paper.empty(printed.pages, MARGINS) == []
    plan, layout = printed.board.plan, printed.board.layout
    titles = [column.heading or column.field.capitalize() for column in layout.columns if column.field != "months"]
    headings = [*titles, *(month.short for month in plan.period)]
    headings += [text for each in plan.headings for text in (each.ref, each.title) if text]
    assert paper.only_headings(printed.grid, headings, MARGINS) == []


def test_the_pages_are_those_of_the_contents_and_of_one_size(printed: Printed) -> None:
    for name, page in printed.starts.items():
        assert f"Page {page} of {len(printed.pages)}" in printed.pages[page - 1].text, name
    for name in ("Exceptions", "Movement", "Schedule of changes", "Completed", "Coming up"):
        assert [name.split()[0] in page.text for page in printed.of(name)] == [True] * len(printed.of(name))
    short, long = {"A4": (595, 842), "A3": (842, 1191)}[printed.paper]
    sizes = {(round(page.width), round(page.height)) for page in printed.pages}
    assert sizes == {(long, short), (short, long)}
    assert [(round(page.width), round(page.height)) for page in printed.of("Summary")] == [(short, long)]


def test_an_action_is_on_one_page(printed: Printed) -> None:
    pages = [paper.letters(page.text) for page in printed.grid]
    for action in printed.board.plan.actions:
        words = [paper.letters(text) for text in (action.action, action.note) if text and text != LONG]
        assert any(all(each in page for each in words) for page in pages), action.ref


def test_the_header_runs_on_every_page(printed: Printed) -> None:
    plan = printed.board.plan
    running = f"{plan.organisation}, {plan.title}"
    assert all(page.text.startswith(running) or running in page.text for page in printed.pages)
    assert all(f"Board pack, {printed.board.pack.month.name}" in page.text for page in printed.pages)


# --- the figures ------------------------------------------------------------------------------------------------


def test_the_figures_on_paper_are_those_of_the_workbook_and_of_status_as_json(printed: Printed) -> None:
    said = status_json(printed.board.status)
    (page,) = printed.of("Summary")
    words = [word.text for word in page.words]
    text = " ".join(words)
    assert said["sentence"] in text
    for name, tallies in [("month", said["months"]), *said["by"].items()]:
        for tally in tallies:
            counts, percent = list(tally["counts"].values()), list(tally["percent"].values())
            assert figures(printed.book["Summary"], tally[name], len(counts)) == (tally["highlighted"], counts, percent)
            shown = [_shown(tally["highlighted"])]
            for number, share in zip(counts, percent, strict=True):
                shown += [_shown(number), _shown(share)]
            assert paper.letters(tally[name]) in paper.letters(text)
            assert " ".join(shown) in text, tally[name]


def _shown(number: float) -> str:
    """A number as the summary prints it; nothing is a dash."""
    return str(number) if number else "–"


# --- a photocopy ------------------------------------------------------------------------------------------------


def test_a_photocopy_keeps_letters_and_hatching(printed: Printed) -> None:
    layout = printed.board.layout
    seen: dict[str, int] = {}
    hatched = 0
    for page in printed.grid:
        for word in page.words:
            status = next((s for s in layout.statuses if word.text in (s.letter, s.letter + PROPOSED_MARK)), None)
            if status is None or word.box.top < 90 or not 0.3 * page.width < word.box.left < 0.75 * page.width:
                continue
            seen[status.key] = seen.get(status.key, 0) + 1
            if seen[status.key] <= 2:
                assert paper.faint(page, [word.box.wider(0.5)]) == [], word
            if status.fill.hatched and word.text == status.letter and hatched < 3:
                hatched += 1
                beside = replace(word.box.wider(2), left=word.box.left - 8, right=word.box.left - 1)
                assert paper.not_hatched(page, [beside]) == [], word
    assert set(seen) == {status.key for status in layout.statuses}
    assert hatched


def test_the_pdf_leads_to_its_pages_and_is_for_screen_readers(printed: Printed) -> None:
    content = printed.path.with_suffix(".pdf").read_bytes()
    assert content.count(b"/Subtype/Link") == len(printed.starts)
    assert b"/Lang(en-GB)" in content
    assert b"/StructTreeRoot" in content
    assert content.count(b"/Outlines") == 1
