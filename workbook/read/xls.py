"""Workbooks of Excel before 2007 as raw cells."""

from workbook.errors import ReadError
from workbook.read.cells import RawSheet


def read_xls(data: bytes) -> tuple[RawSheet, ...]:
    """The sheets of an old Excel workbook; any exception means that it is damaged."""
    raise ReadError(f"it is in the old Excel format (.xls, {len(data)} bytes).")
