"""What is to be placed on the map of a figure: areas with badges, and points."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.places.country import Country
from geo.snapshot.content.content import Badge, Content, SignRow
from geo.snapshot.map.badges import (
    BadgeLayout,
    badge_layouts,
    merge_rows,
    number_layouts,
    tally_layouts,
)
from geo.snapshot.map.base_layers import BasePicture
from geo.snapshot.map.basemap import MapCanvas
from geo.snapshot.map.boxes import At
from geo.snapshot.map.land_mask import AvoidedLand, LandMask
from geo.snapshot.map.plan import Area, Point

_ON_RIM: Final = 13
"""Points along a border to which a leader may lead."""
_ON_OUTLINE: Final = 40
"""Points along the border of the country by which its badge is tried: about one a centimetre."""
_OFF_LAND: Final = 5.0
"""Points between the badge of the country and the land, on which it would be read as an area's."""


@dataclass(frozen=True, eq=False)
class Subjects:
    """The areas and points of a figure, and what the ground below them is.

    Parameters
    ----------
    small
        The size of type in points.
    land, busy
        The country, and the part of it that has badges.
    picture
        The base map; none where the country has none.
    """

    content: Content
    canvas: MapCanvas
    small: float
    land: LandMask
    areas: tuple[Area, ...]
    points: tuple[Point, ...]
    busy: LandMask
    picture: BasePicture | None
    _crowds: dict[tuple[Point, ...], tuple[tuple[BadgeLayout, ...], tuple[BadgeLayout, ...]]] = (
        field(default_factory=dict)
    )
    _hatched: dict[tuple[Point, ...], AvoidedLand | None] = field(default_factory=dict)
    _rims: dict[tuple[Area, bool], list[At]] = field(default_factory=dict)

    def crowd_layouts(
        self, crowd: tuple[Point, ...]
    ) -> tuple[tuple[BadgeLayout, ...], tuple[BadgeLayout, ...]]:
        """The shapes of the plate of a crowd, kept for every order in which the map is planned.

        Returns
        -------
        Those with its name, and those with numbers only, which stand at one point: otherwise nobody
        would know which number is where.
        """
        if crowd not in self._crowds:
            name, rows = crowd_name_and_rows(crowd)
            named = badge_layouts(name, rows, self.small, form=crowd[0].spot.form)
            nameless = number_layouts(rows, self.small) if len(crowd) == 1 else ()
            self._crowds[crowd] = named, nameless
        return self._crowds[crowd]

    def hatched_beyond(self, crowd: tuple[Point, ...]) -> AvoidedLand | None:
        """The areas of badges in which none of some points lies; none if there are no such areas.

        A plate on one of them would be read as that area's.
        """
        if crowd not in self._hatched:
            at = shapely.MultiPoint([(point.x, point.y) for point in crowd])
            beyond = [
                area for area in self.areas
                if area.badge.form != "region" and not area.shape.intersects(at)
            ]  # fmt: skip
            shape = shapely.union_all([area.shape for area in beyond])
            masks = [area.land_mask for area in beyond]
            self._hatched[crowd] = (
                None if shape.is_empty else AvoidedLand(shape, masks, self.canvas.box)
            )
        return self._hatched[crowd]

    @cached_property
    def hatched(self) -> AvoidedLand:
        """The land of all areas with records."""
        areas = [area for area in self.areas if area.badge.form != "region"]
        shape = shapely.union_all([area.shape for area in areas])
        return AvoidedLand(shape, [area.land_mask for area in areas], self.canvas.box)

    def country_and_outline(self) -> tuple[AvoidedLand, list[At]]:
        """The land of the country, a little widened, and points along its border.

        Returns
        -------
        The land, and the points, evenly spread, in points from the lower left corner.
        """
        return _ground_of(self.canvas).country_and_outline

    def rim_points(self, area: Area, *, inland: bool) -> list[At]:
        """Points along the part of its outline that is the border of the country, evenly spread.

        Parameters
        ----------
        inland
            Take all of the outline where none of it is the border; otherwise there are no points.
        """
        if (area, inland) not in self._rims:
            edge = self.canvas.inner(area.shape.boundary)
            rim = shapely.intersection(edge, self.canvas.rim)
            line = shapely.line_merge(edge if inland and rim.is_empty else rim)
            self._rims[area, inland] = _along(line)
        return self._rims[area, inland]

    @classmethod
    def of(cls, content: Content, canvas: MapCanvas, small: float) -> Subjects:
        """What a figure has to place on a map."""
        towns = {spot.name for spot in content.spots}
        ground = _ground_of(canvas)
        areas = tuple(_area(badge, canvas, small, towns, ground) for badge in content.badges)
        points = tuple(
            Point(spot, *canvas.at(spot.lat, spot.lon), spot.radius_m * canvas.scale)
            for spot in content.spots
        )
        busy = [area.shape for area in areas if area.badge.form != "region"]
        return cls(
            content, canvas, small, ground.land,
            tuple(sorted(areas, key=lambda area: area.order)), points,
            LandMask(shapely.union_all(busy), canvas.box), BasePicture.of(content, canvas),
        )  # fmt: skip


def _area(
    badge: Badge, canvas: MapCanvas, small: float, towns: Collection[str], ground: _Ground
) -> Area:
    shape = canvas.outline(badge.outline)
    name = f"{badge.name} {badge.precision}" if badge.name in towns else badge.name
    layouts = (
        badge_layouts(name, merge_rows(badge.rows, sized=False), small, form=badge.form)
        if badge.counts is None
        else tally_layouts(badge, small)
    )
    return Area(
        badge, name, shape, LandMask(shape, canvas.box),
        ground.beyond(_provinces_of(badge, canvas.frame.country)), canvas.at(badge.lat, badge.lon),
        (*layouts, *number_layouts(badge.rows, small)),
    )  # fmt: skip


def _provinces_of(badge: Badge, country: Country) -> tuple[str, ...]:
    """The provinces that an area lies in or consists of."""
    if badge.area in country.districts:
        return (country.districts[badge.area].province,)
    return country.regions[badge.area].provinces if badge.area in country.regions else (badge.area,)


class _Ground:
    """The land of a map as what keeps badges off it: the same in every figure of the map."""

    def __init__(self, canvas: MapCanvas) -> None:
        self._canvas = canvas
        self.land = LandMask(canvas.land, canvas.box)
        self._masks = {key: LandMask(each, canvas.box) for key, each in canvas.provinces.items()}
        self._beyond: dict[tuple[str, ...], AvoidedLand] = {}

    def beyond(self, own: tuple[str, ...]) -> AvoidedLand:
        """The land of all provinces but these: no badge of these is placed there."""
        if own not in self._beyond:
            others = {key: each for key, each in self._canvas.provinces.items() if key not in own}
            masks = [self._masks[key] for key in others]
            land = shapely.union_all(list(others.values()))
            self._beyond[own] = AvoidedLand(land, masks, self._canvas.box)
        return self._beyond[own]

    @cached_property
    def country_and_outline(self) -> tuple[AvoidedLand, list[At]]:
        """The land of the country, a little widened, and points along its border."""
        land, canvas = self._canvas.land, self._canvas
        edge = shapely.line_merge(canvas.inner(land.boundary))
        wide = AvoidedLand(land.buffer(_OFF_LAND), [self.land], canvas.box)
        return wide, [at for line in shapely.get_parts(edge) for at in _along(line, _ON_OUTLINE)]


# A quarter of a megabyte for each province and set of provinces with a badge.
@lru_cache(maxsize=8)
def _ground_of(canvas: MapCanvas) -> _Ground:
    return _Ground(canvas)


def _along(line: BaseGeometry, count: int = _ON_RIM) -> list[At]:
    """Points along a line, evenly spread; none of an empty one."""
    if line.is_empty:
        return []
    shares = np.linspace(0, 1, count + 2)[1:-1]
    ends = [line.interpolate(share, normalized=True) for share in shares]
    return [(float(end.x), float(end.y)) for end in ends]


def crowds_of(points: Sequence[Point], near: float) -> list[list[Point]]:
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


def crowd_name_and_rows(crowd: Sequence[Point]) -> tuple[str, tuple[SignRow, ...]]:
    """Name a crowd and merge its rows.

    Returns
    -------
    The name, and the rows, those with the same sign made one.
    """
    names = list(dict.fromkeys(point.spot.name for point in crowd))
    few = 2
    name = (
        " and ".join(names) if len(names) <= few else f"{names[0]} and {len(names) - 1} places near"
    )
    return name, merge_rows([row for point in crowd for row in point.spot.rows])
