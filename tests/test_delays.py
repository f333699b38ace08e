"""What delayed actions hold up, as `status` lists it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.sheets import START, drawn
from workbook import verbs
from workbook.layout import default_layout
from workbook.report.delays import delays

LAYOUT = default_layout()
PLAN = drawn("""
    ref   | action         | depends_on | Jul Aug Sep | note
    1.1.1 | Survey it      |            | #G  #R  .   | Late.
    1.1.2 | Draw it        | 1.1.1      | .   #   #   |
    1.1.3 | Build it       | 1.1.2      | .   .   #   |
    1.1.4 | Name it        | 1.1.1      | #G  .   .   | COMPLETE. Named.
    1.1.5 | Ask for it     |            | #A  #G  .   |
    1.1.6 | Count it       | 1.1.5      | .   .   #   |
    1.1.7 | Put it off     |            | #B  .   .   |
    1.1.8 | Wait for 1.1.7 |            | .   .   #   | Awaiting 1.1.7.
    1.1.9 | Sell it        |            | .   #R  .   | Nobody waits for it.
    1.2.1 | Move it        |            | #   #G  H   |
    1.2.2 | Open it        | 1.2.1      | .   .   #   |
""")


@pytest.mark.parametrize(
    ("month", "held_up"),
    [
        (0, ["1.1.5 amber: 1.1.6", "1.1.7 suspended: 1.1.8", "1.2.1 revised: 1.2.2"]),
        (1, ["1.1.1 red: 1.1.2 1.1.3", "1.1.7 suspended: 1.1.8", "1.2.1 revised: 1.2.2"]),
        (2, ["1.1.1 red: 1.1.2 1.1.3", "1.1.7 suspended: 1.1.8", "1.2.1 revised: 1.2.2"]),
    ],
    ids=["July", "August", "September"],
)
def test_a_delayed_action_holds_up_what_waits_for_it_also_through_others(month: int, held_up: list[str]) -> None:
    found = delays(PLAN, START + month, LAYOUT)
    assert [
        f"{each.action.ref} {each.status}: {' '.join(action.ref for action in each.holds_up)}" for each in found
    ] == held_up


def test_status_lists_them(run: Any, tmp_path: Path) -> None:
    verbs.build(PLAN, tmp_path / "master.xlsx")
    _, out, _ = run("status", tmp_path / "master.xlsx", "--month", "2009-08")
    assert "1.1.1 is red and holds up 1.1.2, 1.1.3" in out
    assert "Complete before, and so counted without a report" not in out
    _, out, _ = run("status", tmp_path / "master.xlsx", "--month", "2009-08", "--json")
    first, *_ = json.loads(out)["delayed"]
    assert (first["ref"], first["status"]) == ("1.1.1", "red")
    assert [each["ref"] for each in first["holds_up"]] == ["1.1.2", "1.1.3"]
