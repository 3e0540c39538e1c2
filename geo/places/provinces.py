"""The provinces of a country: their names, codes and outlines, and which of them a point is in.

A point is looked up in a raster of small cells. A cell that no border crosses is in one province or
in none; a point in any other cell is tested against the outlines. The result is therefore that of
the outlines for every point, at the cost of the raster for nearly all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from geo.errors import IntakeError, PlaceError
from geo.places.boundaries import (
    LATITUDE,
    LONGITUDE,
    POSITIVE,
    expect_text,
    expect_text_or_null,
    read_features,
)

CELL = 0.005
"""Side of a raster cell in degrees: about 0.5 km, 5 million cells for Afghanistan."""
MAX_CELLS = 8_000_000
"""A larger country gets larger cells, so that the raster stays below 16 MB."""
BULK = 2_000
"""Points from which building the raster pays; fewer are tested against the outlines."""
CHUNK = 1 << 18
"""Points that are looked up at once, 262,144: their arrays stay below 20 MB."""
OUTSIDE = -1
"""Value of a cell or point in no province; provinces are numbered from 0."""
ON_BORDER = -2
"""Value of a cell that a border crosses."""

PROPERTIES = {
    "name": expect_text,
    "iso_3166_2": expect_text,
    "pcode": expect_text_or_null,
    "pcode_scheme": expect_text_or_null,
    "label_lat": LATITUDE,
    "label_lon": LONGITUDE,
    "area_km2": POSITIVE,
}


@dataclass(frozen=True, slots=True)
class Province:
    """One province.

    Parameters
    ----------
    code
        ISO 3166-2, for example ``AF-PAN``.
    name
        The English name.
    local_names
        Pairs of language tag and name, in the order of the file.
    pcode, pcode_scheme
        The humanitarian place code and its edition: the same code can mean another province in
        another edition.
    label_lat, label_lon
        Position of the label in degrees, inside the outline; not a centre.
    area_km2
        Square kilometres.
    outline
        x longitude, y latitude, in degrees.
    """

    code: str
    name: str
    local_names: tuple[tuple[str, str], ...]
    pcode: str | None
    pcode_scheme: str | None
    label_lat: float
    label_lon: float
    area_km2: float
    outline: BaseGeometry = field(repr=False, compare=False)


class Provinces:
    """All provinces of a country, in the order of their file.

    Parameters
    ----------
    provinces
        At least one; their codes differ.

    Examples
    --------
    >>> a = Province("XX-A", "A", (), "XX01", "2021", 50.5, 10.5, 7800, shapely.box(10, 50, 11, 51))
    >>> b = Province("XX-B", "B", (), "XX02", "2021", 50.5, 11.5, 7800, shapely.box(11, 50, 12, 51))
    >>> provinces = Provinces([a, b])
    >>> provinces.codes
    ('XX-A', 'XX-B')
    >>> provinces.index_of([50.5, 50.5, 50.5, float("nan")], [10.5, 11.0, 12.5, 10.5]).tolist()
    [0, 0, -1, -1]
    >>> provinces.containing(50.5, 11.5).name, provinces.containing(11.5, 50.5)
    ('B', None)
    >>> round(provinces.distance_m(52.0, 10.5, "XX-A"), -3)
    111000.0
    >>> provinces.outline_of(["XX-A", "XX-B"]).bounds
    (10.0, 50.0, 12.0, 51.0)
    """

    def __init__(self, provinces: Iterable[Province]) -> None:
        self._provinces = tuple(provinces)
        self.codes = tuple(province.code for province in self._provinces)
        self._positions = {code: position for position, code in enumerate(self.codes)}
        self._outlines = np.array([province.outline for province in self._provinces], dtype=object)
        shapely.prepare(self._outlines)
        self._bounds = shapely.bounds(self._outlines)

    @classmethod
    def from_geojson(cls, data: bytes) -> Self:
        """Read a FeatureCollection of polygons.

        The property ``iso_3166_2`` is also the id of its feature, and every property ``name_xx``
        is the province's name in the language ``xx``.

        Raises
        ------
        IntakeError
            Naming every invalid feature and what is wrong with it.

        Examples
        --------
        >>> Provinces.from_geojson(b"{}")
        Traceback (most recent call last):
        ...
        geo.errors.IntakeError: provinces: expected a GeoJSON FeatureCollection, found None
        """
        features = read_features(data, "provinces", PROPERTIES)
        faults = [
            f"provinces: feature {feature.id!r} has the code {feature.properties['iso_3166_2']!r}; "
            "expected the same text as id and as code"
            for feature in features
            if feature.id != feature.properties["iso_3166_2"]
        ]
        if faults:
            raise IntakeError("\n".join(faults))
        return cls(_province(feature.properties, feature.outline) for feature in features)

    def __iter__(self) -> Iterator[Province]:
        return iter(self._provinces)

    def __len__(self) -> int:
        return len(self._provinces)

    def __contains__(self, code: object) -> bool:
        return code in self._positions

    def __getitem__(self, code: str) -> Province:
        if code not in self._positions:
            msg = f"{code!r} is not one of the {len(self)} province codes, such as {self.codes[0]}"
            raise PlaceError(msg)
        return self._provinces[self._positions[code]]

    def index_of(self, lats: ArrayLike, lons: ArrayLike) -> NDArray[np.int16]:
        """Find the province of each point, as its position in `codes`.

        A point on the border of two provinces gets the lower position of the two; one that is in
        no province, or is not a number, gets -1. Exact for every point.

        Parameters
        ----------
        lats, lons
            Degrees, WGS 84, of equal length.

        Returns
        -------
        numpy.ndarray
            One number for each point, in their order.

        Raises
        ------
        PlaceError
            The two are not of equal length.
        """
        lat, lon = (np.asarray(values, dtype=np.float64).ravel() for values in (lats, lons))
        if lat.size != lon.size:
            msg = f"{lat.size} latitudes were given with {lon.size} longitudes"
            raise PlaceError(msg)
        if lat.size < BULK and "_raster" not in self.__dict__:
            return self._tested(lat, lon)
        found = np.empty(lat.size, dtype=np.int16)
        for start in range(0, lat.size, CHUNK):
            part = slice(start, start + CHUNK)
            found[part] = self._looked_up(lat[part], lon[part])
        return found

    def containing(self, lat: float, lon: float) -> Province | None:
        """Return the province that a point is in or on the border of, if there is one."""
        hits = np.flatnonzero(shapely.intersects_xy(self._outlines, lon, lat))
        return self._provinces[hits[0]] if hits.size else None

    def distance_m(self, lat: float, lon: float, code: str) -> float:
        """The distance of a point from a province, in metres; 0 inside it.

        Measured on a plane that touches the globe at the point: accurate to about one per cent up
        to 200 km, which is enough to check whether a point is near the province that it names.

        Raises
        ------
        PlaceError
            There is no province with this code.
        """
        outline = self[code].outline
        if shapely.intersects_xy(outline, lon, lat):
            return 0.0
        per_degree = np.array(_metres_per_degree(lat))
        flat = shapely.transform(outline, lambda xy: (xy - (lon, lat)) * per_degree)
        return float(shapely.distance(flat, shapely.Point(0, 0)))

    def outline_of(self, codes: Iterable[str]) -> BaseGeometry:
        """Join the outlines of several provinces into one without the borders between them.

        Raises
        ------
        PlaceError
            A code is unknown, or none is given.
        """
        outlines = [self[code].outline for code in codes]
        if not outlines:
            msg = "an outline needs at least one province"
            raise PlaceError(msg)
        # Outlines that share their edges to the last digit, as they usually do, are joined faster.
        is_exact = bool(shapely.coverage_is_valid(outlines))
        join = shapely.coverage_union_all if is_exact else shapely.union_all
        return join(outlines)

    @cached_property
    def whole(self) -> BaseGeometry:
        """The outline of all provinces together."""
        return self.outline_of(self.codes)

    @cached_property
    def _raster(self) -> _Raster:
        return _Raster(self._outlines, self._tested)

    def _looked_up(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.int16]:
        found = self._raster.look_up(lat, lon)
        unsure = np.flatnonzero(found == ON_BORDER)
        if unsure.size:
            found[unsure] = self._tested(lat[unsure], lon[unsure])
        return found

    def _tested(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.int16]:
        """Test points against the outlines, the last first, so that the first that fits wins."""
        found = np.full(lat.size, OUTSIDE, dtype=np.int16)
        for position in reversed(range(len(self))):
            west, south, east, north = self._bounds[position]
            near = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
            inside = shapely.intersects_xy(self._outlines[position], lon[near], lat[near])
            found[near[inside]] = position
        return found


class _Raster:
    """Cells over all outlines, each with a province's position, `OUTSIDE` or `ON_BORDER`."""

    def __init__(self, outlines: NDArray[Any], tested: Any) -> None:
        west, south, east, north = shapely.total_bounds(outlines)
        self.size = max(CELL, float(np.sqrt((east - west) * (north - south) / MAX_CELLS)))
        self.west, self.south = float(west) - self.size, float(south) - self.size
        self.columns = int((east - self.west) / self.size) + 2
        self.rows = int((north - self.south) / self.size) + 2
        cells = np.zeros(self.rows * self.columns, dtype=np.int16)
        cells[self._crossed(outlines)] = ON_BORDER
        self._fill(cells, tested)
        self.cells = cells

    def look_up(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.int16]:
        column, row = (lon - self.west) / self.size, (lat - self.south) / self.size
        # A comparison with NaN is false, so that such a point counts as outside.
        known = (column >= 0) & (column < self.columns) & (row >= 0) & (row < self.rows)
        if known.all():
            return self.cells[row.astype(np.int32) * self.columns + column.astype(np.int32)]
        found = np.full(lat.size, OUTSIDE, dtype=np.int16)
        found[known] = self.look_up(lat[known], lon[known])
        return found

    def _crossed(self, outlines: NDArray[Any]) -> NDArray[np.int64]:
        """The numbers of the cells that a border crosses or nearly touches."""
        start, end = _segments(outlines)
        start, end = ((points - (self.west, self.south)) / self.size for points in (start, end))
        segment, along = _pieces(start, end)
        middle = start[segment] + (end - start)[segment] * along[:, None]
        touched = np.concatenate([start, middle])
        # Rounding may put a point on the wrong side of a cell's edge, so both cells are included.
        near = np.concatenate([touched + nudge for nudge in NUDGES]).astype(np.int64)
        return np.unique(near[:, 1] * self.columns + near[:, 0])

    def _fill(self, cells: NDArray[np.int16], tested: Any) -> None:
        """Test one cell of each run between borders, and give all cells of the run its result."""
        border = cells == ON_BORDER
        starts = np.zeros(cells.size, dtype=bool)
        starts[:: self.columns] = True
        starts[1:] |= border[1:] != border[:-1]
        first = np.flatnonzero(starts)
        row, column = np.divmod(first, self.columns)
        lat, lon = (self.south + (row + 0.5) * self.size, self.west + (column + 0.5) * self.size)
        answers = np.where(border[first], np.int16(ON_BORDER), tested(lat, lon))
        cells[:] = np.repeat(answers, np.diff(np.append(first, cells.size)))


NUDGES = np.array([(x, y) for x in (-1e-6, 1e-6) for y in (-1e-6, 1e-6)])
"""Shifts in units of a cell to its four corners: a millionth of a cell is well above the rounding
error of the coordinates and far below any detail of an outline."""


def _segments(outlines: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The start and end points of all straight segments of the outlines, each of shape (n, 2)."""
    lines = shapely.get_parts(shapely.get_rings(shapely.get_parts(outlines)))
    points, ring = shapely.get_coordinates(lines, return_index=True)
    within = ring[1:] == ring[:-1]
    return points[:-1][within], points[1:][within]


def _pieces(
    start: NDArray[np.float64], end: NDArray[np.float64]
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Cut segments, in units of cells, at every cell edge: segment and middle of each piece."""
    segments = np.arange(len(start))
    owners, cuts = [segments, segments], [np.zeros(len(start)), np.ones(len(start))]
    for axis in (0, 1):
        low = np.minimum(start[:, axis], end[:, axis])
        first = np.floor(low) + 1
        count = np.maximum(np.ceil(np.maximum(start[:, axis], end[:, axis])) - first, 0).astype(int)
        owner = np.repeat(segments, count)
        step = np.arange(owner.size) - np.repeat(np.cumsum(count) - count, count)
        edge = first[owner] + step
        owners.append(owner)
        cuts.append((edge - start[owner, axis]) / (end - start)[owner, axis])
    segment, along = np.concatenate(owners), np.concatenate(cuts)
    order = np.lexsort((along, segment))
    segment, along = segment[order], along[order]
    same = segment[1:] == segment[:-1]
    return segment[1:][same], ((along[1:] + along[:-1]) / 2)[same]


def _metres_per_degree(lat: float) -> tuple[float, float]:
    """Length of a degree of longitude and of latitude, in metres, on the WGS 84 ellipsoid.

    From the radii of curvature in the prime vertical and in the meridian (Snyder, *Map Projections:
    A Working Manual*, USGS Professional Paper 1395, 1987, equations 4-18 to 4-21), with the
    semi-major axis 6,378,137 m and the squared eccentricity 0.00669437999014 of WGS 84.
    """
    phi = np.radians(lat)
    bend = 1 - 0.00669437999014 * np.sin(phi) ** 2
    east = np.radians(6378137.0) * np.cos(phi) / np.sqrt(bend)
    north = np.radians(6378137.0) * (1 - 0.00669437999014) / bend**1.5
    return float(east), float(north)


def _province(properties: Any, outline: BaseGeometry) -> Province:
    return Province(
        code=properties["iso_3166_2"],
        name=properties["name"],
        local_names=tuple(
            (key.removeprefix("name_"), value)
            for key, value in properties.items()
            if key.startswith("name_") and isinstance(value, str)
        ),
        pcode=properties["pcode"],
        pcode_scheme=properties["pcode_scheme"],
        label_lat=float(properties["label_lat"]),
        label_lon=float(properties["label_lon"]),
        area_km2=float(properties["area_km2"]),
        outline=outline,
    )
