"""Pages as one PDF with tags, bookmarks and links, from the figures that they belong to."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from geo.snapshot.content.layers import layer_texts
from geo.snapshot.content.sizes import POINTS_PER_INCH
from geo.snapshot.output.pdf_renderer import TaggedRenderer
from geo.snapshot.output.pdf_tags import PageTags, PdfTag, TagBuilder, without_empty
from geo.snapshot.output.tagged_pdf import Bookmark, PdfAbout, TaggedFile
from geo.snapshot.output.writing import FigurePage, draw_page, own_rules


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page of a PDF, and where the outline names it.

    Parameters
    ----------
    bookmark
        Its entry in the outline, with the headings of this page and those after it below; empty
        if it continues the page before.
    """

    figure_page: FigurePage
    bookmark: str = ""


def write_pdf(pages: Sequence[PdfPage], about: PdfAbout) -> bytes:
    """Several pages as one PDF/UA-1; the same pages give the same bytes.

    Each page with a bookmark begins a section of its own. A line of text may link to another page
    of the file: its `link` is then ``#page=`` and the number of that page, from 1.
    """
    root, tags = PdfTag("Document"), []
    sections = sum(bool(page.bookmark) for page in pages)
    builder = TagBuilder(root)
    for at, page in enumerate(pages):
        if sections > 1 and page.bookmark:
            builder = TagBuilder(root.child("Sect"))
        tags.append(builder.page(page.figure_page, at))
    output = io.BytesIO()
    with own_rules():
        file: Any = TaggedFile(output, about)
        for at, (page, made) in enumerate(zip(pages, tags, strict=True)):
            _draw(file, page.figure_page, at, made)
        outline = _outline(pages, tags) if len(pages) > 1 else ()
        file.complete(without_empty(root), tuple(outline))
    return output.getvalue()


def _draw(file: Any, figure_page: FigurePage, at: int, tags: PageTags) -> None:
    figure = draw_page(figure_page)
    figure.set_dpi(POINTS_PER_INCH)
    width, height = figure.get_size_inches()
    file.newPage(width, height)
    renderer: Any = TaggedRenderer(file, width, height, at, tags, layer_texts(figure_page.content))
    figure.draw(renderer)
    renderer.finalize()
    file.endStream()


def _outline(pages: Sequence[PdfPage], tags: Sequence[PageTags]) -> Iterator[Bookmark]:
    """A bookmark for each page that has one, and below it one for each heading."""
    starts = [at for at, page in enumerate(pages) if page.bookmark]
    for start, end in pairwise([*starts, len(pages)]):
        headings = (each for made in tags[start:end] for each in made.headings)
        below = tuple(Bookmark(each.text, each.page, each.top) for each in headings)
        yield Bookmark(pages[start].bookmark, start, below=below)
