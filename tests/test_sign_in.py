"""The sign-in of a team with a real OpenID provider, behind the example of the proxy."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from browsing import Server, Tab, free_port, open_list, stands
from dossiers import copy_of_data
from playwright.sync_api import Locator, Page, expect
from proxies import Proxy, proxied
from test_access import AUTH

from geo.dossier.saving import read_history
from geo.settings import FOLDER_VARIABLE
from geo.state import STATE_VARIABLE
from geo.workspace import DOSSIER, data_folder

ACCOUNTS = {
    "ann": {"email": "ann@example.org", "email_verified": True},
    "eve": {"email": "eve@evil.example", "email_verified": True},
    "mute": {"email": "mute@example.org"},
    "unsure": {"email": "unsure@example.org", "email_verified": False},
}


@dataclass(frozen=True)
class Team:
    """An app that only members may use, its proxy, and the app's own address."""

    proxy: Proxy
    server: Server
    settings: Path
    dossier: Path

    def give(self, role: str) -> None:
        """Give Ann a role, or none."""
        line = f"ann@example.org: {role}\n" if role else "# nobody\n"
        (self.settings / "roles.yaml").write_text(line, encoding="utf-8")

    def browser(self) -> httpx.Client:
        return httpx.Client(base_url=self.proxy.url, verify=False, timeout=30)  # noqa: S501 - its own certificate

    @contextmanager
    def signed_in(self, who: str) -> Iterator[httpx.Client]:
        """A browser in which somebody has gone through the provider's form."""
        with self.browser() as browser:
            (link,) = re.findall(r'href="([^"]+)"', browser.get("/").text)
            to_provider = browser.get(browser.get(link).headers["location"])
            back = httpx.post(to_provider.headers["location"], data={"sub": who})
            done = browser.get(back.headers["location"])
            assert done.status_code == httpx.codes.FOUND, self.server.log.read_text()
            yield browser


def written(folder: Path, provider: str, back: str, allow: str = '["@example.org"]') -> None:
    """Secrets as the guide has them."""
    auth = AUTH | {
        "redirect_uri": f"{back}/oauth2callback",
        "server_metadata_url": f"{provider}/.well-known/openid-configuration",
    }
    lines = ["[auth]", *(f'{key} = "{value}"' for key, value in auth.items())]
    (folder / ".streamlit").mkdir(exist_ok=True)
    text = "\n".join([*lines, "[incident_map]", f"allow = {allow}"])
    (folder / ".streamlit/secrets.toml").write_text(text, encoding="utf-8")


@contextmanager
def provider(log: Path) -> Iterator[str]:
    """An OpenID provider as a program of its own, with these accounts."""
    users = [
        f"--user-claims={json.dumps({'sub': who, **claims})}" for who, claims in ACCOUNTS.items()
    ]
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", f"--port={port}", *users]
    url = f"http://127.0.0.1:{port}"
    with log.open("wb") as said, subprocess.Popen(command, stdout=said, stderr=said) as process:
        try:
            end = time.monotonic() + 60
            while True:
                try:
                    httpx.get(f"{url}/.well-known/openid-configuration").raise_for_status()
                    break
                except httpx.TransportError:
                    assert process.poll() is None, log.read_text()
                    assert time.monotonic() < end, log.read_text()
                    time.sleep(0.2)
            yield url
        finally:
            process.terminate()


@contextmanager
def provided_team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """The app of a team with its provider, behind the example of the proxy."""
    folder = tmp_path_factory.mktemp("team")
    with provider(folder / "provider.txt") as url:
        plain, secure = free_port(), free_port()
        written(folder, url, f"https://localhost:{secure}")
        data = copy_of_data(data_folder(), folder / "data")
        here = {"STREAMLIT_BROWSER_SERVER_ADDRESS": "localhost", FOLDER_VARIABLE: str(data),
                STATE_VARIABLE: str(folder / "state")}  # fmt: skip
        server = Server(folder / "log.txt", here, by_command=False)
        try:
            app = server.start()
            with proxied(tmp_path_factory.mktemp("nginx"), app, plain, secure) as proxy:
                yield Team(proxy, server, folder / ".streamlit", data / DOSSIER)
        finally:
            server.stop()


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    with provided_team(tmp_path_factory) as found:
        yield found


@pytest.mark.slow
def test_a_stranger_gets_a_link_to_the_sign_in_and_nothing_else(team: Team) -> None:
    with team.browser() as stranger:
        for path in ("/", "/records", "/static/none.js", "/_stcore/host-config", "/media/x"):
            answer = stranger.get(path)
            assert answer.status_code == httpx.codes.FORBIDDEN, path
            assert re.findall(r'href="([^"]+)"', answer.text) == ["/sign-in"]
            assert "<script" not in answer.text
            assert "no-store" in answer.headers["cache-control"]


@pytest.mark.slow
def test_a_member_comes_in_and_every_cookie_travels_over_tls_only(team: Team) -> None:
    with team.signed_in("ann") as ann:
        answer = ann.get("/")
        assert answer.status_code == httpx.codes.OK
        assert "<script" in answer.text
        assert ann.get("/_stcore/host-config").json()["allowedOrigins"] == []
        ann.get("/_stcore/health")
        held = {cookie.name: cookie for cookie in ann.cookies.jar}
        assert {"_streamlit_user", "_streamlit_xsrf"} <= held.keys()
        assert [name for name, cookie in held.items() if not cookie.secure] == []


@pytest.mark.parametrize("who", ["eve", "mute", "unsure"])
def test_whoever_is_not_a_member_or_not_verified_stays_outside(team: Team, who: str) -> None:
    with team.signed_in(who) as browser:
        answer = browser.get("/")
        assert answer.status_code == httpx.codes.FORBIDDEN
        assert f"{ACCOUNTS[who]['email']} does not have access." in answer.text
        assert re.findall(r'href="([^"]+)"', answer.text) == ["/auth/logout"]
        assert browser.get("/_stcore/host-config").status_code == httpx.codes.FORBIDDEN


def test_a_cookie_that_was_made_elsewhere_proves_nothing(team: Team) -> None:
    with team.signed_in("ann") as ann:
        cookie = ann.cookies["_streamlit_user"]
    for forged in (cookie[:-2] + "AA", cookie.partition(".")[0], "", "x" * 4000):
        with team.browser() as browser:
            browser.cookies.set("_streamlit_user", forged)
            assert browser.get("/").status_code == httpx.codes.FORBIDDEN


def test_who_signs_out_is_outside(team: Team) -> None:
    with team.signed_in("ann") as ann:
        ann.get("/auth/logout")
        assert "_streamlit_user" not in ann.cookies
        assert ann.get("/").status_code == httpx.codes.FORBIDDEN


def sign_in(page: Page, team: Team) -> None:
    """Go through the provider's form as Ann."""
    page.goto(team.proxy.url)
    page.get_by_role("link", name="Sign in").click()
    page.locator('[name="sub"][value="ann"], button:has-text("ann")').first.click()


@pytest.mark.slow
@pytest.mark.browser
def test_a_member_signs_in_and_sees_the_map(team: Team, page: Callable[..., Tab]) -> None:
    tab = page(width=1440, height=900, ignore_https_errors=True)
    sign_in(tab.page, team)
    inside = tab.page.frame_locator("iframe")
    inside.locator(".im-ledger-total").wait_for(state="attached", timeout=60_000)
    assert urlsplit(tab.page.url).netloc == urlsplit(team.proxy.url).netloc


@dataclass(frozen=True)
class Merging:
    """The page of changes in a browser, where Ann merges another copy."""

    team: Team
    page: Page
    copy: Path

    def look(self, *, offered: bool) -> None:
        """Open the page, on which merging is offered or not mentioned."""
        self.page.goto(f"{self.team.proxy.url}/changes")
        self.page.get_by_role("heading", name="Changes").wait_for(timeout=60_000)
        stands(self.page)
        assert self.page.get_by_text("Merge another dossier").count() == offered

    def upload(self) -> None:
        """Go as far as the button that applies the merge."""
        self.look(offered=True)
        self.page.get_by_text("Merge another dossier").click()
        self.page.get_by_text("Its history log").wait_for()
        # Nobody is asked for a name who has signed in.
        assert self.page.get_by_label("Your name").count() == 0
        self.page.locator("input[type=file]").first.set_input_files(self.copy)
        open_list(self.page.get_by_test_id("stSelectbox").locator("input"))
        self.page.get_by_role("option", name="As opened here").first.click()
        self.apply.wait_for(timeout=60_000)
        stands(self.page)

    @property
    def apply(self) -> Locator:
        return self.page.get_by_role("button", name="Apply merge")


@contextmanager
def shut_out(team: Team) -> Iterator[None]:
    """Have nobody of Ann's domain admitted, as soon as Streamlit has noticed the changed file."""
    secrets = team.settings / "secrets.toml"
    held = secrets.read_text(encoding="utf-8")

    def until(status: int) -> None:
        end = time.monotonic() + 60
        while ann.get("/").status_code != status:
            assert time.monotonic() < end
            time.sleep(0.2)

    with team.signed_in("ann") as ann:
        try:
            secrets.write_text(held.replace("@example.org", "@other.example"), encoding="utf-8")
            until(httpx.codes.FORBIDDEN)
            yield
        finally:
            secrets.write_text(held, encoding="utf-8")
        until(httpx.codes.OK)


@pytest.mark.slow
@pytest.mark.browser
def test_an_editor_edits_as_long_as_the_role_and_the_access_last(
    team: Team, page: Callable[..., Tab], tmp_path: Path
) -> None:
    before = team.dossier.read_bytes()
    merging = Merging(
        team,
        page(width=1280, height=900, alone=True, ignore_https_errors=True).page,
        tmp_path / "theirs.yaml",
    )
    merging.copy.write_bytes(before.replace(b"    short: NRF\n", b"    short: NRF-B\n"))
    sign_in(merging.page, team)
    merging.page.locator("iframe").wait_for(timeout=60_000)
    team.give("")
    merging.look(offered=False)
    team.give("editor")
    # The page is open; the role goes, then the access, and nothing is written.
    merging.upload()
    team.give("reader")
    merging.apply.click()
    alert = merging.page.get_by_role("alert")
    expect(alert).to_contain_text("lists those who can", timeout=30_000)
    team.give("editor")
    merging.upload()
    with shut_out(team):
        merging.apply.click()
        refused = merging.page.get_by_text("does not have access")
        expect(refused).to_be_visible(timeout=30_000)
    assert team.dossier.read_bytes() == before
    merging.upload()
    merging.apply.click()
    expect(alert).to_contain_text("has been merged", timeout=30_000)
    assert team.dossier.read_bytes() == merging.copy.read_bytes()
    (edit,) = read_history(team.dossier).of("groups", "nrf")
    assert (edit.by, edit.field, edit.new) == ("ann@example.org", "short", "NRF-B")
