"""The days of entries, fields and lists, in the forms in which offices write them."""

from __future__ import annotations

import pytest
from told_days import TUESDAY, days

from geo.reports.date_mentions import date_mentions
from geo.reports.datelines import published_in

SHOT = "gunmen shot a guard"
BOMB = "a bomb killed two men"
BOTH = ["2022-05-16", "2022-05-18"]


@pytest.mark.parametrize(
    "text",
    [
        f"* 16/5: {SHOT} in Imam Sahib, Kunduz.\n* 18/5: {BOMB} in Shindand, Herat.",
        f"Kunduz (16.05.): {SHOT} in Imam Sahib.\n\nHerat (18.05.): {BOMB} in Shindand.",
        f"161430D*May22 {SHOT} in Imam Sahib, Kunduz.\n\n181430D*May22 {BOMB} in Shindand, Herat.",
        (
            f"INCIDENT 1\nDate: 16 May 2022\nPlace: Imam Sahib, Kunduz\n{SHOT.capitalize()}.\n\n"
            f"INCIDENT 2\nDate: 18 May 2022\nPlace: Shindand, Herat\n{BOMB.capitalize()}."
        ),
    ],
)
def test_each_entry_has_its_own_day(text):
    assert days(text) == BOTH


@pytest.mark.parametrize("field", ["Date of incident", "Incident date", "Date of the attack"])
def test_the_date_of_an_incident_is_not_that_of_the_text(field):
    text = f"{field}: 16 May 2022\nPlace: Imam Sahib, Kunduz\n{SHOT.capitalize()}."
    assert published_in(text) is None
    assert days(text) == ["2022-05-16"]


def test_the_date_of_a_report_is_that_of_the_text_beside_the_date_of_an_incident():
    text = "Incident date: 16 May 2022\nReport date: 20 May 2022\nPlace: Imam Sahib, Kunduz\nA."
    assert str(published_in(text)) == "2022-05-20"


def test_a_night_beside_its_date_heads_all_of_a_list():
    text = (
        f"Overnight incidents, 16-17 May\n- Kunduz: {SHOT} in Imam Sahib.\n"
        f"- Herat: {BOMB} in Shindand."
    )
    assert days(text) == ["2022-05-16/2022-05-17"] * 2


def test_the_numbers_of_a_thread_are_no_dates():
    text = f"1/3: {SHOT.capitalize()} in Imam Sahib, Kunduz.\n2/3: More soon."
    assert date_mentions(text, TUESDAY) == ()
    assert days(text) == [""]


@pytest.mark.parametrize(
    "text",
    [
        f"May 2022\n\n16th. {SHOT} in Imam Sahib, Kunduz.\n\n18th. {BOMB} in Shindand, Herat.",
        f"Cases, May 2022\n16: {SHOT} in Imam Sahib, Kunduz.\n18: {BOMB} in Shindand, Herat.",
        f"May 2022\n\n16 May. {SHOT} in Imam Sahib, Kunduz.\n\n18 May. {BOMB} in Shindand, Herat.",
    ],
)
def test_a_day_alone_is_of_the_month_that_heads_a_text(text):
    assert days(text) == BOTH


def test_numbers_that_go_on_one_by_one_are_those_of_entries():
    text = f"Cases, May 2022\n16: {SHOT} in Imam Sahib, Kunduz.\n17: {BOMB} in Shindand, Herat."
    assert [one.value.edtf for one in date_mentions(text, TUESDAY)] == ["2022-05"]


@pytest.mark.parametrize(
    "when",
    [
        "Date: 16 May.",
        "When: 16 May, in the morning.",
        "Monday 16 May, 10 a.m.",
        "Monday of last week, 10 p.m.",
        "(16 May, 10:00 hrs)",
        "The date was 16 May.",
        "This was on 16 May, as the shops opened.",
    ],
)
def test_a_day_alone_after_what_was_told_is_its_day(when):
    assert days(f"{SHOT.capitalize()} in Imam Sahib, Kunduz. {when}") == ["2022-05-16"]


def test_a_day_alone_in_front_of_what_is_told_is_not_that_of_what_was_told():
    text = f"{SHOT.capitalize()} in Imam Sahib, Kunduz. 18 May. {BOMB.capitalize()} in Herat city."
    assert days(text) == ["", "2022-05-18"]
    assert days(f"{SHOT.capitalize()} in Imam Sahib, Kunduz. He left on 16 May.") == [""]
