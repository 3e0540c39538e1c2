"""What is kept between figures changes nothing in them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from geo.snapshot.content.recipe import Recipe
from geo.snapshot.map.map_figure import canvas_for
from geo.snapshot.map.planning import plan_map
from geo.snapshot.output import writing
from geo.snapshot.output.agg import pixels_of
from geo.snapshot.output.making import make
from geo.snapshot.output.writing import draw_page, own_rules
from geo.table.workspace import Workspace
from geo.workspace import open_workspace


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return open_workspace(today=date(2026, 1, 1))


@pytest.mark.slow
@pytest.mark.parametrize(("size", "variant"), [("web", "colour"), ("half-slide", "dark")])
def test_letters_that_are_kept_give_the_pixels_of_matplotlibs_own_renderer(
    workspace, size: str, variant
):
    title = "۲۸ د لړم کابل, Panjšir; فارسی — Ελλάδα"
    snapshot = make(workspace, Recipe(size=size, variant=variant, title=title))
    for page in snapshot.figure_pages:
        with own_rules():
            ours = pixels_of(draw_page(page, 96), 96).copy()
            again = pixels_of(draw_page(page, 96), 96)
            figure = draw_page(page, 96)
            figure.set_dpi(96)
            canvas = FigureCanvasAgg(figure)
            canvas.draw()
            assert np.array_equal(ours, np.asarray(canvas.buffer_rgba()))
        assert np.array_equal(ours, again)
        assert (ours[..., 3] == 255).all()


@pytest.mark.slow
def test_a_png_has_every_pixel_of_the_page(workspace):
    snapshot = make(workspace, Recipe(size="web"))
    page = snapshot.figure_pages[0]
    with own_rules():
        drawn = pixels_of(draw_page(page, 96), 96)
    with Image.open(io.BytesIO(snapshot.png()[0])) as opened:
        assert np.array_equal(np.asarray(opened.convert("RGBA")), drawn)


@pytest.mark.slow
def test_a_figure_is_the_same_after_figures_of_other_records_and_parts(workspace):
    recipe = Recipe(size="web")
    first = make(workspace, recipe)
    before = first.png(), first.svg()
    province = next(iter(workspace.country.provinces)).code
    for other in (replace(recipe.view, provinces=(province,)), recipe.view.without(["nrf"])):
        make(workspace, replace(recipe, view=other)).png()
    again = make(workspace, recipe)
    assert (again.png(), again.svg()) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    "change", [{"title": "Another title"}, {"note": "Of the editor."}, {"variant": "dark"}]
)
def test_a_figure_that_says_the_same_in_other_words_finds_no_places_anew(
    workspace, change, monkeypatch
):
    recipe = Recipe(size="web")
    first = make(workspace, recipe).figure_pages[0]
    before = first.plan
    changed = make(workspace, replace(recipe, **change))
    kept = changed.figure_pages[0]
    # A note takes its line from the height of the map, which is then another one.
    assert (kept.plan is before) == (
        kept.page.map == make(workspace, recipe).figure_pages[0].page.map
    )
    shown = changed.png(), changed.svg()
    monkeypatch.setattr(writing, "kept_plan", plan_map)
    alone = make(workspace, replace(recipe, **change))
    assert (alone.png(), alone.svg()) == shown
    assert alone.figure_pages[0].plan is not before


def test_a_figure_of_other_records_finds_its_own_places(workspace):
    recipe = Recipe(size="web")
    before = make(workspace, recipe).figure_pages[0].plan
    fewer = replace(recipe, view=recipe.view.without(["nrf"]))
    assert make(workspace, fewer).figure_pages[0].plan is not before


def test_figures_of_one_part_share_their_land_and_those_of_other_countries_do_not(workspace):
    frame = make(workspace, Recipe(size="web")).content.frame
    assert canvas_for(frame, 500.0, 400.0) is canvas_for(replace(frame), 500.0, 400.0)
    other = replace(frame, country=replace(frame.country))
    assert canvas_for(other, 500.0, 400.0) is not canvas_for(frame, 500.0, 400.0)
