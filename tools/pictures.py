"""Take the screenshots in ``docs/`` again, so that they show the current app.

Run from the project's root with ``make pictures``. The script serves the app with a copy of the
project's own data, so that its forms can be shown, and opens it in Chromium.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal

from playwright.sync_api import Browser, sync_playwright

from geo.files import write_whole
from geo.settings import FOLDER_VARIABLE
from geo.state import STATE_VARIABLE
from tools import chromium

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "docs" / "images"
DESK: Final = (1440, 900)
"""Width and height of the window in CSS pixels: a common laptop."""
PHONE: Final = (390, 844)
"""The same of a phone (iPhone 12 to 15)."""


@dataclass(frozen=True)
class Picture:
    """One screenshot of the app: file name, address, window and theme."""

    name: str
    address: str = ""
    window: tuple[int, int] = DESK
    theme: Literal["light", "dark"] = "light"


PICTURES: Final = (
    Picture("map", "?chosen=interior-ministry-attack-2024"),
    Picture("map-dark", "?chosen=northern-offensive-2022", theme="dark"),
    Picture("map-one-group", "?off=nrf,aff,taliban,isis-k,united-states,other-armed-groups"),
    Picture("map-phone", "", PHONE),
    Picture("tour-period", "?from=2022-04-01&to=2022-06-30"),
    Picture("tour-filter", "?statuses=disputed&province=AF-PAN"),
    Picture("tour-provinces", "?mode=provinces"),
    Picture("tour-edit", "edit?entry=incidents:northern-offensive-2022"),
    Picture("tour-compare", "?from=2024-01-01&to=2024-12-31&compare=2022-01-01,2022-12-31"),
)


def main() -> None:
    """Take all screenshots."""
    found = chromium.find()
    if found is None:
        sys.exit(chromium.NONE_FOUND)
    with serving() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for picture in PICTURES:
            take(browser, url, picture)
            print(f"docs/images/{picture.name}.png")
        browser.close()


def take(browser: Browser, url: str, picture: Picture) -> None:
    """Take one screenshot once the map no longer moves."""
    width, height = picture.window
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=picture.theme
    )
    page = context.new_page()
    page.goto(f"{url}/{picture.address}")
    page.frame_locator("iframe").locator(".im-ledger-total").wait_for(
        state="attached", timeout=60_000
    )
    page.locator('[data-testid=stApp][data-test-script-state="notRunning"]').wait_for()
    page.wait_for_timeout(800)
    write_whole(FOLDER / f"{picture.name}.png", page.screenshot())
    context.close()


@contextmanager
def serving() -> Iterator[str]:
    """Serve the app on a free port of this computer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "geo.app.server", f"--port={port}"]
    with (
        TemporaryDirectory() as folder,
        subprocess.Popen(
            command, cwd=ROOT, env=_copy(Path(folder)), stdout=subprocess.DEVNULL
        ) as server,
    ):
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _copy(folder: Path) -> dict[str, str]:
    """The environment of an app with a copy of the data and somebody who edits them."""
    shutil.copytree(ROOT / "data", folder / "data")
    state = folder / "incident-map"
    state.mkdir()
    write_whole(state / "editor.json", b'{"name": "A. Analyst"}')
    return os.environ | {FOLDER_VARIABLE: str(folder / "data"), STATE_VARIABLE: str(folder)}


def _wait_for(url: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    sys.exit("the app did not answer; start it with `make run` and look at what it says")


if __name__ == "__main__":
    main()
