"""The file's own key: the fills that its Guidance tab shows for the statuses now, whatever a program made of them."""

from collections.abc import Mapping

from workbook.layout import Layout
from workbook.names import GREY_KEY_LABEL, GUIDANCE_TAB, key_label
from workbook.palette import PROGRAMMED, Fill
from workbook.read.cells import RawBook


def own_key(book: RawBook, layout: Layout) -> Mapping[str, Fill]:
    """The fill in the key by status, and of the programme's grey, as far as the file still has a key."""
    guidance = book.sheet(GUIDANCE_TAB)
    labels = {key_label(status): status.key for status in layout.statuses} | {GREY_KEY_LABEL: PROGRAMMED}
    key: dict[str, Fill] = {}
    for row, column, cell in guidance.texts() if guidance else ():
        meaning = labels.get(cell.text)
        if meaning and guidance and (fill := guidance[row, column - 1].fill):
            key.setdefault(meaning, fill)
    return key
