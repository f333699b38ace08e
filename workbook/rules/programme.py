"""The programme is fixed. What breaks this is found while the grey is read: see `read.evidence`."""

SENTENCE = (
    "The grey months are the programme: when each action is planned. They are fixed. "
    "Do not change or delete them; grey that is changed is put back."
)
