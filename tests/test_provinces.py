"""The boundary set is right, and a point is found in the province whose outline contains it."""

from __future__ import annotations

import json
from copy import deepcopy

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.errors import IntakeError, PlaceError
from geo.places.provinces import BULK, Provinces

ISO = (
    "BDS BDG BGL BAL BAM DAY FRA FYB GHA GHO HEL HER JOW KAB KAN KAP KHO KNR KDZ LAG LOG NAN NIM "
    "NUR URU PAN PIA PKA PAR SAM SAR TAK WAR ZAB"
)


@pytest.fixture
def provinces(country):
    return country.provinces


@pytest.fixture(scope="session")
def document(data_folder):
    return json.loads((data_folder / "provinces.geojson").read_bytes())


def one_by_one(provinces, lat, lon):
    """The slow way round, written with no regard to how it is really done."""
    found = np.full(len(lat), -1)
    for position, province in enumerate(provinces):
        inside = shapely.covers(province.outline, shapely.points(lon, lat))
        found[(found == -1) & inside] = position
    return found


def test_there_are_34_provinces_with_34_names_and_codes(provinces):
    assert len(provinces) == 34
    assert set(provinces.codes) == {f"AF-{code}" for code in ISO.split()}
    assert len({province.name for province in provinces}) == 34
    assert {province.pcode for province in provinces} == {f"AF{n:02}" for n in range(1, 35)}
    for province in provinces:
        assert dict(province.local_names).keys() == {"prs", "ps"}
        assert province.pcode_scheme == "OCHA COD-AB AFG v02 (2021)"


@pytest.mark.parametrize(
    ("code", "name", "pcode"),
    [
        ("AF-PAN", "Panjshir", "AF08"),
        ("AF-DAY", "Daykundi", "AF24"),
        ("AF-BDS", "Badakhshan", "AF17"),
        ("AF-KNR", "Kunar", "AF15"),
        ("AF-URU", "Uruzgan", "AF25"),
    ],
)
def test_codes_stand_with_their_names(provinces, code, name, pcode):
    assert (provinces[code].name, provinces[code].pcode) == (name, pcode)


@pytest.mark.parametrize(
    ("town", "lat", "lon", "code"),
    [
        ("Bazarak", 35.31292, 69.51519, "AF-PAN"),
        ("Nili", 33.72178, 66.13023, "AF-DAY"),
        ("Charikar", 35.01361, 69.17139, "AF-PAR"),
        ("Tarinkot", 32.62998, 65.87806, "AF-URU"),
        ("Kabul", 34.52813, 69.17233, "AF-KAB"),
        ("Mazar-i-Sharif", 36.70904, 67.11087, "AF-BAL"),
        ("Kunduz", 36.72895, 68.857, "AF-KDZ"),
    ],
)
def test_a_town_lies_in_its_province(provinces, town, lat, lon, code):
    assert provinces.containing(lat, lon).code == code, town


def test_provinces_neither_overlap_nor_leave_gaps(provinces):
    outlines = [province.outline for province in provinces]
    assert shapely.coverage_is_valid(outlines)
    joined = provinces.outline_of(provinces.codes)
    assert joined.geom_type == "Polygon"
    assert not joined.interiors
    assert 600_000 < sum(province.area_km2 for province in provinces) < 680_000


def test_labels_stand_in_their_provinces(provinces):
    for province in provinces:
        assert provinces.containing(province.label_lat, province.label_lon) is province


def test_points_are_found_as_geopandas_finds_them(provinces):
    random = np.random.default_rng(20240814)
    west, south, east, north = provinces.outline_of(provinces.codes).bounds
    lon, lat = random.uniform(west - 1, east + 1, 50_000), random.uniform(south, north, 50_000)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat))
    areas = gpd.GeoDataFrame(geometry=[province.outline for province in provinces])
    expected = points.sjoin(areas, how="left", predicate="within")["index_right"].fillna(-1)
    assert np.array_equal(provinces.index_of(lat, lon), expected.to_numpy())


def test_points_on_and_next_to_borders_are_found_exactly(provinces):
    corners = shapely.get_coordinates([province.outline for province in provinces])[::5]
    middles = (corners[1:] + corners[:-1]) / 2
    points = np.concatenate([corners, np.nextafter(corners, 90), corners - 1e-9, middles])
    lon, lat = points.T.copy()
    assert np.array_equal(provinces.index_of(lat, lon), one_by_one(provinces, lat, lon))


@pytest.mark.slow
def test_points_on_the_edges_of_raster_cells_are_found_exactly(provinces):
    random = np.random.default_rng(1)
    raster = provinces._raster  # noqa: SLF001 - its edges are where rounding could show
    lon = raster.west + random.integers(0, raster.columns, 20_000) * raster.size
    lat = raster.south + random.integers(0, raster.rows, 20_000) * raster.size
    assert np.array_equal(provinces.index_of(lat, lon), one_by_one(provinces, lat, lon))


def test_a_few_points_and_many_are_answered_alike(data_folder):
    fresh = Provinces.from_geojson((data_folder / "provinces.geojson").read_bytes())
    lat, lon = np.linspace(30, 38, 500), np.linspace(61, 72, 500)
    few = fresh.index_of(lat, lon)
    assert "_raster" not in vars(fresh)
    many = fresh.index_of(np.tile(lat, BULK), np.tile(lon, BULK))
    assert "_raster" in vars(fresh)
    assert np.array_equal(np.tile(few, BULK), many)
    assert few.dtype == many.dtype == np.int16


def test_a_point_on_a_shared_border_gets_the_lower_position():
    squares = [feature("XX-B", 1), feature("XX-A", 0), feature("XX-C", 2)]
    provinces = Provinces.from_geojson(collection(squares))
    assert provinces.codes == ("XX-B", "XX-A", "XX-C")
    assert provinces.index_of([0.5, 0.5, 0.5], [1.0, 2.0, 0.0]).tolist() == [0, 0, 1]
    many = provinces.index_of(np.full(BULK, 0.5), np.full(BULK, 2.0))
    assert set(many.tolist()) == {0}
    assert provinces.containing(0.5, 2.0).code == "XX-B"


@pytest.mark.parametrize("times", [1, BULK])
def test_what_is_no_place_on_the_map_is_outside(provinces, times):
    lat = [float("nan"), 34.5, float("inf"), 91.0, -34.5, 34.5, 0.0] * times
    lon = [69.2, float("nan"), 69.2, 69.2, 69.2, 429.2, 0.0] * times
    assert set(provinces.index_of(lat, lon).tolist()) == {-1}
    assert provinces.index_of([], []).tolist() == []


def test_lists_of_unequal_length_are_refused(provinces):
    with pytest.raises(PlaceError, match=r"2 latitudes were given with 1 longitudes"):
        provinces.index_of([1, 2], [1])


def test_distances_are_metres_to_the_border(provinces):
    assert provinces.distance_m(34.52813, 69.17233, "AF-KAB") == 0
    lat, lon = 34.52813, 69.17233
    expected = gpd.GeoSeries([shapely.Point(lon, lat), provinces["AF-PAN"].outline], crs=4326)
    point, outline = expected.to_crs("+proj=aeqd +lat_0=34.52813 +lon_0=69.17233 +ellps=WGS84")
    found = provinces.distance_m(lat, lon, "AF-PAN")
    assert found == pytest.approx(point.distance(outline), rel=0.01)


def test_an_unknown_code_is_refused(provinces):
    assert "AF-XXX" not in provinces
    for ask in (
        lambda: provinces["AF-XXX"],
        lambda: provinces.outline_of(["AF-KAB", "AF-XXX"]),
        lambda: provinces.distance_m(34, 69, "AF-XXX"),
    ):
        with pytest.raises(PlaceError, match="'AF-XXX' is not one of the 34 province codes"):
            ask()
    with pytest.raises(PlaceError, match="at least one province"):
        provinces.outline_of([])


def feature(code, west):
    return {
        "type": "Feature",
        "id": code,
        "properties": {
            "name": f"Province {code}", "iso_3166_2": code, "pcode": "XX01", "pcode_scheme": "2024",
            "label_lat": 0.5, "label_lon": west + 0.5, "area_km2": 12_000,
        },
        "geometry": shapely.geometry.mapping(shapely.box(west, 0, west + 1, 1)),
    }  # fmt: skip


def collection(features):
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON in UTF-8"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "found 'list'"),
        (b'{"type": "Feature"}', "expected a GeoJSON FeatureCollection, found 'Feature'"),
        (b'{"type": "FeatureCollection"}', "at least one feature"),
        (b'{"type": "FeatureCollection", "features": []}', "at least one feature"),
        (
            b'{"type": "FeatureCollection", "features": [7]}',
            "feature 1: expected a GeoJSON Feature",
        ),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "NaN is not a valid number"),
    ],
)
def test_what_is_no_collection_is_refused(data, said):
    with pytest.raises(IntakeError, match=said):
        Provinces.from_geojson(data)


def changed(path, value):
    """A good feature with one thing in it changed, or left out."""
    broken = deepcopy(feature("XX-A", 0))
    part = broken
    for key in path[:-1]:
        part = part[key]
    if value is None:
        del part[path[-1]]
    else:
        part[path[-1]] = value
    return broken


BOW_TIE = [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("properties",), None, "expected an object 'properties'"),
        (("properties", "name"), None, "property 'name' is missing"),
        (("properties", "pcode"), None, "property 'pcode' is missing"),
        (("properties", "pcode"), 17, "property 'pcode' is 17, expected a text"),
        (("properties", "pcode_scheme"), "", "property 'pcode_scheme' is ''"),
        (("properties", "label_lat"), 91, "expected a number from -90 to 90"),
        (("properties", "label_lon"), True, "expected a number from -180 to 180"),
        (("properties", "area_km2"), -1, "property 'area_km2' is -1"),
        (("id",), None, "expected an 'id'"),
        (("id",), "XX-OTHER", "the same text as id and as code"),
        (("geometry",), None, "expected a Polygon or MultiPolygon, found None"),
        (("geometry", "type"), "LineString", "found 'LineString'"),
        (("geometry", "coordinates"), [], "no coordinates"),
        (("geometry", "coordinates"), [[[0, 0], [1, 1]]], "cannot be read as a Polygon"),
        (("geometry", "coordinates"), [[["a", 0], [1, 1], [0, 1]]], "cannot be read"),
        (("geometry", "coordinates"), BOW_TIE, "Self-intersection"),
        (("geometry", "coordinates"), [[[0, 0], [181, 0], [181, 1], [0, 0]]], "±181"),
        (("geometry", "coordinates"), [[[0, 0], [1, 91], [0, 91], [0, 0]]], "out of range"),
    ],
)
def test_a_faulty_feature_is_refused_by_name(path, value, said):
    with pytest.raises(IntakeError) as refused:
        Provinces.from_geojson(collection([feature("XX-B", 5), changed(path, value)]))
    assert said in str(refused.value)
    assert "2" in str(refused.value) or "XX-OTHER" in str(refused.value)


@pytest.mark.parametrize("number", ["1e400", "-1e400", "NaN", "Infinity"])
def test_a_coordinate_that_is_no_number_is_refused(number):
    data = collection([feature("XX-A", 0)]).replace(b"[0.0, 0.0]", f"[0.0, {number}]".encode())
    assert number.encode() in data
    with pytest.raises(IntakeError, match=r"out of range|not a (valid )?number"):
        Provinces.from_geojson(data)


def test_a_code_given_twice_is_refused():
    with pytest.raises(IntakeError, match=r"feature 2 .*'XX-A' is also that of feature 1"):
        Provinces.from_geojson(collection([feature("XX-A", 0), feature("XX-A", 1)]))


def test_all_faults_of_a_file_are_said_at_once():
    faulty = [changed(("properties", "name"), ""), changed(("properties", "pcode"), 1)]
    faulty[1]["geometry"]["coordinates"] = BOW_TIE
    with pytest.raises(IntakeError) as refused:
        Provinces.from_geojson(collection(faulty))
    assert str(refused.value).count("\n") == 2


def test_the_file_is_made_to_be_compared_line_by_line(document, data_folder):
    lines = (data_folder / "provinces.geojson").read_text("utf-8").splitlines()
    assert len(lines) == 34 + 2
    for entry, line in zip(document["features"], lines[1:-1], strict=True):
        assert json.loads(line.rstrip(",")) == entry
        assert set(entry["properties"]) == {
            "name", "name_prs", "name_ps", "iso_3166_2", "pcode", "pcode_scheme", "label_lat",
            "label_lon", "area_km2",
        }  # fmt: skip
