"""Where plates and names stand on a figure: exact boxes in points, the cheapest place that is free.

Everything is deterministic: the same things in the same order get the same places. No two boxes
that were taken ever touch, and none leaves the room.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.snapshot.map.beside import (
    BESIDE,
    FAR,
    FEW_AT_ONCE,
    GAP,
    BesideQuery,
    BesideSearches,
    MapLand,
    Placement,
)
from geo.snapshot.map.boxes import At, CanvasBox, Edges, Floats, Line
from geo.snapshot.map.land_mask import AvoidedLand, Indices, LandMask, cells_below
from geo.snapshot.map.positions import Shape, boxes_at, boxes_in, lattice, near_outline
from geo.snapshot.map.taken import TakenSpace

MOST_LEADER: Final = 72.0
"""The longest leader in points: an inch is followed at a glance, and stays near."""
_NEAR_OUTLINE: Final = 2 * MOST_LEADER
"""Most points from the border of the country to its badge, which no leader ties to it."""
IN_PLACE: Final = 20.0
"""The longest leader in points of numbers without a name: nothing else can be meant."""
LEAST_INSIDE: Final = 0.66
"""The share of a box that must lie in its area, if it is to stand inside of it."""
_OFF_CENTRE: Final = 0.28
"""Cost of each point from the middle of the area: less than a leader, since the badge is still
inside."""
_SPILT: Final = 55.0
"""Cost of a badge for the share of it outside its area: half outside is nearly as bad as a
leader."""


_NEAREST_AT_ONCE: Final = 512
"""Places near an outline that are looked at together, nearest first, until one of them is free."""


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
        self._searches = BesideSearches(MapLand(canvas, self.extent, land, busy))

    def copy(self) -> LabelPlacer:
        """The same boxes and lines, to be added to independently."""
        made = copy.copy(self)
        made.taken = self.taken.copy()
        return made

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
        good = good[~foreign.is_surely_below(boxes[good])]
        for at in range(0, len(good), FEW_AT_ONCE):
            some = good[at : at + FEW_AT_ONCE]
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
            boxes, far = near_outline(
                tuple(outline), shape.width, shape.height, self.extent, _NEAR_OUTLINE
            )
            cost = shape.cost + far * FAR
            better = len(cost) if found is None else int(np.searchsorted(cost, found.cost))
            for start in range(0, better, _NEAREST_AT_ONCE):
                some = np.arange(start, min(start + _NEAREST_AT_ONCE, better))
                first = self._first_free(boxes, cost, some, land)
                if first is not None:
                    found = Placement(_box_of(boxes[first]), at, float(cost[first]))
                    break
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
            if found is None or shape.cost + BESIDE < found.cost:
                query = BesideQuery(shape, tuple(anchors), tuple(called), most, own, foreign)
                search = self._searches.of(query)
                found = search.cheapest(found, at, self.taken, strict=self.strict)
        if found is None or found.leader is None or area is None:
            return found
        start, end = found.leader
        return replace(found, leader=(start, _end_in(area, start, end)))


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
