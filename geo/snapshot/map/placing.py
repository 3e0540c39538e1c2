"""Where plates and names stand on a figure: exact boxes in points, the cheapest place that is free.

Everything is deterministic: the same things in the same order get the same places. No two boxes
that were taken ever touch, and none leaves the room.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]
At = tuple[float, float]
Line = tuple[At, At]
Edges = tuple[float, float, float, float]
Marks = NDArray[np.bool_]

GAP: Final = 2.5
"""Least distance of two boxes in points."""
MOST_LEADER: Final = 72.0
"""The longest leader in points: an inch is followed at a glance, and stays near."""
IN_PLACE: Final = 20.0
"""The longest leader in points of numbers without a name: nothing else can be meant."""
LEAST_INSIDE: Final = 0.66
"""The share of a box that must lie in its area, if it is to stand inside of it."""
_CELL: Final = 3.0
"""Points of a cell of the raster: a third of a line of small type, so that a share is exact to a
few percent."""
_TURNS: Final = 24
"""Directions in which a place around a point is tried: every 15°."""
_STEP: Final = 9.0
"""Points between the rings on which a place is tried, about a line: half of it near the point, one
and a half times as much farther off."""
_BESIDE: Final = 30.0
"""Cost of a badge outside its area, since a leader has to be followed. All costs are in points of
leader: a cost of 1 is as bad as a leader that is about 3 points longer."""
_FAR: Final = 0.36
"""Cost of each point of a leader."""
_FAR_SQUARED: Final = 0.0018
"""Cost of each squared point of a leader: at 100 points the next one costs twice the first."""
_OFF_CENTRE: Final = 0.28
"""Cost of each point from the middle of the area: less than a leader, since the badge is still
inside."""
_SPILT: Final = 55.0
"""Cost of a badge for the share of it outside its area: half outside is nearly as bad as a
leader."""
_ON_LAND: Final = 100.0
"""Cost of a badge on land of the country that it is not about: it could be read as being about
it."""
_ON_BUSY: Final = 58.0
"""Cost of a badge on an area with records of its own, whose hatch it hides."""
_CROSSED: Final = 60.0
"""Cost of two leaders that cross: they can be confused, so a detour of about 100 points is
better."""
_THROUGH: Final = 150.0
"""Cost of a leader below another badge: worse than any other fault, allowed only where space is
scarce."""
_OVER_OTHERS: Final = 4.0
"""What a point of a leader over another area costs: 40 of them are worse than numbers in place."""
_AT_ONCE: Final = 200
"""Boxes weighed in one step: the cheapest come first, and most searches end with the first
step."""
_TINY: Final = 1e-9
"""Keeps the division by the step of an upright or level segment finite; points."""


@dataclass(frozen=True, slots=True)
class CanvasBox:
    """A rectangle in points from the lower left corner."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.bottom + self.height

    @property
    def centre(self) -> At:
        """Its middle."""
        return self.left + self.width / 2, self.bottom + self.height / 2

    @property
    def edges(self) -> Edges:
        """Left, lower, right and upper edge."""
        return self.left, self.bottom, self.right, self.top

    def shrink(self, by: float) -> CanvasBox:
        """The box without a margin."""
        return CanvasBox(
            self.left + by, self.bottom + by, self.width - 2 * by, self.height - 2 * by
        )

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def meets(self, other: CanvasBox, gap: float = 0.0) -> bool:
        """Whether two boxes are nearer than a distance."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.bottom < other.top + gap
            and other.bottom < self.top + gap
        )

    def within(self, other: CanvasBox) -> bool:
        """Whether it lies in another."""
        return (
            self.left >= other.left
            and self.bottom >= other.bottom
            and self.right <= other.right
            and self.top <= other.top
        )

    def nearest(self, x: float, y: float) -> At:
        """The point of the box nearest to a point: where a leader begins."""
        return min(max(x, self.left), self.right), min(max(y, self.bottom), self.top)


@dataclass(frozen=True, slots=True)
class Shape:
    """A size that a plate may have; `cost` says how much worse it is than the best."""

    width: float
    height: float
    cost: float


@dataclass(frozen=True, slots=True)
class Placement:
    """Where something stands, in which of its shapes, and the leader that ties it to its place."""

    box: CanvasBox
    shape: int
    cost: float
    leader: Line | None = None


class LandMask:
    """How much of a box lies on a piece of ground, read from a raster of small cells."""

    def __init__(self, shape: BaseGeometry, extent: CanvasBox) -> None:
        columns, rows = (int(np.ceil(side / _CELL)) for side in (extent.width, extent.height))
        self._size = (rows, columns)
        inside = np.zeros((rows, columns), dtype=bool)
        if not shape.is_empty:
            self._fill(inside, shape)
        self.cells: Marks = inside
        self._sums: Floats = np.zeros((rows + 1, columns + 1))
        self._sums[1:, 1:] = inside.cumsum(0).cumsum(1)

    @staticmethod
    def _fill(inside: Marks, shape: BaseGeometry) -> None:
        rows, columns = inside.shape
        left, bottom, right, top = (edge / _CELL for edge in shape.bounds)
        x0, x1 = max(0, int(left)), min(columns, int(np.ceil(right)) + 1)
        y0, y1 = max(0, int(bottom)), min(rows, int(np.ceil(top)) + 1)
        if x0 >= x1 or y0 >= y1:
            return
        x, y = np.meshgrid((np.arange(x0, x1) + 0.5) * _CELL, (np.arange(y0, y1) + 0.5) * _CELL)
        shapely.prepare(shape)
        inside[y0:y1, x0:x1] = shapely.contains_xy(shape, x, y)

    def share(self, boxes: Floats) -> Floats:
        """The share of each box (left, bottom, right, top) that lies on the ground."""
        rows, columns = self._size
        low = np.floor(boxes / _CELL).astype(int)
        high = np.ceil(boxes / _CELL).astype(int)
        x0, y0 = np.clip(low[:, 0], 0, columns), np.clip(low[:, 1], 0, rows)
        x1, y1 = np.clip(high[:, 2], 0, columns), np.clip(high[:, 3], 0, rows)
        sums = self._sums
        found = sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0]
        return np.asarray(found / np.maximum((x1 - x0) * (y1 - y0), 1))


class LabelPlacer:
    """Boxes that are taken, lines that run between them, and the cheapest place for the next one.

    Parameters
    ----------
    extent
        Nothing leaves it.
    land, busy
        The country, and the part of it of which something is known: what stands there hides it.
    strict
        No leader runs below a box that is taken; otherwise it may, at a price.
    """

    def __init__(
        self, extent: CanvasBox, land: LandMask, *, busy: LandMask, strict: bool = True
    ) -> None:
        self.extent, self.land, self.busy, self.strict = extent, land, busy, strict
        self._boxes: list[Edges] = []
        self._lines: list[Edges] = []

    def take(self, box: CanvasBox, leaders: Iterable[Line] = ()) -> None:
        """From now on nothing else stands in a box or on its leaders."""
        self._boxes.append(box.edges)
        self._lines.extend((*start, *end) for start, end in leaders)

    def release(self, box: CanvasBox, leaders: Iterable[Line] = ()) -> None:
        """Free again what was taken."""
        self._boxes.remove(box.edges)
        for start, end in leaders:
            self._lines.remove((*start, *end))

    def is_free(self, box: CanvasBox, gap: float = GAP) -> bool:
        """Whether a box lies in the room and touches nothing."""
        return bool(self._clear(np.array([box.edges]), gap)[0])

    def beside_box(self, around: CanvasBox, shape: Shape, gap: float = 2.0) -> CanvasBox | None:
        """A free place right beside a box: to its right, left, above, below, then the corners."""
        w, h = shape.width, shape.height
        x, y = around.centre
        right, left = around.right + gap, around.left - gap - w
        above, below = around.top + gap, around.bottom - gap - h
        middle_x, middle_y = x - w / 2, y - h / 2
        for at in (
            (right, middle_y), (left, middle_y), (middle_x, above), (middle_x, below),
            (right, y), (right, y - h), (left, y), (left, y - h),
        ):  # fmt: skip
            box = CanvasBox(*at, w, h)
            if self.is_free(box, 1.0):
                return box
        return None

    def inside(
        self, shapes: Sequence[Shape], area: LandMask, centre: At,
        bounds: Edges, *, least: float = LEAST_INSIDE, foreign: BaseGeometry | None = None,
    ) -> Placement | None:  # fmt: skip
        """The cheapest place for one of the shapes inside an area, or none.

        Parameters
        ----------
        least
            The share of the box that must lie in the area.
        foreign
            Land on which the box may not stand at all.
        """
        found: Placement | None = None
        lattice, far = _lattice(centre, bounds)
        for at, shape in enumerate(shapes):
            if found is not None and shape.cost >= found.cost:
                continue
            boxes = _boxes(lattice, shape)
            own = area.share(boxes)
            beyond = self.land.share(boxes) - own
            good = (own >= least) & (beyond <= (1 - least) / 2)
            if foreign is not None:
                good[good] = ~_on(foreign, boxes[good])
            if not good.any():
                continue
            cost = shape.cost + far * _OFF_CENTRE + (1 - own) * _SPILT
            found = self._best(boxes, cost, good, at, found)
        return found

    def beside(
        self, shapes: Sequence[Shape], anchors: Sequence[At], *,
        area: BaseGeometry | None = None, own: LandMask | None = None,
        foreign: BaseGeometry | None = None, called: Sequence[At] = (), most: float = MOST_LEADER,
    ) -> Placement | None:  # fmt: skip
        """The cheapest place beside an area or point, tied to it by a leader.

        Parameters
        ----------
        anchors
            Points that the leader may lead to; it may run over what is taken right there.
        area
            The leader ends a little inside of it; without one, at the anchor.
        own
            Standing on this ground costs nothing.
        foreign
            Land on which the box may not stand and which its leader rather avoids.
        called
            Points that each get a leader from the box.
        most
            How long a leader may be, in points.
        """
        found: Placement | None = None
        for at, shape in enumerate(shapes):
            for anchor in anchors:
                if found is None or shape.cost + _BESIDE < found.cost:
                    found = self._around(shape, at, anchor, own, foreign, called, most, found)
        if found is None or found.leader is None or area is None:
            return found
        start, end = found.leader
        return replace(found, leader=(start, _end_in(area, start, end)))

    def _around(
        self, shape: Shape, at: int, anchor: At, own: LandMask | None,
        foreign: BaseGeometry | None, called: Sequence[At], most: float, found: Placement | None,
    ) -> Placement | None:  # fmt: skip
        boxes = _rings(anchor, shape, self.extent)
        boxes = boxes[_reaching(boxes, [anchor, *called], most)]
        start = _nearest(boxes, anchor)
        far = np.hypot(*(start - anchor).T)
        cost = shape.cost + _BESIDE + far * _FAR + far**2 * _FAR_SQUARED
        if found is not None:
            cheaper = cost < found.cost
            boxes, start, cost = boxes[cheaper], start[cheaper], cost[cheaper]
        near = np.argsort(cost, kind="stable")
        near = near[self._clear(boxes[near], GAP)]
        if foreign is not None and len(near):
            near = near[~_on(foreign, boxes[near])]
            lines = np.stack([start[near], np.broadcast_to(anchor, start[near].shape)], axis=1)
            over_others = shapely.length(shapely.intersection(foreign, shapely.linestrings(lines)))
            cost[near] += over_others * _OVER_OTHERS
            near = near[np.argsort(cost[near], kind="stable")]
        for first in range(0, len(near), _AT_ONCE):
            some = near[first : first + _AT_ONCE]
            if found is not None and cost[some[0]] >= found.cost:
                break
            found = self._weigh(boxes[some], start[some], cost[some], at, anchor, own, found)
        return found

    def _weigh(
        self, boxes: Floats, start: Floats, cost: Floats, at: int, anchor: At,
        own: LandMask | None, found: Placement | None,
    ) -> Placement | None:  # fmt: skip
        """The cheapest of some free boxes, with what they hide and what their leaders cross."""
        foreign = self.land.share(boxes) - (0.0 if own is None else own.share(boxes))
        cost = cost + np.clip(foreign, 0, 1) * _ON_LAND + self.busy.share(boxes) * _ON_BUSY
        lines = np.column_stack([start, np.broadcast_to(anchor, start.shape)])
        through = self._through_boxes(lines, anchor)
        cost += self._crossings(lines) * _CROSSED + through * _THROUGH
        if self.strict:
            cost[through] = np.inf
        best = int(np.argmin(cost))
        if not np.isfinite(cost[best]) or (found is not None and cost[best] >= found.cost):
            return found
        left, bottom, right, top = (float(edge) for edge in boxes[best])
        box = CanvasBox(left, bottom, right - left, top - bottom)
        return Placement(box, at, float(cost[best]), (box.nearest(*anchor), anchor))

    def _best(
        self, boxes: Floats, cost: Floats, good: Marks, at: int, found: Placement | None
    ) -> Placement | None:
        """The cheapest of the boxes that are free, if it is cheaper than what was found."""
        if found is not None:
            good = good & (cost < found.cost)
        candidates = np.flatnonzero(good)
        if not len(candidates):
            return found
        candidates = candidates[self._clear(boxes[candidates], GAP)]
        if not len(candidates):
            return found
        first = candidates[np.argmin(cost[candidates])]
        left, bottom, right, top = (float(edge) for edge in boxes[first])
        return Placement(
            CanvasBox(left, bottom, right - left, top - bottom), at, float(cost[first])
        )

    def _clear(self, boxes: Floats, gap: float) -> Marks:
        extent = self.extent
        good = (
            (boxes[:, 0] >= extent.left) & (boxes[:, 1] >= extent.bottom)
            & (boxes[:, 2] <= extent.right) & (boxes[:, 3] <= extent.top)
        )  # fmt: skip
        left = np.flatnonzero(good)
        for box in self._boxes:
            here = boxes[left]
            left = left[
                (here[:, 0] >= box[2] + gap) | (here[:, 2] <= box[0] - gap)
                | (here[:, 1] >= box[3] + gap) | (here[:, 3] <= box[1] - gap)
            ]  # fmt: skip
        if self._lines and len(left):
            lines = np.array(self._lines)
            left = left[~cross(lines[None, :, :], boxes[left, None, :], 1.5).any(axis=1)]
        good[:] = False
        good[left] = True
        return np.asarray(good)

    def _through_boxes(self, lines: Floats, anchor: At) -> Marks:
        """Which lines run below a box that is taken, other than one right at the anchor."""
        x, y = anchor
        taken = np.array(self._boxes, float).reshape(-1, 4)
        here = (
            (taken[:, 0] <= x) & (x <= taken[:, 2]) & (taken[:, 1] <= y) & (y <= taken[:, 3])
        )  # fmt: skip
        return np.asarray(cross(lines[:, None, :], taken[None, ~here, :], 1.0).any(axis=1))

    def _crossings(self, lines: Floats) -> Floats:
        count = np.zeros(len(lines))
        for line in self._lines:
            count += _meet(lines, np.array(line))
        return count


def _on(land: BaseGeometry, boxes: Floats) -> Marks:
    """Which boxes (left, bottom, right, top) touch a piece of land."""
    return np.asarray(shapely.intersects(land, shapely.box(*boxes.T)))


def _lattice(centre: At, bounds: Edges) -> tuple[Floats, Floats]:
    """Positions all over a box, those nearest to its centre first, and how far they are."""
    left, bottom, right, top = bounds
    step = max(3.0, max(right - left, top - bottom) / 34)
    x = np.arange(centre[0] - step * np.floor((centre[0] - left) / step), right, step)
    y = np.arange(centre[1] - step * np.floor((centre[1] - bottom) / step), top, step)
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    far = np.hypot(grid[:, 0] - centre[0], (grid[:, 1] - centre[1]) * 1.3)
    order = np.lexsort((grid[:, 0], grid[:, 1], far.round(6)))
    return grid[order], far[order]


def _boxes(centres: Floats, shape: Shape) -> Floats:
    half = np.array([shape.width / 2, shape.height / 2])
    return np.column_stack([centres - half, centres + half])


def _nearest(boxes: Floats, to: At) -> Floats:
    """The point of each box nearest to a point."""
    x, y = to
    return np.column_stack([
        np.clip(x, boxes[:, 0], boxes[:, 2]), np.clip(y, boxes[:, 1], boxes[:, 3]),
    ])  # fmt: skip


def _reaching(boxes: Floats, points: Sequence[At], most: float) -> Marks:
    """Which boxes are near enough to all of some points for a leader to each."""
    near = [np.hypot(*(_nearest(boxes, point) - point).T) <= most for point in points]
    return np.asarray(np.all(near, axis=0))


def _rings(anchor: At, shape: Shape, extent: CanvasBox) -> Floats:
    """Boxes of a shape on rings around a point, as far as the room is wide, nearest first."""
    reach = float(np.hypot(extent.width, extent.height)) * 0.75
    radius = np.concatenate([np.arange(8.0, 90.0, _STEP / 2), np.arange(90.0, reach, _STEP * 1.5)])
    angle = np.arange(_TURNS) / _TURNS * 2 * np.pi
    r, a = (each.ravel() for each in np.meshgrid(radius, angle, indexing="ij"))
    centres = np.column_stack([
        anchor[0] + np.cos(a) * (r + shape.width / 2),
        anchor[1] + np.sin(a) * (r + shape.height / 2),
    ])  # fmt: skip
    boxes = _boxes(centres, shape)
    inside = (
        (boxes[:, 0] >= extent.left) & (boxes[:, 1] >= extent.bottom)
        & (boxes[:, 2] <= extent.right) & (boxes[:, 3] <= extent.top)
    )  # fmt: skip
    return boxes[inside]


def cross(lines: Floats, boxes: Floats, gap: float) -> Marks:
    """Whether segments (x0, y0, x1, y1) touch boxes, widened by a gap: all pairs of the two."""
    start, step = lines[..., :2], lines[..., 2:] - lines[..., :2]
    step = np.where(np.abs(step) < _TINY, _TINY, step)
    a = (boxes[..., :2] - gap - start) / step
    b = (boxes[..., 2:] + gap - start) / step
    enter = np.minimum(a, b).max(axis=-1).clip(min=0.0)
    leave = np.maximum(a, b).min(axis=-1).clip(max=1.0)
    return np.asarray(enter <= leave)


def _meet(lines: Floats, other: Floats) -> Marks:
    """Whether segments cross another one."""

    def side(ax: Floats, ay: Floats, bx: Floats, by: Floats, px: Floats, py: Floats) -> Floats:
        return (bx - ax) * (py - ay) - (by - ay) * (px - ax)

    x0, y0, x1, y1 = lines.T
    p0, q0, p1, q1 = (np.full(len(lines), each) for each in other)
    one = side(x0, y0, x1, y1, p0, q0) * side(x0, y0, x1, y1, p1, q1)
    two = side(p0, q0, p1, q1, x0, y0) * side(p0, q0, p1, q1, x1, y1)
    return np.asarray((one < 0) & (two < 0))


def _end_in(area: BaseGeometry, start: At, anchor: At) -> At:
    """Where a leader ends: a little behind the edge of the area, and so at no place in it."""
    line = shapely.LineString([start, anchor])
    part = shapely.intersection(line, area)
    if part.is_empty:
        return anchor
    entry = line.project(shapely.Point(min(
        (point for each in shapely.get_parts(part) for point in each.coords),
        key=lambda point: line.project(shapely.Point(point)),
    )))  # fmt: skip
    end = line.interpolate(min(entry + 5.0, line.length))
    return float(end.x), float(end.y)
