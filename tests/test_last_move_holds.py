"""What the map is asked for last is what it shows, even while it still moves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browsing import Tab, open_map, page_script
from recording import SHARE

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]

ENDS = {
    "one map": "",
    "two maps": "#from=2022-05-01&to=2022-08-31&compare=2022-01-01,2022-04-30",
}
KABUL = {"lat": 34.53, "lon": 69.17, "zoom": 8.25}
LAST: list[Any] = ["Whole country", "Zoom in", KABUL]
# Milliseconds: in the same frame, on the way.
MOMENTS = [0, 120]
# Asks for one thing and for another, and reads off where all maps have come to rest.
AFTER = page_script("last_move_holds.js", "afterMoves")


@pytest.mark.slow
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_a_move_asked_for_while_the_map_moves_is_made(page: Open, map_file: Path, end: str) -> None:
    tab = page(width=1440, height=900)
    open_map(tab, map_file, end)
    # Every day two maps are asked for one last move, and one map for each.
    for last in LAST if SHARE or not end else LAST[-1:]:
        at, places = tab.page.evaluate(AFTER, ["Zoom in", None, last])
        assert len(places) == (2 if end else 1)
        assert len(set(places)) == 1
        for wait in MOMENTS:
            found = tab.page.evaluate(AFTER, ["Zoom in", wait, last])
            assert found == [at, places], (last, wait)
    assert tab.errors == []
