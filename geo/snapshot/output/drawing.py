"""A page as a list of paths, texts and pictures in named layers, for files with shapes to edit.

Matplotlib draws the page as for any other format, into a renderer that notes down what it is given.
The list is therefore what a PNG shows: no second layout can deviate from it. Lengths are points
from the upper left corner of the page.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import numpy as np
import shapely
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_hex
from matplotlib.image import imsave
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.snapshot.content.layers import RIMS, layer_order
from geo.snapshot.content.sizes import POINTS_PER_INCH
from geo.snapshot.layout.signs import LAYER_SEPARATOR
from geo.snapshot.layout.typesetting import strip_direction_marks, text_direction
from geo.snapshot.lettering import width_of
from geo.snapshot.map.basemap import path_of
from geo.snapshot.output.writing import FigurePage, draw_page, own_rules

_DPI: Final = 720
"""Dots per inch of the page that is noted down: a tenth of a point is the coarsest rounding."""
StepKind = Literal["move", "line", "quadratic", "cubic", "close"]
_STEPS: Final[Mapping[int, StepKind]] = {
    int(Path.MOVETO): "move", int(Path.LINETO): "line", int(Path.CURVE3): "quadratic",
    int(Path.CURVE4): "cubic", int(Path.CLOSEPOLY): "close",
}  # fmt: skip
_Untyped: Any = RendererBase

Point2 = tuple[float, float]
PathStep = tuple[StepKind, tuple[Point2, ...]]
Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class DrawnPath:
    """A path with a fill, a line, or neither; neither is an area that others may fill.

    Parameters
    ----------
    layer
        The layer, and possibly a part of it.
    steps
        As in SVG: each with its control points, the last of which is where it ends.
    fill, line
        Colours such as ``#24211D``; empty for none.
    fill_opacity, line_opacity
        From 0 to 1.
    width
        Width of the line in points.
    dash
        Dash and gap in points; empty if the line is solid.
    """

    layer: tuple[str, ...]
    steps: tuple[PathStep, ...]
    fill: str = ""
    fill_opacity: float = 1.0
    line: str = ""
    line_opacity: float = 1.0
    width: float = 0.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnText:
    """A line of text.

    Parameters
    ----------
    x, y
        The left end, middle or right end of its baseline, by `align`.
    width
        Its width in points in the typeface of figures.
    angle
        Degrees clockwise.
    has_rim
        Whether it has a rim in the colour of land.
    """

    layer: tuple[str, ...]
    text: str
    x: float
    y: float
    width: float
    size: float
    is_bold: bool
    colour: str
    align: Align
    angle: float = 0.0
    is_rtl: bool = False
    has_rim: bool = False


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A picture as PNG, stretched over a box of the page."""

    layer: tuple[str, ...]
    png: bytes
    left: float
    top: float
    width: float
    height: float


Drawn = DrawnPath | DrawnText | DrawnPicture


@dataclass(frozen=True, slots=True)
class DrawingLayer:
    """What is drawn under one name, in order: items, and parts that are layers themselves."""

    name: str
    members: tuple[Drawn | DrawingLayer, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page of this size in points, and what is drawn on it, in order."""

    width: float
    height: float
    items: tuple[Drawn, ...]

    def layers(self) -> tuple[DrawingLayer, ...]:
        """Everything by layer, the lowest first.

        Returns
        -------
        Each layer once, with its parts as layers within it.
        """
        found: dict[str, dict[str, list[Drawn]]] = {}
        for item in self.items:
            name, part = (*item.layer, "", "")[:2]
            found.setdefault(name, {}).setdefault(part, []).append(item)
        return tuple(
            DrawingLayer(name, tuple(_members(found[name])))
            for name in sorted(found, key=layer_order)
        )

    def scaled(self, factor: float) -> Drawing:
        """The same drawing, larger by a factor in everything."""
        items = tuple(_scaled(item, factor) for item in self.items)
        return Drawing(self.width * factor, self.height * factor, items)


def drawing_of(figure_page: FigurePage) -> Drawing:
    """What is drawn on a page, each province as an area of its own."""
    with own_rules():
        figure = draw_page(figure_page, _DPI, is_editable=True)
        figure.set_dpi(_DPI)
        width, height = (float(side) * _DPI for side in figure.get_size_inches())
        renderer = _Recorder(width, height)
        figure.draw(renderer)
    page = figure_page.page
    return Drawing(page.width, page.height, tuple(renderer.items))


def _members(parts: dict[str, list[Drawn]]) -> Iterator[Drawn | DrawingLayer]:
    """Items and parts, of which rims are below all else."""
    for part, items in sorted(parts.items(), key=lambda each: each[0] != RIMS):
        if part:
            yield DrawingLayer(part, tuple(items))
        else:
            yield from items


def _scaled(item: Drawn, factor: float) -> Drawn:
    if isinstance(item, DrawnPath):
        steps = tuple(
            (kind, tuple((x * factor, y * factor) for x, y in points))
            for kind, points in item.steps
        )
        dash = tuple(each * factor for each in item.dash)
        return replace(item, steps=steps, width=item.width * factor, dash=dash)
    if isinstance(item, DrawnText):
        return replace(
            item, x=item.x * factor, y=item.y * factor, width=item.width * factor,
            size=item.size * factor,
        )  # fmt: skip
    return replace(
        item, left=item.left * factor, top=item.top * factor, width=item.width * factor,
        height=item.height * factor,
    )  # fmt: skip


class _Recorder(_Untyped):  # type: ignore[misc] # untyped in matplotlib
    """A renderer of matplotlib that notes down what it is told to draw."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__()
        self.width, self.height = width, height
        self.items: list[Drawn] = []
        self._layers: list[tuple[str, ...]] = [()]
        to_points = POINTS_PER_INCH / _DPI
        self._to_page = Affine2D().scale(to_points, -to_points).translate(0, height * to_points)

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Width and height in dots.

        Returns
        -------
        Width and height in dots.
        """
        return self.width, self.height

    def points_to_pixels(self, points: float) -> float:
        """Dots of a length in points."""
        return points * _DPI / POINTS_PER_INCH

    def option_scale_image(self) -> bool:
        """Pictures come as they are, with the box that they fill."""
        return True

    def option_image_nocomposite(self) -> bool:
        """Each picture is one of its own."""
        return True

    def open_group(self, s: str, gid: str | None = None) -> None:  # noqa: ARG002 - as matplotlib calls it
        """Begin an artist, which may name its layer."""
        named = tuple(gid.split(LAYER_SEPARATOR)) if gid else ()
        self._layers.append(named or self._layers[-1])

    def close_group(self, s: str) -> None:  # noqa: ARG002 - as matplotlib calls it
        """End an artist."""
        self._layers.pop()

    def draw_path(self, gc: Any, path: Path, transform: Any, rgbFace: Any = None) -> None:  # noqa: N803 - as matplotlib calls it
        """Note down a path, without what is outside its clip."""
        found = path.transformed(transform + self._to_page)
        if not np.size(found.vertices):
            return
        red, green, blue, opacity = gc.get_rgb()
        has_line = gc.get_linewidth() > 0 and opacity > 0
        item = DrawnPath(
            self._layers[-1], (),
            fill="" if rgbFace is None else to_hex(rgbFace[:3]).upper(),
            fill_opacity=1.0 if rgbFace is None else float((*rgbFace, 1.0)[3]),
            line=to_hex((red, green, blue)).upper() if has_line else "",
            line_opacity=float(opacity) if has_line else 1.0,
            width=float(gc.get_linewidth()) if has_line else 0.0,
            dash=tuple(float(each) for each in gc.get_dashes()[1] or ()) if has_line else (),
        )  # fmt: skip
        clip = self._clip(gc)
        if clip is None or clip.covers(_extent(found)):
            self.items.append(replace(item, steps=_steps(found)))
            return
        if item.fill or not has_line:
            area = shapely.intersection(_area(found), clip)
            self._add(replace(item, line="", width=0.0, dash=()), area)
        if has_line:
            lines = shapely.intersection(_lines(found), clip)
            self._add(replace(item, fill=""), shapely.line_merge(lines))

    def _add(self, item: DrawnPath, shape: BaseGeometry) -> None:
        if not shape.is_empty and (steps := _steps(path_of(shape))):
            self.items.append(replace(item, steps=steps))

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, **named: Any
    ) -> None:  # fmt: skip
        """Note down a line of text, which is never parsed."""
        mtext = named.get("mtext")
        size = float(prop.get_size_in_points())
        is_bold = prop.get_weight() == "bold"
        width = width_of(s, size, "bold" if is_bold else "normal")
        align: Align = mtext.get_horizontalalignment() if mtext is not None else "left"
        share = {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        turn = np.radians(angle)
        dots = width * share * _DPI / POINTS_PER_INCH
        at = self._to_page.transform(
            (x + float(np.cos(turn)) * dots, self.height - y + float(np.sin(turn)) * dots)
        )
        self.items.append(
            DrawnText(
                self._layers[-1], strip_direction_marks(s), float(at[0]), float(at[1]), width,
                size, is_bold, to_hex(gc.get_rgb()[:3]).upper(), align, -float(angle),
                text_direction(s) == "rtl", self._has_rim(),
            )
        )  # fmt: skip

    def _has_rim(self) -> bool:
        layer = self._layers[-1][:1]
        return any(item.layer == (*layer, RIMS) for item in self.items)

    def draw_image(self, gc: Any, x: float, y: float, im: Any, transform: Any = None) -> None:
        """Note down a picture with its box."""
        if transform is None:
            high, wide = im.shape[:2]
            transform = Affine2D().scale(wide, high)
        corners = (transform + Affine2D().translate(x, y) + self._to_page).transform(
            [(0.0, 0.0), (1.0, 1.0)]
        )
        (left, first), (right, last) = corners.tolist()
        # The first row is above or below, by the origin that the picture was drawn with.
        rows = im if first < last else im[::-1]
        file = io.BytesIO()
        about: Any = {"Software": None}  # else the PNG names its writer and so changes with it
        imsave(file, rows, format="png", metadata=about)
        top, high = min(first, last), abs(last - first)
        self.items.append(
            DrawnPicture((str(gc.get_gid()),), file.getvalue(), left, top, right - left, high)
        )

    def _clip(self, gc: Any) -> BaseGeometry | None:
        """The area that is drawn on, in points of the page; ``None`` if that is all of it."""
        area: BaseGeometry | None = None
        if (box := gc.get_clip_rectangle()) is not None:
            (left, top), (right, bottom) = self._to_page.transform([box.p0, box.p1]).tolist()
            area = shapely.box(left, min(top, bottom), right, max(top, bottom))
        path, transform = gc.get_clip_path()
        if path is None:
            return area
        inner = _area(path.transformed(transform + self._to_page))
        return inner if area is None else shapely.intersection(inner, area)


def _steps(path: Path) -> tuple[PathStep, ...]:
    """The steps of a path; a ring that is closed does not repeat its first point."""
    steps: list[PathStep] = []
    for points, code in path.iter_segments(simplify=False, curves=True):
        kind = _STEPS.get(int(code))
        if kind is None:
            continue
        pairs = np.asarray(points, dtype=np.float64).reshape(-1, 2).round(3).tolist()
        at = () if kind == "close" else tuple((x, y) for x, y in pairs)
        steps.append((kind, at))
    return tuple(steps)


def _extent(path: Path) -> BaseGeometry:
    (left, top), (right, bottom) = path.get_extents().get_points().tolist()
    box: BaseGeometry = shapely.box(left, top, right, bottom)
    return box


def _rings(path: Path, *, closed: bool) -> list[NDArray[np.float64]]:
    # Flattened where a tenth of a point is a unit, so that a small circle stays round.
    fine = Affine2D().scale(10.0)
    found = path.transformed(fine).to_polygons(closed_only=closed)
    return [np.asarray(ring, dtype=np.float64) / 10.0 for ring in found]


def _area(path: Path) -> BaseGeometry:
    """The area within a path, in which a ring within another one is a hole."""
    area: BaseGeometry = shapely.Polygon()
    for ring in _rings(path, closed=True):
        if len(ring) > 3:  # noqa: PLR2004 - a triangle, closed
            area = shapely.symmetric_difference(area, shapely.make_valid(shapely.Polygon(ring)))
    return area


def _lines(path: Path) -> BaseGeometry:
    return shapely.MultiLineString([ring for ring in _rings(path, closed=False) if len(ring) > 1])
