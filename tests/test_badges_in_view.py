"""Wherever the map looks: the badge of an area that is seen is seen, in its area or abroad."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from browsing import Tab, page_script
from recording import SHARE
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.table.workspace import Workspace
from geo.webmap.model import document_model

pytestmark = pytest.mark.browser

At = tuple[float, float]
SIZES = [(1280, 720), (1440, 900), (390, 844)]
MODES = ["", "#mode=provinces"]
# Where the map looks: latitude, longitude, zoom.
CUT = {"Badakhshan": (37.2, 71.3), "Panjshir": (35.4, 69.7), "Kabul": (34.5, 69.3)}
RIM = 8
"""Pixels at the edge of the map that stay free of badges."""
ROOMY = {"province": 32, "area": 56}
"""A circle of so many pixels of radius holds a number, or the name of a region, with ease."""
FINE = 5
"""Borders are known to so many pixels."""
MOST_LEADER = 96 + 8
COUNTRY = "country"
"""The key of the badge of the whole country, which stands outside every province."""
NEAR = 200
"""Outlines are compared with badges within the map and so many pixels around it."""

SEEN, SEEN_AT = (page_script("badges_in_view.js", name) for name in ("badgesSeen", "badgesSeenAt"))


@dataclass(frozen=True)
class Land:
    """Every outline that the document draws, by the key of its badge."""

    outlines: dict[str, BaseGeometry]

    @cached_property
    def others(self) -> dict[str, list[str]]:
        """The provinces that lie outside of each outline."""
        middles = {
            key: each.representative_point()
            for key, each in self.outlines.items()
            if key.startswith("province:")
        }
        found = {
            key: [code for code, middle in middles.items() if not own.contains(middle)]
            for key, own in self.outlines.items()
        }
        return found | {COUNTRY: [*middles]}


@pytest.fixture(scope="module")
def land(own: Workspace) -> Land:
    model = document_model(own)
    codes = [province["code"] for province in model["provinceList"]]
    found = {
        f"province:{code}": shape(feature["geometry"])
        for code, feature in zip(codes, model["provinces"]["features"], strict=True)
    }
    found |= {f"area:{each['id']}": shape(each["geometry"]) for each in model["areas"]["features"]}
    return Land(found)


class View:
    """What is seen of the map, in pixels from its upper left corner."""

    def __init__(self, seen: dict[str, Any], land: Land) -> None:
        self.badges = seen["badges"]
        self.room = shapely.box(*seen["room"])
        self.taken = shapely.union_all([shapely.box(*each) for each in seen["taken"]])
        size = 256 * 2 ** seen["zoom"]
        left, top = seen["origin"]

        def project(lon_lat: Any) -> Any:
            lon, lat = np.radians(lon_lat).T
            y = size / 2 * (1 - np.log(np.tan(np.pi / 4 + lat / 2)) / np.pi)
            x = size / 2 * (1 + lon / np.pi)
            return np.column_stack([x - left, y - top])

        def back(x: float, y: float) -> tuple[float, float]:
            lon = ((x + left) / size * 2 - 1) * np.pi
            lat = 2 * np.arctan(np.exp((1 - (y + top) / size * 2) * np.pi)) - np.pi / 2
            return float(np.degrees(lon)), float(np.degrees(lat))

        width, height = seen["room"][2:]
        near = shapely.box(*back(-NEAR, height + NEAR), *back(width + NEAR, -NEAR))
        self.land = {
            key: shapely.transform(each.intersection(near), project)
            for key, each in land.outlines.items()
        }
        self.others = land.others

    def roomy(self, key: str) -> bool:
        """Whether so much of an area is seen and free that a badge must stand there."""
        free = self.land[key].intersection(self.room.buffer(-RIM)).difference(self.taken)
        return not free.buffer(-ROOMY[key.partition(":")[0]]).is_empty

    def on_other(self, key: str, what: BaseGeometry) -> bool:
        """Whether something lies at least in part in a province outside of this outline."""
        return any(what.intersects(self.land[other]) for other in self.others[key])

    def faults(self, keys: set[str]) -> Iterator[str]:
        boxes = {badge["key"]: shapely.box(*badge["box"]) for badge in self.badges}
        for key in keys - {COUNTRY}:
            if self.roomy(key) and not (key in boxes and boxes[key].within(self.room)):
                yield f"{key} is seen and its badge is not"
        yield from self.on_others(boxes)
        yield from self.on_one_another(boxes)

    def on_others(self, boxes: dict[str, BaseGeometry]) -> Iterator[str]:
        for badge in self.badges:
            key, box = badge["key"], boxes[badge["key"]]
            if badge["kind"] == "small":
                if self.on_other(key, box.centroid):
                    yield f"the number of {badge['title']} stands on another province"
            elif self.on_other(key, box if key == COUNTRY else box.buffer(-FINE)):
                yield f"{badge['title']} stands on another province"
            if key == COUNTRY and (badge["line"] or box.intersects(self.taken)):
                yield f"{badge['title']} has a line or covers a mark or a control"

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
    tab = page(width=size[0], height=size[1])
    tab.page.goto(file.as_uri() + end)
    tab.page.locator(".im-ledger-total").wait_for(state="attached")
    tab.page.locator(".im-plate").first.wait_for()
    return tab


def views(nth: int) -> Iterator[tuple[str, tuple[float, float], float, At]]:
    """Name, middle, zoom, and by how much of the map's width and height it is panned away."""
    rng = random.Random(11 + nth)  # noqa: S311 - the same views each time
    for name, middle in CUT.items():
        for by in ((0.46, 0), (-0.46, 0), (0, 0.46), (0, -0.46)):
            yield name, middle, rng.choice([7, 8, 9]), by
    for _ in range(8):
        middle = (rng.uniform(33.5, 37.5), rng.uniform(66.5, 71.5))
        yield "anywhere", middle, rng.uniform(6.5, 11), (0, 0)


@pytest.fixture(scope="module")
def all_keys() -> dict[str, set[str]]:
    """Return a dictionary for the keys of all badges, by how the map is opened."""
    return {}


@pytest.mark.slow(whole=True)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("size", SIZES)
def test_the_badge_of_an_area_in_view_is_in_view(
    page: Callable[..., Tab], map_file: Path, land: Land,
    all_keys: dict[str, set[str]], size: tuple[int, int], mode: str,
) -> None:  # fmt: skip
    if mode not in all_keys:
        large = opened(page, (1920, 1080), map_file, mode)
        all_keys[mode] = {badge["key"] for badge in large.page.evaluate(SEEN)["badges"]}
        assert large.errors == []
    keys = all_keys[mode]
    assert len(keys - {COUNTRY}) >= 7
    tab = opened(page, size, map_file, mode)
    home = View(tab.page.evaluate(SEEN), land)
    faults = [("home", fault) for fault in home.faults(keys)]
    boxes = {badge["key"]: shapely.box(*badge["box"]) for badge in home.badges}
    assert boxes[COUNTRY].within(home.room)
    near = shapely.union_all([home.land[code] for code in home.others[COUNTRY]])
    assert 0 < boxes[COUNTRY].distance(near) <= MOST_LEADER, "outside the outline, and near it"
    seen = 0
    # Each mode with every fourth view, and never one that another has; with all of them where there
    # is more time.
    first, step = (0, 1) if SHARE else (MODES.index(mode) + 2 * (SIZES.index(size) % 2), 4)
    looks = list(islice(views(SIZES.index(size)), first, None, step))
    asked = [[*middle, zoom, *by] for _, middle, zoom, by in looks]
    found = tab.page.evaluate(SEEN_AT, asked)
    for (name, (lat, lon), zoom, (x, y)), each in zip(looks, found, strict=True):
        view = View(each, land)
        where = f"{name} {lat:.2f} {lon:.2f} {zoom:.2f} {x} {y}"
        faults += [(where, fault) for fault in view.faults(keys)]
        seen += len(view.badges)
    assert faults == []
    assert seen > 10
    assert tab.errors == []
