"""Choosing a province: the map goes there, the panel lists all about it, the others are muted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Tab, open_map
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]
ZOOM = "window.leaflets[0].getZoom()"
STILL = "!window.leaflets[0]._animatingZoom"
SECTIONS = ("Placed here", "In a region that contains this province", "About the whole country")


def opened(page: Open, file: Path, end: str = "", **how: object) -> Tab:
    tab = page(**how)
    open_map(tab, file, end)
    tab.page.locator(".im-plate").first.wait_for()
    return tab


def badge(tab: Tab, code: str) -> Locator:
    return tab.page.locator(f'.im-plate[data-key="province:{code}"]')


def wait_for(tab: Tab, what: str) -> None:
    """Wait until an expression is true; the page forbids the evaluation that Playwright uses."""
    for _ in range(100):
        if tab.page.evaluate(f"() => {what}"):
            return
        tab.page.wait_for_timeout(50)
    pytest.fail(f"never: {what}")


def wait_until_closer(tab: Tab, zoom: float) -> None:
    wait_for(tab, f"{ZOOM} > {zoom + 0.9} && {STILL}")


def whole_in_view(tab: Tab) -> bool:
    return tab.page.locator(".im-overview").is_hidden()


@pytest.mark.slow
@pytest.mark.parametrize("width", [1440, 390])
def test_a_chosen_province_fills_the_map_and_all_about_it_is_listed_by_kind_of_place(
    page: Open, map_file: Path, width: int
) -> None:
    tab = opened(page, map_file, width=width, height=900)
    before = tab.page.evaluate(ZOOM)
    badge(tab, "AF-PAN").click()
    wait_until_closer(tab, before)
    room = tab.page.locator(".im-stage").bounding_box()
    own = tab.page.locator('[data-province="AF-PAN"]').bounding_box()
    assert room is not None
    assert own is not None
    assert room["x"] <= own["x"] <= own["x"] + own["width"] <= room["x"] + room["width"]
    assert room["y"] <= own["y"] <= own["y"] + own["height"] <= room["y"] + room["height"]
    for title, count in zip(SECTIONS, (6, 0, 12), strict=True):
        part = tab.page.locator(".im-block", has=tab.page.locator("h3", has_text=title))
        expect(part.locator("h3 .im-tally")).to_have_text(str(count))
        assert part.locator(".im-item").count() == count
    assert tab.errors == []


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["", "#mode=provinces"])
def test_the_other_provinces_and_what_is_in_them_fade_until_escape_or_back(
    page: Open, map_file: Path, mode: str
) -> None:
    tab = opened(page, map_file, mode)
    muted = tab.page.locator("path.im-province.is-elsewhere")
    for leave in ("Escape", "button"):
        before = tab.page.evaluate(ZOOM)
        expect(muted).to_have_count(0)
        badge(tab, "AF-PAN").click()
        wait_until_closer(tab, before)
        expect(muted).to_have_count(33)
        expect(tab.page.locator('path.is-elsewhere[data-province="AF-PAN"]')).to_have_count(0)
        faded = tab.page.locator(".im-badge.is-elsewhere .im-plate")
        assert faded.count() > 0
        # Faded is not hidden: at half their strength, the words can still be read.
        assert faded.last.locator("> *").first.evaluate("n => getComputedStyle(n).opacity") == "0.5"
        assert badge(tab, "AF-PAN").locator("xpath=..").get_attribute("class") == "im-badge"
        if leave == "Escape":
            tab.page.keyboard.press("Escape")
        else:
            tab.page.get_by_role("button", name="Back to the whole country").click()
        expect(muted).to_have_count(0)
        expect(tab.page.locator(".im-badge.is-elsewhere")).to_have_count(0)
        wait_for(tab, f"Math.abs({ZOOM} - {before}) < 0.05 && {STILL}")
        assert whole_in_view(tab)
        wait_for(tab, f"location.hash === '{mode}'")
    assert tab.errors == []


def test_filtering_to_a_province_goes_there_as_well(page: Open, map_file: Path) -> None:
    tab = opened(page, map_file, "#province=AF-PAN")
    assert whole_in_view(tab), "an address says where the map looks"
    before = tab.page.evaluate(ZOOM)
    tab.page.locator("[data-key=only-here]").click()
    wait_until_closer(tab, before)
    expect(tab.page.locator("[data-key=back-out]")).to_be_visible()
    assert tab.errors == []


@pytest.mark.slow
def test_the_way_to_a_province_is_animated_unless_less_motion_is_asked_for(
    page: Open, map_file: Path
) -> None:
    for motion, steps in (("no-preference", True), ("reduce", False)):
        tab = open_map(page(reduced_motion=motion), map_file)
        badge(tab, "AF-PAN").wait_for()
        tab.page.evaluate("""() => {
          window.animated = 0;
          window.leaflets[0].on('zoomanim', () => { window.animated += 1; });
        }""")
        before = tab.page.evaluate(ZOOM)
        badge(tab, "AF-PAN").click()
        wait_until_closer(tab, before)
        assert (tab.page.evaluate("window.animated") > 0) is steps
        assert tab.errors == []
