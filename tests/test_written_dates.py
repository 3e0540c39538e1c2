"""A date as people write it becomes EDTF, or a question with candidates; nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo import limits
from geo.dossier.periods import period
from geo.dossier.solar_hijri import MONTHS as HIJRI_MONTHS
from geo.dossier.solar_hijri import gregorian_span
from geo.written.dates import WHAT_TO_WRITE, WrittenDate, read_date

AROUND = date(2023, 1, 5)
READ = {
    "2022-05-24": "2022-05-24",
    "2022-21": "2022-21",
    "2021-08-15/..": "2021-08-15/..",
    "late April 2022": "2022-04-21/2022-04-30",
    "early May 2022": "2022-05-01/2022-05-10",
    "in mid-February 2024": "2024-02-11/2024-02-20",
    "late February 2024": "2024-02-21/2024-02-29",
    "mid-2022": "2022-38",
    "late 2022": "2022-39",
    "at the beginning of 2023": "2023-37",
    "towards the end of May 2022": "2022-05-21/2022-05-31",
    "early to mid May 2022": "2022-05-01/2022-05-20",
    "first half of 2023": "2023-40",
    "second half of May 2022": "2022-05-16/2022-05-31",
    "first week of May 2022": "2022-05-01/2022-05-07",
    "the last week of December 2022": "2022-12-25/2022-12-31",
    "week ending 3 May 2022": "2022-04-27/2022-05-03",
    "spring 2024": "2024-21",
    "summer of 2021": "2021-26",
    "late spring 2023": "2023-05",
    "winter 2022-23": "2022-24",
    "winter of 2022/2023": "2022-24",
    "Q1 2023": "2023-33",
    "first quarter of 2023": "2023-33",
    "the last quarter of 2022": "2022-36",
    "the 1990s": "199X",
    "about 28 Dec 2022": "2022-12-28~",
    "on or about 28 December 2024": "2024-12-28~",
    "circa May 2022": "2022-05~",
    "probably 3 May 2022": "2022-05-03?",
    "possibly about May 2022": "2022-05%",
    "before 2024": "../2023",
    "before May 2022": "../2022-04",
    "before spring 2024": "../2024-02-29",
    "by the end of 2024": "../2024",
    "until June 2023": "../2023-06",
    "since August 2021": "2021-08/..",
    "since about 15 August 2021": "2021-08-15~/..",
    "15 August 2021 to date": "2021-08-15/..",
    "after 3 May 2022": "2022-05-04/..",
    "between 3 and 5 May 2022": "2022-05-03/2022-05-05",
    "3\N{EN DASH}5 May 2022": "2022-05-03/2022-05-05",
    "May 3-5, 2022": "2022-05-03/2022-05-05",
    "3 May to 7 June 2022": "2022-05-03/2022-06-07",
    "28 December to 3 January 2023": "2022-12-28/2023-01-03",
    "March/April 2023": "2023-03/2023-04",
    "May or June 2022": "2022-05/2022-06",
    "3 or 4 May 2022": "2022-05-03/2022-05-04",
    "late April or early May 2022": "2022-04-21/2022-05-10",
    "2021/22": "2021/2022",
    "night of 3-4 May 2022": "2022-05-03/2022-05-04",
    "Tuesday, 3 May 2022": "2022-05-03",
    "Tue 3/5/2022": "2022-05-03",
    "28/9/2019": "2019-09-28",
    "9/28/2019": "2019-09-28",
    "5/2022": "2022-05",
    "on 13/04/2017": "2017-04-13",
    "in the early hours of 4 December 2019": "2019-12-04",
    "28-Sep-2019": "2019-09-28",
    "the 3rd of May, 2022": "2022-05-03",
    "3 May 2022 14:30": "2022-05-03",
    "۳ می ۲۰۲۲": "2022-05-03",
    "5 Sawr 1401": "2022-04-25",
    "Saur 5, 1401": "2022-04-25",
    "۵ ثور ۱۴۰۱": "2022-04-25",
    "5-7 Thawr 1401": "2022-04-25/2022-04-27",
    "حمل ۱۴۰۱": "2022-03-21/2022-04-20",
    "late Hamal 1401": "2022-04-10/2022-04-20",
    "15 Farvardin 1402": "2023-04-04",
    "فروردین ۱۴۰۲": "2023-03-21/2023-04-20",
    "1401 SH": "2022-03-21/2023-03-20",
    "۱۴۰۱ هجری شمسی": "2022-03-21/2023-03-20",
}
"""Texts with one reading."""
ASKED = {
    "28 Dec": (["2022-12-28", "2023-12-28", "2024-12-28"], "The year is missing."),
    "May 3-4": ([f"{year}-05-03/{year}-05-04" for year in (2022, 2023, 2024)], "The year is"),
    "Sunday 5 June": (["2022-06-05"], "The year is missing."),
    "3/4/2022": (["2022-04-03", "2022-03-04"], "Day and month"),
    "3/5/2022 - 7/5/2022": (["2022-05-03/2022-05-07", "2022-03-05/2022-07-05"], "Day and month"),
    "28/9/19": (["2019-09-28"], "The year has only two digits."),
    "20-05-03": (["2020-05-03", "2003-05-20"], "Day and month"),
    "May '22": (["2022-05"], "The year has only two digits."),
    "winter 2022": (["2022-24", "2021-24"], "A winter belongs to two years."),
    "2021-22": (["2021-26", "2021/2022"], "This can be a season in EDTF"),
    "May or July 2022": (["2022-05/2022-07"], "includes the time between"),
    "night of 3 May 2022": (["2022-05-03", "2022-05-03/2022-05-04"], "A night belongs to"),
    "Monday, 3 May 2022": (["2022-05-03"], "The day of the week does not match"),
    "2022-05-03T22:00Z": (["2022-05-03"], "another day"),
    "week of 3 May 2022": (["2022-05-03/2022-05-09", "2022-05-02/2022-05-08"], "on the Monday"),
    "1401": (["2022-03-21/2023-03-20"], "Solar Hijri calendar"),
    "1401-02-05": (["2022-04-25"], "Solar Hijri calendar"),
    "5/2/1401": (["2022-07-24", "2022-04-25"], "Solar Hijri calendar"),
    "Jadi 2022": (["2022-12-22/2023-01-20", "2021-12-22/2022-01-20"], "the year in the Greg"),
    "5 Jadi 2022": (["2022-12-26"], "the year in the Gregorian one"),
}  # fmt: skip
"""Texts that leave something open, with the candidates and what is said."""
REFUSED = {
    "31 June 2022": "June 2022 has 30 days; correct the day.",
    "30 Hut 1401": "There is no such day in the Solar Hijri year 1401; correct the date.",
    "3 May 1822": "Years before 1900 are not accepted; correct the year.",
    "May 1401": "The month or calendar is Gregorian, but the year is not; correct one of them.",
    "7-5 May 2022": "The period '2022-05-07/2022-05-05' ends before it begins.",
    "yesterday": "depends on the day on which it is read",
    "last Tuesday": "depends on the day on which it is read",
    "Ramadan 1443": "in the lunar calendar, which is not converted",
    "soon": WHAT_TO_WRITE,
    "12": WHAT_TO_WRITE,
    "5-7": WHAT_TO_WRITE,
    "before 3": WHAT_TO_WRITE,
}
"""Texts that have no reading, and what is said of them."""


@pytest.mark.parametrize(("text", "edtf"), READ.items())
def test_a_date_that_has_one_reading_becomes_edtf_with_the_words_of_the_program(text, edtf):
    found = read_date(text, around=AROUND)
    assert (found.edtf, found.words) == (edtf, period(edtf).text)
    assert (found.candidates, found.question) == ((), "")


@pytest.mark.parametrize(
    ("text", "candidates", "said"), [(one, *two) for one, two in ASKED.items()]
)
def test_a_date_that_has_several_readings_is_asked_about(text, candidates, said):
    found = read_date(text, around=AROUND)
    assert (found.edtf, found.words) == ("", "")
    assert [one.edtf for one in found.candidates] == candidates
    assert [one.words for one in found.candidates] == [period(one).text for one in candidates]
    assert said in found.question


@pytest.mark.parametrize(("text", "said"), REFUSED.items())
def test_a_text_that_is_not_a_date_says_what_can_be_written(text, said):
    found = read_date(text, around=AROUND)
    assert (found.edtf, found.words, found.candidates) == ("", "", ())
    assert said in found.question


def test_a_year_is_never_supplied_without_asking():
    for text in ("28 Dec", "May 3-5", "late April", "spring", "5 Hamal", "before May"):
        found = read_date(text)
        assert (found.edtf, found.candidates) == ("", ())
        assert found.question == "The year is missing. Write it as well."
        assert len(read_date(text, around=AROUND).candidates) == 3
    # The number can be the year as well.
    found = read_date("May 22")
    assert [one.edtf for one in found.candidates] == ["2022-05"]
    assert found.question.startswith("The year is missing.")


def test_years_near_a_day_come_in_the_order_of_their_likelihood():
    # A report is written after what it reports.
    autumn = read_date("May", around=date(2022, 12, 1))
    assert [one.edtf for one in autumn.candidates] == ["2022-05", "2021-05", "2023-05"]


def test_an_empty_text_asks_nothing():
    assert read_date("  ") == WrittenDate("  ")


def test_what_can_be_written_is_read():
    for text in ("24 May 2022", "May 2022", "late April 2022", "spring 2024",
                 "about 28 December 2022", "3 to 5 May 2022", "before 2024"):  # fmt: skip
        assert text in WHAT_TO_WRITE
        assert read_date(text).edtf


@pytest.mark.parametrize("name", HIJRI_MONTHS)
def test_every_name_of_a_solar_hijri_month_is_read_in_its_calendar(name):
    first, last = gregorian_span(1402, HIJRI_MONTHS[name])
    assert read_date(f"{name.title()} 1402").edtf == f"{first}/{last}"
    assert read_date(f"1 {name} 1402").edtf == str(first)


days = st.dates(date(1921, 3, 21), date(2068, 12, 31))


@given(days, st.sampled_from(["%d %B %Y", "%B %d, %Y", "%A, %d %B %Y", "%d-%b-%Y", "%Y %B %d",
                              "%a %d %b %Y", "%Y/%m/%d", "%Y%m%d"]))  # fmt: skip
def test_a_day_is_read_from_every_usual_form(day, form):
    assert read_date(day.strftime(form)).edtf == day.isoformat()


@given(days)
def test_a_day_in_numbers_is_read_or_among_the_candidates(day):
    for form in ("%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%m-%d-%y"):
        found = read_date(day.strftime(form), around=day)
        given_ = {found.edtf, *(one.edtf for one in found.candidates)}
        assert day.isoformat() in given_ or (form.endswith("y") and found.question)


edtf_texts = st.one_of(
    days.map(date.isoformat),
    days.map(lambda day: day.isoformat()[:7]),
    days.map(lambda day: day.isoformat()[:4]),
    st.builds(lambda one, two: "/".join(sorted((one.isoformat(), two.isoformat()))), days, days),
    st.builds(lambda year, code: f"{year}-{code}", st.integers(1950, 2060), st.integers(21, 28)),
    days.map(lambda day: f"../{day.isoformat()[:7]}"),
    days.map(lambda day: f"{day.isoformat()}/.."),
)


@given(edtf_texts, st.sampled_from(["", "~"]))
def test_the_words_of_the_program_are_read_as_the_same_days(edtf, mark):
    whole = period("/".join(one if one == ".." else one + mark for one in edtf.split("/")))
    found = read_date(whole.text)
    readings = [period(one) for one in (found.edtf, *(two.edtf for two in found.candidates)) if one]
    same = [(one.earliest, one.latest, one.approximate) for one in readings]
    assert (whole.earliest, whole.latest, whole.approximate) in same


words = st.sampled_from([
    "early", "late", "mid", "end", "of", "the", "between", "and", "or", "to", "-", "/", "..", "May",
    "June", "Hamal", "حمل", "winter", "spring", "1401", "2022", "22", "3", "31", "0", "'22", "5th",
    "first", "last", "week", "half", "quarter", "about", "probably", "before", "since", "by",
    "night", "Q1", "?", "~", "%", "(", ")", "SH", "Tuesday", "T10:00Z", "9999", "0000", "2022-21",
    "X",
])  # fmt: skip


@given(st.text(max_size=80) | st.lists(words, max_size=8).map(" ".join), st.none() | st.dates())
@example("9999-12-31 or later", date(9999, 12, 31))
@example("after 31 December 9999", None)
@example("week of 31 December 9999", date.max)
@example("January", date.min)
@example("../2", None)
@example("..", None)
@example("../..", None)
@example("\u00b2 May 2022", None)
@example("\ufdfa" * 10, None)
def test_no_text_is_a_fault_and_every_answer_is_a_date_or_a_sentence(text, around):
    found = read_date(text, around=around)
    assert bool(found.edtf) == bool(found.words)
    assert not (found.edtf and found.question)
    assert bool(found.edtf or found.question) == bool(text.strip())
    for one in (found.edtf, *(two.edtf for two in found.candidates)):
        if one:
            # What is offered can be chosen: it is then read as it is.
            assert period(one).text
            assert read_date(one).edtf == one


def test_a_text_that_is_too_long_is_not_read():
    longest = "about 24 May 2022".rjust(limits.MAX_DATE + 1, "a")
    assert f"at most {limits.MAX_DATE} are read" in read_date(longest).question
    assert len(read_date("x" * 100_000).question) < 500
