"""What holds for the mentions of every text: their words, their order, and the time they take."""

from __future__ import annotations

import sys
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.dossier.intake import read_dossier
from geo.events.parties.actors import Registry
from geo.reports.date_mentions import date_mentions
from geo.reports.datelines import published_in
from geo.reports.group_mentions import group_mentions
from geo.reports.mentions import GroupMention, PlaceMention
from geo.reports.place_mentions import place_mentions

DAY = date(2022, 5, 24)
PIECES = [
    "Kabul", "Kunduz", "Nahr-e Saraj", "district", "province", "provinces", "of", "in", "the", ",",
    "and", " ", "\n", ".", "\u2019s", "'", "(", ")", "-", "\u2013", "north", "northern", "Mullah",
    "Taliban", "Haqqani", "Islamic State", "Front", "U.S.", "NRF", "May", "5", "2022", "Monday",
    "last", "night", "since", "ago", "three days", "1401", "Sawr", "9999", "0000", "31", "/",
    "\u2028", "\u00a0", "Panjshir", "Valley", "KABUL, Afghanistan (Sept. 20, 2012) \u2013",
    "\u0301", "\u0130", "the previous month", "year", "Surobi", "Los Angeles", "1 January", "to",
    "29 February",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
)


@pytest.fixture(scope="module")
def readers(country, data_folder):
    dossier = read_dossier((data_folder / "incidents.yaml").read_bytes()).dossier
    registry = Registry.of_folder(data_folder, dossier.groups)
    return (
        lambda text: place_mentions(text, country),
        lambda text: group_mentions(text, dossier, registry, DAY),
        lambda text: date_mentions(text, DAY),
        lambda text: date_mentions(text, date.min),
        date_mentions,
    )


@given(text=TEXTS)
def test_every_mention_holds_its_words_in_order_and_without_overlaps(readers, text):
    for read in readers:
        mentions = read(text)
        assert all(text[one.start : one.end] == one.text != "" for one in mentions)
        assert all(one.end <= two.start for one, two in pairwise(mentions))
        assert all(_says_or_asks(one.value) for one in mentions)


def _says_or_asks(value) -> bool:
    """Whether a mention has a value, or else a question."""
    if isinstance(value, PlaceMention):
        location = value.location
        open_ = bool(location.candidates or location.suggestions) and bool(location.note)
        return open_ if location.status in {"ambiguous", "unknown"} else bool(location.name)
    has_value = bool(value.key if isinstance(value, GroupMention) else value.edtf)
    return has_value != bool(value.question)


@given(text=TEXTS)
def test_the_day_of_publication_never_raises(text):
    day = published_in(text)
    assert day is None or isinstance(day, date)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "Kabul, ", "A-", "Aa district ", "from 1 May to ", "1/1/", "the end of ", "(", "'", "\n",
        "Taliban and ", "northern and ", "since last ", "2021-", "A'",
    ],
)  # fmt: skip
def test_the_work_grows_no_faster_than_the_text(readers, piece):
    """Counted in steps of the interpreter, which no other load changes."""
    short, long = (steps(readers, piece * (size // len(piece))) for size in (2_000, 8_000))
    assert long < 6 * short + 20_000


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["1 January to ", "Kabul, May 1 ", "the end of the ", "A" * 50])
def test_a_long_text_is_read_to_its_end(readers, piece):
    """The limit of time of every test is the only one here: a pattern that runs away meets it."""
    text = piece * (60_000 // len(piece))
    for read in readers[:3]:
        assert all(text[one.start : one.end] == one.text for one in read(text))


def steps(readers, text: str) -> int:
    count = 0

    def trace(_frame, _event, _argument):
        nonlocal count
        count += 1

    sys.setprofile(trace)
    try:
        for read in readers[:3]:
            read(text)
    finally:
        sys.setprofile(None)
    return count
