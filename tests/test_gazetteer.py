"""A name in any spelling finds its place, and a name that fits several finds none by chance."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import pytest

from geo.places.gazetteer import Place
from geo.places.gazetteer.questions import without_other_spellings
from geo.places.spelling import fold_name, loosen, name_words

HERE = Path(__file__).parent
CASES = list(csv.DictReader((HERE / "spelling_cases.csv").read_text("utf-8").splitlines()))
REPORTED = ["Panjshir", "Baghlan", "Takhar", "Badakhshan", "Kabul", "Mazar-i-Sharif", "Kunduz"]


@pytest.fixture
def gazetteer(country):
    return country.gazetteer


def case_id(case):
    return " ".join(filter(None, (case["query"] or "(nothing)", case["kind"], case["within"])))


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_a_spelling_finds_what_it_should(gazetteer, case):
    found = gazetteer.find(case["query"], kind=case["kind"] or None, within=case["within"] or None)
    assert found.status == case["status"], found.reason
    if found.status == "unknown":
        assert found.suggestions[:1] == tuple(filter(None, [case["name"]]))
        assert found.place is None
        return
    meant = found.candidates if found.status == "ambiguous" else (found.place,)
    assert {place.name for place in meant} == set(case["name"].split("|"))
    assert {code for place in meant for code in place.provinces} == set(case["provinces"].split())


@pytest.mark.parametrize("name", REPORTED)
def test_the_places_of_the_reports_have_six_spellings_in_two_scripts(name):
    spellings = {name_words(c["query"]) for c in CASES if c["name"] == name and not c["within"]}
    latin = {spelling for spelling in spellings if "".join(spelling).isascii()}
    assert len(spellings) >= 6
    assert latin
    assert spellings - latin


def test_there_are_enough_cases_and_no_case_twice():
    asked = [(c["query"], c["kind"], c["within"]) for c in CASES]
    assert len(asked) >= 90
    assert len(set(asked)) == len(asked)


def test_the_kind_of_a_capital_decides_between_town_and_province(gazetteer):
    assert gazetteer.find("Kunduz city").place.kind == "settlement"
    assert gazetteer.find("ولایت کندز").place.kind == "province"
    assert gazetteer.find("Kunduz district").place.kind == "district"
    assert [place.kind for place in gazetteer.find("Kunduz").candidates] == [
        "province",
        "settlement",
    ]


def test_a_question_names_kind_and_province_of_each_candidate(gazetteer):
    reason = gazetteer.find("Surobi").reason
    assert "Surobi (district in Kabul)" in reason
    assert "Sarobi (district in Paktika)" in reason


def test_the_coarser_reading_says_so(gazetteer):
    found = gazetteer.find("Baghlan")
    assert found.place.kind == "province"
    assert "contains the other places" in found.reason


def test_the_town_comes_before_the_district_it_is_the_seat_of(gazetteer):
    for name in ("Mazar-i-Sharif", "Bazarak", "Nili"):
        found = gazetteer.find(name)
        assert found.place.kind == "settlement"
        assert gazetteer.find(name, kind="district").place.kind == "district"


def test_an_inference_stays_at_its_province_and_gives_its_reason(gazetteer):
    found = gazetteer.find("Shaba base", kind="site")
    assert (found.status, found.place.kind, found.place.id) == ("inferred", "province", "AF-PAN")
    assert "inferred" in found.reason
    assert gazetteer.find("Shaba", within="AF-KAB").status == "unknown"


def test_only_settlements_and_sites_have_a_position(gazetteer):
    for place in gazetteer:
        positioned = place.lat is not None
        assert positioned == (place.kind in {"settlement", "site"}), place
        assert positioned == (place.lon is not None) == (place.uncertainty_m is not None), place


def test_a_site_without_a_position_of_its_own_is_located_as_its_town(gazetteer):
    site, town = gazetteer.find("Interior Ministry").place, gazetteer.find("Kabul city").place
    assert (site.lat, site.lon, site.uncertainty_m) == (town.lat, town.lon, town.uncertainty_m)
    assert site.precision == "settlement"
    assert "no closer" in site.note


@pytest.mark.parametrize(
    ("metres", "precision"), [(50, "exact"), (150, "exact"), (151, "settlement")]
)
def test_a_site_is_exact_only_if_its_position_is(metres, precision):
    site = Place("s", "site", "Bridge", lat=50.0, lon=10.0, uncertainty_m=metres)
    assert site.precision == precision


@pytest.mark.parametrize(
    "spellings",
    [
        "Mazar-i-Sharif|Mazar-e Sharif|Mazari Sharif|Mazār-e Sharīf|Mazar e-Sharif|Mazar Sharif",
        "مزار شریف|مزارشریف|مزار شريف|مَزار شَریف|مزار‌شریف|مـزار شریف",
        "Panjshir|Panjsher|Panjsheer|Panjshēr|Panjšīr|Panj-shir",
        "پنجشیر|پنجشېر|پنجشير|پنج‌شیر|پنجشۍر",
        "Paktya|Paktia|Paktiya|PAKTIYĀ",
        "Fayzabad|Faizabad|Feyzabad|Fayz Abad|Faīzābād",
        "Qandahar|Kandahar|Ḳandahār",
        "ننګرهار|ننگرهار",
        "ارغندآب|أرغنداب|ارغنداب",
        "Jawzjan|Jowzjan|Jauzjan",
        "Dasht-e-Archi|Dashte Archi|Dashti Archi|Dasht Archi",
        "Sari Pul|Sar-e-Pul|Sar-i Pul|Sarpul",
    ],
)
def test_spellings_of_one_name_fold_alike(spellings):
    assert len({fold_name(spelling) for spelling in spellings.split("|")}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Paktia", "Paktika"), ("Kunar", "Kunduz"), ("Ghor", "Ghorian"), ("Kabul", "Zabul"),
        ("Farah", "Faryab"), ("Bala", "Balkh"), ("Logar", "Laghman"), ("Badghis", "Badakhshan"),
        ("Khost", "Khas"), ("تخار", "تخت"), ("کنر", "کندز"), ("پکتیا", "پکتیکا"),
    ],
)  # fmt: skip
def test_names_that_differ_do_not_fold_alike(one, other):
    assert fold_name(one) != fold_name(other)


def test_folding_merges_no_two_provinces(country):
    names = [
        {loosen(fold_name(name)) for name in (place.name, *place.also)}
        for place in country.gazetteer
        if place.kind == "province"
    ]
    assert len(names) == 34
    assert not [one & other for one, other in combinations(names, 2) if one & other]


def test_places_of_one_folded_name_bear_that_name_or_are_asked_about(gazetteer):
    """Where two names fold alike, they are the same name, or the answer is not one of the two."""
    by_name: dict[str, set[str]] = {}
    for place in gazetteer:
        if place.kind != "outside":
            for name in (place.name, *place.also):
                by_name.setdefault(fold_name(name), set()).add(place.id)
    shared = {name: ids for name, ids in by_name.items() if len(ids) > 1}
    assert len(shared) > 100
    for name, ids in shared.items():
        found = gazetteer.find(name)
        if found.status == "resolved":
            bearers = without_other_spellings([gazetteer[key] for key in sorted(ids)], name)
            areas = {code for place in bearers for code in place.provinces}
            assert areas == set(found.place.provinces), (name, found.reason)
        else:
            assert found.status == "ambiguous", name


def test_a_spelling_known_for_one_namesake_is_no_answer(gazetteer):
    for kind in ("province", "settlement"):
        assert gazetteer.find("Kondoz", kind=kind).status == "resolved"
    assert gazetteer.find("Kondoz").status == "ambiguous"
    assert gazetteer.find("بهارک").status == "ambiguous"


def test_a_name_known_inside_and_outside_is_a_question(gazetteer):
    """Unless it is, letter by letter, that of an area or capital inside: then it is not listed."""
    at_home: dict[str, list[Place]] = {}
    for place in gazetteer:
        if place.kind != "outside":
            for name in (place.name, *place.also):
                at_home.setdefault(fold_name(name), []).append(place)
    shared = [p for p in gazetteer if p.kind == "outside" and fold_name(p.name) in at_home]
    assert len(shared) > 40
    for place in shared:
        found = gazetteer.find(place.name)
        assert found.status == "ambiguous", (place, found)
        assert {one.kind for one in found.candidates} > {"outside"}


def test_a_long_text_is_refused_unread(gazetteer):
    for text in ("a" + " " * 100_000 + "b", "a," * 100_000, "(" * 100_000, "ٱ" * 100_000):
        found = gazetteer.find(text)
        assert (found.status, found.reason[:9]) == ("unknown", "This text")


@pytest.mark.parametrize("name", ["", " ", "-", "\u200c", "۝", "a" * 10_000, "(", ",,", "的", "د"])
def test_what_is_no_name_is_unknown(gazetteer, name):
    assert gazetteer.find(name).status == "unknown"
