"""One try to place everything on the map of a figure, more or less sparing of room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from geo.snapshot.content.content import SignRow
from geo.snapshot.lettering import LEADING, width_of
from geo.snapshot.map.badges import BadgeLayout, badge_layouts, remainder
from geo.snapshot.map.beside import Placement
from geo.snapshot.map.boxes import CanvasBox
from geo.snapshot.map.chosen_names import unnamed_provinces
from geo.snapshot.map.editors_marks import editors_labels
from geo.snapshot.map.event_signs import ring_boxes
from geo.snapshot.map.furniture import locator_size, north_box, scale_box
from geo.snapshot.map.land_mask import cells_below
from geo.snapshot.map.land_names import land_names, with_capitals
from geo.snapshot.map.placing import IN_PLACE, LEAST_INSIDE, MOST_LEADER, LabelPlacer
from geo.snapshot.map.plan import Area, BadgePosition, LabelledSign, Plan, Point
from geo.snapshot.map.positions import Shape
from geo.snapshot.map.subjects import Subjects, crowd_name_and_rows, crowds_of
from geo.wording.vocabulary import WHOLE_COUNTRY

_MARGIN: Final = 4.0
"""Points between the edge of the map and any badge or name."""
_GOOD_ENOUGH: Final = 40.0
"""Cost up to which a badge inside its area is taken at once: a badge beside it costs 30 and a
leader."""
_LABEL_PAD: Final = 2.0
"""Points between a sign and its number."""
_NAME_GAP: Final = 4.0
"""Points between the number and the name of a spot."""
_SCREEN_WIDENING: Final = 1.08
"""A long line of small type runs up to 7 % wider on a screen of 96 dots an inch than measured."""
_MOST_ANCHORS: Final = 4
"""Spots of a crowd from which its badge is searched; the time grows with each, and all get a
leader."""
_LEAST_IF_SCARCE: Final = 0.4
"""Share of a badge inside its area where space is scarce: the name still tells which area is
meant."""
_OF_WIDTH: Final = 1 / 9
"""The share of a small map that the leader of a town may cross: farther off are other towns."""
_ROUNDS: Final = 2
"""How often all badges are asked for a better place; it ends earlier where the cost hardly
falls."""
Order = Literal["small", "large", "north", "south"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How sparing a plan is: how near points are called together, and how dear room is.

    Parameters
    ----------
    has_names
        Whether badges name their area, without which only a leader ties them to it.
    """

    near: float = 0.0
    scarcity: float = 0.0
    strict: bool = True
    rest: tuple[tuple[str, tuple[SignRow, ...]], ...] = ()
    has_names: bool = True


class Planner:
    """One try of a plan: everything is placed, part by part, in a certain order.

    Parameters
    ----------
    order
        Which badges beside their area choose first: small areas, large badges, north or south.
    is_last
        Whether what finds no room is left out; otherwise the plan ends there, cut short.
    """

    def __init__(
        self,
        subjects: Subjects,
        settings: Settings,
        *,
        order: Order = "small",
        is_last: bool = True,
    ) -> None:
        self.subjects, self.settings, self.order, self.is_last = subjects, settings, order, is_last
        self.waiting: list[Area | tuple[Point, ...]] = []
        self.canvas, self.small = subjects.canvas, subjects.small
        self.placing = LabelPlacer(
            self.canvas.box, _MARGIN, subjects.land, busy=subjects.busy, strict=settings.strict
        )
        scale = scale_box(self.canvas, self.small)
        self.plan_ = Plan(self.canvas, subjects.areas, subjects.points, scale)

    def plan(self) -> Plan:
        """The plan, cut short as soon as something finds no room and another one is to be tried."""
        self.begin()
        self.place_badges()
        self.place_names()
        return self.plan_

    def begin(self) -> None:
        """Place what no order changes: scale, spots, and badges inside their areas."""
        self._run(self._scale_and_locator, self._spots, self._badges)

    def place_badges(self) -> None:
        """Place the badges beside what they are about, in this order."""
        self._run(self._beside_all, self._improve, self._whole_country)

    def place_names(self) -> None:
        """Place the names of the land, which cost nothing and yield to everything else."""
        self._run(self._capitals, self._names)

    def in_order(self, order: Order) -> Planner:
        """The same plan as far as it has come, to go on in another order."""
        other = Planner(self.subjects, self.settings, order=order, is_last=self.is_last)
        other.placing = self.placing.copy()
        other.waiting = [*self.waiting]
        other.plan_ = replace(
            self.plan_, heads=[*self.plan_.heads], positions=[*self.plan_.positions],
            names=[*self.plan_.names], left={**self.plan_.left},
        )  # fmt: skip
        return other

    @property
    def queue(self) -> tuple[Area | tuple[Point, ...], ...]:
        """What has a badge beside it, in the order in which they choose."""
        return tuple(sorted(self.waiting, key=self._rank))

    def _run(self, *parts: Callable[[], None]) -> None:
        for part in parts:
            if not self._failed:
                part()

    @property
    def _failed(self) -> bool:
        return bool(self.plan_.left) and not self.is_last

    # What every map has

    def _scale_and_locator(self) -> None:
        self.placing.take(self.plan_.scale)
        self.plan_.north = north_box(self.canvas, self.plan_.scale)
        if self.plan_.north is not None:
            self.placing.take(self.plan_.north)
        if self.canvas.frame.is_detail:
            self.plan_.locator = self._corner(*locator_size(self.canvas))
            self.placing.take(self.plan_.locator)
        self.plan_.editors = editors_labels(self.subjects.content, self.canvas, self.small)
        for label in self.plan_.editors:
            self.placing.take(label.box)
        if self.settings.rest:
            self._put_rest()

    def _corner(self, width: float, height: float) -> CanvasBox:
        """The corner in which a box hides least; of equals the upper right."""
        right, top = self.canvas.width - width - 6, self.canvas.height - height - 6
        corners = [CanvasBox(x, y, width, height) for x, y in ((right, top), (6, top), (right, 6))]
        marks = [
            each for point in self.subjects.points for each in (point.mark, point.head) if each
        ]

        def hidden(box: CanvasBox) -> float:
            cells = cells_below(self.canvas.box, np.array([box.edges]))
            covered = self.subjects.land.share(cells)[0] + self.subjects.busy.share(cells)[0]
            return float(covered) + 3.0 * sum(box.meets(mark, 4.0) for mark in marks)

        return min(corners, key=hidden)

    def _put_rest(self) -> None:
        """A plate in a corner for everything that has no room at its place."""
        extent = self.placing.extent
        layout = remainder(self.settings.rest, self.small, extent.width * 0.55)
        if layout.shape.height > extent.height * 0.6:
            numbers = [row for _, rows in self.settings.rest for row in rows]
            layout = remainder([("nos.", numbers)], self.small, extent.width * 0.55)
        shape = replace(layout.shape, width=layout.shape.width * _SCREEN_WIDENING)
        low = self.plan_.scale.top + 3
        corners = (
            (extent.right - shape.width, extent.bottom), (extent.left, low),
            (extent.right - shape.width, extent.top - shape.height),
            (extent.left, extent.top - shape.height),
        )  # fmt: skip
        boxes = [CanvasBox(x, y, shape.width, shape.height) for x, y in corners]
        free = [box for box in boxes if self.placing.is_free(box)]
        marks = [point.mark for point in self.subjects.points]
        # Where it would hide a point, another corner is better.
        clear = (box for box in free if not any(box.meets(mark) for mark in marks))
        box = next(clear, free[0] if free else None)
        if box is not None:
            self._add_position(BadgePosition(layout, box, ()))

    @property
    def _set_aside(self) -> set[str]:
        return {key for key, _ in self.settings.rest}

    # Spots

    def _spots(self) -> None:
        alone = self._alone()
        for point in self.subjects.points:
            self.placing.take(alone.get(point, point.mark))
        called = [point for point in self.subjects.points if point not in alone]
        for point, box in alone.items():
            head = self._labelled(point, box)
            if head is None:
                called.append(point)
            else:
                self.plan_.heads.append(head)
        self.waiting += [tuple(crowd) for crowd in crowds_of(called, self.settings.near)]

    def _alone(self) -> dict[Point, CanvasBox]:
        """The spots whose one sign stands at the point and touches nothing."""
        heads = {point: point.head for point in self.subjects.points}
        found = {}
        for point, head in heads.items():
            if head is None or not self.placing.is_free(head):
                continue
            others = (box or rest.mark for rest, box in heads.items() if rest is not point)
            if not any(head.meets(other, 1.5) for other in others):
                found[point] = head
        return found

    def _labelled(self, point: Point, box: CanvasBox) -> LabelledSign | None:
        """Its number beside it, with its name where there is room for both."""
        wide = width_of(point.spot.rows[0].text, self.small, "bold") + 2 * _LABEL_PAD
        high = self.small * LEADING + 1
        named = wide + _NAME_GAP + width_of(point.spot.name, self.small)
        sizes = ((named, point.spot.name), (wide, ""))
        for width, name in sizes if self.settings.has_names else sizes[1:]:
            label = self.placing.beside_box(box, Shape(width, high, 0))
            if label is not None:
                self.placing.take(label)
                return LabelledSign(point, box, label, name)
        return None

    def _crowd_position(self, crowd: tuple[Point, ...]) -> BadgePosition | None:
        anchors = [(point.x, point.y) for point in crowd]
        shapes, nameless = self.subjects.crowd_layouts(crowd)
        named = self._usable(shapes)
        found: list[tuple[BadgeLayout, Placement]] = []
        reach = min(MOST_LEADER, self.canvas.width * _OF_WIDTH)
        for layouts, most in ((named, reach), (nameless, IN_PLACE)):
            placed = self.placing.beside(
                self._shapes(layouts), anchors[:_MOST_ANCHORS], called=anchors, most=most,
                foreign=self.subjects.hatched_beyond(crowd),
            )  # fmt: skip
            if placed is not None:
                found.append((layouts[placed.shape], placed))
        if not found:
            return None
        layout, placed = min(found, key=lambda each: each[1].cost)
        leaders = tuple((placed.box.nearest(*anchor), anchor) for anchor in anchors)
        return BadgePosition(layout, placed.box, leaders, placed.cost, points=crowd)

    # Badges

    def _badges(self) -> None:
        """Plates that fit inside their area."""
        for area in self.subjects.areas:
            goes_beside = area.badge.form == "region" or self._is_focus(area)
            placed = None if goes_beside else self._inside(area)
            if placed is not None and placed.cost <= _GOOD_ENOUGH + self.settings.scarcity * 90:
                self._settle(area, self._area_position(area, placed))
            else:
                self.waiting.append(area)

    def _beside_all(self) -> None:
        """The plates that must stand beside what they are about, one after the other."""
        for thing in self.queue:
            if self._failed:
                return
            self._settle(thing, self.placed(thing))

    def _rank(self, thing: Area | tuple[Point, ...]) -> tuple[object, ...]:
        if isinstance(thing, Area):
            y, size = thing.centre[1], round(thing.shape.area, 3)
            tie = (thing.badge.form != "region", size, thing.badge.area)
        else:
            y, tie = thing[0].y, (False, 0.0, crowd_name_and_rows(thing)[0])
        large = self._plate_size(thing) if self.order == "large" else 0.0
        by = {"small": 0.0, "large": -large, "north": -y, "south": y}
        return isinstance(thing, Area) and self.order == "small", round(by[self.order], 3), *tie

    def _plate_size(self, thing: Area | tuple[Point, ...]) -> float:
        """The area of its most detailed plate, in square points."""
        layouts = (
            thing.layouts
            if isinstance(thing, Area)
            else badge_layouts(*crowd_name_and_rows(thing), self.small)
        )
        return layouts[0].shape.width * layouts[0].shape.height

    def placed(self, thing: Area | tuple[Point, ...]) -> BadgePosition | None:
        """Where the plate of a thing stands cheapest as things are; none where it has no room."""
        if isinstance(thing, Area):
            return self._area_position(thing, self._cheapest(thing))
        return self._crowd_position(thing)

    def _cheapest(self, area: Area) -> Placement | None:
        if area.badge.form == "region":
            return self._on_rim(area)
        if self._is_focus(area) and (placed := self._off_focus(area)) is not None:
            return placed
        least = LEAST_INSIDE if self.settings.scarcity < 1 else _LEAST_IF_SCARCE
        both = (self._inside(area, least), self._beside(area))
        found = [placed for placed in both if placed is not None]
        return min(found, key=lambda placed: placed.cost, default=None)

    def _area_position(self, area: Area, placed: Placement | None) -> BadgePosition | None:
        if placed is None:
            return None
        leaders = () if placed.leader is None else (placed.leader,)
        return BadgePosition(
            area.layouts[placed.shape], placed.box, leaders, placed.cost, area=area
        )

    def _improve(self) -> None:
        """Ask each plate again, dearest first, whether it now finds a better place."""
        positions = self.plan_.positions
        for _ in range(_ROUNDS):
            before = sum(position.cost for position in positions)
            for position in sorted(positions, key=lambda one: (-one.cost, one.box.edges)):
                if position.area is None and not position.points:
                    continue
                self.placing.release(position.box, position.leaders)
                again = self.placed(position.area or position.points)
                better = again if again is not None else position
                self.placing.take(better.box, better.leaders)
                positions[positions.index(position)] = better
            if sum(position.cost for position in positions) > before - 1:
                break

    def _whole_country(self) -> None:
        """The badge of the whole country, outside its outline, where the others leave room."""
        rows = self.subjects.content.whole_country
        if not rows or WHOLE_COUNTRY in self._set_aside:
            return
        layouts = badge_layouts(WHOLE_COUNTRY, rows, self.small)
        land, outline = self.subjects.country_and_outline()
        placed = self.placing.around(self._shapes(layouts), outline, land)
        if placed is None:
            self.plan_.left[WHOLE_COUNTRY] = rows
            return
        self._add_position(BadgePosition(layouts[placed.shape], placed.box, (), placed.cost))

    def _inside(self, area: Area, least: float = LEAST_INSIDE) -> Placement | None:
        return self.placing.inside(
            self._shapes(area.layouts), area.land_mask, area.centre, area.shape.bounds, least=least,
            foreign=area.foreign,
        )  # fmt: skip

    def _beside(self, area: Area) -> Placement | None:
        """Beside the area and outside the country, for what has a border with the outside."""
        named = self._usable(area.layouts)
        anchors = [area.centre, *self.subjects.rim_points(area, inland=False)]
        return self.placing.beside(
            self._shapes(named), anchors, area=area.shape, own=area.land_mask, foreign=area.foreign
        )

    def _is_focus(self, area: Area) -> bool:
        """Whether it is the one province that the map is about, which its plate must not hide."""
        return self.canvas.frame.focus == (area.badge.area,)

    def _off_focus(self, area: Area) -> Placement | None:
        """Beside the province that the map is about, on muted land without records."""
        named = [layout for layout in area.layouts if layout.title]
        return self.placing.beside(
            self._shapes(named), self.subjects.rim_points(area, inland=True), area=area.shape,
            foreign=self.subjects.hatched,
        )  # fmt: skip

    def _on_rim(self, area: Area) -> Placement | None:
        """Beside the outline, where it is the country's own border if any of it is."""
        anchors = self.subjects.rim_points(area, inland=True)
        if not anchors:
            return self._inside(area)
        named = self._usable(area.layouts)
        return self.placing.beside(
            self._shapes(named), anchors, own=area.land_mask, foreign=area.foreign
        )

    def _settle(self, thing: Area | tuple[Point, ...], position: BadgePosition | None) -> None:
        name, rows = (
            (thing.name, thing.badge.rows)
            if isinstance(thing, Area)
            else crowd_name_and_rows(thing)
        )
        if name in self._set_aside:
            return
        if position is None:
            self.plan_.left[name] = (*self.plan_.left.get(name, ()), *rows)
            return
        self._add_position(position)

    def _add_position(self, position: BadgePosition) -> None:
        self.placing.take(position.box, position.leaders)
        self.plan_.positions.append(position)

    def _usable(self, layouts: Sequence[BadgeLayout]) -> list[BadgeLayout]:
        """The plates that may be beside what they are about."""
        if self.settings.has_names:
            return [layout for layout in layouts if layout.title]
        return [replace(layout, title=(), form=None) for layout in layouts]

    def _shapes(self, layouts: Sequence[BadgeLayout]) -> list[Shape]:
        """Shapes of plates: where room is scarce, what counts is how little of it they take."""
        scarcity = self.settings.scarcity
        return [
            replace(
                shape,
                cost=shape.cost / (1 + 2.5 * scarcity)
                + scarcity * shape.width * shape.height / 100,
            )
            for shape in (layout.shape for layout in layouts)
        ]

    # Names of the land

    def _capitals(self) -> None:
        picture = self.subjects.picture
        if picture is not None:
            self.plan_ = with_capitals(self.plan_, self.placing, picture, self.small)

    def _names(self) -> None:
        said = {
            position.area.badge.area
            for position in self.plan_.positions
            if position.area is not None and position.layout.title
        }
        picture = self.subjects.picture
        said |= unnamed_provinces(self.subjects.content, self.canvas)
        rings = ring_boxes(self.subjects.content.events, self.canvas)
        self.plan_.names.extend(
            land_names(self.canvas, self.placing, picture, self.small, said, rings)
        )
