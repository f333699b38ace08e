"""Timescales as people write them: when an action starts, when it is to be finished, and how often it comes.

The dates that are written are found first, each with its place (`written`). What stands before, between and after them
makes statements of them (`statements`): a range, a deadline, a start, a revision. These make the timescale.
"""

from workbook.timescales.recurrence import occurrences
from workbook.timescales.timescale import Timescale, parse

__all__ = ["Timescale", "occurrences", "parse"]
