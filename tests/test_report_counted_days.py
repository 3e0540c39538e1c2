"""The days of two events of which one is told by its distance from the other."""

from __future__ import annotations

import pytest
from told_days import TUESDAY, days

from geo.reports.date_mentions import date_mentions

SHOT = "Gunmen shot three guards in Imam Sahib, Kunduz, on Saturday"
BOMB = "a bomb killed two men in Shindand, Herat"
BEFORE = ["2022-05-21", "2022-05-19"]


@pytest.mark.parametrize(
    "joined",
    [
        ", two days after ",
        ". The attack came two days after ",
        ". The shooting in Imam Sahib took place barely two days after ",
        ".\n\nTwo days earlier, ",
    ],
)
def test_a_day_counted_from_another_event_is_that_of_the_other(joined):
    assert days(f"{SHOT}{joined}{BOMB}.") == BEFORE


@pytest.mark.parametrize("words", ["Earlier in the day", "Later in the evening"])
def test_another_hour_of_the_day_is_on_that_day(words):
    assert days(f"{SHOT}. {words}, {BOMB}.") == ["2022-05-21"] * 2


def test_an_hour_of_a_day_that_nothing_names_is_no_date():
    assert date_mentions("Two died later in the day. He left.", TUESDAY) == ()


def test_somebody_who_came_a_day_after_is_not_what_was_told():
    text = "On 5 May he was taken. His brother came two days after gunmen let him go."
    assert date_mentions(text, TUESDAY)[-1].value.edtf == ""


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("in the week to 22 May", "2022-05-16/2022-05-22"),
        ("in the seven days up to 22 May", "2022-05-16/2022-05-22"),
        ("w/e 22 May", "2022-05-16/2022-05-22"),
        ("w/c 16 May", "2022-05-16/2022-05-22"),
        ("a week ago yesterday", "2022-05-16"),
        ("on Sunday/Monday night", "2022-05-22/2022-05-23"),
    ],
)
def test_a_week_by_one_of_its_ends_and_a_night_by_both_are_read(words, edtf):
    (found,) = date_mentions(f"Two men died {words} near a bridge.", TUESDAY)
    assert found.value.edtf == edtf


def test_a_bomb_went_off_on_the_day_on_which_it_killed():
    text = "A bomb planted on Sunday killed three guards in Imam Sahib, Kunduz, on Monday."
    assert days(text) == ["2022-05-23"]


def test_a_reporting_period_dates_what_has_no_other_date():
    text = (
        "Reporting period: 1-15 May 2022\n\nKunduz province: Taliban killed three civilians in "
        "Imam Sahib district.\n\nHerat province: a bomb killed two men in Shindand on 4 May."
    )
    assert days(text) == ["2022-05-01/2022-05-15", "2022-05-04"]


def test_the_hour_after_the_name_of_a_day_is_no_day_of_the_month():
    values = [one.value.edtf for one in date_mentions("Two died. Monday, 10 a.m.", TUESDAY)]
    assert values == ["2022-05-23"]
