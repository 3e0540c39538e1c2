"""Write the records and sources of a snapshot as tables: CSV and GeoJSON.

What is not stated is an empty cell or ``null``, never 0. Latitude and longitude are given only
where the source names a point; what is an area in the data is an area here.

CSV begins with a byte order mark, because Excel reads Dari as Windows-1252 without it; Python reads
it as ``utf-8-sig``, R and pandas by themselves. A cell of text that a spreadsheet would read as a
formula (it begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break, with or without
apostrophes before) gets one more apostrophe in front; remove one to restore it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geo.changes.json_output import record_json
from geo.dossier.records import Record
from geo.places.locations import Location
from geo.snapshot.content.content import Content
from geo.snapshot.content.event_marks import EVENT_COLUMNS, EventsShown, event_rows
from geo.snapshot.content.recipe import Recipe, clean_line
from geo.table.workspace import Workspace
from geo.wording.sentences import whom

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_DECIMALS: Final = 4
"""Decimals of a coordinate in degrees: about 10 m, finer than any source states."""
_GRID: Final = 10.0**-_DECIMALS
"""Degrees to which outlines are rounded, matching the coordinates."""
RECORD_COLUMNS: Final = (
    "number", "id", "kind", "groups", "against", "title", "sentence", "earliest", "latest",
    "date_precision", "date_text", "edtf", "status", "attribution", "killed_low", "killed_best",
    "killed_high", "killed_basis", "killed_scope", "killed_of", "places", "precision", "provinces",
    "lat", "lon", "uncertainty_m", "where", "sources", "grades",
)  # fmt: skip
SOURCE_COLUMNS: Final = (
    "number", "key", "title", "author", "publisher", "published", "grade", "grade_because", "url",
    "archive_url", "cited_by",
)  # fmt: skip
_POSITIONS: Final[Mapping[str, str]] = {
    "exact": "at this point, known to 150 m",
    "settlement": "in this town; where in it is not known",
    "near": "somewhere within uncertainty_m of this point",
    "district": "somewhere in this district; the position is not known",
    "province": "somewhere in this province; the position is not known",
    "region": "somewhere in these provinces, none singled out; the position is not known",
    "country": "somewhere in the country; no location given",
    "unknown": "not known",
}
_NO_POSITION: Final[Mapping[str, str]] = {
    "outside": "outside the country; not mapped",
    "not_stated": "no location given",
    "withdrawn": "withdrawn; not mapped",
}


def records_csv(workspace: Workspace, content: Content, recipe: Recipe) -> bytes:
    """Return one row for each record shown, in the order of its number.

    If a record has several places, ``places``, ``precision``, ``provinces``, ``lat``, ``lon`` and
    ``uncertainty_m`` have one part for each of them, in order, separated by semicolons. An unknown
    part is empty, and so is the cell if all parts are. Fatalities are those of the whole record.

    Parameters
    ----------
    content
        The content of the snapshot, which gives the numbers.
    recipe
        As :func:`geo.snapshot.content.composing.with_digests` returns it: it names every record
        shown, so that those outside the frame are included, without a number.
    """
    numbers = _numbers(content)
    rows = (
        record_row(record, workspace, number=numbers.get(record.id), where=_where(record, content))
        for record in recipe_records(workspace, recipe)
    )
    ordered = sorted(rows, key=lambda row: numbers.get(row["id"], len(numbers) + 1))
    return table_csv(RECORD_COLUMNS, ordered)


def sources_csv(workspace: Workspace, content: Content, recipe: Recipe) -> bytes:
    """Return one row for each source of the records shown: its number, rating and citing records.

    A source has no number if none of its records has one.
    """
    cited: dict[str, list[str]] = {}
    for record in recipe_records(workspace, recipe):
        for key in dict.fromkeys(claim.source for claim in record.claims):
            cited.setdefault(key, []).append(record.id)
    numbers = {source.key: source.number for source in content.sources}
    ordered = sorted(cited, key=lambda key: (numbers.get(key, len(numbers) + 1), key))
    return table_csv(
        SOURCE_COLUMNS, (_source(workspace, key, numbers, cited[key]) for key in ordered)
    )


def events_csv(events: EventsShown) -> bytes:
    """Return one row for each province with events, then one for each reason not to be drawn."""
    return table_csv(EVENT_COLUMNS, event_rows(events))


def records_geojson(workspace: Workspace, content: Content, recipe: Recipe) -> bytes:
    """Return one feature for each place of each record shown (RFC 7946, longitude first).

    A place known as a point is a point; one known as an area is the area. ``position`` describes
    what is known, and ``position_known`` is true only where it is known to 150 m. A place that is
    not mapped has no geometry. Properties of the whole record, including fatalities, are repeated
    with each of its places: count a record once, by ``id``.
    """
    numbers = _numbers(content)
    records = recipe_records(workspace, recipe)
    records.sort(key=lambda record: numbers.get(record.id, len(numbers) + 1))
    table = workspace.located.table
    outlines = dict(
        zip(zip(table["record"], table["place"], strict=True), table["geometry"], strict=True)
    )
    lines = [
        json.dumps(feature, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        for record in records
        for feature in _features(record, workspace, content, outlines)
    ]
    head = {
        "type": "FeatureCollection",
        "title": content.title,
        "asOf": content.as_of.isoformat() if content.as_of else None,
        "dataVersion": content.data_version,
        "credits": content.credits,
        "disclaimer": content.disclaimer,
    }
    opened = json.dumps(head, ensure_ascii=False, separators=(",", ":"))[:-1]
    return (opened + ',"features":[\n' + ",\n".join(lines) + "\n]}\n").encode()


def recipe_records(workspace: Workspace, recipe: Recipe) -> list[Record]:
    """Return the records that a recipe with digests shows, in the order of the dossier."""
    return [record for record in workspace.reading.dossier.records if record.id in recipe.made]


def cell(text: str) -> str:
    """Return text as a cell that no spreadsheet reads as a formula.

    Examples
    --------
    >>> cell("=cmd()"), cell("'=cmd()"), cell("'Ali Khel"), cell("کابل")
    ("'=cmd()", "''=cmd()", "'Ali Khel", 'کابل')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def _numbers(content: Content) -> dict[str, int]:
    return {entry.record: entry.number for entry in content.entries}


def table_csv(
    columns: Sequence[str], rows: Iterable[Mapping[str, Any]], notes: Sequence[str] = ()
) -> bytes:
    """Return rows as CSV in which no spreadsheet finds a formula.

    Parameters
    ----------
    notes
        Sentences below the rows, after an empty one.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_shown(row[name]) for name in columns])
    writer.writerows([[], *([_shown(note)] for note in notes)] if notes else [])
    return text.getvalue().encode("utf-8-sig")


def _shown(value: Any) -> Any:
    if value is None:
        return ""
    return cell(clean_line(value)) if isinstance(value, str) else value


def record_row(
    record: Record, workspace: Workspace, *, number: int | None, where: str
) -> dict[str, Any]:
    """Return a record as one row in the columns of :data:`RECORD_COLUMNS`.

    Parameters
    ----------
    number
        Its number in a figure.
    where
        Where it is shown.

    Returns
    -------
    dict
        Text and numbers by column; ``None`` where nothing is stated.
    """
    places = workspace.located.places.get(record.id, ())
    shared = _shared_columns(record, workspace, number, where)
    points = [_point(place) for place in places]
    return shared | {
        "groups": _joined(shared["groups"]),
        "against": _joined(shared["against"]),
        "killed_of": _joined(shared["killed_of"]),
        "places": _parts(place.name or place.query for place in places),
        "precision": _parts(place.precision for place in places),
        "provinces": _parts(" ".join(place.provinces) for place in places),
        "lat": _parts(point[0] for point in points),
        "lon": _parts(point[1] for point in points),
        "uncertainty_m": _parts(point[2] for point in points),
        "sources": _joined(shared["sources"]),
        "grades": _joined(shared["grades"]),
    }


def _shared_columns(
    record: Record, workspace: Workspace, number: int | None, where: str
) -> dict[str, Any]:
    """Return the columns of the whole record that both tables share."""
    record_data = record_json(record, workspace)
    killed = record_data["killed"]
    stated = killed["basis"] != "not_stated"
    kept = ("id", "kind", "groups", "against", "earliest", "latest", "date_precision", "date_text",
            "edtf", "status", "attribution")  # fmt: skip
    dossier = workspace.reading.dossier
    sources, groups = dossier.sources, dossier.groups
    pairs = dict.fromkeys((claim.source, claim.credibility) for claim in record.claims)
    return {key: record_data[key] for key in kept} | {
        "number": number,
        "title": clean_line(record_data["title"]),
        "sentence": clean_line(record_data["sentence"]),
        "killed_low": killed["low"],
        "killed_best": killed["best"],
        "killed_high": killed["high"],
        "killed_basis": killed["basis"] if stated else None,
        "killed_scope": killed["scope"],
        "killed_of": [whom(key, groups) or "not stated" for key in killed["of"]],
        "where": where,
        "sources": [key for key, _ in pairs],
        "grades": [f"{sources[key].reliability}{credibility}" for key, credibility in pairs],
    }


def _where(record: Record, content: Content) -> Literal["map", "beside", "outside the frame"]:
    where = (entry.where for entry in content.entries if entry.record == record.id)
    return next(where, "outside the frame")


def _features(
    record: Record,
    workspace: Workspace,
    content: Content,
    outlines: Mapping[tuple[str, int], BaseGeometry | None],
) -> Iterator[dict[str, Any]]:
    number = _numbers(content).get(record.id)
    shared = _shared_columns(record, workspace, number, _where(record, content))
    places = workspace.located.places.get(record.id, ())
    for at, place in enumerate(places):
        yield {
            "type": "Feature",
            "id": f"{record.id}/{at + 1}",
            "geometry": _geometry(outlines.get((record.id, at))),
            "properties": shared
            | {
                "place": clean_line(place.name or place.query) or None,
                "place_said": clean_line(place.query) or None,
                "place_status": place.status,
                "place_of_record": at + 1,
                "places_of_record": len(places),
                "precision": place.precision,
                "position": _position(place),
                "position_known": place.precision == "exact",
                "uncertainty_m": _point(place)[2],
                "provinces": list(place.provinces),
                "note": clean_line(place.note) or None,
            },
        }


def _position(place: Location) -> str:
    return _NO_POSITION.get(place.status) or _POSITIONS[place.precision]


def _geometry(outline: BaseGeometry | None) -> Any:
    if outline is None or outline.is_empty:
        return None
    snapped = shapely.set_precision(outline, _GRID)
    kept = outline if snapped.is_empty else snapped
    return _rounded(mapping(shapely.orient_polygons(kept)))


def _rounded(value: Any) -> Any:
    """Round GeoJSON to four decimals, about 10 m, as in the map document."""
    if isinstance(value, float):
        return round(value, _DECIMALS)
    if isinstance(value, Mapping):
        return {key: _rounded(each) for key, each in value.items()}
    return [_rounded(each) for each in value] if isinstance(value, tuple | list) else value


def _point(place: Location) -> tuple[float | None, float | None, float | None]:
    """Return latitude, longitude and radius of a place that is known as a point."""
    if place.lat is None or place.lon is None:
        return None, None, None
    radius = place.uncertainty_m
    return round(place.lat, _DECIMALS), round(place.lon, _DECIMALS), radius or None


def _parts(values: Iterable[object]) -> Any:
    """Join the parts of a cell, one for each place; a single number stays a number."""
    found = list(values)
    if len(found) == 1:
        return found[0]
    said = ["" if value is None else str(value).replace(";", ",") for value in found]
    return "; ".join(said) if any(said) else ""


def _joined(values: Iterable[str]) -> str:
    return "; ".join(values)


def _source(
    workspace: Workspace, key: str, numbers: Mapping[str, int], cited: Sequence[str]
) -> dict[str, Any]:
    about = workspace.reading.dossier.sources[key]
    return {
        "number": numbers.get(key),
        "key": key,
        "title": about.title,
        "author": about.author,
        "publisher": about.publisher,
        "published": about.published.text,
        "grade": about.reliability,
        "grade_because": about.reliability_because,
        "url": about.url,
        "archive_url": about.archive_url,
        "cited_by": _joined(cited),
    }
