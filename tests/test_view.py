"""A View is one value: what goes out comes back, and its ledger always adds up."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.symbols import STATUSES
from geo.view import UNNAMED, View, Viewport, apply
from geo.workspace import Workspace

KEYS = st.sampled_from(["nrf", "aff", "taliban", "al-qaeda", "isis-k", "united-states", UNNAMED])
LAYERS = st.builds(
    lambda group, kind, status: f"{group}/{kind}/{status.key}",
    KEYS,
    st.sampled_from(["incident", "presence"]),
    st.sampled_from(STATUSES),
)
VIEWS = st.builds(
    lambda off, chosen, province, at: View(
        tuple(sorted(set(off))), chosen, province, at and Viewport(*at)
    ),
    st.lists(KEYS | LAYERS, max_size=12),
    st.none() | st.sampled_from(["an-attack", "taliban-control-2021"]),
    st.none() | st.sampled_from(["AF-PAN", "AF-KAB"]),
    st.none()
    | st.tuples(
        st.integers(-900000, 900000).map(lambda n: n / 10000),
        st.integers(-1800000, 1800000).map(lambda n: n / 10000),
        st.integers(0, 80).map(lambda n: n / 4),
    ),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=10,
)


@given(VIEWS)
def test_an_address_brings_back_the_same_view(view: View) -> None:
    assert View.from_query(view.to_query()) == view


@given(VIEWS)
def test_a_message_brings_back_the_same_view(view: View) -> None:
    assert View.from_message(view.to_message()) == view


@given(JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(
    ["off", "chosen", "province", "viewport"], JSON
)))  # fmt: skip
def test_nothing_a_browser_sends_is_believed_unchecked(message: Any) -> None:
    read = View.from_message(message)
    assert View.from_message(read.to_message()) == read


@pytest.mark.parametrize(
    "query",
    [
        {"off": "<script>,nrf"},
        {"off": "nrf", "at": "a,b,c"},
        {"off": "nrf", "at": "91,0,5"},
        {"off": "nrf", "at": "nan,0,5"},
        {"off": "nrf", "chosen": "../../etc/passwd"},
        {"off": "nrf", "province": "'; drop"},
        {"off": "nrf", "at": "1,2,3,4"},
    ],
)
def test_a_bent_address_opens_what_is_left_of_it(query: dict[str, str]) -> None:
    assert View.from_query(query) == View(off=("nrf",))


@given(VIEWS)
def test_the_ledger_adds_up_in_every_view(own: Workspace, view: View) -> None:
    shown = apply(view, own.located.table)
    ledger = shown.ledger
    assert ledger.total == len(own.reading.dossier.records)
    assert ledger.drawn + sum(ledger.missing.values()) == ledger.total
    assert ledger.shown == shown.table["record"].nunique()


def test_all_groups_off_shows_nothing(own: Workspace) -> None:
    ledger = apply(View().without([*own.reading.dossier.groups, UNNAMED]), own.located.table).ledger
    assert (ledger.shown, ledger.drawn, ledger.missing["layer"]) == (0, 0, ledger.total)


def test_a_record_of_two_groups_stays_while_one_of_them_is_on(own: Workspace) -> None:
    both = "nrf-aff-guerrilla-attacks-2024"
    for off, expected in (({"nrf"}, True), ({"aff"}, True), ({"nrf", "aff"}, False)):
        shown = apply(View().without(off), own.located.table).table["record"]
        assert (both in set(shown)) is expected


def test_switching_off_what_only_parties_say_removes_exactly_those(own: Workspace) -> None:
    groups = [*own.reading.dossier.groups, UNNAMED]
    kinds = ("incident", "presence")
    off = tuple(sorted(f"{group}/{kind}/claimed_only" for group in groups for kind in kinds))
    shown = set(apply(View(off=off), own.located.table).table["record"])
    gone = {record.id for record in own.reading.dossier.records} - shown
    table = own.located.table
    assert gone == set(table.loc[table["status"] == "claimed_only", "record"])
    assert gone
