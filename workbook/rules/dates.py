"""In a form without months the dates are the programme. What breaks this is found while the cells are read."""

from workbook.rules.rule import Rule

SENTENCE = (
    "The start, finish and target dates are the programme: when each action is planned. They are fixed. Do not change "
    "or delete them; a date that is changed is asked about."
)

RULE = Rule(
    name="dates",
    sentence=SENTENCE,
    looks_at="The columns of dates that are not the officer's, against what was issued (FIELD_CHANGED).",
)

MOVES = Rule(
    name="moves",
    sentence=(
        "An action stands in the table of its state: fully, partially or not completed. One that is reported otherwise "
        "moves when the returns are merged, with what was said of it; leave it in its place in your return."
    ),
    looks_at="Nothing: where an action stands in the next master follows from what is reported.",
)
