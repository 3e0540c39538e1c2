"""Finding a place for everything on the map of a snapshot.

Where a plan has no room for everything it is made again with plates that are more sparing and with
near points called together; what still finds no room at its place is named on a plate of its own,
so that no number is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, get_args

from geo.snapshot.content.content import Content, SignRow
from geo.snapshot.map.badges import BadgeLayout
from geo.snapshot.map.base_names import with_base_names
from geo.snapshot.map.basemap import MapCanvas
from geo.snapshot.map.mark_titles import with_mark_titles
from geo.snapshot.map.plan import Plan
from geo.snapshot.map.planner import Order, Planner, Settings
from geo.snapshot.map.subjects import Subjects, crowd_name_and_rows, crowds_of
from geo.wording.vocabulary import WHOLE_COUNTRY

_Rest = tuple[tuple[str, tuple[SignRow, ...]], ...]
"""Names and rows of what is listed on the map instead of having a badge at its place."""
_STEPS: Final = (
    Settings(), Settings(0, 0.4), Settings(16, 1.0), Settings(34, 2.0, strict=False),
    Settings(34, 4.0, strict=False),
)  # fmt: skip
"""From ample to scarce: points within which near spots share a badge, and the price of space,
which about doubles with each step."""
_CROWDED: Final = Settings(70, 4.0, strict=False)
"""For more things than a map can name one by one."""
_MOST_TRIES: Final = 6
"""How often the list of what has no place is extended; each time it takes space from others."""
_MANY: Final = (26, 30, 110, 160)
"""Spots and areas beyond which the next step is the first one tried: the ample ones would fail and
cost time."""
_FEW: Final = 24
"""Spots and areas up to which four orders are tried: with more, the time is longer than the
gain."""


def plan_map(content: Content, canvas: MapCanvas, *type_sizes: float) -> Plan:
    """Find a place for everything.

    Parameters
    ----------
    type_sizes
        Sizes of type in points, the largest first; a smaller one is used only if some badge has no
        place with those before it.
    """
    for size in dict.fromkeys(type_sizes):
        subjects = Subjects.of(content, canvas, size)
        first, *others = _steps(subjects)
        # Most maps have room for everything at once. Then there is nothing that never has room.
        plan = _plan_whole(subjects, (), [first])
        if plan is not None:
            break
        never_placeable = _never_placeable(subjects)
        plan = None if never_placeable else _plan_whole(subjects, (), others)
        if plan is not None:
            break
    else:
        plan = _plan_whole(subjects, never_placeable, _steps(subjects)) or _plan_with_list(
            subjects, never_placeable
        )
    plan.type_size = size
    plan = with_mark_titles(plan, content, min(type_sizes))
    return plan if subjects.picture is None else with_base_names(plan, subjects.picture, size)


def plan_small_map(content: Content, canvas: MapCanvas, type_size: float) -> Plan:
    """Find a place for everything on one of several maps of a page, whose badges have no names.

    Each badge has its signs and numbers only, and a leader unless it is inside its area.
    """
    found = Subjects.of(content, canvas, type_size)
    areas = tuple(replace(area, layouts=_without_names(area.layouts)) for area in found.areas)
    subjects = replace(found, areas=areas)
    rest: dict[str, tuple[SignRow, ...]] = {}
    for at, step in enumerate((*_STEPS[1:], *[_STEPS[-1]] * _MOST_TRIES)):
        is_last = at >= len(_STEPS) - 1
        tried = replace(step, rest=tuple(rest.items()), has_names=False)
        plan = Planner(subjects, tried, is_last=is_last).plan()
        if not plan.left:
            break
        rest |= plan.left if is_last else {}
    plan.type_size = type_size
    return plan


def _without_names(layouts: Sequence[BadgeLayout]) -> tuple[BadgeLayout, ...]:
    bare = (replace(layout, title=(), form=None) for layout in layouts)
    return tuple({(layout.rows, layout.bars): layout for layout in bare}.values())


def _steps(subjects: Subjects) -> tuple[Settings, ...]:
    """What is tried for so many spots and areas, from ample to scarce."""
    many = _how_many(subjects)
    first = sum(many > limit for limit in _MANY)
    return (*_STEPS[first:-1], _last_step(subjects))


def _last_step(subjects: Subjects) -> Settings:
    return _CROWDED if _how_many(subjects) > _MANY[-1] else _STEPS[-1]


def _how_many(subjects: Subjects) -> int:
    return len(subjects.areas) + len(subjects.points)


def _plan_whole(subjects: Subjects, rest: _Rest, steps: Sequence[Settings]) -> Plan | None:
    """Place everything but `rest`, which is listed; ``None`` if something has no place."""
    orders: tuple[Order, ...] = get_args(Order) if _how_many(subjects) <= _FEW else ("small",)
    for step in steps:
        tried = replace(step, rest=rest)
        complete = [each for each in _in_orders(subjects, tried, orders) if not each.plan_.left]
        if complete:
            best = min(complete, key=lambda each: each.plan_.cost)
            best.place_names()
            return best.plan_
    return None


def _in_orders(
    subjects: Subjects, settings: Settings, orders: Sequence[Order]
) -> Iterator[Planner]:
    """A plan in each order, without names; orders that come to the same are tried once."""
    first = Planner(subjects, settings, is_last=False)
    first.begin()
    tried = set()
    for planner in map(first.in_order, orders):
        if (queue := planner.queue) not in tried:
            tried.add(queue)
            planner.place_badges()
            yield planner


def _plan_with_list(subjects: Subjects, never_placeable: _Rest) -> Plan:
    """Place what has a place, and list the others on the map."""
    last = _last_step(subjects)
    rest: dict[str, tuple[SignRow, ...]] = dict(never_placeable)
    for _ in range(_MOST_TRIES):
        plan = Planner(subjects, replace(last, rest=tuple(rest.items()))).plan()
        if not plan.left:
            return plan
        rest |= plan.left
    # Fuller than any list of names: then everything is in that list, and it may be numbers only.
    return Planner(subjects, replace(last, rest=_everything(subjects, last.near))).plan()


def _never_placeable(subjects: Subjects) -> _Rest:
    """The areas that could hold no plate if the map were empty: a list names them, with numbers."""
    empty = Planner(subjects, _STEPS[0])
    return tuple(
        (area.name, area.badge.rows) for area in subjects.areas if empty.placed(area) is None
    )


def _everything(subjects: Subjects, near: float) -> _Rest:
    found = {area.name: area.badge.rows for area in subjects.areas}
    crowds = [[point] for point in subjects.points] + crowds_of(subjects.points, near)
    for name, rows in map(crowd_name_and_rows, crowds):
        found[name] = (*found.get(name, ()), *rows)
    if rows := subjects.content.whole_country:
        found[WHOLE_COUNTRY] = rows
    return tuple(found.items())
