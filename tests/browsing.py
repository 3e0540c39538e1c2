"""A real browser and a real server for the tests that need them."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page

from geo.webmap.linker import link_modules
from geo.webmap.scripts import module_text, own_script

ROOT = Path(__file__).resolve().parent.parent
LAUNCH = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # One without windows would put letters on whole pixels, and a browser with them does not.
    "--font-render-hinting=none",
    # Whatever a page asks of the world fails at once, and is still recorded.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
PAGES = Path(__file__).with_name("pages")


def page_script(name: str, function: str = "") -> str:
    """Text of a script in tests/pages, for `add_init_script`; one function of it for `evaluate`."""
    text = (PAGES / name).read_text(encoding="utf-8")
    assert not function or f"\nexport const {function} = " in text, f"{name} exports no {function}"
    text = text.replace("\nexport const ", "\nconst ")
    return f"(argument) => {{\n{text}\nreturn {function}(argument);\n}}" if function else text


KNOW_MAPS = page_script("know_maps.js")
"""For a page to begin with: Leaflet's maps, in the order in which they are made. The pages of the
fixture `page` begin with it."""
MODULES = "IncidentMapModules"
"""The global by which tests see modules of a document, by their path; no document has it."""
HERE = {"", "127.0.0.1", "localhost"}


@dataclass
class Tab:
    """A page, with all it asked for and all that went wrong in it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    uses: int = 0
    how: str = ""

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("websocket", lambda socket: self.requests.append(socket.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._listen)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    @property
    def abroad(self) -> list[str]:
        """Requests that would have left this computer."""
        return [url for url in self.requests if (urlsplit(url).hostname or "") not in HERE]


DONE = '[data-testid=stApp][data-test-script-state="notRunning"]'
NOTHING_COMES = page_script("anywhere.js", "nothingComes")
LIES_STILL = page_script("anywhere.js", "liesStill")


def stands(page: Page) -> None:
    """Wait until a page of the app has run and nothing more comes into it.

    Playwright's ``networkidle`` may wait for the request of a frame that is gone.
    """
    page.locator(DONE).wait_for()
    page.evaluate(NOTHING_COMES)


def open_list(field: Locator) -> None:
    """Open the list of options of a field of Streamlit.

    It closes at once when the page is scrolled; whoever scrolls to the field has it in view before.
    """
    field.scroll_into_view_if_needed(timeout=60_000)
    field.page.evaluate(LIES_STILL)
    field.click(timeout=60_000)


def leave_by_back(page: Page) -> None:
    """Go back once more, to the blank page that was there before.

    Playwright's ``go_back`` returns as soon as the page that is left still writes its own address.
    """
    page.go_back()
    page.wait_for_url("about:blank")


def open_map(tab: Tab, file: Path, end: str = "") -> Tab:
    """Open a map document, with what its address ends in, and wait until it has counted."""
    tab.page.goto(file.as_uri() + end)
    tab.page.wait_for_selector(".im-ledger-total", state="attached")
    return tab


def modules(*paths: str) -> str:
    """For `page.evaluate`: these modules in `IncidentMapModules`, apart from those of the page."""
    entry = "".join(f"import {{}} from './{path}';\n" for path in paths)
    script = link_modules(
        lambda name: entry if name == "-" else module_text(name), "-", "_", seen=MODULES
    )
    return f"() => {{ {script} }}"


def with_modules(html: str) -> str:
    """A document that offers all of its own modules in `IncidentMapModules`."""
    before, script, after = html.partition(own_script())
    assert script
    return before + own_script(MODULES) + after


@dataclass
class Server:
    """The app, served on a free port of this computer until `stop`.

    Without `by_command` its server is started by itself: the command `serve` loads all commands and
    reads the country before it starts the same server.
    """

    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    library: Path = ROOT
    options: tuple[str, ...] = ("--no-browser",)
    by_command: bool = True
    url: str = ""
    process: subprocess.Popen[bytes] | None = None

    def start(self, seconds: float = 60) -> str:
        """Start it, and again after it has ended, at the address that it had."""
        port = urlsplit(self.url).port or free_port()
        self.url = f"http://127.0.0.1:{port}"
        serve = ["-c", "from geo.cli.main import main; main()", "serve", *self.options, "--port"]
        start = serve if self.by_command else ["-m", "geo.app.server", "--port"]
        paths = [str(self.library), *filter(None, [os.environ.get("PYTHONPATH")])]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-P", *start, str(port)],
                # Not in the project's folder: the settings must hold wherever the app is started.
                cwd=self.log.parent,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)} | self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        end = time.monotonic() + seconds
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > end:
                self.stop()
                said = self.log.read_text(errors="replace")[-3000:]
                message = f"the app did not answer at {self.url}; it said:\n{said}"
                raise RuntimeError(message)
            time.sleep(0.02)
        return self.url

    @property
    def group(self) -> int:
        """The group of the process and of all that it started."""
        assert self.process is not None
        return self.process.pid

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=2)
        try:
            connection.request("GET", "/_stcore/health")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        """End the process and all that it started."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
