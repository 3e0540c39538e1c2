"""The last plans of maps, for figures that differ from one before them in their words only.

Whoever writes a title sees the figure anew after each change, and finding a place for everything
takes a third of the time of a figure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import cast

from geo.snapshot.content.content import Content
from geo.snapshot.map.basemap import MapCanvas
from geo.snapshot.map.plan import Plan
from geo.snapshot.map.planning import plan_map


def kept_plan(content: Content, canvas: MapCanvas, *type_sizes: float) -> Plan:
    """The plan of :func:`geo.snapshot.map.planning.plan_map`, made once for maps that are the same.

    Parameters
    ----------
    canvas
        One of :func:`geo.snapshot.map.map_figure.canvas_for`, which is the same for maps of the
        same part of the country and the same size.

    Returns
    -------
    Plan
        Possibly that of another figure: it is not to be changed.
    """
    return _plan(_AskedPlan(_without_words(content), canvas, type_sizes))


@dataclass(frozen=True, eq=False)
class _AskedPlan:
    """What decides a plan; it is compared, not hashed, since contents hold dictionaries."""

    content: Content
    canvas: MapCanvas
    type_sizes: tuple[float, ...]

    def __hash__(self) -> int:
        return hash((id(self.canvas), self.type_sizes, len(self.content.entries)))

    def __eq__(self, other: object) -> bool:
        asked = cast("_AskedPlan", other)
        return (
            self.canvas is asked.canvas
            and self.type_sizes == asked.type_sizes
            and self.content == asked.content
        )


def _without_words(content: Content) -> Content:
    """The content without what stands above or below the map, or nowhere on the page."""
    return replace(content, title="", note="", since="", alt_text="", name="", warnings=())


# A figure whose words, size and colours somebody changes; each holds some megabytes of a canvas.
@lru_cache(maxsize=4)
def _plan(asked: _AskedPlan) -> Plan:
    return plan_map(asked.content, asked.canvas, *asked.type_sizes)
