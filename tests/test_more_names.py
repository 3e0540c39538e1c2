"""A larger gazetteer makes names more ambiguous, never more certain."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from dossiers import copy_of_data
from geonames import dump, line, made, made_name
from typer.testing import CliRunner

from geo.cli.main import app
from geo.errors import IntakeError
from geo.places.country import Country
from geo.places.gazetteer import Gazetteer
from geo.places.gazetteer.columns import NameColumns
from geo.places.gazetteer.geonames import Dump, read_dump
from geo.places.locations import locate

BAZARAK = (35.31, 69.51)
IN_KABUL = (34.60, 69.10)
IN_HERAT = (34.35, 62.20)


def read(country: Country, data: bytes) -> Dump:
    districts = [(one.id, one.province, one.outline) for one in country.districts.values()]
    known = [place.id for place in country.gazetteer]
    return read_dump(data, "AF.txt", country.provinces, districts, known=known)


def grown(country: Country, *lines: str) -> Gazetteer:
    own = country.gazetteer
    more = NameColumns(read(country, dump(lines)).table)
    return Gazetteer(own, more=more, generic=own.generic)


@pytest.fixture(scope="module")
def folder(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A country's folder to which three villages have been added by the command."""
    found = copy_of_data(data_folder, tmp_path_factory.mktemp("grown") / "data")
    file = found.parent / "AF.txt"
    file.write_bytes(
        dump(
            [
                line(91, "Zarmaston", *BAZARAK, also="Zarmastān,زرمستان"),
                line(92, "Zarmaston", *IN_HERAT),
                line(93, "Zarmaston", *IN_KABUL, code="PPLQ"),
                line(94, "Zarghun Airfield", *IN_KABUL, feature="S", code="AIRF"),
                line(95, "Kōh-e Zar", *IN_KABUL, feature="T", code="MT"),
                line(96, "Lashkar", 10.0, 10.0),
                "97\tbroken",
            ]
        )
    )
    done = CliRunner().invoke(app, ["gazetteer", "add", str(file), "--data", str(found)])
    assert done.exit_code == 0, done.output
    for said in ("3 of 7 places", "1 skipped: outside every province", "1 skipped: broken lines",
                 "2 skipped: not a settlement or site, such as mountains"):  # fmt: skip
        assert said in done.stderr
    return found


def test_a_name_that_now_fits_two_places_is_asked_about(folder: Path) -> None:
    country = Country.read(folder)
    found = locate("زرمستان", country)
    assert (found.status, found.provinces) == ("resolved", ("AF-PAN",))
    assert (found.precision, found.uncertainty_m) == ("settlement", 500.0)
    assert found.note == "The position is the one that GeoNames gives."
    found = locate("Zarmaston", country)
    assert found.status == "ambiguous"
    assert {place.provinces for place in found.candidates} == {("AF-PAN",), ("AF-HER",)}


def test_province_or_district_beside_a_name_decides(folder: Path) -> None:
    gazetteer = Country.read(folder).gazetteer
    assert gazetteer.find("Zarmaston, Panjshir").place.id == "gn91"
    assert gazetteer.find("Zarmaston", within="AF-HER").place.id == "gn92"
    assert gazetteer.find("Zarmaston (Bazarak district)").place.id == "gn91"
    assert gazetteer.find("Zarmaston, Kabul").status == "unknown"


def test_a_spot_is_no_pin(folder: Path) -> None:
    found = locate("Zarghun airfield", Country.read(folder))
    assert (found.kind, found.precision, found.uncertainty_m) == ("site", "settlement", 2000.0)


def test_the_capital_is_meant_rather_than_an_added_village(country: Country) -> None:
    gazetteer = grown(country, line(91, "Kunduz", *IN_HERAT), line(92, "Bazarak", *IN_KABUL))
    found = gazetteer.find("Kunduz city")
    assert found.place.provinces == ("AF-KDZ",)
    assert "the capital is meant rather than villages of that name" in found.reason
    assert gazetteer.find("Kunduz, Herat").place.id == "gn91"
    assert country.gazetteer.find("Kunduz").status == gazetteer.find("Kunduz").status == "ambiguous"


@pytest.mark.slow
def test_nothing_that_was_found_becomes_another_place(country: Country) -> None:
    """With 5,000 more names, every name of the country finds what it found, or asks."""
    gazetteer = Gazetteer(
        country.gazetteer,
        more=NameColumns(read(country, made(country, 5_000)).table),
        generic=country.gazetteer.generic,
    )
    for place in country.gazetteer:
        if place.kind == "outside":
            continue
        before, now = country.gazetteer.find(place.name), gazetteer.find(place.name)
        assert now.status in {before.status, "ambiguous"}, place.name
        if now.status == "resolved":
            assert now.place == before.place, place.name


def test_many_unknown_spellings_get_the_answers_that_one_gets(country: Country) -> None:
    gazetteer = Gazetteer(
        country.gazetteer, more=NameColumns(read(country, made(country, 3_000)).table)
    )
    rng = random.Random(3)  # noqa: S311 - a seeded shape, no secret
    names = [made_name(rng).replace("a", "e", 1) for _ in range(60)]
    names += ["Kabol", "Los Angelos", "", "Surobi", "x" * 300, "کابول", "Panjshir", "Kabol"]
    many = gazetteer.find_many(names)
    assert len(many) == len(set(names))
    for name, match in many.items():
        assert match == gazetteer.find(name), name


def test_what_is_in_the_gazetteer_already_is_not_added_twice(country: Country) -> None:
    town = next(place for place in country.gazetteer if place.id.startswith("gn"))
    own = line(int(town.id[2:]), town.name, town.lat, town.lon)
    found = read(country, dump([own, line(91, "Another", *IN_KABUL)]))
    assert found.table.num_rows == 1
    assert found.left_out == {"in the gazetteer already": 1}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is not a GeoNames dump"),
        (b"PK\x03\x04\x00", "is a ZIP archive; unpack it"),
        (b"a,b\n1,2\n", "is not a GeoNames dump"),
        (b"\xff\xfe1\t2\n", "byte 0 is not UTF-8"),
        (dump([line(1, "Lima", -12.0, -77.0)]), "is it the dump of another country"),
        (dump([line(1, "Here", *IN_KABUL)]).replace(b"Here", b"H\xe9re"), "is not UTF-8"),
    ],
    ids=["empty", "zip", "csv", "utf-16", "another country", "latin-1"],
)
def test_what_is_no_dump_of_this_country_is_refused_in_words(
    country: Country, data: bytes, said: str
) -> None:
    with pytest.raises(IntakeError, match=said.replace("?", r"\?")):
        read(country, data)


@pytest.mark.parametrize("spoil", [lambda d: d[:-8], lambda _: b"PAR1", lambda _: _foreign()])
def test_columns_that_are_spoiled_say_how_to_mend_them(data_folder, tmp_path, spoil) -> None:
    found = copy_of_data(data_folder, tmp_path / "data")
    (found / "names.parquet").write_bytes(spoil(_foreign()))
    with pytest.raises(IntakeError, match="create it again with `incident-map gazetteer add`"):
        Country.read(found)


def _foreign() -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"id": ["a"]}), sink)
    return sink.getvalue().to_pybytes()
