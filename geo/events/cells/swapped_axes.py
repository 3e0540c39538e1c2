"""Detect swapped latitude and longitude: points in the country only when exchanged."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

GeoBox = tuple[float, float, float, float]
"""West, south, east and north in degrees."""
Floats = NDArray[np.float64]
InBox = tuple[int, int, int]
"""Counts of points: all, those in a box, and those in it with latitude and longitude exchanged."""
_FEW: Final = 0.2
"""Share of points in the country below which columns may be swapped; a few are always outside."""
_MOST: Final = 0.8
"""Share of points that must be in the country when exchanged; it leaves room for typing errors."""


def in_box(lat: Any, lon: Any, box: GeoBox) -> NDArray[np.bool_]:
    """Tell which points are in a box; a point without a number (NaN) is not.

    Examples
    --------
    >>> in_box(np.array([34.5, 69.2, np.nan]), np.array([69.2, 34.5, 69.2]), (60, 29, 75, 39))
    array([ True, False, False])
    """
    west, south, east, north = box
    inside: NDArray[np.bool_] = (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
    return inside


def count_in_box(lat: Floats, lon: Floats, box: GeoBox) -> InBox:
    """Count all points, those in a box, and those in it when exchanged.

    Parameters
    ----------
    lat, lon
        Degrees; NaN where there is no point.

    Examples
    --------
    >>> count_in_box(np.array([69.2, np.nan]), np.array([34.5, 69.2]), (60, 29, 75, 39))
    (1, 0, 1)
    """
    points = int((~np.isnan(lat + lon)).sum())
    return points, int(in_box(lat, lon, box).sum()), int(in_box(lon, lat, box).sum())


def look_swapped(counts: InBox) -> bool:
    """Tell whether points are in the country only with latitude and longitude exchanged.

    Examples
    --------
    >>> look_swapped((10, 1, 9)), look_swapped((10, 2, 9)), look_swapped((0, 0, 0))
    (True, False, False)
    """
    points, inside, exchanged = counts
    return points > 0 and inside < _FEW * points and exchanged >= _MOST * points
