"""The layout of a chart of counts in a box: heading, legend, bars on one scale, caption.

Periods run from left to right with upright bars. Provinces, groups and statuses run from top to
bottom with horizontal bars, side by side in columns on the same scale where they are many. Lengths
are points from the upper left corner of the box.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from geo.counts.bounds import UNITS
from geo.counts.charting import ChartGroup, CountChart
from geo.snapshot.content.figure_chart import FigureChart
from geo.snapshot.content.recipe import clean_line
from geo.snapshot.layout.typesetting import (
    Bar,
    Block,
    Item,
    Panel,
    TextLine,
    TextStyle,
    TrendLine,
    baseline,
    level,
    move,
    paragraph,
    stack,
    text_direction,
)
from geo.snapshot.lettering import shorten, width_of
from geo.wording.symbology import Stroke

_GAP: Final = 4.0
"""Points between the parts of a chart, and between a label and its bar."""
_SIGN: Final = 0.85
"""Side of a sign of the legend, in sizes of its text: a little more than its capitals."""
_FILLED: Final = 0.84
"""Share of the width of a period that its bars take, so that periods are told apart."""
_ROW_FILLED: Final = 0.8
"""Share of the height of a row that its bars take."""
_BAR_GAP: Final = 0.92
"""Share of its place that a bar takes, so that bars side by side do not touch."""
_WIDEST: Final = 22.0
"""Greatest width in points of an upright bar: of few periods, bars would be blocks."""
_THINNEST: Final = 1.0
"""Least width in points of an upright bar: narrower ones have no fill beside their outline."""
_LEAST_PLOT: Final = 4.2
"""Least height of the bars, in lines of text: room for three numbers on the scale."""
_LEAST_ROW: Final = 2.4
"""Least height in points of a horizontal bar: five pixels of a slide, so that pale and dark fills
can still be told apart."""
_USUAL_ROW: Final = 7.0
"""Usual height in points of a horizontal bar."""
_LEAST_LENGTH: Final = 48.0
"""Least length in points of the scale: a shorter one hides differences."""
_MOST_COLUMNS: Final = 4
"""Columns of horizontal bars; more would be shorter than their labels."""
_BETWEEN: Final = 14.0
"""Points between two such columns."""
_LABEL_SHARE: Final = 0.42
"""Most of the width of a column that its labels may take."""
_HEADROOM: Final = 1.04
"""Length of the scale relative to the longest bar."""
_TICKS: Final = 4
"""Most numbers on the scale but for zero."""
_ASPECT: Final = 0.42
"""Height of upright bars relative to their width where there is enough: the usual shape of a
series."""
_STEPS: Final = {"month": (1, 2, 3, 6, 12, 24, 60), "quarter": (1, 2, 4, 8, 20)}
"""How many periods there can be from one label to the next, so that they begin with a year."""


@dataclass(frozen=True, slots=True)
class ChartType:
    """Sizes of type of a chart in points: of its heading, and of everything else."""

    text: float
    small: float


def lay_out_chart(
    found: FigureChart, type_: ChartType, width: float, height: float
) -> tuple[Item, ...] | None:
    """Place a chart in a box of this size in points, with its caption in full if that has room.

    Returns
    -------
    tuple or None
        Its items from the upper left corner of the box; ``None`` if it has no room there.
    """
    items = _ChartLayout(found, type_, width).items(height)
    return items or _ChartLayout(found, type_, width, is_full=False).items(height)


def usual_height(found: FigureChart, type_: ChartType, width: float) -> float:
    """The height in points beyond which a chart of this width gets no better."""
    return _ChartLayout(found, type_, width).usual_height()


def scale_steps(most: int, number: int = _TICKS) -> list[int]:
    """The numbers on a scale from zero, evenly spaced, the last not beyond `most`.

    Examples
    --------
    >>> scale_steps(7), scale_steps(1), scale_steps(0), scale_steps(1234)
    ([0, 2, 4, 6], [0, 1], [0], [0, 500, 1000])
    """
    step = next(
        size * 10**power
        for power in range(12)
        for size in (1, 2, 5)
        if size * 10**power * number >= most
    )
    return list(range(0, most + 1, step))


class _ChartLayout:
    """A chart of a width, whose height is still to be chosen."""

    def __init__(
        self, found: FigureChart, type_: ChartType, width: float, *, is_full: bool = True
    ) -> None:
        self.found, self.width = found, width
        self.chart: CountChart = found.chart
        self.groups: Sequence[ChartGroup] = found.chart.groups
        # A status has one kind of bar only; elsewhere there is a lane for each kind.
        parts = len(self.groups[0].parts) if self.groups else 0
        self.lanes = min(parts, 1) if self.chart.by == "status" else parts
        self.small = TextStyle(type_.small)
        self.above = stack([
            paragraph(found.title, TextStyle(type_.text, "bold"), width, "chart"),
            self._legend(),
        ])  # fmt: skip
        quiet = TextStyle(type_.small, tone="muted")
        said = " ".join(found.caption) if is_full else found.short_caption
        self.below = paragraph(said, quiet, width, "chart")
        self.is_upright = self.chart.by in UNITS
        self.most = max(self.chart.most, 1) * _HEADROOM

    def items(self, height: float) -> tuple[Item, ...] | None:
        """Everything in a box of this height; ``None`` if it does not fit."""
        bars = height - self.above.height - self.below.height - 2 * _GAP
        if not self.groups:
            plot: list[Item] | None = [] if bars >= -_GAP else None
            bars = -_GAP
        else:
            top = self.above.height + _GAP
            plot = self._upright(top, bars) if self.is_upright else self._rows(top, bars)
        if plot is None:
            return None
        lower = self.above.height + bars + 2 * _GAP
        notes = (move(item, 0.0, lower) for item in self.below.items)
        return (*self.above.items, *plot, *notes)

    def usual_height(self) -> float:
        """The height beyond which the bars would be longer or thicker than they need be."""
        bars = 0.0
        if self.groups and self.is_upright:
            bars = max(self.width * _ASPECT, self._least_plot) + self._axis_height
        elif self.groups:
            columns = self._columns(math.inf) or 1
            rows = -(-len(self.groups) // columns)
            each = max(self.small.leading, self.lanes * _USUAL_ROW / _ROW_FILLED)
            bars = rows * each + self._axis_height
        return self.above.height + self.below.height + bars + 2 * _GAP

    @property
    def _axis_height(self) -> float:
        return self.small.leading + _GAP

    @property
    def _least_plot(self) -> float:
        return self.small.leading * _LEAST_PLOT

    def _legend(self) -> Block:
        """The signs of the bars with their names, in running rows."""
        side, items = self.small.size * _SIGN, list[Item]()
        x = y = 0.0
        for stroke, is_certain, label in self._signs():
            lines = paragraph(label, self.small, self.width - side - _GAP, "chart")
            wide = side + _GAP + max(width_of(line.text, self.small.size) for line in
                                     lines.items if isinstance(line, TextLine))  # fmt: skip
            if x and x + wide > self.width:
                x, y = 0.0, y + self.small.leading
            middle = y + level(self.small)
            items.append(
                Bar(x, middle - side / 2, side, side, stroke, is_certain, f"Sign: {label}")
            )
            items.extend(move(line, x + side + _GAP, y) for line in lines.items)
            y += lines.height - self.small.leading
            x += wide + 3 * _GAP
        return Block(y + self.small.leading, tuple(items), before=_GAP / 2) if items else Block(0.0)

    def _signs(self) -> Iterator[tuple[Stroke, bool, str]]:
        parts = self.groups[0].parts if self.groups else ()
        for part in parts:
            yield part.tally.stroke, True, part.tally.label
        if any(part.high > part.low for one in self.groups for part in one.parts):
            yield "solid", False, "Possible"

    def _upright(self, top: float, height: float) -> list[Item] | None:
        """Upright bars with their scale, in a box below `top`."""
        tall = height - self._axis_height
        left = width_of(f"{self.chart.most:,}", self.small.size) + _GAP
        each = (self.width - left) / len(self.groups)
        thick = min(_WIDEST, each * _FILLED / self.lanes)
        if tall < self._least_plot or thick * _BAR_GAP < _THINNEST:
            return None
        unit, bottom = tall / self.most, top + tall
        items: list[Item] = []
        number = min(_TICKS, int(tall / self.small.leading / 1.3))
        for tick in scale_steps(self.chart.most, number):
            y = bottom - tick * unit
            items.append(Panel(left, y, self.width - left, 0.0, role="chart"))
            items.append(self._text(f"{tick:,}", left - _GAP, y, align=1.0))
        for at, group in enumerate(self.groups):
            middle = left + (at + 0.5) * each
            for part, one in enumerate(group.parts):
                x = (
                    middle
                    + (part % self.lanes - self.lanes / 2) * thick
                    + thick * (1 - _BAR_GAP) / 2
                )
                wide = thick * _BAR_GAP
                low, high = one.low * unit, one.high * unit
                items += _bars(group, part, (x, bottom - low, wide, low),
                               (x, bottom - high, wide, high - low))  # fmt: skip
        items += self._period_names(left, each, bottom + _GAP)
        return [*items, *self._trend(left + each / 2, each, bottom, unit)]

    def _period_names(self, left: float, each: float, top: float) -> Iterator[Item]:
        """The names of the periods, as many as fit beside each other."""
        names = [one.label for one in self.groups]
        widest = max(width_of(name, self.small.size) for name in names) + _GAP
        steps = _STEPS.get(self.chart.by, (1, 2, 5, 10, 20, 50))
        step = next((one for one in steps if one * each >= widest), len(names))
        # Labels begin with the first period of a year, if there is any.
        begins = next((at for at, name in enumerate(names) if name[-3:] in {"-01", "-Q1"}), 0)
        y = top + level(self.small)
        for at in range(begins % step, len(names), step):
            wide, x = width_of(names[at], self.small.size), left + (at + 0.5) * each
            # A name at an edge is moved inwards, but not onto the next.
            moved = min(max(x, left + wide / 2), self.width - wide / 2)
            if abs(moved - x) <= max(step * each - widest, 0.0) or len(names) <= step:
                yield self._text(names[at], moved, y, align=0.5)

    def _trend(self, left: float, each: float, bottom: float, unit: float) -> Iterator[Item]:
        """The straight line through the middle of the bounds, where every reading agrees."""
        if self.chart.trend is None:
            return
        middle = [sum(one.low + one.high for one in group.parts) / 2 for group in self.groups]
        places = np.arange(len(middle))
        slope, start = np.polyfit(places, middle, 1)
        most = self.chart.most
        first, last = (min(max(start + slope * at, 0.0), most) for at in (0, len(middle) - 1))
        rise = float(last - first) * unit
        yield TrendLine(left, bottom - float(first) * unit, (len(middle) - 1) * each, rise)

    def _rows(self, top: float, height: float) -> list[Item] | None:
        """Horizontal bars in as many columns as they need, on one scale."""
        tall = height - self._axis_height
        columns = self._columns(tall)
        if columns is None:
            return None
        each = self._width_of_each(columns)
        rows = -(-len(self.groups) // columns)
        high = min(tall / rows, self.lanes * 2 * _USUAL_ROW)
        items: list[Item] = []
        for at in range(columns):
            some = self.groups[at * rows : (at + 1) * rows]
            items += self._column(some, at * (each + _BETWEEN), each, top, high)
        return items

    def _columns(self, tall: float) -> int | None:
        """The fewest columns in which all rows fit, if possible without names that are cut."""
        least = max(self.small.leading, self.lanes * _LEAST_ROW / _ROW_FILLED)
        found = [
            columns
            for columns in range(1, _MOST_COLUMNS + 1)
            if -(-len(self.groups) // columns) * least <= tall
            and self._length(columns) >= _LEAST_LENGTH
        ]
        whole = [one for one in found if self._widest <= self._width_of_each(one) * _LABEL_SHARE]
        return min(whole or found, default=None)

    def _width_of_each(self, columns: int) -> float:
        return (self.width - (columns - 1) * _BETWEEN) / columns

    def _length(self, columns: int) -> float:
        """Points of the scale in each of so many columns."""
        each = self._width_of_each(columns)
        return each - self._label_width(each)

    @cached_property
    def _widest(self) -> float:
        """Width of the longest name of a row."""
        return max(width_of(clean_line(one.label), self.small.size) for one in self.groups)

    def _label_width(self, each: float) -> float:
        return min(self._widest, each * _LABEL_SHARE) + _GAP

    def _column(
        self, groups: Sequence[ChartGroup], x: float, width: float, top: float, high: float
    ) -> list[Item]:
        left = x + self._label_width(width)
        unit = (x + width - left) / self.most
        bottom = top + len(groups) * high
        items: list[Item] = []
        widest = width_of(f"{self.chart.most:,}", self.small.size)
        number = max(1, min(_TICKS, int((x + width - left) / (2 * widest + _GAP))))
        for tick in scale_steps(self.chart.most, number):
            at = left + tick * unit
            items.append(Panel(at - 0.35, top, 0.7, bottom - top, role="chart"))
            y = bottom + _GAP + level(self.small)
            items.append(self._text(f"{tick:,}", at, y, align=0.5))
        thick = high * _ROW_FILLED / self.lanes
        for row, group in enumerate(groups):
            middle = top + (row + 0.5) * high
            name = shorten(clean_line(group.label), self.small.size, left - x - _GAP)
            items.append(self._text(name, left - _GAP, middle, align=1.0))
            for part, one in enumerate(group.parts):
                y = (
                    middle
                    + (part % self.lanes - self.lanes / 2) * thick
                    + thick * (1 - _BAR_GAP) / 2
                )
                tall = thick * _BAR_GAP
                low, most = one.low * unit, one.high * unit
                items += _bars(group, part, (left, y, low, tall), (left + low, y, most - low, tall))
        return items

    def _text(self, text: str, x: float, middle: float, *, align: float) -> TextLine:
        """A line with its middle at this height, and this share of its width left of `x`."""
        wide = width_of(text, self.small.size)
        y = middle - level(self.small) + baseline(self.small)
        rtl = text_direction(text) == "rtl"
        start = x - wide * align + (wide if rtl else 0.0)
        return TextLine(text, start, y, self.small, "chart", rtl)


def _bars(
    group: ChartGroup, part: int, certain: tuple[float, float, float, float],
    possible: tuple[float, float, float, float],
) -> Iterator[Item]:  # fmt: skip
    """The certain part of a bar and the possible one, without those that have no length."""
    one = group.parts[part]
    what = f"{clean_line(group.label)}, {one.tally.words}"
    if one.low:
        yield Bar(*certain, one.tally.stroke, True, f"{what}: {one.low:,} certain")  # noqa: FBT003 - the bar is certain
    if one.high > one.low:
        more = one.high - one.low
        yield Bar(*possible, one.tally.stroke, False, f"{what}: {more:,} more possible")  # noqa: FBT003 - the bar is open
