"""The map document in a Streamlit page, in a real browser against a real server.

The document here is a small one that keeps to the same messages as the map.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest
from browsing import ROOT, Tab, page_script
from playwright.sync_api import Browser, FrameLocator, Page, expect
from streamlit.testing.v1 import AppTest

from geo.app import frame
from geo.app.frame import FrameState, last_report
from geo.view import View

DOCUMENT = """<!doctype html>
<title>a document</title>
<button id="off">off</button> <button id="pick">pick</button> <button id="odd">odd</button>
<button id="break-out">break out</button> <button id="again">again</button>
<a href="LINK" target="_blank" rel="noopener noreferrer">source</a>
<pre id="view"></pre><pre id="asked">0</pre><pre id="reached"></pre>
<script>SCRIPT</script>
<!--PADDING-->"""

SCRIPT = """
import json, os, time
import pandas as pd
import streamlit as st
from geo.app.frame import FrameHandlers, last_report, map_frame
from geo.view import View

IDS = ["record-1", "record-2", "record-3"]
here = st.session_state
here.setdefault("seen", View.from_query(st.query_params.to_dict()))
here.setdefault("wish", 0)
here["runs"] = here.get("runs", 0) + 1


@st.cache_resource
def document():
    with open(os.environ["TEST_DOCUMENT"]) as file:
        return file.read()


def reported():
    report = last_report("map")
    if report.view is not None and report.revision == here.wish:
        here.seen = View.from_message(report.view)
        chosen = here.seen.chosen
        rows = [IDS.index(chosen)] if chosen in IDS else []
        here.table = {"selection": {"rows": rows, "columns": [], "cells": []}}


def choose(record):
    if record != here.seen.chosen:
        here.seen = View.from_message(here.seen.to_message() | {"chosen": record})
        here.wish += 1


def picked():
    rows = here.table["selection"]["rows"]
    choose(IDS[rows[0]] if rows else None)


def map_page():
    with st.sidebar:
        st.button("rerun")
        st.button("choose", on_click=choose, args=("record-3",))
        slow = st.button("choose slowly", on_click=choose, args=("record-3",))
        warned = st.checkbox("warning")
    if warned:
        st.warning("something above the map")
    if slow:
        time.sleep(2)
    state = map_frame(
        document(), view=here.seen.to_message(), revision=here.wish, key="map",
        handlers=FrameHandlers(reported),
    )
    st.query_params.from_dict(here.seen.to_query())
    st.dataframe(
        pd.DataFrame({"id": IDS}), key="table", on_select=picked, selection_mode="single-row"
    )
    st.code(json.dumps({
        "runs": here.runs, "shown": state.shown, "rows": here.table["selection"]["rows"],
        "seen": here.seen.to_message(),
    }), language=None)


def other_page():
    st.text("nothing here")


pages = [st.Page(map_page, title="Map", default=True), st.Page(other_page, title="Other")]
st.navigation(pages, position="top").run()
"""


@dataclass
class Reader:
    """A tab that shows the app, with what its server has sent."""

    tab: Tab
    bytes_sent: list[int] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("websocket", lambda web: web.on("framereceived", self._weigh))
        self.page.on("framenavigated", self._count)

    def _weigh(self, payload: bytes | str) -> None:
        self.bytes_sent.append(len(payload))

    def _count(self, loaded: object) -> None:
        if loaded is not self.page.main_frame:
            self.loads.append(loaded.url)

    @property
    def page(self) -> Page:
        return self.tab.page

    @property
    def document(self) -> FrameLocator:
        return self.page.frame_locator("iframe[title='Map of reported incidents']")

    @property
    def python(self) -> SimpleNamespace:
        """What the script wrote at its last run."""
        return SimpleNamespace(**json.loads(self.page.get_by_test_id("stCode").last.inner_text()))

    @property
    def view(self) -> dict[str, object]:
        """What the document has on the screen."""
        return json.loads(self.document.locator("#view").inner_text())

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def wait_for(self, true: Callable[[], bool]) -> None:
        end = time.monotonic() + 15
        while not true():
            assert time.monotonic() < end, f"python: {self.python}, document: {self.view}"
            self.page.wait_for_timeout(50)

    def rest(self) -> None:
        """Wait longer than any report would take to come."""
        self.page.wait_for_timeout(700)


@pytest.fixture(scope="module")
def document_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("document") / "document.html"
    html = DOCUMENT.replace("SCRIPT", page_script("frame_document.js"))
    path.write_text(html.replace("PADDING", "incident " * 120_000))
    return path


@pytest.fixture(scope="module")
def script_url(document_file: Path) -> Iterator[str]:
    script = document_file.with_name("script.py")
    script.write_text(SCRIPT)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    document_file.write_text(document_file.read_text().replace("LINK", f"{url}/_stcore/health"))
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true"]
    command += ["--browser.gatherUsageStats", "false"]
    environment = {"PYTHONPATH": str(ROOT), "TEST_DOCUMENT": str(document_file)}
    log = document_file.with_name("log.txt")
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            cwd=script.parent,
            env=os.environ | environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_for_health(url, server, log)
        yield url
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(timeout=10)


def _wait_for_health(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):  # noqa: S310
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the app did not answer; it said:\n{log.read_text(errors='replace')[-3000:]}")


@pytest.fixture
def read(script_url: str, page: Callable[..., Tab]) -> Callable[..., Reader]:
    """Open the app: ``read("?chosen=record-2", theme="dark")``."""

    return lambda query="", **more: at_rest(Reader(page(**more)), f"{script_url}/{query}")


def at_rest(reader: Reader, url: str) -> Reader:
    reader.page.goto(url)
    expect(reader.document.locator("#asked")).to_have_text("1", timeout=30_000)
    reader.page.wait_for_timeout(300)
    return reader


@pytest.fixture(scope="module")
def calm(browser: Browser, script_url: str) -> Iterator[Reader]:
    """Return a reader for tests after which the app must stand as it stood before."""
    size = {"width": 1280, "height": 800}
    with browser.new_context(color_scheme="dark", viewport=size) as context:
        yield at_rest(Reader(Tab(context.new_page())), script_url)


@pytest.mark.slow
@pytest.mark.browser
def test_the_document_travels_once_and_its_frame_loads_once(read):
    reader = read()
    assert sum(reader.bytes_sent) > 1_000_000
    reader.bytes_sent.clear()
    for run in range(2, 7):
        reader.press("rerun")
        reader.wait_for(lambda run=run: reader.python.runs == run)
    assert sum(reader.bytes_sent) < 5 * 10_000
    reader.page.get_by_text("warning").click()
    expect(reader.page.get_by_text("something above the map")).to_be_visible()
    reader.page.get_by_text("warning").click()
    reader.wait_for(lambda: reader.python.runs == 8)
    assert len(reader.loads) == 1
    assert reader.document.locator("#asked").inner_text() == "1"
    assert reader.tab.errors == []


@pytest.mark.slow
@pytest.mark.browser
def test_what_a_person_does_in_the_map_reaches_python_table_and_address(read):
    reader = read()
    reader.document.locator("#off").click()
    reader.wait_for(lambda: reader.python.runs == 2)
    reader.document.locator("#pick").click()
    reader.wait_for(lambda: reader.python.runs == 3)
    reader.rest()
    told = reader.python
    assert (told.runs, told.shown, told.rows) == (3, 2, [1])
    assert (told.seen["off"], told.seen["chosen"]) == (["isk"], "record-2")
    assert reader.page.url.endswith("?off=isk&chosen=record-2")
    assert (len(reader.loads), reader.document.locator("#asked").inner_text()) == (1, "1")


@pytest.mark.slow
@pytest.mark.browser
def test_what_python_asks_reaches_the_map_and_starts_no_further_run(read):
    reader = read()
    reader.document.locator("#off").click()
    reader.wait_for(lambda: reader.python.runs == 2)
    reader.press("choose")
    reader.wait_for(lambda: reader.view["chosen"] == "record-3")
    reader.rest()
    assert reader.view["off"] == ["isk"]
    assert (reader.python.runs, len(reader.loads)) == (3, 1)


@pytest.mark.slow
@pytest.mark.browser
def test_a_row_chosen_in_the_table_is_chosen_in_the_map(read):
    reader = read()
    reader.document.locator("#pick").click()
    reader.wait_for(lambda: reader.python.rows == [1])
    table = reader.page.get_by_test_id("stDataFrame")
    table.scroll_into_view_if_needed()
    table.click(position={"x": 15, "y": 35 + 17})
    reader.wait_for(lambda: reader.view["chosen"] == "record-1")
    reader.rest()
    told = reader.python
    assert (told.runs, told.rows, told.seen["chosen"]) == (3, [0], "record-1")


@pytest.mark.slow
@pytest.mark.browser
def test_neither_side_overrules_what_it_has_not_heard(read):
    reader = read()
    reader.press("choose slowly")
    reader.page.wait_for_timeout(500)
    reader.document.locator("#off").click()
    reader.wait_for(lambda: reader.view["chosen"] == "record-3" and reader.python.seen["off"])
    reader.rest()
    assert reader.view["off"] == reader.python.seen["off"] == ["isk"]
    assert reader.python.seen["chosen"] == "record-3"
    assert reader.python.runs <= 4


@pytest.mark.slow
@pytest.mark.browser
def test_a_script_in_the_document_stays_in_its_sandbox(calm):
    reader = calm
    reader.document.locator("#break-out").click()
    expect(reader.document.locator("#reached")).to_have_text("SecurityError")
    sandbox = reader.page.locator("iframe").get_attribute("sandbox")
    assert "allow-same-origin" not in sandbox
    assert reader.page.url.startswith("http://127.0.0.1")


@pytest.mark.browser
def test_a_message_that_is_not_what_it_should_be_is_ignored(calm):
    reader = calm
    reader.document.locator("#odd").click()
    forged = {"incidentMap": 1, "type": "view", "view": {"chosen": "forged"}, "cause": "user"}
    forged |= {"turn": 9}
    reader.page.evaluate("message => postMessage(message, '*')", forged | {"shown": 1, "total": 3})
    reader.rest()
    assert (reader.python.runs, reader.python.seen["chosen"]) == (1, None)


@pytest.mark.browser
def test_a_source_opens_in_a_tab_outside_the_sandbox(calm):
    reader = calm
    with reader.page.context.expect_page() as opened:
        reader.document.get_by_role("link", name="source").click()
    tab = opened.value
    tab.wait_for_load_state()
    assert tab.evaluate("[self.origin, window.opener]") == [reader.page.evaluate("origin"), None]
    tab.close()


@pytest.mark.slow
@pytest.mark.browser
def test_the_view_comes_back_after_another_page_and_after_a_reload(read):
    reader = read("?off=isk&chosen=record-2")
    assert (reader.view["off"], reader.view["chosen"]) == (["isk"], "record-2")
    reader.document.locator("#off").click()
    reader.wait_for(lambda: reader.python.seen["off"] == [])
    reader.page.get_by_role("link", name="Other").click()
    expect(reader.page.get_by_text("nothing here")).to_be_visible()
    reader.page.get_by_role("link", name="Map").click()
    expect(reader.document.locator("#asked")).to_have_text("1", timeout=30_000)
    assert (reader.view["off"], reader.view["chosen"]) == ([], "record-2")


@pytest.mark.slow
@pytest.mark.browser
def test_a_document_that_is_loaded_again_gets_back_what_was_on_the_screen(read):
    reader = read()
    reader.document.locator("#off").click()
    reader.wait_for(lambda: reader.python.seen["off"] == ["isk"])
    reader.document.locator("#again").click()
    reader.wait_for(lambda: len(reader.loads) == 2)
    expect(reader.document.locator("#asked")).to_have_text("1", timeout=30_000)
    assert reader.view["off"] == ["isk"]


@pytest.mark.browser
def test_the_map_fills_the_window_and_follows_the_theme_of_the_page(calm):
    reader = calm
    assert reader.view["theme"] == "dark"
    box = reader.page.locator("iframe").bounding_box()
    assert box["y"] + box["height"] == pytest.approx(800 - 16, abs=2)
    reader.page.set_viewport_size({"width": 1280, "height": 500})
    expect(reader.page.locator("iframe")).to_have_css("height", "480px")
    reader.page.emulate_media(color_scheme="light")
    reader.wait_for(lambda: reader.view["theme"] == "light")
    reader.rest()
    assert (reader.python.runs, len(reader.loads)) == (1, 1)
    reader.page.emulate_media(color_scheme="dark")
    reader.page.set_viewport_size({"width": 1280, "height": 800})
    reader.wait_for(lambda: reader.view["theme"] == "dark")


@pytest.mark.slow
@pytest.mark.browser
def test_a_slow_run_does_not_fade_the_map(read):
    reader = read()
    reader.press("choose slowly")
    reader.page.wait_for_timeout(1500)
    element = reader.page.locator(".st-key-map-document")
    assert element.get_attribute("data-stale") == "true"
    expect(element).to_have_css("opacity", "1")


def show_a_map() -> None:
    from geo.app.frame import map_frame  # noqa: PLC0415

    map_frame("<p>a map", view={"chosen": "record-1"}, revision=7, key="map")


def test_a_test_without_browser_sees_document_and_wish():
    app = AppTest.from_function(show_a_map).run()
    assert not app.exception
    document, wish = app.get("bidi_component")
    assert document.proto.bytes.endswith(b"\n<p>a map")
    told = json.loads(wish.proto.json)
    assert (told["frame"], told["revision"], told["view"]["chosen"]) == ("map", 7, "record-1")


@pytest.mark.parametrize(
    "report",
    [
        None,
        "report",
        {},
        {"view": {}, "shown": 4, "total": 3, "revision": 0},
        {"view": {}, "shown": True, "total": 3, "revision": 0},
        {"view": [], "shown": 1, "total": 3, "revision": 0},
        {"view": {}, "shown": 1, "total": 3, "revision": None},
    ],
)
def test_a_report_that_makes_no_sense_is_none(monkeypatch, report):
    monkeypatch.setattr(frame.st, "session_state", {"map-document": {"report": report}})
    assert last_report("map") == FrameState()


def test_a_report_is_read_as_a_whole_view(monkeypatch):
    report = {"view": {"chosen": "record-1"}, "shown": 1, "total": 3, "revision": 0}
    monkeypatch.setattr(frame.st, "session_state", {"map-document": {"report": report}})
    assert last_report("map") == FrameState(View(chosen="record-1").to_message(), 1, 3, 0)
