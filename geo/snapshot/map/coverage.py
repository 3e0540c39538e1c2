"""The veil over provinces of which few sources speak: hatched where none does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.snapshot.content.layers import COVERAGE
from geo.snapshot.layout.signs import Pen
from geo.snapshot.map.basemap import MapCanvas, path_of, rounded
from geo.snapshot.map.boxes import CanvasBox

_GAP: Final = 6.4
"""Points between two lines: wider than those of areas with records, and broken, and across them, so
that the two are never taken for each other."""
_DASH: Final = (3.4, 2.6)
"""Points of a dash and of the gap after it."""
_LINE: Final = 0.7
"""Width of a line in points, as of other hatches."""
_SILENT: Final = 0.6
"""Opacity of the lines: most of a country may be hatched."""
_VEILS: Final = (0.0, 0.14, 0.07, 0.0)
"""Opacity of the veil for each step of coverage: one source, two, and none of it from three on."""


def draw_coverage(pen: Pen, canvas: MapCanvas, steps: Mapping[str, int]) -> None:
    """Draw the step of each visible province, by its code."""
    names = {each.code: each.name for each in canvas.frame.country.provinces}
    for code, step in steps.items():
        if code in canvas.provinces:
            _draw(pen.within(COVERAGE, names[code]), canvas.provinces[code], step)


def draw_cover(pen: Pen, step: int, box: CanvasBox) -> None:
    """Draw a step for the legend."""
    pen.path(rounded(box, 1.5), fill=pen.theme.land)
    _draw(pen, shapely.box(*box.edges), step)
    pen.path(rounded(box, 1.5), line=pen.theme.border, width=0.6)


def _draw(pen: Pen, area: BaseGeometry, step: int) -> None:
    if step == 0:
        line = pen.theme.muted
        path = path_of(_falling_lines(area))
        pen.path(path, line=line, width=_LINE, dash=_DASH, opacity=_SILENT)
    elif _VEILS[step]:
        pen.path(path_of(area), fill=pen.theme.ink, opacity=_VEILS[step])


def _falling_lines(area: BaseGeometry) -> BaseGeometry:
    """Parallel lines from the upper left to the lower right, aligned across the whole map."""
    left, bottom, right, top = area.bounds
    step = _GAP * np.sqrt(2)
    sums = np.arange(np.floor((left + bottom) / step), np.ceil((right + top) / step) + 1) * step
    ends = np.stack(
        [np.column_stack([np.full_like(sums, at), sums - at]) for at in (left, right)], axis=1
    )
    lines: BaseGeometry = shapely.multilinestrings(ends.tolist())
    return lines.intersection(area)
