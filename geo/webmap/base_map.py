"""The base map encoded for the document: lines as integers, names with their positions."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geo.places.boundary_lines import boundary_lines
from geo.places.country import Country
from geo.places.country.base_map import FLAT, BaseMap, LocalName
from geo.view import BASE_PARTS
from geo.webmap.own_map import cut_for_document, own_block
from geo.wording.base_map import SCALES

_STEPS: Final = 1000
"""Integer steps per degree, each about 100 m: three pixels at the closest zoom of the map."""
_DECIMALS: Final = 4
"""Decimals of the position of a name in degrees: about 10 m, less than a pixel."""


def base_facts(base: BaseMap, country: Country) -> dict[str, Any]:
    """The facts about the base map that the panel shows.

    Returns
    -------
    ``parts``: the parts that have data, each with a switch; ``languages``: those in which at least
    one name is known; ``notes``: sentences on the age and accuracy of the base map.
    """
    names = _names(base)
    languages = ["en", *(one for one in ("prs", "ps") if any(getattr(name, one) for name in names))]
    own = cut_for_document(base.own, country).notes if base.own is not None else ()
    return {
        "parts": [part for part in BASE_PARTS if part in base.parts],
        "languages": languages,
        "notes": [*base.notes, *own],
    }


def base_block(base: BaseMap, country: Country) -> dict[str, Any]:
    """Everything drawn of the base map, as data for JSON.

    Returns
    -------
    ``rivers``, ``lakes`` and ``districts`` have lines of alternating longitude and latitude
    differences, as integers with ``steps`` per degree: the first point from ``origin`` (longitude,
    latitude), each further one from the point before. Each of ``labels`` has kind, rank,
    longitude, latitude, English, Dari and Pashto name, size and, for rivers, angle in degrees; the
    size is the area of a lake in km², the height of a pass or peak in metres, or the lowest zoom
    for the name of a river. ``relief`` has a base64 ``picture``, the grey of level ground
    (``flat``) and its ``box`` (south, west, north, east).
    """
    west, south, *_ = country.provinces.whole.bounds
    origin = (float(np.floor(west)) - 1, float(np.floor(south)) - 1)
    lines = boundary_lines(country.provinces, country.districts)
    relief = base.relief
    return {
        "steps": _STEPS,
        "origin": list(origin),
        "scales": SCALES.to_json(),
        "relief": relief
        and {
            "picture": base64.b64encode(relief.picture).decode("ascii"),
            "flat": FLAT,
            "box": [relief.south, relief.west, relief.north, relief.east],
        },
        "rivers": [
            [river.rank, int(river.is_intermittent), _deltas(river.line, origin)]
            for river in base.rivers
        ],
        "lakes": [[round(lake.area_km2, 1), _deltas(lake.outline, origin)] for lake in base.lakes],
        "districts": [_deltas(line.line, origin) for line in lines if line.kind == "district"],
        "labels": [*_labels(base)],
        "own": own_block(base.own, country, origin) if base.own is not None else None,
    }


def _deltas(points: NDArray[np.float64], origin: Sequence[float]) -> list[int]:
    """A line as integer differences; consecutive points that coincide are merged."""
    whole = np.rint((points - np.asarray(origin)) * _STEPS).astype(np.int64)
    steps = np.diff(whole, axis=0, prepend=np.zeros((1, 2), np.int64))
    moves = (steps != 0).any(axis=1)
    moves[0] = True
    found: list[int] = steps[moves].ravel().tolist()
    return found


def _labels(base: BaseMap) -> Iterable[list[Any]]:
    for point in base.points:
        height = point.height_m or 0
        yield _label(point.kind, point.rank, point.lon, point.lat, point.name, height)
    for river in base.river_names:
        row = _label("river", 1, river.lon, river.lat, river.name, river.min_zoom)
        yield [*row, round(river.angle)]
    for lake in base.lakes:
        if lake.name is not None:
            lon, lat = lake.outline[:-1].mean(axis=0)
            yield _label("lake", 1, lon, lat, lake.name, round(lake.area_km2, 1))
    for district in base.districts:
        yield _label("district", 1, district.lon, district.lat, district.name, 0)


def _label(kind: str, rank: int, lon: float, lat: float, name: LocalName, size: float) -> list[Any]:
    at = [round(float(lon), _DECIMALS), round(float(lat), _DECIMALS)]
    return [kind, rank, *at, name.en, name.prs, name.ps, size]


def _names(base: BaseMap) -> list[LocalName]:
    named = [one.name for one in base.points]
    named += [one.name for one in base.river_names]
    named += [one.name for one in base.districts]
    return named + [lake.name for lake in base.lakes if lake.name is not None]
