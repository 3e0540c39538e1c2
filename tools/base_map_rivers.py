"""Valley floors traced through a model of the terrain, where no free survey has the rivers.

Hollows are filled from their rims (Barnes, Lehman and Mulla, "Priority-flood", Computers &
Geosciences 62, 2014), so that water from every cell has a way out; what flows through a cell is
then summed up. A floor is drawn where the ground around it is hilly: over a plain, a model of 1 km
tells no river.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation, maximum_filter, minimum_filter
from shapely.geometry import LineString, Point
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
VALLEY: Final = 0.5
"""Share of a stretch over hilly ground from which it is drawn."""
PASSES: Final = 0.35
"""Share from which what is above it still reaches a river through it."""
LARGE_KM2: Final = 800
"""A stretch this large that reaches a river is drawn on less hilly ground as well."""
LOOSE: Final = 0.75
LOOSE_KM2: Final = 700
"""Share over hilly ground, and size, of a stretch that is drawn though it reaches no river."""
PLAIN_KM2: Final = 1_500
"""A river this large crosses a plain, if the plain is one of those named by hand."""
PLAIN_DRY: Final = 0.8
"""Share of its course there that is not the bottom of a basin."""
Boxes = tuple[tuple[float, float, float, float], ...]
"""West, south, east and north, in degrees."""
HOLLOW_M: Final = 40
"""Metres of filling from which a cell of a plain is the bottom of a basin, and no river."""
DEEP_M: Final = 250
"""Metres of filling from which any cell is: gorges narrower than a cell are filled by less."""
BURNT_M: Final = 4_000
"""Metres by which known rivers are cut into the model, more than any gorge that it does not show:
water near one runs into it and along it."""
BESIDE: Final = 3
"""Cells around a known river from which water belongs to it: its valley is not traced beside it."""
END_AROUND: Final = 3
"""Cells around the ends of a river among which the lowest tells the lower end."""
MOST_KNOWN_RANK: Final = 4
"""A river that a map of the world at 1 : 10 million shows is no brook, whatever the grid says."""
TOLERANCE: Final = 0.0025
"""Degrees, some 280 m: how far a line may be moved by simplifying. With smoothing, which cuts a
corner of the grid by less than a quarter of a cell, it stays within 500 m, half a cell."""
KNOWN_TOLERANCE: Final = 0.0015
"""The same for surveyed rivers."""
SHORTEST: Final = 3
"""Cells of the shortest line that is drawn: two cells have no direction of their own."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A line between two confluences, and the square kilometres above its lower end.

    Parameters
    ----------
    hilly
        Share of it over hilly ground.
    crosses
        Whether it is large enough to cross a plain that is known to be crossed.
    """

    above_km2: float
    line: LineString
    start: int
    end: int
    hilly: float = 1.0
    crosses: bool = False
    is_known: bool = False

    @property
    def rank(self) -> int:
        """1 for the largest, to 5."""
        rank = 1 + sum(self.above_km2 < least for least in RANKS_KM2)
        return min(rank, MOST_KNOWN_RANK) if self.is_known else rank


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
    parent, order, filled = _flooded(heights, _sinks(terrain, known))
    beside = binary_dilation(is_known, np.ones((BESIDE, BESIDE), dtype=bool))
    drainage = Drainage(parent, _summed(terrain, parent, order), filled, beside.ravel())
    around = maximum_filter(terrain.heights, AROUND) - minimum_filter(terrain.heights, AROUND)
    shapely.prepare(near)
    loose = list(_stretches(terrain, drainage, around.ravel(), plains))
    found = [_met(one, drainage, known) for one in _drawn(loose, drainage)]
    pieces = (piece for line in known for piece in _ranked(terrain, drainage, line))
    return (
        [one for one in found if near.intersects(one.line)],
        [part for one in pieces for part in _within(one, near)],
    )


def _sinks(terrain: Terrain, known: list[LineString]) -> list[int]:
    """Cells in which known rivers end without reaching another, as those of closed basins do.

    Without a way out there, such a basin would fill up to its rim, and its rivers run backwards.
    """
    ends = [Point(line.coords[at]) for line in known for at in (0, -1)]
    touching = shapely.STRtree(known).query(ends, predicate="dwithin", distance=0.5 / STEPS)[0]
    met = np.bincount(touching, minlength=len(ends))
    rows, columns = terrain.heights.shape
    sinks = []
    for at, _ in enumerate(known):
        cells = [_cell(terrain, end) for end in ends[2 * at : 2 * at + 2]]
        low = [_lowest(terrain, *cell) for cell in cells]
        lower = 0 if low[0] < low[1] else 1
        row, column = cells[lower]
        if met[2 * at + lower] == 1 and 0 <= row < rows and 0 <= column < columns:
            sinks.append(row * columns + column)
    return sinks


def _cell(terrain: Terrain, point: Point) -> tuple[int, int]:
    return int((terrain.north - point.y) * STEPS), int((point.x - terrain.west) * STEPS)


def _lowest(terrain: Terrain, row: int, column: int) -> float:
    """Metres of the lowest ground around a cell; none is lower than what is outside the model."""
    top, left = max(row - END_AROUND, 0), max(column - END_AROUND, 0)
    around = terrain.heights[top : row + END_AROUND + 1, left : column + END_AROUND + 1]
    return float(around.min()) if around.size else -np.inf


def _drawn(stretches: list[Stretch], drainage: Drainage) -> list[Stretch]:
    """Those in valleys that lead to a river, and large valleys that lead to none."""
    by_start = {one.start: one for one in stretches}
    reaches: dict[int, bool] = {}
    for one in stretches:
        # Down to a river, to a stretch that is decided, or to an end; then back up.
        way, here = [], one
        while here.start not in reaches and (here.hilly > PASSES or here.crosses):
            way.append(here)
            if drainage.is_known[here.end] or here.end not in by_start:
                break
            here = by_start[here.end]
        is_reaching = (
            reaches[here.start]
            if here.start in reaches
            else bool(way) and here is way[-1] and bool(drainage.is_known[here.end])
        )
        reaches |= {each.start: is_reaching for each in way}
        reaches.setdefault(one.start, False)
    return [
        one for one in stretches
        if (reaches[one.start] and (one.hilly > VALLEY or one.above_km2 > LARGE_KM2))
        or (one.hilly > LOOSE and one.above_km2 > LOOSE_KM2)
    ]  # fmt: skip


def _met(one: Stretch, drainage: Drainage, known: list[LineString]) -> Stretch:
    """A stretch that ends beside a known river, led to it."""
    if not drainage.is_known[one.end]:
        return one
    end = Point(one.line.coords[-1])
    river = min(known, key=end.distance)
    mouth = river.interpolate(river.project(end))
    return replace(one, line=LineString([*one.line.coords[:-1], mouth.coords[0]]))


def _within(one: Stretch, near: BaseGeometry) -> Iterator[Stretch]:
    for part in shapely.get_parts(one.line.intersection(near)).tolist():
        if part.geom_type == "LineString" and part.length >= SHORTEST / STEPS:
            yield replace(one, line=part)


def _ranked(terrain: Terrain, drainage: Drainage, line: LineString) -> Iterator[Stretch]:
    """Cut a known river where its rank changes, looked at about every 0.25 degrees."""
    count = max(1, round(line.length / 0.25))
    above = drainage.above_km2.reshape(terrain.heights.shape)
    pieces = []
    for at in range(count):
        part = LineString(
            shapely.get_coordinates(substring(line, at / count, (at + 1) / count, normalized=True))
        )
        cells = _cells_of(terrain, [part])
        largest = float(above[cells].max()) if cells.any() else 0.0
        pieces.append(Stretch(largest, part, -1, -1, is_known=True))
    for _, alike in groupby(pieces, key=lambda piece: piece.rank):
        run = list(alike)
        points = np.concatenate([shapely.get_coordinates(piece.line) for piece in run])
        yield replace(run[0], line=_simple(LineString(points), KNOWN_TOLERANCE))


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


def _flooded(
    heights: Grid, sinks: Iterable[int]
) -> tuple[NDArray[np.int64], NDArray[np.int64], Grid]:
    """Parent of each cell, all cells from the outlets upwards, and metres of filling.

    Parameters
    ----------
    sinks
        Cells from which water goes nowhere.
    """
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
    inner = np.arange(padded.size).reshape(padded.shape)[1:-1, 1:-1].ravel()
    ends = {*np.flatnonzero(edge).tolist(), *inner[list(sinks)].tolist()}
    heap = [(level[cell], cell) for cell in sorted(ends)]
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
        hilly = np.mean(is_hilly[inside] & (drainage.filled_m[inside] < DEEP_M))
        crosses = (
            last >= PLAIN_KM2
            and _is_in(plains, *points[len(points) // 2])
            and np.mean(drainage.filled_m[inside] < HOLLOW_M) > PLAIN_DRY
        )
        yield Stretch(last, smooth(points), path[0], path[-1], float(hilly), bool(crosses))


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
