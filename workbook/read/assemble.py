"""Raw cells -> a Reading: what a workbook of ours says of each issued action, and what is wrong with it."""

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbook.findings import Finding, Where, finding
from workbook.grid import Grid
from workbook.layout import Layout
from workbook.months import Month, format_runs, parse_runs, say_runs
from workbook.names import BAND, OUR_SHEETS, ROW_ID
from workbook.palette import Palette
from workbook.plan import LISTS, Action, Plan, field_name, split_names, value_of
from workbook.read.cells import RawBook, RawCell, RawSheet
from workbook.read.conditional import Shown
from workbook.read.conditional import shown as shown_by
from workbook.read.evidence import Judged, is_grey, judge, judge_bands
from workbook.read.header import find_headers
from workbook.read.identity import COPY, WEAK, Matches, Unit, match, units_of
from workbook.read.key import own_key
from workbook.read.outside import Table, find_outside, quote
from workbook.read.recoloured import Recoloured, find_recoloured
from workbook.read.words import told_by_note, weighed
from workbook.reading import Beside, Cells, FieldKey, NewRow, ReadAction, Said
from workbook.refs import a1

_OF_NEW_ROWS = ("ref", "action", "lead", "note")  # what every row that is added may say
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_CHANGED_CODES = {"ref": "REF_CHANGED", "action": "ACTION_CHANGED", "lead": "LEAD_CHANGED"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """What the sheets of a workbook say."""

    actions: tuple[ReadAction, ...]
    copies: tuple[ReadAction, ...]
    new_rows: tuple[NewRow, ...]
    beside: tuple[Beside, ...]
    findings: tuple[Finding, ...]


def assemble(
    book: RawBook,
    baseline: Plan,
    layout: Layout,
    written: Collection[tuple[str, str]],
    *,
    asked: Month | None = None,
    elsewhere: Container[str] | None = None,
) -> Assembled:
    """Read every sheet against what was issued.

    `written` are the (tab, text) pairs that the workbook was written with beside its actions; any other text outside
    the table is named. `asked` is the month that is reported, None in a master; `elsewhere` are the row ids of the
    plan's other actions, None when they are not known.
    """
    grid = Grid(layout, baseline, whole=asked is None, month=asked)
    not_read = {*OUR_SHEETS, *(view.name for view in grid.views)}
    tables = [
        Table(sheet=sheet, header=header, units=units_of(sheet, header, grid, baseline.by_row_id))
        for sheet in book.sheets
        if sheet.name not in not_read
        for header in find_headers(sheet, grid, baseline.by_row_id)
    ]
    matches = match([unit for each in tables for unit in each.units], baseline.by_row_id, elsewhere)
    matched = [(baseline.by_row_id[row_id], unit, by) for row_id, (unit, by) in matches.matched.items()]
    palette = layout.palette.with_key(own_key(book, layout))
    recoloured = find_recoloured([(action, unit) for action, unit, _ in matched], baseline.period, asked, palette)
    fills = any(cell.fill for sheet in book.sheets for _, _, cell in sheet)
    reader = _Reader(grid=grid, palette=palette, fills=fills, recoloured=recoloured, asked=asked)
    order = {sheet.name: index for index, sheet in enumerate(book.sheets)}
    matched.sort(key=lambda each: (order[each[1].sheet.name], each[1].first))
    read = [reader.action(*each) for each in matched]
    actions, moved = _without_moved_notes([action for action, _ in read])
    copies = tuple(reader.action(baseline.by_row_id[row_id], unit, COPY)[0] for row_id, unit in matches.copies)
    new_rows = tuple(reader.new_row(unit) for unit in matches.new)
    outside = find_outside(book, tables, grid, {*written})
    overwritten = [found for action, unit, _ in matched for found in reader.overwritten(action, unit)]
    cells = [found for _, its_findings in read for found in its_findings]
    findings = [
        *_about_file(book, tables, fills=fills),
        *recoloured.told_nowhere(cells),
        *_missing(grid, tables, matches, book),
        *_once_a_rule(cells),
        *moved,
        *(_copy(reader, row_id, unit, matches) for row_id, unit in matches.copies),
        *(_foreign(reader.new_row(unit)) for unit in matches.foreign),
        *(finding("ROW_NEW", Where(sheet=row.sheet, cell=row.cell, ref=row.ref), said=row.words) for row in new_rows),
        *outside.findings,
        *(found for found, _ in overwritten),
    ]
    unread = [*(unit for _, unit in matches.copies), *matches.foreign]
    beside = (
        *_unused(actions, layout),
        *(_beside(reader.new_row(unit)) for unit in unread),
        *outside.beside,
        *(text for _, text in overwritten),
    )
    return Assembled(actions=tuple(actions), copies=copies, new_rows=new_rows, beside=beside, findings=tuple(findings))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads one action's cells; `fills` is False when the file has lost its styles."""

    grid: Grid
    palette: Palette
    fills: bool
    recoloured: Recoloured
    asked: Month | None
    shapes: dict[tuple[int, bool, bool], Mapping[FieldKey, int]] = field(default_factory=dict)

    def action(self, issued: Action, unit: Unit, matched_by: str) -> tuple[ReadAction, list[Finding]]:
        """What a row says of the action that it was matched to."""
        said: dict[FieldKey, Said] = {}
        findings: list[Finding] = []
        for key, text, column, cells in self._words(unit):
            before = value_of(issued, key)
            place = a1(unit.top or unit.first, column)
            if (text or None) != before:
                said[key, None] = Said(value=text or None, sheet=unit.sheet.name, cell=place)
            if all(cell.is_plain for cell in cells) and (self.fills or key != "note"):
                continue
            where = replace(self._where(unit, issued, column), field=key)
            if any(cell.failed for cell in cells):
                said[key, None] = Said(value=before, sheet=unit.sheet.name, cell=place, readable=False, raw=text)
                findings.append(finding("VALUE_UNREAD", where, field=field_name(key), text=quote(text)))
            findings += _formulas(cells, where)
            findings += _numbers(cells, where, lost=not self.fills)
        grey: dict[Month, bool] = {}
        for month, column in self._months(unit):
            told, is_programmed, found = self._month(issued, unit, month, column)
            if is_programmed is not None:
                grey[month] = is_programmed
            if told is not None:
                said["progress", month] = told
            findings += found
        findings += self._told_in_words(issued, unit, said)
        findings += self._programme(issued, unit, grey, said)
        findings += self._changed_words(issued, said, unit)
        if matched_by in WEAK:
            where = self._where(unit, issued, unit.header.columns.get("action", 1))
            findings.append(
                finding("ROW_MATCHED_WEAKLY", where, action=quote(issued.action), evidence=WEAK[matched_by])
            )
        if self.grid.layout.has_two_bands and len(unit.rows) == 1:
            part = " whole: one of its two rows was deleted"
            where = self._where(unit, issued, unit.header.columns.get("ref", 1))
            findings.append(finding("ROW_MISSING", where, action=quote(issued.action), part=part))
        row = Cells(
            issued=issued,
            sheet=unit.sheet.name,
            words_row=unit.top or unit.first,
            progress_row=unit.progress_row or unit.first,
            columns=self._columns(unit),
            others=said,
        )
        action = ReadAction(issued=issued, matched_by=matched_by, sheet=unit.sheet.name, row=unit.first, said=row)
        return action, findings

    def _told_in_words(self, issued: Action, unit: Unit, said: dict[FieldKey, Said]) -> list[Finding]:
        """The status that a note tells beside its own cell; each counts only if it was changed since issue."""
        month = self.grid.month
        column, at = unit.header.columns.get("note"), unit.header.columns.get(str(month))
        cell, note = said.get(("progress", month)), said.get(("note", None))
        tells = self.grid.layout.all_columns["note"].tells_status
        if not tells or column is None or at is None or unit.top is None or (cell and not cell.readable):
            return []
        words = note.value or "" if note and note.readable else ""
        fill = unit.sheet[unit.top, column].fill if self.fills else None
        before = issued.progress.get(month)
        own = cell.value if cell and cell.value != before else None
        judged = weighed(before, own, told_by_note(words, fill, self.palette), self.palette)
        if judged is None or judged.code is None:
            return []
        said["progress", month] = _said(judged, unit.sheet.name, a1(unit.top, at))
        where = replace(self._where(unit, issued, at, row=unit.top), field="progress", month=month)
        return [finding(judged.code, where, **dict(judged.words or {}))]

    def _columns(self, unit: Unit) -> Mapping[FieldKey, int]:
        """Where the fields stand that a row says something of; one mapping for all rows of a table that are alike."""
        shape = (id(unit.header), unit.top is None, unit.progress_row is None)
        if shape not in self.shapes:
            columns = unit.header.columns
            found: dict[FieldKey, int] = {
                (key, None): columns[key] for key in self.grid.layout.words if key in columns and unit.top
            }
            found |= {("progress", month): at for month, at in self._months(unit) if unit.progress_row}
            self.shapes[shape] = found
        return self.shapes[shape]

    def new_row(self, unit: Unit) -> NewRow:
        """A row that was not issued. Its fills are not believed: an inserted row inherits those above it."""
        words = {key: text for key, text, _, _ in self._words(unit)}
        typed = {}
        for month, column in self._months(unit):
            for row in unit.rows.values():
                text = unit.sheet[row, column].text
                status = self.palette.typed(text) if text else None
                if text:
                    typed[month] = status.key if status else text
        return NewRow(
            sheet=unit.sheet.name,
            cell=a1(unit.first, unit.header.columns.get("action", 1)),
            heading=unit.heading,
            ref=words.get("ref", ""),
            action=words.get("action", ""),
            lead=split_names(words.get("lead", "")),
            note=words.get("note", ""),
            progress=typed,
            more={key: text for key, text in words.items() if text and key not in _OF_NEW_ROWS},
        )

    def _words(self, unit: Unit) -> Iterator[tuple[str, str, int, list[RawCell]]]:
        """The text columns that can be read: key, text, column, cells. What stands in the lower row is added."""
        for key in self.grid.layout.words:
            column = unit.header.columns.get(key)
            if column is None or unit.top is None:
                continue
            rows = [unit.top, *([unit.rows["progress"]] if "progress" in unit.rows else [])]
            cells = [unit.sheet[row, column] for row in rows]
            text = "\n".join(cell.text for cell in cells if cell.text)
            if key in LISTS:
                text = " / ".join(split_names(text))
            yield key, text, column, cells

    def _months(self, unit: Unit) -> Iterator[tuple[Month, int]]:
        for column in self.grid.known_columns:
            if column.month and column.key in unit.header.columns:
                yield column.month, unit.header.columns[column.key]

    def _month(
        self, issued: Action, unit: Unit, month: Month, column: int
    ) -> tuple[Said | None, bool | None, list[Finding]]:
        """One month: what is said, if not plainly what was issued; whether it is grey (None: not known); findings."""
        before, programmed, row = issued.progress.get(month), month in issued.programmed, unit.progress_row
        if row is None:
            return None, None, []
        cell, rules = self._cell(unit, row, column), _shown(unit.sheet, row, column)
        at, painted_over = row, False
        if "programme" in unit.rows:
            above = self._cell(unit, unit.rows["programme"], column)
            judged, is_grey_still, painted_over = judge_bands(
                before, programmed, above, cell, self.palette, fills=self.fills, by_rule=rules.fill
            )
            at = unit.rows["programme"] if painted_over else row
            known: bool | None = is_grey_still if self.fills else None
        else:
            grey = programmed if self.grid.layout.has_months else None
            judged = judge(before, cell, self.palette, fills=self.fills, by_rule=rules.fill, grey=grey)
            known = is_grey(cell, self.palette) if self.fills and grey is not None and "action" in unit.rows else None
            known = None if judged.value or before else known
        doubt = self.recoloured.doubt(unit.sheet.name, row, column)
        if judged == Judged(value=before) and at == row and not (cell.formula or rules.unread or doubt):
            return None, known, []
        where = replace(self._where(unit, issued, column, row=at), field="progress", month=month)
        findings = list(_formulas([cell], where))
        if judged.code:
            findings.append(finding(judged.code, where, **dict(judged.words or {})))
        elif painted_over:
            status = self.palette.name(judged.value) if judged.value else "over"
            findings.append(finding("PROGRAMME_PAINTED_OVER", where, status=status))
        elif rules.unread and judged.value == before:
            findings.append(finding("COLOUR_RULE_UNREAD", where, formula=rules.unread))
        if doubt and not cell.text and programmed and month == self.asked:
            likely = tuple(each for each in self.palette.painted(doubt[0]).candidates if each in self.palette)
            judged = replace(judged, readable=False, raw=f"#{doubt[0].seen}", candidates=likely)
            findings.append(replace(doubt[1], where=where))
        return _said(judged, unit.sheet.name, a1(at, column)), known, findings

    def _cell(self, unit: Unit, row: int, column: int) -> RawCell:
        return self.recoloured.as_issued(unit.sheet.name, row, column, unit.sheet.seen(row, column))

    def _programme(
        self, issued: Action, unit: Unit, grey: Mapping[Month, bool], said: dict[FieldKey, Said]
    ) -> list[Finding]:
        """Compare the grey with what was issued; months that cannot be seen are as issued."""
        seen = {month for month, is_programmed in grey.items() if is_programmed}
        returned = format_runs(seen | {month for month in issued.programmed if month not in grey}) or None
        changed = [month for month, is_programmed in grey.items() if is_programmed != (month in issued.programmed)]
        if not changed:
            return []
        column = unit.header.columns[str(changed[0])]
        cell = a1(unit.top or unit.first, column)
        said["programmed", None] = Said(value=returned, sheet=unit.sheet.name, cell=cell)
        return [
            finding(
                "PROGRAMME_CHANGED",
                replace(self._where(unit, issued, column), field="programmed", month=changed[0]),
                issued=say_runs(issued.programmed),
                returned=say_runs(parse_runs(returned or "", ())),
            )
        ]

    def _changed_words(self, issued: Action, said: Mapping[FieldKey, Said], unit: Unit) -> Iterator[Finding]:
        """What was changed of the words that are not the officers' to change."""
        for key in self.grid.layout.words:
            now, before = said.get((key, None)), value_of(issued, key)
            if now and now.value != before and not self.grid.layout.officers_may_change(key):
                where = replace(self._where(unit, issued, 1), cell=now.cell, field=key)
                words = {"issued": quote(before or ""), "returned": quote(now.value or "")}
                yield finding(_CHANGED_CODES.get(key, "FIELD_CHANGED"), where, field=field_name(key), **words)

    def overwritten(self, issued: Action, unit: Unit) -> Iterator[tuple[Finding, Beside]]:
        """What was written over in the columns that only show where an action stands."""
        for column in self.grid.known_columns:
            at = unit.header.columns.get(column.key) if column.worked_out else None
            if at is None or unit.top is None:
                continue
            text = unit.sheet[unit.top, at].text
            row = next(iter(self.grid.rows_of[issued.row_id][1].values()))
            if text and text != self.grid.words(column, row):
                said = Beside(sheet=unit.sheet.name, cell=a1(unit.top, at), text=text)
                yield finding("TEXT_OUTSIDE", self._where(unit, issued, at, row=unit.top), text=quote(text)), said

    def _where(self, unit: Unit, issued: Action, column: int, row: int | None = None) -> Where:
        cell = a1(row or unit.first, column)
        return Where(sheet=unit.sheet.name, cell=cell, ref=issued.ref, row_id=issued.row_id)


def _said(judged: Judged, sheet: str, cell: str) -> Said:
    return Said(
        value=judged.value,
        sheet=sheet,
        cell=cell,
        readable=judged.readable,
        raw=judged.raw,
        candidates=judged.candidates,
        text=judged.text,
        fill=judged.fill,
    )


def _shown(sheet: RawSheet, row: int, column: int) -> Shown:
    return shown_by(sheet.rules, (row, column), lambda at: sheet[at].text)


def _without_moved_notes(actions: Sequence[ReadAction]) -> tuple[list[ReadAction], list[Finding]]:
    """The actions, without the notes that are another's: a sort that leaves a column out misplaces them.

    What an action is left with that lost its note so is not taken either.
    """
    owners = {action.issued.note: action for action in actions if action.issued.note}
    held: dict[str, tuple[str, str]] = {}  # by row id: what to say, what the note may be
    for action in actions:
        note = action.value("note") or ""
        owner = owners.get(note)
        if owner and owner is not action and note not in (action.issued.note, owner.value("note")):
            mine, theirs = (each.issued.ref or "another action" for each in (action, owner))
            held[action.issued.row_id] = f"{mine} has, word for word, the note that was issued with {theirs}", note
            told = f"{theirs} has lost its note, which stands beside {mine}"
            held.setdefault(owner.issued.row_id, (told, owner.value("note") or ""))
    kept, findings = [], []
    for action in actions:
        if said := held.get(action.issued.row_id):
            findings.append(finding("NOTE_MOVED", action.where("note"), said=said[0]))
            unread = replace(
                action.said["note", None],
                value=action.issued.note or None,
                readable=False,
                raw=said[1],
                candidates=(said[1],) if said[1] else (),
            )
            action = replace(action, said={**action.said, ("note", None): unread})  # noqa: PLW2901  # the same, held
        kept.append(action)
    return kept, findings


def _formulas(cells: Iterable[RawCell], where: Where) -> Iterator[Finding]:
    for cell in cells:
        if cell.formula and not cell.failed:
            yield finding("FORMULA_FOUND", where, formula=quote(cell.formula), value=quote(cell.text))


def _numbers(cells: Iterable[RawCell], where: Where, *, lost: bool) -> Iterator[Finding]:
    """Numbers that a person sees otherwise; a file without styles has lost how they, and dates, were shown."""
    for cell in cells:
        if cell.number_format:
            yield finding("NUMBER_FORMATTED", where, value=cell.text, shown=f"as {cell.number_format}")
        elif lost and where.field == "note" and _NUMBER.fullmatch(cell.text):
            yield finding("NUMBER_FORMATTED", where, value=cell.text, shown="in a way that the file has lost")


def _once_a_rule(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, with one for each rule that could not be worked out, at the first cell that it is for."""
    told: set[tuple[str | None, str]] = set()
    kept = []
    for each in findings:
        about = (each.where.sheet, each.message)
        if each.code != "COLOUR_RULE_UNREAD" or about not in told:
            kept.append(each)
        told.add(about)
    return kept


def _unused(actions: Iterable[ReadAction], layout: Layout) -> Iterator[Beside]:
    """What was written in the cells of issued actions, and cannot be taken from there."""
    for action in actions:
        for (name, month), said in action.others.items():
            theirs = layout.officers_may_change(name)
            changed = name in layout.words and said.value != value_of(action.issued, name, month)
            unread = said.raw if name != "progress" and not said.readable else ""
            if text := unread or (said.value if changed and not theirs else ""):
                yield Beside(sheet=said.sheet, cell=said.cell, text=text)


def _beside(row: NewRow) -> Beside:
    return Beside(sheet=row.sheet, cell=row.cell, text=row.words)


def _foreign(row: NewRow) -> Finding:
    return finding("ROW_OF_ANOTHER_RETURN", Where(sheet=row.sheet, cell=row.cell, ref=row.ref), said=row.words)


def _about_file(book: RawBook, tables: Sequence[Table], *, fills: bool) -> Iterator[Finding]:
    for each in tables:
        if each.header.lost:
            yield finding("HEADER_LOST", Where(sheet=each.sheet.name))
    if book.saved_as == "xls":
        yield finding("OLD_FORMAT")
    if book.saved_as == "csv":
        yield finding("VALUES_ONLY")
    elif not fills:
        yield finding("STYLES_LOST")
    has_validations = [each.sheet.has_validations for each in tables]
    if any(each.units for each in tables) and not any(has_validations) and None not in has_validations:
        yield finding("DROPDOWNS_LOST")


def _missing(grid: Grid, tables: Sequence[Table], matches: Matches, book: RawBook) -> Iterator[Finding]:
    """Tabs, columns and rows that were issued and are not there; what a missing tab explains is not said again."""
    names, read = {sheet.name for sheet in book.sheets}, {each.sheet.name for each in tables}
    for tab in grid.tabs:
        rows = [action for action in tab.actions if action.row_id not in matches.matched]
        if rows and len(rows) == len(tab.actions) and tab.name not in names:
            said = f"{len(rows)} action{'s' if len(rows) != 1 else ''}: " + ", ".join(
                a.ref or "one without a ref" for a in rows
            )
            yield finding("TAB_MISSING", Where(sheet=tab.name), tab=tab.name, rows=said)
            continue
        for action in rows:
            sheet = tab.name if tab.name in read else None
            where = Where(sheet=sheet, ref=action.ref, row_id=action.row_id)
            yield finding("ROW_MISSING", where, action=quote(action.action), part="")
    for each in tables:
        for column in grid.columns_around(unit.row_id for unit in each.units):
            if column.key not in each.header.columns and column.key not in (ROW_ID, BAND):
                name = column.month.name if column.month else column.heading
                field = "progress" if column.month else column.key
                where = Where(sheet=each.sheet.name, field=field, month=column.month)
                yield finding("COLUMN_MISSING", where, column=name)


def _copy(reader: _Reader, row_id: str, unit: Unit, matches: Matches) -> Finding:
    kept = matches.matched[row_id][0]
    issued = reader.grid.plan.by_row_id[row_id]
    said = reader.new_row(unit).words
    cell = a1(unit.first, unit.header.columns.get("ref", 1))
    where = Where(sheet=unit.sheet.name, cell=cell, ref=issued.ref, row_id=row_id)
    kept_row = f"{kept.sheet.name} row {kept.first}"
    return finding("ROW_DUPLICATED", where, kept=kept_row, said=said or "nothing")
