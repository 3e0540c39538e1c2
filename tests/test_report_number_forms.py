"""Numbers of people in further forms: pairs, clauses that end, and words of a community."""

import pytest
from test_report_numbers import counted

FORMS = {
    "Two fighters embraced shahadat and one was injured.": "2 killed, 1 injured",
    "Two boys of 8 and 10 were killed.": "2 killed",
    "Two men from Khost and one from Logar were killed.": "2 killed, 1 killed",
    "Up to 13 may have died.": "-13 killed",
    "He spoke of it on 13 May.": "",
    "The patrol returned fire, killing both.": "2 killed",
    "The patrol returned fire and both were killed.": "2 killed",
    "The trio was arrested.": "3 captured",
    "The detained leader was responsible for the raid.": "",
    "The commander, known as Qari Zahir, was killed.": "1 killed",
}


@pytest.mark.parametrize("text", FORMS)
def test_further_forms_are_read(text):
    assert counted(text) == FORMS[text]


ATTACKED = {
    "A mullah was attacked by gunmen and killed.": "1 killed",
    "Two clerks were fired upon by strangers and wounded.": "2 injured",
    "Strangers opened fire on a mullah and killed him.": "1 killed",
    "A tribal elder was targeted at home, and he lost his life.": "1 killed",
    "A body was found in the river.": "1 killed",
    "A body of rules was found in the archive.": "",
    "The shelling claimed one life.": "1 killed",
    "The attack cost a policeman his life.": "1 killed",
    "Two women, a nurse and an old man were hurt.": "2 injured, 1 injured, 1 injured",
    "Two women, a nurse and a cook, were hurt.": "2 injured",
    "A guard caught a splinter in the arm.": "1 injured",
}


@pytest.mark.parametrize("text", ATTACKED)
def test_who_is_attacked_is_hurt_only_if_the_words_say_so(text):
    assert counted(text) == ATTACKED[text]
