"""The base map in legend and credits: that it is context, what its signs mean, its sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from geo.places.country.base_map import BaseMap, PointKind
from geo.snapshot.content.content import LegendItem, LegendPart
from geo.snapshot.content.frame import Frame, web_zoom
from geo.snapshot.content.sizes import MM_PER_INCH, PIXELS_PER_INCH, Size
from geo.view import BASE_PARTS
from geo.wording.base_map import SCALES

CONTEXT: Final = (
    "Relief, rivers, towns and boundaries are context: they say nothing about incidents"
)
_SIGNS: Final[dict[PointKind, str]] = {
    "crossing": "Border crossing",
    "pass": "Pass",
    "peak": "Peak",
    "airfield": "Airfield",
}


def base_legend(
    base: BaseMap | None, off: tuple[str, ...], frame: Frame, size: Size
) -> Iterator[LegendPart]:
    """The base-map part of the legend, if a base map is drawn.

    Parameters
    ----------
    off
        Parts of the base map that are switched off.
    """
    if base is None or set(BASE_PARTS) <= set(off):
        return
    kinds = () if "places" in off else _kinds_shown(base, frame, size)
    signs = (LegendItem(said, base=kind) for kind, said in _SIGNS.items() if kind in kinds)
    yield LegendPart("Base map", (LegendItem(CONTEXT), *signs))


def base_credits(
    base: BaseMap | None, off: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Credits and notes on age and accuracy of the base map; both empty if it is not drawn.

    Returns
    -------
    The credits and the notes, each a tuple of sentences.
    """
    if base is None or set(BASE_PARTS) <= set(off):
        return (), ()
    return base.credits, base.notes


def _kinds_shown(base: BaseMap, frame: Frame, size: Size) -> set[PointKind]:
    """The kinds of point in the frame that are prominent enough for its scale."""
    middle, _ = frame.projection.inverse(
        (frame.left + frame.right) / 2, (frame.bottom + frame.top) / 2
    )
    pixels = size.map_box.width * (PIXELS_PER_INCH / MM_PER_INCH)
    metres = (frame.right - frame.left) / pixels
    zoom = web_zoom(metres, float(middle))
    shown = [point for point in base.points if SCALES.point_zoom(point.kind, point.rank) <= zoom]
    lat, lon = (np.array([getattr(point, axis) for point in shown]) for axis in ("lat", "lon"))
    x, y = frame.projection.forward(lat, lon)
    is_in = (x > frame.left) & (x < frame.right) & (y > frame.bottom) & (y < frame.top)
    return {point.kind for point, here in zip(shown, is_in, strict=True) if here}
