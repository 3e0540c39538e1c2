"""The base map of figures: quiet, never over a mark, and nothing that was switched off."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import combinations

import numpy as np
import pytest
from base_maps import with_base, with_base_map
from matplotlib.image import AxesImage
from recording import times
from test_snapshot_map import axes_of, composed, draw_sheet, planned

from geo.snapshot.content.content import Content
from geo.snapshot.content.frame import frame_of
from geo.snapshot.content.sizes import SIZES
from geo.snapshot.layout.notes import about
from geo.snapshot.map.base_layers import BasePicture
from geo.snapshot.map.base_names import with_base_names
from geo.snapshot.map.boxes import CanvasBox
from geo.snapshot.map.furniture import north_at_middle
from geo.snapshot.map.map_figure import canvas_for
from geo.snapshot.map.plan import Plan
from geo.table.workspace import Workspace
from geo.view import BASE_PARTS, EVERYTHING, View, Viewport
from geo.wording.base_map import SCALES

DAY = date(2026, 11, 21)
FIGURES = times(18, 60)
"""Random figures: 18 every day, six of each way to show records; all 60 in `make test-long`."""


@pytest.fixture(scope="module")
def mapped(own: Workspace) -> Workspace:
    """Return the project's own data on a base map."""
    return with_base_map(own)


def looking(lat: float, lon: float, zoom: float, **asked: object) -> View:
    return replace(EVERYTHING, viewport=Viewport(lat, lon, zoom), **asked)


def views(count: int) -> list[tuple[View, str]]:
    """Return random places, zooms, modes and sizes, the same each time."""
    rng = np.random.default_rng(60)
    sizes = list(SIZES)
    return [
        (
            looking(
                round(rng.uniform(30, 38), 3), round(rng.uniform(61, 72), 3),
                round(rng.uniform(6, 10.2), 2), language=("en", "prs")[at % 2],
                mode=("precise", "precise", "provinces")[at % 3],
            ),
            sizes[at % len(sizes)],
        )
        for at in range(count)
    ]  # fmt: skip


def standing(plan: Plan) -> list[tuple[object, CanvasBox]]:
    """Return everything that must not touch anything else, each box with what it belongs to."""
    found: list[tuple[object, CanvasBox]] = [(each, each.box) for each in plan.base_signs]
    found += [(name, box) for name in plan.base_names for box in name.boxes]
    found += [(each, each.box) for each in (*plan.names, *plan.positions)]
    found += [(head, box) for head in plan.heads for box in (head.box, head.label)]
    found += [(box, box) for box in (plan.scale, plan.locator, plan.north) if box]
    return found


@pytest.mark.slow(whole=True)
@pytest.mark.parametrize("part", range(6))
def test_no_two_names_badges_or_marks_touch_in_random_figures(mapped, part: int):
    for view, size in views(FIGURES)[part::6]:
        plan = planned(composed(mapped, view, size), size)
        names = {id(name) for name in plan.base_names}
        for (one, a), (other, b) in combinations(standing(plan), 2):
            assert one is other or not a.meets(b), (view.viewport, size, one, other)
        marks = [point.mark for point in plan.points]
        for owner, box in standing(plan):
            assert box.within(plan.canvas.box)
            if id(owner) in names:
                assert not any(box.meets(mark) for mark in marks)


@pytest.mark.slow
def test_a_name_of_the_base_map_gives_way_to_marks_and_never_moves_them(own, mapped):
    for view, size in views(times(2, 4)):
        with_it, without = (planned(composed(each, view, size), size) for each in (mapped, own))
        boxes = [[each.box for each in plan.positions] for plan in (with_it, without)]
        assert boxes[0] == boxes[1]
        assert [head.box for head in with_it.heads] == [head.box for head in without.heads]


@pytest.fixture(scope="module")
def content(mapped: Workspace) -> Content:
    """Return what a figure holds: the same records wherever it looks, and long to compose."""
    return composed(mapped, EVERYTHING)


def bare(content: Content, lat: float, lon: float, zoom: float) -> Plan:
    """Return the base map of a figure on which nothing else stands."""
    size = SIZES["slide"]
    frame = frame_of(looking(lat, lon, zoom), content.frame.country, size.map_aspect)
    box = size.map_box
    canvas = canvas_for(frame, box.width / 25.4 * 72, box.height / 25.4 * 72)
    base = BasePicture.of(replace(content, frame=frame), canvas)
    assert base is not None
    return with_base_names(Plan(canvas, (), (), CanvasBox(0, 0, 1, 1)), base, size.small)


@pytest.mark.slow
def test_every_district_and_every_town_is_named_at_some_scale(content):
    base = content.frame.country.base_map
    wanted = {("district", each.name.en): (each.lat, each.lon) for each in base.districts}
    wanted |= {("town", p.name.en): (p.lat, p.lon) for p in base.points if p.kind == "town"}
    missing = dict(wanted)
    for off in (0.0, 0.05):
        for key, (lat, lon) in wanted.items():
            if key in missing:
                for name in bare(content, lat + off, lon, 12).base_names:
                    missing.pop((name.tone, name.words), None)
    assert not missing


@pytest.mark.slow
def test_every_province_is_named_at_some_scale(mapped):
    for province in mapped.country.provinces:
        view = View(provinces=(province.code,), text="no record says this")
        plan = planned(composed(mapped, view), "slide")
        said = [name.words.replace("\u200a", "").casefold() for name in plan.names]
        assert province.name.casefold() in said


def pictures(content: Content) -> list[AxesImage]:
    return [each for each in draw_sheet(content).get_children() if isinstance(each, AxesImage)]


@pytest.mark.slow
def test_relief_is_strong_in_a_country_and_gone_in_a_town(mapped):
    (whole,) = pictures(composed(mapped, EVERYTHING))
    (near,) = pictures(composed(mapped, looking(34.5, 69.2, 10)))
    assert whole.get_array()[..., 3].max() > 60
    assert near.get_array()[..., 3].max() < whole.get_array()[..., 3].max()
    assert SCALES.relief_opacity(12) == 0


def test_no_relief_is_drawn_at_zoom_12_and_beyond(mapped, monkeypatch):
    monkeypatch.setattr(BasePicture, "zoom", 12.0)
    assert not pictures(composed(mapped, looking(34.5, 69.2, 10)))


NEAR = looking(34.9, 69.3, 9.4)


@pytest.fixture(scope="module")
def everything(mapped: Workspace) -> tuple[set[str], int]:
    """Return the kinds of names of a figure with all of the base map, and how much is drawn."""
    content = composed(mapped, NEAR)
    tones = {name.tone for name in planned(content, "slide").base_names}
    return tones, len(draw_sheet(content).get_children())


@pytest.mark.slow
@pytest.mark.parametrize("off", [part for part in BASE_PARTS if part != "own"])
def test_what_is_switched_off_is_not_drawn(mapped, everything, off: str):
    tones, drawn = everything
    without = composed(mapped, replace(NEAR, base_off=(off,)))
    left = planned(without, "slide")
    gone = {"relief": set(), "water": {"water"}, "places": {"town", "point"},
            "boundaries": {"district"}}[off]  # fmt: skip
    assert tones >= gone
    assert {name.tone for name in left.base_names}.isdisjoint(gone)
    assert bool(left.base_signs) == (off != "places")
    assert bool(pictures(without)) == (off != "relief")
    assert len(draw_sheet(without).get_children()) < drawn


def test_a_figure_of_a_country_without_a_base_map_has_none(own):
    country = replace(own.country, base_map=None)
    content = composed(replace(own, country=country))
    plan = planned(content, "slide")
    assert BasePicture.of(content, plan.canvas) is None
    assert (plan.base_names, plan.base_signs) == ((), ())
    assert not pictures(content)


def test_names_are_in_the_language_asked_for_and_in_english_where_none_is_known(mapped):
    plan = planned(composed(mapped, looking(34.5, 69.2, 9, language="prs")), "slide")
    towns = [name.words for name in plan.base_names if name.tone == "town"]
    assert towns
    assert all(re.match("شهر", words) for words in towns)
    assert any(name.words.isascii() for name in plan.base_names if name.tone == "point")
    assert any(not name.words.isascii() for name in plan.names)


def test_a_north_arrow_stands_where_up_is_not_north(own):
    whole, badakhshan = (
        planned(composed(own, view), "slide") for view in (EVERYTHING, looking(37, 73, 8))
    )
    assert whole.north is None
    assert badakhshan.north is not None
    # North leans to the left of up in the east of the country: the meridians meet in the north.
    assert -5 < north_at_middle(badakhshan.canvas) < -2


def test_the_zoom_of_a_figure_is_that_of_a_web_map_as_large(mapped):
    plan = planned(composed(mapped, looking(34.5, 69.2, 8)), "slide")
    # The window of a browser that is meant is 720 pixels wide, the map of a slide 760.
    assert plan.canvas.zoom == pytest.approx(8 + np.log2(760 / 720), abs=0.5)


def test_the_same_figure_is_the_same_to_the_byte(mapped):
    content = composed(mapped, looking(34.5, 69.2, 9))
    one, other = (draw_sheet(content).get_figure() for _ in range(2))
    arrays = []
    for figure in (one, other):
        figure.canvas.draw()
        arrays.append(np.asarray(figure.canvas.buffer_rgba()).tobytes())
    assert arrays[0] == arrays[1]
    assert with_base(mapped.country).base_map.relief is not None
    assert axes_of("slide")


def base_part(content: Content) -> list[str]:
    parts = {part.heading: [item.label for item in part.items] for part in content.legend}
    return parts.get("Base map", [])


def test_the_legend_says_what_is_context_and_names_the_signs_that_are_there(mapped, own):
    near, whole = (composed(mapped, view) for view in (looking(34.5, 69.2, 8), EVERYTHING))
    (said, *signs) = base_part(near)
    assert said.endswith("are context: they say nothing about incidents")
    assert set(signs) <= {"Border crossing", "Pass", "Peak", "Airfield"}
    assert base_part(whole) == [said]
    kinds = {sign.kind for sign in planned(near, "slide").base_signs} - {"town"}
    names = {"Border crossing": "crossing", "Pass": "pass", "Peak": "peak", "Airfield": "airfield"}
    assert kinds <= {names[each] for each in signs}
    for country, off in ((replace(own.country, base_map=None), ()), (own.country, BASE_PARTS)):
        bare_one = composed(replace(own, country=country), replace(EVERYTHING, base_off=off))
        assert base_part(bare_one) == []
        assert bare_one.credits == own.country.credits


def test_sources_of_the_base_map_and_their_age_stand_in_the_credits(own):
    base = own.country.base_map
    content = composed(own, EVERYTHING)
    assert set(base.credits) <= set(content.credits)
    assert len(set(content.credits)) == len(content.credits), "each once"
    said = " ".join(about(content, "0" * 8))
    assert all(each.rstrip(".") in said for each in (*base.credits, *base.notes))
    assert "2022" in said
