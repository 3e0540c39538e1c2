"""A year before 1900 is a slip or another calendar: it is asked about and never taken as it is."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from dossiers import incident, messages, presence, read
from hypothesis import given
from hypothesis import strategies as st

from geo.dossier.periods import period
from geo.dossier.solar_hijri import edtf_in_gregorian, gregorian, gregorian_span


@pytest.mark.parametrize(
    ("year", "new_year"),
    [
        # First days of Solar Hijri years in public calendars, on both days that occur in March.
        (1300, date(1921, 3, 21)),
        (1357, date(1978, 3, 21)),
        (1376, date(1997, 3, 21)),
        (1380, date(2001, 3, 21)),
        (1388, date(2009, 3, 21)),
        (1392, date(2013, 3, 21)),
        (1399, date(2020, 3, 20)),
        (1400, date(2021, 3, 21)),
        (1403, date(2024, 3, 20)),
        (1404, date(2025, 3, 21)),
    ],
)
def test_the_first_day_of_a_solar_hijri_year(year: int, new_year: date) -> None:
    assert gregorian(year, 1, 1) == new_year


@given(st.integers(1300, 1499))
def test_solar_hijri_years_follow_each_other_without_a_gap(year: int) -> None:
    first, last = gregorian_span(year)
    assert gregorian_span(year + 1)[0] == last + timedelta(days=1)
    months = [gregorian_span(year, month) for month in range(1, 13)]
    assert (months[0][0], months[-1][1]) == (first, last)
    assert all(one[1] + timedelta(days=1) == other[0] for one, other in pairwise(months))


@given(st.dates(date(1921, 3, 21), date(2121, 3, 1)))
def test_each_day_is_one_day_of_the_other_calendar(day: date) -> None:
    first = next(
        year for year in range(day.year - 620, day.year - 623, -1) if gregorian(year, 1, 1) <= day
    )
    spans = ((month, gregorian_span(first, month)) for month in range(1, 13))
    month, begins = next((month, one) for month, (one, last) in spans if one <= day <= last)
    assert gregorian(first, month, (day - begins).days + 1) == day


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("1401-05-03", "2022-07-25"),
        ("1401-05-03?", "2022-07-25?"),
        ("1401-?05-~03", "2022-07-25%"),
        ("1401-05-XX", "2022-07-23/2022-08-22"),
        # A day that the Gregorian month of the same number does not have.
        ("1401-02-31", "2022-05-21"),
        ("1403-12-30", "2025-03-20"),
        ("1401-12", "2023-02-20/2023-03-20"),
        ("1400~", "2021-03-21~/2022-03-20~"),
        ("1401-05-03/1401-05-10", "2022-07-25/2022-08-01"),
        ("1400-05-24/..", "2021-08-15/.."),
        ("../1400", "../2022-03-20"),
        ("[..1400-05-24]", "../2021-08-15"),
    ],
)
def test_a_solar_hijri_date_is_refused_with_the_gregorian_one(text: str, instead: str) -> None:
    said = f"Solar Hijri calendar; if so, write {instead}, the same date in the Gregorian"
    with pytest.raises(ValueError, match="otherwise correct the year") as refused:
        period(text)
    assert said in str(refused.value)
    # What is offered is accepted.
    assert period(instead).edtf == instead == edtf_in_gregorian(text)


@pytest.mark.parametrize("text", ["1401-13", "1401-07-31", "1402-12-30", "140X", "1401/2022"])
def test_what_no_calendar_has_is_refused_without_an_offer(text: str) -> None:
    with pytest.raises(ValueError, match="write the date in the Gregorian calendar"):
        period(text)


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("1401/05/03", "did you mean 2022-07-25?"),
        ("3.5.1401", "did you mean 2022-07-25 or 2022-05-26?"),
        ("1401-05-03T10:00", "write only the day, 2022-07-25"),
    ],
)
def test_a_hint_never_leads_to_a_date_that_is_refused_next(text: str, instead: str) -> None:
    with pytest.raises(ValueError, match="the year is one of the Solar Hijri calendar") as refused:
        period(text)
    assert instead in str(refused.value)


@pytest.mark.parametrize("text", ["1899-12-31", "1022-05-24", "0202-05", "../1850", "18XX", "1501"])
def test_a_year_before_1900_is_a_problem(text: str) -> None:
    with pytest.raises(ValueError, match="is before 1900; correct it"):
        period(text)


def test_1900_is_not_before_1900() -> None:
    assert period("1900-01-01/19XX").latest == date(1999, 12, 31)


def test_a_dossier_asks_about_another_calendar_wherever_a_date_is_written() -> None:
    assert messages(read(incident(when="2022-07-25"), presence())) == []
    for found in (
        read(incident(when="1401-05-03")),
        read(presence(first="1401-05-03", last="2022")),
        read(incident(), sources={"a": {"title": "A", "published": "1401-05-03"}}),
    ):
        said = [one for one in messages(found) if "Solar Hijri" in one]
        assert len(said) == 1
        assert "write 2022-07-25, the same date in the Gregorian calendar" in said[0]
    # YAML has years as numbers.
    (said,) = (one for one in messages(read(incident(when=1401))) if "1401" in one)
    assert "write 2022-03-21/2023-03-20" in said
    (said,) = (one for one in messages(read(incident(when="1022-05-24"))) if "1022" in one)
    assert "is before 1900; correct it" in said
