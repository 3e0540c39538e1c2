"""An atlas: cover, contents, an overview map, a page for each map, sources and credits at the end.

The overview of an atlas of provinces has the number of its page in each province; that of any other
atlas has all records on one map.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import shapely

from geo.series.contents import SeriesContents, SeriesPanel
from geo.series.list_pages import list_pages, with_page_numbers
from geo.series.panel_pages import section_pages
from geo.series.tally import say_panel
from geo.snapshot.content.content import Content
from geo.snapshot.content.frame import frame_of
from geo.snapshot.content.recipe import clean_line
from geo.snapshot.content.sizes import PageBox, Size
from geo.snapshot.layout.columns import columns_of, fill_columns
from geo.snapshot.layout.margins import subtitle
from geo.snapshot.layout.mirroring import Page
from geo.snapshot.layout.notes import about
from geo.snapshot.layout.pages import lay_out
from geo.snapshot.layout.typesetting import (
    POINT,
    Block,
    Item,
    TextLine,
    TextStyle,
    baseline,
    move,
    paragraph,
    stack,
)
from geo.snapshot.lettering import HALF_CAPITAL, width_of
from geo.snapshot.map.map_figure import canvas_for
from geo.snapshot.output.tagged_pdf import PAGE_LINK
from geo.snapshot.output.writing import FigurePage, PanelMap

_CREDITS: Final = "Sources and credits: at the end of this atlas"
_COVER_TITLE: Final = 1.5
"""Type of the title on the cover relative to that of a figure."""
_GUTTER: Final = 18.0
"""Points between the columns of the contents."""
_FOOT: Final = 24.0
"""Points kept free below the contents and the overview for the page number."""
_GAP: Final = 8.0
"""Points between a heading and what follows it."""
_BEFORE_LINE: Final = 3.0
"""Points above a line of the contents."""
_INSIDE: Final = 0.9
"""Least share of a name that is within its province: a letter may touch a border."""


@dataclass(frozen=True, slots=True)
class AtlasEntry:
    """A line of the contents and a bookmark: its name, its record count, and its page."""

    name: str
    count: str
    page: int


@dataclass(frozen=True, eq=False)
class Atlas:
    """The pages of an atlas, and where each begins."""

    pages: tuple[FigurePage, ...]
    entries: tuple[AtlasEntry, ...]


def atlas_of(contents: SeriesContents, size: Size) -> Atlas:
    """Lay out all pages of an atlas."""
    # The number of pages of the contents depends on the number of lines, not on page numbers.
    draft = [AtlasEntry(name, count, 0) for name, count in _lines(contents)]
    first = 1 + len(_contents_pages(contents, draft, size)) + 1 + 1
    pages: list[FigurePage] = []
    entries = []
    for (name, count), body in zip(_lines(contents), _bodies(contents, size, first), strict=True):
        entries.append(AtlasEntry(name, count, first + len(pages)))
        pages += body
    ends = list(list_pages(contents, size, has_notes=contents.series.then is not None))
    overview = AtlasEntry("Overview", "", first - 1)
    sources = AtlasEntry("Sources and credits", "", first + len(pages))
    listed = (overview, *entries, sources)
    found = [
        _cover(contents, size),
        *_contents_pages(contents, listed[1:-1], size, (overview, sources)),
        _overview(contents, entries, size),
        *pages,
        *ends,
    ]
    return Atlas(tuple(with_page_numbers(found)), listed)


def _lines(contents: SeriesContents) -> Iterator[tuple[str, str]]:
    """Name and record count of each part of the atlas."""
    if contents.series.then is None:
        for panel in contents.panels:
            yield panel.name, say_panel(panel.count)
        return
    for at, name in enumerate(contents.sections):
        panels = [panel for panel in contents.panels if panel.section == at]
        if panels:
            shown = frozenset().union(*(panel.count.shown for panel in panels))
            yield name, f"{len(shown)} of {panels[0].count.total} records"


def _bodies(contents: SeriesContents, size: Size, first: int) -> Iterator[list[FigurePage]]:
    """The pages of each part of the atlas, in order."""
    if contents.series.then is not None:
        yield from section_pages(contents, size)
        return
    number = first
    for panel in contents.panels:
        made = _figure_pages(contents, panel, size, number)
        number += len(made)
        yield made


def _figure_pages(
    contents: SeriesContents, panel: SeriesPanel, size: Size, number: int
) -> list[FigurePage]:
    """The pages of one map, whose sources are listed at the end of the atlas."""
    recipe = contents.series.recipe
    content = replace(
        panel.content,
        title=f"{panel.name}: {contents.whole.title}",
        sources=(),
        note="",
        since="",
        credits=(_CREDITS,),
        base_notes=(),
    )
    pages = lay_out(content, size, contents.series.hash8, first_page=number)
    return [FigurePage(page, content, size, recipe.variant) for page in pages]


def _cover(contents: SeriesContents, size: Size) -> FigurePage:
    """Title, what is shown, record count, disclaimer and credits."""
    whole = contents.whole
    width, height = size.width / POINT, size.height / POINT
    margin = size.map_box.left / POINT
    inner = (width - 2 * margin) * (0.7 if width > height else 1.0)
    quiet = TextStyle(size.text, tone="muted")
    title = paragraph(whole.title, TextStyle(size.title * _COVER_TITLE, "bold"), inner, "title")
    blocks = [
        title,
        paragraph(f"Atlas. {subtitle(whole)}", quiet, inner, "subtitle", before=_GAP),
        paragraph(whole.ledger, TextStyle(size.text, "bold"), inner, "text", before=2 * _GAP),
        *(
            paragraph(clean_line(said), TextStyle(size.text), inner, "text", before=_BEFORE_LINE)
            for said in (*whole.note.splitlines(), *whole.warnings)
        ),
    ]
    below = stack(
        paragraph(said, TextStyle(size.small, tone="muted"), inner, "fine", before=_BEFORE_LINE)
        for said in about(whole, contents.series.hash8)
    )
    items = [move(item, margin, height * 0.2) for item in stack(blocks).items]
    top = height - margin - _FOOT - below.height
    items += [move(item, margin, top) for item in below.items]
    return FigurePage(
        Page(width, height, tuple(items)), whole, size, contents.series.recipe.variant
    )


def _contents_pages(
    contents: SeriesContents,
    entries: Sequence[AtlasEntry],
    size: Size,
    around: tuple[AtlasEntry, ...] = (AtlasEntry("", "", 0), AtlasEntry("", "", 0)),
) -> list[FigurePage]:
    """The contents, each line with a link to its page."""
    whole, variant = contents.whole, contents.series.recipe.variant
    width, height = size.width / POINT, size.height / POINT
    margin = size.map_box.left / POINT
    inner = width - 2 * margin
    head = paragraph("Contents", TextStyle(size.title, "bold"), inner, "title")
    top = margin + head.height + _GAP
    box = PageBox(margin, top, inner, height - top - margin - _FOOT)
    columns = columns_of(box, 2 if width > height else 1, _GUTTER)
    lines = (around[0], *entries, around[1])
    blocks = [_contents_line(entry, size, columns[0].width) for entry in lines]
    pages = []
    while blocks:
        found = fill_columns(blocks, columns)
        items = (*(move(item, margin, margin) for item in head.items), *found.items)
        pages.append(FigurePage(Page(width, height, items), whole, size, variant))
        blocks = blocks[max(1, found.placed) :]
    return pages


def _contents_line(entry: AtlasEntry, size: Size, width: float) -> Block:
    """Name, record count and page number in one line, the number at its right end."""
    type_, quiet = TextStyle(size.text), TextStyle(size.small, tone="muted")
    said = str(entry.page)
    link = f"{PAGE_LINK}{entry.page}"
    at = baseline(type_)
    number = width_of(said, type_.size, "bold")
    room = width - number - _GUTTER
    name = paragraph(entry.name or " ", type_, room, "link", link=link)
    items: list[Item] = [*name.items]
    end = width_of(entry.name, type_.size) + _GUTTER / 2
    if len(name.cuts) == 1 and end + width_of(entry.count, quiet.size) <= room:
        items.append(TextLine(entry.count, end, at, quiet, "text"))
    items.append(
        TextLine(said, width - number, at, TextStyle(size.text, "bold"), "link", link=link)
    )
    return Block(name.height, tuple(items), before=_BEFORE_LINE)


def _overview(contents: SeriesContents, entries: Sequence[AtlasEntry], size: Size) -> FigurePage:
    """The whole country: with page numbers in the provinces, or with all records."""
    whole = contents.whole
    width, height = size.width / POINT, size.height / POINT
    margin = size.map_box.left / POINT
    inner = width - 2 * margin
    by_province = contents.series.each == "province"
    said = "Overview: the page of each province" if by_province else "Overview: all records"
    head = paragraph(said, TextStyle(size.title, "bold"), inner, "title")
    top = margin + head.height + _GAP
    box = PageBox(margin, top, inner, height - top - margin - _FOOT)
    content = _index_content(contents, box) if by_province else _all_records(contents, box)
    panel = PanelMap(box, content, size)
    items = [move(item, margin, margin) for item in head.items]
    if by_province:
        items += _page_numbers(entries, content, box, size)
    page = Page(width, height, tuple(items))
    return FigurePage(page, whole, size, contents.series.recipe.variant, (panel,))


def _index_content(contents: SeriesContents, box: PageBox) -> Content:
    """A map without marks, and without water, whose names would be among the numbers."""
    whole = contents.whole
    view = replace(contents.series.recipe.view, provinces=(), viewport=None)
    frame = frame_of(view, whole.frame.country, box.width / box.height)
    return replace(whole, frame=frame, entries=(), base_off=("places", "water", "own"))


def _all_records(contents: SeriesContents, box: PageBox) -> Content:
    """One map with the marks of all maps, each at each of its places once."""
    base = contents.base
    view = contents.series.recipe.view
    if base.frame.is_detail:
        return base
    frame = frame_of(view, base.frame.country, box.width / box.height)
    return replace(base, frame=frame)


def _page_numbers(
    entries: Sequence[AtlasEntry],
    content: Content,
    box: PageBox,
    size: Size,
) -> Iterator[Item]:
    """The number of its page in the widest part of each province, and its name if it fits in."""
    canvas = canvas_for(content.frame, box.width, box.height)
    pages = {entry.name: entry.page for entry in entries}
    for province in content.frame.country.provinces:
        if (page := pages.get(province.name)) is None:
            continue
        outline = canvas.outline(province.outline)
        x, y = shapely.get_coordinates(shapely.maximum_inscribed_circle([outline]))[0]
        type_ = TextStyle(size.text, "bold")
        said = str(page)
        left = box.left + x - width_of(said, type_.size, "bold") / 2
        middle = box.top + box.height - y + type_.size * HALF_CAPITAL
        yield TextLine(said, left, middle, type_, "map", link=f"{PAGE_LINK}{page}")
        name = TextStyle(size.small, tone="muted")
        half = width_of(province.name, name.size) / 2
        below = shapely.box(x - half, y - 1.5 * name.leading, x + half, y - name.leading / 2)
        if shapely.intersection(outline, below).area > _INSIDE * below.area:
            yield TextLine(province.name, box.left + x - half, middle + name.leading, name, "map")
