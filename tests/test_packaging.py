"""What is installed, what a wheel holds, and which settings the app starts with."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
import tomllib
import zipfile
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from browsing import Server
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import geo

ROOT = Path(__file__).resolve().parent.parent
SETTINGS_OF_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PROJECT = SETTINGS_OF_PROJECT["project"]
EXTRAS = PROJECT["optional-dependencies"]
GROUPS = SETTINGS_OF_PROJECT["dependency-groups"]
LOCK = (ROOT / "requirements.lock").read_text()
ENTRIES = re.findall(r"^[^#\s].*(?:\n[ \t]+--hash.*)*", LOCK, flags=re.MULTILINE)
HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
}
SETTINGS = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())


def pins() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in ENTRIES:
        name, version = entry.split()[0].split("==")
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.split()[0])
def test_every_entry_of_the_lock_is_one_version_with_its_digests(entry):
    assert re.match(r"[a-z0-9-]+==[0-9][0-9a-z.]*( ; [^\\]+)? \\\n", entry)
    hashes = re.findall(r"--hash=(\S+)", entry)
    assert hashes
    assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in hashes)


@pytest.mark.parametrize("address", ["://", "file:", "@", "--index", "--find-links", "--extra"])
def test_the_lock_names_no_address(address):
    assert address not in LOCK


@pytest.mark.parametrize(
    "wanted",
    # What a benchmark compares with is installed by those who measure.
    [*PROJECT["dependencies"], *chain(*EXTRAS.values()), *GROUPS["test"], *GROUPS["check"]],
)
def test_the_lock_holds_every_dependency_within_its_bounds(wanted):
    requirement = Requirement(wanted)
    if requirement.name == PROJECT["name"]:
        assert requirement.extras <= set(EXTRAS)
        return
    versions = pins().get(canonicalize_name(requirement.name), [])
    assert versions
    assert all(requirement.specifier.contains(version) for version in versions)


def test_a_development_install_has_every_extra_and_what_tests_and_checks():
    extras = [one for one in GROUPS["dev"] if isinstance(one, str)]
    groups = {one["include-group"] for one in GROUPS["dev"] if isinstance(one, dict)}
    assert extras == ["incident-map[all]"]
    assert {"test", "check"} <= groups


def test_the_lock_file_of_uv_is_never_shared():
    """It holds the addresses of a registry."""
    assert "/uv.lock" in (ROOT / ".gitignore").read_text().splitlines()


def test_the_version_stands_the_same_in_both_places():
    assert PROJECT["version"] == geo.__version__


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory) -> Path:
    """What `pip install` would put into site-packages."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=60,
    )
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        archive.extractall(folder / "site-packages")
    return folder / "site-packages"


@pytest.fixture(scope="session")
def wheel(unpacked) -> set[str]:
    inside = (path for path in unpacked.rglob("*") if path.is_file())
    return {path.relative_to(unpacked).as_posix() for path in inside}


def files(folder: Path) -> list[str]:
    kept = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(ROOT).as_posix() for path in kept if path.suffix != ".pyc")


@pytest.mark.slow
def test_a_wheel_holds_the_whole_library_with_its_scripts_and_styles(wheel):
    assert set(files(ROOT / "geo")) <= wheel


@pytest.mark.slow
def test_a_wheel_holds_the_data_with_their_licences(wheel):
    assert {f"geo/{name}" for name in files(ROOT / "data")} <= wheel


@pytest.mark.slow
def test_a_wheel_holds_the_front_door_and_its_settings(wheel):
    assert {"geo/streamlit_app.py", "geo/.streamlit/config.toml"} <= wheel


@pytest.mark.slow
def test_a_wheel_holds_nothing_else(wheel):
    assert {name.split("/")[0] for name in wheel} == {
        "geo",
        f"incident_map-{PROJECT['version']}.dist-info",
    }


@pytest.mark.parametrize(
    ("section", "option", "safe"),
    [
        ("server", "address", "127.0.0.1"),
        ("server", "allowedHosts", ["127.0.0.1", "localhost"]),
        ("server", "maxUploadSize", 10),
        ("server", "enableStaticServing", False),
        ("server", "corsAllowedOrigins", []),
        ("client", "allowedOrigins", []),
        ("browser", "gatherUsageStats", False),
        ("client", "showErrorDetails", "none"),
    ],
)
def test_the_app_starts_safe(section, option, safe):
    assert SETTINGS[section][option] == safe


@pytest.mark.parametrize("protection", ["enableCORS", "enableXsrfProtection"])
def test_the_protections_of_streamlit_stay_on(protection):
    assert SETTINGS["server"].get(protection, True) is True


def shakes_hands(url: str, host: str) -> bool:
    """Whether a browser that believes to be at `host` gets a session."""
    port = urlsplit(url).port
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/_stcore/stream", headers=HANDSHAKE | {"Host": f"{host}:{port}"})
    status = connection.getresponse().status
    connection.close()
    return status == http.HTTPStatus.SWITCHING_PROTOCOLS


@pytest.mark.parametrize(
    ("host", "let_in"), [("127.0.0.1", True), ("localhost", True), ("rebound.example", False)]
)
def test_the_app_answers_to_its_own_names_only(app_url, host, let_in):
    assert shakes_hands(app_url, host) is let_in


@pytest.mark.slow
def test_an_installed_wheel_serves_the_app_as_safely(unpacked, tmp_path):
    server = Server(tmp_path / "log.txt", library=unpacked)
    try:
        url = server.start()
        assert shakes_hands(url, "localhost")
        assert not shakes_hands(url, "rebound.example")
    finally:
        server.stop()


def test_who_ends_the_command_ends_the_server(tmp_path):
    server = Server(tmp_path / "log.txt")
    server.start()
    children = psutil.Process(server.process.pid).children(recursive=True)
    try:
        assert children
        server.process.terminate()
        assert server.process.wait(timeout=60) == 0
        assert psutil.wait_procs(children, timeout=60)[1] == []
    finally:
        server.stop()


def test_no_font_or_theme_comes_from_elsewhere():
    assert "://" not in (ROOT / ".streamlit/config.toml").read_text()


@pytest.mark.slow
def test_streamlit_knows_every_setting():
    done = subprocess.run(
        [sys.executable, "-m", "streamlit", "config", "show"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "not a valid" not in done.stdout + done.stderr
    for section, options in SETTINGS.items():
        for option, value in options.items():
            # Streamlit knows these two and does not show them.
            if not isinstance(value, dict) and option not in {
                "allowedOrigins",
                "maxWidgetStateSize",
            }:
                assert re.search(rf"^{option} = ", done.stdout, flags=re.MULTILINE), section
