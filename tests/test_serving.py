"""The app before a team: the example of docs/how-to/serving/ in front of it, and who is let in."""

from __future__ import annotations

import http.client
import re
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from app_alerts import alerts
from browsing import ROOT, Tab
from playwright.sync_api import expect
from proxies import Proxy, asked, proxied
from streamlit.testing.v1 import AppTest
from test_access import ANN, AUTH

from geo.app import gate
from geo.app.access import ANYBODY, OPEN_VARIABLE, may_enter, read_access
from geo.settings import FOLDER_VARIABLE

GUIDE = (ROOT / "docs/how-to/serving.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def app(serve_app: Callable[..., str]) -> str:
    return serve_app(STREAMLIT_BROWSER_SERVER_ADDRESS="localhost")


@pytest.fixture(scope="module")
def proxy(app: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with proxied(tmp_path_factory.mktemp("nginx"), app) as found:
        yield found


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
    assert answer.status == HTTPStatus.MOVED_PERMANENTLY
    assert answer.headers["Location"] == "https://localhost/records"


def test_an_upload_ends_at_the_proxy(proxy: Proxy) -> None:
    url = "/_stcore/upload_file/a/b"
    status = proxy.get(url, method="PUT", body=b"x" * 10_600_000).status
    assert status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert proxy.get(url, method="PUT", body=b"x").status == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("path", ["metrics", "script-health-check", "agent/mcp", "stream/x", ""])
def test_of_the_paths_of_streamlit_the_proxy_passes_those_of_the_app(
    proxy: Proxy, path: str
) -> None:
    assert proxy.get(f"/_stcore/{path}").status == HTTPStatus.NOT_FOUND
    assert proxy.get("/_stcore/host-config").status == HTTPStatus.OK


@pytest.mark.slow
def test_one_address_has_so_many_requests_in_a_second(app: str, tmp_path: Path) -> None:
    # A proxy of its own: what it refuses, a page of another test would lack.
    with (
        proxied(tmp_path, app) as proxy,
        httpx.Client(base_url=proxy.url, verify=False, timeout=30) as client,  # noqa: S501 - its own certificate
    ):
        told = (client.get("/_stcore/health").status_code for _ in range(3000))
        assert HTTPStatus.TOO_MANY_REQUESTS in told
        # Whoever waits is answered again.
        time.sleep(1)
        assert client.get("/_stcore/health").status_code == HTTPStatus.OK


@pytest.mark.slow
@pytest.mark.browser
def test_the_map_works_through_the_proxy(proxy: Proxy, page: Callable[..., Tab]) -> None:
    tab = page(width=1440, height=900, ignore_https_errors=True)
    tab.page.goto(proxy.url)
    inside = tab.page.frame_locator("iframe")
    inside.locator(".im-ledger-total").wait_for(state="attached", timeout=60_000)
    inside.locator(".im-row-toggle[data-group=nrf]").click()
    # Only what has gone to Python and back stands in the address.
    tab.page.wait_for_url("**/?off=nrf*")
    inside.locator(".im-share-open").click()
    shared = inside.locator("[data-key=share-link]").input_value()
    assert shared == f"{proxy.url}/?off=nrf"
    tab.page.goto(shared)
    expect(inside.locator(".im-row-toggle[data-group=nrf]")).to_have_attribute(
        "aria-checked", "false"
    )
    assert {urlsplit(url).netloc for url in tab.requests if url.startswith(("http", "ws"))} == {
        urlsplit(proxy.url).netloc
    }
    assert [error for error in tab.errors if "Content Security Policy" in error] == []


# --- who is let in

SECRETS = {"auth": AUTH, "incident_map": {"allow": ["@example.org"]}}


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
    return bool(app.get("bidi_component"))


@pytest.mark.slow
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
    app = opened(monkeypatch, data_folder, SECRETS, **user)
    assert shows_data(app) is not bool(button)
    assert [one.label for one in app.button] == [button][: bool(button)]
    if button:
        assert not app.caption


def test_without_the_packages_for_it_the_sign_in_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, data_folder: Path
) -> None:
    monkeypatch.setitem(sys.modules, "authlib", None)
    app = opened(monkeypatch, data_folder, SECRETS)
    said = (
        "Nobody can sign in yet: signing in needs authlib, which is not installed; run: "
        "pip install 'incident-map[team]'"
    )
    assert alerts(app) == [said]
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


@pytest.mark.slow
@pytest.mark.parametrize("names", [["localhost", "*.example.org"], []])
def test_a_public_name_without_a_sign_in_shows_nothing_unless_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, data_folder: Path, names: list[str]
) -> None:
    monkeypatch.setattr(gate.st, "get_option", {"server.allowedHosts": names}.get)
    assert not shows_data(opened(monkeypatch, data_folder, {}))
    monkeypatch.setenv(OPEN_VARIABLE, "1")
    assert shows_data(opened(monkeypatch, data_folder, {}))


def test_the_guide_holds_the_secrets_that_the_gate_reads() -> None:
    (block,) = re.findall(r"```toml\n(\[auth\].*?)```", GUIDE, flags=re.DOTALL)
    secrets = tomllib.loads(block)
    # As it stands it is closed: its secret is known to everybody.
    assert "openssl rand" in read_access(secrets, is_public=True).why
    secrets["auth"]["cookie_secret"] = AUTH["cookie_secret"]
    access = read_access(secrets, is_public=True)
    assert (access.kind, access.why) == ("members", "")
    assert may_enter(ANN, access.allow)
    assert OPEN_VARIABLE in GUIDE
    assert f'allow = "{ANYBODY}"' in GUIDE
