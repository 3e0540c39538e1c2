"""The relief of the base map, resampled to the projection of a figure."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from numpy.typing import NDArray
from PIL import Image

from geo.places.boundaries import DEGREE_M
from geo.places.country.base_map import FLAT, Relief
from geo.snapshot.content.layers import RELIEF
from geo.snapshot.layout.theme import Theme
from geo.snapshot.map.basemap import MapCanvas

_FINE: Final = 2.0
"""Pixels per point (144 per inch): shading has no sharp edges that would need more in print."""
_NODE: Final = 16
"""Pixels between two projected positions; those between are interpolated. Over 8 points the
projection deviates from a straight line by less than a hundredth of a pixel."""
_STEP: Final = 5
"""Levels (of 256) merged into one: not visible in a pale shade, and files are a third smaller."""
_SHADE: Final = 0.85
"""Opacity of the deepest shadow on a light map: lines and names stay legible over it."""
_LIGHT: Final = 0.60
"""Opacity of the brightest highlight on a dark map: the land stays dark."""

Floats = NDArray[np.float64]
Greys = NDArray[np.uint8]


def draw_relief(
    axes: Axes, canvas: MapCanvas, relief: Relief, theme: Theme, *, opacity: float, zorder: float
) -> None:
    """Draw the relief over the land, as one image in every format.

    Parameters
    ----------
    opacity
        From 0 (nothing is drawn) to 1.
    """
    if opacity <= 0:
        return
    frame = canvas.frame
    picture = _ReliefImage(
        axes, extent=(frame.left, frame.right, frame.bottom, frame.top), origin="upper",
        interpolation="none", zorder=zorder,
    )  # fmt: skip
    picture.strength = _strength(canvas, relief, opacity, is_dark=theme.key == "dark")
    picture.colour = theme.relief
    picture.set_data(_coloured(picture.strength, picture.colour))
    picture.set_gid(RELIEF)
    picture.set_clip_path(axes.patch)
    axes.add_image(picture)


class _ReliefImage(AxesImage):
    """An image kept as is in formats that scale images themselves, and smoothed in PNG."""

    strength: Greys
    colour: str

    def draw(self, renderer: Any) -> None:
        """Draw it."""
        if renderer.option_scale_image():
            super().draw(renderer)
            return
        # Matplotlib resamples four channels where one suffices, a third of the time of a figure.
        box = self.axes.get_window_extent(renderer)
        left, bottom, right, top = (round(edge) for edge in box.extents)
        grey = Image.fromarray(self.strength).resize(
            (right - left, top - bottom), Image.Resampling.BILINEAR
        )
        gc = renderer.new_gc()
        # The renderer expects rows from bottom to top.
        picture = _coloured(_in_steps(np.asarray(grey)), self.colour)[::-1]
        renderer.draw_image(gc, left, bottom, np.ascontiguousarray(picture))
        gc.restore()


def _coloured(strength: Greys, colour: str) -> Greys:
    """Red, green, blue and opacity of each pixel: one colour with varying opacity."""
    made = np.empty((*strength.shape, 4), dtype=np.uint8)
    made[..., :3] = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    made[..., 3] = strength
    return made


# A megabyte each: the relief does not depend on what is drawn over it.
@lru_cache(maxsize=8)
def _strength(canvas: MapCanvas, relief: Relief, opacity: float, *, is_dark: bool) -> Greys:
    """The opacity of each pixel, from 0 to 255."""
    greys = _greys(relief.picture)
    above = _sampled(greys, *_positions(canvas, relief, greys.shape), FLAT) - FLAT
    strength = above * _LIGHT if is_dark else -above * _SHADE
    return _in_steps(np.clip(strength * opacity, 0, 255).astype(np.uint8))


def _in_steps(strength: Greys) -> Greys:
    return np.asarray((strength // _STEP) * _STEP, dtype=np.uint8)


@lru_cache(maxsize=4)
def _greys(picture: bytes) -> Greys:
    with Image.open(io.BytesIO(picture), formats=["WEBP"]) as opened:
        return np.asarray(opened.convert("L"))


def _positions(canvas: MapCanvas, relief: Relief, size: tuple[int, ...]) -> tuple[Floats, Floats]:
    """For each pixel of the figure, its row and its column in the relief image."""
    frame, (high, wide) = canvas.frame, size
    across = (relief.east - relief.west) / wide * DEGREE_M * np.cos(np.radians(relief.north))
    # No finer than two pixels for one of the relief: more would only enlarge the file.
    fine = min(_FINE, 2 / (float(across) * canvas.scale))
    columns, rows = (max(2, round(side * fine)) for side in (canvas.width, canvas.height))
    x, of_x = _nodes(frame.left, frame.right, columns)
    y, of_y = _nodes(frame.top, frame.bottom, rows)
    lat, lon = frame.projection.inverse(*np.meshgrid(x, y))
    north, south = _mercator(relief.north), _mercator(relief.south)
    row = (north - _mercator(lat)) / (north - south) * high - 0.5
    column = (lon - relief.west) / (relief.east - relief.west) * wide - 0.5
    return of_y @ row @ of_x.T, of_y @ column @ of_x.T


def _nodes(start: float, end: float, count: int) -> tuple[Floats, Floats]:
    """Positions from edge to edge, and their weights for each of `count` pixels."""
    nodes = count // _NODE + 2
    at = (np.arange(count) + 0.5) / count * (nodes - 1)
    low = np.minimum(at.astype(int), nodes - 2)
    shares = np.zeros((count, nodes))
    shares[np.arange(count), low] = 1 - (at - low)
    shares[np.arange(count), low + 1] = at - low
    return np.linspace(start, end, nodes), shares


def _mercator(lat: float | Floats) -> Floats:
    """Northing on a sphere of radius 1 (Snyder, *Map Projections*, USGS 1987, eq. 7-2)."""
    return np.asarray(np.log(np.tan(np.pi / 4 + np.radians(lat) / 2)))


def _sampled(greys: Greys, row: Floats, column: Floats, flat: int) -> Floats:
    """The image sampled bilinearly, with the value `flat` outside it."""
    high, wide = greys.shape
    is_in = (row >= 0) & (row <= high - 1) & (column >= 0) & (column <= wide - 1)
    # A little less than the last pixel, so that each has a neighbour to the right and below.
    r, c = np.clip(row, 0, high - 1.001), np.clip(column, 0, wide - 1.001)
    r0, c0 = r.astype(np.intp), c.astype(np.intp)
    down, right = r - r0, c - c0
    above = greys[r0, c0] * (1 - right) + greys[r0, c0 + 1] * right
    below = greys[r0 + 1, c0] * (1 - right) + greys[r0 + 1, c0 + 1] * right
    return np.where(is_in, above * (1 - down) + below * down, flat)
