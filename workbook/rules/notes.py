"""What a note says."""

HELPS = "Use the note for anything that will help the reader."
REASON_AND_PLAN = (
    "An action that is amber or red needs both in its note: the reason why it has slipped, "
    "and a brief plan of what will be done about it."
)
MARKER = (
    "An action that is suspended, reprogrammed, extended or complete says so in capitals at the start of its note: "
    "SUSPENDED, REPROGRAMMED, EXTENDED or COMPLETE."
)
DEPENDENCY = "Where an action depends on another one that is delayed, its note says so."
