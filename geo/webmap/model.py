"""The located records as renderer-neutral data for the map document.

The result is plain data (:func:`document_model`): its sentences, symbols, order and counts are
decided here, and the browser only filters and draws. All text in it is untrusted.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import Any, Final, get_args

import pandas as pd
import pyarrow as pa
import shapely
from shapely.geometry.base import BaseGeometry

from geo.dossier.evidence import Evidence
from geo.dossier.records import Dossier, EventType
from geo.places.country import Country
from geo.places.locations import Location
from geo.places.neighbours import fading_borders, room_for_name
from geo.table.located import rows_of
from geo.table.search import FOLD, fold
from geo.table.tallies import TALLIES, shade_steps
from geo.table.workspace import Workspace
from geo.view import BOUNDS, EVERYTHING, UNNAMED, View
from geo.view.marks import ChangeMarks
from geo.view.saved_views import SavedView
from geo.webmap.event_columns import UNMATCHED, GroupCombinations, event_block
from geo.webmap.lineage_fields import MarkNumbers, coverage_model, lineage_fields
from geo.webmap.words import vocabulary_model
from geo.wording import cards, symbology, vocabulary
from geo.wording.ageing import AGES, age_of, latest_report
from geo.wording.sentences import say_place, sentence

FORMAT: Final = 1
"""Version of the payload; the script rejects any other."""
_DECIMALS: Final = 4
"""Decimals of an outline in degrees: about 10 m, less than a pixel at the closest zoom."""


def document_model(
    workspace: Workspace,
    *,
    view: View = EVERYTHING,
    as_of: date | None = None,
    events: pa.Table | None = None,
    names: Mapping[str, str] | None = None,
    marks: ChangeMarks | None = None,
    saved: Sequence[SavedView] = (),
) -> dict[str, Any]:
    """Everything the map document shows, as data for JSON.

    Parameters
    ----------
    workspace
        The dossier, in whose order the records are listed, their locations, and the country.
    view
        The initial View; the document contains all records in any case.
    as_of
        The day to which the age of presence claims is counted; without it, they have no age.
    events
        An event table (:mod:`geo.events.columns.schema`) to include as columns, under
        ``eventTable``.
    names
        Names of the groups of events that are not in the dossier, by key.
    marks
        The records that changed since an earlier version.
    saved
        Views that the author hands over with the map, as a list.

    Returns
    -------
    A dictionary of JSON values; its keys are typed as ``Payload`` in ``js/core/payload.js``.
    Coordinates are degrees, WGS 84, rounded to about 10 m; outlines are GeoJSON (longitude first),
    everything else names ``lat`` and ``lon``.
    """
    country, reading = workspace.country, workspace.reading
    dossier = reading.dossier
    places, table = workspace.located.places, workspace.located.table
    rows = {row["record"]: row for row in rows_of(table[~table["record"].duplicated()])}
    marks_of_origin = MarkNumbers()
    records = [
        _record(evidence, places.get(evidence.record.id, ()), dossier, country)
        | _filter_fields(rows[evidence.record.id], dossier)
        | _ageing(evidence, dossier, as_of)
        | {"facts": [*_facts(evidence, workspace, as_of)]}
        | lineage_fields(evidence.record.id, workspace, marks_of_origin)
        for evidence in (workspace.located.evidence[record.id] for record in dossier.records)
    ]
    groups = _groups(dossier)
    model = {
        "format": FORMAT,
        "title": dossier.title,
        "country": country.name,
        "dataVersion": reading.digest[:12],
        "leftOut": reading.left_out,
        "isReviewed": workspace.located.is_reviewed,
        "unreadDrafts": sum(one.record is None for one in reading.drafts) if view.drafts else 0,
        "asOf": as_of.isoformat() if as_of else None,
        "base": None,
        "view": view.to_message(),
        "marks": marks.to_json() if marks else None,
        "savedViews": [one.to_json() for one in saved],
        "bounds": asdict(BOUNDS),
        "extent": _extent(country),
        "around": _around(country),
        "provinces": _features((each.code, each.outline) for each in country.provinces),
        "areas": _features(_areas(places, country)),
        "provinceList": [
            {
                "code": province.code,
                "name": province.name,
                "local": [list(pair) for pair in province.local_names],
                "lat": province.label_lat,
                "lon": province.label_lon,
            }
            for province in country.provinces
        ],
        "provincesByName": _by_name(country),
        "regions": _regions(country),
        "districtList": _district_list(set(table["district"]) - {""}, country),
        "groups": groups,
        "events": sorted(set(table["event"]) - {""}),
        **vocabulary_model(country.name),
        "ages": [asdict(age) for age in AGES],
        "tallies": [asdict(tally) for tally in TALLIES],
        "shadeSteps": [asdict(step) for step in shade_steps(table)],
        "coverage": coverage_model(workspace),
        "records": records,
        "sources": [cards.source(key, source) for key, source in dossier.sources.items()],
        "fold": [list(pair) for pair in FOLD],
        "landmarks": list(country.landmarks),
        "credits": list(country.credits),
        "disclaimer": workspace.disclaimer,
        "origins": [],
    }
    return model if events is None else model | _with_events(model, events, country, names or {})


def _with_events(
    model: Mapping[str, Any], events: pa.Table, country: Country, names: Mapping[str, str]
) -> dict[str, Any]:
    """The parts of a model that an event table changes: its columns, and filter choices."""
    groups = list(model["groups"])
    combinations = GroupCombinations.of(events)
    for key in combinations.groups:
        if all(group["key"] != key for group in groups):
            groups.append(_group_of_events(key, names, {group["letter"] for group in groups}))
    block = event_block(events, [group["key"] for group in groups], country, combinations)
    lists = block["lists"]
    districts = {one["id"] for one in model["districtList"]} | {*lists["district"]} - {""}
    return {
        "groups": groups,
        "events": sorted({*model["events"], *lists["event"]} & {*get_args(EventType)}),
        "districtList": _district_list(districts, country),
        "eventTable": block,
    }


def _group_of_events(key: str, names: Mapping[str, str], taken: Collection[str]) -> dict[str, str]:
    """A group that occurs only in events: grey, with the first unused letter of its name."""
    fixed = {UNMATCHED: "Parties not in the registry", UNNAMED: vocabulary.UNNAMED_NAME}
    name = fixed.get(key) or names.get(key) or key
    letters = [one.upper() for one in name if one.isalpha() and one.isascii()]
    letter = "?" if key in fixed else next((one for one in letters if one not in taken), "•")
    return _group(key, name, name, letter, symbology.unnamed_style())


def model_json(model: Mapping[str, Any]) -> str:
    """The model as JSON text; the same data give the same bytes."""
    return json.dumps(model, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _extent(country: Country) -> list[float]:
    west, south, east, north = shapely.total_bounds(
        [province.outline for province in country.provinces]
    )
    return [round(float(edge), _DECIMALS) for edge in (south, west, north, east)]


def _features(outlines: Iterable[tuple[str, BaseGeometry]]) -> dict[str, Any]:
    """A GeoJSON collection of outlines, each under its id."""
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "id": key, "properties": {"name": key}, "geometry": _outline(shape)}
            for key, shape in outlines
        ],
    }


def _outline(shape: BaseGeometry) -> dict[str, Any]:
    """A geometry as GeoJSON, rounded; parsing shapely's own GeoJSON text would be slow."""
    return {"type": shape.geom_type, "coordinates": _coordinates(shape)}


def _coordinates(shape: BaseGeometry) -> list[Any]:
    if shape.geom_type.startswith("Multi"):
        return [_coordinates(part) for part in shapely.get_parts(shape)]
    if shape.geom_type == "Polygon":
        return [_coordinates(ring) for ring in shapely.get_rings(shape)]
    pairs: list[Any] = shapely.get_coordinates(shape).round(_DECIMALS).tolist()
    return pairs


@lru_cache(maxsize=8)
def _around(country: Country) -> dict[str, Any]:
    """The outline of the country, its neighbours' borders in three opacities, and their names."""
    whole = country.provinces.whole
    borders = fading_borders(whole, [near.outline for near in country.neighbours])
    rooms = [(near.name, room_for_name(near.outline, whole)) for near in country.neighbours]
    return {
        "whole": _outline(whole),
        "borders": [
            {"opacity": opacity, "lines": _outline(shapely.line_merge(lines))}
            for opacity, lines in borders
            if not lines.is_empty
        ],
        "names": [
            {"name": name, "lon": round(room[0], _DECIMALS), "lat": round(room[1], _DECIMALS)}
            for name, room in rooms
            if room
        ],
    }


def _by_name(country: Country) -> list[int]:
    """Positions of the provinces, in alphabetical order of their names."""
    names = [fold(province.name) for province in country.provinces]
    return sorted(range(len(names)), key=lambda position: (names[position], position))


def _regions(country: Country) -> list[dict[str, Any]]:
    """Named sets of provinces, as choices of a filter."""
    codes = list(country.provinces.codes)
    return [
        {
            "name": one.name,
            "names": [one.name.removeprefix("the "), *one.also],
            "provinces": sorted(codes.index(code) for code in one.provinces),
        }
        for one in country.named_areas
    ]


def _areas(
    places: Mapping[str, Sequence[Location]], country: Country
) -> Iterator[tuple[str, BaseGeometry]]:
    """Outlines of the districts and regions that records need, by their id."""
    needed = {
        place.area
        for found in places.values()
        for place in found
        if place.area and place.precision in {"district", "region"}
    }
    for area in sorted(needed):
        yield area, country.outline_of(area)


def _district_list(keys: Collection[str], country: Country) -> list[dict[str, Any]]:
    """Districts with at least one record, as choices of a filter."""
    codes = list(country.provinces.codes)
    found = [country.districts[key] for key in keys]
    return [
        {"id": one.id, "name": one.name, "province": codes.index(one.province)}
        for one in sorted(found, key=lambda district: (district.name, district.id))
    ]


def _groups(dossier: Dossier) -> list[dict[str, str]]:
    styles = symbology.group_styles(dossier.groups)
    rows = [
        _group(key, group.name, group.short, group.letter, styles[key])
        for key, group in dossier.groups.items()
    ]
    if any(not record.groups for record in dossier.records):
        rows.append(
            _group(
                UNNAMED,
                vocabulary.UNNAMED_NAME,
                vocabulary.UNNAMED_NAME,
                "?",
                symbology.unnamed_style(),
            )
        )
    return rows


def _group(
    key: str, name: str, short: str, letter: str, style: symbology.GroupStyle
) -> dict[str, str]:
    return {
        "key": key,
        "name": name,
        "short": short,
        "letter": letter,
        "light": style.light,
        "dark": style.dark,
        "onLight": style.on_light,
        "onDark": style.on_dark,
    }


def _record(
    evidence: Evidence, places: Sequence[Location], dossier: Dossier, country: Country
) -> dict[str, Any]:
    order = [*dossier.groups, UNNAMED]
    names = {province.code: province.name for province in country.provinces}
    record, killed = evidence.record, evidence.killed
    period = record.period
    return {
        "id": record.id,
        "kind": record.kind,
        "groups": [order.index(key) for key in record.groups or (UNNAMED,)],
        "title": record.title,
        "sentence": sentence(evidence, places, dossier, names, country.name),
        "dateText": period.text,
        "dateUncertain": period.uncertain,
        "from": period.earliest.isoformat() if period.earliest else None,
        "to": period.latest.isoformat() if period.latest else None,
        "datePrecision": period.precision,
        "deaths": {"size": symbology.death_size(killed.low, killed.best, killed.high)},
        "places": [_place(place, names, country) for place in places],
        "claims": list(cards.claims(evidence, dossier)),
    }


def _facts(evidence: Evidence, workspace: Workspace, as_of: date | None) -> Iterator[list[str]]:
    """The facts of a card; how far it is reviewed only where any record is."""
    located, record = workspace.located, evidence.record
    review = located.reviews[record.id] if located.is_reviewed else None
    for fact in cards.facts(evidence, workspace.reading.dossier, as_of, review=review):
        yield list(fact)


def _filter_fields(row: Mapping[str, Any], dossier: Dossier) -> dict[str, Any]:
    """The fields of a record that filters use, from its first row in the located table."""
    order = list(dossier.sources)
    killed = [row["killed_low"], row["killed_best"], row["killed_high"]]
    return {
        "status": [meaning.key for meaning in vocabulary.STATUSES].index(row["status"]),
        "approximate": row["approximate"],
        "against": list(row["against"]),
        "event": row["event"] or None,
        "attribution": row["attribution"],
        "review": row["review"],
        "sources": [order.index(key) for key in row["sources"]],
        "grades": [list(grade) for grade in row["grades"]],
        "killed": [None if pd.isna(number) else int(number) for number in killed],
        "killedBasis": row["killed_basis"],
        "search": row["search"],
    }


def _ageing(evidence: Evidence, dossier: Dossier, as_of: date | None) -> dict[str, Any]:
    cited = latest_report(evidence, dossier)
    return {
        "lastCited": cited.day.isoformat() if cited else None,
        "age": age_of(cited, as_of) if cited and as_of else None,
    }


def _place(place: Location, names: Mapping[str, str], country: Country) -> dict[str, Any]:
    codes = list(country.provinces.codes)
    return {
        "text": place.query,
        "name": place.name,
        "label": _label(place, country),
        "said": say_place(place, names, country.name),
        "inferred": place.status == "inferred",
        "precision": [m.key for m in vocabulary.PRECISIONS].index(place.precision),
        "provinces": [codes.index(code) for code in place.provinces],
        "district": place.district or None,
        "area": place.area if place.precision in {"district", "region"} else None,
        "lat": place.lat,
        "lon": place.lon,
        "radiusM": place.uncertainty_m,
        "note": place.note,
        "off": place.off or None,
    }


def _label(place: Location, country: Country) -> str:  # noqa: PLR0911 - a table of cases
    """A place in the few words that fit in a label."""
    match place.off, place.precision:
        case "not_stated", _:
            return "no location given"
        case "withdrawn", _:
            return "withdrawn"
        case "outside", _:
            return f"{place.name or place.query}, outside {country.name}"
        case "unknown", _:
            return f"“{place.query}”, not found"
        case _, "province" | "district":
            return f"{place.name} {place.precision}"
        case _, "near":
            return f"within {(place.uncertainty_m or 0) / 1000:g} km of {place.name}"
        case _:
            return place.name
