"""Print the path of a Chromium for the browser tests, installing one if there is none."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from tools import machine

ON_PATH = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
LIGHT = "chromium-headless-shell"
"""Chromium without its windows, a package of Debian: the same engine for a sixth less processor
time, since nothing around the page is drawn."""
LIGHT_ON_PATH = (LIGHT, "chrome-headless-shell")
DOWNLOADS = (
    "~/.cache/ms-playwright",
    "~/Library/Caches/ms-playwright",
    "~/AppData/Local/ms-playwright",
)
INSIDE_A_DOWNLOAD = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium-*/chrome-win*/chrome.exe",
)
LIGHT_INSIDE_A_DOWNLOAD = (
    "chromium_headless_shell-*/*/chrome-headless-shell",
    "chromium_headless_shell-*/*/chrome-headless-shell.exe",
    "chromium_headless_shell-*/*/headless_shell",
)
DEBIANS = Path("/usr/bin/chromium")
"""Where Debian's own package puts it."""
NONE_FOUND = """\
The browser tests need a Chromium; none was found, none could be installed. Any of these will do:
  install Chromium, Google Chrome or Edge the usual way for this system
  .venv/bin/python -m playwright install --with-deps chromium
  INCIDENT_MAP_CHROMIUM=/path/to/chromium make test"""


def find(*, light: bool = False) -> Path | None:
    """Return the first Chromium that starts, or ``None``.

    With `light`, one without windows is preferred: tests take it; what is measured and pictured is
    the browser that readers have.

    ``INCIDENT_MAP_CHROMIUM`` decides alone where it is set: a path that does not work is a mistake
    to be told, not a reason to take another browser.

    Raises
    ------
    SystemExit
        ``INCIDENT_MAP_CHROMIUM`` names something that does not start.
    """
    named = os.environ.get("INCIDENT_MAP_CHROMIUM")
    if named:
        if not _starts(Path(named)):
            sys.exit(f"INCIDENT_MAP_CHROMIUM names {named!r}, which does not start as a browser.")
        return Path(named)
    without_windows = _candidates(LIGHT_ON_PATH, (), LIGHT_INSIDE_A_DOWNLOAD) if light else ()
    every = chain(without_windows, _candidates(ON_PATH, APPLICATIONS, INSIDE_A_DOWNLOAD))
    return next(filter(_starts, every), None)


def _candidates(
    names: Iterable[str], applications: Iterable[str], patterns: Sequence[str]
) -> Iterator[Path]:
    yield from (Path(found) for name in names if (found := shutil.which(name)))
    yield from map(Path, applications)
    chosen = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    for folder in (chosen,) if chosen else DOWNLOADS:
        for pattern in patterns:
            yield from sorted(Path(folder).expanduser().glob(pattern), reverse=True)


def _starts(path: Path) -> bool:
    if sys.platform == "win32":  # there, `--version` opens a window instead of answering
        return path.is_file()
    return machine.runs(path)


def install() -> None:
    """Try the system's packages, then Playwright's own download."""
    if machine.install_packages("chromium") and find():
        return
    extra = ["--with-deps"] if machine.rights() == [] else []
    machine.run([sys.executable, "-m", "playwright", "install", *extra, "chromium"])


def install_light() -> None:
    """Install the one without windows on a machine of CI that has Debian's Chromium.

    Nowhere else: it comes in step with the browser, which apt may then renew. Where it cannot be
    installed, the tests run in the other.
    """
    if os.environ.get("CI") and DEBIANS.is_file():
        machine.install_packages(LIGHT)


def main() -> None:
    """Print the path, or how to install one."""
    found = find(light=True)
    if found is None:
        print("No Chromium found; installing one for the browser tests.", file=sys.stderr)
        install()
        found = find()
    if found == DEBIANS:
        install_light()
        found = find(light=True)
    if found is None:
        sys.exit(NONE_FOUND)
    print(found)


if __name__ == "__main__":
    main()
