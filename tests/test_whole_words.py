"""What the map says is said whole: no name, chip or plate is cut off, covered or left nameless."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Tab, page_script

pytestmark = pytest.mark.browser

SIZES = [(1440, 900), (1100, 700), (390, 844)]
PERIOD = "#from=2022-04-01&to=2022-12-31"
CHOSEN = "interior-ministry-attack-2024"

# Names of lands and provinces of which some letters lie outside the map.
CUT_NAMES = page_script("whole_words.js", "cutNames")
# Chips whose cross lies outside the line in which they stand, or under what stands beside it.
CUT_CHIPS = page_script("whole_words.js", "cutChips")
COVERED = page_script("whole_words.js", "coveredBadges")
# A plate at the end of a line, away from its area, that says a number and not whose it is.
NAMELESS = page_script("whole_words.js", "nameless")


def opened(page: Callable[..., Tab], size: tuple[int, int], file: Path, end: str) -> Tab:
    tab = page(width=size[0], height=size[1])
    tab.page.goto(file.as_uri() + end)
    tab.page.locator(".im-ledger-total").wait_for(state="attached")
    tab.page.locator(".im-plate").first.wait_for()
    return tab


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_names_and_chips_are_whole_or_not_there(
    page: Callable[..., Tab], map_file: Path, size: tuple[int, int]
) -> None:
    tab = opened(page, size, map_file, PERIOD)
    assert tab.page.locator(".im-name.is-abroad").count() > 3
    assert tab.page.evaluate(CUT_NAMES) == []
    assert tab.page.locator(".im-filter-chip:visible").count() > 0
    assert tab.page.evaluate(CUT_CHIPS) == []


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_nothing_stands_over_a_plate_when_a_card_takes_room(
    page: Callable[..., Tab], map_file: Path, size: tuple[int, int]
) -> None:
    tab = opened(page, size, map_file, "")
    assert tab.page.evaluate(COVERED) == []
    tab.page.locator(f".im-mark[data-record={CHOSEN}]").click()
    tab.page.locator(".im-card").wait_for()
    tab.page.wait_for_function(f"() => ({COVERED})().length === 0")
    tab.page.keyboard.press("Escape")
    tab.page.locator(".im-card").wait_for(state="detached")
    tab.page.wait_for_function(f"() => ({COVERED})().length === 0")
    assert tab.errors == []


@pytest.mark.slow
@pytest.mark.parametrize("end", ["", "&compare=2024-01-01,2024-12-31"])
@pytest.mark.parametrize("size", SIZES)
def test_a_plate_away_from_its_area_says_whose_it_is(
    page: Callable[..., Tab], map_file: Path, size: tuple[int, int], end: str
) -> None:
    tab = opened(page, size, map_file, PERIOD + end)
    assert tab.page.locator(".im-leader").count() > 0
    assert tab.page.evaluate(NAMELESS) == []


# Plates of provinces that stand on the land of another one.
ON_OTHERS = page_script("whole_words.js", "onOthers")


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1280, 720), (1440, 900), (1920, 1080)])
def test_a_plate_away_from_its_area_stands_on_no_other_province(
    page: Callable[..., Tab], map_file: Path, size: tuple[int, int]
) -> None:
    tab = opened(page, size, map_file, "")
    assert tab.page.locator("path.im-province").count() == 34
    assert tab.page.locator(".im-leader + .im-plate").count() > 0
    assert tab.page.evaluate(ON_OTHERS) == []
