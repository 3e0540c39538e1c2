"""What the base map costs a document: bytes, first map and frames, with it and without it in turn.

python -m benchmarks.base_map records 1000000
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from benchmarks import data
from benchmarks.browser import drags, first_map, opened
from benchmarks.job import FOLDER, ROOT, Figures, main
from geo.table.workspace import Workspace
from geo.webmap.document import document_html
from geo.workspace import open_workspace
from tests.browsing import LAUNCH
from tools import chromium

LOADS: Final = 7
"""Of each document, in turn, so that a busy moment of the machine meets both."""
REGION: Final = "#at=35,69.3,8"
"""Several provinces: rivers, district lines and most names are drawn, and relief in full."""


def _documents(own: Workspace, rows: int) -> dict[str, Path]:
    """Write the same map with the base map and without it."""
    bare = replace(own, country=replace(own.country, base_map=None))
    written = {}
    for name, each in {"with": own, "without": bare}.items():
        if rows:
            events, names = data.events(rows)
            text = document_html(each, events=events, names=names)
        else:
            text = document_html(each)
        written[name] = FOLDER / f"base-map-{name}-{rows}.html"
        written[name].write_text(text, encoding="utf-8")
    return written


def _measured(workspace: Callable[[], Workspace], rows: int) -> Figures:
    found = chromium.find()
    if found is None:
        return {"skipped": "no Chromium"}
    files = _documents(workspace(), rows)
    drawn = ".im-ledger-events strong" if rows else ".im-ledger-total"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=LAUNCH)
        figures = _figures(browser, files, drawn)
        figures["chromium"] = browser.version
        browser.close()
    return figures


def _figures(browser: Browser, files: dict[str, Path], drawn: str) -> Figures:
    firsts: dict[str, list[float]] = {name: [] for name in files}
    reliefs: list[float] = []
    for _ in range(LOADS):
        for name, file in files.items():
            page = opened(browser, file.as_uri(), {})
            firsts[name].append(first_map(page, drawn))
            if name == "with":
                reliefs.append(float(page.evaluate("() => bench.relief()")))
            page.context.close()
    figures: Figures = {"relief": statistics.median(reliefs)}
    for name, file in files.items():
        page = opened(browser, file.as_uri() + REGION, {})
        first_map(page, drawn)
        frames = sorted(drags(page))
        page.context.close()
        figures |= {
            f"bytes_{name}": file.stat().st_size,
            f"first_map_{name}": statistics.median(firsts[name]),
            f"pan_{name}": statistics.median(frames),
            f"pan_p95_{name}": frames[int(len(frames) * 0.95)],
        }
    return figures


def _without_records() -> Workspace:
    """Our dossier with its sources and groups, and nothing that they report."""
    text = (ROOT / "data" / "incidents.yaml").read_text(encoding="utf-8")
    head, found, _ = text.partition("\nstatements:")
    if not found:
        raise SystemExit("data/incidents.yaml: expected a line 'statements:' before the records")
    file = FOLDER / "no-records.yaml"
    file.write_text(head + "\nincidents: []\npresence: []\n", encoding="utf-8")
    return open_workspace(ROOT / "data", file)


if __name__ == "__main__":
    main(
        {
            "no_records": partial(_measured, _without_records),
            "records": partial(_measured, data.workspace),
        }
    )
