"""Water and boundaries of the base map, drawn below the marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Self

import numpy as np
import shapely
from matplotlib.axes import Axes
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from geo.places.boundary_lines import BoundaryKind, boundary_lines
from geo.places.country import Country
from geo.places.country.base_map import BaseMap
from geo.places.country.own_map import OwnCut
from geo.snapshot.content.content import Content
from geo.snapshot.content.editorial.map_names import NameChoice
from geo.snapshot.content.frame import Projection
from geo.snapshot.content.layers import BOUNDARIES, WATER
from geo.snapshot.content.sizes import POINTS_PER_PIXEL
from geo.snapshot.layout.signs import Pen
from geo.snapshot.map.basemap import MapCanvas, draw_borders, fixed_path
from geo.snapshot.map.own_map import draw_own_pictures
from geo.snapshot.map.relief import draw_relief
from geo.view import Language
from geo.wording.base_map import SCALES

_DRY: Final = (3.0, 1.6)
"""Dash and gap in points of an intermittent river: long dashes, so that bends can be followed."""
_DISTRICT: Final = (2.2, 1.4)
"""Dash and gap in points of district boundaries: shorter than those of rivers, which they cross."""


@dataclass(frozen=True, eq=False)
class BasePicture:
    """The base map of a figure.

    Parameters
    ----------
    off
        Parts that are not drawn; see :data:`geo.view.BASE_PARTS`.
    own
        What is drawn of the user's own base map.
    towns
        Which towns are named.
    """

    canvas: MapCanvas
    map: BaseMap
    off: tuple[str, ...]
    language: Language
    own: OwnCut | None = None
    towns: NameChoice = field(default_factory=NameChoice)

    @classmethod
    def of(cls, content: Content, canvas: MapCanvas) -> Self | None:
        """The base map of a figure; ``None`` if its country has none."""
        found = content.frame.country.base_map
        if found is None:
            return None
        return cls(
            canvas, found, content.base_off, content.language, content.own_map,
            content.editorial.names.towns,
        )  # fmt: skip

    def has(self, part: str) -> bool:
        """Whether a part is drawn."""
        return part not in self.off

    @property
    def zoom(self) -> float:
        """The zoom of a web map at the same scale."""
        return self.canvas.zoom


def draw_base_relief(axes: Axes, pen: Pen, base: BasePicture) -> None:
    """Draw the user's own pictures, and the relief with the opacity for this scale."""
    if base.own is not None:
        draw_own_pictures(axes, base.canvas, base.own, pen)
    if base.map.relief is not None and base.has("relief"):
        draw_relief(
            axes, base.canvas, base.map.relief, pen.theme,
            opacity=SCALES.relief_opacity(base.zoom), zorder=pen.zorder,
        )  # fmt: skip


def draw_water(pen: Pen, base: BasePicture) -> None:
    """Draw the lakes and rivers that are large enough for this scale."""
    if not base.has("water"):
        return
    theme, canvas, pen = pen.theme, base.canvas, pen.within(WATER)
    for zoom, lakes in _lakes(base.map, canvas.frame.projection).items():
        if base.zoom >= zoom:
            path = fixed_path(canvas, lakes)
            # Points: thinner than any river.
            pen.path(path, fill=theme.lake, line=theme.water, width=0.4)
    for (rank, is_dry), lines in _rivers(base.map, canvas.frame.projection).items():
        if base.zoom >= SCALES.river_zoom(rank):
            width = SCALES.river_widths[rank - 1] * POINTS_PER_PIXEL
            dash = _DRY if is_dry else None
            path = fixed_path(canvas, lines, is_inner=True)
            pen.path(path, line=theme.water, width=width, dash=dash)


def draw_boundaries(pen: Pen, base: BasePicture) -> None:
    """Draw the boundaries of districts, provinces and countries, from thin to thick."""
    theme, canvas, pen = pen.theme, base.canvas, pen.within(BOUNDARIES)
    if not base.has("boundaries"):
        draw_borders(pen, canvas)
        return
    # Width in points: each line is clearly wider than the one below it in rank.
    styles: tuple[tuple[BoundaryKind, str, float, tuple[float, float] | None], ...] = (
        ("district", theme.district_line, 0.5, _DISTRICT),
        ("province", theme.province_line, 0.7, None),
        ("country", theme.country_line, 1.3, None),
    )
    lines = _boundaries(canvas.frame.country, canvas.frame.projection)
    for kind, colour, width, dash in styles:
        if kind in lines and (kind != "district" or base.zoom >= SCALES.district_lines):
            path = fixed_path(canvas, lines[kind])
            pen.path(path, line=colour, width=width, dash=dash)


@lru_cache(maxsize=4)
def _lakes(base: BaseMap, projection: Projection) -> Mapping[float, BaseGeometry]:
    """Lakes in metres of the projected plane, by the zoom from which they are drawn."""
    found: dict[float, list[BaseGeometry]] = {}
    for lake in base.lakes:
        outline = shapely.make_valid(projection.project(shapely.Polygon(lake.outline)))
        found.setdefault(SCALES.lake_zoom(lake.area_km2), []).append(outline)
    return {zoom: shapely.union_all(outlines) for zoom, outlines in found.items()}


@lru_cache(maxsize=4)
def _rivers(base: BaseMap, projection: Projection) -> Mapping[tuple[int, bool], BaseGeometry]:
    """Rivers in metres of the projected plane, by rank and whether intermittent, largest last."""
    found: dict[tuple[int, bool], list[LineString]] = {}
    for river in sorted(base.rivers, key=lambda river: -river.rank):
        key = river.rank, river.is_intermittent
        lat, lon = river.line[:, 1], river.line[:, 0]
        plane = np.column_stack(projection.forward(lat, lon))
        found.setdefault(key, []).append(LineString(plane))
    return {key: shapely.line_merge(MultiLineString(lines)) for key, lines in found.items()}


@lru_cache(maxsize=4)
def _boundaries(country: Country, projection: Projection) -> Mapping[BoundaryKind, BaseGeometry]:
    """Each boundary once, in metres of the projected plane."""
    found: dict[BoundaryKind, list[LineString]] = {}
    for each in boundary_lines(country.provinces, country.districts):
        found.setdefault(each.kind, []).append(LineString(each.line))
    return {kind: projection.project(MultiLineString(lines)) for kind, lines in found.items()}
