"""A page as it is laid out, and the same page from right to left.

Everything but the map, which keeps its directions, changes sides. A text of several lines keeps
the side at which its own script begins.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from geo.snapshot.content.content import Content
from geo.snapshot.content.sizes import PageBox
from geo.snapshot.layout.typesetting import Item, TextLine
from geo.snapshot.lettering import width_of

RIGHT_TO_LEFT: Final = frozenset({"fa", "ps"})
"""Languages of fixed words that are written from right to left."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page ready to be drawn.

    Parameters
    ----------
    map
        Position of the map; only the first page has one.
    """

    width: float
    height: float
    items: tuple[Item, ...]
    map: PageBox | None = None


def in_direction(page: Page, content: Content) -> Page:
    """The page in the direction of the language of its figure."""
    if content.editorial.language not in RIGHT_TO_LEFT:
        return page
    items = tuple(_mirrored(item, page.width) for item in page.items)
    box = page.map
    turned = box and replace(box, left=page.width - box.left - box.width)
    return replace(page, items=items, map=turned)


def _mirrored(item: Item, page_width: float) -> Item:
    if not isinstance(item, TextLine):
        return replace(item, x=page_width - item.x - item.width)
    width = item.across or width_of(item.text, item.type.size, item.type.weight)
    if item.rtl:
        # It begins at its right end, which was that of its box and is again.
        return replace(item, x=page_width - (item.x - width))
    return replace(item, x=page_width - item.x - width)
