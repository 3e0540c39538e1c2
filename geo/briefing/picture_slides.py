"""The slide of a figure as one picture of map, legend, record count and credits."""

from __future__ import annotations

import io
from typing import Any, Final

from pptx.presentation import Presentation as Deck

from geo.briefing import powerpoint as decks
from geo.briefing.editorial_parts import add_logo, logo_height, logo_width, marking_height
from geo.briefing.imprints import list_in_deck
from geo.briefing.measuring import height_of
from geo.briefing.slide_size import MARGIN, TOP, SlideSize, slide_size_of
from geo.briefing.slide_text import CREDITS, fitting, title_size
from geo.briefing.wording import Paragraph, about_lines, note_lines, version
from geo.snapshot.content.sizes import PageBox
from geo.snapshot.output.in_png import find_in_png
from geo.snapshot.output.making import Snapshot

_TEXT: Final = 14.0
"""Size in points of the text above the figure, the least for text on a slide."""
_BESIDE: Final = 15.0
"""Size in points of the text beside a half-slide figure, where there is more room."""
_HEAD: Final = 34.0
"""Millimetres for title and subtitle, less than a fifth of the slide."""
_LEAST_MAP: Final = 118.0
"""Least height of the figure in millimetres; below it, the numbers of badges get too small."""
_HALF: Final = 158.0
"""Millimetres of the text column; the rest of the slide is the ``half-slide`` figure."""
_DPI: Final = 300
"""Resolution of the map: sharp when a slide is enlarged or printed."""
_BELOW: Final = 5.0
"""Millimetres below the lowest edge of the content of a slide."""
_ABOVE_FIGURE: Final = 9.0
"""Millimetres kept free between text and figure when text is cut to fit above it."""
_GAP: Final = 6.0
"""Millimetres between the text column and the figure beside it."""
_RIGHT: Final = 5.0
"""Millimetres at the right of a figure beside text: its credits have a margin of their own."""
_ASIDE_TITLE: Final = 60.0
"""Greatest height in millimetres of a title beside a figure, a third of the slide."""
_BELOW_TITLE: Final = 8.0
"""Millimetres from the top to the text, besides the title: :data:`TOP` and a little space."""


def add_picture_slide(deck: Deck, snapshot: Snapshot) -> tuple[Any, list[Paragraph]]:
    """Add the slide of a figure as a picture.

    Returns
    -------
    The slide, and the lines that did not fit on it.
    """
    page = slide_size_of(snapshot.size)
    is_half = snapshot.size.key == "half-slide"
    return (_half_slide if is_half else _whole_slide)(deck, snapshot, page)


def _whole_slide(deck: Deck, snapshot: Snapshot, page: SlideSize) -> tuple[Any, list[Paragraph]]:
    """Add the figure over the whole width; return the lines that did not fit above it."""
    content, width = snapshot.content, page.inner
    narrow = width - logo_width(content)
    size = title_size(content.title, narrow, _HEAD / 2)
    slide = decks.add_slide(deck, content.title, size=size, width=narrow)
    add_logo(slide, content, page.width - MARGIN, TOP)
    high = decks.title_height(content.title, size, narrow)
    top = TOP + max(high, logo_height(content))
    room = page.height - _LEAST_MAP - _ABOVE_FIGURE - top
    lines = [*about_lines(content), *note_lines(content)]
    kept, left_over = fitting(lines, _TEXT, width, room)
    used = height_of(kept, _TEXT, width)
    decks.add_text(slide, kept, PageBox(MARGIN, top, width, used), size=_TEXT)
    top += used + 1
    bottom = page.height - _BELOW - marking_height(content)
    _add_figure(deck, slide, snapshot, PageBox(MARGIN, top, width, bottom - top))
    return slide, left_over


def _half_slide(deck: Deck, snapshot: Snapshot, page: SlideSize) -> tuple[Any, list[Paragraph]]:
    """Add the figure on the right and the text on the left; return what did not fit."""
    content = snapshot.content
    left = MARGIN + _HALF + _GAP
    width = page.width - left - _RIGHT
    # A little narrower than the column, since text may run wider than estimated.
    column = _HALF - 4
    size = title_size(content.title, column, _ASIDE_TITLE)
    slide = decks.add_slide(deck, content.title, size=size, width=column)
    top = _BELOW_TITLE + decks.title_height(content.title, size, column)
    lines = [*about_lines(content), *note_lines(content)]
    logo, lowest = logo_height(content), page.height - _BELOW - _BELOW_TITLE
    kept, left_over = fitting(lines, _BESIDE, column, lowest - top - logo)
    add_logo(slide, content, MARGIN + logo_width(content), lowest - logo)
    box = PageBox(MARGIN, top, column, height_of(kept, _BESIDE, column))
    decks.add_text(slide, kept, box, size=_BESIDE)
    bottom = page.height - _BELOW - marking_height(content)
    _add_figure(deck, slide, snapshot, PageBox(left, TOP, width, bottom - TOP))
    said = [Paragraph(version(snapshot), "quiet")]
    # A line of 5 mm that ends as far above the edge of the slide.
    below = PageBox(MARGIN, page.height - 10, column, 5)
    decks.add_text(slide, said, below, size=CREDITS, name="Credits")
    return slide, left_over


def _add_figure(deck: Deck, slide: object, snapshot: Snapshot, box: PageBox) -> None:
    png = snapshot.figure(box.width, box.height, _DPI)
    decks.add_picture(slide, io.BytesIO(png), box, snapshot.content.alt_text)
    list_in_deck(deck, [find_in_png(png, "the figure")])
