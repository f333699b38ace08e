"""The contents page of a board pack: what is where, what the letters mean, and how actions are counted."""

from workbook import palette
from workbook.build import styles
from workbook.build.book import Sheet
from workbook.build.pack.papers import Cell, List, ListColumn, Papers
from workbook.names import CONTENTS_TAB, GREY_KEY_LABEL, key_label
from workbook.refs import place

_COLUMNS = (
    ListColumn(title="Page", share=8, style={"align": "center"}),
    ListColumn(title="Sheet", share=34),
    ListColumn(title="What it tells", share=92),
)
_LINK: styles.Style = {"underline": 1, "font_color": f"#{palette.LINK_INK}"}
_HIGHLIGHTED = {
    "highlighted": "An action is highlighted for a month when it is programmed for it or has progress reported in it. "
    "It counts once.",
    "all": "An action is highlighted once it has been programmed or reported. It counts once, as it was last reported.",
}
_COUNTED = (
    "Percentages are of the highlighted actions, to one decimal place, each rounded on its own.",
    "What is reprogrammed or suspended and not approved yet is counted apart, as awaiting approval.",
    "An action that is programmed and has no report counts as not reported. One that was reported complete needs none.",
    "Of several leads, an action counts under the service of the first.",
    "Figures of earlier months are what is known of them now: late reports and approvals count for their month.",
)


class Contents:
    """The first sheet, which is written last: only then is it known which page each sheet begins on."""

    def __init__(self, papers: Papers) -> None:
        self._papers = papers
        self._list = List(papers=papers, name=CONTENTS_TAB, columns=_COLUMNS, written_last=True)
        self._sheets: list[tuple[str, Sheet]] = []

    def add(self, what: str, sheet: Sheet) -> None:
        """Take note of the next sheet and of what it tells."""
        self._sheets.append((what, sheet))

    def write(self) -> None:
        """Write it, with links."""
        papers, listed = self._papers, self._list
        listed.title(f"{papers.plan.title}: board pack for {papers.pack.month.name}")
        listed.line(papers.plan.organisation, styles.QUIET)
        listed.blank()
        listed.header()
        first = listed.row + 1
        for what, sheet in self._sheets:
            listed.cells(["", Cell(text=sheet.name, style=_LINK, link=place(sheet.name, "A1")), what])
        listed.blank()
        self._key()
        listed.blank()
        listed.line("How actions are counted", styles.STRONG)
        for line in (_HIGHLIGHTED[papers.layout.counts], *_COUNTED):
            listed.line(line)
        own = listed.finish()
        own.activate()
        page = own.pages + 1
        for row, (_, sheet) in enumerate(self._sheets, first):
            listed.put(row, 1, str(page))
            page += sheet.pages

    def _key(self) -> None:
        papers, listed = self._papers, self._list
        listed.header(("Letter", "Status", "Meaning"))
        if papers.layout.has_months or any(spec.shows == "gantt" for spec in papers.layout.tabs):
            grey = Cell(style=styles.filled(palette.PROGRAMME_FILL))
            listed.cells([grey, GREY_KEY_LABEL, "The months for which the action is planned."])
            listed.keep.add(listed.row)
        for status in papers.layout.statuses:
            cell = Cell(text=status.letter, style={**styles.painted(status), "bold": True})
            awaits = f" Until it is approved it is {status.letter}{palette.PROPOSED_MARK}, in a dashed outline."
            listed.cells([cell, key_label(status), status.meaning + (awaits if status.needs_approval else "")])
            listed.keep.add(listed.row)
        listed.keep.discard(listed.row)
