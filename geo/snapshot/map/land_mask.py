"""How much of a box lies on a piece of land."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.snapshot.map.boxes import CanvasBox, Floats, Marks

Indices = NDArray[np.intp]

_CELL: Final = 3.0
"""Points of a cell of the raster: a third of a line of small type, so that a share is exact to a
few percent."""
_SURE: Final = 1e-6
"""Share of a cell by which its middle lies in a box, so that no rounding takes one for inside."""


class CellWindow(NamedTuple):
    """Cells of a raster for each of many boxes: first column and row, and those after the last."""

    x0: Indices
    y0: Indices
    x1: Indices
    y1: Indices

    @property
    def counts(self) -> Indices:
        """How many cells each box lies on."""
        return (self.x1 - self.x0) * (self.y1 - self.y0)


class LandMask:
    """How much of a box lies on a piece of land, read from a raster of small cells."""

    def __init__(self, shape: BaseGeometry, extent: CanvasBox) -> None:
        columns, rows = _size(extent)
        inside = np.zeros((rows, columns), dtype=bool)
        if not shape.is_empty:
            self._fill(inside, shape)
        self.cells: Marks = inside
        self._sum()

    def _sum(self) -> None:
        rows, columns = self.cells.shape
        self._sums: Floats = np.zeros((rows + 1, columns + 1))
        self._sums[1:, 1:] = self.cells.cumsum(0).cumsum(1)

    def add(self, others: Iterable[LandMask]) -> None:
        """Add the land of others of the same map."""
        for other in others:
            self.cells |= other.cells
        self._sum()

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

    def share(self, cells: CellWindow) -> Floats:
        """The share of each box that lies on the land."""
        return np.asarray(self._count(cells) / np.maximum(cells.counts, 1))

    def is_below(self, cells: CellWindow) -> Marks:
        """Whether any of some cells of each box lies on the land."""
        return np.asarray(self._count(cells) > 0)

    def _count(self, cells: CellWindow) -> Floats:
        x0, y0, x1, y1 = cells
        sums = self._sums
        return np.asarray(sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0])


class AvoidedLand:
    """Land on which a box may not stand.

    Parameters
    ----------
    shape
        All of it, exactly.
    masks
        Cells of its parts: where one of them is certain, the shape is not asked, which takes fifty
        times as long.

    Examples
    --------
    >>> canvas, land = CanvasBox(0, 0, 60, 30), shapely.box(0, 0, 20, 30)
    >>> avoided = AvoidedLand(land, [LandMask(land, canvas)], canvas)
    >>> avoided.is_below(np.array([[10.0, 0, 40, 10], [19.9, 0, 40, 10], [21, 0, 40, 10]])).tolist()
    [True, True, False]
    >>> avoided.length_below(np.array([[0.0, 5, 50, 5], [30, 5, 50, 5]])).tolist()
    [20.0, 0.0]
    """

    def __init__(self, shape: BaseGeometry, masks: Iterable[LandMask], extent: CanvasBox) -> None:
        shapely.prepare(shape)
        self._shape = shape
        self._mask = LandMask(shapely.Point(), extent)
        self._mask.add(masks)
        self._extent = extent

    def is_surely_below(self, boxes: Floats) -> Marks:
        """Which boxes touch it so clearly that its cells show it."""
        return self._mask.is_below(middles_in(self._extent, boxes))

    def is_below(self, boxes: Floats) -> Marks:
        """Which boxes (left, bottom, right, top) touch it."""
        below = self.is_surely_below(boxes)
        open_ = np.flatnonzero(~below)
        below[open_] = shapely.intersects(self._shape, shapely.box(*boxes[open_].T))
        return below

    def length_below(self, lines: Floats) -> Floats:
        """How much of each line (x, y, x, y) lies on it, in points."""
        drawn = np.asarray(shapely.linestrings(lines.reshape(-1, 2, 2)))
        length = np.zeros(len(lines))
        met = shapely.intersects(self._shape, drawn)
        length[met] = shapely.length(shapely.intersection(self._shape, drawn[met]))
        return length


def cells_below(extent: CanvasBox, boxes: Floats) -> CellWindow:
    """The cells that boxes (left, bottom, right, top) touch."""
    cells = boxes / _CELL
    return _window(extent, np.floor(cells[:, :2]), np.ceil(cells[:, 2:]))


def middles_in(extent: CanvasBox, boxes: Floats) -> CellWindow:
    """The cells of which the middle certainly lies in a box."""
    cells = boxes / _CELL - 0.5
    low, high = np.ceil(cells[:, :2] + _SURE), np.floor(cells[:, 2:] - _SURE) + 1
    return _window(extent, low, np.maximum(low, high))


def _window(extent: CanvasBox, low: Floats, high: Floats) -> CellWindow:
    most = np.array(_size(extent))
    x0, y0 = np.minimum(np.maximum(low, 0), most).astype(int).T
    x1, y1 = np.minimum(np.maximum(high, 0), most).astype(int).T
    return CellWindow(x0, y0, x1, y1)


def _size(extent: CanvasBox) -> tuple[int, int]:
    """Columns and rows of cells over a map."""
    return int(np.ceil(extent.width / _CELL)), int(np.ceil(extent.height / _CELL))
