"""The numbers of a chart as native tables of slides, as lines of text, and as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal

from pptx.presentation import Presentation as Deck
from pptx.util import Mm

from geo.briefing import powerpoint as decks
from geo.briefing.measuring import height_of
from geo.briefing.slide_size import MARGIN, TOP, SlideSize
from geo.briefing.slide_tables import CELL_PAD, fill_cell, unstyled
from geo.briefing.tables import table_csv
from geo.briefing.wording import Paragraph
from geo.snapshot.content.content import Content
from geo.snapshot.content.figure_chart import FigureChart
from geo.snapshot.content.sizes import PageBox
from geo.snapshot.layout.theme import Theme

CHART_TABLE: Final = "Numbers of the chart"
"""The heading of the table on slides and in reports."""
CHART_COLUMNS: Final = ("key", "label", "statuses", "fewest", "most")
_TITLE, _TEXT = 20.0, 14.0  # points: a short heading, and the least for text on a slide
_NAMES: Final = 0.3
"""Share of the width for the names of the rows."""
_FOOT: Final = 12.0
"""Millimetres free below a table, since PowerPoint may need more height than estimated."""


def add_chart_table(deck: Deck, chart: FigureChart, theme: Theme, page: SlideSize) -> None:
    """Add the table of a chart, with what explains it, on as many slides as it needs."""
    said, width = [Paragraph(chart.table_note, "quiet")], page.inner
    top = TOP + decks.title_height(CHART_TABLE, _TITLE, width) + 2
    first = top + height_of(said, _TEXT, width) + 2
    head = _height(chart.head, width, "heading")
    room, more = (page.height - _FOOT - start - head for start in (first, top))
    parts = list(_parts(chart.rows, room, more, width))
    for number, rows in enumerate(parts, start=1):
        title = f"{CHART_TABLE} ({number} of {len(parts)})" if len(parts) > 1 else CHART_TABLE
        slide = decks.add_slide(deck, title, size=_TITLE, width=width)
        if number == 1:
            above = PageBox(MARGIN, top, width, first - top)
            decks.add_text(slide, said, above, size=_TEXT, name="How to read it")
        box = PageBox(MARGIN, first if number == 1 else top, width, 0.0)
        _add_grid(slide, title, [chart.head, *rows], box, theme)


def chart_lines(content: Content) -> Iterator[Paragraph]:
    """Yield the table of the chart of a figure in lines of text; nothing without a chart."""
    chart = content.chart
    if chart is None or not chart.rows:
        return
    yield Paragraph(chart.table_title, "heading")
    yield Paragraph(chart.table_note, "quiet")
    for name, *numbers in chart.rows:
        pairs = zip(chart.head[1:], numbers, strict=True)
        yield Paragraph(f"{name}: {'; '.join(f'{head.lower()} {said}' for head, said in pairs)}")


def chart_csv(chart: FigureChart) -> bytes:
    """Return one row for each bar of a chart: the fewest and the most records it stands for.

    Below them are the sentences that say how it is to be read and what it leaves out.
    """
    rows = (
        {
            "key": one.key, "label": one.label, "statuses": part.tally.words,
            "fewest": part.low, "most": part.high,
        }
        for one in chart.chart.groups
        for part in one.parts
    )  # fmt: skip
    return table_csv(CHART_COLUMNS, rows, (*chart.caption, chart.chart.ledger))


def _widths(columns: int, width: float) -> list[float]:
    """Millimetres of the columns: the names, then as much for each of the others."""
    if columns == 1:
        return [width]
    each = width * (1 - _NAMES) / (columns - 1)
    return [width * _NAMES, *[each] * (columns - 1)]


def _height(row: Sequence[str], width: float, kind: Literal["text", "heading"] = "text") -> float:
    """Millimetres that a row needs, whose cells may have several lines."""
    cells = zip(row, _widths(len(row), width), strict=True)
    needed = (
        height_of([Paragraph(text, kind)], _TEXT, each - 2 * CELL_PAD[0]) for text, each in cells
    )
    return max(needed) + 2 * CELL_PAD[1]


def _parts(
    rows: Sequence[tuple[str, ...]], first: float, more: float, width: float
) -> Iterator[Sequence[tuple[str, ...]]]:
    """Divide rows among slides, by the millimetres that the first and the others have for them."""
    some: list[tuple[str, ...]] = []
    used, room = 0.0, first
    for row in rows:
        high = _height(row, width)
        if some and used + high > room:
            yield some
            some, used, room = [], 0.0, more
        some.append(row)
        used += high
    yield some


def _add_grid(
    slide: Any, title: str, rows: Sequence[Sequence[str]], box: PageBox, theme: Theme
) -> None:
    heights = [_height(row, box.width, "text" if at else "heading") for at, row in enumerate(rows)]
    frame = slide.shapes.add_table(
        len(rows), len(rows[0]), Mm(box.left), Mm(box.top), Mm(box.width), Mm(sum(heights))
    )
    table = unstyled(frame, title, rows[0])
    for column, width in zip(table.columns, _widths(len(rows[0]), box.width), strict=True):
        column.width = Mm(width)
    for number, row in enumerate(rows):
        table.rows[number].height = Mm(heights[number])
        colour = theme.hairline if number else theme.ink
        for at, text in enumerate(row):
            kind: Any = "text" if number else "heading"
            fill_cell(table.cell(number, at), Paragraph(text, kind), _TEXT, colour)
