"""What every test may ask for: the project's folder, a browser, the running app."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from browsing import LAUNCH, ROOT, Server, Tab
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, expect, sync_playwright
from sharing import link_of_folders, served_folder, served_for_all
from tabs import Tabs
from twins import Ask, somewhere

from geo.places.country import Country
from geo.settings import FOLDER_VARIABLE
from geo.table.workspace import Workspace
from geo.webmap.document import document_html
from geo.workspace import open_workspace, read_country
from tools import chromium

# A worker beside two browsers may be slow, with its first example or any other; that says nothing
# of the code.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")
# As long as a page waits (`tests/tabs.py`): what is expected comes, late on a busy machine.
expect.set_options(timeout=60_000)

STATE = pytest.StashKey[TemporaryDirectory[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Keep the versions of data that tests open out of the user's own state folder."""
    config.stash[STATE] = TemporaryDirectory(prefix="incident-map-state-")
    os.environ["XDG_STATE_HOME"] = config.stash[STATE].name


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[STATE].cleanup()


BROWSERS = {"browser", "engine", "ask"}
"""Fixtures that open one; `ask` does so where Node.js is missing."""


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Refuse a test that opens a browser and would run where there is none."""
    asked = BROWSERS.intersection(getattr(item, "fixturenames", ()))
    if asked and not item.get_closest_marker("browser"):
        pytest.fail("opens a browser: mark it with @pytest.mark.browser", pytrace=False)


SEVERAL = 4
"""Cases of a slow test of which one is tried every day."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Make the first case of a slow test with several a test of every day.

    ``slow(whole=True)`` is for a test whose first case alone takes too long.
    """
    marks = [(one, one.get_closest_marker("slow")) for one in items]
    slow = [one for one, mark in marks if mark and not mark.kwargs.get("whole")]
    cases = Counter(one.nodeid.partition("[")[0] for one in slow)
    for item in slow:
        if cases.pop(item.nodeid.partition("[")[0], 0) >= SEVERAL:
            item.own_markers = [mark for mark in item.own_markers if mark.name != "slow"]


@pytest.fixture(autouse=True)
def own_main() -> Iterator[None]:
    """Put the main module back: tests of pages leave Streamlit's, which processes would run."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def data_folder(root: Path) -> Path:
    return root / "data"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = chromium.find(light=True)
    if found is None:
        # Not skipped: a suite that is green without its browser tests says too much.
        pytest.fail(chromium.NONE_FOUND, pytrace=False)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=LAUNCH)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def ask(request: pytest.FixtureRequest) -> Iterator[Ask]:
    """Ask the scripts by a function of `js/twins.js`: ``ask("references", [[34.5, 69.2]], 2)``."""
    with somewhere(lambda: request.getfixturevalue("browser")) as found:
        yield found


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Tabs:
    return Tabs(browser)


@pytest.fixture
def page(tabs: Tabs) -> Iterator[Callable[..., Tab]]:
    """Open tabs: ``page(theme="dark", width=390, height=844)``.

    ``fresh=True`` gives a page without a past, with a history and scripts of its own, and
    ``alone=True`` a page in a context of its own, which costs more. Further keywords go to
    Playwright's ``emulate_media`` or ``new_context``, such as ``has_touch=True``. The maps of a
    page are in its ``leaflets``.
    """
    yield tabs.open
    tabs.take_back()


@pytest.fixture(scope="session")
def serve_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Start the app and return its address: ``serve_app(data=folder, STREAMLIT_…="…")``."""
    started: list[Server] = []

    def serve(data: Path | None = None, **environment: str) -> str:
        if data is not None:
            environment["INCIDENT_MAP_DATA"] = str(data)
        log = tmp_path_factory.mktemp("server") / "log.txt"
        started.append(Server(log, environment, by_command=False))
        return started[-1].start()

    yield serve
    for server in started:
        server.stop()


@pytest.fixture(scope="session")
def app_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the app with the project's own data, one server for all workers."""
    with served_for_all(tmp_path_factory) as url:
        yield url


@pytest.fixture(scope="session")
def app_of_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the app that `app_of` gives one folder after the other."""
    where = {FOLDER_VARIABLE: str(link_of_folders(tmp_path_factory))}
    with served_for_all(tmp_path_factory, "app_of_folders", **where) as url:
        yield url


@pytest.fixture
def app_of(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Path], str]]:
    """Return the address of an app with the data of a folder: ``app_of(folder)``.

    It has run before and takes the folders of other tests as well, so that it costs a quarter of
    one that is started with `serve_app`. What is in the folder has to be valid at first.
    """
    with contextlib.ExitStack() as turn:

        def serve(folder: Path) -> str:
            turn.enter_context(served_folder(tmp_path_factory, folder))
            url: str = request.getfixturevalue("app_of_folders")
            return url

        yield serve


@pytest.fixture(scope="session")
def country(data_folder: Path) -> Country:
    return read_country(data_folder)


@pytest.fixture(scope="session")
def map_file(own: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the map document of the project's own data, written once for the session."""
    path = tmp_path_factory.mktemp("map") / "map.html"
    path.write_text(document_html(own), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def own(data_folder: Path) -> Workspace:
    """Return the project's own data, read and located."""
    return open_workspace(data_folder)


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server on this computer and the paths that it was asked for."""
    asked: list[str] = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path != "/favicon.ico":
                asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep the test's output quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Listening) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
