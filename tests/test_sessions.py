"""Many readers at once, for a long time: nothing mixed up, nothing left behind."""

from __future__ import annotations

import ast
import gc
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
import streamlit
from app_alerts import alerts
from browsing import ROOT, Server, Tab
from dossiers import copy_of_data
from playwright.sync_api import Browser, expect
from recording import SHARE, record, times
from streamlit.testing.v1 import AppTest

from geo.settings import FOLDER_VARIABLE
from geo.view import View
from geo.workspace import located_workspace

HERE = "tests/test_sessions.py::"
MEGABYTE = 1_000_000
WAITS_FOR_A_READER = 125
"""Seconds; Streamlit keeps a session for two minutes, should its reader come back."""
TITLE = "The Old Bridge is blown up"


@pytest.fixture
def woods(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = copy_of_data(root / "tests" / "made_up_country", tmp_path / "woods")
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    return folder


def earlier(folder: Path, reader: int) -> bytes:
    """An earlier version that only one reader has."""
    text = (folder / "incidents.yaml").read_text(encoding="utf-8")
    assert TITLE in text
    return text.replace(TITLE, f"Only for reader {reader}.").encode()


def changes() -> None:
    from geo.app.changes_page import changes_page  # noqa: PLC0415 - a page is a script of its own

    changes_page()


class Held:
    """What a process holds, and how much more than at first."""

    def __init__(self, *processes: psutil.Process) -> None:
        self.processes = processes
        self.files, self.bytes = self._files(), self._bytes()

    def _files(self) -> int:
        return sum(one.num_fds() for one in self.processes)

    def _bytes(self) -> int:
        gc.collect()
        return sum(one.memory_info().rss for one in self.processes)

    @property
    def more_files(self) -> int:
        return self._files() - self.files

    @property
    def more_bytes(self) -> int:
        return self._bytes() - self.bytes


@pytest.mark.slow
@pytest.mark.usefixtures("woods")
def test_reruns_leave_no_file_open_and_no_memory_behind() -> None:
    often = times(20, 50)
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.session_state["incident-map-view"] = View()
    for _ in range(5):
        assert not app.run().exception
    held = Held(psutil.Process())
    for number in range(often):
        app.session_state["incident-map-view"] = View(text=f"a question {number}")
        assert not app.run().exception
    assert held.more_files <= 2
    assert held.more_bytes < 20 * MEGABYTE
    record(
        HERE + "test_reruns_leave_no_file_open_and_no_memory_behind",
        tried=often, lost=0,
        said=f"{max(0, held.more_files)} more open files, "
        f"{max(0, held.more_bytes) / MEGABYTE:.0f} MB more memory",
    )  # fmt: skip


@pytest.mark.slow
def test_however_many_versions_are_handed_in_few_are_held(woods: Path) -> None:
    often = times(12, 100)
    streamlit.cache_resource.clear()
    app = AppTest.from_function(changes, default_timeout=60)
    for reader in range(often):
        if reader == 9:
            held = Held(psutil.Process())
        app.session_state["earlier-version"] = earlier(woods, reader)
        app.run()
        assert not app.exception
        (said,) = [one.value for one in app.markdown if "Only for reader" in one.value]
        assert f"reader {reader}." in said
    assert located_workspace.cache_info().currsize <= 8
    assert held.more_files <= 2
    assert held.more_bytes < 40 * MEGABYTE
    record(
        HERE + "test_however_many_versions_are_handed_in_few_are_held",
        tried=often, lost=0,
        said=f"at most 8 kept; {max(0, held.more_bytes) / MEGABYTE:.0f} MB more after the last "
        "than after the ninth",
    )  # fmt: skip


def test_a_session_is_shown_nothing_that_another_handed_in(woods: Path) -> None:
    one = AppTest.from_function(changes, default_timeout=60)
    one.session_state["earlier-version"] = earlier(woods, 1)
    one.run()
    other = AppTest.from_function(changes, default_timeout=60).run()
    assert "earlier-version" not in other.session_state
    assert "Choose an earlier file" in other.caption[0].value
    assert not [said for said in other.markdown if "Only for reader" in said.value]


@pytest.fixture
def server(woods: Path, tmp_path: Path) -> Iterator[Server]:
    started = Server(tmp_path / "log.txt", {FOLDER_VARIABLE: str(woods)})
    started.start()
    yield started
    started.stop()


class Reader:
    """Somebody with a browser of their own, a View of their own and a file of their own."""

    def __init__(self, number: int, browser: Browser, url: str, folder: Path) -> None:
        self.number, self.url = number, url
        self.context = browser.new_context(viewport={"width": 1280, "height": 800})
        self.tab = Tab(self.context.new_page())
        self.file = earlier(folder, number)

    @property
    def page(self):
        return self.tab.page

    def opens_the_map(self) -> None:
        self.page.goto(f"{self.url}/?text=reader+{self.number}&chosen=bridge-blown-up")
        total = self.page.frame_locator("iframe").locator(".im-ledger-total")
        total.wait_for(state="attached", timeout=90_000)

    def hands_in(self) -> None:
        self.page.get_by_role("link", name="Changes").click()
        field = self.page.locator("input[type=file]")
        field.wait_for(timeout=90_000)
        field.set_input_files(
            {"name": "old.yaml", "mimeType": "text/yaml", "buffer": self.file}
        )  # fmt: skip

    def sees_only_their_own(self) -> None:
        mine = self.page.get_by_text(f"Only for reader {self.number}.").first
        expect(mine).to_be_visible(timeout=90_000)
        seen = set(re.findall(r"Only for reader (\d+)\.", self.page.inner_text("body")))
        assert seen == {str(self.number)}

    def finds_the_view_again(self) -> None:
        self.page.get_by_role("link", name="Map").click()
        self.page.wait_for_url(
            re.compile(rf"text=reader(\+|%20){self.number}(&|$)"), timeout=90_000
        )
        assert self.tab.errors == []


def comes_to_rest(server: Server) -> None:
    """Wait until the server has done nothing for longer than it waits before it loads more."""
    spent, since = 0.0, time.monotonic()
    while time.monotonic() - since < 5:
        time.sleep(0.2)
        now = sum(sum(one.cpu_times()[:2]) for one in processes(server))
        if now - spent > 0.05:
            spent, since = now, time.monotonic()


@pytest.mark.browser
@pytest.mark.timeout(900)
@pytest.mark.skipif(not SHARE, reason="a browser for each of many; see make test-long")
def test_readers_at_once_keep_their_own_view_and_their_own_file(
    browser: Browser, server: Server, woods: Path
) -> None:
    assert server.process is not None
    first = Reader(1000, browser, server.url, woods)
    visit(first)
    first.context.close()
    # What the first figure needs is loaded once, after the first map.
    comes_to_rest(server)
    held = Held(*processes(server))
    readers = [Reader(at, browser, server.url, woods) for at in range(times(3, 20))]
    for step in (Reader.opens_the_map, Reader.hands_in, Reader.sees_only_their_own,
                 Reader.finds_the_view_again):  # fmt: skip
        for reader in readers:
            step(reader)
    most_files, most_bytes = held.more_files, held.more_bytes
    for reader in readers:
        reader.context.close()
    assert comes_down_to(lambda: connections(server), 0) == 0
    # Chromium keeps up to six connections to a host, the app has a web socket for each page, and
    # Streamlit an event loop for each session: a selector and a pair of sockets.
    assert most_files <= (6 + 1 + 3) * len(readers) + 6
    assert most_bytes < (60 + 8 * len(readers)) * MEGABYTE
    if SHARE >= 1:
        time.sleep(WAITS_FOR_A_READER)
        last = Reader(2000, browser, server.url, woods)
        visit(last)
        last.context.close()
        assert comes_down_to(lambda: held.more_files, 6) <= 6
    record(
        HERE + "test_readers_at_once_keep_their_own_view_and_their_own_file",
        tried=len(readers), lost=0,
        said=f"at most {most_files} more open files and {most_bytes / MEGABYTE:.0f} MB more memory "
        f"in the server; two minutes after all had left, {max(0, held.more_files)} more files "
        f"and {max(0, held.more_bytes) / MEGABYTE:.0f} MB",
    )  # fmt: skip


def visit(reader: Reader) -> None:
    reader.opens_the_map()
    reader.hands_in()
    reader.sees_only_their_own()
    reader.finds_the_view_again()


def processes(server: Server) -> list[psutil.Process]:
    assert server.process is not None
    parent = psutil.Process(server.process.pid)
    return [parent, *parent.children(recursive=True)]


def connections(server: Server) -> int:
    """How many browsers the server still speaks with."""
    found = [one for each in processes(server) for one in each.net_connections()]
    return sum(one.status == psutil.CONN_ESTABLISHED for one in found)


def comes_down_to(measure: Callable[[], int], wanted: int) -> int:
    """Wait until something has gone down, a minute at most."""
    end = time.monotonic() + 60
    while (found := measure()) > wanted and time.monotonic() < end:
        time.sleep(0.5)
    return found


@pytest.mark.slow
def test_every_cache_is_bounded_and_none_is_written_to_the_disk() -> None:
    unbounded = []
    for file in sorted((ROOT / "geo").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for kind in map(ast.unparse, node.decorator_list):
                    words = [ast.unparse(one.annotation or one) for one in node.args.args]
                    if "cache_data" in kind or "persist" in kind or not bounded(kind, words):
                        unbounded.append(f"{file.name} {node.name}: {kind}")
    assert unbounded == []


def bounded(kind: str, words: list[str]) -> bool:
    """Whether a cache keeps a fixed number of things, or cannot be asked for many."""
    if kind in {"cache", "functools.cache"}:
        # Of one of four weights, or of our own files.
        return set(words) <= {"Weight", "tuple[str, ...]"}
    if "lru_cache" in kind:
        return re.search(r"maxsize=\d", kind) is not None
    if "cache_resource" in kind:
        return re.search(r"max_entries=\d", kind) is not None
    return True


def test_the_view_of_a_link_is_taken_before_the_data_are_read(
    woods: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(woods / "nowhere"))
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.query_params["text"] = "of a link"
    app.run()
    assert alerts(app)
    assert app.session_state["incident-map-view"] == View(text="of a link")
