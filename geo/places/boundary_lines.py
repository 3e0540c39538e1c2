"""Outlines as lines: a border that two areas share is drawn once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from weakref import WeakKeyDictionary

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.places.country import District
from geo.places.provinces import Provinces

BoundaryKind = Literal["country", "province", "district"]


@dataclass(frozen=True, slots=True, eq=False)
class BoundaryLine:
    """A line between two areas, or around the country.

    Parameters
    ----------
    kind
        Kind of the larger areas that it separates: a border of a province is also one of districts.
    line
        Longitude and latitude in degrees, shape (points, 2).
    """

    kind: BoundaryKind
    line: NDArray[np.float64] = field(repr=False)


_Cached = tuple[Mapping[str, District], tuple[BoundaryLine, ...]]
_CACHE: Final[WeakKeyDictionary[Provinces, _Cached]] = WeakKeyDictionary()
"""The lines of the countries in use; making them takes about 50 ms."""


def boundary_lines(
    provinces: Provinces, districts: Mapping[str, District]
) -> tuple[BoundaryLine, ...]:
    """Return every border of a country once, joined into lines as long as possible.

    Two areas share an edge if both outlines have it, from vertex to vertex. An edge of only one
    province is a border of the country; an edge of two is a border of provinces; any other edge of
    a district is a border of districts.

    Examples
    --------
    >>> from geo.places.provinces import Province
    >>> west, east = (
    ...     Province(code, code, (), None, None, 0.5, lon + 0.5, 12_000,
    ...              shapely.box(lon, 0, lon + 1, 1))
    ...     for code, lon in (("XX-A", 0), ("XX-B", 1))
    ... )
    >>> [(one.kind, len(one.line)) for one in boundary_lines(Provinces([west, east]), {})]
    [('country', 7), ('province', 2)]
    """
    known = _CACHE.get(provinces)
    if known is None or known[0] is not districts:
        _CACHE[provinces] = known = (districts, tuple(_lines(provinces, districts)))
    return known[1]


def _lines(provinces: Provinces, districts: Mapping[str, District]) -> Iterable[BoundaryLine]:
    edges, counts = _counted(one.outline for one in provinces)
    of_districts, _ = _counted(one.outline for one in districts.values())
    is_known = np.isin(_as_one(of_districts), _as_one(edges))
    groups: tuple[tuple[BoundaryKind, NDArray[np.float64]], ...] = (
        ("country", edges[counts == 1]),
        ("province", edges[counts > 1]),
        ("district", of_districts[~is_known]),
    )
    for kind, found in groups:
        merged = shapely.line_merge(shapely.multilinestrings(found.reshape(-1, 2, 2)))
        for line in shapely.get_parts(merged):
            if not line.is_empty:
                yield BoundaryLine(kind, shapely.get_coordinates(line))


def _counted(
    outlines: Iterable[BaseGeometry],
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Every edge once, as its two ends in order, shape (edges, 4), and how many outlines have it.

    The four numbers are longitude and latitude of one end, then of the other, in degrees.
    """
    rings = shapely.get_rings(shapely.get_parts(list(outlines)))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    within = ring[1:] == ring[:-1]
    start, end = points[:-1][within], points[1:][within]
    is_turned = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    start, end = np.where(is_turned[:, None], (end, start), (start, end))
    edges = np.hstack([start, end])
    _, first, counts = np.unique(_as_one(edges), return_index=True, return_counts=True)
    return edges[first], counts


def _as_one(edges: NDArray[np.float64]) -> NDArray[Any]:
    """Each edge as one value, so that edges can be compared."""
    # Minus zero differs from zero in its bytes, but is the same coordinate.
    whole = np.ascontiguousarray(edges + 0.0)
    return whole.view([("", np.float64)] * 4).ravel()
