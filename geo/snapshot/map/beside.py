"""The cheapest place beside an area or point: what never changes of a search is measured once.

A map is planned in several orders, and each badge is asked again for a better place. Only the boxes
and leaders that are taken differ between these searches, not the land below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from geo.snapshot.map.boxes import At, CanvasBox, Floats, Line, Marks
from geo.snapshot.map.land_mask import AvoidedLand, Indices, LandMask, cells_below
from geo.snapshot.map.positions import Shape, around, nearest_in
from geo.snapshot.map.taken import TakenSpace

GAP: Final = 2.5
"""Least distance of two boxes in points."""
BESIDE: Final = 30.0
"""Cost of a badge outside its area, since a leader has to be followed. All costs are in points of
leader: a cost of 1 is as bad as a leader that is about 3 points longer."""
FAR: Final = 0.36
"""Cost of each point of a leader."""
_FAR_SQUARED: Final = 0.0018
"""Cost of each squared point of a leader: at 100 points the next one costs twice the first."""
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
_AT_ONCE: Final = 1024
"""Boxes weighed in the first step: the cheapest come first, and most searches end with them. Each
further step takes twice as many."""
FEW_AT_ONCE: Final = 4
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


class MapLand(NamedTuple):
    """A map, the part of it where boxes may stand, the country, and its part with badges."""

    canvas: CanvasBox
    extent: CanvasBox
    land: LandMask
    busy: LandMask


class BesideQuery(NamedTuple):
    """What is placed beside which anchors, in the words of the placer of labels."""

    shape: Shape
    anchors: tuple[At, ...]
    called: tuple[At, ...]
    most: float
    own: LandMask | None
    foreign: AvoidedLand | None


class BesideSearches:
    """The searches of a map, kept for its next plan."""

    def __init__(self, at: MapLand) -> None:
        # Half a megabyte each: all badges of a map that is planned in several orders.
        self.of = lru_cache(maxsize=64)(lambda query: BesideSearch(at, query))


class BesideSearch:
    """The cheapest of many boxes of a shape beside their anchors, the nearest weighed first.

    What takes long is measured last, and only of boxes that may still be the cheapest. Of boxes
    that cost the same the one at the first anchor is taken, of these the one with the shorter
    leader.
    """

    def __init__(self, at: MapLand, query: BesideQuery) -> None:
        boxes, which = around(query.anchors, query.shape, at.extent, query.called, query.most)
        anchors = np.array(query.anchors, float).reshape(-1, 2)[which]
        start = nearest_in(boxes, anchors)
        far = np.hypot(*(start - anchors).T)
        cost = query.shape.cost + BESIDE + far * FAR + far**2 * _FAR_SQUARED
        order = np.argsort(cost, kind="stable")
        self._at, self._query, self._cost = at, query, cost[order]
        self._boxes, self._which = boxes[order], which[order]
        self._lines = np.concatenate([start, anchors], axis=1)[order]
        self._is_measured: Marks = np.zeros(len(order), bool)
        self._is_barred: Marks = np.zeros(len(order), bool)
        self._hidden: Floats = np.zeros((2, len(order)))
        self._over: Floats = np.full(len(order), np.nan)

    def cheapest(
        self, found: Placement | None, shape: int, taken: TakenSpace, *, strict: bool
    ) -> Placement | None:
        """The cheapest place if it is cheaper than one that was found, else that one.

        Parameters
        ----------
        shape
            The position of its shape among those that are tried.
        strict
            No leader runs below a box that is taken; otherwise it may, at a price.
        """
        best = (np.inf if found is None else found.cost, -1, 0.0, 0.0, -1)
        some = np.arange(int(np.searchsorted(self._cost, best[0])))
        count = _AT_ONCE
        while len(some) and self._cost[some[0]] <= best[0]:
            best = self._weigh(some[:count], taken, best, strict=strict)
            some, count = some[count:], 2 * count
        cost, *_, row = best
        if row < 0:
            return found
        left, bottom, right, top = (float(edge) for edge in self._boxes[row])
        box = CanvasBox(left, bottom, right - left, top - bottom)
        x, y = (float(each) for each in self._lines[row, 2:])
        return Placement(box, shape, cost, (box.nearest(x, y), (x, y)))

    def _weigh(self, some: Indices, taken: TakenSpace, best: _Best, *, strict: bool) -> _Best:
        """Add what the free ones of some boxes hide and what their leaders cross."""
        some = some[~self._is_barred[some]]
        some = some[~taken.touched(self._boxes[some], GAP)]
        self._measure(some[~self._is_measured[some]])
        some = some[~self._is_barred[some]]
        if not len(some):
            return best
        lines = self._lines[some]
        hiding = taken.hiding(lines)
        crossed = taken.crossed(lines) * _CROSSED + hiding * _THROUGH
        if strict:
            crossed[hiding] = np.inf
        added = np.stack([*self._hidden[:, some], crossed])
        least = self._cost[some] + added.sum(axis=0)
        order = np.argsort(least)
        order = order[np.isfinite(least[order])]
        while len(order) and least[order[0]] <= best[0] + _SLACK:
            few = order[:FEW_AT_ONCE]
            best = min(best, *self._exactly(some[few], added[:, few]))
            order = order[FEW_AT_ONCE:]
        return best

    def _measure(self, some: Indices) -> None:
        """Measure the land below some boxes, which is the same in every plan."""
        self._is_measured[some] = True
        query, at = self._query, self._at
        if query.foreign is not None:
            self._is_barred[some] = query.foreign.is_below(self._boxes[some])
            some = some[~self._is_barred[some]]
        if not len(some):
            return
        cells = cells_below(at.canvas, self._boxes[some])
        on_land = at.land.share(cells) - (0.0 if query.own is None else query.own.share(cells))
        self._hidden[0, some] = np.minimum(np.maximum(on_land, 0), 1) * _ON_LAND
        self._hidden[1, some] = at.busy.share(cells) * _ON_BUSY

    def _exactly(self, some: Indices, added: Floats) -> Sequence[_Best]:
        """The exact cost of some boxes, and what decides between equal ones."""
        near = self._cost[some]
        far = near
        if self._query.foreign is not None:
            new = some[np.isnan(self._over[some])]
            if len(new):
                self._over[new] = self._query.foreign.length_below(self._lines[new])
            far = near + self._over[some] * _OVER_OTHERS
        cost = far + added[0] + added[1] + added[2]
        return [*zip(
            cost.tolist(), self._which[some].tolist(), far.tolist(), near.tolist(), some.tolist(),
            strict=True,
        )]  # fmt: skip


_Best = tuple[float, int, float, float, int]
"""Cost, anchor, cost with the leader, cost without it, and row of the cheapest box so far."""
