"""Tidy tables as pandas frames: the only place where pandas is imported. It knows nothing of plans."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
from pandas import DataFrame

# What makes a program run what it reads in a CSV file.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")

__all__ = ["DataFrame", "frame", "write_csv", "write_parquet"]


def frame(records: Sequence[Mapping[str, object]]) -> DataFrame:
    """One row a record, one column a key."""
    return pd.DataFrame.from_records(list(records))


def write_csv(records: Sequence[Mapping[str, object]], path: Path) -> None:
    """Write the records as UTF-8 CSV with a header row, lines ended by a line feed.

    A text that a spreadsheet program would take for a formula begins with an apostrophe there.
    """
    safe = [{key: _as_text(value) for key, value in record.items()} for record in records]
    frame(safe).to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def _as_text(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_SIGNS) else value


def write_parquet(records: Sequence[Mapping[str, object]], path: Path) -> None:
    """Write the records as a Parquet file."""
    frame(records).to_parquet(path, index=False)
