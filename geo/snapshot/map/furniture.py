"""Reading aids around the map: scale bar, north arrow and locator map."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from matplotlib_scalebar.scalebar import ScaleBar
from shapely.geometry.base import BaseGeometry

from geo.snapshot.content.layers import AIDS
from geo.snapshot.layout.signs import Pen
from geo.snapshot.layout.theme import Theme
from geo.snapshot.lettering import LEADING, font, width_of
from geo.snapshot.map.badges import write_line
from geo.snapshot.map.basemap import MapCanvas, path_of, rounded
from geo.snapshot.map.boxes import CanvasBox

_LOCATOR: Final = 62.0
"""Width in points of the locator map: the country can be recognised, and little is covered."""
_LOCATOR_PAD: Final = 4.0
"""Points between the edge of the locator map and the country."""
_LOCATOR_SHARE: Final = 0.22
"""Greatest share of the width of the map that the locator map may take: more would crowd it."""
_LEAST_SEEN: Final = 2.5
"""Least width and height in points of the rectangle around a detail: smaller, it is not visible."""
_NARROW: Final = 220.0
"""Width in points of a map below which the words of the scale stand beside its bar: above it they
would reach into the country."""
_SCALE_SHARE: Final = 0.2
"""Most of the width of a map that the bar takes; the lengths are those of matplotlib-scalebar."""
_BAR: Final = (0.0035, 0.7)
"""Thickness of the bar: a share of the height of the map, but at least these points, since in a
small picture a thinner one is not visible."""
_LEAST_LEAN: Final = 2.0
"""Deviation of true north in degrees above which an arrow is drawn: less is hardly visible."""
_NORTH: Final = (16.0, 34.0)
"""Width and height in points of the north arrow with its letter: about that of the scale bar's
text in width, and a line of text taller than the arrow."""


def north_at_middle(canvas: MapCanvas) -> float:
    """Degrees clockwise from the top of the figure to true north, at its centre."""
    frame = canvas.frame
    lat, lon = frame.projection.inverse(
        (frame.left + frame.right) / 2, (frame.bottom + frame.top) / 2
    )
    x0, y0 = canvas.at(float(lat), float(lon))
    # A short way to the north (0.05 degrees, about 6 km) gives the direction of the meridian.
    x1, y1 = canvas.at(float(lat) + 0.05, float(lon))
    return math.degrees(math.atan2(x1 - x0, y1 - y0))


def north_box(canvas: MapCanvas, scale: CanvasBox) -> CanvasBox | None:
    """The box of the north arrow, above the scale bar; ``None`` if north is up.

    In an equal-area conic projection the meridians converge: the farther a place is from the centre
    of the country, the more true north deviates from the top of the page. A figure has an arrow if
    the deviation at its centre is more than two degrees. A figure of the whole country has none:
    its centre is that of the projection, where north is up, and an arrow would be wrong at both
    edges.
    """
    if abs(north_at_middle(canvas)) <= _LEAST_LEAN:
        return None
    # Points from the left end of the scale bar, and above it.
    return CanvasBox(scale.left + 6, scale.top + 2, *_NORTH)


def draw_north(pen: Pen, canvas: MapCanvas, box: CanvasBox, size: float) -> None:
    """Draw an arrow to true north, with its letter."""
    # Points around the middle of the arrow, which is 19 high and 8.4 wide within its box.
    x = box.centre[0]
    turned = Affine2D().rotate_deg(-north_at_middle(canvas)).translate(x, box.bottom + 12.5)
    for half, fill in (((-4.2, -9.0), pen.theme.muted), ((4.2, -9.0), pen.theme.surface)):
        side = Path([(0, 10.0), half, (0, -5.5), (0, 10.0)], closed=True).transformed(turned)
        pen.path(side, fill=fill, line=pen.theme.muted, width=0.8)
    write_line(pen, "N", x, box.top - size * 0.5, size, colour=pen.theme.muted, align="center")


def scale_box(canvas: MapCanvas, size: float) -> CanvasBox:
    """The room of the scale bar with its words in a type of this size, in the lower left corner."""
    bar = canvas.width * _SCALE_SHARE + 14
    if _is_narrow(canvas):
        return CanvasBox(0, 0, bar + width_of("200 km", size), size * LEADING + 6)
    return CanvasBox(0, 0, bar, size * LEADING + 12)


def draw_scale(axes: Axes, canvas: MapCanvas, theme: Theme, size: float) -> None:
    """Draw a scale bar in metres of the projected plane, valid anywhere on maps of this extent."""
    is_narrow = _is_narrow(canvas)
    axes.add_artist(
        _ScaleBar(
            1.0, "m", location="lower left", length_fraction=_SCALE_SHARE,
            width_fraction=max(_BAR[0], _BAR[1] / canvas.height), pad=0.1 if is_narrow else 0.3,
            border_pad=0.2 if is_narrow else 0.45,
            sep=2.0, color=theme.muted, scale_loc="right" if is_narrow else "top",
            rotation="horizontal-only", frameon=False,
            font_properties={"fname": font(size).get_file(), "size": size},
        )
    )  # fmt: skip


def _is_narrow(canvas: MapCanvas) -> bool:
    return canvas.width < _NARROW


class _ScaleBar(ScaleBar):  # type: ignore[misc] # untyped in matplotlib-scalebar
    """A scale bar in a layer of its own."""

    def draw(self, renderer: Any, *more: Any, **named: Any) -> None:
        """Draw it."""
        renderer.open_group("scale", AIDS)
        super().draw(renderer, *more, **named)
        renderer.close_group("scale")


def draw_locator(pen: Pen, canvas: MapCanvas, box: CanvasBox) -> None:
    """Draw a small map of the whole country with a rectangle around the frame."""
    frame, theme = canvas.frame, pen.theme
    whole = canvas.whole
    left, bottom, right, top = whole.bounds
    inner = box.shrink(_LOCATOR_PAD)
    scale = min(inner.width / (right - left), inner.height / (top - bottom))

    def small(shape: BaseGeometry) -> BaseGeometry:
        middle = np.array([(left + right) / 2, (bottom + top) / 2])
        shifted = shapely.transform(shape, lambda xy: (xy - middle) * scale + np.array(box.centre))
        # Points by which the small outline may be off: not visible.
        return shapely.simplify(shifted, 0.3)

    pen.path(rounded(box, 3.0), fill=theme.surface, line=theme.border, width=0.6)
    pen.path(path_of(small(whole)), fill=theme.hairline)
    seen = small(shapely.intersection(frame.box, shapely.box(left, bottom, right, top)))
    if seen.is_empty:
        return
    x0, y0, x1, y1 = seen.bounds
    least = shapely.box(x0, y0, max(x1, x0 + _LEAST_SEEN), max(y1, y0 + _LEAST_SEEN))
    pen.path(path_of(least), line=theme.ink, width=1.0)


def locator_size(canvas: MapCanvas) -> tuple[float, float]:
    """Width and height of the locator map in points.

    Returns
    -------
    Width and height in points.
    """
    left, bottom, right, top = canvas.whole.bounds
    aspect = (right - left) / (top - bottom)
    width = min(_LOCATOR * max(1.0, aspect), canvas.width * _LOCATOR_SHARE)
    return width, (width - 2 * _LOCATOR_PAD) / aspect + 2 * _LOCATOR_PAD
