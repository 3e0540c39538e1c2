"""Imported events in a figure: each row is counted once, and drawn no finer than it is known."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import docx
import events as made
import numpy as np
import pptx
import pyarrow as pa
import pytest
import shapely
from app_alerts import alerts
from dossiers import SOURCE, copy_of_data, dossier_bytes, incident
from hypothesis import given, settings
from hypothesis import strategies as st
from recording import times
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner, Result
from views import VIEWS

from geo.briefing.bundle import tables
from geo.briefing.formats import files
from geo.cli.main import app as commands
from geo.errors import FigureError, IntakeError, RecipeError
from geo.events.columns.formats import ACLED
from geo.events.columns.providers import PROVIDERS
from geo.events.columns.schema import SCHEMA
from geo.events.store.storage import write_events
from geo.figures.checking import check_figure_file
from geo.figures.refreshing import refresh_figure_file
from geo.figures.verifying import verify_figure_file
from geo.places.country import Country
from geo.settings import EVENTS_VARIABLE, FOLDER_VARIABLE
from geo.snapshot.content.content import Content
from geo.snapshot.content.event_choice import EVENT_FORMS, EventChoice, EventForm
from geo.snapshot.content.event_counts import CELLS_ACROSS, count_events
from geo.snapshot.content.event_file import EventFile, open_event_file
from geo.snapshot.content.event_marks import EventsShown, RingScale, event_rows
from geo.snapshot.content.frame import Frame, frame_of
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.map.event_signs import place_pills, ring_boxes
from geo.snapshot.output.making import Snapshot, make
from geo.table.search import words
from geo.table.workspace import Workspace
from geo.view import BASE_PARTS, EVERYTHING, View
from geo.workspace import located_workspace

DAY, ACCESSED = date(2026, 11, 21), date(2026, 11, 1)
# Without base map, a figure is drawn in half the time.
QUICK = View(base_off=tuple(sorted(BASE_PARTS)))
DATA = Path(__file__).resolve().parent.parent / "data"
FORM = st.sampled_from(EVENT_FORMS)
EVENTS_TRIED = times(120, 2_000)
POINTS = {"exact", "settlement", "near"}
CODES = ("AF-KAB", "AF-PAN", "AF-BAL", "AF-TAK", "XX-NO", "")


@cache
def small() -> Workspace:
    """Return three records, two of the groups that events name as well."""
    return located_workspace(
        Country.read(DATA),
        dossier_bytes(
            incident(), incident(id="by-taliban", by=["taliban"]), sources={"report": SOURCE}
        ),
        "d.yaml",
    )


def event(**changes: Any) -> dict[str, Any]:
    """Return an event of a table, in Kabul."""
    day = date(2022, 5, 24)
    return {
        "id": "E1", "origin": "acled", "row": 1, "groups": ["nrf"], "unmatched": [], "against": [],
        "event": "Battles", "subevent": "Armed clash", "earliest": day, "latest": day,
        "date_precision": "day", "place_text": "Kabul", "place_name": "Kabul",
        "precision": "settlement", "province": "AF-KAB", "district": "", "lat": 34.53, "lon": 69.17,
        "uncertainty_m": 2000.0, "off": "", "status": "reported",
        "attribution": "attributed_by_third_party", "killed_low": None, "killed_best": 3,
        "killed_high": None, "killed_basis": "acled_reported", "source": "A paper", "notes": "",
    } | changes  # fmt: skip


def event_table(rows: list[dict[str, Any]]) -> EventFile:
    return EventFile(pa.Table.from_pylist(rows, schema=SCHEMA), "events.parquet")


DAYS = st.none() | st.dates(date(2021, 1, 1), date(2024, 12, 31))
ROWS = st.builds(
    lambda day, more, point, **values: event(
        **values, earliest=day, latest=None if day is None or more is None else day + more,
        lat=point and point[0], lon=point and point[1],
    ),
    day=DAYS,
    more=st.none() | st.integers(0, 40).map(timedelta),
    point=st.none() | st.tuples(st.floats(29, 39), st.floats(60, 75)),
    groups=st.lists(st.sampled_from(["nrf", "taliban", "isis-k"]), max_size=2, unique=True),
    unmatched=st.sampled_from([[], ["Somebody"]]),
    against=st.sampled_from([[], ["taliban"], ["civilians"]]),
    event=st.sampled_from(["", "Battles", "Riots"]),
    status=st.sampled_from(["reported", "verified", "claimed_only"]),
    attribution=st.sampled_from(["", "unattributed", "attributed_by_third_party"]),
    precision=st.sampled_from(
        ["settlement", "near", "district", "province", "region", "country", "unknown"]
    ),
    province=st.sampled_from(CODES),
    district=st.sampled_from(["", "AF0101", "AF1901"]),
    off=st.sampled_from(["", "", "", "country", "outside", "unknown", "not_stated"]),
    killed_low=st.none() | st.integers(0, 9),
    killed_best=st.none() | st.integers(9, 20),
    killed_basis=st.sampled_from(["acled_reported", "not_stated"]),
    place_name=st.sampled_from(["Kabul", "Panjshir", ""]),
)  # fmt: skip
TABLES = st.lists(ROWS, max_size=12)


def is_kept(one: dict[str, Any], view: View) -> bool:
    """Whether a View shows an event, filter by filter, in the words of the documentation."""
    keys = [*one["groups"], *(["unmatched"] if one["unmatched"] else [])] or ["not-named"]
    first, last = view.first or date.min, view.last or date.max
    begin, end = one["earliest"], one["latest"]
    if view.first or view.last:
        if view.certain:
            is_after = view.first is None or (begin is not None and begin >= first)
            is_before = view.last is None or (end is not None and end <= last)
            if not (is_after and is_before):
                return False
        elif (begin is not None and begin > last) or (end is not None and end < first):
            return False
    stated = one["killed_basis"] != "not_stated"
    least = next((one[f"killed_{k}"] for k in ("low", "best", "high")
                  if one[f"killed_{k}"] is not None), -1)  # fmt: skip
    names = {"nrf": ("nrf",), "taliban": ("taliban",)}
    said = " ".join([one["event"], one["subevent"], one["place_text"], one["place_name"],
                     *(word for key in keys for word in names.get(key, ()))])  # fmt: skip
    found = words(said)
    return all((
        view.shows(keys, "incident", one["status"]),
        not view.kinds or "incident" in view.kinds,
        not view.events or one["event"] in view.events,
        not view.against or set(view.against) & set(one["against"]),
        not view.statuses or one["status"] in view.statuses,
        not view.attributions or one["attribution"] in view.attributions,
        not view.reviews or "unreviewed" in view.reviews,
        not view.sources,
        view.grade in {None, "F"} and view.credibility in {None, 6},
        not view.precisions or one["precision"] in view.precisions,
        not view.provinces or one["province"] in view.provinces,
        not view.districts or one["district"] in view.districts,
        view.deaths is None or (view.deaths == "stated") is stated if isinstance(
            view.deaths, str | None) else stated and least >= view.deaths,
        not view.text or all(any(word in other for other in found) for word in words(view.text)),
    ))  # fmt: skip


def stands(one: dict[str, Any], form: EventForm, frame: Frame, country: Country) -> str:
    """Where an event is drawn: in a ring, counted for its province, or nowhere."""
    has_point = one["precision"] in POINTS and one["lat"] is not None
    is_area = one["precision"] in {"district", "province"}
    if one["off"]:
        return ""
    if has_point and form == "rings":
        return "ring" if frame.holds(one["lat"], one["lon"]) else ""
    if not (is_area or has_point) or one["province"] not in country.provinces:
        return ""
    outline = country.provinces[one["province"]].outline
    return "province" if not frame.is_detail or frame.shows(outline) else ""


def counted(rows: list[dict[str, Any]], form: EventForm, view: View = EVERYTHING) -> EventsShown:
    workspace, given_ = small(), event_table(rows)
    frame = frame_of(view, workspace.country, 1.5)
    return count_events(given_, given_.chosen(form), view, workspace, frame)


# Free words are searched in more names than the test lists: those of the registry.
@pytest.mark.slow
@settings(max_examples=EVENTS_TRIED)
@given(TABLES, FORM, VIEWS.map(lambda view: replace(view, text="")))
def test_every_event_is_in_a_ring_or_counted_for_its_province_or_as_not_drawn(rows, form, view):
    found = counted(rows, form, view)
    frame = frame_of(view, small().country, 1.5)
    stood = [stands(one, form, frame, small().country) for one in rows if is_kept(one, view)]
    assert found.in_rings == stood.count("ring")
    assert found.counted == stood.count("province")
    assert found.in_rings + found.counted + sum(found.elsewhere.values()) == len(rows)
    assert sum(one.in_rings for one in found.provinces) == found.in_rings
    table = list(event_rows(found))
    numbers = (row[name] or 0 for row in table for name in list(row)[2:])
    assert sum(map(int, numbers)) == len(rows)


@pytest.mark.slow
@given(st.lists(ROWS, min_size=1, max_size=12), FORM)
def test_a_ring_is_where_an_event_is_and_its_events_are_counted_once(rows, form):
    found = counted(rows, form)
    places = {(one["lat"], one["lon"]) for one in rows if one["precision"] in POINTS}
    for ring in found.rings:
        assert any(
            abs(ring.lat - lat) < 1e-5 and abs(ring.lon - lon) < 1e-5
            for lat, lon in places if lat is not None
        )  # fmt: skip
        assert 1 <= ring.places <= ring.count


@pytest.mark.slow
@given(st.lists(ROWS.map(lambda one: one | {"precision": "province"}), max_size=12), FORM)
def test_a_province_never_becomes_a_ring_even_if_the_row_has_a_point(rows, form):
    assert counted(rows, form).rings == ()


def test_a_search_finds_the_names_of_groups_types_and_places():
    rows = [event(id="a"), event(id="b", groups=[], place_name="", place_text="Jurm")]
    for text, number in (("taliban", 0), ("NRF", 1), ("jurm", 1), ("armed clash", 2), ("kab", 1)):
        found = counted(rows, "rings", View(text=text))
        assert found.in_rings == number, text


def test_undated_events_are_drawn_and_said_to_be_undated():
    rows = [event(), event(earliest=None, latest=None)]
    found = counted(rows, "rings", View(first=date(2022, 1, 1)))
    assert (found.in_rings, found.undated) == (2, 1)
    assert found.ledger.endswith("2 of 2 in rings · 1 of those drawn without a date")


@pytest.mark.parametrize("rows", [0, 1, 2_000, 200_000])
def test_any_number_of_events_makes_a_bounded_number_of_rings(rows):
    random = np.random.default_rng(rows)
    table = event_table([event(id=str(at)) for at in range(min(rows, 2_000))]).table
    table = table.take(pa.array(random.integers(0, max(len(table), 1), rows)))
    for name, low, high in (("lat", 29.5, 38.4), ("lon", 60.5, 74.9)):
        values = pa.array(random.uniform(low, high, rows))
        table = table.set_column(table.column_names.index(name), name, values)
    given_ = EventFile(table, "many.parquet")
    frame = frame_of(EVERYTHING, small().country, 1.5)
    found = count_events(given_, given_.chosen("rings"), EVERYTHING, small(), frame)
    assert found.in_rings == rows
    assert len(found.rings) <= min(rows, CELLS_ACROSS**2)


@given(st.integers(1, 10**7), st.integers(1, 10**7))
def test_the_area_of_a_ring_grows_with_its_events_and_the_legend_has_its_scale(most, other):
    scale = RingScale(most)
    count = min(most, other)
    assert scale.radius(count) <= scale.radius(most) <= 13
    if count > scale.least + 1 and most > 25:
        share = (scale.radius(count) / scale.radius(most)) ** 2
        assert share == pytest.approx(count / most)
    assert 1 <= len(scale.examples) <= 3
    assert all(1 <= one <= most for one in scale.examples)


@pytest.fixture(scope="module")
def acled(country: Country, data_folder: Path) -> EventFile:
    """Return events of ACLED: two towns, one event known only by its province, one abroad."""
    rows = [
        made.acled(event_id_cnty=f"AFG{at}", actor1="Taliban", actor2="", notes=f"CANARY-{at}")
        for at in range(7)
    ]
    rows += [
        made.acled(event_id_cnty="AFG20", admin1="Kabul", admin2="Kabul", location="Kabul",
                   latitude="34.5289", longitude="69.1725"),
        made.acled(event_id_cnty="AFG21", geo_precision="3", admin1="Panjshir", admin2="",
                   location="Panjshir", latitude="35.31", longitude="69.52"),
        made.acled(event_id_cnty="AFG22", country="Iran", admin1="Tehran", admin2="",
                   location="Tehran", latitude="35.69", longitude="51.39"),
    ]  # fmt: skip
    return EventFile(made.read_acled(country, data_folder, *rows).events, "acled.csv")


def recipe(events: EventFile, form: EventForm = "rings", **changes: Any) -> Recipe:
    said: dict[str, Any] = {"as_of": DAY, "view": QUICK, "size": "web"} | changes
    return Recipe(events=events.chosen(form, ACCESSED), **said)


@pytest.fixture(scope="module")
def figure(acled: EventFile) -> Snapshot:
    return make(small(), recipe(acled), acled)


def test_the_figure_has_a_ledger_a_legend_and_one_source_of_its_events(figure):
    content: Content = figure.content
    records, events = content.ledgers
    assert records == make(small(), replace(figure.recipe, events=None)).content.ledger
    assert events == (
        "Events (ACLED, accessed 1 November 2026): 8 of 10 in rings · 1 known only by district or "
        "province, counted by province · 1 outside Afghanistan"
    )
    assert content.events.by_province == "Events by province: Kabul 1; Panjshir 1; Kunduz 7."
    assert content.events.source.startswith("Armed Conflict Location & Event Data (ACLED), acces")
    part = content.legend[2]
    assert [item.ring for item in part.items][-1] == 0.0
    assert [item.label for item in part.items][:2] == ["1", "5"]
    assert events in content.alt_text
    whole = " ".join(item.text for page in figure.figure_pages for item in page.page.items
                     if hasattr(item, "text"))  # fmt: skip
    for said in (events, content.events.by_province, content.events.source):
        assert said.replace("\u00a0", " ") in whole.replace("\u00a0", " "), said
    assert "https://acleddata.com" in whole


def test_each_precision_of_ucdp_is_drawn_no_finer_than_it_is(country, data_folder):
    rows = [made.ucdp(id=str(code), where_prec=str(code)) for code in range(1, 8)]
    given_ = EventFile(made.read_ucdp(country, data_folder, *rows).events, "ged.csv")
    frame = frame_of(EVERYTHING, country, 1.5)
    found = count_events(given_, given_.chosen("rings"), EVERYTHING, small(), frame)
    precise = [one for one in given_.table["precision"].to_pylist() if one in POINTS]
    # Precision 7, water or airspace, is rejected by the import.
    assert (found.total, found.in_rings) == (given_.table.num_rows, len(precise))
    assert 1 <= len(precise) <= 2
    assert found.in_rings + found.counted + sum(found.elsewhere.values()) == found.total
    assert found.source.endswith("Licence: CC BY 4.0.")


@pytest.mark.slow
def test_a_figure_without_events_is_not_changed_by_events_beside_it(acled):
    plain = Recipe(as_of=DAY, view=QUICK, size="web")
    assert '"events"' not in plain.to_json().replace('"events": []', "")
    assert make(small(), plain, acled).svg() == make(small(), plain).svg()


@pytest.mark.slow
def test_the_same_events_give_the_same_figure_from_any_file_of_them(acled, tmp_path):
    rows = [made.acled(event_id_cnty=f"AFG{at}") for at in range(3)]
    source, table = tmp_path / "acled.csv", tmp_path / "acled.parquet"
    source.write_bytes(made.csv_bytes(rows, ACLED))
    first = open_event_file(source, small())
    write_events(first.table, table)
    second = open_event_file(table, small())
    assert first.digest == second.digest != acled.digest
    one, other = (make(small(), recipe(first), each) for each in (first, second))
    assert one.svg() == other.svg()


@pytest.mark.slow
@given(TABLES, TABLES)
def test_the_digest_is_that_of_the_rows_and_not_of_how_they_are_stored(rows, others):
    first, second = event_table(rows), event_table(others)
    assert first.digest == EventFile(first.table.combine_chunks(), "x").digest
    fields = set(event()) - {"id", "row", "date_precision", "uncertainty_m", "source", "notes"}
    parts = [[{name: one[name] for name in fields} for one in each] for each in (rows, others)]
    assert (first.digest == second.digest) == (parts[0] == parts[1])


def test_a_recipe_whose_events_are_missing_or_others_is_refused_with_file_and_digest(acled):
    wanted, short = recipe(acled), acled.digest[:12]
    with pytest.raises(FigureError, match=rf"acled\.csv \(SHA-256 {short}\).*--event-table"):
        make(small(), wanted)
    with pytest.raises(FigureError, match=rf"acled\.csv \(SHA-256 {short}\); events.*other events"):
        make(small(), wanted, event_table([event()]))


@given(
    st.builds(
        EventChoice, FORM, st.just("ab" * 32), st.text(max_size=300),
        st.none() | st.dates(), st.text(max_size=50),
        st.none() | st.lists(st.integers(0, 99), unique=True).map(lambda one: tuple(sorted(one))),
    )
)  # fmt: skip
def test_a_recipe_with_events_survives_being_written_and_read(choice):
    said = Recipe(as_of=DAY, events=choice)
    assert Recipe.from_json(said.to_json()) == said


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([], "events must be an object, not list"),
        ({"as": "pins", "sha256": "0" * 64}, "events as 'pins' is unknown"),
        ({"as": "rings", "sha256": "0"}, "must have 64 hexadecimal digits"),
        ({"as": "rings", "sha256": "0" * 64, "file": 1}, "file of its events must be text"),
        ({"as": "rings", "sha256": "0" * 64, "accessed": "soon"}, "'soon', which is not a valid"),
        ({"as": "rings", "sha256": "0" * 64, "leftOut": [-1]}, "must be a list of numbers from 0"),
    ],
)
def test_a_mistake_in_the_events_of_a_recipe_is_named(events, said):
    text = json.dumps({"incidentMapRecipe": 1, "events": events})
    with pytest.raises(RecipeError, match=said):
        Recipe.from_json(text)


@pytest.mark.slow
@pytest.mark.parametrize("form", EVENT_FORMS)
def test_events_are_a_group_of_their_own_in_svg_and_on_slides(acled, form):
    snapshot = make(small(), recipe(acled, form, size="slide"), acled)
    titles = re.findall(rb"<title>(.*?)</title>", snapshot.svg()[0])
    parts = {"rings": ["Rings", "Counts by province"], "provinces": ["Counts by province"]}[form]
    assert b"Events" in titles
    (pack,) = files(snapshot, small(), "pptx")
    deck = pptx.Presentation(io.BytesIO(pack.data))
    groups = [shape for slide in deck.slides for shape in slide.shapes if hasattr(shape, "shapes")]
    (layer,) = (one for group in groups for one in group.shapes if one.name == "Events")
    assert [one.name for one in layer.shapes if one.name != "Leaders"] == parts
    text = "\n".join(
        shape.text_frame.text for slide in deck.slides for shape in slide.shapes
        if shape.has_text_frame
    )  # fmt: skip
    assert "Events (ACLED, accessed 1 November 2026)" in text
    (word,) = files(snapshot, small(), "docx")
    paragraphs = [one.text for one in docx.Document(io.BytesIO(word.data)).paragraphs]
    assert any("Armed Conflict Location & Event Data" in one for one in paragraphs)
    assert any(snapshot.content.events.ledger in one for one in paragraphs)


def test_an_archive_has_the_counts_by_province_and_no_row(figure):
    parts = tables(figure, small())
    assert not re.search("CANARY|AFG2", repr(figure.content) + figure.recipe.to_json())
    rows = list(csv.DictReader(io.StringIO(parts["events-by-province.csv"].decode("utf-8-sig"))))
    assert [(row["name"], row["events_in_rings"], row["events_counted_by_province"],
             row["events_not_drawn"]) for row in rows] == [
        ("Kabul", "1", "0", ""), ("Panjshir", "0", "1", ""), ("Kunduz", "7", "0", ""),
        ("outside Afghanistan", "", "", "1"),
    ]  # fmt: skip


@pytest.mark.slow
def test_a_figure_of_what_is_shown_counts_the_same_events_and_names_no_group_left_out():
    rows = [event(), *([event(groups=["isis-k"])] * 3), event(groups=["isis-k", "nrf"])]
    acled, view = event_table(rows), replace(QUICK, off=("isis-k",))
    wide = make(small(), recipe(acled, view=view), acled)
    narrow = make(small(), recipe(acled, view=view, only_shown=True), acled)
    assert wide.content.events.ledger == narrow.content.events.ledger
    assert narrow.content.events.in_rings == 2
    assert "isis-k" not in narrow.recipe.to_json()
    again = make(small(), Recipe.from_json(narrow.recipe.to_json()), acled)
    assert again.svg() == narrow.svg()
    assert files(narrow, small(), "svg")
    view = replace(QUICK, sources=("report", "gone"))
    with pytest.raises(FigureError, match="cannot be filtered by sources"):
        make(small(), recipe(acled, view=view, only_shown=True), acled)


@pytest.mark.slow
def test_a_figure_with_events_is_verified_checked_and_refreshed_with_them(acled, figure):
    (page, *_) = figure.png(60)
    workspace, other = small(), event_table([event()])
    confirmed = [verify_figure_file(page, "f.png", workspace, each).figures[0].confirmation
                 for each in (acled, None, other)]  # fmt: skip
    assert confirmed == ["confirmed", "other events", "other events"]
    (missing,) = check_figure_file(page, "f.png", workspace).figures
    assert "--event-table acled.csv" in missing.fault
    assert check_figure_file(page, "f.png", workspace, acled).is_current
    (changed,) = check_figure_file(page, "f.png", workspace, other).figures
    assert [one.subject for one in changed.changes] == ["events"]
    assert refresh_figure_file(page, "f.png", workspace).figures[0].outcome == "left"
    fresh = refresh_figure_file(page, "f.png", workspace, DAY, other)
    assert fresh.refreshed == 1
    assert check_figure_file(fresh.data, "f.png", workspace, other).is_current


@pytest.mark.slow
@pytest.mark.parametrize("size", ["slide", "half-slide", "a4-portrait"])
def test_a_count_is_in_its_province_or_has_its_name_and_covers_no_mark(country, size):
    rows = [
        event(id=code, province=code, precision="province", lat=None, lon=None)
        for code in country.provinces.codes
    ]
    given_ = event_table(rows)
    snapshot = make(small(), recipe(given_, "provinces", size=size), given_)
    plan = snapshot.figure_pages[0].plan
    pills = place_pills(snapshot.content.events, plan)
    assert len(pills) == len(rows)
    boxes = [position.box for position in plan.positions]
    for at, (pill, province) in enumerate(zip(pills, country.provinces, strict=True)):
        shape = plan.canvas.provinces[province.code]
        assert pill.box.within(plan.canvas.box)
        if pill.leader is None:
            middle = pill.box.centre
            assert shape.contains(shapely.Point(*middle))
        else:
            assert pill.text.startswith(province.name)
        others = [*boxes, *(one.box for one in pills[:at])]
        assert not any(pill.box.meets(other) for other in others)


def test_every_provider_has_a_licence_and_only_a_known_one_lets_rows_be_passed_on():
    assert [key for key, one in PROVIDERS.items() if one.shares_rows] == ["ucdp-ged"]
    assert all(one.citation and one.licence for one in PROVIDERS.values())


def run(*arguments: object) -> Result:
    return CliRunner().invoke(commands, list(map(str, arguments)))


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    file = tmp_path / "d.yaml"
    file.write_bytes(dossier_bytes(incident(), sources={"report": SOURCE}))
    return file


@pytest.mark.slow
def test_the_command_line_draws_events_and_needs_them_again(dossier, tmp_path):
    source, out = tmp_path / "acled.csv", tmp_path / "f.svg"
    source.write_bytes(made.csv_bytes([made.acled(), made.acled(event_id_cnty="B")], ACLED))
    done = run("snapshot", dossier, "--event-table", source, "--events-as", "provinces",
               "--events-accessed", "2026-11-01", "--events-credit", "Ours. All rights reserved",
               "--out", out, "--size", "web")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "Events (ACLED, accessed 1 November 2026): 2 of 2 counted by province" in done.stderr
    kept = tmp_path / "f.recipe.json"
    assert json.loads(kept.read_text())["events"]["credit"] == "Ours. All rights reserved"
    missing = run("snapshot", dossier, "--recipe", kept, "--out", tmp_path / "again.svg")
    assert missing.exit_code == 2
    assert "acled.csv (SHA-256 " in missing.stderr
    again = run("snapshot", dossier, "--recipe", kept, "--event-table", source,
                "--out", tmp_path / "again.svg")  # fmt: skip
    assert again.exit_code == 0, again.stderr
    assert (tmp_path / "again.svg").read_bytes() == out.read_bytes()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--out f.svg --events-as rings", "--events-as: needs --event-table"),
        ("--out f.html --event-table e.csv", "incident-map map --event-table"),
        ("--out f.svg --event-table e.csv --events-as pins", "expected any of rings, provinces"),
        ("--out f.svg --event-table e.csv --events-accessed soon", "is not a valid date"),
        ("--out f.svg --event-table none.parquet", "none.parquet"),
        ("--out f.svg --event-table plain.csv", "incident-map import plain.csv"),
    ],
)
def test_an_option_for_events_that_does_not_fit_is_refused(dossier, monkeypatch, options, said):
    monkeypatch.chdir(dossier.parent)
    Path("e.csv").write_bytes(made.csv_bytes([made.acled()], ACLED))
    Path("plain.csv").write_bytes(b"When,Y,X\n2024-01-01,34.5,69.1\n")
    done = run("snapshot", "d.yaml", *options.split())
    assert done.exit_code == 2
    assert said in done.stderr, done.stderr


def test_a_table_of_totals_is_no_list_of_events(tmp_path):
    file = tmp_path / "counts.csv"
    file.write_bytes(b"date,province,events\n2024-01-31,Kunduz,4\n")
    with pytest.raises(IntakeError, match="count"):
        open_event_file(file, small())


def page() -> None:
    """Run the page on its own; its source is all that the app takes over."""
    from geo.app.briefing_page import briefing_page  # noqa: PLC0415

    briefing_page()


@pytest.mark.slow
def test_the_page_draws_the_events_of_the_map_and_can_leave_them_out(
    acled, data_folder, tmp_path, monkeypatch
):
    folder, table = copy_of_data(data_folder, tmp_path / "data"), tmp_path / "acled.parquet"
    (folder / "incidents.yaml").write_bytes(dossier_bytes(incident(), sources={"report": SOURCE}))
    write_events(acled.table, table)
    monkeypatch.setenv(FOLDER_VARIABLE, os.fspath(folder))
    monkeypatch.setenv(EVENTS_VARIABLE, os.fspath(table))
    app = AppTest.from_function(page, default_timeout=120).run()
    assert not app.exception
    assert not alerts(app)
    (choice,) = (one for one in app.radio if one.label == "Events")
    assert choice.value == "rings"
    said = [one.value for one in app.caption]
    assert any("8 of 10 in rings" in one for one in said), said
    choice.set_value("none").run()
    assert not any("in rings" in one.value for one in app.caption)


def test_events_of_an_invented_country_are_drawn_without_a_registry(made_up: Workspace) -> None:
    code = next(iter(made_up.country.provinces.codes))
    given_ = event_table([event(province=code, precision="province", groups=[], lat=None)])
    found = make(made_up, recipe(given_, "rings", view=View(text="battles")), given_)
    assert found.content.events.counted == 1


@pytest.fixture
def made_up() -> Workspace:
    folder = Path(__file__).parent / "made_up_country"
    data = (folder / "incidents.yaml").read_bytes()
    return located_workspace(Country.read(folder), data, "incidents.yaml")


def test_no_name_of_a_province_stands_over_a_ring_where_it_could_stand_elsewhere():
    """Rings of one event, and of ten, in the middle of each province that has room around it."""
    wide = [one for one in small().country.provinces if one.area_km2 > 20_000]
    rows = [
        event(id=f"{one.code}-{at}", province=one.code, lat=one.label_lat, lon=one.label_lon)
        for one in wide
        for at in range(1 if len(one.name) % 2 else 10)
    ]
    given_ = event_table(rows)
    page = make(small(), recipe(given_), given_).figure_pages[0]
    plan = page.plan
    assert plan is not None
    rings = ring_boxes(page.content.events, plan.canvas)
    assert len(rings) == len(wide)
    named = {name.words: name.box for name in plan.names}
    assert {one.name for one in wide} & named.keys()
    assert not [words for words, box in named.items() if any(box.meets(ring) for ring in rings)]
