"""Documents in Chromium: first map, a group switched, a step through time, frames while dragging.

python -m benchmarks.browser incident_map 100000
"""

from __future__ import annotations

import re
import statistics
from functools import partial
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import cdn, documents
from benchmarks.job import Figures, main
from benchmarks.sizes import OURS, RIVALS
from tests.browsing import LAUNCH
from tools import chromium

SCRIPT: Final = Path(__file__).with_name("browser.js").read_text(encoding="utf-8")
WINDOW: Final = (1200, 800)
"""Width and height of the window in CSS pixels."""
ABROAD: Final = re.compile("^https?://")
PATIENCE_MS: Final = 100_000
"""Milliseconds after which a map counts as failed: far more than the slowest takes."""
LOADS: Final = 7
"""Loads of a map, of which the median is reported."""
SLOW_MS: Final = 8_000
"""A map slower than this is loaded once."""
# Turns of switching a group or stepping through time, of which the median is reported.
TURNS: Final = 12
EVENTS_DRAWN: Final = ".im-ledger-events strong"
"""Where ours counts the events, which it does when all have been drawn."""
DRAG: Final = (30, 3)
"""Steps of a drag, and how many drags."""


def opened(browser: Browser, address: str, scripts: dict[str, str]) -> Page:
    """A page at an address; what it asks of other hosts is answered from `scripts`."""
    width, height = WINDOW
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.add_init_script(SCRIPT)
    page.route(ABROAD, partial(cdn.answer, scripts))
    page.goto(address, wait_until="commit", timeout=PATIENCE_MS)
    return page


def first_map(page: Page, drawn: str | None) -> float:
    """Milliseconds from the start of the navigation to the second frame after all is drawn.

    Parameters
    ----------
    drawn
        What is in the page once all is; of folium's maps, which draw while they load, nothing.
    """
    asked = [drawn, PATIENCE_MS]
    return float(page.evaluate("([drawn, patience]) => bench.firstMap(drawn, patience)", asked))


def drags(page: Page) -> list[float]:
    """Milliseconds from frame to frame while the map is dragged to and fro."""
    page.evaluate("() => bench.record()")
    steps, times = DRAG
    for turn in range(times):
        page.mouse.move(600, 400)
        page.mouse.down()
        page.mouse.move(600 + (-1) ** turn * 180, 340, steps=steps)
        page.mouse.up()
        page.wait_for_timeout(400)
    return [float(each) for each in page.evaluate("() => bench.frames()")]


def _measured(route: str, rows: int) -> Figures:
    file = documents.path_of(route, rows)
    if not file.exists():
        return {"skipped": "its document was not built"}
    is_ours = route == OURS
    scripts = cdn.fetch()
    lacks = cdn.missing(file.read_text(encoding="utf-8"), scripts)
    if lacks:
        return {"skipped": "its scripts could not be had from npm"}
    found = chromium.find()
    if found is None:
        return {"skipped": "no Chromium"}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=LAUNCH)
        figures = _figures(browser, file, scripts, is_ours=is_ours)
        figures["chromium"] = browser.version
        browser.close()
    return figures


def _figures(
    browser: Browser, file: Path, scripts: dict[str, str], *, is_ours: bool
) -> dict[str, Any]:
    page = opened(browser, file.as_uri(), scripts)
    firsts = [first_map(page, EVENTS_DRAWN if is_ours else None)]
    is_slow = firsts[0] > SLOW_MS
    for _ in range(0 if is_slow else LOADS - 1):
        page.context.close()
        page = opened(browser, file.as_uri(), scripts)
        firsts.append(first_map(page, EVENTS_DRAWN if is_ours else None))
    turns = 2 if is_slow else TURNS
    frames = sorted(drags(page))
    figures: dict[str, Any] = {
        "first_map": min(firsts),
        "floor": _middle(page, "floor", turns),
        "toggle": _middle(page, "toggle", turns, is_ours=is_ours),
        "pan": statistics.median(frames),
        "pan_p95": frames[int(len(frames) * 0.95)],
        "pan_max": frames[-1],
    }
    if is_ours:
        figures["step"] = _middle(page, "step", turns)
    page.context.close()
    return figures


def _middle(page: Page, what: str, turns: int, *, is_ours: bool = True) -> float:
    """The median of several turns: the act to the second frame after it, in milliseconds."""
    asked = [what, is_ours, turns]
    taken = page.evaluate("([what, isOurs, turns]) => bench.turns(what, isOurs, turns)", asked)
    return float(statistics.median(taken))


if __name__ == "__main__":
    routes = [OURS, *RIVALS]
    main({name: partial(_measured, name) for name in routes})
