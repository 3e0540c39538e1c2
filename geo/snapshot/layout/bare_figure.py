"""A figure without title and notes, for slides and reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from geo.errors import FigureError
from geo.snapshot.content.content import Content
from geo.snapshot.content.frame import extent_of
from geo.snapshot.content.sizes import PageBox, Size
from geo.snapshot.layout.charted_page import (
    LEAST_MAP,
    boxes_beside,
    chart_in_box,
    map_scale,
    on_either_side,
    type_of,
)
from geo.snapshot.layout.columns import balance, columns_of, fill_columns
from geo.snapshot.layout.legend_figure import beside, legend_pieces, legend_rows
from geo.snapshot.layout.margins import foot, silence
from geo.snapshot.layout.mirroring import Page, in_direction
from geo.snapshot.layout.notes import Piece
from geo.snapshot.layout.typesetting import POINT, Item, move

_SHARES: Final = (0.24, 0.28, 0.32, 0.36, 0.4, 0.46)
"""Shares of the width tried for the legend, narrowest first; the layout with the largest map is
used."""
_GUTTER: Final = 14.0
"""Points between map and legend: more than a line, so that they read as two blocks."""
_ABOVE_FOOT: Final = 5.0
"""Points between the map and the record count."""
_INSET: Final = 1.5
"""Points between the edge and a legend that begins there: half the outline of a sign, which would
be cut off in a picture, and as much again."""
_LEAST_SHARE: Final = 0.85
"""Least scale of a map beside its legend relative to that of the map alone, where the legend may be
elsewhere: a sixth less is hardly noticed."""
_LEAST_MAP: Final = 90.0
"""Least height of the map in points: on a lower map the smallest badge would hide a province."""


@dataclass(frozen=True, slots=True)
class MapKey:
    """The legend, or its first parts, on a page of its own."""

    page: Page
    is_whole: bool


def lay_out_figure(
    content: Content, size: Size, recipe_hash: str, width_mm: float, height_mm: float
) -> Page:
    """The figure in a box of this size, with the legend where the map stays larger.

    Raises
    ------
    FigureError
        If map and legend do not fit together.
    """
    width, height = width_mm / POINT, height_mm / POINT
    everywhere = PageBox(0.0, 0.0, width, height)
    # All of it must fit: a figure has no second page.
    below = foot(content, size, everywhere, recipe_hash)
    available = replace(everywhere, height=height - below.height - _ABOVE_FOOT)
    found = _with_chart(content, size, available)
    if found is None or below.left_over:
        what = "map and legend" if content.chart is None else "map, legend and chart"
        raise FigureError(
            f"a figure of {width_mm:g} × {height_mm:g} mm has no room for its {what}; "
            "make it larger, or show fewer layers"
        )
    map_box, side = found
    foot_box = replace(everywhere, top=height - below.height, height=below.height)
    lowered = foot(content, size, foot_box, recipe_hash)
    items = (*side, *lowered.items, *silence(content, size, map_box))
    return in_direction(Page(width, height, items, map_box), content)


def lay_out_map(
    content: Content, size: Size, width_mm: float, height_mm: float, *, has_legend: bool
) -> Page:
    """The map in a box of this size without record count and credits, which slides set themselves.

    Parameters
    ----------
    has_legend
        Whether the legend is beside or below the map.

    Raises
    ------
    FigureError
        If map and legend do not fit together, or the map would be much smaller than by itself.
    """
    width, height = width_mm / POINT, height_mm / POINT
    everywhere = PageBox(0.0, 0.0, width, height)
    layouts = _layouts(content, size, everywhere) if has_legend else iter([(everywhere, ())])
    found = max(layouts, key=lambda one: _scale(content, one[0]), default=None)
    least = _scale(content, everywhere) * _LEAST_SHARE
    if found is None or _scale(content, found[0]) < least:
        raise FigureError(
            f"a map of {width_mm:g} × {height_mm:g} mm has no room for its legend; "
            "make it larger, or show fewer layers"
        )
    map_box, side = found
    legend = (replace(item, role="legend") for item in side)
    items = (*legend, *silence(content, size, map_box))
    return in_direction(Page(width, height, items, map_box), content)


def lay_out_key(content: Content, size: Size, width_mm: float, height_mm: float) -> MapKey | None:
    """As much of the legend as fits in a box: all of it, or its first parts; ``None`` for none.

    The first parts are the groups, without which a map cannot be read, and the verification status.
    """
    width, height = width_mm / POINT, height_mm / POINT
    count, box = len(content.legend), _inside(PageBox(0.0, 0.0, width, height))
    for parts in dict.fromkeys((count, 2, 1)):
        is_whole = parts == count
        more = [piece.block(box.width) for piece in beside(content, size)] if is_whole else []
        found = fill_columns([legend_rows(content, size, box.width, parts), *more], [box])
        if found.items and found.placed == 1 + len(more):
            items = tuple(replace(item, role="legend") for item in found.items)
            page = in_direction(Page(width, height, items), content)
            return MapKey(page, is_whole=is_whole)
    return None


def lay_out_legend(
    content: Content, size: Size, width_mm: float, height_mm: float
) -> tuple[Page, ...]:
    """The legend and what is not mapped, in two columns on as many pages as they need."""
    width, height = width_mm / POINT, height_mm / POINT
    columns = columns_of(_inside(PageBox(0.0, 0.0, width, height)), 2, _GUTTER)
    blocks = [piece.block(columns[0].width) for piece in _pieces(content, size, is_low=False)]
    pages = []
    while blocks:
        found = balance(blocks, columns)
        items = tuple(replace(item, role="legend") for item in found.items)
        pages.append(in_direction(Page(width, height, items), content))
        blocks = blocks[found.placed :]
        if found.rest is not None:
            blocks[0] = found.rest
    return tuple(pages)


def _with_chart(
    content: Content, size: Size, available: PageBox
) -> tuple[PageBox, tuple[Item, ...]] | None:
    """The layout with the largest map, and the chart where it leaves the map legible.

    That is the first of its sizes and sides that does, or else the one with the largest map.
    """
    whole = _largest(content, size, available)
    if content.chart is None or whole is None:
        return whole
    least = LEAST_MAP * _scale(content, whole[0])
    tried = list(_charted(content, size, available))
    legible = (one for one in tried if _scale(content, one[0]) >= least)
    return next(legible, max(tried, key=lambda one: _scale(content, one[0]), default=None))


def _charted(
    content: Content, size: Size, available: PageBox
) -> Iterator[tuple[PageBox, tuple[Item, ...]]]:
    """The layout with the largest map for each place of the chart in which it is legible."""
    assert content.chart is not None  # noqa: S101 - asked only where there is one
    for chart in on_either_side(content.chart):
        for box, left in boxes_beside(chart, type_of(size), available):
            drawn = chart_in_box(chart, size, box)
            found = _largest(content, size, left)
            if found is not None and drawn:
                yield found[0], (*found[1], *drawn)


def _largest(
    content: Content, size: Size, available: PageBox
) -> tuple[PageBox, tuple[Item, ...]] | None:
    layouts = _layouts(content, size, available)
    return max(layouts, key=lambda one: _scale(content, one[0]), default=None)


def _layouts(
    content: Content, size: Size, available: PageBox
) -> Iterator[tuple[PageBox, tuple[Item, ...]]]:
    """Every layout in which map and legend fit completely."""
    pieces = _pieces(content, size, is_low=False)
    if not pieces:
        yield available, ()
        return
    for share in _SHARES:
        side = available.width * share
        box = replace(available, left=available.width - side, width=side)
        found = fill_columns([piece.block(side) for piece in pieces], [box])
        if found.placed == len(pieces):
            yield replace(available, width=available.width - side - _GUTTER), found.items
    for number, is_low in ((1, True), (1, False), (2, False), (3, False)):
        columns = columns_of(_inside(available), number, _GUTTER)
        pieces = _pieces(content, size, is_low=is_low)
        found = balance([piece.block(columns[0].width) for piece in pieces], columns)
        high = available.height - found.bottom - _GUTTER / 2
        if found.placed == len(pieces) and high >= _LEAST_MAP:
            lower = tuple(move(item, 0.0, high + _GUTTER / 2) for item in found.items)
            yield replace(available, height=high), lower


def _inside(box: PageBox) -> PageBox:
    """The box without what a sign at its edge would be cut off by."""
    return replace(box, left=box.left + _INSET, width=box.width - 2 * _INSET)


def _pieces(content: Content, size: Size, *, is_low: bool) -> list[Piece]:
    return [*legend_pieces(content, size, is_low=is_low), *beside(content, size)]


def _scale(content: Content, box: PageBox) -> float:
    """The scale of the map in a box, in points per metre."""
    frame = content.frame
    if content.chart is not None:
        return map_scale(box, extent_of(frame))
    return min(box.width / (frame.right - frame.left), box.height / (frame.top - frame.bottom))
