"""Points that stand for an area: the middle of a country or a province, written like a place.

Tables give a point to what is only known to a province or to the country, and seldom say so. Drawn
as it stands, such a point puts a disc where nothing happened. So a row at a middle is drawn as the
area, and kept with a warning; unless it names a settlement that is known to be there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geo.country import Country
from geo.exchange.columns import Coded, Combinations, Mask
from geo.exchange.drafting import Draft
from geo.exchange.names import Names
from geo.exchange.placing_rows import COUNTRY, NEAR, PROVINCE_, Said, bits
from geo.exchange.whole_file import Point

MIDDLE_M: Final = 1_500.0
"""How near a middle a point is taken for it: outlines of one area differ by about as much, and of
the country less than a thousandth lies so near to one."""
_DEGREE_M: Final = 111_320.0
_AT_COUNTRY: Final = (
    "the point is the middle of the country, not a place; the row is not drawn as a point"
)
_AT_PROVINCE: Final = "the point is the middle of the province; the row is drawn as the province"
_CROWDED: Final = (
    "the file has the same point for several provinces; the row is drawn as the province it names"
)

Floats = NDArray[np.float64]


def as_areas(
    draft: Draft, said: Said, country: Country, crowded: frozenset[Point], settled: Mask
) -> Said:
    """Rows whose point is the middle of an area, or stands for several, as that area.

    Parameters
    ----------
    said
        What rows say; only those with a point and a precision of ``near`` or finer are looked at.
    crowded
        Points at which the file has rows of several provinces.
    settled
        Which rows state themselves that they are known to a settlement or finer; the middle of a
        province does not outweigh that, the middle of the country does.
    """
    names = Names(country)
    provinces = names.provinces(said.province)
    both = Combinations.of(
        bits(said.lat), bits(said.lon), said.place.codes, provinces, said.precision, settled
    )
    first = both.first
    lat, lon, named = said.lat[first], said.lon[first], provinces[first]
    drawn = ~np.isnan(lat) & ~np.isnan(lon) & (said.precision[first] <= NEAR)
    at_country = drawn & _near(lat, lon, _middles_of_country(country))
    at_province = np.full(first.size, -1, np.int32)
    for number, middles in enumerate(_middles_of_provinces(country)):
        fits = drawn & ~at_country & ~settled[first] & _near(lat, lon, middles)
        at_province[fits & ((named == number) | ~said.province.filled[first])] = number
    several = drawn & (named >= 0) & _among(lat, lon, crowded)
    odd = np.flatnonzero(at_country | (at_province >= 0) | several)
    if not odd.size:
        return said
    known, _ = names.towns(said.place, said.place.codes[first][odd], named[odd], lat[odd], lon[odd])
    towns = odd[np.array([bool(name) for name in known], np.bool_)]
    at_country[towns], at_province[towns], several[towns] = False, -1, False
    found = _Found(at_country[both.number], at_province[both.number], several[both.number])
    found.say(draft)
    return found.redrawn(said, country)


@dataclass(frozen=True, eq=False)
class _Found:
    """Which rows are at the middle of the country, of which province, or at a crowded point."""

    at_country: Mask
    at_province: NDArray[np.int32]
    several: Mask

    def say(self, draft: Draft) -> None:
        """Doubt each row for the first reason that holds."""
        province = self.at_province >= 0
        draft.doubt(self.at_country, "lat", _AT_COUNTRY)
        draft.doubt(province, "lat", _AT_PROVINCE)
        draft.doubt(self.several & ~self.at_country & ~province, "lat", _CROWDED)

    def redrawn(self, said: Said, country: Country) -> Said:
        """The rows as the area that is left: the province they name, else the country."""
        province = self.at_province >= 0
        words = pa.concat_arrays(
            [said.province.words, pa.array(country.provinces.codes, pa.string())]
        )
        number = self.at_province + len(said.province.words)
        codes = np.where(province, number, said.province.codes).astype(np.int32)
        area = np.where(self.at_country & ~said.province.filled, COUNTRY, PROVINCE_)
        odd = self.at_country | province | self.several
        precision = np.where(odd, area, said.precision).astype(np.int8)
        return replace(said, province=Coded(words, codes), precision=precision)


def _among(lat: Floats, lon: Floats, crowded: frozenset[Point]) -> Mask:
    if not crowded:
        return np.zeros(lat.size, np.bool_)
    points = zip(lat.tolist(), lon.tolist(), strict=True)
    return np.array([point in crowded for point in points], np.bool_)


def _near(lat: Floats, lon: Floats, middles: tuple[Point, ...]) -> Mask:
    near = np.zeros(lat.size, np.bool_)
    for north, east in middles:
        metres = np.hypot(lat - north, (lon - east) * np.cos(np.radians(north))) * _DEGREE_M
        near |= metres <= MIDDLE_M
    return near


def _middles_of_country(country: Country) -> tuple[Point, ...]:
    centre = country.provinces.whole.centroid
    return ((centre.y, centre.x), *country.middle_points)


def _middles_of_provinces(country: Country) -> list[tuple[Point, ...]]:
    """Where others put a province: at the centre of its area, of its box, or at its label."""
    found: list[tuple[Point, ...]] = []
    for one in country.provinces:
        centre = one.outline.centroid
        west, south, east, north = one.outline.bounds
        found.append((
            (centre.y, centre.x), ((south + north) / 2, (west + east) / 2),
            (one.label_lat, one.label_lon),
        ))  # fmt: skip
    return found
