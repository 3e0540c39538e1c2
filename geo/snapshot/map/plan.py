"""The plan of the map of a figure: positions of signs, plates, labels and names, in points."""

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
from geo.snapshot.map.editors_marks import EditorsLabel
from geo.snapshot.map.land_mask import AvoidedLand, LandMask
from geo.snapshot.typefaces import Weight

LEAST_HALO: Final = 7.0
"""Least radius in points of the halo of a town: the dot of 2.2 points stays visible inside."""
_AROUND: Final = 3.6
"""Least points kept free around a point: its dot and a margin."""
_MOST_AROUND: Final = 24.0
"""Most points kept free around a point: plates may be placed inside a large disc."""


@dataclass(frozen=True, eq=False)
class Point:
    """A spot at its position on the map; `x`, `y` and `radius` in points."""

    spot: Spot
    x: float
    y: float
    radius: float

    @property
    def mark(self) -> CanvasBox:
        """The box kept free around the point: its halo or disc, unless that is large."""
        reach = self.radius if self.spot.form in {"dot", "disc"} else 0.0
        # A square within the circle is 0.71 of it; a little more keeps its edge mostly free.
        half = min(max(reach * 0.8, _AROUND), _MOST_AROUND)
        return CanvasBox(self.x - half, self.y - half, 2 * half, 2 * half)

    @property
    def lift(self) -> float:
        """Points from the point up to the centre of its sign, which leaves a disc visible."""
        if self.spot.form == "pin":
            return tip_drop(self.spot.rows[0].sign)
        return max(self.radius, LEAST_HALO) if self.spot.form == "disc" else 0.0

    @property
    def head(self) -> CanvasBox | None:
        """The box of its sign, if it has just one, which can be drawn at the point."""
        if len(self.spot.rows) != 1:
            return None
        sign = self.spot.rows[0].sign
        size, y = head_size(sign), self.y + self.lift
        low = tip_drop(sign) if self.spot.form == "pin" else size / 2
        left = self.x - head_width(sign) / 2
        return CanvasBox(left, y - low, sign_width(sign), low + size / 2)


@dataclass(frozen=True, eq=False)
class Area:
    """A badge at its position on the map.

    Parameters
    ----------
    name
        Heading of its plate, different from the name of any town on the map.
    foreign
        The other provinces: no plate of this area is placed on them, and its leader avoids them
        if possible.
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
        """The order of placement: small areas first, regions last."""
        return self.badge.form == "region", round(self.shape.area, 3), self.badge.area


@dataclass(frozen=True, eq=False)
class LabelledSign:
    """A sign at its point, with its label: numbers, and the name if it fits."""

    point: Point
    box: CanvasBox
    label: CanvasBox
    name: str


@dataclass(frozen=True, eq=False)
class BadgePosition:
    """A placed plate, with leaders to its area or points."""

    layout: BadgeLayout
    box: CanvasBox
    leaders: tuple[Line, ...]
    cost: float = 0.0
    area: Area | None = None
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, eq=False)
class LandName:
    """The name of a province or, if `is_outside`, of a neighbouring country."""

    words: str
    box: CanvasBox
    is_outside: bool


@dataclass(frozen=True, eq=False)
class MarkTitle:
    """Numbers and short titles of records beside their mark, in lines of a type size in points."""

    lines: tuple[str, ...]
    size: float
    box: CanvasBox


NameColour = Literal["town", "point", "water", "district"]


@dataclass(frozen=True, eq=False)
class BaseName:
    """A name on the base map.

    Parameters
    ----------
    x, y
        Its centre in points.
    size
        Type size in points.
    angle
        Degrees anticlockwise from horizontal.
    boxes
        What it covers: one box, or several along a name that is not horizontal.
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
    """Everything on a map that has been placed.

    Parameters
    ----------
    left
        Names and rows of what has no place.
    editors
        The texts of the editor's marks.
    titles
        Short titles of records beside their marks.
    type_size
        Size of the type in points; 9, the least that is used in print, unless it is set.
    """

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
    editors: tuple[EditorsLabel, ...] = ()
    titles: tuple[MarkTitle, ...] = ()
    type_size: float = 9.0

    @property
    def cost(self) -> float:
        """The total cost of all plates: how far they are from their best positions."""
        return sum(position.cost for position in self.positions)

    @property
    def taken(self) -> tuple[CanvasBox, ...]:
        """Every occupied box, which names of the base map must avoid."""
        fixed = (self.scale, self.locator, self.north)
        return (
            *(box for box in fixed if box is not None),
            *(point.mark for point in self.points),
            *(box for head in self.heads for box in (head.box, head.label)),
            *(position.box for position in self.positions),
            *(name.box for name in self.names),
            *(box for name in self.base_names for box in name.boxes),
            *(sign.box for sign in self.base_signs),
            *(label.box for label in self.editors),
            *(title.box for title in self.titles),
        )

    @property
    def leaders(self) -> tuple[Line, ...]:
        """The lines from plates to their areas or points."""
        return tuple(line for position in self.positions for line in position.leaders)

    @property
    def marked_points(self) -> Iterator[Point]:
        """The points with the end of a leader instead of a sign."""
        with_sign = {id(head.point) for head in self.heads}
        return (point for point in self.points if id(point) not in with_sign)
