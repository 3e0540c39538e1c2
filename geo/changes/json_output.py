"""Records and locations as plain data for JSON, tables and scripts."""

from __future__ import annotations

from typing import Any

from geo.dossier.records import Claim, Count, Incident, Record
from geo.places.gazetteer import Place
from geo.places.locations import Location
from geo.table.workspace import Workspace
from geo.wording.sentences import figures_text, sentence


def location_json(location: Location) -> dict[str, Any]:
    """A location as ``incident-map locate --format json`` prints it.

    Returns
    -------
    dict
        ``query`` (the text that was looked up), ``status``, ``name``, ``precision``,
        ``provinces`` (ISO 3166-2 codes), ``lat`` and ``lon`` (degrees, WGS 84; ``None`` for an
        area, which has no point), ``uncertainty_m`` (radius in metres), ``candidates`` (dicts with
        ``name``, ``kind`` and ``provinces``), ``suggestions`` and ``note``.
    """
    return {
        "query": location.query,
        "status": location.status,
        "name": location.name or None,
        "precision": location.precision,
        "provinces": list(location.provinces),
        "lat": location.lat,
        "lon": location.lon,
        "uncertainty_m": location.uncertainty_m,
        "candidates": [_candidate(place) for place in location.candidates],
        "suggestions": list(location.suggestions),
        "note": location.note,
    }


def record_json(record: Record, workspace: Workspace) -> dict[str, Any]:
    """A record as ``incident-map records --format json`` prints it.

    Returns
    -------
    dict
        JSON values only. ``places`` holds the dicts of :func:`location_json`; ``earliest`` and
        ``latest`` are ISO dates, ``None`` where the period is open; ``killed`` holds ``low``,
        ``best`` and ``high`` (fatalities, ``None`` where not stated, which is not zero) with their
        ``basis``, ``scope``, ``of`` and ``text``; ``claims`` holds one dict for each claim and
        ``sources`` the keys of their sources, each once.
    """
    dossier, country = workspace.reading.dossier, workspace.country
    places = workspace.located.places.get(record.id, ())
    names = {province.code: province.name for province in country.provinces}
    evidence = workspace.located.evidence[record.id]
    killed = evidence.killed
    period = record.period
    return {
        "id": record.id,
        "kind": record.kind,
        "title": record.title,
        "groups": list(record.groups),
        "against": list(record.against) if isinstance(record, Incident) else [],
        "sentence": sentence(evidence, places, dossier, names, country.name),
        "places": [location_json(place) for place in places],
        "earliest": period.earliest.isoformat() if period.earliest else None,
        "latest": period.latest.isoformat() if period.latest else None,
        "date_precision": period.precision,
        "date_text": period.text,
        "approximate": period.approximate,
        "uncertain": period.uncertain,
        "edtf": period.edtf,
        "status": evidence.status,
        "attribution": evidence.attribution,
        "killed": {
            "low": killed.low,
            "best": killed.best,
            "high": killed.high,
            "basis": killed.basis,
            "scope": killed.scope,
            "of": list(killed.of),
            "text": figures_text(killed),
        },
        "withdrawn_because": record.withdrawn_because,
        "claims": [_claim(claim, stance) for claim, stance in evidence.claims],
        "sources": list(dict.fromkeys(claim.source for claim in record.claims)),
    }


def _candidate(place: Place) -> dict[str, Any]:
    return {"name": place.name, "kind": place.kind, "provinces": list(place.provinces)}


def _claim(claim: Claim, stance: str) -> dict[str, Any]:
    return {
        "by": claim.by,
        "role": claim.role,
        "says": claim.says,
        "stance": stance,
        "text": claim.text,
        "source": claim.source,
        "via": claim.via,
        "origin": claim.origin,
        "date": claim.date.edtf if claim.date else None,
        "killed": _count(claim.killed),
        "injured": _count(claim.injured),
        "killed_or_injured": _count(claim.killed_or_injured),
        "of": claim.of,
        "scope": claim.scope,
        "credibility": claim.credibility,
        "statement": claim.statement,
        "passages": [one.model_dump(exclude_none=True) for one in claim.passages],
    }


def _count(count: Count | None) -> dict[str, int | None] | None:
    if count is None:
        return None
    return {"low": count.low, "best": count.best, "high": count.high}
