"""Twelve records may come from five origins, and the map counts them as the program does."""

from __future__ import annotations

import re
from typing import Any

import pytest
from dossiers import SOURCE, claim, incident, workspace
from hypothesis import given, settings
from hypothesis import strategies as st
from twins import Ask
from views import MADE, VIEWS, media

from geo.counts.origin_counts import OriginCount, count_origins, origins_by_group
from geo.dossier.lineage import joined_by_marks, known_origins
from geo.places.country import Country
from geo.snapshot.content.composing import compose, with_digests
from geo.snapshot.content.recipe import Recipe
from geo.table.workspace import Workspace
from geo.view import View, apply_view
from geo.webmap.document import encode
from geo.webmap.model import document_model

JUDGED: dict[str, Any] = {
    "good": SOURCE | {"reliability": "B", "independent_group": "a"},
    "fair": SOURCE | {"reliability": "C", "independent_group": "b"},
    "poor": SOURCE | {"reliability": "E"},
    "report": SOURCE | {"independent_group": "c"},
    "sister": SOURCE | {"independent_group": "a"},
}


@pytest.fixture(scope="module")
def judged(country: Country) -> Workspace:
    """A dossier in which the lineage of most sources is known."""
    more = (
        incident(id="of-a-sister", claims=[media(by="Sister", source="sister")]),
        incident(id="of-an-agency", claims=[media(by="B", source="fair", via="An agency")]),
        incident(id="by-the-agency", claims=[media(by="an  AGENCY", source="good")]),
        incident(id="nobody-knows", claims=[media(by="C", source="poor")]),
        incident(id="one-release", claims=[media(by="D", source="report", origin="release")]),
        incident(id="denied-too", claims=[
            media(by="E", source="fair"),
            claim(by="taliban", role="opposing_party", says="denial", source="report"),
        ]),
    )  # fmt: skip
    found = workspace(country, *MADE, *more, sources=JUDGED)
    assert len(found.reading.dossier.records) == len(MADE) + len(more)
    return found


def test_records_of_one_press_release_are_one_origin(country: Country) -> None:
    claims = [
        media(by=f"Paper {at}", source="good" if at % 2 else "fair", origin="release")
        for at in range(12)
    ]
    records = [incident(id=f"attack-{at}", claims=[one]) for at, one in enumerate(claims)]
    own = workspace(country, *records, sources=JUDGED)
    evidence = own.located.evidence.values()
    assert count_origins(evidence, own.reading.dossier.sources) == OriginCount(12, 1, 0)


def test_what_nobody_has_judged_adds_no_origin_and_is_counted_apart(judged: Workspace) -> None:
    sources, evidence = judged.reading.dossier.sources, judged.located.evidence
    some = [evidence[key] for key in ("nobody-knows", "one-release", "of-an-agency")]
    assert str(count_origins(some, sources)) == (
        "3 records from 2 known origins, 1 of unknown lineage"
    )
    assert count_origins([], sources) == OriginCount(0, 0, 0)


def test_a_denial_is_not_where_a_record_comes_from(judged: Workspace) -> None:
    sources, evidence = judged.reading.dossier.sources, judged.located.evidence
    assert count_origins([evidence["denied-too"]], sources).origins == 1


def test_one_record_has_as_many_origins_as_decide_its_status(judged: Workspace) -> None:
    sources = judged.reading.dossier.sources
    for one in judged.located.evidence.values():
        asserting = [claim for claim, stance in one.claims if stance == "asserts"]
        assert count_origins([one], sources).origins == len(known_origins(asserting, sources))


MARKS = st.lists(st.integers(0, 12), min_size=1, max_size=3, unique=True)
CASES = st.lists(st.lists(st.lists(MARKS, max_size=3), max_size=8), min_size=1, max_size=8)


@pytest.mark.browser
@settings(deadline=None)
@given(cases=CASES)
def test_the_browser_joins_origins_as_the_program_does(
    ask: Ask, cases: list[list[list[list[int]]]]
) -> None:
    for records, (number, origins, unknown, said) in zip(cases, ask("origins", cases), strict=True):
        joined = joined_by_marks([set(marks) for own in records for marks in own])
        expected = OriginCount(len(records), len(joined), sum(not own for own in records))
        assert OriginCount(number, origins, unknown) == expected
        assert said == str(expected)


@pytest.fixture(scope="module")
def model_read(ask: Ask, judged: Workspace) -> Ask:
    assert ask("read", encode(document_model(judged))) == len(judged.reading.dossier.records)
    return ask


@pytest.mark.browser
@settings(deadline=None, max_examples=25)
@given(views=st.lists(VIEWS, min_size=4, max_size=8))
def test_in_any_view_the_browser_counts_the_origins_of_each_group(
    model_read: Ask, judged: Workspace, views: list[View]
) -> None:
    evidence, sources = judged.located.evidence, judged.reading.dossier.sources
    answers = model_read("originsByGroup", [view.to_message() for view in views])
    for view, answer in zip(views, answers, strict=True):
        kept = apply_view(view, judged.located.table).table["record"].unique()
        found = origins_by_group([evidence[key] for key in kept], sources)
        assert {key: said for key, said in answer.items() if said != "0 records"} == {
            key: str(count) for key, count in found.items()
        }


def test_a_figure_counts_origins_where_its_view_does(judged: Workspace) -> None:
    def labels(view: View) -> tuple[str, list[str]]:
        part = compose(judged, with_digests(judged, Recipe(view=view))).legend[0]
        return part.heading, [item.label for item in part.items]

    heading, plain = labels(View())
    assert heading == "Groups"
    assert all(re.search(r"\(\d+\)$", label) for label in plain)
    heading, counted = labels(View(counting="origins"))
    assert heading == "Groups, by known origin"
    found = origins_by_group(judged.located.evidence.values(), judged.reading.dossier.sources)
    assert found["nrf"].unknown
    assert counted[0] == f"NRF ({found['nrf'].origins}, {found['nrf'].unknown} of unknown lineage)"
