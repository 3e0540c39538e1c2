"""Reports of the usual kinds are read: releases, agencies, round-ups, posts, judgements."""

from __future__ import annotations

from datetime import date

import pytest
from short_texts import read_short

from benchmarks.data import workspace
from geo.reports.capital_mentions import capital_mentions
from geo.reports.number_mentions import number_mentions
from geo.reports.scenes import scenes_of
from geo.reports.sentences import sentences

DAY = date(2022, 5, 24)  # a Tuesday


def read(text, published=DAY):
    return read_short(text, published)


def told(text, published=DAY):
    """The provinces of the suggested records, and their dates; a question has no date."""
    found = set()
    for one in read(text, published).suggestions:
        codes = {code for place in one.places for code in place.location.provinces}
        when = one.when.date.edtf if one.when else ""
        found.add((",".join(sorted(code.removeprefix("AF-") for code in codes)), when))
    return found


# Where

PLACES = {
    "A Taliban explosives expert was arrested in Zurmat district, Paktia province, Monday.": "PIA",
    "Men shot at a patrol in the south of Daykundi province, near the border with Uruzgan, "
    "yesterday and killed two.": "DAY",
    "Gunmen overran an outpost south of Ghazni, on the main road from Kabul to Kandahar, on "
    "Monday.": "GHA",
    "A bomb killed two in Kunduz on Monday; the wounded were taken to a hospital in Kabul.": "KDZ",
    "In the west of the capital, men shot four people on Monday.": "KAB",
    "The toll of Friday's attack in the centre of the Afghan capital has risen to 17.": "KAB",
    "An old mine killed two herders near Baharak yesterday. It is in Badakhshan, not in "
    "Jowzjan.": "BDS",
}  # fmt: skip


@pytest.mark.parametrize("text", PLACES)
def test_the_place_of_an_event_is_told_from_those_around_it(text):
    assert {code for code, _ in told(text)} == {PLACES[text]}


NOWHERE = [
    "KABUL, Afghanistan — Two service members died following an attack today.",
    "ISLAMABAD/KABUL (May 24) - Both sides agreed to a ceasefire on Monday.",
    "Two people were killed on the Ghor-Kabul highway on Monday.",
    "Six tourists, three of them from Spain, were killed on Friday.",
    "The raid adds to tensions between Afghanistan and Pakistan; two died on Monday.",
    "The defence ministry in Kabul said that sixty militants were killed on Monday.",
    "The group conducts attacks against the police in Paktika and Khost.",
    "Raids continue in Paktika, and nobody counts them.",
    "The incident occurred on Saturday, Mizan 23.",
]


@pytest.mark.parametrize("text", NOWHERE)
def test_a_place_that_is_not_that_of_an_event_is_not_suggested(text):
    assert {code for code, _ in told(text)} <= {""}


def test_the_capital_is_no_place_where_it_can_be_that_of_a_province():
    country = workspace().country
    for text in (
        "They entered Kunduz and took the capital.",
        "The capital of the province fell.",
        "The capital, Qalat, was calm.",
        "The provincial capital fell. Officials fled the capital.",
        "The Malian capital was calm.",
    ):
        known = read(text).mentions if "Kunduz" in text else ()
        known = [one for one in known if one.kind == "place"]
        assert capital_mentions(text, country, known) == (), text


def test_a_village_far_from_all_else_is_a_question():
    text = (
        "An explosion at a restaurant in the western district of Dehmazang killed three on "
        "Monday, said the spokesman for the police of Kabul, and Kabul was closed."
    )
    asked = [one for one in read(text).mentions if one.text == "district of Dehmazang"]
    assert [one.value.location.status for one in asked] == ["ambiguous"]
    assert asked[0].value.location.provinces == ()


# Lists, headings and round-ups

ROUND_UP = """ROUND-UP, 20 May 2022

▪️ Herat: two policemen killed in Karukh
▪️ Ghazni: airstrikes last night in Malistan, planes not known
▪️ Panjshir: calm. Roads full of cars from Kabul."""


def test_a_round_up_is_read_entry_by_entry_with_the_date_of_its_heading():
    assert told(ROUND_UP) == {("HER", "2022-05-20"), ("GHA", "2022-05-23")}


CASUALTIES = """May 20 Zabul Province: three soldiers killed

The Taliban attacked a post in Arghandab District. Three soldiers were killed.

May 19 Helmand Province: six policemen killed

The Taliban attacked posts in Nawa District, killing six policemen."""


def test_a_heading_dates_and_places_what_follows_it():
    assert told(CASUALTIES) == {("ZAB", "2022-05-20"), ("HEL", "2022-05-19")}


NUMBERED = """MoD, 24/05/2022. Operations within the past 24 hours:

1. Ghazni: 21 insurgents were killed in Waghaz.
2. Oruzgan: 10 were killed in Shahid Hasas.
3. Farah: 8 were killed, Pushtrod."""


def test_the_entries_of_a_numbered_list_have_the_date_of_its_head():
    days = "2022-05-23/2022-05-24"
    assert told(NUMBERED, None) == {("GHA", days), ("URU", days), ("FRA", days)}


# When

DATES = {
    "Earlier this week 22 policemen died in Maiwand district, on Monday.": "2022-05-23",
    "- Power pylon blown up Sat in Baghlan": "2022-05-21",
    "Sat 21/5: exchange of fire near Zaranj": "2022-05-21",
    "The war began in the spring of 2021, when convoys were ambushed in Andarab in May.": "2021-05",
    "Two died in attacks on May 20 and 21, said a report posted on its website Monday.":
        "2022-05-20/2022-05-21",
    "Two died in attacks in Kunduz on April 20-21, 2022.": "2022-04-20/2022-04-21",
}  # fmt: skip


@pytest.mark.parametrize("text", DATES)
def test_the_finest_date_of_an_event_is_taken(text):
    assert {day for _, day in told(text)} == {DATES[text]}


@pytest.mark.parametrize(
    "text",
    [
        "The ministry on Monday denied that a bomb killed ten people in Kunduz.",
        "The commission (AIHRC) on Monday expressed concern, as nine people were killed in Kunduz.",
        "The front hit posts in Kunduz, its spokesman told members of the council on Monday.",
    ],
)
def test_the_day_of_a_statement_is_no_date_of_the_event(text):
    assert {day for _, day in told(text)} == {""}


def test_what_happened_before_an_event_is_told_apart():
    text = (
        "A bomb killed four people in Kabul on Monday. It was the first attack in the city since "
        "gunmen stormed a restaurant on January 17, killing 21 people."
    )
    assert {day for _, day in told(text)} == {"2022-05-23", "2022-01-17"}


def test_a_sum_over_the_country_is_no_figure_of_an_event():
    text = (
        "Nine civilians were killed in an airstrike in Tagab district, Kapisa province, on "
        "Monday. More than 1,690 civilians were killed across the country, the mission said."
    )
    (record,) = read(text).suggestions
    assert [f.number.best for claim in record.claims for f in claim.figures] == [9]


# Who

SPEAKERS = {
    "A raid was planned, said Lt. Col. J. Roe. He left.": "Lt. Col. J. Roe",
    "In May, Member States estimated that it had 4,000 men.": "Member States",
    "People of the district say that two men were taken away.": "People of the district",
    "The front took the responsibility. Local reports from Kunduz are few.": "The front",
}  # fmt: skip


@pytest.mark.parametrize("text", SPEAKERS)
def test_who_speaks_is_found_by_rank_and_name(text):
    found = [one.text for one in read(text).mentions if one.kind == "speaker"]
    assert any(one.startswith(SPEAKERS[text]) for one in found), found
    assert not {"Kunduz", "Lt"} & set(found)


def test_the_head_of_a_list_is_nobody_who_speaks():
    text = "Operations of the Afghan National Army within the past day:\n\n- two killed in Kunduz"
    assert [one for one in read(text).mentions if one.kind == "speaker"] == []


def test_people_who_are_taken_from_somewhere_are_captured():
    text = "The Taliban have taken more than 19 persons from their houses in Baghlan since Monday."
    (number,) = (one.value for one in read(text).mentions if one.kind == "number")
    assert (number.low, number.of_what) == (20, "captured")


def test_the_number_of_an_entry_is_no_sentence():
    text = "1. Two were killed.\n2. Three left."
    assert [text[one.start : one.end] for one in sentences(text)] == [
        "Two were killed.", "Three left.",
    ]  # fmt: skip
    assert all(one.is_entry for one in scenes_of(text, sentences(text), ()))


def test_an_accident_is_no_record():
    assert told("Eight people died when two vehicles collided in Nangarhar on Monday.") == set()
    assert told("A car overturned when it hit a mine in Nangarhar on Monday; two died.") != set()


def test_how_groups_are_present_is_not_read_as_an_event():
    text = (
        "A commander leads the external operations unit of ISIL-K, active in Kunar and Nuristan, "
        "and attempts to expand operations. It runs a weapons depot in Panjshir."
    )
    assert {one.kind for one in read(text).suggestions} == {"presence"}
    assert {code for code, _ in told(text)} == {"KNR,NUR", "PAN"}


def test_judges_in_a_list_say_nothing():
    text = (
        "Near-daily attacks have targeted politicians, journalists, judges, and clerics in Kabul."
    )
    assert [one for one in read(text).mentions if one.kind == "speaker"] == []


# How many


def counted(text):
    """Every figure: low, best and high, and what it counts."""
    parts = []
    for one in number_mentions(text):
        value = one.value
        range_ = [
            "-" if part is None else str(part) for part in (value.low, value.best, value.high)
        ]
        parts.append(f"{'/'.join(range_)} {value.of_what}")
    return ", ".join(parts)


ROUNDED = {
    "Thirty-odd men died.": "-/30/- killed",
    "Upward of forty people died.": "41/-/- killed",
    "The bomb killed six, perhaps seven, people.": "6/-/7 killed",
    "The bomb killed anywhere between six and ten.": "6/-/10 killed",
}


@pytest.mark.parametrize("text", ROUNDED)
def test_a_number_is_as_sure_as_the_words_around_it(text):
    assert counted(text) == ROUNDED[text]


TOLD = {
    "Twin brothers were shot dead.": "2/2/2 killed",
    "A father and son were shot.": "2/2/2 killed",
    "Shopkeeper and his son shot dead.": "2/2/2 killed",
    "An ambush cost the army a pickup and four men.": "4/4/4 killed",
    "Six rebels hiding in a cave were removed from the battlefield.": "6/6/6 killed",
    "The elders spoke of eight villagers with rifles, killed at their side.": "8/8/8 killed",
    "News came of a policeman killed this morning by a mine.": "1/1/1 killed",
    "Two of the wounded died in the night.": "2/2/2 killed",
    "Five guards escaped with light injuries.": "5/5/5 injured",
    "A mine left a driver with a wounded arm.": "1/1/1 injured",
    "Doctors treated nine people for shrapnel wounds.": "9/9/9 injured",
    "Three guards sustained severe splinter wounds.": "3/3/3 injured",
    "Three guards were hit in the shoulder.": "3/3/3 injured",
    "Two boys were killed and their mother wounded by a mine.":
        "2/2/2 killed, 1/1/1 injured",
    "Attack on a post: 3 killed 2 wounded, says the front.": "3/3/3 killed, 2/2/2 injured",
    "A Taliban leader known as Qari Basir was killed on Sunday.": "1/1/1 killed",
    "An officer notorious for beating teachers was shot dead.": "1/1/1 killed",
    "A commander of the army by name of Zahir was gunned down.": "1/1/1 killed",
    "Their driver, who tried to turn the jeep, was shot.": "1/1/1 killed",
    "Their son and brother, Captain Mohammad Nasir, was martyred.": "1/1/1 killed",
    "Armed men shot dead Bibi Hawa, the principal.": "1/1/1 killed",
    "Three passengers were fatally injured.": "3/3/3 killed",
    "All four of the fighters riding in it died.": "4/4/4 killed",
    "UNAMA recorded 37 arbitrary arrests.": "37/37/37 captured",
    "Two women who carried a banner were detained.": "2/2/2 captured",
    "The driver and the vaccinator were held.": "2/2/2 captured",
    "Two of his men, who were hurt beside him, have left hospital.": "2/2/2 injured",
    "The section leader lost two fingers.": "1/1/1 injured",
    "Karim Amini, a former judge, was shot dead.": "1/1/1 killed",
    "His body, with gunshot wounds, was discovered the next day.": "1/1/1 killed",
    "They killed three men, capturing a fourth.": "3/3/3 killed, 1/1/1 captured",
    "They drove off with two boys.": "2/2/2 captured",
    "The gunmen took nine passengers to an unknown place.": "9/9/9 captured",
    "Nine persons were flogged in public.": "9/9/9 other",
    "An engineer was taken out of his car, in the next district, and shot.": "1/1/1 killed",
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_what_befell_people_is_told_in_many_ways(text):
    assert counted(text) == TOLD[text]


ANOTHER = {
    "The police counted 24 dead. A councillor said there were 31.": "31",
    "Two people died, as the police tell it, or nine, as the group boasts.": "9",
    "12 guards died, the council said. Officials gave a higher number, more than 17.": "18",
    "The toll of the strikes on two provinces has risen to 23.": "23",
    "The hospital revised the toll from 28 to 31.": "31",
}


@pytest.mark.parametrize("text", ANOTHER)
def test_another_number_of_the_same_is_a_figure_too(text):
    assert counted(text).split(", ")[-1].split("/")[0] == ANOTHER[text]


NOBODY = [
    "Not a single soldier was killed.",
    "Villagers took four people from under the wall.",
    "Nine people were pulled alive from the rubble.",
    "In 2018 air operations caused more deaths than ever.",
    "Three quarters of the garrison died.",
    "A councillor counted many dead.",
    "Members of Demining Team 41 were led away.",
    "He is believed to be one of several who were kidnapped.",
    "Three shells from the hill fell on the market.",
    "They were taken to Lashkar Gah.",
    "Taliban Detain Villagers After Ambush",
    "Not one of the twelve was hurt.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_who_is_rescued_or_only_counts_the_dead_is_no_figure(text):
    assert not [one for one in number_mentions(text) if one.value.best is not None]
