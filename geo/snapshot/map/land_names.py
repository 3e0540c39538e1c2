"""Names of provinces and neighbours on the map of a figure, and the capitals, which come first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from geo.places.provinces import Province
from geo.snapshot.lettering import LEADING, letterspaced, width_of
from geo.snapshot.map.base_layers import BasePicture
from geo.snapshot.map.base_names import with_base_names
from geo.snapshot.map.basemap import MapCanvas, neighbour_names
from geo.snapshot.map.boxes import At, CanvasBox
from geo.snapshot.map.land_mask import LandMask
from geo.snapshot.map.placing import LabelPlacer
from geo.snapshot.map.plan import LandName, Plan
from geo.snapshot.map.positions import Shape
from geo.wording.base_map import SCALES

_LEAST_OF_FOCUS: Final = 0.3
"""Least share of the name of the province that the map is about that is inside it."""
_CAPITALS: Final = SCALES.town_zoom(3)
"""The zoom by which a web map shows the capitals of all provinces."""


def with_capitals(plan: Plan, placing: LabelPlacer, base: BasePicture, small: float) -> Plan:
    """Add the capitals of the base map: the names of provinces find another place."""
    plan = with_base_names(plan, base, small, most_zoom=_CAPITALS)
    for name in plan.base_names:
        for box in name.boxes:
            placing.take(box)
    for sign in plan.base_signs:
        placing.take(sign.box)
    return plan


def land_names(
    canvas: MapCanvas, placing: LabelPlacer, base: BasePicture | None, small: float,
    said: Collection[str], rings: Sequence[CanvasBox] = (),
) -> Iterator[LandName]:  # fmt: skip
    """Take room for names of provinces and neighbours, where they touch nothing.

    Parameters
    ----------
    said
        Provinces that are not to be named, or that a badge names already.
    rings
        Around rings of events, over which a name stands only where there is no other place.
    """
    clear = placing.copy()
    for ring in rings:
        clear.take(ring)
    for words, shape, centre, is_outside in _names(canvas, base, said):
        size = Shape(width_of(words, small) + 3, small * LEADING, 0)
        land_mask = LandMask(shape, canvas.box)
        least = 0.98 if is_outside else 0.8
        placed = clear.inside([size], land_mask, centre, shape.bounds, least=least)
        if placed is None and rings:
            placed = placing.inside([size], land_mask, centre, shape.bounds, least=least)
        if placed is None and shape is canvas.focus:
            # The map is about it: its name may be partly beside it.
            placed = placing.inside([size], land_mask, centre, shape.bounds, least=_LEAST_OF_FOCUS)
        if placed is not None:
            placing.take(placed.box)
            clear.take(placed.box)
            yield LandName(words, placed.box, is_outside)


def _names(
    canvas: MapCanvas, base: BasePicture | None, said: Collection[str]
) -> Iterator[tuple[str, BaseGeometry, At, bool]]:
    """Words, the land that they name, where they stand best, and whether that is abroad."""
    focus = canvas.frame.focus
    for province in sorted(canvas.frame.country.provinces, key=lambda one: one.code not in focus):
        shape = canvas.provinces.get(province.code)
        if shape is not None and province.code not in said:
            centre = canvas.at(province.label_lat, province.label_lon)
            yield _province_name(province, base), shape, centre, False
    for name, shape in neighbour_names(canvas):
        if shape.area:
            yield letterspaced(name), shape, _roomiest(shape), True


def _province_name(province: Province, base: BasePicture | None) -> str:
    """Its name in the language of the base map; set wide where many other names stand."""
    if base is None:
        return province.name
    name = dict(province.local_names).get(base.language, province.name)
    return letterspaced(name) if base.zoom >= SCALES.district_lines else name


def _roomiest(shape: BaseGeometry) -> At:
    """The middle of the largest circle in a shape, to a few points."""
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    middle = shapely.maximum_inscribed_circle(largest, 4.0).coords[0]
    return float(middle[0]), float(middle[1])
