"""Read the points of a table's rows, and the precision that their notation implies.

A grid reference or whole degrees name a square. A row is never placed more finely than its square,
whatever else it states.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.events.cells.coordinates import is_whole_degrees, position_from, whole_degrees_m
from geo.events.cells.values import degrees_of
from geo.events.columns.text_cells import is_empty
from geo.events.judging.draft import Draft
from geo.events.placing.rows import NEAR, NEAR_M, PROVINCE_, SETTLEMENT, SETTLEMENT_M

Floats = NDArray[np.float64]
ODD_POSITION: Final = (
    "is not a position; expected 34.52, 69.17, degrees and minutes, MGRS or POINT (69.17 34.52). "
    "The row is placed by the names it gives"
)
COARSE: Final = (
    "gives the position only to within {:,.0f} km; the row is drawn as the province that it "
    "names, or not mapped"
)
EXACT_M: Final = 150.0
"""Most metres a grid reference may leave open and still count as the site itself (codebook)."""


def points_of(draft: Draft) -> tuple[Floats, Floats, Floats, Floats]:
    """Return latitude, longitude, the stated radius and the radius of the notation, row by row.

    Degrees and metres; NaN where there is none. Rows whose point is not valid are rejected.

    Returns
    -------
    Latitude and longitude in degrees, then both radii in metres.
    """
    lat, lon, wrong = draft.position("lat", "lon")
    whole = _whole_degrees(draft, lat, lon)
    lat, lon, notation = in_one_cell(draft, lat, lon)
    half = np.isnan(lat) ^ np.isnan(lon)
    draft.reject(half & ~wrong, "lat", "lat and lon belong together")
    radius = draft["radius_m"].each(degrees_of, np.float64)
    draft.reject(draft["radius_m"].filled & ~(radius >= 0), "radius_m", "expected metres")
    return lat, lon, radius, np.fmax(notation, whole)


def in_one_cell(draft: Draft, lat: Floats, lon: Floats) -> tuple[Floats, Floats, Floats]:
    """Add points from a column that holds both axes; return lat, lon and the notation's radius.

    Returns
    -------
    Latitude and longitude in degrees, and a radius in metres; NaN where there is none.
    """
    column = draft["coordinates"]
    read = [None if is_empty(text) else position_from(text) for text in column.texts]
    odd = [one is None and not is_empty(text) for one, text in zip(read, column.texts,
                                                                         strict=True)]  # fmt: skip
    draft.doubt(np.array(odd, np.bool_)[column.codes], "coordinates", ODD_POSITION)
    points = [(one.lat, one.lon, one.radius_m) if one else (np.nan,) * 3 for one in read]
    north, east, radius = np.array(points, np.float64).reshape(-1, 3)[column.codes].T
    open_ = np.isnan(lat) & np.isnan(lon)
    square = np.where(open_, np.fmax(radius, np.where(np.isnan(radius), np.nan, EXACT_M)), np.nan)
    return np.where(open_, north, lat), np.where(open_, east, lon), square


def _whole_degrees(draft: Draft, lat: Floats, lon: Floats) -> Floats:
    """Return the radius of points in whole degrees in two columns; NaN for all others."""
    whole = draft["lat"].each(is_whole_degrees, np.bool_)
    whole &= draft["lon"].each(is_whole_degrees, np.bool_) & ~np.isnan(lat + lon)
    radius = np.full(lat.size, np.nan)
    radius[whole] = [whole_degrees_m(one) for one in lat[whole].tolist()]
    return radius


def no_finer(draft: Draft, precision: NDArray[np.int8], notation: Floats) -> NDArray[np.int8]:
    """Limit the precision of rows to that of their notation, with a warning where it changes.

    Parameters
    ----------
    notation
        The radius in metres that the notation leaves open; NaN where it implies none.
    """
    drawn = precision <= NEAR
    for metres in np.unique(notation[drawn & (notation > NEAR_M)]).tolist():
        rows, said = drawn & (notation == metres), COARSE.format(metres / 1000)
        for name, filled in (("lat", draft["lat"].filled), ("coordinates", ~draft["lat"].filled)):
            draft.doubt(rows & filled, name, said)
    least = np.where(
        notation > NEAR_M, PROVINCE_, np.where(notation > SETTLEMENT_M, NEAR, SETTLEMENT)
    )
    return np.where(np.isnan(notation), precision, np.maximum(precision, least)).astype(np.int8)
