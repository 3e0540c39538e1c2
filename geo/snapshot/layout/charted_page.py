"""Where the chart of a figure is on its page: below the map or beside it, with the legend in view.

Nothing here knows the formats: the chart takes space from the map, or from the notes beside or
below it, whichever leaves the map larger and the legend whole. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from geo.counts.bounds import UNITS
from geo.errors import FigureError
from geo.snapshot.content.chart_choice import ChartSide
from geo.snapshot.content.content import Content
from geo.snapshot.content.figure_chart import FigureChart
from geo.snapshot.content.frame import Frame, extent_of
from geo.snapshot.content.sizes import SIZES, PageBox, Size
from geo.snapshot.layout.chart_block import ChartType, lay_out_chart, usual_height
from geo.snapshot.layout.typesetting import POINT, Item, move

_BETWEEN: Final = 12.0
"""Points between the map and its chart: more than a line, so that they read as two."""
_OF_MAP: Final = (0.34, 0.4, 0.46, 0.52)
"""Shares of the map that a chart takes; the first with which it is legible is used, since the map
comes first."""
LEAST_MAP: Final = 0.6
"""Least scale of the map beside a chart relative to that without one: on a smaller map, badges hide
what is below them, and the chart has a page of its own."""
_OF_NOTES: Final = (0.66, 0.56, 0.46, 0.36)
"""Shares of the column or band of notes that a chart takes; the largest that leaves the legend
whole is used, since notes continue on the next page."""
_HIGHEST: Final = 0.75
"""Greatest height of a chart on a page of its own relative to its width: higher ones are towers."""


@dataclass(frozen=True, slots=True)
class ChartedPage:
    """A page with its chart: the boxes that are left for map and notes, and what is drawn."""

    map: PageBox
    side: PageBox
    items: tuple[Item, ...]


def type_of(size: Size) -> ChartType:
    """The sizes of type of a chart on a page of this size."""
    return ChartType(size.text, size.small)


def place_chart(
    content: Content, size: Size, map_box: PageBox, side: PageBox,
    has_legend: Callable[[PageBox], bool],
) -> ChartedPage | None:  # fmt: skip
    """Place the chart of a figure on its first page, on the side on which it is wanted.

    Where it has no room there, it is on the other side.

    Parameters
    ----------
    has_legend
        Whether the legend fits into a box beside or below the map.

    Returns
    -------
    ChartedPage or None
        ``None`` if map, legend and chart have no room on one page, or the figure has no chart.
    """
    if content.chart is None:
        return None
    extent = extent_of(content.frame)
    for chart in on_either_side(content.chart):
        for box, left in _from_notes(chart, size, map_box, side):
            if has_legend(left) and (items := chart_in_box(chart, size, box)):
                return ChartedPage(map_box, left, items)
        for box, left in boxes_beside(chart, type_of(size), map_box):
            items = chart_in_box(chart, size, box)
            if items and map_scale(left, extent) >= LEAST_MAP * map_scale(map_box, extent):
                return ChartedPage(fit_detail(content.frame, left), side, items)
    return None


def on_either_side(chart: FigureChart) -> tuple[FigureChart, FigureChart]:
    """The chart on the side on which it is wanted, and on the other.

    Returns
    -------
    The chart twice.
    """
    other: ChartSide = "beside" if chart.side == "below" else "below"
    return chart, replace(chart, side=other)


def map_scale(box: PageBox, extent: tuple[float, float]) -> float:
    """The scale in points per metre of a map that shows this width and height in metres."""
    return min(box.width / extent[0], box.height / extent[1])


def boxes_beside(
    chart: FigureChart, type_: ChartType, box: PageBox
) -> Iterator[tuple[PageBox, PageBox]]:
    """The ways to divide a box: each with what is the chart's, and what is left."""
    for share in _OF_MAP:
        if chart.side == "below":
            high = min(box.height * share, usual_height(chart, type_, box.width))
            top = box.top + box.height - high
            yield (
                replace(box, top=top, height=high),
                replace(box, height=box.height - high - _BETWEEN),
            )
        else:
            wide = box.width * share
            high = min(box.height, usual_height(chart, type_, wide))
            yield (
                PageBox(box.left + box.width - wide, box.top, wide, high),
                replace(box, width=box.width - wide - _BETWEEN),
            )


def chart_on_own_page(chart: FigureChart, size: Size, box: PageBox) -> tuple[Item, ...]:
    """The chart over the whole of a page, as wide as the page.

    Raises
    ------
    FigureError
        It is too small even so.
    """
    high = min(box.height, box.width * _HIGHEST, usual_height(chart, type_of(size), box.width))
    for each in dict.fromkeys((high, box.height)):
        if items := chart_in_box(chart, size, replace(box, height=each)):
            return items
    raise no_room(chart, box)


def fit_detail(frame: Frame, box: PageBox) -> PageBox:
    """The part of a box that a map of a detail fills; all of it for the whole country.

    A frame of other proportions would be widened, and show land whose records are not drawn.
    """
    if not frame.is_detail:
        return box
    aspect = (frame.right - frame.left) / (frame.top - frame.bottom)
    wide = min(box.width, box.height * aspect)
    left = box.left + (box.width - wide) / 2
    return replace(box, left=left, width=wide, height=min(box.height, wide / aspect))


def no_room(chart: FigureChart, box: PageBox) -> FigureError:
    """The refusal of a chart without room in a box of points, with the sizes that hold it."""
    holding = [size.label for size in SIZES.values() if _holds(chart, size)]
    fixes = ["a shorter period", "a longer unit"] if chart.chart.by in UNITS else ["fewer rows"]
    sizes = f", or a size that holds it: {'; '.join(holding)}" if holding else ""
    return FigureError(
        f"a chart with {len(chart.chart.groups):,} rows has no room in {box.width * POINT:.0f} × "
        f"{box.height * POINT:.0f} mm; choose {' or '.join(fixes)}{sizes}"
    )


def _holds(chart: FigureChart, size: Size) -> bool:
    """Whether a page of this size holds a chart on its own."""
    width, height = (side / POINT for side in (size.width, size.height))
    margin = size.map_box.left / POINT
    box = PageBox(margin, 3 * margin, width - 2 * margin, height - 6 * margin)
    return chart_in_box(chart, size, box) is not None


def _from_notes(
    chart: FigureChart, size: Size, map_box: PageBox, side: PageBox
) -> Iterator[tuple[PageBox, PageBox]]:
    """Boxes at the head of the notes, where these are on the side on which the chart is wanted."""
    is_below = side.top >= map_box.top + map_box.height
    if is_below != (chart.side == "below"):
        return
    for share in _OF_NOTES:
        high = min(side.height * share, usual_height(chart, type_of(size), side.width))
        top = side.top + high + _BETWEEN
        left = replace(side, top=top, height=side.top + side.height - top)
        yield replace(side, height=high), left


def chart_in_box(chart: FigureChart, size: Size, box: PageBox) -> tuple[Item, ...] | None:
    """The chart in a box of a page; ``None`` if it has no room there."""
    items = lay_out_chart(chart, type_of(size), box.width, box.height)
    return items and tuple(move(item, box.left, box.top) for item in items)
