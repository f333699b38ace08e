"""Notes that a person has labelled, and how often the signs of a plan are read in them as that person does."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from workbook.rules.signs import signs_of_plan

NOTES = Path(__file__).parent / "data" / "notes.csv"


def labelled(split: str) -> list[dict[str, str]]:
    """The notes of one half: `fit`, on which the patterns were fitted, or `held`."""
    with NOTES.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["split"] == split]


def measure(rows: Iterable[Mapping[str, str]]) -> dict[str, float]:
    """How often it is right that a plan is there, and that one is missing: precision and recall."""
    said = [(row["plan"] == "yes", bool(signs_of_plan(row["note"]))) for row in rows]
    there, missing = (True, True), (False, False)
    return {
        "plan_precision": said.count(there) / sum(seen for _, seen in said),
        "plan_recall": said.count(there) / sum(plan for plan, _ in said),
        "missing_precision": said.count(missing) / sum(not seen for _, seen in said),
        "missing_recall": said.count(missing) / sum(not plan for plan, _ in said),
    }
