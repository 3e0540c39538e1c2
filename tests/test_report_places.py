"""The places of a report: what its words name, through the gazetteer, and what stays a question."""

from __future__ import annotations

import pytest

from geo.places.country import Country
from geo.places.locations import Location
from geo.reports.city_parts import city_parts
from geo.reports.mentions import Mention, PlaceMention
from geo.reports.place_mentions import place_mentions
from geo.reports.province_votes import province_codes, province_vote


def places(text: str, country: Country) -> dict[str, Location]:
    found = {}
    for mention in place_mentions(text, country):
        assert isinstance(mention.value, PlaceMention)
        found[mention.text] = mention.value.location
    return found


@pytest.mark.parametrize(
    ("text", "words", "name", "kind", "province"),
    [
        ("In Nahr-e Saraj district, Helmand province, two died.",
         "Nahr-e Saraj district, Helmand province", "Nahri Sarraj", "district", "AF-HEL"),
        ("fighting in Khost's Terezayi district", "Khost's Terezayi district", "Tere Zayi",
         "district", "AF-KHO"),
        ("in Helmand province\u2019s Sangin district", "Helmand province\u2019s Sangin district",
         "Sangin", "district", "AF-HEL"),
        ("in the Chahar Darah district of Kunduz", "Chahar Darah district of Kunduz",
         "Chahar Dara", "district", "AF-KDZ"),
        ("in Surobi, Kabul province", "Surobi, Kabul province", "Surobi", "district", "AF-KAB"),
        ("in the northern province of Kunduz", "province of Kunduz", "Kunduz", "province",
         "AF-KDZ"),
        ("a bomb in Kunduz city", "Kunduz city", "Kunduz", "settlement", "AF-KDZ"),
        ("in the Panjshir Valley", "Panjshir Valley", "Panjshir", "province", "AF-PAN"),
        ("in Mazar-e-Sharif on Friday", "Mazar-e-Sharif", "Mazar-i-Sharif", "settlement",
         "AF-BAL"),
        ("Kandahar province, Spin Boldak district", "Kandahar province, Spin Boldak district",
         "Spin Boldak", "district", "AF-KAN"),
        ("in Pul-e Khumri City, the capital of Baghlan province",
         "Pul-e Khumri City, the capital of Baghlan province", "Pul-e Khumri", "settlement",
         "AF-BGL"),
        ("an attack on the Interior Ministry in Kabul", "Interior Ministry in Kabul",
         "Interior Ministry, Kabul", "site", "AF-KAB"),
    ],
)  # fmt: skip
def test_a_place_and_the_area_beside_it_are_one_mention(country, text, words, name, kind, province):
    location = places(text, country)[words]
    assert (location.name, location.kind, location.provinces) == (name, kind, (province,))


def test_names_of_a_list_share_the_word_for_their_kind(country):
    found = places(
        "in Zabul and Ghazni provinces; in the provinces of Balkh, Kunduz and Takhar", country
    )
    assert [one.name for one in found.values()] == ["Zabul", "Ghazni", "Balkh", "Kunduz", "Takhar"]
    assert {one.kind for one in found.values()} == {"province"}


@pytest.mark.parametrize(
    "text",
    [
        "Mullah Baradar and Gen. Farah Noorzai met Ahmad Shah Massoud.",
        "The New York Sun, the Kabul Times and Kabul Bank",
        "Soldiers of Task Force Helmand, Regional Command East and Camp Kandahar",
        "On Sunday, on the third Day of March, in May and on Sat This was said.",
        "a member of the Islamic Movement of Uzbekistan",
        "US forces and Pakistani troops",
        "the author Maiwand Nawabi writes",
        "It was to the north of the village; the eastern side of the wall was hit.",
    ],
)
def test_names_of_people_papers_units_and_days_are_no_places(country, text):
    assert places(text, country) == {}


def test_a_province_that_contradicts_its_neighbour_makes_a_question(country):
    location = places("in Kajaki district, Kandahar province", country)[
        "Kajaki district, Kandahar province"
    ]
    assert location.status == "ambiguous"
    assert {place.name for place in location.candidates} == {"Kajaki", "Kandahar"}
    assert "Kajaki is not known in Kandahar" in location.note


def test_a_district_of_two_provinces_is_decided_only_by_the_text(country):
    alone = places("Two men died in Surobi.", country)["Surobi"]
    assert alone.status == "ambiguous"
    beside = places("In Paktika province two men died, in Surobi and in Gayan.", country)["Surobi"]
    assert (beside.status, beside.provinces) == ("inferred", ("AF-PKA",))
    assert "which the same sentence names" in beside.note


def test_a_city_and_its_province_of_one_name_stay_a_question(country):
    location = places("Clashes were heard in Kunduz.", country)["Kunduz"]
    assert location.status == "ambiguous"
    assert province_codes(location) == ("AF-KDZ",)


def test_an_unknown_village_is_no_finer_than_its_province(country):
    location = places("in the Koti village of Kapisa province", country)[
        "Koti village of Kapisa province"
    ]
    assert (location.kind, location.provinces) == ("province", ("AF-KAP",))
    assert "No place called Koti is known there" in location.note


def test_a_misspelt_area_is_an_inference_with_its_reason(country):
    location = places("men from Deh Rahvad, Uruzgan", country)["Deh Rahvad, Uruzgan"]
    assert (location.status, location.provinces) == ("inferred", ("AF-URU",))
    assert "nothing else is spelled like this" in location.note


def test_regions_the_country_and_places_outside_are_told_apart(country):
    found = places(
        "in the northern and north-eastern provinces of Afghanistan, in the south, in Los Angeles, "
        "Philadelphia and New York, and in Quetta, Pakistan",
        country,
    )
    kinds = {words: location.kind for words, location in found.items()}
    assert kinds["the south"] == "region"
    assert [kinds[words] for words in ("Los Angeles", "Philadelphia", "New York")] == [
        "outside"
    ] * 3
    assert found["Quetta, Pakistan"].status == "outside"


def test_the_place_of_a_dateline_is_marked(country):
    text = "KABUL, Afghanistan (Sept. 20, 2012) \u2013 A man was killed in Kabul."
    flags = [mention.value.in_dateline for mention in place_mentions(text, country)]
    assert flags == [True, False]


def test_the_vote_leaves_datelines_out_and_weighs_stated_kinds(country):
    text = (
        "KABUL, Afghanistan (Nov. 2, 2012) A force arrested a man in Nangarhar province today. "
        "He planned attacks in Kunar and in Surobi."
    )
    votes = province_vote(place_mentions(text, country))
    assert (votes[0].code, votes[0].score) == ("AF-NAN", 3.0)
    assert votes[0].mentions[0].text == "Nangarhar province"
    assert {vote.code: vote.score for vote in votes}["AF-KAB"] == 0.5


def test_white_space_of_every_kind_keeps_positions(country):
    text = "A title\u2028\u00a0KABUL,\u00a0Afghanistan (Oct. 13) - He died in Wardak\u00a0province."
    found: tuple[Mention, ...] = place_mentions(text, country)
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]
    assert found[-1].text == "Wardak\u00a0province"
    assert found[0].value.in_dateline


def test_both_regions_of_one_phrase_are_named(country):
    found = places("across eastern and southern Afghanistan", country)
    assert [one.name for one in found.values()] == ["the east", "the south"]
    listed = places("in the southeastern provinces of Paktia, Paktika and Khost", country)
    assert {one.kind for one in listed.values()} == {"province"}


def test_the_beginning_of_a_longer_unknown_name_is_no_place(country):
    assert places("in Khwaja Baha al-Din", country) == {}
    assert places("in Spin Boldak Wednesday", country).keys() == {"Spin Boldak"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("A grenade was thrown in PD 9 of Kabul.", {"PD 9": "Kabul"}),
        ("In Kabul, PD5, a patrol was hit; in PD-11 another.", {"PD5": "Kabul", "PD-11": "Kabul"}),
        ("Two fell in the 7th police district of Herat city.", {"7th police district": "Herat"}),
        ("Herat was calm.\n\nA man was shot in District 12.", {"District 12": "Herat"}),
        ("Kunduz was calm, Kandahar was not: in police district 3 men shot.", {}),
        ("A man was shot in District 12.", {}),
        ("The 3rd district of Kabul to hear of it; district 40 of Kabul; 5 districts", {}),
        ("A bomb on Jalalabad Road, in the eastern part of Kabul", {"Jalalabad Road": "Kabul"}),
        ("Near Old Salt Road in Mazar-e Sharif", {"Salt Road": "Mazar-i-Sharif"}),
        ("A bomb on Jalalabad Road; Kabul was calm.", {}),
    ],
)
def test_a_part_of_a_city_is_no_finer_than_the_city_that_is_named(country, text, parts):
    found = city_parts(text, country, place_mentions(text, country))
    assert {one.text: one.value.location.name for one in found} == parts
    assert {one.value.location.status for one in found} <= {"inferred"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A bomb went off on Jalalabad Road.", []),
        ("They live off Kandahar Rd and work there.", []),
        ("A mine went off on the Kandahar road.", ["Kandahar"]),
        ("Two fell at Kandahar airport road.", ["Kandahar Airfield"]),
    ],
)
def test_a_road_that_is_named_after_a_town_is_not_in_it(country, text, names):
    assert [one.name or one.query for one in places(text, country).values()] == names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Farah. Two men were shot.", True),
        ("No 12; 20.11.14; Farah; checkpoint; 4 killed", True),
        ("SUBJECT: FARAH: ROAD LOST", True),
        ("| 4 July | Farah | 2 killed |", True),
        ("We thank Farah. She came again.", False),
        ("Farah said nothing.", False),
        ("Names: Nazar, Farah, Omid", False),
    ],
)
def test_a_name_that_is_all_of_a_sentence_or_of_a_cell_is_that_of_a_place(country, text, found):
    assert bool(places(text, country)) == found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Torkham gate was shut.", "Torkham"),
        ("The Islam Qala crossing was hit.", "Eslam Qaleh"),
        ("The Wakhan is quiet.", "Wakhan"),
        ("The north of Kunduz", "Kunduz"),
        ("Trucks wait at the Shibar pass.", "Shibar"),
    ],
)
def test_the_article_before_a_name_is_no_part_of_it(country, text, name):
    assert [one.name or one.candidates[0].name for one in places(text, country).values()] == [name]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "in the Zarghun Sar area of Nad Ali district",
            "Zarghun Sar area of Nad Ali district",
            "Nad Ali",
        ),
        ("in Kabul's Deh Kocha neighbourhood", "Kabul's Deh Kocha neighbourhood", "Kabul"),
        ("at Sang Bala bazaar, Andar district", "Sang Bala bazaar, Andar district", "Andar"),
        ("in the Kohi quarter of Herat", "Kohi quarter of Herat", "Herat"),
    ],
)
def test_an_unknown_part_is_no_finer_than_the_area_beside_it(country, text, words, name):
    location = places(text, country)[words]
    assert name in {location.name, *(one.name for one in location.candidates)}


def test_an_unknown_part_alone_is_no_place(country):
    assert places("Men stopped a car at Sang Bala bazaar.", country) == {}
