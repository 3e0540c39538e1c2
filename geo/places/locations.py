"""From names to locations, no finer than known, with every inference stated.

A name that fits several places is *ambiguous*, a name that fits none *unknown*; neither is mapped.
What a record states beyond the name (kind, province, point) is checked against the boundaries; if
they contradict each other, the place is not mapped, and neither is preferred.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

from shapely.geometry import Point

from geo.dossier.records import Where
from geo.places.country import Country
from geo.places.gazetteer import Match, Place
from geo.places.gazetteer.places import Precision

__all__ = ["EXACT_M", "Location", "Off", "PlaceStatus", "Precision", "locate", "locate_where"]

Off = Literal["", "country", "outside", "unknown", "not_stated", "withdrawn"]
PlaceStatus = Literal[
    "resolved", "inferred", "ambiguous", "outside", "unknown", "not_stated", "withdrawn"
]

EXACT_M: Final = 150
"""Metres within which a point is an exact place: the size of a compound or a street block, as in
the definition of the location precision "exact"."""
BORDER_TOLERANCE_M: Final = 2_000
"""Metres by which a point may be outside the province that its record names: a margin for
simplified outlines and rounded coordinates."""
_DEFAULT_UNCERTAINTY_M: Final = 2_000
"""Metres around a point whose uncertainty the record does not state: the radius of a town."""
_POINT_BASES: Final = frozenset({"source_coordinates", "geolocated_imagery"})


@dataclass(frozen=True, slots=True)
class Location:
    """Where a place is, no finer than known.

    Parameters
    ----------
    query
        The name that was looked up, or the words of the source.
    lat, lon
        Degrees, WGS 84; ``None`` for areas and for places that are not mapped.
    uncertainty_m
        Metres around the point within which the place is.
    candidates
        What an ambiguous name may mean.
    suggestions
        Names similar to an unknown one; never used by themselves.
    fault, doubt
        What contradicts the place, so that it is not mapped, or only casts doubt on it.
    district
        Id of the district that it is in; empty where that is not known.
    names
        All names of the place, in any script.
    """

    query: str
    status: PlaceStatus
    name: str = ""
    kind: str = ""
    precision: Precision = "unknown"
    provinces: tuple[str, ...] = ()
    area: str = ""
    lat: float | None = None
    lon: float | None = None
    uncertainty_m: float | None = None
    candidates: tuple[Place, ...] = ()
    suggestions: tuple[str, ...] = ()
    note: str = ""
    fault: str = ""
    doubt: str = ""
    district: str = ""
    names: tuple[str, ...] = ()

    @property
    def off(self) -> Off:
        """Why the place is not mapped; empty if it is."""
        if self.status in {"not_stated", "withdrawn"}:
            return "withdrawn" if self.status == "withdrawn" else "not_stated"
        if self.status == "outside":
            return "outside"
        if self.precision == "country":
            return "country"
        return "unknown" if self.precision == "unknown" else ""


def locate(
    name: str, country: Country, *, kind: str | None = None, within: str | None = None
) -> Location:
    """Find a place by its name in any script; a name that fits several places is not resolved.

    Parameters
    ----------
    name
        As people write it: ``Mazar-e Sharif``, ``مزار شریف``, ``Kabul province``, ``the north``.
    country
        The country whose gazetteer is searched; it also has well-known places outside it.
    kind
        Keep only places of this kind, such as ``settlement``.
    within
        ISO 3166-2 code of the province in which the place must be.

    Returns
    -------
    Location
        Degrees WGS 84 as ``lat`` and ``lon`` where the place is a point; ``status`` says how the
        name was matched, ``candidates`` what an ambiguous name may mean.

    Examples
    --------
    A name in Dari is matched; a name that two districts share is not decided, and not mapped:

    >>> from geo import locate, open_workspace
    >>> country = open_workspace().country
    >>> locate("مزار شریف", country).name
    'Mazar-i-Sharif'
    >>> surobi = locate("Surobi", country)
    >>> surobi.status, surobi.lat, len(surobi.candidates) > 1
    ('ambiguous', None, True)
    """
    return _from_match(country.gazetteer.find(name, kind=kind, within=within))


def locate_where(where: Where, country: Country) -> Location:
    """Find a place as a record states it, checked against everything that the record says of it."""
    code = _province_code(where.within, country) if where.within else None
    if where.within and code is None:
        fault = f"within {where.within!r} is not a province of {country.name}"
        return Location(where.place, "unknown", note=fault, fault=fault)
    location = locate(where.means or where.place, country, kind=where.kind, within=code)
    location = replace(location, query=where.place)
    if where.lat is not None and where.lon is not None:
        location = _at_point(where, where.lat, where.lon, location, country)
    elif where.near_m is not None:
        location = _near(where.near_m, location)
    if where.because is not None:
        location = replace(location, note=f"{where.because} {location.note}".strip())
    return location


def _province_code(name: str, country: Country) -> str | None:
    if name in country.provinces:
        return name
    place = country.gazetteer.find(name, kind="province").place
    return place.provinces[0] if place is not None and place.provinces else None


def _from_match(match: Match) -> Location:
    place = match.place
    if place is None:
        return Location(
            match.query,
            match.status,
            candidates=match.candidates,
            suggestions=match.suggestions,
            note=match.reason,
        )
    note = " ".join(part for part in (match.reason, place.note) if part)
    if match.status == "outside":
        return Location(
            match.query,
            "outside",
            place.name,
            place.kind,
            note=match.reason,
            names=(place.name, *place.also),
        )
    return Location(
        match.query,
        match.status,
        place.name,
        place.kind,
        place.precision,
        () if place.kind == "country" else place.provinces,
        place.id if place.lat is None and place.kind != "country" else "",
        place.lat,
        place.lon,
        place.uncertainty_m,
        match.candidates,
        note=note,
        district=place.id if place.kind == "district" else place.district or "",
        names=(place.name, *place.also),
    )


def _at_point(where: Where, lat: float, lon: float, named: Location, country: Country) -> Location:
    """The coordinates of a record, checked against the province that it names."""
    inside = country.provinces.containing(lat, lon)
    if named.status == "ambiguous":
        named = _decided_by(lat, lon, named, country)
    expected = named.provinces
    far = [country.provinces.distance_m(lat, lon, code) for code in expected]
    if far and min(far) > BORDER_TOLERANCE_M:
        said = (
            f"the point {lat}, {lon} is {min(far) / 1000:.0f} km outside "
            f"{_names(expected, country)}, which the record names; it is not mapped"
        )
        return Location(where.place, "unknown", note=said, fault=said)
    if not far and inside is None:
        note = f"The point {lat}, {lon} is outside {country.name}."
        return Location(where.place, "outside", note=note)
    uncertainty = where.uncertainty_m or where.near_m or _DEFAULT_UNCERTAINTY_M
    beyond = min(far) if far else 0.0
    doubt = f"the point is {beyond:.0f} m beyond the border of its province" if beyond else ""
    here = (inside.code,) if inside is not None else ()
    return Location(
        where.place,
        "resolved",
        named.name or where.place,
        named.kind,
        _point_precision(where, uncertainty),
        here if not expected or set(here) & set(expected) else expected[:1],
        lat=lat,
        lon=lon,
        uncertainty_m=uncertainty,
        note=doubt,
        doubt=doubt,
        district=_district_at(lat, lon, here, country),
        names=named.names,
    )


def _district_at(lat: float, lon: float, provinces: tuple[str, ...], country: Country) -> str:
    point = Point(lon, lat)
    return next(
        (
            district.id
            for district in country.districts.values()
            if district.province in provinces and district.outline.covers(point)
        ),
        "",
    )


def _decided_by(lat: float, lon: float, named: Location, country: Country) -> Location:
    """The candidates of an ambiguous name, narrowed to the province that a point is in."""
    inside = country.provinces.containing(lat, lon)
    codes = {code for place in named.candidates for code in place.provinces}
    kept = (inside.code,) if inside is not None and inside.code in codes else tuple(sorted(codes))
    return replace(named, provinces=kept)


def _point_precision(where: Where, uncertainty: float) -> Precision:
    if where.basis in _POINT_BASES and uncertainty <= EXACT_M:
        return "exact"
    return "near" if where.near_m is not None or where.basis == "coarsened" else "settlement"


def _near(radius_m: int, location: Location) -> Location:
    if location.lat is None:
        if location.off:
            return location
        fault = f"near_m needs a place with a position of its own; {location.name!r} is an area"
        return replace(location, fault=fault)
    return replace(location, precision="near", uncertainty_m=float(radius_m))


def _names(codes: Iterable[str], country: Country) -> str:
    return ", ".join(country.provinces[code].name for code in codes)
