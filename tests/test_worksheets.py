"""What a person does with the suggestions of a document, and the drafts that come of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import open_workspace
from geo.app.reading.accepting import source_for_document
from geo.app.reading.acts import added, decided, item_of, selected_span
from geo.app.reading.adding import SelectedWords, added_value
from geo.app.reading.drafts import draft_of
from geo.app.reading.from_report import items_of
from geo.app.reading.shelf import Shelf
from geo.app.reading.worksheet import WorkClaim, Worksheet, WorkValue, say_progress
from geo.documents.passages import find_passage
from geo.documents.reading import read_document
from geo.dossier.intake import read_entry
from geo.dossier.records import Passage, Source
from geo.errors import EditError
from geo.events.parties.actors import Registry
from geo.reports.report import read_report
from geo.workspace import data_folder

# The facts of reported-claims, in words of this test: what a newspaper of May 2022 can have.
TEXT = """A senior figure of the National Resistance Front of Afghanistan (NRF) says that his \
group has fought the Taliban for the past ten days in Panjshir, Baghlan, Takhar and Badakhshan \
provinces.

The Taliban at first denied that there was any fighting.

ISIS-K took responsibility for a series of attacks in Mazar-i-Sharif and Kunduz in late April, in \
which at least 20 people were killed in total.

Two policemen were wounded in Surobi on Monday, officials said.

Many analysts see no threat to the Taliban in the NRF unless it gets support from abroad.
"""
PUBLISHED = date(2022, 5, 24)
WORKSPACE = open_workspace()
DOCUMENT = read_document(TEXT.encode(), "article.txt")
REPORT = read_report(
    DOCUMENT.text, published=PUBLISHED, country=WORKSPACE.country,
    dossier=WORKSPACE.reading.dossier,
    registry=Registry.of_folder(data_folder(), WORKSPACE.reading.dossier.groups),
)  # fmt: skip
SOURCE = Source(title="Fighting in the north", publisher="Example News", published="2022-05-24")
ITEMS = items_of(REPORT.suggestions, DOCUMENT.text, WORKSPACE)
BEGUN = Worksheet(document=DOCUMENT.sha256, name="article.txt", items=ITEMS)


def _numbered(part):
    return next(one for one in BEGUN.items if part in one.title)


def _do(work, act):
    """Have an act done whose parts of an item are given by their numbers."""
    item, named = work.item(act.get("item")), {}
    claim = _named(item and item.claims, act.get("claim"))
    if "claim" in act:
        named["claim"] = claim and claim.digest
    if "value" in act:
        value = _named((claim or item) and (claim.figures if claim else item.values), act["value"])
        named["value"] = value and value.digest
    return decided(work, {**act, **named})


def _named(parts, number):
    return parts[number] if parts and number is not None and 0 <= number < len(parts) else None


def _attacks():
    return _numbered("Mazar-i-Sharif")


def _draft(item):
    return draft_of(item, DOCUMENT, ("example-2022", SOURCE), WORKSPACE.reading.dossier)


def _selected(words):
    start = DOCUMENT.text.index(words)
    return SelectedWords(DOCUMENT.text, (start, start + len(words)), REPORT.mentions, PUBLISHED)


def test_every_value_of_a_suggestion_has_its_words():
    for item in BEGUN.items:
        assert item.spans
        for start, end in item.spans:
            assert DOCUMENT.text[start:end].strip()
        assert all(value.spans for value in item.values)
        assert all(claim.spans for claim in item.claims)


def test_a_draft_says_what_its_suggestion_says_and_has_the_passages_of_every_claim():
    draft = _draft(_attacks())
    assert draft["draft"] is True
    assert draft["by"] == ["isis-k"]
    assert draft["when"] == "2022-04-21/2022-04-30"
    assert [one["place"] for one in draft["where"]] == ["Mazar-i-Sharif", "Kunduz"]
    (claim,) = draft["claims"]
    assert (claim["by"], claim["says"]) == ("isis-k", "responsibility")
    assert (claim["killed"], claim["scope"]) == ({"low": 20}, "total")
    assert "injured" not in claim
    for one in claim["passages"]:
        assert find_passage(Passage.model_validate(one), DOCUMENT).status == "found"


def test_the_drafts_of_all_suggestions_can_be_records_as_far_as_they_are_decided():
    dossier = WORKSPACE.reading.dossier
    dossier = dossier.model_copy(update={"sources": {**dossier.sources, "example-2022": SOURCE}})
    for item in BEGUN.items:
        entry = {name: one for name, one in _draft(item).items() if name != "draft"}
        _, problems = read_entry(item.section, entry, dossier)
        # What the text leaves open is missing; nothing is in it that a record could not have.
        assert all("missing" in said for _, said in problems), (item.title, problems)


def test_the_words_of_the_document_are_not_in_a_draft():
    for item in BEGUN.items:
        texts = [claim["text"] for claim in _draft(item)["claims"]]
        assert all(len(text.split()) < 4 or text not in DOCUMENT.text for text in texts)
        assert all("quote" not in one for claim in _draft(item)["claims"]
                   for one in claim["passages"])  # fmt: skip


def test_an_open_place_is_a_question_with_its_choices_and_is_settled_by_one():
    item = _numbered("Surobi")
    at, place = next((at, one) for at, one in enumerate(item.values) if one.field == "where")
    assert place.question
    assert len(place.choices) > 1
    after = _do(BEGUN, {"act": "choose", "item": item.number, "value": at, "choice": 0})
    settled = after.item(item.number).values[at]
    assert (settled.question, settled.choices) == ("", ())
    assert settled.fields == place.choices[0].fields


def test_a_total_is_not_split_with_the_places():
    item = _attacks()
    at = next(at for at, one in enumerate(item.values) if one.label == "Kunduz")
    after = _do(BEGUN, {"act": "split", "item": item.number, "value": at})
    rest, new = after.item(item.number), after.item(BEGUN.next_number)
    assert [one.label for one in rest.of("where")] == ["Mazar-i-Sharif"]
    assert [one.label for one in new.of("where")] == ["Kunduz"]
    assert rest.claims[0].figures
    assert not new.claims[0].figures
    assert any("total" in one for one in new.questions)


def test_merging_keeps_both_and_says_a_value_once():
    one, other = _attacks(), _numbered("Surobi")
    after = decided(BEGUN, {"act": "merge", "item": one.number, "other": other.number})
    merged = after.item(one.number)
    assert after.item(other.number) is None
    assert merged.claims == (*one.claims, *other.claims)
    assert set(other.spans) - set(merged.spans) <= {span for value in other.of("when")
                                                    for span in value.spans}  # fmt: skip
    assert len(merged.of("when")) == 1


@pytest.mark.parametrize(
    ("field", "words", "fields"),
    [
        ("where", "Surobi", {"place": "Surobi"}),
        ("where", "Takhar", {"place": "Takhar"}),
        ("when", "late April", {"edtf": "2022-04-21/2022-04-30"}),
        ("by", "National Resistance Front of Afghanistan", {"key": "nrf"}),
        ("against", "policemen", {"words": "policemen"}),
    ],
)
def test_words_that_were_missed_are_read_as_what_a_person_says_they_are(field, words, fields):
    value = added_value(field, _selected(words), WORKSPACE)
    assert isinstance(value, WorkValue)
    assert value.fields == fields
    assert DOCUMENT.text[slice(*value.spans[0])] == words


def test_a_claim_of_selected_words_has_their_speaker():
    words = "The Taliban at first denied that there was any fighting."
    claim = added_value("claim", _selected(words), WORKSPACE)
    assert isinstance(claim, WorkClaim)
    assert (claim.by, claim.says) == ("taliban", "denial")


@pytest.mark.parametrize(("field", "words"), [("when", "support"), ("killed", "analysts")])
def test_words_that_are_not_that_are_refused_with_what_is_expected(field, words):
    with pytest.raises(EditError, match=r"is not read as"):
        added_value(field, _selected(words), WORKSPACE)


def test_a_figure_needs_a_claim_that_states_it():
    figure = added_value("killed", _selected("at least 20 people"), WORKSPACE)
    with pytest.raises(EditError, match="Add a claim first"):
        added(BEGUN, 0, figure)
    claim = added_value("claim", _selected("Two policemen were wounded"), WORKSPACE)
    begun = added(BEGUN, 0, claim)
    number = BEGUN.next_number
    assert added(begun, number, figure).item(number).claims[-1].figures == (figure,)


def test_what_has_been_accepted_is_altered_as_a_draft_and_not_here():
    item = _attacks().model_copy(update={"state": "accepted", "entry": "attacks-2022"})
    work = BEGUN.with_item(item)
    for name in ("reject", "turn", "remove", "split"):
        with pytest.raises(EditError, match="A draft has been made"):
            decided(work, {"act": name, "item": item.number, "value": 0})
    assert work.used == item.spans
    assert say_progress(work).startswith("1 accepted")


@pytest.mark.parametrize(
    "act",
    [
        {}, {"act": "reject"}, {"act": "no-such", "item": 1}, {"act": "reject", "item": "1"},
        {"act": "remove", "item": 1, "value": -1}, {"act": "remove", "item": 1, "value": 99},
        {"act": "merge", "item": 1, "other": 1}, {"act": "choose", "item": 1, "value": 0,
                                                  "choice": 99}, {"act": "reject", "item": True},
    ],
)  # fmt: skip
def test_an_act_that_does_not_fit_is_refused_and_changes_nothing(act):
    with pytest.raises(EditError):
        _do(BEGUN, act)


def test_a_part_of_a_suggestion_that_has_changed_since_is_not_taken_for_its_neighbour():
    item = _attacks()
    first, second = (
        {"act": "remove", "item": item.number, "value": one.digest} for one in item.values[:2]
    )
    after = decided(BEGUN, first)
    assert after.item(item.number).values == item.values[1:]
    with pytest.raises(EditError, match="has changed in the meantime"):
        decided(after, first)
    assert decided(after, second).item(item.number).values == item.values[2:]


ACTS = st.lists(
    st.fixed_dictionaries(
        {
            "act": st.sampled_from(
                ["reject", "reopen", "remove", "choose", "swap", "turn", "merge", "split", "title"]
            ),
            "item": st.integers(1, 8),
        },
        optional={
            "value": st.integers(0, 5), "claim": st.integers(0, 3), "choice": st.integers(0, 2),
            "other": st.integers(1, 8), "title": st.sampled_from(["A raid", " ", "ء"]),
        },
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(ACTS)
def test_whatever_is_done_no_value_loses_its_words_and_every_draft_has_its_passages(acts):
    work = BEGUN
    for act in acts:
        try:
            work = _do(work, act)
        except EditError:
            continue
    assert len({one.number for one in work.items}) == len(work.items)
    known = {span for item in BEGUN.items for span in item.spans}
    for item in work.items:
        assert set(item.spans) <= known
        draft = _draft(item)
        for claim in draft["claims"]:
            assert claim["passages"]
            for one in claim["passages"]:
                assert find_passage(Passage.model_validate(one), DOCUMENT).status == "found"
        stated = {one.field for claim in item.claims for one in claim.figures}
        assert {name for claim in draft["claims"] for name in ("killed", "injured")
                if name in claim} <= stated  # fmt: skip


def test_a_worksheet_is_kept_and_read_again_and_a_damaged_one_is_set_aside(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    shelf = Shelf(tmp_path / "incidents.yaml", "")
    assert shelf.read() == {}
    shelf.keep(BEGUN)
    assert shelf.read() == {BEGUN.document: BEGUN}
    shelf.file.write_text('[{"document": 1}]', encoding="utf-8")
    assert shelf.read() == {}
    shelf.keep(BEGUN)
    shelf.forget(BEGUN.document)
    assert shelf.read() == {}


def test_a_document_needs_its_source_before_something_is_accepted():
    data = (data_folder() / "incidents.yaml").read_bytes()
    with pytest.raises(EditError, match="Complete the source first"):
        source_for_document(BEGUN, DOCUMENT, data)
    given = {"title": "Fighting", "publisher": "Example News", "published": "2022-05-24"}
    key, source, entry = source_for_document(
        BEGUN.model_copy(update={"new_source": given}), DOCUMENT, data
    )
    assert key == "example-news-2022"
    assert source.document == entry["document"] == DOCUMENT.sha256
    with pytest.raises(EditError, match="no longer in the dossier"):
        source_for_document(BEGUN.model_copy(update={"source": "gone"}), DOCUMENT, data)


def test_selected_spaces_are_nothing_to_add():
    with pytest.raises(EditError, match="Select words"):
        selected_span({"start": 3, "end": 4}, "in  Kunduz")
    with pytest.raises(EditError):
        item_of(BEGUN, {"item": 99})
