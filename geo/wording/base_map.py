"""The zoom from which each part of the base map is drawn, in the document and in figures.

Zoom is that of a web map: at zoom 0 the world is 256 pixels wide, and each further step doubles
it. The values were chosen by eye, so that a map of Afghanistan is legible at every zoom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class BaseScales:
    """The zooms from which the parts of the base map are drawn.

    Parameters
    ----------
    relief
        Pairs of zoom and opacity (0 to 1), linear in between. The relief fades out because its
        cells of 1 km show as blocks when it is enlarged.
    rivers, river_widths
        First zoom, and width of the line in pixels, by rank from 1.
    lakes
        Pairs of least area in km2 and first zoom, the largest lakes first.
    district_lines, district
        First zoom of the lines between districts, and of their names.
    towns, airfields
        First zoom, by rank from 1.
    crossing, pass_, peak
        First zoom of border crossings, passes and peaks.
    own_roads, own_road_widths
        Of the user's own base map: first zoom and width in pixels of roads, by rank from 1.
    own_lines
        First zoom of its railways, streams and other lines.

    Examples
    --------
    A lake of 3 km2 is drawn from zoom 9.5 on, and a town of an unknown rank never:

    >>> SCALES.lake_zoom(3), SCALES.town_zoom(7)
    (9.5, inf)
    """

    relief: tuple[tuple[float, float], ...]
    rivers: tuple[float, ...]
    river_widths: tuple[float, ...]
    lakes: tuple[tuple[float, float], ...]
    district_lines: float
    district: float
    towns: tuple[float, ...]
    airfields: tuple[float, ...]
    crossing: float
    pass_: float
    peak: float
    own_roads: tuple[float, ...]
    own_road_widths: tuple[float, ...]
    own_lines: float

    def relief_opacity(self, zoom: float) -> float:
        """The opacity of the relief at a zoom, from 0 to 1."""
        steps = self.relief
        if zoom <= steps[0][0]:
            return steps[0][1]
        for (low, start), (high, end) in pairwise(steps):
            if zoom <= high:
                return start + (zoom - low) / (high - low) * (end - start)
        return steps[-1][1]

    def lake_zoom(self, area_km2: float) -> float:
        """The first zoom of a lake of this area."""
        return next((zoom for least, zoom in self.lakes if area_km2 >= least), float("inf"))

    def river_zoom(self, rank: int) -> float:
        """The first zoom of a river of this rank."""
        return _of_rank(self.rivers, rank)

    def town_zoom(self, rank: int) -> float:
        """The first zoom of a town of this rank."""
        return _of_rank(self.towns, rank)

    def airfield_zoom(self, rank: int) -> float:
        """The first zoom of an airfield of this rank."""
        return _of_rank(self.airfields, rank)

    def point_zoom(self, kind: str, rank: int) -> float:
        """The first zoom of a town, an airfield, a crossing, a pass or a peak."""
        if kind == "town":
            return self.town_zoom(rank)
        if kind == "airfield":
            return self.airfield_zoom(rank)
        return {"crossing": self.crossing, "pass": self.pass_, "peak": self.peak}[kind]

    def to_json(self) -> dict[str, Any]:
        """The scales as JSON values for the map document.

        Returns
        -------
        dict
            Every field under its name in camel case (``riverWidths``), with ``pass`` for `pass_`.
        """
        names = {
            "river_widths": "riverWidths",
            "district_lines": "districtLines",
            "pass_": "pass",
            "own_roads": "ownRoads",
            "own_road_widths": "ownRoadWidths",
            "own_lines": "ownLines",
        }
        return {names.get(name, name): value for name, value in asdict(self).items()}


def _of_rank(zooms: Sequence[float], rank: int) -> float:
    return zooms[rank - 1] if 1 <= rank <= len(zooms) else float("inf")


SCALES: Final = BaseScales(
    relief=((9, 1), (10, 0.6), (11, 0.3), (12, 0)),
    rivers=(5, 5.5, 7, 8, 9),
    river_widths=(1.7, 1.25, 0.9, 0.6, 0.4),
    lakes=((40, 5.5), (5, 8), (0, 9.5)),
    district_lines=7.5,
    district=9,
    towns=(5, 5.5, 6.5, 7.5, 8.75, 9.5),
    airfields=(8, 9, 10),
    crossing=7.5,
    pass_=7.5,
    peak=8.5,
    own_roads=(5, 6.5, 8, 9, 10.5, 11.5),
    own_road_widths=(1.6, 1.3, 1.0, 0.8, 0.6, 0.6),
    own_lines=8,
)
"""The scales of every base map that this program draws, chosen by eye (see the module)."""
