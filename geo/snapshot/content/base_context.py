"""The base map in legend and credits: that it is context, what its signs mean, its sources."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from geo.places.country.base_map import BaseMap, PointKind
from geo.places.country.own_map import OwnCut
from geo.snapshot.content.content import LegendItem, LegendPart
from geo.snapshot.content.frame import Frame, web_zoom
from geo.snapshot.content.sizes import MM_PER_INCH, PIXELS_PER_INCH, Size
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
OWN: Final = "The added base map is context as well"


def base_legend(
    base: BaseMap | None, off: tuple[str, ...], frame: Frame, size: Size
) -> Iterator[LegendPart]:
    """The base-map part of the legend, if a base map is drawn.

    Parameters
    ----------
    off
        Parts of the base map that are switched off.
    """
    if base is None or set(base.parts) <= set(off):
        return
    kinds = () if "places" in off else _kinds_shown(base, frame, size)
    signs = (LegendItem(said, base=kind) for kind, said in _SIGNS.items() if kind in kinds)
    own = (LegendItem(OWN),) if base.own is not None and "own" not in off else ()
    context = (LegendItem(CONTEXT),) if {*base.parts} - {*off, "own"} else ()
    yield LegendPart("Base map", (*context, *own, *signs))


def base_credits(
    base: BaseMap | None, off: tuple[str, ...], own: OwnCut | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Credits and notes on age and accuracy of the base map; both empty if it is not drawn.

    Returns
    -------
    The credits and the notes, each a tuple of sentences.
    """
    if base is None or set(base.parts) <= set(off):
        return (), ()
    return base.credits, (*base.notes, *(own.notes if own is not None else ()))


def cut_for_figure(
    base: BaseMap | None, off: tuple[str, ...], frame: Frame, size: Size
) -> OwnCut | None:
    """What the figure draws of the user's own base map: what is in its frame and in the country.

    Raises
    ------
    IntakeError
        The file is damaged, or too detailed for a figure of this scale.
    """
    if base is None or base.own is None or "own" in off:
        return None
    x, y = (
        np.linspace(*ends, 17) for ends in ((frame.left, frame.right), (frame.bottom, frame.top))
    )
    lat, lon = frame.projection.inverse(*np.meshgrid(x, y))
    west, south, east, north = frame.country.provinces.whole.bounds
    box = (
        max(west, float(lon.min())), max(south, float(lat.min())),
        min(east, float(lon.max())), min(north, float(lat.max())),
    )  # fmt: skip
    # Print is finer than a screen: one zoom closer.
    return base.own.cut(box, math.ceil(_zoom(frame, size)) + 1)


def _kinds_shown(base: BaseMap, frame: Frame, size: Size) -> set[PointKind]:
    """The kinds of point in the frame that are prominent enough for its scale."""
    zoom = _zoom(frame, size)
    shown = [point for point in base.points if SCALES.point_zoom(point.kind, point.rank) <= zoom]
    lat, lon = (np.array([getattr(point, axis) for point in shown]) for axis in ("lat", "lon"))
    x, y = frame.projection.forward(lat, lon)
    is_in = (x > frame.left) & (x < frame.right) & (y > frame.bottom) & (y < frame.top)
    return {point.kind for point, here in zip(shown, is_in, strict=True) if here}


def _zoom(frame: Frame, size: Size) -> float:
    """The zoom of a web map of the same scale."""
    middle, _ = frame.projection.inverse(
        (frame.left + frame.right) / 2, (frame.bottom + frame.top) / 2
    )
    metres = (frame.right - frame.left) / (size.map_box.width * (PIXELS_PER_INCH / MM_PER_INCH))
    return web_zoom(metres, float(middle))
