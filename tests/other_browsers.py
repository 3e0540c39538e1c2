"""Firefox and WebKit, driven by the protocols that they speak themselves.

Playwright drives its own builds of them only. Firefox speaks WebDriver BiDi over a socket,
WebKitGTK the older WebDriver over HTTP (W3C, 2018); both are asked for the few things that the
tests need.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from browsing import free_port
from websockets.sync.client import ClientConnection, connect

from tools import programs

PATIENCE = 60.0
"""Seconds: a busy machine starts a browser late."""
_LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
_PREFERENCES = {
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
    "app.update.disabledForTesting": True,
    "browser.newtabpage.enabled": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "security.sandbox.content.level": 0,
}


class Engine(Protocol):
    """What the tests ask of a browser."""

    name: str

    def goto(self, address: str) -> None: ...

    def run(self, script: str) -> Any:
        """Return what the body of a function returns, as JSON would have it."""

    def press(self, key: str) -> None: ...

    def errors(self) -> list[str]:
        """Return what went wrong in the page since it was opened."""

    def pdf(self, *, width: float, height: float) -> bytes | None:
        """Return the page as PDF, its sheet in centimetres, or ``None`` where it cannot be had."""


def waits_for(engine: Engine, condition: str, seconds: float = PATIENCE) -> Any:
    """Return what a condition gives once it holds.

    Raises
    ------
    AssertionError
        It does not hold in time.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := engine.run(f"return ({condition})"):
            return found
        time.sleep(0.1)
    message = f"{engine.name}: {condition} does not hold after {seconds} seconds"
    raise AssertionError(message)


@dataclass
class Firefox:
    """Debian's or anybody's Firefox, by WebDriver BiDi."""

    socket: ClientConnection
    name: str = "Firefox"
    context: str = ""
    count: int = 0
    heard: list[dict[str, Any]] = field(default_factory=list)

    def ask(self, method: str, *, seconds: float = PATIENCE, **params: Any) -> dict[str, Any]:
        self.count += 1
        self.socket.send(json.dumps({"id": self.count, "method": method, "params": params}))
        while True:
            said = json.loads(self.socket.recv(timeout=seconds))
            if said.get("id") != self.count:
                self.heard.append(said)
                continue
            assert said["type"] == "success", said
            return dict(said["result"])

    def begin(self) -> None:
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=["log.entryAdded"])
        self.context = self.ask("browsingContext.getTree")["contexts"][0]["context"]
        self.ask("browsingContext.setViewport", context=self.context,
                 viewport={"width": 1280, "height": 800})  # fmt: skip

    def goto(self, address: str) -> None:
        self.heard.clear()
        # An address that differs in its end alone would load nothing.
        for url in ("about:blank", address):
            try:
                self._go(url, PATIENCE / 3)
            except TimeoutError:
                # Firefox has left one such request unanswered; a page that hangs does so twice.
                self._go(url, PATIENCE)

    def _go(self, url: str, seconds: float) -> None:
        self.ask("browsingContext.navigate", seconds=seconds,
                 context=self.context, url=url, wait="complete")  # fmt: skip

    def run(self, script: str) -> Any:
        body = f"async () => JSON.stringify((await (async () => {{ {script} }})()) ?? null)"
        result = self.ask(
            "script.callFunction", functionDeclaration=body, awaitPromise=True,
            target={"context": self.context}, userActivation=True,
        )  # fmt: skip
        assert result["type"] == "success", result
        return json.loads(result["result"]["value"])

    def press(self, key: str) -> None:
        keys = [{"type": kind, "value": key} for kind in ("keyDown", "keyUp")]
        self.ask("input.performActions", context=self.context,
                 actions=[{"type": "key", "id": "keys", "actions": keys}])  # fmt: skip

    def errors(self) -> list[str]:
        self.run("return 0")
        entries = [said["params"] for said in self.heard if said.get("method") == "log.entryAdded"]
        return [entry["text"] for entry in entries if entry["level"] == "error"]

    def pdf(self, *, width: float, height: float) -> bytes | None:
        made = self.ask(
            "browsingContext.print", context=self.context, background=True, shrinkToFit=True,
            page={"width": width, "height": height},
            margin=dict.fromkeys(("top", "bottom", "left", "right"), 1.2),
        )  # fmt: skip
        return base64.b64decode(made["data"])


@dataclass
class WebKit:
    """WebKitGTK's own small browser, by WebDriver."""

    port: int
    name: str = "WebKit"
    session: str = ""

    def ask(self, method: str, path: str, **params: Any) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        body = json.dumps(params) if method == "POST" else None
        connection.request(method, path, body, {"Content-Type": "application/json"})
        value = json.loads(connection.getresponse().read())["value"]
        connection.close()
        assert not (isinstance(value, dict) and "error" in value), value
        return value

    def begin(self, binary: Path) -> None:
        wanted = {"webkitgtk:browserOptions": {"binary": str(binary), "args": ["--automation"]}}
        made = self.ask("POST", "/session", capabilities={"alwaysMatch": wanted})
        self.session = f"/session/{made['sessionId']}"
        self.ask("POST", f"{self.session}/window/rect", width=1280, height=860)

    def goto(self, address: str) -> None:
        self.ask("POST", f"{self.session}/url", url="about:blank")
        self.ask("POST", f"{self.session}/url", url=address)

    def run(self, script: str) -> Any:
        body = (
            "const done = arguments[arguments.length - 1];"
            f"(async () => {{ {script} }})().then((it) => done(JSON.stringify(it ?? null)),"
            " (error) => done(JSON.stringify(String(error))))"
        )
        return json.loads(self.ask("POST", f"{self.session}/execute/async", script=body, args=[]))

    def press(self, key: str) -> None:
        keys = [{"type": kind, "value": key} for kind in ("keyDown", "keyUp")]
        self.ask("POST", f"{self.session}/actions",
                 actions=[{"type": "key", "id": "keys", "actions": keys}])  # fmt: skip

    def errors(self) -> list[str]:
        """Return what the page itself shows of a failure: this browser tells its driver of none."""
        return list(
            self.run(
                "return [...document.querySelectorAll('.im-failed')].map((p) => p.textContent)"
            )
        )

    def pdf(self, *, width: float, height: float) -> bytes | None:  # noqa: ARG002
        """Return nothing: WebKitGTK has no way of printing to a driver."""
        return None


@contextlib.contextmanager
def firefox(binary: Path, folder: Path) -> Iterator[Firefox]:
    """Run Firefox with a profile of its own."""
    profile = folder / "profile"
    profile.mkdir()
    lines = [
        f"user_pref({json.dumps(key)}, {json.dumps(value)});" for key, value in _PREFERENCES.items()
    ]
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    log = folder / "log.txt"
    command = [
        binary,
        "--headless",
        "--no-remote",
        "--profile",
        profile,
        "--remote-debugging-port",
        "0",
        "about:blank",
    ]
    with _running(command, log, HOME=str(folder)):
        address = _said(log, _LISTENS)
        with connect(f"{address}/session", max_size=None) as socket:
            engine = Firefox(socket)
            engine.begin()
            yield engine


@contextlib.contextmanager
def webkit(driver: Path, folder: Path) -> Iterator[WebKit]:
    """Run WebKit's driver and its browser on a screen that nobody sees."""
    screen, port = folder / "screen.txt", free_port()
    with (
        screen.open("wb") as told,
        _running(
            [
                programs.needed("Xvfb"),
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1280x900x24",
                "-nolisten",
                "tcp",
            ],
            folder / "x.txt",
            stdout=told,
        ),
    ):
        display = _said(screen, re.compile(r"^(\d+)\s", re.MULTILINE))
        with _running(
            [driver, f"--port={port}"],
            folder / "log.txt",
            DISPLAY=f":{display}",
            HOME=str(folder),
            XDG_RUNTIME_DIR=str(folder),
            WEBKIT_DISABLE_COMPOSITING_MODE="1",
            NO_AT_BRIDGE="1",
        ):
            engine = WebKit(port)
            _until_it_listens(port)
            engine.begin(programs.needed("MiniBrowser"))
            yield engine
            with contextlib.suppress(OSError, AssertionError, http.client.HTTPException):
                engine.ask("DELETE", engine.session)


@contextlib.contextmanager
def _running(
    command: list[Any], log: Path, stdout: Any = None, **environment: str
) -> Iterator[None]:
    with log.open("wb") as file:
        process = subprocess.Popen(
            [str(part) for part in command], env=os.environ | environment, stdin=subprocess.DEVNULL,
            stdout=stdout or file, stderr=file, start_new_session=True,
        )  # fmt: skip
        try:
            yield
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=10)


def _said(log: Path, form: re.Pattern[str]) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := form.search(log.read_text(errors="replace")):
            return found.group(1)
        time.sleep(0.05)
    said = log.read_text(errors="replace")[-2000:]
    message = f"nothing like {form.pattern!r} was said in {PATIENCE} seconds, but: {said}"
    raise AssertionError(message)


def _until_it_listens(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with (
            contextlib.suppress(OSError),
            contextlib.closing(
                http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            ) as connection,
        ):
            connection.request("GET", "/status")
            connection.getresponse().read()
            return
        time.sleep(0.05)
    message = f"nothing listens on port {port} after {PATIENCE} seconds"
    raise AssertionError(message)
