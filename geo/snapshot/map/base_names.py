"""The names and signs of the base map in a figure, and their positions.

They use the space that marks leave free. What a web map shows at smaller scales is placed first, so
that a name shown at a small scale is not displaced by a minor one at a larger scale.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from geo.places.country.base_map import LocalName, MapPoint, PointKind
from geo.snapshot.lettering import LEADING, width_of
from geo.snapshot.map.base_layers import BasePicture
from geo.snapshot.map.boxes import CanvasBox
from geo.snapshot.map.free_space import FreeSpace
from geo.snapshot.map.plan import BaseName, BaseSign, NameColour, Plan
from geo.snapshot.typefaces import Weight
from geo.wording.base_map import SCALES

_SIGN: Final[dict[PointKind, tuple[float, ...]]] = {
    "town": (5.4, 4.8, 4.2, 3.4, 2.8, 2.4),
    "crossing": (4.6,),
    "pass": (6.0,),
    "peak": (5.0,),
    "airfield": (7.0, 6.4, 6.0),
}
"""Width and height of each sign in points, by rank: larger for larger places, and always smaller
than a mark (13.5 points)."""
_LARGER: Final = (2.0, 1.0, 0.5)
"""Points by which the names of towns of ranks 1 to 3 are larger than the smallest type: a
difference of less than half a point is not visible."""
_BOLD: Final = 2
"""Lowest rank of towns with bold names: the capital and the largest cities."""
_AROUND: Final = 2.2
"""Points between a sign and its name."""
_BETWEEN_SIGNS: Final = 0.2
"""Least points between two signs: they have rims and may be close."""
_ABOVE: Final = 0.5
"""Points between a sign and a line of text above or below it, whose line height already includes
space."""
_AIRFIELD_NAMES: Final = 1.5
"""Zoom levels between the sign of an airfield and its name, which is long."""
_LAKE_NAMES: Final = 1.0
"""Zoom levels between a lake and its name: the shape is useful before the name is."""
_APART: Final = 150.0
"""Least points between two names of the same water: two inches, more than one sees at a glance."""
_BESIDE: Final[tuple[tuple[float, float], ...]] = (
    (1, 0), (-1, 0), (0, 1), (0, -1), (1, 0.7), (1, -0.7), (-1, 0.7), (-1, -0.7), (0.5, 1),
    (-0.5, 1), (0.5, -1), (-0.5, -1),
)  # fmt: skip
"""Positions of a name around its sign, in distances right and up: the right first, as is usual in
cartography, then left, above, below and between."""
_BESIDE_RIVER: Final = (0.0, 0.8, -0.8)
"""Positions of a name across its river, in line heights: on the river first, then beside it."""
_OVER: Final = (
    (0.0, 0.0), (0.0, 0.7), (0.0, -0.7), (0.0, 1.3), (0.0, -1.3), (0.35, 0.0), (-0.35, 0.0),
    (0.35, 1.0), (-0.35, 1.0), (0.35, -1.0), (-0.35, -1.0), (0.0, 2.2), (0.0, -2.2), (0.6, 0.0),
    (-0.6, 0.0), (1.0, 0.0), (-1.0, 0.0), (0.6, 1.6), (-0.6, 1.6), (0.6, -1.6), (-0.6, -1.6),
)  # fmt: skip
"""Positions of a name without a sign around its point: shares of its width to the right and type
sizes upwards. All of them touch the area that is named, which is larger than the name."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """A candidate for placement: a name, and possibly a sign at a fixed point.

    Parameters
    ----------
    zoom
        Zoom from which it is shown; lower zooms are placed first.
    beside
        What the name is placed next to: its sign, or a lake smaller than the name.
    """

    zoom: float
    words: str
    size: float
    weight: Weight
    tone: NameColour
    x: float
    y: float
    angle: float = 0.0
    sign: BaseSign | None = None
    beside: CanvasBox | None = None

    @property
    def order(self) -> tuple[float, str, float, float]:
        """The order of placement."""
        return self.zoom, self.words, self.x, self.y


def with_base_names(
    plan: Plan, base: BasePicture, least: float, *, most_zoom: float = math.inf
) -> Plan:
    """The plan with the names and signs of the base map in the free space.

    Parameters
    ----------
    least
        Smallest type size on the map, in points.
    most_zoom
        Only those that a web map shows from this zoom or a smaller one.
    """
    space = FreeSpace(plan.canvas.box, plan.taken, plan.leaders)
    names, signs = [*plan.base_names], [*plan.base_signs]
    for wish in _with_space_for_signs(_wanted(plan, base, least, most_zoom), space):
        if any(_is_repeated(wish, name) for name in names):
            continue
        name = next((each for each in _places(wish) if space.is_free(each.boxes)), None)
        if name is not None:
            space.take(name.boxes)
            names.append(name)
        if wish.sign and (name is not None or not wish.words):
            signs.append(wish.sign)
    return replace(plan, base_names=tuple(names), base_signs=tuple(signs))


def _wanted(plan: Plan, base: BasePicture, least: float, most_zoom: float) -> list[_Wish]:
    """The candidates in the frame, in order of placement, without towns already named."""
    called = {point.spot.name.casefold() for point in plan.points}
    called |= {name.words.casefold() for name in plan.base_names if name.tone == "town"}
    found = [
        wish
        for wish in _wishes(base, least)
        if wish.zoom <= most_zoom
        and plan.canvas.box.holds(wish.x, wish.y)
        and not (wish.tone == "town" and wish.words.casefold() in called)
    ]
    return sorted(found, key=lambda wish: wish.order)


def _with_space_for_signs(wishes: Iterable[_Wish], space: FreeSpace) -> list[_Wish]:
    """The candidates whose sign fits at its point, so that no sign has another place's name."""
    found = []
    for wish in wishes:
        if wish.sign is not None:
            if not space.is_free([wish.sign.box], _BETWEEN_SIGNS):
                continue
            space.take([wish.sign.box])
        found.append(wish)
    return found


def _is_repeated(wish: _Wish, name: BaseName) -> bool:
    """Whether the same water is already named nearby: a lake in two parts is named once."""
    far = math.hypot(wish.x - name.x, wish.y - name.y)
    return (wish.words, wish.tone, "water") == (name.words, name.tone, name.tone) and far < _APART


def _wishes(base: BasePicture, least: float) -> Iterator[_Wish]:
    if base.has("places"):
        yield from _points(base, least)
    if base.has("boundaries") and base.zoom >= SCALES.district:
        named = base.map.districts
        at = _at(base, ((each.lon, each.lat) for each in named))
        for each, (x, y) in zip(named, at, strict=True):
            words = said(each.name, base)
            yield _Wish(SCALES.district, words, least, "normal", "district", x, y)
    if base.has("water"):
        yield from _rivers(base, least)
        yield from _lakes(base, least)


def said(name: LocalName, base: BasePicture) -> str:
    """The name in the language of the figure, or in English if it has none in that language."""
    return str(getattr(name, base.language)) or name.en


def _points(base: BasePicture, least: float) -> Iterator[_Wish]:
    shown = [(point, SCALES.point_zoom(point.kind, point.rank)) for point in base.map.points]
    # A town with a mark has its name from that mark.
    shown = [
        (point, zoom)
        for point, zoom in shown
        if base.zoom >= zoom and (point.kind != "town" or base.towns.allows(point.name.en, ()))
    ]
    at = _at(base, ((point.lon, point.lat) for point, _ in shown))
    for (point, zoom), (x, y) in zip(shown, at, strict=True):
        box = box_of_sign(point.kind, CanvasBox(x, y, 0.0, 0.0), point.rank)
        sign = BaseSign(point.kind, point.rank, box)
        if point.kind == "town":
            larger = _LARGER[point.rank - 1] if point.rank <= len(_LARGER) else 0.0
            weight: Weight = "bold" if point.rank <= _BOLD else "normal"
            words = said(point.name, base)
            yield _Wish(zoom, words, least + larger, weight, "town", x, y, 0.0, sign, sign.box)
        else:
            words = _point_words(point, base, zoom)
            yield _Wish(zoom, words, least, "normal", "point", x, y, 0.0, sign, sign.box)


def box_of_sign(kind: PointKind, around: CanvasBox, rank: int = 1) -> CanvasBox:
    """The box covered by a sign centred in another box, in points."""
    side = _SIGN[kind][min(rank, len(_SIGN[kind])) - 1]
    x, y = around.centre
    return CanvasBox(x - side / 2, y - side / 2, side, side)


def _point_words(point: MapPoint, base: BasePicture, zoom: float) -> str:
    if point.kind == "airfield" and base.zoom < zoom + _AIRFIELD_NAMES:
        return ""
    name = said(point.name, base)
    return f"{name} {point.height_m:,} m" if point.height_m and name else name


def _rivers(base: BasePicture, least: float) -> Iterator[_Wish]:
    shown = [each for each in base.map.river_names if base.zoom >= each.min_zoom]
    at = _at(base, ((each.lon, each.lat) for each in shown))
    # A short way to the east (0.01 degrees, about 1 km) gives the direction of east on the map.
    east = _at(base, ((each.lon + 0.01, each.lat) for each in shown))
    for each, (x, y), (x1, y1) in zip(shown, at, east, strict=True):
        turned = each.angle + math.degrees(math.atan2(y1 - y, x1 - x))
        words = said(each.name, base)
        yield _Wish(each.min_zoom, words, least, "normal", "water", x, y, _upright(turned))


def _upright(angle: float) -> float:
    """The angle in degrees of the same line read from left to right: between -90 and 90."""
    return (angle + 90) % 180 - 90


def _lakes(base: BasePicture, least: float) -> Iterator[_Wish]:
    for lake in base.map.lakes:
        zoom = SCALES.lake_zoom(lake.area_km2) + _LAKE_NAMES
        if lake.name is not None and base.zoom >= zoom:
            outline = base.canvas.points_of(lake.outline)
            left, bottom, right, top = map(float, (*outline.min(axis=0), *outline.max(axis=0)))
            box = CanvasBox(left, bottom, right - left, top - bottom)
            words = said(lake.name, base)
            yield _Wish(zoom, words, least, "normal", "water", *box.centre, beside=box)


def _places(wish: _Wish) -> Iterator[BaseName]:
    """The possible positions of a name, best first."""
    if not wish.words:
        return
    wide, high = width_of(wish.words, wish.size, wish.weight) + 1.0, wish.size * LEADING
    for x, y in _middles(wish, wide, high):
        boxes = tuple(_covered(x, y, wide, high, wish.angle))
        yield BaseName(
            wish.words, x, y, wish.size, wish.weight, wish.tone, wish.angle, boxes
        )  # fmt: skip


def _middles(wish: _Wish, wide: float, high: float) -> Iterator[tuple[float, float]]:
    if wish.beside is not None and wish.beside.width < wide:
        dx = wish.beside.width / 2 + _AROUND + wide / 2
        dy = wish.beside.height / 2 + _ABOVE + high / 2
        for right, up in _BESIDE:
            yield wish.x + right * dx, wish.y + up * dy
    elif wish.angle:
        turned = math.radians(wish.angle + 90)
        for share in _BESIDE_RIVER:
            yield (
                wish.x + math.cos(turned) * share * high,
                wish.y + math.sin(turned) * share * high,
            )
    else:
        for right, up in _OVER:
            yield wish.x + right * wide, wish.y + up * wish.size


def _covered(x: float, y: float, wide: float, high: float, angle: float) -> Iterator[CanvasBox]:
    """The boxes that a name covers: one if it is level, otherwise squares along it."""
    if not angle:
        yield CanvasBox(x - wide / 2, y - high / 2, wide, high)
        return
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    side = high * (abs(cos) + abs(sin))
    count = max(1, math.ceil((wide - high) / high) + 1)
    for along in np.linspace(-(wide - high) / 2, (wide - high) / 2, count):
        yield CanvasBox(x + cos * along - side / 2, y + sin * along - side / 2, side, side)


def _at(base: BasePicture, places: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Longitudes and latitudes in degrees to points from the left and from the bottom."""
    degrees = np.array(list(places), dtype=np.float64).reshape(-1, 2)
    return [(float(x), float(y)) for x, y in base.canvas.points_of(degrees)]
