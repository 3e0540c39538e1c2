"""Silence is not peace: how many sources speak of each province, in figures and in the browser."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pptx
import pytest
from dossiers import claim, incident, presence, workspace
from hypothesis import given, settings
from hypothesis import strategies as st
from twins import Ask
from views import DAYS, GRADED, MADE, media

from geo.briefing.slides import slides
from geo.counts.coverage import (
    COVERAGE_STEPS,
    NOT_PEACE,
    PARTS_NOT_COVERED,
    coverage_step,
    source_coverage,
    sources_by_province,
)
from geo.handover.reducing import reduce_workspace
from geo.places.country import Country
from geo.snapshot.content.composing import compose, with_digests
from geo.snapshot.content.content import Content
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.output.making import make
from geo.snapshot.output.vector import as_svg
from geo.table.workspace import Workspace
from geo.view import EVERYTHING, View
from geo.webmap.document import encode
from geo.webmap.model import document_model

DAY = date(2026, 11, 21)
YEAR = View(first=date(2022, 1, 1), last=date(2022, 12, 31), coverage=True)
LABEL = "{http://www.inkscape.org/namespaces/inkscape}label"


@pytest.fixture(scope="module")
def made(country: Country) -> Workspace:
    """Records of which the days and the places are open in every way, and one that is withdrawn."""
    more = (
        incident(id="two-sources", claims=[claim(), media(source="good")]),
        incident(id="withdrawn-one", where=[{"place": "Nimroz"}], withdrawn_because="A mistake."),
        presence(id="for-years", where=[{"place": "Herat"}], first="2021-06", last="2023-02"),
    )  # fmt: skip
    return workspace(country, *MADE, *more, sources=GRADED)


@pytest.fixture(scope="module", params=["own", "made"])
def data(request: pytest.FixtureRequest) -> Workspace:
    found: Workspace = request.getfixturevalue(request.param)
    return found


def test_each_year_has_the_sources_that_the_counts_have(data: Workspace) -> None:
    by_year: dict[tuple[date, date], dict[str, int]] = {}
    for one in source_coverage(data, first=date(2020, 1, 1), last=date(2025, 12, 31)):
        by_year.setdefault((one.first, one.last), {})[one.province] = one.high
    assert len(by_year) == 6
    for (first, last), numbers in by_year.items():
        assert sources_by_province(data, first, last) == numbers, first


def test_what_is_withdrawn_speaks_of_nothing(made: Workspace, country: Country) -> None:
    assert "withdrawn-one" in {one.id for one in made.reading.dossier.records}
    assert sources_by_province(made)["AF-NIM"] == 0
    kept = workspace(country, incident(where=[{"place": "Nimroz"}]))
    assert sources_by_province(kept)["AF-NIM"] == 1


def test_every_number_of_sources_has_the_step_that_names_it() -> None:
    for number in range(12):
        step = COVERAGE_STEPS[coverage_step(number)]
        assert step.first <= number
        assert step.last is None or number <= step.last


@pytest.fixture(scope="module")
def model_read(ask: Ask, made: Workspace) -> Ask:
    assert ask("read", encode(document_model(made))) == len(made.reading.dossier.records)
    return ask


SPANS = st.lists(st.tuples(st.none() | DAYS, st.none() | DAYS), min_size=1, max_size=6)


@pytest.mark.browser
@settings(deadline=None, max_examples=40)
@given(spans=SPANS)
def test_the_browser_counts_the_sources_of_any_period_as_the_program_does(
    model_read: Ask, made: Workspace, spans: list[tuple[date | None, date | None]]
) -> None:
    asked = [[day and day.isoformat() for day in span] for span in spans]
    for (first, last), numbers in zip(spans, model_read("coverage", asked), strict=True):
        assert numbers == list(sources_by_province(made, first, last).values()), (first, last)


def test_a_file_with_a_part_of_the_records_never_takes_the_rest_for_silence(
    own: Workspace,
) -> None:
    view = replace(YEAR, off=("nrf",))
    found = reduce_workspace(own, [view])
    model = document_model(found.workspace, view=found.views[0])
    assert model["coverage"] == {"steps": [], "note": PARTS_NOT_COVERED}
    content = composed(found.workspace, found.views[0])
    assert not content.coverage
    assert PARTS_NOT_COVERED in content.warnings
    assert NOT_PEACE not in str(content.legend)


# --- figures


def composed(own: Workspace, view: View) -> Content:
    return compose(own, with_digests(own, Recipe(view=view, as_of=DAY)))


def labels(content: Content) -> list[str]:
    return [
        item.label
        for part in content.legend
        if part.heading == "Source coverage"
        for item in part.items
    ]


def test_a_figure_names_the_silence_in_legend_notes_and_text(own: Workspace) -> None:
    content = composed(own, replace(YEAR, first=date(2023, 1, 1), last=date(2023, 12, 31)))
    said = "No source in the dossier covers any province in 2023 except Kabul."
    assert said in content.warnings
    assert content.alt_text.endswith(said)
    assert labels(content) == ["No source (33)", "3 or more sources (1)", NOT_PEACE]


def test_with_province_totals_only_silence_is_drawn(own: Workspace) -> None:
    content = composed(own, replace(YEAR, mode="provinces"))
    assert set(content.coverage.values()) == {0}
    assert labels(content) == ["No source (23)", NOT_PEACE]


def test_without_the_layer_nothing_says_anything_of_it(own: Workspace) -> None:
    content = composed(own, EVERYTHING)
    assert not content.coverage
    assert labels(content) == []
    # So that a recipe of before has the same text, and its files the same names.
    assert not {"coverage", "counting"} & Recipe().view.to_recipe().keys()
    recipe = Recipe(view=replace(YEAR, counting="origins"))
    assert Recipe.from_json(recipe.to_json()) == recipe


@pytest.mark.slow
@pytest.mark.parametrize("variant", ["colour", "grey", "dark"])
def test_the_layer_is_a_group_of_its_own_with_the_names_of_provinces(
    own: Workspace, variant: Any
) -> None:
    snapshot = make(own, Recipe(view=YEAR, as_of=DAY, variant=variant))
    root = ET.fromstring(as_svg(snapshot.figure_pages[0], 1, 1))  # noqa: S314 - made here a moment ago
    (group,) = [each for each in root.iter() if each.get("id") == "Coverage"]
    names = {each.get(LABEL) for each in group if each.get(LABEL)}
    drawn = {code for code, step in snapshot.content.coverage.items() if step < 3}
    provinces = own.country.provinces
    assert names == {each.name for each in provinces if each.code in drawn}
    order = [each.get("id") for each in root.iter() if each.get(LABEL) and each.get("id")]
    assert order.index("Land") < order.index("Coverage") < order.index("Boundaries")


@pytest.mark.slow
def test_the_layer_is_a_group_of_shapes_on_a_slide(own: Workspace) -> None:
    deck = pptx.Presentation(io.BytesIO(slides(make(own, Recipe(view=YEAR, as_of=DAY)))))
    figure = next(one for one in deck.slides[0].shapes if one.name.startswith("Map "))
    group = next(one for one in figure.shapes if one.name == "Coverage")
    assert len(group.shapes) == 33
    texts = [" ".join(text.text_frame.text.split()) for text in _texts(deck)]
    assert any("That does not mean that nothing happened." in text for text in texts)


def _texts(deck: Any) -> list[Any]:
    def below(shapes: Any) -> Any:
        for one in shapes:
            if one.shape_type == 6:  # a group
                yield from below(one.shapes)
            elif one.has_text_frame:
                yield one

    return [one for slide in deck.slides for one in below(slide.shapes)]
