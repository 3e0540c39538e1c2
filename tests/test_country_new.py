"""A country's folder is made from boundaries alone, in the shapes that publishers give them.

The property names are those of geoBoundaries, OCHA COD-AB, GADM and Natural Earth; the countries,
names and outlines are invented but for the country itself.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from geo.cli.main import app
from geo.dossier.yaml_lines import YamlLimits, read_yaml
from geo.events.importing.importing import import_file
from geo.events.parties.actors import Registry
from geo.places.country import Country
from geo.places.country.boundary_units import MOST_POINTS
from geo.places.country.scaffold import scaffold
from geo.places.country.world import countries, country_entry
from geo.places.provinces import Provinces
from geo.workspace import open_workspace


def feature(west: float, south: float, **properties: Any) -> dict[str, Any]:
    outline = shapely.box(west, south, west + 1, south + 1)
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": json.loads(shapely.to_geojson(outline)),
    }


def collection(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


GEOBOUNDARIES = collection(
    feature(36, 0, shapeName="Lakeside", shapeISO="KE-30", shapeGroup="KEN", shapeType="ADM1"),
    feature(37, 0, shapeName="Hills", shapeISO="", shapeGroup="KEN", shapeType="ADM1"),
)
COD = collection(
    feature(95, 20, ADM1_EN="Shan (East)", ADM1_PCODE="MMR016", ADM1_MY="ရှမ်း", ADM0_EN="Myanmar",
            ADM0_PCODE="MM"),
    feature(96, 20, ADM1_EN="Shan (North)", ADM1_PCODE="MMR015", ADM0_EN="Myanmar",
            ADM0_PCODE="MM"),
    feature(97, 20, ADM1_EN="Mon", ADM1_PCODE="MMR011", ADM0_EN="Myanmar", ADM0_PCODE="MM"),
)  # fmt: skip
COD_DISTRICTS = collection(
    feature(95, 20, ADM2_EN="Longtown", ADM2_PCODE="MMR016D001", ADM1_PCODE="MMR016",
            ADM1_EN="Shan (East)", ADM0_EN="Myanmar"),
    feature(97, 20, ADM2_EN="Longtown", ADM2_PCODE="MMR011D001", ADM1_PCODE="MMR011",
            ADM1_EN="Mon", ADM0_EN="Myanmar"),
)  # fmt: skip
GADM = collection(
    feature(90, 24, GID_0="BGD", COUNTRY="Bangladesh", NAME_1="Uplands", VARNAME_1="High|Upper",
            NL_NAME_1="NA", ENGTYPE_1="Division", ISO_1="BD-A"),
)  # fmt: skip
NATURAL_EARTH = collection(
    feature(95, 20, name="Kaya", name_alt="Karen|Kaia", iso_3166_2="MM-", admin="Myanmar",
            iso_a2="MM", adm0_a3="MMR", type_en="State", adm1_code="MMR-1"),
    feature(96, 20, name=None, iso_3166_2="MM-", admin="Myanmar", iso_a2="MM", adm1_code="MMR-2"),
)  # fmt: skip


def made(folder: Path, data: bytes, *more: str) -> Any:
    file = folder / "boundaries.geojson"
    file.write_bytes(data)
    out = folder / "country"
    return CliRunner().invoke(app, ["country", "new", str(file), "--out", str(out), *more])


@pytest.mark.parametrize(
    ("data", "name", "codes"),
    [
        (GEOBOUNDARIES, "Kenya", ("KE-30", "KE-x-hills")),
        (COD, "Myanmar", ("MM-x-shan-east", "MM-x-shan-north", "MM-x-mon")),
        (GADM, "Bangladesh", ("BD-A",)),
        (NATURAL_EARTH, "Myanmar", ("MM-x-kaya",)),
    ],
    ids=["geoBoundaries", "OCHA", "GADM", "Natural Earth"],
)
def test_each_publishers_file_becomes_a_folder_that_opens(
    tmp_path: Path, data: bytes, name: str, codes: tuple[str, ...]
) -> None:
    result = made(tmp_path, data)
    assert result.exit_code == 0, result.output
    workspace = open_workspace(tmp_path / "country")
    assert workspace.country.name == name
    assert workspace.country.provinces.codes == codes
    assert (workspace.errors, workspace.reading.dossier.records) == ((), ())


def test_a_unit_without_a_name_is_left_out_and_counted(tmp_path: Path) -> None:
    assert (
        "1 feature of boundaries.geojson without a name skipped."
        in made(tmp_path, NATURAL_EARTH).output
    )


def test_other_names_of_the_file_are_known(tmp_path: Path) -> None:
    made(tmp_path, GADM)
    gazetteer = Country.read(tmp_path / "country").gazetteer
    assert [gazetteer.find(name).status for name in ("Upper", "High", "Uplands")] == 3 * [
        "resolved"
    ]


def test_one_name_over_several_units_means_all_of_them(tmp_path: Path) -> None:
    made(tmp_path, COD)
    place = Country.read(tmp_path / "country").gazetteer.find("Shan").place
    assert place is not None
    assert (place.kind, place.provinces) == ("region", ("MM-x-shan-east", "MM-x-shan-north"))


def test_names_in_other_scripts_and_place_codes_are_kept(tmp_path: Path) -> None:
    made(tmp_path, COD)
    province = Country.read(tmp_path / "country").provinces["MM-x-shan-east"]
    assert (province.pcode, province.local_names) == ("MMR016", (("my", "ရှမ်း"),))


def test_districts_of_one_name_in_two_provinces_stay_two(tmp_path: Path) -> None:
    below = tmp_path / "adm2.geojson"
    below.write_bytes(COD_DISTRICTS)
    result = made(tmp_path, COD, "--districts", str(below))
    assert result.exit_code == 0, result.output
    districts = Country.read(tmp_path / "country").districts
    assert {one.province for one in districts.values()} == {"MM-x-shan-east", "MM-x-mon"}


def test_a_district_that_names_no_province_is_where_most_of_it_is(tmp_path: Path) -> None:
    below = tmp_path / "adm2.geojson"
    below.write_bytes(collection(feature(36.2, 0, shapeName="Shore", shapeGroup="KEN")))
    result = made(tmp_path, GEOBOUNDARIES, "--districts", str(below))
    (district,) = Country.read(tmp_path / "country").districts.values()
    assert district.province == "KE-30"
    assert "1 district of adm2.geojson without a province:" in result.output


def test_an_iso_code_of_two_units_is_trusted_for_neither() -> None:
    twice = collection(
        feature(36, 0, name="One", iso_3166_2="KE-01", admin="Kenya"),
        feature(37, 0, name="Two", iso_3166_2="KE-01", admin="Kenya"),
    )
    found = scaffold(twice, "ne.geojson")
    provinces = json.loads(found.files["provinces.geojson"])["features"]
    assert [one["id"] for one in provinces] == ["KE-x-one", "KE-x-two"]
    assert any("neither keeps it: One, Two" in note for note in found.notes)


def test_islands_of_one_unit_are_one_unit() -> None:
    found = scaffold(collection(
        feature(36, 0, shapeName="Islands", shapeISO="KE-02", shapeGroup="KEN"),
        feature(39, 0, shapeName="Islands", shapeISO="KE-02", shapeGroup="KEN"),
    ), "x.geojson")  # fmt: skip
    assert found.provinces == 1
    assert found.notes[0] == "Islands: 2 features of this name and code joined."


def test_an_outline_that_crosses_itself_is_repaired() -> None:
    bow_tie = feature(36, 0, shapeName="Bow", shapeISO="KE-03", shapeGroup="KEN")
    bow_tie["geometry"]["coordinates"] = [[[36, 0], [37, 1], [37, 0], [36, 1], [36, 0]]]
    found = scaffold(collection(bow_tie), "x.geojson")
    outline = shapely.from_geojson(found.files["provinces.geojson"])
    assert shapely.is_valid(outline)
    assert shapely.area(outline) == pytest.approx(0.5)


def test_fine_outlines_are_thinned_and_still_meet() -> None:
    ring = shapely.Point(36, 0).buffer(1, quad_segs=20_000)
    halves = [
        shapely.intersection(ring, shapely.box(34 + n * 2, -2, 36 + n * 2, 2)) for n in (0, 1)
    ]
    both = [feature(0, 0, shapeName=f"Half {n}", shapeGroup="KEN") for n in (1, 2)]
    for one, half in zip(both, halves, strict=True):
        one["geometry"] = json.loads(shapely.to_geojson(half))
    found = scaffold(collection(*both), "x.geojson")
    outlines = shapely.get_parts(shapely.from_geojson(found.files["provinces.geojson"]))
    assert shapely.get_num_coordinates(outlines).sum() <= MOST_POINTS
    assert shapely.area(shapely.intersection(*outlines)) == pytest.approx(0, abs=1e-9)
    assert shapely.area(shapely.union_all(outlines)) == pytest.approx(ring.area, rel=1e-3)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (collection(feature(36, 0, name="Somewhere")), "does not say which country it is of"),
        (COD_DISTRICTS, "holds units of level 2; expected the first level below the country"),
        (collection(feature(36, 0, shapeGroup="KEN")), "no feature has a name"),
        (collection(feature(400, 0, name="Off", admin="Kenya")), "expected a polygon in degrees"),
        (collection(feature(178, -18, name="West", admin="Fiji"),
                    feature(-180, -18, name="East", admin="Fiji")), "across 180 degrees"),
        (b"PK\x03\x04", "this is not JSON in UTF-8"),
    ],
    ids=["no country", "second level", "no names", "off the globe", "antimeridian", "shapefile"],
)  # fmt: skip
def test_what_cannot_be_a_country_is_refused_with_a_reason(
    tmp_path: Path, data: bytes, said: str
) -> None:
    result = made(tmp_path, data)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
    assert not (tmp_path / "country").exists()


def test_the_country_can_be_named_by_hand(tmp_path: Path) -> None:
    plain = collection(feature(36, 0, name="Somewhere"))
    assert made(tmp_path, plain, "--country", "Ivory Coast").exit_code == 0
    sheet = Country.read(tmp_path / "country")
    assert (sheet.code, sheet.numbers.ucdp) == ("CI", "437")


def test_a_folder_in_use_is_never_written_over(tmp_path: Path) -> None:
    made(tmp_path, GADM)
    before = (tmp_path / "country" / "country.yaml").read_bytes()
    assert made(tmp_path, COD).exit_code == 2
    assert (tmp_path / "country" / "country.yaml").read_bytes() == before


def test_label_points_are_inside_and_areas_are_those_of_the_ellipsoid(tmp_path: Path) -> None:
    made(tmp_path, GEOBOUNDARIES)
    for province in Country.read(tmp_path / "country").provinces:
        assert province.outline.contains(shapely.Point(province.label_lon, province.label_lat))
        # A square degree at the equator of WGS 84: 111.32 km by 110.57 km.
        assert province.area_km2 == pytest.approx(111.32 * 110.57, rel=1e-3)


def test_every_country_of_the_list_is_found_by_each_of_its_codes() -> None:
    listed = countries()
    assert len(listed) > 240
    for one in listed:
        assert country_entry(one.alpha2) == country_entry(one.alpha3.lower()) == one


def test_numbers_of_ucdp_are_unique() -> None:
    numbers = [one.ucdp for one in countries() if one.ucdp]
    assert len(numbers) == len(set(numbers))


UCDP_ROW = {
    "id": "1", "relid": "MYA-1", "year": "2021", "type_of_violence": "1", "where_prec": "1",
    "side_a": "Government of Myanmar (Burma)", "side_b": "KIO", "where_coordinates": "A village",
    "adm_1": "Shan State", "adm_2": "", "latitude": "20.5", "longitude": "96.5",
    "country": "Myanmar (Burma)", "country_id": "775", "date_prec": "1",
    "date_start": "2021-06-22", "date_end": "2021-06-22", "best": "1", "high": "1", "low": "1",
}  # fmt: skip
"""In the columns and names of UCDP GED."""


def imported(folder: Path, **changes: str) -> tuple[dict[str, Any], list[str]]:
    country = Country.read(folder)
    row = UCDP_ROW | changes
    data = f"{','.join(row)}\n{','.join(row.values())}\n".encode()
    found = import_file(data, country, Registry.of_folder(folder, {}))
    (event,) = found.events.to_pylist()
    return event, [one["reason"] for one in found.doubts.to_pylist()]


def test_rows_that_name_several_units_by_one_name_are_placed_by_their_point(tmp_path: Path) -> None:
    made(tmp_path, COD)
    event, doubts = imported(tmp_path / "country")
    assert (event["off"], event["province"]) == ("", "MM-x-shan-north")
    assert not any("no province" in doubt for doubt in doubts)
    coarse, doubts = imported(tmp_path / "country", where_prec="4")
    assert (coarse["precision"], coarse["province"]) == ("region", "")
    assert "the boundaries split it between several provinces" in " ".join(doubts)


@pytest.mark.parametrize("word", ["State", "state", "Region", "Division", "province"])
def test_words_for_a_unit_are_no_part_of_its_name(tmp_path: Path, word: str) -> None:
    made(tmp_path, COD)
    event, _ = imported(
        tmp_path / "country", adm_1=f"Mon {word}", where_prec="4", latitude="", longitude=""
    )
    assert (event["precision"], event["province"]) == ("province", "MM-x-mon")


@pytest.mark.parametrize("name", ["Myanmar (Burma)", "Burma", "MMR", "775", "104", "myanmar"])
def test_a_country_is_known_by_the_names_and_numbers_of_acled_and_ucdp(
    tmp_path: Path, name: str
) -> None:
    made(tmp_path, COD)
    assert imported(tmp_path / "country", country=name)[0]["off"] == ""
    assert imported(tmp_path / "country", country="Thailand")[0]["off"] == "outside"


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4, unique=True))
def test_whatever_units_are_called_the_folder_can_be_read(names: list[str]) -> None:
    units = [
        feature(n, 0, shapeName=name, shapeGroup="KEN") for n, name in enumerate(names, start=34)
    ]
    units.append(feature(42, 0, shapeName="Named", shapeGroup="KEN"))
    found = scaffold(collection(*units), "x.geojson")
    provinces = Provinces.from_geojson(found.files["provinces.geojson"])
    assert 1 <= len(provinces) == found.provinces <= len(names) + 1
    assert read_yaml(found.files["country.yaml"].decode(), YamlLimits(12, 1000)).faults == []
