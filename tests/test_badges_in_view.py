"""Wherever the map looks: the badge of an area that is seen is seen, in its area or abroad."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from browsing import KNOW_MAPS, Tab, page_script
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.table.workspace import Workspace
from geo.webmap.model import document_model

pytestmark = pytest.mark.browser

At = tuple[float, float]
SIZES = [(1280, 720), (1440, 900), (390, 844)]
# Where the map looks: latitude, longitude, zoom.
CUT = {"Badakhshan": (37.2, 71.3), "Panjshir": (35.4, 69.7), "Kabul": (34.5, 69.3)}
RIM = 8
"""Pixels at the edge of the map that stay free of badges."""
ROOMY = {"province": 32, "area": 56}
"""A circle of so many pixels of radius holds a number, or the name of a region, with ease."""
FINE = 5
"""Borders are known to so many pixels."""
MOST_LEADER = 96 + 8

SEEN = page_script("badges_in_view.js", "badgesSeen")


@pytest.fixture(scope="module")
def land(own: Workspace) -> dict[str, BaseGeometry]:
    """Return every outline that the document draws, by the key of its badge."""
    model = document_model(own)
    codes = [province["code"] for province in model["provinceList"]]
    found = {
        f"province:{code}": shape(feature["geometry"])
        for code, feature in zip(codes, model["provinces"]["features"], strict=True)
    }
    found |= {f"area:{each['id']}": shape(each["geometry"]) for each in model["areas"]["features"]}
    return found


class View:
    """What is seen of the map, in pixels from its upper left corner."""

    def __init__(self, seen: dict[str, Any], land: dict[str, BaseGeometry]) -> None:
        self.badges = seen["badges"]
        self.room = shapely.box(*seen["room"])
        self.taken = shapely.union_all([shapely.box(*each) for each in seen["taken"]])
        size = 256 * 2 ** seen["zoom"]

        def project(lon_lat: Any) -> Any:
            lon, lat = np.radians(lon_lat).T
            y = size / 2 * (1 - np.log(np.tan(np.pi / 4 + lat / 2)) / np.pi)
            x = size / 2 * (1 + lon / np.pi)
            return np.column_stack([x - seen["origin"][0], y - seen["origin"][1]])

        self.land = {key: shapely.transform(each, project) for key, each in land.items()}

    def roomy(self, key: str) -> bool:
        """Whether so much of an area is seen and free that a badge must stand there."""
        free = self.land[key].intersection(self.room.buffer(-RIM)).difference(self.taken)
        return not free.buffer(-ROOMY[key.partition(":")[0]]).is_empty

    def others(self, key: str) -> BaseGeometry:
        own = self.land[key]
        return shapely.union_all([
            each for code, each in self.land.items()
            if code.startswith("province:") and not own.contains(each.representative_point())
        ])  # fmt: skip

    def faults(self, keys: set[str]) -> Iterator[str]:
        boxes = {badge["key"]: shapely.box(*badge["box"]) for badge in self.badges}
        for key in keys:
            if self.roomy(key) and not (key in boxes and boxes[key].within(self.room)):
                yield f"{key} is seen and its badge is not"
        yield from self.on_others(boxes)
        yield from self.on_one_another(boxes)

    def on_others(self, boxes: dict[str, BaseGeometry]) -> Iterator[str]:
        for badge in self.badges:
            key, box = badge["key"], boxes[badge["key"]]
            if badge["kind"] == "small":
                if self.others(key).contains(box.centroid):
                    yield f"the number of {badge['title']} stands on another province"
            elif box.buffer(-FINE).intersects(self.others(key)):
                yield f"{badge['title']} stands on another province"

    def on_one_another(self, boxes: dict[str, BaseGeometry]) -> Iterator[str]:
        for badge in self.badges:
            key, box = badge["key"], boxes[badge["key"]]
            line = badge["line"] and shapely.LineString(np.reshape(badge["line"], (2, 2)))
            if line and line.length > MOST_LEADER:
                yield f"the leader of {badge['title']} is {line.length:.0f} pixels long"
            for other in self.badges:
                if other["key"] != key and box.buffer(-0.6).intersects(boxes[other["key"]]):
                    yield f"{badge['title']} covers {other['title']}"
                if line and other["key"] != key and line.intersects(boxes[other["key"]]):
                    yield f"the leader of {badge['title']} crosses {other['title']}"


def opened(page: Callable[..., Tab], size: tuple[int, int], file: Path, end: str = "") -> Tab:
    tab = page(width=size[0], height=size[1], alone=True)
    tab.page.add_init_script(KNOW_MAPS)
    tab.page.goto(file.as_uri() + end)
    tab.page.locator(".im-ledger-total").wait_for(state="attached")
    tab.page.locator(".im-plate").first.wait_for()
    return tab


def look(tab: Tab, lat: float, lon: float, zoom: float) -> None:
    tab.page.evaluate(
        "at => window.leaflets[0].setView([at[0], at[1]], at[2], { animate: false })",
        [lat, lon, zoom],
    )


def views(nth: int) -> Iterator[tuple[str, tuple[float, float], float, At]]:
    """Name, middle, zoom, and by how much of the map's width and height it is panned away."""
    rng = random.Random(11 + nth)  # noqa: S311 - the same views each time
    for name, middle in CUT.items():
        for by in ((0.46, 0), (-0.46, 0), (0, 0.46), (0, -0.46)):
            yield name, middle, rng.choice([7, 8, 9]), by
    for _ in range(8):
        middle = (rng.uniform(33.5, 37.5), rng.uniform(66.5, 71.5))
        yield "anywhere", middle, rng.uniform(6.5, 11), (0, 0)


@pytest.mark.parametrize("mode", ["", "#mode=provinces"])
@pytest.mark.parametrize("size", SIZES)
def test_the_badge_of_an_area_in_view_is_in_view(
    page: Callable[..., Tab], map_file: Path, land: dict[str, BaseGeometry],
    size: tuple[int, int], mode: str,
) -> None:  # fmt: skip
    tab = opened(page, (1920, 1080), map_file, mode)
    keys = {badge["key"] for badge in tab.page.evaluate(SEEN)["badges"]}
    assert len(keys) >= 7
    tab = opened(page, size, map_file, mode)
    faults = [("home", fault) for fault in View(tab.page.evaluate(SEEN), land).faults(keys)]
    seen = 0
    for name, (lat, lon), zoom, (x, y) in views(SIZES.index(size)):
        look(tab, lat, lon, zoom)
        tab.page.evaluate(
            page_script("badges_in_view.js", "panBy"),
            [x, y],
        )
        view = View(tab.page.evaluate(SEEN), land)
        where = f"{name} {lat:.2f} {lon:.2f} {zoom:.2f} {x} {y}"
        faults += [(where, fault) for fault in view.faults(keys)]
        seen += len(view.badges)
    assert faults == []
    assert seen > 10
    assert tab.errors == []
