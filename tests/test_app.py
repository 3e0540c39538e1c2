"""The app as a person uses it: one map, one View, in step with the table and the address."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import pytest
from app_alerts import alerts
from browsing import ROOT, Server, Tab, stands
from dossiers import copy_of_data, dossier_bytes, incident
from playwright.sync_api import FrameLocator, Response, expect
from streamlit.testing.v1 import AppTest

from geo.briefing.shown_records import about_shown
from geo.settings import FOLDER_VARIABLE
from geo.table.workspace import Workspace
from geo.view import View, apply_view

Open = Callable[..., Tab]
PAGES = {
    "": "Map",
    "briefing": "Briefing",
    "records": "Records",
    "counts": "Counts",
    "edit": "Edit",
    "read": "Read",
    "events": "Events",
    "sources": "Sources",
    "changes": "Changes",
    "method": "Method",
}


def frame(tab: Tab) -> FrameLocator:
    found = tab.page.frame_locator("iframe")
    found.locator(".im-ledger-total").wait_for(state="attached", timeout=60_000)
    return found


@pytest.fixture
def tab(page: Open, app_url: str) -> Tab:
    opened = page(width=1440, height=900)
    opened.page.goto(app_url)
    frame(opened)
    return opened


@pytest.mark.slow
@pytest.mark.browser
def test_every_page_works_offline_behind_the_checks_and_asks_nobody_but_the_app(
    page: Open, app_url: str
) -> None:
    tab = page(width=1440, height=900)
    missed: list[str] = []

    def note(answer: Response) -> None:
        if answer.status >= HTTPStatus.BAD_REQUEST:
            missed.append(answer.url)

    tab.page.on("response", note)
    for path, name in PAGES.items():
        tab.page.goto(f"{app_url}/{path}")
        tab.page.get_by_role("link", name=name).wait_for()
        stands(tab.page)
    tab.page.remove_listener("response", note)
    assert tab.abroad == []
    assert [error for error in tab.errors if "404" not in error] == []
    # On a page, Streamlit first looks for itself below the page's own path.
    assert [url for url in missed if "/_stcore/" not in url] == []


@pytest.mark.slow
@pytest.mark.browser
def test_a_desk_with_assistants_sees_the_map_and_no_offer(page: Open, tmp_path: Path) -> None:
    (tmp_path / ".claude").mkdir()
    desk = {"HOME": str(tmp_path), "BROWSER": "true"}
    server = Server(tmp_path / "log.txt", desk, options=())
    try:
        url = server.start()
        tab = page(width=1440, height=900)
        tab.page.goto(url)
        frame(tab)
        stands(tab.page)
        assert tab.page.get_by_role("button", name="Install").count() == 0
        said = server.log.read_text(encoding="utf-8")
        assert f"The app is at {url}; Ctrl+C ends it." in said
        assert "skills" not in said
    finally:
        server.stop()


@pytest.mark.slow
@pytest.mark.browser
def test_a_toggle_needs_no_round_trip_stands_in_the_address_and_outlasts_another_page(
    tab: Tab,
) -> None:
    inside = frame(tab)
    loads = tab.requests.count("about:srcdoc")
    inside.locator(".im-row-toggle[data-group=nrf]").click()
    # One of the eight stands in the layer of another group as well.
    assert inside.locator("[data-standing=off] b").inner_text() == "7"
    tab.page.wait_for_url("**/?off=nrf*")
    expect(inside.locator("[data-standing=off]")).to_have_text("7 switched off")
    assert tab.requests.count("about:srcdoc") == loads
    assert inside.locator("[data-standing=off] b").inner_text() == "7"
    tab.page.get_by_role("link", name="Sources").click()
    tab.page.get_by_role("heading", name="Groups").wait_for()
    tab.page.get_by_role("link", name="Map").click()
    expect(frame(tab).locator("[data-standing=off] b")).to_have_text("7")


@pytest.mark.slow
@pytest.mark.browser
def test_the_page_and_the_figure_follow_what_the_legend_switches(tab: Tab, own: Workspace) -> None:
    inside = frame(tab)
    inside.locator("[data-choice='statuses:disputed']").click()
    tab.page.wait_for_url("**/?statuses=claimed_only*")
    view = View(statuses=("claimed_only", "corroborated", "refuted", "reported", "verified"))
    ledger = apply_view(view, own.located.table).ledger
    tab.page.get_by_role("link", name="Create briefing").click()
    picture = tab.page.locator("img[alt^='Map of']")
    picture.wait_for(timeout=60_000)
    expect(picture).to_have_attribute("alt", re.compile("verification status all but Disputed"))
    expect(picture).to_have_attribute("alt", re.compile(f"{ledger.drawn} of {ledger.total} rec"))


@pytest.mark.slow
@pytest.mark.browser
def test_keys_act_on_the_map_before_a_click_into_it_but_never_while_somebody_types(
    tab: Tab,
) -> None:
    first = frame(tab).locator("[data-group]").first
    held = "() => document.activeElement.tagName"
    assert tab.page.evaluate(held) == "BODY"
    tab.page.keyboard.press("1")
    expect(first).to_have_attribute("aria-checked", "false")
    tab.page.wait_for_url("**/?off=*")
    assert tab.page.evaluate(held) == "BODY"
    tab.page.evaluate("() => document.body.append(document.createElement('input'))")
    tab.page.locator("body > input").focus()
    tab.page.keyboard.type("1?")
    assert tab.page.locator("body > input").input_value() == "1?"
    tab.page.locator("body > input").evaluate("node => node.remove()")
    tab.page.keyboard.press("?")
    keys = frame(tab).get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    # Nothing that was pressed in the field has come.
    expect(first).to_have_attribute("aria-checked", "false")
    tab.page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    tab.page.evaluate("() => document.activeElement.blur()")
    tab.page.keyboard.press("/")
    tab.page.keyboard.type("1")
    expect(frame(tab).locator(".im-find")).to_have_value("1")
    expect(first).to_have_attribute("aria-checked", "false")


@pytest.mark.slow
@pytest.mark.browser
def test_what_is_typed_right_after_a_slash_is_searched_for_however_slow_the_map_is(
    tab: Tab,
) -> None:
    first, search = frame(tab).locator("[data-group]").first, frame(tab).locator(".im-find")
    # All of them before the map has heard of the first, and so before its field has the focus.
    tab.page.evaluate("""() => ["/", "1", "k"].forEach((key) => dispatchEvent(
        new KeyboardEvent("keydown", { key, cancelable: true })))""")
    expect(search).to_have_value("1k")
    expect(search).to_be_focused()
    tab.page.keyboard.type("abul")
    expect(search).to_have_value("1kabul")
    expect(first).to_have_attribute("aria-checked", "true")
    tab.page.keyboard.press("Escape")
    tab.page.evaluate("() => document.activeElement.blur()")
    tab.page.keyboard.press("1")
    expect(first).to_have_attribute("aria-checked", "false")


@pytest.mark.browser
def test_a_copied_link_opens_the_same_view(page: Open, app_url: str) -> None:
    other = page(width=1440, height=900)
    other.page.goto(f"{app_url}/?off=taliban&chosen=zawahiri-drone-strike-2022&at=34.5,69,7")
    inside = frame(other)
    inside.locator(".im-card[data-record=zawahiri-drone-strike-2022]").wait_for()
    assert inside.locator("[data-standing=off] b").inner_text() == "5"


@pytest.mark.browser
def test_the_map_is_shut_in_a_sandbox_without_our_origin(tab: Tab) -> None:
    sandbox = tab.page.locator("iframe").get_attribute("sandbox") or ""
    assert "allow-scripts" in sandbox
    assert "allow-same-origin" not in sandbox


@pytest.mark.slow
@pytest.mark.browser
def test_a_faulty_file_shows_its_problems_beside_the_sound_records(
    page: Open, serve_app: Callable[..., str], data_folder: Path, tmp_path: Path
) -> None:
    folder = copy_of_data(data_folder, tmp_path / "faulty")
    good = dossier_bytes(incident(), incident(id="bad", titel="t", by=["nfr"])).decode()
    (folder / "incidents.yaml").write_text(good, encoding="utf-8")
    tab = page(width=1440, height=900)
    tab.page.goto(serve_app(data=folder))
    inside = frame(tab)
    assert inside.locator(".im-ledger-total b").inner_text() == "1"
    tab.page.get_by_text("2 problems in the data; 1 record rejected").click()
    expect(tab.page.get_by_text("did you mean 'title'?")).to_be_visible()
    (folder / "incidents.yaml").write_bytes(dossier_bytes(incident(), incident(id="second")))
    tab.page.reload()
    expect(frame(tab).locator(".im-ledger-total b")).to_have_text("2")


def run(monkeypatch: pytest.MonkeyPatch, folder: Path, query: dict[str, str]) -> AppTest:
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def test_the_files_of_the_records_count_what_is_not_drawn(own: Workspace) -> None:
    (line,) = [one for one in about_shown(own, View(off=("isis-k",))) if " drawn · " in one]
    drawn, total, *missing = map(int, re.findall(r"\d+", line.partition("in this file. ")[2]))
    assert drawn + sum(missing) == total == 28
    assert "3 switched off" in line


@pytest.mark.slow
@pytest.mark.parametrize("broken", ["country.yaml", "provinces.geojson", "incidents.yaml"])
def test_a_folder_that_cannot_be_read_is_said_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, data_folder: Path, tmp_path: Path, broken: str
) -> None:
    folder = copy_of_data(data_folder, tmp_path / "broken")
    (folder / broken).unlink()
    app = run(monkeypatch, folder, {})
    assert not app.exception
    assert broken in alerts(app)[0]


def test_a_fault_of_the_folder_is_shown_as_text_and_asks_no_other_host(
    monkeypatch: pytest.MonkeyPatch, data_folder: Path, tmp_path: Path
) -> None:
    folder = copy_of_data(data_folder, tmp_path / "hostile")
    lure = "![x](http://tracker.example/x.png) **b**"
    outlines = folder / "provinces.geojson"
    whole = json.loads(outlines.read_text(encoding="utf-8"))
    whole["features"][0]["properties"]["name"] = lure
    whole["features"][0]["id"] = None
    outlines.write_text(json.dumps(whole), encoding="utf-8")
    app = run(monkeypatch, folder, {})
    assert lure in alerts(app)[0]
