"""The provinces of what short texts tell, in many ways of saying where something was.

``event_place_cases.csv`` has texts of our own by kind: *told* (words for what happened), *untold*
(the same words where nothing of the kind happened), *elsewhere* (other places in the sentence),
*discourse* (heads, lists and what follows), *presence*, *named* (ways to write a place), *mixed*.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from short_texts import read_short, records_of

from benchmarks.reading_events import provinces_of
from geo.reports import scene_places
from geo.reports.sameness import possible_provinces

with (Path(__file__).parent / "event_place_cases.csv").open(encoding="utf-8", newline="") as file:
    CASES = [(row["text"], row["provinces"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("text", "provinces"), CASES)
def test_what_is_told_is_in_the_provinces_where_it_was_and_no_other(text, provinces):
    records = records_of(text, date(2021, 7, 7))
    codes = {code.removeprefix("AF-") for one in records for code in provinces_of(one)}
    assert " ".join(sorted(codes)) == provinces


def test_twice_as_long_a_text_takes_twice_as_many_looks_at_where_its_places_are(monkeypatch):
    looks = []
    monkeypatch.setattr(
        scene_places, "possible_provinces", lambda one: looks.append(one) or possible_provinces(one)
    )
    told = (
        "Gunmen killed two men in Taluqan on Monday. The mayor of Kunduz mourned the killing.\n\n"
    )
    counts = []
    for times in (20, 40):
        looks.clear()
        read_short(told * times, date(2022, 5, 20))
        counts.append(len(looks))
    assert 0 < counts[1] <= 2.1 * counts[0]
