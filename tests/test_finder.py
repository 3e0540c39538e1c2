"""One field finds places, records, groups and sources, in any script, by keys and by touch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browsing import Tab, open_map
from playwright.sync_api import expect

from geo.table.workspace import Workspace
from geo.view import View, apply_view
from geo.view.saying import say_filters

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]
HITS = "nodes => nodes.map((node) => [...node.children].map((part) => part.textContent))"


@pytest.fixture
def tab(page: Open, map_file: Path) -> Tab:
    tab = open_map(page(width=1440, height=900), map_file)
    tab.page.locator(".im-base-names").wait_for(state="attached")
    return tab


def hits(tab: Tab, text: str) -> list[list[str]]:
    tab.page.keyboard.press("Escape")
    tab.page.keyboard.press("/")
    tab.page.keyboard.type(text)
    found: list[list[str]] = tab.page.locator(".im-option").evaluate_all(HITS)
    return found


def where(tab: Tab, before: str) -> dict[str, Any]:
    """Where the map looks, once that is another place than in the address of before."""
    was = before.partition("at=")[2].partition("&")[0]
    tab.page.wait_for_url(lambda url: url.partition("at=")[2].partition("&")[0] not in {"", was})
    lat, lon, zoom = map(float, tab.page.url.split("at=")[1].split("&")[0].split(","))
    return {"lat": lat, "lon": lon, "zoom": zoom}


SPELT = [
    ("badakh", ["Badakhshan", "province"]),
    ("Badakshan", ["Badakhshan", "province"]),
    ("Badaxshan", ["Badakhshan", "province"]),
    ("Bazarak", ["Bazarak", "town, Panjshir"]),
    ("bazrak", ["Bazarak", "town, Panjshir"]),
    ("Mazar-i-Sharif", ["Mazar-i-Sharif", "town, Balkh"]),
    ("مزار شریف", ["Mazar-i-Sharif", "town, Balkh"]),
    ("بدخشان", ["Badakhshan", "province"]),
    ("Khawak", ["Khawak", "pass, Baghlan"]),
    ("isis-k", ["Islamic State Khorasan Province", "ISIS-K"]),
    ("north", ["the north", "filter to 5 provinces"]),
    ("Greater Paktia", ["Loya Paktia", "filter to 3 provinces"]),
    ("شمال شرق", ["the north-east", "filter to 4 provinces"]),
    ("2022-05", ["May 2022", "show only this month"]),
    ("2024", ["2024", "show only this year"]),
]


@pytest.mark.slow
def test_a_name_is_found_however_it_is_spelt(tab: Tab) -> None:
    found = {}
    for asked, _ in SPELT:
        found[asked] = hits(tab, asked)[0]
        # Empties the field; the next Escape leaves it.
        tab.page.keyboard.press("Escape")
    assert found == dict(SPELT)


@pytest.mark.slow
def test_every_province_district_and_town_is_found_by_each_of_its_names(
    tab: Tab, own: Workspace
) -> None:
    base = own.country.base_map
    assert base is not None
    towns = [one for one in base.points if one.kind == "town"]
    named = [*own.country.provinces, *(one.name for one in (*towns, *base.districts))]
    missing = []
    for one in named[:: max(1, len(named) // 40)]:
        name = getattr(one, "en", None) or one.name
        texts = {name, getattr(one, "prs", ""), getattr(one, "ps", "")} - {""}
        missing += [text for text in texts if name not in [hit[0] for hit in hits(tab, text)]]
    assert missing == []


@pytest.mark.slow
def test_a_place_is_gone_to_and_a_province_opens(tab: Tab, own: Workspace) -> None:
    start = tab.page.url
    hits(tab, "Bazarak")
    tab.page.keyboard.press("Enter")
    at = where(tab, start)
    town = next(one for one in own.country.gazetteer if one.name == "Bazarak" and one.lat)
    assert abs(at["lat"] - town.lat) < 0.01
    assert abs(at["lon"] - town.lon) < 0.01
    assert at["zoom"] >= 9
    start = tab.page.url
    hits(tab, "Takhar")
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator(".im-detail-body h2")).to_have_text("Takhar")
    assert where(tab, start)["zoom"] < at["zoom"]


@pytest.mark.slow
def test_records_groups_and_sources_are_opened_and_words_become_a_filter(tab: Tab) -> None:
    assert hits(tab, "interior ministry")[0][0] == "Attack on the Interior Ministry"
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator(".im-card")).to_be_visible()
    tab.page.keyboard.press("Escape")
    hits(tab, "AFF")
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator(".im-row.is-solo [data-group=aff]")).to_be_visible()
    tab.page.locator(".im-section-head .im-text-button").click()
    found = hits(tab, "Hudson Institute")
    at = next(at for at, (name, *_) in enumerate(found) if name.startswith("NRF Warns"))
    for _ in range(at):
        tab.page.keyboard.press("ArrowDown")
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator(".im-detail-body h2")).to_contain_text("NRF Warns")
    tab.page.keyboard.press("Escape")
    asked = hits(tab, "kunduz")
    tab.page.keyboard.press("ArrowUp")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**#*text=kunduz*")
    count = int(asked[-1][1].split()[0])
    expect(tab.page.locator(".im-records .im-item")).to_have_count(count)


@pytest.mark.slow
def test_a_region_is_one_choice_and_is_said_by_its_name_wherever_it_comes_from(
    tab: Tab, own: Workspace
) -> None:
    codes = set(own.country.regions["north"].provinces)
    ledger = apply_view(View(provinces=tuple(sorted(codes))), own.located.table).ledger
    start = tab.page.url
    hits(tab, "north")
    tab.page.keyboard.press("Enter")
    chip = tab.page.locator(".im-filters [data-chip^=provinces]")
    expect(chip).to_have_text("Province: the north (5 provinces)×")
    expect(tab.page.locator(".im-records .im-item")).to_have_count(ledger.shown)
    assert where(tab, start)["lat"] > own.country.provinces["AF-KAB"].label_lat
    assert set(tab.page.url.split("provinces=")[1].split("&")[0].split(",")) == codes
    chip.click()
    expect(tab.page.locator(".im-records .im-item")).to_have_count(ledger.total)
    # The same from the list of provinces, which offers no road and no region of one province.
    tab.page.locator(".im-filters-toggle").click()
    tab.page.locator("[data-field=provinces] .im-field-toggle").click()
    choice = tab.page.get_by_label("All provinces of a region")
    offered = choice.locator("option").all_inner_texts()[1:]
    assert offered == [one.name for one in own.country.named_areas]
    assert all(len(one.provinces) > 1 for one in own.country.named_areas)
    choice.select_option(label="the north")
    expect(chip).to_have_text("Province: the north (5 provinces)×")
    tab.page.locator("[data-field=provinces] input[data-value=AF-BAL]").click()
    expect(chip).to_have_text("Province: 4 chosen×")


def test_a_figure_names_a_region_beside_its_provinces_and_only_if_it_has_all(
    own: Workspace,
) -> None:
    codes = tuple(sorted(own.country.regions["loya-paktia"].provinces))
    said = say_filters(View(provinces=codes), own)
    assert said == ("in Khost or Paktia or Paktika (Loya Paktia)",)
    assert say_filters(View(provinces=codes[1:]), own) == ("in Paktia or Paktika",)


def test_what_is_not_found_is_said_and_escape_leaves_all_as_it_was(tab: Tab) -> None:
    before = tab.page.url
    assert [hit[1] for hit in hits(tab, "Atlantis")] == ["0 shown"]
    expect(tab.page.locator(".im-found-none")).to_be_visible()
    tab.page.keyboard.press("Escape")
    expect(tab.page.locator(".im-found")).to_be_hidden()
    assert tab.page.url == before


@pytest.mark.slow
def test_on_a_phone_a_tap_goes_there(page: Open, map_file: Path) -> None:
    tab = open_map(page(width=390, height=844, has_touch=True), map_file)
    tab.page.locator(".im-find").tap()
    tab.page.keyboard.type("kunduz")
    tab.page.locator(".im-option").first.tap()
    expect(tab.page.locator(".im-detail-body h2")).to_have_text("Kunduz")
    expect(tab.page.locator(".im-found")).to_be_hidden()
