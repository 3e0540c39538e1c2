"""The user's own base map: read in parts, cut to the country, never taken on trust."""

from __future__ import annotations

import gzip
import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import own_maps as made
import pytest
import shapely

from geo.errors import GeoError, IntakeError
from geo.places.country import Country
from geo.places.country.own_map import OwnMap
from geo.places.country.tile_layers import meaning
from geo.settings import BASE_MAP_VARIABLE
from geo.workspace import open_workspace

WORLD = (-180.0, -85.0, 180.0, 85.0)
HERE = Path("own.pmtiles")
CITIES = [(69.2, 34.5), (65.7, 31.6), (62.2, 34.3), (67.1, 36.7), (68.9, 36.7), (70.5, 34.4)]
LINE = [(0, 0), (900, 30), (4_000, 4_000)]


@pytest.fixture(scope="module")
def roads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.roads(tmp_path_factory.mktemp("own") / "roads.pmtiles", CITIES)


def said(data: bytes) -> str:
    """What is said of a file that is opened and cut to the whole world."""
    try:
        OwnMap.read(HERE, data).cut(WORLD)
    except GeoError as error:
        return str(error)
    return ""


def test_roads_come_from_the_file_where_they_are_and_by_rank(country: Country, roads: Path) -> None:
    found = OwnMap.read(roads).cut(country.provinces.whole.bounds)
    assert found.zoom == 10
    assert {(one.kind, one.rank) for one in found.shapes} == {("road", n) for n in range(1, 6)}
    for rank, pair in enumerate(pairwise(CITIES), start=1):
        lines = [shapely.LineString(one.points) for one in found.shapes if one.rank == rank]
        # A straight line of the file runs straight on its Mercator plane, not in degrees.
        assert shapely.union_all(lines).hausdorff_distance(shapely.LineString(pair)) < 0.2
        assert all(
            min(line.distance(shapely.Point(city)) for line in lines) < 1e-3 for city in pair
        )


def test_nothing_beyond_the_box_is_taken(roads: Path) -> None:
    box = (66.0, 32.0, 69.0, 35.0)
    points = np.concatenate([one.points for one in OwnMap.read(roads).cut(box).shapes])
    west, south, east, north = box
    assert (points.min(axis=0) >= [west - 1e-9, south - 1e-9]).all()
    assert (points.max(axis=0) <= [east + 1e-9, north + 1e-9]).all()


def test_a_hole_in_an_area_stays_a_hole(tmp_path: Path, country: Country) -> None:
    town = shapely.box(69, 34.4, 69.4, 34.7).difference(shapely.box(69.1, 34.5, 69.2, 34.6))
    file = made.write_tiles(tmp_path / "a.pmtiles", "landuse", [town], {"kind": ["residential"]})
    found = OwnMap.read(file).cut(country.provinces.whole.bounds)
    rings = [shapely.LinearRing(one.points) for one in found.shapes]
    areas = [shapely.Polygon(ring).area * (-1 if ring.is_ccw else 1) for ring in rings]
    assert {one.kind for one in found.shapes} == {"built"}
    assert min(areas) < 0
    assert sum(areas) == pytest.approx(town.area, rel=0.01)


def test_the_attribution_of_the_file_is_among_the_credits_without_its_markup(
    roads: Path,
) -> None:
    country = open_workspace(base_map=roads).country
    assert country.credits[-1] == "Own base map (roads.pmtiles): © The surveyors of roads"
    plain = open_workspace().country
    assert country.credits[:-1] == plain.credits
    assert country.digest != plain.digest


def test_a_file_without_attribution_says_so(tmp_path: Path) -> None:
    file = made.roads(tmp_path / "bare.pmtiles", CITIES, attribution=None, zooms=(5, 5))
    credit = OwnMap.read(file).credit
    assert credit == "Own base map (bare.pmtiles): no attribution stated in the file"


def test_an_attribution_cannot_turn_the_direction_of_writing() -> None:
    data = made.archive({}, made.LAYERS | {"attribution": "a\u202eb"})
    assert "\u202e" not in OwnMap.read(HERE, data).credit


def test_a_file_in_the_folder_of_the_country_is_read_as_well(roads: Path, tmp_path: Path) -> None:
    folder = tmp_path / "country"
    shutil.copytree(Path(__file__).parent / "made_up_country", folder)
    before = Country.read(folder)
    (folder / "base_map").mkdir()
    (folder / "base_map" / "own.pmtiles").write_bytes(roads.read_bytes())
    after = Country.read(folder)
    assert before.base_map is None
    assert after.base_map is not None
    assert after.base_map.parts == ("boundaries", "own")
    assert "own.pmtiles" in after.credits[-1]
    assert before.digest != after.digest


def test_the_environment_names_the_file_for_the_app(
    roads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(BASE_MAP_VARIABLE, str(roads))
    base = open_workspace().country.base_map
    assert base is not None
    assert base.parts == ("relief", "water", "places", "boundaries", "own")


def test_layers_that_are_not_known_are_drawn_plain_and_that_is_said(tmp_path: Path) -> None:
    line = shapely.LineString(CITIES)
    file = made.write_tiles(tmp_path / "x.pmtiles", "survey", [line], {"a": ["b"]}, zooms=(5, 6))
    found = OwnMap.read(file).cut(WORLD)
    assert {(one.kind, one.rank) for one in found.shapes} == {("line", 1)}
    assert "the meaning of its layers is not known" in found.notes[0]


@pytest.mark.parametrize(
    ("layer", "values", "drawn"),
    [
        ("roads", {"kind": "highway", "kind_detail": "motorway"}, ("road", 1)),
        ("roads", {"kind": "major_road", "kind_detail": "primary_link"}, ("road", 2)),
        ("roads", {"kind": "minor_road", "kind_detail": "service"}, ("road", 5)),
        ("roads", {"kind": "path", "kind_detail": "track"}, ("road", 6)),
        ("roads", {"kind": "rail"}, ("rail", 1)),
        ("roads", {"kind": "ferry"}, None),
        ("roads", {"pmap:kind": "medium_road"}, ("road", 3)),
        ("roads", {"highway": "trunk_link", "pmap:kind": "highway"}, ("road", 1)),
        ("transit", {"pmap:kind": "rail", "railway": "rail"}, ("rail", 1)),
        ("transit", {"aeroway": "runway"}, None),
        ("physical_line", {"waterway": "river"}, ("stream", 1)),
        ("physical_line", {"natural": "cliff"}, None),
        ("transportation", {"class": "trunk"}, ("road", 1)),
        ("transportation", {"class": "tertiary_construction"}, None),
        ("transportation", {"class": "transit", "subclass": "tram"}, ("rail", 1)),
        ("streets", {"kind": "secondary"}, ("road", 3)),
        ("streets", {"kind": "narrow_gauge", "rail": True}, ("rail", 1)),
        ("waterway", {"class": "river"}, ("stream", 1)),
        ("boundaries", {"kind": "country"}, None),
        ("buildings", {}, None),
    ],
)
def test_lines_of_the_common_schemas_are_understood(layer, values, drawn) -> None:
    assert meaning(layer, "line", values) == drawn


def test_of_a_file_that_is_too_detailed_a_lower_zoom_is_taken_and_that_is_said(
    roads: Path, country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.limits.MAX_CUT_BYTES", 2_500)
    found = OwnMap.read(roads).cut(country.provinces.whole.bounds)
    assert 5 <= found.zoom < 10
    assert f"zooms above {found.zoom} are not drawn: the tiles of zoom" in found.notes[0]
    monkeypatch.setattr("geo.limits.MAX_CUT_BYTES", 10)
    with pytest.raises(IntakeError, match="its lowest zoom, 5, is too detailed"):
        OwnMap.read(roads).cut(country.provinces.whole.bounds)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "is not a PMTiles file of version 3"),
        (b"PMTiles\x02" + bytes(200), "is not a PMTiles file of version 3"),
        (made.archive({}, kind=6), "holds tiles of type 6; expected vector tiles"),
        (made.archive({}, packed=(3, 1)), "is compressed by method 3; expected gzip or none"),
        (made.archive({}, b"[]"), "are not an object of JSON"),
        (made.archive({}, b"{"), "are not JSON"),
        (made.archive({}, b"[" * 100_000), "are not JSON"),
        (made.archive({}, {}), "expected `vector_layers`"),
        (made.archive({}, zooms=(4, 3)), "has zooms 4 to 3"),
        (made.archive({}, zooms=(0, 200)), "has zooms 0 to 200"),
        (made.archive({}, root=b"\xff"), "a number in it is cut off"),
        (made.archive({}, root=made.varint(5)), "as many entries as it says"),
        (made.archive({}, root=bytes([1, 0, 1, 1, 0])), "its first entry has no offset"),
        (made.archive({}, root=bytes([1, 0, 1, 9, 1])), "is outside the tiles of the file"),
        (made.archive({}, root=bytes([1, 0, 0, 9, 1])), "is outside its section"),
        (
            # A directory that holds itself.
            made.archive({}, root=bytes([1, 0, 0, 5, 1]), leaves=bytes([1, 0, 0, 5, 1])),
            "more than 4 directories within one another",
        ),
        (made.archive({0: b"\x1a\x7f"}), "a part of it is cut off"),
        (made.archive({0: b"\x0b"}), "is not a vector tile"),
        (made.archive({0: made.message(3, b"\x0a\x05roads\x28\x00")}), "is 0 steps wide"),
        (made.archive({0: made.line_tile([(0, 0), (99_999, 1)])}), "runs far beyond the tile"),
        (
            made.archive(
                {
                    0: made.message(
                        3, b"\x0a\x05roads" + made.message(2, b"\x12\x02\x00\x00\x18\x02")
                    )
                }
            ),
            "refers to a name or value that is not there",
        ),
        (
            made.archive(
                {0: made.message(3, b"\x0a\x05roads" + made.message(2, b"\x18\x02\x22\x01\x0a"))}
            ),
            "a line in it is damaged",
        ),
        (made.archive({0: b"GIF89a"}, kind=made.PNG), "is not a PNG picture, as the file says"),
        (made.archive({0: made.png(9_999, 9)}, kind=made.PNG), "tiles have at most 1,024"),
        (
            made.archive({0: gzip.compress(bytes(9_000_000))}, packed=(1, made.GZIP)),
            "is larger than 8,000,000 bytes unpacked",
        ),
        (made.archive({0: b"\x1f\x8bxxxx"}, packed=(1, made.GZIP)), "cannot be unpacked"),
    ],
)
def test_a_file_that_is_wrong_is_refused_and_what_is_wrong_is_said(data, expected) -> None:
    told = said(data)
    assert expected in told
    assert told.startswith("own.pmtiles: ")


def test_a_tile_that_stands_in_many_places_is_bounded_by_what_it_unpacks_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tile = gzip.compress(made.message(15, bytes(4_000_000)))
    root = b"".join(map(made.varint, [1, 5, 16, len(tile), 1]))
    data = made.archive({0: tile}, zooms=(2, 2), packed=(1, made.GZIP), root=root)
    monkeypatch.setattr("geo.limits.MAX_CUT_UNPACKED_BYTES", 40_000_000)
    assert "more than 40,000,000 bytes unpacked here" in said(data)
