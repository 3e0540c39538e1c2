"""What is around the provinces that a figure is about: muted, so that these are seen first."""

from __future__ import annotations

from typing import Final

import shapely

from geo.snapshot.content.layers import SURROUNDINGS
from geo.snapshot.layout.signs import Pen
from geo.snapshot.map.basemap import MapCanvas, path_of

_VEIL: Final = 0.6
"""Opacity of the veil over the surroundings: what is below it stays legible, and pale."""
_OUTLINE: Final = 1.5
"""Width in points of the outline of these provinces: stronger than that of the country, 1 point."""


def draw_surroundings(pen: Pen, canvas: MapCanvas, *, is_shaded: bool) -> None:
    """Mute all but the provinces that the map is about, and outline these.

    Parameters
    ----------
    is_shaded
        Whether provinces have shades that are compared with the legend: nothing is muted then.
    """
    shapes = [canvas.provinces[code] for code in canvas.frame.focus if code in canvas.provinces]
    if not shapes:
        return
    focus = shapely.union_all(shapes)
    around = pen.within(SURROUNDINGS)
    if not is_shaded:
        rest = shapely.difference(shapely.box(*canvas.box.edges), focus)
        around.path(path_of(rest), fill=pen.theme.surface, opacity=_VEIL)
    edge = path_of(canvas.inner(focus.boundary))
    around.above(0.05).path(edge, line=pen.theme.muted, width=_OUTLINE)
