"""One limit for a file that travels to the app, from the browser to Python."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsing import ROOT, Server, Tab
from playwright.sync_api import expect

from geo.limits import MAX_PACKED_BYTES

SETTINGS = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
STEP = 60_000
"""Bytes: what packing adds to a file that cannot be packed is less."""


def test_the_server_takes_what_the_browser_may_send() -> None:
    as_text = -(-MAX_PACKED_BYTES // 3) * 4
    limit = SETTINGS["server"]["maxWidgetStateSize"] * 1_000_000
    # Around the file: its field, the values of the other fields, the address.
    assert as_text + 100_000 <= limit <= as_text + 1_000_000


@pytest.fixture
def narrow(tmp_path: Path) -> Iterator[str]:
    """The app on a server that takes less than the browser sends."""
    narrow = {"STREAMLIT_SERVER_MAX_WIDGET_STATE_SIZE": "1"}
    server = Server(tmp_path / "log.txt", narrow, by_command=False)
    yield server.start()
    server.stop()


def noise(folder: Path, size: int) -> Path:
    """A file that no packing makes smaller."""
    file = folder / "events.csv"
    file.write_bytes(random.Random(1).randbytes(size))  # noqa: S311 - for a test
    return file


@pytest.mark.browser
@pytest.mark.slow
def test_a_file_just_below_the_limit_arrives_and_one_just_above_is_refused_in_words(
    app_url: str, page: Callable[..., Tab], tmp_path: Path
) -> None:
    tab = page(alone=True)
    tab.page.goto(f"{app_url}/events")
    field, said = tab.page.locator("input[type=file]"), tab.page.locator("#said")
    field.set_input_files(noise(tmp_path, MAX_PACKED_BYTES + STEP))
    expect(said).to_contain_text("at most 32,000,000 bytes can travel", timeout=60_000)
    field.set_input_files(noise(tmp_path, MAX_PACKED_BYTES - STEP))
    expect(said).to_contain_text("File loaded (31.9 MB)", timeout=90_000)


@pytest.mark.slow
@pytest.mark.browser
def test_a_file_that_does_not_arrive_is_told(
    narrow: str, page: Callable[..., Tab], tmp_path: Path
) -> None:
    tab = page(alone=True)
    tab.page.clock.install()
    tab.page.goto(f"{narrow}/events")
    tab.page.locator("input[type=file]").set_input_files(noise(tmp_path, 2_000_000))
    said = tab.page.locator("#said")
    expect(said).to_contain_text("Sending the file", timeout=60_000)
    tab.page.clock.fast_forward(125_000)
    expect(said).to_contain_text("did not arrive; choose it again")
