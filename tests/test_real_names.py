"""Names as articles, lists and event data write them: right, or asked about, never silently wrong.

``names_cases.csv`` has one case of each form; the lists beside it have the spellings that the field
uses for provinces and districts (those of OCHA, of the electoral commission and of military and
press reports), and names of cities abroad.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geo.cli.main import app
from geo.events.importing.importing import import_file
from geo.events.mapping.mapping import ColumnMapping
from geo.events.parties.actors import Registry
from geo.places.country import Country
from geo.places.gazetteer import Gazetteer, Match, Place
from geo.places.gazetteer.phrases import NEAR_M, compass_names, read_phrases
from geo.places.locations import locate

HERE = Path(__file__).parent
RIGHT_OR_ASKED = 0.97
DRAWN_INSIDE = 0.003


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((HERE / name).read_text("utf-8").splitlines()))


CASES = rows("names_cases.csv")


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['name']} {c['within']}".strip())
def test_a_name_comes_to_what_it_says_and_no_finer(country: Country, case: dict[str, str]) -> None:
    found = locate(case["name"], country, within=case["within"] or None)
    assert found.status in case["status"].split("|"), found.note
    codes = {code for place in found.candidates for code in place.provinces} or {*found.provinces}
    if found.status == "ambiguous":
        assert codes >= set(case["provinces"].split()), found.note
    elif case["provinces"]:
        assert codes == set(case["provinces"].split())
    if case["precision"]:
        assert found.precision == case["precision"]
    if found.status not in {"resolved", "inferred"}:
        assert found.off, "nothing is drawn"


def verdict(match: Match, right: set[str], inside: set[str]) -> str:
    """Whether an answer is right, a question with the right place in it, or wrong."""
    places = [match.place] if match.place is not None else list(match.candidates)
    fits = any({place.id, place.district or ""} & right or place.id in inside for place in places)
    if not places:
        return "not known"
    if match.status == "ambiguous":
        return "asked" if fits else "asked, without it"
    return "right" if fits else "wrong"


def listed(name: str) -> Iterator[tuple[str, str]]:
    for row in rows(name):
        for variant in row["variant"].split("|"):
            yield row["place_id"], variant


def counted(found: list[tuple[str, str]]) -> Counter[str]:
    """Count the answers, and print the failures for whoever looks."""
    for how, name in found:
        if how not in {"right", "asked"}:
            sys.stdout.write(f"{how}: {name}\n")
    return Counter(how for how, _ in found)


def test_provinces_are_known_in_the_spellings_of_the_field(country: Country) -> None:
    pairs = list(listed("province_spellings.csv"))
    assert len({code for code, _ in pairs}) == 34
    for word in ("", " province"):
        found = [
            (verdict(country.gazetteer.find(name + word, kind="province"), {code}, set()), name)
            for code, name in pairs
        ]
        assert counted(found) == {"right": len(pairs)}


@pytest.mark.parametrize("word", ["", " district"])
def test_districts_are_known_in_the_spellings_of_the_field(country: Country, word: str) -> None:
    """With their province: nearly all, and none is taken for another."""
    pairs = list(listed("district_spellings.csv"))
    assert len(pairs) > 700
    found = []
    for code, name in pairs:
        province = country.districts[code].province
        match = country.gazetteer.find(name + word, kind="district", within=province)
        found.append((verdict(match, {code}, set()), f"{name} in {province}"))
    count = counted(found)
    assert count["wrong"] == count["asked, without it"] == 0
    assert count["right"] + count["asked"] >= RIGHT_OR_ASKED * len(pairs)


def test_districts_without_their_province_are_right_or_asked_about(country: Country) -> None:
    pairs = list(listed("district_spellings.csv"))
    found = []
    for code, name in pairs:
        province = country.districts[code].province
        match = country.gazetteer.find(name)
        found.append((verdict(match, {code}, {province}), name))
    count = counted(found)
    assert count["wrong"] == count["asked, without it"] == 0
    assert count["right"] + count["asked"] >= RIGHT_OR_ASKED * len(pairs)


def test_every_district_has_its_dari_or_pashto_name(country: Country) -> None:
    found = []
    for district in country.districts.values():
        place = country.gazetteer[district.id]
        assert place.local, district.name
        for name in place.local:
            for within in (None, district.province):
                match = country.gazetteer.find(name, within=within)
                found.append((verdict(match, {district.id}, {district.province}), name))
    assert set(counted(found)) == {"right", "asked"}


def test_cities_abroad_are_hardly_ever_drawn_inside(country: Country) -> None:
    names = [
        line
        for line in (HERE / "foreign_cities.txt").read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert len(names) > 10_000
    drawn = [
        (name, match.place.name)
        for name in names
        if (match := country.gazetteer.known(name)).place is not None and match.status != "outside"
    ]
    sys.stdout.write("\n".join(f"{name} as {place}" for name, place in drawn))
    assert len(drawn) < DRAWN_INSIDE * len(names), drawn


def test_no_name_abroad_answers_where_something_says_that_it_is_inside(country: Country) -> None:
    gazetteer = country.gazetteer
    abroad = [place for place in gazetteer if place.kind == "outside"]
    for place in abroad[::7]:
        for name in (place.name, *place.also):
            asked = [
                gazetteer.known(name, within="AF-HEL"),
                gazetteer.known(name, kind="province"),
                gazetteer.known(name, kind="district"),
                gazetteer.known(f"{name} district"),
                gazetteer.known(f"{name}, Helmand"),
                gazetteer.known(f"ولسوالی {name}"),
            ]
            assert not any(match.status == "outside" for match in asked), name


def test_a_district_is_inferred_only_where_one_is_clearly_most_alike(country: Country) -> None:
    find = country.gazetteer.find
    found = find("Kalafgon", kind="district", within="AF-TAK")
    assert (found.status, found.place.id) == ("inferred", "AF1807")
    assert "of the districts of Takhar, the only one spelled like this" in found.reason
    assert find("Kalafgon", kind="district").status == "unknown", "no province is known"
    assert find("Kalafgon", within="AF-TAK").status == "unknown", "it may be a village"
    for name, province in (
        ("Wesh", "AF-KAN"), ("Rigey", "AF-HEL"), ("Khas", "AF-URU"), ("Kohistan", "AF-PAR"),
        ("Dara-e Suf", "AF-SAM"), ("Hisa-i Kohistan", "AF-KAP"), ("", "AF-KAP"),
    ):  # fmt: skip
        assert find(name, kind="district", within=province).place is None, name


@pytest.mark.parametrize(
    ("text", "radius"),
    [
        ("near Taloqan", NEAR_M),
        ("10 km north of Taloqan", 10_000),
        ("60 km north of Taloqan", 60_000),
        ("500 m from Taloqan", 500),
        ("12,5 km west of Taloqan", 12_500),
        ("10 miles south of Taloqan", 16_093.44),
    ],
)
def test_near_covers_the_distance_said_and_the_town(
    country: Country, text: str, radius: float
) -> None:
    town = country.gazetteer.find("Taloqan").place
    found = locate(text, country)
    assert found.precision == "near"
    assert found.uncertainty_m == pytest.approx(radius + town.uncertainty_m)
    assert "near Taloqan (settlement in Takhar)" in found.note


def test_the_codes_of_darwaz_that_lists_disagree_on_are_asked_about(country: Country) -> None:
    for name in ("Nesay district", "Maimay district", "ولسوالی نسی", "ولسوالی مایمی"):
        found = country.gazetteer.find(name)
        assert {place.id for place in found.candidates} == {"AF1722", "AF1727"}, name
    assert country.gazetteer.find("Darwaz-e Payin").place.id == "AF1722"
    assert country.gazetteer.find("Darwaz-e Bala").place.id == "AF1727"


def test_another_country_brings_its_own_words_regions_and_roads() -> None:
    places = [
        Place("XX", "country", "Chad", provinces=("XX-A", "XX-B")),
        Place("XX-A", "province", "Alder", provinces=("XX-A",)),
        Place("XX-B", "province", "Birch", provinces=("XX-B",)),
        Place("n", "region", "the north", tuple(compass_names("north", ("Chad",))), ("XX-A",)),
        Place("r", "region", "Alder-Birch road", provinces=("XX-A", "XX-B")),
        Place("m", "district", "Mill", provinces=("XX-A",)),
        Place("v", "settlement", "Newtown", provinces=("XX-B",), lat=1.0, lon=2.0),
    ]
    gazetteer = Gazetteer(
        places, kind_words={"amt": "district"}, generic=["Newtown"],
        roads={("XX-A", "XX-B"): "r"},
    )  # fmt: skip
    found = {
        text: (match.status, match.place and match.place.id)
        for text in ("Amt Mill", "the northern part of Chad", "between Birch and Alder", "Newtown",
                     "Newtown, Birch", "Mill district of Alder", "ولسوالی Mill")
        for match in [gazetteer.find(text)]
    }  # fmt: skip
    assert found == {
        "Amt Mill": ("resolved", "m"),
        "the northern part of Chad": ("resolved", "n"),
        "between Birch and Alder": ("resolved", "r"),
        "Newtown": ("ambiguous", None),
        "Newtown, Birch": ("resolved", "v"),
        "Mill district of Alder": ("resolved", "m"),
        "ولسوالی Mill": ("unknown", None),
    }


@pytest.mark.parametrize(
    "name",
    ["of", "in in in", "a or b or c", "(((", ", , ,", "'s x", "- road", "1 km of", "district of",
     "district district", "a" * 190 + " of b", "or " * 60, "," * 190, "district " * 22],
)  # fmt: skip
def test_a_phrase_of_nothing_is_unknown(country: Country, name: str) -> None:
    assert country.gazetteer.find(name).place is None
    assert len(list(read_phrases(name))) < 20


def test_the_command_speaks_of_what_is_outside_and_what_may_be_meant() -> None:
    said = CliRunner().invoke(app, ["locate", "Peshawar, Pakistan", "Mashhad", "--format", "json"])
    assert "Peshawar (Pakistan) is outside Afghanistan." in said.output
    assert "Mashhad (Iran, outside Afghanistan)" in said.output


def test_a_table_draws_near_no_finer_than_near(country: Country, data_folder: Path) -> None:
    table = b"""day,town,prov
2024-03-01,near Bazarak,Panjshir
2024-03-01,60 km north of Taloqan,Takhar
2024-03-01,Bazarak,Panjshir
"""
    mapping = ColumnMapping.parse(["date=day,place=town,province=prov"], ["day", "town", "prov"])
    found = import_file(table, country, Registry.of_folder(data_folder), mapping=mapping)
    events = found.events.to_pylist()
    assert [event["precision"] for event in events] == ["near", "near", "settlement"]
    assert events[0]["uncertainty_m"] >= NEAR_M
    assert events[1]["uncertainty_m"] >= 60_000


def test_an_inferred_district_of_a_table_is_kept_and_said(
    country: Country, data_folder: Path
) -> None:
    table = b"""day,dist,prov
2024-03-01,Kalafgon,Takhar
2024-03-01,Marja,Helmand
2024-03-01,Wesh,Kandahar
2024-03-01,Rustaq,Takhar
"""
    mapping = ColumnMapping.parse(["date=day,district=dist,province=prov"], ["day", "dist", "prov"])
    found = import_file(table, country, Registry.of_folder(data_folder), mapping=mapping)
    events = found.events.to_pylist()
    assert [event["district"] for event in events] == ["AF1807", "AF3002", "", "AF1810"]
    assert [event["precision"] for event in events] == [
        "district", "district", "province", "district",
    ]  # fmt: skip
    said = {row["row"]: row["reason"] for row in found.doubts.to_pylist()}
    assert "the only one spelled like this" in said[1]
    assert "Nad Ali as it was before" in said[2]
    assert 4 not in said
