"""Where a box may stand in or around a place: what is tried, before anything is weighed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.snapshot.map.boxes import At, CanvasBox, Edges, Floats, Marks

_TURNS: Final = 24
"""Directions in which a place around a point is tried: every 15°."""
_STEP: Final = 9.0
"""Points between the rings on which a place is tried, about a line: half of it near the point, one
and a half times as much farther off."""
_SLACK: Final = 1e-6
"""Points by which rings reach too far, so that no rounding loses a place; then it is exact."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A size that a plate may have; `cost` says how much worse it is than the best."""

    width: float
    height: float
    cost: float


def boxes_at(centres: Floats, shape: Shape) -> Floats:
    """Boxes of a shape around points: left, lower, right and upper edge."""
    half = np.array([shape.width / 2, shape.height / 2])
    return np.concatenate([centres - half, centres + half], axis=1)


def boxes_in(extent: CanvasBox, boxes: Floats) -> Marks:
    """Which boxes lie in another one."""
    return np.asarray(
        (boxes[:, 0] >= extent.left) & (boxes[:, 1] >= extent.bottom)
        & (boxes[:, 2] <= extent.right) & (boxes[:, 3] <= extent.top)
    )  # fmt: skip


def nearest_in(boxes: Floats, to: Floats) -> Floats:
    """The point of each box nearest to a point, or to one point for each box."""
    return np.minimum(np.maximum(to, boxes[:, :2]), boxes[:, 2:])


# Each some ten thousand bytes: an area and a shape come up again in every plan of a figure.
@lru_cache(maxsize=512)
def lattice(centre: At, bounds: Edges) -> tuple[Floats, Floats]:
    """Positions all over a box, those nearest to its centre first.

    Returns
    -------
    The positions as rows of x and y in points, and the distance of each from the centre.
    """
    left, bottom, right, top = bounds
    step = max(3.0, max(right - left, top - bottom) / 34)
    x = np.arange(centre[0] - step * np.floor((centre[0] - left) / step), right, step)
    y = np.arange(centre[1] - step * np.floor((centre[1] - bottom) / step), top, step)
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    far = np.hypot(grid[:, 0] - centre[0], (grid[:, 1] - centre[1]) * 1.3)
    order = np.lexsort((grid[:, 0], grid[:, 1], far.round(6)))
    return _fixed(grid[order]), _fixed(far[order])


def around(
    anchors: Sequence[At], shape: Shape, extent: CanvasBox, called: Sequence[At], most: float
) -> tuple[Floats, NDArray[np.intp]]:
    """Boxes of a shape on rings around some points, nearest ring first, and around which point.

    Parameters
    ----------
    extent
        No box leaves it.
    called, most
        Points that are no farther from a box than that, besides the one it is tried around.

    Returns
    -------
    The boxes as rows of left, bottom, right and top in points, and the position among `anchors` of
    the point that each is around.
    """
    reach = float(np.hypot(extent.width, extent.height)) * 0.75
    rings = _rings(shape.width, shape.height, reach, most)
    points = np.array(anchors, float).reshape(-1, 2)
    boxes = boxes_at((points[:, None, :] + rings).reshape(-1, 2), shape)
    which = np.repeat(np.arange(len(points)), len(rings))
    good = boxes_in(extent, boxes)
    boxes, which = boxes[good], which[good]
    for point in (None, *called):
        to = points[which] if point is None else np.array(point)
        good = np.hypot(*(nearest_in(boxes, to) - to).T) <= most
        boxes, which = boxes[good], which[good]
    return boxes, which


# Half a megabyte each; the outline of a country has the same ones in every plan of every figure.
@lru_cache(maxsize=16)
def near_outline(
    outline: tuple[At, ...], width: float, height: float, extent: CanvasBox, most: float
) -> tuple[Floats, Floats]:
    """Boxes of a size on rings around the points of an outline, nearest to its point first.

    Returns
    -------
    The boxes as rows of left, bottom, right and top in points, and how far each is from the point
    that it is tried around.
    """
    boxes, which = around(outline, Shape(width, height, 0), extent, (), most)
    to = np.array(outline, float).reshape(-1, 2)[which]
    far = np.hypot(*(nearest_in(boxes, to) - to).T)
    order = np.argsort(far, kind="stable")
    return _fixed(boxes[order]), _fixed(far[order])


# Each some ten thousand bytes: an area and a shape come up again in every plan of a figure.
@lru_cache(maxsize=512)
def _rings(width: float, height: float, reach: float, most: float) -> Floats:
    """How far from a point the middles of boxes on rings around it are, to the right and up."""
    radius = np.concatenate([np.arange(8.0, 90.0, _STEP / 2), np.arange(90.0, reach, _STEP * 1.5)])
    angle = np.arange(_TURNS) / _TURNS * 2 * np.pi
    r, a = (each.ravel() for each in np.meshgrid(radius, angle, indexing="ij"))
    x, y = np.cos(a) * (r + width / 2), np.sin(a) * (r + height / 2)
    far = np.hypot((np.abs(x) - width / 2).clip(min=0), (np.abs(y) - height / 2).clip(min=0))
    return _fixed(np.column_stack([x, y])[far <= most + _SLACK])


def _fixed(values: Floats) -> Floats:
    """Values that nobody changes, since they are kept."""
    values.setflags(write=False)
    return values
