"""Positions and numbers of people as people write them: read as far as stated, or asked about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import limits
from geo.dossier.records import Count, Where
from geo.written.coordinates import MOST_M, read_coordinates
from geo.written.figures import read_figure

BOX = (60.0, 29.0, 75.0, 39.0)
SECONDS = 21
"""Metres from a point near 34 N to the corner of a second around it, rounded up."""


@pytest.mark.parametrize(
    ("text", "metres", "because"),
    [
        ("34.53, 69.17", 722, "0.01 degrees"),
        ("34,53 69,17", 722, "0.01 degrees"),
        ("34.5300 69.1700", 8, "0.0001 degrees"),
        ("N34.53 E69.17", 722, "0.01 degrees"),
        ("69.17 E, 34.53 N", 722, "0.01 degrees"),
        ("POINT (69.17 34.53)", 722, "0.01 degrees"),
        ("lat 34.53 lon 69.17", 722, "0.01 degrees"),
        ("34\N{DEGREE SIGN}31'48\"N 69\N{DEGREE SIGN}10'12\"E", SECONDS, "1 second"),
        ("34d31m48s 69d10m12s", SECONDS, "1 second"),
        ("343148N 0691012E", SECONDS, "1 second"),
        ("34\N{DEGREE SIGN}31.8' N 69\N{DEGREE SIGN}10.2' E", 121, "0.1 minutes"),
        ("۳۴٫۵۳ ۶۹٫۱۷", 722, "0.01 degrees"),
    ],
)
def test_a_position_has_the_uncertainty_of_its_notation(text, metres, because):
    found = read_coordinates(text, box=BOX)
    assert (found.lat, found.lon) == (pytest.approx(34.53), pytest.approx(69.17))
    assert found.uncertainty_m == metres
    assert because in found.because
    assert found.order
    assert (found.question, found.candidates) == ("", ())


def test_an_mgrs_reference_is_the_square_that_it_names():
    found = [read_coordinates(text) for text in ("42S WD 1 2", "42SWD1620", "42S WD 16234 56789")]
    assert [one.uncertainty_m for one in found] == [7072, 708, 1]
    assert ["square of 10,000 m" in found[0].because, found[0].order] == [True, ""]
    assert "open; a point may have at most 25 km" in read_coordinates("42S WD").question


def test_the_order_of_two_numbers_is_asked_about_where_the_text_does_not_say_it():
    first, second = read_coordinates("34.53, 69.17").candidates
    assert (first.lat, first.lon, second.lat, second.lon) == (34.53, 69.17, 69.17, 34.53)
    assert [one.words.partition(" (")[2] for one in (first, second)] == [
        "latitude first)", "longitude first)",
    ]  # fmt: skip
    # A degree of longitude is shorter the farther north it is.
    assert second.uncertainty_m < first.uncertainty_m
    turned = read_coordinates("69.17, 34.53", box=BOX)
    assert (turned.lat, turned.question[:31]) == (None, "Longitude seems to be first: on")
    (only,) = read_coordinates("169.2, 34.5", box=BOX).candidates
    assert (only.lat, only.lon) == (34.5, 169.2)
    assert only.words.endswith("(longitude first)")
    neither = read_coordinates("10.5, 20.5", box=BOX)
    assert "Neither order" in neither.question
    assert len(neither.candidates) == 2
    # A longitude of more than 90 degrees cannot be a latitude.
    assert read_coordinates("34.5, 169.2", box=BOX).lat == 34.5


@pytest.mark.parametrize("text", ["34, 69", "34 N 69 E", "34.0, 69.0"])
def test_whole_degrees_are_too_coarse_for_a_point(text):
    found = read_coordinates(text, box=BOX)
    assert found.lat is None
    assert found.question.startswith("Whole degrees leave 73 km open; a point may have at most 25")


@pytest.mark.parametrize(
    "text", ["near Kabul", "34.53", "34,53", "91, 181", "42S", "N E", "x" * 9999]
)
def test_what_is_not_a_position_says_what_can_be_written(text):
    found = read_coordinates(text, box=BOX)
    assert (found.lat, found.candidates) == (None, ())
    assert "Write latitude and longitude, such as" in found.question
    assert len(found.question) < 500


def test_the_largest_uncertainty_is_that_of_a_record():
    field = Where.model_json_schema()["properties"]["uncertainty_m"]["anyOf"][0]
    assert field["maximum"] == MOST_M


signs = st.text("0123456789.,;-+NSEW \N{DEGREE SIGN}'\"dmsgeo:/()", max_size=40)


@given(st.text(max_size=40) | signs, st.sampled_from([None, BOX]))
def test_no_text_is_a_fault_of_a_position(text, box):
    found = read_coordinates(text, box=box)
    assert (found.lat is None) == (found.lon is None) == (found.uncertainty_m is None)
    assert bool(found.lat is not None or found.question) == bool(text.strip())
    if found.lat is not None:
        point = {"lat": found.lat, "lon": found.lon, "uncertainty_m": found.uncertainty_m}
        Where(place="X", basis="source_coordinates", **point)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("12.0", 12),
        ("۱۲", 12),
        ("1,200", 1200),
        ("10-15", {"low": 10, "high": 15}),
        ("10 \N{EN DASH} 15", {"low": 10, "high": 15}),
        ("0-5", {"low": 0, "high": 5}),
        ("at least 10", {"low": 10, "said": "at least 10"}),
        ("At least ten", {"low": 10, "said": "At least ten"}),
        ("up to 20", {"high": 20, "said": "up to 20"}),
        ("more than 30", {"low": 31, "said": "more than 30"}),
        ("fewer than 5", {"high": 4, "said": "fewer than 5"}),
        ("about 40", {"best": 40, "said": "about 40"}),
        ("12 (best), 10 to 15", {"low": 10, "best": 12, "high": 15}),
        ("12 (10-15)", {"low": 10, "best": 12, "high": 15}),
        ("10-15, best 12", {"low": 10, "best": 12, "high": 15}),
        ("low 10, best 12, high 15", {"low": 10, "best": 12, "high": 15}),
        ("5 civilians killed", {"low": 5, "best": 5, "high": 5, "said": "5 civilians killed"}),
    ],
)
def test_a_number_of_people_is_read_as_far_as_it_is_stated(text, value):
    found = read_figure(text)
    assert (found.value, found.question, found.candidates) == (value, "", ())
    if isinstance(value, dict):
        assert Count(**value)


@pytest.mark.parametrize(
    "text", ["0", "none", "None reported", "no casualties", "nobody was killed",
             "no deaths reported", "nil", "0 killed", "fewer than 1", "zero", "0-0"],
)  # fmt: skip
def test_nothing_is_zero_without_asking(text):
    found = read_figure(text, what="injured")
    assert found.value is None
    assert found.question.startswith("Did the source say that nobody was injured?")
    yes, no = found.candidates
    assert dict(yes.fields) == {"low": 0, "best": 0, "high": 0, "said": text}
    assert Count(**dict(yes.fields)).best == 0
    assert (no.fields, no.words) == ((), "No: it gives no figure.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dozens", "'dozens' is not a number; leave the figure out"),
        ("several", "is not a number"),
        ("unknown", "Leave the figure out if the source gives none."),
        ("?", "Leave the figure out if the source gives none."),
        ("3 injured", "is not a number"),
        ("12 casualties", "is not a number"),
        ("5 killed and 3 injured", "is not a number"),
        ("-3", "is not a number"),
        ("3.5", "is not a number"),
        ("15-10", "is not a number"),
        ("12 (13-15)", "Low, best and high must be in ascending order."),
        ("3000000", "At most 2,000,000 can be given."),
        ("1" * 1000, f"at most {limits.MAX_LINE} are read"),
    ],
)
def test_words_and_figures_of_others_are_not_a_number_of_people(text, said):
    found = read_figure(text)
    assert (found.value, found.candidates) == (None, ())
    assert said in found.question


def test_an_empty_figure_is_not_given_and_asks_nothing():
    assert (read_figure(" ").value, read_figure(" ").question) == (None, "")


figure_words = st.sampled_from([
    "0", "12", "15", "at least", "about", "none", "no", "best", "-", "to", "(", ")", ",", "killed",
    "low", "high", "dozens", "up to", "1,200",
])  # fmt: skip


@given(st.text(max_size=40) | st.lists(figure_words, max_size=7).map(" ".join))
def test_no_text_is_a_fault_of_a_figure_and_none_becomes_zero(text):
    found = read_figure(text)
    assert bool(found.value is not None or found.question) == bool(text.strip())
    if isinstance(found.value, int):
        assert found.value > 0
    elif found.value is not None:
        count = Count(**found.value)
        assert max(one for one in (count.low, count.best, count.high) if one is not None) > 0
