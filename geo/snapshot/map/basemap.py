"""The map below the marks: land, borders, neighbours and their names.

Coordinates are points from the lower left corner of the map; :class:`MapCanvas` converts degrees to
them with the projection of the frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
import shapely
from matplotlib.path import Path
from numpy.typing import NDArray
from shapely.geometry import MultiLineString
from shapely.geometry.base import BaseGeometry

from geo.places.country import Country
from geo.places.neighbours import fading_borders
from geo.snapshot.content.frame import Frame, Projection, web_zoom
from geo.snapshot.content.layers import BOUNDARIES, LAND, NEIGHBOURS, PROVINCES
from geo.snapshot.content.sizes import POINTS_PER_PIXEL
from geo.snapshot.layout.signs import Pen
from geo.snapshot.map.boxes import CanvasBox

HATCH_GAP: Final = 4.6
"""Points between two lines of a hatch: dense enough for a small district to have several lines;
dots are √2 times as far apart."""
_DOT: Final = 0.75
"""Radius in points of a dot of a hatch: about the weight of its lines."""
_SIMPLER: Final = 0.12
"""Tolerance in points when outlines are simplified: a fifth of the thinnest border, not visible."""
_EDGE: Final = 0.3
"""Points within which a line counts as part of the edge of the map: more than rounding, less than
the thinnest border."""
_RIM: Final = 1.5
"""Points on both sides of the border of the country that text avoids."""


@dataclass(frozen=True, eq=False)
class MapCanvas:
    """The box of the map in points, and the conversion from degrees.

    Parameters
    ----------
    width, height
        Size of the box in points.
    """

    frame: Frame
    width: float
    height: float

    @property
    def box(self) -> CanvasBox:
        """The whole map."""
        return CanvasBox(0.0, 0.0, self.width, self.height)

    @property
    def scale(self) -> float:
        """Points per metre of the projected plane."""
        return self.width / (self.frame.right - self.frame.left)

    @property
    def focus(self) -> BaseGeometry | None:
        """The one province that the map is about, if there is one, in points."""
        codes = self.frame.focus
        return self.provinces.get(codes[0]) if len(codes) == 1 else None

    @cached_property
    def zoom(self) -> float:
        """The zoom at which a web map has the scale of this map at its middle."""
        frame = self.frame
        lat, _ = frame.projection.inverse(
            (frame.left + frame.right) / 2, (frame.bottom + frame.top) / 2
        )
        return web_zoom(POINTS_PER_PIXEL / self.scale, float(lat))

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """A position in degrees as points from the left and points from the bottom.

        Returns
        -------
        Points from the left and points from the bottom.
        """
        x, y = self.frame.projection.forward(lat, lon)
        return (
            float(x - self.frame.left) * self.scale,
            float(y - self.frame.bottom) * self.scale,
        )

    def to_points(self, plane: BaseGeometry) -> BaseGeometry:
        """The visible part of a shape of the projected plane, in points."""
        cut = shapely.intersection(plane, self.frame.box)
        corner = np.array([self.frame.left, self.frame.bottom])
        shifted = shapely.transform(cut, lambda xy: (xy - corner) * self.scale)
        return shapely.simplify(shifted, _SIMPLER)

    def outline(self, degrees: BaseGeometry) -> BaseGeometry:
        """The visible part of an outline in degrees (x longitude, y latitude), in points."""
        return self.to_points(shapely.make_valid(self.frame.projection.project(degrees)))

    def points_of(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        """Convert degrees to points.

        Parameters
        ----------
        degrees
            Two columns: longitude and latitude.

        Returns
        -------
        Two columns: points from the left and points from the bottom.
        """
        x, y = self.frame.projection.forward(degrees[:, 1], degrees[:, 0])
        return np.column_stack([x - self.frame.left, y - self.frame.bottom]) * self.scale

    def inner(self, lines: BaseGeometry) -> BaseGeometry:
        """Lines without those along the edge of the map, which are not borders."""
        inset = shapely.box(_EDGE, _EDGE, self.width - _EDGE, self.height - _EDGE)
        return shapely.line_merge(shapely.intersection(lines, inset))

    @cached_property
    def provinces(self) -> dict[str, BaseGeometry]:
        """The visible part of each visible province, by its code, in points."""
        plane = _plane(self.frame.country, self.frame.projection).provinces
        shapes = {code: self.to_points(shape) for code, shape in plane.items()}
        return {code: shape for code, shape in shapes.items() if not shape.is_empty}

    @property
    def whole(self) -> BaseGeometry:
        """The whole country in metres of the projected plane, visible or not."""
        return _plane(self.frame.country, self.frame.projection).whole

    @cached_property
    def land(self) -> BaseGeometry:
        """The visible part of the country, in points."""
        return self.to_points(self.whole)

    @cached_property
    def rim(self) -> BaseGeometry:
        """A band along the visible border of the country, in points."""
        return self.inner(self.land.boundary).buffer(_RIM)


@dataclass(frozen=True, eq=False)
class _Plane:
    provinces: Mapping[str, BaseGeometry]
    whole: BaseGeometry
    neighbours: Mapping[str, BaseGeometry]


@lru_cache(maxsize=4)
def _plane(country: Country, projection: Projection) -> _Plane:
    def project(outline: BaseGeometry) -> BaseGeometry:
        return shapely.make_valid(projection.project(outline))

    return _Plane(
        {each.code: project(each.outline) for each in country.provinces},
        project(country.provinces.whole),
        {each.name: project(each.outline) for each in country.neighbours},
    )


def draw_ground(pen: Pen, canvas: MapCanvas) -> None:
    """Draw the land of the country, and its neighbours by their borders only.

    The border of the country (1 point) is the strongest line, then those of neighbours (0.6) and
    provinces (0.55).
    """
    theme = pen.theme
    outside, land = pen.within(NEIGHBOURS), pen.within(LAND)
    for strength, line in _neighbour_borders(canvas.frame.country, canvas.frame.projection):
        path = fixed_path(canvas, line)
        outside.path(path, line=theme.border, width=0.6, opacity=strength)
    land.path(path_of(canvas.land), fill=theme.land, line=theme.border, width=1.0)


def draw_shades(pen: Pen, canvas: MapCanvas, shades: Mapping[str, int]) -> None:
    """Draw the shading of provinces with totals: steps 1 to 5 by the code of the province.

    An editable file has every visible province, those without a shade as areas without a fill.
    """
    names = {each.code: each.name for each in canvas.frame.country.provinces}
    for code in dict.fromkeys((*shades, *(canvas.provinces if pen.is_editable else ()))):
        shade = shades.get(code, 0)
        if code in canvas.provinces and (shade or pen.is_editable):
            fill = pen.theme.shades[min(shade, 5) - 1] if shade else None
            area = pen.within(PROVINCES, names[code])
            area.path(path_of(canvas.provinces[code]), fill=fill)


def draw_borders(pen: Pen, canvas: MapCanvas) -> None:
    """Draw the borders of provinces as hairlines."""
    borders = shapely.union_all([shape.boundary for shape in canvas.provinces.values()])
    line = pen.within(BOUNDARIES)
    line.path(path_of(canvas.inner(borders)), line=pen.theme.border, width=0.55)


def draw_hatch(pen: Pen, area: BaseGeometry, canvas: MapCanvas | None, *, dotted: bool) -> None:
    """Hatch an area, or dot it if its location is inferred; its edge is solid.

    The lines (0.7 points) are thinner than the edge (0.8), and both thinner than signs.

    Parameters
    ----------
    canvas
        The map, along whose edge the area is drawn without an edge; ``None`` in a legend.
    """
    theme = pen.theme
    if dotted:
        pen.path(_dots(area), fill=theme.rim)
    else:
        pen.path(path_of(_lines(area)), line=theme.hatch, width=0.7)
    edge = area.boundary if canvas is None else canvas.inner(area.boundary)
    pen.path(path_of(edge), line=theme.rim, width=0.8)


def draw_regions(pen: Pen, areas: Sequence[BaseGeometry], canvas: MapCanvas) -> None:
    """Outline regions with dashed lines; an edge that two of them share is drawn once.

    The lines (1.1 points) are stronger than borders, with dashes longer than those of signs.
    """
    edges = shapely.union_all([canvas.inner(area.boundary) for area in areas])
    lines = shapely.line_merge(edges) if edges.geom_type == "MultiLineString" else edges
    pen.path(path_of(lines), line=pen.theme.muted, width=1.1, dash=(5.2, 3.0))


def neighbour_names(canvas: MapCanvas) -> Iterator[tuple[str, BaseGeometry]]:
    """Each visible neighbour, with the area in which its name may be placed, in points."""
    plane = _plane(canvas.frame.country, canvas.frame.projection)
    for name, shape in plane.neighbours.items():
        visible = canvas.to_points(shape)
        if not visible.is_empty:
            yield name, visible


def rounded(box: CanvasBox, radius: float) -> Path:
    """A rectangle with rounded corners."""
    left, bottom, right, top = box.left, box.bottom, box.right, box.top
    r = min(radius, box.width / 2, box.height / 2)
    move, line, curve = Path.MOVETO, Path.LINETO, Path.CURVE3
    steps = [
        (move, (left + r, bottom)), (line, (right - r, bottom)),
        (curve, (right, bottom)), (curve, (right, bottom + r)), (line, (right, top - r)),
        (curve, (right, top)), (curve, (right - r, top)), (line, (left + r, top)),
        (curve, (left, top)), (curve, (left, top - r)), (line, (left, bottom + r)),
        (curve, (left, bottom)), (curve, (left + r, bottom)), (Path.CLOSEPOLY, (left + r, bottom)),
    ]  # fmt: skip
    return Path([point for _, point in steps], [code for code, _ in steps])


# A hundred kilobytes each: the lines of the base map are the same in every figure of a map.
@lru_cache(maxsize=64)
def fixed_path(canvas: MapCanvas, plane: BaseGeometry, *, is_inner: bool = False) -> Path:
    """The visible part of a shape of the projected plane that figures share, as a path in points.

    Parameters
    ----------
    is_inner
        Without what runs along the edge of the map.
    """
    visible = canvas.to_points(plane)
    return path_of(canvas.inner(visible) if is_inner else visible)


def path_of(shape: BaseGeometry) -> Path:
    """A shape as one path: rings closed, lines open; points are ignored."""
    vertices: list[NDArray[np.float64]] = []
    codes: list[NDArray[np.uint8]] = []
    for line, closed in _rings(shape):
        if not len(line):
            continue
        vertices.append(line)
        steps = np.full(len(line), Path.LINETO, dtype=np.uint8)
        steps[0] = Path.MOVETO
        if closed:
            steps[-1] = Path.CLOSEPOLY
        codes.append(steps)
    if not vertices:
        return Path(np.empty((0, 2)))
    return Path(np.concatenate(vertices), np.concatenate(codes))


def _rings(shape: BaseGeometry) -> Iterator[tuple[NDArray[np.float64], bool]]:
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            # Exterior and interior rings run in opposite directions, so that holes stay unfilled.
            turned = shapely.orient_polygons(part)
            for ring in (turned.exterior, *turned.interiors):
                yield np.asarray(ring.coords, dtype=np.float64), True
        elif part.geom_type in {"LineString", "LinearRing"} and not part.is_empty:
            yield np.asarray(part.coords, dtype=np.float64), False
        elif part.geom_type.startswith("Multi") or part.geom_type == "GeometryCollection":
            yield from _rings(part)


def _lines(area: BaseGeometry) -> BaseGeometry:
    """Parallel lines at 45 degrees, aligned across the whole map."""
    left, bottom, right, top = area.bounds
    step = HATCH_GAP * np.sqrt(2)
    first, last = np.floor((bottom - right) / step), np.ceil((top - left) / step)
    shift = np.arange(first, last + 1) * step
    ends = np.stack(
        [np.column_stack([np.full_like(shift, at), at + shift]) for at in (left, right)], axis=1
    )
    lines: MultiLineString = shapely.multilinestrings(ends.tolist())
    return lines.intersection(area)


def _dots(area: BaseGeometry) -> Path:
    left, bottom, right, top = area.bounds
    step = HATCH_GAP
    columns = np.arange(np.floor(left / step), np.ceil(right / step) + 1)
    rows = np.arange(np.floor(bottom / step), np.ceil(top / step) + 1)
    grid = np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2)
    points = grid[grid.sum(axis=1) % 2 == 0] * step
    points = points[shapely.contains_xy(area, points[:, 0], points[:, 1])]
    circles = [Path.circle((x, y), _DOT) for x, y in points]
    return Path.make_compound_path(*circles) if circles else Path(np.empty((0, 2)))


@lru_cache(maxsize=4)
def _neighbour_borders(
    country: Country, projection: Projection
) -> tuple[tuple[float, BaseGeometry], ...]:
    plane = _plane(country, projection)
    return fading_borders(plane.whole, [*plane.neighbours.values()])
