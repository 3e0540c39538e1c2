"""The layout of the legend and of the box "Not mapped": headings with signs beside them.

Both are tables of two columns. The signs of a row are aligned in columns if that takes no extra
line, and otherwise follow one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Final

from geo.snapshot.content.content import Content, LegendItem, RecordNote, Sign, say_numbers
from geo.snapshot.content.sizes import Size
from geo.snapshot.layout.notes import Piece
from geo.snapshot.layout.signs import head_size, sign_width
from geo.snapshot.layout.typesetting import (
    ROUNDING,
    Block,
    Item,
    Panel,
    Picture,
    Role,
    TextLine,
    TextStyle,
    baseline,
    embed,
    level,
    move,
    paragraph,
    stack,
    wrap,
)
from geo.snapshot.lettering import width_of

_HEADING: Final = 0.25
"""Share of the width for the column of headings: the longest of them fits on two lines."""
_LEAST_HEADING, _MOST_HEADING = 60.0, 142.0
"""Least and greatest width in points of the column of headings, so that a heading of one word stays
on one line and items have most of the width."""
_BETWEEN: Final = 11.0
"""Points between two items of a row: about two letters, so that they do not run together."""
_AFTER_SIGN: Final = 4.0
"""Points between a symbol and its text."""
_ROW_GAP: Final = 2.2
"""Points between two rows."""
_FORM_WIDTH: Final = 16.0
"""Width in points of the icon for a kind of place: that of a usual sign with its rim."""
_FORM_HIGH: Final = 11.0
"""Height in points of a row with such an icon: that of the icon and its rim."""
_ABOVE_RING: Final = 1.6
"""Points that the row of a ring is higher than the ring: the half of its line above and below."""
_PAD: Final = 5.0
"""Points between the edge of the box "Not mapped" and its text."""
_AFTER_HEADING: Final = 7.0
"""Points between a heading and the first item after it."""
_ABOVE_SIGN: Final = 0.6
"""Points that a row is higher than its symbol, for the light rim."""
_BEFORE_PART, _BEFORE_BOX = 6.0, 8.0  # points: more than between rows, so that parts read as blocks
_MOST_SPREAD: Final = 1.25
"""Factor by which columns may be spread; further apart they no longer read as rows."""
_SPARE: Final = 5.0
"""Points by which aligned symbols may differ in width, kept free when text is broken."""


@dataclass(frozen=True, slots=True)
class _LegendCell:
    """A symbol and its text; `available` is the width of its column of symbols, in points."""

    picture: Picture | None
    lines: tuple[str, ...]
    type: TextStyle
    high: float
    available: float = 0.0
    under: str = ""
    role: Role = "legend"

    @property
    def width(self) -> float:
        words = max(width_of(line, self.type.size, self.type.weight) for line in self.lines)
        return self.start + words

    @property
    def start(self) -> float:
        if self.picture is None:
            return 0.0
        return max(self.available, self.picture.width) + _AFTER_SIGN

    @property
    def height(self) -> float:
        return max(self.high + _ABOVE_SIGN, len(self.lines) * self.type.leading)

    def items(self, x: float, y: float, height: float) -> Iterator[Item]:
        """Its items; a single line is centred vertically in its row."""
        first = y + (height if len(self.lines) == 1 else self.type.leading) / 2
        if self.picture is not None:
            aside = max(0.0, self.available - self.picture.width) / 2
            yield move(self.picture, x + aside, first)
        for at, line in enumerate(self.lines):
            below = first + at * self.type.leading + baseline(self.type) - level(self.type)
            yield TextLine(
                line, x + self.start, below, self.type, self.role, begins=not at, under=self.under
            )


_LegendRow = list[tuple[float, _LegendCell]]


def legend_pieces(content: Content, size: Size, *, is_low: bool) -> Iterator[Piece]:
    """A piece for each part of the legend, or one for all of them if the height is small."""
    if is_low:
        if content.legend:
            yield Piece(
                "legend", lambda width: _running(_legend_parts(content, size, width), width)
            )
        return
    for at in range(len(content.legend)):
        yield Piece("legend", partial(_part, content, size, at))


def legend_rows(content: Content, size: Size, width: float, parts: int) -> Block:
    """The first parts of the legend in running rows; no rows if it has fewer parts."""
    found = _legend_parts(content, size, width)[:parts]
    return _running(found, width) if len(found) == parts and parts else Block(0.0)


def beside(content: Content, size: Size) -> Iterator[Piece]:
    """The box "Not mapped": signs and numbers under each heading, without those on the map."""
    if content.without_badge:
        yield Piece("beside", lambda width: _box(content, size, width))


def _part(content: Content, size: Size, at: int, width: float) -> Block:
    heading, cells = _legend_parts(content, size, _inner(width))[at]
    return replace(_table_row(heading, cells, width), before=_BEFORE_PART)


def _box(content: Content, size: Size, width: float) -> Block:
    inner = width - 2 * _PAD
    heading, type_ = content.words.say("Not mapped"), TextStyle(size.small, "bold")
    title = paragraph(heading, type_, inner, "heading")
    run = _running(_beside_parts(content, size, inner), inner)
    rows = [title, replace(run, before=1.0)]
    text = stack(rows)
    # The background is drawn in pieces, so that it can be divided with a long box.
    ends = (*(at + _PAD for at in text.cuts[1:-1]), text.height + 2 * _PAD)
    ground = (
        Panel(0, start + (ROUNDING if start else 0), width, end - start, "quiet", role="legend")
        for start, end in zip((0.0, *ends), ends, strict=False)
    )
    items = (*ground, *(move(item, _PAD, _PAD) for item in text.items))
    return Block(text.height + 2 * _PAD, items, before=_BEFORE_BOX, cuts=ends[:-1])


def _legend_parts(
    content: Content, size: Size, available: float
) -> list[tuple[_LegendCell, list[_LegendCell]]]:
    return [
        _headed(part.heading, [_legend_cell(item, size, available) for item in part.items], size)
        for part in content.legend
    ]


def _beside_parts(
    content: Content, size: Size, available: float
) -> list[tuple[_LegendCell, list[_LegendCell]]]:
    return [
        _headed(
            content.words.say(f"{said} ({len(entries)})"),
            [_number_cell(sign, numbers, size, available) for sign, numbers in _signs(entries)],
            size,
        )
        for said, entries in content.without_badge.items()
    ]


def _signs(entries: Sequence[RecordNote]) -> Iterator[tuple[Sign, list[int]]]:
    """Signs in order of first occurrence, with their numbers."""
    signs = list(dict.fromkeys(entry.sign for entry in entries))
    ordered = sorted(entries, key=lambda entry: signs.index(entry.sign))
    for sign, same in groupby(ordered, key=lambda entry: entry.sign):
        yield sign, [entry.number for entry in same]


def _inner(width: float) -> float:
    return width - min(max(width * _HEADING, _LEAST_HEADING), _MOST_HEADING) - _AFTER_SIGN


def _headed(
    text: str, cells: Sequence[_LegendCell], size: Size
) -> tuple[_LegendCell, list[_LegendCell]]:
    """A heading, and the cells that belong to it."""
    type_ = TextStyle(size.small, tone="muted")
    heading = _LegendCell(None, (embed(text),), type_, 0.0, under=text, role="legend-heading")
    return heading, [replace(cell, under=text) for cell in cells]


def _legend_cell(item: LegendItem, size: Size, available: float) -> _LegendCell:
    if item.sign is not None:
        picture = Picture(0, 0, sign_width(item.sign), sign=item.sign, plain=item.plain)
        high = head_size(item.sign)
    elif item.form or item.shade or item.base or item.is_editors or item.cover is not None:
        picture = Picture(
            0, 0, _FORM_WIDTH, form=item.form, shade=item.shade, base=item.base,
            is_editors=item.is_editors, cover=item.cover,
        )  # fmt: skip
        high = _FORM_HIGH
    elif item.ring is not None:
        picture = Picture(0, 0, max(2 * item.ring, _FORM_WIDTH), ring=item.ring)
        high = max(2 * item.ring + _ABOVE_RING, _FORM_HIGH)
    else:
        lines = wrap(embed(item.label), TextStyle(size.small), available - _SPARE)
        return _LegendCell(None, lines, TextStyle(size.small), 0.0)
    return _cell(picture, item.label, TextStyle(size.small), high, available)


def _number_cell(sign: Sign, numbers: Sequence[int], size: Size, available: float) -> _LegendCell:
    picture = Picture(0, 0, sign_width(sign), sign=sign)
    return _cell(
        picture, say_numbers(numbers), TextStyle(size.small, "bold"), head_size(sign), available
    )


def _cell(
    picture: Picture, text: str, type_: TextStyle, high: float, available: float
) -> _LegendCell:
    lines = wrap(embed(text), type_, available - picture.width - _AFTER_SIGN - _SPARE)
    return _LegendCell(picture, lines, type_, high)


def _table_row(heading: _LegendCell, cells: Sequence[_LegendCell], width: float) -> Block:
    """A heading with its cells in rows beside it."""
    available, left = _inner(width), width - _inner(width)
    rows = _in_columns(cells, available) or _one_after_another(cells, available)
    body = _rows(rows, left)
    said = paragraph(heading.lines[0], heading.type, left - _AFTER_SIGN, heading.role)
    # The heading is aligned with its first symbol.
    first = rows[0][0][1]
    drop = (max(cell.height for _, cell in rows[0]) - said.cuts[0]) / 2
    drop = drop if len(first.lines) == 1 else 0.0
    high = max(body.height, said.height + drop)
    cuts = (*(at for at in body.cuts if said.height + drop < at < high), high)
    named = (
        move(replace(line, under=heading.under), 0, drop)
        for line in said.items
        if isinstance(line, TextLine)
    )
    return Block(high, (*body.items, *named), cuts=cuts)


def _running(parts: Sequence[tuple[_LegendCell, list[_LegendCell]]], width: float) -> Block:
    """All parts in running rows, each heading followed by its cells."""
    rows: list[_LegendRow] = [[]]
    x = 0.0
    for heading, cells in parts:
        x += _BETWEEN if rows[-1] else 0.0
        for at, cell in enumerate([heading, *cells]):
            # A heading never ends a row.
            needed = cell.width + (_AFTER_HEADING + cells[0].width if at == 0 else 0.0)
            if rows[-1] and x + needed > width:
                rows.append([])
                x = 0.0
            rows[-1].append((x, cell))
            x += cell.width + (_AFTER_HEADING if at == 0 else _BETWEEN)
    return _rows(rows, 0.0)


def _rows(rows: Sequence[_LegendRow], left: float) -> Block:
    items: list[Item] = []
    cuts: list[float] = []
    y = 0.0
    for row in rows:
        y += _ROW_GAP if items else 0.0
        height = max(cell.height for _, cell in row)
        for x, cell in row:
            items.extend(cell.items(left + x, y, height))
        y += height
        # A heading stays with what follows it.
        if row[-1][1].role != "legend-heading":
            cuts.append(y + _ROW_GAP / 2)
    cuts[-1] = y
    return Block(y, tuple(items), cuts=tuple(cuts))


def _one_after_another(cells: Sequence[_LegendCell], available: float) -> list[_LegendRow]:
    rows: list[_LegendRow] = [[]]
    x = 0.0
    for cell in cells:
        if rows[-1] and x + cell.width > available:
            rows.append([])
            x = 0.0
        rows[-1].append((x, cell))
        x += cell.width + _BETWEEN
    return rows


def _in_columns(cells: Sequence[_LegendCell], available: float) -> list[_LegendRow] | None:
    """Cells in columns of equal width, unless that takes more lines."""
    symbols = max((cell.picture.width for cell in cells if cell.picture), default=0.0)
    even = [replace(cell, available=symbols) for cell in cells]
    wide = max(cell.width for cell in even) + _BETWEEN
    columns = min(len(even), max(1, int((available + _BETWEEN) / wide)))
    rows = [even[at : at + columns] for at in range(0, len(even), columns)]
    if len(rows) > len(_one_after_another(cells, available)) or wide - _BETWEEN > available:
        return None
    step = max(wide, min((available + _BETWEEN) / columns, wide * _MOST_SPREAD))
    return [[(at * step, cell) for at, cell in enumerate(row)] for row in rows]
