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
