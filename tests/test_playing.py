"""While the time strip plays, the map shows period after period and nothing between them."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from browsing import Tab
from PIL import Image

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]
Frame = npt.NDArray[np.int16]

# The rows of the list give way to those of the next period; nothing around them moves.
SHIFTS = """() => {
    window.shifts = [];
    new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries()) {
            const outside = sources.filter(
                ({ node }) => !node?.parentElement?.closest('.im-records'));
            if (value) window.shifts.push(...outside.map(({ node }) => node?.outerHTML ?? ''));
        }
    }).observe({ type: 'layout-shift' });
}"""
VISIBLE = 24
"""Of 255 by which a channel must differ for a person to see it change between two frames."""


class Recorder:
    """The frames that Chromium shows, with the seconds at which it shows them."""

    def __init__(self, tab: Tab) -> None:
        self.frames: list[tuple[float, bytes]] = []
        self._cdp = tab.page.context.new_cdp_session(tab.page)
        self._cdp.on("Page.screencastFrame", self._take)
        self._cdp.send("Page.startScreencast", {"format": "png", "everyNthFrame": 1})

    def _take(self, event: dict[str, Any]) -> None:
        self.frames.append((event["metadata"]["timestamp"], base64.b64decode(event["data"])))
        self._cdp.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

    def stop(self) -> list[tuple[float, Frame]]:
        self._cdp.send("Page.stopScreencast")
        return [(when, pixels(data)) for when, data in self.frames]


def pixels(png: bytes) -> Frame:
    with Image.open(io.BytesIO(png)) as image:
        return np.asarray(image.convert("RGB"), dtype=np.int16)


def differs(one: Frame, other: Frame) -> npt.NDArray[np.bool_]:
    return (np.abs(one - other) > VISIBLE).any(axis=2)


def flickers(frames: list[tuple[float, Frame]], within: float) -> int:
    """Most pixels that change and are as before again, sooner than the next period may be shown."""
    most = 0
    for at, (first, shown) in enumerate(frames):
        changed = np.zeros(shown.shape[:2], dtype=bool)
        for when, later in frames[at + 1 :]:
            if when - first > within:
                break
            differing = differs(shown, later)
            most = max(most, int((changed & ~differing).sum()))
            changed |= differing
    return most


def played(tab: Tab, file: Path) -> list[tuple[float, Frame]]:
    tab.page.goto(f"{file.as_uri()}#from=2021-01-01&to=2021-12-31")
    tab.page.locator(".im-time-line").wait_for(state="attached")
    tab.page.get_by_role("button", name="Play").click()
    # The button changes while it is pressed, and when the mouse leaves it.
    tab.page.mouse.move(0, 0)
    tab.page.wait_for_timeout(300)
    tab.page.evaluate(SHIFTS)
    recorder = Recorder(tab)
    tab.page.wait_for_timeout(4200)
    return recorder.stop()


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (390, 844)])
def test_no_pixel_flickers_and_nothing_jumps_while_playing(
    page: Open, map_file: Path, size: tuple[int, int]
) -> None:
    tab = page(width=size[0], height=size[1], alone=True)
    frames = played(tab, map_file)
    steps = [int(differs(one, other).sum()) for (_, one), (_, other) in pairwise(frames)]
    assert sum(step > 0 for step in steps) >= 3, "it does not play"
    assert flickers(frames, 0.7) == 0
    assert tab.page.evaluate("() => window.shifts") == []


def test_a_flicker_is_seen_where_there_is_one() -> None:
    plain = np.zeros((4, 4, 3), dtype=np.int16)
    spot = plain.copy()
    spot[1, 1] = 255
    assert flickers([(0.0, plain), (0.1, spot), (0.2, plain)], 0.4) == 1
    assert flickers([(0.0, plain), (0.5, spot), (1.0, plain)], 0.4) == 0
    assert flickers([(0.0, plain), (0.1, spot), (0.2, spot)], 0.4) == 0
