"""Random Views for property tests, and a small dossier in which every filter finds something."""

from __future__ import annotations

from datetime import date
from typing import Any

from dossiers import SOURCE, claim, incident, presence
from hypothesis import strategies as st

from geo.view import UNNAMED, View, Viewport
from geo.wording.vocabulary import ATTRIBUTIONS, PRECISIONS, STATUSES

KEYS = st.sampled_from(["nrf", "aff", "taliban", "al-qaeda", "isis-k", "united-states", UNNAMED])
LAYERS = st.builds(
    lambda group, kind, status: f"{group}/{kind}/{status.key}",
    KEYS,
    st.sampled_from(["incident", "presence"]),
    st.sampled_from(STATUSES),
)
DAYS = st.dates(date(2001, 1, 1), date(2026, 12, 31)) | st.sampled_from(
    [date.min, date(2022, 5, 1), date(2022, 5, 31), date(2024, 1, 1), date(2024, 12, 31), date.max]
)


def some(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values, max_size=4).map(lambda found: tuple(sorted(set(found))))


def among(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return some(st.sampled_from(values))


FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "off": some(KEYS | LAYERS),
    "first": DAYS,
    "last": DAYS,
    "certain": st.booleans(),
    "kinds": among("incident", "presence"),
    "events": among("Battles", "Explosions/Remote violence", "Riots"),
    "against": among("taliban", "nrf", "civilians"),
    "statuses": some(st.sampled_from([meaning.key for meaning in STATUSES])),
    "attributions": some(st.sampled_from(list(ATTRIBUTIONS))),
    "reviews": among("draft", "unreviewed", "approved", "withdrawn"),
    "drafts": st.booleans(),
    "sources": among("hudson-2024", "new-american-2022", "report", "good", "fair", "nobody"),
    "grade": st.none() | st.sampled_from("ABCDEF"),
    "credibility": st.none() | st.integers(1, 6),
    "precisions": some(st.sampled_from([meaning.key for meaning in PRECISIONS])),
    "provinces": among("AF-PAN", "AF-KAB", "AF-BAL", "AF-TAK"),
    "districts": among("AF0101", "AF1901", "AF2101"),
    "deaths": st.none() | st.sampled_from(["stated", "not_stated"]) | st.integers(0, 30),
    "text": st.sampled_from(["panjsher", "Massoud, ATTACK", "کابل", "UN", "q"])
    | st.text(max_size=12).filter(lambda text: View.from_message({"text": text}).text == text),
    "mode": st.sampled_from(["precise", "provinces"]),
    "compare": st.none() | st.tuples(DAYS, DAYS).map(lambda days: (min(days), max(days))),
    "counting": st.sampled_from(["records", "origins"]),
    "coverage": st.booleans(),
    "chosen": st.none() | st.sampled_from(["an-attack", "taliban-control-2021"]),
    "province": st.none() | st.sampled_from(["AF-PAN", "AF-KAB"]),
    "viewport": st.none()
    | st.builds(
        Viewport,
        st.integers(-900000, 900000).map(lambda n: n / 10000),
        st.integers(-1800000, 1800000).map(lambda n: n / 10000),
        st.integers(0, 80).map(lambda n: n / 4),
    ),
}


def forwards(**asked: Any) -> View:
    """A View whose period begins before it ends; no reader gives another."""
    if {"first", "last"} <= asked.keys():
        asked["first"], asked["last"] = sorted((asked["first"], asked["last"]))
    return View(**asked)


# A few fields at a time: a View that asks everything at once keeps nothing, and tests nothing.
VIEWS: st.SearchStrategy[View] = st.lists(
    st.sampled_from(list(FIELDS)), max_size=5, unique=True
).flatmap(lambda names: st.builds(forwards, **{name: FIELDS[name] for name in names}))

GRADED: dict[str, Any] = {
    "good": SOURCE | {"reliability": "B"},
    "fair": SOURCE | {"reliability": "C"},
    "poor": SOURCE | {"reliability": "E"},
    "report": SOURCE,
}


def media(**changes: Any) -> dict[str, Any]:
    """A claim of somebody who is no party to it."""
    return claim(by="A paper", role="media", says="occurrence", text="Reports it.") | changes


MADE: tuple[dict[str, Any], ...] = (
    incident(id="in-may"),
    incident(id="about-may", when="2022-05~", event_type="Battles"),
    incident(id="on-a-day", when="2022-05-10", where=[{"place": "Mazar-i-Sharif"}]),
    incident(id="since-may", when="2022-05-10/..", where=[{"place": "Afghanistan"}]),
    incident(id="by-june", when="../2022-06", where=[], by=[]),
    incident(id="b-and-6", claims=[media(source="good")], against=["civilians"]),
    incident(id="b-and-3", claims=[media(source="good", credibility=3, killed=5)]),
    incident(id="c-and-2", claims=[media(source="fair", credibility=2, killed=0)]),
    incident(id="b-and-6-c-and-2", claims=[
        media(source="good"), media(source="fair", credibility=2, killed={"low": 20}),
    ]),
    incident(id="b-and-5", claims=[media(source="good", credibility=5, killed={"high": 4})]),
    incident(id="f-and-2", claims=[media(credibility=2)], where=[{"place": "the north"}]),
    incident(id="f-and-6", claims=[claim(killed=12)], where=[
        {"place": "Kunduz", "kind": "settlement"}, {"place": "Los Angeles"},
    ]),
    incident(id="only-denied", claims=[claim(by="taliban", role="opposing_party", says="denial")]),
    presence(),
    presence(id="unknown-place", title="Present", where=[{"place": "Xqz"}], first="2022-05-10/.."),
)  # fmt: skip
