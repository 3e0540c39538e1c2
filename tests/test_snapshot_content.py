"""What stands on a snapshot: every number leads somewhere, and nothing is left unsaid."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shapely
from dossiers import SOURCE, claim, copy_of_data, incident, presence, workspace
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from views import GRADED, MADE, VIEWS

from geo.errors import GeoError
from geo.places.country import Country
from geo.snapshot.content.composing import compose, with_digests
from geo.snapshot.content.content import Badge, Content, Spot
from geo.snapshot.content.frame import frame_of
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.content.sizes import SIZES
from geo.table.workspace import Workspace
from geo.view import UNNAMED, View, Viewport, apply_view, keep
from geo.workspace import open_workspace

DAY = date(2026, 11, 21)
ZOOMED = st.builds(
    lambda view, lat, lon, zoom: replace(view, viewport=Viewport(lat, lon, zoom)),
    VIEWS, st.floats(30, 38), st.floats(61, 74), st.integers(5, 11),
)  # fmt: skip


def content_of(found: Workspace, view: View, **recipe: object) -> Content:
    asked = Recipe(view=view, as_of=DAY, **recipe)
    made = with_digests(found, asked)
    return compose(found, made)


def numbers_on_map(content: Content) -> set[int]:
    stands = [*content.spots, *content.badges]
    return {number for stand in stands for row in stand.rows for number in row.numbers}


def check_numbers(found: Workspace, view: View) -> None:
    """Each number of the map is in the list and the other way round, and all records are told."""
    content = content_of(found, view)
    on_map = [entry.number for entry in content.entries if entry.where == "map"]
    assert numbers_on_map(content) == set(on_map)
    assert [entry.number for entry in content.entries] == [*range(1, len(content.entries) + 1)]
    kept = {key for key, why in keep(view, found.located.table).items() if not why}
    assert len(content.entries) + content.elsewhere == len(kept)
    assert {entry.record for entry in content.entries} <= kept
    cited = {one.source for entry in content.entries for one in entry.references}
    assert cited == {source.number for source in content.sources}
    drawn = apply_view(view, found.located.table).ledger.drawn
    assert drawn == len(on_map) + content.elsewhere
    assert content.ledger.startswith(f"{drawn} of {len(found.reading.dossier.records)} drawn")


@pytest.mark.slow
@given(VIEWS | ZOOMED)
@settings(max_examples=100, deadline=None)
def test_each_number_of_the_map_is_in_the_list_and_the_other_way_round(
    own: Workspace, view: View
) -> None:
    check_numbers(own, view)


@pytest.mark.slow
@given(VIEWS)
@settings(max_examples=40, deadline=None)
def test_so_it_is_where_every_filter_finds_something(country: Country, view: View) -> None:
    check_numbers(workspace(country, *MADE, sources=GRADED), view)


def test_numbers_follow_the_eye_and_run_on_within_a_badge(own: Workspace) -> None:
    content = content_of(own, View())
    first = {badge.area: badge.numbers[0] for badge in content.badges}
    last = {badge.area: badge.numbers[-1] for badge in content.badges}
    assert max(first["AF-TAK"], first["AF-BDS"]) < min(last["AF-KAB"], last["AF-PAN"])
    assert 1 in {n for spot in content.spots for row in spot.rows for n in row.numbers}
    seen: set[int] = set()
    for stand in sorted([*content.spots, *content.badges], key=_first):
        fresh = [n for row in stand.rows for n in row.numbers if n not in seen]
        assert sorted(fresh) == [*range(min(fresh), max(fresh) + 1)] if fresh else True, stand.name
        seen.update(fresh)


def _first(stand: Spot | Badge) -> int:
    return min(n for row in stand.rows for n in row.numbers)


def test_an_entry_names_source_and_both_grades(country: Country) -> None:
    sources = {"report": SOURCE | {"reliability": "B", "url": "https://example.org/r"}}
    found = workspace(country, incident(claims=[claim(credibility=3)]), sources=sources)
    content = content_of(found, View())
    (entry,), (source,) = content.entries, content.sources
    (reference,) = entry.references
    assert (reference.source, reference.reliability, reference.credibility) == (1, "B", 3)
    assert source.text == "A report. A paper, about 2024. Source reliability B: usually reliable."
    assert source.url == "https://example.org/r"
    assert entry.line == "An attack (NRF; claimed; May 2022)"
    assert entry.sentence.startswith("NRF claims: An attack. It is placed")


def test_what_cannot_be_placed_or_read_is_said(country: Country) -> None:
    found = workspace(
        country,
        incident(),
        incident(id="lost", where=[{"place": "Xqz"}]),
        incident(id="broken", when="no day"),
        incident(id="nowhere", where=[]),
    )
    content = content_of(found, View())
    assert content.warnings == (
        "1 entry of the data could not be read and is not included.",
        "1 record names a place that could not be found; it is listed but not mapped.",
    )
    assert [(heading, len(entries)) for heading, entries in content.beside.items()] == [
        ("Location not found", 1),
        ("No location given", 1),
    ]
    assert content.ledger == (
        "1 of 3 drawn · 1 with a location not found · 1 with no location given"
        " · 1 more could not be read"
    )


def test_a_record_without_a_source_is_named(country: Country) -> None:
    found = workspace(country, incident())
    record = found.reading.dossier.incidents[0].model_copy(update={"claims": ()})
    dossier = found.reading.dossier.model_copy(update={"incidents": (record,)})
    reading = replace(found.reading, dossier=dossier)
    content = compose(replace(found, reading=reading), Recipe())
    assert content.warnings == ("No source is named for number 1.",)


def test_a_base_that_is_missing_is_said(data_folder: Path, tmp_path: Path) -> None:
    folder = copy_of_data(data_folder, tmp_path / "data")
    (folder / "neighbours.geojson").unlink()
    content = content_of(open_workspace(folder), View())
    assert "The neighbouring countries are missing from the data." in content.warnings


def test_nothing_shown_says_so_and_why(own: Workspace) -> None:
    content = content_of(own, View().without([*own.reading.dossier.groups, UNNAMED]))
    assert content.warnings == ("No record is shown.",)
    assert "28 switched off" in content.ledger
    assert (content.spots, content.badges, content.entries) == ((), (), ())
    assert [part.heading for part in content.legend] == ["Base map"]


def test_the_legend_holds_what_is_shown_and_nothing_else(own: Workspace) -> None:
    content = content_of(own, View(kinds=("incident",), statuses=("claimed_only",)))
    parts = {part.heading: [item.label for item in part.items] for part in content.legend}
    assert parts["Verification status"] == [f"Claimed by a party only ({len(content.entries)})"]
    assert parts["Record type"] == [f"Incidents ({len(content.entries)})"]
    assert "Presence last reported" not in parts
    shown = {key for entry in content.entries for key in entry.sign.groups}
    assert len(parts["Groups"]) == len(shown)


def test_switching_off_what_only_parties_say_takes_exactly_that(own: Workspace) -> None:
    """The map's counter pair goes by the same numbers, see test_agreement.py."""
    keys = [*own.reading.dossier.groups, UNNAMED]
    claimed = [f"{key}/{kind}/claimed_only" for key in keys for kind in ("incident", "presence")]
    before, now = content_of(own, View()), content_of(own, View(off=tuple(sorted(claimed))))
    only_claimed = {one.record for one in before.entries if one.status == "claimed_only"}
    assert len(only_claimed) == 10
    left = {one.record for one in now.entries}
    assert {one.record for one in before.entries} - left == only_claimed
    assert f"{len(only_claimed)} switched off" in now.ledger
    (said,) = (part for part in now.legend if part.heading == "Verification status")
    assert not any("Claimed by a party" in item.label for item in said.items)


def test_by_provinces_claimed_and_reported_stand_apart(own: Workspace) -> None:
    content = content_of(own, View(mode="provinces"))
    assert content.spots == ()
    kabul = next(badge for badge in content.badges if badge.area == "AF-KAB")
    assert kabul.counts == (1, 6, 0)
    assert sum(kabul.counts) == len(kabul.numbers)
    assert kabul.shade == max(badge.shade for badge in content.badges)
    assert "Records in a province" in [part.heading for part in content.legend]


def test_a_detail_counts_what_lies_outside_it(own: Workspace) -> None:
    content = content_of(own, View(viewport=Viewport(34.5, 69.2, 9)))
    assert content.frame.is_detail
    assert content.elsewhere > 0
    assert f"{content.elsewhere} of these outside the frame" in content.ledger
    assert content.subtitle[0] == "Part of Afghanistan"
    for badge in content.badges:
        assert content.frame.holds(badge.lat, badge.lon), badge.area


def test_a_view_of_provinces_looks_at_them(country: Country) -> None:
    for size in SIZES.values():
        frame = frame_of(View(provinces=("AF-PAN",)), country, size.map_aspect)
        panjshir = frame.projection.project(country.provinces["AF-PAN"].outline)
        assert frame.box.contains(panjshir), size.key
        assert (frame.right - frame.left) / (frame.top - frame.bottom) == pytest.approx(
            size.map_aspect
        )
        whole = frame_of(View(), country, size.map_aspect)
        everything = country.provinces.outline_of(country.provinces.codes)
        assert whole.box.contains(whole.projection.project(everything)), size.key
        assert not whole.is_detail


@pytest.mark.parametrize(
    "viewport",
    [Viewport(0, 0, 3), Viewport(-90, 180, 12), Viewport(90, 0, 0), Viewport(34, 66, 0),
     Viewport(28.6, 77.2, 9)],
)  # fmt: skip
def test_a_look_at_nothing_of_the_country_is_none(country: Country, viewport: Viewport) -> None:
    assert frame_of(View(viewport=viewport), country, 1.4) == frame_of(View(), country, 1.4)


def test_the_projection_keeps_areas(country: Country) -> None:
    frame = frame_of(View(), country, 1.4)
    geod = Geod(ellps="WGS84")
    for province in country.provinces:
        true = abs(geod.geometry_area_perimeter(province.outline)[0])
        drawn = shapely.area(frame.projection.project(province.outline))
        assert drawn == pytest.approx(true, rel=1e-3), province.name


@given(VIEWS | ZOOMED, st.text(max_size=300), st.sampled_from(list(SIZES)))
@settings(max_examples=60, deadline=None)
def test_a_recipe_comes_back_as_it_was(view: View, title: str, size: str) -> None:
    recipe = Recipe(
        view=view, as_of=DAY, title=title, note=title, size=size, data="0" * 64,
        made={"an-attack": "0" * 8},
    )  # fmt: skip
    again = Recipe.from_json(recipe.to_json())
    assert again == recipe
    assert again.hash8 == recipe.hash8


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not JSON"),
        ("[]", 'is not a recipe; expected "incidentMapRecipe": 1'),
        ('{"incidentMapRecipe": 2}', "is not a recipe"),
        ('{"incidentMapRecipe": 1, "variant": "pink"}', "expected any of colour, grey, dark"),
        ('{"incidentMapRecipe": 1, "asOf": "soon"}', "expected one such as 2026-11-21"),
        ('{"incidentMapRecipe": 1, "title": 7}', "title must be text, not int"),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_a_recipe_that_is_none_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(GeoError, match=re.escape(said)):
        Recipe.from_json(text)


def test_the_name_changes_with_data_and_recipe(own: Workspace, country: Country) -> None:
    names = {
        content_of(own, View()).name,
        content_of(own, View(mode="provinces")).name,
        content_of(own, View(), title="A title").name,
        content_of(workspace(country, incident()), View()).name,
        content_of(workspace(country, presence()), View()).name,
    }
    assert len(names) == 5
    assert all(re.fullmatch(r"AFG_[a-z0-9-]+_slide_20261121_[0-9a-f]{8}", one) for one in names)
