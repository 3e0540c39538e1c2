"""The day on which somebody spoke is not that of what was told."""

from __future__ import annotations

import pytest
from told_days import days

TOLD = "the governor said gunmen shot three guards in Imam Sahib district of Kunduz"


@pytest.mark.parametrize(
    "opening",
    [
        "Speaking on Sunday,",
        "Talking to reporters on Sunday,",
        "Addressing a press conference on Sunday,",
        "When contacted on Sunday,",
        "Reached by telephone on Sunday,",
        "Briefing journalists in Kabul on Sunday,",
        "In a telephone interview on Sunday,",
        "At a news conference on Sunday,",
        "On Sunday",
        "Late on Sunday, in Kabul,",
    ],
)
def test_a_day_before_the_words_is_not_that_of_the_deed_after_them(opening):
    assert "2022-05-22" not in days(f"{opening} {TOLD} on Saturday.")
    assert "2022-05-21" in days(f"{opening} {TOLD} on Saturday.")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        (f"Speaking on Sunday, {TOLD}.", ""),
        (f"In an interview on Sunday, {TOLD}.", ""),
        ("Gunmen shot three guards in Imam Sahib, Kunduz, it emerged on Sunday.", ""),
        ("Gunmen shot three guards in Imam Sahib, Kunduz, the agency learned late on Sunday.", ""),
        (
            (
                "A baker reached by phone on Sunday said that gunmen shot three guards in Imam "
                "Sahib, Kunduz, on Saturday."
            ),
            "2022-05-21",
        ),
        (
            (
                "Radio Kunduz, in a programme at 1530 on Sunday, said that gunmen shot three "
                "guards in Imam Sahib the previous day."
            ),
            "2022-05-21",
        ),
        (f"On Friday, {TOLD}.", "2022-05-20"),
        (
            (
                "On Friday, police said, gunmen shot three guards in Imam Sahib, Kunduz, as on "
                "Thursday."
            ),
            "2022-05-20",
        ),
    ],
)
def test_only_the_day_of_the_deed_dates_it(text, edtf):
    assert edtf in days(text)


KILLED = "three guards shot by gunmen in Imam Sahib, Kunduz"


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        (f"On Sunday hundreds mourned {KILLED}.", ""),
        (f"{KILLED.capitalize()}, were buried on Sunday.", ""),
        (f"{KILLED.capitalize()}, on Saturday were buried on Sunday.", "2022-05-21"),
        (f"A funeral was held on Sunday for {KILLED}, on Saturday.", "2022-05-21"),
        (f"Shops reopened on Sunday, after {KILLED}, on Saturday were buried.", "2022-05-21"),
        (f"Hundreds protested on Sunday over the death of {KILLED}, the day before.", "2022-05-21"),
        ("A bomb hit a funeral in Imam Sahib, Kunduz, on Sunday and killed three.", "2022-05-22"),
        ("A bomb that was buried in Imam Sahib, Kunduz, killed three on Sunday.", "2022-05-22"),
    ],
)
def test_the_day_of_a_burial_or_a_protest_is_not_that_of_the_deed(text, edtf):
    assert days(text) == [edtf]
