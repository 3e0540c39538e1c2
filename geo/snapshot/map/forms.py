"""Icons for location precision: at the end of a leader, and in the legend."""

from __future__ import annotations

import shapely
from matplotlib.path import Path

from geo.snapshot.layout.signs import Pen, pin_path
from geo.snapshot.map.basemap import draw_hatch, path_of, rounded
from geo.snapshot.map.boxes import CanvasBox
from geo.wording.symbology import Form

_MARKER = 2.2
"""Radius in points of the dot at a place: visible, and smaller than any sign."""
_CROSS = 3.0
"""Half the length in points of the cross at the centre of a disc: a little more than a dot."""


def draw_marker(pen: Pen, form: Form, x: float, y: float) -> None:
    """Draw the end point of a leader: a dot, or a cross at the centre of a disc."""
    if form == "disc":
        cross = Path(
            [(x - _CROSS, y), (x + _CROSS, y), (x, y - _CROSS), (x, y + _CROSS)],
            [Path.MOVETO, Path.LINETO, Path.MOVETO, Path.LINETO],
        )
        pen.path(cross, line=pen.theme.land, width=2.8)
        pen.path(cross, line=pen.theme.ink, width=1.1)
        return
    dot = Path.circle((x, y), _MARKER)
    pen.path(dot, line=pen.theme.land, width=2.0)
    pen.path(dot, fill=pen.theme.ink)
    if form == "dot":
        pen.path(Path.circle((x, y), _MARKER * 0.45), fill=pen.theme.land)


def draw_form(pen: Pen, form: Form, box: CanvasBox) -> None:
    """Draw a kind of place for plates and the legend, filling a box of any size."""
    x, y = box.centre
    radius = min(box.width, box.height) / 2
    colour = pen.theme.muted
    if form == "pin":
        # A pin is 1.48 times as high as its head: 0.5 above the centre and 0.98 below.
        drop = radius * 2 / 1.48
        pen.path(pin_path(x, box.top - drop / 2, drop), fill=colour)
    elif form == "dot":
        pen.path(Path.circle((x, y), radius), fill=colour, opacity=0.25)
        pen.path(Path.circle((x, y), radius * 0.45), fill=colour)
    elif form == "disc":
        pen.path(Path.circle((x, y), radius), fill=colour, opacity=0.12)
        pen.path(Path.circle((x, y), radius), line=colour, width=1.0)
    elif form == "area":
        draw_hatch(pen, _rectangle(box), None, dotted=False)
    elif form == "region":
        pen.path(path_of(_rectangle(box)), line=colour, width=1.0, dash=(2.4, 1.5))


def draw_shade(pen: Pen, shade: int, box: CanvasBox) -> None:
    """Draw a step of the shading for the legend."""
    colour = pen.theme.shades[min(max(shade, 1), 5) - 1]
    pen.path(rounded(box, 1.5), fill=colour, line=pen.theme.border, width=0.6)


def _rectangle(box: CanvasBox) -> shapely.Polygon:
    return shapely.box(*box.edges)
