"""The units of a boundary file: outlines repaired, joined and simplified as far as a map allows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo import limits
from geo.errors import IntakeError
from geo.places.boundaries import MALFORMED, MOST_EAST, MOST_NORTH, collection
from geo.places.country.boundary_fields import Unit, level_of, refuse_level, source_of, unit_of
from geo.text import counted

MOST_POINTS: Final = 40_000
"""Most points of all outlines together: three times those of Afghanistan, half a megabyte."""
FIRST_TOLERANCE: Final = 0.0005
"""Degrees, about 50 m: the first tolerance of simplifying, doubled until few enough points are
left."""
DIGITS: Final = 5
"""Decimals of a degree that are kept: about a metre."""


def read_units(data: bytes, file: str, wanted: int) -> tuple[list[Unit], list[str], str]:
    """Read the units of a file of the requested level.

    Returns
    -------
    tuple
        The units, sentences on what was left out, and the publisher if it is recognised.

    Raises
    ------
    IntakeError
        The file is not a collection of polygons with names, is of another level, or crosses
        180 degrees.
    """
    if len(data) > (most := limits.MAX_BOUNDARY_BYTES):
        raise IntakeError(f"{file}: is larger than {most:,} bytes; simplify its outlines first")
    features = collection(data, file)
    keys = {str(key).lower() for one in features for key in _properties(one)}
    level = level_of(keys)
    refuse_level(level, wanted, file)
    units, faults, nameless = [], [], 0
    for number, feature in enumerate(features, start=1):
        outline = _polygons(feature)
        if outline is None:
            faults.append(
                f"{file}: feature {number}: expected a polygon in degrees, longitude first"
            )
            continue
        unit = unit_of(_properties(feature), level, outline)
        nameless += unit is None
        units += [unit] if unit else []
    if faults:
        raise IntakeError("\n".join(faults))
    if not units:
        raise IntakeError(
            f"{file}: no feature has a name; expected a property such as name, shapeName, ADM1_EN "
            "or NAME_1"
        )
    _refuse_antimeridian(units, file)
    notes = (
        [f"{counted(nameless, 'feature')} of {file} without a name skipped."] if nameless else []
    )
    return units, notes, source_of(keys, level)


def _properties(feature: Any) -> Mapping[str, Any]:
    given = feature.get("properties") if isinstance(feature, dict) else None
    return given if isinstance(given, dict) else {}


def _polygons(feature: Any) -> BaseGeometry | None:
    """The polygons of a feature, repaired; ``None`` if it has none or they are off the globe."""
    try:
        found = shapely.make_valid(shapely.force_2d(shape(feature["geometry"])))
    except MALFORMED:
        return None
    parts = [one for one in _parts(found) if one.geom_type == "Polygon" and one.area > 0]
    if not parts:
        return None
    west, south, east, north = shapely.total_bounds(parts)
    inside = (
        west >= -MOST_EAST and east <= MOST_EAST and south >= -MOST_NORTH and north <= MOST_NORTH
    )
    return shapely.union_all(parts) if inside else None


def _parts(outline: BaseGeometry) -> Iterator[BaseGeometry]:
    for part in shapely.get_parts(outline):
        yield from _parts(part) if part.geom_type == "GeometryCollection" else (part,)


def _refuse_antimeridian(units: Sequence[Unit], file: str) -> None:
    west, _, east, _ = shapely.total_bounds([one.outline for one in units])
    if east - west > MOST_EAST:
        raise IntakeError(
            f"{file}: the country reaches across 180 degrees of longitude, which is not supported; "
            "expected a country on one side of it"
        )


def joined_units(
    units: Sequence[Unit], homes: Sequence[str]
) -> tuple[list[Unit], list[str], list[str]]:
    """Join features with the same name, codes and home into one unit, in the order of the file.

    Parameters
    ----------
    homes
        The code of the area that each unit is in. Units of the same name in two provinces are two
        units.

    Returns
    -------
    tuple
        The units, the home of each, and a sentence for each name that was joined.
    """
    groups: defaultdict[tuple[str, ...], list[Unit]] = defaultdict(list)
    for one, home in zip(units, homes, strict=True):
        groups[one.name, one.iso or "", one.pcode or "", home].append(one)
    found = [
        replace(group[0], outline=shapely.union_all([one.outline for one in group]))
        for group in groups.values()
    ]
    notes = [
        f"{group[0].name}: {counted(len(group), 'feature')} of this name and code joined."
        for group in groups.values()
        if len(group) > 1
    ]
    return found, [key[-1] for key in groups], notes


def thinned_units(units: Sequence[Unit]) -> list[Unit]:
    """Units with outlines of few enough points, simplified together so that neighbours meet."""
    outlines: NDArray[Any] = np.array([one.outline for one in units], dtype=object)
    tolerance = FIRST_TOLERANCE
    while int(shapely.get_num_coordinates(outlines).sum()) > MOST_POINTS:
        # The tolerance of a coverage is the side of a triangle that may be removed, not a distance.
        outlines = shapely.coverage_simplify(outlines, tolerance)
        tolerance *= 2
    rounded = shapely.transform(outlines, lambda xy: np.round(xy, DIGITS))
    return [
        replace(unit, outline=_repaired(outline))
        for unit, outline in zip(units, rounded, strict=True)
    ]


def _repaired(outline: BaseGeometry) -> BaseGeometry:
    parts = [one for one in _parts(shapely.make_valid(outline)) if one.geom_type == "Polygon"]
    return shapely.orient_polygons(shapely.union_all(parts), exterior_cw=False)
