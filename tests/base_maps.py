"""A base map as dense as a real one, made up from the names of a country."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import lru_cache

import numpy as np
from PIL import Image

from geo.places.country import Country
from geo.places.country.base_map import (
    FLAT,
    BaseMap,
    DistrictName,
    Lake,
    LocalName,
    MapPoint,
    Relief,
    River,
    RiverName,
)
from geo.table.workspace import Workspace

KINDS = ("airfield", "pass", "peak", "crossing")


@lru_cache(maxsize=4)
def with_base(country: Country) -> Country:
    """Return the country with a base map: 319 towns, 80 other points, 300 rivers, 60 lakes."""
    rng = np.random.default_rng(13)
    towns = sorted(
        (place for place in country.gazetteer if place.kind == "settlement"),
        key=lambda place: place.id,
    )[:319]
    west, south, east, north = country.provinces.whole.bounds
    points = [
        MapPoint(
            "town",
            at % 3 + (1 if at % 20 == 0 else 4),
            LocalName(town.name, f"شهر {at}"),
            town.lat,
            town.lon,
        )
        for at, town in enumerate(towns)
    ]
    for at in range(80):
        kind = KINDS[at % 4]
        lat, lon = rng.uniform(south, north), rng.uniform(west, east)
        height = 3000 + at if kind in {"pass", "peak"} else None
        points.append(MapPoint(kind, 1 + at % 3, LocalName(f"{kind} {at}"), lat, lon, height))
    rivers, names = [], [RiverName(LocalName("River by Kabul"), 34.75, 68.9, 20, 6)]
    for at in range(300):
        start = np.array([rng.uniform(west, east), rng.uniform(south, north)])
        line = start + rng.normal(0, 0.05, (20, 2)).cumsum(axis=0)
        rivers.append(River(1 + at % 5, at % 7 == 0, at % 2 == 0, line))
        if at % 4 == 0:
            angle, zoom = rng.uniform(-90, 90), 6 + at % 4
            lon, lat = line[10]
            names.append(RiverName(LocalName(f"River {at}"), lat, lon, angle, zoom))
    return replace(country, base_map=BaseMap(
        relief=Relief(_hills(rng), west, south, east, north),
        rivers=tuple(rivers),
        river_names=tuple(names),
        lakes=tuple(_lake(rng, at, (west, south, east, north)) for at in range(60)),
        points=tuple(points),
        districts=tuple(
            DistrictName(each.id, LocalName(each.name), each.label_lat, each.label_lon)
            for each in country.districts.values()
        ),
        credits=("Relief: made up",),
    ))  # fmt: skip


def with_base_map(own: Workspace) -> Workspace:
    """Return the workspace with the base map in its country."""
    return replace(own, country=with_base(own.country))


def _hills(rng: np.random.Generator) -> bytes:
    greys = rng.integers(FLAT - 80, FLAT + 80, (60, 80), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(greys).save(file, "WEBP")
    return file.getvalue()


def _lake(rng: np.random.Generator, at: int, bounds: tuple[float, ...]) -> Lake:
    west, south, east, north = bounds
    middle = np.array([rng.uniform(west, east), rng.uniform(south, north)])
    turns = np.linspace(0, 2 * np.pi, 13)
    ring = middle + 0.05 * np.column_stack([np.cos(turns), np.sin(turns)])
    ring[-1] = ring[0]
    return Lake(LocalName(f"Lake {at}") if at % 2 else None, 2.0 * at, ring)
