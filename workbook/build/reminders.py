"""The reminders workbook: one row a recipient to be chased, with a letter that can be sent as it stands."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from workbook.build import styles
from workbook.build.book import Sheet, new_book
from workbook.build.pages import Page
from workbook.build.textfit import MAX_ROW_HEIGHT, text_height
from workbook.months import Month
from workbook.names import REMINDER_COLUMNS, REMINDERS_SHEET
from workbook.palette import FINDING_FILL
from workbook.plan import Plan
from workbook.reminders import Reminder

_WIDTHS = (10.0, 16.0, 30.0, 16.0, 11.0, 11.0, 17.0, 26.0, 8.0, 52.0)
_EMAIL = REMINDER_COLUMNS.index("E-mail") + 1
_NO_ADDRESS = "No e-mail"
_LONGEST_SUBJECT = 100
_MARKED: styles.Style = {"bold": True, "bg_color": f"#{FINDING_FILL}"}


def write_reminders(path: Path, plan: Plan, reminders: Sequence[Reminder], month: Month) -> None:
    """Write the reminders for a month; where nobody is to be chased, a line that says so."""
    with new_book(
        path, title=f"Reminders on {plan.title}", organisation=plan.organisation, month=month, properties={}
    ) as book:
        sheet = book.sheet(REMINDERS_SHEET)
        last = (max(2, len(reminders) + 1), len(REMINDER_COLUMNS))
        for column, (name, width) in enumerate(zip(REMINDER_COLUMNS, _WIDTHS, strict=True), 1):
            sheet.column(column, width)
            sheet.text(1, column, name, styles.HEADER)
        sheet.row(1, 26)
        for row, reminder in enumerate(reminders, 2):
            _row(sheet, row, reminder, f"Return for {month.name}: {plan.title}"[:_LONGEST_SUBJECT])
        if not reminders:
            sheet.merged((2, 1, *last), f"Nobody is to be chased for {month.name}.", styles.KEY)
            sheet.row(2, 26)
        sheet.freeze(2, 2)
        sheet.filter((1, 1, *last))
        sheet.allow_numbers_as_text((1, 1, *last))
        footer = styles.footer(plan.title, f"Reminders, {month.name}")
        sheet.print_setup(Page(paper="A4"), footer=footer, repeat=(1, 1), last=last)


def _row(sheet: Sheet, row: int, reminder: Reminder, subject: str) -> None:
    said = (
        reminder.recipient,
        reminder.name,
        _address_words(reminder),
        reminder.services,
        reminder.month.name,
        reminder.issued.due,
        reminder.issued.file,
        reminder.what_is_missing,
        str(len(reminder.missing)),
        reminder.message,
    )
    for column, text in enumerate(said, 1):
        if column == _EMAIL:
            _email(sheet, row, reminder, text, subject)
        else:
            sheet.text(row, column, text, styles.REF if column == 1 else styles.BOXED)
    heights = [
        text_height(text, [width], styles.SIZE, bold=not at)
        for at, (text, width) in enumerate(zip(said, _WIDTHS, strict=True))
    ]
    sheet.row(row, min(max(heights), MAX_ROW_HEIGHT))


def _address_words(reminder: Reminder) -> str:
    """The addresses, and who has none."""
    without = reminder.without_address
    if not reminder.addresses:
        return _NO_ADDRESS
    return "; ".join([*reminder.addresses, *([f"{_NO_ADDRESS}: {', '.join(without)}"] if without else [])])


def _email(sheet: Sheet, row: int, reminder: Reminder, text: str, subject: str) -> None:
    """The addresses with a link that opens a letter to them; that somebody has none is to be seen."""
    marked = _MARKED if reminder.without_address or not reminder.addresses else {}
    if not reminder.addresses:
        sheet.text(row, _EMAIL, text, {**styles.BOXED, **marked})
        return
    to = ",".join(quote(address, safe="@") for address in reminder.addresses)
    sheet.letter(row, _EMAIL, f"mailto:{to}?subject={quote(subject)}", text, {**styles.LINK, **marked})
