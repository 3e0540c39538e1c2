"""Pages with several maps: each with its name and record count, one legend for all.

The maps of a page have the same size, and of a series the same extent unless each shows another
province. Notes and sources follow on pages of their own. Lengths are points from the upper left
corner of the page.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.series.contents import SeriesContents, SeriesPanel, say_maps
from geo.series.tally import say_page
from geo.snapshot.content.content import Content
from geo.snapshot.content.frame import frame_of
from geo.snapshot.content.sizes import FOOT_SHARE, HEAD_SHARE, PageBox, Size
from geo.snapshot.layout.legend_figure import legend_rows
from geo.snapshot.layout.margins import foot, head
from geo.snapshot.layout.mirroring import Page
from geo.snapshot.layout.typesetting import (
    POINT,
    Block,
    Item,
    Panel,
    TextStyle,
    baseline,
    move,
    paragraph,
    stack,
)
from geo.snapshot.lettering import width_of
from geo.snapshot.output.writing import FigurePage, PanelMap
from geo.view import BASE_PARTS

MOST_ON_PAGE: Final = 12
"""Most maps on a page: a year by month, and still legible on a slide."""
_COUNTS: Final = (MOST_ON_PAGE, 9, 8, 6, 4, 3, 2, 1)
"""Numbers of maps that are tried for a full page, the largest first."""
_LEAST_MAP: Final = (118.0, 84.0)
"""Least width and height of a map in points: smaller, two badges would hide a country."""
_GUTTER: Final = 12.0
"""Points between two maps: more than within one, so that each name belongs to the map below it."""
_ABOVE_MAP: Final = 3.0
"""Points between the record count of a map and the map."""
_ABOVE_FOOT: Final = 6.0
"""Points above the record count of the page, as on the page of a figure."""
_EMPTY, _NO_MARK = "No record", "None mapped"
_AT_END: Final = "at the end"
"""Where what does not fit on a page with maps is printed."""
_PAD: Final = 6.0
"""Points between the edge of that plate and its text."""


@dataclass(frozen=True, slots=True)
class _PageFrame:
    """What surrounds the maps of a page, and the box that is left for them."""

    items: tuple[Item, ...]
    box: PageBox


def panel_pages(contents: SeriesContents, size: Size) -> Iterator[FigurePage]:
    """Yield the pages with the maps of a series, each section on pages of its own."""
    for pages in section_pages(contents, size):
        yield from pages


def section_pages(contents: SeriesContents, size: Size) -> Iterator[list[FigurePage]]:
    """Yield the pages of each section that has a map."""
    number, of = 1, len(contents.panels)
    for at, name in enumerate(contents.sections):
        panels = [panel for panel in contents.panels if panel.section == at]
        made = []
        for some in _pages(contents, panels, name, size):
            ledger = say_page([panel.count for panel in some], number, of)
            content = _on_page(contents.whole, name, some, ledger if len(some) < of else "")
            made.append(_page(contents, content, some, size))
            number += len(some)
        if made:
            yield made


def _pages(
    contents: SeriesContents, panels: Sequence[SeriesPanel], section: str, size: Size
) -> list[list[SeriesPanel]]:
    """The maps of a section, divided into pages of about as many each."""
    if not panels:
        return []
    box = _frame(contents, _on_page(contents.whole, section, (), " "), size).box
    most = next((count for count in _COUNTS if _grid(panels[:count], size, box, contents).fits), 1)
    pages = math.ceil(len(panels) / most)
    each = math.ceil(len(panels) / pages)
    return [list(panels[at : at + each]) for at in range(0, len(panels), each)]


def _on_page(whole: Content, section: str, panels: Sequence[SeriesPanel], ledger: str) -> Content:
    """The content of one page: with its section in the title, and its own record count."""
    title = f"{section}: {whole.title}" if section else whole.title
    if not ledger:
        return replace(whole, title=title)
    said = f"{ledger.strip()}. Whole series: {whole.ledger}"
    return replace(whole, title=title, ledger=said, alt_text=say_maps(panels, said))


def _page(
    contents: SeriesContents, content: Content, panels: Sequence[SeriesPanel], size: Size
) -> FigurePage:
    frame = _frame(contents, content, size)
    grid = _grid(panels, size, frame.box, contents)
    items = [*frame.items]
    maps = []
    for at, panel in enumerate(panels):
        text, box = grid.cell(at)
        items += [move(item, text.left, text.top) for item in _heading(panel, size, text.width)]
        maps.append(PanelMap(box, _map_content(contents, panel, box), _panel_size(size)))
        if not panel.count.drawn:
            items += _empty(_NO_MARK if panel.count.shown else _EMPTY, box, size)
    page = Page(size.width / POINT, size.height / POINT, tuple(items))
    return FigurePage(page, content, size, contents.series.recipe.variant, tuple(maps))


def _map_content(contents: SeriesContents, panel: SeriesPanel, box: PageBox) -> Content:
    """The content of a map as it is drawn: what is about the whole country is in its count."""
    off = panel.content.base_off if contents.series.form == "pair" else BASE_PARTS
    content = replace(panel.content, about_country=frozenset(), base_off=off)
    if content.frame.is_detail:
        return content
    aspect = box.width / box.height
    return replace(content, frame=frame_of(panel.view, content.frame.country, aspect))


def _panel_size(size: Size) -> Size:
    """One size of type on all maps, so that none says less than its neighbour."""
    return replace(size, on_map=size.small)


@dataclass(frozen=True, slots=True)
class _Grid:
    """Cells of equal size in rows, each with text above a map."""

    box: PageBox
    columns: int
    rows: int
    text: float

    @property
    def cell_size(self) -> tuple[float, float]:
        width = (self.box.width - (self.columns - 1) * _GUTTER) / self.columns
        height = (self.box.height - (self.rows - 1) * _GUTTER) / self.rows
        return width, height - self.text - _ABOVE_MAP

    @property
    def fits(self) -> bool:
        """Whether the maps are large enough to be read."""
        width, height = self.cell_size
        return width >= _LEAST_MAP[0] and height >= _LEAST_MAP[1]

    def cell(self, at: int) -> tuple[PageBox, PageBox]:
        """The boxes of the text and of the map of a cell."""
        width, height = self.cell_size
        row, column = divmod(at, self.columns)
        left = self.box.left + column * (width + _GUTTER)
        top = self.box.top + row * (height + self.text + _ABOVE_MAP + _GUTTER)
        below = top + self.text + _ABOVE_MAP
        return PageBox(left, top, width, self.text), PageBox(left, below, width, height)


def _grid(
    panels: Sequence[SeriesPanel], size: Size, box: PageBox, contents: SeriesContents
) -> _Grid:
    """The grid in which the maps are largest."""
    tried = []
    for columns in range(1, len(panels) + 1):
        width = (box.width - (columns - 1) * _GUTTER) / columns
        if width < _LEAST_MAP[0] and columns > 1:
            break
        text = max(_height(_heading(panel, size, width), size) for panel in panels)
        tried.append(_Grid(box, columns, math.ceil(len(panels) / columns), text))
    frame = contents.whole.frame
    return max(tried, key=lambda grid: (grid.fits, _scale(grid, frame.right - frame.left,
                                                           frame.top - frame.bottom)))  # fmt: skip


def _scale(grid: _Grid, width: float, height: float) -> float:
    wide, high = grid.cell_size
    return min(wide / width, high / height)


def _heading(panel: SeriesPanel, size: Size, width: float) -> tuple[Item, ...]:
    """The name of a map and its record count."""
    name = paragraph(panel.name, TextStyle(size.text, "bold"), width, "heading")
    count = paragraph(panel.ledger, TextStyle(size.small, tone="muted"), width, "text")
    return stack([name, count]).items


def _height(items: Sequence[Item], size: Size) -> float:
    lowest = max(item.y for item in items)
    return lowest + TextStyle(size.small).leading - baseline(TextStyle(size.small))


def _empty(said: str, box: PageBox, size: Size) -> tuple[Item, ...]:
    """What is written on a map without marks, so that it does not look unfinished."""
    type_ = TextStyle(size.small, "bold")
    width = width_of(said, type_.size, type_.weight)
    text = paragraph(said, type_, width + 1, "map")
    left = box.left + (box.width - width) / 2
    top = box.top + (box.height - text.height) / 2
    plate = Panel(left - _PAD, top - _PAD / 2, width + 2 * _PAD, text.height + _PAD, "paper",
                  framed=True, role="map")  # fmt: skip
    return (plate, *(move(item, left, top) for item in text.items))


def _frame(contents: SeriesContents, content: Content, size: Size) -> _PageFrame:
    width, height = size.width / POINT, size.height / POINT
    margin = size.map_box.left / POINT
    inner, top = width - 2 * margin, size.map_box.top / POINT
    above = head(
        content, size,
        PageBox(margin, margin * HEAD_SHARE, inner, top - margin * HEAD_SHARE - _ABOVE_FOOT),
        where=_AT_END,
    )  # fmt: skip
    lowest = max(one.top + one.height for one in (size.map_box, size.side)) / POINT
    foot_top = lowest + _ABOVE_FOOT
    below = foot(
        content, size,
        PageBox(margin, foot_top, inner, height - foot_top - margin * FOOT_SHARE),
        contents.series.hash8, where=_AT_END,
    )  # fmt: skip
    foot_top = height - margin * FOOT_SHARE - below.height
    shift = foot_top - lowest - _ABOVE_FOOT
    legend = _legend(contents, content, size, inner)
    legend_top = foot_top - _ABOVE_FOOT - legend.height
    items = (
        *above.items,
        *(move(item, margin, legend_top) for item in legend.items),
        *(move(item, 0.0, shift) for item in below.items),
    )
    used = margin * HEAD_SHARE + above.height + _ABOVE_FOOT
    return _PageFrame(items, PageBox(margin, used, inner, legend_top - _ABOVE_FOOT - used))


def _legend(contents: SeriesContents, content: Content, size: Size, width: float) -> Block:
    """What two periods have in common, if there are two, above the legend of all maps."""
    text = TextStyle(size.text)
    said = [paragraph(" ".join(contents.comparison), text, width, "text")]
    legend = legend_rows(content, size, width, len(content.legend))
    return stack([*said, replace(legend, before=_ABOVE_FOOT)]) if contents.comparison else legend
