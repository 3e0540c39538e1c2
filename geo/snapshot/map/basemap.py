"""What lies beneath the marks: land, its borders, neighbours and their names.

Everything is measured in points from the lower left corner of the map, after the projection of
the frame: :class:`MapCanvas` is the way from degrees to there.
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
from geo.snapshot.layout.signs import Pen
from geo.snapshot.map.boxes import CanvasBox

HATCH_GAP: Final = 4.6
"""Distance of two lines of a hatch in points; dots stand a little wider."""
_DOT: Final = 0.75
"""Radius in points of a dot of a hatch."""
_SIMPLER: Final = 0.12
"""Points by which an outline may be off: a fifth of the thinnest border, not visible."""
_POINTS_A_PIXEL: Final = 0.75
"""A pixel of a web map is one of 96 to an inch (CSS Values and Units 4, 6.2)."""


@dataclass(frozen=True, eq=False)
class MapCanvas:
    """The map's box in points, and the way there.

    Parameters
    ----------
    width, height
        Points.
    """

    frame: Frame
    width: float
    height: float

    @property
    def box(self) -> CanvasBox:
        """All of it."""
        return CanvasBox(0.0, 0.0, self.width, self.height)

    @property
    def scale(self) -> float:
        """Points for a metre of the projected plane."""
        return self.width / (self.frame.right - self.frame.left)

    @cached_property
    def zoom(self) -> float:
        """The zoom at which a web map shows the middle as large as this one does in print."""
        frame = self.frame
        lat, _ = frame.projection.inverse(
            (frame.left + frame.right) / 2, (frame.bottom + frame.top) / 2
        )
        return web_zoom(_POINTS_A_PIXEL / self.scale, float(lat))

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a position lies: points from the left and from below."""
        x, y = self.frame.projection.forward(lat, lon)
        return (
            float(x - self.frame.left) * self.scale,
            float(y - self.frame.bottom) * self.scale,
        )

    def to_points(self, plane: BaseGeometry) -> BaseGeometry:
        """A shape of the projected plane in points, the part of it that is in the picture."""
        cut = shapely.intersection(plane, self.frame.box)
        corner = np.array([self.frame.left, self.frame.bottom])
        shifted = shapely.transform(cut, lambda xy: (xy - corner) * self.scale)
        return shapely.simplify(shifted, _SIMPLER)

    def outline(self, degrees: BaseGeometry) -> BaseGeometry:
        """An outline in degrees (x longitude) in points, the part of it that is in the picture."""
        return self.to_points(shapely.make_valid(self.frame.projection.project(degrees)))

    def points_of(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        """Longitudes and latitudes (two columns) in points from the left and from below."""
        x, y = self.frame.projection.forward(degrees[:, 1], degrees[:, 0])
        return np.column_stack([x - self.frame.left, y - self.frame.bottom]) * self.scale

    def inner(self, lines: BaseGeometry) -> BaseGeometry:
        """Lines without those along the edge of the picture, which no border made."""
        inset = shapely.box(0.3, 0.3, self.width - 0.3, self.height - 0.3)
        return shapely.line_merge(shapely.intersection(lines, inset))

    @cached_property
    def provinces(self) -> dict[str, BaseGeometry]:
        """The part of each province that is in the picture, by its code; none that is not."""
        plane = _plane(self.frame.country, self.frame.projection).provinces
        shapes = {code: self.to_points(shape) for code, shape in plane.items()}
        return {code: shape for code, shape in shapes.items() if not shape.is_empty}

    @property
    def whole(self) -> BaseGeometry:
        """The country in metres of the projected plane, in the picture or not."""
        return _plane(self.frame.country, self.frame.projection).whole

    @cached_property
    def land(self) -> BaseGeometry:
        """The country, as far as it is in the picture."""
        return self.to_points(self.whole)

    @cached_property
    def rim(self) -> BaseGeometry:
        """The border of the country, a little wide, as far as it is in the picture."""
        return self.inner(self.land.boundary).buffer(1.5)


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
    """The land of the country, and its neighbours by their borders only."""
    theme = pen.theme
    for strength, line in _neighbour_borders(canvas.frame.country, canvas.frame.projection):
        pen.path(path_of(canvas.to_points(line)), line=theme.border, width=0.6, opacity=strength)
    pen.path(path_of(canvas.land), fill=theme.land, line=theme.border, width=1.0)


def draw_shades(pen: Pen, canvas: MapCanvas, shades: Mapping[str, int]) -> None:
    """The provinces shaded where their records are counted."""
    for code, shade in shades.items():
        if shade and code in canvas.provinces:
            pen.path(path_of(canvas.provinces[code]), fill=pen.theme.shades[min(shade, 5) - 1])


def draw_borders(pen: Pen, canvas: MapCanvas) -> None:
    """The borders of provinces by hairlines."""
    borders = shapely.union_all([shape.boundary for shape in canvas.provinces.values()])
    pen.path(path_of(canvas.inner(borders)), line=pen.theme.border, width=0.55)


def draw_hatch(pen: Pen, area: BaseGeometry, canvas: MapCanvas | None, *, dotted: bool) -> None:
    """Hatch an area, or dot it where it rests on an inference; its edge is drawn solid.

    Parameters
    ----------
    paper
        Where the picture cuts off the area, it has no edge.
    """
    theme = pen.theme
    if dotted:
        pen.path(_dots(area), fill=theme.rim)
    else:
        pen.path(path_of(_lines(area)), line=theme.hatch, width=0.7)
    edge = area.boundary if canvas is None else canvas.inner(area.boundary)
    pen.path(path_of(edge), line=theme.rim, width=0.8)


def draw_regions(pen: Pen, areas: Sequence[BaseGeometry], canvas: MapCanvas) -> None:
    """Outline sets of provinces by broken lines; an edge that two of them share is drawn once."""
    edges = shapely.union_all([canvas.inner(area.boundary) for area in areas])
    lines = shapely.line_merge(edges) if edges.geom_type == "MultiLineString" else edges
    pen.path(path_of(lines), line=pen.theme.muted, width=1.1, dash=(5.2, 3.0))


def neighbour_names(canvas: MapCanvas) -> Iterator[tuple[str, BaseGeometry]]:
    """Each neighbour in the picture, with the ground on which its name may stand."""
    plane = _plane(canvas.frame.country, canvas.frame.projection)
    for name, shape in plane.neighbours.items():
        visible = canvas.to_points(shape)
        if not visible.is_empty:
            yield name, visible


def rounded(box: CanvasBox, radius: float) -> Path:
    """A rectangle with round corners."""
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


def path_of(shape: BaseGeometry) -> Path:
    """A shape as one path: rings closed, lines open; points are left out."""
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
            # Outer and inner rings run in opposite directions, so that holes stay holes.
            turned = shapely.orient_polygons(part)
            for ring in (turned.exterior, *turned.interiors):
                yield np.asarray(ring.coords, dtype=np.float64), True
        elif part.geom_type in {"LineString", "LinearRing"} and not part.is_empty:
            yield np.asarray(part.coords, dtype=np.float64), False
        elif part.geom_type.startswith("Multi") or part.geom_type == "GeometryCollection":
            yield from _rings(part)


def _lines(area: BaseGeometry) -> BaseGeometry:
    """Parallel lines at 45 degrees, in step all over the map."""
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
