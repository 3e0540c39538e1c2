"""Figures in Dari and Pashto: every fixed phrase has its entry, and what stays is counted."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date
from functools import cache

import pytest
from dossiers import incident, presence, workspace
from hypothesis import given
from hypothesis import strategies as st

from geo.places.country import Country
from geo.snapshot.content.base_context import _SIGNS, CONTEXT, OWN
from geo.snapshot.content.editorial.editor_marks import EditorMark
from geo.snapshot.content.editorial.editorial import WORD_LANGUAGES, Editorial
from geo.snapshot.content.editorial.fixed_words import words_of
from geo.snapshot.content.layers import EDITORS_MARKS
from geo.snapshot.content.legend import _FORMS
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.layout.typesetting import TextLine, text_direction
from geo.snapshot.output.making import Snapshot, make
from geo.table.tallies import TALLIES
from geo.view import View
from geo.wording import vocabulary
from geo.wording.ageing import AGES

pytestmark = pytest.mark.timeout(300)

OTHERS = [language for language in WORD_LANGUAGES if language != "en"]
DAY = date(2026, 11, 21)
HEADINGS = (
    "Groups", "Records in a province", "Fatalities, lowest figure", "Presence last reported",
    "Base map", EDITORS_MARKS, "Notes", "Notes, continued", "Sources", "Sources, continued",
    "Not mapped", "Briefer’s note", "Briefer’s note, continued", "What is shown", "Credits",
    "all dates", "all groups", "province totals", "not stated",
    "No record is shown.", "No record is inside this frame.",
    "No record shown can be mapped; all are listed as not mapped.",
)  # fmt: skip


def fixed_phrases() -> list[str]:
    """Every phrase that a figure may have, whatever its records say."""
    standings = vocabulary.standings("Kenya")
    return [
        *HEADINGS,
        *(vocabulary.FIELDS[key] for key in ("statuses", "kinds", "precisions")),
        *(one.label for one in vocabulary.STATUSES),
        *(one.label for one in TALLIES),
        *(one.label for one in vocabulary.KINDS),
        *(one.one.capitalize() for one in vocabulary.KINDS),
        *_FORMS.values(),
        *vocabulary.DEATH_SIZES,
        *(one.label for one in AGES),
        CONTEXT, OWN, *_SIGNS.values(),
        vocabulary.UNNAMED_NAME,
        *(one.title for one in standings if not one.mapped),
        *(f"3 {one.label}" for one in standings if not one.mapped),
        *(f"1,234 {one.label}" for one in vocabulary.REASONS),
        "17 of 28 drawn", "5 of these outside the frame", "2 more could not be read",
        "3 of 17 approved", "from 1 May 2022", "until 31 December 2024", "on 2 May 2022",
        "between 1 May 2022 and 31 May 2022", "certainly from 1 May 2022",
        "certainly between 1 May 2022 and 31 May 2022", "as of 21 November 2026",
        "groups: NRF and Taliban", "Part of Kenya", "3 to 5", "12 or more",
        "Not mapped: Withdrawn",
        "12 phrases of this figure are not translated and remain in English.",
    ]  # fmt: skip


@cache
def figure(country: Country, language: str) -> Snapshot:
    own = workspace(
        country,
        incident(title="Attack on a post"),
        incident(id="second", by=["taliban"], where=[]),
        presence(),
    )
    marks = (EditorMark("text", ((33.5, 63.0),), text="Quiet"),)
    editorial = Editorial(language=language, marking="TLP:RED", marks=marks)  # type: ignore[arg-type] # of WORD_LANGUAGES
    view = View(first=date(2020, 1, 1))
    return make(own, Recipe(as_of=DAY, view=view, note="A note.", editorial=editorial))


def lines(snapshot: Snapshot) -> list[TextLine]:
    return [item for page in snapshot.figure_pages for item in page.page.items
            if isinstance(item, TextLine)]  # fmt: skip


@pytest.mark.parametrize("language", OTHERS)
def test_every_fixed_phrase_has_its_entry(language: str) -> None:
    words = words_of(language)
    missing = [text for text in fixed_phrases() if words.translated(text)[1]]
    assert not missing
    for text in fixed_phrases():
        assert any(unicodedata.bidirectional(letter) == "AL" for letter in words.say(text)), text


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_numbers_and_dates_of_the_phrase(language: str) -> None:
    words = words_of(language)
    slots = re.compile(r"\{\w+\}")
    for english, other in words.phrases.items():
        assert sorted(slots.findall(english)) == sorted(slots.findall(other)), english
        assert sorted(re.findall(r"\d+", slots.sub("", english))) == sorted(
            re.findall(r"\d+", slots.sub("", other))
        ), english
    assert len(set(words.months)) == 12
    for month, name in zip(calendar.month_name[1:], words.months, strict=True):
        assert name in words.say(f"as of 21 {month} 2026")


def test_the_languages_have_the_same_phrases() -> None:
    first, *rest = (words_of(language).phrases.keys() for language in OTHERS)
    assert all(other == first for other in rest)


@given(st.text(max_size=60), st.sampled_from(OTHERS))
def test_what_has_no_entry_stays_letter_for_letter(text: str, language: str) -> None:
    said, left = words_of(language).translated(f"Zq{text}")
    if left == 1 and not re.search(" · |; ", text):
        assert said == f"Zq{text}"


@pytest.mark.parametrize("language", OTHERS)
def test_what_stays_english_is_counted_on_the_figure(country: Country, language: str) -> None:
    content = figure(country, language).content
    number = re.search(r"\d+", content.warnings[-1])
    assert number is not None
    assert int(number[0]) >= len(content.entries)
    assert text_direction(content.warnings[-1]) == "rtl"


@pytest.mark.parametrize("language", OTHERS)
def test_the_page_is_mirrored_and_the_map_is_not(country: Country, language: str) -> None:
    english, other = figure(country, "en"), figure(country, language)
    one, two = english.figure_pages[0], other.figure_pages[0]
    assert one.page.map is not None
    assert two.page.map is not None
    width = one.page.width
    assert two.page.map.left == pytest.approx(width - one.page.map.left - one.page.map.width)
    assert one.plan is not None
    assert two.plan is not None
    assert [(p.x, p.y) for p in two.plan.points] == [(p.x, p.y) for p in one.plan.points]
    for line in lines(other):
        assert -1 <= line.x <= width + 1, line


@pytest.mark.parametrize("language", OTHERS)
def test_numbers_and_notes_are_the_same_in_every_language(country: Country, language: str) -> None:
    def of_role(snapshot: Snapshot, role: str) -> list[str]:
        return [line.text for line in lines(snapshot) if line.role == role]

    english, other = figure(country, "en"), figure(country, language)
    for role in ("number", "source-number", "source", "note"):
        assert of_role(other, role) == of_role(english, role)
    assert [one.sign for one in other.content.entries] == [
        one.sign for one in english.content.entries
    ]
    assert [one.beside for one in other.content.entries] == [
        one.beside for one in english.content.entries
    ]


@pytest.mark.parametrize("language", OTHERS)
def test_a_number_after_a_name_in_latin_letters_is_not_read_with_it(language: str) -> None:
    said = words_of(language).say("1 outside Kenya · 1 with no location given")
    assert "Kenya\u200f" in said
    assert said.count("1") == 2
