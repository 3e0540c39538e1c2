"""The projection of a figure, and the part of the country that it shows."""

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

_WINDOW: Final = (720, 640)
"""Width and height in CSS pixels of the map in a typical browser window, the basis of zooms."""
_PIXELS_AROUND: Final = 256
"""Length of the equator in pixels at zoom 0: one tile of web Mercator (EPSG:3857)."""
_EQUATOR_M: Final = 40_075_016.686
"""Length of the equator in metres (WGS 84: 2π times the semi-major axis of 6,378,137 m)."""
_ROOM: Final = 1.06
"""Size of the frame relative to the country: 3 % free on each side, so that no border touches
the edge."""
_ROOM_AROUND_PROVINCES: Final = 1.5
"""Size of the frame relative to the filtered provinces: their neighbours stay recognisable."""
_MOST_AROUND: Final = 2.5
"""Size of the frame relative to the country above which the country is too small to read."""
_LEAST_WIDTH_M: Final = 60_000.0
"""Least width of a frame in metres: a closer figure shows too little to recognise the place."""
_DENSE: Final = 0.2
"""Degrees between points of an outline before it is projected, about 20 km, so that long edges
follow their curve."""
CLOSEST_ON_MAP: Final = 12
"""The closest zoom of the map in a browser: MAX_ZOOM in webmap/js/map/camera.js."""
_WIDEST_ON_MAP: Final = 5
"""A zoom that the map in a browser always allows: fit() in webmap/js/map/camera.js."""

_Edges = tuple[float, float, float, float]
"""Left, bottom, right and top, in metres of a projection."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Albers equal-area conic projection with standard parallels that fit the country.

    It is equal-area because hatched provinces are compared by eye. The standard parallels are one
    sixth of the country's height inside its southern and northern edges (Snyder, *Map Projections:
    A Working Manual*, USGS 1987, p. 99).
    """

    south: float
    north: float
    lat: float
    lon: float

    @classmethod
    def of(cls, country: Country) -> Projection:
        """The projection for the provinces of a country."""
        west, south, east, north = _bounds(country)
        sixth = (north - south) / 6
        return cls(
            round(south + sixth, 1), round(north - sixth, 1),
            round((south + north) / 2, 1), round((west + east) / 2, 1),
        )  # fmt: skip

    @property
    def text(self) -> str:
        """The projection as stated on the figure."""
        return (
            f"Albers equal-area conic, standard parallels {_degrees(self.south)} and "
            f"{_degrees(self.north)}, WGS 84"
        )

    def forward(
        self, lat: float | NDArray[np.float64], lon: float | NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Project degrees to the plane.

        Returns
        -------
        Metres east and metres north of the origin of the projection.
        """
        x, y = _transformer(self).transform(np.asarray(lon, float), np.asarray(lat, float))
        return np.asarray(x), np.asarray(y)

    def inverse(
        self, x: float | NDArray[np.float64], y: float | NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Metres in the plane to degrees: the inverse of :meth:`forward`.

        Returns
        -------
        Latitude and longitude in degrees, WGS 84.
        """
        lon, lat = _transformer(self).transform(
            np.asarray(x, float), np.asarray(y, float), direction=TransformDirection.INVERSE
        )
        return np.asarray(lat), np.asarray(lon)

    def project(self, outline: BaseGeometry) -> BaseGeometry:
        """An outline in degrees (x longitude, y latitude) in metres, its long edges curved."""
        dense = shapely.segmentize(outline, _DENSE)
        return shapely.transform(
            dense, lambda xy: np.column_stack(self.forward(xy[:, 1], xy[:, 0]))
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the projected plane that the map shows: a rectangle in metres.

    Parameters
    ----------
    is_detail
        Whether part of the country is outside it, so that a locator map is drawn.
    focus
        Ids of the provinces that it is about, if it is about some of them only.
    country
        The country shown below the marks.
    """

    projection: Projection
    left: float
    bottom: float
    right: float
    top: float
    is_detail: bool
    country: Country = field(repr=False, compare=False)
    focus: tuple[str, ...] = ()

    @property
    def box(self) -> BaseGeometry:
        """The rectangle as a polygon in the projected plane."""
        return shapely.box(self.left, self.bottom, self.right, self.top)

    def holds(self, lat: float, lon: float) -> bool:
        """Whether a point, in degrees, is inside."""
        x, y = self.projection.forward(lat, lon)
        return bool(self.left <= x <= self.right and self.bottom <= y <= self.top)

    def shows(self, outline: BaseGeometry) -> bool:
        """Whether any part of an outline, in degrees, is inside."""
        return bool(self.projection.project(outline).intersects(self.box))


def frame_of(view: View, country: Country, aspect: float) -> Frame:
    """The part of the country that a View shows, with the ratio `aspect` of width to height.

    The viewport decides; without one, the filtered provinces with space around them; otherwise the
    whole country. A viewport without any of the country, or with a tiny country, is ignored.
    """
    projection = Projection.of(country)
    land = projection.project(country.provinces.whole)
    whole = land.bounds
    wanted, is_detail, focus = _wanted(view, country, projection, land)
    left, bottom, right, top = wanted
    width, height = max(right - left, _LEAST_WIDTH_M), max(top - bottom, _LEAST_WIDTH_M / aspect)
    width, height = max(width, height * aspect), max(height, width / aspect)
    x, y = (left + right) / 2, (bottom + top) / 2
    edges = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    covers = all(
        (edges[i] <= whole[i]) if i < 2 else (edges[i] >= whole[i])  # noqa: PLR2004 - left and bottom, then right and top
        for i in range(4)
    )
    return Frame(
        projection, *edges, is_detail=is_detail and not covers, country=country, focus=focus
    )


def extent_of(frame: Frame) -> tuple[float, float]:
    """What a map must show: the frame of a detail, otherwise the country without space around it.

    Returns
    -------
    Width and height in metres.
    """
    if frame.is_detail:
        return frame.right - frame.left, frame.top - frame.bottom
    land = frame.projection.project(frame.country.provinces.whole)
    left, bottom, right, top = land.bounds
    return right - left, top - bottom


def not_in_figure(at: Viewport, country: Country) -> str:
    """Why a figure cannot show this viewport; empty if it can.

    The zoom must keep the country large enough to read and the frame wide enough to recognise.
    """
    projection = Projection.of(country)
    left, bottom, right, top = projection.project(country.provinces.whole).bounds
    across = max(_WINDOW[0] / (right - left), _WINDOW[1] / (top - bottom)) / _MOST_AROUND
    least = math.log2(_metres_a_pixel(at.lat) * across)
    most = math.log2(_metres_a_pixel(at.lat) * _WINDOW[0] / _LEAST_WIDTH_M)
    return _not_shown(at, country, projection, least, most)


def not_on_map(at: Viewport, country: Country) -> str:
    """Why the map in a browser cannot show this viewport; empty if it can.

    Its lowest zoom shows the whole country, with a little space, in a typical window.
    """
    projection = Projection.of(country)
    left, bottom, right, top = projection.project(country.provinces.whole).bounds
    across = max((right - left) / _WINDOW[0], (top - bottom) / _WINDOW[1])
    whole = math.log2(_metres_a_pixel(projection.lat) / across)
    return _not_shown(at, country, projection, min(_WIDEST_ON_MAP, whole - 0.5), CLOSEST_ON_MAP)


def _not_shown(
    at: Viewport, country: Country, projection: Projection, least: float, most: float
) -> str:
    if not least <= at.zoom <= most:
        # In quarters of a zoom level, as the map moves, rounded inwards.
        between = f"{math.ceil(max(least, 0) * 4) / 4:g} to {math.floor(most * 4) / 4:g}"
        return f"zoom {at.zoom:g} cannot be shown there; give one from {between}"
    land, edges = projection.project(country.provinces.whole), _looked_at(at, projection)
    if land.intersects(shapely.box(*edges)):
        return ""
    return f"nothing of {country.name} is there; give a point inside it, or remove the option"


def _wanted(
    view: View, country: Country, projection: Projection, land: BaseGeometry
) -> tuple[_Edges, bool, tuple[str, ...]]:
    """What is to be seen, whether that is a part of the country, and of which provinces."""
    known = tuple(code for code in view.provinces if code in country.provinces)
    if view.viewport is not None:
        edges = _looked_at(view.viewport, projection)
        if _shows_land(edges, land):
            return edges, True, known
    if known:
        outline = projection.project(country.provinces.outline_of(known))
        return _wider(outline.bounds, _ROOM_AROUND_PROVINCES), True, known
    return _wider(land.bounds, _ROOM), False, ()


def _looked_at(point: Viewport, projection: Projection) -> _Edges:
    metres = _metres_a_pixel(point.lat) / 2**point.zoom
    x, y = (float(each) for each in projection.forward(point.lat, point.lon))
    half = [side * metres / 2 for side in _WINDOW]
    return x - half[0], y - half[1], x + half[0], y + half[1]


def web_zoom(metres: float, lat: float) -> float:
    """The zoom of a web map whose pixels are `metres` wide at a latitude in degrees.

    Examples
    --------
    >>> round(web_zoom(156_543, 0), 3), round(web_zoom(100, 34.5), 2)
    (0.0, 10.33)
    """
    return math.log2(_metres_a_pixel(lat) / metres)


def _metres_a_pixel(lat: float) -> float:
    """Metres per pixel of a web map at zoom 0, at a latitude in degrees."""
    return _EQUATOR_M * math.cos(math.radians(lat)) / _PIXELS_AROUND


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
