"""Short titles of records beside their marks, in the space that everything else leaves free.

A title that finds no room is left out, and its number remains on the map: no mark has to move or
lose its sign for a title.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from geo.snapshot.content.content import Content, SignRow
from geo.snapshot.layout.signs import Pen
from geo.snapshot.lettering import LEADING, break_lines, width_of
from geo.snapshot.map.badges import write_line
from geo.snapshot.map.basemap import rounded
from geo.snapshot.map.boxes import CanvasBox
from geo.snapshot.map.free_space import FreeSpace
from geo.snapshot.map.plan import MarkTitle, Plan

_WIDTHS: Final = (150.0, 100.0, 70.0)
"""Greatest widths of a line in points that are tried in turn: about 30, 20 and 14 letters."""
_GAP: Final = 1.5
"""Points between a title and its mark: closer than to any other mark."""
_OPACITY: Final = 0.85
"""Opacity of its background, as of that of a number on the map."""
_SPACE: Final = 1.0
"""Least points between a title and anything else."""


def with_mark_titles(plan: Plan, content: Content, size: float) -> Plan:
    """The plan with the titles that find room, at a type size in points."""
    if not content.labels:
        return plan
    # A record in several places has its title at one of them, the first with room.
    waiting = dict(content.labels)
    space = FreeSpace(plan.canvas.box, plan.taken, plan.leaders)
    titles: list[MarkTitle] = []
    for box, numbers in _marks(plan):
        here = [number for number in numbers if number in waiting]
        # All titles of a mark, or else as many as there is room for.
        for count in range(len(here), 0, -1):
            said = [f"{number} {waiting[number]}" for number in here[:count]]
            title = _placed(said, box, space, size)
            if title is not None:
                titles.append(title)
                space.take([title.box])
                waiting = {key: text for key, text in waiting.items() if key not in here[:count]}
                break
    return replace(plan, titles=tuple(titles))


def draw_mark_titles(pen: Pen, plan: Plan) -> None:
    """Draw the titles on the colour of land, so that they are legible over a hatch."""
    for title in plan.titles:
        size = title.size
        pen.above(-0.5).path(rounded(title.box, 2.0), fill=pen.theme.land, opacity=_OPACITY)
        y = title.box.top - size * LEADING / 2
        for line in title.lines:
            write_line(pen, line, title.box.left, y, size, colour=pen.theme.ink, role="title")
            y -= size * LEADING


def _marks(plan: Plan) -> Iterator[tuple[CanvasBox, tuple[int, ...]]]:
    """The box of each sign or badge with the numbers at it."""
    for head in plan.heads:
        left, right = min(head.box.left, head.label.left), max(head.box.right, head.label.right)
        bottom = min(head.box.bottom, head.label.bottom)
        top = max(head.box.top, head.label.top)
        yield CanvasBox(left, bottom, right - left, top - bottom), _numbers(head.point.spot.rows)
    for position in plan.positions:
        rows = tuple(row for point in position.points for row in point.spot.rows)
        if position.area is not None:
            rows = position.area.badge.rows if position.area.badge.counts is None else ()
        yield position.box, _numbers(rows)


def _numbers(rows: tuple[SignRow, ...]) -> tuple[int, ...]:
    return tuple(sorted({number for row in rows for number in row.numbers}))


def _placed(
    said: list[str], mark: CanvasBox, space: FreeSpace, size: float
) -> MarkTitle | None:  # fmt: skip
    for width in _WIDTHS:
        lines = tuple(line for text in said for line in break_lines(text, size, width))
        wide = max(width_of(line, size) for line in lines)
        high = len(lines) * size * LEADING
        for left, bottom in _corners(mark, wide, high):
            box = CanvasBox(left, bottom, wide, high)
            if space.is_free([box], _SPACE):
                return MarkTitle(lines, size, box)
    return None


def _corners(mark: CanvasBox, wide: float, high: float) -> Iterator[tuple[float, float]]:
    """Lower left corners of a title beside a mark: right, left, below and above it."""
    for bottom in (mark.top - high, mark.centre[1] - high / 2, mark.bottom):
        yield mark.right + _GAP, bottom
        yield mark.left - _GAP - wide, bottom
    for left in (mark.left, mark.centre[0] - wide / 2, mark.right - wide):
        yield left, mark.bottom - _GAP - high
        yield left, mark.top + _GAP
