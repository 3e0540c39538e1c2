"""Write a snapshot as a PowerPoint deck: the figure on a slide, then its numbers and sources.

Title, subtitle and lists are native text that can be edited and read aloud; the map, its legend and
its record count are one picture, so that none of it is lost when somebody copies it. The notes of
the first slide contain all numbers and sources with their links.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Final

from pptx.presentation import Presentation as Deck

from geo.briefing import powerpoint as decks
from geo.briefing.imprints import list_in_deck
from geo.briefing.measuring import height_of, split
from geo.briefing.packing import repack
from geo.briefing.powerpoint import HEIGHT, MARGIN, WIDTH
from geo.briefing.wording import (
    Paragraph,
    about_lines,
    credit_lines,
    note_lines,
    record_lines,
    source_lines,
    version,
)
from geo.snapshot.content.sizes import PageBox
from geo.snapshot.layout.theme import theme_of
from geo.snapshot.output.in_png import find_in_png
from geo.snapshot.output.making import Snapshot

_TITLES: Final = (26.0, 22.0, 18.0, 16.0)
"""Sizes of a title in points; the first that fits is used."""
_TEXT: Final = 12.0
"""Size in points of the text above the figure, the least for text on a slide."""
_BESIDE: Final = 15.0
"""Size in points of the text beside a half-slide figure, where there is more room."""
_LISTED: Final = (16.0, 14.0, 12.0, 11.0)
"""Sizes of the lists in points; the first with which they fit on one slide is used, and the last
is the least."""
_SMALL: Final = 9.0
"""Size of credits in points, the least in print; they are for readers of the file."""
_HEAD: Final = 34.0
"""Millimetres for title and subtitle, less than a fifth of the slide."""
_LEAST_MAP: Final = 118.0
"""Least height of the figure in millimetres; below it, the numbers of badges get too small."""
_HALF: Final = 158.0
"""Millimetres of the text column; the rest of the slide is the ``half-slide`` figure."""
_DPI: Final = 300
"""Resolution of the map: sharp when a slide is enlarged or printed."""
_ABREAST: Final = 2
"""Columns of a slide; the template's layout has two."""
_BOTTOM: Final = HEIGHT - 5
"""Millimetres from the top of the slide to the lowest edge of its content."""
_ABOVE_FIGURE: Final = 9.0
"""Millimetres kept free between text and figure when text is cut to fit above it."""
_GAP: Final = 6.0
"""Millimetres between the text column and the figure beside it."""
_RIGHT: Final = 5.0
"""Millimetres at the right of a figure beside text: its credits have a margin of their own."""
_ASIDE_TITLE: Final = 60.0
"""Greatest height in millimetres of a title beside a figure, a third of the slide."""
_BELOW_TITLE: Final = 8.0
"""Millimetres from the top to the text, besides the title: :data:`decks.TOP` and a little space."""
_ABOUT: Final = "About this figure"
_MORE: Final = Paragraph(f"More on the next slide: {_ABOUT}")


def slides(snapshot: Snapshot) -> bytes:
    """Return the snapshot as a PPTX; the same snapshot gives the same bytes.

    Slides are 16:9 whatever the figure's size. ``half-slide`` puts the figure on the right half and
    the text on the left. Text that does not fit beside the figure continues on further slides.
    """
    content = snapshot.content
    deck = decks.new_deck(content, theme_of(snapshot.recipe.variant))
    half = snapshot.size.key == "half-slide"
    left_over = _half_slide(deck, snapshot) if half else _whole_slide(deck, snapshot)
    _lists(deck, _ABOUT, left_over)
    _lists(deck, "Notes", list(record_lines(content, full=False)))
    sources = [*source_lines(content), Paragraph("Credits", "heading"), *credit_lines(snapshot)]
    _lists(deck, "Sources", sources)
    file = io.BytesIO()
    deck.save(file)
    return repack(file.getvalue(), content.as_of)


def _whole_slide(deck: Deck, snapshot: Snapshot) -> list[Paragraph]:
    """Add the figure over the whole width; return the lines that did not fit above it."""
    content, width = snapshot.content, WIDTH - 2 * MARGIN
    size = _title_size(content.title, width, _HEAD / 2)
    slide = decks.add_slide(deck, content.title, size=size)
    top = decks.TOP + decks.title_height(content.title, size, width)
    room = HEIGHT - _LEAST_MAP - _ABOVE_FIGURE - top
    lines = [*about_lines(content), *note_lines(content)]
    kept, left_over = _fitting(lines, _TEXT, width, room)
    used = height_of(kept, _TEXT, width)
    decks.add_text(slide, kept, PageBox(MARGIN, top, width, used), size=_TEXT)
    top += used + 1
    _add_figure(deck, slide, snapshot, PageBox(MARGIN, top, width, _BOTTOM - top))
    decks.add_notes(deck, slide, _spoken(snapshot))
    return left_over


def _half_slide(deck: Deck, snapshot: Snapshot) -> list[Paragraph]:
    """Add the figure on the right and the text on the left; return what did not fit."""
    content = snapshot.content
    left = MARGIN + _HALF + _GAP
    width = WIDTH - left - _RIGHT
    # A little narrower than the column, since text may run wider than estimated.
    column = _HALF - 4
    size = _title_size(content.title, column, _ASIDE_TITLE)
    slide = decks.add_slide(deck, content.title, size=size, width=column)
    top = _BELOW_TITLE + decks.title_height(content.title, size, column)
    lines = [*about_lines(content), *note_lines(content)]
    kept, left_over = _fitting(lines, _BESIDE, column, _BOTTOM - _BELOW_TITLE - top)
    box = PageBox(MARGIN, top, column, height_of(kept, _BESIDE, column))
    decks.add_text(slide, kept, box, size=_BESIDE)
    _add_figure(deck, slide, snapshot, PageBox(left, decks.TOP, width, _BOTTOM - decks.TOP))
    said = [Paragraph(version(snapshot), "quiet")]
    # A line of 5 mm that ends as far above the edge of the slide.
    decks.add_text(slide, said, PageBox(MARGIN, HEIGHT - 10, column, 5), size=_SMALL)
    decks.add_notes(deck, slide, _spoken(snapshot))
    return left_over


def _add_figure(deck: Deck, slide: object, snapshot: Snapshot, box: PageBox) -> None:
    png = snapshot.figure(box.width, box.height, _DPI)
    decks.add_picture(slide, io.BytesIO(png), box, snapshot.content.alt_text)
    list_in_deck(deck, [find_in_png(png, "the figure")])


def _title_size(title: str, width: float, room: float) -> float:
    """Return the largest type size at which a title fits into `room` millimetres."""
    fits = (size for size in _TITLES if decks.title_height(title, size, width) <= room)
    return next(fits, _TITLES[-1])


def _fitting(
    lines: Sequence[Paragraph], size: float, width: float, room: float
) -> tuple[list[Paragraph], list[Paragraph]]:
    """Split the lines into those that fit into `room` millimetres, and the others.

    If some do not fit, the last line says where they are.
    """
    if height_of(lines, size, width) <= room:
        return list(lines), []
    kept: list[Paragraph] = []
    for line in lines:
        if height_of([*kept, line, _MORE], size, width) > room:
            break
        kept.append(line)
    if kept and kept[-1].kind == "heading":
        kept.pop()
    return [*kept, _MORE], list(lines[len(kept) :])


def _lists(deck: Deck, title: str, lines: Sequence[Paragraph]) -> None:
    """Add as many slides of native text as needed, in larger type if one slide suffices."""
    tried = ((size, list(_columns(lines, size))) for size in _LISTED)
    fits = ((size, columns) for size, columns in tried if len(columns) <= _ABREAST)
    size, columns = next(fits, (_LISTED[-1], list(_columns(lines, _LISTED[-1]))))
    pages = -(-len(columns) // _ABREAST)
    for page in range(pages):
        counted = f"{title} ({page + 1} of {pages})" if pages > 1 else title
        abreast = columns[_ABREAST * page : _ABREAST * (page + 1)]
        decks.add_columns(deck, counted, abreast, size=size)


def _columns(lines: Sequence[Paragraph], size: float) -> Iterator[list[Paragraph]]:
    """Divide lines into columns; a heading is never alone at the foot of one.

    A paragraph that is higher than a column continues in the next.
    """
    box = decks.column_box(0)
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


def _spoken(snapshot: Snapshot) -> Iterator[Paragraph]:
    """Yield the speaker notes: everything that the figure's numbers refer to."""
    content = snapshot.content
    yield Paragraph(content.title, "heading")
    yield from about_lines(content)
    yield from note_lines(content)
    yield Paragraph(content.ledger)
    yield from record_lines(content, full=True)
    yield Paragraph("Sources", "heading")
    yield from source_lines(content)
    yield from credit_lines(snapshot)
