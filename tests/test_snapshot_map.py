"""The map of a snapshot: everything on it, nothing over another, nothing more than is known."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import numpy as np
import pytest
import shapely
from dossiers import claim, incident, presence, workspace
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.text import Text
from recording import SHARE
from views import VIEWS

from geo.snapshot.content.composing import compose
from geo.snapshot.content.content import Content, Sign, SignRow, Spot
from geo.snapshot.content.recipe import VARIANTS, Recipe
from geo.snapshot.content.sizes import MM_PER_INCH, POINTS_PER_INCH, SIZES
from geo.snapshot.layout.signs import Pen, draw_sign, head_width
from geo.snapshot.layout.theme import theme_of
from geo.snapshot.lettering import without_glyph
from geo.snapshot.map import badges as layouts
from geo.snapshot.map import map_figure
from geo.snapshot.map.boxes import CanvasBox
from geo.snapshot.map.map_figure import canvas_of, draw_map
from geo.snapshot.map.plan import Plan
from geo.snapshot.map.planning import plan_map
from geo.table.workspace import Workspace
from geo.view import EVERYTHING, View, Viewport
from geo.wording.symbology import contrast

DAY = date(2026, 11, 21)
DETAILS = {
    "country": EVERYTHING,
    "provinces": View(mode="provinces"),
    "panjshir": View(provinces=("AF-PAN",)),
    "kabul": View(viewport=Viewport(34.5, 69.2, 8)),
}


def composed(found: Workspace, view: View = EVERYTHING, size: str = "slide") -> Content:
    recipe = Recipe(view=view, as_of=DAY, size=size)
    return compose(found, recipe)


def axes_of(size: str) -> Axes:
    box = SIZES[size].map_box
    figure = Figure(figsize=(box.width / 25.4, box.height / 25.4), dpi=96)
    FigureCanvasAgg(figure)
    return figure.add_axes((0, 0, 1, 1))


def draw_sheet(content: Content, size: str = "slide", variant: str = "colour") -> Axes:
    axes = axes_of(size)
    draw_map(axes, content, SIZES[size], theme_of(variant))
    return axes


def planned(content: Content, size: str) -> Plan:
    page = SIZES[size]
    return plan_map(content, canvas_of(axes_of(size), content.frame), page.on_map, page.small)


def texts(axes: Axes, role: str | None = None) -> list[Text]:
    found = [each for each in axes.get_children() if isinstance(each, Text) and each.get_text()]
    return [each for each in found if role in {None, each.get_label()}]


def numbers(axes: Axes) -> list[int]:
    """Every number of a record that stands on the map, runs written out."""
    said = [
        range(int(first), int(last or first) + 1)
        for text in texts(axes, "numbers")
        for first, last in re.findall(r"(\d+)(?:–(\d+))?", text.get_text())
    ]
    return sorted({number for run in said for number in run})


def on_map(content: Content) -> list[int]:
    """The numbers of what is mapped, and of what is counted on the badge of the whole country."""
    country = {number for row in content.whole_country for number in row.numbers}
    return [
        entry.number for entry in content.entries if entry.where == "map" or entry.number in country
    ]


Planned = Callable[[View, str], tuple[Content, Plan]]


@pytest.fixture(scope="module")
def of_own(own: Workspace) -> Planned:
    """Return what a figure of the project's data says, and its plan, made once for each."""
    made: dict[tuple[View, str], tuple[Content, Plan]] = {}

    def find(view: View, size: str) -> tuple[Content, Plan]:
        if (view, size) not in made:
            content = composed(own, view, size)
            made[view, size] = content, planned(content, size)
        return made[view, size]

    return find


@pytest.fixture(scope="module")
def crowded(country) -> Workspace:
    """Return 300 records over all provinces, one in seven in two of them."""
    names = [province.name for province in country.provinces]
    letters = {"nrf": "N", "taliban": "T", "aff": "F", "isis-k": "I"}
    groups = {key: {"name": key, "short": key, "letter": letters[key]} for key in letters}
    records = []
    for at in range(300):
        group = list(letters)[at * 7 % 4]
        where = [{"place": names[at % 34], "kind": "province"}]
        if at % 7 == 0:
            where.append({"place": names[at * 5 % 34 - 1], "kind": "province"})
        media = (
            {"by": "A paper", "role": "media", "says": "occurrence"} if at % 3 else {"by": group}
        )
        if at % 2:
            records.append(incident(id=f"record-{at}", by=[group], against=["civilians"],
                                    where=where, claims=[claim(**media)]))  # fmt: skip
        else:
            said = claim(**media | {"says": "presence"})
            records.append(presence(id=f"record-{at}", groups=[group], where=where, claims=[said]))
    return workspace(country, *records, groups=groups)


# Numbers


@pytest.mark.slow
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(view=VIEWS, size=st.sampled_from(sorted(SIZES)))
def test_every_number_of_the_list_stands_on_the_map_and_no_other(own, view: View, size: str):
    content = composed(own, view, size)
    assert numbers(draw_sheet(content, size)) == on_map(content)


# A slide is the roomiest of the three; it is tried where there is more time.
@pytest.mark.slow
@pytest.mark.parametrize("size", ["half-slide", "web", *(["slide"] if SHARE else [])])
def test_300_records_all_stand_on_the_map_with_nothing_over_another(crowded, size: str):
    content = composed(crowded, size=size)
    assert len(on_map(content)) > 290
    plan = planned(content, size)
    axes = axes_of(size)
    draw_map(axes, content, SIZES[size], theme_of("colour"), plan=plan)
    assert numbers(axes) == on_map(content)
    assert_apart(plan)


@pytest.mark.slow
def test_what_has_no_room_at_its_place_is_named_with_its_numbers(own):
    content = composed(own, size="web")
    axes = axes_of("web")
    axes.set_position((0, 0, 0.3, 0.3))
    draw_map(axes, content, SIZES["web"], theme_of("colour"))
    assert numbers(axes) == on_map(content)


# Room


def boxes_of(plan: Plan) -> list[tuple[str, CanvasBox]]:
    found = [("scale bar", plan.scale)]
    found += [("locator", plan.locator)] if plan.locator else []
    found += [(f"plate {position.layout.title}", position.box) for position in plan.positions]
    found += [(f"name {name.words}", name.box) for name in plan.names]
    for head in plan.heads:
        found += [(head.point.spot.name, head.box), (f"label {head.name}", head.label)]
    found += [(f"point {point.spot.name}", point.mark) for point in plan.marked_points]
    return found


def assert_apart(plan: Plan) -> None:
    boxes = boxes_of(plan)
    points = {f"point {point.spot.name}" for point in plan.points}
    for at, (name, box) in enumerate(boxes):
        # A point near the edge is where it is; everything that was placed stays inside.
        assert name in points or box.within(plan.canvas.box), name
        for other, its in boxes[at + 1 :]:
            both_points = {name, other} <= points
            assert both_points or not box.meets(its, -0.01), f"{name} meets {other}"


# Each size with every second view; all of them where there is more time.
ROOMS = [
    (size, view)
    for at, size in enumerate(SIZES)
    for nth, view in enumerate(DETAILS)
    if SHARE or (at + nth) % 2 == 0
]


@pytest.mark.slow
@pytest.mark.parametrize(("size", "view"), ROOMS)
def test_no_plate_covers_another_or_a_point_or_leaves_the_map(
    of_own: Planned, view: str, size: str
):
    _, plan = of_own(DETAILS[view], size)
    assert_apart(plan)


@pytest.mark.slow
@pytest.mark.parametrize("size", ["half-slide", "web"])
def test_no_text_is_cut_off_or_smaller_than_the_least(own, size: str):
    axes = draw_sheet(composed(own, size=size), size)
    renderer = axes.get_figure().canvas.get_renderer()
    room = axes.get_window_extent()
    assert len(texts(axes)) > 20
    for text in texts(axes):
        box = text.get_window_extent(renderer)
        assert box.x0 >= room.x0, text
        assert box.x1 <= room.x1, text
        assert box.y0 >= room.y0, text
        assert box.y1 <= room.y1, text
        assert text.get_fontsize() >= SIZES[size].small


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["precise", "provinces"])
@pytest.mark.parametrize("size", SIZES)
def test_the_badge_of_the_whole_country_is_outside_its_outline_and_near_it(
    of_own: Planned, size: str, mode: str
) -> None:
    content, plan = of_own(View(mode=mode), size)
    wanted = [entry.number for entry in content.entries if entry.beside == "Country-wide"]
    assert len(wanted) == 9
    stated = {n for row in content.whole_country for n in row.numbers}
    assert stated > set(wanted)
    assert len(stated) == 12, "three of them name a place as well, and are counted there too"
    assert "Country-wide" not in content.without_badge
    titles = [" ".join(one.layout.title) for one in plan.positions]
    if size == "half-width":
        # Too small for it: the list on the map has its numbers.
        assert ("Whole country" in titles) != ("No room on the map for" in titles)
        return
    (badge,) = [one for one in plan.positions if " ".join(one.layout.title) == "Whole country"]
    assert (badge.leaders, badge.area, badge.points) == ((), None, ())
    box = shapely.box(*badge.box.edges)
    assert 0 < box.distance(plan.canvas.land) <= 144
    assert_apart(plan)


def test_a_map_of_a_part_lists_what_is_about_the_whole_country_beside_it(own) -> None:
    for name in ("panjshir", "kabul"):
        content = composed(own, DETAILS[name])
        assert content.whole_country == ()
        assert content.without_badge == content.beside


def test_the_same_content_gives_the_same_picture(own):
    def picture() -> bytes:
        to = BytesIO()
        draw_sheet(composed(own)).get_figure().savefig(
            to, format="png", metadata={"Software": None}
        )
        return to.getvalue()

    assert picture() == picture()


# Honesty


@pytest.mark.slow
@pytest.mark.parametrize("size", ["slide", "half-slide"])
def test_an_area_never_has_a_sign_outside_its_plate(own, monkeypatch, size: str):
    content = replace(composed(own, size=size), spots=())
    stood: list[tuple[float, float]] = []

    def note(_pen: Pen, sign: Sign, x: float, y: float, **more: Any) -> float:
        stood.append((x, y))
        return draw_sign(_pen, sign, x, y, **more)

    monkeypatch.setattr(layouts, "draw_sign", note)
    monkeypatch.setattr(map_figure, "draw_sign", lambda *_, **__: pytest.fail("a sign at a point"))
    draw_sheet(content, size)
    boxes = [position.box for position in planned(content, size).positions]
    assert stood
    assert all(any(box.holds(x, y) for box in boxes) for x, y in stood)


def test_a_leader_ends_behind_the_edge_of_its_area_and_at_no_place_in_it(of_own: Planned):
    _, plan = of_own(EVERYTHING, "slide")
    ends = [
        (position.area, position.box, shapely.Point(position.leaders[0][1]))
        for position in plan.positions
        if position.area is not None and position.leaders and position.area.badge.form == "area"
    ]
    assert ends
    for area, box, end in ends:
        assert area.shape.buffer(0.5).contains(end), area.badge.name
        edges = shapely.union(area.shape.boundary, shapely.box(*box.edges))
        assert edges.distance(end) <= 5.5, area.badge.name


def spot(form: str, radius_m: float, name: str = "Kabul") -> Spot:
    row = SignRow(Sign(("nrf",), "incident", "dashed", deaths=-1), (1,))
    precision = {"dot": "settlement", "disc": "near", "pin": "exact"}[form]
    return Spot(34.53, 69.17, form, precision, radius_m, name, (row,))


@pytest.mark.parametrize(("form", "radius_m"), [("disc", 40_000), ("dot", 25_000)])
def test_halos_and_discs_are_true_to_scale(own, form: str, radius_m: float):
    content = replace(composed(own), spots=(spot(form, radius_m),), badges=())
    axes = draw_sheet(content)
    into_metres = axes.transData.inverted()
    x, y = (float(each) for each in content.frame.projection.forward(34.53, 69.17))
    found = []
    for patch in axes.get_children():
        if isinstance(patch, PathPatch) and patch.get_alpha():
            box = patch.get_path().get_extents(patch.get_transform()).transformed(into_metres)
            if np.allclose([(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2], [x, y], atol=300):
                found.append((box.width / 2, box.height / 2))
    assert found
    assert np.allclose(found, radius_m, rtol=0.01)


def test_a_pin_stands_on_its_point_and_a_disc_stays_open(own):
    content = composed(own)
    for form, radius_m in (("pin", 100.0), ("disc", 40_000.0)):
        plan = planned(replace(content, spots=(spot(form, radius_m),), badges=()), "slide")
        x, y = plan.canvas.at(34.53, 69.17)
        head = plan.heads[0].box
        assert head.left < x < head.right
        if form == "pin":
            assert head.bottom == pytest.approx(y, abs=0.1)
        else:
            assert head.bottom > y


# Variants


@pytest.mark.parametrize("kind", ["incident", "presence"])
def test_who_says_so_can_be_told_without_colour(own, kind: str):
    content, theme = composed(own), theme_of("grey")

    def light(key: str, stroke: str) -> tuple[float, float]:
        """How light a sign is left of its middle and right of it."""
        figure = Figure(figsize=(0.5, 0.5), dpi=288, facecolor=theme.surface)
        canvas = FigureCanvasAgg(figure)
        pen = replace(Pen.of(figure, content, theme), letters={key: " "})
        sign = Sign((key,), kind, stroke)
        draw_sign(pen, sign, 18 - head_width(sign) / 2, 18)
        canvas.draw()
        pixels = np.asarray(canvas.buffer_rgba())[..., :3] @ [0.299, 0.587, 0.114] / 255
        # Four pixels are a point; rows run downwards.
        parts = (pixels[58:64, 54:60], pixels[78:86, 78:86])
        return float(parts[0].mean()), float(parts[1].mean())

    for key in content.styles:
        solid, split, dashed = (light(key, stroke) for stroke in ("solid", "split", "dashed"))
        assert abs(solid[0] - solid[1]) < 0.02, key
        assert split[0] - split[1] > 0.1, f"{key}: split looks solid or dashed"
        assert min(dashed) > 0.98, f"{key}: dashed looks filled"
        assert max(solid) < 0.9, f"{key}: solid looks open"


def test_letters_can_be_read_on_every_colour_and_the_greys_differ(own):
    styles = composed(own).styles
    for variant in VARIANTS:
        pairs = [theme_of(variant).group(style) for style in styles.values()]
        assert all(contrast(colour, ink) >= 4.5 for colour, ink in pairs)
        assert len({colour for colour, _ in pairs}) == len(pairs)


# Text that nobody has checked

HOSTILE = [
    "$\\frac{",
    "$x^2$",
    "کابل",
    "پنجشېر ولایت",
    "a\u06cdb",
    "𝒳 \U0001f4a5",
    "{{7*7}}",
    "<b>&amp;",
]


@pytest.mark.slow
@pytest.mark.parametrize(
    "names", [HOSTILE[:4], HOSTILE[4:]], ids=["mathematics and Dari", "others"]
)
def test_names_are_drawn_as_they_are(own, names: list[str]):
    content = composed(own, size="web")
    badges = tuple(
        replace(badge, name=name)
        for badge, name in zip(content.badges[-len(names) :], names, strict=True)
    )
    spots = tuple(
        replace(spot("pin", 10.0, name), lat=32 + at % 4, lon=63 + 1.5 * (at // 2))
        for at, name in enumerate(names)
    )
    axes = draw_sheet(replace(content, badges=badges, spots=spots), "web")
    to = BytesIO()
    with rc_context({"svg.fonttype": "none"}):
        axes.get_figure().savefig(to, format="svg", metadata={"Date": None})
    said = [text.get_text() for text in texts(axes)]
    for name in names:
        shown = "".join("□" if without_glyph(each) else each for each in name)
        assert any(shown in each for each in said), (name, said)
    assert not any(text.get_parse_math() for text in texts(axes))
    axes.get_figure().savefig(BytesIO(), format="pdf", metadata={"CreationDate": None})


@pytest.mark.parametrize("size", SIZES)
def test_type_on_the_map_is_legible_from_the_back_of_a_room(size: str) -> None:
    page = SIZES[size]
    wide = page.width / MM_PER_INCH * POINTS_PER_INCH
    assert round(page.on_map / wide * 640, 3) >= 8, (
        "pixels, where the whole page is shown 640 pixels wide"
    )
    assert page.on_map >= page.small


@pytest.mark.slow
def test_type_grows_smaller_before_a_badge_is_left_without_a_place(own: Workspace) -> None:
    page = SIZES["slide"]
    assert planned(composed(own), "slide").type_size == page.on_map
    content = composed(own, DETAILS["kabul"])
    canvas = canvas_of(axes_of("slide"), content.frame)
    assert len(plan_map(content, canvas, page.small).positions) > len(
        plan_map(content, canvas, 3 * page.small).positions
    )
    assert plan_map(content, canvas, 3 * page.small, page.small).type_size == page.small
