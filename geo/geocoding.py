"""Records and names to places: the located table, with every guess stated.

A name that fits several places stays *ambiguous*, a name that fits none *unknown*; neither is
drawn. What a record says beyond the name (its kind, its province, a point) is checked against
the boundaries, and a contradiction takes the place off the map instead of picking a side.

The located table
-----------------
One GeoDataFrame (EPSG:4326), one row for each place of each record, in the order of the file; a
record without a place has one row whose ``off`` says so. Everything after this module reads it.

========================  =====================================================================
``record``, ``place``     id of the record; number of the place within it, from 0
``kind``                  ``incident`` or ``presence``
``groups``                keys of the groups that act (a tuple; empty: not named)
``status``                verification status, see :func:`geo.evidence.status_of`
``place_text``            the place in the source's words
``place_name``            the place as the gazetteer names it; empty where there is none
``place_kind``            what the gazetteer says it is, such as ``settlement`` or ``site``
``place_status``          ``resolved``, ``inferred``, ``ambiguous``, ``outside``, ``unknown`` or
                          ``not_stated``
``precision``             ``exact``, ``settlement``, ``near``, ``district``, ``province``,
                          ``region``, ``country`` or ``unknown``
``provinces``             ISO 3166-2 codes of the provinces it lies in (a tuple)
``area``                  id of the district, province or region drawn; empty for points
``lat``, ``lon``          degrees, WGS 84; missing unless the precision is a point
``uncertainty_m``         radius in metres within which the place lies
``off``                   why it is not drawn: ``country``, ``outside``, ``unknown``,
                          ``not_stated``; empty where it is drawn
``note``                  what was inferred or decided, in a sentence
``earliest``, ``latest``  first and last possible day; missing where the period is open
``date_precision``        see :data:`geo.periods.DatePrecision`
``geometry``              point, polygon, or missing
========================  =====================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

import geopandas as gpd
import pandas as pd
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.country import Country
from geo.errors import Problem, Severity
from geo.evidence import status_of
from geo.gazetteer import Match, Place
from geo.intake import Reading
from geo.records import Record, Where

Precision = Literal[
    "exact", "settlement", "near", "district", "province", "region", "country", "unknown"
]
Off = Literal["", "country", "outside", "unknown", "not_stated"]
PlaceStatus = Literal["resolved", "inferred", "ambiguous", "outside", "unknown", "not_stated"]

EXACT_M: Final = 150
BORDER_TOLERANCE_M: Final = 2_000
_DEFAULT_UNCERTAINTY_M: Final = 2_000
_CALLED: Final = {"incident": "incident", "presence": "presence claim"}
_POINT_BASES: Final = frozenset({"source_coordinates", "geolocated_imagery"})


@dataclass(frozen=True, slots=True)
class Location:
    """Where something is, no finer than it is known.

    Parameters
    ----------
    query
        The name that was looked up, or the source's words.
    lat, lon
        Degrees, WGS 84; ``None`` for areas and for whatever is not drawn.
    uncertainty_m
        Metres around the point within which the place lies.
    candidates
        What an ambiguous name may mean.
    suggestions
        Names close to an unknown one; never taken by themselves.
    fault, doubt
        What contradicts the place, or speaks against it without taking it off the map.
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

    @property
    def off(self) -> Off:
        """Why the place is not drawn on the map; empty where it is."""
        if self.status == "not_stated":
            return "not_stated"
        if self.status == "outside":
            return "outside"
        if self.precision == "country":
            return "country"
        return "unknown" if self.precision == "unknown" else ""


@dataclass(frozen=True)
class Located:
    """The located table, and what was inferred or wrong on the way to it."""

    table: gpd.GeoDataFrame
    problems: tuple[Problem, ...] = ()


def locate(
    name: str, country: Country, *, kind: str | None = None, within: str | None = None
) -> Location:
    """Find a place by its name in any script; what fits several places is not decided.

    Parameters
    ----------
    name
        As people write it: ``Mazar-e Sharif``, ``مزار شریف``, ``Kabul province``, ``the north``.
    kind
        Keep only places of this kind, such as ``settlement``.
    within
        ISO 3166-2 code of the province in which the place must lie.
    """
    return _from_match(country.gazetteer.find(name, kind=kind, within=within))


def locate_records(reading: Reading, country: Country) -> Located:
    """Find the places of all records of a dossier.

    Returns
    -------
    The located table described above, and one problem for each place that is unknown, ambiguous
    or contradicts the boundaries, and one note for each that is inferred.
    """
    rows: list[dict[str, object]] = []
    problems: list[Problem] = []
    for record in reading.dossier.records:
        for number, found in enumerate(_places(record, country)):
            rows.append(_row(reading, record, number, found, country))
            how, said = _said(found)
            if said:
                line = reading.line_of(record.id, "where", number)
                name = f"{_CALLED[record.kind]} {record.id!r}"
                problems.append(Problem(said, reading.file, line, name, how))
    return Located(_table(rows), tuple(problems))


def _places(record: Record, country: Country) -> Iterator[Location]:
    if not record.where:
        yield Location("", "not_stated", note="The sources name no place.")
    for place in record.where:
        yield _locate_where(place, country)


def _locate_where(where: Where, country: Country) -> Location:
    code = _province_code(where.within, country) if where.within else None
    if where.within and code is None:
        said = f"within {where.within!r} is no province of {country.name}"
        return Location(where.place, "unknown", note=said, fault=said)
    found = locate(where.means or where.place, country, kind=where.kind, within=code)
    found = replace(found, query=where.place)
    if where.lat is not None and where.lon is not None:
        found = _at_point(where, where.lat, where.lon, found, country)
    elif where.near_m is not None:
        found = _near(where.near_m, found)
    if where.because is not None:
        found = replace(found, note=f"{where.because} {found.note}".strip())
    return found


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
        return Location(match.query, "outside", place.name, place.kind, note=match.reason)
    return Location(
        match.query,
        match.status,
        place.name,
        place.kind,
        _precision(place),
        () if place.kind == "country" else place.provinces,
        place.id if place.lat is None and place.kind != "country" else "",
        place.lat,
        place.lon,
        place.uncertainty_m,
        match.candidates,
        note=note,
    )


def _precision(place: Place) -> Precision:
    match place.kind:
        case "settlement":
            return "settlement"
        case "site":
            surveyed = place.uncertainty_m is not None and place.uncertainty_m <= EXACT_M
            return "exact" if surveyed else "settlement"
        case "district" | "province" | "region" | "country":
            return place.kind
        case _:
            return "unknown"


def _at_point(where: Where, lat: float, lon: float, named: Location, country: Country) -> Location:
    """A record's own coordinates, held against the province that it names."""
    inside = country.provinces.containing(lat, lon)
    if named.status == "ambiguous":
        named = _decided_by(lat, lon, named, country)
    expected = named.provinces
    far = [country.provinces.distance_m(lat, lon, code) for code in expected]
    if far and min(far) > BORDER_TOLERANCE_M:
        said = (
            f"the point {lat}, {lon} lies {min(far) / 1000:.0f} km outside "
            f"{_names(expected, country)}, which the record names; it is not drawn"
        )
        return Location(where.place, "unknown", note=said, fault=said)
    if not far and inside is None:
        return Location(where.place, "outside", note=f"The point {lat}, {lon} lies abroad.")
    uncertainty = where.uncertainty_m or where.near_m or _DEFAULT_UNCERTAINTY_M
    beyond = min(far) if far else 0.0
    doubt = f"the point lies {beyond:.0f} m beyond the border of its province" if beyond else ""
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
    )


def _decided_by(lat: float, lon: float, named: Location, country: Country) -> Location:
    """A point decides between places of one name by the province it lies in."""
    inside = country.provinces.containing(lat, lon)
    codes = {code for place in named.candidates for code in place.provinces}
    kept = (inside.code,) if inside is not None and inside.code in codes else tuple(sorted(codes))
    return replace(named, provinces=kept)


def _point_precision(where: Where, uncertainty: float) -> Precision:
    if where.basis in _POINT_BASES and uncertainty <= EXACT_M:
        return "exact"
    return "near" if where.near_m is not None or where.basis == "coarsened" else "settlement"


def _near(radius_m: int, found: Location) -> Location:
    if found.lat is None:
        if found.off:
            return found
        said = f"near_m needs a place with a position of its own; {found.name!r} is an area"
        return replace(found, fault=said)
    return replace(found, precision="near", uncertainty_m=float(radius_m))


def _said(found: Location) -> tuple[Severity, str]:
    """The problem a place makes, or an empty sentence."""
    if found.fault or found.doubt:
        return ("error", found.fault) if found.fault else ("warning", found.doubt)
    match found.status:
        case "unknown":
            meant = " or ".join(map(repr, found.suggestions[:3]))
            hint = f"; did you mean {meant}?" if meant else "; name its province in 'means'"
            return "error", f"place {found.query!r} is unknown{hint}"
        case "ambiguous":
            choices = "; ".join(_say_place(place) for place in found.candidates[:6])
            return "error", (
                f"place {found.query!r} fits several places ({choices}); "
                "say which with 'kind' or 'within'"
            )
        case "inferred":
            return "note", f"place {found.query!r} is inferred: {found.note}"
        case "outside":
            return "note", f"place {found.query!r} lies abroad: it is listed, not drawn"
        case _:
            return "note", ""


def _say_place(place: Place) -> str:
    inside = ", ".join(place.provinces)
    return f"{place.kind} {place.name} in {inside}" if inside else f"{place.kind} {place.name}"


def _names(codes: Iterable[str], country: Country) -> str:
    return ", ".join(country.provinces[code].name for code in codes)


def _row(
    reading: Reading, record: Record, number: int, found: Location, country: Country
) -> dict[str, object]:
    return {
        "record": record.id,
        "place": number,
        "kind": record.kind,
        "groups": record.groups,
        "status": status_of(record, reading.dossier.sources),
        "place_text": found.query,
        "place_name": found.name,
        "place_kind": found.kind,
        "place_status": found.status,
        "precision": found.precision,
        "provinces": found.provinces,
        "area": found.area,
        "lat": found.lat,
        "lon": found.lon,
        "uncertainty_m": found.uncertainty_m,
        "off": found.off,
        "note": found.note,
        "earliest": record.period.earliest,
        "latest": record.period.latest,
        "date_precision": record.period.precision,
        "geometry": _geometry(found, country),
    }


def _geometry(found: Location, country: Country) -> BaseGeometry | None:
    if found.lat is not None and found.lon is not None:
        return Point(found.lon, found.lat)
    return None if found.off or not found.area else country.outline_of(found.area)


_COLUMNS: Final = (
    "record", "place", "kind", "groups", "status", "place_text", "place_name", "place_kind",
    "place_status", "precision", "provinces", "area", "lat", "lon", "uncertainty_m", "off", "note",
    "earliest", "latest", "date_precision", "geometry",
)  # fmt: skip


def _table(rows: list[dict[str, object]]) -> gpd.GeoDataFrame:
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    numbers = ["lat", "lon", "uncertainty_m"]
    frame[numbers] = frame[numbers].astype("float64")
    return gpd.GeoDataFrame(frame, geometry="geometry", crs="EPSG:4326")
