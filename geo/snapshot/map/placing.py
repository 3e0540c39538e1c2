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
from shapely.geometry.base import BaseGeometry

from geo.snapshot.map.boxes import At, CanvasBox, Edges, Floats, Line
from geo.snapshot.map.land_mask import AvoidedLand, Indices, LandMask, cells_below
from geo.snapshot.map.positions import Shape, around, boxes_at, boxes_in, lattice, nearest_in
from geo.snapshot.map.taken import TakenSpace

GAP: Final = 2.5
"""Least distance of two boxes in points."""
MOST_LEADER: Final = 72.0
"""The longest leader in points: an inch is followed at a glance, and stays near."""
_NEAR_OUTLINE: Final = 2 * MOST_LEADER
"""Most points from the border of the country to its badge, which no leader ties to it."""
IN_PLACE: Final = 20.0
"""The longest leader in points of numbers without a name: nothing else can be meant."""
LEAST_INSIDE: Final = 0.66
"""The share of a box that must lie in its area, if it is to stand inside of it."""
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
_AT_ONCE: Final = 64
"""Boxes weighed in the first step: the cheapest come first, and most searches end with them. Each
further step takes twice as many."""
_FEW_AT_ONCE: Final = 4
"""Boxes of which the land below is measured exactly in one step: each takes as long as weighing
fifty."""
_SLACK: Final = 1e-6
"""Cost by which a bound is too low, so that no order of adding loses the cheapest."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where something stands, in which of its shapes, and the leader that ties it to its place."""

    box: CanvasBox
    shape: int
    cost: float
    leader: Line | None = None


class LabelPlacer:
    """Boxes that are taken, lines that run between them, and the cheapest place for the next one.

    Parameters
    ----------
    canvas, margin
        Nothing comes nearer to the edge of the map than that, in points.
    land, busy
        The country, and the part of it of which something is known: what stands there hides it.
    strict
        No leader runs below a box that is taken; otherwise it may, at a price.
    """

    def __init__(
        self, canvas: CanvasBox, margin: float, land: LandMask, *, busy: LandMask,
        strict: bool = True,
    ) -> None:  # fmt: skip
        self.canvas, self.extent = canvas, canvas.shrink(margin)
        self.land, self.busy, self.strict = land, busy, strict
        self.taken = TakenSpace()

    def take(self, box: CanvasBox, leaders: Iterable[Line] = ()) -> None:
        """From now on nothing else stands in a box or on its leaders."""
        self.taken.take(box, leaders)

    def release(self, box: CanvasBox, leaders: Iterable[Line] = ()) -> None:
        """Free again what was taken."""
        self.taken.release(box, leaders)

    def is_free(self, box: CanvasBox, gap: float = GAP) -> bool:
        """Whether a box lies in the room and touches nothing."""
        return box.within(self.extent) and not self.taken.touched(np.array([box.edges]), gap)[0]

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
        bounds: Edges, *, least: float = LEAST_INSIDE, foreign: AvoidedLand | None = None,
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
        centres, far = lattice(centre, bounds)
        for at, shape in enumerate(shapes):
            cost = shape.cost + far * _OFF_CENTRE
            some = np.flatnonzero(cost < (np.inf if found is None else found.cost))
            boxes = boxes_at(centres[some], shape)
            cells = cells_below(self.canvas, boxes)
            own = area.share(cells)
            beyond = self.land.share(cells) - own
            cost = cost[some] + (1 - own) * _SPILT
            good = (own >= least) & (beyond <= (1 - least) / 2) & boxes_in(self.extent, boxes)
            if found is not None:
                good &= cost < found.cost
            first = self._first_free(boxes, cost, np.flatnonzero(good), foreign)
            if first is not None:
                found = Placement(_box_of(boxes[first]), at, float(cost[first]))
        return found

    def _first_free(
        self, boxes: Floats, cost: Floats, good: Indices, foreign: AvoidedLand | None
    ) -> int | None:
        """The cheapest of some boxes that touches nothing, not even a piece of land."""
        good = good[~self.taken.touched(boxes[good], GAP)]
        good = good[np.argsort(cost[good], kind="stable")]
        if foreign is None:
            return int(good[0]) if len(good) else None
        for at in range(0, len(good), _FEW_AT_ONCE):
            some = good[at : at + _FEW_AT_ONCE]
            off = some[~foreign.is_below(boxes[some])]
            if len(off):
                return int(off[0])
        return None

    def around(
        self, shapes: Sequence[Shape], outline: Sequence[At], land: AvoidedLand
    ) -> Placement | None:
        """The cheapest place outside some land, near its outline, without a leader.

        Parameters
        ----------
        outline
            Points along it.
        """
        found: Placement | None = None
        for at, shape in enumerate(shapes):
            boxes, which = around(outline, shape, self.extent, (), _NEAR_OUTLINE)
            to = np.array(outline, float).reshape(-1, 2)[which]
            cost = shape.cost + np.hypot(*(nearest_in(boxes, to) - to).T) * _FAR
            good = np.flatnonzero(cost < (np.inf if found is None else found.cost))
            first = self._first_free(boxes, cost, good, land)
            if first is not None:
                found = Placement(_box_of(boxes[first]), at, float(cost[first]))
        return found

    def beside(
        self, shapes: Sequence[Shape], anchors: Sequence[At], *,
        area: BaseGeometry | None = None, own: LandMask | None = None,
        foreign: AvoidedLand | None = None, called: Sequence[At] = (), most: float = MOST_LEADER,
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
            if found is None or shape.cost + _BESIDE < found.cost:
                boxes, which = around(anchors, shape, self.extent, called, most)
                search = _Search(self, shape, boxes, np.array(anchors, float)[which], which)
                search.own, search.foreign = own, foreign
                found = search.cheaper_than(found, at)
        if found is None or found.leader is None or area is None:
            return found
        start, end = found.leader
        return replace(found, leader=(start, _end_in(area, start, end)))


class _Search:
    """The cheapest of many boxes of a shape beside their anchors, the nearest weighed first.

    What takes long is measured last, and only of boxes that may still be the cheapest. Of boxes
    that cost the same the one at the first anchor is taken, of these the one with the shorter
    leader.
    """

    own: LandMask | None = None
    foreign: AvoidedLand | None = None

    def __init__(
        self, placer: LabelPlacer, shape: Shape, boxes: Floats, anchors: Floats, which: Indices
    ) -> None:
        start = nearest_in(boxes, anchors)
        far = np.hypot(*(start - anchors).T)
        self.placer, self.boxes, self.which = placer, boxes, which
        self.lines = np.concatenate([start, anchors], axis=1)
        self.cost = shape.cost + _BESIDE + far * _FAR + far**2 * _FAR_SQUARED
        self.best = (np.inf, -1, 0.0, 0.0, -1)

    def cheaper_than(self, found: Placement | None, at: int) -> Placement | None:
        """The cheapest place if it is cheaper than one that was found, else that one."""
        if found is not None:
            self.best = (found.cost, *self.best[1:])
        some = np.flatnonzero(self.cost < self.best[0])
        some = some[np.argsort(self.cost[some], kind="stable")]
        count = _AT_ONCE
        while len(some) and self.cost[some[0]] <= self.best[0]:
            self._weigh(some[:count])
            some, count = some[count:], 2 * count
        cost, *_, row = self.best
        if row < 0:
            return found
        box = _box_of(self.boxes[row])
        x, y = (float(each) for each in self.lines[row, 2:])
        return Placement(box, at, cost, (box.nearest(x, y), (x, y)))

    def _weigh(self, some: Indices) -> None:
        """Add what the free ones of some boxes hide and what their leaders cross."""
        placer = self.placer
        some = some[~placer.taken.touched(self.boxes[some], GAP)]
        if self.foreign is not None:
            some = some[~self.foreign.is_below(self.boxes[some])]
        if not len(some):
            return
        lines, cells = self.lines[some], cells_below(placer.canvas, self.boxes[some])
        on_land = placer.land.share(cells) - (0.0 if self.own is None else self.own.share(cells))
        hiding = placer.taken.hiding(lines)
        added = np.stack([
            np.minimum(np.maximum(on_land, 0), 1) * _ON_LAND, placer.busy.share(cells) * _ON_BUSY,
            placer.taken.crossed(lines) * _CROSSED + hiding * _THROUGH,
        ])  # fmt: skip
        if placer.strict:
            added[2, hiding] = np.inf
        least = self.cost[some] + added.sum(axis=0)
        order = np.argsort(least)
        order = order[np.isfinite(least[order])]
        while len(order) and least[order[0]] <= self.best[0] + _SLACK:
            few = order[:_FEW_AT_ONCE]
            self._keep_cheapest(some[few], added[:, few])
            order = order[_FEW_AT_ONCE:]

    def _keep_cheapest(self, some: Indices, added: Floats) -> None:
        """Keep the cheapest of some boxes if it is cheaper than all before."""
        near = self.cost[some]
        far = near
        if self.foreign is not None:
            far = near + self.foreign.length_below(self.lines[some]) * _OVER_OTHERS
        cost = far + added[0] + added[1] + added[2]
        for each in zip(
            cost.tolist(), self.which[some].tolist(), far.tolist(), near.tolist(), some.tolist(),
            strict=True,
        ):  # fmt: skip
            self.best = min(self.best, each)


def _box_of(edges: Floats) -> CanvasBox:
    left, bottom, right, top = (float(edge) for edge in edges)
    return CanvasBox(left, bottom, right - left, top - bottom)


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
