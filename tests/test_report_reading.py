"""Sentences, numbers, speakers and events of a report are read as its words state them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.reports.event_mentions import event_mentions
from geo.reports.mentions import EventMention, NumberMention, SpeakerMention
from geo.reports.number_mentions import number_mentions
from geo.reports.sentences import LONGEST_SENTENCE, sentences
from geo.reports.speaker_mentions import speaker_mentions

FIGURES = {
    "8 Taliban fighters killed in Panjshir.": "8/8/8 killed",
    "Killed: 5, Injured: 7.": "5/5/5 killed, 7/7/7 injured",
    "The blast killed two and wounded at least five others.": "2/2/2 killed, 5/-/- injured",
    "More than 400 Taliban members were killed or injured.": "401/-/- killed_or_injured",
    "Between 5 and 7 fighters died; up to 12 were hurt.": "5/-/7 killed, -/-/12 injured",
    "A soldier was killed.": "1/1/1 killed",
    "Killed:\n- 3 soldiers\n- 2 policemen\nWounded:\n- 5 civilians":
        "3/3/3 killed, 2/2/2 killed, 5/5/5 injured",
    "Killed (4), injured (6)": "4/4/4 killed, 6/6/6 injured",
    "Killed / wounded: 3 / 5": "",
    "A judge and his son were gunned down.": "2/2/2 killed",
    "The imam and one worshipper were killed.": "2/2/2 killed",
    "Nine died. The elders speak of 62.": "9/9/9 killed, 62/62/62 killed",
    "Nine died and two were hurt. The elders speak of 62.": "9/9/9 killed, 2/2/2 injured",
    "Gunmen had taken two engineers.": "2/2/2 captured",
    "Gul Rahim, 34, was beheaded.": "1/1/1 killed",
    "Gul Rahim (34) was arrested.": "1/1/1 captured",
    "Arrested were two journalists.": "2/2/2 captured",
    "4 EKIA, 2 EWIA": "4/4/4 killed, 2/2/2 injured",
    "Killed in action - 4, wounded - 9": "4/4/4 killed, 9/9/9 injured",
    "Two brave soldiers gave their lives.": "2/2/2 killed",
    "~30 killed": "-/30/- killed",
    "Nine passengers of a bus that hit a mine were killed.": "9/9/9 killed",
    "A guard was killed and his colleague wounded.": "1/1/1 killed, 1/1/1 injured",
    "Both riders were detained.": "2/2/2 captured",
    "The men, both farmers, were shot.": "",
    "A pair of gunmen were shot dead.": "2/2/2 killed",
    "A courier for the network was captured.": "1/1/1 captured",
    "A cyclist who happened to be passing was killed.": "1/1/1 killed",
    "The head of a girls' school had been hanged.": "1/1/1 killed",
    "Five men of a road company were killed.": "5/5/5 killed",
    "The body of a money changer has been found.": "1/1/1 killed",
    "Five more have been brought to the provincial hospital.": "5/5/5 injured",
    "6 hirelings were sent to their end and 2 taken alive.": "6/6/6 killed, 2/2/2 captured",
    "All on board were killed.": "-/-/- killed",
    "They lost two of their own.": "2/2/2 killed",
    "One of them, a beekeeper, did not survive.": "1/1/1 killed",
    "Bomb under a taxi, driver wounded in both legs.": "1/1/1 injured",
    "He put the army's dead at 12 and the captured at 20 or more.":
        "12/12/12 killed, 20/-/- captured",
    "Three sisters aged four to eleven were killed.": "3/3/3 killed",
    "Four employees were pulled from their cars and shot.": "4/4/4 killed",
    "Fighters have captured a ridge, one of their commanders said.": "",
    "A grenade wounded seven, two critically.": "7/7/7 injured",
    "3x KIA, 2x WIA": "3/3/3 killed, 2/2/2 injured",
    "Troops took 12 prisoners.": "12/12/12 captured",
    "Gunmen shot and wounded an imam.": "1/1/1 injured",
    "Three soldiers and two civilians were killed.": "3/3/3 killed, 2/2/2 killed",
    "Three soldiers were killed and two wounded.": "3/3/3 killed, 2/2/2 injured",
    "Four civilians, two of them children, were killed.": "4/4/4 killed",
    "Ten fighters of the directorate in Panjshir were killed.": "10/10/10 killed",
    "Troops detained a Haqqani facilitator.": "1/1/1 captured",
    "The deaths of twenty-five people": "25/25/25 killed",
    "The death toll rose to 15.": "15/15/15 killed",
    "He put the number of the dead at 12 or more.": "12/-/- killed",
    "The raid inflicted 20 casualties.": "20/20/20 killed_or_injured",
    "killing 10 Taliban, including two commanders": "10/10/10 killed",
    "Nearly 40 people were wounded.": "-/40/- injured",
    "Six soldiers were martyred and three others received injuries.": "6/6/6 killed, 3/3/3 injured",
    "A drone killed Ayman al-Zawahiri.": "1/1/1 killed",
    "Two policemen KIA, 3 WIA.": "2/2/2 killed, 3/3/3 injured",
    "The force killed the leader and one of his fighters.": "1/1/1 killed",
    "Troops detained a leader based in the valley and two suspects.":
        "1/1/1 captured, 2/2/2 captured",
    "Six militants, one soldier, and a civilian were killed.":
        "6/6/6 killed, 1/1/1 killed, 1/1/1 killed",
    "Two men with ties to the network were detained.": "2/2/2 captured",
    "A man who planted mines on the road was captured.": "1/1/1 captured",
    "Ten people, cricketers among them, died.": "10/10/10 killed",
    "The toll of the blast outside a mosque in the city rose to 31.": "31/31/31 killed",
    "The ministry put the number of dead at 12; residents said 20.":
        "12/12/12 killed, 20/20/20 killed",
    "Two died and a third was hurt.": "2/2/2 killed, 1/1/1 injured",
    "Over a hundred people were hurt.": "101/-/- injured",
    "Seven policemen were abducted and later killed.": "7/7/7 killed",
    "In September five workers were abducted.": "5/5/5 captured",
    "The army lost 14 men.": "14/14/14 killed",
    "A facilitator, along with more than 10 of his associates, was detained.":
        "1/1/1 captured, 11/-/- captured",
    "UNAMA recorded 160 extrajudicial killings.": "160/160/160 killed",
    "Eight people have been confirmed dead.": "8/8/8 killed",
    "Dead: four. KIA: 2. Martyrs - 3.": "4/4/4 killed, 2/2/2 killed, 3/3/3 killed",
    "Fatalities (police): 2; detained: 3": "2/2/2 killed, 3/3/3 captured",
    "The dead number three.": "3/3/3 killed",
    "Police put the number of slain policemen at eleven.": "11/11/11 killed",
    "The toll climbed from 10 to 12.": "12/12/12 killed",
    "Casualties: 4 killed, 7 injured.": "4/4/4 killed, 7/7/7 injured",
    "A dozen people were killed, about two dozen hurt.": "12/12/12 killed, -/24/- injured",
    "A hundred and twenty people died, 1 200 were hurt.":
        "120/120/120 killed, 1200/1200/1200 injured",
    "Ten people or more died.": "10/-/- killed",
    "A group of ten men was killed.": "10/10/10 killed",
    "Two were killed and a third wounded.": "2/2/2 killed, 1/1/1 injured",
    "14 dead and 90 wounded people had been brought in.": "14/14/14 killed, 90/90/90 injured",
    "Gunmen gunned down a money changer.": "1/1/1 killed",
    "Gunmen took ten men hostage.": "10/10/10 captured",
    "Police made ten arrests.": "10/10/10 captured",
    "Five laid down their weapons.": "5/5/5 captured",
    "Two were stabbed to death.": "2/2/2 killed",
    "Two women whom they called spies were shot dead.": "2/2/2 killed",
    "The head of the school was wounded, his driver killed.": "1/1/1 injured, 1/1/1 killed",
    "Driver dead, 2 passengers hurt.": "1/1/1 killed, 2/2/2 injured",
    "Gunmen kill judge": "1/1/1 killed",
    "A boy of nine and three children under five were hurt.": "1/1/1 injured, 3/3/3 injured",
    "Seven out of ten were killed.": "7/7/7 killed",
    "Police arrested 3 thieves and seized two Kalashnikovs.": "3/3/3 captured",
}  # fmt: skip
NO_FIGURES = (
    "No civilians were harmed.",
    "Nobody was killed.",
    "None of the five was hurt.",
    "Ten of the wounded are in critical condition.",
    "The enemy was killed.",
    "Three gunmen attacked the base and fled.",
    "They captured 15 rifles and 3 vehicles.",
    "The 8-year-old boy walked 20 kilometres on May 9.",
    "The fighting lasted 3 hours and cost 2 million dollars.",
    "No one was killed.",
    "Between 3 and 5 August nothing happened.",
    "The deadline for the lives of 23 volunteers passed.",
    "The troops seized two Kalashnikovs.",
    "In 2019, the village lost its wells.",
    "The blast was heard by two boys aged 8 and 10.",
    "Nobody said how many died.",
)
OPEN_FIGURES = (
    "Dozens of civilians were killed.",
    "Troops detained several suspected insurgents.",
    "A handful of people were wounded.",
)


def said(text: str) -> str:
    found = []
    for one in number_mentions(text):
        assert isinstance(one.value, NumberMention)
        value = one.value
        parts = ["-" if part is None else str(part) for part in (value.low, value.best, value.high)]
        found.append(f"{'/'.join(parts)} {value.of_what}")
    return ", ".join(found)


@pytest.mark.parametrize("text", FIGURES)
def test_a_number_of_people_has_what_happened_to_them(text: str) -> None:
    assert said(text) == FIGURES[text]


@pytest.mark.parametrize("text", NO_FIGURES)
def test_what_is_no_number_of_people_is_no_figure_and_nobody_is_not_zero(text: str) -> None:
    assert said(text) == ""


@pytest.mark.parametrize("text", OPEN_FIGURES)
def test_words_instead_of_a_number_stay_a_question(text: str) -> None:
    (mention,) = number_mentions(text)
    value = mention.value
    assert isinstance(value, NumberMention)
    assert (value.low, value.best, value.high) == (None, None, None)
    assert "is not a number" in value.question


SPEAKERS = {
    "Gunmen fled, a police spokesman said.": ("a police spokesman", "occurrence", "state"),
    "According to residents, the road is closed.": ("residents", "occurrence", "witness"),
    "The ministry denied that there was any fighting.": ("The ministry", "denial", "state"),
    "Officials acknowledged the attack.": ("Officials", "acknowledgement", "state"),
    "An official, who asked not to be named, doubted it.": ("An official", "doubt", "state"),
    "UNAMA recorded 12 deaths.": ("UNAMA", "casualties", "un"),
    "The officials do not acknowledge the loss.": ("The officials", "denial", "state"),
    '"We left at dawn," said a witness.': ("a witness", "occurrence", "witness"),
}


@pytest.mark.parametrize("text", SPEAKERS)
def test_whoever_speaks_has_a_verb_and_a_role(text: str) -> None:
    (mention,) = speaker_mentions(text)
    value = mention.value
    assert isinstance(value, SpeakerMention)
    assert (value.name, value.says, value.role) == SPEAKERS[text]


@pytest.mark.parametrize(
    "text",
    [
        "No group claimed responsibility.",
        "Officials declined to say who was behind it.",
        "The place is reported to be quiet.",
    ],
)
def test_whoever_says_nothing_is_no_speaker(text: str) -> None:
    assert speaker_mentions(text) == ()


def test_a_pronoun_is_whoever_spoke_last_and_nobody_if_nobody_did() -> None:
    text = "The governor said that five had died. He added that the road was open."
    names = [one.value.name for one in speaker_mentions(text) if one.text == "He"]  # type: ignore[union-attr] # a speaker
    assert names == ["The governor"]
    assert speaker_mentions("He added that the road was open.") == ()


def test_what_happened_has_acleds_type_and_how_is_left_open_if_the_words_leave_it_open() -> None:
    found = event_mentions("An attack began with a suicide bombing; troops detained two men.")
    types = [one.value.sub_event_type for one in found if isinstance(one.value, EventMention)]
    assert types == ["", "Suicide bomb", "Arrests"]


def test_abbreviations_do_not_end_a_sentence_and_bullets_begin_one() -> None:
    text = (
        "Lt. Gen. Roe left at 9 a.m. on Sept. 20. The U.S. stayed.\n\n- No. 3 is dead\n- Two left"
    )
    assert [text[one.start : one.end] for one in sentences(text)] == [
        "Lt. Gen. Roe left at 9 a.m. on Sept. 20.", "The U.S. stayed.",
        "- No. 3 is dead", "- Two left",
    ]  # fmt: skip


@given(st.text(max_size=300))
def test_every_mention_holds_its_words_in_any_text(text: str) -> None:
    for one in (*number_mentions(text), *speaker_mentions(text), *event_mentions(text)):
        assert text[one.start : one.end] == one.text != ""


@given(st.text(alphabet="ab .!?\n-\"'", max_size=300))
def test_sentences_hold_everything_that_is_not_a_space(text: str) -> None:
    spans = sentences(text)
    inside = "".join(text[one.start : one.end] for one in spans)
    assert "".join(inside.split()) == "".join(text.split())
    assert all(one.end - one.start <= LONGEST_SENTENCE for one in spans)
    assert list(spans) == sorted(spans)
