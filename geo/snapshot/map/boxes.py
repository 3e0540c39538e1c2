"""Boxes on a figure, in points from its lower left corner, and the lines that run between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]
At = tuple[float, float]
Line = tuple[At, At]
Edges = tuple[float, float, float, float]

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


def cross(lines: Floats, boxes: Floats, gap: float) -> Marks:
    """Whether segments (x0, y0, x1, y1) touch boxes, widened by a gap: all pairs of the two."""
    start, step = lines[..., :2], lines[..., 2:] - lines[..., :2]
    step = np.where(np.abs(step) < _TINY, _TINY, step)
    a = (boxes[..., :2] - gap - start) / step
    b = (boxes[..., 2:] + gap - start) / step
    enter = np.minimum(a, b).max(axis=-1).clip(min=0.0)
    leave = np.maximum(a, b).min(axis=-1).clip(max=1.0)
    return np.asarray(enter <= leave)
