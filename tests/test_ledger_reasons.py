"""What the ledger says of a record that is not shown is true of that record, in every view."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from dossiers import incident, presence, workspace
from hypothesis import given, settings
from hypothesis import strategies as st
from views import GRADED, MADE, VIEWS

from geo.dossier.evidence import attribution_of, figures_of, stances, status_of
from geo.dossier.records import Record
from geo.places.country import Country
from geo.places.locations import Location
from geo.table.search import words
from geo.table.workspace import Workspace
from geo.view import REASONS, UNNAMED, View, apply_view, keep, say_ledger
from geo.wording import vocabulary

REASON_WORDS = {one.key: one.label for one in vocabulary.REASONS}
HELD = settings(deadline=None, max_examples=150)
Holds = Callable[[View, Record, list[Location], Workspace], bool]


def is_off(view: View, record: Record, _: list[Location], found: Workspace) -> bool:
    status = status_of(record, found.reading.dossier.sources)
    layers = [(key, f"{key}/{record.kind}/{status}") for key in record.groups or (UNNAMED,)]
    return all(group in view.off or layer in view.off for group, layer in layers)


def may_lie_outside(view: View, record: Record, *_: object) -> bool:
    """Whether some day that the record may be of is not within the dates, or it is approximate."""
    period = record.period
    # An open end reaches beyond every day, the first and the last of the calendar included.
    before = view.first is not None and not (period.earliest and period.earliest >= view.first)
    after = view.last is not None and not (period.latest and period.latest <= view.last)
    return before or after or (view.certain and period.approximate)


def graded(view: View, record: Record, _: list[Location], found: Workspace) -> bool:
    """Whether what is asked of reliability and credibility leaves the record out."""
    sources = found.reading.dossier.sources
    claims = [
        (sources[one.source].reliability, one.credibility)
        for one, stance in zip(record.claims, stances(record.claims), strict=True)
        if stance == "asserts"
    ]
    rated = [one for one, _ in claims if one != "F"], [one for _, one in claims if one != 6]
    if (view.grade == "F" and rated[0]) or (view.credibility == 6 and rated[1]):
        return True
    return not any(
        one <= (view.grade or "F") and credibility <= (view.credibility or 6)
        for one, credibility in claims
    )


def elsewhere(view: View, _: Record, places: list[Location], __: Workspace) -> bool:
    provinces = {code for place in places for code in place.provinces}
    districts = {place.district for place in places}
    by_province = bool(view.provinces) and provinces.isdisjoint(view.provinces)
    return by_province or (bool(view.districts) and districts.isdisjoint(view.districts))


def other_deaths(view: View, record: Record, *_: object) -> bool:
    figures = figures_of(record, "killed") if record.kind == "incident" else None
    stated = figures is not None and figures.stated
    if view.deaths in {"stated", "not_stated"}:
        return stated != (view.deaths == "stated")
    known = [figures.low, figures.best, figures.high] if figures else []
    least = next((one for one in known if one is not None), None)
    return not stated or least is None or least < int(view.deaths or 0)


def lacks_a_word(view: View, record: Record, _: list[Location], found: Workspace) -> bool:
    text = found.located.table.set_index("record").loc[[record.id], "search"].iloc[0]
    return any(word not in text for word in words(view.text))


def against(record: Record) -> set[str]:
    return set(getattr(record, "against", ()))


TRUE_OF: Mapping[str, Holds] = {
    "switched off": is_off,
    "not known to fall within the dates": may_lie_outside,
    "of another record type": lambda view, record, *_: record.kind not in view.kinds,
    "of another or no stated event type": lambda view, record, *_: (
        getattr(record, "event_type", None) not in view.events
    ),
    "not stated to be against any of these": lambda view, record, *_: against(record).isdisjoint(
        view.against
    ),
    "of another verification status": lambda view, record, _, found: (
        status_of(record, found.reading.dossier.sources) not in view.statuses
    ),
    "of another attribution": lambda view, record, *_: (
        attribution_of(record) not in view.attributions
    ),
    "in another state of review": lambda view, record, _, found: (
        found.located.reviews[record.id].state not in view.reviews
    ),
    "from none of these sources": lambda view, record, *_: {
        one.source for one in record.claims
    }.isdisjoint(view.sources),
    "excluded by reliability or credibility": graded,
    "of another location precision": lambda view, _, places, __: {
        place.precision for place in places
    }.isdisjoint(view.precisions),
    "excluded by province or district": elsewhere,
    "excluded by fatalities": other_deaths,
    "missing at least one of these words": lacks_a_word,
}
"""A predicate for each wording, written from the wording and the record, not from the filter."""
SHAPES = st.sampled_from(MADE)
WHEN = st.sampled_from(["2022", "2022-05~", "2022-05-10?", "../2022-06", "2024-05-10/.."])
WHERE = st.sampled_from(["Panjshir", "Kabul city", "Afghanistan", "Xqz", "Los Angeles", "Bazarak"])


@st.composite
def written(draw: st.DrawFn) -> dict[str, object]:
    """A record as a dossier writes it: one of the made ones, at another time and place."""
    shape = dict(draw(SHAPES))
    when = {"first" if "first" in shape else "when": draw(WHEN)}
    places = draw(st.lists(WHERE, max_size=2, unique=True))
    return shape | when | {"where": [{"place": place} for place in places]}


def check(view: View, found: Workspace) -> None:
    why = keep(view, found.located.table)
    places = found.located.places
    records = {record.id: record for record in found.reading.dossier.records}
    assert sorted(why.index) == sorted(records), "each record has one answer"
    ledger = apply_view(view, found.located.table).ledger
    for reason in REASONS:
        said, counted = REASON_WORDS[reason], list(why.index[why == reason])
        assert ledger.out[reason] == len(counted)
        assert (f" {len(counted)} {said}" in say_ledger(ledger, "Afghanistan")) == bool(counted)
        for key in counted:
            assert TRUE_OF[said](view, records[key], places[key], found), (said, key)


@pytest.fixture(scope="module")
def made(country: Country) -> Workspace:
    return workspace(country, *MADE, sources=GRADED)


@pytest.mark.slow
@HELD
@given(view=VIEWS)
def test_each_reason_is_true_of_each_record_it_counts_in_the_dossier(
    own: Workspace, view: View
) -> None:
    check(view, own)


@pytest.mark.slow
@HELD
@given(view=VIEWS)
def test_each_reason_is_true_of_each_record_with_every_kind_of_claim(
    made: Workspace, view: View
) -> None:
    check(view, made)


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(view=VIEWS, shapes=st.lists(written(), min_size=1, max_size=6))
def test_each_reason_is_true_of_each_record_that_is_made_up(
    country: Country, view: View, shapes: list[dict[str, object]]
) -> None:
    records = [shape | {"id": f"record-{n}"} for n, shape in enumerate(shapes)]
    found = workspace(country, *records, sources=GRADED)
    check(view, found)


def test_a_record_with_one_of_two_words_is_not_said_to_be_without_them(country: Country) -> None:
    found = workspace(country, incident(title="An attack on a convoy"), presence())
    said = say_ledger(
        apply_view(View(text="attack harvest"), found.located.table).ledger, "Afghanistan"
    )
    assert "2 missing at least one of these words" in said


def test_a_record_that_names_no_target_is_not_said_to_have_another(country: Country) -> None:
    found = workspace(country, incident(against=[]))
    said = say_ledger(
        apply_view(View(against=("taliban",)), found.located.table).ledger, "Afghanistan"
    )
    assert said == "0 of 1 drawn · 1 not stated to be against any of these"


def test_a_record_in_one_area_of_two_is_not_said_to_be_in_neither(country: Country) -> None:
    found = workspace(country, incident(where=[{"place": "Panjshir"}]))
    view = View(provinces=("AF-PAN",), districts=("AF0101",))
    said = say_ledger(apply_view(view, found.located.table).ledger, "Afghanistan")
    assert said == "0 of 1 drawn · 1 excluded by province or district"


def test_every_wording_has_a_predicate() -> None:
    assert set(TRUE_OF) == set(REASON_WORDS.values())
