"""The reader finds their way: where the pointer is, how far, and what lies in a drawn area."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely
from browsing import Tab, open_map, page_script
from playwright.sync_api import Locator, expect
from pyproj import Geod

from geo.table.workspace import Workspace

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]
WGS84 = Geod(ellps="WGS84")
AT = page_script("finding_ones_way.js", "at")
HEAR = page_script("finding_ones_way.js", "hearCopies")
SPOT = page_script("finding_ones_way.js", "spot")
PANJSHIR = (35.4, 69.8)


def spot(tab: Tab, lat: float, lon: float) -> tuple[float, float]:
    """Pixels of the window at which a point of the map lies."""
    x, y = tab.page.evaluate(SPOT, [lat, lon])
    return x, y


def readout(tab: Tab) -> Locator:
    return tab.page.locator(".im-readout")


def open_known(page: Open, map_file: Path, end: str = "", **how: object) -> Tab:
    return open_map(page(**how), map_file, end)


def test_the_place_and_the_coordinates_under_the_pointer_stand_at_the_foot(
    page: Open, map_file: Path
) -> None:
    tab = open_known(page, map_file)
    expect(readout(tab)).to_be_hidden()
    tab.page.mouse.move(*spot(tab, *PANJSHIR))
    expect(readout(tab).locator(".im-readout-name")).to_have_text(re.compile(r"^Panjshir\b"))
    figures = readout(tab).locator(".im-readout-figures")
    expect(figures).to_have_text(re.compile(r"35\.\d+° N, 69\.\d+° E"))
    turn = readout(tab).locator("[data-key=readout-format]")
    for name, said in [
        ("DMS", r"35° \d\d′ N, 69° \d\d′ E"), ("MGRS", r"42S [A-Z]{2} \d \d"), ("Degrees", "35"),
    ]:  # fmt: skip
        turn.click()
        tab.page.mouse.move(*spot(tab, *PANJSHIR))
        expect(turn).to_have_text(name)
        expect(figures).to_have_text(re.compile(said))
    assert tab.page.evaluate("location.hash") == ""
    assert (
        tab.page.evaluate(
            "parseFloat(getComputedStyle(document.querySelector('.im-readout')).fontSize)"
        )
        >= 13
    )


def test_the_district_under_the_pointer_is_named_in_the_language_of_the_map(
    page: Open, map_file: Path
) -> None:
    tab = open_known(page, map_file)
    name = readout(tab).locator(".im-readout-name")
    x, y = spot(tab, *PANJSHIR)
    for end, said in [("", "Panjshir · Khenj"), ("#language=prs", "پنجشیر · خنج")]:
        tab.page.evaluate("end => { location.hash = end; }", end)
        # The base map comes a moment after the first map.
        tab.page.locator(".im-base-sheet canvas, canvas.im-base-sheet").first.wait_for()
        tab.page.mouse.move(x + 1, y)
        tab.page.mouse.move(x, y)
        expect(name).to_have_text(said)


@pytest.mark.parametrize("by", ["key", "click"])
def test_the_coordinates_under_the_pointer_are_copied(page: Open, map_file: Path, by: str) -> None:
    tab = open_known(page, map_file)
    tab.page.mouse.move(*spot(tab, *PANJSHIR))
    text = readout(tab).locator(".im-readout-figures").inner_text()
    heard = tab.page.evaluate_handle(HEAR)
    if by == "key":
        tab.page.keyboard.press("c")
        expect(readout(tab)).to_contain_text("Copied")
        expect(readout(tab)).to_contain_text(text)
    else:
        readout(tab).locator(".im-readout-copy").dispatch_event("click")
    assert heard.json_value() == [text]


def test_a_touch_screen_says_where_the_middle_of_a_moved_map_is(page: Open, map_file: Path) -> None:
    tab = open_known(page, map_file, width=390, height=844, has_touch=True, is_mobile=True)
    expect(readout(tab)).to_be_hidden()
    tab.page.evaluate("location.hash = 'at=35.4,69.8,9'")
    expect(readout(tab)).to_contain_text("Middle: Panjshir")


@pytest.mark.slow
@pytest.mark.parametrize("end", ["", "#at=35.4,69.8,9", "#at=30,62,7", "#at=36.5,68,12"])
def test_the_scale_is_as_long_as_it_says(page: Open, map_file: Path, end: str) -> None:
    tab = open_known(page, map_file, end)
    line = tab.page.locator(".leaflet-control-scale-line")
    number, unit = line.inner_text().split()
    said = float(number) * {"m": 1, "km": 1000}[unit]
    assert str(int(said)).rstrip("0") in {"1", "2", "3", "5"}
    box = tab.page.locator(".leaflet-container").bounding_box()
    width = line.bounding_box()["width"]
    y = box["y"] + box["height"] / 2
    ends = [tab.page.evaluate(AT, [box["x"] + x, y]) for x in (0, width)]
    (lat, west), (_, east) = ends
    assert WGS84.inv(west, lat, east, lat)[2] == pytest.approx(said, rel=0.02)
    assert line.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") >= 13


@pytest.mark.slow
def test_the_scale_is_that_of_the_middle_at_every_zoom_and_says_so(
    page: Open, map_file: Path
) -> None:
    tab = open_known(page, map_file)
    line = tab.page.locator(".leaflet-control-scale-line")
    expect(tab.page.locator(".leaflet-control-scale")).to_have_attribute(
        "title", "Scale in the middle of the map"
    )
    for zoom in [6, 7.25, 8, 9.5, 10, 11.75, 12]:
        for lat in (30, 37.5):
            end = f"at={lat},66,{zoom}"
            tab.page.evaluate("end => { location.hash = end; }", end)
            tab.page.wait_for_function("end => location.hash === '#' + end", arg=end)
            number, unit = line.inner_text().split()
            said = float(number) * {"m": 1, "km": 1000}[unit]
            box = tab.page.locator(".leaflet-container").bounding_box()
            width = line.evaluate("node => parseFloat(node.style.width)")
            y = box["y"] + box["height"] / 2
            (at, west), (_, east) = (tab.page.evaluate(AT, [box["x"] + x, y]) for x in (0, width))
            assert at == pytest.approx(lat, abs=0.01 + 40 / 2**zoom)
            # Half a pixel of the line, and what Leaflet's sphere differs from the ellipsoid.
            assert WGS84.inv(west, at, east, at)[2] == pytest.approx(said, rel=0.5 / width + 0.004)


CORNERS = [(34.0, 67.0), (36.2, 67.0), (36.2, 71.0), (34.0, 71.0)]


def set_points(tab: Tab, corners: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Click at the corners; gives back where they are, in degrees."""
    found = []
    for lat, lon in corners:
        x, y = (round(value) for value in spot(tab, lat, lon))
        tab.page.mouse.click(x, y)
        found.append(tuple(tab.page.evaluate(AT, [x, y])))
    return found


def test_a_distance_is_the_geodesic_along_what_was_clicked(page: Open, map_file: Path) -> None:
    tab = open_known(page, map_file)
    tab.page.keyboard.press("m")
    bar = tab.page.locator(".im-measure")
    points = set_points(tab, CORNERS[:3])
    tab.page.keyboard.press("Enter")
    lats, lons = zip(*points, strict=True)
    km = WGS84.line_length(lons, lats) / 1000
    expect(bar.locator(".im-measure-text")).to_have_text(f"{km:.0f} km")
    expect(tab.page.locator(".im-measured-words")).to_have_text(f"{km:.0f} km")
    assert tab.page.evaluate("location.hash") == ""
    assert tab.page.locator(".im-card").count() == 0
    tab.page.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    assert tab.page.locator(".im-measured").count() == 0


def test_a_double_click_ends_the_line_and_does_not_zoom(page: Open, map_file: Path) -> None:
    tab = open_known(page, map_file)
    scale = tab.page.locator(".leaflet-control-scale-line").inner_text()
    tab.page.locator(".im-tool[title^=Measure]").click()
    set_points(tab, CORNERS[:1])
    tab.page.mouse.dblclick(*spot(tab, *CORNERS[1]))
    expect(tab.page.locator(".im-measure-text")).to_have_text(re.compile(r"^24\d km$"))
    assert tab.page.locator(".im-measured-point").count() == 2
    assert tab.page.locator(".leaflet-control-scale-line").inner_text() == scale


@pytest.mark.slow
def test_measuring_needs_no_pointer(page: Open, map_file: Path) -> None:
    tab = open_known(page, map_file)
    tab.page.locator(".leaflet-container").focus()
    tab.page.keyboard.press("m")
    for key in [" ", "ArrowRight", " ", "ArrowDown", " "]:
        tab.page.keyboard.press(key)
        tab.page.wait_for_timeout(400)
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator(".im-measured-point")).to_have_count(3)
    expect(tab.page.locator(".im-measure-text")).to_have_text(re.compile(r"^\d+(\.\d+)? km$"))
    tab.page.keyboard.press("Backspace")
    expect(tab.page.locator(".im-measured-point")).to_have_count(2)


def test_a_drawn_area_lists_what_is_surely_and_what_is_possibly_in_it(
    page: Open, map_file: Path
) -> None:
    tab = open_known(page, map_file)
    tab.page.keyboard.press("m")
    set_points(tab, CORNERS)
    tab.page.mouse.click(*spot(tab, *CORNERS[0]))
    detail = tab.page.locator(".im-detail")
    expect(detail.locator("h2")).to_have_text("In the drawn area")
    heads = [
        re.fullmatch(r"(\w+ inside) \((\d+)\)", text)
        for text in detail.locator("h3").all_inner_texts()
    ]
    counts = {found[1]: int(found[2]) for found in heads}
    assert list(counts) == ["Surely inside", "Possibly inside"]
    assert counts["Surely inside"] > 3
    assert detail.locator(".im-item").count() == sum(counts.values())
    sure = detail.locator(".im-block").first
    assert sure.locator("[data-record=zawahiri-drone-strike-2022]").count() == 1
    expect(detail.locator(".im-note")).to_have_text(
        re.compile(
            r"^11 records cannot be placed in or out: 9 country-wide, 1 outside Afghanistan, 1 "
        )
    )
    expect(tab.page.locator(".im-measure-text")).to_have_text(
        re.compile(r"^8\d,\d{3} km², 1,2\d\d km around$")
    )
    assert "ring" not in tab.page.evaluate("location.hash")


def nearest(tab: Tab) -> Locator:
    return tab.page.locator(".im-nearest")


EMPTY = "at=31.3,62.3,9"


def test_an_empty_view_says_what_is_nearest_and_leads_there(page: Open, map_file: Path) -> None:
    tab = open_known(page, map_file)
    expect(nearest(tab)).to_be_empty()
    tab.page.evaluate("end => { location.hash = end; }", EMPTY)
    expect(nearest(tab)).to_have_text(
        re.compile(
            r"^Nearest area: the northern and north-eastern provinces, 3 records somewhere there, "
            r"its edge 4\d\d km north-east$"
        )
    )
    assert (
        nearest(tab)
        .locator("button")
        .evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
        >= 13
    )
    nearest(tab).locator("button").click()
    expect(nearest(tab)).to_be_empty()
    expect(tab.page.locator(".im-plate.is-region").first).to_be_in_viewport()


def test_the_nearest_mark_is_named_by_its_group_and_kept_as_close(
    page: Open, map_file: Path
) -> None:
    tab = open_known(page, map_file, "#precisions=exact,settlement&" + EMPTY)
    expect(nearest(tab)).to_have_text(
        re.compile(r"^Nearest: \S.*, \d+ records?, \d+ km north-east$")
    )
    before = tab.page.locator(".leaflet-control-scale-line").inner_text()
    nearest(tab).locator("button").focus()
    tab.page.keyboard.press("Enter")
    expect(nearest(tab)).to_be_empty()
    tab.page.wait_for_function(page_script("finding_ones_way.js", "isMarkSeen"))
    assert tab.page.locator(".leaflet-control-scale-line").inner_text() == before
    assert tab.page.evaluate("document.activeElement.matches('.leaflet-container')")


@pytest.mark.slow
@pytest.mark.parametrize("view", ["", "mode=provinces&"])
def test_nothing_is_said_to_be_nearest_where_something_is_drawn(
    page: Open, map_file: Path, view: str
) -> None:
    tab = open_known(page, map_file)
    for place in ["34.53,69.17,12", "35.4,69.8,9", "36.8,71,10", "33.9,67.7,6"]:
        tab.page.evaluate("end => { location.hash = end; }", f"{view}at={place}")
        tab.page.wait_for_timeout(150)
        expect(nearest(tab)).to_be_empty()
    tab.page.evaluate("end => { location.hash = end; }", f"{view}{EMPTY}")
    expect(nearest(tab)).to_contain_text("Nearest area: ")


def test_where_no_record_is_shown_nothing_is_nearest(page: Open, map_file: Path) -> None:
    tab = open_known(page, map_file, "#text=nothing+of+the+kind&" + EMPTY)
    expect(tab.page.locator(".im-empty")).to_be_visible()
    expect(nearest(tab)).to_be_empty()


def back_out(tab: Tab) -> Locator:
    return tab.page.locator(".im-back-out")


def is_whole(tab: Tab) -> bool:
    return "at=" not in tab.page.evaluate("location.hash")


def zoom_to_herat(tab: Tab) -> None:
    tab.page.mouse.dblclick(*spot(tab, 34.2, 62.5))
    expect(back_out(tab)).to_be_visible()
    tab.page.wait_for_function("() => location.hash.includes('at=')")


@pytest.mark.slow
@pytest.mark.parametrize("how", ["double click", "Escape", "button", "key"])
def test_a_double_click_shows_a_province_and_there_is_a_way_back(
    page: Open, map_file: Path, own: Workspace, how: str
) -> None:
    tab = open_known(page, map_file)
    expect(back_out(tab)).to_be_hidden()
    zoom_to_herat(tab)
    expect(tab.page.locator(".im-detail h2")).to_have_text("Herat")
    west, south, east, north = own.country.provinces["AF-HER"].outline.bounds
    box = tab.page.locator(".leaflet-container").bounding_box()
    (left, bottom), (right, top) = spot(tab, south, west), spot(tab, north, east)
    assert box["x"] < left < right < box["x"] + box["width"]
    assert box["y"] < top < bottom < box["y"] + box["height"]
    assert max((right - left) / box["width"], (bottom - top) / box["height"]) > 0.7
    if how == "double click":
        tab.page.mouse.dblclick(*spot(tab, 34.2, 62.5))
    elif how == "Escape":
        tab.page.keyboard.press("Escape")
    elif how == "button":
        back_out(tab).click()
    else:
        back_out(tab).focus()
        tab.page.keyboard.press("Enter")
        assert tab.page.evaluate("document.activeElement.matches('.leaflet-container')")
    expect(back_out(tab)).to_be_hidden()
    tab.page.wait_for_function("() => !location.hash.includes('at=')")
    # The province is left on the map and in the panel.
    assert tab.page.locator(".im-detail h2").inner_text() != "Herat"


@pytest.mark.slow
def test_escape_closes_a_card_before_it_leaves_a_province(page: Open, map_file: Path) -> None:
    tab = open_known(page, map_file, "#province=AF-PAN")
    tab.page.locator("[data-key=zoom-to]").click()
    tab.page.wait_for_function("() => location.hash.includes('at=')")
    tab.page.locator(".im-detail .im-item").first.click()
    expect(tab.page.locator(".im-card")).to_be_visible()
    tab.page.keyboard.press("Escape")
    expect(tab.page.locator(".im-card")).to_have_count(0)


def test_whoever_moves_on_from_a_province_is_not_led_back(page: Open, map_file: Path) -> None:
    tab = open_known(page, map_file)
    zoom_to_herat(tab)
    tab.page.wait_for_timeout(400)
    tab.page.locator(".leaflet-container").focus()
    tab.page.keyboard.press("ArrowRight")
    expect(back_out(tab)).to_be_hidden()
    zoom_to_herat(tab)


def test_a_double_click_outside_the_country_zooms_as_on_any_map(page: Open, map_file: Path) -> None:
    tab = open_known(page, map_file)
    before = tab.page.locator(".leaflet-control-scale-line").inner_text()
    tab.page.mouse.dblclick(*spot(tab, 38.0, 62.5))
    tab.page.wait_for_function("() => location.hash.includes('at=')")
    expect(back_out(tab)).to_be_hidden()
    expect(tab.page.locator(".leaflet-control-scale-line")).not_to_have_text(before)


def test_a_double_tap_shows_the_province_that_was_tapped_first(page: Open, map_file: Path) -> None:
    tab = open_known(page, map_file, width=390, height=844, has_touch=True, is_mobile=True)
    at = spot(tab, 34.2, 62.5)
    tab.page.touchscreen.tap(*at)
    tab.page.touchscreen.tap(*at)
    expect(back_out(tab)).to_be_visible()
    tab.page.wait_for_function("() => location.hash.includes('at=')")
    expect(tab.page.locator(".im-readout")).to_contain_text("Middle: Herat")


@pytest.mark.slow
def test_a_province_double_clicked_can_be_left_by_back(page: Open, map_file: Path) -> None:
    tab = open_known(page, map_file)
    tab.page.locator("[data-group=taliban]").click()
    tab.page.wait_for_function("() => location.hash === '#off=taliban'")
    tab.page.wait_for_timeout(1100)
    zoom_to_herat(tab)
    tab.page.go_back()
    tab.page.wait_for_function("() => location.hash === '#off=taliban'")
    expect(back_out(tab)).to_be_hidden()


def overview(tab: Tab) -> Locator:
    return tab.page.locator(".im-overview")


def middle(tab: Tab) -> tuple[float, float]:
    box = tab.page.locator(".leaflet-container").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    lat, lon = tab.page.evaluate(AT, [x, y])
    return lat, lon


@pytest.mark.slow
def test_an_overview_shows_what_is_in_view_and_leads_where_it_is_clicked(
    page: Open, map_file: Path, own: Workspace
) -> None:
    tab = open_known(page, map_file)
    expect(overview(tab)).to_be_hidden()
    tab.page.evaluate("location.hash = 'at=35.4,69.8,9'")
    expect(overview(tab)).to_be_visible()
    land = overview(tab).locator(".im-overview-land").bounding_box()
    frame = overview(tab).locator(".im-overview-frame").bounding_box()
    west, south, east, north = own.country.provinces.whole.bounds
    share = (frame["x"] + frame["width"] / 2 - land["x"]) / land["width"]
    assert west + share * (east - west) == pytest.approx(69.8, abs=0.3)
    # A third from the left and a quarter from above.
    tab.page.mouse.click(land["x"] + land["width"] / 3, land["y"] + land["height"] / 4)
    tab.page.wait_for_timeout(400)
    lat, lon = middle(tab)
    assert lon == pytest.approx(west + (east - west) / 3, abs=0.2)
    tops = [math.asinh(math.tan(math.radians(edge))) for edge in (south, north)]
    high = math.degrees(math.atan(math.sinh(tops[1] - (tops[1] - tops[0]) / 4)))
    assert lat == pytest.approx(high, abs=0.2)
    overview(tab).focus()
    tab.page.keyboard.press("ArrowRight")
    tab.page.wait_for_timeout(400)
    assert middle(tab)[1] > lon + 0.3
    tab.page.keyboard.press("Enter")
    expect(overview(tab)).to_be_hidden()
    assert tab.page.evaluate("document.activeElement.matches('.leaflet-container')")


@pytest.mark.parametrize("size", [(390, 844), (900, 420)])
def test_a_small_map_has_no_overview(page: Open, map_file: Path, size: tuple[int, int]) -> None:
    tab = open_known(page, map_file, "#at=35.4,69.8,9", width=size[0], height=size[1])
    expect(overview(tab)).to_be_hidden()


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (800, 700)])
@pytest.mark.parametrize("end", ["#at=35.4,69.8,9", "#at=31.3,62.3,9"])
def test_nothing_that_stands_over_a_map_covers_anything_else_that_does(
    page: Open, map_file: Path, size: tuple[int, int], end: str
) -> None:
    tab = open_known(page, map_file, end, width=size[0], height=size[1])
    tab.page.locator(".leaflet-container").hover(position={"x": 150, "y": 300})
    over = (
        ".im-controls, .im-modes, .im-tabs, .im-nearest, .im-overview, .im-readout, "
        ".leaflet-control-scale"
    )
    boxes = [
        shapely.box(one["x"], one["y"], one["x"] + one["width"], one["y"] + one["height"])
        for node in tab.page.locator(over).all()
        if (one := node.bounding_box())
    ]
    assert len(boxes) >= 5
    assert not any(a.intersection(b).area > 1 for a, b in itertools.combinations(boxes, 2))


@pytest.mark.slow
def test_a_close_badge_says_that_its_records_are_somewhere_in_the_area(
    page: Open, map_file: Path
) -> None:
    tab = open_known(page, map_file)
    badge = tab.page.locator('.im-plate[data-key="province:AF-PAN"]')
    assert not badge.inner_text().startswith("Somewhere in ")
    for end in ["at=35.4,69.8,9", "at=35.3,69.6,11", "at=35.55,69.95,12"]:
        tab.page.evaluate("end => { location.hash = end; }", end)
        expect(badge).to_contain_text("Somewhere in Panjshir province")
        expect(badge).to_be_in_viewport(ratio=1)
        name = badge.locator(".im-plate-name")
        assert name.evaluate("node => node.scrollWidth <= node.clientWidth")


def test_inside_a_circle_whose_symbol_is_out_of_view_the_map_says_whose_it_is(
    page: Open, map_file: Path
) -> None:
    tab = open_known(page, map_file, "#at=34.612,69.172,12", width=1100, height=560)
    expect(nearest(tab)).to_have_text(
        re.compile(
            r"^Inside the circle around Kabul \(\d+ km\): \S.*, \d+ records? somewhere in it, "
            r"its middle \d+ km south$"
        )
    )
    nearest(tab).locator("button").click()
    expect(nearest(tab)).to_be_empty()
    tab.page.wait_for_function(page_script("finding_ones_way.js", "isMarkSeen"))
