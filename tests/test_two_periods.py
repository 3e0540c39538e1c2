"""Two periods on two maps: one scale, one place, each its own records, and the one map back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import folium
import pytest
from browsing import KNOW_MAPS, Tab, open_map, page_script
from playwright.sync_api import Browser, expect

from geo.table.workspace import Workspace
from geo.view import View, apply_view
from geo.webmap.document import IncidentLayers
from geo.webmap.scripts import leaflet_script, leaflet_style

pytestmark = pytest.mark.browser

SEEN = page_script("two_periods.js", "mapsSeen")
AT_REST = page_script("two_periods.js", "atRest")
HALF = page_script("two_periods.js", "halfShown")
# Everything over a map that does not stand within it as a whole.
CUT_OFF = page_script("two_periods.js", "cutOff")

YEAR = View(first=date(2024, 1, 1), last=date(2024, 12, 31))
BEFORE = (date(2022, 1, 1), date(2022, 12, 31))
END = "#from=2024-01-01&to=2024-12-31"
COMPARED = END + "&compare=2022-01-01,2022-12-31"
# As many plates as there can be.
MOST = View(compare=(date(2001, 1, 1), date(2026, 12, 31)))

VIEWS = {
    "years": replace(YEAR, compare=BEFORE),
    "Certain dates only": replace(YEAR, compare=BEFORE, certain=True),
    "groups off": replace(
        YEAR, compare=BEFORE, off=("al-qaeda", "isis-k", "nrf/presence/disputed")
    ),
    "only disputed": replace(YEAR, compare=BEFORE, statuses=("disputed", "claimed_only")),
    "all dates beside a month": View(compare=(date(2022, 5, 1), date(2022, 5, 31))),
    "nothing in A": View(first=date(2010, 1, 1), last=date(2010, 12, 31), compare=BEFORE),
}


@pytest.fixture(scope="module")
def shared(browser: Browser, map_file: Path) -> Iterator[Tab]:
    """Return one page for all that only looks; `show` brings it into the View it needs."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield opened(Tab(context.new_page()), map_file, END)
    context.close()


def opened(tab: Tab, file: Path, end: str) -> Tab:
    tab.page.add_init_script(KNOW_MAPS)
    return open_map(tab, file, end)


def show(tab: Tab, view: View) -> None:
    """Send a View; the maps have drawn it when this returns."""
    message = {"incidentMap": 1, "type": "set-view", "view": view.to_message()}
    tab.page.evaluate(
        page_script("two_periods.js", "sendMessage"),
        message,
    )


def half(tab: Tab, name: str) -> dict[str, Any]:
    found: dict[str, Any] = tab.page.evaluate(HALF, name)
    return found


def seen(tab: Tab) -> list[list[float]]:
    """Centre, zoom and size of each Leaflet map, once they have come to rest."""
    tab.page.evaluate(AT_REST)
    found: list[list[float]] = tab.page.evaluate(SEEN)
    return found


def of_period(view: View, name: str) -> View:
    """Return what the map of one period shows, as a View of its own."""
    first, last = view.compare if name == "B" and view.compare else (view.first, view.last)
    return replace(view, first=first, last=last, compare=None)


@pytest.mark.slow(whole=True)
@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_each_map_shows_the_records_of_its_period(shared: Tab, own: Workspace, view: View) -> None:
    table = own.located.table
    show(shared, view)
    for name in "AB":
        kept = apply_view(of_period(view, name), table)
        records = set(kept.table["record"])
        found = half(shared, name)
        beside = sum(kept.ledger.beside.values())
        assert found["all"].split()[0] == str(len(records))
        assert found["beside"].split(" ")[0] == (str(beside) if beside else "")
        assert set(found["marks"]) <= records
        shared.page.click(f".im-half[data-map={name}] [data-half=all]")
        items = shared.page.locator(".im-detail-body .im-item")
        listed = items.evaluate_all("nodes => nodes.map((node) => node.dataset.record)")
        assert sorted(listed) == sorted(records)


def test_each_map_counts_by_province_what_one_map_would_count(shared: Tab) -> None:
    view = replace(YEAR, compare=BEFORE, mode="provinces")
    show(shared, view)
    both = [half(shared, name) for name in "AB"]
    assert [one["marks"] for one in both] == [[], []]
    for name, found in zip("AB", both, strict=True):
        show(shared, of_period(view, name))
        assert half(shared, "A")["plates"] == found["plates"] != []


@pytest.mark.slow
def test_what_moves_one_map_moves_both(shared: Tab) -> None:
    show(shared, replace(YEAR, compare=BEFORE))
    mouse = shared.page.mouse
    for name in "AB":
        ground = shared.page.locator(f".im-half[data-map={name}] .leaflet-container")
        box = ground.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.85

        def dragged(x: float = x, y: float = y) -> None:
            mouse.move(x, y)
            mouse.down()
            mouse.move(x + 40, y - 55, steps=3)
            on_the_way = shared.page.evaluate(SEEN)
            mouse.up()
            assert on_the_way[0] == pytest.approx(on_the_way[1], abs=1e-6)

        def pressed(key: str, ground: Any = ground) -> None:
            ground.focus()
            shared.page.keyboard.press(key)

        def zoomed() -> None:
            shared.page.get_by_label("Zoom in").click()

        for act in (dragged, lambda: mouse.wheel(0, -200), lambda: pressed("-"), zoomed):
            before = seen(shared)
            act()
            shared.page.wait_for_function(
                f"before => JSON.stringify(({SEEN})()) !== JSON.stringify(before)", arg=before
            )
            shared.page.evaluate(AT_REST)
            a, b = seen(shared)
            assert a == pytest.approx(b, abs=1e-6)
    before = seen(shared)
    shared.page.keyboard.press("Escape")
    shared.page.keyboard.press("3")
    assert seen(shared) == before


def test_switching_a_group_changes_both_maps_and_moves_neither(shared: Tab) -> None:
    show(shared, replace(YEAR, compare=BEFORE))
    before, at = [half(shared, name) for name in "AB"], seen(shared)
    row = shared.page.locator(".im-row-toggle[data-group=taliban]")
    row.click()
    after = [half(shared, name) for name in "AB"]
    assert all(old["all"] != new["all"] for old, new in zip(before, after, strict=True))
    assert "taliban-control-2021" not in {*after[0]["marks"], *after[1]["marks"]}
    row.click()
    assert ([half(shared, name) for name in "AB"], seen(shared)) == (before, at)


@pytest.mark.slow
@pytest.mark.parametrize("at", [None, {"lat": 34.9, "lon": 69.4, "zoom": 7.75}])
def test_ending_the_comparison_brings_the_one_map_back(
    shared: Tab, at: dict[str, float] | None
) -> None:
    show(shared, View.from_message(YEAR.to_message() | {"viewport": at}))
    before = seen(shared)[0]
    said = shared.page.locator(".im-ledger-total").inner_text()
    shared.page.get_by_role("button", name="compare…").click()
    expect(shared.page.locator(".im-ledger-total")).to_have_text(said + " in A")
    shared.page.get_by_label("Zoom in").click()
    assert seen(shared)[0] != pytest.approx(before)
    shared.page.get_by_role("button", name="End comparison").click()
    expect(shared.page.locator(".im-ledger-total")).to_have_text(said)
    assert seen(shared)[0] == pytest.approx(before, abs=1e-9)
    assert shared.page.locator(".im-half:visible").count() == 1
    assert shared.page.locator(".im-half-head:visible").count() == 0
    assert len(shared.page.evaluate(SEEN)) == 2, "the second map is made once"


def test_a_record_of_the_second_map_alone_is_reached_and_read(shared: Tab) -> None:
    show(shared, replace(YEAR, compare=BEFORE))
    maps = [shared.page.get_by_role("group", name=f"Map, period {name}:") for name in "AB"]
    assert [one.count() for one in maps] == [1, 1]
    mark = maps[1].locator("[data-record=isis-k-two-cities-2022]").first
    mark.focus()
    shared.page.keyboard.press("Enter")
    card = shared.page.locator(".im-card[data-record=isis-k-two-cities-2022]")
    expect(card).to_be_visible()
    assert card.get_by_text("so it is not on the map").count() == 0
    assert maps[1].locator(".im-mark.is-chosen").count() > 0
    assert maps[0].locator(".is-chosen").count() == 0
    assert shared.errors == []


@pytest.mark.slow
@pytest.mark.parametrize("size", [(390, 844), (1100, 700), (844, 390)])
def test_nothing_is_cut_off_on_small_screens(
    page: Callable[..., Tab], shared: Tab, map_file: Path, size: tuple[int, int]
) -> None:
    tab = open_map(page(width=size[0], height=size[1]), map_file, COMPARED)
    a, b = seen(tab)
    assert a == pytest.approx(b, abs=1e-6)
    for view in (
        replace(YEAR, compare=BEFORE),
        replace(YEAR, compare=BEFORE, mode="provinces"),
        MOST,
    ):
        show(tab, view)
        assert tab.page.evaluate(CUT_OFF) == []
        for name in "AB":
            show(shared, of_period(view, name))
            keys, wanted = (
                # That of the whole country is there where there is room.
                [key for key in half(one, side)["keys"] if key != "country"]
                for one, side in ((tab, name), (shared, "A"))
            )
            assert keys == wanted, "a plate found no place"
    assert tab.errors == []


def test_a_map_of_somebody_else_stays_one_map(
    page: Callable[..., Tab], own: Workspace, tmp_path: Path
) -> None:
    theirs = folium.Map([34.5, 67.5], zoom_start=6, tiles=None)
    view = replace(YEAR, compare=BEFORE)
    IncidentLayers(own, view=view).add_to(theirs)
    head = f"<style>{leaflet_style()}</style><script>{leaflet_script()}</script>"
    path = tmp_path / "theirs.html"
    text = theirs.get_root().render().replace("<head>", "<head>" + head, 1)
    path.write_text(text, encoding="utf-8")
    tab = page()
    tab.page.goto(path.as_uri())
    tab.page.wait_for_selector(".im-mark")
    assert tab.page.locator(".leaflet-container").count() == 1
    assert tab.page.locator(".im-half, .im-half-head").count() == 0
