"""The projection of a snapshot, and the part of the country that it shows."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.enums import TransformDirection
from shapely.geometry.base import BaseGeometry

from geo.places.country import Country
from geo.view import View, Viewport

# What a browser shows at a zoom: Leaflet's map of a usual window, in its pixels.
_WINDOW: Final = (720, 640)
_PIXELS_AROUND: Final = 256
_EQUATOR_M: Final = 40_075_016.686
_ROOM: Final = 1.06
_ROOM_AROUND_PROVINCES: Final = 1.5
_MOST_AROUND: Final = 2.5
_LEAST_WIDTH_M: Final = 60_000.0
_DENSE: Final = 0.05

_Edges = tuple[float, float, float, float]
"""Left, bottom, right and top, in metres of a projection."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Albers' equal-area conic between two parallels that fit the country.

    Equal area, since hatched provinces are compared by eye. The standard parallels lie a sixth of
    the country's height inside its southern and northern edge (Snyder, *Map Projections: A Working
    Manual*, USGS 1987, p. 99).
    """

    south: float
    north: float
    lat: float
    lon: float

    @classmethod
    def of(cls, country: Country) -> Projection:
        """The projection that fits the provinces of a country."""
        west, south, east, north = _bounds(country)
        sixth = (north - south) / 6
        return cls(
            round(south + sixth, 1), round(north - sixth, 1),
            round((south + north) / 2, 1), round((west + east) / 2, 1),
        )  # fmt: skip

    @property
    def text(self) -> str:
        """The projection as a map states it."""
        return (
            f"Albers equal-area conic, standard parallels {_degrees(self.south)} and "
            f"{_degrees(self.north)}, WGS 84"
        )

    def forward(
        self, lat: float | NDArray[np.float64], lon: float | NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Metres east and north of the projection's origin, of degrees."""
        x, y = _transformer(self).transform(np.asarray(lon, float), np.asarray(lat, float))
        return np.asarray(x), np.asarray(y)

    def inverse(
        self, x: float | NDArray[np.float64], y: float | NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Latitude and longitude in degrees, of metres: the reverse of :meth:`forward`."""
        lon, lat = _transformer(self).transform(
            np.asarray(x, float), np.asarray(y, float), direction=TransformDirection.INVERSE
        )
        return np.asarray(lat), np.asarray(lon)

    def project(self, outline: BaseGeometry) -> BaseGeometry:
        """An outline (x longitude, y latitude) in metres, its long edges bent as they should be."""
        dense = shapely.segmentize(outline, _DENSE * 4)
        return shapely.transform(
            dense, lambda xy: np.column_stack(self.forward(xy[:, 1], xy[:, 0]))
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """What the map's box shows: a rectangle in the projected plane, in metres.

    Parameters
    ----------
    is_detail
        Part of the country lies outside it: a locator says where it is.
    country
        Whose land it is: what lies beneath the marks.
    """

    projection: Projection
    left: float
    bottom: float
    right: float
    top: float
    is_detail: bool
    country: Country = field(repr=False, compare=False)

    @property
    def box(self) -> BaseGeometry:
        """The rectangle as a polygon of the projected plane."""
        return shapely.box(self.left, self.bottom, self.right, self.top)

    def holds(self, lat: float, lon: float) -> bool:
        """Whether a point lies inside."""
        x, y = self.projection.forward(lat, lon)
        return bool(self.left <= x <= self.right and self.bottom <= y <= self.top)

    def shows(self, outline: BaseGeometry) -> bool:
        """Whether any of an outline, in degrees, lies inside."""
        return bool(self.projection.project(outline).intersects(self.box))


def frame_of(view: View, country: Country, aspect: float) -> Frame:
    """The part of the country that a View looks at, as wide by high as `aspect`.

    The viewport decides; without one, the provinces asked for, with room around them; else the
    whole country. A viewport that shows nothing of the country, or the country as a speck, is none.
    """
    projection = Projection.of(country)
    land = projection.project(country.provinces.whole)
    whole = land.bounds
    wanted, is_detail = _wanted(view, country, projection, land)
    left, bottom, right, top = wanted
    width, height = max(right - left, _LEAST_WIDTH_M), max(top - bottom, _LEAST_WIDTH_M / aspect)
    width, height = max(width, height * aspect), max(height, width / aspect)
    x, y = (left + right) / 2, (bottom + top) / 2
    edges = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    covers = all(
        (edges[i] <= whole[i]) if i < 2 else (edges[i] >= whole[i])  # noqa: PLR2004 - left and bottom, then right and top
        for i in range(4)
    )
    return Frame(projection, *edges, is_detail=is_detail and not covers, country=country)


def _wanted(
    view: View, country: Country, projection: Projection, land: BaseGeometry
) -> tuple[_Edges, bool]:
    if view.viewport is not None:
        edges = _looked_at(view.viewport, projection)
        if _shows_land(edges, land):
            return edges, True
    known = [code for code in view.provinces if code in country.provinces]
    if known:
        outline = projection.project(country.provinces.outline_of(known))
        return _wider(outline.bounds, _ROOM_AROUND_PROVINCES), True
    return _wider(land.bounds, _ROOM), False


def _looked_at(point: Viewport, projection: Projection) -> _Edges:
    metres = _EQUATOR_M * math.cos(math.radians(point.lat))
    metres /= _PIXELS_AROUND * 2**point.zoom
    x, y = (float(each) for each in projection.forward(point.lat, point.lon))
    half = [side * metres / 2 for side in _WINDOW]
    return x - half[0], y - half[1], x + half[0], y + half[1]


def _shows_land(edges: _Edges, land: BaseGeometry) -> bool:
    if not all(map(math.isfinite, edges)):
        return False
    left, bottom, right, top = land.bounds
    is_speck = edges[2] - edges[0] > (right - left) * _MOST_AROUND
    is_speck |= edges[3] - edges[1] > (top - bottom) * _MOST_AROUND
    return not is_speck and bool(land.intersects(shapely.box(*edges)))


def _wider(edges: _Edges, factor: float) -> _Edges:
    left, bottom, right, top = edges
    dx, dy = ((right - left) * (factor - 1) / 2, (top - bottom) * (factor - 1) / 2)
    return left - dx, bottom - dy, right + dx, top + dy


def _bounds(country: Country) -> tuple[float, ...]:
    outlines = [province.outline for province in country.provinces]
    return tuple(float(edge) for edge in shapely.total_bounds(outlines))


@lru_cache(maxsize=16)
def _transformer(projection: Projection) -> Transformer:
    plane = CRS.from_proj4(
        f"+proj=aea +lat_1={projection.south} +lat_2={projection.north} +lat_0={projection.lat} "
        f"+lon_0={projection.lon} +datum=WGS84 +units=m +no_defs"
    )
    return Transformer.from_crs(CRS.from_epsg(4326), plane, always_xy=True)


def _degrees(lat: float) -> str:
    return f"{abs(lat):g}° {'N' if lat >= 0 else 'S'}"
