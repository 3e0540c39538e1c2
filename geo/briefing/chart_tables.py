"""The numbers of a chart as native tables of slides, as lines of text, and as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from pptx.presentation import Presentation as Deck
from pptx.util import Mm

from geo.briefing import powerpoint as decks
from geo.briefing.measuring import height_of
from geo.briefing.powerpoint import HEIGHT, MARGIN, TOP, WIDTH
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


def add_chart_table(deck: Deck, chart: FigureChart, theme: Theme) -> None:
    """Add the table of a chart, with what explains it, on as many slides as it needs."""
    width = WIDTH - 2 * MARGIN
    said = [Paragraph(chart.table_note, "quiet")]
    top = TOP + decks.title_height(CHART_TABLE, _TITLE, width) + 2
    first = top + height_of(said, _TEXT, width) + 2
    high = height_of([Paragraph("0")], _TEXT, width) + 2 * CELL_PAD[1]
    head = _head_height(chart, width)
    pages = list(_parts(chart.rows, *(
        max(1, int((HEIGHT - _FOOT - start - head) / high)) for start in (first, top)
    )))  # fmt: skip
    for number, rows in enumerate(pages, start=1):
        title = f"{CHART_TABLE} ({number} of {len(pages)})" if len(pages) > 1 else CHART_TABLE
        slide = decks.add_slide(deck, title, size=_TITLE)
        if number == 1:
            above = PageBox(MARGIN, top, width, first - top)
            decks.add_text(slide, said, above, size=_TEXT, name="How to read it")
        _add_grid(slide, title, [chart.head, *rows], (first if number == 1 else top), high, theme)


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


def _head_height(chart: FigureChart, width: float) -> float:
    each = width * (1 - _NAMES) / max(1, len(chart.head) - 1)
    cells = (Paragraph(text, "heading") for text in chart.head)
    return max(height_of([cell], _TEXT, each - 2 * CELL_PAD[0]) for cell in cells) + 2


def _parts(
    rows: Sequence[tuple[str, ...]], first: int, more: int
) -> Iterator[Sequence[tuple[str, ...]]]:
    """Divide rows among slides."""
    yield rows[:first]
    for at in range(first, len(rows), more):
        yield rows[at : at + more]


def _add_grid(
    slide: Any, title: str, rows: Sequence[Sequence[str]], top: float, high: float, theme: Theme
) -> None:
    width, columns = WIDTH - 2 * MARGIN, len(rows[0])
    frame = slide.shapes.add_table(
        len(rows), columns, Mm(MARGIN), Mm(top), Mm(width), Mm(high * len(rows))
    )
    table = unstyled(frame, title, rows[0])
    names = width * _NAMES
    for at, column in enumerate(table.columns):
        column.width = Mm(names if at == 0 else (width - names) / (columns - 1))
    for number, row in enumerate(rows):
        table.rows[number].height = Mm(high)
        colour = theme.hairline if number else theme.ink
        for at, text in enumerate(row):
            kind: Any = "text" if number else "heading"
            fill_cell(table.cell(number, at), Paragraph(text, kind), _TEXT, colour)
