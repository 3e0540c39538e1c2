"""The app before a team: the example of docs/how-to/serving/ in front of it, and who is let in."""

from __future__ import annotations

import http.client
import os
import re
import socket
import ssl
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from browsing import ROOT, Tab
from streamlit.testing.v1 import AppTest

from geo.app import gate
from geo.app.plain import escape_markdown
from geo.workspace import FOLDER_VARIABLE
from tools import programs

EXAMPLE = ROOT / "docs/how-to/serving/nginx.conf"
GUIDE = (ROOT / "docs/how-to/serving.md").read_text(encoding="utf-8")
AROUND = """
pid {0}/nginx.pid; error_log {0}/error.log; daemon off; worker_processes 1; {user}
events {{}}
http {{
    access_log off;
    client_body_temp_path {0}/body; proxy_temp_path {0}/proxy; fastcgi_temp_path {0}/fastcgi;
    uwsgi_temp_path {0}/uwsgi; scgi_temp_path {0}/scgi;
    include {0}/map.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """The example, on ports of this computer."""

    plain: int
    secure: int

    @property
    def url(self) -> str:
        return f"https://localhost:{self.secure}"

    def get(self, path: str = "/", host: str = "localhost", **more: Any) -> Answer:
        context = ssl._create_unverified_context()  # noqa: S323, SLF001 - its certificate is our own
        link = http.client.HTTPSConnection("127.0.0.1", self.secure, timeout=20, context=context)
        return asked(link, path, host, **more)


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: http.client.HTTPMessage


def asked(
    link: http.client.HTTPConnection, path: str, host: str, method: str = "GET", body: bytes = b""
) -> Answer:
    try:
        link.request(method, path, body or None, headers={"Host": host})
        answer = link.getresponse()
        answer.read()
        return Answer(answer.status, answer.headers)
    finally:
        link.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def adapted(text: str, folder: Path, app: str, plain: int, secure: int) -> str:
    """The example with this computer in the place of what is the reader's own to fill in."""
    for said, here in {
        "listen 80": f"listen 127.0.0.1:{plain}",
        "listen 443": f"listen 127.0.0.1:{secure}",
        "map.example.org;": "localhost;",
        "/etc/ssl/map.example.org": str(folder),
        "http://127.0.0.1:8501": app,
    }.items():
        assert said in text, said
        text = text.replace(said, here)
    assert "example.org" not in re.sub(r"#.*", "", text)
    return text


@pytest.fixture(scope="module")
def proxy(
    serve_app: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxy]:
    folder = tmp_path_factory.mktemp("nginx")
    app = serve_app(STREAMLIT_BROWSER_SERVER_ADDRESS="localhost")
    certify = [programs.needed("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt",
               "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
               "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]  # fmt: skip
    subprocess.run(certify, check=True, capture_output=True, timeout=60)
    found = Proxy(free_port(), free_port())
    text = adapted(EXAMPLE.read_text(encoding="utf-8"), folder, app, found.plain, found.secure)
    (folder / "map.conf").write_text(text, encoding="utf-8")
    user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder, user=user), encoding="utf-8")
    nginx = [programs.needed("nginx"), "-e", folder / "error.log", "-c", folder / "nginx.conf"]
    process = subprocess.Popen(nginx, stderr=subprocess.DEVNULL)
    try:
        _wait(found, process, folder)
        yield found
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(proxy: Proxy, process: subprocess.Popen[bytes], folder: Path) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end and process.poll() is None:
        try:
            proxy.get("/_stcore/health")
        except OSError:
            time.sleep(0.1)
        else:
            return
    log = folder / "error.log"
    pytest.fail(f"nginx does not answer: {log.read_text() if log.exists() else process.poll()}")


def test_every_answer_comes_with_its_headers(proxy: Proxy) -> None:
    for path in ("/", "/_stcore/health", "/static/none.js"):
        headers = proxy.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "frame-ancestors 'self'" in policy, path
        assert "object-src 'none'" in policy
        # Nothing of the page may come from, or go to, another host.
        assert "http" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Frame-Options"] == "SAMEORIGIN"
        assert headers["Strict-Transport-Security"] == "max-age=31536000"
        assert not re.search(r"\d", headers["Server"] or ""), "the version is nobody's business"


def test_a_foreign_name_gets_no_answer(proxy: Proxy) -> None:
    for host in ("rebound.example", "127.0.0.1"):
        with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
            proxy.get(host=host)


def test_without_tls_there_is_only_the_way_to_it(proxy: Proxy) -> None:
    link = http.client.HTTPConnection("127.0.0.1", proxy.plain, timeout=20)
    answer = asked(link, "/records", "localhost")
    assert answer.status == http.HTTPStatus.MOVED_PERMANENTLY
    assert answer.headers["Location"] == "https://localhost/records"


def test_an_upload_has_an_end_before_the_app(proxy: Proxy) -> None:
    url = "/_stcore/upload_file/a/b"
    status = proxy.get(url, method="PUT", body=b"x" * 10_600_000).status
    assert status == http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE


@pytest.mark.browser
def test_the_map_works_through_the_proxy(proxy: Proxy, page: Callable[..., Tab]) -> None:
    tab = page(width=1440, height=900, ignore_https_errors=True)
    tab.page.goto(proxy.url)
    inside = tab.page.frame_locator("iframe")
    inside.locator(".im-ledger-total").wait_for(state="attached", timeout=60_000)
    inside.locator(".im-row-toggle[data-group=nrf]").click()
    # Only what has gone to Python and back stands in the address.
    tab.page.wait_for_url("**/?off=nrf*")
    assert {urlsplit(url).netloc for url in tab.requests if url.startswith(("http", "ws"))} == {
        urlsplit(proxy.url).netloc
    }
    assert [error for error in tab.errors if "Content Security Policy" in error] == []


# --- who is let in

AUTH = {"auth": {"redirect_uri": "https://map.example.org/oauth2callback"}}
ANN = {"is_logged_in": True, "email": "ann@example.org", "email_verified": True}


def opened(
    monkeypatch: pytest.MonkeyPatch, folder: Path, secrets: dict[str, Any] | None, **user: Any
) -> AppTest:
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    monkeypatch.setattr(gate, "_secrets", lambda: secrets)
    monkeypatch.setattr(gate, "_who", lambda: user)
    return app.run()


def shows_data(app: AppTest) -> bool:
    assert not app.exception
    return any("drawn" in text.value for text in app.caption)


@pytest.mark.parametrize(
    ("allow", "changed", "in_"),
    [
        (None, {}, True),
        (["@example.org"], {}, True),
        (["ann@example.org"], {"email": "ANN@Example.org"}, True),
        (["@example.org"], {"email": "ann@evil.example"}, False),
        (["@example.org"], {"email": "ann@sub.example.org"}, False),
        (["@example.org"], {"email": "x@evil.example@example.org"}, False),
        (["@example.org"], {"email": "@example.org"}, False),
        (["@example.org"], {"email": None}, False),
        (["@example.org"], {"email_verified": False}, False),
        ("ann@example.org", {}, False),
        ([], {}, False),
    ],
)  # fmt: skip
def test_only_whom_the_secrets_name_may_enter(
    allow: Any, changed: dict[str, Any], *, in_: bool
) -> None:
    assert gate.may_enter(ANN | changed, allow) is in_


@pytest.mark.parametrize(
    ("user", "button"),
    [({}, "Sign in"), (ANN | {"is_logged_in": False}, "Sign in"),
     (ANN | {"email": "ann@evil.example"}, "Sign out"), (ANN, "")],
)  # fmt: skip
def test_nothing_is_shown_before_somebody_is_let_in(
    monkeypatch: pytest.MonkeyPatch, data_folder: Path, user: dict[str, Any], button: str
) -> None:
    # What signs in need not be installed where it is only offered.
    monkeypatch.setattr(gate, "require", lambda *_: None)
    secrets = AUTH | {"incident_map": {"allow": ["@example.org"]}}
    app = opened(monkeypatch, data_folder, secrets, **user)
    assert shows_data(app) is not bool(button)
    assert [one.label for one in app.button] == [button][: bool(button)]
    if button:
        assert not app.caption


def test_without_the_packages_for_it_the_sign_in_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, data_folder: Path
) -> None:
    monkeypatch.setitem(sys.modules, "authlib", None)
    app = opened(monkeypatch, data_folder, AUTH)
    said = (
        "Nobody can sign in yet: signing in needs authlib, which is not installed; run: "
        "pip install 'incident-map[team]'"
    )
    assert [error.value for error in app.error] == [escape_markdown(said)]
    assert not app.button
    assert not shows_data(app)


def test_without_secrets_this_computer_needs_no_sign_in(
    monkeypatch: pytest.MonkeyPatch, data_folder: Path
) -> None:
    assert shows_data(opened(monkeypatch, data_folder, {}))


def test_secrets_that_cannot_be_read_close_the_app(
    monkeypatch: pytest.MonkeyPatch, data_folder: Path, tmp_path: Path
) -> None:
    assert not shows_data(opened(monkeypatch, data_folder, None))
    monkeypatch.undo()
    (tmp_path / "secrets.toml").write_text("[auth\n")
    found = {"secrets.files": [str(tmp_path / "secrets.toml")]}
    monkeypatch.setattr(gate.st, "get_option", found.get)
    assert gate._secrets() is None  # noqa: SLF001 - what the gate is told


@pytest.mark.parametrize("names", [["localhost", "*.example.org"], []])
def test_a_public_name_without_a_sign_in_shows_nothing_unless_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, data_folder: Path, names: list[str]
) -> None:
    monkeypatch.setattr(gate.st, "get_option", {"server.allowedHosts": names}.get)
    assert not shows_data(opened(monkeypatch, data_folder, {}))
    monkeypatch.setenv(gate.OPEN_VARIABLE, "1")
    assert shows_data(opened(monkeypatch, data_folder, {}))


def test_the_guide_holds_the_secrets_that_the_gate_reads() -> None:
    (block,) = re.findall(r"```toml\n(\[auth\].*?)```", GUIDE, flags=re.DOTALL)
    secrets = tomllib.loads(block)
    assert {"redirect_uri", "cookie_secret", "client_id", "server_metadata_url"} <= secrets[
        "auth"
    ].keys()
    assert gate.may_enter(ANN, secrets["incident_map"]["allow"])
    assert gate.OPEN_VARIABLE in GUIDE
