"""What docs/layouts.md shows works, and its tables have every key that a layout may have, and no other."""

import re
import shlex
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from pathlib import Path
from typing import Any, get_args

import openpyxl
import pytest
import typer
from openpyxl.styles import PatternFill

from tests.conftest import ROOT
from workbook import verbs
from workbook.cli import app
from workbook.errors import LayoutError
from workbook.layout import Layout, available, load_layout
from workbook.layout.form import COMPLETED_WORDS, SENTENCE_WORDS
from workbook.layout.pieces import (
    COLUMN_FIELDS,
    MONTHS,
    SHOWN,
    STATUS,
    Block,
    BlockColumn,
    Column,
    Fact,
    OwnFields,
    Part,
    PartKind,
    Print,
    TabSpec,
)
from workbook.layout.schema import schema
from workbook.markers import MARKERS
from workbook.months import Month
from workbook.names import DETAILS_TAB, OTHER_TAB
from workbook.palette import STANDARD, Fill, Status
from workbook.plan import HEADING_FIELDS, Plan
from workbook.rules import RULES, rules_of

DOC = (ROOT / "docs" / "layouts.md").read_text(encoding="utf-8")
FILE, MONTH = "action-list.toml", Month(2026, 6)
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
STEPS = re.compile(r"^### \d\. .*?(?=^### )", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([^`]*)`")
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a group has them


def section(title: str) -> str:
    """What stands under a heading of the document, up to the next one."""
    found = re.findall(rf"^#+ {re.escape(title)}\n(.*?)(?=^#+ |\Z)", BLOCK.sub(_hidden, DOC), re.DOTALL | re.MULTILINE)
    assert len(found) == 1, title
    return str(found[0]).replace("\x00", "#")


def _hidden(block: re.Match[str]) -> str:
    return block[0].replace("#", "\x00")  # a comment in a block is no heading


def blocks(text: str, language: str) -> list[str]:
    return [body for kind, body in BLOCK.findall(text) if kind == language]


def tables(text: str) -> list[list[list[str]]]:
    """The tables of a text, each a list of rows of cells, the header first."""
    found: list[list[list[str]]] = []
    lines = [line if line.startswith("|") else "" for line in text.splitlines()]
    for line, before in zip(lines, ["", *lines], strict=False):
        if line:
            found += [] if before else [[]]
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            found[-1] += [] if set(cells) == {"---"} else [cells]
    return found


# --- the small plan and its layout -------------------------------------------------------------------------------

WHOLE = blocks(section("The whole file"), "toml")[0]
SNIPPETS = [blocks(step, "toml")[0] for step in STEPS.findall(DOC)]


def written(folder: Path, layout: str = WHOLE) -> Path:
    """The plan source and the layout in a folder, as the document has them; the layout's file."""
    source = folder / "safer-streets"
    source.mkdir(exist_ok=True)
    named = re.findall(r"^`(\w+\.csv)`\n\n```csv\n(.*?)```", section("The plan"), re.DOTALL | re.MULTILINE)
    for name, text in named:
        (source / name).write_text(text, encoding="utf-8")
    (folder / FILE).write_text(layout, encoding="utf-8")
    return folder / FILE


def together(snippets: Sequence[str]) -> str:
    """A file in which the keys of the layout itself, of all snippets, stand above the tables."""
    parts = [re.split(r"^(?=\[)", snippet, maxsplit=1, flags=re.MULTILINE) for snippet in snippets]
    return "\n".join([*(part[0] for part in parts if part[0]), *(part[1] for part in parts if len(part) > 1)])


def test_the_plan_is_shown_in_four_files(tmp_path: Path) -> None:
    written(tmp_path)
    assert sorted(path.name for path in (tmp_path / "safer-streets").iterdir()) == [
        "actions.csv",
        "headings.csv",
        "people.csv",
        "settings.csv",
    ]


@pytest.mark.parametrize("steps", range(1, len(SNIPPETS) + 1))
def test_after_each_step_there_is_a_layout_that_builds(tmp_path: Path, steps: int) -> None:
    file = written(tmp_path, together(SNIPPETS[:steps]))
    loaded = verbs.load(tmp_path / "safer-streets", file)
    verbs.build(loaded.plan, tmp_path / "master.xlsx", loaded.layout)
    # Until they are fields of the layout, the two columns are kept as any others.
    kept = [] if 'field = "ward"' in file.read_text(encoding="utf-8") else ["COLUMN_KEPT"] * 2
    assert [each.code for each in loaded.findings if each.severity == "error"] == []
    assert [each.code for each in loaded.findings if each.code == "COLUMN_KEPT"] == kept
    assert verbs.load(tmp_path / "master.xlsx").layout == loaded.layout


def test_an_editor_takes_the_whole_file() -> None:
    import jsonschema  # type: ignore[import-untyped]  # noqa: PLC0415  # here alone

    (first,) = blocks(section("In your editor"), "toml")
    with_schema = tomllib.loads(first + WHOLE)
    assert with_schema == tomllib.loads(WHOLE)
    jsonschema.validate(with_schema, schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**with_schema, "colums": []}, schema())


def test_the_steps_come_to_the_whole_file() -> None:
    assert len(SNIPPETS) == 7
    assert tomllib.loads(together(SNIPPETS)) == tomllib.loads(WHOLE)


# --- the month with it -------------------------------------------------------------------------------------------


def carried_out(run: Any, text: str, only: Sequence[str] = ()) -> list[tuple[int, str, str]]:
    """Run the commands that a text shows, or those that are named."""
    lines = [shlex.split(line) for block in blocks(text, "sh") for line in block.splitlines()]
    return [run(*words[1:]) for words in lines if not only or words[1] in only]


def fill_in(issued: Path, returned: Path, said: Mapping[tuple[str, str], tuple[str, str]]) -> None:
    """What an officer does: types into the columns of an action, which is known by its ref, or paints their cells."""
    book = openpyxl.load_workbook(issued)
    for (ref, heading), (text, colour) in said.items():
        cell = cell_of(book, ref, heading)
        cell.value = text or cell.value
        if colour:
            cell.fill = PatternFill("solid", fgColor=colour)
    returned.parent.mkdir(exist_ok=True)
    book.save(returned)


def cell_of(book: Any, ref: str, heading: str) -> Any:
    """The cell of an action below a heading."""
    for sheet in book.worksheets:
        columns = {cell.value: cell.column for row in sheet.iter_rows() for cell in row}
        for row in sheet.iter_rows():
            if row[0].value == ref and heading in columns:
                return row[columns[heading] - 1]
    raise AssertionError((ref, heading))


REPORTED: Mapping[str, Mapping[tuple[str, str], tuple[str, str]]] = {
    "AM": {
        ("1.1", "Status Jun 26"): ("C", ""),
        ("1.1", "Progress"): ("All nine lamps were lit by 20 May.", ""),
        ("1.2", "Status Jun 26"): ("", "FFC000"),
        ("1.2", "Progress"): ("The county's engineer was away. We will meet on 9 July.", ""),
        ("1.2", "Risk"): ("Medium", ""),
    },
    "TB": {("2.1", "Status Jun 26"): ("on track", "")},
}


def said(plan: Plan) -> dict[str, tuple[Mapping[Month, str], str, str, str]]:
    """What a plan says of its actions: what was reported, the note, and the fields of the layout's own."""
    return {each.ref: (each.progress, each.note, each.extra["ward"], each.extra["risk"]) for each in plan.actions}


@pytest.fixture
def month(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Any) -> Path:
    """A folder in which the document's own commands have been run, with the officers' work between two of them."""
    monkeypatch.chdir(tmp_path)
    written(tmp_path)
    text = section("The month with it")
    assert [status for status, _, _ in carried_out(run, text, ("build", "issue"))] == [0, 0]
    for recipient, told in REPORTED.items():
        fill_in(tmp_path / f"issued/{recipient}-{MONTH}.xlsx", tmp_path / f"returned/{recipient}-{MONTH}.xlsx", told)
    assert [status for status, _, _ in carried_out(run, text, ("check", "merge"))] == [0, 0]
    return tmp_path


def test_what_officers_say_is_read_and_merged_and_nothing_else_changes(month: Path) -> None:
    before, after = verbs.load(month / "master.xlsx"), verbs.load(month / "rolled-up.xlsx")
    expected = {
        "1.1": ({MONTH: "complete"}, "All nine lamps were lit by 20 May.", "Riverside", "Low"),
        "1.2": ({MONTH: "amber"}, "The county's engineer was away. We will meet on 9 July.", "All wards", "Medium"),
        "2.1": ({MONTH: "green"}, "", "Castle", "Medium"),
        "2.2": ({}, "", "Castle", "Low"),
    }
    assert said(after.plan) == expected
    assert before.layout == after.layout == load_layout(month / FILE)
    assert after.findings == ()
    undone = after.plan.as_of(0)
    assert (undone.actions, undone.headings, undone.people) == (
        before.plan.actions,
        before.plan.headings,
        before.plan.people,
    )


def test_what_is_written_is_read_back_equal(month: Path) -> None:
    merged = verbs.load(month / "rolled-up.xlsx")
    verbs.build(merged.plan, month / "again.xlsx", merged.layout)
    again = verbs.load(month / "again.xlsx")
    assert (again.plan, again.layout) == (merged.plan, merged.layout)


def test_the_workbook_looks_as_the_steps_say(month: Path) -> None:
    book = openpyxl.load_workbook(month / "rolled-up.xlsx")
    visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert visible[:5] == ["Guidance", "Complete", "1", "2", "Report"]
    texts = {
        name: [str(cell.value) for row in book[name].iter_rows() for cell in row if cell.value] for name in visible
    }
    assert {"Mend the lamps in Mill Lane", "Complete"} <= {*texts["Complete"]}
    assert "Mend the lamps in Mill Lane" not in texts["1"]
    assert {"Theme 1: Well-lit streets", "Sponsor: Aisha Malik"} <= {*texts["1"]}
    assert not any("Sponsor" in text for text in texts["Complete"])
    assert {"Foreword", "How much is done", "What is left"} <= {*texts["Report"]}
    assert "1 of 4 actions is complete as at 30 June 2026." in texts["Report"]
    returned = openpyxl.load_workbook(month / "issued/AM-2026-06.xlsx")
    assert [sheet.title for sheet in returned.worksheets if sheet.sheet_state == "visible"] == ["Guidance", "1"]


def test_the_minutes_have_its_sentence(month: Path, run: Any) -> None:
    _, out, _ = run("status", month / "rolled-up.xlsx", "--json")
    assert (
        "Of the 3 actions due or reported by the end of June 2026, 33.3% were complete (blue), 33.3% on track (green), "
        "33.3% behind (amber) and 0.0% in trouble (red)."
    ) in out


def test_shown_in_another_layout_and_back_it_is_the_same(month: Path, run: Any) -> None:
    assert [status for status, _, _ in carried_out(run, section("Showing a plan in another layout"))] == [0, 0]
    assert (month / "back.xlsx").read_bytes() == (month / "rolled-up.xlsx").read_bytes()
    grid = verbs.load(month / "grid.xlsx")
    assert said(grid.plan) == said(verbs.load(month / "rolled-up.xlsx").plan)
    own, other = load_layout(month / FILE), load_layout("monthly-gantt")
    assert (grid.layout.levels, grid.layout.columns, grid.layout.guidance) == (
        own.levels,
        other.columns,
        other.guidance,
    )
    assert [each.key for each in grid.layout.statuses] == [*(each.key for each in other.statuses), "complete"]
    assert own.palette["complete"].fill == other.palette["suspended"].fill != grid.layout.palette["complete"].fill
    assert [each.label for each in grid.layout.facts] == ["Expected outcome", "Sponsor"]
    details = openpyxl.load_workbook(month / "grid.xlsx")[DETAILS_TAB]
    assert {"Ward", "Risk"} <= {cell.value for cell in details[1]}


def test_a_source_that_is_exported_needs_the_file_again(month: Path, run: Any) -> None:
    run("export", month / "rolled-up.xlsx", "-o", month / "plan.xlsx")
    status, _, err = run("build", month / "plan.xlsx", "-o", month / "new.xlsx")
    assert (status, "There is no layout “action-list”" in err) == (2, True)
    status, _, _ = run("build", month / "plan.xlsx", "-o", month / "new.xlsx", "--layout", month / FILE)
    assert status == 0
    assert said(verbs.read(month / "new.xlsx")) == said(verbs.read(month / "rolled-up.xlsx"))


# --- what each key means -----------------------------------------------------------------------------------------

# Under which heading each class's keys are, and which of the tables there has them.
TABLES: Mapping[type, tuple[str, int]] = {
    Layout: ("The layout itself", 0),
    Column: ("A column", 0),
    TabSpec: ("A tab", 0),
    Part: ("A part of a report", 0),
    Status: ("A status", 0),
    Fill: ("The fill of a status", 0),
    Block: ("A table of headings", 0),
    BlockColumn: ("A table of headings", 1),
    Fact: ("A fact", 0),
    OwnFields: ("Fields of the layout's own", 0),
    Print: ("The paper", 0),
}
# Keys of a file that are no fields of the class, and what they are if left out.
OF_FILES: Mapping[type, Mapping[str, str]] = {Layout: {"extends": "nothing"}}


def rows(kind: type) -> list[list[str]]:
    title, number = TABLES[kind]
    return tables(section(title))[number][1:]


def left_out(each: "Field[Any]") -> str:
    """What a field is if it is left out, as the tables say it."""
    default = each.default if each.default_factory is MISSING else each.default_factory()
    if default is MISSING:
        return "must be there"
    if default == OwnFields() or default in ("", None, ()):
        return "nothing"
    if isinstance(default, Print):
        return f"{default.paper}, {default.orientation}"
    if default == (TabSpec(),):
        assert (TabSpec().shows, TabSpec().each) == ("actions", "heading")
        return "a tab for each heading"
    return f"`{in_toml(default)}`"


def in_toml(value: Any) -> str:
    if is_dataclass(value):
        return "{ " + ", ".join(f"{each.name} = {in_toml(getattr(value, each.name))}" for each in fields(value)) + " }"
    if isinstance(value, tuple):
        return f"[{', '.join(map(in_toml, value))}]"
    return str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else str(value)


def choices(hint: Any) -> Iterator[str]:
    """The words that a key may have for its value, where only certain ones are allowed."""
    for each in get_args(hint):
        if isinstance(each, str):
            yield each
        elif each is not ...:
            yield from choices(each)


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.__name__)
def test_the_table_has_every_key_in_order_and_what_it_is_if_left_out(kind: type) -> None:
    keys = {each.name: left_out(each) for each in fields(kind)}
    told = {cells[0].strip("`"): cells[1] for cells in rows(kind)}
    assert told == {**OF_FILES.get(kind, {}), **keys}


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.__name__)
def test_a_key_with_certain_values_names_them_all(kind: type) -> None:
    said_of = {cells[0].strip("`"): cells[2] for cells in rows(kind)}
    below = {cells[0].strip("`") for cells in tables(section("A part of a report"))[1][1:]} if kind is Part else set()
    for each in fields(kind):
        named = {word.strip('"') for word in CODE.findall(said_of[each.name])} | below
        assert {*choices(each.type)} - named == set(), each.name


def test_every_class_of_a_layout_has_a_table() -> None:
    assert set(TABLES) == reachable(Layout)


def reachable(kind: Any) -> set[Any]:
    """The dataclasses that the fields of one hold, at any depth, and itself."""
    found = {kind} if is_dataclass(kind) else set()
    for hint in [each.type for each in fields(kind)] if is_dataclass(kind) else get_args(kind):
        found |= reachable(hint)
    return found


def first_cells(title: str, table: int = 0) -> list[str]:
    return [cells[0].strip("`") for cells in tables(section(title))[table][1:]]


def test_every_field_that_a_column_can_show_is_listed_and_no_other() -> None:
    shown = first_cells("What a column can show")
    assert sorted(shown) == sorted([*COLUMN_FIELDS, MONTHS, STATUS, *SHOWN])


def test_every_field_of_a_heading_is_listed_and_no_other() -> None:
    assert tuple(CODE.findall(section("What headings say"))) == HEADING_FIELDS


def test_every_kind_of_part_is_listed_and_no_other() -> None:
    assert tuple(first_cells("A part of a report", 1)) == get_args(PartKind)


def test_every_rule_is_listed_in_order_and_no_other() -> None:
    assert first_cells("The rules for guidance") == [rule.name for rule in RULES]


def test_every_word_of_the_sentences_is_listed_and_no_other() -> None:
    words = [word for cell in first_cells("The words in sentences") for word in re.findall(r"\{(\w+)\}", cell)]
    assert {*words} - {"green"} == {*SENTENCE_WORDS}
    completed = [word for cell in first_cells("The words in sentences", 1) for word in re.findall(r"\{(\w+)\}", cell)]
    assert {*completed} == {*COMPLETED_WORDS}


def test_every_marker_is_named() -> None:
    (markers,) = (cells[2] for cells in rows(Status) if cells[0] == "`markers`")
    assert tuple(CODE.findall(markers)) == MARKERS


def test_the_standard_statuses_are_as_the_program_has_them() -> None:
    also = {"needs_approval": "needs approval", "new_dates": "new dates"}
    expected = [
        [
            f"`{each.key}`",
            each.letter,
            each.label,
            ", ".join(
                f"`{part}`"
                for part in (each.fill.rgb, *([each.fill.pattern, each.fill.foreground] if each.fill.hatched else []))
            ),
            ", ".join(each.words),
            "" if each.behind is None else str(each.behind),
            ", ".join([*each.markers, *(words for name, words in also.items() if getattr(each, name))]),
        ]
        for each in STANDARD.values()
    ]
    assert tables(section("The standard statuses"))[0][1:] == expected


def test_the_hatches_that_are_named_are_hatches() -> None:
    (named,) = (CODE.findall(cells[2]) for cells in rows(Fill) if cells[0] == "`pattern`")
    assert named
    assert all(Fill(rgb="FFFFFF", pattern=name, foreground="000000").hatched for name in named)


def test_as_many_layouts_are_shipped_as_it_says() -> None:
    assert "Six are shipped" in DOC
    assert len(available()) == 6


def test_its_links_lead_somewhere() -> None:
    headings = re.findall(r"^#+ (.*)$", BLOCK.sub("", DOC), re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}
    links = re.findall(r"\]\(([^)]+)\)", DOC)
    assert {link[1:] for link in links if link.startswith("#")} <= anchors
    others = [link for link in links if not link.startswith(("#", "https://"))]
    assert all((ROOT / "docs" / link).exists() for link in others)


# --- what can go wrong -------------------------------------------------------------------------------------------

MISTAKES = [[cell.strip("`") for cell in cells] for cells in tables(section("What can go wrong"))[0][1:]]


def refused(folder: Path, text: str) -> str:
    with pytest.raises(LayoutError) as error:
        rules_of(load_layout(written(folder, text)))
    return str(error.value)


@pytest.mark.parametrize(("right", "wrong", "told"), MISTAKES, ids=[f"{a} -> {b}" for a, b, _ in MISTAKES])
def test_a_mistake_is_told_as_it_says(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    assert right in WHOLE
    assert refused(tmp_path, WHOLE.replace(right, wrong, 1)) == told


def test_build_says_the_same_and_writes_nothing(tmp_path: Path, run: Any) -> None:
    right, wrong, told = MISTAKES[0]
    file = written(tmp_path, WHOLE.replace(right, wrong, 1))
    status, _, err = run("build", tmp_path / "safer-streets", "-o", tmp_path / "master.xlsx", "--layout", file)
    assert (status, err.strip()) == (2, told)
    assert not (tmp_path / "master.xlsx").exists()


def test_the_mistakes_that_are_harder_to_see_are_told_as_it_says(tmp_path: Path) -> None:
    text = " ".join(section("What can go wrong").split())
    curly = WHOLE.replace('name = "action-list"', "name = “action-list”")
    without_facts = WHOLE.replace('[[facts]]\nfield = "lead"\nlabel = "Sponsor"\n', "")
    for wrong in (WHOLE + "filter = true", curly, without_facts):
        assert f"“{refused(tmp_path, wrong)}”" in text


def test_a_level_that_the_layout_does_not_have_is_named_by_its_cell(tmp_path: Path) -> None:
    file = written(tmp_path, WHOLE.replace('levels = ["theme"]', 'levels = ["aim"]'))
    loaded = verbs.load(tmp_path / "safer-streets", file)
    found = [each.where.cell for each in loaded.findings if each.code == "HEADING_LEVEL_UNKNOWN"]
    assert found == ["B2", "B3"]
    verbs.build(loaded.plan, tmp_path / "master.xlsx", loaded.layout)
    other = openpyxl.load_workbook(tmp_path / "master.xlsx")[OTHER_TAB]
    texts = {cell.value for row in other.iter_rows() for cell in row}
    assert {each.action for each in loaded.plan.actions} <= texts


# --- commands ----------------------------------------------------------------------------------------------------


def commands() -> list[list[str]]:
    lines = [line for block in blocks(DOC, "sh") for line in block.splitlines()]
    lines += [words for words in CODE.findall(BLOCK.sub("", DOC)) if words.startswith("workbook ")]
    return [shlex.split(line) for line in lines]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_a_command_in_it_is_one_of_the_programs_with_these_options(words: list[str]) -> None:
    options = {name for param in COMMANDS[words[1]].params for name in param.opts}
    assert {word for word in words[2:] if word.startswith("-")} <= options


def test_the_program_says_that_the_whole_file_is_whole_and_what_is_wrong_with_another(tmp_path: Path, run: Any) -> None:
    status, out, _ = run("layouts", "--check", written(tmp_path))
    assert (status, "is whole" in out) == (0, True)
    right, wrong, told = MISTAKES[0]
    status, _, err = run("layouts", "--check", written(tmp_path, WHOLE.replace(right, wrong, 1)))
    assert (status, told in err) == (2, True)
