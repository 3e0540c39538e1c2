"""Plates: label boxes with the name of a place and its signs, each with the numbers of its records.

A plate has several shapes, from one wide row to a tall column and finally without its signs, but
always with all numbers. Label placement chooses the cheapest shape that fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal

from matplotlib.path import Path
from matplotlib.text import Text

from geo.snapshot.content.content import Badge, Sign, SignRow, say_numbers
from geo.snapshot.content.layers import layer_of_sign
from geo.snapshot.layout.signs import Pen, draw_sign, head_size, sign_width
from geo.snapshot.lettering import (
    HALF_CAPITAL,
    LEADING,
    break_lines,
    drawable,
    font,
    shorten,
    width_of,
)
from geo.snapshot.map.basemap import rounded
from geo.snapshot.map.boxes import CanvasBox
from geo.snapshot.map.forms import draw_form
from geo.snapshot.map.positions import Shape
from geo.snapshot.typefaces import Weight
from geo.view import UNNAMED
from geo.wording.symbology import Form, Stroke, unnamed_style

_LEADER: Final = 0.8
"""Width in points of a leader: that of a border, less than that of a stroke of a sign."""
_LEADER_RIM: Final = 0.9
"""Width in points of the rim on both sides of a leader: it interrupts the lines that it crosses."""
PAD: Final = 3.6
"""Points between the edge of a badge and its content: half the height of a small letter."""
_ICON: Final = CanvasBox(0, 0, 9.5, 7.0)
"""Size in points of the icon for the kind of place."""
_BETWEEN: Final = 7.0
"""Points between two signs with their numbers."""
_AFTER_SIGN: Final = 2.6
"""Points between a sign and its numbers."""
_BAR: Final = 2.4
"""Height in points of the bar with the colours of groups: thin, but the hue can be recognised."""
_WIDTHS: Final = (400.0, 210.0, 150.0, 105.0, 70.0, 45.0)
"""Greatest widths in points of the rows, from a single row to a narrow column; each is about two
thirds of the one before, because closer widths mostly give the same rows."""
_NUMBERS_ONLY: Final = ((120.0, 150.0), (125.0, 95.0), (130.0, 60.0))
"""Cost (in the units of label placement) and width in points of a badge without signs: more than
any clear position with signs (a leader of 72 points costs about 65), less than numbers alone."""
_NAMELESS: Final = ((160.0, 60.0), (164.0, 36.0), (168.0, 20.0))
"""Cost and width in points of a badge without a name: the last resort."""
_STROKES: Final[tuple[Stroke, ...]] = ("dashed", "solid", "split")
_ROW_COST: Final = 3.0
"""Cost of each row after the first: a flat plate covers less of a country that is wider than high,
and one row is never worth a leader of more than about 20 points."""
_WIDTH_COST: Final = 0.09
"""Cost of each point of width above :data:`_FREE_WIDTH`: 33 points cost as much as a row."""
_FREE_WIDTH: Final = 100.0
"""Points of width that cost nothing: the name of a province with its icon."""
_TALLY_WIDTHS: Final = ((0.0, 110.0), (4.0, 72.0), (9.0, 50.0))
"""Cost and width in points of the numbers on a plate with totals: one, two or three lines of a few
numbers, with about the cost of the extra rows."""
_LONGEST_NAME: Final = 190.0
"""Greatest width of a name in points: about 40 letters, longer than the names of provinces and
districts."""
_SHORTEST_LINE: Final = 62.0
"""Width in points up to which a name is not broken: about 12 letters."""


@dataclass(frozen=True, slots=True)
class BadgeCell:
    """A sign with its numbers, in lines; or a count, with a plain sign."""

    sign: Sign | None
    lines: tuple[str, ...]
    plain: bool = False

    def width(self, size: float) -> float:
        """Width in points at a type size in points."""
        words = max((width_of(line, size, self.weight) for line in self.lines), default=0.0)
        return words + (0.0 if self.sign is None else sign_width(self.sign) + _AFTER_SIGN)

    def height(self, size: float) -> float:
        """Height in points at a type size in points."""
        # Points above and below a head, for its light rim.
        head = 0.0 if self.sign is None else head_size(self.sign) + 3.4
        return max(head, len(self.lines) * size * LEADING + 2.0)

    @property
    def weight(self) -> Weight:
        """Numbers beside a sign are bold."""
        return "normal" if self.plain or self.sign is None else "bold"


@dataclass(frozen=True)
class BadgeLayout:
    """One shape of a plate, ready for placement and drawing.

    Parameters
    ----------
    bars
        Groups whose colours form a bar at the bottom of a plate without signs.
    form
        The kind of place, shown before the name.
    """

    title: tuple[str, ...]
    rows: tuple[tuple[BadgeCell, ...], ...]
    size: float
    cost: float
    bars: tuple[str, ...] = ()
    form: Form | None = None

    @cached_property
    def shape(self) -> Shape:
        """Its size in points and the cost of choosing it."""
        wide = [width_of(line, self.size) + self._icon for line in self.title]
        wide += [self._row_width(row) for row in self.rows]
        high = sum(self._row_height(row) for row in self.rows)
        high += self.size * LEADING * len(self.title)
        # Points between the numbers and the bar.
        high += _BAR + 1.5 if self.bars else 0.0
        return Shape(max(wide) + 2 * PAD, high + PAD, self.cost)

    @property
    def _icon(self) -> float:
        # Points between the icon and the name.
        return _ICON.width + 3.2 if self.form else 0.0

    def _row_width(self, row: Sequence[BadgeCell]) -> float:
        return sum(cell.width(self.size) for cell in row) + _BETWEEN * (len(row) - 1)

    def _row_height(self, row: Sequence[BadgeCell]) -> float:
        return max(cell.height(self.size) for cell in row)

    def draw(self, pen: Pen, box: CanvasBox) -> None:
        """Draw the plate with its frame."""
        theme = pen.theme
        # Points: corners about as round as on the web map, and a line as thin as a border.
        pen.path(rounded(box, 3.2), fill=theme.surface, line=theme.border, width=0.7)
        y = box.top - PAD / 2
        for at, line in enumerate(self.title):
            middle = y - self.size * LEADING / 2
            if self.form and at == 0:
                icon = CanvasBox(
                    box.left + PAD, middle - _ICON.height / 2, _ICON.width, _ICON.height
                )
                draw_form(pen, self.form, icon)
            write_line(
                pen, line, box.left + PAD + self._icon, middle, self.size, colour=theme.muted
            )
            y -= self.size * LEADING
        for row in self.rows:
            high = self._row_height(row)
            x = box.left + PAD
            for cell in row:
                self._draw_cell(pen, cell, x, y - high / 2)
                x += cell.width(self.size) + _BETWEEN
            y -= high
        if self.bars:
            self._draw_bars(pen, box)

    def _draw_cell(self, pen: Pen, cell: BadgeCell, x: float, y: float) -> None:
        if cell.sign is not None:
            if not cell.plain:
                pen = pen.within(layer_of_sign(cell.sign, pen.names), *pen.layer[1:])
            x += draw_sign(pen, cell.sign, x, y, plain=cell.plain) + _AFTER_SIGN
        role = "count" if cell.plain else "numbers"
        top = y + (len(cell.lines) - 1) * self.size * LEADING / 2
        for at, line in enumerate(cell.lines):
            write_line(pen, line, x, top - at * self.size * LEADING, self.size, weight=cell.weight,
                  colour=pen.theme.ink, role=role)  # fmt: skip

    def _draw_bars(self, pen: Pen, box: CanvasBox) -> None:
        inner = box.width - 2 * PAD
        each = inner / len(self.bars)
        for at, key in enumerate(self.bars):
            # Points: 2 above the edge of the plate, and 0.8 between two colours.
            bar = CanvasBox(box.left + PAD + at * each, box.bottom + 2.0, each - 0.8, _BAR)
            colour = pen.theme.group(pen.styles.get(key) or unnamed_style())[0]
            pen.path(rounded(bar, 0.8), fill=colour)


def badge_layouts(
    name: str, rows: Sequence[SignRow], size: float, *, form: Form | None = None
) -> tuple[BadgeLayout, ...]:
    """The shapes of the plate for these rows, most detailed first.

    Parameters
    ----------
    form
        The kind of place, shown before the name.
    """
    found: list[BadgeLayout] = []

    def offer(layout: BadgeLayout) -> None:
        if all((layout.title, layout.rows) != (other.title, other.rows) for other in found):
            found.append(layout)

    for width in _WIDTHS:
        lines = tuple(_flow((_cell(row, size, width) for row in rows), size, width))
        title = _title_lines(name, size, width)
        made = BadgeLayout(title, lines, size, 0.0, form=form)
        rows_more = len(lines) + len(title) - 2
        wider = max(0.0, made.shape.width - _FREE_WIDTH)
        offer(replace(made, cost=_ROW_COST * rows_more + _WIDTH_COST * wider))
    numbers = say_numbers([number for row in rows for number in row.numbers])
    bars = tuple(dict.fromkeys(row.sign.groups[0] for row in rows))
    for cost, width in _NUMBERS_ONLY:
        cell = BadgeCell(None, break_lines(numbers, size, width))
        offer(BadgeLayout(_title_lines(name, size, width), ((cell,),), size, cost, bars, form))
    return tuple(found)


def number_layouts(rows: Sequence[SignRow], size: float) -> tuple[BadgeLayout, ...]:
    """Plates with numbers only, for a place without room for its name."""
    bars = tuple(dict.fromkeys(row.sign.groups[0] for row in rows))
    said = say_numbers([number for row in rows for number in row.numbers])
    return tuple(
        BadgeLayout((), ((BadgeCell(None, break_lines(said, size, width)),),), size, cost, bars)
        for cost, width in _NAMELESS
    )


def tally_layouts(badge: Badge, size: float) -> tuple[BadgeLayout, ...]:
    """The plate of a province with totals: counts by status, and the numbers of the records.

    A count has a sign of multiplication, so that it is never read as the number of a note.
    """
    assert badge.counts is not None  # noqa: S101 - asked by the caller
    counts = tuple(
        BadgeCell(Sign((UNNAMED,), "incident", stroke), (f"×{count}",), plain=True)
        for stroke, count in zip(_STROKES, badge.counts, strict=True)
        if count or stroke != "split"
    )
    numbers = f"no. {say_numbers(badge.numbers)}"
    found = []
    for cost, wide in _TALLY_WIDTHS:
        said = BadgeCell(None, break_lines(numbers, size, wide))
        found.append(
            BadgeLayout(_title_lines(badge.name, size, wide), (counts, (said,)), size, cost)
        )
    return tuple(found)


def remainder(
    left: Iterable[tuple[str, Sequence[SignRow]]], size: float, width: float
) -> BadgeLayout:
    """A plate that lists the places that could not be labelled, with the numbers of each."""
    said = "; ".join(
        f"{name} {say_numbers([number for row in rows for number in row.numbers])}"
        for name, rows in left
    )
    cell = BadgeCell(None, break_lines(said, size, width))
    return BadgeLayout(("No room on the map for",), ((cell,),), size, 0.0)


def merge_rows(rows: Sequence[SignRow], *, sized: bool = True) -> tuple[SignRow, ...]:
    """Merge rows with the same sign, in order.

    Parameters
    ----------
    sized
        If false, fatalities are ignored: a sign for an area has no size.
    """
    found: dict[tuple[Sign, bool], set[int]] = {}
    for row in rows:
        sign = row.sign if sized else replace(row.sign, deaths=None)
        found.setdefault((sign, row.inferred), set()).update(row.numbers)
    return tuple(
        SignRow(sign, tuple(sorted(numbers)), inferred)
        for (sign, inferred), numbers in found.items()
    )


def write_line(
    pen: Pen, words: str, x: float, y: float, size: float, *, colour: str,
    weight: Weight = "normal", role: str = "name", align: Literal["left", "center"] = "left",
) -> None:  # fmt: skip
    """Draw a line of text, vertically centred at `y`.

    Parameters
    ----------
    role
        ``numbers`` of records, ``count`` or ``name``; becomes the label of the artist.
    """
    # Centred by the height of capitals, so that text is aligned with its sign.
    said = drawable(words, weight)
    text = Text(
        x, y - size * HALF_CAPITAL, said, color=colour,
        fontproperties=font(size, weight, said), horizontalalignment=align,
        verticalalignment="baseline", transform=pen.points, parse_math=False,
    )  # fmt: skip
    text.set_label(role)
    pen.add(text)


def draw_leader(pen: Pen, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A thin line with a rim, so that it can be followed across borders and hatches."""
    line = Path([start, end])
    pen.path(line, line=pen.theme.land, width=_LEADER + 2 * _LEADER_RIM, opacity=0.8)
    pen.path(line, line=pen.theme.rim, width=_LEADER)


def _title_lines(name: str, size: float, width: float) -> tuple[str, ...]:
    """The name in lines, none much wider than the rows below."""
    wide = min(max(width, _SHORTEST_LINE), _LONGEST_NAME)
    return tuple(shorten(line, size, _LONGEST_NAME) for line in break_lines(name, size, wide))


def _cell(row: SignRow, size: float, width: float) -> BadgeCell:
    # At least three type sizes, the width of a number of four digits.
    inner = max(width - sign_width(row.sign) - _AFTER_SIGN, size * 3)
    return BadgeCell(row.sign, break_lines(row.text, size, inner, "bold"))


def _flow(cells: Iterable[BadgeCell], size: float, width: float) -> Iterator[tuple[BadgeCell, ...]]:
    """Cells in rows of at most `width` points."""
    row: list[BadgeCell] = []
    taken = 0.0
    for cell in cells:
        wide = cell.width(size)
        if row and taken + _BETWEEN + wide > width:
            yield tuple(row)
            row, taken = [], 0.0
        taken += wide + (_BETWEEN if row else 0.0)
        row.append(cell)
    if row:
        yield tuple(row)
