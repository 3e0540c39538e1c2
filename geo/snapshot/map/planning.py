"""Finding a place for everything on the map of a snapshot.

Where a plan has no room for everything it is made again with plates that are more sparing and with
near points called together; what still finds no room at its place is named on a plate of its own,
so that no number is lost.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal, get_args

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.places.country import Country
from geo.places.provinces import Province
from geo.snapshot.content.content import Badge, Content, SignRow
from geo.snapshot.lettering import LEADING, letterspaced, width_of
from geo.snapshot.map.badges import (
    BadgeLayout,
    badge_layouts,
    merge_rows,
    number_layouts,
    remainder,
    tally_layouts,
)
from geo.snapshot.map.base_layers import BasePicture
from geo.snapshot.map.base_names import with_base_names
from geo.snapshot.map.basemap import MapCanvas, neighbour_names
from geo.snapshot.map.furniture import locator_size, north_box
from geo.snapshot.map.placing import (
    IN_PLACE,
    LEAST_INSIDE,
    MOST_LEADER,
    CanvasBox,
    LabelPlacer,
    LandMask,
    Placement,
    Shape,
)
from geo.snapshot.map.plan import Area, BadgePosition, LabelledSign, LandName, Plan, Point
from geo.wording.base_map import SCALES

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


@dataclass(frozen=True, slots=True)
class _Settings:
    """How sparing a plan is: how near points are called together, and how dear room is."""

    near: float = 0.0
    scarcity: float = 0.0
    strict: bool = True
    rest: tuple[tuple[str, tuple[SignRow, ...]], ...] = ()


_STEPS: Final = (
    _Settings(), _Settings(0, 0.4), _Settings(16, 1.0), _Settings(34, 2.0, strict=False),
    _Settings(34, 4.0, strict=False),
)  # fmt: skip
"""From ample to scarce: points within which near spots share a badge, and the price of space,
which about doubles with each step."""
_CROWDED: Final = _Settings(70, 4.0, strict=False)
"""For more things than a map can name one by one."""
_MOST_TRIES: Final = 6
"""How often the list of what has no place is extended; each time it takes space from others."""
_MANY: Final = (26, 30, 110, 160)
"""Spots and areas beyond which the next step is the first one tried: the ample ones would fail and
cost time."""
_MOST_ANCHORS: Final = 4
"""Spots of a crowd from which its badge is searched; the time grows with each, and all get a
leader."""
_ON_RIM: Final = 13
"""Points along a border to which a leader may lead."""
_LEAST_IF_SCARCE: Final = 0.4
"""Share of a badge inside its area where space is scarce: the name still tells which area is
meant."""
_OF_WIDTH: Final = 1 / 9
"""The share of a small map that the leader of a town may cross: farther off are other towns."""
_ROUNDS: Final = 2
"""How often all badges are asked for a better place; it ends earlier where the cost hardly
falls."""
_FEW: Final = 24
"""Spots and areas up to which four orders are tried: with more, the time is longer than the
gain."""
_CAPITALS: Final = SCALES.town_zoom(3)
"""The zoom by which a web map shows the capitals of all provinces."""
_Order = Literal["small", "large", "north", "south"]


def plan_map(content: Content, canvas: MapCanvas, small: float) -> Plan:
    """Find a place for everything; `small` is the size of type in points."""
    base = _Base.of(content, canvas, small)
    plan = _plan_marks(base)
    return plan if base.picture is None else with_base_names(plan, base.picture, small)


def _plan_marks(base: _Base) -> Plan:
    never_placeable = _never_placeable(base)
    many = len(base.areas) + len(base.points)
    first = sum(many > limit for limit in _MANY)
    orders: tuple[_Order, ...] = get_args(_Order) if many <= _FEW else ("small",)
    last = _CROWDED if many > _MANY[-1] else _STEPS[-1]
    for step in (*_STEPS[first:-1], last):
        tried = replace(step, rest=never_placeable)
        plans = [_Planner(base, tried, order=order, is_last=False).plan() for order in orders]
        complete = [plan for plan in plans if not plan.left]
        if complete:
            return min(complete, key=lambda plan: plan.cost)
    rest: dict[str, tuple[SignRow, ...]] = dict(never_placeable)
    for _ in range(_MOST_TRIES):
        plan = _Planner(base, replace(last, rest=tuple(rest.items()))).plan()
        if not plan.left:
            return plan
        rest |= plan.left
    # Fuller than any list of names: then everything is in that list, and it may be numbers only.
    return _Planner(base, replace(last, rest=_everything(base, last.near))).plan()


def _never_placeable(base: _Base) -> tuple[tuple[str, tuple[SignRow, ...]], ...]:
    """The areas that could hold no plate if the map were empty: a list names them, with numbers."""
    empty = _Planner(base, _STEPS[0])
    return tuple((area.name, area.badge.rows) for area in base.areas if empty.placed(area) is None)


def _everything(base: _Base, near: float) -> tuple[tuple[str, tuple[SignRow, ...]], ...]:
    found = {area.name: area.badge.rows for area in base.areas}
    crowds = [[point] for point in base.points] + _crowds(base.points, near)
    for name, rows in map(_crowd_name_and_rows, crowds):
        found[name] = (*found.get(name, ()), *rows)
    return tuple(found.items())


@dataclass(frozen=True, eq=False)
class _Base:
    content: Content
    canvas: MapCanvas
    small: float
    land: LandMask
    areas: tuple[Area, ...]
    points: tuple[Point, ...]
    busy: LandMask
    picture: BasePicture | None
    _hatched: dict[tuple[Point, ...], BaseGeometry] = field(default_factory=dict)

    def hatched_beyond(self, crowd: tuple[Point, ...]) -> BaseGeometry | None:
        """The areas of badges in which none of some points lies; none if there are no such areas.

        A plate on one of them would be read as that area's.
        """
        if crowd not in self._hatched:
            at = shapely.MultiPoint([(point.x, point.y) for point in crowd])
            shapes = [area.shape for area in self.areas if area.badge.form != "region"]
            beyond = shapely.union_all([each for each in shapes if not each.intersects(at)])
            shapely.prepare(beyond)
            self._hatched[crowd] = beyond
        beyond = self._hatched[crowd]
        return None if beyond.is_empty else beyond

    @classmethod
    def of(cls, content: Content, canvas: MapCanvas, small: float) -> _Base:
        towns = {spot.name for spot in content.spots}
        areas = tuple(_area(badge, canvas, small, towns) for badge in content.badges)
        points = tuple(
            Point(spot, *canvas.at(spot.lat, spot.lon), spot.radius_m * canvas.scale)
            for spot in content.spots
        )
        busy = [area.shape for area in areas if area.badge.form != "region"]
        return cls(
            content, canvas, small, LandMask(canvas.land, canvas.box),
            tuple(sorted(areas, key=lambda area: area.order)), points,
            LandMask(shapely.union_all(busy), canvas.box), BasePicture.of(content, canvas),
        )  # fmt: skip


def _area(badge: Badge, canvas: MapCanvas, small: float, towns: Collection[str]) -> Area:
    shape = canvas.outline(badge.outline)
    name = f"{badge.name} {badge.precision}" if badge.name in towns else badge.name
    own = _provinces_of(badge, canvas.frame.country)
    foreign = shapely.union_all([each for key, each in canvas.provinces.items() if key not in own])
    layouts = (
        badge_layouts(name, merge_rows(badge.rows, sized=False), small, form=badge.form)
        if badge.counts is None
        else tally_layouts(badge, small)
    )
    shapely.prepare(foreign)
    return Area(
        badge, name, shape, LandMask(shape, canvas.box), foreign, canvas.at(badge.lat, badge.lon),
        (*layouts, *number_layouts(badge.rows, small)),
    )  # fmt: skip


def _provinces_of(badge: Badge, country: Country) -> tuple[str, ...]:
    """The provinces that an area lies in or consists of."""
    if badge.area in country.districts:
        return (country.districts[badge.area].province,)
    return country.regions[badge.area].provinces if badge.area in country.regions else (badge.area,)


class _Planner:
    def __init__(
        self, base: _Base, settings: _Settings, *, order: _Order = "small", is_last: bool = True
    ) -> None:
        self.base, self.settings, self.order, self.is_last = base, settings, order, is_last
        self.waiting: list[Area | tuple[Point, ...]] = []
        self.canvas, self.small = base.canvas, base.small
        extent = self.canvas.box.shrink(_MARGIN)
        self.placing = LabelPlacer(extent, base.land, busy=base.busy, strict=settings.strict)
        self.plan_ = Plan(self.canvas, base.areas, base.points, self._scale())

    def plan(self) -> Plan:
        """The plan, cut short as soon as something finds no room and another one is to be tried."""
        for part in (
            self._scale_and_locator, self._spots, self._badges, self._beside_all, self._improve,
            self._capitals, self._names,
        ):  # fmt: skip
            if not self._failed:
                part()
        return self.plan_

    @property
    def _failed(self) -> bool:
        return bool(self.plan_.left) and not self.is_last

    # What every map has

    def _scale(self) -> CanvasBox:
        return CanvasBox(0, 0, self.canvas.width * 0.2 + 14, self.small * LEADING + 12)

    def _scale_and_locator(self) -> None:
        self.placing.take(self.plan_.scale)
        self.plan_.north = north_box(self.canvas, self.plan_.scale)
        if self.plan_.north is not None:
            self.placing.take(self.plan_.north)
        if self.canvas.frame.is_detail:
            self.plan_.locator = self._corner(*locator_size(self.canvas))
            self.placing.take(self.plan_.locator)
        if self.settings.rest:
            self._put_rest()

    def _corner(self, width: float, height: float) -> CanvasBox:
        """The corner in which a box hides least; of equals the upper right."""
        right, top = self.canvas.width - width - 6, self.canvas.height - height - 6
        corners = [CanvasBox(x, y, width, height) for x, y in ((right, top), (6, top), (right, 6))]
        marks = [each for point in self.base.points for each in (point.mark, point.head) if each]

        def hidden(box: CanvasBox) -> float:
            edges = np.array([box.edges])
            covered = self.base.land.share(edges)[0] + self.base.busy.share(edges)[0]
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
        boxes = (CanvasBox(x, y, shape.width, shape.height) for x, y in corners)
        box = next((box for box in boxes if self.placing.is_free(box)), None)
        if box is not None:
            self._add_position(BadgePosition(layout, box, ()))

    @property
    def _set_aside(self) -> set[str]:
        return {key for key, _ in self.settings.rest}

    # Spots

    def _spots(self) -> None:
        alone = self._alone()
        for point in self.base.points:
            self.placing.take(alone.get(point, point.mark))
        called = [point for point in self.base.points if point not in alone]
        for point, box in alone.items():
            head = self._labelled(point, box)
            if head is None:
                called.append(point)
            else:
                self.plan_.heads.append(head)
        self.waiting += [tuple(crowd) for crowd in _crowds(called, self.settings.near)]

    def _alone(self) -> dict[Point, CanvasBox]:
        """The spots whose one sign stands at the point and touches nothing."""
        heads = {point: point.head for point in self.base.points}
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
        for width, name in ((named, point.spot.name), (wide, "")):
            label = self.placing.beside_box(box, Shape(width, high, 0))
            if label is not None:
                self.placing.take(label)
                return LabelledSign(point, box, label, name)
        return None

    def _crowd_position(self, crowd: tuple[Point, ...]) -> BadgePosition | None:
        name, rows = _crowd_name_and_rows(crowd)
        anchors = [(point.x, point.y) for point in crowd]
        named = badge_layouts(name, rows, self.small, form=crowd[0].spot.form)
        # Numbers without a name stand at one point, or nobody knows which of them is where.
        nameless = number_layouts(rows, self.small) if len(crowd) == 1 else ()
        found: list[tuple[BadgeLayout, Placement]] = []
        reach = min(MOST_LEADER, self.canvas.width * _OF_WIDTH)
        for layouts, most in ((named, reach), (nameless, IN_PLACE)):
            placed = self.placing.beside(
                self._shapes(layouts), anchors[:_MOST_ANCHORS], called=anchors, most=most,
                foreign=self.base.hatched_beyond(crowd),
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
        for area in self.base.areas:
            placed = None if area.badge.form == "region" else self._inside(area)
            if placed is not None and placed.cost <= _GOOD_ENOUGH + self.settings.scarcity * 90:
                self._settle(area, self._area_position(area, placed))
            else:
                self.waiting.append(area)

    def _beside_all(self) -> None:
        """The plates that must stand beside what they are about, one after the other."""
        for thing in sorted(self.waiting, key=self._rank):
            if self._failed:
                return
            self._settle(thing, self.placed(thing))

    def _rank(self, thing: Area | tuple[Point, ...]) -> tuple[object, ...]:
        if isinstance(thing, Area):
            shape, y, size = thing.layouts[0].shape, thing.centre[1], round(thing.shape.area, 3)
            tie = (thing.badge.form != "region", size, thing.badge.area)
        else:
            shape, y = badge_layouts(*_crowd_name_and_rows(thing), self.small)[0].shape, thing[0].y
            tie = (False, 0.0, _crowd_name_and_rows(thing)[0])
        by = {"small": 0.0, "large": -shape.width * shape.height, "north": -y, "south": y}
        return isinstance(thing, Area) and self.order == "small", round(by[self.order], 3), *tie

    def placed(self, thing: Area | tuple[Point, ...]) -> BadgePosition | None:
        """Where the plate of a thing stands cheapest as things are; none where it has no room."""
        if isinstance(thing, Area):
            return self._area_position(thing, self._cheapest(thing))
        return self._crowd_position(thing)

    def _cheapest(self, area: Area) -> Placement | None:
        if area.badge.form == "region":
            return self._on_rim(area)
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

    def _inside(self, area: Area, least: float = LEAST_INSIDE) -> Placement | None:
        return self.placing.inside(
            self._shapes(area.layouts), area.land_mask, area.centre, area.shape.bounds, least=least,
            foreign=area.foreign,
        )  # fmt: skip

    def _beside(self, area: Area) -> Placement | None:
        """Beside the area and outside the country, for what has a border with the outside."""
        named = [layout for layout in area.layouts if layout.title]
        edge = shapely.intersection(self.canvas.inner(area.shape.boundary), self.canvas.rim)
        anchors = [area.centre, *self._along(shapely.line_merge(edge))]
        return self.placing.beside(
            self._shapes(named), anchors, area=area.shape, own=area.land_mask, foreign=area.foreign
        )

    def _on_rim(self, area: Area) -> Placement | None:
        """Beside the outline, where it is the country's own border if any of it is."""
        edge = self.canvas.inner(area.shape.boundary)
        rim = shapely.intersection(edge, self.canvas.rim)
        line = shapely.line_merge(edge if rim.is_empty else rim)
        if line.is_empty:
            return self._inside(area)
        named = [layout for layout in area.layouts if layout.title]
        return self.placing.beside(
            self._shapes(named), self._along(line), own=area.land_mask, foreign=area.foreign
        )

    def _along(self, line: BaseGeometry) -> list[tuple[float, float]]:
        """Points along a line, evenly spread; none of an empty one."""
        if line.is_empty:
            return []
        shares = np.linspace(0, 1, _ON_RIM + 2)[1:-1]
        ends = [line.interpolate(share, normalized=True) for share in shares]
        return [(float(end.x), float(end.y)) for end in ends]

    def _settle(self, thing: Area | tuple[Point, ...], position: BadgePosition | None) -> None:
        name, rows = (
            (thing.name, thing.badge.rows)
            if isinstance(thing, Area)
            else _crowd_name_and_rows(thing)
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
        """The capitals of the base map: the names of provinces find another place."""
        if self.base.picture is not None:
            self.plan_ = with_base_names(
                self.plan_, self.base.picture, self.small, most_zoom=_CAPITALS
            )
            for name in self.plan_.base_names:
                for box in name.boxes:
                    self.placing.take(box)
            for sign in self.plan_.base_signs:
                self.placing.take(sign.box)

    def _names(self) -> None:
        """Names of provinces and neighbours, where they touch nothing."""
        said = {
            position.area.badge.area
            for position in self.plan_.positions
            if position.area is not None and position.layout.title
        }
        for province in self.canvas.frame.country.provinces:
            shape = self.canvas.provinces.get(province.code)
            if shape is not None and province.code not in said:
                centre = self.canvas.at(province.label_lat, province.label_lon)
                self._name(self._said(province), shape, centre, is_outside=False)
        for name, shape in neighbour_names(self.canvas):
            if shape.area:
                roomy = _roomiest(shape)
                self._name(letterspaced(name), shape, roomy, is_outside=True)

    def _said(self, province: Province) -> str:
        """Its name in the language of the base map; set wide where many other names stand."""
        base = self.base.picture
        if base is None:
            return province.name
        name = dict(province.local_names).get(base.language, province.name)
        return letterspaced(name) if base.zoom >= SCALES.district_lines else name

    def _name(
        self, words: str, shape: BaseGeometry, centre: tuple[float, float], *, is_outside: bool
    ) -> None:
        size = Shape(width_of(words, self.small) + 3, self.small * LEADING, 0)
        land_mask = LandMask(shape, self.canvas.box)
        least = 0.98 if is_outside else 0.8
        placed = self.placing.inside([size], land_mask, centre, shape.bounds, least=least)
        if placed is not None:
            self.placing.take(placed.box)
            self.plan_.names.append(LandName(words, placed.box, is_outside))


def _roomiest(shape: BaseGeometry) -> tuple[float, float]:
    """The middle of the largest circle in a shape, to a few points."""
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    middle = shapely.maximum_inscribed_circle(largest, 4.0).coords[0]
    return float(middle[0]), float(middle[1])


def _crowds(points: Sequence[Point], near: float) -> list[list[Point]]:
    """Points that are called together: those within a distance of the first of their crowd."""
    crowds: list[list[Point]] = []
    for point in points:
        for crowd in crowds:
            first = crowd[0]
            if near and np.hypot(point.x - first.x, point.y - first.y) <= near:
                crowd.append(point)
                break
        else:
            crowds.append([point])
    return crowds


def _crowd_name_and_rows(crowd: Sequence[Point]) -> tuple[str, tuple[SignRow, ...]]:
    """The name of a crowd and its rows, those with the same sign made one."""
    names = list(dict.fromkeys(point.spot.name for point in crowd))
    few = 2
    name = (
        " and ".join(names) if len(names) <= few else f"{names[0]} and {len(names) - 1} places near"
    )
    return name, merge_rows([row for point in crowd for row in point.spot.rows])
