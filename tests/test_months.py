import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import months as any_months
from tests.strategies import often
from workbook.months import Month, format_runs, month_number, parse_runs, run, say_runs

PLAN = run(Month(2009, 7), 12)
TWO_YEARS = run(Month(2009, 7), 24)


@pytest.mark.parametrize(
    "text",
    "2009-07|2009-7| 2009-07 |2009-07-01|2009-07-31 00:00:00|7/2009|07/2009|July 2009|july 2009|JUL 09|Jul-09|Jul '09|"
    "Jul ’09|Jul. 2009|July2009".split("|"),
)
def test_a_month_is_read_however_people_write_it(text: str) -> None:
    assert Month.parse(text) == Month(2009, 7)


@pytest.mark.parametrize(
    "text", ["", "Summer 2009", "2009", "13/2009", "2009-13", "2009-00", "July", "Ju 2009", "31/11/09"]
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a month"):
        Month.parse(text)


def test_the_refusal_quotes_what_was_written_and_says_how_to_write_it() -> None:
    with pytest.raises(ValueError, match=r"^“Autumn 2007” is not a month; write it as 2009-07 or July 2009$"):
        Month.parse("Autumn 2007")


def test_a_month_prints_as_in_files_sentences_and_columns() -> None:
    month = Month(2009, 9)
    assert (str(month), month.name, month.short) == ("2009-09", "September 2009", "Sep")


def test_months_are_counted_over_the_end_of_a_year() -> None:
    assert Month(2009, 12) + 1 == Month(2010, 1)
    assert Month(2010, 1) + -1 == Month(2009, 12)
    assert Month(2010, 6).since(Month(2009, 7)) == 11
    assert Month(2009, 7).since(Month(2010, 6)) == -11
    assert sorted([Month(2010, 1), Month(2009, 12)]) == [Month(2009, 12), Month(2010, 1)]


@pytest.mark.parametrize(("year", "number"), [(2009, 0), (2009, 13), (0, 1), (10000, 1)])
def test_there_is_no_month_outside_the_calendar(year: int, number: int) -> None:
    with pytest.raises(ValueError, match="is not a month"):
        Month(year, number)


@pytest.mark.parametrize(
    ("name", "number"),
    [("Sept", 9), ("sep.", 9), ("SEPTEMBER", 9), ("May", 5), ("mar", 3), ("ma", None), ("", None), ("Sept9", None)],
)
def test_a_name_is_read_from_its_first_three_letters(name: str, number: int | None) -> None:
    assert month_number(name) == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2009-07..2009-09, 2009-12", "2009-07..2009-09, 2009-12"),
        ("Jul-Sep, Dec", "2009-07..2009-09, 2009-12"),
        ("Dec, Jul-Sep", "2009-07..2009-09, 2009-12"),
        ("Nov-Feb", "2009-11..2010-02"),
        ("July to September", "2009-07..2009-09"),
        ("Jul – Sep", "2009-07..2009-09"),
        ("Jul–Sep; Dec", "2009-07..2009-09, 2009-12"),
        ("Jul 2009 - Sep 2009", "2009-07..2009-09"),
        ("2009-07 - 2009-09", "2009-07..2009-09"),
        ("2009-07...2009-09", "2009-07..2009-09"),
        ("July 2009-September 2009", "2009-07..2009-09"),
        ("Jul, Jul, Jul-Aug", "2009-07..2009-08"),
        ("Jul\nAug\n", "2009-07..2009-08"),
        ("2009-07-01", "2009-07"),
        ("Sept.", "2009-09"),
        ("2011-01", "2011-01"),
        ("", ""),
        (" , ;", ""),
    ],
)
def test_a_programme_is_read_however_people_write_it(text: str, expected: str) -> None:
    assert format_runs(parse_runs(text, PLAN)) == expected


@pytest.mark.parametrize(
    ("text", "within", "why"),
    [
        ("Sep-Jul", PLAN, "“Sep-Jul” ends before it starts"),
        ("2009-09..2009-07", PLAN, "“2009-09..2009-07” ends before it starts"),
        ("Jul", TWO_YEARS, "“Jul” comes more than once in this plan; write it with its year, as 2009-07"),
        ("Aug", PLAN[:1], "“Aug” is not a month of this plan; write it with its year, as 2009-07"),
        ("Jul, as agreed", PLAN, "“as agreed” is not a month; write it as 2009-07 or July 2009"),
        ("On-going", PLAN, "“On” is not a month; write it as 2009-07 or July 2009"),
    ],
)
def test_a_programme_that_is_not_understood_says_which_part_and_what_to_write(
    text: str, within: tuple[Month, ...], why: str
) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        parse_runs(text, within)
    assert str(refused.value) == why


@given(st.sets(any_months))
@often
def test_months_written_as_runs_are_read_back(months: set[Month]) -> None:
    assert parse_runs(format_runs(months), ()) == tuple(sorted(months))


@given(any_months, st.integers(-400, 400))
@often
def test_going_some_months_on_and_counting_them_agree(month: Month, months: int) -> None:
    assert (month + months).since(month) == months


@given(any_months)
@often
def test_a_month_is_read_back_from_each_of_its_names(month: Month) -> None:
    assert (
        Month.parse(str(month))
        == Month.parse(month.name)
        == Month.parse(f"{month.short} {month.year % 100:02}")
        == month
    )


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        ("", "no month"),
        ("2009-07", "July 2009"),
        ("2009-07..2009-09", "July to September 2009"),
        ("2009-12..2010-01, 2010-05", "December 2009 to January 2010, May 2010"),
    ],
)
def test_months_are_said_in_a_sentence(runs: str, said: str) -> None:
    assert say_runs(parse_runs(runs, ())) == said


def test_months_far_away_are_said_too() -> None:
    assert say_runs(run(Month(2299, 12), 2)) == "December 2299 to January 2300"
    assert say_runs(()) == "no month"
