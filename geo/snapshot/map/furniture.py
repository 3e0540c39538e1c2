"""What helps to read a map and is not part of it: scale bar, north arrow and locator."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from matplotlib_scalebar.scalebar import ScaleBar
from shapely.geometry.base import BaseGeometry

from geo.snapshot.layout.signs import Pen
from geo.snapshot.layout.theme import Theme
from geo.snapshot.lettering import font
from geo.snapshot.map.badges import write_line
from geo.snapshot.map.basemap import MapCanvas, path_of, rounded
from geo.snapshot.map.boxes import CanvasBox

_LOCATOR: Final = 62.0
"""Width in points of the locator map: the country is recognised, and no corner is filled."""
_LEAST_LEAN: Final = 2.0
"""Degrees by which true north leans before an arrow is drawn: a lesser one is not seen."""
_NORTH: Final = (16.0, 34.0)
"""Width and height in points of the north arrow with its letter."""


def north_at_middle(canvas: MapCanvas) -> float:
    """Degrees clockwise from the top of the figure to true north, at its middle."""
    frame = canvas.frame
    lat, lon = frame.projection.inverse(
        (frame.left + frame.right) / 2, (frame.bottom + frame.top) / 2
    )
    x0, y0 = canvas.at(float(lat), float(lon))
    x1, y1 = canvas.at(float(lat) + 0.05, float(lon))
    return math.degrees(math.atan2(x1 - x0, y1 - y0))


def north_box(canvas: MapCanvas, scale: CanvasBox) -> CanvasBox | None:
    """Where a north arrow stands, above the scale bar; none where up is north.

    In an equal-area conic the meridians converge, and true north leans away from the top of the
    page the farther a place is from the middle of the country. A figure has an arrow where it leans
    by more than two degrees at its middle. A figure of the whole country has none: its middle is
    that of the projection, where up is north, and an arrow would be wrong at both edges.
    """
    if abs(north_at_middle(canvas)) <= _LEAST_LEAN:
        return None
    return CanvasBox(scale.left + 6, scale.top + 2, *_NORTH)


def draw_north(pen: Pen, canvas: MapCanvas, box: CanvasBox, size: float) -> None:
    """An arrow to true north, with its letter."""
    x = box.centre[0]
    turned = Affine2D().rotate_deg(-north_at_middle(canvas)).translate(x, box.bottom + 12.5)
    for half, fill in (((-4.2, -9.0), pen.theme.muted), ((4.2, -9.0), pen.theme.surface)):
        side = Path([(0, 10.0), half, (0, -5.5), (0, 10.0)], closed=True).transformed(turned)
        pen.path(side, fill=fill, line=pen.theme.muted, width=0.8)
    write_line(pen, "N", x, box.top - size * 0.5, size, colour=pen.theme.muted, align="center")


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
    whole = canvas.whole
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
    left, bottom, right, top = canvas.whole.bounds
    aspect = (right - left) / (top - bottom)
    width = min(_LOCATOR * max(1.0, aspect), canvas.width * 0.22)
    return width, (width - 8) / aspect + 8
