"""Counts agree with the map, the ledger and the totals; charts, coverage and commands say them."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import events as made
import pyarrow as pa
import pytest
from dossiers import GROUPS, SOURCE, claim, incident, presence, workspace
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recording import times
from typer.testing import CliRunner
from views import GRADED, MADE, VIEWS

from geo.cli.main import app
from geo.counts.bounds import count_cell, count_cells, counted_periods, fatalities_in
from geo.counts.cells import EVERY_RECORD, CountCell
from geo.counts.charting import chart_of
from geo.counts.countable import counted_records, not_mapped
from geo.counts.coverage import say_silence, source_coverage
from geo.counts.deciding import decide
from geo.counts.event_rows import counted_events
from geo.counts.origins import shared_wordings, suggested_origins
from geo.counts.saying import CellNames
from geo.counts.statement_text import CountedNames, read_statement
from geo.counts.statements import AtLeast, HasMost, MoreIn, Rises
from geo.dossier.evidence import status_of
from geo.errors import FigureError, StatementError
from geo.events.importing.importing import import_file
from geo.events.mapping.mapping import ColumnMapping
from geo.limits import MAX_CHART_BARS
from geo.snapshot.chart.drawing import ChartSize, chart_bytes, draw_chart
from geo.snapshot.content.chart_choice import ChartChoice
from geo.snapshot.content.layers import CHART
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.layout.signs import LAYER_SEPARATOR
from geo.snapshot.output.making import make
from geo.snapshot.output.writing import draw_page
from geo.table.located import rows_of
from geo.table.tallies import by_province
from geo.view import View, select
from geo.view.totals import totals
from geo.webmap.document import document_html

RECTANGLE = 5
"""Points of a closed rectangle."""

DOSSIER_GROUPS = GROUPS | {
    key: {"name": key, "short": key, "letter": key[0].upper()}
    for key in ("aff", "al-qaeda", "isis-k", "united-states")
}


@pytest.fixture(scope="module")
def small(country):
    """Return a dossier in which every filter finds something."""
    return workspace(country, *MADE, sources=GRADED, groups=DOSSIER_GROUPS)


def drawn_bars(figure):
    """The bars that are drawn on a page: row, tally, number, whether certain, and length."""
    found = []
    for artist in figure.get_children():
        layer, _, name = (artist.get_gid() or "").partition(LAYER_SEPARATOR)
        bar = re.fullmatch(r"(.*), ([^,:]+): ([\d,]+) (certain|more possible)", name)
        if layer != CHART or bar is None or len(artist.get_path()) != RECTANGLE:
            continue
        box = artist.get_path().get_extents()
        row, tally, number, kind = bar.groups()
        found.append((row, tally, int(number.replace(",", "")), kind == "certain", box))
    return found


def has_too_many_years(counted):
    try:
        return len(counted_periods(counted, "year")) > MAX_CHART_BARS
    except StatementError:
        return True


def assert_bars_show(bars, chart):
    """The bars have the numbers of the chart, and lengths on one scale."""
    wanted = {
        (group.label, part.tally.words, sure): number
        for group in chart.groups
        for part in group.parts
        for sure, number in ((True, part.low), (False, part.high - part.low))
        if number
    }
    assert {(row, tally, sure): number for row, tally, number, sure, _ in bars} == wanted
    side = "height" if chart.by in {"month", "quarter", "year"} else "width"
    units = {round(getattr(box, side) / number, 6) for _, _, number, _, box in bars}
    assert len(units) <= 1
    # A possible part begins where the certain part of its bar ends.
    for row, tally, _, sure, box in bars:
        for other in bars:
            if sure and other[:2] == (row, tally) and not other[3]:
                ends = (box.y1, other[4].y0) if side == "height" else (box.x1, other[4].x0)
                assert ends[0] == pytest.approx(ends[1])


# --- the map, the ledger, the totals


@settings(max_examples=times(25, 200), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(view=VIEWS)
def test_counts_ledger_map_and_totals_agree_in_random_views(small, view):
    counted, shown = counted_records(small, view), select(view, small)
    whole = count_cell(counted, EVERY_RECORD)
    assert whole.high + len(counted.withdrawn) == shown.ledger.shown
    names = {*whole.certain_ids, *whole.possible_ids, *counted.withdrawn}
    assert names == set(shown.table["record"])
    if not (view.provinces or view.first or view.last):
        assert whole.low == whole.high
        toll, found = totals(shown), fatalities_in(counted, EVERY_RECORD)
        for own, other in ((toll.reported, found.reported), (toll.claimed, found.claimed)):
            assert (own.incidents, own.low) == (other.incidents_high, other.low)
            assert own.high == other.high or not own.incidents
        assert toll.not_stated == found.not_stated_high
    if not view.provinces and not view.certain:
        sure = View(**{**_fields(view), "certain": True, "kinds": ("incident",)})
        only = count_cell(counted, CountCell(kinds=("incident",)))
        if not view.kinds or "incident" in view.kinds:
            assert only.low == select(sure, small).ledger.shown
    for code, records in by_province(rows_of(shown.table)).items():
        found = count_cell(counted, CountCell(provinces=(code,)))
        assert found.low <= len(records) <= found.high
    beside = not_mapped(counted)
    for why, number in beside.items():
        assert number <= shown.ledger.beside[why]
    assert decide(AtLeast(whole.low), counted).verdict == "always"
    assert decide(AtLeast(whole.high + 1), counted).verdict == "never"


# Drawing a whole figure takes a second, so that the usual run draws few.
@pytest.mark.slow
@settings(max_examples=times(4, 200), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(view=VIEWS, by=st.sampled_from(["year", "province", "group", "status"]))
def test_the_drawn_chart_agrees_with_ledger_notes_and_map_in_random_views(small, view, by):
    recipe = Recipe(view=replace(view, compare=None), size="a4-portrait", chart=ChartChoice(by))
    counted = counted_records(small, recipe.view)
    if by == "year" and has_too_many_years(counted):
        # A View from the year 1 has more bars than can be read, and is refused.
        with pytest.raises(StatementError, match="a longer unit"):
            make(small, recipe)
        return
    figure = make(small, recipe)
    content, shown = figure.content, select(recipe.view, small)
    # The bars that are drawn are the bounds of an independent count.
    pages = [draw_page(page) for page in figure.figure_pages]
    bars = [bar for page in pages for bar in drawn_bars(page)]
    assert_bars_show(bars, content.chart.chart)
    for one in count_cells(counted, (by,)):
        label = next(
            group.label for group in content.chart.chart.groups
            if group.key in {*one.cell.provinces, *one.cell.groups, *one.cell.statuses,
                             str(one.cell.first and one.cell.first.year)}
        )  # fmt: skip
        own = [(number, sure) for row, _, number, sure, _ in bars if row == label]
        assert sum(number for number, sure in own if sure) == one.low
        assert sum(number for number, _ in own) == one.high
    # Ledger, notes and caption are of the same records.
    total = len(counted) + len(counted.withdrawn)
    assert total == shown.ledger.shown
    assert len(content.entries) + content.elsewhere == total
    assert {entry.record for entry in content.entries} <= set(shown.table["record"])
    words = " ".join(content.chart.caption)
    assert f"Counted: {len(counted)} record" in words
    assert content.ledger not in words
    # And so is the map document of the same View.
    page = document_html(small, view=recipe.view)
    drawn, _, aside = re.search(
        r"(\d+) of (\d+) records drawn, (\d+) not mapped", html.unescape(page)
    ).groups()  # fmt: skip
    assert int(drawn) + int(aside) == total


def _fields(view):
    return {name: getattr(view, name) for name in type(view).__dataclass_fields__}


def test_a_withdrawn_record_is_counted_nowhere_and_said(country):
    own = workspace(
        country, incident(), incident(id="gone", withdrawn_because="It did not happen.")
    )
    counted = counted_records(own)
    assert count_cell(counted, EVERY_RECORD).high == 1
    assert counted.withdrawn == ("gone",)
    assert decide(AtLeast(1), counted).not_counted["withdrawn"] == 1


def test_a_claim_of_presence_holds_on_every_day_between_its_dates(country):
    own = workspace(country, presence(first="2024-01/2024-02", last="2024-03"))
    found = {
        (one.cell.first.month): (one.low, one.high)
        for one in count_cells(counted_records(own), ("month",))
    }
    assert found == {1: (0, 1), 2: (1, 1), 3: (1, 1)}


def test_an_incident_of_a_year_is_in_one_month_of_it(country):
    counted = counted_records(workspace(country, incident(when="2024")))
    months = count_cells(counted, ("month",))
    assert [(one.low, one.high) for one in months] == [(0, 1)] * 12
    january = CountCell(first=date(2024, 1, 1), last=date(2024, 1, 31))
    july = CountCell(first=date(2024, 7, 1), last=date(2024, 7, 31))
    assert decide(MoreIn(january, july), counted).verdict == "depends"
    year = CountCell(first=date(2024, 1, 1), last=date(2024, 12, 31))
    assert decide(AtLeast(1, year), counted).verdict == "always"


# --- event tables


@pytest.fixture(scope="module")
def table(country, data_folder):
    rows = "".join(
        f"2024-0{1 + at % 6}{'' if at % 4 == 0 else f'-{1 + at % 28:02}'},"
        f"{['Kunduz', 'Balkh', 'Kabul'][at % 3]},{at % 5}\n"
        for at in range(200)
    )
    mapping = ColumnMapping({"date": "date", "province": "province", "killed_best": "killed"})
    return import_file(
        f"date,province,killed\n{rows}".encode(), country, made.registry(data_folder),
        mapping=mapping,
    ).events  # fmt: skip


def test_events_are_counted_as_by_visiting_each(table):
    counted = counted_events(table)
    frame = table.select(["id", "earliest", "latest", "province"]).to_pandas()
    assert len(frame) == 200
    for found in count_cells(counted, ("province", "month")):
        first, last = found.cell.first, found.cell.last
        there = frame[frame["province"].isin(found.cell.provinces)]
        inside = (there["earliest"] >= first) & (there["latest"] <= last)
        may = (there["earliest"] <= last) & (there["latest"] >= first)
        assert (found.low, found.high) == (inside.sum(), may.sum())


@pytest.mark.parametrize("view", [
    View(first=date(2024, 2, 1), last=date(2024, 3, 31)), View(provinces=("AF-KDZ",)),
    View(deaths=3), View(deaths="not_stated"), View(off=("not-named",)),
    View(first=date(2024, 2, 10), certain=True), View(kinds=("presence",)),
], ids=lambda view: str(view.to_query()))  # fmt: skip
def test_events_are_filtered_as_by_visiting_each(table, view):
    kept = [
        row for row in table.to_pylist()
        if view.shows(row["groups"], "incident", row["status"])
        and (not view.provinces or row["province"] in view.provinces)
        and (view.first is None or row["latest"] >= view.first)
        and (view.last is None or row["earliest"] <= view.last)
        and (not view.certain or row["earliest"] >= view.first)
        and (not view.kinds or "incident" in view.kinds)
        and (view.deaths != 3 or (row["killed_best"] or 0) >= 3)
        and (view.deaths != "not_stated" or row["killed_best"] is None)
    ]  # fmt: skip
    counted = counted_events(table, view)
    assert [counted.ids[at] for at in range(len(counted))] == [row["id"] for row in kept]


def test_a_filter_that_events_cannot_answer_is_refused(table):
    with pytest.raises(StatementError, match="text: events have no such field"):
        counted_events(table, View(text="bridge"))


def test_many_events_that_are_dated_to_a_year_can_rise_and_can_fall(table):
    years = pa.array([date(2024, 1, 1)] * 200), pa.array([date(2024, 12, 31)] * 200)
    whole = table.set_column(table.schema.get_field_index("earliest"), "earliest", years[0])
    whole = whole.set_column(whole.schema.get_field_index("latest"), "latest", years[1])
    counted = counted_events(whole)
    days = count_cells(counted, ("year",))[0].cell.days
    assert decide(Rises("month", days), counted).verdict == "depends"
    # 0 + 1 + … + 11 = 66 events are the fewest that can rise over twelve months.
    few = counted_events(whole.slice(0, 65))
    assert decide(Rises("month", days), few).verdict == "never"
    assert decide(Rises("month", days), counted_events(whole.slice(0, 66))).verdict == "depends"
    assert decide(HasMost("month", "2024-07"), counted).verdict == "depends"


# --- charts


@pytest.mark.slow
@pytest.mark.parametrize("by", ["month", "province", "status"])
@pytest.mark.parametrize("variant", ["colour", "grey", "dark"])
def test_a_chart_is_drawn_by_everything_in_every_variant(own, by, variant):
    counted = counted_records(own, View(first=date(2021, 1, 1), last=date(2025, 3, 31)))
    chart = chart_of(counted, by, CellNames.of(own), "Afghanistan")
    size = ChartSize(height_mm=140.0, dpi=50, variant=variant)
    drawn = chart_bytes(chart, "png", size, title="How many")
    assert drawn == chart_bytes(chart, "png", size, title="How many")
    assert drawn.startswith(b"\x89PNG")


@pytest.mark.parametrize("by", ["year", "province", "group", "status"])
def test_a_chart_shows_the_bounds_at_their_lengths(own, by):
    chart = chart_of(counted_records(own), by, CellNames.of(own), "Afghanistan")
    assert_bars_show(drawn_bars(draw_chart(chart, ChartSize(height_mm=120.0))), chart)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["svg", "pdf"])
def test_a_chart_is_the_same_file_every_time(own, form):
    chart = chart_of(counted_records(own), "year", CellNames.of(own), "Afghanistan")
    assert chart_bytes(chart, form) == chart_bytes(chart, form)


def test_a_trend_is_drawn_only_where_every_reading_agrees(country):
    names = CellNames({}, {})
    rising = [
        incident(id=f"in-{year}-{at}", when=str(year))
        for year in range(2020, 2024) for at in range(year - 2018)
    ]  # fmt: skip
    sure = chart_of(counted_records(workspace(country, *rising)), "year", names, "")
    assert sure.trend is not None
    assert sure.trend.way == "rises"
    assert sure.trend.low == pytest.approx(1)
    open_ones = [incident(id=f"open-{at}", when="2020/2023") for at in range(9)]
    unsure = chart_of(counted_records(workspace(country, *rising, *open_ones)), "year", names, "")
    assert unsure.trend is None


def test_a_chart_too_small_for_its_labels_is_refused(own):
    chart = chart_of(counted_records(own), "province", CellNames.of(own), "Afghanistan")
    with pytest.raises(FigureError, match="no room"):
        chart_bytes(chart, "png", ChartSize(width_mm=60, height_mm=45))


# --- coverage


def test_silence_is_said_and_filters_make_no_difference(own):
    first, last = date(2023, 1, 1), date(2023, 12, 31)
    found = source_coverage(own, first=first, last=last)
    assert len(found) == 34
    silent = {one.province for one in found if not one.high}
    assert "AF-NUR" in silent
    names = {one.code: one.name for one in own.country.provinces}
    assert say_silence([one for one in found if one.province == "AF-NUR"], names) == (
        "No source in the dossier covers any single province in 2023.",
    )
    some = [one for one in found if one.province in {"AF-NUR", "AF-KAB"}]
    assert say_silence(some, names) == ("No source in the dossier covers Nuristan in 2023.",)


def test_a_source_of_a_region_may_cover_each_of_its_provinces(country):
    own = workspace(country, incident(where=[{"place": "the north"}], when="2022-05"))
    found = {one.province: one for one in source_coverage(own)}
    assert (found["AF-BAL"].low, found["AF-BAL"].high) == (0, 1)
    assert found["AF-KAB"].high == 0


# --- origins


def families(root: Path) -> list[Path]:
    return sorted((root / "tests" / "reports" / "families").glob("*.txt"))


def reports_of(file: Path) -> tuple[str, list[tuple[str, str, str]]]:
    head, *rest = file.read_text(encoding="utf-8").split("\n---\n")
    kind = next(line for line in head.splitlines() if line.startswith("kind:"))
    reports = []
    for part in rest:
        lines, _, text = part.partition("\n\n")
        fields = dict(line.split(": ", 1) for line in lines.strip().splitlines())
        reports.append((fields["source"], fields["relays"], text.strip()))
    return kind.removeprefix("kind:").strip(), reports


def status_of_family(country, reports, **judged):
    """The status of one incident that these reports assert, each as a claim of its source."""
    sources = {
        f"source-{at}": SOURCE | {"title": name, "publisher": name} | (
            {"independent_group": f"group-{at}"} if judged.get("groups") else {}
        )
        for at, (name, _, _) in enumerate(reports)
    }  # fmt: skip
    claims = [
        claim(by=name, role="media", says="occurrence", source=f"source-{at}")
        | ({"origin": "one"} if judged.get("origin") else {})
        for at, (name, _, _) in enumerate(reports)
    ]
    own = workspace(country, incident(claims=claims), sources=sources)
    dossier = own.reading.dossier
    assert dossier.records, own.reading.problems
    return status_of(dossier.records[0], dossier.sources)


@pytest.mark.slow
def test_no_family_of_one_origin_is_corroborated_and_independent_pairs_can_be(root, country):
    files = families(root)
    if not files:
        pytest.skip("the families of reports are not here")
    for file in files:
        kind, reports = reports_of(file)
        # Nobody has judged their lineage: that is no origin at all.
        assert status_of_family(country, reports) == "reported", file
        if kind == "one origin":
            found = status_of_family(country, reports, groups=True, origin=True)
            assert found == "reported", file
        else:
            assert status_of_family(country, reports, groups=True) == "corroborated", file


def test_likeness_never_joins_reports_written_apart(root):
    files = families(root)
    if not files:
        pytest.skip("the families of reports are not here")
    joined = {"one origin": 0, "independent": 0}
    for file in files:
        kind, reports = reports_of(file)
        joined[kind] += bool(shared_wordings({str(at): r[2] for at, r in enumerate(reports)}))
    assert joined["independent"] == 0
    assert joined["one origin"] >= 24


def test_claims_that_share_words_are_suggested_until_somebody_has_decided(country):
    words = "Fighters attacked a checkpoint in the district on Tuesday night and left."
    sources = {"one": SOURCE, "two": SOURCE | {"publisher": "Another"}}

    def suggested(**origin):
        claims = [
            claim(by="One", role="media", says="occurrence", source="one", text=words, **origin),
            claim(by="Two", role="media", says="occurrence", source="two",
                  text=f"A radio says: {words}", **origin),
        ]  # fmt: skip
        dossier = workspace(country, incident(claims=claims), sources=sources).reading.dossier
        return suggested_origins(dossier.records[0], dossier)

    (found,) = suggested()
    assert found.members == ("0", "1")
    assert found.phrases == (
        "fighters attacked a checkpoint in the district on tuesday night and left",
    )
    assert suggested(origin="a-release") == ()


# --- statements as text, and the commands


@pytest.mark.parametrize(("text", "message"), [
    ("", "not a kind of statement"),
    ("mor: period=2022; than: period=2021", "did you mean 'more'"),
    ("more: period=2022", "needs the part 'than'"),
    ("more: period=2022; than: period=2021; than: period=2020", "twice"),
    ("more: period=2022; then: period=2021", "not a part of 'more'"),
    ("more: province=Atlantis; than: period=2021", "not a province of Afghanistan"),
    ("more: group=nfr; than: period=2021", "did you mean 'nrf'"),
    ("more: period=2022~; than: period=2021", "qualified"),
    ("more: period=2022-13; than: period=2021", "period=2022-13"),
    ("more: colour=red; than: period=2021", "not a part of a cell"),
    ("at-least: many", "not a whole number"),
    ("share: half; status=reported", "above 50%"),
    ("share: above 50%; status=true", "not known"),
    ("rises: by week; period=2024", "by month"),
    ("rises: by month; period=2024-01", "expected 2 to"),
    ("rises: by month; period=2024-01/..", "open"),
    ("most: colour=red", "write one of"),
    ("most: month=1999-01", "not among the months"),
    ("first: record=nothing-like-it", "not among the records in view"),
    ("at-least: 1; in: " + "kind=incident," * 200, "letters"),
])  # fmt: skip
def test_a_statement_that_cannot_be_checked_is_refused_with_what_is_expected(own, text, message):
    with pytest.raises(StatementError, match=message):
        decide(read_statement(text, CountedNames.of(own)), counted_records(own))


@pytest.mark.parametrize(("text", "code", "said"), [
    ("more: province=Panjshir, period=2022; than: province=Kabul, period=2022", 0, "Always"),
    ("at-least: 2; in: province=Balkh, kind=incident", 3, "civilians-attacked-north-2022"),
    ("at-most: 0; in: province=Balkh", 1, "Never true"),
    ("share: above 50%; status=claimed_only; in: kind=incident", 0, "claimed by a party only"),
    ("falls: by year; period=2022/2024; in: kind=incident", 1, "from each year to the next"),
    ("most: province=Panjshir; in: kind=incident, period=2022", 3, "Not true if"),
    ("first: record=massoud-assassination-2001; in: group=al-qaeda", 0, "is the first"),
])  # fmt: skip
def test_the_command_checks_a_statement(text, code, said):
    found = CliRunner().invoke(app, ["check", text])
    assert found.exit_code == code, found.stderr
    assert said in found.stdout
    plain = CliRunner().invoke(app, ["check", text, "--format", "json"])
    verdict = json.loads(plain.stdout)["verdict"]
    assert {0: "always", 1: "never", 3: "depends"}[code] == verdict


def test_the_command_counts_in_every_format(tmp_path):
    asked = ["counts", "--by", "province,year", "--kinds", "incident", "--from", "2022"]
    table = CliRunner().invoke(app, asked)
    assert table.exit_code == 0
    assert "No source in the dossier covers" in table.stderr
    assert "Not in any province" in table.stderr
    listed = json.loads(CliRunner().invoke(app, [*asked, "--format", "json"]).stdout)
    lines = list(csv.DictReader(io.StringIO(
        CliRunner().invoke(app, [*asked, "--format", "csv"]).stdout
    )))  # fmt: skip
    assert [(one["province"], str(one["most"])) for one in listed] == [
        (one["province"], one["most"]) for one in lines
    ]
    balkh = next(one for one in listed if one["province"] == "AF-BAL")
    assert (balkh["fewest"], balkh["most"]) == (1, 2)
    assert balkh["possible"] == ["civilians-attacked-north-2022"]
    # At least 20 killed in two cities: how many of them in Balkh nobody states.
    assert (balkh["killed_reported_low"], balkh["killed_reported_high"]) == (0, None)
    chart = tmp_path / "chart.svg"
    drawn = CliRunner().invoke(app, ["counts", "--by", "year", "--chart", str(chart)])
    assert drawn.exit_code == 0
    assert b"<svg" in chart.read_bytes()


@pytest.mark.parametrize("options", [
    ["--by", "week"], ["--by", "month,year"], ["--by", ""], ["--compare", "2023"],
    ["--by", "month,group", "--chart", "a.png"], ["--chart", "a.gif"],
])  # fmt: skip
def test_counts_refuses_what_it_cannot_count(options):
    found = CliRunner().invoke(app, ["counts", *options])
    assert found.exit_code == 2
    assert options[0] in found.stderr or "by:" in found.stderr
