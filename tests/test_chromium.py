"""Where the browser for the tests is looked for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tools import chromium

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")


@pytest.fixture(autouse=True)
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("INCIDENT_MAP_CHROMIUM", "PLAYWRIGHT_BROWSERS_PATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(chromium, "APPLICATIONS", ())
    monkeypatch.setattr(chromium, "DEBIANS", tmp_path / "bin/chromium")
    monkeypatch.delenv("CI", raising=False)


def stand_in(path: Path, answer: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\nexit {answer}\n")
    path.chmod(0o755)
    return path


def test_a_machine_without_a_browser_has_none():
    assert chromium.find() is None


def test_chromium_on_the_path_comes_before_chrome(tmp_path):
    stand_in(tmp_path / "bin/google-chrome")
    wanted = stand_in(tmp_path / "bin/chromium")
    assert chromium.find() == wanted


def test_a_browser_that_does_not_start_is_passed_over(tmp_path):
    stand_in(tmp_path / "bin/chromium-browser", answer=1)
    wanted = stand_in(tmp_path / "bin/google-chrome")
    assert chromium.find() == wanted


@pytest.mark.parametrize(
    "inside",
    [
        ".cache/ms-playwright/chromium-1200/chrome-linux64/chrome",
        "Library/Caches/ms-playwright/chromium-1200/chrome-mac-arm64/X.app/Contents/MacOS/X",
    ],
)
def test_the_download_of_playwright_is_found(tmp_path, inside):
    wanted = stand_in(tmp_path / inside)
    assert chromium.find() == wanted


def test_the_named_browser_is_taken_before_all_others(tmp_path, monkeypatch):
    stand_in(tmp_path / "bin/chromium")
    wanted = stand_in(tmp_path / "mine")
    monkeypatch.setenv("INCIDENT_MAP_CHROMIUM", str(wanted))
    assert chromium.find() == wanted


def test_a_named_browser_that_does_not_work_is_told(tmp_path, monkeypatch):
    stand_in(tmp_path / "bin/chromium")
    monkeypatch.setenv("INCIDENT_MAP_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(SystemExit, match="/nowhere/chromium"):
        chromium.find()


def test_an_installation_that_brings_none_says_how_to_get_one(monkeypatch):
    monkeypatch.setattr(chromium, "install", lambda: None)
    with pytest.raises(SystemExit, match="playwright install"):
        chromium.main()


def test_the_path_is_all_that_is_printed(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(chromium, "install", lambda: stand_in(tmp_path / "bin/chromium"))
    chromium.main()
    assert capsys.readouterr().out == f"{tmp_path / 'bin/chromium'}\n"


@pytest.mark.parametrize(
    "inside",
    [
        "bin/chromium-headless-shell",
        ".cache/ms-playwright/chromium_headless_shell-1200/linux/chrome-headless-shell",
    ],
)
def test_tests_take_the_one_without_windows_and_pictures_and_measures_do_not(tmp_path, inside):
    whole = stand_in(tmp_path / "bin/chromium")
    light = stand_in(tmp_path / inside)
    assert chromium.find(light=True) == light
    assert chromium.find() == whole


def test_without_it_tests_take_the_other(tmp_path):
    wanted = stand_in(tmp_path / "bin/chromium")
    stand_in(tmp_path / "bin/chromium-headless-shell", answer=1)
    assert chromium.find(light=True) == wanted


@pytest.mark.parametrize(("ci", "asked"), [("true", [(chromium.LIGHT,)]), ("", [])])
def test_only_ci_installs_the_one_without_windows_beside_the_other(
    tmp_path, monkeypatch, capsys, ci, asked
):
    monkeypatch.setenv("CI", ci)
    stand_in(tmp_path / "bin/chromium")
    wanted: list[tuple[str, ...]] = []
    monkeypatch.setattr(chromium.machine, "install_packages", lambda *names: wanted.append(names))
    chromium.main()
    assert wanted == asked
    assert capsys.readouterr().out == f"{tmp_path / 'bin/chromium'}\n"
