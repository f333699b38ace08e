"""The programme is fixed. What breaks this is found while the grey is read: see `read.evidence`."""

from workbook.rules.rule import Example, Rule

SENTENCE = (
    "The grey months are the programme: when each action is planned. They are fixed. "
    "Do not change or delete them; grey that is changed is put back."
)

RULE = Rule(
    name="programme",
    sentence=SENTENCE,
    looks_at="The grey of each month, against the grey that was issued.",
    codes=("PROGRAMME_CHANGED", "PROGRAMME_PAINTED_OVER"),
    examples=(
        Example(says="the grey is as it was issued", now="Sep green"),
        Example(says="a month more is painted grey", grey="Jul-Oct", now="Sep green", finds=("PROGRAMME_CHANGED",)),
        Example(says="a grey month is cleared", grey="Aug-Sep", now="Sep green", finds=("PROGRAMME_CHANGED",)),
    ),
)
