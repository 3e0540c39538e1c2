"""The located table: where each place of a record is, and every field that a filter reads.

How a name becomes a place is in :mod:`geo.places.locations`; here every inference and every
contradiction becomes a problem with its line.

The located table
-----------------
One GeoDataFrame (EPSG:4326), one row for each place of each record, in the order of the file; a
record without a place has one row whose ``off`` says so. All later modules read this table.
What is true of the whole record is repeated in each of its rows.

========================  =====================================================================
``record``, ``place``     id of the record; number of the place within it, from 0
``kind``                  ``incident`` or ``presence``
``groups``                keys of the groups that act (a tuple; empty: not named)
``status``                verification status, see :func:`geo.dossier.evidence.status_of`
``place_text``            the place in the source's words
``place_name``            the place as the gazetteer names it; empty where there is none
``place_kind``            what the gazetteer says it is, such as ``settlement`` or ``site``
``place_status``          ``resolved``, ``inferred``, ``ambiguous``, ``outside``, ``unknown`` or
                          ``not_stated``
``precision``             ``exact``, ``settlement``, ``near``, ``district``, ``province``,
                          ``region``, ``country`` or ``unknown``
``provinces``             ISO 3166-2 codes of the provinces it is in (a tuple)
``area``                  id of the district, province or region drawn; empty for points
``lat``, ``lon``          degrees, WGS 84; missing unless the precision is a point
``uncertainty_m``         radius in metres within which the place is
``district``              id of the district it is in; empty where that is not known
``off``                   why it is not drawn: ``country``, ``outside``, ``unknown``,
                          ``not_stated``; empty where it is drawn
``note``                  what was inferred or decided, in a sentence
``earliest``, ``latest``  first and last possible day; missing where the period is open
``date_precision``        see :data:`geo.dossier.periods.DatePrecision`
``approximate``           whether no day is certain: the date is approximate or uncertain
``event``                 ACLED event type; empty where none is stated
``against``               keys of the groups acted upon, or ``civilians`` (a tuple)
``attribution``           who attributes it, see :func:`geo.dossier.evidence.attribution_of`
``sources``               keys of the sources of its claims, each once (a tuple)
``grades``                reliability and credibility of each asserting claim (a tuple of pairs)
``killed_low``,           fatalities, see :func:`geo.dossier.evidence.figures_of`; missing where
``killed_best``,          not stated, which is not zero
``killed_high``
``killed_basis``          ``independent``, ``un``, ``claimed_by_party`` or ``not_stated``
``review``                ``draft``, ``unreviewed``, ``approved`` or ``withdrawn``, see
                          :mod:`geo.dossier.review`
``search``                the words it is found under, see :func:`geo.table.search.search_text`
``geometry``              point, polygon, or missing
========================  =====================================================================
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, cast

import geopandas as gpd
import pandas as pd
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.dossier.evidence import Evidence
from geo.dossier.intake import Reading
from geo.dossier.records import Incident, Record
from geo.dossier.review import Review, review_of
from geo.errors import Problem, Severity
from geo.places.country import Country
from geo.places.gazetteer import Place
from geo.places.locations import Location, Precision, locate_where
from geo.table.search import search_text

__all__ = ["LocatedTable", "Location", "Precision", "locate_records", "rows_of"]

_LOG: Final = logging.getLogger(__name__)
_OutlineOf = Callable[[str], BaseGeometry]

_CALLED: Final = {"incident": "incident", "presence": "presence claim"}


@dataclass(frozen=True, eq=False)
class LocatedTable:
    """The located table, the locations from which it was made, and the problems found.

    Parameters
    ----------
    table
        One row for each place of each record, in the columns above.
    places
        The locations of each record by its id, in the order of the record, with the candidates
        and suggestions for which the table has no column.
    evidence
        What the claims of each record add up to, by its id.
    reviews
        How far each record is reviewed, by its id.
    problems
        Places that are unknown, ambiguous or contradict the boundaries, and what was inferred.
    """

    table: gpd.GeoDataFrame
    places: Mapping[str, tuple[Location, ...]] = field(repr=False)
    evidence: Mapping[str, Evidence] = field(repr=False)
    problems: tuple[Problem, ...] = ()
    reviews: Mapping[str, Review] = field(default_factory=dict, repr=False)

    @property
    def is_reviewed(self) -> bool:
        """Whether any record carries an approval or is a draft, so that reviews are shown."""
        return any(
            one.approval is not None or one.state == "draft" for one in self.reviews.values()
        )

    def only(self, records: AbstractSet[str]) -> LocatedTable:
        """The table of these records only; the problems remain those of all records."""
        places = {record: found for record, found in self.places.items() if record in records}
        evidence = {record: found for record, found in self.evidence.items() if record in records}
        table = self.table[self.table["record"].isin(records)]
        reviews = {record: found for record, found in self.reviews.items() if record in records}
        return LocatedTable(table, places, evidence, self.problems, reviews)


def locate_records(reading: Reading, country: Country) -> LocatedTable:
    """Find the places of all records of a dossier.

    Returns
    -------
    LocatedTable
        The table described above, a problem for each place that is unknown, ambiguous or
        contradicts the boundaries, and a note for each that is inferred.
    """
    rows: list[dict[str, object]] = []
    located: dict[str, tuple[Location, ...]] = {}
    evidence: dict[str, Evidence] = {}
    reviews: dict[str, Review] = {}
    problems: list[Problem] = []
    names = {province.code: province.name for province in country.provinces}
    # A region is joined from its provinces; many records are in the same one.
    outline_of = cache(country.outline_of)
    for record in reading.dossier.records:
        places = located[record.id] = tuple(_places(record, country))
        claims = evidence[record.id] = Evidence.of(record, reading.dossier.sources)
        review = reviews[record.id] = review_of(record, reading.dossier.sources)
        whole = _of_record(claims) | {"review": review.state}
        whole["search"] = search_text(claims, places, reading.dossier, names, country.name)
        for number, found in enumerate(places):
            rows.append(whole | _of_place(number, found, outline_of))
            how, said = _problem(found)
            if said:
                line = reading.line_of(record.id, "where", number)
                name = f"{'draft ' * record.draft}{_CALLED[record.kind]} {record.id!r}"
                severity = "note" if record.draft else how
                problems.append(Problem(said, reading.file, line, name, severity))
    _LOG.debug("%s: %d places, %d problems", reading.file, len(rows), len(problems))
    return LocatedTable(_table(rows), located, evidence, tuple(problems), reviews)


def rows_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a located table, or of some of its columns, as dicts by column name."""
    # The stubs of pandas say only that column names are hashable; ours are strings.
    return cast("list[dict[str, Any]]", table.to_dict("records"))


def _places(record: Record, country: Country) -> Iterator[Location]:
    if not record.where:
        yield Location("", "not_stated", note="The sources name no place.")
    if record.withdrawn_because is not None:
        note = f"Withdrawn: {record.withdrawn_because}"
        yield from (Location(place.place, "withdrawn", note=note) for place in record.where)
        return
    for place in record.where:
        yield locate_where(place, country)


def _problem(location: Location) -> tuple[Severity, str]:
    """The severity and text of a place's problem; the text is empty if there is none."""
    if location.fault or location.doubt:
        return ("error", location.fault) if location.fault else ("warning", location.doubt)
    match location.status:
        case "unknown":
            meant = " or ".join(map(repr, location.suggestions[:3]))
            hint = f"; did you mean {meant}?" if meant else "; name its province in 'means'"
            return "error", f"place {location.query!r} is unknown{hint}"
        case "ambiguous":
            choices = "; ".join(_say_place(place) for place in location.candidates[:6])
            return "error", (
                f"place {location.query!r} fits several places ({choices}); "
                "say which with 'kind' or 'within'"
            )
        case "inferred":
            return "note", f"place {location.query!r} is inferred: {location.note}"
        case "outside":
            return "note", f"place {location.query!r} is outside the country; listed but not mapped"
        case _:
            return "note", ""


def _say_place(place: Place) -> str:
    inside = ", ".join(place.provinces)
    return f"{place.kind} {place.name} in {inside}" if inside else f"{place.kind} {place.name}"


def _of_record(evidence: Evidence) -> dict[str, object]:
    record, killed = evidence.record, evidence.killed
    period = record.period
    return {
        "record": record.id,
        "kind": record.kind,
        "groups": record.groups,
        "status": evidence.status,
        "earliest": period.earliest,
        "latest": period.latest,
        "date_precision": period.precision,
        "approximate": period.loose,
        "event": (isinstance(record, Incident) and record.event_type) or "",
        "against": record.against if isinstance(record, Incident) else (),
        "attribution": evidence.attribution,
        "sources": tuple(dict.fromkeys(claim.source for claim in record.claims)),
        "grades": evidence.grades,
        "killed_low": killed.low,
        "killed_best": killed.best,
        "killed_high": killed.high,
        "killed_basis": killed.basis,
    }


def _of_place(number: int, location: Location, outline_of: _OutlineOf) -> dict[str, object]:
    return {
        "place": number,
        "place_text": location.query,
        "place_name": location.name,
        "place_kind": location.kind,
        "place_status": location.status,
        "precision": location.precision,
        "provinces": location.provinces,
        "area": location.area,
        "lat": location.lat,
        "lon": location.lon,
        "uncertainty_m": location.uncertainty_m,
        "district": location.district,
        "off": location.off,
        "note": location.note,
        "geometry": _geometry(location, outline_of),
    }


def _geometry(location: Location, outline_of: _OutlineOf) -> BaseGeometry | None:
    if location.lat is not None and location.lon is not None:
        return Point(location.lon, location.lat)
    return None if location.off or not location.area else outline_of(location.area)


_DTYPES: Final = {
    "lat": "float64", "lon": "float64", "uncertainty_m": "float64", "approximate": "bool",
    "killed_low": "Int64", "killed_best": "Int64", "killed_high": "Int64",
}  # fmt: skip
_COLUMNS: Final = (
    "record", "place", "kind", "groups", "status", "place_text", "place_name", "place_kind",
    "place_status", "precision", "provinces", "area", "lat", "lon", "uncertainty_m", "district",
    "off", "note", "earliest", "latest", "date_precision", "approximate", "event", "against",
    "attribution", "sources", "grades", "killed_low", "killed_best", "killed_high", "killed_basis",
    "review", "search", "geometry",
)  # fmt: skip


def _table(rows: list[dict[str, object]]) -> gpd.GeoDataFrame:
    columns = [name for name in _COLUMNS if name != "search"]
    frame = pd.DataFrame(rows, columns=columns).astype(_DTYPES)
    # As objects, the rows of a record share one string; a string column would copy it for each.
    at = _COLUMNS.index("search")
    frame.insert(at, "search", pd.Series([row["search"] for row in rows], dtype=object))
    return gpd.GeoDataFrame(frame, geometry="geometry", crs="EPSG:4326")
