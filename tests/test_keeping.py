"""A View keeps or counts every record, and the map document keeps and counts the same ones."""

from __future__ import annotations

import string
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import pytest
from dossiers import claim, incident, presence, workspace
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from twins import Ask
from views import DAYS, GRADED, MADE, VIEWS, media

from geo.places.country import Country
from geo.table.search import fold, words
from geo.table.workspace import Workspace
from geo.view import REASONS, UNNAMED, Selection, Toll, View, apply_view, keep, say_totals, totals
from geo.webmap.document import encode
from geo.webmap.model import document_model

# A machine with other work to do is no fault of the code.
UNHURRIED = settings(deadline=None)


@pytest.fixture(scope="module")
def made(country: Country) -> Workspace:
    return workspace(country, *MADE, sources=GRADED)


@dataclass(frozen=True)
class Data:
    """A workspace that a failing property test can print in a line."""

    name: str
    workspace: Workspace = field(repr=False)


@pytest.fixture(scope="module", params=["own", "made"])
def data(request: pytest.FixtureRequest) -> Data:
    return Data(request.param, request.getfixturevalue(request.param))


@pytest.fixture(scope="module")
def made_data(made: Workspace) -> Data:
    return Data("made", made)


def kept(view: View, found: Workspace) -> set[str]:
    why = keep(view, found.located.table)
    return set(why.index[why == ""])


def everything(found: Workspace) -> set[str]:
    return {record.id for record in found.reading.dossier.records}


@pytest.mark.slow
@UNHURRIED
@given(view=VIEWS)
def test_the_ledger_adds_up_in_every_view(data: Data, view: View) -> None:
    shown = apply_view(view, data.workspace.located.table)
    ledger = shown.ledger
    assert ledger.total == len(data.workspace.reading.dossier.records)
    assert ledger.drawn + sum(ledger.beside.values()) + sum(ledger.out.values()) == ledger.total
    assert ledger.shown == shown.table["record"].nunique()


@UNHURRIED
@given(view=VIEWS)
def test_no_record_is_both_kept_and_out(data: Data, view: View) -> None:
    table = data.workspace.located.table
    shown = apply_view(view, table)
    why = keep(view, table)
    assert list(why.index) == list(dict.fromkeys(table["record"]))
    assert set(why) <= {"", *REASONS}
    assert set(shown.table["record"]) == set(why.index[why == ""])
    assert len(shown.table) == table["record"].isin(why.index[why == ""]).sum()


@UNHURRIED
@given(view=VIEWS)
def test_a_further_filter_never_brings_a_record_back(data: Data, view: View) -> None:
    assert kept(replace(view, kinds=("presence",)), data.workspace) <= kept(
        replace(view, kinds=()), data.workspace
    )


@pytest.mark.slow
@pytest.mark.browser
def test_the_document_counts_as_python_does(data: Data, ask: Ask) -> None:
    model = document_model(data.workspace)
    assert ask("read", encode(model)) == len(data.workspace.reading.dossier.records)

    @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
    @given(view=VIEWS)
    def agree(view: View) -> None:
        (theirs,) = ask("ledgers", [view.to_message()])
        shown = apply_view(view, data.workspace.located.table)
        assert ask("fatalities", [view.to_message()]) == [say_totals(totals(shown))]
        ours = shown.ledger
        assert theirs == {
            "total": ours.total,
            "drawn": ours.drawn,
            "beside": dict(ours.beside),
            "out": dict(ours.out),
        }

    agree()


def test_all_groups_off_shows_nothing(own: Workspace) -> None:
    ledger = apply_view(
        View().without([*own.reading.dossier.groups, UNNAMED]), own.located.table
    ).ledger
    assert (ledger.shown, ledger.drawn, ledger.out["layer"]) == (0, 0, ledger.total)


def test_a_record_of_two_groups_stays_while_one_of_them_is_on(own: Workspace) -> None:
    both = "nrf-aff-guerrilla-attacks-2024"
    for off, expected in (({"nrf"}, True), ({"aff"}, True), ({"nrf", "aff"}, False)):
        assert (both in kept(View().without(off), own)) is expected


def test_switching_off_what_only_parties_say_removes_exactly_those(own: Workspace) -> None:
    groups = [*own.reading.dossier.groups, UNNAMED]
    kinds = ("incident", "presence")
    off = tuple(sorted(f"{group}/{kind}/claimed_only" for group in groups for kind in kinds))
    gone = everything(own) - kept(View(off=off), own)
    table = own.located.table
    assert gone == set(table.loc[table["status"] == "claimed_only", "record"])
    assert gone


@pytest.mark.slow
@UNHURRIED
@given(first=DAYS, days=st.integers(0, 400))
def test_a_month_appears_in_every_window_that_touches_it_and_in_none_for_certain_but_around_it(
    made_data: Data, first: date, days: int
) -> None:
    last = date.max if first == date.max else first + timedelta(days)
    touches = first <= date(2022, 5, 31) and last >= date(2022, 5, 1)
    around = first <= date(2022, 5, 1) and last >= date(2022, 5, 31)
    window, made = View(first=first, last=last), made_data.workspace
    assert ("in-may" in kept(window, made)) is touches
    assert ("in-may" in kept(replace(window, certain=True), made)) is around
    assert ("about-may" in kept(window, made)) is touches
    assert "about-may" not in kept(replace(window, certain=True), made)


def test_an_open_period_reaches_as_far_as_it_may(made: Workspace) -> None:
    late, early = View(first=date(2030, 1, 1)), View(last=date(1990, 1, 1))
    assert kept(late, made) == {"since-may", "unknown-place"}
    assert kept(early, made) == {"by-june"}
    assert kept(replace(early, certain=True), made) == set()
    assert "by-june" in kept(View(last=date(2022, 6, 30), certain=True), made)
    assert kept(View(certain=True), made) == everything(made)


GRADES = {
    ("B", 3): {"b-and-3"},
    ("C", 3): {"b-and-3", "c-and-2", "b-and-6-c-and-2"},
    ("B", None): {"b-and-6", "b-and-3", "b-and-6-c-and-2", "b-and-5"},
    ("B", 5): {"b-and-3", "b-and-5"},
    (None, 2): {"c-and-2", "b-and-6-c-and-2", "f-and-2"},
    ("F", 2): {"f-and-2"},
    ("C", 6): {"b-and-6"},
    ("A", None): set(),
}


@pytest.mark.parametrize(("asked", "expected"), GRADES.items(), ids=range(len(GRADES)))
def test_both_scales_are_asked_of_the_same_claim(
    made: Workspace, asked: tuple[str | None, int | None], expected: set[str]
) -> None:
    grade, credibility = asked
    assert kept(View(grade=grade, credibility=credibility), made) == expected


def test_what_nobody_has_judged_stands_apart_and_is_not_the_worst(made: Workspace) -> None:
    at_all = kept(View(grade="E"), made)
    unjudged = kept(View(grade="F"), made)
    assert at_all
    assert unjudged
    assert not at_all & unjudged
    assert everything(made) - at_all - unjudged == {"only-denied"}
    assert "b-and-6" not in kept(View(credibility=5), made)
    assert "b-and-6-c-and-2" not in kept(View(credibility=6), made)


FILTERS: list[tuple[View, set[str]]] = [
    (View(events=("Battles",)), {"about-may"}),
    (View(against=("civilians",)), {"b-and-6"}),
    (View(provinces=("AF-BAL",)), {"on-a-day", "f-and-2"}),
    (View(districts=("AF1901",)), {"f-and-6"}),
    (View(precisions=("settlement",)), {"on-a-day", "f-and-6"}),
    (View(provinces=("AF-JOW",), precisions=("region",)), {"f-and-2"}),
    (View(attributions=("unattributed",)), {"by-june"}),
    (View(statuses=("disputed",)), {"only-denied"}),
    (View(sources=("fair",)), {"c-and-2", "b-and-6-c-and-2"}),
    (View(sources=("gone",)), set()),
    (View(deaths=5), {"b-and-3", "b-and-6-c-and-2", "f-and-6"}),
    (View(deaths=0), {"b-and-3", "c-and-2", "b-and-6-c-and-2", "b-and-5", "f-and-6"}),
    (View(kinds=("presence",), text="PANJSHĒR"), {"a-presence"}),
    (View(text="مزار"), {"on-a-day"}),
    (View(text="mazar-e sharif"), {"on-a-day"}),
    (View(text="mazar panjshir"), set()),
]


@pytest.mark.parametrize(("view", "expected"), FILTERS, ids=range(len(FILTERS)))
def test_a_filter_keeps_what_it_says(made: Workspace, view: View, expected: set[str]) -> None:
    assert kept(view, made) == expected


def test_stated_and_not_stated_are_all_there_is(made: Workspace) -> None:
    stated, not_stated = (kept(View(deaths=one), made) for one in ("stated", "not_stated"))
    assert stated | not_stated == everything(made)
    assert not stated & not_stated


def test_a_record_is_counted_under_the_first_reason(made: Workspace) -> None:
    view = View(off=("nrf",), first=date(2024, 6, 1), text="nowhere to be found")
    why = keep(view, made.located.table)
    assert why["in-may"] == "layer"
    assert why["by-june"] == "period"
    assert keep(replace(view, off=(), first=None), made.located.table)["in-may"] == "text"


def test_how_it_is_drawn_and_what_is_chosen_keep_nothing_out(made: Workspace) -> None:
    view = View(
        mode="provinces", compare=(date(2001, 1, 1), date(2001, 2, 1)), chosen="in-may",
        province="AF-PAN",
    )  # fmt: skip
    assert kept(view, made) == everything(made)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("Masʿud", "Massud"), ("Mazār-e Šarīf", "Mazar-i-Sarif"), ("كابل", "کابل"),
        ("پنجشېر", "پنجشیر"), ("STRASSE", "Straße"), ("Qari Vali", "kari wali"),
    ],
)  # fmt: skip
def test_spellings_are_found_in_each_other(asked: str, written: str) -> None:
    assert words(asked) == words(written)


@UNHURRIED
@given(st.text(string.ascii_letters, max_size=12))
def test_the_beginning_of_a_word_is_found_while_it_is_typed(word: str) -> None:
    for end in range(1, len(word)):
        assert fold(word[:end]) in fold(word)


def of(*records: dict[str, Any], country: Country) -> Selection:
    data = workspace(country, *records, sources=GRADED)
    assert not data.errors
    return apply_view(View(), data.located.table)


def test_a_figure_that_is_not_stated_enters_no_sum(country: Country) -> None:
    found = totals(of(
        incident(id="eight", claims=[media(killed=8)]),
        incident(id="some", claims=[media(killed={"low": 3, "best": 4, "high": 6})]),
        incident(id="none", claims=[media(killed=0)]),
        incident(id="silent", claims=[media()]),
        incident(id="two-places", where=[{"place": "Panjshir"}, {"place": "Baghlan"}],
                 claims=[claim(killed=10)]),
        presence(claims=[claim(says="presence", killed=100)]),
        country=country,
    ))  # fmt: skip
    assert found.reported == Toll(3, 2, 11, 12, 14)
    assert found.claimed == Toll(1, 1, 10, None, 10)
    assert (found.incidents, found.not_stated, found.deadly) == (5, 1, 3)
    first = "Fatalities: 11 to 14 (best figure 12) as reported by third parties"
    assert say_totals(found).startswith(first)


def test_a_claimed_number_never_enters_the_best_figure(country: Country) -> None:
    found = totals(of(
        incident(id="contradicted", claims=[claim(killed=50), media(killed=2)]),
        incident(id="claimed", claims=[claim(killed=30)]),
        country=country,
    ))  # fmt: skip
    assert found.reported == Toll(1, 1, 2, 2, 50)
    assert found.claimed.best is None


def test_an_open_end_leaves_the_sum_open(country: Country) -> None:
    found = totals(of(
        incident(id="at-least", claims=[media(killed={"low": 20})]),
        incident(id="at-most", claims=[media(killed={"high": 5})]),
        incident(id="known", claims=[media(killed=1)]),
        country=country,
    ))  # fmt: skip
    assert found.reported == Toll(3, 2, 21, None, None)
    assert "at least 21 as reported by third parties, in 3 incidents" in say_totals(found)


@pytest.mark.slow
@UNHURRIED
@given(view=VIEWS)
def test_the_sums_account_for_every_incident_in_view(data: Data, view: View) -> None:
    shown = apply_view(view, data.workspace.located.table)
    found = totals(shown)
    table = shown.table
    assert found.incidents == table.loc[table["kind"] == "incident", "record"].nunique()
    stated = found.reported.incidents + found.claimed.incidents
    assert stated + found.not_stated == found.incidents
    for toll in (found.reported, found.claimed):
        assert toll.deadly <= toll.incidents
        if toll.best is not None and toll.high is not None:
            assert toll.best <= toll.high
