"""A series as a PowerPoint deck: a title, the legend, a slide of shapes for each map, the lists.

Numbers are those of the whole series: a record has one on all slides, and one row in the notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pptx.presentation import Presentation as Deck

from geo.briefing import powerpoint as decks
from geo.briefing.editorial_parts import add_logo, logo_height, logo_width
from geo.briefing.imprints import list_in_deck
from geo.briefing.map_slides import LEAST, add_legend, add_map_slide
from geo.briefing.measuring import height_of
from geo.briefing.slide_size import MARGIN, TOP, slide_size_of
from geo.briefing.slide_tables import TableRow, add_tables
from geo.briefing.slide_text import ABOUT, CREDITS, fitting, title_size
from geo.briefing.slides import add_lists, finished, record_rows, spoken
from geo.briefing.wording import Paragraph, about_lines, credit_lines, note_lines, source_lines
from geo.snapshot.content.sizes import PageBox
from geo.snapshot.layout.theme import theme_of
from geo.snapshot.output.making import Snapshot

_SPACE: Final = 12.0
"""Millimetres between the title of a deck and what is shown in it."""
_TITLE_SHARE: Final = 0.4
"""Greatest share of the height of the title slide for the title."""
_BOTTOM: Final = 6.0
"""Millimetres below the credits."""
_GAP: Final = 4.0
"""Millimetres between what is shown and the credits."""


@dataclass(frozen=True, slots=True)
class SeriesSlide:
    """A map of a series and its name, such as ``May 2022``."""

    name: str
    figure: Snapshot


def series_slides(whole: Snapshot, maps: Iterable[SeriesSlide], imprint: str) -> bytes:
    """Return a series as a PPTX; the same series gives the same bytes.

    Parameters
    ----------
    whole
        The series as one figure: its title, record count, notes, sources and legend.
    imprint
        What the file carries, as text.
    """
    content, page = whole.content, slide_size_of(whole.size)
    theme = theme_of(whole.recipe.variant, content.editorial.colours.accent)
    deck = decks.new_deck(content, theme, page)
    add_lists(deck, ABOUT, _add_title(deck, whole), page)
    if content.legend:
        add_legend(deck, whole)
    for one in maps:
        slide, left_over = add_map_slide(deck, one.figure, one.name)
        decks.add_notes(deck, slide, spoken(one.figure))
        add_lists(deck, f"About {one.name}", left_over, page)
    say = content.words.say
    rows = list(record_rows(content))
    add_tables(deck, say("Notes"), ("No.", "Record", "Sources"), rows, theme, page)
    sources = [TableRow(line) for line in source_lines(content)]
    add_tables(deck, say("Sources"), ("No.", "Source"), sources, theme, page)
    list_in_deck(deck, [imprint])
    return finished(deck, content, page)


def _add_title(deck: Deck, whole: Snapshot) -> list[Paragraph]:
    """Add the title slide; return the lines that did not fit on it."""
    content, page = whole.content, slide_size_of(whole.size)
    width = page.inner - logo_width(content)
    size = title_size(content.title, width, page.height * _TITLE_SHARE)
    slide = decks.add_slide(deck, content.title, size=size, width=width)
    add_logo(slide, content, page.width - MARGIN, TOP)
    high = max(decks.title_height(content.title, size, width), logo_height(content))
    top = TOP + high + _SPACE
    said = Paragraph(" ".join(line.text for line in credit_lines(whole)), "quiet")
    foot = height_of([said], CREDITS, page.inner)
    bottom = page.height - _BOTTOM - foot
    kept, left_over = fitting(list(_shown(whole)), LEAST, page.inner, bottom - _GAP - top)
    box = PageBox(MARGIN, top, page.inner, height_of(kept, LEAST, page.inner))
    decks.add_text(slide, kept, box, size=LEAST, name="What is shown")
    below = PageBox(MARGIN, bottom, page.inner, foot)
    decks.add_text(slide, [said], below, size=CREDITS, name="Credits")
    return left_over


def _shown(whole: Snapshot) -> Iterator[Paragraph]:
    content = whole.content
    subtitle, *rest = about_lines(content)
    yield subtitle
    yield from (Paragraph(ledger, "heading") for ledger in content.ledgers)
    yield from (*rest, *note_lines(content))
