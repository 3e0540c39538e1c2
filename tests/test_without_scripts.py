"""Where no script runs, the document says what it is, what it counts, and why there is no map."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from browsing import Tab, open_map
from dossiers import incident, workspace
from playwright.sync_api import expect
from test_hostile_text import PAYLOADS

from geo.places.country import Country
from geo.table.tallies import by_province
from geo.table.workspace import Workspace
from geo.view import View, apply_view
from geo.webmap.document import document_html
from geo.webmap.still import MOST_BYTES, still_picture

Open = Callable[..., Tab]
POLICIES = ["sandbox", "sandbox allow-popups", "script-src 'none'"]


@pytest.fixture
def library(map_file: Path) -> Iterator[Callable[[str], str]]:
    """Serve the document under a policy, as a document library or a mail gateway does."""
    servers: list[ThreadingHTTPServer] = []

    def serve(policy: str) -> str:
        class Serving(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = map_file.read_bytes()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", policy)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Keep the test's output quiet."""

        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), Serving))
        Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}/map.html"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def says_what_it_is(tab: Tab) -> None:
    still = tab.page.locator("#im-still")
    expect(still).to_be_visible()
    expect(still.locator("h1")).to_have_text(
        "Armed groups in Afghanistan, as three articles report them"
    )
    expect(still).to_contain_text("17 of 28 drawn · 9 country-wide")
    expect(still).to_contain_text("The map needs JavaScript")
    expect(still).to_contain_text("Most records in Kabul (7)")
    expect(still.locator("svg")).to_be_visible()
    expect(tab.page.locator("#map_incidents")).to_be_hidden()


@pytest.mark.browser
def test_a_preview_that_runs_no_scripts_shows_the_map_in_words(page: Open, map_file: Path) -> None:
    tab = page(java_script_enabled=False)
    tab.page.goto(map_file.as_uri())
    says_what_it_is(tab)


@pytest.mark.browser
@pytest.mark.parametrize("policy", POLICIES)
def test_a_server_that_forbids_scripts_shows_the_map_in_words(
    page: Open, library: Callable[[str], str], policy: str
) -> None:
    tab = page()
    tab.page.goto(library(policy))
    says_what_it_is(tab)


@pytest.mark.browser
def test_where_scripts_run_nothing_of_it_is_left(page: Open, map_file: Path) -> None:
    tab = open_map(page(), map_file)
    expect(tab.page.locator("#im-still")).to_have_count(0)


@pytest.mark.browser
def test_a_map_that_cannot_be_drawn_leaves_the_words(
    page: Open, map_file: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.html"
    html = map_file.read_text(encoding="utf-8")
    broken.write_text(re.sub(r'(id="im-payload">)[^<]{400}', r"\1", html), encoding="utf-8")
    tab = page()
    tab.page.goto(broken.as_uri())
    expect(tab.page.locator(".im-failed")).to_be_visible()
    expect(tab.page.locator("#im-still")).to_be_visible()


def test_its_numbers_are_the_records_that_name_a_province(own: Workspace) -> None:
    shown = apply_view(View(), own.located.table)
    counted = by_province(shown.table.to_dict("records"))
    picture = still_picture(shown, own.country)
    found = dict(re.findall(r"<title>([^:]+): (\d+)</title>", picture))
    provinces = own.country.provinces
    assert found == {provinces[code].name: str(len(of)) for code, of in counted.items()}
    assert len(picture.encode()) <= MOST_BYTES


def test_it_shows_what_the_view_keeps_and_says_what_is_asked(own: Workspace) -> None:
    some = document_html(own, view=View().without(["taliban"]))
    assert "5 switched off" in some


@pytest.mark.slow
def test_no_text_of_a_title_is_markup(country: Country) -> None:
    for title in PAYLOADS:
        found = workspace(country, incident(), title=title)
        said = document_html(found)
        still = said[said.index('<div class="im-still"') :].partition("</div>")[0]
        assert still.count("<h1>") == 1
        assert "<script" not in still
        assert "<img" not in still
