"""The base map that a country's folder holds, and every border of the country once."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from streamlit.testing.v1 import AppTest

from geo.errors import IntakeError
from geo.places.boundary_lines import boundary_lines
from geo.places.country import Country
from geo.places.country.files import BASE_MAP_FILES
from geo.places.country.webp import webp_size
from geo.places.provinces import Provinces
from geo.workspace import data_folder, read_country

MADE_UP = Path(__file__).parent / "made_up_country"
SOURCE = {"credit": "Made-up Survey", "licence": "CC0", "as_of": "1999-05", "note": "Old."}
GRID = SOURCE | {"steps": 1000, "origin": [10.0, 50.0]}
RIVERS = GRID | {
    "rivers": [
        {"rank": 2, "is_intermittent": True, "is_traced": False, "lines": [[100, 200, -50, 25]]}
    ],
    "names": [{"name": "Run", "ps": "سيند", "lat": 50.2, "lon": 10.1, "angle": -7.0,
               "min_zoom": 7.5}],
}  # fmt: skip
LAKES = GRID | {"lakes": [{"area_km2": 1.5, "outline": [0, 0, 10, 0, 0, 10]}]}
EDGES = {"west": 9.0, "south": 49.0, "east": 12.0, "north": 52.0}


def picture(width: int = 3, height: int = 2) -> bytes:
    size = width.to_bytes(2, "little") + height.to_bytes(2, "little")
    return b"RIFF" + bytes(4) + b"WEBPVP8 " + bytes(7) + b"\x9d\x01\x2a" + size


@pytest.fixture(scope="module")
def country() -> Country:
    return read_country(data_folder())


@pytest.fixture
def folder(tmp_path) -> Path:
    shutil.copytree(MADE_UP, tmp_path / "country")
    (tmp_path / "country" / "base_map").mkdir()
    return tmp_path / "country"


def put(folder: Path, **files: object) -> Path:
    for stem, content in files.items():
        (folder / "base_map" / f"{stem}.json").write_text(json.dumps(content), "utf-8")
    return folder


def refusal(folder: Path) -> str:
    with pytest.raises(IntakeError) as refused:
        Country.read(folder)
    return str(refused.value)


# --- what is read


def test_a_country_without_the_folder_has_no_base_map():
    assert Country.read(MADE_UP).base_map is None


def test_each_file_is_optional(folder):
    found = Country.read(put(folder, lakes=LAKES)).base_map
    assert (found.relief, found.rivers, len(found.lakes)) == (None, (), 1)
    assert (found.credits, found.notes) == (("Made-up Survey",), ("Old.",))


def test_lines_are_differences_from_an_origin_longitude_first(folder):
    found = Country.read(put(folder, rivers=RIVERS, lakes=LAKES)).base_map
    (river,), (name,), (lake,) = found.rivers, found.river_names, found.lakes
    assert (river.rank, river.is_intermittent, river.is_traced) == (2, True, False)
    assert river.line == pytest.approx(np.array([[10.1, 50.2], [10.05, 50.225]]))
    assert (name.name.en, name.name.prs, name.name.ps, name.angle) == ("Run", "", "سيند", -7)
    assert lake.outline == pytest.approx(
        np.array([[10, 50], [10.01, 50], [10.01, 50.01], [10, 50]])
    )
    assert lake.name is None


def test_towns_take_their_place_from_the_gazetteer_and_their_name_from_the_labels(folder):
    put(folder, towns=SOURCE | {"ranks": {"alder-town": 3, "birchville": 4}})
    labels = "place_id,en,prs,ps,source\nalder-town,Alder City,شهر,,editors\nXX0101,,,ولس,editors\n"
    (folder / "base_map" / "labels.csv").write_text(labels, "utf-8")
    country = Country.read(folder)
    towns = {one.name.en: one for one in country.base_map.points}
    assert list(towns) == ["Alder City", country.gazetteer["birchville"].name]
    alder, known = towns["Alder City"], country.gazetteer["alder-town"]
    assert (alder.lat, alder.lon, alder.rank, alder.name.prs) == (known.lat, known.lon, 3, "شهر")
    districts = {one.district: one.name for one in country.base_map.districts}
    assert districts.keys() == country.districts.keys()
    assert (districts["XX0101"].en, districts["XX0101"].ps) == (
        country.districts["XX0101"].name, "ولس",
    )  # fmt: skip


def test_the_base_map_is_in_the_digest(folder):
    before = Country.read(put(folder, lakes=LAKES)).digest
    assert Country.read(put(folder, lakes=LAKES | {"note": "New."})).digest != before


def test_a_change_of_the_base_map_is_noticed(folder):
    put(folder, lakes=LAKES)
    before = read_country(folder)
    put(folder, lakes=LAKES | {"note": "Newer than that."})
    assert (before.base_map.notes, read_country(folder).base_map.notes) == (
        ("Old.",), ("Newer than that.",),
    )  # fmt: skip


# --- what is refused


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"rivers": [1]}, "base_map/rivers.json: "),
        ({"rivers": RIVERS | {"rivers": [RIVERS["rivers"][0] | {"rank": 6}]}}, "rivers.0.rank"),
        (
            {"rivers": RIVERS | {"rivers": [RIVERS["rivers"][0] | {"lines": [[1, 2, 3, 4, 5]]}]}},
            "base_map/rivers.json: rivers.0.lines.0: has 5 numbers, expected pairs",
        ),
        (
            {"rivers": RIVERS | {"rivers": [RIVERS["rivers"][0] | {"lines": [[0, 0, 0, 90_000]]}]}},
            "base_map/rivers.json: rivers.0.lines.0: a point is out of range",
        ),
        (
            {"rivers": RIVERS | {"rivers": [RIVERS["rivers"][0] | {"lines": [[10**30, 0, 1, 1]]}]}},
            "base_map/rivers.json: rivers.0.lines.0.0",
        ),
        ({"rivers": RIVERS | {"steps": 0}}, "base_map/rivers.json: steps"),
        ({"lakes": LAKES | {"lakes": [{"area_km2": 1.0, "outline": [0, 0, 1, 1]}]}}, "lakes.0"),
        ({"lakes": {"lakes": []}}, "base_map/lakes.json: credit: Field required"),
        ({"towns": SOURCE | {"ranks": {"gone": 1}}}, "base_map/towns.json: ranks.gone"),
        ({"towns": SOURCE | {"ranks": {"XX0101": 1}}}, "base_map/towns.json: ranks.XX0101"),
        ({"towns": SOURCE | {"ranks": {"alder-town": 0}}}, "ranks.alder-town"),
        ({"airfields": SOURCE | {"airfields": [{"name": "A"}]}}, "airfields.0.rank"),
        (
            {"points": SOURCE | {"points": [{"kind": "pass", "name": "<\u202e>", "lat": 1.0,
                                             "lon": 1.0}]}},
            "base_map/points.json: points.0.name",
        ),
        ({"relief": SOURCE | EDGES}, "base_map/relief.webp: is missing"),
        ({"relief": SOURCE | EDGES | {"east": 8.0}}, "expected west below east"),
    ],
)  # fmt: skip
def test_what_is_broken_is_refused_with_its_file_and_entry(folder, files, said):
    assert said in refusal(put(folder, **files))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("nowhere,Nowhere,,,editors", "base_map/labels.csv:2 refers to 'nowhere'"),
        ("XX0101,A,,,e\nXX0101,B,,,e", "base_map/labels.csv:3 names 'XX0101' again"),
        ("XX0101," + "x" * 201 + ",,,e", "base_map/labels.csv:2, column en: the name has more"),
        ("XX0101,A\x07,,,e", "base_map/labels.csv:2, column en"),
    ],
)
def test_a_label_that_names_nothing_is_refused_with_its_line(folder, row, said):
    file = folder / "base_map" / "labels.csv"
    file.write_text(f"place_id,en,prs,ps,source\n{row}\n", "utf-8")
    assert said in refusal(folder)


@pytest.mark.parametrize(
    ("light", "said"),
    [
        (b"GIF89a" + bytes(40), "base_map/relief.webp: is not a still WebP picture"),
        (picture(16_383, 16_383), "base_map/relief.webp: has 16,383 by 16,383 pixels"),
    ],
)
def test_a_picture_is_refused_before_anything_unpacks_it(folder, light, said):
    put(folder, relief=SOURCE | EDGES)
    (folder / "base_map" / "relief.webp").write_bytes(light)
    assert said in refusal(folder)


def test_a_picture_without_its_edges_is_refused(folder):
    (folder / "base_map" / "relief.webp").write_bytes(picture())
    assert "expected relief.json beside it" in refusal(folder)


# --- the base map that comes along


def test_the_base_map_of_afghanistan_is_whole_and_small():
    folder = data_folder()
    country = read_country(folder)
    found = country.base_map
    kinds = Counter(one.kind for one in found.points)
    towns = sum(one.kind == "settlement" for one in country.gazetteer)
    assert kinds["town"] == towns == 319
    assert min(kinds[one] for one in ("airfield", "pass", "peak", "crossing")) > 0
    assert len(found.districts) == 398
    assert [one.name.en for one in found.points if one.kind == "town" and one.rank == 1] == [
        "Kabul"
    ]
    west, south, east, north = country.provinces.whole.bounds
    relief = found.relief
    assert relief.west < west < east < relief.east
    assert relief.south < south < north < relief.north
    sizes = {name: (folder / name).stat().st_size for name in BASE_MAP_FILES}
    assert sizes["base_map/relief.webp"] < 90_000
    assert sum(sizes.values()) < 280_000, sizes


def test_the_picture_has_as_many_pixels_as_its_edges_ask_for():
    relief = read_country(data_folder()).base_map.relief
    width, height = webp_size(relief.picture)
    low, high = (np.arcsinh(np.tan(np.radians(edge))) for edge in (relief.south, relief.north))
    wide = np.radians(relief.east - relief.west)
    assert width / height == pytest.approx(wide / (high - low), rel=1e-3)


def test_the_sources_of_the_base_map_are_credited_wherever_the_map_is(country):
    assert set(country.base_map.credits) < set(country.credits)
    assert len(set(country.credits)) == len(country.credits)
    said = " ".join(country.credits)
    assert all(name in said for name in ("GLOBE", "OpenStreetMap", "OurAirports", "GeoNames"))


def test_its_age_and_exactness_are_said(country):
    said = " ".join(country.base_map.notes)
    assert all(part in said for part in ("1 km", "2022", "2017"))


def test_the_method_page_says_what_the_base_map_is(country):
    page = AppTest.from_function(_method).run(timeout=60)
    assert not page.exception
    said = " ".join(" ".join(one.value for one in page.markdown).replace("\\", "").split())
    assert "They say nothing about incidents" in said
    for note in country.base_map.notes:
        assert note in said


def _method() -> None:
    from geo.app.method_page import method_page  # noqa: PLC0415 # runs in a script of its own

    method_page()


# --- names to show

PASHTO_ALONE = set("ټډړږښګڼېۍځڅ")
ADMINISTRATIVE = re.compile(
    "wul[ue]swali|woluswali|'?alaqahdari|hukumat|markaz-e (hukumat|wol)", re.IGNORECASE
)


@pytest.fixture(scope="module")
def labels() -> dict[str, dict[str, str]]:
    text = (data_folder() / "base_map" / "labels.csv").read_text("utf-8")
    return {row["place_id"]: row for row in csv.DictReader(text.splitlines())}


def test_every_district_and_town_has_been_given_a_name_to_show(country, labels):
    towns = {one.id for one in country.gazetteer if one.kind == "settlement"}
    assert labels.keys() == towns | country.districts.keys()
    assert all(row["en"] and row["source"] for row in labels.values())


def test_names_to_show_are_those_of_maps(labels):
    for row in labels.values():
        assert re.fullmatch(r"[A-Za-z][A-Za-z() -]+", row["en"]), row
        assert not ADMINISTRATIVE.search(row["en"]), row
    shown = {
        place_id: labels[place_id]["en"]
        for place_id in (
            "gn1456960",
            "gn1145904",
            "gn1126606",
            "gn1133105",
            "gn1148695",
            "AF0307",
            "AF0804",
        )
    }
    assert list(shown.values()) == [
        "Maidan Shahr", "Chaghcharan", "Mahmud-i-Raqi", "Muhammad Agha", "Anaba",
        "Siagird (Ghorband)", "Khenj",
    ]  # fmt: skip


def test_dari_and_pashto_are_in_their_own_letters(labels):
    for row in labels.values():
        assert not PASHTO_ALONE & set(row["prs"]), row
        # Code points of Arabic keyboards look the same and are found by nobody.
        assert re.fullmatch("[\u0600-\u06ff ]*", row["prs"] + row["ps"]), row
        assert not set("كيىة") & set(row["prs"] + row["ps"]), row


def test_a_name_in_one_language_alone_leaves_the_other_empty(country, labels):
    """The counts stand in the provenance of the data."""
    known = {
        kind: tuple(
            sum(bool(row[language]) for place_id, row in labels.items()
                if (place_id in country.districts) == (kind == "districts"))
            for language in ("prs", "ps")
        )
        for kind in ("districts", "towns")
    }  # fmt: skip
    assert known == {"districts": (398, 166), "towns": (310, 136)}
    assert (labels["AF2701"]["prs"], labels["AF2701"]["ps"]) == ("قندهار", "کندهار")
    assert (labels["AF0903"]["prs"], labels["AF0903"]["ps"]) == ("دوشی", "")


# --- borders, each once


def edges(lines) -> Counter[tuple[tuple[float, float], ...]]:
    """How often each edge stands in some lines, whichever way it runs."""
    found: Counter[tuple[tuple[float, float], ...]] = Counter()
    for line in lines:
        points = list(map(tuple, np.asarray(line).tolist()))
        found.update(tuple(sorted(pair)) for pair in pairwise(points) if len(set(pair)) > 1)
    return found


def rings(areas):
    return [
        shapely.get_coordinates(ring)
        for one in areas
        for part in shapely.get_parts(one.outline)
        for ring in (part.exterior, *part.interiors)
    ]


def test_every_district_edge_is_covered_once_and_none_twice(country):
    lines = boundary_lines(country.provinces, country.districts)
    drawn = edges(one.line for one in lines)
    assert set(drawn.values()) == {1}
    of_districts = [edges(rings([one])) for one in country.districts.values()]
    assert drawn.keys() == set().union(*of_districts)


def test_the_kind_of_a_border_is_that_of_the_larger_areas(country):
    owners: dict[tuple[tuple[float, float], ...], list[str]] = {}
    for one in country.districts.values():
        for edge in edges(rings([one])):
            owners.setdefault(edge, []).append(one.province)
    outer = edges(shapely.get_coordinates(ring) for part in shapely.get_parts(
        country.provinces.whole) for ring in (part.exterior, *part.interiors))  # fmt: skip
    for line in boundary_lines(country.provinces, country.districts):
        for edge in edges([line.line]):
            expected = (
                "country" if edge in outer else
                "province" if len(set(owners[edge])) == 2 else "district"
            )  # fmt: skip
            assert line.kind == expected, edge


def test_lines_are_as_long_as_they_can_be(country):
    lines = boundary_lines(country.provinces, country.districts)
    assert len(lines) < 1_000
    of_country = [one for one in lines if one.kind == "country"]
    assert len(of_country) == 1
    assert tuple(of_country[0].line[0]) == tuple(of_country[0].line[-1])


def test_the_lines_of_a_country_are_made_once(country):
    first = boundary_lines(country.provinces, country.districts)
    assert boundary_lines(country.provinces, country.districts) is first
    assert len(boundary_lines(country.provinces, {})) < len(first)


def test_a_country_without_districts_has_the_borders_of_its_provinces():
    made_up = Country.read(MADE_UP)
    alone = Provinces([next(iter(made_up.provinces))])
    assert {one.kind for one in boundary_lines(alone, {})} == {"country"}
