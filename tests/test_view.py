"""A View is one value: what goes out as a message or an address comes back as it was."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from views import VIEWS

from geo.view import EVERYTHING, View, Viewport

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=10,
)


@given(VIEWS)
def test_an_address_brings_back_the_same_view(view: View) -> None:
    assert View.from_query(view.to_query()) == view


@given(VIEWS)
def test_a_message_brings_back_the_same_view(view: View) -> None:
    message = view.to_message()
    assert View.from_message(message) == view
    assert View.from_message(json.loads(json.dumps(message))) == view


@given(VIEWS)
def test_an_address_names_only_what_is_not_as_usual(view: View) -> None:
    usual = EVERYTHING.to_message()
    names = {name for name, value in view.to_message().items() if value != usual[name]}
    assert {"viewport" if name == "at" else name for name in view.to_query()} == names


def test_a_message_names_every_field() -> None:
    names = [{"first": "from", "last": "to"}.get(one.name, one.name) for one in fields(View)]
    assert list(EVERYTHING.to_message()) == names


@pytest.mark.slow
@given(JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(EVERYTHING.to_message(), JSON)))
def test_nothing_a_browser_sends_is_believed_unchecked(message: Any) -> None:
    read = View.from_message(message)
    assert View.from_message(read.to_message()) == read
    assert View.from_query(read.to_query()).to_query() == read.to_query()


@given(st.dictionaries(st.sampled_from([*EVERYTHING.to_message(), "at"]), st.text(max_size=12)))
def test_no_address_is_refused(query: dict[str, str]) -> None:
    read = View.from_query(query)
    assert View.from_query(read.to_query()) == read


@pytest.mark.parametrize(
    "bent",
    [
        {"off": "<script>,nrf"},
        {"at": "a,b,c"},
        {"at": "91,0,5"},
        {"at": "nan,0,5"},
        {"at": "1,2,3,4"},
        {"chosen": "../../etc/passwd"},
        {"province": "'; drop"},
        {"from": "2024-02-30", "to": "May"},
        {"from": "20240501"},
        {"certain": "yes"},
        {"events": "battles", "kinds": "rumour", "statuses": "true", "attributions": "x"},
        {"grade": "G", "credibility": "7"},
        {"credibility": "0"},
        {"deaths": "-1"},
        {"deaths": "9" * 5000},
        {"deaths": "٣"},
        {"text": "a\x00b"},
        {"mode": "satellite"},
        {"compare": "2024-01-01"},
        {"compare": "2024-01-01,"},
        {"sources": "A B,-", "districts": "a b", "provinces": "af-kab", "against": "!"},
    ],
)
def test_a_bent_address_opens_what_is_left_of_it(bent: dict[str, str]) -> None:
    assert View.from_query({"off": "nrf"} | bent) == View(off=("nrf",))


def test_lists_and_texts_have_an_end() -> None:
    read = View.from_message({"off": [f"g{n}" for n in range(50_000)], "text": "x" * 5000})
    assert read == EVERYTHING


def test_an_address_reads_as_a_sentence() -> None:
    view = View(
        first=date(2024, 1, 1),
        certain=True,
        events=("Explosions/Remote violence",),
        deaths=3,
        compare=(date(2023, 1, 1), date(2023, 12, 31)),
        viewport=Viewport(34.5, 69.2, 7.25),
    )
    assert view.to_query() == {
        "from": "2024-01-01",
        "certain": "1",
        "events": "Explosions/Remote violence",
        "deaths": "3",
        "compare": "2023-01-01,2023-12-31",
        "at": "34.5,69.2,7.25",
    }
