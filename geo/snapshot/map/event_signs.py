"""Imported events on the map of a figure: rings behind the marks of records, and counts in pills.

A ring is a double line without colour of a group and without a fill, which no mark of a record is;
the count of a province is in a pill with round ends, which no plate of records has.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from matplotlib.path import Path
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.snapshot.content.event_marks import EventsShown, ProvinceEvents
from geo.snapshot.layout.signs import Pen
from geo.snapshot.lettering import LEADING, width_of
from geo.snapshot.map.badges import draw_leader, write_line
from geo.snapshot.map.basemap import MapCanvas, rounded
from geo.snapshot.map.boxes import At, CanvasBox, Floats, cross
from geo.snapshot.map.plan import Plan

_LINE: Final = 2.4
"""Width in points of the ring with both of its lines."""
_GAP: Final = 0.8
"""Width in points of the gap between its two lines."""
_BELOW: Final = -2.2
"""Step below the names of provinces and the marks of records at which rings are drawn."""
_COUNT: Final = -0.5
"""Step at which counts are drawn: above the names of provinces, below the plates of records."""
_LEADER: Final = -2.7
"""Step at which leaders of counts are drawn: below all names, which stay legible."""
_ICON: Final = 3.0
"""Radius in points of the small ring in a pill."""
_PAD: Final = 4.0
"""Points between the round end of a pill and its content, and between its ring and its number."""
_STEP: Final = 5.0
"""Points between two positions that are tried for a pill: less than half its height."""
_FREE: Final = 1.0
"""Points kept free around a pill."""
_MOST: Final = 0.8
"""Least share of a pill inside its province where it cannot be inside as a whole."""
_TRIED: Final = 3_000
"""Most positions that are tried outside a province, the nearest first: those within about a third
of a map."""
_COMPARED: Final = 600
"""Most free positions outside a province of which the best is taken."""
_CROSSING: Final = 45.0
"""Points by which a leader may be longer to cross one mark or name less: about a name's width."""
_MOST_AVOIDED: Final = 200
"""Most rings that names avoid: with more of them the map has no room between them."""
_LARGE: Final = 6.0
"""Radius in points of the rings that a pill avoids where it can: smaller ones are too many."""


@dataclass(frozen=True, slots=True)
class EventPill:
    """The count of a province: its box, its text, and a leader where it is not in the province."""

    box: CanvasBox
    text: str
    leader: tuple[At, At] | None


def draw_events(pen: Pen, events: EventsShown, plan: Plan) -> None:
    """Draw the rings and the counts by province of a map."""
    circles = _circles(events, plan.canvas)
    draw_rings(pen.within(*pen.layer, "Rings").above(_BELOW), circles, plan.canvas.box)
    counts = pen.within(*pen.layer, "Counts by province").above(_COUNT)
    pills = place_pills(events, plan, circles)
    leaders = pen.within(*pen.layer, "Leaders").above(_LEADER)
    for pill in pills:
        if pill.leader is not None:
            draw_leader(leaders, *pill.leader)
    for pill in pills:
        _draw_pill(counts.above(0.1), pill, plan.type_size)


def ring_boxes(events: EventsShown | None, canvas: MapCanvas) -> list[CanvasBox]:
    """Around the largest rings, where nothing that can stand elsewhere should stand.

    Returns
    -------
    Empty without events in rings.
    """
    circles = [] if events is None else _circles(events, canvas)
    return [_ring_box(*circle) for circle in circles[:_MOST_AVOIDED]]


def _circles(events: EventsShown, canvas: MapCanvas) -> list[tuple[float, float, float]]:
    """x, y and radius of each ring in points, the largest first."""
    if not events.rings:
        return []
    degrees = np.array([(ring.lon, ring.lat) for ring in events.rings])
    points = canvas.points_of(degrees).tolist()
    scale = events.scale
    return [(x, y, scale.radius(ring.count))
            for (x, y), ring in zip(points, events.rings, strict=True)]  # fmt: skip


def draw_event_icon(pen: Pen, radius: float, box: CanvasBox) -> None:
    """Draw a ring of this radius, or an empty pill if it is 0, for the legend."""
    if radius:
        draw_rings(pen, [(*box.centre, radius)], None)
        return
    pill = CanvasBox(box.left, box.bottom, box.width, box.height)
    _draw_frame(pen, pill)
    draw_rings(pen, [(*pill.centre, _ICON)], None)


def draw_rings(
    pen: Pen, circles: Iterable[tuple[float, float, float]], within: CanvasBox | None
) -> None:
    """Draw rings, all those inside a box as one path: thousands are as fast as one.

    Parameters
    ----------
    circles
        x, y and radius of each, in points.
    within
        Rings that reach beyond this box are drawn by themselves, to be cut off at its edge.
    """
    joined: list[Path] = []
    single: list[Path] = []
    for x, y, radius in circles:
        box = _ring_box(x, y, radius)
        path = Path.circle((x, y), radius)
        (joined if within is None or box.within(within) else single).append(path)
    paths = [*([Path.make_compound_path(*joined)] if joined else []), *single]
    for path in paths:
        pen.path(path, line=pen.theme.muted, width=_LINE)
    for path in paths:
        pen.above(0.05).path(path, line=pen.theme.land, width=_GAP)


def _ring_box(x: float, y: float, radius: float) -> CanvasBox:
    """The box around a ring with both of its lines."""
    edge = radius + _LINE
    return CanvasBox(x - edge, y - edge, 2 * edge, 2 * edge)


def place_pills(
    events: EventsShown, plan: Plan, circles: Iterable[tuple[float, float, float]] = ()
) -> tuple[EventPill, ...]:
    """Find a place for the count of each province: in it where there is room, or near it.

    Returns
    -------
    A pill for each province of the map with counted events.
    """
    placing = _PillPlacing(plan, [one for one in circles if one[2] >= _LARGE])
    country = plan.canvas.frame.country
    found = []
    for one in events.provinces:
        shape = plan.canvas.provinces.get(one.code)
        if one.counted and shape is not None:
            province = country.provinces[one.code]
            centre = plan.canvas.at(province.label_lat, province.label_lon)
            found.append(placing.place(one, shape, _inside(shape, centre)))
    return tuple(found)


class _PillPlacing:
    """The space of a map that is left for pills."""

    def __init__(self, plan: Plan, rings: Iterable[tuple[float, float, float]]) -> None:
        self.plan, self.size = plan, plan.type_size
        self.rings = _edges(CanvasBox(x - r, y - r, 2 * r, 2 * r) for x, y, r in rings)
        self.names = _edges(
            (*(name.box for name in plan.names), *(sign.box for sign in plan.base_signs),
             *(box for name in plan.base_names for box in name.boxes))
        )  # fmt: skip
        fixed = (plan.scale, plan.locator, plan.north)
        self.marks = _edges(
            (*(box for box in fixed if box is not None), *(point.mark for point in plan.points),
             *(box for head in plan.heads for box in (head.box, head.label)),
             *(position.box for position in plan.positions))
        )  # fmt: skip
        self.lines = np.array([(*a, *b) for a, b in plan.leaders], float).reshape(-1, 4)
        self.land = shapely.union_all(list(plan.canvas.provinces.values()))

    def place(self, province: ProvinceEvents, shape: BaseGeometry, centre: At) -> EventPill:
        """Find a place; outside its province, a pill has the name and a leader."""
        return self._within(province, shape, centre) or self._near(province, centre)

    def _within(
        self, province: ProvinceEvents, shape: BaseGeometry, centre: At
    ) -> EventPill | None:
        """A place in the province; ``None`` if there is none."""
        text = f"{province.counted:,}"
        boxes = self._tried(text, centre, shape.bounds)
        free = self._free(boxes)
        inside = np.zeros(len(boxes))
        inside[free[1]] = _share_inside(shape, boxes[free[1]])
        for least in (1.0, _MOST):
            for one in free:
                if (fits := one & (inside >= least)).any():
                    return self._taken(boxes[int(np.argmax(fits))], text, None)
        return None

    def _near(self, province: ProvinceEvents, centre: At) -> EventPill:
        """A place near the province, abroad if possible, with its name and a leader."""
        text = f"{province.name} {province.counted:,}"
        boxes = self._tried(text, centre, self.plan.canvas.box.edges)[:_TRIED]
        free = self._free(boxes)
        abroad = np.zeros(len(boxes), np.bool_)
        abroad[free[0]] = _share_inside(self.land, boxes[free[0]]) == 0
        for fits in (abroad, *free):
            if fits.any():
                return self._taken(self._clearest(boxes[fits][:_COMPARED], centre), text, centre)
        return self._taken(boxes[0], text, centre)

    def _clearest(self, boxes: Floats, centre: At) -> NDArray[np.float64]:
        """The box whose leader is shortest and crosses the fewest marks and names."""
        near = np.clip(centre, boxes[:, :2], boxes[:, 2:])
        leaders = np.hstack([near, np.broadcast_to(centre, near.shape)])
        taken = np.vstack([self.marks, self.names])
        crossed = cross(leaders[:, None], taken[None], 0.0).sum(axis=1)
        cost = np.hypot(*(near - centre).T) + _CROSSING * crossed
        best: NDArray[np.float64] = boxes[int(np.argmin(cost))]
        return best

    def _free(self, boxes: Floats) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Whether each box touches neither marks, names nor large rings; and if rings may be."""
        without = ~_met(boxes, np.vstack([self.marks, self.names]), self.lines)
        return without & ~_met(boxes, self.rings, self.lines), without

    def _taken(self, edges: Floats, text: str, centre: At | None) -> EventPill:
        left, bottom, right, top = edges.tolist()
        box = CanvasBox(left, bottom, right - left, top - bottom)
        self.marks = np.vstack([self.marks, [box.edges]])
        if centre is None:
            return EventPill(box, text, None)
        leader = (box.nearest(*centre), centre)
        self.lines = np.vstack([self.lines, [(*leader[0], *leader[1])]])
        return EventPill(box, text, leader)

    def _tried(self, text: str, centre: At, extent: tuple[float, ...]) -> Floats:
        """Edges of a box with its middle at many positions, the nearest to a point first."""
        size = np.array([width_of(text, self.size) + 3 * _PAD + 2 * _ICON,
                         self.size * LEADING + 1])  # fmt: skip
        left, bottom, right, top = extent
        tried = np.stack(
            np.meshgrid(np.arange(left, right, _STEP), np.arange(bottom, top, _STEP)), axis=-1
        ).reshape(-1, 2)
        # The exact middle is tried too: a province may be smaller than a step.
        tried = np.vstack([[centre], tried])
        canvas = self.plan.canvas
        lowest, highest = size / 2 + _PAD, [canvas.width, canvas.height] - size / 2 - _PAD
        tried = tried[((tried >= lowest) & (tried <= highest)).all(axis=1)]
        if not len(tried):
            tried = np.clip([centre], lowest, np.maximum(lowest, highest))
        tried = tried[np.argsort(((tried - centre) ** 2).sum(axis=1), kind="stable")]
        boxes: Floats = np.hstack([tried - size / 2, tried + size / 2])
        return boxes


def _inside(shape: BaseGeometry, centre: At) -> At:
    """The point of the visible part of a province that is nearest to where its name is best."""
    if shape.contains(shapely.Point(*centre)):
        return centre
    point = shape.representative_point()
    return float(point.x), float(point.y)


def _edges(boxes: Iterable[CanvasBox]) -> Floats:
    return np.array([box.edges for box in boxes], float).reshape(-1, 4)


def _share_inside(shape: BaseGeometry, boxes: Floats) -> Floats:
    """The share of each box that is inside a shape, by its corners and the points between them."""
    shapely.prepare(shape)
    left, bottom, right, top = boxes.T
    found = [
        shapely.contains_xy(shape, left + (right - left) * x, bottom + (top - bottom) * y)
        for x in (0.0, 0.25, 0.5, 0.75, 1.0)
        for y in (0.0, 0.5, 1.0)
    ]
    share: Floats = np.mean(found, axis=0)
    return share


def _met(boxes: Floats, taken: Floats, lines: Floats) -> NDArray[np.bool_]:
    """Whether each box touches anything that is taken, or a line."""
    left, bottom, right, top = boxes.T[:, :, None]
    x0, y0, x1, y1 = taken.T[:, None, :]
    gap = _FREE
    met: NDArray[np.bool_] = (
        (left < x1 + gap) & (x0 < right + gap) & (bottom < y1 + gap) & (y0 < top + gap)
    ).any(axis=1)
    if len(lines):
        met |= cross(lines[None], boxes[:, None], gap).any(axis=1)
    return met


def _draw_pill(pen: Pen, pill: EventPill, size: float) -> None:
    box = pill.box
    _draw_frame(pen, box)
    y = box.centre[1]
    x = box.left + _PAD + _ICON
    draw_rings(pen.above(0.1), [(x, y, _ICON)], None)
    write_line(
        pen.above(0.2), pill.text, x + _ICON + _PAD / 2, y, size, colour=pen.theme.ink,
        role="count",
    )  # fmt: skip


def _draw_frame(pen: Pen, box: CanvasBox) -> None:
    pen.path(rounded(box, box.height / 2), fill=pen.theme.land, line=pen.theme.muted, width=0.8)
