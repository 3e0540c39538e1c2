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
from geo.snapshot.content.content import Badge, Content, Row
from geo.snapshot.lettering import LEADING, spaced, width_of
from geo.snapshot.map.badges import Plate, joined, number_plates, plates_of, remainder, tally_plates
from geo.snapshot.map.basemap import Paper, locator_size, neighbour_names
from geo.snapshot.map.placing import (
    IN_PLACE,
    LEAST_INSIDE,
    MOST_LEADER,
    Box,
    Ground,
    Placed,
    Placing,
    Shape,
)
from geo.snapshot.map.plan import Area, Head, Name, Plan, Point, Stand

_MARGIN: Final = 4.0
_CONTENT_WITH: Final = 40.0
_LABEL_PAD: Final = 2.0
_NAME_GAP: Final = 4.0
_HINTED: Final = 1.08
"""A long line of small type runs up to 7 % wider on a screen of 96 dots an inch than measured."""


@dataclass(frozen=True, slots=True)
class _Thrift:
    """How sparing a plan is: how near points are called together, and how dear room is."""

    near: float = 0.0
    dear: float = 0.0
    strict: bool = True
    rest: tuple[tuple[str, tuple[Row, ...]], ...] = ()


_STEPS: Final = (
    _Thrift(), _Thrift(0, 0.4), _Thrift(16, 1.0), _Thrift(34, 2.0, strict=False),
    _Thrift(34, 4.0, strict=False),
)  # fmt: skip
_CROWDED: Final = _Thrift(70, 4.0, strict=False)
"""For more things than a map can name one by one."""
_MOST_TRIES: Final = 6
_MANY: Final = (26, 30, 110, 160)
_MOST_ANCHORS: Final = 4
_ON_RIM: Final = 13
_LEAST_IF_DEAR: Final = 0.4
_OF_WIDTH: Final = 1 / 9
"""The share of a small map that the leader of a town may cross: farther off are other towns."""
_ROUNDS: Final = 2
_FEW: Final = 24
_Order = Literal["small", "large", "north", "south"]


def plan_map(content: Content, paper: Paper, small: float) -> Plan:
    """Find a place for everything; `small` is the size of type in points."""
    base = _Base.of(content, paper, small)
    hopeless = _hopeless(base)
    many = len(base.areas) + len(base.points)
    first = sum(many > limit for limit in _MANY)
    orders: tuple[_Order, ...] = get_args(_Order) if many <= _FEW else ("small",)
    last = _CROWDED if many > _MANY[-1] else _STEPS[-1]
    for step in (*_STEPS[first:-1], last):
        tried = replace(step, rest=hopeless)
        plans = [_Planning(base, tried, order=order, is_last=False).plan() for order in orders]
        complete = [plan for plan in plans if not plan.left]
        if complete:
            return min(complete, key=lambda plan: plan.cost)
    rest: dict[str, tuple[Row, ...]] = dict(hopeless)
    for _ in range(_MOST_TRIES):
        plan = _Planning(base, replace(last, rest=tuple(rest.items()))).plan()
        if not plan.left:
            return plan
        rest |= plan.left
    # Fuller than any list of names: then everything is in that list, and it may be numbers only.
    return _Planning(base, replace(last, rest=_everything(base, last.near))).plan()


def _hopeless(base: _Base) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """The areas that could hold no plate if the map were empty: a list names them, with numbers."""
    empty = _Planning(base, _STEPS[0])
    return tuple((area.name, area.badge.rows) for area in base.areas if empty.placed(area) is None)


def _everything(base: _Base, near: float) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    found = {area.name: area.badge.rows for area in base.areas}
    crowds = [[point] for point in base.points] + _crowds(base.points, near)
    for name, rows in map(_called, crowds):
        found[name] = (*found.get(name, ()), *rows)
    return tuple(found.items())


@dataclass(frozen=True, eq=False)
class _Base:
    content: Content
    paper: Paper
    small: float
    land: Ground
    areas: tuple[Area, ...]
    points: tuple[Point, ...]
    busy: Ground
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
    def of(cls, content: Content, paper: Paper, small: float) -> _Base:
        towns = {spot.name for spot in content.spots}
        areas = tuple(_area(badge, paper, small, towns) for badge in content.badges)
        points = tuple(
            Point(spot, *paper.at(spot.lat, spot.lon), spot.radius_m * paper.scale)
            for spot in content.spots
        )
        busy = [area.shape for area in areas if area.badge.form != "region"]
        return cls(
            content, paper, small, Ground(paper.land, paper.box),
            tuple(sorted(areas, key=lambda area: area.order)), points,
            Ground(shapely.union_all(busy), paper.box),
        )  # fmt: skip


def _area(badge: Badge, paper: Paper, small: float, towns: Collection[str]) -> Area:
    shape = paper.outline(badge.outline)
    name = f"{badge.name} {badge.precision}" if badge.name in towns else badge.name
    own = _provinces_of(badge, paper.frame.country)
    foreign = shapely.union_all([each for key, each in paper.provinces.items() if key not in own])
    plates = (
        plates_of(name, joined(badge.rows, sized=False), small, form=badge.form)
        if badge.counts is None
        else tally_plates(badge, small)
    )
    shapely.prepare(foreign)
    return Area(
        badge, name, shape, Ground(shape, paper.box), foreign, paper.at(badge.lat, badge.lon),
        (*plates, *number_plates(badge.rows, small)),
    )  # fmt: skip


def _provinces_of(badge: Badge, country: Country) -> tuple[str, ...]:
    """The provinces that an area lies in or consists of."""
    if badge.area in country.districts:
        return (country.districts[badge.area].province,)
    return country.regions[badge.area].provinces if badge.area in country.regions else (badge.area,)


class _Planning:
    def __init__(
        self, base: _Base, thrift: _Thrift, *, order: _Order = "small", is_last: bool = True
    ) -> None:
        self.base, self.thrift, self.order, self.is_last = base, thrift, order, is_last
        self.waiting: list[Area | tuple[Point, ...]] = []
        self.paper, self.small = base.paper, base.small
        room = self.paper.box.shrunk(_MARGIN)
        self.placing = Placing(room, base.land, busy=base.busy, strict=thrift.strict)
        self.plan_ = Plan(self.paper, base.areas, base.points, self._scale())

    def plan(self) -> Plan:
        """The plan, cut short as soon as something finds no room and another one is to be tried."""
        for part in (
            self._furniture, self._spots, self._badges, self._beside_all, self._improve,
            self._names,
        ):  # fmt: skip
            if not self._failed:
                part()
        return self.plan_

    @property
    def _failed(self) -> bool:
        return bool(self.plan_.left) and not self.is_last

    # What every map has

    def _scale(self) -> Box:
        return Box(0, 0, self.paper.width * 0.2 + 14, self.small * LEADING + 12)

    def _furniture(self) -> None:
        self.placing.take(self.plan_.scale)
        if self.paper.frame.is_detail:
            self.plan_.locator = self._corner(*locator_size(self.paper))
            self.placing.take(self.plan_.locator)
        if self.thrift.rest:
            self._put_rest()

    def _corner(self, width: float, height: float) -> Box:
        """The corner in which a box hides least; of equals the upper right."""
        right, top = self.paper.width - width - 6, self.paper.height - height - 6
        corners = [Box(x, y, width, height) for x, y in ((right, top), (6, top), (right, 6))]
        marks = [each for point in self.base.points for each in (point.mark, point.head) if each]

        def hidden(box: Box) -> float:
            edges = np.array([box.edges])
            covered = self.base.land.share(edges)[0] + self.base.busy.share(edges)[0]
            return float(covered) + 3.0 * sum(box.meets(mark, 4.0) for mark in marks)

        return min(corners, key=hidden)

    def _put_rest(self) -> None:
        """A plate in a corner for everything that has no room at its place."""
        room = self.placing.room
        plate = remainder(self.thrift.rest, self.small, room.width * 0.55)
        if plate.shape.height > room.height * 0.6:
            numbers = [row for _, rows in self.thrift.rest for row in rows]
            plate = remainder([("nos.", numbers)], self.small, room.width * 0.55)
        shape = replace(plate.shape, width=plate.shape.width * _HINTED)
        low = self.plan_.scale.top + 3
        corners = (
            (room.right - shape.width, room.bottom), (room.left, low),
            (room.right - shape.width, room.top - shape.height),
            (room.left, room.top - shape.height),
        )  # fmt: skip
        boxes = (Box(x, y, shape.width, shape.height) for x, y in corners)
        box = next((box for box in boxes if self.placing.is_free(box)), None)
        if box is not None:
            self._stand(Stand(plate, box, ()))

    @property
    def _set_aside(self) -> set[str]:
        return {key for key, _ in self.thrift.rest}

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
        self.waiting += [tuple(crowd) for crowd in _crowds(called, self.thrift.near)]

    def _alone(self) -> dict[Point, Box]:
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

    def _labelled(self, point: Point, box: Box) -> Head | None:
        """Its number beside it, with its name where there is room for both."""
        wide = width_of(point.spot.rows[0].text, self.small, "bold") + 2 * _LABEL_PAD
        high = self.small * LEADING + 1
        named = wide + _NAME_GAP + width_of(point.spot.name, self.small)
        for width, name in ((named, point.spot.name), (wide, "")):
            label = self.placing.beside_box(box, Shape(width, high, 0))
            if label is not None:
                self.placing.take(label)
                return Head(point, box, label, name)
        return None

    def _called_stand(self, crowd: tuple[Point, ...]) -> Stand | None:
        name, rows = _called(crowd)
        anchors = [(point.x, point.y) for point in crowd]
        named = plates_of(name, rows, self.small, form=crowd[0].spot.form)
        # Numbers without a name stand at one point, or nobody knows which of them is where.
        nameless = number_plates(rows, self.small) if len(crowd) == 1 else ()
        found: list[tuple[Plate, Placed]] = []
        reach = min(MOST_LEADER, self.paper.width * _OF_WIDTH)
        for plates, most in ((named, reach), (nameless, IN_PLACE)):
            placed = self.placing.beside(
                self._shapes(plates), anchors[:_MOST_ANCHORS], called=anchors, most=most,
                foreign=self.base.hatched_beyond(crowd),
            )  # fmt: skip
            if placed is not None:
                found.append((plates[placed.shape], placed))
        if not found:
            return None
        plate, placed = min(found, key=lambda each: each[1].cost)
        leaders = tuple((placed.box.nearest(*anchor), anchor) for anchor in anchors)
        return Stand(plate, placed.box, leaders, placed.cost, points=crowd)

    # Badges

    def _badges(self) -> None:
        """Plates that fit inside their area."""
        for area in self.base.areas:
            placed = None if area.badge.form == "region" else self._inside(area)
            if placed is not None and placed.cost <= _CONTENT_WITH + self.thrift.dear * 90:
                self._settle(area, self._area_stand(area, placed))
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
            shape, y, size = thing.plates[0].shape, thing.centre[1], round(thing.shape.area, 3)
            tie = (thing.badge.form != "region", size, thing.badge.area)
        else:
            shape, y = plates_of(*_called(thing), self.small)[0].shape, thing[0].y
            tie = (False, 0.0, _called(thing)[0])
        by = {"small": 0.0, "large": -shape.width * shape.height, "north": -y, "south": y}
        return isinstance(thing, Area) and self.order == "small", round(by[self.order], 3), *tie

    def placed(self, thing: Area | tuple[Point, ...]) -> Stand | None:
        """Where the plate of a thing stands cheapest as things are; none where it has no room."""
        if isinstance(thing, Area):
            return self._area_stand(thing, self._cheapest(thing))
        return self._called_stand(thing)

    def _cheapest(self, area: Area) -> Placed | None:
        if area.badge.form == "region":
            return self._on_rim(area)
        least = LEAST_INSIDE if self.thrift.dear < 1 else _LEAST_IF_DEAR
        both = (self._inside(area, least), self._beside(area))
        found = [placed for placed in both if placed is not None]
        return min(found, key=lambda placed: placed.cost, default=None)

    def _area_stand(self, area: Area, placed: Placed | None) -> Stand | None:
        if placed is None:
            return None
        leaders = () if placed.leader is None else (placed.leader,)
        return Stand(area.plates[placed.shape], placed.box, leaders, placed.cost, area=area)

    def _improve(self) -> None:
        """Ask each plate again, dearest first, whether it now finds a better place."""
        stands = self.plan_.stands
        for _ in range(_ROUNDS):
            before = sum(stand.cost for stand in stands)
            for stand in sorted(stands, key=lambda one: (-one.cost, one.box.edges)):
                if stand.area is None and not stand.points:
                    continue
                self.placing.release(stand.box, stand.leaders)
                again = self.placed(stand.area or stand.points)
                better = again if again is not None else stand
                self.placing.take(better.box, better.leaders)
                stands[stands.index(stand)] = better
            if sum(stand.cost for stand in stands) > before - 1:
                break

    def _inside(self, area: Area, least: float = LEAST_INSIDE) -> Placed | None:
        return self.placing.inside(
            self._shapes(area.plates), area.ground, area.centre, area.shape.bounds, least=least,
            foreign=area.foreign,
        )  # fmt: skip

    def _beside(self, area: Area) -> Placed | None:
        """Beside the area and outside the country, for what has a border with the outside."""
        named = [plate for plate in area.plates if plate.title]
        edge = shapely.intersection(self.paper.inner(area.shape.boundary), self.paper.rim)
        anchors = [area.centre, *self._along(shapely.line_merge(edge))]
        return self.placing.beside(
            self._shapes(named), anchors, area=area.shape, own=area.ground, foreign=area.foreign
        )

    def _on_rim(self, area: Area) -> Placed | None:
        """Beside the outline, where it is the country's own border if any of it is."""
        edge = self.paper.inner(area.shape.boundary)
        rim = shapely.intersection(edge, self.paper.rim)
        line = shapely.line_merge(edge if rim.is_empty else rim)
        if line.is_empty:
            return self._inside(area)
        named = [plate for plate in area.plates if plate.title]
        return self.placing.beside(
            self._shapes(named), self._along(line), own=area.ground, foreign=area.foreign
        )

    def _along(self, line: BaseGeometry) -> list[tuple[float, float]]:
        """Points along a line, evenly spread; none of an empty one."""
        if line.is_empty:
            return []
        shares = np.linspace(0, 1, _ON_RIM + 2)[1:-1]
        ends = [line.interpolate(share, normalized=True) for share in shares]
        return [(float(end.x), float(end.y)) for end in ends]

    def _settle(self, thing: Area | tuple[Point, ...], stand: Stand | None) -> None:
        name, rows = (thing.name, thing.badge.rows) if isinstance(thing, Area) else _called(thing)
        if name in self._set_aside:
            return
        if stand is None:
            self.plan_.left[name] = (*self.plan_.left.get(name, ()), *rows)
            return
        self._stand(stand)

    def _stand(self, stand: Stand) -> None:
        self.placing.take(stand.box, stand.leaders)
        self.plan_.stands.append(stand)

    def _shapes(self, plates: Sequence[Plate]) -> list[Shape]:
        """Shapes of plates: where room is scarce, what counts is how little of it they take."""
        dear = self.thrift.dear
        return [
            replace(
                shape,
                cost=shape.cost / (1 + 2.5 * dear) + dear * shape.width * shape.height / 100,
            )
            for shape in (plate.shape for plate in plates)
        ]

    # Names of the land

    def _names(self) -> None:
        """Names of provinces and neighbours, where they touch nothing."""
        said = {
            stand.area.badge.area
            for stand in self.plan_.stands
            if stand.area is not None and stand.plate.title
        }
        for province in self.paper.frame.country.provinces:
            shape = self.paper.provinces.get(province.code)
            if shape is not None and province.code not in said:
                centre = self.paper.at(province.label_lat, province.label_lon)
                self._name(province.name, shape, centre, abroad=False)
        for name, shape in neighbour_names(self.paper):
            if shape.area:
                roomy = _roomiest(shape)
                self._name(spaced(name), shape, roomy, abroad=True)

    def _name(
        self, words: str, shape: BaseGeometry, centre: tuple[float, float], *, abroad: bool
    ) -> None:
        size = Shape(width_of(words, self.small) + 3, self.small * LEADING, 0)
        ground = Ground(shape, self.paper.box)
        least = 0.98 if abroad else 0.8
        placed = self.placing.inside([size], ground, centre, shape.bounds, least=least)
        if placed is not None:
            self.placing.take(placed.box)
            self.plan_.names.append(Name(words, placed.box, abroad))


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


def _called(crowd: Sequence[Point]) -> tuple[str, tuple[Row, ...]]:
    """The name of a crowd and its rows, those with the same sign made one."""
    names = list(dict.fromkeys(point.spot.name for point in crowd))
    few = 2
    name = (
        " and ".join(names) if len(names) <= few else f"{names[0]} and {len(names) - 1} places near"
    )
    return name, joined([row for point in crowd for row in point.spot.rows])
