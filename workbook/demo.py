"""The demonstration: the whole month on the example plan, with simulated officers, checked at its end."""

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from workbook import libreoffice, verbs
from workbook.errors import UsageError, WorkbookError
from workbook.findings import Finding, grouped
from workbook.grid import Grid
from workbook.issuing import recipient_of
from workbook.layout import Layout, default_layout
from workbook.markers import in_order
from workbook.merge.queries import ADD, APPROVE, KEEP, REFUSE
from workbook.months import Month
from workbook.names import QUERIES_SHEET, QUERY_COLUMNS
from workbook.palette import STANDARD, Status, shades_of
from workbook.plan import ACTION_FIELDS, Action, Plan, value_of
from workbook.queries import Query
from workbook.record import Issued
from workbook.refs import a1, column_letter
from workbook.rules.lateness import months_behind
from workbook.shipped import shipped
from workbook.tabs import Tab

Say = Callable[[str], object]
Key = tuple[str, str, Month | None]
Step = dict[str, object]

_REPORTED_MONTH = 2  # the third of the plan: two to look back on, and most of the year to come
_LATE_MONTHS = 2
_COMMON_SHADES = 4

# What officers do with a month's cell, in hundredths: where it is programmed, and where that was one or two months ago.
# Most are on target or done; a few paint another colour than the programme says.
# What they say, whatever a form calls it: on target, behind, late, moved to new dates, suspended.
Standing = Literal["green", "amber", "red", "revised", "suspended"]
_Chances = Sequence[tuple[Standing | None, int]]
_STANDINGS: Mapping[int, _Chances] = {
    0: (("green", 80), ("amber", 4), ("revised", 7), ("suspended", 5), (None, 4)),
    1: (("amber", 40), ("green", 5), (None, 55)),
    2: (("red", 50), ("amber", 5), (None, 45)),
}
_NOTES: Mapping[Standing, Sequence[str]] = {
    "green": (*[""] * 10, "COMPLETE. Adopted by Cabinet on 9 September.", "Completed - all staff have been trained."),
    "amber": (
        "Comments came back three weeks late. The draft will go to the steering group on 14 October.",
        "The post was vacant in August. Cover has been agreed and the work restarts on 5 October.",
        "Two quotations out of five are missing. Both firms have been chased and will answer by 9 October.",
    ),
    "red": (
        "The funding bid was refused in July. A second bid goes in by 30 October, with a decision in December.",
        "The county's data arrived only last week. A consultant has been booked to clear the backlog by November.",
    ),
    "revised": (
        "REPROGRAMMED to November and December, because it follows the review that ends in October.",
        "EXTENDED by two months: the consultation was widened to the parishes.",
    ),
    "suspended": ("SUSPENDED until the new strategy is adopted next year.",),
}


@dataclass(slots=True)
class Officer:
    """One officer at work on one return: the steps they take, and what the rolled-up copy must say for it."""

    issued: Issued
    grid: Grid
    steps: list[Step] = field(default_factory=list)
    expected: dict[Key, str | None] = field(default_factory=dict)

    def report(self, action: Action, standing: Standing) -> None:
        """Report an action for the month, in one of the ways that people do; a form may have no word for it."""
        month, status = self.issued.month, meant(standing, self.grid.layout)
        if status is None:
            return
        note = _pick(_NOTES[standing], action.row_id)
        if self.grid.layout.all_columns["note"].tells_status and _number(action.row_id, "words") % 10 == 0:
            # One in ten writes a sentence that ends in the colour, and leaves the status alone.
            note = f"{note or 'The work goes on as it was planned.'} {status.colour.capitalize()}"
        else:
            self._show(action, month, status)
        self.expected[action.row_id, "progress", month] = status.key
        if status.new_dates:
            self._move(action, month, status)
        self._note(action, note)

    def _move(self, action: Action, month: Month, status: Status) -> None:
        """Hatch two later months, or write a new date where the form has no months."""
        for later in (month + _LATE_MONTHS, month + _LATE_MONTHS + 1):
            if self.grid.layout.has_months and self.grid.has(str(later)):
                self._type(action, "progress", later, status.letter)
                self.expected[action.row_id, "progress", later] = status.key
        if self.grid.cell(action.row_id, "new_date"):
            new = (month + _LATE_MONTHS).last_day
            self._type(action, "new_date", None, new)
            self.expected[action.row_id, "new_date", None] = new

    def _note(self, action: Action, note: str) -> None:
        if note:
            self._type(action, "note", None, note)
            self.expected[action.row_id, "note", None] = in_order(note)

    def _show(self, action: Action, month: Month, status: Status) -> None:
        way = _number(action.row_id, "way") % 10
        if way < 3 and not status.fill.hatched:  # noqa: PLR2004  # three in ten paint; nobody paints a hatch by hand
            tab, cell = self.place(action, "progress", month)
            shades = shades_of(status.key)[:_COMMON_SHADES] if status.key in STANDARD else [status.fill.rgb]
            colour = _pick(shades, action.row_id)
            self.steps.append({"do": "paint", "sheet": tab, "cell": cell, "colour": colour})
        elif way == 3:  # noqa: PLR2004  # one in ten writes a word
            self._type(action, "progress", month, status.label)
        else:
            self._type(action, "progress", month, status.letter)

    def _type(self, action: Action, name: str, month: Month | None, text: str) -> None:
        tab, cell = self.place(action, name, month)
        self.steps.append({"do": "type", "sheet": tab, "cell": cell, "text": text})

    def place(self, action: Action, name: str, month: Month | None = None) -> tuple[str, str]:
        """The tab and cell of a field in this return."""
        found = self.grid.cell(action.row_id, name, month)
        if found is None:
            raise LookupError(f"{action.ref} has no cell for {name}")
        return found[0].name, a1(found[1], found[2])


def meant(standing: Standing, layout: Layout) -> Status | None:
    """The status by which a form says so; where it says nothing of lateness, its statuses in their order."""
    if standing == "revised":
        return next((status for status in layout.statuses if status.new_dates), None)
    if standing == "suspended":
        return next((status for status in layout.statuses if status.needs_approval and not status.new_dates), None)
    behind = {"green": 0, "amber": 1, "red": _LATE_MONTHS}[standing]
    telling = [status for status in layout.statuses if status.behind is not None]
    if telling:
        return next((status for status in telling if status.behind == behind), None)
    plain = [status for status in layout.statuses if not status.needs_approval]
    return plain[min(behind, len(plain) - 1)] if plain else None


@dataclass(slots=True)
class Script:
    """What all the officers do, and what must come of it."""

    officers: list[Officer]
    left_out: list[str] = field(default_factory=list)
    untaken: dict[Key, str] = field(default_factory=dict)  # values that wait for a decision, and why
    codes: list[str] = field(default_factory=list)  # findings that must be there

    @property
    def expected(self) -> dict[Key, str | None]:
        """What must be different in the rolled-up copy."""
        said: dict[Key, str | None] = {}
        for officer in self.officers:
            said.update(officer.expected)
        return {key: value for key, value in said.items() if key not in self.untaken}


def play(
    folder: Path, say: Say, show: Callable[[verbs.Status, Say], None], *, layout: str | None = None, force: bool = False
) -> bool:
    """Play the month into a folder, and say whether the rolled-up copy holds what the officers said and no more."""
    if folder.exists() and any(folder.iterdir()) and not force:
        raise UsageError(f"{folder} holds files already. Choose another folder with -o, or add --force to overwrite.")
    say("1. Build: a plan source becomes the master.")
    loaded = verbs.load(_example(layout), layout)
    form = loaded.layout
    master = folder / "master.xlsx"
    verbs.build(loaded.plan, master, form, force=force)
    say(f"   {master}: {loaded.plan.title}, {len(loaded.plan.actions)} actions.")
    _say_findings(loaded.findings, say)

    month = _reported_month(loaded.plan, form)
    say(f"2. Issue: one return for each lead, for {month.name}.")
    due = dt.date((month + 1).year, (month + 1).number, 5)
    issued = verbs.issue(
        verbs.load(master).plan, folder / "issued", month, layout=form, due=due, force=force, inputs=[master]
    )
    say(f"   {len(issued.returns)} returns in {folder / 'issued'}, with the master that remembers them.")
    _say_findings(issued.findings, say)

    script = _script(issued.plan, form, month)
    returns = _fill_in(folder, script, say, force=force)

    say("4. Check: what came back is read, and each officer's findings are written into a copy of their return.")
    checked = verbs.check(returns, annotate=folder / "annotated", force=True)
    found = [each for one in checked for each in one.findings]
    say(f"   {len(checked)} files read; annotated copies in {folder / 'annotated'}.")
    _say_findings(found, say, some=True)

    say("5. Merge: what is right goes into a rolled-up copy, what waits for a person into a queries workbook.")
    before = verbs.load(issued.master)
    merged = verbs.merge(before.plan, returns, layout=form)
    rolled_up, queries = folder / "rolled-up.xlsx", folder / "queries.xlsx"
    verbs.write_merged(
        merged, rolled_up, layout=form, queries=queries, returns=returns, force=force, inputs=[issued.master, *returns]
    )
    say(f"   {rolled_up}: {len(merged.applied)} changes applied from {len(merged.merged)} returns.")
    say(f"   {queries}: {len(merged.queries)} queries.")
    after = verbs.load(rolled_up)
    right = _verify(before.plan, after.plan, script, {each.code for each in found}, say)

    say("6. Decide: the coordinator fills in the queries, and they are merged.")
    decided = _decide(folder, merged.queries)
    final = verbs.merge(after.plan, returns, layout=form, decisions=decided)
    settled = folder / "rolled-up-decided.xlsx"
    left = folder / "queries-left.xlsx"
    inputs = [rolled_up, decided, *returns]
    verbs.write_merged(final, settled, layout=form, queries=left, returns=returns, force=force, inputs=inputs)
    say(f"   {settled}: {len(merged.queries) - len(final.queries)} decisions taken, {len(final.queries)} still open.")
    right = _verify_again(settled, returns, decided, form, say) and right

    say("7. Status:")
    last, reminders = verbs.load(settled).plan, folder / "reminders.xlsx"
    chased = verbs.reminders(last, reminders, month, layout=form, force=force, inputs=[settled])
    say(f"   {reminders}: {len(chased)} recipients to be chased, with a letter for each.")
    show(verbs.status(last, month, layout=form), say)

    say("8. Pack: what the board is given.")
    _pack(folder, last, form, month, say, force=force)
    return right


def _example(layout: str | None) -> Path:
    """The example plan of a form, or the default form's where it has none of its own."""
    try:
        return shipped("examples", Path(layout or default_layout().name).stem)
    except WorkbookError:
        return shipped("examples", default_layout().name)


def _reported_month(plan: Plan, layout: Layout) -> Month:
    """The last month of the cycle after the plan's edition; early in a plan of which nothing has been reported."""
    last = plan.edition or plan.period[_REPORTED_MONTH] + -1
    return layout.cycle_after(last, plan.start)[-1]


def _pack(folder: Path, plan: Plan, layout: Layout, month: Month, say: Say, *, force: bool) -> None:
    """Write the board pack, with a report on the first priority, and print it where there is LibreOffice."""
    pack, pdf = folder / "pack.xlsx", folder / "pack.pdf" if libreoffice.program() else None
    highlight = [heading.ref for heading in plan.headings if heading.level == layout.tab_level][:1]
    verbs.pack(plan, pack, month, layout=layout, pdf=pdf, highlight=highlight, force=force)
    say(f"   {pack}{f', and on paper {pdf}' if pdf else ''}.")


def _script(plan: Plan, layout: Layout, month: Month) -> Script:
    """Decide what each officer does; the same plan gives the same script."""
    entries = [issued for issued in plan.register if issued.month == month]
    grids = {entry.issue_id: Grid(layout, plan.only(entry.rows), whole=False, month=entry.month) for entry in entries}
    officers = [Officer(issued=entry, grid=grids[entry.issue_id]) for entry in entries]
    script = Script(officers=officers)
    late = [entry.recipient for entry in sorted(entries, key=lambda each: (len(each.rows), each.recipient))[:3]]
    script.left_out = late
    script.officers = [officer for officer in officers if officer.issued.recipient not in late]
    for officer in script.officers:
        for row_id in officer.issued.rows:
            action = plan.by_row_id[row_id]
            mine = not action.lead or recipient_of(plan, action.lead[0]) == officer.issued.recipient
            standing = _standing(action, month, layout)
            if mine and standing:
                officer.report(action, standing)
    _trouble(script, plan, layout, month)
    return script


def _trouble(script: Script, plan: Plan, layout: Layout, month: Month) -> None:
    """What goes wrong in real months: each in one return, after the ordinary reports."""
    _two_leads_differ(script, plan, layout, month)
    largest = sorted(script.officers, key=lambda each: (-len(each.issued.rows), each.issued.recipient))
    mishaps: list[Callable[[Officer], None]] = [
        lambda officer: _type_nonsense(officer, plan, month, script),
        lambda officer: _insert_row(officer, script),
        lambda officer: _delete_row(officer, plan, script),
        lambda officer: _copy_row(officer, plan, script),
    ]
    if layout.has_two_bands:
        mishaps.insert(0, lambda officer: _paint_over_grey(officer, plan, month, script))
    else:
        mishaps.append(_sort_rows)
    for mishap, officer in zip(mishaps, largest, strict=False):
        mishap(officer)


def _two_leads_differ(script: Script, plan: Plan, layout: Layout, month: Month) -> None:
    """The second lead of an action reports it too, and says something else."""
    green, red = meant("green", layout), meant("red", layout)
    said = {key: value for officer in script.officers for key, value in officer.expected.items()}
    for officer in script.officers:
        for row_id in officer.issued.rows:
            action = plan.by_row_id[row_id]
            key = (row_id, "progress", month)
            is_second = bool(action.lead) and recipient_of(plan, action.lead[0]) != officer.issued.recipient
            if green and red and said.get(key) == green.key and is_second:
                tab, cell = officer.place(action, "progress", month)
                officer.steps.append({"do": "type", "sheet": tab, "cell": cell, "text": red.letter})
                script.untaken[key] = "two leads differ"
                return


def _paint_over_grey(officer: Officer, plan: Plan, month: Month, script: Script) -> None:
    """Somebody paints the grey row instead of the one below it."""
    action = _not_reported_yet(officer, plan, month)
    if action:
        tab, cell = officer.place(action, "programmed", month)
        officer.steps.append({"do": "paint", "sheet": tab, "cell": cell, "colour": shades_of("green")[0]})
        officer.expected[action.row_id, "progress", month] = "green"
        script.codes.append("PROGRAMME_PAINTED_OVER")


def _type_nonsense(officer: Officer, plan: Plan, month: Month, script: Script) -> None:
    action = _not_reported_yet(officer, plan, month)
    if action:
        tab, cell = officer.place(action, "progress", month)
        officer.steps.append({"do": "type", "sheet": tab, "cell": cell, "text": "see note"})
        script.untaken[action.row_id, "progress", month] = "not a status"
        script.codes.append("STATUS_UNKNOWN")


def _not_reported_yet(officer: Officer, plan: Plan, month: Month) -> Action | None:
    """An action of the officer's, programmed or not, on which nothing is said for the month."""
    mine = (plan.by_row_id[row_id] for row_id in officer.issued.rows)
    free = [a for a in mine if len(a.lead) == 1 and (a.row_id, "progress", month) not in officer.expected]
    return free[0] if free else None


def _insert_row(officer: Officer, script: Script) -> None:
    """Somebody adds an action of their own below the last one of their first tab."""
    tab = officer.grid.tabs[0]
    row = tab.rows[-1].number + 1
    words = {"ref": "new", "action": "Publish the results on the website", "lead": officer.issued.recipient}
    values = {column_letter(tab.column(key).number): text for key, text in words.items() if tab.has(key)}
    officer.steps.append({"do": "insert", "sheet": tab.name, "row": row, "values": values})
    script.codes.append("ROW_NEW")


def _delete_row(officer: Officer, plan: Plan, script: Script) -> None:
    """Somebody deletes an action on which nothing was to be said."""
    quiet = [
        row_id
        for row_id in officer.issued.rows
        if not any(key[0] == row_id for key in officer.expected) and len(plan.by_row_id[row_id].lead) == 1
    ]
    if not quiet:
        return
    tab, rows = officer.grid.rows_of[quiet[-1]]
    numbers = sorted(row.number for row in rows.values())
    officer.steps.append({"do": "delete", "sheet": tab.name, "rows": numbers})
    script.codes.append("ROW_MISSING")


def _copy_row(officer: Officer, plan: Plan, script: Script) -> None:
    """Somebody copies an action as it is to the end of its tab, hidden row id and all."""
    del plan
    tab, rows = officer.grid.rows_of[officer.issued.rows[0]]
    numbers = sorted(row.number for row in rows.values())
    officer.steps.append({"do": "copy", "sheet": tab.name, "rows": numbers, "before": tab.rows[-1].number + 1})
    script.codes.append("ROW_DUPLICATED")


def _sort_rows(officer: Officer) -> None:
    """Somebody sorts the longest run of actions by wording; formats go with their rows."""
    longest: tuple[Tab, int, int] = (officer.grid.tabs[0], 0, -1)
    for tab in officer.grid.tabs:
        numbers = [row.number for row in tab.of_kind("action")]
        for first in numbers:
            last = first
            while last + 1 in numbers:
                last += 1
            longest = max(longest, (tab, first, last), key=lambda run: run[2] - run[1])
    tab, first, last = longest
    cells = f"A{first}:{column_letter(tab.columns[-1].number)}{last}"
    by = column_letter(tab.column("action").number)
    officer.steps.append({"do": "sort", "sheet": tab.name, "range": cells, "by": by, "descending": True})


def _fill_in(folder: Path, script: Script, say: Say, *, force: bool) -> list[Path]:
    """Have the officers do it, and give what came back."""
    say(f"3. Officers: {len(script.officers)} fill in their returns; {', '.join(script.left_out)} do not answer.")
    jobs = [
        {"open": f"issued/{officer.issued.file}", "save": f"returned/{officer.issued.file}", "steps": officer.steps}
        for officer in script.officers
    ]
    returns = [folder / "returned" / officer.issued.file for officer in script.officers]
    if not force and any(path.exists() for path in returns):
        raise UsageError(f"{folder / 'returned'} holds returns already. Add --force to overwrite them.")
    steps = folder / "officers.json"
    steps.write_text(json.dumps({"files": jobs}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    program = libreoffice.fill_in(steps, lambda _: None)
    done = Counter(str(step["do"]) for officer in script.officers for step in officer.steps)
    said = ", ".join(f"{number} × {what}" for what, number in sorted(done.items()))
    say(f"   {len(returns)} returns filled in with {program} ({said}), in {folder / 'returned'}.")
    return returns


def _decide(folder: Path, queries: Sequence[Query]) -> Path:
    """Have the coordinator fill in the queries workbook: approve all but one, keep, add, and leave one open."""
    decided = folder / "queries-decided.xlsx"
    column = {name: column_letter(number) for number, name in enumerate(QUERY_COLUMNS, 1)}
    steps: list[Step] = []
    approvals = [query for query in queries if query.kind == "approval"]
    for row, query in enumerate(queries, 2):
        if query in approvals[-1:]:
            continue  # not decided this month
        answer = {"approval": APPROVE, "new row": ADD}.get(query.kind, KEEP)
        answer = REFUSE if query in approvals[:1] else answer
        minute = "41/09" if query.kind == "approval" else ""
        said = {"Decision": answer, "Decided by": "Improvement Board", "Date": "2009-10-14", "Minute": minute}
        steps += [
            {"do": "type", "sheet": QUERIES_SHEET, "cell": f"{column[name]}{row}", "text": text}
            for name, text in said.items()
            if text
        ]
    job = folder / "coordinator.json"
    job.write_text(
        json.dumps({"files": [{"open": "queries.xlsx", "save": decided.name, "steps": steps}]}, indent=1) + "\n",
        encoding="utf-8",
    )
    libreoffice.fill_in(job, lambda _: None)
    return decided


def _verify(before: Plan, after: Plan, script: Script, codes: set[str], say: Say) -> bool:
    """Compare the rolled-up copy with what the officers did: nothing missing, nothing else."""
    expected = {key: value for key, value in script.expected.items() if _value(before, key) != value}
    actual = _differences(before, after)
    wrong = [key for key in expected if actual.get(key) != expected[key]]
    extra = [key for key in actual if key not in expected]
    unnamed = [code for code in script.codes if code not in codes]
    for key in wrong:
        say(f"   MISSING: {_words(before, key)} should be {expected[key]}, and is {_value(after, key)}")
    for key in extra:
        say(f"   NOT ASKED FOR: {_words(before, key)} was {_value(before, key)}, and is {actual[key]}")
    for code in unnamed:
        say(f"   NOT NAMED: {code}")
    if wrong or extra or unnamed:
        return False
    say(
        f"   Checked: all {len(expected)} values that the officers reported are in the rolled-up copy, and nothing else"
    )
    say(f"   changed; {len(script.untaken)} that wait for a decision were left alone, and every mishap was named.")
    return True


def _verify_again(settled: Path, returns: Sequence[Path], decided: Path, layout: Layout, say: Say) -> bool:
    """Merge the same files and decisions once more: nothing may change."""
    plan = verbs.load(settled).plan
    again = verbs.merge(plan, returns, layout=layout, decisions=decided)
    same = again.plan == plan
    said = "changes nothing" if same else f"CHANGES {len(again.applied)} VALUES"
    say(f"   Checked: merging the same returns and decisions once more {said}.")
    return same


def _differences(before: Plan, after: Plan) -> Mapping[Key, str | None]:
    """Every value of the later plan that is not as it was."""
    found: dict[Key, str | None] = {}
    fields = tuple(name for name in ACTION_FIELDS if name not in ("revised", "programme_from"))
    for action in after.actions:
        old = before.by_row_id.get(action.row_id)
        keys: Iterable[tuple[str, Month | None]] = [*((name, None) for name in fields)]
        months = {*action.progress, *action.approval, *(old.progress if old else ()), *(old.approval if old else ())}
        keys = [*keys, *((name, month) for month in months for name in ("progress", "approval"))]
        for name, month in keys:
            value = value_of(action, name, month)
            if old is None or value != value_of(old, name, month):
                found[action.row_id, name, month] = value
    for row_id in set(before.by_row_id) - set(after.by_row_id):
        found[row_id, "row", None] = None
    return found


def _value(plan: Plan, key: Key) -> str | None:
    row_id, name, month = key
    action = plan.by_row_id.get(row_id)
    return value_of(action, name, month) if action and name != "row" else None


def _words(plan: Plan, key: Key) -> str:
    row_id, name, month = key
    action = plan.by_row_id.get(row_id)
    return f"{name} of {action.ref if action else row_id}" + (f" for {month}" if month else "")


def _standing(action: Action, month: Month, layout: Layout) -> Standing | None:
    """How an action stands, by chance that is the same every time; without months, all are that have begun."""
    if action.programmed and all(each > month for each in action.programmed):
        return None
    if layout.has_months and not action.programmed:
        return None
    behind = months_behind(action.programmed, month) if layout.has_months else 0
    number = _number(action.row_id, "status") % 100
    for status, share in _STANDINGS.get(behind, ()):
        number -= share
        if number < 0:
            return status
    return None


def _pick(choices: Sequence[str], row_id: str) -> str:
    return choices[_number(row_id, "pick") % len(choices)]


def _number(row_id: str, about: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{row_id} {about}".encode()).digest()[:4], "big")


def _say_findings(findings: Sequence[Finding], say: Say, *, some: bool = False) -> None:
    """What was found, in a line a kind, or in short."""
    if some:
        codes = Counter(each.code for each in findings)
        say("   Found: " + ", ".join(f"{number} × {code}" for code, number in codes.most_common()) + ".")
        return
    for first, kind in grouped(findings):
        places = ", ".join(each.place for each in kind[:3] if each.place)
        say(f"   {first.severity}: {places + ': ' if places else ''}{first.message}")
