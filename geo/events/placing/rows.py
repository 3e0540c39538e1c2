"""Place rows: from names and a point to a location, no finer than the row states.

Every distinct spelling is looked up once, all points go through the raster of the provinces at
once, and everything else is worked out once for each distinct combination of names and point. A
point must be in the province that its row names, within two kilometres; otherwise the row keeps the
province and loses the point.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, get_args

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from geo.events.cells.values import point_column
from geo.events.columns.columns import CodedColumn, Combinations, Mask, coded
from geo.events.columns.rejects import Findings
from geo.events.columns.text_cells import blanked
from geo.events.placing.place_names import NOT_STATED, OUTSIDE_COUNTRY, ColumnGazetteer, queue
from geo.places.country import Country
from geo.places.locations import BORDER_TOLERANCE_M, Precision

PRECISIONS: Final[tuple[Precision, ...]] = get_args(Precision)
EXACT, SETTLEMENT, NEAR, DISTRICT_, PROVINCE_, REGION, COUNTRY, UNKNOWN = range(len(PRECISIONS))
LINE: Final = len(PRECISIONS)
"""A line or an area of no definite shape, drawn as the finest unit that its row names."""
OFF: Final = ("country", "outside", "unknown")
NEAR_M: Final = 25_000.0
"""Metres that "near" means if a format gives no radius: the limit of ``where_prec`` 2 in the UCDP
GED codebook 23.1."""
SETTLEMENT_M: Final = 2_000.0
"""Metres that "in a settlement" means if a format gives no radius: a town that is 4 km across."""
_OUTSIDE: Final = -1
_SHORTEST_DEGREE_M: Final = 110_570.0
"""Metres per degree of latitude at the equator of WGS 84, the least anywhere (110,574 m)."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class StatedLocations:
    """What rows state about where something is.

    Parameters
    ----------
    country, province, district, place
        Names as in the file; ``None`` for columns that the file does not have.
    lat, lon
        Degrees, WGS 84; NaN where none is stated.
    precision
        For each row, the position in :data:`PRECISIONS` of the precision that it states, or
        :data:`LINE`.
    radius_m
        The radius that "near" means here; NaN where the row does not state it.
    columns
        The file's names for ``country``, ``province``, ``district`` and ``lat``.
    """

    country: CodedColumn | None
    province: CodedColumn
    district: CodedColumn
    place: CodedColumn
    lat: Floats
    lon: Floats
    precision: NDArray[np.int8]
    radius_m: Floats
    columns: tuple[str, ...]

    def filter(self, kept: Mask) -> StatedLocations:
        """Return only the rows that are kept."""
        return StatedLocations(
            self.country.filter(kept) if self.country else None, self.province.filter(kept),
            self.district.filter(kept), self.place.filter(kept), self.lat[kept], self.lon[kept],
            self.precision[kept], self.radius_m[kept], self.columns,
        )  # fmt: skip

    def blanked(self) -> StatedLocations:
        """Return the same with names that only mean "unknown", such as "NA", as empty texts."""
        return replace(
            self, country=blanked(self.country) if self.country else None,
            province=blanked(self.province), district=blanked(self.district),
            place=blanked(self.place),
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class RowLocations:
    """The locations of rows.

    Parameters
    ----------
    columns
        The location columns of an event table.
    unknown
        Unmatched names of provinces and districts, with the number of their rows.
    """

    columns: dict[str, Any]
    unknown: dict[str, pa.Table]


def place_rows(locations: StatedLocations, country: Country, doubts: Findings) -> RowLocations:
    """Return the location columns of an event table, and add a warning for each contradiction."""
    locations = locations.blanked()
    rows = len(locations.place)
    country_names = locations.country or CodedColumn.same("", rows)
    points = Combinations.of(bits(locations.lat), bits(locations.lon))
    both = Combinations.of(
        country_names.codes, locations.province.codes, locations.district.codes,
        locations.place.codes, points.number, locations.precision, bits(locations.radius_m),
    )  # fmt: skip
    placing = _RowPlacer(locations, country_names, country, both.first)
    placing.run()
    for column, flag, reason in placing.doubts:
        values = (
            _point_texts(locations, both.first) if column is None else getattr(locations, column)
        )
        _doubt(doubts, locations, both, column, flag, reason, values)
    return RowLocations(
        placing.columns(both.number),
        {
            "province": queue(locations.province, placing.lost_province[both.number]),
            "district": queue(locations.district, placing.lost_district[both.number]),
        },
    )


def bits(numbers: Floats) -> NDArray[np.int64]:
    """Return numbers as small codes, with one code for NaN.

    Examples
    --------
    >>> bits(np.array([34.5, np.nan, 34.5, np.nan])).tolist()
    [0, 1, 0, 1]
    """
    encoded = pa.array(numbers.view(np.int64)).dictionary_encode()
    codes: NDArray[np.int64] = encoded.indices.to_numpy().astype(np.int64)
    return codes


def _point_texts(locations: StatedLocations, first: NDArray[np.int64]) -> CodedColumn:
    pairs = zip(locations.lat[first].tolist(), locations.lon[first].tolist(), strict=True)
    texts = pa.array([f"{lat:g}, {lon:g}" for lat, lon in pairs], pa.string())
    return CodedColumn(texts, np.arange(first.size, dtype=np.int32))


def _doubt(
    doubts: Findings, locations: StatedLocations, both: Combinations, column: str | None,
    flag: Mask, reason: list[str] | str, values: CodedColumn,
) -> None:  # fmt: skip
    if not flag.any():
        return
    where = flag[both.number]
    shown = CodedColumn(values.words, both.number) if column is None else values
    why = (
        reason
        if isinstance(reason, str)
        else CodedColumn(pa.array(reason, pa.string()), both.number)
    )
    names = dict(zip(("country", "province", "district", None), locations.columns, strict=True))
    doubts.add(where, names[column], shown, why)


class _RowPlacer:
    """Judges each distinct combination."""

    def __init__(
        self,
        locations: StatedLocations,
        country_names: CodedColumn,
        country: Country,
        first: NDArray[np.int64],
    ) -> None:
        self.country, self.size = country, first.size
        self.names = ColumnGazetteer(country)
        self.lat, self.lon = locations.lat[first], locations.lon[first]
        self.radius_m = locations.radius_m[first]
        self.wanted = locations.precision[first].astype(np.int8)
        self.precision = self.wanted.copy()
        self.place_texts = locations.place
        self.place = locations.place.codes[first]
        self.has_place = locations.place.filled[first]
        self.own = self.names.own(country_names)[first]
        self.named_province = locations.province.filled[first]
        self.province = self.names.provinces(locations.province)[first]
        self.regions = self.names.regions(locations.province)
        self.province_text = locations.province.codes[first]
        self.district, self.inferred = self.names.districts(
            locations.district, locations.district.codes[first], self.province
        )
        at_home = self.own != OUTSIDE_COUNTRY
        self.lost_province = at_home & self.named_province & (self.province < 0)
        self.lost_district = (
            at_home & locations.district.filled[first] & (self.province >= 0) & (self.district < 0)
        )
        self.uncertainty = np.full(self.size, np.nan)
        self.off = np.full(self.size, -1, np.int8)
        self.place_name = np.full(self.size, "", dtype=object)
        self.doubts: list[tuple[str | None, Mask, list[str] | str]] = []

    def run(self) -> None:
        """Run all steps, finer before coarser: each step can only make a place less precise."""
        known = ~np.isnan(self.lat) & ~np.isnan(self.lon)
        self.inside = np.full(self.size, _OUTSIDE, np.int16)
        self.inside[known] = self.country.provinces.index_of(self.lat[known], self.lon[known])
        self.is_point = known
        self._abroad()
        self._say("district", np.array([bool(why) for why in self.inferred], bool), self.inferred)
        self._lines()
        self._unknown_province()
        self._province_of_point()
        self._far()
        self._no_point()
        self._districts()
        self._coarse()
        self._finish()

    def _at_most(self, where: Mask, precision: int) -> None:
        self.precision[where] = np.maximum(self.precision[where], precision)

    def _say(self, column: str | None, where: Mask, reason: list[str] | str) -> None:
        self.doubts.append((column, where, reason))

    def _abroad(self) -> None:
        outside = self.own == OUTSIDE_COUNTRY
        both = outside & (self.inside >= 0)
        name = self.country.name
        self._say("country", both, f"the point is in {name}, which the row does not name")
        # A row without country and province whose point is outside the country is outside.
        stray = (self.own == NOT_STATED) & (self.province < 0) & self.is_point
        self.outside = outside | (stray & (self.inside < 0))
        self.precision[self.outside] = UNKNOWN
        self.province[self.outside] = -1
        self.off[self.outside] = OFF.index("outside")
        self.here = ~self.outside

    def _lines(self) -> None:
        """Place a line in the district that it is named with, or the province, or several."""
        line = self.precision == LINE
        reason = (
            "a line or an area of no definite shape; drawn as the finest unit that the row names"
        )
        self._say("province", line, reason)
        unit = np.where(self.named_province, PROVINCE_, REGION)
        unit = np.where(self.district >= 0, DISTRICT_, unit)
        self.precision[line] = unit[line]

    def _unknown_province(self) -> None:
        unknown = self.here & self.named_province & (self.province < 0)
        unknown &= self.precision <= PROVINCE_
        unknown &= ~self._divided(unknown)
        kept = unknown & (self.inside >= 0) & (self.precision <= NEAR)
        lost = f"{self.country.name} has no province of this name"
        self._say("province", kept, f"{lost}; the province is taken from the point")
        self._say("province", unknown & ~kept, f"{lost}; the row is not mapped")
        self._at_most(unknown & ~kept, UNKNOWN)

    def _divided(self, unknown: Mask) -> Mask:
        """Return rows whose province is several units here: the point's, or all of them."""
        divided = np.zeros(self.size, np.bool_)
        for at in np.flatnonzero(unknown).tolist():
            members = self.regions[int(self.province_text[at])]
            divided[at] = bool(members)
            if int(self.inside[at]) in members and self.precision[at] <= NEAR:
                self.province[at] = self.inside[at]
        coarse = divided & (self.province < 0)
        reason = (
            "the boundaries split it between several provinces; the row is placed in all of them"
        )
        self._say("province", coarse, reason)
        self._at_most(coarse, REGION)
        return divided

    def _province_of_point(self) -> None:
        takes = self.here & (self.province < 0) & (self.inside >= 0) & (self.precision <= NEAR)
        self.province[takes] = self.inside[takes]
        nowhere = self.here & (self.province < 0) & self.is_point & (self.inside < 0)
        nowhere &= self.precision <= NEAR
        self._say(None, nowhere, f"the point is outside {self.country.name}; not mapped")
        self._at_most(nowhere, COUNTRY)

    def _far(self) -> None:
        differs = self.here & self.is_point & (self.province >= 0) & (self.inside != self.province)
        # A row known to a region or the whole country need not be in one province.
        differs &= self.precision <= PROVINCE_
        far = differs.copy()
        names = [province.name for province in self.country.provinces]
        reasons = [""] * self.size
        for number in np.unique(self.province[differs]).tolist():
            some = np.flatnonzero(differs & (self.province == number))
            far[some] = self._beyond(some, number)
        # A district is placed by its name, not by the point: it is in the province named with it.
        by_name = (self.precision == DISTRICT_) & (self.district >= 0)
        for at in np.flatnonzero(far).tolist():
            meant = names[self.province[at]]
            where = names[self.inside[at]] if self.inside[at] >= 0 else "no province"
            kept = "the district is used as named" if by_name[at] else "only the province is used"
            reasons[at] = (
                f"the point is in {where}, more than {BORDER_TOLERANCE_M // 1000} km outside "
                f"{meant}, which the row names; {kept}"
            )
        self._say(None, far, reasons)
        self._at_most(far & ~by_name, PROVINCE_)
        self.district[far & ~by_name] = -1

    def _beyond(self, some: NDArray[np.int64], number: int) -> Mask:
        """Tell which points are beyond the tolerance; only those near it are measured exactly."""
        provinces = self.country.provinces
        code = provinces.codes[number]
        # Up to 89 degrees, so that the length of a degree of longitude is never 0.
        widest = _SHORTEST_DEGREE_M * np.cos(np.radians(np.minimum(np.abs(self.lat[some]), 89)))
        points = shapely.points(self.lon[some], self.lat[some])
        degrees = BORDER_TOLERANCE_M / widest
        close = shapely.dwithin(provinces[code].outline, points, degrees)  # type: ignore[call-overload] # the stubs know no array of distances
        beyond = np.ones(some.size, dtype=bool)
        for at in np.flatnonzero(close).tolist():
            row = some[at]
            metres = provinces.distance_m(float(self.lat[row]), float(self.lon[row]), code)
            beyond[at] = metres > BORDER_TOLERANCE_M
        return beyond

    def _no_point(self) -> None:
        lacks = self.here & ~self.is_point & (self.precision <= NEAR)
        self._say(None, lacks, "the row has no point; its location is only as precise as its names")
        self._at_most(lacks, DISTRICT_)

    def _districts(self) -> None:
        districts = self.names.district_list
        points = self.here & self.is_point & (self.precision <= NEAR)
        named = np.flatnonzero(points & (self.district >= 0))
        if named.size:
            outlines = np.array([one.outline for one in districts], dtype=object)
            apart = np.zeros(self.size, dtype=bool)
            at = shapely.points(self.lon[named], self.lat[named])
            # 0.75 is the cosine of 41 degrees: up to that latitude, it is at least 2 km each way.
            tolerance = BORDER_TOLERANCE_M / (_SHORTEST_DEGREE_M * 0.75)
            shapely.prepare(outlines)
            apart[named] = ~shapely.dwithin(outlines[self.district[named]], at, tolerance)
            reason = (
                "the point is outside the district that the row names; the district is left empty"
            )
            self._say("district", apart, reason)
            self.district[apart] = -1
            points &= ~apart
        open_ = np.flatnonzero(points & (self.district < 0))
        self.district[open_] = self.names.districts_at(
            self.lat[open_], self.lon[open_], self.province[open_]
        )

    def _coarse(self) -> None:
        """Make an unknown district a province, and an unknown province no place."""
        self._at_most(self.here & (self.precision == DISTRICT_) & (self.district < 0), PROVINCE_)
        lacks = self.here & (self.precision == PROVINCE_) & (self.province < 0)
        self._at_most(lacks & (self.own != NOT_STATED), COUNTRY)
        self._at_most(lacks & (self.own == NOT_STATED), UNKNOWN)
        self.province[self.precision >= REGION] = -1
        self.district[self.precision >= PROVINCE_] = -1
        self.off[self.precision == COUNTRY] = OFF.index("country")
        self.off[(self.precision == UNKNOWN) & self.here] = OFF.index("unknown")

    def _finish(self) -> None:
        point = self.precision <= NEAR
        self.lat, self.lon = np.where(point, self.lat, np.nan), np.where(point, self.lon, np.nan)
        towns = np.flatnonzero(point & self.has_place)
        names, radii = self.names.towns(
            self.place_texts, self.place[towns], self.province[towns], self.lat[towns],
            self.lon[towns],
        )  # fmt: skip
        self.place_name[towns] = names
        self.uncertainty[self.precision == SETTLEMENT] = SETTLEMENT_M
        found = towns[~np.isnan(radii)]
        radius = np.full(self.size, np.nan)
        radius[towns] = radii
        settled = found[self.precision[found] == SETTLEMENT]
        self.uncertainty[settled] = radius[settled]
        near = self.precision == NEAR
        self.uncertainty[near] = np.where(np.isnan(self.radius_m), NEAR_M, self.radius_m)[near]
        for precision, numbers, called in (
            (DISTRICT_, self.district, [one.name for one in self.names.district_list]),
            (PROVINCE_, self.province, [one.name for one in self.country.provinces]),
        ):
            at = self.precision == precision
            self.place_name[at] = np.array([*called, ""], dtype=object)[numbers[at]]

    def columns(self, number: NDArray[np.int32]) -> dict[str, Any]:
        """Return the columns of all rows; `number` gives the combination of each."""
        districts = [one.id for one in self.names.district_list]
        words = pa.array(self.place_name, pa.string()).dictionary_encode()
        names = CodedColumn(words.dictionary, words.indices.to_numpy()[number])
        return {
            "place_text": self.place_texts.column(),
            "place_name": names.column(),
            "precision": coded(self.precision[number], PRECISIONS),
            "province": coded(self.province[number], self.country.provinces.codes),
            "district": coded(self.district[number], districts),
            "lat": point_column(self.lat[number]),
            "lon": point_column(self.lon[number]),
            "uncertainty_m": point_column(self.uncertainty[number]).cast(pa.float32()),
            "off": coded(self.off[number], OFF),
        }
