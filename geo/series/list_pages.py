"""The pages at the end of a series: notes on all records by number, and all sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from geo.series.contents import SeriesContents
from geo.snapshot.content.content import Content
from geo.snapshot.content.recipe import clean_line
from geo.snapshot.content.sizes import FOOT_SHARE, PageBox, Size
from geo.snapshot.layout.columns import balance, columns_of
from geo.snapshot.layout.margins import subtitle
from geo.snapshot.layout.mirroring import Page
from geo.snapshot.layout.notes import Piece, about, as_text, heading, note, notes, sources
from geo.snapshot.layout.typesetting import (
    POINT,
    Block,
    Item,
    Panel,
    TextLine,
    TextStyle,
    baseline,
    move,
    paragraph,
)
from geo.snapshot.lettering import LEADING, width_of
from geo.snapshot.output.writing import FigurePage

_CHARACTERS: Final = 26
"""Least width of a column in type sizes, as on the pages of a figure."""
_GUTTER: Final = 18.0
"""Points between columns, as on the pages of a figure."""
_BELOW_RUNNING: Final = 8.0
"""Points between the running title and the columns."""
_ABOVE_FOOT: Final = 6.0
"""Points between the columns and the last line."""


def list_pages(
    contents: SeriesContents, size: Size, *, has_notes: bool = True
) -> Iterator[FigurePage]:
    """Yield the pages with notes, sources and all credits.

    Parameters
    ----------
    has_notes
        Whether the notes on records are among them; an atlas has those on its pages.
    """
    whole = contents.whole
    pieces = [*_shown(whole, size), *note(whole, size)]
    if has_notes:
        pieces += notes(whole, size, full=size.medium == "print")
    pieces += [*sources(whole, size), *_credits(contents, size)]
    yield from text_pages(whole, pieces, size, contents)


def text_pages(
    content: Content, pieces: Sequence[Piece], size: Size, contents: SeriesContents
) -> Iterator[FigurePage]:
    """Yield pages of text in columns, under the running title of the series."""
    variant = contents.series.recipe.variant
    width, height = size.width / POINT, size.height / POINT
    margin = size.map_box.left / POINT
    inner = width - 2 * margin
    running = paragraph(content.title, TextStyle(size.text, "bold"), inner, "title")
    top = margin + running.height + _BELOW_RUNNING
    bottom = height - margin * FOOT_SHARE - size.small * LEADING - _ABOVE_FOOT
    number = max(1, int(inner / (size.text * _CHARACTERS)))
    columns = columns_of(PageBox(margin, top, inner, bottom - top), number, _GUTTER)
    blocks = [piece.block(columns[0].width) for piece in pieces]
    while blocks:
        found = balance(blocks, columns)
        items = (*_running(running, margin, inner), *found.items)
        yield FigurePage(Page(width, height, items), content, size, variant)
        blocks = blocks[found.placed :]
        if found.rest is not None:
            blocks[0] = found.rest


def with_page_numbers(pages: Sequence[FigurePage]) -> Iterator[FigurePage]:
    """Yield the same pages, each with its number in the lower right corner."""
    for at, figure_page in enumerate(pages, start=1):
        page, size = figure_page.page, figure_page.size
        said = f"Page {at} of {len(pages)}"
        if len(pages) == 1:
            yield figure_page
            continue
        type_ = TextStyle(size.fine, tone="muted")
        margin = size.map_box.left / POINT
        x = page.width - margin - width_of(said, type_.size, type_.weight)
        y = page.height - margin * FOOT_SHARE + baseline(type_)
        line = TextLine(said, x, y, type_, "fine")
        yield replace(figure_page, page=replace(page, items=(*page.items, line)))


def _running(running: Block, margin: float, inner: float) -> Iterator[Item]:
    yield from (move(item, margin, margin) for item in running.items)
    yield Panel(margin, margin + running.height + 2, inner, 0.0)


def _shown(whole: Content, size: Size) -> Iterator[Piece]:
    """What the pages with maps show, in full: they may have had no room for it."""
    yield heading("what", "What is shown", size)
    type_ = TextStyle(size.text)
    for said in (subtitle(whole), whole.ledger, *whole.warnings):
        yield as_text("what", clean_line(said), type_)


def _credits(contents: SeriesContents, size: Size) -> Iterator[Piece]:
    """Everything that a figure must state, and when the whole is cut on the pages with maps."""
    yield heading("about", "Credits", size)
    type_ = TextStyle(size.small, tone="muted")
    for said in about(contents.whole, contents.series.hash8):
        yield as_text("about", said, type_)
