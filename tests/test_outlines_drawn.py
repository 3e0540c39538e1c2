"""Outlines lie on the map where they lie on the ground, and what is around the country is quiet."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import shapely
from browsing import Tab, open_map, page_script, with_modules
from recording import SHARE

from geo.places.country import Country
from geo.places.neighbours import fading_borders
from geo.table.workspace import Workspace
from geo.webmap.model import document_model

Open = Callable[..., Tab]

EDGES = page_script("outlines_drawn.js", "edges")
WRITTEN = page_script("outlines_drawn.js", "written")


@pytest.fixture
def tab(page: Open, map_file: Path) -> Tab:
    return open_map(page(width=1440, height=900), map_file)


def zoomed(tab: Tab, lat: float, lon: float, zoom: float) -> None:
    tab.page.evaluate(
        "([lat, lon, zoom]) => map_incidents.setView([lat, lon], zoom, { animate: false })",
        [lat, lon, zoom],
    )


@pytest.mark.slow
@pytest.mark.browser
def test_every_province_is_drawn_where_it_lies_at_each_zoom(tab: Tab, own: Workspace) -> None:
    model = document_model(own)
    for zoom in (None, 5.75, 8.25, 12):
        if zoom is not None:
            zoomed(tab, 34.5, 69.2, zoom)
        found = tab.page.evaluate(EDGES, model["provinces"])
        assert len(found) == 34
        for code, drawn_x, x, drawn_y, y in found:
            assert drawn_x == pytest.approx(x, abs=1.2), (zoom, code)
            assert drawn_y == pytest.approx(y, abs=1.2), (zoom, code)


@pytest.mark.slow
@pytest.mark.browser
def test_moving_the_map_lays_no_outline_out_anew_and_zooming_all(tab: Tab) -> None:
    tab.page.evaluate(page_script("outlines_drawn.js", "watchOutlines"))
    before: list[str] = tab.page.evaluate(WRITTEN)
    tab.page.evaluate("map_incidents.panBy([120, 60], { animate: false })")
    assert tab.page.evaluate(WRITTEN) == before
    assert tab.page.evaluate("window.anew") == 0
    tab.page.evaluate("map_incidents.setZoom(map_incidents.getZoom() + 1, { animate: false })")
    after: list[str] = tab.page.evaluate(WRITTEN)
    assert len(after) == len(before)
    assert not {*after} & {*before}


@pytest.mark.browser
def test_a_browser_without_the_newest_reader_of_base64_opens_the_map(
    page: Open, map_file: Path
) -> None:
    tab = page(width=1440, height=900, fresh=True)
    tab.page.add_init_script("delete Uint8Array.fromBase64")
    open_map(tab, map_file)
    assert tab.page.evaluate("Uint8Array.fromBase64") is None
    assert tab.page.locator(".im-province").count() == 34
    assert tab.errors == []


def _around(own: Workspace) -> dict[str, Any]:
    around: dict[str, Any] = document_model(own)["around"]
    return around


def test_the_name_of_a_neighbour_stands_on_its_ground(own: Workspace, country: Country) -> None:
    ground = {near.name: near.outline for near in country.neighbours}
    names = _around(own)["names"]
    assert len(names) > 5
    for one in names:
        assert ground[one["name"]].contains(shapely.Point(one["lon"], one["lat"])), one["name"]


def test_no_line_runs_where_the_data_were_cut_off_or_along_the_country(country: Country) -> None:
    whole = country.provinces.whole
    outlines = [near.outline for near in country.neighbours]
    rim = shapely.convex_hull(shapely.union_all([whole, *outlines])).boundary
    borders = fading_borders(whole, outlines)
    strengths = [opacity for opacity, _ in borders]
    assert strengths == sorted(strengths, reverse=True)
    for opacity, lines in borders:
        assert lines.length > 1, opacity
        assert lines.distance(rim) > 0.05, opacity
        assert lines.distance(whole.boundary) > 0.03, opacity


def test_each_border_is_there_once(country: Country) -> None:
    whole = country.provinces.whole
    lines = [one for _, one in fading_borders(whole, [n.outline for n in country.neighbours])]
    together = shapely.union_all(lines)
    assert together.length == pytest.approx(sum(one.length for one in lines), rel=1e-6)


COUNTED = page_script("outlines_counted.js")


SIZES = [(1440, 900), (820, 1180), (390, 844)]
ENDS = ["", "#panel=none", "#time=none", "#mode=provinces&off=nrf"]
EVERY_DAY = [(0, 0), (1, 1), (2, 2), (0, 3), (2, 0)]
"""Sizes and ends by their place: each of both, and the two most used sizes of the plain map."""
OPENED = list(product(SIZES, ENDS)) if SHARE else [(SIZES[i], ENDS[j]) for i, j in EVERY_DAY]


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(("size", "end"), OPENED)
def test_a_map_that_opens_is_fitted_and_drawn_once(
    page: Open, map_file: Path, tmp_path: Path, size: tuple[int, int], end: str
) -> None:
    html = with_modules(map_file.read_text(encoding="utf-8"))
    before, start, after = html.rpartition("IncidentMap.start({")
    file = tmp_path / "counted.html"
    file.write_text(before + COUNTED + start + after, encoding="utf-8")
    tab = open_map(page(width=size[0], height=size[1]), file, end)
    tab.page.evaluate("() => new Promise((go) => setTimeout(() => requestAnimationFrame(go), 400))")
    assert tab.page.evaluate("[window.fits, window.draws]") == [1, 1]
    assert tab.errors == []
