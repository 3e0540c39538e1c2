"""A drawn area says "surely" and "possibly" as brute force does; lengths are those of WGS 84."""

from __future__ import annotations

import math
from random import Random
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from twins import Ask

from geo.places.country import Country
from geo.table.workspace import Workspace
from geo.webmap.base_map import base_block

WGS84 = Geod(ellps="WGS84")
pytestmark = pytest.mark.browser
SEEDS = st.integers(0, 2**32)
Pair = tuple[float, float]


def flat(points: list[Pair]) -> list[Pair]:
    """Longitude and latitude in the plane of a Mercator map."""
    return [(math.radians(x), math.asinh(math.tan(math.radians(y)))) for x, y in points]


def star(random: Random, *, x: float, y: float, size: float) -> list[Pair]:
    """A ring around a point that does not cross itself, of degrees."""
    turns = sorted(random.uniform(0, 2 * math.pi) for _ in range(random.randint(5, 12)))
    far = [size * random.uniform(0.3, 1) for _ in turns]
    return [(x + d * math.cos(t), y + d * math.sin(t)) for t, d in zip(turns, far, strict=True)]


def even_odd(ring: list[Pair]) -> BaseGeometry:
    """What lies inside a ring that may cross itself: gone round an odd number of times."""
    line = LineString([*ring, ring[0]])
    faces = shapely.get_parts(shapely.polygonize([shapely.node(line)]))
    return shapely.union_all([face for face in faces if turns_around(ring, face) % 2])


def turns_around(ring: list[Pair], face: Polygon) -> int:
    at = face.representative_point()
    angles = np.unwrap([math.atan2(y - at.y, x - at.x) for x, y in [*ring, ring[0]]])
    return round((angles[-1] - angles[0]) / (2 * math.pi))


def judge(inside: BaseGeometry, possible: list[BaseGeometry]) -> str:
    """What brute force says of a thing from where its places may be."""
    if all(inside.covers(one) for one in possible):
        return "surely"
    return "possibly" if any(inside.intersects(one) for one in possible) else "out"


def corners(ring: list[Pair]) -> list[dict[str, float]]:
    return [{"lon": x, "lat": y} for x, y in ring]


def area_case(random: Random) -> tuple[list[Any], str]:
    """A ring, plain or crossing itself, and places that are areas of one to three outlines."""
    if random.random() < 0.5:
        ring = star(random, x=68, y=34.5, size=2.5)
    else:
        ring = [(random.uniform(66, 70), random.uniform(33, 36)) for _ in range(6)]
    places, possible = [], []
    for _ in range(random.randint(1, 2)):
        outlines = []
        for _ in range(random.randint(1, 3)):
            x, y = random.uniform(65.5, 70.5), random.uniform(32.5, 36.5)
            outer = star(random, x=x, y=y, size=random.choice([0.2, 1.0, 4.0]))
            outlines.append([[list(point) for point in [*outer, outer[0]]]])
        places.append({"areas": outlines})
        possible += [Polygon(flat([tuple(point) for point in rings[0]])) for rings in outlines]
    # Outlines with corners far from their middle on one side only may cross themselves; not here.
    if not all(one.is_valid for one in possible):
        return area_case(random)
    return [corners(ring), places], judge(even_odd(flat(ring)), possible)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_surely_and_possibly_inside_equal_brute_force_for_areas(ask: Ask, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - no secret, and the same each time
    cases, expected = zip(*(area_case(random) for _ in range(25)), strict=True)
    assert ask("insides", cases) == list(expected)


def disc(lat: float, lon: float, radius: float) -> Polygon:
    """All that is within a distance of a point, along geodesics, in the plane of the map."""
    turns = np.linspace(0, 360, 361)[:-1]
    n = len(turns)
    x, y, _ = WGS84.fwd([lon] * n, [lat] * n, turns, [radius] * n)
    return Polygon(flat(list(zip(x, y, strict=True))))


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(seed=SEEDS)
def test_no_disc_is_surely_inside_that_is_not_and_none_is_out_that_may_be_inside(
    ask: Ask, seed: int
) -> None:
    random = Random(seed)  # noqa: S311 - no secret, and the same each time
    cases: list[Any] = []
    truths: list[tuple[str, str]] = []
    for _ in range(25):
        ring = star(random, x=68, y=random.choice([-20, 34.5, 50]), size=2)
        middle = ring[0][1]
        lat, lon = middle + random.uniform(-2, 2), random.uniform(66, 70)
        radius = random.choice([50.0, 2_000.0, 20_000.0, 60_000.0])
        cases.append([corners(ring), [{"lat": lat, "lon": lon, "radiusM": radius}]])
        inside = even_odd(flat(ring))
        # What the plane errs by, and the 2 % that a disc is taken larger, lie between these.
        truths.append(
            (
                judge(inside, [disc(lat, lon, radius)]),
                judge(inside, [disc(lat, lon, radius * 1.04)]),
            )
        )
    order = {"surely": "surely", "possibly": "possibly", "out": "out"}
    for said, (true, wider) in zip(ask("insides", cases), truths, strict=True):
        assert said in {order[true], order[wider]}
        if said != "possibly":
            assert said == true


SQUARE = corners([(68, 34), (70, 34), (70, 36), (68, 36)])
TOWN = {"lat": 35.0, "lon": 69.0, "radiusM": 5000}
FAR = {"lat": 32.0, "lon": 64.0, "radiusM": 5000}


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([TOWN], "surely"),
        ([TOWN, FAR], "possibly"),
        ([FAR], "out"),
        ([], "unknown"),
        ([None], "unknown"),
        ([None, FAR], "unknown"),
        ([None, TOWN], "possibly"),
        ([{**TOWN, "radiusM": None}], "possibly"),
        ([{**FAR, "radiusM": None}], "out"),
        ([{**TOWN, "radiusM": 300_000}], "possibly"),
    ],
)
def test_what_is_not_known_of_a_place_is_never_sure(
    ask: Ask, places: list[dict[str, float | None] | None], said: str
) -> None:
    assert ask("insides", [[SQUARE, places]]) == [said]


def test_a_province_with_a_hole_in_the_ring_is_not_surely_inside(ask: Ask) -> None:
    """A bow tie, drawn twice around itself, leaves out its middle."""
    twice = corners(
        [(66, 32), (72, 32), (72, 38), (66, 38), (68, 34), (70, 34), (70, 36), (68, 36)]
    )
    around = {"areas": [[[[67, 33], [71, 33], [71, 37], [67, 37], [67, 33]]]]}
    assert ask("insides", [[twice, [around]]]) == ["possibly"]


@settings(max_examples=50, deadline=None)
@given(
    pairs=st.lists(
        st.tuples(st.floats(-89, 89), st.floats(-179, 179), st.floats(-80, 80), st.floats(-60, 60)),
        min_size=1, max_size=20,
    )
)  # fmt: skip
def test_distances_are_geodesics_of_wgs_84(ask: Ask, pairs: list[tuple[float, ...]]) -> None:
    ends = [(lat, lon, lat * 0.9 + d * 0.1, lon + e) for lat, lon, d, e in pairs]
    own = ask("distances", [[{"lat": a, "lon": b}, {"lat": c, "lon": d}] for a, b, c, d in ends])
    theirs = [WGS84.inv(b, a, d, c)[2] for a, b, c, d in ends]
    assert own == pytest.approx(theirs, abs=1e-3)


@settings(max_examples=30, deadline=None)
@given(seed=SEEDS)
def test_areas_are_those_of_wgs_84_with_sides_as_they_are_drawn(ask: Ask, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - no secret, and the same each time
    rings = [
        star(random, x=68, y=random.uniform(-60, 60), size=random.choice([0.05, 1, 4]))
        for _ in range(10)
    ]
    own = ask("areas", [corners(ring) for ring in rings])
    for ring, square_metres in zip(rings, own, strict=True):
        # Straight in the plane of the map: its points are turned back to degrees.
        dense = shapely.segmentize(Polygon(flat(ring)).exterior, 0.0005)
        lon = [math.degrees(x) for x, _ in dense.coords]
        lat = [math.degrees(math.atan(math.sinh(y))) for _, y in dense.coords]
        # The arms of a star are thin: what counts is the error against what it spans.
        spanned = abs(
            WGS84.geometry_area_perimeter(Polygon(zip(lon, lat, strict=True)).convex_hull)[0]
        )
        assert square_metres == pytest.approx(
            abs(WGS84.polygon_area_perimeter(lon, lat)[0]), abs=5e-4 * spanned
        )


def test_the_name_of_where_one_is_comes_from_the_outline_that_holds_the_point(
    ask: Ask, own: Workspace
) -> None:
    provinces = [own.country.provinces[code] for code in own.country.provinces.codes]
    outlines = [
        [
            one.name,
            [
                list(map(list, ring.coords))
                for part in shapely.get_parts(one.outline)
                for ring in [part.exterior, *part.interiors]
            ],
        ]
        for one in provinces
    ]
    points = [one.outline.representative_point() for one in provinces]
    asked = [(point.y, point.x) for point in points]
    assert ask("wheres", [*asked, (0, 0)], outlines) == [*(one.name for one in provinces), ""]


def outlines_of(country: Country) -> list[Any]:
    """The provinces as the document has them."""
    return [
        [one.name, [ring.round(4).tolist() for ring in rings_of(one.outline)]]
        for one in country.provinces
    ]


def rings_of(outline: BaseGeometry) -> list[Any]:
    return [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(outline))]


def test_the_district_of_a_point_is_the_one_that_the_data_say(ask: Ask, own: Workspace) -> None:
    country = own.country
    base = country.base_map
    assert base is not None
    districts = list(country.districts.values())
    shown = {(one.lon, one.lat): one.name.en for one in base.districts}
    names = [shown[one.label_lon, one.label_lat] for one in districts]
    rng = np.random.default_rng(13)
    west, south, east, north = country.provinces.whole.bounds
    some = rng.uniform((west, south), (east, north), (2_000, 2))
    count, said = ask(
        "districts", some[:, ::-1].tolist(), base_block(base, country), outlines_of(country)
    )
    assert count == len(districts) == 398
    tree = shapely.STRtree([one.outline for one in districts])
    points = shapely.points(some)
    held = dict(zip(*tree.query(points, predicate="within"), strict=True))
    rims = shapely.STRtree([one.outline.boundary for one in districts])
    # The block rounds to a thousandth of a degree, the document to a ten-thousandth.
    near = set(rims.query(points, predicate="dwithin", distance=0.0015)[0])
    wrong = [
        (i, name)
        for i, name in enumerate(said)
        if i not in near and name != (names[held[i]] if i in held else "")
    ]
    assert wrong == []
    assert len(near) < 40
    assert sum(map(bool, said)) > 900


COMPASS = [
    "north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west",
    "north",
]  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_the_nearest_point_of_an_outline_is_the_nearest_and_its_direction_that_of_the_map(
    ask: Ask, own: Workspace, seed: int
) -> None:
    random = Random(seed)  # noqa: S311 - no secret, and the same each time
    cases, expected = [], []
    for code in random.sample(list(own.country.provinces.codes), 6):
        shape = own.country.provinces[code].outline
        at = shapely.Point(random.uniform(60, 75), random.uniform(29, 39))
        if shape.covers(at):
            continue
        rings = [list(map(list, ring.coords)) for ring in shapely.get_rings([shape])]
        # Points so dense on the outline that none between them is nearer by a kilometre.
        dense = shapely.get_coordinates(shapely.segmentize(shape, 0.01))
        n = len(dense)
        _, _, metres = WGS84.inv([at.x] * n, [at.y] * n, dense[:, 0], dense[:, 1])
        least = int(np.argmin(metres))
        (x0, y0), (x1, y1) = flat([(at.x, at.y), tuple(dense[least])])
        turn = math.degrees(math.atan2(x1 - x0, y1 - y0)) % 360
        cases.append([{"lat": at.y, "lon": at.x}, rings])
        expected.append((float(metres[least]), turn))
    for (metres, words), (least_metres, turn) in zip(ask("nearests", cases), expected, strict=True):
        assert metres == pytest.approx(least_metres, rel=0.01, abs=1000)
        # At the edge of an eighth, a few kilometres decide.
        assert words in {COMPASS[round(((turn + by) % 360) / 45)] for by in (-8, 0, 8)}
