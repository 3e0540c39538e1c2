"""What lies beneath the marks: land, borders, neighbours, names, scale bar and locator.

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
from matplotlib.axes import Axes
from matplotlib.path import Path
from matplotlib_scalebar.scalebar import ScaleBar
from numpy.typing import NDArray
from shapely.geometry import MultiLineString
from shapely.geometry.base import BaseGeometry

from geo.places.country import Country
from geo.places.neighbours import fading_borders
from geo.snapshot.content.frame import Frame, Projection
from geo.snapshot.layout.signs import Pen
from geo.snapshot.layout.theme import Theme
from geo.snapshot.lettering import font
from geo.snapshot.map.placing import CanvasBox

HATCH_GAP: Final = 4.6
"""Distance of two lines of a hatch in points; dots stand a little wider."""
_DOT: Final = 0.75
"""Radius in points of a dot of a hatch."""
_SIMPLER: Final = 0.12
"""Points by which an outline may be off: a fifth of the thinnest border, not visible."""
_LOCATOR: Final = 62.0
"""Width in points of the locator map: the country is recognised, and no corner is filled."""


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

    @cached_property
    def land(self) -> BaseGeometry:
        """The country, as far as it is in the picture."""
        return self.to_points(_plane(self.frame.country, self.frame.projection).whole)

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


def draw_land(pen: Pen, canvas: MapCanvas, shades: Mapping[str, int]) -> None:
    """The land: neighbours by their borders only, provinces by hairlines, shaded where counted."""
    theme = pen.theme
    for strength, line in _neighbour_borders(canvas.frame.country, canvas.frame.projection):
        pen.path(path_of(canvas.to_points(line)), line=theme.border, width=0.6, opacity=strength)
    pen.path(path_of(canvas.land), fill=theme.land, line=theme.border, width=1.0)
    for code, shade in shades.items():
        if shade and code in canvas.provinces:
            pen.path(path_of(canvas.provinces[code]), fill=theme.shades[min(shade, 5) - 1])
    borders = shapely.union_all([shape.boundary for shape in canvas.provinces.values()])
    pen.path(path_of(canvas.inner(borders)), line=theme.border, width=0.55)


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


def draw_scale(axes: Axes, theme: Theme, size: float) -> None:
    """A scale bar in metres of the projected plane, which hold anywhere on a map of this size."""
    axes.add_artist(
        ScaleBar(
            1.0, "m", location="lower left", length_fraction=0.2, width_fraction=0.0035, pad=0.3,
            border_pad=0.45, sep=2.0, color=theme.muted, scale_loc="top",
            rotation="horizontal-only", frameon=False,
            font_properties={"fname": font(size).get_file(), "size": size},
        )
    )  # fmt: skip


def draw_locator(pen: Pen, canvas: MapCanvas, box: CanvasBox) -> None:
    """The whole country small, with the rectangle of a detail in it."""
    frame, theme = canvas.frame, pen.theme
    whole = _plane(frame.country, frame.projection).whole
    left, bottom, right, top = whole.bounds
    inner = CanvasBox(box.left + 4, box.bottom + 4, box.width - 8, box.height - 8)
    scale = min(inner.width / (right - left), inner.height / (top - bottom))

    def small(shape: BaseGeometry) -> BaseGeometry:
        middle = np.array([(left + right) / 2, (bottom + top) / 2])
        shifted = shapely.transform(shape, lambda xy: (xy - middle) * scale + np.array(box.centre))
        return shapely.simplify(shifted, 0.3)

    pen.path(rounded(box, 3.0), fill=theme.surface, line=theme.border, width=0.6)
    pen.path(path_of(small(whole)), fill=theme.hairline)
    seen = small(shapely.intersection(frame.box, shapely.box(left, bottom, right, top)))
    if seen.is_empty:
        return
    x0, y0, x1, y1 = seen.bounds
    least = shapely.box(x0, y0, max(x1, x0 + 2.5), max(y1, y0 + 2.5))
    pen.path(path_of(least), line=theme.ink, width=1.0)


def locator_size(canvas: MapCanvas) -> tuple[float, float]:
    """Width and height of the locator in points."""
    frame = canvas.frame
    left, bottom, right, top = _plane(frame.country, frame.projection).whole.bounds
    aspect = (right - left) / (top - bottom)
    width = min(_LOCATOR * max(1.0, aspect), canvas.width * 0.22)
    return width, (width - 8) / aspect + 8


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
