"""Read placemarks of KML and waypoints of GPX as a table of strings.

By OGC KML 2.3 (12-007r2) and GPX 1.1. A point becomes the same columns as a point of GeoJSON; the
row of a line or an outline is placed by its names. Links to other files are counted and never
followed; descriptions stay plain text.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

import numpy as np
import pyarrow as pa

from geo import limits
from geo.errors import IntakeError
from geo.events.columns.rejects import Findings
from geo.events.readers.csv_rows import RawTable, raw_of
from geo.events.readers.geo_tables import LAT, LON, SHAPE
from geo.events.readers.markup import elements, local, text_of
from geo.events.readers.sources import FileInput, read_bytes
from geo.files import name_of

_SHAPES: Final = frozenset({
    "Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Model", "Track", "MultiTrack",
})  # fmt: skip
_TEXTS: Final = {
    "name": "name", "description": "description", "address": "address", "phoneNumber": "phone",
    "Snippet": "snippet",
}  # fmt: skip
_LINKS: Final = ("NetworkLink", "GroundOverlay", "ScreenOverlay", "PhotoOverlay")
_UNREAD: Final = {"trk": "track", "rte": "route"}
_CELLS_OF_A_PLACE: Final = 8
"""Cells of a table that a place becomes, about: its name, description, date and position."""
_PAIR: Final = 2
_PLACEMARK: Final = frozenset({"Placemark"})
_WAYPOINT: Final = frozenset({"wpt"})

CellsByColumn = dict[str, str]


def read_kml(source: FileInput, file: str = "") -> RawTable:
    """Read the placemarks of a KML file.

    Raises
    ------
    IntakeError
        It is not KML, has no placemark, or is larger than the limits allow.

    Examples
    --------
    >>> kml = b'<kml><Document><Placemark><name>A &lt;b&gt;</name><TimeStamp><when>2022-05</when>'
    >>> kml += b'</TimeStamp><Point><coordinates> 69.2,34.5,0 </coordinates></Point></Placemark>'
    >>> read_kml(kml + b"</Document></kml>").table.to_pylist()[0]
    {'name': 'A <b>', 'date': '2022-05', 'geometry.lat': '34.5', 'geometry.lon': '69.2',
    'geometry.type': 'Point'}
    """
    name, data = _data(source, file)
    rows: list[CellsByColumn] = []
    folders: list[str] = []
    unread: Counter[str] = Counter()
    for event, element, around in elements(io.BytesIO(data), name, _PLACEMARK):
        tag = local(element.tag)
        if event == "start":
            if tag == "Folder":
                folders.append("")
            continue
        if tag == "name" and around[-1:] == ["Folder"]:
            folders[-1] = text_of(element)
        elif tag == "Folder":
            folders.pop()
        elif tag == "Placemark":
            folder = " / ".join(one for one in folders if one)
            rows.append(_placemark(element) | ({"folder": folder} if folder else {}))
        unread[tag] += tag in _LINKS
        _check(len(rows), name)
    if not rows:
        raise IntakeError(f"{name}: has no placemarks{_links(unread)}")
    return _table(rows, name, tuple(_notes(unread)))


def read_gpx(source: FileInput, file: str = "") -> RawTable:
    """Read the waypoints of a GPX file.

    Raises
    ------
    IntakeError
        It is not GPX, has no waypoint, or is larger than the limits allow.
    """
    name, data = _data(source, file)
    rows: list[CellsByColumn] = []
    unread: Counter[str] = Counter()
    for event, element, _ in elements(io.BytesIO(data), name, _WAYPOINT):
        tag = local(element.tag)
        if event == "end" and tag in {"wpt", *_UNREAD}:
            if tag == "wpt":
                rows.append(_waypoint(element))
            unread[_UNREAD.get(tag, "")] += tag in _UNREAD
            _check(len(rows), name)
    notes = tuple(f"{count:,} {what}s are not read: only waypoints are places"
                  for what, count in unread.items() if count)  # fmt: skip
    if not rows:
        raise IntakeError(f"{name}: has no waypoints{'; ' + notes[0] if notes else ''}")
    return _table(rows, name, notes)


def _data(source: FileInput, file: str) -> tuple[str, bytes]:
    name = name_of(source, file)
    return name, read_bytes(source, name, limits.MAX_MARKUP_BYTES)


def _check(count: int, name: str) -> None:
    if count > limits.MAX_ROWS:
        raise IntakeError(f"{name}: has more than {limits.MAX_ROWS:,} places")
    # A place without a field takes the room of eight cells.
    if count * _CELLS_OF_A_PLACE > (most := limits.MAX_GEOJSON_CELLS):
        few = most // _CELLS_OF_A_PLACE
        raise IntakeError(f"{name}: has more than {few:,} places; save it as CSV")


def _notes(unread: Counter[str]) -> Iterator[str]:
    if unread["NetworkLink"]:
        yield f"{unread['NetworkLink']:,} links to other files are not followed"
    overlays = sum(unread[one] for one in _LINKS[1:])
    if overlays:
        yield f"{overlays:,} pictures overlaid on the map are not read"


def _links(unread: Counter[str]) -> str:
    if unread["NetworkLink"]:
        return "; it only links to other files, which are not followed: import those files"
    return ""


def _placemark(element: Element) -> CellsByColumn:
    row: CellsByColumn = {}
    at: CellsByColumn = {}
    for one in element:
        tag = local(one.tag)
        if tag in _TEXTS:
            row[_TEXTS[tag]] = text_of(one)
        elif tag == "TimeStamp":
            row["date"] = _within(one, "when")
        elif tag == "TimeSpan":
            row["date"], row["date_end"] = _within(one, "begin"), _within(one, "end")
        elif tag == "ExtendedData":
            _extended(one, row)
        elif tag in _SHAPES:
            at = _geometry(one, tag)
    return row | at


def _within(element: Element, name: str) -> str:
    found = next((one for one in element if local(one.tag) == name), None)
    return "" if found is None else text_of(found)


def _extended(element: Element, row: CellsByColumn) -> None:
    """Copy the data that other programs attach to a placemark, under the names in the file."""
    for one in element.iter():
        tag, called = local(one.tag), one.get("name", "").strip()
        if tag == "Data" and called:
            value = next((inner for inner in one if local(inner.tag) == "value"), None)
            # Not trimmed, so that what this program wrote is read back unchanged.
            _put(row, called, "" if value is None else "".join(value.itertext()))
        elif tag == "SimpleData" and called:
            _put(row, called, text_of(one))


def _put(row: CellsByColumn, called: str, text: str) -> None:
    """Add a value, under a prefixed name if the placemark itself has a different one."""
    if len(row) >= limits.MAX_COLUMNS:
        raise IntakeError(f"a place has more than {limits.MAX_COLUMNS} fields; remove some of them")
    while called in {LAT, LON, SHAPE} or row.get(called, text) != text:
        called = f"data.{called}"
    row[called] = text


def _geometry(element: Element, tag: str) -> CellsByColumn:
    found = {SHAPE: tag}
    if tag == "Point":
        pair = _within(element, "coordinates").split(",")
        if len(pair) >= _PAIR:
            found |= {LAT: pair[1].strip(), LON: pair[0].strip()}
    return found


def _waypoint(element: Element) -> CellsByColumn:
    row: CellsByColumn = {}
    for one in element:
        tag = local(one.tag)
        if tag == "extensions":
            for inner in one.iter():
                if not len(inner) and (text := text_of(inner)):
                    _put(row, local(inner.tag), text)
        elif not len(one):
            row[tag] = text_of(one)
    point = {LAT: element.get("lat", ""), LON: element.get("lon", ""), SHAPE: "Point"}
    return row | point


def _table(rows: list[CellsByColumn], name: str, notes: tuple[str, ...]) -> RawTable:
    keys: dict[str, None] = {}
    for row in rows:
        keys |= dict.fromkeys(row)
        if len(keys) > limits.MAX_COLUMNS:
            raise IntakeError(
                f"{name}: its places have more than {limits.MAX_COLUMNS} different fields"
            )
    order = [key for key in keys if key not in {LAT, LON, SHAPE}] + [LAT, LON, SHAPE]
    if len(order) * len(rows) > limits.MAX_GEOJSON_CELLS:
        raise IntakeError(
            f"{name}: has {len(rows):,} places of {len(order)} columns; at most "
            f"{limits.MAX_GEOJSON_CELLS:,} cells are read; save it as CSV"
        )
    table = pa.table({key: pa.array([row.get(key, "") for row in rows], pa.string())
                      for key in order})  # fmt: skip
    findings = Findings(np.arange(1, len(rows) + 1, dtype=np.int64))
    return raw_of(table, findings, len(rows), name, notes=notes)
