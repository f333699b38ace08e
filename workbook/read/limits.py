"""How much of a file is read: absolute caps, far above any plan and far below what harms a machine.

A file beyond a cap is refused whole (FILE_TOO_LARGE).
"""

from workbook.errors import ReadError

MAX_FILE_BYTES = 50_000_000
MAX_TEXT_FILE_BYTES = 10_000_000
MAX_UNPACKED_BYTES = 200_000_000
MAX_PARTS = 5_000
MAX_TAGS = 5_000_000
MAX_ATTRIBUTES = 10_000_000
MAX_TREE = 500_000  # tags and attributes of the parts that are kept whole: styles, themes, comments
MAX_DEPTH = 100
MAX_SHEETS = 500
MAX_CELLS = 1_000_000
MAX_MERGED = 500_000
MAX_PAINTED = 20_000  # whole rows and columns in one sheet, neighbours that are alike counted once
MAX_RULES = 1_000  # conditional formats in one sheet that paint
MAX_RULE_AREAS = 500_000
MAX_STRINGS = 1_000_000
MAX_TEXT = 1_000_000  # characters in one cell; Excel holds 32,767
MAX_TEXTS = 20_000_000  # characters in all of them
# A master holds all returns, and what was said in every month: so many times as many bytes unpacked, tags, attributes,
# cells and characters.
MASTER_TIMES = 10


def too_large(why: str) -> ReadError:
    """The error for a file beyond a cap; `why` says which, and ends in a full stop."""
    return ReadError(why, code="FILE_TOO_LARGE")


def check_size(size: int, most: int = MAX_FILE_BYTES) -> None:
    """Refuse a file of that many bytes."""
    if size > most:
        raise too_large(f"it has {size // 1_000_000:,} MB; {most // 1_000_000} MB is the most that is read.")
