"""Look up the place names of a table, once for each distinct spelling."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from geo.events.columns.columns import CodedColumn, Combinations
from geo.places.boundaries import DEGREE_M
from geo.places.country import Country, District
from geo.places.gazetteer import Match, Place
from geo.places.gazetteer.places import Kind

CLOSE_M: Final = 25_000.0
"""Metres from the row's point beyond which a place of the gazetteer counts as another place."""
_DISTRICT_WORD: Final = re.compile(r"\s+district\s*$", re.IGNORECASE)
_KIND_BEHIND: Final = re.compile(r"\s+(?:state|region|division|province)\s*$", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"\s*\([^()]*\)\s*$")
OWN, OUTSIDE_COUNTRY, NOT_STATED = 1, 0, -1
"""What a row states about its country: this one, another, or nothing."""

Numbers = NDArray[np.int32]


class ColumnGazetteer:
    """The gazetteer of a country, queried by whole columns."""

    def __init__(self, country: Country) -> None:
        self.country = country
        self.district_list: list[District] = list(country.districts.values())
        self._district_number = {one.id: at for at, one in enumerate(self.district_list)}
        self._province_number = {code: at for at, code in enumerate(country.provinces.codes)}

    def own(self, column: CodedColumn) -> NDArray[np.int8]:
        """Tell whether a row's country is this one: 1 if so, 0 if not, -1 where none is named."""
        return column.each(self._is_own, np.int8)

    def _is_own(self, name: str) -> int:
        if not name.strip():
            return NOT_STATED
        numbers = self.country.numbers
        own = (
            self.country.code, self.country.code3, self.country.name, numbers.iso, numbers.ucdp,
        )  # fmt: skip
        if name.strip().casefold() in {one.casefold() for one in own}:
            return OWN
        place = place_of(self.country.gazetteer.known(name, kind="country"), "country")
        return OWN if place is not None and place.id == self.country.code else OUTSIDE_COUNTRY

    def provinces(self, column: CodedColumn) -> Numbers:
        """Return each row's province as a position among the codes; -1 where it is unknown."""
        return column.each(self._province, np.int32)

    def _province(self, name: str) -> int:
        if not name.strip():
            return -1
        if (code := name.strip()) in self._province_number:
            return self._province_number[code]
        place = place_of(self.country.gazetteer.known(name, kind="province"), "province")
        return self._province_number.get(place.id, -1) if place is not None else -1

    def regions(self, column: CodedColumn) -> list[frozenset[int]]:
        """Return, for each distinct text of a column, the provinces of the region that it means.

        A source may name what boundaries divide: "Shan State" is three units of Myanmar. Empty
        where a text means no region, or a province.
        """
        return [self._region(text) for text in column.texts]

    def _region(self, name: str) -> frozenset[int]:
        if not name.strip() or self._province(name) >= 0:
            return frozenset()
        for text in (name, _KIND_BEHIND.sub("", name)):
            place = place_of(self.country.gazetteer.known(text, kind="region"), "region")
            if place is not None:
                return frozenset(self._province_number[code] for code in place.provinces)
        return frozenset()

    def districts(
        self, column: CodedColumn, codes: Numbers, provinces: Numbers
    ) -> tuple[Numbers, list[str]]:
        """Return each combination's district as a position in `district_list`; -1 if unknown.

        The list gives, for each, why the district is inferred; empty where it is as named.
        Districts of different provinces can have the same name, so a district is only looked up
        within its province.

        Returns
        -------
        The positions and the reasons, row by row.
        """
        both = Combinations.of(codes, provinces)
        texts, inside = column.texts, self.country.provinces.codes
        result = np.full(both.first.size, -1, np.int32)
        reasons = [""] * both.first.size
        for number, row in enumerate(both.first.tolist()):
            name, province = texts[codes[row]], int(provinces[row])
            if name.strip() and province >= 0:
                result[number], reasons[number] = self._district(name, inside[province])
        each = both.number.tolist()
        numbers = result[both.number] if result.size else np.empty(0, np.int32)
        return numbers, [reasons[number] for number in each]

    def _district(self, name: str, province: str) -> tuple[int, str]:
        """Return the number of a district, and why it is inferred if it is."""
        district = self.country.districts.get(name.strip())
        if district is not None:
            return self._district_number[district.id] if district.province == province else -1, ""
        for text in _without_ending(name):
            known = self.country.gazetteer.known(text, kind="district", within=province)
            place = place_of(known, "district")
            if place is not None:
                reason = known.reason if known.status == "inferred" else ""
                return self._district_number.get(place.id, -1), reason
        return -1, ""

    def districts_at(
        self, lat: NDArray[np.float64], lon: NDArray[np.float64], provinces: Numbers
    ) -> Numbers:
        """Return the district of its province that each point is in; -1 if there is none."""
        result = np.full(lat.size, -1, np.int32)
        if not lat.size or not self.district_list:
            return result
        point, district = self._tree.query(shapely.points(lon, lat), predicate="intersects")
        fits = self._district_provinces[district] == provinces[point]
        # Written in reverse, so that the first of two districts that share a border wins.
        result[point[fits][::-1]] = district[fits][::-1]
        return result

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree([one.outline for one in self.district_list])

    @cached_property
    def _district_provinces(self) -> Numbers:
        numbers = [self._province_number[one.province] for one in self.district_list]
        return np.array(numbers, np.int32)

    def towns(
        self,
        column: CodedColumn,
        codes: Numbers,
        provinces: Numbers,
        lat: NDArray[np.float64],
        lon: NDArray[np.float64],
    ) -> tuple[list[str], NDArray[np.float64]]:
        """Return the gazetteer's name of the place at each point, and its radius in metres.

        Empty and NaN where the gazetteer has no town of that name near the point.

        Returns
        -------
        The names and the radii, row by row.
        """
        matches = self._matches(column, codes, provinces)
        names, radii = [""] * codes.size, np.full(codes.size, np.nan)
        for row, match in enumerate(matches):
            near = [
                place
                for place in _towns(match)
                if _metres(place, float(lat[row]), float(lon[row])) <= CLOSE_M
            ]
            if len(near) == 1:
                names[row] = near[0].name
                radii[row] = np.nan if near[0].uncertainty_m is None else near[0].uncertainty_m
        return names, radii

    def _matches(self, column: CodedColumn, codes: Numbers, provinces: Numbers) -> list[Match]:
        both = Combinations.of(codes, provinces)
        texts, inside = column.texts, self.country.provinces.codes
        answers = [
            self._town(texts[codes[row]], inside[provinces[row]] if provinces[row] >= 0 else None)
            for row in both.first.tolist()
        ]
        return [answers[number] for number in both.number.tolist()]

    def _town(self, name: str, within: str | None) -> Match:
        """Match a name at a point; if a town and an area share the name, the town is meant."""
        match = self.country.gazetteer.known(name, within=within)
        if match.status == "unknown" or (match.place is not None and _towns(match)):
            return match
        return self.country.gazetteer.known(name, kind="settlement", within=within)


def _without_ending(name: str) -> list[str]:
    """Strip the word "district" from the end of a name, then a second name in brackets.

    UCDP GED puts the word after every name, "Dara-i-Nur district" among them.

    Examples
    --------
    >>> _without_ending("Nad Ali district (Marja)"), _without_ending("Dara-i-Nur district")
    (['Nad Ali district (Marja)', 'Nad Ali'], ['Dara-i-Nur'])
    """
    bare = _DISTRICT_WORD.sub("", name)
    first = _DISTRICT_WORD.sub("", _BRACKETS.sub("", name))
    return [bare] if first == bare or not first.strip() else [bare, first]


def place_of(match: Match, kind: Kind) -> Place | None:
    """Return the place that a match gives for one kind; ``None`` if its place is of another kind.

    A gazetteer also answers with places outside the country and with the areas that a name was
    inferred to be in. A query for a province must get neither.

    Examples
    --------
    >>> abroad = Place("x", "outside", "Islamabad")
    >>> place_of(Match("Islamabad", "outside", abroad), "province") is None
    True
    """
    place = match.place
    return place if place is not None and place.kind == kind else None


def _towns(match: Match) -> tuple[Place, ...]:
    """Return the towns and sites that a name may mean."""
    places = (match.place,) if match.place is not None else match.candidates
    return tuple(place for place in places if place.kind in {"settlement", "site"})


def _metres(place: Place, lat: float, lon: float) -> float:
    """Return the distance of a place from a point in metres, within one per cent at this range."""
    if place.lat is None or place.lon is None:
        return float("inf")
    east = (place.lon - lon) * np.cos(np.radians((place.lat + lat) / 2))
    return float(np.hypot(place.lat - lat, east)) * DEGREE_M


def queue(column: CodedColumn, unknown: NDArray[np.bool_]) -> pa.Table:
    """List the texts of the rows marked `unknown`, each once, with the number of its rows.

    Returns
    -------
    Columns ``name`` and ``rows``, most frequent first.
    """
    counted = np.bincount(column.codes[unknown], minlength=len(column.words))
    hit = np.flatnonzero(counted)
    order = hit[np.argsort(-counted[hit], kind="stable")]
    return pa.table({"name": column.words.take(pa.array(order)), "rows": counted[order]})
