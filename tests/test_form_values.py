"""A form says what its entry says, and turns into an edit only what somebody has changed."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.app.editing.answers import FormState, answer
from geo.app.editing.fields import FormField, every_field, form_parts
from geo.app.editing.naming import short_name
from geo.app.editing.opened import OpenForm
from geo.app.editing.place_answers import answer_place, at_point
from geo.app.editing.reading import FormContext
from geo.app.editing.saving_form import edit_of
from geo.app.editing.unsaved import MOST, UnsavedStore
from geo.app.editing.values import checked_form, from_form, to_form
from geo.dossier.entries import LISTS, SECTIONS, Entries, Section
from geo.dossier.intake import read_entry
from geo.dossier.records import EMPTY
from geo.dossier.yaml_rewriting import same
from geo.table.workspace import Workspace

TODAY = date(2026, 11, 29)
CONTEXT = FormContext(TODAY)


def fields_of(section: Section, own: Workspace) -> tuple[FormField, ...]:
    return every_field(form_parts(section, own.reading.dossier))


def entries_of(root: Path) -> list[tuple[Section, dict[str, Any]]]:
    entries = Entries.of((root / "data/incidents.yaml").read_bytes())
    found = [(section, key) for section in SECTIONS for key in entries.keys(section)]
    return [(section, entries.entry(section, key) or {}) for section, key in found]


def test_every_entry_of_the_dossier_passes_through_its_form_unchanged(
    root: Path, own: Workspace
) -> None:
    every = entries_of(root)
    assert len(every) > 28
    for section, entry in every:
        fields = fields_of(section, own)
        found = from_form(
            checked_form(to_form(entry, fields), fields), fields, entry, context=CONTEXT
        )
        assert same(found.entry, entry), entry["id"]
        assert found.faults == {}


def test_every_entry_opened_and_saved_unchanged_is_no_edit(root: Path, own: Workspace) -> None:
    for section, entry in entries_of(root):
        state = FormState(section, to_form(entry, fields_of(section, own)), entry)
        found = answer(state, own, TODAY)
        assert edit_of(OpenForm("", state), found.entry, "A. Analyst") is None, entry["id"]


def test_every_field_of_an_entry_has_a_field_in_its_form(root: Path, own: Workspace) -> None:
    for section, entry in entries_of(root):
        names = {one.key for one in fields_of(section, own)} | {"lat", "lon"}
        assert set(entry) <= names, entry["id"]


def test_nothing_is_wrong_with_the_forms_of_the_dossier(root: Path, own: Workspace) -> None:
    for section, entry in entries_of(root):
        form = FormState(section, to_form(entry, fields_of(section, own)), entry)
        found = answer(form, own, TODAY)
        assert (found.faults, found.general) == (0, []), entry["id"]
        assert (found.record is not None) == (section in LISTS)


def test_one_field_that_is_changed_changes_only_itself(root: Path, own: Workspace) -> None:
    for section, entry in entries_of(root):
        fields = fields_of(section, own)
        for one in fields:
            if one.kind not in {"line", "text"} or one.name == "id":
                continue
            values = to_form(entry, fields) | {one.name: "Other words"}
            found = from_form(values, fields, entry, context=CONTEXT).entry
            assert same(found, {**entry, one.name: "Other words"}), (entry["id"], one.name)


def test_a_claim_that_is_changed_keeps_what_its_form_does_not_show(
    root: Path, own: Workspace
) -> None:
    ranged = 0
    for section, entry in entries_of(root):
        fields = fields_of(section, own)
        for at, claim in enumerate(entry.get("claims", [])):
            if "statement" in claim:
                continue
            values = to_form(entry, fields)
            values["claims"][at]["text"] = "Said otherwise"
            wanted = copy.deepcopy(entry)
            wanted["claims"][at]["text"] = "Said otherwise"
            assert same(from_form(values, fields, entry, context=CONTEXT).entry, wanted)
            ranged += isinstance(claim.get("killed"), dict)
    assert ranged, "no claim of the dossier has a range"


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(["claims", "where", "when", "place", "killed", "origin",
                                       "by", "title", "source", "new_source"]), inner),
    max_leaves=20,
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=200)
@given(given_form=ANY, section=st.sampled_from(SECTIONS))
def test_whatever_a_browser_sends_is_answered(
    own: Workspace, given_form: Any, section: Section
) -> None:
    values = checked_form(given_form, fields_of(section, own))
    found = answer(FormState(section, values), own, TODAY)
    assert found.faults, "an arbitrary form is not a valid entry"


def test_nothing_entered_is_never_zero(own: Workspace) -> None:
    fields = fields_of("incidents", own)
    values = to_form({}, fields)
    values["claims"] = [{"origin": "", "by": "nrf", "killed": " ", "injured": ""}]
    claim = from_form(values, fields, context=CONTEXT).entry["claims"][0]
    assert claim == {"by": "nrf"}


def test_a_group_is_known_by_any_of_its_names(own: Workspace) -> None:
    fields = fields_of("incidents", own)
    for name in ("nrf", "NRF", "National Resistance Front of Afghanistan"):
        values = {"claims": [{"by": name}]}
        assert from_form(values, fields, context=CONTEXT).entry["claims"] == [{"by": "nrf"}]
    values = {"claims": [{"by": "A shepherd"}]}
    assert from_form(values, fields, context=CONTEXT).entry["claims"] == [{"by": "A shepherd"}]


def test_a_name_of_several_places_is_a_question_whose_answers_each_decide_it(
    own: Workspace,
) -> None:
    found = answer_place({"place": "Surobi"}, own.country)
    assert found.is_question
    assert len(found.choices) > 1
    for label, fields in found.choices:
        decided = answer_place({"place": "Surobi", **fields}, own.country)
        assert not decided.is_question, label


def test_a_place_that_is_clicked_is_offered_from_the_province_down(own: Workspace) -> None:
    labels = [label for label, _ in at_point(35.31, 69.52, own.country)]
    assert labels[0] == "Panjshir province"
    assert labels[-1] == "The coordinates 35.310, 69.520"
    for _, fields in at_point(35.31, 69.52, own.country)[:-1]:
        assert not answer_place({"place": "there", **fields}, own.country).is_question
    assert at_point(0.0, 0.0, own.country) == ()


@pytest.mark.parametrize("section", SECTIONS)
def test_an_entry_read_alone_is_read_as_in_its_file(
    root: Path, own: Workspace, section: Section
) -> None:
    dossier = own.reading.dossier
    for where, entry in entries_of(root):
        if where == section:
            record, problems = read_entry(section, entry, dossier)
            assert problems == ()
            if section in LISTS:
                assert record == next(one for one in dossier.records if one.id == entry["id"])


def test_a_problem_of_an_entry_has_the_path_of_its_field() -> None:
    raw = {"id": "raid-2022", "title": "A raid", "where": [{"place": "Kabul", "lat": 1}],
           "by": ["nobody"], "when": "2022-02-30",
           "claims": [{"by": "X", "role": "media", "says": "occurrence", "text": "T",
                       "source": "none"}]}  # fmt: skip
    _, problems = read_entry("incidents", raw, EMPTY)
    assert {path for path, _ in problems} == {
        ("where", 0), ("when",), ("by", 0), ("claims", 0, "source"),
    }  # fmt: skip


def test_names_of_new_entries_are_those_that_a_dossier_takes(own: Workspace) -> None:
    for words in ("Raid on a post", "حمله بر پاسگاه", "—", "a" * 400, "Attack, 2022"):
        name = short_name(words, "2022-05", ["raid-post-2022"])
        raw = {"id": name, "title": "T", "where": [], "when": "2022", "claims": []}
        _, problems = read_entry("incidents", raw, own.reading.dossier)
        assert [path for path, _ in problems] == [("claims",)], name


def test_unsaved_forms_are_kept_for_their_owner_only(tmp_path: Path, own: Workspace) -> None:
    fields = fields_of("incidents", own)
    typed = FormState("incidents", to_form({}, fields) | {"title": "Half a rec"})
    mine, hers = (UnsavedStore(tmp_path / "d.yaml", who) for who in ("a@x.org", "b@x.org"))
    mine.keep("incidents:+00000001", typed, "t", 3)
    held = mine.read()["incidents:+00000001"]
    assert (held.form, held.token, held.n, held.title) == (typed, "t", 3, "Half a rec")
    assert hers.read() == {}
    mine.forget("incidents:+00000001")
    assert mine.read() == {}


def test_the_oldest_unsaved_form_gives_way(tmp_path: Path, own: Workspace) -> None:
    store = UnsavedStore(tmp_path / "many.yaml", "")
    typed = FormState("sources", to_form({}, fields_of("sources", own)))
    for number in range(MOST + 1):
        store.keep(f"sources:+{number:08x}", typed)
    assert list(store.read()) == [f"sources:+{number:08x}" for number in range(1, MOST + 1)]


def test_a_form_of_a_list_that_nobody_has_begun_is_not_missed(root: Path, own: Workspace) -> None:
    fields = fields_of("incidents", own)
    for section, entry in entries_of(root):
        if section == "incidents":
            values = to_form(entry, fields)
            values["where"].append({"origin": "", "place": " "})
            found = answer(FormState(section, values, entry), own, TODAY)
            assert found.faults == 0
            assert same(found.entry, entry)


def test_groups_that_were_chosen_are_kept_while_the_dossier_cannot_be_read(own: Workspace) -> None:
    typed = {"by": ["nrf", "somebody"], "claims": [{"of": "nrf"}]}
    kept = checked_form(typed, every_field(form_parts("incidents", EMPTY)))
    assert kept["by"] == ["nrf", "somebody"]
    found = answer(FormState("incidents", kept), own, TODAY)
    assert "somebody" in found.fields["by"].fault


def test_a_new_source_never_takes_the_place_of_another_one(own: Workspace) -> None:
    key, known = next(iter(own.reading.dossier.sources.items()))
    other = {"title": "Another report", "publisher": known.publisher, "published": "2022-05"}
    claims = [{"origin": "", "source": "+", "new_source": [other]}]
    values = to_form({}, fields_of("incidents", own)) | {"claims": claims}
    found = answer(FormState("incidents", values), own, TODAY)
    assert list(found.sources) == ["new-american-2022-2"]
    assert found.entry["claims"][0]["source"] == "new-american-2022-2"
    assert key == "new-american-2022"


def test_a_new_source_that_was_saved_already_is_that_source(own: Workspace, root: Path) -> None:
    entry = next(one for section, one in entries_of(root) if section == "sources")
    described = to_form(entry, fields_of("sources", own))
    claims = [{"origin": "", "source": "+", "new_source": [described]}]
    values = to_form({}, fields_of("incidents", own)) | {"claims": claims}
    found = answer(FormState("incidents", values), own, TODAY)
    assert list(found.sources) == [entry["id"]]
    assert not any("new_source" in place for place, one in found.fields.items() if one.fault)


WORDS = "Fighters attacked a checkpoint in the district on Tuesday night and left."


def two_claims(**more: str) -> dict[str, Any]:
    """An incident of which two sources speak in the same words."""
    said = {"role": "media", "says": "occurrence", "text": WORDS, **more}
    first = {**said, "by": "One", "source": "hudson-2024"}
    second = {**said, "by": "Two", "source": "ny-sun-2025", "text": f"A radio: {WORDS}"}
    return {
        "id": "checkpoint-2022", "title": "A checkpoint", "where": [{"place": "Kabul"}],
        "when": "2022-05", "claims": [first, second],
    }  # fmt: skip


def test_claims_that_share_words_are_offered_one_origin_and_a_person_confirms(
    own: Workspace,
) -> None:
    fields = fields_of("incidents", own)
    values = to_form(two_claims(), fields)
    found = answer(FormState("incidents", values), own, TODAY)
    assert found.faults == 0
    said = found.fields["claims.0.text"]
    assert said.said.startswith("Shares words with claim 2: “fighters attacked a checkpoint")
    ((label, texts),) = said.choices
    assert label == "Same statement as claim 2"
    # Nothing is filled in before somebody presses the button.
    assert all("origin" not in one for one in found.entry["claims"])
    for place, text in texts.items():
        _, at, name = place.split(".")
        values["claims"][int(at)][name] = text
    found = answer(FormState("incidents", values), own, TODAY)
    assert found.faults == 0
    assert [one["origin"] for one in found.entry["claims"]] == ["checkpoint-2022"] * 2
    assert not found.fields["claims.0.text"].choices
    # What has been saved is shown again, and what is not a valid word is refused beside its field.
    again = to_form(found.entry, fields)
    assert [one["same_origin"] for one in again["claims"]] == ["checkpoint-2022"] * 2
    again["claims"][1]["same_origin"] = "A press release"
    refused = answer(FormState("incidents", again), own, TODAY)
    assert refused.fields["claims.1.same_origin"].fault


def test_the_origin_of_a_claim_is_not_taken_for_the_place_of_its_form(own: Workspace) -> None:
    fields = fields_of("incidents", own)
    entry = two_claims(origin="1")
    values = checked_form(to_form(entry, fields), fields)
    assert [(one["origin"], one["same_origin"]) for one in values["claims"]] == [
        ("0", "1"),
        ("1", "1"),
    ]
    values["claims"].reverse()
    found = from_form(values, fields, entry, context=CONTEXT).entry
    assert found["claims"] == [*reversed(entry["claims"])]
