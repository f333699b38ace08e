"""(layout, plan) -> where every tab, row, column and key of the workbook is. Builder and reader both ask it.

Rows and columns are counted from 1. An action's row id stands in a hidden column inside the table, so that it is
moved, sorted, copied and deleted with its row; a hidden row of column keys stands above the header.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate

from workbook.completion import state_of
from workbook.corporate import Corporate
from workbook.errors import LayoutError
from workbook.layout import HEADING, LINE, MONTHS, STATUS, Block, BlockColumn, Column, Fact, Layout, TabSpec
from workbook.months import Month
from workbook.names import BAND, DETAILS_TAB, OTHER_TAB, OUR_SHEETS, ROW_ID, SUMMARY_TAB, tab_name
from workbook.plan import Action, Heading, Plan, value_of
from workbook.tabs import GridColumn, GridRow, RowKind, Tab, View

_TWO_BANDS: tuple[RowKind, ...] = ("programme", "progress")


class Grid:
    """Where everything is in the workbook of a plan in a layout.

    `whole` is True for a master, which shows every heading; a return shows those that have its actions. `month` is the
    one that is reported, where it is not the plan's edition. In a corporate copy, `prefix` stands before the names of
    the plan's tabs, and `taken` are the names of other tabs. One that is `printed` has no hidden rows and columns and
    no blocks, which are lists of their own there, and is not read back. `issued` is the plan by which actions have
    their places, where that is another one: what has come back may say that they are complete now.
    """

    def __init__(
        self,
        layout: Layout,
        plan: Plan,
        *,
        whole: bool,
        month: Month | None = None,
        prefix: str = "",
        taken: Iterable[str] = (),
        printed: bool = False,
        issued: Plan | None = None,
    ) -> None:
        self.layout = layout
        self.plan = plan
        self.whole = whole
        self.printed = printed
        self.month = month or plan.edition or plan.start
        self._placed_by = issued or plan
        self._prefix = prefix
        self._taken = {name.casefold() for name in (*OUR_SHEETS, *taken)}
        self.other_tab = self._tab_name(OTHER_TAB, self._taken)
        self.details_tab = self._tab_name(DETAILS_TAB, self._taken) if prefix else DETAILS_TAB

    def _tab_name(self, wanted: str, taken: set[str]) -> str:
        return tab_name(f"{self._prefix} {wanted}", taken)

    @cached_property
    def tabs(self) -> tuple[Tab, ...]:
        """The tabs of actions in order; actions that none of the layout's tabs is for stand on the last."""
        return self._sheets[0]

    @property
    def views(self) -> tuple[View, ...]:
        """The tabs of a master that are for reading only."""
        return self._sheets[1]

    @cached_property
    def _sheets(self) -> tuple[tuple[Tab, ...], tuple[View, ...]]:
        names = set(self._taken)
        tabs: list[Tab] = []
        views: list[View] = []
        left = {action.row_id: action for action in self.plan.actions}
        # Tabs of one state take theirs first, wherever they stand.
        found: dict[int, list[tuple[Heading, list[Action]]]] = {}
        for at, spec in sorted(enumerate(self.layout.tabs), key=lambda each: each[1].state is None):
            found[at] = [*self._tables(spec, left)] if spec.shows == "actions" else []
            for _, actions in found[at]:
                for action in actions:
                    del left[action.row_id]
        for at, spec in enumerate(self.layout.tabs):
            if spec.shows != "actions":
                views += [View(name=self._tab_name(spec.title, names), spec=spec)] if self.whole else []
            for heading, actions in found[at]:
                if actions or self.whole:
                    title = heading.ref or heading.title if spec.each == "heading" else spec.title
                    tabs.append(self._tab(self._tab_name(title, names), heading, actions, spec))
        if left:
            heading = Heading(ref="", level=self.layout.tab_level, title="Actions under no heading of this plan")
            tabs.append(self._tab(self.other_tab, heading, [*left.values()], self.layout.action_tabs[0]))
        return tuple(tabs), tuple(views)

    def _tables(self, spec: TabSpec, left: Mapping[str, Action]) -> Iterator[tuple[Heading, list[Action]]]:
        """The heading of each tab of a kind, with those of the actions that have no tab yet that stand on it."""
        actions = [action for action in left.values() if spec.state in (None, self._states.get(action.row_id))]
        if spec.each == "plan":
            yield Heading(ref="", level="", title=spec.title), actions
            return
        by_top: dict[str | None, list[Action]] = defaultdict(list)
        for action in actions:
            by_top[self._tops[action.heading]].append(action)
        levels = self.layout.levels_of(spec)
        for heading in self._top_headings():
            if heading.level in levels:
                yield heading, by_top[heading.ref]

    def _tab(self, name: str, heading: Heading, actions: Sequence[Action], spec: TabSpec) -> Tab:
        rows = tuple(self._rows(heading, actions, spec))
        return Tab(name=name, heading=heading, rows=rows, columns=self._columns_of(spec), spec=spec)

    @cached_property
    def _states(self) -> Mapping[str, str]:
        """How far each action is, if the layout has tabs for that."""
        if not any(spec.state for spec in self.layout.action_tabs):
            return {}
        placed = self._placed_by.by_row_id
        return {each.row_id: state_of(placed.get(each.row_id, each), self.layout) for each in self.plan.actions}

    @property
    def names(self) -> list[str]:
        """The names of the plan's tabs, those that it may have too."""
        own = [*(tab.name for tab in self.tabs), *(view.name for view in self.views)]
        return list(dict.fromkeys((*own, self.other_tab, self.details_tab)))

    @cached_property
    def columns(self) -> tuple[GridColumn, ...]:
        """The columns of the layout's first tabs of actions; others may have columns of their own."""
        return self._columns_of(self.layout.action_tabs[0])

    @cached_property
    def known_columns(self) -> tuple[GridColumn, ...]:
        """The columns of all tabs, those of one key once."""
        columns = (column for spec in self.layout.action_tabs for column in self._columns_of(spec))
        return tuple({column.key: column for column in reversed([*columns])}.values())[::-1]

    def columns_around(self, row_ids: Iterable[str]) -> tuple[GridColumn, ...]:
        """The columns of the tab on which most of these actions stand; of the first tabs, if none is known."""
        names = Counter(self.rows_of[row_id][0].name for row_id in row_ids if row_id in self.rows_of)
        name = names.most_common(1)[0][0] if names else ""
        return next((tab.columns for tab in self.tabs if tab.name == name), self.columns)

    def _columns_of(self, spec: TabSpec) -> tuple[GridColumn, ...]:
        specs = self.layout.columns_of(spec)
        if specs not in self._column_sets:
            self._column_sets[specs] = _columns(specs, self, identified=not self.printed)
        return self._column_sets[specs]

    @cached_property
    def _column_sets(self) -> dict[tuple[Column, ...], tuple[GridColumn, ...]]:
        return {}

    def reported(self, earlier: int) -> list[Month]:
        """The month that is reported, after as many of those reported before it as are asked for."""
        before = {month for action in self.plan.actions for month in action.progress if month < self.month}
        return [*(sorted(before)[-earlier:] if earlier else []), self.month]

    def words(self, column: GridColumn, row: GridRow) -> str:
        """What a column shows of an action in that row."""
        if row.action is None:
            return ""
        if column.key == LINE:
            return str(row.line)
        if column.key == HEADING:
            return self._heading_title(row.action.heading) if row.first else ""
        return value_of(row.action, column.key) or ""

    def _heading_title(self, ref: str) -> str:
        return next((each.title for each in self.plan.headings_by_ref.get(ref, ()) if each.title), ref)

    @cached_property
    def rows_of(self) -> Mapping[str, tuple[Tab, Mapping[RowKind, GridRow]]]:
        """Each row id's tab and rows by kind."""
        found: dict[str, tuple[Tab, dict[RowKind, GridRow]]] = {}
        for tab in self.tabs:
            for row in tab.of_kind("programme", "progress", "action"):
                if row.action:
                    found.setdefault(row.action.row_id, (tab, {}))[1][row.kind] = row
        return found

    def column(self, key: str) -> GridColumn:
        """The column of that key on the layout's first tabs of actions."""
        return self._by_key[key]

    def has(self, key: str) -> bool:
        """Whether a column of that key is there (a month outside the plan is not)."""
        return key in self._by_key

    def cell(self, row_id: str, field: str, month: Month | None = None) -> tuple[Tab, int, int] | None:
        """The tab, row and column of an action's field, or None where the sheet does not show it."""
        key = str(month) if field in ("progress", "programmed", "approval") and month else field
        if row_id not in self.rows_of or not self.rows_of[row_id][0].has(key):
            return None
        tab, rows = self.rows_of[row_id]
        row = rows.get("action") or (rows["progress"] if field in ("progress", "approval") else rows["programme"])
        return tab, row.number, tab.column(key).number

    def title(self, heading: Heading) -> str:
        """The words above a tab: `Corporate Priority CP1: A better town`."""
        label = self.plan.settings.get("priority_label", "")
        ref = f"{label} {heading.ref}".strip() if heading.ref else ""
        return ": ".join(part for part in (ref, heading.title) if part)

    @property
    def about(self) -> str:
        """The words beside the title: whose plan it is. Which edition, or whose return, stands in the line below."""
        return ", ".join(part for part in (self.plan.organisation, self.plan.title) if part)

    @staticmethod
    def told(fact: Fact, heading: Heading) -> str:
        """The words below them for one fact; several lines stand below its label."""
        said = heading.said(fact.field)
        if not said or not fact.label:
            return said
        return f"{fact.label}:\n{said}" if "\n" in said else f"{fact.label}: {said}"

    @cached_property
    def heading_words(self) -> frozenset[str]:
        """All that is written of the plan's headings, on any tab."""
        fields = {column.field for block in self.layout.blocks for column in block.columns} | {"ref", "title"}
        own = {heading.said(name) for heading in self.plan.headings for name in fields}
        facts = {self.told(fact, heading) for heading in self.plan.headings for fact in self.layout.facts}
        return frozenset({*own, *facts, *map(self.title, self.plan.headings)})

    @property
    def months(self) -> list[GridColumn]:
        """The columns of the months on the layout's first tabs of actions, in order."""
        return [column for column in self.columns if column.month]

    @property
    def visible(self) -> list[GridColumn]:
        """The columns that people see there, in order."""
        return [column for column in self.columns if not column.hidden]

    def spans(self, block: Block, tab: Tab) -> list[tuple[BlockColumn, int, int]]:
        """The first and last column of a tab that each column of a block covers.

        Boundaries are those of the grid that lie nearest to the block's own widths; LayoutError when the block has
        more columns than the grid.
        """
        visible = tab.visible
        if len(block.columns) > len(visible):
            raise LayoutError(f"{self.layout.name}: a block has more columns than the grid")
        edges = [0.0, *accumulate(each.spec.width if each.spec else 0 for each in visible)]
        share = edges[-1] / sum(column.width for column in block.columns)
        spans, start, wanted = [], 0, 0.0
        for index, column in enumerate(block.columns):
            wanted += column.width * share
            left = len(block.columns) - index - 1
            choices = range(start + 1, len(visible) - left + 1)
            end = len(visible) if not left else min(choices, key=lambda edge: abs(edges[edge] - wanted))
            spans.append((column, visible[start].number, visible[end - 1].number))
            start = end
        return spans

    @cached_property
    def _by_key(self) -> Mapping[str, GridColumn]:
        return {column.key: column for column in self.columns}

    @cached_property
    def _tops(self) -> Mapping[str, str | None]:
        """The ref of the top heading that each heading of an action stands under."""
        refs = {action.heading for action in self.plan.actions} | {heading.ref for heading in self.plan.headings}
        found = {ref: self.plan.ancestor(ref, *self.layout.tab_levels) for ref in refs}
        return {ref: heading.ref if heading else None for ref, heading in found.items()}

    @cached_property
    def _under(self) -> Mapping[str | None, Sequence[Heading]]:
        """The headings that stand under each top heading, by its ref."""
        found: dict[str | None, list[Heading]] = defaultdict(list)
        for heading in self.plan.headings:
            if heading.level not in self.layout.tab_levels:
                found[self._tops[heading.ref]].append(heading)
        return dict(found)

    def _top_headings(self) -> list[Heading]:
        tops = [heading for heading in self.plan.headings if heading.level in self.layout.tab_levels]
        return list({heading.ref: heading for heading in reversed(tops)}.values())[::-1]

    def _rows(self, top: Heading, actions: Sequence[Action], spec: TabSpec) -> Iterator[GridRow]:
        under = self._under.get(top.ref, ()) if top.ref else ()
        shown: list[tuple[RowKind, dict[str, object]]] = [("title", {"heading": top})]
        shown += [("fact", {"heading": top, "fact": fact}) for fact in self.layout.facts if top.said(fact.field)]
        for block in () if self.printed else self.layout.blocks:
            listed = [heading for heading in under if heading.level == block.level]
            if listed:
                shown += [("blank", {}), ("block_header", {"block": block})]
                shown += _block_rows(block, listed)
        shown.append(("blank", {}))
        if not self.printed:
            shown.append(("keys", {}))
        shown.append(("header", {}))
        kinds: tuple[RowKind, ...] = _TWO_BANDS if self.layout.has_two_bands else ("action",)
        line, before = 0, None
        for section, its_actions in self._grouped(top, under, actions, spec):
            shown += [("section", {"heading": section})] if section else []
            for action in its_actions:
                line += 1
                about = {"action": action, "line": line, "first": action.heading != before}
                shown += [(kind, about) for kind in kinds]
                before = action.heading
        for number, (kind, what) in enumerate(shown, 1):
            yield GridRow(number=number, kind=kind, **what)  # type: ignore[arg-type]  # made just above

    def _grouped(
        self, top: Heading, under: Sequence[Heading], actions: Sequence[Action], spec: TabSpec
    ) -> Iterator[tuple[Heading | None, list[Action]]]:
        """The section rows of a tab in order, each with its actions; one group without a row where there are none."""
        if not spec.sections:
            yield None, [*actions]
            return
        if spec.each == "heading":
            yield from self._sections(top, under, actions)
            return
        by_top: dict[str | None, list[Action]] = defaultdict(list)
        for action in actions:
            by_top[self._tops[action.heading]].append(action)
        for heading in self._top_headings():
            if own := by_top.pop(heading.ref, []):
                yield heading, [action for action in own if action.heading == heading.ref]
                rest = [action for action in own if action.heading != heading.ref]
                yield from self._sections(heading, self._under.get(heading.ref, ()), rest, every=False)
        for strays in by_top.values():
            yield from self._sections(top, (), strays)

    def _sections(
        self, top: Heading, under: Sequence[Heading], actions: Sequence[Action], *, every: bool = True
    ) -> Iterator[tuple[Heading | None, list[Action]]]:
        """The section rows in order, with their actions; actions right under the top heading come first.

        Where not `every` section is shown, only those with actions are.
        """
        last = self.layout.section_level
        by_ref: dict[str, Heading] = {}
        for heading in under:
            # A section with the ref of a measure gives it another title in the grid.
            if heading.ref not in by_ref or (heading.level == last and by_ref[heading.ref].level != last):
                by_ref[heading.ref] = heading
        own_of: dict[str, list[Action]] = defaultdict(list)
        for action in actions:
            own_of[action.heading].append(action)
        for ref, own in own_of.items():
            if ref not in by_ref:
                yield (None if ref == top.ref else Heading(ref=ref, level=last)), own
        for ref, heading in by_ref.items():
            own = own_of.get(ref, [])
            if own or (every and self.whole and heading.level == last):
                yield heading, own


def corporate_grids(corporate: Corporate) -> list[Grid]:
    """Where everything is in a corporate copy, plan by plan: no two tabs have one name, and each says whose it is."""
    grids: list[Grid] = []
    taken = [SUMMARY_TAB]
    for part, name in zip(corporate.parts, corporate.short_names, strict=True):
        grids.append(Grid(part.layout, part.plan, whole=True, prefix=name, taken=taken))
        taken += grids[-1].names
    return grids


def _columns(specs: Sequence[Column], grid: Grid, *, identified: bool) -> tuple[GridColumn, ...]:
    made: list[tuple[str, str, Month | None, Column | None]] = []
    plan = grid.plan
    for spec in specs:
        if spec.field == STATUS:
            label = spec.heading or STATUS.capitalize()
            for month in grid.reported(spec.earlier):
                made.append((str(month), f"{label} {month.short} {month.year % 100:02}", month, spec))
        elif spec.field == MONTHS:
            years = {month.number for month in plan.period}
            for month in plan.period:
                # A plan of over a year has two columns named July: they carry the year.
                label = month.short if len(years) == plan.months else f"{month.short} {month.year % 100:02}"
                made.append((str(month), label, month, spec))
        else:
            made.append((spec.field, spec.heading or spec.field.capitalize(), None, spec))
        if len(made) == 1 and identified:
            made += [(ROW_ID, "", None, None), (BAND, "", None, None)]
    return tuple(
        GridColumn(number=number, key=key, heading=heading, month=month, spec=spec)
        for number, (key, heading, month, spec) in enumerate(made, 1)
    )


def _block_rows(block: Block, headings: Iterable[Heading]) -> list[tuple[RowKind, dict[str, object]]]:
    rows: list[tuple[RowKind, dict[str, object]]] = []
    before = ""
    for heading in headings:
        rows.append(("block", {"block": block, "heading": heading, "first": heading.ref != before}))
        before = heading.ref
    return rows
