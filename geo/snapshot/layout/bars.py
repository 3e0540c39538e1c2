"""The bars of charts, drawn so that they are told apart by fill and outline, also in grey.

What only a party claims is pale with oblique lines and a dashed outline, as its dashed strokes on
the map; what third parties report is solid; what is disputed or refuted is dotted. What is possible
but not certain is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from matplotlib.path import Path

from geo.snapshot.content.layers import CHART
from geo.snapshot.layout.signs import Pen
from geo.snapshot.layout.theme import Theme, mix
from geo.snapshot.layout.typesetting import Bar, TrendLine
from geo.wording.symbology import Stroke

_DASHES: Final[dict[Stroke, tuple[float, float] | None]] = {
    "dashed": (1.7, 1.1), "solid": None, "split": (0.7, 0.9),
}  # fmt: skip
"""Dash and gap in points of the outline of a possible part, as the strokes on the map."""
_LINE: Final = 0.7
"""Width in points of the outline of a bar: thinner than a sign's, since bars stand close."""
_THINNEST: Final = 0.25
"""Most of the width of a bar that its outline takes, so that a thin bar keeps its fill."""
_STEP: Final = 3.0
"""Points between oblique lines: three or more cross a bar of usual width."""
_HATCH: Final = 0.55
"""Width in points of an oblique line."""
_DOT: Final = 0.9
"""Side in points of a dot: legible in print and not taken for a fill."""
_BETWEEN_DOTS: Final = 2.7
"""Points from dot to dot."""
_LEAST_FILLED: Final = 3.0
"""Points of width and height below which a bar has neither lines nor dots: none would be whole."""
_SHARES: Final[dict[Stroke, float]] = {"solid": 0.8, "dashed": 0.22, "split": 0.1}
"""Opacity of the ink in the fill of a certain part: steps that can be told apart in grey."""
_TREND: Final = 1.2
"""Width in points of the line of a trend: more than any outline."""


def draw_bar(pen: Pen, bar: Bar, height: float) -> None:
    """Draw a part of a bar on a page of this height in points."""
    theme, own = pen.theme, pen.within(CHART, bar.name)
    bottom = height - bar.y - bar.height
    corners = [
        (bar.x, bottom), (bar.x + bar.width, bottom),
        (bar.x + bar.width, bottom + bar.height), (bar.x, bottom + bar.height), (bar.x, bottom),
    ]  # fmt: skip
    line = min(_LINE, _THINNEST * min(bar.width, bar.height))
    path = Path(corners, closed=True)
    if not bar.is_certain:
        dash = _DASHES[bar.stroke]
        own.path(path, fill=theme.surface, line=theme.ink, width=line, dash=dash)
        return
    own.path(path, fill=_fill(bar.stroke, theme), line=theme.ink, width=line)
    if min(bar.width, bar.height) < _LEAST_FILLED or bar.stroke == "solid":
        return
    if bar.stroke == "dashed":
        own.path(_joined(_oblique(bar, bottom)), line=theme.ink, width=_HATCH)
    else:
        own.path(_joined(_dots(bar, bottom)), fill=theme.ink)


def draw_trend(pen: Pen, line: TrendLine, height: float) -> None:
    """Draw the line of a trend on a page of this height in points."""
    start = height - line.y
    path = Path([(line.x, start), (line.x + line.width, start + line.rise)])
    # Above the bars that it crosses.
    own = pen.within(CHART, "Trend").above(0.5)
    own.path(path, line=pen.theme.focus, width=_TREND)


def _fill(stroke: Stroke, theme: Theme) -> str:
    return mix(theme.ink, theme.surface, _SHARES[stroke])


def _oblique(bar: Bar, bottom: float) -> Iterator[list[tuple[float, float]]]:
    """Lines at 45 degrees, cut at the edges of the bar."""
    width, high = bar.width, bar.height
    for at in np.arange(_STEP, width + high, _STEP):
        low = (min(at, width), max(0.0, at - width))
        top = (max(0.0, at - high), min(at, high))
        # Mirrored, so that the lines rise to the right.
        yield [(bar.x + width - x, bottom + y) for x, y in (low, top)]


def _dots(bar: Bar, bottom: float) -> Iterator[list[tuple[float, float]]]:
    """Small squares on a grid that is centred in the bar."""
    columns, rows = (max(1, int(side / _BETWEEN_DOTS)) for side in (bar.width, bar.height))
    left = bar.x + (bar.width - (columns - 1) * _BETWEEN_DOTS - _DOT) / 2
    low = bottom + (bar.height - (rows - 1) * _BETWEEN_DOTS - _DOT) / 2
    for column in range(columns):
        for row in range(rows):
            x, y = left + column * _BETWEEN_DOTS, low + row * _BETWEEN_DOTS
            yield [(x, y), (x + _DOT, y), (x + _DOT, y + _DOT), (x, y + _DOT), (x, y)]


def _joined(lines: Iterator[list[tuple[float, float]]]) -> Path:
    return Path.make_compound_path(*(Path(line, closed=len(line) > 2) for line in lines))  # noqa: PLR2004 - two points are a line
