"""Arrows, circles, areas and texts of the editor, drawn as no mark of a record is.

Their lines have dashes and dots, and their texts a frame of the same line, in the colour of the bar
beside the briefer's note. They are below all marks of records, which they never hide, and badges
keep clear of their texts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import shapely
from matplotlib.path import Path

from geo.snapshot.content.content import Content
from geo.snapshot.content.editorial.editor_marks import EditorMark
from geo.snapshot.content.layers import EDITORS_MARKS
from geo.snapshot.layout.signs import Pen
from geo.snapshot.lettering import LEADING, break_lines, width_of
from geo.snapshot.map.badges import write_line
from geo.snapshot.map.basemap import MapCanvas, rounded
from geo.snapshot.map.boxes import CanvasBox

_WIDTH: Final = 1.4
"""Width of a line in points: about that of the outline of a sign."""
_RIM: Final = 3.4
"""Width in points of the rim below it, which interrupts borders and names."""
_DASH: Final = (6.0, 1.8, 1.4, 1.8)
"""Dash, gap, dot and gap in points: no mark of a record and no line of the map has dots."""
_HEAD: Final = (9.0, 3.6)
"""Length and half the width in points of the head of an arrow."""
_FILL: Final = 0.08
"""Opacity of an area: what is below it stays legible."""
_LINE_WIDTH: Final = 120.0
"""Greatest width in points of a line of text: about 24 letters."""
_PAD: Final = 2.6
"""Points between a text and its frame."""
_AWAY: Final = 3.0
"""Points between a text and the arrow or circle that it belongs to."""
_LEAST_LENGTH: Final = 1.0
"""Points of an arrow that is too short to have a direction."""
_EDGE: Final = 4.0
"""Points between a text and the edge of the map."""


@dataclass(frozen=True, slots=True)
class EditorsLabel:
    """The text of a mark of the editor, in lines, and its box in points."""

    lines: tuple[str, ...]
    box: CanvasBox


def editors_labels(content: Content, canvas: MapCanvas, size: float) -> tuple[EditorsLabel, ...]:
    """The texts of the editor's marks in the frame, at a type size in points.

    Returns
    -------
    A label for each mark with a text; it is moved so that neither the edge of the map nor the label
    of an earlier mark hides any of it.
    """
    return tuple(_labels(content, canvas, size))


def draw_editors_marks(
    pen: Pen, content: Content, canvas: MapCanvas, labels: tuple[EditorsLabel, ...], size: float
) -> None:
    """Draw all of them, the texts above the lines."""
    pen = pen.within(EDITORS_MARKS)
    for mark in content.editorial.marks:
        at = [canvas.at(lat, lon) for lat, lon in mark.at]
        if mark.kind == "arrow":
            _draw_arrow(pen, *at)
        elif mark.kind == "circle":
            _draw_line(pen, Path.circle(at[0], _radius(mark, canvas)))
        elif mark.kind == "area":
            _draw_line(pen, _closed(at), filled=True)
    for label in labels:
        _draw_label(pen, label, size)


def draw_editors_sample(pen: Pen, box: CanvasBox) -> None:
    """Draw the sample of the editor's marks for the legend, filling a box of any size."""
    middle = box.centre[1]
    _draw_arrow(pen, (box.left, middle), (box.right, middle))


def _labels(content: Content, canvas: MapCanvas, size: float) -> Iterator[EditorsLabel]:
    taken: list[CanvasBox] = []
    for mark in content.editorial.marks:
        if not mark.text or not any(content.frame.holds(lat, lon) for lat, lon in mark.at):
            continue
        lines = break_lines(mark.text, size, _LINE_WIDTH)
        wide = max(width_of(line, size) for line in lines) + 2 * _PAD
        high = len(lines) * size * LEADING + 2 * _PAD
        x, y = _middle(mark, canvas, wide, high)
        left = min(max(x - wide / 2, _EDGE), canvas.width - wide - _EDGE)
        bottom = min(max(y - high / 2, _EDGE), canvas.height - high - _EDGE)
        box = _clear(CanvasBox(left, bottom, wide, high), taken, canvas)
        taken.append(box)
        yield EditorsLabel(lines, box)


def _clear(box: CanvasBox, taken: list[CanvasBox], canvas: MapCanvas) -> CanvasBox:
    """The box, moved as little as keeps it off those of before, if there is room for it."""
    room = CanvasBox(0.0, 0.0, canvas.width, canvas.height)
    moved = [
        replace(box, **change)
        for other in taken
        for change in (
            {"bottom": other.top + _AWAY}, {"bottom": other.bottom - box.height - _AWAY},
            {"left": other.right + _AWAY}, {"left": other.left - box.width - _AWAY},
        )
    ]  # fmt: skip
    moved.sort(key=lambda one: math.dist(one.centre, box.centre))
    fits = (one for one in (box, *moved) if not any(one.meets(other) for other in taken))
    return next((one for one in fits if one.within(room)), box)


def _middle(mark: EditorMark, canvas: MapCanvas, wide: float, high: float) -> tuple[float, float]:
    """Where the middle of its text is: at its place, or outside of an arrow or circle."""
    at = [canvas.at(lat, lon) for lat, lon in mark.at]
    x, y = at[0]
    if mark.kind == "arrow":
        away = np.subtract(at[0], at[1])
        length = float(np.hypot(*away))
        right, up = away / length if length else (0.0, 1.0)
        # The box touches a circle around the tail with its nearest edge.
        return x + right * (wide / 2 + _AWAY), y + up * (high / 2 + _AWAY)
    if mark.kind == "circle":
        return x, y + _radius(mark, canvas) + high / 2 + _AWAY
    if mark.kind == "area":
        inside = shapely.make_valid(shapely.Polygon(at)).representative_point()
        return float(inside.x), float(inside.y)
    return x, y


def _radius(mark: EditorMark, canvas: MapCanvas) -> float:
    return mark.km * 1000 * canvas.scale


def _closed(at: list[tuple[float, float]]) -> Path:
    return Path([*at, at[0]], [Path.MOVETO, *[Path.LINETO] * (len(at) - 1), Path.CLOSEPOLY])


def _draw_line(pen: Pen, path: Path, *, filled: bool = False) -> None:
    if filled:
        pen.path(path, fill=pen.theme.focus, opacity=_FILL)
    pen.path(path, line=pen.theme.land, width=_RIM, opacity=0.8)
    pen.path(path, line=pen.theme.focus, width=_WIDTH, dash=_DASH)


def _draw_arrow(pen: Pen, tail: tuple[float, float], tip: tuple[float, float]) -> None:
    length = math.dist(tail, tip)
    if length < _LEAST_LENGTH:
        return
    along = np.subtract(tip, tail) / length
    across = np.array([-along[1], along[0]])
    long, half = _HEAD[0] * min(1.0, length / (1.5 * _HEAD[0])), _HEAD[1]
    neck = np.asarray(tip) - along * long
    _draw_line(pen, Path([tail, tuple(neck)]))
    corners = [tip, tuple(neck + across * half), tuple(neck - across * half), tip]
    head = Path(corners, [Path.MOVETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY])
    pen.path(head, fill=pen.theme.focus, line=pen.theme.land, width=0.6)


def _draw_label(pen: Pen, label: EditorsLabel, size: float) -> None:
    box, theme = label.box, pen.theme
    pen.path(rounded(box, 0.0), fill=theme.surface, opacity=0.9)
    pen.path(rounded(box, 0.0), line=theme.focus, width=0.8, dash=_DASH)
    y = box.top - _PAD - size * LEADING / 2
    for line in label.lines:
        write_line(pen, line, box.centre[0], y, size, colour=theme.focus, align="center")
        y -= size * LEADING
