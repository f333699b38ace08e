import ast
import csv
import datetime as dt
import inspect
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import often
from workbook import timescales
from workbook.months import Month
from workbook.timescales import Timescale, occurrences, parse

CELLS = Path(__file__).parent / "data" / "timescales.csv"
_NAMES = [Month(2009, number).name.split()[0] for number in range(1, 13)]


def cells() -> list[dict[str, str]]:
    with CELLS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def month_or_day(text: str) -> dt.date | Month | None:
    if not text:
        return None
    return Month.parse(text) if len(text) == len("2009-07") else dt.date.fromisoformat(text)


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize("cell", cells(), ids=lambda cell: f"{cell['text']} near {cell['near']}")
def test_a_cell_is_read_as_a_person_reads_it(cell: dict[str, str]) -> None:
    read = parse(cell["text"], month_or_day(cell["near"]))
    assert (read.start, read.finish, read.every, read.revised, read.open_ended, read.must_by, read.impossible) == (
        day(cell["start"]),
        day(cell["finish"]),
        cell["every"] or None,
        day(cell["revised"]),
        cell["open_ended"] == "TRUE",
        day(cell["must_by"]),
        tuple(filter(None, cell["impossible"].split("; "))),
    )


def test_there_are_cells_enough_and_each_is_there_once() -> None:
    asked = [(cell["text"], cell["near"]) for cell in cells()]
    assert len(set(asked)) == len(asked) >= 150


@pytest.mark.parametrize(
    ("text", "start", "finish"),
    [
        ("1 July 2009", "2009-07-01", ""),
        ("July 2009", "2009-07-01", ""),
        ("2009-07", "2009-07-01", ""),
        ("2009-07-15 00:00:00", "2009-07-15", ""),
        ("Autumn 2009", "2009-09-01", ""),
        ("2009/10", "2009-04-01", ""),
        ("from July 2009", "2009-07-01", ""),
        ("July 2009 onwards", "2009-07-01", ""),
        ("mid-July 2009", "2009-07-15", ""),
        ("early July 2009", "2009-07-01", ""),
        ("late July 2009", "2009-07-21", ""),
        ("mid 2011", "2011-07-01", ""),
        ("late 2011", "2011-09-01", ""),
        ("end of July 2009", "2009-07-31", ""),
        ("by July 2009", "2009-07-31", ""),
        ("before July 2009", "2009-06-30", ""),
        ("after July 2009", "2009-08-01", ""),
        ("July to September 2009", "2009-07-01", "2009-09-30"),
        ("a) July 2009 b) May 2009", "2009-05-01", ""),
        ("August 2009, May 2009", "2009-05-01", ""),
        ("from August 2009; May 2009", "2009-05-01", ""),
        ("Must be fully implemented by July 2009", "", ""),
        ("31/11/09", "", ""),
        ("to be agreed", "", ""),
    ],
)
def test_in_a_column_of_starts_a_date_is_a_start(text: str, start: str, finish: str) -> None:
    read = parse(text, starts=True)
    assert (read.start, read.finish) == (day(start), day(finish))


def test_a_start_may_be_revised_too() -> None:
    read = parse("1 July 2009 now 1 August 2009", starts=True)
    assert (read.start, read.revised) == (dt.date(2009, 7, 1), dt.date(2009, 8, 1))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("31/11/09", "31/11/09 does not exist: November 2009 has 30 days."),
        ("by 31 st  June 2010", "31 st  June 2010 does not exist: June 2010 has 30 days."),
        ("29 February 2009", "29 February 2009 does not exist: February 2009 has 28 days."),
        ("15/13/09", "15/13/09 does not exist: there is no month 13."),
        ("15/0/09", "15/0/09 does not exist: there is no month 0."),
        ("0/5/09", "0/5/09 does not exist: there is no day 0."),
        ("31 June", "31 June does not exist: June never has more than 30 days."),
        (
            "31/9/09 - 31/11/09",
            "31/9/09 does not exist: September 2009 has 30 days; 31/11/09 does not exist: November 2009 has 30 days.",
        ),
        ("to be agreed", "It holds no date."),
        ("October", "It holds no date."),
        ("-", "It holds no date."),
        ("", ""),
        (" \n ", ""),
        ("Ongoing", ""),
        ("Quarterly", ""),
        ("from May 2010", ""),
        ("by May 2010", ""),
        ("revised to May 2010", ""),
    ],
)
def test_why_there_is_no_date_is_said_in_a_sentence(text: str, problem: str) -> None:
    assert parse(text).problem == problem


def test_a_leap_day_without_its_year_says_when_there_is_one() -> None:
    read = parse("29 February", Month(2009, 2))
    assert read.problem == "29 February does not exist: February has 29 days in a leap year only."
    assert parse("29 February", Month(2012, 2)).finish == dt.date(2012, 2, 29)


def test_several_dates_are_parts_in_the_order_written() -> None:
    read = parse("a) Oct 2009 b) from May 2010 onwards c) to be agreed")
    assert [(part.text, part.start, part.finish, part.open_ended) for part in read.parts] == [
        ("a) Oct 2009", None, dt.date(2009, 10, 31), False),
        ("b) from May 2010 onwards", dt.date(2010, 5, 1), None, True),
        ("c) to be agreed", None, None, False),
    ]
    assert (read.start, read.finish, read.open_ended) == (dt.date(2010, 5, 1), None, True)


def test_separate_dates_in_prose_are_parts_as_written() -> None:
    read = parse("Draft by mid-May 2010, sent out June\u00a0– July 2010, agreed 31/9/10")
    assert [(part.text, part.start, part.finish, part.impossible) for part in read.parts] == [
        ("by mid-May 2010", None, dt.date(2010, 5, 15), ()),
        ("June\u00a0– July 2010", dt.date(2010, 6, 1), dt.date(2010, 7, 31), ()),
        ("31/9/10", None, None, ("31/9/10",)),
    ]


@pytest.mark.parametrize(
    "text",
    ["Oct 2009", "May to June 2010", "from May 2010, complete by July 2010", "May 09 revised to June 09",
     "5/5/09 Must be fully implemented by August 2009", "", "monthly", "actions a) and b) by May 2010"],
)  # fmt: skip
def test_what_says_one_thing_has_no_parts(text: str) -> None:
    assert parse(text).parts == ()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("end of May 2010, June 2010", ["end of May 2010", "June 2010"]),
        ("R1 - May 2010 R2 - June 2010", ["May 2010", "June 2010"]),
        ("May to June 2010, by July 2010", ["May to June 2010", "by July 2010"]),
        ("(1) May 2010 (2) June 2010", ["(1) May 2010", "(2) June 2010"]),
        ("Survey March 2010: a) May 2010 b) June 2010", ["Survey March 2010:", "a) May 2010", "b) June 2010"]),
        ("Survey: a) May 2010 b) June 2010", ["a) May 2010", "b) June 2010"]),
    ],
)
def test_a_part_is_what_was_written_of_it(text: str, parts: list[str]) -> None:
    assert [part.text for part in parse(text).parts] == parts


def test_parts_may_be_revised_each_on_its_own() -> None:
    read = parse("a) May 09 revised to Sept 09 b) June 09 Must be fully implemented by Dec 09")
    assert (read.finish, read.revised, read.must_by) == (
        dt.date(2009, 6, 30),
        dt.date(2009, 9, 30),
        dt.date(2009, 12, 31),
    )
    assert parse("a) May 09 revised to June 09 b) Sept 09").revised is None
    assert [part.revised for part in read.parts] == [dt.date(2009, 9, 30), None]


def test_dates_on_lines_of_their_own_are_no_range() -> None:
    assert parse("- May 2010\r\n- July 2010").start is None
    assert parse("May 2010\n- July 2010").start == dt.date(2010, 5, 1)


def test_a_moment_will_do_for_near() -> None:
    assert parse("5 May", dt.datetime(2010, 1, 20, 13, 30)).finish == dt.date(2010, 5, 5)


def dates(*texts: str) -> list[dt.date]:
    return [dt.date.fromisoformat(text) for text in texts]


@pytest.mark.parametrize(
    ("every", "first", "last", "expected"),
    [
        ("month", "2009-01-31", "2009-05-01", dates("2009-01-31", "2009-02-28", "2009-03-31", "2009-04-30")),
        ("month", "2009-04-01", "2009-06-01", dates("2009-04-01", "2009-05-01", "2009-06-01")),
        ("quarter", "2009-11-30", "2010-06-30", dates("2009-11-30", "2010-02-28", "2010-05-30")),
        ("6 months", "2009-08-31", "2010-08-31", dates("2009-08-31", "2010-02-28", "2010-08-31")),
        ("2 years", "2008-02-29", "2012-02-29", dates("2008-02-29", "2010-02-28", "2012-02-29")),
        ("2 years", "2009-04-01", "2012-03-31", dates("2009-04-01", "2011-04-01")),
        ("week", "2009-04-01", "2009-04-15", dates("2009-04-01", "2009-04-08", "2009-04-15")),
        ("2 weeks", "2009-04-01", "2009-04-28", dates("2009-04-01", "2009-04-15")),
        ("day", "2009-12-31", "2010-01-01", dates("2009-12-31", "2010-01-01")),
        ("month", "2009-04-01", "2009-03-31", []),
        ("year", "9998-07-01", "9999-12-31", dates("9998-07-01", "9999-07-01")),
        ("999999999999 weeks", "2009-04-01", "2010-04-01", dates("2009-04-01")),
    ],
)  # fmt: skip
def test_a_recurrence_has_its_dates(every: str, first: str, last: str, expected: list[dt.date]) -> None:
    assert occurrences(every, dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == expected


@pytest.mark.parametrize("every", ["", "fortnight", "0 months", "-1 month", "monthly", "1.5 weeks"])
def test_what_is_no_recurrence_is_refused(every: str) -> None:
    with pytest.raises(ValueError, match="is no recurrence; write it as month, quarter or 2 weeks"):
        occurrences(every, dt.date(2009, 4, 1), dt.date(2010, 4, 1))


@pytest.mark.parametrize("cell", [cell for cell in cells() if cell["every"]], ids=lambda cell: cell["text"])
def test_every_recurrence_that_is_read_has_dates(cell: dict[str, str]) -> None:
    every = parse(cell["text"]).every
    assert every
    assert len(occurrences(every, dt.date(2009, 4, 1), dt.date(2029, 4, 1))) > 2


# The laws.

_WORDS = st.sampled_from(
    "by|from|to|until|after|before|mid|end|of|the|and|-|/|,|;|(|)|:|.|..|a)|b)|(i)|(ii)|revised|now|between|every|each|31|"
    "30|29|0|1st|2009|09|10|2009/10|31/11/09|1.4.07|2009-07|Feb|May|may|JUNE|Sept.|autumn|Winter|Q3|half|quarter|early|"
    "late|week|onwards|ongoing|monthly|twice|year|first|last|Friday|must be fully implemented by|13.4.4|\n"
    "|\u00a0|’|–|£|%".split("|")
)  # fmt: skip
_NEAR = st.one_of(st.none(), st.dates(), st.builds(Month, st.integers(1, 9999), st.integers(1, 12)))
_DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2299, 12, 31))


def ordinal(number: int) -> str:
    tens = number // 10 == 1
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') if not tens else 'th' }"


def written(date: dt.date) -> list[str]:
    """A date in every form in which a person writes one."""
    name, number, year = _NAMES[date.month - 1], date.day, date.year
    forms = [
        f"{number} {name} {year}", f"{number:02} {name[:3]} {year}", f"{number} {name[:3]}. {year}",
        f"{ordinal(number)} {name} {year}", f"{ordinal(number)} of {name} {year}", f"{number}{name}{year}",
        f"{ordinal(number)[:-2]} {ordinal(number)[-2:]} {name} {year}", f"{number} {name}, {year}",
        f"{name} {number}, {year}", f"{number}-{name[:3]}-{year}", f"{number}/{date.month}/{year}",
        f"{number:02}/{date.month:02}/{year}", f"{number}.{date.month}.{year}", f"{number}-{date.month}-{year}",
        f"{date.isoformat()}", f"{date.isoformat()} 00:00:00", f"Friday {number} {name} {year}",
        f"{number}\u00a0{name}\u00a0{year}", f"{number} / {date.month} / {year}", f"{year}/{date.month:02}/{number:02}",
    ]  # fmt: skip
    if year // 100 == 20:
        short = f"{year % 100:02}"
        forms += [
            f"{number} {name} {short}", f"{number:02} {name[:3]}.{short}", f"{number} {name[:3]} ’{short}",
            f"{number}/{date.month}/{short}", f"{number}.{date.month}.{short}", f"{number}-{name[:3]}-{short}",
        ]  # fmt: skip
    return forms


@often
@given(st.one_of(st.text(), st.lists(_WORDS).map(" ".join), st.lists(_WORDS).map("".join)), _NEAR, st.booleans())
def test_any_text_is_read_without_complaint_and_kept(text: str, near: dt.date | Month | None, starts: bool) -> None:
    read = parse(text, near, starts=starts)
    assert read.text == text
    assert read.problem in {"", "It holds no date."} or read.impossible
    assert all(written in text for written in read.impossible)
    assert all(part.text in text for part in read.parts)


@often
@given(_DAYS)
def test_every_date_reads_back_however_it_is_written(date: dt.date) -> None:
    for form in written(date):
        assert parse(form) == Timescale(finish=date, text=form)
        assert parse(f"by {form}").finish == parse(f"from {form}").start == date
        assert parse(form, starts=True) == Timescale(start=date, text=form)


@often
@given(_DAYS)
def test_a_range_of_two_dates_reads_back(date: dt.date) -> None:
    later = date + dt.timedelta(days=45)
    if later.year <= 2299:
        for form, other in zip(written(date)[:20], written(later)[:20], strict=True):
            read = parse(f"{form} to {other}")
            assert (read.start, read.finish) == (date, later), form


@pytest.mark.parametrize("cell", cells(), ids=lambda cell: f"{cell['text']} near {cell['near']}")
def test_blanks_make_no_difference(cell: dict[str, str]) -> None:
    near, blanks = month_or_day(cell["near"]), " \u00a0 "
    plain, wide = parse(cell["text"], near), parse(blanks + cell["text"].replace(" ", blanks) + "\t", near)
    for name in ("start", "finish", "every", "revised", "open_ended", "must_by"):
        assert getattr(wide, name) == getattr(plain, name), name


@often
@given(_DAYS, st.sampled_from([str.lower, str.upper, str.title]))
def test_capitals_make_no_difference(date: dt.date, change: Callable[[str], str]) -> None:
    for form in written(date):
        assert parse(change(form)).finish == date
    month = f"{_NAMES[date.month - 1]} {date.year}"
    for form in (
        month,
        f"by {month}",
        f"from {month}",
        f"{month} onwards",
        f"mid-{month}",
        f"{month} and annually thereafter",
    ):
        changed, plain = parse(change(form)), parse(form)
        assert (changed.start, changed.finish, changed.every, changed.open_ended) == (
            plain.start,
            plain.finish,
            plain.every,
            plain.open_ended,
        )


@often
@given(
    st.sampled_from(_NAMES), st.sampled_from(["", "5 ", "5th ", "mid-", "end of ", "by ", "from ", "after "]),
    st.sampled_from(["", " to ", " and ", "/"]), st.sampled_from([*_NAMES, ""]),
)  # fmt: skip
def test_a_name_without_a_year_is_no_date_by_itself(name: str, before: str, between: str, other: str) -> None:
    read = parse(f"{before}{name}{between}{other}")
    assert (read.start, read.finish, read.revised, read.must_by) == (None, None, None, None)


@often
@given(st.integers(1, 12), st.dates(dt.date(1902, 1, 1), dt.date(2297, 12, 31)))
def test_a_name_without_a_year_is_the_nearest(number: int, near: dt.date) -> None:
    finish = parse(_NAMES[number - 1], near).finish
    assert finish is not None
    assert abs(Month(finish.year, finish.month).since(Month(near.year, near.month))) <= 6
    assert parse(_NAMES[number - 1], Month(near.year, near.month)).finish == finish


def test_no_clock_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> float:
        raise AssertionError("the clock was looked at")

    monkeypatch.setattr(time, "time", refuse)  # which `date.today` asks
    with pytest.raises(AssertionError):
        dt.date.today()
    for cell in cells():
        parse(cell["text"], month_or_day(cell["near"]))
    names = {
        node.attr for node in ast.walk(ast.parse(inspect.getsource(timescales))) if isinstance(node, ast.Attribute)
    }
    assert not names & {"today", "now", "utcnow", "fromtimestamp", "localtime", "gmtime", "time", "parser"}


def test_a_long_cell_takes_no_long_time() -> None:
    for text in (
        "12" + " " * 30_000,
        "June" + " " * 30_000 + "x July 2009",
        "1/" * 15_000,
        "by " * 10_000,
        "(a) " * 8_000,
    ):
        start = time.perf_counter()
        parse(text, Month(2009, 7))
        assert time.perf_counter() - start < 5
