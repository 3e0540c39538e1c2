"""The land around a country: borders that fade out where the data ends, and room for names.

Neighbouring countries are a background. Their outlines were cut off some way beyond the border,
along lines that are not borders and must not look like borders.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

_OWN: Final = 0.006
"""Width of the strip along the country's own border in which no other line is drawn, as a share of
the country's size (the square root of its area): neighbours are less detailed than the country, and
their version of the border would show beside it."""
_COARSE: Final = 0.002
"""Tolerance of the simplified border around which that strip is made, as a share of the country's
size: below a pixel at the zoom of the whole country."""
_FADE: Final = ((0.14, 0.85), (0.06, 0.5), (0.01, 0.25))
"""Pairs of distance from the edge of the data, as a share of the country's size, and opacity from
there on, chosen by eye."""
_STEP: Final = 0.35
"""Degrees between the points that are tried for a name: finer steps move it hardly visibly."""
_AROUND: Final = (0.35, 0.7, 1.1, 1.6)
"""Distances in degrees at which land of the neighbour is looked for around a point; chosen by eye
for the length of names."""
_LEAST: Final = 9
"""Fewest of 16 points around (four distances, four directions) that must be land of the neighbour;
with fewer, the name would reach far into another country."""
_SIGHT: Final = (0.2, 0.5, 0.4, 0.9)
"""Degrees beyond the country to the west, south, east and north within which a name may be; chosen
by eye."""


def fading_borders(
    whole: BaseGeometry, neighbours: Sequence[BaseGeometry]
) -> tuple[tuple[float, BaseGeometry], ...]:
    """The borders between neighbours, fading out towards the edge of the data.

    Each border is included once; the border of the country itself is not, as its own outline draws
    it. Distances are relative to the size of the country, so that any unit can be used: degrees,
    metres or points.

    Parameters
    ----------
    whole
        The country.
    neighbours
        Polygons in the same plane.

    Returns
    -------
    tuple
        Pairs of opacity, from 0 to 1 and the strongest first, and lines; empty without neighbours.

    Examples
    --------
    Far from the edge of the data the border of two neighbours is strong:

    >>> west, east = shapely.box(-9, 1, 0.5, 9), shapely.box(0.5, 1, 10, 9)
    >>> found = dict(fading_borders(shapely.box(0, 0, 1, 1), [west, east]))
    >>> [bool(lines.intersects(shapely.Point(0.5, 5))) for lines in found.values()]
    [True, False, False]
    >>> fading_borders(shapely.box(0, 0, 1, 1), [])
    ()
    """
    if not neighbours:
        return ()
    lines = shapely.union_all([shape.boundary for shape in neighbours])
    rim = shapely.convex_hull(shapely.geometrycollections([*neighbours, whole])).boundary
    reach = float(np.sqrt(whole.area))
    own = shapely.simplify(whole, reach * _COARSE).boundary.buffer(reach * _OWN, quad_segs=2)
    lines = shapely.difference(lines, own)
    found = []
    for share, strength in _FADE:
        band = rim.buffer(reach * share)
        found.append((strength, shapely.difference(lines, band)))
        lines = shapely.intersection(lines, band)
    return tuple(found)


def room_for_name(outline: BaseGeometry, around: BaseGeometry) -> tuple[float, float] | None:
    """The point near the country with most of a neighbour around it, for the neighbour's name.

    Parameters
    ----------
    outline
        The neighbour, x longitude and y latitude in degrees.
    around
        The country, or its bounding box; the point is at most about a degree beyond.

    Returns
    -------
    tuple or None
        Longitude and latitude in degrees; ``None`` if only a corner of the neighbour is near.

    Examples
    --------
    A corner of a neighbour at the edge of the map has no room for a name:

    >>> room_for_name(shapely.box(11, 50, 20, 60), shapely.box(0, 50, 10.9, 55))
    >>> lon, lat = room_for_name(shapely.box(6, 50, 20, 60), shapely.box(0, 50, 10, 55))
    >>> 7 < lon < 11, 50 < lat < 56
    (True, True)
    """
    west, south, east, north = around.bounds
    left, below, right, above = _SIGHT
    lons = np.arange(west - left, east + right, _STEP)
    lats = np.arange(south - below, north + above, _STEP)
    lat, lon = (each.ravel() for each in np.meshgrid(lats, lons, indexing="ij"))
    shapely.prepare(outline)
    is_inside = shapely.contains_xy(outline, lon, lat)
    lon, lat = lon[is_inside], lat[is_inside]
    if not lat.size:
        return None
    room = np.zeros(lat.size, dtype=np.int64)
    for far in _AROUND:
        for east_by, north_by in ((far, 0.0), (-far, 0.0), (0.0, far / 2), (0.0, -far / 2)):
            room += shapely.contains_xy(outline, lon + east_by, lat + north_by)
    best = int(room.argmax())
    return (float(lon[best]), float(lat[best])) if room[best] >= _LEAST else None
