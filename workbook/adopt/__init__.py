"""Reads a spreadsheet that this program did not make: its tables, columns, periods, bars and key."""

from workbook.adopt.adopting import adopt_book
from workbook.adopt.found import Adopted, FoundAction, FoundTable
from workbook.adopt.given import Given, choices, given_by
from workbook.adopt.to_source import source_of

__all__ = ["Adopted", "FoundAction", "FoundTable", "Given", "adopt_book", "choices", "given_by", "source_of"]
