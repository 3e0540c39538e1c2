"""A file that is passed on holds what is shown and may be seen, and nothing else, in any layer."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marked import MARK, marked_dossier, marks_in
from pydantic import create_model
from recording import record, times
from typer.testing import CliRunner
from views import VIEWS

from geo.briefing.bundle import tables
from geo.briefing.formats import files
from geo.briefing.recreate import recipe_file, with_recipe
from geo.cli.main import app
from geo.dossier.records import Claim
from geo.errors import ExportError, GeoError, IntakeError
from geo.handover.canaries import Canaries, canaries_of
from geo.handover.hiding import hide_fields
from geo.handover.preview import preview_of
from geo.handover.profiles import (
    ALWAYS,
    BUILT_IN,
    INTERNAL,
    PART_NAMES,
    PARTNER,
    PUBLIC,
    Profile,
    parse_profiles,
)
from geo.handover.reducing import ONLY_SHOWN, reduce_workspace
from geo.handover.scanning import check_file, scan_file
from geo.places.country import Country
from geo.snapshot.content.passing_on import reduced_for
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.output.making import Snapshot, make
from geo.table.workspace import Workspace
from geo.view import EXCLUDED, View, keep, select, workspace_for
from geo.webmap.document import document_html
from geo.workspace import located_workspace

COUNT = 45
DATA = Path(__file__).resolve().parent.parent / "data"
VIEWS_TRIED = times(3, 500)
PROFILES = st.sampled_from(list(BUILT_IN.values()))
AS_OF = date(2024, 12, 31)


@cache
def marked_workspace() -> Workspace:
    return located_workspace(Country.read(DATA), marked_dossier(COUNT), "d.yaml")


@pytest.fixture(scope="module")
def marked() -> Workspace:
    return marked_workspace()


def number_of(key: str) -> int:
    return int(key.rpartition("-")[2])


def permitted(workspace: Workspace, view: View, profile: Profile) -> set[int]:
    """The numbers of the records that may be in a file, by the words of the documentation."""
    found = set()
    periods = [view]
    if view.compare:
        periods.append(replace(view, first=view.compare[0], last=view.compare[1]))
    whole = workspace_for(view, workspace)
    for one in periods:
        for key, why in keep(one, whole.located.table).items():
            state = whole.located.reviews[str(key)].state
            if why or (profile is not INTERNAL and state == "draft"):
                continue
            if profile is not PUBLIC or state == "approved":
                found.add(number_of(str(key)))
    return found


def strays(marks: set[tuple[str, int]], kept: set[int], profile: Profile) -> set[tuple[str, int]]:
    """The marks that should not be in a file."""
    hidden = {
        "internal": set(),
        "partner": {"passage.quote", "record.written_by", "record.approved"},
        "public": {
            "passage.quote", "record.written_by", "record.approved", "record.note", "claim.by",
            "claim.via", "claim.credibility_because", "place.because", "source.note",
            "source.reliability_because",
        },
    }[profile.name]  # fmt: skip
    return {one for one in marks if one[1] not in kept or one[0] in hidden}


# Five hundred, as under INCIDENT_MAP_LONG, take a quarter of an hour.
@pytest.mark.slow
@pytest.mark.timeout(3600)
@settings(max_examples=VIEWS_TRIED, deadline=None, suppress_health_check=list(HealthCheck))
@given(view=VIEWS, profile=PROFILES)
def test_no_layer_of_the_fast_formats_holds_what_a_view_leaves_out(
    view: View, profile: Profile
) -> None:
    marked = marked_workspace()
    kept = permitted(marked, view, profile)
    found = reduce_workspace(marked, [view], profile)
    assert {number_of(key) for key in found.records} == kept
    shown = select(found.views[0], found.workspace).ledger
    assert shown.total == len(kept)
    page = document_html(found.workspace, view=found.views[0], as_of=AS_OF).encode()
    canaries = canaries_of(found, [view.text])
    check_file(page, "x.html", canaries)
    assert strays(marks_in(page), kept, profile) == set()
    if kept:
        assert {one for _, one in marks_in(page)} == kept
    if len(kept) < COUNT:
        assert len(canaries.ids) > 0
    view = replace(view, compare=None)
    kept = permitted(marked, view, profile)
    snapshot = make(marked, Recipe(view=view, as_of=AS_OF, only_shown=True, profile=profile.name))
    workspace, _ = reduced_for(marked, snapshot.recipe)
    for name, data in tables(snapshot, workspace).items():
        assert strays(marks_in(data, name), kept, profile) == set(), name
    recipe_file(snapshot, marked)


def test_the_random_views_and_profiles_are_counted() -> None:
    record("test_handover", tried=VIEWS_TRIED, lost=0, said="Views and profiles, nothing found")


NRF = View(off=("aff", "al-qaeda", "isis-k", "not-named", "taliban"))


@pytest.fixture(scope="module")
def handed(marked: Workspace) -> SimpleNamespace:
    """Everything of one figure in a ZIP file, for readers in public."""
    recipe = Recipe(view=NRF, as_of=AS_OF, size="web", only_shown=True, profile="public")
    snapshot = make(marked, recipe)
    (archive,) = files(snapshot, marked, "zip")
    return SimpleNamespace(snapshot=snapshot, archive=archive)


def members(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.mark.slow
def test_no_layer_of_any_format_holds_what_a_view_leaves_out(
    marked: Workspace, handed: SimpleNamespace
) -> None:
    kept = permitted(marked, NRF, PUBLIC)
    assert 0 < len(kept) < COUNT
    for name, data in members(handed.archive.data).items():
        assert strays(marks_in(data, name), kept, PUBLIC) == set(), name
        if not name.endswith((".png", "README.txt", "snippets.txt", "alt-text.txt")):
            assert marks_in(data, name), f"{name}: no mark at all, so the test shows nothing"
        if name.endswith((".html", ".geojson", "README.txt", ".pdf", ".docx", ".pptx")):
            assert "Holds only what is shown" in " ".join(" ".join(texts(data)).split()), name


def texts(data: bytes) -> list[str]:
    from marked import layers  # noqa: PLC0415 - named like the fixture elsewhere

    return list(layers(data))


@pytest.mark.slow
def test_the_scan_finds_in_every_format_what_must_not_be_in_it(
    others: SimpleNamespace, handed: SimpleNamespace
) -> None:
    whole = scan_file(handed.archive.data, "x.zip", others.canaries)
    layers_ = " ".join(one.layer for one in whole)
    for suffix in (".svg", ".pdf", ".html", ".pptx", ".docx"):
        assert suffix in layers_, suffix
    for name in ("records.csv", "records.geojson", "sources.csv", "recipe.json"):
        assert name in layers_, name
    assert "notesSlide" in layers_
    assert "gzip" in layers_


def test_the_same_recipe_gives_the_same_files_from_all_the_data(
    marked: Workspace, handed: SimpleNamespace
) -> None:
    recipe = Recipe.from_json(handed.snapshot.recipe.to_json())
    assert make(marked, recipe).recipe.to_json() == recipe.to_json()
    assert make(marked, recipe).content == handed.snapshot.content


def planted(kind: str, secret: str) -> bytes:
    """A file with a text in a layer where nobody looks."""
    file = io.BytesIO()
    if kind == "png":
        from PIL import Image, PngImagePlugin  # noqa: PLC0415 - as above

        chunks = PngImagePlugin.PngInfo()
        chunks.add_itxt("Comment", secret, zip=True)
        Image.new("1", (2, 2)).save(file, "png", pnginfo=chunks)
    elif kind == "zip comment":
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("a.txt", "nothing")
            archive.comment = secret.encode()
    elif kind == "after the end of a png":
        file.write(planted("png", "") + secret.encode())
    elif kind == "name in a zip":
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(f"{secret}.txt", "nothing")
    elif kind == "json":
        import json  # noqa: PLC0415 - as above

        file.write(json.dumps(secret.translate({ord("e"): "\u0065"})).encode("utf-16"))
    elif kind == "broken into tags":
        file.write("<b>".join(secret).encode())
    elif kind == "pdf":
        text = secret.encode("utf-16-be").hex()
        file.write(b"%%PDF-1.4\n1 0 obj\n<< /Subject <feff%s> >>\nendobj\n" % text.encode())
    return file.getvalue()


@pytest.fixture(scope="module")
def others(marked: Workspace) -> SimpleNamespace:
    """What must not be in a file without NRF, and the first record that it excludes."""
    reduction = reduce_workspace(marked, [View(off=("nrf",))])
    records = marked.reading.dossier.records
    hidden = next(one for one in records if one.id not in reduction.records)
    return SimpleNamespace(canaries=canaries_of(reduction), hidden=hidden)


@pytest.fixture(scope="module")
def nothing_shown(marked: Workspace) -> Canaries:
    return canaries_of(reduce_workspace(marked, [View(text="none of it")]))


KINDS = ("png", "zip comment", "after the end of a png", "name in a zip", "json", "pdf",
         "broken into tags")  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_planted_text_is_found_and_the_file_refused(others: SimpleNamespace, kind: str) -> None:
    hidden, canaries = others.hidden, others.canaries
    check_file(planted(kind, "Nothing that anybody would mind"), "x", canaries)
    with pytest.raises(ExportError, match="was not written, because it still holds") as found:
        check_file(planted(kind, hidden.claims[0].text), "x", canaries)
    assert hidden.id in str(found.value) or "source" in str(found.value)


@pytest.mark.parametrize(
    "written",
    ["{lat}, {lon}", "[{lon},{lat}]", '"lat":{lat},"lon":{lon}', "{lat}000;{lon}000"],
)
def test_a_position_is_found_in_either_order(nothing_shown: Canaries, written: str) -> None:
    positions = nothing_shown.positions
    assert len(positions) > COUNT / 4
    lat, lon = next(iter(positions))
    text = written.format(lat=lat, lon=lon).encode()
    assert scan_file(text, "x.json", nothing_shown)
    assert not scan_file(text.replace(str(lat).encode(), b"35.0001"), "x", nothing_shown)


def test_a_figure_that_holds_too_much_is_not_written(
    marked: Workspace, handed: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = reduced_for(marked, handed.snapshot.recipe)[0].located.evidence
    leak = next(one for one in marked.reading.dossier.records if one.id not in kept).title
    monkeypatch.setattr(Snapshot, "svg", lambda _: (f"<svg>{leak}</svg>".encode(),))
    with pytest.raises(ExportError, match="fault of the program"):
        with_recipe(handed.snapshot, marked, ["svg"])


@pytest.mark.parametrize("data", [b"PK\x03\x04 cut", b"\x1f\x8b cut", b"PK\x03\x04" * 99])
def test_what_cannot_be_unpacked_is_not_known_to_be_safe(
    others: SimpleNamespace, data: bytes
) -> None:
    with pytest.raises(IntakeError, match="not known to be safe"):
        scan_file(data, "x.zip", others.canaries)


def test_what_follows_from_who_says_what_is_the_same_without_their_names(
    marked: Workspace,
) -> None:
    found = reduce_workspace(marked, [View()], PUBLIC)
    for key, one in found.workspace.located.evidence.items():
        before = marked.located.evidence[key]
        for name in ("stances", "status", "attribution", "grades", "killed", "injured"):
            assert getattr(one, name) == getattr(before, name), (key, name)
        assert found.workspace.located.places[key][0].lat == marked.located.places[key][0].lat


def test_an_approval_holds_although_a_field_is_hidden(marked: Workspace) -> None:
    profile = replace(
        PARTNER, shows=(PARTNER.shows or frozenset()) | {"record.approved"} - {"record.note"}
    )
    found = reduce_workspace(marked, [View()], profile).workspace
    states = {key: one.state for key, one in found.located.reviews.items()}
    assert states == {key: marked.located.reviews[key].state for key in states}
    assert "approved" in states.values()


def test_a_group_keeps_its_colour_whoever_is_left_out(marked: Workspace) -> None:
    from geo.wording.symbology import group_styles  # noqa: PLC0415 - used once

    before = group_styles(marked.reading.dossier.groups)
    after = group_styles(reduce_workspace(marked, [NRF]).workspace.reading.dossier.groups)
    assert {key: before[key] for key in after} == after


def test_a_selection_is_not_said_to_be_all_groups(marked: Workspace) -> None:
    found = reduce_workspace(marked, [NRF])
    assert EXCLUDED in found.views[0].off
    snapshot = make(marked, Recipe(view=NRF, only_shown=True))
    assert any(one.startswith("groups: ") for one in snapshot.content.subtitle)
    assert ONLY_SHOWN in snapshot.content.disclaimer


def test_every_field_is_always_shown_or_known_to_the_profiles_or_hidden_outside() -> None:
    for model, part in PART_NAMES.items():
        for name, field in model.model_fields.items():
            if field.is_required():
                assert f"{part}.{name}" in ALWAYS, f"{part}.{name} cannot be hidden"
    known = {f"{part}.{name}" for model, part in PART_NAMES.items() for name in model.model_fields}
    assert known >= ALWAYS
    assert all(known >= (one.shows or frozenset()) for one in BUILT_IN.values())


@pytest.mark.parametrize("profile", BUILT_IN.values(), ids=lambda one: one.name)
def test_a_field_that_is_added_later_is_hidden_outside(profile: Profile) -> None:
    newer: Any = create_model("Newer", __base__=Claim, informant=(str | None, None))
    given_ = {"by": "nrf", "role": "acting_party", "says": "responsibility", "text": "x",
              "source": "s", "informant": "Somebody"}  # fmt: skip
    hidden = hide_fields(newer(**given_), profile)
    assert hidden.informant == ("Somebody" if profile is INTERNAL else None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("donor: {}", "label"),
        ("donor: {label: Donors, shows: [record.nite]}", "did you mean 'record.note'"),
        ("Donor: {label: Donors}", "pattern"),
        ("- donor", "dictionary"),
        ("donor: {label: Donors, speakers: maybe}", "speakers"),
        ("\xff", "UTF-8"),
    ],
)
def test_a_fault_in_the_profiles_is_named(text: str, said: str) -> None:
    with pytest.raises(GeoError, match=said):
        parse_profiles(text.encode("latin-1"), "profiles.yaml")


def test_a_profile_of_the_country_is_used(marked: Workspace) -> None:
    found = parse_profiles(b"donor: {label: Donors, shows: [record.note]}", "p.yaml")["donor"]
    assert found.is_shown("record", "note")
    assert not found.is_shown("source", "note")
    assert not found.speakers
    page = document_html(reduce_workspace(marked, [View()], found).workspace).encode()
    fields = {field for field, _ in marks_in(page)}
    assert "record.note" in fields
    assert not fields & {"claim.by", "source.note", "claim.via"}


def test_the_preview_counts_what_goes_along(marked: Workspace) -> None:
    found = preview_of(reduce_workspace(marked, [NRF], PUBLIC))
    kept = permitted(marked, NRF, PUBLIC)
    assert (found.records, found.all_records) == (len(kept), COUNT)
    assert found.sources == len(kept)
    assert "names of speakers" in found.hidden
    assert not found.named_in_texts


def test_a_hidden_name_that_a_text_repeats_is_reported(marked: Workspace) -> None:
    data = marked_dossier(3).replace(b"Tells, at some length", b"Speaker Zqb0000x tells")
    told = located_workspace(marked.country, data, "d.yaml")
    found = preview_of(reduce_workspace(told, [View()], replace(PUBLIC, unapproved=True)))
    assert len(found.named_in_texts) == len(told.reading.dossier.records)
    assert "rephrase" in " ".join(found.sentences())


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    file = tmp_path / "d.yaml"
    file.write_bytes(marked_dossier(9))
    return file


def run(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.mark.slow
def test_the_command_line_says_what_goes_along(dossier: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.html"
    result = run("map", dossier, "--out", out, "--groups", "nrf")
    assert "also contains the" in result.stderr
    assert len({number for _, number in marks_in(out.read_bytes())}) > 2
    result = run(
        "map", dossier, "--out", out, "--groups", "nrf", "--only-shown", "--profile", "partner"
    )
    assert "of 9 records" in result.stderr, result.output
    assert "Not included: passages of documents" in result.stderr
    marks = marks_in(out.read_bytes())
    assert "passage.quote" not in {field for field, _ in marks}
    assert not MARK.search("zqa0001x") or 1 not in {number for _, number in marks}
    assert "'pubic' is not known" in run("map", dossier, "--out", out, "--profile", "pubic").stderr


def test_events_cannot_be_reduced_and_the_command_says_so(dossier: Path, tmp_path: Path) -> None:
    result = run(
        "map", dossier, "--out", tmp_path / "x.html", "--only-shown", "--event-table", "e.parquet"
    )
    assert result.exit_code == 2
    assert "events cannot be reduced" in result.stderr
