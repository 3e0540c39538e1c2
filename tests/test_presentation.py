"""Showing the map to others: a full screen, larger type, arrows through periods."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browsing import ROOT, Tab, page_script
from test_time import middle, opened, strip

from geo.webmap.scripts import own_style

Open = Callable[..., Tab]
LEAST = 13
"""Pixels of the smallest type on the screen."""
SMALL_TYPE = page_script("dates.js", "smallType")
PRESENTED = page_script("dates.js", "presented")
SIZES = [(1440, 900), (1280, 720), (390, 844)]


def test_no_style_and_no_script_asks_for_small_type() -> None:
    sizes = re.findall(r"(?:font|font-size|--small|--text): *([\d.]+)px", own_style())
    scripts = (ROOT / "geo/webmap/js").rglob("*.js")
    lettered = [size for one in scripts for size in re.findall(r"(\d+)px '", one.read_text())]
    assert len(sizes) > 5
    assert len(lettered) > 5
    assert min(map(float, sizes + lettered)) >= LEAST


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(
    "end",
    [
        "",
        "#mode=provinces",
        "#from=2023-01-01&to=2023-12-31&compare=2022-01-01,2022-12-31",
        "#chosen=zawahiri-drone-strike-2022",
        "#province=AF-KAB",
    ],
)
def test_no_text_on_the_screen_is_small(page: Open, map_file: Path, end: str) -> None:
    tab = opened(page(width=SIZES[0][0], height=SIZES[0][1]), map_file, end)
    unused = {".im-time-more", ".im-filters-toggle", ".im-side[data-side=presence]"}
    # One page for all sizes: opening it is most of what this takes.
    for width, height in SIZES:
        tab.page.set_viewport_size({"width": width, "height": height})
        strip(tab)
        for css in sorted(unused):
            if tab.page.locator(css).first.is_visible():
                tab.page.locator(css).first.click()
                unused.remove(css)
        strip(tab)
        assert tab.page.evaluate(SMALL_TYPE, LEAST) == [], width


def presented(tab: Tab) -> dict[str, Any]:
    strip(tab)
    found: dict[str, Any] = tab.page.evaluate(PRESENTED)
    return found


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(
    ("size", "by"),
    [(SIZES[0], "mouse"), (SIZES[1], "keys"), (SIZES[2], "mouse")],
)
def test_a_presentation_fills_the_screen_in_larger_type_and_escape_ends_it(
    page: Open, map_file: Path, size: tuple[int, int], by: str
) -> None:
    tab = opened(page(width=size[0], height=size[1]), map_file, "#from=2022-01-01&to=2022-12-31")
    if by == "mouse":
        tab.page.get_by_role("button", name="Present on the full screen").click()
    else:
        tab.page.keyboard.press("f")
    tab.page.wait_for_function("() => document.fullscreenElement === document.documentElement")
    found = presented(tab)
    assert (found["isOn"], found["panels"], found["isWhole"]) == (True, 0, True)
    assert found["enlarged"] == pytest.approx(1.6, abs=0.01)
    assert found["when"] == "1 Jan – 31 Dec 2022"
    tab.page.keyboard.press("ArrowRight")
    assert presented(tab)["when"] == "1 Jan – 31 Dec 2023"
    tab.page.keyboard.press("PageUp")
    tab.page.keyboard.press("PageUp")
    assert presented(tab)["when"] == "1 Jan – 31 Dec 2021"
    tab.page.keyboard.press("Escape")
    tab.page.wait_for_function("() => !document.fullscreenElement")
    found = presented(tab)
    assert (found["isOn"], found["when"]) == (False, "")
    assert found["enlarged"] == pytest.approx(1, abs=0.01)
    assert tab.errors == []


@pytest.mark.browser
def test_while_the_map_has_the_focus_arrows_still_go_through_periods(
    page: Open, map_file: Path
) -> None:
    tab = opened(page(width=1440, height=900), map_file, "#from=2022-01-01&to=2022-12-31")
    tab.page.keyboard.press("f")
    tab.page.locator(".leaflet-container").focus()
    pane = "() => document.querySelector('.leaflet-map-pane').style.transform"
    strip(tab)
    before = tab.page.evaluate(pane)
    tab.page.keyboard.press("ArrowRight")
    assert presented(tab)["when"] == "1 Jan – 31 Dec 2023"
    assert tab.page.evaluate(pane) == before


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("by", ["key", "button"])
def test_a_ring_follows_the_mouse_while_it_is_asked_for(
    page: Open, map_file: Path, by: str
) -> None:
    tab = opened(page(width=1440, height=900), map_file)
    mouse, keyboard = tab.page.mouse, tab.page.keyboard
    mouse.move(500, 300)
    keyboard.down("p")
    assert presented(tab)["ring"] == 0
    keyboard.up("p")
    keyboard.press("f")
    if by == "key":
        keyboard.down("p")
    else:
        mouse.down(button="right")
    mouse.move(700, 420)
    assert presented(tab)["ring"] == 1
    assert middle(tab, ".im-present-ring") == pytest.approx((700, 420), abs=1)
    if by == "key":
        keyboard.up("p")
    else:
        mouse.up(button="right")
    assert presented(tab)["ring"] == 0


@pytest.mark.browser
def test_the_strip_is_as_exact_under_the_mouse_in_a_presentation(
    page: Open, map_file: Path
) -> None:
    tab = opened(page(width=1440, height=900), map_file, "#from=2022-01-01&to=2022-12-31")
    tab.page.keyboard.press("f")
    strip(tab)
    edge = middle(tab, ".im-time-handle.is-a.is-last")
    target = middle(tab, '.im-time-unit[aria-label^="2024:"]')
    box = tab.page.locator('.im-time-unit[aria-label^="2024:"]').bounding_box()
    assert box is not None
    tab.page.mouse.move(*edge)
    tab.page.mouse.down()
    tab.page.mouse.move((edge[0] + box["x"]) / 2, edge[1])
    tab.page.mouse.move(box["x"], edge[1])
    tab.page.mouse.up()
    assert target[0] > box["x"]
    assert strip(tab)["last"] == "2023-12-31"


@pytest.mark.browser
def test_the_sign_of_the_whole_country_is_not_that_of_the_full_screen(
    page: Open, map_file: Path
) -> None:
    tab = opened(page(), map_file)
    path = "node => node.querySelector('path').getAttribute('d')"
    country, screen = (
        tab.page.locator(f'.im-tool[aria-label="{name}"]').evaluate(path)
        for name in ("Whole country", "Present on the full screen")
    )
    assert country != screen
    assert screen.startswith("M2 6V2H6")
