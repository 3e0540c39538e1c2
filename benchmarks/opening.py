"""What a person waits for in the app: its first map, a first figure and all files of it.

python -m benchmarks.opening app 0
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.job import Figures, main
from tests.browsing import LAUNCH, Server
from tools import chromium

STARTS: Final = 7
"""Starts of the app, in a row; the median of each figure is reported."""
USES: Final = 3
"""Times that the app is used, after those."""
VISITS: Final = 3
"""Of a browser without a cache, and of the one that has shown the map; the app is running."""
PATIENCE_MS: Final = 90_000
"""Milliseconds after which a step counts as failed."""
READING_S: Final = 9
"""Seconds for which somebody looks at the first map; meanwhile the app loads what figures need."""


_NOTE_MAP: Final = """
(() => {
  if (window !== top) return;
  const frames = (root) => [...root.querySelectorAll('*')].flatMap((node) =>
    node.shadowRoot ? frames(node.shadowRoot) : node.tagName === 'IFRAME' ? [node] : []);
  let map = null;
  const look = () => {
    const frame = frames(document).find(({ contentWindow }) => contentWindow === map);
    const isSeen = frame && getComputedStyle(frame).opacity === '1';
    if (isSeen) setTimeout(() => (window.mapShown = Date.now()));
    else requestAnimationFrame(look);
  };
  addEventListener('message', ({ data, source }) => {
    if (data?.incidentMap !== 1 || data.type !== 'ready' || map) return;
    map = source;
    requestAnimationFrame(look);
  });
})();
"""
"""Notes in the page when the map is first drawn on the screen. What drives the browser looks for a
map in a frame every half second only."""


def _app(_rows: int) -> Figures:
    found = chromium.find()
    if found is None:
        return {"skipped": "no Chromium"}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=LAUNCH)
        # Before the rest: after the ZIP, the next start would be that of a computer at work.
        starts = [_start(browser) for _ in range(STARTS)]
        uses = [_use(browser) for _ in range(USES)]
        browser.close()
    return {
        name: statistics.median(run[name] for run in runs)
        for runs in (starts, uses)
        for name in runs[0]
    }


def _start(browser: Browser) -> dict[str, float]:
    """Seconds from the command until the server answers, and until the map is seen."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "log", {"XDG_STATE_HOME": folder})
        page, begun = _page(browser), time.time()
        try:
            url = server.start()
            answers = time.time() - begun
            return {"answers": answers, "cold": _show_map(page, url) - begun}
        finally:
            page.context.close()
            server.stop()


def _use(browser: Browser) -> dict[str, float]:
    """Seconds from the address, and from each click, in a server of its own."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "log", {"XDG_STATE_HOME": folder})
        page = _page(browser)
        try:
            url = server.start()
            _show_map(page, url)
            time.sleep(READING_S)
            new = [_visited(browser, url) for _ in range(VISITS)]
            warm = [_visit(page, url) for _ in range(VISITS)]
            figure = _seconds(lambda: _ask_figure(page))
            preview = statistics.median(
                _seconds(partial(_change_title, page, f"Version {at}")) for at in range(VISITS)
            )
            archive = _seconds(lambda: _download(page))
        finally:
            page.context.close()
            server.stop()
    return {
        "new": statistics.median(new),
        "warm": statistics.median(warm), "figure": figure, "preview": preview,
        "zip": archive,
    }  # fmt: skip


def _page(browser: Browser) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(PATIENCE_MS)
    page.add_init_script(_NOTE_MAP)
    return page


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _show_map(page: Page, url: str) -> float:
    """Open the map, and return the time of its first frame in seconds since 1970."""
    page.goto(url, wait_until="commit")
    page.wait_for_function("() => window.mapShown")
    page.frame_locator("iframe").locator(".im-ledger strong").first.wait_for()
    return float(page.evaluate("() => window.mapShown")) / 1_000


def _visit(page: Page, url: str) -> float:
    start = time.time()
    return _show_map(page, url) - start


def _visited(browser: Browser, url: str) -> float:
    page = _page(browser)
    taken = _visit(page, url)
    page.context.close()
    return taken


def _ask_figure(page: Page) -> None:
    page.get_by_role("link", name="Create briefing").click()
    page.wait_for_function(
        "() => [...document.querySelectorAll('[class*=st-key-briefing-picture] *')]"
        ".flatMap((node) => [node, ...(node.shadowRoot?.querySelectorAll('img') ?? [])])"
        ".some((node) => node.tagName === 'IMG' && node.complete && node.naturalWidth > 0)"
    )


_PICTURE: Final = (
    "[...document.querySelectorAll('[class*=st-key-briefing-picture] *')]"
    ".flatMap((node) => [node, ...(node.shadowRoot?.querySelectorAll('img') ?? [])])"
    ".find((node) => node.tagName === 'IMG' && node.complete && node.naturalWidth > 0)?.src"
)
"""What the preview shows, in the page."""


def _change_title(page: Page, title: str) -> None:
    before = page.evaluate(_PICTURE)
    field = page.get_by_label("Title", exact=True)
    field.fill(title)
    field.press("Enter")
    page.wait_for_function(
        f"(before) => {{ const now = {_PICTURE}; return now && now !== before; }}", arg=before
    )


def _download(page: Page) -> None:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Everything (ZIP)").click()
    waiting.value.path()


if __name__ == "__main__":
    main({"app": _app})
