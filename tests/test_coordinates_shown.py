"""A card gives coordinates of what is known to a settlement or finer, and of no area."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Tab, modules, open_map, page_script
from mgrs import MGRS
from playwright.sync_api import expect
from twins import Ask

from geo.table.workspace import Workspace

Open = Callable[..., Tab]
SAY = page_script("coordinates_shown.js", "coordinatesText")


@pytest.mark.browser
def test_the_card_of_a_town_has_coordinates_that_can_be_copied(page: Open, map_file: Path) -> None:
    tab = open_map(page(), map_file, "#chosen=zawahiri-drone-strike-2022")
    line = tab.page.locator(".im-coordinates-text")
    expect(line).to_have_text(
        "34.53° N, 69.17° E (34° 32′ N, 69° 10′ E); MGRS 42S WD 1 2, uncertainty about 10 km"
    )
    tab.page.get_by_role("button", name="Copy the coordinates").click()
    assert tab.page.evaluate("() => String(getSelection())") == line.inner_text()


@pytest.mark.browser
def test_no_card_of_an_area_has_coordinates(page: Open, map_file: Path, own: Workspace) -> None:
    table = own.located.table
    points = set(table[table["precision"].isin(["exact", "settlement"])]["record"])
    areas = [record for record in table["record"].unique() if record not in points]
    assert areas
    tab = open_map(page(), map_file)
    for record in areas[:6]:
        tab.page.evaluate("end => { location.hash = end; }", f"#chosen={record}")
        tab.page.locator(f".im-card[data-record='{record}']").wait_for()
        assert tab.page.locator(".im-coordinates").count() == 0, record


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(
    ("drawn", "lat", "lon", "radius", "said"),
    [
        ("pin", 34.528131, 69.172334, 50,
         ("34.5281° N, 69.1723° E (34° 31′ 41″ N, 69° 10′ 20″ E); MGRS 42S WD 158 207, "
         "uncertainty about 50 m")),
        ("pin", -0.000001, -179.99999, None,
         ("0.0000° S, 180.0000° W (0° 00′ 00″ S, 180° 00′ 00″ W); MGRS 01M AV 660 999, "
         "uncertainty not stated")),
        ("dot", 34.999, 69.9999, 5000,
         "35.00° N, 70.00° E (35° 00′ N, 70° 00′ E); MGRS 42S WD 9 7, uncertainty about 5 km"),
        ("dot", 34.4, 69.2, 150_000, "34° N, 69° E, uncertainty about 150 km"),
        ("disc", 34.5, 69.2, 20_000, None),
        ("area", 34.5, 69.2, 20_000, None),
    ],
)  # fmt: skip
def test_no_step_is_finer_than_what_is_known(
    page: Open, map_file: Path, drawn: str, lat: float, lon: float, radius: int | None,
    said: str | None,
) -> None:  # fmt: skip
    tab = open_map(page(), map_file)
    place = {"drawn": drawn, "lat": lat, "lon": lon, "radiusM": radius}
    tab.page.evaluate(modules("map/coordinates.js"))
    assert tab.page.evaluate(SAY, place) == said


@pytest.mark.browser
def test_grid_references_are_those_of_the_public_library(ask: Ask) -> None:
    """Each zone and band, both hemispheres, and the wider zones of Norway and Svalbard."""
    rare = [(60.4, 5.3), (63.9, 3.1), (78.2, 15.6), (72.1, 8.9), (83.9, 41.9), (-79.9, -179.9)]
    every = [(lat + 0.123, lon + 0.456) for lat in range(-80, 84, 9) for lon in range(-180, 180, 5)]
    points = [*rare, *every, (34.528, 69.172), (36.709, 67.111), (35.31, 69.51)]
    own = ask("references", points, 4)
    library = MGRS()
    theirs = [library.toMGRS(lat, lon, MGRSPrecision=4) for lat, lon in points]
    assert [text.replace(" ", "") for text in own] == list(theirs)
    assert ask("references", [(85, 0)], 4) == [""]
