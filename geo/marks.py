"""The located records as renderer-neutral marks: what the map document is made of.

The result is plain data (:func:`document_model`): every sentence, symbol, order and count of it
is decided here, and whoever draws it only filters and draws. All text in it is untrusted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, Final

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geo import symbols
from geo.country import Country
from geo.evidence import Figures, attribution_of, figures_of, stances, status_of
from geo.geocoding import Located, Location
from geo.intake import Reading
from geo.records import Claim, Dossier, Incident, Record, Source
from geo.sentences import (
    claim_figures,
    figures_text,
    listed,
    say_place,
    sentence,
    speaker,
)
from geo.view import UNNAMED

FORMAT: Final = 1
_DECIMALS: Final = 4


def document_model(reading: Reading, located: Located, country: Country) -> dict[str, Any]:
    """Everything the map document shows, as data for JSON.

    Parameters
    ----------
    reading
        The dossier; its order is the order of the records.
    located
        The located table of the same dossier.
    country
        Whose provinces are drawn.

    Returns
    -------
    A dictionary of JSON values. Coordinates are degrees, WGS 84, rounded to about 10 m; outlines
    are GeoJSON (longitude first), everything else names ``lat`` and ``lon``.
    """
    dossier = reading.dossier
    places = places_of(located)
    records = [
        _record(record, places.get(record.id, []), dossier, country) for record in dossier.records
    ]
    return {
        "format": FORMAT,
        "title": dossier.title,
        "country": country.name,
        "dataVersion": reading.digest[:12],
        "leftOut": reading.left_out,
        "extent": _extent(country),
        "neighbours": _features((near.name, near.outline) for near in country.neighbours),
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
        "groups": _groups(dossier),
        "kinds": [
            {"key": "incident", "label": "Incidents", "one": "incident"},
            {"key": "presence", "label": "Presence claims", "one": "presence claim"},
        ],
        "statuses": [asdict(meaning) for meaning in symbols.STATUSES],
        "precisions": [asdict(meaning) for meaning in symbols.PRECISIONS],
        "deathSizes": list(symbols.DEATH_SIZES),
        "records": records,
        "sources": [_source(key, source) for key, source in dossier.sources.items()],
        "credits": list(country.credits),
        "disclaimer": country.disclaimer,
    }


def places_of(located: Located) -> dict[str, list[Location]]:
    """The located places of each record, read back from the table, in order."""
    found: dict[str, list[Location]] = {}
    for row in located.table.to_dict("records"):
        found.setdefault(row["record"], []).append(
            Location(
                row["place_text"],
                row["place_status"],
                row["place_name"],
                row["place_kind"],
                row["precision"],
                row["provinces"],
                row["area"],
                _number(row["lat"]),
                _number(row["lon"]),
                _number(row["uncertainty_m"]),
                note=row["note"],
            )
        )
    return found


def text_of(model: Mapping[str, Any]) -> str:
    """The model as JSON text: the same data give the same bytes."""
    return json.dumps(model, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _number(value: float) -> float | None:
    return None if value != value else float(value)  # noqa: PLR0124 - a missing number is NaN


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
    rounded = shapely.transform(shape, lambda xy: xy.round(_DECIMALS))
    return dict(mapping(rounded))


def _areas(
    places: Mapping[str, list[Location]], country: Country
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


def _groups(dossier: Dossier) -> list[dict[str, str]]:
    styles = symbols.group_styles(dossier.groups)
    rows = [
        _group(key, group.name, group.short, group.letter, styles[key])
        for key, group in dossier.groups.items()
    ]
    if any(not record.groups for record in dossier.records):
        rows.append(
            _group(UNNAMED, "Group not named", "Group not named", "?", symbols.unnamed_style())
        )
    return rows


def _group(
    key: str, name: str, short: str, letter: str, style: symbols.GroupStyle
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
    record: Record, places: list[Location], dossier: Dossier, country: Country
) -> dict[str, Any]:
    order = [*dossier.groups, UNNAMED]
    names = {province.code: province.name for province in country.provinces}
    killed = figures_of(record)
    status = status_of(record, dossier.sources)
    period = record.period
    return {
        "id": record.id,
        "kind": record.kind,
        "groups": [order.index(key) for key in record.groups or (UNNAMED,)],
        "status": [meaning.key for meaning in symbols.STATUSES].index(status),
        "title": record.title,
        "sentence": sentence(record, places, dossier, names, country.name),
        "dateText": period.text,
        "from": period.earliest.isoformat() if period.earliest else None,
        "to": period.latest.isoformat() if period.latest else None,
        "datePrecision": period.precision,
        "deaths": {
            "text": figures_text(killed),
            "size": symbols.death_size(killed.low, killed.best, killed.high),
        },
        "places": [_place(place, names, country) for place in places],
        "facts": [list(fact) for fact in facts(record, dossier)],
        "claims": list(_claims(record, dossier)),
    }


def _place(place: Location, names: Mapping[str, str], country: Country) -> dict[str, Any]:
    codes = list(country.provinces.codes)
    return {
        "text": place.query,
        "name": place.name,
        "label": _label(place, country),
        "said": say_place(place, names, country.name),
        "inferred": place.status == "inferred",
        "precision": [m.key for m in symbols.PRECISIONS].index(place.precision),
        "provinces": [codes.index(code) for code in place.provinces],
        "area": place.area if place.precision in {"district", "region"} else None,
        "lat": place.lat,
        "lon": place.lon,
        "radiusM": place.uncertainty_m,
        "note": place.note,
        "off": place.off or None,
    }


def _label(place: Location, country: Country) -> str:
    """A place in as few words as a label has room for."""
    match place.off, place.precision:
        case "not_stated", _:
            return "no place stated"
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


def facts(record: Record, dossier: Dossier) -> Iterator[tuple[str, str]]:
    """What the fields of a record say, as label and value, in reading order."""
    when = record.period.text
    precision = symbols.DATE_PRECISIONS[record.period.precision]
    yield "When", f"{when} ({precision})"
    if record.when_said:
        yield "In the source's words", record.when_said
    if isinstance(record, Incident):
        yield "By", _names(record.by, dossier) or record.groups_said or "not named"
        if record.against:
            yield "Against", _names(record.against, dossier)
        if record.event_type:
            kind = record.sub_event_type
            yield "Type (ACLED)", f"{record.event_type}: {kind}" if kind else record.event_type
        yield from _harm(record)
    else:
        yield "Group", _names(record.groups, dossier) or record.groups_said or "not named"
        yield "Kind of presence", symbols.PRESENCE_KINDS[record.presence_kind]
    meaning = symbols.status_meaning(status_of(record, dossier.sources))
    yield "Status", f"{meaning.label}. {record.status_because or meaning.definition}"
    yield "Attribution", symbols.ATTRIBUTIONS[attribution_of(record)]
    if record.note:
        yield "Note", record.note


def _harm(record: Incident) -> Iterator[tuple[str, str]]:
    killed = figures_of(record, "killed")
    yield "Deaths", _figure_fact(killed)
    others = (
        ("Injured", figures_of(record, "injured")),
        ("Killed or injured", figures_of(record, "killed_or_injured")),
    )
    for label, figures in others:
        if figures.stated:
            yield label, _figure_fact(figures)


def _figure_fact(figures: Figures) -> str:
    if not figures.stated:
        return "not stated (which is not none)"
    basis = {
        "claimed_by_party": "claimed by a party",
        "independent": "reported by others",
        "un": "stated by the United Nations",
    }[figures.basis]
    whole = ", in all places together" if figures.scope == "total" else ""
    return f"{figures_text(figures)} ({basis}{whole})"


def _names(keys: tuple[str, ...], dossier: Dossier) -> str:
    return listed([dossier.groups[key].short if key in dossier.groups else key for key in keys])


def _claims(record: Record, dossier: Dossier) -> Iterator[dict[str, Any]]:
    order = list(dossier.sources)
    for claim, stance in zip(record.claims, stances(record.claims), strict=True):
        yield {
            "who": speaker(claim, dossier.groups),
            "role": symbols.ROLES[claim.role],
            "says": symbols.CLAIM_KINDS[claim.says],
            "stance": stance,
            "text": claim.text,
            "date": _said_when(claim),
            "figures": claim_figures(claim, dossier.groups),
            "credibility": f"{claim.credibility}: {symbols.CREDIBILITY[claim.credibility]}",
            "source": order.index(claim.source),
        }


def _said_when(claim: Claim) -> str:
    said = (claim.date.text if claim.date else "", f"via {claim.via}" if claim.via else "")
    return ", ".join(part for part in said if part)


def _source(key: str, source: Source) -> dict[str, Any]:
    return {
        "key": key,
        "title": source.title,
        "publisher": source.publisher,
        "author": source.author or "",
        "published": source.published.text,
        "grade": source.reliability,
        "gradeText": symbols.RELIABILITY[source.reliability],
        "url": source.url,
        "relays": list(source.relays),
        "note": source.note or "",
    }
