"""The marker at the start of a note: what people write for it, and what only looks like it."""

import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import often
from workbook.markers import MARKERS, Marked, read_marker

A_FULL_CELL = 32_767


@pytest.mark.parametrize(
    ("note", "marker"),
    [
        ("COMPLETE", "COMPLETE"),
        ("COMPLETED", "COMPLETE"),
        ("COMPLETED. Report went to members in July.", "COMPLETE"),
        ("COMPLETE by end of March", "COMPLETE"),
        ("EXTENDED to cover the north of the district", "EXTENDED"),
        ("REPROGRAMMED: new date 31 October", "REPROGRAMMED"),
        ("SUSPENDED", "SUSPENDED"),
        ("SUSPENDED\nNo money this year", "SUSPENDED"),
        ("  COMPLETE", "COMPLETE"),
        ("\u00a0\n COMPLETE", "COMPLETE"),
        ("*COMPLETE*", "COMPLETE"),
        ("_COMPLETE_", "COMPLETE"),
        ("- COMPLETE", "COMPLETE"),
        ("• SUSPENDED – see minute 14", "SUSPENDED"),
        ("(EXTENDED) to May", "EXTENDED"),
        ("[REPROGRAMMED to May]", "REPROGRAMMED"),
        ('"COMPLETE"', "COMPLETE"),
        ("“COMPLETE”", "COMPLETE"),
        ("COMPLETE–signed off", "COMPLETE"),
        ("COMPLETE-signed off", "COMPLETE"),
    ],
)
def test_capitals_at_the_start_are_in_order(note: str, marker: str) -> None:
    found = read_marker(note)
    assert found
    assert (found.marker, found.in_order, found.text) == (marker, True, note)
    assert found.words in note


@pytest.mark.parametrize(
    ("note", "text"),
    [
        ("Complete", "COMPLETE"),
        ("Complete.", "COMPLETE."),
        ("complete – see report", "COMPLETE – see report"),
        ("complete see report", "COMPLETE see report"),
        ("Completed - contract signed", "COMPLETE - contract signed"),
        ("Completed, contract signed", "COMPLETE, contract signed"),
        ("Completed; two months early", "COMPLETE; two months early"),
        ("Completed\nThe contract is signed.", "COMPLETE\nThe contract is signed."),
        ("completed (July)", "COMPLETE (July)"),
        ("Completed in July", "COMPLETE in July"),
        ("Completed  in July", "COMPLETE  in July"),
        ("Completed on 14/7", "COMPLETE on 14/7"),
        ("Completed 14/7/09", "COMPLETE 14/7/09"),
        ("Completed 14th July", "COMPLETE 14th July"),
        ("Completed July 2009", "COMPLETE July 2009"),
        ("Completed last month", "COMPLETE last month"),
        ("Completed as at 30 June", "COMPLETE as at 30 June"),
        ("Completed by officers in July", "COMPLETE by officers in July"),
        ("Completed by the team, ahead of time", "COMPLETE by the team, ahead of time"),
        ("Completed by April 2009", "COMPLETE by April 2009"),
        ("Completed and signed off", "COMPLETE and signed off"),
        ("Completed and will be used from May", "COMPLETE and will be used from May"),
        ("Complete and signed off", "COMPLETE and signed off"),
        ("Completed. No further action is needed.", "COMPLETE. No further action is needed."),
        ("Complete/closed", "COMPLETE/closed"),
        ("Complete!", "COMPLETE!"),
        ("COMPLETEd - see above", "COMPLETE - see above"),
        ("Action complete.", "COMPLETE."),
        ("Action: complete", "COMPLETE"),
        ("ACTION COMPLETE", "COMPLETE"),
        ("All actions completed in May", "COMPLETE in May"),
        ("This action is complete", "COMPLETE"),
        ("This action is now fully complete: see 3.2", "COMPLETE: see 3.2"),
        ("This has been completed.", "COMPLETE."),
        ("The work was completed in July", "COMPLETE in July"),
        ("Now complete:", "COMPLETE:"),
        ("Fully complete", "COMPLETE"),
        ("100% complete", "COMPLETE"),
        ("Status: Complete", "COMPLETE"),
        ("Status - COMPLETE", "COMPLETE"),
        ('"Complete"', '"COMPLETE"'),
        ("“Complete”", "“COMPLETE”"),
        ("*Completed*", "*COMPLETE*"),
        ("- Completed -", "- COMPLETE -"),
        ("\n Completed", "\n COMPLETE"),
        ("Suspended pending the review", "SUSPENDED pending the review"),
        ("suspended until April as no budget", "SUSPENDED until April as no budget"),
        ("Suspended. See minute 12", "SUSPENDED. See minute 12"),
        ("Suspended - awaiting the review", "SUSPENDED - awaiting the review"),
        ("Suspended at the request of members", "SUSPENDED at the request of members"),
        ("Work suspended because the money is gone", "SUSPENDED because the money is gone"),
        ("reprogrammed to Oct", "REPROGRAMMED to Oct"),
        ("Reprogrammed for next year.", "REPROGRAMMED for next year."),
        ("Re-programmed to February", "REPROGRAMMED to February"),
        ("re programmed until May", "REPROGRAMMED until May"),
        ("RE-PROGRAMMED May", "REPROGRAMMED May"),
        ("Reprogramed to May", "REPROGRAMMED to May"),
        ("Extended until March", "EXTENDED until March"),
        ("Extended to 31/3/10", "EXTENDED to 31/3/10"),
        ("Extended to the end of May", "EXTENDED to the end of May"),
        ("Extended by a further three months", "EXTENDED by a further three months"),
        ("Extended because the lease is not signed", "EXTENDED because the lease is not signed"),
        ("Deadline extended to Q3", "EXTENDED to Q3"),
        ("extended, see minute 7", "EXTENDED, see minute 7"),
    ],
)
def test_a_marker_written_otherwise_is_put_in_order_and_the_rest_kept(note: str, text: str) -> None:
    found = read_marker(note)
    assert found
    assert (found.in_order, found.text) == (False, text)
    assert found.words in note


@pytest.mark.parametrize(
    "note",
    [
        "COMPLETE - except signage, which will be done in October",
        "COMPLETE NOT YET",
        "COMPLETE?",
        "COMPLETE for Phase 1 only",
        "COMPLETE (phase 1)",
        "COMPLETE: stage 2 of 3",
        "COMPLETED IN PART",
        "COMPLETE (75%)",
        "",
        "   ",
        "-",
        "Completed the first draft",
        "Completed draft sent to members",
        "Complete by 31 March",
        "Completed as far as possible",
        "Completed in part",
        "Completed in draft",
        "Completed subject to sign-off",
        "Completed, subject to sign-off",
        "Completed apart from signage",
        "Completed - apart from the signs",
        "Completed but for the signs",
        "Completed pending sign-off",
        "Completed?",
        "Complete the survey by October",
        "Complete by end of March",
        "Complete and submit the return",
        "Complete in-house training",
        "Complete except for the signs",
        "Complete (except for the signs)",
        "Complete – 75%",
        "Complete / on-going",
        "Action: complete the survey",
        "Now complete the survey",
        "This action is not complete",
        "This action is complete except for the signs",
        "Completion of works is due",
        "COMPLETEly new scheme",
        "Completely stuck",
        "COMPLETION in May",
        "Completeness of data is poor",
        "Almost complete",
        "Not complete",
        "NOT COMPLETE",
        "Incomplete",
        "Partly complete",
        "75% complete",
        "To be completed",
        "Will be complete in May",
        "Brief complete. Tender next.",
        "It is complete nonsense",
        "Extended family scheme",
        "Extended-hours pilot began",
        "Extended opening hours began in May",
        "Extended to cover all wards",
        "Extended to all staff",
        "Extended for use by schools",
        "Extending to May",
        "Suspended ceiling fitted",
        "Not suspended",
        "Suspending the work",
        "The officer was suspended",
        "Reprogrammed the door locks",
        "Reprogramming to May",
        "Programmed for May",
    ],
)
def test_what_only_looks_like_a_marker_is_none(note: str) -> None:
    assert read_marker(note) is None


def test_what_was_taken_for_the_marker_is_said() -> None:
    assert read_marker(" This action is Completed, see 3.2") == Marked(
        marker="COMPLETE", words="This action is Completed", in_order=False, text=" COMPLETE, see 3.2"
    )


PIECES = st.sampled_from(
    [
        *(word for marker in MARKERS for word in (marker, marker.capitalize(), marker.lower())),
        *"COMPLETED Completed completed Re-programmed RE-PROGRAMMED re to until by in and March 30 75% pending".split(),
        *"Action Status: This is now fully Work subject part not the _ - – . , : ; ( ) [ ] “ ” \" ' * / ? ly".split(),
        *(" ", "  ", "\n", "\r\n", "\t", "\u00a0", "\u2028", "\x1f", "é", "ſ", "İ"),
    ]
)
NOTES = st.one_of(st.lists(PIECES, max_size=9).map("".join), st.text(), st.lists(PIECES, max_size=9).map(" ".join))


@given(NOTES)
@often
def test_putting_in_order_changes_the_words_of_the_marker_only(note: str) -> None:
    found = read_marker(note)
    if not found:
        return
    assert found.marker in MARKERS
    if found.in_order:
        assert found.text == note
        return
    before, after = note.split(found.words, 1)
    assert found.text == before + found.marker + after
    assert not any(sign.isalnum() for sign in before)


@given(NOTES)
@often
def test_a_note_in_order_stays_so(note: str) -> None:
    if found := read_marker(note):
        again = read_marker(found.text)
        assert again
        assert (again.marker, again.in_order, again.text) == (found.marker, True, found.text)


@given(st.sampled_from(MARKERS), st.text(alphabet=string.ascii_letters + string.digits, min_size=1))
@often
def test_a_longer_word_is_no_marker(marker: str, more: str) -> None:
    found = read_marker(marker + more)
    assert found is None or found.words.upper() == "COMPLETED"


@pytest.mark.parametrize("start", ["", "Complete", "COMPLETE", "Re", "Extended to", "Action", "Completed by the"])
@pytest.mark.parametrize("piece", [" ", "- ", "(", "\n", "the ", "now ", "a", "\u00a0", " -", "complete ", "in part "])
def test_a_full_cell_is_read_in_no_time(start: str, piece: str) -> None:
    note = (start + piece * A_FULL_CELL)[:A_FULL_CELL]
    began = time.perf_counter()
    for _ in range(10):
        read_marker(note)
    assert time.perf_counter() - began < 1
