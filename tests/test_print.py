"""On paper stands what the screen says: the whole map, what is asked, the ledger, the credits."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Tab, open_map, page_script, stands
from playwright.sync_api import Frame, Page
from recording import SHARE

from tools import programs

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]
PAPERS = [("A4", False), ("A4", True), ("Letter", False), ("Letter", True)]
"""Every size upright and lying. Every day each test prints two of them that share nothing."""
CARD = "#chosen=interior-ministry-attack-2024&theme=dark"
TWO = "#from=2023-01-01&to=2024-12-31&compare=2022-01-01,2022-12-31"
A_PIXEL = 0.03
"""Degrees, at the zooms of the tests."""
WHERE = (
    "() => [map_incidents.getCenter().lat, map_incidents.getCenter().lng, map_incidents.getZoom()]"
)
HAS_PAPER = page_script("print.js", "hasPaper")
OUTSIDE = page_script("print.js", "provincesOutside")


def pages_of(pdf: Path) -> list[str]:
    """Return the text of each page, its white space made single."""
    command = [str(programs.needed("pdftotext")), "-layout", str(pdf), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [" ".join(page.split()) for page in text.split("\f")[:-1]]


def printed(page: Page, folder: Path, size: str, *, lying: bool) -> list[str]:
    path = folder / "printed.pdf"
    page.pdf(path=path, format=size, landscape=lying)
    return pages_of(path)


@pytest.mark.slow
@pytest.mark.parametrize(("size", "lying"), PAPERS if SHARE else PAPERS[::3])
def test_a_printed_map_says_what_it_shows(
    page: Open, map_file: Path, tmp_path: Path, size: str, *, lying: bool
) -> None:
    tab = open_map(page(width=1440, height=900), map_file, CARD + "&off=taliban")
    pages = printed(tab.page, tmp_path, size, lying=lying)
    first, text = pages[0], " ".join(pages)
    assert "Armed groups in Afghanistan, as three articles report them" in first
    assert "Switched off: Taliban." in first
    assert "of 28 records drawn" in first
    assert "Not shown: 5 switched off" in first
    assert "Verification status" in text
    assert "NRF claims: Attack on the Interior Ministry" in text
    assert "Fatalities 10 members of Taliban (claimed by a party only)" in text
    assert "geoBoundaries" in text
    assert all(pages), "an empty page"
    assert not tab.errors


def test_a_printed_map_is_whole_and_light_and_the_screen_is_as_before(
    page: Open, map_file: Path
) -> None:
    tab = open_map(page(theme="dark", width=1440, height=900), map_file)
    before = tab.page.evaluate(WHERE)
    tab.page.emulate_media(media="print")
    tab.page.wait_for_selector(".im-shell.is-printing")
    assert tab.page.evaluate(OUTSIDE) == []
    assert tab.page.locator("html").get_attribute("data-theme") == "light"
    tab.page.emulate_media(media="screen")
    tab.page.wait_for_selector(".im-shell:not(.is-printing)")
    tab.page.wait_for_timeout(200)
    assert tab.page.evaluate(WHERE) == pytest.approx(before)
    assert tab.page.locator("html").get_attribute("data-theme") == "dark"
    assert tab.page.locator(".im-sheet-head, .im-sheet-legend, .im-sheet-credits").count() == 0


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 800, 1440] if SHARE else [390, 1440])
def test_a_part_that_was_looked_at_is_on_the_paper_and_looked_at_afterwards(
    page: Open, map_file: Path, width: int
) -> None:
    tab = open_map(page(width=width, height=844), map_file, "#at=34.5,69.2,8")
    tab.page.wait_for_timeout(600)
    before = tab.page.evaluate(WHERE)
    # Not the map itself: all of it would be transferred.
    seen = "() => JSON.parse(JSON.stringify(map_incidents.getBounds()))"
    shown = tab.page.evaluate(seen)
    low, high = shown["_southWest"], shown["_northEast"]
    tab.page.emulate_media(media="print")
    tab.page.wait_for_selector(".im-shell.is-printing")
    box = tab.page.evaluate(seen)
    assert box["_southWest"]["lat"] <= low["lat"] + 0.01
    assert box["_southWest"]["lng"] <= low["lng"] + 0.01
    assert box["_northEast"]["lat"] >= high["lat"] - 0.01
    assert box["_northEast"]["lng"] >= high["lng"] - 0.01
    assert "Part of the map" in tab.page.locator(".im-sheet-head").inner_text()
    tab.page.emulate_media(media="screen")
    tab.page.wait_for_selector(".im-shell:not(.is-printing)")
    tab.page.wait_for_timeout(200)
    assert tab.page.evaluate(WHERE) == pytest.approx(before, abs=A_PIXEL)


@pytest.mark.slow
@pytest.mark.parametrize(("size", "lying"), PAPERS if SHARE else PAPERS[1:3])
def test_both_maps_of_a_comparison_are_printed(
    page: Open, map_file: Path, tmp_path: Path, size: str, *, lying: bool
) -> None:
    tab = open_map(page(width=1440, height=900), map_file, TWO)
    text = " ".join(printed(tab.page, tmp_path, size, lying=lying))
    assert "map A shows 1 Jan 2023 to 31 Dec 2024, map B 1 Jan to 31 Dec 2022" in text
    assert "A 1 Jan 2023 – 31 Dec 2024" in text
    assert "B 1 Jan – 31 Dec 2022" in text
    tab.page.emulate_media(media="print")
    tab.page.wait_for_selector(".im-shell.is-printing")
    assert tab.page.evaluate(OUTSIDE) == []
    assert not tab.errors


def test_a_page_around_hears_how_much_paper_it_takes(
    page: Open, map_file: Path, tmp_path: Path
) -> None:
    around = tmp_path / "around.html"
    around.write_text(
        f"<!doctype html><script>{page_script('print_around.js')}</script>"
        f"<iframe src={json.dumps(map_file.as_uri())} width=900 height=700></iframe>",
        encoding="utf-8",
    )
    tab = page(width=1000, height=800)
    tab.page.goto(around.as_uri())
    tab.page.wait_for_function("told.length > 0")
    told = tab.page.evaluate("told.at(-1)")
    assert 1_000 < told["upright"] < 3_000
    assert 700 < told["lying"] < 3_000


def frame_of(page: Page) -> Frame:
    return next(frame for frame in page.frames if frame != page.main_frame)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "lying"), [("A4", False), ("Letter", True)] if SHARE else [("A4", False)]
)
def test_the_app_prints_the_map_and_nothing_of_its_own(
    page: Open, app_url: str, tmp_path: Path, size: str, *, lying: bool
) -> None:
    tab = page(theme="dark", width=1440, height=900)
    tab.page.goto(f"{app_url}/?chosen=interior-ministry-attack-2024")
    stands(tab.page)
    frame = frame_of(tab.page)
    frame.wait_for_selector(".im-card")
    tab.page.wait_for_function(HAS_PAPER)
    before = frame.evaluate(WHERE)
    pages = printed(tab.page, tmp_path, size, lying=lying)
    text = " ".join(pages)
    assert "17 of 28 records drawn" in pages[0]
    assert "Verification status" in pages[0]
    assert "NRF claims: Attack on the Interior Ministry" in text
    assert "geoBoundaries" in text
    assert "Create briefing" not in text
    assert all(pages), "an empty page"
    tab.page.wait_for_timeout(400)
    assert frame.evaluate(WHERE) == pytest.approx(before, abs=A_PIXEL)
