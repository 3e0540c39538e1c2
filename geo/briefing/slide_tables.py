"""Lists of numbered lines as native tables, on as many slides as they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck
from pptx.util import Mm

from geo.briefing import powerpoint as decks
from geo.briefing.measuring import height_of, split
from geo.briefing.slide_size import MARGIN, TOP, SlideSize
from geo.briefing.wording import Paragraph
from geo.snapshot.layout.theme import Theme

_TITLE: Final = 20.0
"""Size of the title in points, which is a short heading."""
_SIZES: Final = (16.0, 14.0)
"""Sizes of type in points; the first with which a table fits on one slide is used, and the last is
the least for text on a slide."""
_NUMBER, _CITED = 16.0, 44.0  # millimetres: a number of four digits, and three citations
CELL_PAD: Final = (1.6, 0.8)
"""Millimetres between the edge of a cell and its text, at the sides and above and below."""
_FOOT: Final = 12.0
"""Millimetres free below a table, since PowerPoint may need more height than estimated."""
_NO_STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's table style without fills and lines."""
_RULE: Final = (
    '<a:lnB xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" w="{width}">'
    '<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:lnB>'
)
_HEAD_RULE, _ROW_RULE = 12_700, 6_350  # English Metric Units: 1 and 0.5 points


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: a numbered line with its citations, or a heading across the table."""

    line: Paragraph
    cited: str = ""


@dataclass(frozen=True, slots=True)
class _TableGrid:
    """The columns of a table on slides of one size, in type of one size (points)."""

    page: SlideSize
    size: float
    columns: int

    @property
    def widths(self) -> list[float]:
        """Millimetres of the columns."""
        cited = [_CITED] * (self.columns - 2)
        return [_NUMBER, self.page.inner - _NUMBER - sum(cited), *cited]

    @property
    def top(self) -> float:
        """Millimetres from the top of the slide to the table."""
        return TOP + decks.title_height("Title", _TITLE, self.page.inner) + 2

    @property
    def head(self) -> float:
        """Millimetres of the height of its head."""
        line = Paragraph("Head", "heading")
        return height_of([line], self.size, self.page.width) + 2 * CELL_PAD[1]

    @property
    def room(self) -> float:
        """Millimetres below the head."""
        return self.page.height - _FOOT - self.top - self.head

    def height(self, row: TableRow) -> float:
        """Millimetres that a row needs."""
        widths = self.widths
        cells = [(replace(row.line, number=""), widths[1]), (Paragraph(row.cited), widths[-1])]
        if row.line.kind == "heading":
            cells = [(row.line, sum(widths))]
        needed = (height_of([line], self.size, width - 2 * CELL_PAD[0]) for line, width in cells)
        return max(needed) + 2 * CELL_PAD[1]

    def parts(self, row: TableRow) -> Iterator[TableRow]:
        """Divide a row that is higher than a slide."""
        width = self.widths[1] - 2 * CELL_PAD[0]
        line, number = replace(row.line, number=""), row.line.number
        for at, part in enumerate(split(line, self.size, width, self.room - 2 * CELL_PAD[1])):
            first = at == 0
            yield TableRow(
                replace(part, number=number if first else ""), row.cited if first else ""
            )


def add_tables(
    deck: Deck,
    title: str,
    heads: Sequence[str],
    rows: Sequence[TableRow],
    theme: Theme,
    page: SlideSize,
) -> None:
    """Add a table, on one slide in larger type if that suffices.

    Parameters
    ----------
    heads
        Headings of the columns: number, line, and possibly citations.
    """
    grids = [_TableGrid(page, size, len(heads)) for size in _SIZES]
    tried = ((grid, list(_divided(rows, grid))) for grid in grids)
    grid, slides = next(
        ((grid, slides) for grid, slides in tried if len(slides) <= 1),
        (grids[-1], list(_divided(rows, grids[-1]))),
    )
    for number, some in enumerate(slides, start=1):
        said = f"{title} ({number} of {len(slides)})" if len(slides) > 1 else title
        slide = decks.add_slide(deck, said, size=_TITLE, width=page.inner)
        _add_table(slide, said, heads, some, grid, theme)


def _divided(rows: Sequence[TableRow], grid: _TableGrid) -> Iterator[list[TableRow]]:
    """Divide rows among slides; a heading is never the last row, and no row is cut."""
    parts = [part for row in rows for part in grid.parts(row)]
    some: list[TableRow] = []
    used = 0.0
    for at, row in enumerate(parts):
        high = grid.height(row)
        follows = parts[at + 1 : at + 2] if row.line.kind == "heading" else []
        needed = high + sum(map(grid.height, follows))
        if some and used + needed > grid.room:
            yield some
            some, used = [], 0.0
        some.append(row)
        used += high
    if some:
        yield some


def _add_table(
    slide: Any, title: str, heads: Sequence[str], rows: Sequence[TableRow], grid: _TableGrid,
    theme: Theme,
) -> None:  # fmt: skip
    widths, size = grid.widths, grid.size
    frame = slide.shapes.add_table(
        len(rows) + 1, len(heads), Mm(MARGIN), Mm(grid.top), Mm(sum(widths)), Mm(1)
    )
    table = unstyled(frame, title, heads)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    table.rows[0].height = Mm(grid.head)
    for at, head in enumerate(heads):
        fill_cell(table.cell(0, at), Paragraph(head, "heading"), size, theme.ink, _HEAD_RULE)
    for number, row in enumerate(rows, start=1):
        table.rows[number].height = Mm(grid.height(row))
        _add_row(table, number, row, size, theme)


def unstyled(frame: Any, title: str, heads: Sequence[str]) -> Any:
    """Name a new table, describe it, take its style away, and return it."""
    frame.name = title
    frame._element.nvGraphicFramePr.cNvPr.set("descr", f"Table: {', '.join(heads)}.")  # noqa: SLF001 - python-pptx does not support alt text
    table = frame.table
    table.horz_banding = False
    frame._element.xpath(".//a:tableStyleId")[0].text = _NO_STYLE  # noqa: SLF001 - python-pptx cannot choose a style
    return table


def _add_row(table: Any, number: int, row: TableRow, size: float, theme: Theme) -> None:
    columns = len(table.columns)
    is_heading = row.line.kind == "heading"
    texts = (
        [row.line]
        if is_heading
        else [Paragraph(row.line.number), replace(row.line, number=""), Paragraph(row.cited)]
    )
    if is_heading:
        table.cell(number, 0).merge(table.cell(number, columns - 1))
    for at, line in enumerate(texts[:columns]):
        fill_cell(table.cell(number, at), line, size, theme.hairline, _ROW_RULE)


def fill_cell(cell: Any, line: Paragraph, size: float, colour: str, rule: int = _ROW_RULE) -> None:
    """Write a line into a cell, with a rule below it."""
    decks.write(cell.text_frame, [line], size=size)
    cell.margin_left = cell.margin_right = Mm(CELL_PAD[0])
    cell.margin_top = cell.margin_bottom = Mm(CELL_PAD[1])
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - python-pptx has no borders of cells
    xml = _RULE.format(width=rule, colour=colour.lstrip("#").upper())
    properties.insert(0, parse_xml(xml))
