"""A passage of a claim stays with it, through every way in which a dossier is edited."""

from __future__ import annotations

import copy
import hashlib
from datetime import date
from typing import Any

import pytest
from dossiers import SOURCE, claim, dossier_bytes, incident, read, workspace

from geo.app.editing.fields import every_field, form_parts
from geo.app.editing.reading import FormContext
from geo.app.editing.values import from_form, to_form
from geo.changes.changes import changes
from geo.changes.json_output import record_json
from geo.dossier.editing import Edit, applied
from geo.dossier.entries import Entries
from geo.dossier.merging import merged
from geo.dossier.records import Dossier
from geo.dossier.review import meaning_digest
from geo.dossier.yaml_rewriting import same
from geo.places.country import Country
from geo.snapshot.content.composing import compose
from geo.snapshot.content.recipe import Recipe
from geo.workbook.edits import edits_of_workbook
from geo.workbook.writing import workbook_of

PASSAGE: dict[str, Any] = {
    "document": "ab" * 32, "start": 120, "end": 180, "digest": "cd" * 32, "quote": "We attacked.",
}  # fmt: skip
OTHER = PASSAGE | {"start": 400, "end": 420}
SOURCES = {"report": SOURCE | {"document": "ab" * 32}}


def dossier(*passages: dict[str, Any], **more: Any) -> bytes:
    said = claim(passages=list(passages)) if passages else claim()
    return dossier_bytes(incident(claims=[said]), sources=SOURCES, **more)


def passages_in(data: bytes) -> list[dict[str, Any]]:
    entry = Entries.of(data).entry("incidents", "an-attack") or {}
    return [one for said in entry["claims"] for one in said.get("passages", [])]


def with_passages(data: bytes, *passages: dict[str, Any]) -> bytes:
    entry = copy.deepcopy(Entries.of(data).entry("incidents", "an-attack") or {})
    entry["claims"][0]["passages"] = list(passages)
    edit = Edit.to(data, "incidents", "an-attack", {"claims": entry["claims"]}, by="A. Analyst")
    return applied(data, edit)


@pytest.mark.parametrize(
    ("altered", "said"),
    [
        ({"start": 180}, "a passage ends after it starts; it goes from 180 to 180"),
        ({"start": -1}, "-1"),
        ({"digest": "CD" * 32}, "digest"),
        ({"document": "ab"}, "document"),
        ({"quote": "\u200b"}, "U+200B"),
        ({"quote": "call +93 700 123 456 78"}, "telephone"),
        ({"words": "We attacked."}, "words"),
    ],
)
def test_a_passage_that_cannot_be_one_is_refused_with_its_line(altered, said):
    found = read(incident(claims=[claim(passages=[PASSAGE | altered])]))
    assert found.dossier.records == ()
    assert any(said in one.message and one.line for one in found.errors), found.errors


def test_a_general_statement_hands_its_passages_to_every_claim_that_repeats_it():
    statement = claim() | {"passages": [PASSAGE]}
    found = read(incident(claims=[{"statement": "s"}]), statements={"s": statement})
    (record,) = found.dossier.records
    assert [one.model_dump() for one in record.claims[0].passages] == [PASSAGE]


BEFORE: tuple[str, str] = (
    "101d4d54a719f1de79cb2efc43b4c18be17a93bce7e176b796492fb3486534da",
    "62a8ac6f9a10b18f5fdac9eff8da043788990459f6236e5a0af5331f4ec28e01",
)
"""Digests of the record of ``dossiers.py`` from a version that knew no passages: of its meaning,
and of its representation, as a recipe has it."""


def test_a_passage_is_part_of_what_was_approved_and_nothing_changes_without_one():
    bare, held, moved = (read(incident(claims=[claim(**one)])).dossier for one in (
        {}, {"passages": [PASSAGE]}, {"passages": [OTHER]}))  # fmt: skip
    assert (digest(bare), recipe_digest(bare)) == BEFORE
    assert len({digest(one) for one in (bare, held, moved)}) == 3
    assert len({recipe_digest(one) for one in (bare, held, moved)}) == 3


def digest(of: Dossier) -> str:
    return meaning_digest(of.records[0], of.sources)


def recipe_digest(of: Dossier) -> str:
    return hashlib.sha256(repr((of.records[0], of.sources, of.groups)).encode()).hexdigest()


def test_two_people_who_add_passages_keep_both():
    base = dossier()
    found = merged(base, with_passages(base, PASSAGE), with_passages(base, OTHER))
    assert not found.clashes
    assert passages_in(found.data) in ([PASSAGE, OTHER], [OTHER, PASSAGE])


def test_a_workbook_that_changes_a_claim_keeps_its_passages():
    data = dossier(PASSAGE, OTHER)
    book = workbook_of(data)
    assert edits_of_workbook(book, by="A. Analyst").edits == ()
    from test_workbook import cell_in, changed  # noqa: PLC0415 - reads a whole workbook when loaded

    def rewrite(opened: Any) -> None:
        cell_in(opened, "Claims", 2, "text").value = "Says otherwise."
        cell_in(opened, "Sources", 2, "document").value = "cd" * 32

    found = changed(book, rewrite)
    for edit in found.edits:
        data = applied(data, edit)
    assert passages_in(data) == [PASSAGE, OTHER]
    assert Entries.of(data).entry("sources", "report")["document"] == "cd" * 32
    assert Entries.of(data).entry("incidents", "an-attack")["claims"][0]["text"] == (
        "Says otherwise."
    )


def test_a_form_that_does_not_show_passages_saves_them(country: Country):
    own = workspace(country, incident(claims=[claim(passages=[PASSAGE]), claim(by="x")]))
    fields = every_field(form_parts("incidents", own.reading.dossier))
    entry = Entries.of(dossier_bytes(incident(claims=[claim(passages=[PASSAGE])]))).entry(
        "incidents", "an-attack")  # fmt: skip
    values = to_form(entry, fields)
    values["claims"][0]["text"] = "Said otherwise"
    wanted = copy.deepcopy(entry)
    wanted["claims"][0]["text"] = "Said otherwise"
    context = FormContext(date(2026, 1, 1))
    assert same(from_form(values, fields, entry, context=context).entry, wanted)


def test_a_passage_that_was_added_is_a_change_in_words_and_in_json(country: Country):
    old, new = (
        workspace(country, incident(claims=[one])) for one in (claim(), claim(passages=[PASSAGE]))
    )
    words = str(changes(old, new).entries)
    assert "characters 120 to 180 of document abababababab" in words
    (said,) = record_json(new.reading.dossier.records[0], new)["claims"]
    assert said["passages"] == [PASSAGE]


def test_a_figure_says_which_passages_are_on_file(country: Country):
    records = [
        incident(claims=[claim(passages=[PASSAGE])]),
        incident(id="another-attack", claims=[claim(passages=[PASSAGE]), claim(by="x")]),
        incident(id="a-third-attack"),
    ]
    own = workspace(country, *records)
    lines = {one.record: one.line for one in compose(own, Recipe()).entries}
    assert lines["an-attack"].endswith("; May 2022; passage on file)")
    assert lines["another-attack"].endswith("; May 2022; passage on file for 1 of 2 claims)")
    assert "on file" not in lines["a-third-attack"]
