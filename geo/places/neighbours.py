"""The land around a country: borders that fade out where the data end, and where a name fits.

Neighbours are a background. Their outlines were cut off some way behind the border, along lines
that are no borders; what is drawn of them must not look like one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

_OWN: Final = 0.006
_COARSE: Final = 0.002
_FADE: Final = ((0.14, 0.85), (0.06, 0.5), (0.01, 0.25))
"""How far from the rim, as a share of the country's size, and how strong from there on."""
_STEP: Final = 0.35
_AROUND: Final = (0.35, 0.7, 1.1, 1.6)
_LEAST: Final = 9
_SIGHT: Final = (0.2, 0.5, 0.4, 0.9)


def fading_borders(
    whole: BaseGeometry, neighbours: Sequence[BaseGeometry]
) -> tuple[tuple[float, BaseGeometry], ...]:
    """The borders between neighbours, weaker towards where the data were cut off.

    Each border is there once, and that of the country itself, which its own outline draws, is not.
    Widths go by the size of the country, so that any plane will do: degrees, metres or points.

    Parameters
    ----------
    whole
        The country.
    neighbours
        Polygons in the same plane.

    Returns
    -------
    Opacities from 0 to 1, the strongest first, each with its lines; nothing without neighbours.

    Examples
    --------
    Where two neighbours meet far from the rim, the line is strong; without any there is none.

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
    """Where the name of a neighbour may be: the spot near the country with most of it around.

    Parameters
    ----------
    outline
        The neighbour, x longitude and y latitude in degrees.
    around
        The country, or its bounding box; a spot is at most about a degree beyond.

    Returns
    -------
    Longitude and latitude, or nothing where only a corner of the neighbour is near.

    Examples
    --------
    A corner that just reaches into the picture is not a place for a name.

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
