"""What the editor adds to the margins of a page: a marking above and below, a logo, a subtitle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from geo.errors import FigureError
from geo.snapshot.content.content import Content
from geo.snapshot.content.editorial.logo import Logo
from geo.snapshot.content.sizes import FOOT_SHARE, HEAD_SHARE, PageBox, Size
from geo.snapshot.layout.mirroring import Page
from geo.snapshot.layout.typesetting import (
    POINT,
    Block,
    Item,
    PlacedLogo,
    TextLine,
    TextStyle,
    baseline,
    paragraph,
    text_direction,
)
from geo.snapshot.lettering import width_of

_LOGO_HEIGHT: Final = 30.0
"""Greatest height of a logo in points: about that of a title with its subtitle."""
_LOGO_SHARE: Final = 0.2
"""Greatest width of a logo as a share of that of the page: the title is the larger."""
_BESIDE_LOGO: Final = 12.0
"""Points between the title and a logo."""


def beside_logo(logo: Logo | None, box: PageBox) -> tuple[tuple[PlacedLogo, ...], PageBox]:
    """Place a logo at the upper right of the head of a page.

    Returns
    -------
    The logo, if there is one, and the box that it leaves for the title.
    """
    if logo is None:
        return (), box
    width, height = logo_size(logo, _LOGO_HEIGHT, box.width * _LOGO_SHARE)
    left = box.left + box.width - width
    placed = PlacedLogo(left, box.top, width, height, logo.png)
    return (placed,), replace(box, width=box.width - width - _BESIDE_LOGO)


def logo_size(logo: Logo, most_height: float, most_width: float) -> tuple[float, float]:
    """The largest size of a logo within a height and a width, in their unit.

    Returns
    -------
    Width and height.
    """
    wide, high = logo.size
    scale = min(most_height / high, most_width / wide)
    return wide * scale, high * scale


def own_subtitle(content: Content, size: Size, width: float) -> Iterator[Block]:
    """The editor's subtitle, if there is one, as a block of its own below the title."""
    if said := content.editorial.subtitle:
        yield paragraph(said, TextStyle(size.text), width, "subtitle", before=2)


def with_marking(page: Page, content: Content, size: Size) -> Page:
    """A page with the editor's marking in its margins, unless there is none or it is there already.

    Raises
    ------
    FigureError
        It is wider than the page.
    """
    margin = size.map_box.left / POINT
    inner = PageBox(margin, 0.0, page.width - 2 * margin, page.height)
    lines = marking_lines(content, size, inner, (margin * HEAD_SHARE, margin * FOOT_SHARE))
    if not lines or lines[0] in page.items:
        return page
    return replace(page, items=(*lines[:1], *page.items, *lines[1:]))


def marking_lines(
    content: Content, size: Size, box: PageBox, margins: tuple[float, float]
) -> tuple[Item, ...]:
    """The marking in the middle of the margins above and below a page.

    Parameters
    ----------
    box
        The page, with its side margins taken off, in points.
    margins
        Heights of the margins above and below, in points.

    Raises
    ------
    FigureError
        It is wider than the page.
    """
    said = content.editorial.marking_line
    if not said:
        return ()
    sizes = (TextStyle(size.text, "bold"), TextStyle(size.fine, "bold"))
    found = [type_ for type_ in sizes if width_of(said, type_.size, type_.weight) <= box.width]
    if not found:
        most = int(len(said) * box.width / width_of(said, size.fine, "bold"))
        raise FigureError(
            f"marking: with its caveats it has {len(said)} characters; about {most} fit on one "
            f"line of {size.label}; shorten the caveats, or choose a wider size"
        )
    type_ = found[0]
    rtl = text_direction(said) == "rtl"
    wide = width_of(said, type_.size, type_.weight)
    x = box.left + (box.width + (wide if rtl else -wide)) / 2
    above, below = margins
    tops = ((above - type_.leading) / 2, box.top + box.height - (below + type_.leading) / 2)
    return tuple(TextLine(said, x, top + baseline(type_), type_, "fine", rtl) for top in tops)
