"""What a text tells is divided into events, each with the places and the parties of its own."""

from __future__ import annotations

from datetime import date

import pytest
from short_texts import read_short

PLACES = {
    "The body of a driver from Baghlan was found in Kahmard on Monday.": "Kahmard",
    "Villagers who walked to Yakawlang say that three men were shot in Balkhab.": "Balkhab",
    "A bus on its way from Kandahar to Farah was hit by a mine in Qarabagh, Ghazni.":
        "Qarabagh, Ghazni",
    "Two facilitators were detained without incident in Baghlan-e Jadid, Baghlan.":
        "Baghlan-e Jadid, Baghlan",
    "Fighting was reported on the border of Faryab and Jawzjan.": "Faryab + Jawzjan",
    "Threats and arrests go on in Kandahar, Helmand and Takhar.": "",
    "Two were killed in Kajaki. Where the incident took place in Farah, all is calm.": "Kajaki",
    "2207; 4 July; Ghor; Pasaband; two policemen killed": "Pasaband",
    "HELMAND\n\nTwo were killed on Monday.\n\nA bomb killed three.\n\nTAKHAR\n\nA man was shot.":
        "HELMAND/HELMAND/TAKHAR",
    "Log of incidents\n\nKandahar – Spin Boldak: gunmen shot dead a former policeman\n"
    "Kunar: rockets from across the border landed in Dangam, no casualties\n"
    "Takhar – Farkhar: fighters attacked a checkpoint, 4 Taliban killed":
        "Spin Boldak/Dangam/Farkhar",
    "Seven died in Sangin on Monday.\n\nResidents of Mehtarlam welcomed the arrest of two men.":
        "Sangin/Mehtarlam",
    "By a staff writer, Kabul\n\nTwo men were shot dead.": "",
    "Six were killed at the pass in Khost-o-Fereng, Baghlan province.":
        "Khost-o-Fereng, Baghlan province",
    "Two died at Dahaneh, a village in Now Zad District of Helmand Province.":
        "Dahaneh, a village in Now Zad District of Helmand Province",
    "Date: 4 May\nPlace: Sangin\nWhat: Two soldiers killed by a mine\n\n"
    "Date: 3 May\nPlace: Spin Boldak\nWhat: Gunmen abducted an elder": "Sangin/Spin Boldak",
    "What: Two soldiers killed by a mine\nWhere: Sangin\nWhen: 4 May\n\n"
    "What: Gunmen abducted an elder\nWhere: Spin Boldak\nWhen: 3 May": "Sangin/Spin Boldak",
    "In Ghazni four policemen died in an ambush, and in Wardak a tanker was burned.":
        "Ghazni/Wardak",
}  # fmt: skip
PARTIES = {
    "Two Taliban fighters were hit in Sangin.": "/taliban",
    "Gunmen of Islamic State stormed an office in Jalalabad.": "isis-k/",
    "Four fighters died in an operation of the NRF in Dara.": "nrf/",
    "The killing of the Taliban in Sangin was denied.": "/taliban",
    "Three districts fell to the Taliban on Monday in Kandahar.": "taliban/",
    "A Taliban post was overrun by the NRF in Andarab.": "nrf/taliban",
    "A convoy of the Taliban fell into an ambush in Chal district of Takhar.": "/taliban",
    "Seven died when a bomber reached a house used by the Taliban in Kunduz.": "/",
    "Two were killed in Kunduz. No group, including the Taliban, claimed responsibility.": "/",
    "A Taliban convoy came under fire in Imam Sahib district on Monday.": "/taliban",
    "A Taliban patrol drew fire in Imam Sahib district on Monday.": "/taliban",
    "The Taliban lost six men in Imam Sahib district on Monday.": "/taliban",
    "A Taliban vehicle ran over a buried bomb in Imam Sahib district on Monday.": "/taliban",
    "The Taliban suffered heavy losses in Imam Sahib district on Monday.": "/taliban",
    "A Taliban commander did not survive an ambush in Imam Sahib district on Monday.": "/taliban",
    "Taliban fighters took eight passengers off a bus in Imam Sahib on Monday.": "taliban/",
    "Taliban forces came under fire from the NRF in Imam Sahib district on Monday.": "nrf/taliban",
    "The Taliban answered with raids in Khanabad and in Zaranj on Monday.": "taliban/",
    "SVBIED vs. ISAF bus in Paghman on Monday.": "/nato",
    "Fifty were killed jointly by the Taliban and ISKP in Sayyad on Monday.": "taliban,isis-k/",
    "Commandos retook the main square of Khanabad on Monday from Taliban militants.": "/taliban",
    "An ambush in Khanabad on Monday cost the Taliban a pickup and four men.": "/taliban",
    "Sibghatullah Ahmadi, spokesman of the NRF, wrote that its fighters had killed 13 "
    "Taliban in an ambush in Khanabad on Monday.": "nrf/taliban",
    "The freedom fighters of the AFF carried out an operation in Khanabad on Monday.": "aff/",
    "Taliban special forces, together with local police, launched an operation against the "
    "NRF in Khanabad on Monday.": "taliban/nrf",
    "A shepherd died in Taliban custody in Khenj on Thursday.": "taliban/",
    "Local sources put the Taliban losses in Khanabad at five to six dead on Monday.": "/taliban",
    "A former officer was arrested by de facto police in Paghman on Monday.": "taliban/",
    "De facto authorities arrested a former officer in Paghman on Monday.": "taliban/",
    "A car exploded by the gate of the Taliban court in Paghman on Monday.": "/",
    "Taliban forces captured three members of the NRF in Khanabad on Monday.": "taliban/nrf",
    "Attack v Taliban CP in Khanabad on Monday, 2 killed.": "/taliban",
    "A man was shot dead by members of the Taliban in Khanabad on Monday.": "taliban/",
    "The Taliban advance in Khanabad left nine civilians dead on Monday.": "taliban/",
    "Five police lost their lives when Taliban fighters raided a post in Sangin.": "taliban/",
    "Eight Taliban members handed themselves over with their weapons in Sangin.": "/taliban",
    "A car bomb near the NATO headquarters killed twelve people in Kabul.": "/nato",
    "Twelve were wounded by gunfire of the Taliban in Khanabad on Monday.": "taliban/",
    "Rockets of the Taliban hurt six people in Khanabad on Monday.": "taliban/",
    "The NRF lost four men in a Taliban ambush in Khanabad on Monday.": "taliban/nrf",
    "Taliban fighters stormed a checkpoint manned by NRF men in Khanabad on Monday.": "taliban/nrf",
    "Five NRF men were killed in Khanabad on Monday as Taliban attacked their post.": "taliban/nrf",
    "A bomb in a cart killed four in Khanabad on Monday. ISKP says it did this.": "isis-k/",
    "A blast killed four in Khanabad on Monday. The attack was the work of ISKP.": "isis-k/",
    "A blast killed four in Khanabad on Monday. It was not the work of ISKP.": "/",
    "The April vote\n\nJan 17 - Gunmen storm an inn in Khanabad. ISKP claims it.": "isis-k/",
    "A man in ANA uniform opened fire on guards in Khanabad on Monday.": "/",
    "Talks between the NRF and the Taliban stopped after a blast in Khanabad on Monday.": "/",
    "A grenade attack in Khanabad on Monday left two dead among the Taliban.": "/taliban",
    "A mine found near the airport in Khanabad on Monday was defused by the Taliban.": "/",
    "The NRF says it has nothing to do with the grenade that hurt a boy in Khanabad.": "/",
    "The Taliban governor says a house in Khanabad was struck and three in it died.": "/",
    "US aircraft bombed a hideout of Islamic State in Khanabad on Monday.": "united-states/isis-k",
    "A search of three houses in Khanabad on Monday; two Taliban suspects detained.": "/taliban",
}
PRESENT = {
    "On ISKP. The group is dispersed. Small cells exist in Kunar and Nuristan.": ["isis-k"],
    "The NRF denied it. He had been trained in Takhar.": [],
}


def read(text):
    return read_short(text, date(2022, 8, 6))


@pytest.mark.parametrize("text", PLACES)
def test_each_event_has_the_places_where_it_was(text):
    records = [one for one in read(text).suggestions if not one.apart]
    found = [" + ".join(place.location.query for place in one.places) for one in records]
    assert "/".join(one or "-" for one in found if one or len(found) > 1) == PLACES[text]


@pytest.mark.parametrize("text", PARTIES)
def test_a_party_is_on_the_side_that_the_words_give_it(text):
    (record, *_) = read(text).suggestions
    sides = [[one.group.key for one in side] for side in (record.groups, record.against)]
    assert "/".join(",".join(side) for side in sides) == PARTIES[text]


@pytest.mark.parametrize("text", PRESENT)
def test_what_a_group_has_is_that_of_the_group_a_paragraph_is_about(text):
    records = [one for one in read(text).suggestions if one.kind == "presence" and not one.apart]
    assert [one.group.key for record in records for one in record.groups] == PRESENT[text]


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Islamic Emirate\n\nOur men struck a tank in Sangin.", ["taliban"]),
        ("Islamic Emirate\n\nTwo died in Sangin by a mine of the Mujahideen.", ["taliban"]),
        ("Islamic Emirate\n\nOur men were hit in Sangin.", []),
        ("Yesterday the Mujahideen struck a tank in Sangin.", []),
    ],
)
def test_our_men_are_those_of_whoever_issued_a_text(text, acts):
    (record, *_) = read(text).suggestions
    assert [one.group.key for one in record.groups] == acts


def test_the_entries_of_a_list_of_acts_are_those_of_whoever_does_them():
    text = (
        "National Resistance Front of Afghanistan\n\nOur forces have carried out two operations:"
        "\n\nFirst: A checkpoint in Warsaj was attacked with rockets.\n\n"
        "Second: In Andarab a grenade was thrown into a post of the Taliban."
    )
    records = read(text).suggestions
    assert [[one.group.key for one in record.groups] for record in records] == [["nrf"], ["nrf"]]
