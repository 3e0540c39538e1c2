"""Valley floors traced through a model of the terrain, where no free survey has the rivers.

Hollows are filled from their rims (Barnes, Lehman and Mulla, "Priority-flood", Computers &
Geosciences 62, 2014), so that water from every cell has a way out; what flows through a cell is
then summed up. A floor is drawn where the ground around it is hilly: over a plain, a model of 1 km
tells no river.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter, minimum_filter
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from tools.base_map_relief import DEGREE_M, STEPS, Grid, Terrain

LEAST_KM2: Final = 120
"""Square kilometres above a floor for it to be drawn: fewer make a map of 1 : 1,000,000 busy."""
RANKS_KM2: Final = (25_000, 6_000, 1_500, 400)
"""Square kilometres above a stretch from which it is of rank 1, 2, 3 or 4; below, of rank 5."""
HILLY_M: Final = 150
"""Metres between the highest and the lowest ground within `AROUND` cells, about 4 km."""
AROUND: Final = 9
"""Cells of the side of the square in which the height of the ground is compared."""
HILLY_SHARE: Final = 0.5
"""Of a stretch that must run over hilly ground."""
PLAIN_KM2: Final = 800
"""A river this large is drawn over a plain as well, if the plain is one of those named by hand."""
LOOSE_KM2: Final = 700
"""Square kilometres above a stretch from which it is drawn even if it joins no other line."""
LOOSE_DEGREES: Final = 0.2
"""Length in degrees from which such a stretch is drawn: shorter ones look like scratches."""
Boxes = tuple[tuple[float, float, float, float], ...]
"""West, south, east and north, in degrees."""
HOLLOW_M: Final = 40
"""Metres of filling from which a cell is the bottom of a basin, not the floor of a valley."""
BURNT_M: Final = 400
"""Metres by which known rivers are cut into the model: water near one runs into it."""
TOLERANCE: Final = 0.0018
"""Degrees, some 200 m: how far a line may be moved by simplifying. With smoothing, which cuts a
corner of the grid by less than a quarter of a cell, it stays within 300 m."""
SHORTEST: Final = 3
"""Cells of the shortest line that is drawn: two cells have no direction of their own."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A line between two confluences, and the square kilometres above its lower end."""

    above_km2: float
    line: LineString
    start: int
    end: int

    @property
    def rank(self) -> int:
        """1 for the largest, to 5."""
        return 1 + sum(self.above_km2 < least for least in RANKS_KM2)


@dataclass(frozen=True, slots=True)
class Drainage:
    """Where water goes from each cell, which are counted row by row from the north-west."""

    parent: NDArray[np.int64]
    above_km2: Grid
    filled_m: Grid
    is_known: NDArray[np.bool_]


def traced(
    terrain: Terrain, known: list[LineString], near: BaseGeometry, plains: Boxes = ()
) -> tuple[list[Stretch], list[Stretch]]:
    """Trace the floors of valleys in and near a country, and tell the ranks of known rivers.

    Parameters
    ----------
    known
        Surveyed rivers; their valleys are not traced again.
    plains
        Boxes of plains that are known to be crossed by a river.

    Returns
    -------
    traced, known
        The second cut into pieces of one rank each.
    """
    heights = terrain.heights.copy()
    is_known = _cells_of(terrain, known)
    heights[is_known] -= BURNT_M
    parent, order, filled = _flooded(heights)
    drainage = Drainage(parent, _summed(terrain, parent, order), filled, is_known.ravel())
    around = maximum_filter(terrain.heights, AROUND) - minimum_filter(terrain.heights, AROUND)
    shapely.prepare(near)
    found = _joined(list(_stretches(terrain, drainage, around.ravel(), plains)), drainage)
    pieces = (piece for line in known for piece in _ranked(terrain, drainage, line))
    return (
        [one for one in found if near.intersects(one.line)],
        [one for one in pieces if near.intersects(one.line)],
    )


def _joined(stretches: list[Stretch], drainage: Drainage) -> list[Stretch]:
    """Leave out short stretches that run into nothing that is drawn."""
    while True:
        starts = {one.start for one in stretches}
        kept = [
            one for one in stretches
            if one.end in starts or drainage.is_known[one.end] or one.above_km2 >= LOOSE_KM2
            or one.line.length >= LOOSE_DEGREES
        ]  # fmt: skip
        if len(kept) == len(stretches):
            return kept
        stretches = kept


def _ranked(terrain: Terrain, drainage: Drainage, line: LineString) -> Iterator[Stretch]:
    """Cut a known river into pieces of about 0.3 degrees, each with what flows through it."""
    count = max(1, round(line.length / 0.3))
    above = drainage.above_km2.reshape(terrain.heights.shape)
    for at in range(count):
        part = substring(line, at / count, (at + 1) / count, normalized=True)
        piece = LineString(shapely.get_coordinates(part))
        cells = _cells_of(terrain, [piece])
        largest = float(above[cells].max()) if cells.any() else 0.0
        yield Stretch(largest, _simple(piece, TOLERANCE / 2), -1, -1)


def _cells_of(terrain: Terrain, lines: Iterable[LineString]) -> NDArray[np.bool_]:
    cells: NDArray[np.bool_] = np.zeros(terrain.heights.shape, dtype=bool)
    rows, columns = terrain.heights.shape
    for line in lines:
        points = shapely.get_coordinates(shapely.segmentize(line, 0.4 / STEPS))
        row = np.floor((terrain.north - points[:, 1]) * STEPS).astype(int)
        column = np.floor((points[:, 0] - terrain.west) * STEPS).astype(int)
        inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
        cells[row[inside], column[inside]] = True
    return cells


def _flooded(heights: Grid) -> tuple[NDArray[np.int64], NDArray[np.int64], Grid]:
    """Parent of each cell, all cells from the outlets upwards, and metres of filling."""
    columns = heights.shape[1]
    # A frame of cells that are done keeps every neighbour inside the array.
    padded = np.pad(heights, 1, constant_values=0)
    wide = columns + 2
    level = padded.ravel().tolist()
    is_done = np.ones(padded.shape, dtype=np.uint8)
    is_done[1:-1, 1:-1] = 0
    done = bytearray(is_done.tobytes())
    parent = [-1] * len(level)
    order: list[int] = []
    edge = np.zeros(padded.shape, dtype=bool)
    edge[1:-1, 1:-1] = True
    edge[2:-2, 2:-2] = False
    heap = [(level[cell], cell) for cell in np.flatnonzero(edge).tolist()]
    for _, cell in heap:
        done[cell] = 1
    heapq.heapify(heap)
    steps = (-wide, wide, -1, 1, -wide - 1, -wide + 1, wide - 1, wide + 1)
    while heap:
        here, cell = heapq.heappop(heap)
        order.append(cell)
        for step in steps:
            other = cell + step
            if not done[other]:
                done[other] = 1
                parent[other] = cell
                # A hair above, so that water crosses a filled hollow by the shortest way.
                level[other] = max(level[other], here + 1e-4)
                heapq.heappush(heap, (level[other], other))
    inner = np.arange(padded.size).reshape(padded.shape)[1:-1, 1:-1].ravel()
    place = np.full(padded.size + 1, -1, dtype=np.int64)
    place[inner] = np.arange(inner.size)
    filled = np.array(level).reshape(padded.shape)[1:-1, 1:-1] - heights
    return place[np.array(parent)[inner]], place[np.array(order)], filled.ravel()


def _summed(terrain: Terrain, parent: NDArray[np.int64], order: NDArray[np.int64]) -> Grid:
    """Square kilometres whose water passes each cell, its own included."""
    rows, columns = terrain.heights.shape
    lat = np.radians(terrain.north - (np.arange(rows) + 0.5) / STEPS)
    own = (DEGREE_M / 1000 / STEPS) ** 2 * np.cos(lat)
    total = np.repeat(own, columns).tolist()
    below = parent.tolist()
    for cell in reversed(order.tolist()):
        if below[cell] >= 0:
            total[below[cell]] += total[cell]
    return np.array(total)


def _stretches(
    terrain: Terrain, drainage: Drainage, around: Grid, plains: Boxes
) -> Iterator[Stretch]:
    parent, above = drainage.parent, drainage.above_km2
    cells = np.flatnonzero((above >= LEAST_KM2) & ~drainage.is_known)
    is_stream = np.zeros(len(above), dtype=bool)
    is_stream[cells] = True
    arriving = np.bincount(parent[cells][parent[cells] >= 0], minlength=len(above))
    is_hilly = around >= HILLY_M
    for start in cells[arriving[cells] != 1].tolist():
        path = _down(start, parent, is_stream, arriving)
        if len(path) < SHORTEST:
            continue
        inside, last = path[:-1], float(above[path[-2]])
        points = _middles(terrain, path)
        is_valley = np.mean(is_hilly[inside]) >= HILLY_SHARE
        is_crossed = last >= PLAIN_KM2 and _is_in(plains, *points[len(points) // 2])
        is_dry = np.mean(drainage.filled_m[inside] < HOLLOW_M) >= HILLY_SHARE
        if is_dry and (is_valley or is_crossed):
            yield Stretch(last, smooth(points), path[0], path[-1])


def _is_in(boxes: Boxes, lon: float, lat: float) -> bool:
    return any(w <= lon <= e and s <= lat <= n for w, s, e, n in boxes)


def _down(
    start: int, parent: NDArray[np.int64], is_stream: NDArray[np.bool_], arriving: NDArray[np.int64]
) -> list[int]:
    """Follow a stream to the next confluence, to a known river, or out of the model."""
    path = [start]
    while (cell := int(parent[path[-1]])) >= 0:
        path.append(cell)
        if not is_stream[cell] or arriving[cell] > 1:
            break
    return path


def _middles(terrain: Terrain, path: list[int]) -> Grid:
    row, column = np.divmod(np.array(path), terrain.heights.shape[1])
    return np.column_stack([
        terrain.west + (column + 0.5) / STEPS, terrain.north - (row + 0.5) / STEPS
    ])  # fmt: skip


def smooth(points: Grid) -> LineString:
    """Take the steps of a grid out of a line: corners are cut twice (Chaikin, 1974), its ends stay.

    Examples
    --------
    >>> stairs = np.array([[0, 0], [0, 1], [1, 1], [1, 2], [2, 2]]) / 120
    >>> line = smooth(stairs)
    >>> tuple(line.coords[0]), bool(shapely.hausdorff_distance(LineString(stairs), line) < 0.0027)
    ((0.0, 0.0), True)
    """
    for _ in range(2):
        near, far = points[:-1] * 0.75 + points[1:] * 0.25, points[:-1] * 0.25 + points[1:] * 0.75
        cut = np.stack([near, far], axis=1).reshape(-1, 2)
        points = np.vstack([points[:1], cut[1:-1], points[-1:]])
    return _simple(LineString(points), TOLERANCE)


def _simple(line: LineString, tolerance: float) -> LineString:
    return LineString(shapely.get_coordinates(shapely.simplify(line, tolerance)))
