"""The document in Firefox and in WebKit: what it promises holds there as in Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

import pytest
from browsing import page_script
from other_browsers import Engine, firefox, waits_for, webkit
from test_base_map_document import overlaps
from test_print import OUTSIDE, pages_of

from tools import programs

pytestmark = pytest.mark.browser
NAMED, PAINTED = (page_script("base_map.js", name) for name in ("standing", "painted"))
"""The names and what stands over them; whether relief, lines and signs are drawn."""
STANDS = "document.querySelector('.im-ledger-total')?.textContent"
HEAD = "document.querySelector('.im-sheet-head')"
CHOSEN = "#chosen=interior-ministry-attack-2024"


@pytest.fixture(scope="module", params=["Firefox", "WebKit"])
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """Each browser once; without it the tests fail and say how to get it."""
    folder = tmp_path_factory.mktemp("engine")
    if request.param == "Firefox":
        with firefox(programs.needed("firefox"), folder) as found:
            yield found
    else:
        with webkit(programs.needed("WebKitWebDriver"), folder) as found:
            yield found


def opened(engine: Engine, file: Path, end: str = "") -> Engine:
    engine.goto(file.as_uri() + end)
    waits_for(engine, STANDS)
    return engine


@pytest.mark.slow
def test_it_opens_and_draws_what_chromium_draws(engine: Engine, map_file: Path) -> None:
    opened(engine, map_file)
    assert engine.run(f"return {STANDS}") == "17 of 28 drawn"
    assert engine.run("return document.querySelectorAll('.im-province').length") == 34
    assert engine.run("return document.querySelectorAll('.im-mark').length") > 3
    assert engine.errors() == []


@pytest.mark.slow
def test_a_group_is_switched_by_its_row_and_by_its_key(engine: Engine, map_file: Path) -> None:
    opened(engine, map_file)
    row = "document.querySelector('.im-row-toggle')"
    engine.run(f"{row}.click()")
    assert engine.run(f"return {row}.getAttribute('aria-checked')") == "false"
    assert engine.run(f"return {STANDS}") != "17 of 28 drawn"
    engine.press("1")
    waits_for(engine, f"{row}.getAttribute('aria-checked') === 'true'")
    assert engine.run(f"return {STANDS}") == "17 of 28 drawn"
    assert engine.errors() == []


def test_the_time_strip_says_how_loosely_records_are_dated(engine: Engine, map_file: Path) -> None:
    opened(engine, map_file)
    said = engine.run("return document.querySelector('.im-time-sentence').textContent")
    assert "dated only to about a day" in said
    assert "14 to the year" in said


def test_a_card_opens_and_closes_by_keys(engine: Engine, map_file: Path) -> None:
    opened(engine, map_file, CHOSEN)
    waits_for(engine, "document.querySelector('.im-card h2')?.textContent")
    assert "NRF claims" in engine.run("return document.querySelector('.im-sentence').textContent")
    engine.press("\ue00c")
    waits_for(engine, "!document.querySelector('.im-card')")
    assert engine.errors() == []


@pytest.mark.slow
def test_it_is_laid_out_whole_for_paper(engine: Engine, map_file: Path) -> None:
    opened(engine, map_file, CHOSEN)
    engine.run("dispatchEvent(new Event('beforeprint'))")
    assert engine.run(f"return ({OUTSIDE})()") == []
    assert "17 of 28 records drawn" in engine.run(f"return {HEAD}.textContent")
    engine.run("dispatchEvent(new Event('afterprint'))")
    assert engine.run(f"return {HEAD}") is None
    assert engine.errors() == []


@pytest.mark.slow
def test_the_base_map_is_drawn_offline_and_no_two_names_overlap(
    engine: Engine, map_file: Path
) -> None:
    opened(engine, map_file, "#at=35.2,69.7,9.5")
    waits_for(engine, f"({PAINTED})().every((is) => is)")
    seen = engine.run(f"return ({NAMED})()")
    assert {"Bazarak", "BAZARAK", "Alishang"} <= {one["text"] for one in seen["names"]}
    assert len(seen["names"]) > 30
    assert overlaps(seen) == []
    asked = engine.run("return performance.getEntriesByType('resource').map(({ name }) => name)")
    assert [name for name in asked if not name.startswith("data:")] == []
    assert engine.errors() == []


@pytest.mark.slow
def test_what_firefox_prints_has_all_of_it(engine: Engine, map_file: Path, tmp_path: Path) -> None:
    opened(engine, map_file, CHOSEN)
    made = engine.pdf(width=21, height=29.7)
    assert (made is None) == (engine.name == "WebKit"), "WebKitGTK prints for no driver"
    if made is None:
        return
    path = tmp_path / "printed.pdf"
    path.write_bytes(made)
    pages = pages_of(path)
    assert "17 of 28 records drawn" in pages[0]
    assert "Verification status" in normalize("NFKC", pages[0])
    assert "NRF claims: Attack on the Interior Ministry" in " ".join(pages)
    assert "geoBoundaries" in " ".join(pages)
    assert all(pages), "an empty page"
