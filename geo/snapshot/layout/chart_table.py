"""The numbers of a chart as a table among the notes: the fewest and the most of every bar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from geo.snapshot.content.content import Content
from geo.snapshot.content.sizes import Size
from geo.snapshot.layout.notes import Piece, as_text, heading
from geo.snapshot.layout.typesetting import Block, TextStyle, move, paragraph

_NAMES: Final = 0.34
"""Share of the width of a table for the names of its rows."""
_PAD: Final = 6.0
"""Points between two cells."""


def chart_table(content: Content, size: Size) -> Iterator[Piece]:
    """The table of the chart of a figure, a piece for each row; none without a chart."""
    chart = content.chart
    if chart is None or not chart.rows:
        return
    yield heading("chart", chart.table_title, size)
    yield as_text("chart", chart.table_note, TextStyle(size.small, tone="muted"))
    yield Piece("chart", _row(chart.head, TextStyle(size.text, "bold"), is_head=True))
    for row in chart.rows:
        yield Piece("chart", _row(row, TextStyle(size.text)))


def _row(
    cells: Sequence[str], type_: TextStyle, *, is_head: bool = False
) -> Callable[[float], Block]:
    def block(width: float) -> Block:
        names = width * _NAMES
        each = (width - names) / max(1, len(cells) - 1)
        found = [paragraph(cells[0], type_, names - _PAD, "text")]
        found += [paragraph(cell, type_, each - _PAD, "text") for cell in cells[1:]]
        starts = (0.0, *(names + at * each for at in range(len(cells) - 1)))
        items = tuple(
            move(item, x, 0.0) for x, cell in zip(starts, found, strict=True) for item in cell.items
        )
        high = max(cell.height for cell in found)
        return Block(high, items, before=2.0 if is_head else 0.0, leads=is_head)

    return block
