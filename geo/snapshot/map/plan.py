"""What stands where on the map of a snapshot: signs at their points, plates, labels and names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from shapely.geometry.base import BaseGeometry

from geo.places.country.base_map import PointKind
from geo.snapshot.content.content import Badge, SignRow, Spot
from geo.snapshot.layout.signs import head_size, head_width, sign_width, tip_drop
from geo.snapshot.map.badges import BadgeLayout
from geo.snapshot.map.basemap import MapCanvas
from geo.snapshot.map.boxes import CanvasBox, Line
from geo.snapshot.map.land_mask import AvoidedLand, LandMask
from geo.snapshot.typefaces import Weight

LEAST_HALO: Final = 7.0
"""Radius in points of the halo of a town, at least: the dot of 2.2 points stays visible inside."""
_AROUND: Final = 3.6
"""Points kept free around a point, at least: its dot and a margin of its own width."""
_MOST_AROUND: Final = 24.0
"""Points kept free around a point, at most: in a large disc badges may stand."""


@dataclass(frozen=True, eq=False)
class Point:
    """A spot where it lies in the picture; `radius` in points."""

    spot: Spot
    x: float
    y: float
    radius: float

    @property
    def mark(self) -> CanvasBox:
        """What is kept free around the point itself: its halo or disc, unless that is large."""
        reach = self.radius if self.spot.form in {"dot", "disc"} else 0.0
        half = min(max(reach * 0.8, _AROUND), _MOST_AROUND)
        return CanvasBox(self.x - half, self.y - half, 2 * half, 2 * half)

    @property
    def lift(self) -> float:
        """How far above the point the middle of a sign stands: a disc stays open."""
        if self.spot.form == "pin":
            return tip_drop(self.spot.rows[0].sign)
        return max(self.radius, LEAST_HALO) if self.spot.form == "disc" else 0.0

    @property
    def head(self) -> CanvasBox | None:
        """The box of its sign, where a single one can stand at the point."""
        if len(self.spot.rows) != 1:
            return None
        sign = self.spot.rows[0].sign
        size, y = head_size(sign), self.y + self.lift
        low = tip_drop(sign) if self.spot.form == "pin" else size / 2
        left = self.x - head_width(sign) / 2
        return CanvasBox(left, y - low, sign_width(sign), low + size / 2)


@dataclass(frozen=True, eq=False)
class Area:
    """A badge where it lies in the picture.

    Parameters
    ----------
    name
        What its plate is headed with; no town of the picture is called so.
    foreign
        The other provinces: no plate of this area stands on them, and its leader rather avoids
        them.
    """

    badge: Badge
    name: str
    shape: BaseGeometry
    land_mask: LandMask
    foreign: AvoidedLand
    centre: tuple[float, float]
    layouts: tuple[BadgeLayout, ...]

    @property
    def order(self) -> tuple[bool, float, str]:
        """Small areas choose first."""
        return self.badge.form == "region", round(self.shape.area, 3), self.badge.area


@dataclass(frozen=True, eq=False)
class LabelledSign:
    """A sign that stands at its point, with its label: numbers, and the name if there is room."""

    point: Point
    box: CanvasBox
    label: CanvasBox
    name: str


@dataclass(frozen=True, eq=False)
class BadgePosition:
    """A plate in its place, tied by leaders to the area or the points it is about."""

    layout: BadgeLayout
    box: CanvasBox
    leaders: tuple[Line, ...]
    cost: float = 0.0
    area: Area | None = None
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, eq=False)
class LandName:
    """A name of the land below."""

    words: str
    box: CanvasBox
    is_outside: bool


NameColour = Literal["town", "point", "water", "district"]


@dataclass(frozen=True, eq=False)
class BaseName:
    """A name on the base map.

    Parameters
    ----------
    x, y
        Its middle in points.
    size
        Of its type, in points.
    angle
        Degrees anticlockwise from level.
    boxes
        What it covers: one box, or several along a name that is not level.
    """

    words: str
    x: float
    y: float
    size: float
    weight: Weight
    tone: NameColour
    angle: float
    boxes: tuple[CanvasBox, ...]


@dataclass(frozen=True, eq=False)
class BaseSign:
    """The sign of a town, a pass, a peak, a crossing or an airfield on the base map."""

    kind: PointKind
    rank: int
    box: CanvasBox


@dataclass(eq=False)
class Plan:
    """Everything of a map that has a place of its own."""

    canvas: MapCanvas
    areas: tuple[Area, ...]
    points: tuple[Point, ...]
    scale: CanvasBox
    locator: CanvasBox | None = None
    north: CanvasBox | None = None
    heads: list[LabelledSign] = field(default_factory=list)
    positions: list[BadgePosition] = field(default_factory=list)
    names: list[LandName] = field(default_factory=list)
    base_names: tuple[BaseName, ...] = ()
    base_signs: tuple[BaseSign, ...] = ()
    left: dict[str, tuple[SignRow, ...]] = field(default_factory=dict)

    @property
    def cost(self) -> float:
        """How far all plates together are from where they would stand best."""
        return sum(position.cost for position in self.positions)

    @property
    def taken(self) -> tuple[CanvasBox, ...]:
        """Every box on which nothing of the base map may stand."""
        fixed = (self.scale, self.locator, self.north)
        return (
            *(box for box in fixed if box is not None),
            *(point.mark for point in self.points),
            *(box for head in self.heads for box in (head.box, head.label)),
            *(position.box for position in self.positions),
            *(name.box for name in self.names),
            *(box for name in self.base_names for box in name.boxes),
            *(sign.box for sign in self.base_signs),
        )

    @property
    def leaders(self) -> tuple[Line, ...]:
        """The lines that tie plates to what they are about."""
        return tuple(line for position in self.positions for line in position.leaders)

    @property
    def marked_points(self) -> Iterator[Point]:
        """The points at which no sign stands, but the end of a leader."""
        with_sign = {id(head.point) for head in self.heads}
        return (point for point in self.points if id(point) not in with_sign)
