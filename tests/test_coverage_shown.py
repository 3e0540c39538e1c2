"""On the map page, origins can be counted, and silence is a layer that says what it is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from browsing import Tab, open_map
from dossiers import SOURCE, incident, workspace
from playwright.sync_api import Page, expect
from views import media

from geo.counts.coverage import NOT_PEACE, PARTS_NOT_COVERED, coverage_step, sources_by_province
from geo.handover.reducing import reduce_workspace
from geo.places.country import Country
from geo.table.workspace import Workspace
from geo.view import View
from geo.webmap.document import document_html

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]
YEAR = date(2022, 1, 1), date(2022, 12, 31)


@pytest.fixture(scope="module")
def judged_file(country: Country, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six records: four of one press release, one of another origin, one of which nobody knows."""
    sources = {key: SOURCE | {"independent_group": key} for key in ("a", "b")} | {"c": SOURCE}
    said = [
        *(media(by=f"Paper {at}", source="a", origin="release") for at in range(4)),
        media(by="B", source="b"),
        media(by="C", source="c"),
    ]
    records = [
        incident(id=f"attack-{at}", claims=[one], when=f"2022-0{at + 1}")
        for at, one in enumerate(said)
    ]
    file = tmp_path_factory.mktemp("judged") / "map.html"
    own = workspace(country, *records, sources=sources)
    file.write_text(document_html(own), encoding="utf-8")
    return file


def test_a_group_counts_known_origins_and_what_nobody_knows_apart(
    page: Open, judged_file: Path
) -> None:
    tab = open_map(page(width=1440, height=900), judged_file).page
    row = tab.locator("[data-group=nrf]")
    expect(row.locator(".im-tally")).to_have_text("6/6")
    switch = tab.get_by_role("checkbox", name="Count known origins")
    expect(switch).to_have_attribute("aria-checked", "false")
    switch.focus()
    tab.keyboard.press("Space")
    expect(switch).to_have_attribute("aria-checked", "true")
    said = "6 records from 2 known origins, 1 of unknown lineage"
    expect(row.locator(".im-tally")).to_have_text("2/2")
    expect(row.locator(".im-row-note")).to_have_text("1 of unknown lineage")
    expect(row).to_have_attribute("aria-label", f"National Resistance Front: {said} shown")
    expect(tab.locator(".im-list-totals")).to_contain_text(said)
    tab.wait_for_url("**counting=origins*")
    # The filters count as they do for records.
    tab.goto(f"{judged_file.as_uri()}#counting=origins&to=2022-04-30")
    expect(row.locator(".im-tally")).to_have_text("1/2")
    expect(row.locator(".im-row-note")).to_be_hidden()
    expect(row).to_have_attribute(
        "aria-label", "National Resistance Front: 4 records from 1 known origin shown"
    )


def test_where_no_lineage_is_known_no_number_of_origins_is_shown(
    page: Open, map_file: Path
) -> None:
    tab = open_map(page(width=1440, height=900), map_file, "#counting=origins").page
    row = tab.locator("[data-group=nrf]")
    expect(row.locator(".im-tally")).to_have_text("–")
    expect(row.locator(".im-row-note")).to_have_text("8 of unknown lineage")


def drawn(page: Page, half: str = "") -> Counter[int]:
    """How many provinces of a map have each step of coverage."""
    found = page.locator(f"{half} .leaflet-pane path.im-cover".strip())
    return Counter(int(one.get_attribute("data-cover") or "-1") for one in found.all())


def steps(own: Workspace, first: date | None = None, last: date | None = None) -> Counter[int]:
    return Counter(map(coverage_step, sources_by_province(own, first, last).values()))


@pytest.mark.slow
def test_coverage_is_off_at_first_follows_the_period_and_says_what_it_is_not(
    page: Open, map_file: Path, own: Workspace
) -> None:
    tab = open_map(page(width=1440, height=900), map_file).page
    assert not drawn(tab)
    key = tab.locator(".im-coverage")
    expect(key.locator("li")).to_have_count(0)
    tab.get_by_role("checkbox", name="Source coverage").click()
    expect(key).to_contain_text(NOT_PEACE)
    assert drawn(tab) == steps(own)
    tab.wait_for_url("**coverage=1*")
    tab.goto(f"{map_file.as_uri()}#coverage=1&from=2022-01-01&to=2022-12-31&province=AF-NIM")
    expect(tab.locator("[data-key=silence]")).to_have_text(NOT_PEACE)
    assert drawn(tab) == steps(own, *YEAR)
    counts = [int(one.split()[0]) for one in key.locator(".im-tally").all_inner_texts()]
    assert counts == [steps(own, *YEAR)[step] for step in range(4)]
    # The tints of province totals count records: only silence is drawn below them.
    tab.get_by_role("button", name="Province totals").click()
    assert drawn(tab) == {0: steps(own, *YEAR)[0]}
    tab.get_by_role("checkbox", name="Source coverage").click()
    expect(tab.locator(".leaflet-pane path.im-cover")).to_have_count(0)


@pytest.mark.slow
def test_each_of_two_maps_has_the_coverage_of_its_own_period(
    page: Open, map_file: Path, own: Workspace
) -> None:
    end = "#coverage=1&from=2022-01-01&to=2022-12-31&compare=2001-01-01,2001-12-31"
    tab = open_map(page(width=1440, height=900), map_file, end).page
    expect(tab.locator(".im-half path.im-cover").first).to_be_attached()
    halves = [drawn(tab, f".im-half >> nth={at} >>") for at in (0, 1)]
    assert halves == [steps(own, *YEAR), steps(own, date(2001, 1, 1), date(2001, 12, 31))]
    assert halves[0] != halves[1]


def test_a_file_with_a_part_of_the_records_has_no_layer_of_silence(
    page: Open, own: Workspace, tmp_path: Path
) -> None:
    found = reduce_workspace(own, [View(off=("nrf",), coverage=True)])
    file = tmp_path / "part.html"
    file.write_text(document_html(found.workspace, view=found.views[0]), encoding="utf-8")
    tab = open_map(page(width=1440, height=900), file).page
    expect(tab.get_by_role("checkbox", name="Source coverage")).to_be_disabled()
    expect(tab.locator(".im-coverage")).to_contain_text(PARTS_NOT_COVERED)
    assert not drawn(tab)
