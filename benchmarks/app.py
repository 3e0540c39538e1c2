"""The app: the cost of a rerun without any change.

python -m benchmarks.app incident_map 1000000
"""

from __future__ import annotations

import importlib.util
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page, WebSocket, sync_playwright

from benchmarks import cdn
from benchmarks.browser import ABROAD
from benchmarks.job import ROOT, Figures, main
from benchmarks.sizes import OURS
from tests.browsing import LAUNCH
from tools import chromium

RERUNS: Final = 6
"""Reruns that are measured; the median is reported."""
PATIENCE_MS: Final = 90_000
"""Milliseconds after which a step counts as failed: far more than the slowest map takes."""
PORT: Final = 8787
"""Port of the server: not Streamlit's own, 8501, on which an app may be running."""


@contextmanager
def _page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        found = chromium.find()
        if found is None:
            sys.exit(chromium.NONE_FOUND)
        browser = playwright.chromium.launch(executable_path=found, args=LAUNCH)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(PATIENCE_MS)
        page.route(ABROAD, partial(_at_home, cdn.fetch()))
        yield page
        browser.close()


def _at_home(scripts: dict[str, str], route: Any) -> None:
    if "127.0.0.1" in route.request.url:
        route.continue_()
    else:
        cdn.answer(scripts, route)


@contextmanager
def _served(kind: str, rows: int, notes: Path) -> Iterator[str]:
    """The small app around one map."""
    command = [
        sys.executable, "-m", "streamlit", "run", "benchmarks/app_script.py",
        f"--server.port={PORT}", "--server.headless=true", "--server.fileWatcherType=none",
    ]  # fmt: skip
    told = {"BENCH_MAP": kind, "BENCH_ROWS": str(rows), "BENCH_NOTES": str(notes)}
    with subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=ROOT, env=os.environ | told | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as server:  # fmt: skip
        try:
            url = f"http://127.0.0.1:{PORT}"
            _wait_for(url)
            yield url
        finally:
            server.terminate()


def _wait_for(url: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):  # noqa: S310 - ours
                return
        except OSError:
            time.sleep(0.1)
    sys.exit("the app did not answer")


def _noted(notes: Path) -> list[list[float]]:
    if not notes.exists():
        return []
    lines = notes.read_text(encoding="utf-8").splitlines()
    return [[float(word) for word in line.split()] for line in lines]


def _wait_for_run(page: Page, notes: Path, number: int) -> None:
    end = time.monotonic() + PATIENCE_MS / 1000
    while len(_noted(notes)) < number:
        if time.monotonic() > end:
            sys.exit("a run of the app did not end")
        page.wait_for_timeout(100)


def _reruns(kind: str, rows: int) -> Figures:
    """Seconds of a script, of all Python of the server, and bytes sent, for each rerun."""
    if kind != OURS and importlib.util.find_spec(kind) is None:
        return {"skipped": "not installed here"}
    received: list[int] = []
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "notes"
        with _served(kind, rows, notes) as url, _page() as page:
            page.on("websocket", partial(_listen, received))
            page.goto(url)
            _wait_for_run(page, notes, 1)
            # Events after the first run: a component that reports its state, pictures that load.
            page.wait_for_timeout(4000)
            first = sum(received)
            sent = [_again(page, notes, received) for _ in range(RERUNS)]
        runs = _noted(notes)[-RERUNS:]
    between = [after[1] - before[1] for before, after in pairwise(runs)]
    return {
        "script": statistics.median(run[2] for run in runs),
        "python": statistics.median(between),
        "first_bytes": first,
        "bytes": statistics.median(sent),
    }


def _listen(received: list[int], socket: WebSocket) -> None:
    socket.on("framereceived", lambda payload: received.append(len(payload)))


def _again(page: Page, notes: Path, received: list[int]) -> int:
    """Click the button that changes nothing, and wait until nothing runs."""
    before, runs = sum(received), len(_noted(notes))
    page.get_by_role("button", name="Again").click()
    _wait_for_run(page, notes, runs + 1)
    page.wait_for_timeout(1000)
    return sum(received) - before


if __name__ == "__main__":
    kinds = (OURS, "streamlit_folium")
    main({kind: partial(_reruns, kind) for kind in kinds})
