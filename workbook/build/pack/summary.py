"""The summary of a board pack, on one page: the minute's sentence, charts, and one table of all figures."""

import math
from collections.abc import Mapping, Sequence

from xlsxwriter.chart import Chart

from workbook import palette
from workbook.build import styles
from workbook.build.book import Sheet
from workbook.build.pack.papers import Look, Papers, band
from workbook.build.pages import DEFAULT_ROW_HEIGHT, Page, points
from workbook.build.textfit import MAX_ROW_HEIGHT, text_height, text_points
from workbook.names import EXCEPTIONS_TAB, SUMMARY_TAB
from workbook.pack import Pack, Tally
from workbook.refs import zero_based

_LABEL, _HIGHLIGHTED, _NUMBER, _PERCENT = 34.0, 6.4, 4.6, 6.0  # shares of the page's width
_SIZES = {"A3": 10.5, "A4": 7.5}
_SENTENCE_MORE = 1.0  # the minute's sentence is that many points larger
_LEAST_CHARTS, _MOST_CHARTS = {"A3": 300.0, "A4": 210.0}, {"A3": 460.0, "A4": 330.0}  # points, for both together
_PLOT = 0.55  # of a chart's height is its columns'; a part of one that is lower than its letter gets none
_MARGIN = 6.0
_LEGIBLE = 0.7  # what is shrunk further is not put on one page
_MOST_NAMES = 20  # of those who have not returned
_TOP = 4  # the row of the minute's sentence
_COUNT: styles.Style = {"num_format": '0;;"–"', "align": "center"}
_SHARE: styles.Style = {"num_format": '0.0;;"–"', "align": "center"}
_STATUS_HEADER: styles.Style = {**styles.KEY_LABEL, "rotation": 90, "align": "center", "valign": "bottom"}


def summary(papers: Papers) -> Sheet:
    """Write the summary."""
    return _Summary(papers).write()


class _Summary:
    def __init__(self, papers: Papers) -> None:
        self.papers = papers
        self.pack: Pack = papers.pack
        self.page = Page(paper=papers.page.paper, orientation="portrait")
        self.size = _SIZES[self.page.paper]
        self.sheet = papers.book.sheet(SUMMARY_TAB)
        self.keys = [column.key for column in self.pack.columns]
        self.columns = 2 + 2 * len(self.keys)
        shares = [_LABEL, _HIGHLIGHTED, *[_NUMBER, _PERCENT] * len(self.keys)]
        self.widths = self.page.fitted(shares)
        self.bands: set[int] = set()
        self.charts = self._room_for_charts()

    def write(self) -> Sheet:
        sheet, plan = self.sheet, self.papers.plan
        sheet.hide_gridlines()
        for column, width in enumerate(self.widths, 1):
            sheet.column(column, width)
        self._text(1, f"{plan.title}: {self.pack.month.name}", {**styles.TITLE, "text_wrap": False}, self.size + 6)
        self._text(2, plan.organisation, {**styles.QUIET, "text_wrap": False}, self.size)
        header = self._sentences(_TOP)
        self._header(header)
        months = self._group(header + 1, "Months so far", self.pack.whole.months)
        row = months[1] + 1
        for each in self.pack.breakdowns:
            row = self._group(row, each.title, each.tallies)[1] + 1
        moved = self.pack.whole.movement
        where = self._group(row, f"Where {moved.before.name}’s actions are now", moved.tallies) if moved else None
        self._charts(months, where)
        sheet.freeze(_TOP - 1, 2)
        sheet.print_setup(
            self.page,
            header=self.papers.header,
            footer=self.papers.footer(SUMMARY_TAB),
            repeat=(header, header),
            last=((where or (0, row - 1))[1], self.columns),
            keep=self.bands,
            one_page=_LEGIBLE,
        )
        return sheet

    def _room_for_charts(self) -> float:
        """How high the charts may be together so that all is on one page, within what looks well."""
        pack, band_height = self.pack, text_height("X", self.widths, self.size, bold=True)
        moved = pack.whole.movement
        groups = [pack.whole.months, *(each.tallies for each in pack.breakdowns), *([moved.tallies] if moved else [])]
        lines = sum(text_height(tally.label, self.widths[:1], self.size) for group in groups for tally in group)
        titles = text_height("X", self.widths, self.size + 6, bold=True) + 2 * DEFAULT_ROW_HEIGHT
        header = _turned_height([self.papers.looks[key].short for key in self.keys], self.size)
        left = self.page.room(self.widths) - lines - len(groups) * band_height - titles - header
        return min(max(left, _LEAST_CHARTS[self.page.paper]), _MOST_CHARTS[self.page.paper])

    def _text(self, row: int, text: str, style: styles.Style, size: float) -> None:
        """Write a text that may run over the cells beside it; one that is too long for the page is written smaller."""
        bold = bool(style.get("bold"))
        size *= min(1.0, points(self.widths) / max(text_points(text, size, bold=bold), 1))
        self.sheet.text(row, 1, text, {**style, "font_size": size, "text_wrap": False})
        self.sheet.row(row, text_height("X", self.widths, size, bold=bold))

    def _sentences(self, row: int) -> int:
        """Write what is said in words, beside the charts and as high as they are; gives the row below."""
        pack, moved = self.pack, self.pack.whole.movement
        said = [pack.whole.sentence]
        said += [moved.sentence] if moved else []
        said += [moved.corrected] if moved and moved.corrected else []
        said += [_returns(pack)] if pack.returned or pack.outstanding else []
        heights = []
        for at, text in enumerate(said):
            size = self.size + (_SENTENCE_MORE if not at else 0)
            style = {**styles.TEXT, "font_size": size, **({"bold": True} if not at else {})}
            self.sheet.text(row + at, 1, text, style)
            heights.append(text_height(text, self.widths[:1], size, bold=not at) + _MARGIN)
        self.charts = max(self.charts, sum(heights))
        left = self.charts - sum(heights)
        blanks = math.ceil(left / MAX_ROW_HEIGHT)
        heights += [left / max(blanks, 1)] * blanks
        for at, height in enumerate(heights):
            self.sheet.row(row + at, height)
        return row + len(heights)

    def _header(self, row: int) -> None:
        """Write the titles of the columns: upright what is wide, the statuses in their colours with their letters."""
        turned = {**styles.HEADER, "rotation": 90, "align": "center", "valign": "bottom", "font_size": self.size}
        told = "Number of actions, and % of those highlighted"
        self.sheet.text(row, 1, told, {**styles.KEY_LABEL, "valign": "bottom", "font_size": self.size})
        self.sheet.text(row, 2, "Highlighted", turned)
        words = ["Highlighted"]
        for at, key in enumerate(self.keys):
            look = self.papers.looks[key]
            words.append(look.short)
            style = {**_STATUS_HEADER, "font_size": self.size, **look.style}
            self.sheet.text(row, 3 + 2 * at, words[-1], style)
            self.sheet.text(row, 4 + 2 * at, "%", {**style, "rotation": 0})
        self.sheet.row(row, _turned_height(words, self.size))

    def _group(self, row: int, title: str, tallies: Sequence[Tally]) -> tuple[int, int]:
        """Write a band and the tallies below it; gives the first and the last row of the tallies."""
        band(self.sheet, row, self.columns, title, self.size)
        self.sheet.row(row, text_height("X", self.widths, self.size, bold=True))
        self.bands.add(row)
        for at, tally in enumerate(tallies, row + 1):
            self._tally(at, tally)
        return row + 1, row + len(tallies)

    def _tally(self, row: int, tally: Tally) -> None:
        is_now = tally is self.pack.whole.now
        style = {**styles.KEY, "font_size": self.size, "bold": is_now}
        self.sheet.text(row, 1, tally.label, style)
        self.sheet.number(row, 2, tally.highlighted, {**style, **_COUNT})
        for at, key in enumerate(self.keys):
            self.sheet.number(row, 3 + 2 * at, tally.counts[key], {**style, **_COUNT})
            self.sheet.number(row, 4 + 2 * at, float(tally.percent[key]), {**style, **_SHARE})
        self.sheet.row(row, text_height(tally.label, self.widths[:1], self.size, bold=is_now))

    # --- charts -----------------------------------------------------------------------------------------------

    def _charts(self, months: tuple[int, int], where: tuple[int, int] | None) -> None:
        """Put the charts of months and of movement one below the other, beside the sentences."""
        moved = self.pack.whole.movement
        high = self.charts
        of_months = "Highlighted actions, month by month"
        if self.papers.layout.counts == "all":
            of_months = "Actions as they were last reported"
        charts = [(of_months, self.pack.whole.months, months)]
        charts += [(f"Where {moved.before.name}’s actions are now", moved.tallies, where)] if moved and where else []
        charts = [chart for chart in charts if any(tally.highlighted for tally in chart[1])]
        each = high / max(len(charts), 1)
        offset = 0.0
        for title, tallies, rows in charts:
            chart = self._chart(tallies, rows, title, each)
            self.sheet.chart(
                _TOP,
                2,
                chart,
                down=offset,
                width=points(self.widths[1:]) - _MARGIN,
                height=each - _MARGIN,
                words=f"{title}. {_in_words(tallies, self.papers.looks)}",
            )
            offset += each

    def _chart(self, tallies: Sequence[Tally], rows: tuple[int, int], title: str, height: float) -> Chart:
        """A column for each tally, of a part for each standing, which says its letter and its number."""
        chart = self.papers.book.chart()
        highest = max((tally.highlighted for tally in tallies), default=0)
        least = highest * (self.size + 2) / (_PLOT * height)
        for at, key in enumerate(self.keys):
            look = self.papers.looks[key]
            if not any(tally.counts[key] for tally in tallies):
                continue
            column = 3 + 2 * at
            chart.add_series(
                {
                    "name": look.short,
                    "categories": _cells(rows, 1),
                    "values": _cells(rows, column),
                    "categories_data": [tally.label for tally in tallies],
                    "values_data": [tally.counts[key] for tally in tallies],
                    "gap": 45,
                    **styles.charted(look.style),
                    "data_labels": {
                        "value": True,
                        "font": {"size": self.size - 0.5, "bold": True, "color": styles.ink(look.style)},
                        "custom": [
                            {"value": f"{look.letter} {tally.counts[key]}"}
                            if tally.counts[key] >= max(least, 1)
                            else {"delete": True}
                            for tally in tallies
                        ],
                    },
                }
            )
        font = {"name": styles.FONT, "size": self.size - 0.5}
        chart.set_title({"name": title, "name_font": {**font, "size": self.size + 0.5}, "overlay": False})
        chart.set_legend({"position": "right", "font": font})
        chart.set_x_axis({"num_font": font})
        lines = {"visible": True, "line": {"color": f"#{palette.FAINT_LINE}"}}
        chart.set_y_axis({"num_font": font, "major_gridlines": lines})
        return chart


def _cells(rows: tuple[int, int], column: int) -> list[object]:
    return [SUMMARY_TAB, *zero_based(rows[0], column), *zero_based(rows[1], column)]


def _turned_height(words: Sequence[str], size: float) -> float:
    """How high a row is for texts that stand upright in it, on one line each."""
    return max(text_points(text, size, bold=True) for text in words) + 8


def _in_words(tallies: Sequence[Tally], looks: Mapping[str | None, Look]) -> str:
    """What a chart shows, for those who cannot see it."""
    said = []
    for tally in tallies:
        parts = ", ".join(f"{looks[key].words} {number}" for key, number in tally.counts.items() if number)
        said.append(f"{tally.label}: {parts or 'none'}.")
    return " ".join(said)


def _returns(pack: Pack) -> str:
    """Who has returned, and who has not."""
    asked = len(pack.returned) + len(pack.outstanding)
    came = f"{len(pack.returned)} of {asked} returns came back."
    named = ", ".join(pack.outstanding[:_MOST_NAMES])
    more = len(pack.outstanding) - _MOST_NAMES
    named += f" and {more} more, who are named on the sheet {EXCEPTIONS_TAB}" if more > 0 else ""
    return f"{came} Still to come: {named}." if named else came
