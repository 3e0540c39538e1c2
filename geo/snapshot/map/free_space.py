"""The space on a map that marks and names leave free."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from geo.snapshot.map.boxes import CanvasBox, Floats, Line, cross

_MARGIN: Final = 3.0
"""Points between a name and the edge of the map: the name is not read as cut off."""
_GAP: Final = 1.2
"""Points between two names, or a name and a plate, so that they do not run together."""


class FreeSpace:
    """The part of a map that is still unoccupied.

    Parameters
    ----------
    extent
        The map; nothing may extend beyond it.
    boxes, leaders
        What occupies it already.

    Examples
    --------
    >>> badge = CanvasBox(10, 10, 20, 10)
    >>> free = FreeSpace(CanvasBox(0, 0, 100, 50), [badge], [((30, 15), (60, 40))])
    >>> free.is_free([CanvasBox(10, 30, 20, 10)]), free.is_free([CanvasBox(40, 20, 10, 10)])
    (True, False)
    >>> free.take([CanvasBox(10, 30, 20, 10)])
    >>> free.is_free([CanvasBox(25, 35, 20, 10)]), free.is_free([CanvasBox(95, 40, 20, 5)])
    (False, False)
    """

    def __init__(
        self, extent: CanvasBox, boxes: Iterable[CanvasBox], leaders: Iterable[Line]
    ) -> None:
        self._extent = extent.shrink(_MARGIN)
        self._taken: Floats = np.array([box.edges for box in boxes], float).reshape(-1, 4)
        lines = [(*start, *end) for start, end in leaders]
        self._lines: Floats = np.array(lines, float).reshape(-1, 4)

    def take(self, boxes: Sequence[CanvasBox]) -> None:
        """Mark these boxes as occupied."""
        self._taken = np.vstack([self._taken, [box.edges for box in boxes]])

    def is_free(self, boxes: Sequence[CanvasBox], gap: float = _GAP) -> bool:
        """Whether all of these boxes are on the map and at least `gap` points from anything."""
        if not all(box.within(self._extent) for box in boxes):
            return False
        left, bottom, right, top = np.array([box.edges for box in boxes]).T[:, :, None]
        x0, y0, x1, y1 = self._taken.T[:, None, :]
        met = (
            (left < x1 + gap) & (x0 < right + gap) & (bottom < y1 + gap) & (y0 < top + gap)
        )  # fmt: skip
        if met.any():
            return False
        edges = np.array([box.edges for box in boxes])
        return not (len(self._lines) and cross(self._lines[None], edges[:, None], gap).any())
