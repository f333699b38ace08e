"""The board pack: a workbook for paper. It holds no drop-downs and no hidden sheets, and is not read back."""

from dataclasses import replace
from pathlib import Path

from workbook.build.book import new_book
from workbook.build.pack import lists
from workbook.build.pack.contents import Contents
from workbook.build.pack.grid import continued
from workbook.build.pack.papers import Papers
from workbook.build.pack.summary import summary
from workbook.build.pages import Page
from workbook.build.sheets import Sheets
from workbook.build.views import view
from workbook.grid import Grid
from workbook.layout import Layout, Paper
from workbook.names import KIND_PROPERTY, PACK_KIND, PACK_TABS, pack_tabs
from workbook.pack import Pack
from workbook.plan import Plan, language_of

_TOLD_BY = {"gantt": "Every action in one row, with all months", "report": "A report from the plan's own data"}


def write_pack(path: Path, plan: Plan, layout: Layout, pack: Pack, paper: Paper | None = None) -> None:
    """Write a board pack on that paper, or on the layout's."""
    with new_book(
        path,
        title=f"{plan.title}: board pack, {pack.month.name}",
        organisation=plan.organisation,
        month=pack.month,
        properties={KIND_PROPERTY: PACK_KIND},
        language=language_of(plan),
    ) as book:
        papers = Papers(book=book, plan=plan, layout=layout, pack=pack, page=Page(paper=paper or layout.print.paper))
        contents = Contents(papers)
        contents.add("The month on one page: the sentence for the minutes, charts, all figures", summary(papers))
        blocks = [each for each in layout.blocks if any(heading.level == each.level for heading in plan.headings)]
        names, block_names = pack_tabs([each.heading for each in pack.highlights if each.heading], blocks)
        for name, section in zip(names, pack.highlights, strict=True):
            title = section.heading.title if section.heading else ""
            contents.add(f"Highlight report: {title}", lists.highlight(papers, name, section))
        contents.add("What is late, not reported or awaiting approval, with reasons", lists.exceptions(papers))
        contents.add("What has moved since the month before, from what to what", lists.movement(papers))
        contents.add("What was reprogrammed, extended or suspended, and who approved it", lists.schedule(papers))
        contents.add("What has been completed since the last edition", lists.completed(papers))
        contents.add(f"What is planned for {pack.whole.next_name}", lists.coming(papers))
        for name, block in zip(block_names, blocks, strict=True):
            contents.add(f"{block.level.capitalize()}s of every {layout.tab_level}", lists.block(papers, name, block))
        taken = [*PACK_TABS, *names, *block_names]
        grid = Grid(layout, plan, whole=True, month=pack.month, taken=taken, printed=True)
        sheets = Sheets(
            book=book,
            grid=grid,
            figures=pack.month,
            page=Page(paper=papers.page.paper, orientation=layout.print.orientation),
            header=papers.header,
            footer=papers.footer("", key=True),
        )
        for shown in grid.views:
            about = replace(sheets, footer=papers.footer(shown.name))
            contents.add(_TOLD_BY[shown.spec.shows], view(about, shown, pack.reports))
        what = "The plan, month by month" if layout.has_months else "The plan"
        for tab in grid.tabs:
            written = sheets.tab(continued(grid, tab, sheets.paper))
            contents.add(f"{what}: {grid.title(tab.heading)}", written)
        contents.write()
