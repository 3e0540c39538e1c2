"""What figures, cards and tables say: of whom, of which place, and nothing else."""

from __future__ import annotations

import csv
import html
import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal
from xml.etree import ElementTree as ET

import pytest
import shapely
from dossiers import claim, incident, presence, workspace
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from recording import times
from typer.testing import CliRunner
from views import VIEWS

from geo.briefing.formats import files
from geo.briefing.tables import records_csv
from geo.cli.main import app
from geo.places.country import Country
from geo.snapshot.content.composing import compose, with_digests
from geo.snapshot.content.content import Content
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.content.sizes import SIZES
from geo.snapshot.map.map_figure import canvas_for
from geo.snapshot.map.placing import IN_PLACE, MOST_LEADER
from geo.snapshot.map.plan import Plan
from geo.snapshot.map.planning import plan_map
from geo.snapshot.output.making import make
from geo.table.workspace import Workspace
from geo.view import EVERYTHING, View, Viewport
from geo.webmap.document import document_html
from geo.webmap.model import document_model
from geo.wording.cards import facts
from geo.wording.sentences import say_deaths
from tools import programs

DAY = date(2026, 11, 21)


def content_of(found: Workspace, view: View = EVERYTHING) -> Content:
    asked = Recipe(view=view, as_of=DAY)
    made = with_digests(found, asked)
    return compose(found, made)


# A point is named by what its records share


def at(name: str, place: str, **more: Any) -> dict[str, Any]:
    return incident(id=name, where=[{"place": place, **more}])


@pytest.mark.parametrize(
    ("places", "named"),
    [
        (("Interior Ministry, Kabul",), "Interior Ministry, Kabul"),
        (("Interior Ministry, Kabul", "Kabul city"), "Kabul"),
        (("Kabul city", "Interior Ministry, Kabul", "Kabul city"), "Kabul"),
        (("Kabul city", "Kabul city"), "Kabul"),
    ],
)
def test_a_point_is_named_by_what_all_its_records_share(
    country: Country, places: tuple[str, ...], named: str
) -> None:
    found = workspace(country, *(at(f"record-{n}", place) for n, place in enumerate(places)))
    (spot,) = content_of(found).spots
    assert spot.name == named


@pytest.mark.slow
@given(st.integers(2019, 2025), st.integers(0, 3))
@settings(max_examples=25, deadline=None)
def test_no_period_files_a_record_under_a_place_that_is_not_its_own(
    own: Workspace, year: int, more: int
) -> None:
    content = content_of(own, View(first=date(year, 1, 1), last=date(year + more, 12, 31)))
    record_of = {entry.number: entry.record for entry in content.entries}
    table = own.located.table
    for spot in content.spots:
        for number in (number for row in spot.rows for number in row.numbers):
            rows = table[(table["record"] == record_of[number]) & (table["lat"] == spot.lat)]
            sites = rows[rows["place_kind"] == "site"]
            own_names = set(rows["place_name"]) | {f"near {name}" for name in rows["place_name"]}
            # A site of which only the town is known may be called by the town.
            town = all(f", {spot.name}" in name for name in sites["place_name"]) and len(sites)
            assert spot.name in own_names or town, (spot.name, own_names)


# Whose dead


def deaths(country: Country, *claims: dict[str, Any]) -> tuple[str, str, str]:
    """The sentence, the fact of the card, and the cell of the table."""
    found = workspace(country, incident(claims=list(claims)))
    dossier = found.reading.dossier
    record = dossier.records[0]
    recipe = with_digests(found, Recipe(view=EVERYTHING, as_of=DAY))
    table = records_csv(found, content_of(found), recipe).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(table))
    told = found.located.evidence[record.id]
    return say_deaths(told, dossier), dict(facts(told, dossier))["Fatalities"], row["killed_of"]


def test_whose_dead_is_said_wherever_the_source_says_it(country: Country) -> None:
    said, fact, cell = deaths(country, claim(killed=8, of="taliban"))
    assert said == "8 members of Taliban were killed, according to NRF"
    assert fact == "8 members of Taliban (claimed by a party only)"
    assert cell == "Taliban"


def test_one_of_a_group_is_a_member_and_a_word_of_the_source_stays_as_it_is(
    country: Country,
) -> None:
    said, fact, _ = deaths(country, claim(killed=1, of="taliban"))
    assert said == "1 member of Taliban was killed, according to NRF"
    assert fact == "1 member of Taliban (claimed by a party only)"
    said, fact, _ = deaths(country, claim(killed=2, of="border guards"))
    assert said == "2 border guards were killed, according to NRF"


def test_the_document_holds_no_figure_of_the_dead_without_whose_they_are(
    country: Country,
) -> None:
    found = workspace(country, incident(claims=[claim(killed=8, of="taliban")]))
    (record,) = document_model(found)["records"]
    assert list(record["deaths"]) == ["size"]
    assert ["Fatalities", "8 members of Taliban (claimed by a party only)"] in record["facts"]


def test_whose_dead_is_not_made_up_where_no_source_says_it(country: Country) -> None:
    said, fact, cell = deaths(country, claim(killed=8))
    assert said == "8 were killed, according to NRF"
    assert (fact, cell) == ("8 (claimed by a party only)", "not stated")


def test_deaths_of_different_people_are_not_made_one_range(country: Country) -> None:
    canvas = {"by": "A paper", "role": "media", "says": "occurrence"}
    said, fact, cell = deaths(
        country, claim(killed=8, of="taliban"), claim(**canvas, killed=3, of="civilians")
    )
    each = "8 members of Taliban according to NRF and 3 civilians according to A paper"
    assert said == f"killed: {each}"
    assert fact == f"{each} (reported by third parties)"
    assert cell == "Taliban; civilians"


def test_killed_or_injured_say_whose_they_are_too(country: Country) -> None:
    harmed = {"low": 400, "said": "more than 400"}
    said, _, _ = deaths(country, claim(killed_or_injured=harmed, of="taliban"))
    assert said == (
        "more than 400 members of Taliban were killed or injured, according to NRF; "
        "fatalities alone are not stated"
    )


# Plates stand in their own area or outside the country


Planned = Callable[[View, str], Plan]


@pytest.fixture(scope="module")
def planned(own: Workspace) -> Planned:
    """Plan the map of the project's own data in a View and a size, each once."""

    @cache
    def plan(view: View, size: str) -> Plan:
        content = compose(own, Recipe(view=view, as_of=DAY, size=size))
        box = SIZES[size].map_box
        canvas = canvas_for(content.frame, box.width / 25.4 * 72, box.height / 25.4 * 72)
        return plan_map(content, canvas, SIZES[size].on_map)

    return plan


@pytest.mark.slow
@pytest.mark.parametrize("size", ["slide", "half-slide", "web"])
@pytest.mark.parametrize("mode", ["precise", "provinces"])
def test_no_plate_of_an_area_stands_on_another_province(
    own: Workspace, planned: Planned, size: str, mode: Literal["precise", "provinces"]
) -> None:
    plan = planned(replace(EVERYTHING, mode=mode), size)
    positions = [position for position in plan.positions if position.area is not None]
    assert positions
    for position in positions:
        assert position.area is not None
        layout = shapely.box(*position.box.edges)
        own_land = own.country.outline_of(position.area.badge.area)
        for code, shape in plan.canvas.provinces.items():
            inside = own.country.provinces[code].outline.representative_point()
            if not own_land.contains(inside):
                assert shape.intersection(layout).area < 0.5, (position.area.name, code)
        for start, end in position.leaders:
            assert shapely.LineString([start, end]).length <= MOST_LEADER + 5, position.area.name


def assert_leaders_are_short(plan: Plan) -> None:
    for position in plan.positions:
        most = MOST_LEADER + 5 if position.layout.title else IN_PLACE + 5
        for leader in position.leaders:
            assert shapely.LineString(leader).length <= most, position.layout.title


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_the_plates_of_towns_stand_near_them_and_on_no_hatched_area_of_others(
    planned: Planned, size: str
) -> None:
    plan = planned(EVERYTHING, size)
    named = {
        spot.name for position in plan.positions for spot in (one.spot for one in position.points)
    }
    named |= {head.point.spot.name for head in plan.heads}
    assert {"Kabul", "Kunduz", "Mazar-i-Sharif"} <= named
    assert_leaders_are_short(plan)
    for position in plan.positions:
        boxes = [shapely.box(*other.box.edges) for other in plan.positions if other is not position]
        for leader in position.leaders:
            line = shapely.LineString(leader)
            assert not any(line.intersects(box) for box in boxes), position.layout.title
        at = shapely.MultiPoint([(point.x, point.y) for point in position.points])
        for area in plan.areas if position.points else ():
            if area.badge.form != "region" and not area.shape.intersects(at):
                on = area.shape.intersection(shapely.box(*position.box.edges))
                assert on.area < 0.5, (position.layout.title, area.name)


@pytest.mark.slow
@given(VIEWS, st.sampled_from(list(SIZES)))
# A plan takes a second: few are drawn every day.
@settings(max_examples=times(6, 200), deadline=None)
def test_no_view_has_a_long_leader(planned: Planned, view: View, size: str) -> None:
    assert_leaders_are_short(planned(replace(view, compare=None), size))


# A title is the title of everything; what a command does not honour is refused


def test_a_title_of_a_figure_is_that_of_the_page_and_the_map_in_words(own: Workspace) -> None:
    recipe = Recipe(view=EVERYTHING, as_of=DAY, title="Attacks, for the board")
    content = compose(own, recipe)
    assert content.alt_text.startswith("Map of Afghanistan: Attacks, for the board.")
    page = document_html(own, title=recipe.title)
    assert "<title>Attacks, for the board</title>" in page
    assert own.reading.dossier.title not in page.split("<body", 1)[0]


def test_the_map_in_words_speaks_of_this_view(own: Workspace) -> None:
    said = content_of(own, View(deaths="stated", off=("taliban",))).alt_text
    assert "fatalities stated" in said
    assert "excluded by dates and filters" in said
    assert said != content_of(own).alt_text


@pytest.mark.parametrize("command", ["snapshot", "map"])
def test_the_command_line_takes_a_title_and_refuses_two_periods_in_one_figure(
    tmp_path: Path, command: str
) -> None:
    run = CliRunner()
    out = tmp_path / ("x.html" if command == "map" else "x.png")
    made = run.invoke(app, [command, "--out", str(out), "--title", "x" * 1000])
    assert (made.exit_code, out.exists()) == (2, False)
    assert "--title" in made.output
    if command == "snapshot":
        made = run.invoke(app, [command, "--out", str(out), "--compare", "2023-01/2023-06"])
        assert (made.exit_code, out.exists()) == (2, False)
        assert "one period" in made.output


# Each reason of the ledger is true of each record it counts


def test_a_reason_of_the_ledger_does_not_say_more_than_it_counts(own: Workspace) -> None:
    for view in (View(deaths="stated"), View(deaths=5), View(deaths="not_stated")):
        said = content_of(own, view).ledger
        assert "excluded by fatalities" in said
        assert "figures of the dead" not in said


# The map in words, and the title of every file


def of_deaths(country: Country, *records: dict[str, Any], view: View = EVERYTHING) -> str:
    return content_of(workspace(country, *records), view).alt_text


def test_the_map_in_words_says_whose_dead_and_for_how_many_none_are_stated(
    country: Country,
) -> None:
    said = of_deaths(
        country,
        incident(id="one", title="A raid", claims=[claim(killed=8, of="taliban")]),
        incident(id="two", title="An ambush"),
    )
    assert said.endswith(
        "Fatalities are stated for 1 of 2 incidents: “A raid”, 8 members of Taliban were "
        "killed, according to NRF."
    )


def test_dead_that_are_not_stated_are_not_zero_in_the_map_in_words(country: Country) -> None:
    assert of_deaths(country, incident()).endswith("Fatalities are stated for none of 1 incidents.")
    none_killed = of_deaths(country, incident(claims=[claim(killed=0)]))
    assert "Fatalities are stated for 1 of 1 incidents: “An attack”, 0 were killed" in none_killed
    assert "Fatalities" not in of_deaths(country, presence())


def test_the_map_in_words_tells_the_highest_figures_of_many(country: Country) -> None:
    records = [
        incident(id=f"n-{at}", title=f"Attack {at}", claims=[claim(killed=at)])
        for at in range(1, 6)
    ]
    said = of_deaths(country, *records)
    assert "5 of 5 incidents; the highest figures: “Attack 5”, 5 were killed" in said
    assert "“Attack 3”" in said
    assert "“Attack 2”" not in said


def test_the_map_in_words_of_a_part_speaks_of_the_part(country: Country) -> None:
    """A record that the picture does not show is counted as outside it, and told no further."""
    near = incident(id="near", title="Near", claims=[claim(killed=1)])
    far = incident(
        id="far", title="Far", by=["taliban"], where=[{"place": "Herat", "kind": "province"}],
        claims=[claim(by="taliban", killed=9)],
    )  # fmt: skip
    part = View(viewport=Viewport(35.3, 69.5, 9.0))
    said = of_deaths(country, near, far, view=part)
    assert said.startswith("Map of a part of Afghanistan: A dossier.")
    assert "2 of 2 records drawn, 1 of these outside the frame, 0 not mapped" in said
    assert "Taliban 1" not in said
    assert "Herat" not in said
    assert "1 of 1 incidents: “Near”, 1 was killed, according to NRF" in said


TITLE = "Attacks, for the board <حمله>"


def opened_title(form: str, data: bytes, folder: Path) -> str:
    """The title that a file states of itself, as a library that did not write it reads it."""
    if form in {"pptx", "docx"}:
        core = ET.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("docProps/core.xml"))  # noqa: S314
        return core.findtext("{http://purl.org/dc/elements/1.1/}title") or ""
    if form == "svg":
        return ET.fromstring(data).findtext("{http://www.w3.org/2000/svg}title") or ""  # noqa: S314
    if form == "png":
        return str(Image.open(io.BytesIO(data)).text["Title"])  # type: ignore[attr-defined]
    if form == "html":
        found = re.search(r"<title>(.*?)</title>", data.decode())
        return html.unescape(found[1]) if found else ""
    file = folder / "a.pdf"
    file.write_bytes(data)
    told = subprocess.run(
        [programs.needed("pdftotext").with_name("pdfinfo"), file], capture_output=True, check=True
    )
    found = re.search(r"^Title: +(.*)$", told.stdout.decode(), re.MULTILINE)
    return found[1].strip() if found else ""


@pytest.mark.slow
@pytest.mark.parametrize("form", ["pptx", "docx", "svg", "pdf", "png", "html"])
def test_a_title_given_is_the_title_that_every_file_states(
    country: Country, tmp_path: Path, form: str
) -> None:
    found = workspace(country, incident())
    recipe = Recipe(as_of=DAY, title=TITLE, size="slide")
    made = make(found, recipe)
    (first, *_) = files(made, found, form)
    stated = opened_title(form, first.data, tmp_path)
    assert stated.removesuffix(f" (page 1 of {made.pages})") == TITLE
    if form in {"pptx", "docx"}:
        archive = zipfile.ZipFile(io.BytesIO(first.data))
        main = {"pptx": "ppt/slides/slide1.xml", "docx": "word/document.xml"}[form]
        described = html.unescape(archive.read(main).decode())
        assert made.content.alt_text in described
        assert f"Map of Afghanistan: {TITLE}." in described
    if form == "html":
        assert f"Map of Afghanistan: {TITLE}." in html.unescape(first.data.decode())
