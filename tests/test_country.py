"""A folder is a country: ours, and one that does not exist."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
import shapely

from geo.errors import IntakeError, PlaceError
from geo.places.country import Country
from geo.places.locations import locate
from geo.places.spelling import fold_name

EIGHT = {
    "north", "north-east", "west", "south", "south-east", "east", "central-highlands",
    "capital-region",
}  # fmt: skip


@pytest.fixture(scope="session")
def made_up(root):
    return root / "tests" / "made_up_country"


@pytest.fixture
def folder(made_up, tmp_path):
    """A copy of the made-up country, to break."""
    return Path(shutil.copytree(made_up, tmp_path / "country"))


def test_our_country_is_read_whole(country):
    assert (country.name, country.code) == ("Afghanistan", "AF")
    assert len(country.provinces) == 34
    assert len(country.districts) == 398
    assert {near.name for near in country.neighbours} == {
        "China", "India", "Iran", "Kyrgyzstan", "Pakistan", "Tajikistan", "Turkmenistan",
        "Uzbekistan",
    }  # fmt: skip
    kinds = Counter(place.kind for place in country.gazetteer)
    assert (kinds["settlement"], kinds["site"], kinds["region"]) == (319, 31, 36)
    assert any("GeoNames" in line for line in country.credits)
    assert "no side" in country.disclaimer


def test_every_province_is_in_exactly_one_of_the_eight_regions(country):
    codes = [code for key in EIGHT for code in country.regions[key].provinces]
    assert sorted(codes) == sorted(country.provinces.codes)


def test_a_region_says_on_what_it_rests(country):
    for place in country.gazetteer:
        if place.kind == "region":
            assert len(place.note.split()) >= 10, place.id
    for key in (*EIGHT, "north-west", "south-west"):
        assert "loosely" in country.gazetteer[key].note


def test_every_province_has_one_capital_that_lies_in_it(country):
    seats = [place for place in country.gazetteer if place.capital]
    assert sorted(code for seat in seats for code in seat.provinces) == sorted(
        country.provinces.codes
    )
    assert [seat.name for seat in seats if seat.capital == "country"] == ["Kabul"]
    for seat in seats:
        assert country.provinces.containing(seat.lat, seat.lon).code == seat.provinces[0]


def test_settlements_lie_where_they_are_said_to(country):
    for place in country.gazetteer:
        if place.kind == "settlement":
            assert country.provinces.distance_m(place.lat, place.lon, place.provinces[0]) < 2_000
            district = country.districts[place.district]
            assert district.province == place.provinces[0]
            assert shapely.intersects_xy(district.outline, place.lon, place.lat)


def test_districts_fill_their_provinces(country):
    outlines = [district.outline for district in country.districts.values()]
    assert shapely.coverage_is_valid(outlines)
    for province in country.provinces:
        within = [d.outline for d in country.districts.values() if d.province == province.code]
        assert shapely.equals(shapely.coverage_union_all(within), province.outline)


def test_district_codes_are_unique_and_begin_with_their_province(country):
    coded = [district for district in country.districts.values() if district.pcode]
    assert len({district.pcode for district in coded}) == len(coded) == 397
    for district in coded:
        assert district.pcode.startswith(country.provinces[district.province].pcode)
        assert district.pcode_scheme == "OCHA COD-AB AFG v02 (2021)"


def test_outlines_are_found_by_the_id_of_their_place(country):
    for place in country.gazetteer:
        if place.kind in {"country", "region", "province", "district"}:
            assert country.outline_of(place.id).is_valid
    with pytest.raises(PlaceError, match="'gn1138958' is not a province, district or region"):
        country.outline_of("gn1138958")


def test_every_extra_spelling_is_needed(data_folder, country, tmp_path):
    bare = shutil.copytree(data_folder, tmp_path / "bare")
    (bare / "spellings.csv").unlink()
    without = Country.read(bare).gazetteer
    rows = list(csv.DictReader((data_folder / "spellings.csv").read_text("utf-8").splitlines()))
    assert len({(fold_name(row["variant"]), row["place_id"]) for row in rows}) == len(rows)
    for row in rows:
        place = without[row["place_id"]]
        own = {fold_name(name) for name in (place.name, *place.also)}
        assert fold_name(row["variant"]) not in own, row
        asked = country.gazetteer.find(row["variant"], kind=row["kind"])
        assert place.id in {found.id for found in (asked.place, *asked.candidates) if found}, row
        assert row["script"] == ("Latn" if row["variant"][0].lower() < "\u0600" else "Arab")


def test_the_data_is_small(data_folder):
    sizes = {file.name: file.stat().st_size for file in data_folder.iterdir() if file.is_file()}
    assert sizes["outside.json"] < 250_000
    assert sum(sizes.values()) < 1_300_000, sizes


def test_another_folder_is_another_country(made_up):
    country = Country.read(made_up)
    assert country.provinces.codes == ("XX-AL", "XX-BI", "XX-CE", "XX-DO")
    found = {
        query: (match.status, match.place and match.place.id)
        for query in ("Alder", "Alder city", "Mill", "Mill, Birch", "the lowlands", "Old Bridge",
                      "the camp", "Westport", "Dogwud", "Bürch", "Cedar Heights", "Nowhere")
        for match in [country.gazetteer.find(query)]
    }  # fmt: skip
    assert found == {
        "Alder": ("ambiguous", None),
        "Alder city": ("resolved", "alder-town"),
        "Mill": ("ambiguous", None),
        "Mill, Birch": ("resolved", "XX0201"),
        "the lowlands": ("resolved", "lowlands"),
        "Old Bridge": ("resolved", "old-bridge"),
        "the camp": ("inferred", "XX-DO"),
        "Westport": ("outside", "abroad-2"),
        "Dogwud": ("resolved", "XX-DO"),
        "Bürch": ("resolved", "XX-BI"),
        "Cedar Heights": ("resolved", "cedar-heights"),
        "Nowhere": ("unknown", None),
    }
    assert country.gazetteer["old-bridge"].precision == "exact"
    assert country.gazetteer["town-hall"].precision == "settlement"


def test_a_country_may_be_no_more_than_names_and_outlines(folder):
    for name in ("districts.geojson", "neighbours.geojson", "gazetteer.json", "spellings.csv",
                 "outside.json"):  # fmt: skip
        (folder / name).unlink()
    sheet = "name: Made-up Country\niso_3166_1: XX\n"
    (folder / "country.yaml").write_text(sheet)
    country = Country.read(folder)
    assert country.gazetteer.find("Alder").place.id == "XX-AL"
    assert country.districts == {}


@pytest.mark.parametrize("name", ["country.yaml", "provinces.geojson"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(IntakeError, match=f"{name}: there is no such file"):
        Country.read(folder)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("country.yaml", "provinces: [XX-AL, XX-BI]", "provinces: [XX-ZZ]", "'XX-ZZ'"),
        ("country.yaml", "place: XX-DO", "place: nowhere", "inferred 'the camp' refers to"),
        ("country.yaml", "settlement: alder-town", "settlement: gone", "'gone'"),
        ("country.yaml", "    lat: 50.21\n", "", "needs the settlement that it is in"),
        ("country.yaml", "lat: 50.21", "lat: 95", "country.yaml:15: sites.0.lat"),
        ("country.yaml", "key: lowlands", "kee: lowlands", "regions.0.key: Field required"),
        ("country.yaml", "name: the camp", "name: [the camp", "country.yaml:"),
        ("country.yaml", "key: town-hall", "key: mill-village", "is given to"),
        ("gazetteer.json", '"lat":50.4', '"lat":500', "settlements.0.lat"),
        ("gazetteer.json", '"province":"XX-CE"', '"province":"XX-QQ"', "'XX-QQ'"),
        ("gazetteer.json", '"district":"XX0401"', '"district":"XX9"', "'XX9'"),
        ("gazetteer.json", '"mill-village"', '"birchville"', "the id 'birchville' is given"),
        ("gazetteer.json", '{"settlements"', '{"towns"', "gazetteer.json"),
        ("outside.json", '"also":[]', '"also":"Westland"', "places.0.also"),
        ("spellings.csv", "XX-DO", "XX-XX", "spellings.csv:2 refers to 'XX-XX'"),
        ("spellings.csv", "province", "town", "spellings.csv:2 needs a variant, and 'province'"),
        ("districts.geojson", '"iso_3166_2":"XX-BI"', '"iso_3166_2":"XX-ZZ"', "'XX-ZZ'"),
        ("districts.geojson", '"also":["Old Alder"],', "", "property 'also' is missing"),
        ("neighbours.geojson", '"name":"Westland"', '"nom":"Westland"', "'name' is missing"),
        ("provinces.geojson", '"XX03"', "3", "feature 3 (Cedar): property 'pcode' is 3"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(folder, name, old, new, said):
    file = folder / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(IntakeError) as refused:
        Country.read(folder)
    assert said in str(refused.value)


@pytest.mark.parametrize("name", ["country.yaml", "spellings.csv"])
def test_a_file_in_another_encoding_is_refused(folder, name):
    (folder / name).write_bytes("name: Österland\n".encode("cp1252"))
    with pytest.raises(IntakeError, match=f"{name}: byte 6 is not UTF-8"):
        Country.read(folder)


def test_airfields_and_crossings_are_located_where_the_base_map_has_them(data_folder, country):
    known = {
        (one["lat"], one["lon"])
        for name in ("airfields", "points")
        for one in json.loads((data_folder / "base_map" / f"{name}.json").read_text("utf-8"))[name]
    }
    for name, code in (
        ("HKIA", "AF-KAB"), ("Bagram Airbase", "AF-PAR"), ("Kandahar Air Field", "AF-KAN"),
        ("FOB Salerno", "AF-KHO"), ("Camp Leatherneck", "AF-HEL"), ("Turghundi", "AF-HER"),
    ):  # fmt: skip
        found = locate(name, country)
        assert found.kind == "site"
        assert found.provinces == (code,)
        assert (found.lat, found.lon) in known
        assert found.uncertainty_m
        assert (
            country.provinces[code]
            .outline.buffer(0.05)
            .contains(shapely.Point(found.lon, found.lat))
        )
