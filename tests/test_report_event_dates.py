"""The days of what short texts tell: stated for it, carried to it, or a question."""

from __future__ import annotations

from datetime import date

import pytest
from told_days import days

TOLD = (
    "KUNDUZ (Agency): Two policemen were killed by a bomb in Imam Sahib district of Kunduz "
    "province, an official said on Tuesday.\n\n"
)


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("The police chief said the incident happened on Monday night.", "2022-05-23"),
        ("It happened on Monday.", "2022-05-23"),
        ("Neighbours say it happened on Monday at about nine.", "2022-05-23"),
        ("The blast took place the day before.", "2022-05-23"),
        ("It began on Saturday and ended on Sunday.", "2022-05-21/2022-05-22"),
        ("Nothing else is known.", ""),
    ],
)
def test_when_the_incident_happened_is_the_day_of_what_was_told_before(words, edtf):
    assert days(TOLD + words) == [edtf]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        (
            "The ministry declined on Tuesday to say where the strike of last Friday hit.",
            "2022-05-20",
        ),
        ("Two guards were killed in Kunduz, as our April issue had it.", ""),
        (
            "The site reports the fall of a post on Friday: five policemen dead in Kunduz.",
            "2022-05-20",
        ),
        (
            "The minister (Mr Hale): My Lords, on 12 May a bomb killed two men in Kunduz.",
            "2022-05-12",
        ),
    ],
)
def test_the_day_of_words_is_not_that_of_deeds(text, edtf):
    assert days(text) == [edtf]


def test_a_list_of_operations_has_the_day_of_its_heading():
    text = (
        "Ministry of Defence\nOffice of the spokesman\n24 May 2022\n\nReport on operations of the "
        "last 24 hours\n\n1 - Kunduz: Four militants were killed in Imam Sahib district.\n\n"
        "2 - Herat: Two militants were killed in Shindand district.\n\n"
        "3 - Kabul: One guard was killed by a mine in Paghman district yesterday."
    )
    assert days(text) == ["2022-05-23/2022-05-24", "2022-05-23/2022-05-24", "2022-05-23"]


def test_an_entry_has_the_day_of_its_own_head():
    text = (
        "Log, week 20 (amended 23 May)\n\nID 4. 18 May 2022, 22:00 local. Imam Sahib, Kunduz. "
        "Gunmen attacked a post. Killed: 2."
    )
    assert days(text) == ["2022-05-18"]


def test_the_short_name_of_a_day_at_the_head_of_an_entry_is_no_town():
    text = (
        "Security note, week ending 22 May 2022\n\nKUNDUZ\nMon 16 May: gunmen shot a guard in Imam "
        "Sahib.\n\nHERAT\nThurs 19 May: a bomb killed two men in Shindand."
    )
    assert days(text, date(2022, 5, 22)) == ["2022-05-16", "2022-05-19"]


def test_the_number_of_an_entry_is_no_day_of_its_date():
    text = (
        "Case 4 - 6 May, Imam Sahib, Kunduz: gunmen shot a guard.\n\n"
        "Case 118 - 8 May, Shindand, Herat: a bomb killed two men."
    )
    assert days(text) == ["2022-05-06", "2022-05-08"]


def test_a_day_in_brackets_may_be_a_short_sunday():
    text = (
        "Kunduz - Gunmen shot a guard in Imam Sahib (Sat).\n"
        "Herat - A bomb killed two men in Shindand (Sun)."
    )
    assert days(text) == ["2022-05-21", "2022-05-22"]


def test_a_word_such_as_earlier_counts_only_where_the_telling_begins():
    text = (
        "Two men were detained yesterday in Baghlan. Also, in Takhar, an air strike killed three "
        "fighters. Their leader died; nothing so far suggests that others were hurt."
    )
    assert days(text) == ["2022-05-23", "2022-05-23"]


def test_the_day_of_one_paragraph_is_not_carried_to_the_next():
    text = "Two men were killed yesterday in Baghlan.\n\nFrom Takhar we hear of three men killed."
    assert days(text) == ["2022-05-23", ""]


def test_updates_of_one_day_have_that_day():
    text = (
        "#Kunduz LIVE\n\n11:12 Blast, then shooting, today. More soon\n\n12:05 Hospital: 3 dead, "
        "9 injured\n\n14:20 Over. All attackers down"
    )
    assert set(days(text)) == {"2022-05-24"}


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        (
            "In Kunduz a road worker has been missing since Sunday, held by the Taliban.",
            "2022-05-22",
        ),
        ("Imam Sahib district of Kunduz has been in Taliban hands since 19 May.", "2022-05-19"),
        ("Fighting with the Taliban goes on in Kunduz since yesterday.", "2022-05-23"),
        ("Taliban have killed 30 policemen in Kunduz since Friday.", ""),
        ("Two drivers have been held by the Taliban in Kunduz since March.", ""),
        (
            (
                "Two drivers have been held by the Taliban in Kunduz since 19 May. 41 drivers have "
                "been held by them since January."
            ),
            "2022-05-19",
        ),
        ("Two drivers had been seized by the Taliban in Kunduz before Friday.", ""),
    ],
)
def test_what_goes_on_since_a_day_began_on_it_but_a_sum_of_dead_did_not(text, edtf):
    assert days(text) == [edtf]


AFTER_A_SUM = (
    "\n\nIn Kunduz province, gunmen shot five policemen at a post."
    "\n\nIn Herat, a bomb killed three men."
)


@pytest.mark.parametrize(
    ("told", "edtf"),
    [
        ("Two attacks on Sunday killed dozens of people.", "2022-05-22"),
        ("A wave of violence swept the country yesterday.", "2022-05-23"),
        ("Three separate incidents were recorded on 22 May.", "2022-05-22"),
        ("The Taliban said on Sunday that attacks would go on.", ""),
        ("Two attacks on Sunday killed many.\n\nA bomb killed nine men in Kabul on Friday.", ""),
    ],
)
def test_the_day_of_a_sum_is_that_of_each_event_after_it(told, edtf):
    assert days(told + AFTER_A_SUM)[-1] == edtf


def test_a_list_of_the_incidents_of_a_day_may_have_another_day_in_an_entry():
    text = (
        "May 24 (Norda) - Millions of people voted on Monday. The following are the "
        "security incidents of the day.\n\n* KUNDUZ - Gunmen shot five policemen at a post.\n\n"
        "* HERAT - A bomb killed three men on Sunday.\n\n* KABUL - Rockets wounded two women."
    )
    assert days(text) == ["2022-05-23", "2022-05-22", "2022-05-23"]


def test_a_second_title_leaves_the_day_of_the_first_to_the_text():
    text = (
        "Two killed by an air strike of 20 May in Kunduz\n\nSummary\n\n"
        "The strike killed two men of a family."
    )
    assert days(text) == ["2022-05-20"]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        (
            (
                "Two policemen were killed by a bomb in Imam Sahib on Sunday, but the Taliban "
                "denied any part in it."
            ),
            "2022-05-22",
        ),
        (
            "A bomb killed two men in Imam Sahib, but on Monday the Taliban denied any part in it.",
            "",
        ),
        (
            (
                "The strike in Imam Sahib (18 May, 9 dead) was no accident, even if the ministry "
                "denies it."
            ),
            "2022-05-18",
        ),
        (
            (
                "The death toll of Saturday's air strikes in Imam Sahib has risen to 23, officials "
                "said on Monday."
            ),
            "2022-05-21",
        ),
        (
            (
                "Nine people had been wounded in Sunday's attack in Imam Sahib, a doctor said on "
                "Monday."
            ),
            "2022-05-22",
        ),
        (
            "22 May: The National Resistance Front announced the killing of two Taliban in Warsaj.",
            "2022-05-22",
        ),
        (
            (
                "On 22 May, the National Resistance Front announced the killing of two Taliban in "
                "Warsaj."
            ),
            "",
        ),
        (
            (
                "An official reporting from Imam Sahib states that yesterday a car was destroyed "
                "by a bomb and 4 policemen died."
            ),
            "2022-05-23",
        ),
    ],
)
def test_the_day_of_a_denial_or_a_toll_is_not_that_of_the_deed(text, edtf):
    assert days(text) == [edtf]


def test_a_heading_of_a_day_dates_all_below_it():
    text = (
        "Strike summary of a week\n\n20 May\n\n* Near Imam Sahib in Kunduz: one engagement. Two "
        "fighters killed.\n\n* In Warsaj of Takhar three fighters were killed.\n\n22 May\n\n"
        "Two guards were shot in Herat.\n\nA bomb killed a driver in Kabul.\n\n"
        "Earlier, a mine had killed a boy in Ghazni."
    )
    assert days(text) == ["2022-05-20", "2022-05-20", "2022-05-22", "2022-05-22", ""]


def test_a_town_and_a_day_with_a_colon_are_no_dateline_once_the_text_has_begun():
    text = (
        "Negotiators speak of a deal in principle, while their colleagues in the field speak "
        "another language.\n\nKunduz, Friday 20 May: fighters enter before dawn and kill 20 "
        "soldiers. Kabul, Sunday 22 May: a car bomb kills twelve people."
    )
    assert days(text) == ["2022-05-20", "2022-05-22"]


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("Minutes later a mine wounded a driver in Warsaj of Takhar.", "2022-05-22"),
        ("At the same time rockets wounded a driver in Warsaj of Takhar.", "2022-05-22"),
        ("Later a mine wounded a driver in Warsaj of Takhar.", ""),
    ],
)
def test_what_followed_soon_was_on_the_same_day(words, edtf):
    told = "Gunmen shot two policemen in Imam Sahib of Kunduz on Sunday. "
    assert days(told + words) == ["2022-05-22", edtf]


def test_the_day_of_a_sentence_that_leads_in_is_that_of_what_it_leads_to():
    text = (
        "In Warsaj district of Takhar old friends are foes. On Friday the men of one mullah went "
        "against those of another.\n\nEleven of the latter were killed, the district chief said."
    )
    assert days(text) == ["2022-05-20"]
    text = "On Friday the parliament met.\n\nElsewhere, a bomb killed two men in Herat."
    assert days(text) == [""]


def test_a_denial_that_says_when_it_was_settles_the_day():
    text = (
        "Gunmen shot two policemen in Imam Sahib of Kunduz on Sunday. Hours later a mine wounded a "
        "driver in Warsaj of Takhar. The Taliban denied the attack in Warsaj, which occurred on "
        "Monday morning."
    )
    assert days(text) == ["2022-05-22", "2022-05-23"]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        (
            (
                "In a statement issued on Monday, the NRF said its fighters killed two Taliban in "
                "Warsaj of Takhar on Sunday night."
            ),
            "2022-05-22",
        ),
        ("Gunmen shot two elders in Imam Sahib of Kunduz. That was on Sunday.", "2022-05-22"),
        ("Imam Sahib, Kunduz, 20 May 2022: two policemen killed by a bomb.", "2022-05-20"),
        (
            (
                "It was Sunday, shortly after dawn.\n\nIn Imam Sahib of Kunduz, gunmen opened fire "
                "on a bus and killed nine people."
            ),
            "2022-05-22",
        ),
    ],
)
def test_the_day_of_a_deed_is_found_beside_others(text, edtf):
    assert days(text) == [edtf]
