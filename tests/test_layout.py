from dataclasses import replace
from pathlib import Path

import pytest

from workbook.errors import LayoutError
from workbook.layout import available, default_layout, layout_from_text, load_layout
from workbook.palette import STANDARD

WHOLE = """
name = "ours"
title = "Our form"
description = "A form for tests."
statuses = ["green", "amber", "red"]
guidance = ["programme"]
sentence = "{green}% of {highlighted} in {month}; {changed}%."
sentence_awaiting = "{awaiting_approval}%"
sentence_not_reported = "{not_reported}%"

[[columns]]
field = "ref"

[[columns]]
field = "action"
width = 44

[[columns]]
field = "lead"

[[columns]]
field = "months"
locked = false

[[columns]]
field = "note"
locked = false
"""


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "ours.toml"


def refused(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LayoutError) as error:
        load_layout(path)
    return str(error.value)


@pytest.mark.parametrize("name", available())
def test_each_layout_that_is_shipped_is_whole_and_says_its_own_name(name: str) -> None:
    layout = load_layout(name)
    assert layout.name == name
    assert layout.title
    assert layout.description


@pytest.mark.parametrize("name", available())
def test_a_layout_is_read_back_from_the_text_that_a_workbook_carries(name: str) -> None:
    layout = load_layout(name)
    assert layout_from_text(layout.to_text()) == layout


def test_one_layout_is_the_default() -> None:
    assert default_layout().default
    assert [name for name in available() if load_layout(name).default] == [default_layout().name]


def test_a_small_layout_needs_little_more_than_its_columns(written: Path) -> None:
    written.write_text(WHOLE, encoding="utf-8")
    layout = load_layout(written)
    assert [column.field for column in layout.columns] == ["ref", "action", "lead", "months", "note"]
    assert layout.statuses == tuple(STANDARD[key] for key in ("green", "amber", "red"))
    assert (layout.tab_level, layout.all_columns["action"].width, layout.bands) == ("priority", 44, "two")


def test_officers_may_change_what_is_not_locked(written: Path) -> None:
    written.write_text(WHOLE, encoding="utf-8")
    layout = load_layout(written)
    assert [name for name in ("ref", "action", "lead", "progress", "note") if layout.officers_may_change(name)] == [
        "progress",
        "note",
    ]
    assert not layout.officers_may_change("programmed")


MISTAKES = [
    ("width = 44", 'width = "wide"', "ours.toml: columns[1].width: expected a number"),
    ("width = 44", "breadth = 44", "ours.toml: columns[1].breadth: this key is not known; the nearest is “width”"),
    ('name = "ours"', "", "ours.toml: name: this key is missing"),
    (
        'name = "ours"',
        'name = "ours"\nbandz = "two"',
        "ours.toml: bandz: this key is not known; the nearest is “bands”",
    ),
    (
        '["green", "amber", "red"]',
        '["green", "orange"]',
        "ours.toml: statuses[1]: “orange” is not a standard status (green, amber, red, revised, suspended); "
        "describe a new one in a table of its own",
    ),
    (
        '["green", "amber", "red"]',
        '["green", { key = "red", letter = "g" }]',
        "ours.toml: statuses: two of them have the same letter",
    ),
    (
        '["green", "amber", "red"]',
        '["green", { key = "red", markers = ["LATE"] }]',
        "ours.toml: statuses: red has the marker “LATE”; there are COMPLETE, EXTENDED, REPROGRAMMED, SUSPENDED",
    ),
    (
        'field = "lead"',
        'field = "note"',
        "ours.toml: columns: expected one column with field = “note”, found 2",
    ),
    (
        "{green}%",
        "{grene}%",
        "ours.toml: sentence: “{grene}” is none of amber, awaiting_approval, changed, green, highlighted, month, "
        "not_reported, red",
    ),
    (
        'guidance = ["programme"]',
        'guidance = "programme"',
        "ours.toml: guidance: expected a list, in square brackets",
    ),
    ('title = "Our form"', "title = 1", "ours.toml: title: expected text in quotation marks"),
    (
        'statuses = ["green"',
        'protect = "perhaps"\nstatuses = ["green"',
        "ours.toml: protect: expected true or false",
    ),
    (
        'statuses = ["green"',
        'bands = "three"\nstatuses = ["green"',
        "ours.toml: bands: expected 'two' or 'overlay'",
    ),
    (
        '["green", "amber", "red"]',
        '["green", { key = "red", fill = "E60000" }]',
        "ours.toml: statuses[1].fill: expected a table, in braces",
    ),
    (
        "width = 44",
        'drop_down = "persons"',
        "ours.toml: columns[1].drop_down: expected 'people' or 'statuses', or a list of words",
    ),
    ("width = 44", "width = 300", "ours.toml: columns[1].width: expected a number above 0 and up to 255"),
    (
        "[[columns]]",
        '[[tabs]]\nshows = "report"\n\n[[columns]]',
        "ours.toml: tabs[0].title: say what the tab is called",
    ),
    (
        'statuses = ["green"',
        'levels = []\nstatuses = ["green"',
        "ours.toml: levels: expected at least one level of heading",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES, ids=[wrong or "missing" for _, wrong, _ in MISTAKES])
def test_a_mistake_is_named_with_file_path_and_what_was_expected(
    written: Path, right: str, wrong: str, said: str
) -> None:
    assert right in WHOLE
    assert refused(written, WHOLE.replace(right, wrong, 1)) == said


@pytest.mark.parametrize(
    ("right", "wrong", "path"),
    [
        ("width = 44", "width = -5", "columns[1]"),
        ("width = 44", "width = nan", "columns[1]"),
        ('["green", "amber", "red"]', '[{ key = "green", letter = "" }, "amber", "red"]', "statuses"),
        ('["green", "amber", "red"]', '[{ key = "green", counts_as = "grene" }, "amber", "red"]', "statuses"),
        ("{green}%", "{green:d}%", "sentence"),
        ("{green}%", "{", "sentence"),
    ],
    ids=["narrow", "no number", "no letter", "counts as nothing", "a number's format", "a lonely bracket"],
)
def test_what_would_fail_later_is_refused_when_the_layout_is_read(
    written: Path, right: str, wrong: str, path: str
) -> None:
    assert path in refused(written, WHOLE.replace(right, wrong, 1))


def test_all_mistakes_are_told_at_once(written: Path) -> None:
    text = WHOLE.replace("width = 44", 'width = "wide"').replace('title = "Our form"', "")
    assert refused(written, text).splitlines() == [
        "ours.toml: title: this key is missing",
        "ours.toml: columns[1].width: expected a number",
    ]


def test_a_status_may_differ_from_the_standard_one_and_a_new_one_be_added(written: Path) -> None:
    own = (
        'statuses = [{ key = "green", label = "Fine" }, { key = "complete", label = "Complete", meaning = "Done.", '
        'letter = "C", words = ["done"], fill = { rgb = "000080" }, ink = "FFFFFF", counts_as = "green" }]'
    )
    written.write_text(WHOLE.replace('statuses = ["green", "amber", "red"]', own), encoding="utf-8")
    green, complete = load_layout(written).statuses
    assert green == replace(STANDARD["green"], label="Fine")
    assert (complete.key, complete.counts_as, complete.needs_approval) == ("complete", "green", False)


def test_a_colour_in_a_layout_is_checked(written: Path) -> None:
    text = WHOLE.replace('["green"', '[{ key = "green", fill = { rgb = "lime" } }')
    assert refused(written, text) == "ours.toml: statuses[0].fill: “lime” is no colour; write six hex digits, as 00B050"


def test_a_layout_extends_the_one_beside_it(written: Path, tmp_path: Path) -> None:
    written.write_text(WHOLE, encoding="utf-8")
    other = tmp_path / "other.toml"
    other.write_text('extends = "ours"\nname = "other"\nbands = "overlay"\n', encoding="utf-8")
    assert load_layout(other) == replace(load_layout(written), name="other", bands="overlay")


def test_a_layout_that_extends_the_default_is_not_the_default(written: Path) -> None:
    written.write_text(f'extends = "{default_layout().name}"\nname = "ours"\n', encoding="utf-8")
    assert load_layout(written) == replace(default_layout(), name="ours", default=False)


@pytest.mark.parametrize("base", ["ours", "nothing-of-this-name"])
def test_a_layout_extends_neither_itself_nor_what_there_is_not(written: Path, base: str) -> None:
    assert refused(written, f'extends = "{base}"\n') == f"ours.toml: extends: there is no other layout “{base}”"


def test_two_layouts_that_extend_each_other_are_refused(written: Path, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text('extends = "ours"\nname = "other"\n', encoding="utf-8")
    assert "extends" in refused(written, 'extends = "other"\nname = "ours"\n')


def test_a_name_that_is_nearly_right_is_suggested() -> None:
    with pytest.raises(LayoutError, match=r"There is no layout “monthly-gant”\. Did you mean “monthly-gantt”\?"):
        load_layout("monthly-gant")


def test_a_name_that_is_like_no_other_gets_the_list() -> None:
    with pytest.raises(LayoutError) as error:
        load_layout("zzz")
    assert str(error.value) == (
        f"There is no layout “zzz”. There are: {', '.join(available())}. "
        "One of your own is given by its file: zzz.toml."
    )


def test_a_file_that_is_not_there_or_no_toml_is_refused(written: Path) -> None:
    with pytest.raises(LayoutError, match=r"ours\.toml: the file cannot be opened"):
        load_layout(written)
    assert refused(written, "name = ours").startswith("ours.toml: this is not TOML: ")
    written.write_bytes(b'name = "\xff"')
    with pytest.raises(LayoutError, match="this is not TOML"):
        load_layout(written)
