"""Write a snapshot as a PowerPoint deck: the figure on a slide, then its numbers and sources.

Everything is native: texts, tables, and a map of shapes in named groups, from
:mod:`geo.briefing.map_slides`. As a picture, map, legend and record count are one PNG instead, of
which nothing is lost when somebody copies it. The notes of the first slide contain all numbers and
sources with their links.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Final

from pptx.presentation import Presentation as Deck

from geo.briefing import powerpoint as decks
from geo.briefing.chart_tables import add_chart_table, chart_lines
from geo.briefing.editorial_parts import mark_slides, turn_slides
from geo.briefing.imprints import bind_to_shape, list_in_deck
from geo.briefing.map_slides import add_map_slide
from geo.briefing.measuring import height_of, split
from geo.briefing.noted_shapes import figure_in, note_shapes
from geo.briefing.packing import repack
from geo.briefing.picture_slides import add_picture_slide
from geo.briefing.slide_size import SlideSize, slide_size_of
from geo.briefing.slide_tables import TableRow, add_tables
from geo.briefing.slide_text import ABOUT
from geo.briefing.wording import (
    Paragraph,
    about_lines,
    credit_lines,
    event_lines,
    note_lines,
    record_lines,
    source_lines,
    unmapped_heading,
)
from geo.snapshot.content.content import Content
from geo.snapshot.content.recipe import clean_line
from geo.snapshot.layout.notes import references
from geo.snapshot.layout.theme import theme_of
from geo.snapshot.output.making import Snapshot

_LISTED: Final = (16.0, 14.0)
"""Sizes of the lists in points; the first with which they fit on one slide is used, and the last
is the least for text on a slide."""
_ABREAST: Final = 2
"""Columns of a slide; the template's layout has two."""


def slides(snapshot: Snapshot, *, as_picture: bool = False) -> bytes:
    """Return the snapshot as a PPTX; the same snapshot gives the same bytes.

    Slides are 4:3 or square if the figure's size is, and otherwise 16:9. ``half-slide`` puts the
    figure on the right half and the text on the left. Text that does not fit beside the figure
    continues on further slides.

    Parameters
    ----------
    as_picture
        Whether the map with its legend is one picture, not shapes that can be edited.
    """
    return _made(snapshot, as_picture=as_picture)[0]


def noted_slides(snapshot: Snapshot) -> tuple[bytes, str]:
    """Return the snapshot as a PPTX of shapes, and the note of them as text.

    Returns
    -------
    The bytes of the deck, and the text; empty if the figure carries no recipe.
    """
    return _made(snapshot, as_picture=False)


def _made(snapshot: Snapshot, *, as_picture: bool) -> tuple[bytes, str]:
    content = snapshot.content
    theme = theme_of(snapshot.recipe.variant, content.editorial.colours.accent)
    page = slide_size_of(snapshot.size)
    deck = decks.new_deck(content, theme, page)
    add = add_picture_slide if as_picture else add_map_slide
    first, left_over = add(deck, snapshot)
    decks.add_notes(deck, first, spoken(snapshot))
    add_lists(deck, ABOUT, left_over, page)
    say = content.words.say
    add_tables(
        deck, say("Notes"), ("No.", "Record", "Sources"), list(record_rows(content)), theme, page
    )
    if content.chart is not None and content.chart.rows:
        add_chart_table(deck, content.chart, theme, page)
    heading = Paragraph(say("Credits"), "heading")
    credits_ = [heading, *credit_lines(snapshot)] if as_picture else []
    listed = (*source_lines(content), *event_lines(content), *credits_)
    sources = [TableRow(line) for line in listed]
    add_tables(deck, say("Sources"), ("No.", "Source"), sources, theme, page)
    _dress(deck, content, page)
    note = ""
    if not as_picture and (imprint := snapshot.imprint_of_shapes):
        note = note_shapes(deck, snapshot.recipe.hash8, theme).to_text()
        _bind(deck, snapshot.recipe.hash8, imprint, note)
    return _saved(deck, content), note


def finished(deck: Deck, content: Content, page: SlideSize) -> bytes:
    """Return a deck with what the editor adds to every slide; the same deck, the same bytes."""
    _dress(deck, content, page)
    return _saved(deck, content)


def _dress(deck: Deck, content: Content, page: SlideSize) -> None:
    turn_slides(deck, content, page)
    mark_slides(deck, content, page)


def _saved(deck: Deck, content: Content) -> bytes:
    file = io.BytesIO()
    deck.save(file)
    return repack(file.getvalue(), content.as_of)


def _bind(deck: Deck, figure: str, imprint: str, note: str) -> None:
    """Keep the recipe and the shapes as written in the map itself, and in the deck."""
    shapes = next(iter(deck.slides)).shapes
    (whole,) = (one for one in shapes if figure_in(one.name) == figure)
    bind_to_shape(whole.element.nvGrpSpPr.cNvPr, imprint, note)
    list_in_deck(deck, [imprint, note])


def add_lists(deck: Deck, title: str, lines: Sequence[Paragraph], page: SlideSize) -> None:
    """Add as many slides of native text as needed, in larger type if one slide suffices."""
    tried = ((size, list(_columns(lines, size, page))) for size in _LISTED)
    fits = ((size, columns) for size, columns in tried if len(columns) <= _ABREAST)
    size, columns = next(fits, (_LISTED[-1], list(_columns(lines, _LISTED[-1], page))))
    pages = -(-len(columns) // _ABREAST)
    for at in range(pages):
        counted = f"{title} ({at + 1} of {pages})" if pages > 1 else title
        abreast = columns[_ABREAST * at : _ABREAST * (at + 1)]
        decks.add_columns(deck, counted, abreast, page, size=size)


def _columns(lines: Sequence[Paragraph], size: float, page: SlideSize) -> Iterator[list[Paragraph]]:
    """Divide lines into columns; a heading is never alone at the foot of one.

    A paragraph that is higher than a column continues in the next.
    """
    box = decks.column_box(0, page)
    parts = [part for line in lines for part in split(line, size, box.width, box.height)]
    column: list[Paragraph] = []
    for at, line in enumerate(parts):
        follows = parts[at : at + 2] if line.kind == "heading" else [line]
        if column and height_of([*column, *follows], size, box.width) > box.height:
            yield column
            column = []
        column.append(line)
    if column:
        yield column


def record_rows(content: Content) -> Iterator[TableRow]:
    """Yield the numbered records as rows, with those that are not mapped under their headings."""
    heading = ""
    for entry in content.entries:
        if entry.beside and entry.beside != heading:
            heading = entry.beside
            yield TableRow(Paragraph(unmapped_heading(content, heading), "heading"))
        line = Paragraph(clean_line(entry.line), "item", f"{entry.number}")
        yield TableRow(line, references(entry))


def spoken(snapshot: Snapshot) -> Iterator[Paragraph]:
    """Yield the speaker notes: everything that the figure's numbers refer to."""
    content = snapshot.content
    yield Paragraph(content.title, "heading")
    yield from about_lines(content)
    yield from note_lines(content)
    yield from map(Paragraph, content.ledgers)
    yield from record_lines(content, full=True)
    yield Paragraph("Sources", "heading")
    yield from source_lines(content)
    yield from event_lines(content)
    yield from chart_lines(content)
    yield from credit_lines(snapshot)
