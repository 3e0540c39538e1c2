"""Polygons from GeoJSON text; all errors of a file are reported at once.

The text is read with ``json`` and shapely only, never with a driver of GDAL.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final, NoReturn

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo import limits
from geo.dossier.field_types import visible_text
from geo.errors import IntakeError
from geo.text import json_parts

MALFORMED = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError,
    ShapelyError,
)  # fmt: skip
"""What shapely raises, depending on how a geometry is broken."""

Check = Callable[[Any], str]
"""Returns what was expected of a value, or an empty text if the value is valid."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One polygon of a file, its attributes checked.

    Parameters
    ----------
    id
        Unique in its file.
    properties
        The attributes as they are in the file.
    outline
        A valid ``Polygon`` or ``MultiPolygon``, x longitude and y latitude in degrees.
    """

    id: str
    properties: Mapping[str, Any]
    outline: BaseGeometry = field(repr=False)


def expect_text(value: Any) -> str:
    """Expect a text that is not empty.

    Examples
    --------
    >>> expect_text("Kabul"), expect_text(" ")
    ('', 'a text that is not empty, without control characters')
    """
    good = isinstance(value, str) and value.strip() and _is_plain(value)
    return "" if good else "a text that is not empty, without control characters"


def expect_text_or_null(value: Any) -> str:
    """Expect a text or null.

    Examples
    --------
    >>> expect_text_or_null(None), expect_text_or_null(7)
    ('', 'a text or null')
    """
    return "" if value is None or not expect_text(value) else "a text or null"


def expect_texts(value: Any) -> str:
    """Expect a list of texts, which may be empty.

    Examples
    --------
    >>> expect_texts([]), expect_texts("Surobi")
    ('', 'a list of texts')
    """
    good = isinstance(value, list) and all(
        isinstance(item, str) and _is_plain(item) for item in value
    )
    return "" if good else "a list of texts"


def _is_plain(value: str) -> bool:
    try:
        visible_text(value)
    except ValueError:
        return False
    return True


def number_between(low: float, high: float) -> Check:
    """Make a check for a finite number from `low` to `high`.

    Examples
    --------
    >>> number_between(-90, 90)(float("nan"))
    'a number from -90 to 90'
    """

    def check(value: Any) -> str:
        good = isinstance(value, int | float) and not isinstance(value, bool)
        return "" if good and low <= value <= high else f"a number from {low:g} to {high:g}"

    return check


MOST_NORTH: Final = 90.0
"""Degrees of latitude of the North Pole."""
MOST_EAST: Final = 180.0
"""Degrees of longitude of the antimeridian."""
DEGREE_M: Final = 111_320.0
"""Metres of one degree of the equator (WGS 84), the longest degree of longitude; a degree of
latitude is at most 0.4 % longer."""
LATITUDE = number_between(-MOST_NORTH, MOST_NORTH)
LONGITUDE = number_between(-MOST_EAST, MOST_EAST)
POSITIVE = number_between(0, 5.2e8)  # km², the surface of the Earth being 5.1e8


def read_features(data: bytes, name: str, expected: Mapping[str, Check]) -> list[Feature]:
    """Read a collection of polygons, or refuse it with all of its errors in one message.

    Parameters
    ----------
    data
        GeoJSON in UTF-8, coordinates in degrees, longitude first.
    name
        Name of the file in messages.
    expected
        The properties that every feature must have, each with its check.

    Returns
    -------
    list[Feature]
        In the order of the file.

    Raises
    ------
    IntakeError
        The bytes are not such a collection, or a feature lacks a property, has an invalid outline,
        a coordinate that is out of range, or the id of another feature.

    Examples
    --------
    >>> read_features(b'{"type": "Point"}', "borders.geojson", {})
    Traceback (most recent call last):
    ...
    geo.errors.IntakeError: borders.geojson: expected a GeoJSON FeatureCollection, found 'Point'
    """
    faults: list[str] = []
    features: list[Feature] = []
    points = 0
    seen: dict[str, int] = {}
    for number, raw in enumerate(collection(data, name), start=1):
        where, wrong, outline = _check(number, raw, expected)
        if outline is not None and not wrong:
            feature = Feature(str(raw["id"]), raw["properties"], outline)
            if feature.id in seen:
                wrong = [f"the id {feature.id!r} is also that of feature {seen[feature.id]}"]
            seen.setdefault(feature.id, number)
            features.append(feature)
            points += int(shapely.get_num_coordinates(feature.outline))
        if points > (most := limits.MAX_OUTLINE_POINTS):
            raise IntakeError(f"{name}: its outlines have more than {most:,} points; simplify them")
        faults += [f"{where}: {fault}" for fault in wrong]
    if faults:
        raise IntakeError("\n".join(f"{name}: {fault}" for fault in faults))
    return features


def collection(data: bytes, name: str) -> list[Any]:
    """Read the features of a GeoJSON collection, unchecked.

    Returns
    -------
    list
        The features as JSON values, in the order of the file.

    Raises
    ------
    IntakeError
        The bytes are not such a collection, or it has no features or too many.
    """
    if (parts := json_parts(data)) > (most := limits.MAX_JSON_PARTS):
        raise IntakeError(f"{name}: has {parts:,} parts; at most {most:,} are read; simplify it")
    try:
        document = json.loads(data, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        msg = f"{name}: this is not JSON in UTF-8 ({error})"
        raise IntakeError(msg) from error
    kind = document.get("type") if isinstance(document, dict) else type(document).__name__
    if kind != "FeatureCollection":
        msg = f"{name}: expected a GeoJSON FeatureCollection, found {kind!r}"
        raise IntakeError(msg)
    features = document.get("features")
    if not isinstance(features, list) or not features:
        msg = f"{name}: expected a list 'features' with at least one feature in it"
        raise IntakeError(msg)
    if len(features) > (most := limits.MAX_OUTLINES):
        raise IntakeError(f"{name}: has {len(features):,} features; at most {most:,} are read")
    return features


def _refuse_constant(constant: str) -> NoReturn:
    msg = f"{constant} is not a valid number in JSON"
    raise ValueError(msg)


def _check(
    number: int, raw: Any, expected: Mapping[str, Check]
) -> tuple[str, list[str], BaseGeometry | None]:
    """What messages call a feature, its faults, and its outline where that can be read."""
    where = f"feature {number}"
    if not isinstance(raw, dict) or raw.get("type") != "Feature":
        return where, ["expected a GeoJSON Feature"], None
    properties = raw.get("properties")
    if not isinstance(properties, dict):
        return where, ["expected an object 'properties'"], None
    if not expect_text(properties.get("name")):
        where = f"feature {number} ({properties['name']})"
    wrong = [
        f"property {key!r} is {properties[key]!r}, expected {fault}"
        if key in properties
        else f"property {key!r} is missing, expected {fault or 'a value'}"
        for key, check in expected.items()
        if (fault := check(properties.get(key))) or key not in properties
    ]
    if expect_text(raw.get("id")):
        wrong.append("expected an 'id', a text that is not empty")
    fault, outline = _outline(raw.get("geometry"))
    return where, [*wrong, fault] if fault else wrong, outline


def _outline(geometry: Any) -> tuple[str, BaseGeometry | None]:
    """Why an outline cannot be drawn, empty if it can, and the outline where it can be read."""
    kind = geometry.get("type") if isinstance(geometry, dict) else geometry
    if kind not in ("Polygon", "MultiPolygon"):
        return f"expected a Polygon or MultiPolygon, found {kind!r}", None
    try:
        outline = _shape(geometry)
    except MALFORMED as error:
        return f"the coordinates cannot be read as a {kind} ({error})", None
    return "the outline has no coordinates" if outline.is_empty else _misplaced(outline), outline


def _shape(geometry: Mapping[str, Any]) -> BaseGeometry:
    rings = geometry["coordinates"]
    if geometry["type"] == "MultiPolygon":
        rings = chain.from_iterable(rings)
    for number in chain.from_iterable(chain.from_iterable(rings)):
        # Shapely also accepts strings and booleans as numbers.
        if type(number) not in (int, float):
            msg = f"{str(number)[:40]!r} is not a number"
            raise TypeError(msg)
    return shape(dict(geometry))


def _misplaced(outline: BaseGeometry) -> str:
    """Why an outline cannot be drawn; empty if it can."""
    lon, lat = np.abs(shapely.get_coordinates(outline)).T
    if not (np.all(lon <= MOST_EAST) and np.all(lat <= MOST_NORTH)):
        worst = f"longitude {_largest(lon)}, latitude {_largest(lat)}"
        return f"a coordinate is out of range ({worst}); expected degrees, longitude first"
    if not outline.is_valid:
        return f"the outline is not valid: {shapely.is_valid_reason(outline)}"
    west, _, east, _ = shapely.bounds(shapely.get_parts(outline)).T
    if np.any(east - west > MOST_EAST):
        return "the outline reaches around the globe; cut it in two at 180 degrees"
    return ""


def _largest(values: np.ndarray[Any, np.dtype[np.float64]]) -> str:
    largest = float(np.max(values))
    return "not a number" if math.isnan(largest) else f"±{largest:g}"
