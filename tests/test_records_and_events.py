"""Records and events at one place: each is seen, no event is below a record, and none is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import events as made
import numpy as np
import pytest
import shapely
from browsing import Tab, page_script, with_modules

from geo.places.country import Country
from geo.table.workspace import Workspace
from geo.webmap.document import document_html

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]
WATCH, STANDING_AT = (
    page_script("records_and_events.js", name) for name in ("watchEvents", "standingAt")
)
TOWNS = {
    "Kabul": (34.53, 69.17), "Balkh": (36.71, 67.11), "Kunduz": (36.73, 68.86),
    "Panjshir": (35.31, 69.52), "Badakhshan": (37.12, 70.58),
}  # fmt: skip
"""Where records are as well."""
VIEWS = {"country": (33.9, 66.5, 6.0), "province": (34.8, 69.3, 8.0), "town": (34.53, 69.17, 11.0)}


def with_events(own: Workspace, country: Country, folder: Path, count: int) -> str:
    """A document with so many events in and around the towns, the same each time."""
    random = np.random.default_rng(7)
    several = []
    for at in range(count):
        province, (lat, lon) = list(TOWNS.items())[at % len(TOWNS)]
        # A third of them exactly where a record is, the others within half a degree or so.
        by = random.normal(0, 0.25, 2) if at % 3 else (0.0, 0.0)
        several.append(
            made.acled(
                event_id_cnty=f"E{at}", admin1=province, admin2="", location=f"Place {at}",
                geo_precision="1", latitude=f"{lat + by[0]:.4f}", longitude=f"{lon + by[1]:.4f}",
            )
        )  # fmt: skip
    return with_modules(
        document_html(own, events=made.read_acled(country, folder, *several).events)
    )


@pytest.fixture(scope="module")
def files(own, country, data_folder, tmp_path_factory) -> dict[int, Path]:
    """Return a document with events that are drawn one by one, and one with too many for that."""
    found = {}
    for count in (300, 1500):
        found[count] = tmp_path_factory.mktemp("events") / f"{count}.html"
        text = with_events(own, country, data_folder, count)
        found[count].write_text(text, encoding="utf-8")
    return found


def below_records(seen: dict[str, Any]) -> list[tuple[float, ...]]:
    """The marks and rings of events that touch a mark or badge of records."""
    tree = shapely.STRtree([shapely.box(*box).buffer(-1) for box in seen["records"]])
    return [
        tuple(one)
        for one in seen["events"]
        if len(tree.query(shapely.Point(one[:2]).buffer(one[2]), predicate="intersects"))
    ]


@pytest.mark.slow(whole=True)
@pytest.mark.parametrize("count", [300, 1500])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_no_event_is_below_a_record_and_every_event_is_drawn(
    page: Open, files: dict[int, Path], count: int, size: tuple[int, int]
) -> None:
    tab = page(width=size[0], height=size[1], fresh=True)
    tab.page.goto(files[count].as_uri())
    tab.page.wait_for_selector(".im-ledger-events strong")
    tab.page.evaluate(WATCH)
    moved = 0
    for name, look in VIEWS.items():
        seen = tab.page.evaluate(STANDING_AT, list(look))
        assert seen["events"], name
        assert seen["records"], name
        assert below_records(seen) == [], name
        assert seen["drawn"] == seen["there"] > 0, name
        moved += seen["moved"]
    assert moved > 0, "events that make room keep a line to where they are"
    assert tab.errors == []
