"""The slide of a figure as native shapes, with its texts around them.

A map and its legend that do not fit on one slide are on two. Nothing but the credits is smaller
than 14 points.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from pptx.presentation import Presentation as Deck

from geo.briefing import powerpoint as decks
from geo.briefing.editorial_parts import add_logo, logo_height, logo_width
from geo.briefing.measuring import height_of
from geo.briefing.shapes import GroupTexts, add_drawing
from geo.briefing.slide_size import MARGIN, TOP, SlideSize, slide_size_of
from geo.briefing.slide_text import CREDITS, fitting, title_size
from geo.briefing.wording import Paragraph, about_lines, credit_lines, note_lines
from geo.errors import FigureError
from geo.snapshot.content.layers import CHART, LEGEND, PAGE, PAPER, RIMS, layer_texts
from geo.snapshot.content.sizes import PageBox
from geo.snapshot.layout.theme import theme_of
from geo.snapshot.output.drawing import Drawing
from geo.snapshot.output.making import Snapshot

LEAST: Final = 14.0
"""Points of the smallest letter on a slide but those of credits: it is read from the back of a
room."""
_HEAD: Final = 34.0
"""Millimetres for title and subtitle, less than a fifth of the slide."""
_ASIDE_TITLE: Final = 60.0
"""Greatest height in millimetres of a title beside a map, a third of the slide."""
_ASIDE_SIZE: Final = 22.0
"""Greatest size in points of a title beside a map: in a narrow column, a larger one is a tower."""
_LEAST_MAP: Final = 100.0
"""Least height of the map in millimetres, about half of the slide; half the width of a narrow one,
since a country that is wider than high would be no larger."""
_LEAST_WIDTH: Final = 150.0
"""Least width of a map beside a column in millimetres; where less is left, as on a 4:3 slide, a map
below the text is larger."""
_COLUMN: Final = 112.0
"""Millimetres of the text column beside the map, which is then as high as the slide and large."""
_HALF_COLUMN: Final = 150.0
"""Millimetres of the text column beside the map of a half slide."""
_GAP: Final = 4.0
"""Millimetres between map and text."""
_BELOW: Final = 6.0
"""Millimetres below the lowest edge of the content of a slide."""
_SPARE: Final = 4.0
"""Millimetres by which a column is narrower than its box, since text may run wider than
estimated."""
_SHOWN: Final = "What is shown"


@dataclass(frozen=True, slots=True)
class _MapSlide:
    """A slide with its texts, and the boxes in millimetres that are left for the map and a key.

    Parameters
    ----------
    key
        Where the legend, or the first parts of it, may be; ``None`` if it is to be beside the map.
    """

    slide: Any
    map: PageBox
    key: PageBox | None
    foot: PageBox
    left_over: list[Paragraph]


def add_map_slide(deck: Deck, snapshot: Snapshot, part: str = "") -> tuple[Any, list[Paragraph]]:
    """Add the slide of a map of shapes, and one of its legend where both do not fit on one.

    Parameters
    ----------
    part
        Name of the map in a deck of several, which have one legend in common; empty for one map.

    Returns
    -------
    The first slide, and the lines that did not fit on it.
    """
    column = _HALF_COLUMN if snapshot.size.key == "half-slide" else _COLUMN
    page = slide_size_of(snapshot.size)
    found = (
        _with_text_beside(deck, snapshot, page, column)
        if _fits_beside(snapshot, page, column)
        else _with_text_above(deck, snapshot, page)
    )
    chart = snapshot.chart_beside(found.map, LEAST)
    if chart is not None:
        found = replace(found, map=chart.map)
    drawing, has_legend = _map_and_legend(snapshot, found)
    _add(found.slide, snapshot, drawing, found.map)
    if chart is not None:
        _add(found.slide, snapshot, chart.drawing, chart.box, CHART)
    if found.key is not None:
        key = snapshot.key_drawing(found.key.width, found.key.height, LEAST)
        if key is not None:
            _add(found.slide, snapshot, key[0], found.key, LEGEND)
            has_legend = key[1]
    # Shapes are read in their order: the map before its record count and credits.
    _add_foot(found.slide, snapshot, found.foot)
    if snapshot.content.legend and not has_legend and not part:
        add_legend(deck, snapshot)
    if snapshot.content.chart is not None and chart is None:
        _add_chart_slide(deck, snapshot, f"{CHART}: {part}" if part else CHART)
    return found.slide, found.left_over


def _add_chart_slide(deck: Deck, snapshot: Snapshot, title: str) -> None:
    """Add the chart on a slide of its own."""
    page = slide_size_of(snapshot.size)
    width = page.inner
    top = TOP + decks.title_height(title, LEAST + 6, width) + _GAP
    box = PageBox(MARGIN, top, width, page.height - _BELOW - top)
    drawing = snapshot.chart_drawing(box.width, box.height, LEAST)
    slide = decks.add_slide(deck, title, size=LEAST + 6, width=width)
    _add(slide, snapshot, drawing, box, CHART)


def _map_and_legend(snapshot: Snapshot, found: _MapSlide) -> tuple[Drawing, bool]:
    """Return the map, with its legend where that is to be beside it and fits."""
    width, height = found.map.width, found.map.height
    if found.key is None:
        try:
            return snapshot.map_drawing(width, height, LEAST), True
        except FigureError:  # the legend needs a slide of its own
            pass
    return snapshot.map_drawing(width, height, LEAST, has_legend=False), False


def _with_text_above(deck: Deck, snapshot: Snapshot, page: SlideSize) -> _MapSlide:
    content, width, bottom = snapshot.content, page.inner, page.height - _BELOW
    narrow = width - logo_width(content)
    size = title_size(content.title, narrow, _HEAD / 2)
    slide = decks.add_slide(deck, content.title, size=size, width=narrow)
    add_logo(slide, content, page.width - MARGIN, TOP)
    top = TOP + max(decks.title_height(content.title, size, narrow), logo_height(content))
    foot = _foot_height(snapshot, width)
    room = bottom - foot - min(_LEAST_MAP, width / 2) - 2 * _GAP - top
    kept, left_over = fitting(_lines(snapshot), LEAST, width, room)
    used = height_of(kept, LEAST, width)
    decks.add_text(slide, kept, PageBox(MARGIN, top, width, used), size=LEAST, name=_SHOWN)
    top += used + _GAP / 2
    box = PageBox(MARGIN, top, width, bottom - foot - _GAP / 2 - top)
    below = PageBox(MARGIN, bottom - foot, width, foot)
    return _MapSlide(slide, box, None, below, left_over)


def _fits_beside(snapshot: Snapshot, page: SlideSize, column: float) -> bool:
    """Tell whether title, subtitle, record count and credits fit in a column beside a map."""
    if _map_beside(page, column).width < _LEAST_WIDTH:
        return False
    title, width = snapshot.content.title, column - _SPARE
    size = title_size(title, width, _ASIDE_TITLE, _ASIDE_SIZE)
    above = TOP + decks.title_height(title, size, width) + _GAP / 2
    # The editor's subtitle, if there is one, comes before what is shown.
    first = _lines(snapshot)[: 1 + bool(snapshot.content.editorial.subtitle)]
    needed = above + height_of(first, LEAST, width) + _GAP + logo_height(snapshot.content)
    return needed + _foot_height(snapshot, width) <= page.height - _BELOW


def _map_beside(page: SlideSize, column: float) -> PageBox:
    left = MARGIN + column + _GAP
    return PageBox(left, TOP, page.width - left - TOP, page.height - _BELOW - TOP)


def _with_text_beside(deck: Deck, snapshot: Snapshot, page: SlideSize, column: float) -> _MapSlide:
    content, width, lowest = snapshot.content, column - _SPARE, page.height - _BELOW
    size = title_size(content.title, width, _ASIDE_TITLE, _ASIDE_SIZE)
    slide = decks.add_slide(deck, content.title, size=size, width=width)
    top = TOP + decks.title_height(content.title, size, width) + _GAP / 2
    foot = _foot_height(snapshot, width)
    bottom = lowest - foot - logo_height(content)
    kept, left_over = fitting(_lines(snapshot), LEAST, width, bottom - _GAP - top)
    used = height_of(kept, LEAST, width)
    decks.add_text(slide, kept, PageBox(MARGIN, top, width, used), size=LEAST, name=_SHOWN)
    top += used + _GAP / 2
    key = PageBox(MARGIN, top, width, max(0.0, bottom - _GAP - top))
    add_logo(slide, content, MARGIN + logo_width(content), bottom)
    below = PageBox(MARGIN, lowest - foot, width, foot)
    return _MapSlide(slide, _map_beside(page, column), key, below, left_over)


def _lines(snapshot: Snapshot) -> list[Paragraph]:
    content = snapshot.content
    return [*about_lines(content), *note_lines(content)]


def _foot(snapshot: Snapshot) -> tuple[Paragraph, Paragraph]:
    credits_ = " ".join(line.text for line in credit_lines(snapshot))
    count = ". ".join(snapshot.content.ledgers)
    return Paragraph(count, "heading"), Paragraph(credits_, "quiet")


def _foot_height(snapshot: Snapshot, width: float) -> float:
    count, said = _foot(snapshot)
    return height_of([count], LEAST, width) + height_of([said], CREDITS, width)


def _add_foot(slide: Any, snapshot: Snapshot, box: PageBox) -> None:
    """Add record count and credits, which belong to the map wherever it is copied to."""
    count, said = _foot(snapshot)
    high = height_of([count], LEAST, box.width)
    above = PageBox(box.left, box.top, box.width, high)
    below = PageBox(box.left, box.top + high, box.width, box.height - high)
    decks.add_text(slide, [count], above, size=LEAST, name="Record count")
    decks.add_text(slide, [said], below, size=CREDITS, name="Credits")


def add_legend(deck: Deck, snapshot: Snapshot) -> None:
    """Add the legend on as many slides as it needs."""
    page = slide_size_of(snapshot.size)
    width, bottom = page.inner, page.height - _BELOW
    top = TOP + decks.title_height(LEGEND, LEAST + 6, width) + _GAP
    pages = snapshot.legend_drawings(width, bottom - top, LEAST)
    for number, drawing in enumerate(pages, start=1):
        title = f"{LEGEND} ({number} of {len(pages)})" if len(pages) > 1 else LEGEND
        slide = decks.add_slide(deck, title, size=LEAST + 6, width=width)
        _add(slide, snapshot, drawing, PageBox(MARGIN, top, width, bottom - top), LEGEND)


def _add(slide: Any, snapshot: Snapshot, drawing: Drawing, box: PageBox, name: str = "Map") -> None:
    content = snapshot.content
    theme = theme_of(snapshot.recipe.variant, content.editorial.colours.accent)
    # A slide has a background of its own, and its typeface other letters than these rims.
    items = tuple(
        item for item in drawing.items if item.layer != (PAGE, PAPER) and item.layer[1:] != (RIMS,)
    )
    texts = layer_texts(content)
    whole = content.alt_text if name == "Map" else texts[name]
    shapes = replace(drawing, items=items)
    add_drawing(slide, shapes, box, GroupTexts(name, whole, texts), theme.land)
