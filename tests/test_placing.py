"""The place that is found for a badge is the cheapest one that is free."""

from __future__ import annotations

import random

import numpy as np
import pytest
import shapely

from geo.snapshot.map import beside as module
from geo.snapshot.map.boxes import CanvasBox
from geo.snapshot.map.land_mask import AvoidedLand, LandMask
from geo.snapshot.map.placing import LabelPlacer
from geo.snapshot.map.positions import Shape

CANVAS = CanvasBox(0, 0, 400, 300)


def land_of(chance: random.Random) -> shapely.Polygon:
    x, y = chance.uniform(60, 340), chance.uniform(60, 240)
    return shapely.Point(x, y).buffer(chance.uniform(30, 90), quad_segs=3)


def crowded(chance: random.Random) -> LabelPlacer:
    """A map on which thirty boxes with leaders stand."""
    land, busy = LandMask(land_of(chance), CANVAS), LandMask(land_of(chance), CANVAS)
    placer = LabelPlacer(CANVAS, 4.0, land, busy=busy, strict=chance.random() < 0.5)
    for _ in range(30):
        box = CanvasBox(chance.uniform(0, 360), chance.uniform(0, 280), chance.uniform(5, 40), 9)
        to = (chance.uniform(0, 400), chance.uniform(0, 300))
        placer.take(box, [(box.nearest(*to), to)] if chance.random() < 0.5 else [])
    return placer


@pytest.mark.parametrize("seed", range(12))
def test_no_place_that_is_free_is_cheaper_than_the_one_beside_a_point(monkeypatch, seed: int):
    chance = random.Random(seed)  # noqa: S311 - no secret
    placer, other = crowded(chance), land_of(chance)
    foreign = AvoidedLand(other, [LandMask(other, CANVAS)], CANVAS)
    shapes = [Shape(chance.uniform(20, 60), chance.uniform(8, 30), cost) for cost in (0, 3, 9)]
    anchors = [(chance.uniform(40, 360), chance.uniform(40, 260)) for _ in range(4)]
    found = placer.beside(shapes, anchors, foreign=foreign)
    # Every place weighed by itself, in whatever order: none is left out for its bound.
    monkeypatch.setattr(module, "_AT_ONCE", 1)
    each = [
        placer.beside([shape], [anchor], foreign=foreign) for shape in shapes for anchor in anchors
    ]
    monkeypatch.setattr(module, "_SLACK", np.inf)
    monkeypatch.setattr(module, "_AT_ONCE", 100_000)
    everything = placer.beside(shapes, anchors, foreign=foreign)
    assert found == everything
    cheapest = min((one.cost for one in each if one is not None), default=None)
    assert (None if found is None else found.cost) == cheapest


@pytest.mark.parametrize("seed", range(12))
def test_what_stands_on_avoided_land_is_told_by_cells_as_by_its_outline(seed: int):
    chance = random.Random(seed)  # noqa: S311 - no secret
    parts = [land_of(chance) for _ in range(3)]
    whole = shapely.union_all(parts)
    avoided = AvoidedLand(whole, [LandMask(part, CANVAS) for part in parts], CANVAS)
    left = np.array([[chance.uniform(-20, 390), chance.uniform(-20, 290)] for _ in range(500)])
    size = np.array([[chance.uniform(0.5, 60), chance.uniform(0.5, 30)] for _ in range(500)])
    boxes = np.hstack([left, left + size])
    expected = shapely.intersects(whole, shapely.box(*boxes.T))
    assert 0 < expected.sum() < 500
    assert avoided.is_below(boxes).tolist() == expected.tolist()
