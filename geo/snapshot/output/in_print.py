"""A PDF for a print shop: pages with bleed and crop marks, and boxes that say where to cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from geo.snapshot.layout.typesetting import POINT, Panel, move
from geo.snapshot.output.writing import FigurePage

_MARK: Final = 5.0
"""Millimetres of a crop mark, beyond the bleed."""
_LINE: Final = 0.7
"""Width of a crop mark in points: the thinnest line that figures have."""


def for_print(figure_page: FigurePage) -> FigurePage:
    """The page with bleed and crop marks around it; unchanged, if its editor asks for no bleed."""
    bleed = figure_page.content.editorial.bleed
    if not bleed:
        return figure_page
    page, aside = figure_page.page, _aside(bleed)
    box = page.map
    moved = tuple(move(item, aside, aside) for item in page.items)
    wider = replace(
        page,
        width=page.width + 2 * aside,
        height=page.height + 2 * aside,
        items=(*moved, *_crop_marks(page.width, page.height, bleed)),
        map=box and replace(box, left=box.left + aside, top=box.top + aside),
    )
    return replace(figure_page, page=wider)


def print_boxes(page: Sequence[float], bleed: float) -> dict[str, list[float]]:
    """The boxes of what is cut and of what is printed (ISO 32000-1:2008, 14.11.2).

    Parameters
    ----------
    page
        The media box: left, lower, right and upper edge in points.
    bleed
        Millimetres on each side; 0 for a page that is not cut.

    Returns
    -------
    dict of str to list of float
        Each box by its name; none without bleed.
    """
    if not bleed:
        return {}
    _, _, width, height = page
    return {
        name: [inset, inset, width - inset, height - inset]
        for name, inset in (("TrimBox", _aside(bleed)), ("BleedBox", _MARK / POINT))
    }


def _aside(bleed: float) -> float:
    """Points from the edge of the sheet to the edge of the page."""
    return (bleed + _MARK) / POINT


def _crop_marks(width: float, height: float, bleed: float) -> Iterator[Panel]:
    """Two lines at each corner of a page, none of them within the bleed."""
    aside, long = _aside(bleed), _MARK / POINT
    half = _LINE / 2
    for x in (aside, aside + width):
        for y in (0.0, height + 2 * aside - long):
            yield Panel(x - half, y, _LINE, long, "ink")
    for y in (aside, aside + height):
        for x in (0.0, width + 2 * aside - long):
            yield Panel(x, y - half, long, _LINE, "ink")
