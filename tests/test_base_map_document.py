"""The base map in the document: names keep apart and keep still, and nothing is claimed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from browsing import Tab, page_script
from dossiers import copy_of_data, incident, workspace
from playwright.sync_api import expect
from recording import SHARE, times

from geo import open_workspace
from geo.table.workspace import Workspace
from geo.view import BASE_PARTS
from geo.webmap.base_map import base_block, base_facts
from geo.webmap.document import document_html, encode

pytestmark = pytest.mark.browser

LOOK, PAN, STANDING, STANDING_AT, SHOWN, SHOWN_AT, PAINTED = (
    page_script("base_map.js", name)
    for name in ("look", "panBy", "standing", "standingAt", "shown", "shownAt", "painted")
)
VIEWS = times(30, 300)
"""Random views, shared by three windows; all 300 of them in `make test-long`."""
EVERY = 1 if SHARE else 4
"""Every fourth of the districts, towns and provinces; each of them in `make test-long`."""
CLOSEST = 12
"""The closest zoom of the map."""
AT_ONCE = 50
"""Places looked at in one step, a second or two."""
TOUCH = 1.0
"""Pixels by which the boxes of two texts may meet: their letters are further inside."""
CLEAR = 3.0
"""Pixels that names keep from badges and marks: a name nearer than that gives way."""
Open = Callable[..., Tab]


@pytest.fixture(scope="module")
def bare_file(own: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the map of one record about the whole country: no mark hides a name."""
    whole = workspace(own.country, incident(where=[{"place": own.country.name}]))
    file = tmp_path_factory.mktemp("base") / "map.html"
    file.write_text(document_html(whole), encoding="utf-8")
    return file


def opened(page: Open, file: Path, end: str = "", **how: Any) -> Tab:
    tab = page(**how)
    tab.page.goto(file.as_uri() + end)
    tab.page.locator(".im-base-names").wait_for(state="attached")
    return tab


def shown_at(tab: Tab, places: Sequence[Any]) -> Iterator[list[str]]:
    """Return the texts of the base map around each place, at the closest zoom."""
    for first in range(0, len(places), AT_ONCE):
        some = [[one.lat, one.lon, CLOSEST] for one in places[first : first + AT_ONCE]]
        yield from tab.page.evaluate(SHOWN_AT, some)


def until(tab: Tab, holds: Callable[[], bool]) -> None:
    """Wait in the test: the document's policy forbids what Playwright would evaluate in it."""
    for _ in range(100):
        if holds():
            return
        tab.page.wait_for_timeout(50)
    pytest.fail("not within five seconds")


def any_view(rng: random.Random) -> list[float]:
    return [rng.uniform(30, 37.5), rng.uniform(61.5, 71.5), rng.randrange(22, 49) / 4]


def overlaps(seen: dict[str, Any]) -> list[tuple[str, str]]:
    names = [(one["text"], shapely.Polygon(one["at"]).buffer(-TOUCH)) for one in seen["names"]]
    over = [(one["text"], shapely.Polygon(one["at"]).buffer(-TOUCH)) for one in seen["over"]]
    shapes = [shape for _, shape in (*names, *over)]
    tree = shapely.STRtree(shapes)
    left, right = tree.query(np.array(shapes[: len(names)], dtype=object), predicate="intersects")
    texts = [text for text, _ in (*names, *over)]
    return [(texts[i], texts[j]) for i, j in zip(left, right, strict=True) if i < j]


def cut_off(seen: dict[str, Any]) -> list[str]:
    room = shapely.box(0, 0, *seen["size"])
    shapes = [(one["text"], shapely.Polygon(one["at"]).buffer(-TOUCH)) for one in seen["names"]]
    return [text for text, shape in shapes if not shape.within(room)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "end"), [((1440, 900), ""), ((390, 844), ""), ((1280, 720), "#language=prs")]
)
def test_no_two_names_badges_or_marks_overlap_and_no_name_is_cut_off_in_any_view(
    page: Open, map_file: Path, size: tuple[int, int], end: str
) -> None:
    tab = opened(page, map_file, end, width=size[0], height=size[1])
    rng = random.Random(size[0])  # noqa: S311 - the same views each time
    count = 0
    looks = [any_view(rng) for _ in range(VIEWS // 3)]
    for view, seen in zip(looks, tab.page.evaluate(STANDING_AT, looks), strict=True):
        count += len(seen["names"])
        assert overlaps(seen) == [], view
        assert cut_off(seen) == [], view
    assert count > VIEWS, "the views show names at all"
    assert tab.errors == []


@pytest.mark.slow
def test_a_name_shown_stays_shown_while_the_map_moves_a_little(page: Open, map_file: Path) -> None:
    tab = opened(page, map_file, width=1280, height=720)
    rng = random.Random(4)  # noqa: S311 - the same views each time
    compared = 0
    for _ in range(VIEWS // 3):
        view = any_view(rng)
        tab.page.evaluate(LOOK, view)
        before = tab.page.evaluate(STANDING)
        by = [rng.randrange(-40, 40), rng.randrange(-40, 40)]
        tab.page.evaluate(PAN, by)
        after = tab.page.evaluate(STANDING)
        room = shapely.box(0, 0, *after["size"])
        over = shapely.union_all([shapely.Polygon(one["at"]) for one in after["over"]])
        here = {(one["text"], *map(round, one["at"][0])) for one in after["names"]}
        for one in before["names"]:
            moved = shapely.affinity.translate(shapely.Polygon(one["at"]), -by[0], -by[1])
            if not moved.within(room) or moved.distance(over) < CLEAR:
                continue
            x, y = one["at"][0][0] - by[0], one["at"][0][1] - by[1]
            near = {
                (one["text"], round(x) + i, round(y) + j) for i in (-1, 0, 1) for j in (-1, 0, 1)
            }
            assert near & here, (view, by, one["text"])
            compared += 1
    assert compared > VIEWS, "the views show names that stay"


@pytest.mark.slow
def test_every_province_district_and_town_is_named_at_some_scale(
    page: Open, bare_file: Path, own: Workspace
) -> None:
    base = own.country.base_map
    assert base is not None
    tab = opened(page, bare_file, width=1000, height=760)
    towns = [point for point in base.points if point.kind == "town"]
    assert (len(towns), len(base.districts)) == (319, 398)
    wanted = [(one.name.en, one) for one in towns]
    wanted += [(one.name.en.upper(), one) for one in base.districts]
    wanted = wanted[::EVERY]
    shown = shown_at(tab, [one for _, one in wanted])
    missing = [name for (name, _), texts in zip(wanted, shown, strict=True) if name not in texts]
    for province in list(own.country.provinces)[::EVERY]:
        tab.page.evaluate(LOOK, [province.label_lat, province.label_lon, 9])
        seen = tab.page.evaluate(STANDING)
        if not any(province.name in one["text"] for one in seen["over"]):
            missing.append(province.name)
    assert missing == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["prs", "ps"])
def test_names_are_in_the_language_that_is_chosen_where_they_are_known(
    page: Open, bare_file: Path, own: Workspace, language: str
) -> None:
    base = own.country.base_map
    assert base is not None
    tab = opened(page, bare_file, f"#language={language}", width=1000, height=760)
    known = [one for one in (*base.points, *base.districts) if getattr(one.name, language)]
    assert len(known) > 250
    some = random.Random(2).sample(known, times(15, 60))  # noqa: S311 - the same each time
    for one, texts in zip(some, shown_at(tab, some), strict=True):
        assert any(text.startswith(getattr(one.name, language)) for text in texts), one.name


@pytest.mark.slow
def test_each_part_has_a_switch_that_the_address_remembers(page: Open, map_file: Path) -> None:
    tab = opened(page, map_file, "#at=35.3,69.5,9.5", width=1440, height=900)
    names = {"water": "Alishang", "places": "Bazarak", "boundaries": "BAZARAK"}
    until(tab, lambda: tab.page.evaluate(PAINTED) == [True, True, True])
    tab.page.get_by_text("Base map", exact=True).click()
    for part in (part for part in BASE_PARTS if part != "own"):
        tab.page.locator(f"[data-key='base:{part}']").click()
        tab.page.wait_for_url(f"**base_off={part}*")
        texts = set(tab.page.evaluate(SHOWN))
        gone = {other for other, text in names.items() if text not in texts}
        assert gone == {part} - {"relief"}
        relief, _, signs = tab.page.evaluate(PAINTED)
        assert (relief, signs) == (part != "relief", part != "places")
        tab.page.locator(f"[data-key='base:{part}']").click()
    tab.page.goto("about:blank")
    again = opened(page, map_file, "#at=35.3,69.5,9.5&base_off=relief,water,places,boundaries")
    assert again.page.evaluate(PAINTED) == [False, False, False]
    assert again.page.evaluate(SHOWN) == []


def test_the_base_map_asks_nothing_of_the_world_and_says_what_it_is(
    page: Open, map_file: Path
) -> None:
    tab = opened(page, map_file, width=1440, height=900)
    tab.page.evaluate(LOOK, [35.3, 69.5, 9])
    tab.page.get_by_text("Base map", exact=True).click()
    says = "It says nothing about incidents. Most rivers are valley floors"
    expect(tab.page.get_by_text(says)).to_be_visible()
    assert tab.abroad == []
    assert tab.errors == []


def test_the_relief_fades_where_its_grid_would_show(page: Open, map_file: Path) -> None:
    tab = opened(page, map_file, "#at=35.3,69.5,9", width=800, height=600)
    until(tab, lambda: tab.page.evaluate(PAINTED)[0])
    tab.page.evaluate(LOOK, [35.3, 69.5, CLOSEST])
    assert tab.page.evaluate(PAINTED)[0] is False


def test_a_country_without_a_base_map_has_neither_row_nor_names(
    page: Open, data_folder: Path, tmp_path: Path
) -> None:
    folder = copy_of_data(data_folder, tmp_path / "bare")
    for file in (folder / "base_map").iterdir():
        file.unlink()
    file = tmp_path / "bare.html"
    file.write_text(document_html(open_workspace(folder)), encoding="utf-8")
    tab = page()
    tab.page.goto(file.as_uri())
    tab.page.locator(".im-ledger-total").wait_for(state="attached")
    expect(tab.page.locator(".im-base, .im-base-name, .im-base-sheet")).to_have_count(0)
    assert tab.errors == []


def test_the_base_map_takes_at_most_300_kb_of_a_document(own: Workspace) -> None:
    base = own.country.base_map
    assert base is not None
    assert len(encode(base_block(base, own.country))) < 270_000
    assert base_facts(base, own.country)["parts"] == [part for part in BASE_PARTS if part != "own"]
