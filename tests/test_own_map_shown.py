"""The user's own base map in the document and in figures: offline, credited, and with a switch."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import own_maps as made
import pytest
from browsing import Tab, page_script
from PIL import Image
from playwright.sync_api import expect

from geo import Recipe, View, document, make_figure, open_workspace
from geo.errors import IntakeError
from geo.places.country.own_map import OwnMap
from geo.table.workspace import Workspace
from geo.view import Viewport
from geo.webmap.base_map import base_facts
from geo.webmap.own_map import own_block

CREDIT = "© The surveyors of roads"
KABUL = Viewport(34.5, 69.2, 10)
# Two roads that cross in Kabul, away from marks, and nothing else there.
CROSS = [(68.9, 34.3), (69.5, 34.7), (69.5, 34.3), (68.9, 34.7)]
PIXELS = page_script("base_map.js", "pixelsOf")
Open = Callable[..., Tab]


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    file = made.roads(tmp_path_factory.mktemp("own") / "roads.pmtiles", CROSS, zooms=(5, 11))
    return open_workspace(base_map=file)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return the workspace over one red picture of the whole world."""
    red = io.BytesIO()
    Image.new("RGB", (256, 256), (255, 0, 0)).save(red, "PNG")
    file = tmp_path_factory.mktemp("own") / "red.pmtiles"
    file.write_bytes(made.archive({0: red.getvalue()}, {"attribution": "Us"}, kind=made.PNG))
    return open_workspace(base_map=file)


def own_of(workspace: Workspace) -> OwnMap:
    base = workspace.country.base_map
    assert base is not None
    assert base.own is not None
    return base.own


def figure(workspace: Workspace, variant: str = "colour", off: tuple[str, ...] = ()) -> np.ndarray:
    view = View(viewport=KABUL, base_off=off)
    recipe = Recipe(size="web", variant=variant, view=view)
    [png, *_] = make_figure(workspace, recipe).png()
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def test_the_document_holds_the_lines_as_they_are_in_the_file(mapped: Workspace) -> None:
    country = mapped.country
    block = own_block(own_of(mapped), country, (60.0, 29.0))
    assert [(kind, rank) for kind, rank, _ in block["shapes"]] == [
        ("road", 1),
        ("road", 2),
        ("road", 3),
    ]
    for (_, _, lines), ends in zip(block["shapes"], pairwise(CROSS), strict=True):
        points = np.concatenate([np.array(one).reshape(-1, 2).cumsum(axis=0) for one in lines])
        points = points / block["steps"] + (60.0, 29.0)
        for end in ends:
            assert np.abs(points - end).max(axis=1).min() < 0.001


def test_what_is_not_drawn_of_the_file_is_said_beside_its_switch(
    mapped: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = mapped.country.base_map
    assert base is not None
    fresh = replace(base, own=OwnMap.read(own_of(mapped).archive.source.path))
    monkeypatch.setattr("geo.limits.MAX_CUT_POINTS", 12)
    facts = base_facts(fresh, mapped.country)
    assert facts["parts"][-1] == "own"
    assert re.search(
        r"zooms above \d+ are not drawn: zoom \d+ has more than 12 points", facts["notes"][-1]
    )


@pytest.mark.slow
@pytest.mark.browser
def test_roads_are_drawn_at_a_town_offline_with_their_credit_and_a_switch(
    page: Open, mapped: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "map.html"
    file.write_text(document(mapped), encoding="utf-8")
    tab = page(width=1440, height=900)
    tab.page.goto(f"{file.as_uri()}#at=34.65,69.42,11&base_off=boundaries,places,relief,water")
    credit = tab.page.locator(".im-own-credit")
    expect(credit).to_contain_text(CREDIT)
    assert tab.page.evaluate(PIXELS, "lines") > 500
    tab.page.get_by_text("Base map", exact=True).click()
    tab.page.locator("[data-key='base:own']").click()
    tab.page.wait_for_url("**base_off=boundaries,own,places,relief,water*")
    expect(credit).to_be_hidden()
    assert tab.page.evaluate(PIXELS, "lines") == 0
    tab.page.get_by_text("About this map").click()
    expect(tab.page.locator(".im-about li", has_text=CREDIT)).to_be_visible()
    assert tab.abroad == []
    assert tab.errors == []


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_lie_pale_under_the_map(
    page: Open, pictures: Workspace, tmp_path: Path, scheme: str
) -> None:
    file = tmp_path / "map.html"
    file.write_text(document(pictures), encoding="utf-8")
    tab = page(theme=scheme, width=1000, height=700)
    tab.page.goto(f"{file.as_uri()}#at=34.5,69.2,9&base_off=boundaries,places,relief,water")
    expect(tab.page.locator(".im-own-credit")).to_contain_text("Us")
    for _ in range(100):
        if tab.page.evaluate(PIXELS, "relief"):
            break
        tab.page.wait_for_timeout(50)
    assert tab.page.evaluate(PIXELS, "relief") > 100_000
    assert tab.abroad == []
    assert tab.errors == []


@pytest.mark.slow
def test_a_figure_draws_the_roads_and_names_their_source(mapped: Workspace) -> None:
    drawn, bare = figure(mapped), figure(mapped, off=("own",))
    assert 200 < (np.abs(drawn - bare).max(axis=2) > 30).sum() < 60_000
    made_figure = make_figure(mapped, Recipe(size="web", view=View(viewport=KABUL)))
    assert any(CREDIT in line for line in made_figure.content.credits)
    assert "What roads.pmtiles shows was not checked." in made_figure.content.base_notes
    assert "#bba98f" in made_figure.svg()[0].decode()


@pytest.mark.slow
def test_a_figure_in_grey_has_no_colour_of_a_picture(pictures: Workspace) -> None:
    everything = ("boundaries", "places", "relief", "water")
    colour, grey = (figure(pictures, variant, everything) for variant in ("colour", "grey"))
    assert (colour[..., 0] - colour[..., 1] > 30).sum() > 50_000
    assert (np.ptp(grey, axis=2) < 12).mean() > 0.99


def test_a_picture_that_cannot_be_read_is_refused_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "bad.pmtiles"
    file.write_bytes(made.archive({0: made.png(9, 9)}, {}, kind=made.PNG))
    with pytest.raises(IntakeError, match=r"the picture at -85\.0511, -180\.0000 is damaged"):
        figure(open_workspace(base_map=file))
