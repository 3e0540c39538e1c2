"""One vocabulary: what a concept is called is defined once, and the browser is told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from browsing import modules
from playwright.sync_api import Browser

from geo.dossier.records import EventType, StatusKey
from geo.places.locations import Precision
from geo.view import NOT_MAPPED, REASONS
from geo.webmap.words import vocabulary_model
from geo.wording import symbology, vocabulary


def scripts(root: Path) -> str:
    return "\n".join(
        re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for path in sorted((root / "geo/webmap/js").rglob("*.js"))
    )


def test_the_browser_has_no_words_of_its_own_for_what_the_payload_names(root: Path) -> None:
    code = scripts(root)
    said = [
        *(one.label for one in (*vocabulary.STATUSES, *vocabulary.PRECISIONS)),
        *(one.title for one in (*vocabulary.REASONS, *vocabulary.standings("Afghanistan"))),
        *vocabulary.ATTRIBUTIONS.values(),
        *vocabulary.EVENT_TYPES,
        *(vocabulary.RELIABILITY[grade] for grade in "ABCDE"),
        *(vocabulary.CREDIBILITY[step] for step in range(1, 6)),
        *(vocabulary.FIELDS[name] for name in ("statuses", "precisions", "grade", "credibility")),
        vocabulary.NOT_MAPPED,
    ]
    alone = [text for text in said if f"'{text}'" in code]
    # The tab of a province's list is called after what it holds.
    assert set(alone) <= {"Province"}


def test_every_key_has_its_word_its_stroke_and_its_form() -> None:
    assert [one.key for one in vocabulary.STATUSES] == list(get_args(StatusKey))
    assert set(symbology.STROKES) == set(get_args(StatusKey))
    assert {one.key for one in vocabulary.PRECISIONS} <= set(get_args(Precision))
    assert list(symbology.FORMS) == [one.key for one in vocabulary.PRECISIONS]
    assert get_args(EventType) == vocabulary.EVENT_TYPES
    assert tuple(one.key for one in vocabulary.REASONS) == REASONS
    assert tuple(one.key for one in vocabulary.STANDINGS if not one.mapped) == NOT_MAPPED


def test_a_reason_is_headed_as_it_is_listed() -> None:
    for one in vocabulary.REASONS:
        # The heading is the label, or says more exactly what the label shortens.
        title = re.sub(r"\b(source|information) ", "", one.title.lower())
        assert title == one.label


def test_unrated_is_no_step_of_a_scale() -> None:
    words = [choice.label for choice in vocabulary.credibility_choices()]
    assert words[0] == "1: confirmed by other sources"
    assert words[-3:] == ["4 or better: doubtfully true", "Rated (1–5)", "Unrated (6)"]


def test_what_is_outside_is_outside_the_country_of_the_map() -> None:
    said = {one["key"]: one["label"] for one in vocabulary_model("Afghanistan")["standings"]}
    assert said["outside"] == "outside Afghanistan"
    assert said["not_stated"] == "with no location given"


@pytest.mark.browser
def test_the_browser_asks_in_the_order_of_python(browser: Browser) -> None:
    page = browser.new_page()
    page.evaluate(modules("view/keep.js"))
    reasons = page.evaluate("() => IncidentMapModules['view/keep.js'].REASONS")
    page.close()
    assert tuple(reasons) == REASONS
