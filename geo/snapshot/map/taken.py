"""The boxes and leaders that stand on a map, and what touches them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from geo.snapshot.map.boxes import CanvasBox, Edges, Floats, Line, Marks, cross

_LEADER_GAP: Final = 1.5
"""Points kept free between a box and a leader: twice the width of its line."""
_BELOW_GAP: Final = 1.0
"""Points from a box at which a leader already seems to run below it."""
_SLACK: Final = 1e-6
"""Points by which pairs that may touch are chosen too widely, so that no rounding loses one."""


class TakenSpace:
    """Boxes and leaders that are taken; all questions are about many boxes or lines at once.

    Boxes are rows of left, lower, right and upper edge, lines rows of x, y, x, y, both in points.

    Examples
    --------
    >>> taken = TakenSpace()
    >>> taken.take(CanvasBox(0, 0, 10, 10), [((10, 5), (40, 5))])
    >>> taken.touched(np.array([[12.0, 7, 20, 9], [12, 6, 20, 9], [5, 5, 6, 6]]), gap=1.0).tolist()
    [False, True, True]
    >>> taken.release(CanvasBox(0, 0, 10, 10), [((10, 5), (40, 5))])
    >>> taken.touched(np.array([[5.0, 5, 6, 6]]), gap=1.0).tolist()
    [False]
    """

    def __init__(self) -> None:
        self._box_list: list[Edges] = []
        self._line_list: list[Edges] = []
        self._keep()

    def _keep(self) -> None:
        self._boxes: Floats = np.array(self._box_list, float).reshape(-1, 4)
        self._lines: Floats = np.array(self._line_list, float).reshape(-1, 4)

    def copy(self) -> TakenSpace:
        """The same boxes and leaders, to be added to independently."""
        made = TakenSpace()
        made._box_list, made._line_list = [*self._box_list], [*self._line_list]
        made._keep()
        return made

    def take(self, box: CanvasBox, leaders: Iterable[Line] = ()) -> None:
        """Add a box and its leaders."""
        self._box_list.append(box.edges)
        self._line_list.extend((*start, *end) for start, end in leaders)
        self._keep()

    def release(self, box: CanvasBox, leaders: Iterable[Line] = ()) -> None:
        """Remove what was taken."""
        self._box_list.remove(box.edges)
        for start, end in leaders:
            self._line_list.remove((*start, *end))
        self._keep()

    def touched(self, boxes: Floats, gap: float) -> Marks:
        """Which boxes are nearer than a gap to a box that is taken, or lie on a leader."""
        # The boxes in the last axis, which are the most: numpy then runs through them in one go.
        left, bottom, right, top = np.ascontiguousarray(boxes.T)
        x0, y0, x1, y1 = self._boxes.T[:, :, None]
        apart = (
            (left >= x1 + gap) | (right <= x0 - gap) | (bottom >= y1 + gap) | (top <= y0 - gap)
        )  # fmt: skip
        touched = ~apart.all(axis=0)
        free = np.flatnonzero(~touched)
        line, box = np.nonzero(_may_touch(self._lines, boxes[free], _LEADER_GAP))
        met = cross(self._lines[line], boxes[free[box]], _LEADER_GAP)
        touched[free[box[met]]] = True
        return np.asarray(touched)

    def hiding(self, lines: Floats) -> Marks:
        """Which lines run below a box, other than one right at their end."""
        x, y = lines[:, 2, None], lines[:, 3, None]
        x0, y0, x1, y1 = self._boxes.T[:, None, :]
        elsewhere = ~((x0 <= x) & (x <= x1) & (y0 <= y) & (y <= y1))
        line, box = np.nonzero(_may_touch(lines, self._boxes, _BELOW_GAP) & elsewhere)
        hidden = np.zeros(len(lines), dtype=bool)
        hidden[line[cross(lines[line], self._boxes[box], _BELOW_GAP)]] = True
        return hidden

    def crossed(self, lines: Floats) -> Floats:
        """How many leaders each line crosses."""
        x0, y0, x1, y1 = lines.T[:, :, None]
        p0, q0, p1, q1 = self._lines.T[:, None, :]
        one = _side(x0, y0, x1, y1, p0, q0) * _side(x0, y0, x1, y1, p1, q1)
        two = _side(p0, q0, p1, q1, x0, y0) * _side(p0, q0, p1, q1, x1, y1)
        return np.asarray(((one < 0) & (two < 0)).sum(axis=1), float)


def _may_touch(lines: Floats, boxes: Floats, gap: float) -> Marks:
    """Whether the box around a segment is as near as that to a box: all pairs of the two."""
    x, y = lines[:, None, ::2], lines[:, None, 1::2]
    left, bottom, right, top = boxes.T[:, None, :]
    by = gap + _SLACK
    return np.asarray(
        (x.min(axis=-1) <= right + by) & (x.max(axis=-1) >= left - by)
        & (y.min(axis=-1) <= top + by) & (y.max(axis=-1) >= bottom - by)
    )  # fmt: skip


def _side(ax: Floats, ay: Floats, bx: Floats, by: Floats, px: Floats, py: Floats) -> Floats:
    """On which side of a line through two points a third one lies, by its sign."""
    return (bx - ax) * (py - ay) - (by - ay) * (px - ax)
