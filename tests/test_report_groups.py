"""The groups of a report: names on a day, back references, and words that name no group."""

from __future__ import annotations

from datetime import date

import pytest

from geo.dossier.intake import read_dossier
from geo.events.parties.actors import Registry
from geo.reports.group_mentions import group_mentions

DAY = date(2022, 5, 24)


@pytest.fixture(scope="module")
def read(data_folder):
    dossier = read_dossier((data_folder / "incidents.yaml").read_bytes()).dossier
    registry = Registry.of_folder(data_folder, dossier.groups)

    def groups(text: str, on: date | None = DAY) -> list[tuple[str, str]]:
        found = group_mentions(text, dossier, registry, on)
        return [(one.text, one.value.key or " ".join(one.value.candidates)) for one in found]

    return groups


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Taliban", "taliban"), ("Taleban", "taliban"), ("Islamic Emirate", "taliban"),
        ("al-Qaida", "al-qaeda"), ("al-Qa'ida", "al-qaeda"), ("Al Qaeda", "al-qaeda"),
        ("ISIS-K", "isis-k"), ("ISKP", "isis-k"), ("Daesh", "isis-k"), ("ISIS", "isis-k"),
        ("Haqqani network", "haqqani"), ("IMU", "imu"),
        ("Islamic Movement of Uzbekistan", "imu"), ("Islamic Movement Uzbekistan", "imu"),
        ("Pakistani Taliban", "ttp"), ("TTP", "ttp"), ("Tehrik-e-Taliban Pakistan", "ttp"),
        ("National Resistance Front (NRF)", "nrf"), ("NRF", "nrf"), ("AFF", "aff"),
        ("Hizb-e-Islami Gulbuddin", "hezb-e-islami"), ("Lashkar-e Tayyiba", "lashkar-e-taiba"),
    ],
)  # fmt: skip
def test_a_name_in_any_spelling_is_the_group(read, words, key):
    assert [found for _, found in read(f"Men of the {words} came.")][:1] == [key]


def test_a_possessive_is_left_out_of_the_words(read):
    assert read("The Taliban's men and the NRF\u2019s") == [("Taliban", "taliban"), ("NRF", "nrf")]


def test_members_name_their_network_and_persons_do_not(read):
    assert read("A Haqqani leader was seen.") == [("Haqqani", "haqqani")]
    assert read("Sirajuddin Haqqani spoke; Jalaluddin Haqqani leader of none.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The insurgents fled; anti-Taliban fighters and ex-Taliban men came.",
        "It is let to us that age is no matter.",
        "He lives in the United States and went to the US.",
        "A front of rain moved in; the front door broke.",
    ],
)
def test_words_that_name_no_group_are_no_mention(read, text):
    assert read(text) == []


def test_a_state_is_a_party_where_it_acts(read):
    assert read("A US drone strike; U.S. forces.") == [
        ("US drone", "united-states"), ("U.S.", "united-states"),
    ]  # fmt: skip


def test_a_name_means_what_it_meant_on_the_day(read):
    assert read("the Afghan National Army", date(2012, 1, 1)) == [
        ("Afghan National Army", "afghan-republic")
    ]
    assert read("the Government of Afghanistan", date(2012, 1, 1))[0][1] == "afghan-republic"
    assert read("the Government of Afghanistan", date(2022, 1, 1))[0][1] == "taliban"


def test_without_a_day_a_name_that_depends_on_it_is_a_question(read):
    assert "taliban afghan-republic" in read("the Government of Afghanistan", None)[0][1]


def test_the_front_is_the_only_one_named_or_a_question(read):
    assert read("The NRF spoke. Later the Front denied it.") == [("NRF", "nrf"), ("Front", "nrf")]
    assert read("The NRF and the AFF spoke. Later the Front denied it.")[-1] == ("Front", "nrf aff")
    assert read("Later the Front denied it.") == []


def test_a_state_is_a_party_where_it_acts_and_a_country_elsewhere(read):
    acting = {
        "Pakistan shelled Kunar.": "state-pakistan",
        "Kabul accused Pakistan of it.": "state-pakistan",
        "Iran's foreign ministry denied it.": "state-iran",
        "They clashed with soldiers of Tajikistan.": "state-tajikistan",
        "A ceasefire with Pakistan was agreed.": "state-pakistan",
        "Adam Birch, a US spokesman, said so.": "united-states",
        "Thousands of US Marines came.": "united-states",
        "A US gunship fired on the house.": "united-states",
        "Shells fired by Pakistan fell on three villages.": "state-pakistan",
    }
    for text, key in acting.items():
        assert [found for _, found in read(text)] == [key], text
    for text in (
        "The border with Pakistan is open.",
        "He fled to Iran.",
        "He studied in the US for two years.",
        "US dollars were found in the car.",
        "Iran and Uzbekistan met.",
    ):
        assert read(text) == [], text


def test_short_names_are_those_of_a_group_unless_they_name_something_else(read):
    assert [key for _, key in read("TB attacked a post; two Talibs were hurt.")] == ["taliban"] * 2
    assert read("TB patients were treated. Abu Talib was hurt.") == []
    assert read("Two AK-47s and an AK-74 were found.") == []


def test_the_emirate_is_the_group_that_was_called_so_before(read):
    found = read("The Islamic Emirate said nothing. The Emirate denies it.")
    assert found == [("Islamic Emirate", "taliban"), ("Emirate", "taliban")]


def test_the_forces_of_a_commander_are_also_his_men(read):
    assert read("The men of Ismail Khan left.", date(2002, 11, 12)) == [
        ("men of Ismail Khan", "forces-ismail-khan")
    ]


@pytest.mark.parametrize(
    ("text", "words", "key"),
    [
        ("Dutch troops cleared the road.", "Dutch troops", "state-netherlands"),
        ("Shells of the Pakistani army fell there.", "Pakistani army", "state-pakistan"),
        ("Iranian border guards fired at them.", "Iranian border guards", "state-iran"),
        ("They were handed to British special forces.", "British special forces", "united-kingdom"),
        ("The Bundeswehr gave no number.", "Bundeswehr", "state-germany"),
        ("Four tankers for Nato burned.", "Nato", "nato"),
        ("The Americans left the valley.", "Americans", "united-states"),
        ("Two advisers came with UK mentors.", "UK", "united-kingdom"),
        ("It was laid by supporters of Mullah Rasul.", "supporters of Mullah Rasul",
         "taliban-rasul"),
    ],
)  # fmt: skip
def test_the_armed_people_of_a_country_are_the_party(read, text, words, key):
    assert (words, key) in read(text)


def test_people_of_a_country_who_can_be_anybody_are_no_party(read):
    assert read("Two Germans and an American teacher were there; French cheese was sold.") == []


def test_police_of_the_country_are_whoever_ruled_on_the_day(read):
    text = "Afghan special police searched the house."
    assert read(text, date(2011, 9, 13)) == [("Afghan special police", "afghan-republic")]
