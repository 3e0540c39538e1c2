"""A draft may have problems, counts nowhere, and is shown only where drafts are asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from dossiers import GROUPS, SOURCE, claim, dossier_bytes, incident, presence, workspace
from typer.testing import CliRunner

from geo.cli.main import app
from geo.dossier.editing import Edit, applied
from geo.dossier.intake import read_dossier
from geo.errors import EditError
from geo.places.country import Country

FAULTS: list[tuple[str, dict[str, Any]]] = [
    ("the fields 'title', 'where', 'claims' and 'when' are missing",
     {"title": None, "where": None, "claims": None, "when": None}),
    ("'soon'", {"when": "soon"}),
    ("claims is empty", {"claims": []}),
    ("the source 'none' is not among the sources of this file", {"claims": [claim(source="none")]}),
    ("the group 'none' is not among", {"by": ["none"]}),
    ("refers to statements, which cannot be read", {"claims": [{"statement": "none"}]}),
    ("the field 'titel' is not known", {"titel": "x"}),
    ("refers to sources 'bad', which cannot be read", {"claims": [claim(source="bad")]}),
    ("needs status_because", {"status": "disputed"}),
    ("the id 'an-attack' is already used in line", {"id": "an-attack"}),
]  # fmt: skip


def draft(**fields: Any) -> dict[str, Any]:
    made = incident(id="a-draft", draft=True) | fields
    return {name: one for name, one in made.items() if one is not None}


def file_of(*drafts: dict[str, Any]) -> bytes:
    sources = {"report": SOURCE, "bad": {"title": "B"}} if "bad" in str(drafts) else {}
    more = {"sources": sources} if sources else {}
    return dossier_bytes(incident(), presence(), incidents=[incident(), *drafts], **more)


@pytest.mark.parametrize(("said", "fields"), FAULTS)
def test_what_a_draft_lacks_is_a_note_of_that_draft(said: str, fields: dict[str, Any]) -> None:
    with_draft = read_dossier(file_of(draft(**fields)), "d.yaml")
    alone = read_dossier(file_of() if "bad" not in said else file_of_bad(), "d.yaml")
    assert [one.message for one in with_draft.errors] == [one.message for one in alone.errors]
    (found,) = with_draft.drafts
    assert found.record is None
    assert any(said in note.message for note in found.problems), found.problems
    for note in found.problems:
        assert (note.severity, note.record.split(" ")[0]) == ("note", "draft")
        assert note.line
    assert set(found.problems) <= set(with_draft.problems)
    assert with_draft.left_out == 0
    assert with_draft.rejected == alone.rejected
    assert with_draft.with_drafts() is with_draft


def file_of_bad() -> bytes:
    return dossier_bytes(
        presence(), incidents=[incident()], sources={"report": SOURCE, "bad": {"title": "B"}}
    )


def test_a_sound_draft_is_among_the_records_only_where_it_is_asked_for(country: Country) -> None:
    made = workspace(country, incident(), presence(), draft(), presence(id="b-draft", draft=True))
    plain = workspace(country, incident(), presence())
    ids = [record.id for record in made.reading.dossier.records]
    assert ids == ["an-attack", "a-presence"]
    assert (made.reading.problems, made.reading.left_out) == ((), 0)
    for name in plain.located.table.columns:
        if name != "geometry":
            assert repr([*made.located.table[name]]) == repr([*plain.located.table[name]]), name
    assert isinstance(made.located.table, gpd.GeoDataFrame)
    asked = made.with_drafts
    assert [record.id for record in asked.reading.dossier.records] == [
        "an-attack", "a-draft", "a-presence", "b-draft",
    ]  # fmt: skip
    assert dict(asked.located.table.groupby("record")["review"].first())["b-draft"] == "draft"
    assert asked.with_drafts is asked
    assert plain.with_drafts is plain
    assert made.reading.line_of("a-draft", "where", 0)


def test_the_place_of_a_draft_that_is_not_known_is_a_note(country: Country) -> None:
    made = workspace(country, incident(), draft(where=[{"place": "Nowhere at all"}]))
    assert made.problems == ()
    (note,) = made.with_drafts.problems
    assert (note.severity, note.record) == ("note", "draft incident 'a-draft'")
    assert made.with_drafts.errors == ()


def test_two_drafts_each_have_their_own_notes() -> None:
    bad = [draft(claims=[claim(source="none")]), draft(id="b-draft", claims=[claim(source="none")])]
    reading = read_dossier(file_of(*bad, draft(id="c-draft")))
    assert [len(one.problems) for one in reading.drafts] == [1, 1, 0]
    assert reading.errors == ()
    # A record has an error where it refers to the same missing source.
    reading = read_dossier(file_of(*bad, incident(id="d-record", claims=[claim(source="none")])))
    assert [one.record for one in reading.errors] == ["incident 'd-record'"]


def test_a_field_given_twice_in_a_draft_is_a_note() -> None:
    text = file_of(draft()).decode().replace('"id": "a-draft"', '"id": "a-draft", "note": "a"')
    reading = read_dossier(text.replace('"draft": true', '"draft": true, "note": "b"').encode())
    assert reading.errors == ()
    (found,) = reading.drafts
    assert found.record is None
    assert "note" in found.problems[0].message


def test_a_draft_is_saved_with_problems_and_published_without_them() -> None:
    data = dossier_bytes(incident(), groups=GROUPS)
    made = Edit.creating("incidents", {"id": "a-draft", "title": "T", "draft": True}, by="A")
    held = applied(data, made)
    publish = Edit.to(held, "incidents", "a-draft", {"draft": None}, by="A")
    with pytest.raises(EditError, match="are missing"):
        applied(held, publish)
    whole = {name: one for name, one in incident().items() if name != "id"}
    held = applied(held, Edit.to(held, "incidents", "a-draft", whole, by="A"))
    publish = Edit.to(held, "incidents", "a-draft", {"draft": None}, by="A")
    assert len(read_dossier(applied(held, publish)).dossier.records) == 2


def test_validate_succeeds_with_drafts_and_counts_them(tmp_path: Path) -> None:
    file = tmp_path / "d.yaml"
    file.write_bytes(file_of(draft(), draft(id="b-draft", when="soon")))
    done = CliRunner().invoke(app, ["validate", str(file)])
    assert done.exit_code == 0
    assert "2 valid records, 0 rejected, 0 errors; 2 drafts, 1 of which cannot be shown yet" in (
        done.stderr
    )
    assert "note: " in done.stderr
    assert "draft incident 'b-draft'" in done.stderr
    file.write_bytes(file_of(draft(where=[{"place": "Nowhere at all"}])))
    assert "Nowhere" not in CliRunner().invoke(app, ["validate", str(file)]).stderr
    done = CliRunner().invoke(app, ["validate", str(file), "--drafts"])
    assert "Nowhere at all" in done.stderr
    assert "2 valid records, 0 rejected, 0 errors; 1 draft\n" in done.stderr
    assert done.exit_code == 0
