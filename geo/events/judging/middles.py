"""Detect points that represent an area: the centre of a country or a province, given as a place.

Tables often give a point to what is known only to a province or to the country, and seldom say so.
Drawn as it is, such a point puts a disc where nothing happened. A row at such a centre is therefore
drawn as the area and imported with a warning, unless it names a settlement that is known to be
there. A row that leaves the cell of its place empty and does not state its precision is drawn as
the smallest unit that it names: in public lists of security incidents, such points are centres.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geo.events.columns.columns import CodedColumn, Combinations, Mask
from geo.events.judging.draft import Draft
from geo.events.judging.whole_file import LatLon
from geo.events.placing.place_names import OUTSIDE_COUNTRY, OWN, ColumnGazetteer
from geo.events.placing.rows import COUNTRY, DISTRICT_, NEAR, PROVINCE_, StatedLocations, bits
from geo.places.boundaries import DEGREE_M
from geo.places.country import Country

MIDDLE_M: Final = 1_500.0
"""Metres within which a point counts as an area's centre: centres from different outlines of an
area differ by about as much, and less than a thousandth of the country is this close to one."""
_NO_PLACE: Final = (
    "the row gives no place name and no precision, so its point may be the centre of an area; it "
    "is drawn as the smallest unit that it names or is in (to draw it as a point, map "
    "precision==near)"
)
_REASONS: Final = (
    "",
    "the point is the centre of the country, not a place; the row is not drawn as a point",
    "the point is the centre of the province; the row is drawn as the province",
    "the file has the same point for several provinces; the row is drawn as the province it names",
    _NO_PLACE,
)
_COUNTRY, _PROVINCE, _CROWDED, _UNNAMED = 1, 2, 3, 4
"""Positions of the reasons above."""

Floats = NDArray[np.float64]


def as_areas(
    draft: Draft, locations: StatedLocations, country: Country, crowded: frozenset[LatLon],
    settled: Mask, unnamed: Mask,
) -> StatedLocations:  # fmt: skip
    """Turn rows whose point is the centre of an area, or of several, into rows of that area.

    Parameters
    ----------
    locations
        What rows state; only those with a point and a precision of ``near`` or finer are checked.
    crowded
        Points at which the file has rows of several provinces.
    settled
        Which rows state a precision of a settlement or finer; this outweighs the centre of a
        province, but not the centre of the country.
    unnamed
        Which rows leave the cell of their place empty and do not state its precision.
    """
    both = Combinations.of(
        bits(locations.lat), bits(locations.lon), locations.place.codes, locations.province.codes,
        locations.precision,
        locations.country.codes if locations.country else settled, settled, unnamed,
    )  # fmt: skip
    middles = _MiddleSearch(locations, country, both.first)
    middles.look(crowded, settled[both.first], unnamed[both.first])
    why = middles.why[both.number]
    if not why.any():
        return locations
    draft.doubt(why > 0, "lat", CodedColumn(pa.array(_REASONS, pa.string()), why))
    words = pa.concat_arrays(
        [locations.province.words, pa.array(country.provinces.codes, pa.string())]
    )
    number = middles.province[both.number]
    codes = np.where(number >= 0, number + len(locations.province.words), locations.province.codes)
    area = np.where((why == _COUNTRY) & ~locations.province.filled, COUNTRY, PROVINCE_)
    area = np.where((why == _UNNAMED) & locations.district.filled, DISTRICT_, area)
    return replace(
        locations, province=CodedColumn(words, codes.astype(np.int32)),
        precision=np.where(why > 0, area, locations.precision).astype(np.int8),
    )  # fmt: skip


class _MiddleSearch:
    """The problem of each distinct row, and the province that is meant where it names none."""

    def __init__(
        self, locations: StatedLocations, country: Country, first: NDArray[np.int64]
    ) -> None:
        self.country, self.names = country, ColumnGazetteer(country)
        self.lat, self.lon = locations.lat[first], locations.lon[first]
        self.place, self.place_codes = locations.place, locations.place.codes[first]
        self.named = self.names.provinces(locations.province)[first]
        self.names_none = ~locations.province.filled[first]
        own = self.names.own(locations.country)[first] if locations.country else OWN
        self.drawn = ~np.isnan(self.lat) & ~np.isnan(self.lon) & (own != OUTSIDE_COUNTRY)
        self.drawn &= locations.precision[first] <= NEAR
        self.why = np.zeros(first.size, np.int32)
        self.province = np.full(first.size, -1, np.int32)

    def look(self, crowded: frozenset[LatLon], settled: Mask, unnamed: Mask) -> None:
        """Check every reason; the first that applies is given."""
        at = np.flatnonzero(self.drawn & unnamed & self.names_none)
        around = np.full(self.why.size, -1, np.int32)
        around[at] = self.country.provinces.index_of(self.lat[at], self.lon[at])
        # A point outside the country, or outside the named province, is judged later.
        self._set(unnamed & ((self.named >= 0) | (around >= 0)), _UNNAMED, around)
        self._set(_among(self.lat, self.lon, crowded) & (self.named >= 0), _CROWDED)
        for number, middles in enumerate(_middles_of_provinces(self.country)):
            fits = ~settled & ((self.named == number) | self.names_none)
            self._set(fits & _near(self.lat, self.lon, middles), _PROVINCE, number)
        self._set(_near(self.lat, self.lon, _middles_of_country(self.country)), _COUNTRY)
        self._spare_towns()

    def _set(self, where: Mask, why: int, province: NDArray[np.int32] | int = -1) -> None:
        where = where & self.drawn
        self.why[where] = why
        self.province[where] = np.broadcast_to(province, where.shape)[where]

    def _spare_towns(self) -> None:
        """Clear rows that name a settlement known to be at their point."""
        odd = np.flatnonzero(self.why)
        known, _ = self.names.towns(
            self.place, self.place_codes[odd], self.named[odd], self.lat[odd], self.lon[odd]
        )
        towns = odd[np.array([bool(name) for name in known], np.bool_)]
        self.why[towns], self.province[towns] = 0, -1


def _among(lat: Floats, lon: Floats, crowded: frozenset[LatLon]) -> Mask:
    if not crowded:
        return np.zeros(lat.size, np.bool_)
    points = zip(lat.tolist(), lon.tolist(), strict=True)
    return np.array([point in crowded for point in points], np.bool_)


def _near(lat: Floats, lon: Floats, middles: tuple[LatLon, ...]) -> Mask:
    near = np.zeros(lat.size, np.bool_)
    for north, east in middles:
        metres = np.hypot(lat - north, (lon - east) * np.cos(np.radians(north))) * DEGREE_M
        near |= metres <= MIDDLE_M
    return near


def _middles_of_country(country: Country) -> tuple[LatLon, ...]:
    centre = country.provinces.whole.centroid
    return ((centre.y, centre.x), *country.middle_points)


def _middles_of_provinces(country: Country) -> list[tuple[LatLon, ...]]:
    """Return where others put a province: the centre of its area or its box, or its label."""
    found: list[tuple[LatLon, ...]] = []
    for one in country.provinces:
        centre = one.outline.centroid
        west, south, east, north = one.outline.bounds
        found.append((
            (centre.y, centre.x), ((south + north) / 2, (west + east) / 2),
            (one.label_lat, one.label_lon),
        ))  # fmt: skip
    return found
