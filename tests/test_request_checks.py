"""Whom the server answers at all: by Host, Origin, path and message, on every request."""

from __future__ import annotations

import contextlib
import http.client
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browsing import ROOT, Server, Tab, free_port
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from geo.app import streamlit_internals as internals

PATHS = ("/", "/records", "/_stcore/health", "/_stcore/host-config", "/static/none.js", "/media/x")
HOSTILE = (
    "http://evil.example", "https://evil.example", "http://localhost:3000", "null", "file://",
    "http://localhost.evil.example", "http://127.0.0.1", "http://0.0.0.0:3000", "x",
    "http://localhost@evil.example", "https://devel.streamlit.test", "https://a.streamlit.app",
)  # fmt: skip


def answer(url: str, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes]:
    """Status and body; a header is written with an underscore, as ``sec_fetch_site``."""
    link = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        link.request(method, path, headers=named)
        found = link.getresponse()
        return found.status, found.read()
    finally:
        link.close()


def stream(url: str, **options: object) -> ClientConnection:
    return connect(
        f"{url.replace('http', 'ws')}/_stcore/stream",
        subprotocols=["streamlit"],
        max_size=None,
        **options,
    )


@pytest.mark.parametrize("path", PATHS)
def test_a_foreign_name_is_answered_nowhere(app_url: str, path: str) -> None:
    port = urlsplit(app_url).port
    for host in ("evil.example", f"localhost.evil.example:{port}", "localhost@evil.example", ""):
        status, body = answer(app_url, path, host=host)
        assert status in {http.HTTPStatus.MISDIRECTED_REQUEST, http.HTTPStatus.BAD_REQUEST}, host
        assert b"<script" not in body
    for host in (f"localhost:{port}", f"127.0.0.1:{port}", "LOCALHOST"):
        assert answer(app_url, path, host=host)[0] not in {400, 421}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("origin", HOSTILE)
def test_a_page_of_another_origin_is_answered_nowhere(app_url: str, path: str, origin: str) -> None:
    assert answer(app_url, path, origin=origin)[0] == http.HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("origin", HOSTILE)
def test_a_page_of_another_origin_opens_no_session(app_url: str, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        stream(app_url, origin=origin)
    assert refused.value.response.status_code == http.HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_page_may_link_here_and_neither_load_nor_frame_anything(
    app_url: str, site: str
) -> None:
    link = {"sec_fetch_site": site, "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}
    assert answer(app_url, "/", **link)[0] == http.HTTPStatus.OK
    frame = link | {"sec_fetch_dest": "iframe"}
    picture = {"sec_fetch_site": site, "sec_fetch_mode": "no-cors", "sec_fetch_dest": "image"}
    for wanted in (frame, picture):
        assert answer(app_url, "/", **wanted)[0] == http.HTTPStatus.FORBIDDEN


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/_stcore/upload_file/a/b"), ("DELETE", "/_stcore/upload_file/a/b"),
        ("GET", "/_stcore/upload_file/a/b"), ("GET", "/_stcore/metrics"),
        ("GET", "/_stcore/script-health-check"), ("GET", "/_stcore/agent/openapi.json"),
        ("POST", "/_stcore/agent/interact"), ("GET", "/_stcore/allowed-message-origins"),
        ("GET", "/_stcore"), ("POST", "/"), ("OPTIONS", "/_stcore/health"),
    ],
)  # fmt: skip
def test_what_the_app_does_not_use_is_not_there(app_url: str, method: str, path: str) -> None:
    assert answer(app_url, path, method)[0] == http.HTTPStatus.NOT_FOUND


def received(link: ClientConnection, last: str = "script_finished") -> list[ForwardMsg]:
    """What comes until a message of this kind; a page may be slow beside others."""
    found: list[ForwardMsg] = []
    while not found or found[-1].WhichOneof("type") != last:
        found.append(ForwardMsg.FromString(link.recv(timeout=90)))
    return found


def every_message() -> dict[str, BackMsg]:
    """One of each kind that the protocol knows."""
    found = {}
    for field in BackMsg.DESCRIPTOR.fields:
        message = BackMsg()
        if field.message_type is None:
            setattr(message, field.name, True)
        else:
            getattr(message, field.name).SetInParent()
        found[field.name] = message
    for field in BackMsg.DESCRIPTOR.fields_by_name["backend_operation_request"].message_type.fields:
        if field.message_type is not None:
            message = BackMsg()
            getattr(message.backend_operation_request, field.name).SetInParent()
            found[f"backend_operation_request.{field.name}"] = message
    return found


def test_of_all_messages_only_those_of_the_pages_pass() -> None:
    passed = {name for name, one in every_message().items()
              if internals.is_wanted(one.SerializeToString())}  # fmt: skip
    assert passed == {
        "rerun_script", "stop_script", "app_heartbeat",
        "backend_operation_request.dataframe_chunk", "backend_operation_request.deferred_file",
    }  # fmt: skip
    # Whatever else a later version of Streamlit understands is left out until somebody looks at it.
    assert not internals.is_wanted(b"")
    assert not internals.is_wanted(b"\xff")


def test_no_message_tells_of_the_checkout_or_clears_what_others_use(app_url: str) -> None:
    unwanted = {name: one for name, one in every_message().items()
                if not internals.is_wanted(one.SerializeToString())}  # fmt: skip
    assert {"load_git_info", "clear_cache", "backend_operation_request.install_skills"} <= (
        unwanted.keys()
    )
    with stream(app_url) as link:
        for message in unwanted.values():
            link.send(message.SerializeToString())
        link.send(b"\xff no message")
        # Still open, and what the pages send is still answered.
        link.send(BackMsg(rerun_script={"page_name": "method"}).SerializeToString())
        kinds = [one.WhichOneof("type") for one in received(link)]
    assert "session_event" not in kinds
    assert "git_info_changed" not in kinds
    assert "backend_operation_response" not in kinds


WATCHING = """
import sys

def watch(event, arguments, said=open({log!r}, "a", buffering=1)):
    if event == "socket.connect":
        said.write(f"{{arguments[1]}}\\n")
    elif event == "socket.getaddrinfo":
        said.write(f"{{arguments[0]}}\\n")
    elif event == "subprocess.Popen" and "git" in str(arguments[0]):
        said.write("git\\n")

sys.addaudithook(watch)
"""


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[Server, Callable[[], list[str]]]]:
    """The app, and all that its server connects to or looks up."""
    log = tmp_path / "asked.txt"
    (tmp_path / "sitecustomize.py").write_text(WATCHING.format(log=str(log)))
    paths = f"{tmp_path}:{ROOT}"
    server = Server(tmp_path / "log.txt", {"PYTHONPATH": paths}, by_command=False)
    server.start()

    def abroad() -> list[str]:
        asked = log.read_text().splitlines()
        return [one for one in asked if "127.0.0.1" not in one and one not in {"localhost", "None"}]

    yield server, abroad
    server.stop()


@pytest.mark.slow
def test_a_foreign_page_that_knocks_makes_the_server_ask_nobody(
    watched: tuple[Server, Callable[[], list[str]]],
) -> None:
    server, abroad = watched
    for origin in HOSTILE:
        with pytest.raises(InvalidStatus):
            stream(server.url, origin=origin)
        answer(server.url, "/", origin=origin)
    with stream(server.url, origin=server.url) as link:
        link.send(BackMsg(load_git_info=True).SerializeToString())
        link.send(BackMsg(rerun_script={}).SerializeToString())
        received(link)
    assert abroad() == []


def test_the_hook_of_this_test_hears_what_is_asked(tmp_path: Path) -> None:
    log = tmp_path / "asked.txt"
    (tmp_path / "sitecustomize.py").write_text(WATCHING.format(log=str(log)))
    code = (
        "import socket\nwith socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:\n"
        " one.connect(('192.0.2.1', 1))"
    )
    subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": str(tmp_path)}, check=False)
    assert "192.0.2.1" in log.read_text()


@pytest.mark.browser
def test_another_page_of_this_computer_reads_nothing(
    app_url: str, page: Callable[..., Tab], listener: tuple[str, list[str]]
) -> None:
    elsewhere, _ = listener
    tab = page(alone=True)
    tab.page.route(f"{elsewhere}/page", lambda route: route.fulfill(body="<p>Another page"))
    tab.page.goto(f"{elsewhere}/page")
    opened = tab.page.evaluate(
        """url => new Promise(resolve => {
          const socket = new WebSocket(url.replace('http', 'ws') + '/_stcore/stream', 'streamlit');
          socket.onopen = () => resolve('open');
          socket.onerror = () => resolve('refused');
        })""",
        app_url,
    )
    assert opened == "refused"


@pytest.mark.slow
@pytest.mark.parametrize(("name", "is_shown"), [("", True), ("map.example.org", False)])
def test_streamlit_by_itself_serves_one_computer_and_no_team(
    tmp_path: Path,
    name: str,
    is_shown: bool,  # noqa: FBT001 - a row of the table
) -> None:
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "streamlit_app.py"),
               f"--server.port={port}", "--server.headless=true"]  # fmt: skip
    if name:
        command += [f"--server.allowedHosts={name}", "--server.allowedHosts=127.0.0.1"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL) as process:
        try:
            link = None
            for _ in range(300):
                with contextlib.suppress(OSError):
                    link = stream(f"http://127.0.0.1:{port}")
                    break
                time.sleep(0.2)
            assert link is not None
            with link:
                link.send(BackMsg(rerun_script={}).SerializeToString())
                said = "".join(str(one) for one in received(link))
        finally:
            process.terminate()
    assert ("Start this app with" in said) is not is_shown
    assert ("records" in said) is is_shown


def test_the_address_that_the_name_of_the_map_suggests_leads_to_it(app_url: str) -> None:
    for path, there in (("/map", "/"), ("/map?off=nrf&text=a%26b", "/?off=nrf&text=a%26b")):
        link = http.client.HTTPConnection(urlsplit(app_url).netloc, timeout=20)
        link.request("GET", path)
        found = link.getresponse()
        assert (found.status, found.getheader("location")) == (307, there)
        link.close()
    assert answer(app_url, "/map", host="evil.example")[0] == http.HTTPStatus.MISDIRECTED_REQUEST
    assert answer(app_url, "/map", "POST")[0] == http.HTTPStatus.NOT_FOUND
