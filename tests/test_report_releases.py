"""The place and the day of an event are those of its own sentence, not of what surrounds it.

The sentences are invented in the manner of press releases and agencies; persons are too.
"""

from __future__ import annotations

from datetime import date

import pytest
from short_texts import read_short

from geo.reports.report import Report
from geo.reports.suggestions import SuggestedRecord

DAY = date(2012, 10, 9)


def read(text: str, published: date | None = DAY) -> Report:
    return read_short(text, published)


def records(text: str, published: date | None = DAY) -> list[SuggestedRecord]:
    return [one for one in read(text, published).suggestions if not one.apart]


def provinces(text: str) -> set[str]:
    places = [place.location for one in records(text) for place in one.places]
    found = {code for one in places for code in one.provinces}
    for one in places:
        meanings = {each.provinces for each in one.candidates}
        found |= set(meanings.pop()) if len(meanings) == 1 else set()
    return found


def days(text: str, published: date | None = DAY) -> list[str]:
    return [one.when.date.edtf for one in records(text, published) if one.when]


ARREST = "A combined force detained a Taliban leader in Maiwand district, Kandahar province, today."


@pytest.mark.parametrize(
    "told",
    [
        "The leader is responsible for attacks in Lashkar Gah, Helmand province.",
        "The detained leader, who had forty fighters, also directed attacks in Herat province.",
        "He operated in Zabul and planned attacks in Kabul.",
        "Mullah Torak was a senior commander who moved weapons from Helmand to Ghazni.",
        "The target of this operation leads several cells in Uruzgan province.",
    ],
)
def test_who_somebody_is_gives_no_place_to_the_event(told: str) -> None:
    assert provinces(f"{ARREST} {told}") == {"AF-KAN"}


def test_a_clause_about_somebody_gives_neither_place_nor_day_to_the_event() -> None:
    text = (
        "A patrol killed a commander who led attacks in Logar province in July, "
        "during an operation in Chak district, Wardak province, on Sunday."
    )
    assert provinces(text) == {"AF-WAR"}
    assert days(text) == ["2012-10-07"]


def test_the_day_in_the_name_of_another_attack_is_not_that_of_the_event() -> None:
    text = "Troops killed a man behind the Aug. 7 attack, in Pul-e Alam, Logar province, on Monday."
    assert days(text) == ["2012-10-08"]


def test_a_place_that_is_only_referred_to_is_offered_with_a_question() -> None:
    (record,) = records(
        "Forces detained a man responsible for attacks in Hisarak, Nangarhar, today."
    )
    assert record.places[0].location.provinces == ("AF-NAN",)
    assert any("Did it happen there too?" in one for one in record.questions)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("A shell killed two in Charkh, Logar province, 60 km south of Kabul.", {"AF-LOG"}),
        ("A mine killed a judge in the west of Kabul.", {"AF-KAB"}),
        ("A bomb killed a former police chief of Baghlan in Taloqan.", {"AF-TAK"}),
        ("Gunmen killed four in Farah's Bala Baluk, not in Herat.", {"AF-FRA"}),
        ("Mujahideen killed two soldiers of the Kabul administration in Shahjoy.", {"AF-ZAB"}),
        ("A raid killed five in eastern Afghanistan's Kunar province.", {"AF-KNR"}),
        ("Two died in a blast in Gazhni.", {"AF-GHA"}),
        ("A mine killed one in Nangahar province.", {"AF-NAN"}),
        ("Insurgents overran a base at Baghlan-i-Markazi.", {"AF-BGL"}),
        ("A bomb killed nine in Pul-e 'Alam district.", {"AF-LOG"}),
        ("A blast in Dasht-e-Barchi killed ten.", {"AF-KAB"}),
    ],
)
def test_the_province_is_that_of_the_place_of_the_event(text: str, codes: set[str]) -> None:
    assert provinces(text) == codes


def test_a_name_that_is_set_apart_from_another_is_the_other_one() -> None:
    text = "A raid in Moqur (not to be mistaken with Moqur of Ghazni) killed nineteen on Monday."
    (record,) = records(text)
    assert record.places[0].location.provinces == ("AF-BDG",)


def test_an_event_here_is_where_the_text_was_written() -> None:
    text = "GARDEZ, Afghanistan - A rocket hit a school here on Monday and killed two."
    assert provinces(text) == {"AF-PIA"}


def test_an_event_without_a_place_is_asked_about_if_the_text_names_one_province_only() -> None:
    text = "A patrol went to a village in Chapa Dara, Kunar.\n\nFour insurgents were killed."
    (record,) = records(text)
    assert record.places[0].location.provinces == ("AF-KNR",)
    assert any("Did it happen there too?" in one for one in record.questions)


def test_the_head_of_a_release_names_no_place_of_its_events() -> None:
    head = "Oct. 9: Operations in Ghazni, Logar, Zabul\nJoint Command - Afghanistan  2012-10-CA-028"
    text = f"{head}  For Immediate Release\n A force detained two men in Khost province last night."
    assert provinces(text) == {"AF-KHO"}
    assert days(text, None) == ["2012-10-08"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("July 4: Two Operations in Zabul\nNEWS RELEASE 2010-07-CA-015\nA man died.", (2010, 7, 4)),
        ("Dec. 31: An Operation\n2011-01-S-002\nA man died.", (2010, 12, 31)),
        ("June 9, 2010 - Forces captured two men in Zabul yesterday.", (2010, 6, 9)),
        ("KABUL (A News - 07th July, 2021) Two men died.", (2021, 7, 7)),
        ("KABUL, Nov. 12, 2002. Rival commanders fought.", (2002, 11, 12)),
    ],
)
def test_the_day_of_a_text_is_read_from_its_head(text: str, day: tuple[int, int, int]) -> None:
    assert read(text, None).published == date(*day)


def test_a_log_without_a_word_for_a_release_has_no_day_of_its_own() -> None:
    assert read("June 14: Two killed in Kunar.\n\nJune 15: One killed.", None).published is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Ministers met on Monday, four days after a man shot two in Kapisa.", "2012-10-04"),
        ("An overnight raid in Zabul on Sunday killed two.", "2012-10-07"),
        ("The ministry accused Pakistan on Monday of strikes overnight on Barmal.",
         "2012-10-08/2012-10-09"),
        ("A patrol passed by Monday in Zabul when a bomb killed two.", "2012-10-08"),
        ("At monday noon two died in a blast in Zabul.", "2012-10-08"),
    ],
)  # fmt: skip
def test_the_day_is_that_of_the_event(text: str, day: str) -> None:
    assert day in days(text)


def test_days_are_counted_from_the_event_before() -> None:
    text = (
        "A bomb killed two in Herat on Monday. Two days before, gunmen shot a judge in Farah. "
        "Hours later, a mine killed five in Zabul."
    )
    assert days(text) == ["2012-10-08", "2012-10-06", "2012-10-06/2012-10-07"]


def test_the_day_of_a_text_without_another_one_is_only_asked_about() -> None:
    text = "KABUL, Afghanistan (Oct. 5, 2011)\nIn Ghorak district a force detained two men."
    (record,) = records(text, None)
    assert record.when is not None
    assert (record.when.date.edtf, len(record.when.date.candidates)) == ("", 1)
    assert record.when.date.candidates[0].edtf == "2011-10-05"


def test_every_entry_of_a_list_has_the_day_of_its_head() -> None:
    text = (
        "Other operations on Monday:\n\n"
        "- A force detained two men in Musahi district, Kabul province. They had weapons.\n\n"
        "- A force killed a man in Deh Yak district, Ghazni province.\n"
    )
    assert days(text) == ["2012-10-08", "2012-10-08"]


def test_both_provinces_are_the_two_named_last() -> None:
    text = (
        "The Taliban killed two in Nuristan on Monday, and three in Kunar on Sunday. "
        "Al-Qaeda is active in both provinces."
    )
    presence = [one for one in records(text) if one.kind == "presence"]
    codes = {code for one in presence for place in one.places for code in place.location.provinces}
    assert codes == {"AF-NUR", "AF-KNR"}


def test_the_town_of_whoever_issues_a_text_is_not_that_of_the_event() -> None:
    text = "MoD news, Kabul, 9 October 2012\n\nThe Taliban attacked a post in Zabul yesterday."
    assert provinces(text) == {"AF-ZAB"}
    assert days(text, None) == ["2012-10-08"]


def test_a_lie_that_is_rejected_places_nothing() -> None:
    text = (
        "We killed two in Jurm, Badakhshan. We reject the lie that a man was martyred in Andarab."
    )
    assert "AF-BGL" not in provinces(text)


def test_under_each_dateline_days_are_counted_from_its_day() -> None:
    text = (
        "HELMAND, Oct. 9 - A mine killed two in Sangin district yesterday.\n\n"
        "KANDAHAR, Oct. 7 - A mine killed three in Zhari district yesterday."
    )
    assert days(text) == ["2012-10-08", "2012-10-06"]


def test_the_same_day_is_not_that_of_what_an_attack_only_followed() -> None:
    text = (
        "A bomber struck a mosque in Gardez on Friday. It came a week after a bombing in Kandahar "
        "which killed ten. The same day, gunmen shot dead a cleric in Jalalabad."
    )
    assert days(text) == ["2012-10-05", "2012-09-28", "2012-10-05"]


def test_what_was_vaguely_earlier_has_neither_the_day_nor_the_place_of_the_event() -> None:
    text = "Three men were shot dead in Jalalabad on Monday, weeks after two were killed in Kunduz."
    found = {(place.location.provinces, bool(one.when and one.when.date.edtf))
             for one in records(text) for place in one.places}  # fmt: skip
    assert (("AF-NAN",), True) in found
    assert [is_dated for codes, is_dated in found if codes != ("AF-NAN",)] == [False]
